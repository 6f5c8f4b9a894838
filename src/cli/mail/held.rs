//! Why a letter is held back, and what is to be done about it: one reason, one sentence, one advice that is true for it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::rows::numbers;
use crate::school::letter_kind;
use crate::store::{FORGOTTEN, NEW_YEAR, StoredLetter};

/// Why a letter is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Held {
    /// Its papers are those of another class.
    OtherPapers,
    /// Its class is in no list any more.
    ClassGone,
    /// Its class has no homeroom teacher any more.
    NoHomeroom,
    /// Its class has another homeroom teacher.
    OtherHomeroom,
    /// The homeroom teacher has no address any more.
    NoAddress,
    /// The homeroom teacher has another address.
    OtherAddress,
    /// The former moderator is not among the staff any more, or has another address.
    FormerModeratorGone,
    /// Its bytes are not what was recorded.
    Damaged,
    /// The settings name another sender.
    OtherSender,
    /// A later letter to the class has gone already.
    Overtaken,
    /// It reminds of what is done by now.
    NothingOpen,
    /// It is of last year.
    NewYear,
    /// It names somebody who is forgotten.
    Forgotten,
    /// What no version of the program that we know has written.
    Other,
}

impl Held {
    /// All of them.
    const ALL: [Self; 14] = [
        Self::OtherPapers,
        Self::ClassGone,
        Self::NoHomeroom,
        Self::OtherHomeroom,
        Self::NoAddress,
        Self::OtherAddress,
        Self::FormerModeratorGone,
        Self::Damaged,
        Self::OtherSender,
        Self::Overtaken,
        Self::NothingOpen,
        Self::NewYear,
        Self::Forgotten,
        Self::Other,
    ];

