//! Credits as papers print them: one row a case, each row a line of our own. A new agency, line or outlet is a row here.

use copytrail::credits::{self, Page, Reading};
use copytrail::model::{Claim, Credit, CreditRole, Link, LinkKind, Outlet, OutletKind, Paragraph};
use proptest::prelude::*;

const STORY: &str = "The minister said on Monday that the bridge would be closed for repairs until the end of \
    the year, and that ferries would run every twenty minutes between the two banks of the river instead.";

/// The rows of a table of cases; cells that are not there are empty.
fn rows<const N: usize>(table: &str) -> Vec<[String; N]> {
    let lines = table.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let row = |line: &str| {
        let mut cells = line.split('\t').map(|c| c.replace("{nbsp}", "\u{a0}"));
        std::array::from_fn(|_| cells.next().unwrap_or_default())
    };
    lines.map(row).collect()
}

/// A page of "daily-example.org" with these paragraphs.
fn reading(paragraphs: &[&str], language: Option<&str>) -> Reading {
    let paragraphs: Vec<Paragraph> = paragraphs
        .iter()
        .map(|p| Paragraph { text: (*p).to_owned(), ..Paragraph::default() })
        .collect();
    let outlet = credits::outlet(Some("daily-example.org"), None);
    credits::read(&Page {
        paragraphs: &paragraphs,
        byline: &[],
        claims: &[],
        links: &[],
        outlet: &outlet,
        language,
    })
}

/// Parties as "dpa" or "Stern", in the order of the page.
fn parties(credits: &[Credit]) -> String {
    let names: Vec<&str> = credits.iter().map(|c| c.agency.as_deref().unwrap_or(&c.name)).collect();
    names.join(" ")
}

/// The byline's credits and people.
fn of_byline(byline: &str, domain: &str) -> (String, String) {
    let (byline, outlet) = ([byline.to_owned()], credits::outlet(Some(domain), None));
    let page = Page {
        paragraphs: &[],
        byline: &byline,
        claims: &[],
        links: &[],
        outlet: &outlet,
        language: None,
    };
    let read = credits::read(&page);
    (parties(&read.credits), read.people.join(", "))
}

fn of_claim(field: &str, value: &str, domain: &str) -> String {
    let claims = [Claim { field: field.to_owned(), value: value.to_owned() }];
    let outlet = credits::outlet(Some(domain), None);
    let page = Page {
        paragraphs: &[],
        byline: &[],
        claims: &claims,
        links: &[],
        outlet: &outlet,
        language: None,
    };
    parties(&credits::read(&page).credits)
}

#[test]
fn lines_under_a_story_credit_whom_they_name() {
    for [line, language, want] in &rows(include_str!("../fixtures/credits/lines.tsv")) {
        let read = reading(&[STORY, line], Some(language));
        assert_eq!(parties(&read.credits), *want, "{line}");
        assert_eq!(read.credit_paragraphs, [1], "{line}");
        assert!(read.credits.iter().all(|c| c.paragraph == Some(1) && c.text == *line), "{line}");
    }
}

#[test]
fn pictures_newsrooms_and_sentences_credit_nobody() {
    for [line] in &rows(include_str!("../fixtures/credits/no_lines.tsv")) {
        let read = reading(&[STORY, line], Some("de"));
        assert_eq!(parties(&read.credits), "", "{line}");
    }
}

#[test]
fn a_label_makes_a_line_a_source_line_and_material_is_reworked() {
    let role =
        |line: &str| reading(&[STORY, line], None).credits.first().map(|c| (c.role, c.reworked));
    assert_eq!(role("Quelle: dpa"), Some((CreditRole::SourceLine, false)));
    assert_eq!(role("(dpa)"), Some((CreditRole::CreditLine, false)));
    assert_eq!(role("Von dpa"), Some((CreditRole::Byline, false)));
    assert_eq!(role("Mit Material von dpa"), Some((CreditRole::CreditLine, true)));
}

#[test]
fn datelines_end_where_the_sentence_begins() {
    for [dateline, sentence, agency] in &rows(include_str!("../fixtures/credits/datelines.tsv")) {
        let text = format!("{dateline}{sentence}");
        assert_eq!(credits::dateline(&text), Some(dateline.len()), "{text}");
        let read = reading(&[&text, STORY, STORY], None);
        assert_eq!(parties(&read.credits), *agency, "{text}");
        assert!(read.credits.iter().all(|c| c.role == CreditRole::Dateline), "{text}");
        assert!(read.credit_paragraphs.is_empty(), "{text}");
    }
    for [text] in &rows(include_str!("../fixtures/credits/no_datelines.tsv")) {
        assert_eq!(credits::dateline(text), None, "{text}");
    }
}

