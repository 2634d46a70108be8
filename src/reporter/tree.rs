//! The way a text took, as a small tree: the page at the top, its sources as branches down to the origins.

use crate::model::{ChainNode, Relation, TraceReport};

use super::page::{Line, Page, Tone};
use super::wording::{came, percent, when};

/// A station and what it came from in turn.
#[derive(Debug)]
pub(super) struct Branch<'a> {
    pub(super) node: &'a ChainNode,
    pub(super) sources: Vec<Branch<'a>>,
}

impl<'a> Branch<'a> {
    /// Chains that start at the same station share its branch.
    fn plant(branches: &mut Vec<Self>, chain: &'a [ChainNode]) {
        let Some((node, rest)) = chain.split_first() else {
            return;
        };
        let at = branches.iter().position(|b| station(b.node) == station(node));
        let at = at.unwrap_or_else(|| {
            branches.push(Self { node, sources: Vec::new() });
            branches.len() - 1
        });
        Self::plant(&mut branches[at].sources, rest);
    }
}

fn station(node: &ChainNode) -> (Option<&str>, Option<i64>, &str) {
    (node.url.as_deref(), node.id, name(node))
}

/// What the page came from, branch by branch; none where no source is known.
pub(super) fn branches(trace: &TraceReport) -> Vec<Branch<'_>> {
    let mut branches = Vec::new();
    if trace.chains.is_empty() {
        Branch::plant(&mut branches, &trace.chain);
    }
    for chain in &trace.chains {
        Branch::plant(&mut branches, chain);
    }
    branches
}

/// Draws the tree; nothing where no source is known.
pub(super) fn draw(page: &mut Page, trace: &TraceReport) {
    let branches = branches(trace);
    if branches.is_empty() {
        return;
    }
    page.heading("Chain");
    let outlet = trace.query.outlet.as_deref().unwrap_or("this page");
    let mut top = Line::new().plain("  ").tone(Tone::Strong, outlet);
    if let Some(published) = &trace.query.published {
        top = top.plain(", ").plain(&when(published));
    }
    page.line("", "    ", &top);
    draw_branches(page, &branches, "  ", trace);
}

fn draw_branches(page: &mut Page, branches: &[Branch<'_>], indent: &str, trace: &TraceReport) {
    for (place, branch) in branches.iter().enumerate() {
        let last = place + 1 == branches.len();
        let (fork, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let below = format!("{indent}{below}");
        let mut line = Line::new()
            .plain(came(branch.node.relation))
            .plain(" ")
            .tone(Tone::Strong, name(branch.node));
        if let Some(published) = &branch.node.published {
            line = line.plain(", ").plain(&when(published));
        }
        let mut notes = notes(branch, trace);
        notes.push(format!("{} sure", percent(branch.node.confidence)));
        line = line.plain(&format!(" ({})", notes.join("; ")));
        page.line(&format!("{indent}{fork}"), &format!("{below}   "), &line);
        if let Some(url) = &branch.node.url {
            let stem = if branch.sources.is_empty() { " " } else { "│" };
            page.unbroken(&format!("{below}{stem}  "), &Line::of(Tone::Faint, url));
        }
        draw_branches(page, &branch.sources, &below, trace);
    }
}

/// What is to be said of a station beside its name; "the origin" comes first.
pub(super) fn notes(branch: &Branch<'_>, trace: &TraceReport) -> Vec<String> {
    let node = branch.node;
    let mut notes: Vec<String> = Vec::new();
    if branch.sources.is_empty() && is_origin(node, trace) {
        notes.push("the origin".into());
    }
    if node.agency.is_some() {
        notes.push("agency".into());
    }
    match (node.on_file, node.relation) {
        (true, _) => {}
        (false, Relation::Credited) => notes.push("credited, not on file".into()),
        (false, _) => notes.push("not on file".into()),
    }
    notes
}

fn is_origin(node: &ChainNode, trace: &TraceReport) -> bool {
    let origins = trace.origins.iter().chain(&trace.origin);
    origins.into_iter().any(|o| {
        (o.id.is_some() && o.id == node.id)
            || (o.url.is_some() && o.url == node.url)
            || (!o.on_file && !node.on_file && o.agency == node.agency && o.outlet == node.outlet)
    })
}

pub(super) fn name(node: &ChainNode) -> &str {
    node.outlet.as_deref().or(node.agency.as_deref()).unwrap_or("an outlet without a name")
}
