//! `links reissue` and `links revoke`: links that hold no longer, because a person says so.
//!
//! The program cannot make a link void in MAX: it records that it is, names the papers that carry it, and gives the
//! moderator the task. It never takes such a link again.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use super::take_back::{self, Links, take_back};
use super::{School, unclaimed};
use crate::cli::args::{LinksReissueArgs, LinksRevokeArgs};
use crate::cli::data::Data;
use crate::cli::error::CommandError;
use crate::cli::issues;
use crate::cli::issuing::{AllPapersFile, Failure};
use crate::cli::job::{self, Job};
use crate::cli::planning::{Proposal, Void, Voiding, propose, without_unprinted};
use crate::cli::progress::Bars;
use crate::cli::progress_of_chats::standing;
use crate::cli::register_file::{self, RegisterFile};
use crate::cli::site::Refreshed;
use crate::cli::ui::Ui;
use crate::cli::{clock, data, ids, limits};
use crate::report::{self, ChangeRow, LetterState};
use crate::school::{Chat, ChatKey, LinkEnd, LinkMode, LinkStanding, LinkState, LinkUrl, NewsKind, Scope, dotted};
use crate::store::TakenBack;
use crate::workspace::{OUTPUTS, Workspace};

/// What helps at once, whatever keeps the program from recording it.
const MEANWHILE: &str =
    " Ссылку можно сменить и сразу: в MAX откройте чат и нажмите «Обновить ссылку», тогда прежняя не работает.";

#[derive(Serialize)]
pub(super) struct VoidJson<'a> {
    /// The chats whose links are void.
    pub(super) chats: Vec<&'a ChatKey>,
    pub(super) why: &'a str,
    /// Whether it was done, or only shown.
    pub(super) done: bool,
    pub(super) changes: Vec<ChangeRow>,
    /// The files to be handed out: paths in «выдача/».
    pub(super) files: Vec<String>,
    /// The folders of the site that are to be put on it again.
    pub(super) sites: Vec<String>,
    pub(super) failures: Vec<&'a Failure>,
}

impl<'a> VoidJson<'a> {
    /// Done, and nothing to be handed out.
    pub(super) fn of(chat: &'a ChatKey, why: &'a str) -> Self {
        let (changes, files, sites, failures) = (vec![], vec![], vec![], vec![]);
        Self { chats: vec![chat], why, done: true, changes, files, sites, failures }
    }
}

/// Runs `links reissue`.
pub(crate) fn reissue(args: &LinksReissueArgs, ui: &Ui) -> Result<(), CommandError> {
    let call = Call { folder: &args.target.folder, date: args.date.unwrap_or_else(clock::today), typed: args.date, ui };
    if args.new_address {
        new_address(&call, &args.chat, &args.why)
    } else {
        one(&call, &args.chat, LinkEnd::Reissue, &args.why)
    }
}

/// Runs `links revoke`.
pub(crate) fn revoke(args: &LinksRevokeArgs, ui: &Ui) -> Result<(), CommandError> {
    let (chat, folder) = args.chat_and_folder();
    let call = Call { folder: &folder, date: args.date.unwrap_or_else(clock::today), typed: args.date, ui };
    match (chat, args.unclaimed) {
        (None, true) => unclaimed::unclaimed(&call, args),
        (Some(_), true) => Err(CommandError::usage(
            "указан и чат, и ключ --unclaimed.",
            "Оставьте одно: чат — чтобы отозвать его ссылку, --unclaimed — чтобы аннулировать неиспользованные.",
        )),
        (None, false) => Err(CommandError::usage(
            "не сказано, какую ссылку отозвать.",
            "Назовите чат: zavuch ссылки отозвать \"7А родители\" --why \"чат закрыт\"; или ключ --unclaimed",
        )),
        (Some(chat), false) => {
            let why = args.why.as_deref().ok_or_else(|| {
                CommandError::usage("не сказано, почему.", "Добавьте причину: --why \"чат больше не нужен\"")
            })?;
            one(&call, &chat, LinkEnd::Revoke, why)
        }
    }
}

