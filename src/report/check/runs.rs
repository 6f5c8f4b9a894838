//! Many problems of one sort as one: the sentence once, with all its cells; the advice once.

use std::collections::BTreeMap;

use crate::school::{Cell, Issue, Noun, Place, count};

/// Problems of one kind with one advice.
pub(super) struct Run<'a> {
    /// Lines as they stand in the list.
    pub(super) lines: Vec<Line>,
    /// What to do about all of them; empty where the lines say it all.
    pub(super) advice: &'a str,
}

/// One line of a list.
pub(super) struct Line {
    /// Where and what: «лист «7А», ячейка B9 · «Иванов 2» — в имени стоит цифра.»
    pub(super) text: String,
    /// The cells, where there are too many for the line.
    pub(super) cells: String,
}

/// So many lines of one sort stand one below the other; more are shown as one with its cells.
const SINGLE: usize = 5;
/// So many cells fit into a line.
const INLINE: usize = 6;

/// The problems of a file and a gravity, in order, as runs.
pub(super) fn runs<'a>(issues: &[&'a Issue]) -> Vec<Run<'a>> {
    let mut groups: Vec<Vec<&Issue>> = Vec::new();
    for issue in issues {
        let same = |group: &&mut Vec<&Issue>| {
            group.first().is_some_and(|first| first.kind == issue.kind && first.advice == issue.advice)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(issue),
            None => groups.push(vec![issue]),
        }
    }
    groups.iter().map(|group| run(group)).collect()
}

fn run<'a>(issues: &[&'a Issue]) -> Run<'a> {
    let advice = issues.first().map_or("", |issue| issue.advice.as_str());
    let by_sentence = gathered(issues, |issue| issue.message.clone());
    let lines = if by_sentence.len() <= SINGLE {
        by_sentence.iter().map(|alike| alike.line(false)).collect()
    } else {
        gathered(issues, |issue| Framed::of(&issue.message).frame).iter().flat_map(Alike::lines).collect()
    };
    Run { lines, advice }
}

/// Problems of one sheet that are told in one sentence.
struct Alike<'a> {
    sentence: String,
    issues: Vec<&'a Issue>,
}

/// Puts together what has one sheet and one sentence, in the order of the first of each.
fn gathered<'a>(issues: &[&'a Issue], sentence: impl Fn(&Issue) -> String) -> Vec<Alike<'a>> {
    let mut gathered: Vec<Alike<'a>> = Vec::new();
    for issue in issues {
        let sentence = sentence(issue);
        let same = |alike: &&mut Alike<'_>| {
            let first = alike.issues.first().map(|first| &first.place);
            alike.sentence == sentence && first.is_some_and(|first| first.sheet == issue.place.sheet)
        };
        match gathered.iter_mut().find(same) {
            Some(alike) => alike.issues.push(issue),
            None => gathered.push(Alike { sentence, issues: vec![issue] }),
        }
    }
    gathered
}

impl Alike<'_> {
    /// One line for many of them, or a line for each of a few.
    fn lines(&self) -> Vec<Line> {
        let has_cell = |issue: &&Issue| issue.place.cell.is_some();
        if self.issues.len() > SINGLE && self.issues.iter().all(has_cell) {
            return vec![self.line(true)];
        }
        let quotes = |issue: &&Issue| !Framed::of(&issue.message).quoted.is_empty();
        if self.issues.len() > SINGLE && self.issues.iter().all(|issue| !has_cell(issue) && quotes(issue)) {
            return vec![Line { text: self.sentence.clone(), cells: with_texts(&self.issues).join(", ") }];
        }
        let single = gathered(&self.issues, |issue| issue.message.clone());
        single.iter().map(|alike| alike.line(false)).collect()
    }

    /// The line, each cell with the text that the sentence leaves out if `quoted`.
    fn line(&self, quoted: bool) -> Line {
        let Self { sentence, issues } = self;
        let Some(first) = issues.first() else { return Line { text: sentence.clone(), cells: String::new() } };
        let sheet = Place { sheet: first.place.sheet.clone(), ..Place::default() }.to_string();
        let sheet = sheet.trim_start_matches(", ");
        let cells: Vec<Cell> = issues.iter().filter_map(|issue| issue.place.cell).collect();
        if issues.len() == 1 || cells.len() < issues.len() {
            let places = issues.iter().map(|issue| Place { file: "".into(), ..issue.place.clone() }.to_string());
            let mut places: Vec<_> = places.collect();
            places.dedup();
            let places = places.concat();
            let dot = if places.is_empty() { "" } else { " · " };
            let text = format!("{}{dot}{sentence}", places.trim_start_matches(", "));
            return Line { text, cells: String::new() };
        }
        let comma = if sheet.is_empty() { "" } else { ", " };
        let listed = if quoted { with_texts(issues) } else { ranges(&cells) };
        if !quoted && listed.len() <= INLINE {
            let text = format!("{sheet}{comma}ячейки {} · {sentence}", listed.join(", "));
            return Line { text, cells: String::new() };
        }
        let number = count(cells.len(), Noun::new("ячейка", "ячейки", "ячеек"));
        Line { text: format!("{sheet}{comma}{number} · {sentence}"), cells: listed.join(", ") }
    }
}

