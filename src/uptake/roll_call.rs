//! Who of those who should be in a chat is in it, who is missing, and who is a stranger.
//!
//! Only a surname together with a given name makes a person known. «Аня К.», a given name alone or a surname with a slip
//! of the pen are shown with those whom they may mean, and count for nobody.

use std::collections::BTreeSet;

use super::shown_name::ShownName;
use crate::school::{Member, MemberRole, PersonName, fold};

/// What a list of names says of a chat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RollCall {
    /// Who is there, by their number among the members.
    pub present: BTreeSet<usize>,
    /// Names that may be somebody's, and nobody knows whose.
    pub doubtful: Vec<Doubtful>,
    /// Names that are nobody's: a finding for the moderator.
    pub strangers: Vec<String>,
    /// Pupils in a chat of parents: a finding, too.
    pub pupils: Vec<String>,
}

/// A name that may be somebody's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful {
    /// The name as it stands in the list.
    pub shown: String,
    /// Whom it may mean, by their number among the members; none where nobody can be told by it.
    pub candidates: Vec<usize>,
}

/// The most slips of the pen in a surname and a given name together.
const SLIPS: usize = 2;

/// Compares the names of a list with those who should be in the chat.
pub fn roll_call(names: &[String], members: &[Member]) -> RollCall {
    let mut call = RollCall::default();
    for shown in names.iter().filter_map(|name| ShownName::of(name)) {
        let mut certain = certain(&shown, members);
        if certain.is_empty() {
            certain.extend(by_initial_and_child(&shown, members));
        }
        match known(&shown, certain, members) {
            Known::Persons(persons) if persons.iter().any(|at| !call.present.contains(at)) => {
                call.present.extend(persons);
            }
            // Two of one name, where the lists have one.
            Known::Persons(candidates) | Known::Several(candidates) => {
                call.doubtful.push(Doubtful { shown: shown.text, candidates });
            }
            Known::Nobody if is_pupil_of_parents(&shown, members) => call.pupils.push(shown.text),
            Known::Nobody => {
                let candidates = possible(&shown, members);
                if candidates.is_empty() && shown.words.iter().filter(|word| word.chars().count() > 1).count() > 1 {
                    call.strangers.push(shown.text);
                } else {
                    call.doubtful.push(Doubtful { shown: shown.text, candidates });
                }
            }
        }
    }
    call
}

enum Known {
    /// One person, who may stand several times among the members.
    Persons(Vec<usize>),
    /// Several people of this name.
    Several(Vec<usize>),
    Nobody,
}

fn known(shown: &ShownName, certain: Vec<usize>, members: &[Member]) -> Known {
    let of = |at: &usize| members.get(*at);
    if certain.is_empty() {
        return Known::Nobody;
    }
    if is_one_person(&certain, members) {
        return Known::Persons(certain);
    }
    // «мама Пети» tells namesakes apart.
    let named = |member: &Member| {
        let pupil = member.student.as_ref().map(|pupil| [fold(&pupil.given), fold(&pupil.surname)]);
        pupil.is_some_and(|parts| parts.iter().any(|part| shown.note.contains(part)))
    };
    let told: Vec<usize> = certain.iter().copied().filter(|at| of(at).is_some_and(named)).collect();
    if !told.is_empty() && is_one_person(&told, members) { Known::Persons(told) } else { Known::Several(certain) }
}

/// Whether these members are one person: the parent of brothers and sisters, a teacher who is a parent, too.
fn is_one_person(at: &[usize], members: &[Member]) -> bool {
    let members: Vec<&Member> = at.iter().filter_map(|at| members.get(*at)).collect();
    let [first, rest @ ..] = members.as_slice() else { return false };
    let pupils = |role| members.iter().filter(move |member| member.role == role);
    let surnames: BTreeSet<String> = pupils(MemberRole::Guardian)
        .filter_map(|member| member.student.as_ref())
        .map(|pupil| root(&fold(&pupil.surname)))
        .collect();
    let folded = |member: &Member| member.name.as_ref().map(PersonName::folded);
    let has_patronymic = first.name.as_ref().is_some_and(|name| name.patronymic.is_some());
    rest.is_empty()
        || (has_patronymic
            && pupils(MemberRole::Student).next().is_none()
            && surnames.len() < 2
            && rest.iter().all(|member| folded(member) == folded(first)))
}

