//! What papers do to a text, and to its date.

use super::dice::Dice;
use super::vocabulary::Vocabulary;

/// A copy's paragraphs: verbatim, or cut, reworded, merged, moved and added to.
pub fn edited(mut paragraphs: Vec<String>, words: &Vocabulary, dice: &mut Dice) -> Vec<String> {
    if dice.below(100) < 25 {
        return paragraphs;
    }
    if dice.below(100) < 50 {
        let kept = 2 + dice.below(paragraphs.len() as u64);
        paragraphs.truncate(usize::try_from(kept).unwrap_or(2));
    }
    if paragraphs.len() > 3 && dice.below(100) < 30 {
        let at = 1 + dice.below(paragraphs.len() as u64 - 2);
        paragraphs.remove(usize::try_from(at).unwrap_or(1));
    }
    if paragraphs.len() > 2 && dice.below(100) < 35 {
        let at = usize::try_from(dice.below(paragraphs.len() as u64 - 1)).unwrap_or(0);
        let next = paragraphs.remove(at + 1);
        paragraphs[at] = format!("{} {next}", paragraphs[at]);
    }
    if paragraphs.len() > 3 && dice.below(100) < 10 {
        let last = paragraphs.len() - 1;
        paragraphs.swap(1, last);
    }
    if dice.below(100) < 60 {
        let one_in = [12, 20, 40][usize::try_from(dice.below(3)).unwrap_or(0)];
        paragraphs = paragraphs.iter().map(|text| reworded(text, one_in, words, dice)).collect();
    }
    if dice.below(100) < 20 {
        let own = words.paragraph(&[words.name(dice)], dice);
        let at = usize::try_from(dice.below(paragraphs.len() as u64 + 1)).unwrap_or(0);
        paragraphs.insert(at, own);
    }
    paragraphs
}

/// One word in so many another one, left out, or with one put before it.
fn reworded(text: &str, one_in: u64, words: &Vocabulary, dice: &mut Dice) -> String {
    let mut out: Vec<String> = Vec::new();
    for word in text.split(' ') {
        if dice.below(one_in) > 0 {
            out.push(word.to_owned());
            continue;
        }
        match dice.below(3) {
            0 => out.push(words.word(dice).to_owned()),
            1 => {}
            _ => out.extend([words.word(dice).to_owned(), word.to_owned()]),
        }
    }
    out.join(" ")
}

/// The date that a page states: the moment, the day alone, none, or one that is set back.
pub fn stated(published: i64, dice: &mut Dice) -> Option<String> {
    match dice.below(100) {
        0..10 => None,
        10..24 => Some(instant(published)[..10].to_owned()),
        24..28 => {
            Some(instant(published - 3_600 * (6 + i64::try_from(dice.below(90)).unwrap_or(0))))
        }
        _ => Some(instant(published)),
    }
}

/// RFC 3339 in UTC (days to civil date after Howard Hinnant's algorithm).
pub fn instant(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:00Z", rest / 3_600, rest / 60 % 60)
}
