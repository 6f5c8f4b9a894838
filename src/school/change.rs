//! One difference between what is recorded and what should be.
//!
//! A plan shows them, a run records them as events, the papers of a change speak of them.

use super::{
    ChatKey, ChatTitle, ClassName, Edition, NameDetail, OldChatState, PaperId, PersonId, PersonName, Place, Scope,
    dotted,
};

/// A change with its reason and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The class it is shown at, or the school.
    pub scope: Scope,
    /// What changes.
    pub what: ChangeKind,
    /// Why, in a few Russian words without a full stop: «нет в списках», «новая строка». Empty where it is plain.
    pub why: String,
    /// The row that says so, as far as there is one.
    pub source: Option<Place>,
}

/// A pupil in a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PupilRef {
    /// The local id.
    pub id: PersonId,
    /// The name.
    pub name: PersonName,
    /// What tells the pupil from namesakes.
    pub detail: NameDetail,
}

/// What changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// A pupil who was not known.
    Arrived(PupilRef),
    /// A pupil who is in no list any more.
    Left(PupilRef),
    /// A pupil comes from another class.
    MovedIn {
        /// The pupil.
        pupil: PupilRef,
        /// The class before.
        from: ClassName,
    },
    /// A pupil goes to another class.
    MovedOut {
        /// The pupil.
        pupil: PupilRef,
        /// The class now.
        to: ClassName,
    },
    /// A pupil's name is another one now, or is spelt in another way.
    Renamed {
        /// The pupil with the name now.
        pupil: PupilRef,
        /// The name before.
        from: PersonName,
    },
    /// A pupil's date of birth was corrected or added.
    BirthDate {
        /// The pupil.
        pupil: PupilRef,
    },
    /// A parent who was not known.
    GuardianAdded {
        /// The pupil.
        pupil: PupilRef,
        /// The local id of the parent.
        id: Option<PersonId>,
        /// The parent; `None` where only a telephone or an address is known.
        name: Option<PersonName>,
    },
    /// A parent whom the lists do not name any more.
    GuardianRemoved {
        /// The pupil.
        pupil: PupilRef,
        /// The parent.
        name: Option<PersonName>,
    },
    /// A parent with another name, telephone or address.
    GuardianChanged {
        /// The pupil.
        pupil: PupilRef,
        /// The parent as named now.
        name: Option<PersonName>,
        /// The name before, where it was another one.
        from: Option<PersonName>,
        /// What is new, in Russian: «телефон», «имя».
        part: String,
    },
    /// A class that was not known.
    ClassNew,
    /// A class that is in no list any more.
    ClassGone,
    /// A class that goes up a year.
    ClassUp {
        /// Its name before.
        from: ClassName,
    },
    /// Another homeroom teacher, or the first or none.
    Homeroom {
        /// Before.
        from: Option<PersonName>,
        /// Now.
        to: Option<PersonName>,
    },
    /// Another address of the homeroom teacher.
    HomeroomAddress,
    /// A chat to be created.
    ChatNew(ChatRef),
    /// A chat to be retitled.
    ChatRetitled {
        /// The chat with its title now.
        chat: ChatRef,
        /// The title before.
        from: ChatTitle,
    },
    /// A chat with another moderator.
    ChatModerator {
        /// The chat.
        chat: ChatRef,
        /// Before.
        from: Option<PersonName>,
        /// Now.
        to: Option<PersonName>,
    },
    /// A chat to be closed.
    ChatClosed(ChatRef),
    /// A chat has its first link.
    LinkReceived(ChatRef),
    /// A chat has another link.
    LinkReplaced(ChatRef),
    /// A chat has no valid link any more.
    LinkGone(ChatRef),
    /// The link of a chat was made void by a person.
    LinkVoid {
        /// The chat.
        chat: ChatRef,
        /// How.
        end: LinkEnd,
    },
    /// A link that no paper carries was taken back by a person.
    LinkTakenBack(ChatRef),
    /// Papers of a chat carry another address of the school's own site; the one before leads nowhere.
    AddressNew(ChatRef),
    /// An old chat in a foreign messenger has come further on its way to a new one, or back.
    OldChat {
        /// The chat that replaces it, as far as there is one.
        chat: Option<ChatRef>,
        /// «Viber «7А родители»».
        old: String,
        /// How far it had come.
        from: OldChatState,
        /// How far it has come.
        to: OldChatState,
    },
    /// A person is to be removed from a chat by its moderator (31.4.7: never by preference).
    Removal {
        /// The chat.
        chat: ChatRef,
        /// Who, as the moderator looks for the person: «Иванова Анна Петровна (родитель: Иванов Пётр)».
        who: String,
        /// The pupil who goes, or whose parent does; `None` for a member of the staff.
        pupil: Option<PersonId>,
    },
    /// A person who gets no slip is to be admitted to a chat that exists, by its moderator.
    Admission {
        /// The chat.
        chat: ChatRef,
        /// Who.
        who: String,
    },
    /// A paper is issued for the first time.
    PaperNew(PaperRef),
    /// A paper is issued anew because its content changed.
    PaperRenewed(PaperRef),
    /// A paper that holds is printed once more, with the version that it has.
    PaperCopied(PaperRef),
    /// A paper that was handed out holds no longer.
    PaperVoid {
        /// The paper.
        paper: PaperRef,
        /// Its version and date.
        edition: Edition,
    },
}

