//! The program `zavuch`.

use std::process::ExitCode;

fn main() -> ExitCode {
    zavuch::cli::main()
}
