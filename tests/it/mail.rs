//! Letters that are really sent, to a server that keeps its own list of what arrived.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::call::Answer;
use crate::fault::{Fault, FaultServer, Point, Secured, Taken};
use crate::handed_out;
use crate::small_school::{FIRST, ListForm, SECOND, SmallSchool, without_patronymic};

const CLASSES: [(&str, usize); 3] = [("5А", 3), ("7А", 4), ("7Б", 3)];
const THIRD: &str = "2026-09-15";
const PASSWORD: &str = "canary-Qz7!пароль";

pub(crate) fn server(fault: Option<(Point, Fault)>, after: usize) -> FaultServer {
    FaultServer::start(Secured::No, fault, after)
}

/// Settings that send by a server, with a file for the password.
pub(crate) fn sends_by(school: &SmallSchool, server: &FaultServer) {
    let path = school.path().join("zavuch.toml");
    let text = fs::read_to_string(&path).expect("settings");
    let text = text.split("provider = ").next().expect("a beginning").trim_end().to_owned();
    let more = format!(
        "\nprovider = \"custom\"\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"plain\"\npassword_file = \"пароль.txt\"\n\
         pause_seconds = 0\n",
        server.port
    );
    fs::write(path, text + &more).expect("settings");
    password(school, PASSWORD, 0o600);
}

fn password(school: &SmallSchool, text: &str, mode: u32) {
    school.write("пароль.txt", text.as_bytes());
    #[cfg(unix)]
    {
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(mode);
        fs::set_permissions(school.path().join("пароль.txt"), permissions).expect("permissions");
    }
    let _ = mode;
}

/// A school with its first papers, and a server.
pub(crate) fn school() -> (SmallSchool, FaultServer) {
    let (school, server) = (SmallSchool::of(&CLASSES), server(None, 0));
    sends_by(&school, &server);
    school.applied(FIRST);
    (school, server)
}

pub(crate) fn send(school: &SmallSchool, more: &[&str]) -> Answer {
    school.call(&[&["письма", "отправить", "школа", "--yes"], more].concat())
}

/// The number of the last letter to a class.
pub(crate) fn number(school: &SmallSchool, class: &str) -> String {
    let list: Value =
        serde_json::from_str(&school.call(&["письма", "список", "школа", "--json"]).stdout).expect("JSON");
    let letters = list["letters"].as_array().expect("letters");
    let letter = letters.iter().rfind(|one| one["class"] == class).expect("a letter");
    letter["id"].as_str().expect("a number").to_owned()
}

