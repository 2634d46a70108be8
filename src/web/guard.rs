//! What every request must pass before it is looked at, and what every answer carries.

use std::net::IpAddr;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::app::App;
use super::problem::Problem;

/// Nothing from elsewhere, nothing inline, no frame around us.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Where the browser's page that hands itself over must be able to find us.
const HANDOVER: &str = "/handover";

/// Checks a request, lets it through, and dresses its answer.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut response = match check(&app, &request) {
        Ok(()) => next.run(request).await,
        Err(refused) => *refused,
    };
    dress(response.headers_mut(), &path);
    response
}

fn check(app: &App, request: &Request) -> Result<(), Box<Response>> {
    let headers = request.headers();
    let refuse = |problem: Problem| Box::new(problem.into_response());
    let host = host(request).ok_or_else(|| {
        refuse(Problem::bad_request("the request names no host, or more than one"))
    })?;
    if !is_ours(app, &host) {
        return Err(refuse(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "wrong host",
            "this server does not answer to that name; start it with --host NAME where it is right",
        )));
    }
    let path = request.uri().path();
    if !app.door.lets_in(headers) && path != "/login" && !path.starts_with("/assets/") {
        return Err(Box::new(closed(path, headers)));
    }
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !is_from_here(headers, &host, safe) {
        let detail = "requests from other sites' pages are not taken; use the page itself, or a program that sends no Origin";
        return Err(refuse(Problem::forbidden(detail)));
    }
    Ok(())
}

/// The one host that the request names, with its port.
fn host(request: &Request) -> Option<String> {
    if let Some(authority) = request.uri().authority() {
        return Some(authority.as_str().to_ascii_lowercase());
    }
    let mut named = request.headers().get_all(header::HOST).into_iter();
    match (named.next(), named.next()) {
        (Some(host), None) => host.to_str().ok().map(str::to_ascii_lowercase),
        _ => None,
    }
}

/// A name that leads a browser here may be anybody's (DNS rebinding); an address cannot be.
fn is_ours(app: &App, host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
            name
        }
        _ => host,
    };
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    let by_address = bare
        .parse::<IpAddr>()
        .is_ok_and(|address| app.door.is_locked() || super::settings::is_loopback(address));
    let known = app.settings.hosts.iter().any(|own| own.eq_ignore_ascii_case(name));
    by_address || name == "localhost" || known
}

/// Whether a browser asks for a page.
pub(super) fn is_person(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn closed(path: &str, headers: &HeaderMap) -> Response {
    if is_person(headers) && !path.starts_with("/api/") {
        return Redirect::to("/login").into_response();
    }
    let detail =
        "a token is needed: send it as `Authorization: Bearer TOKEN`, or sign in at /login";
    let mut response =
        Problem::new(StatusCode::UNAUTHORIZED, "token needed", detail).into_response();
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"copytrail\""));
    response
}

/// Whether a browser sends it for a page of ours, or for nobody's page, or no browser sends it at all.
/// A link from elsewhere may lead here, but nothing may be fetched or posted from elsewhere.
fn is_from_here(headers: &HeaderMap, host: &str, safe: bool) -> bool {
    let value = |name: &str| headers.get(name).map(|v| v.to_str().unwrap_or("?"));
    let site = value("sec-fetch-site");
    let navigates = value("sec-fetch-mode") == Some("navigate");
    match site {
        None | Some("same-origin" | "none") => {}
        Some(_) if safe && navigates => {}
        Some(_) => return false,
    }
    match value("origin") {
        None => true,
        Some(origin) => {
            let ours = |scheme: &str| {
                origin.strip_prefix(scheme).is_some_and(|o| o.eq_ignore_ascii_case(host))
            };
            ours("http://") || ours("https://")
        }
    }
}

fn dress(headers: &mut HeaderMap, path: &str) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CACHE_CONTROL, "no-cache");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    // The page that hands itself over must be able to speak to the window that it opened.
    if path != HANDOVER {
        set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    }
}
