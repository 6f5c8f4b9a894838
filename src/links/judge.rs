//! Judges a text that a person pasted: is it an invitation to a chat, and which?

use crate::school::{LinkUrl, Platform};

use super::address::{self, Address, Host, Scheme};
use super::code::{self, Code};
use super::{LinkError, LinkRemark, Messenger};

/// A link that a paper may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The link in its only form.
    pub link: LinkUrl,
    /// What was mended or is unusual, in order and each once.
    pub remarks: Vec<LinkRemark>,
}

/// Sites that are known by name; longer names stand before those they contain.
const SITES: [&str; 29] = [
    "web.max.ru",
    "www.max.ru",
    "max.ru",
    "vk.me",
    "vk.com",
    "vk.ru",
    "www.sferum.ru",
    "web.sferum.ru",
    "sferum.ru",
    "chat.whatsapp.com",
    "www.whatsapp.com",
    "whatsapp.com",
    "wa.me",
    "telegram.me",
    "telegram.org",
    "t.me",
    "invite.viber.com",
    "viber.com",
    "discord.gg",
    "discord.com",
    "signal.group",
    "signal.me",
    "join.skype.com",
    "teams.microsoft.com",
    "teams.live.com",
    "u.wechat.com",
    "weixin.qq.com",
    "snapchat.com",
    "threema.id",
];

/// Addresses that only the app of a messenger opens.
const APPS: [(&str, Messenger); 4] = [
    ("tg://", Messenger::Telegram),
    ("whatsapp://", Messenger::WhatsApp),
    ("viber://", Messenger::Viber),
    ("discord://", Messenger::Discord),
];

/// Judges and normalises a link by `docs/inputs.md` § 6.
///
/// # Errors
/// When the text holds no single invitation to a chat of the platform; the error says why and never repeats the text.
pub fn judge(text: &str, platform: Platform) -> Result<Judged, LinkError> {
    let slash = |letter| if letter == '\\' { '/' } else { letter };
    let seen = text.chars().filter(|letter| !is_invisible(*letter)).map(slash).collect::<Vec<_>>();
    let (from, to) = bounds(&seen);
    let seen = seen.get(from..to).unwrap_or_default();
    if seen.is_empty() {
        return Err(LinkError::Empty);
    }
    let mut remarks = Vec::new();
    if text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter)).contains(is_invisible) {
        remarks.push(LinkRemark::InvisibleMarks);
    }
    if text.contains('\\') {
        remarks.push(LinkRemark::Spelling);
    }
    let found = address::find(seen, &SITES);
    let Some((at, _)) = found.first() else { return Err(without_address(seen)) };
    remarks.extend(remarks_before(seen.get(..*at).unwrap_or_default()));
    let mut rulings = found.iter().map(|(_, address)| ruled(address, platform)).collect::<Vec<_>>();
    // «Установите MAX: https://max.ru, затем …»: the site beside an invitation is no second link.
    if rulings.iter().any(Result::is_ok) && rulings.contains(&Err(LinkError::Site)) {
        rulings.retain(|ruling| *ruling != Err(LinkError::Site));
        remarks.push(LinkRemark::WordsAround);
    }
    let mut rulings = rulings.into_iter();
    let Some(first) = rulings.next() else { return Err(LinkError::NotALink) };
    let others = rulings.collect::<Vec<_>>();
    let same = |other: &Result<Judged, LinkError>| match (&first, other) {
        (Ok(first), Ok(other)) => first.link == other.link,
        _ => false,
    };
    if !others.iter().all(same) {
        return Err(LinkError::Several);
    }
    let Judged { link, remarks: own } = first?;
    remarks.extend(own);
    if !others.is_empty() {
        remarks.push(LinkRemark::Repeated);
    }
    remarks.sort_unstable();
    remarks.dedup();
    Ok(Judged { link, remarks })
}

/// What stands before the first address of a text, and what stands apart behind it; `None` where there is no address.
pub(super) fn around_address(text: &str) -> Option<String> {
    let letters: Vec<char> = text.chars().filter(|letter| !is_invisible(*letter)).collect();
    let (at, _) = *address::find(&letters, &SITES).first()?;
    let (before, rest) = letters.split_at(at);
    let apart = rest.iter().skip_while(|letter| !letter.is_whitespace());
    Some(before.iter().copied().chain([' ']).chain(apart.copied()).collect())
}

/// Marks without a picture of their own: they come along with a text copied from a messenger.
fn is_invisible(letter: char) -> bool {
    let blank = letter.is_whitespace();
    let control = letter.is_control() && !blank;
    control
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e007f}')
}

