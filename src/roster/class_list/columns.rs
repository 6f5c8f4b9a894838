//! The columns of a table: each header's meaning, settled together with the other columns.

use super::super::header::header_key;
use super::column_words::ColumnWords;
use super::meaning::{GuardianPart, GuardianSlot, Kin, Meaning};
use super::reading::ColumnReading;
use crate::school::lowercase;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// The zero-based column of the sheet.
    pub(super) index: u32,
    /// The header as written.
    pub(super) header: String,
    /// What it means.
    pub(super) meaning: Meaning,
    /// Why, in Russian.
    pub(super) why: &'static str,
    /// Its place among the columns of one parent: of two telephones the mobile one comes first, wherever its column
    /// stands.
    pub(super) rank: usize,
    /// Whose its telephones or addresses are.
    pub(super) owner: Owner,
}

/// Whose the telephones or addresses of a parents' column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// Of the parent whom the column is about.
    One,
    /// «Телефоны родителей» beside several named parents: of whom its cells name.
    All,
}

impl Column {
    pub(super) fn of(index: u32, header: String, meaning: Meaning) -> Self {
        let why = if meaning == Meaning::Unknown {
            "такого заголовка программа не знает"
        } else {
            "по словам заголовка"
        };
        Self { index, header, meaning, why, rank: 0, owner: Owner::One }
    }

    /// A column whose header stands in one row, or in two that are read together.
    pub(super) fn known_by(words: &ColumnWords, index: u32, header: String) -> Self {
        if let Some(meaning) = words.own(&header) {
            return Self::told(index, header, meaning);
        }
        let meaning = Meaning::of(&header);
        Self::of(index, header, meaning)
    }

    /// A column whose meaning the school itself has told.
    pub(super) fn told(index: u32, header: String, meaning: Meaning) -> Self {
        Self { index, header, meaning, why: "так сказано в zavuch.toml", rank: 0, owner: Owner::One }
    }

    pub(super) fn reading(&self) -> ColumnReading {
        let Self { index, header, meaning, why, rank: _, owner: _ } = self;
        ColumnReading { column: *index, header: header.clone(), meaning: *meaning, why }
    }

    fn settle(&mut self, meaning: Meaning, why: &'static str) {
        self.meaning = meaning;
        self.why = why;
    }

    fn settle_in_common(&mut self, part: GuardianPart) {
        self.settle(Meaning::Guardian(GuardianSlot::Plain, part), "у родителей общий; чей он, сказано в ячейках");
        self.owner = Owner::All;
    }
}

/// Settles the meanings that depend on the other columns of the table.
pub(super) fn settle(columns: &mut [Column]) {
    settle_names(columns);
    settle_class(columns);
    settle_shared(columns);
    settle_single_guardian(columns);
    let names = guardian_names(columns);
    settle_unnamed_guardian(columns, &names);
    for phone in [true, false] {
        settle_contacts(columns, &names, if phone { Contact::Phone } else { Contact::Email });
    }
    rank(columns);
}

fn rank(columns: &mut [Column]) {
    let mut order: Vec<&mut Column> = columns.iter_mut().collect();
    order.sort_by_cached_key(|column| {
        let header = lowercase(&column.header);
        (!["моб", "сот"].iter().any(|stem| header.contains(stem)), header, column.index)
    });
    for (rank, column) in order.into_iter().enumerate() {
        column.rank = rank;
    }
}

#[derive(Clone, Copy)]
enum Contact {
    Phone,
    Email,
}

/// A surname column without a given name beside it holds whole names.
fn settle_names(columns: &mut [Column]) {
    let has = |columns: &[Column], wanted: Meaning| columns.iter().any(|column| column.meaning == wanted);
    if has(columns, Meaning::Patronymic) {
        for column in columns.iter_mut().filter(|column| column.meaning == Meaning::GivenAndPatronymic) {
            column.settle(Meaning::Given, "отчество стоит в своём столбце");
        }
    }
    let given = has(columns, Meaning::Given) || has(columns, Meaning::GivenAndPatronymic);
    let whole = columns.iter().any(|column| matches!(column.meaning, Meaning::FullName(_)));
    if has(columns, Meaning::Surname) && !given && !whole {
        for column in columns.iter_mut().filter(|column| column.meaning == Meaning::Surname) {
            let order = super::super::names::NameOrder::SurnameFirst;
            column.settle(Meaning::FullName(order), "столбца «Имя» рядом нет, значит, здесь имя целиком");
        }
    }
}

/// «Класс» beside «Буква» is the grade.
fn settle_class(columns: &mut [Column]) {
    let litera = columns.iter().any(|column| column.meaning == Meaning::Litera);
    let grade = columns.iter().any(|column| column.meaning == Meaning::Grade);
    let class = columns.iter().any(|column| column.meaning == Meaning::Class);
    for column in columns.iter_mut() {
        match column.meaning {
            Meaning::Class if litera && !grade => column.settle(Meaning::Grade, "рядом есть столбец с буквой класса"),
            Meaning::Grade if class && !litera => column.settle(Meaning::Ordinal, "рядом есть столбец с классом"),
            Meaning::Grade if !litera => column.settle(Meaning::Class, "столбца с буквой класса нет"),
            Meaning::Litera if !grade && !class => column.settle(Meaning::Class, "столбца с параллелью нет"),
            _ => {}
        }
    }
}

