use jiff::civil::date;

use crate::school::{Audience, Email, Issue, PersonName, TitleTemplate};

use super::*;

const FILE: &str = "zavuch.toml";

fn shown(issue: &Issue) -> String {
    format!("{} {issue}", issue.kind.id())
}

/// Reads the template with one piece of it replaced, and expects exactly one issue; `{n}` in it is the line of the
/// piece.
#[track_caller]
fn check_broken(from: &str, to: &str, expected: &str) {
    let template = settings_template();
    let at = template.find(from).expect("the piece");
    let line = template[..at].matches('\n').count() + 1;
    let read = read_settings(&template.replacen(from, to, 1), FILE, &Templates::default());
    let expected = expected.replace("{n}", &line.to_string());
    assert_eq!(read.issues.iter().map(shown).collect::<Vec<_>>(), [expected]);
    assert_eq!(read.value, None);
}

/// The template with every key switched on.
fn everything_on() -> String {
    let is_key = |rest: &str| {
        let key = rest.split_once(" = ").map_or("", |(key, _)| key);
        !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || "_\"".contains(letter))
    };
    let line = |line: &'static str| line.strip_prefix("# ").filter(|rest| is_key(rest)).unwrap_or(line);
    settings_template().lines().map(line).collect::<Vec<_>>().join("\n")
}

fn read_whole(text: &str) -> Settings {
    let read = read_settings(text, FILE, &Templates::default());
    assert_eq!(read.issues.iter().map(shown).collect::<Vec<_>>(), [""; 0]);
    read.value.expect("settings")
}

#[test]
fn the_template_is_valid() {
    let settings = read_whole(settings_template());
    assert_eq!(settings.school.short_name, "МБОУ «Средняя школа № 1»");
    assert_eq!(settings.school.director.name, PersonName::new("Иванова", "Мария", "Петровна"));
    assert_eq!(settings.school.curator.post, "заместитель директора");
    assert_eq!(settings.school.site, "");
    assert_eq!(settings.regulation.preset, Preset::School31);
    assert_eq!(settings.regulation.chats, settings.chats.kinds);
    assert_eq!(settings.chats.subject_grades, GradeRange { from: 1, to: 11 });
    assert_eq!(settings.papers.slips_per_page, SlipsPerPage::Eight);
    assert!(!settings.papers.other_channel_column);
    assert_eq!(settings.mail.from, None);
    assert_eq!(settings.mail.from_name, "МБОУ «Средняя школа № 1»");
    assert_eq!(settings.deadlines, Deadlines::default());
}

#[test]
fn the_template_with_every_key_switched_on_is_valid() {
    let settings = read_whole(&everything_on());
    assert_eq!(settings.chats.kinds.len(), ChatKind::ALL.len());
    assert_eq!(settings.regulation.act.date, Some(date(2026, 9, 1)));
    assert_eq!(settings.regulation.act.approval[1], "УТВЕРЖДЕНО приказом директора от 01.09.2026 № 21");
    assert_eq!(settings.regulation.hours.map(|hours| hours.to_string()).as_deref(), Some("по будням 7:00–17:00"));
    assert_eq!(settings.regulation.class_hours.len(), 1);
    assert_eq!(settings.deadlines.joining, Some(date(2026, 9, 30)));
    assert_eq!(settings.mail.reply_to.as_ref().map(Email::as_str), Some("office@example.org"));
}

#[test]
fn examples_of_titles_are_the_built_in_ones() {
    let built_in = ChatKind::ALL.map(|kind| (kind, TitleTemplate::built_in(kind)));
    assert_eq!(read_whole(&everything_on()).chats.titles, built_in.into());
}

#[test]
fn every_key_stands_in_the_template() {
    let text = everything_on();
    let known = document::known_keys(&text, |root| {
        settings(root, |preset| regulations::load(preset, &Templates::default()).value);
    });
    let root: toml::Table = text.parse().expect("TOML");
    assert!(known.len() > 50, "{known:?}");
    for path in known {
        let mut value = toml::Value::Table(root.clone());
        for key in path.split('.') {
            value = value.get(key).unwrap_or_else(|| panic!("{path} is not in the template")).clone();
        }
    }
}

#[test]
fn every_preset_reads() {
    for preset in Preset::ALL {
        let text = settings_template().replace("preset = \"school-31\"", &format!("preset = \"{}\"", preset.id()));
        assert_eq!(read_whole(&text).regulation.preset, preset);
    }
}

