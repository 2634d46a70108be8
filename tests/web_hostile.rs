//! Slow: what others may send to `serve`: scripts in every place, wrong requests by the thousand, addresses that are
//! nobody's business, bodies without an end, clients that do not get on.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

#[path = "web/server.rs"]
#[allow(dead_code)] // the other tests need more of it
mod server;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use server::{STORY, Server, last_page};

const SCRIPT: &str = "<script>alert(1)</script>";
const IMAGE: &str = "\"'><img src=x onerror=alert(1)>";

/// A page that is made of scripts, and a copy of it.
fn hostile_articles() -> String {
    let line = |number: u32| {
        let paragraph = format!(
            "{SCRIPT} The council of Tarbrook voted on Monday to repair the swing bridge {IMAGE} rather than replace it, and the engineers said that work is due to begin in September."
        );
        serde_json::json!({
            "url": format!("https://evil{number}.example/{number}?x=\"><script>alert(1)</script>"),
            "outlet": format!("Evil {number} {IMAGE}{SCRIPT}"),
            "title": format!("{SCRIPT}{IMAGE} {{{{7*7}}}} javascript:alert(1)"),
            "published": format!("2025-05-1{number}T10:00:00Z"),
            "author": format!("{SCRIPT}"),
            "credit": format!("Source: {IMAGE}"),
            "text": format!("{paragraph}\n\n{paragraph} {number}\n\nSource: {SCRIPT}"),
        })
        .to_string()
    };
    format!("{}\n{}\n", line(1), line(2))
}

/// Nothing of it may have become markup.
fn assert_tame(path: &str, body: &str) {
    for wild in ["<script>alert", "<img", "onerror=alert(1)>", "href=\"javascript:alert"] {
        let escaped = body.replace("onerror=alert(1)&gt;", "").replace("onerror=alert(1)&#62;", "");
        assert!(!escaped.contains(wild), "{path}: {wild}");
    }
}

#[test]
fn a_page_made_of_scripts_runs_in_no_view() {
    let server = Server::start(STORY, &[]);
    let added = server.post("/api/1/add", hostile_articles().as_bytes());
    assert_eq!(added.json()["new"], 2, "{added:?}");
    let ids: Vec<i64> = server.get("/api/1/search?q=Tarbrook").json()["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["article"]["id"].as_i64().unwrap())
        .collect();
    let [a, b] = ids.as_slice() else { panic!("{ids:?}") };
    let outlet = "/outlet/evil1.example";
    let wild = "%3Cscript%3Ealert(1)%3C/script%3E%22'%3E%3Cimg%20src=x%20onerror=alert(1)%3E";
    let mut paths = vec![
        "/store".to_owned(),
        "/search?q=Tarbrook".to_owned(),
        outlet.to_owned(),
        format!("{outlet}?q={wild}&sort={wild}&order={wild}&at={wild}"),
        format!("/compare?a={a}&b={b}"),
        format!("/search?q={wild}"),
        format!("/?address={wild}"),
        format!("/article/{wild}"),
        format!("/outlet/{wild}"),
        format!("/trace/{wild}"),
        format!("/{wild}"),
    ];
    for id in [a, b] {
        paths.push(format!("/article/{id}"));
        paths.push(format!("/article/{id}/trace.html"));
        paths.push(format!("/story/{id}"));
    }
    for path in &paths {
        let answer = server.get(path);
        assert!(answer.status < 500 && answer.status > 0, "{path}: {answer:?}");
        assert_tame(path, &answer.body);
    }
    let form = format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{SCRIPT}\"\r\n\r\n{}\r\n--b--\r\n",
        hostile_articles()
    );
    let kind = [("Content-Type", "multipart/form-data; boundary=b")];
    for path in ["/trace", "/add"] {
        let led = server.ask("POST", path, &kind, form.as_bytes());
        assert_eq!(led.status, 303, "{led:?}");
        let place = led.header("location").unwrap().to_owned();
        let answer = server.get(&place);
        assert_eq!(answer.status, 200, "{answer:?}");
        assert_tame(&place, &answer.body);
    }
}

const METHODS: &[&str] =
    &["GET", "POST", "DELETE", "PUT", "HEAD", "OPTIONS", "TRACE", "BREW", "get", ""];
