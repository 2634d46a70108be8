//! What happens to a copied text, and reports that are filled in from a form.

use super::ONE_IN;
use super::dice::Dice;
use super::vocabulary::Vocabulary;

/// The first half to four fifths of the paragraphs.
pub fn trim(mut paragraphs: Vec<String>, dice: &mut Dice) -> Vec<String> {
    let share = 0.5 + 0.3 * dice.share();
    let kept = (paragraphs.len() as f64 * share).ceil();
    paragraphs.truncate((kept as u64).try_into().unwrap_or(usize::MAX));
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
    let paragraphs = (0..4).map(|_| {
        let text = words.paragraph(&names, &mut form);
        let all: Vec<&str> = text.split(' ').collect();
        // Two figures to a paragraph: with 5-word shingles four in five to nine in ten stay the same.
        let (first, second) = (all.len() / 3, 2 * all.len() / 3);
        let filled = all.iter().enumerate().map(|(at, word)| {
            let figure = at == first || at == second;
            if figure {
                format!("{}.{}", day.below(9_000), day.below(10))
            } else {
                (*word).to_owned()
            }
        });
        filled.collect::<Vec<_>>().join(" ")
    });
    (title, paragraphs.collect())
}
