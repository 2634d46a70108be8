//! Slow: damaged files. Every fixture and every made form is damaged in seeded ways and read: nothing panics, nothing
//! takes long, and whatever comes out is an article or a refusal that says why.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod forms;

use std::{
    collections::BTreeSet,
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use copytrail::ingest::{
    Given, Item, Limits, formats, normalise_address, parse_moment, read_bytes, registrable_domain,
};

/// Damaged versions of each file, unless `COPYTRAIL_MUTATIONS` asks for more.
const VERSIONS: u64 = 40;
/// Longest time that reading one may take, in a build without optimisation.
const LIMIT: Duration = Duration::from_secs(20);

/// A small generator of numbers (xorshift64*), so that each run does the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % sides.max(1)
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.roll(length);
        start..(start + 1 + self.roll(64)).min(length)
    }
}

/// Bytes that parsers stumble over.
const PIECES: &[&[u8]] = &[
    b"\0",
    b"\xff\xff\xff\xff",
    b"\x80",
    b"99999999999999999999",
    b"-1",
    b"<",
    b">",
    b"\"",
    b"&#xffffffff;",
    b"&#0;",
    b"]]>",
    b"<!--",
    b"\r\n\r\n",
    b"{",
    b"[[[[[[[[",
    b"\xe2\x80\x8b",
    b"\xf0\x9f\x98\x80",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
    b"WARC/1.0\r\n",
    b"Content-Length: 18446744073709551615\r\n",
    b"stream\r\n",
    b"2024-99-99T99:99:99+99:99",
    b"=\r\n",
];

fn damaged(bytes: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut out = bytes.to_vec();
    for _ in 0..=dice.roll(6) {
        if out.is_empty() {
            break;
        }
        match dice.roll(7) {
            0 => {
                let at = dice.roll(out.len());
                out[at] ^= 1 << dice.roll(8);
            }
            1 => drop(out.drain(dice.range(out.len()))),
            2 => {
                let part = out[dice.range(out.len())].to_vec();
                let at = dice.roll(out.len());
                out.splice(at..at, part.repeat(1 + dice.roll(40)));
            }
            3 => out.truncate(dice.roll(out.len())),
            4 => {
                let at = dice.roll(out.len());
                out.splice(at..at, PIECES[dice.roll(PIECES.len())].iter().copied());
            }
            5 if !other.is_empty() => {
                let at = dice.roll(out.len());
                let part = other[dice.range(other.len())].to_vec();
                out.splice(at..at, part);
            }
            _ => {
                let at = dice.range(out.len());
                out[at].fill(u8::try_from(dice.roll(256)).unwrap());
            }
        }
    }
    out
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn seeds() -> Vec<(String, Vec<u8>)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut paths = Vec::new();
    for folder in ["wires", "feeds", "pages"] {
        files(&fixtures.join(folder), &mut paths);
    }
    let of_path = |path: PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    };
    let made = forms::pages().into_iter().chain(forms::texts());
    let made = made.map(|form| (format!("{}-{}", form.format, form.name), form.bytes));
    let mut all: Vec<(String, Vec<u8>)> = paths.into_iter().map(of_path).chain(made).collect();
    let lines =
        "{\"url\":\"https://n.example/1\",\"text\":\"Ein Satz.\",\"published\":\"2024-05-02\"}\n"
            .repeat(3);
    all.push(("a.jsonl".to_owned(), lines.into_bytes()));
    all.push((
        "a.csv".to_owned(),
        b"url,title,text\nhttps://n.example/1,\"Kran, Hafen\",\"Ein Satz.\n\nNoch einer.\"\n"
            .to_vec(),
    ));
    all.push((
        "a.md".to_owned(),
        b"---\ntitle: Kran\n---\n# Kran\n\nEin Satz.\n\n- eins\n- zwei\n".to_vec(),
    ));
    all.push((
        "a.zip".to_owned(),
        forms::zipped(&[("word/document.xml", b"<w/>")], zip::CompressionMethod::Deflated),
    ));
    all.push(("a.pdf".to_owned(), forms::numbered(&["<</Type/Catalog>>".to_owned()])));
    all.push(("a.warc".to_owned(), forms::URL.as_bytes().to_vec()));
    all.push(("b.html".to_owned(), forms::PAGE.as_bytes().to_vec()));
    all.extend(small().map(|(name, text)| (name.to_owned(), text.into_bytes())));
    all
}

