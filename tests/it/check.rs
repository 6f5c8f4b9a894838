//! `check`: the office report on the terminal, as JSON and as a table.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use zavuch::tables::{self, Source};

use crate::call::{Answer, School, call};

/// A sample with class lists of many sorts of problems put beside its own.
fn messy() -> School {
    let school = School::sample("school-31");
    let mut list = "№;ФИО;Дата рождения;Мать;Телефон матери\n".to_owned();
    for (number, surname) in ["Абрамов", "Борисов", "Волков", "Громов", "Жуков", "Зайцев", "Ильин"].iter().enumerate()
    {
        let _ = writeln!(list, "{};{surname} Лев;{}.02.2013;{surname}а Анна;12", number + 1, number + 30);
    }
    school.write("списки/11А.csv", list.as_bytes());
    school.write("списки/5А.csv", "№;ФИО\n1;=Петров Олег\n2;Иванов 2 Олег\n".as_bytes());
    school.write("списки/6А.csv", "№;ФИО\n".as_bytes());
    school
}

/// The JSON of `check`.
fn json(school: &School) -> Value {
    serde_json::from_str(&school.call(&["check", "школа", "--json"]).stdout).expect("one JSON value")
}

/// The lines of the report of a file.
#[track_caller]
fn part(answer: &Answer, file: &str) -> String {
    let text = answer.stdout.replace('\u{a0}', " ");
    let start = text.find(&format!("\n{file}\n")).unwrap_or_else(|| panic!("no «{file}» in\n{text}"));
    let part = &text[start + 1..];
    part.split("\n\n").next().unwrap_or_default().to_owned()
}

