//! The proof that plan and money say the same: every sum taken again, another way.

use super::ledger::{CostState, Posting, PostingKind, each_day, monday};
use super::rollup::{Part, costs};
use super::{Forecast, ReportRow};
use crate::model::{Cents, Id, Plan, Production, Timeline, Worker, availability, round_half_even};

/// Checks that the forecast of a plan adds up, to the cent; else says what does not.
///
/// - The cost of each assignment, taken again from the plan's segments, the lanes and
///   `Production::day_cost`, is the sum of its labour postings; so plan days × rates = labour.
/// - The rows of the cost report, the weeks, the departments, the entities, the shows and the people
///   each add to the same total, and labour, overtime and idle pay do so on their own.
/// - The overtime postings add to the pay of the plan's overtime entries, and to its minutes.
/// - Committed and avoidable pay never cover the same day of a person.
/// - What is paid in all weeks is the final cost, what is received the money that is owed, and the
///   balance of each week is that before it and the net of the week.
/// - Each rung of the commitments ladder adds to the cost to go.
/// - Each posting stands in the week of its date, and none planned before the day of the plan.
///
/// Sums saturate at the ends of `i64`; a production with such amounts may not reconcile.
pub fn reconcile(
    forecast: &Forecast,
    production: &Production,
    plan: &Plan,
) -> Result<(), Vec<String>> {
    let mut faults = Faults(Vec::new());
    labour_is_the_plan(forecast, production, plan, &mut faults);
    all_sums_agree(forecast, production, &mut faults);
    overtime_is_the_plan(forecast, plan, &mut faults);
    no_day_is_paid_twice(forecast, production, &mut faults);
    cash_is_the_cost(forecast, &mut faults);
    rungs_are_the_cost_to_go(forecast, &mut faults);
    dates_are_sound(forecast, production, &mut faults);
    if faults.0.is_empty() { Ok(()) } else { Err(faults.0) }
}

struct Faults(Vec<String>);

impl Faults {
    fn unless_equal(&mut self, what: impl FnOnce() -> String, found: i64, expected: i64) {
        if found != expected {
            self.0.push(format!("{}: {found} is not {expected}", what()));
        }
    }
}

fn labour_is_the_plan(
    forecast: &Forecast,
    production: &Production,
    plan: &Plan,
    faults: &mut Faults,
) {
    let timeline = production.timeline();
    let lanes = availability::lanes(production, &timeline);
    let mut posted = vec![Cents::ZERO; plan.assignments.len()];
    for posting in forecast.ledger.iter().filter(|row| row.kind == PostingKind::Labour) {
        match posting.assignment.and_then(|index| posted.get_mut(index as usize)) {
            Some(sum) => *sum += posting.amount,
            None => faults.0.push(format!("labour on {} belongs to no assignment", posting.date)),
        }
    }
    let whole_day = 10_000 * i128::from(timeline.slots_per_day());
    for (index, assignment) in plan.assignments.iter().enumerate() {
        let mut cost = Cents::ZERO;
        if let Worker::Person(person) = assignment.worker {
            let show = production.show_of(production.tasks[assignment.task].entity);
            let first = lanes.partition_point(|lane| lane.person < person);
            let mut own = lanes[first..].iter().take_while(|lane| lane.person == person);
            let lane = own.find(|lane| lane.show.is_none_or(|booked| booked == show));
            each_day(&assignment.segments, timeline.slots_per_day(), |day, slots| {
                let share = lane.and_then(|lane| lane.share.get(day.0 as usize)).copied();
                let Some(share @ 1..) = share else { return };
                let day_cost = production.day_cost(person, timeline.date(day));
                let worked = i128::from(share) * i128::from(slots);
                cost += Cents(round_half_even(i128::from(day_cost.0) * worked, whole_day));
            });
        }
        let code = || production.tasks[assignment.task].code.clone();
        faults.unless_equal(
            || format!("postings of task {} part {} and its cost", code(), assignment.part),
            posted[index].0,
            cost.0,
        );
        faults.unless_equal(
            || format!("cost given for task {} part {}", code(), assignment.part),
            forecast.assignment_cost(index).0,
            cost.0,
        );
    }
}

