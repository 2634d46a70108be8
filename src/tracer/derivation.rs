//! What speaks for one article of a story having been made from another.
//!
//! Beside credits and times this is the method of common errors of textual criticism (Lachmann):
//! a copy inherits the words, cuts and changes of what it was made from, so what only two texts
//! share ties them together, and what a text has and its supposed source has not, while a third
//! has it, speaks against that source.

use super::story::{Story, only};
use crate::language;
use crate::model::{Dossier, Moment, OutletKind, Precision};

/// The measurements on an ordered pair, from which the log-odds of a derivation are made.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a measurement of its own, not a state")]
pub struct Features {
    /// Share of the child's words that stand in the parent, 0..1.
    pub coverage: f64,
    /// Share of the parent's words that stand in the child, 0..1.
    pub of_parent: f64,
    /// Runs of the child's words that the parent has not and a third article of the story has.
    pub missing: f64,
    /// Runs that child and parent have, where a third article tells the same differently or leaves it out.
    pub shared_only: f64,
    /// Runs that the parent alone has inside what both tell, and the child has not.
    pub not_inherited: f64,
    /// Paragraph breaks inside shared text that only one of the two has.
    pub breaks_differ: f64,
    /// Paragraph breaks, or merges, that the two share against all the others that tell the passage.
    pub breaks_shared: f64,
    /// The headlines are the same.
    pub same_title: bool,
    /// A credit is worded the same.
    pub same_credit: bool,
    /// Hours from the parent's publication to the child's; `None` where a time is missing or days overlap.
    pub hours: Option<f64>,
    /// The child names the parent's outlet as its source.
    pub names_outlet: bool,
    /// The child names the parent's agency.
    pub names_agency: bool,
    /// The parent is an agency's own item.
    pub parent_is_wire: bool,
    /// The child is an agency's own item.
    pub child_is_wire: bool,
    /// The child credits a party that the parent neither is nor credits.
    pub credit_elsewhere: bool,
    /// A party that the parent credits is not credited by the child.
    pub credit_dropped: bool,
}

/// Names of the figures, in the order of their values.
pub const DERIVATION_NAMES: [&str; 20] = [
    "coverage",
    "coverage_of_parent",
    "missing",
    "shared_only",
    "not_inherited",
    "breaks_differ",
    "breaks_shared",
    "same_title",
    "same_credit",
    "before",
    "after",
    "same_time",
    "near",
    "names_outlet",
    "names_agency",
    "parent_is_wire",
    "child_is_wire",
    "credit_elsewhere",
    "credit_dropped",
    "bias",
];

impl Features {
    /// As numbers, counts on a logarithmic scale.
    pub fn values(&self) -> [f64; 20] {
        let flag = |holds: bool| f64::from(u8::from(holds));
        let hours = self.hours;
        [
            self.coverage,
            self.of_parent,
            self.missing.ln_1p(),
            self.shared_only.ln_1p(),
            self.not_inherited.ln_1p(),
            self.breaks_differ.ln_1p(),
            self.breaks_shared.ln_1p(),
            flag(self.same_title),
            flag(self.same_credit),
            flag(hours.is_some_and(|hours| hours > 0.0)),
            flag(hours.is_some_and(|hours| hours < -CLOCK_SLACK_HOURS)),
            flag(hours.is_none()),
            hours.filter(|hours| *hours > 0.0).map_or(0.0, |hours| (-hours / 24.0).exp()),
            flag(self.names_outlet),
            flag(self.names_agency && self.parent_is_wire),
            flag(self.parent_is_wire),
            flag(self.child_is_wire),
            flag(self.credit_elsewhere),
            flag(self.credit_dropped),
            1.0,
        ]
    }
}

/// A derivation cannot have gone back in time by more than clocks and slow feeds explain, in hours.
const CLOCK_SLACK_HOURS: f64 = 0.5;

