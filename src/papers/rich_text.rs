//! A text with bold passages, as templates write it.

use std::borrow::Cow;

use super::font::Face;

/// A text whose passages stand in different faces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RichText {
    passages: Vec<Passage>,
}

/// A piece of text in one face.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The face.
    pub face: Face,
    /// The text; `\n` begins a new line.
    pub text: String,
}

impl RichText {
    /// A text in the regular face, every character as it stands.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::in_face(Face::Regular, text)
    }

    /// A text in the bold face, every character as it stands.
    pub fn bold(text: impl Into<String>) -> Self {
        Self::in_face(Face::Bold, text)
    }

    /// A text in the face of links, every character as it stands.
    pub fn mono(text: impl Into<String>) -> Self {
        Self::in_face(Face::Mono, text)
    }

    /// A template: what stands between pairs of `**` is bold, words in braces become values.
    ///
    /// Values stand as they are: neither `**` nor braces in them mean anything, so a table cannot change the look of a
    /// paper. A word in braces that has no value stays as it is.
    pub fn template(template: &str, values: &[(&str, &str)]) -> Self {
        let mut text = Self::default();
        for (index, passage) in template.split("**").enumerate() {
            let face = if index % 2 == 0 { Face::Regular } else { Face::Bold };
            text.push(face, &fill(passage, values));
        }
        text
    }

    /// A template without values.
    pub fn marked(text: &str) -> Self {
        Self::template(text, &[])
    }

    /// The same text, this one first and the other after it.
    #[must_use]
    pub fn then(mut self, other: &Self) -> Self {
        for passage in &other.passages {
            self.push(passage.face, &passage.text);
        }
        self
    }

    /// Puts a passage at the end.
    pub fn push(&mut self, face: Face, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.passages.last_mut() {
            Some(last) if last.face == face => last.text.push_str(text),
            _ => self.passages.push(Passage { face, text: text.to_owned() }),
        }
    }

    /// The passages; no two neighbours have one face.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.passages.iter().all(|passage| passage.text.trim().is_empty())
    }

    /// The characters without their faces.
    pub fn text(&self) -> String {
        self.passages.iter().map(|passage| passage.text.as_str()).collect()
    }

    fn in_face(face: Face, text: impl Into<String>) -> Self {
        let mut rich = Self::default();
        rich.push(face, &text.into());
        rich
    }
}

impl From<&str> for RichText {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for RichText {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

/// A template of plain text with its values put in, in one pass: what a value holds is never looked at again.
fn fill<'a>(template: &'a str, values: &[(&str, &str)]) -> Cow<'a, str> {
    if !template.contains('{') {
        return Cow::Borrowed(template);
    }
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, tail)| {
            values.iter().find(|(known, _)| *known == name.trim()).map(|(_, value)| (*value, tail))
        });
        if let Some((value, tail)) = value {
            filled.push_str(value);
            rest = tail;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    Cow::Owned(filled)
}

#[cfg(test)]
mod tests {
    use super::RichText;
    use crate::papers::font::Face;

    #[track_caller]
    fn check(template: &str, values: &[(&str, &str)], expected: &str) {
        let shown = RichText::template(template, values)
            .passages()
            .iter()
            .map(|passage| match passage.face {
                Face::Bold => format!("<{}>", passage.text),
                Face::Regular | Face::Mono => passage.text.clone(),
            })
            .collect::<String>();
        assert_eq!(shown, expected);
    }

    #[test]
    fn marks_and_values() {
        check("Установите MAX с сайта **max.ru**.", &[], "Установите MAX с сайта <max.ru>.");
        check("**Кому:** {кому}", &[("кому", "7 «А»")], "<Кому:> 7 «А»");
        check("{кому}", &[("кому", "**{кому}**")], "**{кому}**");
        check("{нет} {кому", &[("кому", "5")], "{нет} {кому");
    }
}
