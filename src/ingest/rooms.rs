//! Owns the calls into the rooms below: what this room asks of `language` and `credits`.

use crate::{
    credits, language,
    model::{Article, Claim, Disguise, OutletKind, ParagraphRole},
};

pub(crate) use crate::{
    credits::{Names, credit_block, dateline, party},
    language::{detect, is_furniture},
};

/// Invisible and look-alike characters of all paragraphs.
pub(crate) fn disguises(article: &Article) -> Vec<Disguise> {
    let numbered = article.paragraphs.iter().enumerate();
    numbered.flat_map(|(number, paragraph)| language::disguises(&paragraph.text, number)).collect()
}

/// Reads the article's credits and people, and marks the paragraphs that are nothing but a credit.
pub(crate) fn read_credits(
    article: &mut Article,
    byline: &[String],
    claims: &[Claim],
    names: &Names,
) {
    let reading = names.known_while(|| {
        let outlet = credits::outlet(article.domain.as_deref(), article.outlet.as_deref());
        credits::read(&credits::Page {
            paragraphs: &article.paragraphs,
            byline,
            claims,
            links: &article.links,
            outlet: &outlet,
            language: article.language.as_deref(),
        })
    });
    for number in reading.credit_paragraphs {
        if let Some(paragraph) = article.paragraphs.get_mut(number) {
            paragraph.role = ParagraphRole::Credit;
        }
    }
    article.credits = reading.credits;
    article.byline = reading.people;
}

/// Whether an article is an agency's own.
pub(crate) fn is_agencys(article: &Article) -> bool {
    let outlet = credits::outlet(article.domain.as_deref(), article.outlet.as_deref());
    outlet.kind == OutletKind::Wire
}

/// The agency whose regional service goes by this code ("lni" → dpa).
pub(crate) fn agency_of_desk(code: &str) -> Option<String> {
    let known = credits::agencies().iter().find(|agency| agency.desks.contains(&code));
    known.map(|agency| agency.name.to_owned())
}
