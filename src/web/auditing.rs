//! An audit: it keeps what it traces, so it has the writer's place, unless it only looks at what is kept.

use super::app::Lanes;
use super::jobs::Plan;
use super::workers::Lane;
use crate::model::Report;
use crate::workflow::{self, AuditOptions, Context, Done, WorkflowError};

/// Audits one outlet after the other.
pub(super) fn run(
    context: &Context,
    options: &AuditOptions,
) -> Result<Done<Report>, WorkflowError> {
    let mut audits = Vec::new();
    let done = workflow::audit(context, options, &mut |audit| audits.push(audit))?;
    Ok(Done { value: Report::Audit(audits), refused: done.refused })
}

/// Whoever keeps nothing needs no writer's place.
pub(super) fn lane(options: &AuditOptions) -> fn(&Lanes) -> &Lane {
    if options.kept_only { |lanes| &lanes.long } else { |lanes| &lanes.write }
}

/// The same, to be begun.
pub(super) fn plan(options: AuditOptions) -> Plan {
    Plan {
        kind: "audit",
        lane: lane(&options),
        work: Box::new(move |context| run(context, &options)),
    }
}
