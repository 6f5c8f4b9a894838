//! The staff table: `штат.xlsx`.

use std::collections::BTreeMap;

use crate::school::{
    Checked, Email, EmailError, Issue, IssueKind, Phone, Place, Staff, StaffMember, StaffRole, fold, visible,
};
use crate::tables::{Source, Workbook};

use super::cell_text::is_absent;
use super::classes::classes;
use super::names::{NameError, person_name, person_name_of_parts};
use super::nearest::nearest;
use super::sheet_table::{Column, Layout, TableRow, pieces, rows};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Name,
    Surname,
    Given,
    Patronymic,
    Post,
    Role,
    Email,
    Subjects,
    Homeroom,
}

const LAYOUT: Layout<Field> = Layout {
    columns: &[
        Column {
            field: Field::Name,
            headers: &["фио", "фамилия имя отчество", "сотрудник", "работник", "учитель", "педагог", "преподаватель"],
            roots: &["фио"],
        },
        Column { field: Field::Surname, headers: &["фамилия"], roots: &[] },
        Column { field: Field::Given, headers: &["имя"], roots: &[] },
        Column { field: Field::Patronymic, headers: &["отчество"], roots: &[] },
        Column {
            field: Field::Post, headers: &["должность", "занимаемая должность", "пост"], roots: &["должност"]
        },
        Column { field: Field::Role, headers: &["роль", "роль в чатах"], roots: &[] },
        Column {
            field: Field::Email,
            headers: &[
                "e-mail",
                "email",
                "е-mail",
                "mail",
                "эл почта",
                "электронная почта",
                "почта",
                "адрес электронной почты",
            ],
            roots: &["эл почт", "электронн почт", "e-mail", "email", "mail"],
        },
        Column {
            field: Field::Subjects,
            headers: &["предметы", "предмет", "преподаваемые предметы", "дисциплины"],
            roots: &["предмет"],
        },
        Column {
            field: Field::Homeroom,
            headers: &[
                "классное руководство",
                "классный руководитель",
                "кл рук",
                "кл руководство",
                "руководит классом",
                "класс",
            ],
            roots: &["кл рук", "классн рук"],
        },
    ],
    needed: &[&[Field::Name], &[Field::Surname, Field::Given]],
    needed_words: "«ФИО», «Должность», «E-mail», «Классное руководство»",
};

/// Reads the staff table.
pub fn read_staff(source: &Source) -> Checked<Staff> {
    match crate::tables::read(source) {
        Ok(workbook) => staff_of(&workbook, &source.label),
        Err(issue) => Checked::new(Staff::default(), vec![issue]),
    }
}

fn staff_of(workbook: &Workbook, file: &str) -> Checked<Staff> {
    let table = rows(workbook, file, &LAYOUT);
    let mut issues = table.issues;
    let mut members: Vec<StaffMember> = Vec::new();
    let mut known: BTreeMap<String, Place> = BTreeMap::new();
    for row in &table.value {
        let Some(member) = member(row, &mut issues) else { continue };
        let folded = member.name.folded();
        if let Some(first) = known.get(&folded) {
            let message = format!("{} уже есть в таблице: {first}.", member.name);
            let advice = "Оставьте одну строку и перечислите в ней все должности, предметы и классы.";
            issues.push(Issue::new(IssueKind::DuplicateStaff, member.place, message, advice));
            continue;
        }
        known.insert(folded, member.place.clone());
        members.push(member);
    }
    Checked::new(Staff { members }, issues)
}

fn member(row: &TableRow<Field>, issues: &mut Vec<Issue>) -> Option<StaffMember> {
    let whole = row.text(Field::Name);
    let parts = [Field::Surname, Field::Given, Field::Patronymic].map(|field| row.text(field));
    let in_parts = whole.is_empty() && parts.iter().any(|part| !part.is_empty());
    let (field, name) = if in_parts {
        let [surname, given, patronymic] = parts;
        (Field::Surname, person_name_of_parts(surname, given, patronymic))
    } else {
        (Field::Name, person_name(whole))
    };
    if is_vacancy(whole) || is_vacancy(row.text(Field::Surname)) {
        return None;
    }
    let place = row.place(field);
    if row.has_only(Field::Name) && is_heading(whole) {
        let message = format!("строка «{}» принята за название раздела и пропущена", visible(whole));
        let advice = "Если это сотрудник, впишите фамилию, имя и отчество полностью, а также должность.";
        issues.push(Issue::new(IssueKind::SkippedRow, place, message, advice));
        return None;
    }
    let name = name.map_err(|error| issues.push(bad_name(&error, place.clone()))).ok()?;
    let post = visible(row.text(Field::Post));
    let subjects = subjects(row.text(Field::Subjects));
    let homeroom = classes(row.text(Field::Homeroom), &row.place(Field::Homeroom), issues);
    let role =
        role(row, &post, issues).unwrap_or(match (post.is_empty(), subjects.is_empty() && homeroom.is_empty()) {
            (true, false) => StaffRole::Teacher,
            _ => role_of_post(&post),
        });
    let email = email(row, issues);
    Some(StaffMember { name, post, role, email, subjects, homeroom, homeroom_place: row.place(Field::Homeroom), place })
}

