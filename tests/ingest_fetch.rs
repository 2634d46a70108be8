//! Fetching one page, against a small server on this machine that behaves as real and hostile ones do.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    ops::ControlFlow,
    thread,
    time::{Duration, Instant},
};

use copytrail::{
    ingest::{Given, Item, Limits, read},
    model::{Article, Kind},
};

const PAGE: &str = "<!doctype html><html lang=\"de\"><head><title>Kran stürzt um</title></head><body><article><h1>Kran stürzt um</h1>\
    <p>Im Hafen von Bremerhaven ist am Donnerstag ein Kran umgestürzt, wie die Polizei mitteilte. Größere Schäden gibt es trotzdem.</p>\
    <p>Verletzt wurde niemand. Der Betrieb des Hafens geht nach Angaben des Betreibers am Freitag weiter.</p></article></body></html>";

fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn serve(path: &str, stream: &mut TcpStream) {
    let html = "Content-Type: text/html; charset=utf-8\r\n";
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(PAGE);
    let bytes = match path {
        "/robots.txt" => answer("200 OK", "", b"User-agent: *\nDisallow: /closed\n"),
        "/page" | "/closed" | "/page?x=1" => answer("200 OK", html, PAGE.as_bytes()),
        "/moved" => answer("301 Moved Permanently", "Location: /page?x=1#top\r\n", b""),
        "/loop" => answer("302 Found", "Location: /loop\r\n", b""),
        "/file" => answer("302 Found", "Location: file:///etc/hostname\r\n", b""),
        "/ftp" => answer("302 Found", "Location: ftp://127.0.0.1/a\r\n", b""),
        "/data" => answer("302 Found", "Location: data:text/html,<p>Kran</p>\r\n", b""),
        "/script" => answer("302 Found", "Location: javascript:alert(1)\r\n", b""),
        "/gzip" => answer("200 OK", &format!("{html}Content-Encoding: gzip\r\n"), &packed(PAGE.as_bytes())),
        "/bomb" => answer("200 OK", &format!("{html}Content-Encoding: gzip\r\n"), &packed(&vec![b' '; 30_000_000])),
        "/latin" => answer("200 OK", "Content-Type: text/html; charset=windows-1252\r\n", &windows),
        "/big" => answer("200 OK", html, &vec![b'x'; 3_000_000]),
        "/short" => format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{html}Content-Length: 9000000\r\n\r\n{PAGE}").into_bytes(),
        "/feed" => answer("200 OK", "Content-Type: application/rss+xml\r\n",
            b"<rss version=\"2.0\"><channel><title>N</title><item><title>T</title><link>https://n.example/1</link></item></channel></rss>"),
        "/number" => answer("200 OK", html, b"42"),
        "/lies" => answer("200 OK", "Content-Type: text/html; charset=shift_jis\r\n", PAGE.as_bytes()),
        "/unpacked" => answer("200 OK", &format!("{html}Content-Encoding: gzip\r\n"), PAGE.as_bytes()),
        "/headers" => answer("200 OK", &format!("{html}X-Long: {}\r\n", "x".repeat(200_000)), PAGE.as_bytes()),
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss version=\"2.0\"><channel>");
            let item = b"<item><title>T</title><link>https://n.example/1</link></item>".repeat(100);
            while stream.write_all(&item).is_ok() {}
            return;
        }
        "/slow" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            for _ in 0..20 {
                thread::sleep(Duration::from_millis(300));
                if stream.write_all(b"x").is_err() {
                    break;
                }
            }
            return;
        }
        _ => answer("404 Not Found", html, b"<p>nothing</p>"),
    };
    let _ = stream.write_all(&bytes);
}

/// A server for the length of the test; its address without a slash at the end.
fn server() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            thread::spawn(move || {
                let mut lines = BufReader::new(stream.try_clone().unwrap()).take(16_384).lines();
                let first = lines.next().and_then(Result::ok).unwrap_or_default();
                let path = first.split(' ').nth(1).unwrap_or("/").to_owned();
                for line in lines.map_while(Result::ok) {
                    if line.is_empty() {
                        break;
                    }
                }
                serve(&path, &mut stream);
            });
        }
    });
    address
}

