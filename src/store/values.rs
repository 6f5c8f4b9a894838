//! Columns ⇄ the values of `school`.

use std::str::FromStr;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use rusqlite::{Row, ToSql};

use super::Trouble;
use crate::school::{Audience, Cell, ChatKind, MemberRole, PersonName, Place};

/// A value that is kept as the text it is shown as.
pub(super) struct Text<T>(pub(super) T);

impl<T: FromStr> FromSql for Text<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Self).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}

impl<T: ToString> ToSql for Text<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.to_string()))
    }
}

/// The text of a value that will be read back as the same value.
///
/// # Errors
/// When it would not: better nothing is recorded than something that no run can read.
pub(super) fn lasting<T: FromStr + ToString + PartialEq>(value: &T) -> Result<String, Trouble> {
    let text = value.to_string();
    match text.parse::<T>() {
        Ok(back) if back == *value => Ok(text),
        _ => Err(Trouble::Contradiction("значение не читается обратно")),
    }
}

/// A name in three columns from `index` on; `None` where the surname is.
pub(super) fn name_at(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<PersonName>> {
    let Some(surname) = row.get(index)? else { return Ok(None) };
    Ok(Some(PersonName { surname, given: row.get(index + 1)?, patronymic: row.get(index + 2)? }))
}

/// A name in three columns where there always is one.
pub(super) fn full_name_at(row: &Row<'_>, index: usize) -> rusqlite::Result<PersonName> {
    Ok(PersonName { surname: row.get(index)?, given: row.get(index + 1)?, patronymic: row.get(index + 2)? })
}

/// A place in five columns from `index` on; `None` where the file is.
pub(super) fn place_at(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Place>> {
    let Some(file) = row.get::<_, Option<String>>(index)? else { return Ok(None) };
    let cell = match (row.get(index + 2)?, row.get(index + 3)?) {
        (Some(row), Some(column)) => Some(Cell { row, column }),
        _ => None,
    };
    let sheet = row.get::<_, Option<String>>(index + 1)?.map(Into::into);
    Ok(Some(Place { file: file.into(), sheet, cell, line: row.get(index + 4)? }))
}

/// The columns of a name.
pub(super) fn name_columns(name: Option<&PersonName>) -> [Option<&str>; 3] {
    name.map_or([None; 3], |name| [Some(&name.surname), Some(&name.given), name.patronymic.as_deref()])
}

impl FromSql for Choice<MemberRole> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let all =
            [MemberRole::Moderator, MemberRole::CoAdmin, MemberRole::Staff, MemberRole::Student, MemberRole::Guardian];
        find(&all, role_id, value.as_str()?)
    }
}

impl FromSql for Choice<Audience> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let all = [Audience::Students, Audience::Parents, Audience::Staff, Audience::Everyone];
        find(&all, audience_id, value.as_str()?)
    }
}

impl FromSql for Choice<ChatKind> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        find(&ChatKind::ALL, ChatKind::id, value.as_str()?)
    }
}

/// A choice that is kept as its name.
pub(super) struct Choice<T>(pub(super) T);

/// The choice of a name.
pub(super) fn find<T: Copy>(all: &[T], id: impl Fn(T) -> &'static str, text: &str) -> FromSqlResult<Choice<T>> {
    all.iter().copied().find(|value| id(*value) == text).map(Choice).ok_or(FromSqlError::InvalidType)
}

/// The name of a role in the store.
pub(super) fn role_id(role: MemberRole) -> &'static str {
    match role {
        MemberRole::Moderator => "moderator",
        MemberRole::CoAdmin => "co_admin",
        MemberRole::Staff => "staff",
        MemberRole::Student => "student",
        MemberRole::Guardian => "guardian",
    }
}

/// The name of an audience in the store.
pub(super) fn audience_id(audience: Audience) -> &'static str {
    match audience {
        Audience::Students => "students",
        Audience::Parents => "parents",
        Audience::Staff => "staff",
        Audience::Everyone => "everyone",
    }
}
