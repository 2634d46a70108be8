//! Owns what a page says of itself: title, people, dates, language, addresses, outlet and claims of credit.

use std::collections::HashMap;

use serde_json::{Map, Value};
use trafilatura::dom::Document;

use super::{super::draft::Draft, dates, json_ld, titles};
use crate::model::{Claim, Link, LinkKind};

/// What the story finder and the page's kind want to know.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// `articleBody` of the JSON-LD.
    pub body: Option<String>,
    /// The page's description, often its standfirst.
    pub description: Option<String>,
    /// The page's `<title>`.
    pub window_title: Option<String>,
    /// `og:type`.
    pub og_type: Option<String>,
    pub has_article_object: bool,
    /// The JSON-LD calls it a live blog.
    pub live: bool,
    /// `wordCount` of the JSON-LD.
    pub word_count: Option<usize>,
    /// Labels of its buttons.
    pub buttons: Vec<String>,
    /// Legal names of its publisher.
    pub owners: Vec<String>,
    /// All short text of the page, for what it says of itself.
    pub page_text: String,
    /// Blocks that are links.
    pub linked_blocks: usize,
}

const AUTHORS: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "byl",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "article:author_name",
    "byline",
    "news:author",
    "articleauthor",
];
const CLAIMS: &[&str] = &[
    "syndication-source",
    "original-source",
    "source",
    "news:source",
    "dc.source",
    "dcterms.source",
    "article:source",
    "agency",
    "news_agency",
    "creditline",
    "dc.rights.source",
    "article:news_agency",
    "provider",
    "news-source",
];

/// The claim of a publisher on a page that a portal may carry for another outlet.
const CARRIED: &str = "carriedFrom";

/// `name`, `property` or `itemprop` of each `<meta>` → contents, in order.
pub(super) type Metas = HashMap<String, Vec<String>>;

/// Reads all metadata into the draft.
pub(crate) fn read(document: &Document, draft: &mut Draft) -> Facts {
    let metas = metas(document);
    let object = json_ld::article(document).unwrap_or_default();
    read_addresses(document, &metas, &object, draft);
    titles::read(document, &metas, &object, draft);
    dates::read(document, &metas, &object, draft);
    read_people(document, &metas, &object, draft);
    read_claims(document, &metas, &object, draft);
    let article = &mut draft.article;
    article.language = language(document, &metas, &object);
    let outlet = first(&metas, &["og:site_name"])
        .or_else(|| json_ld::names(object.get("publisher")).into_iter().next())
        .or_else(|| {
            first(
                &metas,
                &["application-name", "publisher", "dc.publisher", "apple-mobile-web-app-title"],
            )
        });
    if let Some(outlet) = outlet.filter(|name| name.chars().count() < 80) {
        article.read_from.insert("outlet".to_owned(), "meta".to_owned());
        article.outlet = Some(outlet);
    }
    let section = json_ld::names(object.get("articleSection"))
        .into_iter()
        .next()
        .or_else(|| first(&metas, &["article:section"]));
    if let Some(section) = section {
        article.extra.insert("section".to_owned(), Value::String(section).to_string());
    }
    Facts {
        body: object.get("articleBody").and_then(Value::as_str).map(str::to_owned),
        description: first(&metas, &["og:description", "description", "twitter:description"]),
        window_title: window_title(document),
        og_type: first(&metas, &["og:type"]),
        has_article_object: !object.is_empty(),
        word_count: object.get("wordCount").and_then(|count| match count {
            Value::Number(number) => number.as_u64().and_then(|count| usize::try_from(count).ok()),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }),
        buttons: buttons(document),
        owners: json_ld::names(object.get("publisher").and_then(|owner| owner.get("legalName"))),
        page_text: String::new(),
        linked_blocks: 0,
        live: object.get("@type").is_some_and(|kind| kind.to_string().contains("LiveBlog")),
    }
}

