//! Damaged and hostile files are answered: read or refused, never with a crash, a hang or all of the memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use zavuch::{roster, tables};

/// How long the mutilated files are read in all; each of them takes a few milliseconds.
const ENOUGH: Duration = Duration::from_secs(6);

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables");
    let files = fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("a fixture").path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|form| form != "py")).collect();
    files.sort();
    files
}

/// Numbers that look random and are the same in every run.
struct Noise(u64);

impl Noise {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }
}

/// Flips bits, cuts off, repeats a piece or puts in one of another file.
fn mutilate(bytes: &mut Vec<u8>, other: &[u8], noise: &mut Noise) {
    for _ in 0..=noise.below(4) {
        let at = noise.below(bytes.len());
        match noise.below(5) {
            0 => bytes.truncate(at),
            1 => {
                let piece: Vec<u8> = bytes.iter().skip(at).take(1 + noise.below(200)).copied().collect();
                let to = noise.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            2 => {
                let from = noise.below(other.len());
                let piece: Vec<u8> = other.iter().skip(from).take(1 + noise.below(500)).copied().collect();
                bytes.splice(at..at, piece);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << noise.below(8);
                }
            }
        }
    }
}

#[test]
fn mutilated_files_are_read_or_refused() {
    let today = jiff::civil::date(2026, 9, 1);
    let files: Vec<Vec<u8>> = fixtures().iter().map(|path| fs::read(path).expect("a fixture")).collect();
    let start = Instant::now();
    let mut noise = Noise(0x5EED);
    for _ in 0..40 {
        for (nth, whole) in files.iter().enumerate() {
            if start.elapsed() > ENOUGH {
                return;
            }
            let mut bytes = whole.clone();
            mutilate(&mut bytes, &files[(nth + 1 + noise.below(files.len() - 1)) % files.len()], &mut noise);
            let begun = Instant::now();
            if let Ok(workbook) = tables::read_bytes(&bytes, "7А.xlsx") {
                let reading = roster::read_workbook(&workbook, "7А.xlsx", &roster::ColumnWords::default(), today);
                assert!(reading.students.iter().all(|student| !student.name.surname.is_empty()));
            }
            assert!(begun.elapsed() < Duration::from_secs(5), "file {nth} took {:?}", begun.elapsed());
        }
    }
}

/// Linux: the program gets a gigabyte of addresses and must not miss more.
#[cfg(target_os = "linux")]
mod one_gigabyte {
    use std::fmt::Write as _;
    use std::io::Write as _;
    use std::process::Command;

    use super::{Duration, Instant, Path, PathBuf, fixtures, fs};

