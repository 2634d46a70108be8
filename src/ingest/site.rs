//! Owns what a site offers to those who follow it: what a source is, and which sources a page or a list of sitemaps
//! names.

use std::io::{BufReader, Cursor};

use trafilatura::dom::Document;
use url::Url;

use super::{
    Limits,
    feed::{JsonFeed, Sitemap, Syndication, WordPress},
    fetch::Answer,
    format::{Format, Head, Source},
    html, parse_moment,
    record::is_address,
    unpack, xml,
};
use crate::model::{Kind, Moment, SourceKind, WatchedSource};

/// Feeds of one page that are followed; a page that names more lists every tag's.
const MOST_FEEDS: usize = 12;

/// What an answer is to somebody who looks for sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// A source itself.
    Source(SourceKind),
    /// A page, with the sources that it names and what kind of page it is.
    Page { kind: Kind, sources: Vec<WatchedSource> },
    /// Neither.
    Other,
}

/// Looks at what a server answered.
#[must_use]
pub fn look(answer: &Answer, limits: &Limits) -> Sight {
    let Some(head) = opened(answer).map(|source| source.head()) else { return Sight::Other };
    if let Some(kind) = source_kind(&head) {
        return Sight::Source(kind);
    }
    if !html::Html.recognises(&head) || answer.body.len() as u64 > limits.max_bytes {
        return Sight::Other;
    }
    let charset = answer.charset.as_deref();
    let page = html::text_of_bytes(&answer.body, charset);
    let draft = html::draft_of(&page, answer.url.as_str(), Some(answer.url.as_str()));
    Sight::Page { kind: draft.article.kind, sources: named(&page, &answer.url) }
}

fn source_kind(head: &Head) -> Option<SourceKind> {
    if Syndication.recognises(head) || JsonFeed.recognises(head) {
        return Some(SourceKind::Feed);
    }
    if Sitemap.recognises(head) {
        let index = xml::root(&head.text) == Some("sitemapindex");
        return Some(if index { SourceKind::SitemapIndex } else { SourceKind::Sitemap });
    }
    WordPress.recognises(head).then_some(SourceKind::WordPress)
}

/// The answer's body, unpacked where it is a packed file.
fn opened(answer: &Answer) -> Option<Source> {
    let body = answer.body.clone();
    let name = answer.url.as_str();
    if !unpack::is_packed(&body) {
        return Source::new(name, Box::new(Cursor::new(body))).ok();
    }
    let head = body.get(..16.min(body.len()))?.to_vec();
    Source::new(name, unpack::unpacked(&head, BufReader::new(Cursor::new(body))).ok()?).ok()
}

/// The sitemaps that a sitemap index lists, with the time that it states for each.
#[must_use]
pub fn sitemaps(answer: &Answer, limits: &Limits) -> Vec<(String, Option<Moment>)> {
    let bytes = opened(answer).and_then(|source| source.bytes(limits).ok()).unwrap_or_default();
    let Ok(root) = xml::parse(&bytes) else { return Vec::new() };
    root.children()
        .filter(|child| child.is("sitemap"))
        .filter_map(|child| {
            let address = child.text_at(&["loc"]).filter(|address| is_address(address))?;
            Some((address, child.text_at(&["lastmod"]).as_deref().and_then(parse_moment)))
        })
        .collect()
}

