//! What a correction changed, and whether a copy still carries it.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::body::{Body, Token};
use crate::language::skeleton;
use crate::model::{Article, CorrectedWords};

/// Words on either side that place a change.
const BESIDE: usize = 2;
/// Words on either side where nothing but the place tells that something is missing.
const AROUND: usize = 3;
/// Words from which a changed passage is known without its neighbours.
const KNOWN_ALONE: usize = 4;
/// Changes with so few words between them are one.
const TOGETHER: usize = 2;
/// Share of its words that a text must keep for a silent change to be a correction and not another report.
const SAME_TEXT: f64 = 0.8;
/// Letters from which a capitalised word may be a name that other languages keep.
const NAME_LETTERS: usize = 4;

/// An old and a new text of an item, and the words between which they differ.
#[derive(Debug, Default)]
pub struct Correction {
    old: Body,
    new: Body,
    old_text: Article,
    new_text: Article,
    /// Token ranges in the old and the new text.
    changes: Vec<(Range<usize>, Range<usize>)>,
}

impl Correction {
    /// Compares two texts word by word (Myers 1986).
    #[must_use]
    pub fn new(old_text: Article, new_text: Article) -> Self {
        let (old, new) = (Body::new(&old_text), Body::new(&new_text));
        let hashes = |body: &Body| body.tokens.iter().map(|t| t.hash).collect::<Vec<u64>>();
        let mut changes: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        for op in capture_diff_slices(Algorithm::Myers, &hashes(&old), &hashes(&new)) {
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let (from, to) = (op.old_range(), op.new_range());
            match changes.last_mut() {
                Some((last, last_new)) if from.start <= last.end + TOGETHER => {
                    (last.end, last_new.end) = (from.end, to.end);
                }
                _ => changes.push((from, to)),
            }
        }
        Self { old, new, old_text, new_text, changes }
    }

    /// Whether any word differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether it changes words of a text that stays the same: what no note calls a correction may be one then, and
    /// is an update where it only adds.
    #[must_use]
    pub fn reads_as_correction(&self) -> bool {
        let changed: usize = self.changes.iter().map(|(old, _)| old.len()).sum();
        let kept = 1.0 - changed as f64 / self.old.len().max(1) as f64;
        let only_adds = self.changes.iter().all(|(old, _)| old.is_empty());
        !only_adds && kept >= SAME_TEXT
    }

    /// The changes with the words beside them.
    #[must_use]
    pub fn words(&self) -> Vec<CorrectedWords> {
        self.changes
            .iter()
            .map(|(old, new)| CorrectedWords {
                paragraph: self
                    .old
                    .tokens
                    .get(old.start)
                    .or(self.old.tokens.last())
                    .map_or(0, |t| t.paragraph as usize),
                before: passage(&self.old_text, &self.old, &wider(old, self.old.len())),
                after: passage(&self.new_text, &self.new, &wider(new, self.new.len())),
            })
            .collect()
    }

    /// Passages of a copy in the same language and words that are still the old ones, as they stand there.
    #[must_use]
    pub fn carried(&self, copy: &Article) -> Vec<String> {
        let body = Body::new(copy);
        self.changes
            .iter()
            .filter_map(|(old, _)| {
                let found = self.place(old, &body.tokens)?;
                Some(passage(copy, &body, &wider(&found, body.len())))
            })
            .collect()
    }

    /// Where a copy has the old words in their place; `None` where it has not, or where the new text has them too.
    fn place(&self, old: &Range<usize>, copy: &[Token]) -> Option<Range<usize>> {
        let needles = self.needles(old);
        let found = needles.iter().find_map(|needle| find(copy, &self.old.tokens, needle))?;
        let still_there =
            needles.iter().any(|n| find(&self.new.tokens, &self.old.tokens, n).is_some());
        (!still_there).then_some(found)
    }

    /// Ranges of the old text, any of which tells the old words.
    fn needles(&self, old: &Range<usize>) -> Vec<Range<usize>> {
        let end = self.old.len();
        if old.is_empty() {
            let around = old.start.saturating_sub(AROUND)..(old.end + AROUND).min(end);
            return if around.len() == 2 * AROUND { vec![around] } else { Vec::new() };
        }
        let mut needles = Vec::new();
        if old.start >= BESIDE {
            needles.push(old.start - BESIDE..old.end);
        }
        if old.end + BESIDE <= end {
            needles.push(old.start..old.end + BESIDE);
        }
        if old.len() >= KNOWN_ALONE {
            needles.push(old.clone());
        }
        needles
    }

