//! The school at one moment: as its tables want it, or as the store remembers it.
//!
//! Both sides of a comparison have this one shape, so what was recorded is exactly what was wanted.

use std::collections::BTreeMap;

use super::{
    Chat, ChatKey, ChatProgress, Edition, Email, Fingerprint, Homeroom, LinkUrl, Member, OldChatKey, OldChatRecord,
    PersonName, Piece, Place, Roster, Scope, Token,
};

/// People, chats, links and papers of a school.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolState {
    /// The pupils and their parents, each with an id. The classes name no homeroom teacher here.
    pub roster: Roster,
    /// The staff by folded name.
    pub staff: BTreeMap<String, StaffContact>,
    /// The homeroom teachers.
    pub homerooms: BTreeMap<super::ClassName, Homeroom>,
    /// The chats that are to exist.
    pub chats: BTreeMap<ChatKey, Chat>,
    /// The links that may be printed.
    pub links: BTreeMap<ChatKey, LinkUrl>,
    /// The short links of the chats, by which papers may carry an address of the school's own site.
    pub short: BTreeMap<ChatKey, Token>,
    /// What people tell of chats besides; a chat of which nothing is told is not among them.
    pub progress: BTreeMap<ChatKey, ChatProgress>,
    /// How far the chats in foreign messengers have come.
    pub old_chats: BTreeMap<OldChatKey, OldChatRecord>,
    /// The papers that hold.
    pub papers: BTreeMap<PaperId, IssuedPaper>,
}

impl SchoolState {
    /// The papers of a class or of the school that hold, in the order of pieces.
    pub fn papers_of<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = (&'a PaperId, &'a IssuedPaper)> {
        let first = PaperId { scope: scope.clone(), piece: Piece::Poster { chat: ChatKey::of(&[]) } };
        self.papers.range(first..).take_while(move |(id, _)| id.scope == *scope)
    }

    /// Whether words that were recorded, such as those of a removal, may mean a member of a chat of this state.
    pub fn is_called(&self, member: &Member, words: &str) -> bool {
        member.is_called(words, || {
            let pupil = member.pupil()?;
            self.roster.students().find(|student| student.id == Some(pupil))?.birth_date
        })
    }
}

/// A member of the staff as far as it matters who is still the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffContact {
    /// The name.
    pub name: PersonName,
    /// The address.
    pub email: Option<Email>,
    /// The cell of the name.
    pub place: Place,
}

/// A paper among all papers of the school.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaperId {
    /// Whose it is.
    pub scope: Scope,
    /// Which it is.
    pub piece: Piece,
}

/// A paper as it was issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuedPaper {
    /// Its version and date.
    pub edition: Edition,
    /// What it was made from.
    pub content: Fingerprint,
    /// What it was made from, without the people on it: of a form, what is signed.
    pub core: Fingerprint,
}
