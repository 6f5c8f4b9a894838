//! A safety limit that was exceeded: which, by how much, and what that means.

use std::fmt;

use crate::school::{ClassName, Noun, count};

/// A safety limit that was exceeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Breach {
    /// Too many pupils are gone from one class.
    ClassRemovals {
        /// The class.
        class: ClassName,
        /// How many are gone.
        gone: usize,
        /// How many it had.
        size: usize,
        /// How many may go.
        limit: usize,
    },
    /// Too many pupils are gone from the school.
    SchoolRemovals {
        /// How many are gone.
        gone: usize,
        /// How many it had.
        size: usize,
        /// How many may go.
        limit: usize,
    },
    /// Classes are gone with their pupils.
    MissingClasses {
        /// The classes.
        classes: Vec<ClassName>,
        /// How many classes were known.
        known: usize,
        /// How much of the school is left.
        extent: Extent,
    },
    /// So many names changed that columns have probably shifted.
    Renames {
        /// How many names changed or seem to have.
        renames: usize,
        /// Of how many pupils.
        size: usize,
        /// How many may.
        limit: usize,
    },
    /// Too many rows of the new list could not be read.
    UnreadableRows {
        /// How many.
        rows: usize,
        /// Of how many.
        total: usize,
    },
    /// A class that is larger than any class.
    ClassSize {
        /// The class.
        class: ClassName,
        /// Its pupils.
        size: usize,
        /// How many a class may have.
        limit: usize,
    },
}

/// How much of the school the new list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Most classes are there.
    MostOfSchool,
    /// Fewer classes than the limit asks for.
    PartOfSchool,
}

/// What an exceeded limit stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Consequence {
    /// Nobody is marked as gone until a person types the exact number; everything else may go on.
    HoldsRemovals,
    /// Nothing is done: the list itself is to be mended.
    StopsEverything,
}

const PUPILS: Noun = Noun::new("ученик", "ученика", "учеников");
const PUPILS_OF: Noun = Noun::new("ученика", "учеников", "учеников");
const ROWS: Noun = Noun::new("строку", "строки", "строк");
const NAMES: Noun = Noun::new("имя", "имени", "имён");
const KNOWN_CLASSES: Noun = Noun::new("класса", "классов", "классов");

impl Breach {
    /// What it stops.
    pub fn consequence(&self) -> Consequence {
        match self {
            Self::ClassRemovals { .. } | Self::SchoolRemovals { .. } | Self::MissingClasses { .. } => {
                Consequence::HoldsRemovals
            }
            Self::Renames { .. } | Self::UnreadableRows { .. } | Self::ClassSize { .. } => Consequence::StopsEverything,
        }
    }

    /// The name in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Self::ClassRemovals { .. } => "class_removals",
            Self::SchoolRemovals { .. } => "school_removals",
            Self::MissingClasses { .. } => "missing_classes",
            Self::Renames { .. } => "renames",
            Self::UnreadableRows { .. } => "unreadable_rows",
            Self::ClassSize { .. } => "class_size",
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClassRemovals { class, gone, size, limit } => write!(
                f,
                "Из класса {class} пропало {} из {size}, без подтверждения допускается {limit}.",
                count(*gone, PUPILS)
            ),
            Self::SchoolRemovals { gone, size, limit } => {
                write!(f, "Из школы пропало {} из {size}, без подтверждения допускается {limit}.", count(*gone, PUPILS))
            }
            Self::MissingClasses { classes, known, extent } => {
                let names: Vec<String> = classes.iter().map(ToString::to_string).collect();
                let which = if names.len() == 1 { "Класса" } else { "Классов" };
                let of = count(*known, KNOWN_CLASSES);
                write!(f, "{which} {} в новом списке нет вместе с учениками (из {of}). ", names.join(", "))?;
                f.write_str(match extent {
                    Extent::MostOfSchool => "Возможно, дан не весь список.",
                    Extent::PartOfSchool => "Скорее всего, дана только часть школы.",
                })
            }
            Self::Renames { renames, size, limit } => write!(
                f,
                "Изменилось {} из {size}, допускается {limit}. Скорее всего, в новом списке сдвинуты или перепутаны столбцы.",
                count(*renames, NAMES)
            ),
            Self::UnreadableRows { rows, total } => write!(
                f,
                "В новом списке не удалось прочитать {} из {total}: без них ученики выглядели бы выбывшими.",
                count(*rows, ROWS)
            ),
            Self::ClassSize { class, size, limit } => write!(
                f,
                "В классе {class} — {}, а больше {} не бывает: скорее всего, пропущены названия классов.",
                count(*size, PUPILS),
                count(*limit, PUPILS_OF)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Breach, Extent};

    #[track_caller]
    fn check(breach: &Breach, expected: &str) {
        assert_eq!(breach.to_string().replace('\u{a0}', " "), expected);
    }

    #[test]
    fn sentences() {
        let class = || "7А".parse().unwrap();
        check(
            &Breach::ClassRemovals { class: class(), gone: 4, size: 25, limit: 3 },
            "Из класса 7А пропало 4 ученика из 25, без подтверждения допускается 3.",
        );
        check(
            &Breach::MissingClasses { classes: vec![class()], known: 21, extent: Extent::MostOfSchool },
            "Класса 7А в новом списке нет вместе с учениками (из 21 класса). Возможно, дан не весь список.",
        );
        check(
            &Breach::MissingClasses {
                classes: vec![class(), "7Б".parse().unwrap()],
                known: 3,
                extent: Extent::PartOfSchool,
            },
            "Классов 7А, 7Б в новом списке нет вместе с учениками (из 3 классов). Скорее всего, дана только часть школы.",
        );
        check(
            &Breach::UnreadableRows { rows: 6, total: 300 },
            "В новом списке не удалось прочитать 6 строк из 300: без них ученики выглядели бы выбывшими.",
        );
        check(
            &Breach::ClassSize { class: class(), size: 61, limit: 60 },
            "В классе 7А — 61 ученик, а больше 60 учеников не бывает: скорее всего, пропущены названия классов.",
        );
    }
}
