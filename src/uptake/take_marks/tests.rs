//! Marks of tables, one by one and in any order.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::{LOSSES, Losses, TakenMarks, VerdictKind, Versions, take_marks};
use crate::school::{
    Acknowledgement, AcknowledgementMark, Audience, ClassName, EntryKind, Fingerprint, PersonId, PersonName, Place,
    Reading, Scope, Signature, SignatureDay, SignatureEntry, Signatures, SignerId,
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
    let (code, class_name, who, own, pupil, mark, day, rules, stamp) =
        (next(), next(), next(), next(), next(), next(), next(), next(), next());
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
        reading: Reading::Whole,
        code,
        rules,
        stamp,
        mark_place: place.clone(),
        place: place.clone(),
        class_place: place.clone(),
        pupil_place: place,
    }
}

fn taken(rows: &[&str], known: &BTreeMap<SignerId, Signatures>) -> TakenMarks {
    let rows: Vec<Acknowledgement> = rows.iter().zip(3..).map(|(text, place)| row(place, text)).collect();
    let known_rules =
        vec![(Audience::Parents, sum(1), date(2026, 8, 25)), (Audience::Parents, sum(2), date(2026, 9, 10))];
    let former = BTreeSet::from([SignerId::Student(PersonId::of_bytes([9; 16])).code()]);
    take_marks(&rows, &signers(), known, &Versions { known: known_rules }, &former, Losses::Few, TODAY)
}

