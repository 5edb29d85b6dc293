//! V04: numbers that are negative, or beyond anything a production could mean.

use super::facts::Facts;
use super::words::money;
use crate::model::{Cents, Issue, OvertimePolicy, PoolKind, Source};

/// Most minutes that anybody means: 100,000 days of eight hours.
const MOST_MINUTES: i64 = 48_000_000;
/// Most money that anybody means, in minor units: ten million millions.
const MOST_MONEY: i64 = 1_000_000_000_000_000;
/// Most days of lead, notice or terms: ten years.
const MOST_DAYS: i64 = 3_660;

/// Most of a pool that anybody means: a thousand million core-hours, in core-minutes.
const MOST_UNITS: i64 = 60_000_000_000;

/// V04, for every number of the production.
pub(super) fn absurd(facts: &Facts, issues: &mut Vec<Issue>) {
    let mut numbers = Numbers { facts, issues };
    settings(&mut numbers);
    sites_and_departments(&mut numbers);
    people(&mut numbers);
    hiring(&mut numbers);
    moves(&mut numbers);
    pools(&mut numbers);
    work(&mut numbers);
    tasks(&mut numbers);
    accounts(&mut numbers);
    all_amounts(&mut numbers);
}

/// Sums of money are whole numbers of minor units that have to fit: all that is booked, ordered and budgeted
/// together stays a hundred times below that.
fn all_amounts(n: &mut Numbers) {
    let p = n.facts.production;
    let home = |amount, currency, date| p.convert(amount, currency, date).unwrap_or(amount);
    let as_of = p.settings.as_of;
    let booked = p.actuals.iter().map(|row| (home(row.amount, row.currency, row.date), row.source));
    let ordered = p.commitments.iter().zip(p.order_values());
    let ordered = ordered.map(|(row, value)| (home(value, row.currency, as_of), row.source));
    let budget = p.budget.iter().map(|row| (row.original + row.approved_changes, row.source));
    let all = booked.chain(ordered).chain(budget);
    let sum: u128 = all.clone().map(|(amount, _)| u128::from(amount.0.unsigned_abs())).sum();
    let largest =
        all.max_by_key(|(amount, source)| (amount.0.unsigned_abs(), std::cmp::Reverse(*source)));
    if let Some((amount, source)) = largest.filter(|_| sum > (i64::MAX / 100) as u128) {
        let home = p.settings.currency;
        let message = format!(
            "all amounts of the books together are more than can be counted; the largest is {}",
            money(amount, home)
        );
        let issue = Issue::error("V04", "books", message)
            .field("amount")
            .help("correct the amounts, or the exchange rates");
        n.issues.push(n.facts.at(issue, source));
    }
}

struct Numbers<'a, 'p> {
    facts: &'a Facts<'p>,
    issues: &'a mut Vec<Issue>,
}

impl Numbers<'_, '_> {
    /// `value` must lie in `least ..= most`.
    fn within(
        &mut self,
        object: &dyn Fn() -> String,
        (field, source): (&str, Source),
        value: i64,
        (least, most): (i64, i64),
        unit: &str,
    ) {
        if (least..=most).contains(&value) {
            return;
        }
        let what = if value < 0 && least >= 0 { "is negative" } else { "is beyond reason" };
        let message = format!("its {field} of {value} {unit} {what}");
        let issue = Issue::error("V04", object(), message)
            .field(field)
            .value(value.to_string())
            .help(format!("write a value from {least} to {most} {unit}"));
        self.issues.push(self.facts.at(issue, source));
    }
    fn minutes(&mut self, object: &dyn Fn() -> String, at: (&str, Source), value: i64) {
        self.within(object, at, value, (0, MOST_MINUTES), "minutes");
    }
    fn share(&mut self, object: &dyn Fn() -> String, at: (&str, Source), value: i64) {
        self.within(object, at, value, (0, 10_000), "basis points (10,000 = 100 %)");
    }
    fn price(&mut self, object: &dyn Fn() -> String, at: (&str, Source), value: Cents) {
        self.within(object, at, value.0, (0, MOST_MONEY), "minor units");
    }
    /// Money that may go either way.
    fn amount(&mut self, object: &dyn Fn() -> String, at: (&str, Source), value: Cents) {
        self.within(object, at, value.0, (-MOST_MONEY, MOST_MONEY), "minor units");
    }
    fn overtime(&mut self, object: &dyn Fn() -> String, source: Source, policy: &OvertimePolicy) {
        for (from, rate) in policy.daily.iter().copied() {
            self.within(object, ("overtime_daily", source), from, (0, 1_440), "minutes");
            let (least, most) = (0, 100_000);
            self.within(object, ("overtime_daily", source), rate, (least, most), "basis points");
        }
        if let Some((from, rate)) = policy.weekly {
            self.within(object, ("overtime_weekly", source), from, (0, 10_080), "minutes");
            self.within(object, ("overtime_weekly", source), rate, (0, 100_000), "basis points");
        }
        let weeks = policy.average_weeks;
        self.within(object, ("overtime_average_weeks", source), weeks, (1, 52), "weeks");
        let (day, week) = (policy.cap_day_minutes, policy.cap_week_minutes);
        self.within(object, ("overtime_cap_day", source), day, (0, 1_440), "minutes");
        self.within(object, ("overtime_cap_week", source), week, (0, 10_080), "minutes");
        let week = policy.cap_opted_out_minutes;
        self.within(object, ("overtime_cap_opted_out", source), week, (0, 10_080), "minutes");
        let off = policy.cap_day_off_minutes;
        self.within(object, ("overtime_cap_day_off", source), off, (0, 1_440), "minutes");
        self.within(object, ("overtime_days_a_week", source), policy.days_a_week, (1, 7), "days");
        for (field, multiple) in [
            ("overtime_sixth_day", policy.sixth_day),
            ("overtime_seventh_day", policy.seventh_day),
            ("overtime_holiday", policy.holiday),
        ] {
            self.within(object, (field, source), multiple, (10_000, 100_000), "basis points");
        }
    }
}

