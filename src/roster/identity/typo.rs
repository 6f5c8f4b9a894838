//! Two names that differ in a letter or two.

use super::record::Record;

/// A part of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Surname,
    Given,
    Patronymic,
}

/// The part in which two names differ, if it is the only one and one or two letters make the difference. A patronymic
/// that one list leaves out does not differ.
pub(super) fn typo(one: &Record<'_>, other: &Record<'_>) -> Option<Part> {
    let patronymics = if one.lacks_patronymic(other) { ["", ""] } else { [one.patronymic(), other.patronymic()] };
    let parts = [
        (Part::Surname, [one.surname(), other.surname()]),
        (Part::Given, [one.given(), other.given()]),
        (Part::Patronymic, patronymics),
    ];
    let mut differing = parts.into_iter().filter(|(_, [one, other])| one != other);
    let (part, [one, other]) = differing.next()?;
    (differing.next().is_none() && strsim::osa_distance(one, other) <= 2).then_some(part)
}
