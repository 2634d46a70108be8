//! The pages, a file each: a request to a call of the workflow, its answer into a template.

mod add;
mod api;
mod article;
mod asked;
mod audit;
mod compare;
mod form;
mod handover;
mod home;
mod login;
mod outlet;
mod result;
mod search;
mod store;
mod story;
mod working;

use askama::Template;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::app::App;
use super::problem::Problem;
use super::words::{ENGLISH, Words};

pub(super) use api::api;

/// All pages.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/", get(home::home))
        .route("/trace", get(home::home).post(home::ask))
        .route("/trace/{id}", get(result::result))
        .route("/trace/{id}/{file}", get(result::download))
        .route("/article/{id}", get(article::article))
        .route("/article/{id}/{file}", get(article::download))
        .route("/compare", get(compare::compare))
        .route("/story/{id}", get(story::story))
        .route("/outlet/{key}", get(outlet::outlet))
        .route("/outlet/{key}/articles.csv", get(outlet::csv))
        .route("/outlet/{key}/audit", post(audit::audit))
        .route("/audit/{id}", get(audit::audited))
        .route("/audit/{id}/{file}", get(audit::download))
        .route("/article/{id}/review", post(audit::review))
        .route("/search", get(search::search))
        .route("/add", get(add::form).post(add::add))
        .route("/add/{id}", get(add::outcome))
        .route("/store", get(store::store))
        .route("/store/check", post(store::check))
        .route("/check/{id}", get(store::checked))
        .route("/bookmarklet", get(handover::bookmarklet))
        .route("/handover", get(handover::handover))
        .route("/jobs/{id}/cancel", post(working::cancel))
        .route("/login", get(login::form).post(login::enter))
        // Bodies have bounds of their own, which say what is wrong.
        .layer(DefaultBodyLimit::disable())
}

/// A filled template.
struct Page<T>(T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(html) => html_response(html),
            Err(error) => Problem::broken(error.to_string()).into_response(),
        }
    }
}

fn html_response(html: String) -> Response {
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], html).into_response()
}

/// A problem, shown to a person.
struct Shown(Problem);

impl From<Problem> for Shown {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

/// A problem as a page.
pub(super) fn shown(problem: Problem) -> Response {
    Shown(problem).into_response()
}

#[derive(Template)]
#[template(path = "pages/problem.html")]
struct ProblemPage<'a> {
    w: &'a Words,
    here: &'a str,
    problem: &'a Problem,
}

impl IntoResponse for Shown {
    fn into_response(self) -> Response {
        let page = ProblemPage { w: &ENGLISH, here: "", problem: &self.0 };
        let mut response = Page(page).into_response();
        if response.status() == StatusCode::OK {
            *response.status_mut() = self.0.status;
        }
        if let Some(seconds) = self.0.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What a page's handler gives.
type Answer = Result<Response, Shown>;
