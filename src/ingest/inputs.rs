//! Owns what INPUT may be: a file, a folder, a glob or the standard input; opens each in a fixed order.

use std::{
    fs::{self, File},
    io::{self, Read},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use super::IngestError;

pub(crate) type Opened = io::Result<Box<dyn Read>>;
type Visit<'a> = dyn FnMut(&str, Opened) -> ControlFlow<()> + 'a;

/// Folders deeper than this are not entered: deeper ones are loops or attacks.
const MAX_DEPTH: usize = 64;

/// Opens everything that `input` names and shows it to `visit`, until it breaks.
pub(crate) fn each(input: &str, visit: &mut Visit<'_>) -> Result<(), IngestError> {
    if input == "-" {
        let _ = visit("-", Ok(Box::new(io::stdin().lock())));
        return Ok(());
    }
    let path = Path::new(input);
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => folder(input, visit),
        Ok(_) => {
            let file = File::open(path)
                .map_err(|cause| IngestError::Unreadable { input: input.to_owned(), cause })?;
            let _ = visit(input, Ok(Box::new(file)));
            Ok(())
        }
        Err(_) if input.contains(['*', '?', '[']) => pattern(input, visit),
        Err(cause) if cause.kind() == io::ErrorKind::PermissionDenied => {
            Err(IngestError::Unreadable { input: input.to_owned(), cause })
        }
        Err(_) => Err(IngestError::NoSuchInput { input: input.to_owned() }),
    }
}

/// The names of all that [`each`] would open, without opening them.
pub(crate) fn expand(input: &str) -> Result<Vec<String>, IngestError> {
    let path = Path::new(input);
    let alone = input == "-" || is_address(input) || path.is_file();
    if alone {
        return Ok(vec![input.to_owned()]);
    }
    let mut names = Vec::new();
    if path.is_dir() {
        let _ = walk(path, 0, &mut |path| {
            names.push(path.to_string_lossy().into_owned());
            ControlFlow::Continue(())
        });
        return if names.is_empty() {
            Err(IngestError::NothingThere { input: input.to_owned() })
        } else {
            Ok(names)
        };
    }
    each(input, &mut |name, _| {
        names.push(name.to_owned());
        ControlFlow::Continue(())
    })?;
    Ok(names)
}

/// Whether an input is an http(s) address.
pub(crate) fn is_address(input: &str) -> bool {
    let start = input.get(..8).unwrap_or(input).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

/// Whether an input stands for files that can be listed without opening any.
pub(crate) fn is_files(input: &str) -> bool {
    match fs::metadata(input) {
        Ok(meta) => meta.is_dir() || meta.is_file() && File::open(input).is_ok(),
        Err(_) => input.contains(['*', '?', '[']),
    }
}

fn folder(input: &str, visit: &mut Visit<'_>) -> Result<(), IngestError> {
    let mut seen = 0usize;
    let flow = walk(Path::new(input), 0, &mut |path| {
        seen += 1;
        visit(&path.to_string_lossy(), open(path))
    });
    if seen == 0 && flow.is_continue() {
        return Err(IngestError::NothingThere { input: input.to_owned() });
    }
    Ok(())
}

fn pattern(input: &str, visit: &mut Visit<'_>) -> Result<(), IngestError> {
    let paths = glob::glob(input)
        .map_err(|cause| IngestError::BadPattern { input: input.to_owned(), cause })?;
    let mut seen = 0usize;
    for path in paths.filter_map(Result::ok).filter(|path| !path.is_dir()) {
        seen += 1;
        if visit(&path.to_string_lossy(), open(&path)).is_break() {
            return Ok(());
        }
    }
    if seen == 0 { Err(IngestError::NoSuchInput { input: input.to_owned() }) } else { Ok(()) }
}

pub(crate) fn open(path: &Path) -> Opened {
    // A pipe or device inside a folder would block for ever; named alone it is the user's wish.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    Ok(Box::new(File::open(path)?))
}

/// Depth first, names sorted; hidden entries and linked folders are left out.
fn walk(
    dir: &Path,
    depth: usize,
    visit: &mut dyn FnMut(&Path) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Ok(entries) = fs::read_dir(dir) else { return visit(dir) };
    let mut paths: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        let linked = fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_symlink());
        if path.is_dir() {
            if !linked && depth < MAX_DEPTH {
                walk(&path, depth + 1, visit)?;
            }
        } else {
            visit(&path)?;
        }
    }
    ControlFlow::Continue(())
}
