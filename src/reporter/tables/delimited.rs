//! A table as CSV, written row by row.

use std::io::Write;

use crate::model::{Table, TableRow};
use crate::reporter::ReportError;

use super::cells::Column;
use super::{TableWriter, columns};

/// CSV on its way out.
pub struct Delimited<W: Write> {
    columns: &'static [Column],
    writer: csv::Writer<W>,
}

impl<W: Write> Delimited<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(table: Table, out: W) -> Result<Self, ReportError> {
        let columns = columns(table);
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(columns.iter().map(|column| column.name))?;
        Ok(Self { columns, writer })
    }
}

impl<W: Write> TableWriter for Delimited<W> {
    fn put(&mut self, row: TableRow<'_>) -> Result<(), ReportError> {
        let cells = self.columns.iter().map(|column| column.of(row).written());
        Ok(self.writer.write_record(cells)?)
    }

    fn end(mut self: Box<Self>) -> Result<(), ReportError> {
        Ok(self.writer.flush()?)
    }
}
