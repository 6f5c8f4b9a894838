//! The name of an official, by its words.
//!
//! Officials are typed into the settings by one careful person, so this is stricter than the reader of rosters: the
//! name is whole, in its order, and in letters of one alphabet.

use crate::school::PersonName;

use super::Problem;

/// «Фамилия Имя Отчество» in two to four words.
pub(super) fn official(text: &str) -> Result<PersonName, Problem> {
    let words: Vec<_> = text.split_whitespace().collect();
    let advice = "Напишите фамилию, имя и отчество полностью: \"Иванова Мария Петровна\".";
    let problem = |message: String| Err(Problem::new(message, advice));
    let (surname, given, rest) = match words.as_slice() {
        [surname, given, rest @ ..] if rest.len() <= 2 => (*surname, *given, rest),
        _ => return problem(format!("«{text}» — не фамилия, имя и отчество.")),
    };
    for word in &words {
        if let Some(sign) = word.chars().find(|letter| !letter.is_alphabetic() && !"-'’.".contains(*letter)) {
            return problem(format!("В имени «{text}» есть лишний знак «{sign}»."));
        }
        if word.contains('.') {
            return problem(format!("Имя «{text}» записано с сокращениями."));
        }
        let latin = word.chars().any(|letter| letter.is_ascii_alphabetic());
        if latin && word.chars().any(|letter| letter.is_alphabetic() && !letter.is_ascii()) {
            return problem(format!("В слове «{word}» русские буквы стоят вперемешку с латинскими."));
        }
    }
    if [surname, given].iter().any(|word| !word.starts_with(char::is_uppercase)) {
        return problem(format!("Имя «{text}» начинается со строчной буквы."));
    }
    if text.chars().count() > 120 {
        return problem("Имя длиннее 120 знаков.".to_owned());
    }
    Ok(PersonName::new(surname, given, &rest.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::official;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert!(official(text).is_ok_and(|name| name.to_string() == expected), "{text}");
    }

    #[track_caller]
    fn check_refused(text: &str, expected: &str) {
        assert_eq!(official(text).err().map(|problem| problem.message().to_owned()).as_deref(), Some(expected));
    }

    #[test]
    fn names() {
        check("Иванова  Мария Петровна", "Иванова Мария Петровна");
        check("Ли Вэй", "Ли Вэй");
        check("Мартынюк-Заславская Анна Львовна", "Мартынюк-Заславская Анна Львовна");
        check("Мамедов Тофик Рашид оглы", "Мамедов Тофик Рашид оглы");
        check_refused("Иванова", "«Иванова» — не фамилия, имя и отчество.");
        check_refused("Иванова М. П.", "Имя «Иванова М. П.» записано с сокращениями.");
        check_refused("Иванова Мария 2", "В имени «Иванова Мария 2» есть лишний знак «2».");
        check_refused("Ивaнова Мария", "В слове «Ивaнова» русские буквы стоят вперемешку с латинскими.");
        check_refused("иванова Мария", "Имя «иванова Мария» начинается со строчной буквы.");
    }
}
