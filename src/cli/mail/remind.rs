//! `mail remind`: who is still to do what, by the state of the school; with `--yes` a letter for each of them, put into the outbox.
//!
//! Only a homeroom teacher of whose class something is open is reminded, and only one who has had the papers, was not written to
//! just now, and has no letter that waits for anything.

mod worded;

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use self::worded::worded;
use super::guard::PastYears;
use super::unapplied::Unapplied;
use super::{School, permit_class};
use crate::cli::args::MailRemindArgs;
use crate::cli::data::Data;
use crate::cli::error::{CommandError, Status};
use crate::cli::issuing::draft_of;
use crate::cli::ui::Ui;
use crate::cli::{clock, job, status};
use crate::links;
use crate::mail::{self, Enclosure, FileForm, LetterContent, Occasion, Recipient, Sender};
use crate::plan::ClassPlan;
use crate::report::{self, Names, ReminderLine, Work, open_work};
use crate::school::{Chat, ClassName, Edition, Scope, Service, dotted, file_name, letter_kind};
use crate::store::{LetterDraft, LetterState, Store, StoredLetter};

/// Nobody is reminded who was written to in so many days.
const REST: i32 = 3;

#[derive(Serialize)]
struct RemindJson {
    /// Whether the reminders were put into the outbox, or only shown.
    queued: bool,
    /// The classes that are reminded, and of what.
    reminded: Vec<Reminded>,
    /// Those that are not though something is open, and why.
    passed_over: Vec<PassedOver>,
}

#[derive(Serialize)]
struct Reminded {
    class: String,
    to: String,
    open: Vec<String>,
}

#[derive(Serialize)]
struct PassedOver {
    class: String,
    why: String,
}

/// What is known of a class when it is decided whether to remind.
struct Grounds<'a> {
    data: &'a Data,
    letters: &'a [StoredLetter],
    past: &'a PastYears,
    lists: &'a Unapplied,
    on: Date,
}

/// Runs the command.
pub(super) fn run(args: &MailRemindArgs, ui: &Ui) -> Result<Status, CommandError> {
    let folder = args.target.folder.as_path();
    let shown = folder.display().to_string();
    let workspace = crate::cli::data::workspace(folder)?;
    let _lock = if args.yes { Some(job::lock(&workspace)?) } else { None };
    let School { data, known, .. } = School::read(folder)?;
    let on = args.date.unwrap_or_else(clock::today);
    let Some(store) = Store::read(folder)? else {
        let hint = format!("Сначала выполните: zavuch применить \"{shown}\"");
        return Err(CommandError::usage("напоминать ещё не о чем: бумаги не выпускали.", hint));
    };
    if data.settings.mail.server.is_none() {
        let hint = "Укажите почту в zavuch.toml, раздел [mail], ключ provider. Что осталось сделать, покажет zavuch состояние.";
        return Err(CommandError::usage(
            "напоминания отправляет сама программа, а почта в настройках не названа.",
            hint,
        ));
    }
    let letters = store.letters()?;
    let past = PastYears::of(&store)?;
    drop(store);
    permit_class(args.only.as_ref(), data.plan.classes.iter().map(|class| &class.name), &letters)?;
    let status = status::of(folder, on, Names::Without)?;
    let lists = Unapplied::of(&data, &known);
    let grounds = Grounds { data: &data, letters: &letters, past: &past, lists: &lists, on };
    let (mut lines, mut drafts) = (Vec::new(), Vec::new());
    let mut answer = RemindJson { queued: args.yes, reminded: Vec::new(), passed_over: Vec::new() };
    let is_wanted = |plan: &&ClassPlan| args.only.as_ref().is_none_or(|class| *class == plan.name);
    for plan in data.plan.classes.iter().filter(is_wanted) {
        let scope = Scope::Class(plan.name.clone());
        let work: Vec<&Work> = open_work(&status, &scope).collect();
        if work.is_empty() {
            continue;
        }
        let class = plan.name.to_string();
        let open: Vec<String> = work.iter().map(|work| worded(work).words()).collect();
        let to = plan.homeroom.as_ref().map(|homeroom| homeroom.name.to_string()).unwrap_or_default();
        let reminder = grounds.permit(plan).and_then(|()| grounds.reminder(plan, &work));
        let line = ReminderLine { class: class.clone(), to: to.clone(), open: open.join("; "), why_not: String::new() };
        match reminder {
            Ok(draft) => {
                drafts.push(draft);
                answer.reminded.push(Reminded { class, to, open });
                lines.push(line);
            }
            Err(why) => {
                lines.push(ReminderLine { why_not: why.clone(), ..line });
                answer.passed_over.push(PassedOver { class, why });
            }
        }
    }
    if args.yes {
        let mut store = Store::open(folder)?;
        for draft in &drafts {
            store.queue_letter(draft, clock::now())?;
        }
    }
    if ui.wants_json() {
        ui.answer_json(&answer)?;
        return Ok(Status::Done);
    }
    if lines.is_empty() {
        ui.answer("Всё сделано: напоминать некому.\n");
        return Ok(Status::Done);
    }
    ui.answer(&format!("{}\n", report::reminder_table(&lines, ui.width()).trim_end()));
    let classes: Vec<&str> = answer.reminded.iter().map(|one| one.class.as_str()).collect();
    ui.answer(&match (classes.as_slice(), args.yes) {
        ([], _) => "Сейчас напоминать некому.\n".to_owned(),
        (classes, true) => format!(
            "Напоминания ждут отправки: {}. Отправить: zavuch письма отправить \"{shown}\"\n",
            classes.join(", ")
        ),
        (classes, false) => format!(
            "Напоминание получат: {}. Ничего ещё не подготовлено. Подготовить: zavuch письма напомнить \"{shown}\" --yes\n",
            classes.join(", ")
        ),
    });
    Ok(Status::Done)
}

