//! The school itself, as its papers name it.

use serde::Serialize;

use super::PersonName;

/// The school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct School {
    /// The full name by the charter.
    pub full_name: String,
    /// The short name: «МБОУ «Средняя школа № 31»».
    pub short_name: String,
    /// «г. Заречный».
    pub city: String,
    /// The postal address, for consents; empty where there is to be room for it.
    pub address: String,
    /// The address of the school's site; empty where it has none.
    pub site: String,
    /// The telephone of the office as papers print it; empty where none is to be printed.
    pub phone: String,
    /// The director.
    pub director: Official,
    /// The curator: a deputy director (50.1.5).
    pub curator: Official,
    /// The administrator of the platform, appointed by order (bel 4.1, 31.2.1, 65.5.3).
    pub administrator: Official,
}

/// A person with an office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Official {
    /// The name.
    pub name: PersonName,
    /// «директор», «заместитель директора по воспитательной работе».
    pub post: String,
}
