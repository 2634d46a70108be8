//! Credits as papers print them: one row a case, each row a line of our own. A new agency, line or outlet is a row here.

use copytrail::credits::{self, Page, Reading};
use copytrail::model::{Claim, Credit, CreditRole, Link, LinkKind, Outlet, OutletKind, Paragraph};
use proptest::prelude::*;

const STORY: &str = "The minister said on Monday that the bridge would be closed for repairs until the end of \
    the year, and that ferries would run every twenty minutes between the two banks of the river instead.";

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

/// Lines under a story, with the language of the page and the parties they credit.
const LINES: &[(&str, &str, &str)] = &[
    ("(dpa)", "de", "dpa"),
    ("dpa", "de", "dpa"),
    ("Dpa", "en", "dpa"),
    ("By dpa", "en", "dpa"),
    ("From dpa", "en", "dpa"),
    ("dpa / bak", "de", "dpa"),
    ("kig/Reuters", "de", "reuters"),
    ("(dpa/lsw)", "de", "dpa"),
    ("− apa", "de", "apa"),
    ("(AFP/dpa, 2. Mai 2019)", "de", "afp dpa"),
    ("(APA; 4.11.2017)", "de", "apa"),
    ("(dpa, Reuters, red)", "de", "dpa reuters"),
    ("(SDA/AFP/red – 3.2. 2014)", "de", "sda afp"),
    ("(epd)", "de", "epd"),
    ("SDA/mgr", "de", "sda"),
    ("© dpa-infocom, dpa:210311-99-778142/3", "de", "dpa"),
    ("Quelle: KNA/epd", "de", "kna epd"),
    ("Quellen: dpa, AFP, Reuters", "de", "dpa afp reuters"),
    ("Quelle: Golem.de", "de", "Golem"),
    ("(Quelle: APA/dpa)", "de", "apa dpa"),
    ("Source: Der Spiegel", "en", "Spiegel"),
    ("Source: harbour-gazette.com", "en", "harbour-gazette.com"),
    ("Source: Harbour Gazette", "en", "Harbour Gazette"),
    ("Source : AFP", "fr", "afp"),
    ("Zdroj: ČTK, Reuters", "cs", "ctk reuters"),
    ("Fuente: EFE", "es", "efe"),
    ("Fonte: Ansa", "it", "ansa"),
    ("Fonte: Lusa", "pt", "lusa"),
    ("Bron: ANP", "nl", "anp"),
    ("Kilde: Ritzau", "da", "ritzau"),
    ("Källa: TT", "sv", "tt"),
    ("Źródło: PAP", "pl", "pap"),
    ("Forrás: MTI", "hu", "mti"),
    ("Kaynak: AA", "tr", "anadolu"),
    ("Источник: ТАСС", "ru", "tass"),
    ("Джерело: Укрінформ", "uk", "ukrinform"),
    ("来源：新华社", "zh", "xinhua"),
    ("출처: 연합뉴스", "ko", "yonhap"),
    ("(TT)", "sv", "tt"),
    ("(NTB)", "no", "ntb"),
    ("(PAP)", "pl", "pap"),
    ("STT–Reuters", "fi", "stt reuters"),
    ("Mit Material von AFP", "de", "afp"),
    ("Mit Informationen der KNA", "de", "kna"),
    ("With reporting by UPI", "en", "upi"),
    ("Additional reporting by Reuters and AFP.", "en", "reuters afp"),
    ("The Associated Press contributed to this report.", "en", "ap"),
    ("Avec AFP", "fr", "afp"),
    ("(avec AFP et Reuters)", "fr", "afp reuters"),
    ("Con información de EFE y Reuters", "es", "efe reuters"),
    ("Com informações da Reuters", "pt", "reuters"),
    ("Copyright 2019 PA Media. All rights reserved.", "en", "pa"),
    ("Copyright 2019 The Associated Press. All rights reserved.", "en", "ap"),
    ("REUTER", "en", "reuters"),
    ("Reuter.", "en", "reuters"),
    ("Havas.", "fr", "havas"),
    ("(Wolffbüro.)", "de", "wolff"),
    ("D. N. B.", "de", "dnb"),
    ("Von Karla Brandt, dpa", "de", "dpa"),
    ("By Tom Hale, Press Association Political Editor", "en", "pa"),
    ("Dieser Text ist zuerst im \"Manager Magazin\" erschienen.", "de", "Manager Magazin"),
    ("Diese Meldung stammt von der Nachrichtenagentur AFP.", "de", "afp"),
    ("This article was originally published on The Conversation.", "en", "The Conversation"),
    ("This story was first published by ProPublica and is republished here.", "en", "ProPublica"),
    ("Cet article est paru initialement dans Le Monde.", "fr", "Le Monde"),
    ("Este artículo fue publicado originalmente en El País.", "es", "El País"),
];

