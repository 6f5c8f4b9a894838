//! The letters beside the papers: to the homeroom teacher of a class, to former moderators of its chats.
//!
//! Composes and writes them, and tells what is for the outbox. What is due and when it is given is not decided here;
//! nothing is sent.

use super::{Issuing, Trouble};
use crate::cli::planning::{Due, Handed, LETTERS, LetterDue};
use crate::mail::{
    self, ChangeLetter, Enclosure, HandedChat, Handover, Letter, LetterContent, Occasion, Recipient, Sender,
};
use crate::papers::{ChatSheet, ClassPapers, WholeFiles};
use crate::plan::ClassPlan;
use crate::report::LetterState;
use crate::school::{ClassName, Edition, Scope, Service};
use crate::store::LetterDraft;

/// What became of the letter of a parcel.
pub(super) struct Composed {
    pub(super) state: LetterState,
    /// The letter for the outbox, where one was written.
    pub(super) draft: Option<LetterDraft>,
}

impl From<LetterState> for Composed {
    fn from(state: LetterState) -> Self {
        Self { state, draft: None }
    }
}

impl Issuing<'_> {
    /// Composes and writes the letter of a parcel.
    pub(super) fn letter(
        &self,
        class: &ClassName,
        of: &ClassPapers<'_>,
        due: &Due,
        number: Option<u32>,
        enclosures: Vec<Enclosure>,
    ) -> Result<Composed, Trouble> {
        let settings = &self.data.settings;
        let Some(from) = Sender::of(&settings.mail) else { return Ok(LetterState::NoSender.into()) };
        let awaits = |class: &ClassPlan| class.successor_of.is_some();
        let homeroom = of.homeroom.filter(|_| !self.data.plan.class(class).is_some_and(awaits));
        let Some(homeroom) = homeroom else { return Ok(LetterState::NoHomeroomTeacher.into()) };
        let Some(to) = Recipient::of(homeroom) else { return Ok(LetterState::NoAddress.into()) };
        let follows = self.deliveries.thread(class, &to.address)?;
        let links = of.chats.iter().filter_map(|sheet| sheet.link);
        let linked: Vec<&ChatSheet<'_>> = of.chats.iter().filter(|sheet| sheet.link.is_some()).collect();
        let awaited = of.chats.iter().filter(|sheet| self.data.awaits_link(sheet.chat));
        let occasion = match (due.parcel.letter, number) {
            (LetterDue::Change, Some(number)) => {
                let WholeFiles { posters, slips, families: _, forms } =
                    self.whole_files(&Scope::Class(class.clone()), due);
                let letter = ChangeLetter::new(number, &due.parcel.sheet).and_whole(slips, posters, forms);
                Occasion::Change(ChangeLetter { again: due.parcel.again, copies: due.parcel.only_copies(), ..letter })
            }
            (LetterDue::First | LetterDue::Change, _) => Occasion::First,
        };
        let content = LetterContent {
            school: &settings.school,
            occasion,
            service: Service::of_links(links, settings.regulation.platform),
            class,
            to: to.clone(),
            from,
            enclosures,
            linked: linked.len(),
            awaited: awaited.map(|sheet| sheet.chat.title.clone()).collect(),
            deadlines: settings.deadlines,
            edition: Edition { issued: due.issued, ..self.edition },
            replaces: due.parcel.replaces.clone(),
            follows,
        };
        match mail::compose(&content, self.letters) {
            Ok(letter) => {
                let name = format!("{LETTERS}/{}", letter.file_name);
                self.outputs.write_once(&name, &letter.bytes)?;
                let draft = draft_of(class, &content, to, &letter);
                Ok(Composed { state: LetterState::Written { file: letter.file_name }, draft: Some(draft) })
            }
            Err(error) => Ok(LetterState::Failed { reason: error.to_string(), again: error.may_be_mended() }.into()),
        }
    }

    /// Writes to those who are to hand over chats of a class; answers the files. A letter that cannot be composed holds up
    /// nothing here: the tasks of the curator name who hands over what.
    pub(super) fn to_former_moderators(
        &self,
        class: &ClassName,
        of: &ClassPapers<'_>,
        due: &Due,
        number: u32,
    ) -> Result<(Vec<String>, Vec<LetterDraft>), Trouble> {
        let settings = &self.data.settings;
        let (mut files, mut drafts) = (Vec::new(), Vec::new());
        let Some(from) = Sender::of(&settings.mail) else { return Ok((files, drafts)) };
        let links = of.chats.iter().filter_map(|sheet| sheet.link);
        let service = Service::of_links(links, settings.regulation.platform);
        for (place, former) in (1..).zip(&due.parcel.handovers) {
            let Some(to) = Recipient::of(&former.who) else { continue };
            let handed = |chat: &Handed| HandedChat { title: chat.title.clone(), moderator: chat.to.clone() };
            let chats = former.chats.iter().map(handed).collect();
            let content = LetterContent {
                school: &settings.school,
                occasion: Occasion::Handover(Handover { number, place, chats }),
                service,
                class,
                to: to.clone(),
                from: from.clone(),
                enclosures: Vec::new(),
                linked: 0,
                awaited: Vec::new(),
                deadlines: settings.deadlines,
                edition: Edition { issued: due.issued, ..self.edition },
                replaces: Vec::new(),
                follows: None,
            };
            let Ok(letter) = mail::compose(&content, self.letters) else { continue };
            let name = format!("{LETTERS}/{}", letter.file_name);
            self.outputs.write_once(&name, &letter.bytes)?;
            drafts.push(draft_of(class, &content, to, &letter));
            files.push(name);
        }
        Ok((files, drafts))
    }
}

/// A letter for the outbox.
pub(crate) fn draft_of(class: &ClassName, content: &LetterContent<'_>, to: Recipient, letter: &Letter) -> LetterDraft {
    LetterDraft {
        class: class.clone(),
        kind: mail::kind(&content.occasion).to_owned(),
        to: to.name,
        address: to.address,
        subject: letter.subject.clone(),
        file: letter.file_name.clone(),
        message_id: letter.message_id.clone(),
        bytes: letter.to_be_sent(),
    }
}
