//! Traces as GraphML (Brandes et al. 2002): articles and credited parties as nodes, an edge from each source to what
//! was made of it, with the figures as attributes.

use askama::Template;

use crate::model::TraceReport;

use super::ReportError;
use super::lineage::{Edge, Node, graph};
use super::plain::readable;

#[derive(Template)]
#[template(path = "lineage.graphml", escape = "html")]
struct GraphMl {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

/// One graph of all traces.
pub(super) fn document(traces: &[TraceReport]) -> Result<String, ReportError> {
    let (nodes, edges) = graph(traces);
    Ok(readable(&GraphMl { nodes, edges }.render()?) + "\n")
}
