//! How nouns become columns: moments, named values, whole numbers.

use std::fmt::Write;

use rusqlite::Row;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{Result, StoreError};
use crate::model::{Moment, Precision};

/// A count as SQLite holds it.
pub fn signed<T: TryInto<i64>>(count: T) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

/// A count as SQLite gave it.
pub fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// The name that a value without fields has in JSON, for a column that people can read.
pub fn word<T: Serialize>(value: T) -> String {
    serde_json::to_string(&value).unwrap_or_default().trim_matches('"').to_owned()
}

/// The value of a name that `word` made.
pub fn named<T: DeserializeOwned>(word: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|cause| StoreError::Damaged(format!("{word}: {cause}")))
}

/// Three columns: as stated, seconds, 1 where only the day is known.
pub fn moment_columns(moment: Option<&Moment>) -> (Option<&str>, Option<i64>, Option<bool>) {
    match moment {
        Some(m) => (Some(&m.text), Some(m.seconds), Some(m.precision == Precision::Day)),
        None => (None, None, None),
    }
}

/// Reads what `moment_columns` wrote, from column `at` on.
pub fn moment(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Moment>> {
    let Some(text) = row.get::<_, Option<String>>(at)? else { return Ok(None) };
    let day = row.get::<_, Option<bool>>(at + 2)?.unwrap_or(false);
    let precision = if day { Precision::Day } else { Precision::Instant };
    Ok(Some(Moment { text, seconds: row.get(at + 1)?, precision }))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// Appends `value` in groups of seven bits, lowest first.
pub fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// Reads a `put_varint` and moves `at` past it; `None` where the bytes end or hold more than 64 bits.
pub fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CreditRole, Kind};

    #[test]
    fn a_varint_comes_back() {
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = Vec::new();
            put_varint(&mut bytes, value);
            let mut at = 0;
            assert_eq!(varint(&bytes, &mut at), Some(value));
            assert_eq!(at, bytes.len());
            assert_eq!(varint(&bytes[..bytes.len() - 1], &mut 0), None);
        }
    }

    #[test]
    fn named_values_have_their_json_names() {
        assert_eq!(word(CreditRole::SourceLine), "source_line");
        assert_eq!(named::<Kind>("not_found").unwrap(), Kind::NotFound);
        assert!(named::<Kind>("nonsense").is_err());
    }
}
