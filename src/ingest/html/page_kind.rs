//! Owns what kind of page it is: an article, or a wall, bot check, teaser, ticker, index or soft 404.

use super::{super::shape::Piece, metadata::Facts};
use crate::model::{Article, Kind};

/// A story of this many words is an article whatever the page says of itself.
const ARTICLE_WORDS: usize = 150;
/// A wall or an error page has fewer words than this.
const NOTICE_WORDS: usize = 260;

/// Phrases of bot checks, lower case.
const BOT_CHECK: &[&str] = &[
    "verify you are human",
    "verifying you are human",
    "are you a robot",
    "checking your browser",
    "enable javascript and cookies to continue",
    "unusual traffic",
    "just a moment...",
    "access denied",
    "attention required! | cloudflare",
    "press & hold",
    "bist du ein mensch",
    "ob sie ein mensch sind",
    "vérifier que vous êtes un humain",
    "no eres un robot",
    "non sei un robot",
    "подтвердите, что вы не робот",
    "pardon our interruption",
    "request blocked",
    "captcha",
];
/// Phrases of consent and log-in walls, lower case.
const WALL: &[&str] = &[
    "we value your privacy",
    "before you continue",
    "accept all cookies",
    "accept all",
    "consent to the use",
    "cookie settings",
    "mit werbung weiterlesen",
    "mit werbung und tracking",
    "pur-abo",
    "alle akzeptieren",
    "zustimmen und weiter",
    "einwilligung",
    "tout accepter",
    "accepter et continuer",
    "continuer sans accepter",
    "aceptar todo",
    "aceptar y continuar",
    "accetta tutti",
    "accetta e continua",
    "rifiuta e abbonati",
    "alles accepteren",
    "accepteer alle",
    "godkänn alla",
    "godta alle",
    "accepter alle",
    "akceptuję",
    "zgadzam się",
    "принять все",
    "すべて同意",
    "sign in to continue",
    "log in to continue",
    "please log in",
    "bitte melden sie sich an",
    "bitte loggen sie sich ein",
    "connectez-vous pour",
    "inicia sesión para",
    "accedi per",
    "zaloguj się",
];
/// Phrases of paywalls, lower case.
const PAYWALL: &[&str] = &[
    "subscribe to continue",
    "subscribe to read",
    "to continue reading",
    "continue reading with",
    "already a subscriber",
    "subscribers only",
    "this article is for subscribers",
    "for subscribers",
    "start your free trial",
    "unlock this article",
    "mit abo weiterlesen",
    "jetzt weiterlesen",
    "weiterlesen mit",
    "artikel ist nur für abonnenten",
    "exklusiv für abonnenten",
    "diesen artikel weiterlesen",
    "bereits abonnent",
    "abonnieren, um",
    "testen sie",
    "réservé aux abonnés",
    "réservé à nos abonnés",
    "il vous reste",
    "déjà abonné",
    "s’abonner pour",
    "s'abonner pour",
    "lisez la suite",
    "contenido exclusivo para suscriptores",
    "suscríbete para",
    "ya eres suscriptor",
    "solo para suscriptores",
    "contenuto riservato agli abbonati",
    "abbonati per",
    "sei già abbonato",
    "alleen voor abonnees",
    "word abonnee",
    "för prenumeranter",
    "kun for abonnenter",
    "for abonnenter",
    "tylko dla prenumeratorów",
    "dostęp do artykułu",
    "только для подписчиков",
    "оформите подписку",
    "この記事は有料会員限定",
    "有料会員",
    "続きを読むには",
    "구독자 전용",
    "订阅后",
    "付费",
];
/// Phrases of pages that were not found, lower case.
const NOT_FOUND: &[&str] = &[
    "page not found",
    "404",
    "page you are looking for",
    "page you requested",
    "no longer available",
    "does not exist",
    "seite nicht gefunden",
    "seite wurde nicht gefunden",
    "seite existiert nicht",
    "nicht mehr verfügbar",
    "page introuvable",
    "page n’existe",
    "page n'existe",
    "página no encontrada",
    "no se ha encontrado",
    "pagina non trovata",
    "pagina niet gevonden",
    "sidan kunde inte hittas",
    "siden blev ikke fundet",
    "siden finnes ikke",
    "nie znaleziono strony",
    "strona nie istnieje",
    "страница не найдена",
    "página não encontrada",
    "ページが見つかりません",
    "お探しのページ",
    "sayfa bulunamadı",
];

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
    let says = |phrases: &[&str], text: &str| phrases.iter().any(|phrase| text.contains(phrase));
    let page = facts.page_text.to_lowercase();
    if says(NOT_FOUND, &title)
        || (words < 80 && !facts.has_article_object && says(NOT_FOUND, &text))
    {
        return Kind::NotFound;
    }
    if words < ARTICLE_WORDS && !facts.has_article_object {
        if says(BOT_CHECK, &title) || says(BOT_CHECK, &text) {
            return Kind::BotCheck;
        }
        let phrases = WALL.iter().filter(|phrase| text.contains(**phrase)).count();
        if phrases >= 2 || (phrases == 1 && words < 60) || (words < 30 && says(WALL, &page)) {
            return Kind::Wall;
        }
    }
    if pieces.is_empty() {
        return Kind::Empty;
    }
    if words < ARTICLE_WORDS && says(PAYWALL, &page) && ends_open(pieces, facts) {
        return Kind::Teaser;
    }
    if lists_links(facts, words) { Kind::Index } else { Kind::Article }
}

/// Words; in scripts without spaces two characters count as one.
fn words_of(text: &str) -> usize {
    let wide = text.chars().filter(|c| ('\u{2e80}'..='\u{9fff}').contains(c)).count();
    text.split_whitespace().count() + wide / 2
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
        piece.text.ends_with(['…', ',', '-', '–']) || piece.text.ends_with("...")
    });
    open || stated > words * 2 || facts.restricted || words < 90
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
