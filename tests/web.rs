//! `serve`: the API answers as the command line does, jobs, pages, and what keeps others out.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

#[path = "web/server.rs"]
mod server;

use server::{STORY, Server, add, copytrail, last_page};

const TOKEN: &str = "a-token-of-thirty-two-characters";

#[test]
fn the_api_gives_the_contracts_json_as_it_is() {
    let server = Server::start(STORY, &[]);
    let command = |args: &[&str]| {
        let output = copytrail(server.home()).args(args).args(["--format", "json"]).output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    for (path, args) in [
        ("/api/1/trace?article=2", &["trace", "2"][..]),
        ("/api/1/articles", &["list"]),
        ("/api/1/articles/3", &["show", "3"]),
        ("/api/1/search?q=Seeleute&limit=5", &["search", "Seeleute", "--limit", "5"]),
        ("/api/1/compare?a=1&b=2", &["compare", "1", "2"]),
        ("/api/1/clusters", &["clusters"]),
        ("/api/1/coverage", &["coverage"]),
        ("/api/1/formats", &["formats"]),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
        assert_eq!(answer.body, command(args), "{path}");
    }
    assert_eq!(server.get("/api/1/status").json()["store"]["articles"], 4);
}

#[test]
fn a_page_that_is_sent_is_traced_and_not_kept() {
    let server = Server::start(STORY, &[]);
    let answer = server.post("/api/1/trace", &last_page());
    let trace = answer.json();
    assert_eq!(trace["schema"], "copytrail.trace/1", "{answer:?}");
    assert_eq!(trace["verdict"], "attributed");
    assert_eq!(trace["origin"]["agency"], "dpa");
    assert!(!answer.body.contains("/tmp/"), "a path of the server's is told");
    assert_eq!(server.get("/api/1/status").json()["store"]["articles"], 4);
}

#[test]
fn a_batch_is_answered_line_by_line_and_bad_lines_are_named() {
    let server = Server::start(STORY, &[]);
    let good = r#"{"url":"https://a.example/1","outlet":"a.example","title":"T","text":"The council of Tarbrook voted on Monday to repair the swing bridge rather than replace it.\n\nWork is due to begin in September."}"#;
    let batch = format!("{good}\nnot json at all\n{}\n", good.replace("example/1", "example/2"));
    let lines = [("Accept", "application/x-ndjson"), ("Content-Type", "application/x-ndjson")];
    let answer = server.ask("POST", "/api/1/trace", &lines, batch.as_bytes());
    let schemas: Vec<String> = answer
        .body
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["schema"].to_string())
        .collect();
    let [first, second, refusal] = schemas.as_slice() else { panic!("{answer:?}") };
    assert_eq!((first, second), (&"\"copytrail.trace/1\"".to_owned(), first));
    assert_eq!(refusal, "\"copytrail.refusal/1\"");
    assert!(answer.body.contains("\"line\":2"), "{}", answer.body);
    let whole = server.post("/api/1/trace", batch.as_bytes()).json();
    assert_eq!(whole["schema"], "copytrail.traces/1");
    assert_eq!(whole["refusals"][0]["line"], 2, "{whole}");
}

#[test]
fn what_is_added_is_found_and_a_second_time_changes_nothing() {
    let server = Server::start(&[], &[]);
    let path = "/api/1/add?url=https%3A%2F%2Fworldnews-hour.example%2Fx";
    let first = server.post(path, &last_page());
    assert_eq!(first.json()["new"], 1, "{first:?}");
    let again = server.post(path, &last_page());
    assert_eq!((&again.json()["new"], &again.json()["unchanged"]), (&0.into(), &1.into()));
    let hits = server.get("/api/1/search?q=seafarers").json();
    assert_eq!(hits["hits"].as_array().unwrap().len(), 1, "{hits}");
}

#[test]
fn long_work_is_a_job_with_progress_and_a_result() {
    let server = Server::start(STORY, &[]);
    let answer = server.ask("GET", "/api/1/clusters", &[("Prefer", "respond-async")], b"");
    assert_eq!(answer.status, 202, "{answer:?}");
    let place = answer.header("location").unwrap().to_owned();
    let events = server.get(&format!("{place}/events"));
    assert_eq!(events.header("content-type"), Some("text/event-stream"));
    assert!(events.body.contains("event: done"), "{events:?}");
    assert_eq!(server.get(&place).json()["stage"], "done");
    let result = server.get(&format!("{place}/result")).json();
    assert_eq!(result["schema"], "copytrail.clusters/1");
    assert_eq!(server.ask("DELETE", &place, &[], b"").status, 202);
    assert_eq!(server.get("/api/1/jobs/nobody").status, 404);
}

