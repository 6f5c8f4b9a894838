//! Everything a command reads, in one pass: all problems of all files together.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;

use super::error::CommandError;
use super::own_letters;
use super::planning::{Known, Past, People, ShiftedGroup, shifted_groups};
use super::register_file::FORMER;
use super::{ack_table, ids};
use crate::links::{self, RegisterRows, RegisterYear, Remembered};
use crate::mail::{self, LetterTemplates};
use crate::papers::{self, ChatSheet, ChildCode, ClassPapers, DraftFacts, FamilyCodes, Transfer, WholeSchool, Wording};
use crate::plan::{self, ChatPlan, ClassPlan, Moving, MovingInputs};
use crate::report::{Gave, ReadFile};
use crate::roster::identity::Intake;
use crate::roster::{self, ColumnWords};
use crate::school::{
    Chat, ChatKey, ChatKind, ChatLinks, Checked, ClassName, Deadlines, Edition, Editions, Family, FamilyChild, Groups,
    Issue, IssueKind, LinkMode, LinkState, OldChats, OptionalPaper, Place, Preset, Roster, SchoolYear, Settings,
    Severity, Staff, TeachingLoad, Token, dotted,
};
use crate::tables::Source;
use crate::workspace::{
    InputTable, Inputs, Outputs, SETTINGS, TEMPLATES, Templates, Workspace, read_column_words, read_settings,
    regulation_template, sample_values,
};

/// The version of papers that have none yet.
const FIRST_VERSION: u32 = 1;

/// What was read of a workspace, with everything that was wrong.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The workspace; `None` where there is none.
    workspace: Option<Workspace>,
    /// What could be understood; `None` where the settings cannot be used.
    data: Option<Data>,
    /// What each file gave, in the order of reading.
    pub(crate) files: Vec<ReadFile>,
    /// All problems of all files.
    pub(crate) issues: Vec<Issue>,
}

/// What to do about errors in the inputs.
pub(crate) const MEND_ERRORS: &str = "Исправьте то, что отмечено как ошибки, и запустите команду снова.";

/// The values of a workspace.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) settings: Settings,
    pub(crate) templates: Templates,
    /// The words of the papers.
    pub(crate) wording: Wording,
    /// The pupils and parents, each with an id; whoever waits for an answer is as recorded.
    pub(crate) roster: Roster,
    pub(crate) staff: Staff,
    /// Who of the lists is who of the store.
    pub(crate) people: People,
    /// Groups that would get other children, because their classes have gone up.
    pub(crate) shifted_groups: Vec<ShiftedGroup>,
    /// What the store remembers, in the names of now.
    pub(crate) past: Past,
    pub(crate) plan: ChatPlan,
    /// The chats of foreign messengers and what replaces them.
    pub(crate) moving: Moving,
    /// The same as the order tells it.
    transfers: Vec<Transfer>,
    /// The families whose children learn in several classes, where they get sheets of their own.
    families: Vec<FamilyCodes>,
    /// The school year of the classes in the lists: in July they may still be those of the year that ends.
    pub(crate) classes_year: SchoolYear,
    pub(crate) links: ChatLinks,
    /// The short links of the planned chats, new ones included: no papers carry these yet.
    pub(crate) tokens: BTreeMap<ChatKey, Token>,
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

/// The workspace of a folder.
///
/// # Errors
/// When there is none.
pub(crate) fn workspace(folder: &Path) -> Result<Workspace, CommandError> {
    Workspace::open(folder).map_err(|issue| unusable(vec![issue]))
}

/// The settings of a workspace, without its tables.
///
/// # Errors
/// When they cannot be used.
pub(crate) fn settings_alone(workspace: &Workspace) -> Result<Settings, CommandError> {
    let mut issues = Vec::new();
    let templates = templates(workspace, &mut issues);
    let settings = settings(workspace, &templates, &mut issues);
    issues.retain(Issue::stops_everything);
    settings.filter(|_| issues.is_empty()).ok_or_else(|| unusable(issues))
}

