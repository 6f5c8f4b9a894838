//! The tables of people: what each of them gave, and what is wrong in one by what the others say.
//!
//! Knows no settings and nothing that is remembered: what the tables call for is not its business.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::report::{Gave, ReadFile};
use crate::roster::identity::Intake;
use crate::roster::{self, ColumnWords};
use crate::school::{ClassName, Groups, Issue, OldChats, Roster, Severity, Staff, TeachingLoad};
use crate::tables::Source;
use crate::workspace::Inputs;

/// The tables of people.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub(crate) roster: Roster,
    /// How well the roster could be read.
    pub(crate) intake: Intake,
    pub(crate) staff: Staff,
    pub(crate) load: TeachingLoad,
    pub(crate) groups: Groups,
    pub(crate) old_chats: OldChats,
    /// Whether people and classes of one table may be looked for in the others.
    pub(crate) can_be_compared: bool,
}

impl Tables {
    pub(super) fn read(inputs: &Inputs, columns: &ColumnWords, today: Date, issues: &mut Vec<Issue>) -> Self {
        let before = issues.len();
        // Without a single file the missing folder or the empty one is already said.
        let roster = match inputs.rosters.as_slice() {
            [] => Roster::default(),
            sources => roster::read(sources, columns, today).collect_into(issues),
        };
        let intake = Intake::of(&issues[before..]);
        let mut tables = Self { roster, intake, ..Self::default() };
        if let Some(source) = &inputs.staff {
            tables.staff = roster::read_staff(source).collect_into(issues);
        }
        if let Some(source) = &inputs.load {
            tables.load = roster::read_load(source).collect_into(issues);
        }
        if let Some(source) = &inputs.groups {
            tables.groups = roster::read_groups(source).collect_into(issues);
        }
        if let Some(source) = &inputs.old_chats {
            tables.old_chats = roster::read_old_chats(source, today).collect_into(issues);
        }
        // Lists without a pupil, or a file that could not be read at all, would make every class and teacher of the
        // other tables unknown.
        let unread = |issue: &Issue| issue.severity() == Severity::Error && issue.place.cell.is_none();
        let is_whole = !tables.roster.classes.is_empty() && !issues[before..].iter().any(unread);
        tables.can_be_compared = inputs.staff.is_some() && is_whole;
        if tables.can_be_compared {
            issues.extend(roster::cross_check(&tables.roster, &tables.staff, &tables.load, &tables.groups));
        }
        tables
    }

    /// Reads the table of acknowledgements, which plans nothing, for what is wrong in it and what it gave.
    pub(super) fn acknowledgements(&self, source: &Source, today: Date, issues: &mut Vec<Issue>) -> ReadFile {
        let read = roster::read_acknowledgements(source, today).collect_into(issues);
        if self.can_be_compared {
            issues.extend(roster::unknown_signers(&read, &self.roster, &self.staff));
        }
        let marked = read.rows.iter().filter(|row| row.mark.is_some()).count();
        let gave = Gave::Acknowledgements { people: read.rows.len(), marked };
        ReadFile { file: source.label.clone(), gave }
    }

    /// What each file gave.
    pub(super) fn files(&self, inputs: &Inputs) -> Vec<ReadFile> {
        let Self { roster, intake: _, staff, load, groups, old_chats, can_be_compared: _ } = self;
        let mut lists: BTreeMap<&str, Vec<&ClassName>> = BTreeMap::new();
        for student in roster.students() {
            lists.entry(&student.place.file).or_default().push(&student.class);
        }
        let list = |source: &Source| {
            let students = lists.get(source.label.as_str()).map(Vec::as_slice).unwrap_or_default();
            let classes = students.chunk_by(|one, next| one == next).filter_map(|same| same.first());
            let classes = classes.map(|class| (*class).clone()).collect();
            ReadFile { file: source.label.clone(), gave: Gave::Roster { classes, students: students.len() } }
        };
        let others = [
            (&inputs.staff, Gave::Staff { members: staff.members.len() }),
            (&inputs.load, Gave::Load { lessons: load.lessons.len() }),
            (&inputs.groups, Gave::Groups { groups: groups.groups.len() }),
            (&inputs.old_chats, Gave::OldChats { chats: old_chats.chats.len() }),
        ];
        let others = others.into_iter().filter_map(|(source, gave)| Some((source.as_ref()?, gave)));
        let others = others.map(|(source, gave)| ReadFile { file: source.label.clone(), gave });
        inputs.rosters.iter().map(list).chain(others).collect()
    }
}
