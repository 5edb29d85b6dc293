//! What causes spread.

use super::super::course::Course;
use super::{Chances, Row};
use crate::formulate::NONE;
use crate::model::{Production, Uncertainty};

/// What causes spread: one number a draw for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What all tasks of a show have in common.
    Show(u32),
    /// What all tasks of a sequence have in common.
    Sequence(u32),
    /// What the work of a department takes, together and task by task.
    Department(u32),
    /// Retakes.
    Retakes,
    /// Rounds of client notes.
    Notes,
    /// Turnovers.
    Turnovers,
    /// Shots that grow.
    Growth,
    /// Shots that are cut.
    Omits,
    /// Vendors.
    Vendors,
    /// Sick days.
    Sick,
    /// People who leave.
    Attrition,
    /// A named risk.
    Event(u32),
    /// Whether a show happens.
    Prospect(u32),
}

impl Chances {
    /// What is uncertain at all, in groups that are independent of each other.
    pub(super) fn name_causes(&mut self, course: &Course) {
        let open = |row: &&Row| row.shape != NONE;
        let sorted = |mut list: Vec<u32>| {
            list.sort_unstable();
            list.dedup();
            list
        };
        let placed = |task: usize| course.is_placed(task as u32);
        let rows = || {
            let rows = self.rows.iter().enumerate().filter(|(task, _)| placed(*task));
            rows.map(|(_, row)| row).filter(open)
        };
        let shows = sorted(rows().map(|row| row.show).collect());
        let departments = sorted(rows().map(|row| row.department).collect());
        let with = rows().map(|row| row.sequence).filter(|&sequence| sequence != NONE);
        let sequences = sorted(with.collect());
        (self.shows, self.departments, self.sequences) = (shows, departments, sequences);
        let mut causes = Vec::new();
        if self.roots[0] > 0.0 {
            causes.extend(self.shows.iter().map(|&show| Cause::Show(show)));
        } else {
            self.shows.clear();
        }
        self.places.departments = causes.len();
        causes.extend(self.departments.iter().map(|&department| Cause::Department(department)));
        self.places.sequences = causes.len();
        if self.roots[1] > 0.0 {
            causes.extend(self.sequences.iter().map(|&sequence| Cause::Sequence(sequence)));
        } else {
            self.sequences.clear();
        }
        self.places.lumps = causes.len();
        causes.extend([
            Cause::Retakes,
            Cause::Notes,
            Cause::Turnovers,
            Cause::Growth,
            Cause::Omits,
            Cause::Vendors,
            Cause::Sick,
            Cause::Attrition,
        ]);
        self.places.events = causes.len();
        causes.extend((0..self.events.len() as u32).map(Cause::Event));
        causes.extend(self.prospects.iter().map(|&(show, _)| Cause::Prospect(show)));
        self.causes = causes;
    }

    /// Where the cause "sick" stands.
    pub fn sick_place(&self) -> Option<usize> {
        (self.sick > 0.0).then_some(self.places.lumps + 6)
    }
}

/// What a production's departments, sequences and so on are called for a cause.
pub(in crate::risk) fn words(
    production: &Production,
    uncertainty: &Uncertainty,
    cause: &Cause,
) -> String {
    let at = |index: u32| index as usize;
    match *cause {
        Cause::Show(show) => {
            let row = production.shows.as_slice().get(at(show));
            format!("{} as a whole", row.map_or("the show", |row| row.code.as_str()))
        }
        Cause::Sequence(sequence) => {
            let row = production.sequences.as_slice().get(at(sequence));
            format!("sequence {}", row.map_or("", |row| row.code.as_str()))
        }
        Cause::Department(department) => {
            let row = production.departments.as_slice().get(at(department));
            row.map_or(String::new(), |row| format!("{} work", row.code))
        }
        Cause::Retakes => "retakes".to_owned(),
        Cause::Notes => "client notes".to_owned(),
        Cause::Turnovers => "turnovers".to_owned(),
        Cause::Growth => "shots that grow".to_owned(),
        Cause::Omits => "shots that are cut".to_owned(),
        Cause::Vendors => "late vendors".to_owned(),
        Cause::Sick => "sick days".to_owned(),
        Cause::Attrition => "people who leave".to_owned(),
        Cause::Event(event) => {
            uncertainty.events.get(at(event)).map_or(String::new(), |row| row.name.clone())
        }
        Cause::Prospect(show) => {
            let row = production.shows.as_slice().get(at(show));
            format!("whether {} happens", row.map_or("the show", |row| row.code.as_str()))
        }
    }
}
