//! Inputs → articles with their outlets, and what was refused on the way.

use std::ops::ControlFlow;

use super::context::{Context, WorkflowError};
use super::side_by_side::read_files;
use crate::credits;
use crate::ingest::{self, IngestError, Item, Limits};
use crate::model::{Article, Dossier, Kind, Refusal};

/// What the user says of inputs; it fills what an input lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    /// Whether robots.txt is passed over, for the one address among the inputs.
    pub ignore_robots: bool,
}

impl Given {
    fn for_ingest(&self, context: &Context) -> Result<ingest::Given, WorkflowError> {
        let published = match &self.published {
            Some(text) => Some(
                ingest::parse_moment(text).ok_or_else(|| WorkflowError::BadDate(text.clone()))?,
            ),
            None => None,
        };
        Ok(ingest::Given {
            outlet: self.outlet.clone(),
            url: self.url.clone(),
            published,
            language: self.language.clone(),
            names: context.names(),
        })
    }
}

/// Inputs that are read in one go.
enum Batch<'i> {
    /// On all cores.
    Files(Vec<String>),
    /// An address, a pipe, or what is not there at all.
    Other(&'i str),
}

/// Inputs beside each other that are files go together.
fn batches(inputs: &[String]) -> Vec<Batch<'_>> {
    let mut out = Vec::new();
    for input in inputs {
        let names = if ingest::is_files(input) { ingest::expand(input).ok() } else { None };
        match (names, out.last_mut()) {
            (Some(mut names), Some(Batch::Files(before))) => before.append(&mut names),
            (Some(names), _) => out.push(Batch::Files(names)),
            (None, _) => out.push(Batch::Other(input)),
        }
    }
    out
}

fn read_other(
    input: &str,
    given: &ingest::Given,
    limits: &Limits,
    pass: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<ControlFlow<()>, (Refusal, IngestError)> {
    let mut flow = ControlFlow::Continue(());
    let read = ingest::read(input, given, limits, &mut |item| {
        flow = pass(item);
        flow
    });
    match read {
        Ok(()) => Ok(flow),
        Err(error) => {
            // The error opens with the input's name, and so does a refusal where it is shown.
            let said = error.to_string();
            let reason = said.strip_prefix(&format!("{input}: ")).unwrap_or(&said).to_owned();
            Err((Refusal { file: input.to_owned(), line: None, reason }, error))
        }
    }
}

/// Reads every input in turn; packs, which have no text, are refused. Inputs that cannot be read at all are refused
/// like bad lines; only where nothing else came is that an error.
pub fn read_all(
    context: &Context,
    inputs: &[String],
    given: &Given,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<Vec<Refusal>, WorkflowError> {
    let textual = |item| match item {
        Item::Pack { file, .. } => {
            let reason = "is an index pack and has no text; `copytrail add` takes it in".to_owned();
            Item::Refused(Refusal { file, line: None, reason })
        }
        other => other,
    };
    read_items(context, inputs, given, &textual, sink)
}

/// As [`read_all`]; packs are handed over too.
pub fn read_with_packs(
    context: &Context,
    inputs: &[String],
    given: &Given,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<Vec<Refusal>, WorkflowError> {
    read_items(context, inputs, given, &|item| item, sink)
}

fn read_items(
    context: &Context,
    inputs: &[String],
    given: &Given,
    seen_as: &dyn Fn(Item) -> Item,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<Vec<Refusal>, WorkflowError> {
    let limits = limits(context, inputs, given)?;
    let given = given.for_ingest(context)?;
    let mut refused = Vec::new();
    let mut read_any = false;
    let mut first_error = None;
    for batch in batches(inputs) {
        let mut pass = |item: Item| {
            let item = seen_as(item);
            match &item {
                Item::Refused(refusal) => refused.push(refusal.clone()),
                Item::Article(_) | Item::Pack { .. } => read_any = true,
            }
            sink(item)
        };
        let read = match batch {
            Batch::Files(names) => Ok(read_files(&names, &given, &limits, &mut pass)),
            Batch::Other(input) => read_other(input, &given, &limits, &mut pass),
        };
        match read {
            Ok(flow) if flow.is_break() => break,
            Ok(_) => {}
            Err((refusal, error)) => {
                refused.push(refusal);
                first_error.get_or_insert(error);
            }
        }
    }
    match first_error {
        Some(error) if !read_any && refused.len() <= inputs.len() => Err(error.into()),
        _ => Ok(refused),
    }
}

fn limits(context: &Context, inputs: &[String], given: &Given) -> Result<Limits, WorkflowError> {
    check_robots(inputs, given)?;
    Ok(Limits { ignore_robots: given.ignore_robots, ..context.limits() })
}

/// Passing robots.txt over is for a single page.
pub fn check_robots(inputs: &[String], given: &Given) -> Result<(), WorkflowError> {
    let addresses = inputs.iter().filter(|input| ingest::is_address(input)).count();
    if given.ignore_robots && addresses > 1 {
        return Err(WorkflowError::ManyWithoutRobots(addresses));
    }
    Ok(())
}

/// An article with its outlet.
pub fn dossier(article: Article) -> Dossier {
    let outlet = credits::outlet(article.domain.as_deref(), article.outlet.as_deref());
    Dossier { id: None, article, outlet }
}

/// Why an article is not taken in or traced; `None` where it is.
pub fn refusal(article: &Article) -> Option<Refusal> {
    let reason = match article.kind {
        Kind::Article | Kind::Sighting | Kind::Operator => return None,
        Kind::Ticker => "it is a live ticker, not an article",
        Kind::Teaser => {
            "only the first lines are there, the rest is behind a paywall or on the page"
        }
        Kind::Wall => "it is a consent or log-in wall; save the page after passing it",
        Kind::BotCheck => "it is a bot check, not the page; save the page from a browser",
        Kind::Index => "it is a list of links, not an article",
        Kind::NotFound => "it says that the page was not found",
        Kind::Empty => "there is no text in it: nothing, a single word, or data for programs",
    };
    Some(Refusal { file: article.file.clone(), line: article.line, reason: reason.into() })
}

/// The articles of all inputs, in memory: for what is compared and not stored.
pub fn articles(
    context: &Context,
    inputs: &[String],
    given: &Given,
) -> Result<(Vec<Dossier>, Vec<Refusal>), WorkflowError> {
    let mut found = Vec::new();
    let mut unfit = Vec::new();
    let mut refused = read_all(context, inputs, given, &mut |item| {
        if let Item::Article(article) = item {
            match refusal(&article) {
                Some(refusal) => unfit.push(refusal),
                None if article.kind != Kind::Article => {}
                None => found.push(dossier(*article)),
            }
        }
        if context.is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    refused.append(&mut unfit);
    Ok((found, refused))
}
