//! Several schools, a row each.

use std::fmt::Write as _;

use super::share::{Share, Shares};
use super::value::Status;
use crate::report::grid::{Column, Side, grid};

/// A school among several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolLine {
    /// The folder.
    pub folder: String,
    /// The state, or why it cannot be told.
    pub status: Result<Status, String>,
}

const COLUMNS: [Column; 9] = [
    Column { heading: "Папка", side: Side::Left, from_width: 0 },
    Column { heading: "Школа", side: Side::Left, from_width: 110 },
    Column { heading: "Чаты", side: Side::Right, from_width: 0 },
    Column { heading: "Ссылки", side: Side::Right, from_width: 0 },
    Column { heading: "Бумаги", side: Side::Right, from_width: 80 },
    Column { heading: "Розданы", side: Side::Right, from_width: 90 },
    Column { heading: "Подписи", side: Side::Right, from_width: 0 },
    Column { heading: "Вступили", side: Side::Right, from_width: 0 },
    Column { heading: "Просрочено", side: Side::Right, from_width: 70 },
];

/// The table of several schools with their sums; a school that cannot be read says why below it.
pub fn school_table(lines: &[SchoolLine], width: u16) -> String {
    let read = || lines.iter().filter_map(|line| Some((line, line.status.as_ref().ok()?)));
    let mut rows: Vec<Vec<String>> =
        read().map(|(line, status)| row(&line.folder, &status.school, status.totals, overdue(status))).collect();
    let totals = read().fold(Shares::default(), |sum, (_, status)| sum.and(status.totals));
    rows.push(row("Всего", "", totals, read().map(|(_, status)| overdue(status)).sum()));
    let mut text = grid(&COLUMNS, &rows, width).trim_end().to_owned();
    text.push('\n');
    for line in lines {
        if let Err(why) = &line.status {
            let _ = writeln!(text, "{}: {why}", line.folder);
        }
    }
    text
}

fn overdue(status: &Status) -> usize {
    status.work.iter().filter(|work| work.overdue).count()
}

fn row(folder: &str, school: &str, shares: Shares, overdue: usize) -> Vec<String> {
    let shown = |share: Share| if share.of == 0 { "—".to_owned() } else { format!("{}/{}", share.done, share.of) };
    let Shares { chats, links, printed, handed_out, signed, joined, .. } = shares;
    let mut row = vec![folder.to_owned(), school.to_owned()];
    row.extend([chats, links, printed, handed_out, signed, joined].map(shown));
    row.push(overdue.to_string());
    row
}
