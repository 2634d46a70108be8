//! From traced articles to an audit: counting, one article at a time, so that a million of them need no memory.

use std::collections::BTreeMap;

use super::delays::Delays;
use super::shares::share;
use crate::model::{
    AuditArticle, AuditEntry, AuditParty, AuditPeriod, AuditReport, AuditSince, AuditSource,
    Change, Decision, KindCount, Licence, LicenceCount, Outlet, OutletKind, Sample, Stood, Verdict,
};

/// Share of an article's words from which it repeats its outlet's own earlier text.
const REPEATS: f64 = 0.1;

/// How an audit is made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditRules {
    /// What comes from outlets of the same publisher is its own, and a publisher's outlets are one source.
    pub groups_as_one: bool,
    /// Whether the articles are listed; else only counted.
    pub list: bool,
    /// Only what is new or changed since the last audit is listed.
    pub since_last: bool,
    pub sample: Option<Sample>,
}

/// An audit as it grows.
#[derive(Debug, Default)]
pub struct AuditBook {
    rules: AuditRules,
    report: AuditReport,
    own_group: Option<String>,
    sources: BTreeMap<String, Row>,
    middlemen: BTreeMap<String, Row>,
    kinds: BTreeMap<Option<&'static str>, KindCount>,
    licences: BTreeMap<Option<Licence>, u64>,
    periods: BTreeMap<Option<String>, (AuditPeriod, f64, f64)>,
    copied_words: f64,
    repeated_words: f64,
    carriers: u64,
    independent: u64,
}

/// A source as it grows.
#[derive(Debug, Default)]
struct Row {
    source: AuditSource,
    words: f64,
    delays: Delays,
    licences: BTreeMap<Option<Licence>, u64>,
}

impl AuditBook {
    /// An empty book for an outlet; `last`: when it was audited before, RFC 3339.
    #[must_use]
    pub fn new(outlet: &Outlet, rules: AuditRules, last: Option<String>) -> Self {
        let report = AuditReport {
            outlet: outlet.name.clone(),
            key: outlet.key.clone(),
            group: outlet.group.clone(),
            groups_as_one: rules.groups_as_one,
            sample: rules.sample,
            since: rules.since_last.then(|| AuditSince { last, ..AuditSince::default() }),
            ..AuditReport::default()
        };
        Self { rules, report, own_group: outlet.group.clone(), ..Self::default() }
    }

    /// Counts an article.
    pub fn enter(&mut self, entry: &AuditEntry) {
        let mut article = entry.article.clone();
        (article.delay_low, article.delay_high) = super::delays::between(entry).unzip();
        let stands = Stood { verdict: article.verdict, origin: article.origin.clone() };
        article.review = entry.decided.as_ref().filter(|(_, then)| *then == stands).map(|d| d.0);
        if article.review == Some(Decision::Licensed) {
            article.licence = Some(Licence::Covered);
        }
        article.change = self.change(entry, &article);
        self.report.articles += 1;
        self.report.words += article.words;
        self.repeats(&article);
        self.decision(&article);
        if article.review == Some(Decision::Dismissed) {
            self.report.dismissed += 1;
        } else {
            self.count(entry, &article);
        }
        if self.rules.list && (!self.rules.since_last || article.change.is_some()) {
            self.report.articles_list.push(article);
        }
    }

    fn repeats(&mut self, article: &AuditArticle) {
        self.repeated_words += article.repeated * article.words as f64;
        self.report.repeated += u64::from(article.repeated >= REPEATS);
    }

    fn decision(&mut self, article: &AuditArticle) {
        let reviews = &mut self.report.reviews;
        match article.review {
            Some(Decision::Confirmed) => reviews.confirmed += 1,
            Some(Decision::Dismissed) => reviews.dismissed += 1,
            Some(Decision::Licensed) => reviews.licensed += 1,
            None => reviews.open += u64::from(is_accused(article.verdict)),
        }
    }

