//! `serve` under load: `cargo bench --bench load [-- ARTICLES [SECONDS]]`, 100k and 15 where nothing is given.
//!
//! wrk (Debian: `apt-get install wrk`) asks from loopback: pages that are not on file, each a copy of one that is, are
//! traced by 1, 4, 16 and 64 clients, while another process adds articles at low priority on one core; then 100,000
//! requests show whether memory stays flat. The store is made once, in the folder for temporary files; a run works on
//! a copy of it.

#[allow(dead_code)] // the table needs more of it than this
#[path = "../generator/mod.rs"]
mod generator;

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use generator::Generator;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The generator's seed, that of the table.
const SEED: u64 = 20_250_106;
const CLIENTS: [usize; 4] = [1, 4, 16, 64];
/// Requests over which memory is watched, the clients that make them, and the seconds of one part of it.
const SOAK: u64 = 100_000;
const SOAK_CLIENTS: usize = 4;
const SOAK_PART: u64 = 5;
/// Parts after which the watch ends in any case.
const SOAK_PARTS: usize = 40;
/// Articles of a file that is added beside the questions, and how many such files there are.
const BESIDE: u64 = 500;
const BESIDE_FILES: u64 = 80;

/// A process that ends with the run.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Where all of it is kept.
struct Folder(PathBuf);

impl Folder {
    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

fn copytrail(db: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copytrail"));
    command.arg("--no-captures").arg("--db").arg(db).stderr(Stdio::null());
    command
}

/// A copy of the store with so many articles, which is made once.
fn store(folder: &Folder, generator: &Generator, articles: u64) -> Outcome<PathBuf> {
    let (kept, done) = (folder.file("load.db"), folder.file("done"));
    if !done.exists() {
        let file = folder.file("articles.jsonl");
        write(generator, 0..articles, &file)?;
        let added = copytrail(&kept).arg("add").arg(&file).stdout(Stdio::null()).status()?;
        fs::remove_file(file)?;
        // Its full text is made now, not during a run.
        copytrail(&kept).args(["search", "a"]).stdout(Stdio::null()).status()?;
        if !added.success() {
            return Err(format!("add ended with {added}").into());
        }
        File::create(done)?;
    }
    let db = folder.file("run.db");
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(folder.file(&format!("run.db{end}")));
    }
    fs::copy(kept, &db)?;
    // A reader that was the last to close leaves the log as it is; the store is both files.
    let log = folder.file("load.db-wal");
    if log.exists() {
        fs::copy(log, folder.file("run.db-wal"))?;
    }
    Ok(db)
}

fn write(generator: &Generator, articles: std::ops::Range<u64>, file: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(file)?);
    generator.write(articles, &mut out)?;
    out.flush()
}

fn serve(db: &Path) -> Outcome<(Running, SocketAddr)> {
    let mut child =
        copytrail(db).args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    let stdout = child.stdout.take().ok_or("no output")?;
    BufReader::new(stdout).read_line(&mut line)?;
    let running = Running(child);
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next());
    Ok((running, address.ok_or("no address")?.parse()?))
}

/// Pages that nobody has on file, each with the text of an article that is.
fn pages(folder: &Folder, generator: &Generator, articles: u64) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(folder.file("pages.jsonl"))?);
    let step = usize::try_from((articles / 2_000).max(1)).unwrap_or(1);
    for number in (0..articles).step_by(step) {
        let mut made = generator.article(number);
        made.url = format!("https://www.asked-about.example/{number}");
        "asked-about.example".clone_into(&mut made.outlet);
        "2026-01-01T00:00:00Z".clone_into(&mut made.published);
        writeln!(out, "{}", made.line())?;
    }
    out.flush()
}

/// What came of a time of asking.
struct Level {
    requests: u64,
    seconds: f64,
    /// The 50th, 95th and 99th percentile, in milliseconds.
    milliseconds: [f64; 3],
    refused: u64,
    broken: u64,
}

/// Lets wrk ask for so many seconds.
struct Asking<'a> {
    folder: &'a Folder,
    address: SocketAddr,
    articles: u64,
}

impl Asking<'_> {
    fn level(&self, clients: usize, seconds: u64, soak: Option<u64>) -> Outcome<Level> {
        let mut wrk = Command::new("wrk");
        wrk.args(["--threads", "1", "--timeout", "60s", "--connections", &clients.to_string()])
            .args(["--duration", &format!("{seconds}s"), "--script"])
            .arg(self.folder.file("ask.lua"))
            .arg(format!("http://{}", self.address))
            .env("PAGES", self.folder.file("pages.jsonl"))
            .env("ARTICLES", self.articles.to_string())
            .env("FIRST", soak.unwrap_or(0).to_string());
        if soak.is_some() {
            wrk.env("SOAK", "1");
        }
        let output = wrk.output().map_err(|error| format!("wrk: {error}; apt-get install wrk"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let line = text.lines().find_map(|line| line.strip_prefix("RESULT "));
        let figures: Vec<u64> =
            line.unwrap_or_default().split(' ').filter_map(|f| f.parse().ok()).collect();
        let [requests, lasted, p50, p95, p99, refused, broken] = figures[..] else {
            return Err(format!("wrk says: {text}").into());
        };
        Ok(Level {
            requests,
            seconds: lasted as f64 / 1e6,
            milliseconds: [p50, p95, p99].map(|time| time as f64 / 1e3),
            refused,
            broken,
        })
    }
}

/// Memory that a process holds, in MB: its own, and with the pages of files that it looks into.
fn memory(id: u32) -> (f64, f64) {
    let text = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let held = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.unwrap_or(f64::NAN) / 1024.0
    };
    (held("RssAnon:"), held("VmRSS:"))
}

