//! «Удалить из чатов»: the tasks of the moderators, who tick and sign them.

use std::cmp::Reverse;

use super::Change;
use crate::papers::canvas::Page;
use crate::papers::flow::{Flow, Frame, styles};
use crate::papers::phrases::Values;
use crate::papers::rich_text::RichText;
use crate::papers::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
use crate::papers::units::{Mm, Pt};
use crate::school::{RemovalTask, natural};

/// The room under a table for the moderator's signature.
const SIGNATURE: Mm = Mm(13.0);

const LOOK: TableLook = TableLook {
    cell: styles::CELL.size(Pt(9.2)),
    row_height: Mm(6.6),
    padding: Mm(1.1),
    room_below: SIGNATURE,
    ..TableLook::LIST
};

/// The name of a moderator, the header, a first row and its signature.
const HEAD: Mm = Mm(40.0);

/// The pages of the removals; none where nobody is to be removed.
pub(super) fn removals(change: &Change<'_>) -> Vec<Page> {
    let moderators = by_moderator(change);
    if moderators.is_empty() {
        return Vec::new();
    }
    let (values, words) = (change.values(), &change.wording.removals);
    let head = &change.wording.head;
    let mut flow = Flow::new(Frame::BOUND);
    flow.paragraph(&RichText::bold(values.line(&words.title)), styles::TITLE);
    flow.space(Mm(1.0));
    if let Some(line) = values.phrase(change.of(&head.class, &head.school)) {
        flow.paragraph(&line, styles::SUBTITLE);
    }
    flow.space(Mm(3.0));
    let rules = [&words.rule, &words.rule_without_clause, &words.no_rule];
    let rule = rules.into_iter().find(|rule| values.phrase(rule).is_some());
    if let Some(note) = values.joined([Some(&words.note), rule, Some(&words.unable)].into_iter().flatten()) {
        flow.paragraph(&note, styles::TEXT);
    }
    for Moderator { name, chats } in &moderators {
        let values = values.clone().with_optional("модератор", name.map(str::to_owned));
        let heading = if name.is_some() { &words.moderator } else { &words.nobody };
        flow.space(Mm(5.5));
        flow.keep(HEAD);
        flow.heading(&values.phrase(heading).unwrap_or_default(), styles::HEADING);
        flow.space(Mm(1.5));
        flow.table(&table(change, chats));
        flow.space(Mm(5.0));
        signature(&mut flow, change, *name, &values);
    }
    flow.finish(&change.foot(&change.wording.foot.removals))
}

/// What one moderator is to do.
struct Moderator<'a> {
    /// `None` where nobody is named.
    name: Option<&'a str>,
    chats: Vec<OfChat<'a>>,
}

/// Whom to remove from a chat.
struct OfChat<'a> {
    title: &'a str,
    tasks: Vec<&'a RemovalTask>,
}

/// The tasks of each moderator, chat by chat: those of the addressee first, those of nobody last.
fn by_moderator<'a>(change: &Change<'a>) -> Vec<Moderator<'a>> {
    let mut tasks: Vec<&RemovalTask> = change.sheet.removals.iter().collect();
    let addressee = change.addressee();
    let rank = |task: &RemovalTask| {
        let of_addressee = task.moderator.is_some() && task.moderator == addressee;
        Reverse((of_addressee, task.moderator.is_some()))
    };
    // The order within a chat is that of the record.
    tasks.sort_by(|one, other| {
        let name = |task: &'a RemovalTask| task.moderator.as_deref().unwrap_or_default();
        rank(one)
            .cmp(&rank(other))
            .then_with(|| natural(name(one), name(other)))
            .then_with(|| natural(&one.chat, &other.chat))
    });
    let of_moderator = |tasks: &[&'a RemovalTask]| Moderator {
        name: tasks.first().and_then(|task| task.moderator.as_deref()),
        chats: tasks.chunk_by(|one, other| one.chat == other.chat).map(of_chat).collect(),
    };
    tasks.chunk_by(|one, other| one.moderator == other.moderator).map(of_moderator).collect()
}

fn of_chat<'a>(tasks: &[&'a RemovalTask]) -> OfChat<'a> {
    OfChat { title: tasks.first().map_or("", |task| &task.chat), tasks: tasks.to_vec() }
}

/// The title of a chat stands once, above all whom it concerns.
fn table(change: &Change<'_>, chats: &[OfChat<'_>]) -> Table {
    let words = &change.wording.removals;
    let fixed = |title: &str, width| Column::new(title, ColumnWidth::Fixed(Mm(width)));
    let columns = vec![
        fixed(&words.number, 8.0).centred(),
        Column::new(&words.chat, ColumnWidth::Part(0.62)),
        Column::new(&words.whom, ColumnWidth::Part(1.38)),
        fixed(&words.why, 43.0),
        fixed(&words.removed, 17.0),
    ];
    let with_titles = chats.iter().flat_map(|OfChat { title, tasks }| {
        let title = std::iter::once(Cell::Text(RichText::bold(*title))).chain(std::iter::repeat(Cell::Continued));
        title.zip(tasks)
    });
    let row = |(number, (title, task)): (usize, (Cell, &&RemovalTask))| {
        let RemovalTask { chat: _, moderator: _, who, why } = task;
        let plain = |text: &str| Cell::Text(RichText::plain(text));
        Row { cells: vec![plain(&number.to_string()), title, plain(who), plain(why), Cell::Tick] }
    };
    Table { columns, rows: (1..).zip(with_titles).map(row).collect(), look: LOOK }
}

/// The blanks for signature and date, with the name of the moderator or, where nobody is named, of the administrator.
fn signature(flow: &mut Flow, change: &Change<'_>, name: Option<&str>, values: &Values) {
    let words = &change.wording.removals;
    let administrator = || change.papers.school.administrator.name.to_string();
    let name = name.map_or_else(administrator, str::to_owned);
    let date = values.line(&words.date).replace(' ', "\u{a0}");
    let line = format!("{} {} {name}\u{a0}\u{a0}\u{a0} {date}", values.line(&words.signature), "_".repeat(20));
    flow.paragraph(&RichText::plain(line), styles::TEXT);
}
