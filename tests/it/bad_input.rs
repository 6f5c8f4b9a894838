//! Wrong inputs: a Russian sentence with the place and the next step, the right status, nothing written.

use std::fs;

use crate::call::{DATE, School, call};

/// A staff table for the classes of the sample; the second column of a line is the class.
const STAFF: [&str; 3] = [
    "Кузнецова Ольга Сергеевна;7А;kuznetsova@example.org",
    "Прохорова Анастасия Дмитриевна;7Б;prohorova@example.org",
    "Артёмова Ксения Сергеевна;9А;artemova@example.org",
];

impl School {
    fn remove(&self, name: &str) {
        fs::remove_file(self.path().join(name)).expect("the file was there");
    }

    /// Puts other lists in place of those of the sample.
    fn lists(&self, name: &str, bytes: &[u8]) {
        fs::remove_dir_all(self.path().join("списки")).expect("the lists");
        fs::create_dir(self.path().join("списки")).expect("a folder");
        self.write(&format!("списки/{name}"), bytes);
    }

    /// Puts another staff table in place of that of the sample.
    fn staff(&self, lines: &[&str]) {
        self.remove("штат.xlsx");
        self.write("штат.csv", format!("ФИО;Классное руководство;E-mail\n{}\n", lines.join("\n")).as_bytes());
    }

    fn settings(&self, change: impl FnOnce(&str) -> String) {
        let text = fs::read_to_string(self.path().join("zavuch.toml")).expect("the settings");
        self.write("zavuch.toml", change(&text).as_bytes());
    }
}

