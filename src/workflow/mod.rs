//! STUB of the workflow room, to be dropped: the signatures that cli calls, with fixed values.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::model::{
    Added, ArticleRow, CheckReport, Cluster, Comparison, Coverage, Dossier, Extracted, FormatRow,
    Refusal, SearchHit, Stats, Thresholds, TraceReport,
};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LexiconChoice {
    None,
    #[default]
    Builtin,
    Dir(PathBuf),
}

pub trait Progress {
    fn step(&self, done: u64, total: Option<u64>, what: &str);
    fn warn(&self, refusal: &Refusal);
    fn finish(&self);
}

pub struct Context {
    pub db: PathBuf,
    pub captures: bool,
    pub thresholds: Thresholds,
    pub lexicons: LexiconChoice,
    pub interrupted: Arc<AtomicBool>,
    pub progress: Box<dyn Progress + Send + Sync>,
}

#[derive(Debug, thiserror::Error)]
pub enum WorkflowError {
    #[error("{0}: no such file; check the path")]
    NoSuchFile(String),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done<T> {
    pub value: T,
    pub refused: Vec<Refusal>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TraceOptions {
    pub against: Vec<String>,
    pub all: bool,
    pub translation: bool,
    pub rewriting: bool,
    pub explain: bool,
    pub any_time: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub outlet: Option<String>,
    pub language: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub limit: Option<usize>,
    pub offset: usize,
}

fn exist(ctx: &Context, inputs: &[String]) -> Result<Vec<Refusal>, WorkflowError> {
    let refused: Vec<Refusal> = inputs
        .iter()
        .filter(|i| !i.starts_with("http") && !std::path::Path::new(i).exists())
        .map(|i| Refusal { file: i.clone(), line: None, reason: "no such file".into() })
        .collect();
    if !refused.is_empty() && refused.len() == inputs.len() {
        return Err(WorkflowError::NoSuchFile(inputs[0].clone()));
    }
    for refusal in &refused {
        ctx.progress.warn(refusal);
    }
    Ok(refused)
}

pub fn add(ctx: &Context, inputs: &[String], _: &Given) -> Result<Done<Added>, WorkflowError> {
    let refused = exist(ctx, inputs)?;
    let value =
        Added { new: inputs.len() - refused.len(), refused: refused.len(), ..Added::default() };
    Ok(Done { value, refused })
}

pub fn extract(
    ctx: &Context,
    inputs: &[String],
    _: &Given,
    sink: &mut dyn FnMut(Extracted),
) -> Result<Done<()>, WorkflowError> {
    let refused = exist(ctx, inputs)?;
    for file in inputs.iter().filter(|i| !refused.iter().any(|r| &r.file == *i)) {
        sink(Extracted {
            file: file.clone(),
            line: None,
            url: None,
            user_id: None,
            outlet: None,
            title: Some("Title".into()),
            byline: vec![],
            published: None,
            modified: None,
            language: Some("en".into()),
            kind: crate::model::Kind::Article,
            paragraphs: vec!["One.".into()],
            credits: vec![],
        });
    }
    Ok(Done { value: (), refused })
}

pub fn trace(
    ctx: &Context,
    queries: &[String],
    _: &TraceOptions,
    _: &Given,
    sink: &mut dyn FnMut(TraceReport),
) -> Result<Done<()>, WorkflowError> {
    let refused = exist(ctx, queries)?;
    for _ in queries {
        sink(TraceReport {
            says: "Nothing on file to compare it with.".into(),
            ..TraceReport::default()
        });
    }
    Ok(Done { value: (), refused })
}

pub fn compare(ctx: &Context, a: &str, b: &str) -> Result<Done<Comparison>, WorkflowError> {
    let refused = exist(ctx, &[a.into(), b.into()])?;
    let value = Comparison {
        left: Dossier::default(),
        right: Dossier::default(),
        relation: None,
        alignment: crate::model::Alignment::default(),
        thresholds: vec![],
    };
    Ok(Done { value, refused })
}

pub fn clusters(_: &Context, sink: &mut dyn FnMut(Cluster)) -> Result<Done<()>, WorkflowError> {
    sink(Cluster { cluster: 1, origin: None, members: vec!["id:1".into(), "id:2".into()] });
    Ok(Done::default())
}

fn row() -> ArticleRow {
    ArticleRow {
        id: 1,
        url: Some("https://paper.example/a".into()),
        user_id: None,
        outlet: "Paper".into(),
        title: Some("Title".into()),
        published: Some("2025-05-16".into()),
        language: Some("en".into()),
        paragraphs: 3,
        words: 120,
        revisions: 1,
    }
}

pub fn show(_: &Context, _: &str) -> Result<(Dossier, ArticleRow), WorkflowError> {
    Ok((Dossier::default(), row()))
}

pub fn list(_: &Context, _: &Filter) -> Result<Vec<ArticleRow>, WorkflowError> {
    Ok(vec![row()])
}

pub fn search(_: &Context, _: &str, _: usize) -> Result<Vec<SearchHit>, WorkflowError> {
    Ok(vec![SearchHit { article: row(), score: 2.5, snippet: "…".into() }])
}

pub fn stats(_: &Context) -> Result<Stats, WorkflowError> {
    Ok(Stats::default())
}

pub fn coverage(_: &Context, _: &Filter) -> Result<Vec<Coverage>, WorkflowError> {
    Ok(vec![])
}

pub fn check(_: &Context, _: bool) -> Result<CheckReport, WorkflowError> {
    Ok(CheckReport::default())
}

pub fn rebuild(_: &Context) -> Result<Vec<(String, u64)>, WorkflowError> {
    Ok(vec![])
}

pub fn remove(_: &Context, articles: &[String]) -> Result<Done<Vec<String>>, WorkflowError> {
    Ok(Done { value: articles.to_vec(), refused: vec![] })
}

pub fn formats() -> Vec<FormatRow> {
    vec![FormatRow { name: "text", description: "plain text", told_by: "nothing else fits" }]
}

pub fn demo(_: &Context) -> Result<Vec<TraceReport>, WorkflowError> {
    Ok(vec![TraceReport::default()])
}
