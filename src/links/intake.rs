//! Judges all that came back at once: what is new, the same, replaced, and what is not taken and why.
//!
//! The order of the files and how often they come do not matter: two answers for one chat that differ are both refused,
//! one that was given before and has been replaced since changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{Chat, ChatKey, ChatProgress, LinkUrl, PersonName, Place};

use super::returned::{Returned, Unclear};
use super::settle::Owner;
use super::{LinkRemark, Remembered};

/// What comes of all that was sent back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intake<'a> {
    /// One verdict per chat and answer, in the order of the places.
    pub verdicts: Vec<Verdict<'a>>,
    /// The links that are taken: those of all chats that were answered for rightly, known ones included.
    pub links: BTreeMap<ChatKey, LinkUrl>,
    /// What was told besides.
    pub progress: BTreeMap<ChatKey, ChatProgress>,
}

/// What comes of one answer. It never holds the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict<'a> {
    /// Where it stands.
    pub place: Place,
    /// The chat; `None` where that is not clear.
    pub chat: Option<&'a Chat>,
    /// Who can be asked about it.
    pub whom: Option<&'a PersonName>,
    /// What comes of it.
    pub outcome: Outcome,
    /// What was mended in the link.
    pub remarks: Vec<LinkRemark>,
}

/// What comes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The first link of a chat.
    New,
    /// The link that the chat has.
    Same,
    /// It takes the place of another one.
    Replaces,
    /// The chat had it before and has another one now: an old answer, which changes nothing.
    Outdated,
    /// It is not taken.
    Refused {
        /// Why, without a full stop.
        why: String,
        /// What to do.
        advice: String,
    },
}

/// Judges answers against each other and against what is known. `current` are the links of now by chat, also those that
/// stand in the register and are not recorded yet.
pub fn intake<'a>(
    returned: &[Returned<'a>],
    current: &BTreeMap<ChatKey, LinkUrl>,
    remembered: Remembered<'_>,
) -> Intake<'a> {
    let mut intake = Intake::default();
    for answer in returned {
        if let Some(chat) = answer.chat() {
            let told = intake.progress.entry(chat.key.clone()).or_default();
            // In whatever order the files come.
            *told = told.and(answer.progress);
        }
    }
    intake.progress.retain(|_, told| !told.is_empty());
    let answers: Vec<&Returned<'a>> = returned.iter().filter(|answer| answer.link.is_some()).collect();
    let judging = Judging { answers: &answers, current, remembered };
    let mut seen = BTreeSet::new();
    let mut sorted = answers.clone();
    sorted.sort_by(|one, other| one.place.cmp(&other.place));
    for answer in sorted {
        let verdict = judging.verdict(answer);
        if let (Ok(chat), Some(Ok(judged))) = (&answer.chat, &answer.link) {
            match verdict.outcome {
                Outcome::New | Outcome::Replaces => {
                    intake.links.insert(chat.key.clone(), judged.link.clone());
                }
                // An old answer that lies beside a newer one takes nothing back.
                Outcome::Same => {
                    intake.links.entry(chat.key.clone()).or_insert_with(|| judged.link.clone());
                }
                Outcome::Outdated | Outcome::Refused { .. } => {}
            }
            // The same answer once more says nothing.
            if !matches!(verdict.outcome, Outcome::Refused { .. }) && !seen.insert((&chat.key, judged.link.clone())) {
                continue;
            }
        }
        intake.verdicts.push(verdict);
    }
    intake
}

struct Judging<'j, 'a> {
    answers: &'j [&'j Returned<'a>],
    current: &'j BTreeMap<ChatKey, LinkUrl>,
    remembered: Remembered<'j>,
}

