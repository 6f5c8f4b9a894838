//! Every fixture of `tests/fixtures/tables`, through the one door.

use std::path::PathBuf;

use crate::school::{Issue, IssueKind};

use super::{CellOfRow, Form, Source, Value, Workbook, read, read_bytes};

fn open(name: &str) -> Result<Workbook, Issue> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables");
    read(&Source { path: folder.join(name), label: format!("списки/{name}") })
}

fn shown(workbook: &Workbook) -> String {
    let mut lines = Vec::new();
    for sheet in &workbook.sheets {
        let hidden = if sheet.hidden { " (скрыт)" } else { "" };
        lines.push(format!("# {}{hidden}", sheet.name.as_deref().unwrap_or("-")));
        for row in sheet.rows() {
            let shown = |cell: CellOfRow<'_>| format!("{row}.{}={}", cell.column, value_shown(cell.value));
            let cells: Vec<String> = sheet.row(row).map(shown).collect();
            lines.push(cells.join(" | "));
        }
        lines.extend(
            sheet.merged.iter().map(|range| format!("[{}.{}-{}.{}]", range.top, range.left, range.bottom, range.right)),
        );
    }
    lines.join("\n")
}

fn value_shown(value: Value<'_>) -> String {
    let mark = match value {
        Value::Text(_) => "",
        Value::Number(_) => "n:",
        Value::Date(_) => "d:",
        Value::Bool(_) => "b:",
        Value::FormulaWithoutValue => "f:",
        Value::Error(_) => "e:",
    };
    format!("{mark}{}", value.text().replace('\n', "↵"))
}

#[track_caller]
fn check(name: &str, form: &Form, expected: &str) {
    let workbook = open(name).unwrap();
    assert_eq!((&workbook.form, shown(&workbook).as_str()), (form, expected));
}

#[track_caller]
fn check_refused(name: &str, kind: IssueKind) {
    let issue = open(name).unwrap_err();
    assert_eq!((issue.kind, issue.place.to_string()), (kind, format!("списки/{name}")));
    assert!(!issue.message.is_empty() && !issue.advice.is_empty());
}

const LIST: &str = "# 7А
0.0=Список 7А класса
1.0=ФИО | 1.1=Дата рождения | 1.2=Телефон | 1.3=Класс
2.0=Иванов Пётр Ильич | 2.1=d:04.05.2013 | 2.2=n:89440000000 | 2.3=n:7.1
3.0=Щукина Юлия↵Эдуардовна | 3.1=d:04.05.2013 | 3.2=+7 944 000-00-01 | 3.3=7«А»
[0.0-0.3]
# Скрытый (скрыт)
1.1=тайна";

#[test]
fn one_list_in_three_forms() {
    check("list.xlsx", &Form::Xlsx, LIST);
    check("list.xls", &Form::Xls, LIST);
    check("list.ods", &Form::Ods, LIST);
}

#[test]
fn biff5() {
    check("list_biff5.xls", &Form::Xls, "# Лист1\n0.0=ФИО | 0.1=Класс\n1.0=Щукина Юлия | 1.1=7«А»");
}

#[test]
fn html() {
    check(
        "list_html.xls",
        &Form::Html,
        "# -\n0.0=Список 7А класса\n1.0=ФИО | 1.1=Мать\n2.1=ФИО | 2.2=Телефон\n\
         3.0=Иванов\u{a0}Пётр | 3.1=Иванова Анна↵Петровна | 3.2=+7 944 000-00-00\n[1.0-2.0]\n[1.1-1.2]",
    );
}

#[test]
fn spreadsheet_ml() {
    check(
        "list_spreadsheetml.xls",
        &Form::SpreadsheetMl,
        "# 7А\n0.0=Список 7А & 7Б\n2.0=ФИО | 2.2=Дата | 2.3=Телефон\n\
         4.0=Щукина↵Юлия | 4.2=d:04.05.2013 | 4.3=n:89440000000 | 4.4=f:\n[0.0-0.3]\n[2.0-3.0]\n\
         # Скрытый (скрыт)\n0.0=b:да",
    );
}

#[test]
fn formulas_epochs_and_stray_cells() {
    check("formulas.xlsx", &Form::Xlsx, "# Формулы\n0.0=Класс\n1.0=f: | 1.1=b:да | 1.2=e:#REF!");
    check("cached.xlsx", &Form::Xlsx, "# Лист1\n1.1=7А | 1.3=n:2 | 1.4=n:3 | 1.5=f: | 1.6=f:");
    check("epoch_1904.xlsx", &Form::Xlsx, "# Sheet\n0.0=d:04.05.2013");
    check("sparse_bomb.xlsx", &Form::Xlsx, "# Лист1\n0.0=А\n1048575.16383=Я");
    check("repeats.ods", &Form::Ods, "# Лист1\n0.0=А\n1048574.0=Я");
    check("claims_bomb.xls", &Form::Xls, LIST);
}

