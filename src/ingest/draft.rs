//! Owns the last step from what a reader found to an [`Article`]: gaps filled, language, credits, identity.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    Given,
    address::{normalise_address, registrable_domain},
    identity::{first_page, identity, same_site},
    mirror::{Seen, shown},
    prose::is_prose,
    rooms, wire,
};
use crate::model::{Article, Capture, Claim, Kind, Link, LinkKind, Moment, ParagraphRole};

/// Key under which the address of an archive, cache or proxy is kept that a page was seen through.
const MIRROR: &str = "seen_through";
/// Key under which the language is kept that a proxy or browser translated a page from.
const TRANSLATED_FROM: &str = "translated_from";

/// What a reader found.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// Paragraphs, metadata and links as read; identity, domain, credits and disguises are still empty.
    pub article: Article,
    /// Bylines as they stand.
    pub byline: Vec<String>,
    /// Metadata that may hold a credit.
    pub claims: Vec<Claim>,
    /// `rel=canonical`, absolute.
    pub canonical: Option<String>,
    /// `rel=prev`, absolute: the page before this one, of an article or of anything else.
    pub previous: Option<String>,
}

/// Bytes of an answer's head that are kept; a longer one is no server's.
const MAX_HEADERS: usize = 64 * 1024;

impl Draft {
    pub fn new(file: &str, line: Option<usize>) -> Self {
        let article = Article { file: file.to_owned(), line, ..Article::default() };
        Self { article, ..Self::default() }
    }

    /// Whether there is neither a text nor a kind of page that could be named.
    pub fn says_nothing(&self) -> bool {
        self.article.paragraphs.is_empty()
            && matches!(self.article.kind, Kind::Article | Kind::Empty)
    }

    /// Keeps the bytes that it was read from.
    pub fn captured(mut self, bytes: Vec<u8>) -> Self {
        let sha256 = Sha256::digest(&bytes).into();
        let taken = self.article.first_seen.clone();
        self.article.capture =
            Some(Capture { bytes, sha256, from: self.article.file.clone(), headers: None, taken });
        self
    }

    /// Keeps the head of the answer that brought the captured bytes.
    pub fn answered(mut self, headers: Option<String>) -> Self {
        if let Some(capture) = &mut self.article.capture {
            capture.headers = headers.filter(|headers| headers.len() <= MAX_HEADERS);
        }
        self
    }

    /// Notes that it was there at a moment: the earliest one counts.
    pub fn see(&mut self, moment: Option<Moment>) {
        let seen = &mut self.article.first_seen;
        let earlier =
            |moment: &Moment| seen.as_ref().is_none_or(|seen| moment.bounds().1 < seen.bounds().1);
        if let Some(moment) = moment.filter(earlier) {
            *seen = Some(moment);
        }
    }

    /// Takes the facts of a page over that was seen as it is or through a mirror.
    pub fn see_through(&mut self, seen: Seen<'_>) {
        let article = &mut self.article;
        // Where only the page itself states its address, that stays.
        article.url = seen.url.or(article.url.take());
        let mut keep = |key: &str, value: String| {
            article.extra.insert(key.to_owned(), Value::String(value).to_string());
        };
        if let Some(through) = seen.through {
            keep(MIRROR, through);
        }
        if let Some((from, by)) = seen.translated {
            keep(TRANSLATED_FROM, from);
            keep("translated_by", by);
        }
        self.see(seen.taken);
    }

    /// Addresses of mirrors become those that they show.
    fn leave_mirrors(&mut self) {
        for link in &mut self.article.links {
            if let Some(mirror) = shown(&link.url) {
                link.url = mirror.url;
            }
        }
        if let Some(mirror) = self.canonical.as_deref().and_then(shown) {
            self.canonical = Some(mirror.url);
        }
        let Some(url) = self.article.url.take() else { return };
        let Some(mirror) = shown(&url) else {
            self.article.url = Some(url);
            return;
        };
        self.see_through(Seen {
            page: "".into(),
            url: Some(mirror.url),
            through: Some(url),
            taken: mirror.taken,
            translated: mirror.translated_from.map(|from| (from, mirror.by.to_owned())),
        });
    }

