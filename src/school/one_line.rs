//! Texts of tables where a line break or an unseen mark could do harm: headers of letters, names of files.

/// A text on one line: control characters and line breaks become spaces, marks without a shape of their own go.
pub fn one_line(text: &str) -> String {
    let seen = text.chars().filter(|letter| !is_invisible(*letter));
    let plain: String = seen.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Marks without a shape of their own, those that turn the direction of writing among them.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(super::one_line(text), expected);
    }

    #[test]
    fn nothing_unseen_is_left() {
        check("a\r\nBcc: x@example.org", "a Bcc: x@example.org");
        check(" 7\u{a0}«А»\t", "7 «А»");
        check("fdp.\u{202e}exe", "fdp.exe");
        check("\u{200b}", "");
    }
}
