//! The last look before an accusation: is the agency named where a credit would stand?
//!
//! Editing and page furniture break credit lines so that no grammar reads them ("Wien (AFP)
//! nachdem -"). A name at the head or the end of a text is then no credit, but too much for "it
//! names nobody".

use super::verdict::Station;
use crate::credits::{self, Agency};
use crate::model::Article;

/// Words at a paragraph's head among which a dateline or byline would stand.
const HEAD_WORDS: usize = 12;
/// Words at its end among which a credit would stand.
const END_WORDS: usize = 8;
/// Paragraphs at either end of a story that are looked at.
const PARAGRAPHS: usize = 3;

/// Words of a line on a page from which on it is running text and no line that credits.
const LINE_WORDS: usize = 25;

/// A party's name where no credit was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub name: String,
    /// The line that it stands in.
    pub text: String,
}

/// The name of a station, agency or outlet, that stands at the head or the end of a text, or beside it; or a line
/// there that opens as a source line does, whoever it names.
pub fn at_its_ends(article: &Article, stations: &[Station]) -> Option<String> {
    let places = places(article);
    let agencies =
        stations.iter().filter_map(|station| credits::agency(station.agency.as_deref()?));
    let outlets = stations.iter().filter_map(|station| station.outlet.as_deref());
    let stands = |name: &&str| places.iter().any(|place| is_line_of(place, name));
    agencies
        .filter(|agency| places.iter().any(|place| has_name(place, agency)))
        .map(|agency| agency.name.to_owned())
        .next()
        .or_else(|| outlets.map(str::trim).find(stands).map(str::to_owned))
        .or_else(|| labelled(article))
        .or_else(|| (!has_agency(stations)).then(|| anybody(article, &places)).flatten())
}

/// Whether it is known which agency a text is from: then another one that is named is no credit.
fn has_agency(stations: &[Station]) -> bool {
    stations.iter().any(|station| station.agency.is_some())
}

/// Whoever stands where a credit would, where nothing else tells whose text it is.
fn anybody(article: &Article, places: &[String]) -> Option<String> {
    bracketed(article).or_else(|| agency_of(places))
}

/// Whoever stands in brackets before the dash of a dateline ("BELFAST (PA) -"), or alone in brackets behind a text's
/// last words: a form that nothing but a credit has, whether or not a table knows the name.
fn bracketed(article: &Article) -> Option<String> {
    let count = article.paragraphs.len();
    let first = article.paragraphs.iter().take(PARAGRAPHS).filter_map(|p| in_dateline(&p.text));
    let last = article.paragraphs.iter().skip(count.saturating_sub(PARAGRAPHS));
    let last = last.filter_map(|paragraph| behind(&paragraph.text));
    first.chain(last).next().map(str::to_owned)
}

/// The name in brackets before the first dash of a paragraph, near its beginning.
fn in_dateline(text: &str) -> Option<&str> {
    let close = text.find(')')?;
    let (head, rest) = text.split_at(close);
    let (place, name) = head.split_once('(')?;
    let dash = rest.trim_start_matches(')').trim_start().starts_with(['-', '–', '—', '‒', '―']);
    let near = words(place).take(HEAD_WORDS + 1).count() <= HEAD_WORDS;
    (dash && near && is_short_name(name)).then_some(name)
}

/// The name in capitals that stands in brackets at the very end of a paragraph, behind a sentence's end or alone.
fn behind(text: &str) -> Option<&str> {
    let (before, name) = text.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let before = before.trim_end();
    let ended = before.is_empty() || before.ends_with(['.', '!', '?', '"', '“', '”', '»', '«']);
    let capital = !name.chars().any(char::is_lowercase);
    (ended && capital && is_short_name(name)).then_some(name)
}

/// Whether this may be a party's name: a few letters, no number.
fn is_short_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (MIN_NAME..=MAX_BRACKETED).contains(&letters) && !name.chars().any(|c| c.is_ascii_digit())
}

/// The name of any agency of the table, written as it is written, in one of these places.
fn agency_of(places: &[impl AsRef<str>]) -> Option<String> {
    let written = |name: &str| places.iter().any(|place| stands_in(place.as_ref(), name, str::eq));
    let names = |agency: &&Agency| {
        agency.names.iter().filter(|name| !is_weak(name)).map(|name| unmarked(name)).any(written)
    };
    credits::agencies().iter().find(names).map(|agency| agency.name.to_owned())
}

