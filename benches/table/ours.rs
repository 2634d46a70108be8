//! copytrail on a corpus: adding, grouping, what it takes on disk, removal and `check`.

use std::fs;
use std::path::Path;

use copytrail::store::{Options, Store};
use serde_json::Value;

use crate::commands::Run;
use crate::generator::{Generator, Kind};
use crate::judge::Truth;
use crate::{Corpus, Outcome, commands, row, traces};

/// Articles that are taken out and put back.
const REMOVED: usize = 100;

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

/// Adds a corpus to a new store and prints what is to be told of that alone.
pub fn add(corpus: &Corpus) -> Outcome<Vec<Run>> {
    let added = commands::add(&corpus.parts, &corpus.store())?;
    let peak = added.iter().map(|run| run.peak).fold(0.0, f64::max);
    row("memory of `add`", &format!("{peak:.0} MB"), "VmHWM, the most of ten commands");
    if let (Some(first), Some(last)) = (added.first(), added.last()) {
        let (clock, busy) =
            (last.time.as_secs_f64() / first.time.as_secs_f64(), last.busy / first.busy);
        let times = format!("{:.1} / {:.1} s", first.time.as_secs_f64(), last.time.as_secs_f64());
        let how = format!("{clock:.2} ×; {busy:.2} × in processor time");
        row("the first tenth added / the last", &times, &how);
    }
    Ok(added)
}

/// Measures everything of ours but adding and prints its rows.
pub fn measure(
    corpus: &Corpus,
    generator: &Generator,
    (truth, added): (&Truth, &[Run]),
) -> Outcome<()> {
    let db = corpus.store();
    let (grouped, out) = commands::group(&db)?;
    commands::rows(corpus.articles as f64, added, &grouped);
    let number = |url: &String| traces::number_of(url).and_then(|n| usize::try_from(n).ok());
    let groups: Vec<Vec<usize>> =
        groups(&out)?.iter().map(|group| group.iter().filter_map(number).collect()).collect();
    row("pairs found / right", &truth.groups(&groups).text(), "`clusters` against the gold");
    disk(&db)?;
    traces::measure(corpus, generator)?;
    keep_house(corpus, generator)
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
    row("the store's file", &format!("{file:.2} × the text"), "with texts, before full text");
    let text = stats.text_bytes as f64 / paragraphs;
    let of = format!("of {} paragraphs", stats.paragraphs);
    row("text of a paragraph", &format!("{text:.0} bytes"), &of);
    Ok(())
}

/// Takes articles out, checks the store, and puts them back.
fn keep_house(corpus: &Corpus, generator: &Generator) -> Outcome<()> {
    let db = corpus.store();
    let numbers: Vec<u64> = (0..corpus.articles)
        .filter(|number| generator.plan(*number).kind == Kind::Template)
        .take(REMOVED)
        .collect();
    let urls: Vec<String> = numbers.iter().map(|number| generator.article(*number).url).collect();
    let arguments: Vec<&str> =
        std::iter::once("remove").chain(urls.iter().map(String::as_str)).collect();
    let removed = commands::run(&arguments, &db)?;
    let what = format!("`remove` of {} articles", urls.len());
    let time = format!("{:.1} s", removed.time.as_secs_f64());
    row(&what, &time, &format!("one command, {:.0} MB", removed.peak));
    let checked = commands::run(&["check"], &db)?;
    let time = format!("{:.1} s", checked.time.as_secs_f64());
    row("`check`", &time, &format!("everything read, {:.0} MB", checked.peak));
    let again = corpus.folder.join("again.jsonl");
    let lines: Vec<String> = numbers.iter().map(|n| generator.article(*n).line() + "\n").collect();
    fs::write(&again, lines.concat())?;
    let added = commands::run(&["add", &again.to_string_lossy()], &db)?;
    let time = format!("{:.1} s", added.time.as_secs_f64());
    row(&format!("`add` of {} articles to it", urls.len()), &time, "one command");
    Ok(())
}
