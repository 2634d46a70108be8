//! The whole answer for one article: sources, lineage, verdict, evidence.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::align::{Matched, align};
use super::calibration::EDGE_NAMES;
use super::chain::{self, Path};
use super::circumstances::Circumstances;
use super::commonplace::{Part, set_aside};
use super::contradiction::{self, Contradiction};
use super::crossed;
use super::crossing::Crossing;
use super::derivation::DERIVATION_NAMES;
use super::evidence;
use super::leads::{Asked, leads};
use super::left_out;
use super::lineage::Lineage;
use super::sources::{is_source, source_match};
use super::story::{Member, Story};
use super::strands;
use super::verdict::{Case, Ruling, rule};
use super::weights::{self, UNSEEN_NAMES};
use super::witness::Witness;
use crate::language::{self, Lexicons};
use crate::model::{
    Dossier, Evidence, Figures, Lead, Outlet, QueryHead, RelatedArticle, Residue, Searched,
    SourceMatch, Thresholds, TraceReport, Verdict,
};

/// What is asked, and what it is compared with.
pub struct Question<'a> {
    pub query: &'a Witness,
    /// Articles that may share its text; each is verified on the text.
    pub candidates: &'a [Arc<Witness>],
    /// Parts of the query that more articles on file hold than a story has copies.
    pub frequent: &'a [Part],
    /// Finds candidates in other languages or words, and what judging them needs. Asked only where the query's own
    /// words leave a question open; gives `None` where such sources are not wanted.
    pub crossing: &'a dyn Fn() -> Option<Crossing<'a>>,
    pub searched: Searched,
    pub thresholds: &'a Thresholds,
    pub lexicons: &'a Lexicons,
    /// By credited party (`Credit::party`): its own articles of the query's days that are on file.
    pub named_items: &'a BTreeMap<String, u64>,
    /// Everything that the query's page shows, line by line and attribute by attribute; `None` where only a text
    /// is on file. Asked for before an accusation only.
    pub page: &'a dyn Fn() -> Option<Vec<String>>,
    /// What the store knows of the query's outlet and of these others, which share its text.
    pub circumstances: &'a dyn Fn(&[&Outlet]) -> Circumstances,
    /// Whether the figures behind the judgements are wanted.
    pub explain: bool,
}

/// Answers where an article came from.
pub fn trace(question: &Question) -> TraceReport {
    let query = Member::of(question.query);
    let (matches, left_out) = verified(&query, question);
    let same_words = copied(query.body.len(), &matches);
    let mut sources: Vec<SourceMatch> =
        matches.iter().map(|(member, matched)| source_match(&query, member, matched)).collect();
    let story = story(query, matches, question);
    let lineage = Lineage::infer(&story);
    let crossing = (same_words < crossed::EXPLAINED).then(question.crossing).flatten();
    let across = crossed::look(question.query, &sources, crossing.as_ref());
    let contradiction = contradiction::find(&story, question.named_items);
    let reworded = crossing.as_ref().filter(|_| lineage.parent[0].is_none());
    let reworded = reworded.and_then(|found| crossed::path(question.query, &across, found));
    let mut paths = paths(&story, &lineage, reworded, contradiction.as_ref());
    let main = paths.first().cloned().unwrap_or_default();
    sources.extend(across.named.iter().map(crossed::source_match));
    put_parent_first(&mut sources, &main);
    let copied = same_words.max(across.copied());
    let ruling = rule(&Case {
        story: &story,
        lineage: &lineage,
        chains: paths.iter().map(|path| path.nodes.as_slice()).collect(),
        origins: paths.iter().filter_map(|path| path.origin.as_ref()).collect(),
        searched: &question.searched,
        thresholds: question.thresholds,
        across: &across,
        copied,
        contradiction: contradiction.as_ref(),
        page: question.page,
    });
    if ruling.verdict == Verdict::Original {
        paths.clear();
    }
    let residue = residue(question.query);
    let across_says = evidence::of_across(&across.named, question.thresholds);
    let mut evidence = evidence::gather(&story, &lineage, &main, &residue, &across_says);
    let figures = if question.explain {
        evidence.extend(left_out);
        let mut figures = lineage_figures(&story, &lineage);
        figures.extend(across.figures);
        figures.extend(confidence_figures(&story, &lineage, &main, &ruling));
        figures
    } else {
        Vec::new()
    };
    let leads = leads_of(question, &sources, ruling.verdict, &residue);
    let related = across.related;
    assemble(
        question,
        Findings { copied, sources, paths, ruling, residue, evidence, related, leads, figures },
    )
}

