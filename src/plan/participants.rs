//! Which pupils the table of groups means. Nobody is taken by guess: of namesakes whom nothing tells apart none is put
//! into a chat, and whoever is in it already stays. A name that is neither in the lists nor among the staff is nobody, and
//! while one stands there nobody is removed: it may be a slip of the pen for somebody who is in the chat.

use std::collections::{BTreeMap, BTreeSet};

use super::{Departed, Inputs, people};
use crate::school::{
    ChatKey, ClassName, Group, Issue, IssueKind, Member, MemberRole, Participant, PersonId, PersonName, Roster,
    Student, fold,
};

/// The pupils of the roster by name.
pub(super) struct PupilIndex<'a> {
    roster: &'a Roster,
    by_name: BTreeMap<String, Vec<&'a Student>>,
    /// By surname and given name, for tables that leave patronymics out.
    by_short_name: BTreeMap<String, Vec<&'a Student>>,
    parents: BTreeSet<String>,
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
    /// Whether the class of each of them tells him or her from those who left.
    has_class_of_its_own: bool,
    /// Whether any of them is what the table says of the class and the date of birth.
    fits: Fits,
    /// Whether some of them are in the chat already.
    stays: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fits {
    Several,
    Nobody,
    /// Only one, but another one of whom the table may say the same was in the chat.
    Other,
}

/// The pupils who were in a chat when the last run was recorded.
#[derive(Default)]
pub(super) struct Inside<'a> {
    ids: BTreeSet<PersonId>,
    /// Their folded names.
    names: BTreeSet<String>,
    /// Those who were in the chat and left the school.
    departed: &'a [Departed],
}

impl Inside<'_> {
    fn has(&self, pupil: &Student) -> bool {
        pupil.id.is_some_and(|id| self.ids.contains(&id))
    }

    /// Those who left with this name.
    fn departed<'b>(&'b self, name: &'b PersonName) -> impl Iterator<Item = &'b Departed> {
        self.departed.iter().filter(|gone| is_name_of(name, &gone.name))
    }

    /// Whether the table may have meant somebody who left.
    fn may_mean_departed(&self, named: &Participant) -> bool {
        self.departed(&named.name).any(|gone| match (&named.class, &gone.class) {
            (Some(class), Some(last)) => class == last,
            _ => true,
        })
    }
}

/// Whether a table calls a pupil so, perhaps without the patronymic.
fn is_name_of(named: &PersonName, pupil: &PersonName) -> bool {
    let is_short =
        || named.patronymic.is_none() && fold(&named.without_patronymic()) == fold(&pupil.without_patronymic());
    named.is_spelling_of(pupil) || is_short()
}

impl<'a> PupilIndex<'a> {
    /// The index of a roster.
    pub(super) fn of(roster: &'a Roster) -> Self {
        let mut by_name: BTreeMap<String, Vec<&Student>> = BTreeMap::new();
        let mut by_short_name: BTreeMap<String, Vec<&Student>> = BTreeMap::new();
        for student in roster.students() {
            by_name.entry(student.name.folded()).or_default().push(student);
            by_short_name.entry(fold(&student.name.without_patronymic())).or_default().push(student);
        }
        let guardians = roster.students().flat_map(|student| &student.guardians);
        let parents = guardians.filter_map(|guardian| Some(guardian.name.as_ref()?.folded())).collect();
        Self { roster, by_name, by_short_name, parents }
    }

    /// Everybody whom a name may mean.
    fn namesakes(&self, name: &PersonName) -> Option<&[&'a Student]> {
        let whole = self.by_name.get(&name.folded());
        let short = || self.by_short_name.get(&name.folded()).filter(|_| name.patronymic.is_none());
        whole.or_else(short).map(Vec::as_slice)
    }

    /// Whether a pupil has this name.
    pub(super) fn has(&self, name: &PersonName) -> bool {
        self.by_name.contains_key(&name.folded())
    }

