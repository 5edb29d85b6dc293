//! The fields of one edit: what they mean, and what is wrong with them.

use super::super::intake::{clipped, line_and_column};
use super::super::nearest;
use super::super::values::{self, Trouble};
use super::super::wire::{Column, Op, plain};
use super::super::words::{self, Words};
use super::tree::Node;
use crate::model::*;
use jiff::civil::Date;

/// Names that are all listed where an unknown one stands: a show has so many departments and milestones.
const MOST_NAMES: usize = 40;

/// What is wrong in a file, with the place of each.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// The named risks of the uncertainty that odds are drawn with, where they are.
    pub risks: Option<&'a [RiskEvent]>,
    pub issues: Vec<Issue>,
}

impl Report<'_> {
    /// Adds an issue that was seen at a byte.
    pub(super) fn raise(&mut self, at: usize, mut issue: Issue) {
        let (line, column) = line_and_column(self.text, at);
        issue.file = Some(self.file.to_owned());
        (issue.line, issue.column) = (Some(line), Some(column));
        if !self.issues.contains(&issue) {
            self.issues.push(issue);
        }
    }
}

/// A field that is filled in.
#[derive(Clone, Debug)]
struct Cell {
    field: &'static str,
    at: usize,
    text: String,
}

/// The fields of an edit, read against a production.
pub(super) struct Cells<'r, 'a> {
    /// The production with the edits before this one.
    pub production: &'r Production,
    report: &'r mut Report<'a>,
    /// Whose they are, in the user's words.
    object: &'r str,
    at: usize,
    cells: Vec<Cell>,
    /// Whether something was wrong.
    pub failed: bool,
}

impl<'r, 'a> Cells<'r, 'a> {
    /// The fields of a node that `op` knows; the others are reported.
    pub(super) fn new(
        op: &'static Op,
        node: &Node,
        production: &'r Production,
        object: &'r str,
        report: &'r mut Report<'a>,
    ) -> Cells<'r, 'a> {
        let cells = Vec::new();
        let mut new = Cells { production, report, object, at: node.at, cells, failed: false };
        for entry in node.entries().iter().filter(|entry| plain(&entry.key) != "op") {
            let Some(column) = op.field(&entry.key) else {
                let known: Vec<&Column> = op.fields().collect();
                new.unknown_field(entry.at, &entry.key, op.name, &known);
                continue;
            };
            match entry.node.text() {
                None => {
                    let issue = Issue::error("S04", new.object, "a table cannot stand here")
                        .field(column.name)
                        .help("write one value, or a list of values");
                    new.raise(entry.node.at, issue);
                }
                Some(text) if text.trim().is_empty() => {}
                Some(text) => {
                    let text = text.trim().to_owned();
                    new.cells.push(Cell { field: column.name, at: entry.node.at, text });
                }
            }
        }
        new
    }

    fn unknown_field(&mut self, at: usize, key: &str, op: &str, known: &[&Column]) {
        let names: Vec<&str> = known.iter().map(|column| column.name).collect();
        let perhaps = nearest(key, names.iter().copied())
            .map_or(String::new(), |near| format!("perhaps `{near}`; "));
        let message = format!("`{op}` has no field `{}`", clipped(key));
        let issue = Issue::error("S02", self.object, message)
            .field(key)
            .value(key)
            .help(format!("{perhaps}fields: {}", names.join(", ")));
        self.raise(at, issue);
    }

