//! Leads: where to look next for a source that is not on file. Nothing is fetched.

mod line;
mod material;
mod pointers;
mod spelling;
mod tables;

pub use line::search_line;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::language::Lexicons;
use crate::model::{Credit, Dossier, Lead, Residue};
use line::key_words;
use pointers::Pointer;
use tables::{Days, address, language_name};

/// Days before a copy in which its source is looked for.
const DAYS_BEFORE: i64 = 3;
/// Days after it: zones, and a copy that is dated back.
const DAYS_AFTER: i64 = 1;
/// Words for engines that want all of them in one article.
const KEY_WORDS: usize = 4;

/// An article whose source is not on file, and what is known of it.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub query: &'a Dossier,
    /// What a translation left behind in it.
    pub residue: &'a [Residue],
    pub lexicons: &'a Lexicons,
    /// Languages on file (BCP 47 primary subtags), those with the most articles first.
    pub languages: &'a [String],
}

/// What to look for and where, the likeliest first: search lines by language, credited outlets, the likely days, and
/// archives. Kinds: `search`, `site_search`, `outlet_search`, `days`, `archive`, `gdelt`, `fact_check`.
pub fn leads(asked: &Asked) -> Vec<Lead> {
    let days = days(asked.query);
    let languages = pointers::languages(asked);
    let mut leads: Vec<Lead> =
        languages.iter().filter_map(|pointer| search(asked, pointer)).collect();
    let first = languages.first().map_or("und", |pointer| pointer.language.as_str());
    for (domain, credit) in pointers::credited(asked) {
        let language = pointers::credit_language(credit).unwrap_or(first);
        leads.extend(of_outlet(asked, domain, credit, language));
    }
    leads.extend(of_days(asked, first, days.as_ref()));
    leads.extend(archives(asked, days.as_ref()));
    leads.extend(gdelt(asked, first, days.as_ref()));
    leads.extend(fact_check(asked));
    leads
}

fn search(asked: &Asked, pointer: &Pointer) -> Option<Lead> {
    let article = &asked.query.article;
    let query = search_line(article, &pointer.language, asked.lexicons).join(" ");
    if query.is_empty() {
        return None;
    }
    let name = language_name(&pointer.language);
    let says = match pointer.because.as_slice() {
        _ if article.language.as_deref() == Some(&pointer.language) => {
            format!("Its rarest names, numbers and words, for another {name} article with them.")
        }
        [] => format!("Its rarest names, numbers and words in {name}, a language that is on file."),
        because => format!(
            "Its rarest names, numbers and words in {name}, the language that {} to.",
            listed(because)
        ),
    };
    Some(Lead { kind: "search".into(), url: address("search", &query, None), query, says })
}

/// "“Selenskyj” and Stern point", at most three of them.
fn listed(because: &[String]) -> String {
    match because {
        [one] => format!("{one} points"),
        [one, two] => format!("{one} and {two} point"),
        [one, two, three, ..] => format!("{one}, {two} and {three} point"),
        [] => String::new(),
    }
}

fn of_outlet(asked: &Asked, domain: &str, credit: &Credit, language: &str) -> Vec<Lead> {
    let article = &asked.query.article;
    let mut leads = Vec::new();
    let line = search_line(article, language, asked.lexicons).join(" ");
    let query = format!("site:{domain} {line}");
    leads.push(Lead {
        kind: "site_search".into(),
        url: address("search", &query, None),
        says: format!("The same words on {domain}, since the article credits {}.", credit.name),
        query,
    });
    let query = key_words(article, language, asked.lexicons, KEY_WORDS).join(" ");
    if let Some(url) = tables::outlet_search(domain, &query).filter(|_| !query.is_empty()) {
        leads.push(Lead {
            kind: "outlet_search".into(),
            url: Some(url),
            says: format!("The rarest few of the words in {domain}'s own search."),
            query,
        });
    }
    leads
}

fn of_days(asked: &Asked, language: &str, days: Option<&Days>) -> Option<Lead> {
    let days = days?;
    let words = key_words(&asked.query.article, language, asked.lexicons, KEY_WORDS).join(" ");
    Some(Lead {
        kind: "days".into(),
        query: format!("{}..{}", days.after, days.before),
        url: address("days", &words, Some(days)),
        says: format!(
            "Its source most likely appeared between {} and {}; the address asks for these days only.",
            days.after, days.before
        ),
    })
}

fn archives(asked: &Asked, days: Option<&Days>) -> Vec<Lead> {
    let mut leads = Vec::new();
    let mut archive = |kind: &str, asked: &str, says: String| {
        if let Some(url) = address(kind, asked, days) {
            let (kind, query) = ("archive".to_owned(), asked.to_owned());
            leads.push(Lead { kind, query, url: Some(url), says });
        }
    };
    if let Some(url) = &asked.query.article.url {
        archive("calendar", url, "The Wayback Machine's captures of the page: earlier wordings may name the source.".into());
        archive("captures", url, "The same captures as a list with their times, which bound its publication.".into());
    }
    for (domain, credit) in pointers::credited(asked) {
        if credit.agency.is_none() {
            let says = format!("Pages of {domain} that the Wayback Machine captured in the likely days.");
            archive("site_captures", domain, says);
        }
    }
    leads
}

/// GDELT searches English translations of what it monitors, so it is asked in English, for articles of the language.
fn gdelt(asked: &Asked, language: &str, days: Option<&Days>) -> Option<Lead> {
    let words = key_words(&asked.query.article, "en", asked.lexicons, KEY_WORDS).join(" ");
    if words.is_empty() {
        return None;
    }
    let name = language_name(language);
    let query = format!("{words} sourcelang:{}", name.to_lowercase());
    let url = address("gdelt_days", &query, days).or_else(|| address("gdelt", &query, days));
    let says = format!("{name} articles of the likely days that GDELT monitored (its index is in English).");
    Some(Lead { kind: "gdelt".into(), query, url, says })
}

fn fact_check(asked: &Asked) -> Option<Lead> {
    let article = &asked.query.article;
    let language = article.language.as_deref().unwrap_or("und");
    let query = key_words(article, language, asked.lexicons, KEY_WORDS).join(" ");
    let url = address("fact_check", &query, None).filter(|_| !query.is_empty())?;
    let says = "Fact checks of the story often name where it first appeared.".to_owned();
    Some(Lead { kind: "fact_check".into(), query, url: Some(url), says })
}

/// The likely days of the source, by the article's own date or the first sighting of it.
fn days(query: &Dossier) -> Option<Days> {
    let article = &query.article;
    let moment = article.published.as_ref().or(article.first_seen.as_ref())?;
    let day: Date = moment.day().parse().ok()?;
    let after = day.checked_sub(DAYS_BEFORE.days()).ok()?;
    let before = day.checked_add(DAYS_AFTER.days()).ok()?;
    Some(Days { after: after.to_string(), before: before.to_string() })
}
