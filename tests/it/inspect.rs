//! `inspect`: how one class list was understood.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::call::{Answer, DATE, School, call};

/// A folder with one list.
struct List {
    folder: TempDir,
    name: &'static str,
}

impl List {
    fn of(name: &'static str, text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        fs::write(folder.path().join(name), text).expect("the list is written");
        Self { folder, name }
    }

    fn inspect(&self, keys: &[&str]) -> Answer {
        call(self.folder.path(), &[&["inspect", self.name, "--date", DATE], keys].concat())
    }

    fn json(&self) -> Value {
        json_of(&self.inspect(&["--json"]))
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables").join(name)
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.stdout).expect("one JSON value")
}

/// The file is refused with a word, a message and status 1.
#[track_caller]
fn check_refused(answer: &Answer, word: &str, message: &str) {
    let value = json_of(answer);
    assert_eq!((answer.status, value["error"].as_str()), (1, Some(word)), "{}", answer.stdout);
    let said = value["message"].as_str().unwrap_or_default();
    assert!(said.contains(message), "«{message}» is not in «{said}»");
    assert!(value["advice"].is_string());
}

#[test]
fn people_with_their_places() {
    let list = List::of(
        "7А.csv",
        "Классный руководитель: Петрова Ольга Сергеевна\n\
         ФИО;Дата рождения;Мать;Телефон;E-mail\n\
         Яшин Пётр Ильич;04.05.2013;Яшина Анна Петровна;8 944 000-00-01;\n\
         Абрамов Ян;;;;\n\
         Яшин Пётр Ильич;04.05.2013;Яшина Анна Петровна;8 944 000-00-01;\n",
    );
    let value = list.json();
    let absent = Value::Null;
    assert_eq!(
        value["students"],
        json!([
            {"class": "7А", "surname": "Яшин", "given": "Пётр", "patronymic": "Ильич", "birth_date": "2013-05-04",
             "parents": [{"name": "Яшина Анна Петровна", "phone": "+79440000001", "email": absent, "kinship": "мать"}],
             "where": "A3"},
            {"class": "7А", "surname": "Абрамов", "given": "Ян", "patronymic": absent, "birth_date": absent,
             "parents": [], "where": "A4"},
        ])
    );
    assert_eq!(value["homeroom"], json!({"7А": "Петрова Ольга Сергеевна"}));
    assert_eq!(value["issues"][0]["kind"], "duplicate_student");
    assert_eq!(value["issues"][0]["where"], "A5");
    assert_eq!((&value["encoding"], &value["delimiter"]), (&json!("UTF-8"), &json!(";")));
    assert_eq!(value["sheets"][0]["tables"][0]["header_rows"], json!([2]));
}

#[test]
fn places_of_a_workbook_name_the_sheet() {
    let answer = call(Path::new("."), &["inspect", &fixture("list.xls").to_string_lossy(), "--json"]);
    assert_eq!(json_of(&answer)["students"][0]["where"], "7А!A3");
}

#[test]
fn a_column_of_schools_gives_each_pupil_one() {
    let value = List::of("а.csv", "Школа;Класс;ФИО\nСОШ 1;7А;Ли Вэй\n;7А;Ким Ян\n").json();
    assert_eq!([&value["students"][0]["school"], &value["students"][1]["school"]], [&json!("СОШ 1"), &Value::Null]);
    let value = List::of("7А.csv", "№;ФИО\n1;Ли Вэй\n").json();
    assert!(value["students"][0].get("school").is_none());
}

#[test]
fn refused_files() {
    for (name, word, message) in [
        ("encrypted.xlsx", "encrypted", "паролем"),
        ("formulas.xlsx", "formula_no_value", "формул"),
        ("zip_bomb.xlsx", "zip_bomb", "распаковывается"),
        ("truncated.xls", "corrupt", "повреждён"),
        ("document.docx", "not_a_spreadsheet", "документ"),
    ] {
        check_refused(&call(Path::new("."), &["разобрать", &fixture(name).to_string_lossy(), "--json"]), word, message);
    }
}

#[test]
fn lists_of_which_nobody_can_be_taken() {
    for (text, word, message) in [
        ("", "empty", "пуст"),
        ("№;ФИО;Класс\n", "empty", "нет ни одного ученика"),
        ("раз;два\nтри;четыре\n", "no_header", "шапка"),
        ("№;ФИО\n1;Ли Вэй\n", "no_class", "указан класс"),
        ("ФИО;Класс\nЛи Вэй;7Z\n", "bad_class", "«7Z»"),
        ("ФИО;Класс\nЛи;7А\n", "not_a_roster", "Ли"),
        ("ФИО;Должность\nЛи Вэй;учитель\n", "not_a_roster", "таблица сотрудников"),
    ] {
        check_refused(&List::of("список.csv", text).inspect(&["--json"]), word, message);
    }
}

