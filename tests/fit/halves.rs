//! Half articles for the fit, made from a suite's queries: a stretch of one put into another that has no source on file.

use serde_json::{Value, json};

use super::dice::Dice;

/// Parts that a copy gives, in hundredths of its paragraphs, and that it has of the whole article.
const GIVEN: std::ops::Range<u64> = 35..75;
const SHARE: std::ops::Range<u64> = 30..70;
/// Sentences of a paragraph where a query has too few.
const SENTENCES: usize = 2;
const FEW_PARAGRAPHS: usize = 4;

/// A made article.
pub struct Half {
    /// As `trace` reads it.
    pub line: Value,
    /// The query that the stretch was taken from.
    pub of: String,
}

/// A suite's queries with their languages, and whether their source is on file.
pub fn halves(queries: &[(Value, String, bool)], each: usize, seed: u64) -> Vec<Half> {
    let mut dice = Dice::new(seed);
    let mut made = Vec::new();
    for (query, language, _) in queries {
        for _ in 0..each {
            let hosts: Vec<&Value> = queries
                .iter()
                .filter(|(host, other, on_file)| !on_file && other == language && host != query)
                .map(|(host, ..)| host)
                .collect();
            if hosts.is_empty() {
                continue;
            }
            let host = *dice.pick::<&Value>(&hosts);
            let line = put_into(query, host, (made.len(), language), &mut dice);
            made.push(Half { line, of: query["url"].as_str().unwrap().to_owned() });
        }
    }
    made
}

fn put_into(
    query: &Value,
    host: &Value,
    (number, language): (usize, &str),
    dice: &mut Dice,
) -> Value {
    let given = paragraphs(query);
    let kept = (given.len() * roll(dice, GIVEN)).div_ceil(100).clamp(1, given.len());
    let start = roll(dice, 0..(given.len() - kept + 1) as u64);
    let part = &given[start..start + kept];
    let length = |part: &[String]| part.iter().map(String::len).sum::<usize>();
    let share = roll(dice, SHARE);
    let wanted = length(part) * (100 - share) / share;
    let mut own: Vec<String> = Vec::new();
    for paragraph in paragraphs(host) {
        if length(&own) >= wanted {
            break;
        }
        own.push(paragraph);
    }
    let at = roll(dice, 0..own.len() as u64 + 1);
    own.splice(at..at, part.iter().cloned());
    let title = if dice.below(2) == 0 { &host["title"] } else { &query["title"] };
    json!({
        "url": format!("https://half.example/{number}"), "outlet": "half.example", "title": title,
        "language": language, "text": own.join("\n\n"),
    })
}

fn roll(dice: &mut Dice, within: std::ops::Range<u64>) -> usize {
    usize::try_from(within.start + dice.below(within.end - within.start)).unwrap()
}

fn paragraphs(query: &Value) -> Vec<String> {
    let text = query["text"].as_str().unwrap();
    let parts: Vec<String> =
        text.split("\n\n").filter(|part| !part.trim().is_empty()).map(str::to_owned).collect();
    if parts.len() >= FEW_PARAGRAPHS {
        return parts;
    }
    let whole = parts.join(" ");
    let sentences: Vec<&str> =
        copytrail::language::sentences(&whole).into_iter().map(|range| &whole[range]).collect();
    sentences.chunks(SENTENCES).map(|chunk| chunk.join(" ")).collect()
}
