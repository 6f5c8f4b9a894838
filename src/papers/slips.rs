//! Slips: one per pupil with the QR code of the parents' chat or of the class's chat, several on a sheet to be cut.

mod content;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::canvas::Page;
use super::choice::Choice;
use super::error::PaperError;
use super::paper::{ChatSheet, ClassPapers, Paper, PaperKind, Sheets};
use super::pieces::{PieceContent, UNISSUED};
use super::pupil_names;
use super::qr::{QUIET_ZONE, QrMatrix};
use super::rich_text::RichText;
use super::slip_places::{Follow, Grid, MODULE, Places, SHEET, places};
use super::sum::Sum;
use super::text::{Align, Room, TextBlock, TextStyle};
use super::units::{Area, Mm, Point, Pt};
use super::whom_bar::slip_bar;
use crate::school::{Audience, ChatKind, Edition, LinkUrl, Piece, SchoolClass, SlipsPerPage, Student, file_name, fold};

use content::SlipContent;

/// The slips of a class: those for parents on pages of their own, then those for pupils; `None` where neither chat has
/// a link or the class has no pupil.
///
/// # Errors
/// When a link is longer than a QR code holds, or by a fault of the program.
pub fn slips(papers: &ClassPapers<'_>) -> Result<Option<Paper>, PaperError> {
    papers.bind(PaperKind::Slips, &slip_sheets(papers, Choice::All)?)
}

/// Some of these slips in the same order, on one sheet where they fit there together, under a name of its own: «7А
/// Отдельные талоны.pdf».
///
/// # Errors
/// When a link is longer than a QR code holds, or by a fault of the program.
pub fn slips_of(papers: &ClassPapers<'_>, pieces: &BTreeSet<Piece>) -> Result<Option<Paper>, PaperError> {
    let name = file_name(&format!("{} Отдельные талоны.pdf", papers.whose()));
    papers.bind_as(PaperKind::Slips, name, &slip_sheets(papers, Choice::Only(pieces))?)
}

/// The pages of slips: a stack for each chat; where some of them fit on one sheet together, that sheet.
pub(super) fn slip_sheets(papers: &ClassPapers<'_>, choice: Choice<'_>) -> Result<Sheets, PaperError> {
    let Some(class) = papers.class else { return Ok(Sheets::default()) };
    let names = pupil_names::short(class);
    let mut stacks = Vec::new();
    for run in runs(papers) {
        stacks.push(stack(papers, class, &run, &names, choice)?);
    }
    let grid = Grid::of(papers.settings.slips_per_page);
    let count: usize = stacks.iter().map(Vec::len).sum();
    if matches!(choice, Choice::Only(_)) && count <= grid.count() {
        stacks = vec![stacks.into_iter().flatten().collect()];
    }
    Ok(Sheets {
        pages: stacks.iter().flat_map(|stack| pages(stack, papers.settings.slips_per_page)).collect(),
        editions: stacks.iter().flatten().map(|slip| slip.edition).collect(),
    })
}

/// What the slips say, each as a sum; what all slips of a chat have in common is summed up once.
pub(super) fn slip_pieces(papers: &ClassPapers<'_>) -> Vec<PieceContent> {
    let Some(class) = papers.class else { return Vec::new() };
    let names = pupil_names::short(class);
    let mut pieces = Vec::new();
    for run in runs(papers) {
        let content = SlipContent::new(papers, class, &run, UNISSUED);
        let (core, all) = (content.core(), content.sum());
        for (student, name) in class.students.iter().zip(&names) {
            if let Some(piece) = piece(&run, student) {
                let of_pupil = |common: &Sum, name: &str| {
                    let mut sum = common.clone();
                    sum.text(name);
                    sum.finish()
                };
                // A slip on which «Федоров» is spelt without its «ё» misleads nobody.
                let (core, fingerprint) = (of_pupil(&core, &fold(name)), of_pupil(&all, name));
                pieces.push(PieceContent { piece, kind: PaperKind::Slips, core, fingerprint });
            }
        }
    }
    pieces
}

/// The slip of a pupil; `None` for a pupil who has no id yet.
fn piece(run: &Run<'_>, student: &Student) -> Option<Piece> {
    student.id.map(|student| Piece::Slip { chat: run.sheet.chat.key.clone(), student })
}

/// A slip that is to be printed.
struct Slip<'a> {
    name: &'a str,
    edition: Edition,
    common: Rc<Common>,
}

/// Slips of one chat for a whole class.
struct Run<'a> {
    sheet: &'a ChatSheet<'a>,
    link: &'a LinkUrl,
}

