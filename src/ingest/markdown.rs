//! Owns Markdown: front matter, headings and links read, marks of emphasis taken off.

use std::ops::ControlFlow;

use super::{
    draft::Draft,
    encoding,
    format::{Desk, Format, Head, Source},
    paragraphs, record,
    shape::{Piece, Shape, set_story},
};
use crate::model::{FormatRow, Link, LinkKind};

/// Markdown.
pub(crate) struct Markdown;

impl Format for Markdown {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "markdown",
            description: "Markdown, with or without front matter (title, url, outlet, date, author, language)",
            told_by: "front matter, headings with #, or [links](address)",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        if front_matter(&head.text).is_some() {
            return true;
        }
        let headings = head.text.lines().filter(|line| heading(line).is_some()).count();
        let links = head.text.matches("](http").count();
        let first = head.text.lines().next().is_some_and(|line| heading(line).is_some());
        first
            || headings >= 2
            || links >= 2
            || (matches!(head.ending.as_str(), "md" | "markdown") && headings + links > 0)
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
        };
        let draft = draft_of(&name, &encoding::decode(&bytes, None));
        if draft.article.paragraphs.is_empty() {
            return desk.refuse(
                &name,
                None,
                "holds no text; give a file with at least one paragraph",
            );
        }
        desk.hand_over(draft.captured(bytes))
    }
}

fn draft_of(name: &str, text: &str) -> Draft {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (fields, body) = front_matter(text.trim_start()).unwrap_or((Vec::new(), &text));
    let mut draft = Draft::new(name, None);
    record::take_fields(&mut draft, fields);
    let mut links = Vec::new();
    let mut pieces = Vec::new();
    for paragraph in body_blocks(body) {
        let (heading_text, level) = match heading(&paragraph) {
            Some((text, level)) => (text.to_owned(), level),
            None => (paragraph, 0),
        };
        let plain = plain_text(&heading_text, &mut links);
        if plain.is_empty() {
            continue;
        }
        if level == 1 && draft.article.title.is_none() && pieces.is_empty() {
            draft.article.title = Some(plain);
            draft.article.read_from.insert("title".to_owned(), "text".to_owned());
        } else {
            pieces.push(if level > 0 { Piece::heading(plain) } else { Piece::text(plain) });
        }
    }
    draft.article.links = links;
    set_story(&mut draft.article, pieces, Shape::Field);
    draft
}

/// Paragraphs, headings and list items, each in a string of its own.
fn body_blocks(body: &str) -> Vec<String> {
    let mut parted = String::new();
    let mut fenced = false;
    for line in body.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            fenced = !fenced;
        } else if fenced || is_rule(trimmed) {
            parted.push('\n');
        } else if heading(trimmed).is_some() {
            parted.extend(["\n", trimmed, "\n\n"]);
        } else if let Some(item) = list_item(trimmed) {
            parted.extend(["\n", item, "\n"]);
        } else {
            parted.push_str(trimmed.trim_start_matches('>').trim_start());
            parted.push('\n');
        }
    }
    paragraphs::blocks(&parted).into_iter().map(|block| block.join(" ")).collect()
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3
        && ["-", "*", "_", "="]
            .iter()
            .any(|mark| line.replace(' ', "").trim_matches(|c| mark.contains(c)).is_empty())
}

fn list_item(line: &str) -> Option<&str> {
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    if numbered.len() < line.len() && line.len() - numbered.len() <= 2 {
        return numbered.strip_prefix(". ").or_else(|| numbered.strip_prefix(") "));
    }
    line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).or_else(|| line.strip_prefix("+ "))
}

/// Text and level of an ATX heading.
fn heading(line: &str) -> Option<(&str, usize)> {
    let line = line.trim();
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let text = text.strip_prefix(' ')?.trim_end_matches('#').trim();
    ((1..=6).contains(&level) && !text.is_empty() && !text.contains('\n')).then_some((text, level))
}

/// Fields between two lines of `---` at the very beginning, and the text after them.
fn front_matter(text: &str) -> Option<(Vec<(String, String)>, &str)> {
    let rest = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n"))?;
    let end = rest.find("\n---")?;
    let fields: Vec<(String, String)> = rest[..end]
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| {
            (key.trim().to_lowercase(), value.trim().trim_matches(['"', '\'']).to_owned())
        })
        .filter(|(key, _)| !key.is_empty() && !key.starts_with(['#', '-']))
        .collect();
    let body = rest[end + 4..].trim_start_matches('-');
    (!fields.is_empty()).then_some((fields, body))
}

/// Text without marks; links are collected, pictures dropped.
fn plain_text(text: &str, links: &mut Vec<Link>) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let picture = rest[..at].ends_with('!');
        let parsed = rest[at + 1..].find("](").and_then(|close| {
            let after = &rest[at + 1 + close + 2..];
            after
                .find(')')
                .map(|end| (&rest[at + 1..at + 1 + close], &after[..end], &after[end + 1..]))
        });
        let Some((label, target, after)) = parsed else {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        out.push_str(rest[..at].trim_end_matches(if picture { "!" } else { "" }));
        if !picture {
            out.push_str(label);
            let url = target.split_whitespace().next().unwrap_or("").trim_matches(['<', '>']);
            if url.starts_with("http") {
                links.push(Link {
                    url: url.to_owned(),
                    text: label.to_owned(),
                    kind: LinkKind::Text,
                });
            }
        }
        rest = after;
    }
    out.push_str(rest);
    for mark in ["***", "**", "__", "`", "~~"] {
        out = out.replace(mark, "");
    }
    without_single_emphasis(&out).trim().to_owned()
}

/// `*word*` and `_word_` at word edges only: a star or underscore inside a word stays.
fn without_single_emphasis(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: Option<usize>| i.and_then(|i| chars.get(i)).copied().unwrap_or(' ');
    let mut out = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let (before, after) = (at(i.checked_sub(1)), at(Some(i + 1)));
        let inside = before.is_alphanumeric() && after.is_alphanumeric();
        let lonely = before.is_whitespace() && after.is_whitespace();
        if !matches!(c, '*' | '_') || inside || lonely {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_with_front_matter() {
        let text = "---\ntitle: \"Kran stürzt um\"\nurl: https://nord.example/a\ndate: 2024-05-02\nauthor: Ida Beck\n---\n\n\
                    Der Kran ist **am Montag** in die [Weser](https://weser.example/x) gestürzt.\n\n## Streit\n\n- Punkt *eins*\n- Punkt zwei\n";
        let draft = draft_of("a.md", text);
        let article = &draft.article;
        assert_eq!(article.title.as_deref(), Some("Kran stürzt um"));
        assert_eq!(article.url.as_deref(), Some("https://nord.example/a"));
        assert_eq!(article.published.as_ref().map(|m| m.text.as_str()), Some("2024-05-02"));
        assert_eq!(draft.byline, ["Ida Beck"]);
        let texts: Vec<&str> = article.paragraphs.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(
            texts,
            ["Der Kran ist am Montag in die Weser gestürzt.", "Streit", "Punkt eins", "Punkt zwei"]
        );
        assert_eq!(article.links[0].url, "https://weser.example/x");
    }

    #[test]
    fn marks_inside_words_stay() {
        assert_eq!(
            plain_text("snake_case and 5 * 3 and *so*", &mut Vec::new()),
            "snake_case and 5 * 3 and so"
        );
        assert_eq!(plain_text("a [b] c", &mut Vec::new()), "a [b] c");
    }
}
