//! Which pupils the table of groups means. Nobody is taken by guess: of namesakes whom nothing tells apart none is put
//! into a chat, and whoever is in it already stays.

use std::collections::{BTreeMap, BTreeSet};

use super::people;
use crate::school::{
    ChatKey, ClassName, Group, Issue, IssueKind, Member, MemberRole, Participant, PersonId, PersonName, Roster, Student,
};

/// The pupils of the roster by name.
pub(super) struct PupilIndex<'a> {
    roster: &'a Roster,
    by_name: BTreeMap<String, Vec<&'a Student>>,
}

/// The pupils of a group, and the names that leave open who is meant.
#[derive(Default)]
pub(super) struct Taken<'a> {
    pub(super) members: Vec<Member>,
    unclear: Vec<Unclear<'a>>,
}

/// A name that leaves open who is meant.
struct Unclear<'a> {
    named: &'a Participant,
    /// Everybody of that name.
    namesakes: Vec<&'a Student>,
    /// Whether any of them is what the table says of the class and the date of birth.
    fits: Fits,
    /// Whether some of them are in the chat already.
    stays: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fits {
    Several,
    Nobody,
}

impl<'a> PupilIndex<'a> {
    /// The index of a roster.
    pub(super) fn of(roster: &'a Roster) -> Self {
        let mut by_name: BTreeMap<String, Vec<&Student>> = BTreeMap::new();
        for student in roster.students() {
            by_name.entry(student.name.folded()).or_default().push(student);
        }
        Self { roster, by_name }
    }

    /// Whether a pupil has this name.
    pub(super) fn has(&self, name: &PersonName) -> bool {
        self.by_name.contains_key(&name.folded())
    }

    /// The pupils of these classes and those who are named, each once; a name that no roster has is taken as it stands.
    /// `inside` are the pupils who are in the chat already.
    pub(super) fn pupils(
        &self,
        classes: &[ClassName],
        named: impl IntoIterator<Item = &'a Participant>,
        inside: &BTreeSet<PersonId>,
    ) -> Taken<'a> {
        let whole: BTreeSet<&ClassName> = classes.iter().collect();
        let classes = whole.iter().filter_map(|class| self.roster.classes.get(*class));
        let mut taken = Taken { members: classes.flat_map(people::students).collect(), unclear: Vec::new() };
        let mut pupils: Vec<&Student> = Vec::new();
        let mut strangers = BTreeSet::new();
        for one in named {
            match self.by_name.get(&one.name.folded()) {
                Some(namesakes) => pupils.extend(taken.meant(one, namesakes, inside)),
                None if strangers.insert(one.name.folded()) => taken.members.push(Member {
                    name: Some(one.name.clone()),
                    role: MemberRole::Student,
                    student: None,
                    id: None,
                    student_id: None,
                }),
                None => {}
            }
        }
        let mut seen: Vec<&Student> = Vec::new();
        for pupil in pupils.into_iter().filter(|pupil| !whole.contains(&pupil.class)) {
            if !seen.iter().any(|one| std::ptr::eq(*one, pupil)) {
                seen.push(pupil);
                taken.members.push(people::student(pupil));
            }
        }
        taken
    }
}

impl<'a> Taken<'a> {
    /// Those of the namesakes who are surely meant, or are in the chat already.
    fn meant(
        &mut self,
        named: &'a Participant,
        namesakes: &[&'a Student],
        inside: &BTreeSet<PersonId>,
    ) -> Vec<&'a Student> {
        let fitting: Vec<&Student> = namesakes.iter().copied().filter(|pupil| is_of(named, pupil)).collect();
        match (fitting.as_slice(), namesakes) {
            ([pupil], _) => return vec![*pupil],
            // The only one of that name has changed the class since the table was written.
            ([], [pupil]) if named.birth_date.is_none_or(|date| pupil.birth_date.is_none_or(|born| born == date)) => {
                return vec![*pupil];
            }
            _ => {}
        }
        let among = if fitting.is_empty() { namesakes } else { &fitting };
        let stays = |pupil: &&Student| pupil.id.is_some_and(|id| inside.contains(&id));
        let staying: Vec<&Student> = among.iter().copied().filter(stays).collect();
        self.unclear.push(Unclear {
            named,
            namesakes: namesakes.to_vec(),
            fits: if fitting.is_empty() { Fits::Nobody } else { Fits::Several },
            stays: !staying.is_empty(),
        });
        staying
    }

    /// The questions to whoever keeps the table of groups.
    pub(super) fn issues(&self, group: &Group) -> Vec<Issue> {
        self.unclear.iter().map(|unclear| unclear.issue(group)).collect()
    }
}

/// Whether a pupil is what the table says of the class and the date of birth.
fn is_of(named: &Participant, pupil: &Student) -> bool {
    let is_of_class = named.class.as_ref().is_none_or(|class| *class == pupil.class);
    is_of_class && named.birth_date.is_none_or(|date| pupil.birth_date == Some(date))
}

