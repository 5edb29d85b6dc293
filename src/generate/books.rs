//! The books on the day of the plan: cost to date, orders, and what last week's report said.

use super::days::{DAY_MINUTES, FIRST_DAY, date_of, day_of, friday, plus};
use super::draft::Draft;
use super::draws::{Draws, Topic};
use super::money::{self, AROUND, DayCost, Rates, account, cost_of};
use super::state::productive_day;
use crate::model::*;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Fills cost to date, orders and the last period, given what a bid day is budgeted at and the idle
/// time of the job plan.
pub(super) fn fill(
    draft: &mut Draft,
    rates: &Rates,
    planned_idle: &[DayCost],
    planned_team: &[DayCost],
) {
    let mut actuals = people(draft);
    actuals.extend(engagements(draft));
    actuals.extend(purchase_orders(draft));
    actuals.sort_by_key(|row| (row.date, row.show, row.account, row.vendor));
    draft.production.actuals = actuals;
    if draft.recipe.as_of_percent > 0 {
        last_period(draft, rates, planned_idle, planned_team);
    }
}

/// Whether a cost of `date` is posted: the last seven days are only accrued.
fn state_of(date: Date, as_of: Date) -> ActualState {
    if date < plus(as_of, -7) { ActualState::Posted } else { ActualState::Accrued }
}

fn actual(production: &Production, date: Date, account: AccountId, show: ShowId) -> Actual {
    Actual {
        date,
        account,
        show: Some(show),
        amount: Cents::ZERO,
        currency: production.settings.currency,
        state: state_of(date, production.settings.as_of),
        person: None,
        vendor: None,
        task: None,
        source: Source::default(),
    }
}

/// Cost of the logged time at the people's own day costs, and of booked time without any, by show,
/// week and account.
fn people(draft: &Draft) -> Vec<Actual> {
    let production = &draft.production;
    let full_day = productive_day(production);
    let as_of = production.settings.as_of;
    let mut sums: BTreeMap<(ShowId, AccountId, u32, bool), Cents> = BTreeMap::new();
    let mut spent = Vec::with_capacity(production.time_logs.len());
    let mut add = |show, account, day: u32, cost| {
        let is_posted = state_of(date_of(day), as_of) == ActualState::Posted;
        *sums.entry((show, account, friday(day), is_posted)).or_default() += cost;
    };
    for log in &production.time_logs {
        let task = &production.tasks[log.task];
        let account = task.account.unwrap_or(production.departments[task.department].account);
        let cost = production.day_cost(log.person, log.date).times(log.minutes, full_day);
        let (show, day) = (production.show_of(task.entity), day_of(log.date));
        spent.push((log.person, show, day, cost));
        add(show, account, day, cost);
    }
    let supervision = account(production, "25-00");
    for (id, show, day, cost) in money::team(production, day_of(as_of)) {
        add(show, supervision, day, cost);
        spent.push((id, show, day, cost));
    }
    let booked = account(production, "20-95");
    for (_, show, day, cost) in money::idle(production, spent, day_of(as_of)) {
        add(show, booked, day, cost);
    }
    sums.into_iter()
        .map(|((show, account, week, is_posted), amount)| {
            let date = date_of(week).min(plus(as_of, if is_posted { -8 } else { -1 }));
            Actual { amount, ..actual(production, date, account, show) }
        })
        .collect()
}

/// Supervisors and production staff are engaged for the whole show, four weeks an order, and paid
/// week by week. Returns what is paid.
fn engagements(draft: &mut Draft) -> Vec<Actual> {
    let as_of = draft.production.settings.as_of;
    let (mut actuals, mut orders) = (Vec::new(), Vec::new());
    let production = &draft.production;
    for (show, &(start, end)) in production.shows.ids().zip(&draft.span) {
        let weeks = i64::from((end - start) / 5).max(1);
        for (code, _) in AROUND {
            let account = account(production, code);
            let lines = production.budget.iter();
            let mut of = lines.filter(|line| line.account == account && line.show == Some(show));
            let all = of.next().map_or(Cents::ZERO, |line| line.original);
            let mut order: Option<Commitment> = None;
            for week in 0..weeks {
                let amount = all.times(week + 1, weeks) - all.times(week, weeks);
                let date = date_of(start + week as u32 * 5 + 4);
                let number = orders.len() + 1;
                let open = order.get_or_insert_with(|| Commitment {
                    code: format!("EN-{number:04}"),
                    account,
                    show: Some(show),
                    vendor: None,
                    contents: Vec::new(),
                    amount: Cents::ZERO,
                    drawn: Cents::ZERO,
                    accrued: Cents::ZERO,
                    currency: production.settings.currency,
                    expected: None,
                    cancellable_from: None,
                    cancel_cost: Cents::ZERO,
                    source: Source::default(),
                });
                open.amount += amount;
                open.expected = Some(date);
                if date < as_of {
                    open.drawn += amount;
                    actuals.push(Actual { amount, ..actual(production, date, account, show) });
                }
                if week % 4 == 3 || week + 1 == weeks {
                    orders.extend(order.take());
                }
            }
        }
    }
    draft.production.commitments = orders;
    actuals
}