/// Labels of buttons, which are no blocks of text.
fn buttons(document: &Document) -> Vec<String> {
    const MOST: usize = 60;
    let found = document
        .query_selector_all(document.root(), "button, [role='button'], input[type='submit']");
    let label = |id| match document.get_attribute(id, "value") {
        Some(value) if !value.trim().is_empty() => clean(&value),
        _ => clean(&document.iter_text(id, " ")),
    };
    let labels = found.into_iter().take(MOST).map(label);
    labels.filter(|label| (2..80).contains(&label.chars().count())).collect()
}

fn metas(document: &Document) -> Metas {
    let mut out = Metas::new();
    for id in document.get_elements_by_tag_name(document.root(), "meta") {
        let Some(content) = document.get_attribute(id, "content").map(|text| clean(&text)) else {
            continue;
        };
        if content.is_empty() {
            continue;
        }
        for attribute in ["name", "property", "itemprop", "http-equiv"] {
            if let Some(name) = document.get_attribute(id, attribute) {
                out.entry(name.trim().to_lowercase()).or_default().push(content.clone());
            }
        }
    }
    out
}

pub(super) fn first(metas: &Metas, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| metas.get(*name)?.first().cloned())
}

/// White space collapsed, entities that were escaped twice resolved.
pub(crate) fn clean(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains('&') {
        for (entity, plain) in [
            ("&quot;", "\""),
            ("&#34;", "\""),
            ("&#39;", "'"),
            ("&#039;", "'"),
            ("&apos;", "'"),
            ("&#x27;", "'"),
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&nbsp;", " "),
            ("&shy;", ""),
            ("&ndash;", "–"),
            ("&mdash;", "—"),
            ("&#8217;", "’"),
            ("&#8216;", "‘"),
            ("&#8220;", "“"),
            ("&#8221;", "”"),
            ("&#8211;", "–"),
            ("&rsquo;", "’"),
            ("&lsquo;", "‘"),
            ("&rdquo;", "”"),
            ("&ldquo;", "“"),
            ("&bdquo;", "„"),
            ("&auml;", "ä"),
            ("&ouml;", "ö"),
            ("&uuml;", "ü"),
            ("&szlig;", "ß"),
            ("&eacute;", "é"),
            ("&amp;", "&"),
        ] {
            text = text.replace(entity, plain);
        }
    }
    text.replace('\u{ad}', "")
}

pub(super) fn window_title(document: &Document) -> Option<String> {
    let id = *document.get_elements_by_tag_name(document.root(), "title").first()?;
    let text = clean(&document.text_content(id));
    (!text.is_empty()).then_some(text)
}

fn read_addresses(
    document: &Document,
    metas: &Metas,
    object: &Map<String, Value>,
    draft: &mut Draft,
) {
    let mut canonical = None;
    let (mut amp, mut licence, mut previous) = (None, None, None);
    for id in document.get_elements_by_tag_name(document.root(), "link") {
        let rel = document.get_attribute(id, "rel").unwrap_or_default().to_lowercase();
        let href = || document.get_attribute(id, "href").map(|href| href.trim().to_owned());
        match rel.as_str() {
            // Only that there is one: it is not fetched.
            "c2pa-manifest" => {
                let link = Value::String(href().unwrap_or_default()).to_string();
                draft.article.extra.insert("c2pa_manifest".to_owned(), link);
            }
            "canonical" if canonical.is_none() => canonical = href(),
            "prev" | "previous" => previous = href(),
            "amphtml" => amp = href(),
            "license" => licence = licence.or_else(href),
            _ => {}
        }
    }
    let og = first(metas, &["og:url", "twitter:url"]).filter(|url| url.starts_with("http"));
    let base = draft.article.url.clone().or_else(|| og.clone());
    let absolute = |href: String| match url::Url::parse(&href) {
        Ok(url) => Some(url.to_string()),
        Err(_) => {
            url::Url::parse(base.as_deref()?).ok()?.join(&href).ok().map(|url| url.to_string())
        }
    };
    draft.canonical = canonical.and_then(absolute).filter(|url| url.starts_with("http"));
    draft.previous = previous.and_then(absolute);
    if let Some(amp) = amp.and_then(absolute) {
        draft.article.extra.insert("amp".to_owned(), Value::String(amp).to_string());
    }
    let in_text = || {
        let links = document.query_selector_all(document.root(), "a[rel~='license']");
        document.get_attribute(links.into_iter().next()?, "href").map(|href| href.trim().to_owned())
    };
    if let Some(licence) = licence.or_else(in_text).and_then(absolute) {
        draft.article.extra.insert("license".to_owned(), Value::String(licence).to_string());
    }
    if draft.article.url.is_none() {
        // Without the address it was taken from, the page's own words are the best there is.
        let stated =
            json_ld::names(object.get("url")).into_iter().find(|url| url.starts_with("http"));
        draft.article.url = og.or_else(|| draft.canonical.clone()).or(stated);
        if draft.article.url.is_some() {
            draft.article.read_from.insert("url".to_owned(), "meta".to_owned());
        }
    }
}