pub(super) struct Call<'a> {
    pub(super) folder: &'a Path,
    pub(super) date: Date,
    /// The day that somebody typed.
    pub(super) typed: Option<Date>,
    pub(super) ui: &'a Ui,
}

/// Makes the link of one chat void.
fn one(call: &Call<'_>, words: &str, end: LinkEnd, why: &str) -> Result<(), CommandError> {
    let workspace = data::workspace(call.folder)?;
    let _lock = job::lock(&workspace)?;
    let mut school = School::read(call.folder, call.date)?;
    let key = school.chat(words)?.key.clone();
    let links = Links::of(&key, &school)?;
    if end == LinkEnd::Reissue && links.printed.is_some() && !links.unprinted.is_empty() {
        return Err(CommandError::usage(
            "новая ссылка этого чата уже есть, только ещё не напечатана.",
            format!(
                "Если новая прислана по ошибке, прежнюю вернёт: zavuch ссылки вернуть \"{key}\" \"{folder}\". Если отозвать \
                 надо прежнюю, выполните zavuch применить \"{folder}\": новая займёт её место. Если утекла и новая, после \
                 этого повторите команду.",
                folder = call.folder.display()
            ),
        ));
    }
    let unprinted = links.taken_back(&key, end, why);
    // Papers with an address of the school's own site hold without a link, too.
    let is_on_papers = links.printed.is_some() || links.has_papers;
    if unprinted.is_empty() && links.printed.is_none() && (end == LinkEnd::Reissue || !links.has_papers) {
        return finish(call, &school, &key);
    }
    if !is_on_papers {
        let done = take_back(call, &mut school, &key, &unprinted)?;
        return take_back::tell(call, &done, &key, end, why);
    }
    let voiding = Voiding { chats: [key].into(), what: Void::Link(end), unprinted, why: why.to_owned() };
    carry_out(call, school, &voiding)
}

/// Gives the papers of a chat another address of the school's own site.
fn new_address(call: &Call<'_>, words: &str, why: &str) -> Result<(), CommandError> {
    let workspace = data::workspace(call.folder)?;
    let _lock = job::lock(&workspace)?;
    let school = School::read(call.folder, call.date)?;
    let chat = school.chat(words)?;
    if school.data.settings.links.mode == LinkMode::Direct {
        return Err(CommandError::usage(
            "на бумагах школы стоят сами ссылки MAX, других адресов у чатов нет.",
            "Уберите ключ --new-address: тогда прежняя ссылка будет отозвана, а бумаги напечатаны заново с новой.",
        ));
    }
    if !school.data.past.state(&school.known).short.contains_key(&chat.key) {
        return Err(CommandError::inputs(
            Vec::new(),
            format!("у чата «{}» нет действующего адреса на сайте школы, менять нечего.", chat.title),
            "Адрес чат получает с первой ссылкой, когда выполнена команда: zavuch применить",
        ));
    }
    let proposal = propose(&school.data, &school.known, call.date);
    if is_being_addressed(&school, chat) && !proposal.is_finished(&school.known) {
        return finish_address(call, &school, &proposal);
    }
    let token = ids::new_token().ok_or_else(|| {
        CommandError::world("система не дала случайных чисел, новый адрес не составлен.", "Повторите ту же команду.")
    })?;
    let voiding = Voiding {
        chats: [chat.key.clone()].into(),
        what: Void::Address(token),
        unprinted: Vec::new(),
        why: why.to_owned(),
    };
    carry_out(call, school, &voiding)
}

/// Whether a call that was stopped in between recorded a new address of the chat and gave no papers with it yet.
fn is_being_addressed(school: &School, chat: &Chat) -> bool {
    let due = school.known.open.get(&Scope::from(chat.class.as_ref()));
    let mut news = due.iter().flat_map(|due| &due.parcel.sheet.news);
    let title = format!("«{}»", chat.title);
    news.any(|one| one.kind == NewsKind::Address && one.words.contains(&title))
}

