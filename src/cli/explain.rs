//! `explain`: where a person, a class or a chat comes from and what happened to it; nothing written, no lock taken.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::args::ExplainArgs;
use super::data;
use super::error::CommandError;
use super::subjects::{Catalogue, Subject};
use super::ui::Ui;
use crate::report::{
    Ended, EventRow, Explanation, Facts, JoinedFact, SignatureFact, chats_of_class, chats_of_pupil, chats_of_staff,
    explanation_text, paper_facts,
};
use crate::school::{ChatKey, ClassName, Noun, PersonId, PersonName, SchoolState, Scope, count, dotted};
use crate::store::{Event, Former, Store};
use crate::workspace::Workspace;

/// More matches than this are told as a number: to find the words that mean each alone takes time.
const LISTED: usize = 20;

#[derive(Serialize)]
struct ExplainJson<'a> {
    /// What was asked for.
    question: &'a str,
    /// The answer; several only where nothing tells them apart.
    found: &'a [Explanation],
    /// What the words may mean, where they leave it open: the first of them.
    candidates: &'a [Candidate],
    /// How many more there are.
    more: usize,
}

/// One of several that the words may mean.
#[derive(Debug, Serialize)]
struct Candidate {
    /// «Орлов Юрий Львович, 7А».
    title: String,
    /// The words that mean this one alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, ui: &Ui) -> Result<(), CommandError> {
    let (question, folder) = (args.question(), args.folder());
    let workspace = Workspace::open(&folder).map_err(|issue| {
        CommandError::inputs(vec![issue], "нечего читать.", "Рабочую папку указывают последней: zavuch почему 7А школа")
    })?;
    let memory = Memory::read(workspace.root())?.ok_or_else(|| nothing_recorded(&workspace))?;
    let catalogue = memory.catalogue();
    let mut found = catalogue.find(&question);
    found.sort_by_cached_key(|subject| memory.title(&catalogue, subject));
    let titles: BTreeSet<String> = found.iter().map(|subject| memory.title(&catalogue, subject)).collect();
    let is_open = titles.len() > 1;
    let listed = found.iter().take(if is_open { LISTED } else { 0 });
    let candidates: Vec<Candidate> = listed.map(|subject| memory.candidate(&catalogue, subject)).collect();
    let more = if is_open { found.len() - candidates.len() } else { 0 };
    let chosen = if is_open { &[][..] } else { &found };
    let explained = chosen.iter().map(|subject| memory.explain(&catalogue, subject)).collect::<Result<Vec<_>, _>>()?;
    if ui.wants_json() && !found.is_empty() {
        ui.answer_json(&ExplainJson { question: &question, found: &explained, candidates: &candidates, more })?;
    } else {
        let texts: Vec<String> = explained.iter().map(explanation_text).collect();
        ui.answer(&texts.join("\n"));
    }
    if found.is_empty() {
        return Err(not_found(&question, &folder));
    }
    if is_open {
        if !ui.wants_json() {
            ui.answer(&list(&candidates, more, &args.place()));
        }
        return Err(several(found.len()));
    }
    Ok(())
}

fn nothing_recorded(workspace: &Workspace) -> CommandError {
    if let Some(issue) = data::store_is_gone(workspace) {
        let hint = "Без файла zavuch.db не узнать, кому, что и когда выдано.";
        return CommandError::inputs(vec![issue], "рассказать не о чем: памяти программы нет.", hint);
    }
    CommandError::inputs(
        Vec::new(),
        "пока ничего не записано: рассказывать не о чем.",
        "Записи появятся после первого применения: zavuch применить",
    )
}

fn not_found(question: &str, folder: &Path) -> CommandError {
    CommandError::inputs(
        Vec::new(),
        format!("«{question}» — в записях папки «{}» такого нет.", folder.display()),
        "Назовите фамилию или её часть, класс (7А) или чат; о том, чего ещё нет в записях, скажет zavuch план.",
    )
}

fn several(number: usize) -> CommandError {
    let matches = count(number, Noun::new("совпадение", "совпадения", "совпадений"));
    CommandError::inputs(Vec::new(), format!("найдено несколько: {matches}."), "Спросите точнее, одной из строк выше.")
}

fn list(candidates: &[Candidate], more: usize, place: &str) -> String {
    let line = |Candidate { title, words }: &Candidate| {
        let command = words.as_ref().map(|words| format!("\n    zavuch почему {words}{place}"));
        format!("  {title}{}\n", command.unwrap_or_default())
    };
    let rest = if more > 0 { format!("  … и ещё {more}\n") } else { String::new() };
    candidates.iter().map(line).collect::<String>() + &rest
}

/// What the store remembers, as far as questions go.
struct Memory {
    store: Store,
    state: SchoolState,
    former: Vec<Former>,
    /// What tells former names, chats and classes.
    events: Vec<Event>,
}

impl Memory {
    fn read(folder: &Path) -> Result<Option<Self>, CommandError> {
        let Some(store) = Store::read(folder)? else { return Ok(None) };
        if store.runs()?.is_empty() {
            return Ok(None);
        }
        let state = store.state()?.state().clone();
        let former = store.former()?;
        let events = store.events_of_kinds(&Catalogue::KINDS)?;
        Ok(Some(Self { store, state, former, events }))
    }

