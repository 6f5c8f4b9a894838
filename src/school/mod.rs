//! The values every step shares: plain data and pure functions.
//!
//! Nothing here opens a file, asks for the time, prints or knows which step uses it. A value that stands here is
//! already right: every text with a rule is parsed once, at the edge, into a type that cannot hold a wrong one.

mod chat;
mod checked;
mod class_name;
mod date;
mod edition;
mod email;
mod file_name;
mod fold;
mod group;
mod issue;
mod link;
mod load;
mod one_line;
mod person_name;
mod phone;
mod place;
mod plural;
mod profile;
mod progress;
mod quote;
mod regulation;
mod roster;
mod service;
mod settings;
mod staff;
mod template;
mod title_template;

pub use chat::{Audience, Chat, ChatKey, ChatKind, ChatTitle, ChatTitleError, Member, MemberRole};
pub use checked::Checked;
pub use class_name::{ClassName, ClassNameError};
pub use date::{dotted, long_date};
pub use edition::Edition;
pub use email::{Email, EmailError};
pub use file_name::file_name;
pub use fold::{fold, visible};
pub(crate) use fold::{is_invisible, is_letter, lowercase, text_in_nfc};
pub use group::{Group, GroupKind, Groups};
pub use issue::{Issue, IssueKind, Severity};
pub use link::{ChatLinks, LinkState, LinkUrl};
pub use load::{Lesson, TeachingLoad};
pub use one_line::one_line;
pub use person_name::PersonName;
pub use phone::{Phone, PhoneError};
pub use place::{Cell, Place, column_letters};
pub use plural::{Noun, count};
pub use profile::{Official, School};
pub use progress::{Progress, Step};
pub use quote::quotable;
pub use regulation::{Act, Hours, HoursError, Platform, PosterRule, Preset, Regulation, Rule, RuleSet, WeekDays};
pub use roster::{Guardian, Roster, SchoolClass, Student};
pub use service::Service;
pub use settings::{ChatSettings, Deadlines, GradeRange, MailSettings, PaperSettings, Settings, SlipsPerPage};
pub use staff::{Homeroom, Staff, StaffMember, StaffRole};
pub use template::Template;
pub use title_template::{TemplateFault, TitleTemplate, TitleWord};
