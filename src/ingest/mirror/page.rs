//! Owns what archives and proxies put into the pages that they show: the address and time they note there are
//! read, toolbars and changed links taken away.

use std::borrow::Cow;

use super::{
    super::{parse_moment, record::is_address},
    shown,
};
use crate::model::Moment;

/// A page as its own site sent it, as far as can be told.
#[derive(Debug)]
pub(crate) struct Seen<'p> {
    pub page: Cow<'p, str>,
    /// The page's own address.
    pub url: Option<String>,
    /// The mirror's address, where it was seen through one.
    pub through: Option<String>,
    pub taken: Option<Moment>,
    /// The language it was translated from, and by whom.
    pub translated: Option<(String, String)>,
}

const TOOLBARS: &[(&str, &str)] = &[
    ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->"),
    ("<!-- BEGIN WAYBACK TOOLBAR", "<!-- END WAYBACK TOOLBAR"),
];
/// Hosts whose archive is told by its pages as well.
const WAYBACK: &str = "web.archive.org";
const TODAY: &[&str] = &[
    "archive.ph/",
    "archive.today/",
    "archive.is/",
    "archive.li/",
    "archive.md/",
    "archive.fo/",
    "archive.vn/",
];

/// Takes a page out of its mirror. `url` is the address it was had from, where that is known.
pub(crate) fn see<'p>(page: &'p str, url: Option<&str>) -> Seen<'p> {
    let mut seen = Seen {
        page: Cow::Borrowed(page),
        url: url.map(str::to_owned),
        through: None,
        taken: None,
        translated: None,
    };
    let wayback = page.contains("WAYBACK TOOLBAR INSERT")
        || page.contains("__wm.wombat(")
        || page.contains("AND RETRIEVED FROM THE INTERNET ARCHIVE");
    let today = !wayback && page.contains("id=\"CONTENT\"") && noted_by_today(page).is_some();
    let through = url.filter(|url| shown(url).is_some()).map(str::to_owned).or_else(|| {
        match (wayback, today) {
            (true, _) => noted_by_wayback(page),
            (_, true) => noted_by_today(page),
            _ => None,
        }
    });
    if let Some(mirror) = through.as_deref().and_then(shown) {
        seen.url = Some(mirror.url);
        seen.taken = mirror.taken;
        seen.translated = mirror.translated_from.map(|from| (from, mirror.by.to_owned()));
        seen.through = through;
    }
    if let Some(from) = marked_translation(page) {
        let by =
            seen.translated.take().map_or_else(|| "a browser or proxy".to_owned(), |(_, by)| by);
        seen.translated = Some((from, by));
    }
    if wayback {
        seen.taken = seen.taken.take().or_else(|| archived_on(page));
        seen.page = Cow::Owned(without_wayback(page));
    } else if today {
        seen.page = Cow::Owned(without_today(page, seen.taken.as_ref()));
    }
    seen
}

/// The archive's address of the page, from the script that it puts in, its toolbar, or the canonical link.
fn noted_by_wayback(page: &str) -> Option<String> {
    if let Some((_, after)) = page.split_once("__wm.wombat(") {
        let mut quoted = after.split('"').skip(1).step_by(2);
        if let (Some(url), Some(stamp)) = (quoted.next(), quoted.next())
            && is_address(url)
        {
            return Some(format!("https://{WAYBACK}/web/{stamp}/{url}"));
        }
    }
    let canonical = attribute_near(page, "rel=\"canonical\"", "href");
    canonical.filter(|url| shown(url).is_some()).or_else(|| {
        let url = attribute_near(page, "id=\"wmtbURL\"", "value").filter(|url| is_address(url))?;
        Some(format!("https://{WAYBACK}/web/{url}"))
    })
}

fn noted_by_today(page: &str) -> Option<String> {
    let links = ["rel=\"canonical\"", "rel=\"bookmark\""];
    let found = links.iter().filter_map(|mark| attribute_near(page, mark, "href"));
    let mut own = found.filter(|url| TODAY.iter().any(|host| url.contains(host)));
    own.find(|url| shown(url).is_some())
}

/// An attribute of the tag that holds `mark`.
fn attribute_near(page: &str, mark: &str, name: &str) -> Option<String> {
    let at = page.find(mark)?;
    let start = page.get(..at)?.rfind('<')?;
    let end = at + page.get(at..)?.find('>')?;
    let tag = page.get(start..end)?;
    let (_, after) = tag.split_once(&format!("{name}=\""))?;
    Some(after.split('"').next()?.replace("&amp;", "&"))
}

