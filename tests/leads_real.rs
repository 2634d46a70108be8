//! How well a lead's words alone find the source, where the suite is at hand; what is absent is skipped, with the reason printed.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use copytrail::credits::{self, Page};
use copytrail::language::lexicon::News;
use copytrail::language::{self, Lexicons, detect, search_tokens};
use copytrail::model::{Article, Dossier, Outlet, Paragraph};
use copytrail::tracer::leads::{Asked, leads, search_line};
use serde_json::Value;

fn shared(file: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|a| a.join("shared").join(file))
        .find(|f| f.exists());
    let text = path.and_then(|path| std::fs::read_to_string(path).ok());
    if text.is_none() {
        println!("skipped: {file} is not at hand");
    }
    text
}

fn suite(file: &str) -> Option<Vec<Value>> {
    let text = shared(&format!("eval/data/crosslingual/{file}"))?;
    Some(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

fn field<'v>(row: &'v Value, name: &str) -> &'v str {
    row[name].as_str().unwrap_or_default()
}

/// Okapi BM25 (k1 1.2, b 0.75) over the corpus, any of the words.
struct Bm25 {
    postings: HashMap<String, Vec<(usize, f64)>>,
    lengths: Vec<f64>,
}

impl Bm25 {
    fn new(texts: &[Vec<String>]) -> Self {
        let mut postings: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
        for (number, tokens) in texts.iter().enumerate() {
            let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
            for token in tokens {
                *counts.entry(token).or_default() += 1.0;
            }
            for (token, count) in counts {
                postings.entry(token.to_owned()).or_default().push((number, count));
            }
        }
        Self { postings, lengths: texts.iter().map(|t| t.len() as f64).collect() }
    }

    fn best(&self, query: &[String]) -> Vec<usize> {
        let total = self.lengths.len() as f64;
        let mean = self.lengths.iter().sum::<f64>() / total;
        let mut scores = vec![0.0; self.lengths.len()];
        for token in query {
            let Some(found) = self.postings.get(token) else { continue };
            let idf = (1.0 + (total - found.len() as f64 + 0.5) / (found.len() as f64 + 0.5)).ln();
            for &(number, count) in found {
                let norm = 1.2 * (0.25 + 0.75 * self.lengths[number] / mean);
                scores[number] += idf * count * 2.2 / (count + norm);
            }
        }
        let mut order: Vec<usize> = (0..scores.len()).filter(|&n| scores[n] > 0.0).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
        order
    }
}

fn article(row: &Value) -> Article {
    let text = field(row, "text");
    Article {
        title: Some(field(row, "title").to_owned()),
        language: detect(text).map(str::to_owned),
        paragraphs: text
            .split("\n\n")
            .map(|text| Paragraph { text: text.to_owned(), ..Paragraph::default() })
            .collect(),
        ..Article::default()
    }
}

#[test]
fn the_words_of_a_lead_find_the_source() {
    let (Some(corpus), Some(queries), Some(gold)) =
        (suite("corpus.jsonl"), suite("queries.jsonl"), suite("gold.jsonl"))
    else {
        return;
    };
    let tokens = |row: &Value| {
        let text = format!("{}\n{}", field(row, "title"), field(row, "text"));
        search_tokens(&text, Some(field(row, "language")))
    };
    let index = Bm25::new(&corpus.iter().map(tokens).collect::<Vec<_>>());
    let place: HashMap<&str, usize> =
        corpus.iter().enumerate().map(|(n, row)| (field(row, "url"), n)).collect();
    let queries: HashMap<&str, &Value> =
        queries.iter().map(|row| (field(row, "url"), row)).collect();
    let lexicons = Lexicons::new(vec![Box::new(News)]);
    let mut table: BTreeMap<&str, (usize, usize, usize, usize)> = BTreeMap::new();
    for row in &gold {
        let Some(&source) = row["source"].as_str().and_then(|url| place.get(url)) else { continue };
        let language = field(&corpus[source], "language");
        let line = search_line(&article(queries[field(row, "query")]), language, &lexicons);
        let found = index.best(&search_tokens(&line.join(" "), Some(language)));
        let rank = found.iter().position(|&n| n == source);
        let tally = table.entry(field(row, "pair")).or_default();
        tally.0 += 1;
        tally.1 += usize::from(rank == Some(0));
        tally.2 += usize::from(rank.is_some_and(|rank| rank < 10));
        tally.3 += line.len();
        if std::env::var_os("LEADS_SHOW").is_some() && rank.is_none_or(|rank| rank > 9) {
            println!("{rank:?} {} {}", field(row, "query"), line.join(" "));
        }
    }
    println!("pair   cases  first  in ten  words");
    for (pair, (cases, first, ten, words)) in &table {
        let share = |n: usize| 100.0 * n as f64 / *cases as f64;
        println!(
            "{pair}  {cases:5}  {:5.1}  {:6.1}  {:5.1}",
            share(*first),
            share(*ten),
            *words as f64 / *cases as f64
        );
    }
    for (pair, (cases, _, ten, _)) in table {
        assert!(ten * 100 >= cases * 95, "{pair}: {ten} of {cases} sources in the first ten");
    }
}

#[test]
fn the_seed_page_leads_to_stern_and_to_german_words() {
    let Some(text) = shared("cases/24hours-world.txt") else { return };
    let mut lines = text.lines().filter(|line| !line.is_empty()).skip(1);
    let title = lines.next().map(str::to_owned);
    let paragraphs: Vec<Paragraph> =
        lines.map(|text| Paragraph { text: text.to_owned(), ..Paragraph::default() }).collect();
    let outlet = Outlet::default();
    let page = Page {
        paragraphs: &paragraphs,
        byline: &[],
        claims: &[],
        links: &[],
        outlet: &outlet,
        language: Some("en"),
    };
    let credits = credits::read(&page).credits;
    let language = Some("en".to_owned());
    let article = Article { title, paragraphs, credits, language, ..Article::default() };
    let residue = language::residue(&article.text(), "en");
    let query = Dossier { id: None, article, outlet: Outlet::default() };
    let lexicons = Lexicons::new(vec![Box::new(News)]);
    let asked = Asked { query: &query, residue: &residue, lexicons: &lexicons, languages: &[] };
    let found = leads(&asked);
    for lead in &found {
        println!("{}: {} -- {}", lead.kind, lead.query, lead.says);
    }
    let first = found.first().map(|lead| lead.query.as_str()).unwrap_or_default();
    assert!(first.contains("Selenskyj") && first.contains("waffen"), "{first}");
    let site = found.iter().find(|lead| lead.query.starts_with("site:stern.de "));
    assert!(site.is_some_and(|lead| lead.query.contains("waffen")), "{site:?}");
    assert!(found.iter().any(|lead| lead.kind == "outlet_search"));
}
