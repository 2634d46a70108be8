//! Where sentences end.

use std::ops::Range;

/// Abbreviations (lower case, without the final full stop) after which a sentence goes on.
const ABBREVIATIONS: &str = " abb abs al allg approx art aug ave bd bdo bspw btw bzw ca cap capt cf chap cmdr co col corp dec dept \
    dez dgl dipl dir doc dott dr ebd ed eds eig engl env ev evtl exc ext feb febr ff fig fr franz frl gebr gem gen geb gegr ggf gov \
    hd hg hl hon hr hrsg ing incl inkl insb insp int jan jg jhd jr kap kgl kl lat lfd lic lt ltd maj max mgr mill min mio mlle mme \
    mr mrd mrs ms msgr mt mwst nat nov nr nrs num obj okt oct op orig ors österr pag par pkt pl pp pres prof proc pt pvt rd rep \
    resp rev russ sen sept sep sgt sig sog sogen spec sr sra srta st ste std str stv tel tsd tit ufa übers usf ung univ urspr usw \
    verf vers vgl vol vors vs wg zit zt zzgl г гг ул им руб тыс млн млрд проф ст т.е ім вул грн prod mgr inż ks hab tzn tzv např \
    str tj resp mudr judr phdr p.m a.m tab tlf dvs bl.a ca kl osv mfl jf ";

/// Words that follow an ordinal number ("24. August", "1. FC"): months and what is counted.
const COUNTED: &str = " januar jänner februar märz april mai juni juli august september oktober november dezember januari februari \
    mars maj juuni august oktober desember janúar febrúar apríl maí júní júlí ágúst október nóvember marts december leden února \
    jahrhundert jahrhunderts jahrhunderte bundesliga liga fc platz runde spieltag etage stock weltkrieg weltkriegs geburtstag klasse \
    minute spielminute auflage ausgabe kapitel senat strafsenat zivilsenat staffel folge tag jahrestag legislaturperiode wahlperiode \
    sieger rang semester quartal halbjahr amendment sv mannschaft etappe akt satz sitzung todestag armee division brigade ";

/// Words that stand before an ordinal number in the languages that write one with a full stop.
const BEFORE_ORDINAL: &str = " am vom der die den dem das des zum zur im bis ab seit und jeder jede jedes den på frå fra þann frá til \
    dne ledna ";

