//! Evidence bundles: sound as they are made, and caught whatever is changed in them; time stamps by a loopback authority.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use copytrail::reporter::bundle::{MANIFEST, Members, TOKEN, manifest, pack, unpack};
use serde_json::Value;

const STORY: [&str; 4] = [
    "The harbour board said on Monday that the crane at the north pier will stay where it is until the insurers have \
     looked at the damage, and that the ferry to Norderhaven leaves from the south quay for the time being.",
    "Nobody was hurt when the jib came down on a row of parked vans shortly after six in the morning, the fire brigade \
     reported; two of the drivers had left for breakfast a few minutes before.",
    "The operator has run the crane since 1987 and had it inspected in March, a spokeswoman said; the report of that \
     inspection names rust at two bolts, which were changed in the same week.",
    "A second crane from Grimstad is expected on Thursday, weather permitting, so that the coal barge which has been \
     waiting outside the mole since Saturday can be unloaded before the weekend.",
];

fn page(outlet: &str, hour: u32, story: &[&str]) -> String {
    let paragraphs = format!("<p>{}</p>", story.join("</p><p>"));
    format!(
        "<!doctype html><html lang=en><head><title>Crane falls on vans</title>\
         <link rel=canonical href=\"https://{outlet}/crane\"><meta property=\"og:site_name\" content=\"{outlet}\">\
         <meta property=\"article:published_time\" content=\"2025-05-16T{hour:02}:00:00Z\"></head>\
         <body><article><h1>Crane falls on vans</h1>{paragraphs}</article></body></html>"
    )
}

struct Desk(tempfile::TempDir);

impl Desk {
    /// A page and its copy on file.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let wire = desk.write("wire.html", page("wire.example", 8, &STORY));
        let copy = desk.write("copy.html", page("paper.example", 12, &STORY[..3]));
        for (file, url) in
            [(wire, "https://wire.example/crane"), (copy, "https://paper.example/crane")]
        {
            let (code, said) = desk.run(&["add", &file, "--url", url]);
            assert_eq!(code, 0, "{said}");
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        path.to_string_lossy().into_owned()
    }

    fn run(&self, args: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_copytrail"))
            .env("COPYTRAIL_DATA", self.0.path())
            .args(args)
            .output()
            .unwrap();
        let text = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8_lossy(&text).into_owned())
    }

    fn bundle(&self, more: &[&str]) -> Vec<u8> {
        let file = self.path("proof.zip").to_string_lossy().into_owned();
        let article = "https://paper.example/crane";
        let args = ["export", "--evidence", article, "--output", &file];
        let (code, said) = self.run(&[&args, more].concat());
        assert_eq!(code, 0, "{said}");
        fs::read(&file).unwrap()
    }

    /// Exit status and the findings of an examination, in a folder without any store.
    fn verify(&self, bundle: &[u8], more: &[&str]) -> (i32, Value) {
        let file = self.write("examined.zip", bundle);
        let args = ["verify", &file, "--format", "json"];
        let (code, said) = self.run(&[&args, more].concat());
        (code, serde_json::from_str(&said).unwrap_or(Value::String(said)))
    }
}

fn altered(found: &Value) -> Vec<&str> {
    let all = found["altered"].as_array().unwrap_or_else(|| panic!("{found}"));
    all.iter().map(|altered| altered["member"].as_str().unwrap()).collect()
}

fn members(bundle: &[u8]) -> Members {
    unpack(bundle).unwrap().0
}

/// The bundle with all sums made anew.
fn resummed(mut members: Members) -> Vec<u8> {
    let token = members.remove(TOKEN);
    members.remove(MANIFEST);
    let sums = manifest(&members, "2025-05-16T00:00:00Z").unwrap();
    members.insert(MANIFEST.into(), sums);
    members.extend(token.map(|token| (TOKEN.to_owned(), token)));
    pack(&members).unwrap()
}

