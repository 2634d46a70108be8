//! The way of a text as a picture, with the same in words under it.

use askama::Template;
use textwrap::core::display_width;

use crate::model::{ChainNode, Thresholds, TraceReport};
use crate::reporter::ReportError;
use crate::reporter::tree::{Branch, branches, name, notes};
use crate::reporter::wording::{came, percent, relation_word, when};

use super::address::Address;
use super::finished;

/// All in the picture's own units, which are CSS pixels at full size.
const WIDTH: usize = 300;
const HEIGHT: usize = 80;
const BETWEEN_COLUMNS: usize = 24;
const BETWEEN_ROWS: usize = 76;
const MARGIN: usize = 4;
/// Columns of letters that fit into a box, in the size of its name and of its notes.
const NAME_COLUMNS: usize = 31;
const NOTE_COLUMNS: usize = 42;

#[derive(Template)]
#[template(path = "chain.html")]
struct Chain<'a> {
    id: &'a str,
    width: usize,
    height: usize,
    description: String,
    sure_from: String,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    steps: Vec<Step<'a>>,
}

struct Node {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    kind: &'static str,
    absent: bool,
    name: String,
    when: String,
    notes: String,
}

/// From a source down to what was made of it.
struct Edge {
    from: (usize, usize),
    to: (usize, usize),
    bend: usize,
    label: (usize, usize),
    relation: &'static str,
    sure: String,
    doubtful: bool,
}

/// A station in words.
struct Step<'a> {
    says: String,
    address: Option<Address<'a>>,
}

/// The chain of a trace as a graph, and in words; `None` where no source is known. All ids begin with `id`.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn chain(trace: &TraceReport, id: &str) -> Result<Option<String>, ReportError> {
    let branches = branches(trace);
    if branches.is_empty() {
        return Ok(None);
    }
    let rows = branches.iter().map(depth).max().unwrap_or(0);
    let sure_from = sure_from(trace);
    let mut picture = Picture { trace, rows, sure_from, columns: 0, nodes: vec![], edges: vec![] };
    picture.page(&branches);
    let columns = picture.columns.max(1);
    let mut steps = Vec::new();
    for branch in &branches {
        describe(branch, page_name(trace), trace, &mut steps);
    }
    let says: Vec<&str> = steps.iter().map(|step| step.says.as_str()).collect();
    Ok(Some(finished(&Chain {
        id,
        width: columns * WIDTH + (columns - 1) * BETWEEN_COLUMNS + 2 * MARGIN,
        height: (rows + 1) * HEIGHT + rows * BETWEEN_ROWS + 2 * MARGIN,
        description: says.join("; "),
        sure_from: percent(sure_from),
        nodes: picture.nodes,
        edges: picture.edges,
        steps,
    })?))
}

/// Probability below which nobody is accused: what is less sure than that is drawn as doubtful.
fn sure_from(trace: &TraceReport) -> f64 {
    let printed = trace.thresholds.iter().find(|threshold| threshold.name == "accuse");
    printed.map_or(Thresholds::default().accuse, |threshold| threshold.value)
}

fn page_name(trace: &TraceReport) -> &str {
    trace.query.outlet.as_deref().unwrap_or("this page")
}

fn depth(branch: &Branch) -> usize {
    1 + branch.sources.iter().map(depth).max().unwrap_or(0)
}

struct Picture<'a> {
    trace: &'a TraceReport,
    /// Rows above the page's own.
    rows: usize,
    sure_from: f64,
    /// Columns that are taken.
    columns: usize,
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

impl Picture<'_> {
    fn page(&mut self, branches: &[Branch]) {
        let x = self.above(branches, 0);
        let query = &self.trace.query;
        let when = query.published.as_deref().map(when).unwrap_or_default();
        let node = self.node(x, 0, page_name(self.trace));
        self.nodes.push(Node { kind: "page", when, notes: "the page in question".into(), ..node });
    }

    /// Draws branches over a box of row `row`; gives that box's left edge.
    fn above(&mut self, branches: &[Branch], row: usize) -> usize {
        let mut places = Vec::new();
        for branch in branches {
            let x = self.above(&branch.sources, row + 1);
            self.station(branch, x, row + 1);
            places.push((x, branch.node));
        }
        let Some((&(first, _), &(last, _))) = places.first().zip(places.last()) else {
            self.columns += 1;
            return MARGIN + (self.columns - 1) * (WIDTH + BETWEEN_COLUMNS);
        };
        let below = usize::midpoint(first, last);
        for (x, node) in places {
            self.edge(node, x, below, row);
        }
        below
    }

    fn station(&mut self, branch: &Branch, x: usize, row: usize) {
        let notes = notes(branch, self.trace);
        let origin = notes.first().is_some_and(|note| note == "the origin");
        let node = self.node(x, row, name(branch.node));
        self.nodes.push(Node {
            kind: if origin { "origin" } else { "station" },
            absent: !branch.node.on_file,
            when: branch.node.published.as_deref().map(when).unwrap_or_default(),
            notes: fit(&notes.join("; "), NOTE_COLUMNS),
            ..node
        });
    }

    fn node(&self, x: usize, row: usize, name: &str) -> Node {
        Node {
            x,
            y: self.top(row),
            width: WIDTH,
            height: HEIGHT,
            kind: "",
            absent: false,
            name: fit(name, NAME_COLUMNS),
            when: String::new(),
            notes: String::new(),
        }
    }

    /// Upper edge of a row; row 0, the page, lies lowest.
    fn top(&self, row: usize) -> usize {
        MARGIN + (self.rows - row) * (HEIGHT + BETWEEN_ROWS)
    }

    fn edge(&mut self, node: &ChainNode, x: usize, below: usize, row: usize) {
        let from = (x + WIDTH / 2, self.top(row + 1) + HEIGHT);
        let to = (below + WIDTH / 2, self.top(row) - 8);
        self.edges.push(Edge {
            from,
            to,
            bend: usize::midpoint(from.1, to.1),
            label: (from.0 + 10, from.1 + 26),
            relation: relation_word(node.relation),
            sure: format!("{} sure", percent(node.confidence)),
            doubtful: node.confidence < self.sure_from,
        });
    }
}

/// The branch and what is above it, each as a sentence.
fn describe<'a>(branch: &Branch<'a>, copy: &str, trace: &TraceReport, steps: &mut Vec<Step<'a>>) {
    let node = branch.node;
    let mut told = notes(branch, trace);
    told.push(format!("{} sure", percent(node.confidence)));
    let day = node.published.as_deref().map(|p| format!(", {}", when(p))).unwrap_or_default();
    steps.push(Step {
        says: format!(
            "{copy} is {} {}{day} ({})",
            came(node.relation),
            name(node),
            told.join("; ")
        ),
        address: node.url.as_deref().map(Address::of),
    });
    for source in &branch.sources {
        describe(source, name(node), trace, steps);
    }
}

/// As much of a text as `columns` hold.
fn fit(text: &str, columns: usize) -> String {
    if display_width(text) <= columns {
        return text.to_owned();
    }
    let mut fitting = String::new();
    for letter in text.chars() {
        if display_width(&fitting) + display_width(&letter.to_string()) >= columns {
            break;
        }
        fitting.push(letter);
    }
    fitting.trim_end().to_owned() + "…"
}
