//! What happens to a copied text, and reports that are filled in from a form.

use super::ONE_IN;
use super::dice::Dice;
use super::vocabulary::Vocabulary;

/// The first half to four fifths of the paragraphs.
pub fn trim(mut paragraphs: Vec<String>, dice: &mut Dice) -> Vec<String> {
    let tenths = 5 + usize::from(dice.below(2) == 0) + 2 * usize::from(dice.below(2) == 0);
    paragraphs.truncate((paragraphs.len() * tenths).div_ceil(10));
    paragraphs
}

/// One word in eight another one.
pub fn change_words(text: &str, words: &Vocabulary, dice: &mut Dice) -> String {
    let changed = text.split(' ').map(|word| {
        if dice.below(ONE_IN) == 0 { words.word(dice).to_owned() } else { word.to_owned() }
    });
    changed.collect::<Vec<_>>().join(" ")
}

/// A day's report of a series: the form's words stay, its figures are the day's. `form` rolls what the series
/// shares, `day` the figures.
pub fn fill_template(words: &Vocabulary, mut form: Dice, day: &mut Dice) -> (String, Vec<String>) {
    let names = [words.name(&mut form), words.name(&mut form)];
    let title = words.title(&names, &mut form);
    let paragraphs = (0..4).map(|number| {
        let text = words.paragraph(&names, &mut form);
        let all: Vec<&str> = text.split(' ').collect();
        // Five figures to a report: with 5-word shingles about five in six stay the same.
        let places = [all.len() / 2, if number == 0 { all.len() / 4 } else { all.len() }];
        let filled = all.iter().enumerate().map(|(at, word)| match *word {
            _ if places.contains(&at) => format!("{}.{}", day.below(9_000), day.below(10)),
            // The form has no figures of its own.
            word if word.contains(|c: char| c.is_ascii_digit()) => words.word(&mut form).to_owned(),
            word => word.to_owned(),
        });
        filled.collect::<Vec<_>>().join(" ")
    });
    (title, paragraphs.collect())
}
