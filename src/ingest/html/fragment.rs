//! Owns pieces of HTML that are a story and nothing else: bodies of wires and feeds.

use trafilatura::dom::Document;

use super::{
    blocks::{self, Cut},
    is_deep, is_nested_beyond_parsing,
};
use crate::ingest::shape::Piece;

/// The paragraphs of a fragment, in order: rows of tables as one each; headers, teasers, bylines, boxes of links
/// and captions left out.
pub(crate) fn pieces(html: &str) -> Vec<Piece> {
    if is_nested_beyond_parsing(html) {
        return Vec::new();
    }
    let document = Document::parse(html);
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
    out.into_iter().map(|(_, piece)| piece).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_paragraphs_and_teasers_none() {
        let html = "<section class=\"main\"><p class=\"teaser\">Kurz.</p><p><b>Eins<br/>Zwei</b></p>\
                    <table><tr><td>Ahausen</td><td>-</td><td>Bedorf</td></tr><tr><td>Cella</td><td>1</td></tr></table></section>";
        let texts: Vec<String> = pieces(html).into_iter().map(|piece| piece.text).collect();
        assert_eq!(texts, ["Eins Zwei", "Ahausen - Bedorf", "Cella 1"]);
    }
}
