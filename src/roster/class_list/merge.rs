//! Rows of one pupil → one pupil (rule 8 of `docs/inputs.md` § 2).
//!
//! A list with a row for each parent repeats the pupil with other parents; a row that adds nothing is a duplicate. Two pupils
//! of one name in one class are told apart by their dates of birth, else by what is different in their rows ([`likeness`]).
//! What nobody can know for certain is said.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::in_two_classes::{Because, is_one_pupil};
use super::fingerprint::{Fingerprint, FingerprintIndex};
use super::meaning::Kin;
use super::one_cell::{is_parent, parent_by_patronymic};
use crate::school::{Checked, Guardian, Issue, IssueKind, PersonName, Place, Student, fold};

/// A row of a pupil, with what only its table tells.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) student: Student,
    /// The number of the row.
    number: Option<u32>,
    /// The table of the sheet in which numbers go up from row to row; `None` where they say nothing.
    numbered: Option<u32>,
}

impl Row {
    pub(super) fn of(student: Student, number: Option<u32>) -> Self {
        Self { student, number, numbered: None }
    }
}

/// Takes the numbers of a table for those of a list where they go up, class by class.
pub(super) fn number(rows: &mut [Row], table: u32) {
    let numbered = || rows.iter().filter(|row| row.number.is_some());
    let mut pairs = numbered().zip(numbered().skip(1));
    let goes_up = pairs.all(|(one, next)| one.number <= next.number || one.student.class != next.student.class);
    if goes_up && numbered().next().is_some() {
        for row in rows {
            row.numbered = Some(table);
        }
    }
}

/// Joins the rows of each pupil of one file. The first row gives the place and the spelling.
pub(super) fn merge_rows(rows: Vec<Row>) -> Checked<Vec<Student>> {
    merge(rows, Among::Rows)
}

/// Joins the pupils of several files, whose rows are joined already.
pub(super) fn merge_files(students: Vec<Student>) -> Checked<Vec<Student>> {
    merge(students.into_iter().map(|student| Row::of(student, None)).collect(), Among::Files)
}

/// Whose rows are compared with one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Among {
    Rows,
    /// Whoever stands twice in one file was judged when the file was read.
    Files,
}

/// A pupil, with the rows behind the first one.
struct Merged {
    first: Row,
    more: Vec<Place>,
}

impl Merged {
    fn is_of_file(&self, file: &Arc<str>) -> bool {
        self.first.student.place.file == *file || self.more.iter().any(|place| place.file == *file)
    }
}

fn merge(rows: Vec<Row>, among: Among) -> Checked<Vec<Student>> {
    let names: Vec<Fingerprint> = rows.iter().map(|row| Fingerprint::of_name(&row.student.name)).collect();
    let habits = habits(&rows, &names);
    let mut merged: Vec<Merged> = Vec::with_capacity(rows.len());
    let mut known = FingerprintIndex::with_capacity(rows.len());
    let mut kept = Vec::with_capacity(rows.len());
    let mut issues = Vec::new();
    let mut last = None;
    for (row, name) in rows.into_iter().zip(names) {
        let key = name.in_class(&row.student);
        let habit = habits.of(&row);
        let namesakes: Vec<(usize, Likeness)> = known
            .all(key)
            .filter_map(|at| Some((at, merged.get(at)?)))
            .filter(|(_, other)| is_namesake(&other.first.student, &row.student))
            .filter(|(_, other)| among == Among::Rows || !other.is_of_file(&row.student.place.file))
            .map(|(at, other)| (at, likeness(other, &row, habit, last == Some(at))))
            .collect();
        let found = |wanted: Likeness| namesakes.iter().find(|(_, found)| *found == wanted).map(|(at, _)| *at);
        let taken = found(Likeness::Same).or_else(|| found(Likeness::Open));
        let is_open = found(Likeness::Same).is_none();
        if let Some((at, first)) = taken.and_then(|at| Some((at, merged.get_mut(at)?))) {
            issues.extend(join(first, row, is_open && !habit.repeats));
            last = Some(at);
        } else {
            let other = namesakes.iter().find_map(|(at, found)| Some((merged.get(*at)?, found.why_two()?)));
            issues.extend(other.map(|(other, why)| two_pupils(&other.first.student, &row.student, why)));
            last = Some(merged.len());
            known.add(key);
            kept.push(name);
            merged.push(Merged { first: row, more: Vec::new() });
        }
    }
    let merged: Vec<Student> = merged.into_iter().map(|one| one.first.student).collect();
    issues.extend(in_two_classes(&merged, &kept));
    Checked::new(merged, issues)
}

