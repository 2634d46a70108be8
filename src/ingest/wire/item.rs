//! Owns what all wire formats say of an item, and how that becomes an article of the agency.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::{
    address::registrable_domain,
    draft::Draft,
    parse_moment, rooms,
    shape::{Piece, Shape, ends_like_sentence, set_story},
};
use super::notice;
use crate::model::{Claim, Kind, Moment, Notice};

/// An item as its format states it.
#[derive(Debug, Default)]
pub(crate) struct WireItem {
    /// The agency's own id, without the version: a new version is a revision of the same article.
    pub guid: Option<String>,
    pub language: Option<String>,
    pub title: Option<String>,
    pub byline: Vec<String>,
    /// As printed ("Berlin (dpa) - ") or a place and day alone.
    pub dateline: Option<String>,
    /// When the item was first made.
    pub created: Option<String>,
    /// When this version was made.
    pub versioned: Option<String>,
    pub provider: Option<String>,
    pub creditline: Option<String>,
    /// `infoSource`, parties of the hop history and their like.
    pub sources: Vec<String>,
    pub holder: Option<String>,
    pub pieces: Vec<Piece>,
    /// A summary that is sent instead of a text, or beside it.
    pub summary: Option<String>,
    /// Everything else that is worth keeping: version, pubstatus, urgency …
    pub extra: BTreeMap<String, Value>,
}

impl WireItem {
    /// Keeps a statement under a name, where there is one.
    pub fn keep(&mut self, name: &str, value: Option<impl Into<String>>) {
        if let Some(value) = value.map(Into::into).filter(|value| !value.trim().is_empty()) {
            self.extra.insert(name.to_owned(), Value::String(value));
        }
    }

    /// What it says of another item, or of its own earlier version.
    fn notice(&self, withdrawn: bool) -> Option<Notice> {
        let text = |key: &str| self.extra.get(key).and_then(Value::as_str).unwrap_or_default();
        notice::of(notice::Signs {
            withdrawn,
            signal: text("signal"),
            title: self.title.as_deref().unwrap_or_default(),
            note: text("ednote"),
            follows: self.extra.get("evolvedfrom").and_then(Value::as_str).map(str::to_owned),
        })
    }

    fn is_withdrawn(&self) -> bool {
        let status = self.extra.get("pubstatus").and_then(Value::as_str).unwrap_or_default();
        notice::is_withdrawal(status)
    }

    /// The draft of the article, or why there is none.
    pub fn draft(mut self, file: &str, line: Option<usize>) -> Result<Draft, String> {
        let mut draft = Draft::new(file, line);
        self.pieces.retain(|piece| !piece.text.trim().is_empty());
        let withdrawn = self.is_withdrawn();
        let teaser = self.pieces.is_empty() && self.summary.is_some();
        if let (true, Some(summary)) = (teaser, &self.summary) {
            self.pieces.push(Piece::text(summary.clone()));
        }
        if self.pieces.is_empty() && !withdrawn {
            return Err("is a wire item without text; there is nothing to trace".to_owned());
        }
        self.set_dateline();
        let notice = self.notice(withdrawn);
        let article = &mut draft.article;
        article.notice = notice;
        article.outlet = self.outlet();
        article.user_id.clone_from(&self.guid);
        article.title = self.title.as_deref().map(str::trim).map(str::to_owned);
        article.language.clone_from(&self.language);
        self.set_times(&mut draft);
        draft.claims = self.claims();
        let article = &mut draft.article;
        draft.byline = std::mem::take(&mut self.byline);
        set_story(article, std::mem::take(&mut self.pieces), Shape::Field);
        article.kind = match (teaser, article.paragraphs.is_empty() && withdrawn) {
            (_, true) => Kind::Sighting,
            (true, _) => Kind::Teaser,
            _ => Kind::Article,
        };
        if let Some(summary) = self.summary.take().filter(|_| !teaser) {
            self.extra.insert("teaser".to_owned(), Value::String(summary));
        }
        article.extra = self.extra.iter().map(|(k, v)| (k.clone(), v.to_string())).collect();
        for field in ["outlet", "title", "language", "published", "modified"] {
            article.read_from.insert(field.to_owned(), "input".to_owned());
        }
        Ok(draft)
    }