#[test]
fn other_tables_of_a_workspace_are_called_by_their_names() {
    let school = School::sample("school-31");
    for (file, what) in [("штат", "сотрудников"), ("нагрузка", "нагрузки"), ("группы", "групп"), ("ссылки", "ссылок")]
    {
        let answer = school.call(&["inspect", &format!("школа/{file}.xlsx"), "--json"]);
        check_refused(&answer, "not_a_roster", &format!("таблица {what}, а не список класса"));
    }
}

#[test]
fn a_bad_row_among_good_ones_is_an_issue() {
    let value = List::of("список.csv", "ФИО;Класс\nЛи Вэй;7Z\nКим Ян;7А\n").json();
    assert_eq!(value["students"].as_array().map(Vec::len), Some(1));
    assert_eq!((&value["issues"][0]["kind"], &value["issues"][0]["where"]), (&json!("bad_class"), &json!("B2")));
}

#[test]
fn pupils_who_have_all_left_are_no_error() {
    let answer = List::of("7А.csv", "ФИО;Статус\nЛи Вэй;выбыл\n").inspect(&["--json"]);
    let value = json_of(&answer);
    assert_eq!((answer.status, &value["students"]), (0, &json!([])));
    assert_eq!(value["issues"][0]["kind"], "left_student");
}

/// A list with a column of every kind: understood, never kept, not understood.
const LIST: &str = "Список 7А класса\n\
    Классный руководитель: Петрова Ольга Сергеевна\n\
    №;ФИО;Д.р.;Мать;Связь;СНИЛС;Подвоз\n\
    1;Яшин Пётр Ильич;04.05.2013;Яшина Анна Петровна;8 944 000-00-01;000-000-000 00;да\n\
    2;Абрамов Ян;12.03.2013;;;;нет\n\
    3;Ли Вэй;41.03.2013;Ли Ян;8 944 000-00-02;;нет\n\
    ;Всего: 3;;;;;\n";

