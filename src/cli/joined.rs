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
use crate::school::{Chat, ChatKey, ChatRoll, Issue, Member, RollMember};
use crate::store::Store;
use crate::uptake::{MemberList, RollCall, read_member_list, roll_call};

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
    strangers: usize,
    doubtful: usize,
    /// Whether names were compared, or only a number was told.
    by_names: bool,
}

/// What one list says of a chat.
struct Compared<'a> {
    chat: &'a Chat,
    call: RollCall,
    number: Option<u32>,
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
    let read = read_member_list(&sources, chat, &find);
    let mut compared: Vec<Compared<'_>> = read.value.into_iter().map(|list| compare(&list)).collect();
    if let (Some(number), Some(chat)) = (args.number, chat) {
        compared.push(Compared { chat, call: RollCall::default(), number: Some(number) });
    }
    let roll = |one: &Compared<'_>| {
        let present = one.call.present.iter().filter_map(|at| RollMember::of(one.chat.members.get(*at)?)).collect();
        let members = u32::try_from(one.chat.members.len()).unwrap_or(u32::MAX);
        let beyond =
            if one.chat.group.is_some() { 0 } else { one.number.map_or(0, |number| number.saturating_sub(members)) };
        let roll = ChatRoll {
            on: date,
            present,
            number: one.number,
            strangers: u32::try_from(one.call.strangers.len()).unwrap_or(u32::MAX).max(beyond),
            doubtful: u32::try_from(one.call.doubtful.len()).unwrap_or(u32::MAX),
            register: school.state.progress.get(&one.chat.key).and_then(|progress| progress.joined),
        };
        (one.chat.key.clone(), roll)
    };
    let rolls: BTreeMap<ChatKey, ChatRoll> = compared.iter().map(roll).collect();
    if !rolls.is_empty() {
        Store::open(school.workspace.root())?.keep_rolls(&rolls)?;
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
    // Names say more than a number.
    Compared { chat: list.chat, call, number: list.number.filter(|_| list.names.is_empty()) }
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
        doubtful: one.call.doubtful.len(),
        by_names: one.number.is_none(),
    }
}

fn shown(one: &Compared<'_>, roll: Option<&ChatRoll>) -> JoinedChat {
    let member = |at: &usize| one.chat.members.get(*at).map(words);
    let is_missing = |at: &usize| one.number.is_none() && !one.call.present.contains(at);
    let ChatJson { members, present, strangers, .. } = json(one, roll);
    JoinedChat {
        title: one.chat.title.to_string(),
        moderator: one.chat.moderator.as_ref().map(ToString::to_string),
        members,
        present,
        strangers_number: strangers,
        missing: (0..one.chat.members.len()).filter(is_missing).filter_map(|at| member(&at)).collect(),
        strangers: one.call.strangers.clone(),
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
