//! What is being read, and what was found wrong with it: every cell passes through here.
//!
//! Takes written values with their place, gives meanings, and keeps an issue for each that has none.

use super::nearest;
use super::values::{self, Trouble, Unit};
use super::wire::plain;
use super::words::Words;
use crate::model::*;
use jiff::civil::Date;
use std::collections::HashMap;

/// The unit of shares, which are written in per cent.
const PER_CENT: &str = "hundredths of a per cent";

/// Most issues of one code that are listed for one file.
pub const LISTED: u32 = 1000;
/// Most issues for which the nearest known name is looked up: it is slow on large shows.
const SUGGESTED: u32 = 50;

/// Where a row stands and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct At<'r> {
    /// File and line.
    pub source: Source,
    /// First byte of the row; used where the format has no columns.
    pub offset: usize,
    /// What the row is ("task").
    pub kind: &'static str,
    /// Its id, where it has one.
    pub code: Option<&'r str>,
}

impl At<'_> {
    /// The same row, with its id.
    pub fn of(self, code: &str) -> At<'_> {
        At { source: self.source, offset: self.offset, kind: self.kind, code: Some(code) }
    }
    /// The row in the user's words: "task 080_0120_cmp".
    pub fn object(&self) -> String {
        match self.code {
            Some(code) => format!("{} {code}", self.kind),
            None if self.source.line > 0 => format!("{} in line {}", self.kind, self.source.line),
            None => self.kind.to_owned(),
        }
    }
}

/// A field of a row: its name and what is written there.
pub type Cell<'r> = (&'static str, Option<&'r str>);

/// The field of a row, as a [`Cell`].
macro_rules! cell {
    ($row:ident . $field:ident) => {
        (stringify!($field), $row.$field.as_deref())
    };
}
pub(crate) use cell;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A table; `decimal_comma` = its delimiter is not the comma.
    Table {
        /// Numbers may have a decimal comma.
        decimal_comma: bool,
    },
    /// TOML.
    Toml,
    /// JSON.
    Json,
}

