//! The shapes of what the API sends and takes, as JSON Schema: the contract's documents as `reporter` writes them.
//!
//! Objects are open: keys may be added, none is renamed or dropped.

use serde_json::{Map, Value, json};

use super::shapes::{
    Named, document, flag, list, named, number, one_of, open, or_null, record, share, text, whole,
};

/// Every schema by its name.
pub(super) fn all() -> Map<String, Value> {
    let mut schemas = Map::new();
    for (name, schema) in traces().into_iter().chain(lists()).chain(others()) {
        schemas.insert(name.to_owned(), schema);
    }
    schemas
}

#[allow(clippy::too_many_lines)] // a table, a row a schema
fn traces() -> Vec<Named> {
    let relation = one_of(&[
        "exact",
        "edited",
        "excerpt",
        "rewritten",
        "translated",
        "credited",
        "near",
        "partial",
    ]);
    let place = || {
        vec![
            ("outlet", or_null(text())),
            ("agency", or_null(text())),
            ("url", or_null(text())),
            ("id", or_null(whole())),
            ("published", or_null(text())),
            ("on_file", flag()),
            ("confidence", share()),
        ]
    };
    let with = |mut keys: Vec<Named>, more: Named| {
        keys.push(more);
        keys
    };
    let article = || {
        vec![
            ("url", text()),
            ("id", or_null(whole())),
            ("outlet", or_null(text())),
            ("title", or_null(text())),
            ("published", or_null(text())),
            ("language", or_null(text())),
        ]
    };
    let mut source = article();
    source.extend([
        ("relation", named("Relation")),
        ("copied", share()),
        ("of_source", share()),
        ("score", number()),
        ("paragraphs", list(named("ParagraphMatch"))),
    ]);
    vec![
        ("Relation", relation),
        ("Origin", record(with(place(), ("share", share())))),
        ("ChainNode", record(with(place(), ("relation", named("Relation"))))),
        ("Source", record(source)),
        ("Related", record(with(article(), ("says", text())))),
        (
            "ParagraphMatch",
            record(vec![
                ("query", whole()),
                ("source", whole()),
                ("relation", named("Relation")),
                ("score", number()),
            ]),
        ),
        (
            "Credit",
            record(vec![
                ("agency", or_null(text())),
                ("name", text()),
                (
                    "role",
                    one_of(&[
                        "byline",
                        "dateline",
                        "credit_line",
                        "source_line",
                        "metadata",
                        "link",
                        "canonical",
                    ]),
                ),
                ("text", text()),
                ("paragraph", or_null(whole())),
            ]),
        ),
        (
            "Evidence",
            record(vec![
                ("kind", text()),
                ("for", one_of(&["parent", "origin", "direction", "attribution"])),
                ("about", text()),
                ("weight", number()),
                ("says", text()),
            ]),
        ),
        (
            "Lead",
            record(vec![
                ("kind", text()),
                ("query", text()),
                ("url", or_null(text())),
                ("says", text()),
            ]),
        ),
        (
            "Threshold",
            record(vec![
                ("name", text()),
                ("value", number()),
                ("unit", text()),
                ("reason", text()),
            ]),
        ),
        (
            "Attribution",
            record(vec![
                ("origin_named", flag()),
                ("source_named", flag()),
                ("basis", one_of(&["claimed", "verified", "contradicted"])),
                ("looked_in", list(text())),
                ("licence", or_null(text())),
            ]),
        ),
        ("Trace", trace()),
        ("Traces", document("copytrail.traces/1", vec![("traces", list(named("TraceInList")))])),
        ("TraceInList", record(trace_keys())),
        ("TraceOrTraces", json!({"oneOf": [named("Trace"), named("Traces")]})),
        (
            "TraceLine",
            json!({"oneOf": [named("Trace"), named("RefusalLine"), named("ProblemLine")]}),
        ),
    ]
}

fn trace() -> Value {
    document("copytrail.trace/1", trace_keys())
}

fn trace_keys() -> Vec<Named> {
    let query = record(vec![
        ("url", or_null(text())),
        ("id", or_null(whole())),
        ("file", text()),
        ("outlet", or_null(text())),
        ("title", or_null(text())),
        ("published", or_null(text())),
        ("language", or_null(text())),
        ("paragraphs", whole()),
    ]);
    let searched = record(vec![
        ("articles", whole()),
        ("outlets", whole()),
        ("from", or_null(text())),
        ("to", or_null(text())),
        ("languages", list(text())),
    ]);
    vec![
        ("query", query),
        ("searched", searched),
        (
            "verdict",
            one_of(&["original", "attributed", "misattributed", "unattributed", "unknown"]),
        ),
        ("says", text()),
        ("attribution", or_null(named("Attribution"))),
        ("copied", share()),
        ("origin", or_null(named("Origin"))),
        ("origins", list(named("Origin"))),
        ("chain", list(named("ChainNode"))),
        ("chains", list(list(named("ChainNode")))),
        ("sources", list(named("Source"))),
        ("related", list(named("Related"))),
        ("leads", list(named("Lead"))),
        ("credits", list(named("Credit"))),
        ("evidence", list(named("Evidence"))),
        ("thresholds", list(named("Threshold"))),
    ]
}

fn row() -> Vec<Named> {
    vec![
        ("id", whole()),
        ("url", or_null(text())),
        ("user_id", or_null(text())),
        ("outlet", text()),
        ("title", or_null(text())),
        ("published", or_null(text())),
        ("language", or_null(text())),
        ("words", whole()),
        ("revisions", whole()),
    ]
}

