//! Lists of parties: "tkr / DPA / AFP", "Felix Schröder und Jörg Soldwisch, dpa", "APA/dpa, 23.8.2015".

use super::own::Own;
use super::phrases::{Kind, is_picture, is_staff, phrases};
use super::tables::{Known, Strength, find};

/// What is known of the place that a list stands in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context<'a> {
    /// BCP 47 primary subtag of the page.
    pub language: Option<&'a str>,
    /// The page's own outlet.
    pub own: Option<&'a Own>,
    pub slot: Slot,
}

/// What says that a list is a credit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Slot {
    /// Nothing but the list itself.
    #[default]
    Open,
    /// "Von", or a field that holds nothing but a credit.
    Labelled,
    /// "Quelle:": what stands there is no editor's initials.
    Source,
}

/// A list of parties, told apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Parties<'a> {
    pub known: Vec<Known>,
    /// Editors' or desks' initials.
    pub initials: Vec<&'a str>,
    pub people: Vec<&'a str>,
    /// The page's own outlet, its newsroom, dates: nobody to credit.
    pub own: bool,
    /// Names that no table knows.
    pub other: Vec<&'a str>,
    /// A picture's credit.
    pub picture: bool,
    /// A person bound to a party by a stroke or bracket, as photographers are ("Kappeler/dpa").
    pub tight_person: bool,
    weak: Vec<(Known, Strength, &'a str)>,
}

impl Parties<'_> {
    /// Whether an agency is among them.
    pub fn agency(&self) -> bool {
        self.known.iter().any(|k| matches!(k, Known::Agency(_)))
    }

    /// Whether the list holds nothing but an agency's credit: no picture, no stranger, no person.
    pub fn is_wire_credit(&self) -> bool {
        self.agency() && !self.picture && self.other.is_empty() && self.people.is_empty()
    }
}

/// Reads a list of parties.
pub(super) fn parties<'a>(text: &'a str, context: Context) -> Parties<'a> {
    let mut out = Parties {
        picture: (is_picture(text) && find(text).is_none()) || text.contains('©'),
        ..Parties::default()
    };
    if text.len() <= 400 {
        split_strokes(text, context, &mut out);
    }
    settle_weak(context, &mut out);
    out
}

/// A weak name counts in company only; alone it is somebody's initials.
fn settle_weak(context: Context, out: &mut Parties) {
    let company = context.slot != Slot::Open || out.agency();
    for (known, strength, written) in std::mem::take(&mut out.weak) {
        let counts = match known {
            Known::Agency(a) => {
                let speaks = context.language.is_some_and(|l| a.languages.contains(&l));
                company || (speaks && strength == Strength::Weak)
            }
            Known::Outlet(_) => context.slot == Slot::Source,
        };
        if counts {
            out.known.push(known);
        } else if matches!(known, Known::Agency(_)) {
            out.initials.push(written);
        }
    }
}

fn is_stroke(c: char) -> bool {
    matches!(
        c,
        '/' | '|'
            | ','
            | ';'
            | '+'
            | '&'
            | '•'
            | '·'
            | '('
            | ')'
            | '['
            | ']'
            | '{'
            | '}'
            | '\n'
            | '\t'
            | '／'
            | '、'
            | '，'
            | '；'
            | '（'
            | '）'
            | '【'
            | '】'
            | '='
            | '*'
            | '…'
            | '<'
            | '>'
            | '‒'
    )
}

fn split_strokes<'a>(text: &'a str, context: Context, out: &mut Parties<'a>) {
    let text = trim(text);
    if text.is_empty() || take_known(text, context, out) {
        return;
    }
    let tight = text.contains(['/', '|', '(', '[', '／', '（']);
    let people = out.people.len();
    for piece in text.split(is_stroke) {
        split_dashes(piece, context, out);
    }
    // "Stefan Meier (dpa)", "AFP/Paul Ellis": how a photographer is named.
    out.tight_person |= tight && out.people.len() > people;
}

