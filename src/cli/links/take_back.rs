//! Links that no paper carries, taken back: those that wait for their first print, or one whose successor is not wanted any
//! more. They are never taken again.
//!
//! Nothing else is recorded with it, so whatever other changes wait need not be applied first.

use super::School;
use super::void::{Call, VoidJson};
use crate::cli::clock;
use crate::cli::data::Data;
use crate::cli::error::CommandError;
use crate::cli::limits;
use crate::cli::planning::{Known, without_unprinted};
use crate::cli::progress_of_chats::{has_papers, standing};
use crate::cli::register_file::{self, RegisterFile};
use crate::cli::site::{Pages, Refreshed, given};
use crate::school::{Change, ChangeKind, ChatKey, ChatRef, LinkEnd, LinkStanding, LinkUrl, Scope};
use crate::store::{LinkLife, LinkRecord, RunInfo, Store, TakenBack};

/// What a chat has, and how it came by it.
pub(super) struct Links {
    /// The link that papers carry, or that the page of their address leads to.
    pub(super) printed: Option<LinkUrl>,
    /// Those that no paper carries: the one that was given, and one that somebody typed into the register.
    pub(super) unprinted: Vec<LinkUrl>,
    /// The one whose successor is awaited.
    pub(super) renewed: Option<LinkUrl>,
    /// How the one before those that no paper carries ended.
    pub(super) former: LinkEnd,
    /// Whether papers with the code of the chat hold: those with an address of the school's own site outlive a link.
    pub(super) has_papers: bool,
}

impl Links {
    /// The links of a chat.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn of(chat: &ChatKey, school: &School) -> Result<Self, CommandError> {
        let School { workspace, data, known } = school;
        let state = data.past.state(known);
        let printed = state.links.get(chat).cloned();
        let received = data.past.of_chats(known, &known.received).get(chat).cloned();
        let typed = data.links.ready(chat).filter(|link| received.as_ref() != Some(*link)).cloned();
        let unprinted = received.into_iter().chain(typed).filter(|link| Some(link) != printed.as_ref()).collect();
        let history = Store::read(workspace.root())?.map(|store| store.links_of_chat(chat)).transpose()?;
        let history = history.unwrap_or_default();
        let is_renewing = matches!(standing(chat, data, known), LinkStanding::Reissued { .. });
        let renewed = history.iter().rfind(|link| link.life == LinkLife::Reissued).filter(|_| is_renewing);
        Ok(Self {
            printed,
            unprinted,
            renewed: renewed.map(|link| link.url.clone()),
            former: former_end(&history),
            has_papers: has_papers(chat, state),
        })
    }

    /// What is taken back where the chat loses all that no paper carries. Of a chat that is given up while a successor is
    /// awaited it is the link that was renewed.
    pub(super) fn taken_back(&self, chat: &ChatKey, end: LinkEnd, why: &str) -> Vec<TakenBack> {
        let is_given_up = end != LinkEnd::Reissue && self.printed.is_none() && self.unprinted.is_empty();
        let renewed = self.renewed.iter().filter(|_| is_given_up);
        let of = |link: &LinkUrl| TakenBack { chat: chat.clone(), link: link.clone(), end, why: why.to_owned() };
        self.unprinted.iter().chain(renewed).map(of).collect()
    }
}

fn former_end(history: &[LinkRecord]) -> LinkEnd {
    match history.iter().rfind(|link| link.life.is_void()).map(|link| link.life) {
        Some(LinkLife::Revoked) => LinkEnd::Revoke,
        Some(LinkLife::Expired) => LinkEnd::Expire,
        _ => LinkEnd::Reissue,
    }
}

/// What became of the files.
pub(super) struct Taken {
    pub(super) register: RegisterFile,
    pub(super) site: Refreshed,
}

