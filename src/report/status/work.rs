//! What is left to do: who, what, by when; the most urgent first.

mod letters;
mod moving;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::chat_status::ChatStatus;
use super::value::{ClassStatus, Names, Status, StatusInputs, signer_of};
use crate::school::{ChatStage, ChatTitle, Noun, PersonName, Scope, SignerId, SigningState, count};

/// Something that somebody has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Work {
    /// «7А», «Школа».
    pub class: String,
    /// Whose it is.
    #[serde(skip)]
    pub scope: Scope,
    /// What kind of work.
    pub kind: WorkKind,
    /// As whom somebody has to do it.
    pub who: Doer,
    /// Who that is; in JSON only where people are named.
    #[serde(serialize_with = "named", skip_serializing_if = "is_unnamed")]
    pub name: Person,
    /// What, one sentence without its end.
    pub what: String,
    /// How many chats or people it is about.
    pub number: usize,
    /// By when; `None` where the school sets no date.
    pub by: Option<Date>,
    /// Whether that day is over.
    pub overdue: bool,
    /// The chats it is about.
    pub chats: Vec<ChatTitle>,
}

/// Who somebody is, and whether that may stand in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name; `None` where nobody is appointed.
    pub name: Option<PersonName>,
    names: Names,
}

/// As whom somebody has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doer {
    /// The homeroom teacher.
    Homeroom,
    /// The moderator of the chats.
    Moderator,
    /// Whoever runs an old chat.
    Leader,
    /// The deputy director who answers for the move.
    Curator,
}

/// What kind of work it is, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkKind {
    /// Strangers are in a chat.
    Strangers,
    /// People are in a chat who have not signed (31.4.3).
    Unacquainted,
    /// Nobody moderates a chat, or a class has no homeroom teacher.
    Nobody,
    /// Chats are to be created and their links sent.
    Links,
    /// Papers are to be made.
    Papers,
    /// Slips are to be handed out.
    HandOut,
    /// Signatures are to be collected.
    Sign,
    /// Rules that changed are to be signed again.
    SignAgain,
    /// People are to be invited once more.
    Join,
    /// Names in a chat that nobody could place.
    Doubtful,
    /// Nobody knows whether letters arrived: a person decides.
    LettersUnknown,
    /// Letters that are held back or refused.
    LettersHeld,
    /// Letters that wait to be sent.
    LettersWaiting,
    /// The move is to be announced in old chats (65.5.1).
    Announce,
    /// Members of old chats are to come over.
    Move,
    /// Old chats are to be closed.
    Close,
}

fn is_unnamed(person: &Person) -> bool {
    person.names == Names::Without || person.name.is_none()
}

fn named<S: serde::Serializer>(person: &Person, serializer: S) -> Result<S::Ok, S::Error> {
    match &person.name {
        Some(name) => serializer.collect_str(name),
        None => serializer.serialize_none(),
    }
}

impl Person {
    /// The name, where it may be shown outside the terminal.
    pub(super) fn shown(&self) -> Option<&PersonName> {
        self.name.as_ref().filter(|_| self.names == Names::With)
    }
}

impl Doer {
    /// «классный руководитель».
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Homeroom => "классный руководитель",
            Self::Moderator => "модератор",
            Self::Leader => "ведёт прежний чат",
            Self::Curator => "куратор",
        }
    }
}

/// What somebody of a class has to do, the most urgent first: what a reminder says.
pub fn open_work<'a>(status: &'a Status, scope: &'a Scope) -> impl Iterator<Item = &'a Work> {
    status.work.iter().filter(move |work| work.scope == *scope && work.who != Doer::Curator)
}

/// Everything that is left to do.
pub(super) fn left<'a>(inputs: &StatusInputs<'_>, all: impl Iterator<Item = &'a ClassStatus>) -> Vec<Work> {
    let signers = inputs.signers.all.iter();
    let standing: BTreeMap<&SignerId, Standing<'_>> = signers
        .map(|signer| (&signer.id, Standing { scope: &signer.scope, state: signer.state(inputs.signatures) }))
        .collect();
    let mut work: Vec<Work> = all.flat_map(|one| Writer { inputs, one, standing: &standing }.work()).collect();
    let urgency = |work: &Work| {
        let is_finding = matches!(work.kind, WorkKind::Strangers | WorkKind::Unacquainted);
        (!is_finding, !work.overdue, work.by.is_none(), work.by, work.kind)
    };
    // Classes stay in their order where nothing else differs.
    work.sort_by_key(urgency);
    work
}