    /// A dateline that is printed stands in front of the text, as papers run it and as other formats send it.
    fn set_dateline(&mut self) {
        let Some(dateline) = self.dateline.take() else { return };
        let line = dateline.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            return;
        }
        let printed = line.ends_with(['-', '–', '—']) && line.contains(['(', ' ']);
        // Where the line was set as a paragraph of its own it goes back to the text that it opens.
        if self.pieces.len() > 1 && self.pieces.first().is_some_and(|piece| piece.text == line) {
            self.pieces.remove(0);
        }
        let first = self.pieces.iter_mut().find(|piece| !piece.heading);
        match first {
            Some(piece) if printed && !piece.text.starts_with(&line) => {
                piece.text = format!("{line} {}", piece.text);
            }
            _ => {}
        }
        self.extra.insert("dateline".to_owned(), Value::String(line));
    }

    /// The agency: who the id belongs to, else who provides it, else whom the credit line names.
    fn outlet(&self) -> Option<String> {
        let authority = self.guid.as_deref().and_then(authority);
        let stated = [
            authority.clone(),
            self.provider.clone(),
            self.creditline.clone(),
            self.holder.clone(),
            self.sources.first().cloned(),
        ];
        let known = stated.iter().flatten().find_map(|name| rooms::party(name.trim()));
        if let Some(party) = known {
            return Some(party.domain.unwrap_or(party.name));
        }
        let named = |text: &&String| text.trim().chars().count() > 2;
        let given = self.provider.iter().chain(&self.creditline).find(named).cloned();
        given.or_else(|| authority.filter(|domain| registrable_domain(domain).is_some()))
    }

    fn set_times(&self, draft: &mut Draft) {
        let read = |text: &Option<String>| text.as_deref().and_then(moment);
        let (created, versioned) = (read(&self.created), read(&self.versioned));
        let article = &mut draft.article;
        article.modified = versioned.clone().filter(|_| created.is_some() && created != versioned);
        article.published = created.or(versioned);
    }

    fn claims(&self) -> Vec<Claim> {
        let stated = [("provider", &self.provider), ("creditline", &self.creditline)];
        let holder = self.holder.iter().map(|value| ("copyrightholder", value));
        let sources = self.sources.iter().map(|value| ("infosource", value));
        let stated = stated.iter().filter_map(|(field, value)| value.as_ref().map(|v| (*field, v)));
        let all = stated.chain(holder).chain(sources);
        all.map(|(field, value)| Claim { field: field.to_owned(), value: value.clone() }).collect()
    }
}

/// A wire's time: as everywhere, and without the separators that NITF and NewsML 1 leave out.
fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let compact = text.get(..15).filter(|start| {
        start.bytes().enumerate().all(
            |(at, byte)| {
                if at == 8 { byte == b'T' } else { byte.is_ascii_digit() }
            },
        )
    });
    let Some(compact) = compact else { return parse_moment(text) };
    let part = |from: usize, to: usize| compact.get(from..to).unwrap_or_default();
    let zone = text.get(15..).unwrap_or_default();
    let zone = match zone.len() {
        5 if zone.starts_with(['+', '-']) => format!("{}:{}", &zone[..3], &zone[3..]),
        _ => zone.to_owned(),
    };
    let (day, hour) =
        ((part(0, 4), part(4, 6), part(6, 8)), (part(9, 11), part(11, 13), part(13, 15)));
    let (year, month, day) = day;
    let (hour, minute, second) = hour;
    parse_moment(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"))
}

/// The domain that an id was given by: `urn:newsml:dpa.com:…`, `tag:reuters.com,2014:…`, an address.
fn authority(guid: &str) -> Option<String> {
    let lower = guid.trim().to_lowercase();
    let domain = if let Some(rest) = lower.strip_prefix("urn:newsml:") {
        rest.split([':', '/']).next()?
    } else if let Some(rest) = lower.strip_prefix("tag:") {
        rest.split([',', ':']).next()?
    } else if lower.starts_with("http") {
        return registrable_domain(&lower);
    } else {
        return None;
    };
    Some(registrable_domain(domain).unwrap_or_else(|| domain.to_owned()))
}

/// A short line without the end of a sentence: a subhead where the format does not mark them.
pub(crate) fn reads_as_subhead(line: &str) -> bool {
    line.split_whitespace().count() <= 12 && !ends_like_sentence(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_id_it_is() {
        assert_eq!(authority("urn:newsml:dpa.com:20090101:24").as_deref(), Some("dpa.com"));
        assert_eq!(authority("tag:reuters.com,2014:newsml_X").as_deref(), Some("reuters.com"));
        assert_eq!(authority("http://www.tt.se/id/1").as_deref(), Some("tt.se"));
        assert_eq!(authority("4711"), None);
    }

    #[test]
    fn times_without_separators() {
        let text = |given: &str| moment(given).map(|moment| moment.text);
        assert_eq!(text("20180404T175859+0300").as_deref(), Some("2018-04-04T17:58:59+03:00"));
        assert_eq!(text("20240710T125902Z").as_deref(), Some("2024-07-10T12:59:02Z"));
    }

    #[test]
    fn a_printed_dateline_stands_once_before_the_text() {
        let item = |text: &str| WireItem {
            guid: Some("urn:newsml:dpa.com:1".to_owned()),
            dateline: Some("Bremen (dpa) - ".to_owned()),
            pieces: vec![Piece::heading("Kran"), Piece::text(text)],
            ..WireItem::default()
        };
        for text in ["Der Kran steht.", "Bremen (dpa) - Der Kran steht."] {
            let article = item(text).draft("a", None).unwrap().article;
            assert_eq!(article.paragraphs[1].text, "Bremen (dpa) - Der Kran steht.");
            assert_eq!(article.outlet.as_deref(), Some("dpa.com"));
        }
    }
}