fn settings(n: &mut Numbers) {
    let settings = &n.facts.production.settings;
    let object = || "settings".to_owned();
    let nowhere = |field| (field, Source::default());
    let slots = i64::from(settings.slots_per_day);
    n.within(&object, nowhere("slots_per_day"), slots, (1, 96), "slots");
    let productive = settings.productive;
    n.within(&object, nowhere("productive"), productive, (1, 1_000), "thousandths of a day");
    for rate in settings.default_day_rate {
        n.price(&object, nowhere("default_day_rate"), rate);
    }
    for rate in &n.facts.production.fx {
        let object = || format!("exchange rate {}", rate.currency);
        let most = 1_000_000_000_000;
        n.within(&object, nowhere("rate"), rate.millionths, (1, most), "millionths");
    }
}

fn sites_and_departments(n: &mut Numbers) {
    for site in &n.facts.production.sites {
        let object = || format!("site {}", site.code);
        let source = site.source;
        n.within(&object, ("hours_per_day", source), site.day_minutes, (60, 1_440), "minutes");
        let east = i64::from(site.utc_offset_minutes);
        n.within(&object, ("utc_offset", source), east, (-900, 900), "minutes");
        n.overtime(&object, source, &site.overtime);
    }
    for department in &n.facts.production.departments {
        let object = || format!("department {}", department.code);
        let curve = &department.curve;
        for (field, heads) in [("cap", curve.cap), ("floor", curve.floor)] {
            let heads = i64::from(heads.unwrap_or(0));
            n.within(&object, (field, department.source), heads, (0, 100_000), "heads");
        }
        let most = 20 * n.facts.production.bid_day_minutes();
        for (field, time) in
            [("setup_sequence", department.setup_sequence), ("setup_show", department.setup_show)]
        {
            n.within(&object, (field, department.source), time, (0, most), "minutes");
        }
    }
    for vendor in &n.facts.production.vendors {
        let object = || format!("vendor {}", vendor.code);
        let source = vendor.source;
        let weekly = vendor.capacity_days_per_week.unwrap_or(0);
        n.within(
            &object,
            ("capacity_days_per_week", source),
            weekly,
            (0, 100_000),
            "bid days a week",
        );
        for days in vendor.lead_days {
            n.within(&object, ("lead_days", source), days.into(), (0, MOST_DAYS), "working days");
        }
        n.price(&object, ("day_price", source), vendor.day_price);
        n.price(&object, ("minimum_order", source), vendor.minimum_order);
        n.share(&object, ("supervision", source), vendor.supervision);
        n.share(&object, ("late_probability", source), vendor.late_probability);
        for (share, _) in &vendor.payments {
            n.share(&object, ("payments", source), *share);
        }
    }
}

