//! Owns what all feeds say of an entry, and when its text is the article and when only the beginning of one.

use url::Url;

use super::super::{
    draft::Draft,
    html, parse_moment,
    record::is_address,
    shape::{Piece, Shape, set_story},
};
use crate::model::{Claim, Kind};

/// Characters from which on a content field may be a whole article.
const WHOLE: usize = 600;
/// The same for a field that is meant for a summary.
const WHOLE_SUMMARY: usize = 1500;
/// Paragraphs that a whole article in a summary's field has at least.
const WHOLE_PARAGRAPHS: usize = 4;

/// An entry as its feed states it.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub id: Option<String>,
    pub link: Option<String>,
    /// What relative links stand on.
    pub base: Option<String>,
    /// HTML or text.
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<String>,
    pub updated: Option<String>,
    pub language: Option<String>,
    /// HTML or text of the field for the whole content.
    pub content: Option<String>,
    /// HTML or text of the field for a summary.
    pub summary: Option<String>,
    /// The feed's own name.
    pub feed: Option<String>,
    /// Another feed or outlet that the entry names as its source: name or address.
    pub sources: Vec<String>,
    pub tags: Vec<String>,
}

impl Entry {
    /// The draft of the article, teaser or sighting; or why there is none.
    pub fn draft(self, file: &str, line: usize) -> Result<Draft, String> {
        let mut draft = Draft::new(file, Some(line));
        let (pieces, kind) = self.story();
        let article = &mut draft.article;
        article.url = self.address();
        article.user_id.clone_from(&self.id);
        if article.url.is_none() && pieces.is_empty() {
            return Err("has neither an address nor text; there is nothing to keep".to_owned());
        }
        article.title = self.title.as_deref().map(plain).filter(|title| !title.is_empty());
        article.language = self.language;
        article.published = self.published.as_deref().and_then(parse_moment);
        article.modified = self.updated.as_deref().and_then(parse_moment);
        if article.published.is_none() {
            article.published = article.modified.take();
        }
        if article.url.is_none() {
            article.outlet = self.feed.as_deref().map(plain);
        }
        for field in ["title", "language", "published", "modified", "outlet"] {
            article.read_from.insert(field.to_owned(), "input".to_owned());
        }
        if !self.tags.is_empty() {
            article.extra.insert("tags".to_owned(), serde_json::json!(self.tags).to_string());
        }
        if let Some(feed) = &self.feed {
            article.extra.insert("feed".to_owned(), serde_json::json!(plain(feed)).to_string());
        }
        set_story(article, pieces, Shape::Field);
        article.kind = if article.paragraphs.is_empty() { Kind::Sighting } else { kind };
        draft.byline = self.authors.iter().map(|author| plain(author)).collect();
        let claim = |value: String| Claim { field: "source".to_owned(), value };
        draft.claims = self.sources.into_iter().map(claim).collect();
        Ok(draft)
    }

    fn address(&self) -> Option<String> {
        let link = self.link.as_deref().map(str::trim).filter(|link| !link.is_empty());
        let permanent = self.id.as_deref().filter(|id| is_address(id));
        let link = link.or(permanent)?;
        if is_address(link) {
            return Some(link.to_owned());
        }
        let base = Url::parse(self.base.as_deref()?).ok()?;
        base.join(link).ok().map(String::from).filter(|joined| is_address(joined))
    }

    /// The paragraphs and what they are. In doubt they are a teaser: an article that is not whole would make a
    /// whole one look copied and added to.
    fn story(&self) -> (Vec<Piece>, Kind) {
        let content = self.content.as_deref().map(pieces).unwrap_or_default();
        let summary = self.summary.as_deref().map(pieces).unwrap_or_default();
        let (content_size, summary_size) = (size(&content), size(&summary));
        let cut = |pieces: &[Piece]| pieces.last().is_some_and(|last| is_cut(&last.text));
        if content_size >= WHOLE && content_size > summary_size && !cut(&content) {
            return (content, Kind::Article);
        }
        let many = summary.len() >= WHOLE_PARAGRAPHS;
        if content.is_empty() && summary_size >= WHOLE_SUMMARY && many && !cut(&summary) {
            return (summary, Kind::Article);
        }
        let longer = if content_size >= summary_size { content } else { summary };
        (longer, Kind::Teaser)
    }
}

/// The paragraphs of a field; where no tag parts them, blank lines do (so blogs send them).
fn pieces(text: &str) -> Vec<Piece> {
    let tagged = ["<p", "<br", "<div", "<li", "<P", "<BR"].iter().any(|tag| text.contains(tag));
    if tagged || !text.trim().contains("\n\n") {
        return html::fragment(text);
    }
    text.split("\n\n").flat_map(html::fragment).collect()
}

/// The text of a field that may hold HTML.
pub(super) fn plain(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    pieces(text).into_iter().map(|piece| piece.text).collect::<Vec<_>>().join(" ")
}

fn size(pieces: &[Piece]) -> usize {
    pieces.iter().map(|piece| piece.text.chars().count()).sum()
}

/// Whether a text says that it goes on elsewhere.
fn is_cut(last: &str) -> bool {
    const MORE: &[&str] = &[
        "read more",
        "continue reading",
        "read the full",
        "read full",
        "weiterlesen",
        "mehr lesen",
        "lire la suite",
        "leer más",
        "seguir leyendo",
        "leggi tutto",
        "continua a leggere",
        "lees verder",
        "läs mer",
        "les mer",
        "læs mere",
        "ler mais",
        "czytaj więcej",
        "читать далее",
    ];
    let end = last.trim_end_matches(['"', '”', ')', ']', ' ', '»', '→', '>']);
    let tail: String = last.to_lowercase().chars().rev().take(60).collect();
    let tail: String = tail.chars().rev().collect();
    end.ends_with(['…', '⋯']) || end.ends_with("...") || MORE.iter().any(|more| tail.contains(more))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(content: Option<&str>, summary: Option<&str>) -> Kind {
        let entry = Entry {
            link: Some("https://n.example/1".to_owned()),
            content: content.map(str::to_owned),
            summary: summary.map(str::to_owned),
            ..Entry::default()
        };
        entry.draft("feed.xml", 1).unwrap().article.kind
    }

    #[test]
    fn whole_texts_are_articles_and_summaries_never() {
        let paragraph = "<p>Im Hafen von Bremerhaven ist am Donnerstag ein Kran umgestürzt, wie die Polizei mitteilte. Verletzt wurde niemand.</p>";
        let whole = paragraph.repeat(8);
        assert_eq!(kind(Some(&whole), Some("Kurz.")), Kind::Article);
        assert_eq!(
            kind(Some(&format!("{whole}<p>Weiterlesen auf nord.example</p>")), None),
            Kind::Teaser
        );
        assert_eq!(kind(Some(paragraph), None), Kind::Teaser);
        assert_eq!(kind(None, Some(paragraph)), Kind::Teaser);
        assert_eq!(kind(None, None), Kind::Sighting);
    }

    #[test]
    fn relative_links_stand_on_their_base() {
        let entry = Entry {
            link: Some("/a/1".to_owned()),
            base: Some("https://n.example/feed".to_owned()),
            ..Entry::default()
        };
        assert_eq!(entry.address().as_deref(), Some("https://n.example/a/1"));
        assert!(Entry::default().draft("f", 1).is_err());
    }
}
