//! Owns the calls into the rooms below: what this room asks of `language` and `credits`.

use crate::{
    credits,
    model::{Article, Claim, Disguise, ParagraphRole},
};

pub(crate) use crate::{credits::credit_block, language::detect};

/// Invisible and look-alike characters of all paragraphs.
pub(crate) fn disguises(article: &Article) -> Vec<Disguise> {
    let _ = article;
    Vec::new()
}

/// Whether a whole line is navigation residue.
pub(crate) fn is_furniture(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line == "copy the current link" || line == "add to the memorial list"
}

/// Reads the article's credits and people, and marks the paragraphs that are nothing but a credit.
pub(crate) fn read_credits(article: &mut Article, byline: &[String], claims: &[Claim]) {
    let outlet = credits::outlet(article.domain.as_deref(), article.outlet.as_deref());
    let reading = credits::read(&credits::Page {
        paragraphs: &article.paragraphs,
        byline,
        claims,
        links: &article.links,
        outlet: &outlet,
        language: article.language.as_deref(),
    });
    for number in reading.credit_paragraphs {
        if let Some(paragraph) = article.paragraphs.get_mut(number) {
            paragraph.role = ParagraphRole::Credit;
        }
    }
    article.credits = reading.credits;
    article.byline = reading.people;
}
