//! Owns pages that are seen through another's window: archives, AMP caches and translating proxies. What they show
//! is the article; what they add to it is taken away; when they took it bounds its publication.

mod address;
mod page;

pub(crate) use address::shown;
pub(crate) use page::{Seen, see};
