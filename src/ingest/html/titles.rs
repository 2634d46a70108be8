//! Owns the title of a page: what its heading, its metadata and its window agree on.

use serde_json::{Map, Value};
use trafilatura::dom::Document;

use super::{
    super::{draft::Draft, shape::plain},
    json_ld,
    metadata::{Metas, clean, first, window_title},
};

/// Titles shorter than this, in characters, are a section's name or a logo.
const LEAST: usize = 9;

/// Reads the title into the draft. Sources in order: `h1`, `og:title`, JSON-LD, `<title>`; what most of them state
/// counts, the first among equals.
pub(super) fn read(
    document: &Document,
    metas: &Metas,
    object: &Map<String, Value>,
    draft: &mut Draft,
) {
    let site = first(metas, &["og:site_name", "application-name"]);
    let headings: Vec<String> = document
        .get_elements_by_tag_name(document.root(), "h1")
        .into_iter()
        .map(|id| clean(&document.iter_text(id, " ")))
        .filter(|text| text.chars().count() >= LEAST)
        .collect();
    let headline = json_ld::names(object.get("headline")).into_iter().next();
    // The site's name behind a title shows where another source gives the title alone.
    let known: Vec<&String> = headings.iter().chain(&headline).collect();
    let alone = |title: String| without_tail(&without_site(&title, site.as_deref()), &known);
    let og = first(metas, &["og:title", "twitter:title"]).map(&alone);
    let window = window_title(document).map(&alone).map(|window| match &og {
        Some(og) => without_tail(&window, &[og]),
        None => window,
    });
    let stated: Vec<String> =
        [&og, &headline, &window].into_iter().flatten().map(|title| plain(title)).collect();
    // Of several h1 the one that the page's metadata repeats.
    let heading = headings
        .iter()
        .find(|text| stated.contains(&plain(text)))
        .or_else(|| headings.first().filter(|_| headings.len() == 1))
        .cloned();
    // A kicker in the heading: the metadata has the title alone.
    let heading =
        heading.filter(|heading| !og.as_deref().is_some_and(|og| ends_with_title(heading, og)));
    if let Some((from, title)) =
        agreed([("h1", heading), ("meta", og), ("json-ld", headline), ("title", window)])
    {
        draft.article.read_from.insert("title".to_owned(), from.to_owned());
        draft.article.title = Some(title);
    }
}

/// Whether a heading is a kicker, a sign and the title.
fn ends_with_title(heading: &str, title: &str) -> bool {
    let kicker =
        heading.strip_suffix(title).map(str::trim_end).filter(|_| title.chars().count() >= 15);
    kicker.is_some_and(|kicker| kicker.ends_with([':', '-', '–', '—', '|', '•']))
}

/// The title that most sources state; among equals the first source's.
fn agreed(sources: [(&'static str, Option<String>); 4]) -> Option<(&'static str, String)> {
    let stated: Vec<(&'static str, String)> = sources
        .into_iter()
        .filter_map(|(from, title)| Some((from, title.filter(|title| !title.is_empty())?)))
        .collect();
    let votes =
        |title: &str| stated.iter().filter(|(_, other)| plain(other) == plain(title)).count();
    let most = stated.iter().map(|(_, title)| votes(title)).max()?;
    stated.iter().find(|(_, title)| votes(title) == most).cloned()
}

/// A title without what follows another source's title in it, where a sign parts the two.
fn without_tail(title: &str, known: &[&String]) -> String {
    for short in known.iter().filter(|short| short.chars().count() >= 15) {
        let tail = title.strip_prefix(short.as_str()).map(str::trim_start);
        if tail.is_some_and(|tail| {
            tail.starts_with(['-', '–', '—', '|', 'ㅣ', '·', ':', '_', '«', ','])
        }) {
            return (*short).clone();
        }
    }
    title.to_owned()
}

/// "Title - Site", "Title | Site | Section" without the tail; only where the tail is the site's name or looks like one.
fn without_site(title: &str, site: Option<&str>) -> String {
    let mut title = title;
    for _ in 0..3 {
        let cut = [" | ", " - ", " – ", " — ", " :: ", " • ", " · "]
            .iter()
            .filter_map(|mark| title.rfind(mark).map(|at| (at, mark.len(), *mark)))
            .max();
        let Some((at, length, mark)) = cut else { break };
        let tail = &title[at + length..];
        let named = site.is_some_and(|site| {
            let (site, tail) = (plain(site), plain(tail));
            !tail.is_empty()
                && (site == tail
                    || (tail.len() >= 4 && (site.contains(&tail) || tail.contains(&site))))
        });
        let domain = tail.contains('.') && !tail.contains(' ');
        if named || domain || (mark == " | " && tail.split_whitespace().count() <= 4) {
            title = title[..at].trim_end();
        } else {
            break;
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_name_is_cut_and_a_dash_in_the_title_is_not() {
        assert_eq!(without_site("Kran stürzt um - Nordblatt", Some("Nordblatt")), "Kran stürzt um");
        assert_eq!(without_site("Kran stürzt um | Politik | nord.example", None), "Kran stürzt um");
        let title = "Ein langer Titel über den Hafen";
        assert_eq!(without_tail(&format!("{title}-Politikㅣ北報"), &[&title.to_owned()]), title);
        assert_eq!(
            without_site("Hafen – ein Kran stürzt um", Some("Nordblatt")),
            "Hafen – ein Kran stürzt um"
        );
    }
}
