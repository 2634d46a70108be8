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
/// Where a page that has no JSON-LD names its headline for other programs.
const HEADLINES: &[&str] = &[
    "headline",
    "parsely-title",
    "sailthru.title",
    "cxenseparse:title",
    "dc.title",
    "dcterms.title",
];
/// What remains without kicker or tail is a title from this length on, in characters.
const TITLE: usize = 15;

/// Reads the title into the draft. Sources in order: `h1`, `og:title`, JSON-LD, `<title>`; what most of them state
/// counts; among equals what both `og:title` and JSON-LD state, else the first.
pub(super) fn read(
    document: &Document,
    metas: &Metas,
    object: &Map<String, Value>,
    draft: &mut Draft,
) {
    let site = first(metas, &["og:site_name", "application-name"]);
    let section = first(metas, &["article:section"]);
    let headings: Vec<String> = document
        .get_elements_by_tag_name(document.root(), "h1")
        .into_iter()
        .map(|id| clean(&document.iter_text(id, " ")))
        .filter(|text| text.chars().count() >= LEAST)
        .collect();
    let in_object = json_ld::names(object.get("headline")).into_iter().next();
    let told_in = if in_object.is_some() { "json-ld" } else { "headline" };
    let headline = in_object.or_else(|| first(metas, HEADLINES));
    // The site's name behind a title shows where another source gives the title alone.
    let known: Vec<&String> = headings.iter().chain(&headline).collect();
    let alone = |title: String| {
        let title = without_named(&title, [site.as_deref(), section.as_deref()]);
        without_tail(&without_site(title, site.as_deref()), &known)
    };
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
    let sources = [("h1", heading), ("meta", og), (told_in, headline), ("title", window)];
    if let Some((from, title)) = agreed(without_kickers(sources)) {
        draft.article.read_from.insert("title".to_owned(), from.to_owned());
        draft.article.title = Some(title);
    }
}

