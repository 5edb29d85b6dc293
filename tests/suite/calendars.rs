//! Money on days that calendars make hard: leap days, clock changes, contracts that end in a task, part days,
//! other currencies.

use crate::support;
use jiff::Span;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use shotplan::forecast::{self, Forecast, PostingKind};
use shotplan::model::*;

fn of(text: &str) -> (Production, Forecast) {
    let production = support::show(text);
    let plan = support::planning::planned(&production, 0).plan;
    let forecast = forecast::of(&production, &plan);
    assert_eq!(forecast::reconcile(&forecast, &production, &plan), Ok(()));
    (production, forecast)
}

/// Pence of labour by day.
fn by_day(forecast: &Forecast) -> Vec<(Date, i64)> {
    let rows = forecast.ledger.iter().filter(|row| row.kind == PostingKind::Labour);
    rows.map(|row| (row.date, row.amount.0)).collect()
}

/// An artist of 60 % works three of their days from Monday 28 February 2028 on: the rate rises on 1 March, and
/// what is earned in February is paid on its last day, the 29th.
#[test]
fn a_leap_day_is_a_day_like_any_other() {
    let (_, forecast) = of("
        --- show.toml
        [settings]
        as_of = 2028-02-28
        horizon_end = 2028-06-30
        currency = \"GBP\"
        productive = \"100%\"
        charge_basis = \"worked\"
        pay_cycle = \"monthly\"
        pay_lag = 0
        fringe_lag = 0
        --- tasks.csv
        shot,department,days
        010,CMP,1.8
        --- people.csv
        name,department,capacity
        Ann,CMP,60%
        --- contracts.csv
        person,kind,start,end,rate,basis,burden
        Ann,freelance,2028-02-01,2028-02-29,400,day,10%
        Ann,freelance,2028-03-01,2028-12-31,500,day,10%
    ");
    let day = |month, day| date(2028, month, day);
    assert_eq!(
        by_day(&forecast),
        [(day(2, 28), 26_400), (day(2, 29), 26_400), (day(3, 1), 33_000)]
    );
    let paid = |week: Date| {
        let row = forecast.cash.weeks.iter().find(|row| row.week == week);
        row.map(|row| (row.payroll.0, row.fringe.0))
    };
    assert_eq!(paid(day(2, 28)), Some((48_000, 4_800)));
    assert_eq!(paid(day(3, 27)), Some((30_000, 3_000)));
}

/// Clocks in London change on Sunday 28 March 2027, in Vancouver on the 14th: between them are seven hours, before
/// and after eight. A day's work is a day's pay all the same, and so is a part of one.
#[test]
fn a_clock_that_changes_changes_no_pay() {
    let show = "
        --- show.toml
        [settings]
        as_of = 2027-03-11
        horizon_end = 2027-06-30
        currency = \"GBP\"
        productive = \"100%\"
        charge_basis = \"worked\"
        review = \"0d\"
        --- sites.csv
        id,time_zone
        london,Europe/London
        vancouver,America/Vancouver
        --- tasks.csv
        id,shot,department,days,after
        a,010,ANI,12.5,
        c,010,CMP,2.5,a
        --- people.csv
        name,department,site
        Ann,CMP,london
        Bo,ANI,vancouver
        --- contracts.csv
        person,kind,start,end,rate,basis,burden,currency
        Ann,freelance,2027-03-01,2027-12-31,50,hour,0%,GBP
        Bo,freelance,2027-03-01,2027-12-31,2500,week,0%,CAD
        --- fx.csv
        currency,rate,from
        CAD,0.58,
        CAD,0.60,2027-03-15
    ";
    let (production, forecast) = of(show);
    let pay = by_day(&forecast);
    // Twelve and a half days at CAD 500: two at 0.58, the rest at 0.60; two and a half at eight hours of 50.
    let sum: i64 = pay.iter().map(|(_, amount)| amount).sum();
    assert_eq!(sum, 2 * 29_000 + 10 * 30_000 + 15_000 + 2 * 40_000 + 20_000);
    assert!(pay.iter().all(|(day, _)| day.weekday().to_monday_zero_offset() < 5), "{pay:?}");
    let task = |code: &str| production.tasks.enumerate().find(|(_, row)| row.code == code);
    let (_, comp) = task("c").expect("a task");
    assert_eq!(comp.bid, 1_200);
}

/// Text of a show of two artists on two continents, one of whom changes contract in the middle of the work.
fn two_sites(base: Date, ends: i64, rates: [i64; 3], shares: [i64; 2], days: [i64; 4]) -> String {
    let day = |after: i64| base.saturating_add(Span::new().days(after));
    let [first, second, foreign] = rates.map(|cents| format!("{}.{:02}", cents / 100, cents % 100));
    let quarters = days.map(|quarters| format!("{}.{:02}", quarters / 4, quarters % 4 * 25));
    let [a, b, c, d] = quarters;
    format!(
        "
        --- show.toml
        [settings]
        as_of = {base}
        horizon_end = {}
        currency = \"GBP\"
        --- sites.csv
        id,time_zone,hours_per_day
        london,Europe/London,8
        vancouver,America/Vancouver,7.5
        --- tasks.csv
        id,shot,department,days,after
        a1,010,ANI,{a},
        c1,010,CMP,{b},a1
        a2,020,ANI,{c},
        c2,020,CMP,{d},a2
        --- people.csv
        name,department,site,capacity
        Ann,CMP,london,{}%
        Bo,ANI,vancouver,{}%
        --- contracts.csv
        person,kind,start,end,rate,basis,burden,currency,notice_days
        Ann,fixed,{base},{},{first},day,22%,GBP,5
        Ann,freelance,{},,{second},week,0%,GBP,0
        Bo,freelance,{base},,{foreign},hour,15%,CAD,3
        --- bookings.csv
        person,show,from,to,share,state
        --- fx.csv
        currency,rate,from
        CAD,0.583337,
        CAD,0.611113,{}
        ",
        day(160),
        shares[0],
        shares[1],
        day(ends),
        day(ends + 1),
        day(9),
    )
    .replace("--- bookings.csv\n        person,show,from,to,share,state\n        ", "")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// Whatever the calendar does, plan days × rates are the labour, all sums are the same, and all of it is paid.
    #[test]
    fn money_adds_up_over_leap_days_clock_changes_and_contracts_that_end(
        base in prop_oneof![
            Just(date(2028, 2, 21)), // the 29th is a Tuesday
            Just(date(2027, 3, 8)),
            Just(date(2027, 10, 25)),
            Just(date(2027, 12, 20)),
        ],
        ends in 0_i64..25,
        rates in [10_000_i64..90_000, 100_000_i64..400_000, 1_000_i64..9_000],
        shares in [25_i64..101, 25_i64..101],
        days in [1_i64..40, 1_i64..40, 1_i64..40, 1_i64..40],
    ) {
        let production = support::show(&two_sites(base, ends, rates, shares, days));
        let plan = support::planning::planned(&production, 0).plan;
        let forecast = forecast::of(&production, &plan);
        prop_assert_eq!(forecast::reconcile(&forecast, &production, &plan), Ok(()));
        prop_assert_eq!(plan.assignments.len(), 4);
        let labour: Cents = (0..4).map(|row| forecast.assignment_cost(row)).sum();
        prop_assert_eq!(forecast.sum_of(PostingKind::Labour), labour);
        let paid: Cents = forecast.cash.weeks.iter().map(|week| week.paid()).sum();
        prop_assert_eq!(paid, forecast.total.efc());
        for row in forecast.ledger.iter().filter(|row| row.kind == PostingKind::Labour) {
            // No day off, no day of no contract, and the rate of its day.
            prop_assert!(row.date.weekday().to_monday_zero_offset() < 5);
            let person = row.person.expect("somebody");
            prop_assert!(production.contract_on(person, row.date).is_some());
            prop_assert!(row.amount <= production.day_cost(person, row.date));
        }
    }
}
