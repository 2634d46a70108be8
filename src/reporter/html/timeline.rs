//! Who had the text when: a table, with a strip that shows the times on one line.

use std::collections::BTreeSet;

use askama::Template;

use crate::model::TraceReport;
use crate::reporter::ReportError;
use crate::reporter::audit_wording::duration;
use crate::reporter::moments::range;
use crate::reporter::tree::name;
use crate::reporter::wording::{relation_word, when};

use super::finished;

/// Units of the strip.
const STRIP: f64 = 1_000.0;
/// Width of a moment that is known to the minute, in units of the strip.
const MOMENT: f64 = 8.0;

#[derive(Template)]
#[template(path = "timeline.html")]
struct Timeline {
    events: Vec<Event>,
}

struct Event {
    when: String,
    who: String,
    what: String,
    later: String,
    is_page: bool,
    /// First unit and width.
    strip: Option<(usize, usize)>,
}

/// An article with the first and last second at which it may have come out.
struct Seen {
    who: String,
    what: String,
    published: Option<String>,
    range: Option<(i64, i64)>,
    is_page: bool,
}

impl Seen {
    fn new(who: &str, what: &str, published: Option<&str>) -> Self {
        Self {
            who: who.to_owned(),
            what: what.to_owned(),
            published: published.map(str::to_owned),
            range: published.and_then(range),
            is_page: false,
        }
    }
}

/// The times of a trace's page and of all that it came from or that carries it; `None` where fewer than two are
/// known.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn timeline(trace: &TraceReport) -> Result<Option<String>, ReportError> {
    laid_out(gather(trace).0)
}

/// As [`timeline`] of the first, with all the others of its story, those in other words and languages too.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn story_timeline(traces: &[TraceReport]) -> Result<Option<String>, ReportError> {
    let Some((first, others)) = traces.split_first() else { return Ok(None) };
    let (mut seen, known) = gather(first);
    for other in others {
        let query = &other.query;
        if query.url.as_deref().is_some_and(|url| known.contains(url)) {
            continue;
        }
        let who = query.outlet.as_deref().unwrap_or("an outlet without a name");
        let what = other.chain.first().map_or("carries it", |node| relation_word(node.relation));
        seen.push(Seen::new(who, what, query.published.as_deref()));
    }
    laid_out(seen)
}

fn laid_out(mut seen: Vec<Seen>) -> Result<Option<String>, ReportError> {
    if seen.iter().filter(|s| s.range.is_some()).count() < 2 {
        return Ok(None);
    }
    seen.sort_by_key(|s| s.range.map_or((1, 0, 0), |(first, last)| (0, first, last)));
    let first = seen.iter().filter_map(|s| s.range).map(|(first, _)| first).min().unwrap_or(0);
    let last = seen.iter().filter_map(|s| s.range).map(|(_, last)| last).max().unwrap_or(0);
    let base = seen.first().and_then(|s| s.range);
    let events = seen.into_iter().map(|s| event(s, base, (first, last))).collect();
    Ok(Some(finished(&Timeline { events })?))
}

/// The page, its chains' stations and the sources, each once, and the addresses of these.
fn gather(trace: &TraceReport) -> (Vec<Seen>, BTreeSet<&str>) {
    let query = &trace.query;
    let who = query.outlet.as_deref().unwrap_or("this page");
    let page = Seen::new(who, "the page in question", query.published.as_deref());
    let mut seen = vec![Seen { is_page: true, ..page }];
    let mut known = BTreeSet::new();
    let origin = |url: &str| trace.origins.iter().any(|o| o.url.as_deref() == Some(url));
    for source in &trace.sources {
        if known.insert(source.url.as_str()) {
            let what =
                if origin(&source.url) { "the origin" } else { relation_word(source.relation) };
            let who = source.outlet.as_deref().unwrap_or("an outlet without a name");
            seen.push(Seen::new(who, what, source.published.as_deref()));
        }
    }
    for node in trace.chains.iter().flatten() {
        let Some(url) = node.url.as_deref() else { continue };
        if known.insert(url) {
            let what = if origin(url) { "the origin" } else { "on the way" };
            seen.push(Seen::new(name(node), what, node.published.as_deref()));
        }
    }
    (seen, known)
}

fn event(seen: Seen, base: Option<(i64, i64)>, (first, last): (i64, i64)) -> Event {
    let length = (last - first).max(1) as f64;
    let strip = seen.range.map(|(from, to)| {
        let width = ((to - from) as f64 / length * STRIP).max(MOMENT);
        let start = ((from - first) as f64 / length * STRIP).min(STRIP - width).max(0.0);
        (units(start), units(width))
    });
    let later = match (base, seen.range) {
        (Some((base, base_end)), Some((from, to))) if base == base_end && from == to => {
            if from == base { "first".to_owned() } else { duration((from - base) as f64 / 60.0) }
        }
        (Some(_), Some(_)) => "not known to the hour".to_owned(),
        _ => "not known".to_owned(),
    };
    Event {
        when: seen.published.as_deref().map_or_else(|| "no date".to_owned(), when),
        who: seen.who,
        what: seen.what,
        later,
        is_page: seen.is_page,
        strip,
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 1,000
fn units(units: f64) -> usize {
    units.clamp(0.0, STRIP).round() as usize
}
