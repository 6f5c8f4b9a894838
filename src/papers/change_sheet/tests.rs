mod codes;
mod input;

use crate::papers::canvas::{Item, Page};
use crate::papers::checks::flaws;
use crate::papers::forms_sample::text_of;
use crate::papers::{PaperKind, slips_of};
use crate::school::{Audience, ChatKind, News, NewsKind, Piece, Preset, SlipsPerPage};

use input::{Input, id, large, long, news, usual};

const FORMATS: [SlipsPerPage; 4] = [SlipsPerPage::Four, SlipsPerPage::Six, SlipsPerPage::Eight, SlipsPerPage::Ten];

#[test]
fn nothing_overlaps_however_long_it_is() {
    for make in [usual, large, long, Input::school] {
        for slips in FORMATS {
            let mut input = make();
            input.sample.settings.slips_per_page = slips;
            assert_eq!(flaws(&input.pages()), []);
        }
    }
}

/// The first words of each page, as many as the page begins with.
#[track_caller]
fn check_order(input: &Input, expected: &[&str]) {
    let pages = input.pages();
    let begins = |page: &Page| text_of(std::slice::from_ref(page)).trim().to_owned();
    let found: Vec<String> = pages.iter().map(begins).collect();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (page, expected) in found.iter().zip(expected) {
        assert!(page.starts_with(expected), "«{page}» does not begin with «{expected}»");
    }
}

#[test]
fn the_parts_stand_in_the_order_of_handing_out() {
    let addition = "Дополнение к листу ознакомления";
    check_order(
        &usual(),
        &[
            "Изменения Класс 7 «А» · 08.09.2026 · № 1 Классный руководитель: Кузнецова Ольга Сергеевна Что изменилось",
            "Удалить из чатов Класс 7 «А» · 08.09.2026 · № 1",
            &format!("{addition} родителей (законных представителей) обучающихся 7 «А» класса"),
            &format!("{addition} обучающихся 7 «А» класса"),
            "МБОУ «Средняя школа № 31» г. Заречный 7 «А» УЧЕНИКАМ",
            "РОДИТЕЛЯМ 7 «А» Богатырёва Пелагея",
        ],
    );
    check_order(
        &Input::school(),
        &[
            "Изменения Школа и группы · 08.09.2026 · № 1 Администратор: Лебедев Олег Юрьевич Что изменилось",
            "Удалить из чатов Школа и группы · 08.09.2026 · № 1",
            "Включить в чаты Школа и группы · 08.09.2026 · № 1",
            "МБОУ «Средняя школа № 31» г. Заречный СОТРУДНИКАМ",
        ],
    );
}

#[test]
fn only_what_there_is_is_printed() {
    let check = |fill: fn(&mut Input), expected: &[&str]| {
        let mut input = Input::new(Preset::School31);
        fill(&mut input);
        check_order(&input, expected);
    };
    let title = "Изменения Класс 7 «А» · 08.09.2026 · № 1 Классный руководитель: Кузнецова Ольга Сергеевна";
    let cover = |part: &str| format!("{title} {part}");
    check(|_| {}, &[]);
    check(|input| input.sheet.news.push(news("новый класс", "")), &[&cover("Что изменилось • Новый класс Изменения")]);
    check(|input| input.void(1), &[&cover("Что сделать 1. Уничтожьте старые бумаги (1): их список ниже. Бумаги")]);
    let removal: fn(&mut Input) = |input| input.removals("7А — учителя", None, 1);
    check(removal, &[&cover("Что сделать 1. Удалите из чатов"), "Удалить из чатов"]);
    let posters: fn(&mut Input) = |input| input.poster(ChatKind::ClassParents);
    check(posters, &[&cover("Что сделать 1. Повесьте новые листы-приглашения (1)."), "МБОУ"]);
    check(|input| input.slips([1]), &[&cover("Что сделать 1. Раздайте талоны (2)"), "РОДИТЕЛЯМ"]);
    let admission: fn(&mut Input) = |input| input.admissions(1);
    check(
        admission,
        &[&cover("Что сделать 1. Включите в чаты тех, кто назван на листе «Включить в чаты»"), "Включить в чаты"],
    );
    let first_slips: fn(&mut Input) = |input| {
        input.sheet.news.push(news("получены ссылки 2 чатов", ""));
        (input.whole.slips, input.whole.posters) = (56, 2);
    };
    let steps = "Что изменилось • Получены ссылки 2 чатов Что сделать 1. Раздайте талоны (56) из файла «7А Талоны.pdf»";
    check(first_slips, &[&cover(steps)]);
    let new_form: fn(&mut Input) = |input| input.whole.forms = 2;
    check(new_form, &[&cover("Что сделать 1. Соберите подписи на листах из файла «7А Лист ознакомления.pdf».")]);
    let newcomer: fn(&mut Input) = |input| input.sheet.newcomers.extend([id(1)]);
    let addition = "Дополнение к листу ознакомления";
    check(newcomer, &[&cover("Что сделать 1. Соберите подписи"), addition, addition]);
}