/// How a person makes a link void.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkEnd {
    /// It is revoked, and a new one takes its place.
    Reissue,
    /// It is revoked, and none is expected.
    Revoke,
    /// It is annulled, because not everybody used it in time (bel 4.1, 31.2.1, 65.5.3).
    Expire,
}

/// A chat in a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatRef {
    /// The key.
    pub key: ChatKey,
    /// The title.
    pub title: ChatTitle,
}

/// A paper in a change, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRef {
    /// Which.
    pub id: PaperId,
    /// «талон, 7А — родители, Иванов Пётр», as people call it.
    pub words: String,
}

impl PupilRef {
    /// «Кузьмин Илья Егорович», «Кузьмин Илья Егорович (род. 03.03)».
    fn words(&self) -> String {
        self.detail.full(&self.name)
    }

    fn words_in_brackets(&self) -> String {
        self.detail.full_in_brackets(&self.name)
    }
}

impl Change {
    /// The name before of a pupil or of a parent in recorded words ([`Self::words`]): «новое имя: Сосна Яна (было: Ёлкина Яна)».
    pub fn name_before(words: &str) -> Option<&str> {
        let (_, rest) = words.strip_suffix(')')?.rsplit_once("(было: ")?;
        Some(rest.split_once("; ученик: ").map_or(rest, |(name, _)| name))
    }

