use super::*;

/// Reads a document that may have a text `a`, a flag `b`, a list `c`, a date `d` and a table `t` with a text `a`.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let read = read(text, "файл.toml", |root| {
        root.text("a", 20);
        root.flag("b");
        root.list("c", 20, |text| Ok(text.to_owned()));
        root.date("d");
        root.section("t", |table| table.required_text("a", 20));
    });
    let issues: Vec<_> = read.issues.iter().map(|issue| format!("{} {issue}", issue.kind.id())).collect();
    assert_eq!(issues, expected, "{text}");
}

/// A document whose second line is broken.
#[track_caller]
fn check_syntax(line: &str, expected: &str) {
    let expected = format!("settings_syntax файл.toml, строка 2: {expected}");
    check(&format!("# начало\n{line}\n\nb = true\n"), &[&expected]);
}

#[test]
fn silence_is_the_rule() {
    check("", &[]);
    check("\u{feff}a = \"да\"\r\nb = true\r\nc = [\"1\", \"2\"]\r\nd = 2026-09-01\r\n[t]\r\na = 'я'\r\n", &[]);
    check("d = \"1.9.2026\"", &[]);
    check("a = \"\"", &[]);
}

#[test]
fn slips_of_the_pen() {
    let nested = "Внутри значения стоят прямые кавычки. Внутри значения ставьте кавычки-ёлочки: \"МБОУ «Школа № 1»\"; прямые кавычки только в начале и в конце.";
    check_syntax("a = \"Школа \"Росток\"\"", nested);
    let curly = "Значение стоит не в прямых кавычках. Замените первую и последнюю кавычки на прямые: \" (клавиши Shift и Э в английской раскладке).";
    check_syntax("a = «Школа»", curly);
    check_syntax("a = “Школа”", curly);
    check_syntax("a = Школа", "Значение стоит без кавычек. Возьмите значение в прямые кавычки: \"…\".");
    let open =
        "Кавычки открыты, но не закрыты. Поставьте прямую кавычку \" в конце значения; значение пишется в одну строку.";
    check_syntax("a = \"Школа", open);
    let empty = "После знака «=» нет значения. Впишите значение в прямых кавычках или поставьте «#» в начале строки, чтобы её пропустить.";
    check_syntax("a =", empty);
    check_syntax("a = # потом", empty);
    let equals = "В строке нет знака «=». Строка должна иметь вид ключ = \"значение\"; если это пояснение, поставьте перед ним «#».";
    check_syntax("a", equals);
    check_syntax("Название школы", equals);
    check_syntax("a \"Школа\"", equals);
    let slash = "В значении стоит обратная косая черта «\\». Уберите её или удвойте: \\\\.";
    check_syntax("a = \"C:\\школа\"", slash);
    check_syntax("d = 01.09.2026", "Дата записана не по правилам. Напишите дату в кавычках: \"01.09.2026\".");
    check_syntax("d = 2026-13-45", "Дата записана не по правилам. Напишите дату в кавычках: \"01.09.2026\".");
    let hours = "Значение начинается с цифры, но это не число. Возьмите значение в прямые кавычки: \"07:00-17:00\".";
    check_syntax("a = 07:00-17:00", hours);
    let flag = "«Да» и «нет» записаны не по правилам. Напишите строчными буквами: true (да) или false (нет).";
    check_syntax("a = да", flag);
    check_syntax("a = True", flag);
    let cyrillic = "Слева от знака «=» стоят русские буквы без кавычек. Возьмите название в прямые кавычки, например \"7А\" = …; ключи настроек пишутся латинскими буквами.";
    check_syntax("7А = \"08:00-16:00\"", cyrillic);
    check_syntax(
        "[t",
        "Название раздела не закрыто скобкой. Допишите «]»: название раздела пишется в квадратных скобках, например [school].",
    );
    check_syntax(
        "c = [\"1\" \"2\"]",
        "Между значениями списка нет запятой. Поставьте запятую между значениями; внутри значения ставьте кавычки-ёлочки.",
    );
    check_syntax("c = [\"1\",, \"2\"]", "В списке лишняя запятая. Удалите лишнюю запятую.");
    let twice =
        "Этот ключ в этом разделе уже был выше. Оставьте одну из строк, вторую удалите или поставьте перед ней «#».";
    check("a = \"1\"\na = \"2\"\n", &[&format!("settings_syntax файл.toml, строка 2: {twice}")]);
    check(
        "[t]\na = \"1\"\n[t]\n",
        &["settings_syntax файл.toml, строка 3: Этот раздел уже был выше. Перенесите его ключи в первый такой раздел."],
    );
}

#[test]
fn no_slip_hides_another() {
    check(
        "a = Школа\nb = \"да\"\n[t]\nz = 1\n",
        &[
            "settings_syntax файл.toml, строка 1: Значение стоит без кавычек. Возьмите значение в прямые кавычки: \"…\".",
            "wrong_type файл.toml, строка 2: Ключ «b»: ожидается true (да) или false (нет), а записано: текст. Напишите без кавычек: b = true или b = false.",
            "unknown_key файл.toml, строка 4: Неизвестный ключ «z» в разделе [t]. Здесь могут быть: «a».",
        ],
    );
}

#[test]
fn english_is_never_shown() {
    for line in [
        "{}",
        "=",
        "]",
        "a.b.c",
        "a = {",
        "a = [",
        "a = {b=}",
        "\u{1}",
        "a = 1__0",
        "a = +-1",
        "a == 1",
        "[[t]",
        "[]",
        "a = \"\u{1}\"",
        "a = \"\\ud800\"",
        "a = 0xZ",
        "''' = 1",
    ] {
        let read = read(line, "файл.toml", |root| root.text("a", 20));
        assert!(!read.issues.is_empty(), "{line}");
        for issue in read.issues {
            assert!(!issue.message.contains(|letter: char| letter.is_ascii_alphabetic()), "{line}: {issue}");
        }
    }
}

#[test]
fn a_table_is_no_value_and_a_value_is_no_table() {
    check(
        "t = 1\n",
        &[
            "wrong_type файл.toml, строка 1: Ключ «t»: ожидается раздел, а записано: целое число. Заведите раздел: отдельная строка [t], ниже неё его ключи.",
        ],
    );
    check(
        "[a]\n",
        &[
            "wrong_type файл.toml, строка 1: Ключ «a»: ожидается текст, а записано: раздел. Напишите значение в прямых кавычках: a = \"…\".",
        ],
    );
    check("[t]\n", &["missing_key файл.toml, строка 1: В разделе [t] нет ключа «a». Добавьте строку a = \"…\"."]);
}

#[test]
fn items_of_a_list_have_their_lines() {
    check(
        "c = [\n  \"1\",\n  \"\",\n  3,\n]\n",
        &[
            "impossible_value файл.toml, строка 3: Ключ «c»: в списке есть пустой текст. Уберите его или впишите текст.",
            "wrong_type файл.toml, строка 4: Ключ «c»: ожидается текст, а записано: целое число. Напишите значение в прямых кавычках: c = \"…\".",
        ],
    );
}

#[test]
fn dates_are_of_this_century() {
    let refused = "Ключ «d»: такой даты быть не может. Напишите дату так: d = \"01.09.2026\".";
    for date in ["\"31.09.2026\"", "\"01.09.26\"", "\"завтра\"", "2206-09-01", "2026-09-01T10:00:00"] {
        check(&format!("d = {date}"), &[&format!("impossible_value файл.toml, строка 1: {refused}")]);
    }
}
