//! What people call the service in which the chats are, by the links that they get.

use super::{LinkUrl, Platform};

/// The service of a chat or of several chats. The links decide: papers, memo and letter of one school say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// MAX.
    Max,
    /// MAX by the act of a school that works with «Сферум», which is a part of MAX (65.2).
    SferumInMax,
    /// «Сферум» with its older links.
    Sferum,
}

impl Service {
    /// The service to which one link leads; an address of the school's own site says nothing, there the act decides.
    pub fn of_link(link: &LinkUrl, act: Platform) -> Self {
        match host_platform(link) {
            Some(Platform::Max) => Self::Max,
            Some(Platform::Sferum) => Self::Sferum,
            None => Self::of_act(act),
        }
    }

    /// The service of several chats: what the act says, but the older «Сферум» only where every link leads there.
    pub fn of_links<'a>(links: impl IntoIterator<Item = &'a LinkUrl>, act: Platform) -> Self {
        let mut links = links.into_iter().peekable();
        let is_old = links.peek().is_some() && links.all(|link| host_platform(link) == Some(Platform::Sferum));
        if is_old { Self::Sferum } else { Self::of_act(act) }
    }

    fn of_act(act: Platform) -> Self {
        match act {
            Platform::Max => Self::Max,
            Platform::Sferum => Self::SferumInMax,
        }
    }

    /// «MAX», «MAX («Сферум»)», «Сферум».
    pub fn name(self) -> &'static str {
        match self {
            Self::Max => "MAX",
            Self::SferumInMax => "MAX\u{a0}(«Сферум»)",
            Self::Sferum => "«Сферум»",
        }
    }

    /// Where the chats are: «в MAX», «в «Сферуме»».
    pub fn inside(self) -> &'static str {
        match self {
            Self::Max => "в\u{a0}MAX",
            Self::SferumInMax => "в\u{a0}MAX\u{a0}(«Сферум»)",
            Self::Sferum => "в\u{a0}«Сферуме»",
        }
    }

    /// The site that it is installed from.
    pub fn site(self) -> &'static str {
        match self {
            Self::Max | Self::SferumInMax => "max.ru",
            Self::Sferum => "sferum.ru",
        }
    }

    /// How its invitation links begin, in words.
    pub fn link_beginning(self) -> &'static str {
        match self {
            Self::Max => "https://max.ru/join/",
            Self::SferumInMax => "https://max.ru/join/ или https://vk.me/join/",
            Self::Sferum => "https://vk.me/join/",
        }
    }
}

/// The platform of an address; `None` for a site of the school.
fn host_platform(link: &LinkUrl) -> Option<Platform> {
    let host = link.as_str().trim_start_matches("https://").split('/').next().unwrap_or_default();
    match host {
        "max.ru" => Some(Platform::Max),
        "vk.me" | "vk.com" | "sferum.ru" => Some(Platform::Sferum),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Service;
    use crate::school::{LinkUrl, Platform};

    const MAX: &str = "https://max.ru/join/A";
    const VK: &str = "https://vk.me/join/A";
    const OWN: &str = "https://go.school31.example/a";

    #[track_caller]
    fn check(links: &[&str], act: Platform, expected: Service) {
        let links: Vec<LinkUrl> = links.iter().map(|link| LinkUrl::judged((*link).to_owned())).collect();
        if let [link] = links.as_slice() {
            assert_eq!(Service::of_link(link, act), expected);
        } else {
            assert_eq!(Service::of_links(&links, act), expected);
        }
    }

    #[test]
    fn a_link_says_where_it_leads() {
        check(&[MAX], Platform::Sferum, Service::Max);
        check(&[VK], Platform::Sferum, Service::Sferum);
        check(&[OWN], Platform::Max, Service::Max);
        check(&[OWN], Platform::Sferum, Service::SferumInMax);
    }

    #[test]
    fn several_links() {
        check(&[], Platform::Max, Service::Max);
        check(&[], Platform::Sferum, Service::SferumInMax);
        check(&[MAX, VK], Platform::Sferum, Service::SferumInMax);
        check(&[VK, VK], Platform::Sferum, Service::Sferum);
    }
}
