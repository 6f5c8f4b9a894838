//! Letters that have to be written once more, or must not lie in «выдача/» any longer.

use std::collections::BTreeSet;
use std::fs;

use crate::handed_out;
use crate::pdf_text;
use crate::small_school::{FIRST, ListForm, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 3] = [("5А", 4), ("7А", 5), ("7Б", 4)];
const THIRD: &str = "2026-09-15";
const FOURTH: &str = "2026-09-22";

/// The letters in «выдача/».
fn letters(school: &SmallSchool) -> Vec<String> {
    let stamps = school.stamps();
    stamps.keys().filter_map(|name| name.strip_prefix("выдача/Письма/")).map(str::to_owned).collect()
}

/// All links on papers in «выдача/», those in letters among them.
fn links(school: &SmallSchool) -> BTreeSet<String> {
    let mut links = BTreeSet::new();
    for (name, (bytes, _)) in school.stamps() {
        let Some(name) = name.strip_prefix("выдача/") else { continue };
        let pdfs: Vec<Vec<u8>> = match name.rsplit_once('.') {
            Some((_, "eml")) => handed_out::letter(&bytes).pdfs(),
            Some((_, "pdf")) => vec![bytes],
            _ => continue,
        };
        links.extend(pdfs.iter().flat_map(|pdf| handed_out::papers(pdf)).map(|paper| paper.link));
    }
    links
}

fn replace_link(school: &mut SmallSchool, key: &str) -> String {
    let (old, new) = (school.register[key].clone(), school.new_link(key));
    school.register.insert(key.to_owned(), new);
    school.save_register();
    old
}

#[test]
fn a_letter_that_could_not_be_composed_is_tried_again() {
    let mut school = SmallSchool::of(&CLASSES);
    let check = |school: &SmallSchool, template: &str, on: &str, letter: &str| {
        let path = school.path().join("шаблоны/letters");
        fs::create_dir_all(&path).expect("a folder");
        // A coincidence so rare that no sample of a letter has it.
        let rare = "news and slips and newcomers and phone and not removals and not admissions and not void";
        let text = format!("Здравствуйте!{{% if {rare} %}}{{{{ pupils }}}}{{% endif %}}");
        fs::write(path.join(template), text).expect("a wrong template");
        for _ in 0..2 {
            let answer = school.apply(on);
            assert_eq!(answer.status, 4, "{}", answer.shown());
            assert!(answer.stderr.contains("7А: письмо не составлено"), "{}", answer.shown());
            assert!(!letters(school).contains(&letter.to_owned()));
        }
        let plan = school.call(&["план", "школа", "--date", on, "--check"]);
        assert_eq!(plan.status, 3, "{}", plan.shown());
        fs::remove_file(path.join(template)).expect("the template is taken away");
        school.applied(on);
        assert!(letters(school).contains(&letter.to_owned()), "{:?}", letters(school));
        assert_eq!(school.call(&["план", "школа", "--date", on, "--check"]).status, 0);
    };
    school.applied(FIRST);
    let name = school.arrive("7А");
    school.save_lists(ListForm::Csv);
    check(&school, "change.html", SECOND, "7А 08.09.2026 № 1.eml");
    let sheet = school.output("7А/7А Изменения 08.09.2026 № 1.pdf");
    assert!(handed_out::papers(&sheet).iter().all(|slip| slip.pupil.as_ref() == Some(&name)));
}

