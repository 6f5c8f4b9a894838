//! Codes with a blot on them, read by a decoder that did not draw them.

use rqrr::PreparedImage;

use super::qr::{QUIET_ZONE, QrMatrix, Resilience};
use crate::school::LinkUrl;

/// Pixels in a module: a slip at 150 dpi.
const PIXELS: usize = 6;

/// Numbers that are the same on every machine.
struct Dice(u64);

impl Dice {
    /// From 0 to 1.
    fn throw(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % 10_000) as f32 / 10_000.0
    }
}

/// A link of the usual 63 bytes.
fn link(number: u64) -> LinkUrl {
    let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    LinkUrl::judged(format!("https://max.ru/join/EXAMPLE-{mixed:020}-{number:014}"))
}

/// The part of codes that are read under a round blot of a part of their area.
fn read(resilience: Resilience, part: f32, codes: u64) -> f32 {
    let mut dice = Dice(0x5EED);
    let mut read = 0;
    for number in 1..=codes {
        let link = link(number);
        let code = QrMatrix::encode(&link, resilience).unwrap();
        let side = code.size() as f32;
        let radius = (part / std::f32::consts::PI).sqrt() * side;
        let mut place = || radius + dice.throw() * (side - 2.0 * radius);
        let (x, y) = (place(), place());
        let is_black = dice.throw() < 0.5;
        let pixels = code.full_size() * PIXELS;
        let mut image = PreparedImage::prepare_from_bitmap(pixels, pixels, |column, row| {
            let [across, down] = [column, row].map(|pixel| pixel as f32 / PIXELS as f32 - QUIET_ZONE as f32);
            let is_blot = (across - x).powi(2) + (down - y).powi(2) <= radius * radius;
            let module = |pixel: usize| (pixel / PIXELS).wrapping_sub(QUIET_ZONE);
            if is_blot { is_black } else { code.is_dark(module(column), module(row)) }
        });
        let texts: Vec<String> =
            image.detect_grids().iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect();
        read += u64::from(texts == [link.as_str()]);
    }
    read as f32 / codes as f32
}

/// rqrr finds no code of which a finder pattern is touched, so the parts are lower than the correction allows; how a
/// decoder as telephones have it reads the slips is judged by `tests/check_blots.py`.
#[test]
fn a_blot_hides_few_links() {
    for (resilience, part, least) in [
        (Resilience::Seventh, 0.0, 1.0),
        (Resilience::Third, 0.0, 1.0),
        (Resilience::Seventh, 0.05, 0.7),
        (Resilience::Quarter, 0.1, 0.7),
        (Resilience::Third, 0.15, 0.7),
    ] {
        let read = read(resilience, part, 100);
        assert!(read >= least, "{resilience:?} with a blot of {part}: {read}");
    }
}
