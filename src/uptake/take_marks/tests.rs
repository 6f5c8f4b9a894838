//! Marks of tables, one by one and in any order.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::{TakenMarks, Versions, take_marks};
use crate::school::{
    Acknowledgement, AcknowledgementMark, Audience, ClassName, Fingerprint, PersonId, PersonName, Place, Scope,
    Signature, SignatureDay, SignerId,
};
use crate::uptake::{Signer, Signers};

const TODAY: Date = date(2026, 9, 15);

fn sum(byte: u8) -> Fingerprint {
    Fingerprint::of_sum([byte; 32])
}

fn class(text: &str) -> ClassName {
    text.parse().expect("a class")
}

fn name(text: &str) -> PersonName {
    let mut words = text.split(' ');
    let mut next = || words.next().unwrap_or_default();
    PersonName::new(next(), next(), next())
}

fn parent(number: u8, of: &str, parent: Option<&str>, pupil: &str) -> Signer {
    Signer {
        id: SignerId::Parent {
            pupil: PersonId::of_bytes([number; 16]),
            guardian: parent.map(|_| PersonId::of_bytes([100 + number; 16])),
        },
        scope: Scope::Class(class(of)),
        name: parent.map(name),
        pupil: Some(name(pupil)),
        namesake: None,
        rules: Some(sum(2)),
    }
}

fn signers() -> Signers {
    Signers::from_list(vec![
        parent(1, "7А", Some("Иванова Анна Петровна"), "Иванов Пётр Ильич"),
        parent(2, "7А", None, "Ким Павел Олегович"),
        parent(3, "7Б", Some("Орлова Ольга Юрьевна"), "Орлов Юрий Львович"),
        Signer {
            id: SignerId::Staff("кузнецоваольгасергеевна".to_owned()),
            scope: Scope::School,
            name: Some(name("Кузнецова Ольга Сергеевна")),
            pupil: None,
            namesake: None,
            rules: Some(sum(2)),
        },
    ])
}

fn row(place: u32, text: &str) -> Acknowledgement {
    let mut cells = text.split('|').map(str::trim);
    let mut next = || cells.next().unwrap_or_default().to_owned();
    let (code, class_name, who, own, pupil, mark, day, rules) =
        (next(), next(), next(), next(), next(), next(), next(), next());
    let place = Place::file("ознакомление.xlsx").at(place, 3);
    Acknowledgement {
        class: class_name.parse().ok(),
        signer: match who.as_str() {
            "сотрудник" => crate::school::Signer::Staff,
            "обучающийся" => crate::school::Signer::Student,
            _ => crate::school::Signer::Parent,
        },
        name: Some(own).filter(|text| !text.is_empty()).map(|text| name(&text)),
        pupil: Some(pupil).filter(|text| !text.is_empty()).map(|text| name(&text)),
        mark: AcknowledgementMark::ALL.into_iter().find(|one| one.words() == mark),
        date: day.parse().ok().map(|day| date(2026, 9, day)),
        code,
        rules,
        place: place.clone(),
        class_place: place.clone(),
        pupil_place: place,
    }
}

fn taken(rows: &[&str], known: &BTreeMap<SignerId, Vec<Signature>>) -> TakenMarks {
    let rows: Vec<Acknowledgement> = rows.iter().zip(3..).map(|(text, place)| row(place, text)).collect();
    let known_rules =
        vec![(Audience::Parents, sum(1), date(2026, 8, 25)), (Audience::Parents, sum(2), date(2026, 9, 10))];
    let former = BTreeSet::from([SignerId::Student(PersonId::of_bytes([9; 16])).code()]);
    take_marks(&rows, &signers(), known, &Versions { known: known_rules }, &former, TODAY)
}

/// «отказ 12.9»: what is new of the first person; and what was refused.
#[track_caller]
fn check(rows: &[&str], expected: &str) {
    assert_eq!(in_words(&taken(rows, &BTreeMap::new())), expected);
    let turned: Vec<&str> = rows.iter().rev().copied().collect();
    assert_eq!(in_words(&taken(&turned, &BTreeMap::new())), expected, "in another order");
}

fn in_words(taken: &TakenMarks) -> String {
    let new = taken.new.iter().map(|one| {
        let Signature { on, day, mark, rules } = &one.signature;
        let day = if *day == SignatureDay::Told { "" } else { "?" };
        let old = if *rules == Some(sum(2)) { "" } else { " старые правила" };
        format!("{} {}.{}{day}{old}", mark.words(), on.day(), on.month())
    });
    let refused = (!taken.refused.is_empty()).then(|| format!("отклонено {}", taken.refused.len()));
    new.chain(refused).collect::<Vec<_>>().join("; ")
}

fn code(number: u8) -> String {
    signers().all[usize::from(number)].id.code()
}

