//! The words that all forms of an audit share: figures, what is told apart, what is on file, delays and rulings.

use crate::model::{
    AuditArticle, AuditReport, Change, Decision, Delay, KindCount, LicenceCount, OutletKind, Share,
    Verdict,
};

use super::wording::{count, licence_word, percent, thousands, when};

/// The audit's period and size.
pub(super) fn period(audit: &AuditReport) -> String {
    let period = match (&audit.from, &audit.to) {
        (Some(from), Some(to)) => format!("{from} to {to} · "),
        (Some(from), None) => format!("from {from} · "),
        (None, Some(to)) => format!("up to {to} · "),
        (None, None) => String::new(),
    };
    format!("{period}{}", count(audit.articles, "article", "articles"))
}

/// What a sample leaves open; `None` where every article was looked at.
pub(super) fn sampled(audit: &AuditReport) -> Option<String> {
    let sample = audit.sample?;
    Some(format!(
        "A sample of {} of {}; the intervals are those of 95 % (Wilson).",
        thousands(sample.drawn),
        count(sample.of, "article", "articles")
    ))
}

/// The articles by verdict: what, how many, which share.
pub(super) fn figures(audit: &AuditReport) -> Vec<(&'static str, String, String)> {
    let share = |of: u64| percent(of as f64 / audit.articles.max(1) as f64);
    let row = |name, number: u64, share: String| (name, thousands(number), share);
    let mut rows = vec![
        row("copied", audit.copied, interval(audit.copied_share)),
        row("  credited", audit.attributed, share(audit.attributed)),
        row("  not credited", audit.unattributed, share(audit.unattributed)),
        row("  wrongly credited", audit.misattributed, share(audit.misattributed)),
        row("original", audit.original, interval(audit.original_share)),
        row("cannot be told", audit.unknown, share(audit.unknown)),
    ];
    if audit.dismissed > 0 {
        rows.push(row("dismissed by a person", audit.dismissed, String::new()));
    }
    rows
}

/// What share of the words is copy.
pub(super) fn words(audit: &AuditReport) -> String {
    format!(
        "{} of {} words stand in other copy on file.",
        percent(audit.copied_words_share),
        thousands(audit.words)
    )
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
        (Some(median), Some(low), Some(high)) if high > low => {
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

/// Licences by their words, with how many articles each.
pub(super) fn licences(counts: &[LicenceCount]) -> String {
    let known: Vec<String> = counts
        .iter()
        .filter_map(|c| c.licence.map(|l| format!("{} {}", thousands(c.articles), licence_word(l))))
        .collect();
    known.join(", ")
}

/// How late an article was; an interval where days only are known.
pub(super) fn delay_of(article: &AuditArticle) -> String {
    match (article.delay_low, article.delay_high) {
        (Some(low), Some(high)) if high > low => {
            format!("{} to {}", duration(low), duration(high))
        }
        (Some(low), _) => duration(low),
        _ => String::new(),
    }
}

/// What is told apart: kinds of sources, the outlet's own earlier text, its group, independence, licences.
pub(super) fn apart(audit: &AuditReport) -> Vec<String> {
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
    says
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

/// What changed since the last audit; `None` where that was not asked.
pub(super) fn since(audit: &AuditReport) -> Option<String> {
    let since = audit.since.as_ref()?;
    Some(match &since.last {
        Some(last) => format!(
            "Since the audit of {}: {} new, {} changed, {} gone from the live page, {} with a credit added.",
            when(last),
            thousands(since.new),
            thousands(since.changed),
            thousands(since.gone),
            thousands(since.credited)
        ),
        None => "This is the first audit of this outlet; everything is new.".to_owned(),
    })
}

/// What people decided about earlier findings; `None` where nobody has.
pub(super) fn reviewed(audit: &AuditReport) -> Option<String> {
    let reviews = &audit.reviews;
    let decided = reviews.confirmed + reviews.dismissed + reviews.licensed;
    (decided > 0).then(|| {
        format!(
            "Decided by people: {} confirmed, {} dismissed, {} licensed; open: {}.",
            thousands(reviews.confirmed),
            thousands(reviews.dismissed),
            thousands(reviews.licensed),
            thousands(reviews.open)
        )
    })
}

/// A verdict as an audit's list has it.
pub(super) fn ruling(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Original => "original",
        Verdict::Attributed => "credited",
        Verdict::Misattributed => "wrongly credited",
        Verdict::Unattributed => "not credited",
        Verdict::Unknown => "cannot be told",
    }
}

/// How an article stands to the last audit.
pub(super) fn changed(change: Change) -> &'static str {
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

/// What is on file beside it, so that "none found" is not read as "none there".
pub(super) fn coverage(audit: &AuditReport) -> Vec<String> {
    let coverage = &audit.coverage;
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
    let mut sentences = vec![line];
    if coverage.untraced > 0 {
        sentences.push(format!(
            "{} not traced yet: a source in another language among them may be missed until `copytrail trace --all`.",
            count(coverage.untraced, "other article on file is", "other articles on file are")
        ));
    }
    sentences
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