/// Takes links of a chat back.
pub(super) fn take_back(
    call: &Call<'_>,
    school: &mut School,
    chat: &ChatKey,
    taken: &[TakenBack],
) -> Result<Taken, CommandError> {
    school.refuse_past_year()?;
    limits::permit_date(call.typed, &school.known)?;
    without_unprinted(&mut school.data, &school.known, taken);
    let School { workspace, data, known } = &*school;
    let site = pages(data, known, taken).refresh(workspace, data, known)?;
    let changes: Vec<Change> = data
        .plan
        .chats()
        .filter(|one| one.key == *chat)
        .map(|one| Change {
            scope: Scope::from(one.class.as_ref()),
            what: what_happened(ChatRef { key: one.key.clone(), title: one.title.clone() }, taken, known),
            why: taken.first().map(|one| one.why.clone()).unwrap_or_default(),
            source: None,
        })
        .collect();
    let run = RunInfo { date: call.date, at: clock::now() };
    Store::open(workspace.root())?.take_back(run, taken, &changes)?;
    let register = register(school, taken.iter().map(|one| &one.link))?;
    Ok(Taken { register, site })
}

/// A link that was renewed was on papers once; any other one never was.
fn what_happened(chat: ChatRef, taken: &[TakenBack], known: &Known) -> ChangeKind {
    match taken.iter().find(|one| known.void_links.contains(&one.link)) {
        Some(renewed) => ChangeKind::LinkVoid { chat, end: renewed.end },
        None => ChangeKind::LinkTakenBack(chat),
    }
}

/// The register without links that are void.
pub(super) fn register<'a>(
    school: &School,
    gone: impl Iterator<Item = &'a LinkUrl>,
) -> Result<RegisterFile, CommandError> {
    let School { workspace, data, known } = school;
    let mut shown = data.links.clone();
    for one in data.plan.chats() {
        let recorded = data.past.state(known).progress.get(&one.key).copied().unwrap_or_default();
        shown.set_progress(one.key.clone(), recorded.then(data.links.progress(&one.key)));
    }
    let mut void = known.void_links.clone();
    void.extend(gone.cloned());
    register_file::bring_up(workspace, data, &shown, &void)
}

/// Tells that all links of a chat are taken back, where nothing else is to be done.
pub(super) fn tell(call: &Call<'_>, done: &Taken, chat: &ChatKey, end: LinkEnd, why: &str) -> Result<(), CommandError> {
    let ui = call.ui;
    if ui.wants_json() {
        let (changes, files, failures) = (Vec::new(), Vec::new(), Vec::new());
        let sites = done.site.folders();
        return ui.answer_json(&VoidJson { chats: vec![chat], why, done: true, changes, files, sites, failures });
    }
    ui.answer(
        "Ссылка отозвана. На бумагах, которые действуют, её нет, уничтожать нечего. Пусть модератор нажмёт в MAX \
         «Обновить ссылку»: тогда прежняя не работает.\n",
    );
    ui.answer(done.register.words());
    ui.answer(&done.site.words());
    ui.say(match end {
        LinkEnd::Reissue => "Новую ссылку примите так: zavuch ссылки принять",
        LinkEnd::Revoke | LinkEnd::Expire => "Новой ссылки программа не ждёт; если её пришлют, чат снова заработает.",
    });
    Ok(())
}

/// The pages without the links.
fn pages<'a>(data: &'a Data, known: &'a Known, taken: &[TakenBack]) -> Pages<'a> {
    let before = data.past.state(known);
    let is_taken = |key: &ChatKey| taken.iter().any(|one| one.chat == *key);
    let mut links = before.links.clone();
    let received = data.past.of_chats(known, &known.received).into_owned();
    links.extend(received.into_iter().filter(|(key, _)| !is_taken(key)));
    let mut standings = data.past.of_chats(known, &known.standings).into_owned();
    for one in taken {
        // The day does not stand on a page.
        let on = jiff::civil::Date::ZERO;
        let standing = match one.end {
            LinkEnd::Reissue => LinkStanding::Reissued { on },
            LinkEnd::Revoke => LinkStanding::Revoked { on },
            LinkEnd::Expire => LinkStanding::Expired { on },
        };
        standings.insert(one.chat.clone(), standing);
    }
    Pages { chats: &before.chats, links, short: &before.short, standings, given: given(data, known) }
}