/// Measures an ordered pair of the story's members; `within`: only what happened to these of the child's words.
pub fn features(
    story: &Story,
    parent: usize,
    child: usize,
    within: Option<&[bool]>,
) -> Option<Features> {
    story.between(child, parent)?;
    let (from, to) = (story.members[parent].dossier, story.members[child].dossier);
    let edits = SharedEdits::measure(story, parent, child, within);
    Some(Features {
        coverage: story.coverage(child, parent),
        of_parent: story.coverage(parent, child),
        missing: edits.missing,
        shared_only: edits.shared_only,
        not_inherited: edits.not_inherited,
        breaks_differ: edits.breaks_differ,
        breaks_shared: edits.breaks_shared,
        same_title: same_title(from, to),
        same_credit: to
            .article
            .credits
            .iter()
            .any(|credit| from.article.credits.iter().any(|other| other.text == credit.text)),
        hours: hours_between(from, to),
        names_outlet: names_outlet(to, from),
        names_agency: from.outlet.agency.is_some()
            && to.article.credits.iter().any(|credit| credit.agency == from.outlet.agency),
        parent_is_wire: is_issuer(from),
        child_is_wire: is_issuer(to),
        credit_elsewhere: to.article.credits.iter().any(|credit| {
            !is_party(from, credit)
                && !from.article.credits.iter().any(|c| c.party() == credit.party())
        }),
        credit_dropped: from.article.credits.iter().any(|credit| {
            !is_party(to, credit) && !to.article.credits.iter().any(|c| c.party() == credit.party())
        }),
    })
}

/// Whether an article is an agency's own item.
pub fn is_wire(dossier: &Dossier) -> bool {
    dossier.outlet.kind == OutletKind::Wire
}

/// Whether an article is its issuer's own: an agency's item, or a press release, which is there to be copied.
pub fn is_issuer(dossier: &Dossier) -> bool {
    matches!(dossier.outlet.kind, OutletKind::Wire | OutletKind::PressRelease)
}

/// Whether a credit names this article's own outlet.
pub fn is_party(dossier: &Dossier, credit: &crate::model::Credit) -> bool {
    let outlet = &dossier.outlet;
    (credit.agency.is_some() && credit.agency == outlet.agency)
        || (credit.domain.is_some() && credit.domain == outlet.domain)
        || credit.name.to_lowercase() == outlet.name.to_lowercase()
        || credit.name.to_lowercase() == outlet.key
}

/// Whether `child` credits the outlet of `parent`, other than as an agency.
pub fn names_outlet(child: &Dossier, parent: &Dossier) -> bool {
    child.article.credits.iter().any(|credit| credit.agency.is_none() && is_party(parent, credit))
}

/// When an article was out, at the latest that its own statement and sightings allow.
pub fn published(dossier: &Dossier) -> Option<&Moment> {
    let article = &dossier.article;
    match (&article.published, &article.first_seen) {
        (Some(claimed), Some(seen)) if claimed.bounds().0 > seen.bounds().1 => Some(seen),
        (Some(claimed), _) => Some(claimed),
        (None, seen) => seen.as_ref(),
    }
}

/// Seconds since 1970 at which an article was out, as far as it is known.
pub fn derivation_time(dossier: &Dossier) -> Option<i64> {
    published(dossier).map(|moment| moment.seconds)
}

/// Hours from one publication to another; `None` where one is missing, the days overlap, or the order that they
/// claim is not the order in which they were seen.
pub fn hours_between(earlier: &Dossier, later: &Dossier) -> Option<f64> {
    let (a, b) = (published(earlier)?, published(later)?);
    let hours = if a.precision == Precision::Day || b.precision == Precision::Day {
        if a.day() == b.day() {
            return None;
        }
        let days = (b.seconds.div_euclid(86_400) - a.seconds.div_euclid(86_400)) as f64;
        days * 24.0
    } else {
        (b.seconds - a.seconds) as f64 / 3_600.0
    };
    let contested =
        if hours > 0.0 { is_back_dated(earlier, later) } else { is_back_dated(later, earlier) };
    (!contested).then_some(hours)
}

