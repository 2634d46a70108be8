//! Slow: a tester of APIs (schemathesis, a Python package) asks whatever the server's description allows, and what it forbids: no
//! server error, no answer that the description does not know. Needs Python with venv.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

#[path = "web/server.rs"]
#[allow(dead_code)] // schemathesis asks
mod server;

use std::path::{Path, PathBuf};
use std::process::Command;

use server::{STORY, Server};

/// What every answer is held to. That a valid request is taken is not among it: dates that are none and articles that
/// nobody has are refused, and a description cannot say which these are.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
    response_schema_conformance,negative_data_rejection";

/// With what status a request may be refused that the description forbids; an address can be too long for any route.
const CONFIG: &str = "[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 413, 414, 415, 422, 428, 429]
";

/// The program, installed once.
fn schemathesis() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemathesis");
    let program = folder.join("bin/schemathesis");
    let done = |command: &mut Command| command.output().is_ok_and(|out| out.status.success());
    if !program.exists() {
        let made = done(Command::new("python3").args(["-m", "venv"]).arg(&folder));
        let mut install = Command::new(folder.join("bin/python"));
        install.args(["-m", "pip", "install", "--quiet", "schemathesis>=4.32,<5"]);
        if !made || !done(&mut install) {
            return None;
        }
    }
    Some(program)
}

#[test]
fn the_server_keeps_to_its_description() {
    let Some(program) = schemathesis() else {
        println!("skipped: no schemathesis can be installed (python3 -m venv, pip)");
        return;
    };
    let config = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schemathesis.toml");
    std::fs::write(&config, CONFIG).unwrap();
    for args in [&[][..], &["--read-only"]] {
        let server = Server::start(STORY, args);
        let output = Command::new(&program)
            .arg("--config-file")
            .arg(&config)
            .args(["run", &format!("http://{}/api/openapi.json", server.address)])
            .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--seed", "14"])
            .args(["--workers", "1", "--request-timeout", "60", "--checks", CHECKS])
            .args(["--suppress-health-check", "all", "--generation-database", "none"])
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{args:?}: {said}{output:?}");
        let summary: String = said
            .lines()
            .skip_while(|line| !line.contains("SUMMARY"))
            .collect::<Vec<_>>()
            .join("\n");
        println!("{args:?}: {summary}");
        let operations = server.get("/api/openapi.json").json()["paths"]
            .as_object()
            .unwrap()
            .values()
            .map(|path| path.as_object().unwrap().len())
            .sum::<usize>();
        assert!(summary.contains(&format!("Tested: {operations}")), "{said}");
        assert_eq!(server.get("/api/1/formats").status, 200);
    }
}