fn unusable(issues: Vec<Issue>) -> CommandError {
    CommandError::inputs(issues, "с такими исходными данными работать нельзя; ничего не записано.", MEND_ERRORS)
}

/// Reads a workspace as it stands `on` a day, and what is remembered of it.
///
/// # Errors
/// When the store cannot be read; what is wrong in the files is told by the reading.
pub(crate) fn read(folder: &Path, on: Date) -> Result<(Known, Reading), CommandError> {
    let (files, known) = rayon::join(|| Files::read(folder, on), || Known::in_folder(folder));
    let known = known?;
    let reading = files.knowing(&known, Looking::ForWhatIsNew, on);
    Ok((known, reading))
}

/// As [`read`], but what the program wrote and nobody changed since is read, too.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_all(folder: &Path, on: Date) -> Result<Reading, CommandError> {
    let known = Known::in_folder(folder)?;
    Ok(Files::read(folder, on).knowing(&known, Looking::AtAll, on))
}

/// What of the tables is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looking {
    /// All but the table of acknowledgements where the program left it so: every mark in it is recorded.
    ForWhatIsNew,
    /// Everything.
    AtAll,
}

/// Reads a workspace again, its people known by what was recorded and answered.
pub(crate) fn read_again(folder: &Path, on: Date, known: &Known) -> Reading {
    Files::read(folder, on).knowing(known, Looking::ForWhatIsNew, on)
}

/// The files of a workspace, whatever was recorded before.
struct Files {
    /// What is read; `None` where there is no workspace.
    found: Option<Found>,
    issues: Vec<Issue>,
}

struct Found {
    workspace: Workspace,
    inputs: Inputs,
    tables: Tables,
    /// The rows of the register of links, where there is one.
    register: Option<RegisterRows>,
    /// `None` where the settings or the words of papers cannot be used.
    texts: Option<Texts>,
}

impl Files {
    fn read(folder: &Path, on: Date) -> Self {
        let workspace = match Workspace::open(folder) {
            Ok(workspace) => workspace,
            Err(issue) => return Self { found: None, issues: vec![issue] },
        };
        let mut issues = Vec::new();
        let templates = templates(&workspace, &mut issues);
        let settings = settings(&workspace, &templates, &mut issues);
        let wording = wording(&templates, &mut issues);
        issues.extend(own_letters::faults(&templates));
        let columns = columns(&workspace);
        let inputs = workspace.inputs().collect_into(&mut issues);
        let tables = || Tables::read(&inputs, &columns, on, &mut issues);
        let (register, tables) = rayon::join(|| inputs.links.as_ref().map(RegisterRows::read), tables);
        let texts = settings.zip(wording).map(|(settings, wording)| Texts { settings, templates, wording });
        Self { found: Some(Found { workspace, inputs, tables, register, texts }), issues }
    }

    fn knowing(self, known: &Known, looking: Looking, on: Date) -> Reading {
        let Self { found, mut issues } = self;
        let Some(Found { workspace, inputs, tables, register: rows, texts }) = found else {
            return Reading { workspace: None, data: None, files: Vec::new(), issues };
        };
        let mut files = tables.files(&inputs);
        let is_known = || known.left_table.is_some_and(|left| ack_table::is_left_alone(&workspace, left));
        if let Some(source) = inputs.acknowledgements.as_ref().filter(|_| looking == Looking::AtAll || !is_known()) {
            files.push(tables.acknowledgements(source, on, &mut issues));
        }
        issues.extend(lost_store(&workspace, known));
        let is_ambiguous = issues.iter().any(|issue| issue.kind == IssueKind::AmbiguousFile);
        let register = |settings: &Settings, plan: &ChatPlan, year| {
            let mut read = read_links(rows, settings, plan);
            // A register of last year is put aside before the new one is written; of several files one is to be chosen.
            if year == RegisterYear::Current && !is_ambiguous {
                read.issues.extend(lost_register(&workspace, &inputs, plan, &read.value));
            }
            read
        };
        let data = texts.map(|texts| {
            let data = Data::of(texts, tables, known, on, register);
            Data { register: inputs.links.clone(), ..data.collect_into(&mut issues) }
        });
        if let Some(data) = &data {
            roster::tell_of_successors(&mut issues, &data.people.successors);
        }
        issues.extend(data.iter().flat_map(|data| data.unprintable(on)));
        issues.extend(data.iter().flat_map(|data| data.unknown_officials(on)));
        files.extend(inputs.links.as_ref().map(|source| register_file(source, data.as_ref())));
        Reading { workspace: Some(workspace), data, files, issues }
    }
}

