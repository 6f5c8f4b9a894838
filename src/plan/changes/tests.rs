//! Two states of a small school, and what differs, as a person reads it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::{Circumstances, changes, with_editions};
use crate::plan::sample::states::{contents, state, state_with};
use crate::plan::sample::{Sample, class, name};
use crate::school::{Change, ChatKey, ChatKind, LinkMode, PaperId, Piece, SchoolState, Scope};

/// What differs, «7А | words | why | row».
fn lines(before: &SchoolState, after: &SchoolState, unissued: &BTreeSet<PaperId>) -> Vec<String> {
    let circumstances = Circumstances {
        evidence: &BTreeMap::new(),
        returned: &BTreeMap::new(),
        unissued,
        successors: &BTreeMap::new(),
        mode: &LinkMode::Direct,
    };
    changes(before, after, circumstances)
        .iter()
        .map(|change| {
            let why = if change.why.is_empty() { String::new() } else { format!(" | {}", change.why) };
            format!("{}: {}{why}", change.scope.title(), change.words())
        })
        .collect()
}

/// A school with pupils' and parents' chats only, changed by `edit` after the first run.
#[track_caller]
fn check(kinds: &[ChatKind], edit: impl FnOnce(&mut Sample), expected: &[&str]) {
    let mut sample = Sample::new().kinds(kinds);
    let before = state(&sample, &SchoolState::default());
    edit(&mut sample);
    let after = state(&sample, &before);
    assert_eq!(lines(&before, &after, &BTreeSet::new()), expected);
    assert_eq!(lines(&after, &after, &BTreeSet::new()), [""; 0], "the second time there is nothing to do");
}

const PARENTS: [ChatKind; 1] = [ChatKind::ClassParents];

#[test]
fn nothing_changed() {
    check(&ChatKind::ALL, |_| {}, &[]);
    // Another order of rows, and other rows.
    check(
        &ChatKind::ALL,
        |sample| {
            for class in sample.roster.classes.values_mut() {
                class.students.iter_mut().for_each(|student| student.place = crate::school::Place::file("8.csv"));
            }
            sample.staff.members.reverse();
        },
        &[],
    );
}

#[test]
fn a_pupil_arrives() {
    check(
        &PARENTS,
        |sample| {
            let class = sample.roster.classes.get_mut(&class("10")).unwrap();
            let mut student = class.students[0].clone();
            (student.name, student.guardians) = (name("Орлов Юрий Львович"), Vec::new());
            class.students.push(student);
        },
        &["10: прибыл(а): Орлов Юрий Львович | новая строка", "10: выпустить: талон «10 — родители», Орлов Юрий"],
    );
}

#[test]
fn a_pupil_leaves() {
    check(
        &[ChatKind::ClassParents, ChatKind::ClassStudents],
        |sample| {
            sample.roster.classes.get_mut(&class("7А")).unwrap().students.remove(0);
        },
        &[
            "7А: выбыл(а): Ёлкин Пётр Ильич | нет в списках",
            "7А: удалить из чата «7А — родители»: Ёлкин Илья Юрьевич (родитель: Ёлкин Пётр) | ребёнок выбыл(а)",
            "7А: удалить из чата «7А — родители»: Ёлкина Нина Львовна (родитель: Ёлкин Пётр) | ребёнок выбыл(а)",
            "7А: удалить из чата «7А — обучающиеся»: Ёлкин Пётр Ильич | выбыл(а)",
            "7А: уничтожить: талон «7А — родители», Ёлкин Пётр, версия 1 от 08.09.2026 | выбыл(а)",
            "7А: уничтожить: талон «7А — обучающиеся», Ёлкин Пётр, версия 1 от 08.09.2026 | выбыл(а)",
        ],
    );
}

