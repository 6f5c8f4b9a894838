//! The parents that one row tells of.

use std::borrow::Cow;
use std::ops::Range;

use super::super::cell_text::is_absent;
use super::super::header::header_key;
use super::super::names::{NameOrder, person_name_in_order, person_name_of_parts, plain_name};
use super::columns::{Column, Owner};
use super::grid::At;
use super::meaning::{GuardianPart, GuardianSlot, Meaning};
use super::notes::Notes;
use super::one_cell::{Contacts, InOneCell, PersonText, is_patronymic, kinship, names_a_kinship, people_in};
use super::whose::{Share, shares};
use crate::school::{Email, Guardian, PersonName, Phone, is_letter};

/// Reads the parents of a row: in the order mother, father, others — whatever the order of the columns.
pub(super) fn guardians<'a>(cells: &[(&Column, At<'a>)], notes: &mut Notes) -> Vec<Guardian> {
    let about = |(column, cell): &(&Column, At<'a>)| match column.meaning {
        Meaning::Guardian(slot, part) => {
            let Column { rank, owner, .. } = **column;
            Some(Told { slot, rank, part, owner, holds: Holds::of(&column.header), cell: *cell })
        }
        _ => None,
    };
    let mut told: Vec<Told<'_>> = cells.iter().filter_map(about).collect();
    told.sort_by_key(|told| (told.owner, told.slot, told.rank));
    let (of_one, of_all) = told.split_at(told.partition_point(|told| told.owner == Owner::One));
    let mut row = Row::default();
    let mut slots: Vec<Slot<'_>> =
        of_one.chunk_by(|one, other| one.slot == other.slot).map(|cells| row.slot(cells, notes)).collect();
    let mut in_common = None;
    if !of_all.is_empty() {
        // Where nobody else is told, the telephone of the parents is all that is known of one.
        if row.people.is_empty() {
            slots.push(row.slot(of_all, notes));
        } else {
            in_common = Some(contacts(of_all, notes));
        }
    }
    for slot in &slots {
        row.share_out(slot, notes);
    }
    if let Some(contacts) = &in_common {
        row.share_in_common(contacts, notes);
    }
    row.finish(notes)
}

/// A cell about a parent.
#[derive(Clone, Copy, Debug)]
struct Told<'a> {
    slot: GuardianSlot,
    rank: usize,
    part: GuardianPart,
    owner: Owner,
    holds: Holds,
    cell: At<'a>,
}

/// What a column of telephones may hold by its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// «Родители, телефон»: people with their telephones.
    People,
    /// «Телефон родителей»: telephones; a name beside one is a remark, unless it is a whole name.
    Contacts,
}

impl Holds {
    fn of(header: &str) -> Self {
        let key = header_key(header);
        let person = ["родител", "законн", "представител", "мать", "мам", "отец", "отц", "пап", "опекун"];
        if person.iter().any(|word| key.starts_with(word)) { Self::People } else { Self::Contacts }
    }
}

/// The parents of a row.
#[derive(Debug, Default)]
struct Row<'a> {
    people: Vec<Guardian>,
    /// Telephones that stand in a column of another parent: behind those of the own columns.
    elsewhere: Vec<Elsewhere<'a>>,
}

#[derive(Debug)]
struct Elsewhere<'a> {
    parent: usize,
    cell: At<'a>,
    number: String,
}

/// What a row tells under one parent's columns.
struct Slot<'a> {
    /// The people, by their numbers in the row.
    people: Range<usize>,
    contacts: Vec<Contact<'a>>,
}

/// A cell of telephones or addresses.
struct Contact<'a> {
    part: GuardianPart,
    cell: At<'a>,
    text: Cow<'a, str>,
}