impl Reading {
    /// The values, where all that stops the work is classes that other tables name and no list has: the lists may be of a
    /// part of the school only, and the other tables are right.
    pub(crate) fn without_some_classes(&self) -> Option<&Data> {
        let mut stopping = self.issues.iter().filter(|issue| issue.stops_everything()).peekable();
        let is_partial = stopping.peek().is_some() && stopping.all(|issue| issue.kind == IssueKind::UnknownClass);
        self.data.as_ref().filter(|_| is_partial)
    }

    /// The workspace, unless something stops the work.
    pub(crate) fn ready(self) -> Result<Ready, CommandError> {
        let Self { workspace, data, files: _, issues } = self;
        match (workspace, data) {
            (Some(workspace), Some(data)) if !issues.iter().any(Issue::stops_everything) => {
                Ok(Ready { workspace, data, issues })
            }
            _ => Err(unusable(issues)),
        }
    }
}

/// What is not a table.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) settings: Settings,
    pub(crate) templates: Templates,
    pub(crate) wording: Wording,
}

impl Data {
    /// What tables call for `on` a day. `register` reads the register of links, which is of a school year.
    pub(crate) fn of(
        texts: Texts,
        tables: Tables,
        known: &Known,
        on: Date,
        register: impl FnOnce(&Settings, &ChatPlan, RegisterYear) -> Checked<ChatLinks>,
    ) -> Checked<Self> {
        let mut issues = Vec::new();
        let Texts { mut settings, templates, wording } = texts;
        let year = SchoolYear::of(on);
        issues.extend(past_deadlines(settings.deadlines, year));
        settings.deadlines = settings.deadlines.since(year.first_day());
        let (roster, people) = People::recognise(&tables.roster, known, tables.intake, &mut ids::new_id);
        let plan_inputs = plan::Inputs {
            settings: &settings,
            roster: &roster,
            staff: &tables.staff,
            load: &tables.load,
            groups: &tables.groups,
            before: &known.state().chats,
            departed: &people.departed(known),
            homerooms: &people.homerooms(known, settings.chats.new_year),
        };
        let plan = plan::plan(&plan_inputs, year).collect_into(&mut issues);
        // Without a plan every old chat would be one that nothing replaces.
        let old = if plan.classes.is_empty() { OldChats::default() } else { tables.old_chats };
        let until = settings.deadlines.joining;
        let moving = plan::moving(MovingInputs { old: &old, plan: &plan, staff: &tables.staff, until });
        let moving = moving.collect_into(&mut issues);
        let transfers = transfers(&moving, &plan);
        let wants_families = settings.papers.optional.contains(&OptionalPaper::Families);
        let families = if wants_families { families(&roster, &plan) } else { Vec::new() };
        let past = Past::of(known, &people, &plan, settings.chats.new_year, year);
        let register_year = past.register_year(known);
        let read = register(&settings, &plan, register_year);
        let owners = past.owners(known);
        let remembered = Remembered {
            active: &past.state(known).links,
            received: &past.of_chats(known, &known.received),
            standings: &past.of_chats(known, &known.standings),
            void: &known.void_links,
            replaced: &known.replaced_links,
            elsewhere: &known.elsewhere,
            owners: &owners,
            forgotten: &known.forgotten_links,
            titles: &past.titles(known),
        };
        let chats: Vec<_> = plan.chats().collect();
        let links = links::settle(read, REGISTER, &chats, remembered, register_year).collect_into(&mut issues);
        let tokens = tokens(&settings.links.mode, &chats, &links, &past.tokens(known));
        let mut data = Self {
            settings,
            templates,
            wording,
            roster,
            staff: tables.staff,
            shifted_groups: shifted_groups(&tables.groups, known, &people.successors),
            people,
            classes_year: past.classes_year(known, year),
            past,
            plan,
            moving,
            transfers,
            families,
            links,
            tokens,
            register: None,
        };
        data.print_own();
        Checked::new(data, issues)
    }