#[test]
fn a_pupil_moves_and_the_parents_with_the_child() {
    check(
        &PARENTS,
        |sample| {
            let mut student = sample.roster.classes.get_mut(&class("7А")).unwrap().students.remove(1);
            student.class = class("10");
            sample.roster.classes.get_mut(&class("10")).unwrap().students.push(student);
        },
        &[
            "7А: переведён(а) в 10: Жуков Иван",
            "7А: удалить из чата «7А — родители»: родители ученика: Жуков Иван | ребёнок переведён(а) в 10",
            "7А: уничтожить: талон «7А — родители», Жуков Иван, версия 1 от 08.09.2026 | переведён(а) в 10",
            "10: переведён(а) из 7А: Жуков Иван",
            "10: выпустить: талон «10 — родители», Жуков Иван",
        ],
    );
}

#[test]
fn a_new_surname() {
    check(
        &PARENTS,
        |sample| sample.roster.classes.get_mut(&class("10")).unwrap().students[0].name.surname = "Сосна".to_owned(),
        &[
            "10: новое имя: Сосна Яна Ильинична (было: Ёлкина Яна Ильинична)",
            "10: уничтожить: талон «10 — родители», Ёлкина Яна, версия 1 от 08.09.2026 | изменилось имя",
            "10: выпустить заново: талон «10 — родители», Сосна Яна | изменилось имя",
        ],
    );
}

#[test]
fn parents_come_and_go() {
    check(
        &PARENTS,
        |sample| {
            let students = &mut sample.roster.classes.get_mut(&class("7А")).unwrap().students;
            students[0].guardians.truncate(1);
            students[0].guardians[0].phone = "+79440000001".parse().ok();
            // The lists name a parent who was in the chat without a name before: nobody is to be removed.
            let mut parent = students[0].guardians[0].clone();
            parent.name = Some(name("Жукова Яна Юрьевна"));
            students[1].guardians.push(parent);
        },
        &[
            "7А: изменились сведения о родителе (телефон): Ёлкина Нина Львовна (ученик: Ёлкин Пётр Ильич)",
            "7А: родителя больше нет в списках: Ёлкин Илья Юрьевич (ученик: Ёлкин Пётр Ильич)",
            "7А: родителя больше нет в списках: Ёлкина Нина Львовна (ученик: Ёлкин Пётр Ильич)",
            "7А: новый родитель: Жукова Яна Юрьевна (ученик: Жуков Иван)",
            "7А: удалить из чата «7А — родители»: Ёлкин Илья Юрьевич (родитель: Ёлкин Пётр) | \
             больше не назван(а) в списках родителем",
        ],
    );
}

/// Makes the second pupil of 7А a namesake of the first, with these dates of birth.
fn namesakes(sample: &mut Sample, births: [Option<jiff::civil::Date>; 2]) {
    let students = &mut sample.roster.classes.get_mut(&class("7А")).unwrap().students;
    let mut other = students[0].clone();
    other.guardians[0].name = Some(name("Ёлкина Вера Павловна"));
    other.guardians.truncate(1);
    students[1] = other;
    for (student, (birth, number)) in students.iter_mut().zip(births.into_iter().zip(["Д-1", "Д-2"])) {
        student.birth_date = birth;
        student.stable_id = Some(number.parse().unwrap());
    }
}

/// What is told of a namesake who leaves, or who is in another class with the parents; of the one who stays nothing but that
/// the slip is spelt otherwise is.
#[track_caller]
fn check_namesakes(births: [Option<jiff::civil::Date>; 2], edit: impl FnOnce(&mut Sample), expected: &[&str]) {
    let mut sample = Sample::new().kinds(&[ChatKind::ClassParents, ChatKind::ClassStudents, ChatKind::SchoolChannel]);
    namesakes(&mut sample, births);
    let before = state(&sample, &SchoolState::default());
    edit(&mut sample);
    let told = lines(&before, &state(&sample, &before), &BTreeSet::new());
    assert_eq!(told.iter().map(|line| line.replace('\u{a0}', " ")).collect::<Vec<_>>(), expected);
}

