//! QR codes: a link as a matrix of modules, and the matrix as outlines.

use qrcode::canvas::Canvas;
use qrcode::types::QrError;
use qrcode::{EcLevel, bits, ec};

use super::qr_mask::best_masked;
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
        Self::draw(link.as_str(), level).map_err(|_: QrError| LinkTooLong)
    }

    fn draw(text: &str, level: EcLevel) -> Result<Self, QrError> {
        let bits = bits::encode_auto(text.as_bytes(), level)?;
        let version = bits.version();
        let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, level)?;
        let mut canvas = Canvas::new(version, level);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &correction);
        let size = version.width().unsigned_abs().into();
        Ok(Self { size, dark: best_masked(&canvas, size) })
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
        let across = self.size + 1;
        let mut outlines = Vec::new();
        for start in 0..edges.len() {
            // The uppermost, then leftmost corner of what is left is a real corner of its outline.
            while let Some(mut heading) = Heading::take(&mut edges, start) {
                let mut outline = vec![Corner { x: start % across, y: start / across }];
                let mut at = heading.step(start, across);
                while at != start {
                    let Some(next) = Heading::take(&mut edges, at) else { break };
                    if next != heading {
                        outline.push(Corner { x: at % across, y: at / across });
                    }
                    heading = next;
                    at = heading.step(at, across);
                }
                outlines.push(outline);
            }
        }
        outlines
    }

    /// The edges between dark and light, each with the dark side on its right, as the headings in which they leave each
    /// corner of the grid.
    fn edges(&self) -> Vec<u8> {
        let across = self.size + 1;
        let mut edges = vec![0; across * across];
        for y in 0..self.size {
            for x in (0..self.size).filter(|x| self.is_dark(*x, y)) {
                let corner = y * across + x;
                let light =
                    |x: Option<usize>, y: Option<usize>| !matches!((x, y), (Some(x), Some(y)) if self.is_dark(x, y));
                if light(Some(x), y.checked_sub(1)) {
                    edges[corner] |= Heading::Right.bit();
                }
                if light(Some(x + 1), Some(y)) {
                    edges[corner + 1] |= Heading::Down.bit();
                }
                if light(Some(x), Some(y + 1)) {
                    edges[corner + across + 1] |= Heading::Left.bit();
                }
                if light(x.checked_sub(1), Some(y)) {
                    edges[corner + across] |= Heading::Up.bit();
                }
            }
        }
        edges
    }
}

/// Where an edge goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    Right,
    Down,
    Left,
    Up,
}

impl Heading {
    const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Left, Self::Up];

    fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Takes an edge that leaves a corner out.
    fn take(edges: &mut [u8], corner: usize) -> Option<Self> {
        let here = edges.get_mut(corner)?;
        let heading = Self::ALL.into_iter().find(|heading| *here & heading.bit() != 0)?;
        *here &= !heading.bit();
        Some(heading)
    }

    /// The next corner of a grid with so many corners in a row.
    fn step(self, corner: usize, across: usize) -> usize {
        match self {
            Self::Right => corner + 1,
            Self::Down => corner + across,
            Self::Left => corner - 1,
            Self::Up => corner - across,
        }
    }
}

impl std::fmt::Debug for QrMatrix {
    /// The modules are the link, and links are secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "QrMatrix({}…)", self.size)
    }
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
