//! Each list of a production as the rows of a table.

use super::{
    Table, date, decimal, list, minutes, money, number, overtime, rules, share, slots, word, yes,
};
use crate::model::*;
use crate::read::words;
use jiff::civil::Date;

/// All tables, in the order in which they are written.
pub(super) fn tables(production: &Production) -> Vec<Table> {
    let mut tables = work_tables(production);
    tables.extend(people_tables(production));
    tables.extend(money_tables(production));
    tables
}

fn entity(production: &Production, entity: Entity) -> String {
    format!("{}:{}", entity.kind(), production.code_of(entity))
}

fn work_tables(production: &Production) -> Vec<Table> {
    let home = production.settings.currency;
    let amount = |amount: Option<Cents>| amount.map_or(String::new(), |amount| money(amount, home));
    let class = |class: Option<Class>| class.map_or(String::new(), |c| word(words::CLASSES, c));
    let status = |status: Option<Status>| status.map_or(String::new(), |s| s.word().to_owned());
    let show = |id: ShowId| production.shows[id].code.clone();
    let sequences = production
        .sequences
        .iter()
        .map(|row| vec![row.code.clone(), show(row.show), date(row.turnover), rules(&row.rules)]);
    let shots = production.shots.iter().map(|row| {
        vec![
            row.code.clone(),
            production.sequences[row.sequence].code.clone(),
            number(row.frames),
            class(row.class),
            word(words::PRIORITIES, row.priority),
            date(row.turnover),
            date(row.due),
            amount(row.award),
            status(row.status),
            rules(&row.rules),
        ]
    });
    let assets = production.assets.iter().map(|row| {
        vec![
            row.code.clone(),
            show(row.show),
            row.kind.clone(),
            class(row.class),
            word(words::PRIORITIES, row.priority),
            list(row.used_by.iter().map(|&shot| entity(production, Entity::Shot(shot)))),
            date(row.due),
            status(row.status),
        ]
    });
    let dependencies = production.dependencies.iter().map(|row| {
        vec![
            production.tasks[row.from].code.clone(),
            production.tasks[row.to].code.clone(),
            word(words::LINKS, row.link),
            if row.lag == 0 { String::new() } else { slots(production, i64::from(row.lag)) },
            if row.overlap == 0 { String::new() } else { share(row.overlap) },
        ]
    });
    let milestones = production.milestones.iter().map(|row| {
        let contents = list(row.contents.iter().map(|&content| entity(production, content)));
        vec![
            row.code.clone(),
            row.name.clone(),
            show(row.show),
            word(words::MILESTONES, row.kind),
            row.date.to_string(),
            yes(row.hard),
            amount(row.penalty_per_day),
            if contents.is_empty() { "-".to_owned() } else { contents },
        ]
    });
    vec![
        Table {
            name: "sequences",
            columns: &["id", "show", "turnover", "rule"],
            rows: sequences.collect(),
        },
        Table {
            name: "shots",
            columns: &[
                "id", "sequence", "frames", "class", "priority", "turnover", "due", "award",
                "status", "rule",
            ],
            rows: shots.collect(),
        },
        Table {
            name: "assets",
            columns: &["id", "show", "kind", "class", "priority", "used_by", "due", "status"],
            rows: assets.collect(),
        },
        tasks_table(production),
        Table {
            name: "dependencies",
            columns: &["from", "to", "link", "lag", "overlap"],
            rows: dependencies.collect(),
        },
        Table {
            name: "milestones",
            columns: &["id", "name", "show", "kind", "date", "hard", "penalty_per_day", "contents"],
            rows: milestones.collect(),
        },
    ]
}

