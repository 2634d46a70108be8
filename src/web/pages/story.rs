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
use crate::model::{Relation, TraceReport};
use crate::reporter::html;
use crate::workflow::{self, Context, Given, TraceOptions};

/// Carriers that are traced in turn, so that each one's own source can be told.
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
    published: &'a str,
    /// Whom it has it from, as far as can be told.
    from: String,
    verdict: &'static str,
    origin: String,
}

fn word(trace: &TraceReport) -> &'static str {
    use crate::model::Verdict;
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
        published: query.published.as_deref().unwrap_or_default(),
        from: from.unwrap_or_default(),
        verdict: word(trace),
        origin: trace.origin.as_ref().map(|o| name(&o.outlet, &o.agency)).unwrap_or_default(),
    })
}

pub(super) async fn story(State(app): State<App>, Path(id): Path<String>) -> Answer {
    Ok(app.work(|lanes| &lanes.trace, move |context| page(context, &id)).await?)
}

fn page(context: &Context, what: &str) -> Result<Response, Problem> {
    let id = on_file(context, what)?;
    let trace = |ids: &[String]| {
        let mut traces = Vec::new();
        let usual = TraceOptions::usual();
        workflow::trace(context, ids, &usual, &Given::default(), &mut |t| traces.push(t))?;
        Ok::<_, Problem>(traces)
    };
    let mut traces = trace(&[format!("id:{id}")])?;
    let others = traces.iter().flat_map(|t| &t.sources).filter_map(|source| source.id);
    let others: BTreeSet<String> = others.map(|id| format!("id:{id}")).collect();
    let others: Vec<String> = others.into_iter().take(MOST).collect();
    traces.extend(trace(&others)?);
    let first = traces.first().ok_or_else(|| Problem::not_found("it cannot be traced"))?;
    let timeline = html::timeline(first)?;
    let mut rows: Vec<Row<'_>> = traces.iter().filter_map(row).collect();
    rows.sort_by(|a, b| (a.published, a.id).cmp(&(b.published, b.id)));
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

/// Ten papers with one agency's text are one source.
fn says(rows: &[Row<'_>]) -> String {
    let own = |row: &Row<'_>| {
        if row.origin.is_empty() { row.outlet.to_lowercase() } else { row.origin.to_lowercase() }
    };
    let sources: BTreeSet<String> = rows.iter().map(own).collect();
    let outlets: BTreeSet<&str> = rows.iter().map(|row| row.outlet).collect();
    fill(
        ENGLISH.story_counts,
        &[&rows.len().to_string(), &outlets.len().to_string(), &sources.len().to_string()],
    )
}