    /// Has papers carry the addresses of the school's own site, where they are to.
    pub(crate) fn print_own(&mut self) {
        if let LinkMode::Short(base) = &self.settings.links.mode {
            let own = self.tokens.iter().map(|(key, token)| (key.clone(), base.address(token)));
            self.links.print_own(own.collect());
        }
    }

    /// The templates of the letters.
    pub(crate) fn letter_templates(&self) -> LetterTemplates<'_> {
        LetterTemplates::read(|template| self.templates.text(template))
    }

    /// The chats with the links that papers may carry.
    pub(crate) fn sheets<'a>(&'a self, chats: &'a [Chat]) -> Vec<ChatSheet<'a>> {
        chats.iter().map(|chat| ChatSheet { chat, link: self.links.printed(&chat.key) }).collect()
    }

    /// Whether somebody is to send the link of a chat.
    pub(crate) fn awaits_link(&self, chat: &Chat) -> bool {
        match self.links.state(&chat.key) {
            LinkState::Awaited | LinkState::Refused => true,
            LinkState::Ready(_) | LinkState::Revoked => false,
        }
    }

    /// What the papers of a class, or of the school, are made from.
    pub(crate) fn papers<'a>(
        &'a self,
        class: Option<&'a ClassPlan>,
        chats: &'a [ChatSheet<'a>],
        editions: &'a Editions,
    ) -> ClassPapers<'a> {
        ClassPapers {
            school: &self.settings.school,
            regulation: &self.settings.regulation,
            settings: &self.settings.papers,
            wording: &self.wording,
            class: class.and_then(|class| self.roster.classes.get(&class.name)),
            homeroom: class.and_then(|class| class.homeroom.as_ref()),
            chats,
            editions,
            whole_school: match class {
                Some(_) => WholeSchool::default(),
                None => WholeSchool { staff: &self.staff.members, families: &self.families, links: Some(&self.links) },
            },
        }
    }

    /// All planned chats, those of the classes first.
    pub(crate) fn all_chats(&self) -> Vec<&Chat> {
        self.plan.chats().collect()
    }

    /// What the school's own papers are made from.
    pub(crate) fn drafts<'a>(&'a self, chats: &'a [&'a Chat]) -> DraftFacts<'a> {
        let deadlines = &self.settings.deadlines;
        let mailbox = self.settings.mail.from.as_ref();
        DraftFacts { chats, staff: &self.staff, transfers: &self.transfers, mailbox, deadlines }
    }

    /// Whom the order names and the staff table does not have; nothing where there is no staff to look in.
    fn unknown_officials(&self, on: Date) -> Vec<Issue> {
        if self.staff.members.is_empty() {
            return Vec::new();
        }
        let editions = Editions::all(Edition { version: FIRST_VERSION, issued: on });
        papers::draft_issues(&self.papers(None, &[], &editions), &self.drafts(&[]))
    }

    /// What the papers of all classes and of the school cannot print as it was typed.
    fn unprintable(&self, on: Date) -> Vec<Issue> {
        let editions = Editions::all(Edition { version: FIRST_VERSION, issued: on });
        let classes = self.plan.classes.iter().map(|class| (Some(class), class.chats.as_slice()));
        let all: Vec<_> = classes.chain([(None, self.plan.school.as_slice())]).collect();
        let of = |(class, chats)| papers::unprintable(&self.papers(class, &self.sheets(chats), &editions));
        all.into_par_iter().flat_map_iter(of).collect()
    }
}