#[test]
fn problems_are_grouped_by_file_and_gravity() {
    let school = messy();
    let before = school.files("");
    let answer = school.call(&["check", "школа"]);
    assert_eq!(answer.status, 1, "{}", answer.shown());
    assert!(before == school.files(""), "nothing is written");
    let errors = "Ошибка: с такими исходными данными работать нельзя; ничего не записано.\n\
                  Исправьте то, что отмечено как ошибки, и запустите команду снова.\n";
    assert_eq!(answer.stderr, errors, "the problems themselves are the answer");
    insta::assert_snapshot!(part(&answer, "списки/11А.csv"), @r"
    списки/11А.csv
      Замечания: 14
        7 ячеек · «…» — не дата; дата рождения пропущена.
          C2 «30.02.2013», C3 «31.02.2013», C4 «32.02.2013», C5 «33.02.2013», C6 «34.02.2013», C7 «35.02.2013», C8 «36.02.2013»
          → Исправьте дату: день, месяц и год, например 04.05.2013.
        ячейки E2–E8 · Номер телефона не удалось разобрать; он пропущен.
          → Исправьте номер: 11 цифр, начиная с 8 или +7.
    ");
    insta::assert_snapshot!(part(&answer, "списки/5А.csv"), @r"
    списки/5А.csv
      Ошибки: 1
        ячейка B3 · «Иванов 2 Олег» — в имени стоит цифра.
          → Уберите лишнее из ячейки с именем и запустите снова.
      Замечания: 1
        ячейка B2 · Текст начинается со знака, с которого начинаются формулы; он прочитан как обычный текст.
          → Уберите первый знак в ячейке, если он лишний.
    ");
}

#[test]
fn what_every_file_gave_stands_at_the_top() {
    let answer = messy().call(&["check", "школа"]);
    let text = answer.stdout.replace('\u{a0}', " ");
    assert!(text.starts_with("Прочитано: 5 классов, 80 учеников.\n"), "{text}");
    let row = |file: &str| text.lines().find(|line| line.starts_with(&format!("│ {file} "))).unwrap_or_default();
    assert!(row("списки/6А.csv").contains("ничего"), "{text}");
    assert!(row("списки/11А.csv").contains("11А: 7 учеников"), "{text}");
    assert!(row("штат.xlsx").contains("19 сотрудников"), "{text}");
    let at = |word: &str| text.find(word).unwrap();
    assert!(at("│ списки/5А.csv") < at("│ списки/11А.csv"), "5А stands before 11А");
    assert!(at("\nсписки/5А.csv") < at("\nсписки/11А.csv"));
}

#[test]
fn json_has_one_shape_with_and_without_errors() {
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let good = json(&School::sample("school-31"));
    let bad = json(&messy());
    assert_eq!(keys(&good), ["files", "issues", "summary"]);
    assert_eq!(keys(&good), keys(&bad));
    assert_eq!(keys(&good["summary"]), keys(&bad["summary"]));
    assert_eq!((&good["summary"]["ready"], &bad["summary"]["ready"]), (&Value::Bool(true), &Value::Bool(false)));
    assert_eq!((bad["summary"]["errors"].as_u64(), bad["summary"]["students"].as_u64()), (Some(2), Some(80)));
    let file = bad["files"].as_array().unwrap().iter().find(|file| file["file"] == "списки/11А.csv").unwrap();
    assert_eq!(
        (&file["table"], &file["classes"][0], file["students"].as_u64()),
        (&"roster".into(), &"11А".into(), Some(7))
    );
    let issue = bad["issues"].as_array().unwrap().iter().find(|issue| issue["kind"] == "bad_name").unwrap();
    assert_eq!(
        keys(issue),
        ["advice", "cell", "file", "kind", "line", "message", "severity", "sheet", "where"],
        "every key is always there"
    );
    assert_eq!((&issue["severity"], &issue["cell"], &issue["sheet"]), (&"error".into(), &"B3".into(), &Value::Null));
    let nowhere = tempfile::tempdir().unwrap();
    let answer = call(nowhere.path(), &["check", "нет-такой", "--json"]);
    let value: Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!((answer.status, keys(&value)), (1, keys(&good)));
    assert_eq!(value["issues"][0]["kind"], "missing_folder");
}

/// The cells of a sheet of the report, row by row.
fn cells(school: &School, name: &str, sheet: usize) -> Vec<Vec<String>> {
    let source = Source { path: school.path().join(name), label: name.to_owned() };
    let workbook = tables::read(&source).expect("a table");
    let sheet = &workbook.sheets[sheet];
    let text =
        |row: u32, column: u32| sheet.value(row, column).map(|value| value.text().into_owned()).unwrap_or_default();
    sheet.rows().map(|row| (0..8).map(|column| text(row, column)).collect()).collect()
}

#[test]
fn a_table_for_the_secretary() {
    let school = messy();
    let answer = school.call(&["проверить", "школа", "--xlsx", "школа/замечания.xlsx"]);
    assert_eq!(answer.status, 1, "it is written with errors, too");
    assert!(answer.stderr.contains("Замечания записаны таблицей"), "{}", answer.stderr);
    assert!(answer.stderr.contains("кроме таблицы замечаний, ничего не записано"), "{}", answer.stderr);
    let rows = cells(&school, "замечания.xlsx", 0);
    assert_eq!(rows[0], ["№", "Файл", "Лист", "Ячейка", "Важность", "Что не так", "Что сделать", "Исправлено"]);
    // Behind the kinds of groups that have no chats.
    assert_eq!(
        rows[4],
        [
            "4",
            "списки/5А.csv",
            "",
            "B3",
            "ОШИБКА",
            "«Иванов 2 Олег» — в имени стоит цифра.",
            "Уберите лишнее из ячейки с именем и запустите снова.",
            "",
        ]
    );
    let issues = json(&school)["issues"].as_array().unwrap().len();
    assert_eq!(rows.len(), issues + 1, "a row for every problem");
    let files = cells(&school, "замечания.xlsx", 1);
    assert!(files.iter().any(|row| row[0] == "списки/6А.csv" && row[1] == "ничего"), "{files:?}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(school.path().join("замечания.xlsx")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "it names children");
    }
    // The second report takes the place of the first, and the first is no input.
    fs::remove_file(school.path().join("списки/5А.csv")).unwrap();
    assert_eq!(school.call(&["check", "школа", "--xlsx", "школа/замечания.xlsx"]).status, 1);
    assert_eq!(cells(&school, "замечания.xlsx", 0)[4][1], "списки/6А.csv");
}

#[test]
fn a_cell_of_the_table_is_never_a_formula() {
    let school = School::sample("school-31");
    school.write("списки/8А.csv", "ФИО\n=1+1\n@SUM(A1) Олег\n".as_bytes());
    school.call(&["check", "школа", "--xlsx", "школа/замечания.xlsx"]);
    let file = fs::File::open(school.path().join("замечания.xlsx")).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    for index in 1..=2 {
        let sheet = archive.by_name(&format!("xl/worksheets/sheet{index}.xml")).unwrap();
        let text = std::io::read_to_string(sheet).unwrap();
        assert!(text.contains("t=\"s\"") && !text.contains("<f>") && !text.contains("<f "), "{text}");
        for cell in text.split("<c ").skip(1).filter(|cell| cell.contains("<v>")) {
            assert!(cell.contains("t=\"s\""), "{cell}");
        }
    }
}

#[test]
fn a_table_without_problems_says_so() {
    let school = School::sample("school-62");
    let answer = school.call(&["check", "школа", "--xlsx", "школа/замечания.xlsx"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let rows = cells(&school, "замечания.xlsx", 0);
    let issues = json(&school)["issues"].as_array().unwrap().len();
    if issues == 0 {
        assert_eq!((rows.len(), rows[1][5].as_str()), (2, "Замечаний нет."));
    } else {
        assert_eq!(rows.len(), issues + 1);
    }
}

/// The report is refused at a path: status 2, a sentence, and the file there stays as it was.
#[track_caller]
fn check_refused(name: &str, sentence: &str) {
    let school = School::sample("school-31");
    school.write("планы.xlsx", b"a file of the school's own");
    let before = school.files("");
    let answer = school.call(&["check", "школа", "--xlsx", &format!("школа/{name}")]);
    assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{}", answer.shown());
    assert!(answer.stderr.contains(sentence), "{}", answer.stderr);
    assert!(before == school.files(""), "a file was written or changed");
}

#[test]
fn a_report_never_takes_the_place_of_an_input() {
    check_refused("штат.xlsx", "место исходных таблиц");
    check_refused("ознакомление.xlsx", "место исходных таблиц");
    check_refused("списки/замечания.xlsx", "место исходных таблиц");
    check_refused("планы.xlsx", "не таблица замечаний");
    check_refused("замечания.csv", "должно оканчиваться на .xlsx");
    check_refused("нет такой/замечания.xlsx", "нет");
}

#[test]
fn the_table_of_acknowledgements_is_read() {
    let school = School::sample("school-31");
    let table = "Класс;Кто;ФИО;Чей родитель;Отметка;Дата\n\
                 7А;ученик;Никто Олег;;болеет;04.09.2026\n\
                 13А;ученик;Никто Олег;;отказ;04.09.2026\n\
                 3Г;ученик;Никто Олег;;отказ;04.09.2024\n";
    school.write("ознакомление.csv", table.as_bytes());
    let value = json(&school);
    let issues = value["issues"].as_array().unwrap().iter().filter(|issue| issue["file"] == "ознакомление.csv");
    let shown: Vec<_> = issues
        .map(|issue| format!("{} {}", issue["cell"].as_str().unwrap(), issue["kind"].as_str().unwrap()))
        .collect();
    assert_eq!(shown, ["A3 bad_class", "C2 unknown_person", "E2 unknown_mark", "A4 class_not_listed"]);
    let file = value["files"].as_array().unwrap().iter().find(|file| file["file"] == "ознакомление.csv").unwrap();
    assert_eq!((file["people"].as_u64(), file["marked"].as_u64()), (Some(2), Some(1)));
}

#[test]
fn an_empty_register_is_not_told_to_leave_a_folder() {
    let school = School::sample("school-31");
    school.write("ссылки.xlsx", b"");
    let answer = school.call(&["check", "школа"]);
    let part = part(&answer, "ссылки.xlsx");
    assert!(part.contains("Файл пуст") && !part.contains("папк"), "{part}");
}

/// СНИЛС, addresses and health stand in lists of every kind; the report names the cells and never what is in them.
#[test]
fn the_report_holds_nothing_that_is_not_needed() {
    let school = School::sample("school-31");
    let mut secrets = BTreeSet::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/privacy")).expect("the corpus") {
        let path = entry.expect("an entry").path();
        let bytes = fs::read(&path).expect("a file");
        if path.extension().is_some_and(|extension| extension == "json") {
            let declared: Value = serde_json::from_slice(&bytes).expect("JSON");
            let texts = declared["secrets"].as_array().expect("what is secret").iter();
            secrets.extend(texts.map(|text| text.as_str().expect("a text").to_owned()));
        } else {
            school.write(&format!("списки/{}", path.file_name().expect("a name").to_string_lossy()), &bytes);
        }
    }
    assert!(secrets.len() > 5, "{secrets:?}");
    let mut shown: Vec<String> =
        [&["check", "школа"][..], &["check", "школа", "--json"], &["compare", "школа", "школа"], &["run", "школа"]]
            .map(|arguments| school.call(arguments).shown())
            .into();
    assert_eq!(school.call(&["check", "школа", "--xlsx", "школа/замечания.xlsx"]).status, 1);
    let table = fs::File::open(school.path().join("замечания.xlsx")).expect("the table");
    let mut table = zip::ZipArchive::new(table).expect("an archive");
    for number in 0..table.len() {
        shown.push(std::io::read_to_string(table.by_index(number).expect("a part")).expect("a text"));
    }
    for secret in secrets {
        assert!(shown.iter().all(|text| !text.contains(&secret)), "{secret}");
    }
}
