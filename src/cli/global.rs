//! What every command takes: the store, the word lists, the preset, the output; and the session made of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;

use crate::model::Preset;
use crate::workflow::{Context, Done, LexiconChoice};

use super::Outcome;
use super::failure::{Failure, INTERRUPTED};
use super::output::Output;
use super::progress::Console;

#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Global {
    /// The store [default: copytrail.db in the data directory]
    #[arg(long, global = true, env = "COPYTRAIL_DB", hide_env_values = true, value_name = "FILE")]
    db: Option<PathBuf>,
    /// Word lists between languages: none, builtin, or a directory that holds some
    #[arg(long, global = true, env = "COPYTRAIL_LEXICONS", hide_env_values = true, default_value = "builtin",
        value_name = "none|builtin|DIR", value_parser = lexicons)]
    lexicons: LexiconChoice,
    /// What counts as taking, and how sure an accusation must be: standard (half of an article), letter (for what is
    /// sent to somebody: says less and is right), loose (a tenth, or a run of 40 words), whole (over 80 % and 125
    /// words), run (any run of 40 words)
    #[arg(long, global = true, default_value = "standard", hide_default_value = true,
        value_name = "standard|letter|loose|whole|run", value_parser = preset)]
    preset: Preset,
    /// Keep no copy of the bytes that articles are read from
    #[arg(long, global = true)]
    no_captures: bool,
    /// Fetch addresses of this machine and of private networks too
    #[arg(long, global = true)]
    allow_private: bool,
    /// Write the result to a file, whole or not at all, instead of stdout
    #[arg(short, long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,
    /// No progress on stderr; what is refused is named all the same
    #[arg(short, long, global = true)]
    quiet: bool,
}

fn lexicons(value: &str) -> Result<LexiconChoice, String> {
    Ok(match value {
        "none" => LexiconChoice::None,
        "builtin" | "" => LexiconChoice::Builtin,
        directory if Path::new(directory).is_dir() => LexiconChoice::Dir(PathBuf::from(directory)),
        other => {
            return Err(format!(
                "{other} is no directory; give none, builtin or a directory of dictionaries"
            ));
        }
    })
}

fn preset(value: &str) -> Result<Preset, String> {
    Preset::named(value).ok_or_else(|| {
        let known: Vec<String> =
            Preset::ALL.iter().map(|p| format!("{} ({})", p.name(), p.says())).collect();
        format!("{value} is no preset; there are {}", known.join("; "))
    })
}

/// One run of a command.
pub(super) struct Session {
    pub(super) context: Context,
    pub(super) output: Output,
    console: Console,
    /// Ctrl-C, as against a reader that is gone, which stops the work too.
    stopped_by_hand: Arc<AtomicBool>,
}

impl Session {
    pub(super) fn start(global: Global) -> Result<Self, Failure> {
        let db = match global.db.filter(|db| !db.as_os_str().is_empty()) {
            Some(db) => db,
            None => data_directory().ok_or(Failure::NoDataDirectory)?.join("copytrail.db"),
        };
        let console = Console::new(global.quiet);
        let interrupted = Arc::new(AtomicBool::new(false));
        let stopped_by_hand = Arc::new(AtomicBool::new(false));
        listen(&interrupted, &stopped_by_hand, &console);
        let context = Context {
            db,
            captures: !global.no_captures,
            fills: true,
            thresholds: global.preset.thresholds(),
            lexicons: global.lexicons,
            lexicon_dir: data_directory().map(|data| data.join("lexicons")),
            allow_private: global.allow_private,
            interrupted: Arc::clone(&interrupted),
            progress: Box::new(console.clone()),
            warm: Arc::default(),
        };
        let output = Output::new(global.output, interrupted, console.clone());
        Ok(Self { context, output, console, stopped_by_hand })
    }

    /// Says how many articles on file have another outlet now.
    pub(super) fn note_changed(&self, changed: usize) {
        if changed > 0 {
            self.console.note(&format!("{changed} articles on file have another outlet now"));
        }
    }

    /// Names what was refused and not yet named, and says how the command ended.
    pub(super) fn outcome<T>(&self, done: &Done<T>) -> Outcome {
        self.console.name_the_rest(&done.refused);
        if done.refused.is_empty() { Outcome::Done } else { Outcome::Partly }
    }

    /// A stop by hand was the way to end it.
    pub(super) fn ended_as_meant(&self) {
        self.stopped_by_hand.store(false, Ordering::Relaxed);
    }

    /// Writes what is still to be written; what was stopped goes into no file.
    pub(super) fn end(mut self, ended: Result<Outcome, Failure>) -> Result<Outcome, Failure> {
        self.console.clear();
        if self.stopped_by_hand.load(Ordering::Relaxed) {
            return Err(Failure::Interrupted);
        }
        // A reader that is gone stops the work, which may end as a failure in turn.
        self.output.failed()?;
        let outcome = ended?;
        self.output.close()?;
        Ok(outcome)
    }
}

/// The first Ctrl-C asks the work to end with its batch, the second ends it at once; a batch that
/// was not committed is not in the store.
fn listen(interrupted: &Arc<AtomicBool>, by_hand: &Arc<AtomicBool>, console: &Console) {
    let (interrupted, by_hand, console) =
        (Arc::clone(interrupted), Arc::clone(by_hand), console.clone());
    let heard = ctrlc::set_handler(move || {
        if by_hand.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED));
        }
        interrupted.store(true, Ordering::Relaxed);
        console.note("stopping after this batch; Ctrl-C again stops at once");
    });
    if heard.is_err() {
        eprintln!(
            "copytrail: Ctrl-C cannot be listened for here: it will stop at once; whole batches are kept"
        );
    }
}

/// `COPYTRAIL_DATA`, else `copytrail` in `XDG_DATA_HOME` or the platform's own place.
fn data_directory() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    set("COPYTRAIL_DATA").or_else(|| {
        let base = set("XDG_DATA_HOME").filter(|p| p.is_absolute()).or_else(dirs::data_dir);
        base.map(|base| base.join("copytrail"))
    })
}
