//! What changed between two lists, as JSON (`docs/inputs.md` § 8).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use jiff::civil::Date;
use serde::Serialize;

use crate::roster::identity::{
    Ambiguous, Assessment, Breach, Change, KnownStudent, Matching, Outcome, Pair, Step, Suggestion, Verdict,
};
use crate::school::{ClassName, Student, dotted};

/// A comparison of two lists. Every pupil of the old list is in one of `moved`, `renamed`, `removed`, `ambiguous` or
/// counted in `unchanged`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The word for the whole.
    pub verdict: Verdict,
    /// Pupils in another class; the name may have changed, too.
    pub moved: Vec<FromTo>,
    /// Pupils of another name in the same class.
    pub renamed: Vec<FromTo>,
    /// Pupils whom only the new list has.
    pub added: Vec<StudentRow>,
    /// Those of the added who had left and are back: from the row that the store remembers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub returned: Vec<FromTo>,
    /// Pupils whom only the old list has.
    pub removed: Vec<StudentRow>,
    /// What waits for a person: probably one pupil, several candidates, or the rows of one pupil in several classes, of which
    /// one may be known all the same. Nothing is done about them.
    pub ambiguous: Vec<Unclear>,
    /// How many pupils have the class and the name that they had.
    pub unchanged: usize,
    /// Those of the unchanged of whom something else is new: the spelling, the date of birth, the parents.
    pub updated: Vec<FromTo>,
    /// Removed and added pupils who could be the same.
    pub suggestions: Vec<FromTo>,
    /// The safety limits that were exceeded.
    pub limits: Vec<Exceeded>,
    /// What else is to be known of the comparison.
    pub remarks: Vec<String>,
}

/// A pupil as a row of a list has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StudentRow {
    /// The class.
    pub class: ClassName,
    /// The surname.
    pub surname: String,
    /// The given name.
    pub given: String,
    /// The patronymic.
    pub patronymic: Option<String>,
    /// The date of birth.
    pub birth_date: Option<Date>,
    /// The school, where the list names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school: Option<String>,
    /// The cell of the name.
    #[serde(rename = "where")]
    pub place: String,
}

/// A pupil of both lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FromTo {
    /// The row of the old list.
    pub from: StudentRow,
    /// The row of the new list.
    pub to: StudentRow,
    /// What they have in common.
    pub step: Step,
    /// The same in words.
    pub reason: Cow<'static, str>,
    /// What differs.
    pub changes: Vec<&'static str>,
}

/// Rows of which a person must say who is whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unclear {
    /// The rows of the old list.
    pub before: Vec<StudentRow>,
    /// The rows of the new list.
    pub after: Vec<StudentRow>,
    /// What they have in common.
    pub step: Step,
    /// The same in words.
    pub reason: &'static str,
}

/// A safety limit that was exceeded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exceeded {
    /// Which.
    pub kind: &'static str,
    /// The sentence with the numbers.
    pub message: String,
}

/// A matching with its assessment, as JSON shows it.
pub fn comparison<K: KnownStudent>(matching: &Matching<'_, K>, assessment: &Assessment) -> Comparison {
    let pairs = |outcome: Outcome| matching.pairs_of(outcome).map(from_to);
    let back = matching.returned.iter().map(|pair| pair.after);
    let waiting = matching.proposals.iter().chain(&matching.returning);
    let proposals = waiting.map(|proposal| Unclear {
        before: vec![StudentRow::of(proposal.before.student())],
        after: vec![StudentRow::of(proposal.after)],
        step: proposal.step,
        reason: proposal.step.reason(),
    });
    let suggestion = |found: &Suggestion<'_, K>| FromTo {
        from: StudentRow::of(found.before.student()),
        to: StudentRow::of(found.after),
        step: found.step,
        reason: Cow::Owned(found.reason.clone()),
        changes: Vec::new(),
    };
    let doubled = matching.doubled.iter().map(|one| Unclear {
        before: Vec::new(),
        after: one.rows.iter().map(|student| StudentRow::of(student)).collect(),
        step: Step::InTwoClasses,
        reason: Step::InTwoClasses.reason(),
    });
    Comparison {
        verdict: assessment.verdict,
        moved: pairs(Outcome::Moved).collect(),
        renamed: pairs(Outcome::Renamed).collect(),
        added: matching.added.iter().copied().chain(back).map(StudentRow::of).collect(),
        returned: matching.returned.iter().map(from_to).collect(),
        removed: matching.removed.iter().map(|known| StudentRow::of(known.student())).collect(),
        ambiguous: proposals.chain(matching.ambiguous.iter().map(unclear)).chain(doubled).collect(),
        unchanged: matching.pairs_of(Outcome::Unchanged).count(),
        updated: pairs(Outcome::Unchanged).filter(|pair| !pair.changes.is_empty()).collect(),
        suggestions: matching.suggestions.iter().map(suggestion).collect(),
        limits: assessment.breaches.iter().map(exceeded).collect(),
        remarks: matching.stable_ids.iter().map(ToString::to_string).collect(),
    }
}

