//! `serve` under load: `cargo bench --bench load [-- ARTICLES [SECONDS]]`, 100k and 15 where nothing is given.
//!
//! Pages that are not on file, each a copy of one that is, are traced by 1, 4, 16 and 64 clients, while another process
//! adds articles at low priority on one core; then 100,000 requests show whether memory stays flat.

#[allow(dead_code)] // the table needs more of it than this
#[path = "generator/mod.rs"]
mod generator;

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use generator::Generator;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The generator's seed, that of the table.
const SEED: u64 = 20_250_106;
const CLIENTS: [usize; 4] = [1, 4, 16, 64];
/// Requests over which memory is watched.
const SOAK: u64 = 100_000;
/// Articles of a file that is added beside the questions.
const BESIDE: u64 = 5_000;

/// A process that ends with the run.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn copytrail(db: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copytrail"));
    command.arg("--no-captures").arg("--db").arg(db).stderr(Stdio::null());
    command
}

/// A connection that is kept, as browsers keep theirs.
struct Client {
    stream: BufReader<TcpStream>,
    address: SocketAddr,
}

impl Client {
    fn new(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(2)))?;
        Ok(Self { stream: BufReader::new(stream), address })
    }

    /// Gives the status of the answer, which is read to its end.
    fn ask(&mut self, method: &str, path: &str, body: &str) -> io::Result<u16> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest.get(..3).and_then(|s| s.parse().ok()).unwrap_or(0);
            } else if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
        }
        io::copy(&mut (&mut self.stream).take(length), &mut io::sink())?;
        Ok(status)
    }
}

/// A store with so many articles, made once.
fn store(folder: &Path, generator: &Generator, articles: u64) -> Outcome<PathBuf> {
    let (db, done) = (folder.join("load.db"), folder.join("done"));
    if !done.exists() {
        fs::create_dir_all(folder)?;
        let file = folder.join("articles.jsonl");
        let mut out = BufWriter::new(File::create(&file)?);
        generator.write(0..articles, &mut out)?;
        out.flush()?;
        let added = copytrail(&db).arg("add").arg(&file).stdout(Stdio::null()).status()?;
        if !added.success() {
            return Err(format!("add ended with {added}").into());
        }
        File::create(done)?;
    }
    Ok(db)
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
fn pages(generator: &Generator, articles: u64) -> Vec<String> {
    let step = (articles / 2_000).max(1);
    (0..articles)
        .step_by(usize::try_from(step).unwrap_or(1))
        .map(|number| {
            let mut made = generator.article(number);
            made.url = format!("https://www.asked-about.example/{number}");
            "asked-about.example".clone_into(&mut made.outlet);
            "2026-01-01T00:00:00Z".clone_into(&mut made.published);
            made.line()
        })
        .collect()
}

/// What a level of load came to.
struct Level {
    times: Vec<Duration>,
    refused: u64,
    seconds: f64,
}

fn level(address: SocketAddr, pages: &[String], clients: usize, lasts: Duration) -> Level {
    let (next, refused) = (AtomicU64::new(0), AtomicU64::new(0));
    let begun = Instant::now();
    let times = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..clients)
            .map(|_| {
                scope.spawn(|| {
                    let mut times = Vec::new();
                    let Ok(mut client) = Client::new(address) else { return times };
                    while begun.elapsed() < lasts {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let at = usize::try_from(number).unwrap_or(0) % pages.len();
                        let asked = Instant::now();
                        match client.ask("POST", "/api/1/trace", &pages[at]) {
                            Ok(200) => times.push(asked.elapsed()),
                            _ => {
                                refused.fetch_add(1, Ordering::Relaxed);
                            }
                        }
                    }
                    times
                })
            })
            .collect();
        asking.into_iter().flat_map(|one| one.join().unwrap_or_default()).collect()
    });
    Level { times, refused: refused.into_inner(), seconds: begun.elapsed().as_secs_f64() }
}

/// The time that so many in a hundred stay below, in milliseconds.
fn percentile(sorted: &[Duration], hundredths: usize) -> f64 {
    let at = (sorted.len() * hundredths / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1_000.0)
}

