//! `lexicon languages`: what there is for each language.

use std::collections::BTreeMap;

use super::context::Context;
use super::lexicon::list;
use crate::language::Lexicons;
use crate::language::lexicon::{News, dictionaries};
use crate::model::LanguageRow;

/// What there is for each language beside English: words built in, of the dictionaries that are used, and learned.
pub fn languages(context: &Context) -> Vec<LanguageRow> {
    if !context.uses_lexicons() {
        return Vec::new();
    }
    let built_in = Lexicons::new(vec![Box::new(News)]);
    let words = |language: &str| built_in.table(language).sizes().iter().sum::<usize>() as u64;
    let mut rows: BTreeMap<String, LanguageRow> = BTreeMap::new();
    for language in News::languages().filter(|language| *language != "en") {
        rows.entry(language.to_owned()).or_default().built_in = words(language);
    }
    for kept in context.lexicon_folder().map(list).and_then(Result::ok).unwrap_or_default() {
        let row = rows.entry(kept.language).or_default();
        let learned = kept.format == dictionaries::LEARNED;
        let of = if learned { &mut row.learned } else { &mut row.dictionaries };
        *of += kept.words;
    }
    let named = rows.into_iter().map(|(language, row)| LanguageRow { language, ..row });
    named.collect()
}
