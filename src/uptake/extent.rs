//! Whether a list of a chat's members can be the whole list, and what becomes of it beside the one of before.
//!
//! A list that was copied in part would make everybody else missing and every stranger forgotten. Where it looks like one,
//! nothing is taken until a person says which it is.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::roll_call::RollCall;
use crate::school::{Chat, ChatRoll, Joined, RollMember};

/// What a person says of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Nothing.
    Unsaid,
    /// It is a part: what is known stays.
    Part,
    /// It is everything: it takes the place of what is known.
    Whole,
}

/// What a list tells of a chat.
#[derive(Clone, Debug)]
pub struct ToldRoll<'a> {
    /// The chat.
    pub chat: &'a Chat,
    /// Who was found.
    pub call: &'a RollCall,
    /// How many names there are; 0 where only a number was told.
    pub names: usize,
    /// The number of members, where one was told.
    pub number: Option<u32>,
    /// The day of the list.
    pub on: Date,
    /// What the register of links says of the chat.
    pub register: Option<Joined>,
}

/// Why a list is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListDoubt {
    /// A later one was taken in.
    Older {
        /// Its day.
        than: Date,
    },
    /// It seems to be a part.
    Part {
        /// The names in it.
        names: usize,
        /// How many there must be, or were.
        of: usize,
    },
    /// Nearly everybody is another: it seems to be of another chat, or another part.
    Others {
        /// How many of those who were there are not in it.
        lost: usize,
        /// How many were there.
        of: usize,
    },
    /// More than there can be.
    TooMany {
        /// The number.
        number: u32,
        /// How many should be in the chat.
        members: usize,
    },
    /// More than any chat of MAX holds.
    OverLimit {
        /// The number.
        number: u32,
    },
}

/// How many members a chat of MAX holds.
const MAX_MEMBERS: u32 = 20_000;
/// So many who are gone from a list are no sign of anything.
const FEW: usize = 3;

