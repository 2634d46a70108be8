//! Owns robots.txt (RFC 9309): which group speaks to us, which of its rules is the longest that fits a path, how
//! long it asks us to wait, and which sitemaps it names.

use std::time::Duration;

/// Whether each rule allows, and its pattern.
type Rules = Vec<(bool, String)>;

/// What a robots.txt says to one program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Robots {
    rules: Rules,
    /// `Crawl-delay`: not in the RFC, but asked for by many.
    pub delay: Option<Duration>,
    /// Addresses as they stand, whoever they are for.
    pub sitemaps: Vec<String>,
}

/// Rules that are kept; more are no site's but an attack.
const MAX_RULES: usize = 20_000;

impl Robots {
    /// What `text` says to the program `agent` (its product token, lower case): the groups that name it, else those
    /// for all.
    pub fn read(text: &str, agent: &str) -> Self {
        let own = group(text, agent);
        let (rules, delay) = own.or_else(|| group(text, "*")).unwrap_or_default();
        Self { rules, delay, sitemaps: sitemaps(text) }
    }

    /// Whether the program may see `path`, query included.
    pub fn allow(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|(_, pattern)| fits(pattern, path));
        // The longest rule decides; between two of one length the one that allows.
        let longest = fitting.max_by_key(|(allow, pattern)| (pattern.len(), *allow));
        longest.is_none_or(|(allow, _)| *allow)
    }
}

/// Rules and delay of all groups for an agent; `None` where no group names it.
fn group(robots: &str, agent: &str) -> Option<(Rules, Option<Duration>)> {
    let (mut rules, mut delay) = (Vec::new(), None);
    let (mut found, mut ours, mut naming) = (false, false, false);
    for (key, value) in fields(robots) {
        match key.as_str() {
            "user-agent" => {
                ours = (naming && ours) || value.eq_ignore_ascii_case(agent);
                found |= ours;
                naming = true;
            }
            rule @ ("allow" | "disallow") => {
                naming = false;
                // An empty rule rules nothing.
                if ours && !value.is_empty() && rules.len() < MAX_RULES {
                    rules.push((rule == "allow", value.to_owned()));
                }
            }
            "crawl-delay" => {
                naming = false;
                let seconds = value.parse::<f64>().ok().filter(|_| ours);
                delay = seconds.and_then(|s| Duration::try_from_secs_f64(s).ok()).or(delay);
            }
            _ => {}
        }
    }
    found.then_some((rules, delay))
}

fn sitemaps(robots: &str) -> Vec<String> {
    let named = fields(robots).filter(|(key, value)| key == "sitemap" && !value.is_empty());
    named.map(|(_, value)| value.to_owned()).take(64).collect()
}

/// The lines as lower-case key and value, comments left out.
fn fields(robots: &str) -> impl Iterator<Item = (String, &str)> {
    robots.lines().filter_map(|line| {
        let (key, value) = line.split('#').next().unwrap_or_default().split_once(':')?;
        Some((key.trim().trim_start_matches('\u{feff}').to_lowercase(), value.trim()))
    })
}

/// Whether a pattern fits the beginning of a path; `*` stands for anything, `$` for the end.
fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, to_end) = match pattern.strip_suffix('$') {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let last = if to_end { parts.pop() } else { None };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    match (to_end, last) {
        (false, _) => true,
        (true, Some(last)) => rest.ends_with(last),
        (true, None) => rest.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROBOTS: &str = "User-agent: other\nUser-agent: *\nDisallow: /private # all of it\nAllow: /private/open\n\
                          Disallow: /*.pdf$\nDisallow:\n\nUser-agent: CopyTrail\nDisallow: /drafts/\n";

    #[test]
    fn the_longest_rule_of_the_right_group() {
        for (agent, path, allowed) in [
            ("any", "/a", true),
            ("any", "/private/x", false),
            ("any", "/private/open/x", true),
            ("any", "/files/a.pdf", false),
            ("any", "/files/a.pdf?x", true),
            ("copytrail", "/private/x", true),
            ("copytrail", "/drafts/x", false),
        ] {
            assert_eq!(Robots::read(ROBOTS, agent).allow(path), allowed, "{agent} {path}");
        }
        assert!(Robots::read("", "copytrail").allow("/a"));
        assert!(!Robots::read("User-agent: *\nDisallow: /", "copytrail").allow("/a"));
    }

    #[test]
    fn delays_are_of_the_group_and_sitemaps_of_the_file() {
        let text = "Sitemap: https://n.example/news.xml\nUser-agent: *\nCrawl-delay: 2.5\n\n\
                    User-agent: other\nCrawl-delay: nonsense\nsitemap:https://n.example/all.xml # all\n";
        let robots = Robots::read(text, "copytrail");
        assert_eq!(robots.delay, Some(Duration::from_millis(2_500)));
        assert_eq!(robots.sitemaps, ["https://n.example/news.xml", "https://n.example/all.xml"]);
        assert_eq!(Robots::read(text, "other").delay, None);
    }
}
