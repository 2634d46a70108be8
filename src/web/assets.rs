//! The files that pages load: a style sheet, a script, an icon; all our own, all in the binary.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::problem::Problem;
use super::stamp;
use crate::reporter::bundle::hex;
use crate::reporter::html;

struct Asset {
    name: &'static str,
    kind: &'static str,
    text: &'static str,
}

static ASSETS: &[Asset] = &[
    Asset {
        name: "style.css",
        kind: "text/css; charset=utf-8",
        text: include_str!("assets/style.css"),
    },
    Asset {
        name: "page.js",
        kind: "text/javascript; charset=utf-8",
        text: include_str!("assets/page.js"),
    },
    Asset { name: "report.css", kind: "text/css; charset=utf-8", text: html::STYLE },
    Asset {
        name: "handover.js",
        kind: "text/javascript; charset=utf-8",
        text: include_str!("assets/handover.js"),
    },
    Asset { name: "icon.svg", kind: "image/svg+xml", text: include_str!("assets/icon.svg") },
];

/// `/assets/NAME`
pub(super) async fn file(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return Problem::not_found("there is no such file").into_response();
    };
    let digest = Sha256::digest(asset.text.as_bytes());
    let tag = format!("\"{}\"", hex(&digest[..8]));
    let held = stamp::is_held(&headers, &tag);
    let kind = HeaderValue::from_static(asset.kind);
    let mut response = if held {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind)], asset.text).into_response()
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
