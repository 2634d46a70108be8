//! Owns the wires of the telegraph's time, framed by control characters: IPTC 7901 and ANPA 1312.

use std::ops::ControlFlow;

use super::{
    super::{
        encoding,
        format::{Desk, Format, Head, Source},
        paragraphs::{Block, blocks},
        rooms,
        shape::{Piece, is_byline},
    },
    hand_over,
    item::{WireItem, reads_as_subhead},
};
use crate::model::FormatRow;

const START_OF_HEADER: char = '\u{1}';
const START_OF_TEXT: char = '\u{2}';
const END_OF_TEXT: char = '\u{3}';
const SYNCHRONOUS_IDLE: char = '\u{16}';

/// IPTC 7901.
pub(crate) struct Iptc7901;

/// ANPA 1312.
pub(crate) struct Anpa;

impl Format for Iptc7901 {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "iptc-7901",
            description: "IPTC 7901 text, one message or many, notes that are not for print left out",
            told_by: "the control characters SOH, STX, ETX around a service code",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let start = head.text.trim_start_matches(['\u{feff}', '\0', ' ', '\r', '\n']);
        let code = start.strip_prefix(START_OF_HEADER).map(|rest| rest.chars().take(3));
        code.is_some_and(|mut code| code.all(|c| c.is_ascii_alphanumeric()))
            && head.text.contains(START_OF_TEXT)
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        messages(source, desk, &read_7901)
    }
}

impl Format for Anpa {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "anpa",
            description: "ANPA 1312 text as American agencies send it",
            told_by: "the control characters SYN SYN SOH",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        head.text.starts_with(SYNCHRONOUS_IDLE)
            && head.text.chars().take(6).any(|c| c == START_OF_HEADER)
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        messages(source, desk, &read_anpa)
    }
}

/// Each message of an input: it begins with SOH.
fn messages(
    source: Source,
    desk: &mut Desk<'_>,
    read: &dyn Fn(&str) -> WireItem,
) -> ControlFlow<()> {
    let name = source.name.clone();
    let bytes = match source.bytes(desk.limits) {
        Ok(bytes) => bytes,
        Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
    };
    let text = encoding::decode(&bytes, None);
    let all: Vec<&str> =
        text.split(START_OF_HEADER).skip(1).filter(|message| !message.trim().is_empty()).collect();
    let many = all.len() > 1;
    for (at, message) in all.into_iter().enumerate() {
        let line = many.then_some(at + 1);
        let captured = if many { message.as_bytes().to_vec() } else { bytes.clone() };
        hand_over(read(message).draft(&name, line), (&name, line), captured, desk)?;
    }
    ControlFlow::Continue(())
}

/// Header, text and trailer of a message.
fn parts(message: &str) -> (&str, &str, &str) {
    let (header, rest) = message.split_once(START_OF_TEXT).unwrap_or((message, ""));
    let (text, trailer) = rest.split_once(END_OF_TEXT).unwrap_or((rest, ""));
    (header, text, trailer)
}

/// "bdt0000 3 vm 831  dpa 0000", slugs; headlines up to " ="; the text; what follows "#" is not for print.
fn read_7901(message: &str) -> WireItem {
    let (header, text, trailer) = parts(message);
    let mut wire = WireItem::default();
    let text = text.replace("\r\n", "\n");
    let (head, body) = head_and_body(&text);
    let mut fields = header.split_whitespace();
    wire.keep("service", fields.next());
    wire.keep("urgency", fields.next());
    wire.provider = provider(header);
    let slugs = header.lines().skip(1).map(str::trim).find(|line| !line.is_empty());
    wire.keep("slugline", slugs);
    headlines(head, &mut wire);
    let mut pieces = printed(body);
    // A summary may stand before the paragraph that opens with the dateline.
    let opens = |piece: &Piece| rooms::dateline(&piece.text).is_some();
    if pieces.len() > 1 && !pieces.first().is_some_and(opens) && pieces.get(1).is_some_and(opens) {
        wire.summary = Some(pieces.remove(0).text);
    }
    wire.pieces = pieces;
    wire.versioned = trailer_time(trailer);
    wire
}

