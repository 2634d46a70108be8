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
    /// Whether the file is mapped into memory.
    mapped: bool,
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

    /// Readers for going through all of a store: mapped, all of its file would count as this process's memory.
    #[must_use]
    pub fn unmapped(self) -> Self {
        Self { mapped: false, idle: Idle::default(), ..self }
    }

    fn open(&self) -> Result<Reader> {
        let conn = schema::open_reader(&self.path)?;
        if !self.mapped {
            conn.execute_batch("PRAGMA mmap_size = 0; PRAGMA cache_size = -16384;")?;
        }
        let view = View::new(conn, self.path.clone());
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
            mapped: true,
        }
    }
}
