//! Where things stand on a slip, for each number of slips on a sheet.
//!
//! One code per slip: two side by side get scanned wrongly. An invitation of 64 bytes stands at the strongest level of
//! correction, H, in 45 modules on a side, none of them smaller than 0.8 mm; the quiet zone of four modules is kept, and the
//! lines to cut along are 5 mm or more away from the code.

use super::units::{Area, Mm};
use crate::school::SlipsPerPage;

/// The part of an A4 sheet that is cut into slips.
pub(super) const SHEET: Area = Area::new(Mm(10.0), Mm(8.5), Mm(190.0), Mm(280.0));

/// The smallest module of a code on a slip.
pub(super) const MODULE: Mm = Mm(0.8);

/// From the line to cut along to the text.
const PADDING: Mm = Mm(5.0);

/// Where things stand on one slip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Places {
    /// Whom it is for and the class.
    pub(super) bar: Area,
    /// The pupil.
    pub(super) name: Area,
    /// The modules of the code, its quiet zone around it not counted.
    pub(super) code: Area,
    /// The four steps.
    pub(super) steps: Area,
    /// The link in one line.
    pub(super) link: Area,
    /// The note, on large slips.
    pub(super) note: Option<Area>,
    /// The hairline and what stands under it.
    pub(super) foot: Area,
    /// How the steps stand to the name.
    pub(super) follow: Follow,
}

/// How the steps of a slip stand to the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Follow {
    /// In one column: after a short name they begin higher.
    Name,
    /// In places of their own.
    Nothing,
}

/// How slips share a sheet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    /// Slips side by side.
    pub(super) columns: usize,
    /// Slips one below the other.
    pub(super) rows: usize,
}

impl Grid {
    pub(super) fn of(slips: SlipsPerPage) -> Self {
        let rows = match slips {
            SlipsPerPage::Four => 2,
            SlipsPerPage::Six => 3,
            SlipsPerPage::Eight => 4,
            SlipsPerPage::Ten => 5,
        };
        Self { columns: 2, rows }
    }

    pub(super) fn count(self) -> usize {
        self.columns * self.rows
    }

    /// The slip at a position, row by row.
    pub(super) fn area(self, position: usize) -> Area {
        let (width, height) = (SHEET.width / self.columns as f32, SHEET.height / self.rows as f32);
        let (column, row) = (position % self.columns, position / self.columns);
        Area::new(SHEET.x + width * column as f32, SHEET.y + height * row as f32, width, height)
    }
}

/// Where things stand on a slip; `quiet` is the quiet zone as a part of the side of the modules.
pub(super) fn places(slips: SlipsPerPage, slip: Area, quiet: f32) -> Places {
    let inner = slip.inset(PADDING);
    match slips {
        SlipsPerPage::Four => stacked(inner, quiet),
        SlipsPerPage::Six => wide(inner, quiet),
        SlipsPerPage::Eight => beside(inner, quiet),
        SlipsPerPage::Ten => compact(inner, quiet),
    }
}

/// Bar, name, code, steps one below the other.
fn stacked(inner: Area, quiet: f32) -> Places {
    let (bar, rest) = cut_top(inner, Mm(7.0));
    let (foot, rest) = cut_bottom(rest, Mm(4.6));
    let (note, rest) = cut_bottom(rest, Mm(7.2));
    let (link, rest) = cut_bottom(rest, Mm(4.2));
    let (_, rest) = cut_top(rest, Mm(2.0));
    let (name, rest) = cut_top(rest, Mm(12.0));
    let side = Mm(54.5);
    let code = Area::new(inner.x + (inner.width - side) / 2.0, rest.y + side * quiet, side, side);
    let (_, steps) = cut_top(rest, side * (1.0 + 2.0 * quiet));
    let (_, steps) = cut_bottom(steps, Mm(2.0));
    Places { bar, name, code, steps, link, note: Some(note), foot, follow: Follow::Nothing }
}

