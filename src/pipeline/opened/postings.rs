//! Postings of a result as lines: what each is about, and those of one assignment put together.

use crate::result::{AssignmentRow, Document, PostingRow, WhyRow};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// What the postings of a document refer to.
pub struct Names<'d> {
    /// By assignment: its task, and whom it is with.
    assigned: Vec<About<'d>>,
    entities: Entities<'d>,
    revenue: Vec<&'d str>,
    /// Bands of what a day of people costs, where their pay is not told.
    bands: HashMap<&'d str, [i64; 2]>,
}

/// What one posting is about; empty = nothing.
#[derive(Clone, Copy, Default)]
pub struct About<'d> {
    pub task: &'d str,
    pub entity: Option<[&'d str; 2]>,
    pub department: &'d str,
    pub sequence: &'d str,
    pub show: &'d str,
    pub person: &'d str,
    pub vendor: &'d str,
}

/// Sequence and show of shots, assets and so on, by kind and id.
type Entities<'d> = HashMap<(&'d str, &'d str), (Option<&'d str>, &'d str)>;

impl<'d> About<'d> {
    /// With the sequence of what it is for, and its show where none is told.
    fn placed(mut self, entities: &Entities<'d>) -> About<'d> {
        if let Some([kind, code]) = self.entity {
            self.sequence = if kind == "sequence" { code } else { "" };
            if let Some((sequence, show)) = entities.get(&(kind, code)) {
                self.sequence = sequence.unwrap_or(self.sequence);
                self.show = if self.show.is_empty() { show } else { self.show };
            }
        }
        self
    }
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}

impl<'d> Names<'d> {
    pub fn of(document: &'d Document) -> Names<'d> {
        let task = |row: &'d crate::result::TaskRow| {
            (row.id.as_str(), (row.entity_kind.as_str(), row.entity.as_str(), &*row.department))
        };
        let entity = |row: &'d crate::result::EntityInfo| {
            ((row.kind.as_str(), row.id.as_str()), (row.sequence.as_deref(), row.show.as_str()))
        };
        let revenue = document.desk.iter().flat_map(|desk| &desk.revenue_accounts);
        let people = document.production.people.iter().filter(|_| !document.with_rates);
        let tasks: HashMap<&str, _> = document.tasks.iter().map(task).collect();
        let entities = document.production.entities.iter().map(entity).collect();
        let assigned = |row: &'d AssignmentRow| {
            let known = tasks.get(row.task.as_str());
            let about = About {
                task: &row.task,
                entity: known.map(|&(kind, code, _)| [kind, code]),
                department: known.map_or("", |&(_, _, department)| department),
                person: text(&row.artist),
                vendor: text(&row.vendor),
                ..About::default()
            };
            about.placed(&entities)
        };
        Names {
            assigned: document.assignments.iter().map(assigned).collect(),
            entities,
            revenue: revenue.map(String::as_str).collect(),
            bands: people.filter_map(|row| Some((row.id.as_str(), row.band?))).collect(),
        }
    }

    pub fn is_revenue(&self, account: &str) -> bool {
        self.revenue.contains(&account)
    }

    /// The band of a person, where pay is not told.
    pub fn band(&self, person: &str) -> Option<[i64; 2]> {
        self.bands.get(person).copied()
    }

    pub fn about(&self, posting: &'d PostingRow) -> About<'d> {
        let about = About {
            task: text(&posting.task),
            entity: posting.entity.as_ref().map(|[kind, code]| [kind.as_str(), code.as_str()]),
            department: text(&posting.department),
            show: text(&posting.show),
            person: text(&posting.person),
            vendor: text(&posting.vendor),
            sequence: "",
        };
        match posting.assignment.and_then(|row| self.assigned.get(row as usize)) {
            Some(own) if own.entity.is_some() => {
                About { show: if about.show.is_empty() { own.show } else { about.show }, ..*own }
            }
            Some(&About { task, person, vendor, .. }) => {
                About { task, person, vendor, ..about }.placed(&self.entities)
            }
            None => about.placed(&self.entities),
        }
    }

    /// A posting as a line.
    pub fn line(&self, posting: &'d PostingRow, about: &About<'d>) -> Line<'d> {
        let day = posting.date.unwrap_or(posting.week);
        Line {
            posting,
            task: about.task,
            what: Cow::Borrowed(""),
            who: if about.person.is_empty() { about.vendor } else { about.person },
            from: day,
            to: day,
            minutes: posting.minutes,
            amount: posting.amount,
            band: posting.amount.is_none().then(|| self.band(about.person)).flatten(),
        }
    }
}

