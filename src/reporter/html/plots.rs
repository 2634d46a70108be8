//! Plots of an audit: bars in tables, whose numbers stand beside them, and months as a chart with a description.

use askama::Template;

use crate::model::{AuditArticle, AuditPeriod, AuditSource};
use crate::reporter::ReportError;
use crate::reporter::audit_wording::{delay, kind, licences};
use crate::reporter::wording::{count, percent, thousands};

use super::finished;

/// Units of a bar's line.
const LINE: f64 = 1_000.0;
/// Rows of a table of sources; CSV and JSON have all.
const SHOWN: usize = 20;

/// What a bar's part stands for: its class, word, and where it lies across the bar, so that colour says nothing alone.
type Meaning = (&'static str, &'static str, (usize, usize));
const CREDITED: Meaning = ("credited", "credited", (2, 16));
const UNCREDITED: Meaning = ("uncredited", "not credited", (6, 8));
const WRONG: Meaning = ("wrong", "wrongly credited", (8, 4));
const PLAIN: Meaning = ("plain", "", (2, 16));

#[derive(Template)]
#[template(path = "bars.html")]
struct Bars {
    caption: &'static str,
    heads: Vec<&'static str>,
    rows: Vec<Bar>,
    legend: Vec<Meaning>,
}

struct Bar {
    name: String,
    cells: Vec<String>,
    says: String,
    parts: Vec<Part>,
}

/// A part of a bar, from `start`; `across` is where it lies the other way, with its thickness.
struct Part {
    kind: &'static str,
    start: usize,
    length: usize,
    across: (usize, usize),
}

/// Parts one after the other, each as long as its share of `whole`.
fn parts(shares: &[(Meaning, u64)], whole: u64) -> Vec<Part> {
    let mut at = 0.0;
    let mut parts = Vec::new();
    for ((kind, _, across), number) in shares {
        let length = LINE * *number as f64 / whole.max(1) as f64;
        if *number > 0 {
            parts.push(Part {
                kind,
                start: units(at),
                length: units(length).max(2),
                across: *across,
            });
        }
        at += length;
    }
    parts
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 1,000
fn units(units: f64) -> usize {
    units.clamp(0.0, LINE).round() as usize
}

/// Whose copy it is, the largest source as long as its line; `None` without sources.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn sources(
    sources: &[AuditSource],
    caption: &'static str,
) -> Result<Option<String>, ReportError> {
    let Some(most) = sources.iter().map(|source| source.articles).max() else { return Ok(None) };
    let rows = sources
        .iter()
        .take(SHOWN)
        .map(|source| {
            let wrong = source.articles.saturating_sub(source.attributed + source.unattributed);
            let credited = thousands(source.attributed);
            let not = thousands(source.unattributed);
            Bar {
                name: format!("{} ({})", source.outlet, kind(Some(source.kind))),
                says: format!(
                    "{}, {credited} credited, {not} not",
                    count(source.articles, "article", "articles")
                ),
                cells: vec![
                    thousands(source.articles),
                    percent(source.share),
                    credited,
                    not,
                    delay(&source.delay),
                    licences(&source.licences),
                ],
                parts: parts(
                    &[
                        (CREDITED, source.attributed),
                        (UNCREDITED, source.unattributed),
                        (WRONG, wrong),
                    ],
                    most,
                ),
            }
        })
        .collect();
    let heads =
        vec!["Source", "Articles", "Share", "Credited", "Not", "Delay (quartiles)", "Licence"];
    let (heads, rows) = without_empty_end(heads, rows);
    let legend = vec![CREDITED, UNCREDITED, (WRONG.0, "neither, or wrongly", WRONG.2)];
    Ok(Some(finished(&Bars { caption, heads, rows, legend })?))
}

/// A last column in which nothing stands is none.
fn without_empty_end(mut heads: Vec<&str>, mut rows: Vec<Bar>) -> (Vec<&str>, Vec<Bar>) {
    if rows.iter().all(|row| row.cells.last().is_some_and(String::is_empty)) {
        heads.pop();
        for row in &mut rows {
            row.cells.pop();
        }
    }
    (heads, rows)
}

/// Upper bounds in minutes of what is counted together.
const STEPS: [(f64, &str); 9] = [
    (0.0, "before the source"),
    (15.0, "up to 15 min"),
    (60.0, "up to 1 h"),
    (180.0, "1 to 3 h"),
    (720.0, "3 to 12 h"),
    (1_440.0, "12 to 24 h"),
    (4_320.0, "1 to 3 days"),
    (10_080.0, "3 to 7 days"),
    (f64::INFINITY, "more than 7 days"),
];

