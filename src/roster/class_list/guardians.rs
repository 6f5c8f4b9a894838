//! The parents that one row tells of.

use std::borrow::Cow;

use super::super::cell_text::is_absent;
use super::super::header::header_key;
use super::super::names::{NameError, NameOrder, person_name_in_order, person_name_of_parts, plain_name};
use super::columns::Column;
use super::grid::At;
use super::meaning::{GuardianPart, GuardianSlot, Kin, Meaning};
use super::notes::Notes;
use crate::school::{Guardian, PersonName, is_letter, lowercase};

/// Reads the parents of a row: in the order mother, father, others — whatever the order of the columns.
pub(super) fn guardians<'a>(cells: &[(&Column, At<'a>)], notes: &mut Notes) -> Vec<Guardian> {
    let about = |(column, cell): &(&Column, At<'a>)| match column.meaning {
        Meaning::Guardian(slot, part) => {
            Some(Told { slot, rank: column.rank, part, holds: Holds::of(&column.header), cell: *cell })
        }
        _ => None,
    };
    let mut told: Vec<Told<'_>> = cells.iter().filter_map(about).collect();
    told.sort_by_key(|told| (told.slot, told.rank));
    let mut guardians = Vec::new();
    for of_one in told.chunk_by(|one, other| one.slot == other.slot) {
        guardians.extend(of_slot(of_one, notes));
    }
    guardians.shrink_to_fit();
    guardians
}

/// A cell about a parent.
#[derive(Clone, Copy)]
struct Told<'a> {
    slot: GuardianSlot,
    rank: usize,
    part: GuardianPart,
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

