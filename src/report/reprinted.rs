//! What was printed again, and where it lies.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::Serialize;

use super::difference::{PAPERS, POSTERS, SLIPS};
use super::run_report::LetterState;
use crate::school::{Edition, PaperRef, Piece, count, dotted};

/// More papers of a kind than this are told as a number.
const LISTED: usize = 4;

/// What a class or the school was printed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reprinted {
    /// «7А», «Школа».
    pub scope: String,
    /// The papers, in the order in which they are told.
    pub papers: Vec<ReprintedPaper>,
    /// The files to be handed out: paths in «выдача/».
    pub files: Vec<String>,
    /// What became of the letter; `None` for the school, which gets none.
    pub letter: Option<LetterState>,
}

/// One paper that was printed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReprintedPaper {
    /// «талон «7А — родители», Иванов Пётр».
    words: String,
    /// The version and the date that stand on it.
    #[serde(flatten)]
    edition: Edition,
    #[serde(skip)]
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Poster,
    Slip,
    Other,
}

impl ReprintedPaper {
    /// A paper in the edition that was printed.
    pub fn new(paper: &PaperRef, edition: Edition) -> Self {
        let kind = match paper.id.piece {
            Piece::Poster { .. } => Kind::Poster,
            Piece::Slip { .. } => Kind::Slip,
            _ => Kind::Other,
        };
        Self { words: paper.words.clone(), edition, kind }
    }
}

/// What was printed again, for people. `folder` is that of «выдача», as it is to be named.
pub fn reprinted_text(all: &[Reprinted], folder: &str) -> String {
    let mut text = String::new();
    for Reprinted { scope, papers, files, letter } in all {
        let _ = writeln!(text, "{scope}");
        let mut kinds: BTreeMap<Kind, Vec<&ReprintedPaper>> = BTreeMap::new();
        for paper in papers {
            kinds.entry(paper.kind).or_default().push(paper);
        }
        for (kind, papers) in kinds {
            if papers.len() > LISTED {
                let _ = writeln!(text, "  · {}, {}", counted(kind, papers.len()), versions(&papers));
            } else {
                for paper in papers {
                    let _ = writeln!(text, "  · {}, {}", paper.words, version(paper.edition));
                }
            }
        }
        for file in files {
            let _ = writeln!(text, "  Напечатать: {folder}/{file}");
        }
        if let Some(LetterState::Written { file }) = letter {
            let _ = writeln!(text, "  Письмо: {folder}/Письма/{file}");
        }
        text.push('\n');
    }
    text
}

fn counted(kind: Kind, number: usize) -> String {
    count(
        number,
        match kind {
            Kind::Poster => POSTERS,
            Kind::Slip => SLIPS,
            Kind::Other => PAPERS,
        },
    )
}

/// «версия 1 от 01.09.2026»; of several «версии 1, 2».
fn versions(papers: &[&ReprintedPaper]) -> String {
    let editions: BTreeSet<Edition> = papers.iter().map(|paper| paper.edition).collect();
    match editions.first() {
        Some(edition) if editions.len() == 1 => version(*edition),
        _ => {
            let numbers: BTreeSet<u32> = editions.iter().map(|edition| edition.version).collect();
            let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
            match numbers.as_slice() {
                [one] => format!("версия {one}, даты разные"),
                several => format!("версии {}", several.join(", ")),
            }
        }
    }
}

fn version(edition: Edition) -> String {
    format!("версия {} от {}", edition.version, dotted(edition.issued))
}
