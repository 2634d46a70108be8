//! What a trace proposes where no source is on file.

use copytrail::language::lexicon::{News, Source};
use copytrail::language::{Lexicons, residue};
use copytrail::model::{
    Article, Credit, CreditRole, Dossier, Lead, Moment, Outlet, Paragraph, Precision,
};
use copytrail::tracer::leads::{Asked, leads, search_line};

/// A lexicon of our own, the most frequent meaning first.
struct Small;

const SMALL: &[(&str, &[(&str, &str)])] = &[
    (
        "de",
        &[
            ("präsident", "president"),
            ("gespräch", "talk"),
            ("verhandlung", "talk"),
            ("gipfel", "summit"),
            ("hafen", "harbour"),
            ("unterhändler", "negotiator"),
            ("waffenruhe", "ceasefire"),
            ("waffenstillstand", "ceasefire"),
            ("feuerpause", "ceasefire"),
        ],
    ),
    ("en", &[("truce", "ceasefire")]),
    ("ru", &[("президент", "president"), ("перемирие", "ceasefire")]),
    ("ja", &[("大統領", "president"), ("会談", "talk"), ("停戦", "ceasefire")]),
];

impl Source for Small {
    fn name(&self) -> String {
        "small 1".to_owned()
    }

    fn licence(&self) -> String {
        "MIT".to_owned()
    }

    fn entries(&self, language: &str, sink: &mut dyn FnMut(&str, &str)) {
        let pairs = SMALL.iter().filter(|(known, _)| *known == language).flat_map(|(_, p)| *p);
        pairs.for_each(|(word, english)| sink(word, english));
    }
}

fn lexicons() -> Lexicons {
    Lexicons::new(vec![Box::new(Small)])
}

fn article(language: &str, title: &str, paragraphs: &[&str]) -> Article {
    Article {
        url: Some("https://www.dailycopy.example/2025/05/talks?id=1&page=2".to_owned()),
        title: Some(title.to_owned()),
        language: Some(language.to_owned()),
        published: Some(Moment {
            text: "2025-05-17T10:20:00+02:00".to_owned(),
            seconds: 1_747_470_000,
            precision: Precision::Instant,
        }),
        paragraphs: paragraphs
            .iter()
            .map(|text| Paragraph { text: (*text).to_owned(), ..Paragraph::default() })
            .collect(),
        ..Article::default()
    }
}

/// Our own text in the manner of machine translations from German.
fn translated() -> Article {
    let mut article = article(
        "en",
        "No Breakthrough At Summit",
        &[
            "In the harbour dispute, President Wolodymyr Selenskyj met the negotiators in Ankara on Thursday. The talks about a ceasefire lasted 1,240 minutes.",
            "Kremlin spokesman Dmitri Peskow said that the prisoners would be exchanged by June. The fishing boats from Kiew stay in the harbour, said Peskow.",
        ],
    );
    article.credits = vec![
        Credit {
            agency: Some("dpa".to_owned()),
            name: "dpa".to_owned(),
            role: CreditRole::CreditLine,
            text: "Dpa".to_owned(),
            paragraph: Some(2),
            domain: Some("dpa.com".to_owned()),
            initials: Vec::new(),
            reworked: false,
        },
        Credit {
            agency: None,
            name: "Stern".to_owned(),
            role: CreditRole::SourceLine,
            text: "Source: Stern".to_owned(),
            paragraph: Some(3),
            domain: Some("stern.de".to_owned()),
            initials: Vec::new(),
            reworked: false,
        },
    ];
    article
}

fn asked_of(article: Article, languages: &[&str]) -> Vec<Lead> {
    let language = article.language.clone().unwrap_or_default();
    let residue = residue(&article.text(), &language);
    let outlet = Outlet { domain: Some("dailycopy.example".to_owned()), ..Outlet::default() };
    let query = Dossier { id: None, article, outlet };
    let languages: Vec<String> = languages.iter().map(|l| (*l).to_owned()).collect();
    let lexicons = lexicons();
    leads(&Asked { query: &query, residue: &residue, lexicons: &lexicons, languages: &languages })
}

fn of_kind<'l>(leads: &'l [Lead], kind: &str) -> Vec<&'l Lead> {
    leads.iter().filter(|lead| lead.kind == kind).collect()
}

#[test]
fn the_first_lead_is_in_the_language_that_residue_and_credits_point_to() {
    let leads = asked_of(translated(), &["fr", "en"]);
    let first = &leads[0];
    assert_eq!(first.kind, "search");
    let words: Vec<&str> = first.query.split(' ').collect();
    for word in ["Selenskyj", "Peskow", "1.240"] {
        assert!(words.contains(&word), "{word} in {}", first.query);
    }
    let german = search_line(&translated(), "de", &lexicons());
    assert_eq!(words, german);
    for word in ["waffenruhe", "waffenstillstand"] {
        assert!(words.contains(&word), "{word} in {}", first.query);
    }
    assert!(!words.contains(&"feuerpause"), "two words of a meaning at most");
    assert!(first.says.contains("German") && first.says.contains("Stern and “"), "{}", first.says);
    assert!(words.len() <= 24);
    assert!(!words.contains(&"Thursday") && !words.contains(&"June"), "{}", first.query);
}

