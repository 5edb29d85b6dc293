//! Two small languages: date rules (`SNET 2027-01-05`) and what a task waits for (`ANI SS+1d`).

use super::values;
use super::wire::plain;
use crate::model::{DateRule, Link};
use jiff::civil::Date;

/// Why a date rule was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The word is not that of a rule.
    Word,
    /// The word is known, the date behind it is not one.
    Date(String),
}

/// A date rule: its short or long words, and a date where it needs one.
///
/// ```
/// use shotplan::model::DateRule;
/// use shotplan::read::links::date_rule;
/// let first = jiff::civil::date(2027, 2, 1);
/// assert_eq!(date_rule("FNLT 2027-02-01"), Ok(DateRule::FinishNoLaterThan(first)));
/// assert_eq!(date_rule("must finish on 2027-02-01"), Ok(DateRule::MustFinishOn(first)));
/// assert_eq!(date_rule("ALAP"), Ok(DateRule::AsLateAsPossible));
/// ```
pub fn date_rule(text: &str) -> Result<DateRule, Flaw> {
    let text = text.trim();
    match plain(text).as_str() {
        "asap" | "assoonaspossible" => return Ok(DateRule::AsSoonAsPossible),
        "alap" | "aslateaspossible" => return Ok(DateRule::AsLateAsPossible),
        _ => {}
    }
    let digit = text.find(|c: char| c.is_ascii_digit()).ok_or(Flaw::Word)?;
    let (word, date) = text.split_at(digit);
    let make: fn(Date) -> DateRule = match plain(word).as_str() {
        "mso" | "muststarton" => DateRule::MustStartOn,
        "mfo" | "mustfinishon" => DateRule::MustFinishOn,
        "snet" | "startnoearlierthan" => DateRule::StartNoEarlierThan,
        "snlt" | "startnolaterthan" => DateRule::StartNoLaterThan,
        "fnet" | "finishnoearlierthan" => DateRule::FinishNoEarlierThan,
        "fnlt" | "finishnolaterthan" => DateRule::FinishNoLaterThan,
        _ => return Err(Flaw::Word),
    };
    values::day(date).map(make).map_err(|_| Flaw::Date(date.to_owned()))
}

/// A rule as it is written.
pub fn rule_text(rule: DateRule) -> String {
    let word = match rule {
        DateRule::AsSoonAsPossible => return "ASAP".to_owned(),
        DateRule::AsLateAsPossible => return "ALAP".to_owned(),
        DateRule::MustStartOn(_) => "MSO",
        DateRule::MustFinishOn(_) => "MFO",
        DateRule::StartNoEarlierThan(_) => "SNET",
        DateRule::StartNoLaterThan(_) => "SNLT",
        DateRule::FinishNoEarlierThan(_) => "FNET",
        DateRule::FinishNoLaterThan(_) => "FNLT",
    };
    rule.date().map_or(word.to_owned(), |date| format!("{word} {date}"))
}

/// What a task waits for, as written: whom, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait<'t> {
    /// A department or a task.
    pub whom: &'t str,
    /// The kind.
    pub link: Link,
    /// The lag with its sign ("+1d"), empty if none.
    pub lag: &'t str,
    /// The overlap ("60%"), empty if none.
    pub overlap: &'t str,
}

/// One item of a column `after`: `ANI`, `010_0020_ani SS+1d`, `MM FS~60%`, `LGT:FF-0.5d`.
///
/// ```
/// use shotplan::model::Link;
/// use shotplan::read::links::wait;
/// let found = wait("ANI SS+1d");
/// assert_eq!((found.whom, found.link, found.lag), ("ANI", Link::StartToStart, "+1d"));
/// let found = wait("MM FS~60%");
/// assert_eq!((found.whom, found.link, found.overlap), ("MM", Link::FinishToStart, "60%"));
/// assert_eq!(wait("010_0010_comp main").whom, "010_0010_comp main");
/// ```
pub fn wait(text: &str) -> Wait<'_> {
    let text = text.trim();
    let plain = Wait { whom: text, link: Link::FinishToStart, lag: "", overlap: "" };
    let Some(cut) = text.rfind([' ', ':']) else { return plain };
    let (whom, how) = (text[..cut].trim_end_matches([' ', ':']), &text[cut + 1..]);
    let link = match how.get(..2).map(str::to_ascii_uppercase).as_deref() {
        Some("FS") => Link::FinishToStart,
        Some("SS") => Link::StartToStart,
        Some("FF") => Link::FinishToFinish,
        Some("SF") => Link::StartToFinish,
        _ => return plain,
    };
    let rest = how.get(2..).unwrap_or_default();
    let (overlap, rest) = match rest.strip_prefix('~') {
        Some(tail) => tail.split_at(tail.find('%').map_or(tail.len(), |end| end + 1)),
        None => ("", rest),
    };
    let lag_ends = rest.is_empty() || rest.starts_with(['+', '-']);
    if whom.is_empty() || !lag_ends { plain } else { Wait { whom, link, lag: rest, overlap } }
}
