//! The verdict on an article, and whom it names.

use super::accusation::uncredited;
use super::calibration;
use super::contradiction::Contradiction;
use super::crossed::Across;
use super::derivation::{is_issuer, is_wire};
use super::lineage::Lineage;
use super::story::Story;
use crate::model::{
    Attribution, Basis, ChainNode, Credit, Dossier, Origin, OutletKind, Searched, Thresholds,
    Verdict,
};

/// What a verdict is made from.
pub struct Case<'a> {
    pub story: &'a Story<'a>,
    pub lineage: &'a Lineage,
    /// Every chain, the main one first.
    pub chains: Vec<&'a [ChainNode]>,
    pub origins: Vec<&'a Origin>,
    pub searched: &'a Searched,
    pub thresholds: &'a Thresholds,
    /// Sources in other languages or other words.
    pub across: &'a Across<'a>,
    /// Share of the query's words that stand in other copy.
    pub copied: f64,
    /// What speaks against the query's credits.
    pub contradiction: Option<&'a Contradiction>,
    /// Everything that the query's page shows, where it was captured.
    pub page: &'a dyn Fn() -> Option<Vec<String>>,
}

/// A party that a copy ought to name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Station {
    pub agency: Option<String>,
    pub outlet: Option<String>,
}

impl Case<'_> {
    fn query(&self) -> &Dossier {
        self.story.members[0].dossier
    }

    /// Whoever stands on a way to an origin.
    pub fn stations(&self) -> Vec<Station> {
        let nodes = self.chains.iter().flat_map(|chain| chain.iter());
        nodes
            .map(|node| Station { agency: node.agency.clone(), outlet: node.outlet.clone() })
            .collect()
    }

    /// Whether the query was read from a page, and not from a text alone.
    pub fn is_page(&self) -> bool {
        let fields = &self.query().article.read_from;
        fields.values().any(|from| matches!(from.as_str(), "json-ld" | "meta" | "time" | "title"))
    }

    /// Where a credit was looked for.
    pub fn looked_in(&self) -> Vec<String> {
        self.looked_in_page(false)
    }

    /// The same; `captured`: the whole page was, as it was captured.
    pub fn looked_in_page(&self, captured: bool) -> Vec<String> {
        let article = &self.query().article;
        let page = captured || self.is_page();
        let fields = page || !article.byline.is_empty() || !article.read_from.is_empty();
        let places = [("text", true), ("page", page), ("metadata", fields)];
        places.iter().filter(|(_, looked)| *looked).map(|(place, _)| (*place).into()).collect()
    }
}

/// A verdict with the sentence that says why.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    pub verdict: Verdict,
    pub says: String,
    pub attribution: Option<Attribution>,
    /// The kind of reason, as db/model/verdicts.tsv counts them.
    pub reason: &'static str,
    /// Probability that the verdict is right, 0..1; of `unknown`, that of its likelier reading.
    pub confidence: f64,
}

/// The verdict.
pub fn rule(case: &Case) -> Ruling {
    let query = case.query();
    let shares_text = case.story.members.len() > 1 || case.across.probability() > 0.0;
    let credits = &query.article.credits;
    if !credits.is_empty() {
        return credited(case, credits, shares_text);
    }
    if !shares_text {
        return alone(case);
    }
    if is_issuer(query) {
        return original(own_item(query), "own_item");
    }
    uncredited(case)
}

pub fn plain(verdict: Verdict, says: String, reason: &'static str, confidence: f64) -> Ruling {
    Ruling { verdict, says, attribution: None, reason, confidence }
}

/// An original for this kind of reason.
fn original(says: String, reason: &'static str) -> Ruling {
    plain(Verdict::Original, says, reason, calibration::reason(reason))
}

fn own_item(query: &Dossier) -> String {
    match query.outlet.kind {
        OutletKind::Wire => "It is an agency's own item.".into(),
        _ => "It is the issuer's own release.".into(),
    }
}