#[test]
fn a_credit_at_a_paragraphs_end_is_cut_where_it_begins() {
    for [sentence, credit] in &rows(include_str!("../fixtures/credits/inline.tsv")) {
        let text = format!("{sentence}{credit}");
        assert_eq!(credits::inline_credit(&text), Some(sentence.len()), "{text}");
    }
    for [text] in &rows(include_str!("../fixtures/credits/no_inline.tsv")) {
        assert_eq!(credits::inline_credit(text), None, "{text}");
    }
}

#[test]
fn bylines_part_people_from_agencies() {
    for [byline, want, people] in &rows(include_str!("../fixtures/credits/bylines.tsv")) {
        assert_eq!(of_byline(byline, "stern.de"), (want.clone(), people.clone()), "{byline}");
    }
}

#[test]
fn metadata_credits_others_and_never_the_pages_publisher() {
    for [field, value, want] in &rows(include_str!("../fixtures/credits/claims.tsv")) {
        assert_eq!(of_claim(field, value, "stern.de"), *want, "{field} {value}");
    }
}

#[test]
fn an_agency_never_credits_itself() {
    let paragraphs = [Paragraph {
        text: "LONDON (Reuters) - The bridge stays closed.".to_owned(),
        ..Paragraph::default()
    }];
    let outlet = credits::outlet(Some("www.reuters.com"), None);
    let byline = ["Reuters Staff".to_owned()];
    let page = Page {
        paragraphs: &paragraphs,
        byline: &byline,
        claims: &[],
        links: &[],
        outlet: &outlet,
        language: None,
    };
    assert_eq!(credits::read(&page).credits, []);
}

#[test]
fn desk_initials_stand_with_their_agency() {
    let read = reading(&[STORY, "Dpa", "bak", "Source: Stern"], Some("en"));
    assert_eq!(parties(&read.credits), "dpa Stern");
    assert_eq!(read.credits.first().map(|c| c.initials.clone()), Some(vec!["bak".to_owned()]));
    assert_eq!(
        read.credits.get(1).map(|c| (c.role, c.domain.as_deref())),
        Some((CreditRole::SourceLine, Some("stern.de")))
    );
    assert_eq!(read.credit_paragraphs, [1, 2, 3]);
    let desk = reading(&["Kiel (dpa/lno) - Die Brücke bleibt zu."], Some("de"));
    assert_eq!(desk.credits.first().map(|c| c.initials.clone()), Some(vec!["lno".to_owned()]));
}

#[test]
fn the_trailing_block_is_counted_from_its_first_credit() {
    assert_eq!(credits::credit_block(&["The bridge is closed.", "Dpa", "bak", "Source: Stern"]), 3);
    assert_eq!(credits::credit_block(&["The bridge is closed.", "bak", "Source: Stern"]), 1);
    assert_eq!(credits::credit_block(&["The bridge is closed.", "bak"]), 0);
    assert_eq!(credits::credit_block(&["The bridge is closed."]), 0);
    assert_eq!(credits::credit_block(&[]), 0);
}

#[test]
fn each_party_counts_once_at_its_best_place() {
    let read =
        reading(&["Bremen (dpa/lni) - Die Brücke bleibt zu.", STORY, "Quelle: dpa"], Some("de"));
    assert_eq!(parties(&read.credits), "dpa");
    let credit = read.credits.first().cloned();
    assert_eq!(
        credit.map(|c| (c.role, c.initials)),
        Some((CreditRole::SourceLine, vec!["lni".to_owned()]))
    );
}

#[test]
fn a_source_in_the_middle_of_a_story_belongs_to_a_box() {
    assert_eq!(parties(&reading(&[STORY, "Quelle: AFP", STORY, STORY], Some("de")).credits), "");
}

#[test]
fn a_canonical_address_elsewhere_is_a_credit() {
    let outlet = credits::outlet(Some("daily-example.org"), None);
    let link = |url: &str, kind| Link { url: url.to_owned(), text: String::new(), kind };
    let links = [
        link("https://www.stern.de/a", LinkKind::Canonical),
        link("https://news.daily-example.org/a", LinkKind::Canonical),
        link("https://www.daily-example.com/a", LinkKind::Canonical),
        link("https://www.facebook.com/a", LinkKind::Canonical),
        link("https://apnews.com/a", LinkKind::Original),
        link("https://www.spiegel.de/a", LinkKind::Text),
    ];
    let page = Page {
        paragraphs: &[],
        byline: &[],
        claims: &[],
        links: &links,
        outlet: &outlet,
        language: None,
    };
    let read = credits::read(&page).credits;
    let got: Vec<_> = read.iter().map(|c| (c.name.as_str(), c.role)).collect();
    assert_eq!(got, [("Stern", CreditRole::Canonical), ("AP", CreditRole::Link)]);
}