fn all_sums_agree(forecast: &Forecast, production: &Production, faults: &mut Faults) {
    let of_kind = |kinds: &[PostingKind]| -> [i64; 2] {
        let rows = costs(production, &forecast.ledger).filter(|row| kinds.contains(&row.kind));
        rows.fold([0_i64; 2], |[amount, minutes], row| {
            [amount.saturating_add(row.amount.0), minutes + row.minutes]
        })
    };
    let total = of_kind(&PostingKind::ALL)[0];
    let [labour, labour_minutes] = of_kind(&[PostingKind::Labour]);
    let [overtime, overtime_minutes] = of_kind(&[PostingKind::Overtime]);
    let beside: Vec<PostingKind> =
        PostingKind::ALL.into_iter().filter(|kind| kind.is_beside_tasks()).collect();
    let idle = of_kind(&beside)[0];
    let minutes = labour_minutes + overtime_minutes;
    let mut partition = |name: &str, parts: &[super::Amounts]| {
        let sum = |value: &dyn Fn(&super::Amounts) -> Cents| -> i64 {
            parts.iter().map(value).sum::<Cents>().0
        };
        let mut same = |column: &str, found: i64, expected: i64| {
            faults.unless_equal(|| format!("{column} by {name}"), found, expected);
        };
        same("cost", sum(&|part| part.total()), total);
        same("labour", sum(&|part| part.labour), labour);
        same("overtime pay", sum(&|part| part.overtime), overtime);
        same("pay beside tasks", sum(&|part| part.idle), idle);
        same("minutes", parts.iter().map(|part| part.minutes).sum(), minutes);
    };
    fn amounts<K>(parts: &[Part<K>]) -> Vec<super::Amounts> {
        parts.iter().map(|part| part.amounts).collect()
    }
    partition("department", &amounts(&forecast.by_department));
    partition("entity", &amounts(&forecast.by_entity));
    partition("show", &amounts(&forecast.by_show));
    partition("person", &amounts(&forecast.by_person));
    partition("week", &forecast.weeks.iter().map(|week| week.amounts).collect::<Vec<_>>());

    views_agree(forecast, production, faults);
    let end = forecast.weeks.last().map_or(0, |week| week.cumulative.0);
    faults.unless_equal(|| "last week's cumulative cost".to_owned(), end, total);
    let rows = forecast.report.iter().filter(|row| !row.revenue);
    let rows: Cents = rows.map(ReportRow::efc).sum();
    faults.unless_equal(|| "final cost by account".to_owned(), rows.0, total);
    faults.unless_equal(|| "final cost in total".to_owned(), forecast.total.efc().0, total);
    let assigned: Cents = forecast.assignments.iter().map(|assignment| assignment.cost).sum();
    faults.unless_equal(|| "labour by assignment".to_owned(), assigned.0, labour);
}

/// Every way of sorting the cost report adds to its total, column by column.
fn views_agree(forecast: &Forecast, production: &Production, faults: &mut Faults) {
    let mut ledger = [0_i64; 4];
    for row in costs(production, &forecast.ledger) {
        let sum = &mut ledger[row.state as usize];
        *sum = sum.saturating_add(row.amount.0);
    }
    let mut same = |view: &str, rows: &mut dyn Iterator<Item = &ReportRow>| {
        let mut sums = [0_i64; 4];
        for row in rows {
            let columns = [row.actual, row.accrued, row.committed, row.etc];
            for (sum, amount) in sums.iter_mut().zip(columns) {
                *sum = sum.saturating_add(amount.0);
            }
        }
        for (column, (found, expected)) in
            ["actual", "accrued", "committed", "to complete"].iter().zip(sums.iter().zip(ledger))
        {
            faults.unless_equal(|| format!("{column} by {view}"), *found, expected);
        }
    };
    let views = &forecast.views;
    same("department's view", &mut views.department.iter().map(|part| &part.row));
    same("sequence's view", &mut views.sequence.iter().map(|part| &part.row));
    same("entity's view", &mut views.entity.iter().map(|part| &part.row));
    same("vendor's view", &mut views.vendor.iter().map(|part| &part.row));
    same("person's view", &mut views.person.iter().map(|part| &part.row));
    same("show's view", &mut views.show.iter().map(|part| &part.row));
}

fn overtime_is_the_plan(forecast: &Forecast, plan: &Plan, faults: &mut Faults) {
    let posted = || forecast.ledger.iter().filter(|row| row.kind == PostingKind::Overtime);
    let pay: Cents = forecast.overtime.iter().copied().sum();
    let amount: Cents = posted().map(|row| row.amount).sum();
    faults.unless_equal(|| "overtime pay".to_owned(), amount.0, pay.0);
    let minutes: i64 = posted().map(|row| row.minutes).sum();
    let planned: i64 = plan.overtime.iter().map(|entry| i64::from(entry.minutes)).sum();
    faults.unless_equal(|| "overtime minutes".to_owned(), minutes, planned);
}

