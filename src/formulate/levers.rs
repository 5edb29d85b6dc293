//! Buying time: the cheapest mix of hires, longer contracts, overtime and vendors that does all work
//! by its last week.
//!
//! Each piece of [`Work`] has a first and a last week, so that a date is a bound and not a price. The
//! levers stand in one file each: [`overtime`], hires, endings (contracts that go on), vendors, caps.
//! Only cost that can still be avoided is counted: people who are paid anyway work for nothing here.
//! The program sees departments and weeks, not single tasks: it is an estimate, and what it buys is
//! tried on the detailed plan by those who ask.
//!
//! Two versions of the question, as of the staffing program ([`Kind`]). An estimate takes like people together at
//! their mean pay, and shares the room of chains of work. A bound has no row that a plan could break and no
//! price above what somebody is paid, so that no plan in time costs less.

mod caps;
mod crews;
mod endings;
mod hires;
mod incentives;
mod moves;
pub mod overtime;
mod pools;
mod seats;
mod shows;
mod vendors;
mod words;
mod work;

pub use crews::crews;
pub use endings::endings;
pub use hires::{desks, openings};
pub use incentives::{Decision, Grant, Granted, Incentives};
pub use moves::{Leave, Move, moves};
pub use pools::{Shared, pools};
pub use seats::{Seats, has_seats, seats};
pub use shows::{Shows, Told};
pub use vendors::{Part, offers, parts};
pub use words::Words;
pub use work::{buckets, works};

use super::program::{Column, ColumnKind, LeverColumn, Program};
use super::staffing::Kind;
use crate::model::{DepartmentId, PersonId, ShowId, TaskId, VendorId};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is asked: work with its weeks, people, and what can be bought. Times are weeks of the timeline,
/// work is in bid days, money in minor units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Runs of weeks in which work is not told apart, in order and without gaps.
    pub buckets: Vec<Range<u32>>,
    /// Work to be done.
    pub work: Vec<Work>,
    /// People who are there.
    pub crews: Vec<Crew>,
    /// Whom can be hired.
    pub openings: Vec<Opening>,
    /// Who can be moved.
    pub moves: Vec<Move>,
    /// Room for them, of departments whose crew is limited.
    pub desks: Vec<Desks>,
    /// Whose contracts can go on.
    pub endings: Vec<Ending>,
    /// What vendors offer.
    pub offers: Vec<Offer>,
    /// Licences, desks and farms that the work uses.
    pub pools: Vec<Shared>,
    /// Licences and desks of sites, that the people there hold.
    pub seats: Vec<Seats>,
    /// Money that may be spent.
    pub caps: Vec<Cap>,
    /// What is given of it.
    pub incentives: Incentives,
}

/// Work of a department that may begin and has to end in the same weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The department.
    pub department: DepartmentId,
    /// The show, where not everybody of the department may work on all of them.
    pub show: Option<ShowId>,
    /// First bucket in which it may be worked.
    pub from: u32,
    /// Last bucket in which it may be worked.
    pub to: u32,
    /// Bid days.
    pub days: f64,
    /// The tasks.
    pub tasks: Vec<TaskId>,
}

/// People who can do the same work. Their time is counted in bid days of the first department.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Crew {
    /// Departments, and bid days there for one in the first.
    pub serves: Vec<(DepartmentId, f64)>,
    /// Shows that they may work on; `None` = all. Work whose show is not told is for everybody.
    pub shows: Shows,
    /// Time that is paid anyway, by bucket.
    pub own: Vec<f64>,
    /// Time that is paid only when used, and its price a bid day, by bucket.
    pub freelance: Vec<(f64, f64)>,
    /// Overtime and its price a bid day, by bucket, the cheapest first.
    pub overtime: Vec<Vec<(f64, f64)>>,
}

/// People of a department who can be hired, all alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The department.
    pub department: DepartmentId,
    /// Which of the department's terms of hire it is.
    pub terms: u32,
    /// First week in which one can begin.
    pub earliest: u32,
    /// Bid days that one does in each week.
    pub output: Vec<f64>,
    /// What one is paid in each week.
    pub pay: Vec<f64>,
    /// Share of the output lost in the first weeks.
    pub ramp: Vec<f64>,
    /// Cost of each start.
    pub onboarding: f64,
    /// Least weeks of a stay.
    pub least_weeks: u32,
    /// Most hired at once.
    pub most: u32,
}

/// How many people more a department has room for.
#[derive(Clone, Debug, PartialEq)]
pub struct Desks {
    /// The department.
    pub department: DepartmentId,
    /// Heads by week.
    pub free: Vec<u32>,
}

