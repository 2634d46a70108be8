//! A trace for a person: the verdict first, then the chain, then what it rests on.

use crate::model::{
    Attribution, Basis, CreditRole, Evidence, EvidenceFor, Figures, Lead, Licence, ParagraphMatch,
    QueryHead, RelatedArticle, Residue, Searched, Threshold, TraceReport, Verdict,
};

use super::Look;
use super::page::{Line, Page, Tone, count, percent, thousands, when};
use super::tree;

/// One trace.
pub(super) fn text(trace: &TraceReport, look: &Look) -> String {
    let mut page = Page::new(*look);
    verdict(&mut page, trace);
    head(&mut page, &trace.query);
    tree::draw(&mut page, trace);
    sources(&mut page, trace);
    related(&mut page, &trace.related);
    credits(&mut page, trace);
    evidence(&mut page, &trace.evidence);
    residue(&mut page, &trace.residue);
    searched(&mut page, &trace.searched);
    leads(&mut page, &trace.leads);
    figures(&mut page, &trace.figures);
    thresholds(&mut page, &trace.thresholds);
    page.into_text()
}

fn verdict(page: &mut Page, trace: &TraceReport) {
    let (tone, word) = match trace.verdict {
        Verdict::Original => (Tone::Good, "Original"),
        Verdict::Attributed => (Tone::Good, "Attributed"),
        Verdict::Misattributed => (Tone::Bad, "Misattributed"),
        Verdict::Unattributed => (Tone::Bad, "Unattributed"),
        Verdict::Unknown => (Tone::Doubt, "Unknown"),
    };
    let line = Line::of(tone, word).plain(": ").plain(&trace.says);
    page.line("", "", &line);
}

fn head(page: &mut Page, query: &QueryHead) {
    page.gap();
    if let Some(title) = &query.title {
        page.line("  ", "  ", &Line::of(Tone::Strong, title));
    }
    let paragraphs = count(query.paragraphs as u64, "paragraph", "paragraphs");
    let facts = facts(&[
        query.outlet.clone(),
        query.published.as_deref().map(when),
        query.language.clone(),
        Some(paragraphs),
        query
            .id
            .map_or_else(|| Some("not on file".to_owned()), |id| Some(format!("on file as {id}"))),
    ]);
    page.line("  ", "  ", &Line::new().plain(&facts));
    let address = query.url.as_deref().unwrap_or(&query.file);
    if !address.is_empty() {
        page.unbroken("  ", &Line::of(Tone::Faint, address));
    }
}

fn facts(known: &[Option<String>]) -> String {
    let known: Vec<&str> = known.iter().flatten().map(String::as_str).collect();
    known.join(" · ")
}

fn sources(page: &mut Page, trace: &TraceReport) {
    if trace.sources.is_empty() {
        return;
    }
    page.heading("Sources, and others that carry this text");
    let copied = format!("{} of this page's words stand in other copy.", percent(trace.copied));
    page.line("  ", "  ", &Line::new().plain(&copied));
    for (place, source) in trace.sources.iter().enumerate() {
        let name = source.outlet.as_deref().unwrap_or("an outlet without a name");
        let told = facts(&[source.published.as_deref().map(when), source.language.clone()]);
        let mut line = Line::of(Tone::Strong, name);
        if !told.is_empty() {
            line = line.plain(" · ").plain(&told);
        }
        page.line(&format!("{:>3}. ", place + 1), "     ", &line);
        if let Some(title) = &source.title {
            page.line("     ", "     ", &Line::new().plain(title));
        }
        page.unbroken("     ", &Line::of(Tone::Faint, &source.url));
        let relation = tree::came(source.relation).trim_end_matches(" from");
        let share = format!(
            "{relation}; {} of this page, {} of the source; score {:.2}",
            percent(source.copied),
            percent(source.of_source),
            source.score
        );
        page.line("     ", "     ", &Line::new().plain(&share));
        matched(page, &source.paragraphs, !trace.figures.is_empty());
    }
}

/// Names and numbers of a pair of paragraphs that are shown to whoever did not ask for all.
const TIES: usize = 5;

/// Which paragraphs, and the names and numbers that tie them where the words differ.
fn matched(page: &mut Page, paragraphs: &[ParagraphMatch], all: bool) {
    if paragraphs.is_empty() {
        return;
    }
    let here = ranges(paragraphs.iter().map(|p| p.query).collect());
    let there = ranges(paragraphs.iter().map(|p| p.source).collect());
    let line = Line::new().plain(&format!("paragraphs {here} from its {there}"));
    page.line("     ", "     ", &line);
    for pair in paragraphs.iter().filter(|p| !p.anchors.is_empty()) {
        let text = format!("{} ← {}: {}", pair.query, pair.source, ties(pair, all));
        page.line("       ", "         ", &Line::of(Tone::Faint, &text));
    }
}

/// The names, numbers and meanings that two paragraphs share: "Selenskyj ~ Zelensky, 25, Gipfel ~ summit".
pub(super) fn ties(pair: &ParagraphMatch, all: bool) -> String {
    let shown = if all { pair.anchors.len() } else { TIES };
    let more = pair.anchors.len().saturating_sub(shown);
    let mut anchors: Vec<String> = pair
        .anchors
        .iter()
        .take(shown)
        .map(|a| {
            if a.query == a.source {
                a.query.clone()
            } else {
                format!("{} ~ {}", a.query, a.source)
            }
        })
        .collect();
    if more > 0 {
        anchors.push(format!("{more} more"));
    }
    anchors.join(", ")
}

