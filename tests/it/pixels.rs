//! QR codes read back from the pixels of a PDF, as a telephone sees them.
//!
//! The only proof that a printed code leads where it should: the page is rasterised by a program that did not draw
//! it, and the codes are read by another. rqrr mixes up the corners of neighbouring codes (of ten on a page it read
//! four), so every code is cut out and read alone.

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use rqrr::PreparedImage;

use crate::ink::{self, Spot};

/// Grays below it count as ink.
pub(crate) const DARK: u8 = 128;

/// The QR codes of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PageCodes {
    /// The codes in reading order: line by line, from the left.
    pub(crate) codes: Vec<Code>,
    /// Squares that look like a code and could not be read.
    pub(crate) unreadable: usize,
}

/// A code that was read. Lengths in millimetres from the upper left corner of the page, without the quiet zone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Code {
    /// What it says.
    pub(crate) text: String,
    /// From the left edge.
    pub(crate) left: f32,
    /// From the upper edge.
    pub(crate) top: f32,
    /// The side.
    pub(crate) side: f32,
}

/// A page as a grayscale picture.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    /// Pixels in a row.
    pub(crate) width: usize,
    /// Rows.
    pub(crate) height: usize,
    /// The pixels row by row, 0 black, 255 white.
    pub(crate) pixels: Vec<u8>,
    /// Pixels in an inch.
    pub(crate) dpi: f32,
}

impl PageCodes {
    /// The texts of the codes in reading order.
    pub(crate) fn texts(&self) -> Vec<&str> {
        self.codes.iter().map(|code| code.text.as_str()).collect()
    }
}

impl Picture {
    /// Whether a pixel is nearer to black; what lies outside the page is white.
    pub(crate) fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.pixels[y * self.width + x] < DARK
    }

    /// A length in millimetres as pixels.
    pub(crate) fn pixels_in(&self, millimetres: f32) -> usize {
        (millimetres * self.dpi / 25.4).round() as usize
    }

    /// Pixels as a length in millimetres.
    pub(crate) fn millimetres_in(&self, pixels: usize) -> f32 {
        pixels as f32 * 25.4 / self.dpi
    }
}

/// The QR codes of every page of a PDF, rasterised at `dpi`.
///
/// # Panics
/// When the bytes are no PDF.
#[track_caller]
pub(crate) fn qr_texts(pdf: &[u8], dpi: f32) -> Vec<PageCodes> {
    pictures(pdf, dpi).iter().map(codes).collect()
}

/// Every page of a PDF, rasterised at `dpi`.
///
/// # Panics
/// When the bytes are no PDF.
#[track_caller]
pub(crate) fn pictures(pdf: &[u8], dpi: f32) -> Vec<Picture> {
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).expect("a PDF");
    let (cache, interpreter, rendering) =
        (RenderCache::new(), InterpreterSettings::default(), RenderSettings::default());
    let scale = dpi / 72.0;
    let target = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let pages = pdf.pages().iter().map(|page| {
        let pixmap = render(page, &cache, &interpreter, &rendering, &target);
        let gray = pixmap.data().iter().map(|pixel| {
            ((u32::from(pixel.r) * 299 + u32::from(pixel.g) * 587 + u32::from(pixel.b) * 114) / 1000) as u8
        });
        Picture {
            width: usize::from(pixmap.width()),
            height: usize::from(pixmap.height()),
            pixels: gray.collect(),
            dpi,
        }
    });
    pages.collect()
}

/// The codes of a picture.
fn codes(picture: &Picture) -> PageCodes {
    let mut page = PageCodes::default();
    let mut read: Vec<Spot> = Vec::new();
    let mut missed: Vec<Spot> = Vec::new();
    for spot in ink::squares(picture) {
        if read.iter().any(|other| other.overlaps(&spot)) {
            continue;
        }
        if let Some(text) = decode(picture, &spot) {
            missed.retain(|other| !other.overlaps(&spot));
            page.codes.push(Code {
                text,
                left: picture.millimetres_in(spot.left),
                top: picture.millimetres_in(spot.top),
                side: picture.millimetres_in(spot.width()),
            });
            read.push(spot);
        } else if !missed.iter().any(|other| other.overlaps(&spot)) {
            missed.push(spot);
        }
    }
    page.unreadable = missed.len();
    page.codes = in_reading_order(page.codes);
    page
}

/// Codes line by line: those whose tops differ by less than half a side stand in one line.
fn in_reading_order(mut codes: Vec<Code>) -> Vec<Code> {
    codes.sort_by(|one, other| one.top.total_cmp(&other.top));
    let mut lines: Vec<Vec<Code>> = Vec::new();
    for code in codes {
        match lines.last_mut() {
            Some(line) if code.top - line[0].top < line[0].side / 2.0 => line.push(code),
            _ => lines.push(vec![code]),
        }
    }
    for line in &mut lines {
        line.sort_by(|one, other| one.left.total_cmp(&other.left));
    }
    lines.concat()
}

/// The text of the code that fills a spot, cut out and put on white.
fn decode(picture: &Picture, spot: &Spot) -> Option<String> {
    // rqrr is particular about how its grid falls on the modules: a code that it loses at one scale it reads at another.
    [1, 2, 3].into_iter().find_map(|scale| {
        let border = spot.width() * scale / 8;
        let (width, height) = (spot.width() * scale + 2 * border, spot.height() * scale + 2 * border);
        let mut image = PreparedImage::prepare_from_bitmap(width, height, |x, y| {
            let inside = (border..width - border).contains(&x) && (border..height - border).contains(&y);
            inside && picture.is_dark((x - border) / scale + spot.left, (y - border) / scale + spot.top)
        });
        let grids = image.detect_grids();
        let [grid] = grids.as_slice() else { return None };
        grid.decode().ok().map(|(_, text)| text)
    })
}

#[cfg(test)]
mod tests {
    use super::qr_texts;
    use crate::drawn_pdf::{Square, damaged, page, slips};

    #[track_caller]
    fn check(squares: &[Square], dpi: f32) {
        let pages = qr_texts(&page(squares), dpi);
        let expected: Vec<&str> = squares.iter().map(|square| square.text.as_str()).collect();
        assert_eq!(pages.len(), 1);
        assert_eq!(pages[0].texts(), expected, "{dpi} dpi");
        assert_eq!(pages[0].unreadable, 0, "{dpi} dpi");
        for (code, square) in pages[0].codes.iter().zip(squares) {
            let near = |is: f32, should: f32| (is - should).abs() < 0.5;
            assert!(
                near(code.left, square.left) && near(code.top, square.top) && near(code.side, square.side),
                "{code:?}"
            );
        }
    }

    #[test]
    fn every_slip_of_a_page_is_read() {
        for dpi in [100.0, 150.0, 200.0] {
            for rows in 2..=5 {
                check(&slips(rows, u32::from(rows)), dpi);
            }
        }
    }

    #[test]
    fn a_poster_is_read() {
        for dpi in [100.0, 150.0] {
            check(&[Square { left: 46.0, top: 83.0, side: 118.0, text: crate::drawn_pdf::link(7) }], dpi);
        }
    }

    #[test]
    fn a_code_that_cannot_be_read_is_counted() {
        let squares = slips(4, 1);
        let pages = qr_texts(&damaged(&squares), 150.0);
        assert_eq!(pages[0].codes.len(), 7);
        assert_eq!(pages[0].unreadable, 1);
    }
}
