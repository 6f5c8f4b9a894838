//! Which of the eight masks makes a QR code easiest to read (ISO/IEC 18004, 7.8.3).
//!
//! The rules are those of the standard; counted on whole lines of bits at a time, they cost a tenth of what `qrcode`
//! takes for them.

use qrcode::Color;
use qrcode::canvas::{Canvas, MaskPattern};

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The widest code whose lines fit into 64 bits: version 11, 61 modules, 250 bytes at level M.
const WIDEST: usize = 64;

/// The modules of a drawn code under its best mask, row by row; `true` is dark.
pub(super) fn best_masked(canvas: &Canvas, size: usize) -> Vec<bool> {
    let dark = |canvas: Canvas| canvas.into_colors().into_iter().map(|colour| colour == Color::Dark).collect();
    if size > WIDEST {
        return dark(canvas.apply_best_mask());
    }
    let masked = MASKS.into_iter().map(|mask| {
        let mut canvas = canvas.clone();
        canvas.apply_mask(mask);
        dark(canvas)
    });
    masked.min_by_key(|modules: &Vec<bool>| penalty(modules, size)).unwrap_or_default()
}

/// The penalty points of a code; the fewer, the easier it is to read.
fn penalty(modules: &[bool], size: usize) -> u32 {
    let mut rows = [0_u64; WIDEST];
    let mut columns = [0_u64; WIDEST];
    for (index, _) in modules.iter().enumerate().filter(|(_, dark)| **dark) {
        let (x, y) = (index % size, index / size);
        rows[y] |= 1 << x;
        columns[x] |= 1 << y;
    }
    let (rows, columns) = (&rows[..size], &columns[..size]);
    let lines = rows.iter().chain(columns).map(|line| runs(*line, size) + finders(*line, size)).sum::<u32>();
    lines + blocks(rows, size) + imbalance(modules)
}

/// The bits of a line of so many modules.
fn bits(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// Which modules of a line are like the next one.
fn alike(line: u64, size: usize) -> u64 {
    !(line ^ (line >> 1)) & bits(size - 1)
}

/// 3 points for five modules of one colour in a line, 1 more for each further one.
fn runs(line: u64, size: usize) -> u32 {
    let alike = alike(line, size);
    let five = alike & (alike >> 1) & (alike >> 2) & (alike >> 3);
    let beginnings = five & !(five << 1);
    five.count_ones() + 2 * beginnings.count_ones()
}

/// 40 points for what looks like the corner of a code: dark and light as 1:1:3:1:1 with four light modules beside it.
fn finders(line: u64, size: usize) -> u32 {
    let pattern = line & !(line >> 1) & (line >> 2) & (line >> 3) & (line >> 4) & !(line >> 5) & (line >> 6);
    let dark_before = (line << 1) | (line << 2) | (line << 3) | (line << 4);
    let dark_after = (line >> 7) | (line >> 8) | (line >> 9) | (line >> 10);
    40 * (pattern & bits(size - 6) & !(dark_before & dark_after)).count_ones()
}

/// 3 points for each square of four modules of one colour.
fn blocks(rows: &[u64], size: usize) -> u32 {
    let blocks = |pair: &[u64]| match pair {
        [upper, lower] => (alike(*upper, size) & alike(*lower, size) & !(upper ^ lower)).count_ones(),
        _ => 0,
    };
    3 * rows.windows(2).map(blocks).sum::<u32>()
}

/// 10 points for each 5 % by which the dark part differs from a half, without rounding to steps of 5 %.
fn imbalance(modules: &[bool]) -> u32 {
    let dark = modules.iter().filter(|dark| **dark).count();
    (dark * 200 / modules.len().max(1)).abs_diff(100) as u32
}

#[cfg(test)]
mod tests {
    use qrcode::{Color, EcLevel, QrCode};

    use super::{blocks, finders, imbalance, runs};
    use crate::papers::qr::{QrMatrix, Resilience};
    use crate::school::LinkUrl;

    #[test]
    fn rules() {
        assert_eq!(runs(0b0_1111_0101_0101, 13), 0);
        assert_eq!(runs(0b1111_1000_0001, 12), 3 + 4);
        assert_eq!(finders(0b101_1101_0000, 11), 40);
        assert_eq!(finders(0b1_0001_0111_0110_0010, 17), 0);
        assert_eq!(blocks(&[0b011, 0b011, 0b111], 3), 6);
        assert_eq!(imbalance(&[true, true, true, false]), 50);
    }

    #[test]
    fn the_mask_is_the_one_that_the_whole_calculation_finds() {
        for number in 0..40 {
            let link = format!("https://max.ru/join/EXAMPLE-{number}-{}", "aZ_9-".repeat(7));
            let slow = QrCode::with_error_correction_level(&link, EcLevel::Q).unwrap();
            let fast = QrMatrix::encode(&LinkUrl::judged(link), Resilience::Quarter).unwrap();
            let size = slow.width();
            let slow: Vec<bool> = slow.to_colors().into_iter().map(|colour| colour == Color::Dark).collect();
            let fast: Vec<bool> = (0..size * size).map(|index| fast.is_dark(index % size, index / size)).collect();
            assert!(slow == fast, "{number}");
        }
    }
}
