//! One sheet → its tables and pupils.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::super::cell_text::is_absent;
use super::classes::Classes;
use super::column_words::ColumnWords;
use super::columns::Column;
use super::grid::{At, Grid, Merges};
use super::key_value::{Card, cards};
use super::meaning::Meaning;
use super::mention::{classes_in, homeroom_in, whole_class};
use super::merge::{Row, number};
use super::notes::Notes;
use super::pupil::{Cells, Desk, looks_like_name, name_cell, pupil};
use super::reading::{
    ColumnReading, HomeroomMention, SheetOutcome, SheetReading, SkipReason, SkippedRow, TableReading,
};
use super::rows::{NameCell, RowWords, is_long_number, words_of};
use super::table::{Block, Header};
use super::unheaded::unheaded;
use crate::school::{ClassName, Issue, IssueKind, Place};
use crate::tables::{Sheet, Value};

/// What one sheet gave.
#[derive(Debug)]
pub(super) struct SheetResult {
    pub(super) reading: SheetReading,
    pub(super) pupils: Vec<Row>,
    pub(super) homerooms: Vec<HomeroomMention>,
    pub(super) issues: Vec<Issue>,
    /// Why no list was found, where the sheet looks like one all the same.
    pub(super) refusal: Option<Issue>,
}

/// Reads one sheet of the file `label`.
pub(super) fn read_sheet(sheet: &Sheet, label: &str, words: &ColumnWords, today: Date) -> SheetResult {
    let place = match &sheet.name {
        Some(name) => Place::sheet(label, name),
        None => Place::file(label),
    };
    let merges = Merges::of(sheet);
    let mut reader = SheetReader {
        grid: Grid::new(sheet, &merges, words),
        notes: Notes::new(place.clone()),
        classes: Classes::of(sheet.name.as_deref(), label),
        today,
        pupils: Vec::new(),
        homerooms: Vec::new(),
        unplaced: Vec::new(),
        tables: Vec::new(),
        unnamed: BTreeSet::new(),
        staff: false,
        refusal: None,
    };
    reader.read(&place);
    reader.finish(sheet)
}

struct SheetReader<'a> {
    grid: Grid<'a>,
    notes: Notes,
    classes: Classes,
    today: Date,
    pupils: Vec<Row>,
    homerooms: Vec<HomeroomMention>,
    /// Homeroom teachers named where no class was known yet.
    unplaced: Vec<(crate::school::PersonName, Place)>,
    tables: Vec<TableReading>,
    /// The columns of the table at hand that hold something and have no header.
    unnamed: BTreeSet<u32>,
    staff: bool,
    refusal: Option<Issue>,
}

impl<'a> SheetReader<'a> {
    fn read(&mut self, place: &Place) {
        let rows: Vec<u32> = self.grid.rows().collect();
        let Some(mut header) = Header::first(self.grid) else {
            self.read_unheaded(&rows, place);
            return;
        };
        let mut above: Vec<u32> = rows.iter().copied().filter(|row| *row < top(&header)).collect();
        loop {
            let (body, next) = self.body(&rows, &header);
            self.read_tables(&header, &above, &body);
            let Some(following) = next else { return };
            header = following;
            above = Vec::new();
        }
    }

    /// The rows below a header, up to another header of other columns.
    fn body(&self, rows: &[u32], header: &Header) -> (Vec<u32>, Option<Header>) {
        let mut body = Vec::new();
        for row in rows.iter().copied().filter(|row| *row > header.bottom()) {
            match self.header_in_body(row) {
                Some(next) if !next.repeats(header) && !header.rows.contains(&row) => {
                    let two_rows_repeat = next.rows.len() < header.rows.len();
                    if !two_rows_repeat {
                        return (body, Some(next));
                    }
                    body.push(row);
                }
                _ => body.push(row),
            }
        }
        (body, None)
    }

    /// The header that begins in a row of the body. Numbers, dates and telephones stand in rows of pupils only, which
    /// spares most rows a closer look.
    fn header_in_body(&self, row: u32) -> Option<Header> {
        let plain = self.grid.row(row).all(|cell| matches!(cell.value, Value::Text(_)) && !is_long_number(&cell));
        plain.then(|| Header::at(self.grid, row)).flatten()
    }

    fn read_tables(&mut self, header: &Header, above: &[u32], body: &[u32]) {
        let blocks = match header.blocks() {
            Ok(blocks) => blocks,
            Err(unclear) => {
                let place = self.notes.sheet().at(header.bottom(), unclear.column);
                self.refusal = Some(Issue::new(
                    IssueKind::NoHeader,
                    place,
                    "в шапке таблицы несколько столбцов с именем ученика, и неясно, где кончается одна таблица и начинается другая",
                    "Поставьте таблицы одну под другой или на разные листы и запустите снова.",
                ));
                return;
            }
        };
        for block in blocks {
            if block.is_of_staff() {
                self.staff = true;
                continue;
            }
            self.read_block(header, &block, above, body);
        }
    }