    /// In words, as it is recorded with the letter.
    pub(super) fn why(self) -> &'static str {
        match self {
            Self::OtherPapers => "письмо и его бумаги — разных классов",
            Self::ClassGone => "класса больше нет в списках",
            Self::NoHomeroom => "у класса больше нет классного руководителя",
            Self::OtherHomeroom => "у класса другой классный руководитель",
            Self::NoAddress => "у классного руководителя больше нет адреса",
            Self::OtherAddress => "адрес классного руководителя изменился",
            Self::FormerModeratorGone => "прежнего модератора с таким адресом больше нет в штате",
            Self::Damaged => "содержание письма не то, что было записано",
            Self::OtherSender => "адрес отправителя в настройках изменился",
            Self::Overtaken => "классу уже ушло более новое письмо",
            Self::NothingOpen => "напоминать больше не о чем или классу составлено новое письмо",
            Self::NewYear => NEW_YEAR,
            Self::Forgotten => FORGOTTEN,
            Self::Other => "",
        }
    }

    /// Why a letter was held back.
    pub(super) fn of(letter: &StoredLetter) -> Self {
        Self::ALL.into_iter().find(|one| one.why() == letter.why).unwrap_or(Self::Other)
    }

    /// What to do about letters that are held back for this reason.
    fn advice(self, kind: &str, folder: &str, number: &str, class: &str) -> String {
        let apply = format!("zavuch применить \"{folder}\"");
        let resolve = format!("zavuch письма решить \"{folder}\"");
        let papers = format!("zavuch бумаги \"{folder}\" --class \"{class}\"");
        match self {
            _ if kind == letter_kind::HANDOVER && self != Self::FormerModeratorGone => format!(
                "попросите прежнего модератора передать чаты сами и отмените письмо: {resolve} --cancel {number}"
            ),
            _ if kind == letter_kind::REMINDER || self == Self::NothingOpen => format!(
                "отправлять его не нужно: {resolve} --cancel {number}; новое напоминание составит: zavuch письма напомнить \"{folder}\""
            ),
            Self::ClassGone => format!(
                "если класс пропал по ошибке, верните его в списки и выполните {resolve} --resend {number}; если его \
                 действительно нет: {apply}, затем {resolve} --cancel {number}"
            ),
            Self::NoHomeroom => {
                format!("назначьте руководителя в таблице штата и выполните {apply}: новое письмо заменит это")
            }
            Self::OtherHomeroom => {
                format!("если это верно, выполните {apply}: письмо новому руководителю заменит это")
            }
            Self::NoAddress => format!(
                "впишите адрес в таблицу штата; если он прежний: {resolve} --resend {number}; если новый: {apply}, и новое \
                 письмо заменит это"
            ),
            Self::OtherAddress => {
                format!("если новый адрес верен, выполните {apply}: письмо на новый адрес заменит это")
            }
            Self::FormerModeratorGone => format!(
                "попросите передать чаты сами и отмените письмо: {resolve} --cancel {number}; если человек и адрес в штате верны: \
                 {resolve} --resend {number}"
            ),
            Self::OtherSender => format!(
                "верните прежний адрес (ключ from) и выполните {resolve} --resend {number}, или составьте письмо от нового: {papers}"
            ),
            Self::OtherPapers | Self::Damaged | Self::Forgotten => {
                format!("отправить его нельзя; напечатайте бумаги класса ещё раз: {papers} — новое письмо заменит это")
            }
            Self::Overtaken => format!(
                "отмените его: {resolve} --cancel {number}; если бумаги из него класс не получил, напечатайте их ещё раз: {papers}"
            ),
            Self::NothingOpen | Self::NewYear => format!("отправлять его не нужно: {resolve} --cancel {number}"),
            Self::Other => {
                format!("если оно верно: {resolve} --resend {number}; если оно не нужно: {resolve} --cancel {number}")
            }
        }
    }

    /// The advice for letters that are held back, reason by reason.
    pub(super) fn words(letters: &[&StoredLetter], folder: &str) -> String {
        let mut text = String::new();
        let mut say = |letters: &[&StoredLetter], why: &str, advice: &str| {
            let whose = numbers(letters);
            let why = if why.is_empty() { String::new() } else { format!("{why}; ") };
            let _ = writeln!(text, "«Задержано», {whose}: {why}{advice}.");
        };
        let kinds: BTreeSet<&str> = letters.iter().map(|letter| letter.kind.as_str()).collect();
        for (one, kind) in Self::ALL.into_iter().flat_map(|one| kinds.iter().map(move |kind| (one, *kind))) {
            let is_of = |letter: &&StoredLetter| Self::of(letter) == one && letter.kind == kind;
            let of: Vec<&StoredLetter> = letters.iter().copied().filter(is_of).collect();
            if let [first, rest @ ..] = of.as_slice() {
                let number = if rest.is_empty() { first.id.to_string() } else { "НОМЕР".to_owned() };
                let class = if rest.is_empty() { first.class.to_string() } else { "КЛАСС".to_owned() };
                say(&of, one.why(), &one.advice(kind, folder, &number, &class));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Held, letter_kind};

    #[track_caller]
    fn check(held: Held, expected: &[&str], never: &[&str]) {
        let advice = held.advice("change", "школа", "12", "7А");
        for words in expected {
            assert!(advice.contains(words), "{held:?}: {advice}");
        }
        for words in never {
            assert!(!advice.contains(words), "{held:?}: {advice}");
        }
    }

    /// What `apply`, `papers` and `resolve` do about each: the whole program is asked in `tests/it/outbox.rs`.
    #[test]
    fn every_reason_has_the_advice_that_helps() {
        let (apply, resend) = ("zavuch применить", "--resend 12");
        let (cancel, papers) = ("--cancel 12", "zavuch бумаги \"школа\" --class \"7А\"");
        check(Held::OtherPapers, &[papers], &[apply, resend]);
        check(Held::ClassGone, &[apply, resend, cancel], &[papers]);
        check(Held::NoHomeroom, &[apply, "назначьте"], &[resend, papers]);
        check(Held::OtherHomeroom, &[apply], &[resend, papers]);
        check(Held::NoAddress, &[apply, resend], &[papers]);
        check(Held::OtherAddress, &[apply], &[resend, papers]);
        check(Held::FormerModeratorGone, &[resend, cancel], &[apply, papers]);
        check(Held::Damaged, &[papers], &[apply, resend]);
        check(Held::OtherSender, &[papers, resend, "from"], &[apply]);
        check(Held::Overtaken, &[cancel, papers], &[apply, resend]);
        check(Held::NothingOpen, &[cancel], &[apply, resend, papers]);
        check(Held::NewYear, &[cancel], &[apply, resend, papers]);
        check(Held::Forgotten, &[papers], &[apply, resend]);
        check(Held::Other, &[resend, cancel], &[apply, papers]);
        // No papers of the class bring a letter to a former moderator again.
        let advice = Held::Damaged.advice(letter_kind::HANDOVER, "школа", "12", "7А");
        assert!(advice.contains(cancel) && !advice.contains("zavuch бумаги"), "{advice}");
    }

    #[test]
    fn every_reason_has_its_own_words() {
        let words: std::collections::BTreeSet<&str> = Held::ALL.iter().map(|one| one.why()).collect();
        assert_eq!(words.len(), Held::ALL.len());
    }
}