/// «5А sent», letter by letter.
pub(crate) fn states(school: &SmallSchool) -> Vec<String> {
    let answer = school.call(&["письма", "список", "школа", "--json"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let list: Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
    let letters = list["letters"].as_array().expect("letters").iter();
    letters.map(|one| format!("{} {}", one["class"].as_str().unwrap(), one["state"].as_str().unwrap())).collect()
}

/// The header of a letter, unfolded.
fn header(letter: &Taken, name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(&letter.text).replace("\r\n ", " ");
    text.lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| line.strip_prefix(&format!("{name}: ")))
        .map(str::to_owned)
}

#[test]
fn every_teacher_gets_the_own_class_once() {
    let (school, server) = school();
    let preview = school.call(&["письма", "школа"]);
    assert_eq!(preview.status, 0, "{}", preview.shown());
    for words in ["Ждёт отправки: 3 письма", "uchitel1@example.org", "Отправка займёт меньше минуты"]
    {
        assert!(preview.stdout.replace('\u{a0}', " ").contains(words), "{}", preview.shown());
    }
    let open = school.call(&["письма", "показать", "школа", "--open", &number(&school, "7А")]);
    assert!(open.stdout.contains("Здравствуйте") && open.stdout.contains("7A-Talony.pdf"), "{}", open.shown());

    let unasked = school.call(&["письма", "отправить", "школа"]);
    assert_eq!(unasked.status, 2, "{}", unasked.shown());
    let test = send(&school, &["--test", "max@example.org"]);
    assert_eq!(test.status, 0, "{}", test.shown());
    assert!(server.taken().iter().all(|one| one.to == "max@example.org"));
    assert_eq!(states(&school), ["5А queued", "7А queued", "7Б queued"]);

    let one = send(&school, &["--only", "7А"]);
    assert_eq!(one.status, 4, "{}", one.shown());
    assert_eq!(states(&school), ["5А queued", "7А sent", "7Б queued"]);
    let limited = send(&school, &["--limit", "1"]);
    assert_eq!(limited.status, 4, "{}", limited.shown());
    let rest = send(&school, &[]);
    assert_eq!(rest.status, 0, "{}", rest.shown());
    let again = send(&school, &[]);
    assert_eq!((again.status, again.stdout.as_str()), (0, "Писем, которые ждут отправки, нет.\n"), "{}", again.shown());
    assert_eq!(states(&school), ["5А sent", "7А sent", "7Б sent"]);

    let taken = server.taken();
    assert_eq!(taken.len(), 6);
    assert_eq!(taken.iter().map(|one| &one.message_id).collect::<BTreeSet<_>>().len(), 6);
    for (number, (class, _)) in CLASSES.iter().enumerate() {
        let to = format!("uchitel{number}@example.org");
        let mine: Vec<&Taken> = taken.iter().filter(|one| one.to == to).collect();
        assert_eq!(mine.len(), 1);
        assert_eq!(header(mine[0], "X-Unsent"), None);
        let letter = handed_out::letter(&mine[0].text);
        assert_eq!(letter.to, [to]);
        assert!(letter.subject.starts_with(class), "{}", letter.subject);
        let slips: BTreeSet<String> =
            letter.pdfs().iter().flat_map(|pdf| handed_out::papers(pdf)).filter_map(|paper| paper.pupil).collect();
        let pupils: BTreeSet<String> = school.names(class).into_iter().collect();
        assert_eq!(slips.iter().map(|name| without_patronymic(name)).collect::<BTreeSet<_>>(), pupils);
    }
}

#[test]
fn a_letter_that_was_not_sent_is_replaced_and_loses_nothing() {
    let (mut school, server) = school();
    assert_eq!(send(&school, &["--only", "7А"]).status, 4);
    for class in ["5А", "7А"] {
        school.arrive(class);
    }
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    assert_eq!(states(&school), ["5А cancelled", "5А queued", "7А sent", "7А queued", "7Б queued"]);
    assert_eq!(send(&school, &[]).status, 0);
    let taken = server.taken();
    let of = |class: &str| {
        let number = CLASSES.iter().position(|(one, _)| *one == class).unwrap();
        taken.iter().filter(move |one| one.to == format!("uchitel{number}@example.org")).collect::<Vec<_>>()
    };
    // What was never sent comes whole, with the newcomer, and says what it replaces.
    let [whole] = of("5А")[..] else { panic!("{}", of("5А").len()) };
    let letter = handed_out::letter(&whole.text);
    assert!(letter.text.contains("заменяет «5А: приглашения в чаты MAX и памятка»"), "{}", letter.text);
    assert_eq!(header(whole, "In-Reply-To"), None);
    let slips: BTreeSet<String> =
        letter.pdfs().iter().flat_map(|pdf| handed_out::papers(pdf)).filter_map(|paper| paper.pupil).collect();
    assert_eq!(slips.len(), school.names("5А").len());
    // What was sent is followed by the change alone.
    let [first, change] = of("7А")[..] else { panic!("{}", of("7А").len()) };
    assert_eq!(header(change, "In-Reply-To"), header(first, "Message-ID"));
    assert!(!handed_out::letter(&change.text).text.contains("заменяет"));
    assert_eq!(of("7Б").len(), 1);
}

#[test]
fn a_letter_that_fits_no_longer_is_held_back() {
    let (mut school, server) = school();
    let teacher = school.staff.iter_mut().find(|one| one.class == "7А").unwrap();
    teacher.email = "novaya@example.org".to_owned();
    school.save_staff();
    let preview = school.call(&["письма", "показать", "школа"]);
    assert!(preview.stdout.contains("(7А) не уйдёт: адрес классного руководителя изменился"), "{}", preview.shown());
    let held = send(&school, &[]);
    assert_eq!(held.status, 4, "{}", held.shown());
    assert_eq!(states(&school), ["5А sent", "7А held", "7Б sent"]);
    school.applied(SECOND);
    assert_eq!(states(&school), ["5А sent", "7А cancelled", "7А queued", "7Б sent"]);
    assert_eq!(send(&school, &[]).status, 0);
    let to: Vec<String> = server.taken().into_iter().map(|one| one.to).collect();
    assert_eq!(to, ["uchitel0@example.org", "uchitel2@example.org", "novaya@example.org"]);

    // Who was written to before at another address is confirmed by number.
    let teacher = school.staff.iter_mut().find(|one| one.class == "7А").unwrap();
    teacher.email = "drugaya@example.org".to_owned();
    school.save_staff();
    school.applied(THIRD);
    let stopped = send(&school, &[]);
    assert_eq!(stopped.status, 5, "{}", stopped.shown());
    assert!(stopped.stderr.contains("было novaya@example.org, стало drugaya@example.org"), "{}", stopped.shown());
    assert_eq!(send(&school, &["--allow-addresses", "2"]).status, 5);
    assert_eq!(send(&school, &["--allow-addresses", "1"]).status, 0);
    assert_eq!(server.taken().last().unwrap().to, "drugaya@example.org");
}

#[test]
fn what_is_unknown_is_shown_until_a_person_has_decided() {
    let school = SmallSchool::of(&CLASSES);
    let server = server(Some((Point::Taken, Fault::Fin)), 1);
    sends_by(&school, &server);
    school.applied(FIRST);
    let answer = send(&school, &[]);
    assert_eq!(answer.status, 4, "{}", answer.shown());
    assert!(answer.stdout.contains("письма решить \"школа\" --sent НОМЕР"), "{}", answer.shown());
    assert_eq!(states(&school), ["5А sent", "7А unknown", "7Б sent"]);
    for _ in 0..2 {
        assert_eq!(send(&school, &[]).status, 4);
    }
    assert_eq!(server.taken().len(), 3);
    let wrong = school.call(&["письма", "решить", "школа", "--resend", &number(&school, "5А")]);
    assert_eq!(wrong.status, 2, "{}", wrong.shown());
    assert_eq!(school.call(&["письма", "решить", "школа", "--sent", "99"]).status, 2);
    let decided = school.call(&["письма", "решить", "школа", "--sent", &number(&school, "7А")]);
    assert!(decided.status == 0 && decided.stdout.ends_with(" (7А): отправлено.\n"), "{}", decided.shown());
    assert_eq!(send(&school, &[]).status, 0);
    assert_eq!(server.taken().len(), 3);
}

#[test]
fn a_letter_in_the_name_of_another_sender_is_held_back() {
    let (school, server) = school();
    let path = school.path().join("zavuch.toml");
    let settings = fs::read_to_string(&path).unwrap().replace("max@example.org", "novyy@example.org");
    fs::write(&path, settings).unwrap();
    let answer = send(&school, &[]);
    assert_eq!(answer.status, 4, "{}", answer.shown());
    assert!(server.taken().is_empty());
    assert_eq!(states(&school), ["5А held", "7А held", "7Б held"]);
}

#[test]
fn who_is_forgotten_is_in_no_letter_any_more() {
    let (mut school, _server) = school();
    assert_eq!(send(&school, &["--only", "7Б"]).status, 4);
    let name = school.names("7А")[0].clone();
    school.leave(&name);
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    let kept = || {
        let store = zavuch::store::Store::read(&school.path()).expect("a store").expect("a store");
        let letters = store.letters().expect("letters").into_iter();
        letters.map(|one| format!("{} {} {}", one.class, one.state.id(), one.has_bytes)).collect::<Vec<_>>()
    };
    let before = ["5А queued true", "7А cancelled true", "7А queued true", "7Б sent true"];
    assert_eq!(kept(), before);
    let forgotten = school.call(&["забыть", "школа", "--date", "2026-12-01", "--yes"]);
    assert_eq!(forgotten.status, 0, "{}", forgotten.shown());
    let told =
        "Эти письма не были отправлены и уже не уйдут: передайте сами, что в них было сказано:\n  Письма/7А.eml\n";
    assert!(forgotten.stdout.contains(told), "{}", forgotten.shown());
    assert_eq!(kept(), ["5А queued true", "7А cancelled false", "7А held false", "7Б sent false"]);
    let answer = send(&school, &[]);
    assert_eq!(answer.status, 4, "{}", answer.shown());
}

#[test]
fn a_password_comes_from_where_only_its_owner_reads() {
    let (school, server) = school();
    password(&school, PASSWORD, 0o644);
    let open = send(&school, &[]);
    assert_eq!(open.status, 2, "{}", open.shown());
    assert!(open.stderr.contains("могут прочитать другие"), "{}", open.shown());
    fs::remove_file(school.path().join("пароль.txt")).expect("removed");
    assert_eq!(send(&school, &[]).status, 2);
    let path = school.path().join("zavuch.toml");
    let settings = fs::read_to_string(&path).unwrap().replace("password_file = \"пароль.txt\"\n", "");
    fs::write(&path, settings).unwrap();
    let none = send(&school, &[]);
    assert_eq!(none.status, 2, "{}", none.shown());
    assert!(none.stderr.contains("ZAVUCH_MAIL_PASSWORD"), "{}", none.shown());
    assert!(server.secrets().is_empty());
    let status = Command::new(env!("CARGO_BIN_EXE_zavuch"))
        .args(["письма", "отправить", "школа", "--yes"])
        .current_dir(school.beside())
        .env_clear()
        .env("ZAVUCH_MAIL_PASSWORD", PASSWORD)
        .stdout(Stdio::null())
        .status()
        .expect("the binary starts");
    assert_eq!((status.code(), server.taken().len()), (Some(0), 3));
    assert_eq!(server.secrets().len(), 1);
}

#[test]
fn nothing_secret_is_in_any_output() {
    let mut said = String::new();
    let mut school = SmallSchool::of(&[("5А", 17), ("7А", 17), ("7Б", 16)]);
    let calls: [&[&str]; 7] = [
        &["письма", "школа"],
        &["письма", "школа", "--json"],
        &["письма", "отправить", "школа", "--yes"],
        &["письма", "отправить", "школа", "--yes", "--json"],
        &["письма", "отправить", "школа", "--yes", "--test", "max@example.org"],
        &["письма", "список", "школа"],
        &["письма", "список", "школа", "--json"],
    ];
    let echo = "5.1.1 <uchitel1@example.org> canary-Qz7!пароль Y2FuYXJ5 https://max.ru/join/EXAMPLE0001AbCdEf";
    let faults = [
        (Point::Auth, Fault::Code(535, echo)),
        (Point::Banner, Fault::Garbage),
        (Point::Mail, Fault::Code(550, echo)),
        (Point::Rcpt, Fault::Code(450, echo)),
        (Point::Dot, Fault::Code(554, echo)),
        (Point::Taken, Fault::Fin),
    ];
    for fault in faults {
        let server = server(Some(fault), 0);
        sends_by(&school, &server);
        school.arrive("5А");
        school.save_lists(ListForm::Csv);
        school.applied(FIRST);
        for call in calls {
            let answer = school.call(call);
            said.push_str(&answer.shown());
        }
    }
    let links: Vec<&String> = school.register.values().collect();
    assert!(school.pupils.len() >= 50 && links.len() >= 9);
    let names = school.pupils.iter().map(|pupil| without_patronymic(&pupil.name));
    let mothers = school.pupils.iter().map(|pupil| pupil.mother.clone());
    let phones = school.pupils.iter().map(|pupil| pupil.phone.clone());
    let secrets = names.chain(mothers).chain(phones).chain(links.into_iter().cloned());
    let hidden = ["canary", "Y2FuYXJ5", "max.ru/join"].map(str::to_owned);
    for secret in secrets.chain(hidden) {
        assert!(!said.contains(&secret), "{secret} is said");
    }
}

/// A school whose homeroom teachers have these names, and the sender this one.
fn with_names(names: [&str; 3], from_name: &str) -> (SmallSchool, FaultServer) {
    let (mut school, server) = (SmallSchool::of(&CLASSES), server(None, 0));
    sends_by(&school, &server);
    for (number, name) in names.into_iter().enumerate() {
        let teacher = school.staff.iter_mut().find(|one| one.class == CLASSES[number].0).unwrap();
        teacher.name = name.to_owned();
    }
    school.staff.last_mut().unwrap().email = "\"\u{a0} uchitel@Школа.РФ ; \"".to_owned();
    school.save_staff();
    let path = school.path().join("zavuch.toml");
    let mail = format!("[mail]\nfrom_name = \"{from_name}\"\n");
    let settings = fs::read_to_string(&path).unwrap().replace("[mail]\n", &mail);
    fs::write(&path, settings).unwrap();
    (school, server)
}

#[test]
fn names_that_nobody_has_are_refused_with_their_cells() {
    let names = [
        "\"Жукова\r\nBcc: evil@example.org\r\nМария Олеговна\"",
        "\"\u{202e}Орлова\u{200f} Анна \"\"\"\"Львовна\"",
        "Ким Вера Олеговна",
    ];
    let (school, server) = with_names(names, "Школа\\r\\nBcc: evil@example.org");
    let applied = school.apply(FIRST);
    assert_eq!(applied.status, 1, "{}", applied.shown());
    for words in ["ячейка A5", "ячейка A6", "Ключ «from_name»"] {
        assert!(applied.stderr.contains(words), "{}", applied.shown());
    }
    assert_eq!(send(&school, &[]).status, 1);
    assert!(server.taken().is_empty());
}

#[test]
fn odd_names_and_addresses_reach_the_right_person_only() {
    let names = [
        "\"Жукова\r\nМария Олеговна\"",
        "\u{202e}Орлова\u{200f} Анна\u{a0}\u{200b}Львовна",
        "Слишком-Длинная-Фамилия-Которая-Никак-Не-Кончится Анна-Мария-Елизавета Олеговна",
    ];
    let (school, server) = with_names(names, &"Имя «Школы», \\\"с кавычками\\\" <x@example.org>; ".repeat(3));
    let applied = school.apply(FIRST);
    assert_eq!(applied.status, 0, "{}", applied.shown());
    let answer = send(&school, &[]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let taken = server.taken();
    let to: Vec<&str> = taken.iter().map(|one| one.to.as_str()).collect();
    assert_eq!(to, ["uchitel0@example.org", "uchitel1@example.org", "uchitel@xn--80atdl2c.xn--p1ai"]);
    for one in taken {
        let text = String::from_utf8_lossy(&one.text);
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(head.is_ascii() && head.lines().all(|line| line.len() <= 998), "{head}");
        assert!(!head.to_lowercase().contains("bcc:") && head.matches("\r\nTo: ").count() == 1, "{head}");
        assert_eq!(handed_out::letter(&one.text).to, [one.to]);
    }
}

#[test]
fn ctrl_c_ends_after_the_letter_in_hand() {
    let (school, server) = school();
    let path = school.path().join("zavuch.toml");
    let settings = fs::read_to_string(&path).unwrap().replace("pause_seconds = 0", "pause_seconds = 60");
    fs::write(&path, settings).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_zavuch"))
        .args(["письма", "отправить", "школа", "--yes"])
        .current_dir(school.beside())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let begin = Instant::now();
    while server.taken().is_empty() && begin.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(10));
    }
    let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(killed.success());
    let output = child.wait_with_output().expect("it ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{stderr}");
    assert!(stderr.contains("остановлена по вашей просьбе"), "{stderr}");
    assert_eq!(states(&school), ["5А sent", "7А queued", "7Б queued"]);
}

