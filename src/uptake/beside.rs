//! Whether a table of acknowledgements holds cells that its rows, as they were read, do not.

use std::collections::BTreeSet;

use super::renew::RowOfSheet;
use super::sheet::{FIELDS, header, is_of_head};
use crate::roster::AcknowledgementField as Field;
use crate::roster::header::header_key;
use crate::roster::sheet_table::TableRow;
use crate::tables::{Sheet, Workbook};

/// Whether a sheet, a column, a row or a single cell of somebody's own stands in a workbook that was read as `rows`.
///
/// Whatever is not accounted for counts, a line to sign below the table, too: it would be lost with the file.
pub(super) fn holds_more(workbook: &Workbook, rows: &[TableRow<Field>]) -> bool {
    let places: Vec<RowOfSheet> = rows.iter().filter_map(|row| RowOfSheet::of(&row.place(Field::Name))).collect();
    let read: BTreeSet<(Option<&str>, u32)> = places.iter().map(RowOfSheet::on_sheet).collect();
    workbook.sheets.iter().filter(|sheet| !sheet.is_blank()).any(|sheet| {
        let is_read = |row: u32| read.contains(&(sheet.name.as_deref(), row));
        sheet.hidden || sheet_holds_more(sheet, &is_read)
    })
}

fn sheet_holds_more(sheet: &Sheet, is_read: &dyn Fn(u32) -> bool) -> bool {
    let Some((header, columns)) = sheet.rows().find_map(|row| {
        let columns = own_columns(sheet, row);
        (columns.len() > 1).then_some((row, columns))
    }) else {
        return true;
    };
    sheet.rows().any(|row| {
        sheet.row(row).any(|cell| {
            let text = cell.value.text();
            let is_ours = if row < header {
                is_of_head(&text)
            } else {
                columns.contains(&cell.column) && (row == header || is_read(row))
            };
            !is_ours && !text.trim().is_empty()
        })
    })
}

/// The columns whose names in this row are those of the table; of two of one name the first.
fn own_columns(sheet: &Sheet, row: u32) -> BTreeSet<u32> {
    let column_of = |field: Field| {
        let key = header_key(header(field));
        sheet.row(row).find(|cell| header_key(&cell.value.text()) == key).map(|cell| cell.column)
    };
    FIELDS.into_iter().filter_map(column_of).collect()
}

#[cfg(test)]
mod tests {
    use super::holds_more;
    use crate::roster::ACKNOWLEDGEMENT_LAYOUT;
    use crate::roster::sheet_table::rows;
    use crate::roster::sheet_table::tests::sheet;
    use crate::tables::{Form, Sheet, Workbook};

    #[track_caller]
    fn check(sheets: Vec<Sheet>, expected: bool) {
        let workbook = Workbook { form: Form::Xlsx, sheets };
        let read = rows(&workbook, "ознакомление.xlsx", &ACKNOWLEDGEMENT_LAYOUT).value;
        assert_eq!(holds_more(&workbook, &read), expected);
    }

    const TABLE: [&str; 4] = [
        "Ознакомление с правилами: «7А» класс",
        "Заполните только светлые ячейки: выберите отметку.",
        "Код строки|Класс|Кто|ФИО|Чей родитель|Отметка|Дата|Примечание",
        "z1|7А|родитель|Иванова Анна Петровна|Иванов Пётр|||в отъезде",
    ];

    #[test]
    fn nothing_of_somebodys_own_is_overlooked() {
        let with = |lines: &[&str]| vec![sheet("7А", &[&TABLE[..], lines].concat())];
        check(with(&[]), false);
        check(with(&["|7А|родитель|Орлова Ольга Юрьевна|Орлов Юрий|||||"]), false);
        check(with(&["z2|7А|родитель|Орлова Ольга Юрьевна|Орлов Юрий||||сбоку"]), true);
        check(with(&["|||||||||||сбоку"]), true);
        check(with(&["Итого подписали: 12"]), true);
        check(vec![sheet("7А", &TABLE), sheet("Звонки", &["кому|когда", "маме|вечером"])], true);
        check(vec![sheet("7А", &TABLE), Sheet { hidden: true, ..sheet("7Б", &TABLE) }], true);
        check(vec![sheet("7А", &TABLE), Sheet::default()], false);
        for (at, line) in [(0, "Сдать до пятницы"), (2, "Код строки|ФИО|Отметка|Телефон"), (2, "ФИО|Отметка|ФИО")]
        {
            let mut lines = TABLE;
            lines[at] = line;
            check(vec![sheet("7А", &lines)], true);
        }
    }
}