#[test]
fn every_kind_of_lead_has_an_address_of_its_own() {
    let leads = asked_of(translated(), &[]);
    let site = of_kind(&leads, "site_search");
    assert!(site[0].query.starts_with("site:stern.de ") && site[0].query.contains("Selenskyj"));
    assert!(site[0].url.as_deref().is_some_and(|url| url.contains("?q=site%3Astern.de%20")));
    assert!(site[1].query.starts_with("site:dpa.com "));
    let outlet = of_kind(&leads, "outlet_search");
    assert!(outlet[0].url.as_deref().is_some_and(|url| url.starts_with("https://www.stern.de/")));
    let days = of_kind(&leads, "days");
    assert_eq!(days[0].query, "2025-05-14..2025-05-18");
    assert!(days[0].url.as_deref().is_some_and(|url| url.contains("after%3A2025-05-14")));
    let archive = of_kind(&leads, "archive");
    let page = "https%3A%2F%2Fwww.dailycopy.example%2F2025%2F05%2Ftalks%3Fid%3D1%26page%3D2";
    assert!(archive[0].url.as_deref().is_some_and(|url| url.contains(page)));
    assert!(archive.iter().any(|lead| lead.query == "stern.de"));
    let gdelt = of_kind(&leads, "gdelt");
    assert!(gdelt[0].query.ends_with("sourcelang:german"));
    assert_eq!(of_kind(&leads, "fact_check").len(), 1);
    for lead in &leads {
        let url = lead.url.as_deref().unwrap_or_default();
        assert!(url.starts_with("https://") && !url.contains([' ', '"', 'ä']), "{url}");
        assert!(lead.says.ends_with('.'), "{}", lead.says);
    }
}

#[test]
fn the_outlet_itself_is_no_lead() {
    let mut article = translated();
    article.domain = Some("stern.de".to_owned());
    assert!(asked_of(article, &[]).iter().all(|lead| !lead.query.starts_with("site:stern.de")));
}

#[test]
fn without_a_pointer_the_languages_on_file_are_proposed() {
    let text = "The minister opened the new bridge over the river near Umbridge on Friday, and 4,500 guests came.";
    let plain = article("en", "Bridge opened", &[text]);
    let leads = asked_of(plain, &["de", "en", "fr", "ru", "is"]);
    let says: Vec<&str> = of_kind(&leads, "search").iter().map(|l| l.says.as_str()).collect();
    let named = |name: &str| says.iter().any(|says| says.contains(name));
    assert!(named("German") && named("French") && named("Russian"), "{says:?}");
    assert!(!named("Icelandic"));
    assert!(says.last().is_some_and(|says| says.contains("English")), "{says:?}");
}

#[test]
fn an_undated_article_without_text_has_no_likely_days_and_no_words() {
    let mut bare = article("en", "", &[]);
    bare.published = None;
    let leads = asked_of(bare, &["de"]);
    assert!(leads.iter().all(|lead| lead.kind == "archive"), "{leads:?}");
}

#[test]
fn names_and_words_are_written_in_the_script_of_the_language() {
    let russian = search_line(&translated(), "ru", &lexicons());
    assert!(russian.contains(&"Песков".to_owned()), "{russian:?}");
    assert!(russian.contains(&"1 240".to_owned()), "{russian:?}");
    let japanese = search_line(&translated(), "ja", &lexicons());
    assert!(japanese.iter().any(|word| word.contains('停')), "{japanese:?}");
    let own = search_line(&translated(), "en", &lexicons());
    assert!(own.contains(&"1,240".to_owned()) && own.contains(&"Peskow".to_owned()), "{own:?}");
}

#[test]
fn an_article_in_unspaced_script_is_searched_in_english() {
    let text =
        "大統領は１６日、停戦についてプーチン氏と会談した。関税は２５％、１２５０社が対象となる。";
    let english = search_line(&article("ja", "停戦", &[text]), "en", &lexicons());
    assert_eq!(english, ["16", "25", "1250", "ceasefire", "truce", "president", "talk"]);
}

#[test]
fn first_names_and_months_do_not_take_the_place_of_family_names() {
    let text = "On Thursday Anders Holmqvist spoke in Brest. In June, Anders Holmqvist and Marie Tremblay had met in Ghent.";
    let leads = asked_of(article("en", "Meeting", &[text]), &[]);
    let asked = &of_kind(&leads, "fact_check")[0].query;
    assert!(asked.contains("Holmqvist") && !asked.contains("Anders"), "{asked}");
    assert!(!asked.contains("June") && !asked.contains("Thursday"), "{asked}");
}

#[test]
fn the_built_in_lexicon_is_enough_for_a_line() {
    let news = Lexicons::new(vec![Box::new(News)]);
    let german = search_line(&translated(), "de", &news).join(" ");
    assert!(german.contains("waffenstillstand") || german.contains("waffenruhe"), "{german}");
}

#[test]
fn leads_as_people_read_them() {
    let lines: Vec<String> = asked_of(translated(), &[])
        .into_iter()
        .map(|lead| {
            let url = lead.url.unwrap_or_default();
            format!("{}: {}\n  {}\n  {url}", lead.kind, lead.query, lead.says)
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

proptest::proptest! {
    #[test]
    fn a_line_is_short_whatever_the_text(text in "[A-Za-zäöüß0-9 .,’:'А-я大統領停戦カナ１-９]{0,200}", to in 0usize..4) {
        let target = ["de", "ru", "ja", "en"][to];
        for language in ["en", "de", "ja", "ru"] {
            let line = search_line(&article(language, &text, &[&text]), target, &lexicons());
            proptest::prop_assert!(line.len() <= 24);
            proptest::prop_assert!(line.iter().all(|word| !word.trim().is_empty()));
        }
    }
}
