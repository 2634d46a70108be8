//! Asking for one page of a site that is followed or looked at again: what came of it.

use std::ops::ControlFlow;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::ingest::{self, Answer, FetchError, Item, Limits, Validators, Visitor};
use crate::model::{Article, Kind};

/// What became of asking for a page.
#[derive(Debug)]
pub(super) enum Got {
    Article(Box<Article>),
    /// It is there, and no article.
    Not(Kind),
    NotModified,
    /// Refused to programs, by robots.txt or status.
    KeptOut(String),
    Gone(String),
    /// Not now. The server asks to be left alone for so many seconds; `site`: with all its pages.
    Later {
        asked: i64,
        site: bool,
        says: String,
    },
    Stopped,
}

/// A page with the answer that brought it.
#[derive(Debug)]
pub(super) struct Asked {
    pub got: Got,
    pub status: Option<u16>,
    pub validators: Validators,
}

/// Asks for a page.
pub(super) fn ask(
    visitor: &Visitor<'_>,
    url: &str,
    known: &Validators,
    (limits, given): (&Limits, &ingest::Given),
) -> Asked {
    let answer = match visitor.get(url, known) {
        Ok(answer) => answer,
        Err(error) => {
            return Asked {
                got: of_error(&error),
                status: None,
                validators: Validators::default(),
            };
        }
    };
    let (status, validators) = (answer.status, answer.validators.clone());
    let says = || FetchError::of_status(status).to_string();
    let got = match status {
        200 | 203 => read(url, answer, (limits, given)),
        304 => Got::NotModified,
        404 | 410 => Got::Gone(says()),
        401..=403 | 451 => Got::KeptOut(says()),
        _ => {
            let asked = answer.retry_after.map_or(0, |wait| wait.as_secs());
            let asked = i64::try_from(asked).unwrap_or(0);
            Got::Later { asked, site: matches!(status, 429 | 503), says: says() }
        }
    };
    Asked { got, status: Some(status), validators }
}

fn of_error(error: &FetchError) -> Got {
    match error {
        FetchError::Closed => Got::KeptOut(error.to_string()),
        FetchError::Stopped => Got::Stopped,
        FetchError::Inside(_) | FetchError::Scheme(_) | FetchError::NotAnAddress(_) => {
            Got::Gone(error.to_string())
        }
        _ => Got::Later { asked: 0, site: false, says: error.to_string() },
    }
}

fn read(url: &str, answer: Answer, (limits, given): (&Limits, &ingest::Given)) -> Got {
    let mut got = Got::Not(Kind::Empty);
    ingest::read_answer(url, answer, given, limits, &mut |item| {
        if let Item::Article(article) = item {
            got = match article.kind {
                Kind::Article => Got::Article(article),
                kind => Got::Not(kind),
            };
        }
        ControlFlow::Break(())
    });
    got
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).unwrap_or(i64::MAX)
}
