//! The reasons for a lineage, as sentences with their weights.

use super::chain::Path;
use super::circumstances;
use super::crossed;
use super::crossing::Crossed;
use super::derivation::{Features, is_back_dated, published};
use super::leads::language_name;
use super::lineage::Lineage;
use super::record;
use super::story::Story;
use super::weights;
use crate::model::{
    Article, Credit, CreditRole, Disguise, Dossier, Evidence, EvidenceFor, EvidenceKind, Residue,
    Thresholds,
};

/// Log-odds of one sign of a translation.
const SIGN: f64 = 0.8;
/// Signs of one language from which a text is called a translation from it.
const SIGNS_OF_TRANSLATION: usize = 3;
/// Log-odds of a date that sightings speak against.
const BACK_DATED: f64 = 1.5;
/// Signs beyond which more say no more.
const MOST_SIGNS: usize = 6;

/// Everything that the answer rests on, strongest first.
pub fn gather(
    story: &Story,
    lineage: &Lineage,
    main: &Path,
    residue: &[Residue],
    across: &[Evidence],
) -> Vec<Evidence> {
    let query = story.members[0].dossier;
    let mut found: Vec<Evidence> = query.article.credits.iter().map(credit).collect();
    if let Some(parent) = lineage.parent[0]
        && let Some(features) = &lineage.pairs[parent][0]
    {
        found.extend(of_parent(story, parent, features));
    }
    found.extend(circumstances::evidence(story, lineage.parent[0]));
    found.extend(record::evidence(&query.article, &query.address()));
    found.extend(across.iter().cloned());
    found.extend(of_siblings(story, main));
    found.extend(of_back_dating(story));
    found.extend(of_residue(residue));
    found.extend(of_proxy(&query.article));
    found.extend(query.article.disguises.iter().map(|found| disguise(found, &query.address())));
    found.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    found
}

fn credit(credit: &Credit) -> Evidence {
    let place = match credit.role {
        CreditRole::SourceLine => "a source line",
        CreditRole::CreditLine => "a credit line",
        CreditRole::Dateline => "the dateline",
        CreditRole::Byline => "the byline",
        CreditRole::Metadata => "the page's metadata",
        CreditRole::Canonical => "its canonical address",
        CreditRole::Link => "a link",
    };
    let speaks_for =
        if credit.agency.is_some() { EvidenceFor::Origin } else { EvidenceFor::Parent };
    let initials = if credit.initials.is_empty() {
        String::new()
    } else {
        format!(", with the desk's initials {}", credit.initials.join(", "))
    };
    Evidence {
        kind: EvidenceKind::Credit,
        speaks_for,
        about: credit.name.clone(),
        weight: 3.0,
        says: format!(
            "{} is credited in {place}: “{}”{initials}.",
            credit.name,
            credit.text.trim()
        ),
    }
}

fn of_parent(story: &Story, parent: usize, features: &Features) -> Vec<Evidence> {
    let dossier = story.members[parent].dossier;
    let name = &dossier.outlet.name;
    let item = |kind, speaks_for, weight: f64, says: String| Evidence {
        kind,
        speaks_for,
        about: dossier.address(),
        weight,
        says,
    };
    let mut found = vec![item(
        EvidenceKind::Containment,
        EvidenceFor::Parent,
        weights::of(features, "coverage") + weights::of(features, "coverage_of_parent"),
        format!(
            "{} % of its words stand in {name}'s article.",
            (100.0 * features.coverage).round()
        ),
    )];
    found.extend(edits(name, features).into_iter().map(|(figure, says)| {
        let weight = weights::of(features, figure);
        item(EvidenceKind::SharedEdits, EvidenceFor::Parent, weight, says)
    }));
    if let Some(hours) = features.hours {
        let sooner = if hours < 0.0 { "after" } else { "before" };
        let says = format!("{name}'s article is dated {} {sooner} it.", span(hours.abs()));
        let weight = weights::time(features);
        found.push(item(EvidenceKind::Time, EvidenceFor::Direction, weight, says));
    }
    if features.parent_is_wire {
        let says = format!("{name} is a news agency: papers take from it, not it from papers.");
        let weight = weights::of(features, "parent_is_wire");
        found.push(item(EvidenceKind::OutletKind, EvidenceFor::Direction, weight, says));
    }
    found
}