    /// The finished article.
    pub fn finish(mut self, given: &Given) -> Article {
        self.fill(given);
        self.leave_mirrors();
        let article = &mut self.article;
        article.domain = article
            .url
            .as_deref()
            .and_then(registrable_domain)
            .or_else(|| article.outlet.as_deref().and_then(registrable_domain));
        settle_language(article);
        if let (Some(url), Some(canonical)) = (&article.url, &self.canonical)
            && !same_site(url, canonical)
        {
            let link =
                Link { url: canonical.clone(), text: String::new(), kind: LinkKind::Canonical };
            article.links.push(link);
        }
        rooms::read_credits(article, &self.byline, &self.claims, &given.names);
        article.disguises = rooms::disguises(article);
        if article.notice.is_none() && rooms::is_agencys(article) {
            wire::tell_notice(article);
        }
        drop_zeros(article);
        if article.kind == Kind::Article && !is_prose(&article.text()) {
            article.kind = Kind::Empty;
        }
        let own = article.url.as_deref().and_then(normalise_address);
        let previous = self.previous.as_deref().and_then(normalise_address);
        let first = own.as_deref().zip(previous.as_deref());
        let first = first.and_then(|(own, previous)| first_page(own, previous));
        let stated = self.canonical.take();
        let itself = stated.as_deref().and_then(normalise_address) == own;
        let canonical = if itself || stated.is_none() { first.or(stated) } else { stated };
        article.identity = identity(article, canonical.as_deref());
        if let Some((first, _)) = article.identity.split_once("#page-") {
            article.extra.insert("continues".to_owned(), Value::String(first.into()).to_string());
        }
        // A machine's translation of a page must not become a revision of the page.
        if article.extra.contains_key(TRANSLATED_FROM) {
            let language = article.language.as_deref().unwrap_or("other");
            article.identity = format!("{}#translated-{language}", article.identity);
        }
        self.article
    }

    fn fill(&mut self, given: &Given) {
        let article = &mut self.article;
        // A name out of an author's blurb is a guess; the user knows.
        let guessed = article.read_from.get("outlet").is_some_and(|from| from == "text");
        if guessed && given.outlet.is_some() {
            article.outlet = None;
        }
        let mut fill = |field: &str, slot: &mut Option<String>, value: &Option<String>| {
            if slot.is_none() && value.is_some() {
                slot.clone_from(value);
                article.read_from.insert(field.to_owned(), "given".to_owned());
            }
        };
        fill("url", &mut article.url, &given.url);
        fill("outlet", &mut article.outlet, &given.outlet);
        fill("language", &mut article.language, &given.language);
        if article.published.is_none() && given.published.is_some() {
            article.published.clone_from(&given.published);
            article.read_from.insert("published".to_owned(), "given".to_owned());
        }
    }
}

/// A zero byte is damage of a file or a trick, never a letter.
fn drop_zeros(article: &mut Article) {
    let texts = article.paragraphs.iter_mut().map(|paragraph| &mut paragraph.text);
    for text in texts.chain(&mut article.title).filter(|text| text.contains('\0')) {
        text.retain(|c| c != '\0');
    }
}

/// Languages that a detector takes for one another: the declaration decides between them.
const CLOSE: &[&[&str]] = &[
    &["nb", "no", "nn", "da", "sv"],
    &["hr", "sr", "bs", "sl", "mk", "bg"],
    &["id", "ms"],
    &["cs", "sk"],
    &["es", "ca", "gl", "pt"],
    &["de", "lb", "nl", "af"],
    &["ru", "uk", "be"],
    &["is", "fo"],
    &["hi", "mr", "ne"],
    &["fa", "ar", "ur"],
];
/// Characters from which on detection may overrule a declaration.
const SURE: usize = 400;

/// Primary subtag of the declaration, unless a long text is plainly in another language.
fn settle_language(article: &mut Article) {
    let declared = article.language.take().and_then(|tag| primary(&tag));
    let text: String = article
        .paragraphs
        .iter()
        .filter(|p| p.role != ParagraphRole::Credit)
        .flat_map(|p| [p.text.as_str(), "\n"])
        .collect();
    let detected = rooms::detect(&text).map(str::to_owned);
    let close =
        |a: &str, b: &str| CLOSE.iter().any(|group| group.contains(&a) && group.contains(&b));
    article.language = match (declared, detected) {
        (Some(declared), Some(detected))
            if declared != detected
                && !close(&declared, &detected)
                && text.chars().count() >= SURE =>
        {
            article.read_from.insert("language".to_owned(), "text".to_owned());
            Some(detected)
        }
        (Some(declared), _) => Some(declared),
        (None, Some(detected)) => {
            article.read_from.insert("language".to_owned(), "text".to_owned());
            Some(detected)
        }
        (None, None) => None,
    };
}

/// `de-AT` → `de`, `en_US` → `en`, `German` → nothing.
fn primary(tag: &str) -> Option<String> {
    let subtag = tag.trim().split(['-', '_', ',', ' ']).next()?.to_lowercase();
    ((2..=3).contains(&subtag.len()) && subtag.chars().all(|c| c.is_ascii_lowercase()))
        .then_some(subtag)
}