#[test]
fn unknown_keys() {
    check_broken(
        "short_name =",
        "shortname = \"Школа\"\nshort_name =",
        "unknown_key zavuch.toml, строка {n}: Неизвестный ключ «shortname» в разделе [school]. Вы имели в виду «short_name»?",
    );
    check_broken(
        "city =",
        "blank_rows = 3\ncity =",
        "unknown_key zavuch.toml, строка {n}: Неизвестный ключ «blank_rows» в разделе [school]. Этот ключ стоит в разделе [papers]: перенесите строку туда.",
    );
    check_broken(
        "slips_per_page = 8",
        "zzz = 8",
        "unknown_key zavuch.toml, строка {n}: Неизвестный ключ «zzz» в разделе [papers]. Здесь могут быть: «announcements», «blank_rows», «consents», «family_sheets», «other_channel_column», «rules», «slips_per_page», «violation_log».",
    );
    check_broken(
        "[papers]",
        "[paperss]\n[papers]",
        "unknown_key zavuch.toml, строка {n}: Неизвестный раздел [paperss]. Вы имели в виду «papers»?",
    );
    check_broken(
        "# class_students = true",
        "class_studens = true",
        "unknown_key zavuch.toml, строка {n}: Неизвестный ключ «class_studens» в разделе [chats]. Вы имели в виду «class_students»?",
    );
}

#[test]
fn missing_keys() {
    check_broken(
        "[director]\nname = \"Иванова Мария Петровна\"",
        "[director]",
        "missing_key zavuch.toml, строка {n}: В разделе [director] нет ключа «name». Добавьте строку name = \"…\".",
    );
    check_broken(
        "[administrator]\nname = \"Сидорова Анна Львовна\"",
        "",
        "missing_key zavuch.toml: Нет раздела [administrator]. Добавьте его по образцу.",
    );
}

#[test]
fn wrong_types() {
    check_broken(
        "slips_per_page = 8",
        "slips_per_page = \"8\"",
        "wrong_type zavuch.toml, строка {n}: Ключ «slips_per_page»: ожидается целое число, а записано: текст. Уберите кавычки: slips_per_page = 8.",
    );
    check_broken(
        "subject_grades = \"1-11\"",
        "subject_grades = 5",
        "wrong_type zavuch.toml, строка {n}: Ключ «subject_grades»: ожидается текст, а записано: целое число. Напишите значение в прямых кавычках: subject_grades = \"…\".",
    );
    check_broken(
        "# class_parents = true",
        "class_parents = \"да\"",
        "wrong_type zavuch.toml, строка {n}: Ключ «class_parents»: ожидается true (да) или false (нет), а записано: текст. Напишите без кавычек: class_parents = true или class_parents = false.",
    );
    check_broken(
        "# new_year = \"переименовать\"",
        "new_year = \"переименовывать\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «new_year»: значение «переименовывать» неизвестно. Вы имели в виду «переименовать»?",
    );
    check_broken(
        "# chats = \"28.08.2026\"",
        "chats = 28",
        "wrong_type zavuch.toml, строка {n}: Ключ «chats»: ожидается дата, а записано: целое число. Напишите дату так: chats = \"01.09.2026\".",
    );
    check_broken(
        "# approval = [",
        "approval = \"УТВЕРЖДЕНО\" # [",
        "wrong_type zavuch.toml, строка {n}: Ключ «approval»: ожидается список текстов, а записано: текст. Напишите так: approval = [\"первое\", \"второе\"].",
    );
}

#[test]
fn impossible_values_of_the_school() {
    check_broken(
        "\"МБОУ «Средняя школа № 1»\"",
        "\"  \"",
        "impossible_value zavuch.toml, строка {n}: Ключ «short_name»: значение пустое. Впишите его между кавычками.",
    );
    check_broken(
        "\"г. Примерск\"",
        "\"г.\\nПримерск\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «city»: в тексте есть перенос строки или невидимый знак. Наберите текст заново в одну строку.",
    );
    check_broken(
        "Муниципальное",
        &"Длинное".repeat(40),
        "impossible_value zavuch.toml, строка {n}: Ключ «full_name»: текст длиннее 300\u{a0}знаков. Сократите его.",
    );
    check_broken(
        "Петров Сергей Ильич",
        "Петров С. И.",
        "impossible_value zavuch.toml, строка {n}: Ключ «name»: имя «Петров С. И.» записано с сокращениями. Напишите фамилию, имя и отчество полностью: \"Иванова Мария Петровна\".",
    );
    check_broken(
        "# phone = \"8 (800) 000-00-00\"",
        "phone = \"нет\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «phone»: «нет» — не телефон. Напишите номер вида 8 (800) 000-00-00.",
    );
    check_broken(
        "# from = \"zavuch@example.org\"",
        "from = \"завуч@example.org\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «from»: «завуч@example.org»: слева от «@» допустимы только латинские буквы, цифры и знаки «.», «-», «_», «+». Напишите адрес вида name@example.org.",
    );
}

