//! The chats and channels of the whole school (31.2.1–2.2, bel 4.2).
//!
//! The administrator of the platform runs «Учительская» and the channels (31.2.1); the director runs the management
//! chats (31.2.2, bel 4.2) with the curator, a deputy director (50.1.5), as a further administrator.

use super::draft::Draft;
use super::participants::inside;
use super::people;
use super::planner::Context;
use crate::school::{ChatKey, ChatKind, GroupKind, Issue, Member, PersonName, StaffMember, StaffRole};

/// The chats of the school that the settings switch on.
pub(super) fn drafts(context: &Context<'_>, issues: &mut Vec<Issue>) -> Vec<Draft> {
    let kinds = context.inputs.settings.chats.kinds.iter().copied();
    kinds.filter_map(|kind| draft(context, kind, issues)).collect()
}

fn draft(context: &Context<'_>, kind: ChatKind, issues: &mut Vec<Issue>) -> Option<Draft> {
    let (part, staff) = match kind {
        ChatKind::StaffRoom => ("учительская", all_staff(context)),
        ChatKind::DirectorDeputies => {
            ("директор и заместители", named(context, |member| member.role == StaffRole::Deputy))
        }
        ChatKind::DirectorStaff => ("директор и педагоги", named(context, teaches)),
        ChatKind::DirectorParents => ("родительский актив", leaders(context, GroupKind::ParentsCouncil)),
        ChatKind::DirectorStudents => ("актив обучающихся", leaders(context, GroupKind::StudentsCouncil)),
        ChatKind::SchoolChannel => ("общешкольный канал", all_staff(context)),
        ChatKind::StaffChannel => ("сотрудники", all_staff(context)),
        ChatKind::ClassStudents
        | ChatKind::ClassParents
        | ChatKind::ClassTeachers
        | ChatKind::ClassSubject
        | ChatKind::Course
        | ChatKind::Extracurricular
        | ChatKind::Event
        | ChatKind::Methodical => return None,
    };
    let school = &context.inputs.settings.school;
    let moderator = match kind {
        ChatKind::StaffRoom | ChatKind::SchoolChannel | ChatKind::StaffChannel => &school.administrator,
        _ => &school.director,
    };
    let key = ChatKey::of(&["школа", part]);
    Some(Draft {
        moderator: Some(context.staff.spelled(&moderator.name)),
        co_admins: vec![context.staff.spelled(&school.curator.name)],
        staff,
        families: families(context, kind, &key, issues),
        ..Draft::new(kind, key)
    })
}

fn families(context: &Context<'_>, kind: ChatKind, key: &ChatKey, issues: &mut Vec<Issue>) -> Vec<Member> {
    let council = |kind| context.inputs.groups.groups.iter().filter(move |group| group.kind == kind);
    match kind {
        ChatKind::DirectorParents => {
            let people = council(GroupKind::ParentsCouncil).flat_map(|group| &group.people).map(|one| &one.name);
            people::parents(context.inputs.roster, people)
        }
        ChatKind::DirectorStudents => {
            let classes: Vec<_> =
                council(GroupKind::StudentsCouncil).flat_map(|group| group.classes.iter().cloned()).collect();
            let people = council(GroupKind::StudentsCouncil).flat_map(|group| &group.people);
            let taken = context.pupils.pupils(&classes, people, &inside(context.inputs, key));
            issues.extend(council(GroupKind::StudentsCouncil).take(1).flat_map(|group| taken.issues(group)));
            taken.members
        }
        ChatKind::SchoolChannel => {
            let classes = || context.inputs.roster.classes.values();
            classes().flat_map(people::students).chain(classes().flat_map(people::guardians)).collect()
        }
        _ => Vec::new(),
    }
}

/// The staff table and the officials of the settings, who need not stand in it.
fn all_staff(context: &Context<'_>) -> Vec<PersonName> {
    let school = &context.inputs.settings.school;
    let officials = [&school.director, &school.curator, &school.administrator];
    let officials = officials.into_iter().map(|official| context.staff.spelled(&official.name));
    officials.chain(named(context, |_| true)).collect()
}

fn named(context: &Context<'_>, wanted: impl Fn(&StaffMember) -> bool) -> Vec<PersonName> {
    context.inputs.staff.members.iter().filter(|member| wanted(member)).map(|member| member.name.clone()).collect()
}

fn teaches(member: &StaffMember) -> bool {
    member.role == StaffRole::Teacher || !member.subjects.is_empty() || !member.homeroom.is_empty()
}

fn leaders(context: &Context<'_>, kind: GroupKind) -> Vec<PersonName> {
    let groups = context.inputs.groups.groups.iter().filter(|group| group.kind == kind);
    groups.filter_map(|group| group.leader.as_ref()).map(|leader| context.staff.spelled(leader)).collect()
}
