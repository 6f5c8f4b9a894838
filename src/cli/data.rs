//! Everything a command reads, in one pass: all problems of all files together.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use super::error::CommandError;
use crate::links;
use crate::mail::{self, LetterTemplates};
use crate::papers::{self, Wording};
use crate::plan::{self, ChatPlan, SchoolYear};
use crate::roster;
use crate::school::{
    ChatLinks, Groups, Issue, IssueKind, Place, Preset, Roster, Settings, Severity, Staff, TeachingLoad,
};
use crate::tables::Source;
use crate::workspace::{Inputs, SETTINGS, Templates, Workspace, read_settings, regulation_template};

/// What was read of a workspace, with everything that was wrong.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The workspace; `None` where there is none.
    workspace: Option<Workspace>,
    /// What could be understood; `None` where the settings cannot be used.
    data: Option<Data>,
    /// All problems of all files.
    pub(crate) issues: Vec<Issue>,
}

/// The values of a workspace.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) settings: Settings,
    pub(crate) templates: Templates,
    pub(crate) roster: Roster,
    pub(crate) plan: ChatPlan,
    pub(crate) links: ChatLinks,
    /// Where the links were read from; `None` where there is no register yet.
    pub(crate) register: Option<Source>,
}

/// A workspace that may be worked on.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) workspace: Workspace,
    pub(crate) data: Data,
    /// The problems that do not stop the work.
    pub(crate) issues: Vec<Issue>,
}

/// Reads a workspace as it stands `on` a day.
pub(crate) fn read(folder: &Path, on: Date) -> Reading {
    let workspace = match Workspace::open(folder) {
        Ok(workspace) => workspace,
        Err(issue) => return Reading { workspace: None, data: None, issues: vec![issue] },
    };
    let mut issues = Vec::new();
    let (settings, templates) = settings(&workspace, &mut issues);
    let inputs = workspace.inputs().collect_into(&mut issues);
    let tables = Tables::read(&inputs, on, &mut issues);
    let data = settings.map(|settings| {
        let plan_inputs = plan::Inputs {
            settings: &settings,
            roster: &tables.roster,
            staff: &tables.staff,
            load: &tables.load,
            groups: &tables.groups,
        };
        let plan = plan::plan(&plan_inputs, SchoolYear::of(on)).collect_into(&mut issues);
        let platform = settings.regulation.platform;
        let links = match &inputs.links {
            Some(source) => {
                links::read_register(source, &plan.chats().collect::<Vec<_>>(), platform).collect_into(&mut issues)
            }
            None => ChatLinks::default(),
        };
        Data { roster: tables.roster, settings, templates, plan, links, register: inputs.links.clone() }
    });
    Reading { workspace: Some(workspace), data, issues }
}

impl Reading {
    /// The workspace, unless something stops the work.
    pub(crate) fn ready(self) -> Result<Ready, CommandError> {
        let Self { workspace, data, issues } = self;
        match (workspace, data) {
            (Some(workspace), Some(data)) if !issues.iter().any(Issue::stops_everything) => {
                Ok(Ready { workspace, data, issues })
            }
            _ => Err(CommandError::inputs(
                issues,
                "с такими исходными данными работать нельзя; ничего не записано.",
                "Исправьте то, что отмечено словом «ошибка», и запустите команду снова.",
            )),
        }
    }
}

impl Data {
    /// The words of the papers.
    pub(crate) fn wording(&self) -> Result<Wording, CommandError> {
        Wording::read(|template| self.templates.text(template)).map_err(|error| template_error(&error))
    }

    /// The templates of the letters.
    pub(crate) fn letter_templates(&self) -> LetterTemplates<'_> {
        LetterTemplates::read(|template| self.templates.text(template))
    }
}

fn template_error(error: &impl std::fmt::Display) -> CommandError {
    CommandError::inputs(
        Vec::new(),
        format!("{error}; ничего не записано."),
        "Исправьте файл в папке «шаблоны» или уберите его: тогда будет взят встроенный.",
    )
}

fn settings(workspace: &Workspace, issues: &mut Vec<Issue>) -> (Option<Settings>, Templates) {
    let own: BTreeMap<_, _> = workspace.template_texts().collect_into(issues).into_iter().collect();
    let templates = Templates::new(own);
    let regulations = Preset::ALL.map(regulation_template);
    let known = [&papers::TEMPLATES[..], &mail::TEMPLATES, &regulations].concat();
    for name in templates.without_effect(&known) {
        issues.push(Issue::new(
            IssueKind::WithoutEffect,
            Place::file(format!("шаблоны/{name}")),
            "шаблона с таким именем нет, файл ни на что не влияет.",
            "Проверьте имя файла.",
        ));
    }
    let settings = match workspace.settings_text() {
        Ok(text) => read_settings(&text, SETTINGS, &templates).collect_into(issues),
        Err(issue) => {
            issues.push(issue);
            None
        }
    };
    (settings, templates)
}

/// The tables of people.
#[derive(Debug, Default)]
struct Tables {
    roster: Roster,
    staff: Staff,
    load: TeachingLoad,
    groups: Groups,
}

impl Tables {
    fn read(inputs: &Inputs, today: Date, issues: &mut Vec<Issue>) -> Self {
        let before = issues.len();
        // Without a single file the missing folder or the empty one is already said.
        let roster = match inputs.rosters.as_slice() {
            [] => Roster::default(),
            sources => roster::read(sources, today).collect_into(issues),
        };
        let mut tables = Self { roster, ..Self::default() };
        if let Some(source) = &inputs.staff {
            tables.staff = roster::read_staff(source).collect_into(issues);
        }
        if let Some(source) = &inputs.load {
            tables.load = roster::read_load(source).collect_into(issues);
        }
        if let Some(source) = &inputs.groups {
            tables.groups = roster::read_groups(source).collect_into(issues);
        }
        // Lists without a pupil, or a file that could not be read at all, would make every class and teacher of the
        // other tables unknown.
        let unread = |issue: &Issue| issue.severity() == Severity::Error && issue.place.cell.is_none();
        if inputs.staff.is_some() && !tables.roster.classes.is_empty() && !issues[before..].iter().any(unread) {
            issues.extend(roster::cross_check(&tables.roster, &tables.staff, &tables.load, &tables.groups));
        }
        tables
    }
}