#[test]
fn what_cannot_be_printed_now_is_passed_over() {
    let mut input = Input::new(Preset::School31);
    input.sheet.newcomers = [id(77)].into();
    input.slips([77]);
    input.sheet.pieces.insert(Piece::Memo);
    input.sheet.pieces.insert(Piece::Form { audience: Audience::Parents });
    assert!(input.paper().is_none());
    input.slips([1]);
    input.poster(ChatKind::ClassParents);
    input.links.fill(None);
    assert!(input.paper().is_none());
}

#[test]
fn steps_stand_in_the_order_of_doing() {
    let text = text_of(&usual().pages()[..1]);
    let steps = ["Соберите", "Раздайте", "Повесьте", "Удалите", "Уничтожьте", "Верните"];
    let found: Vec<usize> =
        (1..).zip(steps).map(|(number, step)| text.find(&format!("{number}. {step}")).expect(step)).collect();
    assert!(found.is_sorted(), "{text}");
    assert!(text.contains("• Прибыл(а): Богатырёва Пелагея Андреевна — новая строка"), "{text}");
    assert!(text.contains("• Ссылка чата «7А — Алгебра» заменена Что сделать"), "{text}");
}

/// The chats that are to be closed stand on the paper by title, the reason once, and a step says what to do.
#[test]
fn chats_to_be_worked_on_are_listed_and_asked_for() {
    let check = |kind: NewsKind, words: &str, expected: &[&str]| {
        let mut input = Input::new(Preset::School31);
        let chats: Vec<String> = (1..=10).map(|number| format!("«7А — {number} {{чат}}»")).collect();
        input.sheet.news = vec![News { kind, count: 10, chats, ..news(words, "класса больше нет") }];
        let text = text_of(&input.pages()).replace('\u{a0}', " ");
        for number in 1..=10 {
            assert!(text.contains(&format!("– «7А — {number} {{чат}}»")), "{text}");
        }
        assert_eq!(text.matches("класса больше нет").count(), 1, "{text}");
        for expected in expected {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        assert_eq!(flaws(&input.pages()), []);
    };
    let closed = ["• Закрыть 10 чатов — класса больше нет – «7А — 1", "1. Закройте чаты (10): какие, сказано выше."];
    check(NewsKind::ChatClosed, "закрыть 10 чатов", &closed);
    check(NewsKind::ChatRetitled, "переименовать 10 чатов", &["1. Переименуйте чаты (10):"]);
    check(NewsKind::ChatNew, "создать 10 чатов", &["1. Создайте чаты (10):"]);
    check(NewsKind::LinkVoid, "обновить ссылку", &["1. Обновите ссылки чатов (10):"]);
    check(NewsKind::ChatModerator, "чат", &["1. Передайте чаты (10) новым модераторам"]);
}

#[test]
fn what_a_table_holds_changes_no_form() {
    let mut input = Input::new(Preset::School31);
    input.sheet.news.push(news("прибыл(а): **{почему}** {класс}", "{что}"));
    assert!(text_of(&input.pages()).contains("• Прибыл(а): **{почему}** {класс} — {что}"));
}

#[test]
fn removals_are_grouped_by_moderator_and_chat() {
    let input = large();
    let pages = input.pages();
    let is_removals = |page: &&Page| page.texts().iter().any(|run| run.starts_with("Удалить из чатов: изменения"));
    let text = text_of(&pages.iter().filter(is_removals).cloned().collect::<Vec<_>>());
    let order = [
        "Дата и подпись модератора",
        "1 Кузнецова Ольга Сергеевна 7А — обучающиеся",
        "6 7А — родители",
        "11 Белов Лев Ильич 7А — Физика 2",
        "16 7А — Физика 10",
        "21 Яшина Дарья Олеговна 7А — Алгебра",
        "26 не назначен: удаляет администратор (О. Ю. Лебедев) 7А — учителя",
    ];
    let places: Vec<usize> = order.map(|words| text.find(words).expect(words)).into();
    assert!(places.is_sorted(), "{places:?} {text}");
    assert_eq!(text.matches("Жукова Елена Петровна-").count(), 30);
    // One who is removed has one square.
    let squares = |page: &Page| page.items().iter().filter(|item| matches!(item, Item::Box(_))).count();
    assert_eq!(pages.iter().filter(is_removals).map(squares).sum::<usize>(), 30);
}

#[test]
fn nobody_is_removed_by_preference() {
    let check = |preset: Preset, expected: &str| {
        let mut input = Input::new(preset);
        input.removals("7А — родители", None, 1);
        let text = text_of(&input.pages()).replace('\u{a0}', " ");
        let note = format!("Удаляют только по причине, названной в таблице. {expected} Кто не может");
        assert!(text.contains(&note), "{}: {text}", preset.id());
    };
    check(
        Preset::School31,
        "Удалять и блокировать из-за личной неприязни нельзя (п. 4.7 документа «Положение об использовании \
         коммуникационной платформы MAX»).",
    );
    check(
        Preset::School50,
        "Никого не удаляют из-за личной неприязни (п. 3.4 документа «Положение о правилах ведения чатов с \
         родителями (законными представителями) обучающихся»).",
    );
    for preset in [Preset::School62, Preset::Belomorsk, Preset::School65] {
        check(preset, "Никого не удаляют из-за личной неприязни.");
    }
}

#[test]
fn every_void_paper_is_named_with_its_edition() {
    let text = text_of(&large().pages()[..2]);
    for number in 1..=40 {
        let row = format!("{number} талон «7А — родители», Жуков Илья-{number} 2 от 01.09.2026 ссылка заменена");
        assert!(text.contains(&row), "{row}: {text}");
    }
}

#[test]
fn newcomers_sign_under_the_rules_of_the_form() {
    let mut input = Input::new(Preset::School31);
    // One with two parents, one without a name of any.
    input.sheet.newcomers = [id(1), id(3)].into();
    let pages = input.pages();
    let [_, parents, students] = pages.as_slice() else { panic!("a cover and two parts") };
    let text = |page: &Page| text_of(std::slice::from_ref(page));
    let (parents, students) = (text(parents), text(students));
    assert!(parents.contains("версия 3 от 31.08.2026 . Сами правила напечатаны в полном листе"), "{parents}");
    assert!(parents.contains("Правила, версия 3 от 31.08.2026 7 «А», родители · лист 1 из 1"), "{parents}");
    assert!(students.contains("Правила, версия 1 от 08.09.2026 7 «А», обучающиеся · лист 1 из 1"), "{students}");
    assert!(parents.contains("1 Жуков Илья Алексеевич Жукова Елена Петровна 2 Мартынюк"), "{parents}");
    assert!(parents.contains("3 Ли Вэй Классный руководитель: ______________________ О. С. Кузнецова"), "{parents}");
    assert!(students.contains("1 Жуков Илья Алексеевич 2 Ли Вэй Классный руководитель:"), "{students}");
    assert!(!parents.contains("Богатырёва") && !students.contains("Богатырёва"));
}

#[test]
fn a_new_parent_signs_alone() {
    let mut input = Input::new(Preset::School31);
    let student = &mut input.sample.class.as_mut().unwrap().students[1];
    for (number, guardian) in (70..).zip(&mut student.guardians) {
        guardian.id = Some(id(number));
    }
    let names: Vec<String> = student.guardians.iter().map(|one| one.name.as_ref().unwrap().to_string()).collect();
    let [first, second, ..] = names.as_slice() else { panic!("two parents") };
    input.sheet.new_parents = [(id(1), [id(71)].into())].into();
    let pages = input.pages();
    assert_eq!(pages.len(), 2, "a cover and the parents' part");
    let text = text_of(&pages);
    assert!(text.contains(&format!("1 Жуков Илья Алексеевич {second}")) && !text.contains(first), "{text}");
    assert!(text.contains("1. Соберите подписи"), "{text}");
}

#[test]
fn a_part_of_the_form_that_there_is_not_gets_no_rows() {
    let mut input = Input::new(Preset::School50);
    input.sheet.newcomers = [id(0)].into();
    assert_eq!(input.pages().len(), 2);
    assert!(text_of(&input.pages()).contains("родителей (законных представителей)"));
}

#[test]
fn namesakes_are_told_apart_as_on_the_form() {
    let mut input = Input::new(Preset::School31);
    let students = &mut input.sample.class.as_mut().unwrap().students;
    let mut other = students[1].clone();
    other.id = Some(id(50));
    students.push(other);
    input.sheet.newcomers = [id(50)].into();
    let text = text_of(&input.pages()).replace('\u{a0}', " ");
    assert!(text.contains("1 Жуков Илья Алексеевич (№ 10 в списке)"), "{text}");
}

#[test]
fn a_class_that_is_gone_gets_its_tasks() {
    let mut input = usual();
    input.sample.class.as_mut().unwrap().students.clear();
    input.links.fill(None);
    let paper = input.paper().unwrap();
    assert_eq!((paper.pages, paper.pieces), (2, 0));
    let text = text_of(&input.pages());
    assert!(text.contains("Жукова Елена Петровна-2") && text.contains("Жуков Илья-2"), "{text}");
    assert!(!text.contains("Раздайте") && !text.contains("Повесьте") && !text.contains("Соберите"), "{text}");
}

#[test]
fn the_same_change_has_the_same_bytes() {
    for make in [usual, large, Input::school] {
        let paper = make().paper().unwrap();
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(move || make().paper().unwrap())).collect();
        for thread in threads {
            assert!(thread.join().unwrap() == paper);
        }
    }
}

