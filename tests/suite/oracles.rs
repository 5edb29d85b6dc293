//! Money and time arithmetic against numbers worked by hand.

use jiff::civil::{Date, date};
use shotplan::forecast::earned_value::{EarnedValue, credit, earned_schedule};
use shotplan::forecast::overtime::{paid_minutes, week_pay};
use shotplan::forecast::{self, CostState, Forecast, ReportRow, reconcile};
use shotplan::model::*;

const MONDAY: Date = date(2027, 1, 4);

pub fn gbp() -> Currency {
    Currency::new("GBP").unwrap()
}

/// One show, one department, Monday to Friday of eight hours, dollars.
pub struct Studio {
    pub production: Production,
    comp: DepartmentId,
    show: ShowId,
    plan: Plan,
}

impl Studio {
    pub fn new() -> Studio {
        let mut production = Production::new("oracle", MONDAY, date(2027, 3, 26));
        let comp = production.add_department("CMP");
        let show = production.shows.push(Show::new("SHW", CalendarId::new(0)));
        Studio { production, comp, show, plan: Plan::default() }
    }

    pub fn artist(&mut self, code: &str, contracts: Vec<Contract>) -> PersonId {
        let mut person = Person::new(code, SiteId::new(0), self.comp);
        person.contracts = contracts;
        self.production.people.push(person)
    }

    /// A task worked by `person` in the slots given (four a day, from the Monday).
    pub fn work(&mut self, person: PersonId, segments: &[(u32, u32)]) -> TaskId {
        let code = format!("task{}", self.production.tasks.len());
        let task = Task::new(&code, Entity::Show(self.show), self.comp, 480);
        let task = self.production.tasks.push(task);
        self.plan.assignments.push(assignment(task, 0, Worker::Person(person), segments));
        task
    }

    pub fn overtime(&mut self, person: PersonId, day: u32, minutes: u32) {
        self.plan.overtime.push(Overtime { person, day: Day(day), minutes, worth: minutes });
    }

    /// A vendor with payment steps.
    pub fn vendor(&mut self, code: &str, payments: Vec<(i64, String)>) -> VendorId {
        let vendor = Vendor { payments, ..Vendor::new(code, self.comp) };
        self.production.vendors.push(vendor)
    }

    pub fn forecast(&self) -> Forecast {
        let forecast = forecast::of(&self.production, &self.plan);
        assert_eq!(reconcile(&forecast, &self.production, &self.plan), Ok(()));
        forecast
    }
}

fn assignment(task: TaskId, part: u32, worker: Worker, segments: &[(u32, u32)]) -> Assignment {
    let segments = segments
        .iter()
        .map(|&(start, end)| Interval { start: Slot(start), end: Slot(end) })
        .collect();
    Assignment { task, part, worker, segments }
}

pub fn contract(basis: RateBasis, rate: i64) -> Contract {
    Contract {
        kind: ContractKind::Freelance,
        start: date(2026, 1, 1),
        end: None,
        min_end: None,
        notice_days: 0,
        rates: vec![(date(2026, 1, 1), Cents(rate))],
        basis,
        burden: 0,
        currency: Currency::new("USD").unwrap(),
        overtime: None,
        guarantee: Guarantee::default(),
        cancellation: Cancellation::default(),
        option: None,
        rate_assumed: false,
        source: Source::default(),
    }
}

pub fn account(production: &Production, code: &str) -> AccountId {
    let mut accounts = production.accounts.enumerate();
    accounts.find(|(_, account)| account.code == code).map(|(id, _)| id).unwrap()
}

pub fn row<'a>(forecast: &'a Forecast, production: &Production, code: &str) -> &'a ReportRow {
    let id = account(production, code);
    forecast.report.iter().find(|row| row.account == Some(id)).unwrap()
}

pub fn actual(account: AccountId, amount: i64, state: ActualState) -> Actual {
    Actual {
        date: date(2026, 12, 16),
        account,
        show: None,
        amount: Cents(amount),
        currency: Currency::new("USD").unwrap(),
        state,
        person: None,
        vendor: None,
        task: None,
        source: Source::default(),
    }
}