/// Notes in parentheses, a signal ("1ST LEAD"), the headline, bylines.
fn headlines(head: &str, wire: &mut WireItem) {
    let mut lines: Vec<String> = Vec::new();
    let mut note = String::new();
    for line in head.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let line = line.trim_end_matches('=').trim_end();
        if line.starts_with('(') || !note.is_empty() {
            note.push_str(if note.is_empty() { "" } else { " " });
            note.push_str(line);
            if line.ends_with(')') {
                wire.keep("ednote", Some(std::mem::take(&mut note)));
            }
        } else if is_byline(line) {
            wire.byline.push(line.to_owned());
        } else {
            lines.push(line.to_owned());
        }
    }
    let shouted =
        |line: &String| line.split_whitespace().count() <= 3 && !line.contains(char::is_lowercase);
    if lines.len() > 1 && lines.first().is_some_and(shouted) {
        wire.keep("signal", Some(lines.remove(0)));
    }
    wire.title = Some(lines.join(" ")).filter(|title| !title.is_empty());
}

/// Headlines end with " =" at a line's end.
fn head_and_body(text: &str) -> (&str, &str) {
    let mut at = 0;
    for line in text.split_inclusive('\n').take(12) {
        at += line.len();
        if line.trim_end().ends_with('=') {
            return text.split_at(at);
        }
    }
    ("", text)
}

/// The agency stands before the message's number at the end of the header's first line.
fn provider(header: &str) -> Option<String> {
    let line = header.lines().next()?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let known = words.iter().skip(3).find_map(|word| {
        let name = word.split('-').next().unwrap_or(word);
        rooms::party(name).filter(|party| party.agency.is_some()).map(|_| name.to_owned())
    });
    // dpa's regional services stand under their own codes ("lni").
    let desk = |word: &&&str| rooms::agency_of_desk(word).is_some();
    known.or_else(|| words.iter().skip(3).find(desk).and_then(|w| rooms::agency_of_desk(w)))
}

/// The paragraphs for print: up to the notebook, without the desk's closing line.
fn printed(body: &str) -> Vec<Piece> {
    let body = body.split("\n# ").next().unwrap_or(body);
    let body = body.split("\n* * *").next().unwrap_or(body);
    let blocks = blocks(body);
    let count = blocks.len();
    let mut pieces = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let lines = unwrapped(block);
        let alone = lines.len() == 1;
        for line in lines {
            if at + 1 == count && alone && is_closing(&line) {
                continue;
            }
            let heading = alone
                && at > 0
                && at + 1 < count
                && reads_as_subhead(&line)
                && !line.starts_with('|');
            pieces.push(Piece { text: line, heading });
        }
    }
    pieces
}

/// A block's paragraphs: its lines joined, since what broke them is lost; items of lists and rows of tables are
/// marked and stand alone.
fn unwrapped(block: &Block) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in block {
        if line.starts_with('|') {
            let cells = line.split('|').map(str::trim).filter(|cell| !cell.is_empty());
            out.push(cells.collect::<Vec<_>>().join(" "));
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(last) if open && !line.starts_with("* ") => {
                last.push(' ');
                last.push_str(line);
            }
            _ => out.push(without_bullet(line).to_owned()),
        }
        open = true;
    }
    out
}

/// A list's item without its sign.
fn without_bullet(line: &str) -> &str {
    ["* ", "- "].iter().find_map(|sign| line.strip_prefix(sign)).map_or(line, str::trim_start)
}

/// "dpa kre/su yysw a3 lön mda": agency, initials, codes.
fn is_closing(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=8).contains(&words.len())
        && words.iter().all(|word| word.chars().count() <= 9)
        && !line.contains(|c: char| c.is_uppercase() || matches!(c, '.' | '!' | '?' | ','))
        && words.first().is_some_and(|word| rooms::party(word).is_some_and(|p| p.agency.is_some()))
}

