//! Owns the story of a page: which of its text is the article, in order, each paragraph once.

use std::collections::HashSet;

use trafilatura::{Options, dom::Document, extract_document};

use super::{
    super::{
        parse_moment, rooms,
        shape::{Piece, ends_like_sentence, is_byline, plain},
    },
    around,
    blocks::{Block, Cut, cut, size_of},
    furniture::{self, Mark},
    metadata::{Facts, clean},
    scripted, wrappers,
};
use crate::model::{Link, LinkKind, Moment};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub pieces: Vec<Piece>,
    pub links: Vec<Link>,
    /// Texts of boxes around the story that may name its source.
    pub boxes: Vec<String>,
    /// The date line under the headline.
    pub stamp: Option<Moment>,
}

/// A story shorter than this, in characters, is looked for in other places too.
const SHORT: usize = 300;

/// Finds the story: in the page's tree; else in its `articleBody`, in its scripts, or by the general extraction
/// library, whichever gives clearly more.
pub(crate) fn find(document: Document, facts: &mut Facts) -> Found {
    let body = facts.body.as_deref().map(body_pieces).unwrap_or_default();
    let found = in_tree(&document, &body, facts);
    let (size, stated) = (total_size(&found.pieces), total_size(&body));
    if stated > SHORT && stated >= size * 2 {
        return Found { pieces: body, ..found };
    }
    if size >= SHORT {
        return found;
    }
    if let Some(html) = scripted::story_html(&document) {
        let pieces = body_pieces(&html);
        if total_size(&pieces) > SHORT.max(size * 2) {
            return Found { pieces, ..found };
        }
    }
    let options = Options::default().with_exclude_comments(true).with_fallback(true);
    match extract_document(document, &options) {
        Ok(result) => {
            let lines = result.content_text.lines().map(clean).filter(|line| !line.is_empty());
            let pieces: Vec<Piece> = lines.map(Piece::text).collect();
            let more = total_size(&pieces) > SHORT.max(size * 2);
            // One line is all words of the page in a row: the library's last resort, and ours.
            if more && (pieces.len() > 1 || size == 0) { Found { pieces, ..found } } else { found }
        }
        Err(_) => found,
    }
}

fn total_size(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| size_of(&piece.text)).sum()
}

fn in_tree(document: &Document, body: &[Piece], facts: &mut Facts) -> Found {
    let mut page = cut(document);
    note_page(&page, facts);
    let run = wrappers::release(&mut page);
    let stated = Some(total_size(body)).filter(|stated| *stated > 500);
    let expected = stated.unwrap_or(run);
    let mut best = (0, Found::default());
    // The less sure a mark is, the sooner it is given up where too little is left.
    for least in [Mark::Weak, Mark::Strong, Mark::Tag] {
        let found = attempt(&page, least, facts);
        let size = total_size(&found.pieces);
        if size > best.0 + best.0 / 2 {
            best = (size, found);
        }
        if size * 2 >= expected {
            break;
        }
    }
    best.1
}

/// What the page's kind wants to know of it as a whole.
fn note_page(page: &Cut, facts: &mut Facts) {
    let short =
        page.blocks.iter().filter(|block| block.size() < 300).map(|block| block.text.as_str());
    facts.page_text = short.collect::<Vec<_>>().join("\n");
    facts.linked_blocks = page.blocks.iter().filter(|block| block.link_share() > 0.8).count();
}

/// Paragraphs of `articleBody`, which may hold tags.
fn body_pieces(body: &str) -> Vec<Piece> {
    if body.contains("</p>") || body.contains("<br") {
        let page = cut(&Document::parse(body));
        return page.blocks.into_iter().map(|block| Piece::text(block.text)).collect();
    }
    super::super::paragraphs::split(body)
        .into_iter()
        .map(|text| Piece::text(clean(&text)))
        .collect()
}

fn attempt(page: &Cut, least: Mark, facts: &Facts) -> Found {
    let beside: Vec<bool> =
        page.blocks.iter().map(|block| is_furniture(page, block, least)).collect();
    let weights: Vec<f64> = page
        .blocks
        .iter()
        .zip(&beside)
        .map(|(block, beside)| if *beside { 0.0 } else { weight(page, block) })
        .collect();
    let root = root(page, &weights);
    let lead = lead(page, root, &beside, facts);
    let chosen = choose(page, root, &beside).into_iter().filter(|at| !lead.contains(at));
    let order: Vec<usize> = lead.iter().copied().chain(chosen).collect();
    let mut found = assemble(page, &order);
    (found.boxes, found.stamp) = around::look(page, &order);
    found
}

fn is_furniture(page: &Cut, block: &Block, least: Mark) -> bool {
    page.ancestors(block.element).any(|at| page.elements[at].mark >= least)
}

/// How much a block speaks for the element that it lies in.
fn weight(page: &Cut, block: &Block) -> f64 {
    let size = block.size();
    if size < 25 || block.link_share() > 0.5 {
        return 0.0;
    }
    let factor = match page.tag(block) {
        // Streams of other stories are lists.
        "p" if page.inside(block, "li") => 0.3,
        "p" => 1.0,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => 0.0,
        "li" | "td" | "th" | "dd" | "dt" => 0.3,
        _ => 0.7,
    };
    factor * size.min(1200) as f64
}

