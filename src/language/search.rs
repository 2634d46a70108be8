//! Tokens that a full-text index is fed with and asked for.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::characters::{clings, is_unspaced};
use super::detection::detect;
use super::hashes::Hashed;
use super::normal::normal_form;
use super::stems::stem;
use super::words::words;

/// Version of the tokens; an index filled with another one is rebuilt.
pub const SEARCH_VERSION: i64 = 1;

/// Articles and the like that French, Italian and Catalan glue to the next word.
const ELIDED: &[&str] = &[
    "l", "d", "qu", "n", "s", "j", "m", "t", "c", "dell", "all", "nell", "sull", "dall", "un",
    "quest", "jusqu", "lorsqu",
];

/// Tokens of a text for a full-text index, in order: stems of words (by the text's language, else by the one that is
/// detected, else normal forms); in scripts without spaces overlapping pairs of characters, a lone character by itself.
/// A query goes through the same function with the language of what it searches.
pub fn search_tokens(text: &str, language: Option<&str>) -> Vec<String> {
    let language = language.or_else(|| detect(text)).unwrap_or_default();
    let mut tokens = Vec::new();
    let mut run: Vec<String> = Vec::new();
    let mut run_end = 0;
    for word in words(text) {
        let (start, end) = (word.start as usize, word.end as usize);
        let Some(slice) = text.get(start..end) else { continue };
        let alone = slice.chars().next().is_some_and(|c| is_unspaced(c) && !clings(c));
        if !alone || start != run_end {
            pair_up(&mut run, &mut tokens);
        }
        if alone {
            run.push(normal_form(slice));
            run_end = end;
        } else {
            tokens.push(token(slice, word.hash, language).to_string());
        }
    }
    pair_up(&mut run, &mut tokens);
    tokens
}

/// Words that are remembered by a thread.
const REMEMBERED: usize = 200_000;

thread_local! {
    /// Stemming costs more than all the rest of it, and news has few words.
    static KNOWN: RefCell<HashMap<u64, Rc<str>, Hashed>> = RefCell::default();
}

/// The token of a word; `hash` is that of its normal form.
fn token(word: &str, hash: u64, language: &str) -> Rc<str> {
    let key = hash ^ xxhash_rust::xxh3::xxh3_64(language.as_bytes());
    KNOWN.with_borrow_mut(|known| {
        if known.len() >= REMEMBERED {
            known.clear();
        }
        let made = known.entry(key).or_insert_with(|| {
            let form = normal_form(word);
            stem(language, without_article(&form, language)).into()
        });
        Rc::clone(made)
    })
}

/// Overlapping pairs of a run of characters.
fn pair_up(run: &mut Vec<String>, tokens: &mut Vec<String>) {
    if let [single] = run.as_slice() {
        tokens.push(single.clone());
    }
    tokens.extend(run.windows(2).map(<[String]>::concat));
    run.clear();
}

fn without_article<'w>(word: &'w str, language: &str) -> &'w str {
    if !matches!(language, "fr" | "it" | "ca") {
        return word;
    }
    match word.split_once('\'') {
        Some((article, rest)) if ELIDED.contains(&article) && !rest.is_empty() => rest,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_tokens() {
        assert_eq!(
            search_tokens("Die Verhandlungen, 1.084", Some("de")),
            ["die", "verhandl", "1.084"]
        );
        assert_eq!(search_tokens("L’Élysée d'accord", Some("fr")), ["élys", "accord"]);
        assert_eq!(
            search_tokens("日米連携、円。AI版", Some("ja")),
            ["日米", "米連", "連携", "円", "ai", "版"]
        );
        assert_eq!(search_tokens("", None), Vec::<String>::new());
    }

    #[test]
    fn a_query_finds_what_it_names() {
        let article = search_tokens("政府は日米の連携を強化する。", None);
        assert!(search_tokens("連携", None).iter().all(|token| article.contains(token)));
        let article = search_tokens("Der Präsident führte die Verhandlungen mit der Straße.", None);
        assert!(
            search_tokens("VERHANDLUNG strasse", Some("de"))
                .iter()
                .all(|token| article.contains(token))
        );
    }
}