/// Gives the papers of a new address that a stopped call recorded: the same call again must not make another one.
fn finish_address(call: &Call<'_>, school: &School, proposal: &Proposal<'_>) -> Result<(), CommandError> {
    let School { workspace, data, known } = school;
    let folder = call.folder.display();
    school.refuse_past_year()?;
    limits::permit_date(call.typed, known)?;
    if !proposal.changes.is_empty() {
        return Err(CommandError::usage(
            "новый адрес чата уже записан, но бумаги с ним выданы не все.",
            format!("Их выдаст вместе с остальными изменениями: zavuch применить \"{folder}\""),
        ));
    }
    let all_papers = AllPapersFile::AsItStands;
    let done = Job { workspace, data, known, proposal, date: call.date, all_papers, watcher: None }
        .carry_out(&Bars::default())?;
    let files: Vec<String> = done.made.given.values().flatten().cloned().collect();
    if call.ui.wants_json() {
        let failures = done.made.all_failures().collect();
        let (chats, changes, sites) = (Vec::new(), Vec::new(), to_put(school));
        call.ui.answer_json(&VoidJson { chats, why: "", done: true, changes, files, sites, failures })?;
    } else {
        call.ui.answer("Новый адрес уже записан. Доделано то, на чём остановился прошлый запуск.\n");
        for file in &files {
            call.ui.answer(&format!("Передать: {}/{file}\n", workspace.root().join(OUTPUTS).display()));
        }
        for folder in to_put(school) {
            call.ui.answer(&format!("Папка сайта: «{folder}». Выложите её на сайт целиком.\n"));
        }
    }
    done.complete(&format!("Устраните причину, потом: zavuch применить \"{folder}\". Сделанное не пропадёт."))
}

/// What is left to do where the link is void already: a call that was stopped in between recorded it and did no more.
fn finish(call: &Call<'_>, school: &School, chat: &ChatKey) -> Result<(), CommandError> {
    let School { workspace, data, known } = school;
    let nothing_left = without_link(school, chat);
    let on = match standing(chat, data, known) {
        LinkStanding::Reissued { on } | LinkStanding::Revoked { on } | LinkStanding::Expired { on } => on,
        LinkStanding::None | LinkStanding::Received { .. } | LinkStanding::Active { .. } => return Err(nothing_left),
    };
    school.refuse_past_year()?;
    limits::permit_date(call.typed, known)?;
    let proposal = propose(data, known, call.date);
    let is_finished = proposal.is_finished(known);
    let folder = call.folder.display();
    if !is_finished && !proposal.changes.is_empty() {
        return Err(CommandError::usage(
            format!("ссылка уже отозвана {}, но бумаги об этом выданы не все.", dotted(on)),
            format!("Их выдаст вместе с остальными изменениями: zavuch применить \"{folder}\""),
        ));
    }
    let register = bring_up(workspace, data, &proposal, &known.void_links)?;
    if is_finished && register == RegisterFile::Same {
        return Err(nothing_left);
    }
    let done = if is_finished {
        None
    } else {
        let all_papers = AllPapersFile::AsItStands;
        let job = Job { workspace, data, known, proposal: &proposal, date: call.date, all_papers, watcher: None };
        Some(job.carry_out(&Bars::default())?)
    };
    if call.ui.wants_json() {
        let failures = done.iter().flat_map(|done| done.made.all_failures()).collect();
        let files = done.iter().flat_map(|done| done.made.given.values().flatten().cloned()).collect();
        call.ui.answer_json(&VoidJson { files, sites: to_put(school), failures, ..VoidJson::of(chat, "") })?;
    } else {
        call.ui
            .answer(&format!("Ссылка уже отозвана {}. Доделано то, на чём остановился прошлый запуск.\n", dotted(on)));
        for file in done.iter().flat_map(|done| done.made.given.values().flatten()) {
            call.ui.answer(&format!("Передать: {}/{file}\n", workspace.root().join(OUTPUTS).display()));
        }
        call.ui.answer(register.words());
        // The run that was stopped may have written the pages and told nobody.
        for folder in to_put(school) {
            call.ui.answer(&format!("Папка сайта: «{folder}». Выложите её на сайт целиком.\n"));
        }
    }
    let hint = format!("Устраните причину, потом: zavuch применить \"{folder}\". Сделанное не пропадёт.");
    done.map_or(Ok(()), |done| done.complete(&hint))
}

