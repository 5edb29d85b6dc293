//! What there is to do: sequences, shots, assets, tasks, what waits for what, milestones.

use super::pools::pool_need;
use super::{
    Table, date, decimal, entity, list, minutes, money, number, rules, share, slots, word, yes,
};
use crate::model::*;
use crate::read::words;

/// The tables.
pub(super) fn tables(production: &Production) -> Vec<Table> {
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
