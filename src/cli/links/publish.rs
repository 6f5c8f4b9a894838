//! `links publish`: the site of short links, written into a folder that is remembered.

#[cfg(test)]
mod stops;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serialize;

use super::School;
use crate::cli::args::LinksPublishArgs;
use crate::cli::error::CommandError;
use crate::cli::planning::propose;
use crate::cli::site::{self, Pages, Refreshed};
use crate::cli::ui::Ui;
use crate::cli::{clock, data, job};
use crate::links::site::{SiteFile, server_rules};
use crate::school::{BaseUrl, LinkMode, Noun, count};
use crate::store::{PublishedSite, Store};
use crate::workspace::{OUTPUTS, clear_unfinished, is_input, write_whole};

/// The folder of the rules for web servers, in that of the school: they are not to be served.
const RULES: &str = "правила сервера";

#[derive(Serialize)]
struct PublishJson {
    /// How many pages of chats there are.
    pages: usize,
    /// How many files were written.
    written: usize,
    /// The folders that are kept up to date; the first one was named now.
    sites: Vec<String>,
    /// Where the rules for web servers are.
    rules: String,
}

/// What was published.
struct Published {
    /// Where the site will stand.
    base: BaseUrl,
    /// The folder that was named.
    folder: PathBuf,
    /// How many pages of chats there are.
    pages: usize,
    /// How many files were written into that folder.
    written: usize,
    /// Folders of before, which are kept up to date.
    others: Vec<PathBuf>,
    /// Folders of before that are not there any more.
    gone: BTreeSet<PathBuf>,
    /// Where the rules for web servers are.
    rules: PathBuf,
    tables: Tables,
}

/// Whether the tables hold more than what is recorded and so published.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tables {
    Recorded,
    Changed,
}

/// Runs the command.
pub(crate) fn run(args: &LinksPublishArgs, ui: &Ui) -> Result<(), CommandError> {
    let date = args.date.unwrap_or_else(clock::today);
    let Published { base, folder, pages, written, others, gone, rules, tables } =
        publish(&args.target.folder, &args.site, date)?;
    if ui.wants_json() {
        let sites = [&folder].into_iter().chain(&others);
        let sites = sites.map(|folder| folder.display().to_string()).collect();
        return ui.answer_json(&PublishJson { pages, written, sites, rules: rules.display().to_string() });
    }
    let chats = count(pages, Noun::new("чата", "чатов", "чатов"));
    if written == 0 {
        ui.answer(&format!("Страницы {chats} уже такие, менять нечего: «{}».\n", folder.display()));
    } else {
        ui.answer(&format!(
            "Готовы страницы {chats}: «{}». Выложите эту папку на сайт {base} целиком.\n",
            folder.display()
        ));
    }
    ui.answer(&format!(
        "Правила для веб-сервера: «{}». Передайте их тому, кто ведёт сайт; на сам сайт их не кладут.\n\
         Дальше папка обновляется сама, когда меняются ссылки: останется выложить её.\n",
        rules.display()
    ));
    if !others.is_empty() {
        let named: Vec<String> = others.iter().map(|one| format!("«{}»", one.display())).collect();
        ui.answer(&format!(
            "Раньше страницы записаны и сюда: {}. Там они тоже обновляются; ненужную папку уберите.\n",
            named.join(", ")
        ));
    }
    ui.answer(&Refreshed { gone, ..Refreshed::default() }.words());
    if tables == Tables::Changed {
        ui.say("\nВ таблицах есть изменения, которые ещё не применены: страницы сделаны по записанному.");
    }
    Ok(())
}

