//! Owns feeds and sitemaps: items with their whole text are articles, summaries are teasers, addresses sightings.

mod entry;
mod json_feed;
mod sitemap;
mod syndication;
mod wordpress;

pub(crate) use json_feed::JsonFeed;
pub(crate) use sitemap::Sitemap;
pub(crate) use syndication::Syndication;
pub(crate) use wordpress::WordPress;
