//! Incentives: money spent in a place lowers what it costs, from a least spend on, and more from a step on.
//!
//! Below its least spend an incentive gives nothing and from a step on it gives more of *all* that is spent:
//! that is no convex cost. Each step that purchases can reach or miss is a yes or no (`Reached`): the base
//! of a step is nothing unless it is reached, it is reached only with so much spent, and one step counts.
//! Where what is certain decides the step, there is nothing to decide and the incentive is a share of cost.
//!
//! An incentive that lowers the base of another one is claimed whether that pays or not: then all that decides
//! its base is a yes or no as well (`OfIncentive`), so that neither a step nor a cap of it is passed over for the
//! sake of the other.
//!
//! Counted is what reports count: pay of people at their site and the price of vendors' work at theirs, not
//! starts, supervision, or what is missing to a smallest order.

mod given;

pub use given::{Grant, Incentives};

use super::{Builder, Question, Spend};
use crate::formulate::program::{
    Column, ColumnKind, LeverColumn, LeverRow, Program, Row, RowKind, Sense,
};
use crate::model::IncentiveKind;
use given::{Step, falls};
use std::collections::BTreeMap;

/// The columns of an incentive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Granted {
    /// Base of each step that can be reached: the column, money for one unit of it, and what the studio gets of that.
    pub base: Vec<(Column, f64, f64)>,
    /// Whether each of these steps is reached; none where that is certain.
    pub reached: Vec<Column>,
    /// What else is decided by the money that is spent; see [`Incentives::decided`].
    pub decisions: Vec<(Column, Decision)>,
    /// Rows that keep the money of a step below the next one, and by how much more than they have to: numbers are
    /// rounded on both sides of a step.
    pub below: Vec<(Row, f64)>,
    /// Spending columns that count, with money for one unit: here, and of the kind everywhere.
    counted: [Vec<(Column, f64)>; 2],
    /// The steps that can be reached: from so much on.
    from: Vec<f64>,
}

impl Granted {
    /// Whether a step of it is there to be chosen: of those that lower others all is claimed.
    pub fn is_free(&self) -> bool {
        let is_claimed = |row: &(Column, Decision)| row.1 == Decision::OfRest;
        !self.reached.is_empty() && !self.decisions.iter().any(is_claimed)
    }
}

/// What the money that is spent decides about an incentive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// No step is reached.
    NoStep,
    /// What others take off leaves something.
    Something,
    /// What is left is the base: no cap is below it.
    OfRest,
    /// The share of all such money is the base.
    OfShare,
    /// The cap is the base.
    OfCap,
}

/// What a question spends on one unit of a column, and what that is.
struct Spent<'a> {
    column: Column,
    unit: f64,
    most: f64,
    kind: IncentiveKind,
    place: &'a str,
    /// First and last week.
    weeks: (u32, u32),
}

