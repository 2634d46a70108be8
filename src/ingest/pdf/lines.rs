//! Owns the way from a PDF's characters to paragraphs: characters to lines by where they stand, lines to paragraphs
//! by gaps, indents and sizes; what stands at the same place of many pages is furniture.

use std::{collections::HashMap, fmt, time::Instant};

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

use super::super::shape::{Piece, ends_like_sentence};

/// Characters of one document.
const MAX_CHARS: usize = 20_000_000;
/// A gap wider than this share of the type's size is a space.
const SPACE: f64 = 0.15;
/// A gap wider than so many sizes parts columns.
const GUTTER: f64 = 2.5;
/// Type that is larger than the text's by this is a heading's, and by the second a title's.
const HEADING: f64 = 1.12;
const TITLE: f64 = 1.3;

/// What was put together.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub title: Option<String>,
    pub pieces: Vec<Piece>,
    pub furniture: Vec<String>,
}

#[derive(Debug, Clone)]
struct Line {
    page: u32,
    text: String,
    left: f64,
    right: f64,
    /// Height of the base line, upwards.
    base: f64,
    size: f64,
}

/// Takes characters in, in the order of the file.
pub(super) struct Pages {
    lines: Vec<Line>,
    page: u32,
    chars: usize,
    until: Instant,
}

