//! Owns sitemaps and news sitemaps: each address is a sighting.

use std::ops::ControlFlow;

use super::super::{
    draft::Draft,
    format::{Desk, Format, Head, Source},
    parse_moment,
    record::is_address,
    xml::{self, Element},
};
use crate::model::{FormatRow, Kind};

/// Sitemaps.
pub(crate) struct Sitemap;

impl Format for Sitemap {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "sitemap",
            description: "sitemaps and news sitemaps: addresses with title and date, kept as sightings",
            told_by: "the root element urlset or sitemapindex",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        matches!(xml::root(&head.text), Some("urlset" | "sitemapindex"))
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
        };
        let root = match xml::parse(&bytes) {
            Ok(root) => root,
            Err(reason) => return desk.refuse(&name, None, reason),
        };
        if root.is("sitemapindex") {
            return desk.refuse(
                &name,
                None,
                "is a list of sitemaps; give the sitemaps that it lists",
            );
        }
        let mut empty = true;
        for (at, url) in root.children().filter(|child| child.is("url")).enumerate() {
            empty = false;
            match sighting(url, &name, at + 1) {
                Some(draft) => desk.hand_over(draft)?,
                None => desk.refuse(&name, Some(at + 1), "has no address in <loc>")?,
            }
        }
        if empty {
            return desk.refuse(&name, None, "is a sitemap without addresses");
        }
        ControlFlow::Continue(())
    }
}

fn sighting(url: &Element, file: &str, line: usize) -> Option<Draft> {
    let mut draft = Draft::new(file, Some(line));
    let article = &mut draft.article;
    article.kind = Kind::Sighting;
    article.url = Some(url.text_at(&["loc"]).filter(|address| is_address(address))?);
    article.modified = url.text_at(&["lastmod"]).as_deref().and_then(parse_moment);
    if let Some(news) = url.child("news") {
        article.title = news.text_at(&["title"]);
        article.language = news.text_at(&["publication", "language"]);
        article.outlet = news.text_at(&["publication", "name"]);
        let published = news.text_at(&["publication_date"]);
        article.published = published.as_deref().and_then(parse_moment);
    }
    Some(draft)
}
