//! What the examination of an evidence bundle found, as text.

use crate::model::Verified;

use super::Look;
use super::page::{Line, Page, Tone};
use super::wording::{count, when};

/// The verdict first, then what it rests on.
pub(super) fn text(verified: &Verified, look: &Look) -> String {
    let mut page = Page::new(*look);
    let verdict = if verified.sound {
        Line::of(Tone::Good, "Sound").plain(": nothing in it is altered.")
    } else {
        Line::of(Tone::Bad, "Altered").plain(": it is not what it was.")
    };
    page.line("", "", &verdict);
    for altered in &verified.altered {
        let line = Line::of(Tone::Strong, &altered.member).plain(": ").plain(&altered.says);
        page.line("  ", "    ", &line);
    }
    page.gap();
    let mut say = |text: &str| page.line("  ", "    ", &Line::new().plain(text));
    if !verified.made.is_empty() {
        say(&format!("Made {} by {}.", when(&verified.made), verified.program));
    }
    say(&format!(
        "{}, {}; {} found again in the texts, {} read again.",
        count(verified.members as u64, "member", "members"),
        count(verified.findings as u64, "finding", "findings"),
        count(verified.spans as u64, "run of words", "runs of words"),
        count(verified.captures as u64, "capture", "captures"),
    ));
    if let Some(token) = &verified.token {
        let pinned = match token.pinned {
            Some(true) => "; it goes back to the given certificate",
            Some(false) => "; it does not go back to the given certificate",
            None => "; compare it with what the authority publishes, or give it with --authority",
        };
        say(&format!("Stamped {} by {}.", when(&token.time), token.by));
        say(&format!("Its certificate has the SHA-256 {}{pinned}.", token.certificate));
    }
    for note in &verified.notes {
        say(note);
    }
    page.into_text()
}
