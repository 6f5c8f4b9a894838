//! The only door to the terminal: data to standard output, everything else to standard error.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::error::{CommandError, Kind};
use super::issues;

/// How wide tables are where the width of the terminal is not known (a pipe, a file).
const DEFAULT_WIDTH: u16 = 100;

/// Where output goes and in which form.
#[derive(Debug)]
pub(crate) struct Ui {
    form: Form,
}

/// The form of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    People,
    Json,
}

#[derive(Serialize)]
struct Failure<'a> {
    error: &'a str,
    hints: &'a [String],
    issues: Vec<issues::IssueJson<'a>>,
}

impl Ui {
    /// A terminal whose answer is JSON or for people.
    pub(crate) fn new(json: bool) -> Self {
        Self { form: if json { Form::Json } else { Form::People } }
    }

    /// Whether the answer is JSON.
    pub(crate) fn wants_json(&self) -> bool {
        self.form == Form::Json
    }

    /// Writes the answer: text for people. A reader that has gone away is no error.
    #[expect(clippy::unused_self, reason = "output goes through the Ui that the command was given")]
    pub(crate) fn answer(&self, text: &str) {
        let _ = io::stdout().write_all(text.as_bytes());
    }

    /// Writes the answer as one JSON value.
    pub(crate) fn answer_json(&self, value: &impl Serialize) -> Result<(), CommandError> {
        let text = serde_json::to_string_pretty(value)
            .map_err(|error| CommandError::world(format!("не удалось записать JSON: {error}"), ""))?;
        self.answer(&format!("{text}\n"));
        Ok(())
    }

    /// Says something beside the answer.
    #[expect(clippy::unused_self, reason = "output goes through the Ui that the command was given")]
    pub(crate) fn say(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{text}");
    }

    /// Says that something is wrong.
    pub(crate) fn complain(&self, text: &str) {
        self.say(&format!("Ошибка: {text}"));
    }

    /// Reports a command that could not do its work.
    pub(crate) fn fail(&self, error: &CommandError) {
        let issues: &[_] = match &error.kind {
            Kind::Inputs(issues) => issues,
            Kind::Usage | Kind::World | Kind::Fault => &[],
        };
        if self.wants_json() {
            let issues = issues::json(issues);
            let _ = self.answer_json(&Failure { error: &error.error, hints: &error.hints, issues });
        }
        if !issues.is_empty() && !self.wants_json() {
            self.say(&issues::list(issues));
        }
        self.complain(&error.error);
        error.hints.iter().filter(|hint| !hint.is_empty()).for_each(|hint| self.say(hint));
    }

    /// The width for tables, in columns.
    #[expect(clippy::unused_self, reason = "the width belongs to the terminal that this is")]
    pub(crate) fn width(&self) -> u16 {
        console::Term::stdout().size_checked().map_or(DEFAULT_WIDTH, |(_, columns)| columns)
    }

    /// Asks a question on the terminal; the answer without blanks around it.
    pub(crate) fn ask(&self, question: &str) -> Result<String, CommandError> {
        let stopped = || CommandError::usage("ответ не получен.", "Запустите команду в терминале или с ключом --yes.");
        let _ = write!(io::stderr(), "{question} ");
        let _ = io::stderr().flush();
        let mut line = String::new();
        match io::stdin().read_line(&mut line) {
            Ok(0) | Err(_) => {
                self.say("");
                Err(stopped())
            }
            Ok(_) => Ok(line.trim().to_owned()),
        }
    }

    /// Whether somebody sits at the terminal and can answer questions.
    #[expect(clippy::unused_self, reason = "it is the terminal that this is")]
    pub(crate) fn is_interactive(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }
}
