//! Credits: the agency and outlet tables, and the grammar of the lines that name whose text it is.
//!
//! A credit is what a page says of its text's source; what it says of a picture's, or in a sentence of the story
//! ("told Reuters"), is none. In doubt there is no credit: each one can become a statement about a paper.

mod byline;
mod copyright;
mod dateline;
mod gather;
mod glance;
mod inline;
mod line;
mod list;
mod metadata;
mod names;
mod note;
mod own;
mod partners;
mod phrases;
mod tables;

pub use names::Names;
pub use partners::may_carry;
pub use tables::{Agency, agencies, agency, outlet, party, table};

use crate::model::{Claim, Credit, Link, Outlet, Paragraph};
use list::Context;

/// What of a page can hold a credit.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The story's paragraphs, credit lines among them.
    pub paragraphs: &'a [Paragraph],
    /// Bylines as they stand, agencies among the people.
    pub byline: &'a [String],
    pub claims: &'a [Claim],
    pub links: &'a [Link],
    /// The page's own outlet, which never credits itself.
    pub outlet: &'a Outlet,
    /// BCP 47 primary subtag: "(TT)" is an agency on a Swedish page only.
    pub language: Option<&'a str>,
}

/// The credits of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Each party once, at its best place.
    pub credits: Vec<Credit>,
    /// Paragraphs that are nothing but a credit block, from 0, ascending.
    pub credit_paragraphs: Vec<usize>,
    /// The people of the byline, agencies and outlets taken off.
    pub people: Vec<String>,
}

/// Reads the credits of a page: its text, bylines, metadata and links.
pub fn read(page: &Page) -> Reading {
    gather::read(page)
}

/// Whether a whole line is a text credit ("Dpa", "(APA, 18.3.2016)", "Quelle: dpa", "Source: Stern").
pub fn is_credit_line(text: &str) -> bool {
    line::credit_line(text, Context::default()).is_some()
}

/// How many of the last lines form the trailing credit block ("Dpa", "bak", "Source: Stern": 3); 0 where there is none.
///
/// Initials count only under a credit, never on their own.
pub fn credit_block(lines: &[&str]) -> usize {
    let of_block = |l: &&&str| is_credit_line(l) || line::is_initials_line(l);
    let tail = lines.iter().rev().take_while(of_block).count();
    let block = lines.get(lines.len() - tail..).unwrap_or_default();
    block.len() - block.iter().take_while(|l| !is_credit_line(l)).count()
}

/// Bytes of the dateline that a paragraph opens with ("Berlin (dpa) - "), so that matching can leave it out.
pub fn dateline(paragraph: &str) -> Option<usize> {
    dateline::read(paragraph, Context::default()).map(|d| d.len)
}

/// Where the credit begins that stands at a paragraph's end ("… 65 Prozent. dpa"), in bytes.
pub fn inline_credit(paragraph: &str) -> Option<usize> {
    inline::read(paragraph, Context::default()).map(|(at, _)| at)
}

/// Whether a line speaks of a picture, a moving one or a chart ("Foto: Brandt/dpa", "© AFP"), so that the party
/// that it names is not the text's.
pub fn is_picture(line: &str) -> bool {
    // With a year it is the copyright line of a text or a site.
    let bare =
        line.trim().strip_prefix('©').filter(|name| !name.contains(|c: char| c.is_numeric()));
    let words = bare.map(|name| name.split_whitespace().count());
    words.is_some_and(|words| words <= BARE_WORDS) || phrases::is_picture(line)
}

/// Words behind a copyright mark up to which it is a picture's.
const BARE_WORDS: usize = 2;

/// What a line names behind a source label ("Quelle: Lauterbote"), whoever that is; `None` where it opens with none.
/// "Text: Anna Beck" names an author, no source.
pub fn labelled(line: &str) -> Option<&str> {
    const AUTHORS: [&str; 5] = ["text", "texte", "testo", "tekst", "texto"];
    let lower = line.trim().to_lowercase();
    phrases::after_source(line.trim())
        .filter(|name| !name.is_empty() && !AUTHORS.iter().any(|label| lower.starts_with(label)))
}
