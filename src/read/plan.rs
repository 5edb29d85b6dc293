//! Plans made by hand or by an earlier run.

use super::Error;
use crate::model::*;
use std::path::Path;

/// Reads a plan.
pub fn plan(path: &Path, production: &Production) -> Result<(Plan, Vec<Issue>), Error> {
    let bytes = std::fs::read(path)
        .map_err(|source| Error::Unreadable { path: path.to_owned(), source })?;
    Ok(plan_from_text(&path.display().to_string(), &bytes, production))
}
/// Reads a plan from memory.
pub fn plan_from_text(_name: &str, _bytes: &[u8], _production: &Production) -> (Plan, Vec<Issue>) {
    (Plan::default(), Vec::new())
}
