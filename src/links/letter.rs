//! An e-mail that was saved whole: its text in lines, and the tables that it carries.

use mail_parser::{MessageParser, MimeHeaders, PartType};

/// What an e-mail holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SavedLetter {
    /// The lines of its text, decoded.
    pub(super) lines: Vec<String>,
    /// The files that may be tables.
    pub(super) tables: Vec<AttachedTable>,
}

/// A file of an e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct AttachedTable {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// How the names of tables end.
const TABLES: [&str; 4] = [".xlsx", ".xls", ".ods", ".csv"];

impl SavedLetter {
    /// The e-mail of these bytes; `None` where they are none, or nothing of it can be read.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(bytes)?;
        // Without headers it is a text that somebody called a letter.
        message
            .header_raw("Content-Transfer-Encoding")
            .or_else(|| message.header_raw("Content-Type"))
            .or_else(|| message.header_raw("From"))?;
        let texts = (0..message.text_body_count()).filter_map(|number| message.body_text(number));
        let lines = texts.flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        let tables = message.attachments().filter_map(|part| {
            let name = part.attachment_name()?;
            let is_table = TABLES.iter().any(|ending| name.to_lowercase().ends_with(ending));
            let is_file = !matches!(part.body, PartType::Message(_) | PartType::Multipart(_));
            (is_table && is_file).then(|| AttachedTable { name: name.to_owned(), bytes: part.contents().to_vec() })
        });
        let letter = Self { lines, tables: tables.collect() };
        (!letter.tables.is_empty() || letter.lines.iter().any(|line| !line.trim().is_empty())).then_some(letter)
    }
}

#[cfg(test)]
mod tests {
    use super::SavedLetter;

    #[track_caller]
    fn check(eml: &str, lines: &[&str], tables: &[&str]) {
        let letter = SavedLetter::read(eml.replace('\n', "\r\n").as_bytes()).unwrap_or_default();
        assert_eq!(letter.lines, lines);
        let found: Vec<String> =
            letter.tables.iter().map(|one| format!("{}: {}", one.name, String::from_utf8_lossy(&one.bytes))).collect();
        assert_eq!(found, tables);
    }

    #[test]
    fn encoded_texts_are_read() {
        let head = "From: a@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset=";
        check(
            &format!(
                "{head}utf-8\nContent-Transfer-Encoding: base64\n\nN9CQINGA0L7QtNC40YLQtdC70LgKaHR0cHM6Ly9tYXgucnUvam9pbi9hCg==\n"
            ),
            &["7А родители", "https://max.ru/join/a"],
            &[],
        );
        check(
            &format!(
                "{head}windows-1251\nContent-Transfer-Encoding: quoted-printable\n\n7=C0 https://max.ru/j=\noin/a\n"
            ),
            &["7А https://max.ru/join/a"],
            &[],
        );
        check(&format!("{head}utf-8\n\n7А\n"), &["7А"], &[]);
        check("7А родители\nhttps://max.ru/join/a\n", &[], &[]);
    }

    #[test]
    fn enclosed_tables_are_found_and_nothing_else() {
        let eml = "From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\
                   Content-Type: text/plain; charset=utf-8\n\nВот\n--b\nContent-Type: text/csv\n\
                   Content-Disposition: attachment; filename=\"7A.csv\"\nContent-Transfer-Encoding: base64\n\nMTsy\n--b\n\
                   Content-Type: image/png\nContent-Disposition: attachment; filename=\"a.png\"\n\nx\n--b--\n";
        check(eml, &["Вот"], &["7A.csv: 1;2"]);
    }
}
