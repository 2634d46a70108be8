//! Owns what authors say of themselves, or papers of their authors, under a text: no part of the story.

use super::shape::Piece;
use crate::model::{Article, ParagraphRole};

/// What an author says of himself under his text.
const SELF: &[&str] = &[
    "i have ",
    "i've ",
    "i am ",
    "i'm ",
    "my name is ",
    "my work ",
    "i also ",
    "i write ",
    "i cover ",
];
const TRADE: &[&str] = &[
    "news industry",
    "journalist",
    "reporter",
    "editor",
    "writer",
    "author",
    "newspaper",
    "news outlets",
    "contribute",
    "journalism",
    "covered",
    "covering",
];
/// Words in front of the outlet's name in such a blurb.
const FOR: &[&str] = &[
    "contribute regularly to ",
    "contribute to ",
    "contributor to ",
    "contributor at ",
    "write for ",
    "editor at ",
    "author at ",
    "writer at ",
    "writer for ",
    "reporter at ",
    "reporter for ",
];

/// Takes a trailing author's blurb out of the story, and the outlet's name out of it where none is known.
pub(crate) fn take(article: &mut Article, pieces: &mut Vec<Piece>) {
    let is_blurb = |text: &str| {
        let lower = text.to_lowercase();
        let speaks = SELF.iter().filter(|start| lower.contains(**start)).count();
        let trade = TRADE.iter().filter(|word| lower.contains(**word)).count();
        SELF.iter().any(|start| lower.starts_with(start)) && speaks >= 1 && trade >= 2
    };
    if pieces.len() < 2 || !pieces.last().is_some_and(|piece| is_blurb(&piece.text)) {
        return;
    }
    let Some(blurb) = pieces.pop() else { return };
    if article.outlet.is_none()
        && let Some(name) = outlet_in_blurb(&blurb.text)
    {
        article.outlet = Some(name);
        article.read_from.insert("outlet".to_owned(), "text".to_owned());
    }
    article.furniture.push(blurb.text);
}

/// "… I also contribute regularly to 24 Hours World." → "24 Hours World".
fn outlet_in_blurb(blurb: &str) -> Option<String> {
    // ASCII lower case keeps byte positions.
    let lower = blurb.to_ascii_lowercase();
    let at =
        FOR.iter().filter_map(|phrase| lower.rfind(phrase).map(|at| at + phrase.len())).max()?;
    let name = blurb[at..].split(['.', ',', ';', '(', '!']).next()?.trim();
    let starts_like_name = name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    (starts_like_name && name.split_whitespace().count() <= 6).then(|| name.to_owned())
}

/// Words of what writers are, in the languages that papers write such notes in.
const TRADES: &[&str] = &[
    "journalist",
    "reporter",
    "editor",
    "correspondent",
    "columnist",
    "writer",
    "author",
    "professor",
    "lecturer",
    "fellow",
    "redakteur",
    "korrespondent",
    "autor",
    "dozent",
    "volontär",
    "journaliste",
    "rédact",
    "correspondant",
    "auteur",
    "periodista",
    "redactor",
    "corresponsal",
    "giornalista",
    "redattore",
    "corrispondente",
    "jornalista",
    "redaktör",
    "redaktør",
    "skribent",
    "redacteur",
    "verslaggever",
    "dziennikar",
    "redaktor",
    "журналист",
    "корреспондент",
    "обозреватель",
];
/// How a note begins that names its author by his trade alone.
const THE_AUTHOR: &[&str] = &[
    "the author is ",
    "the writer is ",
    "about the author",
    "der autor ist ",
    "die autorin ist ",
    "zur person",
    "über den autor",
    "über die autorin",
    "l'auteur est ",
    "l’auteur est ",
    "l'autrice est ",
    "l’autrice est ",
    "el autor es ",
    "la autora es ",
    "l'autore è ",
    "l’autore è ",
    "o autor é ",
    "a autora é ",
];
/// Longest note, in characters.
const NOTE: usize = 600;

/// Takes a note on one of `people`, the byline's, out of the end of a story: "Ida Beck is a reporter in Bremen."
pub(crate) fn take_note(article: &mut Article, people: &[String]) {
    let end =
        article.paragraphs.iter().rposition(|paragraph| paragraph.role == ParagraphRole::Text);
    let Some(at) = end.filter(|at| *at >= 2) else { return };
    if article.paragraphs.get(at).is_some_and(|paragraph| is_note(&paragraph.text, people)) {
        article.furniture.push(article.paragraphs.remove(at).text);
        // A heading over the note ("About the author") has nothing under it now.
        let before = at - 1;
        if article.paragraphs.get(before).is_some_and(|p| p.role == ParagraphRole::Subhead) {
            article.furniture.push(article.paragraphs.remove(before).text);
        }
    }
}

fn is_note(text: &str, people: &[String]) -> bool {
    if text.chars().count() > NOTE {
        return false;
    }
    let lower = text.to_lowercase();
    let named = people.iter().any(|person| {
        let name = person.trim().to_lowercase();
        let rest = lower.strip_prefix(&name).filter(|_| name.contains(' '));
        rest.is_some_and(|rest| rest.starts_with([' ', ',', '(']))
    });
    let has_trade = |text: &str| TRADES.iter().any(|trade| text.contains(trade));
    let of_the_author = THE_AUTHOR.iter().find_map(|start| lower.strip_prefix(start));
    named && has_trade(&lower) || of_the_author.is_some_and(has_trade)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ingest::shape::{Shape, set_story},
        model::Paragraph,
    };

    const SENTENCE: &str =
        "Die Gespräche brachten keinen Durchbruch, teilte die Regierung am Montag mit.";

    fn shaped(lines: &[&str]) -> Article {
        let mut article = Article::default();
        set_story(&mut article, lines.iter().map(|line| Piece::text(*line)).collect(), Shape::Bare);
        article
    }

    #[test]
    fn notes_on_the_author_go_and_sentences_about_others_stay() {
        let story = |last: &str| {
            let paragraph =
                |text: &str| Paragraph { text: text.to_owned(), ..Paragraph::default() };
            let paragraphs = [SENTENCE, SENTENCE, last].map(paragraph).to_vec();
            let mut article = Article { paragraphs, ..Article::default() };
            take_note(&mut article, &["Ida Beck".to_owned()]);
            article.paragraphs.len()
        };
        assert_eq!(
            story("Ida Beck is a reporter for the Tarbrook Courier and covers harbours."),
            2
        );
        assert_eq!(story("Ida Beck, Jahrgang 1980, ist Redakteurin im Ressort Wirtschaft."), 2);
        assert_eq!(story("Der Autor ist Professor für Seerecht in Bremen."), 2);
        assert_eq!(story("Jan Ott ist Redakteur und wurde am Montag entlassen."), 3);
        assert_eq!(story("Ida Beck fuhr am Abend nach Hause."), 3);
        assert_eq!(story("Der Autor ist am Montag verhaftet worden."), 3);
    }

    #[test]
    fn a_blurb_is_no_part_of_the_story_and_names_the_outlet() {
        let blurb = "I have been a reporter for ten years and now work as an editor. I also contribute regularly to Weser World.";
        let article = shaped(&["Kran stürzt in die Weser", SENTENCE, SENTENCE, blurb]);
        assert_eq!(article.outlet.as_deref(), Some("Weser World"));
        assert_eq!(article.paragraphs.len(), 2);
        // A quote in the first person by someone of another trade stays.
        let quote = "I have been fishing here for forty years, and never saw such a thing.";
        assert_eq!(shaped(&[SENTENCE, quote]).paragraphs.len(), 2);
    }
}
