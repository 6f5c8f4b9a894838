//! `joined import`: who of those who should be in a chat is in it.
//!
//! The store keeps who is there and how many are not known; names of strangers are shown once and kept nowhere.

use std::collections::BTreeMap;

use serde::Serialize;

use super::answered_files::answered_files;
use super::args::{JoinedArgs, JoinedCommand, JoinedImportArgs};
use super::error::CommandError;
use super::issues::{self, IssueJson};
use super::remembered::Remembered;
use super::ui::Ui;
use super::{clock, job};
use crate::report::{JoinedChat, joined_text};
use crate::school::{Chat, ChatKey, ChatRoll, Issue, IssueKind, Member, Noun, Place, count, dotted};
use crate::store::Store;
use crate::uptake::{ListDoubt, MemberList, RollCall, ToldRoll, read_member_list, roll_call};

#[derive(Serialize)]
struct ImportJson<'a> {
    chats: Vec<ChatJson<'a>>,
    issues: Vec<IssueJson<'a>>,
}

#[derive(Serialize)]
struct ChatJson<'a> {
    key: &'a ChatKey,
    title: &'a str,
    /// How many are to be in it; `null` where only the teacher knows.
    members: Option<usize>,
    present: usize,
    missing: Option<usize>,
    /// Whoever is in no list, and pupils in a chat of parents.
    strangers: usize,
    pupils: usize,
    doubtful: usize,
    /// Whether names were compared, or only a number was told.
    by_names: bool,
}

/// What one list says of a chat.
struct Compared<'a> {
    chat: &'a Chat,
    call: RollCall,
    /// How many names there are.
    names: usize,
    number: Option<u32>,
    place: Place,
}

impl<'a> Compared<'a> {
    /// A number without names.
    fn number(chat: &'a Chat, number: u32) -> Self {
        Self { chat, call: RollCall::default(), names: 0, number: Some(number), place: Place::default() }
    }
}

/// Runs the command.
pub(crate) fn run(args: &JoinedArgs, ui: &Ui) -> Result<(), CommandError> {
    let JoinedCommand::Import(args) = &args.command;
    import(args, ui)
}

fn import(args: &JoinedImportArgs, ui: &Ui) -> Result<(), CommandError> {
    let date = args.date.unwrap_or_else(clock::today);
    let folder = args.folder();
    let workspace = super::data::workspace(&folder)?;
    let _lock = job::lock(&workspace)?;
    let school = Remembered::read(&folder)?;
    let chats: Vec<&Chat> = school.state.chats.values().collect();
    let find = |words: &str| crate::links::named(words, &chats).ok();
    let chat = args.chat.as_deref().map(|words| named(words, &chats)).transpose()?;
    let sources = answered_files(&args.files(), None)?;
    if sources.is_empty() && args.number.is_none() {
        return Err(CommandError::usage(
            "не сказано, какой список принять.",
            "Скопируйте имена участников в текстовый файл: zavuch вступили принять школа участники.txt --chat \"7А родители\"",
        ));
    }
    let mut read = read_member_list(&sources, chat, &find);
    let mut compared: Vec<Compared<'_>> = read.value.iter().map(compare).collect();
    if let (Some(number), Some(chat)) = (args.number, chat) {
        match compared.iter_mut().find(|one| one.chat.key == chat.key) {
            Some(list) => list.number = Some(number),
            None => compared.push(Compared::number(chat, number)),
        }
    }
    let extent = args.extent();
    let mut store = Store::open(school.workspace.root())?;
    let before = store.rolls()?;
    let mut rolls: BTreeMap<ChatKey, ChatRoll> = BTreeMap::new();
    for one in &compared {
        let register = school.state.progress.get(&one.chat.key).and_then(|progress| progress.joined);
        let told =
            ToldRoll { chat: one.chat, call: &one.call, names: one.names, number: one.number, on: date, register };
        let before = before.get(&one.chat.key);
        match told.doubt(before, extent) {
            Some(doubt) => read.issues.push(doubted(one, doubt)),
            None => {
                rolls.insert(one.chat.key.clone(), told.roll(before, extent));
            }
        }
    }
    compared.retain(|one| rolls.contains_key(&one.chat.key));
    if !rolls.is_empty() {
        store.keep_rolls(&rolls)?;
    }
    if ui.wants_json() {
        let chats = compared.iter().map(|one| json(one, rolls.get(&one.chat.key))).collect();
        ui.answer_json(&ImportJson { chats, issues: issues::json(&read.issues) })?;
    } else {
        let shown: Vec<JoinedChat> = compared.iter().map(|one| shown(one, rolls.get(&one.chat.key))).collect();
        ui.answer(&joined_text(&shown));
        if !read.issues.is_empty() {
            ui.say(&format!("\n{}", issues::list(&read.issues)));
        }
    }
    wrong(&read.issues)
}