#[test]
fn the_view_for_people() {
    insta::assert_snapshot!(List::of("7А.csv", LIST).inspect(&[]).shown(), @r#"
    status 0
    --- stdout
    7А.csv — текст, столбцы разделены точкой с запятой, кодировка UTF-8

    Шапка в строке 3.
    ┌─────────┬────────────────────┬───────────────────────────┬─────────────────────────────────────┐
    │ Столбец ┆ Название в таблице ┆ Понят как                 ┆ Почему                              │
    ╞═════════╪════════════════════╪═══════════════════════════╪═════════════════════════════════════╡
    │ A       ┆ №                  ┆ не нужен                  ┆ по словам заголовка                 │
    │ B       ┆ ФИО                ┆ ФИО обучающегося          ┆ по словам заголовка                 │
    │ C       ┆ Д.р.               ┆ дата рождения             ┆ по словам заголовка                 │
    │ D       ┆ Мать               ┆ ФИО родителя (мать)       ┆ по словам заголовка                 │
    │ E       ┆ Связь              ┆ не распознан              ┆ такого заголовка программа не знает │
    │ F       ┆ СНИЛС              ┆ не читается и не хранится ┆ по словам заголовка                 │
    │ G       ┆ Подвоз             ┆ не распознан              ┆ такого заголовка программа не знает │
    └─────────┴────────────────────┴───────────────────────────┴─────────────────────────────────────┘
    Строки без учеников:
      строки 1, 2 — заголовок над таблицей
      строка 7 — итог

    ┌───────┬───┬─────────────────┬────────────┬────────────────────────────┐
    │ Класс ┆ № ┆ Ученик          ┆ Дата       ┆ Родители                   │
    │       ┆   ┆                 ┆ рождения   ┆                            │
    ╞═══════╪═══╪═════════════════╪════════════╪════════════════════════════╡
    │ 7А    ┆ 1 ┆ Яшин Пётр Ильич ┆ 04.05.2013 ┆ Яшина Анна Петровна (мать) │
    │ 7А    ┆ 2 ┆ Абрамов Ян      ┆ 12.03.2013 ┆                            │
    │ 7А    ┆ 3 ┆ Ли Вэй          ┆            ┆ Ли Ян (мать)               │
    └───────┴───┴─────────────────┴────────────┴────────────────────────────┘

    7А: 3 ученика, классный руководитель Петрова Ольга Сергеевна

    Столбцы, которые не поняты
      E «Связь». Похоже, это «телефон матери». Были бы понятны названия: «Телефон матери», «Телефон мамы».
      G «Подвоз». Что в нём, неясно; если он не нужен, ничего делать не надо.

      Переименуйте их в таблице или добавьте в конец файла zavuch.toml:

        [roster.columns]
        "Связь" = "телефон матери"
        "Подвоз" = "не нужен"

      Справа можно написать и другое значение; все они названы в руководстве, в разделе о списках.

    7А.csv
      Замечания: 1
        ячейка C6 · «41.03.2013» — не дата; дата рождения пропущена.
          → Исправьте дату: день, месяц и год, например 04.05.2013.

    Всего: 1 замечание.
    "#);
}

#[test]
fn what_is_never_kept_is_shown_nowhere() {
    let list = List::of("7А.csv", LIST);
    for answer in [list.inspect(&[]), list.inspect(&["--json"])] {
        assert!(answer.stdout.contains("не читается и не хранится"));
        assert!(!answer.shown().contains("000-000-000"));
    }
}

#[test]
fn a_header_that_was_not_found_is_shown_with_the_lines_that_name_it() {
    let list = List::of("7А.csv", "Чадо;Связь\nЛи Вэй;8 944 000-00-01\nКим Ян;8 944 000-00-02\nЛи Ян;\n");
    insta::assert_snapshot!(list.inspect(&[]).shown(), @r#"
    status 1
    --- stdout
    7А.csv — текст, столбцы разделены точкой с запятой, кодировка UTF-8
    Файл: список учеников не найден.

    Столбцы, которые не поняты
      Строка 1 похожа на шапку:
      A «Чадо». Похоже, это «ФИО ученика». Были бы понятны названия: «ФИО», «ФИО ученика», «Обучающийся».
      B «Связь». Похоже, это «телефон родителя». Были бы понятны названия: «Телефон родителя», «Телефон матери», «Телефон отца».

      Переименуйте их в таблице или добавьте в конец файла zavuch.toml:

        [roster.columns]
        "Чадо" = "ФИО ученика"
        "Связь" = "телефон родителя"

      Справа можно написать и другое значение; все они названы в руководстве, в разделе о списках.
    --- stderr
    Ошибка: 7А.csv: Не найдена шапка таблицы: строка, где есть столбец с именем («ФИО» или «Фамилия») и хотя бы ещё один знакомый столбец.
    Добавьте над списком строку с названиями столбцов, например «№», «ФИО», «Дата рождения», и запустите снова.
    Или назовите столбцы в zavuch.toml, как показано выше.
    "#);
}

#[test]
fn the_lines_that_are_printed_make_the_columns_understood() {
    let school = School::sample("school-31");
    let text = "Чадо;Контакт;Где учится\nЛи Вэй;8 944 000-00-01;7А\nКим Ян;8 944 000-00-02;7А\n";
    school.write("списки/новенькие.csv", text.as_bytes());
    let inspect = || school.call(&["inspect", "школа/списки/новенькие.csv", "--date", DATE]);
    let before = inspect();
    assert_eq!(before.status, 1, "{}", before.stdout);
    assert_eq!(school.call(&["check", "школа"]).status, 1, "the list is refused in its workspace, too");

    let lines = before.stdout.lines().map(str::trim);
    let lines: Vec<&str> =
        lines.skip_while(|line| *line != "[roster.columns]").take_while(|line| !line.is_empty()).collect();
    assert_eq!(lines.len(), 4, "{}", before.stdout);
    let settings = fs::read_to_string(school.path().join("zavuch.toml")).expect("the settings");
    school.write("zavuch.toml", format!("{settings}\n{}\n", lines.join("\n")).as_bytes());

    let after = inspect();
    assert_eq!(after.status, 0, "{}", after.shown());
    assert!(after.stdout.contains("Учтено из раздела [roster.columns]"), "{}", after.stdout);
    assert!(after.stdout.contains("так сказано в zavuch.toml") && after.stdout.contains("+7\u{a0}944\u{a0}000-00-02"));
    assert!(!after.stdout.contains("не поняты"), "{}", after.stdout);
    let check = school.call(&["check", "школа"]);
    assert_eq!(check.status, 0, "{}", check.shown());

    school.write("списки/новенькие.csv", text.replace("Контакт", "Связь").as_bytes());
    let again = inspect().stdout;
    assert!(again.contains("под строкой [roster.columns]:\n\n    \"Связь\" = \"телефон родителя\"\n"), "{again}");
}

#[test]
fn the_school_wins_over_the_dictionary() {
    let school = School::sample("school-31");
    school.write("списки/7А.csv", "ФИО;Телефон;Класс\nЛи Вэй;89440000001;7А\n".as_bytes());
    let settings = fs::read_to_string(school.path().join("zavuch.toml")).expect("the settings");
    let own = "[roster.columns]\n\"Телефон\" = \"телефон отца\"\n\"класс\" = \"не нужен\"\n\"Рост\" = \"висота\"\n";
    school.write("zavuch.toml", format!("{settings}\n{own}").as_bytes());
    let value = json_of(&school.call(&["inspect", "школа/списки/7А.csv", "--json", "--date", DATE]));
    assert_eq!(value["students"][0]["parents"][0]["phone"], "+79440000001");
    assert_eq!(value["sheets"][0]["tables"][0]["columns"][2]["meaning"], "не читается и не хранится");
    assert_eq!(value["issues"][0]["kind"], "impossible_value");
    let check = school.call(&["check", "школа"]);
    assert!(check.status == 1 && check.stdout.contains("«висота» — такого значения нет"), "{}", check.stdout);
}
