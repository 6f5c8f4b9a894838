//! `links revoke --unclaimed`: links that nobody, or not everybody, used in time are annulled (bel 4.1, 31.2.1, 65.5.3).

use jiff::ToSpan;
use jiff::civil::Date;

use super::School;
use super::void::{Call, VoidJson, carry_out};
use crate::cli::args::LinksRevokeArgs;
use crate::cli::error::CommandError;
use crate::cli::planning::{Void, Voiding, propose};
use crate::cli::progress_of_chats::{progress, standing};
use crate::cli::ui::Ui;
use crate::cli::{data, job};
use crate::school::{Audience, Chat, Joined, LinkEnd, LinkStanding, Noun, Piece, Rule, count, dotted};

/// Makes void every link that is older than the term and that not everybody has used.
pub(super) fn unclaimed(call: &Call<'_>, args: &LinksRevokeArgs) -> Result<(), CommandError> {
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
    let is_asked = |chat: &&Chat| {
        // Nobody counts colleagues: their chats are looked at where somebody did, or where it is asked for.
        chat.audience != Audience::Staff
            || args.staff
            || progress(&chat.key, &school.data, &school.known).joined.is_some()
    };
    let chats = school.data.plan.chats().filter(is_asked);
    let found: Vec<Unclaimed<'_>> = chats.filter_map(|chat| of_chat(chat, &school, bound)).collect();
    if found.is_empty() {
        return if ui.wants_json() {
            ui.answer_json(&VoidJson {
                chats: vec![],
                why: "",
                done: false,
                changes: vec![],
                files: vec![],
                sites: vec![],
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
        if school.data.plan.chats().all(|chat| progress(&chat.key, &school.data, &school.known).joined.is_none()) {
            ui.answer(NOBODY_COUNTED);
        }
    }
    let voiding = Voiding {
        chats: found.iter().map(|one| one.chat.key.clone()).collect(),
        what: Void::Link(LinkEnd::Expire),
        unprinted: Vec::new(),
        why,
    };
    if args.dry_run {
        if ui.wants_json() {
            let chats = voiding.chats.iter().collect();
            let why = &voiding.why;
            let (changes, files, sites, failures) = (vec![], vec![], vec![], vec![]);
            ui.answer_json(&VoidJson { chats, why, done: false, changes, files, sites, failures })?;
        } else {
            let folder = call.folder.display();
            let term = args.older_than.map(|days| format!(" --older-than {days}d")).unwrap_or_default();
            let staff = if args.staff { " --staff" } else { "" };
            let why = args.why.as_ref().map(|why| format!(" --why \"{why}\"")).unwrap_or_default();
            let day = call.typed.map(|day| format!(" --date {}", dotted(day))).unwrap_or_default();
            ui.say(&format!(
                "\nНичего не отозвано. Аннулировать их: zavuch ссылки отозвать \"{folder}\" --unclaimed{term}{staff}{why}{day}"
            ));
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
    /// The day of its newest slip.
    since: Date,
    joined: Option<Joined>,
}

fn of_chat<'a>(chat: &'a Chat, school: &School, bound: Date) -> Option<Unclaimed<'a>> {
    let LinkStanding::Active { since, .. } = standing(&chat.key, &school.data, &school.known) else { return None };
    school.data.links.ready(&chat.key)?;
    // Who came last has as many days as everybody had.
    let papers = &school.data.past.state(&school.known).papers;
    let slips = papers.iter().filter(|(id, _)| matches!(&id.piece, Piece::Slip { chat: of, .. } if *of == chat.key));
    let since = slips.map(|(_, paper)| paper.edition.issued).chain([since]).max()?;
    // Only the teacher knows how many learn in a group.
    let members = chat.group.is_none().then_some(chat.members.len());
    let told = progress(&chat.key, &school.data, &school.known);
    (since < bound && !told.everybody_joined(members)).then_some(Unclaimed { chat, since, joined: told.joined })
}

const NOBODY_COUNTED: &str = "Столбец «Вступили» в таблице ссылок пуст, поэтому программа не знает, кто уже в чатах, и \
                              называет все ссылки старше срока. Впишите туда числа или слово «все».\n";

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
