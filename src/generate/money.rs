//! The money as it was agreed: what work is budgeted at, awards, budget and client payments.
//!
//! The budget is the cost of the job plan: the whole production worked by the reference scheduler as it
//! was bid, in whole slots, by the people who are there at what they cost, with the booked time that no
//! task uses. So a budget can be kept where work takes what it was bid, and the cost report shows what
//! did not.

use super::books;
use super::days::{DAY_MINUTES, FIRST_DAY, SLOTS, date_of, plus};
use super::draft::Draft;
use super::draws::{Draws, Topic};
use super::tightness::Crew;
use crate::model::*;
use std::collections::BTreeMap;

/// Supervision and production staff, in basis points of labour.
pub(super) const AROUND: [(&str, i64); 2] = [("25-00", 800), ("26-00", 400)];
/// Overtime, in basis points of labour.
const OVERTIME: i64 = 100;
/// What booked time without a task is budgeted at, in basis points of that of the reference scheduler:
/// plans by name, with promises to keep, leave about a third more unused (measured on series).
const UNUSED: i64 = 13_000;
/// Contingency, in basis points of all other lines.
const CONTINGENCY: i64 = 500;
/// Award over cost before margin: supervision and production, in basis points.
const OVERHEAD: i64 = 11_200;

/// What a bid day costs on average: a paid day holds only the productive share of one.
fn bid_day_cost(production: &Production) -> Cents {
    production.mean_day_cost().times(1_000, production.settings.productive)
}

/// What a bid day is sold for in change orders, before margin.
pub(super) fn bid_day_price(production: &Production) -> Cents {
    bid_day_cost(production).basis_points(OVERHEAD)
}

/// The account with a code.
pub(super) fn account(production: &Production, code: &str) -> AccountId {
    let mut accounts = production.accounts.enumerate();
    accounts.find(|(_, row)| row.code == code).map_or(AccountId::new(0), |(id, _)| id)
}

/// Fills awards, budget, payments, purchase orders and cost to date.
pub(super) fn fill(draft: &mut Draft, crew: &Crew) {
    let (rates, spent) = job_plan(draft, crew);
    let team = team(&draft.production, draft.horizon_slots() / SLOTS);
    let mut idle = idle(&draft.production, spent, draft.horizon_slots() / SLOTS);
    idle.iter_mut().for_each(|row| row.3 = row.3.basis_points(UNUSED));
    // What of it leads give to their teams has a line of its own.
    idle.extend(team.iter().map(|&(id, show, day, cost)| (id, show, day, -cost)));
    budget(draft, &rates, &idle, &team);
    award(draft);
    payments(draft);
    books::fill(draft, &rates, &idle, &team);
    draft.production.incentives.push(IncentiveRule {
        valid_from: Some(jiff::civil::date(2025, 1, 1)),
        // A vendor's client claims it: nothing of it comes to the studio.
        studio_share: 0,
        ..IncentiveRule::new("GB-VFX-EXAMPLE", "london", 2_925)
    });
}

/// Cost of a bid day, by department.
pub(super) type Rates = Keyed<DepartmentId, Cents>;

/// What a person cost a show on a working day.
pub(super) type DayCost = (PersonId, ShowId, u32, Cents);

/// Cost of a bid day by department in the job plan, and the cost of each day in it.
fn job_plan(draft: &Draft, crew: &Crew) -> (Rates, Vec<DayCost>) {
    let production = &draft.production;
    let mut sums: Keyed<DepartmentId, (i128, i128)> =
        Keyed::filled((0, 0), production.departments.len());
    let mut spent = Vec::new();
    for (id, task) in production.tasks.enumerate() {
        let index = id.index();
        let Some(worker) = crew.bench.workers.get(crew.planned.worker[index] as usize) else {
            continue;
        };
        let show = production.show_of(task.entity);
        let sum = &mut sums[task.department];
        sum.1 += i128::from(task.bid);
        for (day, done) in crew.bench.days_of(&crew.planned, index, u32::MAX) {
            let pay = production.day_cost(worker.person, date_of(day));
            let cost = pay.times(done, 10_000 * i64::from(SLOTS));
            sum.0 += i128::from(cost.0);
            spent.push((worker.person, show, day, cost));
        }
    }
    let fallback = bid_day_cost(production);
    let rate = |&(cost, minutes): &(i128, i128)| match minutes {
        0 => fallback,
        _ => Cents(round_half_even(cost * i128::from(DAY_MINUTES), minutes)),
    };
    (sums.iter().map(rate).collect(), spent)
}

