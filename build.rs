//! Compresses the built-in news lexicon, a part a language, so that only what is asked for is unpacked.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

const LEXICON: &str = "db/lexicon/news.tsv";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={LEXICON}");
    println!("cargo::rerun-if-changed=build.rs");
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let text = fs::read_to_string(LEXICON)?;
    let mut lines = text.lines();
    let languages: Vec<&str> = lines.next().unwrap_or_default().split('\t').skip(1).collect();
    let mut parts = vec![String::new(); languages.len()];
    for line in lines {
        let mut cells = line.split('\t');
        let meaning = cells.next().unwrap_or_default();
        for (part, cell) in parts.iter_mut().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            writeln!(part, "{meaning}\t{cell}").map_err(io::Error::other)?;
        }
    }
    let mut table = String::from("&[\n");
    for (language, part) in languages.iter().zip(parts) {
        let file = Path::new(&out).join(format!("news_{language}.zst"));
        fs::write(&file, zstd::encode_all(part.as_bytes(), 19)?)?;
        let file = file.to_string_lossy();
        writeln!(table, "    ({language:?}, include_bytes!({file:?}) as &[u8]),")
            .map_err(io::Error::other)?;
    }
    table.push_str("]\n");
    fs::write(Path::new(&out).join("news_lexicon.rs"), table)
}
