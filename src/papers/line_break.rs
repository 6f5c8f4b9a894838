//! Where a line of Russian text may end.
//!
//! Knows letters and widths, not places on a page. Short prepositions, particles, «№» and initials stay with the word
//! they belong to; the characters themselves stay as they were typed, so that text taken from a PDF is found.

use hypher::Lang;

use super::font::{Face, printed};
use super::rich_text::RichText;

/// A character with its face and its distance from the beginning of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) letter: char,
    pub(super) face: Face,
    /// In thousandths of the size of type.
    pub(super) start: f32,
    /// Without kerning, in thousandths of the size of type.
    pub(super) advance: f32,
}

/// Whether words may be divided between lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hyphenation {
    /// Words stay whole, but for the two parts of a double one; only one longer than a line is broken.
    #[default]
    Never,
    /// Double words stay whole too, as long as they are not longer than a line: for titles.
    Title,
    /// Russian words are divided by the rules where the line would stay too short.
    Russian,
}

/// The characters from `start` to `end` stand on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) start: usize,
    /// The end, blanks at the end of the line left out.
    pub(super) end: usize,
    pub(super) ending: Ending,
}

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// At a blank, or after a hyphen of the text itself.
    Word,
    /// In a word, with a hyphen.
    Hyphen,
    /// In a word that is longer than the line.
    Torn,
    /// At the end of a paragraph.
    Paragraph,
}

/// A text measured, ready to be broken into lines of any width.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    letters: Vec<Placed>,
    breaks: Vec<Break>,
}

/// What may happen before a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Break {
    Never,
    /// Only where the line would otherwise be too long: after a tied word.
    Reluctant,
    Word,
    Hyphen,
    Paragraph,
}

/// Words that do not stand at the end of a line.
const LEANING: [&str; 26] = [
    "в", "во", "и", "к", "ко", "с", "со", "у", "о", "об", "а", "на", "не", "ни", "но", "по", "от", "до", "за", "из",
    "г.", "п.", "ул.", "тел.", "им.", "д.",
];

/// The longest word that is tied to its neighbour, in characters: «(тел.» with a mark more.
const LONGEST_TIED: usize = 7;

/// Marks before a word.
const OPENING: [char; 3] = ['«', '(', '„'];

/// Words that do not begin a line.
const TRAILING: [&str; 9] = ["б", "бы", "ж", "же", "ли", "ль", "г.", "—", "–"];

impl Measured {
    pub(super) fn new(text: &RichText, hyphenation: Hyphenation) -> Self {
        let mut letters: Vec<Placed> = Vec::new();
        let mut end = 0.0;
        for passage in text.passages() {
            let font = passage.face.font();
            for letter in printed(&passage.text) {
                let letter = if letter == '\n' || font.has(letter) { letter } else { '?' };
                let kerning = letters
                    .last()
                    .filter(|last| last.face == passage.face)
                    .map_or(0.0, |last| font.kerning(last.letter, letter));
                let advance = if letter == '\n' { 0.0 } else { font.advance(letter) };
                letters.push(Placed { letter, face: passage.face, start: end + kerning, advance });
                end += kerning + advance;
            }
        }
        let breaks = breaks(&letters, hyphenation);
        Self { letters, breaks }
    }

    /// The characters of a line.
    pub(super) fn letters(&self, span: Span) -> &[Placed] {
        self.letters.get(span.start..span.end).unwrap_or_default()
    }

    /// The width of a line in thousandths of the size of type, its hyphen included.
    pub(super) fn width(&self, span: Span) -> f32 {
        let (Some(first), Some(last)) = (self.letters.get(span.start), self.letters.get(span.end.wrapping_sub(1)))
        else {
            return 0.0;
        };
        if span.end <= span.start {
            return 0.0;
        }
        let hyphen = if span.ending == Ending::Hyphen { last.face.font().advance('-') } else { 0.0 };
        last.start + last.advance - first.start + hyphen
    }

