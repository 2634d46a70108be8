//! Evidence bundles: a ZIP whose manifest (Frictionless `datapackage.json`) has the sum of every other member. Pure:
//! values in, bytes out, and back.

mod archive;
mod der;
mod stamp;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::model::Altered;

pub use archive::{Record, archive, kept_record};
pub use stamp::{StampError, check, query, token_of};

/// The members' sums; its own is what an authority signs.
pub const MANIFEST: &str = "datapackage.json";
/// The authority's token over the manifest.
pub const TOKEN: &str = "datapackage.json.tsr";
/// What was found.
pub const FINDING: &str = "finding.json";
/// The audit that a letter is about, where there is one.
pub const AUDIT: &str = "audit.json";
/// The captures, replayable.
pub const ARCHIVE: &str = "captures.wacz";
/// Bytes of a bundle's members together, unpacked, that are read; bounds the memory.
const LARGEST: u64 = 1_000_000_000;

/// A bundle's members by name.
pub type Members = BTreeMap<String, Vec<u8>>;

#[derive(Serialize, Deserialize)]
struct Manifest {
    profile: String,
    name: String,
    created: String,
    resources: Vec<Resource>,
}

#[derive(Serialize, Deserialize)]
struct Resource {
    name: String,
    path: String,
    bytes: usize,
    hash: String,
}

/// Why a bundle cannot be made or looked at.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    #[error("is no evidence bundle: {0}; give a file that `copytrail export --evidence` wrote")]
    NoBundle(String),
    #[error("the bundle cannot be packed: {0}")]
    Pack(#[from] zip::result::ZipError),
    #[error("the bundle cannot be written: {0}")]
    Write(#[from] std::io::Error),
    #[error("the bundle cannot be written as JSON: {0}; please report this as a bug")]
    Json(#[from] serde_json::Error),
}

/// What base64 (RFC 4648) stands for; `None` where it is none.
#[must_use]
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.decode(text.trim()).ok()
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The manifest of these members.
///
/// # Errors
/// Where JSON cannot hold it: a bug.
pub fn manifest(members: &Members, created: &str) -> Result<Vec<u8>, BundleError> {
    let resources = members
        .iter()
        .map(|(path, bytes)| Resource {
            name: path.replace(['/', '.'], "-"),
            path: path.clone(),
            bytes: bytes.len(),
            hash: format!("sha256:{}", sum(bytes)),
        })
        .collect();
    let manifest = Manifest {
        profile: "data-package".into(),
        name: "copytrail-evidence".into(),
        created: created.to_owned(),
        resources,
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The members as one file, in the order of their names.
///
/// # Errors
/// Where it cannot be packed.
pub fn pack(members: &Members) -> Result<Vec<u8>, BundleError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        // As they are: every byte counts, no other packing gives the same members, and replay tools seek in archives.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        zip.start_file(name, options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The members of a bundle, and those that cannot be read.
///
/// # Errors
/// Where it is no ZIP with a manifest.
pub fn unpack(bytes: &[u8]) -> Result<(Members, Vec<Altered>), BundleError> {
    let no_zip = |error: zip::result::ZipError| BundleError::NoBundle(error.to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(no_zip)?;
    let mut members = Members::new();
    let mut altered = Vec::new();
    let mut left = LARGEST;
    for at in 0..zip.len() {
        let raw = zip.by_index_raw(at).map(|file| file.name().map(Cow::into_owned));
        let name = raw.ok().and_then(Result::ok).unwrap_or_else(|| format!("member {at}"));
        let mut read = Vec::new();
        let done = zip.by_index(at).map_err(|error| error.to_string()).and_then(|file| {
            let taken = file.take(left).read_to_end(&mut read);
            taken.map_err(|error| error.to_string())
        });
        left = left.saturating_sub(read.len() as u64);
        if left == 0 {
            return Err(BundleError::NoBundle("it unpacks to more than 1 GB".into()));
        }
        if let Err(cause) = done {
            altered.push(Altered { member: name.clone(), says: format!("it is damaged: {cause}") });
        }
        if members.insert(name.clone(), read).is_some() {
            altered.push(Altered { member: name, says: "it is in the bundle twice".into() });
        }
    }
    if members.contains_key(MANIFEST) || altered.iter().any(|altered| altered.member == MANIFEST) {
        return Ok((members, altered));
    }
    Err(BundleError::NoBundle(format!("it has no {MANIFEST}")))
}

/// What of the members is not as the manifest has it.
#[must_use]
pub fn compare_sums(members: &Members) -> Vec<Altered> {
    let altered = |member: &str, says: &str| Altered { member: member.into(), says: says.into() };
    let bytes = members.get(MANIFEST).map_or(&[][..], Vec::as_slice);
    let Ok(manifest) = serde_json::from_slice::<Manifest>(bytes) else {
        return vec![altered(MANIFEST, "the manifest cannot be read")];
    };
    let mut found = Vec::new();
    for resource in &manifest.resources {
        match members.get(&resource.path) {
            None => found.push(altered(&resource.path, "it is missing")),
            Some(bytes) if format!("sha256:{}", sum(bytes)) != resource.hash => {
                found.push(altered(&resource.path, "its sum is not the manifest's"));
            }
            Some(_) => {}
        }
    }
    let listed = |name: &str| manifest.resources.iter().any(|resource| resource.path == name);
    for name in members.keys().filter(|name| ![MANIFEST, TOKEN].contains(&name.as_str())) {
        if !listed(name) {
            found.push(altered(name, "the manifest does not know it"));
        }
    }
    found
}
