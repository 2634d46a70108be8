//! Two texts beside one another: which paragraphs stand in a row, and which words are marked.

use std::collections::BTreeSet;

use crate::model::{Comparison, Dossier, ParagraphMatch, Relation};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

impl Side {
    pub(super) fn dossier(self, comparison: &Comparison) -> &Dossier {
        match self {
            Self::Left => &comparison.left,
            Self::Right => &comparison.right,
        }
    }
}

/// Bytes of a paragraph: its number, first byte, end.
type Place = (usize, usize, usize);

/// Words of one side that stand, or are answered, on the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// From 0; the same on both sides.
    pub(super) number: usize,
    /// Of the pair of paragraphs it stands in.
    pub(super) relation: Relation,
    /// The same words on both sides; else a name, a number or a meaning that is.
    pub(super) same_words: bool,
    /// The mark of the other side that shows the same words; `None` where none does.
    pub(super) answer: Option<usize>,
    place: Place,
}

/// A piece of a paragraph, marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) mark: Option<&'a Mark>,
}

/// The marks of both sides of a comparison.
#[derive(Debug)]
pub(super) struct Marks {
    left: Vec<Mark>,
    right: Vec<Mark>,
}

impl Marks {
    pub(super) fn of(comparison: &Comparison) -> Self {
        let both = ties(comparison);
        let (mut left, left_shows) = lay(&both, Side::Left);
        let (mut right, right_shows) = lay(&both, Side::Right);
        for (side, shows) in [(&mut left, &right_shows), (&mut right, &left_shows)] {
            for mark in side {
                mark.answer = shows.get(mark.number).copied().flatten();
            }
        }
        Self { left, right }
    }

    /// A paragraph cut where its marks begin and end.
    pub(super) fn pieces<'a>(
        &'a self,
        comparison: &'a Comparison,
        side: Side,
        paragraph: usize,
    ) -> Vec<Piece<'a>> {
        let paragraphs = &side.dossier(comparison).article.paragraphs;
        let text = paragraphs.get(paragraph).map_or("", |p| p.text.as_str());
        let marks = if side == Side::Left { &self.left } else { &self.right };
        let mut pieces = Vec::new();
        let mut at = 0;
        for mark in marks.iter().filter(|mark| mark.place.0 == paragraph) {
            let (_, start, end) = mark.place;
            let (Some(before), Some(words)) = (text.get(at..start), text.get(start..end)) else {
                continue;
            };
            if !before.is_empty() {
                pieces.push(Piece { text: before, mark: None });
            }
            pieces.push(Piece { text: words, mark: Some(mark) });
            at = end;
        }
        if let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            pieces.push(Piece { text: rest, mark: None });
        }
        pieces
    }
}

/// Words of both sides that belong together.
struct Tie {
    relation: Relation,
    same_words: bool,
    left: Place,
    right: Place,
}

impl Tie {
    fn place(&self, side: Side) -> Place {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

/// The shared runs of words, then the names and numbers that tie paragraphs of other words.
fn ties(comparison: &Comparison) -> Vec<Tie> {
    let alignment = &comparison.alignment;
    let mut ties: Vec<Tie> = alignment
        .spans
        .iter()
        .map(|span| {
            let pair = pair(comparison, Some(span.query_paragraph), span.source_paragraph);
            Tie {
                relation: pair.map_or(Relation::Partial, |pair| pair.relation),
                same_words: true,
                left: (span.query_paragraph, span.query.0, span.query.1),
                right: (span.source_paragraph, span.source.0, span.source.1),
            }
        })
        .collect();
    for pair in &alignment.paragraphs {
        for anchor in &pair.anchors {
            let left = free(comparison, &ties, Side::Left, (pair.query, &anchor.query));
            let right = free(comparison, &ties, Side::Right, (pair.source, &anchor.source));
            if let (Some(left), Some(right)) = (left, right) {
                ties.push(Tie { relation: pair.relation, same_words: false, left, right });
            }
        }
    }
    ties
}

/// The first place of a word in a paragraph that no tie has taken.
fn free(
    comparison: &Comparison,
    taken: &[Tie],
    side: Side,
    (paragraph, word): (usize, &str),
) -> Option<Place> {
    let text = &side.dossier(comparison).article.paragraphs.get(paragraph)?.text;
    let open = |&(start, end): &(usize, usize)| {
        !taken
            .iter()
            .map(|tie| tie.place(side))
            .any(|(at, first, last)| at == paragraph && start < last && first < end)
    };
    let places = || text.match_indices(word).map(|(start, word)| (start, start + word.len()));
    let whole = |&(start, end): &(usize, usize)| {
        let before = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = text[end..].chars().next().is_some_and(char::is_alphanumeric);
        !before && !after
    };
    // Where words are not set apart, as in Japanese, none is whole.
    let place = places().find(|at| whole(at) && open(at)).or_else(|| places().find(open));
    place.map(|(start, end)| (paragraph, start, end))
}

/// The marks of one side in the order of its text, none over another; and for each tie the mark that shows it.
fn lay(ties: &[Tie], side: Side) -> (Vec<Mark>, Vec<Option<usize>>) {
    let mut order: Vec<usize> = (0..ties.len()).collect();
    order.sort_by_key(|&number| {
        let (paragraph, start, end) = ties[number].place(side);
        (paragraph, start, std::cmp::Reverse(end))
    });
    let mut marks: Vec<Mark> = Vec::new();
    let mut shows = vec![None; ties.len()];
    for number in order {
        let (paragraph, start, end) = ties[number].place(side);
        let last = marks.last().filter(|mark| mark.place.0 == paragraph);
        let begin = last.map_or(start, |mark| mark.place.2.max(start));
        if begin >= end {
            shows[number] = last.map(|mark| mark.number);
            continue;
        }
        shows[number] = Some(number);
        let Tie { relation, same_words, .. } = ties[number];
        let place = (paragraph, begin, end);
        marks.push(Mark { number, relation, same_words, answer: None, place });
    }
    (marks, shows)
}

/// Paragraph numbers that stand in one row, in the order of both texts; a paragraph of the right
/// that several of the left drew on stands beside each of them.
pub(super) fn rows(comparison: &Comparison) -> Vec<(Option<usize>, Option<usize>)> {
    let lefts = comparison.left.article.paragraphs.len();
    let rights = comparison.right.article.paragraphs.len();
    let taken: BTreeSet<usize> = comparison.alignment.paragraphs.iter().map(|p| p.source).collect();
    let mut shown = BTreeSet::new();
    let mut rows = Vec::new();
    for left in 0..lefts {
        let sources: Vec<usize> = comparison
            .alignment
            .paragraphs
            .iter()
            .filter(|p| p.query == left)
            .map(|p| p.source)
            .collect();
        let before = sources.iter().min().copied().unwrap_or(0).min(rights);
        for right in 0..before {
            if !taken.contains(&right) && shown.insert(right) {
                rows.push((None, Some(right)));
            }
        }
        if sources.is_empty() {
            rows.push((Some(left), None));
        }
        for (place, right) in sources.into_iter().enumerate() {
            shown.insert(right);
            rows.push(((place == 0).then_some(left), Some(right)));
        }
    }
    rows.extend((0..rights).filter(|r| !shown.contains(r)).map(|r| (None, Some(r))));
    rows
}

/// What a paragraph of the left is to one of the right.
pub(super) fn pair(
    comparison: &Comparison,
    left: Option<usize>,
    right: usize,
) -> Option<&ParagraphMatch> {
    comparison.alignment.paragraphs.iter().find(|p| Some(p.query) == left && p.source == right)
}
