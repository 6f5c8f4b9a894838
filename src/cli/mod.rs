//! The command line: arguments, one file per command, output, errors for people, exit status.
//!
//! The only room that knows the terminal, the clock and the environment.

mod ack;
mod ack_table;
mod answered_files;
mod apply;
mod args;
mod check;
mod clock;
mod compare;
mod data;
mod deliveries;
mod error;
mod explain;
mod forget;
mod ids;
mod init;
mod inspect;
mod issues;
mod issuing;
mod job;
mod joined;
mod limits;
mod links;
mod mail;
mod own_letters;
mod own_words;
mod papers;
mod plan;
mod plan_file;
mod planning;
mod progress;
mod progress_of_chats;
mod questions;
mod register_file;
mod remembered;
mod report_file;
mod site;
mod status;
mod status_file;
mod stays;
mod subjects;
mod ui;
mod usage;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use self::args::Command;
use self::error::{CommandError, Status};
use self::ui::Ui;

/// Runs the program on the arguments of the process and answers its exit status.
pub fn main() -> ExitCode {
    let arguments = match usage::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(answer) => return answer.show(),
    };
    // Readers of tables catch the panics of the libraries they use; only one that reaches this place is a fault of
    // the program, and it is told once, below.
    panic::set_hook(Box::new(|_| {}));
    let ui = Ui::new(arguments.json());
    let result = panic::catch_unwind(AssertUnwindSafe(|| dispatch(&arguments.command, &ui)));
    match result.unwrap_or_else(|_| Err(CommandError::fault())) {
        Ok(_) if ui.has_lost_output() => {
            ui.complain("ответ не удалось вывести: возможно, на диске нет места.");
            Status::PartFailed
        }
        Ok(status) => status,
        Err(error) => {
            ui.fail(&error);
            error.kind.status()
        }
    }
    .into()
}

fn dispatch(command: &Command, ui: &Ui) -> Result<Status, CommandError> {
    match command {
        Command::Plan(args) => return plan::run(args, ui),
        Command::Init(args) => init::run(args, ui),
        Command::Check(args) => check::run(args, ui),
        Command::Inspect(args) => inspect::run(args, ui),
        Command::Compare(args) => compare::run(args, ui),
        Command::Apply(args) => apply::run(&args.run, args.plan.as_deref(), "применить", ui),
        Command::Papers(args) => papers::run(args, ui),
        Command::Explain(args) => explain::run(args, ui),
        Command::Forget(args) => forget::run(args, ui),
        Command::Links(args) => links::run(args, ui),
        Command::Ack(args) => ack::run(args, ui),
        Command::Joined(args) => joined::run(args, ui),
        Command::Status(args) => status::run(args, ui),
        Command::Mail(args) => return mail::run(args, ui),
        Command::Run(args) => apply::run(args, None, "выполнить", ui),
    }
    .map(|()| Status::Done)
}
