//! A whole invented school of any size, written as a workspace: the input of the benchmark.
//!
//! The same numbers of classes and pupils give the same bytes: everything comes from a counter that is mixed, no clock
//! and no random source is asked. All tables are CSV, so that nothing but the standard library is needed. It knows
//! nothing of the program but the forms of its inputs.

use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

/// Surnames of men; women get an «а».
pub(crate) const SURNAMES: [&str; 24] = [
    "Абрамов",
    "Берёзкин",
    "Виноградов",
    "Горшенин",
    "Дёмин",
    "Журавлёв",
    "Зорькин",
    "Ключников",
    "Ковалёв",
    "Лапин",
    "Лещёв",
    "Мельников",
    "Муравьёв",
    "Нестеров",
    "Осипов",
    "Плетнёв",
    "Рощин",
    "Селезнёв",
    "Соловьёв",
    "Стрижов",
    "Тихонов",
    "Усачёв",
    "Фёдоров",
    "Шестаков",
];

/// Given names of men with the patronymics of their sons and daughters.
const MEN: [[&str; 3]; 12] = [
    ["Алексей", "Алексеевич", "Алексеевна"],
    ["Артём", "Артёмович", "Артёмовна"],
    ["Борис", "Борисович", "Борисовна"],
    ["Виктор", "Викторович", "Викторовна"],
    ["Денис", "Денисович", "Денисовна"],
    ["Егор", "Егорович", "Егоровна"],
    ["Илья", "Ильич", "Ильинична"],
    ["Максим", "Максимович", "Максимовна"],
    ["Павел", "Павлович", "Павловна"],
    ["Пётр", "Петрович", "Петровна"],
    ["Семён", "Семёнович", "Семёновна"],
    ["Фёдор", "Фёдорович", "Фёдоровна"],
];

pub(crate) const WOMEN: [&str; 12] =
    ["Алёна", "Вера", "Дарья", "Елена", "Зоя", "Ксения", "Мария", "Нина", "Ольга", "София", "Татьяна", "Яна"];

/// The letters of the classes of one grade.
const LITERAS: [&str; 8] = ["А", "Б", "В", "Г", "Д", "Е", "Ж", "З"];

/// The subjects of every class; the last is taught in two groups.
const SUBJECTS: [&str; 8] = [
    "Русский язык",
    "Литература",
    "Математика",
    "История",
    "География",
    "Биология",
    "Физическая культура",
    "Английский язык",
];

/// The chats of a class: the last part of the key, the kind in words, the title behind the class.
const CLASS_CHATS: [[&str; 3]; 3] = [
    ["ученики", "чат обучающихся класса", "обучающиеся"],
    ["родители", "чат родителей класса", "родители"],
    ["учителя", "чат учителей класса", "учителя"],
];

/// The chats of the school: the last part of the key, the kind in words, the title.
const SCHOOL_CHATS: [[&str; 3]; 7] = [
    ["учительская", "чат «Учительская»", "Учительская"],
    ["директор и заместители", "чат директора с заместителями", "Директор и заместители"],
    ["директор и педагоги", "чат директора с педагогами", "Директор и педагоги"],
    ["родительский актив", "чат директора с родительским активом", "Директор и родительский актив"],
    ["актив обучающихся", "чат директора с активом обучающихся", "Директор и актив обучающихся"],
    ["общешкольный канал", "общешкольный канал", "Общешкольный канал"],
    ["сотрудники", "канал сотрудников", "Сотрудники"],
];

/// The settings after the school and its officials.
const SETTINGS: &str = "\n[regulation]\npreset = \"school-31\"\ndate = \"28.08.2026\"\nnumber = \"187-ОД\"\n\
     hours = \"07:00-19:00\"\nother_channel = \"электронный журнал, тел. 8 (800) 000-00-00\"\n\n[chats]\n\
     class_students = true\nclass_parents = true\nclass_teachers = true\nclass_subject = true\n\
     subject_grades = \"1-11\"\n\n[deadlines]\nchats = \"01.09.2026\"\nacknowledgement = \"10.09.2026\"\n\
     joining = \"20.09.2026\"\n\n[papers]\nslips_per_page = 8\nblank_rows = 3\n\n[mail]\n\
     from = \"max@example.org\"\n";

const ROSTER_HEADER: [&str; 7] =
    ["Класс", "ФИО обучающегося", "Дата рождения", "Мать (ФИО)", "Телефон матери", "Отец (ФИО)", "Телефон отца"];

/// A row of a class list.
pub(crate) type RosterRow = [String; ROSTER_HEADER.len()];

/// The rows of the class list of so many classes and pupils, the header first.
pub(crate) fn class_list(classes: usize, pupils: usize) -> Vec<RosterRow> {
    School::of(classes, pupils).roster_rows()
}