#[test]
fn impossible_values_of_the_regulation() {
    check_broken(
        "\"school-31\"\n",
        "\"shcool-31\"\n",
        "impossible_value zavuch.toml, строка {n}: Ключ «preset»: значение «shcool-31» неизвестно. Вы имели в виду «school-31»?",
    );
    check_broken(
        "# hours = \"07:00-17:00\"",
        "hours = \"17:00-07:00\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «hours»: конец времени должен быть позже начала. Исправьте время.",
    );
    check_broken(
        "# days = \"по будням\"",
        "days = \"ежедневно\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «days»: дни названы, а часов нет ни здесь, ни в образце регламента. Добавьте строку hours = \"07:00-17:00\" или уберите эту.",
    );
    check_broken(
        "# \"1А\" = \"08:00-16:00\"",
        "\"1А\" = \"08:00-16:00\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «1А»: у класса есть часы, а общих часов нет. Добавьте строку hours = \"07:00-17:00\" в раздел [regulation].",
    );
    check_broken(
        "# approval = [\"ПРИНЯТО",
        "approval = [\"{протокол} ПРИНЯТО",
        "impossible_value zavuch.toml, строка {n}: Ключ «approval»: неизвестная подстановка {протокол}. Известны: {часы}, {комиссия}, {другой_канал}, {школа}, {приказ}.",
    );
    check_broken(
        "# date = \"01.09.2026\"",
        "date = \"31.09.2026\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «date»: такой даты быть не может. Напишите дату так: date = \"01.09.2026\".",
    );
}

#[test]
fn class_hours_lie_inside_those_of_the_act() {
    let with = |class: &str| {
        let text = settings_template().replace("\"school-31\"\n", "\"school-50\"\n");
        text.replace("# \"1А\" = \"08:00-16:00\"", class)
    };
    let settings = read_whole(&with("\"1А\" = \"08:00-16:00\""));
    let hours: Vec<_> = settings.regulation.class_hours.values().map(ToString::to_string).collect();
    assert_eq!(hours, ["ежедневно 8:00–16:00"]);
    let first = |class: Option<&str>| {
        let class = class.map(|class| class.parse().expect("a class"));
        let rules = settings.regulation.rules_of(Audience::Students, class.as_ref()).expect("rules");
        rules.duties[0].text.split('.').next().unwrap_or_default().to_owned()
    };
    assert_eq!(first(Some("1А")), "Пишите ежедневно 8:00–16:00");
    assert_eq!(first(Some("1Б")), "Пишите ежедневно 8:00–19:00");
    assert_eq!(first(None), "Пишите ежедневно 8:00–19:00");
    let refused = |class: &str| {
        let read = read_settings(&with(class), FILE, &Templates::default());
        read.issues.iter().map(|issue| format!("{} {}", issue.message, issue.advice)).collect::<Vec<_>>()
    };
    assert_eq!(
        refused("\"1А\" = \"07:00-16:00\""),
        ["Ключ «1А»: часы класса 7:00–16:00 выходят за общие 8:00–19:00. Класс может только сократить общее время."]
    );
    assert_eq!(
        refused("\"1 А\" = \"08:00-16:00\"\n\"1А\" = \"08:00-17:00\""),
        ["Ключ «1А»: класс 1А уже назван выше. Оставьте одну из строк."]
    );
    assert_eq!(refused("\"А1\" = \"08:00-16:00\"").len(), 1);
}

#[test]
fn impossible_values_of_chats_deadlines_and_papers() {
    check_broken(
        "\"1-11\"",
        "\"11-1\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «subject_grades»: «11-1» — не классы. Напишите классы от и до, числами от 1 до 12: \"5-11\".",
    );
    check_broken(
        "# class_parents = \"{класс} — родители\"",
        "class_parents = \"{класc} — родители\"",
        "impossible_value zavuch.toml, строка {n}: Ключ «class_parents»: шаблон не подходит: слова {класc} у этого чата нет, можно: {класс}, {школа}, {год}. Исправьте шаблон; без него название строится так: «{класс} — родители».",
    );
    check_broken(
        "# chats = \"28.08.2026\"",
        "joining = \"27.08.2026\"\nchats = 2026-08-28",
        "impossible_value zavuch.toml, строка {n}: Ключ «joining»: этот срок раньше срока chats, а без чатов его не выполнить. Исправьте один из сроков.",
    );
    check_broken(
        "slips_per_page = 8",
        "slips_per_page = 7",
        "impossible_value zavuch.toml, строка {n}: Ключ «slips_per_page»: по 7 на листе талоны не печатаются. Напишите 4, 6, 8 или 10.",
    );
    check_broken(
        "blank_rows = 5",
        "blank_rows = 41",
        "impossible_value zavuch.toml, строка {n}: Ключ «blank_rows»: ожидается число от 0 до 40. Исправьте число.",
    );
    check_broken(
        "# other_channel_column = false",
        "other_channel_column = true",
        "impossible_value zavuch.toml, строка {n}: Ключ «other_channel_column»: графа включена, а другой канал связи не назван. Впишите other_channel в раздел [regulation] или поставьте здесь false.",
    );
    check_broken(
        "# consents = false",
        "consents = true",
        "impossible_value zavuch.toml, строка {n}: Ключ «consents»: согласия включены, а в регламенте нет пункта о письменном разрешении. Поставьте здесь false или впишите раздел [[consent]] в свою копию регламента.",
    );
}

