//! All class lists → the roster of the school.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::civil::Date;
use rayon::prelude::*;

use super::column_words::ColumnWords;
use super::left_out::{LeftOut, left_out, once, told};
use super::merge::merge_files;
use super::reading::{ClassListReading, HomeroomMention};
use super::workbook::read_workbook;
use crate::school::{
    Checked, ClassName, Issue, IssueKind, Noun, PersonName, Place, Roster, SchoolClass, Severity, Student, count, fold,
    lower_letters,
};
use crate::tables::{self, Source};

/// More pupils than this in a class are unusual.
const USUAL_SIZE: usize = 45;
/// More pupils than this are no class: section rows were missed.
const LARGEST_SIZE: usize = 60;

/// Reads all class lists, in parallel, and joins them. `words` are the school's own for columns; `today` decides
/// which dates of birth can be.
///
/// A pupil or a class of several files keeps the spelling of the first one.
pub fn read(sources: &[Source], words: &ColumnWords, today: Date) -> Checked<Roster> {
    let readings: Vec<Result<ClassListReading, Box<Issue>>> = sources
        .par_iter()
        .map(|source| {
            let workbook = tables::read(source).map_err(Box::new)?;
            Ok(read_workbook(&workbook, &source.label, words, today))
        })
        .collect();
    let mut issues = Vec::new();
    let mut understood = Vec::new();
    for reading in readings {
        match reading {
            Ok(reading) => understood.push(reading),
            Err(issue) => issues.push(*issue),
        }
    }
    let unclear: Vec<Vec<LeftOut>> = understood.iter().map(left_out).collect();
    issues.extend(told(&unclear));
    once(&mut understood);
    let Checked { value, mut issues } = assemble(understood, issues);
    issues.sort();
    issues.dedup();
    Checked::new(value, issues)
}

/// Joins what single files gave; `issues` tell of the files that gave nothing.
pub(super) fn assemble(readings: Vec<ClassListReading>, mut issues: Vec<Issue>) -> Checked<Roster> {
    let files = readings.len();
    let mut students = Vec::new();
    let mut mentions: BTreeMap<ClassName, Vec<HomeroomMention>> = BTreeMap::new();
    for reading in readings {
        issues.extend(reading.issues);
        students.extend(reading.students);
        for mention in reading.homerooms {
            mentions.entry(mention.class.clone()).or_default().push(mention);
        }
    }
    let mut roster = Roster::default();
    // The pupils of one file are merged already.
    let students = if files == 1 { students } else { merge_files(students).collect_into(&mut issues) };
    for run in runs_of_classes(students) {
        match roster.classes.entry(run.name.clone()) {
            Entry::Vacant(free) => drop(free.insert(run)),
            Entry::Occupied(known) => known.into_mut().students.extend(run.students),
        }
    }
    roster.classes.values_mut().collect::<Vec<_>>().into_par_iter().for_each(|class| class.students.sort_by(by_name));
    for class in roster.classes.values_mut() {
        class.homeroom = homeroom(mentions.get(&class.name).map_or(&[], Vec::as_slice), &mut issues);
        issues.extend(size_issue(class));
        issues.extend(two_schools(class));
    }
    // Where the lists hold pupils that cannot be taken, that is said already.
    if roster.classes.is_empty() && !issues.iter().any(|issue| issue.severity() == Severity::Error) {
        issues.push(Issue::new(
            IssueKind::EmptyRoster,
            Place::file("списки"),
            "ни в одном списке нет учеников",
            "Положите в папку «списки» хотя бы один список класса и запустите снова.",
        ));
    }
    Checked::new(roster, issues)
}

/// Pupils of one class that follow each other, as they nearly always do.
fn runs_of_classes(students: Vec<Student>) -> Vec<SchoolClass> {
    let mut runs: Vec<SchoolClass> = Vec::new();
    for student in students {
        match runs.last_mut() {
            Some(run) if run.name == student.class => run.students.push(student),
            _ => runs.push(SchoolClass { name: student.class.clone(), homeroom: None, students: vec![student] }),
        }
    }
    runs
}

/// The order of Russian lists: «ё» is «е», case does not count; spelling decides between equals.
fn by_name(one: &Student, other: &Student) -> Ordering {
    fn key(student: &Student) -> [&str; 3] {
        let PersonName { surname, given, patronymic } = &student.name;
        [surname, given, patronymic.as_deref().unwrap_or_default()]
    }
    fn letters(part: &str) -> impl Iterator<Item = char> {
        part.chars().flat_map(lower_letters).map(|letter| if letter == 'ё' { 'е' } else { letter })
    }
    let parts = key(one).into_iter().zip(key(other));
    let exact = |student: &Student| (student.birth_date, student.place.clone());
    parts
        .map(|(one, other)| letters(one).cmp(letters(other)))
        .fold(Ordering::Equal, Ordering::then)
        .then_with(|| one.name.cmp(&other.name))
        .then_with(|| exact(one).cmp(&exact(other)))
}