fn tasks_table(production: &Production) -> Table {
    let rows = production.tasks.iter().map(|row| {
        let part_of = |kind: &str| match row.entity.kind() == kind {
            true => production.code_of(row.entity).to_owned(),
            false => String::new(),
        };
        let assumed = if row.bid_assumed { "?" } else { "" };
        vec![
            row.code.clone(),
            part_of("shot"),
            part_of("asset"),
            part_of("sequence"),
            part_of("show"),
            production.departments[row.department].code.clone(),
            row.tag.clone().unwrap_or_default(),
            format!("{}{assumed}", minutes(row.bid)),
            if row.estimate == row.bid { String::new() } else { minutes(row.estimate) },
            if row.logged == 0 && production.time_logs.is_empty() {
                String::new()
            } else {
                minutes(row.logged)
            },
            row.remaining.map_or(String::new(), minutes),
            row.status.word().to_owned(),
            word(words::PRIORITIES, row.priority),
            date(row.earliest),
            date(row.due),
            rules(&row.rules),
            list(row.assigned.iter().map(|&person| production.people[person].code.clone())),
            row.vendor.map_or(String::new(), |id| production.vendors[id].code.clone()),
            if row.lock == Lock::None { String::new() } else { word(words::LOCKS, row.lock) },
            date(row.start),
            date(row.end),
            row.max_parallel.to_string(),
            minutes(row.min_chunk),
            yes(row.splittable),
            if row.min_level == 0 { String::new() } else { decimal(row.min_level, 3) },
            slots(production, i64::from(row.review)),
            yes(row.vendor_allowed),
            list(row.pools.iter().map(|&(pool, units)| pool_need(production, pool, units))),
            row.account.map_or(String::new(), |id| production.accounts[id].code.clone()),
            date(row.updated),
        ]
    });
    Table {
        name: "tasks",
        columns: &[
            "id",
            "shot",
            "asset",
            "sequence",
            "show",
            "department",
            "tag",
            "bid",
            "estimate",
            "logged",
            "remaining",
            "status",
            "priority",
            "earliest",
            "due",
            "rule",
            "assigned",
            "vendor",
            "locked",
            "start",
            "end",
            "max_parallel",
            "min_chunk",
            "splittable",
            "min_level",
            "review",
            "vendor_allowed",
            "pools",
            "account",
            "updated",
        ],
        rows: rows.collect(),
    }
}