fn limits() -> Limits {
    let max_time = Duration::from_secs(10);
    Limits { max_bytes: 2_000_000, max_time, allow_private: true, ..Limits::default() }
}

fn fetch(address: &str, limits: &Limits) -> Result<Vec<Article>, String> {
    let mut articles = Vec::new();
    let result = read(address, &Given::default(), limits, &mut |item| {
        match item {
            Item::Article(article) => articles.push(*article),
            Item::Pack { file, .. } => panic!("{file} is a pack"),
            Item::Refused(refusal) => panic!("{refusal:?}"),
        }
        ControlFlow::Continue(())
    });
    result.map(|()| articles).map_err(|error| error.to_string())
}

#[test]
fn a_page_is_read_with_its_final_address_and_the_time_it_was_seen() {
    let site = server();
    let articles = fetch(&format!("{site}/moved"), &limits()).unwrap();
    let article = &articles[0];
    assert_eq!(article.url.as_deref(), Some(format!("{site}/page?x=1").as_str()));
    assert_eq!(article.title.as_deref(), Some("Kran stürzt um"));
    assert_eq!(article.paragraphs.len(), 2);
    assert!(article.first_seen.is_some());
    assert!(article.capture.as_ref().is_some_and(|capture| capture.bytes == PAGE.as_bytes()));
}

#[test]
fn compression_and_charset_of_the_server_are_undone() {
    let site = server();
    let text = |path: &str| fetch(&format!("{site}{path}"), &limits()).unwrap()[0].text();
    assert_eq!(text("/gzip"), text("/page"));
    assert_eq!(text("/latin"), text("/page"));
    // A header that lies is not believed where the bytes say otherwise.
    assert_eq!(text("/lies"), text("/page"));
    assert_eq!(text("/unpacked"), text("/page"));
}

#[test]
fn any_format_can_lie_behind_an_address() {
    let site = server();
    let articles = fetch(&format!("{site}/feed"), &limits()).unwrap();
    assert_eq!(articles[0].url.as_deref(), Some("https://n.example/1"));
}

#[test]
fn a_number_sent_as_a_page_is_no_article() {
    let site = server();
    let articles = fetch(&format!("{site}/number"), &limits()).unwrap();
    assert_eq!(articles[0].kind, Kind::Empty);
}

#[test]
fn hostile_and_broken_servers_are_told_from_each_other() {
    let site = server();
    for (path, says) in [
        ("/loop", "redirects more than"),
        ("/file", "only http and https"),
        ("/ftp", "only http and https"),
        ("/data", "only http and https"),
        ("/script", "only http and https"),
        ("/bomb", "unpacks to more than"),
        ("/big", "larger than"),
        ("/short", "cannot be fetched"),
        ("/headers", "cannot be fetched"),
        ("/endless", "larger than"),
        ("/nothing", "not there"),
        ("/closed", "robots.txt"),
    ] {
        let error = fetch(&format!("{site}{path}"), &limits()).unwrap_err();
        assert!(error.contains(says), "{path}: {error}");
    }
}

#[test]
fn a_server_that_drips_is_left_after_the_time() {
    let site = server();
    let limits = Limits { max_time: Duration::from_secs(1), ..limits() };
    let started = Instant::now();
    let error = fetch(&format!("{site}/slow"), &limits).unwrap_err();
    assert!(error.contains("took longer"), "{error}");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn robots_are_passed_over_at_the_users_word() {
    let site = server();
    let limits = Limits { ignore_robots: true, ..limits() };
    assert_eq!(fetch(&format!("{site}/closed"), &limits).unwrap().len(), 1);
}

#[test]
fn addresses_of_this_machine_are_left_alone_without_the_users_word() {
    let site = server();
    let limits = Limits { allow_private: false, ..limits() };
    for address in [format!("{site}/page"), site.replace("127.0.0.1", "localhost")] {
        let error = fetch(&address, &limits).unwrap_err();
        assert!(error.contains("private network") && error.contains("--allow-private"), "{error}");
    }
}