    /// How the finding stands to the last audit, where that is asked; what a person has decided on is no news.
    fn change(&mut self, entry: &AuditEntry, article: &AuditArticle) -> Option<Change> {
        let since = self.report.since.as_mut()?;
        if article.review.is_some() {
            return None;
        }
        let change = match &entry.shown {
            Some(_) if entry.is_gone => Some(Change::Gone),
            Some(_) if entry.credit_added => Some(Change::Credited),
            Some(then) if is_accused(then.verdict) && article.verdict == Verdict::Attributed => {
                Some(Change::Credited)
            }
            Some(then) if then.verdict != article.verdict || then.origin != article.origin => {
                Some(Change::Changed)
            }
            Some(_) => None,
            None => is_copied(article.verdict).then_some(Change::New),
        };
        match change {
            Some(Change::New) => since.new += 1,
            Some(Change::Changed) => since.changed += 1,
            Some(Change::Gone) => since.gone += 1,
            Some(Change::Credited) => since.credited += 1,
            None => {}
        }
        change
    }

    fn count(&mut self, entry: &AuditEntry, article: &AuditArticle) {
        let from = entry.origin.as_ref().or(entry.source.as_ref());
        let of_group = is_copied(article.verdict)
            && self.own_group.is_some()
            && from.is_some_and(|party| party.group == self.own_group);
        self.report.from_own_group += u64::from(of_group);
        let verdict =
            if of_group && self.rules.groups_as_one { Verdict::Original } else { article.verdict };
        let report = &mut self.report;
        match verdict {
            Verdict::Original => report.original += 1,
            Verdict::Attributed => report.attributed += 1,
            Verdict::Misattributed => report.misattributed += 1,
            Verdict::Unattributed => report.unattributed += 1,
            Verdict::Unknown => report.unknown += 1,
        }
        let copied = is_copied(verdict);
        report.copied += u64::from(copied);
        let words = if copied { article.copied * article.words as f64 } else { 0.0 };
        self.period(entry, verdict, (article.words as f64, words));
        if !copied {
            return;
        }
        self.copied_words += words;
        *self.licences.entry(article.licence).or_default() += 1;
        if article.carriers > 0 {
            self.report.independence.stories += 1;
            self.report.independence.one_source += u64::from(article.independent <= 1);
            self.report.independence.several += u64::from(article.independent > 1);
            self.carriers += article.carriers;
            self.independent += article.independent;
        }
        self.kind(from, verdict);
        self.source(entry, article, words);
    }

    /// `words`: all, and the copied ones.
    fn period(&mut self, entry: &AuditEntry, verdict: Verdict, words: (f64, f64)) {
        let month = entry.published.as_ref().and_then(|p| p.text.get(..7)).map(str::to_owned);
        let (period, all, copied) = self.periods.entry(month.clone()).or_default();
        period.month = month;
        period.articles += 1;
        period.copied += u64::from(is_copied(verdict));
        period.attributed += u64::from(verdict == Verdict::Attributed);
        period.unattributed += u64::from(verdict == Verdict::Unattributed);
        *all += words.0;
        *copied += words.1;
    }

    fn kind(&mut self, from: Option<&AuditParty>, verdict: Verdict) {
        let kind = from.and_then(|party| party.kind);
        let row = self.kinds.entry(kind.map(order)).or_default();
        row.kind = kind;
        row.articles += 1;
        row.attributed += u64::from(verdict == Verdict::Attributed);
    }

    fn source(&mut self, entry: &AuditEntry, article: &AuditArticle, words: f64) {
        let Some(from) = entry.origin.as_ref().or(entry.source.as_ref()) else { return };
        let key = self.key(from);
        take(self.sources.entry(key.clone()).or_default(), from, article, words);
        let middleman = entry.source.as_ref().filter(|_| entry.origin.is_some());
        if let Some(middleman) = middleman {
            let other = self.key(middleman);
            if other != key {
                take(self.middlemen.entry(other).or_default(), middleman, article, words);
            }
        }
    }