fn bounds(text: &[char]) -> (usize, usize) {
    let filled = |letter: &char| !letter.is_whitespace();
    let from = text.iter().position(filled).unwrap_or(text.len());
    let to = text.iter().rposition(filled).map_or(from, |last| last + 1);
    (from, to)
}

fn without_address(text: &[char]) -> LinkError {
    let app = |(scheme, messenger): (&str, Messenger)| {
        let starts = (0..text.len()).any(|at| address::loosely(text, at, scheme).is_some());
        starts.then_some(LinkError::Foreign(messenger))
    };
    APPS.into_iter().find_map(app).unwrap_or(LinkError::NotALink)
}

fn remarks_before(before: &[char]) -> Option<LinkRemark> {
    if before.iter().any(|letter| letter.is_alphanumeric()) {
        Some(LinkRemark::WordsAround)
    } else if before.iter().any(|letter| !letter.is_whitespace()) {
        Some(LinkRemark::Punctuation)
    } else {
        None
    }
}

fn ruled(address: &Address<'_>, platform: Platform) -> Result<Judged, LinkError> {
    let Host::Known(host) = address.host else {
        return Err(other_site(address.host));
    };
    if address.spelling.cyrillic {
        return Err(LinkError::CyrillicAddress);
    }
    let mut judged = match host {
        "max.ru" | "www.max.ru" => max(address.rest)?,
        "web.max.ru" => return Err(LinkError::Site),
        "vk.me" | "vk.com" | "vk.ru" | "sferum.ru" | "www.sferum.ru" | "web.sferum.ru" => match platform {
            Platform::Max => return Err(LinkError::OlderSferum),
            Platform::Sferum => older(host, address.rest)?,
        },
        foreign => return Err(messenger(foreign).map_or(LinkError::OtherSite, LinkError::Foreign)),
    };
    if address.scheme != Scheme::Https {
        judged.remarks.push(LinkRemark::Scheme);
    }
    if address.spelling.capitals || host.starts_with("www.") {
        judged.remarks.push(LinkRemark::Spelling);
    }
    if address.spelling.blanks {
        judged.remarks.push(LinkRemark::BlanksInside);
    }
    Ok(judged)
}

/// A site that is none of the known names: a part of one of them, or another one.
fn other_site(host: Host<'_>) -> LinkError {
    let Host::Other(letters) = host else { return LinkError::OtherSite };
    let name = letters.iter().collect::<String>().to_lowercase();
    let is_part_of = |site: &&&str| name.strip_suffix(**site).is_some_and(|rest| rest.ends_with('.'));
    match SITES.iter().find(is_part_of) {
        Some(&"max.ru") => LinkError::Site,
        Some(site) => messenger(site).map_or(LinkError::OtherSite, LinkError::Foreign),
        None => LinkError::OtherSite,
    }
}

fn messenger(site: &str) -> Option<Messenger> {
    Some(match site {
        "chat.whatsapp.com" | "www.whatsapp.com" | "whatsapp.com" | "wa.me" => Messenger::WhatsApp,
        "telegram.me" | "telegram.org" | "t.me" => Messenger::Telegram,
        "invite.viber.com" | "viber.com" => Messenger::Viber,
        "discord.gg" | "discord.com" => Messenger::Discord,
        "signal.group" | "signal.me" => Messenger::Signal,
        "join.skype.com" => Messenger::Skype,
        "teams.microsoft.com" | "teams.live.com" => Messenger::Teams,
        "u.wechat.com" | "weixin.qq.com" => Messenger::WeChat,
        "snapchat.com" => Messenger::Snapchat,
        "threema.id" => Messenger::Threema,
        _ => return None,
    })
}

/// An address of `max.ru` by what stands after the site.
fn max(rest: &[char]) -> Result<Judged, LinkError> {
    let from = address::skip_blanks(rest, 0);
    let doubled = rest.iter().skip(from + 1).take_while(|letter| **letter == '/').count();
    let rest = rest.get(doubled..).unwrap_or_default();
    let Some(found) = address::loosely(rest, from, "/join/") else { return Err(no_invitation(rest)) };
    if found.spelling.cyrillic {
        return Err(LinkError::CyrillicAddress);
    }
    let after = rest.get(found.end..).unwrap_or_default();
    let slashes = after.iter().take_while(|letter| **letter == '/').count();
    let Code { text, mut remarks } = code::read(after.get(slashes..).unwrap_or_default())?;
    if doubled + slashes > 0 {
        remarks.push(LinkRemark::Spelling);
    }
    if found.spelling.capitals {
        // The site and the path were turned into capitals; if the code was turned with them, it is lost.
        if !text.contains(|letter: char| letter.is_ascii_lowercase()) {
            return Err(LinkError::CaseLost);
        }
        remarks.push(LinkRemark::Spelling);
    }
    if found.spelling.blanks || from > 0 {
        remarks.push(LinkRemark::BlanksInside);
    }
    Ok(Judged { link: LinkUrl::judged(format!("https://max.ru/join/{text}")), remarks })
}

