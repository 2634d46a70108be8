//! `mcp`: the official client lists the tools, traces the page of a story, and adds nothing unasked.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

#[path = "web/server.rs"]
#[allow(dead_code)] // the stories and the binary are the same, the server is not needed
mod server;

use std::os::fd::OwnedFd;
use std::process::{Child, Stdio};

use rmcp::ServiceExt;
use rmcp::model::{CallToolRequestParams, CallToolResult};
use rmcp::service::{RoleClient, RunningService};
use serde_json::{Value, json};
use server::{STORY, copytrail, last_page};
use tokio::net::unix::pipe;

async fn client_of(
    home: &std::path::Path,
    args: &[&str],
) -> (Child, RunningService<RoleClient, ()>) {
    let mut command = copytrail(home);
    command.arg("mcp").args(args).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let from = pipe::Receiver::from_owned_fd(OwnedFd::from(child.stdout.take().unwrap())).unwrap();
    let to = pipe::Sender::from_owned_fd(OwnedFd::from(child.stdin.take().unwrap())).unwrap();
    (child, ().serve((from, to)).await.unwrap())
}

async fn call(
    client: &RunningService<RoleClient, ()>,
    tool: &'static str,
    given: Value,
) -> CallToolResult {
    let Value::Object(given) = given else { panic!("{given}") };
    client.call_tool(CallToolRequestParams::new(tool).with_arguments(given)).await.unwrap()
}

fn text(result: &CallToolResult) -> String {
    result.content.iter().filter_map(|one| one.as_text()).map(|t| t.text.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assistant_lists_the_tools_and_traces_a_page() {
    let home = tempfile::tempdir().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let added = copytrail(home.path()).current_dir(root).arg("add").args(STORY).status();
    assert!(added.unwrap().success());
    let (mut child, client) = client_of(home.path(), &[]).await;

    let tools = client.list_all_tools().await.unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    for name in ["trace", "compare", "audit", "search", "show"] {
        assert!(names.contains(&name), "{names:?}");
    }
    assert!(tools.iter().all(|tool| tool.description.as_ref().is_some_and(|says| says.len() > 20)));

    let page = String::from_utf8(last_page()).unwrap();
    let traced = call(&client, "trace", json!({ "text": page })).await;
    let trace: Value = serde_json::from_str(&text(&traced)).unwrap();
    assert_eq!(
        (&trace["verdict"], &trace["origin"]["agency"]),
        (&json!("attributed"), &json!("dpa"))
    );
    assert_eq!(trace["query"]["file"], "the given text");
    let traced = call(&client, "trace", json!({ "article": "2" })).await;
    assert!(!text(&traced).contains("the given text"), "{}", text(&traced));
    let audit = call(&client, "audit", json!({ "outlet": "Hellwalder Kurier" })).await;
    assert_eq!(audit.is_error, Some(true));
    assert!(text(&audit).contains("no trace of Hellwalder Kurier is kept"), "{}", text(&audit));
    let shown = call(&client, "show", json!({ "article": "1" })).await;
    assert_eq!(serde_json::from_str::<Value>(&text(&shown)).unwrap()["schema"], "copytrail.show/1");
    let found = call(&client, "search", json!({ "words": "Seeleute", "limit": 3 })).await;
    assert!(text(&found).contains("copytrail.search/1"));
    let both = call(&client, "compare", json!({ "a": "1", "b": "2" })).await;
    assert!(text(&both).contains("copytrail.compare/1"));

    for (tool, given) in [
        ("show", json!({ "article": "/etc/passwd" })),
        ("trace", json!({ "article": "/etc/passwd" })),
        ("trace", json!({ "article": "http://127.0.0.1:1/" })),
        ("trace", json!({})),
        ("audit", json!({ "outlet": "nobody.example" })),
        ("trace", json!({ "text": "<html><body></body></html>" })),
        (
            "add",
            json!({ "text": "Something new that nobody has seen before, long enough to be a text." }),
        ),
    ] {
        let refused = call(&client, tool, given).await;
        assert_eq!(refused.is_error, Some(true), "{tool}: {refused:?}");
        let said = text(&refused);
        assert!(!said.contains("root:") && !said.contains("/tmp/"), "{said}");
    }
    client.cancel().await.unwrap();
    assert!(child.wait().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assistant_adds_where_its_user_allows_it() {
    let home = tempfile::tempdir().unwrap();
    let (_child, client) = client_of(home.path(), &["--allow-add"]).await;
    let page = String::from_utf8(last_page()).unwrap();
    let added = call(&client, "add", json!({ "text": page })).await;
    let added: Value = serde_json::from_str(&text(&added)).unwrap();
    assert_eq!(added["new"], 1, "{added}");
    let audit =
        call(&client, "audit", json!({ "outlet": "worldnews-hour.example", "list": true })).await;
    let audit: Value = serde_json::from_str(&text(&audit)).unwrap();
    assert_eq!((&audit["schema"], &audit["articles"]), (&json!("copytrail.audit/1"), &json!(1)));
    let (_child, reader) = client_of(home.path(), &[]).await;
    let audit = call(&reader, "audit", json!({ "outlet": "worldnews-hour.example" })).await;
    let audit: Value = serde_json::from_str(&text(&audit)).unwrap();
    assert_eq!(audit["attributed"], 1, "{audit}");
}

/// The page that the project began with.
#[tokio::test(flavor = "multi_thread")]
async fn an_assistant_traces_the_seed_page() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/cases/24hours-world.txt");
    let Ok(page) = std::fs::read_to_string(page) else {
        println!("skipped: ../shared/cases is not there");
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let (_child, client) = client_of(home.path(), &[]).await;
    let traced = call(&client, "trace", json!({ "text": page })).await;
    let trace: Value = serde_json::from_str(&text(&traced)).unwrap();
    assert_eq!(trace["verdict"], "attributed", "{trace}");
    let chain: Vec<&str> =
        trace["chain"].as_array().unwrap().iter().filter_map(|n| n["outlet"].as_str()).collect();
    assert_eq!(chain, ["Stern", "dpa"]);
}
