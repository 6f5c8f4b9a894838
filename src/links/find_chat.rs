//! Which planned chat a row of the register means.

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{Chat, ChatKind, ClassName, fold, lowercase};

/// What a row says about its chat.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clues<'a> {
    /// The key, which the program wrote.
    pub(super) key: &'a str,
    /// The class.
    pub(super) class: &'a str,
    /// The kind in words: «родители», «алгебра».
    pub(super) kind: &'a str,
    /// The title.
    pub(super) title: &'a str,
}

/// The planned chat that a row means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found<'a> {
    /// This one.
    One(&'a Chat),
    /// More than one fits.
    Several,
    /// The key is one chat's, the class or the title another's: as if only some of the columns had been sorted.
    Contradiction,
    /// None fits.
    None,
}

/// The planned chats by their keys and titles.
pub(super) struct ChatIndex<'a> {
    chats: Vec<&'a Chat>,
    by_key: BTreeMap<String, Vec<&'a Chat>>,
    by_title: BTreeMap<String, Vec<&'a Chat>>,
}

impl<'a> ChatIndex<'a> {
    /// The index of all planned chats.
    pub(super) fn new(chats: &[&'a Chat]) -> Self {
        let mut index = Self { chats: chats.to_vec(), by_key: BTreeMap::new(), by_title: BTreeMap::new() };
        for chat in chats.iter().copied() {
            index.by_key.entry(same_spelling(chat.key.as_str())).or_default().push(chat);
            index.by_title.entry(same_spelling(chat.title.as_str())).or_default().push(chat);
        }
        index
    }

    /// Finds the chat of a row: by its key, unless class or title are another chat's; without one by the title, or by
    /// class and kind.
    pub(super) fn find(&self, clues: &Clues<'_>) -> Found<'a> {
        let named = |index: &BTreeMap<String, Vec<&'a Chat>>, name: &str| {
            only(index.get(&same_spelling(name)).into_iter().flatten().copied())
        };
        if !clues.key.is_empty() {
            let found = named(&self.by_key, clues.key);
            let Found::One(chat) = found else { return found };
            let other_class = clues.class.parse::<ClassName>().is_ok_and(|class| chat.class.as_ref() != Some(&class));
            let other_title = matches!(named(&self.by_title, clues.title), Found::One(other) if other.key != chat.key);
            return if other_class || other_title { Found::Contradiction } else { found };
        }
        if let Found::One(chat) = named(&self.by_title, clues.title) {
            return Found::One(chat);
        }
        let words = if clues.kind.is_empty() { clues.title } else { clues.kind };
        if words.is_empty() {
            return Found::None;
        }
        let own_class = clues.class.parse::<ClassName>().ok();
        let class = own_class.or_else(|| words.split_whitespace().next()?.parse().ok());
        if class.is_none() && !clues.class.is_empty() {
            return Found::None;
        }
        by_words(self.chats.iter().copied().filter(|chat| chat.class == class), words)
    }
}

/// What free words say: the class they name, and the chat.
#[derive(Clone, Debug)]
pub(super) struct InWords<'a> {
    /// The chat.
    pub(super) chat: Found<'a>,
    /// The class; it may be one that the plan has not.
    pub(super) class: Option<ClassName>,
}

/// Which class of the plan words name.
enum ClassInWords {
    None,
    /// This one; and the words without it.
    One(ClassName, String),
    Several,
    /// One that the plan has not: what is said of it is never said of another.
    Unplanned(ClassName),
}

