//! `/bookmarklet` and `/handover`: a page that is being read elsewhere is handed over, and asked about once its
//! reader says so.

use askama::Template;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};

use super::super::words::{ENGLISH, Words};
use super::Page;

/// Opens our page, waits until it is ready, and hands the open page over to it and to nobody else. The address
/// goes along in the fragment for pages that let no window speak to another.
const BOOKMARKLET: &str = "javascript:(()=>{const o=\"ORIGIN\",\
w=open(o+\"/handover#\"+encodeURIComponent(location.href),\"_blank\"),\
h=e=>{if(e.source===w&&e.origin===o&&e.data===\"copytrail: ready\"){removeEventListener(\"message\",h);\
w.postMessage({url:location.href,title:document.title,html:document.documentElement.outerHTML},o)}};\
addEventListener(\"message\",h)})()";

#[derive(Template)]
#[template(path = "pages/bookmarklet.html")]
struct BookmarkletPage<'a> {
    w: &'a Words,
    here: &'a str,
    code: String,
}

pub(super) async fn bookmarklet(headers: HeaderMap) -> Response {
    // The guard lets in our own names only. Which scheme the browser came by behind a proxy it alone knows: page.js
    // puts the page's own origin in.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let tame: String =
        host.chars().filter(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(*c)).collect();
    let code = BOOKMARKLET.replace("ORIGIN", &format!("http://{tame}"));
    Page(BookmarkletPage { w: &ENGLISH, here: "/bookmarklet", code }).into_response()
}

#[derive(Template)]
#[template(path = "pages/handover.html")]
struct HandoverPage<'a> {
    w: &'a Words,
    here: &'a str,
}

pub(super) async fn handover() -> Response {
    Page(HandoverPage { w: &ENGLISH, here: "" }).into_response()
}
