//! What of a workspace is no table: the settings, the school's own templates, the words of the papers.
//!
//! Knows no table and nothing that is remembered.

use std::collections::BTreeMap;

use crate::links;
use crate::mail;
use crate::papers::{self, Wording};
use crate::roster::ColumnWords;
use crate::school::{Issue, IssueKind, Place, Preset, Settings};
use crate::workspace::{
    SETTINGS, TEMPLATES, Templates, Workspace, read_column_words, read_settings, regulation_template, sample_values,
};

/// What is not a table.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) settings: Settings,
    pub(crate) templates: Templates,
    pub(crate) wording: Wording,
}

/// The school's own templates.
pub(super) fn templates(workspace: &Workspace, issues: &mut Vec<Issue>) -> Templates {
    let own: BTreeMap<_, _> = workspace.template_texts().collect_into(issues).into_iter().collect();
    let templates = Templates::new(own);
    let regulations = Preset::ALL.map(regulation_template);
    let known = [&papers::TEMPLATES[..], &mail::TEMPLATES, &links::site::TEMPLATES, &regulations].concat();
    for name in templates.without_effect(&known) {
        issues.push(Issue::new(
            IssueKind::WithoutEffect,
            Place::file(format!("{TEMPLATES}/{name}")),
            "шаблона с таким именем нет, файл ни на что не влияет.",
            "Проверьте имя файла.",
        ));
    }
    templates
}

pub(super) fn settings(workspace: &Workspace, templates: &Templates, issues: &mut Vec<Issue>) -> Option<Settings> {
    match workspace.settings_text() {
        Ok(text) => {
            issues.extend(sample_values(&text, SETTINGS));
            read_settings(&text, SETTINGS, templates).collect_into(issues)
        }
        Err(issue) => {
            issues.push(issue);
            None
        }
    }
}

/// The school's own words for the columns of class lists; the settings tell what is wrong in them.
pub(super) fn columns(workspace: &Workspace) -> ColumnWords {
    workspace.settings_text().map(|text| read_column_words(&text, SETTINGS).value).unwrap_or_default()
}

/// The words of the papers; a template of the school that cannot be used is an issue.
pub(super) fn wording(templates: &Templates, issues: &mut Vec<Issue>) -> Option<Wording> {
    let read = Wording::read(|template| templates.text(template));
    read.map_err(|error| {
        let advice = "Исправьте файл или уберите его: тогда будет взят встроенный.";
        issues.push(Issue::new(IssueKind::SettingsSyntax, Place::file(TEMPLATES), error.to_string(), advice));
    })
    .ok()
}
