//! A trace as a page: the verdict first, then the chain, the sources with their texts, and what it rests on.

use askama::Template;

use crate::model::{
    ChainNode, Comparison, Credit, Evidence, Lead, Origin, RelatedArticle, SourceMatch, Threshold,
    TraceReport, Verdict,
};
use crate::reporter::ReportError;
use crate::reporter::wording::{
    capital, credit_place, evidence_groups, facts, named, percent, query_facts, ranges,
    relation_word, searched_says, verdict_word, when,
};

use super::address::Address;
use super::beside::{Sides, beside, kind};
use super::finished;

/// Sources whose texts are unfolded at once.
const UNFOLDED: usize = 3;

#[derive(Template)]
#[template(path = "trace.html", escape = "html")]
struct Page<'a> {
    id: &'a str,
    trace: &'a TraceReport,
    title: &'a str,
    facts: String,
    address: Option<Address<'a>>,
    verdict: String,
    searched: String,
    doubt: Option<String>,
    chain: Option<String>,
    timeline: Option<String>,
    origins: Vec<Told<'a>>,
    copied: String,
    sources: Vec<String>,
    related: Vec<Told<'a>>,
    credits: Vec<Credited<'a>>,
    named: Option<String>,
    evidence: Vec<(&'static str, Vec<&'a Evidence>)>,
    leads: Vec<Led<'a>>,
    thresholds: String,
}

/// A party or an article, with what is said of it.
struct Told<'a> {
    name: &'a str,
    says: String,
    address: Option<Address<'a>>,
}

struct Credited<'a> {
    name: &'a str,
    place: String,
    text: &'a str,
    more: String,
}

struct Led<'a> {
    says: &'a str,
    address: Option<Address<'a>>,
}

/// What a trace is called: its article's title, else where it came from.
pub(super) fn title(trace: &TraceReport) -> &str {
    let query = &trace.query;
    let known = [query.title.as_deref(), query.url.as_deref(), Some(query.file.as_str())];
    known.into_iter().flatten().find(|text| !text.trim().is_empty()).unwrap_or("(no title)")
}

/// All of a trace; every id in it begins with `id`, which is the article's own.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn trace(trace: &TraceReport, id: &str) -> Result<String, ReportError> {
    let query = &trace.query;
    let sources = trace.sources.iter().enumerate();
    let sources = sources.map(|(at, found)| source(trace, found, (id, at)));
    let address = query.url.as_deref().or(Some(query.file.as_str()).filter(|f| !f.is_empty()));
    finished(&Page {
        id,
        trace,
        title: title(trace),
        facts: query_facts(query),
        address: address.map(Address::of),
        verdict: verdict(trace)?,
        searched: searched_says(&trace.searched),
        doubt: doubt(trace),
        chain: super::chain(trace, id)?,
        timeline: super::timeline(trace)?,
        origins: trace.origins.iter().map(origin).collect(),
        copied: format!("{} of this page's words stand in other copy.", percent(trace.copied)),
        sources: sources.collect::<Result<_, _>>()?,
        related: trace.related.iter().map(related).collect(),
        credits: trace.credits.iter().map(credit).collect(),
        named: trace.attribution.as_ref().map(named),
        evidence: evidence_groups(&trace.evidence),
        leads: trace.leads.iter().map(lead).collect(),
        thresholds: thresholds(&trace.thresholds, id)?,
    })
}

#[derive(Template)]
#[template(path = "verdict.html")]
struct Ruling<'a> {
    tone: &'static str,
    word: &'static str,
    says: &'a str,
}

/// The verdict in one sentence.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn verdict(trace: &TraceReport) -> Result<String, ReportError> {
    let tone = match trace.verdict {
        Verdict::Original | Verdict::Attributed => "good",
        Verdict::Misattributed | Verdict::Unattributed => "bad",
        Verdict::Unknown => "unsure",
    };
    finished(&Ruling { tone, word: verdict_word(trace.verdict), says: &trace.says })
}

