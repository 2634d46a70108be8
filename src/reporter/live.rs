//! Outlets and what following their sites comes to, as text.

use crate::model::{
    Look as Seen, LookOutcome, OperatorSign, OutletKind, OutletRow, SignKind, SiteState,
    SourceKind, WatchedSite,
};

use super::Look;
use super::page::{Line, Page, Tone};
use super::table::{Column, table};
use super::wording::{count, thousands};

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

/// Who is who.
pub(super) fn outlets(rows: &[OutletRow], look: &Look) -> String {
    if rows.is_empty() {
        return "No outlet fits.\n".to_owned();
    }
    let columns = [
        Column::Text("PLACE"),
        Column::Text("OUTLET"),
        Column::Text("GROUP"),
        Column::Short("KIND"),
        Column::Short("COUNTRY"),
        Column::Text("CONTACT"),
        Column::Number("ARTICLES"),
        Column::Short("SAID BY"),
    ];
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.place.clone(),
                row.outlet.clone(),
                row.group.clone().unwrap_or_default(),
                kind(row.kind).to_owned(),
                row.country.clone().unwrap_or_default(),
                row.contact.clone().unwrap_or_default(),
                thousands(row.articles),
                if row.built_in { "built in" } else { "you" }.to_owned(),
            ]
        })
        .collect();
    table(look, &columns, &cells)
}

fn kind(kind: OutletKind) -> &'static str {
    match kind {
        OutletKind::Outlet => "outlet",
        OutletKind::Wire => "wire",
        OutletKind::PressRelease => "press release",
        OutletKind::Authority => "authority",
        OutletKind::Portal => "portal",
    }
}

/// Outlets that share a sign.
pub(super) fn operators(signs: &[OperatorSign], look: &Look) -> String {
    if signs.is_empty() {
        return "No two outlets on file share an advertising or analytics account, an owner or an author's blurb.\n"
            .to_owned();
    }
    let mut page = Page::new(*look);
    for sign in signs {
        let kind = match sign.kind {
            SignKind::AdSense => "AdSense account",
            SignKind::Analytics => "analytics account",
            SignKind::TagManager => "tag manager container",
            SignKind::Owner => "owner",
            SignKind::OwnerDomain => "owner's domain",
            SignKind::TaxNumber => "tax number",
            SignKind::Blurb => "blurb",
        };
        let head = Line::of(Tone::Faint, kind).plain(" ").tone(Tone::Strong, &sign.value);
        page.line("", "  ", &head);
        for (outlet, pages) in &sign.outlets {
            let pages = count(*pages, "page", "pages");
            page.line(
                "  ",
                "    ",
                &Line::new().plain(outlet).tone(Tone::Faint, &format!(" · {pages}")),
            );
        }
    }
    page.into_text()
}

/// What looks at known pages found.
pub(super) fn looks(looks: &[Seen], look: &Look) -> String {
    if looks.is_empty() {
        return "No page to look at.\n".to_owned();
    }
    let mut page = Page::new(*look);
    for seen in looks {
        let (tone, outcome) = match seen.outcome {
            LookOutcome::Unchanged => (Tone::Faint, "unchanged"),
            LookOutcome::Metadata => (Tone::Good, "changed beside the text"),
            LookOutcome::Text => (Tone::Good, "changed"),
            LookOutcome::Gone => (Tone::Bad, "gone"),
            LookOutcome::Moved => (Tone::Bad, "moved"),
            LookOutcome::KeptOut => (Tone::Plain, "kept back"),
            LookOutcome::Other => (Tone::Plain, "no article any more"),
            LookOutcome::Failed => (Tone::Bad, "no answer"),
        };
        page.unbroken("", &Line::of(Tone::Strong, &seen.url));
        let line = Line::new().tone(tone, outcome).plain(": ").plain(&seen.says);
        page.line("  ", "  ", &line);
        for (names, what) in [
            (&seen.credits_added, "credit added: "),
            (&seen.credits_removed, "credit taken away: "),
        ] {
            if !names.is_empty() {
                page.line("  ", "  ", &Line::new().plain(what).plain(&names.join(", ")));
            }
        }
    }
    page.into_text()
}
