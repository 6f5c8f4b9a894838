//! The site of short links in its folder: which page leads where, and the files written.
//!
//! Pages are written before anything is recorded: a stop in between leaves a page that leads nowhere, or to a link that is
//! about to be recorded, and never one that leads to a void link. Those of new addresses are written afterwards: a stop
//! must not leave a page that nothing knows of.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::data::Data;
use super::error::CommandError;
use super::planning::{Known, Proposal};
use crate::links::site::{self, Page, PageState, Site, SiteFile, SiteTemplates};
use crate::school::{BaseUrl, ChangeKind, Chat, ChatKey, LinkEnd, LinkMode, LinkStanding, LinkUrl, SchoolState, Token};
use crate::store::{ShortLink, Store};
use crate::workspace::{Workspace, clear_unfinished, write_public};

/// What the pages follow from, by the keys of now.
pub(crate) struct Pages<'a> {
    /// The chats that exist.
    pub(crate) chats: &'a BTreeMap<ChatKey, Chat>,
    /// The links that hold.
    pub(crate) links: BTreeMap<ChatKey, LinkUrl>,
    /// The short links of the chats.
    pub(crate) short: &'a BTreeMap<ChatKey, Token>,
    /// What became of the links that hold no longer.
    pub(crate) standings: BTreeMap<ChatKey, LinkStanding>,
    /// Every short link that was given out, by the keys of now.
    pub(crate) given: Vec<ShortLink>,
}

/// What became of the folders of the site; nothing where there is none and need not be, or nothing is to be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refreshed {
    /// Papers carry addresses of the site, and it was never published.
    pub(crate) is_unpublished: bool,
    /// The folders whose pages were written anew.
    pub(crate) pages: BTreeSet<PathBuf>,
    /// The folder that was named last is not there.
    pub(crate) missing: Option<PathBuf>,
    /// Folders of before that are not there any more: they are forgotten.
    pub(crate) gone: BTreeSet<PathBuf>,
}

/// Which pages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    /// Those whose addresses are recorded.
    Known,
    /// Those of new addresses, too.
    All,
}

impl<'a> Pages<'a> {
    /// The pages of a state that is about to be recorded.
    pub(crate) fn of_proposal(data: &Data, known: &Known, proposal: &'a Proposal<'_>) -> Self {
        let mut standings = data.past.of_chats(known, &known.standings).into_owned();
        for change in &proposal.changes {
            if let ChangeKind::LinkVoid { chat, end } = &change.what {
                // The day does not stand on a page.
                let on = jiff::civil::Date::ZERO;
                let standing = match end {
                    LinkEnd::Reissue => LinkStanding::Reissued { on },
                    LinkEnd::Revoke => LinkStanding::Revoked { on },
                    LinkEnd::Expire => LinkStanding::Expired { on },
                };
                standings.insert(chat.key.clone(), standing);
            }
        }
        let SchoolState { chats, links, short, .. } = &proposal.after;
        Self { chats, links: links.clone(), short, standings, given: given(data, known) }
    }

    fn pages(&self, mode: &LinkMode, which: Which) -> Vec<Page> {
        let mut pages: BTreeMap<&Token, Page> = BTreeMap::new();
        for one in &self.given {
            let ShortLink { token, chat, since: _, ended: _, title, kind, audience, class } = one;
            // Papers with an address that another one took the place of are void.
            let is_last = |key: &&ChatKey| self.short.get(*key) == Some(token);
            let state = chat.as_ref().filter(is_last).map_or(PageState::Revoked, |key| self.state(key));
            let (title, class) = (title.clone(), class.clone());
            pages.insert(token, Page { token: token.clone(), state, title, kind: *kind, class, audience: *audience });
        }
        for (key, token) in self.short {
            let is_wanted = which == Which::All || pages.contains_key(token);
            if let Some(chat) = self.chats.get(key).filter(|_| is_wanted) {
                pages.insert(token, Page::of(chat, token.clone(), self.state(key)));
            }
        }
        let mut pages: Vec<Page> = pages.into_values().collect();
        if *mode == LinkMode::Direct {
            // Papers carry the links themselves now; those with an address of the site are void.
            for page in &mut pages {
                page.state = PageState::Revoked;
            }
        }
        pages
    }

    fn state(&self, chat: &ChatKey) -> PageState {
        if !self.chats.contains_key(chat) {
            return PageState::Revoked;
        }
        match (self.links.get(chat), self.standings.get(chat)) {
            (Some(link), _) => PageState::Open(link.clone()),
            (None, Some(LinkStanding::Reissued { .. })) => PageState::Renewing,
            (None, Some(LinkStanding::Revoked { .. } | LinkStanding::Expired { .. })) => PageState::Revoked,
            (None, _) => PageState::Awaited,
        }
    }

    /// The files of the site.
    pub(crate) fn files(&self, data: &Data, base: &BaseUrl) -> Result<Vec<SiteFile>, CommandError> {
        self.files_of(data, base, Which::All)
    }

    fn files_of(&self, data: &Data, base: &BaseUrl, which: Which) -> Result<Vec<SiteFile>, CommandError> {
        let settings = &data.settings;
        let site = Site {
            school: &settings.school,
            regulation: &settings.regulation,
            base,
            pages: self.pages(&settings.links.mode, which),
        };
        let templates = SiteTemplates::read(|template| data.templates.text(template));
        site::files(&site, &templates).map_err(|error| {
            let hint = "Исправьте шаблон в папке «шаблоны/site» или уберите его: тогда будет взят встроенный.";
            CommandError::world(format!("страницы сайта не составлены: {error}."), hint)
        })
    }

