//! Owns the day of publication that an address states in its path.

use super::moment::Stated;
use crate::model::Moment;

/// A calendar day as the path of an address states it (`/2024/05/02/`, `/2024-05-02-`, `20240502`).
#[must_use]
pub(crate) fn day_in_address(url: &str) -> Option<Moment> {
    let path = url::Url::parse(url).ok()?.path().to_owned();
    let runs = digit_runs(&path);
    for (at, (run, start)) in runs.iter().enumerate() {
        let stated = if run.len() == 8 {
            Stated::day(run[..4].parse().ok()?, run[4..6].parse().ok()?, run[6..].parse().ok()?)
        } else if run.len() == 4 && at + 2 < runs.len() {
            let (month, month_start) = runs[at + 1];
            let (day, day_start) = runs[at + 2];
            let beside = month_start == start + 5 && day_start == month_start + month.len() + 1;
            if !beside || month.len() > 2 || day.len() > 2 {
                continue;
            }
            Stated::day(run.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        } else {
            continue;
        };
        let moment = (1995..2100).contains(&stated.year).then(|| stated.moment()).flatten();
        if moment.is_some() {
            return moment;
        }
    }
    None
}

fn digit_runs(text: &str) -> Vec<(&str, usize)> {
    let mut runs = Vec::new();
    let mut start = None;
    for (at, byte) in text.bytes().chain(std::iter::once(b' ')).enumerate() {
        match (byte.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                runs.push((&text[from..at], from));
                start = None;
            }
            _ => {}
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_states_a_day() {
        let day = |url: &str| day_in_address(url).map(|moment| moment.text);
        assert_eq!(day("https://x.example/2024/05/02/a-story").as_deref(), Some("2024-05-02"));
        assert_eq!(
            day("https://x.example/a-story-2024-05-02-x.html").as_deref(),
            Some("2024-05-02")
        );
        assert_eq!(day("https://x.example/20240502/a").as_deref(), Some("2024-05-02"));
        assert_eq!(day("https://x.example/story-3000000218734"), None);
        assert_eq!(day("https://x.example/2024/story-05"), None);
    }
}
