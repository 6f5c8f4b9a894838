//! What was noted while a document was read: its problems, the keys that were asked for, those that nobody knows.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::school::{Issue, IssueKind, Place};

use super::syntax;

/// How alike two keys must be (Jaro–Winkler, 0–1) for one to be offered instead of the other.
const ALIKE: f64 = 0.8;

/// The dotted name of a table; empty for the root.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Section(String);

/// What a name in the document is the name of.
pub(super) enum Named {
    /// A value.
    Key,
    /// A table.
    Section,
}

/// A name that was not asked for.
pub(super) struct Unknown {
    pub(super) what: Named,
    pub(super) section: Section,
    pub(super) key: String,
    pub(super) line: u32,
}

/// Everything noted about one document.
pub(super) struct Notes {
    file: String,
    lines: Vec<String>,
    /// The offset at which each line begins.
    starts: Vec<usize>,
    issues: Vec<Issue>,
    broken_lines: BTreeSet<u32>,
    known: BTreeMap<Section, BTreeSet<String>>,
    unknown: Vec<Unknown>,
}

impl Section {
    /// The name without brackets.
    pub(super) fn name(&self) -> &str {
        &self.0
    }

    /// The dotted name of a key of this table.
    pub(super) fn path(&self, key: &str) -> String {
        if self.0.is_empty() { key.to_owned() } else { format!("{}.{key}", self.0) }
    }

    /// The table under a key of this one.
    pub(super) fn inside(&self, key: &str) -> Self {
        Self(self.path(key))
    }
}

impl Notes {
    pub(super) fn new(text: &str, file: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self {
            file: file.to_owned(),
            lines: text.split('\n').map(str::to_owned).collect(),
            starts,
            issues: Vec::new(),
            broken_lines: BTreeSet::new(),
            known: BTreeMap::new(),
            unknown: Vec::new(),
        }
    }

    /// The 1-based line of a place in the text.
    pub(super) fn line(&self, span: Range<usize>) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= span.start)).unwrap_or(u32::MAX)
    }

    /// Notes a problem that the parser met; one for each line, as one slip makes several of them.
    pub(super) fn syntax(&mut self, message: &str, span: Range<usize>) {
        let mut line = self.line(span);
        // What breaks off at the end of a line is reported at the beginning of the next.
        while line > 1 && self.text_of(line).is_empty() {
            line -= 1;
        }
        if self.broken_lines.insert(line) {
            let explained = syntax::explain(message, self.text_of(line));
            self.add(IssueKind::SettingsSyntax, Some(line), explained.message, explained.advice);
        }
    }

    pub(super) fn add(&mut self, kind: IssueKind, line: Option<u32>, message: String, advice: String) {
        let place = Place { line, ..Place::file(&self.file) };
        self.issues.push(Issue::new(kind, place, message, advice));
    }

    pub(super) fn known(&mut self, section: &Section, key: &str) {
        self.known.entry(section.clone()).or_default().insert(key.to_owned());
    }

    pub(super) fn unknown(&mut self, unknown: Unknown) {
        self.unknown.push(unknown);
    }

    #[cfg(test)]
    pub(super) fn known_keys(&self) -> Vec<String> {
        self.known.iter().flat_map(|(section, keys)| keys.iter().map(|key| section.path(key))).collect()
    }

    /// All problems in the order of lines.
    pub(super) fn into_issues(mut self) -> Vec<Issue> {
        for unknown in std::mem::take(&mut self.unknown) {
            let Unknown { what, section, key, line } = &unknown;
            let message = match (what, section.name()) {
                (Named::Section, _) => format!("Неизвестный раздел [{}].", section.path(key)),
                (Named::Key, "") => format!("Неизвестный ключ «{key}»."),
                (Named::Key, name) => format!("Неизвестный ключ «{key}» в разделе [{name}]."),
            };
            self.add(IssueKind::UnknownKey, Some(*line), message, self.advice(section, key));
        }
        let header_broken = self.broken_lines.iter().any(|line| self.text_of(*line).starts_with('['));
        let Self { mut issues, broken_lines, .. } = self;
        if !broken_lines.is_empty() {
            // What the parser could not read looks like missing keys, and nothing below a broken header is where it
            // seems to be: a person mends the line first.
            issues.retain(|issue| match issue.kind {
                IssueKind::SettingsSyntax => true,
                IssueKind::MissingKey => false,
                _ => !header_broken && issue.place.line.is_none_or(|line| !broken_lines.contains(&line)),
            });
        }
        issues.sort();
        issues.sort_by_key(|issue| issue.place.line);
        issues
    }

    fn text_of(&self, line: u32) -> &str {
        let index = usize::try_from(line).unwrap_or_default().saturating_sub(1);
        self.lines.get(index).map_or("", |line| line.trim())
    }

    /// What to do about an unknown key: the nearest known one, the section it belongs to, or what there is.
    fn advice(&self, section: &Section, key: &str) -> String {
        let none = BTreeSet::new();
        let here = self.known.get(section).unwrap_or(&none);
        let nearest = here.iter().map(|known| (strsim::jaro_winkler(&key.to_lowercase(), known), known));
        let nearest = nearest.filter(|(likeness, _)| *likeness >= ALIKE).max_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((_, nearest)) = nearest {
            return format!("Вы имели в виду «{nearest}»?");
        }
        let elsewhere = self.known.iter().find(|(_, keys)| keys.contains(key)).map(|(section, _)| section.name());
        if let Some(elsewhere) = elsewhere.filter(|name| !name.is_empty()) {
            return format!("Этот ключ стоит в разделе [{elsewhere}]: перенесите строку туда.");
        }
        let keys: Vec<_> = here.iter().map(|key| format!("«{key}»")).collect();
        if keys.is_empty() {
            "Удалите строку.".to_owned()
        } else {
            format!("Здесь могут быть: {}.", keys.join(", "))
        }
    }
}

/// A key as it is written left of «=»: with quotes where TOML wants them.
pub(super) fn quoted_key(key: &str) -> String {
    let bare = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    if key.chars().all(bare) { key.to_owned() } else { format!("\"{key}\"") }
}

/// A sentence for the middle of another: «Значение пустое.» becomes «значение пустое.».
pub(super) fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
