//! Every number that a finding hangs on, in one place, with its unit, default and reason.

use serde::{Deserialize, Serialize};

/// A threshold as it is printed with a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    pub name: String,
    pub value: f64,
    pub unit: String,
    pub reason: String,
}

/// The thresholds of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    /// Words. A matched run shorter than this is chance or phrase, not copy.
    pub min_run_words: usize,
    /// Words. Runs that follow one another are copy from this many matched words on.
    pub min_stretch_words: usize,
    /// Words. A stretch of this many matched words is a copy whatever the article's length.
    pub copy_run_words: usize,
    /// Share, 0..1. Below this share of its words, with no long run, an article is nobody's copy.
    pub copy_share: f64,
    /// Share, 0..1. Of the words from a stretch's first to its last so many must be the same.
    pub min_density: f64,
    /// Share, 0..1. A stretch is a quotation where so much of it stands in quotation marks on both sides.
    pub quoted_share: f64,
    /// Numbers. A stretch in which so many are others …
    pub template_numbers: usize,
    /// Share, 0..1. … and this share of all its numbers, is a form filled in anew.
    pub template_share: f64,
    /// Share, 0..1. A stretch of whose words so many are figures is a table, of results or prices: facts, no text.
    pub table_share: f64,
    /// Articles. What so many carry that have nothing else in common is nobody's copy.
    pub common_stories: usize,
    /// Words. A paragraph shorter than this proves nothing alone.
    pub min_paragraph_words: usize,
    /// Days either way within which an article is "of its time".
    pub time_window_days: i64,
    /// Days either way within which an agency's items are those that a credit would speak of.
    pub named_window_days: i64,
    /// Days by which a source across languages or wordings may be older than its copy; `None` where any age will do.
    pub source_window_days: Option<i64>,
    /// Candidates whose texts are aligned with the query.
    pub max_candidates: usize,
    /// Articles. What more of them hold is boilerplate or a common word, and finds no candidate.
    pub longest_list: usize,
    /// Articles. A paragraph that stands on so many other pages of its outlet is the outlet's, not the story's.
    pub furniture_pages: usize,
    /// Probability, 0..1, from which an accusation is made.
    pub accuse: f64,
    /// The same where the source has other words or another language; at 1 no accusation rests on that alone.
    pub accuse_reworded: f64,
    /// Share, 0..1. An article has been taken where this much of it is another's …
    pub taken_share: f64,
    /// Words. … and this much …
    pub taken_words: usize,
    /// Words. … or where a run or stretch of so many is; 0 where the run alone does not count.
    pub taken_run_words: usize,
    /// Whether an accusation asks for dates that put the source first, and for a text that names no agency at all.
    pub surely_later: bool,
    /// Probability, 0..1, from which a translated or rewritten source is named: the lowest in steps of 0.05 at which, by
    /// weights fitted on other stories, at most one query in a hundred gets a false source, in a small store and in one of
    /// 100 thousand others (`tests/fit.rs` computes it). Accusations ask for more, see `accuse_reworded`.
    pub name_source: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            min_run_words: 6,
            min_stretch_words: 12,
            copy_run_words: 36,
            copy_share: 0.10,
            min_density: 0.45,
            quoted_share: 0.7,
            template_numbers: 3,
            template_share: 0.5,
            table_share: 0.3,
            common_stories: 5,
            min_paragraph_words: 8,
            time_window_days: 30,
            named_window_days: 2,
            source_window_days: Some(30),
            max_candidates: 40,
            longest_list: 2_000,
            furniture_pages: 3,
            accuse: 0.9,
            accuse_reworded: 0.9,
            taken_share: 0.5,
            taken_words: 20,
            taken_run_words: 0,
            surely_later: false,
            name_source: 0.75,
        }
    }
}