/// Memory that a process holds, in MB.
fn memory(id: u32) -> f64 {
    let text = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1024.0
}

/// Adds file after file until it is told to stop; gives how many articles went in.
fn add_beside(
    db: &Path,
    folder: &Path,
    (generator, from): (&Generator, u64),
    stop: &AtomicBool,
) -> u64 {
    let mut added = 0;
    while !stop.load(Ordering::Relaxed) {
        let file = folder.join("beside.jsonl");
        let first = from + added;
        let written = File::create(&file)
            .and_then(|out| generator.write(first..first + BESIDE, &mut BufWriter::new(out)));
        let mut command = Command::new("nice");
        command
            .args(["-n", "19"])
            .arg(env!("CARGO_BIN_EXE_copytrail"))
            .env("RAYON_NUM_THREADS", "1");
        command.arg("--no-captures").arg("--db").arg(db).arg("add").arg(&file);
        let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        if written.is_err() || !ended.is_ok_and(|ended| ended.success()) {
            break;
        }
        added += BESIDE;
    }
    added
}

/// Asks for articles, pages of lists and traces, over and over; gives memory after each tenth.
fn soak(address: SocketAddr, id: u32, pages: &[String], articles: u64) -> Vec<f64> {
    let mut held = vec![memory(id)];
    let Ok(mut client) = Client::new(address) else { return held };
    for number in 0..SOAK {
        let at = number.wrapping_mul(7_919) % articles + 1;
        let asked = match number % 50 {
            0 => client.ask(
                "POST",
                "/api/1/trace",
                &pages[usize::try_from(at).unwrap_or(0) % pages.len()],
            ),
            1 => client.ask("GET", &format!("/api/1/articles?limit=50&offset={at}"), ""),
            2 => client.ask("GET", "/store", ""),
            _ => client.ask("GET", &format!("/api/1/articles/{at}"), ""),
        };
        if asked.is_err() {
            break;
        }
        if (number + 1) % (SOAK / 10) == 0 {
            held.push(memory(id));
        }
    }
    held
}

fn main() -> Outcome<()> {
    let asked: Vec<u64> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let articles = asked.first().copied().unwrap_or(100_000);
    let lasts = Duration::from_secs(asked.get(1).copied().unwrap_or(15));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("load-{SEED}-{articles}"));
    let generator = Generator::new(SEED);
    let db = store(&folder, &generator, articles)?;
    let pages = pages(&generator, articles);
    let (server, address) = serve(&db)?;
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mut out = io::stdout();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    writeln!(
        out,
        "{articles} articles on file, {cores} cores, load {} at the start",
        load.split(' ').next().unwrap_or("?")
    )?;
    level(address, &pages, 4, Duration::from_secs(3));
    writeln!(
        out,
        "\n| clients | traces/s | p50 ms | p95 ms | p99 ms | refused |\n|---:|---:|---:|---:|---:|---:|"
    )?;
    let stop = AtomicBool::new(false);
    let added = std::thread::scope(|scope| -> Outcome<u64> {
        let beside =
            scope.spawn(|| add_beside(&db, &folder, (&generator, articles + 1_000_000), &stop));
        for clients in CLIENTS {
            let mut level = level(address, &pages, clients, lasts);
            level.times.sort_unstable();
            let rate = level.times.len() as f64 / level.seconds;
            let [p50, p95, p99] = [50, 95, 99].map(|part| percentile(&level.times, part));
            writeln!(
                out,
                "| {clients} | {rate:.0} | {p50:.0} | {p95:.0} | {p99:.0} | {} |",
                level.refused
            )?;
        }
        stop.store(true, Ordering::Relaxed);
        Ok(beside.join().unwrap_or(0))
    })?;
    writeln!(out, "\n{added} articles were added meanwhile.")?;
    let held: Vec<String> = soak(address, server.0.id(), &pages, articles)
        .iter()
        .map(|mb| format!("{mb:.0}"))
        .collect();
    writeln!(out, "Memory over {SOAK} requests, MB after each tenth: {}", held.join(", "))?;
    Ok(())
}
