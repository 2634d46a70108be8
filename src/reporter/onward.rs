//! The way forward for a person: who ran an item, and which copies are stale.

use crate::model::{
    ArticleHead, CopiedItem, CopiesReport, CopyRow, CorrectionNotice, NoticeKind, StaleCopy,
};

use super::Look;
use super::audit_wording::{delay, duration};
use super::page::{Line, Page, Tone};
use super::table::{Column, table};
use super::wording::{came, count, licence_word, percent, thousands, when};

/// Who ran an item, or an outlet's items.
pub(super) fn copies(report: &CopiesReport, look: &Look) -> String {
    let mut page = Page::new(*look);
    let says = format!(
        ": {} of {} ran elsewhere, {}, {} credited.",
        thousands(report.ran),
        count(report.looked_at, "item", "items"),
        count(report.copies, "copy", "copies"),
        thousands(report.credited)
    );
    page.line("", "  ", &Line::of(Tone::Strong, &report.of).plain(&says));
    if report.outlets.len() > 1 {
        page.heading("By outlet");
        let rows: Vec<Vec<String>> = report
            .outlets
            .iter()
            .map(|outlet| {
                vec![
                    outlet.outlet.clone(),
                    thousands(outlet.copies),
                    thousands(outlet.credited),
                    thousands(outlet.licensed),
                    thousands(outlet.unlicensed),
                    delay(&outlet.delay),
                ]
            })
            .collect();
        let columns = [
            Column::Text("OUTLET"),
            Column::Number("COPIES"),
            Column::Number("CREDITED"),
            Column::Number("LICENSED"),
            Column::Number("NOT"),
            Column::Text("DELAY (QUARTILES)"),
        ];
        let laid = table(&page.look(), &columns, &rows);
        page.block(&laid);
    }
    for item in &report.items {
        copied_item(&mut page, item);
    }
    page.into_text()
}

fn copied_item(page: &mut Page, item: &CopiedItem) {
    page.gap();
    head(page, "", &item.item);
    for copy in &item.copies {
        copy_row(page, copy);
    }
    if item.also_share > 0 {
        let more = count(item.also_share, "other article shares", "other articles share");
        let says =
            format!("{more} text with it without having it from there, as far as can be told.");
        page.line("  ", "  ", &Line::of(Tone::Faint, &says));
    }
}

fn head(page: &mut Page, indent: &str, head: &ArticleHead) {
    let title = head.title.as_deref().unwrap_or("(no title)");
    page.line(indent, indent, &Line::of(Tone::Strong, title));
    let published = head.published.as_deref().map(when);
    let facts: Vec<&str> =
        [Some(head.outlet.as_str()), published.as_deref(), head.language.as_deref()]
            .into_iter()
            .flatten()
            .filter(|fact| !fact.is_empty())
            .collect();
    page.line(indent, indent, &Line::new().plain(&facts.join(" · ")));
    page.unbroken(indent, &Line::of(Tone::Faint, &head.url));
}

fn copy_row(page: &mut Page, copy: &CopyRow) {
    let mut facts = Vec::new();
    if let Some(published) = &copy.head.published {
        facts.push(when(published));
    }
    match (copy.delay_low, copy.delay_high) {
        (Some(low), Some(high)) if (high - low).abs() < 1.0 => {
            facts.push(format!("{} later", duration(low)));
        }
        (Some(low), Some(high)) => {
            facts.push(format!("{} to {} later", duration(low), duration(high)));
        }
        _ => {}
    }
    facts.push(came(copy.relation).trim_end_matches(" from").to_owned());
    if let Some(of_item) = copy.of_item {
        facts.push(format!("{} of the item", percent(of_item)));
    }
    if !copy.via.is_empty() {
        facts.push(format!("through {}", copy.via.join(" ← ")));
    }
    let credit = if copy.credited { "credited" } else { "not credited" };
    let tone = if copy.credited { Tone::Good } else { Tone::Doubt };
    let mut line = Line::of(Tone::Strong, &copy.head.outlet)
        .plain(&format!(" · {} · ", facts.join(" · ")))
        .tone(tone, credit);
    if let Some(licence) = copy.licence {
        line = line.plain(&format!(" · licence: {}", licence_word(licence)));
    }
    page.line("  ", "    ", &line);
    page.unbroken("    ", &Line::of(Tone::Faint, &copy.head.url));
}

/// Corrections and kills, with the copies that have not followed.
pub(super) fn corrections(notices: &[CorrectionNotice], look: &Look) -> String {
    if notices.is_empty() {
        return "No correction or kill is on file.\n".to_owned();
    }
    let mut page = Page::new(*look);
    for (place, notice) in notices.iter().enumerate() {
        if place > 0 {
            page.gap();
        }
        correction(&mut page, notice);
    }
    page.into_text()
}

fn correction(page: &mut Page, notice: &CorrectionNotice) {
    let what = match notice.kind {
        NoticeKind::Correction => "Corrected",
        NoticeKind::Kill => "Withdrawn",
    };
    let at = notice.at.as_deref().map(|at| format!(" {}", when(at))).unwrap_or_default();
    page.line("", "  ", &Line::of(Tone::Bad, &format!("{what}{at}")));
    head(page, "  ", &notice.item);
    if let Some(own) = &notice.notice {
        page.unbroken("  ", &Line::of(Tone::Faint, &own.url));
    }
    if !notice.says.is_empty() {
        page.line("  ", "    ", &Line::new().plain("“").plain(&notice.says).plain("”"));
    }
    for change in &notice.changes {
        let before = if change.before.is_empty() { "(nothing)" } else { &change.before };
        let after = if change.after.is_empty() { "(taken out)" } else { &change.after };
        let line = Line::of(Tone::Copied, before).plain(" → ").tone(Tone::Strong, after);
        page.line(&format!("  {:>3}  ", change.paragraph), "       ", &line);
    }
    let says = format!(
        "{} on file; {} stale.",
        count(notice.copies, "copy", "copies"),
        thousands(notice.stale.len() as u64)
    );
    page.line("  ", "  ", &Line::new().plain(&says));
    for copy in &notice.stale {
        stale(page, copy);
    }
}

fn stale(page: &mut Page, copy: &StaleCopy) {
    let mut line = Line::of(Tone::Strong, &copy.head.outlet);
    if let Some(published) = &copy.head.published {
        line = line.plain(&format!(" · {}", when(published)));
    }
    if copy.translated {
        line = line.plain(" · a translation");
    }
    if let Some(since) = &copy.since {
        line = line.plain(&format!(" · stale since {}", when(since)));
    }
    page.line("    ", "      ", &line);
    for words in &copy.carries {
        page.line("      ", "      ", &Line::new().plain("“").tone(Tone::Copied, words).plain("”"));
    }
    page.unbroken("      ", &Line::of(Tone::Faint, &copy.head.url));
}
