//! Reports as JSON: one document, or a document a line; each opens with its schema.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::model::{
    Across, ArticleRow, Comparison, Credit, Disguise, Dossier, ParagraphMatch, ParagraphRole,
    Relation, Report, Span, Threshold,
};

use super::ReportError;
use super::plain::escape_json;

/// A value's keys under its schema.
#[derive(Serialize)]
struct Document<'a, T> {
    schema: &'static str,
    #[serde(flatten)]
    value: &'a T,
}

/// A list under its schema and one key.
struct Keyed<'a, T>(&'static str, &'static str, &'a T);

impl<T: Serialize> Serialize for Keyed<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("schema", self.0)?;
        map.serialize_entry(self.1, self.2)?;
        map.end()
    }
}

/// One document, indented. A single trace or extract is the document itself; several stand in a
/// list under the plural's name.
pub(super) fn document(report: &Report) -> Result<String, ReportError> {
    match report {
        Report::Extract(rows) => match rows.as_slice() {
            [row] => pretty(&Document { schema: "copytrail.extract/1", value: row }),
            rows => pretty(&Keyed("copytrail.extracts/1", "articles", &rows)),
        },
        Report::Trace(traces) => match traces.as_slice() {
            [trace] => pretty(&Document { schema: "copytrail.trace/1", value: trace }),
            traces => pretty(&Keyed("copytrail.traces/1", "traces", &traces)),
        },
        Report::Add(value) => pretty(&Document { schema: "copytrail.add/1", value }),
        Report::Compare(both) => {
            pretty(&Document { schema: "copytrail.compare/1", value: &Compared::of(both) })
        }
        Report::Clusters(rows) => pretty(&Keyed("copytrail.clusters/1", "clusters", rows)),
        Report::Show(dossier, row) => {
            pretty(&Document { schema: "copytrail.show/1", value: &Shown::of(dossier, row) })
        }
        Report::List(rows) => pretty(&Keyed("copytrail.list/1", "articles", rows)),
        Report::Search(hits) => pretty(&Keyed("copytrail.search/1", "hits", hits)),
        Report::Stats(value) => pretty(&Document { schema: "copytrail.stats/1", value }),
        Report::Coverage(rows) => pretty(&Keyed("copytrail.coverages/1", "coverage", rows)),
        Report::Check(value) => pretty(&Document { schema: "copytrail.check/1", value }),
        Report::Verified(value) => pretty(&Document { schema: "copytrail.verify/1", value }),
        Report::Removed(rows) => pretty(&Keyed("copytrail.remove/1", "removed", rows)),
        Report::Rebuilt(rows) => pretty(&Keyed("copytrail.rebuild/1", "rebuilt", rows)),
        Report::Formats(rows) => pretty(&Keyed("copytrail.formats/1", "formats", rows)),
        Report::Lexicons(rows) => pretty(&Keyed("copytrail.lexicons/1", "lexicons", rows)),
        Report::Languages(rows) => pretty(&Keyed("copytrail.languages/1", "languages", rows)),
        Report::Audit(audits) => match audits.as_slice() {
            [audit] => pretty(&Document { schema: "copytrail.audit/1", value: audit }),
            audits => pretty(&Keyed("copytrail.audits/1", "audits", &audits)),
        },
        Report::Copies(reports) => match reports.as_slice() {
            [report] => pretty(&Document { schema: "copytrail.copies/1", value: report }),
            reports => pretty(&Keyed("copytrail.copies_list/1", "copies", &reports)),
        },
        Report::Corrections(rows) => pretty(&Keyed("copytrail.corrections/1", "corrections", rows)),
        Report::Licences(rows) => pretty(&Keyed("copytrail.licences/1", "licences", rows)),
        Report::Reviews(rows) => pretty(&Keyed("copytrail.reviews/1", "reviews", rows)),
        Report::TracedAll(value) => pretty(&Document { schema: "copytrail.trace_all/1", value }),
        Report::Watch(rows) => pretty(&Keyed("copytrail.watch/1", "sites", rows)),
        Report::Looks(rows) => pretty(&Keyed("copytrail.refetch/1", "looks", rows)),
        Report::Outlets(rows) => pretty(&Keyed("copytrail.outlets/1", "outlets", rows)),
        Report::Operators(rows) => pretty(&Keyed("copytrail.operators/1", "signs", rows)),
        Report::Packs(rows) => pretty(&Keyed("copytrail.packs/1", "packs", rows)),
    }
}

