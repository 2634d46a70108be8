//! The words that all forms of a report share: verdicts, relations, credits, shares and moments.

use crate::model::{
    Across, Attribution, Basis, Comparison, Credit, CreditRole, Evidence, EvidenceFor, Licence,
    QueryHead, Relation, Searched, Verdict,
};

/// The verdict's name.
pub(super) fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Original => "Original",
        Verdict::Attributed => "Attributed",
        Verdict::Misattributed => "Misattributed",
        Verdict::Unattributed => "Unattributed",
        Verdict::Unknown => "Unknown",
    }
}

/// How a text stands to another one.
pub(super) fn relation_word(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "word for word",
        Relation::Edited => "edited",
        Relation::Near => "nearly word for word",
        Relation::Excerpt => "an excerpt",
        Relation::Partial => "in part",
        Relation::Rewritten => "rewritten",
        Relation::Translated => "translated",
        Relation::Credited => "credited",
    }
}

/// How a text stands to what it came from, as a phrase before the source's name.
pub(super) fn came(relation: Relation) -> &'static str {
    match relation {
        Relation::Exact => "word for word from",
        Relation::Edited => "edited from",
        Relation::Near => "nearly word for word from",
        Relation::Excerpt | Relation::Partial => "in part from",
        Relation::Rewritten => "rewritten from",
        Relation::Translated => "translated from",
        Relation::Credited => "credited to",
    }
}

/// What is known of the article that was asked about.
pub(super) fn query_facts(query: &QueryHead) -> String {
    facts(&[
        query.outlet.clone(),
        query.published.as_deref().map(when),
        query.language.clone(),
        Some(count(query.paragraphs as u64, "paragraph", "paragraphs")),
        Some(query.id.map_or_else(|| "not on file".to_owned(), |id| format!("on file as {id}"))),
    ])
}

/// What the words that both have in common come to: a word, and the shares after it.
pub(super) fn in_common(comparison: &Comparison) -> (String, String) {
    let alignment = &comparison.alignment;
    match comparison.relation.filter(|_| !alignment.spans.is_empty()) {
        None => ("No words in common that would count as copy.".to_owned(), String::new()),
        Some(relation) => (
            capital(relation_word(relation)),
            format!(
                ": {} of A stands in B, {} of B in A.",
                percent(alignment.copied),
                percent(alignment.of_source)
            ),
        ),
    }
}

/// What names, numbers and meanings say where the words differ.
pub(super) fn crossed(across: &Across) -> String {
    let verdict = if across.named { "named as its source" } else { "too little to name a source" };
    format!(
        "Sentence by sentence, by names, numbers and meanings: {} of A and {} of B follow one another ({}; probability {:.2}, {verdict}).",
        percent(across.of_left),
        percent(across.of_right),
        relation_word(across.relation),
        across.probability,
    )
}

