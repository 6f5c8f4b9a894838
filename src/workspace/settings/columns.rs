//! The school's own words for the columns of class lists: `[roster.columns]`.

use crate::roster::{ColumnWordError, ColumnWords};
use crate::school::{Checked, IssueKind};

use super::document;
use super::{LONGEST_LINE, Problem, Table};

/// Reads the words for columns alone, whatever else stands in the settings; `file` is the name that messages call
/// them by. Issues are those of the syntax and of `[roster.columns]`.
pub fn read_column_words(text: &str, file: &str) -> Checked<ColumnWords> {
    let Checked { value, issues } = document::read(text, file, read);
    // The keys of the other sections are not asked for here, which does not make them unknown.
    Checked::new(value, issues.into_iter().filter(|issue| issue.kind != IssueKind::UnknownKey).collect())
}

/// Reads `[roster.columns]` out of the settings.
pub(super) fn read(root: &mut Table<'_, '_>) -> ColumnWords {
    root.section("roster", |section| section.section("columns", words))
}

fn words(section: &mut Table<'_, '_>) -> ColumnWords {
    let mut words = ColumnWords::default();
    for entry in section.entries() {
        let Some(word) = section.text_of(&entry, LONGEST_LINE) else { continue };
        section.judged(&entry, words.add(&entry.key, &word).map_err(|error| problem(&error)));
    }
    words
}

fn problem(error: &ColumnWordError) -> Problem {
    let advice = match error {
        ColumnWordError::NoHeader => "Назовите столбец в самой таблице словами, например «Номер».".to_owned(),
        ColumnWordError::Repeated(_) => "Оставьте одну из строк.".to_owned(),
        ColumnWordError::UnknownWord { nearest: Some(nearest), .. } => format!("Вы имели в виду «{nearest}»?"),
        ColumnWordError::UnknownWord { nearest: None, .. } => {
            "Напишите, например, \"ФИО ученика\", \"класс\", \"телефон родителя\" или \"не нужен\"; все значения названы в \
             пояснениях к разделу [roster.columns]."
                .to_owned()
        }
    };
    Problem::new(format!("{error}."), advice)
}

#[cfg(test)]
mod tests {
    use super::super::settings_template;
    use super::{ColumnWords, read_column_words};

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let text = format!("[school]\ncity = 7\n[roster.columns]\n{line}\n");
        let read = read_column_words(&text, "zavuch.toml");
        assert_eq!(read.issues.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
        assert_eq!(read.value.len(), usize::from(expected.is_empty()));
    }

    #[test]
    fn the_template_names_only_words_that_are_known() {
        let comments = settings_template().lines().skip_while(|line| !line.contains("Столбцы списков классов"));
        let comments = comments.take_while(|line| !line.starts_with("[roster.columns]"));
        let told: Vec<&str> = comments.flat_map(|line| line.split('"').skip(1).step_by(2)).collect();
        let mut words = ColumnWords::default();
        for (word, number) in told.iter().zip(0..) {
            assert_eq!(words.add(&format!("столбец {number}"), word), Ok(()), "{word}");
        }
        // Those of one parent stand for those of the others.
        assert_eq!(told.len(), 24, "{told:?}");
    }

    #[test]
    fn every_wrong_word_is_told_with_its_line() {
        check("\"Контакт (осн.)\" = \"телефон родителя\"", &[]);
        check("\"Ребёнок\" = \"Фио ученика\"", &[]);
        check(
            "\"Контакт\" = \"телефон родитиля\"",
            &["zavuch.toml, строка 4: Ключ «Контакт»: «телефон родитиля» — такого значения нет. \
               Вы имели в виду «телефон родителя»?"],
        );
        check(
            "\"Контакт\" = 7",
            &["zavuch.toml, строка 4: Ключ «Контакт»: ожидается текст, а записано: целое число. \
               Напишите значение в прямых кавычках: \"Контакт\" = \"…\"."],
        );
    }
}