/// No shared text, no credit.
fn alone(case: &Case) -> Ruling {
    let of_its_time = case.searched.of_its_time;
    if is_wire(case.query()) {
        let says = "It is an agency's own item and carries nobody's text.";
        return original(says.into(), "own_item");
    }
    if of_its_time == 0 {
        let says = if case.searched.articles == 0 {
            "It names no source, and nothing is on file to compare it with."
        } else {
            "It names no source, and no other outlet's article of its time is on file to compare it with."
        };
        return plain(Verdict::Unknown, says.into(), "nothing", 0.5);
    }
    let articles = if of_its_time == 1 { "article" } else { "articles" };
    let says = format!(
        "None of {of_its_time} {articles} of its time from other outlets has its text, and it credits nobody."
    );
    original(says, "alone")
}

fn names_of(credits: &[Credit]) -> String {
    let parties: Vec<&str> = credits.iter().map(|credit| credit.name.as_str()).collect();
    parties.join(", ")
}

/// The article credits somebody.
fn credited(case: &Case, credits: &[Credit], shares_text: bool) -> Ruling {
    let names = names_of(credits);
    let is_credited = |node: &ChainNode| credits.iter().any(|credit| names_node(credit, node));
    let source_named = case.chains.iter().any(|chain| chain.first().is_some_and(is_credited));
    let origin_named =
        case.origins.iter().any(|origin| credits.iter().any(|credit| names_origin(credit, origin)));
    let stations = || case.chains.iter().flat_map(|chain| chain.iter());
    let on_file_named = stations().any(|node| node.on_file && is_credited(node));
    let basis = if on_file_named { Basis::Verified } else { Basis::Claimed };
    let looked_in = case.looked_in();
    let attribution = Attribution { origin_named, source_named, basis, looked_in, licence: None };
    if let Some(found) = case.contradiction {
        return contradicted(case, found, attribution);
    }
    if origin_named || source_named || !shares_text || on_file_named {
        let (reason, says) = match (shares_text, basis) {
            (false, _) => (
                "credited_alone",
                format!(
                    "It credits {names}; nothing on file has its text, so the credit stands unchecked."
                ),
            ),
            (true, Basis::Verified) => (
                "credited_verified",
                format!("It credits {names}, and the text on file bears that out."),
            ),
            (true, _) => (
                "credited_claimed",
                format!("It credits {names}; that party's own item is not on file."),
            ),
        };
        return Ruling {
            verdict: Verdict::Attributed,
            says,
            attribution: Some(attribution),
            reason,
            confidence: calibration::reason(reason),
        };
    }
    let top = stations().find(|node| node.on_file && node.agency.is_some());
    let says = match top {
        Some(top) => format!(
            "It credits {names}, but its text stands in {}'s item; both readings are open.",
            top.outlet.clone().unwrap_or_default()
        ),
        None => format!(
            "It credits {names}, who is not among those whose text it shares; both readings are open."
        ),
    };
    let attribution = Some(attribution);
    Ruling { verdict: Verdict::Unknown, says, attribution, reason: "open", confidence: 0.5 }
}

/// The text is another agency's than the one that is credited: ruled out where enough of the credited one's items
/// are on file, else both readings stay open.
fn contradicted(case: &Case, found: &Contradiction, attribution: Attribution) -> Ruling {
    let Contradiction { issuer, named, items, .. } = found;
    let reason = "contradicted";
    let confidence = calibration::reason(reason);
    let facts =
        format!("It credits {named}, but its text is {issuer}'s: it stands in {issuer}'s own item");
    if !found.proven {
        let few = if *items == 0 {
            format!("no item of {named}")
        } else {
            format!("too little of {named}")
        };
        let says = format!("{facts}; {few} of those days is on file, so both readings are open.");
        let attribution =
            Some(Attribution { origin_named: false, source_named: false, ..attribution });
        return Ruling {
            verdict: Verdict::Unknown,
            says,
            attribution,
            reason: "open",
            confidence: 0.5,
        };
    }
    let attribution = Some(Attribution {
        origin_named: false,
        source_named: false,
        basis: Basis::Contradicted,
        ..attribution
    });
    let facts =
        format!("{facts}, and none of {items} items of {named} on file from those days has it");
    if confidence >= case.thresholds.accuse {
        let says = format!("{facts}.");
        return Ruling { verdict: Verdict::Misattributed, says, attribution, reason, confidence };
    }
    let says = format!("{facts}; under this preset that is too little for an accusation.");
    Ruling { verdict: Verdict::Unknown, says, attribution, reason, confidence }
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
