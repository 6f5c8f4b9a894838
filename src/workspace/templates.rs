//! The school's own texts that take the place of built-in ones.
//!
//! A file in `шаблоны/` with the name of a built-in template takes its place. Reading that folder is the business of
//! the caller: here is only the choice. It knows nothing of what the templates say.

use std::collections::BTreeMap;

use crate::school::Template;

/// The templates of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    own: BTreeMap<String, String>,
}

impl Templates {
    /// The school's own texts by name: `regulations/school-31.toml`.
    pub fn new(own: BTreeMap<String, String>) -> Self {
        Self { own }
    }

    /// The text of a template: the school's own, else the built-in one.
    pub fn text(&self, template: Template) -> &str {
        self.own.get(template.name).map_or(template.text, String::as_str)
    }

    /// Whether a template is the school's own.
    pub fn is_own(&self, template: Template) -> bool {
        self.own.contains_key(template.name)
    }

    /// Names of the school's own files that take the place of none of these: probably misspelt.
    pub fn without_effect(&self, known: &[Template]) -> impl Iterator<Item = &str> {
        self.own.keys().map(String::as_str).filter(|name| known.iter().all(|template| template.name != *name))
    }

    /// What messages call a template: the path of the school's own file, or the built-in template by its name.
    pub(super) fn label(&self, template: Template) -> String {
        let Template { name, text: _ } = template;
        if self.own.contains_key(name) {
            format!("шаблоны/{name}")
        } else {
            format!("встроенный шаблон {name}")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Template, Templates};

    const ONE: Template = Template { name: "regulations/school-31.toml", text: "встроенный" };
    const OTHER: Template = Template { name: "regulations/school-62.toml", text: "другой" };

    fn own() -> Templates {
        let own = [(ONE.name, "своё"), ("regulations/school-32.toml", "мимо")];
        Templates::new(own.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
    }

    #[test]
    fn a_file_of_the_school_wins_and_the_others_stay_built_in() {
        assert_eq!((own().text(ONE), own().text(OTHER)), ("своё", "другой"));
        assert_eq!(Templates::new(BTreeMap::new()).text(ONE), "встроенный");
        assert_eq!(own().label(ONE), "шаблоны/regulations/school-31.toml");
    }

    #[test]
    fn a_misspelt_name_is_told() {
        assert_eq!(own().without_effect(&[ONE, OTHER]).collect::<Vec<_>>(), ["regulations/school-32.toml"]);
    }
}