/// How alike two rows of one name in one class are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    /// They are of one pupil.
    Same,
    /// Nothing says that they are of two.
    Open,
    /// They are of two pupils, as far as can be told.
    Two(Why),
    /// They are of two pupils.
    Other,
}

/// What says that two rows are of two pupils.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Mothers,
    Fathers,
    Numbers,
    StableIds,
}

impl Likeness {
    fn why_two(self) -> Option<Why> {
        match self {
            Self::Two(why) => Some(why),
            Self::Same | Self::Open | Self::Other => None,
        }
    }
}

fn is_namesake(one: &Student, other: &Student) -> bool {
    other.class == one.class && other.school == one.school && one.name.is_spelling_of(&other.name)
}

/// What speaks surely comes first: the date of birth, the number of the personal file, the very cell, a parent in common.
/// `is_next` tells that no other pupil stands between the rows.
fn likeness(known: &Merged, row: &Row, habit: Habit, is_next: bool) -> Likeness {
    let (one, other) = (&known.first.student, &row.student);
    if let Some((one, other)) = one.birth_date.zip(other.birth_date) {
        return if one == other { Likeness::Same } else { Likeness::Other };
    }
    let ids = one.stable_id.as_ref().zip(other.stable_id.as_ref());
    let is_in_cell = one.place == other.place || known.more.contains(&other.place);
    let has_parent_in_common = one.guardians.iter().any(|one| other.guardians.iter().any(|other| is_same(one, other)));
    if ids.is_some_and(|(one, other)| one == other) || is_in_cell || has_parent_in_common {
        return Likeness::Same;
    }
    if let Some(why) = other_parents(one, other) {
        return Likeness::Two(why);
    }
    let is_in_table = known.first.numbered.is_some()
        && known.first.numbered == row.numbered
        && one.place.file == other.place.file
        && one.place.sheet == other.place.sheet;
    match (known.first.number, row.number) {
        (Some(one), Some(other)) if is_in_table && one == other => Likeness::Same,
        (Some(_), Some(_)) if is_in_table && !habit.counts_rows => Likeness::Two(Why::Numbers),
        _ if ids.is_some() && !habit.counts_rows => Likeness::Two(Why::StableIds),
        (Some(_), None) if is_in_table && is_next => Likeness::Same,
        _ => Likeness::Open,
    }
}

/// Mothers, or fathers, who are different people. Another surname alone is none: she may have married.
fn other_parents(one: &Student, other: &Student) -> Option<Why> {
    let differ = |kin: Kin| {
        let of = |student: &Student| {
            let stated = |guardian: &&Guardian| guardian.kinship.as_deref() == Some(kin.word());
            student.guardians.iter().find(stated).and_then(|guardian| guardian.name.clone())
        };
        of(one).zip(of(other)).is_some_and(|(one, other)| are_two_people(&one, &other))
    };
    let mothers = differ(Kin::Mother).then_some(Why::Mothers);
    mothers.or_else(|| differ(Kin::Father).then_some(Why::Fathers))
}

/// «Анна Олеговна» may be «А. О.», and is not «Вера Олеговна».
fn are_two_people(one: &PersonName, other: &PersonName) -> bool {
    let differ = |one: &str, other: &str| {
        let [one, other] = [one, other].map(fold);
        !one.starts_with(&other) && !other.starts_with(&one)
    };
    let patronymics = one.patronymic.as_deref().zip(other.patronymic.as_deref());
    differ(&one.given, &other.given) || patronymics.is_some_and(|(one, other)| differ(one, other))
}

/// How a sheet repeats its pupils. One who stands twice may be two; many who do are written so.
#[derive(Clone, Copy, Debug, Default)]
struct Habit {
    /// Each parent has a row.
    repeats: bool,
    /// Its numbers are those of rows, not of pupils.
    counts_rows: bool,
}