/// What waits for a person, as a list; empty where nothing does.
pub fn questions(comparison: &Comparison) -> String {
    let mut text = String::new();
    let [mut pairs, mut groups, mut doubled] = [false; 3];
    for Unclear { before, after, step, reason } in &comparison.ambiguous {
        if *step == Step::InTwoClasses {
            doubled = true;
            let _ = writeln!(text, "? Оставьте ученика в списке одного класса: {reason}");
        } else {
            let is_pair = before.len() == 1 && after.len() == 1;
            *(if is_pair || step.asks_each() { &mut pairs } else { &mut groups }) = true;
            let question = if is_pair { "один ли это ученик" } else { "кто из них кто" };
            let _ = writeln!(text, "? Проверьте, {question}: {reason}");
        }
        for (word, rows) in [("было: ", before), ("стало: ", after)] {
            for row in rows {
                let _ = writeln!(text, "    {word}{row}");
            }
        }
    }
    if !text.is_empty() {
        text.push_str("До ответа с этими учениками ничего не делается: они остаются там, где были, а кто выбыл и, возможно, вернулся, \
             пока не числится нигде.");
        if pairs {
            text.push_str(" Команда «применить» в окне терминала спросит вас.");
        }
        if groups {
            text.push_str(" Кто из них кто, программа не решает: впишите в список даты рождения.");
        }
        if doubled {
            text.push_str(
                " Кто стоит в двух классах, тот числится там, где был записан: удалите лишнюю строку из списков.",
            );
        }
        text.push_str("\n\n");
    }
    text
}

/// Who of those who leave and those who come could be one pupil, for a person to look at before it is done; empty where nobody.
pub fn suggestions(comparison: &Comparison) -> String {
    let mut text = String::new();
    for FromTo { from, to, reason, .. } in &comparison.suggestions {
        let _ = writeln!(text, "? Возможно, один ученик: {reason}\n    было: {from}\n    стало: {to}");
    }
    if !text.is_empty() {
        text.push_str(
            "Программа считает их разными: один выбывает, другой прибывает. Если это один ученик, исправьте список в два шага. Сначала \
             впишите в новый список прежнее имя и прежнюю дату рождения (если её не было, впишите) и выполните «применить». Потом \
             впишите новое имя, а дату рождения и телефон родителя не меняйте, и снова выполните «применить»: программа узнает \
             ученика или спросит, один ли это ученик.\n\n",
        );
    }
    text
}

/// «Иванов Пётр Ильич (04.05.2013), 7А — списки/7.xlsx, ячейка B9».
impl fmt::Display for StudentRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { class, surname, given, patronymic, birth_date, school: _, place } = self;
        write!(f, "{surname} {given}")?;
        patronymic.iter().try_for_each(|patronymic| write!(f, " {patronymic}"))?;
        birth_date.iter().try_for_each(|date| write!(f, " ({})", dotted(*date)))?;
        write!(f, ", {class} — {place}")
    }
}

impl StudentRow {
    fn of(student: &Student) -> Self {
        let Student { id: _, class, name, birth_date, school, stable_id: _, guardians: _, place } = student;
        Self {
            class: class.clone(),
            surname: name.surname.clone(),
            given: name.given.clone(),
            patronymic: name.patronymic.clone(),
            birth_date: *birth_date,
            school: school.clone(),
            place: place.to_string(),
        }
    }
}

fn from_to<K: KnownStudent>(pair: &Pair<'_, K>) -> FromTo {
    FromTo {
        from: StudentRow::of(pair.before.student()),
        to: StudentRow::of(pair.after),
        step: pair.step,
        reason: Cow::Borrowed(pair.step.reason()),
        changes: words(&pair.changes),
    }
}

fn unclear<K: KnownStudent>(group: &Ambiguous<'_, K>) -> Unclear {
    Unclear {
        before: group.before.iter().map(|known| StudentRow::of(known.student())).collect(),
        after: group.after.iter().map(|student| StudentRow::of(student)).collect(),
        step: group.step,
        reason: group.step.reason(),
    }
}

fn exceeded(breach: &Breach) -> Exceeded {
    Exceeded { kind: breach.id(), message: breach.to_string() }
}

fn words(changes: &BTreeSet<Change>) -> Vec<&'static str> {
    changes
        .iter()
        .filter_map(|change| match change {
            Change::Class => Some("class"),
            Change::Name => Some("name"),
            Change::Spelling => Some("spelling"),
            Change::BirthDate => Some("birth_date"),
            Change::Guardians => Some("parents"),
            // The numbers of personal files stay out of reports.
            Change::StableId => None,
        })
        .collect()
}