/// Kills of the real program, at random moments, with a sound server and with faulty ones. `ZAVUCH_KILLS=1000` makes it a
/// long run.
#[test]
fn killed_at_random() {
    let kills: usize = std::env::var("ZAVUCH_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(8);
    let origin = SmallSchool::of(&[("5А", 2), ("6А", 2), ("7А", 2), ("7Б", 2), ("8А", 2), ("9А", 2)]);
    let judge = server(None, 0);
    sends_by(&origin, &judge);
    origin.applied(FIRST);
    let mut seed = 20_261_121_u64;
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let faults = [
        None,
        None,
        Some((Point::Dot, Fault::Rst)),
        Some((Point::Taken, Fault::Fin)),
        Some((Point::Body(50), Fault::Fin)),
        Some((Point::Rcpt, Fault::Code(421, "closing"))),
    ];
    // The kills fall between the start and the end of an undisturbed run, on a slow machine, too.
    let undisturbed = origin.twin();
    let begin = Instant::now();
    assert_eq!(send(&undisturbed, &[]).status, 0);
    let whole = u64::try_from(begin.elapsed().as_micros()).expect("a short time");
    let (mut done, mut unknown_at_all, mut in_the_middle) = (0, 0, 0);
    while done < kills {
        let school = origin.twin();
        let judge = server(faults[random(6) as usize], 2);
        sends_by(&school, &judge);
        for _ in 0..3 {
            let mut child = Command::new(env!("CARGO_BIN_EXE_zavuch"))
                .args(["письма", "отправить", "школа", "--yes"])
                .current_dir(school.beside())
                .env_clear()
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .expect("the binary starts");
            std::thread::sleep(Duration::from_micros(random(whole)));
            child.kill().expect("it is killed");
            child.wait().expect("it ends");
            done += 1;
        }
        let between = judge.taken().len();
        in_the_middle += usize::from(between > 0 && between < 6);
        assert!([0, 4].contains(&send(&school, &[]).status));
        let taken: Vec<String> =
            judge.taken().into_iter().map(|one| format!("{} {}", one.message_id, one.to)).collect();
        let store = zavuch::store::Store::read(&school.path()).expect("a store").expect("a store");
        for letter in store.letters().expect("letters") {
            let key = format!("{} {}", letter.message_id, letter.address);
            let times = taken.iter().filter(|one| **one == key).count();
            match letter.state {
                zavuch::store::LetterState::Sent => assert_eq!(times, 1, "{} of {done}", letter.class),
                zavuch::store::LetterState::Unknown => {
                    assert!(times <= 1, "{} of {done}", letter.class);
                    unknown_at_all += 1;
                }
                // The server has put it off, and its time has not come.
                zavuch::store::LetterState::Queued => assert!(times == 0 && letter.not_before.is_some(), "{done}"),
                other => panic!("{} is {other:?}", letter.class),
            }
        }
        assert_eq!(taken.len(), taken.iter().collect::<BTreeSet<_>>().len(), "a letter was taken twice");
    }
    if kills >= 100 {
        println!(
            "{done} kills: {in_the_middle} schools in the middle, {unknown_at_all} letters unknown, none twice or lost"
        );
        assert!(in_the_middle > 0);
    }
}
