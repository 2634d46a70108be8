//! The command line: help, exit codes, where what is written goes.

#![allow(clippy::unwrap_used)] // a test that cannot go on has failed

use std::path::Path;
use std::process::{Command as Process, Stdio};

use assert_cmd::Command;

fn copytrail(home: &Path) -> Command {
    let mut command = Command::cargo_bin("copytrail").unwrap();
    command.env_clear().env("COPYTRAIL_DATA", home);
    command
}

fn run(home: &Path, args: &[&str]) -> (i32, String, String) {
    let output = copytrail(home).args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn page(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_string_lossy().into_owned()
}

const STORY: &str = "A bridge is saved\n\nThe council of Tarbrook voted on Monday to repair the swing bridge \
    rather than replace it.\n\nWork is due to begin in September and to last fourteen months, the engineers said.\n";

#[test]
fn every_command_is_documented_and_has_an_example() {
    let readme =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let command = copytrail::cli::command();
    for sub in command.get_subcommands() {
        let name = sub.get_name();
        assert!(readme.contains(&format!("`{name}")), "README.md does not name the command {name}");
        let help = sub.clone().render_long_help().to_string();
        assert!(
            help.contains(&format!("  copytrail {name}")),
            "{name} --help ends without an example:\n{help}"
        );
    }
}

#[test]
fn the_arguments_are_sound() {
    copytrail::cli::command().debug_assert();
}

#[test]
fn without_a_command_it_says_what_to_type_first() {
    let home = tempfile::tempdir().unwrap();
    let (status, out, err) = run(home.path(), &[]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("copytrail demo"), "{err}");
}

#[test]
fn wrong_usage_ends_with_2() {
    let home = tempfile::tempdir().unwrap();
    for args in
        [&["nonsense"][..], &["trace"], &["list", "--format", "dot"], &["trace", "x", "--all"]]
    {
        let (status, out, err) = run(home.path(), args);
        assert_eq!((status, out.as_str()), (2, ""), "{args:?}");
        assert!(err.contains("Usage") || err.contains("possible values"), "{err}");
    }
}

#[test]
fn no_input_at_all_ends_with_2_and_names_it() {
    let home = tempfile::tempdir().unwrap();
    for command in ["add", "extract", "trace"] {
        let (status, out, err) = run(home.path(), &[command, "/no/such/page.html"]);
        assert_eq!((status, out.as_str()), (2, ""), "{command}");
        assert!(err.contains("/no/such/page.html"), "{command}: {err}");
    }
}

#[test]
fn a_refused_input_among_good_ones_ends_with_1_and_is_named_once() {
    let home = tempfile::tempdir().unwrap();
    let good = page(home.path(), "good.txt", STORY);
    let (status, out, err) =
        run(home.path(), &["extract", &good, "/no/such/page.html", "--format", "jsonl"]);
    assert_eq!(status, 1, "{err}");
    assert_eq!(out.lines().count(), 1, "{out}");
    assert_eq!(err.matches("/no/such/page.html").count(), 1, "{err}");
}

#[test]
fn every_refusal_is_named_once_whoever_finds_it() {
    let home = tempfile::tempdir().unwrap();
    let good = page(home.path(), "good.txt", STORY);
    let wall = page(
        home.path(),
        "none.html",
        "<!doctype html><html><head><title>404 - Not found</title></head><body><h1>404</h1><p>The page you are looking for was not found.</p></body></html>",
    );
    for args in [
        &["add", "/no/such/page.html", &wall, &good][..],
        &["add", &wall, "/no/such/page.html", &good],
        &["trace", &good, &wall, "--against", "/no/such/page.html", &good],
    ] {
        let (status, _, err) = run(home.path(), args);
        assert_eq!(status, 1, "{args:?}: {err}");
        for name in ["/no/such/page.html", "none.html"] {
            assert_eq!(err.matches(name).count(), 1, "{args:?}: {name} in\n{err}");
        }
    }
}

#[test]
fn each_document_opens_with_its_schema() {
    let home = tempfile::tempdir().unwrap();
    let good = page(home.path(), "good.txt", STORY);
    let url = ["--url", "https://paper.example/bridge", "--published", "2025-06-10"];
    let (status, out, err) =
        run(home.path(), &[&["add", &good, "--format", "json"], &url[..]].concat());
    assert_eq!(status, 0, "{err}");
    assert!(out.starts_with("{\n  \"schema\": \"copytrail.add/1\""), "{out}");
    for args in [
        &["extract", &good][..],
        &["trace", "https://paper.example/bridge"],
        &["show", "https://paper.example/bridge"],
        &["list"],
        &["search", "bridge"],
        &["stats"],
        &["coverage"],
        &["check"],
        &["clusters"],
        &["formats"],
    ] {
        let (status, out, err) = run(home.path(), &[args, &["--format", "json"]].concat());
        assert_eq!(status, 0, "{args:?}: {err}");
        assert!(out.starts_with("{\n  \"schema\": \"copytrail."), "{args:?}: {out}");
        serde_json::from_str::<serde_json::Value>(&out).unwrap();
    }
}

#[test]
fn output_goes_to_a_file_whole() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("formats.json");
    let name = file.to_string_lossy().into_owned();
    let (status, out, err) = run(home.path(), &["formats", "--format", "json", "-o", &name]);
    assert_eq!((status, out.as_str()), (0, ""), "{err}");
    let text = std::fs::read_to_string(&file).unwrap();
    serde_json::from_str::<serde_json::Value>(&text).unwrap();
    let (status, _, err) = run(home.path(), &["formats", "-o", "/no/such/folder/formats.txt"]);
    assert_eq!(status, 2);
    assert!(err.contains("/no/such/folder/formats.txt"), "{err}");
}