fn contacts<'a>(cells: &[Told<'a>], notes: &mut Notes) -> Vec<Contact<'a>> {
    let is_contact = |told: &&Told<'a>| matches!(told.part, GuardianPart::Phone | GuardianPart::Email);
    let contact = |told: &Told<'a>| Contact { part: told.part, cell: told.cell, text: notes.text(told.cell) };
    let mut contacts: Vec<Contact<'a>> = cells.iter().filter(is_contact).map(contact).collect();
    contacts.retain(|contact| !is_absent(&contact.text));
    contacts
}

impl Contact<'_> {
    fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split(['\n', '\r', ';', ',']).map(str::trim).filter(|line| !line.is_empty())
    }

    fn give(&self, person: &mut Guardian, text: &str, notes: &mut Notes) {
        if self.part == GuardianPart::Phone {
            let phone = notes.phone(self.cell, text);
            person.phone = person.phone.take().or(phone);
        } else {
            let email = notes.email(self.cell, text);
            person.email = person.email.take().or(email);
        }
    }

    /// Whether the telephone or the address is already one of these people's.
    fn is_known(&self, people: &[Guardian]) -> bool {
        if self.part == GuardianPart::Phone {
            let phone = self.text.parse::<Phone>().ok();
            phone.is_some_and(|phone| people.iter().any(|person| person.phone.as_ref() == Some(&phone)))
        } else {
            let email = self.text.parse::<Email>().ok();
            email.is_some_and(|email| people.iter().any(|person| person.email.as_ref() == Some(&email)))
        }
    }
}

