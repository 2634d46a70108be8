//! Whether an article that credits nobody was copied: how sure that is, and the last look before it is said.

use super::calibration;
use super::derivation::{hours_between, is_issuer, is_wire, published};
use super::ending::siblings_agency;
use super::mention;
use super::verdict::{Case, Ruling, Station, plain};
use crate::model::{Attribution, Basis, Dossier, OutletKind, Verdict};

/// Why an article is taken for a copy, or for none: the key of its probability, and the sentence.
struct Reading {
    /// The row of db/model/verdicts.tsv.
    kind: &'static str,
    /// Probability of "copied".
    derived: f64,
    says: String,
    /// The source has other words or another language.
    reworded: bool,
    /// Dates put a text that gave it this much before it.
    later: bool,
}

impl Reading {
    fn of(kind: &'static str, says: String) -> Self {
        Self { kind, derived: calibration::reason(kind), says, reworded: false, later: false }
    }
}

/// Shared text and no credit: copied from others, or by others.
pub fn uncredited(case: &Case) -> Ruling {
    let reading = read(case);
    let sure = reading.derived.max(1.0 - reading.derived);
    if reading.kind == ORIGINAL {
        return plain(Verdict::Original, reading.says, reading.kind, sure);
    }
    let doubt = |reason: &'static str, says: String, looked_in: Vec<String>| Ruling {
        verdict: Verdict::Unknown,
        says,
        attribution: Some(nobody_named(looked_in)),
        reason,
        confidence: sure,
    };
    let query = &case.story.members[0].dossier.article;
    let stations = case.stations();
    let looked = case.looked_in();
    if let Some(outlet) = mention::credited_station(query, &stations) {
        return to_station(case, outlet);
    }
    if !may_accuse(case, &reading) {
        return doubt(reading.kind, reading.says.clone(), looked);
    }
    if let Some(says) = within_one_operator(case) {
        return doubt("one_operator", says, looked);
    }
    if let Some(says) = named_in_texts(case, &reading, &stations) {
        return doubt(MENTIONED, says, looked);
    }
    let page = (case.page)();
    if let Some(found) = page.as_ref().and_then(|page| mention::in_page(page, query, &stations)) {
        let says = format!(
            "{} {} is named elsewhere on the page (“{}”); both readings are open.",
            reading.says, found.name, found.text
        );
        return doubt(MENTIONED, says, case.looked_in_page(true));
    }
    accuse(case, &reading, page.is_some())
}

/// Where every text that gave it this much is its own operator's, no stranger's was taken: papers of one house hand
/// texts on as they like.
fn within_one_operator(case: &Case) -> Option<String> {
    let story = case.story;
    let mut gave = (1..story.members.len()).filter(|&other| is_taken(case, other)).peekable();
    let first = story.members[*gave.peek()?].dossier;
    let all_own = gave.all(|other| story.circumstances.is_own(story.members[other].dossier));
    let unnamed = siblings_agency(story, &[0], 0).is_none();
    let sign = story.circumstances.operators.get(&first.outlet.key)?;
    (all_own && unnamed).then(|| {
        format!(
            "Its text stood in {}, behind which the same operator stands ({sign}): its own syndication, no stranger's text.",
            first.outlet.name
        )
    })
}

/// Whoever is named in the texts themselves, where no line is a credit: too much for an accusation.
fn named_in_texts(case: &Case, reading: &Reading, stations: &[Station]) -> Option<String> {
    let query = &case.story.members[0].dossier.article;
    if let Some(party) = mention::at_its_ends(query, stations) {
        return Some(format!(
            "{} {party} is named at its head or end, though in no line that reads as a credit; both readings are open.",
            reading.says
        ));
    }
    let agency = case.thresholds.surely_later.then(|| mention::any_agency(query)).flatten()?;
    Some(format!(
        "{} {agency} is named in its text; that is too much for an accusation under this preset.",
        reading.says
    ))
}

