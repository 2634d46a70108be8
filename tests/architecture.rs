//! The rules of the house: which room may know which, and what every file owes its reader.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms that it may import. `main` is under `src` itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("language", &["model"]),
    ("credits", &["model", "language"]),
    ("ingest", &["model", "language", "credits"]),
    ("fingerprinter", &["model", "language", "credits"]),
    ("store", &["model", "language", "credits"]),
    ("tracer", &["model", "language", "credits"]),
    ("reporter", &["model", "language", "credits"]),
    (
        "workflow",
        &["model", "language", "credits", "ingest", "fingerprinter", "store", "tracer", "reporter"],
    ),
    ("cli", &["model", "reporter", "workflow", "web"]),
    ("web", &["model", "reporter", "workflow"]),
    ("main.rs", &["cli"]),
];

const LONGEST_FILE: usize = 400;
const NAMES_THAT_SAY_NOTHING: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc"];
const TOP: &[&str] = &[
    ".ci",
    ".git",
    ".github",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "askama.toml",
    "benches",
    "build.rs",
    "clippy.toml",
    "db",
    "docs",
    "examples",
    "fixtures",
    "fuzz",
    "rustfmt.toml",
    "src",
    "target",
    "tests",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

/// Every file of `src`: its path from there, its room, its text.
fn sources() -> Vec<(String, String, String)> {
    let src = root().join("src");
    let files: Vec<_> = rust_files(&src)
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&src).unwrap().to_string_lossy().replace('\\', "/");
            let room = name.split('/').next().unwrap_or_default().to_owned();
            (name, room, fs::read_to_string(&path).unwrap())
        })
        .collect();
    assert!(files.len() > 10, "the sources are not where this test looks for them");
    files
}

/// The code without comments, string literals' insides kept: SQL stands in them.
fn code(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let comment = line.find("//").filter(|at| line[..*at].matches('"').count() % 2 == 0);
        comment.map_or(line, |at| &line[..at])
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The rooms that a file names, as `crate::room`, `copytrail::room` or in a braced list of either.
fn rooms_named(text: &str) -> Vec<String> {
    let code = code(text);
    let mut rooms = Vec::new();
    for start in ["crate::", "copytrail::"] {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            match rest.strip_prefix('{') {
                Some(list) => rooms.extend(first_names(list)),
                None => rooms.extend(word(rest)),
            }
        }
    }
    rooms
}

/// The first name of each item in a braced list, up to the brace that closes it.
fn first_names(list: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut begins = true;
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && c.is_alphabetic() => {
                names.extend(word(&list[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

#[test]
fn data_flows_one_way() {
    let rooms: Vec<&str> = MAY_IMPORT.iter().map(|(room, _)| *room).collect();
    for (file, room, text) in sources() {
        if room == "lib.rs" {
            continue;
        }
        let (_, allowed) = MAY_IMPORT
            .iter()
            .find(|(name, _)| *name == room)
            .unwrap_or_else(|| panic!("src/{file} stands in no room of the house"));
        for named in rooms_named(&text) {
            let fine = named == room
                || allowed.contains(&named.as_str())
                || !rooms.contains(&named.as_str());
            assert!(fine, "src/{file}: {room} must not know {named}");
        }
    }
}

#[test]
fn the_reader_of_imports_sees_every_form() {
    let text = "use crate::model::Article;\nuse crate::{store::{self, Reader}, tracer};\nlet a = crate::ingest::read();\n// crate::web\n";
    assert_eq!(rooms_named(text), ["model", "store", "tracer", "ingest"]);
}

#[test]
fn sql_stands_only_in_the_store() {
    let verbs = [
        "SELECT ",
        "INSERT INTO",
        "INSERT OR",
        "UPDATE ",
        "DELETE FROM",
        "CREATE TABLE",
        "PRAGMA ",
    ];
    for (file, room, text) in sources() {
        let code = code(&text);
        if room != "store" {
            assert!(!code.contains("rusqlite"), "src/{file}: rusqlite belongs to the store");
            for verb in verbs {
                let found =
                    code.contains(&format!("\"{verb}")) || code.contains(&format!("\n{verb}"));
                assert!(!found, "src/{file}: {verb}belongs to the store");
            }
        }
    }
}

#[test]
fn every_file_opens_by_saying_what_it_owns() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, _, text)| {
            !text.starts_with("//! ") || text.lines().next().is_none_or(|l| l.len() < 12)
        })
        .map(|(file, ..)| file)
        .collect();
    assert!(silent.is_empty(), "open with a //! line that says what they own: {silent:?}");
}

#[test]
fn no_file_is_longer_than_a_sitting() {
    let long: Vec<(String, usize)> = sources()
        .into_iter()
        .map(|(file, _, text)| (file, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST_FILE} lines, is each two files? {long:?}");
}

#[test]
fn names_say_something() {
    let mut files = rust_files(&root().join("src"));
    files.extend(rust_files(&root().join("tests")));
    files.extend(rust_files(&root().join("benches")));
    for path in files {
        for part in path.strip_prefix(root()).unwrap() {
            let name = part.to_string_lossy();
            let name = name.trim_end_matches(".rs");
            assert!(
                !NAMES_THAT_SAY_NOTHING.contains(&name),
                "{}: a name that says nothing",
                path.display()
            );
        }
    }
}

#[test]
fn the_library_prints_nothing() {
    for (file, room, text) in sources() {
        if matches!(room.as_str(), "cli" | "main.rs") {
            continue;
        }
        let code = code(&text);
        for call in ["println!", "print!", "dbg!"] {
            assert!(!code.contains(call), "src/{file}: {call} belongs to cli");
        }
    }
}

#[test]
fn unfinished_code_is_not_committed() {
    for (file, _, text) in sources() {
        for word in ["todo!(", "unimplemented!(", "TODO", "FIXME"] {
            assert!(!text.contains(word), "src/{file}: {word}");
        }
    }
}

#[test]
fn the_top_of_the_repository_stays_small() {
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(TOP.contains(&name.as_str()), "{name} at the top: which folder is its own?");
    }
}