/// Runs the main job on a spoilt sample: it ends with status 1, says each of `sentences` and writes nothing.
#[track_caller]
fn check(spoil: impl FnOnce(&School), sentences: &[&str]) {
    let school = School::sample("school-31");
    spoil(&school);
    // The lock is taken before anything is read; it says nothing of the school.
    let files = || school.files("").into_iter().filter(|(name, _)| name != ".zavuch.lock").collect::<Vec<_>>();
    let before = files();
    let answer = school.run();
    let said = answer.stderr.replace('\u{a0}', " ");
    assert_eq!(answer.status, 1, "{said}");
    assert_eq!(answer.stdout, "");
    for sentence in sentences {
        assert!(said.contains(sentence), "«{sentence}» is not in\n{said}");
    }
    assert!(before == files(), "a file was written or changed");
    assert_eq!(school.call(&["check", "школа"]).status, 1, "check agrees with run");
    let json = school.call(&["run", "школа", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&json.stdout).expect("one JSON value");
    assert_eq!((json.status, value["issues"][0]["severity"].as_str()), (1, Some("error")));
}

#[test]
fn a_missing_folder() {
    let scratch = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(call(scratch.path(), &["run", "нет-такой"]).shown(), @r"
    status 1
    --- stderr
    нет-такой
      Ошибки: 1
        Папка не найдена.
          → Проверьте имя папки или создайте новую: zavuch создать ПАПКА

    Всего: 1 ошибка.
    Ошибка: с такими исходными данными работать нельзя; ничего не записано.
    Исправьте то, что отмечено как ошибки, и запустите команду снова.
    ");
}

#[test]
fn a_folder_that_is_no_workspace() {
    let scratch = tempfile::tempdir().unwrap();
    let answer = call(scratch.path(), &["выполнить"]);
    assert_eq!(answer.status, 1);
    assert!(answer.stderr.contains("нет файла настроек zavuch.toml"), "{}", answer.stderr);
}

#[test]
fn missing_tables() {
    check(|school| school.remove("штат.xlsx"), &["штат.xlsx", "Нет таблицы сотрудников"]);
    let no_lists = |school: &School| fs::remove_dir_all(school.path().join("списки")).unwrap();
    check(no_lists, &["списки/", "Нет папки со списками классов", "Создайте в рабочей папке папку «списки»"]);
}

#[test]
fn an_empty_roster() {
    check(|school| school.lists("7А.csv", "ФИО;Класс\n".as_bytes()), &["списки/7А.csv", "нет ни одного ученика"]);
    check(|school| school.lists("7А.xlsx", b""), &["списки/7А.xlsx", "Ошибки: 1"]);
    check(|school| school.lists(".hidden", b"x"), &["списки/", "В папке нет ни одного файла"]);
}

#[test]
fn a_list_that_lost_its_pupils() {
    let header_only = |school: &School| school.write("списки/8А.csv", "№;ФИО;Дата рождения\n".as_bytes());
    check(header_only, &["списки/8А.csv", "нет ни одного ученика", "уберите файл"]);
}

#[test]
fn a_register_that_was_there_and_is_gone() {
    let school = School::sample("belomorsk");
    assert_eq!(school.run().status, 0);
    let papers = school.files("выдача");
    school.remove("ссылки.xlsx");
    let answer = school.run();
    assert_eq!(answer.status, 1);
    assert!(answer.stderr.contains("ссылки.xlsx") && answer.stderr.contains("пропал"), "{}", answer.stderr);
    assert!(school.files("выдача") == papers, "no sheet is taken for void");
}

#[test]
fn files_that_are_no_tables() {
    check(|school| school.lists("7А.xlsx", b"\x89PNG\r\n\x1a\n0000"), &["списки/7А.xlsx", "Ошибки: 1"]);
    check(|school| school.lists("7А.xlsx", b"PK\x03\x04 and then nothing"), &["списки/7А.xlsx", "Ошибки: 1"]);
    check(|school| school.write("ссылки.xlsx", b"%PDF-1.7"), &["ссылки.xlsx", "Ошибки: 1"]);
}

#[test]
fn a_class_of_the_staff_table_that_no_roster_has() {
    check(
        |school| school.staff(&[STAFF[0], STAFF[1], STAFF[2], "Орлов Сергей Олегович;8Г;orlov@example.org"]),
        &["штат.csv", "ячейка B5", "8Г"],
    );
}

#[test]
fn two_homeroom_teachers_for_one_class() {
    check(
        |school| school.staff(&[STAFF[0], STAFF[1], STAFF[2], "Орлов Сергей Олегович;7А;orlov@example.org"]),
        &["штат.csv", "ячейка B5", "7А", "Оставьте"],
    );
}

#[test]
fn broken_settings() {
    check(
        |school| school.settings(|text| text.replacen("short_name", "shrt_name", 1)),
        &["zavuch.toml", "строка", "shrt_name", "short_name"],
    );
    check(|school| school.settings(|text| text.replacen("[director]", "[director", 1)), &["zavuch.toml", "строка"]);
    check(
        |school| school.settings(|text| text.replacen("preset = \"school-31\"", "preset = \"school-13\"", 1)),
        &["zavuch.toml", "строка", "school-13", "school-31"],
    );
    check(|school| school.write("zavuch.toml", b"\xff\xfe[\0"), &["zavuch.toml", "UTF-8"]);
}

#[test]
fn problems_of_all_files_are_shown_together() {
    check(
        |school| {
            school.settings(|text| text.replacen("city", "sity", 1));
            school.write("нагрузка.xlsx", b"");
            school.staff(&["Кузнецова Ольга Сергеевна;7А;8 944 000-00-01"]);
        },
        &["zavuch.toml", "нагрузка.xlsx", "штат.csv", "ячейка C2"],
    );
}

#[test]
fn what_does_not_stop_the_work_is_said_and_the_papers_are_made() {
    let school = School::sample("school-31");
    school.staff(&["Кузнецова Ольга Сергеевна;7А;"]);
    let answer = school.run();
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert!(answer.stdout.contains("нет адреса") || answer.stdout.contains("адрес"), "{}", answer.stdout);
    for class in ["7А", "7Б", "9А"] {
        assert!(school.path().join(format!("выдача/{class}/{class} Талоны.pdf")).exists(), "{class}");
    }
    let checked = school.call(&["проверить", "школа"]);
    assert!(checked.stdout.contains("штат.csv"), "{}", checked.stdout);
}

#[test]
fn a_register_is_written_where_there_is_none_and_never_overwritten() {
    let school = School::sample("belomorsk");
    school.remove("ссылки.xlsx");
    let answer = school.run();
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert!(!school.path().join("выдача/4А/4А Талоны.pdf").exists(), "no sheet without a link");
    assert!(school.path().join("выдача/4А/4А Памятка модератора.pdf").exists());
    let written = fs::read(school.path().join("ссылки.xlsx")).unwrap();
    assert_eq!(school.run().status, 0);
    assert_eq!(fs::read(school.path().join("ссылки.xlsx")).unwrap(), written);
}

#[test]
fn a_link_that_is_gone_from_the_register_stays_where_it_was() {
    let school = School::sample("belomorsk");
    assert_eq!(school.run().status, 0);
    let slips = school.path().join("выдача/4А/4А Талоны.pdf");
    assert!(slips.exists());
    school.remove("ссылки.xlsx");
    school.write("ссылки.csv", "Ключ чата;Ссылка\n4А/родители;\n".as_bytes());
    let answer = school.run();
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert!(slips.exists(), "a row that was lost by mistake takes no link away");
    let check = school.call(&["check", "школа"]).stdout.replace('\u{a0}', " ");
    assert!(check.contains("остаётся прежняя"), "{check}");
    assert!(school.path().join("выдача/Школа/ссылки.xlsx").exists(), "a register with all rows is offered");
}

#[test]
fn a_second_run_at_the_same_time() {
    let school = School::sample("belomorsk");
    let lock = fs::File::create(school.path().join(".zavuch.lock")).unwrap();
    lock.lock().unwrap();
    let answer = school.run();
    assert_eq!(answer.status, 4);
    assert!(answer.stderr.contains("уже работает другой запуск"), "{}", answer.stderr);
    assert!(!school.path().join("выдача").exists());
    drop(lock);
    assert_eq!(school.run().status, 0);
}

#[test]
fn an_output_folder_that_cannot_be() {
    let school = School::sample("belomorsk");
    school.write("выдача", b"a file in the way");
    let answer = school.run();
    assert_eq!(answer.status, 4, "{}", answer.shown());
    assert!(answer.stderr.contains("не удалось записать"), "{}", answer.stderr);
}

#[test]
fn a_class_that_cannot_be_written_stops_no_other() {
    let school = School::sample("belomorsk");
    fs::create_dir(school.path().join("выдача")).unwrap();
    school.write("выдача/4А", b"a file in the way");
    let answer = school.call(&["run", "школа", "--date", DATE, "--json"]);
    assert_eq!(answer.status, 4, "{}", answer.shown());
    let value: serde_json::Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
    assert_eq!(value["failures"][0]["whose"], "4А");
    assert!(answer.stderr.contains("4А: не удалось записать"), "{}", answer.stderr);
    assert!(school.path().join("выдача/8Б/8Б Талоны.pdf").exists());
}

#[test]
fn a_new_workspace() {
    let scratch = tempfile::tempdir().unwrap();
    let answer = call(scratch.path(), &["создать", "школа", "--yes", "--preset", "school-50"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let settings = fs::read_to_string(scratch.path().join("школа/zavuch.toml")).unwrap();
    assert!(settings.contains("preset = \"school-50\""));
    let again = call(scratch.path(), &["создать", "школа", "--yes"]);
    assert_eq!(again.status, 2, "a workspace is never overwritten");
    assert_eq!(fs::read_to_string(scratch.path().join("школа/zavuch.toml")).unwrap(), settings);
    assert_eq!(call(scratch.path(), &["создать", "вторая"]).status, 2, "nobody can answer questions here");

    // With one list and one teacher it is a school.
    fs::write(
        scratch.path().join("школа/списки/5А.csv"),
        "ФИО\nИванов Пётр Ильич\nЁлкина Анна Львовна\nСидоров Олег Ильич\n",
    )
    .unwrap();
    fs::remove_file(scratch.path().join("школа/штат.xlsx")).unwrap();
    let staff = "ФИО;E-mail;Классное руководство\nПетрова Ольга Сергеевна;petrova@example.org;5А\n";
    fs::write(scratch.path().join("школа/штат.csv"), staff).unwrap();
    let run = call(scratch.path(), &["выполнить", "школа", "--date", "01.09.2026"]);
    assert_eq!(run.status, 0, "{}", run.shown());
    assert!(scratch.path().join("школа/ссылки.xlsx").exists());
    assert!(scratch.path().join("школа/выдача/5А/5А Памятка модератора.pdf").exists());
}
