//! The verdict on an article, and whom it names.

use super::chain::siblings_agency;
use super::derivation::{hours_between, is_wire};
use super::lineage::Lineage;
use super::mention::agency_named;
use super::story::Story;
use crate::model::{Attribution, Basis, ChainNode, Credit, Origin, Searched, Thresholds, Verdict};

/// What a verdict is made from.
pub struct Case<'a> {
    pub story: &'a Story<'a>,
    pub lineage: &'a Lineage,
    pub chain: &'a [ChainNode],
    pub origin: Option<&'a Origin>,
    pub searched: &'a Searched,
    pub thresholds: &'a Thresholds,
    /// Probability that a source in another language or other words is the source; 0 where none.
    pub crossed: f64,
    /// Share of the query's words that stand in other copy.
    pub copied: f64,
}

/// A verdict with the sentence that says why.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    pub verdict: Verdict,
    pub says: String,
    pub attribution: Option<Attribution>,
}

/// Share of its words that an accused article must have from others.
const ACCUSED_SHARE: f64 = 0.5;
/// Probability of "copied" where other copies credit an agency and this one names nobody.
const SIBLINGS_CREDIT_IT: f64 = 0.96;
/// Probability of "copied" where an earlier article has the same text.
const EARLIER_HAS_IT: f64 = 0.93;
/// Probability of "copied" where an agency's own item has the same text.
const WIRE_HAS_IT: f64 = 0.98;

/// Probability of "copied" where all that share the text came later.
const FIRST_OF_ALL: f64 = 0.05;

/// The verdict.
pub fn rule(case: &Case) -> Ruling {
    let query = case.story.members[0].dossier;
    let shares_text = case.story.members.len() > 1 || case.crossed > 0.0;
    let credits = &query.article.credits;
    if !credits.is_empty() {
        return credited(case, credits, shares_text);
    }
    if !shares_text {
        return alone(case);
    }
    if is_wire(query) {
        return plain(Verdict::Original, "It is an agency's own item.".into());
    }
    uncredited(case)
}

fn plain(verdict: Verdict, says: String) -> Ruling {
    Ruling { verdict, says, attribution: None }
}

/// No shared text, no credit.
fn alone(case: &Case) -> Ruling {
    let of_its_time = case.searched.of_its_time;
    if is_wire(case.story.members[0].dossier) {
        plain(Verdict::Original, "It is an agency's own item and carries nobody's text.".into())
    } else if of_its_time == 0 {
        let says = if case.searched.articles == 0 {
            "It names no source, and nothing is on file to compare it with."
        } else {
            "It names no source, and no other outlet's article of its time is on file to compare it with."
        };
        plain(Verdict::Unknown, says.into())
    } else {
        let articles = if of_its_time == 1 { "article" } else { "articles" };
        plain(
            Verdict::Original,
            format!(
                "None of {of_its_time} {articles} of its time from other outlets has its text, and it credits nobody."
            ),
        )
    }
}

/// The article credits somebody.
fn credited(case: &Case, credits: &[Credit], shares_text: bool) -> Ruling {
    let parties: Vec<&str> = credits.iter().map(|credit| credit.name.as_str()).collect();
    let names = parties.join(", ");
    let is_credited = |node: &ChainNode| credits.iter().any(|credit| names_node(credit, node));
    let source_named = case.chain.first().is_some_and(&is_credited);
    let origin_named =
        case.origin.is_some_and(|origin| credits.iter().any(|credit| names_origin(credit, origin)));
    let on_file_named = case.chain.iter().any(|node| node.on_file && is_credited(node));
    let basis = if on_file_named { Basis::Verified } else { Basis::Claimed };
    let attribution =
        Attribution { origin_named, source_named, basis, looked_in: looked_in(), licence: None };
    if origin_named || source_named || !shares_text || on_file_named {
        let says = match (shares_text, basis) {
            (false, _) => format!(
                "It credits {names}; nothing on file has its text, so the credit stands unchecked."
            ),
            (true, Basis::Verified) => {
                format!("It credits {names}, and the text on file bears that out.")
            }
            (true, _) => format!("It credits {names}; that party's own item is not on file."),
        };
        return Ruling { verdict: Verdict::Attributed, says, attribution: Some(attribution) };
    }
    let top_is_wire = case.chain.last().is_some_and(|node| node.on_file && node.agency.is_some());
    let says = if top_is_wire {
        format!(
            "It credits {names}, but its text stands in {}'s item; both readings are open.",
            case.chain.last().and_then(|node| node.outlet.clone()).unwrap_or_default()
        )
    } else {
        format!(
            "It credits {names}, who is not among those whose text it shares; both readings are open."
        )
    };
    Ruling { verdict: Verdict::Unknown, says, attribution: Some(attribution) }
}