/// A noun's name as JSON has it: `not_found`.
pub(super) fn snake<T: serde::Serialize>(noun: &T) -> String {
    let value = serde_json::to_value(noun).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// With a capital letter.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// Those that are known, in a row.
pub(super) fn facts(known: &[Option<String>]) -> String {
    let known: Vec<&str> = known.iter().flatten().map(String::as_str).collect();
    known.join(" · ")
}

/// `[0, 1, 2, 5]` as "0–2, 5".
pub(super) fn ranges(mut numbers: Vec<usize>) -> String {
    numbers.sort_unstable();
    numbers.dedup();
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, .., last] => format!("{first}–{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

/// What was searched, in one sentence.
pub(super) fn searched_says(searched: &Searched) -> String {
    if searched.articles == 0 {
        return "Compared with nothing: no other article is on file. `copytrail add` takes some in."
            .to_owned();
    }
    let days = match (&searched.from, &searched.to) {
        (Some(from), Some(to)) => format!(", {from} to {to}"),
        (Some(day), None) | (None, Some(day)) => format!(", {day}"),
        (None, None) => String::new(),
    };
    let languages = match searched.languages.join(", ") {
        none if none.is_empty() => none,
        some => format!(", in {some}"),
    };
    format!(
        "Compared with {} of {}{days}{languages}; {} of its time from other outlets.",
        count(searched.articles, "article", "articles"),
        count(searched.outlets, "outlet", "outlets"),
        thousands(searched.of_its_time),
    )
}

pub(super) const EVIDENCE_HEADING: &str =
    "Evidence, strongest first (weight: what it adds to the log-odds)";

/// Evidence by what it speaks for, the strongest first; groups without any are left out.
pub(super) fn evidence_groups(evidence: &[Evidence]) -> Vec<(&'static str, Vec<&Evidence>)> {
    const GROUPS: [(EvidenceFor, &str); 4] = [
        (EvidenceFor::Origin, "for the origin"),
        (EvidenceFor::Parent, "for the immediate source"),
        (EvidenceFor::Direction, "for the direction"),
        (EvidenceFor::Attribution, "for the attribution"),
    ];
    GROUPS
        .into_iter()
        .map(|(group, heading)| {
            let mut rows: Vec<&Evidence> =
                evidence.iter().filter(|e| e.speaks_for == group).collect();
            rows.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
            (heading, rows)
        })
        .filter(|(_, rows)| !rows.is_empty())
        .collect()
}

/// Where a credit stands.
pub(super) fn credit_place(credit: &Credit) -> String {
    match credit.paragraph {
        Some(number) => format!("{}, paragraph {number}", role(credit.role)),
        None => role(credit.role).to_owned(),
    }
}

/// Who was named, in sentences.
pub(super) fn named(attribution: &Attribution) -> String {
    let who = match (attribution.origin_named, attribution.source_named) {
        (true, true) => "The origin and the immediate source are named",
        (true, false) => "The origin is named, the immediate source is not",
        (false, true) => "The immediate source is named, the origin is not",
        (false, false) => "Neither the origin nor the immediate source is named",
    };
    let basis = match attribution.basis {
        Basis::Claimed => "there is nothing on file to check the credit against",
        Basis::Verified => "the texts on file bear it out",
        Basis::Contradicted => "the texts on file speak against it",
    };
    let named = attribution.origin_named || attribution.source_named;
    let mut parts = vec![if named { format!("{who}; {basis}.") } else { format!("{who}.") }];
    if !attribution.looked_in.is_empty() {
        parts.push(format!("Looked in: {}.", attribution.looked_in.join(", ")));
    }
    if let Some(licence) = attribution.licence {
        parts.push(format!("Licence: {}.", licence_word(licence)));
    }
    parts.join(" ")
}

/// What a licence's state is called.
pub(super) fn licence_word(licence: Licence) -> &'static str {
    match licence {
        Licence::Covered => "covered",
        Licence::Expired => "expired",
        Licence::OtherService => "for another service",
        Licence::NoOnwardRight => "without the right to pass on",
        Licence::Open => "open",
        Licence::None => "none known",
    }
}

/// The trade's word for where a credit stands.
fn role(role: CreditRole) -> &'static str {
    match role {
        CreditRole::SourceLine => "source line",
        CreditRole::CreditLine => "credit line",
        CreditRole::Dateline => "dateline",
        CreditRole::Byline => "byline",
        CreditRole::Metadata => "metadata",
        CreditRole::Canonical => "canonical address",
        CreditRole::Link => "link",
    }
}

/// `0.934` as "93%"; what is not nothing is never shown as 0, what is not all never as 100.
pub(super) fn percent(share: f64) -> String {
    let hundredths = share * 100.0;
    if share > 0.0 && hundredths < 0.5 {
        return "<1%".to_owned();
    }
    if share < 1.0 && hundredths >= 99.5 {
        return ">99%".to_owned();
    }
    format!("{hundredths:.0}%")
}

/// A count with its noun: "1 article", "4,210 articles".
pub(super) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// `4210` as "4,210".
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A moment as people read it: "2025-05-16 18:02 +02:00"; a day stays a day.
#[must_use]
pub fn when(moment: &str) -> String {
    let Some((day, time)) = moment.split_once('T') else {
        return moment.to_owned();
    };
    let (clock, zone) = match time.find(['+', '-', 'Z']) {
        Some(at) => time.split_at(at),
        None => (time, ""),
    };
    let minutes = clock.get(..5).unwrap_or(clock);
    let zone = if matches!(zone, "Z" | "+00:00") { "UTC" } else { zone };
    format!("{day} {minutes} {zone}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_never_rounded_to_nothing_or_all() {
        let shown: Vec<String> = [0.0, 0.001, 0.934, 0.999, 1.0].into_iter().map(percent).collect();
        assert_eq!(shown, ["0%", "<1%", "93%", ">99%", "100%"]);
    }

    #[test]
    fn moments_keep_their_zone() {
        assert_eq!(when("2025-05-16"), "2025-05-16");
        assert_eq!(when("2025-05-16T18:02:11+02:00"), "2025-05-16 18:02 +02:00");
        assert_eq!(when("2025-05-16T16:02:11Z"), "2025-05-16 16:02 UTC");
    }

    #[test]
    fn paragraphs_are_told_in_ranges() {
        assert_eq!(ranges(vec![5, 0, 1, 2, 2]), "0–2, 5");
        assert_eq!(ranges(vec![3]), "3");
        assert_eq!(ranges(vec![1, 2]), "1–2");
    }
}
