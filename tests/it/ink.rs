//! Where on a page ink stands in squares: the places to look for QR codes.
//!
//! The page is laid out in cells; cells with ink that touch each other are one shape. The quiet zone keeps a code
//! apart from everything else, so a code is a shape of its own: square, large and mostly filled.

use crate::pixels::{DARK, Picture};

/// Sides of cells in millimetres. Cells wider than a module hold a code together, cells narrower than half its quiet
/// zone of 4 modules keep it apart: 1.2 serves modules of 0.6–1.2 mm (slips), 4.5 those of 2.3–4.5 mm (posters).
const CELLS: [f32; 3] = [1.2, 2.3, 4.5];

/// The smallest side of a code, in millimetres.
const SMALLEST: f32 = 15.0;

/// A rectangle of pixels; right and bottom are just outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The first column.
    pub(crate) left: usize,
    /// The first row.
    pub(crate) top: usize,
    /// The column after the last.
    pub(crate) right: usize,
    /// The row after the last.
    pub(crate) bottom: usize,
}

impl Spot {
    /// Columns.
    pub(crate) fn width(&self) -> usize {
        self.right - self.left
    }

    /// Rows.
    pub(crate) fn height(&self) -> usize {
        self.bottom - self.top
    }

    /// Whether two rectangles have a pixel in common.
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn grown(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// The square shapes of a page; one shape may be found in several sizes of cells.
pub(crate) fn squares(picture: &Picture) -> Vec<Spot> {
    CELLS.iter().flat_map(|side| shapes(picture, picture.pixels_in(*side).max(1))).collect()
}

fn shapes(picture: &Picture, side: usize) -> Vec<Spot> {
    let (columns, rows) = (picture.width.div_ceil(side), picture.height.div_ceil(side));
    let mut ink = ink_of_cells(picture, side, columns, rows);
    let mut found = Vec::new();
    for start in 0..ink.len() {
        let Some(first) = ink[start].take() else { continue };
        let (mut shape, mut cells, mut open) = (first, 1, vec![start]);
        while let Some(cell) = open.pop() {
            let (column, row) = (cell % columns, cell / columns);
            for row in row.saturating_sub(1)..(row + 2).min(rows) {
                for column in column.saturating_sub(1)..(column + 2).min(columns) {
                    let next = row * columns + column;
                    if let Some(spot) = ink[next].take() {
                        shape = shape.grown(&spot);
                        cells += 1;
                        open.push(next);
                    }
                }
            }
        }
        let (width, height) = (shape.width(), shape.height());
        let square = width.abs_diff(height) * 20 <= width;
        let filled = cells * side * side * 2 >= width * height;
        if square && filled && width >= picture.pixels_in(SMALLEST) {
            found.push(shape);
        }
    }
    found
}

/// The rectangle around the dark pixels of every cell, row by row; `None` where a cell has none.
fn ink_of_cells(picture: &Picture, side: usize, columns: usize, rows: usize) -> Vec<Option<Spot>> {
    let mut ink: Vec<Option<Spot>> = vec![None; columns * rows];
    // Millions of pixels in an unoptimised test: loops, not iterators of iterators.
    for (y, line) in picture.pixels.chunks_exact(picture.width).enumerate() {
        let cells = &mut ink[y / side * columns..][..columns];
        for (x, gray) in line.iter().enumerate() {
            if *gray >= DARK {
                continue;
            }
            let spot = cells[x / side].get_or_insert(Spot { left: x, top: y, right: x + 1, bottom: y + 1 });
            spot.left = spot.left.min(x);
            spot.right = spot.right.max(x + 1);
            spot.bottom = y + 1;
        }
    }
    ink
}
