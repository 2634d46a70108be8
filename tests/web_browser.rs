//! Slow: the pages in a headless browser: paste and read, step through marks, sort, filter, add, hand over; at two widths,
//! light and dark; no error, no request to another host, nothing that axe-core finds. Needs Chromium and Node.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod browser;
#[path = "web/server.rs"]
#[allow(dead_code)] // the browser asks itself
mod server;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use browser::Browser;
use server::{STORY, Server};

/// Another site, on another port: `/` has a policy that lets nothing in, `/open` has none.
fn elsewhere() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0; 2_000];
            let read = stream.read(&mut request).unwrap_or(0);
            let open = request[..read].starts_with(b"GET /open");
            let policy = if open {
                ""
            } else {
                "Content-Security-Policy: default-src 'none'; sandbox allow-scripts allow-popups allow-same-origin allow-popups-to-escape-sandbox\r\n"
            };
            let body = "<!doctype html><html lang=en><head><title>The bridge of Tarbrook</title></head><body><h1>The bridge of Tarbrook</h1><p>The council of Tarbrook voted on Monday to repair the swing bridge rather than replace it.</p><p>Work is due to begin in September and to last fourteen months, the engineers said, who had looked at every plate of it.</p></body></html>";
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n{policy}Content-Length: {}\r\n\r\n{body}",
                body.len()
            );
        }
    });
    address
}

/// An outlet with a list worth sorting.
fn many() -> String {
    let words = [
        "harbour", "bridge", "council", "market", "Ferry", "school", "Harbour", "river", "tram",
        "mill",
    ];
    (0..30)
        .map(|n| {
            let word = words[n % words.len()];
            let text = format!("The {word} of Tarbrook has a report of its own, number {n}, with words that only it has: {}.", word.repeat(n + 1));
            serde_json::json!({
                "url": format!("https://many.example/{n}"), "title": format!("{word} report {n}"), "text": text,
                "published": format!("2025-0{}-{:02}", 1 + n % 6, 1 + n), "language": "en",
            })
            .to_string() + "\n"
        })
        .collect()
}

#[test]
fn the_pages_work_in_a_browser() {
    let Browser { chromium, node, packages } = match Browser::find() {
        Ok(browser) => browser,
        Err(reason) => {
            println!("skipped: {reason}");
            return;
        }
    };
    let server = Server::start(STORY, &[]);
    assert_eq!(server.post("/api/1/add", many().as_bytes()).status, 200);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let added = server.home().join("keeper.txt");
    std::fs::write(&added, "The lighthouse keeper\n\nThe last lighthouse keeper of the coast has handed over the keys of the tower on Friday.\n\nHe had kept the light for thirty-one years.\n").unwrap();
    // The page that the project began with, where it is at hand.
    let first_page = root.join("../shared/cases/24hours-world.txt");
    let shots = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
    std::fs::create_dir_all(&shots).unwrap();
    let output = Command::new(node)
        .current_dir(&packages)
        .arg(root.join("tests/web/browser.mjs"))
        .args([
            chromium.as_os_str(),
            format!("http://{}", server.address).as_ref(),
            elsewhere().as_ref(),
        ])
        .arg(&shots)
        .arg(root.join("fixtures/cases/translated-chain/worldnews-hour.html"))
        .arg(&added)
        .args(first_page.is_file().then_some(&first_page))
        .output()
        .unwrap();
    let (out, err) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{err}");
    let told: serde_json::Value =
        serde_json::from_str(out.lines().last().unwrap_or_default()).unwrap();
    assert_eq!(told["wrong"], serde_json::json!([]), "{told:#}");
    let seen = &told["seen"];
    assert!(seen["verdict"].as_str().unwrap().starts_with("Attributed"), "{seen}");
    assert!(seen["chain"].as_str().unwrap().contains("dpa"), "{seen}");
    assert_eq!(seen["found"], "The lighthouse keeper");
    assert_eq!(seen["crossSite"], 403);
    assert_eq!(seen["proxied"], "https://trail.example");
    if first_page.is_file() {
        assert!(seen["seed"].as_str().unwrap().contains("dpa"), "{seen}");
    } else {
        println!("skipped: ../shared/cases is not there, the seed page was not pasted");
    }
}
