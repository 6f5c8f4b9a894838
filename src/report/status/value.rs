//! The state of a school as a value, and how it follows from what is recorded.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::chat_status::ChatStatus;
use super::share::{Share, Shares};
use super::timeline::Timeline;
use super::work::{self, Work};
use crate::school::{
    Audience, Chat, ChatKey, ChatRoll, ChatStage, ClassName, Deadlines, LinkStanding, Member, MemberRole,
    OldChatRecord, OldChatState, PersonName, RollMember, School, SchoolState, SchoolYear, Scope, Signatures, SignerId,
    SigningState,
};
use crate::uptake::Signers;

/// Everything that the state follows from: the store and the settings, no table.
#[derive(Clone, Copy, Debug)]
pub struct StatusInputs<'a> {
    /// The school.
    pub school: &'a School,
    /// What is recorded.
    pub state: &'a SchoolState,
    /// What became of the links of the chats.
    pub standings: &'a BTreeMap<ChatKey, LinkStanding>,
    /// Since when the papers that hold carry the address of a chat; a chat without papers is not among them.
    pub papers: &'a BTreeMap<ChatKey, Date>,
    /// Who is asked to sign.
    pub signers: &'a Signers,
    /// What they signed.
    pub signatures: &'a BTreeMap<SignerId, Signatures>,
    /// Who was found in the chats.
    pub rolls: &'a BTreeMap<ChatKey, ChatRoll>,
    /// The letters of each class; empty where people send them by hand.
    pub letters: &'a BTreeMap<ClassName, Letters>,
    /// Dates by which things are to be done this school year.
    pub deadlines: Deadlines,
    /// The day of the question.
    pub date: Date,
    /// The day of the last run.
    pub as_of: Date,
    /// Whether people are named.
    pub names: Names,
}

/// How many letters there are that are to reach somebody, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// Taken by the server.
    pub sent: usize,
    /// Waiting to be sent.
    pub waiting: usize,
    /// Held back: they do not fit what holds now.
    pub held: usize,
    /// Refused by the server.
    pub failed: usize,
    /// Nobody knows whether they arrived.
    pub unknown: usize,
}

impl Letters {
    /// Those that were sent, of all.
    pub fn share(self) -> Share {
        let Self { sent, waiting, held, failed, unknown } = self;
        Share { done: sent, of: sent + waiting + held + failed + unknown }
    }
}

/// Whether people are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// Nobody is.
    Without,
    /// Everybody whose mark or joining is awaited, and everybody who is to act.
    With,
}

/// Where the move of a school stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The short name of the school.
    pub school: String,
    /// The school year.
    pub year: SchoolYear,
    /// The day of the question.
    pub date: Date,
    /// The day of the last run: lists that changed since are not counted.
    pub as_of: Date,
    /// Every class in order.
    pub classes: Vec<ClassStatus>,
    /// The chats of groups and of the school, and the staff.
    pub staff: ClassStatus,
    /// The sums.
    pub totals: Shares,
    /// Who signed and who did not, of all.
    pub signing: Signing,
    /// Pupils.
    pub pupils: usize,
    /// Dates by which things are to be done.
    pub deadlines: Dates,
    /// What is left to do, the most urgent first.
    pub work: Vec<Work>,
    /// How the shares grew.
    pub timeline: Timeline,
}

/// Dates by which things are to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Dates {
    /// Links sent back.
    pub chats: Option<Date>,
    /// Acknowledgement forms returned.
    pub acknowledgement: Option<Date>,
    /// Families joined.
    pub joining: Option<Date>,
}

/// Where a class stands, or the staff with the chats of the school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassStatus {
    /// «7А», «Школа».
    pub name: String,
    /// Whose it is.
    #[serde(skip)]
    pub scope: Scope,
    /// How many pupils it has.
    pub pupils: usize,
    /// The homeroom teacher.
    #[serde(skip)]
    pub homeroom: Option<PersonName>,
    /// How much is done.
    pub shares: Shares,
    /// Who signed and who did not.
    pub signing: Signing,
    /// Its chats.
    pub chats: Vec<ChatStatus>,
    /// The people of whom something is awaited; empty where nobody is to be named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonStatus>,
    /// Those who are known to be missing in chats; empty where nobody is to be named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingMember>,
}

