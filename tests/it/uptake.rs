//! Who has signed and who has joined: marks and lists of members that people send back.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;
use zavuch::tables::{self, Source};

use crate::call::{Answer, School};

#[track_caller]
fn applied(school: &School, on: &str) {
    let answer = school.call(&["apply", "школа", "--date", on, "--allow-removals", "1"]);
    let answer = if answer.status == 0 { answer } else { school.call(&["apply", "школа", "--date", on]) };
    assert_eq!(answer.status, 0, "{}", answer.shown());
}

fn school() -> School {
    let school = School::sample("school-62");
    school.write("списки/обучающиеся.csv", list(ALL).as_bytes());
    applied(&school, "2026-09-01");
    school
}

const ALL: &str = "5Б;Ветров Ян Петрович;04.05.2015;Ветрова Анна Петровна\n\
    5Б;Котова Зоя Ильинична;05.05.2015;Котова Ольга Юрьевна\n\
    6В;Новиков Лев Олегович;06.05.2014;Новикова Яна Львовна\n\
    8А;Сомов Юрий Львович;08.05.2012;Сомова Дарья Олеговна\n";

fn list(rows: &str) -> String {
    format!("Класс;ФИО;Дата рождения;Мать\n{rows}")
}

fn import(school: &School, table: &str, on: &str) -> Answer {
    fs::write(school.path().parent().unwrap().join("отметки.csv"), table).unwrap();
    school.call(&["ознакомление", "принять", "школа", "отметки.csv", "--date", on])
}

fn people(school: &School) -> Vec<Value> {
    let answer = school.call(&["ack", "list", "школа", "--json"]);
    let value: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.shown()));
    value["people"].as_array().unwrap().clone()
}

/// «5Б signed», by name.
#[track_caller]
fn state(school: &School, name: &str) -> String {
    let people = people(school);
    let found = people.iter().find(|person| person["name"] == name).unwrap_or_else(|| panic!("{name} in {people:?}"));
    format!("{} {}", found["class"].as_str().unwrap_or("—"), found["state"].as_str().unwrap())
}

const HEADER: &str = "Класс;Кто;ФИО;Чей родитель;Отметка;Дата\n";
const MOTHER: &str = "Ветрова Анна Петровна";

/// A row of the store that tells how the table was left.
fn left(school: &School) -> Option<String> {
    let store = rusqlite::Connection::open(school.path().join("zavuch.db")).unwrap();
    store.query_row("SELECT file || says FROM acknowledgement_table", [], |row| row.get(0)).ok()
}

#[test]
fn a_table_that_nobody_wrote_into_is_renewed_as_one_that_is_read() {
    let school = school();
    let table = school.path().join("ознакомление.xlsx");
    let mark = format!("{HEADER}5Б;родитель;{MOTHER};Ветров Ян;ознакомлен(а);05.09.2026\n");
    assert_eq!(import(&school, &mark, "2026-09-06").status, 0);
    let before = (fs::read(&table).unwrap(), left(&school));
    // Somebody comes, and somebody is renamed.
    let renamed = ALL.replace("Котова Ольга Юрьевна", "Котова-Белая Ольга Юрьевна");
    let more = format!("{renamed}5Б;Жуков Пётр Ильич;07.05.2015;Жукова Инна Павловна\n");
    school.write("списки/обучающиеся.csv", list(&more).as_bytes());
    applied(&school, "2026-09-08");
    let quick = fs::read(&table).unwrap();
    assert_ne!(left(&school), before.1, "it was noted");
    assert_ne!(quick, before.0);
    // Reading it, too, finds nothing to change.
    let store = rusqlite::Connection::open(school.path().join("zavuch.db")).unwrap();
    store.execute("DELETE FROM acknowledgement_table", []).unwrap();
    drop(store);
    applied(&school, "2026-09-08");
    assert_eq!(fs::read(&table).unwrap(), quick);
    assert_eq!(state(&school, MOTHER), "5Б signed");
    // An old copy that somebody put back is read, and brought up.
    fs::write(&table, before.0).unwrap();
    applied(&school, "2026-09-08");
    assert_eq!(fs::read(&table).unwrap(), quick);
}

