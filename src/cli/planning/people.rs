//! Who of the lists is who of the store, what waits for an answer, and the safety limits.

use std::collections::{BTreeMap, BTreeSet};

use super::Known;
use crate::plan::Departed;
use crate::report::{self, Comparison};
use crate::roster::identity::{
    Assessment, Gone, Intake, KnownStudent, LeftIn, Limits, Matching, PupilKey, Year, assess, class_successors,
    identify, match_with_gone,
};
use crate::school::{ChatKey, ClassName, Homeroom, MemberRole, NewYear, PersonId, Roster, Student, dotted};
use crate::store::{Former, RunId};

/// Who is who.
#[derive(Debug)]
pub(crate) struct People {
    /// What differs, pupil by pupil (`docs/inputs.md` § 8).
    pub(crate) comparison: Comparison,
    /// The verdict and the limits that were exceeded.
    pub(crate) assessment: Assessment,
    /// Why a known pupil is taken for the same.
    pub(crate) evidence: BTreeMap<PersonId, &'static str>,
    /// How it is told that a pupil who had left is back, by id.
    pub(crate) returned: BTreeMap<PersonId, String>,
    /// What a person has to answer.
    pub(crate) questions: Vec<Question>,
    /// How many wait for an answer of whom nobody can tell in which class they are in the new school year.
    pub(crate) lost: usize,
    /// In a new school year: the class that each class has become.
    pub(crate) successors: BTreeMap<ClassName, ClassName>,
}

/// «Это один и тот же ученик?»
#[derive(Debug)]
pub(crate) struct Question {
    /// The recorded pupil, perhaps one who left.
    pub(crate) before: Student,
    /// The row of the new list.
    pub(crate) after: Student,
    /// Why they could be the same.
    pub(crate) reason: &'static str,
}

impl Question {
    /// The key under which the answer is kept.
    pub(crate) fn key(&self) -> PupilKey {
        PupilKey::of(&self.after)
    }
}

impl People {
    /// Recognises the people of a roster. `intake` tells how well it could be read; `new_id` makes ids that nobody has.
    pub(crate) fn recognise(
        roster: &Roster,
        known: &Known,
        intake: Intake,
        new_id: &mut dyn FnMut() -> PersonId,
    ) -> (Roster, Self) {
        let before: Vec<&Student> = known.state().roster.students().collect();
        let after: Vec<&Student> = roster.students().collect();
        let gone: Vec<Gone<&Student>> = known.former.iter().map(|former| gone(former, known.year_began)).collect();
        let matching = match_with_gone(&before, &gone, &after, &known.decisions, &known.decisions_about_former);
        let assessment = assess(&matching, intake, &Limits::default());
        let successors = successors(&matching, &assessment);
        let identified = identify(roster, &matching, successors.as_ref(), new_id);
        let people = Self {
            comparison: report::comparison(&matching, &assessment),
            questions: questions(&matching),
            successors: successors.unwrap_or_default(),
            lost: identified.lost,
            returned: returned(&identified.returned, &known.former),
            evidence: identified.evidence,
            assessment,
        };
        (identified.roster, people)
    }
}

impl People {
    /// Those who left the school, be it now, and are not in the roster again, by the chats that they were in.
    pub(crate) fn departed(&self, known: &Known, roster: &Roster) -> BTreeMap<ChatKey, Vec<Departed>> {
        let here: BTreeSet<PersonId> = roster.students().filter_map(|student| student.id).collect();
        let departed = |student: &Student, left: LeftIn| {
            let class = Some(student.class.clone()).filter(|_| left == LeftIn::ThisYear);
            Some((student.id.filter(|id| !here.contains(id))?, Departed { name: student.name.clone(), class }))
        };
        let left_now = match self.assessment.year {
            Year::Same => LeftIn::ThisYear,
            Year::New => LeftIn::EarlierYear,
        };
        let before = known.state().roster.students().filter_map(|student| departed(student, left_now));
        let earlier = known.former.iter().map(|former| gone(former, known.year_began));
        let gone: BTreeMap<PersonId, Departed> =
            before.chain(earlier.filter_map(|gone| departed(gone.known, gone.left))).collect();
        let left = known.state().chats.values().flat_map(|chat| {
            let ids = chat.members.iter().filter(|member| member.role == MemberRole::Student);
            ids.filter_map(move |member| Some((&chat.key, member.id?)))
        });
        let removed = known.removed.iter().flat_map(|(chat, people)| people.iter().map(move |id| (chat, *id)));
        let mut by_chat: BTreeMap<ChatKey, Vec<Departed>> = BTreeMap::new();
        for (chat, id) in left.chain(removed) {
            if let Some(departed) = gone.get(&id) {
                by_chat.entry(chat.clone()).or_default().push(departed.clone());
            }
        }
        by_chat
    }

    /// Who led the classes at the last run, by the names that the classes have now. Where chats are founded anew in a new
    /// school year, nobody has any to hand over.
    pub(crate) fn homerooms(&self, known: &Known, mode: NewYear) -> BTreeMap<ClassName, Homeroom> {
        let before = &known.state().homerooms;
        let now =
            |(class, homeroom): (&ClassName, &Homeroom)| Some((self.successors.get(class)?.clone(), homeroom.clone()));
        match (self.assessment.year, mode) {
            (Year::Same, _) => before.clone(),
            (Year::New, NewYear::Retitle) => before.iter().filter_map(now).collect(),
            (Year::New, _) => BTreeMap::new(),
        }
    }
}

fn questions<K: KnownStudent>(matching: &Matching<'_, K>) -> Vec<Question> {
    let question = |proposal: &crate::roster::identity::Proposal<'_, K>| Question {
        before: proposal.before.student().clone(),
        after: proposal.after.clone(),
        reason: proposal.step.reason(),
    };
    let pairs = matching.proposals.iter().chain(&matching.returning).map(question);
    // Of twins whose names were corrected only a person knows who is who.
    let several = matching.ambiguous.iter().filter(|several| several.step.asks_each()).flat_map(|several| {
        let of = move |before: &&K| {
            let before = before.student().clone();
            let ask = move |after: &&Student| Question {
                before: before.clone(),
                after: (*after).clone(),
                reason: several.step.reason(),
            };
            several.after.iter().map(ask)
        };
        several.before.iter().flat_map(of)
    });
    pairs.chain(several).collect()
}

/// `year_began` is the run that recorded the school year of now: whoever left by it was last in a class of the year before.
fn gone(former: &Former, year_began: Option<RunId>) -> Gone<&Student> {
    let left = if year_began.is_none_or(|began| began < former.run) { LeftIn::ThisYear } else { LeftIn::EarlierYear };
    Gone { known: &former.student, left }
}

/// «вернулся(лась): выбыл(а) 12.09.2026 из 7А, совпали имя и дата рождения».
fn returned(reasons: &BTreeMap<PersonId, &'static str>, former: &[Former]) -> BTreeMap<PersonId, String> {
    let told = |one: &Former| {
        let id = one.student.id?;
        let reason = reasons.get(&id)?;
        let (left, class) = (dotted(one.left), &one.student.class);
        Some((id, format!("вернулся(лась): выбыл(а) {left} из {class}, {reason}")))
    };
    former.iter().filter_map(told).collect()
}

fn successors<K: KnownStudent>(
    matching: &Matching<'_, K>,
    assessment: &Assessment,
) -> Option<BTreeMap<ClassName, ClassName>> {
    match assessment.year {
        Year::Same => None,
        Year::New => Some(class_successors(matching)),
    }
}
