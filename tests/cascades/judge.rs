//! What a trace claims, with how sure it says it is, against the truth.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{Article, Truth};

/// A claim of a trace.
#[derive(Debug, Clone)]
pub struct Claim {
    /// `edge`, `origin` or `verdict`.
    pub kind: &'static str,
    /// The curve or the kind of reason behind its probability.
    pub about: String,
    /// What the probability was made from.
    pub values: Value,
    /// As it is printed.
    pub confidence: f64,
    pub right: bool,
    /// `original` and the like, of a verdict.
    pub verdict: String,
    /// Whether it was made from another article and names nobody.
    pub taken: bool,
}

impl Claim {
    /// Whether the kind of reason holds, as db/model/verdicts.tsv counts it: of an uncredited text that shares
    /// words, that it was taken; of any other, that its verdict is right.
    pub fn is_reason(&self) -> bool {
        let of_others = ["first_of_all", "part", "undated", "own_name"];
        if of_others.contains(&self.about.as_str()) { self.taken } else { self.right }
    }
}

/// Puts what is on file of these articles into a store and traces it.
pub fn traced(articles: &[Article]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("articles.jsonl");
    let on_file = articles.iter().filter(|article| article.truth.on_file);
    let lines: Vec<String> = on_file.map(|article| article.line().to_string()).collect();
    std::fs::write(&input, lines.join("\n")).unwrap();
    if let Some(kept) = std::env::var_os("CASCADES_KEPT") {
        keep(Path::new(&kept), articles);
    }
    traced_file(folder.path(), &input)
}

/// The same for a file of articles.
pub fn traced_file(home: &Path, input: &Path) -> Vec<Value> {
    ask(home, &["add"], input);
    let traces = ask(
        home,
        &["trace", "--explain", "--no-translation", "--no-rewriting", "--format", "jsonl"],
        input,
    );
    traces.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Writes the articles with their truth, for whoever wants to look at them.
fn keep(to: &Path, articles: &[Article]) {
    let lines: Vec<String> = articles
        .iter()
        .map(|article| {
            let mut line = article.line();
            let truth = &article.truth;
            line["truth"] = serde_json::json!({"parent": truth.parent, "origin": truth.origin,
                "agency": truth.agency, "credited": truth.credited, "on_file": truth.on_file});
            line.to_string()
        })
        .collect();
    std::fs::write(to, lines.join("\n")).unwrap();
}

/// The program that is asked: `COPYTRAIL_BIN`, else the one built beside the tests.
pub fn binary() -> std::ffi::OsString {
    std::env::var_os("COPYTRAIL_BIN").unwrap_or_else(|| env!("CARGO_BIN_EXE_copytrail").into())
}

fn ask(home: &Path, arguments: &[&str], input: &Path) -> String {
    let output = Command::new(binary())
        .env("COPYTRAIL_DATA", home)
        .args(arguments)
        .arg(input)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The truth of each article by its address.
pub fn truths(articles: &[Article]) -> HashMap<String, Truth> {
    articles.iter().map(|article| (article.url.clone(), article.truth.clone())).collect()
}

/// The claims of a trace.
pub fn claims(trace: &Value, truths: &HashMap<String, Truth>) -> Vec<Claim> {
    let Some(truth) = trace["query"]["url"].as_str().and_then(|url| truths.get(url)) else {
        return Vec::new();
    };
    let derived = truth.parent.is_some();
    let verdict = trace["verdict"].as_str().unwrap_or_default().to_owned();
    let taken = derived && !truth.credited;
    let figures = trace["figures"].as_array().into_iter().flatten();
    figures
        .filter_map(|figure| {
            let (kind, right) = match figure["kind"].as_str()? {
                // Of an original no chain is printed.
                "edge" | "origin" if trace["chain"].as_array().is_none_or(Vec::is_empty) => {
                    return None;
                }
                "edge" => ("edge", is_parent(trace, truth)),
                "origin" => ("origin", is_origin(&trace["origin"], truth, truths)),
                "verdict" => (
                    "verdict",
                    match verdict.as_str() {
                        "original" => !derived,
                        "attributed" => derived && truth.credited,
                        _ => taken,
                    },
                ),
                _ => return None,
            };
            Some(Claim {
                kind,
                about: figure["about"].as_str()?.to_owned(),
                values: figure["values"].clone(),
                confidence: figure["result"].as_f64()?,
                right,
                verdict: verdict.clone(),
                taken,
            })
        })
        .collect()
}

fn is_parent(trace: &Value, truth: &Truth) -> bool {
    let first = trace["chain"][0]["url"].as_str();
    first.is_some() && (first == truth.parent.as_deref() || first == truth.second.as_deref())
}

fn is_origin(origin: &Value, truth: &Truth, truths: &HashMap<String, Truth>) -> bool {
    if truth.parent.is_none() {
        return false;
    }
    let is = |url: &str| {
        let Some(source) = truths.get(url) else { return false };
        if source.on_file {
            return origin["url"] == *url;
        }
        let agency = origin["agency"].as_str();
        let named = match &source.agency {
            Some(wanted) => agency == Some(wanted.as_str()),
            None => origin["outlet"].as_str().is_some_and(|outlet| source.outlet.contains(outlet)),
        };
        origin["on_file"] == false && named
    };
    is(&truth.origin) || truth.second.as_deref().is_some_and(is)
}
