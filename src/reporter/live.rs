//! What following sites comes to, as text.

use crate::model::{SiteState, SourceKind, WatchedSite};

use super::Look;
use super::page::{Line, Page, Tone, count};

/// Each site with what it lets a program see, its sources and what the round brought.
pub(super) fn watched(sites: &[WatchedSite], look: &Look) -> String {
    let mut page = Page::new(*look);
    for site in sites {
        let (tone, state) = state(site.state);
        let head = Line::of(Tone::Strong, &site.site).plain(": ").tone(tone, state);
        page.line("", "  ", &head.plain(" – ").plain(&site.says));
        for source in &site.sources {
            let kind = match source.kind {
                SourceKind::Feed => "feed",
                SourceKind::Sitemap => "sitemap",
                SourceKind::SitemapIndex => "sitemap of sitemaps",
                SourceKind::WordPress => "list of posts",
            };
            let line = Line::of(Tone::Faint, &format!("{kind:<20}")).plain(&source.url);
            page.unbroken("  ", &line);
        }
        let mut parts = vec![count(site.listed as u64, "new address", "new addresses")];
        for (number, what) in [
            (site.added, "added"),
            (site.revised, "with a changed text"),
            (site.unchanged, "on file already"),
            (site.refused, "refused"),
            (site.waiting, "waiting"),
        ] {
            if number > 0 {
                parts.push(format!("{number} {what}"));
            }
        }
        page.line("  ", "  ", &Line::new().plain(&parts.join(", ")));
    }
    page.into_text()
}

fn state(state: SiteState) -> (Tone, &'static str) {
    match state {
        SiteState::Open => (Tone::Good, "open"),
        SiteState::Paywalled => (Tone::Bad, "paywalled"),
        SiteState::Blocked => (Tone::Bad, "blocked"),
        SiteState::NoArticles => (Tone::Plain, "no articles"),
        SiteState::Unreachable => (Tone::Bad, "unreachable"),
        SiteState::Waiting => (Tone::Plain, "waiting"),
    }
}
