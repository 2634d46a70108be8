//! The store: the only room with SQL. One SQLite file, and a sidecar beside it for captured bytes.

mod add;
mod audits;
mod body;
mod captures;
mod check;
mod columns;
mod copies;
mod digest;
mod dossiers;
mod error;
mod figures;
mod find;
mod furniture;
mod licences;
mod listing;
mod looks;
mod notices;
mod outcome_rows;
mod outcomes;
mod outlets;
mod packs;
mod pages;
mod postings;
mod readers;
mod remove;
mod reviews;
mod revise;
mod schema;
mod schemes;
mod search;
mod tally;
mod view;
mod watch;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

pub use add::{Deposit, Outcome};
pub use copies::CopyOf;
pub use error::StoreError;
pub use listing::Filter;
pub use outcomes::{Kept, KeptTrace, Mark};
pub use packs::{PACK_FIRST, PackError, PackOutcome, pack_key};
pub use postings::{Index, Posting, Reach};
pub use readers::Readers;
pub use reviews::Review;
pub use schemes::Scheme;
pub use view::View;
pub use watch::{Listed, Site, SiteCounts, Source, WaitingPage, page_key};

use captures::Sidecar;
use error::Result;

/// How a store is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether captured bytes are kept.
    pub captures: bool,
    /// Whether nothing may be changed, but for the schema of an older store; the file must exist then.
    pub read_only: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { captures: true, read_only: false }
    }
}

/// A store with leave to write; reads as a [`View`] does. One writer at a time, any number of readers beside it.
pub struct Store {
    view: View,
    sidecar: Sidecar,
    options: Options,
    /// Postings written since it was opened or tidied, by index.
    wrote: [i64; 3],
    /// Declared before the folder, so that their files are closed before it goes.
    idle: readers::Idle,
    /// Deletes a temporary store when the last that uses it is gone.
    folder: Option<Arc<TempDir>>,
}

/// A read-only connection of its own, for a worker thread; reads as a [`View`] does.
pub struct Reader {
    view: View,
    /// Declared after the view, so that the file is closed before its folder goes.
    _folder: Option<Arc<TempDir>>,
}

impl Store {
    /// Opens the store at `path`, making it where there is none (and its folder), unless read-only.
    pub fn open(path: &Path, options: Options) -> Result<Self> {
        let conn = if options.read_only {
            schema::open_reader(path)?
        } else {
            if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
                std::fs::create_dir_all(folder)
                    .map_err(|cause| StoreError::File { path: folder.to_owned(), cause })?;
            }
            schema::open_writer(path)?
        };
        let sidecar = Sidecar::beside(path, options.read_only);
        Ok(Self {
            view: View::new(conn, path.to_owned()),
            sidecar,
            options,
            wrote: [0; 3],
            idle: Arc::default(),
            folder: None,
        })
    }

    /// A store in a temporary folder, deleted when it and its readers are dropped.
    pub fn temporary() -> Result<Self> {
        let failed = |cause| StoreError::File { path: std::env::temp_dir(), cause };
        let folder = TempDir::with_prefix("copytrail-").map_err(failed)?;
        let mut store = Self::open(&folder.path().join("copytrail.db"), Options::default())?;
        store.folder = Some(Arc::new(folder));
        Ok(store)
    }

    /// The store's file.
    pub fn path(&self) -> &Path {
        self.view.path()
    }

    /// The file beside it that holds captured bytes.
    pub fn captures_path(&self) -> PathBuf {
        self.sidecar.path().to_owned()
    }

    /// A read-only connection of its own.
    pub fn reader(&self) -> Result<Reader> {
        let view = View::new(schema::open_reader(self.path())?, self.path().to_owned());
        Ok(Reader { view, _folder: self.folder.clone() })
    }

    fn writable(&self, what: &'static str) -> Result<()> {
        if self.options.read_only { Err(StoreError::ReadOnly(what)) } else { Ok(()) }
    }
}

impl Deref for Store {
    type Target = View;

    fn deref(&self) -> &View {
        &self.view
    }
}

impl Deref for Reader {
    type Target = View;

    fn deref(&self) -> &View {
        &self.view
    }
}