/// The classes of which something is still awaited today, where one of these letters is a reminder.
///
/// # Errors
/// When the state of the school cannot be read.
pub(super) fn open_classes(
    letters: &[&StoredLetter],
    folder: &Path,
) -> Result<Option<BTreeSet<ClassName>>, CommandError> {
    if letters.iter().all(|letter| letter.kind != letter_kind::REMINDER) {
        return Ok(None);
    }
    let status = status::of(folder, clock::today(), Names::Without)?;
    let is_open = |class: &&ClassName| open_work(&status, &Scope::Class((*class).clone())).next().is_some();
    Ok(Some(letters.iter().map(|letter| &letter.class).filter(is_open).cloned().collect()))
}

impl Grounds<'_> {
    /// Whether the homeroom teacher of a class may be reminded, or why not.
    fn permit(&self, plan: &ClassPlan) -> Result<(), String> {
        if self.lists.has(&plan.name) {
            return Err("таблицы изменились, а бумаги ещё не выпущены: выполните zavuch применить".to_owned());
        }
        // A letter to a former moderator brings the homeroom teacher nothing.
        let is_of = |letter: &&StoredLetter| {
            letter.class == plan.name && letter.kind != letter_kind::HANDOVER && !self.past.has(letter)
        };
        let of_class = self.letters.iter().filter(is_of);
        let mut of_class: Vec<&StoredLetter> = of_class.collect();
        of_class.sort_by_key(|letter| letter.id);
        if let Some(open) = of_class.iter().rfind(|letter| !letter.state.is_settled()) {
            return Err(match open.state {
                LetterState::Queued | LetterState::Attempt => {
                    format!("письмо № {} ещё не отправлено", open.id)
                }
                state => format!("о письме № {} надо решить: {}", open.id, state.words()),
            });
        }
        // Papers of a change say nothing of whether the class ever had its own: its last whole letter does.
        let whole = of_class.iter().rfind(|letter| letter.kind == letter_kind::FIRST);
        let papers = whole.filter(|letter| letter.state == LetterState::Cancelled);
        let papers = papers.or_else(|| of_class.iter().rfind(|letter| letter.kind != letter_kind::REMINDER));
        match papers {
            None => return Err("бумаги классу ещё не отправлены".to_owned()),
            Some(last) if last.state == LetterState::Cancelled => {
                return Err(format!("письмо № {} с бумагами отменено", last.id));
            }
            Some(_) => {}
        }
        let day = |letter: &StoredLetter| letter.since.to_zoned(TimeZone::system()).date();
        let sent = of_class.iter().filter(|letter| letter.state == LetterState::Sent);
        match sent.map(|letter| day(letter)).max() {
            Some(last) if (self.on - last).get_days() < REST => Err(format!("последнее письмо ушло {}", dotted(last))),
            _ => Ok(()),
        }
    }

    /// The reminder of a class, or why there is none.
    fn reminder(&self, plan: &ClassPlan, work: &[&Work]) -> Result<LetterDraft, String> {
        let Self { data, on, .. } = *self;
        let settings = &data.settings;
        let from = Sender::of(&settings.mail).ok_or("в настройках нет адреса отправителя")?;
        let homeroom = plan.homeroom.as_ref().ok_or("нет классного руководителя")?;
        let to = Recipient::of(homeroom).ok_or("нет адреса классного руководителя")?;
        let awaiting: Vec<&Chat> = plan.chats.iter().filter(|chat| data.awaits_link(chat)).collect();
        let mut enclosures = Vec::new();
        if !awaiting.is_empty() {
            enclosures.push(Enclosure {
                file_name: file_name(&format!("{} Ссылки.xlsx", plan.name)),
                kind: "впишите в неё ссылки на чаты и пришлите обратно".to_owned(),
                form: FileForm::Table,
                bytes: links::asking_table(&awaiting, data.classes_year).map_err(|error| error.to_string())?,
            });
        }
        let sheets = data.sheets(&plan.chats);
        let linked = sheets.iter().filter(|sheet| sheet.link.is_some()).count();
        let content = LetterContent {
            school: &settings.school,
            occasion: Occasion::Reminder(work.iter().map(|work| worded(work)).collect()),
            service: Service::of_links(sheets.iter().filter_map(|sheet| sheet.link), settings.regulation.platform),
            class: &plan.name,
            to: to.clone(),
            from,
            enclosures,
            linked,
            awaited: awaiting.iter().map(|chat| chat.title.clone()).collect(),
            deadlines: settings.deadlines,
            edition: Edition { version: 1, issued: on },
            replaces: Vec::new(),
            follows: None,
        };
        let letter = mail::compose(&content, &data.letter_templates()).map_err(|error| error.to_string())?;
        if self.letters.iter().any(|known| known.message_id == letter.message_id) {
            return Err("такое же напоминание от этого дня уже есть".to_owned());
        }
        Ok(draft_of(&plan.name, &content, to, &letter))
    }
}
