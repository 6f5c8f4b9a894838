//! `ack withdraw`: a mark that was taken in by mistake holds no more; who asked for it and why stays recorded.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::ack_table;
use crate::cli::args::AckWithdrawArgs;
use crate::cli::error::CommandError;
use crate::cli::remembered::Remembered;
use crate::cli::ui::Ui;
use crate::cli::{clock, data, job};
use crate::school::{EntryKind, Signature, SignatureEntry, SigningState, dotted, fold};
use crate::store::{NewSignature, Store};
use crate::uptake::{Losses, Signer};
use crate::workspace::Workspace;

/// More matches than this are told as a number.
const LISTED: usize = 20;

#[derive(Serialize)]
struct WithdrawJson<'a> {
    class: String,
    who: String,
    /// The mark that holds no more.
    withdrawn: &'a str,
    why: &'a str,
}

/// Runs the command.
pub(crate) fn run(args: &AckWithdrawArgs, ui: &Ui) -> Result<(), CommandError> {
    let date = args.date.unwrap_or_else(clock::today);
    let (folder, question) = asked(args);
    let workspace = data::workspace(&folder)?;
    let _lock = job::lock(&workspace)?;
    let school = Remembered::read(&folder)?;
    let everybody = school.signers.all.iter().map(|signer| {
        let last = school.signatures.get(&signer.id).and_then(|marks| marks.last());
        Found { signer, last }
    });
    let found = matching(&question, everybody.collect());
    let (signer, last) = match found.as_slice() {
        [Found { signer, last: Some(last) }] => (*signer, *last),
        several if several.iter().any(|one| one.last.is_some()) => {
            list(several, ui);
            let error = format!("«{question}» — подходит несколько человек: {}.", several.len());
            let hint = "Назовите человека полнее: имя, отчество, класс — или сотрите отметку в таблице «ознакомление».";
            return Err(CommandError::inputs(Vec::new(), error, hint));
        }
        unmarked => {
            list(unmarked, ui);
            let error = format!("«{question}» — ни у кого с таким именем нет отметки.");
            let hint = "Кто отмечен, покажет: zavuch ознакомление список";
            return Err(CommandError::inputs(Vec::new(), error, hint));
        }
    };
    let entry =
        SignatureEntry { signature: last.clone(), kind: EntryKind::Withdrawn, taken_on: date, why: args.why.clone() };
    let new = NewSignature { signer: signer.id.clone(), entry };
    Store::open(workspace.root())?.take_signatures(&[new], &[])?;
    let table = ack_table::take_in(&workspace, &[], Losses::Few, date)?.table;
    let who = signer.words();
    if ui.wants_json() {
        let class = signer.scope.title();
        table.tell(ui);
        return ui.answer_json(&WithdrawJson { class, who, withdrawn: last.mark.id(), why: &args.why });
    }
    let words = last.mark.words();
    ui.answer(&format!("Снята отметка «{words}» от {}: {who}, {}.\n", dotted(last.on), signer.scope.title()));
    table.tell(ui);
    Ok(())
}

/// Somebody who is asked to sign. Those without a mark count, too: one of them may be meant, and a mark of another must not
/// go instead.
struct Found<'a> {
    signer: &'a Signer,
    /// The mark that holds.
    last: Option<&'a Signature>,
}

impl Found<'_> {
    fn words(&self) -> String {
        let mark = self.last.map_or(SigningState::Open.words(), |last| last.mark.words());
        format!("{}, {}: {mark}", self.signer.words(), self.signer.scope.title())
    }
}