fn people_tables(production: &Production) -> Vec<Table> {
    let department = |id: DepartmentId| production.departments[id].code.clone();
    let people = production.people.iter().map(|row| {
        vec![
            row.code.clone(),
            row.name.clone(),
            match row.skills.first() {
                // The own department is a general skill: a speciality stands in the skills alone.
                Some(skill) if skill.tag.is_none() => department(skill.department),
                _ => String::new(),
            },
            word(words::SENIORITIES, row.seniority),
            row.position.clone().unwrap_or_default(),
            production.sites[row.site].code.clone(),
            share(row.capacity),
            share(row.lead_share),
            row.max_concurrent.to_string(),
            yes(row.overtime_allowed),
            yes(row.opted_out),
            list(row.shows.iter().map(|&show| production.shows[show].code.clone())),
            if row.placeholder { yes(true) } else { String::new() },
        ]
    });
    let of_all = || production.people.iter();
    let skills = of_all().flat_map(|person| {
        person.skills.iter().map(move |row| {
            vec![
                person.code.clone(),
                department(row.department),
                row.tag.clone().unwrap_or_default(),
                decimal(row.level, 3),
                word(words::CLASSES, row.max_class),
            ]
        })
    });
    let contracts = of_all()
        .flat_map(|person| person.contracts.iter().map(move |row| contract_row(person, row)));
    let leave = of_all().flat_map(|person| {
        person.leave.iter().map(move |row| {
            vec![
                person.code.clone(),
                row.from.to_string(),
                row.to.to_string(),
                share(row.share),
                word(words::LEAVE, row.approved),
            ]
        })
    });
    let bookings = of_all().flat_map(|person| {
        person.bookings.iter().map(move |row| {
            vec![
                person.code.clone(),
                production.shows[row.show].code.clone(),
                row.department.map_or(String::new(), department),
                row.from.to_string(),
                row.to.to_string(),
                share(row.share),
                word(words::BOOKINGS, row.state),
                match row.probability == row.state.usual_probability() {
                    true => String::new(),
                    false => share(row.probability),
                },
                date(row.cancelled),
            ]
        })
    });
    let card = production.rate_card.iter().map(|row| {
        let rates = row.pay.rates.iter().map(|&(from, rate)| match from == row.pay.start {
            true => money(rate, row.pay.currency),
            false => format!("{from} {}", money(rate, row.pay.currency)),
        });
        vec![
            row.department.map_or(String::new(), department),
            row.position.clone().unwrap_or_default(),
            row.seniority.map_or(String::new(), |seniority| word(words::SENIORITIES, seniority)),
            row.site.map_or(String::new(), |site| production.sites[site].code.clone()),
            list(rates),
            word(words::BASES, row.pay.basis),
            if row.burden_given { share(row.pay.burden) } else { String::new() },
            row.pay.currency.to_string(),
        ]
    });
    let home = production.settings.currency;
    let hiring = production.hiring.iter().map(|row| {
        let contract = &row.contract;
        let rates = contract.rates.iter().map(|&(from, rate)| match from == contract.start {
            true => money(rate, contract.currency),
            false => format!("{from} {}", money(rate, contract.currency)),
        });
        let ramp = list(row.ramp.iter().map(|points| share(*points)));
        vec![
            row.code.clone(),
            department(row.department),
            production.sites[row.site].code.clone(),
            word(words::SENIORITIES, row.seniority),
            decimal(row.level, 3),
            word(words::CONTRACTS, contract.kind),
            if contract.rate_assumed { String::new() } else { list(rates) },
            word(words::BASES, contract.basis),
            share(contract.burden),
            contract.currency.to_string(),
            contract.notice_days.to_string(),
            row.min_weeks.to_string(),
            row.lead_days.to_string(),
            date(row.earliest),
            if ramp.is_empty() { "none".to_owned() } else { ramp },
            row.most.to_string(),
            money(row.onboarding, home),
        ]
    });
    let moves = production.moves.iter().map(|row| {
        let people = row.people.iter().map(|&id| production.people[id].code.clone());
        let ramp = list(row.ramp.iter().map(|points| share(*points)));
        vec![
            row.code.clone(),
            list(people),
            row.from.map_or(String::new(), department),
            row.to.map_or(String::new(), department),
            row.site.map_or(String::new(), |site| production.sites[site].code.clone()),
            row.show.map_or(String::new(), |show| production.shows[show].code.clone()),
            decimal(row.level, 3),
            row.lead_days.to_string(),
            if ramp.is_empty() { "none".to_owned() } else { ramp },
            row.min_weeks.to_string(),
            if row.most == 0 { String::new() } else { row.most.to_string() },
            money(row.cost, home),
            share(row.pay),
            production.accounts[row.account].code.clone(),
        ]
    });
    vec![
        Table {
            name: "moves",
            columns: &[
                "id",
                "people",
                "from",
                "to",
                "site",
                "show",
                "level",
                "lead_days",
                "ramp",
                "min_weeks",
                "max_heads",
                "cost",
                "pay",
                "account",
            ],
            rows: moves.collect(),
        },
        Table {
            name: "hiring",
            columns: &[
                "id",
                "department",
                "site",
                "seniority",
                "level",
                "kind",
                "rate",
                "basis",
                "burden",
                "currency",
                "notice",
                "min_weeks",
                "lead_days",
                "earliest",
                "ramp",
                "max_heads",
                "onboarding",
            ],
            rows: hiring.collect(),
        },
        Table {
            name: "people",
            columns: &[
                "id",
                "name",
                "department",
                "seniority",
                "position",
                "site",
                "capacity",
                "lead",
                "max_concurrent",
                "overtime",
                "opted_out",
                "shows",
                "placeholder",
            ],
            rows: people.collect(),
        },
        Table {
            name: "skills",
            columns: &["person", "department", "tag", "level", "max_class"],
            rows: skills.collect(),
        },
        Table {
            name: "contracts",
            columns: &[
                "person",
                "kind",
                "start",
                "end",
                "min_end",
                "notice",
                "rate",
                "basis",
                "burden",
                "currency",
                "overtime_daily",
                "overtime_weekly",
                "overtime_average_weeks",
                "overtime_cap_day",
                "overtime_cap_week",
                "overtime_exempt",
                "overtime_days_off",
                "overtime_cap_day_off",
                "overtime_days_a_week",
                "overtime_sixth_day",
                "overtime_seventh_day",
                "overtime_holiday",
                "guaranteed_day",
                "guaranteed_week",
                "minimum_booking",
                "cancellation",
                "option_weeks",
                "option_by",
            ],
            rows: contracts.collect(),
        },
        Table {
            name: "rates",
            columns: &[
                "department",
                "position",
                "seniority",
                "site",
                "rate",
                "basis",
                "burden",
                "currency",
            ],
            rows: card.collect(),
        },
        Table {
            name: "leave",
            columns: &["person", "from", "to", "share", "status"],
            rows: leave.collect(),
        },
        Table {
            name: "bookings",
            columns: &[
                "person",
                "show",
                "department",
                "from",
                "to",
                "share",
                "state",
                "probability",
                "cancelled",
            ],
            rows: bookings.collect(),
        },
    ]
}