#[test]
fn a_bundle_is_sound_and_has_all_it_rests_on() {
    let desk = Desk::new();
    let bundle = desk.bundle(&[]);
    let (code, found) = desk.verify(&bundle, &[]);
    assert_eq!((code, &found["sound"]), (0, &Value::Bool(true)), "{found}");
    assert_eq!(found["captures"], 2, "{found}");
    assert!(found["spans"].as_u64().unwrap() >= 3, "{found}");
    assert!(found["not_proven"].to_string().contains("no time stamp"), "{found}");
    let file = desk.write("examined.zip", &bundle);
    let (_, said) = desk.run(&["verify", &file]);
    assert!(said.starts_with("Sound in itself") && said.contains("Not proven:"), "{said}");
    let members = members(&bundle);
    let finding: Value = serde_json::from_slice(&members["finding.json"]).unwrap();
    assert_eq!(finding["findings"][0]["trace"]["verdict"], "unattributed");
    assert!(finding["schemes"].to_string().contains("extractor"), "{finding}");
    assert!(finding["findings"][0]["trace"]["thresholds"].as_array().unwrap().len() > 5);
    let text: Value = serde_json::from_slice(&members["texts/1.json"]).unwrap();
    assert_eq!(text["paragraphs"][0]["text"], STORY[0]);
}

/// A crawl of both pages with the heads of their answers.
fn crawl() -> Vec<u8> {
    let mut warc = Vec::new();
    for (outlet, hour, story) in
        [("wire.example", 8, &STORY[..]), ("paper.example", 12, &STORY[..3])]
    {
        let body = page(outlet, hour, story).replace("jib", "jib \u{2013} née").into_bytes();
        let body: Vec<u8> = String::from_utf8(body)
            .unwrap()
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'-'))
            .collect();
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all(&body).unwrap();
        let packed = packed.finish().unwrap();
        let head = format!(
            "HTTP/1.1 200 OK\r\nServer: press/1\r\nContent-Type: text/html; charset=iso-8859-1\r\n\
             Content-Encoding: gzip\r\nContent-Length: {}\r\nX-Served: {outlet}\r\n\r\n",
            packed.len()
        );
        let block = [head.as_bytes(), &packed].concat();
        warc.extend(format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://{outlet}/crane\r\nWARC-Date: 2025-05-16T{:02}:30:00Z\r\n\
             WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-0000000000{hour:02}>\r\nContent-Type: application/http; msgtype=response\r\n\
             Content-Length: {}\r\n\r\n",
            hour + 1,
            block.len()
        ).into_bytes());
        warc.extend(block);
        warc.extend(b"\r\n\r\n");
    }
    warc
}

#[test]
fn a_crawls_answers_are_replayed_with_their_heads() {
    let desk = Desk(tempfile::tempdir().unwrap());
    let file = desk.write("crawl.warc", crawl());
    let (code, said) = desk.run(&["add", &file]);
    assert_eq!(code, 0, "{said}");
    let bundle = desk.bundle(&[]);
    let (code, found) = desk.verify(&bundle, &[]);
    assert_eq!(
        (code, &found["sound"], &found["captures"]),
        (0, &Value::Bool(true), &2.into()),
        "{found}"
    );
    assert_eq!(
        found["notes"],
        serde_json::json!([]),
        "read again with the charset that the server named"
    );
    let (archive, _) = unpack(&members(&bundle)["captures.wacz"]).unwrap();
    let mut warc = String::new();
    let mut read = flate2::read::MultiGzDecoder::new(archive["archive/data.warc.gz"].as_slice());
    let mut bytes = Vec::new();
    read.read_to_end(&mut bytes).unwrap();
    warc.push_str(&String::from_utf8_lossy(&bytes));
    assert_eq!(warc.matches("WARC-Type: response").count(), 2, "{warc}");
    assert!(warc.contains("HTTP/1.1 200 OK\r\nServer: press/1\r\n"), "{warc}");
    assert!(
        warc.contains("X-Archive-Orig-Content-Encoding: gzip")
            && warc.contains("X-Served: paper.example"),
        "{warc}"
    );
    // What other tools read of it: the archive is an input like any other.
    let archive = desk.write("captures.wacz", &members(&bundle)["captures.wacz"]);
    let (code, said) = desk.run(&["extract", &archive, "--format", "jsonl"]);
    assert_eq!((code, said.lines().count()), (0, 2), "{said}");
}