/// What the report of the week before said: cost to date and what was left at budgeted rates, give
/// or take a little. Contingency is never planned to be spent.
fn last_period(
    draft: &mut Draft,
    rates: &Rates,
    planned_idle: &[DayCost],
    planned_team: &[DayCost],
) {
    let production = &draft.production;
    let now = day_of(production.settings.as_of);
    let mut left: BTreeMap<(ShowId, AccountId), Cents> = BTreeMap::new();
    for row in &production.actuals {
        if let (Some(show), None) = (row.show, row.vendor) {
            *left.entry((show, row.account)).or_default() += row.amount;
        }
    }
    for order in production.commitments.iter().filter(|order| order.vendor.is_none()) {
        if let Some(show) = order.show {
            *left.entry((show, order.account)).or_default() += order.amount - order.drawn;
        }
    }
    for (id, task) in production.tasks.enumerate() {
        // Orders to vendors are for a fixed price.
        let minutes = if task.vendor.is_some() { task.bid } else { production.work_left(id) };
        if task.status != Status::Omit {
            let (account, cost) = cost_of(production, rates, task, minutes);
            *left.entry((production.show_of(task.entity), account)).or_default() += cost;
        }
    }
    let booked = account(production, "20-95");
    for &(_, show, _, cost) in planned_idle.iter().filter(|row| row.2 >= now) {
        *left.entry((show, booked)).or_default() += cost;
    }
    // Of teams each department's own line has what was planned; what was posted names no department.
    let supervision = account(production, "25-00");
    let mut of_teams: BTreeMap<(ShowId, Option<DepartmentId>), Cents> = BTreeMap::new();
    for &(id, show, day, cost) in planned_team {
        *of_teams.entry((show, production.home_department(id))).or_default() += cost;
        if day < now {
            *left.entry((show, supervision)).or_default() -= cost;
        }
    }
    for (index, line) in draft.production.budget.iter_mut().enumerate() {
        let mut draws = Draws::new(draft.recipe.seed, Topic::Money, (1 << 32) | index as u64);
        let drift = draws.whole(9_850, 10_100);
        let of_team = || line.show.and_then(|show| of_teams.get(&(show, line.department)));
        let known = match line.department {
            Some(_) if line.account == supervision => of_team(),
            Some(_) => None,
            None => line.show.and_then(|show| left.get(&(show, line.account))),
        };
        line.last_period = Some(known.map_or(Cents::ZERO, |known| known.basis_points(drift)));
    }
}

/// Days before turnover on which vendors are booked.
const AHEAD: i64 = 42;

