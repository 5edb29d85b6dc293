//! Plans made by hand or by an earlier run: `plan.csv` or `result.json` to a [`Plan`].
//!
//! Rows with slots are taken as they are. Rows with dates only are read as a sensible person means
//! them: work begins on the first day as soon as the artist and what the task waits for are ready,
//! and ends on the last day when the work is done. Where the dates do not fit the work they are kept,
//! so that `verify` can say so. A task that nobody has to work on need not be listed.

use super::Error;
use super::encoding;
use super::intake::{At, Form, Intake, cell};
use super::piped;
use super::place::{Clock, Placing};
use super::table;
use super::values::Unit;
use super::wire::{PlanRow, Row, Text};
use crate::model::*;
use crate::result::{Document, VERSION};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Reads a plan for `production` from `plan.csv` or `result.json`.
pub fn plan(path: &Path, production: &Production) -> Result<(Plan, Vec<Issue>), Error> {
    if !piped::exists(path) {
        return Err(Error::Missing(path.to_owned()));
    }
    let bytes =
        piped::bytes(path).map_err(|source| Error::Unreadable { path: path.to_owned(), source })?;
    Ok(plan_from_text(&piped::shown(path, &bytes), &bytes, production))
}

/// One run of work as it is written.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The task.
    pub task: TaskId,
    /// The part, where it is said.
    pub part: Option<u32>,
    /// Who.
    pub worker: Worker,
    /// When.
    pub when: When,
}

/// When a run of work is, as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    /// Exactly.
    Slots(Interval),
    /// From one day to another.
    Dates(Date, Date),
}

/// Ids by name, for the rows of a plan.
pub struct Names<'p> {
    /// Tasks by code.
    pub tasks: HashMap<&'p str, TaskId>,
    /// People by code, and by name.
    pub people: HashMap<&'p str, PersonId>,
    /// Vendors by code.
    pub vendors: HashMap<&'p str, VendorId>,
}

impl<'p> Names<'p> {
    /// The names of a production.
    pub fn of(production: &'p Production) -> Names<'p> {
        // Names first, so that an id wins over a name that is spelled the same.
        let mut people: HashMap<&str, PersonId> = HashMap::new();
        people.extend(production.people.enumerate().map(|(id, row)| (row.name.as_str(), id)));
        people.extend(production.people.enumerate().map(|(id, row)| (row.code.as_str(), id)));
        Names {
            tasks: production.tasks.enumerate().map(|(id, row)| (row.code.as_str(), id)).collect(),
            people,
            vendors: production
                .vendors
                .enumerate()
                .map(|(id, row)| (row.code.as_str(), id))
                .collect(),
        }
    }
}

/// Reads a plan from memory; a name that ends in `.json` says that it is a saved result.
pub fn plan_from_text(name: &str, bytes: &[u8], production: &Production) -> (Plan, Vec<Issue>) {
    let (text, encoding) = encoding::text(bytes);
    let mut intake = Intake::default();
    let form = match name.to_lowercase().ends_with(".json") {
        true => Form::Json,
        false => Form::Table { decimal_comma: table::delimiter(&text) != b',' },
    };
    let file = intake.files.push(InputFile { name: name.to_owned(), columns: Vec::new() });
    intake.texts.push((form, &text));
    let source = Source { file: Some(file), line: 1 };
    let at = At { source, offset: 0, kind: "plan", code: Some(name) };
    if encoding == encoding::Encoding::Broken {
        let issue =
            Issue::error("R04", at.object(), "the file is not text").help("save it as UTF-8");
        intake.raise("R04", &at, issue);
        return (Plan::default(), intake.issues);
    }
    let names = Names::of(production);
    let mut reader = PlanReader {
        production,
        names,
        timeline: production.timeline(),
        written: Vec::new(),
        overtime: BTreeMap::new(),
        instants: Vec::new(),
        unplaced: Vec::new(),
    };
    match form {
        Form::Json => reader.saved_result(&mut intake, &at, &text),
        _ => reader.table(&mut intake, file, &text),
    }
    intake.close();
    // Columns of other tools in a plan are no harm.
    for issue in intake.issues.iter_mut().filter(|issue| issue.code == "R05") {
        issue.severity = Severity::Warning;
    }
    let issues = std::mem::take(&mut intake.issues);
    (reader.into_plan(), issues)
}

struct PlanReader<'p> {
    production: &'p Production,
    names: Names<'p>,
    timeline: Timeline,
    written: Vec<Written>,
    /// Minutes, and what they are worth where that is said.
    overtime: BTreeMap<(PersonId, Day), (u32, Option<u32>)>,
    instants: Vec<(TaskId, Slot)>,
    unplaced: Vec<(TaskId, Unplaced)>,
}

