//! What share of an outlet's output is someone else's copy, whose, how late, credited or not.

use serde::{Deserialize, Serialize};

use super::{
    ArticleId, Decision, Licence, LicenceCase, Moment, OutletKind, Relation, Threshold, Verdict,
};

/// A share, with the interval that a sample leaves open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// 0..1.
    pub share: f64,
    /// Bounds of the 95 % interval after Wilson (1927), 0..1; `None` where every article was looked at.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// Minutes from a source's publication to the copy's.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Delay {
    /// Copies whose time and whose source's are both known.
    pub measured: u64,
    /// Those of them where one side states a day only: their delay is an interval.
    pub by_day: u64,
    /// Quartiles over the copies known to the minute; `None` where there is none.
    pub lower_quartile: Option<f64>,
    pub median: Option<f64>,
    pub upper_quartile: Option<f64>,
    /// The median lies between these whatever the hours of the days were; equal to `median` where all are known to the minute.
    pub median_low: Option<f64>,
    pub median_high: Option<f64>,
}

/// A row of an audit: whose copy an outlet runs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AuditSource {
    pub outlet: String,
    pub agency: Option<String>,
    pub kind: OutletKind,
    /// The publisher that it belongs to.
    pub group: Option<String>,
    pub articles: u64,
    /// Of these: credited to this source or the one it came through.
    pub attributed: u64,
    /// Of these: copied and nobody named.
    pub unattributed: u64,
    /// Of the outlet's articles, 0..1.
    pub share: f64,
    /// Words of the outlet's that came from it.
    pub words: u64,
    /// The same as `delay.median`.
    pub median_delay_minutes: Option<f64>,
    pub delay: Delay,
    /// Articles by what the licences on file say; `None` where they say nothing of this source.
    pub licences: Vec<LicenceCount>,
}

/// How many copies stand so with their licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicenceCount {
    pub licence: Option<Licence>,
    pub articles: u64,
}

/// Copies by what kind of party they came from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct KindCount {
    /// `None` where no origin can be named.
    pub kind: Option<OutletKind>,
    pub articles: u64,
    pub attributed: u64,
    /// Of the outlet's articles, 0..1.
    pub share: f64,
}

/// What stands behind the stories: ten papers with one agency's text are one source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Independence {
    /// Copied articles whose text stands in others on file.
    pub stories: u64,
    /// Of these: all carriers go back to one source.
    pub one_source: u64,
    /// Of these: two sources or more that are independent of one another.
    pub several: u64,
    /// Outlets on file that carry the same text, on average.
    pub mean_carriers: f64,
    /// Independent sources behind it, on average.
    pub mean_sources: f64,
}

/// An outlet's output over one month.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AuditPeriod {
    /// `2025-05`; `None` for articles without a date.
    pub month: Option<String>,
    pub articles: u64,
    pub copied: u64,
    pub attributed: u64,
    pub unattributed: u64,
    pub copied_words_share: f64,
}

/// What is on file, so that "none found" is not read as "none there".
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AuditCoverage {
    /// Of the audited outlet in the period.
    pub articles: u64,
    /// Without a date, and so in no period.
    pub undated: u64,
    /// Days of the period, from the first to the last article where none was given, and those without an article.
    pub days: u64,
    pub days_without: u64,
    pub first_day: Option<String>,
    pub last_day: Option<String>,
    /// Articles and outlets that they were compared with: all others on file.
    pub other_articles: u64,
    pub other_outlets: u64,
    /// Of the wires among them.
    pub wire_articles: u64,
    /// On file and not yet traced: `trace --all` may still find copies among them.
    pub untraced: u64,
}

/// A sample of an outlet's articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    pub drawn: u64,
    pub of: u64,
}

/// What has become of the findings of earlier audits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditReviews {
    /// Nobody has decided yet.
    pub open: u64,
    pub confirmed: u64,
    pub dismissed: u64,
    pub licensed: u64,
}

/// What changed since the last audit of the outlet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditSince {
    /// When that was; `None` where this is the first.
    pub last: Option<String>,
    pub new: u64,
    /// The verdict is another one than then.
    pub changed: u64,
    pub gone: u64,
    pub credited: u64,
}

/// How a finding stands to the last audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Not among the last audit's findings.
    New,
    /// Another verdict or origin than then.
    Changed,
    /// Gone from the live page.
    Gone,
    /// A credit was added.
    Credited,
}

