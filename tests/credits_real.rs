//! The credits of real lines and articles, where they are at hand; what is absent is skipped, with the reason printed.

use std::collections::BTreeMap;
use std::path::PathBuf;

use copytrail::credits::{self, Page};
use copytrail::model::{Outlet, Paragraph};

fn shared(path: &str) -> Option<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|a| a.join("shared").join(path))
        .find(|f| f.exists());
    match file.map(std::fs::read_to_string) {
        Some(Ok(text)) => Some(text),
        _ => {
            println!("skipped: {path} is not at hand");
            None
        }
    }
}

fn page_credits(
    lines: &[&str],
    outlet: &Outlet,
    language: Option<&str>,
) -> Vec<copytrail::model::Credit> {
    let paragraphs: Vec<Paragraph> =
        lines.iter().map(|l| Paragraph { text: (*l).to_owned(), ..Paragraph::default() }).collect();
    let page =
        Page { paragraphs: &paragraphs, byline: &[], claims: &[], links: &[], outlet, language };
    credits::read(&page).credits
}

#[test]
fn dev_lines() {
    let Some(text) = shared("cases/credit_lines.tsv") else { return };
    for row in text.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let line = cells[0];
        let outlet = Outlet::default();
        let story = "Die Ministerin sprach am Montag lange über das neue Gesetz und seine Folgen. "
            .repeat(4);
        let lang = cells[1].get(..2);
        let as_text = page_credits(&[&story, line], &outlet, lang);
        let head = format!("{line} {story}");
        let as_head = page_credits(&[&head], &outlet, lang);
        let byline = [line.to_owned()];
        let page = Page {
            paragraphs: &[],
            byline: &byline,
            claims: &[],
            links: &[],
            outlet: &outlet,
            language: lang,
        };
        let by = credits::read(&page);
        let f = |c: &Vec<copytrail::model::Credit>| {
            c.iter()
                .map(|c| {
                    format!(
                        "{}{:?}{}{}",
                        c.party(),
                        c.role,
                        c.initials.join("+"),
                        if c.reworked { "R" } else { "" }
                    )
                })
                .collect::<Vec<_>>()
                .join(",")
        };
        println!(
            "{line:60} {:22} T[{}] H[{}] B[{}] P{:?}",
            cells[2],
            f(&as_text),
            f(&as_head),
            f(&by.credits),
            by.people
        );
    }
}

#[test]
fn dev_lineage() {
    let (Some(articles), Some(gold)) =
        (shared("eval/data/lineage/articles.jsonl"), shared("eval/data/lineage/gold.jsonl"))
    else {
        return;
    };
    let mut golds = BTreeMap::new();
    for l in gold.lines() {
        let v: serde_json::Value = serde_json::from_str(l).unwrap();
        golds.insert(v["url"].as_str().unwrap().to_owned(), v);
    }
    let (mut tp, mut fn_, mut fp, mut ptp, mut pfn, mut pfp) = (0, 0, 0, 0, 0, 0);
    let start = std::time::Instant::now();
    for l in articles.lines() {
        let v: serde_json::Value = serde_json::from_str(l).unwrap();
        let url = v["url"].as_str().unwrap();
        let Some(g) = golds.get(url) else { continue };
        let paras: Vec<&str> = v["text"].as_str().unwrap().split("\n\n").collect();
        let outlet = credits::outlet(v["outlet"].as_str(), None);
        let got = page_credits(&paras, &outlet, v["language"].as_str());
        let att = g["attribution"].as_str().unwrap();
        let want_agency = matches!(att, "agency" | "both");
        let want_pub = matches!(att, "publisher" | "both");
        let agency = g["agency"].as_str().unwrap_or("-").to_lowercase();
        let agency = if agency == "pa media" { "pa".to_owned() } else { agency };
        let hit = got.iter().any(|c| c.agency.as_deref() == Some(agency.as_str()));
        let wrong = got
            .iter()
            .filter(|c| {
                c.agency.is_some() && !(want_agency && c.agency.as_deref() == Some(agency.as_str()))
            })
            .count();
        if want_agency {
            if hit {
                tp += 1
            } else {
                fn_ += 1;
                println!(
                    "MISS {url} {agency} {:?} ... {:?}",
                    paras[..2.min(paras.len())]
                        .iter()
                        .map(|p| p.chars().take(60).collect::<String>())
                        .collect::<Vec<_>>(),
                    paras[paras.len().saturating_sub(2)..]
                        .iter()
                        .map(|p| p
                            .chars()
                            .rev()
                            .take(60)
                            .collect::<Vec<_>>()
                            .into_iter()
                            .rev()
                            .collect::<String>())
                        .collect::<Vec<_>>()
                )
            }
        }
        if wrong > 0 {
            fp += wrong;
            println!("FALSE {url} {att} {agency} {got:?}")
        }
        let parent = g["parent"]
            .as_str()
            .and_then(|p| p.split('/').nth(2))
            .unwrap_or("")
            .trim_start_matches("www.");
        let phit = got.iter().any(|c| c.domain.as_deref() == Some(parent) && c.agency.is_none());
        if want_pub {
            if phit {
                ptp += 1
            } else {
                pfn += 1;
                println!("PMISS {url} {parent} {:?}", paras.last())
            }
        }
        let pw = got
            .iter()
            .filter(|c| c.agency.is_none() && !(want_pub && c.domain.as_deref() == Some(parent)))
            .count();
        if pw > 0 {
            pfp += pw;
            println!("PFALSE {url} {att} {got:?}")
        }
    }
    println!(
        "agency tp {tp} fn {fn_} fp {fp}; publisher tp {ptp} fn {pfn} fp {pfp}; {:?}",
        start.elapsed()
    );
}
