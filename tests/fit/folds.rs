//! What would be named of a tenth of the stories by weights that were fitted on the other nine, and from which
//! probability on a source may be named for it.

use std::collections::BTreeMap;

use super::regression::logistic;

/// Share of the queries for which something is named that is not their source: at most this, in a store of any size.
const FALSE_SHARE: f64 = 0.01;
/// Probabilities among which the threshold is chosen, in twentieths: a finer grid would fit it to the suites.
const GRID: std::ops::Range<u32> = 10..20;
/// Log of the articles in a candidate's language from which its store is the large one.
const LARGE: f64 = 8.3;

/// A row of the table of candidates.
pub struct Candidate {
    /// What its query tells of; of one story no two are in different folds.
    pub story: usize,
    pub query: String,
    pub figures: Vec<f64>,
    pub right: bool,
}

/// The likeliest candidate of a query.
#[derive(Clone, Copy)]
struct Best {
    odds: f64,
    right: bool,
    with_source: bool,
    large: bool,
}

/// Of the queries asked in one store.
#[derive(Debug, Default, Clone, Copy)]
pub struct Share {
    pub queries: usize,
    pub with_source: usize,
    pub right: usize,
    /// Something else was named.
    pub wrong: usize,
    /// Of these, where no source is among the candidates.
    pub none_on_file: usize,
}

impl Share {
    pub fn of_false(&self) -> f64 {
        self.wrong as f64 / self.queries.max(1) as f64
    }
}

/// A probability of the grid with what would be named from it, in the small and in the large store.
pub type Row = (f64, [Share; 2]);

/// The grid, lowest probability first. `articles` is the column of the log of the articles.
pub fn grid(candidates: &[Candidate], articles: usize) -> Vec<Row> {
    let best = bests(candidates, articles);
    GRID.map(|twentieths| {
        let probability = f64::from(twentieths * 5) / 100.0;
        let from = (probability / (1.0 - probability)).ln();
        let mut shares = [Share::default(); 2];
        for query in best.values() {
            let share = &mut shares[usize::from(query.large)];
            let named = query.odds >= from;
            share.queries += 1;
            share.with_source += usize::from(query.with_source);
            share.right += usize::from(named && query.right);
            share.wrong += usize::from(named && !query.right);
            share.none_on_file += usize::from(named && !query.with_source);
        }
        (probability, shares)
    })
    .collect()
}

/// The lowest probability of the grid from which no store has more false sources than it may.
pub fn lowest(grid: &[Row]) -> Option<f64> {
    let holds = |row: &&Row| row.1.iter().all(|share| share.of_false() <= FALSE_SHARE);
    grid.iter().find(holds).map(|(probability, _)| *probability)
}

fn bests(candidates: &[Candidate], articles: usize) -> BTreeMap<&str, Best> {
    let mut best: BTreeMap<&str, Best> = BTreeMap::new();
    for out in 0..10 {
        let (outside, inside): (Vec<&Candidate>, Vec<&Candidate>) =
            candidates.iter().partition(|candidate| candidate.story % 10 == out);
        let rows: Vec<Vec<f64>> = inside.iter().map(|row| row.figures.clone()).collect();
        let told: Vec<bool> = inside.iter().map(|row| row.right).collect();
        let weights = logistic(&rows, &told);
        for row in outside {
            let odds: f64 = row.figures.iter().zip(&weights).map(|(x, weight)| x * weight).sum();
            let query = best.entry(&row.query).or_insert(Best {
                odds: f64::NEG_INFINITY,
                right: false,
                with_source: false,
                large: false,
            });
            query.with_source |= row.right;
            query.large |= row.figures[articles] >= LARGE;
            if odds > query.odds {
                (query.odds, query.right) = (odds, row.right);
            }
        }
    }
    best
}
