//! The address of the school's own site of short links.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::{LinkUrl, Token};

/// `https://` with a host and, where the site shares it, a path: `https://чат.школа.example/m`.
///
/// The host is in ASCII form, the path of plain characters, and there is no slash at the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct BaseUrl {
    host: String,
    path: String,
}

/// Why a text is not the address of a site of short links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// It does not begin with `https://`.
    #[error("адрес сайта начинается с «https://»")]
    Scheme,
    /// It begins with `http://`.
    #[error("нужен защищённый адрес: «https://», а не «http://»")]
    Insecure,
    /// A name and a password before the host.
    #[error("в адресе не бывает имени и пароля: уберите всё до знака «@» вместе с ним")]
    Credentials,
    /// A port.
    #[error("в адресе не бывает порта: уберите двоеточие и число после него")]
    Port,
    /// The name of the site cannot exist, or is a number.
    #[error("такого имени сайта быть не может")]
    Host,
    /// The site of the messenger itself.
    #[error("это сайт мессенджера, а нужен сайт школы")]
    Messenger,
    /// Something behind «?» or «#».
    #[error("в адресе не бывает знаков «?» и «#»: уберите их и всё после них")]
    Tail,
    /// A path of other characters than the plain ones.
    #[error("после имени сайта допустимы только латинские буквы, цифры, «-», «_», «.» и «/»")]
    Path,
    /// Longer than a code on paper holds well.
    #[error("адрес длиннее 60 знаков: код на бумаге вышел бы слишком мелким")]
    TooLong,
}

/// Sites that belong to the messenger.
const MESSENGER: [&str; 5] = ["max.ru", "vk.me", "vk.com", "vk.ru", "sferum.ru"];

impl BaseUrl {
    /// The longest address in ASCII, in characters: with a token it is no longer than a link of «Сферум».
    const LONGEST: usize = 60;

    /// The host in ASCII form.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The path with a slash before it, none behind it; empty where the site has the host for itself.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The short link: what the code on paper holds.
    pub fn address(&self, token: &Token) -> LinkUrl {
        LinkUrl::judged(format!("{self}/{}", token.as_str()))
    }

    /// Whether an address leads into this site.
    pub fn contains(&self, link: &LinkUrl) -> bool {
        let rest = link.as_str().strip_prefix(&self.to_string());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?', '#']))
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, path } = self;
        write!(f, "https://{host}{path}")
    }
}

impl From<BaseUrl> for String {
    fn from(base: BaseUrl) -> Self {
        base.to_string()
    }
}

impl<'de> Deserialize<'de> for BaseUrl {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl std::str::FromStr for BaseUrl {
    type Err = BaseUrlError;

    /// Takes blanks around and slashes at the end off; everything else must be right.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let after =
            |scheme: &str| text.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)).map(str::len);
        let rest = match (after("https://"), after("http://")) {
            (Some(at), _) => text.get(at..).unwrap_or_default(),
            (None, Some(_)) => return Err(BaseUrlError::Insecure),
            (None, None) => return Err(BaseUrlError::Scheme),
        };
        if rest.contains(['?', '#']) {
            return Err(BaseUrlError::Tail);
        }
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let base = Self { host: parsed_host(host)?, path: parsed_path(path)? };
        if base.to_string().len() > Self::LONGEST { Err(BaseUrlError::TooLong) } else { Ok(base) }
    }
}

fn parsed_host(text: &str) -> Result<String, BaseUrlError> {
    if text.contains('@') {
        return Err(BaseUrlError::Credentials);
    }
    if text.contains(':') {
        return Err(BaseUrlError::Port);
    }
    let host = idna::domain_to_ascii_strict(text).map_err(|_| BaseUrlError::Host)?;
    let is_number = |label: &str| label.chars().all(|letter| letter.is_ascii_digit());
    let last = host.rsplit('.').next().unwrap_or_default();
    if !host.contains('.') || host.split('.').any(str::is_empty) || is_number(last) {
        return Err(BaseUrlError::Host);
    }
    let belongs = |site: &&str| host.strip_suffix(site).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if MESSENGER.iter().any(belongs) { Err(BaseUrlError::Messenger) } else { Ok(host) }
}