#[test]
fn a_notes_link_names_whom_its_words_do_not() {
    let outlet = credits::outlet(Some("daily-example.org"), None);
    let links = [Link {
        url: "https://grist.org/bridge".to_owned(),
        text: "original article".to_owned(),
        kind: LinkKind::Text,
    }];
    let note = "This story was originally published elsewhere. Read the original article.";
    let paragraphs =
        [STORY, note].map(|t| Paragraph { text: t.to_owned(), ..Paragraph::default() });
    let page = Page {
        paragraphs: &paragraphs,
        byline: &[],
        claims: &[],
        links: &links,
        outlet: &outlet,
        language: None,
    };
    assert_eq!(parties(&credits::read(&page).credits), "Grist");
}

#[test]
fn domains_and_names_lead_to_outlets() {
    let of = |domain, name| credits::outlet(domain, name);
    assert_eq!(of(Some("apnews.com"), None).agency.as_deref(), Some("ap"));
    assert_eq!(of(Some("www.dpa.com"), None).kind, OutletKind::Wire);
    assert_eq!(of(None, Some("Press Association")).name, "PA Media");
    assert_eq!(of(Some("www.presseportal.de"), None).kind, OutletKind::PressRelease);
    assert_eq!(of(Some("msn.com"), None).kind, OutletKind::Portal);
    assert_eq!(of(Some("elpais.com.uy"), None).name, "El País Uruguay");
    assert_eq!(of(None, Some("F.A.Z.")).key, "faz.net");
    let unknown = of(Some("www.harbour-gazette.co.uk"), None);
    assert_eq!(
        (unknown.key.as_str(), unknown.name.as_str()),
        ("harbour-gazette.co.uk", "harbour-gazette.co.uk")
    );
    assert_eq!(of(None, Some("Harbour Gazette")).key, "harbour gazette");
    assert_eq!(of(None, None), Outlet::default());
}

#[test]
fn every_agency_is_found_by_each_of_its_names_and_domains() {
    let ids: std::collections::BTreeSet<&str> = credits::agencies().iter().map(|a| a.id).collect();
    assert_eq!(ids.len(), credits::agencies().len(), "an id stands twice");
    assert!(ids.len() >= 80);
    for agency in credits::agencies() {
        assert!(!agency.names.is_empty(), "{} has no name", agency.id);
        for name in &agency.names {
            let bare = name.trim_start_matches(['=', '~', '!']);
            let found = credits::party(bare).and_then(|p| p.agency);
            assert_eq!(found.as_deref(), Some(agency.id), "{bare}");
        }
        for domain in &agency.domains {
            assert_eq!(
                credits::outlet(Some(domain), None).agency.as_deref(),
                Some(agency.id),
                "{domain}"
            );
        }
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_or_cut_inside_a_letter(text in "\\PC{0,200}", tail in "( \\(?[a-zA-Z/, ]{0,12}\\)?)?") {
        let line = format!("{text}{tail}");
        let _ = credits::is_credit_line(&line);
        let _ = credits::party(&line);
        let _ = credits::outlet(Some(&line), Some(&line));
        for cut in [credits::dateline(&line), credits::inline_credit(&line)].into_iter().flatten() {
            prop_assert!(line.is_char_boundary(cut));
        }
        let read = reading(&[&line, STORY, &line], Some("de"));
        prop_assert!(read.credits.iter().all(|c| !c.name.is_empty()));
        let byline = [line.clone()];
        let claims = [Claim { field: "author".to_owned(), value: line.clone() }];
        let outlet = credits::outlet(Some("stern.de"), None);
        let page = Page { paragraphs: &[], byline: &byline, claims: &claims, links: &[], outlet: &outlet, language: None };
        let _ = credits::read(&page);
    }

    #[test]
    fn a_block_is_never_longer_than_the_lines(lines in proptest::collection::vec("(dpa|bak|Source: Stern|The bridge\\.|)", 0..6)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let n = credits::credit_block(&lines);
        prop_assert!(n <= lines.len());
        prop_assert!(n == 0 || credits::is_credit_line(lines[lines.len() - n]));
    }
}
