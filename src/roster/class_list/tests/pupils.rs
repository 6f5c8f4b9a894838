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
