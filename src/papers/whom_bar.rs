//! The bar that says whom a paper is for: told apart in black and white from three metres.

use super::canvas::{Hatching, Ink, Item, Page};
use super::rich_text::RichText;
use super::text::{Align, Room, TextStyle};
use super::units::{Area, Mm, Pt};
use crate::school::Audience;

/// The thickness of an outline on a poster.
const OUTLINE: Pt = Pt(1.8);

/// The bar of a poster: solid for parents, hatched ends for students, a double outline for the staff, solid ends for
/// everyone.
pub(super) fn poster_bar(page: &mut Page, area: Area, audience: Audience, whom: &str) {
    let end = Mm(9.0);
    let ends = [Area::new(area.x, area.y, end, area.height), Area::new(area.right() - end, area.y, end, area.height)];
    let mut ink = Ink::Black;
    match audience {
        Audience::Parents => {
            page.filled(area, Ink::Black);
            ink = Ink::White;
        }
        Audience::Students => {
            for end in ends {
                let area = end.inset(Mm(0.3));
                page.push(Item::Hatching(Hatching { area, step: Mm(3.0), thickness: Pt(3.6) }));
            }
            page.outlined(area, OUTLINE, Mm(0.0));
        }
        Audience::Staff => {
            page.outlined(area, OUTLINE, Mm(0.0));
            page.outlined(area.inset(Mm(1.7)), Pt(0.9), Mm(0.0));
        }
        Audience::Everyone => {
            for end in ends {
                page.filled(end, Ink::Black);
            }
            page.outlined(area, OUTLINE, Mm(0.0));
        }
    }
    let inner = Area::new(area.x + end + Mm(3.0), area.y, area.width - (end + Mm(3.0)) * 2.0, area.height);
    let style = TextStyle::new(Pt(19.0)).leading(1.1).align(Align::Centre).tracking(35.0).ink(ink);
    let room = Room::of_width(inner.width).lines(1, Pt(10.0));
    style.fit(&RichText::bold(whom), room).draw_in_middle(page, inner);
}

/// The bar of a slip, with the class at its right: solid for parents, outlined for everybody else.
pub(super) fn slip_bar(page: &mut Page, area: Area, audience: Audience, whom: &str, class: &str) {
    let ink = if audience == Audience::Parents {
        page.filled(area, Ink::Black);
        Ink::White
    } else {
        page.outlined(area, Pt(0.9), Mm(0.0));
        Ink::Black
    };
    let inner = Area::new(area.x + Mm(2.0), area.y, area.width - Mm(4.0), area.height);
    let (whom, class) = (RichText::bold(whom), RichText::bold(class));
    let gap = Mm(2.0);
    let mut style = TextStyle::new(Pt(10.0)).leading(1.1).ink(ink);
    // Both become smaller together: neither whom it is for nor the class may be cut.
    loop {
        let whom = style.tracking(35.0).set(&whom, inner.width);
        let rest = inner.width - whom.longest() - gap;
        let class = style.align(Align::Right).set(&class, rest.max(Mm(1.0)));
        let fits = whom.lines() == 1 && class.lines() == 1 && rest > Mm(1.0);
        if fits || style.size < Pt(3.0) {
            whom.draw_in_middle(page, inner);
            class.draw_in_middle(page, Area::new(inner.right() - class.width(), inner.y, class.width(), inner.height));
            return;
        }
        style.size = style.size * 0.96;
    }
}
