//! One pupil in the lists of two classes: the old teacher has not struck out the row yet, the new one has added it.

use crate::school::Student;

/// Why two rows are one pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Because {
    /// The whole name and the date of birth are the same.
    BirthDate,
    /// The whole name and the number of the personal file are the same.
    StableId,
}

/// Whether two rows are one pupil for certain. Namesakes without dates of birth are not.
pub(super) fn is_one_pupil(one: &Student, other: &Student) -> Option<Because> {
    if !one.name.is_spelling_of(&other.name) {
        return None;
    }
    if let Some((one, other)) = one.birth_date.zip(other.birth_date) {
        return (one == other).then_some(Because::BirthDate);
    }
    let (one, other) = one.stable_id.as_ref().zip(other.stable_id.as_ref())?;
    // A short number counts the rows of a class: two lists have the same ones.
    let counts_rows = one.as_str().parse::<u32>().is_ok_and(|number| number < 1000);
    (one == other && !counts_rows).then_some(Because::StableId)
}