/// `FILE ARCHIVED ON 12:30:00 May 02, 2024 AND RETRIEVED FROM …`, in UTC.
fn archived_on(page: &str) -> Option<Moment> {
    let (_, after) = page.split_once("FILE ARCHIVED ON ")?;
    let (text, _) = after.split_once(" AND RETRIEVED")?;
    let (time, day) = text.trim().split_once(' ')?;
    let day = parse_moment(day)?;
    parse_moment(&format!("{}T{time}Z", day.day()))
}

/// `<html lang="en-x-mtfrom-de">`: what Google's translation writes into the pages it makes.
fn marked_translation(page: &str) -> Option<String> {
    let at = page.find("<html").filter(|at| *at < 20_000)?;
    let tag = page.get(at..)?.split('>').next()?;
    let (_, from) = tag.split_once("-x-mtfrom-")?;
    let from: String = from.chars().take_while(char::is_ascii_lowercase).collect();
    (from.len() >= 2).then_some(from)
}

fn without_wayback(page: &str) -> String {
    let mut page = page.to_owned();
    for (begin, end) in TOOLBARS {
        while let Some(from) = page.find(begin)
            && let Some(length) = page.get(from..).and_then(|rest| rest.find(end))
        {
            page.replace_range(from..from + length + end.len(), "");
        }
    }
    own_links(&page)
}

/// Addresses of the archive become those that they show, wherever they stand.
fn own_links(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find("/web/") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let inner = after.get(5..).unwrap_or_default();
        let Some(target) = target_of(inner) else {
            out.push_str("/web/");
            rest = inner;
            continue;
        };
        let fronts = ["https://web.archive.org", "http://web.archive.org", "//web.archive.org"];
        if let Some(front) = fronts.iter().find(|front| out.ends_with(**front)) {
            out.truncate(out.len() - front.len());
        }
        rest = target;
    }
    out.push_str(rest);
    out
}

/// What follows `TIMESTAMP/` or `TIMESTAMPim_/`, where that is an address.
fn target_of(inner: &str) -> Option<&str> {
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let tail = inner.get(digits..)?;
    let end = tail.find('/')?;
    let marked = end == 0 || (end == 3 && tail.as_bytes().get(2) == Some(&b'_'));
    let target = tail.get(end + 1..)?;
    let address = target.starts_with("http://") || target.starts_with("https://");
    (digits >= 4 && marked && address).then_some(target)
}

/// The page's own body without the archive's header and footer around it.
fn without_today(page: &str, taken: Option<&Moment>) -> String {
    let head = page.find("<body").unwrap_or(0);
    let Some(at) = page.find("id=\"CONTENT\"") else { return page.to_owned() };
    let Some(start) = page.get(..at).and_then(|front| front.rfind('<')) else {
        return page.to_owned();
    };
    // The archive's own links and tags are about the archive, and so are times that are the capture's.
    let own = |tag: &str| TODAY.iter().any(|host| tag.contains(host.trim_end_matches('/')));
    let of_capture = |tag: &str| {
        let stated = tag.split("content=\"").nth(1).and_then(|rest| rest.split('"').next());
        let stated = stated.filter(|_| tag.contains("_time") || tag.contains("date"));
        stated
            .and_then(parse_moment)
            .is_some_and(|time| Some(time.seconds) == taken.map(|t| t.seconds))
    };
    let tags = page.get(..head).unwrap_or_default().split_inclusive('>');
    let head: String = tags.filter(|tag| !own(tag) && !of_capture(tag)).collect();
    format!("{head}<body>{}", page.get(start..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_the_archive_become_their_own() {
        let page = "<a href=\"https://web.archive.org/web/20240502123000/https://nord.example/a\"><img src=\"/web/20240502123000im_/http://nord.example/b.png\"><a href=\"https://nord.example/web/2024/c\">";
        assert_eq!(
            own_links(page),
            "<a href=\"https://nord.example/a\"><img src=\"http://nord.example/b.png\"><a href=\"https://nord.example/web/2024/c\">"
        );
    }

    #[test]
    fn marks_of_a_translating_program() {
        assert_eq!(
            marked_translation("<!doctype html><html lang=\"en-x-mtfrom-de\" class=x>").as_deref(),
            Some("de")
        );
        assert_eq!(marked_translation("<html lang=\"en\"><p>-x-mtfrom-de"), None);
        let page = "<html><body><p>x</p><!--\n FILE ARCHIVED ON 12:30:00 May 02, 2024 AND RETRIEVED FROM THE INTERNET ARCHIVE ON 01:00:00 Jun 01, 2025.-->";
        assert_eq!(see(page, None).taken.map(|m| m.text).as_deref(), Some("2024-05-02T12:30:00Z"));
    }
}
