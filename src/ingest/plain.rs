//! Owns plain text: the format of last resort for whatever reads as text.

use std::ops::ControlFlow;

use super::{
    draft::Draft,
    encoding,
    format::{Desk, Format, Head, Source},
    paragraphs,
    shape::{Piece, Shape, set_story},
    xml,
};
use crate::model::FormatRow;

/// Plain text.
pub(crate) struct Plain;

impl Format for Plain {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "text",
            description: "plain text, a blank line or a line end between paragraphs; UTF-8, UTF-16 or a legacy encoding",
            told_by: "reads as text and is nothing else",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        xml::root(&head.text).is_none()
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
        };
        let text = encoding::decode(&bytes, None);
        let mut draft = Draft::new(&name, None);
        let pieces = paragraphs::split(&text).into_iter().map(Piece::text).collect();
        set_story(&mut draft.article, pieces, Shape::Bare);
        if draft.article.paragraphs.is_empty() {
            return desk.refuse(
                &name,
                None,
                "holds no text; give a file with at least one paragraph",
            );
        }
        desk.hand_over(draft.captured(bytes))
    }
}
