//! The language room on real news: which languages are told, and what the seed case gives away. Skips where the data is absent.

use std::collections::BTreeMap;
use std::path::PathBuf;

use copytrail::language::{
    detect, disguises, is_furniture, normal_form, residue, search_tokens, sentences, skeleton,
    stem, supported_stemmers, words,
};
use proptest::prelude::*;

/// The shared data beside the checkout, or a reason why it is not there.
fn shared(path: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared", "../../shared"]
        .iter()
        .map(|shared| root.join(shared).join(path))
        .find(|path| path.exists());
    if found.is_none() {
        println!("skipped: no ../shared/{path} beside this checkout");
    }
    found
}

fn articles(path: &str) -> Vec<serde_json::Value> {
    let Some(path) = shared(path) else { return Vec::new() };
    let lines = std::fs::read_to_string(path).expect("the shared data can be read");
    lines.lines().map(|line| serde_json::from_str(line).expect("an article a line")).collect()
}

#[test]
fn languages_of_news_are_told() {
    let mut table: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for path in ["lineage/articles", "crosslingual/corpus", "rewritten/corpus", "rewritten/queries"]
    {
        for article in articles(&format!("eval/data/{path}.jsonl")) {
            let (Some(given), Some(text)) =
                (article["language"].as_str(), article["text"].as_str())
            else {
                continue;
            };
            *table
                .entry(given.to_owned())
                .or_default()
                .entry(detect(text).unwrap_or("none"))
                .or_default() += 1;
        }
    }
    let (mut right, mut wrong, mut none) = (0, 0, 0);
    for (given, told) in &table {
        println!("{given:>4}: {told:?}");
        for (language, count) in told {
            match *language {
                "none" => none += count,
                language if language == given => right += count,
                _ => wrong += count,
            }
        }
    }
    println!("right {right}, wrong {wrong}, not told {none}");
    // A handful of the labels themselves are wrong: Zulu labelled as Swahili, Icelandic as Norwegian.
    assert!(wrong * 500 <= right + wrong + none && none * 200 <= right + wrong + none);
}

#[test]
fn honest_news_hides_nothing() {
    let mut told = 0;
    let mut all = 0;
    for article in articles("eval/data/crosslingual/corpus.jsonl") {
        let text = article["text"].as_str().unwrap_or_default();
        all += 1;
        told += usize::from(!disguises(text, 0).is_empty());
    }
    println!("disguises in {told} of {all} articles of newspapers");
    assert!(told * 100 <= all);
}

#[test]
fn the_seed_case_speaks_german() {
    let Some(path) = shared("cases/24hours-world.txt") else { return };
    let text = std::fs::read_to_string(path).expect("the shared data can be read");
    let signs = residue(&text, "en");
    assert!(signs.iter().all(|sign| sign.language == "de"));
    for expected in [
        "Selenskyj",
        "Peskow",
        "Lavrow",
        "Kreml",
        "Copy the current link",
        "Add to the memorial list",
    ] {
        assert!(signs.iter().any(|sign| sign.text == expected), "{expected} not in {signs:?}");
    }
    let furniture: Vec<&str> = text.lines().filter(|line| is_furniture(line)).collect();
    assert_eq!(furniture, ["Copy the current link", "Add to the memorial list"]);
}

proptest! {
    #[test]
    fn any_text_is_taken(text in any::<String>(), pick in any::<prop::sample::Index>()) {
        let languages = supported_stemmers();
        let language = *pick.get(&languages);
        let form = normal_form(&text);
        prop_assert_eq!(normal_form(&form), form);
        for word in words(&text) {
            let slice = text.get(word.start as usize..word.end as usize);
            prop_assert!(slice.is_some_and(|slice| !slice.is_empty()));
            let _ = (stem(language, slice.unwrap_or_default()), skeleton(slice.unwrap_or_default()));
        }
        for range in sentences(&text) {
            prop_assert!(text.get(range).is_some());
        }
        let _ = (detect(&text), disguises(&text, 0), is_furniture(&text), residue(&text, "en"));
        let _ = search_tokens(&text, Some(language));
    }

    #[test]
    fn words_of_any_language_can_be_stemmed(word in "[\\p{L}\\p{M}]{0,20}") {
        for language in supported_stemmers() {
            let _ = stem(language, &word);
        }
    }
}
