//! Overtime paid by the average of several weeks: what is due by hand, by the judge and by the ledger, and
//! what the engine and its bounds make of it.

use crate::days_off::anything_on_days_off;
use crate::mutants::studio::{BOB, Studio, contract, leave};
use crate::support::planning::planned_in;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use shotplan::forecast::{self, PostingKind};
use shotplan::model::*;

/// Bob of Monday to Friday at 400.00 a day of eight hours: 50.00 an hour; beyond 40 h on the average of
/// two weeks, one and a half times.
fn bob_by_average() -> Studio {
    let mut studio = Studio::new();
    let mut own = contract(ContractKind::Staff);
    own.start = date(2026, 12, 21);
    own.rates = vec![(date(2026, 1, 1), Cents(40_000))];
    let policy =
        OvertimePolicy { daily: Vec::new(), average_weeks: 2, ..OvertimePolicy::default() };
    own.overtime = Some(policy);
    studio.person(BOB).contracts.push(own);
    studio
}

/// Pay of each entry of overtime; the judge and the ledger say the same.
#[track_caller]
fn pay(studio: &Studio) -> Vec<i64> {
    studio.assert_valid();
    let forecast = forecast::of(&studio.show, &studio.plan);
    assert_eq!(forecast::reconcile(&forecast, &studio.show, &studio.plan), Ok(()));
    let sum = forecast.sum_of(PostingKind::Overtime);
    assert_eq!(studio.verdict().objective.labour, sum, "the judge against the ledger");
    forecast.overtime.iter().map(|pay| pay.0).collect()
}

fn policy(studio: &mut Studio) -> &mut OvertimePolicy {
    studio.person(BOB).contracts[0].overtime.as_mut().expect("a policy of his own")
}

#[test]
fn a_short_week_makes_up_for_a_long_one() {
    let mut studio = bob_by_average();
    (0..4).for_each(|day| studio.overtime(BOB, day, 120));
    // 48 h and 40 h: 88 of 80. Eight hours half again: 12 h.
    assert_eq!(pay(&studio), [15_000; 4]);
    // One day of leave in the second week: 80 of 80, all plain.
    studio.person(BOB).leave.push(leave(11, 11, 10_000));
    assert_eq!(pay(&studio), [10_000; 4]);
    // A day in the third week is none of these two.
    studio.person(BOB).leave[0] = leave(18, 18, 10_000);
    assert_eq!(pay(&studio), [15_000; 4]);
    // Half a day: 84 of 80; half of the eight hours half again: 10 h.
    studio.person(BOB).leave[0] = leave(11, 11, 5_000);
    assert_eq!(pay(&studio), [12_500; 4]);
    // Each week by itself: the leave of another week is nothing to it.
    policy(&mut studio).average_weeks = 1;
    assert_eq!(pay(&studio), [15_000; 4]);
    // Exempt, it is worked unpaid.
    policy(&mut studio).average_weeks = 2;
    policy(&mut studio).exempt = true;
    assert_eq!(pay(&studio), [0; 4]);
}

#[test]
fn daily_tiers_are_paid_all_the_same_and_once() {
    let mut studio = bob_by_average();
    policy(&mut studio).daily = vec![(600, 20_000)];
    // Monday of twelve hours, the second week with a day of leave: 44 and 32 are 76 of 80. Two hours beyond ten at
    // twice: 4 + 2 = 6 h.
    studio.overtime(BOB, 0, 240);
    studio.person(BOB).leave.push(leave(11, 11, 10_000));
    assert_eq!(pay(&studio), [30_000]);
    // Without the leave 84 of 80 bring two hours as well: the same hours, once.
    studio.person(BOB).leave.clear();
    assert_eq!(pay(&studio), [30_000]);
    // Four hours more in the second week: 88 of 80 bring four hours of premium, the day two. Twelve hours for
    // eight, half for each.
    studio.overtime(BOB, 7, 120);
    studio.overtime(BOB, 8, 120);
    assert_eq!(pay(&studio), [30_000, 15_000, 15_000]);
}

