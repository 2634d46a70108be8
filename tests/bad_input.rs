//! Slow: everything that is wrong with files, and what each is told; memory stays bounded.
#![cfg(unix)]
#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// Bytes that a run may hold at most.
const BOUND: u64 = 700_000_000;

const STORY: &str = "Die Brücke über die Größe\n\nDer Gemeinderat von Äschenried hat am Montag beschlossen, die alte \
    Drehbrücke für übermäßig viel Geld zu erneuern.\n\nDie Arbeiten beginnen im September und dauern vierzehn Monate, \
    sagte „Bürgermeister“ Jörg Öttl.\n";

fn copytrail(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("copytrail"));
    command.env_clear().env("COPYTRAIL_DATA", home).args(args);
    command
}

fn run(home: &Path, args: &[&str]) -> Output {
    copytrail(home, args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn listed(home: &Path) -> Vec<Value> {
    let output = run(home, &["list", "--limit", "1000", "--format", "jsonl"]);
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
    let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

/// The story in Windows-1252: all that it needs beside Latin-1 are two quotation marks.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '„' => 0x84,
        '“' => 0x93,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(byte).collect()
}

/// The same story by another name in the text, so that no two files are one article.
fn story(of: &str) -> String {
    STORY.replace("Äschenried", of)
}

fn repeated(path: &Path, text: &str, bytes: usize) {
    let mut file = BufWriter::new(std::fs::File::create(path).unwrap());
    for _ in 0..=bytes / text.len() {
        file.write_all(text.as_bytes()).unwrap();
    }
    file.flush().unwrap();
}

/// Runs and gives the most memory that the process held, in bytes (`VmHWM` of Linux; `None` elsewhere).
fn watched(mut command: Command) -> (Output, Option<u64>) {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let watch = std::thread::spawn(move || {
        let mut most = None;
        while let Ok(text) = std::fs::read_to_string(&status) {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let Some(held) = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
            else {
                break;
            };
            let held: u64 = held;
            most = most.max(Some(held * 1024));
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        most
    });
    let output = child.wait_with_output().unwrap();
    (output, watch.join().unwrap())
}

fn bounded(most: Option<u64>, what: &str) {
    match most {
        Some(most) => {
            eprintln!("{what}: {} MB at most", most / 1_000_000);
            assert!(most < BOUND, "{what}: {most} bytes");
        }
        None => eprintln!("{what}: this system does not say how much memory a process holds"),
    }
}

#[expect(clippy::too_many_lines, reason = "one story, told in order")]
#[test]
fn among_good_files_each_bad_one_is_named_and_every_good_one_is_in() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("in");
    std::fs::create_dir(&folder).unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.join(name), bytes).unwrap();
    write("empty.txt", b"");
    write("blank.txt", b" \n\t\n");
    write("binary.txt", &(0..=255).cycle().take(4_000).collect::<Vec<u8>>());
    write("report.pdf", b"%PDF-1.7\n\xe2\xe3\xcf\xd3 1 0 obj");
    write("no-text.html", b"<!doctype html><html><head><title></title></head><body><script>x()</script></body></html>");
    repeated(&folder.join("huge.txt"), STORY, 200_000_000);
    let row =
        |of: &str| serde_json::json!({"url": format!("https://{of}.example/1"), "text": story(of)});
    let lines = format!(
        "{}\n{{\"url\": \"https://cut.example/1\", \"te\n[1, 2]\n{}\n",
        row("eins"),
        row("zwei")
    );
    write("broken-lines.jsonl", lines.as_bytes());
    write("utf8.txt", story("Utfacht").as_bytes());
    let mut invalid = story("Kaputt").into_bytes();
    invalid.extend(b"\n\nEin Wort ist zer\xfft worden, der Rest des Satzes blieb stehen.\n");
    write("invalid-utf8.txt", &invalid);
    write("windows.txt", &windows_1252(&story("Fenster")));
    write("utf16-marked.txt", &utf16(&story("Marke"), false, true));
    write("utf16-be-marked.txt", &utf16(&story("Grossmarke"), true, true));
    write("utf16-bare.txt", &utf16(&story("Ohne"), false, false));
    write("utf16-be-bare.txt", &utf16(&story("Grossohne"), true, false));

    let (output, most) = watched(copytrail(home.path(), &["add", &folder.to_string_lossy()]));
    let err = said(&output);
    assert_eq!(output.status.code(), Some(1), "{err}");
    for (name, reason) in [
        ("empty.txt", "empty"),
        ("blank.txt", "empty"),
        ("binary.txt", "binary data"),
        ("report.pdf", "a PDF"),
        ("no-text.html", "without text"),
        ("huge.txt", "larger than"),
        ("broken-lines.jsonl line 2", "no JSON"),
        ("broken-lines.jsonl line 3", "no JSON object"),
    ] {
        let named: Vec<&str> = err.lines().filter(|line| line.contains(name)).collect();
        assert_eq!(named.len(), 1, "{name} in\n{err}");
        assert!(named[0].contains("refused: ") && named[0].contains(reason), "{}", named[0]);
    }
    assert_eq!(err.lines().count(), 8, "{err}");

    let all = format!("{:?}", listed(home.path()));
    assert_eq!(listed(home.path()).len(), 9, "{all}");
    for of in
        ["Utfacht", "Kaputt", "Fenster", "Marke", "Grossmarke", "Ohne", "Grossohne", "eins", "zwei"]
    {
        let found = run(home.path(), &["search", of, "--format", "json"]);
        let found = String::from_utf8(found.stdout).unwrap();
        assert!(found.contains(&format!("von {of} hat am Montag")), "{of}: {found}");
    }
    // A record's text is taken as it is: only a file's first line is a title.
    let titles = all.matches("Die Brücke über die Größe").count();
    assert_eq!(titles, 7, "an encoding was read wrongly: {all}");
    bounded(most, "a folder with a text of 200 MB");
    assert_eq!(run(home.path(), &["check"]).status.code(), Some(0));
}

#[test]
fn a_large_text_and_a_long_list_stay_within_bounds() {
    let home = tempfile::tempdir().unwrap();
    let lines = home.path().join("long.jsonl");
    let mut file = BufWriter::new(std::fs::File::create(&lines).unwrap());
    let body = story("Langzeile").repeat(3_500); // about 1 MB
    for number in 0..60 {
        let row = serde_json::json!({"url": format!("https://long.example/{number}"), "text": format!("{number} {body}")});
        writeln!(file, "{row}").unwrap();
    }
    drop(file);
    let (output, most) = watched(copytrail(home.path(), &["add", "-q", &lines.to_string_lossy()]));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    bounded(most, "60 lines of 1 MB");
}

#[test]
fn nothing_but_bad_input_ends_with_2() {
    let home = tempfile::tempdir().unwrap();
    for (name, bytes) in [("empty.txt", &b""[..]), ("binary.bin", b"\0\x01\x02\x03\0\0\x07")] {
        let path = home.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        for command in ["add", "extract", "trace"] {
            let output = run(home.path(), &[command, &path.to_string_lossy()]);
            let err = said(&output);
            assert_ne!(output.status.code(), Some(0), "{command} {name}: {err}");
            assert_eq!(err.matches(name).count(), 1, "{command}: {err}");
        }
    }
}

fn gzip(text: &str, times: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..times {
        encoder.write_all(text.as_bytes()).unwrap();
    }
    encoder.finish().unwrap()
}

/// A DOCX whose text unpacks to so many bytes.
fn docx(bytes: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for name in ["[Content_Types].xml", "word/document.xml"] {
        zip.start_file(name, options).unwrap();
        zip.write_all(b"<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>")
            .unwrap();
        let block = "Der Kran liegt im Hafenbecken. ".repeat(1_000);
        for _ in 0..bytes / block.len() {
            zip.write_all(block.as_bytes()).unwrap();
        }
        zip.write_all(b"</w:t></w:r></w:p></w:body></w:document>").unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn bombs_are_put_out_before_they_fill_the_memory() {
    let home = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("text.txt.gz", gzip(STORY, 400_000)),
        ("page.html.gz", gzip("<p>Der Kran liegt im Hafenbecken.</p>", 3_000_000)),
        ("line.jsonl.gz", {
            let mut bytes = gzip("{\"url\": \"https://bomb.example/1\", \"text\": \"", 1);
            bytes.extend(gzip("Der Kran liegt im Hafenbecken. ", 4_000_000));
            bytes
        }),
        ("feed.xml.gz", gzip("<rss version=\"2.0\"><channel><item><title>", 3_000_000)),
        ("story.docx", docx(120_000_000)),
    ] {
        let path = home.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        assert!(bytes.len() < 3_000_000, "{name} is no bomb: {}", bytes.len());
        let (output, most) =
            watched(copytrail(home.path(), &["add", "-q", &path.to_string_lossy()]));
        let err = said(&output);
        assert_ne!(output.status.code(), Some(0), "{name}: {err}");
        assert!(err.contains(name), "{name}: {err}");
        bounded(most, name);
    }
    assert!(listed(home.path()).is_empty());
}

#[expect(clippy::too_many_lines, reason = "a list of inputs")]
#[test]
fn depth_entities_and_walls_of_letters_do_no_harm() {
    let home = tempfile::tempdir().unwrap();
    let laughs = "<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">\
        <!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
    let item = |text: &str| {
        format!(
            "<rss version=\"2.0\"><channel><item><title>T</title><link>https://n.example/1</link><description>{text}</description></item></channel></rss>"
        )
    };
    let letters = "k".repeat(1_000_000);
    let story = STORY.replace('\n', " ");
    for (name, text, allowed) in [
        ("deep.html", format!("<!doctype html><html><body>{}", "<div><b>".repeat(200_000)), false),
        ("deep.json", "[".repeat(1_000_000), false),
        ("deep-object.json", "{\"a\":".repeat(200_000), false),
        ("deep.xml", format!("<rss version=\"2.0\">{}", "<channel>".repeat(200_000)), false),
        ("laughs.xml", format!("<?xml version=\"1.0\"?>{laughs}{}", item("&d;&d;&d;")), true),
        ("outside.xml", format!("<?xml version=\"1.0\"?>{laughs}{}", item("&e;")), true),
        ("letters.txt", letters.clone(), true),
        (
            "letters.html",
            format!(
                "<!doctype html><html><body><article><p>{letters}</p><p>{story}</p></article></body></html>"
            ),
            true,
        ),
        (
            "letters.jsonl",
            format!("{{\"url\":\"https://n.example/2\",\"text\":\"{letters}\"}}\n"),
            true,
        ),
        (
            "attribute.html",
            format!(
                "<!doctype html><html><body class=\"{letters}\"><article><p>{story}</p><p>{story}</p></article></body></html>"
            ),
            true,
        ),
    ] {
        let path = home.path().join(name);
        std::fs::write(&path, text).unwrap();
        let begun = std::time::Instant::now();
        let (output, most) = watched(copytrail(
            home.path(),
            &["extract", "--format", "jsonl", &path.to_string_lossy()],
        ));
        let (out, err) = (String::from_utf8_lossy(&output.stdout), said(&output));
        assert!(
            allowed || (output.status.code() != Some(0) && err.contains(name)),
            "{name}: {err}"
        );
        assert!(output.status.code().is_some(), "{name} ends by a signal: {err}");
        assert!(!out.contains("root:") && !out.contains("hahahaha"), "{name}: {out}");
        assert!(begun.elapsed().as_secs() < 60, "{name} takes {:?}", begun.elapsed());
        bounded(most, name);
    }
}

#[test]
fn tricks_in_a_text_hide_no_copy_and_are_kept_as_evidence() {
    let home = tempfile::tempdir().unwrap();
    let plain = "Der Gemeinderat von Osterwehr hat am Montag beschlossen, die alte Drehbrücke für übermäßig viel Geld zu erneuern, obwohl \
        der Kämmerer davor gewarnt hatte. Die Arbeiten beginnen im September und dauern vierzehn Monate, sagte Bürgermeister Jörg Öttl nach \
        der Sitzung, die bis tief in die Nacht gedauert hatte und zu der mehr als hundert Bürger gekommen waren.";
    let hidden: String = plain
        .split(' ')
        .enumerate()
        .map(|(at, word)| match at % 4 {
            0 => {
                let first = word.chars().next().map_or(0, char::len_utf8);
                format!("{}\u{200b}{}", &word[..first], &word[first..])
            }
            1 => format!("\u{202a}{word}\u{202c}"),
            2 => format!("{word}\u{2060}"),
            _ => word.to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ");
    let rows = home.path().join("rows.jsonl");
    let row = |url: &str, day: u32, text: &str| serde_json::json!({"url": url, "published": format!("2026-03-0{day}T08:00:00Z"), "language": "de", "text": text});
    std::fs::write(
        &rows,
        format!(
            "{}\n{}\n",
            row("https://first.example/1", 1, plain),
            row("https://second.example/1", 2, &hidden)
        ),
    )
    .unwrap();
    assert_eq!(run(home.path(), &["add", &rows.to_string_lossy()]).status.code(), Some(0));
    let output = run(home.path(), &["trace", "https://second.example/1", "--format", "json"]);
    let trace: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(trace["sources"][0]["relation"], "exact", "{trace:#}");
    assert!(
        trace["evidence"].as_array().unwrap().iter().any(|e| e["kind"] == "disguise"),
        "{trace:#}"
    );
}

#[test]
fn a_zero_byte_is_no_letter_wherever_it_comes_from() {
    let home = tempfile::tempdir().unwrap();
    let plain = "Der Gemeinderat von Osterwehr hat am Montag beschlossen, die alte Drehbrücke für übermäßig viel Geld zu erneuern, obwohl \
        der Kämmerer davor gewarnt hatte.";
    let page = home.path().join("nul.html");
    std::fs::write(&page, format!("<!doctype html><html><body><article><h1>Br\0ücke</h1><p>{}</p><p>{plain}</p></article></body></html>", plain.replace("alte", "al\0te"))).unwrap();
    let line = home.path().join("nul.jsonl");
    std::fs::write(
        &line,
        format!(
            "{{\"url\":\"https://nul.example/1\",\"text\":\"{}\"}}\n",
            plain.replace("alte", "al\\u0000te")
        ),
    )
    .unwrap();
    for path in [&page, &line] {
        let output = run(home.path(), &["extract", "--format", "jsonl", &path.to_string_lossy()]);
        let out = String::from_utf8_lossy(&output.stdout);
        assert!(!out.contains("\\u0000") && !out.contains('\0'), "{out}{}", said(&output));
    }
    assert_eq!(run(home.path(), &["check"]).status.code(), Some(0));
}

#[test]
fn the_largest_text_stays_within_bounds() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("large.txt");
    repeated(&path, &story("Grossdorf"), 31_000_000);
    let (output, most) = watched(copytrail(home.path(), &["add", "-q", &path.to_string_lossy()]));
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    bounded(most, "a text of 31 MB");
}

#[test]
fn a_number_or_a_value_for_programs_is_no_article_whatever_it_is_called() {
    let home = tempfile::tempdir().unwrap();
    let json = "{\"status\": \"not found\", \"count\": 3}";
    for (name, text) in [
        ("number.html", "<!doctype html><html><body>42</body></html>".to_owned()),
        ("bare.html", "42".to_owned()),
        ("pre.html", format!("<!doctype html><html><body><pre>{json}</pre></body></html>")),
        ("word.txt", "true".to_owned()),
        ("list.txt", "[1, 2, 3]".to_owned()),
        (
            "mail.eml",
            format!("From: form@desk.example\nSubject: Form\nMIME-Version: 1.0\n\n{json}\n"),
        ),
    ] {
        let path = home.path().join(name);
        std::fs::write(&path, text).unwrap();
        let output = run(home.path(), &["add", &path.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", said(&output));
        assert!(said(&output).contains("data for programs"), "{name}: {}", said(&output));
    }
    assert!(listed(home.path()).is_empty());
}
