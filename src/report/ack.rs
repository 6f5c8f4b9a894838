//! Who has read the rules, as a table for the terminal.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::grid::{Column, Side, grid};
use crate::school::{Audience, Noun, SigningState, count, dotted};

/// A person in the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AckLine {
    /// «7А», «Школа».
    pub class: String,
    /// The name.
    pub name: String,
    /// The pupil, for a parent.
    pub pupil: String,
    /// In what capacity.
    pub who: Audience,
    /// What came of it.
    pub state: SigningState,
    /// Since when.
    pub on: Option<Date>,
}

const COLUMNS: [Column; 6] = [
    Column { heading: "Класс", side: Side::Left, from_width: 0 },
    Column { heading: "Кто", side: Side::Left, from_width: 90 },
    Column { heading: "ФИО", side: Side::Left, from_width: 0 },
    Column { heading: "Чей родитель", side: Side::Left, from_width: 100 },
    Column { heading: "Отметка", side: Side::Left, from_width: 0 },
    Column { heading: "Дата", side: Side::Left, from_width: 60 },
];

/// The register.
pub fn ack_table(lines: &[AckLine], width: u16) -> String {
    let row = |line: &AckLine| {
        let AckLine { class, name, pupil, who, state, on } = line;
        let who = match who {
            Audience::Parents => "родитель",
            Audience::Students => "обучающийся",
            Audience::Staff | Audience::Everyone => "сотрудник",
        };
        let on = on.map(dotted).unwrap_or_default();
        [class.as_str(), who, name, pupil, state.words(), &on].map(str::to_owned).to_vec()
    };
    grid(&COLUMNS, &lines.iter().map(row).collect::<Vec<_>>(), width)
}

/// «28 человек: ознакомлен(а) — 25, нет отметки — 3. Включать в чаты можно: 25.»
pub fn ack_counts(lines: &[AckLine]) -> String {
    let mut states: BTreeMap<SigningState, usize> = BTreeMap::new();
    for line in lines {
        *states.entry(line.state).or_default() += 1;
    }
    let each: Vec<String> = states.iter().map(|(state, number)| format!("{} — {number}", state.words())).collect();
    let may = states.get(&SigningState::Signed).copied().unwrap_or_default();
    let people = count(lines.len(), Noun::new("человек", "человека", "человек"));
    format!("{people}: {}. Включать в чаты можно: {may}.\n", each.join(", "))
}
