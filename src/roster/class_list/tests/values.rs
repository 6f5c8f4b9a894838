//! Cells whose values cannot be used: each is told, and the rest of its row is read.

use super::{check, check_reading, read, sheet};
use crate::tables::Value;

#[test]
fn wrong_values() {
    check(
        "7А",
        "
ФИО|Дата рождения|Мама|Телефон мамы|E-mail мамы
Иванов Пётр|31.02.2013|Иванова Анна|anna@example.org|8 944 000-00-01
Петров Иван 2|||12-34|
Очень Длинное Имя Какое Бывает
Орлов Глеб|нет|=HYPERLINK|нет|-
=Котов Лев||||",
        "
        7А Иванов Пётр [мать Иванова Анна]
        7А Орлов Глеб
        7А Котов Лев
        ! bad_name A3
        ! bad_name A4
        ! bad_guardian_name C5
        ! bad_phone D2
        ! bad_email E2
        ! bad_date B2
        ! formula_injection C5
        ! formula_injection A6",
    );
}

#[test]
fn formulas_without_values() {
    let mut list = sheet("7А", "№|ФИО|Адрес\n1|Иванов Пётр|x\n2|x|x");
    list.put(1, 0, Value::FormulaWithoutValue);
    list.put(1, 2, Value::FormulaWithoutValue);
    list.put(2, 1, Value::FormulaWithoutValue);
    check_reading(&read(vec![list], "список.xlsx"), "7А Иванов Пётр\n! formula_no_value B3");
}