/// A line an item where the report is a list of items, else one line.
pub(super) fn lines(report: &Report) -> Result<String, ReportError> {
    match report {
        Report::Extract(rows) => each("copytrail.extract/1", rows),
        Report::Trace(traces) => each("copytrail.trace/1", traces),
        Report::Clusters(rows) => each("copytrail.cluster/1", rows),
        Report::List(rows) => each("copytrail.article/1", rows),
        Report::Search(hits) => each("copytrail.hit/1", hits),
        Report::Coverage(rows) => each("copytrail.coverage/1", rows),
        Report::Formats(rows) => each("copytrail.format/1", rows),
        Report::Lexicons(rows) => each("copytrail.lexicon/1", rows),
        Report::Languages(rows) => each("copytrail.language/1", rows),
        Report::Audit(rows) => each("copytrail.audit/1", rows),
        Report::Copies(rows) => each("copytrail.copies/1", rows),
        Report::Corrections(rows) => each("copytrail.correction/1", rows),
        Report::Licences(rows) => each("copytrail.licence/1", rows),
        Report::Reviews(rows) => each("copytrail.review/1", rows),
        Report::TracedAll(value) => line(&Document { schema: "copytrail.trace_all/1", value }),
        Report::Watch(rows) => each("copytrail.site/1", rows),
        Report::Looks(rows) => each("copytrail.look/1", rows),
        Report::Outlets(rows) => each("copytrail.outlet/1", rows),
        Report::Operators(rows) => each("copytrail.operator/1", rows),
        Report::Packs(rows) => each("copytrail.pack/1", rows),
        Report::Removed(rows) => {
            rows.iter().map(|row| line(&Keyed("copytrail.removed/1", "article", row))).collect()
        }
        Report::Rebuilt(rows) => {
            rows.iter().map(|row| line(&Keyed("copytrail.rebuilt/1", "index", row))).collect()
        }
        Report::Add(value) => line(&Document { schema: "copytrail.add/1", value }),
        Report::Compare(both) => {
            line(&Document { schema: "copytrail.compare/1", value: &Compared::of(both) })
        }
        Report::Show(dossier, row) => {
            line(&Document { schema: "copytrail.show/1", value: &Shown::of(dossier, row) })
        }
        Report::Stats(value) => line(&Document { schema: "copytrail.stats/1", value }),
        Report::Check(value) => line(&Document { schema: "copytrail.check/1", value }),
        Report::Verified(value) => line(&Document { schema: "copytrail.verify/1", value }),
    }
}

fn each<T: Serialize>(schema: &'static str, rows: &[T]) -> Result<String, ReportError> {
    rows.iter().map(|value| line(&Document { schema, value })).collect()
}

fn line<T: Serialize>(value: &T) -> Result<String, ReportError> {
    Ok(escape_json(&serde_json::to_string(value)?) + "\n")
}

fn pretty<T: Serialize>(value: &T) -> Result<String, ReportError> {
    Ok(escape_json(&serde_json::to_string_pretty(value)?) + "\n")
}

/// One side of a comparison.
#[derive(Serialize)]
struct Side<'a> {
    url: Option<&'a str>,
    id: Option<i64>,
    outlet: &'a str,
    title: Option<&'a str>,
    published: Option<&'a str>,
    language: Option<&'a str>,
    paragraphs: Vec<&'a str>,
}

impl<'a> Side<'a> {
    fn of(dossier: &'a Dossier) -> Self {
        let article = &dossier.article;
        Self {
            url: article.url.as_deref(),
            id: dossier.id,
            outlet: &dossier.outlet.name,
            title: article.title.as_deref(),
            published: article.published.as_ref().map(|m| m.text.as_str()),
            language: article.language.as_deref(),
            paragraphs: article.paragraphs.iter().map(|p| p.text.as_str()).collect(),
        }
    }
}

/// A comparison; `copied` is the share of `left`'s words that stand in `right`.
#[derive(Serialize)]
struct Compared<'a> {
    left: Side<'a>,
    right: Side<'a>,
    relation: Option<Relation>,
    copied: f64,
    of_source: f64,
    words: usize,
    paragraphs: &'a [ParagraphMatch],
    spans: &'a [Span],
    across: Option<Across>,
    thresholds: &'a [Threshold],
}

impl<'a> Compared<'a> {
    fn of(comparison: &'a Comparison) -> Self {
        let alignment = &comparison.alignment;
        Self {
            left: Side::of(&comparison.left),
            right: Side::of(&comparison.right),
            relation: comparison.relation,
            copied: alignment.copied,
            of_source: alignment.of_source,
            words: alignment.words,
            paragraphs: &alignment.paragraphs,
            spans: &alignment.spans,
            across: comparison.across,
            thresholds: &comparison.thresholds,
        }
    }
}

/// An article on file.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    row: Counted<'a>,
    byline: &'a [String],
    modified: Option<&'a str>,
    first_seen: Option<&'a str>,
    paragraphs: Vec<&'a str>,
    roles: Vec<ParagraphRole>,
    furniture: &'a [String],
    credits: &'a [Credit],
    links: Vec<&'a str>,
    disguises: &'a [Disguise],
    extra: &'a BTreeMap<String, String>,
    read_from: &'a BTreeMap<String, String>,
}

/// A row's keys but for `paragraphs`, which here are the texts.
#[derive(Serialize)]
struct Counted<'a> {
    id: i64,
    url: Option<&'a str>,
    user_id: Option<&'a str>,
    outlet: &'a str,
    title: Option<&'a str>,
    published: Option<&'a str>,
    language: Option<&'a str>,
    words: usize,
    revisions: usize,
}

impl<'a> Shown<'a> {
    fn of(dossier: &'a Dossier, row: &'a ArticleRow) -> Self {
        let article = &dossier.article;
        Self {
            row: Counted {
                id: row.id,
                url: row.url.as_deref(),
                user_id: row.user_id.as_deref(),
                outlet: &row.outlet,
                title: row.title.as_deref(),
                published: row.published.as_deref(),
                language: row.language.as_deref(),
                words: row.words,
                revisions: row.revisions,
            },
            byline: &article.byline,
            modified: article.modified.as_ref().map(|m| m.text.as_str()),
            first_seen: article.first_seen.as_ref().map(|m| m.text.as_str()),
            paragraphs: article.paragraphs.iter().map(|p| p.text.as_str()).collect(),
            roles: article.paragraphs.iter().map(|p| p.role).collect(),
            furniture: &article.furniture,
            credits: &article.credits,
            links: article.links.iter().map(|l| l.url.as_str()).collect(),
            disguises: &article.disguises,
            extra: &article.extra,
            read_from: &article.read_from,
        }
    }
}