/// How many people are in each state of signing; all together are those who are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Signing {
    /// Signed the rules of now.
    pub signed: usize,
    /// Signed, and asked for another channel.
    pub other_channel: usize,
    /// Refused.
    pub refused: usize,
    /// Signed rules that have changed since.
    pub again: usize,
    /// The form did not come back.
    pub not_returned: usize,
    /// Nothing is known.
    pub open: usize,
}

/// Somebody whose mark is awaited, or who chose otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonStatus {
    /// Whom the rules are for.
    pub who: Audience,
    /// The name.
    pub name: Option<String>,
    /// The pupil, for a parent.
    pub pupil: Option<String>,
    /// Where the person stands.
    pub state: SigningId,
}

/// A state of signing as JSON has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SigningId(pub SigningState);

/// Somebody who should be in a chat and was not found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MissingMember {
    /// The chat.
    pub chat: String,
    /// The name.
    pub name: String,
}

impl Serialize for SigningId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.id())
    }
}

/// The state of a school.
pub fn status(inputs: &StatusInputs<'_>) -> Status {
    let mut by_scope: BTreeMap<Scope, Vec<&Chat>> = BTreeMap::new();
    for chat in inputs.state.chats.values() {
        by_scope.entry(Scope::from(chat.class.as_ref())).or_default().push(chat);
    }
    let of = |scope: Scope, pupils| {
        class_status(inputs, by_scope.get(&scope).map(Vec::as_slice).unwrap_or_default(), scope, pupils)
    };
    let classes = &inputs.state.roster.classes;
    let classes: Vec<ClassStatus> =
        classes.iter().map(|(name, class)| of(Scope::Class(name.clone()), class.students.len())).collect();
    let staff = of(Scope::School, 0);
    let all = || classes.iter().chain([&staff]);
    let totals = all().fold(Shares::default(), |sum, one| sum.and(one.shares));
    let signing = all().fold(Signing::default(), |sum, one| sum.and(one.signing));
    let pupils = classes.iter().map(|class| class.pupils).sum();
    let timeline = Timeline::of(inputs, all().flat_map(|one| &one.chats), totals);
    let work = work::left(inputs, all());
    let Deadlines { chats, acknowledgement, joining } = inputs.deadlines;
    Status {
        school: inputs.school.short_name.clone(),
        year: SchoolYear::of(inputs.date),
        date: inputs.date,
        as_of: inputs.as_of,
        classes,
        staff,
        totals,
        signing,
        pupils,
        deadlines: Dates { chats, acknowledgement, joining },
        work,
        timeline,
    }
}

fn class_status(inputs: &StatusInputs<'_>, chats: &[&Chat], scope: Scope, pupils: usize) -> ClassStatus {
    let mut shares = Shares::default();
    let mut missing = Vec::new();
    let chats = chats.iter().map(|chat| {
        let standing = inputs.standings.get(&chat.key).copied().unwrap_or_default();
        let progress = inputs.state.progress.get(&chat.key).copied().unwrap_or_default();
        let roll = inputs.rolls.get(&chat.key);
        let status = ChatStatus::of(chat, standing, progress, roll, inputs.papers.get(&chat.key).copied());
        shares.chats.count(status.exists());
        // Of a chat whose link was annulled nobody expects another one: those who joined are in it.
        if status.stage != ChatStage::Revoked {
            shares.links.count(status.has_link());
            shares.printed.count(status.is_printed());
            shares.handed_out.count(status.stage == ChatStage::HandedOut);
        }
        let none = Share { done: 0, of: status.members.unwrap_or_default() };
        shares.joined = shares.joined.and(status.joined.unwrap_or(none));
        if inputs.names == Names::With && status.listed_on.is_some() && status.members.is_some() {
            missing.extend(roll.into_iter().flat_map(|roll| missing_in(chat, roll)));
        }
        status
    });
    let chats = chats.collect();
    shares.moved = moved(inputs.state, &scope);
    shares.letters = scope.class().and_then(|class| inputs.letters.get(class)).map(|letters| letters.share());
    let mut signing = Signing::default();
    let mut people = Vec::new();
    for signer in inputs.signers.of_scope(&scope) {
        let state = signer.state(inputs.signatures);
        signing.count(state);
        shares.signed.count(state.has_signed());
        if inputs.names == Names::With && state != SigningState::Signed {
            people.push(PersonStatus {
                who: signer.audience(),
                name: signer.name.as_ref().map(ToString::to_string),
                pupil: signer.pupil.as_ref().map(ToString::to_string),
                state: SigningId(state),
            });
        }
    }
    let homeroom = scope.class().and_then(|class| inputs.state.homerooms.get(class)).map(|one| one.name.clone());
    ClassStatus { name: scope.title(), scope, pupils, homeroom, shares, signing, chats, people, missing }
}