impl Unclear<'_> {
    fn issue(&self, group: &Group) -> Issue {
        let Self { named, namesakes, fits, stays } = self;
        let places: Vec<String> = namesakes.iter().map(|one| format!("{} ({})", one.class, one.place)).collect();
        let places = places.join("; ");
        let who = match fits {
            Fits::Several => format!("имя {named} носят несколько учеников: {places}"),
            Fits::Nobody => format!("ученика {named} в списках нет, с этим именем есть другие: {places}"),
        };
        let so = if *stays {
            "Остаётся тот, кто уже в чате; новых программа не включает"
        } else {
            "Наугад программа не включает никого из них"
        };
        let message = format!("Группа «{}»: {who}. {so}.", group.title);
        let name = &named.name;
        let differ = |by: &dyn Fn(&Student) -> Option<String>| {
            let keys: BTreeSet<Option<String>> = namesakes.iter().map(|one| by(one)).collect();
            keys.len() == namesakes.len() && !keys.contains(&None)
        };
        let advice = if differ(&|one| one.birth_date.map(|date| date.to_string())) {
            format!("Допишите в скобках дату рождения: {name} (дд.мм.гггг).")
        } else if differ(&|one| Some(one.class.to_string())) {
            format!(
                "Допишите в скобках класс: {name} ({}).",
                namesakes.first().map_or_else(String::new, |one| one.class.to_string())
            )
        } else {
            format!("Впишите в списки их даты рождения, а здесь допишите дату в скобках: {name} (дд.мм.гггг).")
        };
        Issue::new(IssueKind::Namesakes, group.people_place.clone(), message, advice)
    }
}

/// The pupils who were in a chat when the last run was recorded.
pub(super) fn inside(before: &BTreeMap<ChatKey, crate::school::Chat>, chat: &ChatKey) -> BTreeSet<PersonId> {
    let members = before.get(chat).into_iter().flat_map(|chat| chat.members.iter());
    members.filter(|member| member.role == MemberRole::Student).filter_map(|member| member.id).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::plan::sample::{Sample, class, name};
    use crate::school::{ChatKey, ChatKind, MemberRole, Participant, PersonId};

    /// A school with a second and a third Иван Жуков: in 7А and in 10. The course names one of them.
    fn school(named: Participant) -> Sample {
        let mut sample = Sample::new().kinds(&[ChatKind::Course]);
        let students = &mut sample.roster.classes.get_mut(&class("7А")).unwrap().students;
        students[1].birth_date = Some(date(2013, 5, 4));
        let mut twin = students[1].clone();
        twin.birth_date = Some(date(2013, 6, 7));
        let mut third = twin.clone();
        students.push(twin);
        third.class = class("10");
        third.birth_date = None;
        sample.roster.classes.get_mut(&class("10")).unwrap().students.push(third);
        for (number, pupil) in (1..).zip(sample.roster.classes.values_mut().flat_map(|class| &mut class.students)) {
            pupil.id = Some(PersonId::of_bytes([number; 16]));
        }
        let group = &mut sample.groups.groups[0];
        group.classes.clear();
        group.people = vec![named];
        sample
    }

    fn zhukov(of: Option<&str>, born: Option<jiff::civil::Date>) -> Participant {
        Participant { name: name("Жуков Иван"), class: of.map(class), birth_date: born }
    }

    /// The numbers of the pupils in the course, by the order of the lists, and the issues.
    #[track_caller]
    fn check(sample: &Sample, expected: &[u8], issues: &[&str]) {
        let plan = sample.plan();
        let chat = plan.value.chats().find(|chat| chat.kind == ChatKind::Course).unwrap();
        let pupils = chat.members.iter().filter(|member| member.role == MemberRole::Student);
        let number = |id| (1..=9).find(|number| PersonId::of_bytes([*number; 16]) == id).unwrap();
        let mut numbers: Vec<u8> = pupils.map(|member| number(member.id.unwrap())).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, expected);
        let told: Vec<String> =
            plan.issues.iter().map(|issue| format!("{}: {}", issue.kind.id(), issue.advice)).collect();
        assert_eq!(told, issues);
    }

    const ASKED: &str =
        "namesakes: Впишите в списки их даты рождения, а здесь допишите дату в скобках: Жуков Иван (дд.мм.гггг).";

    #[test]
    fn of_namesakes_nobody_is_taken_by_guess() {
        check(&school(zhukov(None, None)), &[], &[ASKED]);
        check(&school(zhukov(Some("7А"), None)), &[], &[ASKED]);
        check(&school(zhukov(Some("8В"), None)), &[], &[ASKED]);
        check(&school(zhukov(None, Some(date(2012, 1, 1)))), &[], &[ASKED]);
    }

    #[test]
    fn the_class_or_the_date_of_birth_tells_who_is_meant() {
        check(&school(zhukov(Some("10"), None)), &[5], &[]);
        check(&school(zhukov(None, Some(date(2013, 5, 4)))), &[2], &[]);
        check(&school(zhukov(Some("7А"), Some(date(2013, 6, 7)))), &[3], &[]);
    }

    #[test]
    fn the_only_one_of_a_name_is_meant_whatever_the_class_was() {
        let mut sample = school(zhukov(Some("6А"), None));
        sample.roster.classes.get_mut(&class("7А")).unwrap().students.truncate(2);
        sample.roster.classes.get_mut(&class("10")).unwrap().students.truncate(1);
        check(&sample, &[2], &[]);
        sample.groups.groups[0].people = vec![zhukov(None, Some(date(2013, 6, 7)))];
        check(&sample, &[], &["namesakes: Допишите в скобках дату рождения: Жуков Иван (дд.мм.гггг)."]);
    }

    #[test]
    fn whoever_is_in_the_chat_stays_when_a_namesake_comes() {
        let alone = school(zhukov(None, Some(date(2013, 5, 4))));
        let chats: Vec<_> = alone.plan().value.chats().cloned().collect();
        let mut sample = school(zhukov(None, None));
        sample.before = chats.into_iter().map(|chat| (chat.key.clone(), chat)).collect();
        assert!(sample.before.contains_key(&ChatKey::of(&["группа", "курс", "Робототехника"])));
        check(&sample, &[2], &[ASKED]);
    }
}
