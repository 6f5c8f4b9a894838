//! What each file gave, as a value.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gravity::{Gravity, sorted};
use crate::school::{ClassName, Issue};

/// A file that was read, or that could not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadFile {
    /// What messages call it.
    pub file: String,
    /// What it gave.
    #[serde(flatten)]
    pub gave: Gave,
}

/// What a file gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "table", rename_all = "snake_case")]
pub enum Gave {
    /// A class list.
    Roster {
        /// The classes it names pupils of.
        classes: Vec<ClassName>,
        /// Its pupils; one of several files counts for the first of them.
        students: usize,
    },
    /// The staff table.
    Staff {
        /// Its members.
        members: usize,
    },
    /// The teaching load.
    Load {
        /// Its lessons: a subject of a class with its teacher.
        lessons: usize,
    },
    /// The table of groups.
    Groups {
        /// Its groups.
        groups: usize,
    },
    /// The register of links.
    Links {
        /// The chats whose row was found.
        chats: usize,
        /// The chats with a link that can be printed.
        ready: usize,
    },
    /// The table of acknowledgements.
    Acknowledgements {
        /// Its people.
        people: usize,
        /// Those with a mark.
        marked: usize,
    },
    /// The chats in foreign messengers.
    OldChats {
        /// Its chats.
        chats: usize,
    },
    /// The register of links, before the chats are known whose links it holds.
    Unjudged,
}

/// The whole report.
#[derive(Clone, Debug)]
pub struct CheckReport<'a> {
    /// The figures.
    pub summary: CheckSummary,
    /// The files that were read, then those that have problems all the same.
    pub files: Vec<FileReport<'a>>,
    /// The problems, each once: by file, the gravest first, by place.
    pub issues: Vec<&'a Issue>,
}

/// The figures of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CheckSummary {
    /// Whether papers can be issued from these tables.
    pub ready: bool,
    /// The classes of all lists.
    pub classes: usize,
    /// The pupils of all lists.
    pub students: usize,
    /// How many problems there are of each gravity.
    #[serde(flatten)]
    pub problems: Problems,
}

/// How many problems there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Problems {
    /// Problems that stop everything.
    pub errors: usize,
    /// Links that were refused.
    pub refused_links: usize,
    /// Values that were left out or taken with a doubt.
    pub warnings: usize,
    /// What is worth knowing.
    pub notes: usize,
}

/// A file with the number of its problems.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileReport<'a> {
    /// What was read.
    #[serde(flatten)]
    pub read: &'a ReadFile,
    /// How many problems it has.
    #[serde(flatten)]
    pub problems: Problems,
}

impl<'a> CheckReport<'a> {
    /// The report on files that were read and on what is wrong with them.
    pub fn new(files: &'a [ReadFile], issues: &'a [Issue]) -> Self {
        let issues = sorted(issues);
        let mut by_file = BTreeMap::<&str, Problems>::new();
        let mut all = Problems::default();
        for issue in &issues {
            all.count(issue);
            by_file.entry(&issue.place.file).or_default().count(issue);
        }
        let lists = files.iter().filter_map(|read| match &read.gave {
            Gave::Roster { classes, students } => Some((classes, *students)),
            _ => None,
        });
        let lists: Vec<_> = lists.collect();
        let mut classes: Vec<_> = lists.iter().flat_map(|(classes, _)| *classes).collect();
        classes.sort();
        classes.dedup();
        let summary = CheckSummary {
            ready: all.errors == 0,
            classes: classes.len(),
            students: lists.iter().map(|(_, students)| students).sum(),
            problems: all,
        };
        let of_file = |read: &'a ReadFile| {
            let problems = by_file.get(read.file.as_str()).copied().unwrap_or_default();
            FileReport { read, problems }
        };
        Self { summary, files: files.iter().map(of_file).collect(), issues }
    }
}

impl Problems {
    pub(super) fn count(&mut self, issue: &Issue) {
        *match Gravity::of(issue) {
            Gravity::Error => &mut self.errors,
            Gravity::RefusedLink => &mut self.refused_links,
            Gravity::Warning => &mut self.warnings,
            Gravity::Note => &mut self.notes,
        } += 1;
    }

    /// How many there are of a gravity.
    pub(super) fn of(self, gravity: Gravity) -> usize {
        match gravity {
            Gravity::Error => self.errors,
            Gravity::RefusedLink => self.refused_links,
            Gravity::Warning => self.warnings,
            Gravity::Note => self.notes,
        }
    }
}

impl Gave {
    /// Whether the file was read in vain.
    pub(super) fn is_nothing(&self) -> bool {
        match self {
            Self::Roster { students, .. } => *students == 0,
            Self::Staff { members } => *members == 0,
            Self::Load { lessons } => *lessons == 0,
            Self::Groups { groups } => *groups == 0,
            Self::Links { chats, .. } | Self::OldChats { chats } => *chats == 0,
            Self::Acknowledgements { people, .. } => *people == 0,
            Self::Unjudged => false,
        }
    }
}