/// What leads give to their teams of booked time before working day `until`, by person, show and day.
pub(super) fn team(production: &Production, until: u32) -> Vec<DayCost> {
    let leads = |id: PersonId| production.people[id].lead_share;
    let booked = idle(production, Vec::new(), until).into_iter();
    booked
        .filter(|row| leads(row.0) > 0)
        .map(|(id, show, day, pay)| (id, show, day, pay.basis_points(leads(id))))
        .collect()
}

/// Pay of booked time that no task used before working day `until`, given what tasks (and teams) cost by person,
/// show and day; the days that are used up are left out.
pub(super) fn idle(production: &Production, mut spent: Vec<DayCost>, until: u32) -> Vec<DayCost> {
    spent.sort_unstable();
    let used = |person: PersonId, show: ShowId, day: u32| -> Cents {
        let from = spent.partition_point(|row| (row.0, row.1, row.2) < (person, show, day));
        let own =
            spent[from..].iter().take_while(|row| (row.0, row.1, row.2) == (person, show, day));
        own.map(|row| row.3).sum()
    };
    let mut idle = Vec::new();
    for (id, person) in production.people.enumerate() {
        let site = &production.sites[person.site];
        for booking in person.bookings.iter().filter(|booking| booking.is_usable()) {
            let first = super::days::day_of(booking.from.max(FIRST_DAY));
            let last = super::days::day_of(plus(booking.to, 1)).min(until);
            for day in first..last {
                let date = date_of(day);
                let is_off = site.holidays.binary_search(&date).is_ok();
                if is_off || production.contract_on(id, date).is_none() {
                    continue;
                }
                let leave = person.leave.iter().filter(|leave| leave.approved);
                let away: i64 = leave
                    .filter(|leave| leave.from <= date && date <= leave.to)
                    .map(|leave| leave.share)
                    .sum();
                let share = person.capacity * (10_000 - away.min(10_000)) / 10_000 * booking.share;
                let pay = production.day_cost(id, date).times(share, 100_000_000);
                let rest = pay - used(id, booking.show, day);
                if rest > Cents::ZERO {
                    idle.push((id, booking.show, day, rest));
                }
            }
        }
    }
    idle
}

/// Whether a task was part of the show that was awarded.
fn was_awarded(draft: &Draft, task: &Task) -> bool {
    !matches!(task.entity, Entity::Shot(shot) if draft.added.binary_search(&shot).is_ok())
}

/// The account that a task's cost goes to, and the cost of `minutes` of it.
pub(super) fn cost_of(
    production: &Production,
    rates: &Rates,
    task: &Task,
    minutes: i64,
) -> (AccountId, Cents) {
    let account = task.account.unwrap_or(production.departments[task.department].account);
    let day = match task.vendor {
        Some(vendor) => production.vendors[vendor].day_price,
        None => rates[task.department],
    };
    (account, day.times(minutes, DAY_MINUTES))
}

fn budget(draft: &mut Draft, rates: &Rates, idle: &[DayCost], team: &[DayCost]) {
    let production = &draft.production;
    let mut lines: BTreeMap<(ShowId, AccountId), (Cents, Cents)> = BTreeMap::new();
    let mut labour = vec![Cents::ZERO; production.shows.len()];
    let mut by_department: BTreeMap<(ShowId, DepartmentId), Cents> = BTreeMap::new();
    for task in production.tasks.iter().filter(|task| was_awarded(draft, task)) {
        let (account, cost) = cost_of(production, rates, task, task.bid);
        let show = production.show_of(task.entity);
        lines.entry((show, account)).or_default().0 += cost;
        if task.vendor.is_none() {
            labour[show.index()] += cost;
            *by_department.entry((show, task.department)).or_default() += cost;
        }
    }
    let signed = |row: &&ChangeOrder| row.order.is_none() && row.state == ChangeState::Approved;
    for order in production.change_orders.iter().filter(signed) {
        for &task in &order.tasks {
            let row = &production.tasks[task];
            let change = match row.status {
                Status::Omit => -row.bid,
                _ if !was_awarded(draft, row) => row.bid,
                _ => row.estimate - row.bid,
            };
            let (account, cost) = cost_of(production, rates, row, change);
            lines.entry((order.show, account)).or_default().1 += cost;
        }
    }
    for &(_, show, _, cost) in idle {
        lines.entry((show, account(production, "20-95"))).or_default().0 += cost;
    }
    for show in production.shows.ids() {
        for (code, share) in [("20-80", OVERTIME)].into_iter().chain(AROUND) {
            let amount = labour[show.index()].basis_points(share);
            lines.entry((show, account(production, code))).or_default().0 += amount;
        }
        let of_teams: Cents = team.iter().filter(|row| row.1 == show).map(|row| row.3).sum();
        let contingency = (original(&lines, show) + of_teams).basis_points(CONTINGENCY);
        lines.entry((show, account(production, "70-00"))).or_default().0 += contingency;
    }
    let overtime = account(production, "20-80");
    let mut budget = Vec::with_capacity(lines.len());
    for ((show, account), (original, approved_changes)) in lines {
        let mut push = |department, original, approved_changes| {
            budget.push(BudgetLine {
                account,
                show: Some(show),
                department,
                original,
                approved_changes,
                last_period: None,
                source: Source::default(),
            });
        };
        if account != overtime {
            push(None, original, approved_changes);
            continue;
        }
        if approved_changes != Cents::ZERO {
            push(None, Cents::ZERO, approved_changes);
        }
        // Each department answers for its own, by what it works; the last has what rounding leaves.
        let mut left = (original, labour[show.index()]);
        for (&(_, department), &cost) in by_department.iter().filter(|((of, _), _)| *of == show) {
            let own = left.0.times(cost.0, left.1.0.max(1));
            left = (left.0 - own, left.1 - cost);
            if own != Cents::ZERO {
                push(Some(department), own, Cents::ZERO);
            }
        }
    }
    // Time of leads for their teams is each department's own beside who is engaged as a supervisor.
    let supervision = account(production, "25-00");
    let mut of_teams: BTreeMap<(ShowId, Option<DepartmentId>), Cents> = BTreeMap::new();
    for &(id, show, _, cost) in team {
        *of_teams.entry((show, production.home_department(id))).or_default() += cost;
    }
    for ((show, department), original) in of_teams {
        budget.push(BudgetLine {
            account: supervision,
            show: Some(show),
            department,
            original,
            approved_changes: Cents::ZERO,
            last_period: None,
            source: Source::default(),
        });
    }
    draft.production.budget = budget;
}

