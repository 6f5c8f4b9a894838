//! Phrases of templates whose values a school may not have: such a phrase is left out as a whole.

use super::rich_text::RichText;

/// The values of a paper by the names that templates use.
#[derive(Clone, Debug, Default)]
pub(super) struct Values(Vec<Value>);

#[derive(Clone, Debug)]
struct Value {
    name: &'static str,
    text: Option<String>,
}

impl Values {
    /// With a value.
    #[must_use]
    pub(super) fn with(self, name: &'static str, text: impl Into<String>) -> Self {
        self.with_optional(name, Some(text.into()))
    }

    /// With a value that may be missing; a blank one is missing.
    #[must_use]
    pub(super) fn with_optional(mut self, name: &'static str, text: Option<String>) -> Self {
        self.0.push(Value { name, text: text.filter(|text| !text.trim().is_empty()) });
        self
    }

    /// With a value that may be empty and is said all the same.
    #[must_use]
    pub(super) fn with_blank(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.0.push(Value { name, text: Some(text.into()) });
        self
    }

    /// The phrase with its values; `None` where it is empty or one of its values is missing.
    pub(super) fn phrase(&self, template: &str) -> Option<RichText> {
        let needs = |value: &Value| value.text.is_none() && template.contains(&format!("{{{}}}", value.name));
        if template.trim().is_empty() || self.0.iter().any(needs) {
            return None;
        }
        let known: Vec<(&str, &str)> =
            self.0.iter().filter_map(|value| value.text.as_deref().map(|text| (value.name, text))).collect();
        Some(RichText::template(template, &known))
    }

    /// The same without bold passages, empty where it is left out: for the foot and cells.
    pub(super) fn line(&self, template: &str) -> String {
        self.phrase(template).unwrap_or_default().text()
    }

    /// Those of several phrases that can be said.
    pub(super) fn phrases<'a>(&self, templates: impl IntoIterator<Item = &'a String>) -> Vec<RichText> {
        templates.into_iter().filter_map(|template| self.phrase(template)).collect()
    }

    /// What can be said of several phrases, as one text; `None` where it is nothing.
    pub(super) fn joined<'a>(&self, templates: impl IntoIterator<Item = &'a String>) -> Option<RichText> {
        let sentences = self.phrases(templates).into_iter();
        sentences.reduce(|text, sentence| text.then(&RichText::plain(" ")).then(&sentence))
    }
}

#[cfg(test)]
mod tests {
    use super::Values;

    #[track_caller]
    fn check(template: &str, expected: Option<&str>) {
        let values = Values::default()
            .with("класс", "7 «А»")
            .with_optional("срок", None)
            .with_optional("тел", Some(" ".to_owned()));
        assert_eq!(values.phrase(template).map(|text| text.text()).as_deref(), expected);
    }

    #[test]
    fn a_phrase_without_its_value_is_left_out() {
        check("Чаты **{класс}** класса", Some("Чаты 7 «А» класса"));
        check("Создать до {срок}", None);
        check("Телефон: {тел}", None);
        check(" ", None);
        check("{другое}", Some("{другое}"));
    }
}
