//! Where a way started: an issuer's own item, an article that is known as its author's own, or a credited party.

use super::calibration;
use super::derivation::{hours_between, is_issuer, is_party};
use super::lineage::Lineage;
use super::story::Story;
use crate::model::Credit;

/// Share of an article's words from which another one tells the same story.
const SAME_STORY: f64 = 0.5;
/// Share of a copy's words that the credited agency's item must have to be the one that is meant.
const ITEM_COVERAGE: f64 = 0.3;
/// Probability below which a possible parent is not followed up.
const HARDLY: f64 = 0.005;

/// A text's start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// An article of the story.
    Member(usize),
    /// A credited party, by its key.
    Party(String),
}

/// What stands beyond the last station on file of a way.
#[derive(Debug, Clone, Default)]
pub struct Ending<'a> {
    /// Parties known from credits, nearest first, with the probability that each is right.
    pub credited: Vec<(&'a Credit, f64)>,
    pub start: Option<Start>,
    /// The kind of reason, as db/model/verdicts.tsv counts them.
    pub reason: &'static str,
    /// A text that nobody names stands between the last station and its siblings.
    pub unseen: bool,
}

/// The ending of a member's way over these stations; `elsewhere`: stations of its other ways, which its credits
/// may speak of.
pub fn of<'a>(
    story: &Story<'a>,
    lineage: &Lineage,
    member: usize,
    stations: &[usize],
    elsewhere: &[usize],
) -> Ending<'a> {
    let top = stations.last().copied().unwrap_or(member);
    let over_issuer = stations.iter().any(|&at| story.members[at].dossier.outlet.agency.is_some());
    let (mut credited, reason) = if over_issuer {
        (Vec::new(), "issuer_item")
    } else {
        credited_parties(story, member, stations)
    };
    let of_other_way =
        |credit: &Credit| elsewhere.iter().any(|&at| is_party(story.members[at].dossier, credit));
    credited.retain(|credit| !of_other_way(credit));
    let sure = calibration::reason(reason);
    let credited: Vec<(&Credit, f64)> = credited.into_iter().map(|credit| (credit, sure)).collect();
    if let Some(item) = item_on_file(story, &credited, top) {
        return Ending { credited, start: Some(Start::Member(item)), reason, unseen: false };
    }
    if let Some((credit, _)) = credited.last() {
        let start = Some(Start::Party(credit.party()));
        return Ending { credited, start, reason, unseen: false };
    }
    if !is_issuer(story.members[top].dossier) && is_sibling(story, lineage, top) {
        return Ending { unseen: true, ..Ending::default() };
    }
    match own_work(story, top, elsewhere).filter(|_| top != member) {
        Some(reason) => Ending { start: Some(Start::Member(top)), reason, ..Ending::default() },
        None => Ending::default(),
    }
}

/// How much of what a part of a member may have been made from leads to this start, 0..1. `way`: what the part's way
/// begins with, which counts as leading there, and the stations of the other parts, which are no choice for this.
pub fn share_of_choices(
    story: &Story,
    lineage: &Lineage,
    member: usize,
    way: (Option<usize>, &[usize]),
    start: &Start,
) -> f64 {
    let (first, elsewhere) = way;
    let leads_there = |parent: Option<usize>| {
        if parent == first {
            return true;
        }
        let mut stations: Vec<usize> = parent.into_iter().collect();
        if let Some(parent) = parent {
            stations.extend(lineage.ancestors(parent));
        }
        if stations.contains(&member) {
            return false;
        }
        of(story, lineage, member, &stations, &[]).start.as_ref() == Some(start)
    };
    let of_other_part = |parent: &Option<usize>| {
        parent.is_some_and(|at| Some(at) != first && elsewhere.contains(&at))
    };
    let choices =
        || lineage.choices(member).into_iter().filter(|(parent, _)| !of_other_part(parent));
    let all: f64 = choices().map(|(_, share)| share).sum();
    let there: f64 = choices()
        .filter(|(_, share)| *share >= HARDLY)
        .filter(|(parent, _)| leads_there(*parent))
        .map(|(_, share)| share)
        .sum();
    if all > 0.0 { (there / all).min(1.0) } else { 0.0 }
}

