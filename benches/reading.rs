//! How fast and how small a class list of 100,000 pupils is read, against reading its cells and nothing more.
//!
//! One list as CSV (windows-1251) and as .xlsx. Beside the program stands a loop over the cells, by `encoding_rs` and
//! `csv` or by `calamine` alone, in turn in the same run; the figure is the ratio of the medians. Peak memory is that of
//! a process of its own for each, against the text of the list as UTF-8.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot run has no figures")]

#[path = "generate.rs"]
#[expect(dead_code, reason = "the generator makes whole schools as well")]
mod generate;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use calamine::Reader as _;
use encoding_rs::WINDOWS_1251;
use jiff::civil::{Date, date};
use zavuch::tables::{self, Source};
use zavuch::{roster, school::Roster};

const PUPILS: usize = 100_000;
/// So that a class has 40 pupils.
const CLASSES: usize = 2_500;
const RUNS: usize = 9;
const TODAY: Date = date(2026, 9, 1);
/// The argument with which the benchmark starts itself to measure memory.
const CHILD: &str = "--one-reading";

/// Who reads the list.
#[derive(Clone, Copy)]
enum Reading {
    /// The cells, by the library of the form alone.
    Cells,
    /// The cells, by `tables`.
    Tables,
    /// As `inspect`: the people of one file.
    Inspect,
    /// The roster of the school.
    Roster,
}

const READINGS: [(Reading, &str); 4] = [
    (Reading::Cells, "cells"),
    (Reading::Tables, "tables"),
    (Reading::Inspect, "inspect"),
    (Reading::Roster, "roster"),
];

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != CHILD).skip(1);
    if let (Some(name), Some(path)) = (arguments.next(), arguments.next()) {
        let (reading, _) = READINGS.into_iter().find(|(_, known)| *known == name).expect("a known reading");
        println!("{}", reading.peak(Path::new(&path)));
        return;
    }
    let folder = tempfile::tempdir().expect("a scratch folder");
    let rows = generate::class_list(CLASSES, PUPILS);
    let text: usize = rows.iter().map(|row| row.iter().map(|cell| cell.len() + 1).sum::<usize>() + 1).sum();
    println!("{PUPILS} pupils, {CLASSES} classes, {:.1} MB of text\n", text as f64 / 1e6);
    let files = [("CSV, windows-1251", csv(folder.path(), &rows)), (".xlsx", xlsx(folder.path(), &rows))];
    println!("| list | read by | time, ms | times the cells alone | peak memory, MB | times the text |");
    println!("| --- | --- | ---: | ---: | ---: | ---: |");
    for (form, path) in &files {
        let mut times = READINGS.map(|_| Vec::new());
        for _ in 0..=RUNS {
            for ((reading, _), times) in READINGS.iter().zip(&mut times) {
                times.push(reading.time(path));
            }
        }
        // The first round warms up.
        let medians = times.map(|times| median(times.into_iter().skip(1).collect()));
        for ((_, name), time) in READINGS.into_iter().zip(medians) {
            let peak = peak(name, path);
            println!(
                "| {form} | {name} | {:.0} | {:.2} | {:.0} | {:.2} |",
                time.as_secs_f64() * 1e3,
                time.as_secs_f64() / medians[0].as_secs_f64(),
                peak as f64 / 1e6,
                peak as f64 / text as f64,
            );
        }
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

impl Reading {
    fn time(self, path: &Path) -> Duration {
        let start = Instant::now();
        let read = self.read(path);
        let time = start.elapsed();
        drop(read);
        time
    }

    fn read(self, path: &Path) -> Box<dyn std::any::Any> {
        let source = || Source { path: path.to_owned(), label: "список.csv".to_owned() };
        match self {
            Self::Cells if path.extension().is_some_and(|form| form == "xlsx") => Box::new(cells_of_xlsx(path)),
            Self::Cells => Box::new(cells_of_csv(path)),
            Self::Tables => Box::new(tables::read(&source()).expect("a table")),
            Self::Inspect => {
                let workbook = tables::read(&source()).expect("a table");
                let reading = roster::read_workbook(&workbook, "список.csv", &roster::ColumnWords::default(), TODAY);
                assert_eq!(reading.students.len(), PUPILS);
                Box::new(reading)
            }
            Self::Roster => {
                let roster: Roster = roster::read(&[source()], &roster::ColumnWords::default(), TODAY).value;
                assert_eq!(roster.students().count(), PUPILS);
                Box::new(roster)
            }
        }
    }

    /// Reads once and tells the most memory that this process ever had, in bytes (Linux; 0 elsewhere).
    fn peak(self, path: &Path) -> u64 {
        let read = self.read(path);
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        drop(read);
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) * 1024
    }
}

fn peak(name: &str, path: &Path) -> u64 {
    let mut child = Command::new(std::env::current_exe().expect("this benchmark"));
    let output = child.args([CHILD, name]).arg(path).output().expect("a reading");
    String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of bytes")
}

/// The cells of a CSV file, one record at a time.
fn cells_of_csv(path: &Path) -> usize {
    let bytes = std::fs::read(path).expect("the list");
    let (text, _) = WINDOWS_1251.decode_without_bom_handling(&bytes);
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut seen = 0;
    while reader.read_record(&mut record).expect("a record") {
        seen += record.iter().map(|cell| black_box(cell).len()).sum::<usize>();
    }
    seen
}

/// The cells of a workbook, one at a time.
fn cells_of_xlsx(path: &Path) -> usize {
    let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(path).expect("the list");
    let name = workbook.sheet_names().first().expect("a sheet").clone();
    let mut cells = workbook.worksheet_cells_reader(&name).expect("the sheet");
    let mut seen = 0;
    while let Some(cell) = cells.next_cell().expect("a cell") {
        black_box(cell.get_value());
        seen += 1;
    }
    seen
}

fn csv(folder: &Path, rows: &[generate::RosterRow]) -> PathBuf {
    let path = folder.join("список.csv");
    let lines: Vec<String> = rows.iter().map(|row| row.join(";")).collect();
    let text = lines.join("\r\n");
    #[expect(clippy::disallowed_methods, reason = "an input of the benchmark")]
    std::fs::write(&path, WINDOWS_1251.encode(&text).0).expect("written");
    path
}

fn xlsx(folder: &Path, rows: &[generate::RosterRow]) -> PathBuf {
    let path = folder.join("список.xlsx");
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, cell).expect("written");
        }
    }
    workbook.save(&path).expect("saved");
    path
}
