//! Makes the tables of numbers from the shared suites: what `trace --explain` says of every candidate, and the truth.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::cascades::judge::{self, Claim};
use super::cascades::{Cascades, Truth};

/// Candidates of a query that go into the table, the likeliest first.
const KEPT: usize = 6;

fn suite(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval/data").join(name)
}

fn rows(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What is asked of a suite.
struct Asked<'a> {
    /// Files that are put on file, from the suite's folder.
    corpus: &'a [&'a Path],
    queries: &'a [&'a Path],
    /// With the dictionaries that the system has installed, or with the built-in lexicon alone.
    dictionaries: bool,
}

/// The queries, traced with their figures.
fn traced(name: &str, asked: &Asked) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str], files: &[&Path]| {
        let output = Command::new(judge::binary())
            .env("COPYTRAIL_DATA", folder.path())
            .args(arguments)
            .args(files)
            .current_dir(suite(name))
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    run(&["add", "--no-captures"], asked.corpus);
    if asked.dictionaries {
        run(&["lexicon", "add", "--system"], &[]);
    }
    let lines = run(&["trace", "--explain", "--format", "jsonl"], asked.queries);
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The lineage suite's articles, traced where they stand.
fn lineage() -> Vec<Value> {
    let articles = Path::new("articles.jsonl");
    traced("lineage", &Asked { corpus: &[articles], queries: &[articles], dictionaries: false })
}

fn figures<'a>(trace: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let all = trace["figures"].as_array().map_or(&[][..], Vec::as_slice);
    all.iter().filter(move |figures| figures["kind"] == kind)
}

fn gold(name: &str, key: &str) -> HashMap<String, Value> {
    let rows = rows(&suite(name).join("gold.jsonl")).into_iter();
    rows.map(|row| (row[key].as_str().unwrap().to_owned(), row)).collect()
}

fn line(
    table: &mut String,
    query: impl std::fmt::Display,
    right: bool,
    names: &[String],
    values: &Value,
) {
    write!(table, "{query}\t{}", u8::from(right)).unwrap();
    for name in names {
        write!(table, "\t{:.4}", values[name].as_f64().unwrap_or(0.0)).unwrap();
    }
    table.push('\n');
}

fn header(table: &mut String, names: &[String]) {
    if table.is_empty() {
        writeln!(table, "query\tright\t{}", names.join("\t")).unwrap();
    }
}

/// Names in the order that the library gives them.
fn names(of: &[&str]) -> Vec<String> {
    of.iter().map(|name| (*name).to_owned()).collect()
}

/// Half articles that are made of each query, by suite: the smaller one gives more of them.
const SUITES: [(&str, usize); 2] = [("crosslingual", 1), ("rewritten", 3)];
/// Other articles of the large store.
const OTHERS: u64 = 100_000;

/// A table of candidates, keyed by what a query tells of and by the query: what tells of the same must not be in two
/// folds.
struct Candidates {
    names: Vec<String>,
    table: String,
    stories: HashMap<String, usize>,
    queries: usize,
}

impl Candidates {
    /// The likeliest candidates of a trace; `judged` tells which is the source, and which is no answer either way.
    fn add(&mut self, trace: &Value, story: &str, judged: impl Fn(&Value) -> Option<bool>) {
        self.queries += 1;
        let next = self.stories.len();
        let story = *self.stories.entry(story.to_owned()).or_insert(next);
        for figures in figures(trace, "crossing").take(KEPT) {
            if let Some(right) = judged(&figures["about"]) {
                let key = format!("{story}/{}", self.queries);
                line(&mut self.table, key, right, &self.names, &figures["values"]);
            }
        }
    }

