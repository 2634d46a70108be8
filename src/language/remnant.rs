//! Owns the question whether a text that was read anew is only what is left of the known one: its first lines before a paywall, or a
//! notice in its place. No phrase is asked, so that walls in any language are told.

use crate::model::Article;

/// Share of the known text's characters, 0..1, from which on the new one is another version of it.
const VERSION: f64 = 0.6;
/// Characters beside the known text's that the first lines may have: an invitation to subscribe.
const INVITATION: usize = 250;
/// Share of the known text's characters, 0..1, up to which a text that holds nothing of it is a notice.
const NOTICE: f64 = 0.2;
/// Characters from which on a known text is an article, so that a notice is told from it.
const ARTICLE: usize = 900;

/// What is left of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remnant {
    /// Paragraphs of it, the last one cut off perhaps, and next to nothing else.
    Beginning,
    /// A short text that holds nothing of it.
    Notice,
}

/// What of `known` is left in the new text, where that is all that it is. Such a text never takes the place of the
/// known one.
#[must_use]
pub fn remnant(new: &Article, known: &Article) -> Option<Remnant> {
    let size = |article: &Article| -> usize {
        article.paragraphs.iter().map(|paragraph| paragraph.text.chars().count()).sum()
    };
    let share = size(new) as f64 / size(known).max(1) as f64;
    if share >= VERSION {
        return None;
    }
    let is_kept = |text: &str| {
        let start = text.trim_end_matches(['…', '.', ' ', ',']);
        !start.is_empty() && known.paragraphs.iter().any(|old| old.text.starts_with(start))
    };
    let own: Vec<usize> = new
        .paragraphs
        .iter()
        .filter(|paragraph| !is_kept(&paragraph.text))
        .map(|paragraph| paragraph.text.chars().count())
        .collect();
    if own.len() < new.paragraphs.len() {
        return (own.iter().sum::<usize>() <= INVITATION).then_some(Remnant::Beginning);
    }
    (share <= NOTICE && size(known) >= ARTICLE).then_some(Remnant::Notice)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paragraph;

    fn article(paragraphs: &[&str]) -> Article {
        let of = |text: &&str| Paragraph { text: (*text).to_owned(), ..Paragraph::default() };
        Article { paragraphs: paragraphs.iter().map(of).collect(), ..Article::default() }
    }

    #[test]
    fn first_lines_and_notices_are_told_from_new_versions() {
        let long = |word: &str| format!("{word} stürzt im Hafen ins Wasser. ").repeat(12);
        let [first, second, third] = ["Der Kran", "Der Bagger", "Das Boot"].map(long);
        let known = article(&[&first, &second, &third]);
        let of = |paragraphs: &[&str]| remnant(&article(paragraphs), &known);
        assert_eq!(of(&[&first]), Some(Remnant::Beginning));
        assert_eq!(of(&[&format!("{}…", &first[..90])]), Some(Remnant::Beginning));
        assert_eq!(of(&[&first, "Lies weiter für 1 Krone."]), Some(Remnant::Beginning));
        assert_eq!(of(&["Haltu áfram að lesa með áskrift."]), Some(Remnant::Notice));
        // New versions, however much was taken out of the old one.
        assert_eq!(of(&[&first, &second]), None);
        assert_eq!(of(&[&first, &long("Der Lotse")]), None);
        assert_eq!(of(&[&long("Der Lotse")]), None);
        let short = article(&["Ein anderer kurzer Text."]);
        assert_eq!(remnant(&article(&["Kurz."]), &short), None);
    }
}