impl Builder<'_> {
    /// What is given of the money that is spent, taken off the cost; what is given anyway is left out.
    pub(super) fn incentives(&mut self) {
        let question: &Question = self.question;
        let incentives = &question.incentives;
        if incentives.grants.is_empty() {
            return;
        }
        let spent = spent(question, &self.built.program, &self.built.spends);
        // Money is counted in units of what a day costs, so that the numbers of a row lie close together.
        let scale = spent.iter().map(|row| row.unit).fold(1.0, f64::max);
        for (number, grant) in incentives.grants.iter().enumerate() {
            let mut counted = Counted::of(grant, &spent);
            counted.scale = scale;
            let granted = self.granted(number, grant, &counted);
            self.built.granted.push(granted);
        }
        self.built.program.add_offset(incentives.certain());
    }

    fn granted(&mut self, number: usize, grant: &Grant, counted: &Counted) -> Granted {
        let incentives = &self.question.incentives;
        let (rule, incentive) = (&grant.rule, number as u32);
        let (kept, scale) = (grant.kept(), counted.scale);
        let (steps, is_sure) = grant.open_steps(counted.most);
        let netted: Vec<usize> = incentives.netted(rule).filter(|&other| other < number).collect();
        let mut granted = Granted {
            counted: [counted.here.clone(), counted.everywhere.clone()],
            from: steps.iter().map(|step| step.from).collect(),
            ..Granted::default()
        };
        if steps.is_empty() {
            return granted;
        }
        let share = rule.eligible as f64 / 1e4;
        let cap_share = rule.cap_share as f64 / 1e4;
        let cap = rule.cap.map_or(f64::INFINITY, |cap| cap.0 as f64);
        let most_left = (share * counted.most).max(0.0);
        let most = most_left.min(cap_share * counted.most_everywhere).min(cap).max(0.0);
        for (step, row) in steps.iter().enumerate() {
            let kind = LeverColumn::Base { incentive, step: step as u32 };
            let given = row.rate * kept * scale;
            let column = self.column(kind, most / scale, -given);
            granted.base.push((column, row.rate, given));
        }
        let bases: Vec<Column> = granted.base.iter().map(|&(column, ..)| column).collect();
        let all = |by: f64| bases.iter().map(move |&column| (column, by));
        // What is left of the share that counts when others have taken off theirs: the row says `entries ≤ side`.
        let mut left = counted.scaled(&counted.here, -share);
        for &other in &netted {
            let of_other = &self.built.granted[other].base;
            left.extend(of_other.iter().map(|&(column, rate, _)| (column, rate)));
        }
        let off = self.most_off(grant, counted, &netted);
        let side = share * grant.certain / scale;
        let mut later = incentives.grants.iter().skip(number + 1);
        // Whose base this one lowers would gain by a credit that is not claimed.
        let is_taken_off = later.any(|row| row.rule.net_of.contains(&rule.code));
        let is_capped = rule.cap.is_some() || rule.cap_share < 10_000;
        let is_plain = netted.is_empty() && !is_capped && steps.len() == 1 && is_sure;
        let decide = |builder: &mut Self, granted: &mut Granted, decision: Decision| {
            let kind =
                LeverColumn::OfIncentive { incentive, number: granted.decisions.len() as u32 };
            let column = builder.column(kind, 1.0, 0.0);
            builder.built.program.make_integer(column);
            granted.decisions.push((column, decision));
            column
        };
        let mut rest: Vec<(Column, f64)> = all(1.0).chain(left.iter().copied()).collect();
        if off > 0.0 {
            // Where others take off more than there is, nothing is left, and not less than that.
            let kind = LeverColumn::Base { incentive, step: steps.len() as u32 };
            let short = self.column(kind, off / scale, 0.0);
            rest.push((short, -1.0));
            let something = decide(self, &mut granted, Decision::Something);
            let program = &mut self.built.program;
            let kind = RowKind::Lever(LeverRow::BaseLeft { incentive });
            let entries = [(short, 1.0), (something, off / scale)];
            program.row_of(kind, Sense::AtMost, off / scale, entries);
            let entries = all(1.0).chain([(something, -most / scale)]);
            program.row_of(kind, Sense::AtMost, 0.0, entries);
        }
        let sense = if is_taken_off && is_plain { Sense::Equal } else { Sense::AtMost };
        let kind = RowKind::Lever(LeverRow::Base { incentive });
        self.built.program.row_of(kind, sense, side, rest);
        if rule.cap_share < 10_000 {
            let mut entries: Vec<(Column, f64)> = all(1.0).collect();
            entries.extend(counted.scaled(&counted.everywhere, -cap_share));
            let kind = RowKind::Lever(LeverRow::BaseCap { incentive });
            let side = cap_share * grant.everywhere / scale;
            self.built.program.row_of(kind, Sense::AtMost, side, entries);
        }
        let is_open = steps.len() > 1 || !is_sure;
        if is_open {
            self.steps_of(number, grant, counted, &steps, &mut granted, most);
        }
        if !is_taken_off || is_plain {
            return granted;
        }
        // All of it is claimed: exactly one step counts, if not none of them, and the base is all that it can be.
        if is_open {
            let mut one: Vec<(Column, f64)> =
                granted.reached.iter().map(|&column| (column, 1.0)).collect();
            if !is_sure {
                let none = decide(self, &mut granted, Decision::NoStep);
                one.push((none, 1.0));
                self.below(number, grant, counted, (none, steps[0].from), &mut granted);
            }
            for at in (0..steps.len() - 1).filter(|&at| !falls(&steps[at..])) {
                let step = (granted.reached[at], steps[at + 1].from);
                self.below(number, grant, counted, step, &mut granted);
            }
            let kind = RowKind::Lever(LeverRow::OneStep { incentive });
            self.built.program.row_of(kind, Sense::Equal, 1.0, one);
        }
        let mut of: Vec<(Column, f64)> = Vec::new();
        // `base ≥ what it is − most × (1 − whether it is that)`
        let mut at_least = |builder: &mut Self,
                            granted: &mut Granted,
                            decision: Decision,
                            mut entries: Vec<(Column, f64)>,
                            (side, most): (f64, f64)| {
            let column = decide(builder, granted, decision);
            of.push((column, 1.0));
            entries.push((column, -most));
            let kind = RowKind::Lever(LeverRow::BaseClaimed { incentive });
            builder.built.program.row_of(kind, Sense::AtLeast, side - most, entries);
        };
        let entries: Vec<(Column, f64)> = all(1.0).chain(left).collect();
        at_least(self, &mut granted, Decision::OfRest, entries, (side, most_left / scale));
        if rule.cap_share < 10_000 {
            let mut entries: Vec<(Column, f64)> = all(1.0).collect();
            entries.extend(counted.scaled(&counted.everywhere, -cap_share));
            let side = cap_share * grant.everywhere / scale;
            let most = (cap_share * counted.most_everywhere).max(0.0) / scale;
            at_least(self, &mut granted, Decision::OfShare, entries, (side, most));
        }
        if rule.cap.is_some() {
            let entries: Vec<(Column, f64)> = all(1.0).collect();
            at_least(
                self,
                &mut granted,
                Decision::OfCap,
                entries,
                (cap / scale, cap.max(0.0) / scale),
            );
        }
        // One of them, unless no step is reached.
        let none = granted.decisions.iter().find(|row| row.1 == Decision::NoStep);
        of.extend(none.map(|&(column, _)| (column, 1.0)));
        let kind = RowKind::Lever(LeverRow::BaseClaimed { incentive });
        self.built.program.row_of(kind, Sense::Equal, 1.0, of);
        granted
    }

    /// The most money that others take off the base, where that can be more than the share that counts; else 0.
    fn most_off(&self, grant: &Grant, counted: &Counted, netted: &[usize]) -> f64 {
        let share = grant.rule.eligible as f64 / 1e4;
        let mut left: BTreeMap<Column, f64> = BTreeMap::new();
        for &(column, unit) in &counted.here {
            *left.entry(column).or_default() += share * unit;
        }
        let (mut certain, mut off) = (share * grant.certain, 0.0);
        for &other in netted {
            let (other, granted) =
                (&self.question.incentives.grants[other], &self.built.granted[other]);
            let rate = granted.base.iter().map(|base| base.1).fold(0.0, f64::max);
            let share = rate * other.rule.eligible as f64 / 1e4;
            certain -= share * other.certain;
            for &(column, unit) in &granted.counted[0] {
                *left.entry(column).or_default() -= share * unit;
            }
            let most = granted
                .base
                .first()
                .map_or(0.0, |base| self.built.program.bounds(base.0).1 * counted.scale);
            off += rate * most;
        }
        let is_enough = certain >= 0.0 && left.values().all(|left| *left >= 0.0);
        if is_enough { 0.0 } else { off }
    }

    /// Which of the steps is reached.
    fn steps_of(
        &mut self,
        number: usize,
        grant: &Grant,
        counted: &Counted,
        steps: &[Step],
        granted: &mut Granted,
        most: f64,
    ) {
        let (incentive, scale) = (number as u32, counted.scale);
        let mut enough = counted.scaled(&counted.here, 1.0);
        for (at, step) in steps.iter().enumerate() {
            let kind = LeverColumn::Reached { incentive, step: at as u32 };
            let reached = self.column(kind, 1.0, 0.0);
            let program = &mut self.built.program;
            program.make_integer(reached);
            let entries = [(granted.base[at].0, 1.0), (reached, -most / scale)];
            let of_step = LeverRow::BaseOfStep { incentive, step: at as u32 };
            program.row_of(RowKind::Lever(of_step), Sense::AtMost, 0.0, entries);
            if falls(&steps[at..]) {
                // From the next step on this one does not hold.
                self.below(number, grant, counted, (reached, steps[at + 1].from), granted);
            }
            enough.push((reached, -step.from.max(0.0) / scale));
            granted.reached.push(reached);
        }
        let program = &mut self.built.program;
        let kind = RowKind::Lever(LeverRow::Enough { incentive });
        program.row_of(kind, Sense::AtLeast, -grant.certain / scale, enough);
        let one = granted.reached.iter().map(|&column| (column, 1.0)).collect::<Vec<_>>();
        let kind = RowKind::Lever(LeverRow::OneStep { incentive });
        program.row_of(kind, Sense::AtMost, 1.0, one);
    }

    /// Where `column` is 1, less is spent than the `next` step asks for.
    fn below(
        &mut self,
        number: usize,
        grant: &Grant,
        counted: &Counted,
        (column, next): (Column, f64),
        granted: &mut Granted,
    ) {
        let scale = counted.scale;
        let mut entries = counted.scaled(&counted.here, 1.0);
        // Below it by more than solvers round, but not below what is spent anyway.
        let last = (next * 0.9999 - 1.0).max(0.5 * (next + grant.certain.min(next)));
        let over = (counted.most - last).max(0.0) / scale;
        entries.push((column, over));
        let side = (last - grant.certain) / scale + over;
        let below =
            LeverRow::BelowStep { incentive: number as u32, step: granted.below.len() as u32 };
        let kind = RowKind::Lever(below);
        let row = self.built.program.row_of(kind, Sense::AtMost, side, entries);
        granted.below.push((row, (next - last) / scale));
    }
}

