//! Owns the story of a page: which of its text is the article, in order, each paragraph once.

use trafilatura::{
    Options,
    dom::{Document, NodeId},
    extract_document,
};

use super::{
    super::shape::Piece,
    metadata::{Facts, clean},
};
use crate::model::{Link, LinkKind};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub pieces: Vec<Piece>,
    pub links: Vec<Link>,
    pub furniture: Vec<String>,
}

/// Finds the story.
pub(crate) fn find(document: Document, _facts: &Facts) -> Found {
    let options =
        Options::default().with_exclude_comments(true).with_fallback(true).with_links(true);
    let Ok(result) = extract_document(document, &options) else { return Found::default() };
    let content = Document::parse(&result.content_html);
    let mut found = Found::default();
    let Some(body) = content.body() else { return found };
    walk(&content, body, &mut found);
    found
}

const BLOCKS: &[&str] =
    &["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "td", "div"];

fn walk(content: &Document, body: NodeId, found: &mut Found) {
    for id in content.iter_descendants(body, BLOCKS) {
        let nested = content.iter_descendants(id, BLOCKS);
        if !nested.is_empty() {
            continue;
        }
        let text = clean(&content.iter_text(id, " "));
        if text.is_empty() {
            continue;
        }
        let heading = content.tag_name(id).starts_with('h');
        found.pieces.push(if heading { Piece::heading(text) } else { Piece::text(text) });
    }
    for id in content.get_elements_by_tag_name(body, "a") {
        if let Some(url) = content.get_attribute(id, "href").filter(|url| url.starts_with("http")) {
            found.links.push(Link {
                url,
                text: clean(&content.text_content(id)),
                kind: LinkKind::Text,
            });
        }
    }
}
