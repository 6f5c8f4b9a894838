//! Delimited text: CSV as Excel, journals and forms write it.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::bounded_record::BoundedRecord;
use super::cells::Sheet;
use super::limits::Budget;
use super::plain_lines;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;

/// A sheet and what its cells were parted by.
#[derive(Debug)]
pub(super) struct Delimited {
    pub(super) sheet: Sheet,
    pub(super) delimiter: u8,
}

/// In the order in which they are preferred where nothing else decides.
const DELIMITERS: [u8; 4] = [b';', b'\t', b',', b'|'];

/// The records that the delimiter is judged by.
const SAMPLE: usize = 50;

/// A cell with more line breaks than this was opened by a stray quote.
const MOST_BREAKS: usize = 20;

/// Reads a delimited text. Rows count as a spreadsheet counts them, blank ones included.
pub(super) fn read(text: &str) -> Result<Delimited, Refusal> {
    let (named, body) = without_sep_line(text);
    let delimiter = named.unwrap_or_else(|| steadiest(body));
    let quoted = body.as_bytes().contains(&b'"') && !has_stray_quote(body, delimiter);
    let sheet = if quoted { read_records(body, delimiter)? } else { plain_lines::read(body, delimiter)? };
    Ok(Delimited { sheet, delimiter })
}

/// Reads a text in which quotes hold cells together.
fn read_records(body: &str, delimiter: u8) -> Result<Sheet, Refusal> {
    let mut budget = Budget::new();
    let mut sheet = SheetBuilder::new(None, &mut budget);
    let mut row = 0_u32;
    let mut reader = reader(body, delimiter);
    let mut record = StringRecord::new();
    while next(&mut reader, &mut record)? {
        let start = record.position().map_or(0, |position| position.byte() as usize);
        row += blank_lines(body, start);
        for (column, field) in (0_u32..).zip(&record) {
            sheet.put_text(row, column, field)?;
        }
        row += 1;
    }
    sheet.finish()
}

/// The blank lines at a place: the reader passes over them in silence, a spreadsheet counts them.
fn blank_lines(body: &str, start: usize) -> u32 {
    let bytes = body.as_bytes();
    let half = start > 0 && bytes.get(start - 1..=start) == Some(b"\r\n");
    let start = start + usize::from(half);
    let blank = bytes.iter().skip(start).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    line_breaks(&bytes[start..start + blank]) as u32
}

/// How often a line ends, by «\n», «\r» or both.
fn line_breaks(bytes: &[u8]) -> usize {
    let pairs = bytes.windows(2).filter(|pair| pair == b"\r\n").count();
    bytes.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count() - pairs
}

fn reader(body: &str, delimiter: u8) -> Reader<BoundedRecord<'_>> {
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter).from_reader(BoundedRecord::new(body))
}

/// Reads the next record; one without an end is too large.
fn next(reader: &mut Reader<BoundedRecord<'_>>, record: &mut StringRecord) -> Result<bool, Refusal> {
    reader.get_mut().begin();
    reader.read_record(record).map_err(|_| Refusal::TooLarge)
}

/// Excel's own hint: a first line `sep=;`.
fn without_sep_line(text: &str) -> (Option<u8>, &str) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    let rest = rest.strip_prefix("\r\n").unwrap_or_else(|| rest.get(1..).unwrap_or_default());
    let line = line.trim_matches(['"', ' ']);
    let named = line.get(..4).filter(|key| key.eq_ignore_ascii_case("sep=")).and_then(|_| line.get(4..));
    match named.map(str::as_bytes) {
        Some([delimiter]) => (Some(*delimiter), rest),
        _ => (None, text),
    }
}

/// The delimiter whose count is the steadiest over the first records.
fn steadiest(body: &str) -> u8 {
    let mut best = (DELIMITERS[0], Steadiness::default());
    for delimiter in DELIMITERS {
        let steadiness = Steadiness::of(body, delimiter);
        if steadiness.rank() > best.1.rank() {
            best = (delimiter, steadiness);
        }
    }
    best.0
}

/// How evenly a delimiter parts the first records.
#[derive(Clone, Copy, Debug, Default)]
struct Steadiness {
    records: usize,
    parted: usize,
    steady: usize,
    width: usize,
}

