//! A table whose columns stand in another order is read the same.

use super::{read, sheet, shown};
use crate::school::Place;
use crate::tables::Sheet;

/// A tiny generator of its own: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.below(values.len())]
    }
}

#[test]
fn the_order_of_columns_does_not_matter() {
    const COLUMNS: [(&str, &[&str]); 16] = [
        ("№ п/п", &["1", "2", "3"]),
        ("Класс", &["7А", "7б", "7-Б", "5", "10 профильный", "7Z", ""]),
        ("Фамилия", &["Иванов", "ПЕТРОВ", "Ёлкина", "Ли", "Яшин", "Жуков - Лесной", "Орлов 2", ""]),
        ("Имя", &["Пётр", "Анна", "Вэй"]),
        ("Отчество (при наличии)", &["Ильич", "-", "", "Тофик оглы"]),
        ("Дата рождения", &["04.05.2013", "5 мая 2014 г.", "", "31.02.2013"]),
        ("Мать (ФИО)", &["Иванова Анна", "", "нет", "Орлова"]),
        ("Телефон мамы", &["89440000001", "", "12"]),
        ("E-mail матери", &["anna@example.org", "", "89440000001"]),
        ("Отец", &["Иванов Илья", "Петров Олег 89440000005", ""]),
        ("Мобильный телефон отца", &["89440000002", "", "+7 944 000-00-03; 89440000004"]),
        ("Домашний телефон отца", &["89440000006", ""]),
        ("Статус", &["обучается", "", "", "", "учится", "выбыл"]),
        ("СНИЛС", &["000-000-000 00", ""]),
        ("Примечание", &["", "староста", "=1+1"]),
        ("Кл. рук.", &["Петрова О. С.", ""]),
    ];
    let mut numbers = Numbers(62);
    let mut pupils = 0;
    for _ in 0..60 {
        let rows: Vec<Vec<&str>> =
            (0..12).map(|_| COLUMNS.iter().map(|(_, values)| numbers.pick(values)).collect()).collect();
        let table = |order: &[usize]| {
            let line = |cells: Vec<&str>| order.iter().map(|at| cells[*at]).collect::<Vec<_>>().join("|");
            let header = line(COLUMNS.iter().map(|(header, _)| *header).collect());
            let body: Vec<String> = rows.iter().map(|row| line(row.clone())).collect();
            sheet("Лист1", &format!("{header}\n{}", body.join("\n")))
        };
        let facts = |sheet: Sheet| {
            let reading = read(vec![sheet], "список.xlsx");
            let students: Vec<String> = reading.students.iter().map(shown).collect();
            let row = |place: &Place| place.cell.map(|cell| cell.row);
            let mut issues: Vec<_> = reading.issues.iter().map(|issue| (issue.kind, row(&issue.place))).collect();
            issues.sort();
            let homerooms: Vec<_> =
                reading.homerooms.into_iter().map(|mention| (mention.class, mention.name)).collect();
            (students, issues, homerooms)
        };
        let mut order: Vec<usize> = (0..COLUMNS.len()).collect();
        let expected = facts(table(&order));
        pupils += expected.0.len();
        for at in (1..order.len()).rev() {
            order.swap(at, numbers.below(at + 1));
        }
        assert_eq!(facts(table(&order)), expected, "{order:?}");
    }
    assert!(pupils > 200, "{pupils}");
}
