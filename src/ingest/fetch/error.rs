//! Owns why an address could not be fetched: one clause each that goes on from the address, with what to do.

/// Why an address could not be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("is no address: {0}; give one that begins with https:// or http://")]
    NotAnAddress(String),
    #[error("leads to no address: {0}; try again later")]
    NoAddress(String),
    #[error("leads to {0}; only http and https are followed")]
    Scheme(String),
    #[error("{0}; such addresses are fetched with --allow-private only")]
    Inside(String),
    #[error(
        "is closed to programs by the site's robots.txt; save the page from a browser and give the file, with --url for its address"
    )]
    Closed,
    #[error("has no readable robots.txt (status {status}); try again later")]
    NoRobots { status: u16 },
    #[error("redirects more than {hops} times, to {last} at last")]
    TooManyHops { hops: u32, last: String },
    #[error("took longer than {seconds} seconds; try again later")]
    TooSlow { seconds: u64 },
    #[error("is larger than {megabytes} MB, the limit for one page")]
    TooLarge { megabytes: u64 },
    #[error("has no such host; check the spelling")]
    NoHost,
    /// The body's compression.
    #[error("{0}; save the page from a browser and give the file")]
    Packed(String),
    #[error("cannot be fetched: {0}")]
    Failed(String),
    #[error("is not there (status {0})")]
    Gone(u16),
    #[error(
        "is kept from programs (status {0}); save the page from a browser and give the file, with --url for its address"
    )]
    Blocked(u16),
    #[error("gives no page (status {0}); try again later")]
    NoPage(u16),
    #[error("was waited for when the work was stopped; the same command goes on from there")]
    Stopped,
}

impl FetchError {
    /// What a status that brings no page means.
    #[must_use]
    pub fn of_status(status: u16) -> Self {
        match status {
            404 | 410 => Self::Gone(status),
            401..=403 | 429 | 451 => Self::Blocked(status),
            _ => Self::NoPage(status),
        }
    }
}
