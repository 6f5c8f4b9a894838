//! Texts that may stand in XML.

use std::borrow::Cow;

use quick_xml::escape::escape;

/// A text as the content of an element or of an attribute; characters that XML forbids are left out.
pub(super) fn text(text: &str) -> String {
    let is_forbidden = |letter: char| {
        let is_blank = matches!(letter, '\t' | '\n' | '\r');
        (letter < ' ' && !is_blank) || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    let allowed = if text.contains(is_forbidden) { Cow::Owned(text.replace(is_forbidden, "")) } else { text.into() };
    escape(allowed).into_owned()
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(super::text(text), expected);
    }

    #[test]
    fn nothing_becomes_markup() {
        check("</w:t><w:t>", "&lt;/w:t&gt;&lt;w:t&gt;");
        check("a\"b'c&d", "a&quot;b&apos;c&amp;d");
        check("а\u{0}\u{b}б\u{ffff}", "аб");
    }
}
