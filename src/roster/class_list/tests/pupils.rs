//! Which row is of a pupil and which is not: subheadings, signatures, leavers, namesakes.

use super::{check, check_reading, read, sheet};
use crate::roster::class_list::reading::SkipReason;

#[test]
fn a_name_below_the_signature_is_no_pupil_for_certain() {
    check(
        "7А",
        "
№|ФИО
1|Иванов Пётр
|Классный руководитель
|Петрова Ольга Сергеевна
2|Сидоров Егор",
        "
        7А Иванов Пётр
        7А Сидоров Егор
        ! bad_name B4",
    );
}

#[test]
fn a_teacher_beside_the_name_of_a_class_becomes_no_pupil() {
    check(
        "Лист1",
        "№|ФИО\n7А класс|\n1|Иванов Пётр\n7Б|Петрова Ольга Сергеевна\n1|Орлов Глеб",
        "7А Иванов Пётр\n! bad_class A4",
    );
}

#[test]
fn surnames_that_look_like_other_words_are_read() {
    check(
        "7А",
        "
ФИО|Дата рождения
Мальчиков Ян Ильич|04.05.2013
Девочкина Анна|
Всегонин Пётр|04.05.2013",
        "
        7А Мальчиков Ян Ильич 2013-05-04
        7А Девочкина Анна
        7А Всегонин Пётр 2013-05-04",
    );
}

#[test]
fn namesakes_with_dates_are_two_pupils() {
    check(
        "7А",
        "ФИО|Дата рождения\nИванов Пётр|04.05.2013\nИванов Пётр|05.05.2013\nИванов Петр|05.05.2013",
        "7А Иванов Пётр 2013-05-04\n7А Иванов Пётр 2013-05-05\n! duplicate_student A4",
    );
}

#[test]
fn namesakes_without_dates_are_told_apart_by_the_list() {
    // Other mothers.
    check(
        "3Г",
        "№|ФИО|Мать\n1|Иванов Пётр Ильич|Иванова Анна Олеговна\n2|Иванов Пётр Ильич|Иванова Вера Львовна",
        "
        3Г Иванов Пётр Ильич [мать Иванова Анна Олеговна]
        3Г Иванов Пётр Ильич [мать Иванова Вера Львовна]
        ! namesakes B3",
    );
    // Other numbers, with rows of parents of each.
    check(
        "3Г",
        "
№|ФИО|Родители
1|Иванов Пётр|Иванова Анна Олеговна
2|Иванов Пётр|Иванова Вера Львовна
|Иванов Пётр|Иванов Лев Львович
2|Иванов Пётр|Иванова Ия Львовна
3|Орлов Лев|Орлова Ия",
        "
        3Г Иванов Пётр [Иванова Анна Олеговна]
        3Г Иванов Пётр [Иванова Вера Львовна; Иванов Лев Львович; Иванова Ия Львовна]
        3Г Орлов Лев [Орлова Ия]
        ! namesakes B3",
    );
    check("3Г", "№|ФИО\n1|Иванов Пётр\n2|Иванов Пётр", "3Г Иванов Пётр\n3Г Иванов Пётр\n! namesakes B3");
    check(
        "3Г",
        "№|ФИО|Личное дело №\n|Иванов Пётр|Л-1001\n|Иванов Пётр|Л-1002",
        "3Г Иванов Пётр\n3Г Иванов Пётр\n! namesakes B3",
    );
}

#[test]
fn a_repeated_name_that_may_be_one_pupil_is_told() {
    let list = "ФИО|Родители\nИванов Пётр|Иванова Анна Олеговна\nИванов Пётр|Иванова Вера Львовна\nОрлов Лев|Орлова Ия";
    let one = "3Г Иванов Пётр [Иванова Анна Олеговна; Иванова Вера Львовна]\n3Г Орлов Лев [Орлова Ия]";
    check("3Г", list, &format!("{one}\n! duplicate_student A3"));
    // The mother has married.
    check(
        "3Г",
        "ФИО|Мать\nИванов Пётр|Иванова Анна Олеговна\nИванов Пётр|Орлова Анна Олеговна",
        "3Г Иванов Пётр [мать Иванова Анна Олеговна; мать Орлова Анна Олеговна]\n! duplicate_student A3",
    );
}

