//! The web page and the API: requests to a call of the workflow, its answer to the reporter, a file per page.
//!
//! Safe by default: it listens on loopback unless asked, answers only to its own names, takes no post from
//! another site, and bounds size, time and number of everything that comes in.

mod adding;
mod answer;
mod api;
mod app;
mod asked;
mod assets;
mod assistant;
mod auditing;
mod door;
mod guard;
mod jobs;
mod listen;
mod openapi;
mod pages;
mod problem;
mod progress;
mod routes;
mod schemas;
mod settings;
mod shapes;
mod spool;
mod stamp;
mod tracing;
mod wire;
mod words;
mod workers;

pub use assistant::converse;
pub use listen::{Bound, bind};
pub use settings::{BadSettings, Bounds, Settings, Token};