/// The hours are posted as they are worked; the premium, and its pay, when the two weeks are over.
#[test]
fn a_premium_is_posted_when_the_weeks_are_over() {
    let mut studio = bob_by_average();
    (0..4).for_each(|day| studio.overtime(BOB, day, 120));
    assert_eq!(pay(&studio), [15_000; 4]);
    let posted = |studio: &Studio| -> Vec<(Date, i64, i64)> {
        let forecast = forecast::of(&studio.show, &studio.plan);
        let overtime = forecast.ledger.iter().filter(|row| row.kind == PostingKind::Overtime);
        let mut days = std::collections::BTreeMap::<Date, (i64, i64)>::new();
        for row in overtime {
            let day = days.entry(row.date).or_default();
            *day = (day.0 + row.minutes, day.1 + row.amount.0);
        }
        days.into_iter().map(|(day, (minutes, amount))| (day, minutes, amount)).collect()
    };
    let monday = date(2027, 1, 4);
    let worked = |amount: i64| -> Vec<(Date, i64, i64)> {
        (0..4).map(|day| (monday.saturating_add(day.days()), 120, amount)).collect()
    };
    let sunday = (date(2027, 1, 17), 0, 20_000);
    assert_eq!(posted(&studio), [worked(10_000), vec![sunday]].concat());
    // Paid by the week, 200.00 come a week later.
    studio.show.settings.cash.pay_cycle = PayCycle::Weekly;
    studio.show.settings.cash.pay_lag_days = 0;
    let weekly = |studio: &Studio| -> Vec<i64> {
        let forecast = forecast::of(&studio.show, &studio.plan);
        let paid = |week: Date| {
            let row = forecast.cash.weeks.iter().find(|row| row.week == week);
            row.map_or(0, |row| row.payroll.0 + row.fringe.0)
        };
        vec![paid(monday), paid(date(2027, 1, 11))]
    };
    let with = weekly(&studio);
    policy(&mut studio).average_weeks = 1;
    assert_eq!(posted(&studio), worked(15_000));
    let alone = weekly(&studio);
    assert_eq!((alone[0] - with[0], with[1] - alone[1]), (20_000, 20_000));
    // Without a premium there is nothing to wait for.
    policy(&mut studio).average_weeks = 2;
    studio.person(BOB).leave.push(leave(11, 11, 10_000));
    assert_eq!(posted(&studio), worked(10_000));
}

#[test]
fn each_week_is_paid_at_its_own_rate() {
    let mut studio = bob_by_average();
    studio.person(BOB).contracts[0].rates.push((date(2027, 1, 11), Cents(48_000)));
    studio.overtime(BOB, 0, 240);
    studio.overtime(BOB, 7, 240);
    // 88 of 80: eight hours at one and a half, four of them at 50.00 and four at 60.00.
    assert_eq!(pay(&studio), [30_000, 36_000]);
}

#[test]
fn weeks_that_are_not_whole_are_paid_by_themselves() {
    // From Wednesday, 6 January: three days and four hours more are 28 of 40 h; the next two weeks of his
    // contract would be those of 4 and 11 January, of which the plan's contract has the second only.
    let mut studio = bob_by_average();
    studio.person(BOB).contracts[0].start = date(2027, 1, 6);
    studio.overtime(BOB, 2, 240);
    studio.overtime(BOB, 7, 240);
    assert_eq!(pay(&studio), [20_000, 30_000]);
    // The day of the plan is that Wednesday: what went before is not known, and is not averaged.
    let mut studio = bob_by_average();
    studio.show.settings.as_of = date(2027, 1, 6);
    studio.overtime(BOB, 2, 240);
    studio.overtime(BOB, 7, 240);
    assert_eq!(pay(&studio), [20_000, 30_000]);
    // He leaves on the second Thursday.
    let mut studio = bob_by_average();
    studio.person(BOB).contracts[0].end = Some(date(2027, 1, 14));
    studio.overtime(BOB, 0, 240);
    assert_eq!(pay(&studio), [30_000]);
}

/// Any production whose people are paid by the average of two to nine weeks here and there.
pub fn anything_by_average(seed: u64) -> Production {
    let mut production = anything_on_days_off(seed);
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0xa5e);
    let weeks = [1, 2, 2, 3, 4, 4, 9];
    for site in production.sites.iter_mut() {
        site.overtime.average_weeks = weeks[random.random_range(0..7)];
    }
    for person in production.people.iter_mut() {
        for contract in person.contracts.iter_mut() {
            if let Some(policy) = &mut contract.overtime {
                policy.average_weeks = weeks[random.random_range(0..7)];
            }
        }
    }
    production
}

#[test]
fn any_plan_by_average_is_priced_as_the_judge_does_and_no_bound_is_above_it() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 20_000 } else { 200 };
    let mut averaged = 0;
    for seed in 0..seeds {
        println!("seed {seed}");
        let production = anything_by_average(seed);
        let mode = [Mode::Balanced, Mode::Deliver, Mode::Deliver][seed as usize % 3];
        let solved = planned_in(&production, mode, 60);
        let timeline = production.timeline();
        let weeks = solved.plan.overtime.iter().map(|row| {
            let together = production.paid_together(row.person, timeline.date(row.day));
            (row.person, together, timeline.week(row.day))
        });
        let weeks: std::collections::BTreeSet<_> = weeks.collect();
        let several = |a: &&(PersonId, (jiff::civil::Date, i64), u32)| {
            weeks.iter().any(|b| (a.0, a.1) == (b.0, b.1) && a.2 < b.2)
        };
        averaged += u32::from(weeks.iter().any(|week| several(&week)));
        let forecast = forecast::of(&production, &solved.plan);
        let reconciled = forecast::reconcile(&forecast, &production, &solved.plan);
        assert_eq!(reconciled, Ok(()), "seed {seed}");
    }
    assert!(
        averaged * 8 > seeds as u32,
        "{averaged} of {seeds} plans have overtime in several weeks"
    );
}
