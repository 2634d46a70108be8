//! `/api`: the API's description for people.

use askama::Template;
use axum::response::{IntoResponse, Response};

use super::super::api::ROUTES;
use super::super::routes::{Method, Route, Takes};
use super::super::words::{ENGLISH, Words};
use super::Page;

#[derive(Template)]
#[template(path = "pages/api.html")]
struct ApiPage<'a> {
    w: &'a Words,
    here: &'a str,
    routes: &'static [Route],
}

impl Route {
    fn takes_input(&self) -> bool {
        self.takes == Takes::Input
    }

    fn verb(&self) -> &'static str {
        match self.method {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Delete => "DELETE",
        }
    }
}

pub(in super::super) async fn api() -> Response {
    Page(ApiPage { w: &ENGLISH, here: "/api", routes: ROUTES }).into_response()
}
