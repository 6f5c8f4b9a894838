//! Lengths: millimetres for places, points for sizes of type.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// Millimetres: places and extents on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Mm(pub f32);

/// Points (1/72 inch): sizes of type and widths of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Pt(pub f32);

/// Points in a millimetre.
const POINTS_IN_MM: f32 = 72.0 / 25.4;

macro_rules! length {
    ($name:ident) => {
        impl $name {
            /// The greater of two lengths.
            #[must_use]
            pub fn max(self, other: Self) -> Self {
                Self(self.0.max(other.0))
            }

            /// The smaller of two lengths.
            #[must_use]
            pub fn min(self, other: Self) -> Self {
                Self(self.0.min(other.0))
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Neg for $name {
            type Output = Self;
            fn neg(self) -> Self {
                Self(-self.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 += other.0;
            }
        }

        impl SubAssign for $name {
            fn sub_assign(&mut self, other: Self) {
                self.0 -= other.0;
            }
        }

        impl Mul<f32> for $name {
            type Output = Self;
            fn mul(self, factor: f32) -> Self {
                Self(self.0 * factor)
            }
        }

        impl Div<f32> for $name {
            type Output = Self;
            fn div(self, divisor: f32) -> Self {
                Self(self.0 / divisor)
            }
        }

        /// How many times one length goes into the other.
        impl Div for $name {
            type Output = f32;
            fn div(self, other: Self) -> f32 {
                self.0 / other.0
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
                lengths.fold(Self::default(), Add::add)
            }
        }
    };
}

length!(Mm);
length!(Pt);

impl From<Pt> for Mm {
    fn from(points: Pt) -> Self {
        Self(points.0 / POINTS_IN_MM)
    }
}

impl From<Mm> for Pt {
    fn from(millimetres: Mm) -> Self {
        Self(millimetres.0 * POINTS_IN_MM)
    }
}

/// A place on a page, measured from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left edge.
    pub x: Mm,
    /// From the top edge.
    pub y: Mm,
}

/// An upright rectangle on a page, measured from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// The left edge.
    pub x: Mm,
    /// The top edge.
    pub y: Mm,
    /// The width.
    pub width: Mm,
    /// The height.
    pub height: Mm,
}

impl Point {
    /// A place by its distances from the left and from the top edge.
    pub const fn new(x: Mm, y: Mm) -> Self {
        Self { x, y }
    }
}

impl Area {
    /// An area by its left and top edge, width and height.
    pub const fn new(x: Mm, y: Mm, width: Mm, height: Mm) -> Self {
        Self { x, y, width, height }
    }

    /// The right edge.
    pub fn right(self) -> Mm {
        self.x + self.width
    }

    /// The bottom edge.
    pub fn bottom(self) -> Mm {
        self.y + self.height
    }

    /// The top left corner.
    pub fn origin(self) -> Point {
        Point::new(self.x, self.y)
    }

    /// The middle.
    pub fn centre(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// The area without a margin on all four sides; a negative margin makes it larger.
    #[must_use]
    pub fn inset(self, margin: Mm) -> Self {
        Self::new(self.x + margin, self.y + margin, self.width - margin * 2.0, self.height - margin * 2.0)
    }

    /// The smallest area that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self::new(x, y, self.right().max(other.right()) - x, self.bottom().max(other.bottom()) - y)
    }

    /// Whether the other area lies in this one, give or take a hair of 0.02 mm.
    pub fn contains(self, other: Self) -> bool {
        let hair = Mm(0.02);
        other.x >= self.x - hair
            && other.y >= self.y - hair
            && other.right() <= self.right() + hair
            && other.bottom() <= self.bottom() + hair
    }

    /// Whether the two areas share more than a hair of 0.05 mm.
    pub fn overlaps(self, other: Self) -> bool {
        let hair = Mm(0.05);
        self.x + hair < other.right()
            && other.x + hair < self.right()
            && self.y + hair < other.bottom()
            && other.y + hair < self.bottom()
    }
}

#[cfg(test)]
mod tests {
    use super::{Area, Mm, Pt};

    #[test]
    fn an_inch_is_72_points() {
        assert!((Pt::from(Mm(25.4)).0 - 72.0).abs() < 1e-4);
        assert!((Mm::from(Pt(36.0)).0 - 12.7).abs() < 1e-4);
    }

    #[test]
    fn areas() {
        let area = |x, y, width, height| Area::new(Mm(x), Mm(y), Mm(width), Mm(height));
        assert!(area(0.0, 0.0, 10.0, 10.0).overlaps(area(9.0, 9.0, 5.0, 5.0)));
        assert!(!area(0.0, 0.0, 10.0, 10.0).overlaps(area(10.0, 0.0, 5.0, 5.0)));
        assert!(area(0.0, 0.0, 10.0, 10.0).contains(area(1.0, 1.0, 9.0, 9.0)));
        assert!(!area(0.0, 0.0, 10.0, 10.0).contains(area(1.0, 1.0, 9.1, 9.0)));
        assert_eq!(area(0.0, 0.0, 1.0, 1.0).union(area(4.0, 4.0, 1.0, 1.0)), area(0.0, 0.0, 5.0, 5.0));
    }
}