    /// A suite's queries and halves of them, against its corpus and what else is given.
    fn suite(&mut self, (name, halves): (&str, usize), others: &[&Path], dictionaries: bool) {
        let gold = gold(name, "query");
        let queries = rows(&suite(name).join("queries.jsonl")).into_iter().map(|query| {
            let known = &gold[query["url"].as_str().unwrap()];
            let pair = known["pair"].as_str().and_then(|pair| pair.split('-').next_back());
            let language = query["language"].as_str().or(pair).unwrap_or("en").to_owned();
            (query, language, !known["source"].is_null())
        });
        let halves = super::halves::halves(&queries.collect::<Vec<_>>(), halves, 7);
        let folder = tempfile::tempdir().unwrap();
        let made = folder.path().join("halves.jsonl");
        let lines: Vec<String> = halves.iter().map(|half| half.line.to_string()).collect();
        std::fs::write(&made, lines.join("\n")).unwrap();
        let of: HashMap<&str, &str> = halves
            .iter()
            .map(|half| (half.line["url"].as_str().unwrap(), half.of.as_str()))
            .collect();
        let corpus = [others, &[Path::new("corpus.jsonl")]].concat();
        let queries = [Path::new("queries.jsonl"), made.as_path()];
        for trace in traced(name, &Asked { corpus: &corpus, queries: &queries, dictionaries }) {
            let url = trace["query"]["url"].as_str().unwrap();
            let known = &gold[of.get(url).copied().unwrap_or(url)];
            let source = &known["source"];
            let story = known["event"].as_str().or(source.as_str()).unwrap_or(url);
            self.add(&trace, story, |about| Some(!source.is_null() && about == source));
        }
    }
}

/// Candidates across languages and wordings: from two suites, as they are and with half articles made of them, with
/// and without dictionaries, and in a large store; from the lineage suite what else tells of an original's event.
pub fn crossing(to: &Path) {
    let names = names(&copytrail::tracer::crossing::FEATURE_NAMES);
    let mut table = String::new();
    header(&mut table, &names);
    let mut all = Candidates { names, table, stories: HashMap::new(), queries: 0 };
    let folder = tempfile::tempdir().unwrap();
    let others = folder.path().join("others.jsonl");
    super::others::Others::new(1).write(OTHERS, &others);
    for suite in SUITES {
        all.suite(suite, &[], false);
        all.suite(suite, &[], true);
        all.suite(suite, &[others.as_path()], false);
    }
    let gold = gold("lineage", "url");
    for trace in lineage() {
        let own = &gold[trace["query"]["url"].as_str().unwrap()];
        let original = own["relation"] == "original";
        if !original && own["relation"] != "translated" {
            continue;
        }
        all.add(&trace, own["origin"].as_str().unwrap_or_default(), |about| {
            let same = gold[about.as_str().unwrap()]["origin"] == own["origin"];
            (!(original && same)).then_some(same)
        });
    }
    std::fs::write(to, all.table).unwrap();
}

/// Possible parents of each derived article of the lineage suite, and "not on file".
pub fn derivation(to: &Path) {
    use copytrail::tracer::{DERIVATION_NAMES, UNSEEN_NAMES};
    let parents = names(&DERIVATION_NAMES);
    let all: Vec<String> = parents.iter().cloned().chain(names(&UNSEEN_NAMES)).collect();
    let mut table = String::new();
    header(&mut table, &all);
    let gold = gold("lineage", "url");
    for (query, trace) in lineage().iter().enumerate() {
        let own = &gold[trace["query"]["url"].as_str().unwrap()];
        if own["parent"].is_null()
            || own["relation"] == "original"
            || own["relation"] == "translated"
        {
            continue;
        }
        if figures(trace, "derivation").next().is_none() {
            continue;
        }
        let mut found = false;
        for figures in figures(trace, "derivation") {
            let right = figures["about"] == own["parent"];
            found |= right;
            line(&mut table, query, right, &all, &figures["values"]);
        }
        for figures in figures(trace, "unseen") {
            line(&mut table, query, !found, &all, &figures["values"]);
        }
    }
    std::fs::write(to, table).unwrap();
}