/// The teacher whom the lists name; where they name different ones, none, and an issue.
fn homeroom(mentions: &[HomeroomMention], issues: &mut Vec<Issue>) -> Option<PersonName> {
    let fullest = mentions.iter().rev().max_by_key(|mention| mention.name.to_string().chars().count())?;
    let other = mentions.iter().find(|mention| !may_be_one(&mention.name, &fullest.name));
    let Some(other) = other else { return Some(fullest.name.clone()) };
    issues.push(Issue::new(
        IssueKind::TwoHomeroomTeachers,
        other.place.clone(),
        format!(
            "у класса {} названы два классных руководителя: {} и {} ({})",
            other.class, other.name, fullest.name, fullest.place
        ),
        "Оставьте в списках одного и запустите снова.",
    ));
    None
}

/// «Петрова О. С.» may be «Петрова Ольга Сергеевна».
fn may_be_one(one: &PersonName, other: &PersonName) -> bool {
    let begins = |one: &str, other: &str| {
        let [one, other] = [one, other].map(fold);
        one.starts_with(&other) || other.starts_with(&one)
    };
    let patronymics = one.patronymic.as_deref().zip(other.patronymic.as_deref());
    fold(&one.surname) == fold(&other.surname)
        && begins(&one.given, &other.given)
        && patronymics.is_none_or(|(one, other)| begins(one, other))
}

/// A class whose pupils are of two schools: a table of several schools, of which the class column tells nothing.
fn two_schools(class: &SchoolClass) -> Option<Issue> {
    let mut named = class.students.iter().filter_map(|student| Some((student.school.as_deref()?, &student.place)));
    let (first, _) = named.next()?;
    let (other, place) = named.find(|(school, _)| fold(school) != fold(first))?;
    Some(Issue::new(
        IssueKind::SeveralSchools,
        place.clone(),
        format!("в классе {} ученики двух школ или зданий: «{first}» и «{other}»; взяты как один класс", class.name),
        "Если это разные классы, оставьте в списке учеников одной школы или назовите классы по-разному.",
    ))
}