/// Whose an old chat is: that of the chat that replaces it; one that nothing replaces is the school's.
pub(super) fn scope_of_old(record: &OldChatRecord, state: &SchoolState) -> Scope {
    let chat = record.chat.as_ref().and_then(|key| state.chats.get(key));
    Scope::from(chat.and_then(|chat| chat.class.as_ref()))
}

/// The old chats whose members are in the new chat of a class or of the school.
fn moved(state: &SchoolState, scope: &Scope) -> Option<Share> {
    let mut share = None;
    for record in state.old_chats.values().filter(|record| scope_of_old(record, state) == *scope) {
        share.get_or_insert_with(Share::default).count(record.state >= OldChatState::Moved);
    }
    share
}

/// Those who were not found in a chat by name.
fn missing_in(chat: &Chat, roll: &ChatRoll) -> Vec<MissingMember> {
    if roll.number.is_some() {
        return Vec::new();
    }
    let missing = chat.members.iter().filter(|member| !roll.has(member));
    missing.map(|member| MissingMember { chat: chat.title.to_string(), name: member_words(member) }).collect()
}

fn member_words(member: &Member) -> String {
    match (&member.name, &member.student) {
        (Some(name), Some(pupil)) => format!("{name} (родитель: {})", pupil.without_patronymic()),
        (None, Some(pupil)) => format!("родитель: {pupil}"),
        (Some(name), None) => name.to_string(),
        (None, None) => String::new(),
    }
}

impl Signing {
    fn count(&mut self, state: SigningState) {
        *match state {
            SigningState::Signed => &mut self.signed,
            SigningState::OtherChannel => &mut self.other_channel,
            SigningState::Refused => &mut self.refused,
            SigningState::Again => &mut self.again,
            SigningState::NotReturned => &mut self.not_returned,
            SigningState::Open => &mut self.open,
        } += 1;
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            signed: self.signed + other.signed,
            other_channel: self.other_channel + other.other_channel,
            refused: self.refused + other.refused,
            again: self.again + other.again,
            not_returned: self.not_returned + other.not_returned,
            open: self.open + other.open,
        }
    }

    /// Each state with its number, in the order of lists.
    pub(super) fn each(self) -> [(SigningState, usize); 6] {
        let Self { signed, other_channel, refused, again, not_returned, open } = self;
        let numbers = [signed, other_channel, refused, again, not_returned, open];
        let mut each = SigningState::ALL.map(|state| (state, 0));
        for (one, number) in each.iter_mut().zip(numbers) {
            one.1 = number;
        }
        each
    }

    /// How many are still to be asked.
    pub fn awaited(self) -> usize {
        self.again + self.not_returned + self.open
    }
}

/// Where a member of a chat stands with the rules.
pub(super) fn signer_of(member: &Member) -> Option<SignerId> {
    let of_role = |id| (member.role == MemberRole::Student).then_some(SignerId::Student(id));
    match RollMember::of(member)? {
        RollMember::Pupil(id) => of_role(id),
        RollMember::Parent { pupil, guardian } => Some(SignerId::Parent { pupil, guardian }),
        RollMember::Staff(folded) => Some(SignerId::Staff(folded)),
    }
}
