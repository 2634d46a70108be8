//! Articles as text: what was read, what was added, lists of what is on file.

use crate::model::{
    Added, ArticleRow, Cluster, Credit, Dossier, Extracted, Kind, ParagraphRole, SearchHit,
};

use super::Look;
use super::page::{Line, Page, Tone};
use super::table::{Column, table};
use super::wording::{count, credit_place, thousands, when};

/// An article as it was read.
pub(super) fn extracted(article: &Extracted, look: &Look) -> String {
    let mut page = Page::new(*look);
    let title = article.title.as_deref().unwrap_or("(no title)");
    page.line("", "", &Line::of(Tone::Strong, title));
    let place = article.line.map_or(article.file.clone(), |l| format!("{} line {l}", article.file));
    field(&mut page, "from", Some(&place));
    if article.kind != Kind::Article {
        field(&mut page, "kind", Some(kind(article.kind)));
    }
    field(&mut page, "url", article.url.as_deref());
    field(&mut page, "your id", article.user_id.as_deref());
    field(&mut page, "outlet", article.outlet.as_deref());
    field(&mut page, "byline", Some(&article.byline.join(", ")));
    field(&mut page, "published", article.published.as_deref().map(when).as_deref());
    field(&mut page, "modified", article.modified.as_deref().map(when).as_deref());
    field(&mut page, "language", article.language.as_deref());
    credits(&mut page, &article.credits);
    for (number, paragraph) in article.paragraphs.iter().enumerate() {
        page.line(&format!("{number:>3}  "), "     ", &Line::new().plain(paragraph));
    }
    page.into_text()
}

/// An article on file.
pub(super) fn show(dossier: &Dossier, row: &ArticleRow, look: &Look) -> String {
    let article = &dossier.article;
    let mut page = Page::new(*look);
    let title = article.title.as_deref().unwrap_or("(no title)");
    page.line("", "", &Line::of(Tone::Strong, title));
    field(&mut page, "number", Some(&row.id.to_string()));
    field(&mut page, "url", article.url.as_deref());
    field(&mut page, "your id", article.user_id.as_deref());
    field(&mut page, "outlet", Some(&dossier.outlet.name));
    field(&mut page, "byline", Some(&article.byline.join(", ")));
    field(&mut page, "published", article.published.as_ref().map(|m| when(&m.text)).as_deref());
    field(&mut page, "modified", article.modified.as_ref().map(|m| when(&m.text)).as_deref());
    field(&mut page, "first seen", article.first_seen.as_ref().map(|m| when(&m.text)).as_deref());
    field(&mut page, "language", article.language.as_deref());
    field(&mut page, "words", Some(&thousands(row.words as u64)));
    field(&mut page, "revisions", Some(&row.revisions.to_string()));
    for (key, value) in &article.extra {
        field(&mut page, key, Some(value));
    }
    credits(&mut page, &article.credits);
    for (number, paragraph) in article.paragraphs.iter().enumerate() {
        let tone = match paragraph.role {
            ParagraphRole::Text => Tone::Plain,
            ParagraphRole::Subhead => Tone::Strong,
            ParagraphRole::Credit | ParagraphRole::Furniture => Tone::Faint,
        };
        page.line(&format!("{number:>3}  "), "     ", &Line::of(tone, &paragraph.text));
    }
    page.into_text()
}

fn field(page: &mut Page, name: &str, value: Option<&str>) {
    let Some(value) = value.filter(|v| !v.is_empty()) else {
        return;
    };
    page.line("  ", "              ", &Line::of(Tone::Faint, &format!("{name:<12}")).plain(value));
}

