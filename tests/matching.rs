//! What holds of matching whatever the texts: edits are found, strangers are not, spans are the text.

#[path = "../benches/generator/mod.rs"]
#[allow(dead_code, reason = "the benches need what these tests do not")]
mod generator;

use copytrail::model::{Article, Dossier, Paragraph, Thresholds};
use copytrail::tracer::{self, Body, Matched, is_source};
use copytrail::{fingerprinter, language};
use generator::{Dice, Generator, Kind};
use proptest::prelude::*;

fn body(text: &str) -> Body {
    Body::new(&article(text))
}

fn article(text: &str) -> Article {
    let paragraph = |text: &str| Paragraph { text: text.to_owned(), ..Paragraph::default() };
    Article { paragraphs: text.split("\n\n").map(paragraph).collect(), ..Article::default() }
}

fn aligned(query: &Body, source: &Body) -> Matched {
    tracer::align(query, source, &Thresholds::default())
}

fn is_copy(query: &Body, source: &Body) -> bool {
    is_source(query.len(), &aligned(query, source), &Thresholds::default())
}

/// A change at a word, by its place in the text.
#[derive(Debug, Clone)]
enum Change {
    Another(usize),
    Drop(usize),
    Insert(usize),
}

/// A text of 40 to 120 words, and changes at up to one in eight of them.
fn edited() -> impl Strategy<Value = (Vec<String>, Vec<Change>)> {
    prop::collection::vec("[a-z]{4,9}", 40..120).prop_flat_map(|words| {
        let place = 0..words.len();
        let change = prop_oneof![
            place.clone().prop_map(Change::Another),
            place.clone().prop_map(Change::Drop),
            place.prop_map(Change::Insert),
        ];
        let most = words.len() / 8;
        (Just(words), prop::collection::vec(change, 0..=most))
    })
}

/// The text with the changes; what comes in is in no text of small letters.
fn changed(words: &[String], changes: &[Change]) -> String {
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let here = |change: &&Change| match change {
            Change::Another(place) | Change::Drop(place) | Change::Insert(place) => *place == at,
        };
        let mut kept = Some(word.clone());
        for change in changes.iter().filter(here) {
            match change {
                Change::Another(_) => kept = Some(format!("Neu{at}")),
                Change::Drop(_) => kept = None,
                Change::Insert(_) => out.push(format!("Dazu{at}")),
            }
        }
        out.extend(kept);
    }
    out.join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_edit_of_one_word_in_eight_matches((words, changes) in edited()) {
        let (original, copy) = (body(&words.join(" ")), body(&changed(&words, &changes)));
        prop_assert!(is_copy(&copy, &original));
        prop_assert!(is_copy(&original, &copy));
    }

    #[test]
    fn alignment_is_the_same_from_both_sides((words, changes) in edited(), turn in 0usize..120, breaks in 1usize..5) {
        // Moved text and other paragraph breaks with it.
        let edited = changed(&words, &changes);
        let mut moved: Vec<&str> = edited.split(' ').collect();
        let middle = turn % moved.len();
        moved.rotate_left(middle);
        let moved: Vec<String> = moved.chunks(moved.len().div_ceil(breaks)).map(|part| part.join(" ")).collect();
        let (a, b) = (body(&words.join(" ")), body(&moved.join("\n\n")));
        let (there, back) = (aligned(&a, &b), aligned(&b, &a));
        prop_assert_eq!(there.words(), back.source_words);
        prop_assert_eq!(there.source_words, back.words());
        for (ours, theirs) in there.to_source.iter().enumerate().filter(|(_, at)| **at > 0) {
            prop_assert_eq!(back.to_source[*theirs as usize - 1] as usize, ours + 1);
        }
    }

    #[test]
    fn a_span_is_the_text_at_its_offsets((words, changes) in edited(), breaks in 1usize..5) {
        let parts: Vec<String> = words.chunks(words.len().div_ceil(breaks)).map(|part| part.join(" ")).collect();
        let (ours, theirs) = (article(&changed(&words, &changes)), article(&parts.join("\n\n")));
        let (a, b) = (Body::new(&ours), Body::new(&theirs));
        let found = tracer::describe(&a, &b, &aligned(&a, &b));
        let mut total = 0;
        for span in &found.spans {
            let cut = |article: &Article, paragraph: usize, (from, to): (usize, usize)| {
                article.paragraphs[paragraph].text[from..to].to_owned()
            };
            let query = cut(&ours, span.query_paragraph, span.query);
            let source = cut(&theirs, span.source_paragraph, span.source);
            prop_assert_eq!(&query, &source);
            prop_assert_eq!(language::words(&query).len(), span.words);
            total += span.words;
        }
        prop_assert_eq!(total, found.words);
    }
}