#[test]
fn the_table_is_written_and_keeps_what_people_typed() {
    let school = school();
    let table = school.path().join("ознакомление.xlsx");
    assert!(table.is_file());
    let before = fs::read(&table).unwrap();
    applied(&school, "2026-09-02");
    assert_eq!(fs::read(&table).unwrap(), before, "nothing has changed");
    let answer =
        import(&school, &format!("{HEADER}5Б;родитель;{MOTHER};Ветров Ян;ознакомлен(а);05.09.2026\n"), "2026-09-06");
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert_eq!(state(&school, MOTHER), "5Б signed");
    assert_ne!(fs::read(&table).unwrap(), before, "the mark stands in the table");
    // The mark goes with the family into another class.
    let moved = ALL.replace("5Б;Ветров Ян", "6В;Ветров Ян");
    school.write("списки/обучающиеся.csv", list(&moved).as_bytes());
    applied(&school, "2026-09-08");
    assert_eq!(state(&school, "Ветров Ян Петрович"), "6В open");
    let mother = people(&school).into_iter().find(|one| one["pupil"] == "Ветров Ян Петрович").unwrap();
    assert_eq!((mother["class"].as_str(), mother["state"].as_str()), (Some("6В"), Some("signed")), "{mother}");
}

#[test]
fn what_cannot_be_used_is_told_with_its_cell_and_the_rest_is_taken() {
    let school = school();
    let table = format!(
        "{HEADER}5Б;родитель;{MOTHER};Ветров Ян;ознакомлен(а);05.09.2026\n\
         5Б;родитель;Чужая Ирина;Котова Зоя;ознакомлен(а);05.09.2026\n\
         6В;родитель;;Новиков Лев;отказ;05.09.2026\n6В;родитель;;Новиков Лев;ознакомлен(а);05.09.2026\n"
    );
    let answer = import(&school, &table, "2026-09-06");
    assert_eq!(answer.status, 1, "{}", answer.shown());
    let shown = answer.shown();
    assert!(shown.contains("Новых отметок: 1."), "{shown}");
    assert!(shown.contains("ячейка C3") && shown.contains("нет такого родителя"), "{shown}");
    assert!(shown.contains("разные отметки — ознакомлен(а) и отказ; ничего не изменено"), "{shown}");
    assert_eq!(state(&school, MOTHER), "5Б signed");
    assert_eq!(state(&school, "Новикова Яна Львовна"), "6В open");
}

#[test]
fn rules_that_change_are_signed_again() {
    let school = school();
    let mark = |day: &str| format!("{HEADER}5Б;родитель;{MOTHER};Ветров Ян;ознакомлен(а);{day}\n");
    import(&school, &mark("05.09.2026"), "2026-09-06");
    let settings = fs::read_to_string(school.path().join("zavuch.toml")).unwrap();
    let hours = settings.lines().find(|line| line.starts_with("hours =")).expect("hours").to_owned();
    school.write("zavuch.toml", settings.replace(&hours, "hours = \"10:00-11:00\"").as_bytes());
    assert_eq!(state(&school, MOTHER), "5Б again");
    applied(&school, "2026-09-10");
    // The old form once more says nothing of the new rules; a later one does.
    import(&school, &mark("05.09.2026"), "2026-09-11");
    assert_eq!(state(&school, MOTHER), "5Б again");
    let answer = import(&school, &mark("11.09.2026"), "2026-09-12");
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert_eq!(state(&school, MOTHER), "5Б signed");
    // The number of the order is no rule.
    school.write(
        "zavuch.toml",
        settings.replace(&hours, "hours = \"10:00-11:00\"").replace("number = \"", "number = \"9").as_bytes(),
    );
    assert_eq!(state(&school, MOTHER), "5Б signed");
}

