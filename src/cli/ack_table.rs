//! The table of acknowledgements in the folder: its marks are taken in, then it is brought to what is recorded.
//!
//! Most runs find it as the last one left it. Then it is not even read: it holds no mark that is not recorded, and what it
//! should say follows from the store alone.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::error::CommandError;
use super::register_file::FORMER;
use super::remembered::Remembered;
use super::ui::Ui;
use crate::roster;
use crate::school::{
    Acknowledgements, Audience, Checked, Fingerprint, Issue, Regulation, SchoolState, SchoolYear, Signatures, SignerId,
};
use crate::store::{LeftTable, NewSignature, Recorded, RulesVersion, Store};
use crate::tables::{self, Source, Workbook};
use crate::uptake::{
    Losses, OldTable, RecordedTable, RenewedTable, RowOfSheet, Signers, TakenMarks, UptakeError, renewed_table,
    take_marks,
};
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
    pub(crate) issues: Vec<Issue>,
    pub(crate) table: AckTable,
    /// The sum of what it says, where nothing stands in it that is not recorded. A note is not, and what was told once is
    /// told again, for a mark that was refused waits for somebody.
    says: Option<Fingerprint>,
}

impl BroughtUp {
    /// Whether anything was recorded or written.
    fn has_written(&self) -> bool {
        self.table != AckTable::Same || !self.taken.new.is_empty()
    }

    /// Notes how the table was left, where it holds nothing but what is recorded.
    fn note(&self, workspace: &Workspace, recorded: Option<&Recorded>) -> Result<(), CommandError> {
        self.says.map_or(Ok(()), |says| note(workspace, recorded, says))
    }
}

/// Takes in the marks of files and of the own table, records what is new, brings the own table up and notes how it is left.
///
/// # Errors
/// When the store cannot be read or written, or the table cannot be written.
pub(crate) fn take_in(
    workspace: &Workspace,
    files: &[Source],
    losses: Losses,
    on: Date,
) -> Result<BroughtUp, CommandError> {
    let brought_up = bring_up(workspace, files, losses, on)?;
    if brought_up.has_written() {
        brought_up.note(workspace, None)?;
    }
    Ok(brought_up)
}

fn bring_up(workspace: &Workspace, files: &[Source], losses: Losses, on: Date) -> Result<BroughtUp, CommandError> {
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
    let (table, holds_more) = renew(&remembered, old, &taken, &read.issues, on)?;
    let is_ours = taken.issues.is_empty() && read.issues.is_empty() && !holds_more;
    let says = is_ours.then(|| RecordedTable::of(&remembered.signers, &remembered.signatures).sum());
    Ok(BroughtUp { taken, issues: read.issues, table, says })
}

/// The table of acknowledgements as one run finds it, and what is recorded of signatures before it.
pub(crate) struct FoundTable {
    /// Whether nobody has written into the file since the program left it.
    left: Option<LeftTable>,
    signatures: BTreeMap<SignerId, Signatures>,
    rules: Vec<RulesVersion>,
}

/// What a table that nobody has written into is to become.
pub(crate) enum Prepared {
    /// Somebody has, or there is none, or the rules are new: it is to be read.
    ToBeRead,
    /// It says all already.
    Same,
    /// It is to be written anew over the one that was left.
    Anew { left: LeftTable, bytes: Vec<u8>, says: Fingerprint },
}

impl FoundTable {
    /// Looks at the file and at what is recorded.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn look(workspace: &Workspace) -> Result<Self, CommandError> {
        let nothing = Self { left: None, signatures: BTreeMap::new(), rules: Vec::new() };
        let Some(store) = Store::read_unchecked(workspace.root())? else { return Ok(nothing) };
        match store.acknowledgement_table()?.filter(|left| is_left_alone(workspace, *left)) {
            // What is recorded is read with the table then.
            None => Ok(nothing),
            left => Ok(Self { left, signatures: store.signatures()?, rules: store.rules_versions()? }),
        }
    }

    /// What the table is to become when a school is as it will be. It only reckons, so it may be done beside other work.
    ///
    /// # Errors
    /// When the table cannot be put together.
    pub(crate) fn prepared(
        &self,
        school: &SchoolState,
        regulation: &Regulation,
        on: Date,
    ) -> Result<Prepared, CommandError> {
        let Some(left) = self.left else { return Ok(Prepared::ToBeRead) };
        let signers = Signers::of(school, regulation);
        let is_known =
            |audience: Audience, sum| self.rules.iter().any(|one| (one.audience, one.sum) == (audience, sum));
        let mut of_now = signers.all.iter().filter_map(|signer| Some((signer.audience(), signer.rules?)));
        if !of_now.all(|(audience, sum)| is_known(audience, sum)) {
            return Ok(Prepared::ToBeRead);
        }
        let table = RecordedTable::of(&signers, &self.signatures);
        let says = table.sum();
        if says == left.says {
            return Ok(Prepared::Same);
        }
        let bytes = table.build(SchoolYear::of(on).first_day())?;
        Ok(Prepared::Anew { left, bytes, says })
    }
}

