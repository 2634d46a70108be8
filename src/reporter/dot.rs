//! Traces as one Graphviz graph: an arrow from each source to what was made of it.

use std::collections::BTreeSet;

use crate::model::TraceReport;

use super::plain;

use super::lineage::{query_id, station_id};
use super::wording::percent;

/// One graph of all traces; stations that several share are drawn once.
pub(super) fn graph(traces: &[TraceReport]) -> String {
    let mut lines = BTreeSet::new();
    for trace in traces {
        let page = query_id(&trace.query);
        let name = trace.query.outlet.as_deref().unwrap_or("this page");
        lines.insert(node(&page, name, "box"));
        let single = std::slice::from_ref(&trace.chain);
        let chains = if trace.chains.is_empty() { single } else { &trace.chains };
        for chain in chains {
            let mut below = page.clone();
            for station in chain {
                let id = station_id(station);
                let name = station.outlet.as_deref().or(station.agency.as_deref()).unwrap_or("?");
                lines.insert(node(&id, name, if station.on_file { "box" } else { "ellipse" }));
                let relation = serde_json::to_value(station.relation).unwrap_or_default();
                let relation = relation.as_str().unwrap_or_default();
                let label = quoted(&format!("{relation} {}", percent(station.confidence)));
                lines.insert(format!("  {} -> {} [label={label}];", quoted(&id), quoted(&below)));
                below = id;
            }
        }
    }
    let lines: Vec<String> = lines.into_iter().collect();
    format!("digraph copytrail {{\n  rankdir=TB;\n{}\n}}\n", lines.join("\n"))
}

fn node(id: &str, name: &str, shape: &str) -> String {
    format!("  {} [label={}, shape={shape}];", quoted(id), quoted(name))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", plain(text).replace('\\', "\\\\").replace('"', "\\\""))
}