/// A text of words that have nothing to do with one another, frequent ones often as in a language.
fn unrelated() -> impl Strategy<Value = String> {
    prop::collection::vec((0u32..12, any::<u32>()), 60..300).prop_map(|words| {
        let word = |(bits, number): (u32, u32)| format!("w{}", number % (1 << bits));
        words.into_iter().map(word).collect::<Vec<_>>().join(" ")
    })
}

proptest! {
    #[test]
    fn unrelated_texts_do_not_match(ours in unrelated(), theirs in unrelated()) {
        prop_assert!(!is_copy(&body(&ours), &body(&theirs)));
    }
}

#[test]
fn forms_and_quotations_are_told_from_copies() {
    let report = |points: [&str; 4]| {
        format!(
            "The index of leading shares closed the session {} points higher at {} on a turnover of {} million crowns, and traders at the exchange counted {} losers among the titles that make it up.",
            points[0], points[1], points[2], points[3],
        )
    };
    let (today, yesterday) =
        (report(["12", "3,456", "880", "14"]), report(["31", "3,444", "915", "9"]));
    let matched = aligned(&body(&today), &body(&yesterday));
    assert_eq!((matched.words(), matched.rejected.len()), (0, 1), "the same form filled in anew");
    let quoted = "“We will not close the harbour before the last of the boats is safely back in it,” the mayor said";
    let ours = body(&format!(
        "The council met on Monday in the old town hall. {quoted} after the meeting."
    ));
    let theirs = body(&format!(
        "Fishermen had feared for their berths since the spring. {quoted} to loud applause."
    ));
    let matched = aligned(&ours, &theirs);
    assert_eq!((matched.words(), matched.rejected.len()), (0, 1), "a statement that both carry");
}

/// An article of thirty paragraphs of its own and one of 40 words that another article has, and that article.
fn with_foreign(generator: &Generator, number: u64) -> (Article, Article) {
    let plan = generator.plan(number);
    let made = generator.article(number);
    let mut paragraphs = made.paragraphs;
    let mut next = number * 1_000 + 100_000;
    while paragraphs.len() < 31 {
        next += 1;
        let other = generator.article(next);
        if generator.plan(next).kind == Kind::Own && other.language == made.language {
            paragraphs.extend(other.paragraphs);
        }
    }
    paragraphs.truncate(31);
    (
        article(&paragraphs.join("\n\n")),
        article(&generator.article(plan.parent).paragraphs.join("\n\n")),
    )
}

/// Share of the articles with a foreign paragraph whose source is found, by index and by alignment.
fn found(kind: Kind) -> (f64, f64) {
    const CASES: usize = 150;
    let generator = Generator::new(5);
    let numbers = (0..).filter(|n| {
        let plan = generator.plan(*n);
        plan.kind == kind && generator.holds_foreign(plan)
    });
    let (mut candidates, mut copies) = (0, 0);
    for number in numbers.take(CASES) {
        let (ours, theirs) = with_foreign(&generator, number);
        let print = |article: &Article| fingerprinter::fingerprint(article).shingles;
        let source = print(&theirs);
        let shared = print(&ours).iter().filter(|key| source.binary_search(key).is_ok()).count();
        candidates += usize::from(shared >= 2);
        copies += usize::from(is_copy(&Body::new(&ours), &Body::new(&theirs)));
    }
    (candidates as f64 / CASES as f64, copies as f64 / CASES as f64)
}

