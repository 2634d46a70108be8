//! Owns the addresses of archives, caches and proxies: which page they show, taken when, translated from what.

use url::Url;

use super::super::parse_moment;
use crate::model::Moment;

/// A page behind a mirror's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mirror {
    /// The page's own address.
    pub url: String,
    /// When the mirror took it.
    pub taken: Option<Moment>,
    /// The language it was translated from, where a proxy did that; `auto` where the proxy was to find out.
    pub translated_from: Option<String>,
    /// The mirror's registrable name.
    pub by: &'static str,
}

/// Hosts that answer `…/TIMESTAMP/ADDRESS`, with subdomains; the longest name first where one ends another.
const ARCHIVES: &[&str] = &[
    "web.archive.org",
    "wayback.archive.org",
    "wayback.archive-it.org",
    "arquivo.pt",
    "webarchive.nationalarchives.gov.uk",
    "webarchive.org.uk",
    "webarchive.loc.gov",
    "swap.stanford.edu",
    "web.archive.bibalex.org",
    "vefsafn.is",
    "archive.today",
    "archive.ph",
    "archive.is",
    "archive.li",
    "archive.md",
    "archive.fo",
    "archive.vn",
    "archive.org",
];
/// Proxies that take the address as a parameter: host, path, parameters for address and source language.
const BY_PARAMETER: &[(&str, &str, &str, &str)] = &[
    ("translate.google.", "/translate", "u", "sl"),
    ("translate.googleusercontent.com", "/translate_c", "u", "sl"),
    ("translate.yandex.", "/translate", "url", "lang"),
    ("translatetheweb.com", "/", "a", "from"),
    ("microsofttranslator.com", "/bv.aspx", "a", "from"),
];
/// Mirrors inside mirrors that are followed.
const MAX_INSIDE: usize = 4;

/// What a mirror's address shows; `None` for any other address.
pub(crate) fn shown(address: &str) -> Option<Mirror> {
    let mut found = once(address)?;
    for _ in 0..MAX_INSIDE {
        let Some(inner) = once(&found.url) else { break };
        let taken = earlier(found.taken.take(), inner.taken);
        let translated_from = found.translated_from.take().or(inner.translated_from);
        found = Mirror { url: inner.url, taken, translated_from, by: found.by };
    }
    Some(found)
}

fn earlier(one: Option<Moment>, other: Option<Moment>) -> Option<Moment> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.seconds < one.seconds { other } else { one }),
        (one, other) => one.or(other),
    }
}