fn lists() -> Vec<Named> {
    let mut counted = row();
    counted.push(("paragraphs", whole()));
    let mut shown = row();
    shown.extend([
        ("byline", list(text())),
        ("modified", or_null(text())),
        ("first_seen", or_null(text())),
        ("paragraphs", list(text())),
        ("furniture", list(text())),
        ("credits", list(named("Credit"))),
        ("links", list(text())),
    ]);
    let hit = || vec![("article", named("Row")), ("score", number()), ("snippet", text())];
    let cluster =
        || vec![("cluster", whole()), ("origin", or_null(text())), ("members", list(text()))];
    let day = || vec![("outlet", text()), ("day", or_null(text())), ("articles", whole())];
    let format = || vec![("name", text()), ("description", text()), ("told_by", text())];
    vec![
        ("Row", record(counted.clone())),
        ("List", document("copytrail.list/1", vec![("articles", list(named("Row")))])),
        ("ArticleLine", document("copytrail.article/1", counted)),
        ("Article", document("copytrail.show/1", shown)),
        ("Search", search(hit())),
        ("HitLine", document("copytrail.hit/1", hit())),
        ("Clusters", document("copytrail.clusters/1", vec![("clusters", list(record(cluster())))])),
        ("ClusterLine", document("copytrail.cluster/1", cluster())),
        ("Coverage", document("copytrail.coverages/1", vec![("coverage", list(record(day())))])),
        ("CoverageLine", document("copytrail.coverage/1", day())),
        ("Formats", document("copytrail.formats/1", vec![("formats", list(record(format())))])),
        ("FormatLine", document("copytrail.format/1", format())),
    ]
}

/// `unsearched`, where it is given: articles that no search finds yet.
fn search(hit: Vec<Named>) -> Value {
    let mut search = document("copytrail.search/1", vec![("hits", list(record(hit)))]);
    search["properties"]["unsearched"] = whole();
    search
}

#[allow(clippy::too_many_lines)] // a table, a row a schema
fn others() -> Vec<Named> {
    let refusal = || vec![("file", text()), ("line", or_null(whole())), ("reason", text())];
    let problem = || vec![("title", text()), ("status", whole()), ("detail", text())];
    let mut full = problem();
    full.insert(0, ("type", text()));
    let side = json!({
        "type": "object",
        "minProperties": 1,
        "properties": {
            "article": {"type": ["string", "integer"], "description": "On file: a number or an address, instead of a text."},
            "url": {"type": "string"}, "title": {"type": "string"}, "text": {"type": "string"},
            "published": {"type": "string"}, "outlet": {"type": "string"}, "language": {"type": "string"}
        }
    });
    vec![
        ("Audit", document("copytrail.audit/1", audit())),
        ("AuditLine", document("copytrail.audit/1", audit())),
        (
            "Added",
            document(
                "copytrail.add/1",
                ["new", "revised", "unchanged", "sightings", "refused"]
                    .map(|key| (key, whole()))
                    .to_vec(),
            ),
        ),
        (
            "Comparison",
            document(
                "copytrail.compare/1",
                vec![
                    ("left", open()),
                    ("right", open()),
                    ("relation", or_null(named("Relation"))),
                    ("copied", share()),
                    ("of_source", share()),
                    ("words", whole()),
                    ("paragraphs", list(named("ParagraphMatch"))),
                    ("spans", list(open())),
                    ("thresholds", list(named("Threshold"))),
                ],
            ),
        ),
        ("Pair", record(vec![("a", side.clone()), ("b", side)])),
        (
            "Job",
            document(
                "copytrail.job/1",
                vec![
                    ("id", text()),
                    ("kind", one_of(&["trace", "add", "audit", "clusters", "check"])),
                    ("stage", one_of(&["waiting", "running", "done", "failed", "cancelled"])),
                    ("done", whole()),
                    ("total", or_null(whole())),
                    ("what", text()),
                    ("refused", whole()),
                    ("url", text()),
                ],
            ),
        ),
        (
            "Status",
            document(
                "copytrail.status/1",
                vec![
                    ("version", text()),
                    ("read_only", flag()),
                    ("store", open()),
                    ("at_work", whole()),
                    ("jobs_under_way", whole()),
                    ("waiting_to_write", whole()),
                    ("waiting_to_trace", whole()),
                ],
            ),
        ),
        ("Document", record(vec![("schema", text())])),
        ("RefusalLine", document("copytrail.refusal/1", refusal())),
        ("ProblemLine", document("copytrail.problem/1", problem())),
        ("Problem", record(full)),
        ("JobEvent", event()),
    ]
}

/// A server-sent event; `data` holds a `Job` as JSON. On the wire events are text.
fn event() -> Value {
    let keys = json!({"event": one_of(&["progress", "done"]), "data": text()});
    json!({"type": ["object", "string"], "properties": keys})
}

fn audit() -> Vec<Named> {
    let counts = [
        "articles",
        "original",
        "copied",
        "attributed",
        "misattributed",
        "unattributed",
        "unknown",
    ];
    let mut keys: Vec<Named> = counts.map(|key| (key, whole())).to_vec();
    let article = record(vec![
        ("url", text()),
        ("title", or_null(text())),
        ("published", or_null(text())),
        ("verdict", text()),
        ("copied", share()),
        ("origin", or_null(text())),
        ("chain", list(text())),
    ]);
    let source = record(vec![
        ("outlet", text()),
        ("agency", or_null(text())),
        ("articles", whole()),
        ("attributed", whole()),
        ("share", share()),
        ("median_delay_minutes", or_null(number())),
    ]);
    keys.extend([
        ("outlet", text()),
        ("copied_words_share", share()),
        ("sources", list(source)),
        ("articles_list", list(article)),
    ]);
    keys
}
