//! The nouns of copytrail: every noun that crosses from one room into another is defined here, once.
//!
//! Nothing here does work: no I/O, no parsing, no matching. Only `std` and `serde`.

mod alignment;
mod article;
mod credit;
mod evidence;
mod fingerprint;
mod listing;
mod outlet;
mod report;
mod thresholds;
mod time;

pub use alignment::{Alignment, AnchorPair, ParagraphMatch, Relation, Span};
pub use article::{
    Article, ArticleId, Capture, Disguise, Kind, Link, LinkKind, Paragraph, ParagraphRole, Refusal,
};
pub use credit::{Claim, Credit, CreditRole, Party};
pub use evidence::{
    Attribution, AuditSource, Basis, Evidence, EvidenceFor, EvidenceKind, Licence, Residue, Verdict,
};
pub use fingerprint::{ArticlePrint, ParagraphPrint};
pub use listing::{
    Added, ArticleRow, CheckReport, Cluster, Coverage, Dossier, Extracted, Finding, FormatRow,
    LexiconRow, SearchHit, Stats,
};
pub use outlet::{Outlet, OutletKind};
pub use report::{
    ChainNode, Comparison, Figures, Lead, Origin, QueryHead, RelatedArticle, Report, Searched,
    SourceMatch, TraceReport,
};
pub use thresholds::{Threshold, Thresholds};
pub use time::{Moment, Precision};