#[test]
fn whoever_left_is_in_no_share_and_whoever_is_forgotten_in_no_file() {
    let school = school();
    import(&school, &format!("{HEADER}5Б;родитель;{MOTHER};Ветров Ян;отказ;05.09.2026\n"), "2026-09-06");
    let members = format!("Чат: 5Б родители\n{MOTHER}\nКотова Ольга\nЧужой Человек\n");
    fs::write(school.path().parent().unwrap().join("участники.txt"), members).unwrap();
    let answer = school.call(&["вступили", "принять", "школа", "участники.txt", "--date", "2026-09-07"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert!(answer.stdout.contains("Чужой Человек"), "{}", answer.shown());
    let status = || -> Value {
        serde_json::from_str(&school.call(&["status", "школа", "--json", "--date", "2026-09-07"]).stdout).unwrap()
    };
    assert_eq!(status()["totals"]["joined"]["done"], 2);
    let finding = status()["work"][0].clone();
    assert_eq!((finding["kind"].as_str(), finding["number"].as_u64()), (Some("strangers"), Some(1)), "{finding}");
    let unsigned = status()["work"][1].clone();
    assert_eq!((unsigned["kind"].as_str(), unsigned["number"].as_u64()), (Some("unacquainted"), Some(2)), "{unsigned}");

    let rest: String = ALL.lines().skip(1).flat_map(|line| [line, "\n"]).collect();
    school.write("списки/обучающиеся.csv", list(&rest).as_bytes());
    applied(&school, "2026-09-08");
    assert!(people(&school).iter().all(|person| person["name"] != MOTHER));
    assert_eq!(status()["totals"]["joined"]["done"], 1);
    let stale =
        import(&school, &format!("{HEADER}5Б;родитель;{MOTHER};Ветров Ян;ознакомлен(а);09.09.2026\n"), "2026-09-10");
    assert_eq!(stale.status, 1, "{}", stale.shown());

    let answer = school.call(&["forget", "школа", "--days", "0", "--yes", "--date", "2026-09-12"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    for name in ["zavuch.db", "zavuch.db-wal"] {
        let Ok(bytes) = fs::read(school.path().join(name)) else { continue };
        for word in ["Ветрова", "Чужой"] {
            let found = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!found, "{word} in {name}");
        }
    }
}

#[test]
fn a_number_alone_counts_and_the_newer_of_two_numbers_wins() {
    let school = school();
    let joined =
        |value: &[&str]| school.call(&[&["joined", "import", "школа", "--date", "2026-09-07"], value].concat());
    let answer = joined(&["--chat", "5Б родители", "--number", "2"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let done = || -> u64 {
        let status: Value =
            serde_json::from_str(&school.call(&["status", "школа", "--json", "--date", "2026-09-07"]).stdout).unwrap();
        status["totals"]["joined"]["done"].as_u64().unwrap()
    };
    assert_eq!(done(), 2);
    fs::write(school.path().parent().unwrap().join("числа.csv"), "Класс;Чат;Ссылка;Вступили\n5Б;родители;;1\n")
        .unwrap();
    assert_eq!(school.call(&["links", "import", "школа", "числа.csv", "--date", "2026-09-08"]).status, 0);
    assert_eq!(done(), 1);
    assert_eq!(joined(&["--chat", "5Б родители", "--number", "2"]).status, 0);
    assert_eq!(done(), 2);
    assert_eq!(joined(&["--chat", "9Я родители", "--number", "2"]).status, 1);
}

#[test]
fn tables_of_classes_come_back_one_by_one() {
    let school = school();
    let folder = school.path().parent().unwrap().join("раздать");
    fs::create_dir(&folder).unwrap();
    let answer = school.call(&["ознакомление", "таблицы", "раздать", "школа"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names.len(), 4, "{names:?}");
    let answer = school.call(&["ack", "import", "школа", "раздать", "--json"]);
    let value: Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!((value["new"].as_u64(), value["refused"].as_u64()), (Some(0), Some(0)), "{}", answer.shown());
}

#[test]
fn a_store_of_an_earlier_version_is_brought_up_by_whoever_writes() {
    let school = school();
    let store = rusqlite::Connection::open(school.path().join("zavuch.db")).unwrap();
    // As the version before left it: without the tables of this chapter.
    store
        .execute_batch(
            "DROP TABLE chat_roll_member; DROP TABLE chat_roll; DROP TABLE signature; DROP TABLE rules_version;
             DROP TABLE acknowledgement_table;
             DROP TABLE former_guardian; ALTER TABLE event_mention DROP COLUMN is_subject;
             ALTER TABLE old_chat DROP COLUMN responsible; ALTER TABLE old_chat DROP COLUMN until;
             PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(store);
    let answer = school.call(&["status", "школа"]);
    assert_eq!(answer.status, 4, "{}", answer.shown());
    assert!(answer.stderr.contains("применить"), "{}", answer.shown());
    applied(&school, "2026-09-02");
    assert_eq!(school.call(&["status", "школа"]).status, 0);
}

/// The table of acknowledgements as it is now, as somebody copies it: rows of cells.
fn copied(school: &School) -> Vec<Vec<String>> {
    let path = school.path().join("ознакомление.xlsx");
    let workbook = tables::read(&Source { path, label: "ознакомление.xlsx".to_owned() }).unwrap();
    let sheets = workbook.sheets.iter().flat_map(|sheet| {
        let cell = |row, column| sheet.value(row, column).map(|cell| cell.text().into_owned()).unwrap_or_default();
        let rows: Vec<Vec<String>> =
            sheet.rows().filter(|row| *row > 1).map(|row| (0..10).map(|column| cell(row, column)).collect()).collect();
        rows
    });
    sheets.collect()
}

/// Takes in a copy with somebody's mark and day changed.
fn import_changed(school: &School, mut rows: Vec<Vec<String>>, name: &str, mark: &str, day: &str, on: &str) -> Answer {
    let row = rows.iter_mut().find(|row| row[3] == name).unwrap();
    row[5] = mark.to_owned();
    row[6] = day.to_owned();
    let lines: Vec<String> = rows.iter().map(|row| row.join(";")).collect();
    import(school, &lines.join("\n"), on)
}

#[test]
fn a_wrong_mark_is_corrected_and_withdrawn_and_does_not_come_back() {
    let school = school();
    let blank = copied(&school);
    let wrong = format!("{HEADER}5Б;родитель;{MOTHER};Ветров Ян;отказ;05.09.2026\n");
    assert_eq!(import(&school, &wrong, "2026-09-06").status, 0);
    assert_eq!(state(&school, MOTHER), "5Б refused");
    let refused = copied(&school);
    // The copy of before the mark says nothing; that of now corrects it, on the same day.
    let answer = import_changed(&school, blank.clone(), MOTHER, "", "", "2026-09-07");
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert_eq!(state(&school, MOTHER), "5Б refused");
    let answer = import_changed(&school, refused.clone(), MOTHER, "ознакомлен(а)", "05.09.2026", "2026-09-07");
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert!(answer.stdout.contains("Исправлено отметок: 1."), "{}", answer.shown());
    assert_eq!(state(&school, MOTHER), "5Б signed");
    // What was wrong does not come back: not from its file, and not from the older copy.
    let answer = import(&school, &wrong, "2026-09-08");
    assert!(answer.status == 0 && answer.stdout.contains("исправлены или сняты раньше — 1"), "{}", answer.shown());
    import_changed(&school, refused.clone(), MOTHER, "", "", "2026-09-08");
    assert_eq!(state(&school, MOTHER), "5Б signed");
    // Cleared in the table of now, it is withdrawn, and stays so.
    let signed = copied(&school);
    let answer = import_changed(&school, signed.clone(), MOTHER, "", "", "2026-09-09");
    assert!(answer.status == 0 && answer.stdout.contains("Снято отметок: 1."), "{}", answer.shown());
    assert_eq!(state(&school, MOTHER), "5Б open");
    for again in [&signed, &refused] {
        import_changed(&school, again.clone(), "Котова Ольга Юрьевна", "", "", "2026-09-10");
        assert_eq!(state(&school, MOTHER), "5Б open");
    }
    applied(&school, "2026-09-10");
    assert_eq!(state(&school, MOTHER), "5Б open");
    // Two copies that say different things of one day change nothing, once more neither.
    import_changed(&school, copied(&school), MOTHER, "ознакомлен(а)", "10.09.2026", "2026-09-10");
    for _ in 0..2 {
        let answer = import_changed(&school, blank.clone(), MOTHER, "отказ", "10.09.2026", "2026-09-11");
        assert_eq!(answer.status, 1, "{}", answer.shown());
        assert_eq!(state(&school, MOTHER), "5Б signed");
    }
    // By a command, with the reason.
    let answer =
        school.call(&["ознакомление", "снять", "Ветрова", "школа", "--why", "подписал не тот", "--date", "2026-09-12"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert_eq!(state(&school, MOTHER), "5Б open");
    let none = school.call(&["ack", "withdraw", "Ветрова", "школа", "--why", "ещё раз", "--date", "2026-09-12"]);
    assert_eq!(none.status, 1, "{}", none.shown());
}

#[test]
fn a_day_that_cannot_be_takes_nothing_of_its_row_and_stays_to_be_mended() {
    let school = school();
    let table = format!(
        "{HEADER}5Б;родитель;{MOTHER};Ветров Ян;ознакомлен(а);05.09.2062\n\
         6В;родитель;Новикова Яна Львовна;Новиков Лев;ознакомлен(а);31.09.2026\n\
         8А;родитель;Сомова Дарья Олеговна;Сомов Юрий;ознакомлен(а);05.09.1926\n\
         5Б;родитель;Котова Ольга Юрьевна;Котова Зоя;ознакомлен(а);05.09.2026\n"
    );
    let answer = import(&school, &table, "2026-09-06");
    assert_eq!(answer.status, 1, "{}", answer.shown());
    let shown = answer.shown();
    assert!(["ячейка F2", "ячейка F3", "ячейка F4"].iter().all(|cell| shown.contains(cell)), "{shown}");
    assert!(shown.contains("Новых отметок: 1.") && shown.contains("не принято: 3 отметки"), "{shown}");
    for name in [MOTHER, "Новикова Яна Львовна", "Сомова Дарья Олеговна"] {
        assert!(state(&school, name).ends_with(" open"), "{name}");
    }
    // Typed into the own table, it stays as it was typed, and counts as soon as it is mended.
    let mut rows = copied(&school);
    let own = |rows: &[Vec<String>]| {
        let lines: Vec<String> = rows.iter().map(|row| row.join(";")).collect();
        let _ = fs::remove_file(school.path().join("ознакомление.xlsx"));
        school.write("ознакомление.csv", lines.join("\n").as_bytes());
        school.call(&["ack", "import", "школа", "--date", "2026-09-07"])
    };
    let at = rows.iter().position(|row| row[3] == MOTHER).unwrap();
    rows[at][5] = "ознакомлен(а)".to_owned();
    rows[at][6] = "05.09.2062".to_owned();
    assert_eq!(own(&rows).status, 1);
    assert!(fs::read_to_string(school.path().join("ознакомление.csv")).unwrap().contains("05.09.2062"));
    rows[at][6] = "05.09.2026".to_owned();
    assert_eq!(own(&rows).status, 0);
    assert_eq!(state(&school, MOTHER), "5Б signed");
}

#[test]
fn parts_of_a_list_are_one_and_a_part_takes_nobody_away() {
    let school = School::sample("school-62");
    let mut many = String::new();
    for surname in
        ["Абрамова", "Белова", "Власова", "Громова", "Дымова", "Егорова", "Жукова", "Зимина", "Ильина", "Котова"]
    {
        let _ = writeln!(many, "5Б;{} Лев Ильич;04.05.2015;{surname} Анна Петровна", surname.trim_end_matches('а'));
    }
    school.write("списки/обучающиеся.csv", list(&format!("{many}{ALL}")).as_bytes());
    applied(&school, "2026-09-01");
    let beside = school.path().parent().unwrap().to_path_buf();
    let write = |name: &str, surnames: &[&str]| {
        let names: Vec<String> = surnames.iter().map(|surname| format!("{surname} Анна")).collect();
        fs::write(beside.join(name), format!("Имя | Телефон\n{}\n", names.join("\n"))).unwrap();
    };
    let import = |arguments: &[&str], on: &str| {
        let chat = ["joined", "import", "школа", "--chat", "5Б родители", "--json", "--date", on];
        let answer = school.call(&[&chat, arguments].concat());
        let value: Value = serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{}", answer.shown()));
        let chat = value["chats"][0].clone();
        (answer.status, chat["present"].as_u64(), chat["strangers"].as_u64())
    };
    write("1.txt", &["Абрамова", "Белова", "Власова", "Громова", "Дымова"]);
    write("2.txt", &["Дымова", "Егорова", "Жукова", "Зимина", "Чужая"]);
    assert_eq!(import(&["1.txt", "2.txt"], "2026-09-07"), (0, Some(8), Some(1)));
    // One screen alone is no list.
    write("3.txt", &["Ильина", "Котова"]);
    assert_eq!(import(&["3.txt"], "2026-09-08"), (1, None, None));
    let refused = school.call(&["joined", "import", "школа", "3.txt", "--chat", "5Б родители", "--date", "2026-09-08"]);
    assert!(refused.shown().contains("похоже на часть списка — в нём 2 имени, а должно быть 9"), "{}", refused.shown());
    assert_eq!(import(&["3.txt", "--partial"], "2026-09-08"), (0, Some(10), Some(1)));
    assert_eq!(import(&["1.txt"], "2026-09-07").0, 1, "older than what is known");
    assert_eq!(import(&["3.txt", "--целиком"], "2026-09-09"), (0, Some(2), Some(0)));
    assert_eq!(import(&["--number", "2500"], "2026-09-09").0, 1);
    assert_eq!(import(&["--number", "11"], "2026-09-09"), (0, Some(11), Some(0)));
    // A pupil among the parents is told as such.
    fs::write(beside.join("4.txt"), "Абрамов Лев\n").unwrap();
    let answer = school.call(&[
        "joined",
        "import",
        "школа",
        "4.txt",
        "--chat",
        "5Б родители",
        "--whole",
        "--date",
        "2026-09-10",
    ]);
    assert!(answer.stdout.contains("Абрамов Лев — обучающийся; этот чат для родителей"), "{}", answer.shown());
}

#[test]
fn whoever_asks_is_told_of_signatures_and_of_chats() {
    let school = school();
    import(&school, &format!("{HEADER}5Б;родитель;{MOTHER};Ветров Ян;отказ;05.09.2026\n"), "2026-09-06");
    fs::write(
        school.path().parent().unwrap().join("участники.txt"),
        format!("Чат: 5Б родители\n{MOTHER}\nЧужой Человек\n"),
    )
    .unwrap();
    school.call(&["вступили", "принять", "школа", "участники.txt", "--date", "2026-09-07"]);
    school.call(&["ack", "withdraw", "Ветрова", "школа", "--why", "не та строка", "--date", "2026-09-08"]);
    let answer = school.call(&["почему", "Ветров Ян", "школа"]);
    let shown = answer.shown();
    for line in [
        "Ветрова Анна Петровна (родитель): отказ 05.09.2026, учтено 06.09.2026; больше не действует",
        "Ветрова Анна Петровна (родитель): снята 08.09.2026 отметка «отказ» от 05.09.2026 — не та строка",
        "Ветрова Анна Петровна: в чате «5Б — родители, МБОУ «СОШ № 62»», по списку от 07.09.2026",
    ] {
        assert!(shown.contains(line), "{line}\n{shown}");
    }
    let answer = school.call(&["почему", "5Б/родители", "школа"]);
    assert!(answer.shown().contains("по списку от 07.09.2026; посторонних: 1"), "{}", answer.shown());
}

/// Writes cells into the own table as somebody with a spreadsheet does: by sheet, row and column.
fn typed(school: &School, cells: &[(&str, u32, u16, &str)]) {
    let path = school.path().join("ознакомление.xlsx");
    let workbook = tables::read(&Source { path: path.clone(), label: "ознакомление.xlsx".to_owned() }).unwrap();
    let mut copy = rust_xlsxwriter::Workbook::new();
    for sheet in &workbook.sheets {
        let into = copy.add_worksheet();
        into.set_name(sheet.name.as_deref().unwrap()).unwrap();
        for row in sheet.rows() {
            for cell in sheet.row(row) {
                into.write_string(row, cell.column.try_into().unwrap(), cell.value.text()).unwrap();
            }
        }
        for (_, row, column, text) in cells.iter().filter(|(name, ..)| sheet.name.as_deref() == Some(name)) {
            into.write_string(*row, *column, *text).unwrap();
        }
    }
    copy.save(path).unwrap();
}

/// The number of somebody's row on a sheet, counted from 0.
#[track_caller]
fn row_of(school: &School, sheet: &str, name: &str) -> u32 {
    let path = school.path().join("ознакомление.xlsx");
    let workbook = tables::read(&Source { path, label: "ознакомление.xlsx".to_owned() }).unwrap();
    let sheet = workbook.sheets.iter().find(|one| one.name.as_deref() == Some(sheet)).unwrap();
    let is_own = |row: &u32| sheet.value(*row, 3).is_some_and(|cell| cell.text() == name);
    sheet.rows().find(is_own).unwrap_or_else(|| panic!("{name}"))
}

/// «class|note» of somebody's row.
#[track_caller]
fn noted(school: &School, name: &str) -> String {
    let rows = copied(school);
    let row = rows.iter().find(|row| row[3] == name).unwrap_or_else(|| panic!("{name} in {rows:?}"));
    format!("{}|{}", row[1], row[7])
}

const NOTE: u16 = 7;

#[test]
fn a_note_stays_with_its_person_and_what_has_no_place_is_put_aside() {
    let school = school();
    let aside = school.path().join("ознакомление (прежняя).xlsx");
    let mother = row_of(&school, "5Б", MOTHER);
    typed(&school, &[("5Б", mother, NOTE, "в отъезде до 20-го")]);
    // Nothing changed, a mark is taken in, it is withdrawn, and the family goes into another class.
    let apply = |on| school.call(&["apply", "школа", "--date", on]);
    assert_eq!(apply("2026-09-05").status, 0);
    assert_eq!(noted(&school, MOTHER), "5Б|в отъезде до 20-го");
    import(&school, &format!("{HEADER}5Б;родитель;{MOTHER};Ветров Ян;отказ;05.09.2026\n"), "2026-09-06");
    assert_eq!(noted(&school, MOTHER), "5Б|в отъезде до 20-го");
    school.call(&["ack", "withdraw", "Ветрова", "школа", "--why", "не та строка", "--date", "2026-09-07"]);
    assert_eq!(noted(&school, MOTHER), "5Б|отметка снята 07.09.2026; в отъезде до 20-го");
    school.write("списки/обучающиеся.csv", list(&ALL.replace("5Б;Ветров Ян", "6В;Ветров Ян")).as_bytes());
    applied(&school, "2026-09-08");
    assert_eq!(noted(&school, MOTHER), "6В|отметка снята 07.09.2026; в отъезде до 20-го");
    assert!(!aside.exists());
    // A cell beside the table has no place in another one, however little changes.
    typed(&school, &[("6В", 3, 12, "сдать в пятницу")]);
    school.write("списки/обучающиеся.csv", list(ALL).as_bytes());
    let answer = apply("2026-09-09");
    assert!(answer.status == 0 && answer.stderr.contains("«ознакомление (прежняя)»"), "{}", answer.shown());
    assert!(aside.exists());
    assert_eq!(noted(&school, MOTHER), "5Б|отметка снята 07.09.2026; в отъезде до 20-го");
    fs::remove_file(&aside).unwrap();
    // Nor has a note about one who left.
    let rest: String = ALL.lines().skip(1).flat_map(|line| [line, "\n"]).collect();
    school.write("списки/обучающиеся.csv", list(&rest).as_bytes());
    let answer = school.call(&["apply", "школа", "--date", "2026-09-10", "--allow-removals", "1"]);
    assert!(answer.status == 0 && answer.stderr.contains("«ознакомление (прежняя)»"), "{}", answer.shown());
    assert!(aside.exists() && copied(&school).iter().all(|row| row[3] != MOTHER));
}

#[test]
fn a_day_without_a_mark_is_told_and_stays() {
    let school = school();
    let mother = row_of(&school, "5Б", MOTHER);
    typed(&school, &[("5Б", mother, 6, "05.09.2026")]);
    for _ in 0..2 {
        let answer = school.call(&["ack", "import", "школа", "--date", "2026-09-06"]);
        let cell = format!("ячейка G{}", mother + 1);
        assert_eq!(answer.status, 1, "{}", answer.shown());
        assert!(answer.shown().contains(&cell) && answer.shown().contains("а отметки нет"), "{}", answer.shown());
    }
    // The table is written anew around it.
    school.write("списки/обучающиеся.csv", list(&ALL.replace("5Б;Котова", "6В;Котова")).as_bytes());
    applied(&school, "2026-09-08");
    let rows = copied(&school);
    let row = rows.iter().find(|row| row[3] == MOTHER).unwrap();
    assert_eq!((row[5].as_str(), row[6].is_empty()), ("", false), "{row:?}");
    let checked = school.call(&["check", "школа"]);
    assert!(checked.shown().contains("а отметки нет"), "{}", checked.shown());
}

#[test]
fn a_mark_keeps_the_name_of_a_parent_who_was_replaced() {
    let school = school();
    import(&school, &format!("{HEADER}5Б;родитель;{MOTHER};Ветров Ян;ознакомлен(а);05.09.2026\n"), "2026-09-06");
    let other = ALL.replace(MOTHER, "Зимина Раиса Глебовна");
    school.write("списки/обучающиеся.csv", list(&other).as_bytes());
    applied(&school, "2026-09-08");
    let explained = school.call(&["почему", "Ветров Ян", "школа"]).shown();
    let line = "Ветрова Анна Петровна (родитель, в списках больше нет): ознакомлен(а) 05.09.2026, учтено 06.09.2026";
    assert!(explained.contains(line), "{explained}");
    // It goes with the pupil.
    let rest: String = other.lines().skip(1).flat_map(|line| [line, "\n"]).collect();
    school.write("списки/обучающиеся.csv", list(&rest).as_bytes());
    applied(&school, "2026-09-09");
    let answer = school.call(&["forget", "школа", "--days", "0", "--yes", "--date", "2026-09-12"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let bytes = fs::read(school.path().join("zavuch.db")).unwrap();
    assert!(!bytes.windows("Ветрова".len()).any(|part| part == "Ветрова".as_bytes()));
}
