//! `ack import`: takes in marks from any number of tables, in any order; the same tables once more change nothing.

use serde::Serialize;

use crate::cli::ack_table::{self, BroughtUp};
use crate::cli::answered_files::answered_files;
use crate::cli::args::AckImportArgs;
use crate::cli::error::CommandError;
use crate::cli::issues::{self, IssueJson};
use crate::cli::ui::Ui;
use crate::cli::{clock, data, job};
use crate::school::{AcknowledgementMark, Issue, Noun, Severity, count};
use crate::uptake::{Losses, TakenMarks, Verdict, VerdictKind};

#[derive(Serialize)]
struct ImportJson<'a> {
    /// Marks of people who had none.
    new: usize,
    /// Marks that are later than others, or of rules that have changed since the others.
    changed: usize,
    /// Marks that take the place of wrong ones.
    corrected: usize,
    /// Marks that were wrong and have none in their place.
    withdrawn: usize,
    same: usize,
    /// Marks older than what is known.
    older: usize,
    /// Marks that were corrected or withdrawn since.
    settled: usize,
    /// Rows of people who left.
    former: usize,
    /// Marks that were not taken.
    refused: usize,
    marks: std::collections::BTreeMap<&'static str, usize>,
    issues: Vec<IssueJson<'a>>,
}

const MARKS: Noun = Noun::new("отметка", "отметки", "отметок");

/// Runs the command.
pub(crate) fn run(args: &AckImportArgs, ui: &Ui) -> Result<(), CommandError> {
    let date = args.date.unwrap_or_else(clock::today);
    let workspace = data::workspace(&args.folder())?;
    let _lock = job::lock(&workspace)?;
    let inputs = workspace.inputs().value;
    let losses = args.allow_losses.map_or(Losses::Few, Losses::Exactly);
    let files = answered_files(&args.files(), inputs.acknowledgements.as_ref())?;
    if files.is_empty() && inputs.acknowledgements.is_none() {
        return Err(CommandError::usage(
            "не сказано, какие таблицы принять.",
            "Назовите их: zavuch ознакомление принять школа присланное/*.xlsx",
        ));
    }
    let BroughtUp { taken, issues: of_files, table, .. } = ack_table::take_in(&workspace, &files, losses, date)?;
    let refused = taken.refused.len();
    let all: Vec<Issue> = of_files.iter().chain(&taken.issues).cloned().collect();
    let number = |kind| taken.new.iter().filter(|one| one.kind == kind).count();
    if ui.wants_json() {
        let mut marks = std::collections::BTreeMap::new();
        for Verdict { signature, .. } in taken.new.iter().filter(|one| one.kind != VerdictKind::Withdrawn) {
            *marks.entry(signature.mark.id()).or_default() += 1;
        }
        ui.answer_json(&ImportJson {
            new: number(VerdictKind::First),
            changed: number(VerdictKind::Later) + number(VerdictKind::Again),
            corrected: number(VerdictKind::Corrected),
            withdrawn: number(VerdictKind::Withdrawn),
            same: taken.same,
            older: taken.older,
            settled: taken.settled,
            former: taken.former,
            refused,
            marks,
            issues: issues::json(&all),
        })?;
        table.tell(ui);
    } else {
        show(&taken, ui);
        table.tell(ui);
        if !all.is_empty() {
            ui.say(&format!("\n{}", issues::list(&all)));
        }
    }
    let is_unread = all.iter().any(|issue| issue.severity() == Severity::Error);
    if refused == 0 && !is_unread {
        return Ok(());
    }
    let what = if refused > 0 {
        format!("не принято: {}", count(refused, MARKS))
    } else {
        "прочитано не всё".to_owned()
    };
    Err(CommandError::inputs(
        Vec::new(),
        format!("{what}. Всё остальное принято."),
        "Исправьте названные строки и примите те же таблицы ещё раз: принятое второй раз ничего не изменит.",
    ))
}

fn show(taken: &TakenMarks, ui: &Ui) {
    let of_kind = |kind| taken.new.iter().filter(|one| one.kind == kind).count();
    let (corrected, withdrawn) = (of_kind(VerdictKind::Corrected), of_kind(VerdictKind::Withdrawn));
    let marks = AcknowledgementMark::ALL.into_iter().filter_map(|mark| {
        let is_new = |one: &&Verdict| !one.is_correction() && one.signature.mark == mark;
        let number = taken.new.iter().filter(is_new).count();
        (number > 0).then(|| format!("{} — {number}", mark.words()))
    });
    let marks: Vec<String> = marks.collect();
    if marks.is_empty() {
        ui.answer("Новых отметок нет.\n");
    } else {
        ui.answer(&format!("Новых отметок: {}. {}.\n", taken.new.len() - corrected - withdrawn, marks.join(", ")));
    }
    for (word, number) in [("Исправлено", corrected), ("Снято", withdrawn)] {
        if number > 0 {
            ui.answer(&format!("{word} отметок: {number}.\n"));
        }
    }
    let others = [
        ("уже были", taken.same),
        ("устарели: есть более поздние", taken.older),
        ("исправлены или сняты раньше", taken.settled),
        ("о выбывших", taken.former),
        ("не принято", taken.refused.len()),
    ];
    let others: Vec<String> =
        others.iter().filter(|(_, number)| *number > 0).map(|(words, number)| format!("{words} — {number}")).collect();
    if !others.is_empty() {
        ui.answer(&format!("Остальные отметки: {}.\n", others.join(", ")));
    }
}
