//! `links reissue` and `links revoke`: links that hold no longer, because a person says so or nobody used them in time.
//!
//! The program cannot make a link void in MAX: it records that it is, names the papers that carry it, and gives the
//! moderator the task. It never takes such a link again.

use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::School;
use crate::cli::args::{LinksReissueArgs, LinksRevokeArgs};
use crate::cli::error::CommandError;
use crate::cli::issues;
use crate::cli::issuing::{AllPapersFile, Failure};
use crate::cli::job::{self, Job};
use crate::cli::planning::{Voiding, propose};
use crate::cli::progress::Bars;
use crate::cli::progress_of_chats::{progress, standing};
use crate::cli::register_file;
use crate::cli::ui::Ui;
use crate::cli::{clock, data, limits};
use crate::plan::SchoolYear;
use crate::report::{self, ChangeRow, LetterState};
use crate::school::{Chat, ChatKey, Joined, LinkEnd, LinkMode, LinkStanding, LinkState, Noun, Rule, count, dotted};
use crate::workspace::OUTPUTS;

/// What helps at once, whatever keeps the program from recording it.
const MEANWHILE: &str =
    " Ссылку можно сменить и сразу: в MAX откройте чат и нажмите «Обновить ссылку», тогда прежняя не работает.";

#[derive(Serialize)]
struct VoidJson<'a> {
    /// The chats whose links are void.
    chats: Vec<&'a ChatKey>,
    why: &'a str,
    /// Whether it was done, or only shown.
    done: bool,
    changes: Vec<ChangeRow>,
    /// The files to be handed out: paths in «выдача/».
    files: Vec<String>,
    failures: Vec<&'a Failure>,
}

/// Runs `links reissue`.
pub(crate) fn reissue(args: &LinksReissueArgs, ui: &Ui) -> Result<(), CommandError> {
    let call = Call { folder: &args.target.folder, date: args.date.unwrap_or_else(clock::today), typed: args.date, ui };
    one(&call, &args.chat, LinkEnd::Reissue, &args.why)
}

/// Runs `links revoke`.
pub(crate) fn revoke(args: &LinksRevokeArgs, ui: &Ui) -> Result<(), CommandError> {
    let (chat, folder) = args.chat_and_folder();
    let call = Call { folder: &folder, date: args.date.unwrap_or_else(clock::today), typed: args.date, ui };
    match (chat, args.unclaimed) {
        (None, true) => unclaimed(&call, args),
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

struct Call<'a> {
    folder: &'a Path,
    date: Date,
    /// The day that somebody typed.
    typed: Option<Date>,
    ui: &'a Ui,
}

/// Makes the link of one chat void.
fn one(call: &Call<'_>, words: &str, end: LinkEnd, why: &str) -> Result<(), CommandError> {
    let workspace = data::workspace(call.folder)?;
    let _lock = job::lock(&workspace)?;
    let school = School::read(call.folder, call.date)?;
    let chat = school.chat(words)?;
    if school.data.links.ready(&chat.key).is_none() {
        return Err(without_link(&school, chat));
    }
    let voiding = Voiding { chats: [chat.key.clone()].into(), end, why: why.to_owned() };
    carry_out(call, school, &voiding)
}

fn without_link(school: &School, chat: &Chat) -> CommandError {
    let standing = standing(&chat.key, &school.data, &school.known);
    let words = match (standing, school.data.links.state(&chat.key)) {
        (LinkStanding::Reissued { on }, _) => format!("уже отозвана {}, чат ждёт новую", dotted(on)),
        (LinkStanding::Revoked { on } | LinkStanding::Expired { on }, _) => format!("уже отозвана {}", dotted(on)),
        (_, LinkState::Refused) => "не подошла, отзывать нечего".to_owned(),
        _ => "ещё не прислана, отзывать нечего".to_owned(),
    };
    CommandError::inputs(
        Vec::new(),
        format!("ссылка чата «{}» {words}.", chat.title),
        "Что с каждым чатом: zavuch ссылки список",
    )
}

/// Makes void every link that is older than the term and that not everybody has used.
fn unclaimed(call: &Call<'_>, args: &LinksRevokeArgs) -> Result<(), CommandError> {
    let ui = call.ui;
    let workspace = data::workspace(call.folder)?;
    let lock = if args.dry_run { None } else { Some(job::lock(&workspace)?) };
    let school = School::read(call.folder, call.date)?;
    let settings = &school.data.settings;
    let term = args.older_than.unwrap_or(settings.links.unclaimed_days);
    let joining = settings.deadlines.joining.filter(|_| args.older_than.is_none());
    if let Some(joining) = joining.filter(|joining| call.date <= *joining) {
        return Err(CommandError::usage(
            format!("срок вступления в чаты ещё не вышел: {}.", dotted(joining)),
            "Повторите после этого дня или назначьте срок сами: --older-than 30d",
        ));
    }
    let bound = call.date.saturating_sub(i64::from(term).days());
    let found: Vec<Unclaimed<'_>> = school.data.plan.chats().filter_map(|chat| of_chat(chat, &school, bound)).collect();
    if found.is_empty() {
        return if ui.wants_json() {
            ui.answer_json(&VoidJson {
                chats: vec![],
                why: "",
                done: false,
                changes: vec![],
                files: vec![],
                failures: vec![],
            })
        } else {
            ui.answer("Аннулировать нечего.\n");
            Ok(())
        };
    }
    let clause = annulled(&settings.regulation.administration).map(|clause| format!(" ({clause})")).unwrap_or_default();
    let why = args.why.clone().unwrap_or_else(|| {
        let days = count(usize::from(term), Noun::new("день", "дня", "дней"));
        format!("за {days} вступили не все{clause}")
    });
    if !ui.wants_json() {
        ui.answer(&list(&found));
        ui.answer(&format!("Причина: {why}.\n"));
    }
    let voiding = Voiding { chats: found.iter().map(|one| one.chat.key.clone()).collect(), end: LinkEnd::Expire, why };
    if args.dry_run {
        if ui.wants_json() {
            let chats = voiding.chats.iter().collect();
            let why = &voiding.why;
            ui.answer_json(&VoidJson { chats, why, done: false, changes: vec![], files: vec![], failures: vec![] })?;
        }
        return Ok(());
    }
    school.refuse_past_year()?;
    school.refuse_other_work(&propose(&school.data, &school.known, call.date), "")?;
    confirm(found.len(), args, ui)?;
    let done = carry_out(call, school, &voiding);
    drop(lock);
    done
}

/// A link that not everybody has used.
struct Unclaimed<'a> {
    chat: &'a Chat,
    since: Date,
    joined: Option<Joined>,
}

