//! Any bytes that are a table are read as a class list, and its pupils stand where it says.

#![no_main]

mod only_our_panics;

use libfuzzer_sys::fuzz_target;
use zavuch::{roster, tables};

fuzz_target!(
    init: only_our_panics::end_at_our_panics(),
    |bytes: &[u8]| {
        let Ok(workbook) = tables::read_bytes(bytes, "7А.xlsx") else { return };
        let reading = roster::read_workbook(&workbook, "7А.xlsx", &roster::ColumnWords::default(), jiff::civil::date(2026, 9, 1));
        for student in &reading.students {
            assert!(!student.name.surname.is_empty() && !student.name.given.is_empty());
        }
    }
);
