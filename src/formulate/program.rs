//! A linear program of our own: columns, rows and entries, free of any solver's types.
//!
//! A program always minimises. Columns and rows carry a *kind* instead of a name, so that prices can
//! be asked by kind and nobody pays for a hundred thousand strings; names are formatted when a file
//! is written.

use crate::model::{DepartmentId, MilestoneId, PoolId};
use std::fmt;

/// A column of a [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(u32);

/// A row of a [`Program`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(u32);

impl Column {
    /// Its place among the columns.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl Row {
    /// Its place among the rows.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Which side of its right-hand side a row keeps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// `row ≤ rhs`; its price is never positive: more room never costs.
    AtMost,
    /// `row ≥ rhs`; its price is never negative.
    AtLeast,
    /// `row = rhs`; its price may have either sign.
    Equal,
}

/// What a row says, so that its price can be found again.
///
/// Weeks are those of the timeline; a row for a longer period carries its first week. Groups, units
/// and crews are numbered by whoever built the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// A row without a meaning of its own.
    #[default]
    Plain,
    /// The work of a department fits the people who can do it.
    CrewFits {
        /// The department.
        department: DepartmentId,
        /// First week of the period.
        week: u32,
    },
    /// No more people of a department at work than its curve allows.
    CrewCap {
        /// The department.
        department: DepartmentId,
        /// First week of the period.
        week: u32,
    },
    /// People with several skills are used once.
    TimeFits {
        /// The crew of like people.
        crew: u32,
        /// First week of the period.
        week: u32,
    },
    /// Overtime of a week.
    OvertimeFits {
        /// The crew of like people.
        crew: u32,
        /// The week.
        week: u32,
    },
    /// All work of a group is done, or counted as without a place.
    WorkDone {
        /// The group.
        group: u32,
    },
    /// Work that is done stays done.
    Forward {
        /// The group.
        group: u32,
        /// First week of the period.
        week: u32,
    },
    /// A group cannot be ahead of the group it waits for.
    Follows {
        /// The group that waits.
        group: u32,
        /// The group it waits for.
        after: u32,
        /// First week of the period.
        week: u32,
    },
    /// Deliverables whose work is not done are late.
    Late {
        /// The deliverables.
        unit: u32,
        /// First week of the period.
        week: u32,
    },
    /// A milestone whose work is not done is late.
    MilestoneLate {
        /// The milestone.
        milestone: MilestoneId,
        /// First week of the period.
        week: u32,
    },
    /// What is held of a pool in a period is there.
    PoolFits {
        /// The pool.
        pool: PoolId,
        /// First week of the period.
        week: u32,
    },
    /// A rule about time that is bought.
    Lever(LeverRow),
}

