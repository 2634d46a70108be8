//! Tables that keep to the terminal's width.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};

use super::{Look, plain};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Numbers: to the right, never broken.
    Number(&'static str),
    /// Short names and dates: never broken.
    Short(&'static str),
    /// Running text: wrapped where the width asks for it.
    Text(&'static str),
}

/// Lays rows out under their headings; empty without rows.
pub(super) fn table(look: &Look, columns: &[Column], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(look.width.max(40)).unwrap_or(u16::MAX));
    let names: Vec<&str> = columns
        .iter()
        .map(|c| match c {
            Column::Number(name) | Column::Short(name) | Column::Text(name) => *name,
        })
        .collect();
    if names.iter().any(|name| !name.is_empty()) {
        table.set_header(names);
    }
    for row in rows {
        table.add_row(row.iter().map(|cell| plain(cell)));
    }
    for (column, kind) in table.column_iter_mut().zip(columns) {
        column.set_padding((0, 2));
        if matches!(kind, Column::Number(_)) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if !matches!(kind, Column::Text(_)) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    let rows: Vec<String> = table.lines().map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use textwrap::core::display_width;

    use super::*;

    #[test]
    fn a_long_title_is_wrapped_and_a_number_is_not() {
        let look = Look { width: 40, colour: false };
        let rows = vec![vec!["1234567".into(), "Ein sehr langer Titel ".repeat(4)]];
        let text = table(&look, &[Column::Number("ID"), Column::Text("TITLE")], &rows);
        assert!(text.contains("1234567"), "{text}");
        assert!(text.lines().count() > 2, "{text}");
        assert!(text.lines().all(|row| display_width(row) <= 40), "{text}");
    }
}
