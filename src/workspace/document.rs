//! A TOML document read key by key, every problem with its line.
//!
//! It serves the settings and the regulations alike and knows nothing of either: a reader asks a [`Table`] for typed
//! values by key; what is missing, of another type, impossible or never asked for becomes an [`Issue`](crate::school::Issue). Nothing stops
//! at the first problem.

mod notes;
mod syntax;

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::school::{Checked, IssueKind, Noun, count};

use notes::{Named, Notes, Section, Unknown};

/// Why a value cannot be, in one Russian sentence, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    message: String,
    advice: String,
}

/// One table of a document. It remembers which keys it was asked for.
pub(super) struct Table<'n, 't> {
    /// `None` for a table that the document does not have: its keys are asked for all the same.
    entries: Option<&'t DeTable<'t>>,
    section: Section,
    line: Option<u32>,
    asked: BTreeSet<String>,
    notes: &'n mut Notes,
}

/// A key with its value.
#[derive(Clone)]
pub(super) struct Entry<'t> {
    /// The key.
    pub(super) key: String,
    line: u32,
    value: &'t DeValue<'t>,
}

/// Reads a document by asking its root table; problems of the syntax are collected with all others.
///
/// `file` is the name that people know the document by.
pub(super) fn read<T>(text: &str, file: &str, ask: impl FnOnce(&mut Table<'_, '_>) -> T) -> Checked<T> {
    let mut notes = Notes::new(text, file);
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        notes.syntax(error.message(), error.span().unwrap_or(text.len()..text.len()));
    }
    let value = Table::of(Some(root.get_ref()), Section::default(), None, &mut notes).read(ask);
    Checked::new(value, notes.into_issues())
}

/// The dotted names of all keys that a reader of documents asks for.
#[cfg(test)]
pub(super) fn known_keys(text: &str, ask: impl FnOnce(&mut Table<'_, '_>)) -> Vec<String> {
    let mut notes = Notes::new(text, "");
    let (root, _) = DeTable::parse_recoverable(text);
    Table::of(Some(root.get_ref()), Section::default(), None, &mut notes).read(ask);
    notes.known_keys()
}

impl Problem {
    /// A problem: what is wrong, with a capital and a full stop, and what to write instead.
    pub(super) fn new(message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { message: message.into(), advice: advice.into() }
    }

    /// The problem of a text of more than `longest` characters.
    pub(super) fn too_long(longest: usize) -> Self {
        const CHARACTERS: Noun = Noun::new("знака", "знаков", "знаков");
        Self::new(format!("Текст длиннее {}.", count(longest, CHARACTERS)), "Сократите его.")
    }

    /// What is wrong and what to write instead, on one line.
    pub(super) fn sentence(&self) -> String {
        format!("{} {}", self.message, self.advice)
    }

    /// What is wrong.
    #[cfg(test)]
    pub(super) fn message(&self) -> &str {
        &self.message
    }
}

impl<'n, 't> Table<'n, 't> {
    /// The longest text of a key without a limit of its own, in characters.
    pub(super) const LONGEST_TEXT: usize = 2000;

    fn of(entries: Option<&'t DeTable<'t>>, section: Section, line: Option<u32>, notes: &'n mut Notes) -> Self {
        Self { entries, section, line, asked: BTreeSet::new(), notes }
    }

    /// Lets a reader ask, then notes the keys it did not ask for.
    fn read<T>(mut self, ask: impl FnOnce(&mut Self) -> T) -> T {
        let value = ask(&mut self);
        for (key, value) in self.entries.into_iter().flatten() {
            if !self.asked.contains(key.get_ref().as_ref()) {
                let line = self.notes.line(key.span());
                let what = if value.get_ref().is_table() { Named::Section } else { Named::Key };
                let section = self.section.clone();
                self.notes.unknown(Unknown { what, section, key: key.get_ref().to_string(), line });
            }
        }
        value
    }

