//! `export`: what is on file and what traces found, as tables for other programs.

use clap::{Args, ValueEnum};

use crate::model::{PackLabel, Table};
use crate::reporter::tables::{TableFormat, dictionary, table_writer};
use crate::workflow::{self, ExportError};

use super::Outcome;
use super::failure::Failure;
use super::filter::Filter;
use super::global::Session;

/// Write tables for R, pandas and other programs, or evidence for a third party
///
/// edges, matches and verdicts hold what `trace --all` found; run that first. Each row carries your own `id` as
/// `user_id`; other keys of yours stand in the column `extra` of articles. Edges are laid out as `RNewsflow` has them:
/// from, to, share, hours.
///
/// A pack (--pack) lets others find copies of what is on file without handing out any text: it has address, outlet,
/// title, times and length of each article, and 32-bit hashes of some of its runs of five words and of its names,
/// numbers and word stems. Whoever has a text can tell from it whether an article of yours shares a passage; whoever
/// guesses at words can tell which names and numbers occur (not with --without-anchors); nobody can read a text out of
/// it. Leave out what nobody may know you have.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  copytrail export --table edges --format parquet --output edges.parquet\n  \
    copytrail export --table articles --outlet paper.example --output articles.csv\n  \
    copytrail export --evidence https://paper.example/crane --output proof.zip\n  \
    copytrail export --pack --name agency-2025-05 --maker Agency --from 2025-05-01 --output agency-2025-05.pack\n  \
    copytrail export --dictionary"
)]
pub(super) struct Export {
    /// Which table
    #[arg(long, value_enum, required_unless_present_any = ["dictionary", "evidence", "pack"])]
    table: Option<Named>,
    /// Pack the findings on these articles, addresses or numbers, with captures, texts, spans and sums into one file
    /// that `verify` proves
    #[arg(long, num_args = 1.., value_name = "ARTICLE", conflicts_with_all = ["table", "dictionary"])]
    evidence: Vec<String>,
    /// Have a time-stamp authority (RFC 3161) vouch for when the evidence was packed
    #[arg(long, value_name = "URL", requires = "evidence")]
    timestamp: Option<String>,
    /// Write an index pack of these articles: fingerprints, addresses and titles without any text; `add` takes it in
    #[arg(long, conflicts_with_all = ["table", "dictionary", "evidence"], requires = "name")]
    pack: bool,
    /// What the pack is listed and removed under; one of the same name takes its place
    #[arg(long, value_name = "NAME", requires = "pack", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    name: Option<String>,
    /// Who hands the pack out
    #[arg(
        long,
        value_name = "WHO",
        requires = "pack",
        default_value = "",
        hide_default_value = true
    )]
    maker: String,
    /// Leave out of the pack what finds copies in other words and languages
    #[arg(long, requires = "pack")]
    without_anchors: bool,
    /// Print what stands in each column instead, as CSV: table, column, type, meaning
    #[arg(long)]
    dictionary: bool,
    #[command(flatten)]
    filter: Filter,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: Written,
}

/// A table as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Named {
    /// An article on file a row
    Articles,
    /// A source and its copy a row
    Edges,
    /// A paragraph and the one it came from a row
    Matches,
    /// A credit a row
    Credits,
    /// A traced article a row
    Verdicts,
}

impl From<Named> for Table {
    fn from(named: Named) -> Self {
        match named {
            Named::Articles => Self::Articles,
            Named::Edges => Self::Edges,
            Named::Matches => Self::Matches,
            Named::Credits => Self::Credits,
            Named::Verdicts => Self::Verdicts,
        }
    }
}

/// Formats of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Written {
    /// A header and a row an item
    #[default]
    Csv,
    /// Apache Parquet
    Parquet,
}

impl From<Written> for TableFormat {
    fn from(written: Written) -> Self {
        match written {
            Written::Csv => Self::Csv,
            Written::Parquet => Self::Parquet,
        }
    }
}

impl Export {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let table = self.table.map(Table::from);
        if self.dictionary {
            let all = Table::ALL;
            let one = table.map(|table| [table]);
            let tables = one.as_ref().map_or(&all[..], |one| &one[..]);
            session.output.say(&dictionary(tables)?)?;
            return Ok(Outcome::Done);
        }
        if !self.evidence.is_empty() {
            let authority = self.timestamp.as_deref();
            let bundle = workflow::evidence(&session.context, &self.evidence, authority)?;
            session.output.stream(|out| out.write_all(&bundle).map_err(Failure::of_stdout))?;
            return Ok(Outcome::Done);
        }
        if self.pack {
            return self.write_pack(session);
        }
        let Some(table) = table else { return Ok(Outcome::Done) };
        let filter = self.filter.rows(None, 0);
        let Session { context, output, .. } = session;
        output.stream(|out| {
            let mut writer = table_writer(table, self.format.into(), out)?;
            workflow::table(context, table, &filter, &mut |row| writer.put(row))?;
            Ok(writer.end()?)
        })?;
        Ok(Outcome::Done)
    }
}

impl Export {
    fn write_pack(self, session: &mut Session) -> Result<Outcome, Failure> {
        let label = PackLabel {
            name: self.name.unwrap_or_default(),
            maker: self.maker,
            anchors: !self.without_anchors,
            ..PackLabel::default()
        };
        let filter = self.filter.rows(None, 0);
        let Session { context, output, .. } = session;
        let row = output.stream(|out| Ok(workflow::write_pack(context, &label, &filter, out)?))?;
        let (bytes, articles) = (row.bytes.unwrap_or(0), row.articles.max(1));
        context.progress.note(&format!(
            "{} articles in {bytes} bytes, {} an article",
            row.articles,
            bytes / articles
        ));
        Ok(Outcome::Done)
    }
}

impl From<ExportError<crate::reporter::ReportError>> for Failure {
    fn from(error: ExportError<crate::reporter::ReportError>) -> Self {
        match error {
            ExportError::Workflow(error) => Self::Workflow(error),
            ExportError::Sink(error) => Self::Report(error),
        }
    }
}