    /// Breaks the text into lines no wider than `limit` thousandths of the size of type.
    pub(super) fn lines(&self, limit: f32) -> Vec<Span> {
        let mut lines = Vec::new();
        let mut start = 0;
        while start < self.letters.len() {
            let (span, next) = self.line(start, limit);
            lines.push(span);
            start = next;
        }
        if matches!(self.letters.last(), Some(last) if last.letter == '\n') {
            let end = self.letters.len();
            lines.push(Span { start: end, end, ending: Ending::Paragraph });
        }
        lines
    }

    /// The line that begins at `start`, and where the next one does.
    fn line(&self, start: usize, limit: f32) -> (Span, usize) {
        let mut word = None;
        let mut reluctant = None;
        let mut hyphen = None;
        let mut torn = start + 1;
        let mut index = start;
        loop {
            let at = match self.break_before(index) {
                Break::Paragraph => Break::Paragraph,
                _ if index == start => Break::Never,
                other => other,
            };
            let span = |ending| self.trimmed(start, index, ending);
            if index == self.letters.len() || at == Break::Paragraph {
                let line = span(Ending::Paragraph);
                if self.fits(line, limit) {
                    // The paragraph's own mark is passed over.
                    return (line, index + usize::from(index < self.letters.len()));
                }
                break;
            }
            match at {
                Break::Word if self.fits(span(Ending::Word), limit) => word = Some((span(Ending::Word), index)),
                Break::Reluctant if self.fits(span(Ending::Word), limit) => {
                    reluctant = Some((span(Ending::Word), index));
                }
                Break::Hyphen if self.fits(span(Ending::Hyphen), limit) => {
                    hyphen = Some((span(Ending::Hyphen), index));
                }
                _ => {}
            }
            let whole = Span { start, end: index + 1, ending: Ending::Torn };
            if self.letters.get(index).is_some_and(|placed| placed.letter == ' ') || self.fits(whole, limit) {
                torn = index + 1;
            } else {
                break;
            }
            index += 1;
        }
        let short = |line: &(Span, usize)| self.width(line.0) < limit * 0.72;
        let chosen = match (word, hyphen) {
            (Some(word), Some(hyphen)) if short(&word) && hyphen.1 > word.1 => Some(hyphen),
            (Some(word), _) => Some(word),
            (None, Some(hyphen)) => Some(hyphen),
            (None, None) => reluctant,
        };
        let (span, mut next) = chosen.unwrap_or_else(|| (self.trimmed(start, torn, Ending::Torn), torn));
        while self.letters.get(next).is_some_and(|placed| placed.letter == ' ') {
            next += 1;
        }
        (span, next)
    }

    fn break_before(&self, index: usize) -> Break {
        self.breaks.get(index).copied().unwrap_or(Break::Never)
    }

    fn fits(&self, span: Span, limit: f32) -> bool {
        self.width(span) <= limit + 0.5
    }

    fn trimmed(&self, start: usize, end: usize, ending: Ending) -> Span {
        let blank = |index: usize| self.letters.get(index).is_some_and(|placed| matches!(placed.letter, ' ' | '\n'));
        let mut end = end;
        while end > start && blank(end - 1) {
            end -= 1;
        }
        Span { start, end, ending }
    }
}

/// What may happen before each character.
fn breaks(letters: &[Placed], hyphenation: Hyphenation) -> Vec<Break> {
    let text: Vec<char> = letters.iter().map(|placed| placed.letter).collect();
    let mut breaks = vec![Break::Never; text.len()];
    let mut start = 0;
    for end in 0..=text.len() {
        let blank = text.get(end).is_none_or(|letter| matches!(letter, ' ' | '\n' | '\u{a0}'));
        if !blank {
            continue;
        }
        inside_word(&text, start, end, hyphenation, &mut breaks);
        match text.get(end) {
            Some('\n') => breaks[end] = Break::Paragraph,
            Some('\u{a0}') => set(&mut breaks, end + 1, Break::Reluctant),
            Some(_) => {
                let after = following(&text, end + 1);
                let later = following(&text, end + 2 + after.len());
                let tied = is_tied(&text[start..end], after) || ends_with_initial(after, later);
                let kind = if tied { Break::Reluctant } else { Break::Word };
                set(&mut breaks, end + 1, kind);
            }
            None => {}
        }
        start = end + 1;
    }
    breaks
}