#[derive(Debug, Default)]
struct Habits(HashMap<(Arc<str>, Option<Arc<str>>), Habit>);

impl Habits {
    fn of(&self, row: &Row) -> Habit {
        // Most lists repeat nobody.
        if self.0.is_empty() {
            return Habit::default();
        }
        self.0.get(&sheet(row)).copied().unwrap_or_default()
    }
}

fn sheet(row: &Row) -> (Arc<str>, Option<Arc<str>>) {
    (Arc::clone(&row.student.place.file), row.student.place.sheet.clone())
}

fn habits(rows: &[Row], names: &[Fingerprint]) -> Habits {
    #[derive(Default)]
    struct Counts {
        repeated: usize,
        renumbered: usize,
    }
    /// The first row of a name, and what of it is counted.
    struct Seen {
        at: usize,
        repeated: bool,
        renumbered: bool,
    }
    let mut seen: HashMap<Fingerprint, Seen> = HashMap::with_capacity(rows.len());
    let mut counts: HashMap<_, Counts> = HashMap::new();
    for (at, (row, name)) in rows.iter().zip(names).enumerate() {
        let known = seen.entry(name.in_class(&row.student)).or_insert(Seen { at, repeated: false, renumbered: false });
        let Some(first) = rows.get(known.at).filter(|_| known.at != at) else { continue };
        let dates = first.student.birth_date.zip(row.student.birth_date);
        if dates.is_some_and(|(one, other)| one != other) {
            continue;
        }
        let differ = first.number != row.number && row.number.is_some()
            || first.student.stable_id != row.student.stable_id && row.student.stable_id.is_some();
        let counts = counts.entry(sheet(row)).or_default();
        counts.repeated += usize::from(!std::mem::replace(&mut known.repeated, true));
        counts.renumbered += usize::from(differ && !std::mem::replace(&mut known.renumbered, true));
    }
    let habit = |(place, counts): ((Arc<str>, Option<Arc<str>>), Counts)| {
        let rows = rows.iter().filter(|row| sheet(row) == place).count();
        let is_habit = |pupils: usize| pupils >= 2 && pupils * 10 >= rows;
        (place, Habit { repeats: is_habit(counts.repeated), counts_rows: is_habit(counts.renumbered) })
    };
    Habits(counts.into_iter().map(habit).collect())
}

/// Joins a further row to the pupil; the issue says where it adds no parent, or where it may be another pupil's.
fn join(known: &mut Merged, row: Row, is_open: bool) -> Option<Issue> {
    let row = row.student;
    let first = &mut known.first.student;
    let is_open = is_open && !have_other_kin(&first.guardians, &row.guardians);
    first.birth_date = first.birth_date.or(row.birth_date);
    first.stable_id = first.stable_id.take().or(row.stable_id);
    let had_guardians = !first.guardians.is_empty();
    let mut new_guardian = false;
    for guardian in row.guardians {
        if let Some(known) = first.guardians.iter_mut().find(|known| is_same(known, &guardian)) {
            complete(known, guardian);
        } else {
            new_guardian = true;
            first.guardians.push(guardian);
        }
    }
    let place = row.place;
    known.more.push(place.clone());
    if !(had_guardians && new_guardian) {
        return Some(Issue::new(
            IssueKind::DuplicateStudent,
            place.clone(),
            format!("{} уже есть в классе {} ({}); учтён один раз", first.name, first.class, seen_from(&place, first)),
            "Если это один и тот же ученик, удалите лишнюю строку; если однофамильцы — укажите даты рождения.",
        ));
    }
    is_open.then(|| {
        Issue::new(
            IssueKind::DuplicateStudent,
            place.clone(),
            format!(
                "{} стоит в классе {} дважды, с разными родителями ({} и эта строка); учтён как один ученик",
                first.name,
                first.class,
                seen_from(&place, first)
            ),
            "Если это тёзки, укажите обоим даты рождения; если один ученик, впишите родителей в одну строку.",
        )
    })
}

/// Where a pupil stands first, as seen from a place.
fn seen_from(place: &Place, first: &Student) -> String {
    let cell = first.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
    if first.place.file == place.file && first.place.sheet == place.sheet {
        format!("ячейка {cell}")
    } else {
        first.place.to_string()
    }
}