#[test]
fn one_foreign_paragraph_among_thirty_is_found() {
    for (kind, least) in [(Kind::Inserted, 0.99), (Kind::InsertedEdited, 0.97)] {
        let (candidates, copies) = found(kind);
        println!(
            "{}: {:.1} % in the index, {:.1} % aligned",
            kind.name(),
            100.0 * candidates,
            100.0 * copies
        );
        assert!(candidates >= least && copies >= least, "{}: {candidates} {copies}", kind.name());
    }
}

/// Paragraphs of 40 words, and the same with one word in eight another.
fn paragraphs(generator: &Generator, count: usize) -> Vec<(String, String)> {
    let own = (0..).filter(|number| generator.plan(*number).kind == Kind::Own);
    let long = own.flat_map(|number| generator.article(number).paragraphs);
    let long = long.filter(|text| text.split(' ').count() >= 40);
    let mut dice = Dice::new(11);
    let mut before: Vec<String> = vec!["anders".into()];
    long.take(count)
        .map(|text| {
            let words: Vec<&str> = text.split(' ').take(40).collect();
            let changed = words.iter().map(|word| match dice.below(8) {
                0 => dice.pick(&before).clone(),
                _ => (*word).to_owned(),
            });
            let changed: Vec<String> = changed.collect();
            before = words.iter().map(|word| (*word).to_owned()).collect();
            (words.join(" "), changed.join(" "))
        })
        .collect()
}

/// What a search by SimHash would add to the index of shingles: printed, and the reason why there is none.
#[test]
fn simhash_adds_nothing_to_what_shingles_find() {
    const PAIRS: usize = 1_500;
    let pairs = paragraphs(&Generator::new(7), PAIRS);
    let shingles = |text: &str| fingerprinter::shingles(text, &language::words(text));
    let simhash = |text: &str| fingerprinter::simhash(&language::normal_form(text));
    let prints: Vec<(u64, u64)> = pairs.iter().map(|(a, b)| (simhash(a), simhash(b))).collect();
    let by_shingles: Vec<bool> = pairs
        .iter()
        .map(|(a, b)| {
            let held = shingles(a);
            shingles(b).iter().any(|key| held.binary_search(key).is_ok())
        })
        .collect();
    let share = |count: usize, of: usize| 100.0 * count as f64 / of as f64;
    let found = by_shingles.iter().filter(|found| **found).count();
    println!("shingles find {:.1} % of {PAIRS}", share(found, PAIRS));
    for radius in [3, 6, 8, 10, 12, 14, 16] {
        let within = |(a, b): &(u64, u64)| fingerprinter::distance(*a, *b) <= radius;
        let near = prints.iter().filter(|pair| within(pair)).count();
        let only =
            prints.iter().zip(&by_shingles).filter(|(pair, by)| !**by && within(pair)).count();
        let strangers = prints
            .iter()
            .enumerate()
            .flat_map(|(at, (a, _))| prints[at + 1..].iter().map(|(_, b)| (*a, *b)));
        let wrong = strangers.filter(within).count();
        println!(
            "radius {radius}: {:.1} % within, {only} of them by no shingle; {:.4} % of unrelated pairs",
            share(near, PAIRS),
            share(wrong, PAIRS * (PAIRS - 1) / 2),
        );
    }
    assert!(found * 100 >= PAIRS * 98, "shingles find {found} of {PAIRS}");
}

#[test]
fn a_dossier_is_compared_with_itself_as_exact() {
    let generator = Generator::new(3);
    let text = generator.article(1).paragraphs.join("\n\n");
    let witness =
        || tracer::Witness::new(Dossier { article: article(&text), ..Dossier::default() });
    let comparison = tracer::compare(witness(), witness(), &Thresholds::default(), None);
    assert!((comparison.alignment.copied - 1.0).abs() < 1e-9);
    assert_eq!(comparison.relation, Some(copytrail::model::Relation::Exact));
}
