//! Owns what kind of page it is: an article, or a wall, bot check, teaser, ticker, index or soft 404.

use super::{
    super::shape::Piece,
    consent::{BUTTONS, CONSENT, COOKIES, PARTNERS, PERSONAL},
    metadata::Facts,
    notices::{BOT_CHECK, BOT_WORDS, GATE, LOG_IN, NOT_FOUND, NOT_THERE, PAYWALL},
};
use crate::language::is_unspaced;
use crate::model::{Article, Kind};

/// A story of this many words is an article whatever the page says of itself.
const ARTICLE_WORDS: usize = 150;
/// A wall or an error page has fewer words than this.
const NOTICE_WORDS: usize = 260;

/// A line or two: with fewer words a word suffices where a report would use it too.
const LINE_WORDS: usize = 25;
/// A button's label has at most so many words.
const LABEL_WORDS: usize = 8;

/// The kind of page, judged by the text that is there: what a flag says of a paywall does not count.
pub(crate) fn tell(article: &Article, pieces: &[Piece], facts: &Facts) -> Kind {
    let text: String = pieces
        .iter()
        .flat_map(|piece| [piece.text.as_str(), "\n"])
        .collect::<String>()
        .to_lowercase();
    let words = words_of(&text);
    if is_ticker(pieces, facts) {
        return Kind::Ticker;
    }
    if words >= NOTICE_WORDS {
        return Kind::Article;
    }
    let title = format!(
        "{}\n{}",
        article.title.as_deref().unwrap_or(""),
        facts.window_title.as_deref().unwrap_or("")
    )
    .to_lowercase();
    let page = facts.page_text.to_lowercase();
    let seen = Seen { title: &title, text: &text, page: &page, words };
    if is_missing(&seen, facts) {
        return Kind::NotFound;
    }
    if words < ARTICLE_WORDS && !facts.has_article_object {
        if is_bot_check(&seen) {
            return Kind::BotCheck;
        }
        if is_wall(&seen, pieces, facts) {
            return Kind::Wall;
        }
    }
    if lists_links(facts, words) {
        return Kind::Index;
    }
    if pieces.is_empty() {
        return Kind::Empty;
    }
    if words < ARTICLE_WORDS && is_teaser(&seen, pieces, facts) {
        return Kind::Teaser;
    }
    Kind::Article
}

/// What a page shows, lower case.
struct Seen<'a> {
    /// Headline and window title, a line each.
    title: &'a str,
    /// The story, as far as there is one.
    text: &'a str,
    /// All short blocks of the page.
    page: &'a str,
    /// Of the story.
    words: usize,
}

fn says(phrases: &[&str], text: &str) -> bool {
    phrases.iter().any(|phrase| text.contains(phrase))
}

fn is_missing(seen: &Seen<'_>, facts: &Facts) -> bool {
    let parts = || seen.title.split(['\n', '|', '–', '—', ':']).map(str::trim);
    let titled = says(NOT_FOUND, seen.title) || parts().any(|part| part == "404");
    let told = seen.words < 80 && says(NOT_FOUND, seen.text);
    let in_a_line = seen.words < LINE_WORDS && says(NOT_THERE, seen.text);
    // A report on lost pages says what it is.
    if facts.has_article_object {
        titled && seen.words < LINE_WORDS
    } else {
        titled || told || in_a_line
    }
}

fn is_bot_check(seen: &Seen<'_>) -> bool {
    let parts = || seen.title.split(['\n', '|']).map(str::trim);
    says(BOT_CHECK, seen.title)
        || says(BOT_CHECK, seen.text)
        || parts().any(|part| BOT_WORDS.contains(&part))
        || (seen.words < LINE_WORDS && says(BOT_WORDS, seen.text))
}

/// A consent layer explains itself and has buttons; a log-in wall asks in a few lines.
fn is_wall(seen: &Seen<'_>, pieces: &[Piece], facts: &Facts) -> bool {
    let is_button =
        |label: &str| words_of(label) <= LABEL_WORDS && says(BUTTONS, &label.to_lowercase());
    let in_text = pieces.iter().any(|piece| is_button(&piece.text));
    let asks = in_text || facts.buttons.iter().any(|label| is_button(label));
    let few = seen.words < LINE_WORDS;
    (asks_consent(seen.text) && asks)
        || (seen.words < 60 && says(LOG_IN, seen.text))
        || (few && (in_text || says(LOG_IN, seen.page) || (asks && asks_consent(seen.page))))
}

/// Whether a text explains what is stored, shared and made personal.
fn asks_consent(text: &str) -> bool {
    says(CONSENT, text) || [COOKIES, PARTNERS, PERSONAL].iter().all(|words| says(words, text))
}