#[test]
fn a_namesake_who_leaves_is_told_from_the_one_who_stays() {
    let leave = |sample: &mut Sample| {
        sample.roster.classes.get_mut(&class("7А")).unwrap().students.remove(1);
    };
    let in_words = |whole: &str, inside: &str| {
        [
            format!("7А: выбыл(а): {whole} | нет в списках"),
            format!(
                "7А: удалить из чата «7А — родители»: Ёлкина Вера Павловна (родитель: {inside}) | ребёнок выбыл(а)"
            ),
            format!("7А: удалить из чата «7А — обучающиеся»: {whole} | выбыл(а)"),
            format!("7А: уничтожить: талон «7А — родители», {whole}, версия 1 от 08.09.2026 | выбыл(а)"),
            format!("7А: уничтожить: талон «7А — обучающиеся», {whole}, версия 1 от 08.09.2026 | выбыл(а)"),
            format!("Школа: удалить из чата «Общешкольный канал»: {whole} | выбыл(а)"),
            format!(
                "Школа: удалить из чата «Общешкольный канал»: Ёлкина Вера Павловна (родитель: {inside}) | ребёнок выбыл(а)"
            ),
        ]
    };
    let check = |births, [whole, inside]: [&str; 2]| {
        let expected = in_words(whole, inside);
        check_namesakes(births, leave, &expected.each_ref().map(String::as_str));
    };
    let march = Some(date(2013, 3, 3));
    let named = |mark: &str| [format!("Ёлкин Пётр Ильич ({mark})"), format!("Ёлкин Пётр Ильич, {mark}")];
    let october = named("род. 19.10");
    check([march, Some(date(2013, 10, 19))], october.each_ref().map(String::as_str));
    check([None, Some(date(2013, 10, 19))], october.each_ref().map(String::as_str));
    check([march, Some(date(2014, 3, 3))], named("2014 г. р.").each_ref().map(String::as_str));
    check([march, march], ["Ёлкин Пётр Ильич"; 2]);
    check([march, None], ["Ёлкин Пётр Ильич"; 2]);
}

#[test]
fn a_namesake_in_another_class_is_told_in_the_chats_of_the_school_only() {
    check_namesakes(
        [Some(date(2013, 3, 3)), Some(date(2013, 10, 19))],
        |sample| {
            let mut student = sample.roster.classes.get_mut(&class("7А")).unwrap().students.remove(1);
            student.class = class("10");
            sample.roster.classes.get_mut(&class("10")).unwrap().students.push(student);
        },
        &[
            "7А: переведён(а) в 10: Ёлкин Пётр Ильич (род. 19.10)",
            "7А: удалить из чата «7А — родители»: Ёлкина Вера Павловна (родитель: Ёлкин Пётр Ильич, род. 19.10) | \
             ребёнок переведён(а) в 10",
            "7А: удалить из чата «7А — обучающиеся»: Ёлкин Пётр Ильич (род. 19.10) | переведён(а) в 10",
            "7А: уничтожить: талон «7А — родители», Ёлкин Пётр Ильич (род. 19.10), версия 1 от 08.09.2026 | \
             переведён(а) в 10",
            "7А: уничтожить: талон «7А — обучающиеся», Ёлкин Пётр Ильич (род. 19.10), версия 1 от 08.09.2026 | \
             переведён(а) в 10",
            "10: переведён(а) из 7А: Ёлкин Пётр Ильич (род. 19.10)",
            "10: выпустить: талон «10 — родители», Ёлкин Пётр Ильич (род. 19.10)",
            "10: выпустить: талон «10 — обучающиеся», Ёлкин Пётр Ильич (род. 19.10)",
        ],
    );
}

