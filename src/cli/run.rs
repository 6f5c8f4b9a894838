//! `run`: check, plan, papers, letters, report: the main job in one word.

use std::path::Path;

use serde::Serialize;

use super::args::DatedTarget;
use super::data::{FIRST_VERSION, Ready};
use super::error::CommandError;
use super::issues::{self, IssueJson};
use super::issuing::{Failure, Issuing, Made, Register};
use super::progress::Bars;
use super::ui::Ui;
use super::{clock, data};
use crate::report::{self, Outcome, RunReport};
use crate::school::{Edition, Issue, IssueKind, Noun, Place, count};
use crate::workspace::{Finished, Lock, OUTPUTS, Outputs};

#[derive(Serialize)]
struct RunJson<'a> {
    report: &'a RunReport,
    issues: Vec<IssueJson<'a>>,
    removed: &'a [String],
    failures: &'a [Failure],
}

/// Runs the command.
pub(crate) fn run(args: &DatedTarget, ui: &Ui) -> Result<(), CommandError> {
    let date = args.date.unwrap_or_else(clock::today);
    let Ready { workspace, data, mut issues } = data::read(&args.target.folder, date).ready()?;
    let letters = data.letter_templates();

    let _lock = Lock::take(workspace.root(), &format!("процесс {}", std::process::id()))?;
    let outputs = Outputs::begin(&workspace)?;
    let edition = Edition { version: FIRST_VERSION, issued: date };
    let issuing = Issuing { data: &data, letters: &letters, edition, outputs: &outputs };
    let Made { papers, letters, school_papers, failures } = issuing.issue(&Bars::default());
    let register = issuing.register(&workspace)?;
    // While a part is missing, what earlier runs left may still be needed: it is cleared by the run that succeeds.
    let finished = if failures.is_empty() { outputs.finish()? } else { Finished::default() };
    let of_tables = issues.len();
    issues.extend(finished.changed_by_hand.iter().map(|name| changed_by_hand(name)));
    issues.extend(finished.set_aside.iter().map(|name| set_aside(name)));

    let report = report::report(&Outcome {
        school: &data.settings.school,
        plan: &data.plan,
        links: &data.links,
        papers: &papers,
        school_papers,
        letters: &letters,
        issues: &issues,
        deadlines: data.settings.deadlines,
        issued: date,
    });
    if ui.wants_json() {
        let issues = issues::json(&issues);
        ui.answer_json(&RunJson { report: &report, issues, removed: &finished.removed, failures: &failures })?;
    } else {
        show(ui, &report, &finished, register, workspace.root());
        // What `check` cannot tell, and what stands wrong on the papers that were just made.
        let told = |issue: &&Issue| matches!(issue.kind, IssueKind::Unprintable | IssueKind::ChangedByHand);
        let told: Vec<_> = issues.iter().filter(told).cloned().collect();
        if !told.is_empty() {
            ui.say(&format!("\n{}", issues::list(&told)));
        }
        if of_tables > 0 {
            let (totals, folder) = (issues::totals(&issues[..of_tables]), args.target.folder.display());
            ui.say(&format!("\nТаблицы. {totals} Подробнее: zavuch проверить \"{folder}\""));
        }
    }
    match failures.as_slice() {
        [] => Ok(()),
        failures => {
            let list = failures.iter().map(|failure| format!("\n  {}: {}", failure.whose, failure.reason));
            Err(CommandError::world(
                format!("сделано не всё:{}", list.collect::<String>()),
                "Устраните причину и запустите ту же команду ещё раз: сделанное не пропадёт.",
            ))
        }
    }
}

/// Shows what was done and what is left.
fn show(ui: &Ui, report: &RunReport, finished: &Finished, register: Register, root: &Path) {
    let width = ui.width();
    ui.answer(&report::table(report, width));
    let tasks = report::tasks(report, width);
    if !tasks.is_empty() {
        ui.answer(&format!("\n{tasks}"));
    }
    ui.answer(&format!("\nБумаги и письма лежат в папке «{}».\n", root.join(OUTPUTS).display()));
    match register {
        Register::Kept => {}
        Register::Written => {
            ui.answer("Таблица для ссылок составлена: ссылки.xlsx. Впишите ссылки и запустите программу снова.\n");
        }
        Register::Renewed => ui.answer(
            "В таблице ссылок не хватает строк. Дополненная таблица со всеми вашими ссылками лежит в папке\n\
             «выдача/Школа»: замените ею файл ссылок в рабочей папке.\n",
        ),
    }
    if !finished.removed.is_empty() {
        let files = Noun::new("файл", "файла", "файлов");
        ui.answer(&format!("Убрано устаревшее, {}:\n", count(finished.removed.len(), files)));
        finished.removed.iter().for_each(|name| ui.answer(&format!("  {name}\n")));
    }
}

fn changed_by_hand(name: &str) -> Issue {
    Issue::new(
        IssueKind::ChangedByHand,
        Place::file(format!("{OUTPUTS}/{name}")),
        "файл больше не нужен, но вы его изменили, поэтому он оставлен.",
        "Уберите его сами, чтобы устаревший лист никто не раздал.",
    )
}

fn set_aside(name: &str) -> Issue {
    Issue::new(
        IssueKind::ChangedByHand,
        Place::file(format!("{OUTPUTS}/{name}")),
        "вы изменили файл, на месте которого нужен новый; ваш сохранён под этим именем.",
        "Перенесите из него то, что нужно, и уберите его сами.",
    )
}
