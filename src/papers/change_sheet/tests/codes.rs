//! Reads the codes of a finished file from its pixels: drawn by one program, read by another.

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use rqrr::PreparedImage;

use crate::papers::canvas::{Item, Page};
use crate::papers::units::{Area, Mm};

const DPI: f32 = 150.0;

/// The texts of the codes in the order in which the pages hold them.
pub(super) fn read(pdf: &[u8], pages: &[Page]) -> Vec<String> {
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).expect("a PDF");
    assert_eq!(pdf.pages().len(), pages.len());
    let (cache, interpreter, rendering) =
        (RenderCache::new(), InterpreterSettings::default(), RenderSettings::default());
    let target = PixmapSettings { x_scale: DPI / 72.0, y_scale: DPI / 72.0, bg_color: WHITE };
    let mut texts = Vec::new();
    for (drawn, page) in pdf.pages().iter().zip(pages) {
        let codes = page.items().iter().filter_map(|item| if let Item::Qr(qr) = item { Some(qr.area) } else { None });
        let codes: Vec<Area> = codes.collect();
        if codes.is_empty() {
            continue;
        }
        let picture = render(drawn, &cache, &interpreter, &rendering, &target);
        let width = usize::from(picture.width());
        let is_dark = |x: usize, y: usize| picture.data().get(y * width + x).is_some_and(|pixel| pixel.g < 128);
        let pixels = |length: Mm| (length.0 * DPI / 25.4).round() as usize;
        texts.extend(codes.into_iter().map(|area| {
            let (left, top, side) = (pixels(area.x), pixels(area.y), pixels(area.width));
            let mut cut = PreparedImage::prepare_from_bitmap(side, side, |x, y| is_dark(left + x, top + y));
            let grids = cut.detect_grids();
            assert_eq!(grids.len(), 1, "one code in its place");
            grids[0].decode().expect("a code that can be read").1
        }));
    }
    texts
}
