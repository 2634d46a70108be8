//! `verify`: whether an evidence bundle is what it was, proven with nothing but the file.

use std::io::Write;
use std::ops::ControlFlow;

use url::Url;

use super::context::WorkflowError;
use super::evidence::plainly;
use super::rebuild::schemes;
use crate::ingest::{self, Item, Limits};
use crate::model::{
    Altered, Article, Bundle, BundledFinding, BundledPair, BundledText, Dossier, Outlet, Paragraph,
    Relation, Thresholds, Verified,
};
use crate::reporter::bundle::{
    ARCHIVE, FINDING, MANIFEST, Members, TOKEN, check, compare_sums, kept_record, sum, unpack,
};

/// Examines the bundle in a file; `authority` is a certificate (PEM or DER) that the time stamp must go back to.
pub fn verify(file: &str, authority: Option<&str>) -> Result<Verified, WorkflowError> {
    let bytes = std::fs::read(file).map_err(|e| WorkflowError::Unreadable(file.to_owned(), e))?;
    let given = authority.map(certificate).transpose()?;
    let no_bundle = |cause| WorkflowError::NoBundle(file.to_owned(), cause);
    let (members, damaged) = unpack(&bytes).map_err(no_bundle)?;
    let mut verified = Verified {
        file: file.to_owned(),
        members: members.len(),
        altered: damaged,
        ..Verified::default()
    };
    let known: Vec<String> = verified.altered.iter().map(|a| a.member.clone()).collect();
    let by_sum = compare_sums(&members).into_iter().filter(|a| !known.contains(&a.member));
    verified.altered.extend(by_sum);
    stamped(&members, given.as_deref(), &mut verified);
    match members.get(FINDING).map(|bytes| serde_json::from_slice::<Bundle>(bytes)) {
        Some(Ok(bundle)) => examine(&members, &bundle, &mut verified)?,
        _ => altered(&mut verified, FINDING, "it cannot be read"),
    }
    verified.sound = verified.altered.is_empty();
    say_what_it_proves(&mut verified);
    Ok(verified)
}

/// Sums alone say that the parts fit together: whoever makes them all anew has a bundle as sound as this.
fn say_what_it_proves(verified: &mut Verified) {
    let mut proven = vec![
        "Its parts are those that its manifest sums.".to_owned(),
        "The runs of words that its findings name stand in both of the texts.".to_owned(),
    ];
    let mut open = Vec::new();
    match &verified.token {
        Some(token) => {
            proven.push(format!("{} saw that manifest at {}, so it is no younger.", token.by, token.time));
            if token.pinned.is_none() {
                proven.pop();
                open.push(format!(
                    "That {} stamped it at {}: anyone can make a certificate of that name. Give the authority's own with --authority FILE.",
                    token.by, token.time
                ));
            }
        }
        None => open.push(
            "When it was made, and that it was not made anew as a whole since: it carries no time stamp. `export --evidence … --timestamp URL` asks an authority for one.".to_owned(),
        ),
    }
    if verified.captures > 0 {
        open.push(
            "That the captured pages were served like this: whoever captured them says so."
                .to_owned(),
        );
    }
    if verified.sound {
        verified.proven = proven;
    }
    verified.not_proven = open;
}

fn altered(verified: &mut Verified, member: &str, says: &str) {
    if !verified.altered.iter().any(|known| known.member == member) {
        verified.altered.push(Altered { member: member.to_owned(), says: says.to_owned() });
    }
}

/// A certificate's bytes; PEM is taken out of its armour.
fn certificate(path: &str) -> Result<Vec<u8>, WorkflowError> {
    let bytes = std::fs::read(path).map_err(|e| WorkflowError::Unreadable(path.to_owned(), e))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let Some(start) = text.find("-----BEGIN CERTIFICATE-----") else { return Ok(bytes) };
    let armoured: String =
        text[start..].lines().skip(1).take_while(|line| !line.starts_with("-----")).collect();
    let decoded = crate::reporter::bundle::from_base64(&armoured);
    decoded.ok_or_else(|| {
        let cause = std::io::Error::other("it is no certificate in PEM or DER");
        WorkflowError::Unreadable(path.to_owned(), cause)
    })
}

fn stamped(members: &Members, given: Option<&[u8]>, verified: &mut Verified) {
    let Some(answer) = members.get(TOKEN) else {
        if given.is_some() {
            altered(verified, TOKEN, "a stamp was asked for, and there is none");
        }
        return;
    };
    let manifest = members.get(MANIFEST).map_or(&[][..], Vec::as_slice);
    match check(answer, manifest, given) {
        Ok(token) => {
            if token.pinned == Some(false) {
                altered(verified, TOKEN, "it goes back to another certificate than the given one");
            }
            verified.token = Some(token);
        }
        Err(cause) => altered(verified, TOKEN, &cause.to_string()),
    }
}

/// Finds the spans again and reads the captures again.
fn examine(
    members: &Members,
    bundle: &Bundle,
    verified: &mut Verified,
) -> Result<(), WorkflowError> {
    verified.made.clone_from(&bundle.made);
    verified.program.clone_from(&bundle.program);
    verified.findings = bundle.findings.len();
    for finding in &bundle.findings {
        for pair in &finding.pairs {
            let texts = (text(members, &pair.query), text(members, &pair.source));
            let (Some(query), Some(source)) = texts else {
                altered(verified, FINDING, "it names texts that are not in the bundle");
                continue;
            };
            compare(finding, pair, (&query, &source), verified);
        }
    }
    let extractor = schemes().into_iter().find(|scheme| scheme.name == "extractor");
    let extractor = extractor.map(|scheme| format!("{} {}", scheme.name, scheme.version));
    let same_extractor = extractor.is_some_and(|ours| bundle.schemes.contains(&ours));
    for name in members.keys().filter(|name| name.starts_with("texts/")) {
        match text(members, name) {
            Some(text) => read_again(members, name, (&text, same_extractor), verified)?,
            None => altered(verified, name, "it cannot be read"),
        }
    }
    Ok(())
}