/// Shared text and no credit: copied from others, or by others.
fn uncredited(case: &Case) -> Ruling {
    let (derived, why) = derived(case);
    let attribution = Attribution {
        origin_named: false,
        source_named: false,
        basis: Basis::Claimed,
        looked_in: looked_in(),
        licence: None,
    };
    let query = &case.story.members[0].dossier.article;
    if let Some(agency) = agency_named(query, case.chain).filter(|_| derived > 0.5) {
        let says = format!(
            "{why} {agency} is named at its head or end, though in no line that reads as a credit; both readings are open."
        );
        return Ruling { verdict: Verdict::Unknown, says, attribution: Some(attribution) };
    }
    if derived >= case.thresholds.accuse {
        let share = (100.0 * case.copied).round();
        return Ruling {
            verdict: Verdict::Unattributed,
            says: format!(
                "{why} No credit stands in what is on file of it ({share} % of its words are in other copy)."
            ),
            attribution: Some(attribution),
        };
    }
    if derived <= 1.0 - case.thresholds.accuse {
        return plain(Verdict::Original, why);
    }
    plain(Verdict::Unknown, why)
}

/// Probability that the query is the copy, with the reason.
fn derived(case: &Case) -> (f64, String) {
    let story = case.story;
    let query = story.members[0].dossier;
    let not_later = |other: usize| {
        let hours = hours_between(story.members[other].dossier, query);
        hours.is_none_or(|hours| hours >= 0.0)
    };
    let wire = (1..story.members.len())
        .filter(|&other| is_wire(story.members[other].dossier) && not_later(other))
        .max_by(|&a, &b| story.coverage(0, a).total_cmp(&story.coverage(0, b)));
    if let Some(wire) = wire.filter(|&wire| story.coverage(0, wire) >= ACCUSED_SHARE) {
        let name = &story.members[wire].dossier.outlet.name;
        return (WIRE_HAS_IT, format!("Its text stands in {name}'s own item."));
    }
    if let Some(agency) = siblings_agency(story, &[0], 0).filter(|_| case.copied >= ACCUSED_SHARE) {
        return (SIBLINGS_CREDIT_IT, format!("Other copies of its text credit {}.", agency.name));
    }
    if case.crossed >= case.thresholds.accuse {
        let says = "It follows another article sentence by sentence, in other words.";
        return (case.crossed, says.into());
    }
    if story.members.len() == 1 {
        return (
            case.crossed,
            format!(
                "It may follow another article in other words (probability {:.2}); that is too little to say so.",
                case.crossed
            ),
        );
    }
    by_time(case)
}

/// Probability that the query is the copy where only times and shares can tell.
fn by_time(case: &Case) -> (f64, String) {
    let story = case.story;
    let query = story.members[0].dossier;
    let earlier = (1..story.members.len()).filter(|&other| {
        hours_between(story.members[other].dossier, query).is_some_and(|hours| hours > 0.0)
    });
    let fullest = earlier.max_by(|&a, &b| story.coverage(0, a).total_cmp(&story.coverage(0, b)));
    let Some(best) = fullest else {
        let later = (1..story.members.len()).all(|other| {
            hours_between(query, story.members[other].dossier).is_some_and(|hours| hours > 0.0)
        });
        return if later {
            (FIRST_OF_ALL, "Others carry its text, all of them later.".into())
        } else {
            (0.5, "Others carry its text, and no date tells who was first.".into())
        };
    };
    let name = &story.members[best].dossier.outlet.name;
    if story.coverage(0, best) >= ACCUSED_SHARE && case.lineage.parent[0].is_some() {
        return (EARLIER_HAS_IT, format!("Its text stood in {name} before."));
    }
    let longest = story.between(0, best).map_or(0, |shared| shared.longest);
    if story.coverage(0, best) < case.thresholds.copy_share
        && longest < case.thresholds.copy_run_words
    {
        return (FIRST_OF_ALL, "Less than a tenth of its words stood elsewhere before.".into());
    }
    let says = format!(
        "A part of its text stood in {name} before; whether it was taken from there cannot be told."
    );
    (0.5, says)
}

fn looked_in() -> Vec<String> {
    vec!["text".into(), "metadata".into()]
}

/// Whether a credit names this station.
pub fn names_node(credit: &Credit, node: &ChainNode) -> bool {
    names(credit, node.agency.as_deref(), node.outlet.as_deref())
}

fn names_origin(credit: &Credit, origin: &Origin) -> bool {
    names(credit, origin.agency.as_deref(), origin.outlet.as_deref())
}

fn names(credit: &Credit, agency: Option<&str>, outlet: Option<&str>) -> bool {
    match (&credit.agency, agency) {
        (Some(named), Some(agency)) => named == agency,
        _ => outlet.is_some_and(|outlet| {
            outlet.eq_ignore_ascii_case(&credit.name)
                || credit
                    .domain
                    .as_deref()
                    .is_some_and(|domain| domain.eq_ignore_ascii_case(outlet))
        }),
    }
}