/// One order per vendor, sequence and account, placed before turnover: a quarter is paid with the
/// order, half with what is delivered, the last quarter when all is. Returns what is drawn.
fn purchase_orders(draft: &mut Draft) -> Vec<Actual> {
    let mut packages: BTreeMap<(VendorId, SequenceId, AccountId), Package> = BTreeMap::new();
    for (id, task) in draft.production.tasks.enumerate() {
        let (Some(vendor), Entity::Shot(shot)) = (task.vendor, task.entity) else { continue };
        let row = &draft.production.shots[shot];
        let price = draft.production.vendors[vendor].day_price.times(task.bid, DAY_MINUTES);
        let key = (vendor, row.sequence, task.account.unwrap_or(AccountId::new(0)));
        let package = packages.entry(key).or_default();
        package.price += price;
        package.tasks.push(id);
        package.expected = package.expected.max(row.due);
        if task.status.is_done() {
            package.delivered += price;
        }
    }
    let production = &mut draft.production;
    let as_of = production.settings.as_of;
    let (mut actuals, mut orders, mut changes) = (Vec::new(), Vec::new(), Vec::new());
    for ((vendor, sequence, account), package) in packages {
        let show = Some(production.sequences[sequence].show);
        let turnover = production.sequences[sequence].turnover.unwrap_or(as_of);
        let ordered = plus(turnover, -AHEAD).max(FIRST_DAY);
        if ordered >= as_of {
            continue;
        }
        let deposit = package.price.basis_points(2_500);
        let mut later = package.delivered.basis_points(5_000);
        if package.delivered == package.price {
            later = package.price - deposit;
        }
        let number = orders.len() as u64 + 1;
        let mut draws = Draws::new(draft.recipe.seed, Topic::Money, (2 << 32) | number);
        // Half of the vendors send the invoice with what they deliver.
        let is_invoiced = draws.chance(0.5);
        let mut post = |date, amount, state| {
            actuals.push(Actual {
                date,
                account,
                show,
                amount,
                currency: production.settings.currency,
                state,
                person: None,
                vendor: Some(vendor),
                task: None,
                source: Source::default(),
            });
        };
        post(ordered, deposit, state_of(ordered, as_of));
        if later > Cents::ZERO && is_invoiced {
            post(plus(as_of, -1).max(ordered), later, ActualState::Accrued);
        }
        orders.push(Commitment {
            code: format!("PO-{:04}", orders.len() + 1),
            account,
            show,
            vendor: Some(vendor),
            contents: Vec::new(),
            amount: package.price,
            drawn: if is_invoiced { deposit + later } else { deposit },
            accrued: if is_invoiced { Cents::ZERO } else { later },
            currency: production.settings.currency,
            expected: package.expected,
            cancellable_from: None,
            cancel_cost: Cents::ZERO,
            source: Source::default(),
        });
        if draws.chance(CHANGED) {
            changes.push((orders.len() - 1, package, draws));
        }
    }
    let first = production.commitments.len();
    production.commitments.extend(orders);
    for (order, package, draws) in changes {
        change_order(production, first + order, &package, draws);
    }
    actuals
}

/// Share of orders to vendors that were changed, or may be.
const CHANGED: f64 = 0.6;

/// What a vendor asks for beyond an order: more notes than were agreed, plates that came late.
fn change_order(production: &mut Production, order: usize, package: &Package, mut draws: Draws) {
    let as_of = production.settings.as_of;
    let share = draws.whole(300, 1_500);
    let state = match draws.unit() {
        draw if draw < 0.50 => ChangeState::Approved,
        draw if draw < 0.70 => ChangeState::Sent,
        draw if draw < 0.85 => ChangeState::Priced,
        draw if draw < 0.95 => ChangeState::Absorbed,
        _ => ChangeState::Rejected,
    };
    let days = draws.whole(1, 5);
    let asked = plus(as_of, -draws.whole(1, 30));
    // Nobody begins on what is not signed.
    let is_ahead = |task: &TaskId| {
        let row = &production.tasks[*task];
        row.logged == 0 && !row.status.is_open() && !row.status.is_done()
    };
    let ahead: Vec<TaskId> = package.tasks.iter().copied().filter(is_ahead).collect();
    let is_open = matches!(state, ChangeState::Sent | ChangeState::Priced) && !ahead.is_empty();
    let (state, tasks) = match state {
        ChangeState::Sent | ChangeState::Priced if is_open => (state, ahead),
        ChangeState::Sent | ChangeState::Priced => (ChangeState::Approved, package.tasks.clone()),
        _ => (state, package.tasks.clone()),
    };
    let Some(show) = production.commitments[order].show else { return };
    let number = production.change_orders.iter().filter(|row| row.order.is_some()).count() + 1;
    production.change_orders.push(ChangeOrder {
        code: format!("VC-{number:03}"),
        show,
        state,
        // Whole units, as vendors write them.
        amount: Cents(package.price.basis_points(share).0 / 100 * 100),
        order: Some(order),
        // Dates that were agreed have their days in them.
        days: if is_open { days } else { 0 },
        tasks,
        date: Some(asked.max(FIRST_DAY)),
        source: Source::default(),
    });
}

#[derive(Default)]
struct Package {
    tasks: Vec<TaskId>,
    price: Cents,
    delivered: Cents,
    expected: Option<jiff::civil::Date>,
}
