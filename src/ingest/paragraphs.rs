//! Owns how running text is cut into paragraphs: blank lines, single newlines, hard-wrapped lines.

/// Widest line that an editor or mail program wraps at, in characters.
const WRAP: usize = 120;

/// A run of lines without a blank line between them, each trimmed and not empty.
pub(crate) type Block = Vec<String>;

/// Cuts text at blank lines.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut out = Vec::new();
    let mut block = Block::new();
    for line in text.split(['\n', '\u{2029}', '\u{c}']).flat_map(|line| line.split('\r')) {
        let line = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if !line.is_empty() {
            block.push(line.to_owned());
        } else if !block.is_empty() {
            out.push(std::mem::take(&mut block));
        }
    }
    if !block.is_empty() {
        out.push(block);
    }
    out
}

/// Paragraphs of a text. Blank lines part them; single newlines do where hardly a blank line stands; lines that
/// were wrapped at a width are joined.
pub(crate) fn split(text: &str) -> Vec<String> {
    // CRLF text has an empty piece after each line; that is no blank line.
    let text = text.replace("\r\n", "\n");
    let blocks = blocks(&text);
    let singles: usize = blocks.iter().map(|block| block.len() - 1).sum();
    let newlines_part = singles > 2 * (blocks.len() - usize::from(!blocks.is_empty()));
    let width = wrap_width(&blocks);
    blocks.iter().flat_map(|block| split_block(block, width, newlines_part)).collect()
}

fn split_block(block: &[String], width: Option<usize>, newlines_part: bool) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for (at, line) in block.iter().enumerate() {
        match out.last_mut() {
            Some(last) if open => join(last, line),
            _ => out.push(line.clone()),
        }
        open = match (width, block.get(at + 1)) {
            (_, None) => false,
            (Some(width), Some(next)) => wrapped_before(line, next, width) || !newlines_part,
            (None, Some(_)) => !newlines_part && line.chars().count() <= 2 * WRAP,
        };
    }
    out
}

/// The width that lines were wrapped at: at least four in five lines with a successor have no room for its first word.
fn wrap_width(blocks: &[Block]) -> Option<usize> {
    let lengths = blocks.iter().flatten().map(|line| line.chars().count());
    let width = lengths.max()?;
    if !(20..=WRAP).contains(&width) {
        return None;
    }
    let (mut full, mut all) = (0usize, 0usize);
    for pair in blocks.iter().flat_map(|block| block.windows(2)) {
        all += 1;
        full += usize::from(wrapped_before(&pair[0], &pair[1], width));
    }
    (all >= 2 && full * 5 >= all * 4).then_some(width)
}

/// Whether the first word of `next` had no room on `line`; a few characters are left to ragged editors.
fn wrapped_before(line: &str, next: &str, width: usize) -> bool {
    let word = next.split(' ').next().unwrap_or("").chars().count();
    line.chars().count() + 1 + word + 6 > width
}

fn join(text: &mut String, line: &str) {
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    if !(wide(text.chars().last()) && wide(line.chars().next())) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Letters of scripts that are written without spaces.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_and_single_ones_join_between_them() {
        assert_eq!(split("One a.\n\nTwo\nb.\n\nThree."), ["One a.", "Two b.", "Three."]);
        assert_eq!(split("One.\r\n\r\nTwo."), ["One.", "Two."]);
    }

    #[test]
    fn single_newlines_part_where_no_blank_line_stands() {
        assert_eq!(split("One.\nTwo.\nThree."), ["One.", "Two.", "Three."]);
        assert_eq!(split("One.\r\nTwo."), ["One.", "Two."]);
        // One blank line near the end does not turn the rest into one paragraph.
        assert_eq!(split("One.\nTwo.\nThree.\nFour.\n\nFive.").len(), 5);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The harbour of Bremerhaven stays closed until Friday,\nsaid a spokesman of the port authority on Monday, since\n\
                    the storm has damaged two of its cranes.\n\nShips are sent to Wilhelmshaven.";
        let paragraphs = split(text);
        assert_eq!(paragraphs.len(), 2, "{paragraphs:?}");
        assert!(paragraphs[0].contains("Friday, said a spokesman"));
    }

    #[test]
    fn nothing_is_nothing() {
        assert!(split(" \n\n ").is_empty());
    }
}
