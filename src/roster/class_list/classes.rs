//! Which class a pupil is in: the sources that name it, by falling precedence (rule 6 of `docs/inputs.md` § 2).

use std::collections::BTreeMap;

use super::super::cell_text::{is_absent, looks_like_formula};
use super::grid::At;
use super::mention::{class_of_text, is_bare_number};
use super::notes::Notes;
use crate::school::{ClassName, ClassNameError, Issue, IssueKind, Noun, Place, count};
use crate::tables::Value;

/// Where the class is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    Column,
    Section,
    Title,
    Sheet,
    File,
}

impl Origin {
    fn words(self) -> &'static str {
        match self {
            Self::Column => "в столбце класса",
            Self::Section => "в строке над учениками",
            Self::Title => "в заголовке над таблицей",
            Self::Sheet => "в названии листа",
            Self::File => "в имени файла",
        }
    }
}

/// The sources of the class on one sheet, and what was wrong with them.
#[derive(Debug)]
pub(super) struct Classes {
    outer: Vec<(Origin, ClassName)>,
    /// Names that are bare numbers: they may count sheets and files as well as name a grade, so they come last and
    /// contradict nothing.
    counts: Vec<(Origin, ClassName)>,
    title: Option<ClassName>,
    title_used: bool,
    section: Section,
    /// Wrong texts of the class column with the first cell of each.
    wrong: BTreeMap<String, Trouble>,
    /// Dates of the class column, read as classes.
    dates: BTreeMap<String, Trouble>,
    /// Classes typed with a Latin letter.
    latin: BTreeMap<String, Trouble>,
    conflicts: BTreeMap<String, Trouble>,
    missing: Option<Trouble>,
    /// The name of the sheet where it is a class typed with a Latin letter.
    latin_sheet: Option<String>,
    /// The text of the column that was read last without a remark: the next pupil is usually of the same class.
    known: Option<(String, ClassName)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Section {
    None,
    Class(ClassName),
    /// A section whose class cannot be read: its pupils are in no class.
    Unreadable,
}

/// A problem of many rows, told once.
#[derive(Clone, Debug)]
struct Trouble {
    first: Place,
    rows: usize,
    message: String,
}

/// What the class column of a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ClassCell {
    /// There is no such column, or the cell is blank.
    Blank,
    /// A class.
    Class(ClassName),
    /// Something that is no class; noted.
    Wrong,
}

impl Classes {
    /// The sources outside the cells: the name of the sheet, then of the file.
    pub(super) fn of(sheet: Option<&str>, file_label: &str) -> Self {
        let stem = file_label.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let named = [(Origin::Sheet, sheet.unwrap_or_default()), (Origin::File, stem)];
        let named = named.into_iter().filter_map(|(origin, text)| Some((origin, text, class_of_name(text)?)));
        let named: Vec<_> = named.collect();
        let is_latin = |(origin, text, class): &&(Origin, &str, ClassName)| {
            *origin == Origin::Sheet && is_typed_in_latin(text, class)
        };
        let latin_sheet = named.iter().find(is_latin).map(|(_, text, _)| (*text).to_owned());
        let (numbers, worded): (Vec<_>, Vec<_>) = named.into_iter().partition(|(_, text, _)| is_bare_number(text));
        let of = |named: Vec<(Origin, &str, ClassName)>| -> Vec<(Origin, ClassName)> {
            named.into_iter().map(|(origin, _, class)| (origin, class)).collect()
        };
        let (outer, counts) = (of(worded), of(numbers));
        Self {
            outer,
            counts,
            title: None,
            title_used: false,
            section: Section::None,
            wrong: BTreeMap::new(),
            dates: BTreeMap::new(),
            latin: BTreeMap::new(),
            latin_sheet,
            conflicts: BTreeMap::new(),
            missing: None,
            known: None,
        }
    }

    /// Whether the name of the sheet or of the file names a class.
    pub(super) fn named_outside(&self) -> bool {
        !self.outer.is_empty() || !self.counts.is_empty()
    }

    /// A new table begins: its titles, and no section yet.
    pub(super) fn begin_table(&mut self, title: Option<ClassName>) {
        if title.is_some() {
            self.section = Section::None;
            self.title = title;
            self.title_used = false;
        }
    }

    /// A section begins.
    pub(super) fn begin_section(&mut self, class: Option<ClassName>) {
        self.section = class.map_or(Section::Unreadable, Section::Class);
    }

    /// The class that holds for rows which name none themselves.
    pub(super) fn current(&self) -> Option<ClassName> {
        self.without_column().into_iter().map(|(_, class)| class).next()
    }

