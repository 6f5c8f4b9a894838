//! The school's own templates of letters, judged before anything is written.

use crate::mail::{LetterTemplates, TemplateFault};
use crate::school::{Issue, IssueKind, Place};
use crate::workspace::{TEMPLATES, Templates};

/// What is wrong with them: with such a template papers would be issued and no letter composed.
pub(super) fn faults(templates: &Templates) -> Vec<Issue> {
    let letters = LetterTemplates::read(|template| templates.text(template));
    let faults = letters.faults(|template| templates.is_own(template));
    faults.into_iter().map(issue).collect()
}

fn issue(fault: TemplateFault) -> Issue {
    let TemplateFault { file, line, reason } = fault;
    let file = format!("{TEMPLATES}/{file}");
    let place = line.map_or_else(|| Place::file(&file), |line| Place::line(&file, line));
    let advice = "Исправьте файл или уберите его: тогда будет взят встроенный.";
    Issue::new(IssueKind::SettingsSyntax, place, format!("Шаблон письма не подходит: {reason}."), advice)
}
