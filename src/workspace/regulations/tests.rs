use super::*;

fn built_in(preset: Preset) -> Draft {
    let loaded = load(preset, &Templates::default());
    assert_eq!(loaded.issues, [], "{}", preset.id());
    loaded.value.expect("a built-in regulation")
}

fn own() -> OwnValues {
    OwnValues { school: "МБОУ «Школа № 1»".to_owned(), ..OwnValues::default() }
}

/// Every text of a regulation that is printed.
fn texts(regulation: &Regulation) -> Vec<String> {
    let sets = regulation.rules.values().flat_map(|set| [&set.duties, &set.forbidden, &set.rights]);
    let Regulation { moderation, administration, acknowledgement, common, consent, .. } = regulation;
    let rules = sets.chain([moderation, administration, acknowledgement, common, consent]).flatten();
    let poster = regulation.poster.values().flatten().map(|rule| format!("{} {}", rule.lead, rule.text));
    let Act { title, title_instrumental, basis, approval, .. } = &regulation.act;
    let act = [title, title_instrumental].into_iter().chain(basis).chain(approval).cloned();
    rules.map(|rule| rule.text.clone()).chain(poster).chain(act).collect()
}

/// Reads the template of school-31 with one text replaced by another.
#[track_caller]
fn check_broken(from: &str, to: &str, expected: &str) {
    let Template { name, text } = regulation_template(Preset::School31);
    let templates = Templates::new(BTreeMap::from([(name.to_owned(), text.replacen(from, to, 1))]));
    let loaded = load(Preset::School31, &templates);
    assert_eq!(loaded.value, None);
    let issues: Vec<_> = loaded.issues.iter().map(|issue| format!("{} {issue}", issue.kind.id())).collect();
    assert_eq!(issues, [expected]);
}

#[test]
fn every_preset_is_whole() {
    for preset in Preset::ALL {
        let regulation = built_in(preset).with(&own());
        assert!(regulation.chats.contains(&ChatKind::ClassParents), "{}", preset.id());
        for audience in [Audience::Students, Audience::Parents, Audience::Staff] {
            let set = &regulation.rules[&audience];
            for rules in [&set.duties, &set.forbidden, &set.rights] {
                assert!(!rules.is_empty(), "{} {audience:?}", preset.id());
            }
            assert_eq!(regulation.poster[&audience].len(), 3, "{} {audience:?}", preset.id());
        }
        assert!(!regulation.moderation.is_empty() && !regulation.common.is_empty());
        assert!(!regulation.acknowledgement.is_empty() && !regulation.act.approval.is_empty());
        assert!(!regulation.measures.is_empty() && !regulation.violation.is_empty(), "{}", preset.id());
        assert!(regulation.measures.iter().all(|measure| regulation.moderation.contains(&measure.rule)));
        assert_eq!(regulation.consent.is_empty(), preset != Preset::School62, "{}", preset.id());
    }
}

#[test]
fn texts_have_only_signs_of_the_font_and_no_placeholder_is_left() {
    let full = OwnValues {
        commission: Some("комиссия".to_owned()), other_channel: Some("почта".to_owned()), ..own()
    };
    for (preset, own) in Preset::ALL.into_iter().flat_map(|preset| [(preset, own()), (preset, full.clone())]) {
        for text in texts(&built_in(preset).with(&own)) {
            let printable = |letter: char| {
                letter.is_ascii_alphanumeric()
                    || matches!(letter, 'А'..='я' | 'Ё' | 'ё')
                    || " .,:;!?()-–—«»„“№…/@_".contains(letter)
            };
            assert_eq!(text.chars().find(|letter| !printable(*letter)), None, "{}: {text}", preset.id());
        }
    }
}

#[test]
fn no_text_compels_parents() {
    for preset in Preset::ALL {
        let regulation = built_in(preset).with(&own());
        let parents = &regulation.rules[&Audience::Parents];
        let all: Vec<_> = parents.duties.iter().chain(&parents.rights).chain(&regulation.acknowledgement).collect();
        assert!(all.iter().any(|rule| rule.text.contains("добровольн")), "{}", preset.id());
        assert!(all.iter().all(|rule| !rule.text.contains("обязан")), "{}", preset.id());
    }
}

#[test]
fn hours_of_the_acts() {
    let hours = |preset| built_in(preset).hours().map(|hours| hours.to_string());
    assert_eq!(hours(Preset::School62).as_deref(), Some("по будням 7:00–17:00"));
    assert_eq!(hours(Preset::School50).as_deref(), Some("ежедневно 8:00–19:00"));
    assert_eq!([Preset::Belomorsk, Preset::School31, Preset::School65].map(hours), [None, None, None]);
}