#[test]
fn the_paper_says_what_it_is() {
    let paper = usual().paper().unwrap();
    assert_eq!(paper.file_name, "7А Изменения 08.09.2026 № 1.pdf");
    assert_eq!((paper.kind, paper.pages, paper.pieces), (PaperKind::Changes, 6, 5));
    assert_eq!(Input::school().paper().unwrap().file_name, "Школа Изменения 08.09.2026 № 1.pdf");
    let file = lopdf::Document::load_mem(&paper.bytes).unwrap();
    assert_eq!(file.get_pages().len(), 6);
}

#[test]
fn a_few_slips_lie_on_one_sheet() {
    let check = |slips: SlipsPerPage, pupils: usize, expected: usize| {
        let mut input = Input::new(Preset::School31);
        input.sample.settings.slips_per_page = slips;
        input.slips(0..pupils);
        assert_eq!(input.pages().len() - 1, expected, "{slips:?}, {pupils} pupils");
        let alone = input.with(|papers| slips_of(papers, &input.sheet.pieces)).unwrap().unwrap();
        assert_eq!((alone.pages, alone.pieces), (expected, 2 * pupils));
    };
    check(SlipsPerPage::Four, 2, 1);
    check(SlipsPerPage::Four, 3, 2);
    check(SlipsPerPage::Six, 3, 1);
    check(SlipsPerPage::Eight, 4, 1);
    check(SlipsPerPage::Eight, 5, 2);
    check(SlipsPerPage::Ten, 5, 1);
}

