//! How one class list was understood, for the terminal: form, sheets, columns, rows left out, columns not understood.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::grid::{Column, Side, grid};
use crate::roster::{
    ColumnReading, GuardianSlot, Meaning, OneList, SheetOutcome, SkipReason, TableLayout, TableReading, UnclearTable,
};
use crate::school::{column_letters, one_line};
use crate::tables::Form;

const COLUMNS: [Column; 4] = [
    Column { heading: "Столбец", side: Side::Left, from_width: 0 },
    Column { heading: "Название в таблице", side: Side::Left, from_width: 0 },
    Column { heading: "Понят как", side: Side::Left, from_width: 0 },
    Column { heading: "Почему", side: Side::Left, from_width: 70 },
];
/// More runs of rows than this are counted, not named.
const RUNS_SHOWN: usize = 10;
/// A longer header is cut: it is shown to be found in the table, not to be read.
const HEADER_SHOWN: usize = 60;

/// The form of the file, its sheets, its columns and the rows that are no pupils; for a terminal of `width` cells.
pub fn understood(list: &OneList, width: u16) -> String {
    let mut text = format!("{} — {}\n", list.reading.label, form_in_words(&list.reading.form));
    for sheet in &list.reading.sheets {
        let name = sheet.name.as_deref().map_or_else(|| "Файл".to_owned(), |name| format!("Лист «{name}»"));
        match sheet.outcome {
            SheetOutcome::Read => {}
            SheetOutcome::Hidden => {
                let _ = writeln!(text, "{name} скрыт и не прочитан.");
            }
            SheetOutcome::Blank => {
                let _ = writeln!(text, "{name} пуст.");
            }
            SheetOutcome::Staff => {
                let _ = writeln!(text, "{name} — таблица сотрудников, не список класса.");
            }
            SheetOutcome::NoList => {
                let _ = writeln!(text, "{name}: список учеников не найден.");
            }
        }
    }
    for group in groups(list) {
        text.push('\n');
        text.push_str(&group.text(width));
    }
    text
}

/// Whether the settings at hand have the section `[roster.columns]`: a second one would be a mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnsSection {
    /// It is there.
    Present,
    /// It is not, or no settings are at hand.
    Absent,
}

/// The columns that were not understood, and the lines for the settings that would make them understood; empty where
/// there are none.
pub fn unclear_columns(list: &OneList, section: ColumnsSection) -> String {
    if list.unclear.is_empty() {
        return String::new();
    }
    let mut text = "Столбцы, которые не поняты\n".to_owned();
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut lines = Vec::new();
    for table in &list.unclear {
        text.push_str(&guessed_header(table));
        for column in &table.columns {
            let header = shortened(&column.header);
            if !told.insert(header.clone()) {
                continue;
            }
            let letters = column_letters(column.column);
            let guess = if column.synonyms.is_empty() {
                "Что в нём, неясно; если он не нужен, ничего делать не надо.".to_owned()
            } else {
                let known = column.synonyms.iter().map(|known| format!("«{known}»")).collect::<Vec<_>>().join(", ");
                format!("Похоже, это «{}». Были бы понятны названия: {known}.", column.word)
            };
            let _ = writeln!(text, "  {letters} «{header}». {guess}");
            lines.push(format!("    {} = \"{}\"\n", quoted(&column.header), column.word));
        }
    }
    text.push_str(match section {
        ColumnsSection::Present => {
            "\n  Переименуйте их в таблице или впишите в zavuch.toml под строкой [roster.columns]:\n\n"
        }
        ColumnsSection::Absent => {
            "\n  Переименуйте их в таблице или добавьте в конец файла zavuch.toml:\n\n    [roster.columns]\n"
        }
    });
    text.extend(lines);
    text.push_str("\n  Справа можно написать и другое значение; все они названы в руководстве, в разделе о списках.\n");
    text
}

/// What a column means, whose parent's it is included: «телефон родителя (мать)».
pub(super) fn meaning_in_words(meaning: Meaning) -> String {
    match meaning {
        Meaning::Guardian(GuardianSlot::Number(number), _) => format!("{} {number}", meaning.words()),
        Meaning::Guardian(GuardianSlot::Kin(kin), _) => format!("{} ({})", meaning.words(), kin.word()),
        meaning => meaning.words().to_owned(),
    }
}