    /// Runs `check` over a workspace whose only list is the file, with so few addresses.
    fn check(file: &Path) {
        let folder = tempfile::tempdir().expect("a folder");
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/school-62");
        fs::copy(sample.join("zavuch.toml"), folder.path().join("zavuch.toml")).expect("settings");
        fs::create_dir(folder.path().join("списки")).expect("a folder");
        let name = file.file_name().expect("a name");
        fs::copy(file, folder.path().join("списки").join(name)).expect("the list");
        let start = Instant::now();
        let output = Command::new("sh")
            .args(["-c", "ulimit -v 1000000 && exec \"$0\" check \"$1\"", env!("CARGO_BIN_EXE_zavuch")])
            .arg(folder.path())
            .output()
            .expect("the program runs");
        let code = output.status.code();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(code, Some(0 | 1)), "{}: {code:?}, {errors}", file.display());
        let limit = if cfg!(debug_assertions) { 120 } else { 20 };
        assert!(start.elapsed() < Duration::from_secs(limit), "{} took {:?}", file.display(), start.elapsed());
    }

    #[test]
    fn every_fixture_is_answered() {
        for file in fixtures() {
            check(&file);
        }
    }

    const LARGEST: usize = 64 << 20;

    fn written(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("written");
        path
    }

    #[test]
    fn the_largest_texts_are_answered() {
        let folder = tempfile::tempdir().expect("a folder");
        let texts: [(&str, &[u8]); 8] = [
            ("line.csv", b"\xC8\xE2\xE0\xED\xEE\xE2 \xCF\xB8\xF2\xF0 "),
            ("quotes.csv", b"\""),
            ("quoted.csv", b"\"\xC8\xE2\xE0\xED\xEE\xE2\";"),
            ("cells.csv", b"a;"),
            ("rows.csv", b"\xC8\xE2\xE0\xED\xEE\xE2 \xCF\xB8\xF2\xF0;7\xC0\r\n"),
            ("odd.csv", b"a\0\n\0;\0"),
            ("open.html", b"<table><tr><td>"),
            ("open.xml", b"<a>"),
        ];
        for (name, piece) in texts {
            let head: &[u8] = match name {
                "open.xml" => {
                    b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"
                }
                _ => b"",
            };
            let mut bytes = [head, &piece.repeat((LARGEST - head.len()) / piece.len())].concat();
            bytes.truncate(LARGEST - 1);
            check(&written(folder.path(), name, &bytes));
        }
    }

    /// A workbook whose parts are given, packed.
    fn xlsx(folder: &Path, name: &str, parts: &[(&str, String)]) -> PathBuf {
        let path = folder.join(name);
        let mut zip = zip::ZipWriter::new(fs::File::create(&path).expect("a file"));
        for (part, text) in parts {
            zip.start_file(*part, zip::write::SimpleFileOptions::default()).expect("a part");
            zip.write_all(text.as_bytes()).expect("written");
        }
        zip.finish().expect("packed");
        path
    }

    fn book(sheets: usize) -> Vec<(&'static str, String)> {
        let mut list = String::new();
        let mut relations = String::new();
        for number in 1..=sheets {
            write!(list, "<sheet name=\"{number}\" sheetId=\"{number}\" r:id=\"r{number}\"/>").expect("written");
            write!(
                relations,
                "<Relationship Id=\"r{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
                 relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
            )
            .expect("written");
        }
        let workbook = format!(
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.\
             openxmlformats.org/officeDocument/2006/relationships\"><sheets>{list}</sheets></workbook>"
        );
        let relations = format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
        );
        vec![("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations)]
    }

    fn sheet(inside: &str) -> String {
        format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{inside}</worksheet>")
    }

    #[test]
    fn hostile_workbooks_are_answered() {
        let folder = tempfile::tempdir().expect("a folder");
        let cell = |row: usize, text: &str| {
            format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>")
        };
        let merged = |number: usize| format!("<mergeCell ref=\"A{}:C{}\"/>", 2 * number + 1, 2 * number + 2);
        let ranges: String = (0..500_000).map(merged).collect();
        let entities = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        let cases = [
            (
                "merged.xlsx",
                1,
                sheet(&format!("<sheetData>{}</sheetData><mergeCells>{ranges}</mergeCells>", cell(1, "А"))),
            ),
            ("sheets.xlsx", 500_000, sheet(&format!("<sheetData>{}</sheetData>", cell(1, "А")))),
            ("entities.xlsx", 1, format!("{entities}{}", sheet(&format!("<sheetData>{}</sheetData>", cell(1, "&b;"))))),
            ("nested.xlsx", 1, sheet(&format!("<sheetData>{}", "<row>".repeat(2_000_000)))),
            (
                "rows.xlsx",
                1,
                sheet(&format!(
                    "<sheetData>{}</sheetData>",
                    (1..600_000).map(|row| cell(row, "Я")).collect::<String>()
                )),
            ),
        ];
        for (name, sheets, text) in cases {
            let mut parts = book(sheets);
            parts.push(("xl/worksheets/sheet1.xml", text));
            check(&xlsx(folder.path(), name, &parts));
        }
    }
}
