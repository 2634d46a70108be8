//! Forms with a text, an address or a file, and what the user says of it.

use std::sync::Arc;

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use tokio::time::timeout;

use super::super::app::App;
use super::super::problem::Problem;
use super::super::spool::Spool;
use crate::workflow::Given;

/// Bytes of a field that is a line.
const LINE: u64 = 4_000;
/// Fields of the longest form.
const FIELDS: usize = 20;

/// A form as it was filled in.
#[derive(Default)]
pub(super) struct Form {
    pub address: Option<String>,
    /// A site whose feeds are meant.
    pub site: Option<String>,
    /// The text or the file, where there is one.
    pub sent: Option<Arc<Spool>>,
    pub given: Given,
}

/// Reads a form; at most `most` bytes of text or file.
pub(super) async fn read(app: &App, mut fields: Multipart, most: u64) -> Result<Form, Problem> {
    let mut form = Form::default();
    let broken =
        |error: MultipartError| Problem::bad_request(format!("the form is broken: {error}"));
    for _ in 0..FIELDS {
        let next = timeout(app.settings.bounds.patience, fields.next_field()).await;
        let next =
            next.map_err(|_| Problem::too_slow("the form came too slowly; send it again"))?;
        let Some(mut field) = next.map_err(broken)? else { return Ok(form) };
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "text" | "file" => {
                let called = match field.file_name() {
                    Some(file) if !file.is_empty() => file.to_owned(),
                    _ => "pasted text".to_owned(),
                };
                let spool = app.spooler(most).field(&mut field, &called).await?;
                if spool.bytes > 0 && form.sent.is_none() {
                    form.sent = Some(Arc::new(spool));
                }
            }
            _ => {
                let line = app.spooler(LINE).line(&mut field).await?;
                put(&mut form, &name, &line);
            }
        }
    }
    Err(Problem::bad_request(format!("the form has more than {FIELDS} fields")))
}

fn put(form: &mut Form, name: &str, line: &str) {
    let line = Some(line.trim().to_owned()).filter(|line| !line.is_empty());
    match name {
        "address" => form.address = line,
        "site" => form.site = line,
        "outlet" => form.given.outlet = line,
        "url" => form.given.url = line,
        "published" => form.given.published = line,
        "language" => form.given.language = line,
        _ => {}
    }
}
