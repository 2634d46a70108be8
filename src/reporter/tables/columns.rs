//! The columns of articles, edges and matches: name, kind, meaning and value in one place. Names and order are frozen.

use crate::model::{
    ArticleRow, Dossier, Moment, ParagraphMatch, Precision, SourceKeys, SourceMatch, Table,
    TableRow, TraceReport,
};
use crate::reporter::lineage::query_id;
use crate::reporter::moments;
use crate::reporter::wording::snake;

use super::cells::{Cell, Column, Kind, column};
use super::rulings::{CREDITS, VERDICTS};

/// The columns of a table, in their order.
#[must_use]
pub fn columns(table: Table) -> &'static [Column] {
    match table {
        Table::Articles => ARTICLES,
        Table::Edges => EDGES,
        Table::Matches => MATCHES,
        Table::Credits => CREDITS,
        Table::Verdicts => VERDICTS,
    }
}

fn article(row: TableRow<'_>) -> Option<(&Dossier, &ArticleRow)> {
    if let TableRow::Article(dossier, figures) = row { Some((dossier, figures)) } else { None }
}

fn edge(row: TableRow<'_>) -> Option<(&TraceReport, &SourceMatch, &SourceKeys)> {
    match row {
        TableRow::Edge(trace, source, keys) | TableRow::Match(trace, source, keys, _) => {
            Some((trace, source, keys))
        }
        _ => None,
    }
}

fn pair(row: TableRow<'_>) -> Option<&ParagraphMatch> {
    if let TableRow::Match(.., pair) = row { Some(pair) } else { None }
}

/// A stated time as an instant: a day's first second in UTC.
fn instant(moment: Option<&Moment>) -> Cell {
    Cell::Instant(moment.map(|moment| moment.seconds))
}

const ARTICLES: &[Column] = &[
    column!(article, "id", Integer, "The store's number of the article", |(d, _)| {
        Cell::Integer(d.id)
    }),
    column!(article, "url", Text, "Its address as it was given", |(d, _)| Cell::stated(
        d.article.url.as_ref()
    )),
    column!(article, "user_id", Text, "Your own identifier, as it came in", |(d, _)| Cell::stated(
        d.article.user_id.as_ref()
    )),
    column!(article, "outlet", Text, "Common name of the outlet", |(d, _)| Cell::text(Some(
        &d.outlet.name
    ))),
    column!(
        article,
        "outlet_key",
        Text,
        "Registrable domain of the outlet, or its lower-case name",
        |(d, _)| { Cell::text(Some(&d.outlet.key)) }
    ),
    column!(
        article,
        "outlet_kind",
        Text,
        "outlet, wire, press_release, authority or portal",
        |(d, _)| { Cell::Text(Some(snake(&d.outlet.kind))) }
    ),
    column!(article, "agency", Text, "Id of the agency, for a wire", |(d, _)| Cell::stated(
        d.outlet.agency.as_ref()
    )),
    column!(article, "outlet_group", Text, "Publisher of the outlet, where known", |(d, _)| {
        Cell::stated(d.outlet.group.as_ref())
    }),
    column!(article, "title", Text, "Headline", |(d, _)| Cell::stated(d.article.title.as_ref())),
    column!(article, "byline", Text, "People of the byline, separated by semicolons", |(d, _)| {
        Cell::Text(Some(d.article.byline.join("; ")).filter(|names| !names.is_empty()))
    }),
    column!(
        article,
        "published",
        Text,
        "Time of publication as stated: RFC 3339, or a day",
        |(d, _)| { Cell::stated(d.article.published.as_ref().map(|moment| &moment.text)) }
    ),
    column!(
        article,
        "published_at",
        Instant,
        "The same as an instant; a day stands for its first second",
        |(d, _)| { instant(d.article.published.as_ref()) }
    ),
    column!(
        article,
        "published_day_only",
        Truth,
        "Whether only the day of publication is known",
        |(d, _)| {
            Cell::Truth(
                d.article.published.as_ref().map(|moment| moment.precision == Precision::Day),
            )
        }
    ),
    column!(article, "modified_at", Instant, "Time of the last change as stated", |(d, _)| {
        instant(d.article.modified.as_ref())
    }),
    column!(
        article,
        "first_seen_at",
        Instant,
        "Earliest sighting; bounds publication from above",
        |(d, _)| instant(d.article.first_seen.as_ref())
    ),
    column!(article, "language", Text, "BCP 47 primary subtag", |(d, _)| Cell::stated(
        d.article.language.as_ref()
    )),
    column!(article, "paragraphs", Integer, "Paragraphs of the story", |(_, r)| Cell::number(
        r.paragraphs
    )),
    column!(article, "words", Integer, "Words of the story", |(_, r)| Cell::number(r.words)),
    column!(article, "revisions", Integer, "Texts on file under its identity", |(_, r)| {
        Cell::number(r.revisions)
    }),
    column!(article, "credits", Integer, "Parties that it credits", |(d, _)| Cell::number(
        d.article.credits.len()
    )),
    column!(
        article,
        "extra",
        Text,
        "Keys of the input without a meaning here, as a JSON object",
        |(d, _)| {
            let values = d.article.extra.iter().map(|(key, json)| {
                let value =
                    serde_json::from_str(json).unwrap_or(serde_json::Value::String(json.clone()));
                (key.clone(), value)
            });
            let object = serde_json::Value::Object(values.collect());
            Cell::Text((!d.article.extra.is_empty()).then(|| object.to_string()))
        }
    ),
];

