//! The table of groups beyond a class: `группы.xlsx`.

use jiff::civil::{Date, date};

use crate::school::{Checked, ClassName, Group, GroupKind, Groups, Issue, IssueKind, Participant, fold, visible};
use crate::tables::{Source, Workbook};

use super::cell_text::is_absent;
use super::classes::classes;
use super::dates::written;
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
    GroupKind::Course.words(),
    GroupKind::Extracurricular.words(),
    GroupKind::Event.words(),
    GroupKind::Methodical.words(),
    GroupKind::ParentsCouncil.words(),
    GroupKind::StudentsCouncil.words(),
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

fn add(people: &mut Vec<Participant>, person: Participant) {
    let Participant { name, class, birth_date } = &person;
    let is_same = |known: &Participant| {
        known.name.folded() == name.folded() && known.class == *class && known.birth_date == *birth_date
    };
    if !people.iter().any(is_same) {
        people.push(person);
    }
}

/// The people of a cell: a comma inside brackets separates nobody.
fn people_of(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let guarded = text.chars().map(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' | '\n' | '\r' => depth = 0,
            _ => {}
        }
        if letter == ',' && depth > 0 { WITHIN } else { letter }
    });
    let guarded: String = guarded.collect();
    pieces(&guarded).map(|piece| piece.replace(WITHIN, ",")).collect()
}

/// What stands for a comma inside brackets while a cell is cut up.
const WITHIN: char = '\u{1f}';

/// The name, and what stands in brackets behind it: the class, the date of birth, in any order.
fn name_and_marks(text: &str) -> (&str, Marks) {
    let Some((name, marks)) = text.split_once('(') else { return (text, Marks::default()) };
    let marks = marks.trim_end().trim_end_matches(')');
    let mut read = Marks::default();
    for mark in marks.split([',', ';']).map(str::trim) {
        // Pupils are born in this century.
        match written(mark, date(2099, 12, 31)) {
            Ok(date) => read.birth_date = Some(date),
            Err(_) => read.class = mark.parse().ok().or(read.class),
        }
    }
    (name, read)
}

#[derive(Default)]
struct Marks {
    class: Option<ClassName>,
    birth_date: Option<Date>,
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
    for text in people_of(row.text(Field::People)).iter().filter(|text| !is_absent(text)) {
        let (text, Marks { class, birth_date }) = name_and_marks(text);
        if let Some(name) = name(text, Field::People, issues) {
            add(&mut people, Participant { name, class, birth_date });
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
    fn a_class_or_a_date_of_birth_in_brackets_tells_namesakes_apart() {
        let lines = [
            "Вид|Название|Участники",
            "курс|Шахматы|Иванов Пётр (7А, 04.05.2013), Иванов Пётр (7 «б»); Иванов Пётр(04.05.13 г.р.)\\nЛи Ян (опека)",
            "курс|Шахматы|Иванов Пётр; Иванов Пётр (7А, 04.05.2013), Белов Лев (8А",
        ];
        let expected = "Course|Шахматы|||Иванов Пётр (7А, 04.05.2013),Иванов Пётр (7Б),Иванов Пётр (04.05.2013),Ли Ян,\
                        Иванов Пётр,Белов Лев (8А)";
        check(&lines, &[expected], &[]);
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