fn language(document: &Document, metas: &Metas, object: &Map<String, Value>) -> Option<String> {
    let html = document
        .get_elements_by_tag_name(document.root(), "html")
        .first()
        .and_then(|id| document.get_attribute(*id, "lang"));
    html.filter(|tag| !tag.trim().is_empty())
        .or_else(|| json_ld::names(object.get("inLanguage")).into_iter().next())
        .or_else(|| first(metas, &["og:locale", "language", "content-language", "dc.language"]))
}

fn read_people(document: &Document, metas: &Metas, object: &Map<String, Value>, draft: &mut Draft) {
    let mut people = json_ld::names(object.get("author"));
    if people.is_empty() {
        people = json_ld::names(object.get("creator"));
    }
    if people.is_empty() {
        people = AUTHORS.iter().find_map(|name| metas.get(*name).cloned()).unwrap_or_default();
    }
    if people.is_empty() {
        people = byline_elements(document).into_iter().take(3).collect();
    }
    people.retain(|name| {
        !name.starts_with("http") && !name.starts_with('/') && name.chars().count() < 200
    });
    people.dedup();
    draft.byline = people;
}

/// Short texts of elements that are marked as a byline.
fn byline_elements(document: &Document) -> Vec<String> {
    const MARKS: &str = "[rel='author'], [itemprop='author'], .byline, .author, .article-author, .article__author, .autor, .signature";
    let mut out: Vec<String> = Vec::new();
    for id in document.query_selector_all(document.root(), MARKS).into_iter().take(12) {
        let text = clean(&document.iter_text(id, " "));
        if (3..100).contains(&text.chars().count()) && !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

fn read_claims(document: &Document, metas: &Metas, object: &Map<String, Value>, draft: &mut Draft) {
    let mut claim = |field: &str, value: String| {
        let claim = Claim { field: field.to_owned(), value };
        if !claim.value.is_empty() && !draft.claims.contains(&claim) {
            draft.claims.push(claim);
        }
    };
    for field in [
        "author",
        "creator",
        "contributor",
        "sourceOrganization",
        "creditText",
        "provider",
        "isBasedOn",
        "copyrightHolder",
        "publisher",
    ] {
        // Who publishes the page is its own outlet everywhere but at portals.
        let kept = if field == "publisher" { CARRIED } else { field };
        for value in json_ld::names(object.get(field)) {
            claim(kept, value);
        }
    }
    for field in AUTHORS.iter().chain(CLAIMS) {
        for value in metas.get(*field).into_iter().flatten() {
            claim(field, value.clone());
        }
    }
    for id in document
        .query_selector_all(document.root(), ".source-org, .dateline, .hnews .source")
        .into_iter()
        .take(6)
    {
        let value = clean(&document.iter_text(id, " "));
        if value.chars().count() < 100 {
            claim("hnews", value);
        }
    }
    let originals = json_ld::names(object.get("isBasedOn"));
    let sources = ["syndication-source", "original-source"]
        .iter()
        .flat_map(|name| metas.get(*name).into_iter().flatten().cloned());
    for url in originals.into_iter().chain(sources).filter(|url| url.starts_with("http")) {
        draft.article.links.push(Link { url, text: String::new(), kind: LinkKind::Original });
    }
}
