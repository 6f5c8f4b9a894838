//! The table of acknowledgements in the folder: its marks are taken in, then it is brought to what is recorded.

use jiff::civil::Date;

use super::error::CommandError;
use super::register_file::FORMER;
use super::remembered::Remembered;
use crate::roster;
use crate::school::{Acknowledgements, Checked};
use crate::store::{NewSignature, RulesVersion, Store};
use crate::tables::Source;
use crate::uptake::{RenewedTable, RowOfSheet, TakenMarks, renewed_table, take_marks};
use crate::workspace::{InputTable, Workspace, write_lasting};

/// What became of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AckTable {
    /// It said so already.
    Same,
    /// There was none.
    First,
    /// It was written.
    Written,
    /// It was written, and the old one stands beside it under another name.
    PutAside,
}

/// What was taken in, and what became of the table.
pub(crate) struct BroughtUp {
    pub(crate) taken: TakenMarks,
    /// What is wrong with the files themselves.
    pub(crate) issues: Vec<crate::school::Issue>,
    pub(crate) table: AckTable,
}

/// Takes in the marks of files and of the own table, records what is new and brings the own table up.
///
/// # Errors
/// When the store cannot be read or written, or the table cannot be written.
pub(crate) fn bring_up(workspace: &Workspace, files: &[Source], on: Date) -> Result<BroughtUp, CommandError> {
    let mut remembered = Remembered::read(workspace.root())?;
    let own = workspace.inputs().value.acknowledgements;
    let mut read = Checked::<Acknowledgements>::default();
    for source in own.iter().chain(files) {
        let one = roster::read_acknowledgements(source, on).collect_into(&mut read.issues);
        read.value.rows.extend(one.rows);
    }
    let new_rules = remembered.new_rules(on);
    let known = new_rules.iter().map(|RulesVersion { audience, sum, since }| (*audience, *sum, *since));
    remembered.versions.known.extend(known);
    let taken = take_marks(
        &read.value.rows,
        &remembered.signers,
        &remembered.signatures,
        &remembered.versions,
        &remembered.former,
        on,
    );
    if !taken.new.is_empty() || !new_rules.is_empty() {
        let new: Vec<NewSignature> = taken
            .new
            .iter()
            .map(|one| NewSignature { signer: one.signer.id.clone(), signature: one.signature.clone() })
            .collect();
        // Only where there is something new is the file opened for writing.
        let mut store = Store::open(workspace.root())?;
        store.take_signatures(&new, &new_rules, on)?;
        remembered.signatures = store.signatures()?;
    }
    let table = renew(&remembered, own.as_ref(), &taken, &read.issues, on)?;
    Ok(BroughtUp { taken, issues: read.issues, table })
}

fn renew(
    remembered: &Remembered,
    own: Option<&Source>,
    taken: &TakenMarks,
    issues: &[crate::school::Issue],
    on: Date,
) -> Result<AckTable, CommandError> {
    let Remembered { workspace, signers, signatures, former, .. } = remembered;
    // A mark or a date that could not be read stays as it was typed, too.
    let unread = issues.iter().filter_map(|issue| RowOfSheet::of(&issue.place)).collect();
    let year = crate::plan::SchoolYear::of(on);
    let RenewedTable::Anew { bytes, old_holds_more } =
        renewed_table(own, signers, signatures, &taken.refused, &unread, former, year.first_day())?
    else {
        return Ok(AckTable::Same);
    };
    let path = workspace.table_path(InputTable::Acknowledgements);
    let aside = own.filter(|own| old_holds_more || own.path != path);
    workspace.put_aside(aside, FORMER)?;
    write_lasting(&path, &bytes)?;
    Ok(match (own, aside) {
        (None, _) => AckTable::First,
        (Some(_), Some(_)) => AckTable::PutAside,
        (Some(_), None) => AckTable::Written,
    })
}

impl AckTable {
    /// What a person should know; empty where nothing.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::First => "Таблица ознакомления составлена: ознакомление.xlsx.\n",
            Self::Written => "Таблица ознакомления обновлена: ознакомление.xlsx.\n",
            Self::PutAside => {
                "Таблица ознакомления составлена заново: ознакомление.xlsx. Прежняя лежит рядом под именем \
                 «ознакомление (прежняя)»: перенесите из неё свои заметки и уберите её.\n"
            }
        }
    }
}
