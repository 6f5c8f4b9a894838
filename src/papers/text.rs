//! A text laid out in lines of a given width: size, leading, alignment, and what happens when there is too much of it.

use super::canvas::Ink;
use super::font::Face;
use super::line_break::{Ending, Hyphenation, Measured, Span};
use super::rich_text::RichText;
use super::text_block::{Line, Run};
use super::units::{Mm, Pt};

pub use super::text_block::TextBlock;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// The size of type.
    pub size: Pt,
    /// The distance between base lines as a multiple of the size.
    pub leading: f32,
    /// How the lines stand in the width.
    pub align: Align,
    /// Whether words are divided.
    pub hyphenation: Hyphenation,
    /// Whether the lines of a short text are made equally long.
    pub wrap: Wrap,
    /// Additional space between letters in thousandths of the size, for capitals.
    pub tracking: f32,
    /// Black, or white on black.
    pub ink: Ink,
}

/// How lines stand in their width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right edge.
    Right,
    /// At both edges, but for the last line of a paragraph.
    Justified,
}

/// How lines are filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wrap {
    /// Each line takes what it can.
    #[default]
    Full,
    /// As few lines as possible, about equally long: for titles.
    Balanced,
}

/// How much room a text has, and what gives way when it needs more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// The width.
    pub width: Mm,
    /// The height.
    pub height: Mm,
    /// The greatest number of lines.
    pub lines: usize,
    /// The type becomes smaller down to this size; then the last line that fits ends with «…».
    pub smallest: Pt,
}

impl Align {
    /// How far from the left edge a line begins that leaves this much room.
    pub(super) fn offset(self, spare: Mm) -> Mm {
        match self {
            Self::Left | Self::Justified => Mm(0.0),
            Self::Centre => spare / 2.0,
            Self::Right => spare,
        }
    }
}

impl TextStyle {
    /// Running text of a size: leading 1.3, at the left, words whole, black.
    pub const fn new(size: Pt) -> Self {
        Self {
            size,
            leading: 1.3,
            align: Align::Left,
            hyphenation: Hyphenation::Never,
            wrap: Wrap::Full,
            tracking: 0.0,
            ink: Ink::Black,
        }
    }

    /// With another leading.
    #[must_use]
    pub const fn leading(self, leading: f32) -> Self {
        Self { leading, ..self }
    }

    /// In the middle, lines equally long.
    #[must_use]
    pub const fn centred(self) -> Self {
        Self { align: Align::Centre, wrap: Wrap::Balanced, hyphenation: Hyphenation::Title, ..self }
    }

    /// With another alignment.
    #[must_use]
    pub const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// With words divided by the Russian rules.
    #[must_use]
    pub const fn hyphenated(self) -> Self {
        Self { hyphenation: Hyphenation::Russian, ..self }
    }

    /// With space between the letters, in thousandths of the size.
    #[must_use]
    pub const fn tracking(self, tracking: f32) -> Self {
        Self { tracking, ..self }
    }

    /// In another ink.
    #[must_use]
    pub const fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    /// In another size.
    #[must_use]
    pub const fn size(self, size: Pt) -> Self {
        Self { size, ..self }
    }

    /// The height of one line.
    pub fn line_height(self) -> Mm {
        Mm::from(self.size * self.leading)
    }

    /// The text in lines of this width, as many as it takes.
    pub fn set(self, text: &RichText, width: Mm) -> TextBlock {
        self.broken(&Measured::new(text, self.hyphenation), width)
    }

    /// The text in the room it has, smaller or cut where it must be.
    pub fn fit(self, text: &RichText, room: Room) -> TextBlock {
        let measured = Measured::new(text, self.hyphenation);
        let fits = |block: &TextBlock| block.lines.len() <= room.lines && block.height() <= room.height + Mm(0.01);
        let mut style = self;
        loop {
            let block = style.broken(&measured, room.width);
            let last = style.size <= room.smallest;
            if fits(&block) && (last || !block.torn) {
                return block;
            }
            if last {
                return style.cut(&measured, room);
            }
            style.size = (style.size * 0.96).max(room.smallest.min(self.size));
        }
    }

