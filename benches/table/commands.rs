//! The command as a user runs it: how long it takes, and the most memory that it holds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{Outcome, row};

/// What a run of the command took.
pub struct Run {
    pub time: Duration,
    /// Most memory that it held, in MB.
    pub peak: f64,
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
    let (mut peak, mut busy): (f64, f64) = (0.0, 0.0);
    loop {
        peak = peak.max(peak_of(&folder));
        busy = busy.max(busy_of(&folder));
        if let Some(ended) = child.try_wait()? {
            if ended.code().is_none_or(|code| code > 1) {
                return Err(format!("copytrail {arguments:?} ended with {ended}").into());
            }
            return Ok(Run { time: started.elapsed(), peak, busy });
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn peak_of(folder: &Path) -> f64 {
    let text = fs::read_to_string(folder.join("status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
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

/// What adding and grouping took.
pub struct Built {
    /// Of each file's `add`.
    pub added: Vec<Run>,
    pub grouped: Run,
    /// The groups as JSON lines.
    pub groups: PathBuf,
}

impl Built {
    /// Time of all adds together, in seconds.
    pub fn adding(&self) -> f64 {
        self.added.iter().map(|run| run.time.as_secs_f64()).sum()
    }

    /// Prints what it took for so many articles.
    pub fn rows(&self, articles: f64) {
        let (added, grouped) = (self.adding(), self.grouped.time.as_secs_f64());
        let busy: f64 = self.added.iter().map(|run| run.busy).sum();
        let of_processor = |busy: f64| format!("{:.0} a second of processor time", articles / busy);
        let speed = |seconds: f64| format!("{:.0} docs/s", articles / seconds);
        row("`add`", &speed(added), &format!("the command; {}", of_processor(busy)));
        row("`clusters`", &speed(grouped), &of_processor(self.grouped.busy));
        row("`clusters`, time", &format!("{grouped:.1} s"), "the command");
        row("memory of `clusters`", &format!("{:.0} MB", self.grouped.peak), "VmHWM");
        row("`add` + `clusters`", &speed(added + grouped), "end to end, durable");
    }
}

/// Adds files to a new store, a command each, and groups it.
pub fn build(files: &[PathBuf], db: &Path) -> Outcome<Built> {
    for ending in ["", "-wal", "-shm", ".captures"] {
        let mut name = db.as_os_str().to_owned();
        name.push(ending);
        let _ = fs::remove_file(PathBuf::from(name));
    }
    let added = files
        .iter()
        .map(|file| run(&["add", &file.to_string_lossy()], db))
        .collect::<Outcome<Vec<Run>>>()?;
    let groups = db.with_extension("clusters.jsonl");
    let grouped = run(&["clusters", "--format", "jsonl", "-o", &groups.to_string_lossy()], db)?;
    Ok(Built { added, grouped, groups })
}