#[test]
fn a_corrected_address_gets_what_holds() {
    let mut school = SmallSchool::issued(&CLASSES);
    let before = school.state();
    let teacher = school.staff.iter_mut().find(|one| one.class == "7А").expect("a teacher");
    teacher.email = "vernyi@example.org".to_owned();
    school.save_staff();
    let answer = school.applied(SECOND);
    assert!(answer.stdout.contains("Новые письма: Письма/7А 08.09.2026 № 1.eml."), "{}", answer.stdout);
    let letter = handed_out::letter(&school.output("Письма/7А 08.09.2026 № 1.eml"));
    assert_eq!(letter.to, ["vernyi@example.org"]);
    assert_eq!(letter.names().len(), 9, "{:?}", letter.names());
    assert!(letter.text.contains("Исправлен ваш адрес"), "{}", letter.text);
    assert!(letter.text.contains("посылаем ещё раз: если бумаги у вас уже есть"), "{}", letter.text);
    assert!(!letter.text.contains("Раздайте"), "{}", letter.text);
    let editions: BTreeSet<String> =
        letter.attached.iter().flat_map(|file| handed_out::papers(&file.bytes)).map(|paper| paper.edition).collect();
    assert_eq!(editions, ["1 от 01.09.2026".to_owned()].into(), "no version is raised");
    assert_eq!(school.state().papers, before.papers);
    // Nobody else, and never twice.
    let stamps = school.stamps();
    school.applied(SECOND);
    assert!(school.stamps() == stamps);
    school.arrive("5А");
    school.save_lists(ListForm::Csv);
    let answer = school.applied(THIRD);
    assert!(!answer.stderr.contains("вы изменили"), "{}", answer.stderr);
    assert!(letters(&school).contains(&"7А 08.09.2026 № 1.eml".to_owned()));
}

/// What else has changed with the address is asked for as ever.
#[test]
fn a_corrected_address_loses_no_task() {
    let mut school = SmallSchool::issued(&CLASSES);
    school.staff.iter_mut().find(|one| one.class == "7А").expect("a teacher").email = "vernyi@example.org".to_owned();
    school.save_staff();
    let gone = school.names("7А")[1].clone();
    school.leave(&gone);
    let new = school.arrive("7А");
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    let letter = handed_out::letter(&school.output("Письма/7А 08.09.2026 № 1.eml"));
    for step in ["Исправлен ваш адрес", "Раздайте талоны (2)", "Удалите из чатов", "Соберите и уничтожьте"]
    {
        assert!(letter.text.contains(step), "«{step}» in {}", letter.text);
    }
    let slips = handed_out::papers(&school.output("7А/7А Изменения 08.09.2026 № 1.pdf"));
    assert!(slips.iter().all(|slip| slip.pupil.as_ref() == Some(&new)));
}

#[test]
fn a_new_teacher_is_told_that_papers_were_handed_out() {
    let mut school = SmallSchool::issued(&CLASSES);
    let name = school.arrive("7А");
    school.save_lists(ListForm::Csv);
    let old = school.staff.iter_mut().find(|one| one.class == "7А").expect("a teacher");
    let mut new = old.clone();
    old.class = String::new();
    new.name = "Яхонтова Лидия Игоревна".to_owned();
    new.email = "yahontova@example.org".to_owned();
    new.class = "7А".to_owned();
    // The posters name the moderator, so those are really new; the slips of the others are not.
    school.staff.push(new);
    school.save_staff();
    school.applied(SECOND);
    let letter = handed_out::letter(&school.output("Письма/7А 08.09.2026 № 1.eml"));
    assert_eq!(letter.to, ["yahontova@example.org"]);
    let lines: Vec<&str> = letter.text.lines().collect();
    let line = lines.iter().find(|line| line.contains("7А Талоны.pdf")).expect("the slips are enclosed");
    assert!(line.contains("для сведения: уже розданы, раздавать снова не нужно"), "{line}");
    // Only the newcomer's slips are to be handed out.
    assert!(letter.text.contains("талоны (2)"), "{}", letter.text);
    let slips = handed_out::papers(&school.output("7А/7А Изменения 08.09.2026 № 1.pdf"));
    let of: BTreeSet<_> = slips.iter().filter_map(|paper| paper.pupil.clone()).collect();
    assert_eq!(of, [name].into());
}

