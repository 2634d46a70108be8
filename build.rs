//! Compresses the built-in lexicon, a part a language, so that only what is asked for is unpacked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

/// Tables of one form: a meaning a row, a language a column, words in a cell at `|`. What is asked first comes first.
const TABLES: &[&str] = &["news", "names", "nationalities", "people_and_places"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut parts = BTreeMap::new();
    for table in TABLES {
        let path = format!("db/lexicon/{table}.tsv");
        println!("cargo::rerun-if-changed={path}");
        divide(&fs::read_to_string(path)?, &mut parts);
    }
    let mut list = String::from("&[\n");
    for (language, part) in parts {
        let file = Path::new(&out).join(format!("lexicon_{language}.zst"));
        fs::write(&file, zstd::encode_all(part.as_bytes(), 19)?)?;
        let file = file.display().to_string();
        writeln!(list, "    ({language:?}, include_bytes!({file:?}) as &[u8]),")
            .map_err(io::Error::other)?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&out).join("builtin_lexicon.rs"), list)
}

/// Adds a table's rows to each language's part.
fn divide(table: &str, parts: &mut BTreeMap<String, String>) {
    let mut lines = table.lines();
    let languages: Vec<&str> = lines.next().unwrap_or_default().split('\t').skip(1).collect();
    for line in lines {
        let mut cells = line.split('\t');
        let meaning = cells.next().unwrap_or_default();
        for (language, cell) in languages.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            let part = parts.entry((*language).to_owned()).or_default();
            part.extend([meaning, "\t", cell, "\n"]);
        }
    }
}
