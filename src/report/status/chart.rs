//! The timeline drawn: the points of lines in a field of fixed size.

use jiff::civil::Date;
use minijinja::{Value, context};

use super::share::Share;
use super::value::Status;
use crate::school::dotted;

/// The field, without its margins.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 200.0;
/// Room for «100 %» in the large letters of a narrow screen.
const LEFT: f64 = 104.0;
const TOP: f64 = 24.0;

/// What a template draws.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    lines: Vec<Line>,
    days: Vec<Mark>,
    deadlines: Vec<Mark>,
}

/// One share over time.
#[derive(Clone, Debug)]
struct Line {
    id: &'static str,
    word: &'static str,
    /// «x,y x,y».
    points: String,
    percent: usize,
}

/// A day on the axis.
#[derive(Clone, Debug)]
struct Mark {
    x: String,
    words: String,
}

impl Chart {
    /// The chart of a state; `None` where nothing has happened yet.
    pub(super) fn of(status: &Status) -> Option<Self> {
        let points = &status.timeline.points;
        let first = points.first()?.on;
        let deadlines = [
            ("ссылки", status.deadlines.chats),
            ("подписи", status.deadlines.acknowledgement),
            ("вступление", status.deadlines.joining),
        ];
        let deadlines: Vec<(&str, Date)> = deadlines.into_iter().filter_map(|(word, on)| Some((word, on?))).collect();
        let last =
            points.iter().map(|point| point.on).chain([status.date]).chain(deadlines.iter().map(|one| one.1)).max()?;
        let first = deadlines.iter().map(|one| one.1).chain([first, status.date]).min()?;
        let days = f64::from((last - first).get_days()).max(1.0);
        let x = |on: Date| LEFT + WIDTH * f64::from((on - first).get_days()) / days;
        let shares = status.totals.named();
        let line = |id: &'static str, of: &dyn Fn(usize) -> usize| {
            let named = shares.iter().find(|named| named.id == id)?;
            let y = |done: usize| TOP + HEIGHT * (1.0 - part(Share { done, of: named.share.of }));
            let mut drawn = vec![(x(first), y(0))];
            let mut before = 0;
            for (at, point) in points.iter().enumerate() {
                drawn.push((x(point.on), y(before)));
                before = of(at);
                drawn.push((x(point.on), y(before)));
            }
            drawn.push((x(status.date.max(first)), y(before)));
            let points = drawn.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
            Some(Line { id, word: named.word, points, percent: named.share.percent() })
        };
        let value = |at: usize| points.get(at).copied();
        let lines = [
            line("links", &|at| value(at).map_or(0, |point| point.links)),
            line("printed", &|at| value(at).map_or(0, |point| point.printed)),
            line("handed_out", &|at| value(at).map_or(0, |point| point.handed_out)),
            line("signed", &|at| value(at).map_or(0, |point| point.signed)),
            line("joined", &|at| value(at).map_or(0, |point| point.joined)),
        ];
        let mark = |words: String, on| Mark { x: format!("{:.1}", x(on)), words };
        Some(Self {
            lines: lines.into_iter().flatten().collect(),
            days: vec![mark(dotted(first), first), mark(dotted(last), last)],
            deadlines: deadlines
                .into_iter()
                .map(|(word, on)| mark(format!("срок: {word}, {}", dotted(on)), on))
                .collect(),
        })
    }
}

impl Chart {
    /// The chart for a template.
    pub(super) fn value(&self) -> Value {
        let line = |line: &Line| {
            let Line { id, word, points, percent } = line;
            context! { id => *id, word => *word, points => points.as_str(), percent => *percent }
        };
        let mark = |Mark { x, words }: &Mark| context! { x => x.as_str(), words => words.as_str() };
        let marks = |marks: &[Mark]| marks.iter().map(mark).collect::<Vec<_>>();
        context! {
            lines => self.lines.iter().map(line).collect::<Vec<_>>(),
            days => marks(&self.days),
            deadlines => marks(&self.deadlines),
        }
    }
}

fn part(share: Share) -> f64 {
    if share.of == 0 { 1.0 } else { share.done as f64 / share.of as f64 }
}