const EDGES: &[Column] = &[
    column!(edge, "from", Text, "Address of the source, or id:NUMBER", |(_, s, _)| Cell::text(
        Some(&s.url)
    )),
    column!(edge, "to", Text, "Address of the copy, or id:NUMBER", |(t, ..)| Cell::Text(Some(
        query_id(&t.query)
    ))),
    column!(
        edge,
        "share",
        Real,
        "Share of the copy's words that stand in the source, 0 to 1",
        |(_, s, _)| { Cell::Real(Some(s.copied)) }
    ),
    column!(
        edge,
        "hours",
        Real,
        "Hours from the source's publication to the copy's; missing where a day only is known and it is the same one",
        |(_, _, k)| { Cell::Real(k.hours) }
    ),
    column!(edge, "from_id", Integer, "The store's number of the source", |(_, _, k)| {
        Cell::Integer(k.id)
    }),
    column!(edge, "to_id", Integer, "The store's number of the copy", |(t, ..)| Cell::Integer(
        t.query.id
    )),
    column!(edge, "from_user_id", Text, "Your own identifier of the source", |(_, _, k)| {
        Cell::stated(k.user_id.as_ref())
    }),
    column!(edge, "to_user_id", Text, "Your own identifier of the copy", |(t, ..)| Cell::stated(
        t.query.user_id.as_ref()
    )),
    column!(edge, "from_outlet", Text, "Outlet of the source", |(_, s, _)| Cell::stated(
        s.outlet.as_ref()
    )),
    column!(edge, "to_outlet", Text, "Outlet of the copy", |(t, ..)| Cell::stated(
        t.query.outlet.as_ref()
    )),
    column!(edge, "from_published_at", Instant, "When the source was published", |(_, s, _)| {
        Cell::Instant(moments::first_second(s.published.as_deref()))
    }),
    column!(edge, "to_published_at", Instant, "When the copy was published", |(t, ..)| {
        Cell::Instant(moments::first_second(t.query.published.as_deref()))
    }),
    column!(
        edge,
        "of_source",
        Real,
        "Share of the source's words that stand in the copy, 0 to 1",
        |(_, s, _)| { Cell::Real(Some(s.of_source)) }
    ),
    column!(
        edge,
        "score",
        Real,
        "Coverage x density; across languages and wordings a probability",
        |(_, s, _)| { Cell::Real(Some(s.score)) }
    ),
    column!(edge, "relation", Text, "exact, edited, excerpt, rewritten or translated", |(
        _,
        s,
        _,
    )| {
        Cell::Text(Some(snake(&s.relation)))
    }),
    column!(
        edge,
        "parent",
        Truth,
        "Whether it is the copy's immediate source; else it carries the text too",
        |(t, s, _)| {
            Cell::Truth(Some(
                t.chains.iter().chain([&t.chain]).any(|chain| {
                    chain.first().is_some_and(|node| node.url.as_ref() == Some(&s.url))
                }),
            ))
        }
    ),
];

const MATCHES: &[Column] = &[
    column!(edge, "from", Text, "Address of the source, or id:NUMBER", |(_, s, _)| Cell::text(
        Some(&s.url)
    )),
    column!(edge, "to", Text, "Address of the copy, or id:NUMBER", |(t, ..)| Cell::Text(Some(
        query_id(&t.query)
    ))),
    column!(edge, "from_id", Integer, "The store's number of the source", |(_, _, k)| {
        Cell::Integer(k.id)
    }),
    column!(edge, "to_id", Integer, "The store's number of the copy", |(t, ..)| Cell::Integer(
        t.query.id
    )),
    column!(edge, "from_user_id", Text, "Your own identifier of the source", |(_, _, k)| {
        Cell::stated(k.user_id.as_ref())
    }),
    column!(edge, "to_user_id", Text, "Your own identifier of the copy", |(t, ..)| Cell::stated(
        t.query.user_id.as_ref()
    )),
    column!(pair, "from_paragraph", Integer, "Paragraph of the source, from 0", |p| Cell::number(
        p.source
    )),
    column!(pair, "to_paragraph", Integer, "Paragraph of the copy, from 0", |p| Cell::number(
        p.query
    )),
    column!(pair, "relation", Text, "exact, near, partial, rewritten or translated", |p| {
        Cell::Text(Some(snake(&p.relation)))
    }),
    column!(
        pair,
        "score",
        Real,
        "Share of the copy's paragraph that is accounted for, 0 to 1",
        |p| { Cell::Real(Some(p.score)) }
    ),
    column!(
        pair,
        "anchors",
        Integer,
        "Names, numbers and meanings that tie the two, where the words differ",
        |p| { Cell::number(p.anchors.len()) }
    ),
];