impl<'a> ChatIndex<'a> {
    /// The chat that free words name: «Чат родителей 7 «А»», «7А — родители». `class` is that of the words before, for
    /// words that name none.
    pub(super) fn find_in_words(&self, text: &str, class: Option<&ClassName>) -> InWords<'a> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let by_title = self.titled_in(text);
        let in_words = self.class_in(&words);
        if let Found::One(chat) = by_title
            && self.is_in_title(&in_words, chat)
        {
            return InWords { chat: by_title, class: chat.class.clone() };
        }
        // The line may speak of a chat of the school, and the class stand in the signature under it.
        let mut of_school = Found::None;
        let (named, rest) = match in_words {
            ClassInWords::One(class, words) => (Some(class), words),
            ClassInWords::None => {
                let words = words.join(" ");
                of_school = self.find(&Clues { key: "", class: "", kind: &words, title: "" });
                (class.cloned(), words)
            }
            // Whose link is it?
            ClassInWords::Several => return InWords { chat: Found::Several, class: None },
            ClassInWords::Unplanned(class) => return InWords { chat: Found::None, class: Some(class) },
        };
        let chat = if matches!(by_title, Found::One(_)) {
            by_title
        } else {
            let class = named.as_ref().map(ToString::to_string).unwrap_or_default();
            self.find(&Clues { key: "", class: &class, kind: &rest, title: "" })
        };
        let chat = match (chat, of_school) {
            (Found::One(chat), Found::One(other)) if chat.key != other.key => Found::Several,
            (chat, _) => chat,
        };
        InWords { chat, class: named }
    }

    /// Whether what looks like a strange class, or like several, is a part of the title: «Клуб 1С».
    fn is_in_title(&self, in_words: &ClassInWords, chat: &Chat) -> bool {
        let title: Vec<&str> = chat.title.as_str().split_whitespace().collect();
        match (in_words, self.class_in(&title)) {
            (ClassInWords::Unplanned(class), ClassInWords::Unplanned(in_title)) => *class == in_title,
            (ClassInWords::Several, ClassInWords::Several) => true,
            _ => false,
        }
    }

    /// Whether the plan has chats of a class.
    pub(super) fn has_class(&self, class: &ClassName) -> bool {
        self.of_class(class).next().is_some()
    }

    /// The classes of the plan that somebody may mean by one that it has not: those of the grade.
    pub(super) fn nearest(&self, class: &ClassName) -> Vec<ClassName> {
        let planned: BTreeSet<&ClassName> = self.chats.iter().filter_map(|chat| chat.class.as_ref()).collect();
        planned.into_iter().filter(|other| other.grade() == class.grade()).take(NEAREST).cloned().collect()
    }

    /// The chats of a class.
    pub(super) fn of_class<'b>(&'b self, class: &'b ClassName) -> impl Iterator<Item = &'a Chat> + 'b {
        self.chats.iter().copied().filter(move |chat| chat.class.as_ref() == Some(class))
    }

    /// The chat whose whole title stands in a text; the longest, where one title is a part of another.
    fn titled_in(&self, text: &str) -> Found<'a> {
        let folded = format!(" {} ", fold(text));
        let fits = |chat: &&Chat| {
            let title = fold(chat.title.as_str());
            !title.is_empty() && folded.contains(&format!(" {title} "))
        };
        let fitting: Vec<&Chat> = self.chats.iter().copied().filter(fits).collect();
        let length = |chat: &Chat| fold(chat.title.as_str()).chars().count();
        let longest = fitting.iter().map(|chat| length(chat)).max();
        only(fitting.into_iter().filter(|chat| Some(length(chat)) == longest))
    }

    /// The class of the plan that words name, and the words without it: «7 А» is one, and no «7».
    fn class_in(&self, words: &[&str]) -> ClassInWords {
        let is_planned = |class: &ClassName| self.of_class(class).next().is_some();
        let bare = |word: &str| {
            word.trim_matches(|letter: char| !letter.is_alphanumeric() && !"«»\"".contains(letter)).to_owned()
        };
        let spans = [2, 1]
            .into_iter()
            .flat_map(|length| (0..words.len().saturating_sub(length - 1)).map(move |from| from..from + length));
        let mut found = spans.filter_map(|span| {
            let text = words.get(span.clone())?.iter().map(|word| bare(word)).collect::<Vec<_>>().join(" ");
            let class = text.parse::<ClassName>().ok().filter(is_planned)?;
            let rest = words.iter().enumerate().filter(|(at, _)| !span.contains(at)).map(|(_, word)| *word);
            let without = rest.filter(|word| !fold(word).starts_with("класс")).collect::<Vec<_>>().join(" ");
            Some((class, without))
        });
        let Some((class, rest)) = found.next() else { return unplanned_in(words) };
        if found.all(|(other, _)| other == class) { ClassInWords::One(class, rest) } else { ClassInWords::Several }
    }
}

/// More classes than this are not proposed.
const NEAREST: usize = 6;

/// A class that is none of the plan's, where words name one for certain: «9Я», «9 «Я»», and not «1-е» or «5 в».
fn unplanned_in(words: &[&str]) -> ClassInWords {
    let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_owned();
    let of = |text: &str| {
        let letter = text.chars().next_back().filter(|letter| letter.is_uppercase() || !text.contains(['-', ' ']))?;
        let class = text.parse::<ClassName>().ok()?;
        (letter.is_alphabetic() && class.litera().chars().count() == 1).then_some(class)
    };
    let alone = words.iter().find_map(|word| of(&bare(word)));
    let found = alone.or_else(|| {
        words.windows(2).find_map(|pair| {
            let [grade, letter] = pair else { return None };
            of(&format!("{} {}", bare(grade), bare(letter)))
        })
    });
    found.map_or(ClassInWords::None, ClassInWords::Unplanned)
}

