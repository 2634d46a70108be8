//! What went wrong, as RFC 9457 problem documents say it: what, why, and what to do.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::model::Refusal;
use crate::reporter::ReportError;
use crate::workflow::WorkflowError;

/// A request that could not be answered.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub status: StatusCode,
    /// The kind of problem, in a word or two of its own.
    pub kind: &'static str,
    pub detail: String,
    /// Seconds after which another try may do.
    pub retry_after: Option<u32>,
    pub refused: Vec<Refusal>,
}

/// As it is sent.
#[derive(Serialize)]
struct Document<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    refused: &'a [Refusal],
}

impl Problem {
    pub fn new(status: StatusCode, kind: &'static str, detail: impl Into<String>) -> Self {
        Self { status, kind, detail: detail.into(), retry_after: None, refused: Vec::new() }
    }

    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad request", detail)
    }

    pub fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not found", detail)
    }

    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    pub fn too_large(most: u64) -> Self {
        let most = most / 1_000_000;
        let detail = format!(
            "the body is larger than {most} MB, the limit here; send it in parts, or use `copytrail add` on the machine itself"
        );
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too large", detail)
    }

    pub fn too_many(detail: impl Into<String>) -> Self {
        let problem = Self::new(StatusCode::TOO_MANY_REQUESTS, "too many requests", detail);
        Self { retry_after: Some(2), ..problem }
    }

    pub fn too_slow(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "too slow", detail)
    }

    pub fn stopping() -> Self {
        let detail = "the server is stopping; what was done so far is kept";
        let problem = Self::new(StatusCode::SERVICE_UNAVAILABLE, "stopping", detail);
        Self { retry_after: Some(5), ..problem }
    }

    pub fn broken(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal error", detail)
    }

    /// The problem as JSON.
    pub fn document(&self) -> String {
        let document = Document {
            r#type: format!("urn:copytrail:problem:{}", self.kind.replace(' ', "-")),
            title: self.kind,
            status: self.status.as_u16(),
            detail: &self.detail,
            refused: &self.refused,
        };
        serde_json::to_string(&document).unwrap_or_default()
    }

    /// All of an input was refused.
    pub fn refused(refused: Vec<Refusal>) -> Self {
        let reason = refused.first().map_or_else(
            || "nothing in it reads as an article".to_owned(),
            |first| first.reason.clone(),
        );
        let kind = "not an article";
        Self { refused, ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, kind, reason) }
    }
}

impl From<WorkflowError> for Problem {
    fn from(error: WorkflowError) -> Self {
        let detail = error.to_string();
        match error {
            WorkflowError::NotFound(_) | WorkflowError::NoOutlet(_) => Self::not_found(detail),
            WorkflowError::BadDate(_) => Self::bad_request(detail),
            WorkflowError::Untraced(_) => Self::new(StatusCode::CONFLICT, "not traced", detail),
            WorkflowError::Ingest(_)
            | WorkflowError::NothingRead { .. }
            | WorkflowError::NoArticle(..) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "not an article", detail)
            }
            WorkflowError::Interrupted => Self::stopping(),
            _ => Self::broken(detail),
        }
    }
}

impl From<ReportError> for Problem {
    fn from(error: ReportError) -> Self {
        Self::broken(error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.document()).into_response();
        let headers = response.headers_mut();
        let problem = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, problem);
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
