//! The wording that is compiled in, and the school's own that wins over it.
//!
//! A file in `шаблоны/` with the name of a built-in template takes its place. Reading that folder is the business of
//! the caller: here is only the choice. It knows nothing of what the templates say.

use std::collections::BTreeMap;

/// The built-in templates by name; a name is a path with «/» under `шаблоны/`.
const BUILT_IN: [(&str, &str); 5] = [
    ("regulations/belomorsk.toml", include_str!("../../templates/regulations/belomorsk.toml")),
    ("regulations/school-31.toml", include_str!("../../templates/regulations/school-31.toml")),
    ("regulations/school-50.toml", include_str!("../../templates/regulations/school-50.toml")),
    ("regulations/school-62.toml", include_str!("../../templates/regulations/school-62.toml")),
    ("regulations/school-65.toml", include_str!("../../templates/regulations/school-65.toml")),
];

/// The templates of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Templates {
    overrides: BTreeMap<String, String>,
}

impl Templates {
    /// The built-in templates with the school's own ones over them, by name: `regulations/school-31.toml`.
    pub fn new(overrides: BTreeMap<String, String>) -> Self {
        Self { overrides }
    }

    /// The names of all built-in templates.
    pub fn names() -> impl Iterator<Item = &'static str> {
        BUILT_IN.into_iter().map(|(name, _)| name)
    }

    /// The text of a template: the school's own, else the built-in one.
    pub fn get(&self, name: &str) -> Option<&str> {
        let own = self.overrides.get(name).map(String::as_str);
        own.or_else(|| BUILT_IN.into_iter().find(|(built_in, _)| *built_in == name).map(|(_, text)| text))
    }

    /// Names of the school's own files that take the place of nothing: probably misspelt.
    pub fn without_effect(&self) -> impl Iterator<Item = &str> {
        self.overrides.keys().map(String::as_str).filter(|name| Self::names().all(|built_in| built_in != *name))
    }

    /// What messages call a template: the path of the school's own file, or the built-in template by its name.
    pub(super) fn label(&self, name: &str) -> String {
        if self.overrides.contains_key(name) {
            format!("шаблоны/{name}")
        } else {
            format!("встроенный шаблон {name}")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::school::Preset;

    use super::Templates;

    fn own() -> Templates {
        let own = [("regulations/school-31.toml", "своё"), ("regulations/school-32.toml", "мимо")];
        Templates::new(own.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect())
    }

    #[test]
    fn a_file_of_the_school_wins() {
        assert_eq!(own().get("regulations/school-31.toml"), Some("своё"));
        assert_eq!(own().label("regulations/school-31.toml"), "шаблоны/regulations/school-31.toml");
    }

    #[test]
    fn the_others_stay_built_in() {
        let built_in = Templates::new(BTreeMap::new());
        for name in Templates::names() {
            assert!(built_in.get(name).is_some_and(|text| !text.is_empty()), "{name}");
        }
        for preset in Preset::ALL {
            assert!(Templates::names().any(|name| name == format!("regulations/{}.toml", preset.id())));
        }
        assert_eq!(own().get("regulations/school-62.toml"), built_in.get("regulations/school-62.toml"));
        assert_eq!(own().get("regulations/school-99.toml"), None);
    }

    #[test]
    fn a_misspelt_name_is_told() {
        assert_eq!(own().without_effect().collect::<Vec<_>>(), ["regulations/school-32.toml"]);
    }
}