/// Whether an article claims to be the elder of two, but was first seen after the other had been: a page can be
/// dated back, a sighting cannot.
pub fn is_back_dated(elder: &Dossier, younger: &Dossier) -> bool {
    let seen = |dossier: &Dossier| dossier.article.first_seen.as_ref().map(Moment::bounds);
    match (seen(elder), seen(younger)) {
        (Some((elder, _)), Some((_, younger))) => elder > younger,
        _ => false,
    }
}

/// Runs of words by who has them.
#[derive(Debug, Clone, Copy, Default)]
struct SharedEdits {
    missing: f64,
    shared_only: f64,
    not_inherited: f64,
    breaks_differ: f64,
    breaks_shared: f64,
}

impl SharedEdits {
    fn measure(story: &Story, parent: usize, child: usize, within: Option<&[bool]>) -> Self {
        let told = &story.told[child];
        let (from, own) = (only(parent), only(child));
        let third = !(from | own);
        // What a later article has may have come from the child itself.
        let earlier = story.not_later[child] & third;
        let asked = |token: usize| within.is_none_or(|within| within[token]);
        let count = told.has.len();
        let missing =
            runs(count, |at| told.has[at] & from == 0 && told.has[at] & earlier != 0 && asked(at));
        let shared_only = runs(count, |at| {
            let telling = told.inside[at] & third;
            told.has[at] & from != 0 && telling != 0 && told.has[at] & telling == 0 && asked(at)
        });
        let (mut breaks_differ, mut breaks_shared) = (0u32, 0u32);
        for at in (0..count).filter(|&at| told.adjacent[at] & from != 0 && asked(at)) {
            let own = told.ends[at];
            if own != (told.breaks[at] & from != 0) {
                breaks_differ += 1;
                continue;
            }
            let telling = told.adjacent[at] & third;
            let otherwise = told.breaks[at] & telling == if own { 0 } else { telling };
            breaks_shared += u32::from(telling != 0 && otherwise);
        }
        Self {
            missing,
            shared_only,
            not_inherited: not_inherited(story, parent, child),
            breaks_differ: breaks_differ.into(),
            breaks_shared: breaks_shared.into(),
        }
    }
}

/// Counts the runs of tokens for which a test holds.
fn runs(count: usize, test: impl Fn(usize) -> bool) -> f64 {
    let (mut starts, mut before) = (0, false);
    for at in 0..count {
        let now = test(at);
        starts += usize::from(now && !before);
        before = now;
    }
    starts as f64
}

/// Words that only the parent has, set into a run that the child has without a break.
fn not_inherited(story: &Story, parent: usize, child: usize) -> f64 {
    let Some(pair) = story.between(parent, child) else { return 0.0 };
    let told = &story.told[parent];
    let (heir, third) = (only(child), !(only(parent) | only(child)));
    let inserted = |at: usize| told.inside[at] & heir != 0 && told.has[at] & heir == 0;
    let alone = |at: usize| told.has[at] & third == 0 && told.inside[at] & third != 0;
    (0..told.has.len())
        .filter(|&at| inserted(at) && (at == 0 || !inserted(at - 1)) && alone(at))
        .filter(|&at| is_seamless(&pair.to, at))
        .count() as f64
}

/// Whether the matched tokens on both sides of a gap stand next to each other in the other text.
fn is_seamless(to: &[u32], gap: usize) -> bool {
    let before = to[..gap].iter().rev().find(|&&at| at > 0);
    let after = to[gap..].iter().find(|&&at| at > 0);
    matches!((before, after), (Some(&before), Some(&after)) if after == before + 1)
}

/// Whether two headlines are the same but for case and punctuation.
fn same_title(a: &Dossier, b: &Dossier) -> bool {
    let words = |dossier: &Dossier| -> Vec<u64> {
        let title = dossier.article.title.as_deref().unwrap_or_default();
        language::words(title).iter().map(|word| word.hash).collect()
    };
    let (ours, theirs) = (words(a), words(b));
    !ours.is_empty() && ours == theirs
}
