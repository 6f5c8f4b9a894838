//! The table of acknowledgements: `ознакомление.xlsx`, who has read the rules and signed.

use jiff::civil::{Date, date};

use crate::school::{
    Acknowledgement, AcknowledgementMark, Acknowledgements, Checked, ClassName, Issue, IssueKind, PersonName, Reading,
    Signer, dotted, fold, visible,
};
use crate::tables::{Source, Workbook};

use super::cell_text::is_absent;
use super::classes::classes;
use super::dates::written;
use super::names::person_name;
use super::nearest::nearest;
use super::sheet_table::{Column, Layout, TableRow, rows};
use super::staff::bad_name;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Code,
    Class,
    Signer,
    Name,
    Pupil,
    Mark,
    Date,
    Rules,
    Stamp,
    Note,
}

/// The columns that are understood; the program writes those of the first words.
pub(crate) const LAYOUT: Layout<Field> = Layout {
    columns: &[
        Column { field: Field::Code, headers: &["код строки", "код"], roots: &[] },
        Column { field: Field::Rules, headers: &["редакция правил", "редакция"], roots: &[] },
        Column { field: Field::Stamp, headers: &["запись"], roots: &[] },
        Column { field: Field::Note, headers: &["примечание", "заметки"], roots: &[] },
        Column { field: Field::Class, headers: &["класс", "кл"], roots: &[] },
        Column {
            field: Field::Signer,
            headers: &["кто", "кто подписывает", "кто знакомится", "кого знакомят", "категория", "подписант"],
            roots: &["категор"],
        },
        Column {
            field: Field::Name,
            headers: &["фио", "фамилия имя отчество", "фио подписавшего", "фио подписанта", "имя", "подписавший"],
            roots: &["фио"],
        },
        Column {
            field: Field::Pupil,
            headers: &[
                "чей родитель",
                "чей представитель",
                "родитель ученика",
                "ученик",
                "обучающийся",
                "учащийся",
                "ребенок",
                "фио ученика",
                "фио обучающегося",
                "фио учащегося",
                "фио ребенка",
            ],
            roots: &["ученик", "обучающ", "учащ", "ребен"],
        },
        Column {
            field: Field::Mark,
            headers: &["отметка", "отметка об ознакомлении", "ознакомление", "ознакомлен", "результат", "статус"],
            roots: &["отметк", "ознакомл"],
        },
        Column {
            field: Field::Date,
            headers: &["дата", "дата подписи", "дата ознакомления", "дата отметки", "когда"],
            roots: &["дата"],
        },
    ],
    needed: &[&[Field::Name, Field::Mark], &[Field::Pupil, Field::Mark]],
    needed_words: "«Класс», «Кто», «ФИО», «Чей родитель», «Отметка», «Дата»",
};

/// The words that the mark column takes.
const MARKS: [&str; 4] = ["ознакомлен(а)", "отказ", "другой канал", "не вернул(а)"];
/// The words that the column of the signer takes.
const SIGNERS: [&str; 3] = ["родитель", "обучающийся", "сотрудник"];
/// No rules for a messenger were signed before: «Сферум» was opened to schools in this year.
const EARLIEST: Date = date(2021, 1, 1);

/// Reads the table of acknowledgements. `today` is the last day on which somebody can have signed.
///
/// What cannot be understood is told. A row with such a mark, or with a day on which nobody can have signed, has no mark;
/// a row that names nobody is left out.
pub fn read_acknowledgements(source: &Source, today: Date) -> Checked<Acknowledgements> {
    match crate::tables::read(source) {
        Ok(workbook) => acknowledgements_of(&workbook, &source.label, today),
        Err(issue) => Checked::new(Acknowledgements::default(), vec![issue]),
    }
}

/// The same of a workbook that is read already.
pub(crate) fn acknowledgements_of(workbook: &Workbook, file: &str, today: Date) -> Checked<Acknowledgements> {
    let table = rows(workbook, file, &LAYOUT);
    let mut issues = table.issues;
    let rows = table.value.iter().filter_map(|row| acknowledgement(row, today, &mut issues)).collect();
    Checked::new(Acknowledgements { rows }, issues)
}

