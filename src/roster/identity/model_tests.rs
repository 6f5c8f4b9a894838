//! Random schools and random changes whose truth is known: no pair is ever wrong, and none is missing where the table
//! of § 8 says that it is certain.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::{Decisions, Matching, match_students};
use crate::school::{Guardian, PersonName, Place, Student};

/// How many changes of a school are tried.
const ROUNDS: u64 = 3000;

const SURNAMES: [&str; 10] =
    ["Фёдоров", "Орлов", "Котов", "Ёлкин", "Волков-Ясный", "Ким", "Лисин", "Жуков", "Семёнов", "Ли"];
const GIVENS: [&str; 8] = ["Пётр", "Лев", "Олег", "Семён", "Глеб", "Юрий", "Артём", "Илья"];
const PATRONYMICS: [&str; 6] = ["Ильич", "Львович", "Петрович", "Семёнович", "Олегович", "Юрьевич"];
const LITERAS: [&str; 4] = ["7А", "7Б", "8А", "8Б"];

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.roll(100) < chance
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        for at in (1..values.len()).rev() {
            values.swap(at, self.roll(at + 1));
        }
    }
}

/// What happened to a pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Nothing,
    Left,
    Moved,
    Renamed,
    RenamedAndMoved,
    Typo,
    Respelled,
    OtherPhone,
}

/// The school before and after; the row of a pupil's place is who the pupil really is.
struct World {
    before: Vec<Student>,
    after: Vec<Student>,
    events: BTreeMap<u32, Event>,
    twins: BTreeSet<u32>,
    /// Whose name nobody else ever has.
    sole: BTreeSet<u32>,
    /// Whether only the new list has no patronymics.
    without_patronymics: bool,
}

fn who(student: &Student) -> u32 {
    student.place.cell.unwrap().row
}

fn phone(number: u32) -> Guardian {
    let phone = format!("+7944000{number:04}").parse().unwrap();
    Guardian { id: None, name: None, kinship: None, phone: Some(phone), email: None }
}

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let size = 20 + dice.roll(40) as u32;
        let mut known = BTreeSet::new();
        let mut twins = BTreeSet::new();
        let mut everybody: Vec<Student> = Vec::new();
        for number in 0..size + 5 {
            let mut made = pupil(&mut dice, number);
            if let Some(other) = everybody.last().filter(|_| number < size && dice.percent(8)) {
                let given = made.name.given.clone();
                made = Student { name: PersonName { given, ..other.name.clone() }, place: made.place, ..other.clone() };
                twins.extend([number, number - 1]);
            }
            // Who shares given name, patronymic and date of birth with somebody is the same pupil to the table.
            while !known.insert((made.name.given.clone(), made.birth_date)) {
                made.birth_date = made.birth_date.map(|date| date.tomorrow().unwrap());
            }
            everybody.push(made);
        }
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for student in &everybody {
            *names.entry(student.name.without_patronymic()).or_default() += 1;
        }
        let is_sole = |student: &&Student| names[&student.name.without_patronymic()] == 1;
        let sole: BTreeSet<u32> = everybody.iter().filter(is_sole).map(who).collect();
        let without_patronymics = dice.percent(15);
        let arrivals = everybody.split_off(size as usize);
        let mut events = BTreeMap::new();
        let mut after = Vec::new();
        for student in &everybody {
            let event = event(&mut dice);
            events.insert(who(student), event);
            after.extend(changed(student, event, &mut dice));
        }
        after.extend(arrivals);
        let mut before = everybody;
        // A date of birth is missing only where no namesake could be meant.
        let (old, new) = (dice.roll(3) * 20, dice.roll(3) * 20);
        for (students, share) in [(&mut before, old), (&mut after, new)] {
            for student in students.iter_mut().filter(|student| sole.contains(&who(student))) {
                student.birth_date = student.birth_date.filter(|_| !dice.percent(share));
            }
        }
        if without_patronymics {
            for student in &mut after {
                student.name.patronymic = None;
            }
        }
        dice.shuffle(&mut before);
        dice.shuffle(&mut after);
        Self { before, after, events, twins, sole, without_patronymics }
    }

    /// Whether the table of § 8 makes a pair of these two for certain.
    fn is_certain(&self, old: &Student, new: &Student) -> bool {
        let dated = old.birth_date.is_some() && new.birth_date.is_some();
        let sole = self.sole.contains(&who(old));
        match self.events[&who(old)] {
            Event::Left | Event::RenamedAndMoved => false,
            Event::Nothing | Event::Respelled | Event::OtherPhone => dated || sole,
            Event::Moved => dated,
            Event::Renamed | Event::Typo => dated && !self.twins.contains(&who(old)) && !self.without_patronymics,
        }
    }
}

