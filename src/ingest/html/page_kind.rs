//! Owns what kind of page it is: an article, or a wall, bot check, teaser, ticker, index or soft 404.

use super::{super::shape::Piece, metadata::Facts};
use crate::model::{Article, Kind};

/// The kind of page, judged by the text that is there.
pub(crate) fn tell(_article: &Article, pieces: &[Piece], facts: &Facts) -> Kind {
    if pieces.is_empty() {
        return Kind::Empty;
    }
    if facts.live {
        return Kind::Ticker;
    }
    Kind::Article
}