impl Incentives {
    /// What the money that is spent decides about each of `granted`: columns of steps, and of what their
    /// bases are, with 1 or 0. Steps and caps are those of [`given`](Self::given).
    pub fn decided(&self, granted: &[Granted], values: &[f64]) -> Vec<(Column, f64)> {
        let mut decided = Vec::new();
        let mut credits: Vec<f64> = Vec::with_capacity(self.grants.len());
        let spent = |list: &[(Column, f64)]| -> f64 {
            let value = |column: Column| values.get(column.index()).copied().unwrap_or(0.0);
            list.iter().map(|&(column, unit)| value(column).max(0.0) * unit).sum()
        };
        for (grant, row) in self.grants.iter().zip(granted) {
            let rule = &grant.rule;
            let eligible = grant.certain + spent(&row.counted[0]);
            let everywhere = grant.everywhere + spent(&row.counted[1]);
            let off: f64 =
                self.netted(rule).map(|at| credits.get(at).copied().unwrap_or(0.0)).sum();
            let left = eligible * rule.eligible as f64 / 1e4 - off;
            let share = match rule.cap_share {
                10_000.. => f64::INFINITY,
                points => everywhere * points as f64 / 1e4,
            };
            let cap = rule.cap.map_or(f64::INFINITY, |cap| cap.0 as f64);
            // As solvers round.
            let hair = 1e-6 * (1.0 + eligible.abs());
            let step = row.from.iter().rposition(|from| *from <= eligible + hair);
            let rate = step.and_then(|at| row.base.get(at)).map_or(0.0, |base| base.1);
            credits.push(left.min(share).min(cap).max(0.0) * rate);
            let is = |yes: bool| f64::from(u8::from(yes));
            let reached = row.reached.iter().enumerate();
            decided.extend(reached.map(|(at, &column)| (column, is(step == Some(at)))));
            let least = if left <= share && left <= cap {
                Decision::OfRest
            } else if share <= cap {
                Decision::OfShare
            } else {
                Decision::OfCap
            };
            let is_open = row.reached.is_empty() || step.is_some();
            decided.extend(row.decisions.iter().map(|&(column, decision)| {
                let value = match decision {
                    Decision::NoStep => !is_open,
                    Decision::Something => left > 0.0,
                    other => is_open && other == least,
                };
                (column, is(value))
            }));
        }
        decided
    }
}