fn marks<const N: usize>(told: [Signature; N]) -> Signatures {
    let entry = |signature| SignatureEntry { signature, kind: EntryKind::Told, taken_on: TODAY, why: String::new() };
    told.into_iter().map(entry).collect()
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
    let known = BTreeMap::from([(id, marks([told(AcknowledgementMark::Acquainted, 12)]))]);
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
    let known = BTreeMap::from([(id, marks([untold]))]);
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

/// What is known of the first of the signers, and what tables then say of it.
struct Past {
    known: BTreeMap<SignerId, Signatures>,
}

impl Past {
    /// The first signer with these marks of September, each one later than the one before.
    fn of(told: &[(AcknowledgementMark, i8)]) -> Self {
        let mut past = Self { known: BTreeMap::new() };
        for (mark, day) in told {
            past.keep(EntryKind::Told, *mark, *day);
        }
        past
    }

    fn keep(&mut self, kind: EntryKind, mark: AcknowledgementMark, day: i8) {
        let signature = Signature { on: date(2026, 9, day), day: SignatureDay::Told, mark, rules: Some(sum(2)) };
        let entry = SignatureEntry { signature, kind, taken_on: TODAY, why: String::new() };
        self.known.entry(Self::id()).or_default().push(entry);
    }

    fn id() -> SignerId {
        signers().all[0].id.clone()
    }

    fn stamp(&self) -> String {
        self.known.get(&Self::id()).map(|marks| marks.stamp(&Self::id(), Some(sum(2)))).unwrap_or_default()
    }

    /// A row of the program with «mark|day» and a stamp.
    fn row(mark: &str, stamp: &str) -> String {
        format!("{}|7А|родитель|Иванова Анна Петровна|Иванов Пётр Ильич|{mark}|r02020202|{stamp}", code(0))
    }

    /// «+ ознакомлен(а) 12.9», «= отказ 5.9» for a correction, «~ …» for one signed again, «- …» for a
    /// withdrawal; what was refused and what is no news.
    #[track_caller]
    fn check(&self, rows: &[String], expected: &str) {
        for rows in [rows.to_vec(), rows.iter().rev().cloned().collect()] {
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            let taken = taken(&rows, &self.known);
            let mut words: Vec<String> = taken
                .new
                .iter()
                .map(|one| {
                    let sign = match one.kind {
                        VerdictKind::First | VerdictKind::Later => '+',
                        VerdictKind::Again => '~',
                        VerdictKind::Corrected => '=',
                        VerdictKind::Withdrawn => '-',
                    };
                    format!("{sign} {} {}", one.signature.mark.words(), one.signature.on.day())
                })
                .collect();
            for (word, number) in [
                ("отклонено", taken.refused.len()),
                ("было", taken.same),
                ("старое", taken.older),
                ("улажено", taken.settled),
            ] {
                words.extend((number > 0).then(|| format!("{word} {number}")));
            }
            assert_eq!(words.join("; "), expected);
        }
    }
}

#[test]
fn a_row_that_nobody_changed_says_nothing_however_old_it_is() {
    let mut past = Past::of(&[(AcknowledgementMark::Refused, 5)]);
    let first = past.stamp();
    past.check(&[Past::row("отказ|5", &first)], "было 1");
    past.check(&[Past::row("отказ|", &first)], "было 1");
    past.keep(EntryKind::Corrected, AcknowledgementMark::Acquainted, 4);
    past.check(&[Past::row("отказ|5", &first)], "было 1");
    past.check(&[Past::row("ознакомлен(а)|4", &first)], "было 1");
    past.check(&[Past::row("|", "")], "");
}

#[test]
fn whoever_changes_a_row_of_now_corrects_it_whatever_the_day() {
    let past = Past::of(&[(AcknowledgementMark::NotReturned, 3), (AcknowledgementMark::Refused, 5)]);
    let row = |mark: &str| Past::row(mark, &past.stamp());
    past.check(&[row("ознакомлен(а)|5")], "= ознакомлен(а) 5");
    past.check(&[row("ознакомлен(а)|2")], "= ознакомлен(а) 2");
    past.check(&[row("отказ|4")], "= отказ 4");
    // Even by a mark that was known before.
    past.check(&[row("не вернул(а)|3")], "= не вернул(а) 3");
    // A later day needs no correction.
    past.check(&[row("ознакомлен(а)|9")], "+ ознакомлен(а) 9");
    // The day alone cleared is nothing.
    past.check(&[row("отказ|")], "было 1");
}

#[test]
fn a_cleared_mark_is_withdrawn_only_where_it_was_the_newest() {
    let mut past = Past::of(&[(AcknowledgementMark::Acquainted, 5)]);
    let first = past.stamp();
    past.check(&[Past::row("|", &first)], "- ознакомлен(а) 5");
    past.check(&[Past::row("|", &first), Past::row("ознакомлен(а)|5", &first)], "- ознакомлен(а) 5; было 1");
    past.keep(EntryKind::Told, AcknowledgementMark::OtherChannel, 9);
    past.check(&[Past::row("|", &first)], "");
    // A blank row of before the first mark, and one whose stamp nobody knows.
    past.check(&[Past::row("|", "")], "");
    past.check(&[Past::row("|", "m00000000")], "");
}

#[test]
fn what_was_withdrawn_comes_back_only_by_the_row_of_now() {
    let mut past = Past::of(&[(AcknowledgementMark::Acquainted, 5)]);
    let first = past.stamp();
    past.keep(EntryKind::Withdrawn, AcknowledgementMark::Acquainted, 5);
    // The table of the class from which it came, and the own one as it was.
    past.check(&["|7А|родитель||Иванов Пётр|ознакомлен(а)|5".to_owned()], "улажено 1");
    past.check(&[Past::row("ознакомлен(а)|5", &first)], "было 1");
    past.check(&[Past::row("ознакомлен(а)|5", "")], "улажено 1");
    past.check(&[Past::row("|", &past.stamp())], "");
    past.check(&[Past::row("ознакомлен(а)|5", &past.stamp())], "+ ознакомлен(а) 5");
    // Somebody tells something else.
    past.check(&["|7А|родитель||Иванов Пётр|отказ|4".to_owned()], "+ отказ 4");
}

#[test]
fn a_mark_without_a_day_of_whom_nothing_holds_is_no_silent_copy_of_what_was_withdrawn() {
    let mut past = Past::of(&[(AcknowledgementMark::Acquainted, 5)]);
    past.keep(EntryKind::Withdrawn, AcknowledgementMark::Acquainted, 5);
    let people = |mark: &str| format!("|7А|родитель||Иванов Пётр|{mark}");
    past.check(&[people("ознакомлен(а)|")], "отклонено 1");
    past.check(&[Past::row("ознакомлен(а)|", "")], "отклонено 1");
    past.check(&[people("ознакомлен(а)|9")], "+ ознакомлен(а) 9");
    past.check(&[people("ознакомлен(а)|"), people("ознакомлен(а)|9")], "+ ознакомлен(а) 9; было 1");
    past.check(&[people("отказ|")], "+ отказ 15");
    let why = taken(&[&people("ознакомлен(а)|")], &past.known).issues[0].to_string();
    assert!(why.contains("без даты, а такая же раньше снята") && !why.contains("  "), "{why}");
    // Where another mark holds, what was corrected is known.
    past.keep(EntryKind::Corrected, AcknowledgementMark::Refused, 4);
    past.check(&[people("ознакомлен(а)|")], "улажено 1");
}

#[test]
fn who_signs_again_after_the_rules_changed_corrects_nothing() {
    let mut past = Past::of(&[]);
    let old = Signature {
        on: date(2026, 9, 5),
        day: SignatureDay::Told,
        mark: AcknowledgementMark::Acquainted,
        rules: Some(sum(1)),
    };
    past.known.insert(Past::id(), marks([old.clone()]));
    assert!(past.stamp().starts_with('b'));
    let row = |mark: &str| Past::row(mark, &past.stamp());
    past.check(&[row("отказ|")], "~ отказ 15");
    past.check(&[row("ознакомлен(а)|")], "~ ознакомлен(а) 15");
    past.check(&[row("ознакомлен(а)|12")], "+ ознакомлен(а) 12");
    past.check(&[row("отказ|"), row("ознакомлен(а)|")], "отклонено 2");
    // It holds, though it has no day and the one before has.
    let new = taken(&[&row("отказ|")], &past.known).new.remove(0);
    let entry = new.entry(TODAY);
    assert!(entry.why.starts_with("подписано заново: ") && !new.is_correction(), "{entry:?}");
    let mut known = marks([old.clone()]);
    known.push(entry);
    assert_eq!(known.last(), Some(&new.signature));
    // A row left blank for rules that are no more, where the mark of before holds again: that would be a correction.
    let back = Signature { rules: Some(sum(2)), ..old };
    past.known.insert(Past::id(), marks([back]));
    let stamp = past.stamp().replacen('m', "b", 1);
    past.check(&[Past::row("отказ|", &stamp)], "= отказ 15");
}

/// Twenty parents of one class who signed the same rules on one day, and what is known of them.
struct Class {
    signers: Signers,
    known: BTreeMap<SignerId, Signatures>,
}

impl Class {
    fn signed(rules: Fingerprint) -> Self {
        let all = (1..=20).map(|number| parent(number, "7А", Some("Иванова Анна Петровна"), "Иванов Пётр"));
        let signers = Signers::from_list(all.collect());
        let told = Signature {
            on: date(2026, 9, 5),
            day: SignatureDay::Told,
            mark: AcknowledgementMark::Acquainted,
            rules: Some(rules),
        };
        let known = signers.all.iter().map(|one| (one.id.clone(), marks([told.clone()]))).collect();
        Self { signers, known }
    }

    /// The rows of the first of them, with the stamps of now and these cells: «mark|day|rules».
    fn rows<'a>(&self, cells: impl Iterator<Item = &'a str>) -> Vec<Acknowledgement> {
        let with_cells = self.signers.all.iter().zip(cells).zip(3..);
        let rows = with_cells.map(|((one, cells), place)| {
            let stamp = self.known[&one.id].stamp(&one.id, one.rules);
            row(place, &format!("{}|7А|родитель|Иванова Анна Петровна|Иванов Пётр|{cells}|{stamp}", one.id.code()))
        });
        rows.collect()
    }
}

