//! Read-only connections for worker threads: opened when needed, kept for the next piece of work as long as the
//! store is open.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

use super::error::Result;
use super::view::View;
use super::{Reader, Store, schema};

/// Readers that are not in use.
pub(super) type Idle = Arc<Mutex<Vec<Reader>>>;

/// Readers of one store, to be shared by threads.
pub struct Readers {
    path: PathBuf,
    folder: Option<Arc<TempDir>>,
    idle: Idle,
}

impl Readers {
    /// Runs `work` with a reader that no other thread has.
    pub fn with<T, E: From<super::StoreError>>(
        &self,
        work: impl FnOnce(&Reader) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => self.open()?,
        };
        let done = work(&reader);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
        done
    }

    fn open(&self) -> Result<Reader> {
        let view = View::new(schema::open_reader(&self.path)?, self.path.clone());
        Ok(Reader { view, _folder: self.folder.clone() })
    }
}

impl Store {
    /// Read-only connections for worker threads.
    pub fn readers(&self) -> Readers {
        Readers {
            path: self.path().to_owned(),
            folder: self.folder.clone(),
            idle: Arc::clone(&self.idle),
        }
    }
}
