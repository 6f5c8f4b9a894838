//! How the shares grew, day by day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::chat_status::ChatStatus;
use super::share::Shares;
use super::value::StatusInputs;

/// How far everything was at the end of each day on which something happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// The days in order; the last one has the numbers of now.
    pub points: Vec<TimelinePoint>,
}

/// How many there were at the end of a day, of those who count now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TimelinePoint {
    /// The day.
    pub on: Date,
    /// Links.
    pub links: usize,
    /// Chats with papers.
    pub printed: usize,
    /// Chats with slips handed out.
    pub handed_out: usize,
    /// Signatures.
    pub signed: usize,
    /// People who have joined.
    pub joined: usize,
}

impl Timeline {
    pub(super) fn of<'a>(
        inputs: &StatusInputs<'_>,
        chats: impl Iterator<Item = &'a ChatStatus>,
        totals: Shares,
    ) -> Self {
        let mut days: BTreeMap<Date, TimelinePoint> = BTreeMap::new();
        let as_of = inputs.as_of;
        let mut add =
            |on: Date, add: &dyn Fn(&mut TimelinePoint)| add(days.entry(on).or_insert_with(|| TimelinePoint::on(on)));
        for chat in chats {
            if let Some(on) = chat.link_since() {
                add(on, &|point| point.links += 1);
            }
            if chat.is_printed() {
                add(inputs.papers.get(&chat.key).copied().unwrap_or(as_of), &|point| point.printed += 1);
            }
            if let Some(on) = chat.handed_out.filter(|_| chat.stage == crate::school::ChatStage::HandedOut) {
                add(on, &|point| point.handed_out += 1);
            }
            // The register tells no day of its number.
            if let Some(joined) = chat.joined {
                add(chat.listed_on.unwrap_or(as_of), &|point| point.joined += joined.done);
            }
        }
        for signer in &inputs.signers.all {
            let last = inputs.signatures.get(&signer.id).and_then(|marks| marks.last());
            if let Some(last) = last.filter(|last| last.state(signer.rules).has_signed()) {
                add(last.on, &|point| point.signed += 1);
            }
        }
        let mut sum = TimelinePoint::on(as_of);
        let mut points = Vec::with_capacity(days.len());
        for (on, day) in days {
            sum = TimelinePoint {
                on,
                links: sum.links + day.links,
                printed: sum.printed + day.printed,
                handed_out: sum.handed_out + day.handed_out,
                signed: sum.signed + day.signed,
                joined: sum.joined + day.joined,
            };
            points.push(sum);
        }
        debug_assert_eq!(
            (sum.links, sum.signed, sum.joined),
            (totals.links.done, totals.signed.done, totals.joined.done)
        );
        Self { points }
    }
}

impl TimelinePoint {
    fn on(on: Date) -> Self {
        Self { on, links: 0, printed: 0, handed_out: 0, signed: 0, joined: 0 }
    }
}