#[test]
fn namesakes_of_two_classes_are_told_apart_where_both_are() {
    let mut sample = Sample::new().kinds(&[ChatKind::ClassStudents, ChatKind::SchoolChannel]);
    namesakes(&mut sample, [Some(date(2013, 3, 3)), Some(date(2013, 10, 19))]);
    let mut student = sample.roster.classes.get_mut(&class("7А")).unwrap().students.remove(1);
    (student.class, student.guardians) = (class("10"), Vec::new());
    sample.roster.classes.get_mut(&class("10")).unwrap().students.push(student);
    let before = state(&sample, &SchoolState::default());
    sample.roster.classes.get_mut(&class("10")).unwrap().students.pop();
    let told = lines(&before, &state(&sample, &before), &BTreeSet::new());
    let of_pupil = told.iter().filter(|line| line.contains("удалить") && !line.contains("родител"));
    assert_eq!(
        of_pupil.map(|line| line.replace('\u{a0}', " ")).collect::<Vec<_>>(),
        [
            "10: удалить из чата «10 — обучающиеся»: Ёлкин Пётр Ильич | выбыл(а)",
            "Школа: удалить из чата «Общешкольный канал»: Ёлкин Пётр Ильич (род. 19.10) | выбыл(а)",
        ]
    );
}

#[test]
fn a_namesake_is_told_to_the_moderators_of_groups() {
    let mut sample = Sample::new().kinds(&[ChatKind::ClassSubject]);
    namesakes(&mut sample, [Some(date(2013, 3, 3)), Some(date(2013, 10, 19))]);
    let before = state(&sample, &SchoolState::default());
    sample.roster.classes.get_mut(&class("7А")).unwrap().students.remove(1);
    let told = lines(&before, &state(&sample, &before), &BTreeSet::new());
    let of_groups = told.iter().filter(|line| line.contains("если состоит в группе")).collect::<Vec<_>>();
    assert_eq!(of_groups.len(), 2, "{told:#?}");
    let who = "Ёлкин Пётр Ильич (род.\u{a0}19.10; если состоит в группе) | выбыл(а)";
    assert!(of_groups.iter().all(|line| line.ends_with(who)), "{told:#?}");
}

#[test]
fn parents_who_are_all_replaced_leave_their_slips_to_the_new_ones() {
    let replaced = |sample: &mut Sample| {
        let student = &mut sample.roster.classes.get_mut(&class("7А")).unwrap().students[0];
        student.guardians.truncate(1);
        student.guardians[0].name = Some(name("Опекунова Лидия Сергеевна"));
    };
    check(
        &[ChatKind::ClassParents, ChatKind::ClassStudents],
        replaced,
        &[
            "7А: новый родитель: Опекунова Лидия Сергеевна (ученик: Ёлкин Пётр Ильич)",
            "7А: родителя больше нет в списках: Ёлкина Нина Львовна (ученик: Ёлкин Пётр Ильич)",
            "7А: родителя больше нет в списках: Ёлкин Илья Юрьевич (ученик: Ёлкин Пётр Ильич)",
            "7А: родителя больше нет в списках: Ёлкина Нина Львовна (ученик: Ёлкин Пётр Ильич)",
            "7А: удалить из чата «7А — родители»: Ёлкин Илья Юрьевич (родитель: Ёлкин Пётр) | \
             больше не назван(а) в списках родителем",
            "7А: удалить из чата «7А — родители»: Ёлкина Нина Львовна (родитель: Ёлкин Пётр) | \
             больше не назван(а) в списках родителем",
            "7А: напечатать ещё раз: талон «7А — родители», Ёлкин Пётр | новый законный представитель",
        ],
    );
    let added = |sample: &mut Sample| {
        let student = &mut sample.roster.classes.get_mut(&class("10")).unwrap().students[0];
        let mut father = student.guardians[0].clone();
        father.name = Some(name("Ёлкин Илья Юрьевич"));
        student.guardians.push(father);
    };
    check(&PARENTS, added, &["10: новый родитель: Ёлкин Илья Юрьевич (ученик: Ёлкина Яна Ильинична)"]);

    // Nobody has a slip that has not left the program yet: there is nothing to copy.
    let mut sample = Sample::new().kinds(&PARENTS);
    let before = state(&sample, &SchoolState::default());
    let unissued: BTreeSet<_> = before.papers.keys().cloned().collect();
    replaced(&mut sample);
    let told = lines(&before, &state(&sample, &before), &unissued);
    assert!(!told.iter().any(|line| line.contains("ещё раз")), "{told:#?}");
}