/// Whether a row that holds nothing but a name is the heading of a part of the table: «Администрация», «Учителя
/// начальных классов». Of a name at least two words begin with capitals.
fn is_heading(text: &str) -> bool {
    text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count() < 2
}

/// Whether a cell says that nobody has the post yet.
pub(crate) fn is_vacancy(text: &str) -> bool {
    fold(text).starts_with("ваканси")
}

/// The issue of a name that cannot be read.
pub(crate) fn bad_name(error: &NameError, place: Place) -> Issue {
    let advice = "Впишите фамилию, имя и отчество полностью: Петрова Ольга Сергеевна.";
    Issue::new(IssueKind::BadName, place, error.to_string(), advice)
}

fn subjects(text: &str) -> Vec<String> {
    let mut subjects: Vec<String> = Vec::new();
    for piece in pieces(text).filter(|piece| !is_absent(piece)) {
        let subject = visible(piece);
        if subjects.iter().all(|known| fold(known) != fold(&subject)) {
            subjects.push(subject);
        }
    }
    subjects
}

fn email(row: &TableRow<Field>, issues: &mut Vec<Issue>) -> Option<Email> {
    let text = row.text(Field::Email);
    if is_absent(text) {
        return None;
    }
    let message = match text.parse::<Email>() {
        Ok(email) => return Some(email),
        Err(EmailError::Form) if text.parse::<Phone>().is_ok() => {
            "В столбце электронной почты стоит номер телефона.".to_owned()
        }
        Err(error) => error.to_string(),
    };
    let advice = "Впишите один адрес электронной почты: без него письмо не отправить.";
    issues.push(Issue::new(IssueKind::BadEmail, row.place(Field::Email), message, advice));
    None
}

/// The words that the role column takes, in the order of the drop-down list of the blank table.
pub(crate) const ROLES: [&str; 5] = ["директор", "заместитель", "администратор", "учитель", "другое"];

fn role(row: &TableRow<Field>, post: &str, issues: &mut Vec<Issue>) -> Option<StaffRole> {
    let text = visible(row.text(Field::Role)).to_lowercase();
    if is_absent(&text) {
        return None;
    }
    let role = match text.as_str() {
        "директор" | "руководитель" => StaffRole::Director,
        "заместитель" | "зам" | "зам." | "завуч" | "заместитель директора" | "зам. директора" | "зам директора" => {
            StaffRole::Deputy
        }
        "администратор" | "админ" | "администратор платформы" => {
            StaffRole::Administrator
        }
        "учитель" | "педагог" | "преподаватель" | "учительница" => {
            StaffRole::Teacher
        }
        "другое" | "прочее" | "прочие" | "иное" | "сотрудник" | "другой" => {
            StaffRole::Other
        }
        _ => {
            let message = format!("Роль «{text}» не понята: нужна одна из — {}.", ROLES.join(", "));
            let advice = match nearest(&text, ROLES) {
                Some(meant) => format!("Возможно, это «{meant}»."),
                None => "Оставьте ячейку пустой: роль определится по должности.".to_owned(),
            };
            issues.push(Issue::new(IssueKind::UnknownWord, row.place(Field::Role), message, advice));
            return Some(role_of_post(post));
        }
    };
    Some(role)
}

/// The role that a post implies. A deputy who teaches as well is a deputy.
fn role_of_post(post: &str) -> StaffRole {
    let post = post.to_lowercase().replace('ё', "е");
    let has = |word: &str| post.contains(word);
    let is_deputy =
        has("завуч") || (has("директора") && post.split([',', ';']).any(|part| part.trim().starts_with("зам")));
    let heads = [
        "директор",
        "и.о. директора",
        "и. о. директора",
        "ио директора",
        "врио директора",
        "исполняющий обязанности директора",
    ];
    let administers = has("администратор") && ["платформ", "сферум", "мах", "max", "чат"].into_iter().any(has);
    if is_deputy {
        StaffRole::Deputy
    } else if heads.into_iter().any(|head| post.starts_with(head)) {
        StaffRole::Director
    } else if administers || post == "администратор" {
        StaffRole::Administrator
    } else if ["учител", "преподавател", "педагог дополнительного"].into_iter().any(has)
    {
        StaffRole::Teacher
    } else {
        StaffRole::Other
    }
}

