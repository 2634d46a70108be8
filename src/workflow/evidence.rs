//! `export --evidence`: findings with all they rest on in one file, so that they hold against their maker.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::context::{Context, WorkflowError};
use super::look;
use super::read::Given;
use super::rebuild::schemes;
use super::trace::{TraceOptions, trace};
use crate::ingest;
use crate::model::{
    ArticleId, Bundle, BundledCapture, BundledFinding, BundledPair, BundledParagraph, BundledText,
    Capture, Dossier, Span, Thresholds, TraceReport,
};
use crate::reporter::bundle::{
    ARCHIVE, FINDING, MANIFEST, Members, Record, TOKEN, archive, hex, manifest, pack, query, sum,
    token_of,
};
use crate::store::{Options, Store};
use crate::tracer::{self, Witness};

/// Traces articles on file and packs each with its sources' texts and captures; `authority` is asked for a time stamp
/// over the sums of it all.
pub fn evidence(
    context: &Context,
    articles: &[String],
    authority: Option<&str>,
) -> Result<Vec<u8>, WorkflowError> {
    packed(context, articles, authority, &mut |_, _| Ok(()))
}

/// Puts more members beside the findings, before all are summed.
pub(super) type More<'a> = dyn FnMut(&Bundle, &mut Members) -> Result<(), WorkflowError> + 'a;

/// As [`evidence`], with what `more` puts beside it.
pub(super) fn packed(
    context: &Context,
    articles: &[String],
    authority: Option<&str>,
    more: &mut More<'_>,
) -> Result<Vec<u8>, WorkflowError> {
    let found = context.open_to_read()?;
    for article in articles {
        look::find(&found, article)?;
    }
    drop(found);
    let options = TraceOptions { texts: true, ..TraceOptions::usual() };
    let mut traces = Vec::new();
    trace(context, articles, &options, &Given::default(), &mut |trace| traces.push(trace))?;
    let made = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    // Captures are read through a store of one's own: its sidecar is opened when it is asked.
    let mut store = Store::open(&context.db, Options { captures: true, read_only: true })?;
    let mut shelf = Shelf {
        store: &mut store,
        thresholds: &context.thresholds,
        texts: BTreeMap::new(),
        captures: Vec::new(),
    };
    let findings =
        traces.into_iter().map(|trace| shelf.finding(trace)).collect::<Result<_, _>>()?;
    let Shelf { texts, captures, .. } = shelf;
    let bundle = Bundle {
        schema: "copytrail.evidence/1".into(),
        program: format!("copytrail {}", env!("CARGO_PKG_VERSION")),
        made: made.clone(),
        schemes: schemes().iter().map(|s| format!("{} {}", s.name, s.version)).collect(),
        lexicons: context.lexicons().names(),
        findings,
    };
    let mut members = Members::new();
    members.insert(FINDING.into(), json(&bundle)?);
    more(&bundle, &mut members)?;
    for (name, text) in texts.into_values() {
        members.insert(name, json(&text)?);
    }
    members.insert(ARCHIVE.into(), archive(&records(&captures, &made), &made)?);
    let sums = manifest(&members, &made)?;
    if let Some(authority) = authority {
        let answer = stamp(context, authority, &sums)?;
        members.insert(TOKEN.into(), answer);
    }
    members.insert(MANIFEST.into(), sums);
    Ok(pack(&members)?)
}

fn stamp(context: &Context, authority: &str, sums: &[u8]) -> Result<Vec<u8>, WorkflowError> {
    let nonce = u64::from_be_bytes(first_eight(&format!("{}{}", sum(sums), Timestamp::now())));
    let answer = ingest::ask_authority(authority, &query(sums, nonce), &context.limits())?;
    token_of(&answer).map_err(|cause| WorkflowError::NoStamp(authority.to_owned(), cause))?;
    Ok(answer)
}

/// The first bytes of a text's sum.
fn first_eight(text: &str) -> [u8; 8] {
    let mut bytes = [0; 8];
    for (byte, digits) in bytes.iter_mut().zip(sum(text.as_bytes()).as_bytes().chunks(2)) {
        let digits = std::str::from_utf8(digits).unwrap_or_default();
        *byte = u8::from_str_radix(digits, 16).unwrap_or_default();
    }
    bytes
}