#[test]
fn who_signs_again_loses_no_signature_that_holds() {
    let class = Class::signed(sum(1));
    let again = ["не вернул(а)||r02020202", "отказ||r02020202"].repeat(LOSSES);
    let rows = class.rows(again.into_iter().chain(["ознакомлен(а)||r02020202"]));
    let versions = Versions { known: vec![(Audience::Parents, sum(2), date(2026, 9, 10))] };
    let taken = take_marks(&rows, &class.signers, &class.known, &versions, &BTreeSet::new(), Losses::Few, TODAY);
    assert_eq!((taken.new.len(), taken.refused.len(), taken.issues.len()), (2 * LOSSES + 1, 0, 0));
}

#[test]
fn corrections_that_differ_change_nothing() {
    let past = Past::of(&[(AcknowledgementMark::Refused, 5)]);
    let row = |mark: &str| Past::row(mark, &past.stamp());
    past.check(&[row("ознакомлен(а)|5"), row("другой канал|5")], "отклонено 2");
    let elsewhere = "|7А|родитель||Иванов Пётр|ознакомлен(а)|5".to_owned();
    past.check(std::slice::from_ref(&elsewhere), "отклонено 1");
    past.check(&[row("ознакомлен(а)|5"), elsewhere], "= ознакомлен(а) 5; было 1");
    past.check(&[row("|"), "|7А|родитель||Иванов Пётр|ознакомлен(а)|9".to_owned()], "отклонено 2");
}

#[test]
fn columns_that_were_sorted_apart_take_no_signature_away() {
    let class = Class::signed(sum(2));
    let Class { signers, known } = &class;
    let cleared = |number: usize, losses| {
        let rows = class.rows(std::iter::repeat_n("||", number));
        let taken = take_marks(&rows, signers, known, &Versions::default(), &BTreeSet::new(), losses, TODAY);
        (taken.new.len(), taken.refused.len(), taken.issues.len())
    };
    assert_eq!(cleared(LOSSES, Losses::Few), (LOSSES, 0, 0));
    assert_eq!(cleared(LOSSES + 1, Losses::Few), (0, LOSSES + 1, 1));
    assert_eq!(cleared(LOSSES + 1, Losses::Exactly(LOSSES)), (0, LOSSES + 1, 1));
    assert_eq!(cleared(LOSSES + 1, Losses::Exactly(LOSSES + 1)), (LOSSES + 1, 0, 0));
}
