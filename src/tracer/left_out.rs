//! What of a text is nobody's copy although others have it too: quotations, forms filled in anew, commonplaces.

use super::align::Matched;
use super::body::Body;
use super::rejected::Rejected;
use super::story::Member;
use super::trace::Question;
use crate::model::{Evidence, EvidenceFor, EvidenceKind, Thresholds};

/// Characters of a text that are shown.
const SHOWN: usize = 60;
/// Stretches that are told of.
const MOST_TOLD: usize = 6;

/// What was left out of the comparison, and why: for those who ask. `matches`: of all that the query was aligned with.
pub fn evidence(question: &Question, matches: &[(Member, Matched)]) -> Vec<Evidence> {
    let query = question.query;
    let each = matches.iter().flat_map(|(other, matched)| {
        matched.rejected.iter().map(move |left| (other.dossier, left))
    });
    each.map(|(other, left)| {
        let text = text_of(question, query.body(), left.query.start);
        let says = format!(
            "{} words shared with {}'s article, “{}”, do not count: they are {}.",
            left.words,
            other.outlet.name,
            shown(&text),
            reason(left.why, question.thresholds),
        );
        item(other.address(), says)
    })
    .take(MOST_TOLD)
    .collect()
}

fn reason(why: Rejected, thresholds: &Thresholds) -> String {
    match why {
        Rejected::Quotation => "a quotation that both carry".to_owned(),
        Rejected::Template => "a form with other numbers".to_owned(),
        Rejected::Table => "a table of figures".to_owned(),
        Rejected::Frequent => {
            format!("words that more than {} articles on file hold", thresholds.longest_list)
        }
        Rejected::Commonplace => format!(
            "words that {} or more articles carry which have nothing else in common",
            thresholds.common_stories
        ),
    }
}

fn item(about: String, says: String) -> Evidence {
    Evidence {
        kind: EvidenceKind::Boilerplate,
        speaks_for: EvidenceFor::Parent,
        about,
        weight: 0.0,
        says,
    }
}

/// The query's text from a token on.
fn text_of(question: &Question, body: &Body, token: usize) -> String {
    let text = body.tokens.get(token).and_then(|token| {
        let paragraph = question.query.article.paragraphs.get(token.paragraph as usize)?;
        paragraph.text.get(token.start as usize..)
    });
    text.unwrap_or_default().to_owned()
}

fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
