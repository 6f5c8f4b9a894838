//! How far a chat has come: from the plan to the slips in the hands of the families.

use jiff::civil::Date;
use serde::Serialize;

/// What people tell of a chat, and nothing else tells: the register of links has cells for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChatProgress {
    /// Who created it.
    pub origin: Option<ChatOrigin>,
    /// When its slips were handed out.
    pub handed_out: Option<HandedOut>,
    /// Who has joined it.
    pub joined: Option<Joined>,
}

/// Who created a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatOrigin {
    /// A person, in the app.
    ByHand,
    /// «Сферум», by itself, from the e-journal.
    BySferum,
}

/// When slips were handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HandedOut {
    /// On this day.
    On(Date),
    /// On a day that was not told: «да».
    Undated,
}

/// Who has joined a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Joined {
    /// Everybody who is to be in it.
    Everybody,
    /// So many people.
    Number(u32),
}

/// How far a chat has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatStage {
    /// It should exist.
    Planned,
    /// Somebody has created it; its link is awaited.
    Created,
    /// Its link is there and not printed yet.
    LinkReceived,
    /// Papers with its address are made.
    Printed,
    /// They are handed out.
    HandedOut,
    /// Its link was revoked, and a new one is awaited.
    Renewing,
    /// Its link was revoked or annulled, and none is awaited.
    Revoked,
}

/// What became of the link of a chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LinkStanding {
    /// There is none.
    #[default]
    None,
    /// It was given, and no paper has it yet.
    Received {
        /// Since when it is known.
        on: Date,
    },
    /// Papers may carry it.
    Active {
        /// Since when it is known.
        received: Date,
        /// The date of the run that first printed it.
        since: Date,
    },
    /// It was revoked, and a new one is awaited.
    Reissued {
        /// Since when.
        on: Date,
    },
    /// It was revoked, and none is awaited.
    Revoked {
        /// Since when.
        on: Date,
    },
    /// Nobody used it in time.
    Expired {
        /// Since when.
        on: Date,
    },
}

impl ChatProgress {
    /// What `later` tells, and where it says nothing, what was told before. A day once told stays where later only «да»
    /// is said.
    #[must_use]
    pub fn then(self, later: Self) -> Self {
        let handed_out = match (self.handed_out, later.handed_out) {
            (Some(HandedOut::On(date)), Some(HandedOut::Undated) | None) => Some(HandedOut::On(date)),
            (before, later) => later.or(before),
        };
        Self { origin: later.origin.or(self.origin), handed_out, joined: later.joined.or(self.joined) }
    }

    /// What both tell, whichever was told first: what has gone further holds, so that an old table takes nothing back.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let handed_out = match (self.handed_out, other.handed_out) {
            (Some(HandedOut::On(one)), Some(HandedOut::On(other))) => Some(HandedOut::On(one.max(other))),
            (Some(HandedOut::On(day)), _) | (_, Some(HandedOut::On(day))) => Some(HandedOut::On(day)),
            (one, other) => one.or(other),
        };
        let joined = match (self.joined, other.joined) {
            (Some(Joined::Number(one)), Some(Joined::Number(other))) => Some(Joined::Number(one.max(other))),
            (Some(Joined::Everybody), _) | (_, Some(Joined::Everybody)) => Some(Joined::Everybody),
            (one, other) => one.or(other),
        };
        Self { origin: self.origin.max(other.origin), handed_out, joined }
    }

    /// The same with a date for slips that were handed out on a day that was not told.
    #[must_use]
    pub fn dated(self, on: Date) -> Self {
        let dated = |handed_out| match handed_out {
            HandedOut::Undated => HandedOut::On(on),
            HandedOut::On(_) => handed_out,
        };
        Self { handed_out: self.handed_out.map(dated), ..self }
    }

    /// Whether nothing was told.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// The day on which slips were handed out; `None` where they were not, or the day is not known.
    pub fn handed_out_on(self) -> Option<Date> {
        match self.handed_out {
            Some(HandedOut::On(date)) => Some(date),
            Some(HandedOut::Undated) | None => None,
        }
    }

    /// Whether everybody of so many is known to have joined; nobody can tell of a chat whose size is not known.
    pub fn everybody_joined(self, members: Option<usize>) -> bool {
        match (self.joined, members) {
            (Some(Joined::Everybody), _) => true,
            (Some(Joined::Number(number)), Some(members)) => number as usize >= members,
            (Some(Joined::Number(_)), None) | (None, _) => false,
        }
    }
}

impl ChatOrigin {
    /// Both.
    pub const ALL: [Self; 2] = [Self::ByHand, Self::BySferum];

    /// As the drop-down list of the register offers it.
    pub fn words(self) -> &'static str {
        match self {
            Self::ByHand => "создан вручную",
            Self::BySferum => "создан Сферумом",
        }
    }
}

impl LinkStanding {
    /// How far a chat has come. `papers` is the date since when papers that hold carry its address of now; `None` where
    /// there are none.
    pub fn stage(self, progress: ChatProgress, papers: Option<Date>) -> ChatStage {
        match (self, papers) {
            (Self::Reissued { .. }, _) => ChatStage::Renewing,
            (Self::Revoked { .. } | Self::Expired { .. }, _) => ChatStage::Revoked,
            (Self::None, _) if progress.origin.is_some() => ChatStage::Created,
            (Self::None, _) => ChatStage::Planned,
            (Self::Received { .. }, _) | (Self::Active { .. }, None) => ChatStage::LinkReceived,
            // Slips with a link of before are in nobody's hands.
            (Self::Active { .. }, Some(since)) if progress.handed_out_on().is_some_and(|day| day >= since) => {
                ChatStage::HandedOut
            }
            (Self::Active { .. }, Some(_)) => ChatStage::Printed,
        }
    }

