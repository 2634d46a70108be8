//! Which feeds, sitemaps and lists of posts a site has, found by asking it.

use crate::ingest::site::{Sight, look};
use crate::ingest::{Answer, FetchError, Limits, Validators, Visitor};
use crate::model::{Kind, SiteState, SourceKind, WatchedSource};

/// Where sitemaps lie when robots.txt names none.
const SITEMAPS: &[&str] =
    &["/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml"];
/// Where feeds lie when the front page names none.
const FEEDS: &[&str] = &["/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml"];
/// Sitemaps of a robots.txt that are followed.
const MOST_SITEMAPS: usize = 12;

/// What was found.
pub(super) struct Found {
    pub sources: Vec<WatchedSource>,
    /// What stands in the way of the site as a whole, and why.
    pub trouble: Option<(SiteState, String)>,
}

/// Looks for the sources of a target: an address of a feed or page, or a domain.
pub(super) fn discover(visitor: &Visitor<'_>, target: &str, limits: &Limits) -> Found {
    let bare = !target.contains("://");
    let address = if bare { format!("https://{target}/") } else { target.to_owned() };
    let mut front = ask(visitor, &address);
    if bare && matches!(front, Err(FetchError::Failed(_))) {
        front = ask(visitor, &format!("http://{target}/"));
    }
    let mut found = Found { sources: Vec::new(), trouble: None };
    let mut root = address;
    match front {
        Ok(answer) => {
            root = answer.url.to_string();
            match look(&answer, limits) {
                Sight::Source(kind) => {
                    found.sources.push(WatchedSource { url: root, kind });
                    return found;
                }
                Sight::Page { kind: kind @ (Kind::BotCheck | Kind::Wall), .. } => {
                    let what = if kind == Kind::Wall { "consent wall" } else { "bot check" };
                    found.trouble =
                        Some((SiteState::Blocked, format!("its front page is a {what}")));
                }
                Sight::Page { sources, .. } => found.sources = sources,
                Sight::Other => {}
            }
        }
        Err(error) => {
            let trouble = trouble(&error);
            let unreachable = trouble.0 == SiteState::Unreachable;
            found.trouble = Some(trouble);
            if unreachable {
                return found;
            }
        }
    }
    look_around(visitor, &root, limits, &mut found);
    found
}

/// Sources that the front page does not name.
fn look_around(visitor: &Visitor<'_>, root: &str, limits: &Limits, found: &mut Found) {
    let named = visitor.sitemaps(root).unwrap_or_default();
    let named = named.into_iter().take(MOST_SITEMAPS);
    found.sources.extend(named.map(|url| WatchedSource { url, kind: SourceKind::Sitemap }));
    if !found.sources.iter().any(|source| source.kind == SourceKind::Sitemap) {
        guess(visitor, (root, SITEMAPS), limits, found);
    }
    if !found.sources.iter().any(|source| source.kind == SourceKind::Feed) {
        guess(visitor, (root, FEEDS), limits, found);
    }
}

/// Takes the first of some usual paths that holds a source.
fn guess(
    visitor: &Visitor<'_>,
    (root, paths): (&str, &[&str]),
    limits: &Limits,
    found: &mut Found,
) {
    for path in paths {
        let Some(address) = crate::ingest::site::join(root, path) else { return };
        let Ok(answer) = ask(visitor, &address) else { continue };
        if let Sight::Source(kind) = look(&answer, limits) {
            found.sources.push(WatchedSource { url: address, kind });
            return;
        }
    }
}

/// The answer, where it brings a page.
fn ask(visitor: &Visitor<'_>, address: &str) -> Result<Answer, FetchError> {
    let answer = visitor.get(address, &Validators::default())?;
    match answer.status {
        200 | 203 => Ok(answer),
        status => Err(FetchError::of_status(status)),
    }
}

fn trouble(error: &FetchError) -> (SiteState, String) {
    let state = match error {
        FetchError::Closed | FetchError::Blocked(_) => SiteState::Blocked,
        FetchError::Gone(_) => SiteState::NoArticles,
        _ => SiteState::Unreachable,
    };
    (state, error.to_string())
}
