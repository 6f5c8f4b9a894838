//! A link that was given and is on no paper yet, taken back: nothing is to be destroyed, and it is never taken again.

use jiff::civil::Date;

use super::School;
use super::void::{Call, VoidJson};
use crate::cli::error::CommandError;
use crate::cli::site::{Pages, given};
use crate::cli::{clock, limits, register_file};
use crate::plan::SchoolYear;
use crate::school::{ChatKey, LinkEnd, LinkStanding, LinkState};
use crate::store::{RunInfo, Store, TakenBack};

/// Whether a chat has a link that waits for its first print.
pub(super) fn is_unprinted(chat: &ChatKey, school: &School) -> bool {
    let School { data, known, .. } = school;
    let printed = data.past.state(known).links.get(chat);
    data.links.ready(chat).is_some_and(|link| Some(link) != printed)
}

/// Takes the link back.
pub(super) fn take_back(
    call: &Call<'_>,
    school: &School,
    chat: &ChatKey,
    end: LinkEnd,
    why: &str,
) -> Result<(), CommandError> {
    school.refuse_past_year()?;
    limits::permit_date(call.typed, &school.known)?;
    let School { workspace, data, known } = school;
    let Some(link) = data.links.ready(chat) else { return Ok(()) };
    let on = call.date;
    let printed = data.past.state(known).links.get(chat);
    let site = pages(school, chat, end, on).refresh(data, known)?;
    let run = RunInfo { date: on, at: clock::now() };
    Store::open(workspace.root())?.take_back(&TakenBack { run, chat, link, end, why })?;
    let mut shown = data.links.clone();
    let state = match (printed, end) {
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
    if printed.is_some() {
        // The one on the papers is made void next, and tells of both.
        return Ok(());
    }
    if call.ui.wants_json() {
        let (changes, files, failures) = (Vec::new(), Vec::new(), Vec::new());
        return call.ui.answer_json(&VoidJson { chats: vec![chat], why, done: true, changes, files, failures });
    }
    call.ui.answer(
        "Ссылка отозвана. Ни на одной бумаге её ещё нет, уничтожать нечего. Пусть модератор нажмёт в MAX «Обновить \
         ссылку»: тогда прежняя не работает.\n",
    );
    call.ui.answer(register.words());
    call.ui.answer(&site.words());
    if end == LinkEnd::Reissue {
        call.ui.say("Новую ссылку примите так: zavuch ссылки принять");
    }
    Ok(())
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
