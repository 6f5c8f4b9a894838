//! The safety limits (`docs/inputs.md` § 8): they stop a command that would take many pupils or members of the staff for
//! gone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::path::Path;

use jiff::civil::Date;

use super::data::Data;
use super::error::{CommandError, Kind};
use super::planning::{Known, ShiftedGroup};
use crate::report::StudentRow;
use crate::roster::identity::Allowance;
use crate::school::{ClassName, Noun, PersonName, Staff, StaffContact, count, dotted};

/// So many of a class, or of the staff, who would be gone are named.
const NAMED: usize = 10;

/// So many of the staff may be gone without a number.
const STAFF_REMOVALS: Allowance = Allowance { number: 5, share: 10 };

/// Whether the lists may be worked with, when a person allowed so many removals. Before the first run there is nothing to
/// lose.
///
/// # Errors
/// With every limit that was exceeded, who would be gone, and what to type.
pub(crate) fn permit(
    data: &Data,
    known: &Known,
    allowed: Option<usize>,
    call: &str,
    folder: &Path,
) -> Result<(), CommandError> {
    let people = &data.people;
    let assessment = &people.assessment;
    if !known.has_past() {
        return Ok(());
    }
    let staff = StaffRemovals::between(&known.state().staff, &data.staff);
    let pupils = if assessment.holds_removals() { assessment.removals } else { 0 };
    let of_groups: usize = data.shifted_groups.iter().map(|group| group.pupils).sum();
    let held = pupils + staff.held() + of_groups;
    if assessment.stops_everything() || (held > 0 && allowed != Some(held)) {
        let mut error = "новые списки слишком отличаются от прежних. Ничего не сделано.".to_owned();
        for breach in &assessment.breaches {
            let _ = write!(error, "\n  {breach}");
        }
        let mut hints = Vec::new();
        if !assessment.breaches.is_empty() {
            let check = "Проверьте, что в папке «списки» лежат полные списки всех классов, без сдвинутых столбцов.";
            hints.push(check.to_owned());
        }
        if assessment.stops_everything() {
            hints.push("Пока это не исправлено, числом это не подтвердить.".to_owned());
            return Err(CommandError { kind: Kind::Limit, error, hints });
        }
        if pupils > 0 {
            error.push_str(&gone(&people.comparison.removed));
        }
        if staff.held() > 0 {
            let _ = write!(error, "\n  {staff}");
            hints.push("Проверьте, что в таблице сотрудников остались все, кто работает.".to_owned());
        }
        for group in &data.shifted_groups {
            let _ = write!(error, "\n  {}", in_words(group));
        }
        if of_groups > 0 {
            let advice = "Если группа переходит вместе со своими детьми, исправьте её классы в таблице групп.";
            hints.push(advice.to_owned());
        }
        hints.push(format!(
            "{} повторите с их числом: zavuch {call} \"{}\" --allow-removals {held}",
            if of_groups > 0 {
                "Если всё верно и так,"
            } else {
                "Если все они действительно выбыли,"
            },
            folder.display(),
        ));
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

/// What would happen to a group of last year.
fn in_words(group: &ShiftedGroup) -> String {
    let ShiftedGroup { title, class, now, pupils, place } = group;
    let number = count(*pupils, Noun::new("ученик", "ученика", "учеников"));
    format!(
        "У группы «{title}» в таблице класс {class} ({place}), а прежний {class} теперь {now}: из чата группы уйдут {number}, \
         а войдут другие дети."
    )
}

/// Members of the staff whom the table names no more.
struct StaffRemovals<'a> {
    gone: Vec<&'a PersonName>,
    /// How many there were.
    size: usize,
}

impl<'a> StaffRemovals<'a> {
    /// Who is gone; a new name at the address of a known person is that person.
    fn between(before: &'a BTreeMap<String, StaffContact>, now: &Staff) -> Self {
        let names: BTreeSet<String> = now.members.iter().map(|member| member.name.folded()).collect();
        let newcomers = now.members.iter().filter(|member| !before.contains_key(&member.name.folded()));
        let addresses: BTreeSet<_> = newcomers.filter_map(|member| member.email.as_ref()).collect();
        let is_gone = |(folded, contact): &(&String, &StaffContact)| {
            !names.contains(*folded) && !contact.email.as_ref().is_some_and(|email| addresses.contains(email))
        };
        let gone = before.iter().filter(is_gone).map(|(_, contact)| &contact.name).collect();
        Self { gone, size: before.len() }
    }

    /// How many have to be allowed: all of them, or nobody.
    fn held(&self) -> usize {
        let Self { gone, size } = self;
        if STAFF_REMOVALS.is_exceeded(gone.len(), *size) { gone.len() } else { 0 }
    }
}

impl fmt::Display for StaffRemovals<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { gone, size } = self;
        let number = count(gone.len(), Noun::new("сотрудник", "сотрудника", "сотрудников"));
        let limit = STAFF_REMOVALS.of(*size);
        write!(f, "Из штата пропало {number} из {size}, без подтверждения допускается {limit}.")?;
        let names = gone.iter().map(ToString::to_string).collect();
        write!(f, "\n  В таблице сотрудников нет: {}", first_names(names))
    }
}

/// Some names, and how many more there are.
fn first_names(mut names: Vec<String>) -> String {
    let rest = names.len().saturating_sub(NAMED);
    names.truncate(NAMED);
    let rest = if rest > 0 { format!(" и ещё {rest}") } else { String::new() };
    format!("{}{rest}", names.join(", "))
}

/// Who would be gone, class by class.
fn gone(removed: &[StudentRow]) -> String {
    let mut classes: BTreeMap<&ClassName, Vec<String>> = BTreeMap::new();
    for row in removed {
        classes.entry(&row.class).or_default().push(format!("{} {}", row.surname, row.given));
    }
    let line = |(class, names)| format!("\n    {class}: {}", first_names(names));
    let lines: String = classes.into_iter().map(line).collect();
    format!("\n  В новых списках нет:{lines}")
}