    fn catalogue(&self) -> Catalogue<'_> {
        Catalogue::of(&self.state, &self.former, &self.events)
    }

    fn left(&self, id: PersonId) -> Option<Ended> {
        let former = self.former.iter().find(|former| former.student.id == Some(id))?;
        Some(Ended { on: former.left, why: former.why.clone() })
    }

    fn candidate(&self, catalogue: &Catalogue<'_>, subject: &Subject) -> Candidate {
        Candidate { title: self.title(catalogue, subject), words: catalogue.words_for(subject) }
    }

    fn title(&self, catalogue: &Catalogue<'_>, subject: &Subject) -> String {
        match subject {
            Subject::Class(class) => format!("класс {class}"),
            Subject::Staff(folded) => {
                let name = catalogue.staff.get(folded).map(ToString::to_string).unwrap_or_default();
                format!("{name}, сотрудник")
            }
            Subject::Chat(key) => format!("чат «{}»", catalogue.titles.get(key).cloned().unwrap_or_default()),
            Subject::Pupil(id) => {
                let student = catalogue.pupils.get(id);
                let title = student.map(|student| {
                    let born = student.birth_date.map(|date| format!(" ({})", dotted(date))).unwrap_or_default();
                    format!("{}{born}, {}", student.name, student.class)
                });
                let left = self.left(*id).map(|left| format!(", выбыл(а) {}", dotted(left.on)));
                title.unwrap_or_default() + &left.unwrap_or_default()
            }
        }
    }

    fn explain(&self, catalogue: &Catalogue<'_>, subject: &Subject) -> Result<Explanation, CommandError> {
        match subject {
            Subject::Pupil(id) => self.pupil(catalogue, *id),
            Subject::Staff(folded) => match catalogue.staff.get(folded) {
                Some(name) => self.staff(name),
                None => Err(CommandError::fault()),
            },
            Subject::Class(class) => self.class(catalogue, class),
            Subject::Chat(key) => self.chat(catalogue, key),
        }
    }

    fn pupil(&self, catalogue: &Catalogue<'_>, id: PersonId) -> Result<Explanation, CommandError> {
        let student = catalogue.pupils.get(&id).ok_or_else(CommandError::fault)?;
        let events = self.store.events_of_person(id)?;
        Ok(Explanation {
            facts: Facts::of_pupil(student, self.left(id), &events),
            chats: chats_of_pupil(id, &self.state),
            papers: paper_facts(&self.store.papers_of_student(id)?, &catalogue.titles),
            signatures: SignatureFact::of_pupil(student, &self.store.former_guardians(id)?, &self.store.signatures()?),
            joined: JoinedFact::of_pupil(student, &self.state, &self.store.rolls()?),
            events: rows(&events),
        })
    }

    fn staff(&self, name: &PersonName) -> Result<Explanation, CommandError> {
        let kinds = ["homeroom", "chat_moderator", "removal", "admission"];
        let mut events = self.store.events_of_kinds(&kinds)?;
        let named = name.to_string();
        events.retain(|event| event.words.contains(&named));
        Ok(Explanation {
            facts: Facts::of_staff(name, &self.state),
            chats: chats_of_staff(name, &self.state),
            papers: Vec::new(),
            signatures: SignatureFact::of_staff(&named, &name.folded(), &self.store.signatures()?),
            joined: JoinedFact::of_staff(&name.folded(), &self.state, &self.store.rolls()?),
            events: rows(&events),
        })
    }

    fn class(&self, catalogue: &Catalogue<'_>, class: &ClassName) -> Result<Explanation, CommandError> {
        let papers = self.store.papers(&Scope::Class(class.clone()))?;
        Ok(Explanation {
            facts: Facts::of_class(class, &self.state),
            chats: chats_of_class(class, &self.state),
            papers: paper_facts(&papers, &catalogue.titles),
            signatures: Vec::new(),
            joined: Vec::new(),
            events: rows(&self.store.events_of_class(class)?),
        })
    }

    fn chat(&self, catalogue: &Catalogue<'_>, key: &ChatKey) -> Result<Explanation, CommandError> {
        let links = self.store.links_of_chat(key)?;
        let short = self.store.short_links()?.into_iter().rfind(|one| one.chat.as_ref() == Some(key));
        let roll = self.store.rolls()?.remove(key);
        let joined = self.state.chats.get(key).zip(roll).map(|(chat, roll)| JoinedFact::of_chat(chat, &roll));
        Ok(Explanation {
            facts: Facts::of_chat(key, &self.state, &catalogue.titles, &links, short.map(|one| one.since)),
            chats: Vec::new(),
            papers: paper_facts(&self.store.papers_of_chat(key)?, &catalogue.titles),
            signatures: Vec::new(),
            joined: joined.into_iter().collect(),
            events: rows(&self.store.events_of_chat(key)?),
        })
    }
}

fn rows(events: &[Event]) -> Vec<EventRow> {
    events.iter().map(EventRow::of).collect()
}

impl ExplainArgs {
    /// The folder: the one that was named, or the last word where it is a workspace, or the current one.
    fn folder(&self) -> PathBuf {
        let named = self.folder.clone().or_else(|| self.last_word_as_folder());
        named.unwrap_or_else(|| PathBuf::from("."))
    }

    /// What was asked for.
    fn question(&self) -> String {
        let is_folder = self.folder.is_none() && self.last_word_as_folder().is_some();
        let words = self.what.len() - usize::from(is_folder);
        self.what[..words].join(" ")
    }

    /// How the folder is named in the next call.
    fn place(&self) -> String {
        match (&self.folder, self.last_word_as_folder()) {
            (Some(folder), _) => format!(" --folder \"{}\"", folder.display()),
            (None, Some(folder)) => format!(" \"{}\"", folder.display()),
            (None, None) => String::new(),
        }
    }

    fn last_word_as_folder(&self) -> Option<PathBuf> {
        let last = self.what.last().filter(|_| self.what.len() > 1)?;
        Workspace::open(Path::new(last)).is_ok().then(|| PathBuf::from(last))
    }
}
