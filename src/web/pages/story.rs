//! `/story/ID`: who carries the text of an article, when, and from whom.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use super::super::app::App;
use super::super::problem::Problem;
use super::super::tracing::on_file;
use super::super::words::{ENGLISH, Words, fill};
use super::{Answer, Page};
use crate::model::{Relation, TraceReport, Verdict};
use crate::reporter::{first_second, html, when};
use crate::workflow::{self, Context};

/// Carriers that are traced, so that each one's own source can be told.
const MOST: usize = 30;

#[derive(Template)]
#[template(path = "pages/story.html")]
struct StoryPage<'a> {
    w: &'a Words,
    here: &'a str,
    title: &'a str,
    id: i64,
    says: String,
    rows: Vec<Row<'a>>,
    timeline: Option<String>,
}

/// One that carries the text.
struct Row<'a> {
    id: i64,
    outlet: &'a str,
    title: &'a str,
    published: String,
    /// Seconds since 1970.
    at: Option<i64>,
    /// Whom it has it from, as far as can be told.
    from: String,
    verdict: &'static str,
    /// Whether it cannot be told where it has its text from.
    untold: bool,
    origin: String,
}

fn word(trace: &TraceReport) -> &'static str {
    match trace.verdict {
        Verdict::Original => ENGLISH.verdict_original,
        Verdict::Attributed => ENGLISH.verdict_attributed,
        Verdict::Misattributed => ENGLISH.verdict_misattributed,
        Verdict::Unattributed => ENGLISH.verdict_unattributed,
        Verdict::Unknown => ENGLISH.verdict_unknown,
    }
}

fn row(trace: &TraceReport) -> Option<Row<'_>> {
    let query = &trace.query;
    let name = |outlet: &Option<String>, agency: &Option<String>| {
        outlet.clone().or_else(|| agency.clone()).unwrap_or_default()
    };
    let from = trace.chain.first().map(|node| match node.relation {
        Relation::Credited => fill(ENGLISH.story_credited, &[&name(&node.outlet, &node.agency)]),
        _ => name(&node.outlet, &node.agency),
    });
    Some(Row {
        id: query.id?,
        outlet: query.outlet.as_deref().unwrap_or_default(),
        title: query.title.as_deref().unwrap_or(ENGLISH.untitled),
        published: query.published.as_deref().map(when).unwrap_or_default(),
        at: first_second(query.published.as_deref()),
        from: from.unwrap_or_default(),
        verdict: word(trace),
        untold: trace.origin.is_none() && trace.verdict == Verdict::Unknown,
        origin: trace.origin.as_ref().map(|o| name(&o.outlet, &o.agency)).unwrap_or_default(),
    })
}

pub(super) async fn story(State(app): State<App>, Path(id): Path<String>) -> Answer {
    Ok(app.work(|lanes| &lanes.trace, move |context| page(context, &id)).await?)
}

fn page(context: &Context, what: &str) -> Result<Response, Problem> {
    let id = on_file(context, what)?;
    let traces = workflow::story(context, id, MOST)?;
    let first = traces.first().ok_or_else(|| Problem::not_found("it cannot be traced"))?;
    let timeline = html::story_timeline(&traces)?;
    let mut rows: Vec<Row<'_>> = traces.iter().filter_map(row).collect();
    // What is undated comes last: when it ran it cannot be told.
    rows.sort_by_key(|row| (row.at.is_none(), row.at, row.id));
    let page = StoryPage {
        w: &ENGLISH,
        here: "",
        title: first.query.title.as_deref().unwrap_or(ENGLISH.untitled),
        id,
        says: says(&rows),
        rows,
        timeline,
    };
    Ok(Page(page).into_response())
}

/// Ten papers with one agency's text are one source; what is not known to be a source of its own is none.
fn says(rows: &[Row<'_>]) -> String {
    let (untold, told): (Vec<&Row<'_>>, Vec<&Row<'_>>) = rows.iter().partition(|row| row.untold);
    let own = |row: &&Row<'_>| {
        if row.origin.is_empty() { row.outlet.to_lowercase() } else { row.origin.to_lowercase() }
    };
    let sources: BTreeSet<String> = told.iter().map(own).collect();
    let outlets: BTreeSet<&str> = rows.iter().map(|row| row.outlet).collect();
    let [articles, outlets, sources, untold] =
        [rows.len(), outlets.len(), sources.len(), untold.len()].map(|count| count.to_string());
    let mut says = fill(ENGLISH.story_counts, &[&articles, &outlets, &sources]);
    if untold != "0" {
        says += &fill(ENGLISH.story_untold, &[&untold]);
    }
    says
}