/// What a row about bought time says. Works, crews, openings, endings, offers and caps are numbered as
/// in the question that the program was built from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverRow {
    /// Work is done by somebody between its first and its last week.
    Done {
        /// The work.
        work: u32,
    },
    /// Nobody is on the payroll who was not hired.
    OnPayroll {
        /// The opening.
        opening: u32,
        /// The week.
        week: u32,
    },
    /// Nobody is moved to two places at once.
    Movers {
        /// The crew that they leave.
        crew: Option<u32>,
        /// The week.
        week: u32,
    },
    /// Who moves was there: their time is paid as before.
    Leave {
        /// The crew.
        crew: u32,
        /// First week.
        week: u32,
    },
    /// Who is away does no overtime.
    OvertimeOfOthers {
        /// The crew.
        crew: u32,
        /// First week.
        week: u32,
        /// Which price, the lowest first.
        tier: u32,
    },
    /// No more time is used of people who come than they have.
    Used {
        /// Which of them.
        number: u32,
        /// First week.
        week: u32,
    },
    /// A department has room for those who are hired.
    Desks {
        /// The department.
        department: DepartmentId,
        /// The week.
        week: u32,
    },
    /// Who is hired stays for the least number of weeks.
    LeastStay {
        /// The opening.
        opening: u32,
        /// The week.
        week: u32,
    },
    /// Who was let go does not come back.
    Prolonged {
        /// The contracts that end together.
        ending: u32,
        /// The week.
        week: u32,
    },
    /// A vendor delivers no more than it can.
    VendorCapacity {
        /// The offer.
        offer: u32,
        /// The week until which is counted.
        week: u32,
    },
    /// What a vendor is paid is at least its price for the work.
    VendorPrice {
        /// The offer.
        offer: u32,
    },
    /// What goes out is whole packages.
    Whole {
        /// The offer.
        offer: u32,
        /// The work.
        work: u32,
    },
    /// An order is no smaller than the vendor's smallest.
    MinimumOrder {
        /// The offer.
        offer: u32,
    },
    /// No work without an order.
    Ordered {
        /// The offer.
        offer: u32,
    },
    /// A budget cap holds.
    Cap {
        /// The cap.
        cap: u32,
    },
    /// What is used of a pool is there or rented.
    PoolFits {
        /// The pool, as in the question.
        pool: u32,
        /// First week.
        week: u32,
    },
    /// No more work is left over than has to be.
    LeftOver,
    /// The base of an incentive is what counts of the money that is spent.
    Base {
        /// The incentive.
        incentive: u32,
    },
    /// It is no more than its share of such money everywhere.
    BaseCap {
        /// The incentive.
        incentive: u32,
    },
    /// A step of an incentive has a base only if it is reached.
    BaseOfStep {
        /// The incentive.
        incentive: u32,
        /// The step.
        step: u32,
    },
    /// A step with a lower rate after it does not hold from there on.
    BelowStep {
        /// The incentive.
        incentive: u32,
        /// The step.
        step: u32,
    },
    /// A step is reached with enough money only.
    Enough {
        /// The incentive.
        incentive: u32,
    },
    /// One step of an incentive counts.
    OneStep {
        /// The incentive.
        incentive: u32,
    },
}

/// What a column decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnKind {
    /// A column without a meaning of its own.
    #[default]
    Plain,
    /// Work of a group done by the end of a period.
    Done {
        /// The group.
        group: u32,
        /// First week of the period.
        week: u32,
    },
    /// Work of a group without a place.
    Unplaced {
        /// The group.
        group: u32,
    },
    /// What is had beyond a pool.
    Overflow {
        /// The pool.
        pool: PoolId,
        /// First week of the period.
        week: u32,
    },
    /// Time of a crew that is paid by the day.
    FreelanceTime {
        /// The crew of like people.
        crew: u32,
        /// First week of the period.
        week: u32,
    },
    /// Overtime of a crew.
    Overtime {
        /// The crew of like people.
        crew: u32,
        /// First week of the period.
        week: u32,
    },
    /// Time of a crew with several skills that goes to one department.
    TimeOn {
        /// The crew of like people.
        crew: u32,
        /// The department.
        department: DepartmentId,
        /// First week of the period.
        week: u32,
    },
    /// Share of the possible lateness of some deliverables.
    Late {
        /// The deliverables.
        unit: u32,
        /// First week of the period.
        week: u32,
    },
    /// Share of a period that a milestone is late.
    MilestoneLate {
        /// The milestone.
        milestone: MilestoneId,
        /// First week of the period.
        week: u32,
    },
    /// Time that is bought, and the work it goes into.
    Lever(LeverColumn),
}

/// What a column about bought time decides; numbers as in [`LeverRow`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeverColumn {
    /// Work done in house in a run of weeks.
    WorkIn {
        /// The work.
        work: u32,
        /// First week.
        week: u32,
    },
    /// Work that nobody can do in time.
    LeftOver {
        /// The work.
        work: u32,
    },
    /// Overtime at one price.
    Overtime {
        /// The crew.
        crew: u32,
        /// First week.
        week: u32,
        /// Which price, the lowest first.
        tier: u32,
    },
    /// Artists who begin in a week.
    Start {
        /// The opening.
        opening: u32,
        /// The week.
        week: u32,
    },
    /// Hired artists in a week.
    Heads {
        /// The opening.
        opening: u32,
        /// The week.
        week: u32,
    },
    /// Artists whose contract goes on in a week.
    Prolonged {
        /// The contracts that end together.
        ending: u32,
        /// The week.
        week: u32,
    },
    /// Work given to a vendor.
    SentOut {
        /// The offer.
        offer: u32,
        /// The work.
        work: u32,
    },
    /// Whether a package goes to a vendor.
    Package {
        /// The offer.
        offer: u32,
        /// The package.
        package: u32,
    },
    /// Bid days that a vendor is paid for.
    Order {
        /// The offer.
        offer: u32,
    },
    /// Whether a vendor gets an order.
    Ordered {
        /// The offer.
        offer: u32,
    },
    /// Time that is used of people who come to a site.
    Used {
        /// Which of them.
        number: u32,
        /// First week.
        week: u32,
    },
    /// What is used of a pool beyond what there is.
    Rented {
        /// The pool, as in the question.
        pool: u32,
        /// First week.
        week: u32,
    },
    /// Money that counts for a step of an incentive; after the last step, what others take off too much.
    Base {
        /// The incentive.
        incentive: u32,
        /// The step.
        step: u32,
    },
    /// Whether a step of an incentive is reached.
    Reached {
        /// The incentive.
        incentive: u32,
        /// The step.
        step: u32,
    },
}