/// White space and case do not matter.
fn same_spelling(text: &str) -> String {
    lowercase(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn only<'a>(mut fitting: impl Iterator<Item = &'a Chat>) -> Found<'a> {
    match (fitting.next(), fitting.next()) {
        (Some(chat), None) => Found::One(chat),
        (Some(_), Some(_)) => Found::Several,
        (None, _) => Found::None,
    }
}

fn by_words<'a>(chats: impl Iterator<Item = &'a Chat> + Clone, words: &str) -> Found<'a> {
    let folded = fold(words);
    if let Found::One(chat) = only(chats.clone().filter(|chat| fold(chat.kind.words()) == folded)) {
        return Found::One(chat);
    }
    // «Алгебра, ученики» is the chat of the subject; «русский язык» is not the one of «язык».
    let topic = |chat: &Chat| {
        let topic = fold(chat.topic.as_deref().unwrap_or_default());
        let group = fold(chat.group.as_deref().unwrap_or_default());
        let fits = !topic.is_empty() && folded.contains(&topic);
        fits.then(|| {
            topic.chars().count()
                + if folded.replacen(&topic, "", 1).contains(&group) { group.chars().count() } else { 0 }
        })
    };
    if let Some(longest) = chats.clone().filter_map(topic).max() {
        return only(chats.filter(|chat| topic(chat) == Some(longest)));
    }
    let lower = words.to_lowercase().replace('ё', "е");
    if chats.clone().any(|chat| chat.class.is_some()) && names_several(&lower) {
        return Found::Several;
    }
    only(chats.filter(|chat| fits(chat.kind, &lower)))
}

/// Whether words about a class speak of more than one of its chats, or of one that is not meant: «для учеников, родителям не
/// давать». «Родители обучающихся» are parents.
fn names_several(words: &str) -> bool {
    let is_denied = words.split(|letter: char| !letter.is_alphabetic()).any(|word| word == "не");
    let at = |roots: &[&str]| roots.iter().filter_map(|root| words.find(root)).min();
    let (parents, teachers) = (at(&["родител"]), at(&["учител", "педагог"]));
    let (students, of_students) = (at(&["учени", "обучающ", "учащ"]), at(&["учеников", "обучающихся", "учащихся"]));
    let are_of = |parents: usize, students: usize| {
        Some(students) == of_students
            && words.get(parents..students).is_some_and(|between| {
                !between.contains([',', ';', '.', '('])
                    && between
                        .split_whitespace()
                        .skip(1)
                        .all(|word| word == "и" || ["законн", "представител"].iter().any(|root| word.starts_with(root)))
            })
    };
    let with_students = parents.zip(students).is_some_and(|(parents, students)| !are_of(parents, students));
    is_denied || with_students || parents.zip(teachers).is_some()
}

/// Whether the words people use for a kind of chat stand in a text.
fn fits(kind: ChatKind, words: &str) -> bool {
    let has = |roots: &[&str]| roots.iter().any(|root| words.contains(root));
    let (parents, students) = (has(&["родител"]), has(&["учени", "обучающ", "учащ"]));
    let (teachers, head) = (has(&["учител", "педагог"]), has(&["директор", "руководител"]));
    match kind {
        ChatKind::ClassParents => parents,
        ChatKind::ClassStudents => students && !parents,
        ChatKind::ClassTeachers => teachers && !parents,
        ChatKind::StaffRoom => has(&["учительск"]),
        ChatKind::DirectorDeputies => has(&["заместител", "завуч"]),
        ChatKind::DirectorStaff => head && teachers,
        ChatKind::DirectorParents => parents && has(&["актив", "комитет", "совет"]),
        ChatKind::DirectorStudents => students && has(&["актив", "совет"]),
        ChatKind::SchoolChannel => has(&["общешкольн"]),
        ChatKind::StaffChannel => has(&["сотрудник"]),
        ChatKind::ClassSubject
        | ChatKind::Course
        | ChatKind::Extracurricular
        | ChatKind::Event
        | ChatKind::Methodical => false,
    }
}