#[test]
fn a_former_name_is_told_and_found_again() {
    let mut sample = Sample::new().kinds(&PARENTS);
    let before = state(&sample, &SchoolState::default());
    let student = &mut sample.roster.classes.get_mut(&class("10")).unwrap().students[0];
    student.name.surname = "Сосна".to_owned();
    student.guardians[0].name = Some(name("Сосна Нина Львовна"));
    let told = lines(&before, &state(&sample, &before), &BTreeSet::new());
    let words = "изменились сведения о родителе (имя): Сосна Нина Львовна \
                 (было: Ёлкина Нина Львовна; ученик: Сосна Яна Ильинична)";
    assert!(told.contains(&format!("10: {words}")), "{told:#?}");
    assert_eq!(Change::name_before(words), Some("Ёлкина Нина Львовна"));
    let words = "новое имя: Сосна Яна Ильинична (было: Ёлкина Яна Ильинична)";
    assert_eq!(Change::name_before(words), Some("Ёлкина Яна Ильинична"));
    assert_eq!(Change::name_before("изменились сведения о родителе (имя): Ли Ян (ученик: Ли Вэй)"), None);
}

#[test]
fn another_homeroom_teacher() {
    check(
        &[ChatKind::ClassParents, ChatKind::ClassTeachers],
        |sample| {
            sample.staff.members.retain(|member| member.name.surname != "Смирнова");
            sample.staff.members.last_mut().unwrap().homeroom.push(class("7А"));
            sample.load.lessons.retain(|lesson| lesson.teacher.surname != "Смирнова");
        },
        &[
            "7А: классный руководитель теперь Титов Егор Андреевич (раньше: Смирнова Вера Юрьевна)",
            "7А: чат «7А — родители»: модератор теперь Титов Егор Андреевич (раньше: Смирнова Вера Юрьевна)",
            "7А: удалить из чата «7А — родители»: Смирнова Вера Юрьевна | нет в таблице сотрудников: уволен(а)",
            "7А: включить в чат «7А — родители»: Титов Егор Андреевич | новый классный руководитель",
            "7А: чат «7А — учителя»: модератор теперь Титов Егор Андреевич (раньше: Смирнова Вера Юрьевна)",
            "7А: удалить из чата «7А — учителя»: Смирнова Вера Юрьевна | нет в таблице сотрудников: уволен(а)",
            "10: удалить из чата «10 — учителя»: Смирнова Вера Юрьевна | нет в таблице сотрудников: уволен(а)",
        ],
    );
}

#[test]
fn a_teacher_with_a_new_surname_is_the_same_one() {
    check(
        &[ChatKind::ClassParents, ChatKind::ClassTeachers],
        |sample| {
            let new = name("Лебедева Вера Юрьевна");
            sample.staff.members[3].name = new.clone();
            let lessons = sample.load.lessons.iter_mut().filter(|lesson| lesson.teacher.surname == "Смирнова");
            lessons.for_each(|lesson| lesson.teacher = new.clone());
        },
        &[],
    );
}

