//! From what a client sends to articles on file: one writer, who takes one after the other.

use std::sync::Arc;

use super::jobs::renamed;
use super::problem::Problem;
use super::spool::Spool;
use super::tracing::page_address;
use crate::model::Added;
use crate::workflow::{self, Context, Done, Given, WorkflowError};

/// What is to be added.
#[derive(Clone)]
pub(super) enum Input {
    Address(String),
    Sent(Arc<Spool>),
}

/// An http(s) address; anything else would be a file of the server's own.
pub(super) fn address(what: &str) -> Result<Input, Problem> {
    let address = page_address(what).map(Input::Address);
    address.ok_or_else(|| Problem::bad_request("that is no http or https address"))
}

/// Adds it; what is refused is named as the sender knows it.
pub(super) fn add(
    context: &Context,
    input: &Input,
    given: &Given,
) -> Result<Done<Added>, WorkflowError> {
    match input {
        Input::Address(url) => workflow::add(context, std::slice::from_ref(url), given),
        Input::Sent(spool) => {
            let path = spool.input();
            match workflow::add(context, std::slice::from_ref(&path), given) {
                Ok(done) => Ok(Done { refused: renamed(done.refused, spool), ..done }),
                Err(WorkflowError::Ingest(error)) => {
                    let reason = error.to_string().replace(&path, &spool.name);
                    Err(WorkflowError::NothingRead { inputs: spool.name.clone(), reason })
                }
                Err(error) => Err(error),
            }
        }
    }
}
