//! `outlets`: who is who. The built-in tables, what the user says over them, and the signs of common operators.

use std::path::Path;

use super::context::{Context, Done, WorkflowError};
use super::sheet::Sheet;
use crate::credits;
use crate::ingest::registrable_domain;
use crate::model::{OperatorSign, OutletKind, OutletRow, OutletRule, Refusal};

/// The words for a column of the table, lower case, the first as it is written.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("place", &["place", "domain", "path", "host", "url", "website"]),
    ("outlet", &["outlet", "name", "title"]),
    ("group", &["group", "publisher", "owner"]),
    ("kind", &["kind", "type"]),
    ("contact", &["contact", "mail", "email", "e-mail"]),
    ("country", &["country"]),
];

/// Everything that is known of outlets: the user's rows, then those built in; with how many articles are on file.
pub fn outlets(context: &Context, on_file: bool) -> Result<Vec<OutletRow>, WorkflowError> {
    let store = context.open_to_read()?;
    let rules = store.outlet_rules()?;
    let mut counts = store.outlets_on_file()?;
    let mut rows: Vec<OutletRow> = rules.into_iter().map(|rule| row(rule, false)).collect();
    let built_in = credits::table().into_iter().map(|rule| row(rule, true));
    let own: Vec<String> = rows.iter().map(|row| row.place.clone()).collect();
    rows.extend(built_in.filter(|row| !own.contains(&row.place)));
    for row in &mut rows {
        // An outlet's articles are counted once, at its first place.
        if let Some(at) = counts
            .iter()
            .position(|(outlet, _)| outlet.key == row.place || outlet.name == row.outlet)
        {
            row.articles = counts.swap_remove(at).1;
        }
    }
    rows.extend(counts.into_iter().filter(|(_, articles)| *articles > 0).map(
        |(outlet, articles)| OutletRow {
            place: outlet.key,
            outlet: outlet.name,
            group: outlet.group,
            kind: outlet.kind,
            contact: None,
            country: None,
            built_in: false,
            articles,
        },
    ));
    if on_file {
        rows.retain(|row| row.articles > 0);
    }
    Ok(rows)
}

fn row(rule: OutletRule, built_in: bool) -> OutletRow {
    OutletRow {
        place: rule.place,
        outlet: rule.name,
        group: rule.group,
        kind: rule.kind,
        contact: rule.contact,
        country: rule.country,
        built_in,
        articles: 0,
    }
}

/// Outlets that share an operator's signs.
pub fn operators(context: &Context) -> Result<Vec<OperatorSign>, WorkflowError> {
    Ok(context.open_to_read()?.operator_signs()?)
}

/// Takes in a table (comma, semicolon or tab) of domain or path, outlet, group, kind, contact, country; gives the rows
/// taken and how many articles on file changed their outlet.
pub fn import(
    context: &Context,
    file: &Path,
) -> Result<Done<(Vec<OutletRow>, usize)>, WorkflowError> {
    let name = file.to_string_lossy().into_owned();
    let bytes =
        std::fs::read(file).map_err(|cause| WorkflowError::OutletsFile(name.clone(), cause))?;
    let (rules, refused) = read_table(&name, &String::from_utf8_lossy(&bytes))?;
    if rules.is_empty() {
        let reason =
            refused.first().map_or("it has no rows".to_owned(), |first| first.reason.clone());
        return Err(WorkflowError::NothingRead { inputs: name, reason });
    }
    let changed = context.open_as_it_is()?.save_outlet_rules(&rules)?;
    let rows = rules.into_iter().map(|rule| row(rule, false)).collect();
    Ok(Done { value: (rows, changed), refused })
}

/// Says who a domain or path is.
pub fn set(context: &Context, rule: OutletRule) -> Result<(OutletRow, usize), WorkflowError> {
    let place = place(&rule.place).ok_or_else(|| WorkflowError::NoPlace(rule.place.clone()))?;
    let rule = OutletRule { place, ..rule };
    let changed = context.open_as_it_is()?.save_outlet_rules(std::slice::from_ref(&rule))?;
    Ok((row(rule, false), changed))
}

