//! Who is asked to sign: the parents, the pupils and the staff of the recorded school.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::school::{
    Audience, ClassName, Fingerprint, PersonName, Regulation, SchoolState, Scope, Signatures, SignerId, SigningState,
    Student,
};

/// Somebody who is asked to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Who it is, between runs.
    pub id: SignerId,
    /// The class; the school for its staff.
    pub scope: Scope,
    /// The name; `None` for a parent whom no list names.
    pub name: Option<PersonName>,
    /// The pupil, for a parent.
    pub pupil: Option<PersonName>,
    /// The pupil's date of birth, where another pupil of the class has the same name.
    pub namesake: Option<Date>,
    /// The sum of the rules of now; `None` where the act has none for them.
    pub rules: Option<Fingerprint>,
}

/// Everybody who is asked to sign, class by class in the order of lists, then the staff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signers {
    /// All of them.
    pub all: Vec<Signer>,
    /// Made when the first row is looked for.
    by_code: OnceLock<BTreeMap<String, usize>>,
}

impl Signer {
    /// For whom the rules are that are signed.
    pub fn audience(&self) -> Audience {
        audience(&self.id)
    }

    /// «Иванова Анна Петровна, родитель: Иванов Пётр», as messages call somebody.
    pub fn words(&self) -> String {
        match (&self.name, &self.pupil) {
            (Some(name), Some(pupil)) => format!("{name} (родитель: {})", pupil.without_patronymic()),
            (None, Some(pupil)) => format!("родитель: {pupil}"),
            (Some(name), None) => name.to_string(),
            (None, None) => String::new(),
        }
    }

    /// Where the signer stands, by all marks of the own.
    pub fn state(&self, marks: &BTreeMap<SignerId, Signatures>) -> SigningState {
        let last = marks.get(&self.id).and_then(|marks| marks.last());
        last.map_or(SigningState::Open, |last| last.state(self.rules))
    }
}

/// For whom the rules are that somebody signs.
pub(super) fn audience(id: &SignerId) -> Audience {
    match id {
        SignerId::Parent { .. } => Audience::Parents,
        SignerId::Student(_) => Audience::Students,
        SignerId::Staff(_) => Audience::Staff,
    }
}

impl Signers {
    /// Those of a recorded school: parents and pupils of classes that have chats for them, as the forms do, and all staff.
    pub fn of(state: &SchoolState, regulation: &Regulation) -> Self {
        let mut all = Vec::new();
        for (name, class) in &state.roster.classes {
            let has_chat = |audience| {
                state.chats.values().any(|chat| chat.class.as_ref() == Some(name) && chat.audience == audience)
            };
            let rules = |audience| regulation.signed_rules(audience, Some(name));
            let students = with_namesakes(&class.students);
            if has_chat(Audience::Parents) {
                let rules = rules(Audience::Parents);
                all.extend(students.iter().flat_map(|(student, namesake)| parents(student, name, rules, *namesake)));
            }
            if has_chat(Audience::Students) {
                let rules = rules(Audience::Students);
                all.extend(students.iter().filter_map(|(student, namesake)| pupil(student, name, rules, *namesake)));
            }
        }
        let rules = regulation.signed_rules(Audience::Staff, None);
        all.extend(state.staff.iter().map(|(folded, contact)| Signer {
            id: SignerId::Staff(folded.clone()),
            scope: Scope::School,
            name: Some(contact.name.clone()),
            pupil: None,
            namesake: None,
            rules,
        }));
        Self::from_list(all)
    }

    /// These people, in this order.
    pub(super) fn from_list(all: Vec<Signer>) -> Self {
        Self { all, by_code: OnceLock::new() }
    }

    /// Those of a class, or the staff.
    pub fn of_scope<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Signer> {
        self.all.iter().filter(move |signer| signer.scope == *scope)
    }

    /// The signer of a row that the program made.
    pub(super) fn by_code(&self, code: &str) -> Option<&Signer> {
        let codes = || self.all.iter().enumerate().map(|(at, signer)| (signer.id.code(), at)).collect();
        self.all.get(*self.by_code.get_or_init(codes).get(code)?)
    }
}

/// The pupils of a class; with the date of birth where another one has the same name.
fn with_namesakes(students: &[Student]) -> Vec<(&Student, Option<Date>)> {
    let names: Vec<String> = students.iter().map(|student| student.name.folded()).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    let is_namesake = |name: &String| counts.get(name.as_str()).is_some_and(|number| *number > 1);
    let dated = |(student, name): (_, &String)| {
        let student: &Student = student;
        (student, student.birth_date.filter(|_| is_namesake(name)))
    };
    students.iter().zip(&names).map(dated).collect()
}

/// A row for each parent; one for the pupil whose list names nobody.
fn parents<'a>(
    student: &'a Student,
    class: &'a ClassName,
    rules: Option<Fingerprint>,
    namesake: Option<Date>,
) -> impl Iterator<Item = Signer> + 'a {
    let named = student.guardians.iter().filter(|guardian| guardian.name.is_some() && guardian.id.is_some());
    let named = named.map(|guardian| (guardian.id, guardian.name.clone()));
    let is_unnamed = student.guardians.iter().all(|guardian| guardian.name.is_none() || guardian.id.is_none());
    let unnamed = is_unnamed.then_some((None, None));
    named.chain(unnamed).filter_map(move |(guardian, name)| {
        Some(Signer {
            id: SignerId::Parent { pupil: student.id?, guardian },
            scope: Scope::Class(class.clone()),
            name,
            pupil: Some(student.name.clone()),
            namesake,
            rules,
        })
    })
}

fn pupil(student: &Student, class: &ClassName, rules: Option<Fingerprint>, namesake: Option<Date>) -> Option<Signer> {
    Some(Signer {
        id: SignerId::Student(student.id?),
        scope: Scope::Class(class.clone()),
        name: Some(student.name.clone()),
        pupil: None,
        namesake,
        rules,
    })
}