/// The parents of whom the table gives names, with their columns.
fn guardian_names(columns: &[Column]) -> Vec<(GuardianSlot, u32)> {
    let mut names: Vec<(GuardianSlot, u32)> = Vec::new();
    for column in columns {
        if let Meaning::Guardian(slot, GuardianPart::Name(_) | GuardianPart::Surname | GuardianPart::Given) =
            column.meaning
            && !names.iter().any(|(known, _)| *known == slot)
        {
            names.push((slot, column.index));
        }
    }
    names
}

/// «Телефон матери и отца» is not the mother's alone.
fn settle_shared(columns: &mut [Column]) {
    for column in columns.iter_mut() {
        if let Meaning::Guardian(GuardianSlot::Kin(_), part) = column.meaning
            && names_both(&column.header)
        {
            column.settle(Meaning::Guardian(GuardianSlot::Plain, part), "в заголовке названы и мать, и отец");
        }
    }
}

fn names_both(header: &str) -> bool {
    let key = header_key(header);
    let words = || key.split(|letter: char| !letter.is_alphabetic()).filter_map(Kin::of_word);
    words().any(|kin| kin == Kin::Mother) && words().any(|kin| kin == Kin::Father)
}

/// Whether a header speaks of several parents: «Телефоны родителей», «Телефоны».
fn is_of_several(header: &str) -> bool {
    let key = header_key(header);
    let several = ["родителей", "родители", "родителям", "представителей", "представители", "телефоны", "номера"];
    key.split(|letter: char| !letter.is_alphabetic()).any(|word| several.contains(&word)) || names_both(header)
}

/// «Телефон матери» beside «ФИО родителя», «Телефон родителя» beside «ФИО матери»: where one parent is named and one
/// other is not, and one of the two headers does not say which parent it means, both are one person.
fn settle_single_guardian(columns: &mut [Column]) {
    let [named] = guardian_names(columns).iter().map(|(slot, _)| *slot).collect::<Vec<_>>()[..] else { return };
    let slots = columns.iter().filter_map(|column| match column.meaning {
        Meaning::Guardian(slot, part) if part != GuardianPart::Unused && slot != named => Some(slot),
        _ => None,
    });
    let mut others: Vec<GuardianSlot> = slots.collect();
    others.sort();
    others.dedup();
    let [other] = others.as_slice() else { return };
    let kept = match (named, *other) {
        (GuardianSlot::Plain, other) => other,
        (named, GuardianSlot::Plain) => named,
        _ => return,
    };
    for column in columns.iter_mut() {
        if let Meaning::Guardian(slot, part) = column.meaning
            && slot != kept
        {
            column.settle(Meaning::Guardian(kept, part), "в таблице один родитель");
        }
    }
}

/// «Телефон родителя» in a table that names several parents, each in a column of its own: it is of the one whose name
/// stands left of it, else of the first, and not of one more parent without a name. «Телефоны родителей» are of whom
/// their cells name.
fn settle_unnamed_guardian(columns: &mut [Column], names: &[(GuardianSlot, u32)]) {
    if names.len() < 2 || names.iter().any(|(slot, _)| *slot == GuardianSlot::Plain) {
        return;
    }
    for at in 0..columns.len() {
        let Some(Column { index, meaning: Meaning::Guardian(GuardianSlot::Plain, part), header, .. }) = columns.get(at)
        else {
            continue;
        };
        let left = names.iter().filter(|(_, name)| name < index).max_by_key(|(_, name)| *name);
        let Some((slot, _)) = left.or(names.first()) else { continue };
        let (own, part) = (Meaning::Guardian(*slot, *part), *part);
        let is_contact = matches!(part, GuardianPart::Phone | GuardianPart::Email);
        if is_contact && is_of_several(header) {
            if let Some(column) = columns.get_mut(at) {
                column.settle_in_common(part);
            }
        } else if is_contact
            && columns.iter().all(|column| column.meaning != own)
            && let Some(column) = columns.get_mut(at)
        {
            column.settle(own, "стоит рядом с именем этого родителя");
        }
    }
}

