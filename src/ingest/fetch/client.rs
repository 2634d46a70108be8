//! Owns one request after another on the way to a page: redirects, deadline, size, compression; what came of it.

use std::time::{Duration, Instant};

use ureq::{
    Agent,
    config::{Config, ConfigBuilder},
    http::{Response, StatusCode},
    unversioned::{
        resolver::{DefaultResolver, Resolver},
        transport::DefaultConnector,
    },
};
use url::Url;

use super::{
    super::{
        Limits,
        crawl::{decoded, media_type},
    },
    answer::{Answer, Validators, head},
    error::FetchError,
    reach::{Inside, PublicOnly},
};

/// Who asks, as servers see it; robots.txt names it by its first word.
const USER_AGENT: &str = concat!("copytrail/", env!("CARGO_PKG_VERSION"), " (news provenance; ");
/// Redirects of a robots.txt that are followed, as RFC 9309 asks.
const ROBOTS_HOPS: u32 = 5;
/// Bytes of a robots.txt that are read; RFC 9309 asks for at least 500 KiB.
const MAX_ROBOTS: u64 = 512 * 1024;
/// Longest wait that a server may ask for, in seconds.
const MAX_RETRY_AFTER: u64 = 7 * 86_400;

/// What stands before every request of a page but those for robots.txt; gives the time that it waited for manners.
pub(super) type Gate<'a> = dyn FnMut(&Client, &Url, Instant) -> Result<Duration, FetchError> + 'a;

/// Asks servers.
pub(super) struct Client {
    agent: Agent,
    pub limits: Limits,
}

impl Client {
    /// `contact` is a mail address or a page that a server's operator can turn to.
    pub fn new(limits: &Limits, contact: Option<&str>) -> Self {
        let config = config(contact);
        if limits.allow_private {
            Self::with(config.build(), DefaultResolver::default(), limits)
        } else {
            // A proxy would resolve the names itself, out of sight.
            Self::with(config.proxy(None).build(), PublicOnly::default(), limits)
        }
    }

    fn with(config: Config, resolver: impl Resolver, limits: &Limits) -> Self {
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, limits: limits.clone() }
    }

    /// Follows an address to its page. The time that the gate waits does not count.
    pub fn get(
        &self,
        address: &Url,
        known: &Validators,
        gate: &mut Gate<'_>,
    ) -> Result<Answer, FetchError> {
        let mut until = Instant::now() + self.limits.max_time;
        let mut url = address.clone();
        for _ in 0..=self.limits.max_hops {
            check_scheme(&url)?;
            url.set_fragment(None);
            until += gate(self, &url, until)?;
            let response = self.ask(&url, known, until)?;
            match next(&url, &response)? {
                Some(target) => url = target,
                None => return self.answer(url, response, self.limits.max_bytes),
            }
        }
        Err(FetchError::TooManyHops { hops: self.limits.max_hops, last: url.to_string() })
    }

    /// The text of a robots.txt; `None` where there is none, an error where the server fails to say (RFC 9309).
    pub fn robots(&self, site: &Url, until: Instant) -> Result<Option<String>, FetchError> {
        let Ok(mut url) = site.join("/robots.txt") else { return Ok(None) };
        for _ in 0..=ROBOTS_HOPS {
            check_scheme(&url)?;
            let response = self.ask(&url, &Validators::default(), until)?;
            let status = response.status().as_u16();
            if let Some(target) = next(&url, &response)? {
                url = target;
                continue;
            }
            if status >= 500 {
                return Err(FetchError::NoRobots { status });
            }
            if status != 200 {
                return Ok(None);
            }
            let mut answer = self.answer(url, response, MAX_ROBOTS)?;
            return Ok(Some(
                String::from_utf8_lossy(&std::mem::take(&mut answer.body)).into_owned(),
            ));
        }
        Ok(None)
    }

    /// Sends a body of a media type, and gives the answer's body, of at most so many bytes; no redirect is followed.
    pub fn post(
        &self,
        url: &Url,
        (kind, body): (&str, &[u8]),
        (until, limit): (Instant, u64),
    ) -> Result<Vec<u8>, FetchError> {
        check_scheme(url)?;
        let left = until.saturating_duration_since(Instant::now());
        let request = self.agent.post(url.as_str()).header("Content-Type", kind);
        let request = request.config().timeout_global(Some(left)).build();
        let mut response = request.send(body).map_err(|error| self.explain(error))?;
        match response.status().as_u16() {
            200 => {
                let read = response.body_mut().with_config().limit(limit).read_to_vec();
                read.map_err(|error| self.explain(error))
            }
            status => Err(FetchError::of_status(status)),
        }
    }

    fn ask(
        &self,
        url: &Url,
        known: &Validators,
        until: Instant,
    ) -> Result<Response<ureq::Body>, FetchError> {
        let left = until.saturating_duration_since(Instant::now());
        if left < Duration::from_millis(1) {
            return Err(self.too_slow());
        }
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(date) = &known.last_modified {
            request = request.header("If-Modified-Since", date);
        }
        let request = request.config().timeout_global(Some(left)).build();
        request.call().map_err(|error| self.explain(error))
    }

    fn answer(
        &self,
        url: Url,
        mut response: Response<ureq::Body>,
        limit: u64,
    ) -> Result<Answer, FetchError> {
        let header = |name: &str| {
            let value = response.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let (kind, charset) = media_type(&header("content-type").unwrap_or_default());
        let validators =
            Validators { etag: header("etag"), last_modified: header("last-modified") };
        let retry_after = header("retry-after").and_then(|wait| wait.trim().parse().ok());
        let retry_after =
            retry_after.map(|wait: u64| Duration::from_secs(wait.min(MAX_RETRY_AFTER)));
        let encoding = header("content-encoding").unwrap_or_default();
        let status = response.status().as_u16();
        let head = head(&response);
        let mut body = Vec::new();
        if matches!(status, 200 | 203) {
            let read = response.body_mut().with_config().limit(limit).read_to_vec();
            body = read.map_err(|error| self.explain(error))?;
            body = decoded(body, &encoding, limit).map_err(FetchError::Packed)?;
        }
        Ok(Answer { url, status, kind, charset, validators, head, retry_after, body })
    }

    fn explain(&self, error: ureq::Error) -> FetchError {
        match error {
            ureq::Error::Timeout(_) => self.too_slow(),
            ureq::Error::HostNotFound => FetchError::NoHost,
            ureq::Error::BodyExceedsLimit(_) => {
                FetchError::TooLarge { megabytes: self.limits.max_bytes / 1_000_000 }
            }
            ureq::Error::Other(cause) if cause.is::<Inside>() => {
                FetchError::Inside(cause.to_string())
            }
            ureq::Error::Io(cause) if is_unknown_name(&cause) => FetchError::NoHost,
            other => FetchError::Failed(other.to_string()),
        }
    }

    fn too_slow(&self) -> FetchError {
        FetchError::TooSlow { seconds: self.limits.max_time.as_secs() }
    }
}

