//! Owns what stands around the story and speaks of it: credit and byline boxes, the date line.

use super::{
    super::moment::parse_moment,
    blocks::{Block, Cut},
};
use crate::model::Moment;

/// Longest byline box, in characters.
const BYLINE: usize = 120;
/// Longest date line, in characters.
const STAMP: usize = 90;
/// Blocks below the headline that may hold byline and date.
const HEAD: usize = 14;

/// Class words of boxes that say who wrote it or whose it is.
const NAMES: &[&str] = &[
    "author",
    "authors",
    "autor",
    "autore",
    "auteur",
    "byline",
    "source",
    "sources",
    "quelle",
    "fonte",
    "fuente",
    "contributor",
    "contributors",
    "agency",
    "agencia",
    "agentur",
    "reporter",
    "writer",
    "signature",
    "firma",
    "skribent",
    "kilde",
    "bron",
    "credit",
    "credits",
    "kaynak",
    "zrodlo",
];
/// Class words of pictures, whose credits are not the text's.
const PICTURES: &[&str] = &[
    "image", "img", "photo", "picture", "figure", "caption", "media", "gallery", "video", "foto",
    "bild",
];

/// Texts of boxes that may name the text's source, and the date line under the headline.
pub(super) fn look(page: &Cut, story: &[usize]) -> (Vec<String>, Option<Moment>) {
    let (Some(first), Some(last)) = (story.first(), story.last()) else {
        return (Vec::new(), None);
    };
    let headline = page.blocks[..*first].iter().rposition(|block| page.inside(block, "h1"));
    let head = headline.map_or(first.saturating_sub(3), |at| at + 1)..*first;
    let near = |at: usize| {
        head.contains(&at) && at < head.start + HEAD || (*last + 1..*last + 4).contains(&at)
    };
    let mut boxes: Vec<String> = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        let short = (2..=BYLINE).contains(&block.text.chars().count());
        if !short
            || story.contains(&at)
            || page.inside(block, "h1")
            || has_word(page, block, PICTURES, 3)
        {
            continue;
        }
        let named = has_word(page, block, NAMES, 2) && (at + 40 > *first && at < *last + 25);
        if (named || near(at)) && !boxes.contains(&block.text) {
            boxes.push(block.text.clone());
        }
    }
    (boxes, stamp(page, *first, headline))
}

/// The date line nearest to the headline: under it before above it.
fn stamp(page: &Cut, first: usize, headline: Option<usize>) -> Option<Moment> {
    let headline = headline?;
    let below = headline + 1..(headline + 1 + HEAD).min(first + 3).min(page.blocks.len());
    let above = headline.saturating_sub(5)..headline;
    below.chain(above.rev()).find_map(|at| {
        let text = &page.blocks[at].text;
        let dated =
            text.chars().count() <= STAMP && text.chars().filter(char::is_ascii_digit).count() >= 5;
        dated.then(|| parse_moment(text)).flatten()
    })
}

fn has_word(page: &Cut, block: &Block, words: &[&str], steps: usize) -> bool {
    page.ancestors(block.element).take(steps).any(|at| {
        page.elements[at].words.split(' ').any(|word| !word.is_empty() && words.contains(&word))
    })
}
