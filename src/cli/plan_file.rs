//! A plan in a file: written by `plan --save`, carried out by `apply --plan`.

use std::path::Path;

use super::error::CommandError;
use super::planning::SavedPlan;
use crate::workspace::write_whole;

/// Writes a plan, in the place of another plan at most.
///
/// # Errors
/// When something else lies there, or the file cannot be written.
pub(crate) fn write(path: &Path, plan: &SavedPlan) -> Result<(), CommandError> {
    let is_plan = || std::fs::read_to_string(path).is_ok_and(|text| SavedPlan::read(&text).is_some());
    if path.exists() && !is_plan() {
        return Err(CommandError::usage(
            format!("файл «{}» уже есть, и это не сохранённый план. Он не тронут.", path.display()),
            "Назовите другое имя файла: zavuch план --save план.json",
        ));
    }
    write_whole(path, plan.text().as_bytes()).map_err(CommandError::from)
}

/// Reads a plan.
///
/// # Errors
/// When the file cannot be read or holds no plan.
pub(crate) fn read(path: &Path) -> Result<SavedPlan, CommandError> {
    let hint = "Сохраните план заново: zavuch план --save ФАЙЛ";
    let text = std::fs::read_to_string(path).map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "такого файла нет".to_owned(),
            std::io::ErrorKind::InvalidData => "это не сохранённый план".to_owned(),
            _ => error.to_string(),
        };
        CommandError::usage(format!("план «{}» не прочитан: {reason}.", path.display()), hint)
    })?;
    SavedPlan::read(&text)
        .ok_or_else(|| CommandError::usage(format!("в файле «{}» нет плана этой программы.", path.display()), hint))
}

/// Refuses a plan that does not hold any more.
///
/// # Errors
/// Which says what has changed since.
pub(crate) fn check(saved: &SavedPlan, now: &SavedPlan, folder: &Path) -> Result<(), CommandError> {
    saved.still_holds(now).map_err(|stale| {
        CommandError::usage(
            format!("сохранённый план больше не годится: {stale}. Ничего не сделано."),
            format!("Посмотрите новый план: zavuch план \"{}\"", folder.display()),
        )
    })
}
