//! Letters to an outlet: an audit's figures and findings in a template's words.
//!
//! A template is text with `{{ name }}` for a figure (the keys of the audit's JSON, `findings`, and `bundle` with `file` and `sha256`), `{% for f in findings %}`
//! for the list and `{% if … %}`; the filters `percent`, `day` and `duration` write numbers as people read them.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;

use crate::model::{AuditArticle, AuditReport, Decision, Verdict};

use super::audit_wording::duration;
use super::wording::{percent, when};
use super::{ReportError, plain};

/// Templates that come with copytrail, by the name that is given for them.
const OURS: [(&str, &str); 2] = [
    ("letter-de", include_str!("templates/letter-de.txt")),
    ("letter-en", include_str!("templates/letter-en.txt")),
];

/// The text of a template of ours; `None` where a name is none of them.
#[must_use]
pub fn template(name: &str) -> Option<&'static str> {
    OURS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// What a letter says of the evidence that goes with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LetterBundle {
    /// Its name, without a folder.
    pub file: String,
    /// Of the file, in hexadecimal.
    pub sha256: String,
}

/// The articles that a letter about an audit is about: copies that name nobody, as far as no person has said otherwise.
pub fn findings(audit: &AuditReport) -> impl Iterator<Item = &AuditArticle> {
    audit.articles_list.iter().filter(|article| is_finding(article))
}

/// The letter for an audit, which names its evidence where there is some. A template whose name ends with `.html` has what it is given escaped.
///
/// # Errors
/// [`ReportError::Template`] with the line, for a template that cannot be read or asks for a name that is not there.
pub fn letter(
    audit: &AuditReport,
    bundle: Option<&LetterBundle>,
    name: &str,
    template: &str,
) -> Result<String, ReportError> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.map_err(|error| ReportError::of_template(&error))?);
    environment.add_filter("percent", |share: f64| percent(share));
    environment.add_filter("day", |moment: Option<String>| {
        moment.map(|moment| when(&moment)).unwrap_or_default()
    });
    environment
        .add_filter("duration", |minutes: Option<f64>| minutes.map(duration).unwrap_or_default());
    environment.add_template(name, template).map_err(|error| ReportError::of_template(&error))?;
    let findings: Vec<&AuditArticle> = findings(audit).collect();
    let given = Value::from(Serde(audit));
    let context = context! {
        findings => Value::from(Serde(findings)), bundle => Value::from(Serde(bundle)), ..given
    };
    let text = environment
        .get_template(name)
        .and_then(|template| template.render(context))
        .map_err(|error| ReportError::of_template(&error))?;
    Ok(text.lines().map(|line| plain(line) + "\n").collect())
}

fn is_finding(article: &AuditArticle) -> bool {
    let accused = matches!(article.verdict, Verdict::Unattributed | Verdict::Misattributed);
    accused && !matches!(article.review, Some(Decision::Dismissed | Decision::Licensed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn audit() -> AuditReport {
        let finding = |url: &str, verdict, review| AuditArticle {
            url: url.to_owned(),
            title: Some("Kran bleibt stehen".to_owned()),
            published: Some("2025-05-16T18:02:00+02:00".to_owned()),
            verdict,
            copied: 0.934,
            chain: vec!["Stern".to_owned(), "dpa".to_owned()],
            review,
            ..AuditArticle::default()
        };
        AuditReport {
            outlet: "Lautertal-Zeitung".to_owned(),
            articles: 400,
            copied: 180,
            attributed: 150,
            unattributed: 2,
            articles_list: vec![
                finding("https://a.example/1", Verdict::Unattributed, None),
                finding("https://a.example/2", Verdict::Unattributed, Some(Decision::Dismissed)),
                finding("https://a.example/3", Verdict::Attributed, None),
            ],
            ..AuditReport::default()
        }
    }

    #[test]
    fn our_letters_hold_the_audits_figures_and_its_open_findings() {
        for (name, text) in OURS {
            let letter = letter(&audit(), None, name, text).unwrap();
            assert!(letter.contains("400") && letter.contains("Lautertal-Zeitung"), "{letter}");
            assert!(letter.contains("93%") && letter.contains("https://a.example/1"), "{letter}");
            assert!(!letter.contains("a.example/2") && !letter.contains("a.example/3"), "{letter}");
        }
    }

    #[test]
    fn a_template_that_asks_for_what_is_not_there_names_it() {
        let error =
            letter(&audit(), None, "mine.txt", "one\n{{ outlat }}").unwrap_err().to_string();
        assert!(error.contains("mine.txt") && error.contains('2'), "{error}");
    }
}
