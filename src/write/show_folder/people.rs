//! Who is there: people, skills, contracts, leave, bookings.

use super::{Table, date, decimal, list, money, overtime, share, word, yes};
use crate::model::*;
use crate::read::words;
use jiff::civil::Date;

/// The tables.
pub(super) fn tables(production: &Production) -> Vec<Table> {
    vec![
        people(production),
        skills(production),
        contracts(production),
        leave(production),
        bookings(production),
    ]
}

fn people(production: &Production) -> Table {
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
            list(row.prefers.iter().map(|&preference| preferred(production, preference))),
            if row.placeholder { yes(true) } else { String::new() },
        ]
    });
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
            "prefers",
            "placeholder",
        ],
        rows: people.collect(),
    }
}

fn preferred(production: &Production, preference: Preference) -> String {
    match preference {
        Preference::Department(id) => format!("department:{}", production.departments[id].code),
        Preference::Show(id) => format!("show:{}", production.shows[id].code),
        Preference::Sequence(id) => format!("sequence:{}", production.sequences[id].code),
        Preference::Class(class) => format!("class:{}", word(words::CLASSES, class)),
    }
}

fn skills(production: &Production) -> Table {
    let department = |id: DepartmentId| production.departments[id].code.clone();
    let skills = production.people.iter().flat_map(|person| {
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
    Table {
        name: "skills",
        columns: &["person", "department", "tag", "level", "max_class"],
        rows: skills.collect(),
    }
}

fn contracts(production: &Production) -> Table {
    let contracts = production
        .people
        .iter()
        .flat_map(|person| person.contracts.iter().map(move |row| contract_row(person, row)));
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
            "overtime_cap_opted_out",
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
    }
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
        None => cells.extend((0..13).map(|_| String::new())),
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

fn leave(production: &Production) -> Table {
    let leave = production.people.iter().flat_map(|person| {
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
    Table {
        name: "leave",
        columns: &["person", "from", "to", "share", "status"],
        rows: leave.collect(),
    }
}

fn bookings(production: &Production) -> Table {
    let department = |id: DepartmentId| production.departments[id].code.clone();
    let bookings = production.people.iter().flat_map(|person| {
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
    }
}
