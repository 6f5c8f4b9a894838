//! The rows of a table that hold no pupil, told by their words (rule 7 of `domain/rosters.md` § 2).

use super::grid::At;
use super::meaning::Meaning;
use super::mention::{class_of_text, is_bare_number};
use super::reading::SkipReason;
use crate::school::{ClassName, ClassNameError};
use crate::tables::Value;

/// What a row says as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowWords {
    /// The pupils below are in this class.
    Section(Result<ClassName, ClassNameError>),
    /// The pupils below have left.
    Leavers,
    /// Nothing about pupils.
    Skip(SkipReason),
    /// It may hold a pupil.
    Other,
}

/// Judges a row by its own cells; `named` tells whether the column of names holds a person's name.
pub(super) fn words_of(cells: &[At<'_>], name: NameCell) -> RowWords {
    let texts: Vec<String> = cells.iter().map(At::text).collect();
    let (Some(first), joined) = (texts.first(), texts.join(" ")) else { return RowWords::Skip(SkipReason::Blank) };
    let lower = joined.to_lowercase();
    let starts = |stems: &[&str]| stems.iter().any(|stem| lower.starts_with(stem));
    if is_column_numbers(cells) {
        return RowWords::Skip(SkipReason::ColumnNumbers);
    }
    if texts.len() >= 2 && texts.iter().all(|text| Meaning::of(text) != Meaning::Unknown) {
        return RowWords::Skip(SkipReason::RepeatedHeader);
    }
    if starts(&["страница ", "стр. ", "стр ", "лист "]) && lower.contains(|letter: char| letter.is_ascii_digit())
    {
        return RowWords::Skip(SkipReason::Page);
    }
    let total = ["всего", "итого", "количество", "по списку", "на начало", "на конец", "из них"];
    let counted = lower.ends_with(" чел.") || lower.ends_with(" чел") || lower.ends_with(" человек");
    let gender = ["мальчик", "девоч", "юнош", "девуш"];
    if starts(&total) {
        return RowWords::Skip(SkipReason::Total);
    }
    if is_signature(&lower) {
        return RowWords::Skip(SkipReason::Signature);
    }
    if let Some(section) = section(first, &joined, cells.len(), name) {
        return RowWords::Section(section);
    }
    if counted && name == NameCell::NoName || starts(&gender) && lower.contains(|letter: char| letter.is_ascii_digit())
    {
        return RowWords::Skip(SkipReason::Total);
    }
    if cells.len() > 1 {
        return RowWords::Other;
    }
    if starts(&["выбы", "отчислен"]) {
        return RowWords::Leavers;
    }
    if starts(&gender)
        || lower.ends_with("группа")
        || lower.ends_with("подгруппа")
        || starts(&["группа ", "подгруппа "])
    {
        return RowWords::Skip(SkipReason::Subheading);
    }
    if starts(&["примечани", "*", "данные на", "дата формирования", "сформирован"])
    {
        return RowWords::Skip(SkipReason::Remark);
    }
    RowWords::Other
}

/// Whether the column of names holds something like a person's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameCell {
    /// Two to four words of letters.
    Name,
    /// Blank, or something else.
    NoName,
}

fn section(first: &str, joined: &str, cells: usize, name: NameCell) -> Option<Result<ClassName, ClassNameError>> {
    if name == NameCell::Name || is_bare_number(first) {
        return None;
    }
    let lower = joined.to_lowercase();
    let labelled =
        lower.contains("класс") && !lower.starts_with("классн") || lower.ends_with(" кл.") || lower.ends_with(" кл");
    let short = cells == 1 && joined.chars().count() <= 12;
    if !labelled && !short {
        return None;
    }
    // A remark in another column («из 7Б класса») is none of the first cell's.
    let text = if first.to_lowercase().trim_end_matches(':') == "класс" || cells == 1 { joined } else { first };
    match class_of_text(text) {
        Some(class) => Some(Ok(class)),
        None if labelled
            && cells <= 2
            && text.starts_with(|letter: char| letter.is_ascii_digit() || "Кк".contains(letter)) =>
        {
            text.parse::<ClassName>().err().map(Err)
        }
        None => None,
    }
}

fn is_column_numbers(cells: &[At<'_>]) -> bool {
    let number = |cell: &At<'_>| match cell.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    let numbers: Option<Vec<f64>> = cells.iter().map(number).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= 2
            && numbers.windows(2).all(|pair| matches!(pair, [left, right] if (right - left - 1.0).abs() < 1e-9))
    })
}

fn is_signature(lower: &str) -> bool {
    const OFFICES: [&str; 12] = [
        "директор",
        "заместитель",
        "зам. ",
        "секретарь",
        "исполнитель",
        "ответственн",
        "подпись",
        "м.п",
        "согласован",
        "утвержд",
        "составил",
        "проверил",
    ];
    // «7А класс, кл. рук. …» names a class and is none.
    let teacher_first = ["классный рук", "кл. рук", "кл.рук", "кл рук"].iter().any(|words| lower.starts_with(words));
    lower.contains("___") || OFFICES.iter().any(|office| lower.starts_with(office)) || teacher_first
}

#[cfg(test)]
mod tests {
    use super::{NameCell, RowWords, SkipReason, words_of};
    use crate::roster::class_list::grid::At;
    use crate::tables::Value;

    #[track_caller]
    fn check(texts: &[&str], expected: &str) {
        let values: Vec<Value> = texts.iter().map(|text| Value::Text((*text).to_owned())).collect();
        let cells: Vec<At<'_>> = values.iter().zip(0..).map(|(value, column)| At { row: 0, column, value }).collect();
        let shown = match words_of(&cells, NameCell::NoName) {
            RowWords::Section(Ok(class)) => class.to_string(),
            RowWords::Section(Err(error)) => error.to_string(),
            RowWords::Leavers => "leavers".to_owned(),
            RowWords::Skip(reason) => reason.words().to_owned(),
            RowWords::Other => "other".to_owned(),
        };
        assert_eq!(shown, expected, "{texts:?}");
    }

    #[test]
    fn rows_without_a_pupil() {
        let total = SkipReason::Total.words();
        check(&["7А класс"], "7А");
        check(&["7А"], "7А");
        check(&["Класс: 7 «А» (кл. рук. Петрова О. С.)"], "7А");
        check(&["Класс:", "7А"], "7А");
        check(&["7Z класс"], "«7Z класс» — в названии класса латинская буква «Z»; исправьте её на русскую");
        check(&["7"], "other");
        check(&["Всего: 25"], total);
        check(&["Итого", "25"], total);
        check(&["мальчиков - 12, девочек - 13"], total);
        check(&["25 чел."], total);
        check(&["Классный руководитель ________ Петрова О. С."], SkipReason::Signature.words());
        check(&["Директор школы", "Кузнецов А. А."], SkipReason::Signature.words());
        check(&["Страница 2 из 3"], SkipReason::Page.words());
        check(&["№", "ФИО", "Дата рождения"], SkipReason::RepeatedHeader.words());
        check(&["1", "2", "3", "4"], SkipReason::ColumnNumbers.words());
        check(&["Девочки"], SkipReason::Subheading.words());
        check(&["Выбыли:"], "leavers");
        check(&["1", "Иванов"], "other");
    }
}
