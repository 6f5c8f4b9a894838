//! `links undo`: a new link that was given by mistake and is on no paper yet. The one before it stays.

use super::School;
use super::take_back::{Links, register, take_back};
use super::void::{Call, VoidJson};
use crate::cli::args::LinksUndoArgs;
use crate::cli::error::CommandError;
use crate::cli::register_file::RegisterFile;
use crate::cli::ui::Ui;
use crate::cli::{clock, data, job};
use crate::school::LinkEnd;

/// Runs the command.
pub(crate) fn run(args: &LinksUndoArgs, ui: &Ui) -> Result<(), CommandError> {
    let call = Call { folder: &args.target.folder, date: args.date.unwrap_or_else(clock::today), typed: args.date, ui };
    let why = args.why.as_deref().unwrap_or("прислана по ошибке");
    let workspace = data::workspace(call.folder)?;
    let _lock = job::lock(&workspace)?;
    let mut school = School::read(call.folder, call.date)?;
    let chat = school.chat(&args.chat)?;
    let (key, title) = (chat.key.clone(), chat.title.clone());
    let links = Links::of(&key, &school)?;
    if links.unprinted.is_empty() {
        school.refuse_past_year()?;
        let words = format!("у чата «{title}» нет новой ссылки, которая ждёт печати, возвращать нечего.");
        // A call that was stopped may have left it in the register.
        if school.known.void_links.is_empty() || register(&school, std::iter::empty())? == RegisterFile::Same {
            return Err(CommandError::inputs(Vec::new(), words, "Что с каждым чатом: zavuch ссылки список"));
        }
        if ui.wants_json() {
            return ui.answer_json(&VoidJson::of(&key, why));
        }
        ui.answer("Новая ссылка уже отменена. Таблица ссылок приведена в порядок.\n");
        return Ok(());
    }
    let taken = links.taken_back(&key, links.former, why);
    let done = take_back(&call, &mut school, &key, &taken)?;
    if ui.wants_json() {
        return ui.answer_json(&VoidJson { sites: done.site.folders(), ..VoidJson::of(&key, why) });
    }
    ui.answer(&match (&links.printed, links.former) {
        (Some(_), _) => format!("Новая ссылка чата «{title}» отменена, остаётся прежняя: бумаги с ней действуют.\n"),
        (None, LinkEnd::Reissue) => format!("Ссылка чата «{title}» отменена, чат ждёт свою ссылку.\n"),
        (None, LinkEnd::Revoke | LinkEnd::Expire) => {
            format!("Ссылка чата «{title}» отменена, чат остаётся без ссылки.\n")
        }
    });
    ui.answer(done.register.words());
    ui.answer(&done.site.words());
    ui.say("Отменённую ссылку программа больше не примет.");
    Ok(())
}
