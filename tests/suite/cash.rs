//! When the money moves: terms, pay periods, approvals, worked out by hand.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use shotplan::forecast::{self, CashKind, Forecast};
use shotplan::model::*;

use crate::support;

/// Ann works ten days from Monday 4 January 2027 at 400 a day and 25 % on top, paid every Sunday with five
/// days' lag; the employer's part follows ten days later. The client pays half on the first shot, half
/// on acceptance of a milestone.
const SHOW: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-06-30
    currency = \"GBP\"
    productive = \"100%\"
    charge_basis = \"worked\"
    review = \"0d\"
    pay_cycle = \"weekly\"
    pay_lag = 5
    fringe_lag = 10
    opening_cash = 1000
    [[shows]]
    id = \"SPOT\"
    award = \"9000\"
    [[milestones]]
    id = \"all\"
    name = \"All shots\"
    show = \"SPOT\"
    date = 2027-03-31
    contents = [\"SPOT\"]
    --- shots.csv
    id,sequence,show
    010,s,SPOT
    020,s,SPOT
    --- sequences.csv
    id,show
    s,SPOT
    --- tasks.csv
    id,shot,department,days
    a,010,CMP,5
    b,020,CMP,5
    --- dependencies.csv
    from,to
    a,b
    --- people.csv
    name,department
    Ann,CMP
    --- contracts.csv
    person,kind,start,end,rate,basis,burden
    Ann,freelance,2027-01-04,2027-12-31,400,day,25%
    --- payments.csv
    show,share,tied_to,date,terms_days
    SPOT,50%,50% final,,10
    SPOT,50%,all,,20
";

fn of(production: &Production) -> (Plan, Forecast) {
    let plan = support::planning::planned(production, 0).plan;
    let forecast = forecast::of(production, &plan);
    assert_eq!(forecast::reconcile(&forecast, production, &plan), Ok(()));
    (plan, forecast)
}

/// Weeks in which money moves: payroll, fringe, received, balance.
fn moves(forecast: &Forecast) -> Vec<(Date, [i64; 4])> {
    let weeks = forecast.cash.weeks.iter();
    weeks
        .filter(|week| week.paid() != Cents::ZERO || week.received() != Cents::ZERO)
        .map(|week| {
            let amounts = [week.payroll, week.fringe, week.received(), week.balance];
            (week.week, amounts.map(|amount| amount.0 / 100))
        })
        .collect()
}

#[test]
fn pay_and_client_payments_by_hand() {
    let (_, forecast) = of(&support::show(SHOW));
    // Pay of the week to Sunday 10 January: Friday 15; its fringe: Monday 25. The first shot is approved on
    // Friday 8, paid Monday 18; all of it on Friday 15, paid Thursday 4 February.
    let expected = [
        (date(2027, 1, 11), [2_000, 0, 0, -1_000]),
        (date(2027, 1, 18), [2_000, 0, 4_500, 1_500]),
        (date(2027, 1, 25), [0, 500, 0, 1_000]),
        (date(2027, 2, 1), [0, 500, 4_500, 5_000]),
    ];
    assert_eq!(moves(&forecast), expected);
    let cash = &forecast.cash;
    assert_eq!(cash.weeks[cash.lowest.expect("a week")].week, date(2027, 1, 11));
    assert_eq!([cash.to_pay, cash.to_come], [500_000, 900_000].map(Cents));
    // Both payments 30 days later: after all pay and fringes nothing has come.
    assert_eq!(cash.if_client_is_late, Some((date(2027, 2, 1), Cents(-400_000))));
}

/// A review of five days more on the last task moves the payment that waits for it, and nothing else.
#[test]
fn slipping_one_approval_moves_exactly_its_payment() {
    let mut production = support::show(SHOW);
    let (plan, before) = of(&production);
    let last = production.tasks.ids().last().expect("two tasks");
    production.tasks[last].review = 5 * production.settings.slots_per_day;
    let after = forecast::of(&production, &plan);
    assert_eq!(after.ledger, before.ledger);
    let mut expected = before.cash.events.clone();
    expected[1].invoiced = date(2027, 1, 22);
    expected[1].date = date(2027, 2, 11);
    assert_eq!(after.cash.events, expected);
    let without = |forecast: &Forecast| -> Vec<[Cents; 4]> {
        let weeks = forecast.cash.weeks.iter();
        let paid = weeks.map(|week| [week.payroll, week.fringe, week.vendors, week.other]);
        paid.filter(|paid| *paid != [Cents::ZERO; 4]).collect()
    };
    assert_eq!(without(&after), without(&before));
}

/// The second task a week later: its pay, fringe and payment move by a week each, and its account's cost
/// stays the same.
#[test]
fn moving_one_task_by_a_week_moves_its_money_by_a_week() {
    let production = support::show(SHOW);
    let (mut plan, before) = of(&production);
    let week = 7 * production.settings.slots_per_day;
    let late = plan.assignments.last_mut().expect("two assignments");
    for run in &mut late.segments {
        run.start.0 += week;
        run.end.0 += week;
    }
    let after = forecast::of(&production, &plan);
    assert_eq!(forecast::reconcile(&after, &production, &plan), Ok(()));
    assert_eq!(after.total, before.total);
    let expected = [
        (date(2027, 1, 11), [2_000, 0, 0, -1_000]),
        (date(2027, 1, 18), [0, 0, 4_500, 3_500]),
        (date(2027, 1, 25), [2_000, 500, 0, 1_000]),
        (date(2027, 2, 8), [0, 500, 4_500, 5_000]),
    ];
    assert_eq!(moves(&after), expected);
}

/// A rate that rises between: the task moved over it costs more, to the penny.
#[test]
fn moving_one_task_over_a_rise_changes_cost_account_and_cash() {
    let text = SHOW.replace(
        "person,kind,start,end,rate,basis,burden\n    Ann,freelance,2027-01-04,2027-12-31,400,day,25%",
        "person,kind,start,end,rate,basis,burden\n    Ann,freelance,2027-01-04,2027-01-15,400,day,25%\n    \
         Ann,freelance,2027-01-16,2027-12-31,420,day,25%",
    );
    let production = support::show(&text);
    let (mut plan, before) = of(&production);
    let week = 7 * production.settings.slots_per_day;
    for run in &mut plan.assignments.last_mut().expect("two assignments").segments {
        run.start.0 += week;
        run.end.0 += week;
    }
    let after = forecast::of(&production, &plan);
    // Five days at 20 more, and a quarter of that on top.
    let more = Cents(12_500);
    assert_eq!(after.total.etc - before.total.etc, more);
    let account = |forecast: &Forecast| {
        let rows = forecast.report.iter();
        rows.map(|row| row.etc).max().expect("an account")
    };
    assert_eq!(account(&after) - account(&before), more);
    let paid = |forecast: &Forecast| -> [Cents; 2] {
        let sum = |value: fn(&forecast::CashWeek) -> Cents| -> Cents {
            forecast.cash.weeks.iter().map(value).sum()
        };
        [sum(|week| week.payroll), sum(|week| week.fringe)]
    };
    let [pay, fringe] = paid(&before);
    assert_eq!(paid(&after), [pay + Cents(10_000), fringe + Cents(2_500)]);
}

/// 4,000 ordered, 1,500 of it drawn: the first step (1,000) is paid, of the second (2,000) 1,500 is left.
#[test]
fn an_order_is_paid_by_the_steps_of_its_vendor() {
    let text = "
        --- show.toml
        [settings]
        as_of = 2027-02-01
        horizon_end = 2027-06-30
        currency = \"GBP\"
        [[vendors]]
        id = \"roto\"
        departments = \"ROTO\"
        payments = \"25% order; 50% delivery; 25% acceptance\"
        terms_days = 14
        --- tasks.csv
        shot,department,days
        010,CMP,1
        --- people.csv
        name,department
        Ann,CMP
        --- actuals.csv
        date,account,amount,vendor
        2027-01-20,30-01,1500,roto
        --- commitments.csv
        id,account,vendor,amount,drawn,expected,cancellable_from,cancel_cost
        PO-1,30-01,roto,4000,1500,2027-03-01,2027-02-10,300
    ";
    let production = support::show(text);
    let (_, forecast) = of(&production);
    let events = forecast.cash.events.iter().filter(|event| event.kind == CashKind::Vendor);
    let events: Vec<(Date, i64)> = events.map(|event| (event.date, event.amount.0 / 100)).collect();
    let expected = [(2, 3, 1_500), (3, 15, 1_500), (3, 15, 1_000)];
    assert_eq!(events, expected.map(|(month, day, sum)| (date(2027, month, day), sum)));
    // It can be cancelled from 10 February on, for 300: the first rung that can is the 15th.
    let rung = |day: Date| forecast.ladder.rungs.iter().find(|rung| rung.decided == day);
    let rung = |day| rung(day).map(|rung| (rung.vendors.0 / 100, rung.owed.0 / 100));
    assert_eq!(rung(date(2027, 2, 1)).map(|(saved, _)| saved), Some(0));
    assert_eq!(rung(date(2027, 2, 15)), Some((2_200, 300)));
}

/// Two packages with one house: the first is delivered on Friday 15 January and accepted the day after a day of review, the
/// second two weeks later; each order is paid by its own. A tenth of each is kept for 60 days after its acceptance. The
/// third sequence is in no package: it is still to be ordered, at 5 days of 100.
const PACKAGES: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-12-31
    currency = \"GBP\"
    [[vendors]]
    id = \"roto\"
    departments = \"ROTO\"
    day_price = 100
    payments = \"30% order; 60% delivery; 10% retention +60d\"
    terms_days = 0
    --- tasks.csv
    id,shot,department,days,vendor,locked,start,end,review
    a,010_1,ROTO,5,roto,both,2027-01-11,2027-01-15,1d
    b,020_1,ROTO,5,roto,both,2027-01-25,2027-01-29,1d
    c,030_1,ROTO,5,roto,both,2027-01-11,2027-01-15,1d
    d,010_1,CMP,1,,,,,
    --- people.csv
    name,department
    Ann,CMP
    --- commitments.csv
    id,account,vendor,contents,amount
    PO-2,30-01,roto,sequence:020,600
    PO-1,30-01,roto,010,500
";

#[test]
fn each_package_is_paid_by_its_own_delivery_and_acceptance() {
    let paid = |text: &str, word: &str| -> Vec<(Date, i64)> {
        let production = support::show(text);
        let (_, forecast) = of(&production);
        let events = forecast.cash.events.iter().filter(|event| event.tied_to.starts_with(word));
        events.map(|event| (event.date, event.amount.0 / 100)).collect()
    };
    let on = |month, day, amount| (date(2027, month, day), amount);
    // Accepted on Monday 18 January and 1 February; 60 days later are 19 March and 2 April.
    assert_eq!(paid(PACKAGES, "PO-1"), [on(1, 4, 150), on(1, 15, 300), on(3, 19, 50)]);
    assert_eq!(paid(PACKAGES, "PO-2"), [on(1, 4, 180), on(1, 29, 360), on(4, 2, 60)]);
    let production = support::show(PACKAGES);
    let (_, forecast) = of(&production);
    assert_eq!(forecast.total.committed, Cents(110_000));
    // Of the 500 for sequence 030 no order pays anything, not even the 100 that PO-2 is above its work.
    assert_eq!(forecast.vendors[0].projected, Cents(50_000));
    // The second package a week later: its two payments move by seven days, and nothing else of the house.
    let later = PACKAGES.replace("2027-01-25,2027-01-29", "2027-02-01,2027-02-05");
    assert_eq!(paid(&later, "PO-1"), paid(PACKAGES, "PO-1"));
    assert_eq!(paid(&later, "PO-2"), [on(1, 4, 180), on(2, 5, 360), on(4, 9, 60)]);
    // Without packages all orders wait for the last of all its work.
    let all = PACKAGES.replace("sequence:020", "").replace("roto,010,500", "roto,,500");
    assert_eq!(paid(&all, "PO-1"), [on(1, 4, 150), on(1, 29, 300), on(4, 2, 50)]);
}

#[test]
fn packages_are_read_and_written_as_they_are() {
    let production = support::show(PACKAGES);
    let folder = tempfile::tempdir().expect("a folder");
    shotplan::write::show_folder::write(&production, folder.path()).expect("written");
    let again = shotplan::read::load(folder.path()).expect("read").production.expect("a show");
    let packages = |show: &Production| -> Vec<Vec<Entity>> {
        show.commitments.iter().map(|row| row.contents.clone()).collect()
    };
    assert_eq!(packages(&again), packages(&production));
    assert_eq!(packages(&again).concat().len(), 2);
    let wrong = PACKAGES.replace("010,500", "090,500").replace("+60d", "+two months");
    let desk = support::desk::Desk::with("show", &wrong);
    let told = desk.json(&["check", "show", "--format", "json"], 1);
    let issues = told["issues"].as_array().expect("issues").iter();
    let issues = issues.filter(|issue| issue["severity"] == "error");
    let places: Vec<(&str, &str)> = issues
        .map(|issue| {
            (issue["code"].as_str().expect("code"), issue["path"].as_str().expect("a field"))
        })
        .collect();
    assert_eq!(places, [("V02", "contents"), ("R09", "payments")]);
}

/// Notice of two days from Monday 4 January: what is decided on the 11th saves from the 13th on.
#[test]
fn notice_decides_what_can_still_be_saved() {
    let text = SHOW.replace("rate,basis,burden\n", "rate,basis,burden,notice_days\n");
    let text = text.replace("400,day,25%", "400,day,25%,2");
    let (_, forecast) = of(&support::show(&text));
    let rungs: Vec<[i64; 3]> = forecast
        .ladder
        .rungs
        .iter()
        .map(|rung| [rung.spent, rung.owed, rung.people].map(|amount| amount.0 / 100))
        .collect();
    assert_eq!(rungs, [[0, 1_000, 4_000], [2_500, 1_000, 1_500]]);
}

/// A vendor's payment steps, an order (amount, drawn, expected, its own currency), and work: person or
/// vendor, first slot, length.
type Books = (Vec<i64>, Vec<(i64, i64, i64, bool)>, Vec<(bool, u32, u32)>);

fn books() -> impl Strategy<Value = Books> {
    (
        prop::collection::vec(0_i64..6_000, 0..4),
        prop::collection::vec((0_i64..900_000, 0_i64..900_000, -20_i64..90, any::<bool>()), 0..4),
        prop::collection::vec((any::<bool>(), 8_u32..200, 1_u32..30), 0..8),
    )
}

/// A show of one artist and one vendor with all that moves money.
fn busy(
    (shares, orders, works): &Books,
    award: i64,
    steps: &[(i64, usize)],
    cycle: usize,
) -> (Production, Plan) {
    const WORDS: [&str; 6] =
        ["award", "25% final", "all", "final delivery", "acceptance", "a word of their own"];
    let text =
        SHOW.replace("[[shows]]", "[[vendors]]\nid = \"roto\"\ndepartments = \"ROTO\"\n[[shows]]");
    let mut production = support::show(&text);
    let vendor = VendorId::new(0);
    let tied = ["order", "delivery", "acceptance", "something else"];
    production.vendors[vendor].payments =
        shares.iter().zip(tied).map(|(share, word)| (*share, word.to_owned())).collect();
    production.vendors[vendor].day_price = Cents(12_345);
    production.settings.cash.pay_cycle =
        [PayCycle::Weekly, PayCycle::Fortnightly, PayCycle::Monthly][cycle % 3];
    let foreign = Currency::new("CAD").expect("a currency");
    production.fx.push(FxRate { currency: foreign, millionths: 583_337, from: None });
    let show = ShowId::new(0);
    production.shows[show].award = Some(Cents(award));
    production.payments.clear();
    for &(share, word) in steps {
        production.payments.push(PaymentStep {
            show,
            share,
            tied_to: WORDS[word % WORDS.len()].to_owned(),
            date: (word % 2 == 0).then(|| date(2027, 2, 15)),
            terms_days: 30,
            source: Source::default(),
        });
    }
    let account = production.accounts.ids().last().expect("a chart");
    for (row, &(amount, drawn, day, is_foreign)) in orders.iter().enumerate() {
        production.commitments.push(Commitment {
            code: format!("PO-{row}"),
            account,
            show: (row % 2 == 0).then_some(show),
            vendor: (row % 3 > 0).then_some(vendor),
            contents: if row % 4 == 0 { vec![Entity::Show(show)] } else { Vec::new() },
            amount: Cents(amount),
            drawn: Cents(drawn.min(amount)),
            accrued: Cents((amount - drawn).max(0) / 3),
            currency: if is_foreign { foreign } else { production.settings.currency },
            expected: Some(date(2027, 1, 20).saturating_add(jiff::Span::new().days(day))),
            cancellable_from: (row % 2 == 1).then(|| date(2027, 2, 1)),
            cancel_cost: Cents(amount / 7),
            source: Source::default(),
        });
    }
    for (row, &(amount, drawn, ..)) in orders.iter().enumerate() {
        const STATES: [ChangeState; 4] =
            [ChangeState::Approved, ChangeState::Sent, ChangeState::Absorbed, ChangeState::Draft];
        production.change_orders.push(ChangeOrder {
            state: STATES[drawn as usize % 4],
            amount: Cents(drawn % 5_000 - amount / 9),
            order: Some(row),
            tasks: vec![TaskId::new(row % 2)],
            ..ChangeOrder::new(&format!("V-{row}"), show)
        });
    }
    let mut plan = Plan::default();
    let mut free = 0;
    for (row, &(is_ours, gap, length)) in works.iter().enumerate() {
        let department = DepartmentId::new(0);
        let task =
            Task::new(&format!("more{row}"), Entity::Shot(ShotId::new(row % 2)), department, 960);
        let task = production.tasks.push(task);
        let (worker, start) = match is_ours {
            true => {
                free += gap;
                (Worker::Person(PersonId::new(0)), free)
            }
            false => (Worker::Vendor(vendor), gap),
        };
        let end = start + length;
        if is_ours {
            free = end;
        }
        let segments = vec![Interval { start: Slot(start), end: Slot(end) }];
        if end < production.timeline().slots() {
            plan.assignments.push(Assignment { task, part: 0, worker, segments });
        }
    }
    production
        .incentives
        .push(IncentiveRule { tax: 2_500, ..IncentiveRule::new("one", "", 1_733) });
    (production, plan)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever is ordered, planned and promised: all that is paid is the final cost, all that comes is the
    /// award, every rung of the ladder is the cost to go, and each view adds to the total.
    #[test]
    fn no_money_is_lost_on_its_way(
        books in books(),
        award in 0_i64..9_000_000,
        steps in prop::collection::vec((0_i64..5_000, 0_usize..6), 0..6),
        cycle in 0_usize..3,
    ) {
        let (production, plan) = busy(&books, award, &steps, cycle);
        let forecast = forecast::of(&production, &plan);
        prop_assert_eq!(forecast::reconcile(&forecast, &production, &plan), Ok(()));
        let cash = &forecast.cash;
        let received: Cents = cash.weeks.iter().map(|week| week.receipts).sum();
        prop_assert_eq!(received, Cents(award));
        let incentives: Cents = cash.weeks.iter().map(|week| week.incentives).sum();
        let end = cash.weeks.last().expect("a week").balance;
        prop_assert_eq!(end, cash.opening + received + incentives - forecast.total.efc());
        let lowest = cash.lowest.map(|week| cash.weeks[week].balance).expect("a week");
        let coming = cash.weeks.iter().filter(|week| week.week >= date(2027, 1, 4));
        prop_assert_eq!(coming.map(|week| week.balance).min(), Some(lowest));
        let vendors: Cents = forecast.vendors.iter().map(|row| row.final_cost()).sum();
        let by_vendor = forecast.views.vendor.iter().filter(|row| row.key.is_some());
        prop_assert_eq!(vendors, by_vendor.map(|row| row.row.efc()).sum());
    }
}
