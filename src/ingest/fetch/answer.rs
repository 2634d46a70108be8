//! Owns what a server's answer is, fresh or as it was kept.

use std::fmt::Write;
use std::time::Duration;

use ureq::http::Response;
use url::Url;

use super::super::crawl::media_type;

/// What is known of a page from an earlier answer, as its server wrote it: an unchanged page need not come again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// What a server answered at the end of all redirects.
#[derive(Debug, Clone)]
pub struct Answer {
    pub url: Url,
    /// Of HTTP.
    pub status: u16,
    /// Media type, lower case.
    pub kind: String,
    pub charset: Option<String>,
    pub validators: Validators,
    /// Status line and headers, a line each.
    pub head: String,
    /// How long the server asks to be left alone.
    pub retry_after: Option<Duration>,
    /// Without compression; empty unless the status is 200 or 203.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer as it was kept: its head, and its body without chunks and compression.
    #[must_use]
    pub fn kept(url: Url, head: &str, body: Vec<u8>) -> Self {
        let header = |wanted: &str| {
            let named = head.lines().filter_map(|line| line.split_once(':'));
            let mut of_name = named.filter(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
            of_name.next().map(|(_, value)| value.trim().to_owned())
        };
        let (kind, charset) = media_type(&header("content-type").unwrap_or_default());
        Self {
            url,
            status: 200,
            kind,
            charset,
            validators: Validators::default(),
            head: head.to_owned(),
            retry_after: None,
            body,
        }
    }
}

/// Status line and headers as the server sent them; names are in lower case, as HTTP/2 has them.
pub(super) fn head(response: &Response<ureq::Body>) -> String {
    let (status, version) = (response.status(), response.version());
    let reason = status.canonical_reason().unwrap_or_default();
    let mut head = format!("{version:?} {} {reason}", status.as_u16());
    for (name, value) in response.headers() {
        let _ = write!(head, "\r\n{name}: {}", String::from_utf8_lossy(value.as_bytes()));
    }
    head
}