/// Writes down the work of one class.
struct Writer<'a> {
    inputs: &'a StatusInputs<'a>,
    one: &'a ClassStatus,
    standing: &'a BTreeMap<&'a SignerId, Standing<'a>>,
}

/// Where somebody stands with the rules, and to whose list one belongs.
struct Standing<'a> {
    scope: &'a Scope,
    state: SigningState,
}

/// Chats of one moderator.
type OfModerator<'a> = BTreeMap<Option<String>, Vec<&'a ChatStatus>>;

const CHATS: Noun = Noun::new("чат", "чата", "чатов");
const PEOPLE: Noun = Noun::new("человек", "человека", "человек");

impl Writer<'_> {
    fn work(&self) -> Vec<Work> {
        let chats = &self.one.chats;
        let mut work = Vec::new();
        let by = self.inputs.deadlines;
        let is_class = self.one.scope.class().is_some();
        if is_class && self.one.homeroom.is_none() {
            work.push(self.of_curator(WorkKind::Nobody, "назначить классного руководителя".to_owned(), 1));
        }
        let without: Vec<&ChatStatus> = chats.iter().filter(|chat| chat.moderator.is_none()).collect();
        if !without.is_empty() {
            let what = format!("назначить модератора: {}", count(without.len(), CHATS));
            work.push(Work { chats: titles(&without), ..self.of_curator(WorkKind::Nobody, what, without.len()) });
        }
        for (kind, is_of, by) in [
            (WorkKind::Strangers, (|chat| chat.strangers > 0) as fn(&ChatStatus) -> bool, None),
            (WorkKind::Links, |chat| chat.stage.awaits_link(), by.chats),
            (
                WorkKind::Join,
                |chat| chat.is_printed() && chat.joined.is_some_and(super::share::Share::is_open),
                by.joining,
            ),
            (WorkKind::Doubtful, |chat| chat.doubtful > 0, None),
        ] {
            for (_, chats) in self.by_moderator(is_of) {
                work.push(self.of_moderator(kind, &chats, by));
            }
        }
        work.extend(self.unacquainted());
        work.extend(self.of_letters());
        work.extend(self.of_move());
        let received: Vec<&ChatStatus> = chats.iter().filter(|chat| chat.stage == ChatStage::LinkReceived).collect();
        if !received.is_empty() {
            let what =
                format!("выпустить бумаги с новыми ссылками (zavuch применить): {}", count(received.len(), CHATS));
            let one = self.of_curator(WorkKind::Papers, what, received.len());
            work.push(self.due(Work { chats: titles(&received), ..one }, by.chats));
        }
        let printed: Vec<&ChatStatus> = chats.iter().filter(|chat| chat.stage == ChatStage::Printed).collect();
        if !printed.is_empty() {
            let what = format!("раздать приглашения и вписать дату в таблицу ссылок: {}", count(printed.len(), CHATS));
            let one = self.of_teacher(WorkKind::HandOut, what, printed.len());
            work.push(self.due(Work { chats: titles(&printed), ..one }, by.acknowledgement));
        }
        let signing = self.one.signing;
        let asked = signing.open + signing.not_returned;
        if asked > 0 {
            let late = if signing.not_returned > 0 {
                format!(", не вернули — {}", signing.not_returned)
            } else {
                String::new()
            };
            let what = format!("собрать подписи об ознакомлении: ждём от {}{late}", of_people(asked));
            work.push(self.due(self.of_teacher(WorkKind::Sign, what, asked), by.acknowledgement));
        }
        if signing.again > 0 {
            let what = format!("ознакомить заново, правила изменились: {}", count(signing.again, PEOPLE));
            work.push(self.due(self.of_teacher(WorkKind::SignAgain, what, signing.again), by.acknowledgement));
        }
        work
    }

    /// People who were found in chats and have not signed the rules of now.
    fn unacquainted(&self) -> Option<Work> {
        let is_shown = |chat: &&ChatStatus| chat.listed_on.is_some();
        let mut people = std::collections::BTreeSet::new();
        let mut chats = Vec::new();
        for status in self.one.chats.iter().filter(is_shown) {
            let Some(chat) = self.inputs.state.chats.get(&status.key) else { continue };
            let Some(roll) = self.inputs.rolls.get(&status.key) else { continue };
            let before = people.len();
            for member in chat.members.iter().filter(|member| roll.has(member)) {
                let Some(id) = signer_of(member) else { continue };
                // Of the staff nobody is a newcomer to the class; their signatures are the school's business.
                let standing = self.standing.get(&id).filter(|standing| *standing.scope == self.one.scope);
                let Some(Standing { state, .. }) = standing else { continue };
                if matches!(state, SigningState::Refused | SigningState::NotReturned | SigningState::Open) {
                    people.insert(id);
                }
            }
            if people.len() > before {
                chats.push(status);
            }
        }
        if people.is_empty() {
            return None;
        }
        let what = format!("ознакомить с правилами тех, кто уже в чате без подписи: {}", count(people.len(), PEOPLE));
        let one = self.of_teacher(WorkKind::Unacquainted, what, people.len());
        Some(Work { chats: titles(&chats), ..one })
    }

    fn by_moderator(&self, is_of: fn(&ChatStatus) -> bool) -> OfModerator<'_> {
        let mut by_moderator = OfModerator::new();
        for chat in self.one.chats.iter().filter(|chat| is_of(chat)) {
            by_moderator.entry(chat.moderator.as_ref().map(PersonName::folded)).or_default().push(chat);
        }
        by_moderator
    }

    fn of_moderator(&self, kind: WorkKind, chats: &[&ChatStatus], by: Option<Date>) -> Work {
        let number = chats.len();
        let sum = |of: fn(&ChatStatus) -> usize| chats.iter().map(|chat| of(chat)).sum::<usize>();
        let (what, number) = match kind {
            WorkKind::Strangers => {
                let people = sum(|chat| chat.strangers as usize);
                (
                    format!(
                        "проверить посторонних и удалить из чата тех, кого в нём быть не должно: {}",
                        count(people, PEOPLE)
                    ),
                    people,
                )
            }
            WorkKind::Join => {
                let people = sum(|chat| chat.joined.map_or(0, |joined| joined.of - joined.done));
                (format!("пригласить тех, кто ещё не вступил: {}", count(people, PEOPLE)), people)
            }
            WorkKind::Doubtful => {
                let people = sum(|chat| chat.doubtful as usize);
                (format!("выяснить, кто подписан непонятно: {}", count(people, PEOPLE)), people)
            }
            _ => (format!("создать и прислать ссылки: {}", count(number, CHATS)), number),
        };
        let name = chats.first().and_then(|chat| chat.moderator.clone());
        let who = if self.is_homeroom(name.as_ref()) { Doer::Homeroom } else { Doer::Moderator };
        let work = Work { chats: titles(chats), ..self.entry(kind, who, name, what, number) };
        self.due(work, by)
    }

    fn is_homeroom(&self, name: Option<&PersonName>) -> bool {
        name.is_some() && name == self.one.homeroom.as_ref()
    }

    fn of_curator(&self, kind: WorkKind, what: String, number: usize) -> Work {
        self.entry(kind, Doer::Curator, Some(self.inputs.school.curator.name.clone()), what, number)
    }

    /// Work of the homeroom teacher; for the staff of the curator.
    fn of_teacher(&self, kind: WorkKind, what: String, number: usize) -> Work {
        if self.one.scope.class().is_none() {
            return self.of_curator(kind, what, number);
        }
        self.entry(kind, Doer::Homeroom, self.one.homeroom.clone(), what, number)
    }

    fn entry(&self, kind: WorkKind, who: Doer, name: Option<PersonName>, what: String, number: usize) -> Work {
        Work {
            class: self.one.name.clone(),
            scope: self.one.scope.clone(),
            kind,
            who,
            name: Person { name, names: self.inputs.names },
            what,
            number,
            by: None,
            overdue: false,
            chats: Vec::new(),
        }
    }

    fn due(&self, work: Work, by: Option<Date>) -> Work {
        Work { by, overdue: by.is_some_and(|by| by < self.inputs.date), ..work }
    }
}

fn titles(chats: &[&ChatStatus]) -> Vec<ChatTitle> {
    chats.iter().map(|chat| chat.title.clone()).collect()
}

/// «1 человека», «28 человек».
fn of_people(number: usize) -> String {
    count(number, Noun::new("человека", "человек", "человек"))
}
