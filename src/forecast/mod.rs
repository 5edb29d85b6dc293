//! From a plan to money and load: takes a production and a verified plan, gives a [`Forecast`].
//!
//! Every amount is posted once, in the [ledger](Posting), and each report is a sum of the same postings;
//! [`reconcile`] takes the sums again another way. `docs/rules.md`, "Cost", defines the postings.
//! Makes no plan, judges none, and writes no text for people: `report` and `write` do.

mod approvals;
mod bids;
mod books;
mod cash;
mod changes;
mod cost_report;
mod crew;
pub mod earned_value;
mod guaranteed;
pub mod hours;
mod idle;
mod incentives;
mod ladder;
mod ledger;
mod margin;
pub mod overtime;
mod overtime_pay;
mod pay;
mod pools;
mod progress;
mod prospects;
mod reconcile;
mod rollup;
mod tally;
mod team;
mod vendors;
mod views;
mod window;

pub use bids::BidRow;
pub use cash::{Cash, CashEvent, CashKind, CashLine, CashWeek, LATE_DAYS, period_end};
pub use changes::Change;
pub use cost_report::ReportRow;
pub use crew::{Crew, CrewPart, CrewPartOf, CrewRow, crew_parts};
pub use incentives::{Incentive, counted, credit, incentives};
pub use ladder::{Ladder, LadderLine, LadderOf, Rung};
pub use ledger::{CostState, Posting, PostingKind};
pub use margin::Margin;
pub use pools::PoolWeek;
pub use progress::{EarnedTask, Progress, planned_value};
pub use prospects::{Prospect, Prospects};
pub use reconcile::reconcile;
pub use rollup::{Amounts, CostWeek, Part};
pub use tally::{Sheet, Tallied, Tally};
pub use vendors::{Package, VendorShow};
pub use views::{Shared, ViewRow, Views};

use crate::model::{Cents, Currency, DepartmentId, Entity, PersonId, Plan, Production, ShowId};

/// What a plan costs and whom it needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Every amount, once: labour in the order of the plan, then overtime, other paid time, cost to date,
    /// vendors and pools.
    pub ledger: Vec<Posting>,
    /// The cost report: a row for each account, in order of code.
    pub report: Vec<ReportRow>,
    /// Sum of all its rows but revenue.
    pub total: ReportRow,
    /// The same report by department, sequence, shot, vendor, person and show.
    pub views: Views,
    /// What each incentive rule gives.
    pub incentives: Vec<Incentive>,
    /// When the money moves.
    pub cash: Cash,
    /// What could still be saved, by the day of the decision.
    pub ladder: Ladder,
    /// What is with vendors.
    pub vendors: Vec<VendorShow>,
    /// Change orders, in the order of the production's.
    pub changes: Vec<Change>,
    /// Earned value; none without any bid work.
    pub progress: Option<Progress>,
    /// Revenue against cost.
    pub margin: Margin,
    /// The same for shows that may not happen.
    pub prospects: Prospects,
    /// Finished work against its bids.
    pub bids: Vec<BidRow>,
    /// Cost of each week, revenue left out.
    pub weeks: Vec<CostWeek>,
    /// Cost of each department.
    pub by_department: Vec<Part<DepartmentId>>,
    /// Cost of each shot, asset, sequence or show that tasks are part of.
    pub by_entity: Vec<Part<Entity>>,
    /// Cost of each show.
    pub by_show: Vec<Part<ShowId>>,
    /// Cost of each person.
    pub by_person: Vec<Part<PersonId>>,
    /// Cost and time of each assignment of the plan, in its order.
    pub assignments: Vec<Spent>,
    /// Pay for each entry of the plan's overtime, in its order.
    pub overtime: Vec<Cents>,
    /// Crew by department and week.
    pub crew: Crew,
    /// Use of the pools by week, pool by pool.
    pub pools: Vec<PoolWeek>,
    /// Currencies of actuals and orders that have no exchange rate: their amounts were taken as they
    /// stand.
    pub unrated: Vec<Currency>,
}

/// What one assignment takes of its artist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Cost without overtime pay; 0 for a vendor, whose price stands in orders.
    pub cost: Cents,
    /// Time without overtime: the sum of its daily postings, each rounded.
    pub minutes: i64,
    /// Overtime of the days it is worked on, shared with other tasks of the day by time.
    pub overtime_minutes: i64,
}