fn original(lines: &BTreeMap<(ShowId, AccountId), (Cents, Cents)>, show: ShowId) -> Cents {
    lines.iter().filter(|((of, _), _)| *of == show).map(|(_, (amount, _))| *amount).sum()
}

/// Award of each show: its budget and a margin. Each shot has its share by bid, to the cent; added
/// shots were not part of it.
fn award(draft: &mut Draft) {
    let mut by_shot = Keyed::<ShotId, i64>::filled(0, draft.production.shots.len());
    for task in draft.production.tasks.iter().filter(|task| was_awarded(draft, task)) {
        if let Entity::Shot(shot) = task.entity {
            by_shot[shot] += task.bid;
        }
    }
    let production = &mut draft.production;
    for index in 0..production.shows.len() {
        let id = ShowId::new(index);
        let mut draws = Draws::new(draft.recipe.seed, Topic::Money, index as u64);
        let margin = ((800.0 + 500.0 * draws.normal()).round() as i64).clamp(-500, 2_500);
        let budget: Cents =
            production.budget.iter().filter(|l| l.show == Some(id)).map(|l| l.original).sum();
        let award = budget.basis_points(10_000 + margin);
        production.shows[id].award = Some(award);
        // Assets are paid through the shots: each shot has its share of the whole.
        let shots: Vec<ShotId> = production
            .shots
            .ids()
            .filter(|&shot| production.show_of(Entity::Shot(shot)) == id && by_shot[shot] > 0)
            .collect();
        let mut minutes_left: i64 = shots.iter().map(|&shot| by_shot[shot]).sum();
        let mut award_left = award;
        for shot in shots {
            let share = award_left.times(by_shot[shot], minutes_left.max(1));
            production.shots[shot].award = Some(share);
            award_left -= share;
            minutes_left -= by_shot[shot];
        }
    }
}

/// 20 % at award, 20 % each at 25, 50 and 75 % of the shots, 15 % at final delivery, 5 % at
/// acceptance; 30 days.
fn payments(draft: &mut Draft) {
    let production = &mut draft.production;
    for show in production.shows.ids() {
        let mut dues: Vec<jiff::civil::Date> = production
            .shots
            .enumerate()
            .filter(|(id, _)| production.show_of(Entity::Shot(*id)) == show)
            .filter_map(|(_, row)| row.due)
            .collect();
        dues.sort_unstable();
        let by_share =
            |share: usize| dues.get((dues.len() * share).div_ceil(100).max(1) - 1).copied();
        let (start, end) = (production.shows[show].start, production.shows[show].end);
        for (share, tied_to, date) in [
            (2_000, "award", start),
            (2_000, "25% final", by_share(25)),
            (2_000, "50% final", by_share(50)),
            (2_000, "75% final", by_share(75)),
            (1_500, "final delivery", end),
            (500, "acceptance", end.map(|end| plus(end, 30))),
        ] {
            production.payments.push(PaymentStep {
                show,
                share,
                tied_to: tied_to.to_owned(),
                date,
                terms_days: 30,
                source: Source::default(),
            });
        }
    }
}
