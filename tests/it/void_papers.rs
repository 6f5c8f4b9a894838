//! Every paper that holds no longer is named: what was handed out minus what was called void is what holds.

use std::collections::BTreeSet;

use zavuch::school::{PersonId, Piece, SchoolState, dotted};

use crate::handed_out::{self, HandedOut, Void};
use crate::small_school::{FIRST, ListForm, SECOND, SmallSchool, without_patronymic};

const CLASSES: [(&str, usize); 4] = [("5А", 7), ("6А", 7), ("7А", 8), ("7Б", 7)];

/// What people were given and told.
#[derive(Default)]
struct Hands {
    papers: BTreeSet<Paper>,
    /// The letters and sheets that were already looked at.
    seen: BTreeSet<String>,
}

/// A paper as the list of void papers calls it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Paper {
    words: String,
    edition: String,
}

impl Hands {
    /// Takes what the last run has issued: every letter with its files, and what lies in the folder of the school.
    #[track_caller]
    fn take(&mut self, school: &SmallSchool, state: &SchoolState) {
        let mut given: Vec<Vec<u8>> = Vec::new();
        for (name, (bytes, _)) in school.stamps() {
            let Some(name) = name.strip_prefix("выдача/") else { continue };
            let is_news = name.starts_with("Письма/")
                || name == "Школа/Школа Листы-приглашения.pdf"
                || name.starts_with("Школа/Школа Изменения");
            if !is_news || !self.seen.insert(name.to_owned()) {
                continue;
            }
            if name.starts_with("Письма/") {
                given.extend(handed_out::letter(&bytes).pdfs());
            } else {
                given.push(bytes);
            }
        }
        for Void { words, edition, why } in given.iter().flat_map(|pdf| handed_out::void(pdf)) {
            let void = Paper { words, edition };
            assert!(self.papers.remove(&void), "{void:?} is called void ({why}), and nobody has it");
        }
        for paper in given.iter().flat_map(|pdf| handed_out::papers(pdf)) {
            self.papers.insert(named(school, state, &paper));
        }
    }
}

/// A paper that was read, under the title of the chat that its link was made for.
fn named(school: &SmallSchool, state: &SchoolState, paper: &HandedOut) -> Paper {
    let key = school.owner(&paper.link);
    let chat = state.chats.values().find(|chat| chat.key.to_string() == key).unwrap_or_else(|| panic!("{key}"));
    let words = match &paper.pupil {
        Some(pupil) => format!("талон «{}», {pupil}", chat.title),
        None => format!("лист-приглашение «{}»", chat.title),
    };
    Paper { words, edition: paper.edition.clone() }
}

/// The slips and posters that hold.
fn holding(state: &SchoolState) -> BTreeSet<Paper> {
    let name = |id: &PersonId| {
        let pupil = state.roster.students().find(|pupil| pupil.id == Some(*id)).expect("a pupil of the roster");
        pupil.name.without_patronymic()
    };
    let papers = state.papers.iter().filter_map(|(id, paper)| {
        let words = match &id.piece {
            Piece::Poster { chat } => format!("лист-приглашение «{}»", state.chats[chat].title),
            Piece::Slip { chat, student } => format!("талон «{}», {}", state.chats[chat].title, name(student)),
            _ => return None,
        };
        Some(Paper { words, edition: format!("{} от {}", paper.edition.version, dotted(paper.edition.issued)) })
    });
    papers.collect()
}