#[test]
fn an_answer_that_is_still_right_is_not_sent_again() {
    let server = Server::start(STORY, &[]);
    let first = server.get("/api/1/trace?article=1");
    let tag = first.header("etag").unwrap().to_owned();
    let held = [("If-None-Match", tag.as_str())];
    assert_eq!(server.ask("GET", "/api/1/trace?article=1", &held, b"").status, 304);
    assert_eq!(server.post("/api/1/add", &last_page()).status, 200);
    assert_eq!(server.ask("GET", "/api/1/trace?article=1", &held, b"").status, 200);
}

#[test]
fn what_is_wrong_is_said_as_a_problem_document() {
    let server = Server::start(STORY, &["--read-only"]);
    let packed = [("Content-Encoding", "gzip")];
    for (answer, status) in [
        (server.get("/api/1/nothing"), 404),
        (server.get("/api/1/articles?limit=0"), 400),
        (server.get("/api/1/articles?colour=blue"), 400),
        (server.get("/api/1/articles?from=yesterday"), 400),
        (server.get("/api/1/trace"), 400),
        (server.get("/api/1/trace?article=/etc/passwd"), 404),
        (server.get("/api/1/articles/9999"), 404),
        (server.post("/api/1/trace?article=/etc/passwd", b""), 404),
        (server.post("/api/1/trace?article=file:///etc/passwd", b""), 404),
        (server.post("/api/1/trace", b""), 400),
        (server.post("/api/1/trace", b"<html><body></body></html>"), 422),
        (server.post("/api/1/compare", b"[1,2]"), 400),
        (
            server.post("/api/1/compare", br#"{"a":{"article":1},"b":{"article":"/etc/passwd"}}"#),
            404,
        ),
        (server.post("/api/1/add", &last_page()), 403),
        (server.ask("PUT", "/api/1/trace", &[], b""), 405),
        (server.ask("POST", "/api/1/trace", &packed, b"x"), 415),
    ] {
        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{answer:?}");
        let problem = answer.json();
        assert_eq!(problem["status"], status);
        assert!(problem["detail"].as_str().unwrap().len() > 10, "{problem}");
        assert!(!answer.body.contains("root:"), "{answer:?}");
    }
}

#[test]
fn other_names_and_other_sites_are_kept_out() {
    let server = Server::start(STORY, &[]);
    let own = server.address.to_string();
    let origin = format!("http://{own}");
    for (method, headers, status) in [
        ("GET", vec![("Host", "rebound.example")], 421),
        ("GET", vec![("Host", "127.0.0.1.rebound.example:8765")], 421),
        ("GET", vec![("Host", "192.168.1.9")], 421),
        ("GET", vec![("Host", "localhost:9")], 200),
        ("GET", vec![("Host", "[::1]:9")], 200),
        ("GET", vec![("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")], 403),
        ("GET", vec![("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")], 200),
        ("POST", vec![("Origin", "https://paper.example")], 403),
        ("POST", vec![("Origin", "null")], 403),
        ("POST", vec![("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")], 403),
        ("POST", vec![("Sec-Fetch-Site", "same-site"), ("Origin", "http://127.0.0.1:1")], 403),
        ("POST", vec![("Sec-Fetch-Site", "same-origin"), ("Origin", origin.as_str())], 200),
        ("POST", vec![], 200),
    ] {
        let (path, body) = match method {
            "GET" => ("/api/1/formats", Vec::new()),
            _ => ("/api/1/trace", last_page()),
        };
        let answer = server.ask(method, path, &headers, &body);
        assert_eq!(answer.status, status, "{method} {headers:?}: {answer:?}");
    }
    let two =
        format!("GET / HTTP/1.1\r\nHost: {own}\r\nHost: x.example\r\nConnection: close\r\n\r\n");
    assert_eq!(server.raw(two.as_bytes()).status, 400);
}

#[test]
fn another_address_needs_a_token() {
    let home = tempfile::tempdir().unwrap();
    let output = copytrail(home.path()).args(["serve", "--listen", "0.0.0.0:0"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("COPYTRAIL_TOKEN"), "{said}");

    let server = Server::with_token(STORY, &["--listen", "0.0.0.0:0"], Some(TOKEN));
    assert_eq!(server.get("/api/1/status").status, 401);
    let with = |token: &str| [("Authorization", format!("Bearer {token}"))];
    for (token, status) in [(TOKEN, 200), ("wrong", 401), (&TOKEN[1..], 401)] {
        let headers = with(token);
        let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (*n, v.as_str())).collect();
        assert_eq!(server.ask("GET", "/api/1/status", &headers, b"").status, status);
    }
    let person = [("Accept", "text/html")];
    let led = server.ask("GET", "/", &person, b"");
    assert_eq!((led.status, led.header("location")), (303, Some("/login")));
    assert_eq!(server.post("/login", b"token=wrong").status, 403);
    let entered = server.post("/login", format!("token={TOKEN}").as_bytes());
    let cookie = entered.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    assert!(!cookie.contains(TOKEN));
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(server.ask("GET", "/", &[("Cookie", cookie)], b"").status, 200);
}

#[test]
fn pages_carry_a_strict_policy_and_a_form_leads_to_the_answer() {
    let server = Server::start(STORY, &[]);
    let nowhere = server.ask("GET", "/nowhere", &[("Accept", "text/html")], b"");
    assert!(nowhere.status == 404 && nowhere.body.starts_with("<!doctype html>"), "{nowhere:?}");
    let page = server.get("/");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let text = String::from_utf8(last_page()).unwrap();
    let form = format!(
        "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--b\r\nContent-Disposition: form-data; name=\"outlet\"\r\n\r\nworldnews-hour.example\r\n--b--\r\n"
    );
    let kind = [("Content-Type", "multipart/form-data; boundary=b")];
    let asked = server.ask("POST", "/trace", &kind, form.as_bytes());
    assert_eq!(asked.status, 303, "{asked:?}");
    let result = server.get(asked.header("location").unwrap());
    assert_eq!(result.status, 200);
    assert!(result.body.contains("Attributed"), "{}", result.body);
}

#[test]
fn a_stop_lets_what_was_begun_end() {
    let server = Server::start(STORY, &[]);
    let mut stream = server.connect();
    let page = last_page();
    let head = format!(
        "POST /api/1/add HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        server.address,
        page.len()
    );
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    std::io::Write::write_all(&mut stream, &page[..100]).unwrap();
    let rest = std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_millis(400));
        std::io::Write::write_all(&mut stream, &page[100..]).unwrap();
        server::read(&mut stream)
    });
    std::thread::sleep(std::time::Duration::from_millis(100));
    let status = server.terminate();
    let answer = rest.join().unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(status.success(), "{status:?}");
}

