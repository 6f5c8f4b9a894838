//! The state for the terminal: a table with bars, the sums, what is to be done now.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::share::{Share, Shares};
use super::value::{ClassStatus, Status};
use super::work::Work;
use crate::report::grid::wrap;
use crate::school::{Noun, count, dotted};

/// Below so many cells a bar is one cell that is filled by eighths.
const SHORTEST_BAR: usize = 3;
/// The longest bar, in cells.
const LONGEST_BAR: usize = 8;
/// Bars of one cell, by eighths.
const EIGHTHS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The table and the sums for a terminal of `width` cells.
pub fn status_text(status: &Status, width: u16) -> String {
    let width = usize::from(width).max(40);
    let mut rows: Vec<Row> = status.classes.iter().map(Row::of).collect();
    if status.staff.shares.chats.of + status.staff.shares.signed.of > 0 {
        rows.push(Row::of(&status.staff));
    }
    let totals = Row { name: "Всего".to_owned(), shares: status.totals };
    let mut text = format!("{}\n{}\n", status.school, wrap(&as_of(status), width).join("\n"));
    text.push_str(&table(&rows, &totals, width));
    text.push_str(&signing(status, width));
    text
}

/// The class and how much is done.
struct Row {
    name: String,
    shares: Shares,
}

impl Row {
    fn of(class: &ClassStatus) -> Self {
        Self { name: class.name.clone(), shares: class.shares }
    }
}

/// «По состоянию на последний запуск, 15.09.2026 …»
pub(super) fn as_of(status: &Status) -> String {
    format!(
        "Где дело на {}, по состоянию на последний запуск {}. Изменённые списки учтёт: zavuch применить",
        dotted(status.date),
        dotted(status.as_of)
    )
}

/// Numbers beside bars; in a narrow terminal a bar of one cell stands before the numbers.
fn table(rows: &[Row], totals: &Row, width: usize) -> String {
    let all = || rows.iter().chain([totals]);
    let first = all().map(|row| row.name.width()).max().unwrap_or_default().max("Класс".width());
    let headings: Vec<&str> = totals.shares.named().iter().map(|named| named.word).collect();
    let numbers = |share: Share| format!("{}/{}", share.done, share.of);
    let widest = |at: usize| {
        let shares =
            all().filter_map(|row| row.shares.under(totals.shares).get(at).map(|named| numbers(named.share).width()));
        shares.max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..headings.len()).map(widest).collect();
    let gaps = 2 * headings.len();
    let columns_of = |bar: usize| -> Vec<usize> {
        let before = if bar > 0 { bar + 1 } else { 0 };
        widths.iter().zip(&headings).map(|(numbers, heading)| (before + numbers).max(heading.width())).collect()
    };
    let fits = |bar: &usize| first + gaps + columns_of(*bar).iter().sum::<usize>() <= width;
    let bar = (SHORTEST_BAR..=LONGEST_BAR).rev().chain([1]).find(fits).unwrap_or_default();
    let columns = columns_of(bar);
    let mut text = padded("Класс", first);
    for (heading, column) in headings.iter().zip(&columns) {
        text.push_str("  ");
        text.push_str(&padded(heading, *column));
    }
    text.truncate(text.trim_end().len());
    let line = "─".repeat((first + columns.iter().sum::<usize>() + gaps).min(width));
    let _ = writeln!(text, "\n{line}");
    for row in rows {
        text.push_str(&line_of(row, totals, first, bar, &columns));
    }
    let _ = writeln!(text, "{line}");
    text.push_str(&line_of(totals, totals, first, bar, &columns));
    text
}

