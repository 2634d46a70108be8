//! Owns when a page says it was published and changed, and where it says so.

use serde_json::{Map, Value};
use trafilatura::dom::Document;

use super::{
    super::{address_day::day_in_address, draft::Draft, moment::parse_moment},
    metadata::{Metas, clean},
};
use crate::model::Moment;

const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article:published",
    "og:published_time",
    "publishdate",
    "publish-date",
    "published_time",
    "publish_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "article.published",
    "iso-8601-publish-date",
    "date",
    "article_date_original",
    "originalpublicationdate",
    "last_updated_date",
    "timestamp",
    "creation_date",
    "cre_date",
];
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "lastmod",
    "modified_time",
    "og:modified_time",
];
/// Reads both dates into the draft. Order: JSON-LD, `<meta>`, `<time>`, the address; the text comes last, elsewhere.
pub(super) fn read(
    document: &Document,
    metas: &Metas,
    object: &Map<String, Value>,
    draft: &mut Draft,
) {
    let from_object = |key: &str| {
        object.get(key).and_then(Value::as_str).and_then(parse_moment).map(|m| ("json-ld", m))
    };
    let from_metas = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| metas.get(*name)?.iter().find_map(|text| parse_moment(text)))
            .map(|m| ("meta", m))
    };
    let published = from_object("datePublished")
        .or_else(|| from_metas(PUBLISHED))
        .or_else(|| from_object("dateCreated"))
        .or_else(|| time_element(document).map(|moment| ("time", moment)))
        .or_else(|| {
            draft.article.url.as_deref().and_then(day_in_address).map(|moment| ("url", moment))
        });
    let modified = from_object("dateModified").or_else(|| from_metas(MODIFIED));
    for (field, found, slot) in [
        ("published", published, &mut draft.article.published),
        ("modified", modified, &mut draft.article.modified),
    ] {
        if let Some((from, moment)) = found {
            draft.article.read_from.insert(field.to_owned(), from.to_owned());
            *slot = Some(moment);
        }
    }
}

/// The first `<time>` (or `itemprop=datePublished`) that states a date, those marked as publication first.
fn time_element(document: &Document) -> Option<Moment> {
    let root = document.root();
    let mut found: Vec<(bool, Moment)> = Vec::new();
    let marked = document.query_selector_all(
        root,
        "[itemprop='datePublished'], time, .published, .pubdate, .date, .post-date, .entry-date",
    );
    for id in marked.into_iter().take(40) {
        let stated = ["datetime", "content", "data-datetime"]
            .iter()
            .find_map(|name| document.get_attribute(id, name));
        let moment = stated
            .as_deref()
            .and_then(parse_moment)
            .or_else(|| parse_moment(&clean(&document.iter_text(id, " "))));
        let Some(moment) = moment else { continue };
        let about = format!(
            "{} {}",
            document.class_name(id),
            document.get_attribute(id, "itemprop").unwrap_or_default()
        );
        let sure = about.to_lowercase().contains("publi")
            || document.get_attribute(id, "pubdate").is_some();
        if sure {
            return Some(moment);
        }
        found.push((sure, moment));
    }
    found.into_iter().next().map(|(_, moment)| moment)
}
