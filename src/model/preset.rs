//! Presets: how much of an article must be another's before that counts as taking, and how sure an accusation must be.

use super::Thresholds;

/// What a run is for. All of them find the same sources; they differ in what they accuse.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Preset {
    /// Half of an article or more, nine in ten sure.
    #[default]
    Standard,
    /// For what is sent to somebody: says less, and what it says is right.
    Letter,
    /// For a first look: a tenth of an article, or any run of 40 words.
    Loose,
    /// Only an article that is another's as a whole: over 80 % of it and 125 words, the measure that
    /// agencies and publishers bill by.
    Whole,
    /// Any run of 40 words.
    Run,
}

impl Preset {
    /// All, in the order that they are told of.
    pub const ALL: [Self; 5] = [Self::Standard, Self::Letter, Self::Loose, Self::Whole, Self::Run];

    /// As it is typed.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Letter => "letter",
            Self::Loose => "loose",
            Self::Whole => "whole",
            Self::Run => "run",
        }
    }

    /// What it is for, in one line.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Standard => "accuses where half of an article is another's",
            Self::Letter => {
                "says less and is right, for what is sent to somebody: the same words, dated later, no name of an agency anywhere in it"
            }
            Self::Loose => "a first look: a tenth of an article, or any run of 40 words",
            Self::Whole => "only articles that are another's as a whole: over 80 % and 125 words",
            Self::Run => "any run of 40 words",
        }
    }

    /// The preset of this name; `default` is the old name of `standard`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if name == "default" {
            return Some(Self::Standard);
        }
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// Its thresholds.
    #[must_use]
    pub fn thresholds(self) -> Thresholds {
        let standard = Thresholds::default();
        let run = standard.copy_run_words;
        match self {
            Self::Standard => standard,
            Self::Letter => Thresholds {
                // Above what a text on another paper's page before is worth by its date alone.
                accuse: 0.99,
                accuse_reworded: 1.0,
                taken_words: 60,
                surely_later: true,
                ..standard
            },
            Self::Loose => Thresholds {
                accuse: 0.8,
                accuse_reworded: 0.8,
                taken_share: standard.copy_share,
                taken_run_words: run,
                ..standard
            },
            Self::Whole => Thresholds { taken_share: 0.8, taken_words: 125, ..standard },
            Self::Run => Thresholds { taken_share: 1.0, taken_run_words: run, ..standard },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_found_under_its_name() {
        for preset in Preset::ALL {
            assert_eq!(Preset::named(preset.name()), Some(preset));
        }
        assert_eq!(Preset::named("default"), Some(Preset::Standard));
        assert_eq!(Preset::named("other"), None);
    }

    #[test]
    fn what_counts_as_taking_is_what_the_presets_say() {
        let taken =
            |preset: Preset, share, words, run| preset.thresholds().is_taken(share, words, run);
        // 90 of 100 words: the whole of a short item.
        assert!(taken(Preset::Standard, 0.9, 90, 90));
        assert!(!taken(Preset::Whole, 0.9, 90, 90));
        assert!(taken(Preset::Whole, 0.81, 130, 130));
        // A paragraph of 45 words in a long article.
        assert!(!taken(Preset::Standard, 0.06, 45, 45));
        assert!(!taken(Preset::Letter, 0.06, 45, 45));
        assert!(taken(Preset::Run, 0.06, 45, 45));
        assert!(taken(Preset::Loose, 0.06, 45, 45));
        // A fifth, in small runs.
        assert!(taken(Preset::Loose, 0.2, 60, 15));
        assert!(!taken(Preset::Run, 0.2, 60, 15));
    }
}