#[test]
fn every_code_leads_to_its_chat() {
    for slips in FORMATS {
        let mut input = usual();
        input.sample.settings.slips_per_page = slips;
        input.slips([2]);
        let mut expected = vec![input.link(ChatKind::ClassSubject)];
        expected.extend([ChatKind::ClassParents; 2].map(|kind| input.link(kind)));
        expected.extend([ChatKind::ClassStudents; 2].map(|kind| input.link(kind)));
        assert_eq!(codes::read(&input.paper().unwrap().bytes, &input.pages()), expected, "{slips:?}");
    }
}

/// Writes papers to `target/papers`, to be looked at: `cargo test --lib change_sheet::tests::look -- --ignored`.
#[test]
#[ignore = "writes files for the eye"]
#[expect(clippy::disallowed_methods, reason = "a scratch file of a test, below target")]
fn look() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/papers");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, input: &Input| {
        std::fs::write(folder.join(format!("changes-{name}.pdf")), input.paper().unwrap().bytes).unwrap();
    };
    write("usual", &usual());
    write("large", &large());
    write("long", &long());
    write("school", &Input::school());
    let mut gone = usual();
    gone.sample.class.as_mut().unwrap().students.clear();
    write("gone", &gone);
    for (name, slips) in [("four", SlipsPerPage::Four), ("six", SlipsPerPage::Six), ("ten", SlipsPerPage::Ten)] {
        let mut input = Input::new(Preset::Belomorsk);
        input.sample.settings.slips_per_page = slips;
        input.slips([2]);
        input.removals("7А — родители", None, 1);
        write(name, &input);
    }
}