    /// What makes two parties one: the agency, the publisher where groups count as one, the name.
    fn key(&self, party: &AuditParty) -> String {
        let group = party.group.as_ref().filter(|_| self.rules.groups_as_one);
        match (&party.agency, group) {
            (Some(agency), _) => format!("agency {agency}"),
            (None, Some(group)) => format!("group {group}"),
            (None, None) => party.outlet.to_lowercase(),
        }
    }

    /// The audit; coverage, period and thresholds are for the caller to fill in.
    #[must_use]
    pub fn close(self) -> AuditReport {
        let Self { mut report, rules, .. } = self;
        let sampled = rules.sample.is_some_and(|sample| sample.drawn < sample.of);
        let words = report.words.max(1) as f64;
        report.copied_words = whole(self.copied_words);
        report.copied_words_share = self.copied_words / words;
        report.repeated_words_share = self.repeated_words / words;
        report.copied_share = share(report.copied, report.articles, sampled);
        report.original_share = share(report.original, report.articles, sampled);
        report.unattributed_share = share(report.unattributed, report.articles, sampled);
        report.attributed_share = share(report.attributed, report.copied, sampled);
        let stories = report.independence.stories.max(1) as f64;
        report.independence.mean_carriers = self.carriers as f64 / stories;
        report.independence.mean_sources = self.independent as f64 / stories;
        let articles = report.articles.max(1) as f64;
        report.sources = rows(self.sources, articles);
        report.middlemen = rows(self.middlemen, articles);
        report.licences = counts(self.licences);
        report.kinds = self.kinds.into_values().collect();
        report.kinds.iter_mut().for_each(|row| row.share = row.articles as f64 / articles);
        report.kinds.sort_by_key(|row| std::cmp::Reverse(row.articles));
        report.periods = self
            .periods
            .into_values()
            .map(|(mut period, all, copied)| {
                period.copied_words_share = copied / all.max(1.0);
                period
            })
            .collect();
        report
    }
}

fn take(row: &mut Row, party: &AuditParty, article: &AuditArticle, words: f64) {
    let source = &mut row.source;
    if source.articles == 0 {
        source.outlet.clone_from(&party.outlet);
        source.agency.clone_from(&party.agency);
        source.kind = party.kind.unwrap_or_default();
        source.group.clone_from(&party.group);
    }
    source.articles += 1;
    source.attributed += u64::from(article.verdict == Verdict::Attributed);
    source.unattributed += u64::from(article.verdict == Verdict::Unattributed);
    row.words += words;
    if let (Some(low), Some(high)) = (article.delay_low, article.delay_high) {
        row.delays.take(low, high);
    }
    *row.licences.entry(article.licence).or_default() += 1;
}

fn rows(rows: BTreeMap<String, Row>, articles: f64) -> Vec<AuditSource> {
    let mut sources: Vec<AuditSource> = rows
        .into_values()
        .map(|row| {
            let mut source = row.source;
            source.share = source.articles as f64 / articles;
            source.words = whole(row.words);
            source.delay = row.delays.summary();
            source.median_delay_minutes = source.delay.median;
            source.licences = counts(row.licences);
            source
        })
        .collect();
    sources.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.outlet.cmp(&b.outlet)));
    sources
}

fn counts(counts: BTreeMap<Option<Licence>, u64>) -> Vec<LicenceCount> {
    counts.into_iter().map(|(licence, articles)| LicenceCount { licence, articles }).collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // sums of counts
fn whole(words: f64) -> u64 {
    words.round().max(0.0) as u64
}

/// Whether somebody else's copy is said to be in it.
fn is_copied(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Attributed) || is_accused(verdict)
}

fn is_accused(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Unattributed | Verdict::Misattributed)
}

fn order(kind: OutletKind) -> &'static str {
    match kind {
        OutletKind::Wire => "wire",
        OutletKind::PressRelease => "press release",
        OutletKind::Authority => "authority",
        OutletKind::Portal => "portal",
        OutletKind::Outlet => "outlet",
    }
}
