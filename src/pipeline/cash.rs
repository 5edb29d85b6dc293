//! Cash, commitments, vendors, earned value, margin and incentives of a forecast, in the rows of a result.

use crate::forecast::{self, CashKind, Forecast};
use crate::model::{
    Cents, ChangeOrder, ChangeState, Class, Contract, ContractKind, IncentiveRule, Production,
    Seniority, days_between,
};
use crate::result::{
    BidRow, Cash, CashEvent, CashWeek, ChangeRow, Earned, EarnedRow, EarnedTask, Incentive,
    IncentiveStep, LadderLine, Margin, OrderRow, Package, PayLine, Payday, Rung, VendorShow,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// `rows` says which row of the desk's postings each posting of the ledger is part of.
pub fn cash(production: &Production, forecast: &Forecast, rows: &[u32]) -> Cash {
    let cash = &forecast.cash;
    let week = |row: &forecast::CashWeek| CashWeek {
        week: row.week,
        payroll: row.payroll.0,
        fringe: row.fringe.0,
        vendors: row.vendors.0,
        other: row.other.0,
        paid: row.paid().0,
        receipts: row.receipts.0,
        incentives: row.incentives.0,
        net: row.net().0,
        balance: row.balance.0,
    };
    let event = |row: &forecast::CashEvent| CashEvent {
        invoiced: row.invoiced,
        date: row.date,
        kind: kind_word(row.kind).to_owned(),
        amount: row.amount.0,
        show: row.show.map(|id| production.shows[id].code.clone()),
        vendor: row.vendor.map(|id| production.vendors[id].code.clone()),
        tied_to: row.tied_to.clone(),
        planned: row.planned,
        posting: row.posting.and_then(|row| rows.get(row as usize)).copied(),
    };
    let lowest = cash.lowest.and_then(|row| cash.weeks.get(row));
    Cash {
        opening: cash.opening.0,
        weeks: cash.weeks.iter().map(week).collect(),
        events: cash.events.iter().map(event).collect(),
        lowest_week: lowest.map(|row| row.week),
        lowest: lowest.map_or(cash.opening.0, |row| row.balance.0),
        to_pay: cash.to_pay.0,
        to_come: cash.to_come.0,
        late_client_week: cash.if_client_is_late.map(|(week, _)| week),
        late_client_lowest: cash.if_client_is_late.map_or(cash.opening.0, |(_, amount)| amount.0),
        paydays: paydays(forecast, rows),
        on_the_day: on_the_day(forecast, rows),
    }
}

/// What people are paid, by payday and row of the postings.
fn paydays(forecast: &Forecast, rows: &[u32]) -> Vec<Payday> {
    let mut days: BTreeMap<(Date, CashKind), Vec<PayLine>> = BTreeMap::new();
    let mut places: HashMap<(Date, CashKind, u32), usize> = HashMap::new();
    for line in forecast.cash.lines.iter().filter(|line| line.kind != CashKind::Other) {
        let Some(&row) = rows.get(line.posting as usize) else { continue };
        let minutes = match line.kind {
            CashKind::Payroll => forecast.ledger[line.posting as usize].minutes,
            // The time stands with the pay.
            _ => 0,
        };
        let lines = days.entry((line.date, line.kind)).or_default();
        let place = *places.entry((line.date, line.kind, row)).or_insert_with(|| {
            lines.push((row, 0, Some(0)));
            lines.len() - 1
        });
        let known = &mut lines[place];
        known.1 += minutes;
        known.2 = known.2.map(|sum| sum.saturating_add(line.amount.0));
    }
    let day = |((date, kind), lines)| Payday { date, kind: kind_word(kind).to_owned(), lines };
    days.into_iter().map(day).collect()
}

/// Rows of the postings that are paid on the day of their cost.
fn on_the_day(forecast: &Forecast, rows: &[u32]) -> Vec<u32> {
    let others = forecast.cash.lines.iter().filter(|line| line.kind == CashKind::Other);
    let mut of: Vec<u32> =
        others.filter_map(|line| rows.get(line.posting as usize)).copied().collect();
    // All of a row is of one kind and one week: it is paid as a whole.
    of.sort_unstable();
    of.dedup();
    of
}

fn kind_word(kind: CashKind) -> &'static str {
    match kind {
        CashKind::Payroll => "payroll",
        CashKind::Fringe => "fringe",
        CashKind::Vendor => "vendor",
        CashKind::Other => "other",
        CashKind::Receipt => "receipt",
        CashKind::Incentive => "incentive",
    }
}

