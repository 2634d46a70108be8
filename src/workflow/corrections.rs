//! `corrections`: which copies still carry what an agency corrected or withdrew.

use std::collections::BTreeMap;

use super::context::{Context, WorkflowError};
use super::keep::Keeping;
use super::trace::TraceOptions;
use crate::ingest;
use crate::model::{
    ArticleId, CorrectionNotice, Dossier, NoticeKind, NoticeOnFile, Relation, StaleCopy,
};
use crate::store::CopyOf;
use crate::tracer::Correction;

/// Hands over every correction and kill of an agency's items (or of all agencies') with the copies that have not
/// followed it: what the notices on file say, and new versions that change words without saying so.
pub fn corrections(
    context: &Context,
    agency: Option<&str>,
    sink: &mut dyn FnMut(CorrectionNotice),
) -> Result<(), WorkflowError> {
    let usual = TraceOptions::usual();
    let mut keeping = Keeping::begin(context, context.open()?, &usual)?;
    let agency = agency.map(str::to_lowercase);
    let asked = asked(&keeping, agency.as_deref())?;
    for (done, ((item, _), notice)) in (1..).zip(&asked) {
        let Some(dossier) = keeping.store.dossier(*item)? else { continue };
        let found = match notice {
            Some(notice) if notice.kind == NoticeKind::Kill => {
                Some(killed(&mut keeping, &dossier, &Said::of(notice))?)
            }
            notice => corrected(&mut keeping, &dossier, notice.as_ref())?,
        };
        found.into_iter().for_each(&mut *sink);
        context.progress.step(done, Some(asked.len() as u64), "items looked at");
        if context.is_interrupted() {
            return Err(WorkflowError::Interrupted);
        }
    }
    context.progress.finish();
    Ok(())
}

/// The items that are corrected or withdrawn, each with its latest notice of a kind; without one where only a new
/// version is on file.
fn asked(
    keeping: &Keeping,
    agency: Option<&str>,
) -> Result<BTreeMap<(ArticleId, bool), Option<NoticeOnFile>>, WorkflowError> {
    let mut asked = BTreeMap::new();
    for notice in keeping.store.notices()? {
        let Some(item) = notice.item else { continue };
        let Some(dossier) = keeping.store.dossier(item)? else { continue };
        let outlet = &dossier.outlet;
        let names = [Some(&outlet.key), Some(&outlet.name), outlet.agency.as_ref()];
        let is_asked = |agency: &str| names.iter().flatten().any(|n| n.to_lowercase() == agency);
        if agency.is_none_or(is_asked) {
            asked.insert((item, notice.kind == NoticeKind::Kill), Some(notice));
        }
    }
    for item in keeping.store.revised_items(agency)? {
        if !asked.contains_key(&(item, true)) {
            asked.entry((item, false)).or_insert(None);
        }
    }
    Ok(asked)
}

/// What a notice says.
#[derive(Debug, Clone, Default)]
struct Said {
    kill: bool,
    says: String,
    at: Option<String>,
}

impl Said {
    fn of(notice: &NoticeOnFile) -> Self {
        let at = notice.at.and_then(|at| jiff::Timestamp::from_second(at).ok());
        Self {
            kill: notice.kind == NoticeKind::Kill,
            says: notice.says.clone(),
            at: at.map(|at| at.to_string()),
        }
    }
}

/// All copies of a withdrawn item are stale.
fn killed(
    keeping: &mut Keeping,
    dossier: &Dossier,
    said: &Said,
) -> Result<CorrectionNotice, WorkflowError> {
    let copies = copies(keeping, dossier)?;
    let mut report = empty(keeping, dossier, said)?;
    report.copies = copies.len() as u64;
    report.stale = copies
        .into_iter()
        .map(|copy| {
            let carries = copy.head.title.clone().into_iter().collect();
            stale(copy, carries, said.at.as_deref())
        })
        .collect();
    Ok(report)
}

