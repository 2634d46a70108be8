//! The columns of credits and verdicts. Names and order are frozen.

use crate::model::{Article, ArticleId, Credit, Origin, TableRow, TraceReport};
use crate::reporter::lineage::query_id;
use crate::reporter::moments;
use crate::reporter::wording::snake;

use super::cells::{Cell, Column, Kind, column};

fn credit(row: TableRow<'_>) -> Option<(ArticleId, &Article, &Credit)> {
    if let TableRow::Credit(id, article, credit) = row { Some((id, article, credit)) } else { None }
}

fn trace(row: TableRow<'_>) -> Option<&TraceReport> {
    if let TableRow::Verdict(trace) = row { Some(trace) } else { None }
}

fn origin(row: TableRow<'_>) -> Option<&Origin> {
    trace(row)?.origin.as_ref()
}

pub(super) const CREDITS: &[Column] = &[
    column!(credit, "id", Integer, "The store's number of the article", |(id, ..)| Cell::Integer(
        Some(id)
    )),
    column!(credit, "url", Text, "Its address as it was given", |(_, a, _)| Cell::stated(
        a.url.as_ref()
    )),
    column!(credit, "user_id", Text, "Your own identifier, as it came in", |(_, a, _)| {
        Cell::stated(a.user_id.as_ref())
    }),
    column!(
        credit,
        "agency",
        Text,
        "Id of the credited agency; missing for another outlet",
        |(_, _, c)| Cell::stated(c.agency.as_ref())
    ),
    column!(credit, "name", Text, "Common name of the credited party", |(_, _, c)| Cell::text(
        Some(&c.name)
    )),
    column!(credit, "domain", Text, "Its registrable domain, where known", |(_, _, c)| {
        Cell::stated(c.domain.as_ref())
    }),
    column!(
        credit,
        "role",
        Text,
        "source_line, credit_line, dateline, byline, metadata, canonical or link",
        |(_, _, c)| { Cell::Text(Some(snake(&c.role))) }
    ),
    column!(credit, "text", Text, "The line or value it was read from", |(_, _, c)| Cell::text(
        Some(&c.text)
    )),
    column!(
        credit,
        "paragraph",
        Integer,
        "Paragraph it stands in, from 0; missing outside the text",
        |(_, _, c)| { c.paragraph.map_or(Cell::Integer(None), Cell::number) }
    ),
    column!(
        credit,
        "initials",
        Text,
        "Desk or editor initials beside it, separated by spaces",
        |(_, _, c)| {
            Cell::Text(Some(c.initials.join(" ")).filter(|initials| !initials.is_empty()))
        }
    ),
    column!(credit, "reworked", Truth, "Whether it says that material was reworked", |(
        _,
        _,
        c,
    )| {
        Cell::Truth(Some(c.reworked))
    }),
];

pub(super) const VERDICTS: &[Column] = &[
    column!(trace, "id", Integer, "The store's number of the article", |t| Cell::Integer(
        t.query.id
    )),
    column!(trace, "url", Text, "Its address, or id:NUMBER", |t| Cell::Text(Some(query_id(
        &t.query
    )))),
    column!(trace, "user_id", Text, "Your own identifier, as it came in", |t| Cell::stated(
        t.query.user_id.as_ref()
    )),
    column!(trace, "outlet", Text, "Common name of the outlet", |t| Cell::stated(
        t.query.outlet.as_ref()
    )),
    column!(trace, "title", Text, "Headline", |t| Cell::stated(t.query.title.as_ref())),
    column!(
        trace,
        "published_at",
        Instant,
        "When it was published; a day stands for its first second",
        |t| { Cell::Instant(moments::first_second(t.query.published.as_deref())) }
    ),
    column!(trace, "language", Text, "BCP 47 primary subtag", |t| Cell::stated(
        t.query.language.as_ref()
    )),
    column!(
        trace,
        "verdict",
        Text,
        "original, attributed, misattributed, unattributed or unknown",
        |t| { Cell::Text(Some(snake(&t.verdict))) }
    ),
    column!(trace, "says", Text, "The verdict in one sentence", |t| Cell::text(Some(&t.says))),
    column!(trace, "copied", Real, "Share of its words that stand in other copy, 0 to 1", |t| {
        Cell::Real(Some(t.copied))
    }),
    column!(origin, "origin_outlet", Text, "Common name of the origin", |o| Cell::stated(
        o.outlet.as_ref()
    )),
    column!(origin, "origin_agency", Text, "Id of the origin, where it is an agency", |o| {
        Cell::stated(o.agency.as_ref())
    }),
    column!(origin, "origin_url", Text, "Address of the origin, where it is on file", |o| {
        Cell::stated(o.url.as_ref())
    }),
    column!(origin, "origin_id", Integer, "The store's number of the origin", |o| Cell::Integer(
        o.id
    )),
    column!(
        origin,
        "origin_on_file",
        Truth,
        "Whether the origin is on file; else known from a credit",
        |o| { Cell::Truth(Some(o.on_file)) }
    ),
    column!(
        origin,
        "origin_confidence",
        Real,
        "Probability of the origin, 0 to 1",
        |o| Cell::Real(Some(o.confidence))
    ),
    column!(
        origin,
        "origin_share",
        Real,
        "Share of its words that came from the origin, 0 to 1",
        |o| { Cell::Real(Some(o.share)) }
    ),
    column!(trace, "origins", Integer, "Source texts in it", |t| Cell::number(t.origins.len())),
    column!(trace, "source_outlet", Text, "Outlet of the immediate source", |t| {
        Cell::stated(t.chain.first().and_then(|node| node.outlet.as_ref()))
    }),
    column!(trace, "source_url", Text, "Address of the immediate source", |t| {
        Cell::stated(t.chain.first().and_then(|node| node.url.as_ref()))
    }),
    column!(trace, "relation", Text, "How it stands to its immediate source", |t| {
        Cell::Text(t.chain.first().map(|node| snake(&node.relation)))
    }),
    column!(
        trace,
        "chain",
        Text,
        "Outlets from the immediate source up to the origin, separated by ' < '",
        |t| {
            let names: Vec<&str> =
                t.chain.iter().filter_map(|node| node.outlet.as_deref()).collect();
            Cell::Text((!names.is_empty()).then(|| names.join(" < ")))
        }
    ),
    column!(trace, "origin_named", Truth, "Whether it names its origin", |t| {
        Cell::Truth(t.attribution.as_ref().map(|named| named.origin_named))
    }),
    column!(trace, "source_named", Truth, "Whether it names its immediate source", |t| {
        Cell::Truth(t.attribution.as_ref().map(|named| named.source_named))
    }),
    column!(trace, "basis", Text, "claimed, verified or contradicted", |t| {
        Cell::Text(t.attribution.as_ref().map(|named| snake(&named.basis)))
    }),
    column!(
        trace,
        "licence",
        Text,
        "covered, expired, other_service, no_onward_right, open or none",
        |t| {
            Cell::Text(
                t.attribution
                    .as_ref()
                    .and_then(|named| named.licence)
                    .map(|licence| snake(&licence)),
            )
        }
    ),
    column!(
        trace,
        "sources",
        Integer,
        "Articles on file that its text came from or that carry it too",
        |t| { Cell::number(t.sources.len()) }
    ),
    column!(trace, "compared_with", Integer, "Articles on file that it was compared with", |t| {
        Cell::Integer(i64::try_from(t.searched.articles).ok())
    }),
];
