//! The rows of a table that hold no pupil, told by their words (rule 7 of `docs/inputs.md` § 2).

use std::borrow::Cow;

use super::column_words::ColumnWords;
use super::grid::At;
use super::meaning::Meaning;
use super::mention::{class_at_head, class_of_text, is_bare_number, whole_class};
use super::reading::SkipReason;
use crate::school::{ClassName, ClassNameError, lowercase};
use crate::tables::Value;

/// What a row says as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowWords {
    /// The pupils below are in this class.
    Section(Result<ClassName, ClassNameError>),
    /// A remark that names a class, in words that begin no section.
    Mention(ClassName),
    /// The pupils below have left.
    Leavers,
    /// Nothing about pupils.
    Skip(SkipReason),
    /// It may hold a pupil.
    Other,
}

/// Words that begin a row of totals.
const TOTALS: [&str; 7] = ["всего", "итого", "количество", "по списку", "на начало", "на конец", "из них"];
/// Words over the boys and the girls of a class, and before their numbers.
const GENDERS: [&str; 12] = [
    "мальчик",
    "мальчики",
    "мальчиков",
    "девочка",
    "девочки",
    "девочек",
    "юноша",
    "юноши",
    "юношей",
    "девушка",
    "девушки",
    "девушек",
];
const REMARKS: [&str; 7] =
    ["примечание", "примечания", "данные на", "дата формирования", "сформирован", "сформирована", "сформировано"];
const LEAVERS: [&str; 9] =
    ["выбыл", "выбыла", "выбыло", "выбыли", "выбывшие", "выбывших", "отчислен", "отчислены", "отчисленные"];

/// Judges a row by its own cells; `name` tells whether the column of names holds a person's name.
///
/// Words are compared whole: Мальчиков, Девочкина and Всегонин are surnames.
pub(super) fn words_of(cells: &[At<'_>], name: NameCell, words: &ColumnWords) -> RowWords {
    if name == NameCell::Name && cells.len() > 1 && cells.iter().any(is_long_number) && !may_be_foot(cells) {
        return RowWords::Other;
    }
    let texts: Vec<Cow<'_, str>> = cells.iter().map(At::text).collect();
    let (Some(first), joined) = (texts.first(), texts.join(" ")) else { return RowWords::Skip(SkipReason::Blank) };
    let lower = lowercase(&joined);
    let starts = |words: &[&str]| words.iter().any(|words| begins_with(&lower, words));
    let numbered = lower.contains(|letter: char| letter.is_ascii_digit());
    if is_column_numbers(cells) {
        return RowWords::Skip(SkipReason::ColumnNumbers);
    }
    if texts.len() >= 2 && texts.iter().all(|text| words.meaning(text) != Meaning::Unknown) {
        return RowWords::Skip(SkipReason::RepeatedHeader);
    }
    if name == NameCell::NoName && starts(&["страница", "стр", "лист"]) && numbered {
        return RowWords::Skip(SkipReason::Page);
    }
    let counted = lower.ends_with(" чел.") || lower.ends_with(" чел") || lower.ends_with(" человек");
    if starts(&TOTALS) {
        return RowWords::Skip(SkipReason::Total);
    }
    if is_signature(&lower) {
        return RowWords::Skip(SkipReason::Signature);
    }
    if let Some(section) = section(first, &joined, cells.len(), name) {
        return RowWords::Section(section);
    }
    if let Some(class) = class_with_counts(first, cells) {
        return RowWords::Section(Ok(class));
    }
    if name == NameCell::NoName && (counted || starts(&GENDERS) && numbered) {
        return RowWords::Skip(SkipReason::Total);
    }
    if cells.len() > 1 {
        return RowWords::Other;
    }
    if starts(&LEAVERS) {
        return RowWords::Leavers;
    }
    if name == NameCell::NoName && starts(&GENDERS)
        || lower.ends_with("группа")
        || lower.ends_with("подгруппа")
        || starts(&["группа", "подгруппа"])
    {
        return RowWords::Skip(SkipReason::Subheading);
    }
    if starts(&REMARKS) || lower.starts_with('*') {
        return RowWords::Skip(SkipReason::Remark);
    }
    match class_of_text(first).filter(|_| name == NameCell::NoName && !is_bare_number(first)) {
        Some(class) => RowWords::Mention(class),
        None => RowWords::Other,
    }
}

/// «04.05.2013», «+7 944 000-00-01», a real date: what stands in rows of pupils only, in no header and no heading.
pub(super) fn is_long_number(cell: &At<'_>) -> bool {
    match cell.value {
        Value::Text(text) => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            digits >= 5 && text.bytes().all(|byte| byte.is_ascii_digit() || b" +-().,/:".contains(&byte))
        }
        Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::FormulaWithoutValue | Value::Error(_) => false,
    }
}