/// Parents first, then pupils.
fn runs<'a>(papers: &ClassPapers<'a>) -> impl Iterator<Item = Run<'a>> {
    let chats = papers.chats;
    [ChatKind::ClassParents, ChatKind::ClassStudents].into_iter().flat_map(move |kind| {
        let of_kind = chats.iter().filter(move |sheet| sheet.chat.kind == kind);
        of_kind.filter_map(|sheet| sheet.link.map(|link| Run { sheet, link }))
    })
}

/// Which item stands at a position of a page, so that the piles of a cut stack, laid on each other in the order of the
/// positions, keep the order of the items: position p of page k holds item p × pages + k.
fn item_at(position: usize, page: usize, pages: usize) -> usize {
    position * pages + page
}

/// What is the same on all slips of a run and an edition, set once.
struct Common {
    code: Arc<QrMatrix>,
    steps: Vec<TextBlock>,
    numbers: Vec<TextBlock>,
    number_width: Mm,
    step_gap: Mm,
    link: TextBlock,
    note: Option<TextBlock>,
    foot: TextBlock,
    edition: TextBlock,
    whom: String,
    class: String,
    audience: Audience,
    look: Look,
}

/// The quiet zone as a part of the side of the modules.
fn quiet(code: &QrMatrix) -> f32 {
    QUIET_ZONE as f32 / code.size() as f32
}

/// Whether the modules of a code on a slip are no smaller than [`MODULE`].
fn has_large_modules(code: &QrMatrix, slips: SlipsPerPage) -> bool {
    let place = places(slips, Grid::of(slips).area(0), quiet(code)).code;
    // A place of 45 modules of 0.8 mm is 36 mm wide but for the rounding.
    place.width + Mm(0.01) >= MODULE * code.size() as f32
}

/// The sizes of type of a slip.
#[derive(Clone, Copy)]
struct Look {
    name: Pt,
    steps: Pt,
    link: Pt,
    note: Pt,
    foot: Pt,
}

impl Look {
    fn of(slips: SlipsPerPage) -> Self {
        let look = |name, steps, link, note, foot| Self {
            name: Pt(name),
            steps: Pt(steps),
            link: Pt(link),
            note: Pt(note),
            foot: Pt(foot),
        };
        match slips {
            SlipsPerPage::Four => look(15.0, 10.5, 6.3, 7.6, 7.6),
            SlipsPerPage::Six => look(13.0, 9.0, 6.3, 7.2, 7.2),
            SlipsPerPage::Eight => look(11.5, 8.2, 6.0, 7.0, 6.8),
            SlipsPerPage::Ten => look(11.0, 7.6, 6.0, 6.6, 6.6),
        }
    }
}

/// The slips of a chat that are to be printed, in the order of the class.
fn stack<'a>(
    papers: &ClassPapers<'_>,
    class: &SchoolClass,
    run: &Run<'_>,
    names: &'a [String],
    choice: Choice<'_>,
) -> Result<Vec<Slip<'a>>, PaperError> {
    let chosen: Vec<(Option<Piece>, &String)> = class
        .students
        .iter()
        .zip(names)
        .map(|(student, name)| (piece(run, student), name))
        .filter(|(piece, _)| choice.takes(piece.as_ref()))
        .collect();
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let is_large_enough = |code: &QrMatrix| has_large_modules(code, papers.settings.slips_per_page);
    let code = QrMatrix::strongest(run.link, is_large_enough)
        .map_err(|_| PaperError::LinkTooLong { chat: run.sheet.chat.title.clone() })?;
    let code = Arc::new(code);
    let mut commons: BTreeMap<Edition, Rc<Common>> = BTreeMap::new();
    let slip = |(piece, name): (Option<Piece>, &'a String)| {
        let edition = piece.map_or_else(|| papers.editions.current(), |piece| papers.editions.of(&piece));
        let common = commons.entry(edition).or_insert_with(|| {
            let content = SlipContent::new(papers, class, run, edition);
            Rc::new(Common::new(&content, papers.settings.slips_per_page, &code))
        });
        Slip { name, edition, common: Rc::clone(common) }
    };
    Ok(chosen.into_iter().map(slip).collect())
}

