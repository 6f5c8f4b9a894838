//! Finds the addresses in a text that a person pasted.

/// An address found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Address<'a> {
    /// The scheme as it was written.
    pub(super) scheme: Scheme,
    /// The site.
    pub(super) host: Host<'a>,
    /// How far the spelling of scheme and site is from the usual one.
    pub(super) spelling: Spelling,
    /// Everything after the site up to the next address.
    pub(super) rest: &'a [char],
}

/// The scheme of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Https,
    Http,
    Absent,
}

/// The site of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Host<'a> {
    /// One of those given to [`find`].
    Known(&'static str),
    /// Another one, as it was written.
    Other(&'a [char]),
}

/// How far the spelling of a piece of an address is from the usual one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Blanks stand between its letters.
    pub(super) blanks: bool,
    /// Some letters are capitals.
    pub(super) capitals: bool,
    /// Some letters are Cyrillic ones that look like those that belong there.
    pub(super) cyrillic: bool,
}

/// A piece of a text that was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Match {
    /// Where it ends, exclusive.
    pub(super) end: usize,
    /// How it was spelled.
    pub(super) spelling: Spelling,
}

struct Start {
    at: usize,
    scheme: Scheme,
    spelling: Spelling,
    host_at: usize,
}

/// Finds all addresses of a text: those with a scheme, and those that begin with one of `hosts`.
///
/// An address inside another one (`https://example.org/?to=https://…`) is a part of that one.
pub(super) fn find<'a>(text: &'a [char], hosts: &[&'static str]) -> Vec<(usize, Address<'a>)> {
    let mut starts: Vec<Start> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match start_at(text, at, hosts) {
            Some(start) => {
                at = text.len() - read(text, &start, text.len(), hosts).rest.len();
                starts.push(start);
            }
            None => at += 1,
        }
    }
    let ends = starts.iter().skip(1).map(|start| start.at).chain([text.len()]);
    starts.iter().zip(ends).map(|(start, end)| (start.at, read(text, start, end, hosts))).collect()
}

/// Matches `pattern` (lower-case ASCII) at a place of a text, taking blanks between letters, capitals and Cyrillic
/// look-alikes for what was meant.
pub(super) fn loosely(text: &[char], at: usize, pattern: &str) -> Option<Match> {
    let mut spelling = Spelling::default();
    let mut end = at;
    for expected in pattern.chars() {
        let from = end;
        while end > at && text.get(end).is_some_and(|letter| letter.is_whitespace()) {
            end += 1;
        }
        spelling.blanks |= end > from;
        let letter = *text.get(end)?;
        if latin_twin(letter) != expected {
            return None;
        }
        spelling.cyrillic |= !letter.is_ascii();
        spelling.capitals |= letter.is_uppercase();
        end += 1;
    }
    Some(Match { end, spelling })
}

/// The first place at or after `at` that is no blank.
pub(super) fn skip_blanks(text: &[char], at: usize) -> usize {
    text.iter().skip(at).position(|letter| !letter.is_whitespace()).map_or(text.len(), |offset| at + offset)
}