/// Feeds and `WordPress` interfaces that a page names.
fn named(page: &str, base: &Url) -> Vec<WatchedSource> {
    if html::is_nested_beyond_parsing(page) {
        return Vec::new();
    }
    let document = Document::parse(page);
    let mut found: Vec<WatchedSource> = Vec::new();
    let mut put = |url: Option<Url>, kind: SourceKind| {
        let Some(url) = url.filter(|url| is_address(url.as_str())).map(String::from) else {
            return;
        };
        let feeds = found.iter().filter(|source| source.kind == SourceKind::Feed).count();
        if !found.iter().any(|source| source.url == url)
            && (kind != SourceKind::Feed || feeds < MOST_FEEDS)
        {
            found.push(WatchedSource { url, kind });
        }
    };
    let mut interface = None;
    for id in document.get_elements_by_tag_name(document.root(), "link") {
        let attribute = |name: &str| document.get_attribute(id, name).unwrap_or_default();
        let (rel, href) = (attribute("rel").to_lowercase(), attribute("href"));
        if rel == "https://api.w.org/" {
            interface = base.join(href.trim()).ok();
        }
        let kind = attribute("type").to_lowercase();
        let feed =
            ["rss+xml", "atom+xml", "rdf+xml", "feed+json"].iter().any(|end| kind.ends_with(end));
        // Comments are nobody's articles.
        let of_comments = format!("{href} {}", attribute("title")).to_lowercase();
        let of_comments = ["comment", "kommentar", "commentaire", "comentario", "reacties"]
            .iter()
            .any(|word| of_comments.contains(word));
        if rel.split_whitespace().any(|rel| rel == "alternate") && feed && !of_comments {
            put(base.join(href.trim()).ok(), SourceKind::Feed);
        }
    }
    let interface = interface.or_else(|| {
        let own = page.contains("/wp-content/").then(|| base.join("/wp-json/").ok());
        own.flatten()
    });
    put(interface.and_then(|root| posts(&root)), SourceKind::WordPress);
    found
}

/// The address that a path has on the site of an address.
#[must_use]
pub fn join(address: &str, path: &str) -> Option<String> {
    Url::parse(address).ok()?.join(path).ok().map(String::from)
}

/// Where a `WordPress` interface lists its newest posts.
fn posts(root: &Url) -> Option<Url> {
    const NEWEST: &str = "per_page=20&_fields=id,guid,link,date,date_gmt,modified,modified_gmt,title,content,excerpt";
    let text = root.as_str();
    let address = if text.contains("rest_route=") {
        format!("{}/wp/v2/posts&{NEWEST}", text.trim_end_matches('/'))
    } else {
        format!("{}/wp/v2/posts?{NEWEST}", text.trim_end_matches('/'))
    };
    Url::parse(&address).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(url: &str, kind: &str, body: &str) -> Answer {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}");
        Answer::kept(Url::parse(url).unwrap(), &head, body.as_bytes().to_vec())
    }

    #[test]
    fn a_front_page_names_its_feeds_and_its_interface() {
        let page = "<!doctype html><html><head><link rel=alternate type='application/rss+xml' href='/rss'>\
            <link rel='alternate' type='application/atom+xml' href='https://n.example/atom' title='N » Kommentar-Feed'>\
            <link rel='https://api.w.org/' href='https://n.example/wp-json/'></head><body><p>x</p></body></html>";
        let sight = look(&at("https://n.example/", "text/html", page), &Limits::default());
        let Sight::Page { sources, .. } = sight else { panic!("{sight:?}") };
        let urls: Vec<&str> = sources.iter().map(|source| source.url.as_str()).collect();
        assert_eq!(urls[0], "https://n.example/rss");
        assert!(urls[1].starts_with("https://n.example/wp-json/wp/v2/posts?per_page="), "{urls:?}");
        assert_eq!(urls.len(), 2);
    }

    #[test]
    fn sources_are_told_by_what_they_hold() {
        for (body, kind) in [
            ("<rss version='2.0'><channel/></rss>", SourceKind::Feed),
            (
                "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}",
                SourceKind::Feed,
            ),
            ("<?xml version='1.0'?><urlset/>", SourceKind::Sitemap),
            ("<sitemapindex/>", SourceKind::SitemapIndex),
            (
                "[{\"id\":1,\"date_gmt\":\"2026-01-01T00:00:00\",\"link\":\"https://n.example/1\",\"title\":{\"rendered\":\"T\"}}]",
                SourceKind::WordPress,
            ),
        ] {
            let sight = look(&at("https://n.example/x", "text/plain", body), &Limits::default());
            assert_eq!(sight, Sight::Source(kind), "{body}");
        }
    }

    #[test]
    fn an_index_lists_its_sitemaps() {
        let body = "<sitemapindex><sitemap><loc>https://n.example/a.xml</loc><lastmod>2026-01-02</lastmod></sitemap>\
            <sitemap><loc>nonsense</loc></sitemap></sitemapindex>";
        let found = sitemaps(&at("https://n.example/s", "text/xml", body), &Limits::default());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, "https://n.example/a.xml");
    }
}
