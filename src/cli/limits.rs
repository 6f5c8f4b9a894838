//! The safety limits (`docs/inputs.md` § 8): they stop a command that would take many pupils for gone.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::Date;

use super::error::{CommandError, Kind};
use super::planning::{Known, People};
use crate::report::StudentRow;
use crate::school::{ClassName, Noun, count, dotted};

/// So many of a class who would be gone are named.
const NAMED: usize = 10;

/// Whether the lists may be worked with, when a person allowed so many removals. Before the first run there is nothing to
/// lose.
///
/// # Errors
/// With every limit that was exceeded, who would be gone, and what to type.
pub(crate) fn permit(
    people: &People,
    known: &Known,
    allowed: Option<usize>,
    call: &str,
    folder: &Path,
) -> Result<(), CommandError> {
    let assessment = &people.assessment;
    if !known.has_past() {
        return Ok(());
    }
    if !assessment.permits_removals(allowed) {
        let mut error = "новые списки слишком отличаются от прежних. Ничего не сделано.".to_owned();
        for breach in &assessment.breaches {
            let _ = write!(error, "\n  {breach}");
        }
        let check = "Проверьте, что в папке «списки» лежат полные списки всех классов, без сдвинутых столбцов.";
        let mut hints = vec![check.to_owned()];
        if assessment.stops_everything() {
            hints.push("Пока это не исправлено, числом это не подтвердить.".to_owned());
        } else {
            error.push_str(&gone(&people.comparison.removed));
            hints.push(format!(
                "Если все они действительно выбыли, повторите с их числом: zavuch {call} \"{}\" --allow-removals {}",
                folder.display(),
                assessment.removals
            ));
        }
        return Err(CommandError { kind: Kind::Limit, error, hints });
    }
    if people.lost > 0 {
        let pupils = Noun::new("ученика", "учеников", "учеников");
        let error = format!(
            "начался новый учебный год, а про {} из классов, которых больше нет, неизвестно, один ли это ученик с тем, \
             кто есть в новых списках. Ничего не сделано.",
            count(people.lost, pupils)
        );
        let hint = format!("Ответьте на вопросы: zavuch применить \"{}\" в окне терминала.", folder.display());
        return Err(CommandError { kind: Kind::Limit, error, hints: vec![hint] });
    }
    Ok(())
}

/// Whether papers may have the date that somebody typed: they may not be older than those that were issued before. The
/// date of the clock is always taken: a wrong one, typed once, must not stop the work for years.
///
/// # Errors
/// With the first date that will do.
pub(crate) fn permit_date(typed: Option<Date>, known: &Known) -> Result<(), CommandError> {
    match typed.zip(known.last_date).filter(|(date, last)| date < last) {
        None => Ok(()),
        Some((date, last)) => Err(CommandError::usage(
            format!(
                "дата {} раньше даты последнего запуска ({}): новые бумаги не могут быть старше прежних.",
                dotted(date),
                dotted(last)
            ),
            format!("Укажите {} или более позднюю дату: --date {}", dotted(last), dotted(last)),
        )),
    }
}

/// Who would be gone, class by class.
fn gone(removed: &[StudentRow]) -> String {
    let mut classes: BTreeMap<&ClassName, Vec<String>> = BTreeMap::new();
    for row in removed {
        classes.entry(&row.class).or_default().push(format!("{} {}", row.surname, row.given));
    }
    let line = |(class, names): (&ClassName, &Vec<String>)| {
        let rest = names.len().saturating_sub(NAMED);
        let rest = if rest > 0 { format!(" и ещё {rest}") } else { String::new() };
        format!("\n    {class}: {}{rest}", names[..names.len().min(NAMED)].join(", "))
    };
    let lines: String = classes.iter().map(|(class, names)| line((class, names))).collect();
    format!("\n  В новых списках нет:{lines}")
}
