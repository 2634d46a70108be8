//! An audit as a page: figures, plots, what is on file, and the articles as a list that can be sorted.

use askama::Template;

use crate::model::{AuditArticle, AuditReport, Verdict};
use crate::reporter::ReportError;
use crate::reporter::audit_wording::{
    apart, changed, coverage, decided, delay_of, figures, period, reviewed, ruling, sampled, since,
    words,
};
use crate::reporter::wording::{count, percent, when};

use super::address::Address;
use super::finished;
use super::plots;

/// Articles in the page's list; CSV and JSON have all.
const LISTED: usize = 2_000;

#[derive(Template)]
#[template(path = "audit.html")]
struct Page<'a> {
    id: &'a str,
    audit: &'a AuditReport,
    period: String,
    head: Vec<String>,
    figures: Vec<(&'static str, String, String)>,
    apart: Vec<String>,
    sources: Option<String>,
    middlemen: Option<String>,
    delays: Option<String>,
    months: Option<String>,
    coverage: Vec<String>,
    articles: Vec<Row<'a>>,
    more: Option<String>,
    order: &'static str,
    thresholds: String,
}

struct Row<'a> {
    published: String,
    title: Address<'a>,
    tone: &'static str,
    verdict: String,
    copied: String,
    copied_value: f64,
    from: String,
    delay: String,
    delay_value: String,
    decided: &'static str,
}

/// All of an audit; every id in it begins with `id`, which is the article's own.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn audit(audit: &AuditReport, id: &str) -> Result<String, ReportError> {
    let mut articles: Vec<&AuditArticle> = audit.articles_list.iter().collect();
    articles.sort_by_key(|article| (rank(article), std::cmp::Reverse(&article.published)));
    let more = (articles.len() > LISTED).then(|| {
        let all = count(articles.len() as u64, "article", "articles");
        format!("The first {LISTED} of {all}; `--format csv` has all of them.")
    });
    let head = [sampled(audit), Some(words(audit)), since(audit), reviewed(audit)];
    finished(&Page {
        id,
        audit,
        period: period(audit),
        head: head.into_iter().flatten().collect(),
        figures: figures(audit),
        apart: apart(audit),
        sources: plots::sources(&audit.sources, "Origins of the copies, most articles first")?,
        middlemen: plots::sources(
            &audit.middlemen,
            "Outlets it was taken from, most articles first",
        )?,
        delays: plots::delays(&audit.articles_list)?,
        months: plots::months(&audit.periods, id)?,
        coverage: coverage(audit),
        articles: articles.into_iter().take(LISTED).map(row).collect(),
        more,
        order: "Open findings first, then the latest; a heading sorts by its column",
        thresholds: super::trace::thresholds(&audit.thresholds, id)?,
    })
}

/// What should be looked at comes first.
fn rank(article: &AuditArticle) -> u8 {
    let accused = matches!(article.verdict, Verdict::Unattributed | Verdict::Misattributed);
    match (accused, article.review, article.change) {
        (true, None, _) => 0,
        (_, _, Some(_)) => 1,
        (true, Some(_), None) => 2,
        _ => 3,
    }
}

fn row(article: &AuditArticle) -> Row<'_> {
    let mut verdict = ruling(article.verdict).to_owned();
    if let Some(change) = article.change {
        verdict = format!("{verdict} ({})", changed(change));
    }
    Row {
        published: article.published.as_deref().map(when).unwrap_or_default(),
        title: Address::named(article.title.as_deref().unwrap_or(&article.url), &article.url),
        tone: match article.verdict {
            Verdict::Original | Verdict::Attributed => "good",
            Verdict::Misattributed | Verdict::Unattributed => "bad",
            Verdict::Unknown => "unsure",
        },
        verdict,
        copied: percent(article.copied),
        copied_value: article.copied,
        from: article.chain.join(" ← "),
        delay: delay_of(article),
        delay_value: article.delay_low.map(|minutes| minutes.to_string()).unwrap_or_default(),
        decided: article.review.map_or("", decided),
    }
}
