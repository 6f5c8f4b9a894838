//! Looks at finished pages for what a printer or an eye would find: things in the margin, texts over each other.

use super::canvas::{Item, Page, Stroke, TextRun};
use super::units::{Area, Mm};

/// What is wrong on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// The number of the page, from 1.
    pub page: usize,
    /// What it is.
    pub kind: FlawKind,
    /// Where it is.
    pub area: Area,
}

/// What can be wrong on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlawKind {
    /// Something stands less than 10 mm from the edge of the paper.
    InMargin,
    /// Two texts cross; their characters.
    Crossing(String, String),
    /// A text crosses a QR code or its quiet zone.
    OnCode(String),
}

/// What no printer prints.
const MARGIN: Mm = Mm(10.0);

/// All flaws of a list of pages. Lines to cut along may run anywhere.
pub fn flaws(pages: &[Page]) -> Vec<Flaw> {
    (1..).zip(pages).flat_map(|(number, page)| flaws_of(number, page)).collect()
}

fn flaws_of(number: usize, page: &Page) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let printable = page.area().inset(MARGIN);
    for item in page.items() {
        let is_cut = matches!(item, Item::Line(line) if line.stroke == Stroke::Cut);
        if !is_cut && !printable.contains(item.bounds()) {
            flaws.push(Flaw { page: number, kind: FlawKind::InMargin, area: item.bounds() });
        }
    }
    let texts: Vec<&TextRun> =
        page.items().iter().filter_map(|item| if let Item::Text(run) = item { Some(run) } else { None }).collect();
    let codes = page.items().iter().filter_map(|item| if let Item::Qr(qr) = item { Some(qr.area) } else { None });
    for code in codes {
        for run in texts.iter().filter(|run| run.bounds().overlaps(code)) {
            flaws.push(Flaw { page: number, kind: FlawKind::OnCode(run.text.clone()), area: run.bounds() });
        }
    }
    for (index, run) in texts.iter().enumerate() {
        let crossing =
            texts[index + 1..].iter().filter(|other| other.block != run.block && other.bounds().overlaps(run.bounds()));
        flaws.extend(crossing.map(|other| Flaw {
            page: number,
            kind: FlawKind::Crossing(run.text.clone(), other.text.clone()),
            area: run.bounds(),
        }));
    }
    flaws
}

#[cfg(test)]
mod tests {
    use super::{FlawKind, flaws};
    use crate::papers::canvas::Page;
    use crate::papers::rich_text::RichText;
    use crate::papers::text::TextStyle;
    use crate::papers::units::{Mm, Point, Pt};

    #[track_caller]
    fn check(places: &[(f32, f32)], expected: &[&str]) {
        let mut page = Page::a4();
        let block = TextStyle::new(Pt(12.0)).set(&RichText::plain("Чат"), Mm(50.0));
        for (x, y) in places {
            block.draw(&mut page, Point::new(Mm(*x), Mm(*y)));
        }
        let found: Vec<&str> = flaws(&[page])
            .iter()
            .map(|flaw| match flaw.kind {
                FlawKind::InMargin => "margin",
                FlawKind::Crossing(..) => "crossing",
                FlawKind::OnCode(_) => "code",
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn flaws_are_found() {
        check(&[(20.0, 20.0), (20.0, 40.0)], &[]);
        check(&[(20.0, 20.0), (22.0, 22.0)], &["crossing"]);
        check(&[(20.0, 5.0)], &["margin"]);
        check(&[(199.0, 20.0)], &["margin"]);
    }
}