#[test]
fn own_values_stand_in_the_texts() {
    let hours = Hours::parse(WeekDays::Workdays, "08:00-18:00").expect("hours");
    let own = OwnValues {
        hours: Some(hours),
        commission: Some("конфликтная комиссия".to_owned()),
        other_channel: Some("электронный журнал".to_owned()),
        date: Some(jiff::civil::date(2026, 9, 1)),
        number: Some("21-о".to_owned()),
        ..own()
    };
    let regulation = built_in(Preset::School31).with(&own);
    let texts = texts(&regulation);
    for expected in [
        "Пишите с понедельника по субботу 8:00–18:00.",
        "Спор участников рассматривает конфликтная комиссия.",
        "Если чат вам не подходит, школа сообщит то же самое иначе: электронный журнал.",
        "УТВЕРЖДЕНО приказом директора от 01.09.2026 № 21-о",
    ] {
        assert!(texts.iter().any(|text| text == expected), "{expected}");
    }
    assert_eq!(regulation.hours, Some(hours));
}

#[test]
fn a_rule_without_its_value_is_left_out() {
    let texts = texts(&built_in(Preset::School31).with(&own()));
    assert!(texts.iter().all(|text| !text.contains("Спор участников") && !text.contains("иначе")));
    assert!(texts.iter().any(|text| text == "УТВЕРЖДЕНО приказом директора от ____________ № ____"));
}

#[test]
fn an_own_title_is_not_declined() {
    let own = OwnValues { act_title: Some("Правила «Общение»".to_owned()), ..own() };
    let act = built_in(Preset::School62).with(&own).act;
    assert_eq!(act.title, "Правила «Общение»");
    assert_eq!(act.title_instrumental, "локальным нормативным актом «Правила „Общение“»");
}

#[test]
fn braces_in_a_value_stay() {
    let own = OwnValues { commission: Some("{часы} {х}".to_owned()), ..own() };
    let texts = texts(&built_in(Preset::School31).with(&own));
    assert!(texts.iter().any(|text| text == "Спор участников рассматривает {часы} {х}."));
}

#[test]
fn broken_templates() {
    let place = "шаблоны/regulations/school-31.toml, строка";
    check_broken(
        "\"staff_channel\"",
        "\"staff_chanel\"",
        &format!(
            "impossible_value {place} 16: Ключ «chats»: значение «staff_chanel» неизвестно. Вы имели в виду «staff_channel»?"
        ),
    );
    check_broken(
        "text = \"Вступайте по ссылке-приглашению от учителя и участвуйте в работе своих чатов.\"",
        "text = \"\"",
        &format!("impossible_value {place} 33: Ключ «text»: значение пустое. Впишите его между кавычками."),
    );
    check_broken(
        "Пишите {часы}.",
        "Пишите {время}.",
        &format!(
            "impossible_value {place} 40: Ключ «text»: неизвестная подстановка {{время}}. Известны: {{часы}}, {{комиссия}}, {{другой_канал}}, {{школа}}, {{приказ}}."
        ),
    );
    check_broken(
        "[act]",
        "[hours]\nspan = \"17:00-07:00\"\n[act]",
        &format!("impossible_value {place} 20: Ключ «span»: конец времени должен быть позже начала. Исправьте время."),
    );
    check_broken(
        "measure = \"reminder\"",
        "measure = \"reminders\"",
        &format!(
            "impossible_value {place} 180: Ключ «measure»: значение «reminders» неизвестно. Вы имели в виду «reminder»?"
        ),
    );
    check_broken(
        "measure = \"reminder\"\nviolation = true",
        "measure = \"reminder\"\nviolation = \"да\"",
        &format!(
            "wrong_type {place} 181: Ключ «violation»: ожидается true (да) или false (нет), а записано: текст. Напишите без кавычек: violation = true или violation = false."
        ),
    );
    check_broken(
        "lead = \"Коротко и по делу,\"",
        "led = \"Коротко и по делу,\"\nlead = \"Да\"",
        &format!("unknown_key {place} 63: Неизвестный ключ «led» в разделе [students.poster]. Вы имели в виду «lead»?"),
    );
    check_broken(
        "[act]",
        "[hours]\ndays = \"daily\"\n[act]",
        &format!("missing_key {place} 19: В разделе [hours] нет ключа «span». Добавьте строку span = \"…\"."),
    );
    check_broken(
        "[[students.poster]]\nlead = \"Кодом не делимся:\"\ntext = \"кто его получил, тот войдёт в чат.\"\n",
        "",
        &format!(
            "impossible_value {place} 62: Ключ «poster»: на листе помещаются три или четыре правила. Уберите лишние или добавьте."
        ),
    );
    check_broken(
        "text = \"вежливо. Лишние сообщения модератор удаляет.\"",
        &format!("text = \"{}\"", "очень ".repeat(15)),
        &format!("impossible_value {place} 64: Ключ «text»: текст длиннее {}. Сократите его.", "71\u{a0}знака"),
    );
}
