//! The safety limits (`docs/inputs.md` § 8): they stop a command that would take many pupils for gone.

use std::fmt::Write as _;
use std::path::Path;

use super::error::{CommandError, Kind};
use super::planning::{Known, People};

/// Whether the lists may be worked with, when a person allowed so many removals. Before the first run there is nothing to
/// lose.
///
/// # Errors
/// With every limit that was exceeded and what to type.
pub(crate) fn permit(
    people: &People,
    known: &Known,
    allowed: Option<usize>,
    call: &str,
    folder: &Path,
) -> Result<(), CommandError> {
    let assessment = &people.assessment;
    if !known.has_past() || assessment.permits_removals(allowed) {
        return Ok(());
    }
    let mut error = "новые списки слишком отличаются от прежних. Ничего не сделано.".to_owned();
    for breach in &assessment.breaches {
        let _ = write!(error, "\n  {breach}");
    }
    let mut hints =
        vec!["Проверьте, что в папке «списки» лежат полные списки всех классов, без сдвинутых столбцов.".to_owned()];
    if assessment.stops_everything() {
        hints.push("Пока это не исправлено, числом это не подтвердить.".to_owned());
    } else {
        hints.push(format!(
            "Если все они действительно выбыли, повторите с их числом: zavuch {call} \"{}\" --allow-removals {}",
            folder.display(),
            assessment.removals
        ));
    }
    Err(CommandError { kind: Kind::Limit, error, hints })
}
