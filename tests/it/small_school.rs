//! A small school of the tests' own, whose tables a test changes as a secretary would.
//!
//! It writes the tables of a workspace and calls the program on it. It knows nothing of what the program makes of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;
use serde_json::Value;
use tempfile::TempDir;
use zavuch::school::SchoolState;
use zavuch::store::Store;

use crate::call::{Answer, call};
use crate::generate::{SURNAMES, WOMEN};
use crate::stamps::{Stamps, stamps};

/// A row of the class list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pupil {
    pub(crate) class: String,
    /// Surname, given name, patronymic.
    pub(crate) name: String,
    /// «05.04.2013»; empty where the list has none.
    pub(crate) birth: String,
    pub(crate) mother: String,
    pub(crate) phone: String,
}

/// A row of the staff table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Colleague {
    pub(crate) name: String,
    pub(crate) post: &'static str,
    pub(crate) role: &'static str,
    pub(crate) email: String,
    /// The class of a homeroom teacher.
    pub(crate) class: String,
}

/// How the class list is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListForm {
    /// As a .csv.
    Csv,
    /// As a .csv with its columns in another order, under other headers.
    OtherColumns,
    /// As an .xlsx, in that other order.
    Workbook,
}

/// A workspace and what stands in its tables.
pub(crate) struct SmallSchool {
    folder: TempDir,
    pub(crate) pupils: Vec<Pupil>,
    pub(crate) staff: Vec<Colleague>,
    /// The links by the keys of the chats; a row without a link is empty.
    pub(crate) register: BTreeMap<String, String>,
    /// Which chat each link that was ever made is for.
    owners: BTreeMap<String, String>,
}

const MEN: [&str; 12] =
    ["Алексей", "Артём", "Борис", "Виктор", "Денис", "Егор", "Илья", "Максим", "Павел", "Пётр", "Семён", "Фёдор"];
const SETTINGS: &str = "[school]\n\
    full_name = \"Муниципальное бюджетное общеобразовательное учреждение «Малая школа № 7»\"\n\
    short_name = \"МБОУ «Малая школа № 7»\"\ncity = \"г. Заречный\"\nphone = \"8 (800) 000-00-00\"\n\n\
    [director]\nname = \"Орлова Инна Львовна\"\npost = \"директор\"\n\n\
    [curator]\nname = \"Громова Зоя Петровна\"\npost = \"заместитель директора\"\n\n\
    [administrator]\nname = \"Лосев Пётр Ильич\"\npost = \"администратор платформы\"\n\n\
    [regulation]\npreset = \"school-31\"\ndate = \"28.08.2026\"\nnumber = \"187-ОД\"\n\
    other_channel = \"электронный журнал, тел. 8 (800) 000-00-00\"\n\n\
    [deadlines]\nchats = \"01.09.2026\"\nacknowledgement = \"10.09.2026\"\njoining = \"20.09.2026\"\n\n\
    [papers]\nslips_per_page = 8\nblank_rows = 3\n\n[mail]\nfrom = \"max@example.org\"\n";

/// The day of the first papers.
pub(crate) const FIRST: &str = "2026-09-01";
/// The day of the next ones.
pub(crate) const SECOND: &str = "2026-09-08";

impl SmallSchool {
    /// A school of so many pupils in these classes, with a link for every chat. Nothing is applied yet.
    pub(crate) fn of(classes: &[(&str, usize)]) -> Self {
        let mut school = Self {
            folder: tempfile::tempdir().expect("a scratch folder"),
            pupils: Vec::new(),
            staff: Vec::new(),
            register: BTreeMap::new(),
            owners: BTreeMap::new(),
        };
        for (class, size) in classes {
            for _ in 0..*size {
                let pupil = pupil(school.pupils.len(), class);
                school.pupils.push(pupil);
            }
        }
        school.staff = staff(classes);
        fs::create_dir_all(school.path().join("списки")).expect("a folder");
        school.write("zavuch.toml", SETTINGS.as_bytes());
        school.save_lists(ListForm::Csv);
        school.save_staff();
        school.link_all();
        school
    }

    /// The same, with its first papers issued.
    pub(crate) fn issued(classes: &[(&str, usize)]) -> Self {
        let school = Self::of(classes);
        school.applied(FIRST);
        school
    }