fn contract_row(person: &Person, row: &Contract) -> Vec<String> {
    let rate = |&(from, rate): &(Date, Cents)| match from == row.start {
        true => money(rate, row.currency),
        false => format!("{from} {}", money(rate, row.currency)),
    };
    let mut cells = vec![
        person.code.clone(),
        word(words::CONTRACTS, row.kind),
        row.start.to_string(),
        date(row.end),
        date(row.min_end),
        row.notice_days.to_string(),
        if row.rate_assumed { String::new() } else { list(row.rates.iter().map(rate)) },
        word(words::BASES, row.basis),
        share(row.burden),
        row.currency.to_string(),
    ];
    match &row.overtime {
        Some(policy) => cells.extend(overtime(policy).map(|(_, value)| value)),
        None => cells.extend((0..12).map(|_| String::new())),
    }
    let time = |minutes: i64| match minutes {
        0 => String::new(),
        _ => format!("{minutes}m"),
    };
    let guarantee = row.guarantee;
    cells.push(time(guarantee.day_minutes));
    cells.push(time(guarantee.week_minutes));
    cells.push(if guarantee.days == 0 { String::new() } else { guarantee.days.to_string() });
    cells.push(list(row.cancellation.0.iter().map(|&(within, part)| match within {
        Some(hours) => format!("{hours}h {}", share(part)),
        None => share(part),
    })));
    cells.push(row.option.map_or(String::new(), |option| option.weeks.to_string()));
    cells.push(date(row.option.and_then(|option| option.decide_by)));
    cells
}

