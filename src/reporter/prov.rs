//! The lineage as W3C PROV-JSON (submission of 2013): articles as entities, outlets as agents, derivations with their
//! relation, and what is known from a credit alone as a primary source of no known address.

use serde_json::{Map, Value, json};

use crate::model::TraceReport;

use super::ReportError;
use super::lineage::{Edge, Node, graph};
use super::plain::escape_json;

/// One document of all traces.
pub(super) fn document(traces: &[TraceReport]) -> Result<String, ReportError> {
    let (nodes, edges) = graph(traces);
    let mut entities = Map::new();
    let mut agents = Map::new();
    let mut attributions = Map::new();
    let number = |id: &str| nodes.iter().position(|node| node.id == id).map_or(0, |at| at + 1);
    for node in &nodes {
        let entity = format!("ct:article{}", number(&node.id));
        let agent = format!("ct:outlet/{}", encoded(&node.name));
        agents.insert(agent.clone(), agent_of(node));
        let at = format!("_:attributed{}", number(&node.id));
        attributions.insert(at, json!({ "prov:entity": entity, "prov:agent": agent }));
        entities.insert(entity, entity_of(node));
    }
    let program = format!("copytrail {}", env!("CARGO_PKG_VERSION"));
    agents.insert(
        "ct:program".into(),
        json!({ "prov:type": typed("prov:SoftwareAgent"), "prov:label": program }),
    );
    let derivations: Map<String, Value> = edges
        .iter()
        .enumerate()
        .map(|(at, edge)| {
            let ends = (number(&edge.from), number(&edge.to));
            (format!("_:derived{}", at + 1), derivation(edge, ends))
        })
        .collect();
    let document = json!({
        "prefix": { "ct": "urn:copytrail:", "prov": "http://www.w3.org/ns/prov#", "xsd": "http://www.w3.org/2001/XMLSchema#" },
        "entity": entities,
        "agent": agents,
        "wasAttributedTo": attributions,
        "wasDerivedFrom": derivations,
    });
    Ok(escape_json(&serde_json::to_string_pretty(&document)?) + "\n")
}

fn typed(name: &str) -> Value {
    json!({ "$": name, "type": "xsd:QName" })
}

fn entity_of(node: &Node) -> Value {
    let mut entity = Map::new();
    let mut put = |key: &str, value: Value| entity.insert(key.to_owned(), value);
    put("prov:label", json!(node.name));
    put("ct:identity", json!(node.id));
    put("ct:on_file", json!(node.on_file));
    if let Some(url) = &node.url {
        put("prov:location", json!({ "$": url, "type": "xsd:anyURI" }));
    }
    if let Some(published) = &node.published {
        let kind = if published.contains('T') { "xsd:dateTime" } else { "xsd:date" };
        put("ct:published", json!({ "$": published, "type": kind }));
    }
    if let Some(verdict) = &node.verdict {
        put("ct:verdict", json!(verdict));
    }
    Value::Object(entity)
}

fn agent_of(node: &Node) -> Value {
    let mut agent = json!({ "prov:type": typed("prov:Organization"), "prov:label": node.name });
    if let (Some(agency), Some(agent)) = (&node.agency, agent.as_object_mut()) {
        agent.insert("ct:agency".into(), json!(agency));
    }
    agent
}

/// A copy quotes its source, an edited or translated one revises it, a credited one names it as its primary source.
fn derivation(edge: &Edge, (from, to): (usize, usize)) -> Value {
    let kind = match edge.relation.as_str() {
        "exact" | "excerpt" => "prov:Quotation",
        "credited" => "prov:PrimarySource",
        _ => "prov:Revision",
    };
    let mut derivation = json!({
        "prov:generatedEntity": format!("ct:article{to}"),
        "prov:usedEntity": format!("ct:article{from}"),
        "prov:type": typed(kind),
        "ct:relation": edge.relation,
        "ct:on_the_way": edge.in_chain,
    });
    if let Some(fields) = derivation.as_object_mut() {
        for (key, value) in [
            ("ct:confidence", edge.confidence),
            ("ct:copied", edge.copied),
            ("ct:of_source", edge.of_source),
        ] {
            if let Some(value) = value {
                fields.insert(key.into(), json!(value));
            }
        }
    }
    derivation
}

/// A name as the local part of a qualified name: everything but letters and digits as `%XX`.
fn encoded(name: &str) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
