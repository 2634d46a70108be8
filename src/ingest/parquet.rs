//! Owns Parquet tables: a record a row, keys as in JSON lines, read row by row.

use std::{collections::HashMap, ops::ControlFlow};

use jiff::{SignedDuration, Timestamp, civil};
use parquet::{
    basic::{LogicalType, TimeUnit},
    errors::ParquetError,
    file::{
        metadata::ParquetMetaData,
        reader::{FileReader, SerializedFileReader},
    },
    record::{Field, Row},
};
use serde_json::{Map, Number, Value};

use super::{
    contained::contained,
    format::{Desk, Format, Head, Source},
    record,
};
use crate::model::FormatRow;

/// Bytes of a table that comes compressed or through a pipe, and is copied to be read from its end.
const MAX_COPY: u64 = 16_000_000_000;

/// Parquet.
pub(crate) struct Parquet;

impl Format for Parquet {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "parquet",
            description: "a Parquet table with an article a row; columns named as the keys of jsonl, nested ones included",
            told_by: "PAR1 at the beginning",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        head.bytes.starts_with(b"PAR1")
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let file = match source.seekable(MAX_COPY) {
            Ok(file) => file,
            Err(error) => return desk.refuse(&name, None, format!("cannot be read: {error}")),
        };
        let reader = match contained(|| SerializedFileReader::new(file)) {
            Some(Ok(reader)) => reader,
            Some(Err(error)) => return desk.refuse(&name, None, broken(&error)),
            None => return desk.refuse(&name, None, DAMAGED),
        };
        rows(&name, &reader, desk)
    }
}

const DAMAGED: &str = "is a damaged Parquet table; write it anew";

fn broken(error: &ParquetError) -> String {
    format!("is a Parquet table that cannot be read: {error}; write it anew")
}

fn rows(name: &str, reader: &dyn FileReader, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let names: Vec<String> = reader
        .metadata()
        .file_metadata()
        .schema()
        .get_fields()
        .iter()
        .map(|f| f.name().to_owned())
        .collect();
    let columns: Map<String, Value> = names.iter().map(|n| (n.clone(), Value::Null)).collect();
    if !record::is_record(&columns) {
        let reason = format!(
            "is a Parquet table without a column named url, text, title or the like; its columns: {}",
            names.join(", ")
        );
        return desk.refuse(name, None, reason);
    }
    let clocks = clocks(reader.metadata());
    let mut rows = match contained(|| reader.get_row_iter(None)) {
        Some(Ok(rows)) => rows,
        Some(Err(error)) => return desk.refuse(name, None, broken(&error)),
        None => return desk.refuse(name, None, DAMAGED),
    };
    let mut number = 0;
    loop {
        number += 1;
        let row = match contained(|| rows.next()) {
            Some(None) => return ControlFlow::Continue(()),
            Some(Some(Ok(row))) => row,
            Some(Some(Err(error))) => return desk.refuse(name, Some(number), broken(&error)),
            None => return desk.refuse(name, Some(number), DAMAGED),
        };
        let object = object(row, &clocks);
        let bytes = Value::Object(object.clone()).to_string().into_bytes();
        match record::draft_of(object, name, Some(number)) {
            Ok(draft) => desk.hand_over(draft.captured(bytes))?,
            Err(reason) => desk.refuse(name, Some(number), reason)?,
        }
    }
}

/// How a column of points in time counts.
#[derive(Debug, Clone, Copy)]
struct Clock {
    /// Ticks a second.
    rate: i64,
    /// Whether it counts from 1970 in UTC; else the time is local to an unknown place.
    utc: bool,
}

/// The clocks of the columns at the top that hold points in time.
fn clocks(metadata: &ParquetMetaData) -> HashMap<String, Clock> {
    let schema = metadata.file_metadata().schema_descr();
    let timed = schema.columns().iter().filter_map(|column| {
        let Some(LogicalType::Timestamp(kind)) = column.logical_type_ref() else { return None };
        let rate = match kind.unit {
            TimeUnit::MILLIS => 1_000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        };
        let [name] = column.path().parts() else { return None };
        Some((name.clone(), Clock { rate, utc: kind.is_adjusted_to_u_t_c }))
    });
    timed.collect()
}

fn object(row: Row, clocks: &HashMap<String, Clock>) -> Map<String, Value> {
    let cells = row.into_columns().into_iter();
    cells
        .map(|(name, field)| {
            let ticks = match &field {
                Field::Long(ticks)
                | Field::TimestampMillis(ticks)
                | Field::TimestampMicros(ticks) => Some(*ticks),
                _ => None,
            };
            let time = clocks.get(&name).zip(ticks).and_then(|(clock, ticks)| time(ticks, *clock));
            let value = time.map_or_else(|| value(field), Value::String);
            (name, value)
        })
        .collect()
}

/// A point in time as text, with its zone where the column has one.
fn time(ticks: i64, clock: Clock) -> Option<String> {
    let timestamp = Timestamp::from_second(ticks.div_euclid(clock.rate)).ok()?;
    let text = timestamp.to_string();
    Some(if clock.utc { text } else { text.trim_end_matches('Z').to_owned() })
}

fn value(field: Field) -> Value {
    let utc = |rate| Clock { rate, utc: true };
    match field {
        Field::Null => Value::Null,
        Field::Bool(flag) => Value::Bool(flag),
        Field::Byte(number) => number.into(),
        Field::Short(number) => number.into(),
        Field::Int(number) => number.into(),
        Field::Long(number) => number.into(),
        Field::UByte(number) => number.into(),
        Field::UShort(number) => number.into(),
        Field::UInt(number) => number.into(),
        Field::ULong(number) => number.into(),
        Field::Float(number) => real(f64::from(number)),
        Field::Double(number) => real(number),
        Field::Str(text) => Value::String(text),
        // Old writers do not mark their strings as such.
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).map_or(Value::Null, Value::from),
        Field::Date(days) => date(days).map_or(Value::Null, Value::String),
        Field::TimestampMillis(ticks) => time(ticks, utc(1_000)).into(),
        Field::TimestampMicros(ticks) => time(ticks, utc(1_000_000)).into(),
        Field::Group(row) => Value::Object(object(row, &HashMap::new())),
        Field::ListInternal(list) => {
            Value::Array(list.elements().iter().cloned().map(value).collect())
        }
        Field::MapInternal(map) => {
            let pairs = map.entries().iter().cloned();
            Value::Object(pairs.map(|(key, field)| (key_text(key), value(field))).collect())
        }
        other => Value::String(other.to_string()),
    }
}

fn key_text(key: Field) -> String {
    match value(key) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn real(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

fn date(days: i32) -> Option<String> {
    let start = civil::date(1970, 1, 1);
    let day = start.checked_add(SignedDuration::from_hours(24 * i64::from(days))).ok()?;
    Some(day.to_string())
}
