//! The table of planned chats.

use super::grid::{Column, Side, grid};
use crate::plan::ChatPlan;
use crate::school::{Chat, PersonName};

const COLUMNS: [Column; 5] = [
    Column { heading: "Класс", side: Side::Left, from_width: 0 },
    Column { heading: "Название чата", side: Side::Left, from_width: 0 },
    Column { heading: "Вид", side: Side::Left, from_width: 80 },
    Column { heading: "Модератор", side: Side::Left, from_width: 60 },
    Column { heading: "Участники", side: Side::Right, from_width: 0 },
];

/// The planned chats by class, for a terminal of `width` cells.
pub fn plan_table(plan: &ChatPlan, width: u16) -> String {
    let mut rows = Vec::new();
    for class in &plan.classes {
        rows.extend(section(&class.name.to_string(), &class.chats));
    }
    rows.extend(section("Школа", &plan.school));
    grid(&COLUMNS, &rows, width)
}

/// Rows whose first one names what they belong to.
fn section<'a>(name: &'a str, chats: &'a [Chat]) -> impl Iterator<Item = Vec<String>> + 'a {
    chats.iter().enumerate().map(move |(index, chat)| {
        let name = if index == 0 { name } else { "" };
        let moderator = chat.moderator.as_ref().map_or_else(|| "нет".to_owned(), PersonName::with_initials);
        vec![name.to_owned(), chat.title.to_string(), chat.kind.words().to_owned(), moderator, chat.size_in_words()]
    })
}

#[cfg(test)]
mod tests {
    use super::plan_table;
    use crate::report::sample::sample_plan;

    #[track_caller]
    fn check(width: u16, expected: &str) {
        let made = plan_table(&sample_plan(), width).replace('\u{a0}', " ");
        assert_eq!(made.trim_end(), expected.trim_start_matches('\n'));
    }

    #[test]
    fn widths() {
        check(
            80,
            "
┌───────┬───────────────────┬───────────────────┬─────────────────┬────────────┐
│ Класс ┆ Название чата     ┆ Вид               ┆ Модератор       ┆ Участники  │
╞═══════╪═══════════════════╪═══════════════════╪═════════════════╪════════════╡
│ 7А    ┆ 7А — обучающиеся  ┆ чат обучающихся   ┆ В. Ю. Смирнова  ┆          3 │
│       ┆                   ┆ класса            ┆                 ┆            │
│       ┆ 7А — родители     ┆ чат родителей     ┆ В. Ю. Смирнова  ┆          4 │
│       ┆                   ┆ класса            ┆                 ┆            │
│       ┆ 7А — Алгебра      ┆ чат класса по     ┆ В. Ю. Смирнова  ┆          3 │
│       ┆                   ┆ предмету          ┆                 ┆            │
│       ┆ 7А — Английский   ┆ чат класса по     ┆ О. С. Кузнецова ┆ 2 + группа │
│       ┆ язык, группа 1    ┆ предмету          ┆                 ┆            │
│       ┆ 7А — Английский   ┆ чат класса по     ┆ Е. А. Титов     ┆ 2 + группа │
│       ┆ язык, группа 2    ┆ предмету          ┆                 ┆            │
│ 10    ┆ 10 — обучающиеся  ┆ чат обучающихся   ┆ О. С. Кузнецова ┆          2 │
│       ┆                   ┆ класса            ┆                 ┆            │
│       ┆ 10 — родители     ┆ чат родителей     ┆ О. С. Кузнецова ┆          2 │
│       ┆                   ┆ класса            ┆                 ┆            │
│ Школа ┆ Робототехника     ┆ чат курса         ┆ Е. А. Титов     ┆          3 │
│       ┆ (курс)            ┆                   ┆                 ┆            │
│       ┆ Учительская       ┆ чат «Учительская» ┆ Д. О. Яшина     ┆          6 │
│       ┆ Общешкольный      ┆ общешкольный      ┆ Д. О. Яшина     ┆         13 │
│       ┆ канал             ┆ канал             ┆                 ┆            │
└───────┴───────────────────┴───────────────────┴─────────────────┴────────────┘",
        );
        check(
            60,
            "
┌───────┬───────────────────┬─────────────────┬────────────┐
│ Класс ┆ Название чата     ┆ Модератор       ┆ Участники  │
╞═══════╪═══════════════════╪═════════════════╪════════════╡
│ 7А    ┆ 7А — обучающиеся  ┆ В. Ю. Смирнова  ┆          3 │
│       ┆ 7А — родители     ┆ В. Ю. Смирнова  ┆          4 │
│       ┆ 7А — Алгебра      ┆ В. Ю. Смирнова  ┆          3 │
│       ┆ 7А — Английский   ┆ О. С. Кузнецова ┆ 2 + группа │
│       ┆ язык, группа 1    ┆                 ┆            │
│       ┆ 7А — Английский   ┆ Е. А. Титов     ┆ 2 + группа │
│       ┆ язык, группа 2    ┆                 ┆            │
│ 10    ┆ 10 — обучающиеся  ┆ О. С. Кузнецова ┆          2 │
│       ┆ 10 — родители     ┆ О. С. Кузнецова ┆          2 │
│ Школа ┆ Робототехника     ┆ Е. А. Титов     ┆          3 │
│       ┆ (курс)            ┆                 ┆            │
│       ┆ Учительская       ┆ Д. О. Яшина     ┆          6 │
│       ┆ Общешкольный      ┆ Д. О. Яшина     ┆         13 │
│       ┆ канал             ┆                 ┆            │
└───────┴───────────────────┴─────────────────┴────────────┘",
        );
    }
}