/// What is being read, and the issues so far.
#[derive(Default)]
pub struct Intake<'f> {
    /// Files with their columns.
    pub files: Keyed<FileId, InputFile>,
    /// Form and text of each file.
    pub texts: Vec<(Form, &'f str)>,
    /// Issues so far.
    pub issues: Vec<Issue>,
    /// Values that were assumed.
    pub assumed: std::collections::BTreeMap<String, u32>,
    counts: HashMap<(&'static str, Option<FileId>), u32>,
}

impl Intake<'_> {
    /// Counts a default that stands for a missing value.
    pub fn assume(&mut self, field: &str) {
        match self.assumed.get_mut(field) {
            Some(count) => *count += 1,
            None => {
                self.assumed.insert(field.to_owned(), 1);
            }
        }
    }

    /// Keeps an issue with its place.
    pub fn raise(&mut self, code: &'static str, at: &At<'_>, issue: Issue) {
        let count = self.counts.entry((code, at.source.file)).or_insert(0);
        *count += 1;
        if *count > LISTED {
            return;
        }
        // A place that is already known is nearer than that of the row.
        let (line, column) = (issue.line, issue.column);
        let mut issue = issue.at(&self.files, at.source);
        issue.line = line.or(issue.line);
        issue.column = issue.column.or(column);
        if issue.column.is_none()
            && let (Some(id), Some(field)) = (at.source.file, issue.field.as_deref())
            && let Some((form, text)) = self.texts.get(id.index())
            && !matches!(form, Form::Table { .. })
            && let Some(place) = super::document::locate(*form, text, at.offset, field)
        {
            let (line, column) = line_and_column(text, place);
            issue.line = Some(line);
            issue.column = Some(column);
        }
        self.issues.push(issue);
    }

    /// Whether an issue of this code may still have a name suggested.
    fn may_suggest(&self, code: &'static str, at: &At<'_>) -> bool {
        self.counts.get(&(code, at.source.file)).is_none_or(|&count| count < SUGGESTED)
    }

    /// Adds "and N more" where a list was cut.
    pub fn close(&mut self) {
        let mut cut: Vec<_> = self
            .counts
            .iter()
            .filter(|(_, count)| **count > LISTED)
            .map(|(k, n)| (*k, *n))
            .collect();
        cut.sort_unstable();
        for ((code, file), count) in cut {
            let name = file.and_then(|id| self.files.get(id)).map(|file| file.name.clone());
            let mut issue = Issue::error(
                code,
                name.as_deref().unwrap_or("the show"),
                format!("and {} more like this", count - LISTED),
            )
            .help("mend the ones above; what they share is probably the cause");
            issue.file = name;
            self.issues.push(issue);
        }
    }

    /// Keeps an error about a cell.
    pub fn wrong(
        &mut self,
        code: &'static str,
        at: &At<'_>,
        cell: Cell<'_>,
        message: String,
        help: String,
    ) {
        let mut issue = Issue::error(code, at.object(), message).field(cell.0).help(help);
        if let Some(value) = cell.1 {
            issue = issue.value(clipped(value));
        }
        self.raise(code, at, issue);
    }

    fn comma(&self, at: &At<'_>) -> bool {
        let form = at.source.file.and_then(|id| self.texts.get(id.index())).map(|(form, _)| *form);
        matches!(form, Some(Form::Table { decimal_comma: true }))
    }

    /// The value of a cell, or an issue of `code` and nothing.
    fn value<T>(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        code: &'static str,
        read: impl FnOnce(&str, bool) -> Result<T, Trouble>,
    ) -> Option<T> {
        let text = cell.1?;
        match read(text, self.comma(at)) {
            Ok(value) => Some(value),
            Err(trouble) => {
                self.trouble(at, cell, code, trouble);
                None
            }
        }
    }

    fn trouble(&mut self, at: &At<'_>, cell: Cell<'_>, code: &'static str, trouble: Trouble) {
        let shown = clipped(cell.1.unwrap_or_default());
        match trouble {
            Trouble::NotOne(expected) => self.wrong(
                code,
                at,
                cell,
                format!("`{shown}` is not {expected}"),
                format!("write {expected}"),
            ),
            Trouble::Absurd(why) => self.wrong(
                "V04",
                at,
                cell,
                format!("`{shown}` {why}"),
                "write the value that is meant, or leave it empty for the default".to_owned(),
            ),
        }
    }

    /// A number that must lie in `least ..= most`, else V04.
    fn within(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        value: i64,
        (least, most): (i64, i64),
        unit: &str,
    ) -> Option<i64> {
        if (least..=most).contains(&value) {
            return Some(value);
        }
        let shown = clipped(cell.1.unwrap_or_default());
        let message = if value < 0 && least >= 0 {
            format!("`{shown}` is negative")
        } else if value < least {
            format!("`{shown}` is too small")
        } else {
            format!("`{shown}` is absurdly large")
        };
        self.wrong(
            "V04",
            at,
            cell,
            message,
            match unit {
                PER_CENT => format!("write a share from {} % to {} %", least / 100, most / 100),
                "" => format!("write a value from {least} to {most}"),
                _ => format!("write a value from {least} to {most} {unit}"),
            },
        );
        None
    }

    /// A day.
    pub fn day(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<Date> {
        self.value(at, cell, "R08", |text, _| values::day(text))
    }

    /// Minutes of work from 0 to 100,000 days.
    pub fn minutes(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        day_minutes: i64,
        bare: Unit,
    ) -> Option<i64> {
        let read = |text: &str, comma| values::duration(text, day_minutes, bare, comma);
        let minutes = self.value(at, cell, "R09", read)?;
        let most = day_minutes.saturating_mul(100_000);
        if (0..=most).contains(&minutes) {
            return Some(minutes);
        }
        let shown = clipped(cell.1.unwrap_or_default());
        let what = if minutes < 0 { "is negative" } else { "is absurdly large" };
        let help = "write a duration from 0 to 100,000 days".to_owned();
        self.wrong("V04", at, cell, format!("`{shown}` {what}"), help);
        None
    }

    /// Working days as slots, rounded half to even, from `least` to 20,000 days.
    pub fn slots(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        day_minutes: i64,
        slots_per_day: u32,
        may_be_negative: bool,
    ) -> Option<i32> {
        let read = |text: &str, comma| values::duration(text, day_minutes, Unit::Days, comma);
        let minutes = self.value(at, cell, "R09", read)?;
        self.minutes_as_slots(at, cell, minutes, day_minutes, slots_per_day, may_be_negative)
    }

    /// Minutes as slots, held to what a lag may be.
    pub fn minutes_as_slots(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        minutes: i64,
        day_minutes: i64,
        slots_per_day: u32,
        may_be_negative: bool,
    ) -> Option<i32> {
        let slots = round_half_even(
            i128::from(minutes) * i128::from(slots_per_day),
            i128::from(day_minutes.max(1)),
        );
        let most = 2_000 * i64::from(slots_per_day);
        let least = if may_be_negative { -most } else { 0 };
        if (least..=most).contains(&slots) {
            return i32::try_from(slots).ok();
        }
        let shown = clipped(cell.1.unwrap_or_default());
        let what = if slots < 0 && least == 0 { "is negative" } else { "is absurdly large" };
        self.wrong(
            "V04",
            at,
            cell,
            format!("`{shown}` {what}"),
            "write working days, at most 2,000".to_owned(),
        );
        None
    }

    /// A share in basis points, from 0 to `most`.
    pub fn share(&mut self, at: &At<'_>, cell: Cell<'_>, most: i64) -> Option<i64> {
        let points = self.value(at, cell, "R09", values::share)?;
        self.within(at, cell, points, (0, most), PER_CENT)
    }

    /// Weights of components of the objective.
    pub fn weights(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<Weights> {
        self.value(at, cell, "R09", values::weights)
    }

    /// A level in thousandths, from `least` to 5,000.
    pub fn level(&mut self, at: &At<'_>, cell: Cell<'_>, least: i64) -> Option<i64> {
        let level = self.value(at, cell, "R09", values::thousandths)?;
        self.within(at, cell, level, (least, 5_000), "thousandths")
    }

    /// A whole number in a range.
    pub fn whole(&mut self, at: &At<'_>, cell: Cell<'_>, range: (i64, i64)) -> Option<i64> {
        let number = self.value(at, cell, "R09", values::whole)?;
        self.within(at, cell, number, range, "")
    }

    /// An amount with the currency written at it.
    pub fn money(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        home: Currency,
        may_be_negative: bool,
    ) -> Option<(Cents, Option<Currency>)> {
        let read = |text: &str, comma| values::money(text, home, comma);
        let (amount, currency) = self.value(at, cell, "R09", read)?;
        if amount.0 < 0 && !may_be_negative {
            let shown = clipped(cell.1.unwrap_or_default());
            let help = "write an amount of 0 or more".to_owned();
            self.wrong("V04", at, cell, format!("`{shown}` is negative"), help);
            return None;
        }
        Some((amount, currency))
    }

    /// An amount that has to be in the production's currency.
    pub fn home_money(
        &mut self,
        at: &At<'_>,
        cell: Cell<'_>,
        home: Currency,
        may_be_negative: bool,
    ) -> Option<Cents> {
        let (amount, currency) = self.money(at, cell, home, may_be_negative)?;
        match currency {
            Some(other) if other != home => {
                self.wrong(
                    "R09",
                    at,
                    cell,
                    format!("the amount is in {other}; here it has to be in {home}"),
                    format!("write the amount in {home}"),
                );
                None
            }
            _ => Some(amount),
        }
    }

    /// The price of a small unit, in the production's currency.
    pub fn fine_price(&mut self, at: &At<'_>, cell: Cell<'_>, home: Currency) -> Option<FinePrice> {
        let read = |text: &str, comma| values::fine_price(text, home, comma);
        let (price, currency) = self.value(at, cell, "R09", read)?;
        if let Some(other) = currency.filter(|other| *other != home) {
            let message = format!("the price is in {other}; here it has to be in {home}");
            self.wrong("R09", at, cell, message, format!("write the price in {home}"));
            return None;
        }
        let most = 1_000_000_000_000_000;
        self.within(at, cell, price.0, (0, most), "thousandths of a minor unit").map(FinePrice)
    }

    /// So many units of a pool (core-hours become core-minutes), from 0 to a thousand million.
    pub fn units(&mut self, at: &At<'_>, cell: Cell<'_>, kind: PoolKind) -> Option<i64> {
        let read = |text: &str, comma| match kind {
            PoolKind::Farm => values::decimal(text, comma).map(|hours| hours.in_units(60)),
            PoolKind::Licence | PoolKind::Desk => values::whole(text, comma),
        };
        let units = self.value(at, cell, "R09", read)?;
        let unit = if kind == PoolKind::Farm { "core-minutes" } else { "units" };
        self.within(at, cell, units, (0, 60_000_000_000), unit)
    }

    /// A currency code.
    pub fn currency(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<Currency> {
        self.value(at, cell, "R10", |text, _| {
            Currency::new(&text.trim().to_ascii_uppercase()).ok_or_else(|| {
                Trouble::NotOne("a currency of three letters such as `GBP`".to_owned())
            })
        })
    }

    /// One of the words of an enumeration.
    pub fn word<T: Copy>(&mut self, at: &At<'_>, cell: Cell<'_>, words: Words<T>) -> Option<T> {
        let text = cell.1?.trim();
        let exact = words.iter().find(|(word, _)| *word == text);
        let found = exact.or_else(|| {
            let text = plain(text);
            words.iter().find(|(word, _)| plain(word) == text)
        });
        if let Some((_, meaning)) = found {
            return Some(*meaning);
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).take(11).collect();
        let help = match nearest(text, known.iter().copied()) {
            Some(word) => format!("perhaps `{word}`; known words: {}", known.join(", ")),
            None => format!("known words: {}", known.join(", ")),
        };
        let message = format!("`{}` is not a word known here", clipped(text));
        self.wrong("R10", at, cell, message, help);
        None
    }

    /// A cell that has to be filled.
    pub fn needed<'r>(&mut self, at: &At<'_>, cell: Cell<'r>) -> Option<&'r str> {
        let text = cell.1.map(str::trim).filter(|text| !text.is_empty());
        if text.is_none() {
            let message = format!("the {} is missing", cell.0);
            let help = format!("fill in `{}`, or take the row out", cell.0);
            self.wrong("R07", at, cell, message, help);
        }
        text
    }

    /// A reference that was or was not found; if not, V02 with the nearest known name.
    pub fn refer<'k, T>(
        &mut self,
        at: &At<'_>,
        (field, text): (&'static str, &str),
        kind: &str,
        found: Option<T>,
        known: impl Iterator<Item = &'k str>,
    ) -> Option<T> {
        if found.is_some() {
            return found;
        }
        let near = if self.may_suggest("V02", at) { nearest(text, known) } else { None };
        let help = match near {
            Some(name) => format!("perhaps `{name}`; else add it to the {kind}s"),
            None => format!("add it to the {kind}s, or mend the name"),
        };
        let message = format!("the {kind} `{}` is not defined", clipped(text));
        self.wrong("V02", at, (field, Some(text)), message, help);
        None
    }

    /// V03: an id that another row has.
    pub fn duplicate(&mut self, at: &At<'_>, field: &'static str, code: &str, first: Source) {
        let place = match first.file.and_then(|id| self.files.get(id)) {
            Some(file) => format!("{} line {}", file.name, first.line),
            None => "the same file".to_owned(),
        };
        self.wrong(
            "V03",
            at,
            (field, Some(code)),
            format!("the id `{}` is used twice; the first one is in {place}", clipped(code)),
            "give one of them another id, or take the second row out".to_owned(),
        );
    }

    /// V05 if `end` is before `start`; whether they are in order.
    pub fn in_order(
        &mut self,
        at: &At<'_>,
        (start_field, start): (&'static str, Option<Date>),
        (end_field, end): (&'static str, Option<Date>),
    ) -> bool {
        let (Some(start), Some(end)) = (start, end) else { return true };
        if start <= end {
            return true;
        }
        let issue = Issue::error(
            "V05",
            at.object(),
            format!("{start_field} {start} is after {end_field} {end}"),
        )
        .field(end_field)
        .value(end.to_string())
        .help("swap them, or mend the wrong one");
        self.raise("V05", at, issue);
        false
    }
}

/// Line and column, both from 1, of a byte; columns count characters.
pub fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = text.get(..offset).unwrap_or_default();
    let line = before.bytes().filter(|&byte| byte == b'\n').count();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(start..).map_or(0, |line| line.chars().count());
    (line as u32 + 1, column as u32 + 1)
}

/// A value short enough for a message.
pub fn clipped(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
