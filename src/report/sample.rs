//! The outcome of a run in the sample school, for the tests of this room.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::{LetterState, Outcome, Papers, RunReport, report};
use crate::plan::ChatPlan;
use crate::plan::sample::{Sample, class};
use crate::school::{ChatKey, ChatKind, ChatLinks, Deadlines, Issue, IssueKind, LinkState, LinkUrl, Place};

/// The planned chats of the sample school.
pub(super) fn sample_plan() -> ChatPlan {
    let kinds = [
        ChatKind::ClassStudents,
        ChatKind::ClassParents,
        ChatKind::ClassSubject,
        ChatKind::Course,
        ChatKind::StaffRoom,
        ChatKind::SchoolChannel,
    ];
    Sample::new().kinds(&kinds).plan().value
}

/// A run with a link ready, one refused and the others awaited; one letter written, one without an address.
pub(super) fn sample_report() -> RunReport {
    let mut links = ChatLinks::default();
    let secret = LinkUrl::judged("https://max.ru/join/secret".to_owned());
    links.set(ChatKey::of(&["7А", "родители"]), LinkState::Ready(secret));
    links.set(ChatKey::of(&["7А", "ученики"]), LinkState::Refused);
    let papers: BTreeMap<_, _> =
        [(class("7А"), Papers { files: 4, pages: 12 }), (class("10"), Papers { files: 2, pages: 3 })].into();
    let letters: BTreeMap<_, _> =
        [(class("7А"), LetterState::Written { file: "7А.eml".to_owned() }), (class("10"), LetterState::NoAddress)]
            .into();
    let place = Place::sheet("списки/7А.xlsx", "Лист1").at(4, 1);
    let issues = [
        Issue::new(
            IssueKind::DuplicateStudent,
            place.clone(),
            "Ёлкин Пётр Ильич записан дважды.",
            "Оставьте одну строку.",
        ),
        Issue::new(IssueKind::LinkRefused, Place::file("ссылки.xlsx"), "Это не приглашение.", ""),
        Issue::new(IssueKind::LeftStudent, place, "Ученик выбыл.", ""),
    ];
    report(&Outcome {
        school: &Sample::new().settings.school,
        plan: &sample_plan(),
        staff: &Sample::new().staff,
        links: &links,
        papers: &papers,
        school_papers: Papers::default(),
        letters: &letters,
        changes: &[],
        issues: &issues,
        deadlines: Deadlines { chats: Some(date(2026, 9, 5)), ..Deadlines::default() },
        issued: date(2026, 9, 1),
    })
}
