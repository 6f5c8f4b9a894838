//! File names in Latin letters.

/// The name in Latin letters, for mail programs that do not read RFC 2231: «Priglasheniya-7A.pdf».
pub(super) fn latin_file_name(text: &str) -> String {
    const LONGEST: usize = 60;
    let (stem, extension) = match text.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= 4 => (stem, extension),
        _ => (text, ""),
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

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(super::latin_file_name(text), expected);
    }

    #[test]
    fn names() {
        check("Приглашения 7А.pdf", "Priglasheniya-7A.pdf");
        check("Лист ознакомления 10 профильный.pdf", "List-oznakomleniya-10-profilnyy.pdf");
        check("Щука «Ёж».pdf", "Shchuka-Ezh.pdf");
    }

    #[test]
    fn traps() {
        check("a Bcc: x@example.org", "a-Bcc-x-example.org");
        check("\"7А\"\r\n", "7A");
        check("漢字.pdf", "document.pdf");
        check("", "document");
    }
}
