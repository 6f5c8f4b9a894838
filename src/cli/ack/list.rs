//! `ack list`: the register of who has read the rules and may be included (31.4.3). The deputy's own list: it names people,
//! and no link.

use jiff::civil::Date;
use serde::Serialize;

use crate::cli::args::AckListArgs;
use crate::cli::error::CommandError;
use crate::cli::remembered::Remembered;
use crate::cli::ui::Ui;
use crate::report::{AckLine, ack_counts, ack_table};
use crate::school::{Audience, SigningState};
use crate::uptake::Signer;

#[derive(Serialize)]
struct ListJson<'a> {
    people: Vec<PersonJson<'a>>,
    states: std::collections::BTreeMap<&'static str, usize>,
    as_of: Date,
}

#[derive(Serialize)]
struct PersonJson<'a> {
    class: Option<String>,
    who: Audience,
    name: Option<String>,
    pupil: Option<String>,
    state: &'static str,
    on: Option<Date>,
    /// Whether the person may be included in the chats of the class now.
    may_be_included: bool,
    #[serde(skip)]
    signer: &'a Signer,
    #[serde(skip)]
    signing: SigningState,
}

/// Runs the command.
pub(crate) fn run(args: &AckListArgs, ui: &Ui) -> Result<(), CommandError> {
    let school = Remembered::read(&args.target.folder)?;
    let people = school.signers.all.iter().map(|signer| {
        let signing = signer.state(&school.signatures);
        PersonJson {
            class: signer.scope.class().map(ToString::to_string),
            who: signer.audience(),
            name: signer.name.as_ref().map(ToString::to_string),
            pupil: signer.pupil.as_ref().map(ToString::to_string),
            state: signing.id(),
            on: school.signatures.get(&signer.id).and_then(|marks| marks.last()).map(|last| last.on),
            may_be_included: signing == SigningState::Signed,
            signer,
            signing,
        }
    });
    let is_wanted = |person: &PersonJson<'_>| {
        args.class.as_ref().is_none_or(|scope| person.signer.scope == *scope)
            && (!args.open || person.signing.is_open())
    };
    let people: Vec<PersonJson<'_>> = people.filter(is_wanted).collect();
    let mut states = std::collections::BTreeMap::new();
    for person in &people {
        *states.entry(person.state).or_default() += 1;
    }
    if ui.wants_json() {
        return ui.answer_json(&ListJson { people, states, as_of: school.last_run });
    }
    if people.is_empty() {
        ui.answer("Таких людей нет.\n");
        return Ok(());
    }
    let line = |person: &PersonJson<'_>| AckLine {
        class: person.signer.scope.title(),
        name: person.name.clone().unwrap_or_else(|| "имени нет в списках".to_owned()),
        pupil: person.pupil.clone().unwrap_or_default(),
        who: person.who,
        state: person.signing,
        on: person.on,
    };
    let lines: Vec<AckLine> = people.iter().map(line).collect();
    ui.answer(&format!("{}\n", ack_table(&lines, ui.width()).trim_end()));
    ui.answer(&ack_counts(&lines));
    ui.answer(&format!(
        "По состоянию на последний запуск, {}. Изменённые списки учтёт: zavuch применить\n",
        crate::school::dotted(school.last_run)
    ));
    Ok(())
}
