//! Every route of the API, once: the server and its description are both made of this table.

use std::future::ready;

use super::super::routes::{EVENTS, Gives, JSON, Kind, LINES, Method, Param, Route, Takes};
use super::{add, articles, audit, clusters, compare, jobs, store, trace};

/// Articles on one page of a list.
const MOST_ROWS: u64 = 1_000;
/// Where a list may begin.
const DEEPEST: u64 = 100_000_000;

const OUTLET: Param = Param::query(
    "outlet",
    Kind::Text,
    "The outlet, a domain or a name, where the input names none.",
);
const URL: Param = Param::query("url", Kind::Text, "The page's address, where the input has none.");
const PUBLISHED: Param = Param::query(
    "published",
    Kind::Text,
    "When it was published (2025-05-16 or 2025-05-16T07:20:00+02:00), where the input does not say.",
);
const LANGUAGE: Param =
    Param::query("language", Kind::Text, "Its language (de, en …), where the input does not say.");
const ARTICLE: Param = Param::query(
    "article",
    Kind::Text,
    "An article on file: its number, its address, or your own id.",
);
const NO_TRANSLATION: Param =
    Param::query("no_translation", Kind::Flag, "Do not look for sources in other languages.");
const NO_REWRITING: Param =
    Param::query("no_rewriting", Kind::Flag, "Do not look for sources in other words.");
const EXPLAIN: Param =
    Param::query("explain", Kind::Flag, "Give the figures behind every judgement.");
const FROM: Param =
    Param::query("from", Kind::Text, "Published on this day or later (2025-05-16).");
const TO: Param = Param::query("to", Kind::Text, "Published on this day or earlier.");
const ONLY_OUTLET: Param =
    Param::query("outlet", Kind::Text, "Only this outlet's, a domain or a name.");
const ONLY_LANGUAGE: Param = Param::query("language", Kind::Text, "Only in this language.");
const JOB: Param = Param::path("id", Kind::Text, "The job's id.");

const STARTED: Gives = Gives {
    status: 202,
    says: "With `Prefer: respond-async`: the job that was begun; Location is its address.",
    content: &[(JSON, "Job")],
};
const UNCHANGED: Gives =
    Gives { status: 304, says: "The answer that the client holds is still right.", content: &[] };