/// The story that the matches make, with what is known of its outlets.
fn story<'a>(
    query: Member<'a>,
    matches: Vec<(Member<'a>, Matched)>,
    question: &Question<'a>,
) -> Story<'a> {
    let mut story = Story::gather(query, matches, question.thresholds);
    story.circumstances = circumstances(&story, question);
    story
}

/// What is known of the outlets in a story; nothing is asked where the query shares its text with nobody.
fn circumstances(story: &Story, question: &Question) -> Circumstances {
    let mut others: Vec<&Outlet> = Vec::new();
    for member in &story.members[1..] {
        let outlet = &member.dossier.outlet;
        if !others.iter().any(|known| known.key == outlet.key) {
            others.push(outlet);
        }
    }
    if others.is_empty() { Circumstances::default() } else { (question.circumstances)(&others) }
}

/// Whether two articles are of one outlet: what it took from itself is nobody else's copy.
pub fn is_own(query: &Dossier, other: &Dossier) -> bool {
    !query.outlet.key.is_empty() && query.outlet.key == other.outlet.key
}

/// The candidates of other outlets, each with what of the query it has, commonplaces left out.
fn aligned<'a>(query: &Member<'a>, question: &Question<'a>) -> Vec<(Member<'a>, Matched)> {
    let mut matches: Vec<(Member, Matched)> = question
        .candidates
        .iter()
        .filter(|dossier| !is_own(question.query, dossier))
        .map(|dossier| {
            let member = Member::of(dossier);
            (member, align(query.body, member.body, question.thresholds))
        })
        .collect();
    set_aside(query, &mut matches, question.frequent, question.thresholds);
    matches
}

/// Those whose text is in the query, best first; and where it is wanted, what of the others does not count.
fn verified<'a>(
    query: &Member<'a>,
    question: &Question<'a>,
) -> (Vec<(Member<'a>, Matched)>, Vec<Evidence>) {
    let mut matches = aligned(query, question);
    let left_out =
        if question.explain { left_out::evidence(question, &matches) } else { Vec::new() };
    matches.retain(|(_, matched)| is_source(query.body.len(), matched, question.thresholds));
    matches.sort_by(|(a, x), (b, y)| {
        y.words().cmp(&x.words()).then_with(|| a.dossier.address().cmp(&b.dossier.address()))
    });
    (matches, left_out)
}

/// Share of the query's words that stand in any of the matches.
fn copied(words: usize, matches: &[(Member, Matched)]) -> f64 {
    let covered = (0..words)
        .filter(|&token| matches.iter().any(|(_, matched)| matched.to_source[token] > 0))
        .count();
    covered as f64 / words.max(1) as f64
}

/// The chains, one for each source text in it; where the text is another's in other words, the one through that.
fn paths(
    story: &Story,
    lineage: &Lineage,
    reworded: Option<Path>,
    contradiction: Option<&Contradiction>,
) -> Vec<Path> {
    match (reworded, contradiction) {
        (Some(path), _) => vec![path],
        (None, Some(found)) if found.proven => vec![chain::of_item(story, lineage, found.item)],
        (None, _) if story.members.len() == 1 => chain::from_credits(story.members[0].dossier),
        (None, _) => chain::paths(story, lineage, 0),
    }
}

fn put_parent_first(sources: &mut [SourceMatch], main: &Path) {
    sources.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.url.cmp(&b.url)));
    let parent = main.nodes.first().and_then(|node| node.url.as_ref());
    if let Some(at) = sources.iter().position(|source| Some(&source.url) == parent) {
        sources[..=at].rotate_right(1);
    }
}

fn residue(query: &Dossier) -> Vec<Residue> {
    let Some(language) = &query.article.language else { return Vec::new() };
    let mut text = query.article.text();
    for line in &query.article.furniture {
        text.push('\n');
        text.push_str(line);
    }
    language::residue(&text, language)
}

