//! Two articles paragraph by paragraph, the copied words marked.

use std::collections::BTreeSet;

use crate::model::{Across, Comparison, Dossier, ParagraphMatch, Relation};

use super::Look;
use super::page::{Line, Page, Tone, percent, when};
use super::trace;

/// From this width on the two texts stand beside one another.
const BESIDE_COLUMNS: usize = 100;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// One comparison.
pub(super) fn text(comparison: &Comparison, look: &Look) -> String {
    let mut page = Page::new(*look);
    page.line("", "", &summary(comparison));
    if let Some(across) = &comparison.across {
        page.line("", "", &Line::new().plain(&crossed(across)));
    }
    if !look.colour && !comparison.alignment.spans.is_empty() {
        page.line("", "", &Line::new().plain("Words that stand in both are in [brackets]."));
    }
    page.gap();
    both(&mut page, Some(head(&comparison.left)), Some(head(&comparison.right)));
    for (left, right) in rows(comparison) {
        page.gap();
        if let (Some(_), Some(pair)) = (left, right.and_then(|r| pair(comparison, left, r))) {
            let mut says = format!(
                "{} ← {}: {}, {}",
                pair.query,
                pair.source,
                word(pair.relation),
                percent(pair.score)
            );
            if !pair.anchors.is_empty() {
                says = format!("{says}: {}", trace::ties(pair, true));
            }
            page.line("", "", &Line::of(Tone::Faint, &says));
        }
        both(
            &mut page,
            left.map(|at| marked(comparison, Side::Left, at, look.colour)),
            right.map(|at| marked(comparison, Side::Right, at, look.colour)),
        );
    }
    trace::thresholds(&mut page, &comparison.thresholds);
    page.into_text()
}

fn summary(comparison: &Comparison) -> Line {
    let alignment = &comparison.alignment;
    let relation = comparison.relation.filter(|_| !alignment.spans.is_empty());
    match relation {
        None => Line::of(Tone::Strong, "No words in common that would count as copy."),
        Some(relation) => Line::of(Tone::Strong, capital(word(relation)).as_str()).plain(&format!(
            ": {} of A stands in B, {} of B in A.",
            percent(alignment.copied),
            percent(alignment.of_source)
        )),
    }
}

/// What names, numbers and meanings say where the words differ.
fn crossed(across: &Across) -> String {
    let verdict = if across.named { "named as its source" } else { "too little to name a source" };
    format!(
        "Sentence by sentence, by names, numbers and meanings: {} of A and {} of B follow one another ({}; probability {:.2}, {verdict}).",
        percent(across.of_left),
        percent(across.of_right),
        word(across.relation),
        across.probability,
    )
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

fn word(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "word for word",
        Relation::Edited => "edited",
        Relation::Near => "nearly word for word",
        Relation::Excerpt => "an excerpt",
        Relation::Partial => "in part",
        Relation::Rewritten => "rewritten",
        Relation::Translated => "translated",
        Relation::Credited => "credited",
    }
}

fn head(dossier: &Dossier) -> Line {
    let article = &dossier.article;
    let mut line = Line::of(Tone::Strong, &dossier.outlet.name);
    if let Some(published) = &article.published {
        line = line.plain(" · ").plain(&when(&published.text));
    }
    if let Some(title) = &article.title {
        line = line.plain(" · ").plain(title);
    }
    line.plain(" · ").tone(Tone::Faint, &dossier.address())
}

fn both(page: &mut Page, left: Option<Line>, right: Option<Line>) {
    if page.look().width >= BESIDE_COLUMNS {
        page.beside(("A  ", &left.unwrap_or_default()), ("B  ", &right.unwrap_or_default()));
        return;
    }
    if let Some(left) = left {
        page.line("A  ", "   ", &left);
    }
    if let Some(right) = right {
        page.line("B  ", "   ", &right);
    }
}

/// Paragraph numbers that stand in one row, in the order of both texts; a paragraph of the right
/// that several of the left drew on stands beside the first.
fn rows(comparison: &Comparison) -> Vec<(Option<usize>, Option<usize>)> {
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

fn pair(comparison: &Comparison, left: Option<usize>, right: usize) -> Option<&ParagraphMatch> {
    comparison.alignment.paragraphs.iter().find(|p| Some(p.query) == left && p.source == right)
}

/// A paragraph with the words that stand on the other side too marked.
fn marked(comparison: &Comparison, side: Side, paragraph: usize, colour: bool) -> Line {
    let dossier = if side == Side::Left { &comparison.left } else { &comparison.right };
    let Some(text) = dossier.article.paragraphs.get(paragraph).map(|p| p.text.as_str()) else {
        return Line::new();
    };
    let mut spans: Vec<(usize, usize)> = comparison
        .alignment
        .spans
        .iter()
        .filter_map(|s| match side {
            Side::Left => (s.query_paragraph == paragraph).then_some(s.query),
            Side::Right => (s.source_paragraph == paragraph).then_some(s.source),
        })
        .collect();
    spans.sort_unstable();
    let (open, close) = if colour { ("", "") } else { ("[", "]") };
    let mut line = Line::new();
    let mut at = 0;
    for (start, end) in spans {
        let start = start.max(at);
        let (Some(before), Some(copied)) = (text.get(at..start), text.get(start..end)) else {
            continue;
        };
        line = line.plain(before).tone(Tone::Copied, &format!("{open}{copied}{close}"));
        at = end;
    }
    line.plain(text.get(at..).unwrap_or_default())
}