const PATHS: &[&str] = &[
    "/api/1/trace",
    "/api/1/add",
    "/api/1/compare",
    "/api/1/articles",
    "/api/1/articles/",
    "/api/1/search",
    "/api/1/jobs/",
    "/api/1/coverage",
    "/trace",
    "/add",
    "/article/",
    "/outlet/",
    "/story/",
    "/compare",
    "/store/check",
    "/login",
    "/assets/",
    "/../../etc/passwd",
    "//",
    "*",
    "/%00",
    "/api/openapi.json",
    "/handover",
    "/trace/x/y.html",
    "/article/1/trace.exe",
];
const ENDS: &[&str] = &[
    "",
    "?",
    "?article=",
    "?article=1&article=2",
    "?q=%ff%fe",
    "?limit=-1",
    "?limit=1e9",
    "?limit=99999999999999999999",
    "?from=2025-99-99",
    "?a=1&b=%00",
    "?offset=18446744073709551616",
    "?%",
    "?=&=",
    "/0",
    "/-1",
    "/9999999999999999999",
    "/%2e%2e",
    "/1;drop",
    "?article=file%3A%2F%2F%2Fetc%2Fpasswd",
    "?address=gopher://x",
    "?q=%22%20OR%20NEAR(",
    "?article=%5C%5Chost%5Cshare",
    "?article=*",
    "?article=/etc/*",
];
const HEADERS: &[&str] = &[
    "",
    "Content-Length: 5\r\n",
    "Content-Length: -1\r\n",
    "Content-Length: 1\r\nContent-Length: 2\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip, chunked\r\n",
    "Content-Type: multipart/form-data\r\n",
    "Content-Type: multipart/form-data; boundary=\r\n",
    "Content-Type: application/json\r\n",
    "Accept: \u{1}\r\n",
    "If-None-Match: *\r\n",
    "Prefer: respond-async\r\n",
    "Range: bytes=0-1\r\n",
    "Expect: 100-continue\r\n",
    "Cookie: copytrail_session=x\r\n",
    "Authorization: Bearer\r\n",
    "X: \u{fffd}\r\n",
    "Upgrade: h2c\r\nConnection: upgrade\r\n",
    "Content-Encoding: br\r\n",
    "Accept: application/x-ndjson\r\n",
];
const BODIES: &[&[u8]] = &[
    b"",
    b"{",
    b"[]",
    b"null",
    b"{\"a\":1,\"b\":2}",
    b"\x1f\x8b\x08\x00\x00",
    b"PK\x03\x04",
    b"%PDF-1.4",
    b"\xff\xfe\x00",
    b"WARC/1.0\r\n\r\n",
    b"<html><script>",
    b"5\r\nabc",
];
const HOSTS: &[&str] = &[
    "127.0.0.1",
    "127.1",
    "127.0.0.2",
    "0.0.0.0",
    "0",
    "localhost",
    "LOCALHOST.",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.1",
    "10.0.0.1",
    "10.255.255.254",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "[fe80::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "192.0.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "①②⑦.⓪.⓪.①",
    "user:pass@127.0.0.1",
    "127.0.0.1%00.example",
];

/// splitmix64, so that a failure comes again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.roll() % from.len() as u64).unwrap()]
    }
}

#[test]
fn a_thousand_wrong_requests_are_no_fault_of_the_servers() {
    let server = Server::start(STORY, &[]);
    let mut dice = Dice(14);
    for number in 0..1_000 {
        let head = format!(
            "{} {}{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{}\r\n",
            dice.pick(METHODS),
            dice.pick(PATHS),
            dice.pick(ENDS),
            server.address,
            dice.pick(HEADERS)
        );
        let request = [head.as_bytes(), *dice.pick(BODIES)].concat();
        let mut stream = server.connect();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let _ = stream.write_all(&request);
        // What is still to come will not: a body that is shorter than it was said to be.
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let answer = server::read(&mut stream);
        assert!(answer.status < 500, "{number}: {head}\n{answer:?}");
        assert!(!answer.body.contains("root:x"), "{number}: {head}");
    }
    assert!(server.get("/api/1/status").json()["store"]["articles"].as_u64() >= Some(4));
}

#[test]
fn nothing_private_is_fetched_on_anybodys_behalf() {
    let server = Server::start(&[], &[]);
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let port = trap.local_addr().unwrap().port();
    for host in HOSTS {
        let address: String =
            url::form_urlencoded::byte_serialize(format!("http://{host}:{port}/").as_bytes())
                .collect();
        for path in ["/api/1/trace?article=", "/api/1/add?address="] {
            let begun = Instant::now();
            let answer = server.post(&format!("{path}{address}"), b"");
            assert!((400..500).contains(&answer.status), "{host}: {answer:?}");
            assert!(begun.elapsed() < Duration::from_secs(20), "{host} took {:?}", begun.elapsed());
        }
        assert!(trap.accept().is_err(), "{host} was reached");
    }
}

