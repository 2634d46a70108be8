//! A table as Parquet, written a row group at a time: column by column, without arrow.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{
    Compression, ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel,
};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};

use crate::model::{Table, TableRow};
use crate::reporter::ReportError;

use super::cells::{Cell, Column, Kind};
use super::{TableWriter, columns, table_name};

/// Rows that are held in memory before they are written.
const GROUP: usize = 50_000;
const MICROSECONDS: i64 = 1_000_000;

/// Parquet on its way out.
pub struct ParquetTable<W: Write + Send> {
    columns: &'static [Column],
    file: SerializedFileWriter<W>,
    /// The rows that wait, column by column.
    held: Vec<Vec<Cell>>,
}

impl<W: Write + Send> ParquetTable<W> {
    /// Writes the head of the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(table: Table, out: W) -> Result<Self, ReportError> {
        let columns = columns(table);
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(format!("copytrail {}", env!("CARGO_PKG_VERSION")))
            .build();
        let file = SerializedFileWriter::new(out, schema(table, columns)?, Arc::new(properties))?;
        Ok(Self { columns, file, held: columns.iter().map(|_| Vec::new()).collect() })
    }

    fn write_group(&mut self) -> Result<(), ReportError> {
        let mut group = self.file.next_row_group()?;
        for cells in &mut self.held {
            let cells = std::mem::take(cells);
            let Some(mut column) = group.next_column()? else { break };
            write_column(column.untyped(), &cells)?;
            column.close()?;
        }
        group.close()?;
        Ok(())
    }
}

impl<W: Write + Send> TableWriter for ParquetTable<W> {
    fn put(&mut self, row: TableRow<'_>) -> Result<(), ReportError> {
        for (column, cells) in self.columns.iter().zip(&mut self.held) {
            cells.push(column.of(row));
        }
        if self.held.first().is_some_and(|cells| cells.len() >= GROUP) {
            self.write_group()?;
        }
        Ok(())
    }

    fn end(mut self: Box<Self>) -> Result<(), ReportError> {
        if self.held.first().is_some_and(|cells| !cells.is_empty()) {
            self.write_group()?;
        }
        self.file.close()?;
        Ok(())
    }
}

fn schema(table: Table, columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let fields = columns
        .iter()
        .map(|column| {
            let (physical, logical) = match column.kind {
                Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                Kind::Integer => (Physical::INT64, None),
                Kind::Real => (Physical::DOUBLE, None),
                Kind::Truth => (Physical::BOOLEAN, None),
                Kind::Instant => {
                    (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MICROS)))
                }
            };
            let field = Type::primitive_type_builder(column.name, physical)
                .with_repetition(Repetition::OPTIONAL)
                .with_converted_type(ConvertedType::NONE)
                .with_logical_type(logical);
            field.build().map(Arc::new)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let root = Type::group_type_builder(table_name(table)).with_fields(fields);
    root.build().map(Arc::new)
}

/// Values that are there, with a level of 1; missing ones are a level of 0 alone.
fn write_column(writer: &mut ColumnWriter<'_>, cells: &[Cell]) -> Result<(), ParquetError> {
    let mut levels = Vec::with_capacity(cells.len());
    let (mut texts, mut numbers, mut reals, mut truths) = (vec![], vec![], vec![], vec![]);
    for cell in cells {
        let there = match cell {
            Cell::Text(value) => {
                texts.extend(value.as_deref().map(ByteArray::from));
                value.is_some()
            }
            Cell::Integer(value) => {
                numbers.extend(*value);
                value.is_some()
            }
            Cell::Instant(value) => {
                numbers.extend(value.map(|seconds| seconds.saturating_mul(MICROSECONDS)));
                value.is_some()
            }
            Cell::Real(value) => {
                reals.extend(*value);
                value.is_some()
            }
            Cell::Truth(value) => {
                truths.extend(*value);
                value.is_some()
            }
        };
        levels.push(i16::from(there));
    }
    match writer {
        ColumnWriter::ByteArrayColumnWriter(typed) => {
            typed.write_batch(&texts, Some(&levels), None)
        }
        ColumnWriter::Int64ColumnWriter(typed) => typed.write_batch(&numbers, Some(&levels), None),
        ColumnWriter::DoubleColumnWriter(typed) => typed.write_batch(&reals, Some(&levels), None),
        ColumnWriter::BoolColumnWriter(typed) => typed.write_batch(&truths, Some(&levels), None),
        _ => return Err(ParquetError::General("a column of no known kind".into())),
    }?;
    Ok(())
}
