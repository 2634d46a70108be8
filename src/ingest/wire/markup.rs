//! Owns how the body of a wire's item, XHTML or NITF, becomes HTML, so that one reader cuts all into paragraphs.

use super::super::{
    html, paragraphs,
    shape::Piece,
    xml::{Element, Node, local},
};

/// Elements that hold no running text: pictures with their captions, notes, machine data.
const SKIPPED: &[&str] = &[
    "head",
    "header",
    "media",
    "media-caption",
    "media-producer",
    "media-metadata",
    "note",
    "fn",
    "script",
    "style",
    "figcaption",
    "img",
    "body.head",
    "body.end",
    "hedline",
    "byline",
    "distributor",
    "rights",
    "tagline",
    "bibliography",
    "tobject",
    "docdata",
    "pubdata",
    "abstract",
];
/// Elements that HTML knows under the same name.
const KEPT: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "figure",
    "aside",
    "footer",
    "em",
    "strong",
    "b",
    "i",
    "q",
];

/// The paragraphs of a body: elements, HTML in escaped form, or plain text.
pub(crate) fn pieces(body: &Element) -> Vec<Piece> {
    if body.children().next().is_none() {
        return text_pieces(&body.raw_text());
    }
    if let Some(text) = preformatted(body) {
        return paragraphs::split(&text).into_iter().map(Piece::text).collect();
    }
    let mut out = String::new();
    write(body, &mut out);
    html::fragment(&out)
}

/// The text of a body whose only paragraph holds several, set with line ends: telegrams wrapped in a tag.
fn preformatted(body: &Element) -> Option<String> {
    let only = |name: &str| match body.all(name).as_slice() {
        [one] if one.children().next().is_none() => Some(one.raw_text()),
        _ => None,
    };
    let text = match only("pre") {
        Some(text) if body.first("p").is_none() => text,
        _ => only("p").filter(|_| body.first("pre").is_none())?,
    };
    let trimmed = text.trim().replace('\r', "");
    let parted = trimmed.lines().any(|line| line.trim().is_empty());
    (parted && trimmed.lines().count() > 3).then_some(trimmed)
}

/// The paragraphs of a field that holds HTML or plain text.
pub(crate) fn text_pieces(text: &str) -> Vec<Piece> {
    let marked = ["</", "<br", "<p>", "<BR", "<P>"].iter().any(|tag| text.contains(tag));
    if marked || text.trim_start().starts_with('<') {
        return html::fragment(text);
    }
    paragraphs::split(text).into_iter().map(Piece::text).collect()
}

fn write(element: &Element, out: &mut String) {
    let name = local(&element.name).to_ascii_lowercase();
    if SKIPPED.contains(&name.as_str()) || name.starts_with("dnl-") {
        return;
    }
    if name == "br" {
        out.push_str("<br>");
        return;
    }
    let tag = match name.as_str() {
        "html" | "body" | "body.content" | "block" | "nitf" | "nitf-table" | "datacontent"
        | "inlinexml" | "inlinedata" => "div",
        "hl1" => "h1",
        "hl2" | "subtitle" => "h2",
        "bq" | "credit" => "blockquote",
        kept => KEPT.iter().find(|known| **known == kept).copied().unwrap_or("span"),
    };
    out.push('<');
    out.push_str(tag);
    if let Some(class) = element.attribute("class") {
        out.push_str(" class=\"");
        escape(class, out);
        out.push('"');
    }
    out.push('>');
    for node in &element.nodes {
        match node {
            Node::Text(text) => escape(text, out),
            Node::Element(inner) => write(inner, out),
        }
    }
    out.push_str("</");
    out.push_str(tag);
    out.push('>');
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
