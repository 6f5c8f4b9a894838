//! The clauses that bind persons: they stand in the order of the director and in the application of the school.
//!
//! Knows files that people edit only; papers that are printed are looked at by preset.

use super::run;

/// A preset, a clause of it, words that stand in the order of the director or its annex. These clauses bind persons, so a
/// paper cannot settle them; words are looked for without regard to case.
const ORDER: [(&str, &str, &[&str]); 14] = [
    ("school-62", "3–4", &["модератор"]),
    ("school-62", "2, moving", &["иностранн"]),
    ("belomorsk", "4.1, administrator", &["администратор"]),
    ("belomorsk", "4.2, administrators of chats", &["модератор"]),
    ("school-50", "1.5, curator", &["куратор"]),
    ("school-50", "1.5, administrator", &["администратор"]),
    ("school-50", "3.1", &["модератор", "классн"]),
    ("school-31", "2.1, administrator", &["администратор"]),
    ("school-31", "2.2, acts", &["назначить"]),
    ("school-31", "4", &["модератор"]),
    ("school-65", "5.1, administrator", &["администратор"]),
    ("school-65", "5.1, moving", &["иностранн", "перенос"]),
    ("school-65", "5.1, control", &["контрол"]),
    ("school-65", "5.2, deputy", &["заместител"]),
];

/// A preset, a clause of it, words that stand in the application to register the school.
const APPLICATION: [(&str, &str, &[&str]); 2] = [
    ("school-31", "2.1, application", &["зарегистр", "телефон", "приказ"]),
    ("school-65", "3, application", &["зарегистр", "приказ"]),
];

/// The files of the school that are of a form.
#[track_caller]
fn check_school_files(form: &str, rows: &[(&str, &str, &[&str])], text: fn(&[u8]) -> String) {
    for preset in ["school-62", "belomorsk", "school-50", "school-31", "school-65"] {
        let school = run(preset);
        let files = school.files("выдача/Школа").into_iter().filter(|(name, _)| name.ends_with(form));
        let texts: Vec<String> = files.map(|(_, bytes)| text(&bytes).to_lowercase()).collect();
        for (_, clause, words) in rows.iter().filter(|(of, ..)| *of == preset) {
            let holds = |text: &String| words.iter().all(|word| text.contains(word));
            assert!(texts.iter().any(holds), "{preset}, {clause}: {words:?} in {form}");
        }
    }
}

#[test]
fn the_order_settles_what_binds_persons() {
    check_school_files(".docx", &ORDER, |bytes| {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a .docx");
        let document = archive.by_name("word/document.xml").expect("its text");
        let xml = std::io::read_to_string(document).expect("UTF-8");
        xml.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
    });
}

#[test]
fn the_application_asks_for_the_registration() {
    check_school_files(".eml", &APPLICATION, |bytes| {
        let letter = mail_parser::MessageParser::default().parse(bytes).expect("a letter");
        letter.body_text(0).expect("a text").into_owned()
    });
}
