//! Addresses of others: shown as they are, links only where they lead to a page.

use askama::Template;
use askama::filters::HtmlSafe;

/// An address as it is shown.
#[derive(Debug, Template)]
#[template(path = "address.html")]
pub(super) struct Address<'a> {
    text: &'a str,
    href: Option<&'a str>,
}

/// Its template escapes what it holds.
impl HtmlSafe for Address<'_> {}

impl<'a> Address<'a> {
    pub(super) fn of(address: &'a str) -> Self {
        Self::named(address, address)
    }

    /// An address under a text of its own.
    pub(super) fn named(text: &'a str, address: &'a str) -> Self {
        Self { text, href: Some(address).filter(|address| is_page(address)) }
    }
}

/// Whether following it opens a page and runs nothing: `javascript:` and `data:` are addresses too.
fn is_page(address: &str) -> bool {
    let starts = |scheme: &str| {
        address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_are_linked() {
        for (address, linked) in [
            ("https://paper.example/a", true),
            ("HTTP://paper.example/a", true),
            ("javascript:alert(1)", false),
            (" https://paper.example", false),
            ("data:text/html,x", false),
            ("id:7", false),
            ("äöü", false),
        ] {
            let shown = Address::of(address).render().unwrap();
            assert_eq!(shown.starts_with("<a href="), linked, "{shown}");
        }
        let shown = Address::of("https://a.example/\"><script>").render().unwrap();
        assert!(!shown.contains("<script>") && !shown.contains("\"><"), "{shown}");
    }
}
