//! The values of cells with their problems: what every reader of a cell goes through.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::cell_text::{FORMULA_SIGNS, is_absent, looks_like_formula};
use super::super::dates::{DateError, birth_date};
use super::super::names::NameError;
use super::grid::At;
use crate::school::{Email, EmailError, Issue, IssueKind, PersonName, Phone, Place};
use crate::tables::Value;

/// The problems of one sheet.
#[derive(Debug)]
pub(super) struct Notes {
    sheet: Place,
    pub(super) issues: Vec<Issue>,
    /// Columns of which it was said that they hold years only.
    columns_of_years: BTreeSet<u32>,
}

impl Notes {
    pub(super) fn new(sheet: Place) -> Self {
        Self { sheet, issues: Vec::new(), columns_of_years: BTreeSet::new() }
    }

    /// The place of a cell.
    pub(super) fn place(&self, cell: At<'_>) -> Place {
        self.sheet.at(cell.row, cell.column)
    }

    /// Notes a problem of a cell.
    pub(super) fn add(&mut self, kind: IssueKind, cell: At<'_>, message: impl Into<String>, advice: impl Into<String>) {
        self.issues.push(Issue::new(kind, self.place(cell), message, advice));
    }

    /// The place of the sheet.
    pub(super) fn sheet(&self) -> &Place {
        &self.sheet
    }

    /// The text of a used cell. A formula without a value and a text that a spreadsheet would run are noted.
    pub(super) fn text<'a>(&mut self, cell: At<'a>) -> Cow<'a, str> {
        if cell.value == Value::FormulaWithoutValue {
            self.add(
                IssueKind::FormulaNoValue,
                cell,
                "в ячейке формула, а её значение в файле не сохранено",
                "Откройте файл в Excel или LibreOffice, сохраните его и запустите снова.",
            );
            return Cow::Borrowed("");
        }
        let text = cell.text();
        if self.formula(cell) {
            let is_sign = |letter: char| FORMULA_SIGNS.contains(&letter) || letter.is_whitespace();
            return Cow::Owned(text.trim_start_matches(is_sign).trim().to_owned());
        }
        text
    }

    /// Notes a text that a spreadsheet would run, and tells whether the cell holds one.
    pub(super) fn formula(&mut self, cell: At<'_>) -> bool {
        let found = matches!(cell.value, Value::Text(text) if looks_like_formula(text));
        if found {
            self.add(
                IssueKind::FormulaInjection,
                cell,
                "текст начинается со знака, с которого начинаются формулы; он прочитан как обычный текст",
                "Уберите первый знак в ячейке, если он лишний.",
            );
        }
        found
    }

    /// The date of birth in a cell.
    pub(super) fn birth_date(&mut self, cell: At<'_>, today: Date) -> Option<Date> {
        let text = self.text(cell);
        if is_absent(&text) {
            return None;
        }
        birth_date(cell.value, today)
            .map_err(|error| {
                // A column «Год рождения» is one remark, not one for each pupil.
                if matches!(error, DateError::YearOnly(_)) && !self.columns_of_years.insert(cell.column) {
                    return;
                }
                self.add(
                    IssueKind::BadDate,
                    cell,
                    format!("{error}; дата рождения пропущена"),
                    "Исправьте дату: день, месяц и год, например 04.05.2013.",
                );
            })
            .ok()
    }

    /// A telephone in a cell.
    pub(super) fn phone(&mut self, cell: At<'_>, text: &str) -> Option<Phone> {
        if is_absent(text) {
            return None;
        }
        let phone = text.parse();
        if phone.is_err() {
            let message = if text.contains('@') {
                "в столбце телефона стоит адрес электронной почты; телефон пропущен"
            } else {
                "номер телефона не удалось разобрать; он пропущен"
            };
            self.add(IssueKind::BadPhone, cell, message, "Исправьте номер: 11 цифр, начиная с 8 или +7.");
        }
        phone.ok()
    }

    /// An e-mail address in a cell.
    pub(super) fn email(&mut self, cell: At<'_>, text: &str) -> Option<Email> {
        if is_absent(text) {
            return None;
        }
        match text.parse::<Email>() {
            Ok(email) => Some(email),
            Err(error) => {
                let message = match error {
                    EmailError::Form if text.parse::<Phone>().is_ok() => {
                        "в столбце почты стоит номер телефона; адрес пропущен".to_owned()
                    }
                    error => format!("{error}; адрес пропущен"),
                };
                self.add(IssueKind::BadEmail, cell, message, "Исправьте адрес, например ivanova@example.org.");
                None
            }
        }
    }

    /// Notes telephones or addresses that are taken for nobody, since the cell does not say whose they are.
    pub(super) fn whose(&mut self, cell: At<'_>) {
        let (kind, message) = if cell.text().contains('@') {
            (IssueKind::BadEmail, "не сказано, чья из родителей эта почта; она пропущена")
        } else {
            (IssueKind::BadPhone, "не сказано, чей из родителей этот телефон; он пропущен")
        };
        let advice = "Напишите, чей он, например «мать 8 …, отец 8 …», или дайте каждому родителю свой столбец.";
        self.add(kind, cell, message, advice);
    }

    /// Notes a pupil's name that cannot be read.
    pub(super) fn bad_name(&mut self, cell: At<'_>, error: &NameError) {
        self.add(IssueKind::BadName, cell, error.to_string(), Self::advice(error));
    }

    /// Four words that may be a long name or two short ones.
    pub(super) fn perhaps_two(&mut self, cell: At<'_>, name: &PersonName) {
        self.add(
            IssueKind::BadGuardianName,
            cell,
            format!("«{name}» — четыре слова без отчества: неясно, один это человек или двое; взят один"),
            "Если родителей двое, поставьте между ними запятую.",
        );
    }

    /// Notes a parent's name that cannot be read; it keeps nobody's papers back.
    pub(super) fn bad_guardian_name(&mut self, cell: At<'_>, error: &NameError) {
        let message = format!("{error}; родитель взят без имени");
        let advice = match error {
            NameError::TooManyWords(_) => {
                "Если родителей двое, поставьте между ними запятую; если один, оставьте только фамилию, имя и отчество."
            }
            error => Self::advice(error),
        };
        self.add(IssueKind::BadGuardianName, cell, message, advice);
    }

    fn advice(error: &NameError) -> &'static str {
        match error {
            NameError::Empty => "Впишите фамилию и имя или удалите строку, затем запустите снова.",
            NameError::OneWord(_) => "Впишите фамилию и имя полностью и запустите снова.",
            NameError::TooManyWords(_) => "Оставьте в ячейке только фамилию, имя и отчество и запустите снова.",
            NameError::Digit(_) | NameError::Character { .. } => "Уберите лишнее из ячейки с именем и запустите снова.",
            NameError::Latin { .. } => "Наберите имя русскими буквами и запустите снова.",
        }
    }
}