/// What an address of `max.ru` is, if it is no invitation.
fn no_invitation(rest: &[char]) -> LinkError {
    let path = rest.iter().take_while(|letter| !letter.is_whitespace()).collect::<String>().to_lowercase();
    let (path, query) = path.split_once(['?', '#']).unwrap_or((&path, ""));
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or_default().trim_end_matches(|letter: char| ".,;:!)»\"'".contains(letter));
    match first {
        "" | "c" | "s" => LinkError::Site,
        "join" => LinkError::NoCode,
        "u" => LinkError::Profile,
        "joincall" | "call" | "calls" => LinkError::Call,
        name if name.ends_with("_bot") || query.split('&').any(|part| part.starts_with("start")) => LinkError::Bot,
        _ => LinkError::PublicChannel,
    }
}

/// An older link of «Сферум»: its code has no known form, so it is taken as it stands, without the tail.
fn older(host: &str, rest: &[char]) -> Result<Judged, LinkError> {
    let end = rest.iter().position(|letter| letter.is_whitespace()).unwrap_or(rest.len());
    let (attached, apart) = rest.split_at(end);
    let mut remarks = code::remarks_on(apart);
    let whole = attached.iter().collect::<String>();
    let kept = whole.trim_end_matches(|letter: char| ".,;:!)]}>»”\"'".contains(letter));
    if kept.len() < whole.len() {
        remarks.push(LinkRemark::Punctuation);
    }
    if let Some(index) = kept.chars().position(|letter| !letter.is_ascii()) {
        let cyrillic = kept.chars().nth(index).is_some_and(char::is_alphabetic);
        return Err(if cyrillic { LinkError::CyrillicAddress } else { LinkError::Shortened });
    }
    let (path, query) = kept.split_once('?').unwrap_or((kept, ""));
    let path = path.split('#').next().unwrap_or_default();
    let url = if host.ends_with("sferum.ru") {
        let query = query.split('#').next().unwrap_or_default();
        let (tails, keys): (Vec<_>, Vec<_>) =
            query.split('&').filter(|key| !key.is_empty()).partition(|key| is_tracking(key));
        let value = |name: &str| keys.iter().find_map(|key| key.strip_prefix(name)).filter(|value| !value.is_empty());
        // «?p=КОД», or a place of the web client with the code beside it: «?p=messages&join=КОД».
        match (value("p="), value("join=")) {
            (None, _) => return Err(LinkError::OtherSite),
            (Some("messages"), None) => return Err(LinkError::NoCode),
            (Some(_), _) => {}
        }
        if !tails.is_empty() || kept.contains('#') {
            remarks.push(LinkRemark::Tail);
        }
        format!("https://{host}/?{}", keys.join("&"))
    } else {
        let path = path.trim_matches('/');
        if format!("/{path}").len() < kept.len() {
            remarks.push(LinkRemark::Tail);
        }
        format!("https://{host}/{}", older_path(host, path)?)
    };
    if apart.iter().any(char::is_ascii_alphanumeric) {
        return Err(LinkError::Torn);
    }
    Ok(Judged { link: LinkUrl::judged(url), remarks })
}

/// Whether a key of a query only counts who clicked where.
fn is_tracking(key: &str) -> bool {
    let name = key.split('=').next().unwrap_or_default().to_lowercase();
    name.starts_with("utm_")
        || name.ends_with("clid")
        || name.ends_with("clckid")
        || matches!(name.as_str(), "from" | "ref" | "ysclid")
}

fn older_path<'a>(host: &str, path: &'a str) -> Result<&'a str, LinkError> {
    let (first, code) = path.split_once('/').unwrap_or((path, ""));
    let is_person =
        first.strip_prefix("id").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
    match first {
        "" | "away.php" | "share.php" => Err(LinkError::OtherSite),
        "join" if code.is_empty() => Err(LinkError::NoCode),
        "join" => Ok(path),
        "call" => Err(LinkError::Call),
        _ if is_person => Err(LinkError::Profile),
        _ if host == "vk.me" => Err(LinkError::Profile),
        _ => Ok(path),
    }
}

#[cfg(test)]
mod tests;
