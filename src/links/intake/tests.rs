//! Answers in any order, repeated, contradicting each other and what is known.

use std::collections::{BTreeMap, BTreeSet};

use super::{Intake, Outcome, intake};
use crate::links::samples::chats;
use crate::links::{Remembered, Returned, judge};
use crate::school::{Chat, ChatKey, ChatProgress, LinkUrl, Place, Platform};

fn url(letter: char) -> String {
    format!("https://max.ru/join/{letter}9BIx_q-7TzKdWmP3rVnYhLs5uEoGcFj2Qk8NwRtUaM")
}

fn link(letter: char) -> LinkUrl {
    judge(&url(letter), Platform::Max).expect("an invitation").link
}

/// «7А/родители A»: the chat and the letter of its link.
fn links(lines: &[&str]) -> BTreeMap<ChatKey, LinkUrl> {
    lines.iter().map(|line| pair(line)).collect()
}

fn pair(line: &str) -> (ChatKey, LinkUrl) {
    let (key, letter) = line.rsplit_once(' ').expect("a chat and a letter");
    (ChatKey::of(&key.split('/').collect::<Vec<_>>()), link(letter.chars().next().expect("a letter")))
}

#[derive(Clone, Copy, Default)]
struct Case<'a> {
    active: &'a [&'a str],
    received: &'a [&'a str],
    /// What chats had before.
    past: &'a [&'a str],
    void: &'a [char],
    replaced: &'a [char],
    elsewhere: &'a [char],
}

impl Case<'_> {
    fn taken<T>(&self, answers: &[&str], look: impl FnOnce(&Intake<'_>) -> T) -> T {
        let planned = chats();
        let answer = |(number, line): (usize, &&str)| {
            let (key, url) = match line.rsplit_once(' ') {
                Some((key, letter)) if letter.chars().count() == 1 => (key, url(letter.chars().next().expect("one"))),
                other => other.map(|(key, text)| (key, text.to_owned())).expect("a chat and a link"),
            };
            Returned {
                place: Place::line("письмо.txt", number as u32 + 1),
                chat: Ok(planned.iter().find(|chat: &&Chat| chat.key.as_str() == key).expect("a planned chat")),
                link: Some(judge(&url, Platform::Max)),
                progress: ChatProgress::default(),
            }
        };
        let returned: Vec<Returned<'_>> = answers.iter().enumerate().map(answer).collect();
        let (active, received) = (links(self.active), links(self.received));
        let mut current = active.clone();
        current.extend(received.clone());
        let mut owners: BTreeMap<LinkUrl, Option<ChatKey>> =
            self.past.iter().map(|line| pair(line)).map(|(chat, link)| (link, Some(chat))).collect();
        owners.extend(active.iter().chain(&received).map(|(chat, link)| (link.clone(), Some(chat.clone()))));
        let remembered = Remembered {
            active: &active,
            received: &received,
            standings: &BTreeMap::new(),
            void: &self.void.iter().map(|letter| link(*letter)).collect(),
            replaced: &self.replaced.iter().map(|letter| link(*letter)).collect(),
            elsewhere: &self.elsewhere.iter().map(|letter| link(*letter).fingerprint()).collect(),
            owners: &owners,
            forgotten: &BTreeSet::new(),
            titles: &BTreeMap::new(),
        };
        look(&intake(&returned, &current, remembered))
    }

    #[track_caller]
    fn check(&self, answers: &[&str], expected: &[&str]) {
        self.taken(answers, |intake| {
            let verdict = |verdict: &super::Verdict<'_>| {
                let key = verdict.chat.map(|chat| chat.key.to_string()).unwrap_or_default();
                let why = match &verdict.outcome {
                    Outcome::Refused { why, .. } => format!(": {why}"),
                    _ => String::new(),
                };
                assert!(!why.contains("9BIx"), "a link in {why}");
                format!("{key} {}{why}", verdict.outcome.id())
            };
            assert_eq!(intake.verdicts.iter().map(verdict).collect::<Vec<_>>(), expected);
        });
    }
}

const PARENTS: &str = "7А/родители";

