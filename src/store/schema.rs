//! Opening the file: whether it is a store, which schema it has, bringing it up to date.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::error::{Result, StoreError};

/// "ctrl" in ASCII: tells a store from other SQLite files.
pub const APPLICATION_ID: i64 = 0x6374_726c;

/// Every schema from the first on; a file is never edited once it has landed.
const MIGRATIONS: [&str; 9] = [
    include_str!("../../db/migrations/0001_store.sql"),
    include_str!("../../db/migrations/0002_watch.sql"),
    include_str!("../../db/migrations/0003_outlets.sql"),
    include_str!("../../db/migrations/0004_outcomes.sql"),
    include_str!("../../db/migrations/0005_looks.sql"),
    include_str!("../../db/migrations/0006_notices.sql"),
    include_str!("../../db/migrations/0007_outlet_signs.sql"),
    include_str!("../../db/migrations/0008_packs.sql"),
    include_str!("../../db/migrations/0009_headers.sql"),
];

/// Schema that this build writes.
pub fn known() -> i64 {
    MIGRATIONS.len().try_into().unwrap_or(i64::MAX)
}

/// How long to wait for another writer, which holds the file for a batch or a merge at a time.
pub const BUSY: Duration = Duration::from_mins(1);

fn cannot_open(path: &Path) -> impl Fn(rusqlite::Error) -> StoreError + '_ {
    move |cause| match cause.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotAStore {
            path: path.to_owned(),
            what: "a file of another kind".to_owned(),
        },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        _ => StoreError::Open { path: path.to_owned(), cause },
    }
}

/// Opens for writing, making the file and bringing it to this build's schema where needed.
pub fn open_writer(path: &Path) -> Result<Connection> {
    if path.is_dir() {
        let what = "a folder".to_owned();
        return Err(StoreError::NotAStore { path: path.to_owned(), what });
    }
    let failed = cannot_open(path);
    let mut conn = Connection::open(path).map_err(&failed)?;
    conn.busy_timeout(BUSY).map_err(&failed)?;
    let found = version(&conn, path)?;
    if found == 0 {
        conn.execute_batch("PRAGMA page_size = 8192; PRAGMA auto_vacuum = NONE;")
            .map_err(&failed)?;
    }
    // NORMAL: after a crash of the machine the last batches may be missing, never a part of one.
    // The page cache is most of what a writer holds, however much it reads: KiB.
    // FAST: what is deleted is overwritten where its page is written anyway; removal wipes the free pages.
    conn.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = FAST; PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -163840; PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000;
         PRAGMA journal_size_limit = 67108864;",
    )
    .map_err(&failed)?;
    settle_plans(&conn, 128).map_err(&failed)?;
    if found < known() {
        migrate(&mut conn, path)?;
    }
    Ok(conn)
}

/// Opens for reading only; a folder that cannot be written is no hindrance, unless the store is of an older schema:
/// then it is brought to this build's first.
pub fn open_reader(path: &Path) -> Result<Connection> {
    if !path.exists() {
        return Err(StoreError::Missing { path: path.to_owned() });
    }
    let mut conn = read_only(path)?;
    let found = version(&conn, path)?;
    if found == 0 {
        let what = "an empty file".to_owned();
        return Err(StoreError::NotAStore { path: path.to_owned(), what });
    }
    if found < known() {
        drop(conn);
        drop(open_writer(path).map_err(|error| match error {
            StoreError::Open { .. } => {
                StoreError::Older { path: path.to_owned(), found, known: known() }
            }
            other => other,
        })?);
        conn = read_only(path)?;
    }
    conn.execute_batch(
        "PRAGMA query_only = ON; PRAGMA cache_size = -65536; PRAGMA mmap_size = 1099511627776; PRAGMA temp_store = MEMORY;",
    )
    .map_err(cannot_open(path))?;
    settle_plans(&conn, 64).map_err(cannot_open(path))?;
    Ok(conn)
}

/// Keeps prepared statements as they are. Without it SQLite prepares many anew at every binding, to plan by the
/// value bound: three quarters of the time of reading an article.
fn settle_plans(conn: &Connection, statements: usize) -> rusqlite::Result<()> {
    conn.set_prepared_statement_cache_capacity(statements);
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

fn read_only(path: &Path) -> Result<Connection> {
    let failed = cannot_open(path);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(&failed)?;
    conn.busy_timeout(BUSY).map_err(&failed)?;
    let read = conn.query_row("PRAGMA schema_version", [], |row| row.get::<_, i64>(0));
    let cannot_share = matches!(
        read.as_ref().err().and_then(rusqlite::Error::sqlite_error_code),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
    );
    let log = path.with_file_name(file_name(path) + "-wal");
    if !cannot_share || log.exists() {
        return Ok(conn);
    }
    // Without leave to write beside it there is no shared memory; nobody else can write either.
    let Ok(mut address) = url::Url::from_file_path(std::path::absolute(path).unwrap_or_default())
    else {
        return Ok(conn);
    };
    address.set_query(Some("immutable=1"));
    Connection::open_with_flags(address.as_str(), flags | OpenFlags::SQLITE_OPEN_URI)
        .map_err(&failed)
}

/// The name of a file, for those that stand beside it.
pub fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The schema of the file, 0 for an empty one; an error where it is no store or a newer one's.
fn version(conn: &Connection, path: &Path) -> Result<i64> {
    let failed = cannot_open(path);
    let pragma = |name: &str| {
        conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0)).map_err(&failed)
    };
    let (application, found) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 = conn
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(&failed)?;
    if application != APPLICATION_ID && (tables > 0 || application != 0) {
        let what = "another program's SQLite database".to_owned();
        return Err(StoreError::NotAStore { path: path.to_owned(), what });
    }
    if found > known() {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: known() });
    }
    Ok(found)
}

fn migrate(conn: &mut Connection, path: &Path) -> Result<()> {
    let failed = cannot_open(path);
    let transaction =
        conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(&failed)?;
    // Another process may have done it while this one waited.
    let found = version(&transaction, path)?;
    for (number, sql) in (1..).zip(MIGRATIONS) {
        if number > found {
            transaction.execute_batch(sql).map_err(&failed)?;
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(&failed)?;
    transaction.pragma_update(None, "user_version", known()).map_err(&failed)?;
    transaction.commit().map_err(&failed)
}