/// Rules 2 and 3: whose a plain «Телефон» is.
fn settle_contacts(columns: &mut [Column], names: &[(GuardianSlot, u32)], contact: Contact) {
    let part = match contact {
        Contact::Phone => GuardianPart::Phone,
        Contact::Email => GuardianPart::Email,
    };
    let mut taken: Vec<GuardianSlot> = columns
        .iter()
        .filter_map(|column| match column.meaning {
            Meaning::Guardian(slot, found) if found == part => Some(slot),
            _ => None,
        })
        .collect();
    let plain = |number: Option<u8>| match contact {
        Contact::Phone => Meaning::AnyPhone(number),
        Contact::Email => Meaning::AnyEmail(number),
    };
    let count = |wanted: Meaning| columns.iter().filter(|column| column.meaning == wanted).count();
    // «Телефон», «Телефон 2»: the one without a number is the first.
    let first_unnumbered =
        count(plain(None)) == 1 && count(plain(Some(1))) == 0 && count(plain(Some(2))) == 1 && taken.is_empty();
    let only = taken.is_empty() && columns.iter().filter(|column| column.meaning == plain(None)).count() == 1;
    for column in columns.iter_mut() {
        let ((Meaning::AnyPhone(number), Contact::Phone) | (Meaning::AnyEmail(number), Contact::Email)) =
            (column.meaning, contact)
        else {
            continue;
        };
        let number = if first_unnumbered { number.or(Some(1)) } else { number };
        let free = |slot: &GuardianSlot| !taken.contains(slot);
        let left = names.iter().filter(|(_, index)| *index < column.index).max_by_key(|(_, index)| *index);
        let (slot, why) = match (names, number) {
            ([], _) => {
                column.why = "в таблице нет столбца с именем родителя, значит, это не телефон и не почта родителя";
                continue;
            }
            ([(slot, _)], Some(number @ 2..)) if *slot != GuardianSlot::Number(number) => {
                (Some(GuardianSlot::Number(number)), "по номеру в заголовке")
            }
            ([(slot, _)], _) => (Some(*slot), "в таблице один столбец с именем родителя"),
            (_, Some(number)) => {
                let numbered = names.iter().find(|(slot, _)| *slot == GuardianSlot::Number(number));
                let nth = names.get(usize::from(number) - 1);
                (numbered.or(nth).map(|(slot, _)| *slot), "по номеру в заголовке")
            }
            (_, None) if only && is_of_several(&column.header) && left_of_all(names, column.index) => {
                column.settle_in_common(part);
                continue;
            }
            (_, None) => (left.map(|(slot, _)| *slot), "стоит справа от имени этого родителя"),
        };
        match slot.filter(free) {
            Some(slot) => {
                taken.push(slot);
                column.settle(Meaning::Guardian(slot, part), why);
            }
            None => column.why = "непонятно, чей он: у родителя рядом уже есть свой столбец",
        }
    }
}

/// Whether all names stand left of a column.
fn left_of_all(names: &[(GuardianSlot, u32)], index: u32) -> bool {
    names.iter().all(|(_, name)| *name < index)
}

#[cfg(test)]
mod tests {
    use super::{Column, settle};
    use crate::roster::class_list::meaning::Meaning;

    #[track_caller]
    fn check(headers: &[&str], expected: &[&str]) {
        let mut columns: Vec<Column> = headers
            .iter()
            .zip(0..)
            .map(|(header, index)| Column::of(index, (*header).to_owned(), Meaning::of(header)))
            .collect();
        settle(&mut columns);
        let shown: Vec<String> = columns.iter().map(|column| format!("{:?}", column.meaning)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn whose_the_telephone_is() {
        check(&["Телефон", "ФИО"], &["AnyPhone(None)", "FullName(SurnameFirst)"]);
        check(
            &["Родитель", "Телефон", "Почта"],
            &["Guardian(Plain, Name(SurnameFirst))", "Guardian(Plain, Phone)", "Guardian(Plain, Email)"],
        );
        check(
            &["Мать", "Телефон", "Отец", "Телефон", "Телефон"],
            &[
                "Guardian(Kin(Mother), Name(SurnameFirst))",
                "Guardian(Kin(Mother), Phone)",
                "Guardian(Kin(Father), Name(SurnameFirst))",
                "Guardian(Kin(Father), Phone)",
                "AnyPhone(None)",
            ],
        );
        check(
            &["Телефон 2", "Родитель 1", "Родитель 2", "Телефон 1"],
            &[
                "Guardian(Number(2), Phone)",
                "Guardian(Number(1), Name(SurnameFirst))",
                "Guardian(Number(2), Name(SurnameFirst))",
                "Guardian(Number(1), Phone)",
            ],
        );
    }

    #[test]
    fn a_telephone_of_one_of_several_named_parents() {
        check(
            &["Телефон представителя", "Родитель 1", "Родитель 2", "Телефон 2"],
            &[
                "Guardian(Number(1), Phone)",
                "Guardian(Number(1), Name(SurnameFirst))",
                "Guardian(Number(2), Name(SurnameFirst))",
                "Guardian(Number(2), Phone)",
            ],
        );
        check(
            &["Мать", "Телефон матери", "Отец", "Телефон родителя"],
            &[
                "Guardian(Kin(Mother), Name(SurnameFirst))",
                "Guardian(Kin(Mother), Phone)",
                "Guardian(Kin(Father), Name(SurnameFirst))",
                "Guardian(Kin(Father), Phone)",
            ],
        );
    }

    #[test]
    fn classes_in_parts() {
        check(&["Класс", "Буква"], &["Grade", "Litera"]);
        check(&["Параллель"], &["Class"]);
        check(&["Класс (буква)"], &["Class"]);
        check(&["Фамилия", "Класс"], &["FullName(SurnameFirst)", "Class"]);
    }
}
