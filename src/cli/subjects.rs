//! What the words of a question mean: a pupil, a member of the staff, a class or a chat of the store.
//!
//! It compares values only: no terminal, no file. Names are found in any spelling and by their parts; the exact
//! spelling wins over a beginning, a beginning over a part, and somebody's own name over that of a parent.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::args::date;
use crate::report::Titles;
use crate::school::{Change, ChatKey, ClassName, PersonId, PersonName, SchoolState, Student, dotted, fold};
use crate::store::{Event, Former};

/// What a question may be about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// A class, which may be gone.
    Class(ClassName),
    /// A member of the staff, by the folded name.
    Staff(String),
    /// A pupil, who may have left.
    Pupil(PersonId),
    /// A chat, which may be gone.
    Chat(ChatKey),
}

/// Everything that can be asked about.
pub(crate) struct Catalogue<'a> {
    pub(crate) pupils: BTreeMap<PersonId, &'a Student>,
    /// Names that pupils and parents had before.
    pub(crate) old_names: Vec<OldName>,
    pub(crate) staff: BTreeMap<String, &'a PersonName>,
    pub(crate) classes: BTreeSet<ClassName>,
    /// The titles of all chats, of those that are gone too.
    pub(crate) titles: Titles,
}

/// A name that a pupil or a parent had before.
pub(crate) struct OldName {
    pub(crate) pupil: PersonId,
    pub(crate) name: String,
    whose: Whose,
}

/// Words of a question, made ready for comparing.
struct Question {
    words: Vec<String>,
    class: Option<ClassName>,
    birth_date: Option<Date>,
}

/// How well a name fits: the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Beginning,
    Part,
}

/// How well a subject fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    fit: Fit,
    name: Whose,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    /// Of now or of before.
    Own,
    Parent,
}

impl<'a> Catalogue<'a> {
    /// The catalogue of a store. `events` are those of the kinds [`Catalogue::KINDS`].
    pub(crate) fn of(state: &'a SchoolState, former: &'a [Former], events: &[Event]) -> Self {
        let students = || state.roster.students().chain(former.iter().map(|former| &former.student));
        let mut titles: Titles = BTreeMap::new();
        let mut classes: BTreeSet<ClassName> = state.roster.classes.keys().cloned().collect();
        classes.extend(students().map(|student| student.class.clone()));
        for event in events {
            classes.extend(event.scope.class().cloned());
            if let (Some(chat), Some(title)) = (&event.chat, closed_title(event)) {
                titles.insert(chat.clone(), title.to_owned());
            }
        }
        titles.extend(state.chats.iter().map(|(key, chat)| (key.clone(), chat.title.to_string())));
        let chats = state.chats.values();
        let in_chats = chats.flat_map(|chat| chat.moderator.iter().chain(&chat.co_admins));
        let homerooms = state.homerooms.values().map(|homeroom| &homeroom.name);
        let staff = in_chats.chain(homerooms).map(|name| (name.folded(), name));
        let contacts = state.staff.iter().map(|(folded, contact)| (folded.clone(), &contact.name));
        Self {
            pupils: students().filter_map(|student| Some((student.id?, student))).collect(),
            old_names: events.iter().filter_map(old_name).collect(),
            staff: staff.chain(contacts).collect(),
            classes,
            titles,
        }
    }

    /// The pupils alone, with the classes that tell them apart.
    pub(crate) fn pupils_only(self) -> Self {
        Self { staff: BTreeMap::new(), titles: BTreeMap::new(), ..self }
    }