#[test]
fn a_row_is_known_by_its_code_whatever_its_name() {
    let coded = |rest: &str| format!("{}|{rest}", code(0));
    check(&[&coded("7А|родитель|Иванова Анна Петровна|Иванов Пётр Ильич|ознакомлен(а)|12")], "ознакомлен(а) 12.9");
    check(&[&coded("7А|родитель|Петрова Анна Петровна|Иванов Пётр Ильич|отказ|12")], "отказ 12.9");
    // A name that nobody has, and columns that shifted.
    check(&[&coded("7А|родитель|Чужая Мария Петровна|Иванов Пётр Ильич|отказ|12")], "отклонено 1");
    check(&[&coded("7А|родитель|Иванов Пётр Ильич||отказ|12")], "отклонено 1");
    // Only some of the columns were sorted.
    check(&[&coded("7Б|родитель|Орлова Ольга Юрьевна|Орлов Юрий Львович|отказ|12")], "отклонено 1");
}

#[test]
fn a_row_of_people_is_known_by_its_names() {
    check(&["|7А|родитель|Иванова Анна|Иванов Пётр|ознакомлен(а)|12"], "ознакомлен(а) 12.9");
    check(&["|7А|родитель||Иванов Пётр|ознакомлен(а)|12"], "ознакомлен(а) 12.9");
    check(&["|7А|родитель|Иванова А. П.|Иванов Пётр|ознакомлен(а)|12"], "ознакомлен(а) 12.9");
    // The list names no parent: whoever signed is the parent.
    check(&["|7А|родитель|Ким Светлана|Ким Павел|другой канал|12"], "другой канал 12.9");
    check(&["||сотрудник|Кузнецова О. С.||ознакомлен(а)|12"], "ознакомлен(а) 12.9");
    check(&["|7А|родитель|Чужая Анна|Иванов Пётр|ознакомлен(а)|12"], "отклонено 1");
    check(&["|7А|родитель||Орлов Юрий|ознакомлен(а)|12"], "отклонено 1");
    check(&["|7А|родитель||Неизвестный Пётр|ознакомлен(а)|12"], "отклонено 1");
}

#[test]
fn the_later_day_wins_in_any_order() {
    let row = |rest: &str| format!("|7А|родитель||Иванов Пётр|{rest}");
    let [early, late, other, undated] = ["отказ|11", "ознакомлен(а)|12", "другой канал|12", "не вернул(а)|"].map(row);
    check(&[&early, &late], "ознакомлен(а) 12.9");
    check(&[&late, &late], "ознакомлен(а) 12.9");
    check(&[&late, &other], "отклонено 2");
    check(&[&undated], "не вернул(а) 15.9?");
    check(&[&undated, &late], "ознакомлен(а) 12.9; отклонено 1");
}

#[test]
fn what_is_known_is_no_news() {
    let id = signers().all[0].id.clone();
    let told = |mark, day: i8| Signature { on: date(2026, 9, day), day: SignatureDay::Told, mark, rules: Some(sum(2)) };
    let known = BTreeMap::from([(id, vec![told(AcknowledgementMark::Acquainted, 12)])]);
    let again = |rest: &str| taken(&[&format!("|7А|родитель||Иванов Пётр|{rest}")], &known);
    let numbers = |taken: &TakenMarks| (taken.new.len(), taken.same, taken.older, taken.refused.len());
    assert_eq!(numbers(&again("ознакомлен(а)|12")), (0, 1, 0, 0));
    assert_eq!(numbers(&again("ознакомлен(а)|")), (0, 1, 0, 0));
    assert_eq!(numbers(&again("не вернул(а)|10")), (0, 0, 1, 0));
    assert_eq!(numbers(&again("не вернул(а)|")), (0, 0, 0, 1));
    assert_eq!(numbers(&again("отказ|12")), (0, 0, 0, 1));
    assert_eq!(numbers(&again("отказ|13")), (1, 0, 0, 0));
}

#[test]
fn a_day_that_is_told_later_takes_the_place_of_none() {
    let id = signers().all[0].id.clone();
    let untold =
        Signature { on: TODAY, day: SignatureDay::Untold, mark: AcknowledgementMark::Acquainted, rules: Some(sum(2)) };
    let known = BTreeMap::from([(id, vec![untold])]);
    let taken = taken(&["|7А|родитель||Иванов Пётр|ознакомлен(а)|11"], &known);
    assert_eq!(in_words(&taken), "ознакомлен(а) 11.9");
}

#[test]
fn a_mark_is_of_the_rules_of_its_day_or_of_its_row() {
    let row = |rest: &str| format!("|7А|родитель||Иванов Пётр|{rest}");
    check(&[&row("ознакомлен(а)|5")], "ознакомлен(а) 5.9 старые правила");
    check(&[&row("ознакомлен(а)|11")], "ознакомлен(а) 11.9");
    check(&[&row("ознакомлен(а)|5|r02020202")], "ознакомлен(а) 5.9");
    check(&[&row("ознакомлен(а)|11|r01010101")], "ознакомлен(а) 11.9 старые правила");
}

#[test]
fn rows_of_people_who_left_are_passed_over() {
    let gone = SignerId::Student(PersonId::of_bytes([9; 16])).code();
    let taken = taken(&[&format!("{gone}|7А|обучающийся|Ушедший Иван||ознакомлен(а)|12")], &BTreeMap::new());
    assert_eq!((taken.former, taken.new.len(), taken.refused.len()), (1, 0, 0));
}
