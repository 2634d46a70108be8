//! Owns manners: robots.txt asked once a site, its delay kept, one request at a time, never two close together.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use url::Url;

use super::{
    super::Limits,
    answer::{Answer, Validators},
    client::Client,
    error::FetchError,
    robots::Robots,
};

/// Longest pause between two requests that a robots.txt is granted; a site that asks for more is visited as often
/// as that.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);
/// How long a robots.txt is held good; RFC 9309 allows a day.
const ROBOTS_AGE: Duration = Duration::from_hours(4);
/// The wish to stop is looked for as often as this while a pause lasts.
const GLANCE: Duration = Duration::from_millis(100);

/// How a visitor behaves.
#[derive(Debug, Clone, Default)]
pub struct Manners {
    /// A mail address or a page that a server's operator can turn to; goes into the user agent.
    pub contact: Option<String>,
    /// Least time between two requests to a host.
    pub pause: Duration,
}

/// Fetches pages of any number of sites, politely; several threads may share it.
pub struct Visitor<'a> {
    client: Client,
    manners: Manners,
    sites: Mutex<HashMap<String, Arc<Door>>>,
    /// Whether the work is to stop; looked at during pauses.
    stop: &'a (dyn Fn() -> bool + Sync),
}

/// A site, and whose turn it is to ask it.
#[derive(Default)]
struct Door {
    /// Held by whoever asks.
    turn: Mutex<()>,
    site: Mutex<Site>,
}

/// What is remembered of a site (scheme, host and port) between two requests.
#[derive(Default)]
struct Site {
    robots: Option<(Robots, Instant)>,
    last: Option<Instant>,
}

impl<'a> Visitor<'a> {
    #[must_use]
    pub fn new(limits: &Limits, manners: Manners, stop: &'a (dyn Fn() -> bool + Sync)) -> Self {
        let client = Client::new(limits, manners.contact.as_deref());
        Self { client, manners, sites: Mutex::default(), stop }
    }

    fn door(&self, url: &Url) -> Arc<Door> {
        Arc::clone(locked(&self.sites).entry(origin(url)).or_default())
    }

    /// Fetches an address, whatever its status comes to. `known` are the validators of the last answer from there:
    /// an unchanged page answers 304.
    ///
    /// # Errors
    /// Where robots.txt closes it, or no answer comes within the limits.
    pub fn get(&self, address: &str, known: &Validators) -> Result<Answer, FetchError> {
        let url = parse(address)?;
        let Self { client, manners, stop, .. } = self;
        let asked = self.door(&url);
        let _turn = locked(&asked.turn);
        client.get(&url, known, &mut |client, url, until| {
            let door = self.door(url);
            let mut site = locked(&door.site);
            if !client.limits.ignore_robots {
                site.learn(client, url, until)?;
            }
            let robots = site.robots.as_ref().map(|(robots, _)| robots);
            if robots.is_some_and(|robots| !robots.allow(&path(url))) {
                return Err(FetchError::Closed);
            }
            let asked = robots.and_then(|robots| robots.delay).unwrap_or_default();
            // A single page needs no pause; who goes on keeps the longer of both.
            let pause =
                if manners.pause.is_zero() { manners.pause } else { manners.pause.max(asked) };
            site.wait(pause.min(LONGEST_PAUSE), *stop)
        })
    }

    /// Addresses of sitemaps that a site's robots.txt names.
    ///
    /// # Errors
    /// Where the server does not give its robots.txt.
    pub fn sitemaps(&self, address: &str) -> Result<Vec<String>, FetchError> {
        let url = parse(address)?;
        let until = Instant::now() + self.client.limits.max_time;
        let door = self.door(&url);
        let _turn = locked(&door.turn);
        let mut site = locked(&door.site);
        site.learn(&self.client, &url, until)?;
        let named = site.robots.as_ref().map(|(robots, _)| robots.sitemaps.clone());
        Ok(named.unwrap_or_default())
    }
}

impl Site {
    /// Asks for robots.txt, unless it was asked for lately. One that is not there allows all; one that the server
    /// fails to give allows nothing (RFC 9309).
    fn learn(&mut self, client: &Client, url: &Url, until: Instant) -> Result<(), FetchError> {
        if self.robots.as_ref().is_some_and(|(_, asked)| asked.elapsed() < ROBOTS_AGE) {
            return Ok(());
        }
        let text = client.robots(url, until)?.unwrap_or_default();
        self.last = Some(Instant::now());
        self.robots = Some((Robots::read(&text, "copytrail"), Instant::now()));
        Ok(())
    }

    /// Waits until the pause since the last request is over; gives the time that it took.
    fn wait(&mut self, pause: Duration, stop: &dyn Fn() -> bool) -> Result<Duration, FetchError> {
        let begun = Instant::now();
        while let Some(left) = self.last.and_then(|last| pause.checked_sub(last.elapsed())) {
            if stop() {
                return Err(FetchError::Stopped);
            }
            thread::sleep(left.min(GLANCE));
        }
        let now = Instant::now();
        self.last = Some(now);
        Ok(now - begun)
    }
}

/// What a thread that failed left behind is as good as ever.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn parse(address: &str) -> Result<Url, FetchError> {
    Url::parse(address.trim()).map_err(|error| FetchError::NotAnAddress(error.to_string()))
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn path(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}
