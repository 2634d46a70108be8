//! The agency and outlet tables: db/agencies.tsv and db/outlets.tsv, and who a name or a domain stands for.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::names;
use super::phrases::{Kind, phrases};
use crate::model::{Outlet, OutletKind, OutletRule, Party};

/// An agency as the table holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Lower-case id (`dpa`, `reuters`): what the contract prints.
    pub id: &'static str,
    /// Common name ("PA Media").
    pub name: &'static str,
    /// `Wire` or `PressRelease`.
    pub kind: OutletKind,
    /// ISO 3166 code of its seat.
    pub country: &'static str,
    /// BCP 47 primary subtags it writes in.
    pub languages: Vec<&'static str>,
    /// Registrable domains or hosts, the main one first; empty for agencies of the past.
    pub domains: Vec<&'static str>,
    /// Names as papers write them, marks included (see the file's head).
    pub names: Vec<&'static str>,
    /// Codes of regional services that stand behind a stroke ("lno").
    pub desks: Vec<&'static str>,
}

/// An outlet as the table holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KnownOutlet {
    pub domains: Vec<&'static str>,
    pub name: &'static str,
    pub names: Vec<&'static str>,
    pub group: Option<&'static str>,
    pub kind: OutletKind,
    /// ISO 3166 code.
    pub country: Option<&'static str>,
}

/// How much company a name needs before it counts as its agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// Counts wherever a credit can stand.
    Strong,
    /// Counts after a label, beside another agency, or on a page in one of the agency's languages.
    Weak,
    /// As `Weak`, but the page's language says nothing.
    Weakest,
}

/// Whom a name stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Known {
    Agency(&'static Agency),
    Outlet(&'static KnownOutlet),
}

impl Known {
    pub fn party(self) -> Party {
        match self {
            Known::Agency(a) => Party {
                agency: Some(a.id.to_owned()),
                name: a.name.to_owned(),
                domain: a.domains.first().map(|d| (*d).to_owned()),
            },
            Known::Outlet(o) => Party {
                agency: None,
                name: o.name.to_owned(),
                domain: o.domains.first().map(|d| (*d).to_owned()),
            },
        }
    }

    fn outlet(self, domain: Option<&str>) -> Outlet {
        let party = self.party();
        let (kind, group) = match self {
            Known::Agency(a) => (a.kind, None),
            Known::Outlet(o) => (o.kind, o.group.map(str::to_owned)),
        };
        Outlet {
            key: party.domain.clone().unwrap_or_else(|| party.name.to_lowercase()),
            domain: domain.map(str::to_owned).or(party.domain),
            name: party.name,
            agency: party.agency,
            kind,
            group,
        }
    }
}

struct Tables {
    agencies: Vec<Agency>,
    outlets: Vec<KnownOutlet>,
}

/// Where each name and domain leads.
struct Index {
    /// Names that count only as they stand.
    exact: HashMap<&'static str, (Known, Strength)>,
    /// Folded names.
    folded: HashMap<String, Known>,
    domains: HashMap<&'static str, Known>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    agencies: rows(include_str!("../../db/agencies.tsv")).map(|r| agency_row(&r)).collect(),
    outlets: rows(include_str!("../../db/outlets.tsv")).map(|r| outlet_row(&r)).collect(),
});

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut index =
        Index { exact: HashMap::new(), folded: HashMap::new(), domains: HashMap::new() };
    for agency in &TABLES.agencies {
        index.add(Known::Agency(agency), agency.name, &agency.names, &agency.domains);
    }
    for outlet in &TABLES.outlets {
        index.add(Known::Outlet(outlet), outlet.name, &outlet.names, &outlet.domains);
    }
    index
});

