//! copytrail on a corpus: the commands as a user runs them, and traces in process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use copytrail::model::{Thresholds, TraceReport};
use copytrail::store::{Options, Store};
use copytrail::workflow::{Context, Given, LexiconChoice, Silent, TraceOptions, trace};
use serde_json::Value;

use crate::generator::{Generator, Kind};
use crate::judge::Truth;
use crate::{Corpus, Outcome, row};

/// Traces whose time is taken.
const TRACES: u64 = 300;
/// Traces before them.
const WARM: u64 = 50;
/// Starts of the command from nothing.
const STARTS: usize = 11;

/// What a run of the command took.
struct Run {
    time: Duration,
    /// Most memory that it held, in MB.
    peak: f64,
}

fn run(arguments: &[&str], db: &Path) -> Outcome<Run> {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_copytrail"))
        .arg("--db")
        .arg(db)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak: f64 = 0.0;
    loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
        peak = peak.max(kilobytes.unwrap_or(0.0) / 1024.0);
        if let Some(ended) = child.try_wait()? {
            if ended.code().is_none_or(|code| code > 1) {
                return Err(format!("copytrail {arguments:?} ended with {ended}").into());
            }
            return Ok(Run { time: started.elapsed(), peak });
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn per_second(articles: u64, time: Duration) -> f64 {
    articles as f64 / time.as_secs_f64()
}

/// Adds files to a new store and groups it; gives both times and the groups' file.
pub fn add_and_group(
    files: &[PathBuf],
    db: &Path,
) -> Outcome<(Vec<Duration>, Duration, f64, PathBuf)> {
    for ending in ["", "-wal", "-shm", ".captures"] {
        let mut name = db.as_os_str().to_owned();
        name.push(ending);
        let _ = fs::remove_file(PathBuf::from(name));
    }
    let mut peak: f64 = 0.0;
    let mut times = Vec::new();
    for file in files {
        let added = run(&["add", &file.to_string_lossy()], db)?;
        peak = peak.max(added.peak);
        times.push(added.time);
    }
    let out = db.with_extension("clusters.jsonl");
    let grouped = run(&["clusters", "--format", "jsonl", "-o", &out.to_string_lossy()], db)?;
    row("memory of `clusters`", &format!("{:.0} MB", grouped.peak), "VmHWM");
    Ok((times, grouped.time, peak, out))
}

/// The groups of a clusters file, as addresses.
pub fn groups(file: &Path) -> Outcome<Vec<Vec<String>>> {
    let mut groups = Vec::new();
    for line in fs::read_to_string(file)?.lines() {
        let cluster: Value = serde_json::from_str(line)?;
        let members = cluster["members"].as_array().cloned().unwrap_or_default();
        groups.push(members.iter().filter_map(|m| m.as_str().map(str::to_owned)).collect());
    }
    Ok(groups)
}

/// Measures everything of ours and prints its rows.
pub fn measure(corpus: &Corpus, generator: &Generator, truth: &Truth) -> Outcome<()> {
    let db = corpus.folder.join("store.db");
    let (times, grouped, peak, out) = add_and_group(&corpus.parts, &db)?;
    let added: Duration = times.iter().sum();
    let dearer = match (times.first(), times.last()) {
        (Some(first), Some(last)) => last.as_secs_f64() / first.as_secs_f64(),
        _ => 1.0,
    };
    let count = corpus.articles;
    row("`add`", &format!("{:.0} docs/s", per_second(count, added)), "ten files, ten commands");
    row("last tenth against the first", &format!("{dearer:.2} ×"), "time of `add`");
    row("memory of `add`", &format!("{peak:.0} MB"), "VmHWM");
    row("`clusters`", &format!("{:.0} docs/s", per_second(count, grouped)), "the command");
    row(
        "`add` + `clusters`",
        &format!("{:.0} docs/s", per_second(count, added + grouped)),
        "end to end, durable",
    );
    let number = |url: &String| url.rsplit('/').next().and_then(|n| n.parse().ok());
    let groups: Vec<Vec<usize>> =
        groups(&out)?.iter().map(|group| group.iter().filter_map(number).collect()).collect();
    row("pairs found / right", &truth.groups(&groups).text(), "`clusters` against the gold");
    disk(&db)?;
    latency(corpus, generator, &db)?;
    foreign(corpus, generator, &db)
}

fn disk(db: &Path) -> Outcome<()> {
    let store = Store::open(db, Options { captures: false, read_only: true })?;
    let stats = store.stats()?;
    let paragraphs = stats.paragraphs.max(1) as f64;
    for (name, bytes) in store.index_sizes()? {
        let each = format!("{:.1} bytes", bytes as f64 / paragraphs);
        row(&format!("index `{name}`, a paragraph"), &each, "on disk");
    }
    let share = stats.index_bytes as f64 / stats.text_bytes.max(1) as f64;
    row("matching indexes", &format!("{share:.2} × the text"), "postings, hashes, keys");
    let file = stats.store_bytes as f64 / stats.text_bytes.max(1) as f64;
    row("the store's file", &format!("{file:.2} × the text"), "with texts and full-text search");
    let text = stats.text_bytes as f64 / paragraphs;
    row("text of a paragraph", &format!("{text:.0} bytes"), "for comparison");
    Ok(())
}

fn context(db: &Path) -> Context {
    Context {
        lexicon_dir: None,
        allow_private: false,
        db: db.to_owned(),
        captures: false,
        fills: true,
        thresholds: Thresholds::default(),
        lexicons: LexiconChoice::Builtin,
        interrupted: Arc::default(),
        progress: Box::new(Silent),
        warm: Arc::default(),
    }
}

/// Traces one article after the other; gives each one's time and report.
fn traces(db: &Path, urls: &[String]) -> Outcome<Vec<(Duration, TraceReport)>> {
    let options = TraceOptions { translation: true, rewriting: true, ..TraceOptions::default() };
    let mut found = Vec::with_capacity(urls.len());
    let mut since = Instant::now();
    let mut sink = |report| {
        found.push((since.elapsed(), report));
        since = Instant::now();
    };
    trace(&context(db), urls, &options, &Given::default(), &mut sink)?;
    Ok(found)
}

fn latency(corpus: &Corpus, generator: &Generator, db: &Path) -> Outcome<()> {
    let step = (corpus.articles / (TRACES + WARM)).max(1);
    let urls: Vec<String> = (0..corpus.articles)
        .step_by(usize::try_from(step)?)
        .map(|n| generator.article(n).url)
        .collect();
    let found = traces(db, &urls)?;
    let mut times: Vec<Duration> =
        found.iter().skip(usize::try_from(WARM)?).map(|(time, _)| *time).collect();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let text = format!("{:.1} / {:.1} ms", millis(at(50)), millis(at(99)));
    row("trace, p50 / p99", &text, "warm, in process, one after the other");
    let mut starts = Vec::new();
    let mut peak: f64 = 0.0;
    for url in urls.iter().take(STARTS) {
        let traced = run(&["trace", "--format", "jsonl", url], db)?;
        starts.push(traced.time);
        peak = peak.max(traced.peak);
    }
    starts.sort_unstable();
    let median = starts.get(starts.len() / 2).copied().unwrap_or_default();
    row("`trace`, cold start of the command", &format!("{:.0} ms", millis(median)), "median");
    row("memory of `trace`", &format!("{peak:.0} MB"), "VmHWM, mapped pages of the store with it");
    Ok(())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// How many of the foreign paragraphs are traced to the story that they came from.
fn foreign(corpus: &Corpus, generator: &Generator, db: &Path) -> Outcome<()> {
    for (kind, name) in
        [(Kind::Inserted, "word for word"), (Kind::InsertedEdited, "one word in eight changed")]
    {
        let numbers: Vec<u64> = (0..corpus.articles)
            .filter(|n| {
                generator.plan(*n).kind == kind && generator.holds_foreign(generator.plan(*n))
            })
            .take(usize::try_from(TRACES)?)
            .collect();
        let urls: Vec<String> = numbers.iter().map(|n| generator.article(*n).url).collect();
        let found = traces(db, &urls)?;
        let story = |n: u64| {
            let plan = generator.plan(n);
            if plan.kind.is_copy() { plan.parent } else { n }
        };
        let right = numbers.iter().zip(&found).filter(|(number, (_, report))| {
            let parent = generator.plan(**number).parent;
            report.sources.iter().any(|source| {
                source
                    .url
                    .rsplit('/')
                    .next()
                    .and_then(|n| n.parse().ok())
                    .is_some_and(|n| story(n) == parent)
            })
        });
        let share = 100.0 * right.count() as f64 / numbers.len().max(1) as f64;
        let what = format!("40-word paragraph found, {name}");
        row(&what, &format!("{share:.1} %"), &format!("of {} traced", numbers.len()));
    }
    Ok(())
}
