//! Inputs → articles with their outlets, and what was refused on the way.

use std::ops::ControlFlow;

use super::context::{Context, WorkflowError};
use crate::credits;
use crate::ingest::{self, Item, Limits};
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
    fn for_ingest(&self) -> Result<ingest::Given, WorkflowError> {
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
        })
    }
}

/// Reads every input in turn. Inputs that cannot be read at all are refused like bad lines; only
/// where nothing else came is that an error.
pub fn read_all(
    context: &Context,
    inputs: &[String],
    given: &Given,
    sink: &mut dyn FnMut(Item) -> ControlFlow<()>,
) -> Result<Vec<Refusal>, WorkflowError> {
    let limits = limits(context, inputs, given)?;
    let given = given.for_ingest()?;
    let mut refused = Vec::new();
    let mut read_any = false;
    let mut first_error = None;
    let mut stopped = false;
    for input in inputs {
        let mut pass = |item: Item| {
            match &item {
                Item::Refused(refusal) => refused.push(refusal.clone()),
                Item::Article(_) => read_any = true,
            }
            let flow = sink(item);
            stopped |= flow.is_break();
            flow
        };
        if let Err(error) = ingest::read(input, &given, &limits, &mut pass) {
            // The error opens with the input's name, and so does a refusal where it is shown.
            let said = error.to_string();
            let reason = said.strip_prefix(&format!("{input}: ")).unwrap_or(&said).to_owned();
            refused.push(Refusal { file: input.clone(), line: None, reason });
            first_error.get_or_insert(error);
        }
        if stopped {
            break;
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
        Kind::Article | Kind::Sighting => return None,
        Kind::Ticker => "it is a live ticker, not an article",
        Kind::Teaser => {
            "only the first lines are there, the rest is behind a paywall or on the page"
        }
        Kind::Wall => "it is a consent or log-in wall; save the page after passing it",
        Kind::BotCheck => "it is a bot check, not the page; save the page from a browser",
        Kind::Index => "it is a list of links, not an article",
        Kind::NotFound => "it says that the page was not found",
        Kind::Empty => "there is no text in it",
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
                None if article.kind == Kind::Sighting => {}
                None => found.push(dossier(*article)),
            }
        }
        if context.is_interrupted() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    refused.append(&mut unfit);
    Ok((found, refused))
}
