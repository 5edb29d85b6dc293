//! `tradeoff`: from files to cost against date.

use super::levers::{
    Asked, QuestionError, ask, basis_points, bill, heading_until_stopped, milestone, no_plan,
    purchases,
};
use super::scenario_odds::OddsAsked;
use super::{Answered, Checked, Request};
use crate::compare::{self, Goal, Point, Sure, Tried};
use crate::model::{Cents, Production};
use crate::result::{PointRow, PurchaseRow, TradeoffAnswer};
use crate::solve::Watch;
use std::path::Path;

/// How sure dates and costs of a trade-off are to be.
#[derive(Clone, Copy, Debug)]
pub struct Sureness<'a> {
    /// Basis points.
    pub confidence: i64,
    /// Draws of each plan.
    pub draws: u32,
    /// What is not certain; none = what is usual in the trade.
    pub uncertainty: Option<&'a Path>,
}

/// Reads and checks a show, and makes at most so many plans from cheap and late to dear and early; see
/// [`compare::tradeoff`].
///
/// # Errors
/// When the files cannot be read, or the show has no such milestone.
pub fn tradeoff(
    show: &Path,
    name: Option<&str>,
    most: usize,
    sure: Option<Sureness>,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Answered<TradeoffAnswer>, QuestionError> {
    let Asked { mut production, options } = match ask(show, request, most.clamp(1, 1_000) as u32)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let id = milestone(&mut production, name)?;
    let odds = match sure {
        None => None,
        Some(sure) => {
            let Sureness { confidence, draws, uncertainty } = sure;
            match OddsAsked::new(&production, confidence, draws, uncertainty)? {
                Ok(odds) => Some(odds),
                Err(issues) => {
                    return Ok(Answered::Flawed(Checked { issues, ..Checked::default() }));
                }
            }
        }
    };
    let code = production.milestones[id].code.clone();
    let look = |tried: &Tried, beside: Cents| {
        let odds = odds.as_ref()?.of(tried, beside.0, watch)?;
        let chance = odds.milestones.iter().find(|chance| chance.id == code);
        let finish = chance.and_then(|chance| chance.date);
        Some(Sure { finish, final_cost: Cents(odds.final_cost) })
    };
    let found = match compare::tradeoff(&production, id, most, &options, &look, watch) {
        Ok(found) => found,
        Err(trouble) => return Ok(no_plan(trouble)),
    };
    let goal = Goal::of(&production, id);
    let mut points = Vec::new();
    for (at, point) in found.points.iter().enumerate() {
        let later = found.points.get(at + 1);
        let day_costs = later.and_then(|later| {
            let days = goal.days_between(&production, point.finish, later.finish);
            (days > 0).then(|| (point.bill.total() - later.bill.total()).times(1, days).0)
        });
        let rows = purchases(&production, &point.bought);
        let others = later.map(|later: &Point| purchases(&production, &later.bought));
        points.push(PointRow {
            date: point.finish,
            asked: point.asked,
            cost: bill(&point.bill),
            gap: point.gap.map(basis_points),
            day_costs,
            changes: changes(&production, &rows, &others.unwrap_or_default()),
            purchases: rows,
            sure_date: point.sure.and_then(|sure| sure.finish),
            sure_cost: point.sure.map(|sure| sure.final_cost.0),
        });
    }
    Ok(Answered::Answer(TradeoffAnswer {
        heading: heading_until_stopped(&production, options.mode, watch),
        milestone: production.milestones[id].code.clone(),
        efc: found.base_efc.0,
        earliest_possible: found.earliest,
        points,
        confidence: sure.map(|sure| sure.confidence),
        tries: found.tries as u32,
        dominated: found.dominated as u32,
    }))
}

/// Artist-weeks hired, contracts and tasks by what and where: what one plan has more than the other.
fn changes(production: &Production, here: &[PurchaseRow], there: &[PurchaseRow]) -> Vec<String> {
    use std::collections::BTreeMap;
    let mut more: BTreeMap<(&str, &str), i64> = BTreeMap::new();
    for (rows, sign) in [(here, 1), (there, -1)] {
        for row in rows.iter().filter(|row| row.kind != "overtime") {
            let weeks = match (row.kind.as_str(), row.from, row.to) {
                ("hire" | "extend" | "move", Some(from), Some(to)) => {
                    crate::model::days_between(from, to) / 7 + 1
                }
                _ => 1,
            };
            let what = match row.kind.as_str() {
                "outsource" | "rent" => row.who.as_deref().unwrap_or_default(),
                "move" => row.place.as_deref().unwrap_or_default(),
                _ => row.department.as_str(),
            };
            *more.entry((row.kind.as_str(), what)).or_default() +=
                sign * i64::from(row.count) * weeks;
        }
    }
    let words = |((kind, what), count): ((&str, &str), i64)| {
        let sign = if count > 0 { "+" } else { "−" };
        let size = count.unsigned_abs();
        match kind {
            "hire" => format!("{what} {sign}{size} hired weeks"),
            "extend" => format!("{what} {sign}{size} weeks of contracts"),
            "move" => format!("{what} {sign}{size} moved weeks"),
            "split" => format!("{what} {sign}{size} shared tasks"),
            "rent" => format!("{what} {sign}{size} rented"),
            _ => format!("{what} {sign}{size} tasks"),
        }
    };
    let mut list: Vec<String> =
        more.into_iter().filter(|(_, count)| *count != 0).map(words).collect();
    if list.is_empty() && !production.tasks.is_empty() {
        list.push("the order of work and overtime".to_owned());
    }
    list
}