fn list(found: &[Found<'_>], ui: &Ui) {
    for one in found.iter().take(LISTED) {
        ui.say(&format!("  {}\n", one.words()));
    }
}

/// Those whom all the words fit: by the own name and class; where there is none, by that of the child, too.
fn matching<'a>(question: &str, everybody: Vec<Found<'a>>) -> Vec<Found<'a>> {
    let sought: Vec<String> = question.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect();
    let own = |one: &Found<'_>| {
        let name = one.signer.name.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{name} {}", one.signer.scope.title())
    };
    let fits = |text: &str| {
        let words: Vec<String> = text.split([' ', ':', '(', ')', ',']).map(fold).collect();
        sought.iter().all(|sought| words.iter().any(|word| word.starts_with(sought.as_str())))
    };
    let whole = |text: &str| {
        let words: Vec<String> = text.split([' ', ':', '(', ')', ',']).map(fold).collect();
        sought.iter().all(|sought| words.contains(sought))
    };
    let all = |one: &Found<'_>| format!("{} {}", one.signer.words(), one.signer.scope.title());
    // The narrowest understanding that finds anybody.
    let readings: [&dyn Fn(&Found<'_>) -> bool; 4] =
        [&|one| whole(&own(one)), &|one| fits(&own(one)), &|one| whole(&all(one)), &|one| fits(&all(one))];
    let Some(reading) = readings.into_iter().find(|reading| everybody.iter().any(reading)) else { return Vec::new() };
    everybody.into_iter().filter(|one| reading(one)).collect()
}

/// The folder and the words: the last word may be the folder.
fn asked(args: &AckWithdrawArgs) -> (PathBuf, String) {
    let named = || {
        let (last, rest) = args.what.split_last()?;
        let is_folder = !rest.is_empty() && Workspace::open(Path::new(last)).is_ok();
        is_folder.then(|| (PathBuf::from(last), rest.join(" ")))
    };
    match &args.folder {
        Some(folder) => (folder.clone(), args.what.join(" ")),
        None => named().unwrap_or_else(|| (PathBuf::from("."), args.what.join(" "))),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Found, matching};
    use crate::school::{AcknowledgementMark, PersonId, PersonName, Scope, Signature, SignatureDay, SignerId};
    use crate::uptake::Signer;

    /// «surname name patronymic», of a parent with the pupil after a slash.
    fn signer(number: u8, text: &str) -> Signer {
        let name = |text: &str| {
            let mut words = text.split(' ');
            let mut next = || words.next().unwrap_or_default();
            PersonName::new(next(), next(), next())
        };
        let pupil = PersonId::of_bytes([number; 16]);
        let (own, of) = text.split_once('/').map_or((text, None), |(own, of)| (own, Some(name(of))));
        Signer {
            id: of.as_ref().map_or(SignerId::Student(pupil), |_| SignerId::Parent { pupil, guardian: Some(pupil) }),
            scope: Scope::Class("7А".parse().expect("a class")),
            name: Some(name(own)),
            pupil: of,
            namesake: None,
            rules: None,
        }
    }

    /// Who is found, a mark with a plus; only the father of the pupil has one.
    #[track_caller]
    fn check(question: &str, expected: &[&str]) {
        let signers = [
            signer(1, "Петров Иван Сергеевич/Петров Иван Иванович"),
            signer(2, "Петрова Анна Олеговна/Петров Иван Иванович"),
            signer(3, "Петров Иван Иванович"),
        ];
        let mark = Signature {
            on: date(2026, 9, 5),
            day: SignatureDay::Told,
            mark: AcknowledgementMark::Acquainted,
            rules: None,
        };
        let all = signers.iter().enumerate().map(|(at, signer)| Found { signer, last: (at == 0).then_some(&mark) });
        let found: Vec<String> = matching(question, all.collect())
            .iter()
            .map(|one| {
                let name = one.signer.name.as_ref().map(ToString::to_string).unwrap_or_default();
                format!("{}{name}", if one.last.is_some() { "+" } else { "" })
            })
            .collect();
        assert_eq!(found, expected, "{question}");
    }

    #[test]
    fn whoever_has_no_mark_is_found_beside_those_who_have() {
        check("Петров Иван", &["+Петров Иван Сергеевич", "Петров Иван Иванович"]);
        check("петров иван сергеевич 7А", &["+Петров Иван Сергеевич"]);
        check("Петров Иван родитель", &["+Петров Иван Сергеевич", "Петрова Анна Олеговна"]);
        check("Петров Иван Иванович", &["Петров Иван Иванович"]);
        check("Петрова", &["Петрова Анна Олеговна"]);
        check("Чужой", &[]);
    }
}