fn size_issue(class: &SchoolClass) -> Option<Issue> {
    let size = class.students.len();
    let place = class.students.first().map(|student| Place { cell: None, ..student.place.clone() }).unwrap_or_default();
    let pupils = count(size, Noun::new("ученик", "ученика", "учеников"));
    if size > LARGEST_SIZE {
        Some(Issue::new(
            IssueKind::ClassTooLarge,
            place,
            format!("в классе {} — {pupils}; таких классов не бывает", class.name),
            "Скорее всего, в списке несколько классов, и не все их названия распознаны: укажите класс в отдельном столбце и запустите снова.",
        ))
    } else if size > USUAL_SIZE {
        Some(Issue::new(
            IssueKind::ClassSize,
            place,
            format!("в классе {} — {pupils}, это необычно много", class.name),
            "Проверьте, не попали ли в него ученики другого класса.",
        ))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use jiff::civil::date;

    use super::{ColumnWords, assemble, read};
    use crate::roster::class_list::reading::ClassListReading;
    use crate::roster::class_list::tests::sheet;
    use crate::roster::class_list::workbook::read_workbook;
    use crate::school::{Checked, Roster};
    use crate::tables::{Form, Source, Workbook};

    fn file(label: &str, text: &str) -> ClassListReading {
        let workbook = Workbook { form: Form::Xlsx, sheets: vec![sheet("Лист1", text)] };
        read_workbook(&workbook, label, &ColumnWords::default(), date(2026, 9, 1))
    }

    #[track_caller]
    fn check(readings: Vec<ClassListReading>, expected: &str) -> Checked<Roster> {
        let checked = assemble(readings, Vec::new());
        let mut lines: Vec<String> = Vec::new();
        for class in checked.value.classes.values() {
            let names: Vec<String> = class.students.iter().map(|student| student.name.to_string()).collect();
            let homeroom = class.homeroom.as_ref().map_or_else(|| "—".to_owned(), ToString::to_string);
            lines.push(format!("{} ({homeroom}): {}", class.name, names.join(", ")));
        }
        lines.extend(checked.issues.iter().map(|issue| issue.to_string().replace('\u{a0}', " ")));
        assert_eq!(lines.join("\n"), expected);
        checked
    }

    #[test]
    fn classes_of_several_files_are_joined_and_sorted() {
        check(
            vec![
                file(
                    "а/7А.xlsx",
                    "№|ФИО|Кл. рук.\n1|Яшин Лев|Петрова О. С.\n2|Ёлкина Анна|\n3|Жуков Глеб|\n4|Елкин Олег|",
                ),
                file(
                    "б/7а класс.xlsx",
                    "Классный руководитель: Петрова Ольга Сергеевна\n№|ФИО\n1|Абрамов Ян\n2|Яшин Лев",
                ),
                file("5.xlsx", "№|ФИО\n1|Ли Вэй"),
            ],
            "5 (—): Ли Вэй\n\
             7А (Петрова Ольга Сергеевна): Абрамов Ян, Елкин Олег, Ёлкина Анна, Жуков Глеб, Яшин Лев\n\
             б/7а класс.xlsx, лист «Лист1», ячейка B4: Яшин Лев уже есть в классе 7А (а/7А.xlsx, лист «Лист1», ячейка B2); \
             учтён один раз. Если это один и тот же ученик, удалите лишнюю строку; если однофамильцы — укажите даты рождения.",
        );
    }

    #[test]
    fn files_are_read_and_a_missing_one_is_told() {
        let source = |label: &str| Source {
            path: Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables").join(label),
            label: label.to_owned(),
        };
        let checked = read(
            &[source("list_biff5.xls"), source("нет.xlsx"), source("list_html.xls")],
            &ColumnWords::default(),
            date(2026, 9, 1),
        );
        let class = checked.value.classes.values().next().unwrap();
        let names: Vec<String> = class.students.iter().map(|student| student.name.to_string()).collect();
        assert_eq!(
            (class.name.to_string(), names.join(", ")),
            ("7А".to_owned(), "Иванов Пётр, Щукина Юлия".to_owned())
        );
        let kinds: Vec<String> =
            checked.issues.iter().map(|issue| format!("{} {}", issue.kind.id(), issue.place.file)).collect();
        assert_eq!(kinds, ["unreadable нет.xlsx"]);
    }

    #[test]
    fn two_homeroom_teachers() {
        check(
            vec![
                file("а/7А.xlsx", "Кл. рук. Петрова О. С.\n№|ФИО\n1|Яшин Лев"),
                file("б/7А.xlsx", "Кл. рук. Орлова В. В.\n№|ФИО\n1|Абрамов Ян"),
            ],
            "7А (—): Абрамов Ян, Яшин Лев\n\
             б/7А.xlsx, лист «Лист1», ячейка A1: У класса 7А названы два классных руководителя: Орлова В. В. и Петрова О. С. \
             (а/7А.xlsx, лист «Лист1», ячейка A1). Оставьте в списках одного и запустите снова.",
        );
    }

    #[test]
    fn sizes_of_classes() {
        let of_size = |size: usize| {
            let letter = |number: usize| char::from_u32(0x430 + u32::try_from(number).unwrap()).unwrap();
            let row = |number: usize| format!("{number}|Иванов Я{}{}", letter(number / 30), letter(number % 30));
            let rows: Vec<String> = (0..size).map(row).collect();
            file("7А.xlsx", &format!("№|ФИО\n{}", rows.join("\n")))
        };
        let kinds = |size: usize| {
            let checked = assemble(vec![of_size(size)], Vec::new());
            checked.issues.iter().map(|issue| issue.kind.id()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(kinds(45), "");
        assert_eq!(kinds(46), "class_size");
        assert_eq!(kinds(60), "class_size");
        assert_eq!(kinds(61), "class_too_large");
    }

    #[test]
    fn pupils_of_two_schools_in_one_class() {
        let checked = assemble(vec![file("а.xlsx", "Школа|Класс|ФИО\nСОШ 1|7А|Ли Вэй\nСОШ 2|7А|Ким Ян")], Vec::new());
        let issues: Vec<String> =
            checked.issues.iter().map(|issue| format!("{} {}", issue.kind.id(), issue.place)).collect();
        assert_eq!(issues, ["several_schools а.xlsx, лист «Лист1», ячейка C2"]);
    }

    #[test]
    fn no_pupils_at_all() {
        check(
            Vec::new(),
            "списки: Ни в одном списке нет учеников. Положите в папку «списки» хотя бы один список класса и запустите снова.",
        );
    }
}
