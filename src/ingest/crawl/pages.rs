//! Owns the way from a crawl's record to an article: only pages of HTML that were served whole.

use std::ops::ControlFlow;

use super::{
    super::{format::Desk, html, parse_moment},
    message::{Response, media_type},
};

/// What a crawl held that was no page, for the one refusal of a crawl without any.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub pages: usize,
    pub others: usize,
}

/// A record that may hold a page.
pub(super) struct Record<'a> {
    pub file: &'a str,
    /// Number in the crawl, from 1.
    pub number: usize,
    pub url: &'a str,
    /// When it was taken, as the crawl states it.
    pub taken: Option<&'a str>,
    /// The record's own type: `application/http`, or that of the page itself.
    pub kind: &'a str,
    pub bytes: &'a [u8],
}

/// A page that was served whole.
struct Page {
    /// Media type.
    kind: String,
    charset: Option<String>,
    body: Vec<u8>,
    /// Status line and headers, where the crawl has them.
    head: Option<String>,
}

impl Record<'_> {
    /// Hands the page over, where it is one.
    pub fn hand_over(&self, tally: &mut Tally, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let number = Some(self.number);
        let Page { kind, charset, body, head } = match self.page(desk.limits.max_bytes) {
            Ok(Some(page)) => page,
            Ok(None) => {
                tally.others += 1;
                return ControlFlow::Continue(());
            }
            Err(reason) => return desk.refuse(self.file, number, reason),
        };
        let looks = body.trim_ascii_start().starts_with(b"<");
        if !(kind.contains("html") || (kind.is_empty() && looks)) {
            tally.others += 1;
            return ControlFlow::Continue(());
        }
        tally.pages += 1;
        let address = self.url.trim().trim_matches(['<', '>']).replace(' ', "%20");
        let mut draft = html::draft_of_bytes(&body, charset.as_deref(), self.file, Some(&address));
        draft.article.line = number;
        draft.see(self.taken.and_then(parse_moment));
        if draft.says_nothing() {
            let reason =
                format!("{address} is an HTML page without text; it may be filled by a script");
            return desk.refuse(self.file, number, reason);
        }
        desk.hand_over(draft.captured(body).answered(head))
    }

    /// A page that was served whole; nothing where it was not.
    fn page(&self, limit: u64) -> Result<Option<Page>, String> {
        if !media_type(self.kind).0.starts_with("application/http")
            && !self.kind.is_empty()
            && !self.bytes.starts_with(b"HTTP/")
        {
            let (kind, charset) = media_type(self.kind);
            return Ok(Some(Page { kind, charset, body: self.bytes.to_vec(), head: None }));
        }
        let Some(response) = Response::read(self.bytes) else { return Ok(None) };
        let (kind, charset) = media_type(response.header("content-type").unwrap_or_default());
        if response.status != 200 || !(kind.is_empty() || kind.contains("html")) {
            return Ok(None);
        }
        let body = response.body(limit).map_err(|why| format!("{} {why}", self.url))?;
        Ok(Some(Page { kind, charset, body, head: Some(response.head) }))
    }
}

/// The refusal of a crawl that held no page at all.
pub(super) fn finish(file: &str, tally: &Tally, desk: &mut Desk<'_>) -> ControlFlow<()> {
    if tally.pages > 0 {
        return ControlFlow::Continue(());
    }
    let reason = format!(
        "is a crawl without HTML pages ({} records of other kinds); there is nothing to read",
        tally.others
    );
    desk.refuse(file, None, reason)
}
