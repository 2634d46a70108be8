//! Audits, copies, corrections, licences and decisions as people and programs read them.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use copytrail::model::{
    ArticleHead, AuditArticle, AuditCoverage, AuditReport, AuditReviews, AuditSince, AuditSource,
    Change, CopiedItem, CopiesReport, CopyRow, CorrectedWords, CorrectionNotice, Decision, Delay,
    Independence, KindCount, Licence, LicenceCount, LicenceRow, NoticeKind, OutletKind, Relation,
    Report, ReviewRow, Sample, Share, StaleCopy, Thresholds, Verdict,
};
use copytrail::reporter::{Format, Look, render};

fn text(report: &Report) -> String {
    render(report, Format::Text, &Look { width: 100, colour: false }).unwrap()
}

fn delay() -> Delay {
    Delay {
        measured: 140,
        by_day: 20,
        lower_quartile: Some(12.0),
        median: Some(48.0),
        upper_quartile: Some(190.0),
        median_low: Some(30.0),
        median_high: Some(400.0),
    }
}

#[allow(clippy::too_many_lines)] // a value, field by field
fn audit() -> AuditReport {
    AuditReport {
        outlet: "Lautertal-Zeitung".into(),
        key: "lautertal.example".into(),
        from: Some("2025-05-01".into()),
        to: Some("2025-05-31".into()),
        articles: 400,
        original: 200,
        copied: 180,
        attributed: 150,
        misattributed: 2,
        unattributed: 28,
        unknown: 19,
        dismissed: 1,
        words: 160_000,
        copied_words: 64_000,
        copied_words_share: 0.4,
        copied_share: Share { share: 0.45, low: Some(0.402), high: Some(0.499) },
        original_share: Share { share: 0.5, low: Some(0.451), high: Some(0.549) },
        sample: Some(Sample { drawn: 400, of: 12_000 }),
        kinds: vec![KindCount {
            kind: Some(OutletKind::Wire),
            articles: 160,
            attributed: 140,
            share: 0.4,
        }],
        licences: vec![
            LicenceCount { licence: Some(Licence::Covered), articles: 150 },
            LicenceCount { licence: None, articles: 30 },
        ],
        repeated: 3,
        repeated_words_share: 0.01,
        from_own_group: 4,
        independence: Independence {
            stories: 120,
            one_source: 110,
            several: 10,
            mean_carriers: 4.2,
            mean_sources: 1.1,
        },
        reviews: AuditReviews { open: 27, confirmed: 2, dismissed: 1, licensed: 0 },
        since: Some(AuditSince {
            last: Some("2025-05-01T10:00:00Z".into()),
            new: 1,
            ..AuditSince::default()
        }),
        sources: vec![AuditSource {
            outlet: "dpa".into(),
            agency: Some("dpa".into()),
            kind: OutletKind::Wire,
            articles: 160,
            attributed: 140,
            unattributed: 20,
            share: 0.4,
            median_delay_minutes: Some(48.0),
            delay: delay(),
            licences: vec![LicenceCount { licence: Some(Licence::Covered), articles: 150 }],
            ..AuditSource::default()
        }],
        coverage: AuditCoverage {
            articles: 12_000,
            days: 31,
            days_without: 2,
            first_day: Some("2025-05-01".into()),
            last_day: Some("2025-05-31".into()),
            other_articles: 90_000,
            other_outlets: 37,
            wire_articles: 20_000,
            untraced: 12,
            ..AuditCoverage::default()
        },
        articles_list: vec![AuditArticle {
            url: "https://lautertal.example/kran".into(),
            title: Some("Kran bleibt stehen".into()),
            published: Some("2025-05-16T18:02:00+02:00".into()),
            verdict: Verdict::Unattributed,
            copied: 0.93,
            origin: Some("dpa".into()),
            chain: vec!["Stern".into(), "dpa".into()],
            change: Some(Change::New),
            ..AuditArticle::default()
        }],
        thresholds: Thresholds::default().table(),
        ..AuditReport::default()
    }
}

fn head(url: &str, outlet: &str) -> ArticleHead {
    ArticleHead {
        url: url.into(),
        outlet: outlet.into(),
        title: Some("Kran bleibt stehen".into()),
        published: Some("2025-05-16T18:02:00+02:00".into()),
        language: Some("de".into()),
        ..ArticleHead::default()
    }
}

#[test]
fn an_audit() {
    insta::assert_snapshot!("audit_100", text(&Report::Audit(vec![audit()])));
    let json = render(&Report::Audit(vec![audit()]), Format::Json, &Look::default()).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "copytrail.audit/1");
    assert_eq!(json["sources"][0]["median_delay_minutes"], 48.0);
    assert_eq!(json["articles_list"][0]["chain"], serde_json::json!(["Stern", "dpa"]));
}

#[test]
fn who_ran_an_item() {
    let copy = CopyRow {
        head: head("https://lautertal.example/kran", "Lautertal-Zeitung"),
        relation: Relation::Edited,
        copied: Some(0.9),
        of_item: Some(0.7),
        delay_low: Some(42.0),
        delay_high: Some(42.0),
        verdict: Verdict::Attributed,
        credited: true,
        licence: Some(Licence::Expired),
        via: vec!["Stern".into()],
        confidence: 0.97,
    };
    let report = CopiesReport {
        of: "https://dpa.example/kran".into(),
        looked_at: 1,
        ran: 1,
        copies: 1,
        credited: 1,
        items: vec![CopiedItem {
            item: head("https://dpa.example/kran", "dpa"),
            copies: vec![copy],
            also_share: 1,
        }],
        ..CopiesReport::default()
    };
    insta::assert_snapshot!("copies_100", text(&Report::Copies(vec![report])));
}

#[test]
fn corrections_licences_decisions() {
    let notice = CorrectionNotice {
        kind: NoticeKind::Correction,
        item: head("https://dpa.example/kran", "dpa"),
        notice: None,
        at: Some("2025-05-16T20:00:00+02:00".into()),
        says: "Berichtigung: im 2. Absatz".into(),
        changes: vec![CorrectedWords {
            paragraph: 1,
            before: "wiegt 40 Tonnen".into(),
            after: "wiegt 14 Tonnen".into(),
        }],
        copies: 2,
        sound: 1,
        stale: vec![StaleCopy {
            head: head("https://lautertal.example/kran", "Lautertal-Zeitung"),
            carries: vec!["wiegt 40 Tonnen".into()],
            translated: false,
            since: Some("2025-05-16T20:00:00+02:00".into()),
        }],
    };
    let licence = LicenceRow {
        user: "lautertal.example".into(),
        owner: "dpa".into(),
        service: Some("lno".into()),
        from: Some("2025-01-01".into()),
        note: "Vertrag 17".into(),
        ..LicenceRow::default()
    };
    let review = ReviewRow {
        article: 7,
        url: "https://lautertal.example/kran".into(),
        outlet: "Lautertal-Zeitung".into(),
        title: None,
        decision: Decision::Dismissed,
        by: "mk".into(),
        note: "paid by invoice".into(),
        at: "2025-06-01T09:00:00Z".into(),
        verdict: Verdict::Unattributed,
        origin: Some("dpa".into()),
        holds: true,
    };
    insta::assert_snapshot!("corrections_100", text(&Report::Corrections(vec![notice])));
    insta::assert_snapshot!("licences_100", text(&Report::Licences(vec![licence])));
    insta::assert_snapshot!("reviews_100", text(&Report::Reviews(vec![review])));
}