pub(in super::super) static ROUTES: &[Route] = &[
    Route {
        method: Method::Get,
        path: "/api/1/trace",
        id: "traceOnFile",
        says: "Where an article on file came from. It is traced as it stands, never against itself.",
        params: &[ARTICLE.required(), NO_TRANSLATION, NO_REWRITING, EXPLAIN],
        takes: Takes::Nothing,
        gives: &[
            Gives {
                status: 200,
                says: "The trace.",
                content: &[(JSON, "Trace"), (LINES, "Trace")],
            },
            UNCHANGED,
        ],
        steady: true,
        run: |asked| Box::pin(trace::on_file(asked)),
    },
    Route {
        method: Method::Post,
        path: "/api/1/trace",
        id: "trace",
        says: "Where the sent articles came from, or the page at an address. They are compared with \
            what is on file and not stored. The body is anything that `copytrail add` reads; its \
            format is told from its content. A JSON object is read as an article with `url`, `title`, \
            `text` or `html`, `published`, `outlet` and so on; JSONL is a batch, answered line by line.",
        params: &[
            Param::query(
                "article",
                Kind::Text,
                "Instead of a body: a number or an address; what is not on file is fetched.",
            ),
            OUTLET,
            URL,
            PUBLISHED,
            LANGUAGE,
            NO_TRANSLATION,
            NO_REWRITING,
            EXPLAIN,
        ],
        takes: Takes::Input,
        gives: &[
            Gives {
                status: 200,
                says: "One trace, or all of a batch; with `Accept: application/x-ndjson` a line for each as it is made, \
                    and a line `copytrail.refusal/1` for each input that was refused.",
                content: &[(JSON, "TraceOrTraces"), (LINES, "TraceLine")],
            },
            STARTED,
        ],
        steady: false,
        run: |asked| Box::pin(trace::sent(asked)),
    },
    Route {
        method: Method::Post,
        path: "/api/1/add",
        id: "add",
        says: "Takes the sent articles, or the page at an address, into the store. Adding the same \
            thing twice changes nothing; a changed text becomes a new revision.",
        params: &[
            Param::query("address", Kind::Text, "Instead of a body: an http(s) address to fetch."),
            OUTLET,
            URL,
            PUBLISHED,
            LANGUAGE,
        ],
        takes: Takes::Input,
        gives: &[
            Gives { status: 200, says: "What became of them.", content: &[(JSON, "Added")] },
            STARTED,
        ],
        steady: false,
        run: |asked| Box::pin(add::add(asked)),
    },
    Route {
        method: Method::Get,
        path: "/api/1/compare",
        id: "compareOnFile",
        says: "Two articles on file, the copied spans of the first in the second.",
        params: &[
            Param::query("a", Kind::Text, "A number, address or id of yours.").required(),
            Param::query("b", Kind::Text, "The other one.").required(),
        ],
        takes: Takes::Nothing,
        gives: &[
            Gives { status: 200, says: "The comparison.", content: &[(JSON, "Comparison")] },
            UNCHANGED,
        ],
        steady: true,
        run: |asked| Box::pin(compare::on_file(asked)),
    },
    Route {
        method: Method::Post,
        path: "/api/1/compare",
        id: "compare",
        says: "Two sent texts, or a sent one and one on file.",
        params: &[],
        takes: Takes::Json("Pair"),
        gives: &[Gives { status: 200, says: "The comparison.", content: &[(JSON, "Comparison")] }],
        steady: false,
        run: |asked| Box::pin(compare::sent(asked)),
    },
    Route {
        method: Method::Post,
        path: "/api/1/audit",
        id: "audit",
        says: "What share of an outlet's output is someone else's copy, whose, how late, credited or not. What is \
            not yet traced is traced first and kept: ask for a job where that is much. A server that only reads counts \
            the traces that are kept.",
        params: &[
            Param::query("outlet", Kind::Text, "A domain or a name.").required(),
            FROM,
            TO,
            Param::query(
                "sample",
                Kind::Number { least: 1, most: DEEPEST },
                "So many of its articles are drawn; all where it is not given.",
            ),
            Param::query("groups_as_one", Kind::Flag, "A publisher's outlets count as one."),
            Param::query(
                "since_last",
                Kind::Flag,
                "Only what is new or changed since the outlet's last audit.",
            ),
        ],
        takes: Takes::Nothing,
        gives: &[
            Gives {
                status: 200,
                says: "The audit.",
                content: &[(JSON, "Audit"), (LINES, "AuditLine")],
            },
            STARTED,
        ],
        steady: false,
        run: |asked| Box::pin(audit::audit(asked)),
    },
    Route {
        method: Method::Get,
        path: "/api/1/clusters",
        id: "clusters",
        says: "Groups of articles that carry the same story text, the largest first. Over a large \
            store that is long work: ask for a job.",
        params: &[],
        takes: Takes::Nothing,
        gives: &[
            Gives {
                status: 200,
                says: "All groups, or with `Accept: application/x-ndjson` a line for each.",
                content: &[(JSON, "Clusters"), (LINES, "ClusterLine")],
            },
            STARTED,
        ],
        steady: false,
        run: |asked| Box::pin(clusters::clusters(asked)),
    },
    Route {
        method: Method::Get,
        path: "/api/1/articles",
        id: "articles",
        says: "Articles on file in the order of their time, undated ones first.",
        params: &[
            ONLY_OUTLET,
            ONLY_LANGUAGE,
            FROM,
            TO,
            Param::query(
                "limit",
                Kind::Number { least: 1, most: MOST_ROWS },
                "At most so many; 100 where it is not given.",
            ),
            Param::query("offset", Kind::Number { least: 0, most: DEEPEST }, "After so many."),
        ],
        takes: Takes::Nothing,
        gives: &[
            Gives {
                status: 200,
                says: "The list.",
                content: &[(JSON, "List"), (LINES, "ArticleLine")],
            },
            UNCHANGED,
        ],
        steady: true,
        run: |asked| Box::pin(articles::list(asked)),
    },
    Route {
        method: Method::Get,
        path: "/api/1/articles/{id}",
        id: "article",
        says: "An article on file: its text, its credits, what is known of it.",
        params: &[Param::path("id", Kind::Text, "Its number.")],
        takes: Takes::Nothing,
        gives: &[
            Gives { status: 200, says: "The article.", content: &[(JSON, "Article")] },
            UNCHANGED,
        ],
        steady: true,
        run: |asked| Box::pin(articles::one(asked)),
    },
    Route {
        method: Method::Get,
        path: "/api/1/search",
        id: "search",
        says: "Articles on file by their words, in any of their forms.",
        params: &[
            Param::query("q", Kind::Text, "Words; articles that hold all of them come first.")
                .required(),
            Param::query(
                "limit",
                Kind::Number { least: 1, most: 200 },
                "At most so many; 20 where it is not given.",
            ),
        ],
        takes: Takes::Nothing,
        gives: &[
            Gives {
                status: 200,
                says: "The hits, best first.",
                content: &[(JSON, "Search"), (LINES, "HitLine")],
            },
            UNCHANGED,
        ],
        steady: true,
        run: |asked| Box::pin(articles::search(asked)),
    },
    Route {
        method: Method::Get,
        path: "/api/1/coverage",
        id: "coverage",
        says: "How many articles are on file by outlet and day. What is not on file cannot be found as a source.",
        params: &[ONLY_OUTLET, FROM, TO],
        takes: Takes::Nothing,
        gives: &[
            Gives {
                status: 200,
                says: "The counts.",
                content: &[(JSON, "Coverage"), (LINES, "CoverageLine")],
            },
            UNCHANGED,
        ],
        steady: true,
        run: |asked| Box::pin(store::coverage(asked)),
    },
    Route {
        method: Method::Get,
        path: "/api/1/formats",
        id: "formats",
        says: "The formats that can be sent, and how each is told from its content.",
        params: &[],
        takes: Takes::Nothing,
        gives: &[Gives {
            status: 200,
            says: "The formats.",
            content: &[(JSON, "Formats"), (LINES, "FormatLine")],
        }],
        steady: false,
        run: |asked| Box::pin(ready(store::formats(&asked))),
    },
    Route {
        method: Method::Get,
        path: "/api/1/status",
        id: "status",
        says: "The store in figures, and what the server is doing.",
        params: &[],
        takes: Takes::Nothing,
        gives: &[Gives { status: 200, says: "The status.", content: &[(JSON, "Status")] }],
        steady: false,
        run: |asked| Box::pin(store::status(asked)),
    },
    Route {
        method: Method::Get,
        path: "/api/1/jobs/{id}",
        id: "job",
        says: "How far a job is. `/api/1/jobs/{id}/events` sends the same as server-sent events.",
        params: &[JOB],
        takes: Takes::Nothing,
        gives: &[Gives { status: 200, says: "Its state.", content: &[(JSON, "Job")] }],
        steady: false,
        run: |asked| Box::pin(ready(jobs::state(&asked))),
    },
    Route {
        method: Method::Get,
        path: "/api/1/jobs/{id}/result",
        id: "jobResult",
        says: "What came of a job that is done.",
        params: &[JOB],
        takes: Takes::Nothing,
        gives: &[Gives {
            status: 200,
            says: "The document that the request would have been answered with.",
            content: &[(JSON, "Document"), (LINES, "Document")],
        }],
        steady: false,
        run: |asked| Box::pin(jobs::result(asked)),
    },
    Route {
        method: Method::Get,
        path: "/api/1/jobs/{id}/events",
        id: "jobEvents",
        says: "How far a job is, as it goes on: events `progress`, and `done` at the end.",
        params: &[JOB],
        takes: Takes::Nothing,
        gives: &[Gives { status: 200, says: "The events.", content: &[(EVENTS, "JobEvent")] }],
        steady: false,
        run: |asked| Box::pin(ready(jobs::events(&asked))),
    },
    Route {
        method: Method::Delete,
        path: "/api/1/jobs/{id}",
        id: "cancelJob",
        says: "Asks a job to end, and forgets it. What it has stored so far stays, in whole batches.",
        params: &[JOB],
        takes: Takes::Nothing,
        gives: &[Gives { status: 202, says: "Its state.", content: &[(JSON, "Job")] }],
        steady: false,
        run: |asked| Box::pin(ready(jobs::cancel(&asked))),
    },
];
