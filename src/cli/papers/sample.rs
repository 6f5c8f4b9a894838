//! `papers --sample DIR`: one paper of each kind as this school would get it, with invented people, for the eye.
//!
//! The settings, the regulation and the words are those of the workspace; its tables are not read, nothing is recorded,
//! and the links are shaped like real ones and lead nowhere.

mod change;
mod people;

use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::cli::args::PapersArgs;
use crate::cli::clock;
use crate::cli::data::{self, Data};
use crate::cli::error::CommandError;
use crate::cli::issuing::{make, with_facts};
use crate::cli::ui::Ui;
use crate::papers::{AllPapers, ClassPapers, PaperKind, WholeFiles, change_sheet};
use crate::school::{ChatKey, Edition, Editions, LinkMode, LinkState, LinkUrl, Noun, count};
use crate::workspace::{OUTPUTS, create_folder, write_new};

/// The stacks with their covers.
const ALL: &str = "Всё для печати.pdf";

#[derive(Serialize)]
struct SampleJson<'a> {
    folder: String,
    files: &'a [String],
}

/// Writes the samples.
pub(super) fn run(args: &PapersArgs, target: &Path, ui: &Ui) -> Result<(), CommandError> {
    let (folder, on) = (args.target.folder.as_path(), args.date.unwrap_or_else(clock::today));
    refuse_full(folder, target)?;
    let mut data = data::with_other_people(folder, people::tables(), on)?;
    give_links(&mut data);
    let editions = Editions::all(Edition { version: 1, issued: on });
    let mut files = Vec::new();
    let mut all = AllPapers::new(&data.settings.school, &data.wording, on)?;
    create_folder(target)?;
    // The other class is there for the families that have children in both.
    let of_classes = data
        .plan
        .classes
        .iter()
        .filter(|class| class.name.to_string() == people::CLASS)
        .map(|class| (Some(class), class.chats.as_slice()));
    for (class, chats) in of_classes.chain([(None, data.plan.school.as_slice())]) {
        let sheets = data.sheets(chats);
        let papers: ClassPapers<'_> = data.papers(class, &sheets, &editions);
        for kind in PaperKind::ALL {
            let Some(paper) = make(&data, &papers, kind)? else { continue };
            let copy = paper.copy.map(|copy| (copy.file_name, copy.bytes));
            for (name, bytes) in [(paper.file_name, paper.bytes)].into_iter().chain(copy) {
                write_new(&target.join(&name), &bytes)?;
                files.push(name);
            }
        }
        if let Some(class) = papers.class {
            let sheet = change::sheet(class, chats, editions.current());
            if let Some(paper) = change_sheet(&papers, &sheet, WholeFiles::default(), 1)? {
                write_new(&target.join(&paper.file_name), &paper.bytes)?;
                files.push(paper.file_name);
            }
        }
        with_facts(&data, |facts| all.add(&papers, facts))?;
    }
    if let Some(bytes) = all.finish()? {
        write_new(&target.join(ALL), &bytes)?;
        files.push(ALL.to_owned());
    }
    let folder = target.display().to_string();
    if ui.wants_json() {
        return ui.answer_json(&SampleJson { folder, files: &files });
    }
    let files = count(files.len(), Noun::new("файл", "файла", "файлов"));
    ui.answer(&format!(
        "Образцы в папке «{folder}»: {files}.\nШкола и регламент ваши, люди придуманы, коды никуда не ведут: раздавать их нельзя. \
         Ничего не записано.\n"
    ));
    Ok(())
}

/// A link for every chat, in the form of a real one, of a chat that nobody can have made.
fn give_links(data: &mut Data) {
    let chats: Vec<ChatKey> = data.plan.chats().map(|chat| chat.key.clone()).collect();
    // Digits that look as mixed as those of real links: a long row of zeros would make codes unlike any other.
    let mixed = |number: u64| number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let example = |number: u64| format!("EXAMPLE-{:020}-{number:014}", mixed(number));
    for (number, chat) in (1..).zip(&chats) {
        let link = LinkUrl::judged(format!("https://max.ru/join/{}", example(number)));
        data.links.set(chat.clone(), LinkState::Ready(link));
    }
    if let LinkMode::Short(base) = &data.settings.links.mode {
        let own = (1..).zip(chats).map(|(number, chat): (usize, _)| {
            (chat, LinkUrl::judged(format!("https://{}{}primer-{number}", base.host(), slashed(base.path()))))
        });
        data.links.print_own(own.collect());
    }
}

/// A path with a slash at both ends.
fn slashed(path: &str) -> String {
    let path = path.trim_matches('/');
    if path.is_empty() { "/".to_owned() } else { format!("/{path}/") }
}

/// Samples never lie among papers that are handed out, and take the place of nothing.
fn refuse_full(workspace: &Path, target: &Path) -> Result<(), CommandError> {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let is_among_papers = whole(target).starts_with(whole(&workspace.join(OUTPUTS)));
    let is_full = fs::read_dir(target).is_ok_and(|mut entries| entries.next().is_some()) || target.is_file();
    if is_full || is_among_papers {
        return Err(CommandError::usage(
            format!("образцы кладут в новую или пустую папку, а «{}» занята.", target.display()),
            "Назовите другую папку: zavuch бумаги --sample образцы",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::slashed;

    #[track_caller]
    fn check(path: &str, expected: &str) {
        assert_eq!(slashed(path), expected);
    }

    #[test]
    fn paths() {
        check("", "/");
        check("/", "/");
        check("/max", "/max/");
        check("max/", "/max/");
    }
}