#[test]
fn one_byte_changed_in_any_member_is_found_and_the_member_named() {
    let desk = Desk::new();
    let sound = members(&desk.bundle(&[]));
    for name in sound.keys().filter(|name| *name != MANIFEST) {
        let mut changed = sound.clone();
        let bytes = changed.get_mut(name).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        let (code, found) = desk.verify(&pack(&changed).unwrap(), &[]);
        assert_eq!(code, 1, "{name}: {found}");
        assert!(altered(&found).contains(&name.as_str()), "{name}: {found}");
    }
    let mut changed = sound.clone();
    let text = String::from_utf8(changed[MANIFEST].clone()).unwrap();
    changed.insert(MANIFEST.into(), text.replacen("sha256:", "sha256:0", 1).into_bytes());
    assert_eq!(desk.verify(&pack(&changed).unwrap(), &[]).0, 1);
    let mut changed = sound.clone();
    changed.remove("texts/2.json");
    assert!(altered(&desk.verify(&pack(&changed).unwrap(), &[]).1).contains(&"texts/2.json"));
    let mut changed = sound;
    changed.insert("texts/9.json".into(), b"{}".to_vec());
    assert!(altered(&desk.verify(&pack(&changed).unwrap(), &[]).1).contains(&"texts/9.json"));
}

#[test]
fn damage_to_the_packed_bytes_of_any_member_is_found() {
    let desk = Desk::new();
    let bundle = desk.bundle(&[]);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bundle)).unwrap();
    let ranges: Vec<(u64, u64, String)> = (0..zip.len())
        .map(|at| {
            let file = zip.by_index_raw(at).unwrap();
            let name = file.name().unwrap().into_owned();
            (file.data_start().unwrap(), file.compressed_size(), name)
        })
        .collect();
    for (start, size, name) in ranges {
        for at in [start, start + size / 2, start + size - 1] {
            let mut damaged = bundle.clone();
            damaged[usize::try_from(at).unwrap()] ^= 0x10;
            let (code, found) = desk.verify(&damaged, &[]);
            assert_eq!(code, 1, "{name}, byte {at}: {found}");
            assert!(altered(&found).contains(&name.as_str()), "{name}, byte {at}: {found}");
        }
    }
    assert_eq!(desk.verify(b"PK is no zip", &[]).0, 2);
}

#[test]
fn a_text_that_was_changed_with_its_sum_no_longer_has_the_spans() {
    let desk = Desk::new();
    let mut changed = members(&desk.bundle(&[]));
    let text = String::from_utf8(changed["texts/2.json"].clone()).unwrap();
    changed.insert("texts/2.json".into(), text.replacen("insurers", "surveyors", 1).into_bytes());
    let (code, found) = desk.verify(&resummed(changed), &[]);
    assert_eq!(code, 1, "{found}");
    assert!(altered(&found).contains(&"finding.json"), "{found}");
}

/// An authority that answers with `openssl ts`; `None` where that is missing.
fn authority(folder: &Path) -> Option<String> {
    let config = "oid_section = oids\n[oids]\npolicy = 1.2.3.4.1\n[req]\ndistinguished_name = name\nprompt = no\nx509_extensions = stamps\n\
        [name]\nCN = Test Authority\n[stamps]\nextendedKeyUsage = critical, timeStamping\n\
        [tsa]\ndefault_tsa = one\n[one]\nserial = serial\nsigner_digest = sha256\ndefault_policy = policy\ndigests = sha256\naccuracy = secs:1\n";
    fs::write(folder.join("authority.cnf"), config).unwrap();
    fs::write(folder.join("serial"), "01\n").unwrap();
    let made = openssl(
        folder,
        "req -x509 -newkey rsa:2048 -nodes -days 2 -config authority.cnf -keyout key.pem -out authority.pem",
    );
    if !made {
        println!("skipped: openssl is not installed");
        return None;
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let folder = folder.to_owned();
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.unwrap(), &folder);
        }
    });
    Some(address)
}