/// Where to look next; only where a source is missing.
fn leads_of(
    question: &Question,
    sources: &[SourceMatch],
    verdict: Verdict,
    residue: &[Residue],
) -> Vec<Lead> {
    if !sources.is_empty() || verdict == Verdict::Original {
        return Vec::new();
    }
    leads(&Asked {
        query: question.query,
        residue,
        lexicons: question.lexicons,
        languages: &question.searched.languages,
    })
}

/// What has been found, before it is a report.
struct Findings {
    copied: f64,
    sources: Vec<SourceMatch>,
    paths: Vec<Path>,
    ruling: Ruling,
    residue: Vec<Residue>,
    evidence: Vec<Evidence>,
    related: Vec<RelatedArticle>,
    leads: Vec<Lead>,
    figures: Vec<Figures>,
}

/// What each possible parent's weight was made from.
fn lineage_figures(story: &Story, lineage: &Lineage) -> Vec<Figures> {
    let query = story.members[0].dossier;
    let nobody = super::lineage::credits_nobody(story, 0);
    let unseen = Figures {
        kind: "unseen".into(),
        about: query.address(),
        result: weights::unseen(&query.article.credits, nobody),
        values: named(&UNSEEN_NAMES, &weights::unseen_values(&query.article.credits, nobody)),
    };
    (1..story.members.len())
        .filter_map(|parent| {
            let features = lineage.pairs[parent][0]?;
            Some(Figures {
                kind: "derivation".into(),
                about: story.members[parent].dossier.address(),
                result: weights::derivation(&features),
                values: named(&DERIVATION_NAMES, &features.values()),
            })
        })
        .chain(std::iter::once(unseen))
        .collect()
}

/// What the probabilities of the first edge, the origin and the verdict were made from.
fn confidence_figures(
    story: &Story,
    lineage: &Lineage,
    main: &Path,
    ruling: &Ruling,
) -> Vec<Figures> {
    let figures = |kind: &str, about: &str, result: f64, share: f64| Figures {
        kind: kind.into(),
        about: about.into(),
        result,
        values: named(&["share"], &[share]),
    };
    let edge = main.nodes.first().zip(strands::main_edge(story, lineage, 0));
    let origin = main.origin.as_ref().filter(|_| !main.basis.0.is_empty());
    edge.map(|(node, edge)| {
        let mut of_edge = figures("edge", "edge", node.confidence, edge.share);
        of_edge.values.extend(named(&EDGE_NAMES, &edge.values()));
        of_edge
    })
    .into_iter()
    .chain(origin.map(|origin| figures("origin", main.basis.0, origin.confidence, main.basis.1)))
    .chain(std::iter::once(figures("verdict", ruling.reason, ruling.confidence, 1.0)))
    .collect()
}

/// Figures by their names.
pub fn named(names: &[&str], values: &[f64]) -> BTreeMap<String, f64> {
    names.iter().map(|name| (*name).to_owned()).zip(values.iter().copied()).collect()
}

fn assemble(question: &Question, findings: Findings) -> TraceReport {
    let article = &question.query.article;
    let origins = findings.paths.iter().filter_map(|path| path.origin.clone()).collect::<Vec<_>>();
    let chains: Vec<_> = findings.paths.into_iter().map(|path| path.nodes).collect();
    TraceReport {
        query: QueryHead {
            url: article.url.clone(),
            id: question.query.id,
            user_id: article.user_id.clone(),
            file: article.file.clone(),
            outlet: Some(question.query.outlet.name.clone()).filter(|name| !name.is_empty()),
            title: article.title.clone(),
            published: article.published.as_ref().map(|moment| moment.text.clone()),
            language: article.language.clone(),
            paragraphs: article.paragraphs.len(),
        },
        searched: question.searched.clone(),
        verdict: findings.ruling.verdict,
        says: findings.ruling.says,
        confidence: findings.ruling.confidence,
        attribution: findings.ruling.attribution,
        copied: findings.copied,
        origin: origins.first().cloned(),
        origins,
        chain: chains.first().cloned().unwrap_or_default(),
        chains,
        sources: findings.sources,
        related: findings.related,
        leads: findings.leads,
        credits: article.credits.clone(),
        residue: findings.residue,
        evidence: findings.evidence,
        figures: findings.figures,
        thresholds: question.thresholds.table(),
        comparisons: Vec::new(),
    }
}
