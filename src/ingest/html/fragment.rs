//! Owns pieces of HTML that are a story and nothing else: bodies of wires and feeds.

use trafilatura::dom::Document;

use super::{
    blocks::{self, Cut},
    is_deep,
};
use crate::ingest::shape::Piece;

/// Stands for a line break while the tree is walked; no text holds it, being of the private use area.
const BREAK: char = '\u{f8ff}';

/// What a single `<br>` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Breaks {
    /// The end of a paragraph: wires set lines with it.
    Part,
    /// A space: pages break lines with it for looks.
    Join,
}

/// The paragraphs of a fragment, in order: rows of tables as one each; headers, teasers, bylines, boxes of links
/// and captions left out.
pub(crate) fn pieces(html: &str, breaks: Breaks) -> Vec<Piece> {
    let marked = match breaks {
        Breaks::Part => part_at_breaks(html),
        Breaks::Join => html.to_owned(),
    };
    let document = Document::parse(&marked);
    if is_deep(&document) {
        return Vec::new();
    }
    let cut = blocks::cut(&document);
    let mut out: Vec<(Option<usize>, Piece)> = Vec::new();
    for block in &cut.blocks {
        if is_aside(&cut, block.element) {
            continue;
        }
        let row = cut.ancestors(block.element).find(|at| cut.elements[*at].tag == "tr");
        match out.last_mut() {
            Some((last, piece)) if row.is_some() && *last == row => {
                piece.text.push(' ');
                piece.text.push_str(&block.text);
            }
            _ => {
                let tag = cut.tag(block);
                let heading = matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                out.push((row, Piece { text: block.text.clone(), heading }));
            }
        }
    }
    out.into_iter().flat_map(|(_, piece)| split_at_breaks(piece)).collect()
}

fn is_aside(cut: &Cut, element: usize) -> bool {
    const CLASSES: &[&str] = &[
        " teaser ",
        " byline ",
        " linkbox ",
        " infobox ",
        " notepad ",
        " closingline ",
        " caption ",
        " slugline ",
    ];
    cut.ancestors(element).any(|at| {
        let element = &cut.elements[at];
        matches!(element.tag.as_str(), "header" | "footer" | "aside" | "caption" | "form")
            || CLASSES.iter().any(|class| element.words.contains(class))
    })
}

/// Every `<br>` replaced by the sign for it.
fn part_at_breaks(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let tag = rest.get(1..3).is_some_and(|name| name.eq_ignore_ascii_case("br"));
        let ends = rest.get(3..4).is_some_and(|next| matches!(next, ">" | "/" | " "));
        match rest.find('>').filter(|_| tag && ends) {
            Some(end) => {
                out.push(BREAK);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn split_at_breaks(piece: Piece) -> Vec<Piece> {
    if !piece.text.contains(BREAK) {
        return vec![piece];
    }
    let lines = piece.text.split(BREAK).map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| Piece { text: line.to_owned(), heading: piece.heading }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str, breaks: Breaks) -> Vec<String> {
        pieces(html, breaks).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn rows_and_breaks() {
        let html = "<section class=\"main\"><p class=\"teaser\">Kurz.</p><p><b>Eins<br/>Zwei</b></p>\
                    <table><tr><td>Ahausen</td><td>-</td><td>Bedorf</td></tr><tr><td>Cella</td><td>1</td></tr></table></section>";
        assert_eq!(texts(html, Breaks::Part), ["Eins", "Zwei", "Ahausen - Bedorf", "Cella 1"]);
        assert_eq!(texts("<p>Eins<br>Zwei</p>", Breaks::Join), ["Eins Zwei"]);
    }
}