impl Thresholds {
    /// Whether so much of an article counts as taken: its share, its words, its longest run or stretch.
    #[must_use]
    pub fn is_taken(&self, share: f64, words: usize, run: usize) -> bool {
        let by_share = share >= self.taken_share && words >= self.taken_words;
        by_share || (self.taken_run_words > 0 && run >= self.taken_run_words)
    }

    /// As printed with every report.
    #[must_use]
    #[allow(clippy::too_many_lines)] // a table, a row a threshold
    pub fn table(&self) -> Vec<Threshold> {
        let rows: [(&str, f64, &str, &str); 22] = [
            (
                "min_run_words",
                self.min_run_words as f64,
                "words",
                "shorter runs are phrases that many use",
            ),
            (
                "min_stretch_words",
                self.min_stretch_words as f64,
                "words",
                "less, all runs of a stretch together, is a phrase",
            ),
            (
                "copy_run_words",
                self.copy_run_words as f64,
                "words",
                "forty words, less what an edit takes at both ends: copy in an article of any length",
            ),
            (
                "copy_share",
                self.copy_share,
                "share",
                "below it, with no such run, an article is nobody's copy",
            ),
            (
                "min_density",
                self.min_density,
                "share",
                "of a stretch's words, gaps counted; less is chance in long texts",
            ),
            (
                "quoted_share",
                self.quoted_share,
                "share",
                "in quotation marks on both sides: a statement that both carry, no copy",
            ),
            (
                "template_numbers",
                self.template_numbers as f64,
                "numbers",
                "so many others in the same words, and the next line's share: a form filled in anew",
            ),
            (
                "template_share",
                self.template_share,
                "share",
                "of a stretch's numbers that are others",
            ),
            (
                "table_share",
                self.table_share,
                "share",
                "of a stretch's words that are figures: a table",
            ),
            (
                "common_stories",
                self.common_stories as f64,
                "articles",
                "what so many carry that have nothing else in common is nobody's copy",
            ),
            (
                "min_paragraph_words",
                self.min_paragraph_words as f64,
                "words",
                "shorter paragraphs prove nothing alone",
            ),
            (
                "time_window_days",
                self.time_window_days as f64,
                "days",
                "articles of an article's time lie this near, either way",
            ),
            (
                "named_window_days",
                self.named_window_days as f64,
                "days",
                "a credit speaks of an agency's items that lie this near, either way",
            ),
            (
                "max_candidates",
                self.max_candidates as f64,
                "articles",
                "candidates whose texts are aligned",
            ),
            (
                "longest_list",
                self.longest_list as f64,
                "articles",
                "what more of them hold finds no candidate",
            ),
            (
                "furniture_pages",
                self.furniture_pages as f64,
                "articles",
                "a paragraph on so many other pages of its outlet is the outlet's, not the story's",
            ),
            (
                "accuse",
                self.accuse,
                "probability",
                "an accusation is made from here on, below it the verdict is unknown",
            ),
            (
                "accuse_reworded",
                self.accuse_reworded,
                "probability",
                "the same where the source has other words or another language; at 1 never on that alone",
            ),
            (
                "taken_share",
                self.taken_share,
                "share",
                "an article is taken where so much of it is another's",
            ),
            ("taken_words", self.taken_words as f64, "words", "and so many words are"),
            (
                "taken_run_words",
                self.taken_run_words as f64,
                "words",
                "or a run or stretch of so many is; at 0 the share decides alone",
            ),
            (
                "name_source",
                self.name_source,
                "probability",
                "a translated or rewritten source is named from here on: at most one query in a hundred gets a false one, ten-fold",
            ),
        ];
        let window = self.source_window_days.map(|days| {
            (
                "source_window_days",
                days as f64,
                "days",
                "a translated or rewritten source is at most this much older; --any-time asks all",
            )
        });
        rows.into_iter()
            .chain(window)
            .map(|(name, value, unit, reason)| Threshold {
                name: name.into(),
                value,
                unit: unit.into(),
                reason: reason.into(),
            })
            .collect()
    }
}
