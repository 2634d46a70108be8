//! Credits outside the text: statements of metadata, and links that say where the text is at home.

use super::byline;
use super::line::Named;
use super::list::{Context, Slot, parties};
use super::own::Own;
use super::tables::{Known, by_domain, host, registrable};
use crate::model::{Claim, CreditRole, Link, LinkKind, Party};

/// A credit of metadata with the place it was read from.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    pub named: Named,
    pub role: CreditRole,
    pub text: String,
    pub initials: Vec<String>,
    pub reworked: bool,
}

/// What a field of metadata can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    /// Who wrote it: agencies among the people.
    Author,
    /// Whose copy it is: agencies and outlets.
    Source,
    /// Who owns or publishes it: agencies, and outlets of another publisher.
    Owner,
    /// Who publishes the page: agencies only, since papers name their publishers in many ways.
    Publisher,
    /// The address of the text that it was made from.
    Original,
    /// The same, where it may as well be a study's or a document's.
    Basis,
    /// Whose the page is, where a portal carries it for another outlet.
    Carried,
}

fn field(name: &str) -> Option<Field> {
    let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = ["dcterms", "article", "parsely", "sailthru", "og", "nitf", "hnews"]
        .iter()
        .find_map(|p| plain.strip_prefix(p).filter(|rest| !rest.is_empty()))
        .unwrap_or(&plain);
    Some(match plain {
        "author" | "authors" | "creator" | "dccreator" | "byline" | "byl" | "authorname"
        | "contributor" | "by" => Field::Author,
        "sourceorganization" | "sourceorg" | "provider" | "credittext" | "creditline"
        | "credit" | "infosource" | "source" | "dcsource" | "contentprovider" | "newssource"
        | "distributor" | "agency" | "newsagency" | "contentsource" | "wire" => Field::Source,
        "copyrightholder" | "copyright" | "rights" | "dcrights" | "copyrightnotice" => Field::Owner,
        "publisher" | "dcpublisher" => Field::Publisher,
        "syndicationsource" | "originalsource" | "originalurl" => Field::Original,
        "isbasedon" | "isbasedonurl" => Field::Basis,
        "carriedfrom" => Field::Carried,
        _ => return None,
    })
}

/// Hosts that carry anybody's pages: an address there names no outlet.
fn is_anybodys(domain: &str) -> bool {
    const ANYBODYS: &[&str] = &[
        "facebook.com",
        "twitter.com",
        "x.com",
        "t.co",
        "instagram.com",
        "youtube.com",
        "youtu.be",
        "tiktok.com",
        "linkedin.com",
        "threads.net",
        "bsky.app",
        "pinterest.com",
        "reddit.com",
        "whatsapp.com",
        "telegram.org",
        "t.me",
        "google.com",
        "googleapis.com",
        "ampproject.org",
        "cloudfront.net",
        "amazonaws.com",
        "akamaihd.net",
        "wordpress.com",
        "blogspot.com",
        "medium.com",
        "substack.com",
        "doi.org",
        "archive.org",
        "archive.today",
        "archive.ph",
        "wikipedia.org",
        "wikimedia.org",
        "github.com",
        "github.io",
        "bit.ly",
        "feedburner.com",
        "localhost",
        "schema.org",
        "w3.org",
        "creativecommons.org",
        "azurewebsites.net",
        "netlify.app",
        "vercel.app",
        "web.app",
        "herokuapp.com",
        "apple.com",
    ];
    ANYBODYS.contains(&domain)
}

/// Whose page an address is: a party of the tables, else the registrable domain itself; never the page's own.
pub(super) fn at_address(address: &str, own: &Own) -> Option<Named> {
    let domain = registrable(address)?;
    if is_anybodys(&domain) || own.is_domain(&domain) {
        return None;
    }
    if let Some(known) = host(address).and_then(|h| by_domain(&h)).or_else(|| by_domain(&domain)) {
        return (!own.is_known(known)).then(|| known.into());
    }
    let label = domain.split('.').next().unwrap_or_default();
    if own.is(label) {
        return None;
    }
    Some(Named {
        party: Party { agency: None, name: domain.clone(), domain: Some(domain) },
        known: None,
    })
}

/// What the metadata states.
pub(super) fn claims(claims: &[Claim], context: Context, own: &Own) -> Vec<Stated> {
    claims.iter().flat_map(|claim| stated(claim, context, own)).collect()
}

fn stated(claim: &Claim, context: Context, own: &Own) -> Vec<Stated> {
    let Some(field) = field(&claim.field) else { return Vec::new() };
    let value = claim.value.trim();
    if field == Field::Carried && !own.is_portal() {
        return Vec::new();
    }
    if value.starts_with("http://") || value.starts_with("https://") || value.starts_with("//") {
        return address(claim, field, own).into_iter().collect();
    }
    if matches!(field, Field::Author) {
        let line = byline::read(value, context);
        let outlets = byline::outlet_counts(&line);
        return line
            .named
            .iter()
            .filter(|n| outlets || n.party.agency.is_some())
            .map(|n| Stated {
                initials: line.initials.clone(),
                reworked: line.reworked,
                ..statement(n.clone(), claim)
            })
            .collect();
    }
    let list = parties(value, Context { slot: Slot::Labelled, ..context });
    if list.known.is_empty() && own.is_portal() && matches!(field, Field::Source | Field::Carried) {
        return carried(value, own).map(|named| statement(named, claim)).into_iter().collect();
    }
    if list.picture || list.tight_person || !list.other.is_empty() {
        return Vec::new();
    }
    let counts = |known: &Known| match (field, known) {
        (_, Known::Agency(_)) => true,
        (Field::Publisher, Known::Outlet(_)) => false,
        (_, Known::Outlet(_)) => !own.is_sister(*known),
    };
    let initials: Vec<String> = list.initials.iter().map(|i| (*i).to_owned()).collect();
    let known = list.known.into_iter().filter(counts);
    known.map(|k| Stated { initials: initials.clone(), ..statement(k.into(), claim) }).collect()
}

/// An outlet that the tables do not know, named by the portal that carries its page.
fn carried(value: &str, own: &Own) -> Option<Named> {
    let named_so = (3..=60).contains(&value.chars().count())
        && value.chars().any(char::is_alphabetic)
        && !value.contains(['{', '<', '@', '|'])
        && !own.is(value);
    let party = Party { agency: None, name: value.to_owned(), domain: None };
    named_so.then_some(Named { party, known: None })
}

fn statement(named: Named, claim: &Claim) -> Stated {
    Stated {
        named,
        role: CreditRole::Metadata,
        text: claim.value.trim().to_owned(),
        initials: Vec::new(),
        reworked: false,
    }
}

fn address(claim: &Claim, field: Field, own: &Own) -> Option<Stated> {
    let named = at_address(&claim.value, own)?;
    let counts = match field {
        Field::Original => true,
        Field::Basis | Field::Source => named.known.is_some(),
        Field::Author | Field::Owner | Field::Publisher | Field::Carried => {
            named.party.agency.is_some()
        }
    };
    counts.then(|| statement(named, claim))
}

/// What the links say: a canonical address at another outlet, a marked original.
pub(super) fn links(links: &[Link], own: &Own) -> Vec<Stated> {
    links
        .iter()
        .filter_map(|link| {
            let role = match link.kind {
                LinkKind::Canonical => CreditRole::Canonical,
                LinkKind::Original => CreditRole::Link,
                LinkKind::Text => return None,
            };
            let named = at_address(&link.url, own)?;
            Some(Stated {
                named,
                role,
                text: link.url.clone(),
                initials: Vec::new(),
                reworked: false,
            })
        })
        .collect()
}
