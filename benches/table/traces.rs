//! Traces of a store on file: how long they take, the command's start, its memory, and what is found by kind of copy.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use copytrail::model::{Thresholds, TraceReport};
use copytrail::workflow::{Context, Given, LexiconChoice, Silent, TraceOptions, trace};

use crate::generator::{Generator, Kind, Plan};
use crate::{Corpus, Outcome, commands, row};

/// Traces whose time is taken; of each kind of copy as many are judged.
const TRACES: u64 = 300;
/// Traces before them.
const WARM: u64 = 50;
/// Starts of the command from nothing.
const STARTS: usize = 11;

/// Measures traces and prints their rows.
pub fn measure(corpus: &Corpus, generator: &Generator) -> Outcome<()> {
    let db = corpus.store();
    // Warm means that the system has the file at hand.
    io::copy(&mut File::open(&db)?, &mut io::sink())?;
    latency(corpus, generator, &db)?;
    starts(corpus, generator, &db)?;
    kinds(corpus, generator, &db)
}

/// An article's number, by its address.
pub fn number_of(url: &str) -> Option<u64> {
    url.rsplit('/').next()?.parse().ok()
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

/// Articles from all over the corpus.
fn sample(corpus: &Corpus, generator: &Generator) -> Outcome<Vec<String>> {
    let step = usize::try_from((corpus.articles / (TRACES + WARM)).max(1))?;
    Ok((0..corpus.articles).step_by(step).map(|n| generator.article(n).url).collect())
}

fn latency(corpus: &Corpus, generator: &Generator, db: &Path) -> Outcome<()> {
    let found = traces(db, &sample(corpus, generator)?)?;
    let mut times: Vec<Duration> =
        found.iter().skip(usize::try_from(WARM)?).map(|(time, _)| *time).collect();
    times.sort_unstable();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let text = format!("{:.1} / {:.1} ms", millis(at(50)), millis(at(99)));
    row("trace, p50 / p99", &text, "warm, in process, one after the other");
    Ok(())
}

fn starts(corpus: &Corpus, generator: &Generator, db: &Path) -> Outcome<()> {
    let mut starts = Vec::new();
    let (mut own, mut peak): (f64, f64) = (0.0, 0.0);
    for url in sample(corpus, generator)?.iter().rev().take(STARTS) {
        let traced = commands::run(&["trace", "--format", "jsonl", url], db)?;
        starts.push(traced.time);
        own = own.max(traced.own);
        peak = peak.max(traced.peak);
    }
    starts.sort_unstable();
    let median = starts.get(starts.len() / 2).copied().unwrap_or_default();
    row("`trace`, cold start of the command", &format!("{:.0} ms", millis(median)), "median of 11");
    commands::memory("`trace`", own, peak);
    Ok(())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// Number of the story that an article carries.
fn story(generator: &Generator, number: u64) -> u64 {
    let plan = generator.plan(number);
    if plan.kind.is_copy() { plan.parent } else { number }
}

/// Whether two articles have copy in common: they carry one story, or a paragraph of one stands in the other.
fn share_copy(generator: &Generator, ours: u64, theirs: u64) -> bool {
    let given = |number: u64| {
        let plan = generator.plan(number);
        if plan.kind.is_inserted() { plan.parent } else { story(generator, number) }
    };
    let (a, b) = (story(generator, ours), story(generator, theirs));
    a == b || given(ours) == b || a == given(theirs) || given(ours) == given(theirs)
}

/// How many articles of each kind of copy are traced to a carrier of the story that their text came from, and how many
/// of those that are nobody's copy are called one.
fn kinds(corpus: &Corpus, generator: &Generator, db: &Path) -> Outcome<()> {
    let of_copies = [
        (Kind::Exact, "all of it, word for word"),
        (Kind::Trimmed, "cut to half or more"),
        (Kind::Edited, "one word in eight changed"),
        (Kind::Inserted, "one paragraph of 40 words, word for word"),
        (Kind::InsertedEdited, "one paragraph of 40 words, one word in eight changed"),
    ];
    for (kind, name) in of_copies {
        let found = of_kind(corpus, generator, db, kind)?;
        let right = found.iter().filter(|(number, report)| {
            let parent = generator.plan(*number).parent;
            let mut sources = report.sources.iter().filter_map(|s| number_of(&s.url));
            sources.any(|source| story(generator, source) == parent)
        });
        let share = 100.0 * right.count() as f64 / found.len().max(1) as f64;
        let of = format!("of {} traced", found.len());
        row(&format!("source found: {name}"), &format!("{share:.1} %"), &of);
    }
    for (kind, name) in [(Kind::Own, "an article of its own"), (Kind::Template, "a form's report")]
    {
        let found = of_kind(corpus, generator, db, kind)?;
        let wrong = found.iter().filter(|(number, report)| {
            let mut sources = report.sources.iter().filter_map(|s| number_of(&s.url));
            sources.any(|source| !share_copy(generator, *number, source))
        });
        let of = format!("of {} traced", found.len());
        row(&format!("a source invented for {name}"), &wrong.count().to_string(), &of);
    }
    Ok(())
}

/// Articles of a kind from all over the corpus, traced.
fn of_kind(
    corpus: &Corpus,
    generator: &Generator,
    db: &Path,
    kind: Kind,
) -> Outcome<Vec<(u64, TraceReport)>> {
    let holds = |plan: Plan| !plan.kind.is_inserted() || generator.holds_foreign(plan);
    let of_kind = |from: u64| {
        (from..corpus.articles).find(|number| {
            let plan = generator.plan(*number);
            plan.kind == kind && holds(plan)
        })
    };
    let step = (corpus.articles / TRACES).max(1);
    let mut numbers: Vec<u64> =
        (0..corpus.articles).step_by(usize::try_from(step)?).filter_map(of_kind).collect();
    numbers.dedup();
    let urls: Vec<String> = numbers.iter().map(|n| generator.article(*n).url).collect();
    let found = traces(db, &urls)?;
    Ok(numbers.into_iter().zip(found.into_iter().map(|(_, report)| report)).collect())
}
