//! QR codes: a link as a matrix of modules, and the matrix as few rectangles.
//!
//! How strong a code is was measured on finished papers. An invitation of 64 bytes takes 37 modules at level M, 41 at Q,
//! 45 at H. On a slip H has modules of 1.2, 0.9, 0.87 and 0.8 mm (4, 6, 8 and 10 on a page), so slips are at H. At 150 and
//! at 100 dpi zxing-cpp, the kind of decoder that telephones have, zbar and rqrr read all of them. Under a round, opaque
//! blot of 15 % of the area at a random place (`tests/check_codes.py`, 200 codes of each size):
//!
//! | level, blot | off the three finder patterns | anywhere on the code |
//! | --- | --- | --- |
//! | H, black | zxing-cpp 97–100 % | zxing-cpp 82–88 %, rqrr 76 % |
//! | H, white | zxing-cpp 97–100 % | zxing-cpp 88–96 % |
//! | M, either | 0 % | 0 % |
//!
//! No level helps where a finder pattern is hidden: without all three no decoder finds the code, and error correction
//! knows nothing of them. One blot in eight touches one of them, so 95 % anywhere is out of reach of any printed code of this
//! size; the link stands in clear on every slip, and a slip is soon printed again.

use qrcode::canvas::Canvas;
use qrcode::types::QrError;
use qrcode::{EcLevel, bits, ec};

use super::qr_mask::best_masked;
use crate::school::LinkUrl;

/// How much of the data of a code may be lost: the levels of error correction, the weakest first.
///
/// A poster is at [`Quarter`](Self::Quarter). A slip is at the strongest level whose modules are large enough on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resilience {
    /// Level M: 15 %.
    Seventh,
    /// Level Q: 25 %.
    Quarter,
    /// Level H: 30 %.
    Third,
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

/// A rectangle of dark modules, in modules from the top left corner of the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// Modules to the right.
    pub x: usize,
    /// Modules down.
    pub y: usize,
    /// Modules across.
    pub width: usize,
    /// Modules high.
    pub height: usize,
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
            Resilience::Seventh => EcLevel::M,
            Resilience::Quarter => EcLevel::Q,
            Resilience::Third => EcLevel::H,
        };
        Self::draw(link.as_str(), level).map_err(|_: QrError| LinkTooLong)
    }

    /// The code of a link at the strongest level whose modules are large enough; at the weakest where none has such.
    ///
    /// # Errors
    /// When the link is longer than a QR code holds.
    pub fn strongest(link: &LinkUrl, is_large_enough: impl Fn(&Self) -> bool) -> Result<Self, LinkTooLong> {
        [Resilience::Third, Resilience::Quarter]
            .into_iter()
            .filter_map(|resilience| Self::encode(link, resilience).ok())
            .find(is_large_enough)
            .map_or_else(|| Self::encode(link, Resilience::Seventh), Ok)
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

    /// The dark modules as rectangles that cover each of them once.
    ///
    /// Filled as one path they show no hairlines between them, and they are half the bytes of outlines.
    pub fn blocks(&self) -> Vec<Block> {
        let mut covered = vec![false; self.dark.len()];
        let mut blocks = Vec::new();
        for y in 0..self.size {
            for x in 0..self.size {
                let open = |x: usize, y: usize, covered: &[bool]| {
                    self.is_dark(x, y) && !covered.get(y * self.size + x).copied().unwrap_or(true)
                };
                if !open(x, y, &covered) {
                    continue;
                }
                let width = (x..self.size).take_while(|right| open(*right, y, &covered)).count();
                let whole = |below: &usize| (x..x + width).all(|column| open(column, *below, &covered));
                let height = (y..self.size).take_while(whole).count();
                for row in y..y + height {
                    let start = row * self.size + x;
                    covered.iter_mut().skip(start).take(width).for_each(|module| *module = true);
                }
                blocks.push(Block { x, y, width, height });
            }
        }
        blocks
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
    use super::{QrMatrix, Resilience};
    use crate::school::LinkUrl;

    fn code(resilience: Resilience) -> QrMatrix {
        let link = LinkUrl::judged("https://max.ru/join/EXAMPLE-parents-7A-0000000000000000000000-01".to_owned());
        QrMatrix::encode(&link, resilience).unwrap()
    }

    #[test]
    fn an_invitation_is_version_5_6_or_7() {
        let link = LinkUrl::judged(format!("https://max.ru/join/{}", "aB3_-x9".repeat(7).split_at(43).0));
        let size = |resilience| QrMatrix::encode(&link, resilience).unwrap().size();
        assert_eq!([Resilience::Seventh, Resilience::Quarter, Resilience::Third].map(size), [37, 41, 45]);
    }

    #[test]
    fn the_strongest_level_that_has_room_is_taken() {
        let link = LinkUrl::judged(format!("https://max.ru/join/{}", "aB3_-x9".repeat(7).split_at(43).0));
        let size = |room: usize| QrMatrix::strongest(&link, |code| code.size() <= room).unwrap().size();
        assert_eq!([50, 45, 44, 41, 40, 37, 20].map(size), [45, 45, 41, 41, 37, 37, 37]);
    }

    #[test]
    fn blocks_cover_each_dark_module_once_and_no_other() {
        for code in [code(Resilience::Third), code(Resilience::Quarter)] {
            let blocks = code.blocks();
            for y in 0..code.size() {
                for x in 0..code.size() {
                    let holds = |block: &&super::Block| {
                        (block.x..block.x + block.width).contains(&x) && (block.y..block.y + block.height).contains(&y)
                    };
                    let times = blocks.iter().filter(holds).count();
                    assert_eq!(times, usize::from(code.is_dark(x, y)), "{x}, {y}");
                }
            }
        }
    }

    #[test]
    fn a_code_does_not_show_its_link() {
        assert!(format!("{:?}", code(Resilience::Third)).starts_with("QrMatrix("));
        assert!(!format!("{:?}", code(Resilience::Third)).contains("true"));
    }

    #[test]
    fn a_link_beyond_all_codes_is_refused() {
        assert!(QrMatrix::encode(&LinkUrl::judged("A".repeat(5000)), Resilience::Quarter).is_err());
    }
}
