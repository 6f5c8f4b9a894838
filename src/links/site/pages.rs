//! All values of a site → all its files.

use std::collections::BTreeMap;
use std::fmt;

use super::wording::Wording;
use super::{Page, PageState, SiteError, SiteTemplates};
use crate::school::{BaseUrl, LinkUrl, Regulation, School};

/// What a site is made of.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    /// The school.
    pub school: &'a School,
    /// The act: the hours, the short rules, the other channel.
    pub regulation: &'a Regulation,
    /// Where it will stand.
    pub base: &'a BaseUrl,
    /// The pages, in any order: one for each token that was ever given out.
    pub pages: Vec<Page>,
}

/// A file of the site.
#[derive(Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// The path within the folder, with «/» between folders. A page's path holds its token and is a secret.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// For robots that ask; `noindex` on each page is for those that do not.
const ROBOTS: &str = "User-agent: *\nDisallow: /\n";

/// The files that are to be served, in the order of their paths: `<token>/index.html` for each page, an `index.html`
/// and a `404.html` that name none of them, and `robots.txt`.
///
/// # Errors
/// When two chats have one token, a link is none that a page may lead to, or a template of the school is wrong.
pub fn files(site: &Site<'_>, templates: &SiteTemplates<'_>) -> Result<Vec<SiteFile>, SiteError> {
    let wording = Wording::new(site, templates)?;
    let mut by_token: BTreeMap<_, &Page> = BTreeMap::new();
    for page in &site.pages {
        if let Some(other) = by_token.insert(page.token.as_str(), page) {
            return Err(SiteError::SameToken { first: other.title.clone(), second: page.title.clone() });
        }
    }
    let file = |path: &str, text: String| SiteFile { path: path.to_owned(), bytes: text.into_bytes() };
    let mut files = vec![
        file("404.html", wording.not_found()?),
        file("index.html", wording.index()?),
        file("robots.txt", ROBOTS.to_owned()),
    ];
    for (token, page) in by_token {
        if let PageState::Open(link) = &page.state
            && (!may_stand(link) || site.base.contains(link))
        {
            return Err(SiteError::Link { chat: page.title.clone() });
        }
        files.push(file(&format!("{token}/index.html"), wording.page(page)?));
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// Whether a link is `https` with a host and holds nothing but the characters of an address.
fn may_stand(link: &LinkUrl) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.~/?=&%".contains(letter);
    let Some(rest) = link.as_str().strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    host.contains('.')
        && host.chars().all(|letter| plain(letter) && !"%=&~".contains(letter))
        && rest.chars().all(plain)
}

impl fmt::Debug for SiteFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SiteFile(… {} bytes)", self.bytes.len())
    }
}