fn parsed_path(text: &str) -> Result<String, BaseUrlError> {
    let path = text.trim_end_matches('/');
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    // A segment that begins with a dot is a way up or a hidden folder.
    let fits = |segment: &str| !segment.is_empty() && !segment.starts_with('.') && segment.chars().all(plain);
    if path.split('/').skip(1).all(fits) { Ok(path.to_owned()) } else { Err(BaseUrlError::Path) }
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, BaseUrlError, LinkUrl, Token};

    #[track_caller]
    fn check(text: &str, expected: Result<&str, BaseUrlError>) {
        let read = text.parse::<BaseUrl>().map(|base| base.to_string());
        assert_eq!(read.as_deref(), expected.as_ref().copied(), "{text}");
    }

    #[test]
    fn addresses() {
        check(" https://go.school31.example/ ", Ok("https://go.school31.example"));
        check("HTTPS://Go.School31.Example/M//", Ok("https://go.school31.example/M"));
        check("https://чат.школа.рф/m/2", Ok("https://xn--80a0bn.xn--80atdl2c.xn--p1ai/m/2"));
    }

    #[test]
    fn what_is_refused() {
        check("go.school31.example", Err(BaseUrlError::Scheme));
        check("ftp://go.school31.example", Err(BaseUrlError::Scheme));
        check("", Err(BaseUrlError::Scheme));
        check("http://go.school31.example", Err(BaseUrlError::Insecure));
        check("https://admin:secret@go.school31.example", Err(BaseUrlError::Credentials));
        check("https://go.school31.example:8443", Err(BaseUrlError::Port));
        check("https://", Err(BaseUrlError::Host));
        check("https:///m", Err(BaseUrlError::Host));
        check("https://localhost", Err(BaseUrlError::Host));
        check("https://192.0.2.1", Err(BaseUrlError::Host));
        check("https://go..example", Err(BaseUrlError::Host));
        check("https://go.school31.example.", Err(BaseUrlError::Host));
        check("https://go school31.example", Err(BaseUrlError::Host));
        check("https://go_1.example", Err(BaseUrlError::Host));
        check("https://go;}.example", Err(BaseUrlError::Host));
        check("https://max.ru/join", Err(BaseUrlError::Messenger));
        check("https://WEB.max.ru", Err(BaseUrlError::Messenger));
        check("https://go.school31.example/?a=1", Err(BaseUrlError::Tail));
        check("https://go.school31.example/#a", Err(BaseUrlError::Tail));
        check("https://go.school31.example/чат", Err(BaseUrlError::Path));
        check("https://go.school31.example/a//b", Err(BaseUrlError::Path));
        check("https://go.school31.example/../b", Err(BaseUrlError::Path));
        check("https://go.school31.example/a b", Err(BaseUrlError::Path));
        check("https://go.school31.example/%2e", Err(BaseUrlError::Path));
        check("https://go.school31.example/a;}", Err(BaseUrlError::Path));
        check(&format!("https://go.school31.example/{}", "a".repeat(60)), Err(BaseUrlError::TooLong));
    }

    #[test]
    fn a_short_link_is_the_address_with_the_token() {
        let base: BaseUrl = "https://go.school31.example/m".parse().expect("a base");
        let token: Token = "23456789abcd".parse().expect("a token");
        let link = base.address(&token);
        assert_eq!(link.as_str(), "https://go.school31.example/m/23456789abcd");
        assert!(base.contains(&link));
        assert!(!base.contains(&LinkUrl::judged("https://go.school31.example/max".to_owned())));
        assert!(!base.contains(&LinkUrl::judged("https://max.ru/join/a".to_owned())));
    }
}
