//! Owns which wrappers of the story are called like furniture, and must not be taken for it.

use std::collections::HashSet;

use super::{
    blocks::{Block, Cut},
    furniture::Mark,
};

/// Paragraphs beside each other that are as long as this together, in characters, are a story, however much comments
/// and galleries hold.
const RUN: usize = 1_500;

/// Takes the marks off the story's wrappers, and says how many characters the story should have at least twice.
pub(super) fn release(page: &mut Cut) -> usize {
    release_run(page).unwrap_or_else(|| {
        release_most(page);
        unlinked(page)
    })
}

/// Characters of all unlinked paragraphs.
fn unlinked(page: &Cut) -> usize {
    page.blocks.iter().filter(|block| is_running(page, block)).map(Block::size).sum()
}

fn is_running(page: &Cut, block: &Block) -> bool {
    page.tag(block) == "p" && block.link_share() < 0.3 && block.size() > 100
}

/// Takes the marks off what holds the longest run of paragraphs beside each other, and says how long that is, in
/// characters. `None` where no run is as long as a story: comments, cards and lists of links have short ones.
fn release_run(page: &mut Cut) -> Option<usize> {
    let mut runs = vec![0; page.elements.len()];
    for block in page.blocks.iter().filter(|block| is_running(page, block)) {
        runs[page.elements[block.element].parent] += block.size();
    }
    let (at, length) = runs.iter().copied().enumerate().max_by_key(|(_, length)| *length)?;
    if length < RUN {
        return None;
    }
    let is_marked = |at: usize| page.ancestors(at).any(|at| page.elements[at].mark > Mark::None);
    // One that nothing speaks against comes first.
    let open = (0..runs.len()).filter(|at| !is_marked(*at)).map(|at| runs[at]).max();
    if let Some(open) = open.filter(|open| *open >= RUN && *open * 2 >= length) {
        return Some(open);
    }
    // A story that advertising cuts into parts has wrappers of one name.
    let named: HashSet<(String, String)> = page
        .ancestors(at)
        .map(|at| &page.elements[at])
        .filter(|element| element.mark > Mark::None)
        .map(|element| (element.tag.clone(), element.words.clone()))
        .collect();
    for element in &mut page.elements {
        if named.contains(&(element.tag.clone(), element.words.clone())) {
            element.mark = Mark::None;
        }
    }
    Some(length)
}

/// Furniture that holds most of the page's running text is none.
fn release_most(page: &mut Cut) {
    let sizes: Vec<usize> = page
        .blocks
        .iter()
        .map(|block| if block.link_share() < 0.5 && block.size() > 60 { block.size() } else { 0 })
        .collect();
    let total: usize = sizes.iter().sum();
    let mut inside = vec![0usize; page.elements.len()];
    for (block, size) in page.blocks.iter().zip(&sizes) {
        for at in page.ancestors(block.element) {
            inside[at] += size;
        }
    }
    for (element, inside) in page.elements.iter_mut().zip(inside) {
        let share = if element.mark == Mark::Weak { 3 } else { 4 };
        if element.mark != Mark::None && inside * 10 > total * share {
            element.mark = Mark::None;
        }
    }
}
