//! Which languages and which outlets an article points to as its source.

use super::Asked;
use super::tables;
use crate::credits;
use crate::model::Credit;

/// Languages that lines are proposed in, beside the text's own.
const MAX_LANGUAGES: usize = 3;

/// A language to search in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pointer {
    /// BCP 47 primary subtag.
    pub language: String,
    /// What points to it: residue in quotation marks, names of credited parties; empty for a language only on file.
    pub because: Vec<String>,
}

/// Languages to search in, the likeliest first, the text's own last: what residue and credits point to, else what is
/// on file.
pub fn languages(asked: &Asked) -> Vec<Pointer> {
    let own = asked.query.article.language.as_deref().unwrap_or("und");
    let mut found: Vec<Pointer> = Vec::new();
    let mut point = |language: &str, because: Option<&str>| {
        if language == "und" || language == own {
            return;
        }
        let at = found.iter().position(|known| known.language == language).unwrap_or_else(|| {
            found.push(Pointer { language: language.to_owned(), because: Vec::new() });
            found.len() - 1
        });
        let told = found.get_mut(at).zip(because);
        if let Some((pointer, because)) = told
            && !pointer.because.iter().any(|known| known == because)
        {
            pointer.because.push(because.to_owned());
        }
    };
    for credit in &asked.query.article.credits {
        if let Some(language) = credit_language(credit) {
            point(language, Some(&credit.name));
        }
    }
    // A name says more to a reader than a line of page furniture.
    let (phrases, names): (Vec<_>, Vec<_>) =
        asked.residue.iter().partition(|residue| residue.text.contains(' '));
    for residue in names.into_iter().chain(phrases) {
        point(&residue.language, Some(&format!("“{}”", residue.text)));
    }
    if found.is_empty() {
        asked.languages.iter().for_each(|language| found_on_file(&mut found, language, own));
    }
    found.sort_by_key(|pointer| std::cmp::Reverse(pointer.because.len()));
    found.truncate(MAX_LANGUAGES);
    if own != "und" {
        found.push(Pointer { language: own.to_owned(), because: Vec::new() });
    }
    found
}

fn found_on_file(found: &mut Vec<Pointer>, language: &str, own: &str) {
    if language != "und" && language != own && !found.iter().any(|p| p.language == language) {
        found.push(Pointer { language: language.to_owned(), because: Vec::new() });
    }
}

/// The language that a credited party writes: an agency's first, an outlet's by its domain.
pub fn credit_language(credit: &Credit) -> Option<&'static str> {
    let agency = credit.agency.as_deref().and_then(credits::agency);
    match agency {
        Some(agency) => agency.languages.first().copied(),
        None => credit.domain.as_deref().and_then(tables::domain_language),
    }
}

/// Credited parties that have a domain, other than the article's own outlet, each once: outlets before agencies, whose
/// items stand with their customers.
pub fn credited<'a>(asked: &Asked<'a>) -> Vec<(&'a str, &'a Credit)> {
    let own = [asked.query.outlet.domain.as_deref(), asked.query.article.domain.as_deref()];
    let mut found: Vec<(&str, &Credit)> = Vec::new();
    for credit in &asked.query.article.credits {
        let Some(domain) = credit.domain.as_deref() else { continue };
        if !own.contains(&Some(domain)) && !found.iter().any(|(known, _)| *known == domain) {
            found.push((domain, credit));
        }
    }
    found.sort_by_key(|(_, credit)| credit.agency.is_some());
    found
}