    /// The text on one line as small as it takes: for links, of which no character may be lost.
    pub fn one_line(self, text: &RichText, width: Mm) -> TextBlock {
        let measured = Measured::new(text, Hyphenation::Never);
        let natural = self.natural_width(&measured);
        let size = if natural > width { self.size * (width / natural) * 0.999 } else { self.size };
        self.size(size).broken(&measured, width + Mm(0.1))
    }

    fn natural_width(self, measured: &Measured) -> Mm {
        let lines = measured.lines(f32::MAX);
        lines.iter().map(|span| self.width_of(measured, *span)).fold(Mm(0.0), Mm::max)
    }

    fn width_of(self, measured: &Measured, span: Span) -> Mm {
        let tracking = self.tracking * measured.letters(span).len().saturating_sub(1) as f32;
        Mm::from(self.size * ((measured.width(span) + tracking) / 1000.0))
    }

    /// The width in thousandths of the size. Tracking is taken off as an average: it is for short capitals only.
    fn limit(self, width: Mm) -> f32 {
        (Pt::from(width) / self.size) * 1000.0 * (600.0 / (600.0 + self.tracking))
    }

    fn broken(self, measured: &Measured, width: Mm) -> TextBlock {
        let limit = self.limit(width);
        let mut spans = measured.lines(limit);
        if self.wrap == Wrap::Balanced && spans.len() > 1 {
            let (mut low, mut high) = (limit * 0.3, limit);
            for _ in 0..12 {
                let middle = f32::midpoint(low, high);
                let tried = measured.lines(middle);
                let torn = tried.iter().any(|span| span.ending == Ending::Torn);
                if tried.len() <= spans.len() && !torn { high = middle } else { low = middle }
            }
            let balanced = measured.lines(high);
            if balanced.len() <= spans.len() {
                spans = balanced;
            }
        }
        self.block(measured, &spans, width)
    }

    /// As many lines as there is room for, the last one ending with «…».
    fn cut(self, measured: &Measured, room: Room) -> TextBlock {
        let spans = measured.lines(self.limit(room.width));
        let by_height = ((room.height + Mm(0.01)) / self.line_height()) as usize;
        let kept = room.lines.min(by_height).max(1);
        let mut block = self.block(measured, spans.get(..kept).unwrap_or(&spans), room.width);
        if kept < spans.len()
            && let Some(last) = block.lines.last_mut()
        {
            last.end_with_ellipsis(self.size, room.width);
        }
        block
    }

    fn block(self, measured: &Measured, spans: &[Span], width: Mm) -> TextBlock {
        let lines = spans.iter().map(|span| self.line(measured, *span, width)).collect();
        let torn = spans.iter().any(|span| span.ending == Ending::Torn);
        TextBlock { lines, style: self, width, torn }
    }

    fn line(self, measured: &Measured, span: Span, width: Mm) -> Line {
        let letters = measured.letters(span);
        let natural = self.width_of(measured, span);
        let blanks = letters.iter().filter(|placed| is_blank(placed.letter)).count();
        let spare = width - natural;
        let justify = self.align == Align::Justified && span.ending != Ending::Paragraph && blanks > 0;
        let stretch = if justify { (Pt::from(spare.max(Mm(0.0))) / self.size) * 1000.0 / blanks as f32 } else { 0.0 };
        let origin = letters.first().map_or(0.0, |placed| placed.start);
        let mut runs: Vec<Run> = Vec::new();
        let mut passed_blanks = 0;
        for (index, placed) in letters.iter().enumerate() {
            let additions = self.tracking * index as f32 + stretch * passed_blanks as f32;
            let x = Mm::from(self.size * ((placed.start - origin + additions) / 1000.0));
            let own = placed.advance + if is_blank(placed.letter) { stretch } else { 0.0 };
            let end = x + Mm::from(self.size * (own / 1000.0));
            let letter = if placed.letter == '\u{a0}' { ' ' } else { placed.letter };
            match runs.last_mut() {
                Some(run) if run.face == placed.face => {
                    run.text.push(letter);
                    run.width = end - run.x;
                }
                _ => runs.push(Run { face: placed.face, x, width: end - x, text: letter.to_string(), stretch }),
            }
            passed_blanks += usize::from(is_blank(placed.letter));
        }
        if let (Ending::Hyphen, Some(run)) = (span.ending, runs.last_mut()) {
            run.text.push('-');
            run.width += Mm::from(self.size * (run.face.font().advance('-') / 1000.0));
        }
        let line_width = if justify { width } else { natural };
        let x = self.align.offset(width - line_width);
        Line { runs, x, width: line_width }
    }