    /// The pupils of these classes and those who are named, each once; of names that no roster has only those of parents are taken,
    /// as they stand. `inside` are the pupils who are in the chat already.
    pub(super) fn pupils(
        &self,
        classes: &[ClassName],
        named: impl IntoIterator<Item = &'a Participant>,
        inside: &Inside<'_>,
    ) -> Taken<'a> {
        let whole: BTreeSet<&ClassName> = classes.iter().collect();
        let classes = whole.iter().filter_map(|class| self.roster.classes.get(*class));
        let mut taken = Taken { members: classes.flat_map(people::students).collect(), unclear: Vec::new() };
        let mut pupils: Vec<&Student> = Vec::new();
        let mut others = BTreeSet::new();
        let mut is_one_unknown = false;
        for one in named {
            let folded = one.name.folded();
            match self.namesakes(&one.name) {
                Some(namesakes) => pupils.extend(taken.meant(one, namesakes, inside)),
                None if !self.parents.contains(&folded) => {
                    is_one_unknown |= inside.departed(&one.name).next().is_none();
                }
                None if others.insert(folded) => taken.members.push(Member {
                    name: Some(one.name.clone()),
                    role: MemberRole::Student,
                    student: None,
                    id: None,
                    student_id: None,
                }),
                None => {}
            }
        }
        if is_one_unknown {
            pupils.extend(self.roster.students().filter(|pupil| inside.has(pupil)));
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
    fn meant(&mut self, named: &'a Participant, namesakes: &[&'a Student], inside: &Inside<'_>) -> Vec<&'a Student> {
        let fitting: Vec<&Student> = namesakes.iter().copied().filter(|pupil| is_of(named, pupil)).collect();
        let stays = |pupil: &&Student| inside.has(pupil);
        // A class tells a pupil from namesakes of now, not from one who left it.
        let is_told_apart = |pupil| {
            named.birth_date.is_some() || named.class.is_some() && (stays(pupil) || !inside.may_mean_departed(named))
        };
        match (fitting.as_slice(), namesakes) {
            ([pupil], _) if is_told_apart(pupil) => return vec![*pupil],
            // The only one of that name; whoever is in the chat may have changed the class since the table was written.
            // Anybody else may be the namesake of one who left.
            (_, [pupil]) if may_be(named, pupil) => {
                let is_of_class = named.class.as_ref().is_none_or(|class| *class == pupil.class);
                let is_others = inside.names.contains(&named.name.folded()) || inside.may_mean_departed(named);
                if stays(pupil) || is_of_class && !is_others {
                    return vec![*pupil];
                }
            }
            _ => {}
        }
        let among = if fitting.is_empty() { namesakes } else { &fitting };
        let staying: Vec<&Student> = among.iter().copied().filter(stays).collect();
        self.unclear.push(Unclear {
            named,
            namesakes: namesakes.to_vec(),
            has_class_of_its_own: namesakes.iter().all(|pupil| {
                let named = Participant { class: Some(pupil.class.clone()), ..named.clone() };
                !inside.may_mean_departed(&named)
            }),
            fits: match fitting.len() {
                0 => Fits::Nobody,
                1 => Fits::Other,
                _ => Fits::Several,
            },
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

/// Whether the date of birth leaves it open that a pupil is meant.
fn may_be(named: &Participant, pupil: &Student) -> bool {
    named.birth_date.is_none_or(|date| pupil.birth_date.is_none_or(|born| born == date))
}

impl Unclear<'_> {
    fn issue(&self, group: &Group) -> Issue {
        let Self { named, namesakes, has_class_of_its_own, fits, stays } = self;
        let places: Vec<String> = namesakes.iter().map(|one| format!("{} ({})", one.class, one.place)).collect();
        let places = places.join("; ");
        let who = match fits {
            Fits::Several => format!("имя {named} носят несколько учеников: {places}"),
            Fits::Nobody if namesakes.len() == 1 => {
                format!("ученика {named} в списках нет, с этим именем есть только один: {places}")
            }
            Fits::Nobody => format!("ученика {named} в списках нет, с этим именем есть другие: {places}"),
            Fits::Other if namesakes.len() == 1 => {
                format!("прежнего участника {named} в списках больше нет, с этим именем есть только один: {places}")
            }
            Fits::Other => {
                format!("прежнего участника {named} в списках больше нет, с этим именем есть другие: {places}")
            }
        };
        let so = if *stays {
            "Остаётся тот, кто уже в чате; новых программа не включает"
        } else {
            match namesakes.len() {
                1 => "Наугад программа его не включает",
                _ => "Наугад программа не включает никого из них",
            }
        };
        let message = format!("Группа «{}»: {who}. {so}.", group.title);
        let name = &named.name;
        let differ = |by: &dyn Fn(&Student) -> Option<String>| {
            let keys: BTreeSet<Option<String>> = namesakes.iter().map(|one| by(one)).collect();
            keys.len() == namesakes.len() && !keys.contains(&None)
        };
        let advice = if let [one] = namesakes.as_slice() {
            let how = match one.birth_date {
                _ if *has_class_of_its_own => format!("впишите в скобках его класс: {name} ({})", one.class),
                Some(_) => format!("впишите в скобках его дату рождения: {name} (дд.мм.гггг)"),
                None => {
                    format!("впишите его дату рождения в список, а здесь — в скобках: {name} (дд.мм.гггг)")
                }
            };
            format!("Если это тот, кто нужен, {how}. Если нет, уберите имя из таблицы.")
        } else if differ(&|one| one.birth_date.map(|date| date.to_string())) {
            format!("Допишите в скобках дату рождения: {name} (дд.мм.гггг).")
        } else if *has_class_of_its_own && differ(&|one| Some(one.class.to_string())) {
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

/// The pupils who were in a chat when the last run was recorded, and those who left it with the school.
pub(super) fn inside<'a>(inputs: &Inputs<'a>, chat: &ChatKey) -> Inside<'a> {
    let members = inputs.before.get(chat).into_iter().flat_map(|chat| chat.members.iter());
    let mut inside = Inside { departed: inputs.departed.get(chat).map_or(&[], Vec::as_slice), ..Inside::default() };
    for member in members.filter(|member| member.role == MemberRole::Student) {
        // A name that no roster had tells nobody apart.
        if let Some(id) = member.id {
            inside.ids.insert(id);
            inside.names.extend(member.name.as_ref().map(PersonName::folded));
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::plan::Departed;
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

    /// The recorded chats are those of another plan.
    fn recorded(sample: &mut Sample, of: &Sample) {
        let plan = of.plan();
        sample.before = plan.value.chats().map(|chat| (chat.key.clone(), chat.clone())).collect();
    }

    /// One who left 7А, and was in the course.
    fn left(sample: &mut Sample, who: &str, of: Option<&str>) {
        let key = ChatKey::of(&["группа", "курс", "Робототехника"]);
        sample.departed.insert(key, vec![Departed { name: name(who), class: of.map(class) }]);
    }

    const ONLY: &str = "namesakes: Если это тот, кто нужен, впишите в скобках его класс: Жуков Иван (7А). Если нет, \
        уберите имя из таблицы.";

    #[test]
    fn the_only_one_of_a_name_is_meant_if_in_the_chat_whatever_the_class_was() {
        let of_table = |named: Participant| {
            let mut sample = school(named);
            sample.roster.classes.get_mut(&class("7А")).unwrap().students.truncate(2);
            sample.roster.classes.get_mut(&class("10")).unwrap().students.truncate(1);
            sample
        };
        let alone = of_table(zhukov(None, None));
        check(&alone, &[2], &[]);
        let mut moved = of_table(zhukov(Some("6А"), None));
        check(&moved, &[], &[ONLY]);
        recorded(&mut moved, &alone);
        check(&moved, &[2], &[]);
        let mut other = of_table(zhukov(None, Some(date(2013, 6, 7))));
        check(&other, &[], &[ONLY]);
        recorded(&mut other, &alone);
        other.groups.groups[0].people = vec![zhukov(None, Some(date(2013, 5, 4)))];
        check(&other, &[2], &[]);
    }

    #[test]
    fn a_namesake_of_one_who_left_is_not_taken_for_him() {
        for named in [zhukov(Some("7А"), None), zhukov(None, None)] {
            let alone = school(zhukov(None, Some(date(2013, 5, 4))));
            let mut sample = school(named);
            recorded(&mut sample, &alone);
            // Both of 7А leave, the one of 10 stays.
            sample.roster.classes.get_mut(&class("7А")).unwrap().students.truncate(1);
            let asked = ONLY.replace("(7А)", "(10)");
            check(&sample, &[], &[asked.as_str()]);
            // The next run does not remember who was in the chat, but who has left it.
            let key = ChatKey::of(&["группа", "курс", "Робототехника"]);
            sample.before.get_mut(&key).unwrap().members = std::sync::Arc::from([]);
            left(&mut sample, "Жуков Иван", Some("7А"));
            check(&sample, &[], &[asked.as_str()]);
            sample.groups.groups[0].people = vec![zhukov(Some("10"), None)];
            check(&sample, &[5], &[]);
        }
    }

    #[test]
    fn a_namesake_in_the_class_of_one_who_left_is_not_taken_for_him() {
        let dated = ONLY.replace("его класс: Жуков Иван (7А)", "его дату рождения: Жуков Иван (дд.мм.гггг)");
        for (named, of, expected) in [
            (zhukov(Some("7А"), None), Some("7А"), None),
            (zhukov(None, None), Some("7А"), None),
            // Classes go up: 7А of now may be what 6А was then.
            (zhukov(Some("7А"), None), None, None),
            (zhukov(Some("7А"), None), Some("8В"), Some(2)),
            (zhukov(None, Some(date(2013, 5, 4))), Some("7А"), Some(2)),
            (zhukov(Some("7А"), Some(date(2013, 5, 4))), Some("7А"), Some(2)),
        ] {
            let mut sample = school(named);
            sample.roster.classes.get_mut(&class("7А")).unwrap().students.truncate(2);
            sample.roster.classes.get_mut(&class("10")).unwrap().students.truncate(1);
            left(&mut sample, "Жуков Иван Ильич", of);
            match expected {
                Some(number) => check(&sample, &[number], &[]),
                None => check(&sample, &[], &[dated.as_str()]),
            }
            // Whoever is in the chat already was taken by an answer, and stays.
            let taken = school(zhukov(None, Some(date(2013, 5, 4))));
            recorded(&mut sample, &taken);
            check(&sample, &[2], &[]);
        }
    }

    #[test]
    fn the_advice_about_a_namesake_of_one_who_left_can_be_followed() {
        let mut sample = school(zhukov(Some("7А"), None));
        sample.roster.classes.get_mut(&class("7А")).unwrap().students.truncate(2);
        left(&mut sample, "Жуков Иван", Some("7А"));
        // The one of 10 has no date of birth.
        check(&sample, &[], &[ASKED]);
        sample.roster.classes.get_mut(&class("10")).unwrap().students.truncate(1);
        sample.roster.classes.get_mut(&class("7А")).unwrap().students[1].birth_date = None;
        let in_list = ONLY.replace(
            "впишите в скобках его класс: Жуков Иван (7А)",
            "впишите его дату рождения в список, а здесь — в скобках: Жуков Иван (дд.мм.гггг)",
        );
        check(&sample, &[], &[in_list.as_str()]);
    }

    #[test]
    fn a_name_that_nobody_has_is_nobody_and_removes_nobody() {
        let unknown = Participant { name: name("Жуковв Иван"), class: None, birth_date: None };
        check(&school(unknown.clone()), &[], &[]);
        let alone = school(zhukov(None, Some(date(2013, 5, 4))));
        let mut sample = school(unknown);
        recorded(&mut sample, &alone);
        check(&sample, &[2], &[]);
        // The name of somebody who left is no slip of the pen for another one.
        left(&mut sample, "Жуковв Иван", Some("7А"));
        check(&sample, &[], &[]);
    }

    #[test]
    fn a_table_may_leave_patronymics_out() {
        let with_patronymic = |named: Participant| {
            let mut sample = school(named);
            for class in sample.roster.classes.values_mut() {
                class.students.iter_mut().for_each(|pupil| pupil.name.patronymic = Some("Ильич".to_owned()));
            }
            sample
        };
        check(&with_patronymic(zhukov(Some("10"), None)), &[5], &[]);
        check(&with_patronymic(zhukov(None, None)), &[], &[ASKED]);
    }

    #[test]
    fn whoever_is_in_the_chat_stays_when_a_namesake_comes() {
        let alone = school(zhukov(None, Some(date(2013, 5, 4))));
        let mut sample = school(zhukov(None, None));
        recorded(&mut sample, &alone);
        assert!(sample.before.contains_key(&ChatKey::of(&["группа", "курс", "Робототехника"])));
        check(&sample, &[2], &[ASKED]);
    }
}