fn text(members: &Members, name: &str) -> Option<BundledText> {
    serde_json::from_slice(members.get(name)?).ok()
}

fn dossier(text: &BundledText) -> Dossier {
    let paragraphs = text.paragraphs.iter();
    Dossier {
        id: text.id,
        article: Article {
            url: Some(text.address.clone()),
            language: text.language.clone(),
            paragraphs: paragraphs
                .map(|p| Paragraph { text: p.text.clone(), role: p.role })
                .collect(),
            ..Article::default()
        },
        outlet: Outlet { key: text.outlet_key.clone(), ..Outlet::default() },
    }
}

/// The thresholds of an alignment as they stood when the bundle was made.
fn thresholds(finding: &BundledFinding) -> Thresholds {
    let mut thresholds = Thresholds::default();
    for printed in &finding.trace.thresholds {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a count of words
        let words = printed.value.max(0.0) as usize;
        match printed.name.as_str() {
            "min_run_words" => thresholds.min_run_words = words,
            "min_stretch_words" => thresholds.min_stretch_words = words,
            "min_paragraph_words" => thresholds.min_paragraph_words = words,
            _ => {}
        }
    }
    thresholds
}

fn compare(
    finding: &BundledFinding,
    pair: &BundledPair,
    (query, source): (&BundledText, &BundledText),
    verified: &mut Verified,
) {
    let spans = plainly(dossier(query), dossier(source), &thresholds(finding));
    if spans == pair.alignment.spans {
        verified.spans += pair.alignment.spans.len();
    } else {
        let says = "the spans that it names are not those of the bundled texts";
        altered(verified, FINDING, says);
    }
    if matches!(pair.relation, Some(Relation::Rewritten | Relation::Translated)) {
        let stand = |texts: &BundledText, paragraph: usize, word: &str| {
            texts.paragraphs.get(paragraph).is_some_and(|p| p.text.contains(word))
                || texts.title.as_ref().is_some_and(|title| title.contains(word))
        };
        let lost = pair.alignment.paragraphs.iter().any(|matched| {
            matched.anchors.iter().any(|anchor| {
                !stand(query, matched.query, &anchor.query)
                    || !stand(source, matched.source, &anchor.source)
            })
        });
        if lost {
            altered(
                verified,
                FINDING,
                "names and numbers that it names do not stand in the bundled texts",
            );
        }
    }
}

fn read_again(
    members: &Members,
    name: &str,
    (text, same_extractor): (&BundledText, bool),
    verified: &mut Verified,
) -> Result<(), WorkflowError> {
    let Some(capture) = &text.capture else {
        verified.notes.push(format!("{name}: no capture of {} was on file.", text.address));
        return Ok(());
    };
    let Some(address) = &capture.archived_as else {
        verified
            .notes
            .push(format!("{name}: of the capture of {} only the sum was kept.", text.address));
        return Ok(());
    };
    let record = members.get(ARCHIVE).and_then(|wacz| kept_record(wacz, address));
    let Some((head, bytes)) = record else {
        altered(verified, ARCHIVE, &format!("it does not hold the capture of {address}"));
        return Ok(());
    };
    if sum(&bytes) != capture.sha256 {
        altered(
            verified,
            ARCHIVE,
            &format!("its capture of {address} is not the one that was kept"),
        );
        return Ok(());
    }
    verified.captures += 1;
    let fresh = paragraphs(head, bytes, address)?;
    let known: Vec<&str> = text.paragraphs.iter().map(|p| p.text.as_str()).collect();
    if fresh.iter().map(String::as_str).ne(known.iter().copied()) {
        let differs = known.iter().filter(|known| !fresh.iter().any(|f| f == *known)).count();
        let whose = if same_extractor { "this reading" } else { "a newer extractor" };
        verified.notes.push(format!(
            "{name}: {whose} gives {} paragraphs of {address} where the bundle has {}; {differs} of these read differently.",
            fresh.len(),
            known.len()
        ));
    }
    Ok(())
}

/// The paragraphs that this version reads from a capture; `head`: of the answer that brought it.
fn paragraphs(
    head: Option<String>,
    bytes: Vec<u8>,
    address: &str,
) -> Result<Vec<String>, WorkflowError> {
    let given = ingest::Given { url: Some(address.to_owned()), ..ingest::Given::default() };
    let mut found = Vec::new();
    let mut sink = |item| {
        if let Item::Article(article) = item {
            let article: Box<Article> = article;
            found = article.paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
        }
        ControlFlow::Continue(())
    };
    let limits = Limits::default();
    if let (Some(head), Ok(url)) = (head, Url::parse(address)) {
        let answer = ingest::Answer::kept(url, &head, bytes);
        ingest::read_answer(address, answer, &given, &limits, &mut sink);
        return Ok(found);
    }
    let mut file =
        tempfile::Builder::new().suffix(".html").tempfile().map_err(WorkflowError::Folder)?;
    file.write_all(&bytes).map_err(WorkflowError::Folder)?;
    ingest::read(&file.path().to_string_lossy(), &given, &limits, &mut sink)?;
    Ok(found)
}