    /// Since when it is so.
    pub fn since(self) -> Option<Date> {
        match self {
            Self::None => None,
            Self::Received { on } | Self::Reissued { on } | Self::Revoked { on } | Self::Expired { on } => Some(on),
            Self::Active { since, .. } => Some(since),
        }
    }

    /// The state of the link in words: «получена», «действует».
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "ждём",
            Self::Received { .. } => "получена",
            Self::Active { .. } => "действует",
            Self::Reissued { .. } => "отозвана, ждём новую",
            Self::Revoked { .. } => "отозвана",
            Self::Expired { .. } => "аннулирована",
        }
    }
}

impl ChatStage {
    /// All, in the order of a chat's life.
    pub const ALL: [Self; 7] = [
        Self::Planned,
        Self::Created,
        Self::LinkReceived,
        Self::Printed,
        Self::HandedOut,
        Self::Renewing,
        Self::Revoked,
    ];

    /// The stage in words, as lists have it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Planned => "надо создать",
            Self::Created => "создан, ждёт ссылку",
            Self::LinkReceived => "ссылка получена",
            Self::Printed => "бумаги выпущены",
            Self::HandedOut => "талоны розданы",
            Self::Renewing => "ссылка обновляется",
            Self::Revoked => "ссылка отозвана",
        }
    }

    /// One word by which it is asked for.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "план",
            Self::Created => "создан",
            Self::LinkReceived => "получена",
            Self::Printed => "выпущены",
            Self::HandedOut => "розданы",
            Self::Renewing => "обновляется",
            Self::Revoked => "отозвана",
        }
    }

    /// Its name in JSON, by which it can be asked for too.
    pub fn id(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Created => "created",
            Self::LinkReceived => "link_received",
            Self::Printed => "printed",
            Self::HandedOut => "handed_out",
            Self::Renewing => "renewing",
            Self::Revoked => "revoked",
        }
    }

    /// Whether somebody is to send a link.
    pub fn awaits_link(self) -> bool {
        matches!(self, Self::Planned | Self::Created | Self::Renewing)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{ChatOrigin, ChatProgress, ChatStage, HandedOut, Joined, LinkStanding};

    #[track_caller]
    fn check(standing: LinkStanding, handed_out: Option<i8>, papers: Option<i8>, expected: ChatStage) {
        let day = |day| date(2026, 9, day);
        let handed_out = handed_out.map(|of| HandedOut::On(day(of)));
        let progress = ChatProgress { handed_out, ..ChatProgress::default() };
        assert_eq!(standing.stage(progress, papers.map(day)), expected);
    }

    #[test]
    fn stages_follow_from_the_link_and_the_papers() {
        let on = date(2026, 9, 5);
        let active = LinkStanding::Active { received: on, since: on };
        check(LinkStanding::None, None, None, ChatStage::Planned);
        check(LinkStanding::Received { on }, None, None, ChatStage::LinkReceived);
        check(active, None, None, ChatStage::LinkReceived);
        check(active, None, Some(5), ChatStage::Printed);
        check(active, Some(5), Some(5), ChatStage::HandedOut);
        // What was handed out before carries another link.
        check(active, Some(4), Some(5), ChatStage::Printed);
        check(LinkStanding::Reissued { on }, Some(5), None, ChatStage::Renewing);
        check(LinkStanding::Revoked { on }, Some(5), None, ChatStage::Revoked);
        check(LinkStanding::Expired { on }, Some(5), Some(5), ChatStage::Revoked);
        let created = ChatProgress { origin: Some(ChatOrigin::BySferum), ..ChatProgress::default() };
        assert_eq!(LinkStanding::None.stage(created, None), ChatStage::Created);
    }

    #[test]
    fn what_was_told_stays_until_something_else_is_told() {
        let told = |handed_out| ChatProgress { handed_out, joined: Some(Joined::Number(3)), origin: None };
        let on = |day| Some(HandedOut::On(date(2026, 9, day)));
        let nothing = ChatProgress::default();
        assert_eq!(told(on(1)).then(nothing), told(on(1)));
        assert_eq!(told(on(1)).then(told(Some(HandedOut::Undated))), told(on(1)));
        assert_eq!(told(on(1)).then(told(on(2))), told(on(2)));
        assert_eq!(nothing.then(told(Some(HandedOut::Undated))).dated(date(2026, 9, 4)), told(on(4)));
        for (one, other) in
            [(told(on(1)), told(on(2))), (told(Some(HandedOut::Undated)), told(on(2))), (nothing, told(on(2)))]
        {
            assert_eq!((one.and(other), other.and(one)), (told(on(2)), told(on(2))));
        }
        let by = |origin| ChatProgress { origin: Some(origin), ..nothing };
        let (hand, sferum) = (by(ChatOrigin::ByHand), by(ChatOrigin::BySferum));
        assert_eq!((hand.and(sferum), sferum.and(hand)), (sferum, sferum));
        assert!(told(None).everybody_joined(Some(3)) && !told(None).everybody_joined(Some(4)));
        assert!(!told(None).everybody_joined(None));
    }
}