/// The move out of foreign messengers as the order tells it.
fn transfers(moving: &Moving, plan: &ChatPlan) -> Vec<Transfer> {
    let transfer = |one: &plan::Move| Transfer {
        old: one.old.words(),
        whose: one.old.whose_words(),
        new: one.new.key().and_then(|key| plan.chat(key)).map(|chat| chat.title.to_string()),
        responsible: one.responsible.clone(),
        until: one.until,
    };
    moving.moves.iter().map(transfer).collect()
}

/// Dates by which things were to be done in an earlier school year than that of the papers.
fn past_deadlines(deadlines: Deadlines, year: SchoolYear) -> Option<Issue> {
    let past: Vec<String> = deadlines.before(year.first_day()).map(dotted).collect();
    let message = format!(
        "{} прошлого учебного года ({}), на бумагах и в письмах {} не будет.",
        if past.len() == 1 { "срок" } else { "сроки" },
        past.join(", "),
        if past.len() == 1 { "его" } else { "их" }
    );
    let advice = "Впишите в раздел [deadlines] сроки этого учебного года.";
    (!past.is_empty()).then(|| Issue::new(IssueKind::PastDeadline, Place::file(SETTINGS), message, advice))
}

/// The school of a workspace with other people: its settings and words, none of its tables, nothing that is remembered.
///
/// # Errors
/// When there is no workspace, or its settings or words cannot be used.
pub(crate) fn with_other_people(folder: &Path, tables: Tables, on: Date) -> Result<Data, CommandError> {
    let workspace = workspace(folder)?;
    let mut issues = Vec::new();
    let templates = templates(&workspace, &mut issues);
    let settings = settings(&workspace, &templates, &mut issues);
    let wording = wording(&templates, &mut issues);
    let texts = settings.zip(wording).map(|(settings, wording)| Texts { settings, templates, wording });
    match texts {
        Some(texts) if !issues.iter().any(Issue::stops_everything) => {
            Ok(Data::of(texts, tables, &Known::default(), on, |_, _, _| Checked::default()).value)
        }
        _ => Err(unusable(issues)),
    }
}

/// The short links of the planned chats, where papers are to carry addresses of the school's own site: those that were
/// given out, and a new one for each chat that has its first link.
fn tokens(
    mode: &LinkMode,
    chats: &[&Chat],
    links: &ChatLinks,
    known: &BTreeMap<ChatKey, Token>,
) -> BTreeMap<ChatKey, Token> {
    if *mode == LinkMode::Direct {
        return BTreeMap::new();
    }
    let token = |chat: &&Chat| {
        let is_new = || links.ready(&chat.key).is_some();
        let token = known.get(&chat.key).cloned();
        Some((chat.key.clone(), token.or_else(|| is_new().then(ids::new_token).flatten())?))
    };
    // Nobody is to come by papers of a chat that was given up.
    let has_papers = |chat: &&&Chat| *links.state(&chat.key) != LinkState::Revoked;
    chats.iter().filter(has_papers).filter_map(token).collect()
}