/// The station that a short line at a text's end, or beside it, names behind a source label: a credit to an outlet
/// that no table knows, but that is on file.
pub fn credited_station<'a>(article: &Article, stations: &'a [Station]) -> Option<&'a str> {
    let name = labelled(article)?;
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    stations
        .iter()
        .filter_map(|station| station.outlet.as_deref())
        .find(|outlet| outlet.eq_ignore_ascii_case(name))
}

/// Whoever a short line behind a source label names ("Quelle: …"), though nobody knows the name.
fn labelled(article: &Article) -> Option<String> {
    let count = article.paragraphs.len();
    let last = article.paragraphs.iter().skip(count.saturating_sub(PARAGRAPHS));
    last.flat_map(|paragraph| paragraph.text.lines())
        .chain(article.furniture.iter().map(String::as_str))
        .filter(|line| words(line).take(HEAD_WORDS + 1).count() <= HEAD_WORDS)
        .filter(|line| !credits::is_picture(line))
        .find_map(credits::labelled)
        .map(str::to_owned)
}

/// The name of any agency of the table that stands anywhere in a text, written as agencies are.
pub fn any_agency(article: &Article) -> Option<String> {
    let texts: Vec<&str> = article
        .paragraphs
        .iter()
        .map(|paragraph| paragraph.text.as_str())
        .chain(article.furniture.iter().map(String::as_str))
        .collect();
    agency_of(&texts)
}

/// Whether an agency's name stands in a text, in any case.
pub fn has_name(text: &str, agency: &Agency) -> bool {
    stands_in(text, agency.id, in_any_case)
        || agency.names.iter().any(|name| stands_in(text, unmarked(name), in_any_case))
}

/// A name without the mark that the table puts before it.
fn unmarked(name: &str) -> &str {
    name.trim_start_matches(['=', '~', '!'])
}

/// Whether a name counts only beside a label or in a language: in running text it may be any word.
fn is_weak(name: &str) -> bool {
    name.starts_with(['~', '!'])
}

fn in_any_case(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Whether the words of a name follow one another in a text; a name in a script without spaces may touch its
/// neighbours.
fn stands_in(text: &str, name: &str, same: impl Fn(&str, &str) -> bool) -> bool {
    if name.chars().any(crate::language::is_unspaced) {
        return text.contains(name);
    }
    let name: Vec<&str> = words(name).collect();
    let text: Vec<&str> = words(text).collect();
    !name.is_empty()
        && text.windows(name.len()).any(|window| window.iter().zip(&name).all(|(a, b)| same(a, b)))
}

/// The first station that a page names beside its story: in a short line, an attribute or a string of its
/// metadata, where no picture is spoken of.
pub fn in_page(page: &[String], article: &Article, stations: &[Station]) -> Option<Mention> {
    let beside = page.iter().filter(|line| {
        let line = line.trim();
        words(line).take(LINE_WORDS + 1).count() <= LINE_WORDS
            && !credits::is_picture(line)
            && !article.paragraphs.iter().any(|paragraph| paragraph.text.contains(line))
            && article.title.as_deref().is_none_or(|title| !title.contains(line))
    });
    let names = |line: &str, station: &Station| {
        let agency = station.agency.as_deref().and_then(credits::agency);
        let outlet = || station.outlet.as_deref().is_some_and(|name| is_line_of(line, name));
        agency.is_some_and(|agency| has_name(line, agency)) || outlet()
    };
    beside
        .filter_map(|line| Some((line, stations.iter().find(|station| names(line, station))?)))
        .map(|(line, station)| Mention {
            name: station.outlet.clone().or(station.agency.clone()).unwrap_or_default(),
            text: line.trim().to_owned(),
        })
        .next()
}

/// Whether an outlet's name stands in a line; a name of one word, which may be a common one, must be written as it is.
fn is_line_of(line: &str, name: &str) -> bool {
    let same = if words(name).nth(1).is_none() { str::eq } else { in_any_case };
    name.chars().count() >= MIN_NAME && stands_in(line, name, same)
}

/// Whether a text speaks of an outlet; a name of one word, which may be a common one, counts in quotation marks only.
pub fn is_named(article: &Article, outlet: &str) -> bool {
    let outlet = outlet.trim();
    let one_word = words(outlet).nth(1).is_none();
    let quoted = |text: &str| {
        text.match_indices(outlet).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + outlet.len()..].chars().next();
            let mark = |c: Option<char>| c.is_some_and(|c| "„“”\"«»‚‘’'".contains(c));
            mark(before) && mark(after)
        })
    };
    outlet.chars().count() >= MIN_NAME
        && article
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.text.as_str())
            .any(|text| if one_word { quoted(text) } else { stands_in(text, outlet, in_any_case) })
}