/// «B3 «Иванов 2»», one for each problem.
fn with_texts(issues: &[&Issue]) -> Vec<String> {
    let shown = |issue: &&Issue| {
        let cell = issue.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        format!("{cell}\u{a0}{}", Framed::of(&issue.message).quoted).trim().to_owned()
    };
    issues.iter().map(shown).collect()
}

/// Cells by column, neighbours as a range: «D3–D9, D12».
fn ranges(cells: &[Cell]) -> Vec<String> {
    let mut columns = BTreeMap::<u32, Vec<u32>>::new();
    for cell in cells {
        columns.entry(cell.column).or_default().push(cell.row);
    }
    let mut shown = Vec::new();
    for (column, mut rows) in columns {
        rows.sort_unstable();
        rows.dedup();
        let cell = |row: u32| Cell { row, column };
        for run in rows.chunk_by(|one, next| one + 1 == *next) {
            match run {
                [first, _, .., last] => shown.push(format!("{}–{}", cell(*first), cell(*last))),
                few => shown.extend(few.iter().map(|row| cell(*row).to_string())),
            }
        }
    }
    shown
}

/// A sentence around the one text that it quotes: ««…» — не дата.» and «31.02.2013».
struct Framed {
    frame: String,
    quoted: String,
}

impl Framed {
    /// The sentence as a whole where it quotes nothing, or more than one text.
    fn of(sentence: &str) -> Self {
        let whole = || Self { frame: sentence.to_owned(), quoted: String::new() };
        let Some(start) = sentence.find('«') else { return whole() };
        let mut depth = 0_usize;
        let end = sentence[start..].char_indices().find_map(|(at, letter)| {
            match letter {
                '«' => depth += 1,
                '»' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0).then_some(start + at + letter.len_utf8())
        });
        let Some((quoted, rest)) = end.and_then(|end| sentence[start..].split_at_checked(end - start)) else {
            return whole();
        };
        if rest.contains('«') {
            return whole();
        }
        Self { frame: format!("{}«…»{rest}", &sentence[..start]), quoted: quoted.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Framed, ranges};
    use crate::school::Cell;

    #[test]
    fn neighbours_are_a_range() {
        let cell = |row: u32, column: u32| Cell { row: row - 1, column };
        let cells = [cell(3, 3), cell(4, 3), cell(5, 3), cell(9, 3), cell(10, 3), cell(3, 1), cell(3, 1)];
        assert_eq!(ranges(&cells), ["B3", "D3–D5", "D9", "D10"]);
    }

    #[track_caller]
    fn check(sentence: &str, frame: &str, quoted: &str) {
        let framed = Framed::of(sentence);
        assert_eq!((framed.frame.as_str(), framed.quoted.as_str()), (frame, quoted));
    }

    #[test]
    fn the_text_that_a_sentence_quotes() {
        check("«31.02.2013» — не дата.", "«…» — не дата.", "«31.02.2013»");
        check("Чат «7 «А» — родители» ждёт ссылку.", "Чат «…» ждёт ссылку.", "«7 «А» — родители»");
        check("Файл пуст.", "Файл пуст.", "");
        check("«7А» и «7Б»", "«7А» и «7Б»", "");
        check("«7А", "«7А", "");
    }
}
