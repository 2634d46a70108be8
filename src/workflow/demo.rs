//! `demo`: the main job on a bundled invented story, in a throw-away store.

use super::context::{Context, WorkflowError};
use crate::model::TraceReport;

/// The story's pages, in the order in which they came out; the last is the one that is asked about.
const PAGES: &[(&str, &str)] = &[
    ("wire.jsonl", include_str!("../../fixtures/cases/translated-chain/wire.jsonl")),
    (
        "hellwalder-kurier.html",
        include_str!("../../fixtures/cases/translated-chain/hellwalder-kurier.html"),
    ),
    (
        "luebecker-rundschau.txt",
        include_str!("../../fixtures/cases/translated-chain/luebecker-rundschau.txt"),
    ),
    ("nordblick24.jsonl", include_str!("../../fixtures/cases/translated-chain/nordblick24.jsonl")),
    (
        "worldnews-hour.html",
        include_str!("../../fixtures/cases/translated-chain/worldnews-hour.html"),
    ),
];

/// Adds the story to a store that is gone afterwards, and traces its last page.
pub fn demo(context: &Context) -> Result<Vec<TraceReport>, WorkflowError> {
    let folder = tempfile::tempdir().map_err(WorkflowError::Folder)?;
    let mut paths = Vec::new();
    for (name, text) in PAGES {
        let path = folder.path().join(name);
        std::fs::write(&path, text).map_err(WorkflowError::Folder)?;
        paths.push(path.to_string_lossy().into_owned());
    }
    let inside = Context {
        db: folder.path().join("demo.db"),
        captures: true,
        fills: true,
        thresholds: context.thresholds.clone(),
        lexicons: context.lexicons.clone(),
        lexicon_dir: context.lexicon_dir.clone(),
        allow_private: false,
        interrupted: context.interrupted.clone(),
        progress: Box::new(super::Silent),
        warm: std::sync::Arc::default(),
    };
    let given = super::Given::default();
    let (asked, filed) =
        paths.split_last().map_or((None, &paths[..]), |(last, rest)| (Some(last), rest));
    super::add(&inside, filed, &given)?;
    let mut reports = Vec::new();
    let options = super::TraceOptions { texts: true, ..super::TraceOptions::usual() };
    let queries: Vec<String> = asked.into_iter().cloned().collect();
    super::trace(&inside, &queries, &options, &given, &mut |report| reports.push(report))?;
    for report in &mut reports {
        report.query.file = "worldnews-hour.html".into();
    }
    Ok(reports)
}