/// Lines under a story that credit nobody's text.
const NO_LINES: &[&str] = &[
    "Foto: Brandt/dpa",
    "Bild: dpa",
    "Quelle: dpa/Karla Brandt",
    "Photo: AFP",
    "(Photo by Karla BRANDT / AFP)",
    "© AFP/dpa | Karla Brandt",
    "© AFP",
    "picture alliance/dpa",
    "Karla Brandt/dpa",
    "AFP/Karla Brandt",
    "Karla Brandt (Reuters)",
    "dpa-Bildfunk",
    "AP Photo/Karla Brandt",
    "(Keystone)",
    "EFE/ K. Brandt Ruiz",
    "Karla Brandt/Copyright 2024 The AP. All rights reserved",
    "bak",
    "(red)",
    "(kb)",
    "Die Redaktion",
    "Redaktion/kb",
    "Source: World Bank",
    "Quelle: Statistisches Bundesamt",
    "Source: company reports",
    "Quelle: Daily Example",
    "Source: www.daily-example.org",
    "Daily Example",
    "Stern",
    "He told Reuters.",
    "Das sagte sie der dpa.",
    "Reuters declined to comment",
    "Wie die dpa berichtet, ist die Brücke gesperrt.",
    "Nach Angaben der Nachrichtenagentur AFP starben zwei Menschen.",
    "This article was published on 4 May.",
    "This article was first published in the Daily Example.",
    "Lesen Sie auch: Was der Spiegel über die Brücke schreibt",
    "AA",
    "(ap)",
    "PA",
];

/// Heads of paragraphs, what of them is dateline, and the agencies in it.
const DATELINES: &[(&str, &str, &str)] = &[
    ("Bremen (dpa) - ", "Die Brücke bleibt zu.", "dpa"),
    ("Bremen (dpa)\u{a0}- ", "Die Brücke bleibt zu.", "dpa"),
    ("Bremen/Hannover (dpa/lni) – ", "Die Brücke bleibt zu.", "dpa"),
    ("Köln (KNA/hm). ", "Die Brücke bleibt zu.", "kna"),
    ("(SID) – ", "Die Brücke bleibt zu.", "sid"),
    ("(sda) ", "Die Brücke bleibt zu.", "sda"),
    ("Washington, D.C. (AP) — ", "The bridge stays closed.", "ap"),
    ("SANTA FE, N.M. (AP) — ", "The bridge stays closed.", "ap"),
    ("LONDON, May 12 (Reuters) - ", "The bridge stays closed.", "reuters"),
    ("Feb 3 (Reuters) - ", "The bridge stays closed.", "reuters"),
    ("Bamako, Jan 5, 2018 (AFP) - ", "The bridge stays closed.", "afp"),
    ("SEVILLA, 3 Feb. 2020 (Europa Press) - ", "El puente sigue cerrado.", "europapress"),
    ("PERTH April 2 AAP - ", "The bridge stays closed.", "aap"),
    ("ANSA - MILANO, 03 FEB - ", "Il ponte resta chiuso.", "ansa"),
    ("(ANSA) - MILANO, 3 FEB - ", "Il ponte resta chiuso.", "ansa"),
    ("BERLIN dpa | ", "Die Brücke bleibt zu.", "dpa"),
    ("København /ritzau/ ", "Broen er lukket.", "ritzau"),
    ("МОСКВА, 3 февраля. /ТАСС/. ", "Мост закрыт.", "tass"),
    ("(서울=연합뉴스) ", "다리가 폐쇄되었다.", "yonhap"),
    ("【パリ共同】", "橋は閉鎖された。", "kyodo"),
    ("新华社巴黎2月3日电 ", "大桥关闭。", "xinhua"),
    ("RECIFE, Feb 3 - ", "The bridge stays closed.", ""),
];

