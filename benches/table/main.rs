//! The README's table, end to end: `cargo bench --bench table [-- 10k|100k|1M]…` (or `TABLE_SIZES`).
//!
//! For each size: articles from the generator, `add` in ten parts, `clusters`, traces in process and by the
//! command, removal and `check`; then the peers of `benches/peers.sh` on the same file. What is missing is said, not
//! left blank. `--no-peers` leaves the other tools out; `--on-file` measures all but adding on the store that an earlier run has left, `--traces` its traces
//! only; `TABLE_FOLDER` names the folder for corpora and stores (5 GB for a million articles and as much for their store), else `target/tmp`.

mod commands;
#[path = "../generator/mod.rs"]
#[allow(dead_code, reason = "the load needs what the table does not")]
mod generator;
mod judge;
mod ours;
mod peers;
mod speeds;
mod traces;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use generator::Generator;
use judge::Truth;

/// What is measured and kept of a run.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The generator's seed, printed with the table.
const SEED: u64 = 20_250_106;
/// Files that a corpus is written in: the first and the last tell whether adding gets dearer.
pub const PARTS: u64 = 10;

/// A corpus on disk.
pub struct Corpus {
    pub articles: u64,
    /// Its parts, in order.
    pub parts: Vec<PathBuf>,
    pub folder: PathBuf,
}

/// Where corpora and stores are kept.
pub fn room() -> PathBuf {
    std::env::var_os("TABLE_FOLDER")
        .map_or_else(|| PathBuf::from(env!("CARGO_TARGET_TMPDIR")), PathBuf::from)
}

impl Corpus {
    /// Writes the corpus of a size, its gold beside it; one that is there already is used again.
    fn make(generator: &Generator, articles: u64) -> Outcome<Self> {
        let folder = room().join(format!("table-{SEED}-{articles}"));
        fs::create_dir_all(&folder)?;
        let part = articles / PARTS;
        let gold = folder.join("gold.jsonl");
        let parts: Vec<PathBuf> =
            (0..PARTS).map(|n| folder.join(format!("articles-{n}.jsonl"))).collect();
        if !gold.exists() {
            // Under another name until it is whole: it tells that the corpus is.
            let growing = gold.with_extension("growing");
            let mut truth = BufWriter::new(File::create(&growing)?);
            for (n, path) in (0..).zip(&parts) {
                let mut out = BufWriter::new(File::create(path)?);
                generator.write_with_gold(n * part..(n + 1) * part, &mut out, &mut truth)?;
                out.flush()?;
            }
            truth.flush()?;
            fs::rename(growing, gold)?;
        }
        Ok(Self { articles: part * PARTS, parts, folder })
    }

    /// Its store.
    pub fn store(&self) -> PathBuf {
        self.folder.join("store.db")
    }
}

fn sizes() -> Vec<u64> {
    let asked = std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let mut words: Vec<String> = asked.collect();
    if words.is_empty() {
        let set = std::env::var("TABLE_SIZES").unwrap_or_else(|_| "10k".to_owned());
        words = set.split([',', ' ']).map(str::to_owned).collect();
    }
    words.iter().filter_map(|word| size(word)).collect()
}

fn size(word: &str) -> Option<u64> {
    let (figure, unit) = match word.to_lowercase().strip_suffix(['k', 'm']) {
        Some(figure) if word.ends_with(['k', 'K']) => (figure.to_owned(), 1_000),
        Some(figure) => (figure.to_owned(), 1_000_000),
        None => (word.to_owned(), 1),
    };
    figure.parse::<u64>().ok().map(|figure| figure * unit)
}

/// A row of the table: what, the figure, its unit or how it was got.
pub fn row(what: &str, figure: &str, how: &str) {
    let mut out = io::stdout();
    let _ = writeln!(out, "| {what} | {figure} | {how} |");
    let _ = out.flush();
}

fn head(title: &str) {
    let mut out = io::stdout();
    let _ = writeln!(out, "\n### {title}\n\n| | | |\n|---|---:|---|");
}

fn machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let info = read("/proc/cpuinfo");
    let name = info.lines().find_map(|line| line.strip_prefix("model name"));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = read("/proc/loadavg");
    format!(
        "{}, {cores} cores, load {} at the start; seed {SEED}",
        name.unwrap_or("processor unknown").trim_matches([':', ' ', '\t']),
        load.split(' ').next().unwrap_or("unknown")
    )
}

fn main() -> Outcome<()> {
    let generator = Generator::new(SEED);
    let asked = |option: &str| std::env::args().any(|argument| argument == option);
    let (traces_only, on_file) = (asked("--traces"), asked("--on-file"));
    for articles in sizes() {
        let corpus = Corpus::make(&generator, articles)?;
        head(&format!("{} generated articles", corpus.articles));
        row("machine", "", &machine());
        if traces_only {
            traces::measure(&corpus, &generator)?;
            continue;
        }
        let truth = Truth::of(&generator, corpus.articles);
        speeds::measure(&generator);
        let added = if on_file { Vec::new() } else { ours::add(&corpus)? };
        ours::measure(&corpus, &generator, (&truth, &added))?;
        if !on_file && !asked("--no-peers") {
            peers::measure(&corpus, &truth)?;
        }
    }
    if !traces_only && !on_file && !asked("--no-peers") {
        peers::lineage()?;
    }
    Ok(())
}
