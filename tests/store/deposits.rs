//! Invented articles for the store's tests. Hashes are made of the words; the real ones are another room's.

use copytrail::model::{
    Article, ArticlePrint, Capture, Credit, CreditRole, Dossier, Kind, Moment, Outlet, Paragraph,
    ParagraphPrint, Precision,
};
use copytrail::store::Deposit;
use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_64;

/// A day as an input states it.
pub fn day(text: &str, seconds: i64) -> Moment {
    Moment { text: text.into(), seconds, precision: Precision::Day }
}

/// An instant, `seconds` after 2025-05-16T00:00:00Z.
pub fn instant(seconds: i64) -> Moment {
    let text = format!("2025-05-16T{:02}:{:02}:00Z", seconds / 3600 % 24, seconds / 60 % 60);
    Moment { text, seconds: 1_747_353_600 + seconds, precision: Precision::Instant }
}

/// An article of `outlet` at `identity` with these paragraphs.
pub fn deposit(outlet: &str, identity: &str, paragraphs: &[&str]) -> Deposit {
    let article = Article {
        file: format!("{identity}.html"),
        url: Some(format!("https://{identity}?from=feed")),
        identity: identity.into(),
        title: Some(format!("Title of {identity}")),
        language: Some("en".into()),
        kind: Kind::Article,
        published: Some(instant(0)),
        paragraphs: paragraphs
            .iter()
            .map(|text| Paragraph { text: (*text).into(), ..Paragraph::default() })
            .collect(),
        ..Article::default()
    };
    let outlet = Outlet { key: outlet.into(), name: outlet.to_uppercase(), ..Outlet::default() };
    refit(Deposit { dossier: Dossier { id: None, article, outlet }, ..Deposit::default() })
}

/// Makes the fingerprints fit the text again.
pub fn refit(mut deposit: Deposit) -> Deposit {
    let paragraphs = &deposit.dossier.article.paragraphs;
    let mut print = ArticlePrint::default();
    for paragraph in paragraphs {
        let words: Vec<&str> = paragraph.text.split_whitespace().collect();
        print.paragraphs.push(ParagraphPrint {
            exact: Sha256::digest(paragraph.text.as_bytes()).into(),
            simhash: xxh3_64(paragraph.text.as_bytes()),
            words: u32::try_from(words.len()).unwrap(),
            shingles: Vec::new(),
        });
        print.shingles.extend(words.windows(3).map(|three| xxh3_64(three.join(" ").as_bytes())));
        print.anchors.extend(words.iter().map(|word| xxh3_64(word.as_bytes())));
    }
    for list in [&mut print.shingles, &mut print.anchors] {
        list.sort_unstable();
        list.dedup();
    }
    deposit.search_tokens = deposit.dossier.article.text().to_lowercase();
    deposit.print = print;
    deposit
}

/// A credit for dpa.
pub fn credit() -> Credit {
    Credit {
        agency: Some("dpa".into()),
        name: "dpa".into(),
        role: CreditRole::CreditLine,
        text: "dpa/bak".into(),
        paragraph: Some(0),
        domain: Some("dpa.example".into()),
        initials: vec!["bak".into()],
        reworked: true,
    }
}

/// A capture of these bytes.
pub fn capture(bytes: &[u8], taken: Option<Moment>) -> Capture {
    Capture {
        headers: None,
        bytes: bytes.to_vec(),
        sha256: Sha256::digest(bytes).into(),
        from: "https://example.org/".into(),
        taken,
    }
}