/// Turns kinds into names in the user's words.
pub trait Names {
    /// The name of a row of this kind.
    fn row(&self, kind: RowKind) -> String;
    /// The name of a column of this kind.
    fn column(&self, kind: ColumnKind) -> String;
}

/// Names made of the numbers in a kind: enough to read a program without its production.
#[derive(Clone, Copy, Debug, Default)]
pub struct Numbers;

impl Names for Numbers {
    fn row(&self, kind: RowKind) -> String {
        format!("{kind:?}")
    }
    fn column(&self, kind: ColumnKind) -> String {
        format!("{kind:?}")
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct ColumnData {
    lower: f64,
    upper: f64,
    cost: f64,
    integer: bool,
    kind: ColumnKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct RowData {
    sense: Sense,
    rhs: f64,
    kind: RowKind,
}

/// A linear program: minimise `offset + cost · x` within column bounds and rows.
///
/// ```
/// use shotplan::formulate::program::{Program, Sense};
/// // Two days of comp and one of paint, at least three days in all, comp costs more.
/// let mut program = Program::new();
/// let comp = program.column(0.0, 2.0, 500.0);
/// let paint = program.column(0.0, 1.0, 300.0);
/// program.row(Sense::AtLeast, 3.0, [(comp, 1.0), (paint, 1.0)]);
/// assert_eq!(program.value(&[2.0, 1.0]), 1_300.0);
/// assert_eq!((program.columns(), program.rows(), program.entries()), (2, 1, 2));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Program {
    offset: f64,
    columns: Vec<ColumnData>,
    rows: Vec<RowData>,
    /// Where the entries of each row end.
    ends: Vec<u32>,
    entries: Vec<(Column, f64)>,
}

impl Program {
    /// No columns, no rows.
    pub fn new() -> Program {
        Program::default()
    }

    /// Adds a continuous column with bounds (infinite ones allowed) and a cost per unit.
    pub fn column(&mut self, lower: f64, upper: f64, cost: f64) -> Column {
        self.column_of(ColumnKind::Plain, lower, upper, cost)
    }

    /// Adds a continuous column that decides `kind`.
    pub fn column_of(&mut self, kind: ColumnKind, lower: f64, upper: f64, cost: f64) -> Column {
        self.columns.push(ColumnData { lower, upper, cost, integer: false, kind });
        Column(self.columns.len() as u32 - 1)
    }

    /// Makes a column take whole values only.
    pub fn make_integer(&mut self, column: Column) {
        if let Some(data) = self.columns.get_mut(column.index()) {
            data.integer = true;
        }
    }

    /// Gives a column other bounds.
    pub fn set_bounds(&mut self, column: Column, lower: f64, upper: f64) {
        if let Some(data) = self.columns.get_mut(column.index()) {
            (data.lower, data.upper) = (lower, upper);
        }
    }

    /// Gives a column another cost per unit.
    pub fn set_cost(&mut self, column: Column, cost: f64) {
        if let Some(data) = self.columns.get_mut(column.index()) {
            data.cost = cost;
        }
    }

    /// Adds to the right-hand side of a row.
    pub fn add_room(&mut self, row: Row, amount: f64) {
        if let Some(data) = self.rows.get_mut(row.index()) {
            data.rhs += amount;
        }
    }

    /// Adds to the upper bound of a column.
    pub fn add_to_upper(&mut self, column: Column, amount: f64) {
        if let Some(data) = self.columns.get_mut(column.index()) {
            data.upper += amount;
        }
    }

    /// Adds a row. Entries of the same column are added up, zeros are dropped.
    pub fn row(
        &mut self,
        sense: Sense,
        rhs: f64,
        entries: impl IntoIterator<Item = (Column, f64)>,
    ) -> Row {
        self.row_of(RowKind::Plain, sense, rhs, entries)
    }

    /// Adds a row that says `kind`.
    pub fn row_of(
        &mut self,
        kind: RowKind,
        sense: Sense,
        rhs: f64,
        entries: impl IntoIterator<Item = (Column, f64)>,
    ) -> Row {
        let first = self.entries.len();
        self.entries.extend(entries);
        let row = &mut self.entries[first..];
        row.sort_unstable_by_key(|(column, _)| *column);
        // Written in place: rows are many and short, and most have nothing to merge.
        let mut kept = first;
        for at in first..self.entries.len() {
            let (column, factor) = self.entries[at];
            if kept > first && self.entries[kept - 1].0 == column {
                self.entries[kept - 1].1 += factor;
            } else {
                self.entries[kept] = (column, factor);
                kept += 1;
            }
        }
        self.entries.truncate(kept);
        let mut at = first;
        while at < self.entries.len() {
            if self.entries[at].1 == 0.0 {
                self.entries.remove(at);
            } else {
                at += 1;
            }
        }
        self.rows.push(RowData { sense, rhs, kind });
        self.ends.push(self.entries.len() as u32);
        Row(self.rows.len() as u32 - 1)
    }

    /// Adds a constant to the objective.
    pub fn add_offset(&mut self, amount: f64) {
        self.offset += amount;
    }

    /// The constant in the objective.
    pub fn offset(&self) -> f64 {
        self.offset
    }
    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }
    /// Number of entries.
    pub fn entries(&self) -> usize {
        self.entries.len()
    }
    /// All columns in order.
    pub fn column_ids(&self) -> impl ExactSizeIterator<Item = Column> + use<> {
        (0..self.columns.len() as u32).map(Column)
    }
    /// All rows in order.
    pub fn row_ids(&self) -> impl ExactSizeIterator<Item = Row> + use<> {
        (0..self.rows.len() as u32).map(Row)
    }
    /// Lower and upper bound of a column.
    pub fn bounds(&self, column: Column) -> (f64, f64) {
        let data = &self.columns[column.index()];
        (data.lower, data.upper)
    }
    /// Cost of one unit of a column.
    pub fn cost(&self, column: Column) -> f64 {
        self.columns[column.index()].cost
    }
    /// Whether a column takes whole values only.
    pub fn is_integer(&self, column: Column) -> bool {
        self.columns[column.index()].integer
    }
    /// Whether any column takes whole values only.
    pub fn has_integers(&self) -> bool {
        self.columns.iter().any(|column| column.integer)
    }
    /// What a column decides.
    pub fn column_kind(&self, column: Column) -> ColumnKind {
        self.columns[column.index()].kind
    }
    /// What a row says.
    pub fn row_kind(&self, row: Row) -> RowKind {
        self.rows[row.index()].kind
    }
    /// What all rows say, in order.
    pub fn row_kinds(&self) -> impl ExactSizeIterator<Item = RowKind> + '_ {
        self.rows.iter().map(|row| row.kind)
    }
    /// Sense and right-hand side of a row.
    pub fn side(&self, row: Row) -> (Sense, f64) {
        let data = &self.rows[row.index()];
        (data.sense, data.rhs)
    }
    /// The entries of a row, by column.
    pub fn row_entries(&self, row: Row) -> &[(Column, f64)] {
        let start = match row.index() {
            0 => 0,
            index => self.ends[index - 1] as usize,
        };
        &self.entries[start..self.ends[row.index()] as usize]
    }