impl Index {
    /// The first row that claims a name keeps it: agencies before outlets, then the order of the file.
    fn add(
        &mut self,
        known: Known,
        name: &'static str,
        names: &[&'static str],
        domains: &[&'static str],
    ) {
        // An agency's common name is often also a word: only its list of names says how it counts.
        let outlet = matches!(known, Known::Outlet(_));
        for written in outlet.then_some(&name).into_iter().chain(names) {
            // "AS", "HB", "jW": beside an agency the other case would be somebody's initials.
            if outlet && written.chars().count() < 4 {
                self.exact.entry(written).or_insert((known, Strength::Weakest));
                continue;
            }
            let (mark, rest) = (written.chars().next(), written.get(1..).unwrap_or_default());
            let strength = match mark {
                Some('=') => Strength::Strong,
                Some('~') => Strength::Weak,
                Some('!') => Strength::Weakest,
                _ => {
                    self.folded.entry(fold(written)).or_insert(known);
                    continue;
                }
            };
            self.exact.entry(rest).or_insert((known, strength));
        }
        for domain in domains {
            self.domains.entry(domain).or_insert(known);
        }
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .map(|l| l.split('\t').collect())
}

fn cell(row: &[&'static str], n: usize) -> &'static str {
    row.get(n).copied().unwrap_or_default()
}

fn list(cell: &'static str, by: &str) -> Vec<&'static str> {
    cell.split(by).map(str::trim).filter(|s| !s.is_empty()).collect()
}

fn kind(cell: &str) -> OutletKind {
    match cell {
        "wire" => OutletKind::Wire,
        "press_release" => OutletKind::PressRelease,
        "authority" => OutletKind::Authority,
        "portal" => OutletKind::Portal,
        _ => OutletKind::Outlet,
    }
}

fn agency_row(row: &[&'static str]) -> Agency {
    Agency {
        id: cell(row, 0),
        name: cell(row, 1),
        kind: kind(cell(row, 2)),
        country: cell(row, 3),
        languages: list(cell(row, 4), " "),
        domains: list(cell(row, 5), " "),
        names: list(cell(row, 6), ";"),
        desks: list(cell(row, 7), " "),
    }
}

fn outlet_row(row: &[&'static str]) -> KnownOutlet {
    KnownOutlet {
        domains: list(cell(row, 0), " "),
        name: cell(row, 1),
        names: list(cell(row, 2), ";"),
        group: Some(cell(row, 3)).filter(|g| !g.is_empty()),
        kind: kind(cell(row, 4)),
        country: Some(cell(row, 5)).filter(|country| !country.is_empty()),
    }
}

/// Both tables as a user would write them, a row each, at its main domain.
pub fn table() -> Vec<OutletRule> {
    let agencies = TABLES.agencies.iter().map(|agency| OutletRule {
        place: place(&agency.domains, agency.name),
        name: agency.name.to_owned(),
        kind: agency.kind,
        country: Some(agency.country.to_owned()),
        ..OutletRule::default()
    });
    let outlets = TABLES.outlets.iter().map(|outlet| OutletRule {
        place: place(&outlet.domains, outlet.name),
        name: outlet.name.to_owned(),
        group: outlet.group.map(str::to_owned),
        kind: outlet.kind,
        contact: None,
        country: outlet.country.map(str::to_owned),
    });
    agencies.chain(outlets).collect()
}

fn place(domains: &[&str], name: &str) -> String {
    domains.first().map_or_else(|| name.to_lowercase(), |domain| (*domain).to_owned())
}

/// Every agency of the table, in its order.
pub fn agencies() -> &'static [Agency] {
    &TABLES.agencies
}

/// The agency with this id.
pub fn agency(id: &str) -> Option<&'static Agency> {
    TABLES.agencies.iter().find(|a| a.id == id)
}

/// Quotation marks, and characters that do not show.
fn is_unspoken(c: char) -> bool {
    matches!(c, '"' | '„' | '“' | '”' | '«' | '»' | '‹' | '›' | '『' | '』' | '「' | '」')
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{307}')
}

/// A name as it is compared: case, spaces, quotes, dashes and a closing full stop do not matter.
pub(super) fn fold(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            c if is_unspoken(c) => {}
            '\u{2010}'..='\u{2015}' | '−' => out.push('-'),
            '’' | '‘' | '`' | '´' => out.push('\''),
            c if c.is_ascii_graphic() => out.push(c.to_ascii_lowercase()),
            'ß' => out.push_str("ss"),
            'ı' => out.push('i'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase().filter(|l| *l != '\u{307}')),
        }
    }
    let trimmed = out.trim_matches(|c: char| c == ' ' || c == ',' || c == ':' || c == ';');
    trimmed.strip_suffix('.').unwrap_or(trimmed).trim().to_owned()
}

/// Whom a name stands for, by the tables.
pub(super) fn find(name: &str) -> Option<(Known, Strength)> {
    let bare = name.trim();
    if bare.is_empty() || bare.len() > 120 {
        return None;
    }
    let undotted = bare.strip_suffix('.').unwrap_or(bare);
    if let Some(hit) = INDEX.exact.get(bare).or_else(|| INDEX.exact.get(undotted)) {
        return Some(*hit);
    }
    let folded = fold(bare);
    if let Some(known) = INDEX.folded.get(&folded) {
        return Some((*known, Strength::Strong));
    }
    if let Some(known) = names::by_name(&folded).or_else(|| by_domain(&folded)) {
        return Some((known, Strength::Strong));
    }
    if let Some(rest) = without_before(&folded) {
        // The folded name has lost its case, so the rest is cut from the name as it stood.
        let kept = bare.get(bare.len().saturating_sub(rest.len())..)?;
        return find(if fold(kept) == rest { kept } else { rest });
    }
    if let Some(rest) = without_after(&folded) {
        let kept = bare.get(..rest.len())?;
        return find(if fold(kept) == rest { kept } else { rest });
    }
    // "in der Neuen Zürcher Zeitung"
    let nominative = folded.replace("en ", "e ");
    (nominative != folded)
        .then(|| INDEX.folded.get(&nominative))
        .flatten()
        .map(|k| (*k, Strength::Strong))
}

/// A folded name without the article or trade that stands before it ("agence de presse").
fn without_before(folded: &str) -> Option<&str> {
    let spaces = folded.match_indices(' ').take(3).map(|(n, _)| n).collect::<Vec<_>>();
    let whole = spaces.iter().rev().find_map(|n| {
        let (word, rest) = (folded.get(..*n)?, folded.get(n + 1..)?);
        phrases(Kind::Before).has(word).then_some(rest)
    });
    whole.or_else(|| {
        ["l'", "d'", "all'", "dall'", "dell'"].iter().find_map(|w| folded.strip_prefix(w))
    })
}

/// A folded name without what it is, behind it ("news agency").
fn without_after(folded: &str) -> Option<&str> {
    let gaps = folded.rmatch_indices([' ', '-']).take(2).map(|(n, _)| n).collect::<Vec<_>>();
    gaps.iter().rev().find_map(|n| {
        let (rest, word) = (folded.get(..*n)?, folded.get(n + 1..)?);
        phrases(Kind::After).has(word).then_some(rest)
    })
}

/// Whom a host or registrable domain stands for: the host itself first, then its registrable domain.
pub(super) fn by_domain(host: &str) -> Option<Known> {
    let host = host.trim().trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    if !host.contains('.') || host.contains(' ') {
        return None;
    }
    names::by_domain(host)
        .or_else(|| INDEX.domains.get(host).copied())
        .or_else(|| INDEX.domains.get(psl::domain_str(host)?).copied())
}

/// The registrable domain of an address or host.
pub(super) fn registrable(address: &str) -> Option<String> {
    let address = address.trim();
    let host = match url::Url::parse(address) {
        Ok(url) => url.host_str()?.to_owned(),
        Err(_) => address.split(['/', '?', '#', ':']).next()?.to_owned(),
    };
    let host = host.trim_end_matches('.').to_lowercase();
    if host.contains(char::is_whitespace) || host.contains('@') {
        return None;
    }
    psl::suffix(host.as_bytes()).filter(psl::Suffix::is_known)?;
    psl::domain_str(&host).map(str::to_owned)
}

/// The host of an address, without `www.`.
pub(super) fn host(address: &str) -> Option<String> {
    let url = url::Url::parse(address.trim()).ok()?;
    let host = url.host_str()?.to_lowercase();
    Some(host.strip_prefix("www.").map_or(host.clone(), str::to_owned))
}

/// The outlet that a host or registrable domain, or else a name, stands for.
///
/// Both tables are asked; a domain that neither knows is its own key, and so is a lower-case name.
pub fn outlet(domain: Option<&str>, name: Option<&str>) -> Outlet {
    let name = name.map(str::trim).filter(|n| !n.is_empty());
    let given = domain.map(|d| d.trim().to_lowercase()).filter(|d| !d.is_empty());
    let Some(given) = given else {
        let Some(name) = name else { return Outlet::default() };
        if let Some(known) = by_domain(&name.to_lowercase()).or(find(name).map(|(k, _)| k)) {
            return known.outlet(None);
        }
        return match registrable(name).filter(|_| name.contains('.')) {
            Some(domain) => unknown(domain, None),
            None => Outlet { key: name.to_lowercase(), name: name.to_owned(), ..Outlet::default() },
        };
    };
    let domain = registrable(&given).unwrap_or(given.clone());
    match by_domain(&given).or_else(|| by_domain(&domain)) {
        Some(known) => known.outlet(Some(&domain)),
        None => unknown(domain, name),
    }
}

fn unknown(domain: String, name: Option<&str>) -> Outlet {
    Outlet {
        key: domain.clone(),
        name: name.unwrap_or(&domain).to_owned(),
        domain: Some(domain),
        ..Outlet::default()
    }
}

/// The agency or outlet that goes by this name, in any of its spellings, or has this domain.
pub fn party(name: &str) -> Option<Party> {
    find(name).map(|(known, _)| known.party())
}
