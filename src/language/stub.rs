//! stub
pub fn residue(_: &str, _: &str) -> Vec<crate::model::Residue> { Vec::new() }