fn people(n: &mut Numbers) {
    for person in &n.facts.production.people {
        let object = || format!("person {}", person.code);
        let source = person.source;
        n.share(&object, ("capacity", source), person.capacity);
        n.share(&object, ("lead", source), person.lead_share);
        let open = i64::from(person.max_concurrent);
        n.within(&object, ("max_concurrent", source), open, (1, 1_000), "tasks");
        for skill in &person.skills {
            let level = skill.level;
            n.within(
                &object,
                ("level", source),
                level,
                (1, 10_000),
                "thousandths (1,000 = as bid)",
            );
        }
        for contract in &person.contracts {
            let source = contract.source;
            for (_, rate) in &contract.rates {
                n.price(&object, ("rate", source), *rate);
            }
            n.within(&object, ("burden", source), contract.burden, (0, 50_000), "basis points");
            let notice = i64::from(contract.notice_days);
            n.within(&object, ("notice", source), notice, (0, MOST_DAYS), "working days");
            if let Some(policy) = &contract.overtime {
                n.overtime(&object, source, policy);
            }
            let guarantee = contract.guarantee;
            for (field, minutes, most) in [
                ("guaranteed_day", guarantee.day_minutes, 1_440),
                ("guaranteed_week", guarantee.week_minutes, 10_080),
            ] {
                n.within(&object, (field, source), minutes, (0, most), "minutes");
            }
            let days = i64::from(guarantee.days);
            n.within(&object, ("minimum_booking", source), days, (0, 1_000), "working days");
            for (_, share) in &contract.cancellation.0 {
                n.share(&object, ("cancellation", source), *share);
            }
        }
        for leave in &person.leave {
            n.share(&object, ("share", leave.source), leave.share);
        }
        for booking in &person.bookings {
            // More than all the time is V08, with the days and the show.
            let share = booking.share;
            n.within(&object, ("share", booking.source), share, (0, 1_000_000), "basis points");
            n.share(&object, ("probability", booking.source), booking.probability);
        }
    }
}

fn hiring(n: &mut Numbers) {
    for terms in &n.facts.production.hiring {
        let object = || format!("terms of hire {}", terms.code);
        let source = terms.source;
        let thousandths = "thousandths (1,000 = as bid)";
        n.within(&object, ("level", source), terms.level, (1, 10_000), thousandths);
        for (_, rate) in &terms.contract.rates {
            n.price(&object, ("rate", source), *rate);
        }
        let burden = terms.contract.burden;
        n.within(&object, ("burden", source), burden, (0, 50_000), "basis points");
        let notice = i64::from(terms.contract.notice_days);
        n.within(&object, ("notice", source), notice, (0, MOST_DAYS), "working days");
        let lead = i64::from(terms.lead_days);
        n.within(&object, ("lead_days", source), lead, (0, MOST_DAYS), "working days");
        n.within(&object, ("min_weeks", source), terms.min_weeks.into(), (1, 520), "weeks");
        n.within(&object, ("max_heads", source), terms.most.into(), (0, 100_000), "heads");
        for share in &terms.ramp {
            n.share(&object, ("ramp", source), *share);
        }
        n.price(&object, ("onboarding", source), terms.onboarding);
    }
}

fn moves(n: &mut Numbers) {
    for terms in &n.facts.production.moves {
        let object = || format!("terms of a move {}", terms.code);
        let source = terms.source;
        let thousandths = "thousandths (1,000 = their own speed)";
        n.within(&object, ("level", source), terms.level, (1, 10_000), thousandths);
        let lead = i64::from(terms.lead_days);
        n.within(&object, ("lead_days", source), lead, (0, MOST_DAYS), "working days");
        n.within(&object, ("min_weeks", source), terms.min_weeks.into(), (1, 520), "weeks");
        n.within(&object, ("max_heads", source), terms.most.into(), (0, 100_000), "heads");
        for share in &terms.ramp {
            n.share(&object, ("ramp", source), *share);
        }
        n.price(&object, ("cost", source), terms.cost);
        n.within(&object, ("pay", source), terms.pay, (0, 100_000), "basis points");
    }
}

fn pools(n: &mut Numbers) {
    for pool in &n.facts.production.pools {
        let object = || format!("pool {}", pool.code);
        let source = pool.source;
        let unit = if pool.kind == PoolKind::Farm { "core-minutes" } else { "units" };
        for (_, units) in &pool.capacity {
            n.within(&object, ("capacity", source), *units, (0, MOST_UNITS), unit);
        }
        for (_, units) in &pool.departments {
            n.within(&object, ("departments", source), *units, (0, MOST_UNITS), unit);
        }
        let overflow = pool.overflow_price.unwrap_or_default();
        for (field, price) in [("unit_cost", pool.unit_cost), ("overflow_price", overflow)] {
            let unit = "thousandths of a minor unit";
            n.within(&object, (field, source), price.0, (0, MOST_MONEY), unit);
        }
    }
    for task in &n.facts.production.tasks {
        for (_, units) in &task.pools {
            let object = || format!("task {}", task.code);
            n.within(&object, ("pools", task.source), *units, (0, MOST_UNITS), "units");
        }
    }
}