#[test]
fn new_the_same_replaced_outdated() {
    let case = Case {
        active: &["7А/родители A", "7А/ученики B"], past: &["7А/ученики C"], ..Case::default()
    };
    case.check(
        &["7А/родители A", "7А/ученики D", "7А/учителя E"],
        &["7А/родители same", "7А/ученики replaced", "7А/учителя new"],
    );
    case.check(&["7А/ученики C"], &["7А/ученики outdated"]);
    // The whole folder once more: what was there before, and the news.
    case.check(&["7А/ученики B", "7А/ученики D"], &["7А/ученики same", "7А/ученики replaced"]);
    case.check(&["7А/ученики C", "7А/ученики B"], &["7А/ученики outdated", "7А/ученики same"]);
    case.check(&["7А/учителя E", "7А/учителя E"], &["7А/учителя new"]);
}

#[test]
fn a_replaced_link_does_not_come_back_with_an_old_answer() {
    let case = Case {
        past: &["7А/ученики A", "7А/ученики B"], void: &['B'], replaced: &['A'], ..Case::default()
    };
    case.check(&["7А/ученики A"], &["7А/ученики refused: эта ссылка уже заменена другой"]);
    case.check(&["7А/ученики A", "7А/ученики C"], &["7А/ученики outdated", "7А/ученики new"]);
}

#[test]
fn an_old_answer_takes_nothing_back() {
    let case = Case { active: &["7А/ученики A"], ..Case::default() };
    for answers in [["7А/ученики A", "7А/ученики B"], ["7А/ученики B", "7А/ученики A"]]
    {
        case.taken(&answers, |intake| assert_eq!(intake.links, links(&["7А/ученики B"]), "{answers:?}"));
    }
}

#[test]
fn what_is_not_taken_says_why() {
    let case = Case {
        active: &["7А/родители A"],
        past: &["7А/ученики C"],
        void: &['C'],
        elsewhere: &['X'],
        ..Case::default()
    };
    case.check(
        &["7А/ученики A", "7А/учителя X"],
        &[
            "7А/ученики refused: эта ссылка уже у чата «7А/родители»",
            "7А/учителя refused: эта ссылка уже стоит в таблице другой школы",
        ],
    );
    case.check(&["7А/ученики C"], &["7А/ученики refused: эта ссылка отозвана"]);
    case.check(
        &["7А/ученики D", "7А/учителя D"],
        &[
            "7А/ученики refused: та же ссылка прислана и для чата «7А Учителя»",
            "7А/учителя refused: та же ссылка прислана и для чата «7А Ученики»",
        ],
    );
    case.check(
        &["7А/ученики D", "7А/ученики E"],
        &[
            "7А/ученики refused: для этого чата прислана и другая ссылка (письмо.txt, строка 2)",
            "7А/ученики refused: для этого чата прислана и другая ссылка (письмо.txt, строка 1)",
        ],
    );
    case.check(
        &["7А/ученики https://chat.whatsapp.com/AbCdEf", "7А/учителя E"],
        &["7А/ученики refused: это ссылка на WhatsApp, а не на чат в MAX", "7А/учителя new"],
    );
}

#[test]
fn the_order_of_answers_does_not_matter() {
    let case = Case { active: &["7А/родители A"], ..Case::default() };
    let answers =
        ["7А/родители B", "7А/ученики C", "7А/учителя D", "7А/учителя D", "7А/ученики C", "7А/предмет/алгебра E"];
    let expected = case.taken(&answers, |intake| intake.links.clone());
    assert_eq!(expected.len(), 4);
    // Every rotation and its reverse, with a repetition of the first answers.
    for shift in 0..answers.len() {
        let mut turned: Vec<&str> = answers.iter().cycle().skip(shift).take(answers.len() + 2).copied().collect();
        assert_eq!(case.taken(&turned, |intake| intake.links.clone()), expected);
        turned.reverse();
        assert_eq!(case.taken(&turned, |intake| intake.links.clone()), expected);
    }
    // Taken once more, nothing is new.
    let received: Vec<String> = expected
        .iter()
        .map(|(key, link)| format!("{key} {}", &link.as_str()["https://max.ru/join/".len()..][..1]))
        .collect();
    let received: Vec<&str> = received.iter().map(String::as_str).collect();
    let again = Case { active: &["7А/родители A"], received: &received, ..Case::default() };
    again.taken(&answers, |intake| {
        assert!(intake.verdicts.iter().all(|verdict| verdict.outcome == Outcome::Same), "{:?}", intake.verdicts);
        assert_eq!(intake.links, expected);
    });
    assert!(received.iter().any(|line| line.starts_with(PARENTS)));
}
