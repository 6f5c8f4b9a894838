//! Any bytes are read as a table or refused with one issue.

#![no_main]

mod only_our_panics;

use libfuzzer_sys::fuzz_target;
use zavuch::tables;

fuzz_target!(
    init: only_our_panics::end_at_our_panics(),
    |bytes: &[u8]| {
        match tables::read_bytes(bytes, "файл") {
            Ok(workbook) => assert!(!workbook.sheets.is_empty()),
            Err(issue) => assert!(!issue.message.is_empty()),
        }
    }
);
