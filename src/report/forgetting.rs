//! Who and what is forgotten, before it is: as text and as JSON.
//!
//! It names people, for the person who decides has to see them; afterwards nothing but the numbers is left.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use crate::school::{Noun, count, dotted};
use crate::store::{Forgotten, Former};

/// More people or files than this are told as a number.
const LISTED: usize = 40;

/// Who and what is, or would be, forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Forgetting {
    /// Pupils who left.
    pub people: Vec<Leaver>,
    /// Pupils who left and are not forgotten yet, because a package that is still to be given names them.
    pub kept: Vec<Leaver>,
    /// How many parents go with them.
    pub guardians: usize,
    /// How many events.
    pub events: usize,
    /// How many papers.
    pub papers: usize,
    /// How many links that ended.
    pub links: usize,
    /// How many chats that were closed.
    pub chats: usize,
    /// How many packages that were given lose their content.
    pub packages: usize,
    /// Letters and sheets of changes in «выдача/» that are removed.
    pub files: Vec<String>,
    /// Letters in the outbox that were surely not sent and cannot be any more: what they ask for is asked of nobody.
    pub unsent: Vec<String>,
    /// Files that a person changed, or that no run is known to have written: they stay.
    pub changed_by_hand: Vec<String>,
}

/// A pupil who left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leaver {
    /// The name.
    pub name: String,
    /// The last class.
    pub class: String,
    /// The date of the run that found the pupil in no list.
    pub left: Date,
    /// Why; may be empty.
    pub why: String,
}

impl Forgetting {
    /// The report of what the store counts; `files` are those of «выдача/», `unsent` the letters that wait to be sent.
    pub fn new(forgotten: &Forgotten, former: &[Former], files: Vec<String>, unsent: Vec<String>) -> Self {
        let Forgotten { people, guardians, events, papers, links, chats, packages, kept } = forgotten;
        let leavers = |ids: &[crate::school::PersonId]| -> Vec<Leaver> {
            let is_among = |former: &&Former| former.student.id.is_some_and(|id| ids.contains(&id));
            former.iter().filter(is_among).map(Leaver::of).collect()
        };
        Self {
            people: leavers(people),
            kept: leavers(kept),
            guardians: *guardians,
            events: *events,
            papers: *papers,
            links: *links,
            chats: *chats,
            packages: packages.len(),
            files,
            unsent,
            changed_by_hand: Vec::new(),
        }
    }

    /// Whether there is nothing to forget.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.records() == 0
    }

    /// The number that a person types: of the people, or of the records where nobody is among them.
    pub fn number(&self) -> usize {
        if self.people.is_empty() { self.records() } else { self.people.len() }
    }

    fn records(&self) -> usize {
        self.events + self.papers + self.links + self.chats + self.packages
    }
}

impl Leaver {
    /// A pupil who left.
    pub fn of(former: &Former) -> Self {
        let Former { student, left, run: _, why } = former;
        Self { name: student.name.to_string(), class: student.class.to_string(), left: *left, why: why.clone() }
    }
}

impl std::fmt::Display for Leaver {
    /// «Белов Лев Олегович, 7А, выбыл(а) 08.09.2026».
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { name, class, left, why: _ } = self;
        write!(f, "{name}, {class}, выбыл(а) {}", dotted(*left))
    }
}

/// Whether it is told before or after it was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToldWhen {
    /// Nothing is done yet.
    Before,
    /// It is done.
    After,
}

/// Who and what it is, for people.
pub fn forgetting_text(forgetting: &Forgetting, when: ToldWhen) -> String {
    let Forgetting { people, kept, guardians, events, papers, links, chats, packages, files, unsent, changed_by_hand } =
        forgetting;
    let mut text = String::new();
    list(&mut text, "Выбывшие", people.iter().map(ToString::to_string));
    let numbers = [
        (people.len(), Noun::new("ученик", "ученика", "учеников")),
        (*guardians, Noun::new("родитель", "родителя", "родителей")),
        (*events, Noun::new("запись о событии", "записи о событиях", "записей о событиях")),
        (*papers, Noun::new("запись о бумаге", "записи о бумагах", "записей о бумагах")),
        (*links, Noun::new("прежняя ссылка", "прежние ссылки", "прежних ссылок")),
        (*chats, Noun::new("закрытый чат", "закрытых чата", "закрытых чатов")),
        (*packages, Noun::new("содержание комплекта", "содержания комплектов", "содержаний комплектов")),
    ];
    let numbers: Vec<String> =
        numbers.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun)).collect();
    if !numbers.is_empty() {
        let _ = writeln!(text, "Всего: {}.", numbers.join(", "));
    }
    let title = match when {
        ToldWhen::Before => "Из папки «выдача» будут удалены файлы (изменённые вами останутся)",
        ToldWhen::After => "Из папки «выдача» удалены файлы",
    };
    list(&mut text, title, files.iter().cloned());
    let title = match when {
        ToldWhen::Before => {
            "Эти письма не отправлены и уже не уйдут: отправьте их раньше (zavuch письма отправить) или передайте сами, что в них сказано"
        }
        ToldWhen::After => "Эти письма не были отправлены и уже не уйдут: передайте сами, что в них было сказано",
    };
    list(&mut text, title, unsent.iter().cloned());
    list(
        &mut text,
        "Эти файлы вы изменили или положили сами, поэтому они останутся; уберите их сами",
        changed_by_hand.iter().cloned(),
    );
    list(
        &mut text,
        "Пока останутся: о них говорится в комплекте, который ещё не выдан",
        kept.iter().map(ToString::to_string),
    );
    text
}

fn list(text: &mut String, title: &str, lines: impl ExactSizeIterator<Item = String>) {
    let number = lines.len();
    if number == 0 {
        return;
    }
    let _ = writeln!(text, "{title}:");
    lines.take(LISTED).for_each(|line| {
        let _ = writeln!(text, "  {line}");
    });
    if number > LISTED {
        let _ = writeln!(text, "  … и ещё {}", number - LISTED);
    }
}
