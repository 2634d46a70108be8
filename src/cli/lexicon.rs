//! `lexicon`: the dictionaries that the user has.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::model::Report;
use crate::workflow::{self, Done, lexicon};

use super::Outcome;
use super::failure::Failure;
use super::global::Session;
use super::output::Shown;

/// Dictionaries of your own, beside the built-in lexicon
///
/// They help to find a source in another language, and are kept once for all stores.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail lexicon add --system\n  copytrail lexicon list")]
pub(super) struct Lexicon {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
    List(List),
    Remove(Remove),
    Learn(Learn),
    Languages(Languages),
}

/// Take dictionaries
///
/// dictd and FreeDict (.index with .dict or .dict.dz), StarDict, Ding, EDICT, JMdict, CC-CEDICT, and files of word,
/// tab, English; told from the content. One side must be English.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  copytrail lexicon add freedict-fra-eng.index cedict_ts.u8.gz is-words.tsv"
)]
struct Add {
    /// Files or folders; of a dictionary of several files any one
    #[arg(required_unless_present = "system", value_name = "FILE")]
    files: Vec<String>,
    /// Every dictionary that the system has installed (dictd, Ding, EDICT, StarDict)
    #[arg(long)]
    system: bool,
    /// How to show what was taken
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

/// List the dictionaries that were added, with versions and licences
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail lexicon list")]
struct List {
    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

/// Remove dictionaries
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail lexicon remove freedict-fra-eng")]
struct Remove {
    /// Their names in `lexicon list`
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// How to show the outcome
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

/// Learn words from the translated pairs on file
///
/// Takes the sentences of articles on file that are surely translations of one another, and keeps word pairs whose
/// company is beyond doubt, a dictionary a language (learned-ru …). It replaces what was learned before; `lexicon remove`
/// takes it away. The same store gives the same words.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail lexicon learn\n  copytrail lexicon list")]
struct Learn {
    /// How to show what was learned
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

/// List the languages with the words that the built-in lexicon and your dictionaries have for them
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  copytrail lexicon languages")]
struct Languages {
    /// How to show them
    #[arg(long, value_enum, default_value_t)]
    format: Shown,
}

impl Lexicon {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let dir: PathBuf = session.context.lexicon_dir.clone().ok_or(Failure::NoDataDirectory)?;
        match self.command {
            Command::Add(add) => {
                let mut done =
                    if add.system { lexicon::add_system(&dir)? } else { Done::default() };
                if !add.files.is_empty() {
                    let more = lexicon::add(&dir, &add.files)?;
                    done.value.extend(more.value);
                    done.refused.extend(more.refused);
                }
                let outcome = session.outcome(&done);
                session.output.show(&Report::Lexicons(done.value), add.format.into());
                Ok(outcome)
            }
            Command::List(list) => {
                session.output.show(&Report::Lexicons(lexicon::list(&dir)?), list.format.into());
                Ok(Outcome::Done)
            }
            Command::Learn(learn) => {
                let done = workflow::learn(&session.context, &dir)?;
                let outcome = session.outcome(&done);
                session.output.show(&Report::Lexicons(done.value), learn.format.into());
                Ok(outcome)
            }
            Command::Languages(languages) => {
                let rows = workflow::languages(&session.context);
                session.output.show(&Report::Languages(rows), languages.format.into());
                Ok(Outcome::Done)
            }
            Command::Remove(remove) => {
                let done = lexicon::remove(&dir, &remove.names)?;
                let outcome = session.outcome(&done);
                session.output.show(&Report::Removed(done.value), remove.format.into());
                Ok(outcome)
            }
        }
    }
}