/// Heads of paragraphs that are part of the story.
const NO_DATELINES: &[&str] = &[
    "Karla Brandt (dpa) hat den Preis bekommen.",
    "Der Verband (APA) teilte mit, dass die Brücke zu bleibt.",
    "Die Nachrichtenagentur (dpa) meldet das.",
    "The bridge - built in 1902 - stays closed.",
    "Wien – die Stadt an der Donau – bleibt ruhig.",
    "Reuters reported on Monday that the bridge stays closed.",
    "He said (Reuters) that it was closed.",
    "",
];

/// Paragraphs with a credit at their end, and where it begins.
const INLINE: &[(&str, &str)] = &[
    ("Die Zahl stieg auf 40 Prozent.", " dpa"),
    ("Die Zahl stieg auf 40 Prozent", " − afp"),
    ("Die Zahl stieg auf 40 Prozent.", " (APA, 4.11.2017)"),
    ("Die Zahl stieg auf 40 Prozent.", " (dpa)"),
    ("Die Zahl stieg auf 40 Prozent", " (dpa/kb)."),
    ("Die Zahl stieg auf 40 Prozent.", " kb/dpa"),
    ("The bridge stays closed.", " (Reuters)"),
    ("Le pont reste fermé.", " (avec AFP)"),
    ("The bridge stays closed.", " Source: AP"),
];

/// Paragraphs whose end is no credit.
const NO_INLINE: &[&str] = &[
    "Das meldet die Deutsche Presse-Agentur (dpa).",
    "It was first seen by The Associated Press (AP).",
    "She chairs the American Psychological Association (APA).",
    "He belongs to the Aam Aadmi Party (AAP).",
    "The bridge stays closed, she told Reuters.",
    "The bridge stays closed. Photo: AFP",
    "Das Foto zeigt die Brücke. (Foto: dpa)",
    "Die Zahl stieg auf 40 Prozent. bak",
    "dpa",
];

/// Bylines at stern.de: the parties and the people in them.
const BYLINES: &[(&str, &str, &str)] = &[
    ("Von dpa", "dpa", ""),
    ("dpa", "dpa", ""),
    ("Deutsche Presse-Agentur", "dpa", ""),
    ("By Ann Lee, Reuters", "reuters", "Ann Lee"),
    ("Karla Brandt und Jan Moor, dpa", "dpa", "Karla Brandt, Jan Moor"),
    ("ANN LEE and TOM HALE, Associated Press", "ap", "ANN LEE, TOM HALE"),
    ("By TOM HALE, AP Business Writer", "ap", "TOM HALE"),
    ("By TOM HALE - Associated Press -", "ap", "TOM HALE"),
    ("Associated Press in Lisbon", "ap", ""),
    ("AFP, MANILA", "afp", ""),
    ("Le Monde avec AFP", "Le Monde afp", ""),
    ("stern.de, kig/dpa", "dpa", ""),
    ("kig / DPA / AFP", "dpa afp", ""),
    ("Stern mit dpa", "dpa", ""),
    ("Karla Brandt mit\u{a0}AP", "ap", "Karla Brandt"),
    ("Con información de AFP, EFE", "afp efe", ""),
    ("PA Media", "pa", ""),
    ("Von Karla Brandt/dpa", "dpa", "Karla Brandt"),
    ("Karla Brandt/dpa", "", "Karla Brandt"),
    ("Karla Brandt", "", "Karla Brandt"),
    ("Timo Reuter", "", "Timo Reuter"),
    ("Redaktion", "", ""),
    ("Stern", "", ""),
    ("구현모", "", "구현모"),
    ("AFP / Karla BRANDT", "", "Karla BRANDT"),
];

