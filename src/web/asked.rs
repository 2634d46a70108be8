//! A request whose parameters are known to be as its route says.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::body::Body;
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderMap, Uri, header};
use url::form_urlencoded;

use super::app::App;
use super::problem::Problem;
use super::routes::{Kind, Param, Place, Route, Takes};
use crate::workflow::Given;

/// Characters of the longest value that is taken.
const LONGEST: usize = 4_000;

/// What a handler is given.
pub(super) struct Asked {
    pub app: App,
    pub headers: HeaderMap,
    pub uri: Uri,
    values: BTreeMap<&'static str, String>,
    /// Behind a lock only so that a request can be looked at from several places.
    body: Mutex<Body>,
}

impl Asked {
    /// Reads a request as its route says it must be.
    pub fn read(
        app: App,
        route: &Route,
        path: &RawPathParams,
        request: Request,
    ) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let mut values = BTreeMap::new();
        for (name, value) in path {
            put(&mut values, route, Place::Path, (name, value))?;
        }
        let query = parts.uri.query().unwrap_or_default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            put(&mut values, route, Place::Query, (&name, &value))?;
        }
        let missing = |param: &&Param| param.required && !values.contains_key(param.name);
        if let Some(param) = route.params.iter().find(missing) {
            return Err(Problem::bad_request(format!(
                "{}: is missing; {}",
                param.name, param.says
            )));
        }
        if route.takes != Takes::Nothing && is_packed(&parts.headers) {
            let detail = "bodies are taken as they are, without Content-Encoding; a file that is itself gzip or zstd is fine";
            let status = axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Problem::new(status, "unsupported encoding", detail));
        }
        Ok(Self { app, headers: parts.headers, uri: parts.uri, values, body: Mutex::new(body) })
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// A number that its parameter bounds.
    pub fn number(&self, name: &str) -> Option<usize> {
        self.text(name).and_then(|value| value.parse().ok())
    }

    pub fn flag(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    /// What the sender says of an input.
    pub fn given(&self) -> Given {
        let own = |name| self.text(name).map(str::to_owned);
        Given {
            outlet: own("outlet"),
            url: own("url"),
            published: own("published"),
            language: own("language"),
            ..Given::default()
        }
    }

    pub fn take_body(&self) -> Body {
        let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *body, Body::empty())
    }

    /// Whether a line an item is wanted rather than one document.
    pub fn wants_lines(&self) -> bool {
        self.accepts("application/x-ndjson") || self.accepts("application/jsonl")
    }

    /// Whether the sender would look at a job rather than wait (RFC 7240).
    pub fn wants_job(&self) -> bool {
        let preferred = self.headers.get_all("prefer").into_iter().filter_map(|v| v.to_str().ok());
        preferred.flat_map(|list| list.split(',')).any(|one| {
            one.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("respond-async")
        })
    }

    fn accepts(&self, media: &str) -> bool {
        let accepted =
            self.headers.get_all(header::ACCEPT).into_iter().filter_map(|v| v.to_str().ok());
        accepted
            .flat_map(|list| list.split(','))
            .any(|one| one.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(media))
    }
}

fn is_packed(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

fn put(
    values: &mut BTreeMap<&'static str, String>,
    route: &Route,
    place: Place,
    (name, value): (&str, &str),
) -> Result<(), Problem> {
    let Some(param) = route.params.iter().find(|p| p.place == place && p.name == name) else {
        let known: Vec<&str> = route.params.iter().map(|param| param.name).collect();
        let shown: String = name.chars().take(40).collect();
        let known = if known.is_empty() { "it takes none".to_owned() } else { known.join(", ") };
        return Err(Problem::bad_request(format!("{shown}: there is no such parameter; {known}")));
    };
    let wrong = |why: &str| Problem::bad_request(format!("{name}: {why}; {}", param.says));
    if value.chars().count() > LONGEST {
        return Err(wrong("is too long"));
    }
    let fits = match param.kind {
        Kind::Text => !value.trim().is_empty(),
        Kind::Number { least, most } => {
            value.bytes().all(|b| b.is_ascii_digit())
                && value.parse::<u64>().is_ok_and(|number| (least..=most).contains(&number))
        }
        Kind::Flag => matches!(value, "true" | "false"),
    };
    if !fits {
        return Err(wrong("is not what it must be"));
    }
    if values.insert(param.name, value.to_owned()).is_some() {
        return Err(wrong("is given twice"));
    }
    Ok(())
}
