//! Texts that may stand in a header or name a file: on one line, without marks that nobody sees.

/// A text on one line: control characters and line breaks become spaces, invisible marks go.
pub(super) fn line(text: &str) -> String {
    let seen = text.chars().filter(|letter| !is_invisible(*letter));
    let plain: String = seen.map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name under which every system can save a file.
pub(super) fn file_name(text: &str) -> String {
    let allowed = |letter| if "/\\:*?\"<>|".contains(letter) { '-' } else { letter };
    let name: String = line(text).chars().map(allowed).collect();
    let name = name.trim_start_matches(['.', '-', ' ']).trim_end_matches(['.', ' ']);
    if name.is_empty() { "Документ".to_owned() } else { name.to_owned() }
}

/// The name in Latin letters, for mail programs that do not read RFC 2231: «Priglasheniya-7A.pdf».
pub(super) fn latin_file_name(text: &str) -> String {
    const LONGEST: usize = 60;
    let name = file_name(text);
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 4 => (stem, extension),
        _ => (name.as_str(), ""),
    };
    let latin = |text: &str| {
        let mut out = String::new();
        for letter in text.chars() {
            out.push_str(&transliterate(letter));
        }
        out.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
    };
    let mut stem = latin(stem);
    stem.truncate(LONGEST);
    let stem = if stem.is_empty() { "document" } else { stem.trim_end_matches('-') };
    let extension = latin(extension);
    if extension.is_empty() { stem.to_owned() } else { format!("{stem}.{extension}") }
}

/// One letter in Latin letters; `-` for what has none.
fn transliterate(letter: char) -> String {
    const LETTERS: [(char, &str); 33] = [
        ('а', "a"),
        ('б', "b"),
        ('в', "v"),
        ('г', "g"),
        ('д', "d"),
        ('е', "e"),
        ('ё', "e"),
        ('ж', "zh"),
        ('з', "z"),
        ('и', "i"),
        ('й', "y"),
        ('к', "k"),
        ('л', "l"),
        ('м', "m"),
        ('н', "n"),
        ('о', "o"),
        ('п', "p"),
        ('р', "r"),
        ('с', "s"),
        ('т', "t"),
        ('у', "u"),
        ('ф', "f"),
        ('х', "kh"),
        ('ц', "ts"),
        ('ч', "ch"),
        ('ш', "sh"),
        ('щ', "shch"),
        ('ъ', ""),
        ('ы', "y"),
        ('ь', ""),
        ('э', "e"),
        ('ю', "yu"),
        ('я', "ya"),
    ];
    if letter.is_ascii_alphanumeric() || letter == '_' || letter == '.' {
        return letter.to_string();
    }
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let Some((_, latin)) = LETTERS.iter().find(|(cyrillic, _)| *cyrillic == lower) else { return "-".to_owned() };
    if lower == letter {
        return (*latin).to_owned();
    }
    let mut letters = latin.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// Marks without a shape of their own, those that turn the direction of writing among them.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::{file_name, latin_file_name, line};

    #[track_caller]
    fn check(text: &str, in_line: &str, name: &str, latin: &str) {
        let made = [line(text), file_name(text), latin_file_name(text)];
        assert_eq!(made.each_ref().map(String::as_str), [in_line, name, latin]);
    }

    #[test]
    fn names() {
        check("Приглашения 7А.pdf", "Приглашения 7А.pdf", "Приглашения 7А.pdf", "Priglasheniya-7A.pdf");
        check(
            "Лист ознакомления 10 профильный.pdf",
            "Лист ознакомления 10 профильный.pdf",
            "Лист ознакомления 10 профильный.pdf",
            "List-oznakomleniya-10-profilnyy.pdf",
        );
        check("Щука «Ёж».pdf", "Щука «Ёж».pdf", "Щука «Ёж».pdf", "Shchuka-Ezh.pdf");
    }

    #[test]
    fn traps() {
        check("a\r\nBcc: x@example.org", "a Bcc: x@example.org", "a Bcc- x@example.org", "a-Bcc-x-example.org");
        check("fdp.\u{202e}exe", "fdp.exe", "fdp.exe", "fdp.exe");
        check("../../etc/passwd", "../../etc/passwd", "etc-passwd", "etc-passwd");
        check("\"7А\"", "\"7А\"", "7А-", "7A");
        check("\u{200b}", "", "Документ", "Dokument");
        check("漢字.pdf", "漢字.pdf", "漢字.pdf", "document.pdf");
    }
}
