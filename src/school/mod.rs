//! The values every step shares: plain data and pure functions.
//!
//! Nothing here opens a file, asks for the time, prints or knows which step uses it. A value that stands here is
//! already right: every text with a rule is parsed once, at the edge, into a type that cannot hold a wrong one.

mod acknowledgement;
mod base_url;
mod change;
mod change_sheet;
mod chat;
mod chat_progress;
mod chat_roll;
mod checked;
mod class_name;
mod date;
mod edition;
mod email;
mod family;
mod file_name;
mod fold;
mod group;
mod issue;
pub mod letter_kind;
mod link;
mod load;
mod mail_server;
mod namesake;
mod natural;
mod news;
mod old_chat;
mod one_line;
mod person_id;
mod person_name;
mod phone;
mod piece;
mod place;
mod plural;
mod policy_sum;
mod profile;
mod progress;
mod quote;
mod regulation;
mod roster;
mod school_state;
mod school_year;
mod service;
mod settings;
mod signature;
mod signatures;
mod signed_rules;
mod stable_id;
mod staff;
mod template;
mod title_template;
mod token;

pub use acknowledgement::{Acknowledgement, AcknowledgementMark, Acknowledgements, Reading, Signer};
pub use base_url::{BaseUrl, BaseUrlError};
pub use change::{Change, ChangeKind, ChatRef, LinkEnd, PaperRef, PupilRef};
pub use change_sheet::{AdmissionTask, ChangeSheet, RemovalTask, VoidPaper};
pub use chat::{Audience, Chat, ChatKey, ChatKind, ChatTitle, ChatTitleError, Member, MemberRole};
pub use chat_progress::{ChatOrigin, ChatProgress, ChatStage, HandedOut, Joined, LinkStanding};
pub use chat_roll::{ChatRoll, RollMember};
pub use checked::Checked;
pub use class_name::{ClassName, ClassNameError};
pub use date::{dotted, long_date};
pub use edition::Edition;
pub use email::{Email, EmailError};
pub use family::{Family, FamilyChild};
pub use file_name::file_name;
pub use fold::{fold, visible};
pub(crate) use fold::{folded_letters, is_invisible, is_letter, lower_letters, lowercase, text_in_nfc};
pub use group::{Group, GroupKind, Groups, Participant};
pub use issue::{Issue, IssueKind, Severity};
pub use link::{ChatLinks, LinkState, LinkUrl};
pub use load::{Lesson, TeachingLoad};
pub use mail_server::{MailProvider, MailSecurity, MailServer, PasswordSource};
pub use namesake::NameDetail;
pub use natural::natural;
pub use news::{News, NewsKind};
pub use old_chat::{OldAudience, OldChat, OldChatKey, OldChatRecord, OldChatState, OldChats, Whose};
pub use one_line::one_line;
pub use person_id::{PersonId, PersonIdError};
pub use person_name::PersonName;
pub use phone::{Phone, PhoneError};
pub use piece::{Draft, Editions, Fingerprint, FingerprintError, Piece, Scope};
pub use place::{Cell, Place, column_letters};
pub use plural::{Noun, count};
pub use policy_sum::policy_sum;
pub use profile::{Official, School};
pub use progress::{Progress, Step};
pub use quote::quotable;
pub use regulation::{
    Act, Hours, HoursError, Measure, MeasureKind, Platform, PosterRule, Preset, Regulation, Rule, RuleSet, WeekDays,
};
pub use roster::{Guardian, Roster, SchoolClass, Student};
pub use school_state::{IssuedPaper, PaperId, SchoolState, StaffContact};
pub use school_year::{SchoolYear, SchoolYearError};
pub use service::Service;
pub use settings::{
    ChatSettings, Deadlines, GradeRange, LinkMode, LinkSettings, MailSettings, NewYear, OptionalPaper, PaperSettings,
    Settings, SlipsPerPage,
};
pub use signature::{Signature, SignatureDay, SignerId, SigningState};
pub use signatures::{EntryKind, RowAge, SignatureEntry, Signatures, WrittenRow};
pub use stable_id::{StableId, StableIdError};
pub use staff::{Homeroom, Staff, StaffMember, StaffRole};
pub use template::Template;
pub use title_template::{TemplateFault, TitleTemplate, TitleWord};
pub use token::{NoRandomness, Token, TokenError};