/// What the two share, or do not, against the other copies: the figure and its sentence.
fn edits(name: &str, features: &Features) -> Vec<(&'static str, String)> {
    let counted = [
        ("shared_only", features.shared_only, "runs of words are in it and in {}'s article only."),
        (
            "missing",
            features.missing,
            "runs of its words are in other copies but not in {}'s article.",
        ),
        (
            "breaks_shared",
            features.breaks_shared,
            "times a paragraph ends in it where it does in {}'s article, and not in other copies.",
        ),
    ];
    let mut found: Vec<(&'static str, String)> = counted
        .into_iter()
        .filter(|(_, count, _)| *count > 0.0)
        .map(|(figure, count, says)| (figure, format!("{count} {}", says.replace("{}", name))))
        .collect();
    if features.same_title {
        found.push(("same_title", format!("Its headline is {name}'s.")));
    }
    found
}

/// Members whose claimed dates put them before the query, or behind it, against the order in which both were seen.
fn of_back_dating(story: &Story) -> Vec<Evidence> {
    let query = story.members[0].dossier;
    let claimed = |dossier: &Dossier| published(dossier).map(|moment| moment.seconds);
    let seen = |dossier: &Dossier| {
        dossier.article.first_seen.as_ref().map_or_else(String::new, |moment| moment.text.clone())
    };
    let told = |elder: &Dossier, younger: &Dossier| {
        format!(
            "{} claims to be the elder, but was first seen at {}, when {} had been seen at {}: a page can be dated back, a sighting cannot.",
            elder.outlet.name,
            seen(elder),
            younger.outlet.name,
            seen(younger)
        )
    };
    story.members[1..]
        .iter()
        .filter_map(|member| {
            let other = member.dossier;
            let (elder, younger) =
                if claimed(other)? < claimed(query)? { (other, query) } else { (query, other) };
            is_back_dated(elder, younger).then(|| Evidence {
                kind: EvidenceKind::Time,
                speaks_for: EvidenceFor::Direction,
                about: elder.address(),
                weight: BACK_DATED,
                says: told(elder, younger),
            })
        })
        .collect()
}

/// Other copies that credit the origin where the query does not.
fn of_siblings(story: &Story, main: &Path) -> Vec<Evidence> {
    let Some(origin) = main.origin.as_ref().filter(|origin| !origin.on_file) else {
        return Vec::new();
    };
    let query = &story.members[0];
    let own = query.dossier.article.credits.iter().any(|credit| credit.agency == origin.agency);
    let crediting = story.members[1..]
        .iter()
        .filter(|member| {
            let credits = &member.dossier.article.credits;
            credits.iter().any(|credit| credit.agency.is_some() && credit.agency == origin.agency)
        })
        .count();
    if own || crediting == 0 {
        return Vec::new();
    }
    let name = origin.outlet.clone().unwrap_or_default();
    let (copies, verb) = if crediting == 1 { ("copy", "credits") } else { ("copies", "credit") };
    vec![Evidence {
        kind: EvidenceKind::Credit,
        speaks_for: EvidenceFor::Origin,
        about: name.clone(),
        weight: 1.7,
        says: format!("{crediting} other {copies} of the text {verb} {name}; it does not."),
    }]
}

/// Sources in other languages or words, each with its sentence.
pub fn of_across(named: &[Crossed], thresholds: &Thresholds) -> Vec<Evidence> {
    named
        .iter()
        .map(|found| Evidence {
            kind: EvidenceKind::Translation,
            speaks_for: EvidenceFor::Parent,
            about: found.source.address(),
            weight: log_odds(found.probability),
            says: crossed::says(found, thresholds),
        })
        .collect()
}

fn log_odds(probability: f64) -> f64 {
    let bounded = probability.clamp(0.001, 0.999);
    (bounded / (1.0 - bounded)).ln()
}

/// The program that a page was seen through, where that translates.
fn of_proxy(article: &Article) -> Option<Evidence> {
    let kept = |key: &str| article.extra.get(key).map(|value| value.trim_matches('"'));
    let from = kept("translated_from")?;
    let by = kept("translated_by").unwrap_or("a program");
    let language = if from == "auto" { "another language" } else { language_name(from) };
    Some(Evidence {
        kind: EvidenceKind::Translation,
        speaks_for: EvidenceFor::Direction,
        about: from.to_owned(),
        weight: SIGN * MOST_SIGNS as f64,
        says: format!(
            "It was translated from {language} by {by}, through which the page was seen."
        ),
    })
}

/// What a translation left behind: a sentence for the language that most signs point to, then each sign.
fn of_residue(residue: &[Residue]) -> Vec<Evidence> {
    let signs = |language: &str| residue.iter().filter(|sign| sign.language == language).count();
    let main = residue.iter().map(|sign| sign.language.as_str()).max_by_key(|l| signs(l));
    let summary = main.filter(|language| signs(language) >= SIGNS_OF_TRANSLATION).map(|language| {
        let count = signs(language);
        Evidence {
            kind: EvidenceKind::Translation,
            speaks_for: EvidenceFor::Direction,
            about: language.to_owned(),
            weight: SIGN * count.min(MOST_SIGNS) as f64,
            says: format!(
                "It was translated from {}: {count} signs of that stand in it.",
                language_name(language)
            ),
        }
    });
    let signs = residue.iter().map(|found| Evidence {
        kind: EvidenceKind::Residue,
        speaks_for: EvidenceFor::Direction,
        about: found.language.clone(),
        weight: SIGN,
        says: format!("“{}”: {}.", found.text, found.says.trim_end_matches('.')),
    });
    summary.into_iter().chain(signs).collect()
}

fn disguise(found: &Disguise, about: &str) -> Evidence {
    let says = match found {
        Disguise::Invisible { count, paragraph } => {
            format!(
                "Paragraph {paragraph} holds {count} invisible characters inside words, which hide a copy from text search."
            )
        }
        Disguise::LookAlike { word, paragraph } => {
            format!(
                "Paragraph {paragraph} holds “{word}” with letters of another script that look alike, which hide a copy from text search."
            )
        }
    };
    Evidence {
        kind: EvidenceKind::Disguise,
        speaks_for: EvidenceFor::Attribution,
        about: about.into(),
        weight: 0.5,
        says,
    }
}

/// A length of time for a person.
fn span(hours: f64) -> String {
    if hours < 1.0 {
        format!("{} minutes", (hours * 60.0).round())
    } else if hours < 48.0 {
        format!("{} hours", hours.round())
    } else {
        format!("{} days", (hours / 24.0).round())
    }
}
