//! Owns imprints: pages that say by law who publishes a site. They are no articles but signs of an operator.

use super::signs::is_company;
use crate::model::{Sign, SignKind};

/// Last parts of addresses, and titles, of imprints, lower case.
const NAMES: &[&str] = &[
    "impressum",
    "imprint",
    "mentions-legales",
    "mentions légales",
    "mentions-légales",
    "aviso-legal",
    "aviso legal",
    "note-legali",
    "note legali",
    "colofon",
    "colophon",
    "legal-notice",
    "legal notice",
    "tiráž",
    "tiraz",
    "impresszum",
    "impresum",
];
/// What stands before a tax number, lower case.
const TAX: &[&str] = &[
    "ust-id",
    "ustid",
    "umsatzsteuer",
    "uid-nr",
    "uid:",
    "vat",
    "tva",
    "partita iva",
    "p.iva",
    "p. iva",
    "btw",
    "moms",
    "nif",
    "cif",
];
/// Digits and letters of a tax number, the country's two letters included.
const TAX_LENGTH: std::ops::RangeInclusive<usize> = 9..=14;
/// Bytes behind its label within which a tax number stands.
const NEAR: usize = 80;

/// The signs of an imprint: the first company that it names, and its tax number; nothing where the page is none.
pub(super) fn signs(url: Option<&str>, title: Option<&str>, lines: &str) -> Option<Vec<Sign>> {
    let is_name = |text: &str| NAMES.contains(&text.trim().to_lowercase().as_str());
    let address = url.and_then(|url| url::Url::parse(url).ok());
    let path = address.as_ref().map(url::Url::path).unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default();
    let by_address = is_name(last.split('.').next().unwrap_or_default());
    let head = title.and_then(|title| title.split(['|', '–', '-', ':']).next());
    if !by_address && !head.is_some_and(is_name) {
        return None;
    }
    let company = lines.lines().map(str::trim).find(|line| !line.contains(':') && is_company(line));
    let owner = company.map(|name| Sign { kind: SignKind::Owner, value: name.to_lowercase() });
    let tax = tax_number(lines).map(|value| Sign { kind: SignKind::TaxNumber, value });
    let found: Vec<Sign> = owner.into_iter().chain(tax).collect();
    (!found.is_empty()).then_some(found)
}

/// "USt-IdNr.: DE 123456789" → "DE123456789".
fn tax_number(lines: &str) -> Option<String> {
    lines.lines().find_map(|line| {
        let lower = line.to_lowercase();
        let at = TAX.iter().find_map(|label| lower.find(label).map(|at| at + label.len()))?;
        let rest: String = lower.get(at..)?.chars().take(NEAR).collect();
        let tight: String = rest.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
        let mut words = tight.split(|c: char| !c.is_ascii_alphanumeric());
        words.find_map(|word| {
            let at = word.find(|c: char| c.is_ascii_digit())?.checked_sub(2)?;
            let number = word.get(at..)?;
            let is_one = number.bytes().take(2).all(|c| c.is_ascii_lowercase())
                && number.bytes().skip(2).filter(u8::is_ascii_digit).count() >= 7
                && TAX_LENGTH.contains(&number.len());
            is_one.then(|| number.to_uppercase())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_imprint_names_its_operator() {
        let page = "Impressum\nHafen Verlag GmbH & Co. KG\nAm Kai 3\nOsterwehr\nVermarktung: Werbe AG\n\
            USt-IdNr. gemäß § 27a UStG: DE 123 456 789\nHosting Dienst GmbH";
        let url = Some("https://blatt.example/service/impressum.html");
        let found = signs(url, None, page).unwrap();
        let values: Vec<&str> = found.iter().map(|sign| sign.value.as_str()).collect();
        assert_eq!(values, ["hafen verlag gmbh & co. kg", "DE123456789"]);
        assert_eq!(signs(None, Some("Impressum | Blatt"), page), Some(found));
        // An article about one, and a page of that name that names nobody.
        assert_eq!(
            signs(Some("https://blatt.example/a/1"), Some("Streit ums Impressum"), page),
            None
        );
        assert_eq!(signs(url, None, "Impressum\nKommt bald."), None);
    }
}
