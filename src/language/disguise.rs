//! What was folded away that hides a copy from whoever compares the characters.

use super::characters::{MIXABLE, is_invisible, script_bit};
use super::lookalike::{is_identical, unmix_word};
use super::scan::{Scan, Token};
use crate::model::Disguise;

/// Invisible characters inside words (one entry with their number) and words with look-alike letters of another script
/// (one entry each) in the paragraph of that number.
///
/// What has an honest use is none: soft hyphens, joiners in Persian, Hindi and the like and in emoji, marks at the edges
/// of words. Small Greek letters (the alpha of TNF) and, where Cyrillic or Greek prevails, a single slip of the keyboard are none.
pub fn disguises(text: &str, paragraph: usize) -> Vec<Disguise> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut count = 0;
    let mut slips = Vec::new();
    let mut scan = Scan::new(text);
    while let Some(token) = scan.next_word() {
        let Some(word) = text.get(token.start..token.end) else { continue };
        if token.veiled {
            count += hidden_in(word);
        }
        let Some(plain) = look_alike(&token, word) else { continue };
        let entry = Disguise::LookAlike { word: word.to_owned(), paragraph };
        if plain.chars().any(|c| script_bit(c) == super::characters::LATIN) {
            found.push(entry);
        } else {
            slips.push(entry);
        }
    }
    // Keyboards of Cyrillic and Greek countries type a Latin i or c by accident; two in a paragraph are no accident.
    if slips.len() > 1 {
        found.append(&mut slips);
    }
    if count > 0 {
        found.insert(0, Disguise::Invisible { count, paragraph });
    }
    found
}

/// Invisible characters between letters of scripts that have no use for them.
fn hidden_in(word: &str) -> usize {
    let mixable = |c: char| script_bit(c) & MIXABLE != 0;
    if !word.chars().any(mixable) {
        return 0;
    }
    word.chars().filter(|&c| is_invisible(c) && c != '\u{AD}').count()
}

/// The word without its look-alikes, if it has any that pass for the real letter.
fn look_alike(token: &Token, word: &str) -> Option<String> {
    if token.scripts & MIXABLE == 0 || word.is_ascii() {
        return None;
    }
    let letters: String = word.chars().filter(|c| c.is_alphabetic() && !is_invisible(*c)).collect();
    let plain = (letters.chars().count() >= 3).then(|| unmix_word(&letters)).flatten()?;
    let swapped = letters.chars().zip(plain.chars()).filter(|(before, after)| before != after);
    swapped
        .into_iter()
        .any(|(before, after)| is_identical(before) && is_identical(after))
        .then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_and_swapped_letters_are_told() {
        let text = "Der Krem\u{200B}l und \u{3A1}utin, sagte Sel\u{2060}ens\u{200D}kyj.";
        assert_eq!(
            disguises(text, 4),
            [
                Disguise::Invisible { count: 3, paragraph: 4 },
                Disguise::LookAlike { word: "\u{3A1}utin".to_owned(), paragraph: 4 },
            ]
        );
        assert_eq!(disguises("l'\u{430}nnee Straße", 0).len(), 1);
    }

    #[test]
    fn honest_uses_are_none() {
        for text in [
            "\u{FEFF}Bun\u{AD}des\u{AD}tag",
            "می\u{200C}خواهم",
            "क्\u{200D}ष हिन्दी",
            "👨\u{200D}👩\u{200D}👧 ok ❤\u{FE0F}",
            "TNF\u{3B1} und IFN\u{3B3}, 5 \u{B5}m, ΔT, Москва и Telegram-канал, IT-шник",
            "Укра\u{69}на одна",
            "\u{200E}שלום\u{200F} abc",
            "日\u{FE00}本\u{200B}語",
        ] {
            assert_eq!(disguises(text, 0), [], "{text}");
        }
    }

    #[test]
    fn two_slips_in_a_cyrillic_paragraph_are_told() {
        assert_eq!(disguises("Укра\u{69}на та рос\u{69}йська пожежна", 1).len(), 2);
    }
}