    fn read_block(&mut self, header: &Header, block: &Block, above: &[u32], body: &[u32]) {
        let mut skipped: Vec<SkippedRow> =
            above.iter().map(|row| SkippedRow { row: *row, reason: SkipReason::Title }).collect();
        self.read_titles(above, &block.span);
        let mut pupil_rows = 0;
        let mut course = Course::default();
        let first = self.pupils.len();
        for &row in body {
            match self.read_row(row, block, &mut course) {
                Ok(()) => pupil_rows += 1,
                Err(reason) => skipped.push(SkippedRow { row, reason }),
            }
        }
        let table = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
        number(self.pupils.get_mut(first..).unwrap_or_default(), table);
        let mut columns: Vec<ColumnReading> = block.columns.iter().map(Column::reading).collect();
        let unnamed = std::mem::take(&mut self.unnamed).into_iter();
        columns.extend(unnamed.filter(|_| !header.rows.is_empty()).map(ColumnReading::unnamed));
        columns.sort_by_key(|column| column.column);
        self.tables.push(TableReading { header_rows: header.rows.clone(), columns, skipped, pupil_rows });
        self.note_unknown_contacts(block, header);
    }

    /// The class and the homeroom teacher in the rows above a table.
    fn read_titles(&mut self, above: &[u32], span: &RangeInclusive<u32>) {
        let texts = |span: &RangeInclusive<u32>| -> Vec<(u32, String)> {
            let text = |row: u32| self.grid.cells(row, span).map(|cell| cell.text()).collect::<Vec<_>>().join(" ");
            above.iter().map(|row| (*row, text(*row))).collect()
        };
        let everywhere = texts(&(0..=u32::MAX));
        let mut classes: Vec<ClassName> = texts(span).iter().flat_map(|(_, text)| title_classes(text)).collect();
        if classes.is_empty() {
            classes = everywhere.iter().flat_map(|(_, text)| title_classes(text)).collect();
        }
        classes.sort();
        classes.dedup();
        let title = match classes.as_slice() {
            [class] => Some(class.clone()),
            _ => None,
        };
        self.classes.begin_table(title);
        for (row, text) in texts(span) {
            self.note_homeroom(row, &text);
        }
    }

    fn read_row(&mut self, row: u32, block: &Block, course: &mut Course) -> Result<(), SkipReason> {
        let own: Vec<At<'a>> = self.grid.cells(row, &block.span).collect();
        let Some(first) = own.first().copied() else { return Err(SkipReason::Blank) };
        let cells = self.cells_of(row, &own, block);
        let named = name_cell(&cells).is_some_and(|cell| cell.row == row && looks_like_name(&named_text(&cells)));
        let named = if named { NameCell::Name } else { NameCell::NoName };
        let words = match class_for_a_number(&cells) {
            Some(ClassForNumber { cell, .. }) if named == NameCell::Name => {
                self.classes.unclear_section(cell, &self.notes);
                self.classes.begin_section(None);
                return Err(SkipReason::Unreadable);
            }
            Some(ClassForNumber { class, .. }) if name_cell(&cells).is_none() => RowWords::Section(Ok(class)),
            _ => words_of(&own, named, self.grid.words()),
        };
        match words {
            RowWords::Section(class) => {
                if let Err(error) = &class {
                    self.classes.wrong_section(error, first, &self.notes);
                }
                self.classes.begin_section(class.ok());
                *course = Course { numbered: course.numbered, ..Course::default() };
                self.note_homeroom(row, &joined(&own));
                Err(SkipReason::Section)
            }
            RowWords::Mention(class) => {
                self.classes.note_mention(&class, first, &self.notes);
                Err(SkipReason::Remark)
            }
            RowWords::Leavers => {
                course.leavers = true;
                Err(SkipReason::Subheading)
            }
            RowWords::Skip(reason) => {
                if reason == SkipReason::Signature {
                    self.note_homeroom(row, &joined(&own));
                }
                course.closed |= matches!(reason, SkipReason::Signature | SkipReason::Total);
                Err(reason)
            }
            RowWords::Other => {
                if course.is_doubtful(&cells) && named == NameCell::Name {
                    self.notes.add(
                        IssueKind::BadName,
                        name_cell(&cells).unwrap_or(first),
                        "имя стоит без номера под итогом или подписью: неясно, ученик это или сотрудник",
                        "Если это ученик, впишите ему номер; если нет, удалите строку. Затем запустите снова.",
                    );
                    return Err(SkipReason::Unreadable);
                }
                let leavers = course.leavers;
                let mut desk = Desk { notes: &mut self.notes, classes: &mut self.classes, today: self.today, leavers };
                let read = pupil(&cells, &mut desk)?;
                self.pupils.push(Row::of(read.student, read.number));
                self.homerooms.extend(read.homeroom);
                self.note_beside(&own, block);
                Ok(())
            }
        }
    }

