//! QR codes: a link as a matrix of modules, and the matrix as outlines.

use std::collections::BTreeMap;

use qrcode::types::QrError;
use qrcode::{EcLevel, QrCode};

use crate::school::LinkUrl;

/// How much of a code may be lost. The measurements behind the choice: M dies least on small folded slips, Q on posters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resilience {
    /// Level M, for slips.
    Slip,
    /// Level Q, for posters.
    Poster,
}

/// A QR code as its modules, without the quiet zone.
#[derive(Clone, PartialEq, Eq)]
pub struct QrMatrix {
    /// Modules on a side.
    size: usize,
    dark: Vec<bool>,
}

/// Modules of the quiet zone on each side (ISO/IEC 18004).
pub const QUIET_ZONE: usize = 4;

/// A corner of an outline in modules from the top left corner of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Corner {
    /// Modules to the right.
    pub x: usize,
    /// Modules down.
    pub y: usize,
}

/// A link that no QR code can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ссылка не помещается в QR-код")]
pub struct LinkTooLong;

impl QrMatrix {
    /// The code of a link.
    ///
    /// # Errors
    /// When the link is longer than a QR code holds.
    pub fn encode(link: &LinkUrl, resilience: Resilience) -> Result<Self, LinkTooLong> {
        let level = match resilience {
            Resilience::Slip => EcLevel::M,
            Resilience::Poster => EcLevel::Q,
        };
        let code = QrCode::with_error_correction_level(link.as_str(), level).map_err(|error: QrError| {
            let _ = error;
            LinkTooLong
        })?;
        let dark = code.to_colors().into_iter().map(|colour| colour == qrcode::Color::Dark).collect();
        Ok(Self { size: code.width(), dark })
    }

    /// Modules on a side, the quiet zone left out.
    pub fn size(&self) -> usize {
        self.size
    }

    /// Modules on a side with the quiet zone.
    pub fn full_size(&self) -> usize {
        self.size + 2 * QUIET_ZONE
    }

    /// Whether a module is dark; there is nothing dark outside.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.dark.get(y * self.size + x).copied().unwrap_or(false)
    }

    /// The closed outlines of the dark parts, corner by corner; filled by the even-odd rule they are the code.
    ///
    /// Whole outlines, not squares: no viewer can show hairlines between modules.
    pub fn outlines(&self) -> Vec<Vec<Corner>> {
        let mut edges = self.edges();
        let mut outlines = Vec::new();
        while let Some((start, mut at)) = take_edge(&mut edges, None) {
            let mut corners = vec![start];
            while at != start {
                corners.push(at);
                let Some((_, next)) = take_edge(&mut edges, Some(at)) else { break };
                at = next;
            }
            outlines.push(without_straight_corners(&corners));
        }
        outlines
    }

    /// The edges between dark and light, each with the dark side on its right, by where they begin.
    fn edges(&self) -> BTreeMap<Corner, Vec<Corner>> {
        let mut edges: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
        let mut add = |from: (usize, usize), to: (usize, usize)| {
            edges.entry(Corner { x: from.0, y: from.1 }).or_default().push(Corner { x: to.0, y: to.1 });
        };
        for y in 0..self.size {
            for x in (0..self.size).filter(|x| self.is_dark(*x, y)) {
                if y == 0 || !self.is_dark(x, y - 1) {
                    add((x, y), (x + 1, y));
                }
                if !self.is_dark(x + 1, y) {
                    add((x + 1, y), (x + 1, y + 1));
                }
                if !self.is_dark(x, y + 1) {
                    add((x + 1, y + 1), (x, y + 1));
                }
                if x == 0 || !self.is_dark(x - 1, y) {
                    add((x, y + 1), (x, y));
                }
            }
        }
        edges
    }
}

impl std::fmt::Debug for QrMatrix {
    /// The modules are the link, and links are secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "QrMatrix({}…)", self.size)
    }
}

/// Takes an edge out: one that begins at a corner, or any.
fn take_edge(edges: &mut BTreeMap<Corner, Vec<Corner>>, from: Option<Corner>) -> Option<(Corner, Corner)> {
    let from = from.or_else(|| edges.keys().next().copied())?;
    let ends = edges.get_mut(&from)?;
    let to = ends.pop()?;
    if ends.is_empty() {
        edges.remove(&from);
    }
    Some((from, to))
}

fn without_straight_corners(corners: &[Corner]) -> Vec<Corner> {
    let count = corners.len();
    let is_turn = |index: usize| {
        let (before, at, after) = (corners[(index + count - 1) % count], corners[index], corners[(index + 1) % count]);
        !((before.x == at.x && at.x == after.x) || (before.y == at.y && at.y == after.y))
    };
    (0..count).filter(|index| is_turn(*index)).map(|index| corners[index]).collect()
}

#[cfg(test)]
mod tests {
    use super::{Corner, QrMatrix, Resilience};
    use crate::school::LinkUrl;

    fn code(resilience: Resilience) -> QrMatrix {
        let link = LinkUrl::judged("https://max.ru/join/EXAMPLE-parents-7A-0000000000000000000000-01".to_owned());
        QrMatrix::encode(&link, resilience).unwrap()
    }

    #[test]
    fn an_invitation_is_version_5_on_slips_and_6_on_posters() {
        let link = LinkUrl::judged(format!("https://max.ru/join/{}", "aB3_-x9".repeat(7).split_at(43).0));
        let size = |resilience| QrMatrix::encode(&link, resilience).unwrap().size();
        assert_eq!((size(Resilience::Slip), size(Resilience::Poster)), (37, 41));
    }

    #[test]
    fn outlines_enclose_exactly_the_dark_modules() {
        for code in [code(Resilience::Slip), code(Resilience::Poster)] {
            let outlines = code.outlines();
            for y in 0..code.size() {
                for x in 0..code.size() {
                    assert_eq!(is_inside(&outlines, x, y), code.is_dark(x, y), "{x}, {y}");
                }
            }
        }
    }

    /// By the even-odd rule: upright edges to the left of the middle of the module are counted.
    fn is_inside(outlines: &[Vec<Corner>], x: usize, y: usize) -> bool {
        let crossings = outlines.iter().flat_map(|outline| {
            (0..outline.len()).filter(move |index| {
                let (from, to) = (outline[*index], outline[(index + 1) % outline.len()]);
                from.x == to.x && from.x <= x && from.y.min(to.y) <= y && y < from.y.max(to.y)
            })
        });
        crossings.count() % 2 == 1
    }

    #[test]
    fn a_code_does_not_show_its_link() {
        assert!(format!("{:?}", code(Resilience::Slip)).starts_with("QrMatrix("));
        assert!(!format!("{:?}", code(Resilience::Slip)).contains("true"));
    }

    #[test]
    fn a_link_beyond_all_codes_is_refused() {
        assert!(QrMatrix::encode(&LinkUrl::judged("A".repeat(5000)), Resilience::Poster).is_err());
    }
}