#[test]
fn chats_appear_are_retitled_and_close() {
    check(
        &PARENTS,
        |sample| {
            sample.settings.chats.kinds = [ChatKind::ClassStudents].into();
            sample.roster.classes.remove(&class("10"));
        },
        &[
            "7А: создать чат «7А — обучающиеся»",
            "7А: получена ссылка чата «7А — обучающиеся»",
            "7А: закрыть чат «7А — родители» | по таблицам и настройкам он больше не нужен",
            "7А: выпустить: лист-приглашение «7А — обучающиеся»",
            "7А: выпустить: талон «7А — обучающиеся», Ёлкин Пётр",
            "7А: выпустить: талон «7А — обучающиеся», Жуков Иван",
            "7А: уничтожить: лист-приглашение «7А — родители», версия 1 от 08.09.2026 | чат закрыт",
            "7А: уничтожить: талон «7А — родители», Ёлкин Пётр, версия 1 от 08.09.2026 | чат закрыт",
            "7А: уничтожить: талон «7А — родители», Жуков Иван, версия 1 от 08.09.2026 | чат закрыт",
            "10: класса больше нет | ни в одном списке нет этого класса",
            "10: выбыл(а): Ёлкина Яна Ильинична | нет в списках",
            "10: закрыть чат «10 — родители» | класса больше нет",
            "10: уничтожить: лист-приглашение «10 — родители», версия 1 от 08.09.2026 | чат закрыт",
            "10: уничтожить: талон «10 — родители», Ёлкина Яна, версия 1 от 08.09.2026 | выбыл(а)",
        ],
    );
}

#[test]
fn a_replaced_link_makes_its_papers_void() {
    let sample = Sample::new().kinds(&PARENTS);
    let before = state(&sample, &SchoolState::default());
    let after = state_with(&sample, &before, |key| Some(format!("https://max.ru/join/{}", key.replace("10", "new"))));
    let expected = [
        "10: ссылка чата «10 — родители» заменена",
        "10: уничтожить: лист-приглашение «10 — родители», версия 1 от 08.09.2026 | ссылка заменена",
        "10: выпустить заново: лист-приглашение «10 — родители» | ссылка заменена",
        "10: уничтожить: талон «10 — родители», Ёлкина Яна, версия 1 от 08.09.2026 | ссылка заменена",
        "10: выпустить заново: талон «10 — родители», Ёлкина Яна | ссылка заменена",
    ];
    assert_eq!(lines(&before, &after, &BTreeSet::new()), expected);
    let key = ChatKey::of(&["10", "родители"]);
    let poster = PaperId { scope: Scope::Class(class("10")), piece: Piece::Poster { chat: key.clone() } };
    assert_eq!(after.papers[&poster].edition.version, 2);

    // What has not left the program yet need not be destroyed.
    let unissued: BTreeSet<_> = before.papers.keys().cloned().collect();
    let fresh = [expected[0], expected[2], expected[4]];
    assert_eq!(lines(&before, &after, &unissued), fresh);

    let gone =
        state_with(&sample, &before, |key| (!key.starts_with("10")).then(|| format!("https://max.ru/join/{key}")));
    assert_eq!(
        lines(&before, &gone, &BTreeSet::new()),
        [
            "10: у чата «10 — родители» больше нет ссылки",
            "10: уничтожить: лист-приглашение «10 — родители», версия 1 от 08.09.2026 | ссылка больше не действует",
            "10: уничтожить: талон «10 — родители», Ёлкина Яна, версия 1 от 08.09.2026 | ссылка больше не действует",
        ]
    );
    // The version goes on counting when the link comes back.
    let last = before.papers.iter().map(|(id, paper)| (id.clone(), paper.edition.version)).collect();
    let again = with_editions(contents(&after), &gone.papers, &last, date(2026, 9, 20));
    assert_eq!(again[&poster].edition.version, 2);
}

#[test]
fn another_spelling_of_a_parent_and_a_date_that_the_list_does_not_give_are_no_news() {
    let spelt = |sample: &mut Sample| {
        let student = sample.roster.classes.values_mut().next().unwrap().students.first_mut().unwrap();
        student.birth_date = None;
        for parent in student.guardians.iter_mut().filter_map(|guardian| guardian.name.as_mut()) {
            parent.surname = parent.surname.to_uppercase().replace('Ё', "Е");
        }
    };
    check(&[ChatKind::ClassParents], spelt, &[]);
}

