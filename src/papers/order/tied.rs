//! Non-breaking spaces where a line of Russian text must not end.
//!
//! Only where it would be wrong, not where it is merely not nice: programs that set both edges straight stretch the other
//! spaces, and a line full of stiff ones looks worse than a preposition at its end.

/// A text with its signs tied to what follows: «№ 62», «п. 4.3», «7 «А»», «О. С. Кузнецова», «слово — слово».
pub(super) fn tied(text: &str) -> String {
    let mut tied = String::with_capacity(text.len());
    let mut word_begins = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\n' {
            word_begins = at + 1;
        }
        if letter != ' ' {
            tied.push(letter);
            continue;
        }
        let word = &text[word_begins..at];
        let next = letters.peek().map(|(_, next)| *next);
        tied.push(if is_tied(word, next) { '\u{a0}' } else { ' ' });
        word_begins = at + 1;
    }
    tied
}

/// The name of a school, the one in its marks on one line where it is short: «Гимназия № 65».
pub(super) fn whole_name(name: &str) -> String {
    let name = tied(name);
    let marked = name.rfind('«').zip(name.rfind('»')).filter(|(open, close)| open < close);
    let Some((open, close)) = marked else { return name };
    let (before, rest) = name.split_at(open);
    let (inside, after) = rest.split_at(close - open);
    if inside.chars().count() > SHORT {
        return name;
    }
    format!("{before}{}{after}", inside.replace(' ', "\u{a0}"))
}

/// The longest name that is not divided, in characters.
const SHORT: usize = 40;

fn is_tied(word: &str, next: Option<char>) -> bool {
    let bare = word.trim_start_matches(['(', '«']);
    let is_abbreviation = matches!(bare, "№" | "п." | "пп." | "ст." | "г.");
    let is_initial = bare.chars().count() == 2 && bare.ends_with('.') && bare.starts_with(char::is_uppercase);
    // «7 «А»»: the letter of a class stays with its number.
    let is_class = bare.parse::<u8>().is_ok_and(|grade| grade <= 12) && next == Some('«');
    is_abbreviation || is_initial || is_class || matches!(next, Some('—' | '–'))
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(super::tied(text).replace('\u{a0}', "_"), expected);
    }

    #[test]
    fn a_short_name_stays_whole() {
        let whole = |name: &str| super::whole_name(name).replace('\u{a0}', "_");
        assert_eq!(whole("Бюджетное учреждение «Гимназия № 65»"), "Бюджетное учреждение «Гимназия_№_65»");
        assert_eq!(whole("Школа № 7"), "Школа №_7");
        assert_eq!(whole(&format!("МБОУ «{}»", "школа ".repeat(9))), format!("МБОУ «{}»", "школа ".repeat(9)));
        assert_eq!(whole("» и «"), "» и «");
    }

    #[test]
    fn signs_stay_with_what_follows() {
        check("Школа № 62 г. Заречный", "Школа №_62 г._Заречный");
        check("чат 7 «А» класса", "чат 7_«А» класса");
        check("(п. 4.3, 5) в чате", "(п._4.3, 5) в чате");
        check("О. С. Кузнецова", "О._С._Кузнецова");
        check("слово — слово", "слово_— слово");
        check("приказ\n№ 5", "приказ\n№_5");
    }
}