fn split_dashes<'a>(text: &'a str, context: Context, out: &mut Parties<'a>) {
    let text = trim(text);
    if text.is_empty() || take_known(text, context, out) {
        return;
    }
    for piece in text.split(['–', '—', '−', '\u{2015}']) {
        for piece in piece.split(" - ") {
            split_words(piece, context, out);
        }
    }
}

/// Splits at words that join ("und", "avec"), the ambiguous ones only where a side is known.
fn split_words<'a>(text: &'a str, context: Context, out: &mut Parties<'a>) {
    let text = trim(text);
    if text.is_empty() || take_known(text, context, out) {
        return;
    }
    let pieces = at_words(text, Kind::And);
    for piece in pieces {
        let piece = trim(piece);
        if piece.is_empty() || take_known(piece, context, out) {
            continue;
        }
        let short = at_words(piece, Kind::Joint);
        let known = |p: &&str| find(p).is_some() || context.own.is_some_and(|o| o.is(trim(p)));
        if short.len() > 1 && short.iter().any(known) && agency_with_tail(piece).is_none() {
            for part in short {
                leaf(part, context, out);
            }
        } else {
            leaf(piece, context, out);
        }
    }
}

fn at_words(text: &str, joining: Kind) -> Vec<&str> {
    let (mut pieces, mut from, mut at) = (Vec::new(), 0, 0);
    for spaced in text.split_inclusive(char::is_whitespace) {
        let word = spaced.trim_end();
        if phrases(joining).has(&word.to_lowercase()) {
            pieces.extend(text.get(from..at));
            from = at + word.len();
        }
        at += spaced.len();
    }
    pieces.extend(text.get(from..));
    pieces.retain(|p| !p.trim().is_empty());
    pieces
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ':' | '-' | '"' | '„' | '“' | '”' | '«' | '»' | '\u{200b}' | '\u{feff}' | '\u{ad}'
            )
    })
}

fn take_known<'a>(text: &'a str, context: Context, out: &mut Parties<'a>) -> bool {
    if context.own.is_some_and(|own| own.is(text)) {
        out.own = true;
        return true;
    }
    match find(text) {
        Some((known, Strength::Strong)) => out.known.push(known),
        Some((known, strength)) => out.weak.push((known, strength, text)),
        None => return false,
    }
    true
}

fn leaf<'a>(text: &'a str, context: Context, out: &mut Parties<'a>) {
    let text = trim(text);
    if text.is_empty() || take_known(text, context, out) {
        return;
    }
    if is_staff(text) || is_date(text) {
        out.own = true;
    } else if let Some((known, strength)) = agency_with_tail(text) {
        match strength {
            Strength::Strong => out.known.push(known),
            _ => out.weak.push((known, strength, text)),
        }
    } else if let Some((person, known)) = person_with_agency(text, context) {
        out.people.push(person);
        out.known.push(known);
    } else if is_initials(text) {
        out.initials.push(text);
    } else if is_place(text) {
        out.own = true;
    } else if is_person(text) {
        out.people.push(text);
    } else {
        out.other.push(text);
    }
}

/// An agency with a post, a place or a date behind it: "AP National Political Writer", "Associated Press in Valencia".
fn agency_with_tail(text: &str) -> Option<(Known, Strength)> {
    let mut cut = text.len();
    while let Some(at) = text.get(..cut)?.rfind([' ', ':']) {
        cut = at;
        let (head, tail) = (text.get(..at)?, text.get(at + 1..)?.trim());
        let Some((known @ Known::Agency(_), strength)) = find(head) else { continue };
        let last = tail.rsplit(' ').next()?;
        let post = phrases(Kind::Post).has(last.to_lowercase().trim_matches(['.', ',']))
            && tail.split(' ').all(starts_upper);
        let placed = ["in ", "à ", "en ", "aus ", "im ", "from ", "a ", "i ", "em "]
            .iter()
            .any(|p| tail.strip_prefix(p).is_some_and(|place| place.split(' ').all(starts_upper)));
        let service = tail.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ':' || c == '.');
        let desk = tail.chars().count() < 4 && tail.chars().all(char::is_lowercase);
        if post || placed || service || desk || is_date(tail) || is_place(tail) {
            return Some((known, strength));
        }
    }
    None
}