    /// The objective at `values`, one for each column; missing ones count as 0.
    pub fn value(&self, values: &[f64]) -> f64 {
        let sum: f64 = self.columns.iter().zip(values).map(|(c, value)| c.cost * value).sum();
        self.offset + sum
    }

    /// The left-hand side of a row at `values`.
    pub fn activity(&self, row: Row, values: &[f64]) -> f64 {
        self.row_entries(row)
            .iter()
            .map(|(column, factor)| factor * values.get(column.index()).copied().unwrap_or(0.0))
            .sum()
    }

    /// The same program with all columns continuous.
    pub fn relaxed(&self) -> Program {
        let mut relaxed = self.clone();
        relaxed.columns.iter_mut().for_each(|column| column.integer = false);
        relaxed
    }

    /// Writes the program in the `.lp` format that most solvers read.
    ///
    /// ```
    /// use shotplan::formulate::program::{Numbers, Program, Sense};
    /// let mut program = Program::new();
    /// let comp = program.column(0.0, 2.0, 500.0);
    /// let paint = program.column(0.0, f64::INFINITY, -300.0);
    /// program.row(Sense::AtMost, 3.0, [(comp, 1.0), (paint, 2.5)]);
    /// let mut text = String::new();
    /// program.write_lp(&Numbers, &mut text).unwrap();
    /// assert!(text.contains("x0_Plain + 2.5 x1_Plain <= 3"));
    /// assert!(text.contains("0 <= x0_Plain <= 2"));
    /// ```
    ///
    /// # Errors
    /// Only those of `out`.
    pub fn write_lp(&self, names: &dyn Names, out: &mut dyn fmt::Write) -> fmt::Result {
        let column_name =
            |column: Column| clean('x', column.0, &names.column(self.column_kind(column)));
        writeln!(out, "Minimize")?;
        write!(out, " cost:")?;
        for column in self.column_ids() {
            let cost = self.cost(column);
            if cost != 0.0 {
                write_term(out, cost, &column_name(column))?;
            }
        }
        if self.offset != 0.0 || self.columns.iter().all(|column| column.cost == 0.0) {
            write!(out, " {} {}", sign(self.offset), self.offset.abs())?;
        }
        writeln!(out, "\nSubject To")?;
        for row in self.row_ids() {
            let entries = self.row_entries(row);
            if entries.is_empty() {
                continue; // the format has no empty rows
            }
            write!(out, " {}:", clean('r', row.0, &names.row(self.row_kind(row))))?;
            for &(column, factor) in entries {
                write_term(out, factor, &column_name(column))?;
            }
            let (sense, rhs) = self.side(row);
            let sense = match sense {
                Sense::AtMost => "<=",
                Sense::AtLeast => ">=",
                Sense::Equal => "=",
            };
            writeln!(out, " {sense} {rhs}")?;
        }
        writeln!(out, "Bounds")?;
        for column in self.column_ids() {
            let name = column_name(column);
            match self.bounds(column) {
                (f64::NEG_INFINITY, f64::INFINITY) => writeln!(out, " {name} free")?,
                (f64::NEG_INFINITY, upper) => writeln!(out, " -inf <= {name} <= {upper}")?,
                (lower, f64::INFINITY) => writeln!(out, " {name} >= {lower}")?,
                (lower, upper) => writeln!(out, " {lower} <= {name} <= {upper}")?,
            }
        }
        if self.has_integers() {
            writeln!(out, "General")?;
            for column in self.column_ids().filter(|&column| self.is_integer(column)) {
                writeln!(out, " {}", column_name(column))?;
            }
        }
        writeln!(out, "End")
    }
}

fn sign(value: f64) -> char {
    if value < 0.0 { '-' } else { '+' }
}

fn write_term(out: &mut dyn fmt::Write, factor: f64, name: &str) -> fmt::Result {
    match factor.abs() {
        1.0 => write!(out, " {} {name}", sign(factor)),
        size => write!(out, " {} {size} {name}", sign(factor)),
    }
}

/// A name the format allows: letters, digits and a few signs, unique by its number, never so long
/// that a reader cuts it.
fn clean(letter: char, number: u32, name: &str) -> String {
    let mut clean = format!("{letter}{number}_");
    for part in name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()) {
        if clean.len() + part.len() > 200 {
            break;
        }
        if !clean.ends_with('_') {
            clean.push('_');
        }
        clean.push_str(part);
    }
    clean
}