/// The members whose surname and given name a shown name holds, whatever the order.
fn certain(shown: &ShownName, members: &[Member]) -> Vec<usize> {
    let all = shown.words.concat();
    let is_certain = |member: &Member| {
        let Some(name) = &member.name else { return false };
        let Parts { surname, given, patronymic } = Parts::of(name);
        if surname.chars().count() < 2 || given.chars().count() < 2 {
            return false;
        }
        let orders =
            [[&surname, &given, &patronymic], [&given, &patronymic, &surname], [&given, &surname, &patronymic]];
        let without = String::new();
        let short = [[&surname, &given, &without], [&given, &surname, &without]];
        orders.iter().chain(&short).any(|parts| parts.map(String::as_str).concat() == all)
    };
    members.iter().zip(0..).filter(|(member, _)| is_certain(member)).map(|(_, at)| at).collect()
}

/// The only one with this surname, these initials and a child of this name: «Иванова М., мама Петра».
fn by_initial_and_child(shown: &ShownName, members: &[Member]) -> Option<usize> {
    let (full, initials): (Vec<&String>, Vec<&String>) = shown.words.iter().partition(|word| word.chars().count() > 1);
    let ([surname], [first, rest @ ..]) = (full.as_slice(), initials.as_slice()) else { return None };
    let fits = |member: &Member| {
        let (Some(name), Some(pupil)) = (&member.name, &member.student) else { return false };
        let own = Parts::of(name);
        let begins = |part: &str, initial: &str| part.starts_with(initial);
        own.surname == **surname
            && begins(&own.given, first)
            && rest.iter().zip([&own.patronymic]).all(|(initial, part)| begins(part, initial))
            && shown.note.iter().any(|word| is_given(word, &fold(&pupil.given)))
    };
    let mut fitting = members.iter().zip(0..).filter(|(member, _)| fits(member)).map(|(_, at)| at);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Whether a word is a given name, as it is or as «мама …» has it: «Петра», «Юлии», «Анны».
fn is_given(word: &str, given: &str) -> bool {
    let stem = |endings: &[char]| given.strip_suffix(endings);
    let genitives = [
        stem(&['а']).map(|stem| format!("{stem}ы")),
        stem(&['а', 'я', 'ь']).map(|stem| format!("{stem}и")),
        stem(&['й', 'ь']).map(|stem| format!("{stem}я")),
        Some(format!("{given}а")),
    ];
    given.chars().count() > 1 && (word == given || genitives.iter().flatten().any(|genitive| word == genitive))
}

/// Whether a name is that of a child whose parents the chat is for.
fn is_pupil_of_parents(shown: &ShownName, members: &[Member]) -> bool {
    let all = shown.words.concat();
    let is_named = |pupil: &PersonName| {
        let Parts { surname, given, patronymic } = Parts::of(pupil);
        let orders = [
            format!("{surname}{given}"),
            format!("{given}{surname}"),
            format!("{surname}{given}{patronymic}"),
            format!("{given}{patronymic}{surname}"),
        ];
        surname.chars().count() > 1 && given.chars().count() > 1 && orders.contains(&all)
    };
    let guardians = members.iter().filter(|member| member.role == MemberRole::Guardian);
    // «Иванов Пётр (папа)» is somebody else.
    shown.note.is_empty() && guardians.filter_map(|member| member.student.as_ref()).any(is_named)
}

struct Parts {
    surname: String,
    given: String,
    patronymic: String,
}

impl Parts {
    fn of(name: &PersonName) -> Self {
        let [surname, given] = [&name.surname, &name.given].map(|part| fold(part));
        Self { surname, given, patronymic: fold(name.patronymic.as_deref().unwrap_or_default()) }
    }
}

/// Whom a name may mean: never more than a hint.
fn possible(shown: &ShownName, members: &[Member]) -> Vec<usize> {
    let ShownName { words, note, .. } = shown;
    let full: Vec<&String> = words.iter().filter(|word| word.chars().count() > 1).collect();
    let initials: Vec<&String> = words.iter().filter(|word| word.chars().count() == 1).collect();
    let fits = |member: &Member| {
        let of_pupil = member.role == MemberRole::Guardian
            && member.student.as_ref().is_some_and(|pupil| {
                let Parts { surname, given, .. } = Parts::of(pupil);
                let has_surname =
                    full.iter().chain(&note.iter().collect::<Vec<_>>()).any(|word| root(word) == root(&surname));
                let is_named =
                    note.iter().any(|word| is_given(word, &given)) && (note.contains(&surname) || has_surname);
                // «мама Пети И.»
                let begins =
                    |part: &str| note.iter().any(|word| word.chars().count() == 1 && part.starts_with(word.as_str()));
                let is_near = note.iter().any(|word| is_given(word, &given) || is_short_of(word, &given));
                let is_named = is_named || (words.is_empty() && is_near && begins(&surname));
                is_named || (member.name.is_none() && has_surname)
            });
        let Some(name) = &member.name else { return of_pupil };
        let Parts { surname, given, patronymic } = Parts::of(name);
        let has = |part: &str| full.iter().any(|word| *word == part);
        let begins = |part: &str| initials.iter().any(|letter| part.starts_with(letter.as_str()));
        let by_own_name = match (full.len(), initials.len()) {
            (_, 1..) => (has(&given) && begins(&surname)) || (has(&surname) && begins(&given)),
            (1, 0) => has(&given) || has(&surname),
            (2, 0) if full.iter().all(|word| [&given, &patronymic].contains(word)) => true,
            _ => {
                let [one, other] = [format!("{surname}{given}"), format!("{given}{surname}")];
                let all = words.concat();
                let with = format!("{surname}{given}{patronymic}");
                let is_near = |known: &str| strsim::osa_distance(&all, known) <= SLIPS;
                is_near(&one)
                    || is_near(&other)
                    || is_near(&with)
                    || full.iter().any(|word| root(word) == root(&surname))
            }
        };
        by_own_name || of_pupil
    };
    members.iter().zip(0..).filter(|(member, _)| fits(member)).map(|(_, at)| at).collect()
}

/// Whether a word begins as a given name does: «Пети», «Пётр».
fn is_short_of(word: &str, given: &str) -> bool {
    let common = word.chars().zip(given.chars()).take_while(|(one, other)| one == other).count();
    common >= 3
}

/// What «Иванов» and «Иванова», «Зелинский» and «Зелинская» have in common.
fn root(surname: &str) -> String {
    let endings = ["ая", "ий", "ый", "ой", "а"];
    let ending = endings
        .iter()
        .find(|ending| surname.ends_with(*ending) && surname.chars().count() > ending.chars().count() + 2);
    ending.map_or_else(|| surname.to_owned(), |ending| surname.trim_end_matches(ending).to_owned())
}

#[cfg(test)]
mod tests {
    use super::{RollCall, roll_call};
    use crate::school::{Member, MemberRole, PersonId, PersonName};

    fn parent(number: u8, name: Option<&str>, pupil: &str) -> Member {
        let person = |text: &str| {
            let mut words = text.split(' ');
            let mut next = || words.next().unwrap_or_default();
            PersonName::new(next(), next(), next())
        };
        Member {
            name: name.map(person),
            role: MemberRole::Guardian,
            student: Some(person(pupil)),
            id: name.map(|_| PersonId::of_bytes([number; 16])),
            student_id: Some(PersonId::of_bytes([100 + number; 16])),
        }
    }

    fn members() -> Vec<Member> {
        vec![
            parent(1, Some("Иванова Мария Петровна"), "Иванов Пётр"),
            parent(2, Some("Климова Анна Олеговна"), "Климов Олег"),
            parent(3, Some("Орлова Ольга Юрьевна"), "Орлов Иван"),
            parent(4, Some("Орлова Ольга Юрьевна"), "Орлова Яна"),
            parent(5, Some("Смирнова Ирина Ивановна"), "Смирнов Лев"),
            parent(6, Some("Смирнова Ирина Львовна"), "Смирнова Ева"),
            parent(7, None, "Ким Павел"),
        ]
    }

    /// «+ 0 1» is there, «? 1» may be them, «!» is a stranger.
    #[track_caller]
    fn check(name: &str, expected: &str) {
        let RollCall { present, doubtful, strangers, pupils } = roll_call(&[name.to_owned()], &members());
        let list = |sign: &str, at: Vec<usize>| at.iter().fold(sign.to_owned(), |text, at| format!("{text} {at}"));
        let found = match (present.is_empty(), doubtful.first(), strangers.is_empty()) {
            (false, None, true) => list("+", present.into_iter().collect()),
            (true, Some(doubtful), true) => list("?", doubtful.candidates.clone()),
            (true, None, false) => "!".to_owned(),
            (true, None, true) if !pupils.is_empty() => "ученик".to_owned(),
            _ => String::new(),
        };
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn a_surname_with_a_given_name_is_enough() {
        check("Иванова Мария", "+ 0");
        check("Мария Иванова", "+ 0");
        check("ИВАНОВА МАРИЯ ПЕТРОВНА", "+ 0");
        check("Мария Петровна Иванова (админ)", "+ 0");
        check("Иванова Мария, мама Пети", "+ 0");
        // The mother of a brother and a sister stands twice.
        check("Ольга Орлова", "+ 2 3");
    }

    #[test]
    fn nobody_is_guessed() {
        check("Аня К.", "?");
        check("Анна К.", "? 1");
        check("Анна", "? 1");
        check("Климова А.О.", "? 1");
        check("Климова Аня", "? 1");
        check("Ивановна Мария", "? 0");
        check("Ирина Смирнова", "? 4 5");
        check("Мария Петровна", "? 0");
        check("Ким Светлана", "? 6");
        check("Солнышко", "?");
        check("мама Пети И.", "? 0");
        check("мама Пети", "?");
        check("Иванова М., мама Пети И.", "? 0");
        check("Иванова (мама Пети)", "? 0");
    }

    #[test]
    fn a_surname_with_initials_and_a_child_is_certain() {
        check("Иванова М., мама Петра", "+ 0");
        check("Иванова М. П. (мама Петра)", "+ 0");
        check("Климова А., мама Олега К.", "+ 1");
        // The initials or the child of another.
        check("Иванова О., мама Петра", "? 0");
        check("Иванова М., мама Олега", "? 0");
        check("Смирнова И., мама Евы", "+ 5");
        check("Смирнова И., мама Льва", "? 4 5");
    }

    #[test]
    fn a_pupil_in_a_chat_of_parents_is_a_finding() {
        check("Иванов Пётр", "ученик");
        check("Пётр Иванов", "ученик");
        check("Яна Орлова", "ученик");
        check("Иванов Пётр (папа)", "? 0");
    }

    #[test]
    fn headings_are_nobody() {
        for line in ["Имя Телефон", "Имя | Телефон", "№ ФИО Класс", "Участник;Роль"]
        {
            check(line, "");
        }
    }

    #[test]
    fn what_stands_behind_the_name_tells_namesakes_apart() {
        check("Ирина Смирнова, мама: Лев", "+ 4");
        check("Ирина Львовна Смирнова", "+ 5");
    }

    #[test]
    fn strangers() {
        check("Чужой Человек", "!");
        check("Мария Чужая", "!");
    }

    #[test]
    fn one_person_is_there_once() {
        let names = ["Иванова Мария".to_owned(), "Мария Иванова".to_owned()];
        let call = roll_call(&names, &members());
        assert_eq!((call.present.len(), call.doubtful.len(), call.strangers.len()), (1, 1, 0));
    }
}
