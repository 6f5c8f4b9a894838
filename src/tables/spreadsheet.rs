//! What both forms of Excel files begin with: a sheet with its name, its visibility and its merged ranges.

use calamine::{Dimensions, SheetVisible};

use super::MergedRange;
use super::limits::Budget;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;

/// A sheet to which the cells are still to be put.
pub(super) fn begin<'b>(
    sheet: &calamine::Sheet,
    merged: Vec<Dimensions>,
    budget: &'b mut Budget,
) -> Result<SheetBuilder<'b>, Refusal> {
    let mut built = SheetBuilder::new(Some(sheet.name.clone()), budget);
    if sheet.visible != SheetVisible::Visible {
        built.hide();
    }
    for range in merged {
        let ((top, left), (bottom, right)) = (range.start, range.end);
        built.merge(MergedRange { top, left, bottom, right })?;
    }
    Ok(built)
}
