//! Tables that users keep by hand: CSV with a heading line, separated by commas, semicolons or tabs.

use std::collections::HashMap;
use std::io::Read;

use super::context::WorkflowError;

/// What spreadsheets take for a formula's beginning.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table as it was read.
pub(super) struct Sheet {
    rows: Vec<(usize, Cells)>,
}

/// A row's cells under their lower-case headings.
pub(super) struct Cells(HashMap<String, String>);

impl Cells {
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let cell = self.0.get(name)?;
        // What stands there to keep a spreadsheet from running the cell.
        let armed = cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA));
        Some(armed.unwrap_or(cell).to_owned())
    }
}

impl Sheet {
    /// Reads a file, or standard input for `-`; it must have these headings.
    pub(super) fn read(file: &str, needed: &[&str]) -> Result<Self, WorkflowError> {
        let failed =
            |reason: String| WorkflowError::NothingRead { inputs: file.to_owned(), reason };
        let mut bytes = Vec::new();
        let read = if file == "-" {
            std::io::stdin().read_to_end(&mut bytes).map(|_| ())
        } else {
            std::fs::read(file).map(|read| bytes = read)
        };
        read.map_err(|cause| failed(format!("{cause}; check the name")))?;
        Self::parse(&String::from_utf8_lossy(&bytes), needed).map_err(failed)
    }

    /// Reads a text; it must have these headings. The error says what is wrong with it.
    pub(super) fn parse(text: &str, needed: &[&str]) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text.lines().next().unwrap_or_default()))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let broken = |cause: csv::Error| format!("{cause}; it must be CSV with headings");
        let headings: Vec<String> =
            reader.headers().map_err(broken)?.iter().map(str::to_lowercase).collect();
        if let Some(missing) = needed.iter().find(|name| !headings.iter().any(|h| h == *name)) {
            let found = headings.join(", ");
            return Err(format!("it has no column “{missing}”, only {found}"));
        }
        let mut rows = Vec::new();
        for (at, record) in reader.records().enumerate() {
            let record = record.map_err(broken)?;
            let line =
                record.position().map_or(at + 2, |p| usize::try_from(p.line()).unwrap_or(at));
            let cells = headings.iter().cloned().zip(record.iter().map(str::to_owned));
            rows.push((line, Cells(cells.collect())));
        }
        Ok(Self { rows })
    }

    /// The rows with their line numbers.
    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &Cells)> {
        self.rows.iter().map(|(line, cells)| (*line, cells))
    }
}

/// The first cell of each line of a list or table; what stands behind a comma, a semicolon, a tab or a `#` is passed
/// over, and so are lines that hold nothing else. `wanted` tells what is sought from a heading.
pub(super) fn first_cells(
    file: &str,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<String>, WorkflowError> {
    let failed = |reason: String| WorkflowError::NothingRead { inputs: file.to_owned(), reason };
    let text = std::fs::read_to_string(file)
        .map_err(|cause| failed(format!("{cause}; it must be a text file, an outlet a line")))?;
    let lines = text.trim_start_matches('\u{feff}').lines();
    let first = |line: &str| {
        let cell = line.split(['#', ',', ';', '\t']).next().unwrap_or_default();
        cell.trim().trim_matches('"').to_owned()
    };
    let cells: Vec<String> = lines.map(first).filter(|cell| wanted(cell)).collect();
    if cells.is_empty() {
        return Err(failed("the first column names none; give one a line".to_owned()));
    }
    Ok(cells)
}

/// The separator that the heading line has most of.
fn delimiter(headings: &str) -> u8 {
    let count = |separator: &u8| headings.bytes().filter(|byte| byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}