    fn entry(&mut self, key: &str) -> Option<Entry<'t>> {
        self.asked.insert(key.to_owned());
        self.notes.known(&self.section, key);
        let (name, value) = self.entries?.get_key_value(key)?;
        Some(self.entry_of(name.span(), key, value))
    }

    fn entry_of(&self, span: Range<usize>, key: &str, value: &'t Spanned<DeValue<'t>>) -> Entry<'t> {
        Entry { key: key.to_owned(), line: self.notes.line(span), value: value.get_ref() }
    }

    /// All keys with their values, for a table whose keys are names; each counts as asked for.
    pub(super) fn entries(&mut self) -> Vec<Entry<'t>> {
        let entries = self.entries.into_iter().flatten();
        let entries: Vec<_> =
            entries.map(|(key, value)| self.entry_of(key.span(), key.get_ref().as_ref(), value)).collect();
        self.asked.extend(entries.iter().map(|entry| entry.key.clone()));
        entries
    }

    /// A table inside this one; one that is not there is asked all the same and has nothing.
    pub(super) fn section<T>(&mut self, key: &str, ask: impl FnOnce(&mut Table<'_, 't>) -> T) -> T {
        let entry = self.entry(key);
        let line = entry.as_ref().map(|entry| entry.line);
        let table = entry.as_ref().and_then(|entry| entry.value.as_table());
        if let (Some(entry), None) = (&entry, table) {
            let path = self.section.path(key);
            let advice = format!("Заведите раздел: отдельная строка [{path}], ниже неё его ключи.");
            self.wrong_type(entry, "раздел", advice);
        }
        Table::of(table, self.section.inside(key), line, self.notes).read(ask)
    }

    /// A table that must be there.
    pub(super) fn required_section<T>(&mut self, key: &str, ask: impl FnOnce(&mut Table<'_, 't>) -> T) -> T {
        if self.entries.is_some_and(|entries| !entries.contains_key(key)) {
            let path = self.section.path(key);
            self.notes.add(
                IssueKind::MissingKey,
                self.line,
                format!("Нет раздела [{path}]."),
                "Добавьте его по образцу.".to_owned(),
            );
        }
        self.section(key, ask)
    }

    /// The tables of an array `[[key]]`, each read in its turn.
    pub(super) fn tables<T>(&mut self, key: &str, mut ask: impl FnMut(&mut Table<'_, 't>) -> T) -> Vec<T> {
        let Some(entry) = self.entry(key) else { return Vec::new() };
        let advice = format!("Начинайте каждую запись строкой [[{}]].", self.section.path(key));
        let DeValue::Array(items) = entry.value else {
            self.wrong_type(&entry, "список записей", advice);
            return Vec::new();
        };
        let mut values = Vec::new();
        for item in items {
            let line = self.notes.line(item.span());
            match item.get_ref() {
                DeValue::Table(table) => {
                    let inside = Table::of(Some(table), self.section.inside(key), Some(line), self.notes);
                    values.push(inside.read(&mut ask));
                }
                _ => self.wrong_type(&Entry { line, ..entry.clone() }, "список записей", advice.clone()),
            }
        }
        values
    }

    /// A text of at most `longest` characters on one line; `None` where it is absent, blank or wrong.
    pub(super) fn text(&mut self, key: &str, longest: usize) -> Option<String> {
        let entry = self.entry(key)?;
        self.text_of(&entry, longest).filter(|text| !text.is_empty())
    }

    /// A text that must be there and must not be blank.
    pub(super) fn required_text(&mut self, key: &str, longest: usize) -> Option<String> {
        let Some(entry) = self.entry(key) else {
            self.missing(key, format!("Добавьте строку {key} = \"…\"."));
            return None;
        };
        let text = self.text_of(&entry, longest)?;
        if text.is_empty() {
            self.impossible(&entry, &Problem::new("Значение пустое.", "Впишите его между кавычками."));
            return None;
        }
        Some(text)
    }

    /// Notes a list that is not there.
    pub(super) fn require(&mut self, key: &str) {
        if self.entry(key).is_none() {
            self.missing(key, "Добавьте его по образцу.".to_owned());
        }
    }

    /// A text that `parse` turns into a value; `None` where it is absent, blank or wrong.
    pub(super) fn parsed<T>(&mut self, key: &str, parse: impl FnOnce(&str) -> Result<T, Problem>) -> Option<T> {
        let entry = self.entry(key)?;
        let text = self.text_of(&entry, Self::LONGEST_TEXT).filter(|text| !text.is_empty())?;
        self.judged(&entry, parse(&text))
    }

    /// A text that must be there and that `parse` turns into a value.
    pub(super) fn required_parsed<T>(
        &mut self,
        key: &str,
        parse: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Option<T> {
        let text = self.required_text(key, Self::LONGEST_TEXT)?;
        let entry = self.entry(key)?;
        self.judged(&entry, parse(&text))
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &str) -> Option<bool> {
        let entry = self.entry(key)?;
        let DeValue::Boolean(value) = entry.value else {
            let advice = format!("Напишите без кавычек: {key} = true или {key} = false.");
            self.wrong_type(&entry, "true (да) или false (нет)", advice);
            return None;
        };
        Some(*value)
    }

    /// A whole number in a range.
    pub(super) fn integer(&mut self, key: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let entry = self.entry(key)?;
        let DeValue::Integer(number) = entry.value else {
            let advice = match entry.value {
                DeValue::String(text) if text.trim().parse::<i64>().is_ok() => {
                    format!("Уберите кавычки: {key} = {}.", text.trim())
                }
                _ => "Напишите число без кавычек.".to_owned(),
            };
            self.wrong_type(&entry, "целое число", advice);
            return None;
        };
        let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
        self.judged(
            &entry,
            number.filter(|number| range.contains(number)).ok_or_else(|| {
                let message = format!("Ожидается число от {} до {}.", range.start(), range.end());
                Problem::new(message, "Исправьте число.")
            }),
        )
    }

    /// A date: 2026-09-01 as TOML writes it, or "01.09.2026" as people do.
    pub(super) fn date(&mut self, key: &str) -> Option<Date> {
        let entry = self.entry(key)?;
        let advice = format!("Напишите дату так: {key} = \"01.09.2026\".");
        let date = match entry.value {
            DeValue::Datetime(value) => {
                value.date.filter(|_| value.time.is_none()).and_then(|date| day(date.year, date.month, date.day))
            }
            DeValue::String(text) if text.trim().is_empty() => return None,
            DeValue::String(text) => dotted_date(text),
            _ => {
                self.wrong_type(&entry, "дата", advice);
                return None;
            }
        };
        self.judged(&entry, date.ok_or_else(|| Problem::new("Такой даты быть не может.", advice)))
    }

    /// A list of texts, each turned into a value by `parse`; `None` where it is absent or is no list. Items that are
    /// wrong are left out.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        longest: usize,
        mut parse: impl FnMut(&str) -> Result<T, Problem>,
    ) -> Option<Vec<T>> {
        let entry = self.entry(key)?;
        let DeValue::Array(items) = entry.value else {
            let advice = format!("Напишите так: {key} = [\"первое\", \"второе\"].");
            self.wrong_type(&entry, "список текстов", advice);
            return None;
        };
        let mut values = Vec::new();
        for item in items {
            let item = self.entry_of(item.span(), key, item);
            let Some(text) = self.text_of(&item, longest) else { continue };
            let value = if text.is_empty() {
                Err(Problem::new("В списке есть пустой текст.", "Уберите его или впишите текст."))
            } else {
                parse(&text)
            };
            values.extend(self.judged(&item, value));
        }
        Some(values)
    }

    /// The text of an entry, trimmed, or `None` with the problem noted.
    pub(super) fn text_of(&mut self, entry: &Entry<'t>, longest: usize) -> Option<String> {
        let DeValue::String(text) = entry.value else {
            let advice = format!("Напишите значение в прямых кавычках: {} = \"…\".", notes::quoted_key(&entry.key));
            self.wrong_type(entry, "текст", advice);
            return None;
        };
        let text = text.trim();
        let problem = if text.chars().any(is_invisible) {
            let message = "В тексте есть перенос строки или невидимый знак.";
            Problem::new(message, "Наберите текст заново в одну строку.")
        } else if text.chars().count() > longest {
            Problem::too_long(longest)
        } else {
            return Some(text.to_owned());
        };
        self.impossible(entry, &problem);
        None
    }

    /// A value, or `None` with its problem noted at the entry.
    pub(super) fn judged<T>(&mut self, entry: &Entry<'t>, value: Result<T, Problem>) -> Option<T> {
        value.map_err(|problem| self.impossible(entry, &problem)).ok()
    }

    /// Notes a problem of a key's value, found by looking at several keys together.
    pub(super) fn refuse(&mut self, key: &str, problem: &Problem) {
        if let Some(entry) = self.entry(key) {
            self.impossible(&entry, problem);
        }
    }

    fn impossible(&mut self, entry: &Entry<'t>, problem: &Problem) {
        let message = format!("Ключ «{}»: {}", entry.key, notes::lower_first(&problem.message));
        self.notes.add(IssueKind::ImpossibleValue, Some(entry.line), message, problem.advice.clone());
    }

    fn wrong_type(&mut self, entry: &Entry<'t>, expected: &str, advice: String) {
        let found = match entry.value {
            DeValue::String(_) => "текст",
            DeValue::Integer(_) => "целое число",
            DeValue::Float(_) => "дробное число",
            DeValue::Boolean(_) => "true или false",
            DeValue::Datetime(_) => "дата или время",
            DeValue::Array(_) => "список",
            DeValue::Table(_) => "раздел",
        };
        let message = format!("Ключ «{}»: ожидается {expected}, а записано: {found}.", entry.key);
        self.notes.add(IssueKind::WrongType, Some(entry.line), message, advice);
    }

    fn missing(&mut self, key: &str, advice: String) {
        // The keys of a section that is not there are not asked of a person one by one.
        if self.entries.is_some() {
            let message = match self.section.name() {
                "" => format!("Нет ключа «{key}»."),
                section => format!("В разделе [{section}] нет ключа «{key}»."),
            };
            self.notes.add(IssueKind::MissingKey, self.line, message, advice);
        }
    }
}

fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn dotted_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let numbers: Vec<u16> = text.split(['.', '-']).map(str::parse).collect::<Result<_, _>>().ok()?;
    match (numbers.as_slice(), text.contains('.')) {
        ([date, month, year], true) | ([year, month, date], false) => {
            day(*year, u8::try_from(*month).ok()?, u8::try_from(*date).ok()?)
        }
        _ => None,
    }
}

/// A date of this century: «0026» and «2206» are slips of the finger.
fn day(year: u16, month: u8, day: u8) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| (2000..2100).contains(year))?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests;
