//! The table of acknowledgements in the folder: its marks are taken in, then it is brought to what is recorded.

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::error::CommandError;
use super::register_file::FORMER;
use super::remembered::Remembered;
use crate::roster;
use crate::school::{Acknowledgements, Checked, Fingerprint, Regulation};
use crate::store::{NewSignature, RulesVersion, Store};
use crate::tables::{self, Source, Workbook};
use crate::uptake::{Losses, OldTable, RenewedTable, RowOfSheet, TakenMarks, UptakeError, renewed_table, take_marks};
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
pub(crate) fn bring_up(
    workspace: &Workspace,
    files: &[Source],
    losses: Losses,
    on: Date,
) -> Result<BroughtUp, CommandError> {
    let mut remembered = Remembered::read(workspace.root())?;
    let own = workspace.inputs().value.acknowledgements;
    let own_book = own.as_ref().map(tables::read).transpose();
    // Nothing may be written over a table that cannot be read.
    let own_book = own_book.map_err(|issue| UptakeError::OldUnreadable(Box::new(issue)))?;
    let old = own.as_ref().zip(own_book.as_ref());
    let mut read = Checked::<Acknowledgements>::default();
    let of_own = old.map(|(own, book)| roster::acknowledgements_of(book, &own.label, on));
    for one in of_own.into_iter().chain(files.iter().map(|source| roster::read_acknowledgements(source, on))) {
        let one = one.collect_into(&mut read.issues);
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
        losses,
        on,
    );
    if !taken.new.is_empty() || !new_rules.is_empty() {
        let new: Vec<NewSignature> =
            taken.new.iter().map(|one| NewSignature { signer: one.signer.id.clone(), entry: one.entry(on) }).collect();
        // Only where there is something new is the file opened for writing.
        let mut store = Store::open(workspace.root())?;
        store.take_signatures(&new, &new_rules)?;
        remembered.signatures = store.signatures()?;
    }
    let table = renew(&remembered, old, &taken, &read.issues, on)?;
    Ok(BroughtUp { taken, issues: read.issues, table })
}

/// As [`bring_up`] without files, but only where the table, the rules or what is recorded are others than when that was
/// done last: most runs find nothing to do. `None` where it is so. `has_recorded` tells whether this run has recorded
/// something.
///
/// # Errors
/// As [`bring_up`].
pub(crate) fn bring_up_if_stale(
    workspace: &Workspace,
    regulation: &Regulation,
    has_recorded: bool,
    on: Date,
) -> Result<Option<BroughtUp>, CommandError> {
    let Some(store) = Store::read_unchecked(workspace.root())? else { return Ok(None) };
    if store.acknowledgement_table()? == Some(sum(workspace, regulation, &store)?) {
        return Ok(None);
    }
    drop(store);
    let brought_up = bring_up(workspace, &[], Losses::Few, on)?;
    // What was told once is told again: a mark that was refused waits for somebody. A run that finds nothing to do writes
    // nothing, not even that.
    let is_new = has_recorded || brought_up.table != AckTable::Same || !brought_up.taken.new.is_empty();
    if is_new && brought_up.taken.issues.is_empty() && brought_up.issues.is_empty() {
        let mut store = Store::open(workspace.root())?;
        let sum = sum(workspace, regulation, &store)?;
        store.note_acknowledgement_table(sum)?;
    }
    Ok(Some(brought_up))
}

/// What the table follows from: itself, the rules, and what is recorded.
fn sum(workspace: &Workspace, regulation: &Regulation, store: &Store) -> Result<Fingerprint, CommandError> {
    let mut sum = Sha256::new();
    let own = workspace.inputs().value.acknowledgements;
    let bytes = own.as_ref().and_then(|own| std::fs::read(&own.path).ok()).unwrap_or_default();
    sum.update((bytes.len() as u64).to_le_bytes());
    sum.update(&bytes);
    sum.update(format!("{regulation:?}"));
    sum.update(store.mark()?.to_string());
    Ok(Fingerprint::of_sum(sum.finalize().into()))
}

fn renew(
    remembered: &Remembered,
    old: Option<(&Source, &Workbook)>,
    taken: &TakenMarks,
    issues: &[crate::school::Issue],
    on: Date,
) -> Result<AckTable, CommandError> {
    let Remembered { workspace, signers, signatures, former, .. } = remembered;
    // A mark or a date that could not be read stays as it was typed, too.
    let unread = issues.iter().filter_map(|issue| RowOfSheet::of(&issue.place));
    let kept = taken.refused.iter().cloned().chain(unread).collect();
    let own = old.map(|(own, _)| own);
    let old = old.map(|(own, workbook)| OldTable { workbook, label: &own.label });
    let year = crate::school::SchoolYear::of(on);
    let RenewedTable::Anew { bytes, old_holds_more } =
        renewed_table(old, signers, signatures, &kept, former, year.first_day())?
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
