//! The site of short links in its folder: which page leads where, and the files written.
//!
//! Pages are written before anything is recorded: a stop in between leaves a page that leads nowhere, or to a link that is
//! about to be recorded, and never one that leads to a void link.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::data::Data;
use super::error::CommandError;
use super::planning::{Known, Proposal};
use crate::links::site::{self, Page, PageState, Site, SiteFile, SiteTemplates};
use crate::school::{BaseUrl, ChangeKind, Chat, ChatKey, LinkEnd, LinkMode, LinkStanding, LinkUrl, SchoolState, Token};
use crate::store::ShortLink;
use crate::workspace::{clear_unfinished, write_public};

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

/// What became of the folder of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Refreshed {
    /// There is no site, or nothing to change.
    #[default]
    Nothing,
    /// So many pages were written anew.
    Pages { number: usize, folder: PathBuf },
    /// The folder is not there.
    Missing { folder: PathBuf },
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

    fn pages(&self, mode: &LinkMode) -> Vec<Page> {
        let mut pages: BTreeMap<&Token, Page> = BTreeMap::new();
        for one in &self.given {
            let ShortLink { token, chat, since: _, title, kind, audience, class } = one;
            let state = chat.as_ref().map_or(PageState::Revoked, |key| self.state(key));
            let (title, class) = (title.clone(), class.clone());
            pages.insert(token, Page { token: token.clone(), state, title, kind: *kind, class, audience: *audience });
        }
        for (key, token) in self.short {
            if let Some(chat) = self.chats.get(key) {
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
        let settings = &data.settings;
        let site = Site {
            school: &settings.school,
            regulation: &settings.regulation,
            base,
            pages: self.pages(&settings.links.mode),
        };
        let templates = SiteTemplates::read(|template| data.templates.text(template));
        site::files(&site, &templates).map_err(|error| {
            let hint = "Исправьте шаблон в папке «шаблоны/site» или уберите его: тогда будет взят встроенный.";
            CommandError::world(format!("страницы сайта не составлены: {error}."), hint)
        })
    }

    /// Brings the folder of the site up to date, if there is one.
    ///
    /// # Errors
    /// When a page cannot be made or written: nothing may be recorded then, or a page would lead to a void link.
    pub(crate) fn refresh(&self, data: &Data, known: &Known) -> Result<Refreshed, CommandError> {
        let Some(published) = &known.site else { return Ok(Refreshed::Nothing) };
        let folder = published.folder.clone();
        if !folder.is_dir() {
            return Ok(Refreshed::Missing { folder });
        }
        let base = match &data.settings.links.mode {
            LinkMode::Short(base) => base,
            LinkMode::Direct => &published.base,
        };
        let number = write(&folder, &self.files(data, base)?)?;
        Ok(if number == 0 { Refreshed::Nothing } else { Refreshed::Pages { number, folder } })
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
        format!("страницы сайта не записаны в папку «{}»: {reason}. В записях ничего не изменено.", folder.display()),
        "Сделайте папку доступной для записи и повторите. Сменить папку: zavuch ссылки опубликовать ПАПКА_САЙТА",
    )
}

impl Refreshed {
    /// What a person should do now; empty where nothing.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Pages { folder, .. } => {
                format!("Страницы сайта обновлены: «{}». Выложите эту папку на сайт целиком.\n", folder.display())
            }
            Self::Missing { folder } => format!(
                "Папки сайта «{}» нет, страницы не обновлены: zavuch ссылки опубликовать ПАПКА_САЙТА\n",
                folder.display()
            ),
        }
    }
}
