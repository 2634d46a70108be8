//! Owns feeds and sitemaps: items with their whole text are articles, summaries are teasers, addresses sightings.

mod entry;
mod json_feed;
mod sitemap;
mod syndication;

pub(crate) use json_feed::JsonFeed;
pub(crate) use sitemap::Sitemap;
pub(crate) use syndication::Syndication;