/// How late the copies are; `None` where no delay is known.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn delays(articles: &[AuditArticle]) -> Result<Option<String>, ReportError> {
    let mut counts = [0u64; STEPS.len()];
    let mut by_day = 0;
    for (low, high) in articles.iter().filter_map(|a| a.delay_low.zip(a.delay_high)) {
        if high > low {
            by_day += 1;
            continue;
        }
        let step = STEPS.iter().position(|(bound, _)| low < *bound).unwrap_or(STEPS.len() - 1);
        counts[step] += 1;
    }
    let all: u64 = counts.iter().sum::<u64>() + by_day;
    if all == 0 {
        return Ok(None);
    }
    let most = counts.iter().copied().max().unwrap_or(0).max(by_day);
    let bar = |name: &str, number: u64| Bar {
        name: name.to_owned(),
        cells: vec![thousands(number), percent(number as f64 / all as f64)],
        says: count(number, "copy", "copies"),
        parts: parts(&[(PLAIN, number)], most),
    };
    let mut rows: Vec<Bar> =
        STEPS.iter().zip(counts).map(|((_, name), number)| bar(name, number)).collect();
    rows.push(bar("known to the day only", by_day));
    rows.retain(|row| !row.parts.is_empty());
    let caption = "Time from the source's publication to the copy's";
    let heads = vec!["Later by", "Copies", "Share"];
    Ok(Some(finished(&Bars { caption, heads, rows, legend: vec![] })?))
}

/// All in the chart's own units, which are CSS pixels at full size.
const LEFT: usize = 52;
const TOP: usize = 8;
const CHART: usize = 180;
const BELOW: usize = 24;
const MONTH: usize = 26;
const LEAST_MONTHS: usize = 22;
/// Months between two labels.
const LABELLED: usize = 3;

#[derive(Template)]
#[template(path = "months.html")]
struct Months<'a> {
    id: &'a str,
    title: &'static str,
    description: String,
    width: usize,
    height: usize,
    left: usize,
    lines: Vec<(usize, &'static str)>,
    bars: Vec<Month<'a>>,
}

struct Month<'a> {
    x: usize,
    parts: Vec<Part>,
    label: Option<&'a str>,
}

/// The share of copies by month, as a chart and as a table; `None` where fewer than two months are known. All ids
/// begin with `id`.
///
/// # Errors
/// Where the page cannot be written: a bug.
pub fn months(periods: &[AuditPeriod], id: &str) -> Result<Option<String>, ReportError> {
    let dated: Vec<(&str, &AuditPeriod)> =
        periods.iter().filter_map(|period| Some((period.month.as_deref()?, period))).collect();
    if dated.len() < 2 {
        return Ok(None);
    }
    let share = |number: u64, of: u64| percent(number as f64 / of.max(1) as f64);
    let said = dated.iter().map(|(month, p)| format!("{month} {}", share(p.copied, p.articles)));
    let description = format!("Copied articles by month: {}", said.collect::<Vec<_>>().join(", "));
    let months = dated
        .iter()
        .enumerate()
        .map(|(at, (month, period))| Month {
            x: LEFT + at * MONTH + 4,
            parts: upright(period),
            label: at.is_multiple_of(LABELLED).then_some(*month),
        })
        .collect();
    let line = |hundredths: usize| TOP + CHART - CHART * hundredths / 100;
    let chart = finished(&Months {
        id,
        title: "Share of copies by month",
        description,
        width: LEFT + MONTH * dated.len().max(LEAST_MONTHS),
        height: TOP + CHART + BELOW,
        left: LEFT,
        lines: vec![(line(0), "0%"), (line(50), "50%"), (line(100), "100%")],
        bars: months,
    })?;
    let rows = dated
        .iter()
        .map(|(month, period)| Bar {
            name: (*month).to_owned(),
            cells: vec![
                thousands(period.articles),
                thousands(period.copied),
                share(period.copied, period.articles),
                thousands(period.attributed),
                thousands(period.unattributed),
                percent(period.copied_words_share),
            ],
            says: format!("{} copied", share(period.copied, period.articles)),
            parts: parts(&stack(period), period.articles),
        })
        .collect();
    let heads = vec!["Month", "Articles", "Copied", "Share", "Credited", "Not", "Share of words"];
    let legend = vec![CREDITED, UNCREDITED, WRONG];
    let caption = "Copies by month, as a share of the month's articles";
    Ok(Some(chart + &finished(&Bars { caption, heads, rows, legend })?))
}

fn stack(period: &AuditPeriod) -> [(Meaning, u64); 3] {
    let wrong = period.copied.saturating_sub(period.attributed + period.unattributed);
    [(CREDITED, period.attributed), (UNCREDITED, period.unattributed), (WRONG, wrong)]
}

/// A month's bar, drawn upwards.
fn upright(period: &AuditPeriod) -> Vec<Part> {
    let lying = parts(&stack(period), period.articles);
    let scale = |units: usize| units * CHART / 1_000;
    lying
        .into_iter()
        .map(|part| Part {
            start: TOP + CHART - scale(part.start + part.length).min(CHART),
            length: scale(part.length).max(1),
            ..part
        })
        .collect()
}