/// A story that breaks off where the page speaks of subscribing, or a few lines before a gate of their own.
fn is_teaser(seen: &Seen<'_>, pieces: &[Piece], facts: &Facts) -> bool {
    let gated = says(GATE, seen.page);
    let open = ends_open(pieces, facts) || breaks_off(pieces);
    (open && (gated || says(PAYWALL, seen.page))) || (gated && seen.words < 90)
}

/// Whether the last paragraph ends amid a sentence: some words behind a full stop may be a credit or a label.
fn breaks_off(pieces: &[Piece]) -> bool {
    let Some(piece) = pieces.last().filter(|piece| piece.text.ends_with(char::is_alphanumeric))
    else {
        return false;
    };
    let cut =
        piece.text.rsplit(['.', '!', '?', '。', '！', '？', '؟', '।']).next().unwrap_or_default();
    words_of(cut) > LABEL_WORDS
}

/// Words; in scripts without spaces two ideographs or kana, or four letters (Thai, Burmese …), count as one.
fn words_of(text: &str) -> usize {
    let unspaced = text.chars().filter(|c| is_unspaced(*c));
    let (wide, letters): (Vec<char>, Vec<char>) = unspaced.partition(|c| *c >= '\u{2e80}');
    text.split_whitespace().count() + wide.len() / 2 + letters.len() / 4
}

/// Most of the page is links to other pages, and hardly any running text.
fn lists_links(facts: &Facts, words: usize) -> bool {
    facts.linked_blocks >= 30
        && words < facts.linked_blocks * 5
        && facts.og_type.as_deref() != Some("article")
}

/// A story that breaks off, or is short beside what its metadata says it should be.
fn ends_open(pieces: &[Piece], facts: &Facts) -> bool {
    let words: usize = pieces.iter().map(|piece| words_of(&piece.text)).sum();
    let stated = facts.word_count.unwrap_or(0);
    let open = pieces.last().is_some_and(|piece| {
        piece.text.ends_with(['…', ',', '、', '-', '–']) || piece.text.ends_with("...")
    });
    open || stated > words * 2
}

/// A live blog by its declared type, or by many pieces that open with a time of day.
fn is_ticker(pieces: &[Piece], facts: &Facts) -> bool {
    let stamps = pieces.iter().filter(|piece| opens_with_time(&piece.text)).count();
    facts.live || (stamps >= 6 && stamps * 6 > pieces.len())
}

/// "14:05", "14.05 Uhr", "14h05" at the very beginning.
fn opens_with_time(text: &str) -> bool {
    let mut chars = text.chars();
    let hour: String = chars.by_ref().take_while(char::is_ascii_digit).collect();
    // `take_while` has used up the sign behind the hour.
    let sign = text.chars().nth(hour.len());
    let minute: String = chars.take(2).collect();
    (1..=2).contains(&hour.len())
        && sign.is_some_and(|sign| matches!(sign, ':' | '.' | 'h'))
        && minute.len() == 2
        && minute.chars().all(|c| c.is_ascii_digit())
        && text.chars().nth(hour.len() + 3).is_none_or(|c| !c.is_ascii_digit() && c != '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(title: &str, text: &str, page: &str) -> Kind {
        let article = Article { title: Some(title.to_owned()), ..Article::default() };
        let pieces: Vec<Piece> = text.lines().map(Piece::text).collect();
        tell(&article, &pieces, &Facts { page_text: format!("{text}\n{page}"), ..Facts::default() })
    }

    #[test]
    fn walls_checks_and_errors_are_told() {
        assert_eq!(
            kind("Just a moment...", "Verify you are human by completing the action below.", ""),
            Kind::BotCheck
        );
        assert_eq!(
            kind(
                "Nordblatt",
                "Mit Werbung weiterlesen\nAlle akzeptieren\nOder mit Pur-Abo ohne Werbung lesen.",
                ""
            ),
            Kind::Wall
        );
        assert_eq!(kind("Page introuvable", "La page demandée n’existe plus.", ""), Kind::NotFound);
        let start = "Der Kran stürzte am Montag in die Weser. Warum, weiß noch niemand…";
        assert_eq!(kind("Kran stürzt um", start, "Mit Abo weiterlesen"), Kind::Teaser);
    }

    #[test]
    fn an_article_about_such_pages_stays_one() {
        let text =
            "Die Polizei ermittelt nach dem Unfall am Hafen weiter gegen unbekannt. ".repeat(20);
        assert_eq!(
            kind("Warum 404 die bekannteste Fehlermeldung ist", &"Wort und Satz. ".repeat(150), ""),
            Kind::Article
        );
        assert_eq!(kind("Kran stürzt um", &text, "Mit Abo weiterlesen"), Kind::Article);
    }

    #[test]
    fn times_at_the_beginning() {
        assert!(opens_with_time("14:05 Uhr: Der Kran fällt."));
        assert!(opens_with_time("9.30 Uhr"));
        assert!(!opens_with_time("2.5.2024 war ein Tag"));
        assert!(!opens_with_time("14 Kräne"));
    }
}