pub fn order(account: AccountId, amount: i64, drawn: i64, expected: Option<Date>) -> Commitment {
    Commitment {
        code: "PO".to_owned(),
        account,
        show: None,
        vendor: None,
        contents: Vec::new(),
        amount: Cents(amount),
        drawn: Cents(drawn),
        accrued: Cents::ZERO,
        currency: Currency::new("USD").unwrap(),
        expected,
        cancellable_from: None,
        cancel_cost: Cents::ZERO,
        source: Source::default(),
    }
}

/// Budget 100,000, changes 8,000, posted 42,000, accrued 3,000, committed 18,000, planned 49,500 →
/// current 108,000, final cost 112,500, variance −4,500; last period 110,000 → it grew by 2,500.
#[test]
fn cost_report_line() {
    let mut studio = Studio::new();
    let comp = account(&studio.production, "20-18");
    studio.production.budget.push(BudgetLine {
        account: comp,
        show: None,
        department: None,
        original: Cents(100_000),
        approved_changes: Cents(8_000),
        last_period: Some(Cents(110_000)),
        source: Source::default(),
    });
    studio.production.actuals.push(actual(comp, 42_000, ActualState::Posted));
    studio.production.actuals.push(actual(comp, 3_000, ActualState::Accrued));
    studio.production.commitments.push(order(comp, 20_000, 2_000, Some(date(2027, 1, 20))));
    // Five days at 99.00.
    let artist = studio.artist("ada", vec![contract(RateBasis::Day, 9_900)]);
    studio.work(artist, &[(0, 20)]);

    let forecast = studio.forecast();
    let line = row(&forecast, &studio.production, "20-18");
    assert_eq!(line.current_budget(), Cents(108_000)); // E
    assert_eq!(line.actual, Cents(42_000)); // F
    assert_eq!(line.accrued, Cents(3_000)); // G
    assert_eq!(line.committed, Cents(18_000)); // H
    assert_eq!(line.etc, Cents(49_500)); // I
    assert_eq!(line.efc(), Cents(112_500)); // J
    assert_eq!(line.variance(), Cents(-4_500)); // K
    assert_eq!(line.movement(), Some(Cents(2_500))); // M = J − L
    assert_eq!(forecast.total.efc(), Cents(112_500));
    assert_eq!(forecast.total.movement(), Some(Cents(2_500)));
}

/// Money in stands in the report and in no sum of cost.
#[test]
fn revenue_is_no_part_of_the_total() {
    let mut studio = Studio::new();
    let (award, farm) =
        (account(&studio.production, "10-01"), account(&studio.production, "40-01"));
    studio.production.actuals.push(actual(award, 900_000, ActualState::Posted));
    studio.production.actuals.push(actual(farm, 1_000, ActualState::Posted));
    let forecast = studio.forecast();
    assert_eq!(row(&forecast, &studio.production, "10-01").efc(), Cents(900_000));
    assert_eq!(forecast.total.efc(), Cents(1_000));
    assert_eq!(forecast.weeks.last().unwrap().cumulative, Cents(1_000));
}

/// An order that is drawn beyond its value promises nothing more; one without a date, or overdue,
/// stands in the week of the plan.
#[test]
fn open_orders() {
    let cases = [
        (10_000, 4_000, Some(date(2027, 1, 14)), 6_000, date(2027, 1, 11)),
        (10_000, 12_000, Some(date(2027, 1, 14)), 0, date(2027, 1, 11)),
        (10_000, 0, None, 10_000, MONDAY),
        (10_000, 0, Some(date(2026, 10, 1)), 10_000, MONDAY),
        (10_000, 0, Some(date(2028, 2, 29)), 10_000, date(2028, 2, 28)),
    ];
    for (amount, drawn, expected, open, week) in cases {
        let mut studio = Studio::new();
        let vendors = account(&studio.production, "30-04");
        studio.production.commitments.push(order(vendors, amount, drawn, expected));
        let forecast = studio.forecast();
        assert_eq!(forecast.total.committed, Cents(open));
        let in_week = forecast.weeks.iter().find(|row| row.week == week).unwrap();
        assert_eq!(in_week.amounts.commitments, Cents(open), "{expected:?}");
    }
}