/// Why a list was not taken, and what to type where it is right.
fn doubted(one: &Compared<'_>, doubt: ListDoubt) -> Issue {
    let title = &one.chat.title;
    let names = |number| count(number, Noun::new("имя", "имени", "имён"));
    let people = |number| count(number, Noun::new("человек", "человека", "человек"));
    let which = "Если это часть списка, повторите с ключом --partial: имена прибавятся к известным. Если список целый — с \
                 ключом --whole: он заменит прежний.";
    let (message, advice) = match doubt {
        ListDoubt::Older { than } => (
            format!("«{title}»: уже принят более новый список, от {}; этот не учтён", dotted(than)),
            "Примите список, скопированный позже.".to_owned(),
        ),
        ListDoubt::Part { names: number, of } => (
            format!("«{title}»: похоже на часть списка — в нём {}, а должно быть {of}; не принят", names(number)),
            which.to_owned(),
        ),
        ListDoubt::Others { lost, of } => (
            format!("«{title}»: похоже на часть списка — в нём нет {lost} из {of}, кто уже вступил; не принят"),
            which.to_owned(),
        ),
        ListDoubt::TooMany { number, members } => (
            format!("«{title}»: в чате должно быть {}, а указано {number}; не принято", people(members)),
            "Проверьте число и чат. Если число верно, повторите с ключом --whole: лишние будут посторонними."
                .to_owned(),
        ),
        ListDoubt::OverLimit { number } => (
            format!("«{title}»: указано {number}, а в чате MAX бывает не больше 20 000 участников; не принято"),
            "Исправьте число.".to_owned(),
        ),
    };
    Issue::new(IssueKind::MembersUnclear, one.place.clone(), message, advice)
}

/// The one chat that words mean.
fn named<'a>(words: &str, chats: &[&'a Chat]) -> Result<&'a Chat, CommandError> {
    crate::links::named(words, chats).map_err(|fitting| {
        let hint = "Назовите чат по названию из таблицы ссылок, в кавычках: \"7А — родители\"";
        let titles: Vec<String> = fitting.iter().take(8).map(|chat| format!("«{}»", chat.title)).collect();
        let which = if titles.is_empty() {
            "такого чата нет".to_owned()
        } else {
            format!("таких чатов несколько: {}", titles.join(", "))
        };
        CommandError::inputs(Vec::new(), format!("«{words}» — {which}."), hint)
    })
}

fn compare<'a>(list: &MemberList<'a>) -> Compared<'a> {
    let call = roll_call(&list.names, &list.chat.members);
    Compared { chat: list.chat, call, names: list.names.len(), number: list.number, place: list.place.clone() }
}

fn json<'a>(one: &Compared<'a>, roll: Option<&ChatRoll>) -> ChatJson<'a> {
    let members = one.chat.group.is_none().then_some(one.chat.members.len());
    let present = roll.map_or(0, |roll| roll.joined(&one.chat.members));
    ChatJson {
        key: &one.chat.key,
        title: one.chat.title.as_str(),
        members,
        present,
        missing: members.map(|members| members - present),
        strangers: roll.map_or(0, |roll| roll.strangers as usize),
        pupils: one.call.pupils.len(),
        doubtful: one.call.doubtful.len(),
        by_names: one.names > 0,
    }
}

fn shown(one: &Compared<'_>, roll: Option<&ChatRoll>) -> JoinedChat {
    let member = |at: &usize| one.chat.members.get(*at).map(words);
    // Whoever was found by an earlier part is there.
    let is_found =
        |at: &usize| roll.is_some_and(|roll| one.chat.members.get(*at).is_some_and(|member| roll.has(member)));
    let is_missing = |at: &usize| one.names > 0 && !one.call.present.contains(at) && !is_found(at);
    let ChatJson { members, present, strangers, .. } = json(one, roll);
    JoinedChat {
        title: one.chat.title.to_string(),
        moderator: one.chat.moderator.as_ref().map(ToString::to_string),
        members,
        present,
        strangers_number: strangers,
        missing: (0..one.chat.members.len()).filter(is_missing).filter_map(|at| member(&at)).collect(),
        strangers: one.call.strangers.clone(),
        pupils: one.call.pupils.clone(),
        doubtful: one
            .call
            .doubtful
            .iter()
            .map(|doubtful| (doubtful.shown.clone(), doubtful.candidates.iter().filter_map(member).collect()))
            .collect(),
    }
}

fn words(member: &Member) -> String {
    match (&member.name, &member.student) {
        (Some(name), Some(pupil)) => format!("{name} (родитель: {})", pupil.without_patronymic()),
        (None, Some(pupil)) => format!("родитель: {pupil}"),
        (Some(name), None) => name.to_string(),
        (None, None) => String::new(),
    }
}

fn wrong(issues: &[Issue]) -> Result<(), CommandError> {
    if issues.is_empty() {
        return Ok(());
    }
    Err(CommandError::inputs(
        Vec::new(),
        "принято не всё; что не принято, названо выше.",
        "Исправьте файл и примите его ещё раз: принятое второй раз ничего не изменит.",
    ))
}
