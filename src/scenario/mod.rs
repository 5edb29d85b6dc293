//! What if: takes a production and changes to it, gives the changed production. Plans nothing, knows no
//! prices; the production it is given stays as it is.

mod new_shots;

pub use new_shots::{Pattern, add_shots, pattern};

use crate::model::*;
use jiff::civil::Date;

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// People more in a department, on the first of its terms of hire.
    Hire {
        /// The department.
        department: DepartmentId,
        /// How many.
        heads: u32,
        /// First day.
        from: Date,
        /// Last day; `None` = to the end.
        to: Option<Date>,
    },
    /// People more on terms of hire of their own.
    HireOn {
        /// The terms.
        terms: Box<HireTerms>,
        /// How many.
        heads: u32,
        /// First day.
        from: Date,
        /// Last day; `None` = to the end.
        to: Option<Date>,
    },
    /// People less in a department: the last ones of the list leave.
    Release {
        /// The department.
        department: DepartmentId,
        /// How many.
        heads: u32,
        /// First day without them.
        from: Date,
    },
    /// A contract ends later.
    Extend {
        /// The person.
        person: PersonId,
        /// New last day.
        to: Date,
    },
    /// A contract ends earlier.
    Shorten {
        /// The person.
        person: PersonId,
        /// New last day.
        to: Date,
    },
    /// Tasks go to a vendor.
    Outsource {
        /// The vendor.
        vendor: VendorId,
        /// The tasks.
        tasks: Vec<TaskId>,
    },
    /// A milestone has another date.
    MoveDate {
        /// The milestone.
        milestone: MilestoneId,
        /// The date.
        date: Date,
        /// Whether it must hold.
        hard: bool,
    },
    /// A department works no overtime.
    NoOvertime {
        /// The department.
        department: DepartmentId,
    },
}

/// The production with all changes made, in order.
///
/// ```
/// use jiff::civil::date;
/// use shotplan::model::*;
/// use shotplan::scenario::{Change, apply};
/// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
/// let comp = show.add_department("CMP");
/// let hire = Change::Hire { department: comp, heads: 2, from: date(2027, 1, 18), to: None };
/// let changed = apply(&show, &[hire]);
/// assert_eq!((show.people.len(), changed.people.len()), (0, 2));
/// assert_eq!(changed.people[PersonId::new(0)].contracts[0].start, date(2027, 1, 18));
/// ```
pub fn apply(production: &Production, changes: &[Change]) -> Production {
    let mut changed = production.clone();
    for change in changes {
        change.make(production, &mut changed);
    }
    changed
}

impl Change {
    fn make(&self, before: &Production, changed: &mut Production) {
        match self {
            Change::Hire { department, heads, from, to } => {
                // Terms as they were: hires do not change the mean of the next ones.
                if let Some(terms) = before.hire_terms(*department).first() {
                    hire(changed, terms, *heads, (*from, *to));
                }
            }
            Change::HireOn { terms, heads, from, to } => {
                hire(changed, terms, *heads, (*from, *to));
            }
            Change::Release { department, heads, from } => {
                let last = from.saturating_sub(jiff::Span::new().days(1));
                let home = |id: &PersonId| before.home_department(*id) == Some(*department);
                let gone: Vec<PersonId> =
                    before.people.ids().filter(home).rev().take(*heads as usize).collect();
                gone.into_iter().for_each(|person| shorten(before, changed, person, last));
            }
            Change::Extend { person, to } => {
                let contracts = changed.people[*person].contracts.iter_mut();
                if let Some(last) = contracts.max_by_key(|row| row.end.unwrap_or(Date::MAX))
                    && let Some(end) = last.end.as_mut()
                {
                    let before = *end;
                    *end = before.max(*to);
                    // Booked as before, to the new end.
                    let booked = changed.people[*person].bookings.iter_mut();
                    for booking in booked.filter(|row| row.is_usable() && row.to >= before) {
                        booking.to = booking.to.max(*to);
                    }
                }
            }
            Change::Shorten { person, to } => shorten(before, changed, *person, *to),
            Change::Outsource { vendor, tasks } => {
                for task in tasks {
                    changed.tasks[*task].vendor = Some(*vendor);
                    changed.tasks[*task].assigned.clear();
                }
            }
            Change::MoveDate { milestone, date, hard } => {
                let row = &mut changed.milestones[*milestone];
                (row.date, row.hard) = (*date, *hard);
            }
            Change::NoOvertime { department } => {
                for id in before.people.ids() {
                    if before.home_department(id) == Some(*department) {
                        changed.people[id].overtime_allowed = false;
                    }
                }
            }
        }
    }
}

/// Adds people on terms of hire, named after their department.
fn hire(changed: &mut Production, terms: &HireTerms, heads: u32, (from, to): (Date, Option<Date>)) {
    if changed.sites.get(terms.site).is_none() {
        return;
    }
    let department = changed.departments[terms.department].code.clone();
    for _ in 0..heads {
        let code = new_code(changed, &department);
        let artist = terms.artist(&code, from, to);
        changed.people.push(artist);
    }
}

/// Ends all contracts of a person on a day; without contracts there is one to that day.
fn shorten(before: &Production, changed: &mut Production, person: PersonId, last: Date) {
    let row = &mut changed.people[person];
    if row.contracts.is_empty() {
        let start = before.settings.as_of.min(last);
        row.contracts.push(Contract {
            kind: ContractKind::Staff,
            start,
            end: Some(last),
            min_end: None,
            notice_days: 0,
            rates: vec![(start, before.day_cost(person, start))],
            basis: RateBasis::Day,
            burden: 0,
            currency: before.settings.currency,
            overtime: None,
            rate_assumed: true,
            source: Source::default(),
        });
        return;
    }
    row.contracts.retain(|contract| contract.start <= last);
    for contract in &mut row.contracts {
        contract.end = Some(contract.end.map_or(last, |end| end.min(last)));
        contract.min_end = contract.min_end.map(|end| end.min(last));
    }
    if row.contracts.is_empty() {
        // No contracts would mean that they are always there.
        row.leave.push(Leave {
            from: Date::MIN,
            to: Date::MAX,
            share: 10_000,
            approved: true,
            source: Source::default(),
        });
    }
}

/// A name that nobody has.
fn new_code(production: &Production, department: &str) -> String {
    let taken = |code: &str| production.people.iter().any(|person| person.code == code);
    (1..)
        .map(|number| format!("{department} hire {number}"))
        .find(|code| !taken(code))
        .unwrap_or_default()
}
