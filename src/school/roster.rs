//! Who learns in which class, and whose children they are.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::{ClassName, Email, PersonId, PersonName, Phone, Place, StableId};

/// All classes of the school with their pupils.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The classes in order.
    pub classes: BTreeMap<ClassName, SchoolClass>,
}

/// One class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SchoolClass {
    /// Its name.
    pub name: ClassName,
    /// The homeroom teacher as the roster names it; the staff table wins over it.
    pub homeroom: Option<PersonName>,
    /// The pupils, sorted by name as Russian lists are (ё as е).
    pub students: Vec<Student>,
}

/// A pupil.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Student {
    /// The local id; `None` until the pupil is compared with those who are known.
    #[serde(skip)]
    pub id: Option<PersonId>,
    /// The class.
    pub class: ClassName,
    /// The name.
    pub name: PersonName,
    /// The date of birth where the roster gives one.
    pub birth_date: Option<Date>,
    /// The school where one table holds several (a campus, a branch).
    pub school: Option<String>,
    /// The number by which the journal knows the pupil; it serves for knowing the pupil again only.
    #[serde(skip)]
    pub stable_id: Option<StableId>,
    /// Parents and other legal representatives, in the order of the roster.
    pub guardians: Vec<Guardian>,
    /// The cell of the name.
    pub place: Place,
}

/// A parent or another legal representative of a pupil.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Guardian {
    /// The local id; `None` until the pupil is compared with those who are known.
    #[serde(skip)]
    pub id: Option<PersonId>,
    /// The name; `None` where the table holds only a telephone or an address.
    pub name: Option<PersonName>,
    /// «мать», «отец», «опекун» …, where the table says it.
    pub kinship: Option<String>,
    /// The telephone.
    pub phone: Option<Phone>,
    /// The e-mail address.
    pub email: Option<Email>,
}

impl Roster {
    /// All pupils, class by class.
    pub fn students(&self) -> impl Iterator<Item = &Student> {
        self.classes.values().flat_map(|class| &class.students)
    }
}
