//! Owns when a wire item is a notice: that an item is withdrawn, or that words of one were wrong.

use crate::model::{Article, Notice, NoticeKind, ParagraphRole};

/// Beginnings of headlines and notes by which agencies correct themselves, lower case.
const CORRECTIONS: &[&str] = &[
    "korrektur",
    "berichtigung",
    "berichtigt",
    "korrigiert",
    "correction",
    "corrected",
    "corrects",
    "refile-corrects",
    "rectificatif",
    "correctif",
    "corrección",
    "corrige",
    "rettifica",
    "correzione",
    "rectificatie",
    "correctie",
    "correção",
    "rättelse",
    "rettelse",
    "sprostowanie",
    "korekta",
    "исправление",
    "訂正",
    "düzeltme",
];
/// Those by which they withdraw an item.
const KILLS: &[&str] = &[
    "kill",
    "storno",
    "stornierung",
    "mandatory kill",
    "bulletin kill",
    "achtung, zurückgezogen",
    "zurückgezogen",
    "rückruf",
    "sperrung",
    "withdrawn",
    "withdrawal",
    "annulé",
    "annulation",
    "anulada",
    "anulación",
    "annullata",
    "ingetrokken",
    "anulowane",
    "取り消し",
];

/// What stands between the word and what is corrected.
const MARKS: &[char] = &[':', ' ', '-', '–', '—', '=', '!', '(', ')', '[', ']', '/', '*', '+', '.'];

/// The words that open a text, where they are of a list, and the rest behind the marks.
fn opened<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let bare = text.trim_start_matches(MARKS);
    let lower = bare.to_lowercase();
    // Lower case may have other lengths; a cut elsewhere than after the word opens nothing.
    words.iter().find_map(|word| {
        let rest = lower.strip_prefix(word)?;
        let marked = rest.is_empty()
            || rest.starts_with(MARKS) && !rest.starts_with([' ', '/'])
            || rest.trim_start().starts_with([':', '-', '–', '=', '(']);
        let rest = bare.get(word.len()..).filter(|_| marked)?;
        Some(rest.trim_start_matches(MARKS))
    })
}

/// What an item says of another, or of its own earlier version.
pub(super) struct Signs<'a> {
    /// Whether its status withdraws it.
    pub withdrawn: bool,
    /// Signals of its format ("sig:correction").
    pub signal: &'a str,
    pub title: &'a str,
    /// A note to editors.
    pub note: &'a str,
    /// The id of the item that it follows, where the format names it.
    pub follows: Option<String>,
}

/// The notice that an item is; `None` where it is an item like any other.
pub(super) fn of(signs: Signs<'_>) -> Option<Notice> {
    let Signs { withdrawn, signal, title, note, follows } = signs;
    let signal = signal.to_lowercase();
    let (kill, correction) = (opened(title, KILLS), opened(title, CORRECTIONS));
    let kind = if withdrawn || kill.is_some() || signal.contains("kill") {
        NoticeKind::Kill
    } else if correction.is_some()
        || signal.contains("correct")
        || opened(note, CORRECTIONS).is_some()
    {
        NoticeKind::Correction
    } else {
        return None;
    };
    let about = kill.or(correction).map(str::trim).filter(|title| !title.is_empty());
    let says = if note.trim().is_empty() { title.trim() } else { note.trim() };
    Some(Notice { kind, of: follows, about: about.map(str::to_owned), says: says.to_owned() })
}

/// Tells whether an article of an agency's is a notice where its format has no field that says so: a line of JSON, a
/// row, a page. A note to editors that opens its text is taken out of the story, as other formats send it apart.
pub(in super::super) fn tell(article: &mut Article) {
    let stated = |key: &str| {
        let value = article.extra.get(key)?;
        serde_json::from_str::<String>(value).ok()
    };
    let opening = article.paragraphs.first().map(|paragraph| paragraph.text.trim());
    let note = stated("ednote").or_else(|| opening.filter(|text| is_note(text)).map(str::to_owned));
    article.notice = of(Signs {
        withdrawn: stated("pubstatus").is_some_and(|status| is_withdrawal(&status)),
        signal: &stated("signal").unwrap_or_default(),
        title: article.title.as_deref().unwrap_or_default(),
        note: note.as_deref().unwrap_or_default(),
        follows: stated("evolvedfrom"),
    });
    let more = article.paragraphs.len() > 1;
    if let Some(first) = article.paragraphs.first_mut()
        && article.notice.is_some()
        && more
        && is_note(first.text.trim())
    {
        first.role = ParagraphRole::Credit;
    }
}

/// Whether a status withdraws an item.
pub(super) fn is_withdrawal(status: &str) -> bool {
    matches!(status, "canceled" | "cancelled" | "withheld" | "killed")
}

/// Whether a paragraph is in brackets all of it.
fn is_note(text: &str) -> bool {
    let inner = text.strip_prefix(['(', '[']).and_then(|text| text.strip_suffix([')', ']']));
    inner.is_some_and(|inner| !inner.contains(['(', ')', '[', ']']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(title: &str, note: &str, signal: &str) -> Option<(NoticeKind, Option<String>)> {
        let signs = Signs { withdrawn: false, signal, title, note, follows: None };
        of(signs).map(|notice| (notice.kind, notice.about))
    }

    #[test]
    fn agencies_correct_themselves_in_many_words() {
        let about = |kind, title: &str| Some((kind, Some(title.to_owned())));
        assert_eq!(
            told("Korrektur: Kran stürzt um", "", ""),
            about(NoticeKind::Correction, "Kran stürzt um")
        );
        assert_eq!(
            told("CORRECTED-Crane falls", "", ""),
            about(NoticeKind::Correction, "Crane falls")
        );
        assert_eq!(told("(KILL) Crane falls", "", ""), about(NoticeKind::Kill, "Crane falls"));
        assert_eq!(
            told("Crane falls", "(Corrects: name of port)", ""),
            None.or(Some((NoticeKind::Correction, None)))
        );
        assert_eq!(told("Crane falls", "", "sig:correction"), Some((NoticeKind::Correction, None)));
        for news in [
            "Kill Bill returns to cinemas",
            "Kills at the pass",
            "Correction facility closes",
            "Corrected figures lift mood",
            "Crane falls",
        ] {
            assert_eq!(told(news, "", ""), None, "{news}");
        }
    }
}