impl Pages {
    pub fn new(until: Instant) -> Self {
        Self { lines: Vec::new(), page: 0, chars: 0, until }
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

impl OutputDev for Pages {
    fn begin_page(
        &mut self,
        page: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.page = page;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        font: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        self.chars += 1;
        let late = self.chars.is_multiple_of(1024) && Instant::now() > self.until;
        if late || self.chars > MAX_CHARS {
            return Err(OutputError::FormatError(fmt::Error));
        }
        let size = font.abs() * (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        let (x, y) = (place.m31, place.m32);
        let end = x + width * size;
        if !(size > 0.0 && x.is_finite() && y.is_finite() && end.is_finite()) {
            return Ok(());
        }
        if let Some(line) = self.lines.last_mut().filter(|line| line.page == self.page) {
            let gap = x - line.right;
            if (y - line.base).abs() < 0.45 * line.size.max(size)
                && gap > -line.size
                && gap < GUTTER * line.size
            {
                if gap > SPACE * size && !line.text.ends_with(' ') {
                    line.text.push(' ');
                }
                line.text.push_str(text);
                line.right = end;
                return Ok(());
            }
        }
        if !text.trim().is_empty() {
            self.lines.push(Line {
                page: self.page,
                text: text.to_owned(),
                left: x,
                right: end,
                base: y,
                size,
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

impl Pages {
    /// Title, paragraphs and furniture.
    pub fn text(mut self) -> Text {
        for line in &mut self.lines {
            line.text = line.text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        self.lines.retain(|line| !line.text.is_empty());
        let mut out = Text { furniture: self.take_repeated(), ..Text::default() };
        let body = body_size(&self.lines);
        let mut blocks = blocks(&self.lines);
        if let Some(at) = title_of(&blocks, body) {
            out.title = Some(blocks.remove(at).text);
        }
        out.pieces = blocks
            .into_iter()
            .map(|block| {
                let heading = block.size > body * HEADING && block.text.chars().count() < 120;
                if heading { Piece::heading(block.text) } else { Piece::text(block.text) }
            })
            .collect();
        out
    }

    /// Takes out headers, footers and page numbers.
    fn take_repeated(&mut self) -> Vec<String> {
        let key = |line: &Line| {
            let words: String = line.text.chars().filter(|c| !c.is_ascii_digit()).collect();
            (words.trim().to_lowercase(), round(line.base))
        };
        let pages = self.lines.iter().map(|line| line.page).max().unwrap_or(0);
        let mut counts: HashMap<(String, i64), usize> = HashMap::new();
        for line in &self.lines {
            *counts.entry(key(line)).or_default() += 1;
        }
        let mut taken = Vec::new();
        self.lines.retain(|line| {
            let number = line.text.chars().all(|c| c.is_ascii_digit() || " -–/|".contains(c));
            let repeated = pages > 1
                && counts
                    .get(&key(line))
                    .is_some_and(|count| *count * 2 > pages as usize && *count > 1);
            if number || repeated {
                taken.push(line.text.clone());
            }
            !(number || repeated)
        });
        taken.dedup();
        taken
    }
}

#[allow(clippy::cast_possible_truncation)] // a place on paper, in points
fn round(value: f64) -> i64 {
    (value / 4.0).round() as i64
}

/// The size that most characters are set in.
fn body_size(lines: &[Line]) -> f64 {
    let mut sizes: Vec<(f64, usize)> =
        lines.iter().map(|line| (line.size, line.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, count)| count).sum::<usize>() / 2;
    let mut seen = 0;
    for (size, count) in sizes {
        seen += count;
        if seen > half {
            return size;
        }
    }
    1.0
}

#[derive(Debug)]
struct Block {
    text: String,
    size: f64,
    page: u32,
}

fn blocks(lines: &[Line]) -> Vec<Block> {
    let mut rights: HashMap<(u32, i64), f64> = HashMap::new();
    for line in lines {
        let right = rights.entry((line.page, round(line.left))).or_insert(line.right);
        *right = right.max(line.right);
    }
    let mut gaps: Vec<f64> = lines
        .windows(2)
        .filter(|pair| follows(&pair[0], &pair[1]))
        .map(|pair| (pair[0].base - pair[1].base) / pair[0].size)
        .collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(1.2);
    let mut out: Vec<Block> = Vec::new();
    let mut last: Option<&Line> = None;
    for line in lines {
        let goes_on = last.is_some_and(|before| {
            let right =
                rights.get(&(before.page, round(before.left))).copied().unwrap_or(before.right);
            continues(before, line, right, usual)
        });
        match out.last_mut().filter(|_| goes_on) {
            Some(block) => join(&mut block.text, &line.text),
            None => out.push(Block { text: line.text.clone(), size: line.size, page: line.page }),
        }
        last = Some(line);
    }
    out
}

/// Whether a line stands right under another.
fn follows(before: &Line, line: &Line) -> bool {
    let gap = before.base - line.base;
    before.page == line.page && gap > 0.0 && gap < 3.0 * before.size
}

/// Whether a line goes on with the paragraph of the one before it. `right` is where that one's column ends and
/// `usual` the distance of lines, in sizes.
fn continues(before: &Line, line: &Line, right: f64, usual: f64) -> bool {
    if (before.size - line.size).abs() > 0.1 * before.size {
        return false;
    }
    let ended = ends_like_sentence(&before.text);
    if !follows(before, line) {
        // The next column or page.
        return !ended && line.text.starts_with(char::is_lowercase);
    }
    let near = (before.base - line.base) / before.size < usual * 1.3 + 0.1;
    let indented =
        line.left > before.left + 0.8 * line.size && line.left < before.left + 6.0 * line.size;
    let short = before.right < right - 0.2 * (right - before.left);
    near && !(ended && (indented || short))
}

/// A word that was parted at the line's end is put together.
fn join(text: &mut String, line: &str) {
    let parted = text.ends_with(['-', '\u{ad}', '‐']) && line.starts_with(char::is_lowercase);
    let letter = text.chars().rev().nth(1).is_some_and(char::is_alphabetic);
    if parted && letter {
        text.pop();
    } else {
        text.push(' ');
    }
    text.push_str(line);
}

/// The largest type on the first page, where it is a title's.
fn title_of(blocks: &[Block], body: f64) -> Option<usize> {
    let first = blocks.first()?.page;
    let head = blocks.iter().take_while(|block| block.page == first).enumerate();
    let (at, block) = head.max_by(|a, b| a.1.size.total_cmp(&b.1.size).then(b.0.cmp(&a.0)))?;
    (block.size > body * TITLE && (8..300).contains(&block.text.chars().count())).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f64, base: f64, size: f64) -> Line {
        Line {
            page: 1,
            text: text.to_owned(),
            left,
            right: left + 0.5 * size * text.chars().count() as f64,
            base,
            size,
        }
    }

    #[test]
    fn lines_become_paragraphs_and_parted_words_whole() {
        let lines = [
            line("Kran stürzt in die Weser", 50.0, 700.0, 20.0),
            line("Im Hafen von Bremerhaven ist am Donnerstag ein Kran um-", 50.0, 660.0, 10.0),
            line("gestürzt, wie die Polizei am Nachmittag in Bremen sagte.", 50.0, 648.0, 10.0),
            line("Verletzt wurde niemand. Der Betrieb geht nach Angaben des", 60.0, 636.0, 10.0),
            line("Betreibers weiter.", 50.0, 624.0, 10.0),
            line("Die Bergung soll nach Pfingsten beginnen.", 50.0, 612.0, 10.0),
        ];
        let pages = Pages { lines: lines.to_vec(), page: 1, chars: 0, until: Instant::now() };
        let text = pages.text();
        assert_eq!(text.title.as_deref(), Some("Kran stürzt in die Weser"));
        let texts: Vec<&str> = text.pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(texts.len(), 3, "{texts:?}");
        assert!(texts[0].contains("ein Kran umgestürzt, wie"));
    }
}