    fn cells_of<'b>(&self, row: u32, own: &[At<'a>], block: &'b Block) -> Vec<(&'b Column, At<'a>)> {
        let used = block.columns.iter().filter(|column| !matches!(column.meaning, Meaning::Never | Meaning::Unknown));
        let cell = |column: &Column| {
            let at = own.binary_search_by_key(&column.index, |cell| cell.column);
            at.ok().and_then(|at| own.get(at).copied()).or_else(|| self.grid.carried_down(row, column.index))
        };
        used.filter_map(|column| Some((column, cell(column)?))).collect()
    }

    /// What stands in the columns of which nothing is read: texts that a spreadsheet would run, and whatever has no header.
    fn note_beside(&mut self, own: &[At<'a>], block: &Block) {
        for cell in own {
            let column = block.columns.iter().find(|column| column.index == cell.column);
            if column.is_none_or(|column| !column.meaning.is_read()) {
                self.notes.formula(*cell);
            }
            if column.is_none() && says_something(&cell.text()) {
                self.unnamed.insert(cell.column);
            }
        }
    }

    fn note_homeroom(&mut self, row: u32, text: &str) {
        let Some(name) = homeroom_in(text) else { return };
        let column = self.grid.row(row).next().map_or(0, |cell| cell.column);
        let place = self.notes.sheet().at(row, column);
        match self.classes.current() {
            Some(class) => self.homerooms.push(HomeroomMention { class, name, place }),
            None => self.unplaced.push((name, place)),
        }
    }

    /// A telephone or an address that is nobody's is said: people expect it to be read.
    fn note_unknown_contacts(&mut self, block: &Block, header: &Header) {
        let parents = block.columns.iter().any(|column| matches!(column.meaning, Meaning::Guardian(..)));
        for column in &block.columns {
            let contact = matches!(column.meaning, Meaning::AnyPhone(_) | Meaning::AnyEmail(_));
            if contact && parents {
                let place = self.notes.sheet().at(header.bottom(), column.index);
                self.notes.issues.push(Issue::new(
                    IssueKind::UnknownColumn,
                    place,
                    format!("столбец «{}» не использован: {}", column.header, column.why),
                    "Назовите столбец точнее, например «Телефон матери».",
                ));
            }
        }
    }

    fn read_cards(&mut self, rows: &[u32], cards: &[Card<'a>]) {
        let in_a_card = |row: u32| cards.iter().any(|card| (card.first_row..card.end_row).contains(&row));
        let beside: Vec<u32> = rows.iter().copied().filter(|row| !in_a_card(*row)).collect();
        self.read_titles(&beside, &(0..=u32::MAX));
        let mut skipped: Vec<SkippedRow> =
            beside.iter().map(|row| SkippedRow { row: *row, reason: SkipReason::Title }).collect();
        let mut pupil_rows = 0;
        for card in cards {
            let mut desk =
                Desk { notes: &mut self.notes, classes: &mut self.classes, today: self.today, leavers: false };
            match pupil(&card.cells(), &mut desk) {
                Ok(read) => {
                    self.pupils.push(Row::of(read.student, None));
                    self.homerooms.extend(read.homeroom);
                    pupil_rows += 1;
                }
                Err(reason) => skipped.push(SkippedRow { row: card.first_row, reason }),
            }
        }
        let columns = cards.first().map(|card| card.columns.iter().map(Column::reading).collect()).unwrap_or_default();
        self.tables.push(TableReading { header_rows: Vec::new(), columns, skipped, pupil_rows });
    }

    fn read_unheaded(&mut self, rows: &[u32], place: &Place) {
        let cards = cards(self.grid, rows);
        if !cards.is_empty() {
            self.read_cards(rows, &cards);
            return;
        }
        match unheaded(self.grid, rows) {
            Some(list) => {
                let above: Vec<u32> = rows.iter().copied().filter(|row| *row < list.first_row).collect();
                let body: Vec<u32> = rows.iter().copied().filter(|row| *row >= list.first_row).collect();
                self.read_block(&Header { rows: Vec::new(), columns: Vec::new() }, &list.block, &above, &body);
            }
            None if rows.is_empty() => {}
            None => {
                self.refusal = Some(Issue::new(
                    IssueKind::NoHeader,
                    place.clone(),
                    "не найдена шапка таблицы: строка, где есть столбец с именем («ФИО» или «Фамилия») и хотя бы ещё один знакомый столбец",
                    "Добавьте над списком строку с названиями столбцов, например «№», «ФИО», «Дата рождения», и запустите снова.",
                ));
            }
        }
    }

    fn finish(mut self, sheet: &Sheet) -> SheetResult {
        let mut classes: Vec<&ClassName> = self.pupils.iter().map(|row| &row.student.class).collect();
        classes.dedup();
        if let [class] = classes.as_slice() {
            let class = (*class).clone();
            let placed = self.unplaced.into_iter();
            self.homerooms.extend(placed.map(|(name, place)| HomeroomMention { class: class.clone(), name, place }));
        }
        let outcome = if self.grid.rows().next().is_none() {
            SheetOutcome::Blank
        } else if !self.tables.is_empty() {
            SheetOutcome::Read
        } else if self.staff {
            SheetOutcome::Staff
        } else {
            SheetOutcome::NoList
        };
        let mut issues = self.notes.issues;
        issues.extend(self.classes.into_issues());
        // A cell of a vertical merge is looked at in each of its rows; a leaver may have a row for each parent.
        issues.sort();
        issues.dedup();
        let mut left = BTreeSet::new();
        issues.retain(|issue| issue.kind != IssueKind::LeftStudent || left.insert(issue.message.clone()));
        SheetResult {
            reading: SheetReading { name: sheet.name.clone(), outcome, tables: self.tables },
            pupils: self.pupils,
            homerooms: self.homerooms,
            issues,
            refusal: self.refusal,
        }
    }
}

/// What the rows above have told of those below.
#[derive(Clone, Copy, Debug, Default)]
struct Course {
    /// Those below have left.
    leavers: bool,
    /// The pupils of this table have numbers.
    numbered: bool,
    /// A total or a signature has closed the list.
    closed: bool,
}

impl Course {
    /// Whether a row of a name may be the foot of a list («Классный руководитель ___» above «Петрова О. С.»): it has no
    /// number in a list that has them.
    fn is_doubtful(&mut self, cells: &Cells<'_>) -> bool {
        let mut numbers = cells.iter().filter(|(column, _)| column.meaning == Meaning::Ordinal);
        if numbers.any(|(_, cell)| !is_absent(&cell.text())) {
            self.numbered = true;
            self.closed = false;
        }
        self.numbered && self.closed && !self.leavers
    }
}

/// The cell of the row's number that holds a class instead («7А | Петрова Ольга Сергеевна»): the name beside it may be
/// the teacher's as well as a pupil's.
fn class_for_a_number<'a>(cells: &Cells<'a>) -> Option<ClassForNumber<'a>> {
    let classed = |column: &Column| matches!(column.meaning, Meaning::Class | Meaning::Grade);
    let cell = cells.iter().find(|(column, _)| column.meaning == Meaning::Ordinal).map(|(_, cell)| *cell)?;
    let class: ClassName = cell.text().parse().ok()?;
    let lettered = class.litera().starts_with(char::is_alphabetic);
    (lettered && !cells.iter().any(|(column, _)| classed(column))).then_some(ClassForNumber { cell, class })
}

/// A class where a number should stand.
struct ClassForNumber<'a> {
    cell: At<'a>,
    class: ClassName,
}

/// The classes of a title row; one that is nothing but a class counts whatever its form is.
fn title_classes(text: &str) -> Vec<ClassName> {
    let whole = whole_class(text).filter(|class| !class.litera().is_empty());
    whole.map_or_else(|| classes_in(text), |class| vec![class])
}

/// Whether a text is more than a mark or the number of a row.
fn says_something(text: &str) -> bool {
    let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (letters >= 3 || digits >= 5) && !is_absent(text)
}

fn top(header: &Header) -> u32 {
    header.rows.first().copied().unwrap_or_default()
}

fn joined(cells: &[At<'_>]) -> String {
    cells.iter().map(At::text).collect::<Vec<_>>().join(" ")
}

/// The text of the name's cells, for a look at whether they hold a name at all.
fn named_text(cells: &Cells<'_>) -> String {
    let parts = cells.iter().filter(|(column, _)| column.meaning.is_name());
    parts.map(|(_, cell)| cell.text()).collect::<Vec<_>>().join(" ")
}