    /// Brings the pages of recorded addresses up to date, if the site is published.
    ///
    /// # Errors
    /// When a page cannot be made or written: nothing may be recorded then, or a page would lead to a void link.
    pub(crate) fn refresh(&self, at: &Workspace, data: &Data, known: &Known) -> Result<Refreshed, CommandError> {
        self.bring_up(at, data, known, Which::Known)
    }

    /// Adds the pages of new addresses, which are recorded now. `before` is what became of the others.
    ///
    /// # Errors
    /// When a page cannot be made or written. The next run writes it.
    pub(crate) fn add_new(
        &self,
        at: &Workspace,
        data: &Data,
        known: &Known,
        mut before: Refreshed,
    ) -> Result<Refreshed, CommandError> {
        before.pages.extend(self.bring_up(at, data, known, Which::All)?.pages);
        Ok(before)
    }

    fn bring_up(&self, at: &Workspace, data: &Data, known: &Known, which: Which) -> Result<Refreshed, CommandError> {
        let mut refreshed = Refreshed::default();
        let Some((last, former)) = known.sites.split_last() else {
            refreshed.is_unpublished = data.settings.links.mode != LinkMode::Direct && !self.short.is_empty();
            return Ok(refreshed);
        };
        for site in former.iter().chain([last]) {
            let folder = &site.folder;
            if folder.is_dir() {
                let base = match &data.settings.links.mode {
                    LinkMode::Short(base) => base,
                    LinkMode::Direct => &site.base,
                };
                if write(folder, &self.files_of(data, base, which)?)? > 0 {
                    refreshed.pages.insert(folder.clone());
                }
            } else if site == last {
                refreshed.missing = Some(folder.clone());
            } else {
                Store::open(at.root())?.unpublish(folder)?;
                refreshed.gone.insert(folder.clone());
            }
        }
        Ok(refreshed)
    }
}

/// Every short link that was given out, by the keys of now.
pub(crate) fn given(data: &Data, known: &Known) -> Vec<ShortLink> {
    let now = |one: &ShortLink| {
        let chat = one.chat.as_ref().map(|key| data.past.key(key).clone());
        ShortLink { chat, ..one.clone() }
    };
    known.short.iter().map(now).collect()
}

/// Writes the files that differ and answers how many.
pub(crate) fn write(folder: &Path, files: &[SiteFile]) -> Result<usize, CommandError> {
    // The folder is put on a server whole: half a page of a run that was killed must not be among it.
    clear_unfinished(folder).map_err(|error| unwritable(folder, &error))?;
    let mut written = 0;
    for SiteFile { path, bytes } in files {
        let path = folder.join(path);
        if fs::read(&path).ok().as_deref() != Some(bytes.as_slice()) {
            write_public(&path, bytes).map_err(|error| unwritable(folder, &error))?;
            written += 1;
        }
    }
    Ok(written)
}

/// The path of a page holds its token: it is not told.
fn unwritable(folder: &Path, error: &crate::workspace::WriteError) -> CommandError {
    let reason = error.reason();
    CommandError::world(
        format!("страницы сайта не записаны в папку «{}»: {reason}. Бумаги не выпущены.", folder.display()),
        "Сделайте папку доступной для записи и повторите. Сменить папку: zavuch ссылки опубликовать ПАПКА_САЙТА",
    )
}

impl Refreshed {
    /// The folders that are to be put on the site again.
    pub(crate) fn folders(&self) -> Vec<String> {
        self.pages.iter().map(|folder| folder.display().to_string()).collect()
    }

    /// What a person should do now; empty where nothing.
    pub(crate) fn words(&self) -> String {
        let Self { is_unpublished, pages, missing, gone } = self;
        let mut words = String::new();
        if *is_unpublished {
            words.push_str(
                "На бумагах адреса сайта школы, а страниц на нём ещё нет: коды пока никуда не ведут. Запишите страницы и \
                 выложите их до того, как раздавать бумаги: zavuch ссылки опубликовать ПАПКА_САЙТА\n",
            );
        }
        let named = |folders: &BTreeSet<PathBuf>| {
            folders.iter().map(|folder| format!("«{}»", folder.display())).collect::<Vec<_>>().join(", ")
        };
        match pages.len() {
            0 => {}
            1 => {
                let _ =
                    writeln!(words, "Страницы сайта обновлены: {}. Выложите эту папку на сайт целиком.", named(pages));
            }
            _ => {
                let _ = writeln!(
                    words,
                    "Страницы сайта обновлены во всех его папках: {}. Выложите на сайт целиком ту из них, что там лежит.",
                    named(pages)
                );
            }
        }
        if let Some(folder) = missing {
            let _ = writeln!(
                words,
                "Папки сайта «{}» нет, поэтому на сайте всё осталось как было. Запишите страницы заново и выложите их: \
                 zavuch ссылки опубликовать ПАПКА_САЙТА",
                folder.display()
            );
        }
        if !gone.is_empty() {
            let _ = writeln!(
                words,
                "Прежней папки сайта больше нет: {}. Программа её забыла; если её страницы ещё лежат на сайте, уберите их.",
                named(gone)
            );
        }
        words
    }
}
