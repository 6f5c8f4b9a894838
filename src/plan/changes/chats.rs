//! Chats and their links; and who is to leave which chat.

use std::collections::BTreeSet;

use super::{Comparison, change, chat_ref};
use crate::school::{
    Audience, Change, ChangeKind, Chat, LinkMode, Member, MemberRole, NameDetail, PersonId, PersonName, SchoolState,
    Scope, Student,
};

/// By what a member of a chat is known again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    /// A pupil, or a parent whom the lists name.
    Person(PersonId),
    /// The parents of a pupil, whom the lists do not name.
    ParentsOf(PersonId),
    /// A member of the staff, or a person whom only a table of groups names.
    Name(String),
}

impl Identity {
    fn of(member: &Member) -> Self {
        match (member.id, member.student_id) {
            (Some(id), _) => Self::Person(id),
            (None, Some(student)) => Self::ParentsOf(student),
            (None, None) => Self::Name(member.name.as_ref().map(PersonName::folded).unwrap_or_default()),
        }
    }
}

impl Comparison<'_> {
    /// What differs in chats, links and members.
    pub(super) fn chats(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        for chat in self.after.chats.values() {
            match self.before.chats.get(&chat.key) {
                None => changes.push(change(scope(chat), ChangeKind::ChatNew(chat_ref(chat)), "")),
                Some(earlier) => {
                    self.same_chat(earlier, chat, &mut changes);
                    changes.extend(self.removals(earlier, chat));
                    changes.extend(self.removals_from_group(chat));
                    changes.extend(self.admissions(earlier, chat));
                }
            }
            changes.extend(self.link(chat).map(|what| {
                let why = self.why_papers_stay(&what);
                change(scope(chat), what, why)
            }));
            let address = |state: &SchoolState| state.short.get(&chat.key).cloned();
            // The first one comes with the first link.
            if let (Some(then), Some(now)) = (address(self.before), address(self.after))
                && then != now
            {
                changes.push(change(scope(chat), ChangeKind::AddressNew(chat_ref(chat)), ""));
            }
        }
        for chat in self.before.chats.values().filter(|chat| !self.after.chats.contains_key(&chat.key)) {
            changes.push(change(scope(chat), ChangeKind::ChatClosed(chat_ref(chat)), self.why_closed(chat)));
        }
        changes
    }

    fn why_closed(&self, chat: &Chat) -> &'static str {
        let Some(class) = &chat.class else {
            return "по таблицам и настройкам он больше не нужен";
        };
        let takes_its_place = |other: &Chat| {
            other.class.as_ref() == Some(class)
                && (other.kind, &other.topic, &other.group) == (chat.kind, &chat.topic, &chat.group)
        };
        if !self.after.roster.classes.contains_key(class) {
            "класса больше нет"
        } else if self.after.chats.values().any(takes_its_place) {
            "новый учебный год: вместо него создаётся новый чат"
        } else {
            "по таблицам и настройкам он больше не нужен"
        }
    }

    fn same_chat(&self, then: &Chat, now: &Chat, changes: &mut Vec<Change>) {
        if then.title != now.title {
            let what = ChangeKind::ChatRetitled { chat: chat_ref(now), from: then.title.clone() };
            let went_up = now.class.as_ref().is_some_and(|class| self.was(class).is_some());
            changes.push(change(scope(now), what, if went_up { "новый учебный год" } else { "" }));
        }
        let is_same = match (&then.moderator, &now.moderator) {
            (Some(then), Some(now)) => self.is_same_colleague(then, now),
            (None, None) => true,
            _ => false,
        };
        if !is_same {
            let (from, to) = (then.moderator.clone(), now.moderator.clone());
            changes.push(change(scope(now), ChangeKind::ChatModerator { chat: chat_ref(now), from, to }, ""));
        }
    }

    fn link(&self, chat: &Chat) -> Option<ChangeKind> {
        match (self.before.links.get(&chat.key), self.after.links.get(&chat.key)) {
            (None, Some(_)) => Some(ChangeKind::LinkReceived(chat_ref(chat))),
            (Some(then), Some(now)) if then != now => Some(ChangeKind::LinkReplaced(chat_ref(chat))),
            (Some(_), None) => Some(ChangeKind::LinkGone(chat_ref(chat))),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }

    /// Papers with an address of the school's own site outlive a link.
    fn why_papers_stay(&self, what: &ChangeKind) -> &'static str {
        match (what, self.circumstances.mode) {
            (ChangeKind::LinkReplaced(_), LinkMode::Short(_)) => "бумаги остаются: на них адрес сайта школы",
            _ => "",
        }
    }

    /// Whom the moderator of a chat is to remove.
    fn removals(&self, then: &Chat, now: &Chat) -> Vec<Change> {
        if then.members == now.members {
            return Vec::new();
        }
        let staying: BTreeSet<Identity> = now.members.iter().map(Identity::of).collect();
        let parents_stay: BTreeSet<PersonId> = now.members.iter().filter_map(|member| member.student_id).collect();
        let names: BTreeSet<String> = now
            .members
            .iter()
            .filter(|member| member.role != MemberRole::Student)
            .filter_map(|member| member.name.as_ref().map(PersonName::folded))
            .collect();
        let goes = |member: &&Member| match Identity::of(member) {
            identity if staying.contains(&identity) => false,
            Identity::ParentsOf(student) => !parents_stay.contains(&student),
            // A parent of two children, or one who is a teacher, too, is in the chat once.
            Identity::Person(_) if member.role == MemberRole::Guardian => {
                !member.name.as_ref().is_some_and(|name| names.contains(&name.folded()))
            }
            Identity::Person(_) => true,
            Identity::Name(_) => !member.name.as_ref().is_some_and(|name| {
                names.contains(&name.folded())
                    || now.members.iter().any(|other| {
                        other.id.is_none()
                            && other.name.as_ref().is_some_and(|other| self.is_same_colleague(name, other))
                    })
            }),
        };
        let removal = |member: &Member| {
            let who = self.who(member, then, now);
            let what = ChangeKind::Removal { chat: chat_ref(now), who, pupil: pupil_of(member) };
            change(scope(now), what, self.why(member, now))
        };
        then.members.iter().filter(goes).map(removal).collect()
    }

    /// Whom the moderator of a part of a class is to look for: only the teacher knows who learns in which group.
    fn removals_from_group(&self, chat: &Chat) -> Vec<Change> {
        let Some(class) = chat.class.as_ref().filter(|_| chat.group.is_some() && chat.audience == Audience::Students)
        else {
            return Vec::new();
        };
        let before = self.before.roster.classes.get(class).into_iter().flat_map(|class| &class.students);
        let removal = |student: &Student| {
            let why = self.whereabouts(student.id?).why_not_in(Some(class));
            let who = || {
                let mark = student.id.and_then(|id| self.namesakes().in_class(id).mark());
                let mark = mark.map(|mark| format!("{mark}; ")).unwrap_or_default();
                format!("{} ({mark}если состоит в группе)", student.name)
            };
            let what = || ChangeKind::Removal { chat: chat_ref(chat), who: who(), pupil: student.id };
            (!why.is_empty()).then(|| change(scope(chat), what(), why))
        };
        before.filter_map(removal).collect()
    }

    /// Whom the moderator of a chat that has a link, and so exists, is to admit: those who get no slip for it.
    fn admissions(&self, then: &Chat, now: &Chat) -> Vec<Change> {
        if then.members == now.members || !self.after.links.contains_key(&now.key) {
            return Vec::new();
        }
        let mut known: BTreeSet<Identity> = then.members.iter().map(Identity::of).collect();
        let parents = || then.members.iter().filter(|member| member.role == MemberRole::Guardian);
        let parents_were: BTreeSet<PersonId> = parents().filter_map(|member| member.student_id).collect();
        // Parents whom the lists did not name are in the chat under a name that nobody knew.
        let unnamed = parents().filter(|member| member.name.is_none());
        let unnamed_of: BTreeSet<PersonId> = unnamed.filter_map(|member| member.student_id).collect();
        let was_in = |name: &PersonName| {
            let mut names = then.members.iter().filter(|one| one.role != MemberRole::Student);
            names.any(|one| one.name.as_ref().is_some_and(|then| self.is_same_colleague(then, name)))
        };
        let gets_no_slip = |member: &Member| match member.role {
            MemberRole::Moderator | MemberRole::CoAdmin | MemberRole::Staff => true,
            // Pupils and parents join the chats of their class by slips and posters, the channel of everybody by its poster.
            MemberRole::Student | MemberRole::Guardian => now.class.is_none() && now.audience != Audience::Everyone,
        };
        let was = |member: &Member| match (Identity::of(member), &member.name) {
            (Identity::ParentsOf(student), _) => parents_were.contains(&student),
            _ if member.student_id.is_some_and(|student| unnamed_of.contains(&student)) => true,
            (_, Some(name)) => member.role != MemberRole::Student && was_in(name),
            (_, None) => false,
        };
        // Whether somebody is called otherwise is asked of few: it compares with everybody.
        let mut comes = |member: &&Member| gets_no_slip(member) && known.insert(Identity::of(member)) && !was(member);
        let members = now.members.iter().filter(|member| comes(member));
        let admission = |member: &Member| {
            let what = ChangeKind::Admission { chat: chat_ref(now), who: self.who(member, then, now) };
            change(scope(now), what, self.why_admitted(member, now))
        };
        members.map(admission).collect()
    }

    /// A member as the moderator looks for the person, told from namesakes in the class and in the chat.
    fn who(&self, member: &Member, then: &Chat, now: &Chat) -> String {
        let Some(pupil) = member.pupil() else { return member.in_words(NameDetail::Usual) };
        let is_in =
            |other: PersonId| then.members.iter().chain(now.members.iter()).any(|member| member.pupil() == Some(other));
        member.in_words(self.namesakes().near(pupil, is_in))
    }

    fn why_admitted(&self, member: &Member, chat: &Chat) -> &'static str {
        if matches!(member.role, MemberRole::Student | MemberRole::Guardian) {
            return "по таблицам состоит в этом чате";
        }
        let folded = member.name.as_ref().map(PersonName::folded).unwrap_or_default();
        let homeroom = chat.class.as_ref().and_then(|class| self.after.homerooms.get(class));
        if homeroom.is_some_and(|homeroom| homeroom.name.folded() == folded) {
            "новый классный руководитель"
        } else if member.role == MemberRole::Moderator {
            "новый модератор чата"
        } else if !self.before.staff.contains_key(&folded) {
            "новый сотрудник"
        } else {
            "по таблицам состоит в этом чате"
        }
    }

    /// Why somebody is no longer in a chat; never by preference (31.4.7).
    fn why(&self, member: &Member, chat: &Chat) -> String {
        let of_class = |id: PersonId| self.whereabouts(id).why_not_in(chat.class.as_ref());
        match (member.role, member.id, member.student_id) {
            (MemberRole::Student, Some(id), _) => or(of_class(id), "больше не в этой группе"),
            (MemberRole::Guardian, _, Some(student)) => match of_class(student).as_str() {
                "" => "больше не назван(а) в списках родителем".to_owned(),
                why => format!("ребёнок {why}"),
            },
            (MemberRole::Student, None, _) => "в списках классов такого нет".to_owned(),
            _ => match &member.name {
                Some(name) if !self.after.staff.contains_key(&name.folded()) => {
                    "нет в таблице сотрудников: уволен(а)".to_owned()
                }
                Some(name) if self.was_homeroom(name, chat) => "сменился классный руководитель".to_owned(),
                _ => "по таблицам больше не состоит в этом чате".to_owned(),
            },
        }
    }

    /// Whether a person led the class of a chat, and somebody else does now.
    fn was_homeroom(&self, name: &PersonName, chat: &Chat) -> bool {
        let Some(class) = &chat.class else { return false };
        let leads = |state: &SchoolState| {
            state.homerooms.get(class).is_some_and(|homeroom| homeroom.name.folded() == name.folded())
        };
        leads(self.before) && !leads(self.after)
    }
}

fn or(why: String, otherwise: &str) -> String {
    if why.is_empty() { otherwise.to_owned() } else { why }
}

/// The pupil whom a member is, or whose parent.
fn pupil_of(member: &Member) -> Option<PersonId> {
    match member.role {
        MemberRole::Student => member.id,
        MemberRole::Guardian => member.student_id,
        MemberRole::Moderator | MemberRole::CoAdmin | MemberRole::Staff => None,
    }
}

fn scope(chat: &Chat) -> Scope {
    Scope::from(chat.class.as_ref())
}