/// Letters of a name in brackets up to which it is one.
const MAX_BRACKETED: usize = 24;
/// Letters of an outlet's name from which on it can be told in a line.
const MIN_NAME: usize = 2;

/// Where a credit would stand.
fn places(article: &Article) -> Vec<String> {
    let count = article.paragraphs.len();
    let mut places: Vec<String> = article.furniture.clone();
    for (number, paragraph) in article.paragraphs.iter().enumerate() {
        let all: Vec<&str> = words(&paragraph.text).collect();
        if number < PARAGRAPHS {
            places.push(all[..all.len().min(HEAD_WORDS)].join(" "));
        }
        if number + PARAGRAPHS >= count {
            places.push(all[all.len().saturating_sub(END_WORDS)..].join(" "));
        }
    }
    places
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Paragraph, ParagraphRole};

    fn article(texts: &[&str]) -> Article {
        let paragraphs = texts
            .iter()
            .map(|text| Paragraph { text: (*text).into(), role: ParagraphRole::Text })
            .collect();
        Article { paragraphs, ..Article::default() }
    }

    fn station(agency: &str) -> Station {
        Station { agency: Some(agency.into()), outlet: None }
    }

    #[test]
    fn a_broken_dateline_is_a_mention() {
        let broken =
            article(&["Wien (AFP) danach - Der Verein hat am Montag einen Trainer verpflichtet."]);
        assert_eq!(at_its_ends(&broken, &[station("afp")]).as_deref(), Some("AFP"));
        assert_eq!(at_its_ends(&broken, &[station("dpa")]), None);
    }

    #[test]
    fn a_name_in_brackets_where_a_credit_stands_is_a_mention_whoever_it_is() {
        for (text, seen) in [
            (
                "BELFAST (PA) - The council has put off the vote until the auditors have reported.",
                Some("PA"),
            ),
            (
                "Norderhaven (nnd) – Der Kran steht wieder, wie die Hafenverwaltung mitteilt.",
                Some("nnd"),
            ),
            ("The council has put off the vote. (ZXA)", Some("ZXA")),
            ("(ZXA)", Some("ZXA")),
            ("Anna Berg (47) - so heisst die Kranführerin - war nicht im Dienst.", None),
            ("Der Rat hat die Abstimmung verschoben, sagte der Abgeordnete Berg (CDU)", None),
            ("Der Rat hat die Abstimmung verschoben. (mak)", None),
        ] {
            assert_eq!(at_its_ends(&article(&[text]), &[]).as_deref(), seen, "{text}");
        }
    }

    #[test]
    fn names_are_seen_in_every_script_and_length() {
        let outlet = |name: &str| Station { agency: None, outlet: Some(name.into()) };
        for (text, station, seen) in [
            ("新华社北京5月1日电", station("xinhua"), true),
            ("Die Verhandlungen gehen weiter. FAZ", outlet("FAZ"), true),
            ("Es berichtete der NORDERHAVEN BOTE", outlet("Norderhaven Bote"), true),
            ("Nach Angaben der zeit ist es so", outlet("Zeit"), false),
        ] {
            assert_eq!(at_its_ends(&article(&[text]), &[station]).is_some(), seen, "{text}");
        }
    }

    #[test]
    fn a_name_in_the_middle_of_a_story_is_none() {
        let middle = "The minister said on Monday in the capital that talks would go on for weeks, as he told AFP in an interview before the vote that is due later in the year.";
        assert_eq!(at_its_ends(&article(&[middle]), &[station("afp")]), None);
    }

    #[test]
    fn a_footer_that_names_the_agency_is_a_mention_and_a_picture_is_none() {
        let story = article(&[
            "The minister said on Monday that talks would go on for weeks, he told AFP.",
        ]);
        let page = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let footer = page(&["Home", "With reports from Agence France-Presse", "he told AFP."]);
        let found = in_page(&footer, &story, &[station("afp")]);
        assert_eq!(found.map(|found| found.text).as_deref(), Some(footer[1].as_str()));
        let picture = page(&["Photo: Jane Doe/AFP", "he told AFP."]);
        assert_eq!(in_page(&picture, &story, &[station("afp")]), None);
    }

    #[test]
    fn an_agency_is_told_anywhere_in_a_text_as_it_is_written() {
        let told = article(&[
            "Long before the vote, which is due on Sunday, he told Reuters so in an interview.",
        ]);
        assert_eq!(any_agency(&told).as_deref(), Some("Reuters"));
        assert_eq!(any_agency(&article(&["The pa of the ap was not there."])), None);
    }
}
