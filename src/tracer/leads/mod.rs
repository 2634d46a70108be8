//! Leads: where to look next for a source that is not on file. Nothing is fetched.

mod line;
mod material;
mod pointers;
mod spelling;
mod tables;

pub use line::search_line;
pub use tables::language_name;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::language::Lexicons;
use crate::model::{Credit, Dossier, Lead, Residue};
use line::Searcher;
use pointers::Pointer;
use tables::{Days, address};

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
    let languages = pointers::languages(asked);
    let own = asked.query.article.language.as_deref().unwrap_or("und");
    let mut searcher = Searcher::new(&asked.query.article, asked.lexicons);
    searcher.prefer(asked.residue);
    let seeker = Seeker {
        asked: *asked,
        searcher,
        days: days(asked.query),
        likely: languages.iter().find(|pointer| !pointer.because.is_empty()).map(|p| &*p.language),
        own,
    };
    let mut leads: Vec<Lead> = languages.iter().filter_map(|to| seeker.search(to)).collect();
    for (domain, credit) in pointers::credited(asked) {
        leads.extend(seeker.site_search(domain, credit));
        leads.extend(seeker.outlet_search(domain, credit));
    }
    leads.extend(seeker.of_days());
    leads.extend(seeker.archives());
    leads.extend(seeker.gdelt());
    leads.extend(seeker.fact_check());
    leads
}

struct Seeker<'a> {
    asked: Asked<'a>,
    searcher: Searcher<'a>,
    days: Option<Days>,
    /// The language that something points to.
    likely: Option<&'a str>,
    /// The article's own.
    own: &'a str,
}

impl Seeker<'_> {
    fn search(&self, pointer: &Pointer) -> Option<Lead> {
        let query = self.searcher.line(&pointer.language).join(" ");
        let name = language_name(&pointer.language);
        let says = match pointer.because.as_slice() {
            _ if pointer.language == self.own => {
                format!(
                    "Its rarest names, numbers and words, for another {name} article with them."
                )
            }
            [] => format!(
                "Its rarest names, numbers and words in {name}, a language that is on file."
            ),
            because => format!(
                "Its rarest names, numbers and words in {name}, the language that {} to.",
                listed(because)
            ),
        };
        let url = address("search", &query, None);
        (!query.is_empty()).then(|| lead("search", query, url, says))
    }

    /// The language of a credited party: its own, else the likeliest.
    fn language_of(&self, credit: &Credit) -> &str {
        pointers::credit_language(credit).or(self.likely).unwrap_or(self.own)
    }

    fn site_search(&self, domain: &str, credit: &Credit) -> Option<Lead> {
        let line = self.searcher.line(self.language_of(credit)).join(" ");
        let query = format!("site:{domain} {line}");
        let url = address("search", &query, None);
        let says =
            format!("The same words on {domain}, since the article credits {}.", credit.name);
        (!line.is_empty()).then(|| lead("site_search", query, url, says))
    }

    fn outlet_search(&self, domain: &str, credit: &Credit) -> Option<Lead> {
        let query = self.searcher.key_words(self.language_of(credit), KEY_WORDS);
        let url = tables::outlet_search(domain, &query).filter(|_| !query.is_empty())?;
        let says = format!("Its most telling words in {domain}'s own search.");
        Some(lead("outlet_search", query, Some(url), says))
    }

    fn of_days(&self) -> Option<Lead> {
        let days = self.days.as_ref()?;
        let words = self.searcher.key_words(self.likely.unwrap_or(self.own), KEY_WORDS);
        let url = address("days", &words, Some(days)).filter(|_| !words.is_empty());
        let (after, before) = (&days.after, &days.before);
        let says = format!("Its source most likely appeared between {after} and {before}.");
        Some(lead("days", format!("{after}..{before}"), url, says))
    }

    fn archives(&self) -> Vec<Lead> {
        let mut leads = Vec::new();
        let mut archive = |kind: &str, asked: &str, says: String| {
            if let Some(url) = address(kind, asked, self.days.as_ref()) {
                leads.push(lead("archive", asked.to_owned(), Some(url), says));
            }
        };
        if let Some(url) = &self.asked.query.article.url {
            let says = "The Wayback Machine's captures of the page: an earlier wording may name the source.";
            archive("calendar", url, says.to_owned());
            let says = "The same captures as a list; the first bounds when it was published.";
            archive("captures", url, says.to_owned());
        }
        for (domain, credit) in pointers::credited(&self.asked) {
            // An agency's items stand on its customers' pages.
            if credit.agency.is_none() {
                let says = format!(
                    "Pages of {domain} that the Wayback Machine captured in the likely days."
                );
                archive("site_captures", domain, says);
            }
        }
        leads
    }

    /// GDELT searches English translations of what it monitors: it is asked in English, for articles of the language.
    fn gdelt(&self) -> Option<Lead> {
        let words = self.searcher.key_words("en", KEY_WORDS);
        let (query, which) = match self.likely.map(language_name) {
            Some(name) => {
                (format!("{words} sourcelang:{}", name.to_lowercase()), format!("{name} articles"))
            }
            None => (words.clone(), "Articles of any language".to_owned()),
        };
        let days = self.days.as_ref();
        let url = address("gdelt_days", &query, days).or_else(|| address("gdelt", &query, days));
        let when = if days.is_some() { "in the likely days" } else { "at any time" };
        let says = format!("{which} that GDELT saw {when}; its index is in English.");
        (!words.is_empty()).then(|| lead("gdelt", query, url, says))
    }

    fn fact_check(&self) -> Option<Lead> {
        let query = self.searcher.key_words(self.own, KEY_WORDS);
        let url = address("fact_check", &query, None).filter(|_| !query.is_empty())?;
        let says = "Fact checks of the story, which often name where it first appeared.".to_owned();
        Some(lead("fact_check", query, Some(url), says))
    }
}

fn lead(kind: &str, query: String, url: Option<String>, says: String) -> Lead {
    Lead { kind: kind.to_owned(), query, url, says }
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

/// The likely days of the source, by the article's own date or the first sighting of it.
fn days(query: &Dossier) -> Option<Days> {
    let article = &query.article;
    let moment = article.published.as_ref().or(article.first_seen.as_ref())?;
    let day: Date = moment.day().parse().ok()?;
    let after = day.checked_sub(DAYS_BEFORE.days()).ok()?;
    let before = day.checked_add(DAYS_AFTER.days()).ok()?;
    Some(Days { after: after.to_string(), before: before.to_string() })
}
