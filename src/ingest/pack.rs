//! Owns how an index pack is told from other inputs. What is in it, the store alone knows: it is handed over whole.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::Item;
use super::format::{Desk, Format, Head, Source};
use crate::model::{FormatRow, PACK_MAGIC};

/// Bytes of a pack that comes through a pipe or compressed.
const MAX_COPY: u64 = 16_000_000_000;

/// Index packs.
pub(crate) struct Pack;

impl Format for Pack {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "pack",
            description: "index packs of `copytrail export --pack`: fingerprints, addresses and titles without any text",
            told_by: "its first bytes, CTPACK",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        // All but the form's number: a newer one is told apart where it is read.
        head.bytes.starts_with(&PACK_MAGIC[..7])
    }

    fn framed(&self) -> bool {
        true
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        match source.seekable(MAX_COPY) {
            Ok(file) => (desk.sink)(Item::Pack { file: name, content: Arc::new(file) }),
            Err(error) => desk.refuse(&name, None, format!("cannot be read: {error}")),
        }
    }
}