impl ToldRoll<'_> {
    /// Why it cannot be taken as it is, beside what was known `before`.
    pub fn doubt(&self, before: Option<&ChatRoll>, extent: Extent) -> Option<ListDoubt> {
        if let Some(before) = before.filter(|before| before.on > self.on) {
            return Some(ListDoubt::Older { than: before.on });
        }
        let members = self.chat.members.len();
        if let Some(number) = self.number {
            if number > MAX_MEMBERS {
                return Some(ListDoubt::OverLimit { number });
            }
            // Lists leave out many a parent; twice as many and ten more is beyond any of them.
            let is_beyond = self.chat.group.is_none() && number as usize > 2 * members + 10;
            if self.names == 0 && is_beyond && extent != Extent::Whole {
                return Some(ListDoubt::TooMany { number, members });
            }
        }
        if self.names == 0 || extent != Extent::Unsaid {
            return None;
        }
        let names = self.names;
        // What the app says above the list is exact, but for the one who looks.
        if let Some(of) = self.number.map(|number| number as usize).filter(|of| *of > names + 1) {
            return Some(ListDoubt::Part { names, of });
        }
        let before = before?;
        let was = self.was(before);
        let known = match before.number {
            Some(number) => number as usize,
            None => was.len() + before.strangers as usize + before.doubtful as usize,
        };
        if names * 10 < known * 7 && known > names + FEW {
            return Some(ListDoubt::Part { names, of: known });
        }
        let now = self.present();
        let lost = was.iter().filter(|member| !now.contains(*member)).count();
        (lost > FEW && lost * 10 > was.len() * 3).then_some(ListDoubt::Others { lost, of: was.len() })
    }

    /// What is to be kept of it.
    pub fn roll(&self, before: Option<&ChatRoll>, extent: Extent) -> ChatRoll {
        let members = u32::try_from(self.chat.members.len()).unwrap_or(u32::MAX);
        let number = self.number.filter(|_| self.names == 0);
        let beyond =
            if self.chat.group.is_some() { 0 } else { number.map_or(0, |number| number.saturating_sub(members)) };
        let strangers = self.call.strangers.len() + self.call.pupils.len();
        let roll = ChatRoll {
            on: self.on,
            present: self.present(),
            number,
            strangers: u32::try_from(strangers).unwrap_or(u32::MAX).max(beyond),
            doubtful: u32::try_from(self.call.doubtful.len()).unwrap_or(u32::MAX),
            register: self.register,
        };
        match before.filter(|_| extent == Extent::Part && number.is_none()) {
            Some(before) => self.united(roll, before),
            None => roll,
        }
    }

    /// A part with what was known: who was there still is; of strangers nobody knows whether they are the same.
    fn united(&self, part: ChatRoll, before: &ChatRoll) -> ChatRoll {
        let present: BTreeSet<RollMember> = part.present.into_iter().chain(self.was(before)).collect();
        ChatRoll {
            number: before.number.filter(|number| *number as usize > present.len()),
            present,
            strangers: part.strangers.max(before.strangers),
            doubtful: part.doubtful.max(before.doubtful),
            ..part
        }
    }

    fn present(&self) -> BTreeSet<RollMember> {
        self.call.present.iter().filter_map(|at| RollMember::of(self.chat.members.get(*at)?)).collect()
    }

    /// Those of before who are to be in the chat now.
    fn was(&self, before: &ChatRoll) -> BTreeSet<RollMember> {
        let members = self.chat.members.iter().filter(|member| before.has(member));
        members.filter_map(RollMember::of).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Extent, ListDoubt, ToldRoll};
    use crate::school::{
        Audience, Chat, ChatKey, ChatKind, ChatRoll, ChatTitle, Member, MemberRole, PersonId, PersonName,
    };
    use crate::uptake::{RollCall, roll_call};

    const SURNAMES: [&str; 20] = [
        "Антонова",
        "Беляева",
        "Власова",
        "Громова",
        "Данилова",
        "Егорова",
        "Жукова",
        "Зуева",
        "Ильина",
        "Котова",
        "Лебедева",
        "Морозова",
        "Носова",
        "Орлова",
        "Павлова",
        "Рыбина",
        "Сомова",
        "Титова",
        "Уварова",
        "Фомина",
    ];

    fn chat() -> Chat {
        let member = |(surname, number): (&&str, u8)| Member {
            name: Some(PersonName::new(surname, "Анна", "")),
            role: MemberRole::Guardian,
            student: Some(PersonName::new("Ученик", "Лев", "")),
            id: Some(PersonId::of_bytes([number; 16])),
            student_id: Some(PersonId::of_bytes([100 + number; 16])),
        };
        Chat {
            key: ChatKey::of(&["7А", "родители"]),
            kind: ChatKind::ClassParents,
            title: "7А — родители".parse::<ChatTitle>().expect("a title"),
            class: "7А".parse().ok(),
            topic: None,
            group: None,
            audience: Audience::Parents,
            moderator: None,
            co_admins: Vec::new(),
            members: SURNAMES.iter().zip(1..).map(member).collect(),
        }
    }

    fn names(from: usize, to: usize) -> Vec<String> {
        SURNAMES.iter().skip(from).take(to - from).map(|surname| format!("{surname} Анна")).collect()
    }

    fn told<'a>(chat: &'a Chat, call: &'a RollCall, names: usize, number: Option<u32>, day: i8) -> ToldRoll<'a> {
        ToldRoll { chat, call, names, number, on: date(2026, 9, day), register: None }
    }

    /// What is taken of a list beside the one of before: «15 + 2» found and strangers; or why it is not.
    #[track_caller]
    fn check(before: Option<&[String]>, list: &[String], number: Option<u32>, extent: Extent, expected: &str) {
        let chat = chat();
        let former: Option<ChatRoll> = before.map(|list| {
            let call = roll_call(list, &chat.members);
            told(&chat, &call, list.len(), None, 5).roll(None, Extent::Whole)
        });
        let call = roll_call(list, &chat.members);
        let told = told(&chat, &call, list.len(), number, 7);
        let found = match told.doubt(former.as_ref(), extent) {
            Some(ListDoubt::Part { names, of }) => format!("часть {names} из {of}"),
            Some(ListDoubt::Others { lost, of }) => format!("нет {lost} из {of}"),
            Some(ListDoubt::TooMany { .. }) => "много".to_owned(),
            Some(ListDoubt::OverLimit { .. }) => "больше предела".to_owned(),
            Some(ListDoubt::Older { .. }) => "старый".to_owned(),
            None => {
                let roll = told.roll(former.as_ref(), extent);
                format!("{} + {}", roll.joined(&chat.members), roll.strangers)
            }
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn a_part_takes_nothing_away_until_it_is_said_what_it_is() {
        let mut all = names(0, 18);
        all.push("Чужая Мария".to_owned());
        check(None, &all, None, Extent::Unsaid, "18 + 1");
        check(Some(&all), &names(0, 8), None, Extent::Unsaid, "часть 8 из 19");
        check(Some(&all), &names(0, 8), None, Extent::Part, "18 + 1");
        check(Some(&all), &names(0, 8), None, Extent::Whole, "8 + 0");
        // Another part of the same length is one, too.
        check(Some(&names(0, 10)), &names(10, 20), None, Extent::Unsaid, "нет 10 из 10");
        check(Some(&names(0, 10)), &names(10, 20), None, Extent::Part, "20 + 0");
        // Some left, some came.
        check(Some(&all), &names(2, 20), None, Extent::Unsaid, "18 + 0");
        check(Some(&names(0, 3)), &names(0, 1), None, Extent::Unsaid, "1 + 0");
    }

    #[test]
    fn the_number_above_a_list_tells_how_long_it_is() {
        check(None, &names(0, 8), Some(20), Extent::Unsaid, "часть 8 из 20");
        check(None, &names(0, 8), Some(9), Extent::Unsaid, "8 + 0");
        check(None, &names(0, 8), Some(20), Extent::Part, "8 + 0");
    }

    #[test]
    fn a_number_that_cannot_be_is_questioned() {
        check(None, &[], Some(18), Extent::Unsaid, "18 + 0");
        check(None, &[], Some(23), Extent::Unsaid, "20 + 3");
        check(None, &[], Some(51), Extent::Unsaid, "много");
        check(None, &[], Some(51), Extent::Whole, "20 + 31");
        check(None, &[], Some(20_001), Extent::Whole, "больше предела");
    }

    #[test]
    fn an_older_list_takes_the_place_of_none() {
        let chat = chat();
        let call = RollCall::default();
        let told = |day| told(&chat, &call, 0, Some(3), day);
        let before = told(7).roll(None, Extent::Unsaid);
        assert_eq!(told(6).doubt(Some(&before), Extent::Whole), Some(ListDoubt::Older { than: date(2026, 9, 7) }));
        assert_eq!(told(7).doubt(Some(&before), Extent::Unsaid), None);
    }
}
