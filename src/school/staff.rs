//! Who works in the school.

use serde::{Deserialize, Serialize};

use super::{ClassName, Email, PersonName, Place};

/// The staff table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staff {
    /// The members in the order of the table.
    pub members: Vec<StaffMember>,
}

/// One member of the staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StaffMember {
    /// The name.
    pub name: PersonName,
    /// The post as the table words it: «учитель математики».
    pub post: String,
    /// What the member is in the school's chats.
    pub role: StaffRole,
    /// The address letters go to.
    pub email: Option<Email>,
    /// The subjects taught.
    pub subjects: Vec<String>,
    /// The classes of which the member is the homeroom teacher.
    pub homeroom: Vec<ClassName>,
    /// The cell of those classes.
    pub homeroom_place: Place,
    /// The cell of the name.
    pub place: Place,
}

/// The homeroom teacher of a class as the whole of the tables knows her: who gets the class's letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Homeroom {
    /// The name.
    pub name: PersonName,
    /// The address of the staff table; `None` where it has none or does not know the teacher.
    pub email: Option<Email>,
}

/// The part of a staff member in the communication of the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffRole {
    /// The director.
    Director,
    /// A deputy director.
    Deputy,
    /// The administrator of the platform.
    Administrator,
    /// A teacher.
    Teacher,
    /// Everybody else: secretary, librarian, psychologist …
    Other,
}

impl Staff {
    /// The member of this name, compared without regard to spelling variants; a name with initials («Петрова О. С.»)
    /// is that of the only member whom it fits.
    pub fn find(&self, name: &PersonName) -> Option<&StaffMember> {
        let to_the_letter = self.members.iter().find(|member| member.name == *name);
        let in_any_spelling = || {
            let folded = name.folded();
            self.members.iter().find(|member| member.name.folded() == folded)
        };
        to_the_letter.or_else(in_any_spelling).or_else(|| {
            let mut fitting = self.members.iter().filter(|member| name.may_shorten(&member.name));
            fitting.next().filter(|_| fitting.next().is_none())
        })
    }

    /// The homeroom teacher of a class by the staff table.
    pub fn homeroom_of(&self, class: &ClassName) -> Option<&StaffMember> {
        self.members.iter().find(|member| member.homeroom.contains(class))
    }
}