pub fn ladder(forecast: &Forecast) -> Vec<Rung> {
    let rung = |row: &forecast::Rung| Rung {
        decided: row.decided,
        spent: row.spent.0,
        owed: row.owed.0,
        people: row.people.0,
        vendors: row.vendors.0,
        avoidable: row.avoidable().0,
    };
    forecast.ladder.rungs.iter().map(rung).collect()
}

/// What each rung of the ladder is made of.
pub fn ladder_lines(production: &Production, forecast: &Forecast) -> Vec<LadderLine> {
    let as_of = production.settings.as_of;
    let code_of = |id| production.accounts.get(id).map(|row| row.code.clone());
    let empty = |kind: &str, what: String| LadderLine {
        kind: kind.to_owned(),
        who: None,
        what,
        order: None,
        account: None,
        from: as_of,
        to: as_of,
        rungs: Vec::new(),
    };
    let line = |row: &forecast::LadderLine| {
        let mut line = match row.of {
            forecast::LadderOf::Contract(person, at) => {
                let person = &production.people[person];
                let contract = at.and_then(|at| person.contracts.get(at as usize));
                LadderLine {
                    who: Some(person.code.clone()),
                    from: contract.map_or(as_of, |row| row.start),
                    to: contract.map_or(as_of, |row| {
                        row.end.unwrap_or(production.settings.horizon_end).max(row.start)
                    }),
                    ..empty("contract", contract.map_or("no contract".to_owned(), terms))
                }
            }
            forecast::LadderOf::Order(order) => {
                let Some(order) = production.commitments.get(order as usize) else {
                    return empty("order", String::new());
                };
                let what = match order.cancellable_from {
                    Some(from) => format!("can be cancelled from {from}"),
                    None => "cannot be cancelled".to_owned(),
                };
                let day = order.expected.unwrap_or(as_of).max(as_of);
                LadderLine {
                    who: order.vendor.map(|id| production.vendors[id].code.clone()),
                    order: Some(order.code.clone()),
                    account: code_of(order.account),
                    from: order.cancellable_from.unwrap_or(day).min(day),
                    to: day,
                    ..empty("order", what)
                }
            }
            forecast::LadderOf::Vendor(vendor, department) => LadderLine {
                who: Some(production.vendors[vendor].code.clone()),
                ..empty(
                    "vendor",
                    department.map_or("to be ordered".to_owned(), |id| {
                        format!("{} to be ordered", production.departments[id].code)
                    }),
                )
            },
            forecast::LadderOf::Account(account) => LadderLine {
                account: code_of(account),
                ..empty(
                    "account",
                    production
                        .accounts
                        .get(account)
                        .map_or_else(String::new, |row| row.name.clone()),
                )
            },
        };
        line.rungs = row.amounts.iter().map(|amounts| amounts.map(|amount| amount.0)).collect();
        line
    };
    forecast.ladder.lines.iter().map(line).collect()
}

/// "fixed term, 20 days' notice".
fn terms(contract: &Contract) -> String {
    let kind = match contract.kind {
        ContractKind::Staff => "staff",
        ContractKind::Fixed => "fixed term",
        ContractKind::Freelance => "freelance",
    };
    match contract.notice_days {
        0 => kind.to_owned(),
        1 => format!("{kind}, 1 day's notice"),
        days => format!("{kind}, {days} days' notice"),
    }
}

