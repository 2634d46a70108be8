//! All credits of a page: every place asked, each party kept once, at its best place.

use super::byline;
use super::dateline;
use super::inline;
use super::line::{Line, Named, credit_line, is_initials_line};
use super::list::{Context, Slot};
use super::metadata::{self, Stated, at_address};
use super::note;
use super::own::Own;
use super::{Page, Reading};
use crate::model::{Credit, CreditRole, LinkKind, Party};

/// Words from which on a paragraph is a part of the story and no line beside it.
const LONG: usize = 25;

/// Characters from which on it is one, for scripts that put no spaces between words.
const LONG_CHARS: usize = 110;

/// Paragraphs before the first long one that may be kicker, title, byline.
const HEAD: usize = 6;

struct Gathered<'a> {
    page: &'a Page<'a>,
    own: &'a Own,
    context: Context<'a>,
    credits: Vec<Credit>,
    credit_paragraphs: Vec<usize>,
    people: Vec<String>,
}

/// Reads the credits of a page.
pub(super) fn read(page: &Page) -> Reading {
    let own = Own::new(page.outlet);
    let mut gathered = Gathered {
        page,
        own: &own,
        context: Context { language: page.language, own: Some(&own), slot: Slot::Open },
        credits: Vec::new(),
        credit_paragraphs: Vec::new(),
        people: Vec::new(),
    };
    gathered.text();
    gathered.byline();
    gathered.metadata();
    Reading {
        credits: gathered.credits,
        credit_paragraphs: gathered.credit_paragraphs,
        people: gathered.people,
    }
}

fn is_long(text: &str) -> bool {
    text.split_whitespace().nth(LONG - 1).is_some()
        || (!text.is_ascii() && text.chars().nth(LONG_CHARS - 1).is_some())
}

/// A line of a credit block.
enum BlockLine {
    Credit(Line),
    Initials,
    /// A note whose link says what its words do not.
    Linked(Named, String),
}

