//! `trace --all` over generated articles: `cargo bench --bench traceall [-- ARTICLES]`, 100,000 where nothing is given.
//!
//! All are added and traced; the run is killed with SIGKILL when a third is kept, looked over by `check`, resumed and
//! asked once more; then a tenth as many more come, and only what they touch is traced again. At the end every
//! article has one outcome. Up to 10,000 articles the resumed run is held against one that nobody interrupted, byte
//! for byte. `TRACEALL_BIN` names another binary.

#[allow(dead_code)] // the table needs more of it than this
#[path = "generator/mod.rs"]
mod generator;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use generator::Generator;
use serde_json::Value;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The generator's seed, that of the table.
const SEED: u64 = 20_250_106;
/// Articles up to which an uninterrupted run is made beside the resumed one: it takes as long again.
const COMPARED: u64 = 10_000;
/// How often memory is looked at.
const GLANCE: Duration = Duration::from_millis(100);
/// How often the store is asked how far a run has come.
const ASKED: Duration = Duration::from_secs(1);

/// A store with the binary that works on it.
#[derive(Clone)]
struct Bench {
    binary: PathBuf,
    db: PathBuf,
}

/// A finished command: what it printed, its time, its largest memory (MB; Linux only).
struct Run {
    printed: String,
    time: Duration,
    peak: f64,
}

impl Bench {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--no-captures").arg("--db").arg(&self.db).args(arguments);
        command.stdin(Stdio::null()).stderr(Stdio::null()).stdout(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Outcome<Run> {
        let begun = Instant::now();
        let mut child = self.command(arguments).spawn()?;
        let mut peak: f64 = 0.0;
        while child.try_wait()?.is_none() {
            peak = peak.max(memory(&child));
            sleep(GLANCE);
        }
        let output = child.wait_with_output()?;
        if !output.status.success() {
            return Err(format!("{arguments:?} ended with {}", output.status).into());
        }
        Ok(Run { printed: String::from_utf8(output.stdout)?, time: begun.elapsed(), peak })
    }

    /// Kept outcomes that hold, stale ones, and articles without one.
    fn kept(&self) -> Outcome<[u64; 3]> {
        let run = self.run(&["stats", "--format", "json"])?;
        let stats: Value = serde_json::from_str(&run.printed)?;
        Ok(["traced", "stale", "untraced"].map(|key| stats["outcomes"][key].as_u64().unwrap_or(0)))
    }

    /// Starts `trace --all` and kills it without warning when so many outcomes are kept.
    fn killed_at(&self, enough: u64) -> Outcome<u64> {
        let mut child = self.command(&["trace", "--all"]).spawn()?;
        while child.try_wait()?.is_none() && self.kept()?[0] < enough {
            sleep(ASKED);
        }
        child.kill()?;
        child.wait()?;
        Ok(self.kept()?[0])
    }

    /// Every kept trace, a line each.
    fn outcomes(&self) -> Outcome<String> {
        let output = self.command(&["trace", "--all", "--format", "jsonl"]).output()?;
        Ok(String::from_utf8(output.stdout)?)
    }

    fn trace_all(&self, what: &str) -> Outcome<()> {
        let run = self.run(&["trace", "--all"])?;
        let said = run.printed.lines().next().unwrap_or_default().to_owned();
        let seconds = run.time.as_secs_f64();
        print(&format!("{what}: {said} [{seconds:.0} s, {:.0} MB at most]", run.peak))
    }
}

/// Largest memory of a process so far, in MB.
fn memory(child: &Child) -> f64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

fn print(line: &str) -> Outcome<()> {
    Ok(writeln!(io::stdout(), "{line}")?)
}

fn write(generator: &Generator, numbers: std::ops::Range<u64>, to: &Path) -> Outcome<String> {
    let mut out = BufWriter::new(File::create(to)?);
    generator.write(numbers, &mut out)?;
    out.flush()?;
    Ok(to.to_string_lossy().into_owned())
}

fn main() -> Outcome<()> {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let articles: u64 = asked.unwrap_or(100_000);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("traceall");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let generator = Generator::new(SEED);
    let first = write(&generator, 0..articles, &folder.join("first.jsonl"))?;
    let more = write(&generator, articles..articles + articles / 10, &folder.join("more.jsonl"))?;
    let binary = std::env::var_os("TRACEALL_BIN");
    let binary = binary.unwrap_or_else(|| env!("CARGO_BIN_EXE_copytrail").into()).into();
    let bench = Bench { binary, db: folder.join("store.db") };
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    print(&format!("{articles} generated articles, seed {SEED}; load {load}"))?;
    bench.run(&["add", &first])?;
    let kept = bench.killed_at(articles / 3)?;
    bench.run(&["check"])?;
    print(&format!("killed with SIGKILL: {kept} kept, the store is sound"))?;
    bench.trace_all("resumed")?;
    bench.trace_all("once more")?;
    if articles <= COMPARED {
        let whole = Bench { db: folder.join("whole.db"), ..bench.clone() };
        whole.run(&["add", &first])?;
        whole.trace_all("uninterrupted")?;
        if bench.outcomes()? != whole.outcomes()? {
            return Err("the resumed run's outcomes differ from the uninterrupted one's".into());
        }
        print("the resumed run's outcomes are the uninterrupted one's")?;
    }
    bench.run(&["add", &more])?;
    bench.trace_all("a tenth more")?;
    let [holds, stale, without] = bench.kept()?;
    let all = articles + articles / 10;
    if (holds, stale, without) != (all, 0, 0) {
        return Err(format!(
            "{holds} outcomes hold, {stale} are stale, {without} articles have none; {all} were asked for"
        )
        .into());
    }
    print(&format!("each of the {all} articles has one outcome that holds"))?;
    fs::remove_dir_all(&folder)?;
    Ok(())
}
