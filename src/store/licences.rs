//! Agreements on who may use whose copy.

use rusqlite::{TransactionBehavior, params};

use super::Store;
use super::error::Result;
use super::view::View;
use crate::model::LicenceRow;

/// An agreement is the same one when user, owner, service and days are.
const SAME: &str = "user = ?1 AND owner = ?2 AND service IS ?3 AND from_day IS ?4 AND to_day IS ?5";

impl View {
    /// All agreements, by user, owner and day.
    pub fn licences(&self) -> Result<Vec<LicenceRow>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT user, owner, service, from_day, to_day, onward, note FROM licences
             ORDER BY user, owner, service, from_day",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(LicenceRow {
                user: row.get(0)?,
                owner: row.get(1)?,
                service: row.get(2)?,
                from: row.get(3)?,
                to: row.get(4)?,
                onward: row.get(5)?,
                note: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Store {
    /// Takes agreements in, each in the place of the same one before; gives how many are new.
    pub fn set_licences(&mut self, rows: &[LicenceRow]) -> Result<u64> {
        self.writable("keep licences")?;
        let transaction =
            self.view.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut new = 0;
        for row in rows {
            let values = params![row.user, row.owner, row.service, row.from, row.to];
            let gone = transaction
                .prepare_cached(&format!("DELETE FROM licences WHERE {SAME}"))?
                .execute(values)?;
            transaction
                .prepare_cached(
                    "INSERT INTO licences (user, owner, service, from_day, to_day, onward, note)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    row.user,
                    row.owner,
                    row.service,
                    row.from,
                    row.to,
                    row.onward,
                    row.note
                ])?;
            new += u64::from(gone == 0);
        }
        transaction.commit()?;
        Ok(new)
    }

    /// Takes an agreement out; says whether it was there.
    pub fn remove_licence(&mut self, row: &LicenceRow) -> Result<bool> {
        self.writable("remove licences")?;
        let gone = self.view.conn.execute(
            &format!("DELETE FROM licences WHERE {SAME}"),
            params![row.user, row.owner, row.service, row.from, row.to],
        )?;
        Ok(gone > 0)
    }
}
