//! The rules of the act for one audience, the same on every paper that shows them.

use std::borrow::Cow;

use super::paper::ClassPapers;
use crate::school::{Audience, ClassName, Hours, Regulation, Rule, RuleSet};

/// The rules of one audience with what the act says to everybody.
pub(super) struct AudienceRules<'a> {
    regulation: &'a Regulation,
    class: Option<&'a ClassName>,
    audience: Audience,
    /// The rules, with the hours of the class.
    pub(super) rules: Cow<'a, RuleSet>,
}

impl<'a> AudienceRules<'a> {
    pub(super) fn new(papers: &'a ClassPapers<'a>, audience: Audience) -> Self {
        let class = papers.class.map(|class| &class.name);
        let rules = papers.regulation.rules_of(audience, class).unwrap_or_default();
        Self { regulation: papers.regulation, class, audience, rules }
    }

    /// Whether one of the rules already says it.
    pub(super) fn is_said(&self, words: &str) -> bool {
        let RuleSet { duties, forbidden, rights } = self.rules.as_ref();
        let mut all = [duties, forbidden, rights, &self.regulation.common].into_iter().flatten();
        all.any(|rule| rule.text.contains(words))
    }

    /// When one may write.
    pub(super) fn hours(&self) -> Option<Hours> {
        self.regulation.hours_of(self.class)
    }

    /// The hours, where the rules do not name them.
    pub(super) fn hours_unsaid(&self) -> Option<Hours> {
        self.hours().filter(|hours| !self.is_said(&hours.to_string()))
    }

    /// Where else the news of the school are told.
    pub(super) fn channel(&self) -> Option<&'a str> {
        self.regulation.other_channel.as_deref().map(|channel| channel.trim().trim_end_matches('.'))
    }

    /// Whether the rules name the other channel, if there is one.
    pub(super) fn is_channel_said(&self) -> bool {
        self.channel().is_some_and(|channel| self.is_said(channel))
    }

    /// What the act says about acknowledgement; pupils do not read what concerns parents alone.
    pub(super) fn acknowledgement(&self) -> impl Iterator<Item = &'a Rule> {
        let is_of_parents = self.audience == Audience::Parents;
        let tells_parents = |text: &str| text.starts_with("Родители") || text.starts_with("Участие родителей");
        let is_for_all = move |rule: &&Rule| is_of_parents || !tells_parents(&rule.text);
        self.regulation.acknowledgement.iter().filter(is_for_all)
    }

    /// Whether what is said about acknowledgement tells that joining is voluntary.
    pub(super) fn is_voluntary_said(&self) -> bool {
        self.acknowledgement().any(|rule| rule.text.contains("добровольн"))
    }
}
