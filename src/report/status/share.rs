//! How much of something is done.

use serde::Serialize;

/// So much of so much; never more than all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The numerator.
    pub done: usize,
    /// The denominator; 0 where there is nothing to do.
    pub of: usize,
}

/// The shares of a class, of the school or of everything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// Chats that exist, of those that are to.
    pub chats: Share,
    /// Chats whose link is there; those whose link was annulled for good count neither here nor in the next two.
    pub links: Share,
    /// Chats whose papers with the address of now are made.
    pub printed: Share,
    /// Chats whose slips are handed out.
    pub handed_out: Share,
    /// People who have signed the rules of now, whatever channel they chose.
    pub signed: Share,
    /// People who have joined, counted in each of their chats; chats of which only the teacher knows the members are not counted.
    pub joined: Share,
    /// Old chats that have moved; `None` where nothing is known of them.
    pub moved: Option<Share>,
    /// Letters that were sent; `None` where nothing is known of them.
    pub letters: Option<Share>,
}

/// A share by its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    /// Its name in JSON and in the page.
    pub(super) id: &'static str,
    /// A word for it.
    pub(super) word: &'static str,
    pub(super) share: Share,
}

impl Share {
    /// The parts per hundred, rounded down, so that only all is 100.
    pub fn percent(self) -> usize {
        (self.done * 100).checked_div(self.of).unwrap_or(100)
    }

    /// Whether something is left.
    pub fn is_open(self) -> bool {
        self.done < self.of
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { done: self.done + other.done, of: self.of + other.of }
    }

    /// Counts one more, done or not.
    pub fn count(&mut self, is_done: bool) {
        self.of += 1;
        self.done += usize::from(is_done);
    }
}

impl Shares {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let either = |one: Option<Share>, other: Option<Share>| match (one, other) {
            (Some(one), Some(other)) => Some(one.and(other)),
            (one, other) => one.or(other),
        };
        Self {
            chats: self.chats.and(other.chats),
            links: self.links.and(other.links),
            printed: self.printed.and(other.printed),
            handed_out: self.handed_out.and(other.handed_out),
            signed: self.signed.and(other.signed),
            joined: self.joined.and(other.joined),
            moved: either(self.moved, other.moved),
            letters: either(self.letters, other.letters),
        }
    }

    /// The shares under the headings of the sums: one that is not known here is nothing of nothing.
    pub(super) fn under(self, totals: Self) -> Vec<Named> {
        let own = self.named();
        let of = |id: &str| own.iter().find(|named| named.id == id).map(|named| named.share).unwrap_or_default();
        totals.named().into_iter().map(|named| Named { share: of(named.id), ..named }).collect()
    }

    /// The shares that are known, in the order of the move.
    pub(super) fn named(self) -> Vec<Named> {
        let Self { chats, links, printed, handed_out, signed, joined, moved, letters } = self;
        let always = [
            ("chats", "Чаты", Some(chats)),
            ("links", "Ссылки", Some(links)),
            ("printed", "Бумаги", Some(printed)),
            ("handed_out", "Розданы", Some(handed_out)),
            ("signed", "Подписи", Some(signed)),
            ("joined", "Вступили", Some(joined)),
            ("moved", "Переезд", moved),
            ("letters", "Письма", letters),
        ];
        always.into_iter().filter_map(|(id, word, share)| Some(Named { id, word, share: share? })).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Share, Shares};

    #[track_caller]
    fn check(done: usize, of: usize, expected: usize) {
        assert_eq!(Share { done, of }.percent(), expected, "{done} of {of}");
    }

    #[test]
    fn only_all_is_a_hundred() {
        check(0, 0, 100);
        check(0, 3, 0);
        check(1, 3, 33);
        check(199, 200, 99);
        check(200, 200, 100);
    }

    #[test]
    fn what_is_not_known_stays_unknown() {
        let known = Shares { moved: Some(Share { done: 1, of: 2 }), ..Shares::default() };
        assert_eq!(known.and(Shares::default()).moved, known.moved);
        assert_eq!(known.and(known).moved, Some(Share { done: 2, of: 4 }));
        assert_eq!(Shares::default().and(Shares::default()).letters, None);
        assert_eq!(known.named().len(), Shares::default().named().len() + 1);
        // A class without old chats beside a school with some: its letters stand under the letters.
        let letters = Shares { letters: Some(Share { done: 3, of: 4 }), ..Shares::default() };
        let under = letters.under(known.and(letters));
        let last: Vec<_> = under.iter().rev().take(2).map(|named| (named.id, named.share.of)).collect();
        assert_eq!(last, [("letters", 4), ("moved", 0)]);
    }
}