/// Byte ranges of the sentences of a text, trimmed, in order; line breaks end one. A full stop after an abbreviation, an
/// initial or an ordinal number ends none, nor does a sign that a lower-case letter follows. In Chinese and Japanese
/// 。！？ end one without a space.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(at) {
        let end = match byte {
            b'\n' | b'\r' => Some(at + 1),
            b'.' | b'!' | b'?' => after_closing(text, at + 1, start),
            0xD6..=0xEF => wide_sign(text, at, start),
            _ => None,
        };
        if let Some(end) = end {
            push(text, start..end, &mut found);
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

/// End of the sentence that a sign outside ASCII at `at` ends.
fn wide_sign(text: &str, at: usize, start: usize) -> Option<usize> {
    let sign = text.get(at..)?.chars().next()?;
    let behind = at + sign.len_utf8();
    match sign {
        '…' | '।' | '॥' | '؟' | '۔' | '։' | '።' | '။' | '។' => {
            after_closing(text, behind, start)
        }
        '。' | '！' | '？' | '｡' => Some(after_wide(text, behind)),
        _ => None,
    }
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let Some(piece) = text.get(range.clone()) else { return };
    let trimmed = piece.trim_start();
    let start = range.start + piece.len() - trimmed.len();
    let trimmed = trimmed.trim_end();
    if !trimmed.is_empty() {
        found.push(start..start + trimmed.len());
    }
}

/// End of the sentence whose final sign ends at `at`, closing quotes included; none if it goes on.
fn after_closing(text: &str, at: usize, start: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let closed = rest
        .trim_start_matches(['"', '\'', '”', '’', '»', '“', '«', ')', ']', '\u{AD}', '\u{200B}']);
    let end = text.len() - closed.len();
    let next = closed.trim_start_matches([' ', '\t', '\u{A0}', '\u{202F}', '\u{2009}', '\u{3000}']);
    if next.is_empty() || next.starts_with(['\n', '\r']) {
        return Some(end);
    }
    if next.len() == closed.len() {
        return None;
    }
    let opening = |c: char| {
        matches!(c, '"' | '\'' | '„' | '“' | '”' | '‚' | '‘' | '«' | '»' | '(' | '[' | '¿' | '¡')
    };
    let first = next.trim_start_matches(opening);
    if first.chars().next().is_some_and(char::is_lowercase) {
        return None;
    }
    let full_stop = text.get(..at).is_some_and(|before| before.ends_with('.'));
    if full_stop && end == at && goes_on(text.get(start..at - 1)?, first) {
        return None;
    }
    Some(end)
}

fn after_wide(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    text.len()
        - rest.trim_start_matches(['」', '』', '”', '’', '）', '》', '"', '！', '？', '。']).len()
}

/// Whether the full stop between `before` and `next` belongs to an abbreviation, an initial or an ordinal number.
fn goes_on(before: &str, next: &str) -> bool {
    let mut back = before.rsplit(|c: char| {
        c.is_whitespace() || matches!(c, '(' | '"' | '„' | '“' | '«' | '-' | '–')
    });
    let last = back.next().unwrap_or_default();
    if last.is_empty() {
        return false;
    }
    if last.chars().all(|c| c.is_ascii_digit()) {
        let before_ordinal = back.next().is_some_and(|word| holds(BEFORE_ORDINAL, word));
        let after: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
        return last.len() <= 2 && !after.is_empty() && (before_ordinal || holds(COUNTED, &after));
    }
    // An initial or a single letter of "z. B.", "U.S.", "S. 12".
    let tail = last.rsplit('.').next().unwrap_or_default();
    let mut letters = tail.chars();
    if letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none() {
        return true;
    }
    // Roman numerals of rulers ("Karl XII. Gustav") are left alone: they end sentences as often.
    holds(ABBREVIATIONS, last)
}

fn holds(list: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    list.split_ascii_whitespace().any(|entry| entry == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn full_stops_end_sentences() {
        assert_eq!(
            split("Er kam. Sie ging!  Wer blieb?\nNiemand"),
            ["Er kam.", "Sie ging!", "Wer blieb?", "Niemand"]
        );
        assert_eq!(split("„Das ist so.“ Sagte er."), ["„Das ist so.“", "Sagte er."]);
        assert_eq!(split("It costs 3.5 million. Next."), ["It costs 3.5 million.", "Next."]);
    }

    #[test]
    fn abbreviations_initials_and_ordinals_do_not() {
        assert_eq!(
            split("Das gilt z. B. Für Dr. Weber am 24. August in St. Gallen."),
            ["Das gilt z. B. Für Dr. Weber am 24. August in St. Gallen."]
        );
        assert_eq!(
            split("The U.S. Senate heard J. R. Smith. It ended."),
            ["The U.S. Senate heard J. R. Smith.", "It ended."]
        );
        assert_eq!(
            split("Der 1. FC Köln verlor. Am 3. Mai folgt ein Spiel."),
            ["Der 1. FC Köln verlor.", "Am 3. Mai folgt ein Spiel."]
        );
        assert_eq!(split("He was 24. She was 30."), ["He was 24.", "She was 30."]);
        assert_eq!(split("„Halt!“ rief er. Dann nichts…"), ["„Halt!“ rief er.", "Dann nichts…"]);
    }

    #[test]
    fn other_scripts_have_signs_of_their_own() {
        assert_eq!(split("वह आया। वह गया॥"), ["वह आया।", "वह गया॥"]);
        assert_eq!(split("هل جاء؟ نعم."), ["هل جاء؟", "نعم."]);
    }

    #[test]
    fn chinese_and_japanese_need_no_space() {
        assert_eq!(
            split("今日は晴れ。明日は雨。「本当？」と聞いた。"),
            ["今日は晴れ。", "明日は雨。", "「本当？」", "と聞いた。"]
        );
    }

    proptest::proptest! {
        #[test]
        fn ranges_are_ordered_slices(text in "\\PC{0,80}") {
            let mut last = 0;
            for range in sentences(&text) {
                proptest::prop_assert!(range.start >= last && range.start < range.end);
                proptest::prop_assert!(text.get(range.clone()).is_some());
                last = range.end;
            }
        }
    }
}
