//! An audit as a job: it keeps what it traces, so it has the writer's place.

use super::jobs::Plan;
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

/// The same, to be begun.
pub(super) fn plan(options: AuditOptions) -> Plan {
    Plan {
        kind: "audit",
        lane: |lanes| &lanes.write,
        work: Box::new(move |context| run(context, &options)),
    }
}