fn of_slot(cells: &[Told<'_>], notes: &mut Notes) -> Vec<Guardian> {
    let mut people = people_by_name(cells, notes);
    let named_beside = if people.is_empty() { people_beside_phones(cells, notes) } else { Vec::new() };
    let are_named_beside = !named_beside.is_empty();
    people.extend(named_beside);
    let contact = |wanted: GuardianPart| cells.iter().filter(move |told| told.part == wanted).map(|told| told.cell);
    let phones: Vec<Contact<'_>> = contact(GuardianPart::Phone).map(|cell| Contact::of(cell, notes)).collect();
    let emails: Vec<Contact<'_>> = contact(GuardianPart::Email).map(|cell| Contact::of(cell, notes)).collect();
    if people.is_empty() && phones.iter().chain(&emails).any(|contact| !is_absent(&contact.text)) {
        people.push(blank());
    }
    // Those who are named beside their telephones have them already.
    for contact in phones.iter().filter(|_| !are_named_beside) {
        for (person, text) in people.iter_mut().zip(contact.shares(people_count(cells, contact))) {
            let phone = notes.phone(contact.cell, text);
            person.phone = person.phone.take().or(phone);
        }
    }
    for contact in &emails {
        for (person, text) in people.iter_mut().zip(contact.shares(people_count(cells, contact))) {
            let email = notes.email(contact.cell, text);
            person.email = person.email.take().or(email);
        }
    }
    let stated = contact(GuardianPart::Kinship).map(|cell| notes.text(cell)).find(|text| !is_absent(text));
    let stated = stated.map(|text| kinship(&text));
    let kin = match cells.first().map(|told| told.slot) {
        Some(GuardianSlot::Kin(kin)) => Some(kin.word().to_owned()),
        Some(GuardianSlot::Plain | GuardianSlot::Number(_)) | None => None,
    };
    if let [person] = people.as_mut_slice() {
        person.kinship = person.kinship.take().or(stated).or(kin);
    }
    people.retain(|person| person.name.is_some() || person.phone.is_some() || person.email.is_some());
    people
}

/// How many people the name cells of a slot hold: a contact cell of as many lines is shared out among them.
fn people_count(cells: &[Told<'_>], contact: &Contact<'_>) -> usize {
    let lines = contact.lines().count();
    if lines < 2 {
        return 1;
    }
    let names = cells.iter().filter(|told| matches!(told.part, GuardianPart::Name(_)));
    let people: usize = names.map(|told| people_in(&told.cell.text()).len()).sum();
    if lines == people { people } else { 1 }
}

/// A cell of telephones or addresses.
struct Contact<'a> {
    cell: At<'a>,
    text: Cow<'a, str>,
}

impl<'a> Contact<'a> {
    fn of(cell: At<'a>, notes: &mut Notes) -> Self {
        Self { cell, text: notes.text(cell) }
    }

    fn lines(&self) -> impl Iterator<Item = &str> {
        self.text.split(['\n', '\r', ';', ',']).map(str::trim).filter(|line| !line.is_empty())
    }

    /// The text for each of so many people; a single person gets the whole of it.
    fn shares(&self, people: usize) -> impl Iterator<Item = &str> {
        let whole = (people <= 1).then_some(&*self.text);
        whole.into_iter().chain(self.lines().filter(move |_| people > 1))
    }
}

fn people_by_name(cells: &[Told<'_>], notes: &mut Notes) -> Vec<Guardian> {
    let mut people = Vec::new();
    for told in cells {
        if let GuardianPart::Name(order) = told.part {
            let text = notes.text(told.cell);
            if let Some(name) = plain_name(&text, order).filter(|_| !names_a_kinship(&text)) {
                people.push(Guardian { name: Some(name), ..blank() });
            } else {
                people.extend(people_in(&text).into_iter().map(|person| person.read(told.cell, order, notes)));
            }
        }
    }
    if people.is_empty() {
        people.extend(name_of_parts(cells, notes).map(|name| Guardian { name: Some(name), ..blank() }));
    }
    people
}

/// The people of the only cell of telephones where each is named beside the telephone; nobody where a single name leaves
/// anything open.
fn people_beside_phones(cells: &[Told<'_>], notes: &mut Notes) -> Vec<Guardian> {
    let mut filled = cells.iter().filter(|told| told.part == GuardianPart::Phone && !is_absent(&told.cell.text()));
    let (Some(told), None) = (filled.next(), filled.next()) else { return Vec::new() };
    let text = notes.text(told.cell);
    let people = people_in(&text);
    let is_whole = |person: &PersonText| {
        let name = person.name.trim_matches(|letter: char| !is_letter(letter) && letter != '.');
        let name = plain_name(name, NameOrder::SurnameFirst);
        name.is_some_and(|name| match &name.patronymic {
            Some(patronymic) => is_patronymic(patronymic),
            None => told.holds == Holds::People,
        })
    };
    if people.is_empty() || !people.iter().all(is_whole) {
        return Vec::new();
    }
    people.into_iter().map(|person| person.read(told.cell, NameOrder::SurnameFirst, notes)).collect()
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

/// Whether a text holds a word that tells who somebody is, or that a telephone follows.
fn names_a_kinship(text: &str) -> bool {
    let lower = lowercase(text);
    lower.split([' ', '-']).any(|word| is_kinship(word) || PHONE_WORDS.contains(&word))
}

/// Words before a telephone.
const PHONE_WORDS: [&str; 5] = ["т", "тел", "телефон", "моб", "сот"];

/// One person of a cell that may hold several, still as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct PersonText {
    name: String,
    kinship: Option<String>,
    phone: String,
    email: String,
}

impl PersonText {
    fn read(self, cell: At<'_>, order: NameOrder, notes: &mut Notes) -> Guardian {
        let name = match person_name_in_order(&self.name, order) {
            Ok(name) => Some(name),
            Err(NameError::Empty) => None,
            Err(error) => {
                notes.bad_guardian_name(cell, &error);
                None
            }
        };
        let phone = notes.phone(cell, &self.phone);
        let email = notes.email(cell, &self.email);
        Guardian { id: None, name, kinship: self.kinship, phone, email }
    }
}

/// The people of a cell: «мать: Иванова Анна, 8 944 000-00-01⏎отец: Иванов Пётр».
fn people_in(text: &str) -> Vec<PersonText> {
    let mut people: Vec<PersonText> = Vec::new();
    let lines = text.split(['\n', '\r', ';', ',']).flat_map(|line| line.split(" / "));
    for line in lines.map(str::trim).filter(|line| !is_absent(line)) {
        let piece = PersonText::of_line(line);
        let continues = piece.name.is_empty() && piece.kinship.is_none();
        match people.last_mut() {
            // «Иванова Анна⏎Петровна»: a patronymic alone is no person.
            Some(person) if is_patronymic(&piece.name) && person.name.split_whitespace().count() == 2 => {
                person.name = format!("{} {}", person.name, piece.name);
                person.absorb(piece);
            }
            Some(person)
                if continues || person.name.is_empty() && person.phone.is_empty() && person.email.is_empty() =>
            {
                person.absorb(piece);
            }
            _ => people.push(piece),
        }
    }
    people
}

impl PersonText {
    fn of_line(line: &str) -> Self {
        let mut person = Self::default();
        for word in line.split_whitespace() {
            let bare = lowercase(word.trim_matches(|letter: char| !is_letter(letter) && !letter.is_numeric()));
            let digits = word.contains(|letter: char| letter.is_ascii_digit());
            let joined = |text: &str| if text.is_empty() { word.to_owned() } else { format!("{text} {word}") };
            if word.contains('@') {
                word.clone_into(&mut person.email);
            } else if is_kinship(&bare) && person.kinship.is_none() {
                person.kinship = Some(kinship(&bare));
            } else if digits && word.chars().all(|letter| letter.is_ascii_digit() || "+-–().:".contains(letter)) {
                person.phone = joined(&person.phone);
            } else if !PHONE_WORDS.contains(&bare.as_str()) {
                person.name = joined(&person.name);
            }
        }
        // «12. Иванова Анна»: a number of the list, not a telephone.
        if person.phone.chars().filter(char::is_ascii_digit).count() < 5 {
            person.phone.clear();
        }
        person
    }

    fn absorb(&mut self, other: Self) {
        let Self { name, kinship, phone, email } = other;
        for (mine, more) in [(&mut self.name, name), (&mut self.phone, phone), (&mut self.email, email)] {
            if mine.is_empty() {
                *mine = more;
            }
        }
        self.kinship = self.kinship.take().or(kinship);
    }
}

fn is_patronymic(name: &str) -> bool {
    let lower = lowercase(name);
    !name.contains(' ') && ["вич", "вна", "чна", "ична", "ьич"].iter().any(|ending| lower.ends_with(ending))
}

fn is_kinship(word: &str) -> bool {
    ["мать", "мама", "отец", "папа"].contains(&word)
        || Kin::of_word(word).is_some_and(|kin| !matches!(kin, Kin::Mother | Kin::Father))
        || ["мачеха", "отчим", "тетя", "тётя", "дядя", "попечитель"].contains(&word)
}

/// «Мама» → «мать»; other words as they are, in lower case.
fn kinship(text: &str) -> String {
    let lower = lowercase(text.trim());
    Kin::of_word(&lower).map_or(lower, |kin| kin.word().to_owned())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::column_words::ColumnWords;
    use super::super::tests::sheet;
    use super::super::workbook::read_workbook;
    use super::people_in;
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

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = people_in(text)
            .into_iter()
            .map(|person| {
                format!("{}|{}|{}|{}", person.name, person.kinship.unwrap_or_default(), person.phone, person.email)
            })
            .collect();
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn several_people_in_one_cell() {
        check("Иванова Анна Петровна", &["Иванова Анна Петровна|||"]);
        check(
            "мать: Иванова Анна, 8 944 000-00-01\nотец - Иванов Пётр 8 944 000-00-02",
            &["Иванова Анна|мать|8 944 000-00-01|", "- Иванов Пётр|отец|8 944 000-00-02|"],
        );
        check("Иванова А. П. (мама); Иванов П. И.", &["Иванова А. П.|мать||", "Иванов П. И.|||"]);
        check(
            "Мама:\nИванова Анна\nтел. 89440000001\nivanova@example.org",
            &["Иванова Анна|мать|89440000001|ivanova@example.org"],
        );
        check("Иванова Анна\nПетровна\n89440000001", &["Иванова Анна Петровна||89440000001|"]);
        check("нет", &[]);
        check("-", &[]);
    }
}
