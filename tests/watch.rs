//! Following sites, against a site of our own on this machine: what is found, asked for, kept and never asked twice.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod site;

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use site::{Reply, Site, article};

fn watch(home: &Path, targets: &[&str]) -> (Vec<Value>, String) {
    let mut command = assert_cmd::Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", home).arg("watch").args(targets).args([
        "--once",
        "--allow-private",
        "--pause",
        "0.05",
        "--contact",
        "desk@my.example",
        "--format",
        "jsonl",
    ]);
    let output = command.output().unwrap();
    let rows = String::from_utf8(output.stdout).unwrap();
    let rows = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (rows, String::from_utf8(output.stderr).unwrap())
}

fn listed(home: &Path) -> Vec<Value> {
    let mut command = assert_cmd::Command::cargo_bin("copytrail").unwrap();
    let output = command
        .env_clear()
        .env("COPYTRAIL_DATA", home)
        .args(["list", "--format", "jsonl"])
        .output()
        .unwrap();
    let rows = String::from_utf8(output.stdout).unwrap();
    rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

const FEED: &str = "application/rss+xml";
const HTML: &str = "text/html; charset=utf-8";

fn feed(site: &str, paths: &[&str]) -> String {
    let item = |path: &&str| {
        format!(
            "<item><title>{path}</title><link>{site}{path}</link><description>Kurz.</description></item>"
        )
    };
    let items: Vec<String> = paths.iter().map(item).collect();
    let items = items.concat();
    format!("<rss version=\"2.0\"><channel><title>Hafenblatt</title>{items}</channel></rss>")
}

/// A paper with a front page that names its feed, a robots.txt that names a news sitemap and closes a corner.
fn paper() -> Site {
    let site = Site::start();
    let home = site.address().to_owned();
    site.put(
        "/robots.txt",
        Reply::ok(
            "text/plain",
            &format!("User-agent: *\nDisallow: /closed/\nSitemap: {home}/news.xml\n"),
        ),
    );
    site.put("/", Reply::ok(HTML, "<!doctype html><html><head><title>Hafenblatt</title><link rel=alternate type=application/rss+xml href=/rss></head><body><h1>Hafenblatt</h1></body></html>"));
    site.put(
        "/rss",
        Reply::ok(FEED, &feed(&home, &["/kran", "/closed/faehre", "/gone"])).with("ETag: \"1\""),
    );
    let today = jiff::Timestamp::now();
    site.put("/news.xml", Reply::ok("text/xml", &format!(
        "<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>\
         <url><loc>{home}/schleuse</loc><news:news><news:publication_date>{today}</news:publication_date><news:title>S</news:title></news:news></url>\
         <url><loc>{home}/old</loc><lastmod>2019-01-01</lastmod></url></urlset>")));
    for path in ["/kran", "/schleuse", "/closed/faehre", "/old"] {
        site.put(path, Reply::ok(HTML, &article(path)));
    }
    site
}

#[test]
fn a_site_is_found_read_and_not_asked_twice() {
    let home = tempfile::tempdir().unwrap();
    let site = paper();
    let (rows, err) = watch(home.path(), &[site.address()]);
    assert_eq!(rows.len(), 1, "{err}");
    let row = &rows[0];
    assert_eq!(row["schema"], "copytrail.site/1");
    assert_eq!((&row["state"], &row["added"]), (&"open".into(), &2.into()), "{row} {err}");
    assert_eq!((&row["listed"], &row["refused"]), (&4.into(), &2.into()), "{row}");
    let kinds: Vec<&str> =
        row["sources"].as_array().unwrap().iter().map(|s| s["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["sitemap", "feed"], "{row}");
    assert_eq!(listed(home.path()).len(), 2);
    let asked = site.asked();
    assert!(!asked.iter().any(|path| path == "/closed/faehre" || path == "/old"), "{asked:?}");
    assert_eq!(asked.iter().filter(|path| *path == "/robots.txt").count(), 1);
    assert!(
        site.agents()
            .iter()
            .all(|agent| agent.starts_with("copytrail/") && agent.contains("desk@my.example"))
    );

    // Nothing has changed: only the sources are asked, and the feed says so by itself.
    site.forget();
    let (rows, _) = watch(home.path(), &[site.address()]);
    assert_eq!(
        (&rows[0]["listed"], &rows[0]["added"], &rows[0]["state"]),
        (&0.into(), &0.into(), &"open".into())
    );
    let asked = site.asked();
    assert!(
        !asked.iter().any(|path| path == "/kran" || path == "/schleuse" || path == "/"),
        "{asked:?}"
    );
    assert!(site.statuses().contains(&("/rss".to_owned(), 304)), "{:?}", site.statuses());

    // A new entry is one more page.
    let address = site.address().to_owned();
    site.put("/deich", Reply::ok(HTML, &article("/deich")));
    site.put("/rss", Reply::ok(FEED, &feed(&address, &["/deich", "/kran"])).with("ETag: \"2\""));
    let (rows, _) = watch(home.path(), &[site.address()]);
    assert_eq!((&rows[0]["listed"], &rows[0]["added"]), (&1.into(), &1.into()), "{rows:?}");
    assert_eq!(listed(home.path()).len(), 3);
}

#[test]
fn seeing_a_page_is_a_sighting() {
    let home = tempfile::tempdir().unwrap();
    let site = paper();
    let before = jiff::Timestamp::now().as_second();
    watch(home.path(), &[site.address()]);
    let store = copytrail::store::Store::open(
        &home.path().join("copytrail.db"),
        copytrail::store::Options::default(),
    )
    .unwrap();
    let id = store.find(&format!("{}/kran", site.address())).unwrap().unwrap();
    let seen = store.dossier(id).unwrap().unwrap().article.first_seen.unwrap();
    assert!((before..=jiff::Timestamp::now().as_second()).contains(&seen.seconds), "{seen:?}");
    // Kept out, gone or fetched: all that was listed was seen.
    assert_eq!(store.stats().unwrap().sightings, 4);
}

#[test]
fn what_sites_let_a_program_see_is_told_apart() {
    let home = tempfile::tempdir().unwrap();
    let closed = Site::start();
    closed.put("/robots.txt", Reply::ok("text/plain", "User-agent: *\nDisallow: /\n"));
    let refuses = Site::start();
    refuses.put("/", Reply::status(403));
    let bare = Site::start();
    bare.put("/", Reply::ok(HTML, &article("/")));
    let walled = Site::start();
    let address = walled.address().to_owned();
    walled.put("/rss", Reply::ok(FEED, &feed(&address, &["/a", "/b", "/c"])));
    for path in ["/a", "/b", "/c"] {
        walled.put(path, Reply::ok(HTML, &format!("<!doctype html><html lang=de><head><title>Hafen {path}</title></head><body><article><h1>Hafen {path}</h1>\
            <p>Im Hafen von Bremerhaven ist am Donnerstag ein Kran umgestürzt. Warum, weiß noch niemand…</p></article><div class=note>Mit Abo weiterlesen. Bereits Abonnent?</div></body></html>")));
    }
    let targets = [
        closed.address(),
        refuses.address(),
        bare.address(),
        walled.address(),
        "http://127.0.0.1:1/",
    ];
    let (rows, err) = watch(home.path(), &targets);
    let states: Vec<&str> = rows.iter().map(|row| row["state"].as_str().unwrap()).collect();
    assert_eq!(
        states,
        ["blocked", "blocked", "no_articles", "paywalled", "unreachable"],
        "{rows:#?} {err}"
    );
    assert!(err.contains("127.0.0.1:1"), "{err}");
    assert!(listed(home.path()).is_empty());
}

#[test]
fn a_feed_that_holds_the_whole_text_helps_where_the_page_is_kept_back() {
    let home = tempfile::tempdir().unwrap();
    let site = Site::start();
    let address = site.address().to_owned();
    let text = "Der Hafenmeister sah den Kran fallen und rief sofort die Feuerwehr, die mit drei Wagen kam. ".repeat(9);
    let post = serde_json::json!([{ "id": 7, "guid": {"rendered": format!("{address}/?p=7")}, "link": format!("{address}/kran"),
        "date_gmt": jiff::Timestamp::now().to_string().trim_end_matches('Z'), "title": {"rendered": "Kran"},
        "content": {"rendered": format!("<p>{text}</p><p>{text}</p>"), "protected": false} }]);
    site.put("/", Reply::ok(HTML, "<!doctype html><html><head><link rel='https://api.w.org/' href='/wp-json/'></head><body></body></html>"));
    site.put("/wp-json/wp/v2/posts", Reply::ok("application/json", &post.to_string()));
    site.put("/kran", Reply::status(403));
    let (rows, err) = watch(home.path(), &[site.address()]);
    assert_eq!(
        (&rows[0]["state"], &rows[0]["added"]),
        (&"open".into(), &1.into()),
        "{rows:#?} {err}"
    );
    assert_eq!(listed(home.path())[0]["title"], "Kran");
}

#[test]
fn a_site_that_wants_to_be_left_alone_is() {
    let home = tempfile::tempdir().unwrap();
    let site = Site::start();
    let address = site.address().to_owned();
    site.put("/feed.xml", Reply::ok(FEED, &feed(&address, &["/a", "/b", "/c"])));
    for path in ["/a", "/b", "/c"] {
        site.put(path, Reply::status(429).with("Retry-After: 3600"));
    }
    let target = format!("{address}/feed.xml");
    let (rows, _) = watch(home.path(), &[&target]);
    assert_eq!(
        (&rows[0]["state"], &rows[0]["waiting"]),
        (&"waiting".into(), &3.into()),
        "{rows:#?}"
    );
    let pages = |site: &Site| site.asked().iter().filter(|path| path.len() == 2).count();
    assert_eq!(
        pages(&site),
        1,
        "after the first refusal the others are not asked for: {:?}",
        site.asked()
    );
    watch(home.path(), &[&target]);
    assert_eq!(pages(&site), 1, "nor is any before its time: {:?}", site.asked());
}

#[test]
fn a_crawl_delay_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let site = Site::start();
    let address = site.address().to_owned();
    site.put("/robots.txt", Reply::ok("text/plain", "User-agent: copytrail\nCrawl-delay: 0.7\n"));
    site.put("/feed.xml", Reply::ok(FEED, &feed(&address, &["/a", "/b"])));
    for path in ["/a", "/b"] {
        site.put(path, Reply::ok(HTML, &article(path)));
    }
    let (rows, _) = watch(home.path(), &[&format!("{address}/feed.xml")]);
    assert_eq!(rows[0]["added"], 2);
    let times = site.times();
    assert!(times.windows(2).all(|pair| (pair[1] - pair[0]).as_millis() >= 650), "{times:?}");
}

#[test]
fn a_sitemap_of_sitemaps_leads_to_the_new_ones() {
    let home = tempfile::tempdir().unwrap();
    let site = Site::start();
    let address = site.address().to_owned();
    let today = jiff::Timestamp::now();
    site.put("/sitemap.xml", Reply::ok("text/xml", &format!(
        "<sitemapindex><sitemap><loc>{address}/new.xml</loc><lastmod>{today}</lastmod></sitemap>\
         <sitemap><loc>{address}/2019.xml</loc><lastmod>2019-05-01</lastmod></sitemap></sitemapindex>")));
    site.put(
        "/new.xml",
        Reply::ok(
            "text/xml",
            &format!(
                "<urlset><url><loc>{address}/kran</loc><lastmod>{today}</lastmod></url></urlset>"
            ),
        ),
    );
    site.put("/", Reply::ok(HTML, "<!doctype html><html><body><h1>Hafenblatt</h1></body></html>"));
    site.put("/kran", Reply::ok(HTML, &article("/kran")));
    let (rows, err) = watch(home.path(), &[site.address()]);
    assert_eq!(
        (&rows[0]["state"], &rows[0]["added"]),
        (&"open".into(), &1.into()),
        "{rows:#?} {err}"
    );
    assert!(!site.asked().contains(&"/2019.xml".to_owned()));
}

#[test]
fn a_kill_in_the_middle_loses_nothing_and_doubles_nothing() {
    let home = tempfile::tempdir().unwrap();
    let site = Site::start();
    let address = site.address().to_owned();
    let paths: Vec<String> = (0..40).map(|number| format!("/kran-{number}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    site.put("/feed.xml", Reply::ok(FEED, &feed(&address, &paths)));
    for path in &paths {
        site.put(path, Reply::ok(HTML, &article(path)));
    }
    let target = format!("{address}/feed.xml");
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("copytrail"))
        .env_clear()
        .env("COPYTRAIL_DATA", home.path())
        .args(["watch", &target, "--once", "--allow-private", "--pause", "0.05", "-q"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let begun = std::time::Instant::now();
    while site.asked().len() < 32 && begun.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before = listed(home.path()).len();
    assert!((1..40).contains(&before), "the first batch is in: {before}");
    let (rows, err) = watch(home.path(), &[&target]);
    assert_eq!(listed(home.path()).len(), 40, "{rows:?} {err}");
    let asked = site.asked();
    let most = paths.iter().map(|path| asked.iter().filter(|asked| asked == path).count()).max();
    assert_eq!(most, Some(2), "only what was not yet written is asked for again");
    let again = asked.iter().filter(|path| path.starts_with("/kran-")).count() - 40;
    assert!(again <= 25, "{again} pages twice");
}

#[test]
fn what_was_taken_out_stays_out() {
    let home = tempfile::tempdir().unwrap();
    let site = Site::start();
    let address = site.address().to_owned();
    let entry = |hour: u32| {
        let today = jiff::Timestamp::now().to_string();
        let day = today.split('T').next().unwrap();
        format!(
            "<urlset><url><loc>{address}/kran</loc><lastmod>{day}T{hour:02}:00:00Z</lastmod></url></urlset>"
        )
    };
    site.put("/sitemap.xml", Reply::ok("text/xml", &entry(1)));
    site.put("/kran", Reply::ok(HTML, &article("/kran")));
    let target = format!("{address}/sitemap.xml");
    assert_eq!(watch(home.path(), &[&target]).0[0]["added"], 1);
    // A page that is stated to be modified is looked at again, until its article is taken out.
    site.put("/sitemap.xml", Reply::ok("text/xml", &entry(2)));
    assert_eq!(watch(home.path(), &[&target]).0[0]["unchanged"], 1);
    let mut remove = assert_cmd::Command::cargo_bin("copytrail").unwrap();
    remove
        .env_clear()
        .env("COPYTRAIL_DATA", home.path())
        .args(["remove", &format!("{address}/kran")])
        .assert()
        .success();
    for hour in 3..5 {
        site.put("/sitemap.xml", Reply::ok("text/xml", &entry(hour)));
        watch(home.path(), &[&target]);
    }
    assert!(listed(home.path()).is_empty());
    assert_eq!(site.asked().iter().filter(|path| *path == "/kran").count(), 2);
}

#[test]
fn several_hosts_are_asked_at_once_and_none_twice_at_a_time() {
    let home = tempfile::tempdir().unwrap();
    let delay = Duration::from_millis(150);
    let sites: Vec<Site> = (0..4).map(|_| Site::start()).collect();
    for (number, site) in sites.iter().enumerate() {
        let paths = [format!("/{number}-kran"), format!("/{number}-boot")];
        let listed: Vec<&str> = paths.iter().map(String::as_str).collect();
        site.put("/rss", Reply::ok(FEED, &feed(site.address(), &listed)).after(delay));
        for path in &paths {
            site.put(path, Reply::ok(HTML, &article(path)).after(delay));
        }
    }
    let feeds: Vec<String> = sites.iter().map(|site| format!("{}/rss", site.address())).collect();
    let feeds: Vec<&str> = feeds.iter().map(String::as_str).collect();
    let (rows, err) = watch(home.path(), &feeds);
    let order: Vec<&str> = rows.iter().map(|row| row["site"].as_str().unwrap()).collect();
    assert_eq!(order, feeds, "{err}");
    assert!(rows.iter().all(|row| row["added"] == 2), "{rows:#?} {err}");
    for site in &sites {
        let mut spans = site.spans();
        spans.sort();
        assert!(spans.is_sorted_by(|(_, until), (at, _)| until <= at), "{spans:?}");
    }
    let others = sites[1..].iter().flat_map(Site::spans);
    let own = sites[0].spans();
    let together =
        others.filter(|(at, until)| own.iter().any(|(from, to)| at < to && from < until)).count();
    assert!(together > 0, "the sites were asked one after the other");
}
