//! «Семейные листы»: one sheet for each family whose children learn in several classes, with the codes of the parents'
//! chats of all of them.
//!
//! They are papers of the school: the deputy director hands them out, for no homeroom teacher is to get the data of another
//! class. The slips of the classes hold beside them and carry the same codes. A family gets its sheet when all of its
//! chats have a link; who is a family is not decided here.

#[cfg(test)]
mod tests;
mod wording;

use std::sync::Arc;

use super::canvas::Page;
use super::choice::Choice;
use super::document::{Document, numbered};
use super::error::PaperError;
use super::flow::{Flow, Foot, Frame, styles};
use super::paper::{ChildCode, ClassPapers, FamilyCodes, Paper, PaperKind, Sheets};
use super::phrases::Values;
use super::pieces::{PieceContent, UNISSUED};
use super::qr::{QUIET_ZONE, QrMatrix, Resilience};
use super::rich_text::RichText;
use super::sum::Sum;
use super::text::{Room, TextStyle};
use super::units::{Area, Mm, Point, Pt};
use super::whom_bar::slip_bar;
use crate::school::{Audience, Edition, LinkUrl, OptionalPaper, PersonName, Piece, Service, dotted, fold};

pub(super) use wording::{FAMILY, FamilyWording};

/// The side of a code without its quiet zone: 45 modules of more than a millimetre.
const CODE: Mm = Mm(46.0);
/// The height of a child with the code and its quiet zone.
const CHILD: Mm = Mm(57.0);
/// From the left edge to the words of a child.
const WORDS: Mm = Mm(58.0);
/// The bar over the words of a child.
const BAR: Mm = Mm(6.4);

const NAME: TextStyle = TextStyle::new(Pt(15.0)).leading(1.15);
const LINE: TextStyle = TextStyle::new(Pt(10.5)).leading(1.25);
const LINK: TextStyle = TextStyle::new(Pt(7.5)).leading(1.2);

/// The sheets of all families; `None` for a class, where there is no family of several classes, and where the school does
/// without.
///
/// # Errors
/// When a link is longer than a QR code holds, or by a fault of the program.
pub fn family_sheets(papers: &ClassPapers<'_>) -> Result<Option<Paper>, PaperError> {
    papers.bind(PaperKind::Families, &family_sheets_of(papers, Choice::All)?)
}

/// The pages of some families.
pub(super) fn family_sheets_of(papers: &ClassPapers<'_>, choice: Choice<'_>) -> Result<Sheets, PaperError> {
    let mut sheets = Sheets::default();
    for sheet in families(papers, |piece| papers.editions.of(piece)).filter(|sheet| choice.takes(Some(&sheet.piece())))
    {
        sheets.pages.extend(sheet.pages()?);
        sheets.editions.push(sheet.edition);
    }
    Ok(sheets)
}

/// What each sheet says: the children and where their codes lead as its core.
pub(super) fn family_pieces(papers: &ClassPapers<'_>) -> Vec<PieceContent> {
    let content = |sheet: FamilySheet<'_>| {
        let mut sum = Sum::of("family core 1");
        for (child, link) in &sheet.children {
            sum.text(&fold(&child.name.to_string()));
            sum.text(link.as_str());
        }
        let core = sum.finish();
        let mut sum = Sum::of("family 1");
        sheet.put_head(&mut sum);
        for (child, link) in &sheet.children {
            let ChildWords { class, name, lines } = sheet.words_of(child);
            sum.text(&class);
            sum.text(&name);
            sum.all(&lines);
            sum.text(link.as_str());
        }
        sheet.put_notes(&mut sum);
        let Foot { left, right } = sheet.foot();
        sum.text(&left);
        sum.text(&right);
        PieceContent { piece: sheet.piece(), kind: PaperKind::Families, core, fingerprint: sum.finish() }
    };
    families(papers, |_| UNISSUED).map(content).collect()
}

/// The families whose chats all have a link.
fn families<'a>(
    papers: &'a ClassPapers<'a>,
    edition: impl Fn(&Piece) -> Edition + 'a,
) -> impl Iterator<Item = FamilySheet<'a>> {
    let is_wanted = papers.class.is_none() && papers.settings.optional.contains(&OptionalPaper::Families);
    let sheet = move |family: &'a FamilyCodes| {
        let links = papers.whole_school.links?;
        let child = |child: &'a ChildCode| Some((child, links.printed(&child.chat)?));
        let children = family.children.iter().map(child).collect::<Option<Vec<_>>>()?;
        let edition = edition(&Piece::Family { student: family.known_by });
        Some(FamilySheet { papers, wording: &papers.wording.family, family, children, edition })
    };
    papers.whole_school.families.iter().filter(move |_| is_wanted).filter_map(sheet)
}