fn money_tables(production: &Production) -> Vec<Table> {
    let home = production.settings.currency;
    let account = |id: AccountId| production.accounts[id].code.clone();
    let show =
        |id: Option<ShowId>| id.map_or("-".to_owned(), |id| production.shows[id].code.clone());
    let vendor =
        |id: Option<VendorId>| id.map_or(String::new(), |id| production.vendors[id].code.clone());
    let department = |id: Option<DepartmentId>| {
        id.map_or(String::new(), |id| production.departments[id].code.clone())
    };
    let accounts = production
        .accounts
        .iter()
        .map(|row| vec![row.code.clone(), row.name.clone(), word(words::ACCOUNTS, row.kind)]);
    let vendors = production.vendors.iter().map(|row| {
        let departments = row.departments.iter().map(|&id| production.departments[id].code.clone());
        let steps = row.payments.iter().map(|(part, what)| format!("{} {what}", share(*part)));
        let steps = list(steps);
        vec![
            row.code.clone(),
            row.name.clone(),
            row.place.clone(),
            list(departments),
            if row.whole_sequences { word(words::PACKAGES, true) } else { String::new() },
            date(row.cleared_from),
            number(row.capacity_days_per_week),
            list(row.lead_days.iter().map(u32::to_string)),
            money(row.day_price, row.currency),
            money(row.minimum_order, row.currency),
            share(row.supervision),
            share(row.late_probability),
            if steps.is_empty() { "none".to_owned() } else { steps },
            row.terms_days.map_or(String::new(), |days| days.to_string()),
            row.currency.to_string(),
        ]
    });
    let budget = production.budget.iter().map(|row| {
        vec![
            account(row.account),
            row.show.map_or(String::new(), |id| show(Some(id))),
            money(row.original, home),
            money(row.approved_changes, home),
            row.last_period.map_or(String::new(), |amount| money(amount, home)),
            String::new(),
            department(row.department),
        ]
    });
    let versions = production.versions.iter().map(|row| {
        let of = row.show.map_or(String::new(), |id| show(Some(id)));
        let none = String::new;
        vec![
            account(row.account),
            of,
            money(row.amount, home),
            none(),
            none(),
            row.version.clone(),
            department(row.department),
        ]
    });
    let baseline = production.baseline.iter().map(|(&task, (start, end))| {
        vec![production.tasks[task].code.clone(), start.to_string(), end.to_string()]
    });
    let closed = production.closed.iter().map(|row| closed_row(production, row));
    let draws = production.draws.iter().map(|row| {
        vec![
            row.date.to_string(),
            account(row.account),
            money(row.amount, home),
            row.reason.clone(),
            account(row.from),
            row.show.map_or(String::new(), |id| show(Some(id))),
            department(row.department),
        ]
    });
    let actuals = production.actuals.iter().map(|row| actual(production, row).to_vec());
    let commitments = production.commitments.iter().map(|row| {
        vec![
            row.code.clone(),
            account(row.account),
            show(row.show),
            vendor(row.vendor),
            money(row.amount, row.currency),
            money(row.drawn, row.currency),
            if row.accrued == Cents::ZERO {
                String::new()
            } else {
                money(row.accrued, row.currency)
            },
            row.currency.to_string(),
            date(row.expected),
            date(row.cancellable_from),
            if row.cancel_cost == Cents::ZERO {
                String::new()
            } else {
                money(row.cancel_cost, row.currency)
            },
        ]
    });
    let changes = production.change_orders.iter().map(|row| {
        let order = row.order.and_then(|order| production.commitments.get(order));
        vec![
            row.code.clone(),
            show(Some(row.show)),
            word(words::CHANGES, row.state),
            money(row.amount, order.map_or(home, |order| order.currency)),
            list(row.tasks.iter().map(|&id| production.tasks[id].code.clone())),
            date(row.date),
            order.map_or(String::new(), |order| order.code.clone()),
            if row.days == 0 { String::new() } else { row.days.to_string() },
        ]
    });
    let payments = production.payments.iter().map(|row| {
        vec![
            show(Some(row.show)),
            share(row.share),
            row.tied_to.clone(),
            date(row.date),
            row.terms_days.to_string(),
        ]
    });
    let incentives = production.incentives.iter().map(|row| {
        let unless = |value: i64, default: i64| match value == default {
            true => String::new(),
            false => share(value),
        };
        let tier = |(from, rate): &(Cents, i64)| format!("{} {}", money(*from, home), share(*rate));
        let limit = |amount: Cents| match amount {
            Cents::ZERO => String::new(),
            amount => money(amount, home),
        };
        vec![
            row.code.clone(),
            row.place.clone(),
            word(words::INCENTIVE_KINDS, row.kind),
            share(row.rate),
            list(row.tiers.iter().map(tier)),
            unless(row.eligible, 10_000),
            unless(row.cap_share, 10_000),
            row.cap.map_or(String::new(), |cap| money(cap, home)),
            limit(row.minimum),
            list(row.net_of.iter().cloned()),
            unless(row.tax, 0),
            unless(row.studio_share, 10_000),
            row.lag_months.to_string(),
            unless(row.certainty, 10_000),
            date(row.valid_from),
            date(row.valid_to),
        ]
    });
    let fx = production
        .fx
        .iter()
        .map(|row| (row, ""))
        .chain(production.budget_rates.iter().map(|row| (row, "budget")))
        .map(|(row, kind)| {
            let rate = decimal(row.millionths, 6);
            vec![row.currency.to_string(), rate, date(row.from), kind.to_owned()]
        });
    let time_logs = production.time_logs.iter().map(|row| {
        vec![
            production.tasks[row.task].code.clone(),
            production.people[row.person].code.clone(),
            row.date.to_string(),
            minutes(row.minutes),
        ]
    });
    let table = |name, columns, rows| Table { name, columns, rows };
    vec![
        table("accounts", &["id", "name", "kind"], accounts.collect()),
        pools_table(production),
        table(
            "vendors",
            &[
                "id",
                "name",
                "place",
                "departments",
                "takes",
                "cleared_from",
                "capacity_days_per_week",
                "lead_days",
                "day_price",
                "minimum_order",
                "supervision",
                "late_probability",
                "payments",
                "terms_days",
                "currency",
            ],
            vendors.collect(),
        ),
        table(
            "budget",
            &[
                "account",
                "show",
                "original",
                "approved_changes",
                "last_period",
                "version",
                "department",
            ],
            budget.chain(versions).collect(),
        ),
        table(
            "contingency",
            &["date", "account", "amount", "reason", "from", "show", "department"],
            draws.collect(),
        ),
        table("closed", &CLOSED, closed.collect()),
        table("baseline", &["task", "start", "end"], baseline.collect()),
        table(
            "actuals",
            &["date", "account", "show", "amount", "currency", "state", "person", "vendor", "task"],
            actuals.collect(),
        ),
        table(
            "commitments",
            &[
                "id",
                "account",
                "show",
                "vendor",
                "amount",
                "drawn",
                "accrued",
                "currency",
                "expected",
                "cancellable_from",
                "cancel_cost",
            ],
            commitments.collect(),
        ),
        table(
            "change_orders",
            &["id", "show", "state", "amount", "tasks", "date", "order", "days"],
            changes.collect(),
        ),
        table("payments", &["show", "share", "tied_to", "date", "terms_days"], payments.collect()),
        table(
            "incentives",
            &[
                "id",
                "place",
                "kind",
                "rate",
                "tiers",
                "eligible",
                "cap_share",
                "cap",
                "minimum",
                "net_of",
                "tax",
                "studio_share",
                "lag_months",
                "certainty",
                "valid_from",
                "valid_to",
            ],
            incentives.collect(),
        ),
        table("fx", &["currency", "rate", "from", "kind"], fx.collect()),
        table("time_logs", &["task", "person", "date", "time"], time_logs.collect()),
    ]
}

