//! The last look before an accusation: is the agency named where a credit would stand?
//!
//! Editing and page furniture break credit lines so that no grammar reads them ("Wien (AFP)
//! nachdem -"). A name at the head or the end of a text is then no credit, but too much for "it
//! names nobody".

use crate::credits;
use crate::model::{Article, ChainNode};

/// Words at a paragraph's head among which a dateline or byline would stand.
const HEAD_WORDS: usize = 12;
/// Words at its end among which a credit would stand.
const END_WORDS: usize = 8;
/// Paragraphs at either end of a story that are looked at.
const PARAGRAPHS: usize = 3;

/// The name of a station's agency that stands at the head or the end of a text, or beside it.
pub fn agency_named(article: &Article, stations: &[ChainNode]) -> Option<String> {
    stations
        .iter()
        .filter_map(|station| credits::agency(station.agency.as_deref()?))
        .find(|agency| {
            let is_name = |word: &str| {
                let same = |name: &str| {
                    name.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case(word)
                };
                same(agency.id) || agency.names.iter().any(|name| same(name))
            };
            places(article).iter().flat_map(|place| words(place)).any(is_name)
        })
        .map(|agency| agency.name.to_owned())
}

/// Where a credit would stand.
fn places(article: &Article) -> Vec<String> {
    let count = article.paragraphs.len();
    let mut places: Vec<String> = article.furniture.clone();
    for (number, paragraph) in article.paragraphs.iter().enumerate() {
        let all: Vec<&str> = words(&paragraph.text).collect();
        if number < PARAGRAPHS {
            places.push(all[..all.len().min(HEAD_WORDS)].join(" "));
        }
        if number + PARAGRAPHS >= count {
            places.push(all[all.len().saturating_sub(END_WORDS)..].join(" "));
        }
    }
    places
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Paragraph, ParagraphRole, Relation};

    fn article(texts: &[&str]) -> Article {
        let paragraphs = texts
            .iter()
            .map(|text| Paragraph { text: (*text).into(), role: ParagraphRole::Text })
            .collect();
        Article { paragraphs, ..Article::default() }
    }

    fn station(agency: &str) -> ChainNode {
        ChainNode {
            outlet: None,
            agency: Some(agency.into()),
            url: None,
            id: None,
            published: None,
            on_file: true,
            relation: Relation::Edited,
            confidence: 1.0,
        }
    }

    #[test]
    fn a_broken_dateline_is_a_mention() {
        let broken =
            article(&["Wien (AFP) danach - Der Verein hat am Montag einen Trainer verpflichtet."]);
        assert_eq!(agency_named(&broken, &[station("afp")]).as_deref(), Some("AFP"));
        assert_eq!(agency_named(&broken, &[station("dpa")]), None);
    }

    #[test]
    fn a_name_in_the_middle_of_a_story_is_none() {
        let middle = "The minister said on Monday in the capital that talks would go on for weeks, as he told AFP in an interview before the vote that is due later in the year.";
        assert_eq!(agency_named(&article(&[middle]), &[station("afp")]), None);
    }
}