/// BAC 100,000, PV 50,000, EV 44,000, AC 45,000.
#[test]
fn earned_value() {
    let show = EarnedValue {
        budget: Cents(10_000_000),
        planned: Cents(5_000_000),
        earned: Cents(4_400_000),
        spent: Cents(4_500_000),
    };
    let shown = |index: Option<f64>| index.map(|index| format!("{index:.5}")).unwrap_or_default();
    assert_eq!(shown(show.cost_index()), "0.97778");
    assert_eq!(shown(show.schedule_index()), "0.88000");
    assert_eq!(shown(show.to_complete_index()), "1.01818");
    assert_eq!(show.cost_variance(), Cents(-100_000));
    assert_eq!(show.schedule_variance(), Cents(-600_000));
    assert_eq!(show.estimate_typical(), Some(Cents(10_227_273)));
    assert_eq!(show.estimate_atypical(), Cents(10_100_000));
    assert_eq!(show.estimate_both(), Some(Cents(11_008_264)));

    let nothing = EarnedValue::default();
    assert_eq!(nothing.cost_index(), None);
    assert_eq!(nothing.estimate_typical(), None);
    let huge = EarnedValue {
        budget: Cents(i64::MAX),
        planned: Cents(i64::MAX),
        earned: Cents(i64::MIN),
        spent: Cents(i64::MAX),
    };
    assert!(huge.estimate_both().is_some());
}

/// Planned by week 10, 22, 36, 50; earned 44 in week 4 → 3.5714, and SPI(t) 0.8929.
#[test]
fn earned_schedule_by_week() {
    let weeks = [Cents(10), Cents(22), Cents(36), Cents(50)];
    let cases = [(0, "0.0000"), (5, "0.5000"), (10, "1.0000"), (44, "3.5714"), (60, "4.0000")];
    for (earned, expected) in cases {
        assert_eq!(format!("{:.4}", earned_schedule(&weeks, Cents(earned))), expected);
    }
    assert_eq!(format!("{:.4}", earned_schedule(&weeks, Cents(44)) / 4.0), "0.8929");
}

#[test]
fn credit_by_status() {
    let cases = [
        (Status::Ready, 300, 0),
        (Status::Wip, 0, 0),
        (Status::Wip, 120, 1_250), // a quarter logged → an eighth
        (Status::Wip, 960, 5_000), // never more than a half
        (Status::Retake, 960, 5_500),
        (Status::InternalReview, 960, 6_000),
        (Status::ClientReview, 960, 8_000),
        (Status::Cbb, 960, 9_500),
        (Status::Final, 0, 10_000),
        (Status::Omit, 960, 0),
    ];
    for (status, logged, expected) in cases {
        let mut task = Task::new("t", Entity::Show(ShowId::new(0)), DepartmentId::new(0), 480);
        task.status = status;
        task.logged = logged;
        assert_eq!(credit(&task), expected, "{status:?} with {logged} minutes logged");
    }
}

/// Beyond 8 h a day 1.5, beyond 12 h 2, beyond 40 h a week 1.5, the higher sum once.
#[test]
fn paid_hours() {
    let law = OvertimePolicy::default();
    let exempt = OvertimePolicy { exempt: true, ..law.clone() };
    let weekly_only = OvertimePolicy { daily: Vec::new(), ..law.clone() };
    let cases: [(&OvertimePolicy, &[i64], i64); 8] = [
        (&law, &[8 * 60], 8 * 60),
        (&law, &[690], 795),                  // 11.5 h → 13.25 h
        (&law, &[780], 960),                  // 13 h → 16 h
        (&law, &[540; 5], 2_850),             // 45 h → 47.5 h
        (&law, &[600, 600, 600, 600], 2_640), // 40 h in four days → 44 h by the day
        (&law, &[480; 6], 3_120),             // 48 h in six days → 52 h by the week
        (&exempt, &[780], 780),
        (&weekly_only, &[690, 690, 690, 690], 3_060 - 60 - 60), // 46 h → 49 h
    ];
    for (policy, days, expected) in cases {
        assert_eq!(paid_minutes(policy, days), expected, "{days:?}");
    }
}

/// 48 h at 1, to 55 h at 0.6, to 60 h at 0.25, no more; after three weeks over 50 h 0.95, then 0.92.
#[test]
fn effective_hours() {
    let curve = ProductivityCurve::default();
    let cases: [(&[i64], &[i64]); 7] = [
        (&[40 * 60], &[2_400]),
        (&[50 * 60], &[2_952]), // 49.2 h
        (&[55 * 60], &[3_132]), // 52.2 h
        (&[60 * 60], &[3_207]), // 53.45 h
        (&[70 * 60], &[3_207]),
        // 3,207 × 0.95 = 3,046.65; × 0.92 = 2,950.44
        (&[3_600; 6], &[3_207, 3_207, 3_207, 3_047, 2_950, 2_950]),
        (&[], &[]),
    ];
    for (weeks, expected) in cases {
        assert_eq!(curve.effective(weeks), expected, "{weeks:?}");
    }
}

