//! Owns the containment of foreign parsers: a panic inside one is an answer, not the end, and prints nothing.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    sync::Once,
};

thread_local! {
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// What `work` gives, or nothing where it panics. For parsers of other crates only: they may be left half-way, so
/// what they work on must not be used again.
pub(crate) fn contained<T>(work: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let outside = take_hook();
        set_hook(Box::new(move |panic| {
            if !INSIDE.get() {
                outside(panic);
            }
        }));
    });
    let before = INSIDE.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    INSIDE.set(before);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_nothing_and_others_go_on() {
        let none: &[u8] = &[];
        assert_eq!(contained(|| none.iter().max().copied().expect("bytes")), None);
        assert_eq!(contained(|| 7), Some(7));
    }
}
