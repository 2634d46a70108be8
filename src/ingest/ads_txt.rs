//! Owns ads.txt: a site's own list of who sells its advertising space, and so a sign of who runs it.
//!
//! Format: IAB Tech Lab, "ads.txt", version 1.1.

use std::{collections::BTreeSet, ops::ControlFlow};

use super::{
    draft::Draft,
    encoding,
    format::{Desk, Format, Head, Source},
    record::is_address,
};
use crate::model::{FormatRow, Kind, Sign, SignKind};

/// An ads.txt.
pub(crate) struct AdsTxt;

/// Lines that must be of its kind, of all that say something, in tenths.
const MOST: usize = 8;
/// The exchange whose accounts pages show too.
const GOOGLE: &str = "google.com";

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says<'a> {
    /// An account that the site itself holds at an exchange.
    Own { exchange: &'a str, account: &'a str },
    /// The domain of the business that owns the site.
    Owner(&'a str),
    /// An account of a reseller's.
    Resold,
    /// A contact, a manager of many sites.
    Other,
}

impl Format for AdsTxt {
    fn row(&self) -> FormatRow {
        FormatRow {
            name: "ads-txt",
            description: "a site's ads.txt: its own advertising accounts and its owner's domain, kept as signs of its operator",
            told_by: "lines of exchange, account, DIRECT or RESELLER, or OWNERDOMAIN=",
        }
    }

    fn recognises(&self, head: &Head) -> bool {
        let lines: Vec<Option<Says>> =
            head.text.lines().filter(|line| !bare(line).is_empty()).map(says).collect();
        let known = lines.iter().flatten().count();
        // A contact alone may stand in any settings file.
        let tells = |says: &Option<Says>| says.is_some_and(|says| says != Says::Other);
        known * 10 >= lines.len() * MOST && lines.iter().any(tells)
    }

    fn read(&self, source: Source, desk: &mut Desk<'_>) -> ControlFlow<()> {
        let name = source.name.clone();
        let given = desk.given.url.clone().or_else(|| is_address(&name).then(|| name.clone()));
        let Some(url) = given else {
            let reason = "is an ads.txt, and nothing says whose; give its address with --url";
            return desk.refuse(&name, None, reason);
        };
        let bytes = match source.bytes(desk.limits) {
            Ok(bytes) => bytes,
            Err(refusal) => return desk.refuse(&refusal.file, None, refusal.reason),
        };
        let text = encoding::decode(&bytes, None);
        let signs: BTreeSet<Sign> = text.lines().filter_map(says).filter_map(sign).collect();
        let mut draft = Draft::new(&name, None);
        draft.article.url = Some(url);
        draft.article.kind = Kind::Operator;
        draft.article.signs = signs.into_iter().collect();
        desk.hand_over(draft)
    }
}

/// A line without its comment.
fn bare(line: &str) -> &str {
    line.split('#').next().unwrap_or_default().trim_matches(['\u{feff}', ' ', '\t', '\r'])
}

fn says(line: &str) -> Option<Says<'_>> {
    let line = bare(line);
    if let Some((key, value)) = line.split_once('=').filter(|_| !line.contains(',')) {
        return Some(match key.trim().to_ascii_uppercase().as_str() {
            "OWNERDOMAIN" => Says::Owner(value.trim()),
            "MANAGERDOMAIN" | "CONTACT" | "SUBDOMAIN" | "INVENTORYPARTNERDOMAIN" => Says::Other,
            _ => return None,
        });
    }
    let fields: Vec<&str> = line.split([',', ';']).map(str::trim).collect();
    let [exchange, account, relation, ..] = fields.as_slice() else { return None };
    let is_exchange = exchange.contains('.') && !exchange.contains(' ') && !account.is_empty();
    match relation.to_ascii_uppercase().as_str() {
        "DIRECT" if is_exchange => Some(Says::Own { exchange, account }),
        "RESELLER" if is_exchange => Some(Says::Resold),
        _ => None,
    }
}

/// Accounts elsewhere than at Google are often those of a service for many sites, whatever the line says.
fn sign(says: Says<'_>) -> Option<Sign> {
    match says {
        Says::Own { exchange, account } if exchange.eq_ignore_ascii_case(GOOGLE) => {
            let value = account.trim_start_matches("ca-").to_lowercase();
            value.starts_with("pub-").then_some(Sign { kind: SignKind::AdSense, value })
        }
        Says::Owner(domain) => {
            let value = domain.to_lowercase();
            value.contains('.').then_some(Sign { kind: SignKind::OwnerDomain, value })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_accounts_and_the_owner_are_signs() {
        let text = "# ads.txt of the paper\nOWNERDOMAIN=hafen-medien.example\nMANAGERDOMAIN=ads.example\n\
            google.com, pub-1234567890123456, DIRECT, f08c47fec0942fa0 # ours\n\
            google.com, pub-9999999999999999, RESELLER, f08c47fec0942fa0\nexchange.example, 77, DIRECT\n";
        let signs: Vec<Sign> = text.lines().filter_map(says).filter_map(sign).collect();
        let values: Vec<&str> = signs.iter().map(|sign| sign.value.as_str()).collect();
        assert_eq!(values, ["hafen-medien.example", "pub-1234567890123456"]);
    }

    #[test]
    fn a_table_is_none() {
        let told = |text: &str| {
            let head = Head {
                bytes: Vec::new(),
                text: text.to_owned(),
                whole: true,
                ending: "txt".to_owned(),
            };
            AdsTxt.recognises(&head)
        };
        assert!(told("google.com, pub-1, DIRECT, f0\n\n# end\n"));
        assert!(!told("url,title,text\nhttps://n.example/1,Kran,direct\n"));
        assert!(!told("CONTACT=desk@paper.example\n"));
        assert!(!told("Der Kran fiel um.\n\nNiemand, auch der Lotse, sah es.\n"));
    }
}