/// The school's own templates.
fn templates(workspace: &Workspace, issues: &mut Vec<Issue>) -> Templates {
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

fn settings(workspace: &Workspace, templates: &Templates, issues: &mut Vec<Issue>) -> Option<Settings> {
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
fn columns(workspace: &Workspace) -> ColumnWords {
    workspace.settings_text().map(|text| read_column_words(&text, SETTINGS).value).unwrap_or_default()
}

/// The words of the papers; a template of the school that cannot be used is an issue.
fn wording(templates: &Templates, issues: &mut Vec<Issue>) -> Option<Wording> {
    let read = Wording::read(|template| templates.text(template));
    read.map_err(|error| {
        let advice = "Исправьте файл или уберите его: тогда будет взят встроенный.";
        issues.push(Issue::new(IssueKind::SettingsSyntax, Place::file(TEMPLATES), error.to_string(), advice));
    })
    .ok()
}

/// The register as messages call it where there is none.
const REGISTER: &str = "ссылки.xlsx";

/// The links of the register, as far as there is one.
fn read_links(rows: Option<RegisterRows>, settings: &Settings, plan: &ChatPlan) -> Checked<ChatLinks> {
    match rows {
        // Without a roster every row of the register would be of an unknown chat.
        Some(rows) if !plan.classes.is_empty() => {
            rows.judged(&plan.chats().collect::<Vec<_>>(), settings.regulation.platform)
        }
        _ => Checked::default(),
    }
}

/// A store that is gone though papers were issued by it: everybody would be taken for a newcomer, and every link for a
/// new one.
fn lost_store(workspace: &Workspace, known: &Known) -> Option<Issue> {
    if known.recorded.is_some() { None } else { store_is_gone(workspace) }
}

/// The same of a workspace in which nothing is recorded.
pub(crate) fn store_is_gone(workspace: &Workspace) -> Option<Issue> {
    Outputs::stand(workspace).then(|| {
        Issue::new(
            IssueKind::MissingFile,
            Place::file("zavuch.db"),
            "память программы пропала, а бумаги по ней уже выпущены.",
            "Верните этот файл из копии папки. Если начинаете всё заново, уберите папку «выдача» и запустите снова.",
        )
    })
}

/// A register that is gone, or has lost all of its rows, though papers were issued by it.
fn lost_register(workspace: &Workspace, inputs: &Inputs, plan: &ChatPlan, read: &ChatLinks) -> Option<Issue> {
    let gone = |file: &str, message: &str| {
        let advice = "Верните его. Если ссылок ещё не было, уберите папку «выдача» и запустите снова.";
        Outputs::stand(workspace).then(|| Issue::new(IssueKind::MissingFile, Place::file(file), message, advice))
    };
    match &inputs.links {
        // A run that was stopped between putting the old one aside and writing the new one: the store knows the links.
        None if workspace.stands_aside(InputTable::Links, FORMER) => None,
        None => gone(REGISTER, "файл ссылок пропал, а бумаги по нему уже выпущены"),
        Some(_) if plan.classes.is_empty() || plan.chats().any(|chat| read.has_row(&chat.key)) => None,
        Some(source) => gone(&source.label, "в файле ссылок нет ни одной строки, а бумаги по нему уже выпущены"),
    }
}

/// What the register of links gave. Its rows are those of planned chats: without a plan nothing is known of them.
fn register_file(source: &Source, data: Option<&Data>) -> ReadFile {
    let planned = data.filter(|data| !data.plan.classes.is_empty());
    let gave = planned.map_or(Gave::Unjudged, |data| {
        let with_row = || data.plan.chats().filter(|chat| data.links.has_row(&chat.key));
        let ready = with_row().filter(|chat| data.links.ready(&chat.key).is_some()).count();
        Gave::Links { chats: with_row().count(), ready }
    });
    ReadFile { file: source.label.clone(), gave }
}

/// The families of several classes with the chats of their parents; a family with a class that has none is left out.
fn families(roster: &Roster, plan: &ChatPlan) -> Vec<FamilyCodes> {
    let child = |child: &FamilyChild| {
        let class = plan.class(&child.class)?;
        let chat = class.chats.iter().find(|chat| chat.kind == ChatKind::ClassParents)?;
        Some(ChildCode {
            name: child.name.clone(),
            class: child.class.clone(),
            chat: chat.key.clone(),
            title: chat.title.clone(),
            homeroom: class.homeroom.as_ref().map(|homeroom| homeroom.name.clone()),
        })
    };
    let codes = |family: Family| {
        let children = family.children.iter().map(child).collect::<Option<Vec<_>>>()?;
        Some(FamilyCodes { known_by: family.known_by, guardians: family.guardians, children })
    };
    Family::all(roster).into_iter().filter_map(codes).collect()
}

/// The tables of people.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub(crate) roster: Roster,
    /// How well the roster could be read.
    pub(crate) intake: Intake,
    pub(crate) staff: Staff,
    pub(crate) load: TeachingLoad,
    pub(crate) groups: Groups,
    pub(crate) old_chats: OldChats,
    /// Whether people and classes of one table may be looked for in the others.
    pub(crate) can_be_compared: bool,
}

impl Tables {
    fn read(inputs: &Inputs, columns: &ColumnWords, today: Date, issues: &mut Vec<Issue>) -> Self {
        let before = issues.len();
        // Without a single file the missing folder or the empty one is already said.
        let roster = match inputs.rosters.as_slice() {
            [] => Roster::default(),
            sources => roster::read(sources, columns, today).collect_into(issues),
        };
        let intake = Intake::of(&issues[before..]);
        let mut tables = Self { roster, intake, ..Self::default() };
        if let Some(source) = &inputs.staff {
            tables.staff = roster::read_staff(source).collect_into(issues);
        }
        if let Some(source) = &inputs.load {
            tables.load = roster::read_load(source).collect_into(issues);
        }
        if let Some(source) = &inputs.groups {
            tables.groups = roster::read_groups(source).collect_into(issues);
        }
        if let Some(source) = &inputs.old_chats {
            tables.old_chats = roster::read_old_chats(source, today).collect_into(issues);
        }
        // Lists without a pupil, or a file that could not be read at all, would make every class and teacher of the
        // other tables unknown.
        let unread = |issue: &Issue| issue.severity() == Severity::Error && issue.place.cell.is_none();
        let is_whole = !tables.roster.classes.is_empty() && !issues[before..].iter().any(unread);
        tables.can_be_compared = inputs.staff.is_some() && is_whole;
        if tables.can_be_compared {
            issues.extend(roster::cross_check(&tables.roster, &tables.staff, &tables.load, &tables.groups));
        }
        tables
    }

    /// Reads the table of acknowledgements, which plans nothing, for what is wrong in it and what it gave.
    fn acknowledgements(&self, source: &Source, today: Date, issues: &mut Vec<Issue>) -> ReadFile {
        let read = roster::read_acknowledgements(source, today).collect_into(issues);
        if self.can_be_compared {
            issues.extend(roster::unknown_signers(&read, &self.roster, &self.staff));
        }
        let marked = read.rows.iter().filter(|row| row.mark.is_some()).count();
        let gave = Gave::Acknowledgements { people: read.rows.len(), marked };
        ReadFile { file: source.label.clone(), gave }
    }

    /// What each file gave.
    fn files(&self, inputs: &Inputs) -> Vec<ReadFile> {
        let Self { roster, intake: _, staff, load, groups, old_chats, can_be_compared: _ } = self;
        let mut lists: BTreeMap<&str, Vec<&ClassName>> = BTreeMap::new();
        for student in roster.students() {
            lists.entry(&student.place.file).or_default().push(&student.class);
        }
        let list = |source: &Source| {
            let students = lists.get(source.label.as_str()).map(Vec::as_slice).unwrap_or_default();
            let classes = students.chunk_by(|one, next| one == next).filter_map(|same| same.first());
            let classes = classes.map(|class| (*class).clone()).collect();
            ReadFile { file: source.label.clone(), gave: Gave::Roster { classes, students: students.len() } }
        };
        let others = [
            (&inputs.staff, Gave::Staff { members: staff.members.len() }),
            (&inputs.load, Gave::Load { lessons: load.lessons.len() }),
            (&inputs.groups, Gave::Groups { groups: groups.groups.len() }),
            (&inputs.old_chats, Gave::OldChats { chats: old_chats.chats.len() }),
        ];
        let others = others.into_iter().filter_map(|(source, gave)| Some((source.as_ref()?, gave)));
        let others = others.map(|(source, gave)| ReadFile { file: source.label.clone(), gave });
        inputs.rosters.iter().map(list).chain(others).collect()
    }
}