fn acknowledgement(row: &TableRow<Field>, today: Date, issues: &mut Vec<Issue>) -> Option<Acknowledgement> {
    let [name, pupil] = [Field::Name, Field::Pupil].map(|field| person(row, field, issues));
    let (Ok(name), Ok(pupil)) = (name, pupil) else { return None };
    if name.is_none() && pupil.is_none() {
        let advice = "Впишите фамилию, имя и отчество или удалите строку.";
        issues.push(Issue::new(IssueKind::BadName, row.place(Field::Name), "Не указано, кто ознакомлен.", advice));
        return None;
    }
    let class = class(row, issues).ok()?;
    let signer = signer(row, class.as_ref(), pupil.is_some(), issues)?;
    // Neither a mark of an unknown day nor a day of an unknown mark says anything.
    let (mark, date, reading) = match (mark(row, issues), day(row, today, issues)) {
        (Ok(None), Ok(Some(date))) => {
            // A mark that is still to come, or one that was cleared in part: nobody knows what was meant.
            let message = format!("Дата {} есть, а отметки нет: строка не учтена.", dotted(date));
            let advice = "Выберите отметку; если её быть не должно, сотрите и дату.";
            issues.push(Issue::new(IssueKind::UnknownMark, row.place(Field::Date), message, advice));
            (None, None, Reading::InPart)
        }
        (Ok(mark), Ok(date)) => (mark, date, Reading::Whole),
        (Err(Unreadable), _) | (_, Err(Unreadable)) => (None, None, Reading::InPart),
    };
    Some(Acknowledgement {
        class,
        signer,
        name,
        pupil,
        mark,
        date,
        reading,
        code: row.text(Field::Code).to_lowercase(),
        rules: row.text(Field::Rules).to_lowercase(),
        stamp: row.text(Field::Stamp).to_lowercase(),
        place: row.place(Field::Name),
        mark_place: row.place(Field::Mark),
        class_place: row.place(Field::Class),
        pupil_place: row.place(Field::Pupil),
    })
}

/// A cell that was filled with something that an issue tells of.
struct Unreadable;

fn person(row: &TableRow<Field>, field: Field, issues: &mut Vec<Issue>) -> Result<Option<PersonName>, Unreadable> {
    let text = row.text(field);
    if is_absent(text) {
        return Ok(None);
    }
    person_name(text).map(Some).map_err(|error| {
        issues.push(bad_name(&error, row.place(field)));
        Unreadable
    })
}

fn class(row: &TableRow<Field>, issues: &mut Vec<Issue>) -> Result<Option<ClassName>, Unreadable> {
    let (text, place) = (row.text(Field::Class), row.place(Field::Class));
    let before = issues.len();
    let mut classes = classes(text, &place, issues).into_iter();
    let first = classes.next();
    if classes.next().is_some() {
        let message = format!("В ячейке несколько классов: «{}».", visible(text));
        issues.push(Issue::new(IssueKind::BadClass, place, message, "Оставьте один класс."));
    }
    if issues.len() > before { Err(Unreadable) } else { Ok(first) }
}

/// Who signs; where the table does not say it, it is told by what else the row holds.
fn signer(
    row: &TableRow<Field>,
    class: Option<&ClassName>,
    has_pupil: bool,
    issues: &mut Vec<Issue>,
) -> Option<Signer> {
    let text = visible(row.text(Field::Signer)).to_lowercase().replace('ё', "е");
    let first = text.split([' ', '(', '/', ',']).next().unwrap_or_default();
    let told = match first {
        "родитель"
        | "родители"
        | "мать"
        | "мама"
        | "отец"
        | "папа"
        | "законный"
        | "представитель"
        | "опекун"
        | "попечитель"
        | "бабушка"
        | "дедушка" => Some(Signer::Parent),
        "обучающийся" | "обучающаяся" | "ученик" | "ученица" | "учащийся" | "учащаяся" | "ребенок" => {
            Some(Signer::Student)
        }
        "сотрудник" | "работник" | "учитель" | "педагог" | "классный" | "администрация" => {
            Some(Signer::Staff)
        }
        _ => None,
    };
    if told.is_some() {
        return told;
    }
    let guessed = match (has_pupil, class) {
        (true, _) => Some(Signer::Parent),
        (false, None) => Some(Signer::Staff),
        (false, Some(_)) => None,
    };
    if is_absent(&text) && guessed.is_some() {
        return guessed;
    }
    let words = SIGNERS.join(", ");
    let message = match text.as_str() {
        text if is_absent(text) => format!("Не указано, кто знакомится: нужно одно из — {words}."),
        text => format!("«{text}» не понято: нужно одно из — {words}."),
    };
    let advice = match nearest(&text, SIGNERS) {
        Some(meant) => format!("Возможно, это «{meant}»."),
        None => "Впишите одно из этих слов: пока строка не учтена.".to_owned(),
    };
    issues.push(Issue::new(IssueKind::UnknownMark, row.place(Field::Signer), message, advice));
    None
}

