//! The table of classes: pupils, links, papers, letter.

use super::grid::{Column, Side, grid};
use super::run_report::{ClassRow, LetterState, LinkCounts, Papers, RunReport};
use crate::school::{Noun, PersonName, count};

// Widths count the longest usual contents: what does not fit a narrow terminal is left out, not broken.
const COLUMNS: [Column; 10] = [
    Column { heading: "Класс", side: Side::Left, from_width: 0 },
    Column { heading: "Классный руководитель", side: Side::Left, from_width: 110 },
    Column { heading: "Ученики", side: Side::Right, from_width: 0 },
    Column { heading: "Чаты", side: Side::Right, from_width: 0 },
    Column { heading: "Ссылки\nготовы", side: Side::Right, from_width: 0 },
    Column { heading: "Ссылок\nждём", side: Side::Right, from_width: 52 },
    Column { heading: "Ссылки\nневерны", side: Side::Right, from_width: 52 },
    Column { heading: "Файлы", side: Side::Right, from_width: 73 },
    Column { heading: "Страницы", side: Side::Right, from_width: 86 },
    Column { heading: "Письмо", side: Side::Left, from_width: 65 },
];

/// The table of the classes that were given something, the school and the sums for a terminal of `width` cells.
pub fn table(report: &RunReport, width: u16) -> String {
    let given = |class: &&ClassRow| class.papers.files > 0 || class.letter != LetterState::NotWanted;
    let mut rows: Vec<Vec<String>> = report.classes.iter().filter(given).map(class).collect();
    let (school, totals) = (&report.school, &report.totals);
    let others = report.classes.len() - rows.len();
    if rows.is_empty() && school.papers.files == 0 {
        return "Новых бумаг и писем нет.\n".to_owned();
    }
    let is_whole = others == 0;
    if school.papers.files > 0 || (is_whole && school.links.planned > 0) {
        rows.push(row("Школа", "", "", school.links, school.papers, ""));
    }
    let letters = format!("готово {}", totals.letters);
    rows.push(row("Всего", "", &totals.pupils.to_string(), totals.links, totals.papers, &letters));
    let table = grid(&COLUMNS, &rows, width);
    if is_whole {
        return table;
    }
    let classes = Noun::new("классе", "классах", "классах");
    format!("{}\nБез новых бумаг: в {}.\n", table.trim_end(), count(others, classes))
}

fn class(class: &ClassRow) -> Vec<String> {
    let nobody = if class.is_gone() { "класса больше нет" } else { "не назначен" };
    let ClassRow { class, pupils, homeroom, links, papers, letter } = class;
    let homeroom = homeroom.as_ref().map_or_else(|| nobody.to_owned(), PersonName::with_initials);
    row(&class.to_string(), &homeroom, &pupils.to_string(), *links, *papers, words(letter))
}

fn row(name: &str, homeroom: &str, pupils: &str, links: LinkCounts, papers: Papers, letter: &str) -> Vec<String> {
    // Those revoked are neither ready nor awaited: the sum of both is less than planned then.
    let LinkCounts { planned, ready, awaited, refused, revoked: _ } = links;
    let Papers { files, pages } = papers;
    let [name, homeroom, pupils, letter] = [name, homeroom, pupils, letter].map(str::to_owned);
    let [planned, ready, awaited, refused, files, pages] =
        [planned, ready, awaited, refused, files, pages].map(|number| number.to_string());
    vec![name, homeroom, pupils, planned, ready, awaited, refused, files, pages, letter]
}

fn words(letter: &LetterState) -> &'static str {
    match letter {
        LetterState::Written { .. } => "готово",
        LetterState::NoSender => "не от кого",
        LetterState::NoHomeroomTeacher => "некому",
        LetterState::NoAddress => "нет адреса",
        LetterState::Failed { .. } => "не вышло",
        LetterState::NotWanted => "—",
    }
}

#[cfg(test)]
mod tests {
    use super::table;
    use crate::report::sample::sample_report;

    #[track_caller]
    fn check(width: u16, expected: &str) {
        let made = table(&sample_report(), width).replace('\u{a0}', " ");
        assert_eq!(made.trim_end(), expected.trim_start_matches('\n'));
    }