fn of_chat<'a>(chat: &'a Chat, school: &School, bound: Date) -> Option<Unclaimed<'a>> {
    let LinkStanding::Active { since, .. } = standing(&chat.key, &school.data, &school.known) else { return None };
    school.data.links.ready(&chat.key)?;
    // Only the teacher knows how many learn in a group.
    let members = chat.group.is_none().then_some(chat.members.len());
    let told = progress(&chat.key, &school.data, &school.known);
    (since < bound && !told.everybody_joined(members)).then_some(Unclaimed { chat, since, joined: told.joined })
}

fn list(found: &[Unclaimed<'_>]) -> String {
    let line = |one: &Unclaimed<'_>| {
        let joined = match one.joined {
            Some(Joined::Number(number)) => {
                format!("вступили {number} из {}", one.chat.size_in_words())
            }
            Some(Joined::Everybody) | None => "сколько вступило, неизвестно".to_owned(),
        };
        format!("  «{}»: ссылка на бумагах с {}, {joined}\n", one.chat.title, dotted(one.since))
    };
    let number = count(found.len(), Noun::new("ссылкой", "ссылками", "ссылками"));
    format!("Не все воспользовались {number}:\n{}", found.iter().map(line).collect::<String>())
}

/// The clause of the act by which unclaimed links are annulled (bel 4.1, 31.2.1, 65.5.3); not every act has one.
fn annulled(rules: &[Rule]) -> Option<String> {
    rules.iter().find(|rule| rule.text.contains("ннулир"))?.clause_in_words()
}

fn confirm(number: usize, args: &LinksRevokeArgs, ui: &Ui) -> Result<(), CommandError> {
    if args.yes {
        return Ok(());
    }
    if ui.wants_json() || !ui.is_interactive() {
        return Err(CommandError::usage(
            "спросить некого: программа запущена не в терминале. Ничего не отозвано.",
            "Посмотрите, какие ссылки она аннулирует: --dry-run; согласны — добавьте ключ --yes.",
        ));
    }
    let answer = ui.ask(&format!("Чтобы аннулировать их, введите число {number}:"))?;
    if answer == number.to_string() {
        return Ok(());
    }
    Err(CommandError::usage("введено другое число; ничего не отозвано.", "Передумаете — запустите команду ещё раз."))
}

/// Records that the links are void, gives the classes their papers and takes the links out of the register.
fn carry_out(call: &Call<'_>, school: School, voiding: &Voiding) -> Result<(), CommandError> {
    let ui = call.ui;
    school.refuse_past_year()?;
    limits::permit_date(call.typed, &school.known)?;
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
    let mut shown = data.links.clone();
    for chat in data.plan.chats() {
        shown.set_progress(chat.key.clone(), proposal.after.progress.get(&chat.key).copied().unwrap_or_default());
    }
    let register = register_file::bring_up(&workspace, &data, &shown, &void, SchoolYear::of(call.date))?;
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
            failures: done.made.all_failures().collect(),
        })?;
    } else {
        ui.answer(&report::change_list(&proposal.changes));
        for file in &files {
            ui.answer(&format!("Передать: {}/{file}\n", workspace.root().join(OUTPUTS).display()));
        }
        ui.answer(register.words());
        ui.answer(&done.site.words());
        ui.answer(closing(voiding.end, &data.settings.links.mode));
        let found = done.found_changed();
        if !found.is_empty() {
            ui.say(&format!("\n{}", issues::list(&found)));
        }
    }
    let folder = call.folder.display();
    done.complete(&format!("Устраните причину, потом: zavuch применить \"{folder}\". Сделанное не пропадёт."))
}

fn closing(end: LinkEnd, mode: &LinkMode) -> &'static str {
    match (end, mode) {
        (LinkEnd::Reissue, LinkMode::Direct) => {
            "Модератор обновляет ссылку в MAX и присылает новую. Примите её: zavuch ссылки принять; потом zavuch \
             применить напечатает бумаги заново.\n"
        }
        (LinkEnd::Reissue, LinkMode::Short(_)) => {
            "Бумаги остаются: на них адрес сайта школы, его страница говорит, что ссылка обновляется. Модератор обновляет \
             ссылку в MAX и присылает новую. Примите её: zavuch ссылки принять\n"
        }
        (LinkEnd::Revoke | LinkEnd::Expire, _) => {
            "Пока модератор не нажмёт в MAX «Обновить ссылку», по прежней ещё можно войти. Новой ссылки программа не ждёт; \
             если её пришлют, чат снова заработает.\n"
        }
    }
}