/// A line that has its words from the document: most are put together with others before they are told.
#[derive(Clone)]
pub struct Line<'d> {
    pub posting: &'d PostingRow,
    pub task: &'d str,
    pub what: Cow<'d, str>,
    pub who: &'d str,
    pub from: Date,
    pub to: Date,
    pub minutes: i64,
    pub amount: Option<i64>,
    pub band: Option<[i64; 2]>,
}

impl<'d> Line<'d> {
    /// What it has in common with those that are one line with it.
    pub fn key(&self) -> Key<'d> {
        let posting = self.posting;
        let Line { ref what, who, .. } = *self;
        let assignment = posting.assignment;
        (&posting.kind, &posting.state, &posting.account, what.clone(), who, assignment)
    }

    /// Puts another line with it.
    pub fn add(&mut self, other: &Line) {
        (self.from, self.to) = (self.from.min(other.from), self.to.max(other.to));
        self.minutes = self.minutes.saturating_add(other.minutes);
        self.amount = self.amount.zip(other.amount).map(|(sum, more)| sum.saturating_add(more));
    }

    /// With words of its own.
    pub fn told(self) -> WhyRow {
        let posting = self.posting;
        WhyRow {
            kind: posting.kind.clone(),
            state: posting.state.clone(),
            account: posting.account.clone(),
            task: self.task.to_owned(),
            what: self.what.into_owned(),
            who: self.who.to_owned(),
            order: posting.order.clone(),
            source: posting.source.clone(),
            from: Some(self.from),
            to: Some(self.to),
            minutes: self.minutes,
            amount: self.amount,
            band: self.band,
        }
    }
}

/// Whether it is paid time of a person beside tasks, day by day.
fn is_beside_tasks(posting: &PostingRow) -> bool {
    ["idle", "team", "guaranteed", "called off"].contains(&posting.kind.as_str())
}

/// Whether it is planned time or cost, of which weeks are one line; bookings and the books are not.
pub fn is_planned(posting: &PostingRow) -> bool {
    posting.assignment.is_some() || is_beside_tasks(posting) || posting.date.is_none()
}

/// Whether it is the pay of people together, where pay is not told.
pub fn is_sum_of_people(document: &Document, posting: &PostingRow) -> bool {
    !document.with_rates
        && posting.assignment.is_none()
        && posting.person.is_none()
        && posting.vendor.is_none()
        && posting.date.is_none()
        && !["pool", "overflow"].contains(&posting.kind.as_str())
}

/// Lines of one figure: work of one assignment is one of them, whatever number of weeks it takes; so is time of
/// a person beside tasks. Books stay as they are.
#[derive(Default)]
pub struct Lines<'d> {
    lines: Vec<Line<'d>>,
    places: HashMap<Key<'d>, usize>,
}

/// Kind, state, account, what, who and assignment.
pub type Key<'d> = (&'d str, &'d str, &'d str, Cow<'d, str>, &'d str, Option<u32>);

impl<'d> Lines<'d> {
    /// Adds a line of a posting.
    pub fn add(&mut self, line: Line<'d>) {
        if !is_planned(line.posting) {
            self.put(line);
            return;
        }
        match self.places.entry(line.key()) {
            Entry::Occupied(place) => self.lines[*place.get()].add(&line),
            Entry::Vacant(place) => {
                place.insert(self.lines.len());
                self.lines.push(line);
            }
        }
    }

    /// Adds a line that is none with any other.
    pub fn put(&mut self, line: Line<'d>) {
        self.lines.push(line);
    }

    /// What the lines add up to, as far as amounts are told.
    pub fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.amount.unwrap_or_default()).fold(0, i64::saturating_add)
    }

    pub fn done(self) -> Vec<WhyRow> {
        self.lines.into_iter().map(Line::told).collect()
    }
}