    #[test]
    fn widths() {
        check(
            120,
            "
┌───────┬───────────────────────┬─────────┬──────┬────────┬────────┬─────────┬───────┬──────────┬────────────┐
│ Класс ┆ Классный руководитель ┆ Ученики ┆ Чаты ┆ Ссылки ┆ Ссылок ┆ Ссылки  ┆ Файлы ┆ Страницы ┆ Письмо     │
│       ┆                       ┆         ┆      ┆ готовы ┆ ждём   ┆ неверны ┆       ┆          ┆            │
╞═══════╪═══════════════════════╪═════════╪══════╪════════╪════════╪═════════╪═══════╪══════════╪════════════╡
│ 7А    ┆ В. Ю. Смирнова        ┆       2 ┆    5 ┆      1 ┆      3 ┆       1 ┆     4 ┆       12 ┆ готово     │
│ 10    ┆ О. С. Кузнецова       ┆       1 ┆    2 ┆      0 ┆      2 ┆       0 ┆     2 ┆        3 ┆ нет адреса │
│ Школа ┆                       ┆         ┆    3 ┆      0 ┆      3 ┆       0 ┆     0 ┆        0 ┆            │
│ Всего ┆                       ┆       3 ┆   10 ┆      1 ┆      8 ┆       1 ┆     6 ┆       15 ┆ готово 1   │
└───────┴───────────────────────┴─────────┴──────┴────────┴────────┴─────────┴───────┴──────────┴────────────┘",
        );
        check(
            80,
            "
┌───────┬─────────┬──────┬────────┬────────┬─────────┬───────┬────────────┐
│ Класс ┆ Ученики ┆ Чаты ┆ Ссылки ┆ Ссылок ┆ Ссылки  ┆ Файлы ┆ Письмо     │
│       ┆         ┆      ┆ готовы ┆ ждём   ┆ неверны ┆       ┆            │
╞═══════╪═════════╪══════╪════════╪════════╪═════════╪═══════╪════════════╡
│ 7А    ┆       2 ┆    5 ┆      1 ┆      3 ┆       1 ┆     4 ┆ готово     │
│ 10    ┆       1 ┆    2 ┆      0 ┆      2 ┆       0 ┆     2 ┆ нет адреса │
│ Школа ┆         ┆    3 ┆      0 ┆      3 ┆       0 ┆     0 ┆            │
│ Всего ┆       3 ┆   10 ┆      1 ┆      8 ┆       1 ┆     6 ┆ готово 1   │
└───────┴─────────┴──────┴────────┴────────┴─────────┴───────┴────────────┘",
        );
        check(
            60,
            "
┌───────┬─────────┬──────┬────────┬────────┬─────────┐
│ Класс ┆ Ученики ┆ Чаты ┆ Ссылки ┆ Ссылок ┆ Ссылки  │
│       ┆         ┆      ┆ готовы ┆ ждём   ┆ неверны │
╞═══════╪═════════╪══════╪════════╪════════╪═════════╡
│ 7А    ┆       2 ┆    5 ┆      1 ┆      3 ┆       1 │
│ 10    ┆       1 ┆    2 ┆      0 ┆      2 ┆       0 │
│ Школа ┆         ┆    3 ┆      0 ┆      3 ┆       0 │
│ Всего ┆       3 ┆   10 ┆      1 ┆      8 ┆       1 │
└───────┴─────────┴──────┴────────┴────────┴─────────┘",
        );
        check(
            40,
            "
┌───────┬─────────┬──────┬────────┐
│ Класс ┆ Ученики ┆ Чаты ┆ Ссылки │
│       ┆         ┆      ┆ готовы │
╞═══════╪═════════╪══════╪════════╡
│ 7А    ┆       2 ┆    5 ┆      1 │
│ 10    ┆       1 ┆    2 ┆      0 │
│ Школа ┆         ┆    3 ┆      0 │
│ Всего ┆       3 ┆   10 ┆      1 │
└───────┴─────────┴──────┴────────┘",
        );
    }
}
