//! Whether a letter may be sent once more, or after all: old papers never follow newer ones of the same class.

use super::School;
use super::guard::{Guard, PastYears, WithPapers, may_have_gone};
use super::unapplied::Unapplied;
use crate::cli::error::CommandError;
use crate::school::letter_kind;
use crate::store::{LetterId, LetterState, StoredLetter};

/// Refuses a letter that is outdated. `school` reads the lists where they have to be looked at.
///
/// # Errors
/// With the newer letter, or what else stands against it, and what to do.
pub(super) fn permit(
    letter: &StoredLetter,
    letters: &[StoredLetter],
    past: &PastYears,
    folder: &str,
    school: impl FnOnce() -> Result<School, CommandError>,
) -> Result<(), CommandError> {
    let (id, class) = (letter.id, &letter.class);
    let refuse =
        |why: String, hint: String| Err(CommandError::usage(format!("письмо {id} отправить нельзя: {why}."), hint));
    let cancel = format!("Оставить как есть: zavuch письма решить \"{folder}\" --cancel {id}");
    if past.has(letter) {
        let hint = format!("Бумаги этого года напечатает: zavuch бумаги \"{folder}\" --class КЛАСС");
        return refuse("оно прошлого учебного года, и его класс называется теперь иначе".to_owned(), hint);
    }
    let is_cancelled = letter.state == LetterState::Cancelled;
    // What took the place of a cancelled letter holds everything that was in it, whatever became of it.
    let papers = WithPapers::of(letters);
    let stands_against = |(_, state): &(LetterId, LetterState)| is_cancelled || may_have_gone(*state);
    if let Some((newer, state)) = papers.behind(letter).filter(stands_against).last() {
        let why = format!("классу {class} составлено более новое, № {newer} ({})", state.words());
        let hint = match state {
            LetterState::Cancelled => {
                format!("Отправить новое: zavuch письма решить \"{folder}\" --resend {newer}")
            }
            LetterState::Sent | LetterState::Unknown => format!(
                "Если бумаг из него у класса нет, напечатайте действующие ещё раз, для них будет составлено новое письмо: zavuch бумаги \
                 \"{folder}\" --class \"{class}\". {cancel}"
            ),
            _ => format!("Новое письмо: zavuch письма показать \"{folder}\" --open {newer}"),
        };
        return refuse(why, if is_cancelled && state == LetterState::Sent { String::new() } else { hint });
    }
    if !is_cancelled {
        return Ok(());
    }
    if letter.kind == letter_kind::REMINDER {
        let hint = format!("Составить новое: zavuch письма напомнить \"{folder}\"");
        return refuse("это отменённое напоминание".to_owned(), hint);
    }
    let School { data, known, .. } = school()?;
    let guard = Guard { data: &data, papers, past, open: None };
    if let Err(held) = guard.check(letter) {
        return refuse(held.why().to_owned(), String::new());
    }
    if Unapplied::of(&data, &known).has(class) {
        let hint = format!("Выполните: zavuch применить \"{folder}\"");
        return refuse("списки класса с тех пор изменились".to_owned(), hint);
    }
    Ok(())
}