fn guessed_header(table: &UnclearTable) -> String {
    let Some(row) = table.guessed_header else { return String::new() };
    let sheet = table.sheet.as_ref().map(|sheet| format!(" листа «{sheet}»")).unwrap_or_default();
    format!("  Строка {}{sheet} похожа на шапку:\n", u64::from(row) + 1)
}

/// A key of TOML that is read back as the header.
fn quoted(header: &str) -> String {
    let header = one_line(header).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{header}\"")
}

fn shortened(header: &str) -> String {
    let header = one_line(header);
    if header.chars().count() <= HEADER_SHOWN {
        return header;
    }
    format!("{}…", header.chars().take(HEADER_SHOWN).collect::<String>())
}

fn form_in_words(form: &Form) -> String {
    match form {
        Form::Xlsx => "книга Excel (.xlsx)".to_owned(),
        Form::Xls => "книга Excel 97–2003 (.xls)".to_owned(),
        Form::Ods => "таблица OpenDocument (.ods)".to_owned(),
        Form::Html => "веб-страница с таблицей (HTML)".to_owned(),
        Form::SpreadsheetMl => "книга Excel 2003 в виде XML".to_owned(),
        Form::Delimited { encoding, delimiter } => {
            let delimiter = match delimiter {
                '\t' => "знаком табуляции".to_owned(),
                ',' => "запятой".to_owned(),
                ';' => "точкой с запятой".to_owned(),
                '|' => "чертой «|»".to_owned(),
                other => format!("знаком «{other}»"),
            };
            format!("текст, столбцы разделены {delimiter}, кодировка {encoding}")
        }
    }
}

/// Tables of one layout and of the same columns: a book of thirty classes has thirty of them.
struct Group<'a> {
    tables: Vec<Named<'a>>,
}

struct Named<'a> {
    sheet: Option<&'a str>,
    table: &'a TableReading,
}

fn groups(list: &OneList) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for sheet in &list.reading.sheets {
        for table in &sheet.tables {
            let named = Named { sheet: sheet.name.as_deref(), table };
            match groups.iter_mut().find(|group| group.has_columns_of(table)) {
                Some(group) => group.tables.push(named),
                None => groups.push(Group { tables: vec![named] }),
            }
        }
    }
    groups
}

impl Group<'_> {
    fn has_columns_of(&self, table: &TableReading) -> bool {
        let same = |first: &TableReading| first.columns == table.columns && first.layout() == table.layout();
        self.tables.first().is_some_and(|first| same(first.table))
    }

    fn text(&self, width: u16) -> String {
        let Some(first) = self.tables.first() else { return String::new() };
        let mut text = String::new();
        let mut sheets: Vec<String> =
            self.tables.iter().filter_map(|named| named.sheet).map(|sheet| format!("«{sheet}»")).collect();
        sheets.dedup();
        match sheets.as_slice() {
            [] => {}
            [sheet] => {
                let _ = write!(text, "Лист {sheet}. ");
            }
            sheets => {
                let _ = write!(text, "Листы {}. ", sheets.join(", "));
            }
        }
        text.push_str(&header_in_words(first.table));
        text.push('\n');
        text.extend(self.other_headers(first.table));
        let rows: Vec<Vec<String>> =
            first.table.columns.iter().map(|column| row(column, first.table.layout())).collect();
        text.push_str(&grid(&COLUMNS, &rows, width));
        text.push('\n');
        let skipped = self.skipped(sheets.len());
        if !skipped.is_empty() {
            text.push_str("Строки без учеников:\n");
            text.extend(skipped);
        }
        text
    }

    /// Where headers of further sheets stand otherwise than that of the first.
    fn other_headers(&self, first: &TableReading) -> Vec<String> {
        let others = self.tables.iter().filter(|named| named.table.header_rows != first.header_rows);
        let other = |named: &Named<'_>| {
            let sheet = named.sheet.map(|sheet| format!("Лист «{sheet}»: ")).unwrap_or_default();
            let rows = header_in_words(named.table);
            format!("{sheet}{}\n", rows.replacen("Шапка", "шапка", 1))
        };
        others.map(other).collect()
    }

    /// The rows left out with their reasons, those alike on several sheets together.
    fn skipped(&self, sheets: usize) -> Vec<String> {
        let mut lines: Vec<(String, Vec<String>)> = Vec::new();
        for named in &self.tables {
            for words in named.skipped() {
                let sheet = named.sheet.map(|sheet| format!("«{sheet}»")).unwrap_or_default();
                match lines.iter_mut().find(|(known, _)| *known == words) {
                    Some((_, on)) => on.push(sheet),
                    None => lines.push((words, vec![sheet])),
                }
            }
        }
        let line = |(words, on): &(String, Vec<String>)| match sheets {
            0 | 1 => format!("  {words}\n"),
            all if on.len() == all => format!("  на каждом листе: {words}\n"),
            _ => format!("  {}: {words}\n", on.join(", ")),
        };
        lines.iter().map(line).collect()
    }
}

