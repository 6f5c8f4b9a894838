//! What the papers and letters of a workspace are made from.
//!
//! Lends what is there to the rooms that make them; knows neither layouts nor files nor editions that are recorded.

use jiff::civil::Date;
use rayon::prelude::*;

use super::Data;
use crate::mail::LetterTemplates;
use crate::papers::{self, ChatSheet, ClassPapers, DraftFacts, Transfer, WholeSchool};
use crate::plan::{self, ChatPlan, ClassPlan, Moving};
use crate::school::{Chat, Edition, Editions, Issue};

/// The version of papers that have none yet.
const FIRST_VERSION: u32 = 1;

impl Data {
    /// The templates of the letters.
    pub(crate) fn letter_templates(&self) -> LetterTemplates<'_> {
        LetterTemplates::read(|template| self.templates.text(template))
    }

    /// The chats with the links that papers may carry.
    pub(crate) fn sheets<'a>(&'a self, chats: &'a [Chat]) -> Vec<ChatSheet<'a>> {
        chats.iter().map(|chat| ChatSheet { chat, link: self.links.printed(&chat.key) }).collect()
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
    pub(super) fn unknown_officials(&self, on: Date) -> Vec<Issue> {
        if self.staff.members.is_empty() {
            return Vec::new();
        }
        let editions = Editions::all(Edition { version: FIRST_VERSION, issued: on });
        papers::draft_issues(&self.papers(None, &[], &editions), &self.drafts(&[]))
    }

    /// What the papers of all classes and of the school cannot print as it was typed.
    pub(super) fn unprintable(&self, on: Date) -> Vec<Issue> {
        let editions = Editions::all(Edition { version: FIRST_VERSION, issued: on });
        let classes = self.plan.classes.iter().map(|class| (Some(class), class.chats.as_slice()));
        let all: Vec<_> = classes.chain([(None, self.plan.school.as_slice())]).collect();
        let of = |(class, chats)| papers::unprintable(&self.papers(class, &self.sheets(chats), &editions));
        all.into_par_iter().flat_map_iter(of).collect()
    }
}

/// The move out of foreign messengers as the order tells it.
pub(super) fn transfers(moving: &Moving, plan: &ChatPlan) -> Vec<Transfer> {
    let transfer = |one: &plan::Move| Transfer {
        old: one.old.words(),
        whose: one.old.whose_words(),
        new: one.new.key().and_then(|key| plan.chat(key)).map(|chat| chat.title.to_string()),
        responsible: one.responsible.clone(),
        until: one.until,
    };
    moving.moves.iter().map(transfer).collect()
}
