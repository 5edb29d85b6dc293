//! What was perhaps meant: the known name nearest to one that is not known.

use super::wire::plain;

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
        let away = distance(&written, &plain(name));
        if away <= most && best.is_none_or(|(least, _)| away < least) {
            best = Some((away, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Letters to add, drop, change or swap with their neighbour to turn one word into the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let width = b.len() + 1;
    let mut cost = vec![0_usize; (a.len() + 1) * width];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            cost[i * width + j] = if i == 0 || j == 0 {
                i + j
            } else {
                let change = cost[(i - 1) * width + j - 1] + usize::from(a[i - 1] != b[j - 1]);
                let drop = cost[(i - 1) * width + j] + 1;
                let add = cost[i * width + j - 1] + 1;
                let mut least = change.min(drop).min(add);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(cost[(i - 2) * width + j - 2] + 1);
                }
                least
            };
        }
    }
    cost[a.len() * width + b.len()]
}
