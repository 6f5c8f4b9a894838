//! A link that is on no paper, taken back: one that waits for its first print, or one whose successor is not wanted any
//! more. It is never taken again.

use jiff::civil::Date;

use super::School;
use super::void::{Call, VoidJson};
use crate::cli::error::CommandError;
use crate::cli::progress_of_chats::standing;
use crate::cli::register_file::{self, RegisterFile};
use crate::cli::site::{Pages, Refreshed, given};
use crate::cli::ui::Ui;
use crate::cli::{clock, limits};
use crate::plan::SchoolYear;
use crate::school::{ChatKey, LinkEnd, LinkStanding, LinkState, LinkUrl};
use crate::store::{LinkLife, RunInfo, Store, TakenBack};

/// What was taken back, and what became of the files.
pub(super) struct Taken {
    register: RegisterFile,
    site: Refreshed,
}

/// The link of a chat that is on no paper: one that waits for its first print; or, of a chat that is given up, the one
/// whose successor was awaited.
///
/// # Errors
/// When the store cannot be read.
pub(super) fn unprinted(chat: &ChatKey, end: LinkEnd, school: &School) -> Result<Option<LinkUrl>, CommandError> {
    let School { workspace, data, known } = school;
    if let Some(link) = data.links.ready(chat) {
        let printed = data.past.state(known).links.get(chat);
        return Ok((Some(link) != printed).then(|| link.clone()));
    }
    let is_renewing = matches!(standing(chat, data, known), LinkStanding::Reissued { .. });
    if end == LinkEnd::Reissue || !is_renewing {
        return Ok(None);
    }
    let links = Store::read(workspace.root())?.map(|store| store.links_of_chat(chat)).transpose()?;
    let last = links.into_iter().flatten().rfind(|link| link.life == LinkLife::Reissued);
    Ok(last.map(|link| link.url))
}

/// Takes a link back.
pub(super) fn take_back(
    call: &Call<'_>,
    school: &School,
    chat: &ChatKey,
    link: &LinkUrl,
    end: LinkEnd,
    why: &str,
) -> Result<Taken, CommandError> {
    school.refuse_past_year()?;
    limits::permit_date(call.typed, &school.known)?;
    let School { workspace, data, known } = school;
    let on = call.date;
    let site = pages(school, chat, end, on).refresh(data, known)?;
    let run = RunInfo { date: on, at: clock::now() };
    Store::open(workspace.root())?.take_back(&TakenBack { run, chat, link, end, why })?;
    let mut shown = data.links.clone();
    let state = match (data.past.state(known).links.get(chat), end) {
        (Some(printed), _) => LinkState::Ready(printed.clone()),
        (None, LinkEnd::Reissue) => LinkState::Awaited,
        (None, LinkEnd::Revoke | LinkEnd::Expire) => LinkState::Revoked,
    };
    shown.set(chat.clone(), state);
    for one in data.plan.chats() {
        let recorded = data.past.state(known).progress.get(&one.key).copied().unwrap_or_default();
        shown.set_progress(one.key.clone(), recorded.then(data.links.progress(&one.key)));
    }
    let void = known.void_links.iter().chain([link]).cloned().collect();
    let register = register_file::bring_up(workspace, data, &shown, &void, SchoolYear::of(on))?;
    Ok(Taken { register, site })
}

impl Taken {
    /// Tells that it is done, where nothing else is to be.
    pub(super) fn tell(&self, ui: &Ui, end: LinkEnd, chat: &ChatKey, why: &str) -> Result<(), CommandError> {
        if ui.wants_json() {
            let (changes, files, failures) = (Vec::new(), Vec::new(), Vec::new());
            return ui.answer_json(&VoidJson { chats: vec![chat], why, done: true, changes, files, failures });
        }
        ui.answer(
            "Ссылка отозвана. На бумагах, которые действуют, её нет, уничтожать нечего. Пусть модератор нажмёт в MAX \
             «Обновить ссылку»: тогда прежняя не работает.\n",
        );
        ui.answer(self.register.words());
        ui.answer(&self.site.words());
        ui.say(match end {
            LinkEnd::Reissue => "Новую ссылку примите так: zavuch ссылки принять",
            LinkEnd::Revoke | LinkEnd::Expire => {
                "Новой ссылки программа не ждёт; если её пришлют, чат снова заработает."
            }
        });
        Ok(())
    }
}

/// The pages without the link.
fn pages<'a>(school: &'a School, chat: &ChatKey, end: LinkEnd, on: Date) -> Pages<'a> {
    let School { data, known, .. } = school;
    let before = data.past.state(known);
    let mut links = before.links.clone();
    let received = data.past.of_chats(known, &known.received).into_owned();
    links.extend(received.into_iter().filter(|(key, _)| key != chat));
    let mut standings = data.past.of_chats(known, &known.standings).into_owned();
    let standing = match end {
        LinkEnd::Reissue => LinkStanding::Reissued { on },
        LinkEnd::Revoke => LinkStanding::Revoked { on },
        LinkEnd::Expire => LinkStanding::Expired { on },
    };
    standings.insert(chat.clone(), standing);
    Pages { chats: &before.chats, links, short: &before.short, standings, given: given(data, known) }
}
