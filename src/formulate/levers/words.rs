//! Rows and columns of the program in the user's words.

use super::Question;
use crate::formulate::program::{ColumnKind, LeverColumn, LeverRow, Names, RowKind};
use crate::model::{DepartmentId, Production, ShowId};

/// Names in the user's words.
pub struct Words<'a> {
    /// The question that the program was built from.
    pub question: &'a Question,
    /// Whose words.
    pub production: &'a Production,
}

impl Words<'_> {
    fn show(&self, show: Option<ShowId>) -> &str {
        let row = show.and_then(|show| self.production.shows.get(show));
        row.map_or("any", |row| row.code.as_str())
    }
    fn department(&self, department: DepartmentId) -> &str {
        self.production.departments.get(department).map_or("?", |row| row.code.as_str())
    }
    fn work(&self, work: u32) -> String {
        let Some(row) = self.question.work.get(work as usize) else { return format!("{work}") };
        format!("{} {work} weeks {} to {}", self.department(row.department), row.from, row.to)
    }
    fn opening(&self, opening: u32) -> &str {
        let row = self.question.stay(opening as usize);
        row.map_or("?", |row| self.department(row.department))
    }
    fn ending(&self, ending: u32) -> String {
        let Some(row) = self.question.endings.get(ending as usize) else {
            return format!("{ending}");
        };
        format!("{} contracts to week {}", self.department(row.department), row.from)
    }
    fn vendor(&self, offer: u32) -> &str {
        let row = self.question.offers.get(offer as usize);
        let vendor = row.and_then(|row| self.production.vendors.get(row.vendor));
        vendor.map_or("?", |row| row.code.as_str())
    }
    fn pool(&self, pool: u32) -> &str {
        let row = self.question.shared_pools().nth(pool as usize);
        let pool = row.and_then(|row| self.production.pools.get(row.0?));
        pool.map_or("?", |row| row.code.as_str())
    }
    fn incentive(&self, incentive: u32) -> &str {
        let row = self.question.incentives.grants.get(incentive as usize);
        row.map_or("?", |row| row.rule.code.as_str())
    }
}

impl Names for Words<'_> {
    fn row(&self, kind: RowKind) -> String {
        match kind {
            RowKind::CrewFits { department, week } => {
                format!("crew fits {} week {week}", self.department(department))
            }
            RowKind::TimeFits { crew, week } => format!("time fits crew {crew} week {week}"),
            RowKind::Lever(rule) => match rule {
                LeverRow::Done { work } => format!("done {}", self.work(work)),
                LeverRow::OnPayroll { opening, week } => {
                    format!("{} on payroll week {week}", self.opening(opening))
                }
                LeverRow::LeastStay { opening, week } => {
                    format!("{} least stay week {week}", self.opening(opening))
                }
                LeverRow::Desks { department, week } => {
                    format!("{} desks week {week}", self.department(department))
                }
                LeverRow::Movers { crew, week } => match crew {
                    Some(crew) => format!("crew {crew} moved once week {week}"),
                    None => format!("idle people moved once week {week}"),
                },
                LeverRow::Leave { crew, week } => format!("crew {crew} moved week {week}"),
                LeverRow::OvertimeOfOthers { crew, week, tier } => {
                    format!("crew {crew} overtime {tier} of those who stay week {week}")
                }
                LeverRow::ShowFits { department, show, week } => {
                    format!("{} fits {} week {week}", self.department(department), self.show(show))
                }
                LeverRow::TimeOfShows { department, number, week } => {
                    format!("{} of shows {number} week {week}", self.department(department))
                }
                LeverRow::Used { number, week } => format!("used {number} week {week}"),
                LeverRow::Prolonged { ending, week } => {
                    format!("{} prolonged week {week}", self.ending(ending))
                }
                LeverRow::VendorCapacity { offer, week } => {
                    format!("{} capacity to week {week}", self.vendor(offer))
                }
                LeverRow::VendorPrice { offer } => format!("{} price", self.vendor(offer)),
                LeverRow::Whole { offer, work } => {
                    format!("{} takes whole packages of {}", self.vendor(offer), self.work(work))
                }
                LeverRow::MinimumOrder { offer } => {
                    format!("{} minimum order", self.vendor(offer))
                }
                LeverRow::Ordered { offer } => format!("{} ordered", self.vendor(offer)),
                LeverRow::Cap { cap } => {
                    let row = self.question.caps.get(cap as usize);
                    format!("cap {}", row.map_or("?", |row| row.name.as_str()))
                }
                LeverRow::LeftOver => "left over".to_owned(),
                LeverRow::PoolFits { pool, week } => format!("{} week {week}", self.pool(pool)),
                LeverRow::Base { incentive } => format!("base of {}", self.incentive(incentive)),
                LeverRow::BaseCap { incentive } => {
                    format!("cap on the base of {}", self.incentive(incentive))
                }
                LeverRow::BaseOfStep { incentive, step } => {
                    format!("base of {} at step {step}", self.incentive(incentive))
                }
                LeverRow::BaseLeft { incentive } => {
                    format!("what others leave of {}", self.incentive(incentive))
                }
                LeverRow::BaseClaimed { incentive } => {
                    format!("all of {} is claimed", self.incentive(incentive))
                }
                LeverRow::BelowStep { incentive, step } => {
                    format!("{} only below a step {}", self.incentive(incentive), step + 1)
                }
                LeverRow::Enough { incentive } => {
                    format!("enough spent for {}", self.incentive(incentive))
                }
                LeverRow::OneStep { incentive } => {
                    format!("one step of {}", self.incentive(incentive))
                }
            },
            other => format!("{other:?}"),
        }
    }

    fn column(&self, kind: ColumnKind) -> String {
        match kind {
            ColumnKind::Lever(column) => match column {
                LeverColumn::WorkIn { work, week } => {
                    format!("work on {} week {week}", self.work(work))
                }
                LeverColumn::LeftOver { work } => format!("left over {}", self.work(work)),
                LeverColumn::Overtime { crew, week, tier } => {
                    format!("overtime crew {crew} week {week} tier {tier}")
                }
                LeverColumn::Start { opening, week } => {
                    format!("start {} week {week}", self.opening(opening))
                }
                LeverColumn::Heads { opening, week } => {
                    format!("hired {} week {week}", self.opening(opening))
                }
                LeverColumn::Prolonged { ending, week } => {
                    format!("{} go on week {week}", self.ending(ending))
                }
                LeverColumn::SentOut { offer, work } => {
                    format!("{} to {}", self.work(work), self.vendor(offer))
                }
                LeverColumn::Package { offer, package } => {
                    format!("package {package} to {}", self.vendor(offer))
                }
                LeverColumn::Order { offer } => format!("order {}", self.vendor(offer)),
                LeverColumn::Ordered { offer } => format!("any order {}", self.vendor(offer)),
                LeverColumn::TimeOnShow { department, show, number, week } => {
                    let department = self.department(department);
                    format!("{department} of shows {number} on {} week {week}", self.show(show))
                }
                LeverColumn::Used { number, week } => format!("used {number} week {week}"),
                LeverColumn::Rented { pool, week } => {
                    format!("{} rented week {week}", self.pool(pool))
                }
                LeverColumn::Base { incentive, step } => {
                    format!("base of {} at step {step}", self.incentive(incentive))
                }
                LeverColumn::OfIncentive { incentive, number } => {
                    format!("what decides {} {number}", self.incentive(incentive))
                }
                LeverColumn::Reached { incentive, step } => {
                    format!("{} reaches step {step}", self.incentive(incentive))
                }
            },
            other => format!("{other:?}"),
        }
    }
}
