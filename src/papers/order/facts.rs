//! What the school's own papers are made from, beyond what all papers are.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::application::application;
use super::tied::tied;
use crate::papers::paper::ClassPapers;
use crate::papers::phrases::Values;
use crate::school::{
    Chat, Deadlines, Email, Issue, IssueKind, Noun, Official, PersonName, Place, Staff, StaffMember, count, dotted,
    one_line,
};

/// What stands in the place of a name, an address or a date that is not known.
pub(super) const BLANK: &str = "____________________";
/// The same for a date.
const BLANK_DATE: &str = "____________";

/// What the school's own papers are made from.
#[derive(Clone, Copy)]
pub struct DraftFacts<'a> {
    /// All planned chats, those of the classes first.
    pub chats: &'a [&'a Chat],
    /// The staff.
    pub staff: &'a Staff,
    /// The chats that move from foreign messengers.
    pub transfers: &'a [Transfer],
    /// The mailbox of the school.
    pub mailbox: Option<&'a Email>,
    /// The dates by which things are to be done.
    pub deadlines: &'a Deadlines,
}

/// The move of one chat out of a foreign messenger (65.5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// «Viber «Родители 7А»».
    pub old: String,
    /// The class or the group.
    pub whose: String,
    /// The title of the new chat; `None` where no chat of the plan replaces it.
    pub new: Option<String>,
    /// The member of the staff who answers for it.
    pub responsible: Option<PersonName>,
    /// By when.
    pub until: Option<Date>,
}

/// The officials of the settings whom the order of the preset names and the staff table does not have: a blank stands in
/// their place.
pub fn draft_issues(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Vec<Issue> {
    let staff = facts.staff;
    let words = papers.wording.order.of(papers.regulation.preset);
    let school = papers.school;
    let officials = [
        ("director", "Директора", &school.director, true),
        ("curator", "Куратора", &school.curator, words.uses("куратор")),
        ("administrator", "Администратора", &school.administrator, words.uses("администратор")),
    ];
    let unknown =
        officials.into_iter().filter(|(_, _, official, is_named)| *is_named && staff.find(&official.name).is_none());
    let issue = |(key, whom, official, _): (&str, &str, &Official, bool)| {
        let message =
            format!("{whom} ({}) нет в таблице сотрудников: в проекте приказа на этом месте пропуск.", official.name);
        let advice = format!("Исправьте имя в разделе [{key}] или внесите сотрудника в таблицу «штат».");
        Issue::new(IssueKind::OfficialNotInStaff, Place::file("zavuch.toml"), message, advice)
    };
    let mut issues: Vec<Issue> = unknown.map(issue).collect();
    if words.application.is_some() && application(papers, facts).is_none() {
        let message = "Заявка на регистрацию школы не составлена: не от кого отправить.";
        let advice = "Впишите адрес администратора в таблицу «штат» или from в раздел [mail] настроек.";
        issues.push(Issue::new(IssueKind::NoAddress, Place::file("zavuch.toml"), message, advice));
    }
    issues
}

impl DraftFacts<'_> {
    /// The values of the templates.
    pub(super) fn values(&self, papers: &ClassPapers<'_>) -> Values {
        const CHATS: Noun = Noun::new("чат", "чата", "чатов");
        let (school, regulation, deadlines) = (papers.school, papers.regulation, self.deadlines);
        let administrator = self.staff.find(&school.administrator.name);
        let email = administrator.and_then(|member| member.email.as_ref());
        let date = |date: Option<Date>| date.map_or_else(|| BLANK_DATE.to_owned(), dotted);
        let transfers = self.transfers.len();
        Values::default()
            .with("школа", clean(&school.short_name))
            .with("полное_название", clean(&school.full_name))
            .with("город", clean(&school.city))
            .with("акт", clean(regulation.act.title.trim_matches(['«', '»'])))
            .with_optional("часы", regulation.hours.map(|hours| hours.to_string()))
            .with("администратор", self.official(&school.administrator))
            .with("куратор", self.official(&school.curator))
            .with("директор", self.official(&school.director))
            .with("имя_администратора", self.name(&school.administrator.name))
            .with("почта_администратора", email.map_or(BLANK.to_owned(), ToString::to_string))
            .with("подпись_администратора", self.initials(&school.administrator.name))
            .with("чатов", count(self.chats.len(), CHATS))
            .with_optional("прежних_чатов", (transfers > 0).then(|| count(transfers, CHATS)))
            .with("срок_чатов", date(deadlines.chats))
            .with("срок_ознакомления", date(deadlines.acknowledgement))
            .with("срок_вступления", date(deadlines.joining))
    }

    /// The name with the post, or a blank for whom the staff table does not have.
    fn official(&self, official: &Official) -> String {
        let known = self.staff.find(&official.name);
        known.map_or_else(|| BLANK.to_owned(), |member| clean(&format!("{}, {}", member.name, official.post)))
    }

    /// The full name, or a blank for whom the staff table does not have.
    pub(super) fn name(&self, name: &PersonName) -> String {
        self.staff.find(name).map_or_else(|| BLANK.to_owned(), |member| clean(&member.name.to_string()))
    }

    /// The initials with the surname, or a blank.
    pub(super) fn initials(&self, name: &PersonName) -> String {
        let known = self.staff.find(name);
        known.map_or_else(|| BLANK.to_owned(), |member| member.name.with_initials())
    }

    /// Who is to sign that the order is known: the officials whom it names, moderators and administrators of chats, those
    /// who answer for a move; each once, by name.
    pub(super) fn acquainted(&self, papers: &ClassPapers<'_>) -> Vec<&StaffMember> {
        let words = papers.wording.order.of(papers.regulation.preset);
        let named = [
            (&papers.school.curator.name, words.uses("куратор")),
            (&papers.school.administrator.name, words.uses("администратор")),
        ];
        let officials = named.into_iter().filter_map(|(name, is_named)| is_named.then_some(name));
        let of_chats = self.chats.iter().flat_map(|chat| chat.moderator.iter().chain(&chat.co_admins));
        let movers = self.transfers.iter().filter_map(|one| one.responsible.as_ref());
        let director = papers.school.director.name.folded();
        let known = officials.chain(of_chats).chain(movers).filter_map(|name| self.staff.find(name));
        let by_name: BTreeMap<String, &StaffMember> = known
            .filter(|member| member.name.folded() != director)
            .map(|member| (member.name.to_string().to_lowercase().replace('ё', "е"), member))
            .collect();
        by_name.into_values().collect()
    }
}

/// A value of a table or of the settings on one line, without marks that turn the direction of writing.
pub(super) fn clean(text: &str) -> String {
    tied(&one_line(text))
}