/// Writes a workspace of so many classes and pupils into `dir`, which is made where it is missing.
///
/// Files that a former call wrote are written over. At most 88 classes, eight of each grade, have names of one letter;
/// further classes a number behind the letter («1 А1»).
///
/// # Errors
/// When a folder or a file cannot be written.
pub(crate) fn workspace(dir: &Path, classes: usize, pupils: usize) -> io::Result<()> {
    let school = School::of(classes, pupils);
    fs::create_dir_all(dir.join("списки"))?;
    write(&dir.join("списки").join("обучающиеся.csv"), &school.roster())?;
    write(&dir.join("штат.csv"), &school.staff())?;
    write(&dir.join("нагрузка.csv"), &school.load())?;
    write(&dir.join("ссылки.csv"), &school.register())?;
    write(&dir.join("zavuch.toml"), &school.settings())
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "an input of the benchmark, written before the program runs")]
    fs::write(path, text)
}

/// A school as its tables need it.
struct School {
    classes: Vec<Class>,
    /// The office first: director, two deputies, administrator; then the homeroom teachers, then further teachers.
    staff: Vec<String>,
}

/// A class and the number of its pupils.
struct Class {
    name: String,
    grade: usize,
    size: usize,
}

/// How many of the staff are in the office.
const OFFICE: usize = 4;

/// A chat as the register has it.
struct RegisterRow<'a> {
    key: String,
    class: &'a str,
    words: &'a str,
    title: String,
    moderator: &'a str,
}

impl School {
    fn of(classes: usize, pupils: usize) -> Self {
        let class = |index: usize| {
            let (grade, letter) = (index % 11 + 1, index / 11);
            let litera = LITERAS[letter % LITERAS.len()];
            let name = match letter / LITERAS.len() {
                0 => format!("{grade}{litera}"),
                round => format!("{grade} {litera}{round}"),
            };
            // The first classes take what does not divide evenly.
            Class { name, grade, size: pupils / classes + usize::from(index < pupils % classes) }
        };
        let mut classes: Vec<Class> = (0..classes).map(class).collect();
        classes.sort_by(|one, other| (one.grade, &one.name).cmp(&(other.grade, &other.name)));
        let staff = (0..OFFICE + classes.len() + classes.len() / 2).map(|index| full_name(index, Sex::Woman)).collect();
        Self { classes, staff }
    }

    /// The teacher who leads a class.
    fn homeroom(&self, class: usize) -> &str {
        &self.staff[OFFICE + class]
    }

    /// The teacher of a subject in a class.
    fn teacher(&self, class: usize, subject: usize) -> &str {
        &self.staff[OFFICE + (class * 5 + subject * 7) % (self.staff.len() - OFFICE)]
    }

    fn roster(&self) -> String {
        let mut table = String::new();
        for row in self.roster_rows() {
            push(&mut table, format_args!("{}", row.join(";")));
        }
        table
    }

    /// The class list, its header first.
    fn roster_rows(&self) -> Vec<RosterRow> {
        let mut rows = vec![ROSTER_HEADER.map(str::to_owned)];
        for class in &self.classes {
            for _ in 0..class.size {
                let number = rows.len() - 1;
                let sex = if mixed(number, 1).is_multiple_of(2) { Sex::Man } else { Sex::Woman };
                let [father, his_phone] = if mixed(number, 2).is_multiple_of(4) {
                    [String::new(), String::new()]
                } else {
                    [full_name(number + 2000, Sex::Man), phone(number * 2 + 1)]
                };
                let (day, month, year) = (mixed(number, 3) % 28 + 1, mixed(number, 4) % 12 + 1, 2019 - class.grade);
                rows.push([
                    class.name.clone(),
                    full_name(number, sex),
                    format!("{day:02}.{month:02}.{year}"),
                    full_name(number + 1000, Sex::Woman),
                    phone(number * 2),
                    father,
                    his_phone,
                ]);
            }
        }
        rows
    }

    fn staff(&self) -> String {
        let mut table = String::from("ФИО;Должность;Роль;E-mail;Предметы;Классное руководство\r\n");
        for (index, name) in self.staff.iter().enumerate() {
            let [post, role] = match index {
                0 => ["директор", "директор"],
                1 => ["заместитель директора по воспитательной работе", "заместитель"],
                2 => ["заместитель директора по учебной работе", "заместитель"],
                3 => ["учитель информатики", "администратор"],
                _ => ["учитель", "учитель"],
            };
            let class = index.checked_sub(OFFICE).and_then(|class| self.classes.get(class));
            let class = class.map_or("", |class| class.name.as_str());
            push(&mut table, format_args!("{name};{post};{role};sotrudnik{index:03}@example.org;;{class}"));
        }
        table
    }