/// A sequence of numbers that looks random; the same seed gives the same one.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// One thing that happens in a week; never so much that a limit is reached.
fn happen(school: &mut SmallSchool, dice: &mut Dice) {
    let class = CLASSES[dice.roll(CLASSES.len())].0;
    let names = school.names(class);
    let name = names[dice.roll(names.len())].clone();
    match dice.roll(7) {
        0 => drop(school.arrive(class)),
        1 if names.len() > 4 => school.leave(&name),
        2 => school.pupil(&name).class = CLASSES[dice.roll(CLASSES.len())].0.to_owned(),
        3 => {
            let rest = school.pupil(&name).name.split_once(' ').expect("a given name").1.to_owned();
            let new = format!("Заречн{} {rest}", ["ов", "ый", "ин", "ский", "як"][dice.roll(5)]);
            // Namesakes are told apart by a mark on the slip, which is for other tests.
            if !school.pupils.iter().any(|pupil| without_patronymic(&pupil.name) == without_patronymic(&new)) {
                school.pupil(&name).name = new;
            }
        }
        4 => {
            let key = format!("{class}/{}", ["родители", "ученики"][dice.roll(2)]);
            let link = school.new_link(&key);
            school.register.insert(key, link);
        }
        5 => {
            let new = format!("Классная Анна {}", ["Ивановна", "Петровна", "Львовна", "Ильинична"][dice.roll(4)]);
            if !school.staff.iter().any(|one| one.name == new) {
                let email = format!("klassnaya{}@example.org", school.staff.len());
                let old = school.staff.iter_mut().find(|one| one.class == class).expect("a teacher");
                old.name = new;
                old.email = email;
            }
        }
        _ => school.pupil(&name).phone = format!("+7 944 000-99-{:02}", dice.roll(100)),
    }
}

#[track_caller]
fn check(seed: u64, weeks: u32) {
    let mut school = SmallSchool::of(&CLASSES);
    let mut dice = Dice(seed);
    let mut hands = Hands::default();
    school.applied(FIRST);
    let state = school.state();
    hands.take(&school, &state);
    assert_eq!(hands.papers, holding(&state));
    for week in 1..=weeks {
        for _ in 0..3 {
            happen(&mut school, &mut dice);
        }
        let names: BTreeSet<String> = school.pupils.iter().map(|pupil| without_patronymic(&pupil.name)).collect();
        assert_eq!(names.len(), school.pupils.len(), "no namesakes are wanted here: seed {seed}, week {week}");
        school.save_lists(if dice.roll(2) == 0 { ListForm::Csv } else { ListForm::OtherColumns });
        school.save_staff();
        school.save_register();
        let on = format!("2026-09-{:02}", 1 + week);
        let answer = school.apply(&on);
        assert_eq!(answer.status, 0, "seed {seed}, week {week}: {}", answer.shown());
        let state = school.state();
        hands.take(&school, &state);
        let (has, holds) = (&hands.papers, holding(&state));
        assert!(
            *has == holds,
            "seed {seed}, week {week}: only in hands {:?}, only in the store {:?}",
            has - &holds,
            &holds - has
        );
        assert_eq!(school.call(&["план", "школа", "--date", &on, "--check"]).status, 0, "seed {seed}, week {week}");
    }
}

#[test]
fn one_autumn() {
    check(1, 8);
}

#[test]
fn another_autumn() {
    check(2, 8);
}

#[test]
fn a_third_autumn() {
    check(3, 8);
}

/// 7Б goes up in 7А: its former teacher is told what to collect, and the report counts that letter.
#[test]
fn two_classes_become_one() {
    let mut school = SmallSchool::issued(&CLASSES);
    let mut hands = Hands::default();
    hands.take(&school, &school.state());
    for pupil in school.pupils.iter_mut().filter(|pupil| pupil.class == "7Б") {
        pupil.class = "7А".to_owned();
    }
    let teacher = school.staff.iter_mut().find(|one| one.class == "7Б").expect("a teacher");
    teacher.class = String::new();
    let address = teacher.email.clone();
    school.save_lists(ListForm::Csv);
    school.save_staff();
    let answer = school.applied(SECOND);
    let row =
        answer.stdout.lines().find(|line| line.starts_with("│ 7Б")).unwrap_or_else(|| panic!("{}", answer.stdout));
    assert!(row.contains("готово"), "{row}");
    assert!(answer.stdout.contains("готово 2"), "{}", answer.stdout);
    let letter = handed_out::letter(&school.output("Письма/7Б 08.09.2026 № 1.eml"));
    assert_eq!(letter.to, [address]);
    let state = school.state();
    hands.take(&school, &state);
    assert_eq!(hands.papers, holding(&state));
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
}

/// More of the same, on demand: `cargo test --release many_autumns -- --ignored`.
#[test]
#[ignore = "takes minutes"]
fn many_autumns() {
    (4..64).for_each(|seed| check(seed, 20));
}