impl<'a> Row<'a> {
    /// The people of a slot, and what is still to be shared out among them.
    fn slot(&mut self, cells: &[Told<'a>], notes: &mut Notes) -> Slot<'a> {
        let mut people = people_by_name(cells, notes);
        let mut contacts = contacts(cells, notes);
        if people.is_empty()
            && let Some(named) = people_beside_phones(cells, &contacts, notes)
        {
            people = named;
            // They have their telephones already.
            contacts.retain(|contact| contact.part != GuardianPart::Phone);
        }
        if people.is_empty() && !contacts.is_empty() {
            people.push(blank());
        }
        let stated = cells.iter().filter(|told| told.part == GuardianPart::Kinship).map(|told| notes.text(told.cell));
        let stated = stated.filter(|text| !is_absent(text)).map(|text| kinship(&text)).next();
        let kin = match cells.first().map(|told| told.slot) {
            Some(GuardianSlot::Kin(kin)) => Some(kin.word().to_owned()),
            Some(GuardianSlot::Plain | GuardianSlot::Number(_)) | None => None,
        };
        if let [person] = people.as_mut_slice() {
            person.kinship = person.kinship.take().or(stated).or(kin);
        }
        let first = self.people.len();
        self.people.append(&mut people);
        Slot { people: first..self.people.len(), contacts }
    }

    fn share_out(&mut self, slot: &Slot<'a>, notes: &mut Notes) {
        let count = slot.people.len();
        let owner = (count == 1).then_some(slot.people.start);
        for contact in &slot.contacts {
            if self.share_by_words(contact, owner, notes) {
                continue;
            }
            let Some(people) = self.people.get_mut(slot.people.clone()) else { continue };
            match people {
                [person] => contact.give(person, &contact.text, notes),
                people if contact.lines().count() == count => {
                    for (person, text) in people.iter_mut().zip(contact.lines()) {
                        contact.give(person, text, notes);
                    }
                }
                // A family that gives one number gives it for whom it names first.
                [person, ..] if contact.lines().count() == 1 => contact.give(person, &contact.text, notes),
                _ => notes.whose(contact.cell),
            }
        }
    }

    /// The telephones of «Телефоны родителей» beside several parents: of an only one, or of whom the cell names.
    fn share_in_common(&mut self, contacts: &[Contact<'a>], notes: &mut Notes) {
        let owner = (self.people.len() == 1).then_some(0);
        for contact in contacts {
            if self.share_by_words(contact, owner, notes) {
                continue;
            }
            match self.people.as_mut_slice() {
                [person] => contact.give(person, &contact.text, notes),
                people if contact.is_known(people) => {}
                _ => notes.whose(contact.cell),
            }
        }
    }

    /// Shares a cell out by the words in it; whether it has any.
    fn share_by_words(&mut self, contact: &Contact<'a>, owner: Option<usize>, notes: &mut Notes) -> bool {
        if contact.part != GuardianPart::Phone {
            return false;
        }
        let Some(shares) = shares(&contact.text, owner, &self.people) else { return false };
        for Share { parent, number } in shares.given {
            match self.people.get_mut(parent) {
                Some(person) if owner == Some(parent) => contact.give(person, number, notes),
                _ => self.elsewhere.push(Elsewhere { parent, cell: contact.cell, number: number.to_owned() }),
            }
        }
        if shares.some_left {
            notes.whose(contact.cell);
        }
        true
    }

    fn finish(self, notes: &mut Notes) -> Vec<Guardian> {
        let Self { mut people, elsewhere } = self;
        for Elsewhere { parent, cell, number } in elsewhere {
            if let Some(person) = people.get_mut(parent) {
                let phone = notes.phone(cell, &number);
                person.phone = person.phone.take().or(phone);
            }
        }
        people.retain(|person| person.name.is_some() || person.phone.is_some() || person.email.is_some());
        people.shrink_to_fit();
        people
    }
}

/// «Ли Анна Ли Вэй».
const FEWEST_WORDS_OF_TWO: usize = 4;

fn people_by_name(cells: &[Told<'_>], notes: &mut Notes) -> Vec<Guardian> {
    let mut people = Vec::new();
    for told in cells {
        if let GuardianPart::Name(order) = told.part {
            let text = notes.text(told.cell);
            let is_of_one = !names_a_kinship(&text) && text.split_whitespace().count() < FEWEST_WORDS_OF_TWO;
            if let Some(name) = plain_name(&text, order).filter(|_| is_of_one) {
                people.push(Guardian { name: Some(name), ..blank() });
            } else {
                let InOneCell { people: several, contacts } = people_in(&text);
                if contacts == Contacts::Unclear || contacts == Contacts::Several && several.len() > 1 {
                    notes.whose(told.cell);
                }
                people.extend(several.into_iter().map(|person| person.read(told.cell, order, notes)));
            }
        }
    }
    if people.is_empty() {
        people.extend(name_of_parts(cells, notes).map(|name| Guardian { name: Some(name), ..blank() }));
    }
    people
}

/// The people of the only cell of telephones where each is named beside the telephone; `None` where a single name or
/// telephone leaves anything open.
fn people_beside_phones(cells: &[Told<'_>], contacts: &[Contact<'_>], notes: &mut Notes) -> Option<Vec<Guardian>> {
    let mut phones = contacts.iter().filter(|contact| contact.part == GuardianPart::Phone);
    let (contact, None) = (phones.next()?, phones.next()) else { return None };
    let holds = cells.iter().find(|told| told.cell.column == contact.cell.column)?.holds;
    let InOneCell { people, contacts } = people_in(&contact.text);
    let is_whole = |person: &PersonText| {
        let name = person.name.trim_matches(|letter: char| !is_letter(letter) && letter != '.');
        let name = plain_name(name, NameOrder::SurnameFirst);
        name.is_some_and(|name| match &name.patronymic {
            Some(patronymic) => is_patronymic(patronymic),
            // «Мария Петровна» is no surname with a given name.
            None => holds == Holds::People && !is_patronymic(&name.given),
        })
    };
    let is_clear = contacts == Contacts::Clear && !people.is_empty() && people.iter().all(is_whole);
    is_clear
        .then(|| people.into_iter().map(|person| person.read(contact.cell, NameOrder::SurnameFirst, notes)).collect())
}

fn name_of_parts(cells: &[Told<'_>], notes: &mut Notes) -> Option<PersonName> {
    let find = |wanted: GuardianPart| cells.iter().find(|told| told.part == wanted).map(|told| told.cell);
    let [surname, given, patronymic] = [GuardianPart::Surname, GuardianPart::Given, GuardianPart::Patronymic].map(find);
    let first = surname.or(given)?;
    let [surname, given, patronymic] =
        [surname, given, patronymic].map(|cell| cell.map(|cell| notes.text(cell)).unwrap_or_default());
    if is_absent(&surname) && is_absent(&given) {
        return None;
    }
    // A surname cell that holds the whole name is met where only one column was filled in.
    let read = if given.is_empty() && patronymic.is_empty() {
        person_name_in_order(&surname, NameOrder::SurnameFirst)
    } else {
        person_name_of_parts(&surname, &given, &patronymic)
    };
    read.map_err(|error| notes.bad_guardian_name(first, &error)).ok()
}

fn blank() -> Guardian {
    Guardian { id: None, name: None, kinship: None, phone: None, email: None }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::column_words::ColumnWords;
    use super::super::tests::sheet;
    use super::super::workbook::read_workbook;
    use crate::tables::{Form, Workbook};

    /// The parents of a pupil, by the header and the cell of the only column about them.
    #[track_caller]
    fn check_column(header: &str, cell: &str, expected: &[&str]) {
        let sheet = sheet("7А", &format!("№|ФИО|{header}\n1|Ли Вэй|{cell}"));
        let workbook = Workbook { form: Form::Xlsx, sheets: vec![sheet] };
        let reading = read_workbook(&workbook, "7А.xlsx", &ColumnWords::default(), date(2026, 9, 1));
        let shown: Vec<String> = reading.students[0]
            .guardians
            .iter()
            .map(|guardian| {
                let name = guardian.name.as_ref().map(ToString::to_string).unwrap_or_default();
                let phone = guardian.phone.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{}|{name}|{phone}", guardian.kinship.as_deref().unwrap_or_default())
            })
            .collect();
        assert_eq!(shown, expected, "{:?}", reading.issues);
    }

    #[test]
    fn names_beside_telephones() {
        check_column(
            "Родители, телефон",
            "Иванова Мария Петровна +7 944 000-00-01; Иванов Пётр 8 944 000-00-02",
            &["|Иванова Мария Петровна|+79440000001", "|Иванов Пётр|+79440000002"],
        );
        check_column(
            "Родители (телефон)",
            "мама: Иванова Мария Петровна, тел. 89440000001⏎папа: Иванов Пётр Ильич",
            &["мать|Иванова Мария Петровна|+79440000001", "отец|Иванов Пётр Ильич|"],
        );
        check_column(
            "Телефон родителей",
            "8 944 000-00-01 Иванова Мария Петровна",
            &["|Иванова Мария Петровна|+79440000001"],
        );
        check_column("Мать, телефон", "Иванова Мария 89440000001", &["мать|Иванова Мария|+79440000001"]);
    }

    #[test]
    fn a_remark_beside_a_telephone_is_no_parent() {
        for remark in ["Звонить Вечером", "Мария", "раб.", "Иванова Мария Петровна Звонить Днём", "мария петровна"]
        {
            check_column("Телефон родителей", &format!("8 944 000-00-01 {remark}"), &["||+79440000001"]);
        }
        check_column("Родители, телефон", "8 944 000-00-01 Мария", &["||+79440000001"]);
        check_column(
            "Родители, телефон",
            "Иванова Мария Петровна 89440000001; соседка 89440000002",
            &["||+79440000001"],
        );
        check_column("Родители, телефон", "нет", &[]);
    }

    #[test]
    fn a_telephone_that_may_be_anothers_names_nobody() {
        let alone = &["||+79440000001"];
        for cell in [
            "Иванова Мария Петровна, Иванов Пётр Ильич, 89440000001, 89440000002",
            "Иванова Мария Петровна, Иванов Пётр Ильич, 89440000001",
            "Иванова Мария Петровна 89440000001, 89440000003; Иванов Пётр Ильич 89440000002",
            "Иванова Мария Петровна 8 944 000-00-01 8 944 000-00-02",
            "Мария Петровна 89440000001",
        ] {
            check_column("Родители, телефон", cell, alone);
        }
        check_column("Мама, телефон", "Мария Петровна 89440000001", &["мать||+79440000001"]);
        check_column("Мама, телефон", "Пётр Ильич 89440000002", &[]);
        check_column(
            "Родители, телефон",
            "Иванова Мария Петровна, 89440000001, Иванов Пётр Ильич, 89440000002",
            &["|Иванова Мария Петровна|+79440000001", "|Иванов Пётр Ильич|+79440000002"],
        );
    }

    #[test]
    fn two_parents_without_a_comma() {
        let both = &["|Петрова Ольга Ивановна|", "|Петров Иван Сергеевич|"];
        for cell in [
            "Петрова Ольга Ивановна Петров Иван Сергеевич",
            "Петрова Ольга Ивановна и Петров Иван Сергеевич",
            "Петрова Ольга Ивановна/Петров Иван Сергеевич",
            "1. Петрова Ольга Ивановна 2. Петров Иван Сергеевич",
            // Whose the telephone is stays open.
            "Петрова Ольга Ивановна Петров Иван Сергеевич 89440000001",
        ] {
            check_column("Родители", cell, both);
            check_column("Мать", cell, both);
        }
        check_column("Родители", "Ли Анна Ли Вэй", &["|Ли Анна|", "|Ли Вэй|"]);
        check_column(
            "Родители",
            "Петрова Ольга Ивановна - мать Петров Иван Сергеевич - отец",
            &["мать|Петрова Ольга Ивановна|", "отец|Петров Иван Сергеевич|"],
        );
        check_column(
            "Родители",
            "Петрова Ольга Ивановна 89440000001 Петров Иван Сергеевич 89440000002",
            &["|Петрова Ольга Ивановна|+79440000001", "|Петров Иван Сергеевич|+79440000002"],
        );
    }

    /// Nobody is lost without a word: either everybody is there, or the cell is named.
    #[test]
    fn what_may_be_two_parents_is_told() {
        for cell in [
            "Петрова Ольга Сидоров Иван",
            "Гарсия Лопес Мария Хосе",
            "Петрова Ольга Ивановна Сидоров Иван",
            "Петровы Ольга Ивановна и Иван Сергеевич",
            "О. И. и И. С. Петровы",
            "Петрова Ольга и Иван",
            "89440000001 Петрова Ольга Ивановна 89440000002 Петров Иван Сергеевич",
        ] {
            let sheet = sheet("7А", &format!("№|ФИО|Родители\n1|Ли Вэй|{cell}"));
            let workbook = Workbook { form: Form::Xlsx, sheets: vec![sheet] };
            let reading = read_workbook(&workbook, "7А.xlsx", &ColumnWords::default(), date(2026, 9, 1));
            let told: Vec<String> = reading.issues.iter().map(|issue| issue.place.to_string()).collect();
            assert!(told.contains(&"7А.xlsx, лист «7А», ячейка C2".to_owned()), "{cell:?}: {:?}", reading.issues);
        }
    }

    #[test]
    fn names_with_telephones_of_nobody_stay() {
        check_column(
            "Родители (ФИО, телефон)",
            "Иванова Мария Петровна, Иванов Пётр Ильич, 89440000001, 89440000002",
            &["|Иванова Мария Петровна|", "|Иванов Пётр Ильич|"],
        );
        check_column(
            "Родители (ФИО, телефон)",
            "Иванова Мария Петровна, мать, 89440000001; Иванов Пётр Ильич, отец, 89440000002",
            &["мать|Иванова Мария Петровна|+79440000001", "отец|Иванов Пётр Ильич|+79440000002"],
        );
        check_column("Телефон матери", "отец 89440000002", &[]);
        check_column("Телефон матери и отца", "89440000001", &["||+79440000001"]);
    }
}
