//! What stays ready between two uses of one store: word lists once made, and connections once opened.

use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::language::Lexicons;
use crate::store::Store;

/// Read-only connections that are kept; more are opened where needed, and closed after use.
const KEPT: usize = 16;

/// Shared by all contexts of a process that lives long; a command has one of its own.
#[derive(Default)]
pub struct Warm {
    lexicons: OnceLock<Arc<Lexicons>>,
    idle: Mutex<Vec<Store>>,
}

impl Warm {
    /// The word lists, made by whoever asks first.
    pub(super) fn lexicons(&self, make: impl FnOnce() -> Lexicons) -> Arc<Lexicons> {
        Arc::clone(self.lexicons.get_or_init(|| Arc::new(make())))
    }

    /// A store that was opened for reading before and is not in use.
    pub(super) fn idle(self: &Arc<Self>) -> Option<Opened> {
        let store = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()?;
        Some(self.lend(store))
    }

    /// A store that comes back when it is no longer in use.
    pub(super) fn lend(self: &Arc<Self>, store: Store) -> Opened {
        Opened { store: Some(store), back: Some(Arc::clone(self)) }
    }
}

/// A store opened for reading.
pub(super) struct Opened {
    /// `None` only while it is dropped.
    store: Option<Store>,
    back: Option<Arc<Warm>>,
}

impl Opened {
    /// One that is not kept.
    pub(super) fn for_once(store: Store) -> Self {
        Self { store: Some(store), back: None }
    }
}

impl Deref for Opened {
    type Target = Store;

    #[allow(clippy::expect_used)] // it is taken out in `drop` alone
    fn deref(&self) -> &Store {
        self.store.as_ref().expect("a store in use is there")
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if let (Some(store), Some(warm)) = (self.store.take(), self.back.take()) {
            let mut idle = warm.idle.lock().unwrap_or_else(PoisonError::into_inner);
            if idle.len() < KEPT {
                idle.push(store);
            }
        }
    }
}
