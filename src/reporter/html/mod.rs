//! Reports as HTML: whole pages that open without a network, and the parts that the web page puts together itself.
//!
//! Whatever comes from an article is escaped by the templates; addresses become links only where they are http(s);
//! characters that steer the order of reading go at one place, `finished`. Nothing carries a style attribute, so
//! that the parts stand under a policy without inline code.

mod address;
mod audit;
mod beside;
mod chain;
mod plots;
mod timeline;
mod trace;

use askama::Template;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::model::{AuditReport, Report, TraceReport};

use super::plain::readable;
use super::wording::{count, verdict_word};
use super::{Format, ReportError};

pub use audit::audit;
pub use beside::{Sides, beside, comparison};
pub use chain::chain;
pub use plots::{delays, months, sources};
pub use timeline::{story_timeline, timeline};
pub use trace::{trace, verdict};

/// The style sheet of every page; [`page`] has it inlined.
pub const STYLE: &str = include_str!("../templates/style.css");

/// Makes tables with the class `sortable` sortable; pages work without it. [`page`] has it inlined where a table is.
pub const SCRIPT: &str = include_str!("../templates/sort.js");

/// A page that is whole in itself.
#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    title: &'a str,
    body: &'a str,
    style: &'static str,
    script: Option<&'static str>,
    policy: String,
    version: &'static str,
}

/// A whole page around parts that this module made. Its policy lets nothing in but its own style, and its own script
/// where there is a table to sort.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn page(title: &str, body: &str) -> Result<String, ReportError> {
    let script = body.contains("<table class=\"sortable\">").then_some(SCRIPT);
    let scripts = script.map_or("'none'".to_owned(), |script| format!("'{}'", source_hash(script)));
    let policy = format!(
        "default-src 'none'; style-src '{}'; script-src {scripts}; base-uri 'none'; form-action 'none'",
        source_hash(STYLE)
    );
    let version = env!("CARGO_PKG_VERSION");
    finished(&Page { title, body, style: STYLE, script, policy, version })
}

/// A piece of inline code or style as a content security policy names it.
#[must_use]
pub fn source_hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// The page of a report.
pub(super) fn document(report: &Report) -> Result<String, ReportError> {
    match report {
        Report::Trace(traces) => self::traces(traces),
        Report::Compare(both) => {
            let title = format!("{} and {}", both.left.outlet.name, both.right.outlet.name);
            page(&title, &comparison(both, "c")?)
        }
        Report::Audit(audits) => self::audits(audits),
        _ => Err(ReportError::NoSuchForm { format: Format::Html }),
    }
}

/// What several traces are found under.
#[derive(Template)]
#[template(
    ext = "html",
    source = r##"<nav class="contents" aria-label="Traces in this report"><p>{{ says }}</p><ol>
{%- for (id, title, word) in entries %}<li><a href="#{{ id }}">{{ title }}</a> <span class="faint">{{ word }}</span></li>{% endfor -%}
</ol></nav>"##
)]
struct Contents<'a> {
    says: String,
    entries: Vec<(String, &'a str, &'static str)>,
}

fn traces(traces: &[TraceReport]) -> Result<String, ReportError> {
    let mut body = String::new();
    if traces.len() > 1 {
        let entries = traces
            .iter()
            .enumerate()
            .map(|(at, t)| (format!("t{}", at + 1), trace::title(t), verdict_word(t.verdict)))
            .collect();
        let says = count(traces.len() as u64, "trace", "traces");
        body = finished(&Contents { says, entries })?;
    }
    for (at, trace) in traces.iter().enumerate() {
        body.push_str(&self::trace(trace, &format!("t{}", at + 1))?);
    }
    let title = match traces {
        [one] => trace::title(one).to_owned(),
        more => count(more.len() as u64, "trace", "traces"),
    };
    page(&title, &body)
}

fn audits(audits: &[AuditReport]) -> Result<String, ReportError> {
    let mut body = String::new();
    for (at, audit) in audits.iter().enumerate() {
        body.push_str(&self::audit(audit, &format!("a{}", at + 1))?);
    }
    let names: Vec<&str> = audits.iter().map(|audit| audit.outlet.as_str()).collect();
    page(&names.join(", "), &body)
}

/// A template's text without what steers the order of reading.
fn finished(template: &impl Template) -> Result<String, ReportError> {
    Ok(readable(&template.render()?))
}
