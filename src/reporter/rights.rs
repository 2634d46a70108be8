//! Licences and decisions as tables for a person; and what `trace --all` did.

use crate::model::{LicenceRow, ReviewRow, TracedAll, Verdict};

use super::Look;
use super::audit_wording::decided;
use super::table::{Column, table};
use super::wording::{count, thousands};

/// Who may use whose copy.
pub(super) fn licences(rows: &[LicenceRow], look: &Look) -> String {
    if rows.is_empty() {
        return "No licence is on file. `copytrail licences import FILE` takes a table.\n"
            .to_owned();
    }
    let day = |day: &Option<String>| day.clone().unwrap_or_default();
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.user.clone(),
                match &row.service {
                    Some(service) => format!("{}/{service}", row.owner),
                    None => row.owner.clone(),
                },
                day(&row.from),
                day(&row.to),
                if row.onward { "yes" } else { "no" }.to_owned(),
                row.note.clone(),
            ]
        })
        .collect();
    let columns = [
        Column::Text("USER"),
        Column::Text("MAY USE"),
        Column::Short("FROM"),
        Column::Short("TO"),
        Column::Short("PASS ON"),
        Column::Text("NOTE"),
    ];
    table(look, &columns, &cells)
}

/// What people decided.
pub(super) fn reviews(rows: &[ReviewRow], look: &Look) -> String {
    if rows.is_empty() {
        return "Nothing has been decided yet. `copytrail review ARTICLE --as confirmed --by NAME` does it.\n"
            .to_owned();
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let decision = decided(row.decision).to_owned();
            vec![
                row.at.get(..10).unwrap_or(&row.at).to_owned(),
                if row.holds { decision } else { format!("{decision} (finding has changed)") },
                row.by.clone(),
                row.outlet.clone(),
                row.url.clone(),
                verdict(row.verdict).to_owned(),
                row.note.clone(),
            ]
        })
        .collect();
    let columns = [
        Column::Short("DAY"),
        Column::Text("DECISION"),
        Column::Text("BY"),
        Column::Text("OUTLET"),
        Column::Text("ARTICLE"),
        Column::Short("FINDING"),
        Column::Text("NOTE"),
    ];
    table(look, &columns, &cells)
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Original => "original",
        Verdict::Attributed => "attributed",
        Verdict::Misattributed => "misattributed",
        Verdict::Unattributed => "unattributed",
        Verdict::Unknown => "unknown",
    }
}

/// What `trace --all` did.
pub(super) fn traced_all(done: &TracedAll) -> String {
    let rate = done.traced as f64 / done.seconds.max(0.001);
    let speed = if done.traced > 0 {
        format!(" in {:.0} s, {rate:.0} a second", done.seconds)
    } else {
        String::new()
    };
    format!(
        "{} traced{speed}; {} kept from before.\n{} original, {} attributed, {} misattributed, {} unattributed, {} unknown.\n",
        count(done.traced, "article", "articles"),
        thousands(done.kept),
        thousands(done.original),
        thousands(done.attributed),
        thousands(done.misattributed),
        thousands(done.unattributed),
        thousands(done.unknown)
    )
}