/// People of a department whose contracts end together and could go on, the cheapest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Ending {
    /// The department.
    pub department: DepartmentId,
    /// Shows that they may work on; `None` = all.
    pub shows: Shows,
    /// First week after the contracts.
    pub from: u32,
    /// The people.
    pub people: Vec<PersonId>,
    /// Bid days that one does in each week, on average, up to the last in which they may go on.
    pub output: Vec<f64>,
    /// What one is paid in each week, on average.
    pub pay: Vec<f64>,
}

/// A vendor who can take work.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The vendor.
    pub vendor: VendorId,
    /// Price of a bid day.
    pub price: f64,
    /// Cost of supervision for each unit of the price.
    pub supervision: f64,
    /// Smallest order.
    pub minimum: f64,
    /// Bid days a week that it delivers; `None` = any.
    pub capacity: Option<f64>,
    /// What it has to do already: the week in which that has to be done, and bid days.
    pub there: Vec<(u32, f64)>,
    /// First week in which it may work.
    pub cleared: u32,
    /// Work that it could take, and how much of it.
    pub takes: Vec<(u32, f64)>,
    /// What it takes whole or not at all; none where any part of the work may go out.
    pub packages: Vec<Package>,
}

/// Work that goes to a vendor whole or not at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Package {
    /// Its part of each entry of what the offer takes: the entry, and bid days.
    pub takes: Vec<(u32, f64)>,
    /// The tasks.
    pub tasks: Vec<TaskId>,
}

/// What money is spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lever {
    /// Freelance artists who are on the books.
    Freelance,
    /// Overtime.
    Overtime,
    /// New people.
    Hire,
    /// Contracts that go on.
    Extension,
    /// People who work elsewhere.
    Move,
    /// Vendors.
    Vendor,
    /// Licences, desks and render time beyond what there is.
    Pool,
}

/// Money that may be spent; what is `None` is not told apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Cap {
    /// In the user's words.
    pub name: String,
    /// Of one department.
    pub department: Option<DepartmentId>,
    /// Of time that can go to this show only.
    pub show: Option<ShowId>,
    /// Of one lever.
    pub lever: Option<Lever>,
    /// In these weeks; orders to vendors have no week and count only without.
    pub weeks: Option<Range<u32>>,
    /// How much.
    pub amount: f64,
}

/// A column that spends money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spend {
    /// The column.
    pub column: Column,
    /// Money for one unit of it.
    pub unit: f64,
    /// What for.
    pub lever: Lever,
    /// The department, if it is one.
    pub department: Option<DepartmentId>,
    /// The show, where the time can go to one only.
    pub show: Option<ShowId>,
    /// First week; `None` for orders.
    pub week: Option<u32>,
}

/// The program of a question, with the way back.
#[derive(Clone, Debug)]
pub struct Levers {
    /// The program; costs in minor units.
    pub program: Program,
    /// Work that nobody can do in time, by work.
    pub left_over: Vec<Column>,
    /// Starts of each opening, then of each move, from its earliest week on.
    pub starts: Vec<Vec<Column>>,
    /// Heads of each opening, then of each move, from its earliest week on.
    pub heads: Vec<Vec<Column>>,
    /// People of each ending who go on, from its first week on.
    pub prolonged: Vec<Vec<Column>>,
    /// Bid days of each offer, by entry of what it takes.
    pub sent: Vec<Vec<Column>>,
    /// Whether each package of each offer goes out.
    pub packages: Vec<Vec<Column>>,
    /// Whether each offer is ordered; `None` without a smallest order.
    pub ordered: Vec<Option<Column>>,
    /// All that costs money.
    pub spends: Vec<Spend>,
    /// Rows of pools: which, as [`Question::shared_pools`] lists them, and in which bucket.
    pub pools: Vec<(u32, u32, super::program::Row)>,
    /// What is rented of each pool, by bucket; `None` where there is enough, or nothing is to be had.
    pub rented: Vec<Vec<Option<Column>>>,
    /// Rows of the caps.
    pub caps: Vec<super::program::Row>,
    /// Columns of the incentives.
    pub granted: Vec<Granted>,
}