/// Why the papers of 7А are made anew after `edit`, where nothing that stands on them is known but that they differ.
#[track_caller]
fn check_reasons(edit: impl FnOnce(&mut Sample), poster: &str, memo: &str) {
    let mut sample = Sample::new().kinds(&[ChatKind::ClassParents, ChatKind::ClassTeachers]);
    let scope = Scope::Class(class("7А"));
    let memo_id = PaperId { scope: scope.clone(), piece: Piece::Memo };
    let with_memo = |mut state: SchoolState| {
        let (_, any) = state.papers_of(&scope).next().expect("a paper");
        state.papers.insert(memo_id.clone(), *any);
        state
    };
    let before = with_memo(state(&sample, &SchoolState::default()));
    edit(&mut sample);
    let mut after = with_memo(state(&sample, &before));
    for (id, paper) in &mut after.papers {
        if matches!(id.piece, Piece::Poster { .. } | Piece::Memo) {
            paper.core = crate::school::Fingerprint::of_sum([9; 32]);
        }
    }
    let lines = lines(&before, &after, &BTreeSet::new());
    let reason = |paper: &str| {
        let beginning = format!("7А: выпустить заново: {paper}");
        let line = lines.iter().find(|line| line.starts_with(&beginning));
        line.and_then(|line| line.split_once(" | ")).map(|(_, why)| why.to_owned())
    };
    assert_eq!(reason("лист-приглашение «7А — родители").as_deref(), Some(poster), "{lines:#?}");
    assert_eq!(reason("памятка").as_deref(), Some(memo), "{lines:#?}");
}

#[test]
fn the_reason_of_a_paper_is_the_most_telling_one() {
    const SETTINGS: &str = "изменились правила или настройки";
    check_reasons(|_| {}, SETTINGS, SETTINGS);
    let another_teacher = |sample: &mut Sample| {
        sample.staff.members.retain(|member| member.name.surname != "Смирнова");
        sample.staff.members.last_mut().unwrap().homeroom.push(class("7А"));
        sample.load.lessons.retain(|lesson| lesson.teacher.surname != "Смирнова");
    };
    check_reasons(another_teacher, "сменился модератор", "сменился модератор");
    let new_surname = |sample: &mut Sample| {
        let new = name("Лебедева Вера Юрьевна");
        sample.staff.members[3].name = new.clone();
        let lessons = sample.load.lessons.iter_mut().filter(|lesson| lesson.teacher.surname == "Смирнова");
        lessons.for_each(|lesson| lesson.teacher = new.clone());
    };
    check_reasons(new_surname, "у модератора другое имя", "у модератора другое имя");
    let more_chats = |sample: &mut Sample| {
        sample.settings.chats.kinds.insert(ChatKind::ClassStudents);
    };
    check_reasons(more_chats, SETTINGS, "изменился список чатов");
}

#[test]
fn chats_stay_with_the_former_teacher_until_somebody_is_named() {
    let mut sample = Sample::new().kinds(&PARENTS);
    let before = state(&sample, &SchoolState::default());
    let former = sample.staff.members.iter().position(|member| !member.homeroom.is_empty()).unwrap();
    let mut new = sample.staff.members.remove(former);
    let without = state(&sample, &before);
    assert_eq!(lines(&before, &without, &BTreeSet::new()), [""; 0]);
    let [then, now] = [&before, &without].map(|state| state.homerooms[&class("7А")].clone());
    assert_eq!((now.name, now.email), (then.name, None), "nothing goes to whoever left");
    new.name = name("Титов Егор Андреевич");
    sample.staff.members.push(new);
    let after = state(&sample, &without);
    let told = lines(&without, &after, &BTreeSet::new());
    for expected in [
        "7А: классный руководитель теперь Титов Егор Андреевич (раньше: Смирнова Вера Юрьевна)",
        "7А: чат «7А — родители»: модератор теперь Титов Егор Андреевич (раньше: Смирнова Вера Юрьевна)",
        "7А: удалить из чата «7А — родители»: Смирнова Вера Юрьевна | нет в таблице сотрудников: уволен(а)",
    ] {
        assert!(told.iter().any(|line| line == expected), "«{expected}» is not among {told:#?}");
    }
}
