//! DER (X.690), as much as a time stamp needs: elements in elements.

/// Tags that are looked for.
pub const INTEGER: u8 = 0x02;
pub const BIT_STRING: u8 = 0x03;
pub const OCTET_STRING: u8 = 0x04;
pub const OID: u8 = 0x06;
pub const SEQUENCE: u8 = 0x30;
pub const SET: u8 = 0x31;
/// `[0]`, constructed.
pub const FIRST: u8 = 0xa0;

/// An element: its tag, what is in it, and all its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    pub tag: u8,
    pub value: &'a [u8],
    pub whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// The first element of some bytes; `None` where they are no DER.
    pub fn first(bytes: &'a [u8]) -> Option<Self> {
        let (&tag, rest) = bytes.split_first()?;
        let (&short, rest) = rest.split_first()?;
        let (length, head) = if short < 0x80 {
            (usize::from(short), 2)
        } else {
            let count = usize::from(short & 0x7f);
            let digits = rest.get(..count).filter(|_| (1..=4).contains(&count))?;
            let length = digits.iter().fold(0usize, |sum, digit| sum << 8 | usize::from(*digit));
            (length, 2 + count)
        };
        let end = head + length;
        Some(Self { tag, value: bytes.get(head..end)?, whole: bytes.get(..end)? })
    }

    /// What is in it; `None` where that is no DER.
    pub fn children(&self) -> Option<Vec<Self>> {
        let mut rest = self.value;
        let mut found = Vec::new();
        while !rest.is_empty() {
            let child = Self::first(rest)?;
            rest = rest.get(child.whole.len()..)?;
            found.push(child);
        }
        Some(found)
    }

    /// The child at a place.
    pub fn child(&self, at: usize) -> Option<Self> {
        self.children()?.get(at).copied()
    }
}

/// An element of its contents.
pub fn element(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match value.len() {
        length @ 0..0x80 => out.extend(u8::try_from(length)),
        length => {
            let bytes = length.to_be_bytes();
            let digits: Vec<u8> = bytes.into_iter().skip_while(|byte| *byte == 0).collect();
            out.push(0x80 | u8::try_from(digits.len()).unwrap_or(0x7f));
            out.extend(digits);
        }
    }
    out.extend(value);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(value in prop::collection::vec(any::<u8>(), 0..700)) {
            let written = element(OCTET_STRING, &value);
            let read = Element::first(&written).unwrap();
            prop_assert_eq!((read.tag, read.value, read.whole), (OCTET_STRING, &value[..], &written[..]));
        }

        #[test]
        fn no_bytes_bring_it_down(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Element::first(&bytes).and_then(|element| element.children());
        }
    }
}