/// The name over the whole width, then the code with the steps beside it.
fn wide(inner: Area, quiet: f32) -> Places {
    let (bar, rest) = cut_top(inner, Mm(6.4));
    let (foot, rest) = cut_bottom(rest, Mm(4.2));
    let (note, rest) = cut_bottom(rest, Mm(7.0));
    let (link, rest) = cut_bottom(rest, Mm(3.8));
    let (_, rest) = cut_top(rest, Mm(1.6));
    let (name, rest) = cut_top(rest, Mm(10.8));
    let side = (rest.height / (1.0 + 2.0 * quiet)).min(Mm(41.0));
    let quiet = side * quiet;
    let top = rest.y + (rest.height - side) / 2.0;
    let code = Area::new(inner.x, top, side, side);
    let (_, steps) = cut_left(Area::new(rest.x, top - quiet / 2.0, rest.width, side + quiet), side + quiet);
    Places { bar, name, code, steps, link, note: Some(note), foot, follow: Follow::Nothing }
}

/// The bar over the whole width, the code at the left, name and steps beside it: the slip of the drawn page.
fn beside(inner: Area, quiet: f32) -> Places {
    let (bar, rest) = cut_top(inner, Mm(5.8));
    let (foot, rest) = cut_bottom(rest, Mm(4.0));
    let (link, rest) = cut_bottom(rest, Mm(3.2));
    let side = (rest.height / (1.0 + 2.0 * quiet)).min(Mm(39.0));
    let quiet = side * quiet;
    let code = Area::new(inner.x, rest.y + (rest.height - side) / 2.0, side, side);
    let (_, column) = cut_left(rest, side + quiet);
    let (_, column) = cut_top(column, quiet - Mm(0.8));
    let (name, steps) = cut_top(column, Mm(11.4));
    Places { bar, name, code, steps, link, note: None, foot, follow: Follow::Name }
}

/// The code at the top left, its quiet zone partly beyond the text; bar, name and steps beside it.
fn compact(inner: Area, quiet: f32) -> Places {
    let (foot, rest) = cut_bottom(inner, Mm(3.8));
    let (link, rest) = cut_bottom(rest, Mm(3.0));
    let side = (rest.height / (1.0 + quiet)).min(Mm(36.0));
    let code = Area::new(inner.x, inner.y, side, side);
    let (_, column) = cut_left(rest, side * (1.0 + quiet));
    let (bar, column) = cut_top(column, Mm(5.2));
    let (_, column) = cut_top(column, Mm(0.8));
    let (name, steps) = cut_top(column, Mm(10.0));
    Places { bar, name, code, steps, link, note: None, foot, follow: Follow::Name }
}

/// The upper part of an area and the rest.
fn cut_top(area: Area, height: Mm) -> (Area, Area) {
    (Area { height, ..area }, Area { y: area.y + height, height: area.height - height, ..area })
}

/// The lower part of an area and the rest.
fn cut_bottom(area: Area, height: Mm) -> (Area, Area) {
    let rest = area.height - height;
    (Area { y: area.y + rest, height, ..area }, Area { height: rest, ..area })
}

/// The left part of an area and the rest.
fn cut_left(area: Area, width: Mm) -> (Area, Area) {
    (Area { width, ..area }, Area { x: area.x + width, width: area.width - width, ..area })
}

#[cfg(test)]
mod tests {
    use super::{Grid, MODULE, places};
    use crate::papers::units::Mm;
    use crate::school::SlipsPerPage;

    #[test]
    fn codes_are_large_enough_and_far_from_scissors() {
        for slips in [SlipsPerPage::Four, SlipsPerPage::Six, SlipsPerPage::Eight, SlipsPerPage::Ten] {
            let grid = Grid::of(slips);
            for position in 0..grid.count() {
                let slip = grid.area(position);
                let places = places(slips, slip, 4.0 / 45.0);
                assert!(places.code.width + Mm(0.01) >= MODULE * 45.0, "{slips:?}: {:?}", places.code);
                assert!(slip.inset(Mm(5.0)).contains(places.code), "{slips:?}: {:?} in {slip:?}", places.code);
                let quiet = places.code.inset(places.code.width * (-4.0 / 45.0));
                let areas = [places.bar, places.name, places.steps, places.link, places.foot];
                for area in areas.into_iter().chain(places.note) {
                    assert!(slip.inset(Mm(4.9)).contains(area), "{slips:?}: {area:?} in {slip:?}");
                    assert!(!quiet.overlaps(area), "{slips:?}: {area:?} on {quiet:?}");
                }
            }
        }
    }
}