/// Writes the pages of what is recorded into a folder, and into those of before.
fn publish(school_folder: &Path, site_folder: &Path, date: Date) -> Result<Published, CommandError> {
    let workspace = data::workspace(school_folder)?;
    let _lock = job::lock(&workspace)?;
    let school = School::read(school_folder, date)?;
    let LinkMode::Short(base) = &school.data.settings.links.mode else {
        return Err(CommandError::usage(
            "школа печатает на бумагах сами ссылки: сайт коротких ссылок не нужен.",
            "Если он нужен, впишите в раздел [links] файла zavuch.toml: mode = \"short\" и base = \"https://…\"",
        ));
    };
    school.refuse_past_year()?;
    if !school.known.has_past() {
        let hint = format!("Сначала выполните: zavuch применить \"{}\"", workspace.root().display());
        return Err(CommandError::usage("публиковать нечего: ничего ещё не записано.", hint));
    }
    let folder = std::path::absolute(site_folder)
        .map_err(|error| CommandError::usage(format!("папка сайта названа неверно: {error}."), "Укажите другую."))?;
    refuse_own_folder(workspace.root(), &folder)?;
    if school.known.short.is_empty() {
        let hint = format!("Адреса дадут чатам со ссылками: zavuch применить \"{}\"", workspace.root().display());
        return Err(CommandError::usage("публиковать нечего: ни у одного чата ещё нет адреса на сайте.", hint));
    }
    // What is recorded is published: changes of the tables come with the next `apply`.
    let recorded = recorded_pages(&school);
    let files = recorded.files(&school.data, base)?;
    refuse_foreign(&folder, &files, &school)?;
    fs::create_dir_all(&folder).map_err(|error| {
        let error = format!("папку сайта «{}» не создать: {error}.", folder.display());
        CommandError::world(error, "Укажите другую папку.")
    })?;
    // Recorded first: no page may stand in a folder that nothing knows of.
    let site = PublishedSite { folder: folder.clone(), base: base.clone() };
    if school.known.sites.last() != Some(&site) {
        Store::open(workspace.root())?.publish(&site)?;
    }
    let written = site::write(&folder, &files)?;
    let mut others = school.known.sites.clone();
    others.retain(|one| one.folder != folder);
    let (others, gone): (Vec<_>, Vec<_>) = others.into_iter().partition(|one| one.folder.is_dir());
    for one in &others {
        site::write(&one.folder, &files)?;
    }
    for one in &gone {
        Store::open(workspace.root())?.unpublish(&one.folder)?;
    }
    let rules = workspace.root().join(RULES);
    if rules.is_dir() {
        clear_unfinished(&rules)?;
    }
    for SiteFile { path, bytes } in server_rules(base) {
        let path = rules.join(path);
        if fs::read(&path).ok().as_deref() != Some(bytes.as_slice()) {
            write_whole(&path, &bytes)?;
        }
    }
    let pages = files.iter().filter(|file| file.path.contains('/')).count();
    let tables = if propose(&school.data, &school.known, date).is_empty() { Tables::Recorded } else { Tables::Changed };
    let [others, gone] = [others, gone].map(|sites| sites.into_iter().map(|one| one.folder));
    let (others, gone) = (others.collect(), gone.collect());
    Ok(Published { base: base.clone(), folder, pages, written, others, gone, rules, tables })
}

/// The pages of what is recorded.
fn recorded_pages(school: &School) -> Pages<'_> {
    let School { data, known, .. } = school;
    let before = data.past.state(known);
    let mut links = before.links.clone();
    links.extend(data.past.of_chats(known, &known.received).iter().map(|(key, link)| (key.clone(), link.clone())));
    Pages {
        chats: &before.chats,
        links,
        short: &before.short,
        standings: data.past.of_chats(known, &known.standings).into_owned(),
        given: site::given(data, known),
    }
}

/// The site is served to everybody: nothing of the school's own may lie in its folder.
fn refuse_own_folder(root: &Path, folder: &Path) -> Result<(), CommandError> {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let (root, folder) = (whole(root), whole(folder));
    let is_own = root.starts_with(&folder)
        || folder.starts_with(root.join(OUTPUTS))
        || folder == root.join(RULES)
        || is_input(&root, &folder.join("index.html"));
    if !is_own {
        return Ok(());
    }
    Err(CommandError::usage(
        "эту папку нельзя выложить на сайт: в ней данные школы.",
        "Укажите отдельную папку, например: zavuch ссылки опубликовать сайт",
    ))
}

/// Somebody's own site is not written over.
fn refuse_foreign(folder: &Path, files: &[SiteFile], school: &School) -> Result<(), CommandError> {
    if school.known.sites.iter().any(|site| site.folder == folder) {
        return Ok(());
    }
    let mut at_top = files.iter().filter(|file| !file.path.contains('/'));
    let is_foreign = |file: &&SiteFile| fs::read(folder.join(&file.path)).is_ok_and(|there| there != file.bytes);
    match at_top.find(is_foreign) {
        None => Ok(()),
        Some(file) => Err(CommandError::usage(
            format!("в папке «{}» уже лежит другой файл «{}».", folder.display(), file.path),
            "Укажите пустую папку, чтобы ничего не пропало.",
        )),
    }
}