/// "241205 Sep 24": day of the month, hour, minute, month, year.
fn trailer_time(trailer: &str) -> Option<String> {
    const MONTHS: [&[&str]; 12] = [
        &["jan"],
        &["feb"],
        &["mar", "mär"],
        &["apr"],
        &["may", "mai"],
        &["jun"],
        &["jul"],
        &["aug"],
        &["sep"],
        &["oct", "okt"],
        &["nov"],
        &["dec", "dez"],
    ];
    let words: Vec<&str> = trailer.split_whitespace().collect();
    let digits = words.first().filter(|w| w.len() == 6 && w.bytes().all(|b| b.is_ascii_digit()))?;
    let zone = if words.get(1).is_some_and(|w| matches!(*w, "GMT" | "UTC")) { "Z" } else { "" };
    let rest = words.get(if zone.is_empty() { 1 } else { 2 }..)?;
    let named = rest.first()?.to_lowercase();
    let month =
        MONTHS.iter().position(|names| names.iter().any(|name| named.starts_with(name)))? + 1;
    let year = rest.get(1).filter(|w| w.len() == 2 && w.bytes().all(|b| b.is_ascii_digit()))?;
    let (day, hour, minute) = (digits.get(..2)?, digits.get(2..4)?, digits.get(4..6)?);
    Some(format!("20{year}-{month:02}-{day}T{hour}:{minute}:00{zone}"))
}

/// Lines that begin with "^" are headlines and notes and end with "<", bylines with "="; the text is indented.
fn read_anpa(message: &str) -> WireItem {
    let (header, text, trailer) = parts(message);
    let mut wire = WireItem::default();
    wire.keep("service", header.split_whitespace().next());
    let slug = header.lines().nth(1).map(slug);
    wire.keep("slugline", slug);
    let mut paragraph = String::new();
    let mut heads = Vec::new();
    for line in text.lines() {
        let line = line.trim_end_matches(['\r', ' ']);
        let sign =
            line.trim_start_matches(|c: char| c.is_control() && c != '\t').trim_start_matches('^');
        let is_head = line.starts_with('^') && wire.pieces.is_empty() && paragraph.is_empty();
        if is_head || (heads.is_empty() && wire.pieces.is_empty() && sign.ends_with('<')) {
            anpa_head(sign.trim(), &mut heads, &mut wire);
        } else if line.starts_with(['\t', ' ']) || line.trim().is_empty() || line.starts_with('^') {
            push(&mut paragraph, &mut wire.pieces);
            paragraph.push_str(&anpa_text(sign.trim().trim_end_matches('<')));
        } else {
            paragraph.push(' ');
            paragraph.push_str(&anpa_text(line.trim()));
        }
    }
    push(&mut paragraph, &mut wire.pieces);
    wire.title = heads.into_iter().nth(1).or_else(|| slug.map(str::to_owned));
    let origin = format!("{header}\n{text}\n{trailer}");
    wire.provider = anpa_provider(&origin, &wire);
    wire
}

/// "r z^S^Q BC-BKN--Heat-Hawks   02-20 0500" → "BC-BKN--Heat-Hawks".
fn slug(line: &str) -> &str {
    let codes = line.find(|c: char| c.is_control()).unwrap_or_default();
    let rest = line[codes..].trim_start_matches(|c: char| c.is_control() || c == ' ');
    rest.split("  ").next().unwrap_or(rest).trim()
}

fn push(paragraph: &mut String, pieces: &mut Vec<Piece>) {
    let text = std::mem::take(paragraph);
    let text = text.trim();
    if !text.is_empty() {
        pieces.push(Piece::text(text));
    }
}

fn anpa_head(line: &str, heads: &mut Vec<String>, wire: &mut WireItem) {
    let bare = anpa_text(line.trim_end_matches(['<', '=', '\r', ' ']).trim());
    if line.ends_with('=') {
        if bare.to_lowercase().starts_with("by ") || wire.byline.is_empty() {
            wire.byline.push(bare);
        }
    } else if bare.starts_with("Eds:") {
        wire.keep("ednote", Some(bare));
    } else if !bare.is_empty() && !bare.starts_with("AP Photo") {
        heads.push(bare);
    }
}

/// Quotes and dashes as ANPA codes them.
fn anpa_text(text: &str) -> String {
    text.replace("``", "“").replace("''", "”").replace(" _ ", " – ")
}

/// "AP-WF-02-20-15 0523GMT" under the text, or the agency of the dateline.
fn anpa_provider(origin: &str, wire: &WireItem) -> Option<String> {
    let signed = origin.split_whitespace().any(|word| {
        let word = word.trim_start_matches(['^', '(']);
        word.starts_with("AP-WF-") || word.starts_with("AP-NY-")
    });
    if signed {
        return Some("AP".to_owned());
    }
    let first = wire.pieces.first()?;
    let inside = first.text.get(..rooms::dateline(&first.text)?)?;
    let name = inside.rsplit_once('(')?.1.split(')').next()?;
    rooms::party(name).map(|party| party.name)
}