type Sources = [(&'static str, Option<String>); 4];

/// The titles without the kicker that stands in the heading, where the page's metadata states the heading without it:
/// what else repeats the heading repeats its kicker.
fn without_kickers(mut sources: Sources) -> Sources {
    let [(_, heading), (_, meta), ..] = &sources;
    let (Some(heading), Some(alone)) = (heading.clone(), meta.clone()) else { return sources };
    if ends_with_title(&heading, &alone) {
        for (_, title) in &mut sources {
            if title.as_deref().is_some_and(|title| plain(title) == plain(&heading)) {
                *title = Some(alone.clone());
            }
        }
    }
    sources
}

/// Signs between a kicker and the title behind it.
const KICKER_ENDS: [char; 6] = [':', '-', '–', '—', '|', '•'];

/// Whether a heading is a kicker, a sign and the title.
fn ends_with_title(heading: &str, title: &str) -> bool {
    let long = title.chars().count() >= TITLE;
    let kicker = heading.strip_suffix(title).filter(|front| long && front.ends_with(' '));
    kicker.is_some_and(|kicker| kicker.trim_end().ends_with(KICKER_ENDS))
}

/// The title that most sources state. Among equals the one that the page states twice for other programs, in its
/// `og:title` and its JSON-LD: the heading and `<title>` beside them are one text shown twice; else the first source's.
fn agreed(sources: Sources) -> Option<(&'static str, String)> {
    let stated: Vec<(&'static str, String)> = sources
        .into_iter()
        .filter_map(|(from, title)| Some((from, title.filter(|title| !title.is_empty())?)))
        .collect();
    let voters = |title: &str| -> Vec<&'static str> {
        let same = stated.iter().filter(|(_, other)| plain(other) == plain(title));
        same.map(|(from, _)| *from).collect()
    };
    let most = stated.iter().map(|(_, title)| voters(title).len()).max()?;
    let best = || stated.iter().filter(|(_, title)| voters(title).len() == most);
    let shown = |from: &&str| matches!(*from, "h1" | "title");
    let told = best().find(|(_, title)| most == 2 && !voters(title).iter().any(shown));
    told.or_else(|| best().next()).cloned()
}

/// Length in characters, ideographs, kana and Hangul counted twice.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{1100}' && c.is_alphabetic() { 2 } else { 1 }).sum()
}

/// A title without what follows another source's title in it, where a sign parts the two.
fn without_tail(title: &str, known: &[&String]) -> String {
    for short in known.iter().filter(|short| width(short) >= TITLE) {
        let tail = title.strip_prefix(short.as_str()).map(str::trim_start);
        if tail.is_some_and(|tail| {
            tail.starts_with(['-', '–', '—', '|', '｜', 'ㅣ', '·', ':', '：', '_', '«', ','])
        }) {
            return (*short).clone();
        }
    }
    title.to_owned()
}

/// A title without the site's and the section's name at its end, in this order, whatever sign parts them off.
fn without_named<'t>(title: &'t str, names: [Option<&str>; 2]) -> &'t str {
    let sign = |c: char| matches!(c, '-' | '–' | '—' | '|' | '｜' | 'ㅣ' | '·' | ':' | '_' | '：');
    let mut title = title.trim_end();
    for name in names.into_iter().flatten() {
        let front = title.strip_suffix(name.trim()).map(str::trim_end);
        if let Some(front) = front.and_then(|front| front.strip_suffix(sign)) {
            title = front.trim_end();
        }
    }
    title
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
    fn a_kicker_goes_where_the_metadata_states_the_heading_without_it() {
        let title = |texts: [&str; 4]| {
            let from = ["h1", "meta", "json-ld", "title"];
            let mut all = from
                .into_iter()
                .zip(texts)
                .map(|(from, text)| (from, Some(text.to_owned()).filter(|text| !text.is_empty())));
            let sources = std::array::from_fn(|_| all.next().unwrap());
            agreed(without_kickers(sources)).unwrap().1
        };
        let alone = "Kran stürzt in die Weser";
        let of = |kicker: &str| format!("{kicker}{alone}");
        assert_eq!(title([&of("Hafen: "), alone, &of("Hafen: "), &of("Hafen: ")]), alone);
        // Only what the metadata states alone counts: a colon may as well stand in a title.
        assert_eq!(title([alone, &of("Hafen: "), &of("Hafen: "), ""]), of("Hafen: "));
        // What all sources state is the title, sign and all.
        assert_eq!(title([&of("Hafen: "), &of("Hafen: "), "", ""]), of("Hafen: "));
    }

    #[test]
    fn two_statements_for_programs_outweigh_one_text_shown_twice() {
        let [shown, told] =
            ["Kran stürzt in die Weser, sagt der Hafen", "Kran stürzt in die Weser"];
        let title = |texts: [&str; 4]| {
            let from = ["h1", "meta", "json-ld", "title"];
            let sources = std::array::from_fn(|at| (from[at], Some(texts[at].to_owned())));
            agreed(sources).unwrap().1
        };
        assert_eq!(title([shown, told, told, shown]), told);
        assert_eq!(title([shown, shown, told, told]), shown);
        assert_eq!(title([shown, told, shown, told]), shown);
        assert_eq!(title([shown, told, told, told]), told);
    }

    #[test]
    fn a_site_name_is_cut_and_a_dash_in_the_title_is_not() {
        assert_eq!(without_site("Kran stürzt um - Nordblatt", Some("Nordblatt")), "Kran stürzt um");
        assert_eq!(without_site("Kran stürzt um | Politik | nord.example", None), "Kran stürzt um");
        let title = "Ein langer Titel über den Hafen";
        assert_eq!(without_tail(&format!("{title}-Politikㅣ北報"), &[&title.to_owned()]), title);
        let named = [Some("北報"), Some("Politik")];
        assert_eq!(without_named(&format!("{title}-Politikㅣ北報"), named), title);
        assert_eq!(without_named("Was treibt die Politik", named), "Was treibt die Politik");
        assert_eq!(
            without_site("Hafen – ein Kran stürzt um", Some("Nordblatt")),
            "Hafen – ein Kran stürzt um"
        );
    }
}
