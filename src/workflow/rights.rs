//! What a copy's licence is judged by, and the agreements on file.

use super::candidates::Found;
use super::keep::who;
use crate::credits;
use crate::model::{Dossier, Holder, Licence, LicenceCase, LicenceRow, Outlet, TraceReport};
use crate::tracer;

/// Keys of an item or page that state its terms of use.
const TERMS: [&str; 3] = ["license", "usageterms", "copyrightnotice"];
/// Keys of an item that name the service it belongs to.
const SERVICES: [&str; 3] = ["service", "desk", "ressort"];

/// A party as agreements may name it.
pub(super) fn holder(outlet: &Outlet) -> Holder {
    Holder {
        key: outlet.key.clone(),
        name: outlet.name.clone(),
        agency: outlet.agency.clone(),
        group: outlet.group.clone(),
        kind: outlet.kind,
    }
}

/// What the licence of a traced article is judged by.
pub(super) fn case(query: &Dossier, report: &TraceReport, found: &Found) -> LicenceCase {
    let stations: Vec<Holder> = report
        .chain
        .iter()
        .map(|node| holder(&who(found, node.id, node.outlet.as_deref())))
        .collect();
    let items: Vec<&Dossier> = report
        .chain
        .iter()
        .filter_map(|node| node.id)
        .filter_map(|id| {
            let on_file = found.same_words.iter().chain(found.other_words());
            on_file.map(|witness| -> &Dossier { witness }).find(|d| d.id == Some(id))
        })
        .collect();
    let agency = stations.last().and_then(|origin| origin.agency.clone());
    LicenceCase {
        user: holder(&query.outlet),
        day: query.article.published.as_ref().map(|moment| moment.day().to_owned()),
        services: services(query, &items, agency.as_deref()),
        terms: items.iter().flat_map(|item| stated(item, &TERMS)).collect(),
        relation: report.chain.first().map(|node| node.relation),
        stations,
    }
}

/// Services of the agency that the copy's credits or the item itself name.
fn services(query: &Dossier, items: &[&Dossier], agency: Option<&str>) -> Vec<String> {
    let Some(agency) = agency.and_then(credits::agency) else { return Vec::new() };
    let of_credits = query
        .article
        .credits
        .iter()
        .filter(|credit| credit.agency.as_deref() == Some(agency.id))
        .flat_map(|credit| {
            let words = credit.text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
            credit.initials.iter().cloned().chain(words).collect::<Vec<_>>()
        });
    let of_items = items.iter().flat_map(|item| stated(item, &SERVICES));
    let mut services: Vec<String> = of_credits
        .chain(of_items)
        .map(|word| word.to_lowercase())
        .filter(|word| agency.desks.contains(&word.as_str()))
        .collect();
    services.sort();
    services.dedup();
    services
}

/// What an item states under these keys.
fn stated(item: &Dossier, keys: &[&str]) -> Vec<String> {
    let extra = &item.article.extra;
    let values = keys.iter().filter_map(|key| extra.get(*key));
    values.map(|json| serde_json::from_str(json).unwrap_or_else(|_| json.clone())).collect()
}

/// Writes into a trace what the agreements say of it.
pub(super) fn judge(report: &mut TraceReport, case: &LicenceCase, agreements: &[LicenceRow]) {
    if let Some(attribution) = &mut report.attribution {
        attribution.licence = licence(case, agreements);
    }
}

/// What the agreements say of a copy.
pub(super) fn licence(case: &LicenceCase, agreements: &[LicenceRow]) -> Option<Licence> {
    tracer::licence(case, agreements)
}