/// The folders of the site.
fn to_put(school: &School) -> Vec<String> {
    school
        .known
        .sites
        .iter()
        .filter(|site| site.folder.is_dir())
        .map(|site| site.folder.display().to_string())
        .collect()
}

fn without_link(school: &School, chat: &ChatKey) -> CommandError {
    let standing = standing(chat, &school.data, &school.known);
    let words = match (standing, school.data.links.state(chat)) {
        (LinkStanding::Reissued { on }, _) => format!("уже отозвана {}, чат ждёт новую", dotted(on)),
        (LinkStanding::Revoked { on } | LinkStanding::Expired { on }, _) => format!("уже отозвана {}", dotted(on)),
        (_, LinkState::Refused) => "не подошла, отзывать нечего".to_owned(),
        _ => "ещё не прислана, отзывать нечего".to_owned(),
    };
    let title = school.data.plan.chats().find(|one| one.key == *chat).map(|one| one.title.to_string());
    let put: Vec<String> = to_put(school).iter().map(|folder| format!("«{folder}»")).collect();
    let site = if put.is_empty() {
        String::new()
    } else {
        format!(" Если после этого вы ещё не выкладывали на сайт папку {}, выложите её целиком.", put.join(", "))
    };
    CommandError::inputs(
        Vec::new(),
        format!("ссылка чата «{}» {words}.", title.unwrap_or_else(|| chat.to_string())),
        format!("Что с каждым чатом: zavuch ссылки список.{site}"),
    )
}

/// Records that the links are void, gives the classes their papers and takes the links out of the register.
pub(super) fn carry_out(call: &Call<'_>, mut school: School, voiding: &Voiding) -> Result<(), CommandError> {
    let ui = call.ui;
    school.refuse_past_year()?;
    limits::permit_date(call.typed, &school.known)?;
    // The rest is judged before anything is written.
    let mut waiting = Vec::new();
    for chat in voiding.chats.iter().filter(|_| !voiding.unprinted.is_empty()) {
        let links = Links::of(chat, &school)?;
        let of = |link: &LinkUrl| TakenBack {
            chat: chat.clone(),
            link: link.clone(),
            end: links.former,
            why: voiding.why.clone(),
        };
        waiting.extend(links.unprinted.iter().map(of));
    }
    without_unprinted(&mut school.data, &school.known, &waiting);
    school.refuse_other_work(&propose(&school.data, &school.known, call.date), MEANWHILE)?;
    let School { workspace, mut data, known } = school;
    let gone = voiding.take_out(&mut data);
    let proposal = voiding.propose(&data, &known, call.date);
    let job = Job {
        workspace: &workspace,
        data: &data,
        known: &known,
        proposal: &proposal,
        date: call.date,
        all_papers: AllPapersFile::AsItStands,
        watcher: None,
    };
    let done = job.carry_out(&Bars::default())?;
    let void = known.void_links.iter().chain(&gone).cloned().collect();
    let register = bring_up(&workspace, &data, &proposal, &void)?;
    let changed = proposal.changes.iter().map(|change| &change.scope).collect::<std::collections::BTreeSet<_>>();
    let given = changed.iter().filter_map(|scope| done.made.given.get(*scope)).flatten();
    let letters =
        changed.iter().filter_map(|scope| scope.class()).filter_map(|class| match done.made.letters.get(class) {
            Some(LetterState::Written { file }) => Some(format!("Письма/{file}")),
            _ => None,
        });
    let files: Vec<String> = given.cloned().chain(letters).collect();
    if ui.wants_json() {
        ui.answer_json(&VoidJson {
            chats: voiding.chats.iter().collect(),
            why: &voiding.why,
            done: true,
            changes: report::change_rows(&proposal.changes),
            files,
            sites: done.site.folders(),
            failures: done.made.all_failures().collect(),
        })?;
    } else {
        ui.answer(&report::change_list(&proposal.changes));
        for file in &files {
            ui.answer(&format!("Передать: {}/{file}\n", workspace.root().join(OUTPUTS).display()));
        }
        ui.answer(register.words());
        ui.answer(&done.site.words());
        ui.answer(closing(voiding, &data, &done.site));
        let by_hand = data.plan.classes.iter().filter(|_| data.settings.mail.server.is_none());
        ui.answer(&done.removed_words(by_hand.map(|class| &class.name), workspace.root()));
        let found = done.found_changed();
        if !found.is_empty() {
            ui.say(&format!("\n{}", issues::list(&found)));
        }
    }
    let folder = call.folder.display();
    done.complete(&format!("Устраните причину, потом: zavuch применить \"{folder}\". Сделанное не пропадёт."))
}

