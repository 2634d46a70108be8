//! The story around a query: every article that shares its text, with their alignments in pairs.

use super::align::{Matched, align};
use super::body::{Body, Token};
use super::circumstances::Circumstances;
use super::derivation::hours_between;
use super::witness::Witness;
use crate::model::{Dossier, Thresholds};

/// Members whose alignments with one another are made; more witnesses change no verdict.
const MAX_MEMBERS: usize = 16;

/// A set of members, a bit each.
pub type Members = u16;

/// An article of the story.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    pub dossier: &'a Dossier,
    pub body: &'a Body,
}

impl<'a> Member<'a> {
    pub fn of(witness: &'a Witness) -> Self {
        Self { dossier: witness, body: witness.body() }
    }
}

/// What two members share, seen from the first.
#[derive(Debug, Clone, Default)]
pub struct Shared {
    /// For each token of the first: the second's token plus one; 0 where none.
    pub to: Vec<u32>,
    /// For each token of the first: whether it lies inside a stretch that both have.
    pub inside: Vec<bool>,
    /// Tokens that both have.
    pub words: usize,
    /// Tokens of the longest stretch.
    pub longest: usize,
}

/// What the others have of one member, token by token: a bit for each of them.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// Who has the token.
    pub has: Vec<Members>,
    /// Who has a stretch in common that the token lies inside of.
    pub inside: Vec<Members>,
    /// Who has this token and the next one next to each other.
    pub adjacent: Vec<Members>,
    /// Of those, who ends a paragraph between them.
    pub breaks: Vec<Members>,
    /// Whether the member itself ends a paragraph behind the token.
    pub ends: Vec<bool>,
}

/// The query, number 0, and the articles that share its text.
#[derive(Debug, Clone, Default)]
pub struct Story<'a> {
    pub members: Vec<Member<'a>>,
    /// `shared[a][b]`: what `a` has in common with `b`; `None` where nothing.
    pub shared: Vec<Vec<Option<Shared>>>,
    /// For each member, who tells the same where.
    pub told: Vec<Told>,
    /// For each member, who is not known to have come later.
    pub not_later: Vec<Members>,
    /// What is known of the members' outlets beside their texts.
    pub circumstances: Circumstances,
}

impl<'a> Story<'a> {
    /// Gathers the story from the query and its verified matches, best first.
    pub fn gather(
        query: Member<'a>,
        matches: Vec<(Member<'a>, Matched)>,
        thresholds: &Thresholds,
    ) -> Self {
        let mut members = vec![query];
        let mut first_row = vec![None];
        for (member, matched) in matches.into_iter().take(MAX_MEMBERS - 1) {
            members.push(member);
            first_row.push(Some(matched));
        }
        let count = members.len();
        let mut table: Vec<Vec<Option<Shared>>> = vec![vec![None; count]; count];
        for a in 0..count {
            for b in a + 1..count {
                let found = if a == 0 {
                    first_row[b].take()
                } else {
                    Some(align(members[a].body, members[b].body, thresholds))
                };
                let Some(pair) = found.filter(|pair| !pair.stretches.is_empty()) else { continue };
                table[b][a] = Some(seen_from_source(&pair, members[b].body.len()));
                table[a][b] = Some(seen_from_query(&pair));
            }
        }
        let told = (0..count).map(|member| Told::of(&members, &table, member)).collect();
        let not_later = (0..count).map(|member| not_later(&members, member)).collect();
        let circumstances = Circumstances::default();
        Self { members, shared: table, told, not_later, circumstances }
    }

    /// Log-odds that circumstances add to a derivation; they are known of the query's outlet only.
    pub fn prior(&self, parent: usize, child: usize) -> f64 {
        let outlet = &self.members[parent].dossier.outlet;
        if child == 0 { self.circumstances.prior(&outlet.key) } else { 0.0 }
    }

    /// What `a` has in common with `b`.
    pub fn between(&self, a: usize, b: usize) -> Option<&Shared> {
        self.shared[a][b].as_ref()
    }

    /// Share of `a`'s words that `b` has, 0..1.
    pub fn coverage(&self, a: usize, b: usize) -> f64 {
        let words = self.between(a, b).map_or(0, |shared| shared.words);
        words as f64 / self.members[a].body.len().max(1) as f64
    }
}

/// A set of one member.
pub fn only(member: usize) -> Members {
    u32::try_from(member).ok().and_then(|at| Members::checked_shl(1, at)).unwrap_or(0)
}

/// The others that are not dated later than a member.
fn not_later(members: &[Member], member: usize) -> Members {
    let earlier = |other: &usize| {
        let hours = hours_between(members[*other].dossier, members[member].dossier);
        *other != member && hours.is_none_or(|hours| hours >= 0.0)
    };
    (0..members.len()).filter(earlier).fold(0, |set, other| set | only(other))
}

impl Told {
    fn of(members: &[Member], shared: &[Vec<Option<Shared>>], member: usize) -> Self {
        let tokens = &members[member].body.tokens;
        let count = tokens.len();
        let ends_after = |tokens: &[Token], at: usize| match (tokens.get(at), tokens.get(at + 1)) {
            (Some(last), Some(next)) => last.paragraph != next.paragraph,
            _ => false,
        };
        let mut told = Self {
            has: vec![0; count],
            inside: vec![0; count],
            adjacent: vec![0; count],
            breaks: vec![0; count],
            ends: (0..count).map(|at| ends_after(tokens, at)).collect(),
        };
        for (other, pair) in shared[member].iter().enumerate() {
            let (Some(pair), bit) = (pair, only(other)) else { continue };
            let theirs = &members[other].body.tokens;
            for at in 0..count {
                if pair.inside[at] {
                    told.inside[at] |= bit;
                }
                let here = pair.to[at];
                if here == 0 {
                    continue;
                }
                told.has[at] |= bit;
                if pair.to.get(at + 1) == Some(&(here + 1)) {
                    told.adjacent[at] |= bit;
                    if ends_after(theirs, here as usize - 1) {
                        told.breaks[at] |= bit;
                    }
                }
            }
        }
        told
    }
}

fn seen_from_query(matched: &Matched) -> Shared {
    let mut inside = vec![false; matched.to_source.len()];
    for (query, _) in matched.extents() {
        inside[query].fill(true);
    }
    Shared {
        words: matched.words(),
        longest: matched.longest_stretch(),
        to: matched.to_source.clone(),
        inside,
    }
}

fn seen_from_source(matched: &Matched, length: usize) -> Shared {
    let (mut to, mut inside) = (vec![0; length], vec![false; length]);
    for (query, &source) in (1u32..).zip(&matched.to_source) {
        if let Some(source) = (source as usize).checked_sub(1) {
            to[source] = query;
        }
    }
    for (_, source) in matched.extents() {
        inside[source].fill(true);
    }
    Shared { words: matched.source_words, longest: matched.longest_stretch(), to, inside }
}