    /// The same workspace once more, with everything that lies in it.
    pub(crate) fn twin(&self) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        copy(&self.path(), &folder.path().join("школа"));
        Self {
            folder,
            pupils: self.pupils.clone(),
            staff: self.staff.clone(),
            register: self.register.clone(),
            owners: self.owners.clone(),
        }
    }

    /// The workspace.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("школа")
    }

    /// The folder in which the workspace lies.
    pub(crate) fn beside(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a command beside the workspace, which is called «школа» there.
    pub(crate) fn call(&self, arguments: &[&str]) -> Answer {
        call(self.folder.path(), arguments)
    }

    /// `plan` on a day.
    pub(crate) fn plan(&self, on: &str) -> Answer {
        self.call(&["план", "школа", "--date", on])
    }

    /// `plan --json` on a day.
    #[track_caller]
    pub(crate) fn plan_json(&self, on: &str) -> Value {
        let answer = self.call(&["план", "школа", "--date", on, "--json"]);
        assert_eq!(answer.status, 0, "{}", answer.shown());
        serde_json::from_str(&answer.stdout).expect("one JSON value")
    }

    /// The changes of `plan --json` of these kinds: class and words.
    #[track_caller]
    pub(crate) fn planned(&self, on: &str, kinds: &[&str]) -> Vec<String> {
        let plan = self.plan_json(on);
        let changes = plan["changes"].as_array().expect("changes").clone();
        let is_wanted = |change: &&Value| kinds.contains(&change["kind"].as_str().expect("a kind"));
        let text =
            |change: &Value| format!("{}: {}", change["scope"].as_str().unwrap(), change["words"].as_str().unwrap());
        changes.iter().filter(is_wanted).map(text).collect()
    }

    /// `apply` on a day, whatever comes of it.
    pub(crate) fn apply(&self, on: &str) -> Answer {
        self.call(&["применить", "школа", "--date", on])
    }

    /// `apply` on a day, which succeeds.
    #[track_caller]
    pub(crate) fn applied(&self, on: &str) -> Answer {
        let answer = self.apply(on);
        assert_eq!(answer.status, 0, "{}", answer.shown());
        answer
    }

    /// What the store holds.
    pub(crate) fn state(&self) -> SchoolState {
        let store = Store::read(&self.path()).expect("a store that can be read").expect("a store");
        store.state().expect("a state").state().clone()
    }

    /// Writes a file of the workspace.
    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path().join(name), bytes).expect("the file is written");
    }

    /// The bytes of a file of «выдача/».
    #[track_caller]
    pub(crate) fn output(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join("выдача").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Every file of the workspace but the lock.
    pub(crate) fn stamps(&self) -> Stamps {
        stamps(&self.path())
    }

    /// The pupil of this surname and given name.
    #[track_caller]
    pub(crate) fn pupil(&mut self, name: &str) -> &mut Pupil {
        self.pupils.iter_mut().find(|pupil| pupil.name.starts_with(name)).unwrap_or_else(|| panic!("{name}"))
    }

    /// The names of a class in the order of the list, without patronymics.
    pub(crate) fn names(&self, class: &str) -> Vec<String> {
        let of_class = self.pupils.iter().filter(|pupil| pupil.class == class);
        of_class.map(|pupil| without_patronymic(&pupil.name)).collect()
    }

    /// Somebody who comes to a class; so many are in nobody's way.
    pub(crate) fn arrive(&mut self, class: &str) -> String {
        let taken = |name: &str, pupils: &[Pupil]| pupils.iter().any(|pupil| pupil.name == name);
        let new = (150..288).map(|number| pupil(number, class));
        let new = new.into_iter().find(|pupil| !taken(&pupil.name, &self.pupils)).expect("a name that is free");
        let name = without_patronymic(&new.name);
        self.pupils.push(new);
        name
    }

    /// Takes a pupil off the list.
    pub(crate) fn leave(&mut self, name: &str) {
        let before = self.pupils.len();
        self.pupils.retain(|pupil| !pupil.name.starts_with(name));
        assert_eq!(before, self.pupils.len() + 1, "{name}");
    }

    /// Saves the class list as the only one.
    pub(crate) fn save_lists(&self, form: ListForm) {
        let lists = self.path().join("списки");
        for entry in fs::read_dir(&lists).expect("a folder") {
            fs::remove_file(entry.expect("an entry").path()).expect("an old list");
        }
        let rows = rows(&self.pupils, form);
        match form {
            ListForm::Csv | ListForm::OtherColumns => self.write("списки/обучающиеся.csv", csv(&rows).as_bytes()),
            ListForm::Workbook => {
                let mut book = Workbook::new();
                let sheet = book.add_worksheet();
                for (row, number) in rows.iter().zip(0..) {
                    for (cell, column) in row.iter().zip(0..) {
                        sheet.write_string(number, column, cell).expect("a cell");
                    }
                }
                self.write("списки/Выгрузка.xlsx", &book.save_to_buffer().expect("a workbook"));
            }
        }
    }

    /// Saves the staff table.
    pub(crate) fn save_staff(&self) {
        let header = ["ФИО", "Должность", "Роль", "E-mail", "Классное руководство"].map(str::to_owned).to_vec();
        let row = |one: &Colleague| {
            vec![one.name.clone(), one.post.to_owned(), one.role.to_owned(), one.email.clone(), one.class.clone()]
        };
        let rows: Vec<_> = [header].into_iter().chain(self.staff.iter().map(row)).collect();
        self.write("штат.csv", csv(&rows).as_bytes());
    }

    /// Saves the register of links.
    pub(crate) fn save_register(&self) {
        let header = vec!["Ключ чата".to_owned(), "Ссылка".to_owned()];
        let row = |(key, link): (&String, &String)| vec![key.clone(), link.clone()];
        let rows: Vec<_> = [header].into_iter().chain(self.register.iter().map(row)).collect();
        self.write("ссылки.csv", csv(&rows).as_bytes());
    }

    /// A link that nobody had, for a chat.
    pub(crate) fn new_link(&mut self, key: &str) -> String {
        let link = format!("https://max.ru/join/EXAMPLE{:04}AbCdEfGhIjKlMnOpQrStUvWxYz012345", self.owners.len());
        self.owners.insert(link.clone(), key.to_owned());
        link
    }

    /// The chat that a link was made for.
    #[track_caller]
    pub(crate) fn owner(&self, link: &str) -> &str {
        self.owners.get(link).unwrap_or_else(|| panic!("nobody's link {link}"))
    }

    /// Gives every planned chat that has no link one, and saves the register.
    pub(crate) fn link_all(&mut self) {
        let plan = self.plan_json(FIRST);
        let classes = plan["classes"].as_array().expect("classes").iter().filter_map(|class| class["chats"].as_array());
        let chats = classes.flatten().chain(plan["school"].as_array().expect("chats"));
        let keys: Vec<String> = chats.map(|chat| chat["key"].as_str().expect("a key").to_owned()).collect();
        for key in keys {
            if !self.register.contains_key(&key) {
                let link = self.new_link(&key);
                self.register.insert(key, link);
            }
        }
        self.save_register();
    }
}