/// What keeps the answer from being sure: a weak step on the way.
fn doubt(trace: &TraceReport) -> Option<String> {
    let weakest = trace
        .chains
        .iter()
        .flatten()
        .min_by(|a: &&ChainNode, b: &&ChainNode| a.confidence.total_cmp(&b.confidence))?;
    let name = crate::reporter::tree::name(weakest);
    let sure = percent(weakest.confidence);
    Some(format!("The least sure step of the way is the one to {name}: {sure}."))
}

fn origin(origin: &Origin) -> Told<'_> {
    let agency = origin.agency.as_ref().map(|_| "agency".to_owned());
    let on_file = if origin.on_file { "on file" } else { "not on file" };
    Told {
        name: origin.outlet.as_deref().or(origin.agency.as_deref()).unwrap_or("not named"),
        says: facts(&[
            origin.published.as_deref().map(when),
            agency,
            Some(on_file.to_owned()),
            Some(format!("gave {} of this page", percent(origin.share))),
            Some(format!("{} sure", percent(origin.confidence))),
        ]),
        address: origin.url.as_deref().map(Address::of),
    }
}

fn related(article: &RelatedArticle) -> Told<'_> {
    Told {
        name: article.outlet.as_deref().unwrap_or("an outlet without a name"),
        says: facts(&[
            article.title.clone(),
            article.published.as_deref().map(when),
            Some(article.says.clone()),
        ]),
        address: Some(Address::of(&article.url)),
    }
}

fn credit(credit: &Credit) -> Credited<'_> {
    let mut more = String::new();
    if !credit.initials.is_empty() {
        more.push_str(", initials ");
        more.push_str(&credit.initials.join(", "));
    }
    if credit.reworked {
        more.push_str(", reworked");
    }
    Credited { name: &credit.name, place: credit_place(credit), text: &credit.text, more }
}

fn lead(lead: &Lead) -> Led<'_> {
    let text = if lead.query.is_empty() { None } else { Some(lead.query.as_str()) };
    let address = match (lead.url.as_deref(), text) {
        (Some(url), text) => Some(Address::named(text.unwrap_or(url), url)),
        (None, Some(text)) => Some(Address::of(text)),
        (None, None) => None,
    };
    Led { says: &lead.says, address }
}

#[derive(Template)]
#[template(path = "source.html")]
struct Source<'a> {
    id: &'a str,
    number: usize,
    name: &'a str,
    title: Option<&'a str>,
    facts: String,
    address: Address<'a>,
    kind: &'static str,
    relation: String,
    says: String,
    beside: Option<String>,
    open: bool,
    paragraphs: String,
}

/// One source, its text beside the query's where it is at hand.
fn source(
    trace: &TraceReport,
    source: &SourceMatch,
    (id, at): (&str, usize),
) -> Result<String, ReportError> {
    let id = format!("{id}-s{}", at + 1);
    let both: Option<&Comparison> =
        trace.comparisons.iter().find(|both| both.right.address() == source.url);
    let sides = Sides { left: "This page", right: "Source" };
    let numbers = |of: fn(&crate::model::ParagraphMatch) -> usize| {
        ranges(source.paragraphs.iter().map(of).collect())
    };
    let paragraphs = if source.paragraphs.is_empty() {
        String::new()
    } else {
        format!("Paragraphs {} from its {}.", numbers(|p| p.query), numbers(|p| p.source))
    };
    finished(&Source {
        number: at + 1,
        name: source.outlet.as_deref().unwrap_or("an outlet without a name"),
        title: source.title.as_deref(),
        facts: facts(&[source.published.as_deref().map(when), source.language.clone()]),
        address: Address::of(&source.url),
        kind: kind(source.relation),
        relation: capital(relation_word(source.relation)),
        says: format!(
            "{} of this page, {} of the source; score {:.2}",
            percent(source.copied),
            percent(source.of_source),
            source.score
        ),
        beside: both.map(|both| beside(both, &id, sides)).transpose()?,
        open: at < UNFOLDED,
        paragraphs,
        id: &id,
    })
}

#[derive(Template)]
#[template(path = "thresholds.html")]
struct Hanging<'a> {
    id: &'a str,
    thresholds: &'a [Threshold],
}

/// The thresholds that a finding hangs on; nothing where there are none.
pub(super) fn thresholds(thresholds: &[Threshold], id: &str) -> Result<String, ReportError> {
    finished(&Hanging { id, thresholds })
}
