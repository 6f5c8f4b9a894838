//! What holds of every proposal, whatever has happened.

use std::collections::{BTreeMap, BTreeSet};

use crate::cli::planning::{Known, Parcel, Proposal};
use crate::school::{Change, ChangeKind, ChatKey, ClassName, PaperId, PersonId, Piece, SchoolState, Scope};

/// A class to which nothing happened gets nothing, and its files stay.
pub(super) fn check_quiet_classes(
    known: &Known,
    proposal: &Proposal<'_>,
    touched: &BTreeSet<ClassName>,
    replaced: Option<&ChatKey>,
) {
    for class in proposal.after.roster.classes.keys().filter(|class| !touched.contains(*class)) {
        let scope = Scope::Class(class.clone());
        let has_new_link = replaced.is_some_and(|key| key.as_str().starts_with(&format!("{class}/")));
        let is_filled = |change: &Change| change.scope == scope && matches!(change.what, ChangeKind::LinkReceived(_));
        if has_new_link || known.open.contains_key(&scope) || proposal.changes.iter().any(is_filled) {
            continue;
        }
        assert_eq!(proposal.parcels.get(&scope), None, "{class} was left in peace");
        assert!(proposal.before.papers_of(&scope).eq(proposal.after.papers_of(&scope)));
    }
}

/// What the file says is what the model remembers.
pub(super) fn compare(file: &Known, model: &Known) {
    assert_eq!(file.state(), model.state());
    assert_eq!(file.last, model.last);
    assert_eq!(file.decisions, model.decisions);
    let former = |known: &Known| -> BTreeMap<PersonId, jiff::civil::Date> {
        known.former.iter().map(|former| (former.student.id.unwrap(), former.left)).collect()
    };
    assert_eq!(former(file), former(model));
    let open = |known: &Known| -> BTreeMap<Scope, Parcel> {
        known.open.iter().map(|(scope, due)| (scope.clone(), due.parcel.clone())).collect()
    };
    assert_eq!(open(file), open(model));
    for (link, owner) in &model.owners {
        let in_file = file.owners.get(link);
        assert!(in_file == Some(owner) || in_file == Some(&None), "{owner:?} {in_file:?}");
    }
}

/// What a class is given is of this class only.
pub(super) fn check_scopes(proposal: &Proposal<'_>) {
    let after = &proposal.after;
    for (scope, parcel) in &proposal.parcels {
        let ids: BTreeSet<PersonId> = scope.class().into_iter().flat_map(|class| of_class(after, class)).collect();
        for piece in &parcel.sheet.pieces {
            if let Piece::Poster { chat } | Piece::Slip { chat, .. } = piece
                && let Some(chat) = after.chats.get(chat)
            {
                assert_eq!(Scope::from(chat.class.as_ref()), *scope);
            }
            if let Piece::Slip { student, .. } = piece
                && after.papers.contains_key(&PaperId { scope: scope.clone(), piece: piece.clone() })
            {
                assert!(ids.contains(student), "{scope:?} gets a slip of another class");
            }
        }
    }
}

/// Whoever is to leave a chat that goes on is named to its moderator, once, and nobody else.
pub(super) fn check_removals(proposal: &Proposal<'_>) {
    let (before, after) = (proposal.before, &proposal.after);
    let pupils = |state: &SchoolState, key: &ChatKey| -> BTreeSet<PersonId> {
        let members = state.chats.get(key).map(|chat| chat.members.clone()).unwrap_or_default();
        members.iter().filter(|member| member.student_id.is_none()).filter_map(|member| member.id).collect()
    };
    let mut expected = 0;
    for key in before.chats.keys().filter(|key| after.chats.contains_key(*key)) {
        for id in pupils(before, key).difference(&pupils(after, key)) {
            expected += 1;
            let name = before.roster.students().find(|student| student.id == Some(*id)).unwrap().name.to_string();
            // A namesake is told by the birth, too.
            let is_named = |who: &str| who == name || who.starts_with(&format!("{name} ("));
            let fits = |change: &&Change| matches!(&change.what, ChangeKind::Removal { chat, who, pupil } if chat.key == *key && *pupil == Some(*id) && is_named(who));
            assert!(proposal.changes.iter().any(|change| fits(&change)), "{name} stays in {key}");
        }
    }
    let removed = proposal
        .changes
        .iter()
        .filter(|change| matches!(&change.what, ChangeKind::Removal { who, .. } if !who.contains("родител") && !who.contains("если состоит")));
    // Teachers leave chats, too.
    assert!(removed.count() >= expected);
}

/// Whoever of the staff comes into a chat that exists is named to its moderator, once, and nobody else of the staff.
pub(super) fn check_admissions(proposal: &Proposal<'_>) {
    let (before, after) = (proposal.before, &proposal.after);
    let staff = |state: &SchoolState, key: &ChatKey| -> BTreeSet<String> {
        let members = state.chats.get(key).map(|chat| chat.members.clone()).unwrap_or_default();
        let staff = members.iter().filter(|member| member.id.is_none() && member.student_id.is_none());
        staff.filter_map(|member| member.name.as_ref().map(ToString::to_string)).collect()
    };
    let mut expected = BTreeSet::new();
    for key in after.links.keys().filter(|key| before.chats.contains_key(*key) && after.chats.contains_key(*key)) {
        let were = staff(before, key);
        expected
            .extend(staff(after, key).into_iter().filter(|name| !were.contains(name)).map(|name| (key.clone(), name)));
    }
    let admissions = proposal.changes.iter().filter_map(|change| match &change.what {
        ChangeKind::Admission { chat, who } if expected.contains(&(chat.key.clone(), who.clone())) => {
            Some((chat.key.clone(), who.clone()))
        }
        _ => None,
    });
    let admissions: Vec<_> = admissions.collect();
    assert_eq!(admissions.iter().cloned().collect::<BTreeSet<_>>(), expected);
    assert_eq!(admissions.len(), expected.len(), "somebody is named twice");
}

fn of_class(state: &SchoolState, class: &ClassName) -> BTreeSet<PersonId> {
    state.roster.classes.get(class).into_iter().flat_map(|class| &class.students).filter_map(|one| one.id).collect()
}
