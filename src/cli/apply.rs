//! `apply`: records the plan, then makes the papers and letters that it calls for. `run` is the same in one word.
//!
//! It reads, asks, checks and shows; the work itself is a [`Job`].

use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

#[cfg(test)]
pub(in crate::cli) mod stops;

use super::ack_table::{self, AckTable, BroughtUp, FoundTable};
use super::args::RunArgs;
use super::data::{self, Ready};
use super::error::CommandError;
use super::issues::{self, IssueJson};
use super::issuing::{AllPapersFile, Failure, Made, Register};
use super::job::{self, Done, Job};
use super::planning::{Known, LETTERS, SavedPlan, inputs_sum, propose};
use super::progress::Bars;
use super::questions::{self, PutOff};
use super::ui::Ui;
use super::{clock, limits, mail, plan_file};
use crate::report::{self, ChangeRow, Comparison, LetterState, Outcome, RunReport};
use crate::school::{Issue, IssueKind, MailServer, Noun, count};
use crate::store::Store;
use crate::workspace::OUTPUTS;

#[derive(Serialize)]
struct ApplyJson<'a> {
    report: &'a RunReport,
    issues: Vec<IssueJson<'a>>,
    removed: &'a [String],
    failures: Vec<&'a Failure>,
    changes: Vec<ChangeRow>,
    /// Who of the lists is who of the last run; `None` before the first.
    people: Option<&'a Comparison>,
}

/// Runs `apply`, or `run`: `call` is how it was called.
pub(crate) fn run(args: &RunArgs, saved: Option<&Path>, call: &str, ui: &Ui) -> Result<(), CommandError> {
    let folder = args.target.folder.as_path();
    let saved = saved.map(plan_file::read).transpose()?;
    let date = date(args.date, saved.as_ref())?;
    let workspace = data::workspace(folder)?;
    let _lock = job::lock(&workspace)?;
    // Before the tables are read, so that what changes meanwhile is noticed.
    let inputs = saved.as_ref().map(|_| inputs_sum(&workspace)).transpose()?;
    let (mut known, reading) = data::read(folder, date)?;
    if let Some(data) = reading.without_some_classes() {
        limits::permit(data, &known, args.allow_removals, call, folder)?;
    }
    let mut ready = reading.ready()?;
    if ready.data.people.assessment.stops_everything() {
        // Before anybody is asked: answers about such lists would be wrong and kept.
        limits::permit(&ready.data, &known, args.allow_removals, call, folder)?;
    }
    if saved.is_none() && !ui.wants_json() && ui.is_interactive() {
        ready = answered(ready, &mut known, folder, date, ui)?;
    }
    let Ready { workspace, data, mut issues } = ready;
    limits::permit(&data, &known, args.allow_removals, call, folder)?;
    let proposal = propose(&data, &known, date);
    if let (Some(saved), Some(inputs)) = (&saved, inputs) {
        plan_file::check(saved, &SavedPlan::of(&proposal, &known, inputs, date), folder)?;
    }
    if !proposal.is_empty() {
        limits::permit_date(args.date.or(saved.as_ref().map(|plan| plan.date)), &known)?;
    }
    if !ui.wants_json() && known.has_past() && !proposal.changes.is_empty() {
        ui.answer(&report::change_list(&proposal.changes));
    }

    let job = Job {
        workspace: &workspace,
        data: &data,
        known: &known,
        proposal: &proposal,
        date,
        all_papers: AllPapersFile::AsItStands,
        watcher: None,
    };
    let (done, signatures) = carried_out(job)?;
    let Done { made: Made { papers, letters, school_papers, .. }, finished, .. } = &done;
    let of_tables = issues.len();
    issues.extend(done.found_changed());

    let report = report::report(&Outcome {
        school: &data.settings.school,
        plan: &data.plan,
        staff: &data.staff,
        links: &data.links,
        papers,
        school_papers: *school_papers,
        letters,
        changes: &proposal.changes,
        issues: &issues,
        deadlines: data.settings.deadlines,
        issued: date,
    });
    if ui.wants_json() {
        ui.answer_json(&ApplyJson {
            report: &report,
            issues: issues::json(&issues),
            removed: &finished.removed,
            failures: done.made.all_failures().collect(),
            changes: report::change_rows(&proposal.changes),
            people: known.has_past().then_some(&data.people.comparison),
        })?;
    } else {
        let server = data.settings.mail.server.as_ref();
        show(ui, &report, &done, workspace.root(), server);
        let before_stop: Vec<&str> = known
            .before_stop
            .iter()
            .map(String::as_str)
            .filter(|&name| !finished.removed.iter().any(|gone| gone == name))
            .collect();
        // Letters that the program sends by itself are in the outbox, whichever run has composed them.
        if !before_stop.is_empty() && server.is_none() {
            let letters = before_stop.join(", ");
            ui.answer(&format!("До остановки прошлого запуска уже были готовы, отправьте и их: {letters}.\n"));
        }
        ui.answer(&report::questions(&data.people.comparison));
        // What `check` cannot tell, and what stands wrong on the papers that were just made.
        let told = |issue: &&Issue| matches!(issue.kind, IssueKind::Unprintable | IssueKind::ChangedByHand);
        let told: Vec<_> = issues.iter().filter(told).cloned().collect();
        if !told.is_empty() {
            ui.say(&format!("\n{}", issues::list(&told)));
        }
        if of_tables > 0 {
            let (totals, folder) = (issues::totals(&issues[..of_tables]), folder.display());
            ui.say(&format!("\nТаблицы. {totals} Подробнее: zavuch проверить \"{folder}\""));
        }
    }
    told_of_signatures(signatures, ui);
    mail::tidy(&workspace, &data.settings.mail)?;
    let all_done = done.complete("Устраните причину и запустите ту же команду ещё раз: сделанное не пропадёт.");
    // The process ends here: nobody needs a school to be freed piece by piece.
    std::mem::forget(proposal);
    std::mem::forget((data, known));
    all_done
}

