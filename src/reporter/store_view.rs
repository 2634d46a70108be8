//! The store as text: its figures, what it covers, its soundness, what was taken out or rebuilt.

use crate::model::{
    CheckReport, Coverage, FormatRow, LanguageRow, LexiconRow, PackRow, Stats, TraceState,
};

use super::Look;
use super::page::{Line, Page, Tone};
use super::table::{Column, table};
use super::wording::{count, percent, thousands};

/// Figures of a store.
pub(super) fn stats(stats: &Stats, look: &Look) -> String {
    let mut page = Page::new(*look);
    let mut rows: Vec<Vec<String>> = [
        ("articles", stats.articles),
        ("revisions", stats.revisions),
        ("paragraphs", stats.paragraphs),
        ("outlets", stats.outlets),
        ("credits", stats.credits),
        ("sightings", stats.sightings),
        ("captures", stats.captures),
    ]
    .into_iter()
    .map(|(name, number)| vec![name.to_owned(), thousands(number), String::new()])
    .collect();
    for (name, bytes, of_text) in [
        ("text", stats.text_bytes, false),
        ("matching indexes", stats.index_bytes, true),
        ("store file", stats.store_bytes, true),
        ("captures file", stats.capture_bytes, true),
    ] {
        let share = if of_text && stats.text_bytes > 0 {
            format!("{:.2} of the text's size", bytes as f64 / stats.text_bytes as f64)
        } else {
            String::new()
        };
        rows.push(vec![name.to_owned(), size(bytes), share]);
    }
    page.block(&table(look, &[Column::Short(""), Column::Number(""), Column::Text("")], &rows));
    if let (Some(from), Some(to)) = (&stats.from, &stats.to) {
        page.line("", "  ", &Line::new().plain(&format!("Published {from} to {to}.")));
    }
    if !stats.languages.is_empty() {
        let total: u64 = stats.languages.iter().map(|(_, n)| n).sum();
        let all: Vec<String> = stats
            .languages
            .iter()
            .map(|(name, n)| {
                format!("{name} {} ({})", thousands(*n), percent(*n as f64 / total.max(1) as f64))
            })
            .collect();
        page.line("", "  ", &Line::new().plain(&format!("Languages: {}.", all.join(", "))));
    }
    if !stats.packs.is_empty() {
        let articles = stats.packs.iter().map(|pack| pack.articles).sum();
        let packs = count(stats.packs.len() as u64, "index pack", "index packs");
        let says = format!("{packs} with {} articles, for leads alone.", thousands(articles));
        page.line("", "  ", &Line::new().plain(&says));
    }
    outcomes(&mut page, &stats.outcomes);
    schemes(&mut page, stats);
    page.into_text()
}

fn outcomes(page: &mut Page, state: &TraceState) {
    let TraceState { traced, stale, untraced, .. } = *state;
    if traced + stale + untraced == 0 {
        return;
    }
    let mut says = vec![
        format!("Traced and kept: {}", thousands(traced)),
        format!("{} to be traced again, {} never traced", thousands(stale), thousands(untraced)),
    ];
    if state.unplaced > 0 {
        let texts = count(state.unplaced, "text", "texts");
        says.push(format!("{texts} came since the last look at whose stories they touch"));
    }
    if stale + untraced + state.unplaced > 0 {
        says.push("`copytrail trace --all` does it".to_owned());
    }
    page.line("", "  ", &Line::new().plain(&says.join("; ")).plain("."));
}

fn schemes(page: &mut Page, stats: &Stats) {
    for (name, stands_at, build) in &stats.schemes {
        let line = if stands_at == build {
            Line::new().plain(&format!("Index {name}: version {build}."))
        } else {
            let old =
                format!("version {stands_at}, this build makes {build}; run `copytrail rebuild`.");
            Line::new().plain(&format!("Index {name}: ")).tone(Tone::Bad, &old)
        };
        page.line("", "  ", &line);
    }
}

/// Bytes as "3.2 MB" (thousands, not 1,024).
fn size(bytes: u64) -> String {
    let mut amount = bytes as f64;
    for unit in ["B", "kB", "MB", "GB"] {
        if amount < 1_000.0 {
            return if unit == "B" { format!("{bytes} B") } else { format!("{amount:.1} {unit}") };
        }
        amount /= 1_000.0;
    }
    format!("{amount:.1} TB")
}

/// Articles on file by outlet and day.
pub(super) fn coverage(rows: &[Coverage], look: &Look) -> String {
    if rows.is_empty() {
        return "No article on file fits.\n".to_owned();
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let day = row.day.clone().unwrap_or_else(|| "no date".to_owned());
            vec![row.outlet.clone(), day, thousands(row.articles)]
        })
        .collect();
    table(look, &[Column::Text("OUTLET"), Column::Short("DAY"), Column::Number("ARTICLES")], &cells)
}