#[cfg(test)]
mod tests {
    use super::super::sheet_table::tests::{short, workbook};
    use super::{StaffRole, role_of_post, staff_of};

    #[track_caller]
    fn check(lines: &[&str], expected: &[&str], issues: &[&str]) {
        let read = staff_of(&workbook(lines), "штат.xlsx");
        let members = read.value.members.iter().map(|member| {
            let email = member.email.as_ref().map_or("", |email| email.as_str());
            let homeroom = member.homeroom.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            format!("{}|{:?}|{email}|{}|{homeroom}", member.name, member.role, member.subjects.join(","))
        });
        assert_eq!(members.collect::<Vec<_>>(), expected);
        assert_eq!(short(&read.issues), issues);
    }

    #[test]
    fn a_staff_table() {
        let lines = [
            "Штат школы на 2026/27 учебный год",
            "№|ФИО|Должность|Роль|E-mail|Предметы|Классное руководство",
            "1|Орлова Вера Павловна|директор||orlova@example.org||",
            "2|Петрова Ольга Сергеевна|учитель|учитель|petrova@example.org|Алгебра; геометрия\\nАлгебра|7А, 7Б",
            "3|Волков Пётр Ильич|лаборант|Администратор|нет||—",
            "4|Вакансия|учитель||||",
            "5|Котова Анна Ильинична||||Физика|8а",
        ];
        let expected = [
            "Орлова Вера Павловна|Director|orlova@example.org||",
            "Петрова Ольга Сергеевна|Teacher|petrova@example.org|Алгебра,геометрия|7А,7Б",
            "Волков Пётр Ильич|Administrator|||",
            "Котова Анна Ильинична|Teacher||Физика|8А",
        ];
        check(&lines, &expected, &[]);
    }

    #[test]
    fn headings_are_nobody() {
        let lines = [
            "ФИО|Должность",
            "Администрация",
            "Орлова Вера Павловна|директор",
            "Учителя начальных классов",
            "Петрова Ольга Сергеевна",
            "петров иван|учитель",
        ];
        let expected =
            ["Орлова Вера Павловна|Director|||", "Петрова Ольга Сергеевна|Other|||", "Петров Иван|Teacher|||"];
        check(&lines, &expected, &["A2 skipped_row", "A4 skipped_row"]);
    }

    #[test]
    fn a_name_in_three_columns() {
        let lines = ["Должность|Фамилия|Имя|Отчество", "завхоз|Ли|Вэй|-", "учитель||Анна|"];
        check(&lines, &["Ли Вэй|Other|||"], &["B3 bad_name"]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_cell() {
        let lines = [
            "ФИО|Роль|Почта|Кл. рук.",
            "Петрова|учитель||",
            "Котова Анна Ильинична|учитиль|+7 944 000-00-01|седьмой",
            "КОТОВА АННА ИЛЬИНИЧНА|||",
            "Волков Пётр Ильич||волков@example.org|",
        ];
        let issues =
            ["A2 bad_name", "D3 bad_class", "B3 unknown_word", "C3 bad_email", "A4 duplicate_staff", "C5 bad_email"];
        check(&lines, &["Котова Анна Ильинична|Other|||", "Волков Пётр Ильич|Other|||"], &issues);
    }

    #[test]
    fn a_telephone_is_named_but_not_repeated() {
        let read = staff_of(&workbook(&["ФИО|E-mail", "Петрова Ольга|+7 944 000-00-01"]), "штат.xlsx");
        assert_eq!(read.issues[0].message, "В столбце электронной почты стоит номер телефона.");
    }

    #[test]
    fn roles_of_posts() {
        let roles = [
            ("Директор", StaffRole::Director),
            ("и.о. директора", StaffRole::Director),
            ("заместитель директора по УВР", StaffRole::Deputy),
            ("Учитель, зам. директора по ВР", StaffRole::Deputy),
            ("секретарь директора", StaffRole::Other),
            ("администратор чатов MAX", StaffRole::Administrator),
            ("системный администратор", StaffRole::Other),
            ("Учитель-логопед", StaffRole::Teacher),
            ("педагог-психолог", StaffRole::Other),
            ("библиотекарь", StaffRole::Other),
            ("", StaffRole::Other),
        ];
        for (post, expected) in roles {
            assert_eq!(role_of_post(post), expected, "{post}");
        }
    }
}