/// Pay for the hours beyond the contract's alone: a ten-hour day is no overtime where it is the rule.
#[test]
fn overtime_pay_of_a_week() {
    let law = OvertimePolicy::default();
    let eight = [480 * 10_000_i64; 5];
    let ten = [600 * 10_000_i64; 4];
    let half = [240 * 10_000_i64; 5];
    let day = Cents(40_000); // 50.00 an hour for eight hours
    let cases: [(&[i64], &[i64], i64, i64); 5] = [
        (&eight, &[210, 0, 0, 0, 0], 480, 26_250), // 3.5 h + 1.75 h
        (&eight, &[300, 0, 0, 0, 0], 480, 40_000), // 5 h + 2 h + 1 h
        (&eight, &[60; 5], 480, 37_500),           // 5 h + 2.5 h, not 5 h + 5 h
        // Ten-hour days at 40.00 an hour: one hour more is 1.5 h by the day and by the week.
        (&ten, &[60, 0, 0, 0], 600, 6_000),
        // Half days: two hours more stay below every tier and are paid plain.
        (&half, &[120, 0, 0, 0, 0], 480, 10_000),
    ];
    for (base, extra, minutes, expected) in cases {
        assert_eq!(week_pay(&law, base, extra, &[], day, minutes), Cents(expected), "{extra:?}");
    }
    let exempt = OvertimePolicy { exempt: true, ..law };
    assert_eq!(week_pay(&exempt, &eight, &[60; 5], &[], day, 480), Cents(0));
}

/// Five days of nine hours at 400.00: 7.5 h paid = 375.00, 75.00 a day, beside 2,000.00 of labour.
#[test]
fn overtime_in_a_plan() {
    let mut studio = Studio::new();
    let artist = studio.artist("ada", vec![contract(RateBasis::Day, 40_000)]);
    studio.work(artist, &[(0, 10)]);
    studio.work(artist, &[(10, 20)]);
    (0..5).for_each(|day| studio.overtime(artist, day, 60));
    let forecast = studio.forecast();
    assert_eq!(forecast.overtime, vec![Cents(7_500); 5]);
    assert_eq!(row(&forecast, &studio.production, "20-80").efc(), Cents(37_500));
    assert_eq!(forecast.total.efc(), Cents(237_500));
    // Wednesday's hour is shared by the two tasks of the day.
    let spent = forecast.assignment_minutes(0);
    assert_eq!((spent.minutes, spent.overtime_minutes), (1_200, 150));
    assert_eq!(forecast.assignment_cost(0), Cents(100_000));
    assert_eq!(forecast.weeks[0].amounts.overtime, Cents(37_500));
}

/// The contract's rules go before the site's, and what a week leaves by rounding goes to its longest day.
#[test]
fn overtime_policy_and_residual() {
    let mut studio = Studio::new();
    let mut own = contract(RateBasis::Day, 10_000);
    own.overtime = Some(OvertimePolicy { daily: Vec::new(), weekly: None, ..Default::default() });
    let artist = studio.artist("ada", vec![own]);
    studio.work(artist, &[(0, 12)]);
    [(0, 7), (1, 8), (2, 7)].into_iter().for_each(|(day, m)| studio.overtime(artist, day, m));
    // 22 minutes of 480 at 100.00 = 458.33 cents → 458: 145.7 + 166.5 + 145.7 → 146 + 166 + 146.
    assert_eq!(studio.forecast().overtime, [Cents(146), Cents(166), Cents(146)]);

    studio.production.people[artist].contracts[0].overtime =
        Some(OvertimePolicy { exempt: true, ..Default::default() });
    assert_eq!(studio.forecast().overtime, [Cents(0); 3]);
}

