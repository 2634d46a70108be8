//! Owns pages as browsers and their add-ons save them: the address and the time that they note in a comment.

use std::{borrow::Cow, ops::ControlFlow};

use super::{
    draft::Draft,
    encoding,
    format::{Desk, Format, Head, Source},
    html, parse_moment,
    record::is_address,
};
use crate::model::{FormatRow, Moment};

/// A page saved by the add-on `SingleFile`.
pub(crate) struct SingleFile;

/// A page saved by a browser's "save as".
pub(crate) struct SavedPage;

/// Bytes in which the comment stands.
const HEAD: usize = 8 * 1024;
/// Embedded pictures and fonts shorter than this stay: they cost nothing.
const EMBEDDED: usize = 200;

impl Format for SingleFile {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "singlefile",
            description: "a page saved with SingleFile: address and time of saving from its comment, embedded pictures left out",
            told_by: "the comment “Page saved with SingleFile”",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        start(&head.text).contains("Page saved with SingleFile")
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        read(source, desk, |page| {
            let line = |name: &str| {
                let at = start(page)
                    .find(&format!("\n {name}:"))
                    .or_else(|| start(page).find(&format!("{name}:")))?;
                let (_, rest) = page.get(at..)?.split_once(':')?;
                Some(rest.lines().next()?.trim().to_owned())
            };
            Note {
                url: line("url").filter(|url| is_address(url)),
                taken: line("saved date").and_then(|text| browser_date(&text)),
            }
        })
    }
}

impl Format for SavedPage {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "saved-page",
            description: "a page saved by a browser (“save as”): its address from the comment",
            told_by: "the comment “saved from url=”",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        head.text.starts_with('<') && address_in(start(&head.text)).is_some()
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        read(source, desk, |page| Note { url: address_in(start(page)), taken: None })
    }
}

/// What a saved page says of its saving.
struct Note {
    url: Option<String>,
    taken: Option<Moment>,
}

fn read(source: Source, desk: &mut Desk<'_>, note: impl Fn(&str) -> Note) -> ControlFlow<()> {
    let name = source.name.clone();
    let bytes = match source.bytes(desk.limits) {
        Ok(bytes) => bytes,
        Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
    };
    let page = encoding::decode(&bytes, html::declared_encoding(&bytes).as_deref());
    let Note { url, taken } = note(&page);
    let url = desk.given.url.clone().or(url);
    let mut draft: Draft = html::draft_of(&without_embedded(&page), &name, url.as_deref());
    draft.see(taken);
    if draft.article.paragraphs.is_empty() {
        return desk.refuse(&name, None, html::NO_TEXT);
    }
    desk.hand_over(draft.captured(bytes))
}

fn start(page: &str) -> &str {
    let mut end = HEAD.min(page.len());
    while !page.is_char_boundary(end) {
        end -= 1;
    }
    page.get(..end).unwrap_or_default()
}

/// `<!-- saved from url=(0037)https://nord.example/a -->`.
fn address_in(start: &str) -> Option<String> {
    let (_, rest) = start.split_once("saved from url=")?;
    let rest = rest
        .strip_prefix('(')
        .map_or(rest, |rest| rest.split_once(')').map_or(rest, |(_, url)| url));
    let url = rest.split(['\n', '\r']).next()?.split("-->").next()?.trim();
    is_address(url).then(|| url.to_owned())
}

/// `Thu May 02 2024 14:30:00 GMT+0200 (Central European Summer Time)`.
fn browser_date(text: &str) -> Option<Moment> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [_, month, day, year, time, zone, ..] = words.as_slice() else { return parse_moment(text) };
    let zone = zone.trim_start_matches("GMT").trim_start_matches("UTC");
    let zone = if zone.is_empty() { "+0000" } else { zone };
    parse_moment(&format!("{day} {month} {year} {time} {zone}")).or_else(|| parse_moment(text))
}

/// The page without its embedded pictures, fonts and styles, which may be a hundred times its text.
fn without_embedded(page: &str) -> Cow<'_, str> {
    if page.len() < 100_000 || !page.contains("data:") {
        return Cow::Borrowed(page);
    }
    let mut out = String::with_capacity(page.len() / 4);
    let mut rest = page;
    while let Some(at) = rest.find("data:") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let end =
            after.find(|c: char| matches!(c, '"' | '\'' | ')' | '<' | '>') || c.is_whitespace());
        let end = end.unwrap_or(after.len());
        let (data, next) = after.split_at(end);
        out.push_str(if data.len() >= EMBEDDED { "data:," } else { data });
        rest = next;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_browsers_note() {
        assert_eq!(
            address_in("<!-- saved from url=(0022)https://nord.example/a -->").as_deref(),
            Some("https://nord.example/a")
        );
        assert_eq!(address_in("<!-- saved from url=(0014)about:internet -->"), None);
        let date = browser_date("Thu May 02 2024 14:30:00 GMT+0200 (Central European Summer Time)");
        assert_eq!(date.map(|moment| moment.text).as_deref(), Some("2024-05-02T14:30:00+02:00"));
        let page =
            format!("<img src=\"data:image/png;base64,{}\"><p>Text</p>", "A".repeat(200_000));
        assert_eq!(without_embedded(&page), "<img src=\"data:,\"><p>Text</p>");
    }
}
