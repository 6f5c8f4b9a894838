//! What a person probably meant by a word that is almost a known one.

use crate::school::fold;

/// The candidate nearest to `word` by edits of its folded form; `None` where none is near, or two are equally near.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = fold(word);
    let limit = (word.chars().count() / 4).clamp(1, 4);
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for candidate in candidates {
        let distance = strsim::osa_distance(&word, &fold(candidate));
        match best {
            _ if distance > limit => {}
            Some((nearest, _)) if distance > nearest => {}
            Some((nearest, other)) if distance == nearest => tied |= fold(other) != fold(candidate),
            _ => {
                best = Some((distance, candidate));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(word: &str, expected: Option<&str>) {
        let names = ["Петрова Ольга Сергеевна", "Петров Олег Сергеевич", "Котова Анна Ильинична", "7А", "7Б"];
        assert_eq!(super::nearest(word, names), expected);
    }

    #[test]
    fn near_words() {
        check("Петрова Ольга Сергевна", Some("Петрова Ольга Сергеевна"));
        check("Катова Анна Ильинична", Some("Котова Анна Ильинична"));
        check("Морозов Иван Петрович", None);
        check("7В", None);
    }
}