/// A file of each format that has no fixture of its own.
fn small() -> [(&'static str, String); 6] {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}", forms::PAGE);
    let head = "filedesc://a.arc 0.0.0.0 20240502000000 text/plain 9\n1 0 Test\n\n";
    let arc = format!(
        "{head}{} 127.0.0.1 20240502101500 text/html {}\n{answer}\n",
        forms::URL,
        answer.len()
    );
    let item = "{\"id\":\"1\",\"url\":\"https://n.example/1\",\"content_html\":\"<p>Ein Satz.</p><p>Noch einer.</p>\"}";
    [
        ("a.arc", arc),
        ("sitemap.xml", "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url><loc>https://n.example/1</loc>\
            <lastmod>2024-05-02T10:15:00Z</lastmod></url></urlset>".to_owned()),
        ("feed.json", format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"N\",\"items\":[{item}]}}")),
        ("posts.json", "[{\"id\":1,\"date_gmt\":\"2024-05-02T10:15:00\",\"link\":\"https://n.example/1\",\"title\":{\"rendered\":\"Kran\"},\
            \"content\":{\"rendered\":\"<p>Ein Satz vom Hafen.</p><p>Noch einer.</p>\"}}]".to_owned()),
        ("rows.json", "[{\"url\":\"https://n.example/1\",\"text\":\"Ein Satz vom Hafen.\",\"published\":\"2024-05-02\"}]".to_owned()),
        ("ads.txt", "OWNERDOMAIN=hafen.example\ngoogle.com, pub-1234567890123456, DIRECT, f08c47fec0942fa0\n".to_owned()),
    ]
}

/// Reads a file, and names the formats of what came out: articles', packs', and none for what is refused.
fn read_one(name: &str, bytes: Vec<u8>) -> Vec<&'static str> {
    let limits = Limits { max_bytes: 2_000_000, ..Limits::default() };
    let given = Given { url: Some("https://n.example/ads.txt".to_owned()), ..Given::default() };
    let mut formats = Vec::new();
    let _ = read_bytes(name, bytes, &given, &limits, &mut |item| {
        formats.push(match item {
            Item::Article(article) => article.format,
            Item::Pack { .. } => "pack",
            Item::Refused(refusal) => {
                assert!(refusal.reason.len() > 8, "{name}: {refusal:?}");
                ""
            }
        });
        ControlFlow::Continue(())
    });
    formats
}

#[test]
fn damage_is_refused_or_read_and_never_the_end() {
    let seeds = seeds();
    let asked = std::env::var("COPYTRAIL_MUTATIONS").ok().and_then(|count| count.parse().ok());
    let versions: u64 = asked.unwrap_or(VERSIONS);
    let mut slowest = (Duration::ZERO, String::new());
    let mut read = BTreeSet::new();
    for (at, (name, bytes)) in seeds.iter().enumerate() {
        let formats = read_one(name, bytes.clone());
        assert!(!formats.is_empty(), "{name} itself");
        read.extend(formats);
        for version in 0..versions {
            let mut dice = Dice(0x9e37_79b9 + version * 1_000 + at as u64);
            let other = &seeds[dice.roll(seeds.len())].1;
            let bytes = damaged(bytes, other, &mut dice);
            let start = Instant::now();
            read_one(name, bytes);
            let took = start.elapsed();
            assert!(took < LIMIT, "{name}, version {version}: {took:?}");
            if took > slowest.0 {
                slowest = (took, format!("{name}, version {version}"));
            }
        }
    }
    // Packs are read by the store: tests/packs.rs damages them.
    read.insert("pack");
    let left_out: Vec<&str> =
        formats().iter().map(|row| row.name).filter(|name| !read.contains(name)).collect();
    assert_eq!(left_out, [] as [&str; 0], "a damaged file of each format is read");
    println!("{} files of {versions} versions; slowest: {slowest:?}", seeds.len());
}

#[test]
fn addresses_and_dates_take_any_text() {
    let texts = [
        "https://web.archive.org/web/20240502123000id_/https://www.nord.example/a?b=1#c",
        "https://www-nord--blatt-example.translate.goog/a?_x_tr_sl=de&_x_tr_tl=en",
        "https://www.google.com/amp/s/www.nord.example/a",
        "2024-05-02T14:05:00+02:00",
        "Thu May 02 2024 14:30:00 GMT+0200 (Central European Summer Time)",
        "2. Mai 2024, 14:05 Uhr",
        "Опубликовано 2 мая 2024, 14:05",
    ];
    for (at, text) in texts.iter().enumerate() {
        for version in 0..2_000 {
            let mut dice = Dice(77 + version * 31 + at as u64);
            let bytes = damaged(text.as_bytes(), b"%E2%80%8B@:/[::1]?&&=", &mut dice);
            let text = String::from_utf8_lossy(&bytes);
            let _ = (normalise_address(&text), registrable_domain(&text), parse_moment(&text));
        }
    }
}