/// The columns of closed periods.
pub const CLOSED: [&str; 8] =
    ["period", "to", "account", "posted", "currency", "person", "rates", "day"];

/// The cells of a closed period.
pub fn closed_row(production: &Production, row: &Closed) -> Vec<String> {
    let none = String::new;
    let (period, to) = (row.period.clone(), row.to.to_string());
    match row.kept {
        Kept::Posted(account, day, currency, amount) => {
            let code = production.accounts.get(account).map_or(none(), |row| row.code.clone());
            let posted = money(amount, currency);
            let day = day.map_or(none(), |day| day.to_string());
            vec![period, to, code, posted, currency.to_string(), none(), none(), day]
        }
        Kept::Rates(person, sum) => {
            let person = production.people[person].code.clone();
            vec![period, to, none(), none(), none(), person, format!("{sum:016x}"), none()]
        }
    }
}

/// The cells of a booking: date, account, show, amount, currency, state, person, vendor, task.
pub fn actual(production: &Production, row: &Actual) -> [String; 9] {
    let account = production.accounts.get(row.account);
    // Without its own, a show of several would take the show of the folder.
    let show = row.show.map_or("-".to_owned(), |id| production.shows[id].code.clone());
    [
        row.date.to_string(),
        account.map_or(String::new(), |account| account.code.clone()),
        show,
        money(row.amount, row.currency),
        row.currency.to_string(),
        word(words::ACTUALS, row.state),
        row.person.map_or(String::new(), |id| production.people[id].code.clone()),
        row.vendor.map_or(String::new(), |id| production.vendors[id].code.clone()),
        row.task.map_or(String::new(), |id| production.tasks[id].code.clone()),
    ]
}

/// So many units of a pool: core-minutes as core-hours, to the minute.
fn units(kind: PoolKind, units: i64) -> String {
    match kind {
        PoolKind::Farm => decimal(round_half_even(i128::from(units) * 1_000, 60), 3),
        PoolKind::Licence | PoolKind::Desk => units.to_string(),
    }
}

fn pool_need(production: &Production, pool: PoolId, need: i64) -> String {
    let row = &production.pools[pool];
    format!("{}:{}", row.code, units(row.kind, need))
}

fn pools_table(production: &Production) -> Table {
    let home = production.settings.currency;
    let price = |price: FinePrice| decimal(price.0, home.decimals() + 3);
    let account = |id| production.accounts.get(id).map_or(String::new(), |row| row.code.clone());
    let rows = production.pools.iter().map(|row| {
        let capacity = row
            .capacity
            .iter()
            .map(|&(from, amount)| format!("{from} {}", units(row.kind, amount)));
        let needs = row.departments.iter().map(|&(id, need)| {
            format!("{}:{}", production.departments[id].code, units(row.kind, need))
        });
        vec![
            row.code.clone(),
            row.name.clone(),
            word(words::POOLS, row.kind),
            row.site.map_or(String::new(), |id| production.sites[id].code.clone()),
            row.show.map_or(String::new(), |id| production.shows[id].code.clone()),
            list(capacity),
            word(words::POOL_LIMITS, row.hard),
            price(row.unit_cost),
            row.overflow_price.map_or(String::new(), price),
            account(row.account),
            account(row.overflow_account),
            list(needs),
        ]
    });
    Table {
        name: "pools",
        columns: &[
            "id",
            "name",
            "kind",
            "site",
            "show",
            "capacity",
            "limit",
            "unit_cost",
            "overflow_price",
            "account",
            "overflow_account",
            "departments",
        ],
        rows: rows.collect(),
    }
}