/// 100.00 an hour, a day … on each basis, for an eight-hour day, with and without a fifth of burden.
#[test]
fn day_cost_by_basis() {
    let cases = [
        (RateBasis::Hour, 80_000, 96_000),
        (RateBasis::Day, 10_000, 12_000),
        (RateBasis::Week, 2_000, 2_400),
        (RateBasis::Month, 500, 600),
        (RateBasis::Year, 38, 46), // 38.46 and 46.15, each rounded once
    ];
    for (basis, plain, loaded) in cases {
        let mut contract = contract(basis, 10_000);
        assert_eq!(contract.day_cost(MONDAY, 480), Cents(plain), "{basis:?}");
        contract.burden = 2_000;
        assert_eq!(contract.day_cost(MONDAY, 480), Cents(loaded), "{basis:?} with burden");
    }
    // Half to even: 2.5 → 2, 3.5 → 4; a day of seven and a half hours by the hour.
    let mut odd = contract(RateBasis::Day, 5);
    odd.burden = -5_000;
    assert_eq!(odd.day_cost(MONDAY, 480), Cents(2));
    odd.rates[0].1 = Cents(7);
    assert_eq!(odd.day_cost(MONDAY, 480), Cents(4));
    assert_eq!(contract(RateBasis::Hour, 3_333).day_cost(MONDAY, 450), Cents(24_998)); // 24,997.5
}

/// A rise on Wednesday inside a task, over a leap day: 2 days at 300.00, then 8 at 350.00.
#[test]
fn a_rate_that_changes_inside_a_task() {
    let mut studio = Studio::new();
    studio.production.settings.as_of = date(2028, 2, 21);
    studio.production.settings.horizon_end = date(2028, 3, 31);
    let mut rising = contract(RateBasis::Day, 30_000);
    rising.rates.push((date(2028, 2, 23), Cents(35_000)));
    let artist = studio.artist("ada", vec![rising]);
    studio.work(artist, &[(0, 48)]); // two weeks, weekend between
    let forecast = studio.forecast();
    assert_eq!(forecast.assignment_cost(0), Cents(2 * 30_000 + 8 * 35_000));
    let leap = forecast.ledger.iter().find(|row| row.date == date(2028, 2, 29)).unwrap();
    assert_eq!((leap.amount, leap.week), (Cents(35_000), date(2028, 2, 28)));
}

/// Two contracts in a row, the second dearer, the change inside a task.
#[test]
fn a_contract_that_changes_inside_a_task() {
    let mut studio = Studio::new();
    let mut first = contract(RateBasis::Day, 20_000);
    first.end = Some(date(2027, 1, 5));
    let mut second = contract(RateBasis::Week, 150_000);
    second.start = date(2027, 1, 6);
    let artist = studio.artist("ada", vec![first, second]);
    studio.work(artist, &[(0, 14)]); // Monday to half of Thursday
    assert_eq!(studio.forecast().assignment_cost(0), Cents(2 * 20_000 + 30_000 + 15_000));
}

/// Part days, part time and part leave: each day rounds once, half to even.
#[test]
fn part_days() {
    let mut studio = Studio::new();
    let artist = studio.artist("ada", vec![contract(RateBasis::Day, 33_333)]);
    studio.production.people[artist].capacity = 6_000;
    studio.production.people[artist].leave.push(Leave {
        from: date(2027, 1, 5),
        to: date(2027, 1, 5),
        share: 5_000,
        approved: true,
        source: Source::default(),
    });
    studio.work(artist, &[(1, 6)]);
    // Monday 3 slots: 33,333 × 0.6 × 3/4 = 14,999.85 → 15,000; Tuesday 2 slots of the half that is
    // left: 33,333 × 0.3 × 2/4 = 4,999.95 → 5,000.
    let forecast = studio.forecast();
    let amounts: Vec<Cents> = forecast.ledger.iter().map(|row| row.amount).collect();
    assert_eq!(amounts, [Cents(15_000), Cents(5_000)]);
    assert_eq!(forecast.assignment_minutes(0).minutes, 216 + 72);
}

/// Two segments that share a day are one day's work and round once.
#[test]
fn one_day_rounds_once() {
    let mut studio = Studio::new();
    let artist = studio.artist("ada", vec![contract(RateBasis::Day, 10)]);
    studio.work(artist, &[(0, 1), (3, 4)]); // 2.5 + 2.5: one posting of 5, not two of 2
    let forecast = studio.forecast();
    assert_eq!(forecast.assignment_cost(0), Cents(5));
    assert_eq!(forecast.ledger.len(), 1);
}

