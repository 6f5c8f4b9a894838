//! A name that every file system takes.

use super::one_line;

/// The longest file name this program makes, in characters; file systems take 255 bytes, Cyrillic letters are two.
const MAX: usize = 100;

/// Turns a text of a table into a part of a file name that Linux and Windows take and that is no path.
///
/// It is one line; separators and characters that Windows forbids become «-»; a leading dot, trailing dots and blanks
/// go; reserved device names get a «_» behind them.
pub fn file_name(text: &str) -> String {
    let safe = |letter: char| match letter {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
        other => other,
    };
    let name: String = one_line(text).chars().map(safe).take(MAX).collect();
    let name = name.trim_start_matches(['.', ' ']).trim_end_matches(['.', ' ']);
    let stem = name.split('.').next().unwrap_or_default().to_ascii_uppercase();
    let reserved = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || (stem.len() == 4
            && (stem.starts_with("COM") || stem.starts_with("LPT"))
            && stem.ends_with(|digit: char| digit.is_ascii_digit()));
    match (name.is_empty(), reserved) {
        (true, _) => "-".to_owned(),
        (_, true) => format!("{name}_"),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(super::file_name(text), expected);
    }

    #[test]
    fn names() {
        check("7А", "7А");
        check("8 Ф/М", "8 Ф-М");
        check("../../etc/passwd", "-..-etc-passwd");
        check("1 «А» \n", "1 «А»");
        check("con.txt", "con.txt_");
        check("10. ", "10");
        check("", "-");
    }
}
