//! `ack`: who has read the rules: marks taken in, the register of who may be included, tables for the teachers.

mod import;
mod list;
mod tables;
mod withdraw;

use super::args::{AckArgs, AckCommand};
use super::error::CommandError;
use super::ui::Ui;

/// Runs one of the commands.
pub(crate) fn run(args: &AckArgs, ui: &Ui) -> Result<(), CommandError> {
    match &args.command {
        AckCommand::Import(args) => import::run(args, ui),
        AckCommand::List(args) => list::run(args, ui),
        AckCommand::Tables(args) => tables::run(args, ui),
        AckCommand::Withdraw(args) => withdraw::run(args, ui),
    }
}
