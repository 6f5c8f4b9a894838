//! Whether a letter still fits what holds now.

use crate::cli::data::Data;
use crate::mail::HANDOVER;
use crate::store::StoredLetter;

/// Says why a letter must not be sent: it would bring the papers of one class to somebody else.
pub(super) fn check(letter: &StoredLetter, data: &Data) -> Result<(), String> {
    let class = &letter.class;
    if letter.kind == HANDOVER {
        // It brings nothing of a class, and goes to a colleague at the address that holds.
        let member = data.staff.members.iter().find(|member| member.name.is_spelling_of(&letter.to));
        let is_same = member.is_some_and(|member| member.email.as_ref() == Some(&letter.address));
        return if is_same {
            Ok(())
        } else {
            Err("прежнего модератора с таким адресом больше нет в штате".to_owned())
        };
    }
    if letter.package_class.as_ref().is_some_and(|of_package| of_package != class) {
        return Err("письмо и его бумаги — разных классов".to_owned());
    }
    let Some(plan) = data.plan.class(class) else {
        // The last letter of a class that is gone goes to its former teacher, who is still among the staff.
        let member = data.staff.members.iter().find(|member| member.name.is_spelling_of(&letter.to));
        let is_same = member.is_some_and(|member| member.email.as_ref() == Some(&letter.address));
        let is_last = letter.kind == "change" && is_same;
        return if is_last {
            Ok(())
        } else {
            Err(format!("класса {class} больше нет в списках"))
        };
    };
    let Some(homeroom) = &plan.homeroom else {
        return Err("у класса больше нет классного руководителя".to_owned());
    };
    if !homeroom.name.is_spelling_of(&letter.to) {
        return Err("у класса другой классный руководитель".to_owned());
    }
    match &homeroom.email {
        None => Err("у классного руководителя больше нет адреса".to_owned()),
        Some(address) if *address != letter.address => Err("адрес классного руководителя изменился".to_owned()),
        Some(_) => Ok(()),
    }
}