/// The word that begins at an index.
fn following(text: &[char], start: usize) -> &[char] {
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.iter().take_while(|letter| !letter.is_whitespace()).count();
    &rest[..length]
}

/// A paragraph's mark is never overwritten.
fn set(breaks: &mut [Break], index: usize, kind: Break) {
    if let Some(slot) = breaks.get_mut(index).filter(|slot| **slot == Break::Never) {
        *slot = kind;
    }
}

/// Whether two neighbouring words stay on one line.
fn is_tied(before: &[char], after: &[char]) -> bool {
    leans(before) || trails(after) || is_telephone(before, after)
}

/// Whether a word does not stand at the end of a line.
fn leans(word: &[char]) -> bool {
    let Some(word) = lower_case(word) else { return false };
    let bare = word.trim_start_matches(OPENING);
    LEANING.contains(&bare) || matches!(bare, "№" | "§") || is_initial(bare)
}

/// Whether a word does not begin a line.
fn trails(word: &[char]) -> bool {
    let Some(word) = lower_case(word) else { return false };
    TRAILING.contains(&word.trim_end_matches([',', '.', ';', ':'])) || TRAILING.contains(&word.as_str())
}

/// A word in small letters; `None` for one that is longer than any tied word with its marks, as most are.
fn lower_case(word: &[char]) -> Option<String> {
    (word.len() <= LONGEST_TIED).then(|| word.iter().flat_map(|letter| letter.to_lowercase()).collect())
}

/// Whether both belong to one telephone number: «8 (800) 000-00-00».
fn is_telephone(before: &[char], after: &[char]) -> bool {
    let marks = before.iter().take_while(|letter| OPENING.contains(letter)).count();
    let is_code = matches!(before.get(marks..), Some(['8'] | ['+', '7'])) && after.first() == Some(&'(');
    is_code || (before.last() == Some(&')') && after.first().is_some_and(char::is_ascii_digit))
}

/// Whether an initial stands behind its name («Пети И.»), not before it («О. С. Кузнецова»).
fn ends_with_initial(initial: &[char], later: &[char]) -> bool {
    let word: String = initial.iter().collect();
    let is_last = !later.first().is_some_and(|letter| letter.is_uppercase());
    is_last && is_initial(word.trim_end_matches([',', '»', ')', ';', ':']))
}

fn is_initial(word: &str) -> bool {
    word.chars().count() == 2 && word.ends_with('.')
}

