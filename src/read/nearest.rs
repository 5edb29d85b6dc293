//! What was perhaps meant: the known name nearest to one that is not known.

use super::wire::plain;
use strsim::osa_distance;

/// The known name nearest to what was written, if one is near enough to be meant.
///
/// ```
/// use shotplan::read::nearest;
/// assert_eq!(nearest("departmnet", ["task", "department"].into_iter()), Some("department"));
/// assert_eq!(nearest("colour", ["task", "department"].into_iter()), None);
/// ```
pub fn nearest<'k>(written: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let written = plain(written);
    let length = written.chars().count();
    if length == 0 || length > 40 {
        return None;
    }
    let most = (length / 3).max(1);
    let mut best: Option<(usize, &str)> = None;
    for name in known.take(5_000) {
        if name.len().abs_diff(written.len()) > most + 4 {
            continue;
        }
        // Letters to add, drop, change or swap with their neighbour.
        let away = osa_distance(&written, &plain(name));
        if away <= most && best.is_none_or(|(least, _)| away < least) {
            best = Some((away, name));
        }
    }
    best.map(|(_, name)| name)
}
