//! The only door to the terminal: data to standard output, everything else to standard error.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::error::{CommandError, Kind};
use super::issues;
use crate::report;

/// How wide tables are where the width of the terminal is not known (a pipe, a file).
const DEFAULT_WIDTH: u16 = 100;

/// Where output goes and in which form.
#[derive(Debug)]
pub(crate) struct Ui {
    form: Form,
    /// The columns of standard output and standard error; `None` where they are no terminal.
    answer_width: Option<u16>,
    talk_width: Option<u16>,
    is_interactive: bool,
    /// Whether the one JSON value was written.
    answered: Cell<bool>,
    /// An answer that could not be written.
    lost: Cell<bool>,
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
        Self {
            form: if json { Form::Json } else { Form::People },
            answer_width: width(&console::Term::stdout()),
            talk_width: width(&console::Term::stderr()),
            is_interactive: io::stdin().is_terminal() && io::stderr().is_terminal(),
            answered: Cell::new(false),
            lost: Cell::new(false),
        }
    }

    /// Whether the answer is JSON.
    pub(crate) fn wants_json(&self) -> bool {
        self.form == Form::Json
    }

    /// Writes the answer: text for people, its lines fitted to the terminal.
    pub(crate) fn answer(&self, text: &str) {
        self.write(&fitted(text, self.answer_width));
    }

    /// Writes the answer as one JSON value.
    pub(crate) fn answer_json(&self, value: &impl Serialize) -> Result<(), CommandError> {
        let text = serde_json::to_string_pretty(value)
            .map_err(|error| CommandError::world(format!("не удалось записать JSON: {error}"), ""))?;
        self.write(&format!("{text}\n"));
        self.answered.set(true);
        Ok(())
    }

    fn write(&self, text: &str) {
        let mut stdout = io::stdout();
        // A reader that has seen enough and gone away is no error.
        if let Err(error) = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush())
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            self.lost.set(true);
        }
    }

    /// Whether a part of the answer could not be written.
    pub(crate) fn has_lost_output(&self) -> bool {
        self.lost.get()
    }

    /// Says something beside the answer.
    pub(crate) fn say(&self, text: &str) {
        let _ = writeln!(io::stderr(), "{}", fitted(text, self.talk_width));
    }

    /// Says that something is wrong.
    pub(crate) fn complain(&self, text: &str) {
        self.say(&format!("Ошибка: {text}"));
    }

    /// Reports a command that could not do its work.
    pub(crate) fn fail(&self, error: &CommandError) {
        let issues: &[_] = match &error.kind {
            Kind::Inputs(issues) => issues,
            Kind::Usage | Kind::Limit | Kind::World | Kind::Fault => &[],
        };
        // A command whose answer already tells what failed gives no second value.
        if self.wants_json() && !self.answered.get() {
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
    pub(crate) fn width(&self) -> u16 {
        self.answer_width.unwrap_or(DEFAULT_WIDTH)
    }

    /// Asks a question on the terminal; the answer without blanks around it.
    pub(crate) fn ask(&self, question: &str) -> Result<String, CommandError> {
        let stopped = || CommandError::usage("ответ не получен.", "Запустите команду ещё раз или с ключом --yes.");
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
    pub(crate) fn is_interactive(&self) -> bool {
        self.is_interactive
    }
}

/// A text for standard output, its lines fitted to the terminal.
pub(super) fn for_stdout(text: &str) -> String {
    fitted(text, width(&console::Term::stdout()))
}

/// A text for standard error, its lines fitted to the terminal.
pub(super) fn for_stderr(text: &str) -> String {
    fitted(text, width(&console::Term::stderr()))
}

fn width(terminal: &console::Term) -> Option<u16> {
    // Some terminals do not tell their size.
    terminal.size_checked().map(|(_, columns)| columns).filter(|columns| *columns > 0)
}

/// Breaks lines at words where they are longer than the terminal is wide; what follows stands under the beginning.
fn fitted(text: &str, width: Option<u16>) -> String {
    let Some(width) = width.map(usize::from) else { return text.to_owned() };
    let lines = text.split('\n').map(|line| {
        let words = line.trim_start_matches(' ');
        let indent = line.len() - words.len();
        if console::measure_text_width(line) <= width || indent + 20 > width {
            return line.to_owned();
        }
        let indent = " ".repeat(indent);
        report::wrap(words, width - indent.len())
            .iter()
            .map(|line| format!("{indent}{line}"))
            .collect::<Vec<_>>()
            .join("\n")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn long_lines_are_broken_at_words() {
        let text = "Заголовок\n      Исправьте номер: 11 цифр, начиная с 8 или +7.\n";
        let expected = "Заголовок\n      Исправьте номер: 11\n      цифр, начиная с 8 или\n      +7.\n";
        assert_eq!(super::fitted(text, Some(28)), expected);
        assert_eq!(super::fitted(text, None), text);
        assert_eq!(super::fitted("слово-длиннее-окна", Some(10)), "слово-длиннее-окна");
    }
}
