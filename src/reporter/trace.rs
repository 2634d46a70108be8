//! A trace for a person: the verdict first, then the chain, then what it rests on.

use crate::model::{
    Evidence, Figures, Lead, ParagraphMatch, QueryHead, RelatedArticle, Residue, Searched,
    Threshold, TraceReport, Verdict,
};

use super::Look;
use super::page::{Line, Page, Tone};
use super::tree;
use super::wording::{
    EVIDENCE_HEADING, came, credit_place, evidence_groups, facts, named, percent, query_facts,
    ranges, searched_says, verdict_word, when,
};

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
    let tone = match trace.verdict {
        Verdict::Original | Verdict::Attributed => Tone::Good,
        Verdict::Misattributed | Verdict::Unattributed => Tone::Bad,
        Verdict::Unknown => Tone::Doubt,
    };
    let line = Line::of(tone, verdict_word(trace.verdict)).plain(": ").plain(&trace.says);
    page.line("", "", &line);
}

fn head(page: &mut Page, query: &QueryHead) {
    page.gap();
    if let Some(title) = &query.title {
        page.line("  ", "  ", &Line::of(Tone::Strong, title));
    }
    page.line("  ", "  ", &Line::new().plain(&query_facts(query)));
    let address = query.url.as_deref().unwrap_or(&query.file);
    if !address.is_empty() {
        page.unbroken("  ", &Line::of(Tone::Faint, address));
    }
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
        let relation = came(source.relation).trim_end_matches(" from");
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
        let place = credit_place(credit);
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

fn evidence(page: &mut Page, evidence: &[Evidence]) {
    if evidence.is_empty() {
        return;
    }
    page.heading(EVIDENCE_HEADING);
    for (heading, rows) in evidence_groups(evidence) {
        page.line("  ", "  ", &Line::new().plain(heading));
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
    page.line("", "", &Line::new().plain(&searched_says(searched)));
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
