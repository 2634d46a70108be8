//! Who may come in: the token, shown in a header or once in a form, compared in constant time, never printed.

use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::problem::Problem;
use super::settings::{BadSettings, Settings, Token};
use crate::reporter::bundle::hex;

/// The browser's proof that the token was shown in the form.
pub(super) const COOKIE: &str = "copytrail_session";

/// The door's lock.
pub(super) struct Door {
    token: Option<Token>,
    /// What the cookie holds; hangs on the token and on this run of the server.
    session: String,
}

impl Door {
    pub fn new(settings: &Settings) -> Result<Self, BadSettings> {
        let mut salt = [0; 32];
        getrandom::fill(&mut salt).map_err(BadSettings::NoRandom)?;
        let mut hash = Sha256::new();
        hash.update(salt);
        if let Some(token) = &settings.token {
            hash.update(token.0.as_bytes());
        }
        Ok(Self { token: settings.token.clone(), session: hex(&hash.finalize()) })
    }

    /// Whether a token is asked for at all.
    pub fn is_locked(&self) -> bool {
        self.token.is_some()
    }

    /// Whether the request shows the token, or the cookie that was given for it.
    pub fn lets_in(&self, headers: &HeaderMap) -> bool {
        if !self.is_locked() {
            return true;
        }
        let bearer = headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        if let Some((_, shown)) = bearer {
            return self.knows(shown.trim());
        }
        cookies(headers).any(|value| same(value, &self.session))
    }

    /// Whether this is the token.
    pub fn knows(&self, shown: &str) -> bool {
        self.token.as_ref().is_some_and(|token| same(shown, &token.0))
    }

    /// The header that gives a browser its cookie.
    pub fn cookie(&self) -> String {
        format!("{COOKIE}={}; Path=/; HttpOnly; SameSite=Strict", self.session)
    }
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lists = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    lists
        .flat_map(|list| list.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value)
}

/// Compared as digests, so that the time tells neither content nor length.
fn same(shown: &str, kept: &str) -> bool {
    let digest = |text: &str| Sha256::digest(text.as_bytes());
    digest(shown).as_slice().ct_eq(digest(kept).as_slice()).into()
}

/// A name that nobody guesses.
pub(super) fn random_name() -> Result<String, Problem> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Problem::broken(error.to_string()))?;
    Ok(hex(&bytes))
}