/// Purchase orders at their value without changes.
pub fn orders(production: &Production) -> Vec<OrderRow> {
    let row = |order: &crate::model::Commitment| {
        let date = order.expected.unwrap_or(production.settings.as_of);
        let value = production.convert(order.amount, order.currency, date);
        OrderRow {
            id: order.code.clone(),
            vendor: order.vendor.map(|id| production.vendors[id].code.clone()),
            show: order.show.map(|id| production.shows[id].code.clone()),
            account: production
                .accounts
                .get(order.account)
                .map_or_else(String::new, |row| row.code.clone()),
            value: value.unwrap_or(order.amount).0,
            expected: order.expected,
            source: super::desk::place(production, order.source),
        }
    };
    production.commitments.iter().map(row).collect()
}

pub fn vendors(production: &Production, forecast: &Forecast) -> Vec<VendorShow> {
    let package = |row: &forecast::Package| Package {
        department: production.departments[row.department].code.clone(),
        sequence: row.sequence.map(|id| production.sequences[id].code.clone()),
        tasks: row.tasks,
        minutes: row.minutes,
        start: row.start,
        delivery: row.delivery,
        acceptance: row.acceptance,
    };
    let vendor = |row: &forecast::VendorShow| VendorShow {
        vendor: production.vendors[row.vendor].code.clone(),
        name: production.vendors[row.vendor].name.clone(),
        show: row.show.map(|id| production.shows[id].code.clone()),
        contracted: row.contracted.0,
        changes: row.changes.0,
        pending: row.pending.0,
        unapproved: row.unapproved.0,
        to_date: row.to_date.0,
        open: row.open.0,
        projected: row.projected.0,
        exposure: row.exposure().0,
        efc: row.final_cost().0,
        at_risk: row.at_risk.0,
        supervision: row.supervision.0,
        shares: [
            production.vendors[row.vendor].late_probability,
            production.vendors[row.vendor].supervision,
        ],
        paid: row.paid.0,
        to_pay: row.to_pay.0,
        packages: row.packages.iter().map(package).collect(),
    };
    forecast.vendors.iter().map(vendor).collect()
}

pub fn changes(production: &Production, forecast: &Forecast) -> Vec<ChangeRow> {
    let row = |(change, about): (&ChangeOrder, &forecast::Change)| {
        let order = change.order.and_then(|row| production.commitments.get(row));
        let vendor = order.and_then(|order| order.vendor);
        ChangeRow {
            id: change.code.clone(),
            show: production.shows[change.show].code.clone(),
            vendor: vendor.map(|id| production.vendors[id].code.clone()),
            order: order.map(|order| order.code.clone()),
            state: state_word(change.state).to_owned(),
            date: change.date,
            age: change.date.map(|date| days_between(date, production.settings.as_of)),
            amount: about.amount.0,
            days: change.days,
            tasks: u32::try_from(change.tasks.len()).unwrap_or(u32::MAX),
            begun: about.begun,
            spent: about.spent.0,
            to_go: about.to_go.0,
            adds: about.adds.0,
            of: change.tasks.iter().map(|task| production.tasks[*task].code.clone()).collect(),
        }
    };
    production.change_orders.iter().zip(&forecast.changes).map(row).collect()
}

fn state_word(state: ChangeState) -> &'static str {
    match state {
        ChangeState::Draft => "draft",
        ChangeState::Priced => "priced",
        ChangeState::Sent => "sent",
        ChangeState::Approved => "approved",
        ChangeState::Rejected => "rejected",
        ChangeState::Absorbed => "absorbed",
    }
}

