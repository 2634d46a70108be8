//! Whether a use is licensed: by an agreement of the user's, along the hands that the copy came through, or by open terms.
//!
//! Agreements on file say something only of the owners that they name: of others nothing is known, and nothing is said.

use crate::model::{Holder, Licence, LicenceCase, LicenceRow, OutletKind, Relation};

/// How a use stands to the agreements; `None` where they and the terms say nothing of its origin.
#[must_use]
pub fn licence(case: &LicenceCase, agreements: &[LicenceRow]) -> Option<Licence> {
    let origin = case.stations.last()?;
    if is_open(case, origin) {
        return Some(Licence::Open);
    }
    if is_of(&case.user, &origin.key) || same_group(&case.user, origin) {
        return Some(Licence::Covered);
    }
    let direct = between(&case.user, origin, case, agreements);
    let passed = passed_on(case, agreements);
    let best = [direct, passed].into_iter().flatten().min_by_key(|found| rank(*found));
    // Without a date an agreement with bounds can neither be said to cover nor not to.
    let known = case.day.is_some() && agreements.iter().any(|row| is_of(origin, &row.owner));
    best.or(known.then_some(Licence::None))
}

/// The most favourable first.
fn rank(licence: Licence) -> u8 {
    match licence {
        Licence::Open | Licence::Covered => 0,
        Licence::NoOnwardRight => 1,
        Licence::OtherService => 2,
        Licence::Expired => 3,
        Licence::None => 4,
    }
}

/// What the user's own agreements with an owner come to; `None` where there is none.
fn between(
    user: &Holder,
    owner: &Holder,
    case: &LicenceCase,
    agreements: &[LicenceRow],
) -> Option<Licence> {
    let of_both =
        agreements.iter().filter(|row| is_of(user, &row.user) && is_of(owner, &row.owner));
    of_both
        .filter_map(|row| {
            let time = time_of(row, case.day.as_deref())?;
            Some(match (fits_service(row, owner, case), time) {
                (false, _) => Licence::OtherService,
                (true, Time::Within) => Licence::Covered,
                (true, Time::After) => Licence::Expired,
                (true, Time::Before) => Licence::None,
            })
        })
        .min_by_key(|found| rank(*found))
}

/// Through a middleman that the user has an agreement with: the middleman's own with the origin must allow it.
fn passed_on(case: &LicenceCase, agreements: &[LicenceRow]) -> Option<Licence> {
    let (origin, middlemen) = case.stations.split_last()?;
    middlemen
        .iter()
        .filter(|middleman| {
            between(&case.user, middleman, case, agreements) == Some(Licence::Covered)
        })
        .filter_map(|middleman| match between(middleman, origin, case, agreements)? {
            Licence::Covered if may_pass_on(middleman, origin, case, agreements) => {
                Some(Licence::Covered)
            }
            Licence::Covered => Some(Licence::NoOnwardRight),
            other => Some(other),
        })
        .min_by_key(|found| rank(*found))
}

fn may_pass_on(
    user: &Holder,
    owner: &Holder,
    case: &LicenceCase,
    agreements: &[LicenceRow],
) -> bool {
    agreements.iter().any(|row| {
        row.onward
            && is_of(user, &row.user)
            && is_of(owner, &row.owner)
            && fits_service(row, owner, case)
            && time_of(row, case.day.as_deref()) == Some(Time::Within)
    })
}

/// Whether an agreement's word for a party means this one.
fn is_of(party: &Holder, word: &str) -> bool {
    let word = word.trim();
    let same = |name: &str| !name.is_empty() && name.eq_ignore_ascii_case(word);
    same(&party.key)
        || party.name.to_lowercase() == word.to_lowercase() && !word.is_empty()
        || party.agency.as_deref().is_some_and(same)
        || party.group.as_deref().is_some_and(same)
}

fn same_group(a: &Holder, b: &Holder) -> bool {
    a.group.is_some() && a.group == b.group
}

/// An agreement for one service covers only copies that are known to be of it; one without covers all. Services are an
/// agency's: between an outlet and a middleman there are none.
fn fits_service(row: &LicenceRow, owner: &Holder, case: &LicenceCase) -> bool {
    let Some(service) = &row.service else { return true };
    owner.agency.is_none() || case.services.iter().any(|s| s.eq_ignore_ascii_case(service))
}

/// Where a copy's day lies to an agreement's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    Before,
    Within,
    After,
}

/// Days compare as text; `None` where the copy has no date and the agreement bounds.
fn time_of(row: &LicenceRow, day: Option<&str>) -> Option<Time> {
    let Some(day) = day else {
        return (row.from.is_none() && row.to.is_none()).then_some(Time::Within);
    };
    if row.from.as_deref().is_some_and(|from| day < from) {
        return Some(Time::Before);
    }
    let over = row.to.as_deref().is_some_and(|to| day > to);
    Some(if over { Time::After } else { Time::Within })
}

/// Press releases and what authorities put out are there to be copied; else the terms must say so.
fn is_open(case: &LicenceCase, origin: &Holder) -> bool {
    matches!(origin.kind, OutletKind::PressRelease | OutletKind::Authority)
        || case.terms.iter().any(|terms| allows(terms, case.relation))
}

/// Creative Commons licences that allow what a paper does; those that forbid commerce are none, those that forbid
/// changes only where the words are the same.
fn allows(terms: &str, relation: Option<Relation>) -> bool {
    let terms = terms.to_lowercase();
    let unchanged = matches!(relation, Some(Relation::Exact | Relation::Excerpt));
    if terms.contains("creativecommons.org/publicdomain/") {
        return true;
    }
    let Some((_, rest)) = terms.split_once("creativecommons.org/licenses/") else {
        return ["free of charge for all uses", "zur freien verwendung", "abdruck honorarfrei"]
            .iter()
            .any(|free| terms.contains(free));
    };
    let name = rest.split('/').next().unwrap_or_default();
    match name {
        "by" | "by-sa" => true,
        "by-nd" => unchanged,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_that_forbid_commerce_or_changes_are_not_open_for_them() {
        let cc = |name: &str| format!("https://creativecommons.org/licenses/{name}/4.0/");
        assert!(allows(&cc("by"), Some(Relation::Edited)));
        assert!(!allows(&cc("by-nc"), Some(Relation::Exact)));
        assert!(allows(&cc("by-nd"), Some(Relation::Exact)));
        assert!(!allows(&cc("by-nd"), Some(Relation::Translated)));
        assert!(!allows("© all rights reserved", Some(Relation::Exact)));
    }
}
