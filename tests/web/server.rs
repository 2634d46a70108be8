//! The real binary as a server on a free port of loopback, and a client that says exactly what it sends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A server that ends with the test.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    /// There until the server is asked to give it back.
    home: Option<tempfile::TempDir>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().find(|line| {
            line.split_once(':').is_some_and(|(own, _)| own.eq_ignore_ascii_case(name))
        })?;
        line.split_once(':').map(|(_, value)| value.trim())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }
}

pub fn copytrail(home: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("copytrail"));
    command.env_clear().env("COPYTRAIL_DATA", home);
    command
}

/// Adds these inputs with the command line.
pub fn add(home: &Path, inputs: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let added = copytrail(home).current_dir(root).arg("add").args(inputs).output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
}

impl Server {
    /// On a store of its own that holds these inputs.
    pub fn start(inputs: &[&str], args: &[&str]) -> Self {
        Self::with_token(inputs, args, None)
    }

    pub fn with_token(inputs: &[&str], args: &[&str], token: Option<&str>) -> Self {
        let home = tempfile::tempdir().unwrap();
        if !inputs.is_empty() {
            add(home.path(), inputs);
        }
        Self::on(home, args, token)
    }

    /// On the store that is there.
    pub fn on(home: tempfile::TempDir, args: &[&str], token: Option<&str>) -> Self {
        let mut command = copytrail(home.path());
        if let Some(token) = token {
            command.env("COPYTRAIL_TOKEN", token);
        }
        let listens = args.contains(&"--listen");
        command.arg("serve");
        if !listens {
            command.args(["--listen", "127.0.0.1:0"]);
        }
        let mut child = command.args(args).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let at = line.find("http://").unwrap_or_else(|| panic!("no address in {line:?}"));
        let address = line[at + 7..].split('/').next().unwrap();
        let address: SocketAddr = address.parse().unwrap();
        let address = SocketAddr::from(([127, 0, 0, 1], address.port()));
        Self { child, address, home: Some(home) }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream
    }

    /// Sends these bytes and reads until the server closes.
    pub fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that has refused may close before it has read all.
        let _ = stream.write_all(request);
        read(&mut stream)
    }

    pub fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut lines = vec![format!("{method} {path} HTTP/1.1")];
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            lines.push(format!("Host: {}", self.address));
        }
        for (name, value) in headers {
            lines.push(format!("{name}: {value}"));
        }
        if !body.is_empty() || method == "POST" {
            lines.push(format!("Content-Length: {}", body.len()));
        }
        lines.push("Connection: close\r\n\r\n".to_owned());
        let request = lines.join("\r\n");
        self.raw(&[request.as_bytes(), body].concat())
    }

    /// The body of an answer that is no text.
    #[allow(dead_code)] // most answers are text
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        let mut stream = self.connect();
        let head =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(head.as_bytes()).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).unwrap();
        let end = all.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        all.split_off(end + 4)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], b"")
    }

    pub fn post(&self, path: &str, body: &[u8]) -> Answer {
        self.ask("POST", path, &[], body)
    }

    /// Waits until it does nothing; gives whether it came to that in time.
    #[allow(dead_code)] // some tests begin nothing that goes on
    pub fn comes_to_rest(&self, within: Duration) -> bool {
        let begun = std::time::Instant::now();
        while begun.elapsed() < within {
            if self.get("/api/1/status").json()["at_work"] == 0 {
                return true;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        false
    }

    /// Where its store is.
    pub fn home(&self) -> &Path {
        self.home.as_ref().unwrap().path()
    }

    /// Ends it, and gives back where its store is.
    #[allow(dead_code)] // most tests need one server
    pub fn into_home(mut self) -> tempfile::TempDir {
        let home = self.home.take().unwrap();
        assert!(self.terminate().success());
        home
    }

    /// Asks it to end, and gives how it ended.
    pub fn terminate(mut self) -> std::process::ExitStatus {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads an answer to its end.
pub fn read(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
    let body = if chunked { unchunked(body) } else { body.to_owned() };
    Answer { status, head: head.to_owned(), body }
}

fn unchunked(body: &str) -> String {
    let mut rest = body.as_bytes();
    let mut all = Vec::new();
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size =
            std::str::from_utf8(&rest[..end]).ok().and_then(|s| usize::from_str_radix(s, 16).ok());
        let Some(size) = size.filter(|size| *size > 0 && end + 2 + size <= rest.len()) else {
            break;
        };
        all.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = rest.get(end + 2 + size + 2..).unwrap_or_default();
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// An invented chain of five: agency, two papers, two aggregators.
pub const STORY: &[&str] = &[
    "fixtures/cases/translated-chain/wire.jsonl",
    "fixtures/cases/translated-chain/hellwalder-kurier.html",
    "fixtures/cases/translated-chain/luebecker-rundschau.txt",
    "fixtures/cases/translated-chain/nordblick24.jsonl",
];

/// The story's last page, which is asked about.
pub fn last_page() -> Vec<u8> {
    let path = "fixtures/cases/translated-chain/worldnews-hour.html";
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}
