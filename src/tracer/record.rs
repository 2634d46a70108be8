//! What an article's own record claims of its way: the hops of a wire's item (NewsML-G2 `hopHistory`) and C2PA manifests.
//!
//! Claims, not proofs: a record is written by whoever passes the item on, and no manifest's signature is checked.

use serde_json::Value;

use crate::language;
use crate::model::{Article, Evidence, EvidenceFor, EvidenceKind};

/// Log-odds of a party that a wire's record says made the content.
const CREATED: f64 = 2.0;
/// Of one that it says passed the item on.
const PASSED_ON: f64 = 0.5;
/// Of a manifest that is there: it says which program wrote the text, not whose it is.
const MANIFEST: f64 = 0.2;

/// All of it, as evidence.
pub fn evidence(article: &Article, address: &str) -> Vec<Evidence> {
    let mut found = hops(article);
    found.extend(manifests(article, address));
    found
}

fn hops(article: &Article) -> Vec<Evidence> {
    let record = article.extra.get("hop_history");
    let hops: Vec<Value> =
        record.and_then(|record| serde_json::from_str(record).ok()).unwrap_or_default();
    hops.iter().filter_map(hop).collect()
}

fn hop(hop: &Value) -> Option<Evidence> {
    let party = hop["party"].as_str().filter(|party| !party.trim().is_empty())?;
    let actions: Vec<&str> =
        hop["actions"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let created = actions.contains(&"created");
    let (speaks_for, weight) =
        if created { (EvidenceFor::Origin, CREATED) } else { (EvidenceFor::Parent, PASSED_ON) };
    let did = if actions.is_empty() { "passed on".to_owned() } else { actions.join(", ") };
    let at = hop["at"].as_str().map_or_else(String::new, |at| format!(" at {at}"));
    Some(Evidence {
        kind: EvidenceKind::HopHistory,
        speaks_for,
        about: party.to_owned(),
        weight,
        says: format!("The wire's own record names {party} as a station of the item: {did}{at}."),
    })
}

fn manifests(article: &Article, address: &str) -> Vec<Evidence> {
    let texts = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str());
    let in_text = texts.flat_map(language::manifests).map(|manifest| match manifest.generator {
        Some(generator) => (
            format!("A C2PA manifest inside its text claims to be written by “{generator}”"),
            generator,
        ),
        None => ("A C2PA manifest stands inside its text".to_owned(), address.to_owned()),
    });
    let link = article.extra.get("c2pa_manifest").map(|link| link.trim_matches('"').to_owned());
    let linked = link.map(|link| {
        (format!("Its page points to a C2PA manifest at {link}, which was not read"), link)
    });
    in_text
        .chain(linked)
        .map(|(says, about)| Evidence {
            kind: EvidenceKind::ContentCredentials,
            speaks_for: EvidenceFor::Origin,
            about,
            weight: MANIFEST,
            says: format!("{says}; whether it is genuine was not checked."),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(key: &str, value: &str) -> Article {
        let mut article = Article::default();
        article.extra.insert(key.to_owned(), value.to_owned());
        article
    }

    fn sentences(article: &Article) -> Vec<String> {
        evidence(article, "https://nord.example/1").into_iter().map(|found| found.says).collect()
    }

    #[test]
    fn every_hop_is_a_sentence() {
        let hops = r#"[{"party":"Reuters","at":"2024-05-02T12:00:00Z","actions":["created"]},
            {"party":"Weser Portal","at":null,"actions":["enhanced"]},{"party":null,"at":null,"actions":[]}]"#;
        assert_eq!(
            sentences(&with("hop_history", hops)),
            [
                "The wire's own record names Reuters as a station of the item: created at 2024-05-02T12:00:00Z.",
                "The wire's own record names Weser Portal as a station of the item: enhanced.",
            ]
        );
        assert_eq!(sentences(&with("hop_history", "broken")), [] as [&str; 0]);
    }

    #[test]
    fn a_manifest_is_a_claim_and_no_proof() {
        assert_eq!(
            sentences(&with("c2pa_manifest", "\"https://nord.example/1.c2pa\"")),
            [
                "Its page points to a C2PA manifest at https://nord.example/1.c2pa, which was not read; whether it is genuine was not checked."
            ]
        );
    }
}
