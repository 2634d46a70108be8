//! Owns which article it is (contract, "Which article is it").

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::address::{normalise_address, registrable_domain};
use crate::model::Article;

/// The identity of an article whose fields are complete: its normalised address; else the user's id within the
/// outlet; else outlet, day of publication and text.
///
/// `canonical` counts only where it lies within the registrable domain of `article.url` and is no front page.
pub(crate) fn identity(article: &Article, canonical: Option<&str>) -> String {
    let own = article.url.as_deref().and_then(normalise_address);
    let stated = canonical.and_then(normalise_address);
    match (own, stated) {
        (Some(own), Some(stated)) if same_site(&own, &stated) && !is_front(&stated) => {
            return match later_page(&own, &stated) {
                Some(number) => format!("{stated}#page-{number}"),
                None => stated,
            };
        }
        (Some(own), _) => return own,
        _ => {}
    }
    let outlet =
        article.domain.as_deref().or(article.outlet.as_deref()).unwrap_or("").to_lowercase();
    if let Some(id) = &article.user_id {
        return format!("id:{outlet}:{id}");
    }
    let day = article.published.as_ref().map_or("", |moment| moment.day());
    let mut digest = String::new();
    for byte in Sha256::digest(article.text().as_bytes()).iter().take(16) {
        let _ = write!(digest, "{byte:02x}");
    }
    format!("text:{outlet}:{day}:{digest}")
}

/// Whether two addresses lie within one registrable domain.
pub(crate) fn same_site(a: &str, b: &str) -> bool {
    registrable_domain(a).is_some_and(|domain| registrable_domain(b) == Some(domain))
}

/// How addresses say "page", longer words first.
const PAGE_WORDS: &[&str] =
    &["pagina", "strona", "seite", "sida", "side", "page", "pag", "pg", "p"];

/// An ending behind the number of a page.
const HTML: &str = ".html";

/// Which page of the article at another address this one is that of, from 2: such a page is its continuation, and must
/// not take its place. Both are normalised.
pub(crate) fn later_page(own: &str, first: &str) -> Option<u32> {
    let own = own.strip_suffix(HTML).unwrap_or(own);
    let first = first.strip_suffix(HTML).unwrap_or(first);
    let rest = own.strip_prefix(first).filter(|rest| !rest.is_empty())?;
    let rest = rest.trim_start_matches(['/', '?', '&', ',', '-', '_', '.']).to_lowercase();
    let word = PAGE_WORDS.iter().find_map(|word| rest.strip_prefix(word));
    let number = word.unwrap_or(&rest).trim_start_matches(['=', '-', '_', '/']);
    number.parse().ok().filter(|number| (2..100).contains(number))
}

/// The address of an article's first page, by that of a later one and of the page before it. Both are normalised.
pub(crate) fn first_page(own: &str, previous: &str) -> Option<String> {
    if later_page(own, previous).is_some() {
        return Some(previous.to_owned());
    }
    let ending = if own.strip_suffix(HTML).is_some() { HTML } else { "" };
    let fronts = own.char_indices().map(|(at, _)| &own[..at]);
    let mut firsts = fronts
        .filter(|front| !is_front(front.trim_end_matches('/')))
        .map(|front| format!("{front}{ending}"));
    firsts.find(|first| {
        let [this, before] = [own, previous].map(|page| later_page(page, first));
        this.zip(before).is_some_and(|(this, before)| this == before + 1)
    })
}

fn is_front(normalised: &str) -> bool {
    !normalised.trim_start_matches("https://").contains(['/', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paragraph;

    fn article(outlet: &str, url: Option<&str>, id: Option<&str>) -> Article {
        let text = "Bremen (dpa) - Der Hafen bleibt geschlossen.".to_owned();
        Article {
            url: url.map(str::to_owned),
            user_id: id.map(str::to_owned),
            outlet: Some(outlet.to_owned()),
            paragraphs: vec![Paragraph { text, ..Paragraph::default() }],
            ..Article::default()
        }
    }

    #[test]
    fn one_text_at_two_outlets_is_two_articles() {
        let one = identity(&article("Nordblatt", None, None), None);
        assert_ne!(one, identity(&article("Südblatt", None, None), None));
        assert_eq!(one, identity(&article("nordblatt", None, None), None));
        assert_ne!(
            identity(&article("Nordblatt", None, Some("7")), None),
            identity(&article("Südblatt", None, Some("7")), None)
        );
    }

    #[test]
    fn a_later_page_is_not_the_first_one() {
        let first = "https://x.example/a-story";
        for page in ["?page=2", "/2", "/page/3", ",seite-2", "?seite=4", "/p2"] {
            let own = format!("{first}{page}");
            let number = later_page(&own, first).unwrap_or_else(|| panic!("{page}"));
            let article = article("x", Some(&own), None);
            assert_eq!(identity(&article, Some(first)), format!("{first}#page-{number}"));
            assert_eq!(identity(&article, Some(&own)), own);
        }
        for other in ["?id=2024", "/2024", "-on-page-two", "?print=1", ""] {
            assert_eq!(later_page(&format!("{first}{other}"), first), None, "{other}");
        }
        assert_eq!(later_page("https://x.example/a-2.html", "https://x.example/a.html"), Some(2));
    }

    #[test]
    fn the_first_page_is_told_by_the_one_before() {
        for (own, previous, first) in [
            ("https://x.example/a/2", "https://x.example/a", Some("https://x.example/a")),
            (
                "https://x.example/a/page/3",
                "https://x.example/a/page/2",
                Some("https://x.example/a"),
            ),
            (
                "https://x.example/a-3.html",
                "https://x.example/a-2.html",
                Some("https://x.example/a.html"),
            ),
            (
                "https://x.example/a?page=4",
                "https://x.example/a?page=3",
                Some("https://x.example/a"),
            ),
            ("https://x.example/story-9", "https://x.example/other", None),
            ("https://x.example/9", "https://x.example/8", None),
        ] {
            assert_eq!(first_page(own, previous).as_deref(), first, "{own}");
        }
    }

    #[test]
    fn a_canonical_counts_within_its_own_site_only() {
        let page = article("x", Some("https://www.x.example/a?id=7"), Some("7"));
        let of = |canonical| identity(&page, Some(canonical));
        assert_eq!(of("https://x.example/a"), "https://x.example/a");
        assert_eq!(of("https://other.example/a"), "https://x.example/a?id=7");
        assert_eq!(of("https://x.example/"), "https://x.example/a?id=7");
    }
}
