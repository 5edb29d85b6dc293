//! Public holidays that a site can name, carried inside the program.
//!
//! A convenience to be checked against the official lists: governments move and add days.

use jiff::civil::Date;

/// Names and their lists.
pub const NAMES: [(&str, &str); 5] = [
    ("UK", include_str!("../../data/holidays/uk.csv")),
    ("US", include_str!("../../data/holidays/us.csv")),
    ("BC", include_str!("../../data/holidays/bc.csv")),
    ("QC", include_str!("../../data/holidays/qc.csv")),
    ("KA", include_str!("../../data/holidays/ka.csv")),
];

/// The days of a list, by its name in any case; `None` if no list has that name.
///
/// ```
/// use shotplan::read::holidays::named;
/// let boxing_day_off = jiff::civil::date(2026, 12, 28); // the 26th is a Saturday
/// assert!(named("uk").unwrap().contains(&boxing_day_off));
/// assert!(named("Atlantis").is_none());
/// ```
pub fn named(name: &str) -> Option<Vec<Date>> {
    let (_, list) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name.trim()))?;
    Some(list.lines().filter_map(|line| line.split(',').next()?.parse().ok()).collect())
}
