//! `bid`: from a list of new shots to their price, and what they do to the dates.

use super::levers::{Asked, ask, heading, no_plan};
use super::opened::{self, BidWork};
use super::{Answered, Request};
use crate::compare::{Goal, Tried};
use crate::forecast::Forecast;
use crate::model::*;
use crate::read::{self, words, words::word_of};
use crate::result::{BidAnswer, BidDepartment, BidMilestone, BidShot, Opened};
use crate::scenario;
use crate::solve::Watch;
use std::collections::BTreeMap;
use std::path::Path;

/// How a bid ended.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub enum Bid {
    /// The list of shots is wrong: everything that is.
    List(Vec<Issue>),
    /// As any other question.
    Show(Answered<BidAnswer>),
}

/// Prices the shots of `list` for a show: `overhead` on top of the artists' cost and `margin` of the price,
/// both in basis points. The show is planned without and with them.
///
/// # Errors
/// When the files cannot be read at all.
pub fn bid(
    show: &Path,
    list: &Path,
    overhead: i64,
    margin: i64,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Bid, read::Error> {
    let bytes = read::piped::bytes(list)
        .map_err(|source| read::Error::Unreadable { path: list.to_owned(), source })?;
    let Asked { production, options } = match ask(show, request, 2)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(Bid::Show(answer)),
    };
    let (requests, issues) =
        read::shot_list(&read::piped::shown(list, &bytes), &bytes, &production);
    if !issues.is_empty() {
        return Ok(Bid::List(issues));
    }
    let changed = scenario::add_shots(&production, &requests);
    let tried = |production: &Production| Tried::new(production.clone(), &options, watch);
    let (before, after) = match (tried(&production), tried(&changed)) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(trouble), _) | (_, Err(trouble)) => return Ok(Bid::Show(no_plan(trouble))),
    };
    let rates = Rates::of(&production);
    let first = production.tasks.len();
    let mut departments: BTreeMap<DepartmentId, (i64, Cents)> = BTreeMap::new();
    let mut shots: Vec<BidShot> = Vec::new();
    let mut work: Vec<BidWork> = Vec::new();
    for (row, request) in requests.iter().enumerate() {
        let shot = ShotId::new(production.shots.len() + row);
        let (mut minutes, mut direct) = (0, Cents::ZERO);
        let own = changed.tasks.iter().skip(first).filter(|task| task.entity == Entity::Shot(shot));
        for task in own {
            let cost = rates.cost(&production, task);
            let (department, bid) = (task.department, task.bid);
            work.push(BidWork { shot: row, department, minutes: bid, cost });
            let sums = departments.entry(task.department).or_default();
            *sums = (sums.0 + task.bid, sums.1 + cost);
            minutes += task.bid;
            direct += cost;
        }
        let floor = direct + direct.basis_points(overhead);
        let goal =
            Goal { milestone: MilestoneId::new(0), wanted: wanted(&changed, Entity::Shot(shot)) };
        shots.push(BidShot {
            id: request.code.clone(),
            class: word_of(words::CLASSES, request.class).to_owned(),
            minutes,
            cost: direct.0,
            floor: floor.0,
            price: price(floor, margin).0,
            due: request.due,
            planned: after.finish(&goal),
            pattern: if request.work.is_empty() {
                Some(scenario::pattern(&production, request.class).shots as u32)
            } else {
                None
            },
        });
    }
    let milestones = production.milestones.ids().filter_map(|id| {
        let row = &production.milestones[id];
        let (was, is) =
            (before.finish(&Goal::of(&production, id)), after.finish(&Goal::of(&changed, id)));
        (was != is).then(|| BidMilestone { id: row.code.clone(), due: row.date, was, is })
    });
    let milestones = milestones.collect();
    let floor: i64 = shots.iter().map(|shot| shot.floor).sum();
    let price: i64 = shots.iter().map(|shot| shot.price).sum();
    let mut answer = BidAnswer {
        heading: heading(&production, options.mode),
        overhead,
        margin,
        shots,
        departments: departments
            .into_iter()
            .map(|(id, (minutes, cost))| BidDepartment {
                id: production.departments[id].code.clone(),
                minutes,
                cost: cost.0,
            })
            .collect(),
        day_minutes: production.bid_day_minutes(),
        floor,
        price,
        efc_before: before.forecast.total.efc().0,
        efc_after: after.forecast.total.efc().0,
        milestones,
        opened: Opened::default(),
    };
    let accounts = accounts(&production, &before.forecast, &after.forecast);
    answer.opened = opened::bid(&answer, &production, &work, &accounts);
    Ok(Bid::Show(Answered::Answer(answer)))
}

/// Accounts that cost: code, description, final cost without and with the shots.
fn accounts(
    production: &Production,
    before: &Forecast,
    after: &Forecast,
) -> Vec<(String, String, [i64; 2])> {
    let of = |forecast: &Forecast, id: AccountId| {
        let row = forecast.report.iter().find(|row| row.account == Some(id) && !row.revenue);
        row.map_or(0, |row| row.efc().0)
    };
    let rows = production.accounts.enumerate();
    rows.map(|(id, row)| (row.code.clone(), row.name.clone(), [of(before, id), of(after, id)]))
        .collect()
}

fn wanted(production: &Production, entity: Entity) -> Keyed<TaskId, bool> {
    production.tasks.iter().map(|task| task.entity == entity).collect()
}

/// The price of which `margin` basis points are left after the cost: cost ÷ (1 − margin), half to even.
fn price(cost: Cents, margin: i64) -> Cents {
    cost.times(10_000, (10_000 - margin).max(1))
}

/// What a day of each department costs: the mean over its own people, on the day of the plan.
struct Rates {
    days: Keyed<DepartmentId, Cents>,
}

impl Rates {
    fn of(production: &Production) -> Rates {
        let mut sums: Keyed<DepartmentId, (i128, i128)> =
            Keyed::filled((0, 0), production.departments.len());
        for person in production.people.ids() {
            if let Some(home) = production.home_department(person) {
                let cost = production.day_cost(person, production.settings.as_of);
                sums[home].0 += i128::from(cost.0);
                sums[home].1 += 1;
            }
        }
        let all = production.mean_day_cost();
        let mean = |(sum, people): &(i128, i128)| match people {
            0 => all,
            people => Cents(round_half_even(*sum, *people)),
        };
        Rates { days: sums.iter().map(mean).collect() }
    }

    /// The cost of a task as bid: artists work the productive share of their days on it.
    fn cost(&self, production: &Production, task: &Task) -> Cents {
        let day = i128::from(production.bid_day_minutes().max(1));
        let productive = i128::from(production.settings.productive.max(1));
        let rate = i128::from(self.days[task.department].0);
        Cents(round_half_even(rate * i128::from(task.bid) * 1_000, day * productive))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_leaves_its_margin() {
        assert_eq!(price(Cents(9_000), 1_000), Cents(10_000)); // 10 % of 100
        assert_eq!(price(Cents(9_000), 0), Cents(9_000));
    }
}