/// V26: pay of a day is either all committed or all avoidable; of a day that costs something when it is
/// called off, just that is committed.
fn no_day_is_paid_twice(forecast: &Forecast, production: &Production, faults: &mut Faults) {
    let timeline: Timeline = production.timeline();
    let days = timeline.days() as usize;
    let mut seen = vec![None; production.people.len() * days];
    // Owed × 10^4 less what is committed × 10^4, over all such days of a person; and roundings.
    let mut owed: Vec<(i128, i128)> = vec![(0, 0); production.people.len()];
    let as_of = production.settings.as_of;
    for posting in &forecast.ledger {
        let Some(person) = posting.person.filter(|_| posting.kind.is_time()) else { continue };
        if posting.kind == PostingKind::CalledOff {
            continue;
        }
        let share = posting
            .booked
            .or(posting.show)
            .map_or(0, |show| production.called_off_share(person, show, posting.date, as_of));
        let is_owed = || {
            let contract = production.contract_on(person, posting.date);
            contract.is_some_and(|row| posting.date < production.first_avoidable_day(person, row))
        };
        if share > 0 && !is_owed() {
            let committed =
                if posting.state == CostState::Committed { posting.amount.0 } else { 0 };
            let row = &mut owed[person.index()];
            row.0 +=
                i128::from(posting.amount.0) * i128::from(share) - i128::from(committed) * 10_000;
            row.1 += 10_000;
            continue;
        }
        let place = person.index() * days + timeline.day(posting.date).0 as usize;
        match seen.get_mut(place) {
            Some(state @ None) => *state = Some(posting.state),
            Some(Some(state)) if *state == posting.state => {}
            _ => faults.0.push(format!(
                "V26 person {}: {} is both committed and estimated",
                production.people[person].code, posting.date
            )),
        }
    }
    for (person, &(difference, roundings)) in production.people.iter().zip(&owed) {
        if difference.abs() > roundings {
            faults.0.push(format!(
                "V26 person {}: not what calling days off costs is committed",
                person.code
            ));
        }
    }
}

fn cash_is_the_cost(forecast: &Forecast, faults: &mut Faults) {
    let cash = &forecast.cash;
    let paid: Cents = cash.weeks.iter().map(|week| week.paid()).sum();
    faults.unless_equal(|| "all that is paid".to_owned(), paid.0, forecast.total.efc().0);
    let received: Cents = cash.weeks.iter().map(|week| week.incentives).sum();
    let expected: Cents = forecast.incentives.iter().map(|row| row.expected).sum();
    faults.unless_equal(|| "incentives received".to_owned(), received.0, expected.0);
    let receipts: Cents = cash.weeks.iter().map(|week| week.receipts).sum();
    let of_receipts = |event: &&super::CashEvent| event.kind == super::CashKind::Receipt;
    let named: Cents = cash.events.iter().filter(of_receipts).map(|event| event.amount).sum();
    faults.unless_equal(|| "client payments".to_owned(), receipts.0, named.0);
    let mut balance = cash.opening;
    for week in &cash.weeks {
        balance += week.net();
        faults.unless_equal(|| format!("balance of {}", week.week), week.balance.0, balance.0);
    }
    for row in &forecast.vendors {
        let paid = row.paid + row.to_pay;
        faults.unless_equal(|| "payments to a vendor".to_owned(), paid.0, row.final_cost().0);
    }
    let margin = &forecast.margin;
    faults.unless_equal(|| "gross cost".to_owned(), margin.gross.0, forecast.total.efc().0);
    let net = (margin.gross - margin.incentives).0;
    faults.unless_equal(|| "net cost".to_owned(), margin.net_cost().0, net);
}

fn rungs_are_the_cost_to_go(forecast: &Forecast, faults: &mut Faults) {
    let to_go = forecast.total.committed + forecast.total.etc;
    for rung in &forecast.ladder.rungs {
        let sum = rung.spent + rung.owed + rung.people + rung.vendors;
        faults.unless_equal(|| format!("decided on {}", rung.decided), sum.0, to_go.0);
    }
}

fn dates_are_sound(forecast: &Forecast, production: &Production, faults: &mut Faults) {
    let as_of = production.settings.as_of;
    let planned = |row: &Posting| matches!(row.state, CostState::Committed | CostState::Etc);
    let early = forecast.ledger.iter().filter(|row| planned(row) && row.date < as_of).count();
    faults.unless_equal(
        || "planned postings before the day of the plan".to_owned(),
        early as i64,
        0,
    );
    let astray = forecast.ledger.iter().filter(|row| row.week != monday(row.date)).count();
    faults.unless_equal(|| "postings in a wrong week".to_owned(), astray as i64, 0);
}