fn pupil(dice: &mut Dice, number: u32) -> Student {
    Student {
        id: None,
        class: dice.of(&LITERAS).parse().unwrap(),
        name: PersonName::new(dice.of(&SURNAMES), dice.of(&GIVENS), dice.of(&PATRONYMICS)),
        birth_date: Some(date(2012, dice.roll(12) as i8 + 1, dice.roll(28) as i8 + 1)),
        school: None,
        stable_id: None,
        guardians: vec![phone(number)],
        place: Place::file("список.csv").at(number, 0),
    }
}

fn event(dice: &mut Dice) -> Event {
    match dice.roll(100) {
        0..5 => Event::Left,
        5..10 => Event::Moved,
        10..14 => Event::Renamed,
        14..16 => Event::RenamedAndMoved,
        16..20 => Event::Typo,
        20..40 => Event::Respelled,
        40..45 => Event::OtherPhone,
        _ => Event::Nothing,
    }
}

fn changed(student: &Student, event: Event, dice: &mut Dice) -> Option<Student> {
    let mut new = student.clone();
    if matches!(event, Event::Moved | Event::RenamedAndMoved) {
        let others = LITERAS.iter().filter(|class| **class != student.class.to_string()).copied();
        new.class = dice.of(&others.collect::<Vec<_>>()).parse().unwrap();
    }
    match event {
        Event::Left => return None,
        Event::Renamed | Event::RenamedAndMoved => new.name.surname = format!("Нов{}", who(student)),
        Event::Typo => match dice.roll(2) {
            0 => new.name.surname.push('ъ'),
            _ => new.name.given.extend(two_letters(who(student))),
        },
        Event::Respelled => new.name.surname = new.name.surname.to_uppercase().replace('Ё', "Е").replace('-', " "),
        Event::OtherPhone => new.guardians = vec![phone(5000 + who(student))],
        Event::Nothing | Event::Moved => {}
    }
    Some(new)
}

/// Two letters that nobody else gets: a mistyped name that several have would be a name.
fn two_letters(number: u32) -> [char; 2] {
    [number / 30, number % 30].map(|letter| char::from_u32(u32::from('а') + letter).unwrap())
}

/// Who was paired with whom.
fn pairs(matching: &Matching<'_, Student>) -> BTreeSet<[u32; 2]> {
    matching.pairs.iter().map(|pair| [who(pair.before), who(pair.after)]).collect()
}

#[test]
fn no_pair_is_wrong_and_none_is_missing() {
    let mut found = 0;
    for seed in 1..=ROUNDS {
        let mut world = World::new(seed);
        let after: Vec<&Student> = world.after.iter().collect();
        let matching = match_students(&world.before, &after, &Decisions::default());
        for pair in &matching.pairs {
            assert_eq!(who(pair.before), who(pair.after), "{seed}: {pair:?}");
        }
        let made = pairs(&matching);
        found += made.len();
        for old in &world.before {
            for new in world.after.iter().filter(|new| who(new) == who(old) && world.is_certain(old, new)) {
                let event = world.events[&who(old)];
                assert!(made.contains(&[who(old), who(old)]), "{seed}: {event:?} is missed: {old:?} {new:?}");
            }
        }
        let asked = matching.proposals.len();
        let unclear_before: usize = matching.ambiguous.iter().map(|group| group.before.len()).sum();
        let unclear_after: usize = matching.ambiguous.iter().map(|group| group.after.len()).sum();
        assert_eq!(made.len() + matching.removed.len() + asked + unclear_before, world.before.len(), "{seed}");
        assert_eq!(made.len() + matching.added.len() + asked + unclear_after, world.after.len(), "{seed}");
        drop(matching);
        world.before.reverse();
        world.after.reverse();
        let after: Vec<&Student> = world.after.iter().collect();
        assert_eq!(pairs(&match_students(&world.before, &after, &Decisions::default())), made, "{seed} turned round");
    }
    assert!(found > 60_000, "{found}");
}

#[test]
fn namesakes_without_end_are_not_compared_each_with_each() {
    let mut dice = Dice(7);
    let before: Vec<Student> = (0..2000).map(|number| pupil(&mut dice, number % 9000)).collect();
    let same_name: Vec<Student> = before
        .iter()
        .map(|student| Student { name: PersonName::new("Ли", "Вэй", ""), birth_date: None, ..student.clone() })
        .collect();
    // All of one name in four classes: every step has one huge group, and none compares each with each.
    let after: Vec<&Student> = same_name.iter().collect();
    let matching = match_students(&same_name, &after, &Decisions::default());
    assert_eq!((matching.pairs.len(), matching.ambiguous.len()), (0, 4));
}
