//! The nouns of copytrail: every noun that crosses from one room into another is defined here, once.
//!
//! Nothing here does work: no I/O, no parsing, no matching. Only `std` and `serde`.

mod alignment;
mod article;
mod audit;
mod bundle;
mod copies;
mod credit;
mod evidence;
mod fingerprint;
mod licence;
mod listing;
mod look;
mod outcome;
mod outlet;
mod pack;
mod preset;
mod report;
mod review;
mod tables;
mod thresholds;
mod time;
mod watch;

pub use alignment::{Alignment, AnchorPair, ParagraphMatch, Relation, Span};
pub use article::{
    Article, ArticleId, Capture, Disguise, Kind, Link, LinkKind, Paragraph, ParagraphRole, Refusal,
};
pub use audit::{
    AuditArticle, AuditCoverage, AuditEntry, AuditParty, AuditPeriod, AuditReport, AuditReviews,
    AuditSince, AuditSource, Change, Delay, Independence, KindCount, LicenceCount, Sample, Share,
    Stood,
};
pub use bundle::{
    Altered, Bundle, BundledCapture, BundledFinding, BundledPair, BundledParagraph, BundledText,
    Token, Verified,
};
pub use copies::{
    ArticleHead, CopiedItem, CopiesReport, CopyRow, CopyingOutlet, CorrectedWords,
    CorrectionNotice, Notice, NoticeKind, NoticeOnFile, StaleCopy,
};
pub use credit::{Claim, Credit, CreditRole, Party};
pub use evidence::{Attribution, Basis, Evidence, EvidenceFor, EvidenceKind, Residue, Verdict};
pub use fingerprint::{ArticlePrint, ParagraphPrint};
pub use licence::{Holder, Licence, LicenceCase, LicenceRow};
pub use listing::{
    Added, ArticleRow, CheckReport, Cluster, Coverage, Dossier, Extracted, Finding, FormatRow,
    LanguageRow, LexiconRow, SearchHit, Stats,
};
pub use look::{Look, LookOutcome};
pub use outcome::{Footing, TraceState, TracedAll};
pub use outlet::{OperatorSign, Outlet, OutletKind, OutletRow, OutletRule, Sign, SignKind};
pub use pack::{PACK_MAGIC, PackArticle, PackLabel, PackRow};
pub use preset::Preset;
pub use report::{
    Across, ChainNode, Comparison, Figures, Lead, Origin, QueryHead, RelatedArticle, Report,
    Searched, SourceMatch, TraceReport,
};
pub use review::{Decision, ReviewRow};
pub use tables::{SourceKeys, Table, TableRow};
pub use thresholds::{Threshold, Thresholds};
pub use time::{Moment, Precision};
pub use watch::{SiteState, SourceKind, WatchedSite, WatchedSource};