/// Fields of metadata at stern.de.
const CLAIMS: &[(&str, &str, &str)] = &[
    ("author", "dpa", "dpa"),
    ("article:author", "AFP", "afp"),
    ("author", "https://www.facebook.com/dpa", ""),
    ("author", "Karla Brandt", ""),
    ("sourceOrganization", "Reuters", "reuters"),
    ("provider", "Deutsche Welle", "Deutsche Welle"),
    ("creditText", "Karla Brandt/dpa", ""),
    ("creditText", "dpa", "dpa"),
    ("creditline", "PA Media", "pa"),
    ("infoSource", "AFP", "afp"),
    ("publisher", "Stern", ""),
    ("publisher", "Spiegel", ""),
    ("publisher", "dpa", "dpa"),
    ("copyrightHolder", "Capital", ""),
    ("copyrightHolder", "Le Monde", "Le Monde"),
    ("isBasedOn", "https://www.reuters.com/world/bridge", "reuters"),
    ("isBasedOn", "https://doi.org/10.1000/1", ""),
    ("isBasedOn", "https://university.example.edu/study.pdf", ""),
    ("syndication-source", "https://www.harbour-gazette.com/bridge", "harbour-gazette.com"),
    ("original-source", "https://www.stern.de/bridge", ""),
    ("keywords", "dpa", ""),
];

#[test]
fn lines_under_a_story_credit_whom_they_name() {
    for (line, language, want) in LINES {
        let read = reading(&[STORY, line], Some(language));
        assert_eq!(parties(&read.credits), *want, "{line}");
        assert_eq!(read.credit_paragraphs, [1], "{line}");
        assert!(read.credits.iter().all(|c| c.paragraph == Some(1) && c.text == *line), "{line}");
    }
}

#[test]
fn pictures_newsrooms_and_sentences_credit_nobody() {
    for line in NO_LINES {
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
    for (dateline, sentence, agency) in DATELINES {
        let text = format!("{dateline}{sentence}");
        assert_eq!(credits::dateline(&text), Some(dateline.len()), "{text}");
        let read = reading(&[&text, STORY, STORY], None);
        assert_eq!(parties(&read.credits), *agency, "{text}");
        assert!(read.credits.iter().all(|c| c.role == CreditRole::Dateline), "{text}");
        assert!(read.credit_paragraphs.is_empty(), "{text}");
    }
    for text in NO_DATELINES {
        assert_eq!(credits::dateline(text), None, "{text}");
    }
}

#[test]
fn a_credit_at_a_paragraphs_end_is_cut_where_it_begins() {
    for (sentence, credit) in INLINE {
        let text = format!("{sentence}{credit}");
        assert_eq!(credits::inline_credit(&text), Some(sentence.len()), "{text}");
    }
    for text in NO_INLINE {
        assert_eq!(credits::inline_credit(text), None, "{text}");
    }
}

#[test]
fn bylines_part_people_from_agencies() {
    for (byline, want, people) in BYLINES {
        assert_eq!(
            of_byline(byline, "stern.de"),
            ((*want).to_owned(), (*people).to_owned()),
            "{byline}"
        );
    }
}

#[test]
fn metadata_credits_others_and_never_the_pages_publisher() {
    for (field, value, want) in CLAIMS {
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