impl Steadiness {
    fn of(body: &str, delimiter: u8) -> Self {
        let mut reader = reader(body, delimiter);
        let mut record = StringRecord::new();
        let mut widths = Vec::new();
        while widths.len() < SAMPLE && next(&mut reader, &mut record) == Ok(true) {
            widths.push(record.len());
        }
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        for width in widths.iter().filter(|width| **width > 1) {
            *counts.entry(*width).or_default() += 1;
        }
        let (width, steady) = counts.into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or_default();
        let parted = widths.iter().filter(|width| **width > 1).count();
        Self { records: widths.len(), parted, steady, width }
    }

    /// Title rows have no delimiter and speak neither for nor against one; a comma in a few names does not make a
    /// list of one column a table.
    fn rank(self) -> (usize, usize) {
        if self.parted * 4 < self.records {
            (0, 0)
        } else {
            (self.steady * self.steady * 100 / self.parted.max(1), self.width)
        }
    }
}

fn has_stray_quote(body: &str, delimiter: u8) -> bool {
    let mut reader = reader(body, delimiter);
    let mut record = StringRecord::new();
    loop {
        match next(&mut reader, &mut record) {
            Ok(true) if record.iter().any(|field| line_breaks(field.as_bytes()) > MOST_BREAKS) => return true,
            Ok(true) => {}
            Ok(false) => return false,
            // A quote that is never closed.
            Err(_) => return true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn shown(text: &str) -> (char, String) {
        let table = read(text).unwrap();
        let sheet = &table.sheet;
        let cells: Vec<String> = sheet
            .rows()
            .flat_map(|row| sheet.row(row).map(move |cell| format!("{row}.{}={}", cell.column, cell.value.text())))
            .collect();
        (char::from(table.delimiter), cells.join(" "))
    }

    #[track_caller]
    fn check(text: &str, delimiter: char, cells: &str) {
        assert_eq!(shown(text), (delimiter, cells.to_owned()));
    }

    #[test]
    fn the_steadiest_delimiter_wins() {
        check("ФИО;Класс\nПетров, Илья;7А\n", ';', "0.0=ФИО 0.1=Класс 1.0=Петров, Илья 1.1=7А");
        check("ФИО,Класс\nПетров,7А\n", ',', "0.0=ФИО 0.1=Класс 1.0=Петров 1.1=7А");
        check("ФИО\tКласс\nПетров; Илья\t7А\n", '\t', "0.0=ФИО 0.1=Класс 1.0=Петров; Илья 1.1=7А");
        check("ФИО|Класс\nПетров|7А\n", '|', "0.0=ФИО 0.1=Класс 1.0=Петров 1.1=7А");
        check("Петров\nИванов\n", ';', "0.0=Петров 1.0=Иванов");
    }

    #[test]
    fn title_rows_do_not_decide() {
        check(
            "Список 7А, 2026 год\n\n;;\nФИО;Класс;Тел\nА;7А;1\nБ;7А;2",
            ';',
            "0.0=Список 7А, 2026 год 3.0=ФИО 3.1=Класс 3.2=Тел 4.0=А 4.1=7А 4.2=1 5.0=Б 5.1=7А 5.2=2",
        );
    }

    #[test]
    fn a_sep_line_decides_and_is_no_row() {
        check("sep=,\r\nа;б,в\r\n", ',', "0.0=а;б 0.1=в");
        check("\"SEP=|\"\nа;б|в", '|', "0.0=а;б 0.1=в");
    }

    #[test]
    fn quotes_breaks_and_ragged_rows() {
        check(
            "а;\"б\nв;\"\"г\"\"\";д\nе\n\n\nё;ж;з;и",
            ';',
            "0.0=а 0.1=б\nв;\"г\" 0.2=д 1.0=е 4.0=ё 4.1=ж 4.2=з 4.3=и",
        );
        check("\n\r\nа;б\r\rв;г", ';', "2.0=а 2.1=б 4.0=в 4.1=г");
    }

    #[test]
    fn a_stray_quote_does_not_swallow_the_list() {
        let list: Vec<String> = (0..40).map(|number| format!("Ученик {number};7А\n")).collect();
        assert_eq!(read(&format!("\"{}", list.concat())).unwrap().sheet.rows().count(), 40);
    }
}