/// As root, a rename over a device would take it from the whole machine: a pipe stands for it here.
#[cfg(unix)]
#[test]
fn output_goes_into_a_pipe_and_through_a_link_and_takes_neither_away() {
    use std::os::unix::fs::FileTypeExt;
    let home = tempfile::tempdir().unwrap();
    let pipe = home.path().join("pipe");
    assert!(Process::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = pipe.clone();
    let reader = std::thread::spawn(move || std::fs::read_to_string(reader).unwrap());
    let name = pipe.to_string_lossy().into_owned();
    let (status, _, err) = run(home.path(), &["formats", "--format", "json", "-o", &name]);
    assert_eq!(status, 0, "{err}");
    assert!(reader.join().unwrap().contains("copytrail.formats/1"));
    assert!(std::fs::metadata(&pipe).unwrap().file_type().is_fifo());

    let file = page(home.path(), "old.json", "old");
    let link = home.path().join("link.json");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    let name = link.to_string_lossy().into_owned();
    assert_eq!(run(home.path(), &["formats", "--format", "json", "-o", &name]).0, 0);
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(std::fs::read_to_string(&file).unwrap().contains("copytrail.formats/1"));
}

#[test]
fn a_command_that_fails_leaves_the_old_file() {
    let home = tempfile::tempdir().unwrap();
    let old = page(home.path(), "old.txt", "old");
    let (status, _, _) = run(home.path(), &["trace", "/no/such/page.html", "-o", &old]);
    assert_eq!(status, 2);
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "old");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let home = tempfile::tempdir().unwrap();
    let program = assert_cmd::cargo::cargo_bin("copytrail");
    let mut child = Process::new(program)
        .env_clear()
        .env("COPYTRAIL_DATA", home.path())
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_store_is_where_the_user_says() {
    let home = tempfile::tempdir().unwrap();
    let good = page(home.path(), "good.txt", STORY);
    let elsewhere = home.path().join("elsewhere.db");
    copytrail(home.path()).env("COPYTRAIL_DB", &elsewhere).args(["add", &good]).assert().success();
    assert!(elsewhere.exists());
    assert!(!home.path().join("copytrail.db").exists());
    copytrail(home.path()).args(["add", &good]).assert().success();
    assert!(home.path().join("copytrail.db").exists());
}

#[test]
fn nothing_of_a_page_steers_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let evil = page(home.path(), "evil.txt", &STORY.replace("bridge", "br\u{1b}[2Jidge\u{202e}"));
    for format in ["text", "json", "jsonl"] {
        let (_, out, err) = run(home.path(), &["extract", &evil, "--format", format]);
        assert!(!out.is_empty());
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!out.contains(steers) && !err.contains(steers), "{format}: {out:?} {err:?}");
    }
    let (_, _, err) = run(home.path(), &["trace", "no\u{1b}[31msuch"]);
    assert!(!err.contains('\u{1b}'), "{err:?}");
}

#[test]
fn completions_know_the_commands() {
    let home = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        let (status, out, _) = run(home.path(), &["completions", shell]);
        assert_eq!(status, 0);
        assert!(out.contains("coverage"), "{shell}");
    }
}

#[test]
fn the_demo_ends_with_what_to_type_for_ones_own_page() {
    let home = tempfile::tempdir().unwrap();
    let (status, out, err) = run(home.path(), &["demo"]);
    assert_eq!(status, 0, "{err}");
    assert!(out.trim_end().ends_with("where the page came from"), "{out}");
    let left: Vec<_> = std::fs::read_dir(home.path()).unwrap().collect();
    assert!(left.is_empty(), "the demo leaves {left:?}");
}

#[test]
fn robots_are_passed_over_for_one_page_only() {
    let home = tempfile::tempdir().unwrap();
    let two = ["https://paper.example/1", "https://paper.example/2", "--ignore-robots"];
    for command in ["add", "extract", "trace"] {
        let (status, out, err) = run(home.path(), &[&[command][..], &two[..]].concat());
        assert_eq!((status, out.as_str()), (2, ""), "{command}");
        assert!(err.contains("single address"), "{command}: {err}");
    }
}

#[test]
fn this_machine_is_fetched_from_at_the_users_word_only() {
    let home = tempfile::tempdir().unwrap();
    let page = "http://127.0.0.1:9/page";
    let (status, _, err) = run(home.path(), &["extract", page]);
    assert_eq!(status, 2);
    assert!(err.contains("--allow-private"), "{err}");
    let (status, _, err) = run(home.path(), &["extract", page, "--allow-private"]);
    assert_eq!(status, 2);
    assert!(err.contains("cannot be fetched"), "{err}");
}
