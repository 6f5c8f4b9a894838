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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::changed;
    use crate::school::PersonName;
    use crate::store::{Decision, LetterDraft, Settled, Store, StoredLetter};

    fn draft(number: u8, address: &str) -> LetterDraft {
        LetterDraft {
            class: "7А".parse().unwrap(),
            kind: "change".to_owned(),
            to: PersonName::new("Орлова", "Анна", "Львовна"),
            address: address.parse().unwrap(),
            subject: "7А: изменения".to_owned(),
            file: format!("{number}.eml"),
            message_id: format!("<{number}>"),
            bytes: vec![number],
        }
    }

    /// The first letter is found to have arrived behind the second: the address before is still that of the second.
    #[test]
    fn the_address_before_is_that_of_the_last_letter_however_late_an_older_one_is_settled() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        let at = |second| Timestamp::from_second(second).unwrap();
        for (number, address) in [(1, "a@example.org"), (2, "b@example.org"), (3, "c@example.org")] {
            store.queue_letter(&draft(number, address), at(1)).unwrap();
        }
        let ids: Vec<_> = store.letters().unwrap().iter().map(|letter| letter.id).collect();
        store.begin_letter(ids[1], at(2)).unwrap();
        store.dot_letter(ids[1], at(2)).unwrap();
        store.settle_letter(ids[1], &Settled::Sent, at(3)).unwrap();
        assert!(store.decide_letter(ids[0], Decision::Sent, at(9)).unwrap());
        let all = store.letters().unwrap();
        let waiting: Vec<&StoredLetter> = all.iter().filter(|letter| letter.id == ids[2]).collect();
        let told: Vec<String> =
            changed(&waiting, &all).iter().map(|one| format!("{} → {}", one.before, one.now)).collect();
        assert_eq!(told, ["b@example.org → c@example.org"]);
    }
}
