//! An audit for a person: the figures, whose copy it is, the open findings, and what is on file.

use crate::model::{
    AuditArticle, AuditReport, AuditSource, Change, Decision, Delay, KindCount, LicenceCount,
    OutletKind, Share, Verdict,
};

use super::Look;
use super::page::{Line, Page, Tone};
use super::table::{Column, table};
use super::trace::thresholds;
use super::wording::{count, licence_word, percent, thousands, when};

/// Findings that are listed; JSON has them all.
const LISTED: usize = 60;

/// One audit.
pub(super) fn text(audit: &AuditReport, look: &Look) -> String {
    let mut page = Page::new(*look);
    head(&mut page, audit);
    figures(&mut page, audit);
    sources(&mut page, "Whose copy it is", &audit.sources);
    sources(&mut page, "Taken through others", &audit.middlemen);
    apart(&mut page, audit);
    since(&mut page, audit);
    findings(&mut page, audit);
    coverage(&mut page, audit);
    thresholds(&mut page, &audit.thresholds);
    page.into_text()
}

fn head(page: &mut Page, audit: &AuditReport) {
    let period = match (&audit.from, &audit.to) {
        (Some(from), Some(to)) => format!(" · {from} to {to}"),
        (Some(from), None) => format!(" · from {from}"),
        (None, Some(to)) => format!(" · up to {to}"),
        (None, None) => String::new(),
    };
    let articles = count(audit.articles, "article", "articles");
    let line = Line::of(Tone::Strong, &audit.outlet).plain(&format!("{period} · {articles}"));
    page.line("", "  ", &line);
    if let Some(sample) = audit.sample {
        let says = format!(
            "A sample of {} of {}; the intervals are those of 95 % (Wilson).",
            thousands(sample.drawn),
            count(sample.of, "article", "articles")
        );
        page.line("", "  ", &Line::new().plain(&says));
    }
}

fn figures(page: &mut Page, audit: &AuditReport) {
    let share = |of: u64, all: u64| percent(of as f64 / all.max(1) as f64);
    let mut rows = vec![
        row("copied", audit.copied, &interval(audit.copied_share)),
        row("  credited", audit.attributed, &share(audit.attributed, audit.articles)),
        row("  not credited", audit.unattributed, &share(audit.unattributed, audit.articles)),
        row("  wrongly credited", audit.misattributed, &share(audit.misattributed, audit.articles)),
        row("original", audit.original, &interval(audit.original_share)),
        row("cannot be told", audit.unknown, &share(audit.unknown, audit.articles)),
    ];
    if audit.dismissed > 0 {
        rows.push(row("dismissed by a person", audit.dismissed, ""));
    }
    let columns = [Column::Text("ARTICLES"), Column::Number(""), Column::Short("SHARE")];
    page.gap();
    let laid = table(&page.look(), &columns, &rows);
    page.block(&laid);
    let words = format!(
        "{} of {} words stand in other copy on file.",
        percent(audit.copied_words_share),
        thousands(audit.words)
    );
    page.line("", "  ", &Line::new().plain(&words));
}

fn row(name: &str, number: u64, share: &str) -> Vec<String> {
    vec![name.to_owned(), thousands(number), share.to_owned()]
}

