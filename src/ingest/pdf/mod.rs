//! Owns PDF: text through `pdf-extract`, contained, since neither its panics nor its running time can be trusted.

mod lines;
mod sound;

use std::{
    ops::ControlFlow,
    sync::mpsc::sync_channel,
    thread,
    time::{Duration, Instant},
};

use pdf_extract::{Document, Object, OutputError, output_doc};
use serde_json::Value;

use super::{
    contained::contained,
    draft::Draft,
    format::{Desk, Format, Head, Source},
    parse_moment,
    shape::{Shape, set_story},
};
use crate::model::FormatRow;

/// How long the text of one document may take.
const MAX_TIME: Duration = Duration::from_secs(20);
/// Stack of the thread that reads: nested drawings are followed recursively.
const STACK: usize = 64 << 20;

/// PDF.
pub(crate) struct Pdf;

impl Format for Pdf {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "pdf",
            description: "PDF with text in it (scanned pages have none): paragraphs put together from lines, title, time of making as a bound",
            told_by: "%PDF- near the beginning",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let start = head.bytes.get(..head.bytes.len().min(1024)).unwrap_or_default();
        start.windows(5).any(|window| window == b"%PDF-")
            && !start.trim_ascii_start().starts_with(b"<")
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
        };
        match in_time(bytes.clone(), desk.limits.max_bytes) {
            Ok(text) => {
                let draft = draft(&name, text);
                if draft.article.paragraphs.is_empty() {
                    return desk.refuse(
                        &name,
                        None,
                        "is a PDF without text, likely of scanned pages; give its text",
                    );
                }
                desk.hand_over(draft.captured(bytes))
            }
            Err(reason) => desk.refuse(&name, None, reason),
        }
    }
}

/// What was read of a document.
struct Read {
    title: Option<String>,
    created: Option<String>,
    text: lines::Text,
}

/// Reads in a thread of its own; one that does not come back in time is left behind.
fn in_time(bytes: Vec<u8>, limit: u64) -> Result<Read, String> {
    let (done, result) = sync_channel(1);
    let work = move || {
        let until = Instant::now() + MAX_TIME;
        let read = contained(|| read(&bytes, until, limit));
        let _ = done.send(read.unwrap_or_else(|| Err(DAMAGED.to_owned())));
    };
    let started = thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(work);
    if let Err(error) = started {
        return Err(format!("cannot be read now: {error}"));
    }
    let waited = result.recv_timeout(MAX_TIME + Duration::from_secs(5));
    waited.unwrap_or_else(|_| {
        Err(format!("takes longer than {} seconds to read; give its text", MAX_TIME.as_secs()))
    })
}

const DAMAGED: &str = "is a PDF that cannot be read; print it anew or give its text";

fn read(bytes: &[u8], until: Instant, limit: u64) -> Result<Read, String> {
    sound::unpacks_within(bytes, limit.saturating_mul(4))?;
    let mut document = Document::load_mem(bytes).map_err(|error| format!("{DAMAGED} ({error})"))?;
    if document.is_encrypted() {
        document
            .decrypt("")
            .map_err(|_| "is a PDF under a password; save it without one".to_owned())?;
    }
    sound::ends(&document)?;
    let mut pages = lines::Pages::new(until);
    if let Err(error) = output_doc(&document, &mut pages)
        && pages.is_empty()
    {
        return Err(match error {
            OutputError::FormatError(_) => "takes too long to read; give its text".to_owned(),
            error => format!("{DAMAGED} ({error})"),
        });
    }
    let stated = |key: &[u8]| {
        let info = document.trailer.get(b"Info").ok()?;
        let info = document.dereference(info).ok()?.1.as_dict().ok()?;
        match info.get(key).ok()? {
            Object::String(bytes, _) => {
                Some(text_string(bytes)).filter(|text| !text.trim().is_empty())
            }
            _ => None,
        }
    };
    Ok(Read { title: stated(b"Title"), created: stated(b"CreationDate"), text: pages.text() })
}

/// A string of a PDF: UTF-16 or UTF-8 with a mark, else Latin-1 as near as matters.
fn text_string(bytes: &[u8]) -> String {
    super::encoding::decode(bytes, Some("windows-1252"))
}

fn draft(name: &str, read: Read) -> Draft {
    let mut draft = Draft::new(name, None);
    let article = &mut draft.article;
    let stated = read.title.filter(|title| is_title(title));
    article.title = read.text.title.clone().or_else(|| stated.clone());
    if article.title.is_some() {
        let from = if read.text.title.is_some() { "text" } else { "input" };
        article.read_from.insert("title".to_owned(), from.to_owned());
    }
    if let Some(created) = &read.created {
        article.extra.insert("pdf_created".to_owned(), Value::String(created.clone()).to_string());
    }
    let shape = if article.title.is_some() { Shape::Field } else { Shape::Bare };
    article.furniture.extend(read.text.furniture);
    set_story(article, read.text.pieces, shape);
    draft.see(read.created.as_deref().and_then(|text| parse_moment(&date(text)?)));
    draft
}

/// Programs put the file's name where the title should stand.
fn is_title(title: &str) -> bool {
    let lower = title.trim().to_lowercase();
    let file = [".doc", ".docx", ".pdf", ".indd", ".qxd", ".odt", ".html", ".tmp"]
        .iter()
        .any(|ending| lower.ends_with(ending));
    !file && !lower.starts_with("microsoft word") && lower.split_whitespace().count() > 1
}

/// `D:20240502141500+02'00'` → RFC 3339.
fn date(text: &str) -> Option<String> {
    let digits = text.trim().trim_start_matches("D:");
    let part = |from: usize, to: usize| {
        digits.get(from..to).filter(|p| p.bytes().all(|b| b.is_ascii_digit()))
    };
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let (Some(hour), Some(minute)) = (part(8, 10), part(10, 12)) else {
        return Some(format!("{year}-{month}-{day}"));
    };
    let second = part(12, 14).unwrap_or("00");
    let zone = digits.get(14..).unwrap_or_default().replace('\'', "");
    let zone = match zone.len() {
        5 if zone.starts_with(['+', '-']) => format!("{}:{}", zone.get(..3)?, zone.get(3..)?),
        _ if zone.starts_with('Z') => "Z".to_owned(),
        _ => String::new(),
    };
    Some(format!("{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_titles_as_programs_write_them() {
        assert_eq!(date("D:20240502141500+02'00'").as_deref(), Some("2024-05-02T14:15:00+02:00"));
        assert_eq!(date("D:20240502141500Z").as_deref(), Some("2024-05-02T14:15:00Z"));
        assert_eq!(date("D:20240502").as_deref(), Some("2024-05-02"));
        assert_eq!(date("yesterday"), None);
        assert!(is_title("Kran stürzt in die Weser"));
        assert!(
            !is_title("Microsoft Word - kran.docx") && !is_title("kran.indd") && !is_title("kran")
        );
    }
}
