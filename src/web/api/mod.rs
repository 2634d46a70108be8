//! The API: what each route does.

mod add;
mod articles;
mod audit;
mod clusters;
mod compare;
pub(super) mod jobs;
mod store;
mod table;
mod trace;

pub(super) use table::ROUTES;