fn work(n: &mut Numbers) {
    let p = n.facts.production;
    for show in &p.shows {
        let object = || format!("show {}", show.code);
        n.share(&object, ("probability", show.source), show.probability);
        let priority = i64::from(show.priority);
        n.within(&object, ("priority", show.source), priority, (1, 5), "(1 = normal)");
        n.price(&object, ("award", show.source), show.award.unwrap_or_default());
    }
    for shot in &p.shots {
        let object = || format!("shot {}", shot.code);
        n.price(&object, ("award", shot.source), shot.award.unwrap_or_default());
        let frames = i64::from(shot.frames.unwrap_or(0));
        n.within(&object, ("frames", shot.source), frames, (0, 1_000_000), "frames");
    }
    for milestone in &p.milestones {
        let object = || format!("milestone {}", milestone.code);
        let penalty = milestone.penalty_per_day.unwrap_or_default();
        n.price(&object, ("penalty_per_day", milestone.source), penalty);
    }
    let most_slots = MOST_DAYS * 96;
    for row in &p.dependencies {
        let object = || format!("dependency of task {}", p.tasks[row.to].code);
        n.within(&object, ("lag", row.source), row.lag.into(), (-most_slots, most_slots), "slots");
        n.share(&object, ("overlap", row.source), row.overlap);
    }
    for log in &p.time_logs {
        let object = || format!("task {}", p.tasks[log.task].code);
        n.within(&object, ("time", log.source), log.minutes, (0, 1_440), "minutes of a day");
    }
}

fn tasks(n: &mut Numbers) {
    for task in &n.facts.production.tasks {
        let object = || format!("task {}", task.code);
        let source = task.source;
        n.minutes(&object, ("bid", source), task.bid);
        n.minutes(&object, ("estimate", source), task.estimate);
        n.minutes(&object, ("logged", source), task.logged);
        n.minutes(&object, ("remaining", source), task.remaining.unwrap_or(0));
        n.minutes(&object, ("min_chunk", source), task.min_chunk);
        n.within(&object, ("min_level", source), task.min_level, (0, 10_000), "thousandths");
        let parallel = i64::from(task.max_parallel);
        n.within(&object, ("max_parallel", source), parallel, (1, 1_000), "artists");
        let review = i64::from(task.review);
        n.within(&object, ("review", source), review, (0, MOST_DAYS * 96), "slots");
    }
}

fn accounts(n: &mut Numbers) {
    let p = n.facts.production;
    for row in &p.budget {
        let object = || format!("account {}", p.accounts[row.account].code);
        n.amount(&object, ("original", row.source), row.original);
        n.amount(&object, ("approved_changes", row.source), row.approved_changes);
        n.amount(&object, ("last_period", row.source), row.last_period.unwrap_or_default());
    }
    for row in &p.actuals {
        let object = || format!("account {}", p.accounts[row.account].code);
        n.amount(&object, ("amount", row.source), row.amount);
    }
    for (row, value) in p.commitments.iter().zip(p.order_values()) {
        let object = || format!("commitment {}", row.code);
        n.price(&object, ("amount", row.source), row.amount);
        n.price(&object, ("drawn", row.source), row.drawn);
        n.price(&object, ("accrued", row.source), row.accrued);
        n.price(&object, ("cancel_cost", row.source), row.cancel_cost);
        if value.0 < 0 && row.amount.0 >= 0 {
            let [worth, less] =
                [row.amount, value - row.amount].map(|sum| money(sum, row.currency));
            let message = format!("it is worth {worth}, and approved changes add up to {less}");
            let issue = Issue::error("V04", object(), message)
                .field("amount")
                .help("correct the order, or the credits among its change orders");
            n.issues.push(n.facts.at(issue, row.source));
        }
    }
    for row in &p.change_orders {
        let object = || format!("change order {}", row.code);
        n.amount(&object, ("amount", row.source), row.amount);
        n.within(&object, ("days", row.source), row.days, (-2_000, 2_000), "working days");
    }
    for row in &p.payments {
        let object = || format!("show {}", p.shows[row.show].code);
        n.share(&object, ("share", row.source), row.share);
        let terms = i64::from(row.terms_days);
        n.within(&object, ("terms_days", row.source), terms, (0, MOST_DAYS), "days");
    }
    for row in &p.incentives {
        let object = || format!("incentive {}", row.code);
        n.share(&object, ("rate", row.source), row.rate);
    }
}