/// Carries out a job, and brings up the table of acknowledgements, which is reckoned beside it.
fn carried_out(job: Job<'_>) -> Result<(Done, Result<Option<BroughtUp>, CommandError>), CommandError> {
    let Job { workspace, data, known, proposal, date, .. } = job;
    // Where nothing is recorded nobody is known who could sign.
    let has_classes = !proposal.after.roster.classes.is_empty();
    let table = if has_classes { Some(FoundTable::look(workspace)?) } else { None };
    let prepare = |table: FoundTable| table.prepared(&proposal.after, &data.settings.regulation, date);
    let (done, prepared) = rayon::join(|| job.carry_out(&Bars::default()), || table.map(prepare).transpose());
    let done = done?;
    let recorded = known.recorded.as_ref();
    let finish = |prepared| ack_table::finish(workspace, prepared, recorded, proposal.is_recorded(), date);
    Ok((done, prepared.and_then(|prepared| prepared.map_or(Ok(None), finish))))
}

/// Says what became of the table of acknowledgements. The papers are issued already: it holds up nothing.
fn told_of_signatures(brought_up: Result<Option<BroughtUp>, CommandError>, ui: &Ui) {
    match brought_up {
        Ok(Some(BroughtUp { taken, table, .. })) => {
            if table == AckTable::PutAside {
                ui.say(&format!("\n{}", table.words().trim_end()));
            }
            if !taken.issues.is_empty() {
                ui.say(&format!("\nОзнакомление.\n{}", issues::list(&taken.issues)));
            }
        }
        Ok(None) => {}
        Err(error) => ui.say(&format!("\nТаблица ознакомления не обновлена: {}", error.error)),
    }
}

/// The date of the papers: that of a saved plan is its own.
fn date(wanted: Option<Date>, saved: Option<&SavedPlan>) -> Result<Date, CommandError> {
    match (wanted, saved) {
        (Some(wanted), Some(saved)) if wanted != saved.date => {
            Err(CommandError::usage("в плане другая дата бумаг.", "Уберите ключ --date: дата берётся из плана."))
        }
        (_, Some(saved)) => Ok(saved.date),
        (wanted, None) => Ok(wanted.unwrap_or_else(clock::today)),
    }
}

/// The tables read again with the answers of the person at the terminal, which are kept at once.
fn answered(mut ready: Ready, known: &mut Known, folder: &Path, date: Date, ui: &Ui) -> Result<Ready, CommandError> {
    let mut put_off = PutOff::default();
    loop {
        let answers = questions::ask(&ready.data.people.questions, &mut put_off, ui);
        if answers.is_empty() {
            return Ok(ready);
        }
        Store::open(folder)?.keep_answers(&answers)?;
        known.decide(&answers);
        ready = data::read_again(folder, date, known).ready()?;
    }
}

/// Shows what was done and what is left.
fn show(ui: &Ui, report: &RunReport, done: &Done, root: &Path, server: Option<&MailServer>) {
    let width = ui.width();
    ui.answer(&format!("{}\n", report::table(report, width).trim_end()));
    if done.made.refreshed > 0 {
        let files = Noun::new("файл", "файла", "файлов");
        let number = count(done.made.refreshed, files);
        ui.answer(&format!("Обновлено без новой версии, раздавать заново не нужно: {number}.\n"));
    }
    let of_classes = report.classes.iter().filter_map(|row| match &row.letter {
        LetterState::Written { file } => Some(format!("{LETTERS}/{file}")),
        _ => None,
    });
    let letters: Vec<String> = of_classes.chain(done.made.to_former_moderators.iter().cloned()).collect();
    if !letters.is_empty() {
        ui.answer(&format!("Новые письма: {}.\n", letters.join(", ")));
        if server.is_some() {
            let root = root.display();
            ui.answer(&format!(
                "Посмотреть, кому что уйдёт: zavuch письма показать \"{root}\"; отправить: zavuch письма отправить \"{root}\"\n"
            ));
        }
    }
    let tasks = report::tasks(report, width);
    if !tasks.is_empty() {
        ui.answer(&format!("\n{tasks}"));
    }
    ui.answer(&format!("\nБумаги и письма лежат в папке «{}».\n", root.join(OUTPUTS).display()));
    ui.answer(&done.site.words());
    match done.register {
        Register::Kept => {}
        Register::Written => {
            ui.answer("Таблица для ссылок составлена: ссылки.xlsx. Впишите ссылки и запустите программу снова.\n");
        }
        Register::Rewritten => ui.answer(
            "Таблица ссылок переписана для нового учебного года: ссылки.xlsx. Прежняя лежит рядом под именем с годом.\n",
        ),
        Register::Renewed => ui.answer(
            "В таблице ссылок не хватает строк. Дополненная таблица со всеми вашими ссылками лежит в папке\n\
             «выдача/Школа»: замените ею файл ссылок в рабочей папке.\n",
        ),
    }
    // Of a class that is gone there is nothing to be printed again, and a letter of the outbox that was not sent is
    // replaced by itself.
    let standing = report.classes.iter().filter(|row| server.is_none() && row.links.planned > 0);
    ui.answer(&done.removed_words(standing.map(|row| &row.class), root));
}