/// The one chat of the plan that somebody means: by its key, by its title, or by class and words.
///
/// # Errors
/// The chats that the words may mean, where they leave it open; none where no chat fits.
pub fn named<'a>(words: &str, chats: &[&'a Chat]) -> Result<&'a Chat, Vec<&'a Chat>> {
    let index = ChatIndex::new(chats);
    let by_key = index.by_key.get(&same_spelling(words)).map(Vec::as_slice).unwrap_or_default();
    if let [chat] = by_key {
        return Ok(chat);
    }
    let InWords { chat, class } = index.find_in_words(words, None);
    match (chat, class) {
        (Found::One(chat), _) => Ok(chat),
        (Found::Several | Found::Contradiction | Found::None, Some(class)) => Err(index.of_class(&class).collect()),
        (Found::Several | Found::Contradiction | Found::None, None) => Err(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::{ChatIndex, Clues, Found};
    use crate::links::samples::{chat, chats};

    #[track_caller]
    fn check(key: &str, class: &str, kind: &str, title: &str, expected: &str) {
        let mut chats = chats();
        chats.push(chat("7А/предмет/английский язык/1", "7А", "Английский язык", "1"));
        chats.push(chat("7А/предмет/английский язык/2", "7А", "Английский язык", "2"));
        let found = match ChatIndex::new(&chats.iter().collect::<Vec<_>>()).find(&Clues { key, class, kind, title }) {
            Found::One(chat) => chat.key.as_str(),
            Found::Several => "several",
            Found::Contradiction => "contradiction",
            Found::None => "none",
        };
        assert_eq!(found, expected);
    }

    #[track_caller]
    fn check_words(text: &str, class: Option<&str>, expected: &str) {
        let mut chats = chats();
        chats.push(chat("клуб", "", "Клуб 1С", ""));
        let class = class.map(|class| class.parse().expect("a class"));
        let index = ChatIndex::new(&chats.iter().collect::<Vec<_>>());
        let found = match index.find_in_words(text, class.as_ref()).chat {
            Found::One(chat) => chat.key.as_str().to_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn in_free_words() {
        check_words("7А родители", None, "7А/родители");
        check_words("Чат родителей 7 «А»:", None, "7А/родители");
        check_words("7 А, ученики —", None, "7А/ученики");
        check_words("класс 7а обучающиеся", None, "7А/ученики");
        check_words("Вот: «7А Родители»", None, "7А/родители");
        check_words("7А алгебра", None, "7А/предмет/алгебра");
        check_words("Клуб 1С:", None, "клуб");
        check_words("клуб 9Я", None, "None");
        check_words("учительская", None, "школа/учительская");
        check_words("родители", Some("7А"), "7А/родители");
        check_words("родители", None, "None");
        check_words("7А", None, "None");
        check_words("9Я родители", None, "None");
        // What is said of a class that the plan has not is not said of the class of the lines before.
        check_words("9Я родители", Some("7А"), "None");
        check_words("9 «Я» родители", Some("7А"), "None");
        check_words("1-е письмо, родители", Some("7А"), "7А/родители");
        // A Latin letter of the same shape.
        check_words("7A родители", None, "7А/родители");
        check_words("Добрый день!", Some("7А"), "None");
        // Who else is spoken of makes a line unclear: a link for pupils must not go to their parents.
        for unclear in [
            "7А для учеников, родителям не давать:",
            "7А не родители, а ученики:",
            "Ссылка 7А для учеников (чат родителей пришлю завтра)",
            "7А родители и ученики",
            "7А учителя и родители",
            "7А не для учеников",
        ] {
            check_words(unclear, None, "Several");
        }
        check_words("чат родителей обучающихся 7А", None, "7А/родители");
        check_words("родители и законные представители учеников 7А", None, "7А/родители");
        // The class of a signature does not make a chat of the school one of the class.
        check_words("Чат Учительская", Some("7А"), "Several");
        check_words("Общешкольный канал, родители", Some("7А"), "Several");
    }

    #[test]
    fn by_key() {
        check("7А/родители", "", "", "", "7А/родители");
        check(" 7а/Родители ", "7а", "ученики", "старое название", "7А/родители");
        check("7А/родители", "8Б", "", "", "contradiction");
        check("7А/родители", "7А", "", "Учительская", "contradiction");
        check("9А/родители", "7А", "родители", "", "none");
    }

    #[test]
    fn by_title() {
        check("", "", "", "7А  Родители", "7А/родители");
        check("", "", "", "Учительская", "школа/учительская");
        check("", "", "", "Нет такого", "none");
    }

    #[test]
    fn by_class_and_words() {
        check("", "7 «А»", "родители", "", "7А/родители");
        check("", "7А", "Чат родителей класса", "", "7А/родители");
        check("", "7А", "ученики", "", "7А/ученики");
        check("", "7А", "обучающиеся", "", "7А/ученики");
        check("", "7А", "учителя", "", "7А/учителя");
        check("", "", "7А родители", "", "7А/родители");
        check("", "7А", "алгебра", "", "7А/предмет/алгебра");
        check("", "7А", "Алгебра, ученики", "", "7А/предмет/алгебра");
        check("", "7А", "английский язык", "", "several");
        check("", "7А", "английский язык, группа 2", "", "7А/предмет/английский язык/2");
        check("", "8Б", "родители", "", "none");
        check("", "седьмой", "родители", "", "none");
        check("", "7А", "", "", "none");
        check("", "", "общешкольный", "", "школа/канал");
    }
}
