//! A name as somebody typed it into the messenger: «Иванова Мария, мама Пети», «Аня К.», «Мария 🌸 (вы)».

use crate::school::{ClassName, fold, visible};

/// A name as a list of members shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShownName {
    /// What stands in the list.
    pub(super) text: String,
    /// The words of the name, folded.
    pub(super) words: Vec<String>,
    /// What is said of the person behind the name, folded word by word: «мама Пети».
    pub(super) note: Vec<String>,
}

/// Words with which somebody begins to say whose parent one is, or what one does.
const ROLES: [&str; 26] = [
    "мама",
    "папа",
    "мать",
    "отец",
    "бабушка",
    "дедушка",
    "опекун",
    "родитель",
    "представитель",
    "сын",
    "дочь",
    "дочка",
    "учитель",
    "учительница",
    "педагог",
    "классный",
    "классная",
    "кл",
    "рук",
    "руководитель",
    "директор",
    "завуч",
    "психолог",
    "логопед",
    "староста",
    "класс",
];

/// What the messenger itself puts behind or below a name.
const MARKS: [&str; 14] = [
    "вы",
    "админ",
    "администратор",
    "владелец",
    "владелица",
    "модератор",
    "создатель",
    "онлайн",
    "в сети",
    "недавно",
    "был недавно",
    "была недавно",
    "был(а) недавно",
    "участник",
];

/// What stands above the columns of a table of members, folded.
const HEADERS: [&str; 21] = [
    "имя",
    "имена",
    "имявчате",
    "фио",
    "фамилия",
    "отчество",
    "участник",
    "участники",
    "кто",
    "телефон",
    "номер",
    "n",
    "пп",
    "роль",
    "статус",
    "класс",
    "дата",
    "почта",
    "email",
    "профиль",
    "чат",
];

impl ShownName {
    /// The name of a line; `None` where the line holds none: a telephone, «был(а) в сети», a heading.
    pub(super) fn of(line: &str) -> Option<Self> {
        let text = bare(line)?;
        let (name, behind) = parts(&text);
        let mut words = Vec::new();
        let mut note = Vec::new();
        let mut in_note = false;
        for word in name.split_whitespace() {
            let folded = fold(word);
            if folded.is_empty() || word.parse::<ClassName>().is_ok() {
                continue;
            }
            in_note |= ROLES.contains(&folded.as_str());
            if in_note {
                note.push(folded);
            } else if !folded.contains(char::is_numeric) {
                words.extend(initials(word).unwrap_or_else(|| vec![folded]));
            }
        }
        note.extend(behind.split_whitespace().map(fold).filter(|word| !word.is_empty()));
        Some(Self { text, words, note })
    }
}

/// «О.С.» is two words of one letter.
fn initials(word: &str) -> Option<Vec<String>> {
    let letters: Vec<String> = word.split('.').map(fold).filter(|letter| !letter.is_empty()).collect();
    let is_initials = word.contains('.') && letters.len() > 1 && letters.iter().all(|one| one.chars().count() == 1);
    is_initials.then_some(letters)
}

/// The name and what stands in brackets or behind a comma or a dash.
fn parts(text: &str) -> (String, String) {
    let at = text.char_indices().find_map(|(at, letter)| {
        let is_dash = matches!(letter, '—' | '–' | '|') || text.get(at..).is_some_and(|rest| rest.starts_with(" - "));
        (matches!(letter, ',' | '(' | '[' | ';') || is_dash).then_some(at)
    });
    let (name, rest) = at.and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""));
    let is_plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '.' | ' ');
    let plain = |part: &str| part.chars().map(|letter| if is_plain(letter) { letter } else { ' ' }).collect();
    (plain(name), plain(rest))
}

