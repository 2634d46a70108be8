//! `/outlet/KEY`: what is on file of an outlet, sorted and filtered; `/outlet/KEY/articles.csv`.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

use super::super::app::App;
use super::super::problem::Problem;
use super::super::words::{ENGLISH, Words};
use super::asked::Values;
use super::result::saved;
use super::{Answer, Page};
use crate::model::{ArticleRow, Coverage, Report};
use crate::workflow::{self, Context, Filter};

/// Articles that are sorted and filtered; of more, the earliest of the period.
const MOST: usize = 20_000;
/// Articles on a page.
const ROWS: usize = 100;
/// Months in the picture.
const MONTHS: usize = 36;

/// An outlet's page.
pub(super) fn place(key: &str) -> String {
    let key: String = form_urlencoded::byte_serialize(key.as_bytes()).collect();
    format!("/outlet/{}", key.replace('+', "%20"))
}

#[derive(Template)]
#[template(path = "pages/outlet.html")]
struct OutletPage<'a> {
    w: &'a Words,
    here: &'a str,
    name: &'a str,
    path: &'a str,
    values: &'a Values,
    heads: Vec<Head>,
    rows: &'a [ArticleRow],
    found: usize,
    cut: bool,
    months: Vec<Month>,
    before: Option<String>,
    after: Option<String>,
    csv: String,
}

/// A column that can be sorted by.
struct Head {
    word: &'static str,
    /// `number`, or empty.
    kind: &'static str,
    href: String,
    /// `ascending`, `descending`, or empty.
    sorted: &'static str,
}

/// A month's articles, as a bar.
struct Month {
    name: String,
    articles: u64,
    x: usize,
    y: u64,
    height: u64,
}

/// The columns, by the names under which the address asks for their order.
static COLUMNS: [(&str, &str); 4] = [
    ("published", ENGLISH.published),
    ("title", ENGLISH.title),
    ("language", ENGLISH.text_language),
    ("words", ENGLISH.words),
];

/// The articles that the address asks for, in its order.
fn sorted(mut rows: Vec<ArticleRow>, values: &Values) -> Vec<ArticleRow> {
    if let Some(words) = values.text("q") {
        let words = words.to_lowercase();
        rows.retain(|row| {
            let title = row.title.as_deref().unwrap_or_default().to_lowercase();
            title.contains(&words)
        });
    }
    match values.text("sort") {
        Some("title") => rows.sort_by_cached_key(|row| row.title.as_deref().map(str::to_lowercase)),
        Some("language") => rows.sort_by(|a, b| a.language.cmp(&b.language)),
        Some("words") => rows.sort_by_key(|row| row.words),
        // The store's own order is that of time.
        _ => {}
    }
    if values.text("order") == Some("down") {
        rows.reverse();
    }
    rows
}

fn rows(context: &Context, key: &str, values: &Values) -> Result<(Vec<ArticleRow>, bool), Problem> {
    let filter = Filter {
        outlet: Some(key.to_owned()),
        from: values.owned("from"),
        to: values.owned("to"),
        limit: Some(MOST),
        ..Filter::default()
    };
    let rows = workflow::list(context, &filter)?;
    let cut = rows.len() >= MOST;
    Ok((sorted(rows, values), cut))
}

pub(super) async fn outlet(
    State(app): State<App>,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let values = Values::of(query);
    Ok(app.look(move |context| page(context, &key, &values)).await?)
}

fn page(context: &Context, key: &str, values: &Values) -> Result<Response, Problem> {
    let (all, cut) = rows(context, key, values)?;
    let only = Filter { outlet: Some(key.to_owned()), ..Filter::default() };
    let days = workflow::coverage(context, &only)?;
    if days.is_empty() {
        return Err(Problem::not_found(ENGLISH.outlet_unknown));
    }
    let name = days.first().map_or(key, |day| day.outlet.as_str());
    let from = values.number("at").unwrap_or(0).min(all.len());
    let shown = all.get(from..all.len().min(from + ROWS)).unwrap_or_default();
    let path = place(key);
    let at = |from: usize| values.with(&path, "at", Some(&from.to_string()));
    let page = OutletPage {
        w: &ENGLISH,
        here: "",
        name,
        path: &path,
        heads: heads(&path, values),
        rows: shown,
        found: all.len(),
        cut,
        months: months(&days),
        before: (from > 0).then(|| at(from.saturating_sub(ROWS))),
        after: (from + ROWS < all.len()).then(|| at(from + ROWS)),
        csv: values.with(&format!("{path}/articles.csv"), "at", None),
        values,
    };
    Ok(Page(page).into_response())
}

fn heads(path: &str, values: &Values) -> Vec<Head> {
    let by = values.text("sort").unwrap_or("published");
    let down = values.text("order") == Some("down");
    COLUMNS
        .iter()
        .map(|(name, word)| {
            let turned = *name == by && !down;
            let sorted = match (*name == by, down) {
                (true, false) => "ascending",
                (true, true) => "descending",
                (false, _) => "",
            };
            let by_it = values.with(path, "sort", Some(name));
            let by_it = Values::of(by_it.split_once('?').map(|(_, query)| query.to_owned()));
            let kind = if *name == "words" { "number" } else { "" };
            let href = by_it.with(path, "order", turned.then_some("down"));
            Head { word, kind, href, sorted }
        })
        .collect()
}

/// Articles by month, the last of them; heights in hundredths of the tallest.
fn months(days: &[Coverage]) -> Vec<Month> {
    let mut months: Vec<(String, u64)> = Vec::new();
    for day in days {
        let Some(month) = day.day.as_deref().and_then(|day| day.get(..7)) else { continue };
        match months.last_mut() {
            Some((last, articles)) if last == month => *articles += day.articles,
            _ => months.push((month.to_owned(), day.articles)),
        }
    }
    let skipped = months.len().saturating_sub(MONTHS);
    let most = months.iter().skip(skipped).map(|(_, articles)| *articles).max().unwrap_or(1).max(1);
    let shown = months.into_iter().skip(skipped).enumerate();
    shown
        .map(|(at, (name, articles))| {
            let height = (articles * 100 / most).max(1);
            Month { name, articles, x: at * 20, y: 100 - height, height }
        })
        .collect()
}

/// The same list as a table for other programs.
pub(super) async fn csv(
    State(app): State<App>,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let values = Values::of(query);
    let work =
        move |context: &_| saved(&Report::List(rows(context, &key, &values)?.0), "articles.csv");
    Ok(app.look(work).await?)
}
