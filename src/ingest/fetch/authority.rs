//! Asking a time-stamp authority (RFC 3161, 3.4): one question, one answer, within the bounds of any fetch.

use std::time::Instant;

use url::Url;

use super::client::Client;
use super::error::FetchError;
use crate::ingest::{IngestError, Limits};

/// Bytes of an answer; one with a chain of certificates has some 10 KB.
const LARGEST: u64 = 1_000_000;

/// Sends a query to the authority at an address and gives its answer.
///
/// # Errors
/// Where the address cannot be reached, is inside without the user's word, or does not answer as an authority.
pub fn ask_authority(address: &str, query: &[u8], limits: &Limits) -> Result<Vec<u8>, IngestError> {
    let not_fetched = |cause| IngestError::NotFetched { input: address.to_owned(), cause };
    let url = Url::parse(address)
        .map_err(|cause| not_fetched(FetchError::NotAnAddress(cause.to_string())))?;
    let client = Client::new(limits, None);
    let until = Instant::now() + limits.max_time;
    client.post(&url, ("application/timestamp-query", query), (until, LARGEST)).map_err(not_fetched)
}