    fn without_column(&self) -> Vec<(Origin, ClassName)> {
        let section = match &self.section {
            Section::Class(class) => Some((Origin::Section, class.clone())),
            Section::None => None,
            Section::Unreadable => return Vec::new(),
        };
        let title = self.title.clone().map(|class| (Origin::Title, class));
        let named: Vec<_> = section.into_iter().chain(title).chain(self.outer.iter().cloned()).collect();
        if named.is_empty() { self.counts.clone() } else { named }
    }

    /// The class of a row whose class column says `column`; `None` where no source names one.
    pub(super) fn class_of(&mut self, column: ClassCell, cell: At<'_>, notes: &Notes) -> Option<ClassName> {
        let mut sources = self.without_column();
        match column {
            ClassCell::Wrong => return None,
            ClassCell::Class(class) => {
                sources.retain(|source| !self.counts.contains(source));
                sources.insert(0, (Origin::Column, class));
            }
            // The section's own issue tells of its pupils.
            ClassCell::Blank if self.section == Section::Unreadable => return None,
            ClassCell::Blank => {}
        }
        let Some((winner, class)) = sources.first().cloned() else {
            let message = "не указан класс";
            note(&mut self.missing, notes.place(cell), message.to_owned());
            return None;
        };
        self.title_used |= winner == Origin::Title;
        if let Some(sheet) = self.latin_sheet.take_if(|_| winner == Origin::Sheet) {
            let message = format!("название листа «{}» набрано латинской буквой; прочитано как {class}", sheet.trim());
            let place = Place { cell: None, ..notes.place(cell) };
            note_in(&mut self.latin, place, message);
        }
        for (origin, other) in sources.iter().skip(1).filter(|(_, other)| !agree(&class, other)) {
            let first_section = *origin == Origin::Title && winner == Origin::Section && self.title_used;
            if !first_section {
                let message =
                    format!("{} указан класс {class}, а {} — {other}; взят {class}", winner.words(), origin.words());
                note_in(&mut self.conflicts, notes.place(cell), message);
            }
        }
        Some(class)
    }

    /// Reads a cell of the class column.
    pub(super) fn read_cell(&mut self, cell: At<'_>, notes: &mut Notes) -> ClassCell {
        if let Value::Date(time) = cell.value {
            let (day, month) = (time.day(), time.month());
            return self.class_of_date(cell, i16::from(day), i16::from(month), notes);
        }
        if let (Value::Text(text), Some((known, class))) = (cell.value, &self.known)
            && text == known
        {
            return ClassCell::Class(class.clone());
        }
        let text = notes.text(cell);
        if let Some(date) = excel_date(&text) {
            return self.class_of_date(cell, date.day, date.month, notes);
        }
        self.read_text(&text, cell, notes)
    }

    /// Reads a class from a text of a cell.
    pub(super) fn read_text(&mut self, text: &str, cell: At<'_>, notes: &Notes) -> ClassCell {
        if is_absent(text) {
            return ClassCell::Blank;
        }
        match text.parse::<ClassName>() {
            Ok(class) => {
                if is_typed_in_latin(text, &class) {
                    let message = format!("класс «{}» набран латинской буквой; прочитан как {class}", text.trim());
                    note_in(&mut self.latin, notes.place(cell), message);
                } else if cell.value == Value::Text(text) && !looks_like_formula(text) && excel_date(text).is_none() {
                    self.known = Some((text.to_owned(), class.clone()));
                }
                ClassCell::Class(class)
            }
            Err(error) => {
                note_in(&mut self.wrong, notes.place(cell), error.to_string());
                ClassCell::Wrong
            }
        }
    }

    /// Excel turns «7.1» into 7 January: day and month are the grade and the litera.
    fn class_of_date(&mut self, cell: At<'_>, day: i16, month: i16, notes: &Notes) -> ClassCell {
        let place = notes.place(cell);
        if let Ok(class) = format!("{day}.{month}").parse::<ClassName>() {
            let message =
                format!("в столбце класса стоит дата (так Excel понимает запись «{class}»); взят класс {class}");
            note_in(&mut self.dates, place, message);
            ClassCell::Class(class)
        } else {
            let text = cell.text();
            note_in(&mut self.wrong, place, format!("«{text}» — в столбце класса стоит дата"));
            ClassCell::Wrong
        }
    }

    /// Notes a section row whose class cannot be read.
    pub(super) fn wrong_section(&mut self, error: &ClassNameError, cell: At<'_>, notes: &Notes) {
        note_in(&mut self.wrong, notes.place(cell), format!("{error}; ученики под этой строкой не прочитаны"));
    }