/// The sheets of a stack.
fn pages(stack: &[Slip<'_>], slips: SlipsPerPage) -> Vec<Page> {
    let grid = Grid::of(slips);
    let pages = stack.len().div_ceil(grid.count());
    (0..pages)
        .map(|number| {
            let mut page = Page::a4();
            for position in 0..grid.count() {
                if let Some(slip) = stack.get(item_at(position, number, pages)) {
                    let places = places(slips, grid.area(position), slip.common.quiet());
                    slip.common.draw(&mut page, &places, slip.name);
                }
            }
            cut_lines(&mut page, grid);
            page
        })
        .collect()
}

/// Dashed lines between the slips, a little beyond them so that the scissors find them.
fn cut_lines(page: &mut Page, grid: Grid) {
    for column in 1..grid.columns {
        let x = SHEET.x + SHEET.width * (column as f32 / grid.columns as f32);
        page.cut_line(Point::new(x, SHEET.y), Point::new(x, SHEET.bottom()));
    }
    for row in 1..grid.rows {
        let y = SHEET.y + SHEET.height * (row as f32 / grid.rows as f32);
        page.cut_line(Point::new(SHEET.x, y), Point::new(SHEET.right(), y));
    }
}

impl Common {
    fn new(content: &SlipContent<'_>, slips: SlipsPerPage, code: &Arc<QrMatrix>) -> Self {
        let look = Look::of(slips);
        let places = places(slips, Grid::of(slips).area(0), quiet(code));
        let foot_style = TextStyle::new(look.foot).leading(1.2);
        let edition_room = Room::of_width(places.foot.width * 0.4).lines(1, Pt(4.0));
        let edition = foot_style.align(Align::Right).fit(&content.edition, edition_room);
        let foot_room = Room::of_width(places.foot.width - edition.longest() - Mm(2.0)).lines(1, Pt(5.0));
        let mut common = Self {
            code: Arc::clone(code),
            steps: Vec::new(),
            numbers: Vec::new(),
            number_width: Mm(0.0),
            step_gap: Mm(0.0),
            link: TextStyle::new(look.link)
                .leading(1.2)
                .one_line(&RichText::mono(content.link.as_str()), places.link.width),
            note: places.note.map(|area| {
                let room = Room::of_width(area.width).lines(2, Pt(5.0));
                TextStyle::new(look.note).leading(1.2).fit(&content.note, room)
            }),
            foot: foot_style.fit(&content.questions, foot_room),
            edition,
            whom: content.whom.to_owned(),
            class: content.class.clone(),
            audience: content.audience,
            look,
        };
        common.set_steps(&content.steps, places.steps);
        common
    }

    /// Sets the steps as large as their place allows.
    fn set_steps(&mut self, steps: &[RichText], area: Area) {
        let mut size = self.look.steps;
        loop {
            let style = TextStyle::new(size).leading(1.2);
            self.number_width = Mm::from(size * 1.35);
            let width = area.width - self.number_width;
            let room = Room::of_width(width).lines(5, Pt(4.0));
            self.steps = steps.iter().map(|step| style.fit(step, room)).collect();
            let number = |number: usize| style.set(&RichText::plain(format!("{number}.")), self.number_width);
            self.numbers = (1..=steps.len()).map(number).collect();
            self.step_gap = Mm::from(size * 0.2);
            let height: Mm = self.steps.iter().map(|step| step.height() + self.step_gap).sum();
            if height - self.step_gap <= area.height || size <= Pt(4.5) {
                return;
            }
            size = size * 0.96;
        }
    }

    fn quiet(&self) -> f32 {
        quiet(&self.code)
    }

    fn draw(&self, page: &mut Page, places: &Places, name: &str) {
        slip_bar(page, places.bar, self.audience, &self.whom, &self.class);
        page.qr(&self.code, places.code.inset(-(places.code.width * self.quiet())));
        let name_style = TextStyle::new(self.look.name).leading(1.15);
        let room = Room::of_width(places.name.width).lines(2, Pt(6.0));
        let name = name_style.fit(&RichText::bold(name), Room { height: places.name.height, ..room });
        let mut y = match places.follow {
            Follow::Name => {
                name.draw(page, places.name.origin());
                places.name.y + name.height() + Mm(0.8)
            }
            Follow::Nothing => {
                name.draw_in_middle(page, places.name);
                places.steps.y
            }
        };
        for (number, step) in self.numbers.iter().zip(&self.steps) {
            number.draw(page, Point::new(places.steps.x, y));
            step.draw(page, Point::new(places.steps.x + self.number_width, y));
            y += step.height() + self.step_gap;
        }
        self.link.draw(page, places.link.origin());
        if let (Some(note), Some(area)) = (&self.note, places.note) {
            note.draw(page, area.origin());
        }
        page.rule(Point::new(places.foot.x, places.foot.y), places.foot.width, Pt(0.4));
        let base = places.foot.y + Mm(0.7);
        self.foot.draw(page, Point::new(places.foot.x, base));
        self.edition.draw(page, Point::new(places.foot.right() - self.edition.width(), base));
    }
}

#[cfg(test)]
mod tests {
    use super::item_at;

    #[test]
    fn piles_laid_on_each_other_keep_the_order() {
        let (items, per_page) = (26_usize, 8);
        let pages = items.div_ceil(per_page);
        let stack: Vec<usize> = (0..per_page)
            .flat_map(|position| (0..pages).map(move |page| item_at(position, page, pages)))
            .filter(|item| *item < items)
            .collect();
        assert_eq!(stack, (0..items).collect::<Vec<_>>());
    }
}