fn two_pupils(first: &Student, row: &Student, why: Why) -> Issue {
    let why = match why {
        Why::Mothers => "разные матери",
        Why::Fathers => "разные отцы",
        Why::Numbers => "разные номера в списке",
        Why::StableIds => "разные номера личных дел",
    };
    Issue::new(
        IssueKind::Namesakes,
        row.place.clone(),
        format!(
            "{} стоит в классе {} дважды ({} и эта строка), у них {why}; учтены как два ученика",
            row.name,
            row.class,
            seen_from(&row.place, first)
        ),
        "Если это тёзки, укажите обоим даты рождения; если один ученик, удалите лишнюю строку.",
    )
}

/// Whether all parents of one row are other kin than those of the other: the mother in one, the father in the other.
fn have_other_kin(known: &[Guardian], more: &[Guardian]) -> bool {
    let kin = |guardian: &Guardian| {
        let patronymic = guardian.name.as_ref().and_then(|name| name.patronymic.as_deref()).unwrap_or_default();
        let stated = guardian.kinship.clone();
        stated
            .or_else(|| parent_by_patronymic(patronymic).filter(|kin| is_parent(*kin)).map(|kin| kin.word().to_owned()))
    };
    let differ = |one: &Guardian, other: &Guardian| kin(one).zip(kin(other)).is_some_and(|(one, other)| one != other);
    known.iter().all(|one| more.iter().all(|other| differ(one, other)))
}

fn is_same(one: &Guardian, other: &Guardian) -> bool {
    match (&one.name, &other.name) {
        (Some(one_name), Some(other_name)) => one_name.is_spelling_of(other_name),
        _ => one.phone.is_some() && one.phone == other.phone || one.email.is_some() && one.email == other.email,
    }
}

fn complete(known: &mut Guardian, more: Guardian) {
    let Guardian { id: _, name, kinship, phone, email } = more;
    known.name = known.name.take().or(name);
    known.kinship = known.kinship.take().or(kinship);
    known.phone = known.phone.take().or(phone);
    known.email = known.email.take().or(email);
}

/// One pupil in two classes: what is done about it is settled where the pupils are recognised, for that depends on what is
/// recorded. Where nothing but a parent says that it is one, it is only told.
fn in_two_classes(students: &[Student], names: &[Fingerprint]) -> Vec<Issue> {
    let mut known = FingerprintIndex::with_capacity(students.len());
    let mut issues = Vec::new();
    for (student, name) in students.iter().zip(names) {
        let found = known
            .all(*name)
            .filter_map(|at| students.get(at))
            .filter(|other| other.class != student.class)
            .find_map(|other| Some((other, why_one(other, student)?)));
        known.add(*name);
        let Some((first, [message, advice])) = found else { continue };
        issues.push(Issue::new(
            IssueKind::DuplicateStudent,
            student.place.clone(),
            format!("{} {message} стоит в списках {} ({}) и {}", student.name, first.class, first.place, student.class),
            advice,
        ));
    }
    issues
}

/// What becomes of a pupil in two classes.
const WAITS: &str = "Оставьте ученика в одном списке и запустите снова. До этого он числится там, где уже записан, \
                     а новый не числится нигде, и бумаг на него нет.";

/// Why two of one name in two classes are, or may be, one pupil, and what to do.
fn why_one(one: &Student, other: &Student) -> Option<[&'static str; 2]> {
    match is_one_pupil(one, other) {
        Some(Because::BirthDate) => return Some(["с той же датой рождения", WAITS]),
        Some(Because::StableId) => return Some(["с тем же номером личного дела", WAITS]),
        None => {}
    }
    let is_undated = one.birth_date.is_none() || other.birth_date.is_none();
    let is_common = one.guardians.iter().any(|one| other.guardians.iter().any(|other| is_same(one, other)));
    let may_be_one = is_undated && is_common && one.name.is_spelling_of(&other.name);
    let advice = "Если это один ученик, оставьте его в одном классе; если тёзки, укажите обоим даты рождения.";
    may_be_one.then_some(["с тем же родителем", advice])
}