impl Gathered<'_> {
    fn text(&mut self) {
        let page = self.page;
        let long: Vec<bool> = page.paragraphs.iter().map(|p| is_long(&p.text)).collect();
        let mut left = long.iter().filter(|l| **l).count();
        let mut before = 0;
        for (n, (paragraph, this)) in page.paragraphs.iter().zip(long).enumerate() {
            left -= usize::from(this);
            // One long paragraph may stand behind the credit: the blurb of an author or of the house.
            let tail = left <= 1;
            let head = before == 0 && n < HEAD;
            if (tail || head) && self.block(n, &paragraph.text, tail) {
                self.credit_paragraphs.push(n);
            } else {
                let head = if before <= 1 { self.dateline(n, &paragraph.text) } else { 0 };
                if tail {
                    self.inline(n, &paragraph.text, head);
                }
            }
            before += usize::from(this);
        }
    }

    /// Reads a paragraph as lines of credit; whether it was nothing else.
    fn block(&mut self, n: usize, text: &str, tail: bool) -> bool {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        if lines.is_empty() || lines.len() > 6 {
            return false;
        }
        let mut credited = n.checked_sub(1).is_some_and(|up| self.credit_paragraphs.contains(&up));
        let mut found = Vec::new();
        for line in lines {
            let Some(read) = self.block_line(line, tail, credited) else { return false };
            credited = true;
            found.push((line, read));
        }
        for (line, read) in found {
            match read {
                BlockLine::Credit(credit) => self.take_line(&credit, line, n),
                BlockLine::Initials => self.take_initials(line, n),
                BlockLine::Linked(named, url) => {
                    self.take(named, credit_of(CreditRole::Link, &url, Some(n)));
                }
            }
        }
        true
    }

    fn block_line(&self, line: &str, tail: bool, credited: bool) -> Option<BlockLine> {
        let strangers = |l: &Line| l.named.iter().any(|s| s.known.is_none());
        if let Some(read) = credit_line(line, self.context).filter(|l| tail || !strangers(l)) {
            return Some(BlockLine::Credit(read));
        }
        if credited && is_initials_line(line) {
            return Some(BlockLine::Initials);
        }
        if !note::is_note(line) {
            return None;
        }
        let mut links = self.page.links.iter().filter(|l| {
            l.kind == LinkKind::Text && l.text.trim().len() > 3 && line.contains(l.text.trim())
        });
        links.find_map(|l| Some(BlockLine::Linked(at_address(&l.url, self.own)?, l.url.clone())))
    }

    fn take_line(&mut self, read: &Line, text: &str, n: usize) {
        let text = text.trim();
        for named in &read.named {
            let mut named = named.clone();
            if named.known.is_none() && named.party.domain.is_none() {
                named.party.domain = self.linked_domain(&named.party.name);
            }
            let place = credit_of(read.role, text, Some(n));
            let initials = read.initials.clone();
            self.take(named, Credit { initials, reworked: read.reworked, ..place });
        }
    }

    /// The domain of a link that carries a stranger's name.
    fn linked_domain(&self, name: &str) -> Option<String> {
        let link = self.page.links.iter().find(|l| l.text.trim() == name)?;
        at_address(&link.url, self.own)?.party.domain
    }

    /// Initials under an agency's line are the desk's.
    fn take_initials(&mut self, line: &str, n: usize) {
        let above = |c: &&mut Credit| c.paragraph.is_some_and(|p| p == n || p + 1 == n);
        if let Some(credit) =
            self.credits.iter_mut().rev().filter(|c| c.agency.is_some()).find(above)
        {
            let initials = line.trim_matches(['(', ')', ' ', '.']).to_owned();
            if !credit.initials.contains(&initials) {
                credit.initials.push(initials);
            }
        }
    }

    /// Reads a paragraph's dateline and gives its length in bytes.
    fn dateline(&mut self, n: usize, text: &str) -> usize {
        let Some(line) = dateline::read(text, self.context) else { return 0 };
        let written = text.get(..line.len).unwrap_or(text).trim();
        for known in line.known {
            let place = credit_of(CreditRole::Dateline, written, Some(n));
            self.take(known.into(), Credit { initials: line.initials.clone(), ..place });
        }
        line.len
    }

    /// Reads the credit at a paragraph's end, behind its dateline.
    fn inline(&mut self, n: usize, text: &str, dateline: usize) {
        if let Some((at, line)) = inline::read(text, self.context).filter(|(at, _)| *at >= dateline)
        {
            let written = text.get(at..).unwrap_or(text);
            self.take_line(&line, written, n);
        }
    }

    fn byline(&mut self) {
        for value in self.page.byline {
            let line = byline::read(value, self.context);
            let outlets = byline::outlet_counts(&line);
            for person in &line.people {
                if !self.people.contains(person) {
                    self.people.push(person.clone());
                }
            }
            for named in &line.named {
                let sister = named.known.is_some_and(|k| self.own.is_sister(k));
                if named.party.agency.is_some() || (outlets && !sister) {
                    let place = credit_of(CreditRole::Byline, value.trim(), None);
                    let initials = line.initials.clone();
                    self.take(named.clone(), Credit { initials, reworked: line.reworked, ..place });
                }
            }
        }
    }

    fn metadata(&mut self) {
        let mut stated = metadata::claims(self.page.claims, self.context, self.own);
        stated.extend(metadata::links(self.page.links, self.own));
        for Stated { named, role, text, initials, reworked } in stated {
            self.take(named, Credit { initials, reworked, ..credit_of(role, &text, None) });
        }
    }

    /// Keeps a credit, each party once: at its best place, with the initials of all its places.
    fn take(&mut self, named: Named, place: Credit) {
        let own = self.own.is_party(&named.party)
            || named.known.is_some_and(|k| self.own.is_known(k))
            || (named.party.agency.is_none() && self.own.is(&named.party.name));
        if own {
            return;
        }
        let Party { agency, name, domain } = named.party;
        let new = Credit { agency, name, domain, ..place };
        let party = new.party();
        let Some(old) = self.credits.iter_mut().find(|c| c.party() == party) else {
            self.credits.push(new);
            return;
        };
        let (mut best, other) =
            if new.role < old.role { (new, old.clone()) } else { (old.clone(), new) };
        for initials in other.initials {
            if !best.initials.contains(&initials) {
                best.initials.push(initials);
            }
        }
        best.reworked &= other.reworked;
        *old = best;
    }
}

/// A credit's place, before its party is filled in.
fn credit_of(role: CreditRole, text: &str, paragraph: Option<usize>) -> Credit {
    Credit {
        agency: None,
        name: String::new(),
        role,
        text: text.to_owned(),
        paragraph,
        domain: None,
        initials: Vec::new(),
        reworked: false,
    }
}
