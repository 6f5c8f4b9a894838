//! What was asked for last year is asked for under the titles of this one.

use std::collections::BTreeMap;

use super::super::Known;
use super::super::handovers::{FormerModerator, Handed};
use super::super::parcel::{Due, Parcel};
use super::super::unsent::Unsent;
use super::Past;
use crate::plan::carry_over;
use crate::plan::sample::class;
use crate::plan::sample::years::{links_in, school_in, state_of, successors};
use crate::school::{
    AdmissionTask, Chat, ChatKey, ChatKind, Homeroom, MemberRole, NameDetail, NewYear, PersonName, RemovalTask,
    SchoolState, Scope,
};
use crate::store::{PackageId, RegisterState};

fn chat<'a>(state: &'a SchoolState, of: &str) -> &'a Chat {
    let is_it = |chat: &&Chat| chat.kind == ChatKind::ClassStudents && chat.class == Some(class(of));
    state.chats.values().find(is_it).unwrap()
}

/// What 7А was to be given: its teacher is to be admitted to a chat of its own and somebody who left is to be removed.
fn due(state: &SchoolState) -> Parcel {
    let title = chat(state, "7А").title.to_string();
    let teacher = chat(state, "7А").members.iter().find(|member| member.role != MemberRole::Student).unwrap();
    let teacher = teacher.in_words(NameDetail::Usual);
    let mut parcel = Parcel { has_past: true, ..Parcel::default() };
    let (moderator, why) = (None, String::new());
    let removed = "Ким Вера".to_owned();
    parcel.sheet.removals.push(RemovalTask {
        chat: title.clone(),
        moderator: moderator.clone(),
        who: removed,
        why: why.clone(),
    });
    parcel.sheet.admissions.push(AdmissionTask { chat: title.clone(), moderator, who: teacher, why });
    let handed = Handed { title, to: "Ли Вэй".to_owned() };
    let former = Homeroom { name: PersonName::new("Ян", "Ия", ""), email: None };
    parcel.handovers.push(FormerModerator { who: former, chats: vec![handed] });
    parcel
}

/// The chats that are named by the tasks of last year's 7А, which is 8А now; and what of them is left to do.
#[track_caller]
fn check(mode: NewYear, named: &str, admissions: usize) {
    let before = state_of(&school_in(0), links_in(0), &SchoolState::default());
    let next = school_in(1);
    let plan = next.plan().value;
    let (scope, now) = (Scope::from(Some(&class("7А"))), Scope::from(Some(&class("8А"))));
    let parcel = due(&before);
    let known = Known {
        open: BTreeMap::from([(
            scope.clone(),
            Due { id: PackageId::default(), issued: "2026-05-01".parse().unwrap(), parcel: parcel.clone() },
        )]),
        unsent: BTreeMap::from([(scope, Unsent { parcel: Some(parcel), ..Unsent::default() })]),
        recorded: Some(crate::store::Recorded::as_if(before.clone(), 0, RegisterState::Current)),
        ..Known::default()
    };
    let wanted = plan.chats().map(|chat| chat.key.clone()).collect();
    let carried = carry_over(&before, &successors(), &wanted, mode, "2025-26");
    let titles = plan.chats().map(|chat| (chat.key.clone(), chat.title.clone())).collect::<BTreeMap<ChatKey, _>>();
    let past = Past { carried: Some(carried), is_last_year: true, titles };
    let after = state_of(&next, BTreeMap::new(), past.state(&known));
    let open = past.open(&known)[&now].parcel.clone();
    let unsent = past.unsent(&known)[&now].parcel.clone().unwrap();
    for parcel in [open, unsent] {
        let parcel = parcel.without_whom_is_back(&now, past.state(&known), &after);
        assert_eq!(parcel.sheet.removals[0].chat, named);
        assert_eq!(parcel.handovers[0].chats[0].title, named);
        let asked: Vec<&str> = parcel.sheet.admissions.iter().map(|task| task.chat.as_str()).collect();
        assert_eq!(asked, vec![named; admissions]);
    }
}

#[test]
fn tasks_of_last_year_stand_under_the_titles_of_this_one() {
    check(NewYear::Retitle, "8А — обучающиеся", 1);
}

#[test]
fn nobody_is_admitted_to_a_chat_that_is_closed() {
    check(NewYear::Close, "7А — обучающиеся", 0);
}
