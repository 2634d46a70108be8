//! A page of text: tones, wrapping by display width, and outside texts made plain on their way in.

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;
use textwrap::{Options, WordSplitter};

use super::{Look, plain};

/// Running text wider than this is hard to read.
const PROSE_COLUMNS: usize = 100;
/// Narrower terminals wrap on their own.
const LEAST_COLUMNS: usize = 40;
const RESET: &str = "\u{1b}[0m";

/// What a piece of text is; colour follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    /// Headings and names.
    Strong,
    /// Beside the point: addresses, thresholds.
    Faint,
    /// Original, credited.
    Good,
    /// An accusation or a fault.
    Bad,
    /// Not known.
    Doubt,
    /// Copied words.
    Copied,
}

impl Tone {
    fn style(self) -> Style {
        let colour = |c: AnsiColor| Style::new().fg_color(Some(c.into()));
        match self {
            Self::Plain => Style::new(),
            Self::Strong => Style::new().bold(),
            Self::Faint => Style::new().dimmed(),
            Self::Good => colour(AnsiColor::Green).bold(),
            Self::Bad => colour(AnsiColor::Red).bold(),
            Self::Doubt => colour(AnsiColor::Yellow).bold(),
            Self::Copied => colour(AnsiColor::Cyan),
        }
    }
}

/// A line to be: pieces of text, each with its tone. Every piece is made plain when it is put in.
#[derive(Debug, Clone, Default)]
pub(super) struct Line(Vec<(Tone, String)>);

impl Line {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn of(tone: Tone, text: &str) -> Self {
        Self::new().tone(tone, text)
    }

    pub(super) fn plain(self, text: &str) -> Self {
        self.tone(Tone::Plain, text)
    }

    pub(super) fn tone(mut self, tone: Tone, text: &str) -> Self {
        self.0.push((tone, plain(text)));
        self
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, text)| text.is_empty())
    }

    fn inked(&self, look: Look) -> String {
        let mut out = String::new();
        for (tone, text) in &self.0 {
            if look.colour && *tone != Tone::Plain && !text.is_empty() {
                out.extend([&tone.style().render().to_string(), text, RESET]);
            } else {
                out.push_str(text);
            }
        }
        out
    }

    /// The line in rows of at most `width` columns.
    pub(super) fn rows(&self, look: Look, width: usize, first: &str, rest: &str) -> Vec<String> {
        let options = Options::new(width)
            .initial_indent(first)
            .subsequent_indent(rest)
            .word_splitter(WordSplitter::NoHyphenation);
        let inked = self.inked(look);
        let rows = textwrap::wrap(&inked, options);
        closed(rows.into_iter().map(|row| row.trim_end().to_owned()).collect())
    }
}

/// Ends each row's tones in the row and takes them up again in the next.
fn closed(rows: Vec<String>) -> Vec<String> {
    let mut open = String::new();
    rows.into_iter()
        .map(|row| {
            let mut out = format!("{open}{row}");
            for piece in row.split('\u{1b}').skip(1) {
                let code = piece.split_inclusive('m').next().unwrap_or_default();
                if code == "[0m" {
                    open.clear();
                } else {
                    open.extend(["\u{1b}", code]);
                }
            }
            if !open.is_empty() {
                out.push_str(RESET);
            }
            out
        })
        .collect()
}

/// Text that grows line by line.
#[derive(Debug)]
pub(super) struct Page {
    look: Look,
    text: String,
}

impl Page {
    pub(super) fn new(look: Look) -> Self {
        let width = look.width.max(LEAST_COLUMNS);
        Self { look: Look { width, ..look }, text: String::new() }
    }

    pub(super) fn look(&self) -> Look {
        self.look
    }

    /// An empty line and a heading.
    pub(super) fn heading(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.gap();
        }
        self.line("", "", &Line::of(Tone::Strong, text));
    }

    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Running text, wrapped; `first` and `rest` are the indents of its rows.
    pub(super) fn line(&mut self, first: &str, rest: &str, line: &Line) {
        let width = self.look.width.min(PROSE_COLUMNS);
        for row in line.rows(self.look, width, first, rest) {
            self.text.push_str(&row);
            self.text.push('\n');
        }
    }

    /// A line that is never wrapped, so that it can be copied: an address.
    pub(super) fn unbroken(&mut self, indent: &str, line: &Line) {
        self.text.push_str(indent);
        self.text.push_str(&line.inked(self.look));
        self.text.push('\n');
    }

    /// Two texts beside one another, each with its mark and wrapped to its half; no mark without text.
    pub(super) fn beside(&mut self, left: (&str, &Line), right: (&str, &Line)) {
        const BETWEEN: &str = " │ ";
        let half = (self.look.width - BETWEEN.chars().count()) / 2;
        let rows = |(mark, line): (&str, &Line)| {
            let mark = if line.is_empty() { "" } else { mark };
            line.rows(self.look, half, mark, &" ".repeat(mark.len()))
        };
        let (left, right) = (rows(left), rows(right));
        for row in 0..left.len().max(right.len()) {
            let cell = left.get(row).map_or("", String::as_str);
            let pad = " ".repeat(half.saturating_sub(display_width(cell)));
            let other = right.get(row).map_or("", String::as_str);
            let both = format!("{cell}{pad}{BETWEEN}{other}");
            self.text.push_str(both.trim_end());
            self.text.push('\n');
        }
    }

    /// Text that is laid out already and plain.
    pub(super) fn block(&mut self, text: &str) {
        self.text.push_str(text);
        if !text.is_empty() && !text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tone_that_crosses_a_line_break_is_closed_and_taken_up_again() {
        let look = Look { width: 40, colour: true };
        let rows = Line::of(Tone::Copied, "eins zwei drei").rows(look, 9, "", "");
        assert_eq!(rows, ["\u{1b}[36meins zwei\u{1b}[0m", "\u{1b}[36mdrei\u{1b}[0m"]);
    }

    #[test]
    fn columns_hold_for_wide_letters() {
        let mut page = Page::new(Look { width: 43, colour: false });
        page.beside(("", &Line::new().plain("連携 連携")), ("", &Line::new().plain("right")));
        assert_eq!(page.into_text(), format!("連携 連携{} │ right\n", " ".repeat(11)));
    }
}
