//! A web site on this machine for the length of a test: what it answers can be changed, what it was asked is kept.

#![allow(dead_code)] // each test that uses it needs a part of it

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What is answered for a path.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<String>,
    body: Vec<u8>,
    delay: Duration,
}

impl Reply {
    pub fn ok(kind: &str, body: &str) -> Self {
        let headers = vec![format!("Content-Type: {kind}")];
        Self { status: 200, headers, body: body.as_bytes().to_vec(), delay: Duration::ZERO }
    }

    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: b"<p>no</p>".to_vec(), delay: Duration::ZERO }
    }

    /// Answered only after so long.
    pub fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }

    pub fn with(mut self, header: &str) -> Self {
        self.headers.push(header.to_owned());
        self
    }
}

/// One request as it came.
#[derive(Debug, Clone)]
struct Asked {
    path: String,
    agent: String,
    status: u16,
    at: Instant,
    until: Instant,
}

#[derive(Default)]
struct Inside {
    replies: HashMap<String, Reply>,
    asked: Vec<Asked>,
}

/// The site; a path without a reply is not found.
pub struct Site {
    address: String,
    inside: Arc<Mutex<Inside>>,
}

impl Site {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let inside: Arc<Mutex<Inside>> = Arc::default();
        let shared = Arc::clone(&inside);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                thread::spawn(move || answer(stream, &shared));
            }
        });
        Self { address, inside }
    }

    /// Without a slash at the end.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn put(&self, path: &str, reply: Reply) {
        self.inside.lock().unwrap().replies.insert(path.to_owned(), reply);
    }

    fn each<T>(&self, of: impl Fn(&Asked) -> T) -> Vec<T> {
        self.inside.lock().unwrap().asked.iter().map(of).collect()
    }

    pub fn asked(&self) -> Vec<String> {
        self.each(|asked| asked.path.clone())
    }

    pub fn agents(&self) -> Vec<String> {
        self.each(|asked| asked.agent.clone())
    }

    pub fn statuses(&self) -> Vec<(String, u16)> {
        self.each(|asked| (asked.path.clone(), asked.status))
    }

    pub fn times(&self) -> Vec<Instant> {
        self.each(|asked| asked.at)
    }

    /// When each request came and when it was answered.
    pub fn spans(&self) -> Vec<(Instant, Instant)> {
        self.each(|asked| (asked.at, asked.until))
    }

    pub fn forget(&self) {
        self.inside.lock().unwrap().asked.clear();
    }
}

fn answer(mut stream: TcpStream, shared: &Mutex<Inside>) {
    let at = Instant::now();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).take(16_384).lines();
    let first = lines.next().and_then(Result::ok).unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or("/");
    let path = path.split('?').next().unwrap_or("/").to_owned();
    let mut headers = HashMap::new();
    for line in lines.map_while(Result::ok).take_while(|line| !line.is_empty()) {
        if let Some((name, value)) = line.split_once(':') {
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
    }
    let mut inside = shared.lock().unwrap();
    let mut reply = inside.replies.get(&path).cloned().unwrap_or_else(|| Reply::status(404));
    let tag = headers.get("if-none-match").map(|tag| format!("ETag: {tag}"));
    if tag.is_some_and(|tag| reply.headers.contains(&tag)) {
        reply = Reply { status: 304, body: Vec::new(), ..reply };
    }
    let agent = headers.get("user-agent").cloned().unwrap_or_default();
    let until = Instant::now() + reply.delay;
    inside.asked.push(Asked { path, agent, status: reply.status, at, until });
    drop(inside);
    thread::sleep(reply.delay);
    reply.headers.push("Connection: close".to_owned());
    reply.headers.push(format!("Content-Length: {}", reply.body.len()));
    let head = format!("HTTP/1.1 {} X\r\n{}\r\n\r\n", reply.status, reply.headers.join("\r\n"));
    let _ = stream.write_all(&[head.as_bytes(), &reply.body].concat());
}

/// A page with an article whose words hang on `of`.
pub fn article(of: &str) -> String {
    let of = of.trim_matches('/');
    format!(
        "<!doctype html><html lang=\"de\"><head><title>Bericht {of}</title></head><body><article><h1>Bericht {of}</h1>\
         <p>Im Hafen von {of} ist am Donnerstag ein Kran umgestürzt, wie die Polizei mitteilte. Größere Schäden gibt es trotzdem.</p>\
         <p>Verletzt wurde in {of} niemand. Der Betrieb des Hafens geht nach Angaben des Betreibers am Freitag weiter.</p>\
         <p>Der Bürgermeister von {of} dankte den Helfern, die bis tief in die Nacht im Einsatz waren und die Straße räumten.</p>\
         </article></body></html>"
    )
}
