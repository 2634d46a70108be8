//! Credits of real lines and articles, where they are at hand beside the checkout; what is absent is skipped, with the reason printed.

use std::collections::BTreeMap;
use std::path::Path;

use copytrail::credits::{self, Page};
use copytrail::model::{Credit, Outlet, Paragraph};
use serde_json::Value;

const STORY: &str = "The minister said on Monday that the bridge would be closed for repairs until the end of \
    the year, and that ferries would run every twenty minutes between the two banks of the river instead.";

fn shared(path: &str) -> Option<String> {
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let file =
        folders.map_while(|f| f.parent()).map(|f| f.join("shared").join(path)).find(|f| f.exists());
    let text = file.and_then(|f| std::fs::read_to_string(f).ok());
    if text.is_none() {
        println!("skipped: ../shared/{path} is not at hand");
    }
    text
}

fn read(lines: &[&str], byline: &[String], outlet: &Outlet, language: Option<&str>) -> Vec<Credit> {
    let paragraphs: Vec<Paragraph> =
        lines.iter().map(|l| Paragraph { text: (*l).to_owned(), ..Paragraph::default() }).collect();
    credits::read(&Page {
        paragraphs: &paragraphs,
        byline,
        claims: &[],
        links: &[],
        outlet,
        language,
    })
    .credits
}

/// Lines of the list that name nobody: a dateline without an agency, an elided name, slugs.
const NAMELESS: &[&str] = &["SALVADOR, Feb 26 -", "erschienen", "Writethru", "Soccer-Overhaul"];

#[test]
fn every_real_line_gives_a_credit_and_every_photo_line_none() {
    let Some(rows) = shared("cases/credit_lines.tsv") else { return };
    let outlet = Outlet::default();
    for row in rows.lines().skip(1) {
        let mut cells = row.split('\t');
        let (Some(line), Some(language), Some(kind)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        let language = language.get(..2);
        let byline = [line.to_owned()];
        let head = format!("{line} {STORY}");
        let places = [
            read(&[STORY, line], &[], &outlet, language),
            read(&[&head, STORY], &[], &outlet, language),
            read(&[], &byline, &outlet, language),
        ];
        let photo = kind.contains("PHOTO");
        let nameless = NAMELESS.iter().any(|n| line.contains(n)) && !line.contains("Capital");
        let found = places.iter().any(|c| !c.is_empty());
        assert_eq!(found, !photo && !nameless, "{line} ({kind}): {places:?}");
    }
}

#[test]
fn a_translated_page_credits_its_paper_and_the_papers_agency() {
    let Some(text) = shared("cases/24hours-world.txt") else { return };
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let outlet = credits::outlet(None, Some("24 Hours World"));
    let got = read(&lines, &[], &outlet, Some("en"));
    let names: Vec<(&str, &[String])> =
        got.iter().map(|c| (c.name.as_str(), c.initials.as_slice())).collect();
    assert_eq!(names, [("dpa", ["bak".to_owned()].as_slice()), ("Stern", [].as_slice())]);
}

/// Credits found, missed and named wrongly.
#[derive(Debug, Default)]
struct Count {
    found: usize,
    missed: usize,
    wrong: usize,
}

impl Count {
    fn take(&mut self, wanted: bool, hit: bool, wrong: usize) {
        self.found += usize::from(wanted && hit);
        self.missed += usize::from(wanted && !hit);
        self.wrong += wrong;
    }

    fn recall(&self) -> f64 {
        self.found as f64 / (self.found + self.missed).max(1) as f64
    }

    fn precision(&self) -> f64 {
        self.found as f64 / (self.found + self.wrong).max(1) as f64
    }
}

#[test]
fn the_lineage_articles_credit_whom_their_makers_credited() {
    let (Some(articles), Some(gold)) =
        (shared("eval/data/lineage/articles.jsonl"), shared("eval/data/lineage/gold.jsonl"))
    else {
        return;
    };
    let rows = |text: &str| -> Vec<Value> {
        text.lines().filter_map(|l| serde_json::from_str(l).ok()).collect()
    };
    let gold: BTreeMap<String, Value> =
        rows(&gold).into_iter().filter_map(|g| Some((g["url"].as_str()?.to_owned(), g))).collect();
    let (mut agencies, mut outlets) = (Count::default(), Count::default());
    for article in rows(&articles) {
        let Some(truth) = article["url"].as_str().and_then(|u| gold.get(u)) else { continue };
        let paragraphs: Vec<&str> =
            article["text"].as_str().unwrap_or_default().split("\n\n").collect();
        let outlet = credits::outlet(article["outlet"].as_str(), None);
        let got = read(&paragraphs, &[], &outlet, article["language"].as_str());
        let attribution = truth["attribution"].as_str().unwrap_or_default();
        let wire = truth["agency"].as_str().and_then(credits::party).and_then(|p| p.agency);
        let parent = truth["parent"].as_str().and_then(|p| p.split('/').nth(2));
        let parent = parent.map(|h| h.trim_start_matches("www."));
        let (by_agency, by_outlet) =
            (matches!(attribution, "agency" | "both"), matches!(attribution, "publisher" | "both"));
        let is_wire = |c: &&Credit| by_agency && c.agency == wire;
        let is_parent = |c: &&Credit| by_outlet && c.domain.as_deref() == parent;
        let (of_agencies, of_outlets): (Vec<&Credit>, Vec<&Credit>) =
            got.iter().partition(|c| c.agency.is_some());
        let right = of_agencies.iter().filter(|c| is_wire(c)).count();
        agencies.take(by_agency, right > 0, of_agencies.len() - right);
        let right = of_outlets.iter().filter(|c| is_parent(c)).count();
        outlets.take(by_outlet, right > 0, of_outlets.len() - right);
    }
    println!("agencies {agencies:?}, outlets {outlets:?}");
    assert!(agencies.recall() > 0.98 && agencies.precision() > 0.98, "{agencies:?}");
    assert!(outlets.recall() > 0.98 && outlets.precision() > 0.98, "{outlets:?}");
}
