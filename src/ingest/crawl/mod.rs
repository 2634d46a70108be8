//! Owns crawls: WARC and ARC, streamed record by record; and the messages of HTTP that they hold.

mod arc;
mod message;
mod pages;
mod warc;

pub(crate) use arc::Arc;
pub(crate) use message::{decoded, media_type};
pub(crate) use warc::Warc;
