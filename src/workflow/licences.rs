//! `licences`: agreements on who may use whose copy, in and out.

use super::context::{Context, Done, WorkflowError};
use super::sheet::Sheet;
use crate::ingest;
use crate::model::{LicenceRow, Refusal};

/// Words that say yes in a table, and no.
const YES: [&str; 10] = ["yes", "y", "true", "1", "ja", "wahr", "x", "oui", "sí", "si"];
const NO: [&str; 7] = ["no", "n", "false", "0", "nein", "falsch", "non"];

/// Takes agreements from CSV files: user, owner (`dpa`, or `dpa/lno` for a service), service, from, to, onward, note.
/// A bad line is refused by number, the rest goes in.
pub fn import(context: &Context, files: &[String]) -> Result<Done<Vec<LicenceRow>>, WorkflowError> {
    let mut done = Done::<Vec<LicenceRow>>::default();
    for file in files {
        let sheet = Sheet::read(file, &["user", "owner"])?;
        for (line, cells) in sheet.rows() {
            match agreement(&|name| cells.get(name)) {
                Ok(row) => done.value.push(row),
                Err(reason) => {
                    done.refused.push(Refusal { file: file.clone(), line: Some(line), reason });
                }
            }
        }
    }
    if done.value.is_empty() {
        let reason = done.refused.first().map_or("no line holds one", |first| &first.reason);
        let reason = reason.to_owned();
        return Err(WorkflowError::NothingRead { inputs: files.join(", "), reason });
    }
    context.open_as_it_is()?.set_licences(&done.value)?;
    Ok(done)
}

/// The agreements on file; of one user or owner where that is asked.
pub fn list(context: &Context, party: Option<&str>) -> Result<Vec<LicenceRow>, WorkflowError> {
    let mut rows = context.open_to_read()?.licences()?;
    if let Some(party) = party {
        rows.retain(|row| {
            row.user.eq_ignore_ascii_case(party) || row.owner.eq_ignore_ascii_case(party)
        });
    }
    Ok(rows)
}

/// Takes in one agreement, or out.
pub fn set(
    context: &Context,
    row: &LicenceRow,
    remove: bool,
) -> Result<Vec<LicenceRow>, WorkflowError> {
    let stated = |name: &str| match name {
        "user" => Some(row.user.clone()),
        "owner" => Some(row.owner.clone()),
        "service" => row.service.clone(),
        "from" => row.from.clone(),
        "to" => row.to.clone(),
        "onward" => Some(row.onward.to_string()),
        _ => Some(row.note.clone()),
    };
    let row = agreement(&stated).map_err(WorkflowError::BadLicence)?;
    let mut store = context.open_as_it_is()?;
    if remove {
        if !store.remove_licence(&row)? {
            let what = format!(
                "{} for {} is no licence on file; `copytrail licences list` shows them",
                row.owner, row.user
            );
            return Err(WorkflowError::BadLicence(what));
        }
    } else {
        store.set_licences(std::slice::from_ref(&row))?;
    }
    Ok(vec![row])
}

/// An agreement from its cells, or what is wrong with it.
fn agreement(cell: &dyn Fn(&str) -> Option<String>) -> Result<LicenceRow, String> {
    let text = |name: &str| cell(name).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    let user = text("user").ok_or("names no user: who may use the copy")?;
    let owner = text("owner").ok_or("names no owner: whose copy may be used")?;
    let (owner, of_owner) = match owner.split_once('/') {
        Some((owner, service)) => (owner.to_owned(), Some(service.to_lowercase())),
        None => (owner, None),
    };
    let day = |name: &str| match text(name) {
        None => Ok(None),
        Some(day) => match ingest::parse_moment(&day) {
            Some(moment) => Ok(Some(moment.day().to_owned())),
            None => Err(format!("{name} {day} is no date; give it as 2025-05-16")),
        },
    };
    let (from, to) = (day("from")?, day("to")?);
    if let (Some(from), Some(to)) = (&from, &to)
        && from > to
    {
        return Err(format!("ends ({to}) before it begins ({from})"));
    }
    let onward = match text("onward").map(|word| word.to_lowercase()) {
        None => false,
        Some(word) if NO.contains(&word.as_str()) => false,
        Some(word) if YES.contains(&word.as_str()) => true,
        Some(word) => return Err(format!("onward {word} says neither yes nor no")),
    };
    let service = of_owner.or_else(|| text("service").map(|s| s.to_lowercase()));
    Ok(LicenceRow {
        user,
        owner,
        service,
        from,
        to,
        onward,
        note: text("note").unwrap_or_default(),
    })
}
