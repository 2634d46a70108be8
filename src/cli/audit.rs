//! `audit`: what share of an outlet's output is someone else's copy.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::model::{AuditReport, Report};
use crate::reporter::bundle::sum;
use crate::reporter::{self, LetterBundle};
use crate::workflow::{self, AuditOptions};

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::{Audited, Items};
use super::replace::replace;

/// Say what share of an outlet's output is someone else's copy, whose, how late, credited or not
///
/// Uses the kept outcomes of `trace --all`; articles without one are traced first and kept. What is on file stands
/// beside the figures, so that "none found" is not read as "none there".
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  copytrail audit paper.example --from 2025-05-01 --to 2025-05-31\n  \
    copytrail audit --outlets domains.txt --sample 400 --summary --format jsonl\n  \
    copytrail audit paper.example --since-last\n  \
    copytrail audit paper.example --preset letter --template letter-en --evidence proofs --output letter.txt"
)]
pub(super) struct Audit {
    /// Domains, addresses or names of outlets on file
    #[arg(required_unless_present = "outlets", value_name = "OUTLET")]
    names: Vec<String>,
    /// A file with an outlet a line
    #[arg(long, value_name = "FILE")]
    outlets: Option<String>,
    /// Published on this day or later (2025-05-16)
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Published on this day or earlier
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
    /// Look at so many articles of each outlet, drawn by chance; shares come with intervals of 95 %
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    sample: Option<u32>,
    /// Count the outlets of one publisher as one: what comes from a sister is no copy
    #[arg(long)]
    groups: bool,
    /// Figures only, no list of articles
    #[arg(long)]
    summary: bool,
    /// List only what is new or changed since the outlet's last audit and not decided on yet
    #[arg(long)]
    since_last: bool,
    /// Write a letter to each outlet instead: `letter-de`, `letter-en`, or a template of yours (see the README); goes
    /// well with --preset letter
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "summary"])]
    template: Option<String>,
    /// With each letter, put the evidence for its findings into this folder, OUTLET.zip; the letter names its SHA-256 and
    /// has its figures
    #[arg(long, value_name = "FOLDER", requires = "template")]
    evidence: Option<PathBuf>,
    /// Have a time-stamp authority (RFC 3161) vouch for when the evidence was packed
    #[arg(long, value_name = "URL", requires = "evidence")]
    timestamp: Option<String>,
    /// How to show the audit
    #[arg(long, value_enum, default_value_t)]
    format: Audited,
}

impl Audit {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut outlets = self.names;
        if let Some(file) = &self.outlets {
            outlets.extend(workflow::outlets_in(file)?);
        }
        let options = AuditOptions {
            outlets,
            from: self.from,
            to: self.to,
            sample: self.sample.map(|sample| sample as usize),
            groups_as_one: self.groups,
            summary: self.summary,
            since_last: self.since_last,
            kept_only: false,
        };
        if let Some(template) = &self.template {
            let proof = self.evidence.as_deref().map(|folder| (folder, self.timestamp.as_deref()));
            return letters(&options, template, proof, session);
        }
        let Session { context, output, .. } = session;
        let mut items = Items::new(output, self.format.into(), Report::Audit);
        let done = workflow::audit(context, &options, &mut |audit| items.put(audit))?;
        items.end();
        Ok(session.outcome(&done))
    }
}

/// A letter an outlet, one behind the other. `proof`: the folder for the evidence, and who is to stamp it.
fn letters(
    options: &AuditOptions,
    template: &str,
    proof: Option<(&Path, Option<&str>)>,
    session: &mut Session,
) -> Result<Outcome, Failure> {
    let text = match reporter::template(template) {
        Some(text) => text.to_owned(),
        None => std::fs::read_to_string(template)
            .map_err(|source| Failure::Read { path: template.into(), source })?,
    };
    let mut audits = Vec::new();
    let done = workflow::audit(&session.context, options, &mut |audit| audits.push(audit))?;
    for (place, audit) in audits.into_iter().enumerate() {
        let (audit, bundle) = match proof {
            Some((folder, authority)) => evidence(audit, (folder, authority), session)?,
            None => (audit, None),
        };
        if place > 0 {
            session.output.say("\n\u{c}\n")?;
        }
        session.output.say(&reporter::letter(&audit, bundle.as_ref(), template, &text)?)?;
    }
    Ok(session.outcome(&done))
}

/// Writes the evidence for an audit's findings; gives the audit as it stands there.
fn evidence(
    audit: AuditReport,
    (folder, authority): (&Path, Option<&str>),
    session: &Session,
) -> Result<(AuditReport, Option<LetterBundle>), Failure> {
    let (audit, bytes) = workflow::letter_bundle(&session.context, audit, authority)?;
    let Some(bytes) = bytes else { return Ok((audit, None)) };
    let plain = |c: char| if c.is_alphanumeric() || "-.".contains(c) { c } else { '_' };
    let file = format!("{}.zip", audit.key.chars().map(plain).collect::<String>());
    let path = folder.join(&file);
    let failed = |source| Failure::Write { path: path.clone(), source };
    std::fs::create_dir_all(folder).map_err(failed)?;
    replace(&path, |file| file.write_all(&bytes)).map_err(failed)?;
    Ok((audit, Some(LetterBundle { file, sha256: sum(&bytes) })))
}