/// Whether a row of a name and a long number may be a total or a signature all the same: by the letter with which it
/// begins, and by a line to sign on.
fn may_be_foot(cells: &[At<'_>]) -> bool {
    let mut words = TOTALS.iter().chain(&OFFICES).chain(&TEACHERS);
    let first = cells.first().map(At::text).unwrap_or_default();
    let begun = |word: &str| {
        let both = word.chars().zip(first.chars());
        both.take(3).all(|(one, two)| one == two || two.to_lowercase().eq([one]))
    };
    words.any(|word| begun(word)) || cells.iter().any(|cell| cell.text().contains("___"))
}

/// Whether a text in lower case begins with whole words.
fn begins_with(lower: &str, words: &str) -> bool {
    lower.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
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
    let alone = cells == 1;
    let listing = ["ученики", "учащиеся", "обучающиеся", "список", "параллель"];
    let said = labelled || alone && listing.iter().any(|word| begins_with(&lower, word));
    // A remark in another column («из 7Б класса») is none of the first cell's.
    let text = if first.to_lowercase().trim_end_matches(':') == "класс" || alone { joined } else { first };
    let class = if alone { class_at_head(text) } else { None };
    match class.or_else(|| class_of_text(text).filter(|_| said || alone && joined.chars().count() <= SHORT)) {
        Some(class) => Some(Ok(class)),
        None if (labelled && cells <= 2 || alone && begins_like_a_class(text))
            && text.starts_with(|letter: char| letter.is_ascii_digit() || "Кк".contains(letter)) =>
        {
            text.parse::<ClassName>().err().map(Err)
        }
        None => None,
    }
}

/// «7А | 25»: a class with its counts, as reports in groups have it. A text beside it would be a name or a remark.
fn class_with_counts(first: &str, cells: &[At<'_>]) -> Option<ClassName> {
    let counts = cells.len() > 1 && cells.iter().skip(1).all(|cell| matches!(cell.value, Value::Number(_)));
    whole_class(first).filter(|class| counts && !class.litera().is_empty() && !is_bare_number(first))
}

/// A row of so many characters that names a class says hardly anything else.
const SHORT: usize = 12;

/// «13А», «7Б, 7В»: a number and one letter, which is meant to name a class even where it does not.
fn begins_like_a_class(text: &str) -> bool {
    let letters = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = text.len() - letters.len();
    let mut letters = letters.trim_start_matches(|letter: char| " -«\"".contains(letter)).chars();
    let letter = letters.next().is_some_and(char::is_uppercase);
    (1..=2).contains(&digits) && letter && !letters.next().is_some_and(|next| next.is_alphanumeric() || next == '.')
}

fn is_column_numbers(cells: &[At<'_>]) -> bool {
    let number = |cell: &At<'_>| match cell.value {
        Value::Number(number) => Some(number),
        Value::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    let numbers: Option<Vec<f64>> = cells.iter().map(number).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= 2
            && numbers.windows(2).all(|pair| matches!(pair, [left, right] if (right - left - 1.0).abs() < 1e-9))
    })
}

/// Those who sign, and words beside their signatures.
const OFFICES: [&str; 20] = [
    "директор",
    "заместитель",
    "зам",
    "секретарь",
    "исполнитель",
    "ответственный",
    "ответственная",
    "ответственное",
    "подпись",
    "м.п",
    "согласовано",
    "согласован",
    "утверждаю",
    "утверждено",
    "утвержден",
    "утверждён",
    "составил",
    "составила",
    "проверил",
    "проверила",
];
/// Words that begin a row of the homeroom teacher.
const TEACHERS: [&str; 4] = ["классный рук", "кл. рук", "кл.рук", "кл рук"];

fn is_signature(lower: &str) -> bool {
    // «7А класс, кл. рук. …» names a class and is none.
    let teacher_first = TEACHERS.iter().any(|words| lower.starts_with(words));
    lower.contains("___") || OFFICES.iter().any(|office| begins_with(lower, office)) || teacher_first
}

#[cfg(test)]
mod tests {
    use super::{ColumnWords, NameCell, RowWords, SkipReason, words_of};
    use crate::roster::class_list::grid::At;
    use crate::tables::Value;

    #[track_caller]
    fn check(texts: &[&str], expected: &str) {
        let values: Vec<Value<'_>> = texts.iter().map(|text| Value::Text(text)).collect();
        let cells: Vec<At<'_>> =
            values.into_iter().zip(0..).map(|(value, column)| At { row: 0, column, value }).collect();
        let shown = match words_of(&cells, NameCell::NoName, &ColumnWords::default()) {
            RowWords::Section(Ok(class)) => class.to_string(),
            RowWords::Section(Err(error)) => error.to_string(),
            RowWords::Mention(class) => format!("mention {class}"),
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
        check(&["7Б (кл. рук. Петрова О. С.)"], "7Б");
        check(&["7Б (Петрова О.С.)"], "7Б");
        check(&["7Б — Петрова О. С."], "7Б");
        check(&["10Б (социально-экономический)"], "10Б");
        check(&["Обучающиеся 7Б"], "7Б");
        check(&["13А"], "«13А» — не класс: ожидается число от 1 до 12 и буква, например 7А");
        check(&["7Б, 7В"], "«7Б, 7В» — не удалось понять букву класса");
        check(&["Переведена из 7Б 12 сентября"], "mention 7Б");
        check(&["5 Иванов"], "other");
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

    #[test]
    fn surnames_are_no_words() {
        for text in ["Мальчиков Ян", "Девочкина Анна", "Всегонин Пётр", "Директоренко Ян", "Лист Анна", "Выбыванов Ян"]
        {
            for beside in [&[][..], &["04.05.2013"]] {
                let texts = [&[text], beside].concat();
                let values: Vec<Value<'_>> = texts.iter().map(|text| Value::Text(text)).collect();
                let cells: Vec<At<'_>> =
                    values.into_iter().zip(0..).map(|(value, column)| At { row: 0, column, value }).collect();
                assert_eq!(words_of(&cells, NameCell::Name, &ColumnWords::default()), RowWords::Other, "{texts:?}");
            }
        }
    }
}
