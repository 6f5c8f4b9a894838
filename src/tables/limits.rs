//! How much a file may ask for: bytes, cells, rows and text, counted while it is read.
//!
//! A school's largest list has some thousand rows. The limits are far above that and far below what a machine
//! notices; a file beyond them is a mistake or an attack, and is refused in either case.

use super::refusal::Refusal;

/// The size of a file, in bytes.
pub(super) const FILE_BYTES: u64 = 64 << 20;

/// The longest text of a cell, in characters.
pub(super) const CELL_CHARACTERS: usize = 32_767;

/// The longest text of a cell, in bytes, generously: some programs write more than a spreadsheet takes.
pub(super) const CELL_BYTES: usize = 1 << 20;

/// The entries of a zip archive.
pub(super) const ARCHIVE_ENTRIES: usize = 1000;

/// What all entries of a zip archive unpack to, in bytes.
pub(super) const ARCHIVE_BYTES: u64 = 200 << 20;

/// Entries that unpack to more bytes than this are judged by their ratio.
pub(super) const LARGE_ENTRY: u64 = 10 << 20;

/// The highest ratio of unpacked to packed bytes of a large entry; ordinary rosters have 8 to 25.
pub(super) const LARGE_ENTRY_RATIO: u64 = 100;

/// What the table of formats of an .xlsx may unpack to, in bytes: each format takes far more room in memory.
pub(super) const STYLES_BYTES: u64 = 4 << 20;

/// The dense area that the reader of .xls may be asked to lay out, in cells.
pub(super) const DENSE_CELLS: u64 = 4_000_000;

/// The last row of a spreadsheet, zero-based.
pub(super) const LAST_ROW: u32 = 1_048_575;

/// The last column of a spreadsheet, zero-based.
pub(super) const LAST_COLUMN: u32 = 16_383;

/// What the shared texts of an .xls may take once each cell has its copy, in bytes.
pub(super) const SHARED_TEXT_BYTES: u64 = 512 << 20;

const CELLS: u32 = 2_000_000;
const ROWS: u32 = 500_000;
const TEXT_BYTES: usize = 256 << 20;
const MERGED: u32 = 50_000;
const MERGED_ROWS: u32 = 5_000_000;

/// What is left of the limits while one file is read.
#[derive(Debug)]
pub(super) struct Budget {
    cells: u32,
    rows: u32,
    text_bytes: usize,
    merged: u32,
    merged_rows: u32,
}

impl Budget {
    /// The whole budget of one file.
    pub(super) fn new() -> Self {
        Self { cells: CELLS, rows: ROWS, text_bytes: TEXT_BYTES, merged: MERGED, merged_rows: MERGED_ROWS }
    }

    /// Takes an occupied cell with a text of some bytes.
    pub(super) fn take_cell(&mut self, text_bytes: usize) -> Result<(), Refusal> {
        self.cells = self.cells.checked_sub(1).ok_or(Refusal::TooLarge)?;
        self.take_text(text_bytes)
    }

    /// Takes occupied cells with texts of some bytes in all.
    pub(super) fn take_cells(&mut self, cells: u32, text_bytes: usize) -> Result<(), Refusal> {
        self.cells = self.cells.checked_sub(cells).ok_or(Refusal::TooLarge)?;
        self.take_text(text_bytes)
    }

    /// Takes text that is being gathered.
    pub(super) fn take_text(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.text_bytes = self.text_bytes.checked_sub(bytes).ok_or(Refusal::TooLarge)?;
        Ok(())
    }

    /// Whether so many more cells can be taken; asked before a repeated cell is laid out.
    pub(super) fn check_room(&self, cells: u64) -> Result<(), Refusal> {
        if cells > u64::from(self.cells) { Err(Refusal::TooLarge) } else { Ok(()) }
    }

    /// Takes an occupied row.
    pub(super) fn take_row(&mut self) -> Result<(), Refusal> {
        self.rows = self.rows.checked_sub(1).ok_or(Refusal::TooLarge)?;
        Ok(())
    }

    /// Takes occupied rows.
    pub(super) fn take_rows(&mut self, rows: u32) -> Result<(), Refusal> {
        self.rows = self.rows.checked_sub(rows).ok_or(Refusal::TooLarge)?;
        Ok(())
    }

    /// Takes a merged range.
    pub(super) fn take_merged(&mut self) -> Result<(), Refusal> {
        self.merged = self.merged.checked_sub(1).ok_or(Refusal::TooLarge)?;
        Ok(())
    }

    /// Takes one occupied row that a merged range crosses.
    pub(super) fn take_merged_row(&mut self) -> Result<(), Refusal> {
        self.merged_rows = self.merged_rows.checked_sub(1).ok_or(Refusal::TooLarge)?;
        Ok(())
    }
}
