//! Tables for other programs: their columns with what they mean, and writers that take a row at a time.

mod cells;
mod columns;
mod delimited;
mod parquet;
mod rulings;

use std::io::Write;

use serde::Serialize;

use crate::model::{Table, TableRow};

pub use cells::{Cell, Column, Kind};
pub use columns::columns;
pub use delimited::Delimited;
pub use parquet::ParquetTable;

use super::ReportError;

/// What a table is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// RFC 4180, UTF-8, a header; texts as they are, so that they come in unchanged.
    Csv,
    /// Apache Parquet, zstd, a row group at a time.
    Parquet,
}

/// Takes the rows of one table, in order.
pub trait TableWriter {
    /// # Errors
    /// Where the row is not this table's, or cannot be written.
    fn put(&mut self, row: TableRow<'_>) -> Result<(), ReportError>;
    /// Writes what is held back. A table that was not ended is not whole.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn end(self: Box<Self>) -> Result<(), ReportError>;
}

/// A writer of a table.
///
/// # Errors
/// Where the head of the file cannot be written.
pub fn table_writer<'w>(
    table: Table,
    format: TableFormat,
    out: &'w mut (dyn Write + Send),
) -> Result<Box<dyn TableWriter + 'w>, ReportError> {
    Ok(match format {
        TableFormat::Csv => Box::new(Delimited::new(table, out)?),
        TableFormat::Parquet => Box::new(ParquetTable::new(table, out)?),
    })
}

/// A table's name as the command line has it.
#[must_use]
pub fn table_name(table: Table) -> &'static str {
    match table {
        Table::Articles => "articles",
        Table::Edges => "edges",
        Table::Matches => "matches",
        Table::Credits => "credits",
        Table::Verdicts => "verdicts",
    }
}

/// A row of the data dictionary.
#[derive(Serialize)]
struct Entry {
    table: &'static str,
    column: &'static str,
    r#type: &'static str,
    meaning: &'static str,
}

/// The data dictionary of these tables, as CSV: table, column, type, meaning.
///
/// # Errors
/// Where CSV cannot hold it: a bug.
pub fn dictionary(tables: &[Table]) -> Result<String, ReportError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for &table in tables {
        for Column { name, kind, meaning, .. } in columns(table) {
            let (table, kind) = (table_name(table), kind.name());
            writer.serialize(Entry { table, column: name, r#type: kind, meaning })?;
        }
    }
    let bytes = writer.into_inner().map_err(csv::IntoInnerError::into_error)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
