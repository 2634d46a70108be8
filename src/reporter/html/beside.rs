//! Two texts side by side, the copied words marked and linked both ways.

use std::collections::BTreeSet;

use askama::Template;

use crate::model::{Comparison, Dossier, ParagraphRole, Relation};
use crate::reporter::ReportError;
use crate::reporter::beside::{Mark, Marks, Piece, Side, pair, rows};
use crate::reporter::wording::{crossed, facts, in_common, percent, relation_word, when};

use super::address::Address;
use super::finished;

#[derive(Template)]
#[template(path = "beside.html")]
struct Beside<'a> {
    legend: Vec<(&'static str, &'static str)>,
    left: String,
    right: String,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    how: Option<How>,
    cells: [Cell<'a>; 2],
}

/// What the paragraphs of a row are to one another.
struct How {
    before: String,
    kind: &'static str,
    word: &'static str,
    after: String,
}

#[derive(Default)]
struct Cell<'a> {
    side: &'a str,
    number: usize,
    role: &'static str,
    language: Option<&'a str>,
    pieces: Vec<Shown<'a>>,
}

struct Shown<'a> {
    text: &'a str,
    mark: Option<Linked>,
}

struct Linked {
    kind: &'static str,
    id: Option<String>,
    href: Option<String>,
}

/// The class under which a relation is drawn.
pub(super) fn kind(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "exact",
        Relation::Near | Relation::Edited => "near",
        Relation::Partial | Relation::Excerpt => "partial",
        Relation::Rewritten => "rewritten",
        Relation::Translated => "translated",
        Relation::Credited => "credited",
    }
}

/// What the two sides are called.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    pub left: &'a str,
    pub right: &'a str,
}

/// The texts of a comparison in two columns; all ids begin with `id`.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn beside(comparison: &Comparison, id: &str, sides: Sides<'_>) -> Result<String, ReportError> {
    let marks = Marks::of(comparison);
    let mut drawn = BTreeSet::new();
    let mut last_left = None;
    let rows = rows(comparison)
        .into_iter()
        .map(|(left, right)| {
            last_left = left.or(last_left);
            let cell = |side: Side, at: Option<usize>, drawn: &mut BTreeSet<(bool, usize)>| {
                let name = if side == Side::Left { sides.left } else { sides.right };
                at.map_or_else(Cell::default, |at| {
                    let dossier = side.dossier(comparison);
                    let first = drawn.insert((side == Side::Left, at));
                    let pieces = marks.pieces(comparison, side, at);
                    Cell {
                        pieces: pieces.iter().map(|p| shown(p, (side, id), first)).collect(),
                        ..cell_of(dossier, name, at)
                    }
                })
            };
            Row {
                how: right.and_then(|right| how(comparison, last_left, right)),
                cells: [cell(Side::Left, left, &mut drawn), cell(Side::Right, right, &mut drawn)],
            }
        })
        .collect();
    let name = |side: &str, dossier: &Dossier| format!("{side}: {}", dossier.outlet.name);
    finished(&Beside {
        legend: legend(comparison),
        left: name(sides.left, &comparison.left),
        right: name(sides.right, &comparison.right),
        rows,
    })
}

fn cell_of<'a>(dossier: &'a Dossier, side: &'a str, at: usize) -> Cell<'a> {
    let article = &dossier.article;
    Cell {
        side,
        number: at,
        role: match article.paragraphs.get(at).map(|p| p.role).unwrap_or_default() {
            ParagraphRole::Text => "",
            ParagraphRole::Subhead => "subhead",
            ParagraphRole::Credit | ParagraphRole::Furniture => "credit",
        },
        language: article.language.as_deref(),
        pieces: Vec::new(),
    }
}

/// A paragraph that is shown again keeps its links; only its first showing can be linked to.
fn shown<'a>(piece: &Piece<'a>, (side, id): (Side, &str), first: bool) -> Shown<'a> {
    let (own, other) = if side == Side::Left { ('a', 'b') } else { ('b', 'a') };
    let linked = |mark: &Mark| Linked {
        kind: kind(mark.relation),
        id: first.then(|| format!("{id}-{own}{}", mark.number)),
        href: mark.answer.map(|number| format!("{id}-{other}{number}")),
    };
    Shown { text: piece.text, mark: piece.mark.map(linked) }
}

fn how(comparison: &Comparison, left: Option<usize>, right: usize) -> Option<How> {
    let pair = pair(comparison, left, right)?;
    Some(How {
        before: format!("Paragraph {} ← {}: ", pair.query, pair.source),
        kind: kind(pair.relation),
        word: relation_word(pair.relation),
        after: format!(", {}", percent(pair.score)),
    })
}

/// The kinds of marks that this comparison has.
fn legend(comparison: &Comparison) -> Vec<(&'static str, &'static str)> {
    let kinds: BTreeSet<Relation> =
        comparison.alignment.paragraphs.iter().map(|pair| pair.relation).collect();
    kinds.into_iter().map(|relation| (kind(relation), relation_word(relation))).collect()
}

#[derive(Template)]
#[template(path = "compare.html")]
struct Compared<'a> {
    id: &'a str,
    related: bool,
    says: String,
    across: Option<String>,
    heads: Vec<(&'static str, &'a str, String, String)>,
    beside: String,
    thresholds: String,
}

/// Two articles: what they have in common, and their texts side by side; all ids begin with `id`.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn comparison(comparison: &Comparison, id: &str) -> Result<String, ReportError> {
    let (word, shares) = in_common(comparison);
    let head = |side: &'static str, dossier: &Dossier| -> Result<_, ReportError> {
        let article = &dossier.article;
        let facts = facts(&[
            article.title.clone(),
            article.published.as_ref().map(|moment| when(&moment.text)),
            article.language.clone(),
        ]);
        Ok((side, facts, Address::of(&dossier.address()).render()?))
    };
    let mut heads = Vec::new();
    for (side, dossier) in [("A", &comparison.left), ("B", &comparison.right)] {
        let (side, facts, address) = head(side, dossier)?;
        heads.push((side, dossier.outlet.name.as_str(), facts, address));
    }
    finished(&Compared {
        id,
        related: comparison.relation.is_some(),
        says: word + &shares,
        across: comparison.across.as_ref().map(crossed),
        heads,
        beside: beside(comparison, id, Sides { left: "A", right: "B" })?,
        thresholds: super::trace::thresholds(&comparison.thresholds, id)?,
    })
}