    /// Notes a remark about another class: were it a heading, the pupils below would be in a wrong class.
    pub(super) fn note_mention(&mut self, class: &ClassName, cell: At<'_>, notes: &Notes) {
        let Some(current) = self.current().filter(|current| !agree(current, class)) else { return };
        let message =
            format!("в строке назван класс {class}, но на заголовок она не похожа; ученики под ней взяты в {current}");
        note_in(&mut self.conflicts, notes.place(cell), message);
    }

    /// Notes a row that may begin a class or hold a pupil.
    pub(super) fn unclear_section(&mut self, cell: At<'_>, notes: &Notes) {
        let message = "в столбце номера стоит класс, а рядом имя: неясно, ученик это или классный руководитель";
        note_in(&mut self.wrong, notes.place(cell), message.to_owned());
    }

    /// Everything that was wrong, each thing once with its first cell.
    pub(super) fn into_issues(self) -> Vec<Issue> {
        let Self { wrong, dates, latin, conflicts, missing, .. } = self;
        let issue = |kind, advice: &'static str| {
            move |trouble: Trouble| {
                let Trouble { first, rows, message } = trouble;
                let rows = match rows {
                    0 | 1 => String::new(),
                    rows => format!(" (всего {})", count(rows, Noun::new("строка", "строки", "строк"))),
                };
                Issue::new(kind, first, format!("{message}{rows}"), advice)
            }
        };
        let wrong = wrong.into_values().map(issue(IssueKind::BadClass, "Исправьте название класса и запустите снова."));
        let dates = dates.into_values().map(issue(
            IssueKind::BadDate,
            "Проверьте класс; чтобы Excel не менял запись, задайте столбцу формат «Текстовый».",
        ));
        let conflicts = conflicts
            .into_values()
            .map(issue(IssueKind::ClassConflict, "Проверьте, какой класс верный, и исправьте другой."));
        let missing = missing.into_iter().map(issue(
            IssueKind::NoClass,
            "Добавьте столбец «Класс», заголовок вида «Список 7А класса» или назовите лист либо файл по классу.",
        ));
        let latin = latin
            .into_values()
            .map(issue(IssueKind::LatinLetter, "Наберите русскую букву: так класс найдёт любая программа."));
        wrong.chain(dates).chain(latin).chain(conflicts).chain(missing).collect()
    }
}

/// The class that the name of a sheet or a file names.
fn class_of_name(name: &str) -> Option<ClassName> {
    let name = name.trim();
    // «001» counts files; «1c» in Latin letters is the program that wrote them.
    let counted = is_bare_number(name) && name.starts_with('0');
    if counted || name.eq_ignore_ascii_case("1c") { None } else { class_of_text(name) }
}

/// Whether the letter of a class was typed in the other alphabet: «7A». A Roman grade has Latin letters of its own.
fn is_typed_in_latin(text: &str, class: &ClassName) -> bool {
    let has = |wanted: fn(&char) -> bool| text.chars().any(|letter| wanted(&letter));
    has(char::is_ascii_digit)
        && has(char::is_ascii_alphabetic)
        && !class.litera().contains(|l: char| l.is_ascii_alphabetic())
}

/// Whether two sources do not contradict each other: «7» beside «7А» names the grade.
fn agree(class: &ClassName, other: &ClassName) -> bool {
    class == other || other.litera().is_empty() && class.grade() == other.grade()
}

fn note(trouble: &mut Option<Trouble>, place: Place, message: String) {
    trouble.get_or_insert(Trouble { first: place, rows: 0, message }).rows += 1;
}

fn note_in(troubles: &mut BTreeMap<String, Trouble>, place: Place, message: String) {
    troubles.entry(message.clone()).or_insert(Trouble { first: place, rows: 0, message }).rows += 1;
}

struct ExcelDate {
    day: i16,
    month: i16,
}

/// «07.янв», «07.01.2026»: what a CSV file keeps of a class that Excel took for a date.
fn excel_date(text: &str) -> Option<ExcelDate> {
    const MONTHS: [&str; 12] = ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
    let parts: Vec<&str> = text.split(['.', ' ', '-']).filter(|part| !part.is_empty()).collect();
    let (day, month) = match parts.as_slice() {
        [day, month] => {
            let name = month.to_lowercase();
            (day, MONTHS.iter().position(|stem| name.starts_with(stem)).and_then(|at| i16::try_from(at + 1).ok())?)
        }
        [day, month, year] if year.len() == 4 && (year.starts_with("20") || year.starts_with("19")) => {
            (day, month.parse().ok()?)
        }
        _ => return None,
    };
    day.parse().ok().map(|day| ExcelDate { day, month })
}
