//! The command as a user runs it: how long it takes, and the most memory that it holds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Outcome, row};

/// What a run of the command took.
pub struct Run {
    pub time: Duration,
    /// Most memory that it held, pages of files mapped into it included, in MB.
    pub peak: f64,
    /// Most memory of its own, in MB: the system takes a mapped file's pages back when it needs them.
    pub own: f64,
    /// Processor time over all cores, in seconds; 0 where the system does not tell.
    pub busy: f64,
}

/// Runs the command on a store; an exit status of 2 is an error.
pub fn run(arguments: &[&str], db: &Path) -> Outcome<Run> {
    let started = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_copytrail"))
        .arg("--db")
        .arg(db)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let folder = PathBuf::from(format!("/proc/{}", child.id()));
    let (mut peak, mut own, mut busy): (f64, f64, f64) = (0.0, 0.0, 0.0);
    loop {
        peak = peak.max(held(&folder, "VmHWM:"));
        own = own.max(held(&folder, "RssAnon:"));
        busy = busy.max(busy_of(&folder));
        if let Some(ended) = child.try_wait()? {
            if ended.code().is_none_or(|code| code > 1) {
                return Err(format!("copytrail {arguments:?} ended with {ended}").into());
            }
            return Ok(Run { time: started.elapsed(), peak, own, busy });
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn held(folder: &Path, what: &str) -> f64 {
    let text = fs::read_to_string(folder.join("status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(what));
    let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

/// Ticks of `/proc/…/stat` in a second, as Linux has them on every machine of today.
const TICKS: f64 = 100.0;

fn busy_of(folder: &Path) -> f64 {
    let text = fs::read_to_string(folder.join("stat")).unwrap_or_default();
    // The name, which may hold spaces, ends with the last parenthesis; user and system time are 12th and 13th after it.
    let fields = text.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// Prints what adding, if it was measured, and grouping so many articles took.
pub fn rows(articles: f64, added: &[Run], grouped: &Run) {
    let of_processor = |busy: f64| format!("{:.0} a second of processor time", articles / busy);
    let speed = |seconds: f64| format!("{:.0} docs/s", articles / seconds);
    let adding: f64 = added.iter().map(|run| run.time.as_secs_f64()).sum();
    let busy: f64 = added.iter().map(|run| run.busy).sum();
    if !added.is_empty() {
        row("`add`", &speed(adding), &format!("the command; {}", of_processor(busy)));
    }
    let grouping = grouped.time.as_secs_f64();
    row("`clusters`", &speed(grouping), &of_processor(grouped.busy));
    row("`clusters`, time", &format!("{grouping:.1} s"), "the command");
    memory("`clusters`", grouped.own, grouped.peak);
    if !added.is_empty() {
        row("`add` + `clusters`", &speed(adding + grouping), "end to end, durable");
    }
}

/// Prints the most memory that a command held.
pub fn memory(command: &str, own: f64, peak: f64) {
    let mapped = format!("its own; {peak:.0} MB with pages of the store mapped into it");
    row(&format!("memory of {command}"), &format!("{own:.0} MB"), &mapped);
}

/// Adds files to a new store, a command each.
pub fn add(files: &[PathBuf], db: &Path) -> Outcome<Vec<Run>> {
    for ending in ["", "-wal", "-shm", ".captures"] {
        let mut name = db.as_os_str().to_owned();
        name.push(ending);
        let _ = fs::remove_file(PathBuf::from(name));
    }
    files.iter().map(|file| run(&["add", &file.to_string_lossy()], db)).collect()
}

/// Groups a store; what it took, and the groups as JSON lines.
pub fn group(db: &Path) -> Outcome<(Run, PathBuf)> {
    let groups = db.with_extension("clusters.jsonl");
    let grouped = run(&["clusters", "--format", "jsonl", "-o", &groups.to_string_lossy()], db)?;
    Ok((grouped, groups))
}