/// Foreign pay: the exchange rate of each day; yen have no minor unit.
#[test]
fn foreign_contracts() {
    let mut studio = Studio::new();
    let rate = |currency, millionths, from| FxRate { currency, millionths, from };
    let yen = Currency::new("JPY").unwrap();
    studio.production.fx = vec![
        rate(gbp(), 1_250_000, None),
        rate(gbp(), 1_300_000, Some(date(2027, 1, 5))),
        rate(yen, 6_500, None), // 1,000 yen = 6.50
    ];
    let mut london = contract(RateBasis::Day, 30_000);
    london.currency = gbp();
    let mut tokyo = contract(RateBasis::Day, 45_001);
    tokyo.currency = yen;
    let ada = studio.artist("ada", vec![london]);
    let bo = studio.artist("bo", vec![tokyo]);
    studio.work(ada, &[(0, 8)]);
    studio.work(bo, &[(0, 4)]);
    let forecast = studio.forecast();
    assert_eq!(forecast.assignment_cost(0), Cents(37_500 + 39_000));
    assert_eq!(forecast.assignment_cost(1), Cents(29_251)); // 45,001 × 0.0065 = 292.5065
}

/// A currency without a rate is taken as it stands, and said so.
#[test]
fn a_currency_without_a_rate_is_named() {
    let mut studio = Studio::new();
    let farm = account(&studio.production, "40-01");
    let mut cost = actual(farm, 500, ActualState::Posted);
    cost.currency = gbp();
    studio.production.actuals.push(cost);
    let forecast = studio.forecast();
    assert_eq!(forecast.total.actual, Cents(500));
    assert_eq!(forecast.unrated, [gbp()]);
}

/// Notice of three working days from Monday: Monday to Wednesday are owed, Thursday and Friday not.
#[test]
fn labour_is_committed_until_the_first_avoidable_day() {
    let mut studio = Studio::new();
    let mut staff = contract(RateBasis::Day, 10_000);
    staff.notice_days = 3;
    let ada = studio.artist("ada", vec![staff]);
    let nobody_s = studio.artist("bo", Vec::new()); // no contract: the default 340.00, never owed
    studio.work(ada, &[(0, 20)]);
    studio.work(nobody_s, &[(0, 4)]);
    let forecast = studio.forecast();
    assert_eq!(forecast.total.committed, Cents(30_000));
    assert_eq!(forecast.total.etc, Cents(20_000 + 34_000));
    let thursday = date(2027, 1, 7);
    for posting in forecast.ledger.iter().filter(|row| row.person == Some(ada)) {
        let owed = posting.date < thursday;
        assert_eq!(posting.state == CostState::Committed, owed, "{}", posting.date);
    }
}

/// A contract is renewed on Wednesday: three days of notice from Monday reach Wednesday all the same. One that begins on
/// Wednesday alone owes that day; a planned hire nothing, as nobody signed.
#[test]
fn notice_reaches_into_the_next_contract() {
    let mut studio = Studio::new();
    let wednesday = date(2027, 1, 6);
    let until = Contract {
        end: Some(date(2027, 1, 5)),
        notice_days: 3,
        ..contract(RateBasis::Day, 10_000)
    };
    let from = Contract {
        start: wednesday,
        rates: vec![(wednesday, Cents(12_000))],
        ..Contract { end: None, ..until.clone() }
    };
    let renewed = studio.artist("ada", vec![until, from.clone()]);
    let signed = studio.artist("bo", vec![from.clone()]);
    let planned = studio.artist("hire", vec![from]);
    studio.production.people[planned].placeholder = true;
    studio.work(renewed, &[(0, 20)]);
    studio.work(signed, &[(8, 20)]);
    studio.work(planned, &[(8, 20)]);
    let forecast = studio.forecast();
    let owed = |person: PersonId| -> i64 {
        let rows = forecast.ledger.iter().filter(|row| row.person == Some(person));
        rows.filter(|row| row.state == CostState::Committed).map(|row| row.amount.0).sum()
    };
    assert_eq!([renewed, signed, planned].map(owed), [32_000, 12_000, 0]);
    // The first rung of the ladder, decided today, says the same.
    let rung = forecast.ladder.rungs.iter().find(|rung| rung.decided == date(2027, 1, 4));
    assert_eq!(rung.map(|rung| rung.owed), Some(forecast.total.committed));
}

