//! What tests in a headless browser stand on: Chromium, Node, and the packages that the scripts need.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the browser, Node and the scripts' packages are.
pub struct Browser {
    pub chromium: PathBuf,
    pub node: PathBuf,
    /// Folder that holds `node_modules`.
    pub packages: PathBuf,
}

impl Browser {
    /// Finds them, and puts the packages there once. The error says what is missing.
    pub fn find() -> Result<Self, String> {
        let chromium = which(&["chromium", "chromium-browser", "google-chrome"])
            .ok_or("no Chromium is installed (Debian: apt-get install chromium)")?;
        let node =
            which(&["node"]).ok_or("no Node is installed (Debian: apt-get install nodejs npm)")?;
        Ok(Self { chromium, node, packages: packages()? })
    }
}

fn which(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |f| f.join(name))).find(|p| p.is_file())
}

fn packages() -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser");
    let is_there = |file: &str| folder.join("node_modules").join(file).is_file();
    if is_there("axe-core/axe.min.js") && is_there("playwright-core/package.json") {
        return Ok(folder);
    }
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let output = Command::new(which(&["npm"]).ok_or("npm is missing")?)
        .args(["install", "--no-audit", "--no-fund", "--prefix"])
        .arg(&folder)
        .args(["playwright-core@1", "axe-core@4"])
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(folder);
    }
    Err(format!("npm cannot install: {}", String::from_utf8_lossy(&output.stderr)))
}