/// What counts for an incentive.
struct Counted {
    /// Columns with money for one unit: eligible, and of the kind everywhere.
    here: Vec<(Column, f64)>,
    everywhere: Vec<(Column, f64)>,
    /// The most that both can be.
    most: f64,
    most_everywhere: f64,
    scale: f64,
}

impl Counted {
    fn of(grant: &Grant, spent: &[Spent]) -> Counted {
        let mut counted = Counted {
            here: Vec::new(),
            everywhere: Vec::new(),
            most: grant.certain,
            most_everywhere: grant.everywhere,
            scale: 1.0,
        };
        for row in spent {
            let (is_of_kind, is_here) = grant.is_for(row.kind, row.place);
            if is_of_kind {
                counted.everywhere.push((row.column, row.unit));
                counted.most_everywhere += row.unit * row.most;
            }
            let weeks = row.weeks.1.saturating_sub(row.weeks.0) + 1;
            let holds: f64 = (row.weeks.0..=row.weeks.1).map(|week| grant.holds(week)).sum();
            let unit = row.unit * holds / f64::from(weeks);
            if is_here && unit > 0.0 {
                counted.here.push((row.column, unit));
                counted.most += unit * row.most;
            }
        }
        counted
    }

    fn scaled(&self, list: &[(Column, f64)], by: f64) -> Vec<(Column, f64)> {
        list.iter().map(|&(column, unit)| (column, by * unit / self.scale)).collect()
    }
}