/// The seed of the cascades that the probabilities are calibrated on; tests/calibration.rs has another.
const SEED: u64 = 20_250_106;
const STORIES: u64 = 1_500;
/// A reason that the suites and cascades do not bring about, with the judgement that stands in for counts.
const JUDGED: [(&str, u32, u32); 1] = [("contradicted", 38, 37)];

/// What traces claimed of cascades and of the lineage suite, and whether it is so: figures of edges, shares by the
/// curve of an origin, counts by the reason of a verdict.
pub fn calibration(edges: &Path, curves: &Path, reasons: &Path) {
    let said = said();
    let names = names(&copytrail::tracer::EDGE_NAMES);
    let mut table = String::new();
    header(&mut table, &names);
    for (number, claim) in said.iter().filter(|claim| claim.kind == "edge").enumerate() {
        line(&mut table, number, claim.right, &names, &claim.values);
    }
    std::fs::write(edges, table).unwrap();
    let mut table = String::from("curve\tshare\tright\n");
    let mut counts: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut count = |about: &str, right: bool| {
        let count = counts.entry(about.to_owned()).or_default();
        *count = (count.0 + 1, count.1 + u32::from(right));
    };
    for claim in &said {
        match claim.kind {
            "verdict" if claim.verdict == "unknown" => count(&claim.about, claim.taken),
            "verdict" => count(&claim.about, claim.is_reason()),
            "origin" => {
                let share = claim.values["share"].as_f64().unwrap();
                let right = u8::from(claim.right);
                writeln!(table, "{}\t{share:.4}\t{right}", claim.about).unwrap();
                count(&claim.about, claim.right);
            }
            _ => {}
        }
    }
    std::fs::write(curves, table).unwrap();
    std::fs::write(reasons, of_reasons(counts)).unwrap();
}

/// The table of how often each kind of reason was right.
fn of_reasons(mut counts: BTreeMap<String, (u32, u32)>) -> String {
    counts.retain(|reason, _| {
        !["reworded", "nothing", "open", "mentioned", "one_operator"].contains(&reason.as_str())
    });
    for (reason, count, right) in JUDGED {
        counts.entry(reason.to_owned()).or_insert((count, right));
    }
    let mut table = String::from("reason\tcount\tright\n");
    for (reason, (count, right)) in counts {
        writeln!(table, "{reason}\t{count}\t{right}").unwrap();
    }
    table
}

/// What traces say of the cascades and of the lineage suite.
fn said() -> Vec<Claim> {
    let articles = Cascades::new(SEED).stories(STORIES);
    let truths = judge::truths(&articles);
    let mut said: Vec<Claim> =
        judge::traced(&articles).iter().flat_map(|trace| judge::claims(trace, &truths)).collect();
    let truths = suite_truths();
    let home = tempfile::tempdir().unwrap();
    for trace in judge::traced_file(home.path(), &suite("lineage").join("articles.jsonl")) {
        said.extend(judge::claims(&trace, &truths));
    }
    said
}

/// The lineage suite's truth in the cascades' terms.
fn suite_truths() -> HashMap<String, Truth> {
    let gold = gold("lineage", "url");
    let text = |row: &Value, key: &str| row[key].as_str().map(str::to_owned);
    let told = |row: &Value| Truth {
        parent: text(row, "parent").filter(|_| row["relation"] != "original"),
        origin: text(row, "origin").unwrap_or_default(),
        agency: text(row, "agency").map(|agency| match agency.to_lowercase().as_str() {
            "ats" => "sda".to_owned(),
            "pa media" => "pa".to_owned(),
            agency => agency.to_owned(),
        }),
        credited: row["attribution"] != "none",
        on_file: row["on_file"] == true,
        outlet: String::new(),
        second: None,
    };
    gold.iter().map(|(url, row)| (url.clone(), told(row))).collect()
}