/// Carries out what was prepared, after the school was recorded; `recorded` is what was recorded before. `None` where nothing
/// was to be done. `has_recorded` tells whether this run has recorded something.
///
/// # Errors
/// As [`take_in`].
pub(crate) fn finish(
    workspace: &Workspace,
    prepared: Prepared,
    recorded: Option<&Recorded>,
    has_recorded: bool,
    on: Date,
) -> Result<Option<BroughtUp>, CommandError> {
    match prepared {
        Prepared::Same => Ok(None),
        Prepared::Anew { left, bytes, says } if is_left_alone(workspace, left) => {
            write_lasting(&workspace.table_path(InputTable::Acknowledgements), &bytes)?;
            note(workspace, recorded, says)?;
            let (taken, issues) = (TakenMarks::default(), Vec::new());
            Ok(Some(BroughtUp { taken, issues, table: AckTable::Written, says: Some(says) }))
        }
        // Somebody may have written into it meanwhile, too.
        Prepared::ToBeRead | Prepared::Anew { .. } => {
            let brought_up = bring_up(workspace, &[], Losses::Few, on)?;
            // A run that finds nothing to do writes nothing, not even how it left the table.
            if has_recorded || brought_up.has_written() {
                brought_up.note(workspace, recorded)?;
            }
            Ok(Some(brought_up))
        }
    }
}

/// Notes how the table was left, where it lies in its place.
fn note(workspace: &Workspace, recorded: Option<&Recorded>, says: Fingerprint) -> Result<(), CommandError> {
    if let Some(file) = own_sum(workspace) {
        Store::open_watched(workspace.root(), recorded, None)?.note_acknowledgement_table(LeftTable { file, says })?;
    }
    Ok(())
}

/// Whether nobody has written into the table since the program left it so, with nothing in it that is not recorded.
pub(crate) fn is_left_alone(workspace: &Workspace, left: LeftTable) -> bool {
    own_sum(workspace) == Some(left.file)
}

/// The sum of the file, where it is the only one and lies in its place.
fn own_sum(workspace: &Workspace) -> Option<Fingerprint> {
    let own = workspace.inputs().value.acknowledgements?;
    if own.path != workspace.table_path(InputTable::Acknowledgements) {
        return None;
    }
    Some(Fingerprint::of_sum(Sha256::digest(std::fs::read(&own.path).ok()?).into()))
}

fn renew(
    remembered: &Remembered,
    old: Option<(&Source, &Workbook)>,
    taken: &TakenMarks,
    issues: &[Issue],
    on: Date,
) -> Result<(AckTable, bool), CommandError> {
    let Remembered { workspace, signers, signatures, former, .. } = remembered;
    // A mark or a date that could not be read stays as it was typed, too.
    let unread = issues.iter().filter_map(|issue| RowOfSheet::of(&issue.place));
    let kept = taken.refused.iter().cloned().chain(unread).collect();
    let own = old.map(|(own, _)| own);
    let old = old.map(|(own, workbook)| OldTable { workbook, label: &own.label });
    let year = SchoolYear::of(on).first_day();
    let (bytes, holds_more, loses) = match renewed_table(old, signers, signatures, &kept, former, year)? {
        RenewedTable::Same { holds_more } => return Ok((AckTable::Same, holds_more)),
        RenewedTable::Anew { bytes, holds_more, loses } => (bytes, holds_more, loses),
    };
    let path = workspace.table_path(InputTable::Acknowledgements);
    let aside = own.filter(|own| loses || own.path != path);
    workspace.put_aside(aside, FORMER)?;
    write_lasting(&path, &bytes)?;
    let table = match (own, aside) {
        (None, _) => AckTable::First,
        (Some(_), Some(_)) => AckTable::PutAside,
        (Some(_), None) => AckTable::Written,
    };
    Ok((table, holds_more))
}

impl AckTable {
    /// Tells a person who asked for it; a table that was put aside is told of beside JSON, too.
    pub(crate) fn tell(self, ui: &Ui) {
        if !ui.wants_json() {
            ui.answer(self.words());
        } else if self == Self::PutAside {
            ui.say(self.words());
        }
    }

    /// What a person should know; empty where nothing.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::First => "Таблица ознакомления составлена: ознакомление.xlsx.\n",
            Self::Written => "Таблица ознакомления обновлена: ознакомление.xlsx.\n",
            Self::PutAside => {
                "Таблица ознакомления составлена заново: ознакомление.xlsx. Прежняя лежит рядом под именем \
                 «ознакомление (прежняя)»: ваши столбцы, ячейки рядом с таблицей и примечания о тех, у кого больше нет строки, \
                 остались только в ней. Перенесите нужное и уберите её.\n"
            }
        }
    }
}
