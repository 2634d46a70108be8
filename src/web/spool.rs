//! Bodies on their way to the workflow: bounded in size and time, put into a file that is gone when nobody needs it.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, Bytes};
use axum::extract::multipart::Field;
use futures_util::StreamExt;
use tempfile::TempDir;
use tokio::time::{Instant, timeout, timeout_at};

use super::problem::Problem;
use super::settings::Bounds;

/// Bytes that are collected before they are written.
const PIECE: usize = 256 * 1024;
/// Characters of a file's name that are kept.
const NAME: usize = 60;

/// A body in a file of its own.
pub(super) struct Spool {
    folder: Arc<TempDir>,
    /// What it is called to people.
    pub name: String,
    file: PathBuf,
    pub bytes: u64,
    held: Held,
}

/// Bytes that count against the bound on all bodies, as long as they are held.
struct Held {
    all: Arc<AtomicU64>,
    mine: u64,
}

impl Held {
    fn grow(&mut self, more: u64, most: u64) -> Result<(), Problem> {
        self.mine += more;
        if self.all.fetch_add(more, Ordering::Relaxed) + more > most {
            return Err(Problem::too_many(
                "too many large bodies are held at once; try again when others are done",
            ));
        }
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.fetch_sub(self.mine, Ordering::Relaxed);
    }
}

/// Where a body is put, and how much of it is taken.
pub(super) struct Spooler {
    pub bounds: Bounds,
    pub all: Arc<AtomicU64>,
    /// Bytes of this body.
    pub most: u64,
}

/// A name without anything that a file system or an address could take amiss.
fn tame(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
        .collect();
    let kept = kept.trim_start_matches('.');
    let from = kept.len().saturating_sub(NAME);
    match kept.get(from..) {
        Some(kept) if !kept.is_empty() => kept.to_owned(),
        _ => "input".to_owned(),
    }
}

impl Spooler {
    fn begin(&self, name: &str) -> Result<Spool, Problem> {
        let folder = TempDir::with_prefix("copytrail-").map_err(|cause| no_room(&cause))?;
        let file = folder.path().join(tame(name));
        let held = Held { all: Arc::clone(&self.all), mine: 0 };
        Ok(Spool { folder: Arc::new(folder), name: name.to_owned(), file, bytes: 0, held })
    }

    /// Takes a request's whole body.
    pub async fn body(&self, body: Body, name: &str) -> Result<Spool, Problem> {
        let until = Instant::now() + self.bounds.body_time;
        let mut spool = self.begin(name)?;
        let mut piece = Vec::new();
        let mut stream = body.into_data_stream();
        loop {
            let next = timeout_at(until, timeout(self.bounds.patience, stream.next())).await;
            let Ok(Ok(next)) = next else { return Err(slow()) };
            let Some(bytes) = next else { break };
            self.take(&mut spool, &mut piece, &bytes.map_err(|error| cut_off(&error))?).await?;
        }
        spool.write(piece).await?;
        Ok(spool)
    }

    /// Takes one field of a form.
    pub async fn field(&self, field: &mut Field<'_>, name: &str) -> Result<Spool, Problem> {
        let until = Instant::now() + self.bounds.body_time;
        let mut spool = self.begin(name)?;
        let mut piece = Vec::new();
        loop {
            let next = timeout_at(until, timeout(self.bounds.patience, field.chunk())).await;
            let Ok(Ok(next)) = next else { return Err(slow()) };
            let Some(bytes) = next.map_err(|error| cut_off(&error))? else { break };
            self.take(&mut spool, &mut piece, &bytes).await?;
        }
        spool.write(piece).await?;
        Ok(spool)
    }

    /// Takes a small body into memory.
    pub async fn small(&self, body: Body) -> Result<Vec<u8>, Problem> {
        let until = Instant::now() + self.bounds.patience;
        let mut all = Vec::new();
        let mut stream = body.into_data_stream();
        while let Some(bytes) = timeout_at(until, stream.next()).await.map_err(|_| slow())? {
            all.extend_from_slice(&bytes.map_err(|error| cut_off(&error))?);
            if all.len() as u64 > self.most {
                return Err(Problem::too_large(self.most));
            }
        }
        Ok(all)
    }

    /// Takes a field that is a line of text.
    pub async fn line(&self, field: &mut Field<'_>) -> Result<String, Problem> {
        let until = Instant::now() + self.bounds.patience;
        let mut all = Vec::new();
        while let Some(bytes) = timeout_at(until, field.chunk())
            .await
            .map_err(|_| slow())?
            .map_err(|error| cut_off(&error))?
        {
            all.extend_from_slice(&bytes);
            if all.len() as u64 > self.most {
                return Err(Problem::too_large(self.most));
            }
        }
        Ok(String::from_utf8_lossy(&all).into_owned())
    }

    async fn take(
        &self,
        spool: &mut Spool,
        piece: &mut Vec<u8>,
        bytes: &Bytes,
    ) -> Result<(), Problem> {
        let more = bytes.len() as u64;
        spool.bytes += more;
        if spool.bytes > self.most {
            return Err(Problem::too_large(self.most));
        }
        spool.held.grow(more, self.bounds.held)?;
        piece.extend_from_slice(bytes);
        if piece.len() >= PIECE {
            spool.write(std::mem::take(piece)).await?;
        }
        Ok(())
    }
}

fn no_room(cause: &std::io::Error) -> Problem {
    Problem::broken(format!(
        "no room for what was sent: {cause}; set TMPDIR to a folder that can be written"
    ))
}

fn slow() -> Problem {
    Problem::too_slow("the body came too slowly, or never ended; send it again")
}

fn cut_off(error: &dyn std::fmt::Display) -> Problem {
    Problem::bad_request(format!("the body is broken: {error}"))
}

impl Spool {
    /// A text that is at hand, in a file of its own.
    pub fn of(text: &[u8], name: &str) -> Result<Self, Problem> {
        let folder = TempDir::with_prefix("copytrail-").map_err(|cause| no_room(&cause))?;
        let file = folder.path().join(tame(name));
        std::fs::write(&file, text).map_err(|cause| no_room(&cause))?;
        let held = Held { all: Arc::default(), mine: 0 };
        let bytes = text.len() as u64;
        Ok(Self { folder: Arc::new(folder), name: name.to_owned(), file, bytes, held })
    }

    async fn write(&mut self, piece: Vec<u8>) -> Result<(), Problem> {
        let (file, folder) = (self.file.clone(), Arc::clone(&self.folder));
        let written = tokio::task::spawn_blocking(move || {
            let _held = folder;
            let mut open = std::fs::OpenOptions::new();
            open.create(true).append(true).open(file)?.write_all(&piece)
        });
        let written = written.await.map_err(|error| Problem::broken(error.to_string()))?;
        written.map_err(|error| {
            Problem::broken(format!("what was sent cannot be kept for reading: {error}"))
        })
    }

    /// What the workflow reads.
    pub fn input(&self) -> String {
        self.file.to_string_lossy().into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere() {
        assert_eq!(tame("../../etc/passwd"), "passwd");
        assert_eq!(tame(r"C:\pages\a b.html"), "a_b.html");
        assert_eq!(tame("..."), "input");
        assert_eq!(tame("*[?].txt"), "____.txt");
        assert_eq!(tame(&"é".repeat(80)).len(), NAME);
    }
}