impl<'a> Judging<'_, 'a> {
    fn verdict(&self, answer: &Returned<'a>) -> Verdict<'a> {
        let (chat, whom) = match &answer.chat {
            Ok(chat) => (Some(*chat), chat.moderator.as_ref()),
            Err(Unclear { class_chat, .. }) => (None, class_chat.and_then(|chat| chat.moderator.as_ref())),
        };
        let remarks = match &answer.link {
            Some(Ok(judged)) => judged.remarks.clone(),
            Some(Err(_)) | None => Vec::new(),
        };
        Verdict { place: answer.place.clone(), chat, whom, outcome: self.outcome(answer), remarks }
    }

    fn outcome(&self, answer: &Returned<'a>) -> Outcome {
        let refused = |why: String, advice: &str| Outcome::Refused { why, advice: advice.to_owned() };
        let link = match &answer.link {
            Some(Ok(judged)) => &judged.link,
            Some(Err(error)) => return refused(error.to_string(), error.advice()),
            None => return Outcome::Same,
        };
        let chat = match &answer.chat {
            Ok(chat) => *chat,
            Err(Unclear { doubt, .. }) => return refused(doubt.words(), &doubt.advice()),
        };
        if let Some(others) = self.other_claims(chat, link) {
            let why = format!("та же ссылка прислана и для {others}");
            return refused(why, "У каждого чата своя ссылка: скопируйте её из каждого чата заново.");
        }
        if let Some(other) = self.current.iter().find(|(key, known)| *known == link && **key != chat.key) {
            let advice = "Скопируйте ссылку из самого чата; если перепутаны ссылки двух чатов, создайте в MAX новые.";
            return refused(format!("эта ссылка уже у чата «{}»", self.title(other.0)), advice);
        }
        let owner = self.remembered.owner(link, chat);
        // A chat that awaits its link is not helped by one that is dead.
        let has_link = self.current.contains_key(&chat.key) || self.other_answer(chat, link).is_some();
        if owner == Owner::Replaced && has_link {
            return Outcome::Outdated;
        }
        if let Some(words) = self.remembered.why_not(&owner) {
            return refused(words, owner.advice());
        }
        if !self.is_fresh(chat, link) {
            let is_current = self.current.get(&chat.key).is_some_and(|current| current == link);
            return if is_current { Outcome::Same } else { Outcome::Outdated };
        }
        if let Some(place) = self.other_answer(chat, link) {
            let why = format!("для этого чата прислана и другая ссылка ({place})");
            return refused(why, "Узнайте, какая из них работает, и верните только её.");
        }
        if self.current.contains_key(&chat.key) { Outcome::Replaces } else { Outcome::New }
    }

    /// Whether a link is news of a chat: neither the one it has, nor one that it had and that was replaced. A chat that
    /// has none now may get back one that it had.
    fn is_fresh(&self, chat: &Chat, link: &LinkUrl) -> bool {
        match self.current.get(&chat.key) {
            Some(current) => current != link && !self.remembered.knows(link),
            // One that was replaced is dead in MAX, and stands in an old answer.
            None => !self.remembered.replaced.contains(link),
        }
    }

    /// The chats, other than this one, for which the link was sent as well.
    fn other_claims(&self, chat: &Chat, link: &LinkUrl) -> Option<String> {
        let claims = self.answers.iter().filter(|answer| holds(answer, link));
        let others = claims.filter_map(|answer| answer.chat()).filter(|other| other.key != chat.key);
        let titles: BTreeSet<String> = others.map(|other| format!("чата «{}»", other.title)).collect();
        (!titles.is_empty()).then(|| titles.into_iter().collect::<Vec<_>>().join(", "))
    }

    /// Where another link for the same chat stands that is news as well: nobody can tell which one is right.
    fn other_answer(&self, chat: &Chat, link: &LinkUrl) -> Option<Place> {
        let same_chat = self.answers.iter().filter(|answer| answer.chat().is_some_and(|other| other.key == chat.key));
        let other = same_chat.filter(|answer| match &answer.link {
            Some(Ok(judged)) => judged.link != *link && self.is_fresh(chat, &judged.link),
            Some(Err(_)) | None => false,
        });
        other.map(|answer| &answer.place).min().cloned()
    }

    fn title(&self, key: &ChatKey) -> String {
        let of_answers = self.answers.iter().filter_map(|answer| answer.chat());
        let title = of_answers.into_iter().find(|chat| chat.key == *key).map(|chat| chat.title.to_string());
        let title = title.or_else(|| self.remembered.titles.get(key).map(ToString::to_string));
        title.unwrap_or_else(|| key.to_string())
    }
}

fn holds(answer: &Returned<'_>, link: &LinkUrl) -> bool {
    matches!(&answer.link, Some(Ok(judged)) if judged.link == *link)
}

impl Outcome {
    /// The name in JSON.
    pub fn id(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Same => "same",
            Self::Replaces => "replaced",
            Self::Outdated => "outdated",
            Self::Refused { .. } => "refused",
        }
    }

    /// In a word or two.
    pub fn words(&self) -> &'static str {
        match self {
            Self::New => "новая",
            Self::Same => "та же",
            Self::Replaces => "вместо прежней",
            Self::Outdated => "уже заменена",
            Self::Refused { .. } => "не принята",
        }
    }
}

#[cfg(test)]
mod tests;