/// Breaks after a word's own hyphens and, where asked for, between its syllables.
fn inside_word(text: &[char], start: usize, end: usize, hyphenation: Hyphenation, breaks: &mut [Break]) {
    let is_letter = |index: usize| text.get(index).is_some_and(|letter| letter.is_alphabetic());
    // Not in «из-за», «кто-то».
    for (index, letter) in text.iter().enumerate().take(end).skip(start + 3) {
        if *letter == '-' && (1..=3).all(|distance| is_letter(index - distance) && is_letter(index + distance)) {
            let kind = if hyphenation == Hyphenation::Title { Break::Reluctant } else { Break::Word };
            set(breaks, index + 1, kind);
        }
    }
    if hyphenation != Hyphenation::Russian {
        return;
    }
    let mut first = start;
    while first < end {
        let length = text[first..end].iter().take_while(|letter| is_cyrillic(**letter)).count();
        let word = &text[first..first + length];
        // Abbreviations are not divided.
        if length >= 6 && word.iter().filter(|letter| letter.is_uppercase()).count() <= 1 {
            let word = word.iter().flat_map(|letter| letter.to_lowercase()).collect::<String>();
            let mut index = first;
            for syllable in hypher::hyphenate(&word, Lang::Russian) {
                if index >= first + 2 && index + 3 <= first + length {
                    set(breaks, index, Break::Hyphen);
                }
                index += syllable.chars().count();
            }
        }
        first += length.max(1);
    }
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

#[cfg(test)]
mod tests {
    use super::{Ending, Hyphenation, Measured};
    use crate::papers::rich_text::RichText;

    #[track_caller]
    fn check(text: &str, hyphenation: Hyphenation, limit: f32, expected: &[&str]) {
        let measured = Measured::new(&RichText::marked(text), hyphenation);
        let lines = measured.lines(limit);
        let shown: Vec<String> = lines
            .iter()
            .map(|span| {
                let hyphen = if span.ending == Ending::Hyphen { "-" } else { "" };
                measured.letters(*span).iter().map(|placed| placed.letter).chain(hyphen.chars()).collect()
            })
            .collect();
        assert_eq!(shown, expected);
        assert!(lines.iter().all(|span| measured.width(*span) <= limit + 0.5 || span.end == span.start + 1));
    }

    #[test]
    fn words_stay_whole() {
        check("мама мыла раму", Hyphenation::Never, 5000.0, &["мама мыла", "раму"]);
        check("мама мыла раму", Hyphenation::Never, 3000.0, &["мама", "мыла", "раму"]);
        check("**мама** мыла", Hyphenation::Never, 3000.0, &["мама", "мыла"]);
        check("", Hyphenation::Never, 3000.0, &[]);
        check("раз\n\nдва", Hyphenation::Never, 3000.0, &["раз", "", "два"]);
    }

    #[test]
    fn leaning_words_go_to_the_next_line() {
        check("включены в чат", Hyphenation::Never, 5300.0, &["включены", "в чат"]);
        check("школа № 31", Hyphenation::Never, 4300.0, &["школа", "№ 31"]);
        check("учитель О. С. Кузнецова", Hyphenation::Never, 8000.0, &["учитель", "О. С. Кузнецова"]);
        check("споры из-за чата", Hyphenation::Never, 5000.0, &["споры", "из-за чата"]);
        check("тел. 8 (800) 000-00-00", Hyphenation::Never, 12500.0, &["тел. 8 (800) 000-00-00"]);
        check("звоните: 8 (800) 000-00-00", Hyphenation::Never, 11000.0, &["звоните:", "8 (800) 000-00-00"]);
        check("мама Пети И.»", Hyphenation::Never, 5800.0, &["мама", "Пети И.»"]);
        check("чат — это не всё", Hyphenation::Never, 3300.0, &["чат —", "это", "не всё"]);
    }

    #[test]
    fn double_surnames_break_after_their_hyphen() {
        check("Мартынюк-Заславская", Hyphenation::Never, 7000.0, &["Мартынюк-", "Заславская"]);
        check("научно-учебный", Hyphenation::Title, 5500.0, &["научно-", "учебный"]);
        check("час научно-учебный", Hyphenation::Never, 6500.0, &["час научно-", "учебный"]);
        check("час научно-учебный", Hyphenation::Title, 8000.0, &["час", "научно-учебный"]);
        check("7-А класс", Hyphenation::Never, 2500.0, &["7-А", "класс"]);
    }

    #[test]
    fn long_words_are_torn() {
        check("ААААААААА", Hyphenation::Never, 2000.0, &["ААА", "ААА", "ААА"]);
        check("Ж", Hyphenation::Never, 1.0, &["Ж"]);
    }

    #[test]
    fn syllables() {
        check("взаимодействие", Hyphenation::Russian, 4000.0, &["взаимо-", "действие"]);
        check("МБОУ СОШ", Hyphenation::Russian, 2600.0, &["МБОУ", "СОШ"]);
    }
}