#[test]
fn bombs() {
    check_refused("zip_bomb.xlsx", IssueKind::ZipBomb);
    check_refused("lying_zip.xlsx", IssueKind::ZipBomb);
    check_refused("strings_bomb.xlsx", IssueKind::Corrupt);
    check_refused("sparse_bomb.xls", IssueKind::TooLarge);
    check_refused("repeats_bomb.ods", IssueKind::TooLarge);
    check_refused("chain_bomb.xls", IssueKind::Corrupt);
}

#[test]
fn damaged_files() {
    check_refused("truncated.xlsx", IssueKind::Corrupt);
    check_refused("truncated.xls", IssueKind::Corrupt);
    check_refused("bad_crc.xlsx", IssueKind::Corrupt);
}

#[test]
fn passwords() {
    check_refused("encrypted.xlsx", IssueKind::Encrypted);
    check_refused("encrypted.xls", IssueKind::Encrypted);
    check_refused("encrypted.ods", IssueKind::Encrypted);
}

#[test]
fn strangers() {
    check_refused("document.docx", IssueKind::NotASpreadsheet);
    check_refused("document.doc", IssueKind::NotASpreadsheet);
    check_refused("notes.zip", IssueKind::NotASpreadsheet);
    check_refused("~$list.xlsx", IssueKind::NotASpreadsheet);
    check_refused("binary.xlsb", IssueKind::NotASpreadsheet);
    assert!(open("binary.xlsb").unwrap_err().advice.contains("(.xlsx)"));
    check_refused("нет такого.xlsx", IssueKind::Unreadable);
    check_refused("", IssueKind::Unreadable);
}

#[track_caller]
fn check_bytes(bytes: &[u8], expected: &str) {
    let workbook = read_bytes(bytes, "файл").unwrap();
    assert_eq!(format!("{:?}\n{}", workbook.form, shown(&workbook)), expected);
}

#[test]
fn texts_of_any_encoding() {
    let list = "sep=,\r\nФИО,Класс\r\n\"Иванов, Пётр\",7А\r\n";
    let rows = "# -\n0.0=ФИО | 0.1=Класс\n1.0=Иванов, Пётр | 1.1=7А";
    for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::IBM866, encoding_rs::UTF_8] {
        let form = format!("Delimited {{ encoding: {:?}, delimiter: ',' }}", encoding.name());
        check_bytes(&encoding.encode(list).0, &format!("{form}\n{rows}"));
    }
    let wide: Vec<u8> = list.replace(',', "\t").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let rows = rows.replace("Иванов, Пётр", "Иванов↵ Пётр").replace('↵', "\t");
    check_bytes(&wide, &format!("Delimited {{ encoding: \"UTF-16LE\", delimiter: '\\t' }}\n{rows}"));
    check_bytes(
        "<нет класса>;Иванов Пётр\n<нет класса>;Петров Илья".as_bytes(),
        "Delimited { encoding: \"UTF-8\", delimiter: ';' }\n\
         # -\n0.0=<нет класса> | 0.1=Иванов Пётр\n1.0=<нет класса> | 1.1=Петров Илья",
    );
}

#[test]
fn nothing_to_read() {
    let refused = |bytes: &[u8]| read_bytes(bytes, "файл").unwrap_err().kind;
    assert_eq!(refused(b""), IssueKind::Empty);
    assert_eq!(refused(b" \r\n;;;\r\n"), IssueKind::Empty);
    assert_eq!(refused(b"<html><table><tr><td></table>"), IssueKind::Empty);
    assert_eq!(refused(b"%PDF-1.4"), IssueKind::NotASpreadsheet);
    assert_eq!(refused(b"<?xml version=\"1.0\"?><svg/>"), IssueKind::NotASpreadsheet);
    assert_eq!(refused(b"??? ????;?????\r\n??????;7?\r\n"), IssueKind::EncodingLost);
    assert_eq!(refused(&vec![b'a'; 17 << 20]), IssueKind::TooLarge);
}

/// Whatever is cut off or changed, a file is read or refused; nothing panics through, nothing hangs.
#[test]
fn mutilated_files_are_read_or_refused() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables");
    let mut noise = 7_u32;
    for name in ["list.xls", "list_biff5.xls", "list.xlsx", "list.ods", "list_html.xls", "list_spreadsheetml.xls"] {
        let whole = std::fs::read(folder.join(name)).unwrap();
        for _ in 0..60 {
            let mut bytes = whole.clone();
            for _ in 0..3 {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = noise as usize % bytes.len();
                bytes[at] ^= (noise >> 24) as u8;
            }
            bytes.truncate(bytes.len() - (noise >> 8) as usize % 3 * (bytes.len() / 5));
            let _ = read_bytes(&bytes, "файл");
        }
    }
}