/// All columns whose money can be eligible.
fn spent<'a>(question: &'a Question, program: &Program, spends: &[Spend]) -> Vec<Spent<'a>> {
    let incentives = &question.incentives;
    let place = |list: &'a [String], at: u32| list.get(at as usize).map_or("", String::as_str);
    let run = |week: u32| {
        let bucket = question.buckets.get(question.bucket(week));
        bucket.map_or((week, week), |bucket| (week, bucket.end.max(week + 1) - 1))
    };
    let row = |spend: &Spend| {
        let (column, mut unit) = (spend.column, spend.unit);
        let mut most = program.bounds(column).1;
        let (kind, place, weeks) = match program.column_kind(column) {
            ColumnKind::FreelanceTime { crew, week }
            | ColumnKind::Lever(LeverColumn::Overtime { crew, week, .. }) => {
                (IncentiveKind::Labour, place(&incentives.crews, crew), run(week))
            }
            // What moves change is in their pay already.
            ColumnKind::Lever(LeverColumn::Heads { opening, .. })
                if opening as usize >= question.openings.len() =>
            {
                return None;
            }
            ColumnKind::Lever(LeverColumn::Heads { opening, week }) => {
                most = most.min(useful(question, opening, week));
                (IncentiveKind::Labour, place(&incentives.openings, opening), (week, week))
            }
            ColumnKind::Lever(LeverColumn::Prolonged { ending, week }) => {
                (IncentiveKind::Labour, place(&incentives.endings, ending), (week, week))
            }
            ColumnKind::Lever(LeverColumn::SentOut { offer, work }) => {
                unit = question.offers.get(offer as usize)?.price;
                let at = question.work.get(work as usize)?.to;
                let last = question.buckets.get(at as usize)?.end.max(1) - 1;
                (IncentiveKind::Vendors, place(&incentives.offers, offer), (last, last))
            }
            _ => return None,
        };
        let is_spent = unit > 0.0 && most > 0.0 && most.is_finite();
        is_spent.then_some(Spent { column, unit, most, kind, place, weeks })
    };
    spends.iter().filter_map(row).collect()
}

/// Heads of an opening that could have work in a week: no step is reached by more than that.
fn useful(question: &Question, opening: u32, week: u32) -> f64 {
    let Some(row) = question.openings.get(opening as usize) else { return 0.0 };
    let work = question.work.iter().filter(|work| work.department == row.department);
    let days: f64 = work.map(|work| work.days).sum();
    let output = row.output.get(week as usize).copied().unwrap_or(0.0);
    if output > 0.0 { (days / output).ceil() + 1.0 } else { 1.0 }
}