    /// The same for a copy in another language or other words: numbers and names of the old words that stand in it
    /// while those of the new ones do not. A number or name that the new text has elsewhere tells nothing.
    #[must_use]
    pub fn carried_across(&self, copy: &Article) -> Vec<String> {
        let body = Body::new(copy);
        let in_copy = marks(copy, &body, &(0..body.len()));
        let in_new = marks(&self.new_text, &self.new, &(0..self.new.len()));
        let mut carried = Vec::new();
        for (old, new) in &self.changes {
            let gone = marks(&self.old_text, &self.old, old);
            let come = marks(&self.new_text, &self.new, new);
            if come.iter().any(|(mark, _)| in_copy.iter().any(|(held, _)| held == mark)) {
                continue;
            }
            for (mark, _) in gone.iter().filter(|(m, _)| !in_new.iter().any(|(held, _)| held == m))
            {
                if let Some((_, at)) = in_copy.iter().find(|(held, _)| held == mark) {
                    carried.push(passage(copy, &body, &wider(&(*at..at + 1), body.len())));
                }
            }
        }
        carried
    }
}

/// Numbers by their digits, likely names by their skeletons, each with its token.
fn marks(article: &Article, body: &Body, range: &Range<usize>) -> Vec<(String, usize)> {
    let mut marks = Vec::new();
    for at in range.clone() {
        let word = passage(article, body, &(at..at + 1));
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        if digits.len() > 1 {
            marks.push((digits, at));
        } else if word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().count() >= NAME_LETTERS
        {
            marks.push((skeleton(&word), at));
        }
    }
    marks
}

fn wider(range: &Range<usize>, end: usize) -> Range<usize> {
    range.start.saturating_sub(BESIDE)..(range.end + BESIDE).min(end)
}

/// Where `tokens` hold the words of this range of `of`.
fn find(tokens: &[Token], of: &[Token], range: &Range<usize>) -> Option<Range<usize>> {
    let needle = of.get(range.clone())?;
    if needle.is_empty() {
        return None;
    }
    let same = |window: &[Token]| window.iter().zip(needle).all(|(a, b)| a.hash == b.hash);
    let at = tokens.windows(needle.len()).position(same)?;
    Some(at..at + needle.len())
}

/// The text of a range of tokens, paragraph breaks as spaces.
fn passage(article: &Article, body: &Body, range: &Range<usize>) -> String {
    let tokens = body.tokens.get(range.clone()).unwrap_or_default();
    let pieces = tokens.chunk_by(|a, b| a.paragraph == b.paragraph).filter_map(|run| {
        let (first, last) = (run.first()?, run.last()?);
        let text = &article.paragraphs.get(first.paragraph as usize)?.text;
        text.get(first.start as usize..last.end as usize)
    });
    pieces.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paragraph;

    fn article(text: &str) -> Article {
        let paragraph = Paragraph { text: text.into(), ..Paragraph::default() };
        Article { paragraphs: vec![paragraph], ..Article::default() }
    }

    const OLD: &str = "The crane weighs 40 tonnes and was built by Maier in 1998, the harbour board said in a statement on Monday.";
    const NEW: &str = "The crane weighs 14 tonnes and was not built by Mayrhofer in 1998, the harbour board said in a statement on Monday.";

    fn correction() -> Correction {
        Correction::new(article(OLD), article(NEW))
    }

    #[test]
    fn the_changed_words_with_those_beside_them() {
        let words = correction().words();
        assert_eq!(words[0].before, "crane weighs 40 tonnes and");
        assert_eq!(words[0].after, "crane weighs 14 tonnes and");
        assert!(correction().reads_as_correction());
    }

    #[test]
    fn a_copy_with_the_old_words_carries_them_and_a_corrected_one_does_not() {
        let stale = article(&format!("Norderhaven. {OLD} More follows."));
        assert_eq!(correction().carried(&stale).len(), 2);
        assert!(correction().carried(&article(NEW)).is_empty());
        let cut = article("The harbour board said on Monday that it would meet again.");
        assert!(correction().carried(&cut).is_empty());
    }

    #[test]
    fn an_omission_is_told_by_its_place() {
        let correction = Correction::new(
            article("The minister said that she would resign before the vote on Friday evening."),
            article(
                "The minister said that she would not resign before the vote on Friday evening.",
            ),
        );
        let copy = article(
            "Late on Monday the minister said that she would resign before the vote, it is reported.",
        );
        assert_eq!(
            correction.carried(&copy),
            ["minister said that she would resign before the vote, it"]
        );
    }

    #[test]
    fn a_translation_is_told_by_numbers_and_names() {
        let stale = article("Der Kran wiegt 40 Tonnen und wurde 1998 von Maier gebaut.");
        assert_eq!(correction().carried_across(&stale).len(), 2);
        let followed =
            article("Der Kran wiegt 14 Tonnen und wurde 1998 nicht von Mayrhofer gebaut.");
        assert!(correction().carried_across(&followed).is_empty());
    }
}
