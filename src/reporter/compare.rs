//! Two articles paragraph by paragraph, the copied words marked.

use crate::model::{Comparison, Dossier};

use super::Look;
use super::beside::{Marks, Piece, Side, pair, rows};
use super::page::{Line, Page, Tone};
use super::trace;
use super::wording::{crossed, in_common, percent, relation_word, when};

/// From this width on the two texts stand beside one another.
const BESIDE_COLUMNS: usize = 100;

/// One comparison.
pub(super) fn text(comparison: &Comparison, look: &Look) -> String {
    let mut page = Page::new(*look);
    page.line("", "", &summary(comparison));
    if let Some(across) = &comparison.across {
        page.line("", "", &Line::new().plain(&crossed(across)));
    }
    let marks = Marks::of(comparison);
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
                relation_word(pair.relation),
                percent(pair.score)
            );
            if !pair.anchors.is_empty() {
                says = format!("{says}: {}", trace::ties(pair, true));
            }
            page.line("", "", &Line::of(Tone::Faint, &says));
        }
        both(
            &mut page,
            left.map(|at| marked(&marks.pieces(comparison, Side::Left, at), look.colour)),
            right.map(|at| marked(&marks.pieces(comparison, Side::Right, at), look.colour)),
        );
    }
    trace::thresholds(&mut page, &comparison.thresholds);
    page.into_text()
}

fn summary(comparison: &Comparison) -> Line {
    let (word, shares) = in_common(comparison);
    Line::of(Tone::Strong, &word).plain(&shares)
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

/// A paragraph with the words that stand on the other side too marked.
fn marked(pieces: &[Piece], colour: bool) -> Line {
    let (open, close) = if colour { ("", "") } else { ("[", "]") };
    pieces.iter().fold(Line::new(), |line, piece| {
        if piece.mark.is_some_and(|mark| mark.same_words) {
            line.tone(Tone::Copied, &format!("{open}{}{close}", piece.text))
        } else {
            line.plain(piece.text)
        }
    })
}