/// A source line names a station by a name that no table of outlets holds.
fn to_station(case: &Case, outlet: &str) -> Ruling {
    let reason = "credited_verified";
    let nearest = case.chains.iter().filter_map(|chain| chain.first());
    let source_named = nearest.filter_map(|node| node.outlet.as_deref()).any(|name| name == outlet);
    Ruling {
        verdict: Verdict::Attributed,
        says: format!("A source line names {outlet}, and the text on file bears that out."),
        attribution: Some(Attribution {
            origin_named: !source_named,
            source_named,
            basis: Basis::Verified,
            looked_in: case.looked_in(),
            licence: None,
        }),
        reason,
        confidence: calibration::reason(reason),
    }
}

/// The kind of reason where a party is named, but in no credit.
const MENTIONED: &str = "mentioned";

/// The kind of reason for which an article is original: nobody had its text before.
const ORIGINAL: &str = "first_of_all";

fn may_accuse(case: &Case, reading: &Reading) -> bool {
    let enough =
        if reading.reworded { case.thresholds.accuse_reworded } else { case.thresholds.accuse };
    let sure = reading.derived >= enough && (!reading.reworded || enough < 1.0);
    sure && (reading.later || !case.thresholds.surely_later)
}

fn accuse(case: &Case, reading: &Reading, page: bool) -> Ruling {
    let share = (100.0 * case.copied).round();
    let nowhere = if page {
        "No credit stands anywhere in the page as it was captured"
    } else if case.is_page() {
        "No credit stands in what is on file of it"
    } else {
        "No credit stands in the text on file"
    };
    let says = format!("{} {nowhere} ({share} % of its words are in other copy).", reading.says);
    Ruling {
        verdict: Verdict::Unattributed,
        says,
        attribution: Some(nobody_named(case.looked_in_page(page))),
        reason: reading.kind,
        confidence: reading.derived,
    }
}

fn nobody_named(looked_in: Vec<String>) -> Attribution {
    Attribution {
        origin_named: false,
        source_named: false,
        basis: Basis::Claimed,
        looked_in,
        licence: None,
    }
}

