//! The exact titles to type in the app, no two alike.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Titled};
use super::planner::SETTINGS_FILE;
use crate::school::{
    ChatKey, ChatKind, ChatTitle, ChatTitleError, Issue, IssueKind, Place, SchoolYear, Settings, TitleTemplate,
    TitleWord, lowercase,
};

/// Gives drafts their titles and remembers which are taken.
pub(super) struct Titles {
    templates: BTreeMap<ChatKind, TitleTemplate>,
    school: String,
    year: String,
    taken: BTreeMap<String, ChatTitle>,
    keys: BTreeSet<ChatKey>,
}

impl Titles {
    /// Titles by the templates of the settings.
    pub(super) fn new(settings: &Settings, year: SchoolYear) -> Self {
        let template = |kind: &ChatKind| {
            let own = settings.chats.titles.get(kind).cloned();
            (*kind, own.unwrap_or_else(|| TitleTemplate::built_in(*kind)))
        };
        let templates = settings.chats.kinds.iter().map(template).collect();
        Self {
            templates,
            school: settings.school.short_name.clone(),
            year: year.to_string(),
            taken: BTreeMap::new(),
            keys: BTreeSet::new(),
        }
    }

    /// The chat under its title; `None` with an issue where there can be none.
    pub(super) fn give(&mut self, draft: Draft, issues: &mut Vec<Issue>) -> Option<Titled> {
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
        let alike = lowercase(title.as_str()).replace('ё', "е");
        if let Some(other) = self.taken.get(&alike) {
            let message = format!("Название «{other}» получается у двух чатов, второй из них — «{}».", draft.key);
            issues.push(Issue::new(IssueKind::RepeatedTitle, place, message, distinguish(&draft)));
        } else {
            self.taken.insert(alike, title.clone());
        }
        Some(Titled { draft, title })
    }

    fn title(&self, draft: &Draft) -> Result<ChatTitle, ChatTitleError> {
        let class = draft.class.as_ref().map(ToString::to_string);
        let text = self.templates.get(&draft.kind).map(|template| {
            template.fill(|word| match word {
                TitleWord::Class => class.as_deref(),
                TitleWord::Subject | TitleWord::Name => draft.topic.as_deref(),
                TitleWord::Group => draft.group.as_deref(),
                TitleWord::School => Some(&self.school),
                TitleWord::Year => Some(&self.year),
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
