//! The annexes of the order: the register of chats and moderators, the move from other messengers.

use super::facts::{BLANK, DraftFacts, clean};
use super::tied::tied;
use super::wording::{MovingWords, RegisterWords};
use crate::docx::{self, Align, Block, Borders, Keep, Paragraph, Run, Twips};
use crate::papers::paper::ClassPapers;
use crate::school::dotted;
use crate::spreadsheet::{Cell, Column, Filter, Look, Sheet};

/// Where the words «Приложение № 1» begin.
const ANNEX_FROM: Twips = Twips::tenths_of_mm(900);

/// The annexes as parts of the order, each on pages of its own.
pub(super) fn blocks(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Vec<Block> {
    let words = &papers.wording.order;
    let mut blocks = head(&words.register.annex, &words.register.heading);
    let RegisterWords { number, class, chat, moderator, co_admins, .. } = &words.register;
    let has_co_admins = facts.chats.iter().any(|chat| !chat.co_admins.is_empty());
    let mut columns = vec![column(number, 110), column(class, 190)];
    if has_co_admins {
        columns.extend([column(chat, 560), column(moderator, 560), column(co_admins, 380)]);
    } else {
        columns.extend([column(chat, 860), column(moderator, 640)]);
    }
    let rows = register(facts).into_iter().map(|row| {
        let Row { number, class, chat, kind: _, moderator, co_admins } = row;
        let mut cells = vec![number, class, chat, moderator];
        if has_co_admins {
            cells.push(co_admins);
        }
        cells
    });
    blocks.push(table(columns, rows.collect()));
    if !facts.transfers.is_empty() {
        let MovingWords { number, old, class, new, responsible, until, .. } = &words.moving;
        blocks.extend(head(&words.moving.annex, &words.moving.heading));
        let columns = [(number, 110), (old, 390), (class, 290), (new, 400), (responsible, 370), (until, 240)];
        let columns = columns.into_iter().map(|(header, width)| column(header, width)).collect();
        blocks.push(table(columns, moves(papers, facts)));
    }
    blocks
}

/// The annexes as the sheets of a table.
pub(super) fn sheets(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Vec<Sheet> {
    let words = &papers.wording.order;
    let title = |annex: &str, heading: &str| {
        format!("{}. {heading}. {}", annex.replace('\n', " "), clean(&papers.school.short_name))
    };
    let column = |header: &'static str, width: f64| Column { header, width, look: Look::Wrapped, choices: &[] };
    let plain = |texts: Vec<String>| texts.into_iter().map(Cell::plain).collect::<Vec<_>>();
    let rows = register(facts).into_iter().map(|row| {
        let Row { number, class, chat, kind, moderator, co_admins } = row;
        plain(vec![number, class, chat, kind, moderator, co_admins])
    });
    let mut sheets = vec![Sheet {
        name: "Реестр",
        columns: vec![
            column("№", 6.0),
            column("Класс", 10.0),
            column("Чат", 46.0),
            column("Какой чат", 30.0),
            column("Модератор", 34.0),
            column("Ещё администраторы", 34.0),
        ],
        rows: rows.collect(),
        filter: Filter::EveryColumn,
        page_title: title(&words.register.annex, &words.register.heading),
    }];
    if !facts.transfers.is_empty() {
        sheets.push(Sheet {
            name: "Переезд",
            columns: vec![
                column("№", 6.0),
                column("Прежний чат", 36.0),
                column("Класс или группа", 20.0),
                column("Новый чат", 46.0),
                column("Ответственный", 34.0),
                column("Срок", 14.0),
            ],
            rows: moves(papers, facts).into_iter().map(plain).collect(),
            filter: Filter::EveryColumn,
            page_title: title(&words.moving.annex, &words.moving.heading),
        });
    }
    sheets
}

/// A chat of the register.
struct Row {
    number: String,
    class: String,
    chat: String,
    kind: String,
    moderator: String,
    co_admins: String,
}

fn register(facts: &DraftFacts<'_>) -> Vec<Row> {
    let row = |(chat, number): (&&crate::school::Chat, u32)| Row {
        number: number.to_string(),
        class: chat.class.as_ref().map_or_else(|| "—".to_owned(), |class| clean(&class.quoted())),
        chat: clean(chat.title.as_str()),
        kind: chat.kind.words().to_owned(),
        moderator: chat.moderator.as_ref().map_or_else(|| BLANK.to_owned(), |name| facts.name(name)),
        co_admins: chat.co_admins.iter().map(|name| facts.initials(name)).collect::<Vec<_>>().join(", "),
    };
    facts.chats.iter().zip(1..).map(row).collect()
}

fn moves(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Vec<Vec<String>> {
    let none = &papers.wording.order.moving.none;
    let row = |(one, number): (&super::Transfer, u32)| {
        let responsible = one.responsible.as_ref();
        vec![
            number.to_string(),
            clean(&one.old),
            clean(&one.whose),
            one.new.as_ref().map_or_else(|| none.clone(), |title| clean(title)),
            responsible.map_or_else(|| BLANK.to_owned(), |name| facts.name(name)),
            one.until.map_or_else(|| "____________".to_owned(), dotted),
        ]
    };
    facts.transfers.iter().zip(1..).map(row).collect()
}

/// The head of an annex on a new page: the mark at the right, the heading in the middle.
fn head(annex: &str, heading: &str) -> Vec<Block> {
    let mark = annex.split('\n').map(|line| {
        let paragraph =
            Paragraph { left: ANNEX_FROM, keep: Keep::WithNext, ..Paragraph::of(vec![Run::plain(tied(line))]) };
        Block::Paragraph(paragraph)
    });
    let heading = Paragraph {
        align: Align::Centre,
        before: Twips::points(14),
        keep: Keep::WithNext,
        ..Paragraph::of(vec![Run::bold(tied(heading))])
    };
    let gap = Paragraph { keep: Keep::WithNext, ..Paragraph::of(Vec::new()) };
    let rest = [Block::Paragraph(heading), Block::Paragraph(gap)];
    std::iter::once(Block::PageBreak).chain(mark).chain(rest).collect()
}

fn column(header: &str, tenths_of_mm: u32) -> docx::Column {
    docx::Column { header: tied(header), width: Twips::tenths_of_mm(tenths_of_mm), align: Align::Left }
}

fn table(columns: Vec<docx::Column>, rows: Vec<Vec<String>>) -> Block {
    Block::Table(docx::Table { columns, rows, borders: Borders::All, row_height: Twips::default() })
}