/// The sheet of a family on its way to pages.
struct FamilySheet<'a> {
    papers: &'a ClassPapers<'a>,
    wording: &'a FamilyWording,
    family: &'a FamilyCodes,
    children: Vec<(&'a ChildCode, &'a LinkUrl)>,
    edition: Edition,
}

/// What stands beside a code.
struct ChildWords {
    class: String,
    name: String,
    lines: Vec<RichText>,
}

impl FamilySheet<'_> {
    fn piece(&self) -> Piece {
        Piece::Family { student: self.family.known_by }
    }

    fn pages(&self) -> Result<Vec<Page>, PaperError> {
        let mut flow = Flow::new(Frame::BOUND);
        self.put_head(&mut flow);
        for (child, link) in &self.children {
            // The strongest level is larger than on any slip here, so there is always room for it.
            let code = QrMatrix::encode(link, Resilience::Third)
                .or_else(|_| QrMatrix::encode(link, Resilience::Seventh))
                .map_err(|_| PaperError::LinkTooLong { chat: child.title.clone() })?;
            let (code, words) = (Arc::new(code), self.words_of(child));
            flow.block(CHILD, |page, area| self.draw(page, area, &code, link, &words));
        }
        flow.space(Mm(3.0));
        self.put_notes(&mut flow);
        Ok(flow.finish(&self.foot()))
    }

    /// Whose it is and what to do.
    fn put_head(&self, document: &mut dyn Document) {
        let (values, words) = (self.values(), self.wording);
        document.paragraph(&RichText::bold(values.line(&words.title)), styles::TITLE);
        document.space(Mm(1.0));
        for line in values.phrases([&words.whom, &words.school]) {
            document.paragraph(&line, styles::SUBTITLE);
        }
        document.space(Mm(3.5));
        if let Some(intro) = values.phrase(&words.intro) {
            document.paragraph(&intro, styles::TEXT);
            document.space(Mm(1.5));
        }
        numbered(document, &values.phrases(&words.steps), styles::TEXT);
        document.space(Mm(2.0));
    }

    fn put_notes(&self, document: &mut dyn Document) {
        for note in self.values().phrases(&self.wording.notes) {
            document.paragraph(&note, styles::NOTE);
            document.space(Mm(1.0));
        }
    }

    fn words_of(&self, child: &ChildCode) -> ChildWords {
        let words = &self.wording.child;
        let values = Values::default()
            .with("класс", child.class.quoted())
            .with_optional("кого", child.homeroom.as_ref().map(PersonName::with_initials));
        ChildWords {
            class: child.class.quoted(),
            name: child.name.to_string(),
            lines: values.phrases([&words.chat, &words.questions]),
        }
    }

    /// A child: the code at the left, the class, the name and the link beside it.
    fn draw(&self, page: &mut Page, area: Area, code: &Arc<QrMatrix>, link: &LinkUrl, words: &ChildWords) {
        let quiet = CODE * (QUIET_ZONE as f32 / code.size() as f32);
        page.rule(Point::new(area.x, area.y), area.width, Pt(0.4));
        let top = area.y + (area.height - CODE) / 2.0;
        let modules = Area::new(area.x + Mm(3.0), top, CODE, CODE);
        page.qr(code, modules.inset(-quiet));
        let column = Area::new(area.x + WORDS, top, area.width - WORDS, CODE);
        let bar = Area { height: BAR, ..column };
        slip_bar(page, bar, Audience::Parents, &self.papers.wording.slips.whom.parents, &words.class);
        let link = LINK.one_line(&RichText::mono(link.as_str()), column.width);
        let bottom = column.bottom() - link.height();
        link.draw(page, Point::new(column.x, bottom));
        let mut y = column.y + BAR + Mm(2.0);
        let room = Room { height: Mm(13.0), ..Room::of_width(column.width).lines(2, Pt(6.0)) };
        let name = NAME.fit(&RichText::bold(words.name.as_str()), room);
        name.draw(page, Point::new(column.x, y));
        y += name.height() + Mm(1.5);
        for line in &words.lines {
            let room = Room { height: bottom - y, ..Room::of_width(column.width).lines(2, Pt(5.0)) };
            let block = LINE.fit(line, room);
            block.draw(page, Point::new(column.x, y));
            y += block.height() + Mm(0.8);
        }
    }

    fn foot(&self) -> Foot {
        let (values, words) = (self.values(), &self.wording.foot);
        Foot { left: values.line(&words.edition), right: values.line(&words.whose) }
    }

    fn values(&self) -> Values {
        let links = self.children.iter().map(|(_, link)| *link);
        let service = Service::of_links(links, self.papers.regulation.platform);
        let guardians: Vec<String> = self.family.guardians.iter().map(ToString::to_string).collect();
        Values::default()
            .with("родители", guardians.join(", "))
            .with("школа", self.papers.school.short_name.as_str())
            .with("платформа", service.name())
            .with("сайт", service.site())
            .with("версия", self.edition.version.to_string())
            .with("дата", dotted(self.edition.issued))
    }
}