/// The innermost element that holds most of the weight.
fn root(page: &Cut, weights: &[f64]) -> usize {
    let mut inside = vec![0.0f64; page.elements.len()];
    for (block, weight) in page.blocks.iter().zip(weights) {
        for at in page.ancestors(block.element) {
            inside[at] += weight;
        }
    }
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); page.elements.len()];
    for (at, element) in page.elements.iter().enumerate().skip(1) {
        children[element.parent].push(at);
    }
    let mut node = 0;
    loop {
        let best = children[node].iter().copied().max_by(|a, b| inside[*a].total_cmp(&inside[*b]));
        match best {
            Some(best) if inside[best] > 0.66 * inside[node] && !children[best].is_empty() => {
                node = best;
            }
            _ => break,
        }
    }
    // A story cut into like parts goes on in the parts beside the heaviest.
    let mut top = node;
    for _ in 0..4 {
        if node == 0 {
            break;
        }
        let parent = page.elements[node].parent;
        let alike = |at: &&usize| {
            page.elements[**at].tag == page.elements[node].tag && kin(page, **at) == kin(page, node)
        };
        let beside = children[parent]
            .iter()
            .filter(alike)
            .filter(|at| **at != node && inside[**at] > 0.0)
            .count();
        node = parent;
        if beside > 0 {
            top = node;
        }
    }
    top
}

/// The first class words of an element: like parts of a story share them.
fn kin(page: &Cut, element: usize) -> String {
    page.elements[element].words.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// Blocks of the story below the root.
fn choose(page: &Cut, root: usize, beside: &[bool]) -> Vec<usize> {
    let mut chosen = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        if !page.ancestors(block.element).any(|element| element == root) || beside[at] {
            continue;
        }
        let text_like = matches!(page.tag(block), "p" | "blockquote") || block.size() >= 80;
        let limit = match (text_like, ends_like_sentence(&block.text)) {
            (true, true) => 0.8,
            (true, false) => 0.6,
            (false, _) => 0.5,
        };
        if block.link_share() > limit {
            continue;
        }
        // A label ("Read also:") with a link behind it.
        let label = block.text.split_once([':', '：']).map(|(label, _)| label);
        let leads_away = block.linked > 0 && label.is_some_and(rooms::is_furniture);
        let begun = chosen.iter().any(|at: &usize| page.blocks[*at].size() >= 80);
        if page.inside(block, "h1")
            || is_stamp(&block.text)
            || leads_away
            || (!begun && is_byline(&block.text))
        {
            continue;
        }
        chosen.push(at);
    }
    chosen
}

/// The standfirst, and paragraphs that stand between the headline and the body.
fn lead(page: &Cut, root: usize, beside: &[bool], facts: &Facts) -> Vec<usize> {
    let within =
        |block: &Block, element: usize| page.ancestors(block.element).any(|at| at == element);
    let first = page.blocks.iter().position(|block| within(block, root)).unwrap_or(0);
    let headline = page.blocks[..first]
        .iter()
        .rposition(|block| page.inside(block, "h1"))
        .map_or(0, |at| at + 1);
    // The wrapper some steps above the body: what lies outside belongs to the page, not to the article.
    let near = page.ancestors(root).take(4).last().unwrap_or(root);
    let described =
        facts.description.as_deref().map(plain).filter(|text| text.chars().count() > 30);
    (headline..first)
        .filter(|at| {
            let block = &page.blocks[*at];
            if block.size() < 40 || block.link_share() > 0.4 || page.inside(block, "h1") {
                return false;
            }
            let text = plain(&block.text);
            let start: String = text.chars().take(40).collect();
            let stated = described.as_ref().is_some_and(|described| described.starts_with(&start));
            let marked = page
                .ancestors(block.element)
                .take(3)
                .any(|at| furniture::is_lead(&page.elements[at].words));
            let running =
                page.tag(block) == "p" && block.size() >= 80 && headline > 0 && within(block, near);
            stated || (!beside[*at] && (marked || running))
        })
        .collect()
}

/// A line that is a date and hardly more: "Stand: 22.04.2024, 06:00 Uhr".
fn is_stamp(text: &str) -> bool {
    let count = text.chars().count();
    count < 60
        && !ends_like_sentence(text)
        && text.chars().filter(char::is_ascii_digit).count() * 4 > count
        && parse_moment(text).is_some()
}

fn is_heading(page: &Cut, block: &Block) -> bool {
    matches!(page.tag(block), "h2" | "h3" | "h4" | "h5" | "h6")
}

fn assemble(page: &Cut, order: &[usize]) -> Found {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    for at in order {
        let block = &page.blocks[*at];
        let key = plain(&block.text);
        if key.is_empty() || (key.len() > 20 && !seen.insert(key)) {
            continue;
        }
        let text = block.text.clone();
        found.pieces.push(if is_heading(page, block) {
            Piece::heading(text)
        } else {
            Piece::text(text)
        });
    }
    drop_lonely_headings(&mut found.pieces);
    for (block, url, text) in &page.links {
        if order.contains(block) {
            found.links.push(Link { url: url.clone(), text: text.clone(), kind: LinkKind::Text });
        }
    }
    found
}

/// A heading that nothing follows, or another heading of a list, has lost its text.
fn drop_lonely_headings(pieces: &mut Vec<Piece>) {
    let end = pieces.iter().rposition(|piece| !piece.heading).map_or(0, |at| at + 1);
    pieces.truncate(end);
}