/// Builds the program of a question. Heads and orders are whole numbers; solvers may relax them.
///
/// ```
/// use shotplan::formulate::levers::{Crew, Opening, Question, Work, levers};
/// use shotplan::model::{DepartmentId, Id};
/// use shotplan::solve::linear::{Settings, solve};
/// // Ten days of comp in two weeks; one artist does five a week, so nobody has to be hired.
/// let comp = DepartmentId::new(0);
/// let mut question = Question {
///     buckets: vec![0..1, 1..2],
///     work: vec![Work { department: comp, show: None, from: 0, to: 1, days: 10.0, tasks: vec![] }],
///     crews: vec![Crew {
///         serves: vec![(comp, 1.0)], shows: None, own: vec![5.0, 5.0],
///         freelance: vec![(0.0, 0.0); 2], overtime: vec![vec![]; 2],
///     }],
///     ..Question::default()
/// };
/// let value = |question: &Question| {
///     solve(&levers(question).all_done(), &Settings::default()).value
/// };
/// assert!(value(&question).abs() < 1e-3);
/// // Two days more: a fifth of an artist for both weeks, at 1,000 a week and 100 for the start.
/// question.work[0].days = 12.0;
/// question.openings.push(Opening {
///     department: comp, earliest: 0, output: vec![5.0; 2], pay: vec![1_000.0; 2],
///     ramp: vec![], onboarding: 100.0, least_weeks: 1, most: 1, terms: 0,
/// });
/// assert!((value(&question) - 420.0).abs() < 1e-2);
/// ```
pub fn levers(question: &Question) -> Levers {
    let mut builder = Builder {
        question,
        room: Vec::new(),
        work_in: Vec::new(),
        time_on: Vec::new(),
        overtime: Vec::new(),
        used: Vec::new(),
        built: Levers {
            program: Program::new(),
            left_over: Vec::new(),
            starts: Vec::new(),
            heads: Vec::new(),
            prolonged: Vec::new(),
            sent: Vec::new(),
            packages: Vec::new(),
            ordered: Vec::new(),
            spends: Vec::new(),
            pools: Vec::new(),
            rented: Vec::new(),
            caps: Vec::new(),
            granted: Vec::new(),
        },
    };
    let departments = question.departments();
    builder.room = vec![vec![BTreeMap::new(); question.buckets.len()]; departments];
    builder.hires();
    builder.desks();
    builder.movers();
    builder.endings();
    builder.vendors();
    builder.work();
    builder.crews();
    builder.pools();
    builder.seats();
    builder.caps();
    builder.incentives();
    builder.built
}

impl Levers {
    /// The program with parts of heads allowed and no work left over.
    pub fn all_done(&self) -> Program {
        let mut program = self.program.relaxed();
        for &column in &self.left_over {
            program.set_bounds(column, 0.0, 0.0);
        }
        program
    }
}

impl Question {
    fn departments(&self) -> usize {
        use crate::model::Id;
        let of_work = self.work.iter().map(|row| row.department);
        let of_crews = self.crews.iter().flat_map(|row| row.serves.iter().map(|serves| serves.0));
        let others = self.stays().map(|row| row.department);
        let all = of_work.chain(of_crews).chain(others);
        let all = all.chain(self.endings.iter().map(|row| row.department));
        all.map(|department| department.index() + 1).max().unwrap_or(0)
    }

    /// The bucket of a week; the last one after the end.
    pub fn bucket(&self, week: u32) -> usize {
        let after = self.buckets.partition_point(|bucket| bucket.end <= week);
        after.min(self.buckets.len().saturating_sub(1))
    }

    /// People more that a department has room for in a week; any number where nothing says so.
    pub fn free(&self, department: DepartmentId, week: u32) -> u32 {
        let row = self.desks.iter().find(|row| row.department == department);
        row.map_or(u32::MAX, |row| row.free.get(week as usize).copied().unwrap_or(0))
    }

    /// Weeks in all.
    pub fn weeks(&self) -> u32 {
        self.buckets.last().map_or(0, |bucket| bucket.end)
    }
}

/// What the rules share while the program is built.
struct Builder<'a> {
    question: &'a Question,
    /// Time that a department has in a bucket, by the shows that it can go to.
    room: Vec<Vec<shows::ByShows<'a>>>,
    /// Columns of work done in house, by work: from its first bucket on.
    work_in: Vec<Vec<Column>>,
    /// Time of crews for departments: crew, department, bucket, column, the most of it.
    time_on: Vec<(u32, DepartmentId, usize, Column, f64)>,
    /// Overtime: crew, bucket, column.
    overtime: Vec<(u32, usize, Column)>,
    /// Time that is used of people who come: who, for which department, bucket, column.
    used: Vec<(seats::Comes, DepartmentId, usize, Column)>,
    built: Levers,
}

impl Builder<'_> {
    fn column(&mut self, kind: LeverColumn, upper: f64, cost: f64) -> Column {
        self.built.program.column_of(ColumnKind::Lever(kind), 0.0, upper, cost)
    }

    fn spend(&mut self, spend: Spend) {
        self.built.spends.push(spend);
    }
}