/// What was weighed, for whoever asked for it.
fn figures(page: &mut Page, figures: &[Figures]) {
    if figures.is_empty() {
        return;
    }
    page.heading("Figures behind it");
    for figure in figures {
        let values: Vec<String> =
            figure.values.iter().map(|(name, value)| format!("{name} {value:.3}")).collect();
        let head = format!("{} {} → {:.3}", figure.kind, figure.about, figure.result);
        page.line("  ", "    ", &Line::new().plain(&head));
        page.line("    ", "    ", &Line::of(Tone::Faint, &values.join("; ")));
    }
}

/// `[0, 1, 2, 5]` as "0–2, 5".
fn ranges(mut numbers: Vec<usize>) -> String {
    numbers.sort_unstable();
    numbers.dedup();
    let runs = numbers.chunk_by(|a, b| a + 1 == *b).map(|run| match run {
        [first, .., last] => format!("{first}–{last}"),
        [only] => only.to_string(),
        [] => String::new(),
    });
    runs.collect::<Vec<_>>().join(", ")
}

fn related(page: &mut Page, related: &[RelatedArticle]) {
    if related.is_empty() {
        return;
    }
    page.heading("Related, no source");
    for article in related {
        let facts = facts(&[article.outlet.clone(), article.published.as_deref().map(when)]);
        let line = Line::of(Tone::Strong, &facts).plain(": ").plain(&article.says);
        page.line("  ", "    ", &line);
        page.unbroken("    ", &Line::of(Tone::Faint, &article.url));
    }
}

fn credits(page: &mut Page, trace: &TraceReport) {
    if trace.credits.is_empty() && trace.attribution.is_none() {
        return;
    }
    page.heading("Credits");
    for credit in &trace.credits {
        let place = match credit.paragraph {
            Some(number) => format!("{}, paragraph {number}", role(credit.role)),
            None => role(credit.role).to_owned(),
        };
        let mut line = Line::of(Tone::Strong, &credit.name).plain(&format!(" · {place}: "));
        line = line.plain("“").plain(&credit.text).plain("”");
        if !credit.initials.is_empty() {
            line = line.plain(&format!(", initials {}", credit.initials.join(", ")));
        }
        if credit.reworked {
            line = line.plain(", reworked");
        }
        page.line("  ", "    ", &line);
    }
    if let Some(attribution) = &trace.attribution {
        page.line("  ", "    ", &Line::new().plain(&named(attribution)));
    }
}

fn named(attribution: &Attribution) -> String {
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
pub(super) fn role(role: CreditRole) -> &'static str {
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

fn evidence(page: &mut Page, evidence: &[Evidence]) {
    const GROUPS: [(EvidenceFor, &str); 4] = [
        (EvidenceFor::Origin, "for the origin"),
        (EvidenceFor::Parent, "for the immediate source"),
        (EvidenceFor::Direction, "for the direction"),
        (EvidenceFor::Attribution, "for the attribution"),
    ];
    if evidence.is_empty() {
        return;
    }
    page.heading("Evidence, strongest first (weight: what it adds to the log-odds)");
    for (group, heading) in GROUPS {
        let mut rows: Vec<&Evidence> = evidence.iter().filter(|e| e.speaks_for == group).collect();
        rows.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        if !rows.is_empty() {
            page.line("  ", "  ", &Line::new().plain(heading));
        }
        for row in rows {
            let first = format!("  {:>+6.1}  ", row.weight);
            page.line(&first, "          ", &Line::new().plain(&row.says));
        }
    }
}

fn residue(page: &mut Page, residue: &[Residue]) {
    if residue.is_empty() {
        return;
    }
    page.heading("Traces of another language");
    for trace in residue {
        let line = Line::of(Tone::Strong, &trace.text)
            .plain(&format!(" ({}): ", trace.language))
            .plain(&trace.says);
        page.line("  ", "    ", &line);
    }
}

fn searched(page: &mut Page, searched: &Searched) {
    page.gap();
    if searched.articles == 0 {
        let nothing =
            "Compared with nothing: no other article is on file. `copytrail add` takes some in.";
        page.line("", "", &Line::new().plain(nothing));
        return;
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
    let sentence = format!(
        "Compared with {} of {}{days}{languages}; {} of its time from other outlets.",
        count(searched.articles, "article", "articles"),
        count(searched.outlets, "outlet", "outlets"),
        thousands(searched.of_its_time),
    );
    page.line("", "", &Line::new().plain(&sentence));
}

fn leads(page: &mut Page, leads: &[Lead]) {
    if leads.is_empty() {
        return;
    }
    page.heading("Where to look next");
    for lead in leads {
        page.line("  ", "    ", &Line::new().plain(&lead.says));
        if !lead.query.is_empty() {
            page.line("    ", "      ", &Line::new().plain(&lead.query));
        }
        if let Some(url) = &lead.url {
            page.unbroken("    ", &Line::of(Tone::Faint, url));
        }
    }
}

/// In one line, as every report that rests on thresholds ends.
pub(super) fn thresholds(page: &mut Page, thresholds: &[Threshold]) {
    if thresholds.is_empty() {
        return;
    }
    let all: Vec<String> =
        thresholds.iter().map(|t| format!("{} {} {}", t.name, t.value, t.unit)).collect();
    page.gap();
    page.line("", "  ", &Line::of(Tone::Faint, &format!("Thresholds: {}", all.join("; "))));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_told_in_ranges() {
        assert_eq!(ranges(vec![5, 0, 1, 2, 2]), "0–2, 5");
        assert_eq!(ranges(vec![3]), "3");
        assert_eq!(ranges(vec![1, 2]), "1–2");
    }
}