/// «Абрамов Алексей» of «Абрамов Алексей Ильич».
pub(crate) fn without_patronymic(name: &str) -> String {
    name.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

/// A pupil by number: 288 different names.
fn pupil(number: usize, class: &str) -> Pupil {
    let (surname, round) = (SURNAMES[number % 24], number / 24);
    let given = (number + round) % 12;
    let name = if number.is_multiple_of(2) {
        format!("{surname} {} Ильич", MEN[given])
    } else {
        format!("{surname}а {} Ильинична", WOMEN[given])
    };
    let grade: usize = class.trim_end_matches(char::is_alphabetic).parse().expect("a grade");
    Pupil {
        class: class.to_owned(),
        name,
        birth: format!("{:02}.{:02}.{}", number % 28 + 1, number % 12 + 1, 2019 - grade),
        mother: format!("{surname}а {} Петровна", WOMEN[(round + 5) % 12]),
        phone: format!("+7 944 000-{:02}-{:02}", number / 100, number % 100),
    }
}

fn staff(classes: &[(&str, usize)]) -> Vec<Colleague> {
    let colleague = |name: &str, post, role, email: &str, class: &str| Colleague {
        name: name.to_owned(),
        post,
        role,
        email: format!("{email}@example.org"),
        class: class.to_owned(),
    };
    let mut staff = vec![
        colleague("Орлова Инна Львовна", "директор", "директор", "orlova", ""),
        colleague("Громова Зоя Петровна", "заместитель директора", "заместитель", "gromova", ""),
        colleague("Лосев Пётр Ильич", "учитель информатики", "администратор", "losev", ""),
    ];
    for (number, (class, _)) in classes.iter().enumerate() {
        let name = format!("{}а {} Олеговна", SURNAMES[(number * 5 + 3) % 24], WOMEN[(number + 7) % 12]);
        staff.push(colleague(&name, "учитель", "учитель", &format!("uchitel{number}"), class));
    }
    staff
}

fn rows(pupils: &[Pupil], form: ListForm) -> Vec<Vec<String>> {
    let header = match form {
        ListForm::Csv => ["Класс", "ФИО обучающегося", "Дата рождения", "Мать (ФИО)", "Телефон матери"],
        ListForm::OtherColumns | ListForm::Workbook => {
            ["Телефон матери", "ФИО матери", "Дата рожд.", "Ф.И.О. ученика", "Класс"]
        }
    };
    let row = |pupil: &Pupil| {
        let Pupil { class, name, birth, mother, phone } = pupil.clone();
        match form {
            ListForm::Csv => vec![class, name, birth, mother, phone],
            ListForm::OtherColumns | ListForm::Workbook => vec![phone, mother, birth, name, class],
        }
    };
    [header.map(str::to_owned).to_vec()].into_iter().chain(pupils.iter().map(row)).collect()
}

fn csv(rows: &[Vec<String>]) -> String {
    rows.iter().fold(String::new(), |mut text, row| {
        let _ = writeln!(text, "{}", row.join(";"));
        text
    })
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, target).expect("a copy");
        }
    }
}