/// The runs of words that two texts share, each text as a whole: what a trace leaves out as an outlet's fixture is known
/// to the store alone, and a bundle must be proven without it.
pub(super) fn plainly(left: Dossier, right: Dossier, thresholds: &Thresholds) -> Vec<Span> {
    let (left, right) = (Witness::new(left), Witness::new(right));
    tracer::compare(left, right, thresholds, None).alignment.spans
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, WorkflowError> {
    let mut bytes =
        serde_json::to_vec_pretty(value).map_err(crate::reporter::bundle::BundleError::from)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A capture that goes into the archive.
struct Kept {
    url: String,
    title: Option<String>,
    taken: Option<String>,
    head: Option<String>,
    bytes: Vec<u8>,
}

fn records<'a>(captures: &'a [Kept], made: &'a str) -> Vec<Record<'a>> {
    captures
        .iter()
        .map(|kept| Record {
            url: &kept.url,
            title: kept.title.as_deref(),
            taken: kept.taken.as_deref().unwrap_or(made),
            head: kept.head.as_deref(),
            bytes: &kept.bytes,
        })
        .collect()
}

/// What goes into the bundle, each article once.
struct Shelf<'a> {
    store: &'a mut Store,
    thresholds: &'a Thresholds,
    /// Member names with their texts, by address.
    texts: BTreeMap<String, (String, BundledText)>,
    captures: Vec<Kept>,
}

impl Shelf<'_> {
    fn finding(&mut self, mut trace: TraceReport) -> Result<BundledFinding, WorkflowError> {
        let mut pairs = Vec::new();
        for mut both in std::mem::take(&mut trace.comparisons) {
            both.alignment.spans = plainly(both.left.clone(), both.right.clone(), self.thresholds);
            pairs.push(BundledPair {
                query: self.text(&both.left)?,
                source: self.text(&both.right)?,
                relation: both.relation,
                alignment: both.alignment,
            });
        }
        if let Some(id) = trace.query.id.filter(|_| pairs.is_empty())
            && let Some(dossier) = self.store.dossier(id)?
        {
            self.text(&dossier)?;
        }
        Ok(BundledFinding { trace, pairs })
    }

    /// The member that holds an article's text.
    fn text(&mut self, dossier: &Dossier) -> Result<String, WorkflowError> {
        let address = dossier.address();
        if let Some((name, _)) = self.texts.get(&address) {
            return Ok(name.clone());
        }
        let name = format!("texts/{}.json", self.texts.len() + 1);
        let capture = match dossier.id {
            Some(id) => self.capture(id, dossier)?,
            None => None,
        };
        let article = &dossier.article;
        let stated = |moment: Option<&crate::model::Moment>| moment.map(|m| m.text.clone());
        let text = BundledText {
            address: address.clone(),
            id: dossier.id,
            user_id: article.user_id.clone(),
            outlet: dossier.outlet.name.clone(),
            outlet_key: dossier.outlet.key.clone(),
            title: article.title.clone(),
            published: stated(article.published.as_ref()),
            first_seen: stated(article.first_seen.as_ref()),
            language: article.language.clone(),
            paragraphs: article
                .paragraphs
                .iter()
                .map(|p| BundledParagraph { text: p.text.clone(), role: p.role })
                .collect(),
            capture,
        };
        self.texts.insert(address, (name.clone(), text));
        Ok(name)
    }

    fn capture(
        &mut self,
        id: ArticleId,
        dossier: &Dossier,
    ) -> Result<Option<BundledCapture>, WorkflowError> {
        let Some(Capture { bytes, sha256, from, headers: head, taken }) = self.store.capture(id)?
        else {
            return Ok(None);
        };
        let url =
            dossier.article.url.clone().unwrap_or_else(|| format!("urn:copytrail:article:{id}"));
        let taken = taken.map(|moment| moment.text);
        let archived_as = (!bytes.is_empty()).then(|| url.clone());
        let length = bytes.len() as u64;
        if !bytes.is_empty() {
            let title = dossier.article.title.clone();
            let at = taken.as_deref().and_then(|text| text.parse::<Timestamp>().ok());
            let at = at.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
            self.captures.push(Kept { url, title, taken: at, head, bytes });
        }
        Ok(Some(BundledCapture {
            archived_as,
            sha256: hex(&sha256),
            came_from: from,
            taken,
            bytes: length,
        }))
    }
}
