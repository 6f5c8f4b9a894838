//! What happens to a letter on its way, one commit for each step.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::columns::second;
use super::{Decision, LetterId, Recovered, Settled};
use crate::store::watch::Work;
use crate::store::{Store, StoreError, Trouble};

impl Store {
    /// Makes right what a run left that was killed: a letter whose dot was not sent waits again; of one whose dot may have
    /// been sent nobody knows. Only the holder of the lock may call it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn recover_letters(&mut self, at: Timestamp) -> Result<Recovered, StoreError> {
        let count = |state: &str| format!("SELECT count(*) FROM letter WHERE state = '{state}'");
        let found = self.reading(|connection| {
            let number = |state| connection.query_row(&count(state), [], |row| row.get::<_, u32>(0));
            Ok(Recovered { queued: number("attempt")? as usize, unknown: number("dot")? as usize })
        })?;
        if found == Recovered::default() {
            return Ok(found);
        }
        let recovered = self.writing(Work::Letter, |connection| {
            connection
                .execute("UPDATE letter SET state = 'queued', since = ?1 WHERE state = 'attempt'", [second(at)])?;
            connection.execute(
                "UPDATE letter SET state = 'unknown', since = ?1, why = ?2 WHERE state = 'dot'",
                params![second(at), "программа была остановлена, когда письмо передавалось"],
            )?;
            Ok(found)
        });
        recovered.map_err(StoreError::Letter)
    }

    /// Notes that a server is about to hear of a letter.
    ///
    /// # Errors
    /// When it does not wait any more, or the store cannot be written.
    pub fn begin_letter(&mut self, id: LetterId, at: Timestamp) -> Result<(), StoreError> {
        self.writing(Work::Letter, |connection| begin(connection, id, at)).map_err(StoreError::Letter)
    }

    /// Notes that the final dot of a letter is about to be sent, and counts it for the limit of the day.
    ///
    /// # Errors
    /// When it is not being tried, or the store cannot be written: the dot must not be sent then.
    pub fn dot_letter(&mut self, id: LetterId, at: Timestamp) -> Result<(), StoreError> {
        let dotted = self.writing(Work::Letter, |connection| {
            let sql = "UPDATE letter SET state = 'dot', since = ?2 WHERE id = ?1 AND state = 'attempt'";
            changed(connection.prepare_cached(sql)?.execute(params![id.0, second(at)])?)?;
            spend(connection, at)
        });
        dotted.map_err(StoreError::Letter)
    }

    /// Notes what became of a letter that was tried.
    ///
    /// # Errors
    /// When it was not being tried, or the store cannot be written: then nobody knows what became of it.
    pub fn settle_letter(&mut self, id: LetterId, settled: &Settled, at: Timestamp) -> Result<(), StoreError> {
        self.writing(Work::Letter, |connection| settle(connection, id, settled, at)).map_err(StoreError::Letter)
    }

    /// Notes that the server has taken a letter and is about to hear of the next one, in one commit: where nothing is waited
    /// for between the two.
    ///
    /// # Errors
    /// As those of [`settle_letter`](Self::settle_letter) and [`begin_letter`](Self::begin_letter); neither is noted then.
    pub fn go_on_to_letter(&mut self, sent: LetterId, next: LetterId, at: Timestamp) -> Result<(), StoreError> {
        let noted = self.writing(Work::Letter, |connection| {
            settle(connection, sent, &Settled::Sent, at)?;
            begin(connection, next, at)
        });
        noted.map_err(StoreError::Letter)
    }

    /// Notes that a letter must not be sent as it is.
    ///
    /// # Errors
    /// When it does not wait any more, or the store cannot be written.
    pub fn hold_letter(&mut self, id: LetterId, why: &str, at: Timestamp) -> Result<(), StoreError> {
        let held = self.writing(Work::Letter, |connection| {
            let sql = "UPDATE letter SET state = 'held', why = ?2, since = ?3 WHERE id = ?1 AND state = 'queued'";
            changed(connection.execute(sql, params![id.0, why, second(at)])?)
        });
        held.map_err(StoreError::Letter)
    }

    /// Notes what a person decided about a letter; `false` where that cannot be decided of it: it was sent, its bytes are
    /// gone, or it was cancelled and is not to be sent after all.
    ///
    /// # Errors
    /// When there is none of this number, or the store cannot be written.
    pub fn decide_letter(&mut self, id: LetterId, decision: Decision, at: Timestamp) -> Result<bool, StoreError> {
        self.letter(id)?;
        let (state, sql) = match decision {
            Decision::Sent => ("sent", "state IN ('queued', 'unknown', 'failed', 'held')"),
            Decision::Resend => (
                "queued",
                "state IN ('unknown', 'failed', 'held', 'cancelled') AND id IN (SELECT letter_id FROM letter_text)",
            ),
            Decision::Cancel => ("cancelled", "state IN ('queued', 'unknown', 'failed', 'held')"),
        };
        let why = match decision {
            Decision::Sent => "отмечено вручную",
            Decision::Resend => "",
            Decision::Cancel => "отменено вручную",
        };
        let decided = self.writing(Work::Letter, |connection| {
            let sql = format!(
                "UPDATE letter SET state = ?2, why = ?3, since = ?4, tries = 0, first_try = NULL, not_before = NULL \
                 WHERE id = ?1 AND {sql}"
            );
            Ok(connection.execute(&sql, params![id.0, state, why, second(at)])? == 1)
        });
        decided.map_err(StoreError::Letter)
    }

    /// Counts a letter for the limit of the day that is none of the outbox: a test.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn spend_letter(&mut self, at: Timestamp) -> Result<(), StoreError> {
        self.writing(Work::Letter, |connection| spend(connection, at)).map_err(StoreError::Letter)
    }
}

fn begin(connection: &Connection, id: LetterId, at: Timestamp) -> Result<(), Trouble> {
    let sql = "UPDATE letter SET state = 'attempt', since = ?2 WHERE id = ?1 AND state = 'queued'";
    changed(connection.prepare_cached(sql)?.execute(params![id.0, second(at)])?)
}

fn settle(connection: &Connection, id: LetterId, settled: &Settled, at: Timestamp) -> Result<(), Trouble> {
    let (state, why, not_before, tries) = match settled {
        Settled::Sent => ("sent", "", None, 0),
        Settled::Untried => ("queued", "", None, 0),
        Settled::Later { not_before, why } => ("queued", why.as_str(), Some(second(*not_before)), 1),
        Settled::Unknown { why } => ("unknown", why.as_str(), None, 1),
        Settled::Failed { why } => ("failed", why.as_str(), None, 1),
    };
    // Only what a server said of the letter begins its term: a run that was stopped says nothing of it.
    let sql = "UPDATE letter SET state = ?2, why = ?3, not_before = ifnull(?4, not_before), tries = tries + ?5, \
               first_try = CASE WHEN ?5 > 0 THEN ifnull(first_try, ?6) ELSE first_try END, since = ?6 \
               WHERE id = ?1 AND state IN ('attempt', 'dot')";
    let values = params![id.0, state, why, not_before, tries, second(at)];
    changed(connection.prepare_cached(sql)?.execute(values)?)
}

fn spend(connection: &Connection, at: Timestamp) -> Result<(), Trouble> {
    connection.prepare_cached("INSERT INTO letter_spent (at) VALUES (?1)")?.execute([second(at)])?;
    Ok(())
}

fn changed(rows: usize) -> Result<(), Trouble> {
    if rows == 1 { Ok(()) } else { Err(Trouble::LetterMoved) }
}