#[test]
fn a_row_for_each_parent_is_one_pupil_whatever_the_numbers() {
    // The same number, or none.
    for number in ["1", ""] {
        check(
            "3Г",
            &format!(
                "№|ФИО|Родитель\n1|Иванов Пётр|Иванова Анна\n{number}|Иванов Пётр|Иванова Вера\n2|Орлов Лев|Орлова Ия"
            ),
            "3Г Иванов Пётр [Иванова Анна; Иванова Вера]\n3Г Орлов Лев [Орлова Ия]",
        );
    }
    // The rows are numbered, not the pupils.
    check(
        "3Г",
        "
№|ФИО|Родитель
1|Иванов Пётр|Иванова Анна
2|Иванов Пётр|Иванова Вера
3|Орлов Лев|Орлова Ия
4|Орлов Лев|Орлов Ян",
        "
        3Г Иванов Пётр [Иванова Анна; Иванова Вера]
        3Г Орлов Лев [Орлова Ия; Орлов Ян]",
    );
    // The mother in one row, the father in the other.
    check(
        "3Г",
        "ФИО|Родитель|Кем приходится\nИванов Пётр|Иванова Анна|мать\nИванов Пётр|Иванов Ян|отец",
        "3Г Иванов Пётр [мать Иванова Анна; отец Иванов Ян]",
    );
    // A whole row twice.
    check(
        "3Г",
        "№|ФИО|Мать\n1|Иванов Пётр|Иванова Анна\n2|Иванов Пётр|Иванова Анна",
        "3Г Иванов Пётр [мать Иванова Анна]\n! duplicate_student B3",
    );
}

#[test]
fn one_pupil_in_two_classes_is_told() {
    check(
        "Лист1",
        "
Класс|ФИО|Дата рождения|Мать
7А|Иванов Пётр|04.05.2013|
7Б|Иванов Пётр|04.05.2013|
7А|Орлов Лев||Орлова Ия Львовна
7Б|Орлов Лев||Орлова Ия Львовна
7А|Ли Вэй||Ли Анна
7Б|Ли Вэй||Ли Ольга",
        "
        7А Иванов Пётр 2013-05-04
        7Б Иванов Пётр 2013-05-04
        7А Орлов Лев [мать Орлова Ия Львовна]
        7Б Орлов Лев [мать Орлова Ия Львовна]
        7А Ли Вэй [мать Ли Анна]
        7Б Ли Вэй [мать Ли Ольга]
        ! duplicate_student B3
        ! duplicate_student B5",
    );
}

#[test]
fn what_is_no_pupil_is_skipped_with_a_reason() {
    let list = "
||
||№|ФИО|Дата рождения
||1|2|3
||1|Иванов Пётр|04.05.2013
||Девочки||
||2|Орлова Вера|05.05.2013
||3||
||Страница 1 из 2
||№|ФИО|Дата рождения
||4|Петрова Яна|06.05.2013
||Всего 3 чел.
||Выбыли
||1|Котов Лев|07.05.2013
||Директор школы|Кузнецов А. А.";
    let reading = read(vec![sheet("7А", list)], "список.xlsx");
    check_reading(
        &reading,
        "
        7А Иванов Пётр 2013-05-04
        7А Орлова Вера 2013-05-05
        7А Петрова Яна 2013-05-06
        ! left_student D13",
    );
    let skipped: Vec<SkipReason> = reading.sheets[0].tables[0].skipped.iter().map(|row| row.reason).collect();
    assert_eq!(
        skipped,
        [
            SkipReason::ColumnNumbers,
            SkipReason::Subheading,
            SkipReason::Blank,
            SkipReason::Page,
            SkipReason::RepeatedHeader,
            SkipReason::Total,
            SkipReason::Subheading,
            SkipReason::Left,
            SkipReason::Signature,
        ]
    );
}

#[test]
fn leavers() {
    check(
        "7А",
        "ФИО|Статус|Дата выбытия\nИванов Пётр|обучается|\nПетров Иван|Выбыл|\nОрлов Глеб||01.10.2025",
        "7А Иванов Пётр\n! left_student A3\n! left_student A4",
    );
}

#[test]
fn remarks_about_leavers() {
    check("7А", "ФИО|Примечание\nИванов Пётр|староста\nПетров Иван|выбыл 01.10", "7А Иванов Пётр\n! left_student A3");
    check(
        "7А",
        "ФИО|№\nВыбылов Пётр|1\nПетров Иван (выбыл 01.10)|2\nЛи Ян, исключён|3",
        "7А Выбылов Пётр\n! left_student A3\n! left_student A4",
    );
}
