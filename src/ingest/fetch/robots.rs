//! Owns robots.txt (RFC 9309): which group speaks to us, and which of its rules is the longest that fits a path.

/// Whether `robots` lets the program `agent` (its product token, lower case) see `path`, query included.
pub(super) fn allows(robots: &str, agent: &str, path: &str) -> bool {
    if path == "/robots.txt" {
        return true;
    }
    let rules = rules_for(robots, agent).or_else(|| rules_for(robots, "*")).unwrap_or_default();
    let fitting = rules.into_iter().filter(|(_, pattern)| fits(pattern, path));
    // The longest rule decides; between two of one length the one that allows.
    let longest = fitting.max_by_key(|(allow, pattern)| (pattern.len(), *allow));
    longest.is_none_or(|(allow, _)| allow)
}

/// The rules of all groups for an agent: whether each allows, and its pattern; `None` where no group names it.
fn rules_for(robots: &str, agent: &str) -> Option<Vec<(bool, String)>> {
    let mut rules = Vec::new();
    let (mut found, mut ours, mut naming) = (false, false, false);
    for line in robots.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match key.trim().to_lowercase().as_str() {
            "user-agent" => {
                ours = (naming && ours) || value.eq_ignore_ascii_case(agent);
                found |= ours;
                naming = true;
            }
            rule @ ("allow" | "disallow") => {
                naming = false;
                // An empty rule rules nothing.
                if ours && !value.is_empty() {
                    rules.push((rule == "allow", value.to_owned()));
                }
            }
            _ => {}
        }
    }
    found.then_some(rules)
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
            assert_eq!(allows(ROBOTS, agent, path), allowed, "{agent} {path}");
        }
        assert!(allows("", "copytrail", "/a"));
        assert!(!allows("User-agent: *\nDisallow: /", "copytrail", "/a"));
    }
}
