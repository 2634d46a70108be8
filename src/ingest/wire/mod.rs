//! Owns the formats that agencies send: a file each, all through [`item::WireItem`].

mod digitalwires;
mod item;
mod markup;
mod newsml_1;
mod newsml_g2;
mod ninjs;
mod nitf;
mod notice;
mod telegraph;

pub(crate) use digitalwires::Digitalwires;
pub(crate) use newsml_1::NewsMl1;
pub(crate) use newsml_g2::NewsMlG2;
pub(crate) use ninjs::Ninjs;
pub(crate) use nitf::Nitf;
pub(super) use notice::tell as tell_notice;
pub(crate) use telegraph::{Anpa, Iptc7901};

use std::ops::ControlFlow;

use super::{
    draft::Draft,
    format::{Desk, Source},
    xml::{self, Element},
};

/// What is done with the tree of a document and the bytes that it was.
type ReadTree<'a> = dyn FnMut(&Element, Vec<u8>, &mut Desk<'_>) -> ControlFlow<()> + 'a;

/// Reads a document whole and hands its tree on, or refuses it.
fn read_xml(source: Source, desk: &mut Desk<'_>, read: &mut ReadTree<'_>) -> ControlFlow<()> {
    let name = source.name.clone();
    let bytes = match source.bytes(desk.limits) {
        Ok(bytes) => bytes,
        Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
    };
    match xml::parse(&bytes) {
        Ok(root) => read(&root, bytes, desk),
        Err(reason) => desk.refuse(&name, None, reason),
    }
}

/// Hands one item over, with the bytes that it came in.
fn hand_over(
    draft: Result<Draft, String>,
    place: (&str, Option<usize>),
    bytes: Vec<u8>,
    desk: &mut Desk<'_>,
) -> ControlFlow<()> {
    match draft {
        Ok(draft) => desk.hand_over(draft.captured(bytes)),
        Err(reason) => desk.refuse(place.0, place.1, reason),
    }
}