#[test]
fn nobody_finds_a_void_code() {
    let mut school = SmallSchool::issued(&CLASSES);
    school.arrive("7А");
    school.arrive("5А");
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    let parents = replace_link(&mut school, "7А/родители");
    let before = school.stamps();
    let answer = school.applied(THIRD);
    assert!(!links(&school).contains(&parents), "a void link in «выдача»");
    // The sheet with its slips, its letter, and the first letter went; those of 5А and 7Б stand.
    assert_eq!(
        letters(&school),
        ["5А 08.09.2026 № 1.eml", "5А.eml", "7А 15.09.2026 № 1.eml", "7Б.eml"],
        "{}",
        answer.stdout
    );
    assert!(before.contains_key("выдача/7А/7А Изменения 08.09.2026 № 1.pdf"));
    assert!(!school.stamps().contains_key("выдача/7А/7А Изменения 08.09.2026 № 1.pdf"));
    assert!(answer.stdout.contains("Убрано устаревшее"), "{}", answer.stdout);
    let stamps = school.stamps();
    school.applied(THIRD);
    assert!(school.stamps() == stamps);
}

#[test]
fn the_slips_of_a_pupil_who_left_again_do_not_outlive_the_link() {
    let mut school = SmallSchool::issued(&CLASSES);
    let name = school.arrive("7А");
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    school.leave(&name);
    school.save_lists(ListForm::Csv);
    school.applied(THIRD);
    let parents = replace_link(&mut school, "7А/родители");
    school.applied(FOURTH);
    assert!(!links(&school).contains(&parents), "a void link in «выдача»");
}

#[test]
fn a_sheet_that_asks_for_removals_stays() {
    let mut school = SmallSchool::issued(&CLASSES);
    school.arrive("7А");
    let name = school.names("7А")[1].clone();
    school.leave(&name);
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    replace_link(&mut school, "7А/родители");
    school.applied(THIRD);
    // Who is to be removed stands nowhere else.
    assert!(school.stamps().contains_key("выдача/7А/7А Изменения 08.09.2026 № 1.pdf"));
    assert!(letters(&school).contains(&"7А 08.09.2026 № 1.eml".to_owned()), "{:?}", letters(&school));
}

#[test]
fn a_sheet_that_was_changed_by_hand_is_kept_and_named() {
    let mut school = SmallSchool::issued(&CLASSES);
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    let sheet = "выдача/7А/7А Изменения 08.09.2026 № 1.pdf";
    fs::write(school.path().join(sheet), "моё").expect("written");
    replace_link(&mut school, "7А/родители");
    let answer = school.applied(THIRD);
    assert_eq!(fs::read_to_string(school.path().join(sheet)).expect("kept"), "моё");
    assert!(answer.stderr.contains("7А Изменения 08.09.2026 № 1.pdf"), "{}", answer.shown());
}

#[test]
fn a_letter_with_the_slip_of_a_pupil_who_left_stays() {
    let mut school = SmallSchool::issued(&CLASSES);
    let name = school.names("7Б")[1].clone();
    school.leave(&name);
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    // What the code leads to is still the chat of the class, and the sheet of the change names the slip to destroy.
    assert_eq!(letters(&school), ["5А.eml", "7А.eml", "7Б 08.09.2026 № 1.eml", "7Б.eml"]);
}

#[test]
fn whom_to_admit_is_listed() {
    let mut school = SmallSchool::issued(&CLASSES);
    let mut new = school.staff.last().expect("a teacher").clone();
    new.name = "Яхонтова Лидия Игоревна".to_owned();
    new.email = "yahontova@example.org".to_owned();
    new.class = String::new();
    school.staff.push(new);
    school.save_staff();
    let planned = school.planned(SECOND, &["admission"]);
    for chat in ["Учительская", "Сотрудники"] {
        let task = format!("Школа: включить в чат «{chat}»: Яхонтова Лидия Игоревна");
        assert!(planned.contains(&task), "{planned:?}");
    }
    assert!(planned.iter().all(|line| line.starts_with("Школа: ")), "{planned:?}");
    school.applied(SECOND);
    let sheet = pdf_text::texts(&school.output("Школа/Школа Изменения 08.09.2026 № 1.pdf"));
    for text in ["Включить в чаты", "Яхонтова Лидия Игоревна", "Учительская", "новый сотрудник", "Что сделать"]
    {
        assert!(sheet.iter().any(|page| page.holds(text)), "«{text}» on the sheet of the school");
    }
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
    // Pupils and parents come by their slips.
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    assert_eq!(school.planned(THIRD, &["admission"]), Vec::<String>::new());
}

