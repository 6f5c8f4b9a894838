//! Addresses that are other than those the same people were written to before.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::cli::error::{CommandError, Kind};
use crate::school::{Email, Noun, count};
use crate::store::{LetterState, StoredLetter};

/// A teacher whose address is not the one of the last letter that was sent to her.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NewAddress {
    pub(super) name: String,
    pub(super) before: Email,
    pub(super) now: Email,
}

/// Whom these letters would reach at another address than before.
pub(super) fn changed(letters: &[&StoredLetter], all: &[StoredLetter]) -> Vec<NewAddress> {
    let mut sent: Vec<&StoredLetter> = all.iter().filter(|letter| letter.state == LetterState::Sent).collect();
    // In the order in which they were composed: that an old one has arrived after all may be noted behind a newer one.
    sent.sort_by_key(|letter| letter.id);
    let before: BTreeMap<String, &Email> =
        sent.into_iter().map(|letter| (letter.to.folded(), &letter.address)).collect();
    let mut changed: BTreeMap<String, NewAddress> = BTreeMap::new();
    for letter in letters {
        let name = letter.to.folded();
        if let Some(before) = before.get(&name).filter(|before| ***before != letter.address) {
            let new =
                NewAddress { name: letter.to.to_string(), before: (*before).clone(), now: letter.address.clone() };
            changed.insert(name, new);
        }
    }
    changed.into_values().collect()
}

/// Refuses addresses that changed unless a person has named their number.
///
/// # Errors
/// With all of them and what to type.
pub(super) fn permit(
    changed: &[NewAddress],
    recipients: usize,
    allowed: Option<usize>,
    folder: &str,
) -> Result<(), CommandError> {
    if changed.is_empty() || allowed == Some(changed.len()) {
        return Ok(());
    }
    let addresses = Noun::new("адрес", "адреса", "адресов");
    let many = if changed.len() * 5 > recipients {
        " Это больше пятой части: может быть, столбцы таблицы штата сдвинуты."
    } else {
        ""
    };
    let mut list = String::new();
    for NewAddress { name, before, now } in changed {
        let _ = write!(list, "\n  {name}: было {before}, стало {now}");
    }
    let error =
        format!("с прошлых писем изменилось: {}.{many} Ничего не отправлено.{list}", count(changed.len(), addresses));
    let hint = format!(
        "Если все они верны, повторите с их числом: zavuch письма отправить \"{folder}\" --allow-addresses {}",
        changed.len()
    );
    let check = "Проверьте столбец E-mail в таблице штата: письмо с данными детей уйдёт по новому адресу.".to_owned();
    Err(CommandError { kind: Kind::Limit, error, hints: vec![check, hint] })
}