fn credits(page: &mut Page, credits: &[Credit]) {
    for credit in credits {
        let place = credit_place(credit);
        field(page, "credit", Some(&format!("{} · {place}: “{}”", credit.name, credit.text)));
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Article => "article",
        Kind::Ticker => "live ticker",
        Kind::Teaser => "teaser of an article behind a paywall",
        Kind::Wall => "consent or log-in wall",
        Kind::BotCheck => "bot check",
        Kind::Index => "section front or list of links",
        Kind::NotFound => "page that says it was not found",
        Kind::Operator => "page that says who runs the site",
        Kind::Empty => "nothing that reads as text",
        Kind::Sighting => "address without a text",
    }
}

/// What became of a batch.
pub(super) fn added(added: &Added) -> String {
    let mut parts = vec![count(added.new as u64, "new article", "new articles")];
    for (number, what) in [
        (added.revised, "with a changed text"),
        (added.unchanged, "on file already"),
        (added.sightings, "without a text, kept as sightings"),
        (added.packs, "index packs"),
        (added.refused, "refused"),
    ] {
        if number > 0 {
            parts.push(format!("{} {what}", thousands(number as u64)));
        }
    }
    parts.join(", ") + "\n"
}

/// Articles on file, one a row.
pub(super) fn list(rows: &[ArticleRow], look: &Look) -> String {
    if rows.is_empty() {
        return "No article on file fits.\n".to_owned();
    }
    let columns = [
        Column::Number("ID"),
        Column::Short("PUBLISHED"),
        Column::Text("OUTLET"),
        Column::Short("LANG"),
        Column::Number("WORDS"),
        Column::Text("TITLE"),
    ];
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            vec![
                row.id.to_string(),
                row.published.as_deref().and_then(|p| p.get(..10)).unwrap_or("").to_owned(),
                row.outlet.clone(),
                row.language.clone().unwrap_or_default(),
                thousands(row.words as u64),
                row.title.clone().or_else(|| row.url.clone()).unwrap_or_default(),
            ]
        })
        .collect();
    table(look, &columns, &cells)
}

/// Hits of the full-text search, best first.
pub(super) fn search(hits: &[SearchHit], look: &Look) -> String {
    if hits.is_empty() {
        return "No article on file holds these words.\n".to_owned();
    }
    let mut page = Page::new(*look);
    for (place, hit) in hits.iter().enumerate() {
        if place > 0 {
            page.gap();
        }
        let row = &hit.article;
        let title = row.title.as_deref().unwrap_or("(no title)");
        page.line(&format!("{:>4}  ", row.id), "      ", &Line::of(Tone::Strong, title));
        let published = row.published.as_deref().map(when);
        let facts: Vec<&str> =
            [Some(row.outlet.as_str()), published.as_deref(), row.language.as_deref()]
                .into_iter()
                .flatten()
                .collect();
        page.line("      ", "      ", &Line::new().plain(&facts.join(" · ")));
        if let Some(number) = hit.revision {
            let says = format!("revision {number} had it, the article no longer has:");
            page.line("      ", "      ", &Line::new().plain(&says));
        }
        page.line("      ", "      ", &Line::new().plain(&hit.snippet));
        if let Some(url) = &row.url {
            page.unbroken("      ", &Line::of(Tone::Faint, url));
        }
    }
    page.into_text()
}

/// Groups of articles that carry the same story text.
pub(super) fn clusters(clusters: &[Cluster], look: &Look) -> String {
    if clusters.is_empty() {
        return "No two articles on file carry the same story text.\n".to_owned();
    }
    let mut page = Page::new(*look);
    for cluster in clusters {
        let members = count(cluster.members.len() as u64, "article", "articles");
        page.line(
            "",
            "",
            &Line::of(Tone::Strong, &format!("Cluster {}", cluster.cluster))
                .plain(&format!(" · {members}")),
        );
        for member in &cluster.members {
            let origin = cluster.origin.as_ref() == Some(member);
            let line = Line::new()
                .plain(member)
                .tone(Tone::Strong, if origin { "  (the origin)" } else { "" });
            page.unbroken("  ", &line);
        }
    }
    page.into_text()
}
