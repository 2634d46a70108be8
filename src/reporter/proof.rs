//! What the examination of an evidence bundle found, as text.

use crate::model::Verified;

use super::Look;
use super::page::{Line, Page, Tone};
use super::wording::{count, when};

/// The verdict first, then what it rests on.
pub(super) fn text(verified: &Verified, look: &Look) -> String {
    let mut page = Page::new(*look);
    let vouched = verified.token.as_ref().is_some_and(|token| token.pinned == Some(true));
    let verdict = if verified.sound && vouched {
        Line::of(Tone::Good, "Sound").plain(": nothing in it is altered since it was stamped.")
    } else if verified.sound {
        Line::of(Tone::Good, "Sound in itself")
            .plain(": its parts fit together; nothing from outside vouches for them.")
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
            None => "; nobody has compared it",
        };
        say(&format!("Stamped {} by {}.", when(&token.time), token.by));
        say(&format!("Its certificate has the SHA-256 {}{pinned}.", token.certificate));
    }
    for note in &verified.notes {
        say(note);
    }
    for (title, sentences) in [("Proven", &verified.proven), ("Not proven", &verified.not_proven)] {
        if !sentences.is_empty() {
            page.gap();
            page.line("", "", &Line::of(Tone::Strong, title).plain(":"));
        }
        for sentence in sentences {
            page.line("  ", "    ", &Line::new().plain(sentence));
        }
    }
    page.into_text()
}
