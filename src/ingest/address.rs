//! Owns the identity of an address: one article has one, whatever tracking, AMP or mobile form it was linked with.

use std::fmt::Write as _;

use url::Url;

use super::mirror::shown;

/// Query parameters that say how a reader came, never what is read.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "gclsrc",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "oly_anon_id",
    "oly_enc_id",
    "vero_id",
    "wickedid",
    "s_cid",
    "s_kwcid",
    "cmpid",
    "cmp",
    "cid_source",
    "wt_mc",
    "wt_zmc",
    "xtor",
    "ocid",
    "ncid",
    "smid",
    "smtyp",
    "sr_share",
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "spm",
    "ito",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "sh_kit",
    "socialshare",
    "__twitter_impression",
    "amp_js_v",
    "amp_gsa",
    "usqp",
    "traffic_source",
    "taid",
    "echobox",
    "sponsored_by",
    "trk",
    "trkinfo",
];
const TRACKING_PREFIXES: &[&str] = &[
    "utm_", "mtm_", "pk_", "piwik_", "at_", "ns_", "hsa_", "itm_", "wt_mc_", "ga_", "fb_", "stm_",
];
/// Last parts of a path that show the same article for phones or paper.
const OTHER_FORMS: &[&str] =
    &["amp", "amphtml", "print", "printversion", "druckversion", "drucken", "imprimer", "imprimir"];
/// Host labels of a site's other faces.
const FACES: &[&str] = &["www", "www2", "m", "mobile", "mobil", "amp", "touch", "wap"];

/// The identity of an http(s) address, or `None` where it is no such address.
///
/// Scheme, `www.`/`m.`/`amp.` labels, default port, fragment, tracking parameters, AMP marks and a trailing
/// slash are gone; addresses of archives, AMP caches and translating proxies become the address they show. It need
/// not be fetchable.
#[must_use]
pub fn normalise_address(url: &str) -> Option<String> {
    let parsed =
        shown(url).and_then(|mirror| parse(&mirror.url)).map_or_else(|| parse(url), Some)?;
    // "http:." has a host of nothing but full stops.
    let host = parsed.host_str().filter(|host| !host.trim_matches('.').is_empty())?;
    let mut out = format!("https://{}", plain_host(host));
    if let Some(port) = parsed.port().filter(|port| !matches!(port, 80 | 443)) {
        let _ = write!(out, ":{port}");
    }
    out.push_str(&plain_path(parsed.path()));
    let kept: Vec<String> = parsed
        .query()
        .unwrap_or("")
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(pair) && !is_form_mark(pair))
        .map(str::to_owned)
        .collect();
    if !kept.is_empty() {
        out.push('?');
        out.push_str(&kept.join("&"));
    }
    Some(out)
}

/// The registrable domain (public suffix list) of an address or a host name; a bare IP address is itself.
///
/// `None` where the text is neither: a name with spaces, a single label.
#[must_use]
pub fn registrable_domain(host_or_url: &str) -> Option<String> {
    let text = host_or_url.trim();
    let host = if let Some(url) = parse(text) {
        url.host_str()?.to_owned()
    } else {
        let bare = text.trim_start_matches("//").split(['/', ':', '?', '#']).next()?;
        let name_like = bare.contains('.') && !bare.contains(char::is_whitespace);
        let url = name_like.then(|| parse(&format!("https://{bare}")))??;
        url.host_str()?.to_owned()
    };
    let host = host.trim_end_matches('.').to_lowercase();
    if host.parse::<std::net::IpAddr>().is_ok() || host.starts_with('[') {
        return Some(host);
    }
    psl::domain_str(&host).map(str::to_owned)
}

fn parse(url: &str) -> Option<Url> {
    let url = Url::parse(url.trim()).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.host_str().is_some()).then_some(url)
}

fn plain_host(host: &str) -> String {
    let host = host.trim_end_matches('.');
    let registrable = psl::domain_str(host).unwrap_or(host);
    let Some(front) = host.strip_suffix(registrable) else { return host.to_owned() };
    let mut labels: Vec<&str> =
        front.split('.').filter(|label| !label.is_empty() && !FACES.contains(label)).collect();
    labels.push(registrable);
    labels.join(".")
}

