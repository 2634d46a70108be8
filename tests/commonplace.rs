//! What everybody has is nobody's copy: told by the store's own statistics, and told to who asks. What one story has
//! stays copy, however many carry it.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

mod desk;
#[path = "../benches/generator/mod.rs"]
#[allow(dead_code, reason = "the benches need what these tests do not")]
mod generator;

use desk::Desk;
use generator::{Generator, Kind};
use serde_json::Value;

/// Forty words that every one of the articles below ends with.
const NOTICE: &str = "Readers are reminded that figures in this report were supplied by the exchanges named above and \
    may be revised without notice, that nothing in it is advice to buy or to sell, and that past performance says \
    little about what any paper will be worth tomorrow.";

/// Texts that have nothing to do with one another, of ten paragraphs each.
fn strangers(count: usize) -> Vec<Vec<String>> {
    let generator = Generator::new(77);
    let own = (0..).filter(|number| generator.plan(*number).kind == Kind::Own);
    let english = own.map(|number| generator.article(number)).filter(|made| made.language == "en");
    english
        .filter(|made| made.paragraphs.len() >= 6)
        .take(count)
        .map(|made| made.paragraphs)
        .collect()
}

fn with(own: &[String], foreign: &str, at: usize) -> String {
    let mut paragraphs = own.to_vec();
    paragraphs.insert(at, foreign.to_owned());
    paragraphs.join("\n\n")
}

fn sources(trace: &Value) -> Vec<String> {
    let sources = trace["sources"].as_array().unwrap();
    sources.iter().map(|source| source["outlet"].as_str().unwrap().to_owned()).collect()
}

/// A store of articles by outlet and text, an hour apart.
fn store(articles: &[(String, String)]) -> Desk {
    let desk = Desk::new();
    let rows: Vec<(&str, u32, &str)> = (1u32..)
        .zip(articles)
        .map(|(hour, (outlet, text))| (outlet.as_str(), hour, text.as_str()))
        .collect();
    desk.add(&rows);
    desk
}

/// Articles that have the notice and nothing else in common, and an article of another outlet that has it too.
fn noticed(carriers: usize) -> (Desk, Value, String) {
    let texts = strangers(carriers + 1);
    let articles: Vec<(String, String)> = (0..)
        .zip(&texts)
        .map(|(number, own)| (format!("paper{number}.example"), with(own, NOTICE, 1 + number % 4)))
        .collect();
    let desk = store(&articles);
    let last = format!("https://paper{carriers}.example/{}", carriers + 1);
    let trace = desk.json(&["trace", &last, "--explain"]);
    let told = trace["evidence"].as_array().unwrap().iter();
    let told = told.filter(|e| e["kind"] == "boilerplate").map(|e| e["says"].as_str().unwrap());
    let told = told.collect::<Vec<_>>().join("\n");
    (desk, trace, told)
}

#[test]
fn a_notice_that_many_unrelated_articles_carry_is_nobodys_copy() {
    let (desk, trace, told) = noticed(5);
    assert!(sources(&trace).is_empty(), "{trace:#}");
    assert_eq!(trace["verdict"], "original", "{trace:#}");
    assert!(
        told.contains("Readers are reminded") && told.contains("nothing else in common"),
        "{told}"
    );
    let plain = desk.json(&["trace", "https://paper5.example/6"]);
    let told = plain["evidence"].as_array().unwrap().iter();
    assert!(
        told.clone().all(|e| e["kind"] != "boilerplate"),
        "told without being asked: {plain:#}"
    );
    let printed = trace["thresholds"].as_array().unwrap();
    assert!(printed.iter().any(|row| row["name"] == "common_stories"), "{printed:?}");
}

#[test]
fn what_few_carry_may_be_copy() {
    let (_, trace, told) = noticed(3);
    assert_eq!(sources(&trace).len(), 3, "{trace:#}");
    assert!(told.is_empty(), "{told}");
}

#[test]
fn a_paragraph_of_one_story_is_copy_however_many_carry_the_story() {
    let texts = strangers(2);
    let [story, own] = texts.as_slice() else { panic!("two texts") };
    let mut story = story.clone();
    story.insert(1, NOTICE.to_owned());
    let mut articles: Vec<(String, String)> =
        (0..8).map(|number| (format!("paper{number}.example"), story.join("\n\n"))).collect();
    articles.push(("late.example".to_owned(), with(own, NOTICE, 3)));
    let desk = store(&articles);
    let trace = desk.json(&["trace", "https://late.example/9"]);
    assert_eq!(sources(&trace).len(), 8, "{trace:#}");
}

#[test]
fn a_statement_that_is_one_articles_whole_text_is_that_articles() {
    let texts = strangers(6);
    let mut articles = vec![("agency.example".to_owned(), NOTICE.to_owned())];
    articles.extend(
        (0..).zip(&texts).map(|(n, own)| (format!("paper{n}.example"), with(own, NOTICE, 2))),
    );
    let desk = store(&articles);
    let trace = desk.json(&["trace", "https://paper5.example/7"]);
    assert!(sources(&trace).contains(&"agency.example".to_owned()), "{trace:#}");
}

#[test]
fn a_form_filled_in_with_other_figures_is_no_rewrite() {
    let generator = Generator::new(77);
    let article = |number: u64| {
        let made = generator.article(number);
        (made.outlet, made.paragraphs.join("\n\n"))
    };
    let forms: Vec<u64> = (0..4_000)
        .filter(|n| n % 40 == 7 && generator.plan(*n).kind == Kind::Template)
        .filter(|number| generator.article(*number).language == "en")
        .take(2)
        .collect();
    let others = (0..60).filter(|number| generator.plan(*number).kind == Kind::Own);
    let mut articles: Vec<(String, String)> = others.map(article).collect();
    articles.extend(forms.iter().map(|number| article(*number)));
    let (outlet, place) = (articles.last().unwrap().0.clone(), articles.len());
    let desk = store(&articles);
    let trace = desk.json(&["trace", &format!("https://{outlet}/{place}"), "--explain"]);
    assert!(sources(&trace).is_empty(), "{trace:#}");
    assert_eq!(trace["verdict"], "original", "{trace:#}");
    let told = trace["evidence"].to_string();
    assert!(told.contains("a form with other numbers"), "{told}");
}

#[test]
fn a_line_that_two_reports_end_with_is_no_rewrite() {
    let texts = strangers(2);
    let line = "Police ask anyone who saw something to call the station in Harbour Street on the usual number at any \
        hour of the day.";
    let articles: Vec<(String, String)> = (0..)
        .zip(&texts)
        .map(|(number, own)| (format!("paper{number}.example"), with(own, line, 2)))
        .collect();
    let desk = store(&articles);
    let trace = desk.json(&["trace", "https://paper1.example/2"]);
    let relations: Vec<&Value> =
        trace["sources"].as_array().unwrap().iter().map(|source| &source["relation"]).collect();
    assert!(!relations.iter().any(|relation| **relation == "rewritten"), "{trace:#}");
    assert_ne!(trace["verdict"], "unattributed", "{trace:#}");
}
