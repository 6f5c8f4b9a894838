//! The table of groups beyond a class: `группы.xlsx`.

use crate::school::{Checked, Group, GroupKind, Groups, Issue, IssueKind, PersonName, fold, visible};
use crate::tables::{Source, Workbook};

use super::cell_text::is_absent;
use super::classes::classes;
use super::names::person_name;
use super::nearest::nearest;
use super::sheet_table::{Column, Layout, TableRow, pieces, rows};
use super::staff::{bad_name, is_vacancy};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Kind,
    Title,
    Leader,
    Classes,
    People,
}

const LAYOUT: Layout<Field> = Layout {
    columns: &[
        Column {
            field: Field::Kind, headers: &["вид", "вид группы", "тип", "тип группы"], roots: &[]
        },
        Column {
            field: Field::Title,
            headers: &["название", "наименование", "группа", "название группы", "тема"],
            roots: &["названи", "наименовани"],
        },
        Column {
            field: Field::Leader,
            headers: &["руководитель", "фио руководителя", "ведет", "ответственный", "учитель", "педагог"],
            roots: &["руководит"],
        },
        Column { field: Field::Classes, headers: &["классы", "класс"], roots: &[] },
        Column {
            field: Field::People,
            headers: &["участники", "участник", "состав", "члены", "фио участников", "фио"],
            roots: &["участник"],
        },
    ],
    needed: &[&[Field::Kind, Field::Title]],
    needed_words: "«Вид», «Название», «Руководитель», «Классы», «Участники»",
};

/// The words that the kind column takes, in the order of the drop-down list of the blank table.
pub(crate) const KINDS: [&str; 6] = [
    "курс",
    "внеурочная деятельность",
    "мероприятие",
    "методическое объединение",
    "родительский актив",
    "актив обучающихся",
];

/// Reads the table of groups; rows of one kind and title are one group.
pub fn read_groups(source: &Source) -> Checked<Groups> {
    match crate::tables::read(source) {
        Ok(workbook) => groups_of(&workbook, &source.label),
        Err(issue) => Checked::new(Groups::default(), vec![issue]),
    }
}

fn groups_of(workbook: &Workbook, file: &str) -> Checked<Groups> {
    let table = rows(workbook, file, &LAYOUT);
    let mut issues = table.issues;
    let mut groups: Vec<Group> = Vec::new();
    for row in &table.value {
        let Some(group) = group(row, &mut issues) else { continue };
        let is_known = |known: &&mut Group| known.kind == group.kind && fold(&known.title) == fold(&group.title);
        match groups.iter_mut().find(is_known) {
            Some(known) => join(known, group, row, &mut issues),
            None => groups.push(group),
        }
    }
    Checked::new(Groups { groups }, issues)
}

fn join(known: &mut Group, more: Group, row: &TableRow<Field>, issues: &mut Vec<Issue>) {
    match (&known.leader, more.leader) {
        (Some(first), Some(second)) if first.folded() != second.folded() => {
            let message = format!("У группы «{}» два руководителя: {first} и {second}.", known.title);
            let advice = format!("Оставьте одного; пока руководителем считается {first}.");
            issues.push(Issue::new(IssueKind::PersonConflict, row.place(Field::Leader), message, advice));
        }
        (None, leader) => {
            known.leader = leader;
            known.leader_place = more.leader_place;
        }
        (Some(_), _) => {}
    }
    for class in more.classes {
        if !known.classes.contains(&class) {
            known.classes.push(class);
        }
    }
    for person in more.people {
        add(&mut known.people, person);
    }
}

fn add(people: &mut Vec<PersonName>, person: PersonName) {
    if people.iter().all(|known| known.folded() != person.folded()) {
        people.push(person);
    }
}

fn group(row: &TableRow<Field>, issues: &mut Vec<Issue>) -> Option<Group> {
    let kind = kind(row, issues)?;
    let title = match visible(row.text(Field::Title)) {
        title if !title.is_empty() => title,
        // There is one active group of each sort in a school: its kind is title enough.
        _ if matches!(kind, GroupKind::ParentsCouncil | GroupKind::StudentsCouncil) => visible(row.text(Field::Kind)),
        _ => {
            let advice = "Впишите название курса, мероприятия или объединения.";
            issues.push(Issue::new(
                IssueKind::UnknownWord,
                row.place(Field::Title),
                "Не указано название группы.",
                advice,
            ));
            return None;
        }
    };
    let leader_text = row.text(Field::Leader);
    let name = |text: &str, field: Field, issues: &mut Vec<Issue>| {
        person_name(text).map_err(|error| issues.push(bad_name(&error, row.place(field)))).ok()
    };
    let has_leader = !is_absent(leader_text) && !is_vacancy(leader_text);
    let leader = if has_leader { name(leader_text, Field::Leader, issues) } else { None };
    let mut people = Vec::new();
    for text in pieces(row.text(Field::People)).filter(|text| !is_absent(text)) {
        if let Some(person) = name(text, Field::People, issues) {
            add(&mut people, person);
        }
    }
    let classes = classes(row.text(Field::Classes), &row.place(Field::Classes), issues);
    Some(Group {
        kind,
        title,
        leader,
        classes,
        people,
        place: row.place(Field::Title),
        leader_place: row.place(Field::Leader),
        classes_place: row.place(Field::Classes),
        people_place: row.place(Field::People),
    })
}

