//! The exact titles to type in the app, no two alike.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::template::{Template, Word, default_template};
use super::{SchoolYear, planner::SETTINGS_FILE};
use crate::school::{Chat, ChatKey, ChatKind, ChatTitle, ChatTitleError, Issue, IssueKind, Place, Settings};

/// Gives drafts their titles and remembers which are taken.
pub(super) struct Titles {
    templates: BTreeMap<ChatKind, Template>,
    school: String,
    year: String,
    taken: BTreeMap<String, ChatTitle>,
    keys: BTreeSet<ChatKey>,
}

impl Titles {
    /// The templates of the settings laid over the defaults; one that cannot be read is an issue, and the default
    /// stands in for it.
    pub(super) fn new(settings: &Settings, year: SchoolYear, issues: &mut Vec<Issue>) -> Self {
        let mut templates = BTreeMap::new();
        for kind in settings.chats.kinds.iter().copied() {
            let own = settings.chats.titles.get(&kind).map(|text| (text, Template::read(kind, text)));
            if let Some((text, Err(fault))) = &own {
                let message = format!("Шаблон названия «{text}» ({}, ключ {}): {fault}.", kind.words(), kind.id());
                let advice = format!("Исправьте шаблон; без него название строится так: «{}».", default_template(kind));
                issues.push(Issue::new(IssueKind::BadTitle, Place::file(SETTINGS_FILE), message, advice));
            }
            let template = own.and_then(|(_, read)| read.ok());
            let template = template.or_else(|| Template::read(kind, default_template(kind)).ok());
            templates.extend(template.map(|template| (kind, template)));
        }
        Self {
            templates,
            school: settings.school.short_name.clone(),
            year: year.to_string(),
            taken: BTreeMap::new(),
            keys: BTreeSet::new(),
        }
    }

    /// The chat under its title; `None` with an issue where there can be none.
    pub(super) fn give(&mut self, draft: Draft, issues: &mut Vec<Issue>) -> Option<Chat> {
        let place = draft.place.clone().unwrap_or_else(|| Place::file(SETTINGS_FILE));
        let title = match self.title(&draft) {
            Ok(title) => title,
            Err(fault) => {
                let message = format!("У чата «{}» {fault}.", draft.key);
                let advice = match fault {
                    ChatTitleError::TooLong => format!(
                        "Сократите название в этой строке или шаблон названий вида {} в файле {SETTINGS_FILE}.",
                        draft.kind.id()
                    ),
                    ChatTitleError::Empty => {
                        format!("Исправьте шаблон названий вида {} в файле {SETTINGS_FILE}.", draft.kind.id())
                    }
                };
                issues.push(Issue::new(IssueKind::BadTitle, place, message, advice));
                return None;
            }
        };
        if !self.keys.insert(draft.key.clone()) {
            let message = format!("Чат «{title}» не отличить от другого: у обоих ключ «{}».", draft.key);
            let advice = "Назовите одну из групп иначе, не только другими знаками препинания.";
            issues.push(Issue::new(IssueKind::RepeatedTitle, place, message, advice));
            return None;
        }
        // Only case and «ё» are set aside: «1.1 родители» and «11 родители» are two titles.
        let alike = title.as_str().to_lowercase().replace('ё', "е");
        if let Some(other) = self.taken.get(&alike) {
            let message = format!("Название «{other}» получается у двух чатов, второй из них — «{}».", draft.key);
            issues.push(Issue::new(IssueKind::RepeatedTitle, place, message, distinguish(&draft)));
        } else {
            self.taken.insert(alike, title.clone());
        }
        Some(draft.titled(title))
    }

    fn title(&self, draft: &Draft) -> Result<ChatTitle, ChatTitleError> {
        let class = draft.class.as_ref().map(ToString::to_string);
        let text = self.templates.get(&draft.kind).map(|template| {
            template.fill(|word| match word {
                Word::Class => class.as_deref(),
                Word::Subject | Word::Name => draft.topic.as_deref(),
                Word::Group => draft.group.as_deref(),
                Word::School => Some(&self.school),
                Word::Year => Some(&self.year),
            })
        });
        text.unwrap_or_default().parse()
    }
}

/// What makes the title of a chat differ from all others.
fn distinguish(draft: &Draft) -> String {
    let word = match draft.kind {
        ChatKind::ClassSubject if draft.group.is_some() => "{предмет} и {группа}",
        ChatKind::ClassSubject => "{предмет}",
        ChatKind::ClassStudents | ChatKind::ClassParents | ChatKind::ClassTeachers => "{класс}",
        ChatKind::Course | ChatKind::Extracurricular | ChatKind::Event | ChatKind::Methodical => {
            return format!(
                "Переименуйте группу в этой строке или добавьте слово в шаблон названий вида {} в файле {SETTINGS_FILE}.",
                draft.kind.id()
            );
        }
        _ => return format!("Измените шаблон названия вида {} в файле {SETTINGS_FILE}.", draft.kind.id()),
    };
    format!("Добавьте {word} в шаблон названий вида {} в файле {SETTINGS_FILE}.", draft.kind.id())
}
