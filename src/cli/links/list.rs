//! `links list`: how far each chat is; nothing written, no lock taken.

use std::collections::BTreeMap;

use serde::Serialize;

use super::School;
use crate::cli::args::LinksListArgs;
use crate::cli::clock;
use crate::cli::error::CommandError;
use crate::cli::progress_of_chats::{ChatRow, chat_rows};
use crate::cli::ui::Ui;
use crate::report;
use crate::school::{ChatStage, LinkUrl, Scope};

#[derive(Serialize)]
struct ListJson<'a> {
    chats: &'a [Row<'a>],
    /// How many chats are at each stage.
    stages: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    chat: &'a ChatRow,
    /// Only where it was asked for.
    #[serde(rename = "link_url", skip_serializing_if = "Option::is_none")]
    link: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    short: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &LinksListArgs, ui: &Ui) -> Result<(), CommandError> {
    let date = args.date.unwrap_or_else(clock::today);
    let school = School::read(&args.target.folder, date)?;
    let is_wanted = |row: &&ChatRow| {
        let of_scope = args.class.as_ref().is_none_or(|scope| *scope == Scope::from(row.class.as_ref()));
        of_scope && args.state.is_none_or(|stage| stage == row.stage)
    };
    let rows = chat_rows(&school.data, &school.known);
    let rows: Vec<&ChatRow> = rows.iter().filter(is_wanted).collect();
    let links = &school.data.links;
    // One that is not recorded is made anew by the run that prints it.
    let recorded = &school.data.past.state(&school.known).short;
    let shown: Vec<Row<'_>> = rows
        .iter()
        .map(|chat| Row {
            chat,
            link: links.ready(&chat.key).filter(|_| args.show_links).map(LinkUrl::as_str),
            short: links
                .printed(&chat.key)
                .filter(|printed| args.show_links && Some(*printed) != links.ready(&chat.key))
                .filter(|_| recorded.contains_key(&chat.key))
                .map(|link| link.as_str().to_owned()),
        })
        .collect();
    let mut stages: BTreeMap<ChatStage, usize> = BTreeMap::new();
    for row in &rows {
        *stages.entry(row.stage).or_default() += 1;
    }
    if ui.wants_json() {
        let stages = stages.iter().map(|(stage, number)| (stage.id(), *number)).collect();
        return ui.answer_json(&ListJson { chats: &shown, stages });
    }
    if rows.is_empty() {
        ui.answer("Таких чатов нет.\n");
        return Ok(());
    }
    let with_links =
        |row: &Row<'_>| [row.link.map(str::to_owned), row.short.clone()].into_iter().flatten().collect::<Vec<_>>();
    let table: Vec<report::LinkLine> = shown
        .iter()
        .map(|row| report::LinkLine {
            class: Scope::from(row.chat.class.as_ref()).title(),
            title: row.chat.title.to_string(),
            stage: row.chat.stage,
            link: row.chat.link,
            moderator: row.chat.moderator.clone().unwrap_or_default(),
            shown: with_links(row),
        })
        .collect();
    ui.answer(&format!("{}\n", report::link_table(&table, ui.width()).trim_end()));
    ui.answer(&report::stage_counts(&stages));
    Ok(())
}
