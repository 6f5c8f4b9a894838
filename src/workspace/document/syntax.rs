//! What the TOML parser says, put into Russian words with what to look for in the line.
//!
//! The parser's own sentence is never shown. The usual slips of people who write TOML for the first time are known by
//! the line itself: typographic quotes, quotes inside quotes, no quotes at all, a date with dots.

use super::Problem;

/// Explains a slip of the pen: what the parser said, and the line it said it of.
pub(super) fn explain(parser: &str, line: &str) -> Problem {
    let header = line.starts_with('[') && parser.contains("duplicate key");
    let twice = header.then_some(("Этот раздел уже был выше.", "Перенесите его ключи в первый такой раздел."));
    let words = twice
        .or_else(|| found(&BEYOND_THE_LINE, parser))
        .or_else(|| by_line(line))
        .or_else(|| found(&IN_THE_LINE, parser));
    let (message, advice) = words.unwrap_or((
        "Строку не удалось прочитать.",
        "Строка должна иметь вид ключ = \"значение\"; пояснения начинаются со знака «#».",
    ));
    Problem::new(message, advice)
}

/// What is wrong and what to do.
type Words = (&'static str, &'static str);

/// What the parser says of slips that the line alone does not show, with the words for them.
const BEYOND_THE_LINE: [(&str, Words); 5] = [
    (
        "duplicate key",
        (
            "Этот ключ в этом разделе уже был выше.",
            "Оставьте одну из строк, вторую удалите или поставьте перед ней «#».",
        ),
    ),
    ("cannot extend", ("Раздел и ключ названы одинаково.", "Переименуйте или удалите одну из строк.")),
    ("unclosed array", ("Список не закрыт скобкой.", "Допишите «]» в конце списка.")),
    (
        "missing comma between array",
        (
            "Между значениями списка нет запятой.",
            "Поставьте запятую между значениями; внутри значения ставьте кавычки-ёлочки.",
        ),
    ),
    ("extra comma in array", ("В списке лишняя запятая.", "Удалите лишнюю запятую.")),
];

/// What the parser says of slips that the line would have shown if they were usual ones.
const IN_THE_LINE: [(&str, Words); 5] = [
    (
        "unexpected key or value",
        ("После значения стоит что-то лишнее.", "Оставьте в строке одно значение; пояснение начинайте со знака «#»."),
    ),
    ("extra `=`", ("В строке лишний знак «=».", "Оставьте один знак «=».")),
    ("recurse", ("Слишком много скобок одна в другой.", "Уберите лишние скобки.")),
    ("inline table", ("Значение в фигурных скобках не закончено.", "Проверьте запятые и скобку «}».")),
    ("control character", ("В строке есть невидимый знак.", "Наберите строку заново.")),
];

fn found(table: &[(&str, Words)], parser: &str) -> Option<Words> {
    table.iter().find(|(sign, _)| parser.contains(sign)).map(|(_, words)| *words)
}

fn by_line(line: &str) -> Option<Words> {
    if line.starts_with('[') {
        return header(line);
    }
    let Some((key, value)) = line.split_once('=') else {
        return Some((
            "В строке нет знака «=».",
            "Строка должна иметь вид ключ = \"значение\"; если это пояснение, поставьте перед ним «#».",
        ));
    };
    let (key, value) = (key.trim(), value.trim());
    if !key.starts_with(['"', '\'']) && key.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii()) {
        return Some((
            "Слева от знака «=» стоят русские буквы без кавычек.",
            "Возьмите название в прямые кавычки, например \"7А\" = …; ключи настроек пишутся латинскими буквами.",
        ));
    }
    let first = value.chars().next();
    match first {
        None | Some('#') => Some((
            "После знака «=» нет значения.",
            "Впишите значение в прямых кавычках или поставьте «#» в начале строки, чтобы её пропустить.",
        )),
        Some('«' | '“' | '”' | '„' | '‘' | '’' | '`') => Some((
            "Значение стоит не в прямых кавычках.",
            "Замените первую и последнюю кавычки на прямые: \" (клавиши Shift и Э в английской раскладке).",
        )),
        Some('"') => quoted(value),
        Some(letter) if letter.is_ascii_digit() => Some(number(value)),
        Some(letter) if letter.is_alphabetic() => Some(word(value)),
        _ => None,
    }
}

fn header(line: &str) -> Option<Words> {
    (!line.contains(']')).then_some((
        "Название раздела не закрыто скобкой.",
        "Допишите «]»: название раздела пишется в квадратных скобках, например [school].",
    ))
}

/// What can be wrong with a text in straight quotes.
fn quoted(value: &str) -> Option<Words> {
    let quotes = value.matches('"').count() - value.matches("\\\"").count();
    match quotes {
        1 => Some((
            "Кавычки открыты, но не закрыты.",
            "Поставьте прямую кавычку \" в конце значения; значение пишется в одну строку.",
        )),
        2 if value.contains('\\') => {
            Some(("В значении стоит обратная косая черта «\\».", "Уберите её или удвойте: \\\\."))
        }
        2 => None,
        _ => Some((
            "Внутри значения стоят прямые кавычки.",
            "Внутри значения ставьте кавычки-ёлочки: \"МБОУ «Школа № 1»\"; прямые кавычки только в начале и в конце.",
        )),
    }
}

/// What can be wrong with a value that begins with a digit.
fn number(value: &str) -> Words {
    let bare = value.split('#').next().unwrap_or_default().trim();
    if bare.matches('.').count() == 2 || bare.matches('-').count() == 2 {
        return ("Дата записана не по правилам.", "Напишите дату в кавычках: \"01.09.2026\".");
    }
    ("Значение начинается с цифры, но это не число.", "Возьмите значение в прямые кавычки: \"07:00-17:00\".")
}

/// What can be wrong with a value that begins with a letter.
fn word(value: &str) -> Words {
    let bare = value.split('#').next().unwrap_or_default().trim().to_lowercase();
    if ["true", "false", "да", "нет", "yes", "no"].contains(&bare.as_str()) {
        return ("«Да» и «нет» записаны не по правилам.", "Напишите строчными буквами: true (да) или false (нет).");
    }
    ("Значение стоит без кавычек.", "Возьмите значение в прямые кавычки: \"…\".")
}