fn plain_path(path: &str) -> String {
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    while segments.len() > 1 {
        if segments.last().is_some_and(|last| OTHER_FORMS.contains(last)) {
            segments.pop();
        } else if segments.first() == Some(&"amp") {
            segments.remove(0);
        } else {
            break;
        }
    }
    let mut out = String::new();
    for segment in segments {
        out.push('/');
        out.push_str(segment);
    }
    let marks = [(".amp.html", ".html"), (".amp.htm", ".htm"), (".amp", ""), (".amphtml", "")];
    while let Some((stem, plain)) =
        marks.iter().find_map(|(mark, plain)| Some((out.strip_suffix(mark)?, *plain)))
        && !stem.is_empty()
        && !stem.ends_with('/')
    {
        out = format!("{stem}{plain}");
    }
    out
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    TRACKING.contains(&name.as_str())
        || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether a parameter asks for the AMP or the print form of a page.
fn is_form_mark(pair: &str) -> bool {
    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
    match name.to_ascii_lowercase().as_str() {
        "amp" | "print" | "printview" | "printversion" => {
            matches!(value.to_ascii_lowercase().as_str(), "" | "1" | "true" | "yes")
        }
        "outputtype" | "output" | "view" | "format" | "mode" => {
            ["amp", "print", "printable"].iter().any(|form| value.eq_ignore_ascii_case(form))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_forms_of_one_address_are_one() {
        let plain = Some("https://example.com/a/story-1?page=2".to_owned());
        for form in [
            "http://www.example.com/a/story-1?page=2",
            "https://example.com:443/a/story-1/?page=2#comments",
            "https://m.example.com/a/story-1?utm_source=x&page=2&fbclid=abc",
            "https://amp.example.com/a/story-1?page=2",
            "https://EXAMPLE.com/a/story-1/amp/?page=2",
            "https://example.com/amp/a/story-1?page=2&amp=1",
            "https://www.google.com/amp/s/www.example.com/a/story-1?page=2",
            "https://example.com/a/story-1/print?page=2&print=1",
            "https://example-com.cdn.ampproject.org/c/s/example.com/a/story-1?page=2",
        ] {
            assert_eq!(normalise_address(form), plain, "{form}");
        }
        assert_eq!(
            normalise_address("https://x.example/a.amp.html").as_deref(),
            Some("https://x.example/a.html")
        );
        assert_eq!(normalise_address("https://m.com/").as_deref(), Some("https://m.com"));
    }

    #[test]
    fn different_articles_stay_apart() {
        let one = normalise_address("https://example.com/a?id=1");
        assert_ne!(one, normalise_address("https://example.com/a?id=2"));
        assert_ne!(one, normalise_address("https://news.example.com/a?id=1"));
        assert_ne!(
            normalise_address("https://example.com/amp"),
            normalise_address("https://example.com/")
        );
        assert_eq!(normalise_address("ftp://example.com/a"), None);
        assert_eq!(normalise_address("Stern"), None);
    }

    #[test]
    fn domains_follow_the_public_suffix_list() {
        let of = |text: &str| registrable_domain(text);
        assert_eq!(of("https://www.news.example.co.uk/x").as_deref(), Some("example.co.uk"));
        assert_eq!(of("nord-post.de").as_deref(), Some("nord-post.de"));
        assert_eq!(of("WWW.Nord-Post.de/path").as_deref(), Some("nord-post.de"));
        assert_eq!(of("24 Hours World"), None);
        assert_eq!(of("Stern"), None);
        assert_eq!(of("http://127.0.0.1:8080/x").as_deref(), Some("127.0.0.1"));
    }

    #[test]
    fn a_host_of_full_stops_is_none() {
        for text in ["http:.", "https://./a", "http://..", "http:", "https:///"] {
            assert_eq!(normalise_address(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(path in "(/[a-zA-Z0-9._-]{1,8}){0,5}/?", query in "[a-z_=&0-9]{0,20}") {
            let url = format!("https://www.example.com{path}?{query}");
            let once = normalise_address(&url).unwrap();
            prop_assert_eq!(normalise_address(&once), Some(once.clone()));
        }
    }
}