fn line_of(row: &Row, totals: &Row, first: usize, bar: usize, columns: &[usize]) -> String {
    let mut text = padded(&row.name, first);
    for (named, column) in row.shares.under(totals.shares).iter().zip(columns) {
        let share = named.share;
        let cell =
            if share.of == 0 { "—".to_owned() } else { format!("{}{}/{}", drawn(share, bar), share.done, share.of) };
        text.push_str("  ");
        text.push_str(&padded(&cell, *column));
    }
    format!("{}\n", text.trim_end())
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A bar of so many cells; only all is full, and only nothing is empty.
fn drawn(share: Share, cells: usize) -> String {
    if cells == 0 {
        return String::new();
    }
    if cells == 1 {
        let eighths = (share.done * 8).checked_div(share.of).unwrap_or(8);
        let eighths = if share.done > 0 { eighths.max(1) } else { 0 };
        return format!("{} ", EIGHTHS.get(eighths).copied().unwrap_or('█'));
    }
    let full = (share.done * cells).checked_div(share.of).unwrap_or(cells);
    let full = if share.done > 0 { full.max(1) } else { 0 };
    format!("{}{} ", "█".repeat(full), "░".repeat(cells - full))
}

/// «Подписи: ознакомлен(а) — 180, другой канал — 3, нет отметки — 12.»
fn signing(status: &Status, width: usize) -> String {
    let each = status.signing.each();
    if each.iter().all(|(_, number)| *number == 0) {
        return String::new();
    }
    let each = each.iter().filter(|(_, number)| *number > 0);
    let each: Vec<String> = each.map(|(state, number)| format!("{} — {number}", state.words())).collect();
    format!("\n{}\n", wrap(&format!("Подписи: {}.", each.join(", ")), width).join("\n"))
}

/// What is to be done now, as a numbered list of lines no longer than `width`; at most `limit` of them.
pub fn work_list(status: &Status, width: u16, limit: usize) -> String {
    if status.work.is_empty() {
        return "\nСейчас делать нечего: всё, что записано, сделано.\n".to_owned();
    }
    let mut text = "\nЧто сделать сейчас\n".to_owned();
    let indent = "    ";
    for (number, work) in status.work.iter().take(limit).enumerate() {
        let lines = wrap(&sentence(work), usize::from(width).max(40).saturating_sub(indent.len()));
        for (line, words) in lines.iter().enumerate() {
            let lead = if line == 0 { format!("{:>2}. ", number + 1) } else { indent.to_owned() };
            text.extend([lead.as_str(), words, "\n"]);
        }
    }
    let rest = status.work.len().saturating_sub(limit);
    if rest > 0 {
        let more = count(rest, Noun::new("дело", "дела", "дел"));
        let _ = writeln!(text, "{indent}и ещё {more}: все покажут ключи --json, --xlsx и --html.");
    }
    text
}

/// «7А, О. С. Кузнецова (классный руководитель): создать …: 2 чата. Срок: 05.09.2026, прошёл.»
fn sentence(work: &Work) -> String {
    const SHOWN: usize = 3;
    let who = match &work.name.name {
        Some(name) => format!("{} ({})", name.with_initials(), work.who.words()),
        None => format!("{}, не назначен", work.who.words()),
    };
    let by = work.by.map(|by| format!(" Срок: {}{}.", dotted(by), if work.overdue { ", прошёл" } else { "" }));
    let shown: Vec<String> = work.chats.iter().take(SHOWN).map(|title| format!("«{title}»")).collect();
    let rest = work.chats.len().saturating_sub(SHOWN);
    let rest = if rest > 0 { format!(" и\u{a0}ещё\u{a0}{rest}") } else { String::new() };
    let chats = if shown.is_empty() { String::new() } else { format!(" {}{rest}.", shown.join(", ")) };
    format!("{}, {who}: {}.{}{chats}", work.class, work.what, by.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::{Row, drawn, table};
    use crate::report::status::share::{Share, Shares};

    #[track_caller]
    fn check(done: usize, of: usize, cells: usize, expected: &str) {
        assert_eq!(drawn(Share { done, of }, cells), expected);
    }

    #[test]
    fn bars() {
        check(0, 10, 4, "░░░░ ");
        check(1, 1000, 4, "█░░░ ");
        check(999, 1000, 4, "███░ ");
        check(10, 10, 4, "████ ");
        check(0, 10, 1, "  ");
        check(1, 1000, 1, "▁ ");
        check(999, 1000, 1, "▇ ");
        check(10, 10, 1, "█ ");
        check(5, 10, 0, "");
    }

    #[test]
    fn the_table_fits() {
        let share = |done| Share { done, of: 1567 };
        let shares = Shares { chats: share(1), links: share(900), joined: share(1567), ..Shares::default() };
        let row = |name: &str| Row { name: name.to_owned(), shares };
        for width in [72, 80, 100, 120, 200] {
            let text = table(&[row("7А"), row("10 профильный")], &row("Всего"), width);
            assert!(text.lines().all(|line| line.width() <= width), "{width}\n{text}");
        }
    }
}
