//! Values as JSON, on one line or to be read by people; each ends with a line feed.

use serde::Serialize;

/// A value on one line, without spaces (a studio's plan has some hundred thousand rows).
pub fn json_line(value: &impl Serialize) -> Vec<u8> {
    ended(serde_json::to_vec(value))
}

/// A value with a line for each field.
pub fn json(value: &impl Serialize) -> Vec<u8> {
    ended(serde_json::to_vec_pretty(value))
}

#[expect(clippy::expect_used, reason = "no file could say it, and no reader mend it")]
fn ended(written: serde_json::Result<Vec<u8>>) -> Vec<u8> {
    let mut bytes = written
        .expect("invariant: results have text keys only, and memory takes whatever is written");
    bytes.push(b'\n');
    bytes
}
