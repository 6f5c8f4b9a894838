//! States of a sample school as a run would record them: with ids, links and papers.

use std::collections::BTreeMap;

use jiff::civil::date;
use sha2::{Digest, Sha256};

use super::Sample;
use crate::plan::changes::{PaperContent, wanted, with_editions};
use crate::school::{Audience, ChatKind, Fingerprint, LinkUrl, PaperId, PersonId, Piece, SchoolState, Scope, Student};

/// The state of a school in which every class's chat has a link, its papers in the editions that follow `before`.
pub(crate) fn state(sample: &Sample, before: &SchoolState) -> SchoolState {
    state_with(sample, before, |key| Some(format!("https://max.ru/join/{key}")))
}

/// The same with the links that `link` gives for a key.
pub(crate) fn state_with(sample: &Sample, before: &SchoolState, link: impl Fn(&str) -> Option<String>) -> SchoolState {
    let mut sample = Sample {
        settings: sample.settings.clone(),
        roster: sample.roster.clone(),
        staff: sample.staff.clone(),
        load: sample.load.clone(),
        groups: sample.groups.clone(),
        before: before.chats.clone(),
        departed: BTreeMap::new(),
        homerooms: before.homerooms.clone(),
    };
    sample.roster.classes.values_mut().flat_map(|class| &mut class.students).for_each(identify);
    let plan = sample.plan().value;
    let links = plan
        .classes
        .iter()
        .flat_map(|class| &class.chats)
        .filter_map(|chat| Some((chat.key.clone(), LinkUrl::judged(link(chat.key.as_str())?))));
    let mut state = wanted(&sample.roster, &sample.staff, &plan, links.collect());
    state.papers = with_editions(contents(&state), &before.papers, &BTreeMap::new(), date(2026, 9, 8));
    state
}

/// Papers as the real ones depend on the state: posters on title and link, slips on link and name; forms on who signs.
pub(crate) fn contents(state: &SchoolState) -> Vec<PaperContent> {
    let print = |text: String| Fingerprint::of_sum(Sha256::digest(text).into());
    let mut contents = Vec::new();
    for class in state.roster.classes.values() {
        let mut paper = |piece: Piece, core: String, people: String| {
            let id = PaperId { scope: Scope::Class(class.name.clone()), piece };
            contents.push(PaperContent { id, content: print(format!("{core}{people}")), core: print(core) });
        };
        for chat in state.chats.values().filter(|chat| chat.class.as_ref() == Some(&class.name)) {
            let Some(link) = state.links.get(&chat.key) else { continue };
            let (title, link) = (chat.title.as_str(), link.as_str());
            paper(Piece::Poster { chat: chat.key.clone() }, format!("{title} {link}"), String::new());
            if matches!(chat.kind, ChatKind::ClassParents | ChatKind::ClassStudents) {
                for student in &class.students {
                    let piece = Piece::Slip { chat: chat.key.clone(), student: student.id.unwrap() };
                    paper(piece, format!("{link} {}", student.name), title.to_owned());
                }
            }
        }
        let names: Vec<String> = class.students.iter().map(|student| student.name.to_string()).collect();
        paper(Piece::Form { audience: Audience::Parents }, "rules".to_owned(), names.join(";"));
    }
    contents
}

fn id(text: &str) -> PersonId {
    let sum: [u8; 32] = Sha256::digest(text).into();
    PersonId::of_bytes(sum[..16].try_into().unwrap())
}

/// Gives a pupil and the parents their ids. They follow the given name and the patronymic, so that a new surname or class
/// keeps them; a personal number tells namesakes apart.
pub(crate) fn identify(student: &mut Student) {
    let given = |name: &crate::school::PersonName| format!("{} {:?}", name.given, name.patronymic);
    let number = student.stable_id.as_ref().map(|number| number.as_str().to_owned()).unwrap_or_default();
    let pupil = given(&student.name) + &number;
    student.id = Some(id(&pupil));
    for (number, guardian) in student.guardians.iter_mut().enumerate() {
        let name = guardian.name.as_ref().map(given).unwrap_or_default();
        guardian.id = Some(id(&format!("{pupil} {number} {name}")));
    }
}
