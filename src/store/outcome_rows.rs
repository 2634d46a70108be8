//! The rows of one kept outcome.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::columns::{signed, word};
use super::error::Result;
use super::outcomes::{Kept, now};
use crate::model::{ArticleId, OutletKind, Relation};

/// An article that an outcome names.
#[derive(Default)]
struct Named {
    station: Option<i64>,
    role: &'static str,
    relation: Option<Relation>,
    copied: Option<f64>,
    of_source: Option<f64>,
    score: Option<f64>,
}

/// Writes an outcome in the place of the earlier one. `(footing, horizon)`: see [`super::Store::keep`].
pub fn write(
    conn: &Connection,
    (footing, horizon): (i64, u32),
    kept: &Kept,
    packed: &[u8],
) -> Result<()> {
    conn.prepare_cached("DELETE FROM outcome_sources WHERE article = ?1")?
        .execute([kept.article])?;
    outcome(conn, (footing, horizon), kept, packed)?;
    for (source, named) in named(kept) {
        conn.prepare_cached(
            "INSERT INTO outcome_sources (article, source, station, role, relation, copied, of_source, score)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            kept.article,
            source,
            named.station,
            named.role,
            named.relation.map(word),
            named.copied,
            named.of_source,
            named.score,
        ])?;
        // A source in other words is found from both sides, so what it has its text from, or shares it with, may have to
        // name it too. A related report is no source: nothing is said of it that this changes.
        if named.role == "related" {
            continue;
        }
        conn.prepare_cached(
            "UPDATE outcomes SET stale = 1 WHERE article = ?1 AND horizon < ?2 AND stale = 0",
        )?
        .execute(params![source, kept.document])?;
    }
    Ok(())
}

fn outcome(
    conn: &Connection,
    (footing, horizon): (i64, u32),
    kept: &Kept,
    packed: &[u8],
) -> Result<()> {
    let report = &kept.report;
    let chain: Vec<&str> = report.chain.iter().filter_map(|node| node.outlet.as_deref()).collect();
    let first = report.chain.first();
    let group = |outlet: Option<&crate::model::Outlet>| outlet.and_then(|o| o.group.clone());
    let kind = |outlet: Option<&crate::model::Outlet>| outlet.map(|o| word::<OutletKind>(o.kind));
    conn.prepare_cached(
        "INSERT OR REPLACE INTO outcomes (article, revision, footing, stale, horizon, of_its_time, traced_at,
           verdict, copied, repeated, carriers, independent, relation, says, chain, origin_name, origin_agency,
           origin_kind, origin_group, origin, source_name, source_agency, source_kind, source_group, source, rights, report)
         VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
           ?21, ?22, ?23, ?24, ?25, ?26)",
    )?
    .execute(params![
        kept.article,
        kept.document,
        footing,
        horizon,
        signed(report.searched.of_its_time),
        now(),
        word(report.verdict),
        report.copied,
        kept.repeated,
        signed(kept.carriers),
        signed(kept.independent),
        first.map(|node| word(node.relation)),
        report.says,
        serde_json::to_string(&chain).unwrap_or_default(),
        report.origin.as_ref().and_then(|o| o.outlet.clone()),
        report.origin.as_ref().and_then(|o| o.agency.clone()),
        kind(kept.origin.as_ref()),
        group(kept.origin.as_ref()),
        report.origin.as_ref().and_then(|o| o.id),
        first.and_then(|node| node.outlet.clone()),
        first.and_then(|node| node.agency.clone()),
        kind(kept.source.as_ref()),
        group(kept.source.as_ref()),
        first.and_then(|node| node.id),
        serde_json::to_string(&kept.rights).unwrap_or_default(),
        packed,
    ])?;
    Ok(())
}

/// Every article that the trace names, once.
fn named(kept: &Kept) -> BTreeMap<ArticleId, Named> {
    let mut all: BTreeMap<ArticleId, Named> = BTreeMap::new();
    let report = &kept.report;
    if let Some(own) = kept.repeats {
        all.entry(own).or_default().role = "own";
    }
    for related in report.related.iter().filter_map(|related| related.id) {
        all.entry(related).or_default().role = "related";
    }
    for source in &report.sources {
        let Some(id) = source.id else { continue };
        let named = all.entry(id).or_default();
        named.role = "carrier";
        named.relation = Some(source.relation);
        (named.copied, named.of_source) = (Some(source.copied), Some(source.of_source));
        named.score = Some(source.score);
    }
    for chain in report.chains.iter().chain(std::iter::once(&report.chain)) {
        for (place, node) in (0..).zip(chain) {
            let Some(id) = node.id else { continue };
            let named = all.entry(id).or_default();
            named.role = "station";
            named.station = Some(named.station.map_or(place, |known| known.min(place)));
            named.relation = Some(node.relation);
            named.score = Some(node.confidence);
        }
    }
    for origin in report.origins.iter().filter_map(|origin| origin.id) {
        let named = all.entry(origin).or_default();
        if named.role.is_empty() {
            named.role = "station";
        }
    }
    all.remove(&kept.article);
    all
}
