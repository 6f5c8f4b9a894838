//! Whom a row of a table of acknowledgements means.

use std::collections::BTreeSet;

use super::signers::{Signer, Signers};
use crate::school::{Acknowledgement, PersonName, Scope, SignerId, fold};

/// Whom a row means.
#[derive(Clone, Debug)]
pub(super) enum Meant<'a> {
    /// This one.
    One(&'a Signer),
    /// Somebody who left: the row is of no use any more.
    Former,
    /// Nobody, or nobody knows whom; why, one sentence, and what to do.
    Unclear { why: String, advice: String },
}

const AS_LISTED: &str = "Исправьте имя и класс так, как они записаны в списках и в штате.";
const PUT_BACK: &str = "Верните строку к тому виду, в котором её составила программа: похоже, сдвинуты столбцы.";

/// Whom a row means: by its code, unless the name is somebody else's; without one by class and names.
pub(super) fn meant<'a>(row: &Acknowledgement, signers: &'a Signers, former: &BTreeSet<String>) -> Meant<'a> {
    if !row.code.is_empty() {
        if former.contains(&row.code) {
            return Meant::Former;
        }
        if let Some(signer) = signers.by_code(&row.code) {
            return if is_of_another(row, signer, signers) {
                unclear("код строки и имя в ней — от разных людей, отметка не учтена", PUT_BACK)
            } else {
                Meant::One(signer)
            };
        }
    }
    by_names(row, signers)
}

fn unclear<'a>(why: impl Into<String>, advice: &str) -> Meant<'a> {
    Meant::Unclear { why: why.into(), advice: advice.to_owned() }
}

/// Whether the names of a row are those of somebody else, as if only some of the columns had been sorted or shifted. One
/// part of a name may have been corrected since the table was written.
fn is_of_another(row: &Acknowledgement, signer: &Signer, signers: &Signers) -> bool {
    let says =
        |other: &Signer| same(row.name.as_ref(), other.name.as_ref()) && same(row.pupil.as_ref(), other.pupil.as_ref());
    let is_empty = row.name.is_none() && row.pupil.is_none();
    let is_strange =
        is_stranger(row.name.as_ref(), signer.name.as_ref()) || is_stranger(row.pupil.as_ref(), signer.pupil.as_ref());
    is_strange
        || !is_empty && !says(signer) && signers.all.iter().any(|other| kind(other) == kind(signer) && says(other))
}

/// Whether two names have neither the surname nor the given name in common.
fn is_stranger(one: Option<&PersonName>, other: Option<&PersonName>) -> bool {
    let differ = |one: &PersonName, other: &PersonName| {
        fold(&one.surname) != fold(&other.surname) && fold(&one.given) != fold(&other.given)
    };
    one.zip(other).is_some_and(|(one, other)| differ(one, other))
}

fn same(one: Option<&PersonName>, other: Option<&PersonName>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is_spelling_of(other),
        (None, None) => true,
        _ => false,
    }
}

fn kind(signer: &Signer) -> crate::school::Signer {
    match signer.id {
        SignerId::Parent { .. } => crate::school::Signer::Parent,
        SignerId::Student(_) => crate::school::Signer::Student,
        SignerId::Staff(_) => crate::school::Signer::Staff,
    }
}

/// Whether a name in a table stands for a known one: in any spelling, without the patronymic, with initials.
fn stands_for(name: &PersonName, known: &PersonName) -> bool {
    let without = |name: &PersonName| PersonName { patronymic: None, ..name.clone() }.folded();
    name.is_spelling_of(known)
        || (name.patronymic.is_none() && without(name) == without(known))
        || name.may_shorten(known)
}

fn by_names<'a>(row: &Acknowledgement, signers: &'a Signers) -> Meant<'a> {
    let scope = match (row.signer, &row.class) {
        (crate::school::Signer::Staff, _) => Some(Scope::School),
        (_, class) => class.clone().map(Scope::Class),
    };
    let of_kind = || signers.all.iter().filter(|signer| kind(signer) == row.signer);
    let person = |signer: &Signer| match row.signer {
        crate::school::Signer::Parent => signer.pupil.clone(),
        crate::school::Signer::Student | crate::school::Signer::Staff => signer.name.clone(),
    };
    let sought = match row.signer {
        crate::school::Signer::Parent => &row.pupil,
        crate::school::Signer::Student | crate::school::Signer::Staff => &row.name,
    };
    let Some(sought) = sought else {
        return unclear("не указано, чей это родитель", "Впишите ученика в столбец «Чей родитель».");
    };
    let fits = |signer: &&Signer| person(signer).is_some_and(|known| stands_for(sought, &known));
    let is_here = |signer: &&Signer| scope.as_ref().is_none_or(|scope| signer.scope == *scope);
    let here: Vec<&Signer> = of_kind().filter(fits).filter(is_here).collect();
    if here.is_empty() {
        return match of_kind().find(fits) {
            Some(elsewhere) => unclear(
                format!("{sought} теперь числится в классе {}, отметка не учтена", elsewhere.scope.title()),
                AS_LISTED,
            ),
            None => unclear(format!("{sought} — такого человека нет в записях программы"), AS_LISTED),
        };
    }
    let exact: Vec<&Signer> = here
        .iter()
        .copied()
        .filter(|signer| person(signer).is_some_and(|known| sought.is_spelling_of(&known)))
        .collect();
    let here = if exact.is_empty() { here } else { exact };
    let pupils: BTreeSet<_> = here.iter().map(|signer| signer.id.pupil()).collect();
    if pupils.len() > 1 || (row.signer == crate::school::Signer::Staff && here.len() > 1) {
        return unclear(
            format!("{sought} — таких несколько, отметка не учтена"),
            "Отметьте в таблице программы: у её строк есть коды.",
        );
    }
    let Some(name) = row.name.as_ref().filter(|_| row.signer == crate::school::Signer::Parent) else {
        return match here.as_slice() {
            [one] => Meant::One(one),
            _ => unclear(
                format!("{sought}: в списке несколько родителей, а кто подписал, не указано"),
                "Впишите имя родителя.",
            ),
        };
    };
    let mut named = here.iter().filter(|signer| signer.name.as_ref().is_some_and(|known| stands_for(name, known)));
    match (named.next(), named.next(), here.as_slice()) {
        (Some(one), None, _) => Meant::One(one),
        // The list names nobody: whoever signed is the parent.
        (None, _, [only]) if only.name.is_none() => Meant::One(only),
        (Some(_), Some(_), _) => unclear(format!("{name} — таких родителей несколько"), AS_LISTED),
        (None, ..) => unclear(
            format!("{name} — у ученика {sought} в списках нет такого родителя"),
            "Добавьте родителя в список класса или исправьте имя.",
        ),
    }
}