    /// The name of the kind in JSON and in the store.
    pub fn kind_id(&self) -> &'static str {
        match &self.what {
            ChangeKind::Arrived(_) => "arrived",
            ChangeKind::Left(_) => "left",
            ChangeKind::MovedIn { .. } => "moved_in",
            ChangeKind::MovedOut { .. } => "moved_out",
            ChangeKind::Renamed { .. } => "renamed",
            ChangeKind::BirthDate { .. } => "birth_date",
            ChangeKind::GuardianAdded { .. } => "guardian_added",
            ChangeKind::GuardianRemoved { .. } => "guardian_removed",
            ChangeKind::GuardianChanged { .. } => "guardian_changed",
            ChangeKind::ClassNew => "class_new",
            ChangeKind::ClassGone => "class_gone",
            ChangeKind::ClassUp { .. } => "class_up",
            ChangeKind::Homeroom { .. } => "homeroom",
            ChangeKind::HomeroomAddress => "homeroom_address",
            ChangeKind::ChatNew(_) => "chat_new",
            ChangeKind::ChatRetitled { .. } => "chat_retitled",
            ChangeKind::ChatModerator { .. } => "chat_moderator",
            ChangeKind::ChatClosed(_) => "chat_closed",
            ChangeKind::LinkReceived(_) => "link_received",
            ChangeKind::LinkReplaced(_) => "link_replaced",
            ChangeKind::LinkGone(_) => "link_gone",
            ChangeKind::LinkVoid { end: LinkEnd::Reissue, .. } => "link_reissued",
            ChangeKind::LinkVoid { end: LinkEnd::Revoke, .. } => "link_revoked",
            ChangeKind::LinkVoid { end: LinkEnd::Expire, .. } => "link_expired",
            ChangeKind::LinkTakenBack(_) => "link_taken_back",
            ChangeKind::AddressNew(_) => "address_new",
            ChangeKind::OldChat { .. } => "old_chat",
            ChangeKind::Removal { .. } => "removal",
            ChangeKind::Admission { .. } => "admission",
            ChangeKind::PaperNew(_) => "paper_new",
            ChangeKind::PaperRenewed(_) => "paper_renewed",
            ChangeKind::PaperCopied(_) => "paper_copied",
            ChangeKind::PaperVoid { .. } => "paper_void",
        }
    }

    /// The pupil it is about.
    pub fn pupil(&self) -> Option<&PupilRef> {
        match &self.what {
            ChangeKind::Arrived(pupil)
            | ChangeKind::Left(pupil)
            | ChangeKind::MovedIn { pupil, .. }
            | ChangeKind::MovedOut { pupil, .. }
            | ChangeKind::Renamed { pupil, .. }
            | ChangeKind::BirthDate { pupil }
            | ChangeKind::GuardianAdded { pupil, .. }
            | ChangeKind::GuardianRemoved { pupil, .. }
            | ChangeKind::GuardianChanged { pupil, .. } => Some(pupil),
            _ => None,
        }
    }

    /// The chat it is about.
    pub fn chat(&self) -> Option<&ChatRef> {
        match &self.what {
            ChangeKind::ChatNew(chat)
            | ChangeKind::ChatRetitled { chat, .. }
            | ChangeKind::ChatModerator { chat, .. }
            | ChangeKind::ChatClosed(chat)
            | ChangeKind::LinkReceived(chat)
            | ChangeKind::LinkReplaced(chat)
            | ChangeKind::LinkGone(chat)
            | ChangeKind::LinkVoid { chat, .. }
            | ChangeKind::LinkTakenBack(chat)
            | ChangeKind::AddressNew(chat)
            | ChangeKind::Removal { chat, .. }
            | ChangeKind::Admission { chat, .. } => Some(chat),
            ChangeKind::OldChat { chat, .. } => chat.as_ref(),
            _ => None,
        }
    }

    /// What changes, in Russian, without the class and without the reason: «прибыл(а): Иванов Пётр Ильич».
    pub fn words(&self) -> String {
        let nobody = || "никто не назван".to_owned();
        let person = |name: &Option<PersonName>| name.as_ref().map_or_else(nobody, ToString::to_string);
        let parent =
            |name: &Option<PersonName>| name.as_ref().map_or_else(|| "без имени".to_owned(), ToString::to_string);
        match &self.what {
            ChangeKind::Arrived(pupil) => format!("прибыл(а): {}", pupil.words()),
            ChangeKind::Left(pupil) => format!("выбыл(а): {}", pupil.words()),
            ChangeKind::MovedIn { pupil, from } => format!("переведён(а) из {from}: {}", pupil.words()),
            ChangeKind::MovedOut { pupil, to } => format!("переведён(а) в {to}: {}", pupil.words()),
            ChangeKind::Renamed { pupil, from } => format!("новое имя: {} (было: {from})", pupil.words()),
            ChangeKind::BirthDate { pupil } => format!("исправлена дата рождения: {}", pupil.words()),
            ChangeKind::GuardianAdded { pupil, id: _, name } => {
                format!("новый родитель: {} (ученик: {})", parent(name), pupil.words_in_brackets())
            }
            ChangeKind::GuardianRemoved { pupil, name } => {
                format!("родителя больше нет в списках: {} (ученик: {})", parent(name), pupil.words_in_brackets())
            }
            ChangeKind::GuardianChanged { pupil, name, from, part } => {
                let was = from.as_ref().map(|from| format!("было: {from}; ")).unwrap_or_default();
                let pupil = pupil.words_in_brackets();
                format!("изменились сведения о родителе ({part}): {} ({was}ученик: {pupil})", parent(name))
            }
            ChangeKind::ClassNew => "новый класс".to_owned(),
            ChangeKind::ClassGone => "класса больше нет".to_owned(),
            ChangeKind::ClassUp { from } => format!("класс перешёл из {from}"),
            ChangeKind::Homeroom { from: None, to } => format!("классный руководитель: {}", person(to)),
            ChangeKind::Homeroom { from, to } => {
                format!("классный руководитель теперь {} (раньше: {})", person(to), person(from))
            }
            ChangeKind::HomeroomAddress => "у классного руководителя другой адрес почты".to_owned(),
            ChangeKind::ChatNew(chat) => format!("создать чат «{}»", chat.title),
            ChangeKind::ChatRetitled { chat, from } => format!("переименовать чат «{from}» в «{}»", chat.title),
            ChangeKind::ChatModerator { chat, from, to } => {
                format!("чат «{}»: модератор теперь {} (раньше: {})", chat.title, person(to), person(from))
            }
            ChangeKind::ChatClosed(chat) => format!("закрыть чат «{}»", chat.title),
            ChangeKind::LinkReceived(chat) => format!("получена ссылка чата «{}»", chat.title),
            ChangeKind::LinkReplaced(chat) => format!("ссылка чата «{}» заменена", chat.title),
            ChangeKind::LinkGone(chat) => format!("у чата «{}» больше нет ссылки", chat.title),
            ChangeKind::LinkVoid { chat, end: LinkEnd::Reissue } => {
                format!("обновить в MAX ссылку чата «{}» и прислать новую: прежняя отозвана", chat.title)
            }
            ChangeKind::LinkVoid { chat, end: LinkEnd::Revoke } => {
                format!("обновить в MAX ссылку чата «{}» и никому её не давать: прежняя отозвана", chat.title)
            }
            ChangeKind::LinkVoid { chat, end: LinkEnd::Expire } => {
                format!("обновить в MAX ссылку чата «{}» и никому её не давать: прежняя аннулирована", chat.title)
            }
            ChangeKind::LinkTakenBack(chat) => {
                format!("отменена ссылка чата «{}», которой ещё не было на бумагах", chat.title)
            }
            ChangeKind::AddressNew(chat) => {
                format!("новый адрес на сайте школы у чата «{}»: прежний отозван", chat.title)
            }
            ChangeKind::OldChat { old, from, to, .. } => {
                format!("прежний чат {old}: {} (было: {})", to.words(), from.words())
            }
            ChangeKind::Removal { chat, who, .. } => format!("удалить из чата «{}»: {who}", chat.title),
            ChangeKind::Admission { chat, who } => format!("включить в чат «{}»: {who}", chat.title),
            ChangeKind::PaperNew(paper) => format!("выпустить: {}", paper.words),
            ChangeKind::PaperRenewed(paper) => format!("выпустить заново: {}", paper.words),
            ChangeKind::PaperCopied(paper) => format!("напечатать ещё раз: {}", paper.words),
            ChangeKind::PaperVoid { paper, edition } => {
                format!("уничтожить: {}, версия {} от {}", paper.words, edition.version, dotted(edition.issued))
            }
        }
    }
}