/// Adds file after file on one core at low priority until it is told to stop; gives how many articles went in.
fn add_beside(db: &Path, folder: &Folder, stop: &AtomicBool) -> u64 {
    let mut added = 0;
    for number in 0..BESIDE_FILES {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let mut command = Command::new("taskset");
        command
            .args(["--cpu-list", "0", "nice", "-n", "19", env!("CARGO_BIN_EXE_copytrail")])
            .args(["--no-captures", "--db"])
            .arg(db)
            .arg("add")
            .arg(folder.file(&format!("beside-{number}.jsonl")));
        let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !ended.is_ok_and(|ended| ended.success()) {
            break;
        }
        added += BESIDE;
    }
    added
}

fn on_file(db: &Path) -> Outcome<u64> {
    let output = copytrail(db).args(["stats", "--format", "json"]).output()?;
    let stats: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    Ok(stats["articles"].as_u64().ok_or("no count")?)
}

fn table(asking: &Asking, db: &Path, seconds: u64, out: &mut impl Write) -> Outcome<()> {
    asking.level(4, 3, None)?;
    writeln!(
        out,
        "\n| clients | traces/s | p50 ms | p95 ms | p99 ms | refused | broken |\n|---:|---:|---:|---:|---:|---:|---:|"
    )?;
    let before = on_file(db)?;
    let stop = AtomicBool::new(false);
    let added = std::thread::scope(|scope| -> Outcome<u64> {
        let beside = scope.spawn(|| add_beside(db, asking.folder, &stop));
        for clients in CLIENTS {
            let level = asking.level(clients, seconds, None);
            if level.is_err() {
                stop.store(true, Ordering::Relaxed);
            }
            let level = level?;
            let [p50, p95, p99] = level.milliseconds;
            let rate = level.requests as f64 / level.seconds;
            let (refused, broken) = (level.refused, level.broken);
            writeln!(
                out,
                "| {clients} | {rate:.0} | {p50:.0} | {p95:.0} | {p99:.0} | {refused} | {broken} |"
            )?;
        }
        stop.store(true, Ordering::Relaxed);
        Ok(beside.join().unwrap_or(0))
    })?;
    let there = on_file(db)? - before;
    writeln!(out, "\n{added} articles were added meanwhile, {there} of them are on file.")?;
    Ok(())
}

/// Asks for articles, pages of lists and traces, over and over; tells memory after each part.
fn soak(asking: &Asking, id: u32, out: &mut impl Write) -> Outcome<()> {
    let (mut requests, mut wrong) = (0, 0);
    writeln!(out, "\n| requests | own memory MB | with mapped files MB |\n|---:|---:|---:|")?;
    for _ in 0..SOAK_PARTS {
        let (own, all) = memory(id);
        writeln!(out, "| {requests} | {own:.0} | {all:.0} |")?;
        if requests >= SOAK {
            break;
        }
        let part = asking.level(SOAK_CLIENTS, SOAK_PART, Some(requests))?;
        requests += part.requests;
        wrong += part.refused + part.broken;
    }
    writeln!(out, "\n{wrong} of {requests} were refused or broken.")?;
    Ok(())
}

fn main() -> Outcome<()> {
    let asked: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let articles = asked.first().copied().unwrap_or(100_000);
    let seconds = asked.get(1).copied().unwrap_or(15);
    let folder = Folder(std::env::temp_dir().join(format!("copytrail-load-{SEED}-{articles}")));
    fs::create_dir_all(&folder.0)?;
    fs::write(folder.file("ask.lua"), include_str!("ask.lua"))?;
    let generator = Generator::new(SEED);
    let db = store(&folder, &generator, articles)?;
    pages(&folder, &generator, articles)?;
    for number in 0..BESIDE_FILES {
        let first = 10 * articles + number * BESIDE;
        let file = folder.file(&format!("beside-{number}.jsonl"));
        write(&generator, first..first + BESIDE, &file)?;
    }
    let (server, address) = serve(&db)?;
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mut out = io::stdout();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    writeln!(
        out,
        "{articles} articles on file, {cores} cores, load {} at the start",
        load.split(' ').next().unwrap_or("?")
    )?;
    let asking = Asking { folder: &folder, address, articles };
    table(&asking, &db, seconds, &mut out)?;
    soak(&asking, server.0.id(), &mut out)
}
