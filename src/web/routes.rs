//! The table of the API: each row is a route of the server and an operation of its description.

use std::pin::Pin;

use axum::Router;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, post};

use super::api::ROUTES;
use super::app::App;
use super::asked::Asked;
use super::guard::is_person;
use super::problem::Problem;
use super::{assets, openapi, pages, stamp};

/// How a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Delete,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Query,
    Path,
}

/// What a parameter holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not empty.
    Text,
    Number {
        least: u64,
        most: u64,
    },
    /// `true` or `false`.
    Flag,
}

/// A parameter of a route.
#[derive(Debug)]
pub(super) struct Param {
    pub name: &'static str,
    pub place: Place,
    pub kind: Kind,
    pub required: bool,
    pub says: &'static str,
}

impl Param {
    /// One that may be left out.
    pub const fn query(name: &'static str, kind: Kind, says: &'static str) -> Self {
        Self { name, place: Place::Query, kind, required: false, says }
    }

    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// A part of the path.
    pub const fn path(name: &'static str, kind: Kind, says: &'static str) -> Self {
        Self { name, place: Place::Path, kind, required: true, says }
    }
}

/// What a request's body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Takes {
    Nothing,
    /// Whatever `copytrail formats` lists; the format is told from the content.
    Input,
    /// JSON of this schema.
    Json(&'static str),
}

/// A media type and the schema of what is sent in it.
pub(super) type Content = (&'static str, &'static str);

pub(super) const JSON: &str = "application/json";
pub(super) const LINES: &str = "application/x-ndjson";
pub(super) const EVENTS: &str = "text/event-stream";

/// An answer that is no problem.
#[derive(Debug)]
pub(super) struct Gives {
    pub status: u16,
    pub says: &'static str,
    pub content: &'static [Content],
}

/// What a handler gives.
pub(super) type Answer = Pin<Box<dyn Future<Output = Result<Response, Problem>> + Send>>;

/// A row of the table.
pub(super) struct Route {
    pub method: Method,
    pub path: &'static str,
    pub id: &'static str,
    pub says: &'static str,
    pub params: &'static [Param],
    pub takes: Takes,
    pub gives: &'static [Gives],
    /// Whether the answer stays the same as long as the store does.
    pub steady: bool,
    pub run: fn(Asked) -> Answer,
}

/// The whole server.
pub(super) fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, method_router(route));
    }
    router
        .route("/api", get(pages::api))
        .route("/api/openapi.json", get(openapi::document))
        .route("/assets/{name}", get(assets::file))
        .merge(pages::router())
        .fallback(nothing_there)
        .method_not_allowed_fallback(wrong_method)
        .with_state(app)
}

fn method_router(route: &'static Route) -> MethodRouter<App> {
    let handler = move |State(app): State<App>, path: RawPathParams, request: Request| async move {
        match answer(route, app, &path, request).await {
            Ok(response) => response,
            Err(problem) => problem.into_response(),
        }
    };
    match route.method {
        Method::Get => get(handler),
        Method::Post => post(handler),
        Method::Delete => delete(handler),
    }
}

async fn answer(
    route: &'static Route,
    app: App,
    path: &RawPathParams,
    request: Request,
) -> Result<Response, Problem> {
    let asked = Asked::read(app, route, path, request)?;
    if !route.steady {
        return (route.run)(asked).await;
    }
    let tag = stamp::of(&asked.app, &asked.uri, &asked.headers);
    let value = HeaderValue::from_str(&tag).map_err(|error| Problem::broken(error.to_string()))?;
    let mut response = if stamp::is_held(&asked.headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (route.run)(asked).await?
    };
    response.headers_mut().insert(header::ETAG, value);
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
    Ok(response)
}

async fn nothing_there(headers: HeaderMap) -> Response {
    let says = "there is nothing at this address; / is the page, /api describes the API";
    let problem = Problem::not_found(says);
    if is_person(&headers) { pages::shown(problem) } else { problem.into_response() }
}

async fn wrong_method() -> Problem {
    let detail = "this address does not take this method; /api says which it takes";
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method not allowed", detail)
}
