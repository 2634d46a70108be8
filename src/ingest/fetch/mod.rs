//! Owns the fetching of one page at its user's wish: http and https only, bounded in hops, size and time, robots.txt
//! asked first.

mod robots;

use std::{
    io::Cursor,
    ops::ControlFlow,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use ureq::{Agent, http::Response};
use url::Url;

use super::{
    IngestError, Limits,
    crawl::{decoded, media_type},
    format::{Desk, Source},
    html, parse_moment, read_source,
};

/// Who asks, as servers see it; robots.txt names it by its first word.
const USER_AGENT: &str = concat!(
    "copytrail/",
    env!("CARGO_PKG_VERSION"),
    " (news provenance; one page at its user's wish)"
);
/// Bytes of a robots.txt that are read; RFC 9309 asks for at least 500 KiB.
const MAX_ROBOTS: u64 = 512 * 1024;

/// A page as it came.
struct Fetched {
    /// The address at the end of all redirects.
    url: Url,
    kind: String,
    charset: Option<String>,
    body: Vec<u8>,
}

/// Fetches an address and reads what is there, whatever its format.
pub(super) fn read(address: &str, desk: &mut Desk<'_>) -> Result<ControlFlow<()>, IngestError> {
    let fetched = fetch(address, desk.limits)
        .map_err(|cause| IngestError::NotFetched { input: address.to_owned(), cause })?;
    let body = fetched.body;
    let looks = body.trim_ascii_start().starts_with(b"<");
    let is_page = fetched.kind == "text/html"
        || (fetched.kind == "application/xhtml+xml" || fetched.kind.is_empty()) && looks;
    if !is_page {
        return Ok(match Source::new(address, Box::new(Cursor::new(body))) {
            Ok(source) => read_source(source, desk),
            Err(error) => desk.refuse(address, None, error.to_string()),
        });
    }
    let given = desk.given.url.as_deref().unwrap_or(fetched.url.as_str());
    let mut draft = html::draft_of_bytes(&body, fetched.charset.as_deref(), address, Some(given));
    // Being there now bounds when it was published.
    draft.article.first_seen = parse_moment(&format!("{:.0}", Timestamp::now()));
    if draft.article.paragraphs.is_empty() {
        let reason =
            "is an HTML page without text; it may be filled by a script: save it from the browser";
        return Ok(desk.refuse(address, None, reason));
    }
    Ok(desk.hand_over(draft.captured(body)))
}

fn fetch(address: &str, limits: &Limits) -> Result<Fetched, String> {
    let config = Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .max_response_header_size(64 * 1024)
        .user_agent(USER_AGENT)
        .accept("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8")
        .accept_encoding("gzip, br, deflate, zstd");
    let agent: Agent = config.build().into();
    let visit = Visit { agent, limits, until: Instant::now() + limits.max_time };
    let mut url = Url::parse(address).map_err(|error| format!("is no address: {error}"))?;
    for _ in 0..=limits.max_hops {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("leads to {url}; only http and https are followed"));
        }
        url.set_fragment(None);
        visit.ask_robots(&url)?;
        let response = visit.get(&url)?;
        let status = response.status();
        if let Some(next) = location(&response).filter(|_| status.is_redirection()) {
            url = url.join(&next).map_err(|error| format!("leads to no address: {error}"))?;
            continue;
        }
        return match status.as_u16() {
            200 | 203 => visit.page(url, response),
            404 | 410 => Err(format!("is not there (status {status})")),
            401..=403 | 429 | 451 => Err(format!(
                "is kept from programs (status {status}); save the page from a browser and give the file, with --url for its address"
            )),
            _ => Err(format!("gives no page (status {status}); try again later")),
        };
    }
    Err(format!("redirects more than {} times, to {url} at last", limits.max_hops))
}

fn location(response: &Response<ureq::Body>) -> Option<String> {
    let value = response.headers().get("location")?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// One address on its way: all requests share a deadline.
struct Visit<'a> {
    agent: Agent,
    limits: &'a Limits,
    until: Instant,
}

impl Visit<'_> {
    fn get(&self, url: &Url) -> Result<Response<ureq::Body>, String> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left < Duration::from_millis(1) {
            return Err(self.too_slow());
        }
        let request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        request.call().map_err(|error| self.explain(&error))
    }

    fn page(&self, url: Url, mut response: Response<ureq::Body>) -> Result<Fetched, String> {
        let header = |name: &str| {
            let value = response.headers().get(name);
            value
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                .unwrap_or_default()
        };
        let (kind, charset) = media_type(&header("content-type"));
        let encoding = header("content-encoding");
        let limit = self.limits.max_bytes;
        let body = response.body_mut().with_config().limit(limit).read_to_vec();
        let body = body.map_err(|error| self.explain(&error))?;
        let body = decoded(body, &encoding, limit)?;
        Ok(Fetched { url, kind, charset, body })
    }

    /// Whether the site lets programs see the page. A robots.txt that is not there allows all; one that the server
    /// fails to give allows nothing (RFC 9309).
    fn ask_robots(&self, url: &Url) -> Result<(), String> {
        if self.limits.ignore_robots {
            return Ok(());
        }
        let Ok(robots) = url.join("/robots.txt") else { return Ok(()) };
        let mut response = self.get(&robots)?;
        let status = response.status().as_u16();
        if status >= 500 {
            return Err(format!("has no readable robots.txt (status {status}); try again later"));
        }
        if status != 200 {
            return Ok(());
        }
        let text = response.body_mut().with_config().limit(MAX_ROBOTS).read_to_vec();
        let text = text.unwrap_or_default();
        let path = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        if robots::allows(&String::from_utf8_lossy(&text), "copytrail", &path) {
            return Ok(());
        }
        Err("is closed to programs by the site's robots.txt; save the page from a browser and give the file, with --url for its address".to_owned())
    }

    fn explain(&self, error: &ureq::Error) -> String {
        match error {
            ureq::Error::Timeout(_) => self.too_slow(),
            ureq::Error::HostNotFound => "has no such host; check the spelling".to_owned(),
            ureq::Error::BodyExceedsLimit(_) => {
                format!(
                    "is larger than {} MB, the limit for one page",
                    self.limits.max_bytes / 1_000_000
                )
            }
            other => format!("cannot be fetched: {other}"),
        }
    }

    fn too_slow(&self) -> String {
        format!("took longer than {} seconds; try again later", self.limits.max_time.as_secs())
    }
}