#[test]
fn a_body_without_an_end_is_cut_off() {
    let server = Server::start(&[], &[]);
    let mut stream = server.connect();
    let head = format!(
        "POST /api/1/trace HTTP/1.1\r\nHost: {}\r\nTransfer-Encoding: chunked\r\n\r\n",
        server.address
    );
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = [b"10000\r\n".as_slice(), &vec![b'a'; 0x1_0000], b"\r\n"].concat();
    let mut sent = 0_u64;
    while sent < 200_000_000 && stream.write_all(&chunk).is_ok() {
        sent += 0x1_0000;
    }
    assert!(sent < 150_000_000, "{sent} bytes were taken");
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    // A reset may swallow the answer; the next client is served all the same.
    assert!(answer.is_empty() || answer.contains("413"), "{answer}");
    let whole = server.post("/api/1/trace", &vec![b'a'; 65_000_000]);
    assert!(whole.status == 413 || whole.status == 0, "{}", whole.status);
    assert_eq!(server.get("/api/1/formats").status, 200);
}

#[test]
fn five_hundred_slow_clients_keep_nobody_waiting() {
    let server = Server::start(STORY, &[]);
    let mut slow: Vec<TcpStream> = Vec::new();
    for number in 0..500 {
        let mut stream = server.connect();
        let request = match number % 3 {
            0 => "GET /api/1/st".to_owned(),
            1 => format!(
                "POST /api/1/trace HTTP/1.1\r\nHost: {}\r\nContent-Length: 9000\r\n\r\nabc",
                server.address
            ),
            _ => format!(
                "POST /trace HTTP/1.1\r\nHost: {}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000\r\n\r\n--b\r\n",
                server.address
            ),
        };
        stream.write_all(request.as_bytes()).unwrap();
        slow.push(stream);
    }
    for _ in 0..20 {
        let begun = Instant::now();
        assert_eq!(server.get("/api/1/articles").status, 200);
        assert_eq!(server.post("/api/1/trace", &last_page()).status, 200);
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
    // Those that do not get on are sent away in the end.
    for mut stream in slow.into_iter().step_by(50) {
        stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest);
        assert!(ended.is_ok() || rest.len() > 10, "{ended:?}");
    }
}

/// Articles that take long to trace one after the other.
fn long_batch(articles: usize) -> String {
    (0..articles)
        .map(|n| {
            let text = "The council of Tarbrook voted on Monday to repair the swing bridge. ".repeat(20);
            serde_json::json!({"url": format!("https://a.example/{n}"), "title": "T", "text": format!("{text} {n}")}).to_string() + "\n"
        })
        .collect()
}

#[test]
fn whoever_leaves_stops_the_work() {
    let server = Server::start(STORY, &[]);
    // How long a part of the work takes tells that the whole would go on for long.
    let begun = Instant::now();
    assert_eq!(server.post("/api/1/trace", long_batch(64).as_bytes()).status, 200);
    let each = begun.elapsed() / 64;
    let articles = 2_000 + usize::try_from(60_000_000 / each.as_micros().max(1)).unwrap();
    let batch = long_batch(articles);
    for accepts in ["application/x-ndjson", "application/json"] {
        let mut stream = server.connect();
        let head = format!(
            "POST /api/1/trace HTTP/1.1\r\nHost: {}\r\nAccept: {accepts}\r\nContent-Length: {}\r\n\r\n",
            server.address,
            batch.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(batch.as_bytes()).unwrap();
        let begun = Instant::now();
        while server.get("/api/1/status").json()["at_work"] == 0 {
            assert!(begun.elapsed() < Duration::from_secs(30), "{accepts}: it never began");
        }
        drop(stream);
        // It would take a minute and more: one that went on would be seen.
        assert!(server.comes_to_rest(Duration::from_secs(20)), "{accepts}: the work goes on");
    }
}

#[test]
fn whoever_stays_is_waited_for() {
    let server = Server::start(STORY, &[]);
    let begun = Instant::now();
    assert_eq!(server.post("/api/1/trace", long_batch(64).as_bytes()).status, 200);
    let each = begun.elapsed() / 64;
    let articles = 200 + usize::try_from(4_000_000 / each.as_micros().max(1)).unwrap();
    let batch = long_batch(articles);
    let mut stream = server.connect();
    let head = format!(
        "POST /api/1/trace HTTP/1.1\r\nHost: {}\r\nAccept: application/x-ndjson\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        server.address,
        batch.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(batch.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_ne!(server.get("/api/1/status").json()["at_work"], 0, "the work is not to be seen");
    assert_eq!(server::read(&mut stream).body.lines().count(), articles);
}