/// The rows as a table that [`import`] takes in again.
pub fn table(rows: &[OutletRow]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(COLUMNS.map(|(name, _)| name));
    for row in rows {
        let kind = kind_word(row.kind);
        let empty = String::new();
        let cell = |value: &Option<String>| value.clone().unwrap_or_else(|| empty.clone());
        let _ = writer.write_record([
            row.place.clone(),
            row.outlet.clone(),
            cell(&row.group),
            kind.to_owned(),
            cell(&row.contact),
            cell(&row.country),
        ]);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn read_table(name: &str, text: &str) -> Result<(Vec<OutletRule>, Vec<Refusal>), WorkflowError> {
    let sheet = Sheet::parse(text, &[])
        .map_err(|reason| WorkflowError::NothingRead { inputs: name.to_owned(), reason })?;
    let (mut rules, mut refused) = (Vec::new(), Vec::new());
    for (line, cells) in sheet.rows() {
        let cell = |column: usize| {
            let (_, words) = COLUMNS.get(column)?;
            words.iter().find_map(|word| cells.get(word)).filter(|cell| !cell.is_empty())
        };
        match rule(cell) {
            Ok(rule) => rules.push(rule),
            Err(reason) => {
                refused.push(Refusal { file: name.to_owned(), line: Some(line), reason });
            }
        }
    }
    Ok((rules, refused))
}

fn rule(cell: impl Fn(usize) -> Option<String>) -> Result<OutletRule, String> {
    let given = cell(0)
        .ok_or("has no domain; the columns are place, outlet, group, kind, contact, country")?;
    let place = place(&given)
        .ok_or_else(|| format!("{given} is neither a domain nor a domain and path"))?;
    let kind = match cell(3) {
        Some(word) => kind(&word).ok_or_else(|| {
            format!(
                "{word} is no kind of outlet; give outlet, wire, press_release, authority or portal"
            )
        })?,
        None => OutletKind::default(),
    };
    let name = cell(1).unwrap_or_else(|| place.clone());
    Ok(OutletRule { place, name, group: cell(2), kind, contact: cell(4), country: cell(5) })
}

/// A domain or a domain and path as it is kept: lower case, without scheme, `www.` and closing slash.
fn place(given: &str) -> Option<String> {
    let bare = given.trim().to_lowercase();
    let bare = bare.split_once("://").map_or(bare.as_str(), |(_, rest)| rest);
    let bare = bare.split(['?', '#']).next()?.trim_end_matches('/');
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let host = bare.split('/').next()?;
    registrable_domain(host).map(|_| bare.to_owned())
}

/// The kind that a word names, with blanks or hyphens for underscores.
pub fn kind(word: &str) -> Option<OutletKind> {
    Some(match word.trim().to_lowercase().replace([' ', '-'], "_").as_str() {
        "outlet" => OutletKind::Outlet,
        "wire" | "agency" => OutletKind::Wire,
        "press_release" => OutletKind::PressRelease,
        "authority" => OutletKind::Authority,
        "portal" => OutletKind::Portal,
        _ => return None,
    })
}

fn kind_word(kind: OutletKind) -> &'static str {
    match kind {
        OutletKind::Outlet => "outlet",
        OutletKind::Wire => "wire",
        OutletKind::PressRelease => "press_release",
        OutletKind::Authority => "authority",
        OutletKind::Portal => "portal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_comes_back_as_it_was_written() {
        let rows = vec![OutletRow {
            place: "paper.example/regional".into(),
            outlet: "Paper, Regional".into(),
            group: Some("Harbour Media".into()),
            kind: OutletKind::Portal,
            contact: Some("desk@paper.example".into()),
            country: Some("IS".into()),
            built_in: false,
            articles: 0,
        }];
        let (rules, refused) = read_table("t.csv", &table(&rows)).unwrap();
        assert_eq!(refused, []);
        assert_eq!(rules.into_iter().map(|rule| row(rule, false)).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn other_headings_and_marks_are_understood_and_bad_rows_named() {
        let text = "Website;Name;Type\nhttps://www.Paper.example/;Paper;press release\nnowhere;X;outlet\nother.example;Y;shop\n";
        let (rules, refused) = read_table("t.csv", text).unwrap();
        assert_eq!(rules.len(), 1);
        assert_eq!(
            (rules[0].place.as_str(), rules[0].kind),
            ("paper.example", OutletKind::PressRelease)
        );
        assert_eq!(
            refused.iter().map(|refusal| refusal.line).collect::<Vec<_>>(),
            [Some(3), Some(4)]
        );
        assert!(refused[1].reason.contains("shop"), "{refused:?}");
    }
}
