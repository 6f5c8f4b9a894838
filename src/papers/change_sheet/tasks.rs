//! «Удалить из чатов» and «Включить в чаты»: the tasks of the moderators, who tick and sign them.
//!
//! One table for all moderators: a pupil who leaves has to leave a dozen chats of nearly as many teachers.

use std::cmp::Reverse;

use super::Change;
use crate::papers::canvas::Page;
use crate::papers::flow::{Flow, Frame, styles};
use crate::papers::rich_text::RichText;
use crate::papers::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
use crate::papers::units::{Mm, Pt};
use crate::school::{AdmissionTask, RemovalTask, natural};

/// Rows high enough to sign beside one.
const LOOK: TableLook = TableLook { cell: styles::CELL.size(Pt(9.0)), padding: Mm(1.1), ..TableLook::FORM };

/// One person and one chat.
#[derive(Clone, Copy)]
struct Task<'a> {
    chat: &'a str,
    moderator: Option<&'a str>,
    who: &'a str,
    why: &'a str,
}

/// The words of a table.
#[derive(Clone, Copy)]
struct Heads<'a> {
    nobody: &'a str,
    whom: &'a str,
    done: &'a str,
}

/// The pages of the removals; none where nobody is to be removed.
pub(super) fn removals(change: &Change<'_>) -> Vec<Page> {
    let (values, words) = (change.values(), &change.wording.removals);
    let tasks = change.sheet.removals.iter().map(|task| {
        let RemovalTask { chat, moderator, who, why } = task;
        Task { chat, moderator: moderator.as_deref(), who, why }
    });
    let rules = [&words.rule, &words.rule_without_clause, &words.no_rule];
    let rule = rules.into_iter().find(|rule| values.phrase(rule).is_some());
    let note = values.joined([Some(&words.note), rule, Some(&words.unable)].into_iter().flatten());
    let heads = Heads { nobody: &words.nobody, whom: &words.whom, done: &words.removed };
    pages(change, &words.title, note, tasks.collect(), heads, &change.wording.foot.removals)
}

/// The pages of those who are to be admitted; none where there is nobody.
pub(super) fn admissions(change: &Change<'_>) -> Vec<Page> {
    let words = &change.wording.admissions;
    let tasks = change.sheet.admissions.iter().map(|task| {
        let AdmissionTask { chat, moderator, who, why } = task;
        Task { chat, moderator: moderator.as_deref(), who, why }
    });
    let note = change.values().phrase(&words.note);
    let heads = Heads { nobody: &words.nobody, whom: &words.whom, done: &words.admitted };
    pages(change, &words.title, note, tasks.collect(), heads, &change.wording.foot.admissions)
}

/// Title, whose, note and table; no page without a task.
fn pages(
    change: &Change<'_>,
    title: &str,
    note: Option<RichText>,
    tasks: Vec<Task<'_>>,
    heads: Heads<'_>,
    foot: &str,
) -> Vec<Page> {
    if tasks.is_empty() {
        return Vec::new();
    }
    let values = change.values();
    let mut flow = Flow::new(Frame::BOUND);
    flow.paragraph(&RichText::bold(values.line(title)), styles::TITLE);
    flow.space(Mm(1.0));
    if let Some(line) = values.phrase(change.wording.head.whose(change.papers.class.is_some())) {
        flow.paragraph(&line, styles::SUBTITLE);
    }
    flow.space(Mm(3.0));
    if let Some(note) = note {
        flow.paragraph(&note, styles::TEXT);
        flow.space(Mm(3.5));
    }
    flow.table(&table(change, in_order(change, tasks), heads));
    flow.finish(&change.foot(foot))
}

/// The tasks moderator by moderator and chat by chat: those of the addressee first, those of nobody last. Within a chat
/// the order is that of the record.
fn in_order<'a>(change: &Change<'_>, mut tasks: Vec<Task<'a>>) -> Vec<Task<'a>> {
    let addressee = change.addressee();
    let rank = |task: &Task<'a>| {
        let is_named = task.moderator.is_some();
        Reverse((is_named && task.moderator == addressee.as_deref(), is_named))
    };
    tasks.sort_by(|one, other| {
        let name = |task: &Task<'a>| task.moderator.unwrap_or_default();
        rank(one)
            .cmp(&rank(other))
            .then_with(|| natural(name(one), name(other)))
            .then_with(|| natural(one.chat, other.chat))
    });
    tasks
}

/// A moderator stands once and signs once on a page, the title of a chat stands once above all whom it concerns.
fn table(change: &Change<'_>, tasks: Vec<Task<'_>>, heads: Heads<'_>) -> Table {
    let words = &change.wording.removals;
    let fixed = |title: &str, width| Column::new(title, ColumnWidth::Fixed(Mm(width)));
    let part = |title: &str, part| Column::new(title, ColumnWidth::Part(part));
    let columns = vec![
        fixed(&words.number, 8.0).centred(),
        part(&words.moderator, 0.8),
        part(&words.chat, 0.85),
        part(heads.whom, 1.15),
        fixed(&words.why, 28.0),
        fixed(heads.done, 17.0),
        fixed(&words.signature, 25.0),
    ];
    let nobody = change.values().line(heads.nobody);
    let mut before: Option<Task<'_>> = None;
    let mut rows = Vec::new();
    for (number, task) in (1_usize..).zip(tasks) {
        let Task { chat, moderator, who, why } = task;
        let goes_on = before.is_some_and(|before| before.moderator == moderator);
        let is_same_chat = goes_on && before.is_some_and(|before| before.chat == chat);
        let once = |again: bool, text: RichText| if again { Cell::Continued } else { Cell::Text(text) };
        let plain = |text: &str| Cell::Text(RichText::plain(text));
        let moderator = moderator.unwrap_or(&nobody);
        rows.push(Row {
            cells: vec![
                plain(&number.to_string()),
                once(goes_on, RichText::plain(moderator)),
                once(is_same_chat, RichText::bold(chat)),
                plain(who),
                plain(why),
                Cell::Tick,
                once(goes_on, RichText::default()),
            ],
        });
        before = Some(task);
    }
    Table { columns, rows, look: LOOK }
}