#[test]
fn a_plan_tells_what_stays_and_what_is_awaited() {
    let mut school = SmallSchool::of(&CLASSES);
    school.register.remove("7Б/родители");
    school.save_register();
    school.applied(FIRST);
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    let plan = school.plan(SECOND).stdout.replace('\u{a0}', " ");
    assert!(plan.contains("  = остаются в силе: 10 талонов, "), "{plan}");
    assert!(plan.contains("Без изменений (3): 5А, 7Б, Школа."), "{plan}");
    assert!(plan.contains("Всего остаются в силе: 22 талона, "), "{plan}");
    assert!(plan.contains("Всего ждут ссылку: 1 чат."), "{plan}");
    let json = school.plan_json(SECOND);
    assert_eq!(json["awaited_links"][0]["chat"], "7Б/родители");
    assert_eq!(json["awaited_links"][0]["scope"], "7Б");
    assert_eq!(json["kept_in_all"]["slips"], 22);
    let of_class = json["kept"].as_array().expect("rows").iter().find(|row| row["scope"] == "7А");
    assert_eq!(of_class.expect("a row")["slips"], 10);
}

#[test]
fn a_lost_memory_is_named() {
    let school = SmallSchool::issued(&CLASSES);
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(school.path().join(format!("zavuch.db{end}")));
    }
    for call in [&["почему", "7А", "школа"][..], &["забыть", "школа", "--dry-run"]] {
        let answer = school.call(call);
        assert_eq!(answer.status, 1, "{}", answer.shown());
        assert!(answer.stderr.to_lowercase().contains("память программы пропала"), "{}", answer.shown());
        assert!(answer.stderr.contains("Верните этот файл из копии папки"), "{}", answer.shown());
    }
}

#[test]
fn dates_do_not_run_backwards() {
    let mut school = SmallSchool::issued(&CLASSES);
    let check = |answer: &crate::call::Answer| {
        assert_eq!(answer.status, 2, "{}", answer.shown());
        assert!(answer.stderr.contains("раньше даты последнего запуска (01.09.2026)"), "{}", answer.shown());
    };
    check(&school.call(&["бумаги", "школа", "--class", "7А", "--date", "2026-08-31"]));
    // Where nothing is to be done, any day will do.
    school.applied("2026-08-31");
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    check(&school.apply("2026-08-31"));
    school.applied(FIRST);
}

#[test]
fn papers_of_half_the_lists_are_refused_by_the_limit() {
    let mut school = SmallSchool::issued(&CLASSES);
    school.pupils.retain(|pupil| pupil.class == "7А");
    school.save_lists(ListForm::Csv);
    let answer = school.call(&["бумаги", "школа", "--class", "7А", "--date", SECOND]);
    assert_eq!(answer.status, 5, "{}", answer.shown());
    assert!(answer.stderr.contains("новые списки слишком отличаются от прежних"), "{}", answer.shown());
}

/// Letters that went to a wrong address may never have been read: what they asked for is asked for again.
#[test]
fn a_corrected_address_gets_the_tasks_of_earlier_changes() {
    let mut school = SmallSchool::issued(&CLASSES);
    let gone = school.names("7А")[1].clone();
    school.leave(&gone);
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    school.staff.iter_mut().find(|one| one.class == "7А").expect("a teacher").email = "vernyi@example.org".to_owned();
    school.save_staff();
    school.applied(THIRD);
    let letter = handed_out::letter(&school.output("Письма/7А 15.09.2026 № 1.eml"));
    for step in ["задания всех прежних изменений", "Удалите из чатов", "Соберите и уничтожьте"]
    {
        assert!(letter.text.contains(step), "«{step}» in {}", letter.text);
    }
    let earlier = handed_out::void(&school.output("7А/7А Изменения 08.09.2026 № 1.pdf"));
    let void = handed_out::void(&school.output("7А/7А Изменения 15.09.2026 № 1.pdf"));
    assert!(!earlier.is_empty() && earlier == void, "{earlier:?} {void:?}");
    assert_eq!(school.call(&["план", "школа", "--date", THIRD, "--check"]).status, 0);
}
