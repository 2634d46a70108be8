//! Owns what of a text is the story: kicker, title, navigation residue, author's blurb and credit block told apart.

use super::{blurb, rooms};
use crate::model::{Article, Paragraph, ParagraphRole};

/// A subhead has fewer words than this, and characters than [`SUBHEAD_CHARS`].
const SUBHEAD_WORDS: usize = 16;
const SUBHEAD_CHARS: usize = 110;

/// A piece of text on its way to becoming a paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub text: String,
    /// Marked as a heading by the format.
    pub heading: bool,
}

impl Piece {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), heading: false }
    }

    pub fn heading(text: impl Into<String>) -> Self {
        Self { text: text.into(), heading: true }
    }
}

/// What a format tells of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Bare text: kicker and title may stand in front, subheads are told by their look.
    Bare,
    /// A field of a record or page: no title in it but the record's own, which is dropped where it is repeated.
    Field,
}

/// Puts pieces into the article as paragraphs, and what is not the story into its furniture.
pub(crate) fn set_story(article: &mut Article, pieces: Vec<Piece>, shape: Shape) {
    let (mut pieces, furniture): (Vec<Piece>, Vec<Piece>) = pieces
        .into_iter()
        .filter(|p| !p.text.trim().is_empty())
        .partition(|p| !rooms::is_furniture(&p.text));
    article.furniture.extend(furniture.into_iter().map(|piece| piece.text));
    blurb::take(article, &mut pieces);
    match shape {
        Shape::Bare => take_head(article, &mut pieces),
        Shape::Field => drop_repeated_title(article, &mut pieces),
    }
    let texts: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let block = rooms::credit_block(&texts).min(pieces.len());
    let credit: Vec<Piece> = pieces.split_off(pieces.len() - block);
    let count = pieces.len();
    article.paragraphs = pieces
        .into_iter()
        .enumerate()
        .map(|(at, piece)| {
            let looks =
                shape == Shape::Bare && at > 0 && at + 1 < count && looks_like_subhead(&piece.text);
            let role =
                if piece.heading || looks { ParagraphRole::Subhead } else { ParagraphRole::Text };
            Paragraph { text: piece.text, role }
        })
        .collect();
    if !credit.is_empty() {
        let lines: Vec<String> = credit.into_iter().map(|piece| piece.text).collect();
        article.paragraphs.push(Paragraph { text: lines.join("\n"), role: ParagraphRole::Credit });
    }
}

/// Short, and without the full stop of a sentence.
fn looks_like_subhead(text: &str) -> bool {
    let words = text.split_whitespace().count();
    text.chars().count() <= SUBHEAD_CHARS
        && words <= SUBHEAD_WORDS
        && !ends_like_sentence(text)
        && !text.contains('\n')
}

pub(crate) fn ends_like_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '”', '“', '»', '«', '’', '\'', ')', ']', '」', '』']);
    end.ends_with(['.', '!', '?', '…', ':', ';', ',', '。', '！', '？', '؟', '।', '։'])
}

/// Short lines in front of the first running text: the last is the title, those before it are kickers.
fn take_head(article: &mut Article, pieces: &mut Vec<Piece>) {
    let first_text =
        pieces.iter().position(|piece| !piece.heading && !looks_like_subhead(&piece.text));
    let Some(length) = first_text.filter(|length| (1..=5).contains(length)) else { return };
    let mut head: Vec<String> = pieces.drain(..length).map(|piece| piece.text).collect();
    for line in &head {
        if article.published.is_none() && line.chars().count() < 60 {
            article.published = super::parse_moment(line);
            if article.published.is_some() {
                article.read_from.insert("published".to_owned(), "text".to_owned());
            }
        }
    }
    if article.title.is_none() {
        let title =
            head.iter().rposition(|line| !is_byline(line) && super::parse_moment(line).is_none());
        if let Some(at) = title {
            article.title = Some(head.remove(at));
            article.read_from.insert("title".to_owned(), "text".to_owned());
        }
    } else {
        let own = article.title.as_deref().map(plain);
        head.retain(|line| Some(plain(line)) != own);
    }
    article.furniture.extend(head);
}

/// A byline in front of the text: "By …", "Von …", "Par …".
pub(crate) fn is_byline(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "by ", "von ", "par ", "por ", "di ", "da ", "av ", "af ", "door ", "od ", "autor: ",
        "text: ",
    ];
    let lower = line.to_lowercase();
    line.split_whitespace().count() <= 10 && STARTS.iter().any(|start| lower.starts_with(start))
}

/// The first pieces may repeat the title that the record states.
fn drop_repeated_title(article: &mut Article, pieces: &mut Vec<Piece>) {
    let Some(title) = article.title.as_deref().map(plain).filter(|title| !title.is_empty()) else {
        return;
    };
    let shown = article.title.as_deref().unwrap_or_default();
    let repeated = pieces.iter().take(3).position(|piece| {
        let behind = piece.text.strip_prefix(shown).map(str::trim);
        plain(&piece.text) == title || behind.is_some_and(is_sign_off)
    });
    if let Some(at) = repeated
        && pieces.len() > 1
    {
        article.furniture.push(pieces.remove(at).text);
    }
}

/// Byline or date and no more: what old pages put behind the title, in one block with it.
fn is_sign_off(line: &str) -> bool {
    line.chars().count() < 60 && (is_byline(line) || super::parse_moment(line).is_some())
}

/// Letters and digits only, lower case.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str =
        "Die Gespräche brachten keinen Durchbruch, teilte die Regierung am Montag mit.";

    fn shaped(lines: &[&str]) -> Article {
        let mut article = Article::default();
        set_story(&mut article, lines.iter().map(|line| Piece::text(*line)).collect(), Shape::Bare);
        article
    }

    #[test]
    fn kicker_and_title_are_told_from_the_story() {
        let article = shaped(&[
            "Hafen",
            "Kran stürzt in die Weser",
            SENTENCE,
            "Streit um die Kosten",
            SENTENCE,
        ]);
        assert_eq!(article.title.as_deref(), Some("Kran stürzt in die Weser"));
        assert_eq!(article.furniture, ["Hafen"]);
        assert_eq!(article.paragraphs.len(), 3);
        assert_eq!(article.paragraphs[1].role, ParagraphRole::Subhead);
    }

    #[test]
    fn a_text_that_begins_with_its_story_keeps_it() {
        let article = shaped(&[SENTENCE, SENTENCE]);
        assert_eq!(article.title, None);
        assert_eq!(article.paragraphs.len(), 2);
    }
}
