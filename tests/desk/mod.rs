//! A store in a folder of its own, asked through the real binary.

#![allow(dead_code)] // each test file takes what it needs

use std::path::PathBuf;

use assert_cmd::Command;
use serde_json::{Value, json};

/// A data directory of its own, and the commands that run in it.
pub struct Desk(tempfile::TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn command(&self) -> Command {
        let mut command = Command::cargo_bin("copytrail").unwrap();
        command.env_clear().env("COPYTRAIL_DATA", self.0.path());
        command
    }

    pub fn text(&self, args: &[&str]) -> String {
        let output = self.command().args(args).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    pub fn json(&self, args: &[&str]) -> Value {
        let text = self.text(&[args, &["--format", "json"]].concat());
        serde_json::from_str(&text).unwrap()
    }

    /// Adds articles: outlet, hour, text.
    pub fn add(&self, articles: &[(&str, u32, &str)]) {
        let lines: Vec<String> = articles
            .iter()
            .map(|(outlet, hour, text)| {
                json!({
                    "url": format!("https://{outlet}/{hour}"), "outlet": outlet, "text": text, "language": "en",
                    "title": format!("Report of {hour}"), "published": format!("2025-05-16T{hour:02}:00:00Z"),
                })
                .to_string()
            })
            .collect();
        let path = self.path("articles.jsonl");
        std::fs::write(&path, lines.join("\n")).unwrap();
        self.text(&["add", &path.to_string_lossy()]);
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}
