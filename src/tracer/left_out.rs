//! What of a text is nobody's copy although others have it too: quotations, and forms filled in anew.

use super::align::align;
use super::body::Body;
use super::rejected::Rejected;
use super::trace::{Question, is_own};
use crate::model::{Evidence, EvidenceFor, EvidenceKind};

/// Characters of a text that are shown.
const SHOWN: usize = 60;
/// Stretches that are told of.
const MOST_TOLD: usize = 6;

/// What was left out of the comparison, and why: for those who ask.
pub fn evidence(question: &Question) -> Vec<Evidence> {
    let query = question.query;
    question
        .candidates
        .iter()
        .filter(|other| !is_own(query, other))
        .flat_map(|other| {
            let matched = align(query.body(), other.body(), question.thresholds);
            matched.rejected.into_iter().map(|left| {
                let why = match left.why {
                    Rejected::Quotation => "a quotation that both carry",
                    Rejected::Template => "a form with other numbers",
                };
                let text = text_of(question, query.body(), left.query.start);
                let says = format!(
                    "{} words shared with {}'s article, “{}”, do not count: they are {why}.",
                    left.words,
                    other.outlet.name,
                    shown(&text),
                );
                item(other.address(), says)
            })
        })
        .take(MOST_TOLD)
        .collect()
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