pub fn earned(production: &Production, forecast: &Forecast) -> Option<Earned> {
    let progress = forecast.progress.as_ref()?;
    let value = &progress.value;
    let estimate = |(name, amount): (&str, Option<crate::model::Cents>)| {
        (name.to_owned(), amount.map(|amount| amount.0))
    };
    Some(Earned {
        budget: value.budget.0,
        planned: value.planned.0,
        earned: value.earned.0,
        spent: value.spent.0,
        cost_variance: value.cost_variance().0,
        schedule_variance: value.schedule_variance().0,
        cost_index: value.cost_index().map(millionth),
        schedule_index: value.schedule_index().map(millionth),
        earned_schedule: millionth(progress.earned_schedule),
        actual_time: millionth(progress.actual_time),
        time_index: progress.time_index().map(millionth),
        to_complete_index: value.to_complete_index().map(millionth),
        estimates: progress.estimates().into_iter().map(estimate).collect(),
        spread: progress.spread().0,
        budgeted: progress.budgeted,
        baseline: !production.baseline.is_empty(),
        weeks: progress.weeks.iter().map(|(week, value)| (*week, value.0)).collect(),
        departments: earned_rows(production, progress),
        accounts: progress
            .accounts
            .iter()
            .map(|id| production.accounts[*id].code.clone())
            .collect(),
    })
}

fn earned_rows(production: &Production, progress: &forecast::Progress) -> Vec<EarnedRow> {
    let mut of: HashMap<_, Vec<EarnedTask>> = HashMap::new();
    for row in &progress.tasks {
        let task = &production.tasks[row.task];
        of.entry(Some(task.department)).or_default().push(EarnedTask {
            task: task.code.clone(),
            budget: row.budget.0,
            earned: row.earned.0,
            start: row.span.0,
            end: row.span.1,
        });
    }
    let row = |(department, value): &(Option<_>, forecast::earned_value::EarnedValue)| EarnedRow {
        department: department
            .map_or_else(String::new, |id| production.departments[id].code.clone()),
        budget: value.budget.0,
        planned: value.planned.0,
        earned: value.earned.0,
        spent: value.spent.0,
        tasks: of.remove(department).unwrap_or_default(),
    };
    progress.departments.iter().map(row).collect()
}

/// Indices are read, not added: six places, which survive being written and read.
fn millionth(index: f64) -> f64 {
    (index * 1e6).round() / 1e6
}

pub fn margin(production: &Production, forecast: &Forecast) -> Margin {
    let row = &forecast.margin;
    Margin {
        award: row.award.0,
        approved: row.approved.0,
        pending: row.pending.0,
        draft: row.draft.0,
        revenue: row.revenue().0,
        gross: row.gross.0,
        incentives: row.incentives.0,
        net: row.net_cost().0,
        margin: row.margin().0,
        vendors_pending: row.vendors_pending.0,
        with_pending: row.with_pending().0,
        unapproved_spent: row.unapproved_spent.0,
        unapproved_to_go: row.unapproved_to_go.0,
        awards: production
            .shows
            .iter()
            .filter_map(|show| Some((show.code.clone(), show.award?.0)))
            .collect(),
    }
}

/// What the rules give, and what each is made of; `rows` as in [`cash`].
pub fn incentives(production: &Production, forecast: &Forecast, rows: &[u32]) -> Vec<Incentive> {
    let row = |(rule, given): (&IncentiveRule, &forecast::Incentive)| Incentive {
        id: rule.code.clone(),
        place: rule.place.clone(),
        eligible: given.eligible.0,
        base: given.base.0,
        rate: given.rate,
        credit: given.credit.0,
        after_tax: given.after_tax.0,
        studio: given.studio.0,
        expected: given.expected.0,
        received: given.received,
        steps: steps(rule, given),
        of: Vec::new(),
        of_parts: Vec::new(),
    };
    let with_lines = |(rule, given)| {
        let mut known = row((rule, given));
        (known.of, known.of_parts) = eligible(production, rule, &forecast.ledger, rows);
        known
    };
    production.incentives.iter().zip(&forecast.incentives).map(with_lines).collect()
}