/// The credited agency's own item, where it is in the story: what the credit speaks of.
fn item_on_file(story: &Story, credited: &[(&Credit, f64)], child: usize) -> Option<usize> {
    let (credit, _) = credited.iter().find(|(credit, _)| credit.agency.is_some())?;
    (0..story.members.len())
        .filter(|&other| other != child && story.coverage(child, other) >= ITEM_COVERAGE)
        .find(|&other| {
            let dossier = story.members[other].dossier;
            is_issuer(dossier) && dossier.outlet.agency == credit.agency
        })
}

/// Whether a member that has no parent has an elder sibling: most of its text stood before in an article that it
/// was not made from, so both come from one that is not on file.
fn is_sibling(story: &Story, lineage: &Lineage, member: usize) -> bool {
    let dossier = story.members[member].dossier;
    lineage.parent[member].is_none()
        && dossier.article.credits.is_empty()
        && (0..story.members.len()).any(|other| {
            other != member
                && story.coverage(member, other) >= SAME_STORY
                && hours_between(story.members[other].dossier, dossier).is_some_and(|h| h > 0.0)
                && !lineage.ancestors(other).contains(&member)
        })
}

/// Why an article that has no parent is where its text started: an issuer's item, or known as its author's own.
/// The earliest copy on file is not the origin for being earliest.
/// `elsewhere`: stations of other parts, which its credits may speak of.
pub fn own_work(story: &Story, member: usize, elsewhere: &[usize]) -> Option<&'static str> {
    if is_issuer(story.members[member].dossier) {
        Some("issuer_item")
    } else if is_named_work(story, member, elsewhere) {
        Some("named_work")
    } else {
        None
    }
}

/// Whether others credit this outlet, or the article names its author and credits nobody for this part.
fn is_named_work(story: &Story, member: usize, elsewhere: &[usize]) -> bool {
    let dossier = story.members[member].dossier;
    let credited_by_others = story.members.iter().enumerate().any(|(other, m)| {
        other != member && m.dossier.article.credits.iter().any(|credit| is_party(dossier, credit))
    });
    let for_another_part =
        |credit: &Credit| elsewhere.iter().any(|&at| is_party(story.members[at].dossier, credit));
    credited_by_others
        || (dossier.article.credits.iter().all(for_another_part)
            && !dossier.article.byline.is_empty())
}

/// Parties beyond the last article on file, nearest first, and the kind of reason: outlets before agencies, since
/// papers take from agencies and aggregators from papers. Without a credit of its own on the way, what most
/// other copies of the same text credit.
fn credited_parties<'a>(
    story: &Story<'a>,
    member: usize,
    stations: &[usize],
) -> (Vec<&'a Credit>, &'static str) {
    let top = stations.last().copied().unwrap_or(member);
    let is_top_issuer = is_issuer(story.members[top].dossier);
    if is_top_issuer && top != member {
        return (Vec::new(), "issuer_item");
    }
    let on_way: Vec<usize> =
        stations.iter().rev().copied().chain(std::iter::once(member)).collect();
    let is_on_file =
        |credit: &Credit| on_way.iter().any(|&at| is_party(story.members[at].dossier, credit));
    for &at in &on_way {
        let credits = &story.members[at].dossier.article.credits;
        let mut own: Vec<&Credit> = credits.iter().filter(|credit| !is_on_file(credit)).collect();
        if !own.is_empty() {
            own.sort_by_key(|credit| credit.agency.is_some());
            return (own, "own_credit");
        }
    }
    if is_top_issuer {
        return (Vec::new(), "issuer_item");
    }
    (siblings_agency(story, &on_way, top).into_iter().collect(), "siblings_agency")
}

/// The agency that most other copies of this member's text credit.
pub fn siblings_agency<'a>(
    story: &Story<'a>,
    apart_from: &[usize],
    member: usize,
) -> Option<&'a Credit> {
    let mut named: Vec<(usize, &Credit)> = Vec::new();
    for other in (0..story.members.len()).filter(|other| !apart_from.contains(other)) {
        if story.coverage(member, other) < SAME_STORY {
            continue;
        }
        for credit in &story.members[other].dossier.article.credits {
            if credit.agency.is_none() {
                continue;
            }
            match named.iter_mut().find(|(_, known)| known.agency == credit.agency) {
                Some((count, _)) => *count += 1,
                None => named.push((1, credit)),
            }
        }
    }
    named.into_iter().max_by_key(|(count, _)| *count).map(|(_, credit)| credit)
}