impl PlanReader<'_> {
    fn table(&mut self, intake: &mut Intake<'_>, file: FileId, text: &str) {
        let about = <PlanRow<'_> as Row<'_>>::ABOUT;
        let none = BTreeMap::new();
        let Some(header) = table::header(intake, file, text, &about, &none) else { return };
        let mut reader = table::rows(text, header.delimiter);
        let mut record = csv::StringRecord::new();
        let mut first = true;
        while reader.read_record(&mut record).unwrap_or(false) {
            if std::mem::take(&mut first) {
                continue;
            }
            let line = table::line(text, &record);
            let source = Source { file: Some(file), line };
            let at = At { source, offset: 0, kind: "plan row", code: None };
            let mut row = PlanRow::default();
            let mut filled = false;
            for (cell, column) in record.iter().zip(&header.columns) {
                let cell = cell.trim();
                if let (Some(column), false) = (column, cell.is_empty()) {
                    filled = true;
                    row.set(*column, Text(Cow::Borrowed(cell)));
                }
            }
            if filled {
                self.row(intake, &at, &row);
            }
        }
    }

    fn row(&mut self, intake: &mut Intake<'_>, at: &At<'_>, row: &PlanRow<'_>) {
        if row.task.is_none() && row.overtime.is_some() {
            self.overtime_row(intake, at, row);
            return;
        }
        let Some(code) = intake.needed(at, cell!(row.task)) else { return };
        let found = self.names.tasks.get(code).copied();
        let known = self.production.tasks.iter().map(|task| task.code.as_str());
        let task = intake.refer(at, ("task", code), "task", found, known);
        let slot = |intake: &mut Intake<'_>, cell| {
            let most = i64::from(self.timeline.slots());
            intake.whole(at, cell, (0, most)).map(|slot| Slot(slot as u32))
        };
        let start_slot = slot(intake, cell!(row.start_slot));
        let end_slot = slot(intake, cell!(row.end_slot));
        let part = intake.whole(at, cell!(row.part), (0, 1_000)).map(|part| part as u32);
        if row.artist.is_none() && row.vendor.is_none() {
            // A row without worker is an instant: its slot, or the start of its day.
            let day = intake.day(at, cell!(row.start)).map(|date| self.timeline.start_of(date));
            let cause = row.notes.as_deref().and_then(|note| self.cause(note));
            match (task, start_slot.or(day), cause) {
                (Some(task), Some(slot), _) => self.instants.push((task, slot)),
                (Some(task), None, Some(cause)) => self.unplaced.push((task, cause)),
                _ => {}
            }
            return;
        }
        let worker = self.worker(intake, at, row);
        let when = match (start_slot, end_slot) {
            (Some(start), Some(end)) if start < end => Some(When::Slots(Interval { start, end })),
            (Some(_), Some(_)) => {
                let message = "the end slot has to be after the start slot".to_owned();
                intake.wrong(
                    "V05",
                    at,
                    cell!(row.end_slot),
                    message,
                    "mend one of them".to_owned(),
                );
                None
            }
            _ => self.dates(intake, at, row),
        };
        if let (Some(task), Some(worker), Some(when)) = (task, worker, when) {
            self.written.push(Written { task, part, worker, when });
        }
    }

    /// Why a task has no place: a code and, where it waits for another task, that task.
    fn cause(&self, note: &str) -> Option<Unplaced> {
        let (code, other) = note.split_once(' ').unwrap_or((note, ""));
        match code {
            "nobody_can" => Some(Unplaced::NobodyCan),
            "no_time_left" => Some(Unplaced::NoTimeLeft),
            "on_hold" => Some(Unplaced::OnHold),
            "waits_for_unplaced" => self.names.tasks.get(other).copied().map(Unplaced::WaitsFor),
            _ => None,
        }
    }

    fn worker(&self, intake: &mut Intake<'_>, at: &At<'_>, row: &PlanRow<'_>) -> Option<Worker> {
        if let Some(text) = row.artist.as_deref() {
            let found = self.names.people.get(text).copied();
            if found.is_none()
                && let Some(&vendor) = self.names.vendors.get(text)
            {
                return Some(Worker::Vendor(vendor));
            }
            let known = self.production.people.iter().map(|person| person.code.as_str());
            return intake.refer(at, ("artist", text), "person", found, known).map(Worker::Person);
        }
        let text = row.vendor.as_deref()?;
        let found = self.names.vendors.get(text).copied();
        let known = self.names.vendors.keys().copied();
        intake.refer(at, ("vendor", text), "vendor", found, known).map(Worker::Vendor)
    }

    fn dates(&self, intake: &mut Intake<'_>, at: &At<'_>, row: &PlanRow<'_>) -> Option<When> {
        intake.needed(at, cell!(row.start));
        intake.needed(at, cell!(row.end));
        let start = intake.day(at, cell!(row.start))?;
        let end = intake.day(at, cell!(row.end))?;
        let in_order = intake.in_order(at, ("start", Some(start)), ("end", Some(end)));
        for (field, date) in [("start", start), ("end", end)] {
            if !self.timeline.contains(date) {
                let text = date.to_string();
                let (first, last) = (self.timeline.first(), self.timeline.last());
                let message = format!("{date} is outside the days that can be planned");
                let help = format!("write a day from {first} to {last}");
                intake.wrong("V04", at, (field, Some(&text)), message, help);
                return None;
            }
        }
        in_order.then_some(When::Dates(start, end))
    }

    fn overtime_row(&mut self, intake: &mut Intake<'_>, at: &At<'_>, row: &PlanRow<'_>) {
        let worker = self.worker(intake, at, row);
        let date = intake.day(at, cell!(row.start));
        let minutes = intake.minutes(at, cell!(row.overtime), 480, Unit::Hours);
        let (Some(Worker::Person(person)), Some(date), Some(minutes)) = (worker, date, minutes)
        else {
            return;
        };
        if self.timeline.contains(date) && (1..=1_440).contains(&minutes) {
            let day = Day(days_between(self.timeline.first(), date) as u32);
            let worth = intake.minutes(at, cell!(row.overtime_work), 480, Unit::Hours);
            let worth = worth.map(|worth| worth.min(minutes) as u32);
            self.overtime.insert((person, day), (minutes as u32, worth));
        } else {
            let message = "overtime of 1 minute to 24 hours, on a day of the plan".to_owned();
            intake.wrong("V04", at, cell!(row.overtime), message, "mend day or time".to_owned());
        }
    }

    fn saved_result(&mut self, intake: &mut Intake<'_>, at: &At<'_>, text: &str) {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let document: Document = match serde_path_to_error::deserialize(&mut deserializer) {
            Ok(document) => document,
            Err(error) => {
                let path = error.path().to_string();
                let inner = error.inner();
                let message = inner.to_string();
                let message = message.split(" at line ").next().unwrap_or_default();
                let mut issue =
                    Issue::error("R13", at.object(), format!("not a saved result: {message}"))
                        .help("give the result.json of a run, or a plan.csv");
                issue.line = Some(inner.line() as u32);
                issue.column = Some(inner.column() as u32);
                issue.field = Some(path).filter(|path| path != ".");
                intake.raise("R13", at, issue);
                return;
            }
        };
        if document.version > VERSION {
            let message = format!(
                "it was written by a newer program (version {} of the format; this one reads {VERSION})",
                document.version
            );
            let issue = Issue::error("R16", at.object(), message)
                .help("judge it with that program, or make it again with this one");
            intake.raise("R16", at, issue);
            return;
        }
        let info = &document.production;
        let same_slots = info.slots_per_day == self.timeline.slots_per_day();
        if info.first_day != self.timeline.first() || !same_slots {
            let issue = Issue::error(
                "R16",
                at.object(),
                format!(
                    "the result begins {} with {} slots a day, the show {} with {}",
                    info.first_day,
                    info.slots_per_day,
                    self.timeline.first(),
                    self.timeline.slots_per_day()
                ),
            )
            .help("verify it against the show it was made for, with the same day of the plan");
            intake.raise("R16", at, issue);
            return;
        }
        for row in &document.assignments {
            let at = At { kind: "assignment of", ..at.of(&row.task) };
            let found = self.names.tasks.get(row.task.as_str()).copied();
            let known = self.production.tasks.iter().map(|task| task.code.as_str());
            let task = intake.refer(&at, ("task", &row.task), "task", found, known);
            let plan_row = PlanRow {
                artist: row.artist.as_deref().map(|name| Text(Cow::Borrowed(name))),
                vendor: row.vendor.as_deref().map(|name| Text(Cow::Borrowed(name))),
                ..PlanRow::default()
            };
            let worker = self.worker(intake, &at, &plan_row);
            let (Some(task), Some(worker)) = (task, worker) else { continue };
            for &[start, end] in &row.segments {
                if start >= end || end > self.timeline.slots() {
                    let message = format!("the slots {start} to {end} are not in the timeline");
                    let issue = Issue::error("V04", at.object(), message)
                        .field("segments")
                        .help("the file was changed; make the result again");
                    intake.raise("V04", &at, issue);
                    continue;
                }
                let when = When::Slots(Interval { start: Slot(start), end: Slot(end) });
                self.written.push(Written { task, part: Some(row.part), worker, when });
            }
        }
        for row in &document.overtime {
            let at = At { kind: "overtime of", ..at.of(&row.artist) };
            let found = self.names.people.get(row.artist.as_str()).copied();
            let known = self.production.people.iter().map(|person| person.code.as_str());
            let person = intake.refer(&at, ("artist", &row.artist), "person", found, known);
            if let Some(person) = person
                && self.timeline.contains(row.date)
            {
                let day = Day(days_between(self.timeline.first(), row.date) as u32);
                let minutes = row.minutes.min(1_440);
                let worth = row.work_minutes.unwrap_or(minutes);
                self.overtime.insert((person, day), (minutes, Some(worth.min(minutes))));
            }
        }
        for row in &document.tasks {
            let Some(&task) = self.names.tasks.get(row.id.as_str()) else { continue };
            if let Some(slot) = row.instant_slot {
                self.instants.push((task, Slot(slot.min(self.timeline.slots()))));
            }
            let other = row.reason.task.as_deref().unwrap_or_default();
            let Some(cause) = self.cause(&format!("{} {other}", row.reason.code)) else { continue };
            self.unplaced.push((task, cause));
        }
    }

    fn into_plan(self) -> Plan {
        let entry = |(&(person, day), &(minutes, _)): (&(PersonId, Day), &(u32, Option<u32>))| {
            Overtime { person, day, minutes, worth: minutes }
        };
        let mut overtime: Vec<Overtime> = self.overtime.iter().map(entry).collect();
        if self.overtime.values().any(|row| row.1.is_none()) {
            self.production.take_worth_in_order(&self.timeline, &mut overtime);
        }
        for (row, (_, said)) in overtime.iter_mut().zip(self.overtime.values()) {
            row.worth = said.unwrap_or(row.worth);
        }
        let clock = Clock::new(self.production, self.timeline, &overtime);
        let mut placing = Placing::new(self.production, &clock);
        placing.instants(&self.instants);
        placing.place(self.written);
        let mut unplaced = self.unplaced;
        let mut seen: Keyed<TaskId, bool> = Keyed::filled(false, self.production.tasks.len());
        for assignment in &placing.assignments {
            seen[assignment.task] = true;
        }
        unplaced.retain(|(task, _)| !std::mem::replace(&mut seen[*task], true));
        for (task, row) in self.production.tasks.enumerate() {
            if row.status == Status::Hold && !seen[task] && self.production.is_open(task) {
                unplaced.push((task, Unplaced::OnHold));
            }
        }
        unplaced.sort_unstable();
        let mut assignments = placing.assignments;
        let mut instants = placing.instants;
        assignments.sort_by_key(|row| (row.task, row.part));
        instants.retain(|(task, _)| unplaced.binary_search_by_key(task, |(id, _)| *id).is_err());
        instants.sort_unstable();
        Plan { assignments, instants, overtime, unplaced }
    }
}
