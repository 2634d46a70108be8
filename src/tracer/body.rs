//! A story's words in one sequence, ready to be aligned: credits and datelines left out.

use std::ops::Range;

use crate::credits;
use crate::language;
use crate::model::Article;

/// A word of a story, with where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Hash of the normal form.
    pub hash: u64,
    /// Paragraph number in the article.
    pub paragraph: u32,
    /// Byte offsets into the paragraph's text.
    pub start: u32,
    pub end: u32,
    /// Holds a digit: what a template changes and a copy keeps.
    pub number: bool,
    /// Begins with a digit: a figure, and no name that has one in it.
    pub figure: bool,
    /// Stands inside quotation marks.
    pub quoted: bool,
}

/// Words in a seed: the shortest run that an alignment starts from.
const SEED: usize = 3;

/// The words of a story and an index of its seeds.
#[derive(Debug, Clone, Default)]
pub struct Body {
    pub tokens: Vec<Token>,
    /// Token ranges by paragraph number; empty for what is left out.
    pub paragraphs: Vec<Range<usize>>,
    /// Seed hashes with the position of their first word, sorted.
    seeds: Vec<(u64, u32)>,
}

impl Body {
    pub fn new(article: &Article) -> Self {
        let mut body = Self::default();
        for (number, paragraph) in article.paragraphs.iter().enumerate() {
            let first = body.tokens.len();
            if paragraph.role.is_story() {
                body.push_paragraph(number, &paragraph.text);
            }
            body.paragraphs.push(first..body.tokens.len());
        }
        body.seeds = seeds(&body.tokens).collect();
        body.seeds.sort_unstable();
        body
    }

    fn push_paragraph(&mut self, number: usize, text: &str) {
        let from = credits::dateline(text).unwrap_or(0);
        let to = credits::inline_credit(text).filter(|&at| at > from).unwrap_or(text.len());
        let paragraph = u32::try_from(number).unwrap_or(u32::MAX);
        let quotations = quotations(text);
        let story = language::words(text)
            .into_iter()
            .filter(|word| word.start as usize >= from && (word.end as usize) <= to);
        self.tokens.extend(story.map(|word| {
            let (start, end) = (word.start as usize, word.end as usize);
            let letters = text.get(start..end).unwrap_or_default().as_bytes();
            Token {
                hash: word.hash,
                paragraph,
                start: word.start,
                end: word.end,
                number: letters.iter().any(u8::is_ascii_digit),
                figure: letters.first().is_some_and(u8::is_ascii_digit),
                quoted: quotations.iter().any(|range| range.contains(&start)),
            }
        }));
    }

    /// Words in the story.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// One order of any two texts, whatever their roles: the shorter first, then by their words.
    pub fn comes_before(&self, other: &Self) -> bool {
        let words = |token: &Token| token.hash;
        match self.len().cmp(&other.len()) {
            std::cmp::Ordering::Equal => {
                self.tokens.iter().map(words).le(other.tokens.iter().map(words))
            }
            order => order.is_lt(),
        }
    }

    /// Positions at which a seed stands.
    pub fn seed_positions(&self, seed: u64) -> impl Iterator<Item = usize> + '_ {
        let first = self.seeds.partition_point(|&(hash, _)| hash < seed);
        self.seeds[first..]
            .iter()
            .take_while(move |&&(hash, _)| hash == seed)
            .map(|&(_, at)| at as usize)
    }

    /// How many seeds two stories have in common.
    pub(super) fn shared_seeds(&self, other: &Self) -> usize {
        let (mut ours, mut theirs) = (self.seeds.iter().peekable(), other.seeds.iter().peekable());
        let mut shared = 0;
        while let (Some((a, _)), Some((b, _))) = (ours.peek(), theirs.peek()) {
            let order = a.cmp(b);
            shared += usize::from(order.is_eq());
            if order.is_le() {
                ours.next();
            }
            if order.is_ge() {
                theirs.next();
            }
        }
        shared
    }

    /// The seeds in the order of the text.
    pub fn seeds(&self) -> impl Iterator<Item = (u64, u32)> + '_ {
        seeds(&self.tokens)
    }
}

/// Byte ranges inside quotation marks; a quotation that is not closed runs to the paragraph's end.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, mark) in text.char_indices() {
        match (mark, open) {
            ('"' | '“' | '„' | '«' | '»' | '「' | '『', None) => open = Some(at),
            ('"' | '”' | '“' | '»' | '«' | '」' | '』', Some(start)) => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| start..text.len()));
    found
}

fn seeds(tokens: &[Token]) -> impl Iterator<Item = (u64, u32)> + '_ {
    tokens.windows(SEED).zip(0u32..).map(|(window, at)| {
        let hash = window.iter().fold(0u64, |seed, token| {
            (seed.rotate_left(21) ^ token.hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        });
        (hash, at)
    })
}
