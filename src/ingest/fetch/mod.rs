//! Owns the fetching of pages: http and https of the public internet only, bounded in hops, size and time,
//! robots.txt asked first.

mod answer;
mod authority;
mod client;
mod error;
mod reach;
mod robots;
mod visitor;

use std::{io::Cursor, ops::ControlFlow};

pub use answer::{Answer, Validators};
pub use authority::ask_authority;
pub use error::FetchError;
pub use visitor::{Manners, Visitor};

use super::{
    IngestError,
    format::{Desk, Source},
    html, now, read_source,
};

/// Fetches an address and reads what is there, whatever its format.
pub(super) fn read(address: &str, desk: &mut Desk<'_>) -> Result<ControlFlow<()>, IngestError> {
    let not_fetched = |cause| IngestError::NotFetched { input: address.to_owned(), cause };
    let visitor = Visitor::new(desk.limits, Manners::default(), &|| false);
    let answer = visitor.get(address, &Validators::default()).map_err(not_fetched)?;
    match answer.status {
        200 | 203 => Ok(read_answer(address, answer, desk)),
        status => Err(not_fetched(FetchError::of_status(status))),
    }
}

/// Reads what an answer brought, whatever its format.
pub(super) fn read_answer(address: &str, answer: Answer, desk: &mut Desk<'_>) -> ControlFlow<()> {
    let body = answer.body;
    let looks = body.trim_ascii_start().starts_with(b"<");
    let is_page = answer.kind == "text/html"
        || (answer.kind == "application/xhtml+xml" || answer.kind.is_empty()) && looks;
    if !is_page {
        return match Source::new(address, Box::new(Cursor::new(body))) {
            Ok(source) => read_source(source, desk),
            Err(error) => desk.refuse(address, None, error.to_string()),
        };
    }
    let given = desk.given.url.as_deref().unwrap_or(answer.url.as_str());
    let mut draft = html::draft_of_bytes(&body, answer.charset.as_deref(), address, Some(given));
    // Being there now bounds when it was published.
    draft.article.first_seen = now();
    if draft.says_nothing() {
        let reason =
            "is an HTML page without text; it may be filled by a script: save it from the browser";
        return desk.refuse(address, None, reason);
    }
    desk.hand_over(draft.captured(body).answered(Some(answer.head)))
}
