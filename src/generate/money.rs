//! The money: awards, budget, client payments, purchase orders and cost to date.

use super::days::{DAY_MINUTES, FIRST_DAY, date_of, day_of, friday, plus};
use super::draft::Draft;
use super::draws::{Draws, Topic};
use super::state::productive_day;
use crate::model::*;
use std::collections::BTreeMap;

/// Supervision and production staff, in basis points of labour.
const SUPERVISION: i64 = 800;
const PRODUCTION: i64 = 400;
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

/// Fills awards, budget, payments, purchase orders and actuals.
pub(super) fn fill(draft: &mut Draft) {
    award(draft);
    budget(draft);
    payments(draft);
    let mut actuals = labour(draft);
    actuals.extend(purchase_orders(draft));
    actuals.sort_by_key(|row| (row.date, row.show, row.account, row.vendor));
    draft.production.actuals = actuals;
    draft.production.incentives.push(IncentiveRule {
        code: "GB-VFX-EXAMPLE".to_owned(),
        place: "london".to_owned(),
        rate: 2_925,
        valid_from: Some(jiff::civil::date(2025, 1, 1)),
        valid_to: None,
        source: Source::default(),
    });
}

/// Award of each show, and of each shot its share by bid, to the cent. Added shots were not part
/// of it.
fn award(draft: &mut Draft) {
    let production = &mut draft.production;
    let price = bid_day_cost(production).basis_points(OVERHEAD);
    let mut by_show = vec![0_i64; production.shows.len()];
    let mut by_shot = Keyed::<ShotId, i64>::filled(0, production.shots.len());
    for task in production.tasks.iter() {
        match task.entity {
            Entity::Shot(shot) if draft.added.binary_search(&shot).is_ok() => continue,
            Entity::Shot(shot) => by_shot[shot] += task.bid,
            _ => {}
        }
        by_show[production.show_of(task.entity).index()] += task.bid;
    }
    for (index, &minutes) in by_show.iter().enumerate() {
        let mut draws = Draws::new(draft.recipe.seed, Topic::Money, index as u64);
        let margin = ((800.0 + 500.0 * draws.normal()).round() as i64).clamp(-500, 2_500);
        let award = price.times(minutes, DAY_MINUTES).basis_points(10_000 + margin);
        production.shows[ShowId::new(index)].award = Some(award);
        // Assets are paid through the shots: each shot has its share of the whole.
        let shots: Vec<ShotId> = production
            .shots
            .ids()
            .filter(|&shot| production.show_of(Entity::Shot(shot)).index() == index)
            .filter(|&shot| by_shot[shot] > 0)
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

fn account(production: &Production, code: &str) -> AccountId {
    let mut accounts = production.accounts.enumerate();
    accounts.find(|(_, row)| row.code == code).map_or(AccountId::new(0), |(id, _)| id)
}

/// The account that a task's cost goes to, and the cost of its bid.
fn bid_cost(draft: &Draft, rates: &Keyed<DepartmentId, Cents>, task: &Task) -> (AccountId, Cents) {
    let production = &draft.production;
    match task.vendor {
        Some(vendor) => {
            let price = production.vendors[vendor].day_price.times(task.bid, DAY_MINUTES);
            (vendor_account(draft, task), price)
        }
        None => {
            let own = task.account.unwrap_or(production.departments[task.department].account);
            (own, rates[task.department].times(task.bid, DAY_MINUTES))
        }
    }
}

fn vendor_account(draft: &Draft, task: &Task) -> AccountId {
    let code = match TRADES[draft.trade_of(task.department)].code {
        "ROTO" | "PREP" => "30-01",
        "MM" => "30-02",
        _ if matches!(task.entity, Entity::Asset(_)) => "30-03",
        _ => "30-04",
    };
    account(&draft.production, code)
}

fn budget(draft: &mut Draft) {
    let production = &draft.production;
    let fallback = bid_day_cost(production);
    let mut paid: Keyed<DepartmentId, (i128, i128)> =
        Keyed::filled((0, 0), production.departments.len());
    for (id, person) in production.people.enumerate() {
        if let Some(home) = production.home_department(id) {
            let first = person.contracts.first().map_or(FIRST_DAY, |c| c.start.max(FIRST_DAY));
            paid[home].0 += i128::from(production.day_cost(id, first).0);
            paid[home].1 += 1;
        }
    }
    let rates: Keyed<DepartmentId, Cents> = paid
        .iter()
        .map(|&(sum, heads)| match heads {
            0 => fallback,
            _ => Cents(round_half_even(sum, heads)).times(1_000, production.settings.productive),
        })
        .collect();
    let mut lines: BTreeMap<(ShowId, AccountId), (Cents, Cents)> = BTreeMap::new();
    let mut labour = vec![Cents::ZERO; production.shows.len()];
    for task in production.tasks.iter() {
        let is_added =
            matches!(task.entity, Entity::Shot(shot) if draft.added.binary_search(&shot).is_ok());
        if is_added {
            continue;
        }
        let (account, cost) = bid_cost(draft, &rates, task);
        let show = production.show_of(task.entity);
        lines.entry((show, account)).or_default().0 += cost;
        if task.vendor.is_none() {
            labour[show.index()] += cost;
        }
    }
    for order in production.change_orders.iter().filter(|o| o.state == ChangeState::Approved) {
        for &task in &order.tasks {
            let row = &production.tasks[task];
            let (account, cost) = bid_cost(draft, &rates, row);
            let is_added = matches!(row.entity, Entity::Shot(shot) if draft.added.binary_search(&shot).is_ok());
            let change = match row.status {
                Status::Omit => -cost,
                _ if is_added => cost,
                _ => cost.times(row.estimate - row.bid, row.bid.max(1)),
            };
            lines.entry((order.show, account)).or_default().1 += change;
        }
    }
    for show in production.shows.ids() {
        for (code, share) in [("25-00", SUPERVISION), ("26-00", PRODUCTION)] {
            let amount = labour[show.index()].basis_points(share);
            lines.entry((show, account(production, code))).or_default().0 += amount;
        }
        let all: Cents =
            lines.iter().filter(|((of, _), _)| *of == show).map(|(_, (amount, _))| *amount).sum();
        let contingency = all.basis_points(CONTINGENCY);
        lines.entry((show, account(production, "70-00"))).or_default().0 += contingency;
    }
    let has_begun = draft.recipe.as_of_percent > 0;
    draft.production.budget = lines
        .into_iter()
        .enumerate()
        .map(|(index, ((show, account), (original, approved_changes)))| {
            let mut draws = Draws::new(draft.recipe.seed, Topic::Money, (1 << 32) | index as u64);
            let drift = draws.whole(9_900, 10_400);
            BudgetLine {
                account,
                show: Some(show),
                original,
                approved_changes,
                last_period: has_begun.then(|| (original + approved_changes).basis_points(drift)),
                source: Source::default(),
            }
        })
        .collect();
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

/// Whether a cost of `date` is posted: the last seven days are only accrued.
fn state_of(date: jiff::civil::Date, as_of: jiff::civil::Date) -> ActualState {
    if date < plus(as_of, -7) { ActualState::Posted } else { ActualState::Accrued }
}

/// Cost of the logged time at the people's own day costs, by show, week and account, and the
/// supervision and production staff that go with it.
fn labour(draft: &Draft) -> Vec<Actual> {
    let production = &draft.production;
    let full_day = productive_day(production);
    let as_of = production.settings.as_of;
    let mut sums: BTreeMap<(ShowId, AccountId, u32, bool), Cents> = BTreeMap::new();
    for log in &production.time_logs {
        let task = &production.tasks[log.task];
        let account = task.account.unwrap_or(production.departments[task.department].account);
        let is_posted = state_of(log.date, as_of) == ActualState::Posted;
        let cost = production.day_cost(log.person, log.date).times(log.minutes, full_day);
        let key = (production.show_of(task.entity), account, friday(day_of(log.date)), is_posted);
        *sums.entry(key).or_default() += cost;
    }
    let mut around: BTreeMap<(ShowId, u32, bool), Cents> = BTreeMap::new();
    for (&(show, _, week, is_posted), &amount) in &sums {
        *around.entry((show, week, is_posted)).or_default() += amount;
    }
    for ((show, week, is_posted), amount) in around {
        for (code, share) in [("25-00", SUPERVISION), ("26-00", PRODUCTION)] {
            let key = (show, account(production, code), week, is_posted);
            sums.insert(key, amount.basis_points(share));
        }
    }
    sums.into_iter()
        .map(|((show, account, week, is_posted), amount)| Actual {
            date: date_of(week).min(plus(as_of, if is_posted { -8 } else { -1 })),
            account,
            show: Some(show),
            amount,
            currency: production.settings.currency,
            state: if is_posted { ActualState::Posted } else { ActualState::Accrued },
            person: None,
            vendor: None,
            task: None,
            source: Source::default(),
        })
        .collect()
}

/// One order per vendor, sequence and account, placed at turnover: a quarter is paid with the
/// order, half with what is delivered, the last quarter when all is. Returns what is drawn.
fn purchase_orders(draft: &mut Draft) -> Vec<Actual> {
    let mut packages: BTreeMap<(VendorId, SequenceId, AccountId), Package> = BTreeMap::new();
    for task in draft.production.tasks.iter() {
        let (Some(vendor), Entity::Shot(shot)) = (task.vendor, task.entity) else { continue };
        let row = &draft.production.shots[shot];
        let price = draft.production.vendors[vendor].day_price.times(task.bid, DAY_MINUTES);
        let key = (vendor, row.sequence, vendor_account(draft, task));
        let package = packages.entry(key).or_default();
        package.price += price;
        package.expected = package.expected.max(row.due);
        if task.status.is_done() {
            package.delivered += price;
        }
    }
    let production = &mut draft.production;
    let as_of = production.settings.as_of;
    let mut actuals = Vec::new();
    for ((vendor, sequence, account), package) in packages {
        let show = Some(production.sequences[sequence].show);
        let ordered = production.sequences[sequence].turnover.unwrap_or(as_of);
        if ordered >= as_of {
            continue;
        }
        let deposit = package.price.basis_points(2_500);
        let mut later = package.delivered.basis_points(5_000);
        if package.delivered == package.price {
            later = package.price - deposit;
        }
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
        if later > Cents::ZERO {
            post(plus(as_of, -1).max(ordered), later, ActualState::Accrued);
        }
        production.commitments.push(Commitment {
            code: format!("PO-{:04}", production.commitments.len() + 1),
            account,
            show,
            vendor: Some(vendor),
            amount: package.price,
            drawn: deposit + later,
            currency: production.settings.currency,
            expected: package.expected,
            cancellable_from: None,
            source: Source::default(),
        });
    }
    actuals
}

#[derive(Default)]
struct Package {
    price: Cents,
    delivered: Cents,
    expected: Option<jiff::civil::Date>,
}
