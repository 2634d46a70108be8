//! Whether an answer is still the same: a tag made of the store's files, the question and this build.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use axum::http::{HeaderMap, Uri, header};
use sha2::{Digest, Sha256};

use super::app::App;
use crate::reporter::bundle::hex;

/// The tag of the answer to a question about the store as it is now.
pub(super) fn of(app: &App, uri: &Uri, headers: &HeaderMap) -> String {
    let context = app.context();
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(format!("{:?}", context.thresholds));
    hash.update(uri.to_string());
    if let Some(accept) = headers.get(header::ACCEPT) {
        hash.update(accept.as_bytes());
    }
    let log = context.db.with_file_name(
        context.db.file_name().unwrap_or_default().to_string_lossy().into_owned() + "-wal",
    );
    for file in [&context.db, &log] {
        hash.update(state(file));
    }
    format!("\"{}\"", hex(&hash.finalize()[..16]))
}

/// Size and time of a file; a commit changes one or both.
fn state(file: &Path) -> [u8; 24] {
    let mut state = [0; 24];
    // A log that is there and empty says no more than none.
    if let Ok(seen) = fs::metadata(file)
        && seen.len() > 0
    {
        let changed = seen.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        state[..8].copy_from_slice(&seen.len().to_le_bytes());
        state[8..].copy_from_slice(&changed.unwrap_or_default().as_nanos().to_le_bytes());
    }
    state
}

/// Whether the client holds the answer with this tag.
pub(super) fn is_held(headers: &HeaderMap, tag: &str) -> bool {
    let held = headers.get_all(header::IF_NONE_MATCH).into_iter().filter_map(|v| v.to_str().ok());
    held.flat_map(|list| list.split(','))
        .any(|one| one.trim() == "*" || one.trim().trim_start_matches("W/") == tag)
}