fn kind(row: &TableRow<Field>, issues: &mut Vec<Issue>) -> Option<GroupKind> {
    let text = visible(row.text(Field::Kind)).to_lowercase().replace('ё', "е");
    let kind = match text.as_str() {
        "курс" | "элективный курс" | "факультатив" | "спецкурс" => {
            GroupKind::Course
        }
        "внеурочная деятельность" | "внеурочный курс" | "внеурочка" | "кружок" | "секция" => {
            GroupKind::Extracurricular
        }
        "мероприятие" | "событие" | "поездка" | "экскурсия" => GroupKind::Event,
        "методическое объединение" | "методобъединение" | "мо" | "шмо" => {
            GroupKind::Methodical
        }
        "родительский актив" | "актив родителей" | "родительский комитет" | "совет родителей" => {
            GroupKind::ParentsCouncil
        }
        "актив обучающихся"
        | "актив учащихся"
        | "актив учеников"
        | "ученический актив"
        | "совет обучающихся"
        | "совет учащихся"
        | "школьный актив" => GroupKind::StudentsCouncil,
        _ => {
            let message = match text.as_str() {
                "" => format!("Не указан вид группы: нужен один из — {}.", KINDS.join(", ")),
                _ => format!("Вид группы «{text}» не понят: нужен один из — {}.", KINDS.join(", ")),
            };
            let advice = nearest(&text, KINDS).map(|meant| format!("Возможно, это «{meant}».")).unwrap_or_default();
            issues.push(Issue::new(IssueKind::UnknownWord, row.place(Field::Kind), message, advice));
            return None;
        }
    };
    Some(kind)
}

#[cfg(test)]
mod tests {
    use super::super::sheet_table::tests::{short, workbook};
    use super::groups_of;

    #[track_caller]
    fn check(lines: &[&str], expected: &[&str], issues: &[&str]) {
        let read = groups_of(&workbook(lines), "группы.xlsx");
        let groups = read.value.groups.iter().map(|group| {
            let leader = group.leader.as_ref().map(ToString::to_string).unwrap_or_default();
            let classes = group.classes.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            let people = group.people.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
            format!("{:?}|{}|{leader}|{classes}|{people}", group.kind, group.title)
        });
        assert_eq!(groups.collect::<Vec<_>>(), expected);
        assert_eq!(short(&read.issues), issues);
    }

    #[test]
    fn rows_of_one_group_are_joined() {
        let lines = [
            "Вид|Название|Руководитель|Классы|Участники",
            "Курс|Робототехника|Волков Пётр Ильич|7А|Иванов Иван",
            "курс|робототехника||7А, 7Б|Сидорова Анна; Иванов Иван",
            "Мероприятие|Робототехника|Котова Анна Ильинична|8А|",
            "ШМО|Учителя математики|Петрова Ольга Сергеевна||Петрова Ольга Сергеевна\\nКотова Анна Ильинична",
            "Родительский комитет||||Иванова Мария Петровна",
        ];
        let expected = [
            "Course|Робототехника|Волков Пётр Ильич|7А,7Б|Иванов Иван,Сидорова Анна",
            "Event|Робототехника|Котова Анна Ильинична|8А|",
            "Methodical|Учителя математики|Петрова Ольга Сергеевна||Петрова Ольга Сергеевна,Котова Анна Ильинична",
            "ParentsCouncil|Родительский комитет|||Иванова Мария Петровна",
        ];
        check(&lines, &expected, &[]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_cell() {
        let lines = [
            "Вид|Название|Руководитель|Классы|Участники",
            "круг|Шахматы|||",
            "|Шахматы|||",
            "курс||||",
            "курс|Шахматы|Волков Пётр|седьмой|Иванов",
            "курс|Шахматы|Котова Анна||",
        ];
        let issues = [
            "A2 unknown_word",
            "A3 unknown_word",
            "B4 unknown_word",
            "E5 bad_name",
            "D5 bad_class",
            "C6 person_conflict",
        ];
        check(&lines, &["Course|Шахматы|Волков Пётр||"], &issues);
    }
}