    /// The named risks of the uncertainty that odds are drawn with; `None` when none are drawn.
    pub(super) fn risks(&self) -> Option<&'a [RiskEvent]> {
        self.report.risks
    }

    fn raise(&mut self, at: usize, issue: Issue) {
        self.failed |= issue.severity == Severity::Error;
        self.report.raise(at, issue);
    }

    /// Reports something about a field, or about the whole edit where it is not filled in.
    pub(super) fn fail(&mut self, code: &str, field: &str, message: String, help: &str) {
        let cell = self.cells.iter().find(|cell| cell.field == field).cloned();
        let mut issue = Issue::error(code, self.object, message).help(help);
        let at = cell.as_ref().map_or(self.at, |cell| cell.at);
        if !field.is_empty() {
            issue = issue.field(field);
        }
        if let Some(cell) = cell {
            issue = issue.value(clipped(&cell.text));
        }
        self.raise(at, issue);
    }

    /// Says something that stops nothing.
    pub(super) fn warn(&mut self, code: &str, field: &str, message: String, help: &str) {
        let cell = self.cells.iter().find(|cell| cell.field == field);
        let at = cell.map_or(self.at, |cell| cell.at);
        let issue = Issue::warning(code, self.object, message).field(field).help(help);
        self.raise(at, issue);
    }

    /// The text of a field.
    pub(super) fn text(&self, field: &str) -> Option<&str> {
        self.cells.iter().find(|cell| cell.field == field).map(|cell| cell.text.as_str())
    }

    /// Whether a field is filled in.
    pub(super) fn has(&self, field: &str) -> bool {
        self.text(field).is_some()
    }

    /// The text of a field that has to be there.
    pub(super) fn needed(&mut self, field: &'static str) -> Option<String> {
        let text = self.text(field).map(str::to_owned);
        if text.is_none() {
            let message = format!("`{field}` is missing");
            self.fail("S03", field, message, "fill it in");
        }
        text
    }

    /// Reports each of these fields that is not there.
    pub(super) fn all_needed(&mut self, fields: &[&'static str]) {
        for field in fields {
            self.needed(field);
        }
    }

    /// Which one of these fields is filled in: exactly one has to be.
    pub(super) fn one_of(&mut self, fields: &[&'static str]) -> Option<&'static str> {
        let listed = |fields: &[&str]| {
            fields.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(" and ")
        };
        let filled: Vec<&'static str> =
            fields.iter().copied().filter(|field| self.has(field)).collect();
        match filled.as_slice() {
            [one] => Some(one),
            [] => {
                let message = format!("one of {} is needed", listed(fields));
                self.fail("S03", "", message, "fill one of them in");
                None
            }
            [_, second, ..] => {
                let message = format!("{} cannot be said together", listed(&filled));
                self.fail("S07", second, message, "leave one of them out");
                None
            }
        }
    }

    pub(super) fn value<T>(
        &mut self,
        field: &'static str,
        read: impl Fn(&str) -> Result<T, Trouble>,
    ) -> Option<T> {
        let text = self.text(field)?.to_owned();
        match read(&text) {
            Ok(value) => Some(value),
            Err(Trouble::NotOne(expected)) => {
                let message = format!("`{}` is not {expected}", clipped(&text));
                self.fail("S04", field, message, "write it in this form");
                None
            }
            Err(Trouble::Absurd(what)) => {
                let message = format!("`{}` {what}", clipped(&text));
                self.fail("S04", field, message, "write a number that can be meant");
                None
            }
        }
    }

    /// A day inside the time that is planned: from the day of the plan to the horizon.
    pub(super) fn date(&mut self, field: &'static str) -> Option<Date> {
        let date = self.value(field, values::day)?;
        let settings = &self.production.settings;
        let (first, last) = (settings.as_of, settings.horizon_end);
        if date < first {
            let message = format!("{date} is before the day of the plan, {first}");
            self.fail(
                "S06",
                field,
                message,
                "what has happened cannot be changed: write a later day",
            );
            return None;
        }
        if date > last {
            let message = format!("{date} is after the last day that can be planned, {last}");
            self.fail(
                "S06",
                field,
                message,
                "write an earlier day, or set horizon_end later in show.toml",
            );
            return None;
        }
        Some(date)
    }

    /// Two days in order.
    pub(super) fn in_order(&mut self, from: Date, to: Option<Date>) {
        if let Some(to) = to.filter(|to| *to < from) {
            let message = format!("it ends on {to}, before it begins on {from}");
            self.fail("S06", "to", message, "write a later end, or an earlier beginning");
        }
    }

    /// A whole number from `least` to `most`.
    pub(super) fn whole(&mut self, field: &'static str, least: i64, most: i64) -> Option<i64> {
        let value = self.value(field, |text| values::whole(text, false))?;
        if !(least..=most).contains(&value) {
            let message = format!("{value} is not from {least} to {most}");
            self.fail("S04", field, message, "write a number in this range");
            return None;
        }
        Some(value)
    }

    /// A share in basis points, per cent whether the sign is there or not.
    pub(super) fn percent(&mut self, field: &'static str, least: i64, most: i64) -> Option<i64> {
        let read = |text: &str| {
            let number = text.strip_suffix('%').unwrap_or(text);
            values::decimal(number, false).map(|number| number.in_units(100)).map_err(|trouble| {
                match trouble {
                    Trouble::NotOne(_) => Trouble::NotOne("a share such as `20%`".to_owned()),
                    absurd => absurd,
                }
            })
        };
        let points = self.value(field, read)?;
        if !(least..=most).contains(&points) {
            let message = format!("the share is not from {} % to {} %", least / 100, most / 100);
            self.fail("S04", field, message, "write a share in this range");
            return None;
        }
        Some(points)
    }

    /// Weights of components of the objective.
    pub(super) fn weights(&mut self, field: &'static str) -> Option<Weights> {
        self.value(field, |text| values::weights(text, false))
    }

    /// Thousandths ("1.2" is 1,200) up to a hundred times.
    pub(super) fn times(&mut self, field: &'static str) -> Option<i64> {
        let value = self.value(field, |text| values::thousandths(text, false))?;
        if !(1..=100_000).contains(&value) {
            let message = "it is not above 0 and up to 100 times".to_owned();
            self.fail("S04", field, message, "write a number such as 1.2");
            return None;
        }
        Some(value)
    }

    /// Minutes of work, in days where nothing else is said.
    pub(super) fn minutes(&mut self, field: &'static str) -> Option<i64> {
        let day = self.production.bid_day_minutes();
        let read = |text: &str| values::duration(text, day, values::Unit::Days, false);
        let minutes = self.value(field, read)?;
        if !(0..=day.saturating_mul(10_000)).contains(&minutes) {
            let message = "it is not from 0 to 10,000 days".to_owned();
            self.fail("S04", field, message, "write days such as 4.5");
            return None;
        }
        Some(minutes)
    }

    /// Working days, also parts of them, in slots of which a day has `per_day`.
    pub(super) fn slots(&mut self, field: &'static str, per_day: i64) -> Option<i64> {
        let slots = self.value(field, |text| values::decimal(text, false))?.in_units(per_day);
        if !(-100 * per_day..=100 * per_day).contains(&slots) {
            let message = "it is not from -100 to 100 days".to_owned();
            self.fail("S04", field, message, "write working days");
            return None;
        }
        Some(slots)
    }

    /// An exchange rate in millionths.
    pub(super) fn rate(&mut self, field: &'static str) -> Option<i64> {
        let rate = self.value(field, |text| values::decimal(text, false))?.in_units(1_000_000);
        if !(1..=1_000_000_000_000).contains(&rate) {
            let message = "it is not a rate above 0 and up to a million".to_owned();
            self.fail("S04", field, message, "write what one unit is worth, such as 0.58");
            return None;
        }
        Some(rate)
    }

    /// Hours in minutes.
    pub(super) fn hours(&mut self, field: &'static str, most: i64) -> Option<i64> {
        let minutes =
            self.value(field, |text| values::duration(text, 480, values::Unit::Hours, false))?;
        if !(1..=most * 60).contains(&minutes) {
            self.fail("S04", field, format!("it is not from 1 to {most} hours"), "write hours");
            return None;
        }
        Some(minutes)
    }

    /// An amount in the currency of the show, at least 0.
    pub(super) fn money(&mut self, field: &'static str) -> Option<Cents> {
        let home = self.production.settings.currency;
        let (amount, currency) = self.value(field, |text| values::money(text, home, false))?;
        if amount.0 < 0 || currency.is_some_and(|currency| currency != home) {
            let message = format!("it is not an amount of at least 0 in {home}");
            self.fail("S04", field, message, "write an amount such as 1,200");
            return None;
        }
        Some(amount)
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, field: &'static str) -> Option<bool> {
        self.word(field, words::YES_NO)
    }

    /// One word of a few.
    pub(super) fn word<T: Copy>(&mut self, field: &'static str, known: Words<T>) -> Option<T> {
        let text = self.text(field)?.to_owned();
        let found = known.iter().find(|(word, _)| plain(word) == plain(&text));
        if found.is_none() {
            let names: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            let perhaps = nearest(&text, names.iter().copied())
                .map_or(String::new(), |near| format!("perhaps `{near}`; "));
            let message = format!("`{}` is not one of the words for `{field}`", clipped(&text));
            let help = format!("{perhaps}words: {}", names.join(", "));
            self.fail("S04", field, message, &help);
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// The one thing that a field names.
    pub(super) fn refer<I: Copy>(
        &mut self,
        field: &'static str,
        kind: &str,
        known: &[(I, &str, &str)],
    ) -> Option<I> {
        let text = self.text(field)?.to_owned();
        let found = named(&text, known);
        if found.is_none() {
            self.unknown(field, kind, &text, known.iter().map(|row| row.1));
        }
        found
    }

    /// All that a field names: a list of ids, names or patterns.
    pub(super) fn refer_all<I: Copy + Ord>(
        &mut self,
        field: &'static str,
        kind: &str,
        known: &[(I, &str, &str)],
    ) -> Option<Vec<I>> {
        let text = self.text(field)?.to_owned();
        let mut all = Vec::new();
        for item in values::items(&text) {
            let before = all.len();
            if item.contains(['*', '?']) {
                all.extend(known.iter().filter(|row| matches(item, row.1)).map(|row| row.0));
            } else {
                let same = known.iter().filter(|row| row.1 == item).map(|row| row.0);
                all.extend(same);
                if all.len() == before {
                    all.extend(named(item, known));
                }
            }
            if all.len() == before {
                self.unknown(field, kind, item, known.iter().map(|row| row.1));
            }
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }

    /// Reports a name that nothing has.
    pub(super) fn unknown<'k>(
        &mut self,
        field: &'static str,
        kind: &str,
        name: &str,
        known: impl Iterator<Item = &'k str> + Clone,
    ) {
        let near = nearest(name, known.clone());
        let all = known.clone().count();
        let some: Vec<&str> = known.take(if all <= MOST_NAMES { all } else { 12 }).collect();
        let help = match (near, all) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, 0) => format!("this show has no {kind}"),
            (None, all) if all > some.len() => {
                format!("it has {} and {} more", some.join(", "), all - some.len())
            }
            (None, _) => format!("it has {}", some.join(", ")),
        };
        let message = format!("the show has no {kind} `{}`", clipped(name));
        self.fail("S05", field, message, &help);
    }
}

/// The thing of this id; else of this id or name in any case.
fn named<I: Copy>(text: &str, known: &[(I, &str, &str)]) -> Option<I> {
    let exact = known.iter().find(|row| row.1 == text);
    let alike = || {
        known
            .iter()
            .find(|row| row.1.eq_ignore_ascii_case(text) || row.2.eq_ignore_ascii_case(text))
    };
    exact.or_else(alike).map(|row| row.0)
}

/// Whether a name fits a pattern: `*` stands for any letters, `?` for one.
pub(super) fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut at, mut place) = (0, 0);
    // The last star, and the letter after those it has swallowed so far.
    let mut star: Option<(usize, usize)> = None;
    while place < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, place));
                at += 1;
            }
            Some(&sign) if sign == '?' || sign == name[place] => {
                at += 1;
                place += 1;
            }
            _ => {
                let Some((back, swallowed)) = star else { return false };
                star = Some((back, swallowed + 1));
                (at, place) = (back + 1, swallowed + 1);
            }
        }
    }
    pattern[at..].iter().all(|sign| *sign == '*')
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns_stand_for_names() {
        for (pattern, name) in
            [("030_*", "030_0010"), ("*", ""), ("*_cmp", "030_cmp_cmp"), ("0?0", "010")]
        {
            assert!(matches(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [("030_*", "031_0010"), ("?", ""), ("*a", "ab"), ("", "x")] {
            assert!(!matches(pattern, name), "{pattern} {name}");
        }
    }
}