/// Booked for half of a full week, worked for a half of that on Monday: the rest is idle pay.
#[test]
fn booked_time_without_a_task() {
    let mut studio = Studio::new();
    let mut staff = contract(RateBasis::Day, 40_000);
    staff.notice_days = 1;
    let ada = studio.artist("ada", vec![staff]);
    let booking = |from, to, state| Booking {
        show: studio.show,
        department: None,
        from,
        to,
        share: 5_000,
        state,
        probability: 10_000,
        cancelled: None,
        source: Source::default(),
    };
    let bookings = vec![
        booking(date(2027, 1, 1), date(2027, 1, 10), BookingState::Confirmed),
        booking(date(2027, 1, 4), date(2027, 1, 8), BookingState::Hold1),
    ];
    studio.production.people[ada].bookings = bookings;
    studio.production.people[ada].leave.push(Leave {
        from: date(2027, 1, 8),
        to: date(2027, 1, 8),
        share: 10_000,
        approved: true,
        source: Source::default(),
    });
    studio.work(ada, &[(0, 2)]);
    // Monday: paid 200.00, worked 2 of 4 slots = 100.00. Tuesday to Thursday 200.00 each. Friday leave.
    let forecast = studio.forecast();
    assert_eq!(forecast.assignment_cost(0), Cents(10_000));
    assert_eq!(row(&forecast, &studio.production, "20-95").efc(), Cents(10_000 + 3 * 20_000));
    assert_eq!(forecast.total.committed, Cents(20_000)); // Monday, by one day of notice
    assert_eq!(forecast.total.etc, Cents(60_000));
    assert_eq!(forecast.weeks[0].amounts.idle, Cents(70_000));

    studio.production.settings.charge_basis = ChargeBasis::Worked;
    assert_eq!(studio.forecast().total.efc(), Cents(10_000));
}

/// A vendor's six bid days at 300.00: an order of 1,000.00 covers part, the rest is still to order.
#[test]
fn vendors_beyond_their_orders() {
    let mut studio = Studio::new();
    let vendor = studio.production.vendors.push(Vendor {
        code: "roto".to_owned(),
        name: "Roto House".to_owned(),
        place: String::new(),
        departments: vec![studio.comp],
        whole_sequences: false,
        cleared_from: None,
        capacity_days_per_week: None,
        lead_days: [3; 4],
        day_price: Cents(30_000),
        minimum_order: Cents(0),
        supervision: 0,
        late_probability: 0,
        payments: Vec::new(),
        terms_days: None,
        currency: Currency::new("USD").unwrap(),
        source: Source::default(),
    });
    let account = account(&studio.production, "30-01");
    let mut given = order(account, 100_000, 0, Some(date(2027, 1, 6)));
    given.vendor = Some(vendor);
    studio.production.commitments.push(given);
    for (task, segment) in [(0, (0, 12)), (1, (12, 20))] {
        let mut row = Task::new(&format!("r{task}"), Entity::Show(studio.show), studio.comp, 1_440);
        row.vendor = Some(vendor);
        let id = studio.production.tasks.push(row);
        studio.plan.assignments.push(assignment(id, 0, Worker::Vendor(vendor), &[segment]));
    }
    // Two tasks of three days: 900.00 covered, then 100.00 of 900.00; 800.00 stay open.
    let forecast = studio.forecast();
    let line = row(&forecast, &studio.production, "30-01");
    assert_eq!((line.committed, line.etc), (Cents(100_000), Cents(80_000)));
    assert_eq!(forecast.assignment_cost(1), Cents(0));
    let open = forecast.ledger.last().unwrap();
    assert_eq!((open.date, open.amount), (date(2027, 1, 8), Cents(80_000)));
}