/// A new version of an item, or an item of its own that corrects an earlier one.
fn corrected(
    keeping: &mut Keeping,
    dossier: &Dossier,
    notice: Option<&NoticeOnFile>,
) -> Result<Option<CorrectionNotice>, WorkflowError> {
    let Some(item) = dossier.id else { return Ok(None) };
    let own = notice.and_then(|notice| notice.notice);
    let new = own.map(|own| keeping.store.dossier(own)).transpose()?.flatten();
    let current = keeping.store.document(item)?;
    let revisions = keeping.store.revisions(item)?;
    let earlier: Vec<u32> = revisions.into_iter().filter(|r| Some(*r) != current).collect();
    let mut olds = keeping.store.dossiers(&earlier)?;
    let mut of = vec![dossier.clone()];
    if let Some(new) = &new {
        olds.push(dossier.clone());
        of.push(new.clone());
    }
    let text = &new.as_ref().unwrap_or(dossier).article;
    let changes: Vec<Correction> = olds
        .into_iter()
        .map(|old| Correction::new(old.article, text.clone()))
        .filter(|change| !change.is_empty() && (notice.is_some() || change.reads_as_correction()))
        .collect();
    if changes.is_empty() {
        return Ok(None);
    }
    let modified = text.modified.as_ref().or(text.published.as_ref());
    let mut said = notice.map(Said::of).unwrap_or_default();
    said.at = said.at.or_else(|| modified.map(|moment| moment.text.clone()));
    let mut report = empty(keeping, dossier, &said)?;
    if let Some(own) = own {
        report.notice = keeping.store.head(own)?.map(|(head, _)| head);
    }
    report.changes = changes.iter().flat_map(Correction::words).collect();
    let mut seen = Vec::new();
    for item in &of {
        for copy in copies(keeping, item)? {
            if !seen.contains(&copy.head.id) {
                seen.push(copy.head.id);
                judge(keeping, &mut report, copy, &changes)?;
            }
        }
    }
    Ok(Some(report))
}

/// Whether a copy still says what was changed.
fn judge(
    keeping: &Keeping,
    report: &mut CorrectionNotice,
    copy: CopyOf,
    changes: &[Correction],
) -> Result<(), WorkflowError> {
    report.copies += 1;
    let Some(dossier) = copy.head.id.map(|id| keeping.store.dossier(id)).transpose()?.flatten()
    else {
        return Ok(());
    };
    let across = is_across(&copy, report);
    let mut carries: Vec<String> = changes
        .iter()
        .flat_map(|change| {
            if across {
                change.carried_across(&dossier.article)
            } else {
                change.carried(&dossier.article)
            }
        })
        .collect();
    carries.dedup();
    if carries.is_empty() {
        report.sound += 1;
        return Ok(());
    }
    let at = report.at.clone();
    let mut stale = stale(copy, carries, at.as_deref());
    stale.translated = stale.head.language != report.item.language;
    report.stale.push(stale);
    Ok(())
}

/// Whether a copy has other words than the item.
fn is_across(copy: &CopyOf, report: &CorrectionNotice) -> bool {
    copy.head.language != report.item.language
        || matches!(copy.relation, Some(Relation::Rewritten | Relation::Translated))
}

fn stale(copy: CopyOf, carries: Vec<String>, at: Option<&str>) -> StaleCopy {
    let notice = at.and_then(ingest::parse_moment);
    let later = match (&copy.published, &notice) {
        (Some(own), Some(notice)) if own.seconds > notice.seconds => Some(own.text.clone()),
        _ => None,
    };
    StaleCopy {
        since: later.or(at.map(str::to_owned)),
        head: copy.head,
        carries,
        translated: false,
    }
}

fn copies(keeping: &mut Keeping, item: &Dossier) -> Result<Vec<CopyOf>, WorkflowError> {
    let Some(id) = item.id else { return Ok(Vec::new()) };
    keeping.story_of(id)?;
    let mut copies = keeping.store.copies_of(keeping.footing, id, &item.outlet)?;
    copies.retain(|copy| copy.head.outlet != item.outlet.name);
    Ok(copies)
}

fn empty(
    keeping: &Keeping,
    dossier: &Dossier,
    said: &Said,
) -> Result<CorrectionNotice, WorkflowError> {
    let head = dossier.id.map(|id| keeping.store.head(id)).transpose()?.flatten();
    Ok(CorrectionNotice {
        kind: if said.kill { NoticeKind::Kill } else { NoticeKind::Correction },
        item: head.map(|(head, _)| head).unwrap_or_default(),
        notice: None,
        at: said.at.clone(),
        says: said.says.clone(),
        changes: Vec::new(),
        copies: 0,
        sound: 0,
        stale: Vec::new(),
    })
}
