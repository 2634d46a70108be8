//! `/login`: the token, shown once for a cookie.

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use url::form_urlencoded;

use super::super::app::App;
use super::super::problem::Problem;
use super::super::words::{ENGLISH, Words};
use super::{Answer, Page};

/// Bytes of the form.
const FORM: u64 = 4_000;

#[derive(Template)]
#[template(path = "pages/login.html")]
struct LoginPage<'a> {
    w: &'a Words,
    here: &'a str,
    wrong: bool,
}

pub(super) async fn form() -> Response {
    Page(LoginPage { w: &ENGLISH, here: "", wrong: false }).into_response()
}

pub(super) async fn enter(State(app): State<App>, request: Request<Body>) -> Answer {
    let fields = app.spooler(FORM).small(request.into_body()).await?;
    let shown = form_urlencoded::parse(&fields)
        .find(|(name, _)| name == "token")
        .map(|(_, token)| token.trim().to_owned())
        .unwrap_or_default();
    if !app.door.knows(&shown) {
        let mut page = Page(LoginPage { w: &ENGLISH, here: "", wrong: true }).into_response();
        *page.status_mut() = StatusCode::FORBIDDEN;
        return Ok(page);
    }
    let mut response = Redirect::to("/").into_response();
    let cookie = HeaderValue::from_str(&app.door.cookie())
        .map_err(|error| Problem::broken(error.to_string()))?;
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response)
}
