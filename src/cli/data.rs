//! What a workspace calls for: its people, chats and links, by its files and by what is remembered of it.
//!
//! Knows what follows from what, and asks the rooms for it. How the files are read is told in [`reading`]; nothing here
//! writes.

mod families;
mod lost;
mod papers;
mod reading;
mod register;
mod tables;
mod texts;
mod tokens;

use std::collections::BTreeMap;

use jiff::civil::Date;

use self::families::codes_of_families;
pub(crate) use self::lost::store_is_gone;
use self::papers::transfers;
pub(crate) use self::reading::{
    MEND_ERRORS, Ready, read, read_again, read_all, settings_alone, with_other_people, workspace,
};
use self::register::REGISTER;
pub(crate) use self::tables::Tables;
pub(crate) use self::texts::Texts;
use self::tokens::tokens;
use super::ids;
use super::planning::{Known, Past, People, ShiftedGroup, shifted_groups};
use crate::links::{self, RegisterYear, Remembered};
use crate::papers::{FamilyCodes, Transfer, Wording};
use crate::plan::{self, ChatPlan, Moving, MovingInputs};
use crate::school::{
    Chat, ChatKey, ChatLinks, Checked, Deadlines, Issue, IssueKind, LinkMode, LinkState, OldChats, OptionalPaper,
    Place, Roster, SchoolYear, Settings, Staff, Token, dotted,
};
use crate::tables::Source;
use crate::workspace::{SETTINGS, Templates};

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
            departed: &people.departed(known, &roster),
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
        let families = if wants_families { codes_of_families(&roster, &plan) } else { Vec::new() };
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

    /// Whether somebody is to send the link of a chat.
    pub(crate) fn awaits_link(&self, chat: &Chat) -> bool {
        match self.links.state(&chat.key) {
            LinkState::Awaited | LinkState::Refused => true,
            LinkState::Ready(_) | LinkState::Revoked => false,
        }
    }
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
