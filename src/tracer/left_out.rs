//! What of a text is nobody's copy although others have it too: what an outlet runs again and again, quotations,
//! forms filled in anew.

use super::align::align;
use super::body::Body;
use super::rejected::Rejected;
use super::trace::{Question, is_own};
use crate::model::{Evidence, EvidenceFor, EvidenceKind, Recurrence};

/// Articles of one outlet from which on a paragraph that all of them have is a fixture of that outlet.
pub const RECURRENT_ARTICLES: usize = 6;
/// Days that they must be of: a story that is run anew all day long is none.
const RECURRENT_DAYS: usize = 5;
/// Characters of a text that are shown.
const SHOWN: usize = 60;
/// Stretches that are told of.
const MOST_TOLD: usize = 6;

/// A paragraph that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its number in the article.
    pub paragraph: usize,
    recurrence: Recurrence,
}

/// The paragraphs that do not count, of what is known of each.
pub fn left_out(paragraphs: Vec<Option<Recurrence>>) -> Vec<LeftOut> {
    let fixture =
        |found: &Recurrence| found.articles >= RECURRENT_ARTICLES && found.days >= RECURRENT_DAYS;
    let numbered = paragraphs.into_iter().enumerate();
    numbered
        .filter_map(|(paragraph, found)| {
            Some(LeftOut { paragraph, recurrence: found.filter(fixture)? })
        })
        .collect()
}

/// What was left out of the comparison, and why: for those who ask.
pub fn evidence(question: &Question) -> Vec<Evidence> {
    let query = question.query;
    let of_paragraphs = query.left_out().iter().map(|left| {
        let Recurrence { outlet, articles, days } = &left.recurrence;
        let text = query.article.paragraphs.get(left.paragraph).map_or("", |p| p.text.as_str());
        let says = format!(
            "Paragraph {}, “{}”, does not count: {outlet} has it in {articles} articles of {days} days (from {RECURRENT_ARTICLES} articles and {RECURRENT_DAYS} days on it is a fixture).",
            left.paragraph,
            shown(text),
        );
        item(outlet.clone(), says)
    });
    let of_stretches = question
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
        .take(MOST_TOLD);
    of_paragraphs.chain(of_stretches).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(articles: usize, days: usize) -> Recurrence {
        Recurrence { outlet: "Nordkurier".into(), articles, days }
    }

    #[test]
    fn what_recurs_over_days_is_left_out_and_a_story_of_one_day_is_not() {
        let left = left_out(vec![None, Some(found(40, 20)), Some(found(40, 2)), Some(found(3, 3))]);
        assert_eq!(left.iter().map(|left| left.paragraph).collect::<Vec<_>>(), [1]);
    }
}
