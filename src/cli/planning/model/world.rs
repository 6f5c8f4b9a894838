//! A school as it truly is, and what happens to it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use crate::cli::data::{Tables, Texts};
use crate::papers::Wording;
use crate::school::{
    ClassName, Guardian, Lesson, PersonName, Place, Roster, SchoolClass, Staff, StaffMember, StaffRole, Student,
    TeachingLoad,
};
use crate::workspace::{Templates, read_settings};

const SURNAMES: [&str; 12] = [
    "Фёдоров",
    "Орлов",
    "Котов",
    "Ёлкин",
    "Волков-Ясный",
    "Ким",
    "Лисин",
    "Жуков",
    "Семёнов",
    "Ли",
    "Пчёлкин",
    "Громов",
];
const GIVENS: [&str; 8] = ["Пётр", "Лев", "Олег", "Семён", "Глеб", "Юрий", "Артём", "Илья"];
const PATRONYMICS: [&str; 6] = ["Ильич", "Львович", "Петрович", "Семёнович", "Олегович", "Юрьевич"];
const SUBJECTS: [&str; 2] = ["Алгебра", "История"];
const TEACHERS: usize = 8;

/// Numbers that look random and are the same on every run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.roll(100) < chance
    }

    fn days(&mut self, sides: usize) -> i64 {
        i64::try_from(self.roll(sides)).unwrap()
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

/// A pupil as he truly is. The row of his place in the tables is who he is.
#[derive(Clone, Debug)]
pub(super) struct Pupil {
    pub(super) who: u32,
    pub(super) class: ClassName,
    pub(super) name: PersonName,
    /// The name as the next list spells it.
    spelling: Option<PersonName>,
    birth: Date,
    parents: Vec<Parent>,
}

#[derive(Clone, Debug)]
struct Parent {
    name: PersonName,
    phone: u32,
}

/// A class as it truly is: it keeps its line when its name changes.
#[derive(Clone, Debug)]
struct Class {
    line: u32,
    teacher: usize,
    lessons: Vec<(&'static str, usize)>,
}

/// The school.
pub(super) struct World {
    pub(super) dice: Dice,
    pub(super) pupils: Vec<Pupil>,
    /// Those who left and may come back.
    gone: Vec<Pupil>,
    classes: BTreeMap<ClassName, Class>,
    /// The number that the next newcomer, parent or class gets.
    next: u32,
    pub(super) today: Date,
}

/// What happened between two runs.
#[derive(Debug, Default)]
pub(super) struct Happened {
    /// Classes of which anything may differ.
    pub(super) touched: BTreeSet<ClassName>,
    /// Whether a new school year began.
    pub(super) new_year: bool,
    /// How many came back.
    pub(super) returned: usize,
}

impl World {
    pub(super) fn new(seed: u64) -> Self {
        let dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut world = Self {
            dice,
            pupils: Vec::new(),
            gone: Vec::new(),
            classes: BTreeMap::new(),
            next: 1,
            today: date(2026, 9, 1),
        };
        let names = ["5А", "5Б", "7А", "7Б", "9А"];
        for name in &names[..2 + world.dice.roll(4)] {
            let name: ClassName = name.parse().unwrap();
            world.found(&name);
            for _ in 0..3 + world.dice.roll(5) {
                world.arrive(&name);
            }
        }
        world
    }

    fn number(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    fn found(&mut self, name: &ClassName) {
        let line = self.number();
        let lessons = SUBJECTS.map(|subject| (subject, self.dice.roll(TEACHERS))).to_vec();
        let class = Class { line, teacher: self.dice.roll(TEACHERS), lessons };
        self.classes.insert(name.clone(), class);
    }

    /// The lines of the classes, each of which it keeps through the years.
    pub(super) fn lines(&self) -> BTreeMap<ClassName, u32> {
        self.classes.iter().map(|(name, class)| (name.clone(), class.line)).collect()
    }

    fn new_name(&mut self) -> PersonName {
        PersonName::new(self.dice.of(&SURNAMES), self.dice.of(&GIVENS), self.dice.of(&PATRONYMICS))
    }

    fn arrive(&mut self, class: &ClassName) {
        let who = self.number();
        let name = match self.pupils.last() {
            // Namesakes, told apart by their dates of birth.
            Some(other) if self.dice.percent(6) => other.name.clone(),
            _ => self.new_name(),
        };
        let mut birth = date(2012, 1, 1).checked_add(jiff::Span::new().days(self.dice.days(700))).unwrap();
        while self.pupils.iter().chain(&self.gone).any(|other| other.birth == birth) {
            birth = birth.tomorrow().unwrap();
        }
        let parents = (0..self.dice.roll(3)).map(|_| self.new_parent()).collect();
        self.pupils.push(Pupil { who, class: class.clone(), name, spelling: None, birth, parents });
    }

    fn new_parent(&mut self) -> Parent {
        let phone = self.number();
        // Nobody's parents share a whole name: it is by the name that a parent is known again.
        let mut name = self.new_name();
        name.surname = format!("{}{}", name.surname, letters(phone));
        Parent { name, phone }
    }

    fn a_class(&mut self) -> ClassName {
        let at = self.dice.roll(self.classes.len());
        self.classes.keys().nth(at).unwrap().clone()
    }

    /// Some changes, or none; not to those of whom somebody asks who they are.
    pub(super) fn live(&mut self, asked: &BTreeSet<u32>) -> Happened {
        self.today = self.today.checked_add(jiff::Span::new().days(1 + self.dice.days(4))).unwrap();
        let mut happened = Happened::default();
        for pupil in &mut self.pupils {
            if pupil.spelling.take().is_some() {
                happened.touched.insert(pupil.class.clone());
            }
        }
        if self.dice.percent(5) && self.classes.keys().all(|class| class.grade() < 11) {
            happened.new_year = true;
            happened.touched.extend(self.classes.keys().cloned());
            self.go_up();
            happened.touched.extend(self.classes.keys().cloned());
            return happened;
        }
        let mut changed = asked.clone();
        for _ in 0..self.dice.roll(5) {
            self.one_change(&mut happened, &mut changed);
        }
        happened
    }

    /// Every class goes up a year with all of its pupils.
    fn go_up(&mut self) {
        let up =
            |class: &ClassName| -> ClassName { format!("{}{}", class.grade() + 1, class.litera()).parse().unwrap() };
        self.classes = std::mem::take(&mut self.classes).into_iter().map(|(name, class)| (up(&name), class)).collect();
        for pupil in &mut self.pupils {
            pupil.class = up(&pupil.class);
        }
        self.today = date(self.today.year() + i16::from(self.today.month() > 6), 8, 25);
        if self.dice.percent(60) {
            let first: ClassName = "5А".parse().unwrap();
            if !self.classes.contains_key(&first) {
                self.found(&first);
                for _ in 0..3 {
                    self.arrive(&first);
                }
            }
        }
    }

    fn one_change(&mut self, happened: &mut Happened, changed: &mut BTreeSet<u32>) {
        let class = self.a_class();
        let at = self.dice.roll(self.pupils.len());
        let who = self.pupils[at].who;
        let of = self.pupils[at].class.clone();
        let is_first = changed.insert(who);
        let size = self.pupils.iter().filter(|pupil| pupil.class == of).count();
        happened.touched.insert(class.clone());
        happened.touched.insert(of.clone());
        match self.dice.roll(18) {
            0..3 => self.arrive(&class),
            3..5 if is_first && size > 2 => {
                self.gone.push(self.pupils.remove(at));
            }
            5..7 if is_first && size > 2 => self.pupils[at].class = class,
            // One whose new name nobody else has.
            7 if is_first => self.pupils[at].name.surname = format!("Нов{}", letters(who + 700)),
            8 if is_first => {
                let respelled = self.pupils[at].name.surname.to_uppercase().replace('Ё', "Е").replace('-', " ");
                self.pupils[at].spelling = Some(PersonName { surname: respelled, ..self.pupils[at].name.clone() });
            }
            9 if is_first => self.pupils[at].name.given.push_str(&letters(who)[2..]),
            10 => {
                if let Some(parent) = self.pupils[at].parents.first_mut() {
                    self.next += 1;
                    parent.phone = self.next;
                }
            }
            11 if self.pupils[at].parents.len() < 3 => {
                let parent = self.new_parent();
                self.pupils[at].parents.push(parent);
            }
            12 => {
                self.pupils[at].parents.pop();
            }
            13 => {
                let [one, other] = [&class, &of].map(|class| self.classes[class].teacher);
                self.classes.get_mut(&class).unwrap().teacher = other;
                self.classes.get_mut(&of).unwrap().teacher = one;
            }
            14 => {
                let teacher = self.dice.roll(TEACHERS);
                self.classes.get_mut(&class).unwrap().lessons[0].1 = teacher;
            }
            15 if is_first && changed.len() == 1 => {
                self.split_or_merge(&of, happened);
                // One thing at a time: whoever moves and has another name is somebody else to the lists.
                changed.extend(self.pupils.iter().map(|pupil| pupil.who));
            }
            // A name that is none of this school, and that no letter or two make of the old one.
            16 if is_first => self.pupils[at].name.given = format!("Ксенофонт{}", letters(self.next + 20_000)),
            17 if !self.gone.is_empty() => {
                let back = self.dice.roll(self.gone.len());
                if changed.insert(self.gone[back].who) {
                    let back = self.gone.remove(back);
                    self.pupils.push(Pupil { class, ..back });
                    happened.returned += 1;
                }
            }
            _ => {}
        }
    }

    /// Half of a class becomes a class of its own, or a class goes into another one of its grade.
    fn split_or_merge(&mut self, class: &ClassName, happened: &mut Happened) {
        let sister: ClassName = format!("{}В", class.grade()).parse().unwrap();
        let members: Vec<usize> = (0..self.pupils.len()).filter(|at| self.pupils[*at].class == *class).collect();
        if !self.classes.contains_key(&sister) {
            if members.len() < 4 {
                return;
            }
            self.found(&sister);
            for at in &members[..members.len() / 2] {
                self.pupils[*at].class = sister.clone();
            }
        } else if *class != sister {
            for pupil in self.pupils.iter_mut().filter(|pupil| pupil.class == sister) {
                pupil.class = class.clone();
            }
            self.classes.remove(&sister);
        }
        happened.touched.insert(sister);
    }

    /// The tables that a school would give, in any order.
    pub(super) fn tables(&mut self) -> Tables {
        let mut pupils = self.pupils.clone();
        self.dice.shuffle(&mut pupils);
        let mut roster = Roster::default();
        for pupil in pupils {
            let empty = || SchoolClass { name: pupil.class.clone(), homeroom: None, students: Vec::new() };
            roster.classes.entry(pupil.class.clone()).or_insert_with(empty).students.push(student(&pupil));
        }
        let teachers = (0..TEACHERS).map(|number| {
            let homeroom = self.classes.iter().filter(|(_, class)| class.teacher == number);
            StaffMember {
                name: teacher(number),
                post: "учитель".to_owned(),
                role: StaffRole::Teacher,
                email: Some(format!("teacher{number}@example.org").parse().unwrap()),
                subjects: Vec::new(),
                homeroom: homeroom.map(|(name, _)| name.clone()).collect(),
                homeroom_place: Place::file("штат.csv"),
                place: Place::file("штат.csv").at(number as u32, 0),
            }
        });
        let lessons = self.classes.iter().flat_map(|(class, truth)| {
            truth.lessons.iter().map(|(subject, number)| Lesson {
                class: class.clone(),
                subject: (*subject).to_owned(),
                teacher: teacher(*number),
                group: None,
                place: Place::file("нагрузка.csv"),
                class_place: Place::file("нагрузка.csv"),
                teacher_place: Place::file("нагрузка.csv"),
            })
        });
        Tables {
            roster,
            staff: Staff { members: teachers.collect() },
            load: TeachingLoad { lessons: lessons.collect() },
            ..Tables::default()
        }
    }
}

/// The settings and the words, the same for every school.
pub(super) fn texts() -> Texts {
    let settings = include_str!("../../../../samples/school-62/zavuch.toml");
    Texts {
        settings: read_settings(settings, "zavuch.toml", &Templates::default()).value.unwrap(),
        templates: Templates::default(),
        wording: Wording::built_in().unwrap(),
    }
}

fn teacher(number: usize) -> PersonName {
    PersonName::new(&format!("Учителева{}", letters(number as u32)), "Анна", "Ивановна")
}

/// Two letters for a number, so that names that differ by them are never taken for a typing error.
fn letters(number: u32) -> String {
    let letter = |number: u32| char::from_u32(u32::from('а') + number % 30).unwrap();
    [number / 900, number / 30, number].map(letter).iter().collect()
}

fn student(pupil: &Pupil) -> Student {
    let guardian = |parent: &Parent| Guardian {
        id: None,
        name: Some(parent.name.clone()),
        kinship: None,
        phone: Some(format!("+7944{:07}", parent.phone).parse().unwrap()),
        email: None,
    };
    Student {
        id: None,
        class: pupil.class.clone(),
        name: pupil.spelling.clone().unwrap_or_else(|| pupil.name.clone()),
        birth_date: Some(pupil.birth),
        school: None,
        stable_id: None,
        guardians: pupil.parents.iter().map(guardian).collect(),
        place: Place::file("список.csv").at(pupil.who, 0),
    }
}
