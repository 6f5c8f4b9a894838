//! Reads finished PDFs as a telephone does: pages to pixels, pixels to links. For tests only.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// A page in shades of grey, row by row.
pub(super) struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
    /// Pixels in a millimetre.
    resolution: f32,
}

/// A part of a picture, in pixels.
#[derive(Clone, Copy)]
struct Part {
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

/// The pages of a PDF at a resolution.
pub(super) fn pictures(bytes: &[u8], dots_per_inch: f32) -> Vec<Picture> {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let cache = RenderCache::new();
    let scale = dots_per_inch / 72.0;
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    pdf.pages()
        .iter()
        .map(|page| {
            let pixmap = render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
            Picture {
                width: pixmap.width().into(),
                height: pixmap.height().into(),
                pixels: pixmap.data().iter().map(|pixel| pixel.r).collect(),
                resolution: dots_per_inch / 25.4,
            }
        })
        .collect()
}

impl Picture {
    /// The links of all QR codes of the page, from top to bottom, from left to right; one that cannot be read is a
    /// failure of the test.
    ///
    /// A telephone is held over one code; so each is looked at alone, found as a square that is black and white all
    /// over with nothing around it.
    pub(super) fn links(&self) -> Vec<String> {
        let codes = self.islands().into_iter().filter(|part| {
            let (width, height) = ((part.right - part.left) as f32, (part.bottom - part.top) as f32);
            let is_square = width.min(height) > 30.0 * self.resolution && (width / height - 1.0).abs() < 0.03;
            // Text leaves more white.
            is_square && self.darkness(*part) > 0.35
        });
        codes.map(|part| self.link(part)).collect()
    }

    /// How much of a part is black, as a part of 1.
    fn darkness(&self, part: Part) -> f32 {
        let rows =
            (part.top..part.bottom).map(|y| &self.pixels[y * self.width + part.left..y * self.width + part.right]);
        let dark = rows.flatten().filter(|pixel| **pixel < 128).count();
        dark as f32 / ((part.right - part.left) * (part.bottom - part.top)) as f32
    }

    fn link(&self, part: Part) -> String {
        let quiet = (4.0 * self.resolution) as usize;
        let (width, height) = (part.right - part.left + 2 * quiet, part.bottom - part.top + 2 * quiet);
        let pixel = |x: usize, y: usize| {
            let inside = (quiet..width - quiet).contains(&x) && (quiet..height - quiet).contains(&y);
            if inside { self.pixels[(part.top + y - quiet) * self.width + part.left + x - quiet] } else { 255 }
        };
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code in a square of {width} × {height} pixels");
        grids[0].decode().expect("a code that can be read").1
    }

    /// What is black, in parts that lie 3 mm or more apart.
    fn islands(&self) -> Vec<Part> {
        let tile = (1.5 * self.resolution) as usize;
        let (columns, rows) = (self.width.div_ceil(tile), self.height.div_ceil(tile));
        let mut dark = vec![false; columns * rows];
        for (index, _) in self.pixels.iter().enumerate().filter(|(_, pixel)| **pixel < 128) {
            dark[index / self.width / tile * columns + index % self.width / tile] = true;
        }
        let mut islands = Vec::new();
        for start in 0..dark.len() {
            let (mut tiles, mut open) = (Vec::new(), vec![start]);
            while let Some(index) = open.pop() {
                if !std::mem::take(&mut dark[index]) {
                    continue;
                }
                tiles.push(index);
                let (x, y) = (index % columns, index / columns);
                for near_y in y.saturating_sub(1)..=(y + 1).min(rows - 1) {
                    open.extend(
                        (x.saturating_sub(1)..=(x + 1).min(columns - 1)).map(|near_x| near_y * columns + near_x),
                    );
                }
            }
            if !tiles.is_empty() {
                islands.push(self.trimmed(&tiles, tile, columns));
            }
        }
        islands
    }

    /// The smallest part that holds everything black of some tiles.
    fn trimmed(&self, tiles: &[usize], tile: usize, columns: usize) -> Part {
        let mut part = Part { left: usize::MAX, top: usize::MAX, right: 0, bottom: 0 };
        for index in tiles {
            let (left, top) = (index % columns * tile, index / columns * tile);
            for y in top..(top + tile).min(self.height) {
                for x in (left..(left + tile).min(self.width)).filter(|x| self.pixels[y * self.width + x] < 128) {
                    part.left = part.left.min(x);
                    part.top = part.top.min(y);
                    part.right = part.right.max(x + 1);
                    part.bottom = part.bottom.max(y + 1);
                }
            }
        }
        part
    }
}