/// How a rule gets from what is eligible to what is expected; steps that change nothing are left out.
fn steps(rule: &IncentiveRule, given: &forecast::Incentive) -> Vec<IncentiveStep> {
    let mut steps = Vec::new();
    let mut step = |name: &str, share: Option<i64>, limit: Option<Cents>, amount: Cents| {
        steps.push(IncentiveStep {
            step: name.to_owned(),
            share,
            limit: limit.map(|limit| limit.0),
            amount: amount.0,
        });
    };
    // Each takes off what is above its limit, and none goes below nothing.
    let mut left = given.eligible;
    let limits = [
        ("share", Some(rule.eligible), None, given.eligible.basis_points(rule.eligible)),
        ("net_of", None, Some(given.assistance), left_after(given, rule)),
        (
            "cap_share",
            Some(rule.cap_share),
            Some(given.everywhere),
            given.everywhere.basis_points(rule.cap_share),
        ),
        ("cap", None, rule.cap, rule.cap.unwrap_or(left)),
        ("minimum", None, Some(rule.minimum), given.base),
    ];
    for (name, share, limit, most) in limits {
        let most = most.max(Cents::ZERO);
        if most < left || (name == "share" && most != left) {
            step(name, share, limit, most - left);
            left = most;
        }
    }
    let tier = rule.tiers.iter().rev().find(|(from, _)| *from <= given.eligible);
    match tier {
        Some((from, rate)) => step("tier", Some(*rate), Some(*from), given.credit),
        None => step("rate", Some(given.rate), None, given.credit),
    }
    if rule.tax != 0 {
        step("tax", Some(rule.tax), None, given.after_tax - given.credit);
    }
    step("studio", Some(rule.studio_share), None, given.studio);
    step("certainty", Some(rule.certainty), None, given.expected);
    steps
}

/// What is left of the share that counts when what others gave is taken off.
fn left_after(given: &forecast::Incentive, rule: &IncentiveRule) -> Cents {
    given.eligible.basis_points(rule.eligible) - given.assistance
}

/// Rows of the postings that a rule counts: those of which all counts as runs, and parts of others.
fn eligible(
    production: &Production,
    rule: &IncentiveRule,
    ledger: &[forecast::Posting],
    rows: &[u32],
) -> (Vec<[u32; 2]>, Vec<PayLine>) {
    let count = rows.iter().max().map_or(0, |row| *row as usize + 1);
    // By row: minutes and amount that count, and whether some of it does not.
    let mut sums: Vec<(i64, i64, bool, bool)> = vec![(0, 0, false, false); count];
    for (posting, &row) in ledger.iter().zip(rows) {
        let known = &mut sums[row as usize];
        if forecast::counted(production, rule, posting).1 {
            known.0 += posting.minutes;
            known.1 = known.1.saturating_add(posting.amount.0);
            known.2 = true;
        } else {
            known.3 = true;
        }
    }
    let (mut whole, mut parts): (Vec<[u32; 2]>, Vec<PayLine>) = Default::default();
    for (row, (minutes, amount, counts, some_not)) in (0_u32..).zip(sums) {
        match (counts, some_not) {
            (true, false) => match whole.last_mut().filter(|run| run[1] == row) {
                Some(run) => run[1] = row + 1,
                None => whole.push([row, row + 1]),
            },
            (true, true) => parts.push((row, minutes, Some(amount))),
            (false, _) => {}
        }
    }
    (whole, parts)
}

pub fn bids(production: &Production, forecast: &Forecast) -> Vec<BidRow> {
    let class = |class: Class| match class {
        Class::A => "A",
        Class::B => "B",
        Class::C => "C",
        Class::D => "D",
    };
    let level = |seniority: Seniority| match seniority {
        Seniority::Junior => "junior",
        Seniority::Mid => "mid",
        Seniority::Senior => "senior",
        Seniority::Lead => "lead",
    };
    let row = |row: &forecast::BidRow| BidRow {
        department: production.departments[row.department].code.clone(),
        class: row.class.map(|own| class(own).to_owned()),
        level: row.seniority.map(|own| level(own).to_owned()),
        tasks: row.tasks,
        bid_minutes: row.bid,
        logged_minutes: row.logged,
        quartiles: row.quartiles.map(millionth),
        of: row
            .of
            .iter()
            .map(|id| &production.tasks[*id])
            .map(|task| (task.code.clone(), task.bid, task.logged))
            .collect(),
    };
    forecast.bids.iter().map(row).collect()
}
