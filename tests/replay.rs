//! Slow: the archive in an evidence bundle, replayed by pywb. Where that cannot be installed the test says so and passes.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use desk::Desk;

const STORY: &str = "The harbour board said on Monday that the crane at the north pier will stay where it is until the \
    insurers have looked at the damage, and that the ferry to Norderhaven leaves from the south quay for the time being.";

fn succeeds(program: &Path, args: &[&str]) -> bool {
    Command::new(program).args(args).output().is_ok_and(|output| output.status.success())
}

/// A folder of programs with pywb among them, installed once.
fn programs() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pywb");
    let programs = root.join("bin");
    let python = programs.join("python");
    if succeeds(&python, &["-c", "import pywb.apps.cli"]) {
        return Some(programs);
    }
    let _ = std::fs::remove_dir_all(&root);
    let venv = root.to_string_lossy().into_owned();
    let install =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "pywb", "setuptools<81"];
    let made =
        succeeds(Path::new("python3"), &["-m", "venv", &venv]) && succeeds(&python, &install);
    let works = made && succeeds(&python, &["-c", "import pywb.apps.cli"]);
    works.then_some(programs)
}

/// The page at an outlet, as a server answers.
fn record(outlet: &str, hour: u32) -> Vec<u8> {
    let body = format!(
        "<!doctype html><html lang=en><head><title>Crane</title><meta property=\"article:published_time\" \
         content=\"2025-05-16T{hour:02}:00:00Z\"></head><body><article><h1>Crane</h1><p>{STORY}</p><p>{STORY}</p></article></body></html>"
    );
    let answer = format!(
        "HTTP/1.1 200 OK\r\nServer: press/1\r\nContent-Type: text/html; charset=utf-8\r\nX-Served: {outlet}\r\n\r\n{body}"
    );
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://{outlet}/crane\r\nWARC-Date: 2025-05-16T{:02}:30:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        hour + 1,
        answer.len()
    )
    .into_bytes()
}

/// A server that ends with the test.
struct Replay(Child, u16);

impl Drop for Replay {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Replay {
    fn start(programs: &Path, folder: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new(programs.join("wayback"))
            .args(["-b", "127.0.0.1", "-p", &free.to_string(), "-d"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let replay = Self(child, free);
        let until = Instant::now() + Duration::from_mins(1);
        while TcpStream::connect(("127.0.0.1", free)).is_err() {
            assert!(Instant::now() < until, "pywb does not answer");
            std::thread::sleep(Duration::from_millis(200));
        }
        replay
    }

    /// Status and headers, and the body.
    fn get(&self, path: &str) -> (String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.1)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.0\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n",
            self.1
        )
        .unwrap();
        let mut reader = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(reader.read_line(&mut head).unwrap() > 0, "{path}: {head}");
        }
        let mut body = Vec::new();
        reader.read_to_end(&mut body).unwrap();
        (head, String::from_utf8_lossy(&body).into_owned())
    }
}

#[test]
fn pywb_replays_what_the_servers_answered() {
    let Some(programs) = programs() else {
        println!("skipped: pywb cannot be installed (no python3, or no way to its registry)");
        return;
    };
    let desk = Desk::new();
    let crawl = desk.path("crawl.warc");
    std::fs::write(&crawl, [record("wire.example", 8), record("paper.example", 12)].concat())
        .unwrap();
    desk.text(&["add", &crawl.to_string_lossy()]);
    let proof = desk.path("proof.zip").to_string_lossy().into_owned();
    desk.text(&["export", "--evidence", "https://paper.example/crane", "--output", &proof]);
    let bundle = copytrail::reporter::bundle::unpack(&std::fs::read(&proof).unwrap()).unwrap().0;
    let archive = desk.path("captures.wacz");
    std::fs::write(&archive, &bundle["captures.wacz"]).unwrap();
    let folder = desk.path("replay");
    std::fs::create_dir(&folder).unwrap();
    let manage = |args: &[&str]| {
        let output = Command::new(programs.join("wb-manager"))
            .args(args)
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    manage(&["init", "proof"]);
    manage(&["add", "--unpack-wacz", "proof", &archive.to_string_lossy()]);
    let replay = Replay::start(&programs, &folder);
    for (outlet, hour) in [("wire.example", 8), ("paper.example", 12)] {
        let (head, body) =
            replay.get(&format!("/proof/20250516{:02}3000id_/https://{outlet}/crane", hour + 1));
        assert!(head.starts_with("HTTP/1.1 200") || head.starts_with("HTTP/1.0 200"), "{head}");
        let lower = head.to_lowercase();
        assert!(
            lower.contains(&format!("x-served: {outlet}")) && lower.contains("text/html"),
            "{head}"
        );
        assert!(
            body.contains(&STORY[..60]) && body.contains(&format!("T{hour:02}:00:00Z")),
            "{body}"
        );
    }
}
