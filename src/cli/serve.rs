//! `serve`: the web page and the API.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use crate::web::{self, BadSettings, Bounds, Settings, Token};

use super::Outcome;
use super::failure::Failure;
use super::global::Session;

/// Serve the web page and the API
///
/// Only this machine reaches it, unless --listen says otherwise; then whoever comes must show a token.
/// Ctrl-C or SIGTERM ends it when what was begun is done.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  copytrail serve --open\n  \
    COPYTRAIL_TOKEN=$(openssl rand -hex 24) copytrail serve --listen 0.0.0.0:8765 --host trail.example")]
pub(super) struct Serve {
    /// Address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8765")]
    listen: SocketAddr,
    /// Add nothing, whoever asks
    #[arg(long)]
    read_only: bool,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// A file that holds the token which every request must show; or set `COPYTRAIL_TOKEN` to the token
    #[arg(long, value_name = "FILE")]
    token: Option<PathBuf>,
    /// A name under which this machine is reached, beside its addresses; may be given again
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
}

impl Serve {
    pub(super) fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let settings = Settings {
            listen: self.listen,
            read_only: self.read_only,
            token: self.token()?,
            hosts: self.host.clone(),
            bounds: Bounds::default(),
        };
        let stop = session.context.interrupted.clone();
        let context = session.context.beside(stop.clone(), Box::new(crate::workflow::Silent));
        let bound = web::bind(settings, context)?;
        let address = format!("http://{}/", bound.address());
        session.output.say(&format!("copytrail serves {address}; Ctrl-C ends it\n"))?;
        if self.open {
            open(&address);
        }
        bound.serve(&stop);
        session.ended_as_meant();
        Ok(Outcome::Done)
    }

    /// From the file, else from the environment; never from the command line, which others can read.
    fn token(&self) -> Result<Option<Token>, Failure> {
        let text = match &self.token {
            Some(path) => Some(
                std::fs::read_to_string(path)
                    .map_err(|cause| Failure::Token { path: path.clone(), cause })?,
            ),
            None => std::env::var("COPYTRAIL_TOKEN").ok().filter(|token| !token.is_empty()),
        };
        let token = text.map(|text| Token::new(&text)).transpose();
        token.map_err(|error: BadSettings| error.into())
    }
}

/// A browser that cannot be opened is no fault: the address is printed.
fn open(address: &str) {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let quiet = std::process::Stdio::null;
    let _ = std::process::Command::new(program)
        .args(first)
        .arg(address)
        .stdin(quiet())
        .stdout(quiet())
        .stderr(quiet())
        .spawn();
}