#[test]
fn papers_are_switched_off_and_consents_come_with_the_act() {
    let papers = |text: &str| read_whole(text).papers.optional;
    let all_but_consents = [OptionalPaper::Rules, OptionalPaper::ViolationLog, OptionalPaper::Announcements];
    assert_eq!(papers(settings_template()), all_but_consents.into());
    let with_consents = settings_template().replace("preset = \"school-31\"", "preset = \"school-62\"");
    let usual = OptionalPaper::ALL.into_iter().filter(|paper| paper.is_usual());
    assert_eq!(papers(&with_consents), usual.collect());
    let with_families = with_consents.replace("# family_sheets = false", "family_sheets = true");
    assert_eq!(papers(&with_families), OptionalPaper::ALL.into());
    let text = settings_template().replace("# rules = true", "rules = false");
    let text = text.replace("# violation_log = true", "violation_log = false");
    assert_eq!(papers(&text), [OptionalPaper::Announcements].into());
}

#[test]
fn chats_go_up_with_their_classes_or_are_closed() {
    #[track_caller]
    fn check(word: &str, expected: NewYear) {
        let line = format!("new_year = \"{word}\"");
        let settings = read_whole(&settings_template().replace("# new_year = \"переименовать\"", &line));
        assert_eq!(settings.chats.new_year, expected);
    }
    assert_eq!(read_whole(settings_template()).chats.new_year, NewYear::Retitle);
    check("переименовать", NewYear::Retitle);
    check("Закрыть", NewYear::Close);
    check("retitle", NewYear::Retitle);
    check("close", NewYear::Close);
}

#[test]
fn chats_are_switched_on_and_off() {
    let text = settings_template().replace("# class_subject = true", "class_subject = false");
    let settings = read_whole(&text.replace("# methodical = true", "methodical = true"));
    let kinds = settings.chats.kinds;
    assert!(!kinds.contains(&ChatKind::ClassSubject) && kinds.contains(&ChatKind::Methodical));
    assert!(settings.regulation.chats.contains(&ChatKind::ClassSubject));
}

#[test]
fn the_column_comes_with_the_other_channel() {
    let text = settings_template().replace("# other_channel = ", "other_channel = ");
    assert!(read_whole(&text).papers.other_channel_column);
}

#[test]
fn all_problems_are_collected() {
    let text = settings_template().replace("city =", "town =").replace("= 8", "= 7").replace("= \"1-11\"", "= Первые");
    let read = read_settings(&text, FILE, &Templates::default());
    let kinds: Vec<_> = read.issues.iter().map(|issue| issue.kind.id()).collect();
    // The missing key is told when the broken line is mended.
    assert_eq!(kinds, ["unknown_key", "settings_syntax", "impossible_value"]);
}

#[test]
fn problems_of_an_own_regulation_are_told_with_its_name() {
    let own = [("regulations/school-31.toml".to_owned(), "platform = \"icq\"".to_owned())];
    let read = read_settings(settings_template(), FILE, &Templates::new(own.into_iter().collect()));
    assert_eq!(read.value, None);
    assert_eq!(
        read.issues.first().map(shown).as_deref(),
        Some("missing_key шаблоны/regulations/school-31.toml: Нет ключа «chats». Добавьте его по образцу.")
    );
}

#[test]
fn a_file_cut_off_anywhere_is_read_or_refused() {
    let text = everything_on();
    for at in (0..text.len()).step_by(41).filter(|at| text.is_char_boundary(*at)) {
        let read = read_settings(&text[..at], FILE, &Templates::default());
        assert_eq!(read.value.is_some(), read.issues.is_empty(), "{at}");
    }
}