    /// How far below the top of a line its base line is.
    pub(super) fn base_line(self) -> Mm {
        let font = Face::Regular.font();
        // Capitals stand in the middle of the line, a little above: what is below the base line weighs less.
        let spare = 1000.0 * self.leading - font.cap_height;
        Mm::from(self.size * ((spare * 0.5 + font.cap_height + 15.0) / 1000.0))
    }
}

impl Room {
    /// A room of this width, without a limit of height or lines: nothing gives way.
    pub const fn of_width(width: Mm) -> Self {
        Self { width, height: Mm(f32::MAX), lines: usize::MAX, smallest: Pt(f32::MAX) }
    }

    /// With a limit of lines, and the size down to which the type may shrink for it.
    #[must_use]
    pub const fn lines(self, lines: usize, smallest: Pt) -> Self {
        Self { lines, smallest, ..self }
    }

    /// With a limit of height, and the size down to which the type may shrink for it.
    #[must_use]
    pub const fn height(self, height: Mm, smallest: Pt) -> Self {
        Self { height, smallest, ..self }
    }
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}')
}

#[cfg(test)]
mod tests {
    use super::{Align, Room, TextStyle};
    use crate::papers::canvas::{Item, Page};
    use crate::papers::rich_text::RichText;
    use crate::papers::units::{Mm, Point, Pt};

    const STYLE: TextStyle = TextStyle::new(Pt(10.0));

    #[test]
    fn the_type_shrinks_before_anything_is_cut() {
        let name = RichText::plain("Мартынюк-Заславская Александра-Виктория Константиновна");
        let room = Room::of_width(Mm(60.0)).lines(1, Pt(6.0));
        let block = STYLE.fit(&name, room);
        assert_eq!((block.lines(), block.torn), (1, false));
        assert!(block.size() < Pt(10.0) && block.longest() <= Mm(60.0));
    }

    #[test]
    fn what_does_not_fit_at_all_ends_with_an_ellipsis() {
        let name = RichText::plain("Муниципальное бюджетное общеобразовательное учреждение");
        let block = STYLE.fit(&name, Room::of_width(Mm(30.0)).lines(1, Pt(9.0)));
        let mut page = Page::a4();
        block.draw(&mut page, Point::default());
        assert_eq!(page.texts(), ["Муниципальное…"]);
        assert!(block.longest() <= Mm(30.0));
    }

    #[test]
    fn a_link_stays_on_one_line_whole() {
        let link = format!("https://max.ru/join/{}", "W".repeat(43));
        let block = STYLE.one_line(&RichText::mono(link.as_str()), Mm(40.0));
        let mut page = Page::a4();
        block.draw(&mut page, Point::default());
        assert_eq!(page.texts(), [link]);
        assert!(block.longest() <= Mm(40.0));
    }

    #[test]
    fn titles_have_lines_of_one_length() {
        // Filled one by one, the lines would be «… представителей)» and «обучающихся в MAX».
        let title = RichText::bold("Чат родителей (законных представителей) обучающихся в MAX");
        let block = TextStyle::new(Pt(30.0)).centred().set(&title, Mm(180.0));
        let mut page = Page::a4();
        block.draw(&mut page, Point::default());
        assert_eq!(page.texts(), ["Чат родителей (законных", "представителей) обучающихся в MAX"]);
    }

    #[test]
    fn justified_lines_fill_the_width() {
        let text = RichText::marked("Модератор **до включения** в чат знакомит участников с правилами общения");
        let block = STYLE.align(Align::Justified).set(&text, Mm(60.0));
        let mut page = Page::a4();
        block.draw(&mut page, Point::default());
        let right = |run: &Item| if let Item::Text(run) = run { run.origin.x + run.width } else { Mm(0.0) };
        let widest = page.items().iter().map(right).fold(Mm(0.0), Mm::max);
        assert!((widest - Mm(60.0)).0.abs() < 0.01, "{widest:?}");
    }
}
