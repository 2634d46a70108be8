//! What can go wrong with a store, said with its cause and its remedy.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why a store could not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{}: cannot open the store: {cause}. Check that the folder exists and can be written, or name another file with --db", path.display())]
    Open { path: PathBuf, cause: rusqlite::Error },
    #[error("{}: no copytrail store, but {what}. Name another file with --db; this one was left as it is", path.display())]
    NotAStore { path: PathBuf, what: String },
    #[error("{}: no store here yet. Make one with `copytrail add`, or name another file with --db", path.display())]
    Missing { path: PathBuf },
    #[error("{}: written by a newer copytrail (schema {found}, this one knows up to {known}). Update copytrail; the store was left as it is", path.display())]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("{}: of an older schema ({found}, needed {known}), and it cannot be written to bring it up to date. Give leave to write to it and its folder, or work on a copy: --db names it", path.display())]
    Older { path: PathBuf, found: i64, known: i64 },
    #[error(
        "the store is busy: another copytrail is writing to it. Wait until it is done, then run the same command again; nothing is lost"
    )]
    Busy,
    #[error(
        "the disk is full: {0}. Make room, then run the same command again; all batches before this one are kept"
    )]
    Full(rusqlite::Error),
    #[error(
        "the store is damaged: {0}. Run `copytrail check`; restore a backup, or add the inputs again into a new store"
    )]
    Damaged(String),
    #[error("the store was opened read-only, so it cannot {0}. Open it for writing")]
    ReadOnly(&'static str),
    #[error(
        "the store is full: it numbers documents up to 4,294,967,295. Start a second one with --db"
    )]
    TooMany,
    #[error("the store could not be read or written: {0}. Run `copytrail check`")]
    Sql(rusqlite::Error),
    #[error("{}: {cause}. Check that the folder exists and can be written", path.display())]
    File { path: PathBuf, cause: std::io::Error },
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full(error),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly("be changed"),
            _ => Self::Sql(error),
        }
    }
}

/// Shorthand of this room.
pub type Result<T> = std::result::Result<T, StoreError>;