    /// The kinds of events that tell what is gone or was called otherwise.
    pub(crate) const KINDS: [&'static str; 6] =
        ["renamed", "guardian_changed", "chat_closed", "class_new", "class_gone", "class_up"];

    /// What a question may mean. Several where the words leave it open.
    pub(crate) fn find(&self, text: &str) -> Vec<Subject> {
        if let Some(class) = self.class(text) {
            return vec![Subject::Class(class)];
        }
        let folded = fold(text);
        let keys = self.titles.keys().filter(|key| fold(key.as_str()) == folded);
        let titled = self.titles.iter().filter(|(_, title)| fold(title) == folded).map(|(key, _)| key);
        let exact: BTreeSet<&ChatKey> = keys.chain(titled).collect();
        let question = self.question(text);
        let people = self.people(&question);
        if !exact.is_empty() && people.iter().all(|(_, rank)| rank.fit != Fit::Exact) {
            return exact.into_iter().cloned().map(Subject::Chat).collect();
        }
        let found: Vec<(Subject, Rank)> = people.into_iter().chain(self.chats(&question)).collect();
        let best = found.iter().map(|(_, rank)| *rank).min();
        let best = found.into_iter().filter(|(_, rank)| Some(*rank) == best).map(|(subject, _)| subject);
        best.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The shortest question that means this and nothing else; `None` where no words tell it from another one.
    pub(crate) fn words_for(&self, subject: &Subject) -> Option<String> {
        let words = match subject {
            Subject::Class(class) => vec![class.to_string()],
            Subject::Staff(folded) => vec![self.staff.get(folded)?.to_string()],
            Subject::Chat(key) => vec![self.titles.get(key)?.clone(), key.to_string()],
            Subject::Pupil(id) => {
                let student = self.pupils.get(id)?;
                let (name, class) = (&student.name, &student.class);
                let birth_date = student.birth_date.map(dotted);
                [Some(name.to_string()), Some(format!("{name} {class}"))]
                    .into_iter()
                    .chain([birth_date.map(|date| format!("{name} {class} {date}"))])
                    .flatten()
                    .collect()
            }
        };
        words.into_iter().find(|words| self.find(words) == [subject.clone()])
    }

    fn class(&self, text: &str) -> Option<ClassName> {
        self.classes.get(&text.parse().ok()?).cloned()
    }

    fn question(&self, text: &str) -> Question {
        let mut question = Question { words: Vec::new(), class: None, birth_date: None };
        for word in text.split_whitespace() {
            if let Ok(day) = date(word) {
                question.birth_date = Some(day);
            } else if let Some(class) = self.class(word) {
                question.class = Some(class);
            } else {
                question.words.extend(parts(word));
            }
        }
        question
    }

    fn people(&self, question: &Question) -> Vec<(Subject, Rank)> {
        let mut found = Vec::new();
        for (id, student) in &self.pupils {
            let is_there = question.class.as_ref().is_none_or(|class| *class == student.class)
                && question.birth_date.is_none_or(|date| student.birth_date == Some(date));
            if !is_there {
                continue;
            }
            let parents = student.guardians.iter().filter_map(|guardian| guardian.name.as_ref());
            let old = self.old_names.iter().filter(|old| old.pupil == *id);
            let names = [(student.name.to_string(), Whose::Own)]
                .into_iter()
                .chain(old.map(|old| (old.name.clone(), old.whose)))
                .chain(parents.map(|name| (name.to_string(), Whose::Parent)));
            let ranks = names.filter_map(|(text, name)| Some(Rank { fit: question.fit(&text)?, name }));
            found.extend(ranks.min().map(|rank| (Subject::Pupil(*id), rank)));
        }
        if question.class.is_none() && question.birth_date.is_none() {
            for (folded, name) in &self.staff {
                let fit = question.fit(&name.to_string());
                found.extend(fit.map(|fit| (Subject::Staff(folded.clone()), Rank { fit, name: Whose::Own })));
            }
        }
        found
    }

    fn chats(&self, question: &Question) -> Vec<(Subject, Rank)> {
        let class = question.class.as_ref().map(|class| fold(&class.to_string()));
        let chats = self.titles.iter().filter(|(key, _)| {
            let first = key.as_str().split('/').next().map(fold);
            class.is_none() || class == first
        });
        let ranks = chats.filter(|_| question.birth_date.is_none()).filter_map(|(key, title)| {
            let fit = question.fit(title).into_iter().chain(question.fit(key.as_str())).min()?;
            // A word of a title is never as exact as a name.
            Some((Subject::Chat(key.clone()), Rank { fit: fit.max(Fit::Beginning), name: Whose::Own }))
        });
        ranks.collect()
    }
}

impl Question {
    /// How well a text fits, if each word of the question is found in it at a word of its own.
    fn fit(&self, text: &str) -> Option<Fit> {
        if self.words.is_empty() && self.birth_date.is_none() {
            return None;
        }
        let mut free: Vec<String> = text.split_whitespace().flat_map(parts).collect();
        let mut worst = Fit::Exact;
        for word in &self.words {
            let fits = free.iter().enumerate().filter_map(|(index, part)| Some((fit(word, part)?, index)));
            let (fit, index) = fits.min()?;
            free.swap_remove(index);
            worst = worst.max(fit);
        }
        Some(worst)
    }
}

fn fit(word: &str, part: &str) -> Option<Fit> {
    if word == part {
        Some(Fit::Exact)
    } else if part.starts_with(word) {
        Some(Fit::Beginning)
    } else if part.contains(word) {
        Some(Fit::Part)
    } else {
        None
    }
}

/// «О.С.» is two words, a key of a chat is as many as it has parts.
fn parts(word: &str) -> impl Iterator<Item = String> {
    word.split(['.', '/', ',']).map(fold).filter(|part| !part.is_empty())
}

/// «закрыть чат «7А — родители»»
fn closed_title(event: &Event) -> Option<&str> {
    event.words.strip_prefix("закрыть чат «")?.strip_suffix('»')
}

/// A former name of a pupil or of a parent.
fn old_name(event: &Event) -> Option<OldName> {
    let whose = match event.kind.as_str() {
        "renamed" => Whose::Own,
        "guardian_changed" => Whose::Parent,
        _ => return None,
    };
    let name = Change::name_before(&event.words)?.to_owned();
    Some(OldName { pupil: event.person?, name, whose })
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, OldName, Subject, Whose};
    use crate::plan::sample::{class, name};
    use crate::school::{ChatKey, Guardian, PersonId, Place, Student};

    fn student(number: u8, of: &str, named: &str, mother: &str, born: i8) -> Student {
        let mother = Guardian { id: None, name: Some(name(mother)), kinship: None, phone: None, email: None };
        Student {
            id: Some(PersonId::of_bytes([number; 16])),
            class: class(of),
            name: name(named),
            birth_date: Some(jiff::civil::date(2013, 5, born)),
            school: None,
            stable_id: None,
            guardians: vec![mother],
            place: Place::file("7.xlsx"),
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let students = [
            student(1, "7А", "Ёлкин Пётр Ильич", "Ёлкина Анна Петровна", 1),
            student(2, "7Б", "Ёлкин Пётр Ильич", "Котова Зоя Львовна", 1),
            student(3, "7Б", "Ёлкин Пётр Ильич", "Волкова Яна Львовна", 2),
            student(4, "10 профильный", "Ким-Орлова Дарья Ли", "Ёлкина Анна Петровна", 3),
        ];
        let teachers = [name("Котова Зоя Львовна"), name("Елкина Ольга Сергеевна")];
        let chats = [
            ("7А/родители", "7А — родители"),
            ("7А/предмет/алгебра/1", "7А Алгебра"),
            ("7Б/родители", "7Б — родители"),
        ];
        let keys = chats.map(|(key, title)| (ChatKey::of(&key.split('/').collect::<Vec<_>>()), title.to_owned()));
        let catalogue = Catalogue {
            pupils: students.iter().map(|student| (student.id.unwrap(), student)).collect(),
            old_names: ["Белова Дарья Ли", "Ёлкина Ольга Ли"]
                .map(|name| OldName { pupil: PersonId::of_bytes([4; 16]), name: name.to_owned(), whose: Whose::Own })
                .into_iter()
                .chain([OldName {
                    pupil: PersonId::of_bytes([1; 16]),
                    name: "Сомова Анна Петровна".to_owned(),
                    whose: Whose::Parent,
                }])
                .collect(),
            staff: teachers.iter().map(|name| (name.folded(), name)).collect(),
            classes: ["7А", "7Б", "10 профильный"].map(class).into(),
            titles: keys.into(),
        };
        let found = catalogue.find(text).into_iter().map(|subject| match &subject {
            Subject::Pupil(id) => id.to_string()[1..2].to_owned(),
            Subject::Staff(folded) => catalogue.staff[folded].surname.clone(),
            Subject::Class(class) => class.to_string(),
            Subject::Chat(key) => key.to_string(),
        });
        assert_eq!(found.collect::<Vec<_>>().join(", "), expected, "{text}");
        for subject in catalogue.find(text) {
            let words = catalogue.words_for(&subject).unwrap();
            assert_eq!(catalogue.find(&words), [subject], "{words}");
        }
    }

    #[test]
    fn classes_in_any_spelling() {
        check("7А", "7А");
        check("7a", "7А");
        check("7 \"а\"", "7А");
        check("10 Профильный", "10 профильный");
        check("8А", "");
    }

    #[test]
    fn people_in_any_spelling() {
        check("елкин петр", "1, 2, 3");
        check("Ёлкин 7А", "1");
        check("Ёлкин Пётр Ильич 7б", "2, 3");
        check("Ёлкин Пётр Ильич 7б 02.05.2013", "3");
        check("Дарья", "4");
        check("орлова", "4");
        check("Белова", "4");
        // A former name counts as much as that of somebody who is called so now.
        check("Елкина Ольга", "Елкина, 4");
        check("Волкова Яна", "3");
        check("Сомова Анна", "1");
        // A member of the staff who is a parent.
        check("Котова Зоя", "Котова");
        check("ЁЛКИНА О.С.", "Елкина");
        check("Ёлкина Анна Петровна", "1, 4");
        check("Сидоров", "");
        check("", "");
    }

    #[test]
    fn chats_by_key_title_and_part() {
        check("7А/родители", "7А/родители");
        check("7А — родители", "7А/родители");
        check("алгебра", "7А/предмет/алгебра/1");
        check("родители", "7А/родители, 7Б/родители");
        check("7б родит", "7Б/родители");
    }
}
