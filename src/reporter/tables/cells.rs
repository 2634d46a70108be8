//! What stands in a table: kinds of columns, and the values in them.

use crate::model::TableRow;

/// A column's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8.
    Text,
    /// 64 bits.
    Integer,
    /// A double.
    Real,
    Truth,
    /// A point in time; seconds in UTC since 1970.
    Instant,
}

impl Kind {
    /// As the data dictionary has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Truth => "true/false",
            Self::Instant => "time (UTC)",
        }
    }
}

/// A value; `None` inside is a missing one.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(Option<String>),
    Integer(Option<i64>),
    Real(Option<f64>),
    Truth(Option<bool>),
    Instant(Option<i64>),
}

impl Cell {
    pub(super) fn text(value: Option<&str>) -> Self {
        Self::Text(value.map(str::to_owned))
    }

    pub(super) fn stated(text: Option<&String>) -> Self {
        Self::text(text.map(String::as_str))
    }

    pub(super) fn number(value: usize) -> Self {
        Self::Integer(i64::try_from(value).ok())
    }

    /// The value as it stands in CSV; empty where there is none.
    #[must_use]
    pub fn written(&self) -> String {
        match self {
            Self::Text(value) => value.clone().unwrap_or_default(),
            Self::Integer(value) => value.map(|v| v.to_string()).unwrap_or_default(),
            Self::Real(value) => value.map(|v| v.to_string()).unwrap_or_default(),
            Self::Truth(value) => value.map(|v| v.to_string()).unwrap_or_default(),
            Self::Instant(value) => {
                let moment = value.and_then(|at| jiff::Timestamp::from_second(at).ok());
                moment.map(|moment| moment.to_string()).unwrap_or_default()
            }
        }
    }
}

/// A column of a table: its name never changes once it is out.
#[derive(Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    /// What stands in it, with its unit.
    pub meaning: &'static str,
    /// Its value in a row of the table; missing in a row of another one.
    pub(super) value: fn(TableRow<'_>) -> Option<Cell>,
}

impl Column {
    /// The value of a row, a missing one of the right kind where the row has none.
    pub(super) fn of(&self, row: TableRow<'_>) -> Cell {
        (self.value)(row).unwrap_or(match self.kind {
            Kind::Text => Cell::Text(None),
            Kind::Integer => Cell::Integer(None),
            Kind::Real => Cell::Real(None),
            Kind::Truth => Cell::Truth(None),
            Kind::Instant => Cell::Instant(None),
        })
    }
}

/// A column whose value is taken from one kind of row.
macro_rules! column {
    ($row:ident, $name:literal, $kind:ident, $meaning:literal, $value:expr) => {
        Column {
            name: $name,
            kind: Kind::$kind,
            meaning: $meaning,
            value: |row| $row(row).map($value),
        }
    };
}
pub(super) use column;