/// Six days in two parts, each three days, by a person of level 0.7 whose productive share is 0.85:
/// 3 ÷ 0.595 = 5.042 days → 21 quarter days = 5.25 days, the fewest whose shares reach the need.
#[test]
fn a_task_of_six_days_in_two_parts_takes_five_and_a_quarter() {
    let mut studio = Studio::new();
    let mut task = Task::new("t", Entity::Show(studio.show), studio.comp, 6 * 480);
    task.max_parallel = 2;
    let task = studio.production.tasks.push(task);
    for part in 0..2 {
        let artist = studio.artist("slow", vec![contract(RateBasis::Day, 40_000)]);
        studio.production.people[artist].skills[0].level = 700;
        let level = studio.production.level_for(artist, task).unwrap();
        let part_work = 6 * 480 / 2;
        let bottom = 480 * level * studio.production.settings.productive;
        let need = (part_work * 10_i64.pow(10) * 4 + bottom - 1) / bottom;
        assert_eq!(need, 201_681);
        // Monday to Monday: the weekend has no share.
        let timeline = studio.production.timeline();
        let lanes = availability::lanes(&studio.production, &timeline);
        let share = |slot: u32| i64::from(lanes[part as usize].share[(slot / 4) as usize]);
        let reached = |end: u32| (0..end).map(share).sum::<i64>() >= need;
        assert!(reached(29) && !reached(28)); // 20 slots of the week, 1 of the next Monday
        let part = assignment(task, part, Worker::Person(artist), &[(0, 29)]);
        studio.plan.assignments.push(part);
    }
    let forecast = studio.forecast();
    for part in 0..2 {
        assert_eq!(forecast.assignment_minutes(part).minutes, 5 * 480 + 120); // 5.25 days
        assert_eq!(forecast.assignment_cost(part), Cents(210_000)); // at 400.00
    }
}

/// Demand is spread from the earliest start to the latest end that the chain still allows; capacity is what
/// the shares say; booked is what the plan uses.
#[test]
fn crew_by_week() {
    let mut studio = Studio::new();
    studio.production.settings.productive = 1_000;
    let lighting = studio.production.add_department("LGT");
    let sequence = studio.production.sequences.push(Sequence::new("010", studio.show));
    let mut shot = Shot::new("010_0010", sequence);
    shot.due = Some(date(2027, 1, 22)); // three weeks
    let shot = Entity::Shot(studio.production.shots.push(shot));
    // Lighting 5 days, then comp 5 days after a review of a day; both one artist at a time.
    let mut light = Task::new("lgt", shot, lighting, 5 * 480);
    light.review = 4;
    let light = studio.production.tasks.push(light);
    let comp = studio.production.tasks.push(Task::new("cmp", shot, studio.comp, 5 * 480));
    studio.production.dependencies.push(Dependency::new(light, comp));
    let ada = studio.artist("ada", Vec::new());
    studio.production.people[ada].lead_share = 2_500;
    studio.plan.assignments.push(assignment(comp, 0, Worker::Person(ada), &[(32, 60)]));

    let crew = studio.forecast().crew;
    let of = |id: DepartmentId| crew.rows.iter().find(|row| row.department == id).unwrap();
    // Lighting: the 4th to the 14th (five days of comp and one of review before the 22nd): 9 days,
    // 5 in the first week and 4 in the second: 2,400 × 5/9 = 1,333.
    assert_eq!(&of(lighting).demand[..4], [1_333, 1_067, 0, 0]);
    // Comp: from Tuesday the 12th (after five days and the review) to the 22nd: 4 days and 5.
    assert_eq!(&of(studio.comp).demand[..4], [0, 1_067, 1_333, 0]);
    assert_eq!(&of(studio.comp).capacity[..2], [5 * 360, 5 * 360]);
    assert_eq!(&of(lighting).capacity[..2], [0, 0]);
    // Tuesday the 12th to Monday the 18th, none of the weekend, at three quarters of 480 minutes.
    assert_eq!(&of(studio.comp).booked[..4], [0, 4 * 360, 360, 0]);
    assert_eq!(crew.weeks[1], date(2027, 1, 11));
}

/// Late work asks for people on its earliest days; work on hold, done or sent out asks for nobody.
#[test]
fn demand_of_late_and_stopped_work() {
    let mut studio = Studio::new();
    studio.production.settings.productive = 800;
    let sequence = studio.production.sequences.push(Sequence::new("010", studio.show));
    let mut shot = Shot::new("010_0010", sequence);
    shot.due = Some(date(2026, 12, 1));
    let shot = Entity::Shot(studio.production.shots.push(shot));
    for status in [Status::Ready, Status::Hold, Status::Final] {
        let mut task = Task::new(status.word(), shot, studio.comp, 480);
        task.status = status;
        studio.production.tasks.push(task);
    }
    let crew = studio.forecast().crew;
    assert_eq!(crew.rows[0].demand[0], 600); // 480 ÷ 0.8
    assert_eq!(crew.rows[0].demand.iter().sum::<i64>(), 600);
}