/// An article of the audited outlet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AuditArticle {
    pub url: String,
    pub id: Option<ArticleId>,
    pub user_id: Option<String>,
    pub title: Option<String>,
    pub published: Option<String>,
    pub verdict: Verdict,
    /// Share of its words that stand in other copy, 0..1.
    pub copied: f64,
    /// Common name of the origin.
    pub origin: Option<String>,
    /// Outlets from the immediate source up to the origin.
    pub chain: Vec<String>,
    pub agency: Option<String>,
    pub kind: Option<OutletKind>,
    /// Address of the immediate source, where it is on file.
    pub source_url: Option<String>,
    pub relation: Option<Relation>,
    pub words: u64,
    /// Minutes after the origin's item, or after the immediate source where that is not on file; equal bounds
    /// where both are known to the minute.
    pub delay_low: Option<f64>,
    pub delay_high: Option<f64>,
    /// Share of its words that stood in the outlet's own earlier articles, 0..1.
    pub repeated: f64,
    /// Outlets on file that carry its text, and independent sources behind them.
    pub carriers: u64,
    pub independent: u64,
    pub licence: Option<Licence>,
    pub review: Option<Decision>,
    pub change: Option<Change>,
    /// The verdict in one sentence.
    pub says: String,
}

/// The audit of one outlet, or of one group.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AuditReport {
    pub outlet: String,
    /// Registrable domain, or the lower-case name.
    pub key: String,
    pub group: Option<String>,
    /// Days, inclusive; `None` where the period is open.
    pub from: Option<String>,
    pub to: Option<String>,
    pub articles: u64,
    pub original: u64,
    /// Attributed, misattributed and unattributed together.
    pub copied: u64,
    pub attributed: u64,
    pub misattributed: u64,
    pub unattributed: u64,
    pub unknown: u64,
    /// Decided by a person not to be a finding: counted in none of the above but `articles`.
    pub dismissed: u64,
    pub words: u64,
    pub copied_words: u64,
    /// Of all words, 0..1: what stands in others' copy on file.
    pub copied_words_share: f64,
    /// Of the articles.
    pub copied_share: Share,
    pub original_share: Share,
    pub unattributed_share: Share,
    /// Of the copied ones.
    pub attributed_share: Share,
    pub sample: Option<Sample>,
    pub kinds: Vec<KindCount>,
    pub licences: Vec<LicenceCount>,
    /// Articles with a tenth or more of their words from the outlet's own earlier ones, and the share of all words.
    pub repeated: u64,
    pub repeated_words_share: f64,
    /// Articles from outlets of the same publisher; not counted as copies where groups count as one.
    pub from_own_group: u64,
    pub groups_as_one: bool,
    pub independence: Independence,
    pub reviews: AuditReviews,
    pub since: Option<AuditSince>,
    /// Whose copy it is, most articles first.
    pub sources: Vec<AuditSource>,
    /// Where it was taken from, where that is not the origin itself.
    pub middlemen: Vec<AuditSource>,
    pub periods: Vec<AuditPeriod>,
    pub coverage: AuditCoverage,
    pub articles_list: Vec<AuditArticle>,
    pub thresholds: Vec<Threshold>,
}

/// A party behind an article, as an audit counts it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditParty {
    pub outlet: String,
    pub agency: Option<String>,
    /// `None` where nothing is known of it.
    pub kind: Option<OutletKind>,
    pub group: Option<String>,
    /// When its item came out, where that is on file.
    pub published: Option<Moment>,
}

/// A finding as it stood at some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stood {
    pub verdict: Verdict,
    pub origin: Option<String>,
}

/// A traced article on its way into an audit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuditEntry {
    /// Without delay, review and change, which the audit makes of the rest.
    pub article: AuditArticle,
    pub published: Option<Moment>,
    pub origin: Option<AuditParty>,
    pub source: Option<AuditParty>,
    /// What the last audit showed of it.
    pub shown: Option<Stood>,
    /// What a person decided, and about what.
    pub decided: Option<(Decision, Stood)>,
    /// Gone from the live page, as far as somebody looked.
    pub is_gone: bool,
    /// A credit was added to the live page since the last audit.
    pub credit_added: bool,
    pub rights: Option<LicenceCase>,
}