/// Soundness: every check made, then what is wrong.
pub(super) fn check(report: &CheckReport, look: &Look) -> String {
    let mut page = Page::new(*look);
    let rows: Vec<Vec<String>> = report
        .checks
        .iter()
        .map(|(name, number)| {
            let faults = report.findings.iter().filter(|f| &f.check == name).count();
            let verdict = if faults == 0 {
                "sound".to_owned()
            } else {
                count(faults as u64, "fault", "faults")
            };
            vec![name.clone(), thousands(*number), verdict]
        })
        .collect();
    let columns = [Column::Text("CHECK"), Column::Number("LOOKED AT"), Column::Short("RESULT")];
    page.block(&table(look, &columns, &rows));
    for finding in &report.findings {
        let line = Line::of(Tone::Bad, &finding.check).plain(": ").plain(&finding.says);
        page.line("", "  ", &line);
    }
    if report.findings.is_empty() {
        page.line("", "", &Line::of(Tone::Good, "The store is sound."));
    } else {
        let faults = count(report.findings.len() as u64, "fault", "faults");
        page.line("", "", &Line::of(Tone::Bad, &format!("{faults} found.")));
    }
    page.into_text()
}

/// What was taken out.
pub(super) fn removed(addresses: &[String], look: &Look) -> String {
    let mut page = Page::new(*look);
    for address in addresses {
        page.unbroken("", &Line::new().plain("removed ").plain(address));
    }
    page.into_text()
}

/// Indexes brought up to date, with how many articles each.
pub(super) fn rebuilt(indexes: &[(String, u64)], look: &Look) -> String {
    if indexes.is_empty() {
        return "Every index was up to date.\n".to_owned();
    }
    let mut page = Page::new(*look);
    for (name, articles) in indexes {
        let articles = count(*articles, "article", "articles");
        page.line("", "  ", &Line::new().plain(&format!("{name}: {articles}")));
    }
    page.into_text()
}

/// Formats that can be read.
pub(super) fn formats(rows: &[FormatRow], look: &Look) -> String {
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| vec![row.name.to_owned(), row.description.to_owned(), row.told_by.to_owned()])
        .collect();
    let columns = [Column::Short("FORMAT"), Column::Text("WHAT"), Column::Text("TOLD BY")];
    table(look, &columns, &cells)
}

/// What there is for each language beside English.
pub(super) fn languages(rows: &[LanguageRow], look: &Look) -> String {
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.language.clone(),
                thousands(row.built_in),
                thousands(row.dictionaries),
                thousands(row.learned),
            ]
        })
        .collect();
    let columns = [
        Column::Short("LANG"),
        Column::Number("BUILT IN"),
        Column::Number("DICTIONARIES"),
        Column::Number("LEARNED"),
    ];
    table(look, &columns, &cells)
}

/// Dictionaries that the user has added.
pub(super) fn lexicons(rows: &[LexiconRow], look: &Look) -> String {
    if rows.is_empty() {
        return "No dictionary has been added; the built-in lexicon is used.\n\
                `copytrail lexicon add --system` takes those that the system has installed.\n"
            .to_owned();
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.name.clone(),
                row.language.clone(),
                thousands(row.words),
                thousands(row.entries),
                row.version.clone(),
                row.licence.clone(),
            ]
        })
        .collect();
    let columns = [
        Column::Short("NAME"),
        Column::Short("LANG"),
        Column::Number("WORDS"),
        Column::Number("ENTRIES"),
        Column::Short("VERSION"),
        Column::Text("LICENCE"),
    ];
    table(look, &columns, &cells)
}

/// Index packs, one a row.
pub(super) fn packs(rows: &[PackRow], look: &Look) -> String {
    if rows.is_empty() {
        return "No index pack is on file. `copytrail add FILE` takes one in.\n".to_owned();
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let versions: Vec<String> =
                row.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
            let fits = if row.fits { "" } else { " (finds nothing: ask for a new one)" };
            vec![
                row.name.clone(),
                row.maker.clone(),
                row.made.get(..10).unwrap_or(&row.made).to_owned(),
                thousands(row.articles),
                thousands(row.shingles),
                thousands(row.anchors),
                versions.join(", ") + fits,
            ]
        })
        .collect();
    let columns = [
        Column::Text("NAME"),
        Column::Text("MAKER"),
        Column::Short("MADE"),
        Column::Number("ARTICLES"),
        Column::Number("SHINGLES"),
        Column::Number("ANCHORS"),
        Column::Text("VERSIONS"),
    ];
    table(look, &columns, &cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_digits_and_a_unit() {
        let shown: Vec<String> = [0, 999, 48_000, 2_100_000_000].into_iter().map(size).collect();
        assert_eq!(shown, ["0 B", "999 B", "48.0 kB", "2.1 GB"]);
    }
}