fn mark(row: &TableRow<Field>, issues: &mut Vec<Issue>) -> Result<Option<AcknowledgementMark>, Unreadable> {
    let text = visible(row.text(Field::Mark));
    if text.is_empty() || text.chars().all(|letter| "-–—_.".contains(letter)) {
        return Ok(None);
    }
    let mark = match fold(&text).as_str() {
        "ознакомлен"
        | "ознакомлена"
        | "ознакомлены"
        | "ознакомился"
        | "ознакомилась"
        | "подписал"
        | "подписала"
        | "подписано"
        | "подпись"
        | "подписьесть"
        | "да" => AcknowledgementMark::Acquainted,
        "отказ" | "отказался" | "отказалась" | "отказались" | "отказотподписи" | "отказалсяась" => {
            AcknowledgementMark::Refused
        }
        "другойканал" | "другойканалсвязи" | "инойканал" | "инойканалсвязи" | "другойспособ" | "другойспособсвязи" => {
            AcknowledgementMark::OtherChannel
        }
        "невернул" | "невернула" | "невернули" | "невозвращен" | "невозвращено" | "несдал" | "несдала" | "несдали" => {
            AcknowledgementMark::NotReturned
        }
        // «+» and a tick have no letters; «ознакомлен(а)» has the letter of the bracket behind it.
        "" if text.chars().all(|letter| "+✓✔☑".contains(letter)) => AcknowledgementMark::Acquainted,
        _ => {
            let message = format!("Отметка «{text}» не понята: нужна одна из — {}.", MARKS.join(", "));
            let advice = match nearest(&text, MARKS) {
                Some(meant) => format!("Возможно, это «{meant}»."),
                None => "Впишите одну из этих отметок: пока строка считается неотмеченной.".to_owned(),
            };
            issues.push(Issue::new(IssueKind::UnknownMark, row.place(Field::Mark), message, advice));
            return Err(Unreadable);
        }
    };
    Ok(Some(mark))
}

