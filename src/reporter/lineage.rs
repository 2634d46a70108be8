//! Traces as one graph: articles and credited parties, and what was made of which. Graph formats are written from it.

use std::collections::BTreeMap;

use crate::model::{ChainNode, QueryHead, SourceMatch, TraceReport};

use super::wording::snake;

/// An article, or a party that is known from a credit alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// Address, `id:NUMBER`, the input's path, or the party's name.
    pub(super) id: String,
    pub(super) name: String,
    pub(super) url: Option<String>,
    pub(super) agency: Option<String>,
    pub(super) published: Option<String>,
    pub(super) on_file: bool,
    /// Of the articles that were asked about.
    pub(super) verdict: Option<String>,
}

/// From a source to what was made of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Edge {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) relation: String,
    /// Probability, 0..1, where the step is on the way to an origin.
    pub(super) confidence: Option<f64>,
    /// Shares of the words of both ends, where the texts were compared.
    pub(super) copied: Option<f64>,
    pub(super) of_source: Option<f64>,
    /// Whether the step is on the way to an origin; else the source only carries the text too.
    pub(super) in_chain: bool,
}

/// All nodes and edges of some traces, each once, in the order of their ids.
pub(super) fn graph(traces: &[TraceReport]) -> (Vec<Node>, Vec<Edge>) {
    let mut nodes: BTreeMap<String, Node> = BTreeMap::new();
    let mut edges: BTreeMap<(String, String), Edge> = BTreeMap::new();
    for trace in traces {
        let page = query_node(trace);
        for source in &trace.sources {
            let node = source_node(source);
            let key = (node.id.clone(), page.id.clone());
            edges.entry(key.clone()).or_insert(Edge {
                from: key.0,
                to: key.1,
                relation: snake(&source.relation),
                confidence: None,
                copied: Some(source.copied),
                of_source: Some(source.of_source),
                in_chain: false,
            });
            nodes.entry(node.id.clone()).or_insert(node);
        }
        let single = std::slice::from_ref(&trace.chain);
        let chains = if trace.chains.is_empty() { single } else { &trace.chains };
        for chain in chains {
            let mut below = page.id.clone();
            for station in chain {
                let node = station_node(station);
                let key = (node.id.clone(), std::mem::replace(&mut below, node.id.clone()));
                let edge = edges.entry(key.clone()).or_insert(Edge {
                    from: key.0,
                    to: key.1,
                    ..Edge::default()
                });
                edge.relation = snake(&station.relation);
                edge.confidence = Some(station.confidence);
                edge.in_chain = true;
                nodes.entry(node.id.clone()).or_insert(node);
            }
        }
        nodes.insert(page.id.clone(), page);
    }
    (nodes.into_values().collect(), edges.into_values().collect())
}

/// What an article that was asked about is called.
pub(super) fn query_id(query: &QueryHead) -> String {
    let by_number = query.id.map(|id| format!("id:{id}"));
    query.url.clone().or(by_number).unwrap_or_else(|| query.file.clone())
}

/// What a station is called.
pub(super) fn station_id(station: &ChainNode) -> String {
    let by_number = station.id.map(|id| format!("id:{id}"));
    let by_name = || station.agency.clone().or_else(|| station.outlet.clone()).unwrap_or_default();
    station.url.clone().or(by_number).unwrap_or_else(by_name)
}

fn query_node(trace: &TraceReport) -> Node {
    let query = &trace.query;
    Node {
        id: query_id(query),
        name: query.outlet.clone().unwrap_or_else(|| "this page".to_owned()),
        url: query.url.clone(),
        agency: None,
        published: query.published.clone(),
        on_file: query.id.is_some(),
        verdict: Some(snake(&trace.verdict)),
    }
}

fn source_node(source: &SourceMatch) -> Node {
    Node {
        id: source.url.clone(),
        name: source.outlet.clone().unwrap_or_else(|| source.url.clone()),
        url: Some(source.url.clone()),
        agency: None,
        published: source.published.clone(),
        on_file: source.id.is_some(),
        verdict: None,
    }
}

fn station_node(station: &ChainNode) -> Node {
    let id = station_id(station);
    let name = station.outlet.as_deref().or(station.agency.as_deref()).unwrap_or("?");
    Node {
        name: name.to_owned(),
        url: station.url.clone(),
        agency: station.agency.clone(),
        published: station.published.clone(),
        on_file: station.on_file,
        verdict: None,
        id,
    }
}