/// The strongest reason there is.
fn read(case: &Case) -> Reading {
    let story = case.story;
    let others = 1..story.members.len();
    let issued = others
        .clone()
        .filter(|&other| is_issuer(story.members[other].dossier) && not_later(case, other))
        .max_by(|&a, &b| story.coverage(0, a).total_cmp(&story.coverage(0, b)));
    if let Some(item) = issued.filter(|&item| is_taken(case, item)) {
        let outlet = &story.members[item].dossier.outlet;
        let says = match outlet.kind {
            OutletKind::Wire => format!("Its text stands in {}'s own item.", outlet.name),
            _ => format!(
                "Its text is a press release, which is there to be copied, and stands in {}'s own item.",
                outlet.name
            ),
        };
        return Reading { later: is_later(case, item), ..Reading::of("wire_has_it", says) };
    }
    let taken = others.clone().any(|other| is_taken(case, other))
        || case.copied >= case.thresholds.taken_share;
    if others.clone().any(|other| took_from_query(case, other)) {
        return by_time(case);
    }
    if let Some(agency) = siblings_agency(story, &[0], 0).filter(|_| taken) {
        let says = format!("Other copies of its text credit {}.", agency.name);
        let later = others.clone().any(|other| is_taken(case, other) && is_later(case, other));
        return Reading { later, ..Reading::of("siblings_credit", says) };
    }
    let across = case.across.probability();
    if across > 0.0 && (story.members.len() == 1 || across >= case.thresholds.accuse_reworded) {
        return reworded(case);
    }
    by_time(case)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // at most the words of the text
fn reworded(case: &Case) -> Reading {
    let (probability, share) = (case.across.probability(), case.across.copied());
    let words = (share * case.story.members[0].body.len() as f64) as usize;
    if !case.thresholds.is_taken(share, words, 0) {
        let says = format!(
            "{:.0} % of its text may follow another article in other words; that is too little to call it taken.",
            100.0 * share
        );
        return Reading { reworded: true, ..Reading::of("part", says) };
    }
    let says = if probability >= case.thresholds.accuse_reworded {
        "It follows another article sentence by sentence, in other words.".into()
    } else {
        format!(
            "It may follow another article in other words (probability {probability:.2}); that is too little to say so."
        )
    };
    // A candidate across wordings is never later than the query.
    Reading { kind: "reworded", derived: probability, says, reworded: true, later: true }
}

/// Where only times and shares can tell.
fn by_time(case: &Case) -> Reading {
    let story = case.story;
    let earlier = (1..story.members.len()).filter(|&other| is_later(case, other));
    let fullest = earlier.max_by(|&a, &b| story.coverage(0, a).total_cmp(&story.coverage(0, b)));
    let query = story.members[0].dossier;
    let Some(best) = fullest else {
        let first = (1..story.members.len()).all(|other| is_elder_of(case, other));
        return if first {
            Reading::of("first_of_all", "Others carry its text, all of them later.".into())
        } else {
            let says = "Others carry its text, and no date tells who was first: it may be their copy, or they may be its.";
            Reading::of("undated", says.into())
        };
    };
    let name = &story.members[best].dossier.outlet.name;
    if is_taken(case, best) && case.lineage.parent[0].is_some() {
        let source = story.members[best].dossier;
        if let Some(author) = shared_author(query, source) {
            let says = format!(
                "Its text stood in {name} before; but both name {author} as the author, who may have given it to both. Both readings are open."
            );
            return Reading::of("own_name", says);
        }
        if has_author(query) && !has_author(source) && !was_seen_before(source, query) {
            let says = format!(
                "Its text stood in {name} before, as {name} dates it; but it names its author, {name} does not, and a page can be dated back. Both readings are open."
            );
            return Reading::of("own_name", says);
        }
        let says = format!("Its text stood in {name} before.");
        return Reading { later: true, ..Reading::of("earlier_has_it", says) };
    }
    let says = format!(
        "A part of its text stood in {name} before; whether it was taken from there cannot be told."
    );
    Reading::of("part", says)
}

/// A person whom both name as the author.
fn shared_author<'a>(query: &'a Dossier, source: &Dossier) -> Option<&'a str> {
    let named = |name: &str| {
        let same = |other: &String| other.trim().to_lowercase() == name.trim().to_lowercase();
        name.trim().contains(' ') && source.article.byline.iter().any(same)
    };
    query.article.byline.iter().map(String::as_str).find(|name| named(name))
}

fn has_author(dossier: &Dossier) -> bool {
    !dossier.article.byline.is_empty()
}

/// Whether somebody saw an article before the other one says that it was out: a date can be set back, a sighting not.
fn was_seen_before(elder: &Dossier, younger: &Dossier) -> bool {
    let seen = elder.article.first_seen.as_ref().map(|moment| moment.bounds().1);
    let out = published(younger).map(|moment| moment.bounds().0);
    matches!((seen, out), (Some(seen), Some(out)) if seen <= out)
}

/// Whether the query came later than a member, as far as both are dated.
fn is_later(case: &Case, other: usize) -> bool {
    let story = case.story;
    hours_between(story.members[other].dossier, story.members[0].dossier)
        .is_some_and(|hours| hours > 0.0)
}

/// Whether a member is an agency's item that came after the query and names its outlet: then the agency is the taker.
fn took_from_query(case: &Case, other: usize) -> bool {
    let member = case.story.members[other].dossier;
    let own = &case.story.members[0].dossier.outlet.name;
    is_wire(member) && is_elder_of(case, other) && mention::is_named(&member.article, own)
}

/// Whether the query came before a member, as far as both are dated.
fn is_elder_of(case: &Case, other: usize) -> bool {
    let story = case.story;
    hours_between(story.members[0].dossier, story.members[other].dossier)
        .is_some_and(|hours| hours > 0.0)
}

fn not_later(case: &Case, other: usize) -> bool {
    let story = case.story;
    hours_between(story.members[other].dossier, story.members[0].dossier)
        .is_none_or(|hours| hours >= 0.0)
}

/// Whether what a member gave is taking under the preset.
fn is_taken(case: &Case, other: usize) -> bool {
    case.story.between(0, other).is_some_and(|shared| {
        case.thresholds.is_taken(case.story.coverage(0, other), shared.words, shared.longest)
    })
}