fn once(address: &str) -> Option<Mirror> {
    let url =
        Url::parse(address.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?.to_lowercase();
    archived(&url, &host)
        .or_else(|| accelerated(&url, &host))
        .or_else(|| translated(&url, &host))
        .or_else(|| by_parameter(&url, &host))
}

/// Whether a host is a known one or a subdomain of it.
fn lies_in(host: &str, known: &str) -> bool {
    host.strip_suffix(known).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

fn archived(url: &Url, host: &str) -> Option<Mirror> {
    let by = ARCHIVES.iter().find(|known| lies_in(host, known))?;
    let (front, target) = target_in(url)?;
    let taken = front.split('/').rev().find_map(stamp);
    Some(Mirror { url: target, taken, translated_from: None, by })
}

/// The path before the address that it holds, and that address with the query.
fn target_in(url: &Url) -> Option<(&str, String)> {
    let path = url.path();
    // Servers and browsers fold the two strokes into one.
    let (at, scheme, gap) = ["https://", "http://", "https:/", "http:/"]
        .iter()
        .filter_map(|scheme| Some((path.find(&format!("/{scheme}"))?, *scheme)))
        .min_by_key(|(at, scheme)| (*at, usize::MAX - scheme.len()))
        .map(|(at, scheme)| (at, scheme, 1 + scheme.len()))?;
    let scheme = scheme.trim_end_matches('/');
    let rest = path.get(at + gap..)?.trim_start_matches('/');
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let target = Url::parse(&format!("{scheme}//{rest}{query}")).ok()?;
    Some((path.get(..at)?, target.to_string()))
}

/// `20240502123000`, `20240502123000id_`, `2024.05.02-123000`: a moment in UTC; fewer digits are less exact, and of
/// those only whole days count.
fn stamp(segment: &str) -> Option<Moment> {
    let plain: String = segment.chars().filter(|c| !matches!(c, '.' | '-')).collect();
    let digits: String = plain.chars().take_while(char::is_ascii_digit).collect();
    let mark = &plain[digits.len()..];
    if !(mark.is_empty() || (mark.len() == 3 && mark.ends_with('_'))) {
        return None;
    }
    let part = |from: usize, to: usize| digits.get(from..to);
    let day = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    match (part(8, 10), part(10, 12)) {
        (Some(hour), Some(minute)) => {
            parse_moment(&format!("{day}T{hour}:{minute}:{}Z", part(12, 14).unwrap_or("59")))
        }
        _ => parse_moment(&day),
    }
}

/// AMP caches and viewers: `google.com/amp/s/HOST/PATH`, `*.cdn.ampproject.org/{c,v}/s/HOST/PATH`.
fn accelerated(url: &Url, host: &str) -> Option<Mirror> {
    let path = url.path();
    let (shown, by) = if lies_in(host, "cdn.ampproject.org") || lies_in(host, "bing-amp.com") {
        let shown = ["/c/", "/v/", "/wp/"].iter().find_map(|start| path.strip_prefix(start))?;
        (shown, "cdn.ampproject.org")
    } else if host.trim_start_matches("www.").starts_with("google.") {
        (path.strip_prefix("/amp/")?, "google.com/amp")
    } else {
        return None;
    };
    let (scheme, shown) = shown.strip_prefix("s/").map_or(("http", shown), |rest| ("https", rest));
    // The cache's own parameters are no part of the page's address.
    let query: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("amp_") && !pair.starts_with("usqp="))
        .collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let url = Url::parse(&format!("{scheme}://{shown}{query}")).ok()?;
    url.host_str().filter(|host| host.contains('.'))?;
    Some(Mirror { url: url.to_string(), taken: None, translated_from: None, by })
}

/// `www-nord--blatt-example.translate.goog/a?_x_tr_sl=de`: dots are hyphens there, and hyphens two.
fn translated(url: &Url, host: &str) -> Option<Mirror> {
    let front = host.strip_suffix(".translate.goog")?;
    let host = front.replace("--", "\u{0}").replace('-', ".").replace('\u{0}', "-");
    let parameter = |name: &str| {
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let scheme =
        parameter("_x_tr_sch").filter(|scheme| scheme == "http").unwrap_or("https".to_owned());
    let own: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("_x_tr_"))
        .collect();
    let query = if own.is_empty() { String::new() } else { format!("?{}", own.join("&")) };
    let target = Url::parse(&format!("{scheme}://{host}{}{query}", url.path())).ok()?;
    let from = parameter("_x_tr_sl").unwrap_or_else(|| "auto".to_owned());
    Some(Mirror {
        url: target.to_string(),
        taken: None,
        translated_from: Some(from),
        by: "translate.goog",
    })
}

fn by_parameter(url: &Url, host: &str) -> Option<Mirror> {
    let host = host.trim_start_matches("www.");
    let (by, _, address, source) = BY_PARAMETER
        .iter()
        .find(|(known, path, ..)| host.starts_with(known) && url.path().starts_with(path))?;
    let parameter = |name: &str| {
        url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    };
    let target = parameter(address)?;
    let target = if target.contains("://") { target } else { format!("https://{target}") };
    let target = Url::parse(&target).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let from = parameter(source).unwrap_or_else(|| "auto".to_owned());
    let from = from.split('-').next().unwrap_or("auto").to_owned();
    Some(Mirror {
        url: target.to_string(),
        taken: None,
        translated_from: Some(from),
        by: by.trim_end_matches('.'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_show_a_page_of_a_moment() {
        for (address, url, taken) in [
            (
                "https://web.archive.org/web/20240502123000/https://nord.example/a?b=1",
                "https://nord.example/a?b=1",
                Some("2024-05-02T12:30:00Z"),
            ),
            (
                "http://web.archive.org/web/20240502123000id_/http://nord.example:80/a",
                "http://nord.example/a",
                Some("2024-05-02T12:30:00Z"),
            ),
            (
                "https://web.archive.org/web/20240502/https:/nord.example/a",
                "https://nord.example/a",
                Some("2024-05-02"),
            ),
            (
                "https://web.archive.org/web/2024/https://nord.example/a",
                "https://nord.example/a",
                None,
            ),
            (
                "https://archive.ph/2024.05.02-123000/https://nord.example/a",
                "https://nord.example/a",
                Some("2024-05-02T12:30:00Z"),
            ),
            (
                "https://arquivo.pt/wayback/20240502123000/https://nord.example/a",
                "https://nord.example/a",
                Some("2024-05-02T12:30:00Z"),
            ),
            (
                "https://wayback.archive-it.org/99/20240502123000/https://nord.example/a",
                "https://nord.example/a",
                Some("2024-05-02T12:30:00Z"),
            ),
        ] {
            let mirror = shown(address).unwrap();
            assert_eq!(mirror.url, url, "{address}");
            assert_eq!(
                mirror.taken.as_ref().map(|moment| moment.text.as_str()),
                taken,
                "{address}"
            );
        }
    }

    #[test]
    fn caches_and_proxies_show_the_page_behind_them() {
        let of = |address: &str| shown(address).map(|mirror| (mirror.url, mirror.translated_from));
        let page = |from: Option<&str>| {
            Some(("https://www.nord-blatt.example/a".to_owned(), from.map(str::to_owned)))
        };
        assert_eq!(of("https://www.google.de/amp/s/www.nord-blatt.example/a?usqp=x"), page(None));
        assert_eq!(
            of(
                "https://www-nord--blatt-example.cdn.ampproject.org/c/s/www.nord-blatt.example/a?amp_js_v=1"
            ),
            page(None)
        );
        assert_eq!(
            of(
                "https://www-nord--blatt-example.translate.goog/a?_x_tr_sl=de&_x_tr_tl=en&_x_tr_hl=en"
            ),
            page(Some("de"))
        );
        assert_eq!(
            of(
                "https://translate.google.com/translate?sl=de&tl=en&u=https%3A%2F%2Fwww.nord-blatt.example%2Fa"
            ),
            page(Some("de"))
        );
        assert_eq!(
            of("https://translate.yandex.com/translate?url=www.nord-blatt.example/a&lang=de-en"),
            page(Some("de"))
        );
        let twice = shown("https://web.archive.org/web/20240502123000/https://www-nord--blatt-example.translate.goog/a?_x_tr_sl=de").unwrap();
        assert_eq!(twice.translated_from.as_deref(), Some("de"));
        assert_eq!(twice.url, "https://www.nord-blatt.example/a");
    }

    #[test]
    fn other_addresses_are_their_own() {
        for address in [
            "https://nord.example/web/20240502/https://x.example/a",
            "https://archive.org/details/kran",
            "https://archive.ph/AbC12",
            "https://www.google.com/search?q=amp",
            "https://translate.google.com/",
            "mailto:x@translate.goog",
        ] {
            assert_eq!(shown(address), None, "{address}");
        }
    }
}