    fn load(&self) -> String {
        let mut table = String::from("Класс;Предмет;Учитель;Группа\r\n");
        for (index, class) in self.classes.iter().enumerate() {
            for (number, subject, group) in lessons() {
                let teacher = self.teacher(index, number);
                push(&mut table, format_args!("{};{subject};{teacher};{group}", class.name));
            }
        }
        table
    }

    fn register(&self) -> String {
        let mut table = String::from("Ключ чата;Класс;Чат;Название;Модератор;Как создан;Ссылка\r\n");
        for (number, row) in self.register_rows().into_iter().enumerate() {
            let RegisterRow { key, class, words, title, moderator } = row;
            let link = link(number);
            push(&mut table, format_args!("{key};{class};{words};{title};{moderator};создан вручную;{link}"));
        }
        table
    }

    fn register_rows(&self) -> Vec<RegisterRow<'_>> {
        let mut rows = Vec::new();
        for (index, Class { name, .. }) in self.classes.iter().enumerate() {
            rows.extend(CLASS_CHATS.map(|[part, words, title]| RegisterRow {
                key: format!("{name}/{part}"),
                class: name,
                words,
                title: format!("{name} — {title}"),
                moderator: self.homeroom(index),
            }));
            rows.extend(lessons().map(|(number, subject, group)| {
                let (tail, words) = match group {
                    "" => (String::new(), String::new()),
                    _ => (format!("/{group}"), format!(" {group}")),
                };
                RegisterRow {
                    key: format!("{name}/предмет/{}{tail}", subject.to_lowercase()),
                    class: name,
                    words: "чат класса по предмету",
                    title: format!("{name} — {subject}{words}"),
                    moderator: self.teacher(index, number),
                }
            }));
        }
        rows.extend(SCHOOL_CHATS.map(|[part, words, title]| RegisterRow {
            key: format!("школа/{part}"),
            class: "",
            words,
            title: title.to_owned(),
            moderator: &self.staff[3],
        }));
        rows
    }

    fn settings(&self) -> String {
        let mut text = String::from(
            "[school]\nfull_name = \"Муниципальное бюджетное общеобразовательное учреждение «Большая школа № 100»\"\n\
             short_name = \"МБОУ «Большая школа № 100»\"\ncity = \"г. Заречный\"\nphone = \"8 (800) 000-00-00\"\n",
        );
        let officials = [
            ["director", "директор"],
            ["curator", "заместитель директора"],
            ["administrator", "администратор платформы"],
        ];
        for ([key, post], index) in officials.into_iter().zip([0, 1, 3]) {
            let name = &self.staff[index];
            // Writing to a String cannot fail.
            let _ = write!(text, "\n[{key}]\nname = \"{name}\"\npost = \"{post}\"\n");
        }
        text + SETTINGS
    }
}

/// The lessons of a class: the number of the teacher, the subject, the group or nothing.
fn lessons() -> impl Iterator<Item = (usize, &'static str, &'static str)> {
    let whole = SUBJECTS.into_iter().enumerate().map(|(number, subject)| (number, subject, ""));
    let [first, second] = [(7, SUBJECTS[7], "1"), (8, SUBJECTS[7], "2")];
    whole.take(SUBJECTS.len() - 1).chain([first, second])
}

fn push(table: &mut String, row: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = write!(table, "{row}\r\n");
}

/// Whose name it is.
#[derive(Clone, Copy)]
enum Sex {
    Man,
    Woman,
}

/// The name of a person by number: 3456 different names, then the same again.
fn full_name(number: usize, sex: Sex) -> String {
    let place = number * 1753 % 3456;
    let (surname, given, father) = (place % 24, place / 24 % 12, place / 288);
    match sex {
        Sex::Man => format!("{} {} {}", SURNAMES[surname], MEN[given][0], MEN[father][1]),
        Sex::Woman => format!("{}а {} {}", SURNAMES[surname], WOMEN[given], MEN[father][2]),
    }
}

/// A telephone of the range +7 944 000-xx-xx, which is in no one's use.
fn phone(number: usize) -> String {
    format!("+7 944 000-{:02}-{:02}", number / 100 % 100, number % 100)
}

/// An invitation link of the usual form that leads nowhere; each number has its own.
fn link(number: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let tail = (0..32).map(|place| char::from(LETTERS[(mixed(number, 100 + place) % 64) as usize]));
    format!("https://max.ru/join/EXAMPLE{number:04}{}", tail.collect::<String>())
}

/// Numbers that look random: the finaliser of `SplitMix64` over a pair.
fn mixed(number: usize, salt: u64) -> u64 {
    let mut state =
        (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(salt.wrapping_mul(0xD1B5_4A32_D192_ED03));
    state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    state ^ (state >> 31)
}