fn header_in_words(table: &TableReading) -> String {
    match (table.layout(), table.header_rows.as_slice()) {
        (TableLayout::Cards, _) => "На каждого ученика — карточка: слева название, справа значение.".to_owned(),
        (_, [row]) => format!("Шапка в строке {}.", u64::from(*row) + 1),
        (_, [first, .., last]) => format!("Шапка в строках {}–{}.", u64::from(*first) + 1, u64::from(*last) + 1),
        (_, []) => "Шапки нет, столбцы узнаны по значениям.".to_owned(),
    }
}

fn row(column: &ColumnReading, layout: TableLayout) -> Vec<String> {
    let place = match layout {
        TableLayout::Cards => format!("строка {}", u64::from(column.column) + 1),
        TableLayout::Headed | TableLayout::Unheaded => column_letters(column.column),
    };
    vec![place, shortened(&column.header), meaning_in_words(column.meaning), column.why.to_owned()]
}

impl Named<'_> {
    /// The rows left out, by reasons in the order of their first rows.
    fn skipped(&self) -> Vec<String> {
        let mut reasons: Vec<(SkipReason, Vec<u32>)> = Vec::new();
        for skipped in &self.table.skipped {
            match reasons.iter_mut().find(|(reason, _)| *reason == skipped.reason) {
                Some((_, rows)) => rows.push(skipped.row),
                None => reasons.push((skipped.reason, vec![skipped.row])),
            }
        }
        reasons.iter().map(|(reason, rows)| format!("{} — {}", rows_in_words(rows), reason.words())).collect()
    }
}

/// «строка 3», «строки 3, 28–30»
fn rows_in_words(rows: &[u32]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for row in rows.iter().map(|row| u64::from(*row) + 1) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let shown = runs.iter().take(RUNS_SHOWN).map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    let shown = shown.collect::<Vec<_>>().join(", ");
    let more = if runs.len() > RUNS_SHOWN { format!(" и ещё (всего {})", rows.len()) } else { String::new() };
    let word = if rows.len() == 1 { "строка" } else { "строки" };
    format!("{word} {shown}{more}")
}

#[cfg(test)]
mod tests {
    use super::{quoted, rows_in_words};

    #[track_caller]
    fn check(rows: &[u32], expected: &str) {
        assert_eq!(rows_in_words(rows), expected);
    }

    #[test]
    fn rows_are_named_in_runs() {
        check(&[0], "строка 1");
        check(&[0, 1], "строки 1, 2");
        check(&[0, 26, 27, 28], "строки 1, 27–29");
        let many: Vec<u32> = (0..30).map(|row| row * 2).collect();
        check(&many, "строки 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 и ещё (всего 30)");
    }

    #[test]
    fn a_header_is_a_key_of_the_settings() {
        assert_eq!(quoted("Контакт\n(осн.)"), "\"Контакт (осн.)\"");
        assert_eq!(quoted("Кл. \"А\\Б\""), "\"Кл. \\\"А\\\\Б\\\"\"");
    }
}