/// The forecast of a plan that `verify` accepts.
///
/// ```
/// use jiff::civil::date;
/// use shotplan::model::*;
/// let mut production = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
/// let comp = production.add_department("CMP");
/// let show = production.shows.push(Show::new("SPOT", CalendarId::new(0)));
/// let task = production.tasks.push(Task::new("titles", Entity::Show(show), comp, 480));
/// let artist = production.people.push(Person::new("ada", SiteId::new(0), comp)); // 340.00 a day
/// let plan = Plan {
///     assignments: vec![Assignment {
///         task, part: 0, worker: Worker::Person(artist),
///         segments: vec![Interval { start: Slot(0), end: Slot(5) }], // a day and a quarter
///     }],
///     ..Plan::default()
/// };
/// let forecast = shotplan::forecast::of(&production, &plan);
/// assert_eq!(forecast.assignment_cost(0), Cents(34_000 + 8_500));
/// assert_eq!(forecast.assignment_minutes(0).minutes, 600);
/// assert_eq!(forecast.total.efc(), Cents(42_500));
/// assert_eq!(shotplan::forecast::reconcile(&forecast, &production, &plan), Ok(()));
/// ```
pub fn of(production: &Production, plan: &Plan) -> Forecast {
    let desk = ledger::Desk::new(production, plan);
    let mut unrated = Vec::new();
    let mut ledger = Vec::with_capacity(plan.assignments.len() * 8);
    ledger::post_labour(&desk, &mut ledger);
    let labour = ledger::LabourOf::new(&ledger, production.people.len());
    let overtime = overtime_pay::post_overtime(&desk, &labour, &mut ledger);
    team::post_team(&desk, &mut ledger);
    idle::post_booked(&desk, &labour, &mut ledger);
    idle::post_called_off(&desk, &mut ledger);
    guaranteed::post_guaranteed(&desk, &mut ledger);
    books::post_actuals(&desk, &mut ledger, &mut unrated);
    books::post_vendors(&desk, &mut ledger, &mut unrated);
    let pools = pools::post_pools(&desk, &mut ledger);

    let (report, total) = cost_report::rows(production, &ledger);
    let costs: Vec<&Posting> = rollup::costs(production, &ledger).collect();
    let costs = || costs.iter().copied();
    let incentives = incentives::incentives(production, &ledger);
    let changes = changes::changes(&desk, &ledger);
    let cash = cash::cash(&desk, &ledger, &incentives);
    // The ladder takes as long as what stands beside it.
    let (ladder, (progress, views, crew)) = rayon::join(
        || ladder::ladder(&desk, &ledger),
        || {
            let progress = progress::progress(production, &report, &ledger);
            (progress, Views::of(&desk, &ledger), crew::crew(&desk, &ledger))
        },
    );
    Forecast {
        prospects: prospects::prospects(production, &ledger),
        margin: margin::margin(production, &total, &ledger, &incentives, &changes),
        incentives,
        ladder,
        vendors: vendors::vendors(&desk, &ledger, &changes, &cash),
        cash,
        changes,
        progress,
        bids: bids::bids(production),
        views,
        weeks: rollup::by_week(&desk.timeline, costs()),
        by_department: rollup::by_id(costs(), production.departments.len(), |row| row.department),
        by_entity: rollup::by_entity(production, costs()),
        by_show: rollup::by_id(costs(), production.shows.len(), |row| row.show),
        by_person: rollup::by_id(costs(), production.people.len(), |row| row.person),
        assignments: spent(plan, &ledger),
        crew,
        pools,
        ledger,
        report,
        total,
        overtime,
        unrated,
    }
}

fn spent(plan: &Plan, ledger: &[Posting]) -> Vec<Spent> {
    let mut spent = vec![Spent::default(); plan.assignments.len()];
    for posting in ledger {
        let Some(of) = posting.assignment.and_then(|row| spent.get_mut(row as usize)) else {
            continue;
        };
        match posting.kind {
            PostingKind::Labour => {
                of.cost += posting.amount;
                of.minutes += posting.minutes;
            }
            PostingKind::Overtime => of.overtime_minutes += posting.minutes,
            _ => {}
        }
    }
    spent
}

impl Forecast {
    /// Cost of an assignment without overtime pay; nothing where there is no such assignment.
    pub fn assignment_cost(&self, assignment: usize) -> Cents {
        self.assignment_minutes(assignment).cost
    }

    /// Cost and time of an assignment; nothing where there is no such assignment.
    pub fn assignment_minutes(&self, assignment: usize) -> Spent {
        self.assignments.get(assignment).copied().unwrap_or_default()
    }

    /// Time planned for people on tasks, overtime included.
    pub fn planned_minutes(&self) -> i64 {
        self.assignments.iter().map(|spent| spent.minutes + spent.overtime_minutes).sum()
    }

    /// The part of a kind of posting in all cost.
    pub fn sum_of(&self, kind: PostingKind) -> Cents {
        self.ledger.iter().filter(|row| row.kind == kind).map(|row| row.amount).sum()
    }
}
