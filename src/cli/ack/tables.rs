//! `ack tables`: a table per class, for the one who collects the signatures.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::cli::args::AckTablesArgs;
use crate::cli::error::CommandError;
use crate::cli::remembered::Remembered;
use crate::cli::ui::Ui;
use crate::school::SchoolYear;
use crate::school::{Noun, Scope, count, file_name};
use crate::uptake::class_table;
use crate::workspace::write_whole;

#[derive(Serialize)]
struct TablesJson {
    files: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(args: &AckTablesArgs, ui: &Ui) -> Result<(), CommandError> {
    let school = Remembered::read(&args.target.folder)?;
    if !args.into.is_dir() {
        let hint = "Создайте папку, в которую положить таблицы.";
        return Err(CommandError::usage(format!("папки «{}» нет.", args.into.display()), hint));
    }
    let scopes: BTreeSet<&Scope> = school.signers.all.iter().map(|signer| &signer.scope).collect();
    let wanted = scopes.into_iter().filter(|scope| args.class.as_ref().is_none_or(|class| class == *scope));
    let issued = SchoolYear::of(school.last_run).first_day();
    let mut files = Vec::new();
    for scope in wanted {
        let whose = scope.class().map_or_else(|| "Сотрудники".to_owned(), ToString::to_string);
        let name = file_name(&format!("{whose} Ознакомление.xlsx"));
        let path = args.into.join(&name);
        if crate::workspace::is_input(school.workspace.root(), &path) {
            let hint = "Укажите другую папку, не папку со списками.";
            return Err(CommandError::usage("сюда таблицы не записываются: это место исходных таблиц школы.", hint));
        }
        write_whole(&path, &class_table(scope, &school.signers, &school.signatures, issued)?)?;
        files.push(name);
    }
    if ui.wants_json() {
        return ui.answer_json(&TablesJson { files });
    }
    if files.is_empty() {
        ui.answer("Таких классов нет.\n");
        return Ok(());
    }
    let tables = count(files.len(), Noun::new("таблица", "таблицы", "таблиц"));
    ui.answer(&format!(
        "Записано: {tables}. В них имена: передайте каждую только тому, кто собирает подписи класса.\n"
    ));
    Ok(())
}