/// Brings the register to what is recorded now; links that are void go.
fn bring_up(
    workspace: &Workspace,
    data: &Data,
    proposal: &Proposal<'_>,
    void: &BTreeSet<LinkUrl>,
) -> Result<RegisterFile, CommandError> {
    let mut shown = data.links.clone();
    for chat in data.plan.chats() {
        shown.set_progress(chat.key.clone(), proposal.after.progress.get(&chat.key).copied().unwrap_or_default());
    }
    register_file::bring_up(workspace, data, &shown, void)
}

/// What people are to do now. What became of the site is told besides.
fn closing(voiding: &Voiding, data: &Data, site: &Refreshed) -> &'static str {
    let has_link = voiding.chats.iter().all(|chat| data.links.ready(chat).is_some());
    match (&voiding.what, &data.settings.links.mode) {
        (Void::Link(LinkEnd::Reissue), LinkMode::Direct) => {
            "Модератор обновляет ссылку в MAX и присылает новую. Примите её: zavuch ссылки принять; потом zavuch \
             применить напечатает бумаги заново.\n"
        }
        (Void::Link(LinkEnd::Reissue), LinkMode::Short(_)) if !site.pages.is_empty() => {
            "Бумаги остаются: на них адрес сайта школы, его страница говорит, что ссылка обновляется. Модератор обновляет \
             ссылку в MAX и присылает новую. Примите её: zavuch ссылки принять\n"
        }
        (Void::Link(LinkEnd::Reissue), LinkMode::Short(_)) => {
            "Бумаги остаются: на них адрес сайта школы. Модератор обновляет ссылку в MAX и присылает новую. Примите её: \
             zavuch ссылки принять\n"
        }
        (Void::Link(LinkEnd::Revoke | LinkEnd::Expire), LinkMode::Direct) => {
            "Пока модератор не нажмёт в MAX «Обновить ссылку», по прежней ещё можно войти. Новой ссылки программа не ждёт; \
             если её пришлют, чат снова заработает.\n"
        }
        (Void::Link(LinkEnd::Revoke | LinkEnd::Expire), LinkMode::Short(_)) => {
            "Пока модератор не нажмёт в MAX «Обновить ссылку», по прежней ещё можно войти. Новой ссылки программа не ждёт; \
             если её пришлют, чат снова заработает, а на его новых бумагах будет другой адрес.\n"
        }
        (Void::Address(_), _) if !has_link => {
            "Новый адрес поведёт в чат, когда придёт новая ссылка: её ещё ждут от модератора. Примите её: zavuch ссылки \
             принять. Новые бумаги от этого не изменятся.\n"
        }
        (Void::Address(_), _) => {
            "Ссылка чата в MAX осталась прежней: кто уже открывал страницу, мог её сохранить. Лучше сменить и её: модератор \
             нажимает в MAX «Обновить ссылку» и присылает новую, вы принимаете её: zavuch ссылки принять. Новые бумаги от \
             этого не изменятся.\n"
        }
    }
}
