//! An audit for a person: the figures, whose copy it is, the open findings, and what is on file.

use crate::model::{AuditArticle, AuditReport, AuditSource, Verdict};

use super::Look;
use super::audit_wording::{
    apart, changed, coverage, decided, delay, figures, kind, licences, period, reviewed, ruling,
    sampled, since, words,
};
use super::page::{Line, Page, Tone};
use super::table::{Column, table};
use super::trace::thresholds;
use super::wording::{percent, thousands, when};

/// Findings that are listed; JSON has them all.
const LISTED: usize = 60;

/// One audit.
pub(super) fn text(audit: &AuditReport, look: &Look) -> String {
    let mut page = Page::new(*look);
    head(&mut page, audit);
    figures_table(&mut page, audit);
    sources(&mut page, "Whose copy it is", &audit.sources);
    sources(&mut page, "Taken through others", &audit.middlemen);
    say(&mut page, &apart(audit));
    say(&mut page, &since(audit).into_iter().collect::<Vec<_>>());
    findings(&mut page, audit);
    say(&mut page, &coverage(audit));
    thresholds(&mut page, &audit.thresholds);
    page.into_text()
}

fn head(page: &mut Page, audit: &AuditReport) {
    let facts = format!(" · {}", period(audit));
    page.line("", "  ", &Line::of(Tone::Strong, &audit.outlet).plain(&facts));
    if let Some(says) = sampled(audit) {
        page.line("", "  ", &Line::new().plain(&says));
    }
}

fn figures_table(page: &mut Page, audit: &AuditReport) {
    let rows: Vec<Vec<String>> = figures(audit)
        .into_iter()
        .map(|(name, number, share)| vec![name.to_owned(), number, share])
        .collect();
    let columns = [Column::Text("ARTICLES"), Column::Number(""), Column::Short("SHARE")];
    page.gap();
    let laid = table(&page.look(), &columns, &rows);
    page.block(&laid);
    page.line("", "  ", &Line::new().plain(&words(audit)));
}

/// Sentences after a gap, where there are any.
fn say(page: &mut Page, sentences: &[String]) {
    if !sentences.is_empty() {
        page.gap();
    }
    for sentence in sentences {
        page.line("", "  ", &Line::new().plain(sentence));
    }
}

fn sources(page: &mut Page, heading: &str, sources: &[AuditSource]) {
    if sources.is_empty() {
        return;
    }
    page.heading(heading);
    let rows: Vec<Vec<String>> = sources
        .iter()
        .map(|source| {
            vec![
                source.outlet.clone(),
                kind(Some(source.kind)).to_owned(),
                thousands(source.articles),
                percent(source.share),
                thousands(source.attributed),
                thousands(source.unattributed),
                delay(&source.delay),
                licences(&source.licences),
            ]
        })
        .collect();
    let columns = [
        Column::Text("SOURCE"),
        Column::Text("KIND"),
        Column::Number("ARTICLES"),
        Column::Number("SHARE"),
        Column::Number("CREDITED"),
        Column::Number("NOT"),
        Column::Text("DELAY (QUARTILES)"),
        Column::Text("LICENCE"),
    ];
    let laid = table(&page.look(), &columns, &rows);
    page.block(&laid);
}

/// What somebody should look at: accusations that nobody has decided on, and what changed.
fn is_open(article: &AuditArticle, with_changes: bool) -> bool {
    let accused = matches!(article.verdict, Verdict::Unattributed | Verdict::Misattributed);
    if with_changes {
        return article.change.is_some();
    }
    accused && article.review.is_none()
}

fn findings(page: &mut Page, audit: &AuditReport) {
    let with_changes = audit.since.is_some();
    let open: Vec<&AuditArticle> =
        audit.articles_list.iter().filter(|article| is_open(article, with_changes)).collect();
    say(page, &reviewed(audit).into_iter().collect::<Vec<_>>());
    if open.is_empty() {
        return;
    }
    page.heading(if with_changes { "New or changed" } else { "Open findings" });
    for article in open.iter().take(LISTED) {
        finding(page, article);
    }
    let more = open.len().saturating_sub(LISTED);
    if more > 0 {
        let says = format!("{} more; --format json has all of them.", thousands(more as u64));
        page.line("  ", "  ", &Line::of(Tone::Faint, &says));
    }
}

fn finding(page: &mut Page, article: &AuditArticle) {
    let tone = match article.verdict {
        Verdict::Original | Verdict::Attributed => Tone::Good,
        Verdict::Misattributed | Verdict::Unattributed => Tone::Bad,
        Verdict::Unknown => Tone::Doubt,
    };
    let mut line = Line::of(tone, ruling(article.verdict));
    if let Some(change) = article.change {
        line = line.tone(Tone::Doubt, &format!(" ({})", changed(change)));
    }
    if let Some(published) = &article.published {
        line = line.plain(&format!(" · {}", when(published)));
    }
    let mut facts = format!(" · {} of it", percent(article.copied));
    if !article.chain.is_empty() {
        facts = format!("{facts} · from {}", article.chain.join(" ← "));
    }
    if let Some(decision) = article.review {
        facts = format!("{facts} · {}", decided(decision));
    }
    page.line("  ", "    ", &line.plain(&facts));
    if let Some(title) = &article.title {
        page.line("    ", "    ", &Line::new().plain(title));
    }
    page.unbroken("    ", &Line::of(Tone::Faint, &article.url));
}