/// "TOM HALE Associated Press" in a byline that lost its comma.
fn person_with_agency<'a>(text: &'a str, context: Context) -> Option<(&'a str, Known)> {
    if context.slot != Slot::Labelled {
        return None;
    }
    text.match_indices(' ').find_map(|(at, _)| {
        let (person, name) = (text.get(..at)?, text.get(at + 1..)?);
        match find(name)? {
            (known @ Known::Agency(_), Strength::Strong) if name.len() > 4 && is_person(person) => {
                Some((person, known))
            }
            _ => None,
        }
    })
}

fn starts_upper(word: &str) -> bool {
    word.chars().next().is_none_or(|c| c.is_uppercase() || !c.is_alphabetic())
}

/// A place as a dateline writes it, in capitals: one word, since two are a person's name more often.
fn is_place(text: &str) -> bool {
    const TWO_WORDS: &[&str] = &[
        "NEW YORK",
        "NEW DELHI",
        "LOS ANGELES",
        "SAN FRANCISCO",
        "SAN DIEGO",
        "HONG KONG",
        "TEL AVIV",
        "UNITED NATIONS",
        "CAPE TOWN",
        "MEXICO CITY",
        "BUENOS AIRES",
        "SAO PAULO",
        "RIO DE JANEIRO",
        "SAN JUAN",
        "SALT LAKE CITY",
        "LAS VEGAS",
        "ST. LOUIS",
        "LA PAZ",
        "ABU DHABI",
        "KUALA LUMPUR",
        "ADDIS ABABA",
        "PHNOM PENH",
        "SAN JOSE",
        "SAN ANTONIO",
        "KANSAS CITY",
        "OKLAHOMA CITY",
        "NEW ORLEANS",
        "THE HAGUE",
        "EL PASO",
        "QUEBEC CITY",
    ];
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().all(|c| c.is_uppercase() || matches!(c, '\'' | '-'));
    (letters > 4 && capitals) || TWO_WORDS.contains(&text)
}

/// Whether a word is an editor's or desk's initials: one to four letters, "bak", "jW", "h.k.".
pub(super) fn is_initials(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| *c != '.').collect();
    let lower = letters.iter().filter(|c| c.is_lowercase()).count();
    let upper = letters.iter().filter(|c| c.is_uppercase()).count();
    let dotted = text.contains('.');
    (1..=4).contains(&letters.len())
        && lower + upper == letters.len()
        && (lower == 0 || upper == 0 || letters.len() < 4)
        && (!dotted || (lower > 0 && text.split('.').all(|part| part.chars().count() < 2)))
        && !phrases(Kind::Month).has(&text.to_lowercase())
}

/// A date or time of day in figures, with names of months and the words around them.
pub(super) fn is_date(text: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit();
    let word = |w: &str| {
        let lower = w.to_lowercase();
        let bare = lower.trim_matches(['.', ',', ':']);
        bare.is_empty()
            || bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | ':' | '-'))
            || phrases(Kind::Clock).has(bare)
            || (bare.starts_with(figure) && bare.trim_start_matches(figure).len() < 4)
            || (bare.chars().count() < 11
                && phrases(Kind::Month).longest_first.iter().any(|m| bare.starts_with(m)))
            || phrases(Kind::Day).has(bare)
    };
    let any_figure = text.contains(figure)
        || phrases(Kind::Day).has(text.trim_matches('.').to_lowercase().as_str());
    any_figure && text.split_whitespace().all(word)
}

/// Two to five words that can be a person's name.
pub(super) fn is_person(text: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "von", "van", "de", "der", "den", "da", "di", "du", "la", "le", "al", "el", "bin", "ben",
        "zu", "del", "dos", "ter", "y", "e",
    ];
    let words: Vec<&str> = text.split([' ', '\u{a0}']).filter(|w| !w.is_empty()).collect();
    let name = |w: &&str| {
        PARTICLES.contains(w)
            || (w.chars().next().is_some_and(char::is_uppercase)
                && w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’')))
    };
    (2..=5).contains(&words.len())
        && words.iter().all(name)
        && words.last().is_some_and(|w| starts_upper(w))
}