/// A line without bullets, numbers, telephones and the messenger's own words; `None` where nothing is left.
fn bare(line: &str) -> Option<String> {
    let mut text = visible(line);
    let numbered = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    if let Some(rest) = numbered.strip_prefix(['.', ')']).filter(|_| numbered.len() < text.len()) {
        text = rest.trim().to_string();
    }
    text = text.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '+').to_string();
    loop {
        let before = text.len();
        text = without_phone(&text);
        let lower = text.to_lowercase();
        for mark in MARKS {
            for form in [
                format!("({mark})"),
                format!("[{mark}]"),
                format!(", {mark}"),
                format!(" · {mark}"),
                format!(" - {mark}"),
            ] {
                if lower.ends_with(&form) && lower.len() == text.len() {
                    text.truncate(text.len() - form.len());
                    break;
                }
            }
        }
        let trimmed =
            text.trim_matches(|letter: char| letter.is_whitespace() || ",;·•|-–—".contains(letter)).to_owned();
        text = trimmed;
        if text.len() == before {
            break;
        }
    }
    // «Мария Иванова вы», «Мария Иванова админ»
    let words: Vec<&str> = text.split_whitespace().collect();
    if let Some((last, rest)) = words.split_last()
        && !rest.is_empty()
        && ["вы", "админ", "администратор", "владелец", "модератор", "создатель"]
            .contains(&last.to_lowercase().as_str())
    {
        text = rest.join(" ");
    }
    let lower = text.to_lowercase();
    let is_heading =
        ["участник", "подписчик", "добавить", "пригласить", "поиск", "показать", "был ", "была ", "был(а)"]
            .iter()
            .any(|word| lower.starts_with(word))
            || MARKS.contains(&lower.as_str())
            || is_header(&lower)
            || number_of(&text).is_some();
    (text.contains(char::is_alphabetic) && !is_heading).then_some(text)
}

/// Whether all words of a line stand above columns: «Имя | Телефон».
fn is_header(line: &str) -> bool {
    let words = line.split([' ', ';', ',', '|', '\t', '/']).map(fold).filter(|word| !word.is_empty());
    let mut words = words.peekable();
    words.peek().is_some() && words.all(|word| HEADERS.contains(&word.as_str()))
}

/// A text without a telephone at its end.
fn without_phone(text: &str) -> String {
    let rest = text.trim_end_matches(|letter: char| letter.is_ascii_digit() || " +()-–.".contains(letter));
    let tail = text.get(rest.len()..).unwrap_or_default();
    let digits = tail.chars().filter(char::is_ascii_digit).count();
    if (10..=15).contains(&digits) { rest.trim_end().to_owned() } else { text.to_owned() }
}

/// «25 участников», «25».
pub(super) fn number_of(line: &str) -> Option<u32> {
    let text = visible(line).to_lowercase();
    let mut words = text.split_whitespace();
    let (first, second, third) = (words.next()?, words.next(), words.next());
    let is_members =
        |word: &str| ["участник", "подписчик", "человек", "член", "вступил"].iter().any(|root| word.starts_with(root));
    match (first.parse(), second, third) {
        (Ok(number), None, _) => Some(number),
        (Ok(number), Some(word), None) if is_members(word) => Some(number),
        (Err(_), Some(word), None) if is_members(first.trim_end_matches(':')) => word.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{ShownName, number_of};

    #[track_caller]
    fn check(line: &str, words: &[&str], note: &[&str]) {
        let shown = ShownName::of(line);
        let found = shown.as_ref().map(|shown| (shown.words.clone(), shown.note.clone())).unwrap_or_default();
        let expected = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(found, (expected(words), expected(note)), "{line}");
    }

    #[test]
    fn names_of_the_messenger() {
        check("Иванова Мария", &["иванова", "мария"], &[]);
        check("  • Мария Иванова (вы)", &["мария", "иванова"], &[]);
        check("3. Мария Иванова, админ", &["мария", "иванова"], &[]);
        check("Мария Иванова +7 944 000-00-12", &["мария", "иванова"], &[]);
        check("🌸 Мария 🌸 Иванова 🌸", &["мария", "иванова"], &[]);
        check("Иванова Мария, мама Пети", &["иванова", "мария"], &["мама", "пети"]);
        check("Иванова Мария мама Пети 7А", &["иванова", "мария"], &["мама", "пети"]);
        check("Мария Иванова (учитель химии)", &["мария", "иванова"], &["учитель", "химии"]);
        check("Аня К.", &["аня", "к"], &[]);
        check("Петрова О.С.", &["петрова", "о", "с"], &[]);
        check("Мартынюк-Заславская Ольга", &["мартынюкзаславская", "ольга"], &[]);
    }

    #[test]
    fn lines_without_a_name() {
        for line in ["", "Участники", "25 участников", "был(а) недавно", "в сети", "+7 944 000-00-12", "админ", "25"]
        {
            check(line, &[], &[]);
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(number_of("25 участников"), Some(25));
        assert_eq!(number_of("Участников: 25"), Some(25));
        assert_eq!(number_of("25"), Some(25));
        assert_eq!(number_of("Иванова Мария"), None);
        assert_eq!(number_of("7 А класс"), None);
    }
}
