//! A text that is compiled in and that a school may replace by its own.

/// A built-in template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name: the path, with «/», of the file in «шаблоны/» that takes its place.
    pub name: &'static str,
    /// The built-in text.
    pub text: &'static str,
}