/// "45%", or with a sample's bounds "45% (41% to 49%)".
fn interval(share: Share) -> String {
    match (share.low, share.high) {
        (Some(low), Some(high)) => {
            format!("{} ({} to {})", percent(share.share), percent(low), percent(high))
        }
        _ => percent(share.share),
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

/// The trade's word for a kind of party.
pub(super) fn kind(kind: Option<OutletKind>) -> &'static str {
    match kind {
        Some(OutletKind::Wire) => "wire",
        Some(OutletKind::PressRelease) => "press release",
        Some(OutletKind::Authority) => "authority",
        Some(OutletKind::Portal) => "portal",
        Some(OutletKind::Outlet) => "outlet",
        None => "not named",
    }
}

/// "1 h 20 min (35 min to 3 h)"; an interval where days only are known.
pub(super) fn delay(delay: &Delay) -> String {
    match (delay.median, delay.lower_quartile, delay.upper_quartile) {
        (Some(median), Some(low), Some(high)) => {
            format!("{} ({} to {})", duration(median), duration(low), duration(high))
        }
        (Some(median), ..) => duration(median),
        _ => match (delay.median_low, delay.median_high) {
            (Some(low), Some(high)) => format!("{} to {}", duration(low), duration(high)),
            _ => String::new(),
        },
    }
}

/// Minutes as people say them.
pub(super) fn duration(minutes: f64) -> String {
    let sign = if minutes < 0.0 { "−" } else { "" };
    let minutes = minutes.abs();
    let (hours, days) = (minutes / 60.0, minutes / 1_440.0);
    if minutes < 90.0 {
        format!("{sign}{minutes:.0} min")
    } else if hours < 48.0 {
        format!("{sign}{hours:.1} h")
    } else {
        format!("{sign}{days:.1} days")
    }
}

fn licences(counts: &[LicenceCount]) -> String {
    let known: Vec<String> = counts
        .iter()
        .filter_map(|c| c.licence.map(|l| format!("{} {}", thousands(c.articles), licence_word(l))))
        .collect();
    known.join(", ")
}

fn apart(page: &mut Page, audit: &AuditReport) {
    let mut says = Vec::new();
    let kinds: Vec<String> = audit.kinds.iter().map(of_kind).collect();
    if !kinds.is_empty() {
        says.push(format!("By kind of source: {}.", kinds.join("; ")));
    }
    if audit.repeated > 0 {
        says.push(format!(
            "{} its own earlier text ({} of the words); that is nobody else's copy and not counted above.",
            if audit.repeated == 1 { "1 article repeats".to_owned() } else { format!("{} articles repeat", thousands(audit.repeated)) },
            percent(audit.repeated_words_share)
        ));
    }
    if audit.from_own_group > 0 {
        let counted =
            if audit.groups_as_one { "not counted as copied" } else { "counted as copied" };
        let articles = count(audit.from_own_group, "article", "articles");
        says.push(format!("{articles} came from outlets of the same publisher, {counted}."));
    }
    let independence = &audit.independence;
    if independence.stories > 0 {
        says.push(format!(
            "Behind {} with text of others on file: one source in {}, several independent ones in {}; {:.1} carriers on average go back to {:.1} sources.",
            count(independence.stories, "article", "articles"),
            thousands(independence.one_source),
            thousands(independence.several),
            independence.mean_carriers,
            independence.mean_sources
        ));
    }
    if let Some(line) = licence_line(audit) {
        says.push(line);
    }
    if !says.is_empty() {
        page.gap();
    }
    for sentence in says {
        page.line("", "  ", &Line::new().plain(&sentence));
    }
}

fn of_kind(row: &KindCount) -> String {
    format!(
        "{} {} ({}), {} credited",
        kind(row.kind),
        thousands(row.articles),
        percent(row.share),
        thousands(row.attributed)
    )
}

fn licence_line(audit: &AuditReport) -> Option<String> {
    let known: Vec<String> = audit
        .licences
        .iter()
        .filter_map(|c| c.licence.map(|l| format!("{} {}", licence_word(l), thousands(c.articles))))
        .collect();
    (!known.is_empty()).then(|| format!("Licences: {}.", known.join("; ")))
}

fn since(page: &mut Page, audit: &AuditReport) {
    let Some(since) = &audit.since else { return };
    let says = match &since.last {
        Some(last) => format!(
            "Since the audit of {}: {} new, {} changed, {} gone from the live page, {} with a credit added.",
            when(last),
            thousands(since.new),
            thousands(since.changed),
            thousands(since.gone),
            thousands(since.credited)
        ),
        None => "This is the first audit of this outlet; everything is new.".to_owned(),
    };
    page.gap();
    page.line("", "  ", &Line::new().plain(&says));
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
    let reviews = &audit.reviews;
    let decided = reviews.confirmed + reviews.dismissed + reviews.licensed;
    if decided > 0 {
        page.gap();
        let says = format!(
            "Decided by people: {} confirmed, {} dismissed, {} licensed; open: {}.",
            thousands(reviews.confirmed),
            thousands(reviews.dismissed),
            thousands(reviews.licensed),
            thousands(reviews.open)
        );
        page.line("", "  ", &Line::new().plain(&says));
    }
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
    let (tone, word) = match article.verdict {
        Verdict::Original => (Tone::Good, "original"),
        Verdict::Attributed => (Tone::Good, "credited"),
        Verdict::Misattributed => (Tone::Bad, "wrongly credited"),
        Verdict::Unattributed => (Tone::Bad, "not credited"),
        Verdict::Unknown => (Tone::Doubt, "cannot be told"),
    };
    let mut line = Line::of(tone, word);
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

fn changed(change: Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Changed => "changed",
        Change::Gone => "gone from the live page",
        Change::Credited => "credit added",
    }
}

/// A person's decision in a word.
pub(super) fn decided(decision: Decision) -> &'static str {
    match decision {
        Decision::Confirmed => "confirmed",
        Decision::Dismissed => "dismissed",
        Decision::Licensed => "licensed",
    }
}

fn coverage(page: &mut Page, audit: &AuditReport) {
    let coverage = &audit.coverage;
    page.gap();
    let mut says =
        vec![format!("On file: {} of the outlet", count(coverage.articles, "article", "articles"))];
    if let (Some(first), Some(last)) = (&coverage.first_day, &coverage.last_day) {
        says.push(format!(
            "{first} to {last}, none on {} of {} days",
            thousands(coverage.days_without),
            thousands(coverage.days)
        ));
    }
    if coverage.undated > 0 {
        says.push(format!("{} without a date", thousands(coverage.undated)));
    }
    says.push(format!(
        "compared with {} of {}, {} of them of wires",
        count(coverage.other_articles, "article", "articles"),
        count(coverage.other_outlets, "other outlet", "other outlets"),
        thousands(coverage.wire_articles)
    ));
    let line = format!("{}. What is not on file cannot be found.", says.join("; "));
    page.line("", "  ", &Line::new().plain(&line));
    if coverage.untraced > 0 {
        let says = format!(
            "{} not traced yet: a source in another language among them may be missed until `copytrail trace --all`.",
            count(coverage.untraced, "other article on file is", "other articles on file are")
        );
        page.line("", "  ", &Line::of(Tone::Faint, &says));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_are_told_in_fitting_units() {
        let shown: Vec<String> =
            [12.4, -5.0, 150.0, 3_000.0, 7_200.0].into_iter().map(duration).collect();
        assert_eq!(shown, ["12 min", "−5 min", "2.5 h", "2.1 days", "5.0 days"]);
    }
}