fn start_at(text: &[char], at: usize, hosts: &[&'static str]) -> Option<Start> {
    let before = at.checked_sub(1).and_then(|index| text.get(index)).copied().unwrap_or(' ');
    if before == '/' {
        return after_torn_scheme(text, at, hosts);
    }
    if "=?&%#@".contains(before) {
        return None;
    }
    let schemes = [("https://", Scheme::Https), ("http://", Scheme::Http)];
    let scheme = schemes.into_iter().find_map(|(word, scheme)| Some((loosely(text, at, word)?, scheme)));
    if let Some((found, scheme)) = scheme {
        let host_at = skip_blanks(text, found.end);
        let spelling = Spelling { blanks: found.spelling.blanks || host_at > found.end, ..found.spelling };
        return Some(Start { at, scheme, spelling, host_at });
    }
    if before.is_alphanumeric() || "._-".contains(before) {
        return None;
    }
    host_at(text, at, hosts)?;
    Some(Start { at, scheme: Scheme::Absent, spelling: Spelling::default(), host_at: at })
}

/// A known site behind what is left of a scheme: `https:/`, `https//`, `//`.
fn after_torn_scheme(text: &[char], at: usize, hosts: &[&'static str]) -> Option<Start> {
    let before = text.get(..at)?;
    let from = before.iter().rposition(|letter| letter.is_whitespace()).map_or(0, |blank| blank + 1);
    let left = before.get(from..)?.iter().collect::<String>().to_lowercase();
    if !["//", "https:/", "https//", "http:/", "http//"].contains(&left.as_str()) {
        return None;
    }
    host_at(text, at, hosts)?;
    Some(Start { at: from, scheme: Scheme::Absent, spelling: Spelling::default(), host_at: at })
}

fn read<'a>(text: &'a [char], start: &Start, end: usize, hosts: &[&'static str]) -> Address<'a> {
    let text = text.get(..end).unwrap_or(text);
    if let Some((host, found)) = host_at(text, start.host_at, hosts) {
        let spelling = Spelling {
            blanks: start.spelling.blanks || found.spelling.blanks,
            capitals: start.spelling.capitals || found.spelling.capitals,
            cyrillic: start.spelling.cyrillic || found.spelling.cyrillic,
        };
        let rest = text.get(found.end..).unwrap_or_default();
        return Address { scheme: start.scheme, host: Host::Known(host), spelling, rest };
    }
    let after = text.get(start.host_at..).unwrap_or_default();
    let ends = |letter: &char| letter.is_whitespace() || "/?#".contains(*letter);
    let (host, rest) = after.split_at(after.iter().position(ends).unwrap_or(after.len()));
    Address { scheme: start.scheme, host: Host::Other(host), spelling: start.spelling, rest }
}

fn host_at(text: &[char], at: usize, hosts: &[&'static str]) -> Option<(&'static str, Match)> {
    hosts.iter().find_map(|host| {
        let found = loosely(text, at, host)?;
        let mut after = text.iter().skip(found.end).copied();
        let whole = match (after.next(), after.next()) {
            (None, _) => true,
            (Some('.'), Some(next)) => !next.is_alphanumeric(),
            (Some(letter), _) => !(letter.is_alphanumeric() || "-_@:".contains(letter)),
        };
        whole.then_some((*host, found))
    })
}

/// The lower-case Latin letter that a letter looks like; other characters stay what they are.
fn latin_twin(letter: char) -> char {
    match letter {
        'а' | 'А' => 'a',
        'В' => 'b',
        'с' | 'С' => 'c',
        'е' | 'Е' => 'e',
        'Н' => 'h',
        'і' | 'І' => 'i',
        'ј' | 'Ј' => 'j',
        'к' | 'К' => 'k',
        'м' | 'М' => 'm',
        'о' | 'О' => 'o',
        'р' | 'Р' => 'p',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'Т' => 't',
        'у' | 'У' => 'y',
        'х' | 'Х' => 'x',
        other => other.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Host, find};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let text = text.chars().collect::<Vec<_>>();
        let found = find(&text, &["max.ru", "t.me"]);
        let hosts = found.iter().map(|(_, address)| match address.host {
            Host::Known(host) => host.to_owned(),
            Host::Other(host) => format!("?{}", host.iter().collect::<String>()),
        });
        assert_eq!(hosts.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn addresses_are_found() {
        check("https://max.ru/join/a", &["max.ru"]);
        check("max.ru/join/a, t.me/b", &["max.ru", "t.me"]);
        check("ht tps: // MAX . ru/join/a", &["max.ru"]);
        check("https://max.ru/join/ahttps://max.ru/join/b", &["max.ru", "max.ru"]);
    }

    #[test]
    fn an_address_inside_another_is_a_part_of_it() {
        check("https://example.org/?to=https://max.ru/join/a", &["?example.org"]);
        check("https://example.org/?to=max.ru/join/a", &["?example.org"]);
    }

    #[test]
    fn sites_that_only_look_like_a_known_one_are_others() {
        check("https://max.ru.example.org/join/a", &["?max.ru.example.org"]);
        check("https://max.ru@example.org/join/a", &["?max.ru@example.org"]);
        check("https://climax.ru/join/a", &["?climax.ru"]);
        check("climax.ru/join/a", &[]);
        check("petrova@max.ru", &[]);
    }
}