#[test]
fn an_outlet_is_audited_and_a_finding_decided_about() {
    let server = Server::start(STORY, &[]);
    assert_eq!(server.post("/api/1/audit?outlet=nobody.example", b"").status, 404);
    let audit = server.post("/api/1/audit?outlet=Hellwalder%20Kurier", b"");
    let audit = audit.json();
    assert_eq!(
        (&audit["schema"], &audit["articles"]),
        (&"copytrail.audit/1".into(), &1.into()),
        "{audit}"
    );
    let asked = server.post("/outlet/Hellwalder%20Kurier/audit", b"");
    assert_eq!(asked.status, 303, "{asked:?}");
    let page = server.get(asked.header("location").unwrap());
    assert!(page.body.contains("Hellwalder Kurier") && page.body.contains("dpa"), "{page:?}");
    assert_eq!(server.post("/article/2/review", b"decision=perhaps&by=Erika").status, 400);
    let form = "decision=licensed&by=Erika%20Muster&note=Contract%20of%202024%20%3Cb%3E";
    assert_eq!(server.post("/article/2/review", form.as_bytes()).status, 303);
    let article = server.get("/article/2").body;
    assert!(article.contains("Erika Muster") && !article.contains("<b>"), "{article}");
}

#[test]
fn a_search_writes_nothing_where_nothing_may_be_written() {
    let home = tempfile::tempdir().unwrap();
    // More than are put into full text when they are added.
    let many: String = (0..1_100)
        .map(|n| {
            let text = format!("Report {n} of the harbour office of Tarbrook: {n} boats came in.");
            serde_json::json!({"url": format!("https://many.example/{n}"), "text": text, "language": "en"})
                .to_string() + "\n"
        })
        .collect();
    let file = home.path().join("many.jsonl");
    std::fs::write(&file, many).unwrap();
    add(home.path(), &[file.to_str().unwrap()]);
    let db = home.path().join("copytrail.db");
    let server = Server::on(home, &["--read-only"], None);
    let before = std::fs::read(&db).unwrap();
    for _ in 0..2 {
        let found = server.get("/api/1/search?q=harbour").json();
        assert_eq!((&found["hits"], &found["unsearched"]), (&serde_json::json!([]), &1_100.into()));
        assert!(server.get("/search?q=harbour").body.contains("1100 articles on file are not yet"));
    }
    assert!(std::fs::read(&db).unwrap() == before, "a search has written to the store");
    let home = server.into_home();

    let server = Server::on(home, &[], None);
    let begun = std::time::Instant::now();
    let found = loop {
        let found = server.get("/api/1/search?q=harbour&limit=3").json();
        if found["unsearched"].is_null() || begun.elapsed().as_secs() > 60 {
            break found;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    };
    assert_eq!(found["hits"].as_array().unwrap().len(), 3, "{found}");
}

#[test]
fn a_server_that_only_reads_offers_nothing_that_it_would_refuse() {
    let server = Server::start(STORY, &["--read-only"]);
    let article = server.get("/article/2").body;
    assert!(!article.contains("/article/2/review"), "{article}");
    assert_eq!(server.post("/article/2/review", b"decision=confirmed&by=x").status, 403);
    let audit = server.post("/api/1/audit?outlet=Hellwalder%20Kurier", b"");
    assert_eq!(audit.status, 409, "{audit:?}");
    assert!(audit.json()["detail"].as_str().unwrap().contains("copytrail audit"), "{audit:?}");
    let home = server.into_home();
    assert!(copytrail(home.path()).args(["trace", "--all"]).output().unwrap().status.success());
    let server = Server::on(home, &["--read-only"], None);
    let audit = server.post("/api/1/audit?outlet=Hellwalder%20Kurier", b"").json();
    assert_eq!((&audit["articles"], &audit["copied"]), (&1.into(), &1.into()), "{audit}");
    let asked = server.post("/outlet/Hellwalder%20Kurier/audit", b"");
    assert_eq!(server.get(asked.header("location").unwrap()).status, 200);
}

#[test]
fn a_permanent_page_gives_its_evidence_and_the_bundle_proves_itself() {
    let server = Server::start(STORY, &[]);
    let page = server.get("/article/4");
    assert!(page.body.contains("/article/4/evidence-4.zip"), "{}", page.body);
    for (file, kind) in [
        ("trace.html", "text/html; charset=utf-8"),
        ("trace.json", "application/json"),
        ("trace.csv", "text/csv; charset=utf-8"),
        ("trace.dot", "text/vnd.graphviz; charset=utf-8"),
        ("evidence-4.zip", "application/zip"),
    ] {
        let kept = server.get(&format!("/article/4/{file}"));
        assert_eq!(kept.header("content-type"), Some(kind), "{kept:?}");
        let named = format!("attachment; filename=\"{file}\"");
        assert_eq!(kept.header("content-disposition"), Some(named.as_str()));
    }
    let bundle = server.home().join("evidence.zip");
    std::fs::write(&bundle, server.bytes("/article/4/evidence-4.zip")).unwrap();
    let proven = copytrail(server.home()).arg("verify").arg(&bundle).output().unwrap();
    assert!(proven.status.success(), "{proven:?}");
    assert_eq!(server.get("/article/999/evidence-999.zip").status, 404);
}

#[test]
fn what_is_refused_before_it_is_a_request_is_a_problem_document_too() {
    let server = Server::start(&[], &[]);
    let long = format!("/api/1/search?q={}", "a".repeat(70_000));
    let head = format!("X-Long: {}", "a".repeat(300_000));
    let host = server.address;
    for (request, status) in [
        (format!("GET {long} HTTP/1.1\r\nHost: {host}\r\n\r\n"), 414),
        (format!("GET / HTTP/1.1\r\nHost: {host}\r\n{head}\r\n\r\n"), 431),
        ("this is no request\r\n\r\n".to_owned(), 400),
    ] {
        let answer = server.raw(request.as_bytes());
        assert_eq!(answer.status, status, "{answer:?}");
        assert_eq!(answer.header("content-type"), Some("application/problem+json"), "{answer:?}");
        assert_eq!(answer.json()["status"], status);
    }
}

#[test]
fn a_story_is_told_with_all_who_carry_it_and_what_is_behind_them() {
    let server = Server::start(STORY, &[]);
    assert_eq!(server.post("/api/1/add", &last_page()).status, 200);
    // From the agency's item the translated copy is known once it is traced.
    let before = server.get("/story/1").body;
    assert!(before.contains("Articles that carry it: 3; outlets: 3"), "{before}");
    let home = server.into_home();
    assert!(copytrail(home.path()).args(["trace", "--all"]).output().unwrap().status.success());
    let server = Server::on(home, &["--read-only"], None);
    let story = server.get("/story/1").body;
    assert!(
        story.contains(
            "carry it: 4; outlets: 4; independent sources behind them, as far as can be told: 1."
        ),
        "{story}"
    );
    // By the instant, not by the clocks of three places.
    let at = |outlet: &str| story.find(outlet).unwrap();
    assert!(at("16:42 +02:00") < at("18:10 +02:00") && at("18:10 +02:00") < at("17:31 UTC"));
}