fn config(contact: Option<&str>) -> ConfigBuilder<ureq::typestate::AgentScope> {
    let contact: Option<String> =
        contact.map(|contact| contact.chars().filter(char::is_ascii_graphic).collect());
    let of_whom = contact.unwrap_or_else(|| "one page at its user's wish".to_owned());
    Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .max_response_header_size(64 * 1024)
        .user_agent(format!("{USER_AGENT}{of_whom})"))
        .accept("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8")
        .accept_encoding("gzip, br, deflate, zstd")
}

/// The system's resolver says so in words only.
fn is_unknown_name(cause: &std::io::Error) -> bool {
    cause.to_string().contains("lookup address information")
}

fn check_scheme(url: &Url) -> Result<(), FetchError> {
    if matches!(url.scheme(), "http" | "https") {
        return Ok(());
    }
    Err(FetchError::Scheme(url.to_string()))
}

/// Where a redirect leads; `None` where the answer is none.
fn next(url: &Url, response: &Response<ureq::Body>) -> Result<Option<Url>, FetchError> {
    let status = response.status();
    if !status.is_redirection() || status == StatusCode::NOT_MODIFIED {
        return Ok(None);
    }
    let Some(value) = response.headers().get("location") else { return Ok(None) };
    let value = String::from_utf8_lossy(value.as_bytes());
    let mut target = url.join(&value).map_err(|error| FetchError::NoAddress(error.to_string()))?;
    // A name and password are the user's to give, never a server's.
    let _ = target.set_username("");
    let _ = target.set_password(None);
    Ok(Some(target))
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::{SocketAddr, TcpListener},
        thread,
    };

    use ureq::{
        Error,
        http::Uri,
        unversioned::{resolver::ResolvedSocketAddrs, transport::NextTimeout},
    };

    use super::*;

    /// Gives `outside.test` this machine's address, as if it were one of the public internet; all other names go the
    /// usual way.
    #[derive(Debug)]
    struct OneOutside(SocketAddr, PublicOnly);

    impl Resolver for OneOutside {
        fn resolve(
            &self,
            uri: &Uri,
            config: &Config,
            timeout: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, Error> {
            if uri.host() != Some("outside.test") {
                return self.1.resolve(uri, config, timeout);
            }
            let mut found = self.1.empty();
            found.push(self.0);
            Ok(found)
        }
    }

    /// A server that sends every request for `/to/…` to what stands there, and has a secret elsewhere.
    fn server() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut bytes = [0; 2048];
                let read = stream.read(&mut bytes).unwrap_or(0);
                let head = String::from_utf8_lossy(&bytes[..read]).into_owned();
                let path = head.split(' ').nth(1).unwrap_or("/");
                let answer = match path.strip_prefix("/to/") {
                    Some(to) => format!(
                        "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    ),
                    None => {
                        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nsecret"
                            .to_owned()
                    }
                };
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        address
    }

    #[test]
    fn no_redirect_and_no_name_leads_inside() {
        let server = server();
        let client = Client::with(
            config(None).proxy(None).build(),
            OneOutside(server, PublicOnly::default()),
            &Limits::default(),
        );
        let get = |address: &str| {
            let url = Url::parse(address).unwrap();
            client.get(&url, &Validators::default(), &mut |_, _, _| Ok(Duration::ZERO))
        };
        let port = server.port();
        let outside = get(&format!("http://outside.test:{port}/to/http://outside.test:{port}/"));
        assert_eq!(outside.unwrap().body, b"secret");
        for inside in [
            "127.0.0.1",
            "localhost",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "2130706433",
            "0x7f.1",
            "0177.0.0.1",
            "127.1",
            "0.0.0.0",
            "[::]",
            "169.254.169.254",
            "10.0.0.1",
            "[64:ff9b::127.0.0.1]",
            "[2002:7f00:1::]",
            "[fd00:ec2::254]",
            "LOCALHOST.",
        ] {
            for address in [
                format!("http://{inside}:{port}/"),
                format!("http://outside.test:{port}/to/http://{inside}:{port}/"),
                format!("http://outside.test:{port}/to///{inside}:{port}/"),
            ] {
                let got = get(&address);
                assert!(
                    matches!(got, Err(FetchError::Inside(_) | FetchError::NoHost)),
                    "{address}: {got:?}"
                );
            }
        }
    }
}