/// The day of the signature: a day that has come, and not long before there was anything to sign.
fn day(row: &TableRow<Field>, today: Date, issues: &mut Vec<Issue>) -> Result<Option<Date>, Unreadable> {
    let text = row.text(Field::Date);
    if is_absent(text) {
        return Ok(None);
    }
    let shown = visible(text);
    let message = match written(text, today) {
        Ok(date) if date > today => format!("Дата {} ещё не наступила", dotted(date)),
        Ok(date) if date < EARLIEST => format!("Дата {} слишком давняя", dotted(date)),
        Ok(date) => return Ok(Some(date)),
        Err(_) => format!("«{shown}» — не дата"),
    };
    let advice = "Исправьте дату: день, месяц и год, например 04.09.2026.";
    issues.push(Issue::new(
        IssueKind::BadDate,
        row.place(Field::Date),
        format!("{message}; отметка строки не учтена."),
        advice,
    ));
    Err(Unreadable)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::sheet_table::tests::{short, workbook};
    use super::acknowledgements_of;

    #[track_caller]
    fn check(lines: &[&str], expected: &[&str], issues: &[&str]) {
        let read = acknowledgements_of(&workbook(lines), "ознакомление.xlsx", date(2026, 9, 20));
        let rows = read.value.rows.iter().map(|row| {
            let name = |name: &Option<crate::school::PersonName>| name.as_ref().map(ToString::to_string);
            let class = row.class.as_ref().map(ToString::to_string);
            let texts = [class, name(&row.name), name(&row.pupil), row.date.map(|date| date.to_string())];
            let [class, person, pupil, date] = texts.map(Option::unwrap_or_default);
            let mark = row.mark.map(|mark| format!("{mark:?}")).unwrap_or_default();
            format!("{class}|{:?}|{person}|{pupil}|{mark}|{date}", row.signer)
        });
        assert_eq!(rows.collect::<Vec<_>>(), expected);
        assert_eq!(short(&read.issues), issues);
    }

    #[test]
    fn a_marked_table() {
        let lines = [
            "Ознакомление с правилами",
            "Класс|Кто|ФИО|Чей родитель|Отметка|Дата",
            "7А|родитель|Иванова Анна Петровна|Иванов Пётр|ознакомлен(а)|04.09.2026",
            "7а|Родитель (законный представитель)||Яшин Лев|Другой канал|4 сентября 2026 г.",
            "7А|ученик|Иванов Пётр||не вернул(а)|",
            "7А|обучающаяся|Щукина Юлия Эдуардовна||Отказ|46269",
            "|сотрудник|Петрова Ольга Сергеевна||Ознакомлена|01.09.26",
            "7А|||Жуков Глеб|+|",
            "||Волков Пётр Ильич|||",
            "7А|ученик|Жуков Глеб||—|",
        ];
        let expected = [
            "7А|Parent|Иванова Анна Петровна|Иванов Пётр|Acquainted|2026-09-04",
            "7А|Parent||Яшин Лев|OtherChannel|2026-09-04",
            "7А|Student|Иванов Пётр||NotReturned|",
            "7А|Student|Щукина Юлия Эдуардовна||Refused|2026-09-04",
            "|Staff|Петрова Ольга Сергеевна||Acquainted|2026-09-01",
            "7А|Parent||Жуков Глеб|Acquainted|",
            "|Staff|Волков Пётр Ильич|||",
            "7А|Student|Жуков Глеб|||",
        ];
        check(&lines, &expected, &[]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_cell() {
        let lines = [
            "Класс|Кто|ФИО|Чей родитель|Отметка|Дата",
            "7А|ученик|Иванов Пётр||болеет|21.09.2026",
            "7А|ученик|Яшин Лев||нет|31.09.2026",
            "седьмой|ученик|Яшин Лев||отказ|",
            "7А, 7Б|ученик|Яшин Лев||отказ|",
            "7А|сосед|Яшин Лев||отказ|",
            "7А||Яшин Лев||отказ|",
            "7А|ученик|||отказ|",
            "7А|родитель|Иванова|Иванов Пётр|отказ|",
            "7А|ученик|Жуков Глеб||озанкомлен|04.09.2006",
            "7А|ученик|Щукин Лев||ознакомлен(а)|04.09.2062",
            "7А|ученик|Волков Пётр||ознакомлен(а)|04.09.1926",
            "7А|ученик|Сомов Юрий||ознакомлен(а)|вчера",
            "7А|ученик|Носов Юрий||—|04.09.2026",
        ];
        let expected =
            ["Иванов Пётр", "Яшин Лев", "Жуков Глеб", "Щукин Лев", "Волков Пётр", "Сомов Юрий", "Носов Юрий"]
                .map(|name| format!("7А|Student|{name}|||"));
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        let issues = [
            "E2 unknown_mark",
            "F2 bad_date",
            "E3 unknown_mark",
            "F3 bad_date",
            "A4 bad_class",
            "A5 bad_class",
            "B6 unknown_mark",
            "B7 unknown_mark",
            "C8 bad_name",
            "C9 bad_name",
            "E10 unknown_mark",
            "F10 bad_date",
            "F11 bad_date",
            "F12 bad_date",
            "F13 bad_date",
            "F14 unknown_mark",
        ];
        check(&lines, &expected, &issues);
    }
}
