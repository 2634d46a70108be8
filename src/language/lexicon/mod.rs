//! Word lists between languages, all behind one trait: two languages meet at English stems.

mod builtin;
pub mod dictionaries;
mod layer;
mod learned;
mod spellings;
mod table;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use builtin::News;
pub use layer::Layer;
pub use learned::Parallel;
pub use spellings::Spellings;
pub use table::Table;

/// Where entries come from: built in, a dictionary of the user's, or learned from a store.
pub trait Source: Send + Sync {
    /// Name and version, as reports print it.
    fn name(&self) -> String;
    /// Terms of use.
    fn licence(&self) -> String;
    /// Every pair of a word of this language and an English word that it means.
    fn entries(&self, language: &str, sink: &mut dyn FnMut(&str, &str));
    /// The same by stem, where that was made before.
    fn layer(&self, _language: &str) -> Option<Layer> {
        None
    }
}

/// Several sources as one lexicon; a language's table is made when it is first asked for.
pub struct Lexicons {
    sources: Vec<Box<dyn Source>>,
    tables: Mutex<BTreeMap<String, Arc<Table>>>,
    spellings: Mutex<BTreeMap<String, Arc<Spellings>>>,
}

impl Lexicons {
    pub fn new(sources: Vec<Box<dyn Source>>) -> Self {
        Self { sources, tables: Mutex::default(), spellings: Mutex::default() }
    }

    /// Names of the sources, as reports print them.
    pub fn names(&self) -> Vec<String> {
        self.sources.iter().map(|source| source.name()).collect()
    }

    /// The table of a language.
    pub fn table(&self, language: &str) -> Arc<Table> {
        let mut tables = self.tables.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = tables.get(language) {
            return Arc::clone(table);
        }
        let mut table = Table::default();
        for source in &self.sources {
            if let Some(layer) = source.layer(language) {
                table.add_layer(layer);
            } else {
                source.entries(language, &mut |word, english| table.add(language, word, english));
                table.finish_layer();
            }
        }
        table.settle();
        let table = Arc::new(table);
        tables.insert(language.to_owned(), Arc::clone(&table));
        table
    }

    /// The words of a language as they are written; made when first asked for.
    pub fn spellings(&self, language: &str) -> Arc<Spellings> {
        let mut known = self.spellings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(spellings) = known.get(language) {
            return Arc::clone(spellings);
        }
        let spellings = Arc::new(Spellings::read(language, &self.sources));
        known.insert(language.to_owned(), Arc::clone(&spellings));
        spellings
    }
}
