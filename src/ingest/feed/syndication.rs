//! Owns RSS 0.9x to 2.0, RDF and Atom.

use std::ops::ControlFlow;

use super::{
    super::{
        format::{Desk, Format, Head, Source},
        xml::{self, Element, Node},
    },
    entry::Entry,
};
use crate::model::FormatRow;

/// RSS and Atom.
pub(crate) struct Syndication;

impl Format for Syndication {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "feed",
            description: "RSS 0.9x to 2.0, RDF and Atom: entries with their whole text are articles, summaries teasers",
            told_by: "the root element rss, RDF or feed",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        match xml::root(&head.text) {
            Some(root) if root.eq_ignore_ascii_case("rdf") => {
                head.text.contains("purl.org/rss/") || head.text.contains("netscape.com/rdf")
            }
            Some(root) => matches!(root, "rss" | "feed" | "entry"),
            None => false,
        }
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
        drop(bytes);
        let channel = root.child("channel").unwrap_or(&root);
        let mut entries = root.all("item");
        entries.extend(root.all("entry"));
        if root.is("entry") {
            entries.push(&root);
        }
        if entries.is_empty() {
            return desk.refuse(&name, None, "is a feed without entries; there is nothing to read");
        }
        for (at, element) in entries.into_iter().enumerate() {
            match read_entry(element, channel).draft(&name, at + 1) {
                Ok(draft) => desk.hand_over(draft)?,
                Err(reason) => desk.refuse(&name, Some(at + 1), reason)?,
            }
        }
        ControlFlow::Continue(())
    }
}

/// A child of the feed's own vocabulary: pictures and players have titles and descriptions too.
fn own<'e>(element: &'e Element, name: &str) -> Option<&'e Element> {
    element.children().find(|child| child.is(name) && is_own(child))
}

fn is_own(element: &Element) -> bool {
    let prefix = element.name.split_once(':').map(|(prefix, _)| prefix.to_lowercase());
    prefix.is_none_or(|prefix| {
        matches!(prefix.as_str(), "content" | "dc" | "dcterms" | "atom" | "a10" | "rss")
    })
}

fn text(element: &Element, names: &[&str]) -> Option<String> {
    let found = names.iter().filter_map(|name| own(element, name)).map(markup);
    found.into_iter().find(|text| !text.trim().is_empty())
}

/// What an element holds as HTML: escaped, in a CDATA section, or as elements.
fn markup(element: &Element) -> String {
    if element.children().next().is_none() {
        let text = element.raw_text();
        // Atom's plain text may hold signs that HTML would read as tags.
        let plain = element.attribute("type").is_none_or(|kind| kind == "text")
            && element.is("title")
            && !text.contains('<');
        return if plain { text } else { text.trim().to_owned() };
    }
    let mut out = String::new();
    element.nodes.iter().for_each(|node| write(node, &mut out));
    out
}

fn write(node: &Node, out: &mut String) {
    match node {
        Node::Text(text) => out.push_str(&text.replace('&', "&amp;").replace('<', "&lt;")),
        Node::Element(element) => {
            let name = xml::local(&element.name).to_lowercase();
            out.push('<');
            out.push_str(&name);
            out.push('>');
            element.nodes.iter().for_each(|node| write(node, out));
            if !matches!(name.as_str(), "br" | "img" | "hr") {
                out.push_str("</");
                out.push_str(&name);
                out.push('>');
            }
        }
    }
}

fn read_entry(element: &Element, channel: &Element) -> Entry {
    let base = element.attribute("base").or_else(|| channel.attribute("base")).map(str::to_owned);
    let home = link(channel);
    let id = own(element, "guid").or_else(|| own(element, "id"));
    let permanent = id.is_some_and(|id| id.attribute("isPermaLink") != Some("false"));
    let content = text(element, &["encoded", "content", "body"]);
    let remote = own(element, "content").is_some_and(|content| content.attribute("src").is_some());
    Entry {
        id: id.map(Element::text).filter(|id| !id.is_empty()),
        link: link(element).or_else(|| {
            let id = id.filter(|_| permanent)?.text();
            Some(id).filter(|id| id.starts_with("http"))
        }),
        base: base.filter(|base| base.starts_with("http")).or(home),
        title: text(element, &["title"]),
        authors: authors(element),
        published: text(element, &["pubDate", "published", "issued", "date", "created"]),
        updated: text(element, &["updated", "modified"]),
        language: element.attribute("lang").map(str::to_owned).or_else(|| language(channel)),
        content: content.filter(|_| !remote),
        summary: text(element, &["description", "summary"]),
        feed: text(channel, &["title"]),
        sources: source(element),
        tags: tags(element),
    }
}

/// RSS: the element's text; Atom: `href` of the one that shows the page.
fn link(element: &Element) -> Option<String> {
    let links = || element.children().filter(|child| child.is("link") && is_own(child));
    let shown = links().find(|link| {
        link.attribute("href").is_some()
            && link.attribute("rel").is_none_or(|rel| rel == "alternate")
            && link.attribute("type").is_none_or(|kind| kind.contains("html"))
    });
    let text = links().map(Element::text).find(|text| !text.is_empty());
    text.or_else(|| shown.and_then(|link| link.attribute("href")).map(str::to_owned))
}

fn authors(element: &Element) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for author in element.children().filter(|child| is_own(child)) {
        if author.is("creator") {
            found.push(author.text());
        } else if author.is("author") {
            found.push(author.text_at(&["name"]).unwrap_or_else(|| name_in(&author.text())));
        }
    }
    found.retain(|name| !name.is_empty() && !name.contains('@'));
    found.dedup();
    found
}

/// RSS writes "mail@n.example (Ida Beck)".
fn name_in(author: &str) -> String {
    let inside = author.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.map_or(author, |(name, _)| name).trim().to_owned()
}

fn language(channel: &Element) -> Option<String> {
    text(channel, &["language"]).or_else(|| channel.attribute("lang").map(str::to_owned))
}

/// `<source url="…">Nordblatt</source>`, Atom's `<source><title>…`.
fn source(element: &Element) -> Vec<String> {
    let Some(source) = own(element, "source") else { return Vec::new() };
    let name = source.text_at(&["title"]).unwrap_or_else(|| source.text());
    Some(name).into_iter().filter(|name| !name.is_empty()).collect()
}

fn tags(element: &Element) -> Vec<String> {
    let all = element.children().filter(|child| child.is("category") && is_own(child));
    all.map(|tag| tag.attribute("term").map_or_else(|| tag.text(), str::to_owned))
        .filter(|tag| !tag.is_empty())
        .collect()
}
