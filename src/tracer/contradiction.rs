//! Whether the evidence rules out the agency that an article credits.
//!
//! "Source: Reuters" under dpa's text is an accusation like any other, so it is made only where all of this
//! holds: nearly the whole text stands in the item of an agency that the article does not name; the named
//! agency's own items of those days are on file and none has the text; neither agency carries the other's
//! copy; and nobody else ties the text to the named one.

use std::collections::BTreeMap;

use super::derivation::{hours_between, is_wire};
use super::story::Story;
use crate::credits;
use crate::model::{Credit, Dossier};

/// Share of the article's words that must stand in the other agency's item.
const WHOLE_TEXT: f64 = 0.85;
/// Items of each named agency, of those days, that must be on file.
const ITEMS: u64 = 3;

/// What speaks against a credit.
#[derive(Debug, Clone, PartialEq)]
pub struct Contradiction {
    /// The member that is the item which has the text.
    pub item: usize,
    /// The agency whose item it is.
    pub issuer: String,
    /// The agencies that are named.
    pub named: String,
    /// Their items of those days that are on file.
    pub items: u64,
    /// Whether so many are on file that the credit is ruled out; else both readings stay open.
    pub proven: bool,
}

/// What speaks against the credits of a story's query; `named_items`: by credited party, its own items of those
/// days that are on file.
pub fn find(story: &Story, named_items: &BTreeMap<String, u64>) -> Option<Contradiction> {
    let query = story.members[0].dossier;
    let named = &query.article.credits;
    let agencies: Vec<&str> =
        named.iter().map(|credit| credit.agency.as_deref()).collect::<Option<_>>()?;
    if agencies.is_empty() || named.iter().any(|credit| credit.reworked) {
        return None;
    }
    let item = (1..story.members.len())
        .filter(|&other| is_wire(story.members[other].dossier))
        .filter(|&other| story.coverage(0, other) >= WHOLE_TEXT)
        .max_by(|&a, &b| story.coverage(0, a).total_cmp(&story.coverage(0, b)))?;
    let issuer = story.members[item].dossier;
    let own = issuer.outlet.agency.as_deref()?;
    if hours_between(issuer, query).is_none_or(|hours| hours < 0.0) {
        return None;
    }
    let ruled_out = |agency: &&str| {
        *agency != own
            && !credits::may_carry(agency, own)
            && !credits::may_carry(own, agency)
            && !ties_to(story, agency)
            && !speaks_of(query, agency, true)
            && !speaks_of(issuer, agency, false)
    };
    let parties: Vec<&str> = named.iter().map(|credit| credit.name.as_str()).collect();
    let on_file = |credit: &Credit| named_items.get(&credit.party()).copied().unwrap_or(0);
    agencies.iter().all(ruled_out).then(|| Contradiction {
        item,
        issuer: issuer.outlet.name.clone(),
        named: parties.join(", "),
        items: named.iter().map(on_file).sum(),
        proven: named.iter().all(|credit| on_file(credit) >= ITEMS),
    })
}

/// Whether another article of the story is that agency's own or credits it.
fn ties_to(story: &Story, agency: &str) -> bool {
    story.members[1..].iter().any(|member| {
        member.dossier.outlet.agency.as_deref() == Some(agency)
            || member.dossier.article.credits.iter().any(|c| c.agency.as_deref() == Some(agency))
    })
}

/// Whether a text names an agency outside the lines that credit it ("told Reuters").
fn speaks_of(dossier: &Dossier, agency: &str, credits_it: bool) -> bool {
    let Some(agency) = credits::agency(agency) else { return true };
    dossier
        .article
        .paragraphs
        .iter()
        .enumerate()
        .filter(|(number, _)| {
            let is_credit = |c: &Credit| c.paragraph == Some(*number);
            !(credits_it && dossier.article.credits.iter().any(is_credit))
        })
        .any(|(_, paragraph)| super::mention::has_name(&paragraph.text, agency))
}
