//! A cell that names one class or several.

use crate::school::{ClassName, ClassNameError, Issue, IssueKind, Place};

use super::sheet_table::{is_nothing, pieces};

/// The classes of a cell, each once: «7А», «7А, 7Б», «5 «А» и 5 «Б»». What is no class becomes an issue.
pub(crate) fn classes(text: &str, place: &Place, issues: &mut Vec<Issue>) -> Vec<ClassName> {
    if is_nothing(text) {
        return Vec::new();
    }
    let joined = text.replace(" и ", ", ");
    let mut read: Vec<Result<ClassName, ClassNameError>> = Vec::new();
    for piece in pieces(&joined) {
        let same_grade = match read.last() {
            Some(Ok(before)) => further_litera(piece, before),
            Some(Err(_)) | None => None,
        };
        read.push(same_grade.map_or_else(|| piece.parse(), Ok));
    }
    // «7,А» is one class: the comma separates classes only where every piece is one.
    let whole = if read.iter().any(Result::is_err) { text.parse::<ClassName>().ok() } else { None };
    let read = whole.map_or(read, |class| vec![Ok(class)]);
    let mut classes = Vec::new();
    for class in read {
        match class {
            Ok(class) if classes.contains(&class) => {}
            Ok(class) => classes.push(class),
            Err(error) => issues.push(bad_class(text, &error, place)),
        }
    }
    classes
}

/// «Б» in «7А, Б»: one more class of the grade before it.
fn further_litera(piece: &str, before: &ClassName) -> Option<ClassName> {
    let bare = piece.trim_matches(|letter: char| "«»\"'".contains(letter));
    let mut letters = bare.chars();
    let is_litera = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    let follows = is_litera && before.litera().chars().count() == 1;
    if follows { format!("{}{bare}", before.grade()).parse().ok() } else { None }
}

fn bad_class(text: &str, error: &ClassNameError, place: &Place) -> Issue {
    let is_date = text.len() == 10 && text.split('.').count() == 3;
    let (message, advice) = if is_date {
        (
            format!("Вместо класса стоит дата {text}: так Excel понимает записи вроде «7.1»."),
            "Выберите для ячейки формат «Текстовый» и впишите класс заново.",
        )
    } else {
        (error.to_string(), "Впишите класс так же, как в списках: 7А; несколько классов — через запятую.")
    };
    Issue::new(IssueKind::BadClass, place.clone(), message, advice)
}

#[cfg(test)]
mod tests {
    use crate::school::Place;

    #[track_caller]
    fn check(text: &str, expected: &[&str], wrong: usize) {
        let mut issues = Vec::new();
        let classes = super::classes(text, &Place::file("штат.xlsx"), &mut issues);
        assert_eq!(classes.iter().map(ToString::to_string).collect::<Vec<_>>(), expected, "{text}");
        assert_eq!(issues.len(), wrong, "{text}");
    }

    #[test]
    fn a_date_is_explained() {
        let mut issues = Vec::new();
        super::classes("07.01.2026", &Place::file("штат.xlsx"), &mut issues);
        assert_eq!(issues[0].message, "Вместо класса стоит дата 07.01.2026: так Excel понимает записи вроде «7.1».");
    }

    #[test]
    fn one_class_or_several() {
        check("7А", &["7А"], 0);
        check(" 7 «а», 7Б;8а\n8А", &["7А", "7Б", "8А"], 0);
        check("5А и 5Б", &["5А", "5Б"], 0);
        check("7А,Б,«В»", &["7А", "7Б", "7В"], 0);
        check("7А, Б; 8А", &["7А", "7Б", "8А"], 0);
        check("5, 6", &["5", "6"], 0);
        check("7,А", &["7А"], 0);
        check("—", &[], 0);
        check("нет", &[], 0);
        check("7А, седьмой", &["7А"], 1);
        check("07.01.2026", &[], 1);
    }
}
