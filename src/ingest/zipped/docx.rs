//! Owns DOCX: paragraphs and headings of the text as it stands after all changes, title and dates of the document.

use std::ops::ControlFlow;

use serde_json::Value;

use super::{
    super::{
        draft::Draft,
        format::{Desk, Format, Head, Source},
        parse_moment,
        shape::{Piece, Shape, set_story},
        xml::{self, Element, Node},
    },
    begins_with, members,
};
use crate::model::FormatRow;

/// DOCX.
pub(crate) struct Docx;

impl Format for Docx {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "docx",
            description: "Word documents (Office Open XML): paragraphs, headings and tables, title and dates of the document",
            told_by: "a ZIP archive with [Content_Types].xml or word/",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        begins_with(head, &["[Content_Types].xml", "word/", "docProps/"])
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let limit = desk.limits.max_bytes;
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
        };
        match draft(&name, &bytes, limit) {
            Ok(draft) => desk.hand_over(draft.captured(bytes)),
            Err(reason) => desk.refuse(&name, None, reason),
        }
    }
}

fn draft(name: &str, bytes: &[u8], limit: u64) -> Result<Draft, String> {
    let mut file = tempfile::tempfile().map_err(|error| format!("cannot be unpacked: {error}"))?;
    std::io::Write::write_all(&mut file, bytes)
        .map_err(|error| format!("cannot be unpacked: {error}"))?;
    let members = members(&file)?;
    let part = |name: &str| -> Result<Option<Element>, String> {
        let Some(member) = members.iter().find(|member| member.name == name) else {
            return Ok(None);
        };
        xml::parse(&member.bytes(&file, limit)?).map(Some)
    };
    let Some(document) = part("word/document.xml")? else {
        return Err(
            "is an Office document without running text; export it as text or PDF".to_owned()
        );
    };
    let mut draft = Draft::new(name, None);
    if let Some(core) = part("docProps/core.xml")? {
        properties(&core, &mut draft);
    }
    let mut text = Text::default();
    if let Some(body) = document.child("body") {
        text.blocks(body);
    }
    if text.title.is_some() {
        draft.article.title = text.title.take();
        draft.article.read_from.insert("title".to_owned(), "text".to_owned());
    }
    let shape = if draft.article.title.is_some() { Shape::Field } else { Shape::Bare };
    set_story(&mut draft.article, text.pieces, shape);
    if draft.article.paragraphs.is_empty() {
        return Err("is a document without text; there is nothing to read".to_owned());
    }
    Ok(draft)
}

/// What the document says of itself. Its creator is an account, seldom a byline: kept, not believed.
fn properties(core: &Element, draft: &mut Draft) {
    let article = &mut draft.article;
    article.title = core.text_at(&["title"]);
    article.language = core.text_at(&["language"]);
    article.published = core.text_at(&["created"]).as_deref().and_then(parse_moment);
    article.modified = core.text_at(&["modified"]).as_deref().and_then(parse_moment);
    for field in ["title", "published", "modified"] {
        article.read_from.insert(field.to_owned(), "input".to_owned());
    }
    for key in ["creator", "subject", "keywords", "description"] {
        if let Some(value) = core.text_at(&[key]) {
            article.extra.insert(key.to_owned(), Value::String(value).to_string());
        }
    }
}

#[derive(Default)]
struct Text {
    /// The paragraph of style Title.
    title: Option<String>,
    pieces: Vec<Piece>,
}

impl Text {
    fn blocks(&mut self, parent: &Element) {
        for element in parent.children() {
            match xml::local(&element.name) {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                // Content controls, inserted and moved blocks hold paragraphs of their own.
                "sdt" | "sdtContent" | "ins" | "moveTo" | "customXml" => self.blocks(element),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: &Element) {
        let text = folded(&runs(paragraph));
        if text.is_empty() {
            return;
        }
        let style = paragraph.at(&["pPr", "pStyle"]).and_then(|style| style.attribute("val"));
        let style = style.unwrap_or_default().to_lowercase();
        if self.title.is_none() && (style == "title" || style == "titel" || style == "titre") {
            self.title = Some(text);
        } else if ["heading", "berschrift", "titre", "ttulo", "titolo"]
            .iter()
            .any(|mark| style.contains(mark))
        {
            self.pieces.push(Piece::heading(text));
        } else {
            self.pieces.push(Piece::text(text));
        }
    }

    /// A row is a paragraph, as in the tables that wires send.
    fn table(&mut self, table: &Element) {
        for row in table.children().filter(|element| element.is("tr")) {
            let cells = row.children().filter(|element| element.is("tc"));
            let cells: Vec<String> = cells.map(|cell| folded(&runs(cell))).collect();
            let text = folded(&cells.join(" "));
            if !text.is_empty() {
                self.pieces.push(Piece::text(text));
            }
        }
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text inside, without what was deleted, field codes and notes.
fn runs(element: &Element) -> String {
    let mut out = String::new();
    write_runs(element, &mut out);
    out
}

fn write_runs(element: &Element, out: &mut String) {
    for child in element.children() {
        match xml::local(&child.name) {
            "t" => out.extend(child.nodes.iter().filter_map(|node| match node {
                Node::Text(text) => Some(text.as_str()),
                Node::Element(_) => None,
            })),
            "tab" | "br" | "cr" => out.push(' '),
            "noBreakHyphen" => out.push('-'),
            "del" | "moveFrom" | "instrText" | "pPr" | "rPr" | "Fallback" | "footnoteReference" => {
            }
            "p" => {
                write_runs(child, out);
                out.push(' ');
            }
            _ => write_runs(child, out),
        }
    }
}