fn openssl(folder: &Path, args: &str) -> bool {
    let output = Command::new("openssl").args(args.split(' ')).current_dir(folder).output();
    output.is_ok_and(|output| output.status.success())
}

fn answer(mut stream: TcpStream, folder: &Path) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
        if line.trim().is_empty() {
            break;
        }
    }
    let mut query = vec![0; length];
    reader.read_exact(&mut query).unwrap();
    fs::write(folder.join("query.tsq"), query).unwrap();
    let done = openssl(
        folder,
        "ts -reply -config authority.cnf -queryfile query.tsq -inkey key.pem -signer authority.pem -out answer.tsr",
    );
    let body = if done { fs::read(folder.join("answer.tsr")).unwrap() } else { Vec::new() };
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/timestamp-reply\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len()).unwrap();
    stream.write_all(&body).unwrap();
}

#[test]
fn a_stamp_holds_against_whoever_makes_all_sums_anew() {
    let desk = Desk::new();
    let Some(address) = authority(desk.0.path()) else { return };
    let bundle = desk.bundle(&["--timestamp", &address, "--allow-private"]);
    let pem = desk.path("authority.pem").to_string_lossy().into_owned();
    let (code, found) = desk.verify(&bundle, &["--authority", &pem]);
    assert_eq!(code, 0, "{found}");
    assert_eq!(found["token"]["by"], "Test Authority");
    assert_eq!(found["token"]["pinned"], true);
    assert!(found["proven"].to_string().contains("Test Authority saw that manifest"), "{found}");
    let (_, unnamed) = desk.verify(&bundle, &[]);
    assert!(unnamed["not_proven"].to_string().contains("--authority"), "{unnamed}");
    assert!(!unnamed["proven"].to_string().contains("Test Authority"), "{unnamed}");
    // Openssl's own word for it.
    let parts = members(&bundle);
    desk.write("manifest.json", &parts[MANIFEST]);
    desk.write("token.tsr", &parts[TOKEN]);
    assert!(openssl(
        desk.0.path(),
        "ts -verify -data manifest.json -in token.tsr -CAfile authority.pem"
    ));
    let mut changed = parts.clone();
    let text = String::from_utf8(changed["finding.json"].clone()).unwrap();
    changed
        .insert("finding.json".into(), text.replacen("unattributed", "attributed", 1).into_bytes());
    let (code, found) = desk.verify(&resummed(changed), &[]);
    assert_eq!(code, 1, "{found}");
    assert_eq!(altered(&found), [TOKEN], "{found}");
    let mut forged = parts.clone();
    let token = forged.get_mut(TOKEN).unwrap();
    let last = token.len() - 1;
    token[last] ^= 1;
    let (code, found) = desk.verify(&pack(&forged).unwrap(), &[]);
    assert_eq!((code, altered(&found)), (1, vec![TOKEN]), "{found}");
    let mut bare = parts;
    bare.remove(TOKEN);
    let (code, found) = desk.verify(&pack(&bare).unwrap(), &["--authority", &pem]);
    assert_eq!((code, altered(&found)), (1, vec![TOKEN]), "{found}");
}

#[test]
fn another_authoritys_stamp_does_not_pass_for_the_given_one() {
    let (desk, other) = (Desk::new(), Desk::new());
    let (Some(address), Some(_)) = (authority(desk.0.path()), authority(other.0.path())) else {
        return;
    };
    let bundle = desk.bundle(&["--timestamp", &address, "--allow-private"]);
    let pem = other.path("authority.pem").to_string_lossy().into_owned();
    let (code, found) = desk.verify(&bundle, &["--authority", &pem]);
    assert_eq!((code, altered(&found)), (1, vec![TOKEN]), "{found}");
}
