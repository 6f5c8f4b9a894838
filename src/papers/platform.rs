//! What the platform is called on papers, by the link that they carry.

use crate::school::{LinkUrl, Platform};

/// What the platform is called on papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlatformWords {
    /// «MAX», «Сферум».
    pub(super) name: &'static str,
    /// «в MAX», «в «Сферуме»».
    pub(super) inside: &'static str,
    /// Where it is installed from.
    pub(super) site: &'static str,
}

const MAX: PlatformWords = PlatformWords { name: "MAX", inside: "в MAX", site: "max.ru" };
const SFERUM: PlatformWords =
    PlatformWords { name: "«Сферум»", inside: "в «Сферуме»", site: "sferum.ru" };

impl PlatformWords {
    /// By the address of the link; an address of the school's own site says nothing, there the act decides.
    pub(super) fn of(link: &LinkUrl, act: Platform) -> Self {
        let host = link.as_str().trim_start_matches("https://").split('/').next().unwrap_or_default();
        let platform = match host {
            "max.ru" => Platform::Max,
            "vk.me" | "vk.com" | "sferum.ru" => Platform::Sferum,
            _ => act,
        };
        match platform {
            Platform::Max => MAX,
            Platform::Sferum => SFERUM,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PlatformWords;
    use crate::school::{LinkUrl, Platform};

    #[track_caller]
    fn check(link: &str, act: Platform, expected: &str) {
        assert_eq!(PlatformWords::of(&LinkUrl::judged(link.to_owned()), act).name, expected);
    }

    #[test]
    fn the_link_says_where_it_leads() {
        check("https://max.ru/join/A", Platform::Sferum, "MAX");
        check("https://vk.me/join/A", Platform::Sferum, "«Сферум»");
        check("https://go.school31.example/a", Platform::Max, "MAX");
        check("https://go.school31.example/a", Platform::Sferum, "«Сферум»");
    }
}
