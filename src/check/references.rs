//! V02 and V03: what refers to nothing, and what there is twice.

use super::facts::Facts;
use crate::model::{Entity, Id, Issue, Keyed, Production, Source};
use std::collections::HashMap;

/// V02: ids that no table has. The reader resolves names, so this speaks for productions that were
/// put together by a program.
pub(super) fn unknown(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut check = |there: bool, object: &dyn Fn() -> String, field: &str, source: Source| {
        if !there {
            let message = format!("its {field} stands in no table of the production");
            let issue = Issue::error("V02", object(), message)
                .field(field)
                .help(format!("add the {field}, or take the reference out"));
            issues.push(facts.at(issue, source));
        }
    };
    for row in &p.sites {
        check(
            has(&p.calendars, row.calendar),
            &|| format!("site {}", row.code),
            "calendar",
            row.source,
        );
    }
    for row in &p.departments {
        let object = || format!("department {}", row.code);
        check(has(&p.accounts, row.account), &object, "account", row.source);
    }
    for row in &p.people {
        let object = || format!("person {}", row.code);
        check(has(&p.sites, row.site), &object, "site", row.source);
        for skill in &row.skills {
            check(has(&p.departments, skill.department), &object, "department", row.source);
        }
        for show in &row.shows {
            check(has(&p.shows, *show), &object, "shows", row.source);
        }
        for booking in &row.bookings {
            check(has(&p.shows, booking.show), &object, "show", booking.source);
            let department = booking.department.is_none_or(|id| has(&p.departments, id));
            check(department, &object, "department", booking.source);
        }
    }
    for row in &p.hiring {
        let object = || format!("terms of hire {}", row.code);
        check(has(&p.departments, row.department), &object, "department", row.source);
        check(has(&p.sites, row.site), &object, "site", row.source);
    }
    for row in &p.moves {
        let object = || format!("terms of a move {}", row.code);
        for (department, field) in [(row.from, "from"), (row.to, "to")] {
            let there = department.is_none_or(|id| has(&p.departments, id));
            check(there, &object, field, row.source);
        }
        check(row.site.is_none_or(|id| has(&p.sites, id)), &object, "site", row.source);
        check(row.show.is_none_or(|id| has(&p.shows, id)), &object, "show", row.source);
        let there = row.people.iter().all(|id| has(&p.people, *id));
        check(there, &object, "people", row.source);
        check(has(&p.accounts, row.account), &object, "account", row.source);
    }
    for row in &p.vendors {
        let there = row.departments.iter().all(|id| has(&p.departments, *id));
        check(there, &|| format!("vendor {}", row.code), "departments", row.source);
    }
    for row in &p.pools {
        let object = || format!("pool {}", row.code);
        check(row.site.is_none_or(|id| has(&p.sites, id)), &object, "site", row.source);
        check(row.show.is_none_or(|id| has(&p.shows, id)), &object, "show", row.source);
        check(has(&p.accounts, row.account), &object, "account", row.source);
        let overflow = has(&p.accounts, row.overflow_account);
        check(overflow, &object, "overflow_account", row.source);
        let there = row.departments.iter().all(|(id, _)| has(&p.departments, *id));
        check(there, &object, "departments", row.source);
    }
    for row in &p.shows {
        check(
            has(&p.calendars, row.calendar),
            &|| format!("show {}", row.code),
            "calendar",
            row.source,
        );
    }
    for row in &p.sequences {
        check(has(&p.shows, row.show), &|| format!("sequence {}", row.code), "show", row.source);
    }
    for row in &p.shots {
        check(
            has(&p.sequences, row.sequence),
            &|| format!("shot {}", row.code),
            "sequence",
            row.source,
        );
    }
    for row in &p.assets {
        let object = || format!("asset {}", row.code);
        check(has(&p.shows, row.show), &object, "show", row.source);
        check(row.used_by.iter().all(|id| has(&p.shots, *id)), &object, "used_by", row.source);
    }
    for row in &p.tasks {
        let object = || format!("task {}", row.code);
        check(has_entity(p, row.entity), &object, row.entity.kind(), row.source);
        check(has(&p.departments, row.department), &object, "department", row.source);
        check(row.assigned.iter().all(|id| has(&p.people, *id)), &object, "assigned", row.source);
        check(row.vendor.is_none_or(|id| has(&p.vendors, id)), &object, "vendor", row.source);
        check(row.account.is_none_or(|id| has(&p.accounts, id)), &object, "account", row.source);
        check(row.pools.iter().all(|(id, _)| has(&p.pools, *id)), &object, "pools", row.source);
    }
    for row in &p.dependencies {
        let object = || "dependency".to_owned();
        check(has(&p.tasks, row.from), &object, "from", row.source);
        check(has(&p.tasks, row.to), &object, "to", row.source);
    }
    for row in &p.milestones {
        let object = || format!("milestone {}", row.code);
        check(has(&p.shows, row.show), &object, "show", row.source);
        check(row.contents.iter().all(|id| has_entity(p, *id)), &object, "contents", row.source);
    }
    for row in &p.budget {
        let object = || "budget line".to_owned();
        check(has(&p.accounts, row.account), &object, "account", row.source);
        check(row.show.is_none_or(|id| has(&p.shows, id)), &object, "show", row.source);
        let is_there = row.department.is_none_or(|id| has(&p.departments, id));
        check(is_there, &object, "department", row.source);
    }
    for row in &p.actuals {
        let object = || format!("actual of {}", row.date);
        check(has(&p.accounts, row.account), &object, "account", row.source);
        check(row.show.is_none_or(|id| has(&p.shows, id)), &object, "show", row.source);
        check(row.person.is_none_or(|id| has(&p.people, id)), &object, "person", row.source);
        check(row.vendor.is_none_or(|id| has(&p.vendors, id)), &object, "vendor", row.source);
        check(row.task.is_none_or(|id| has(&p.tasks, id)), &object, "task", row.source);
    }
    for row in &p.commitments {
        let object = || format!("commitment {}", row.code);
        check(has(&p.accounts, row.account), &object, "account", row.source);
        check(row.show.is_none_or(|id| has(&p.shows, id)), &object, "show", row.source);
        check(row.vendor.is_none_or(|id| has(&p.vendors, id)), &object, "vendor", row.source);
    }
    for row in &p.change_orders {
        let object = || format!("change order {}", row.code);
        check(has(&p.shows, row.show), &object, "show", row.source);
        check(row.tasks.iter().all(|id| has(&p.tasks, *id)), &object, "tasks", row.source);
        check(row.order.is_none_or(|id| id < p.commitments.len()), &object, "order", row.source);
    }
    for row in &p.payments {
        check(has(&p.shows, row.show), &|| "payment step".to_owned(), "show", row.source);
    }
    for row in &p.time_logs {
        let object = || format!("time log of {}", row.date);
        check(has(&p.tasks, row.task), &object, "task", row.source);
        check(has(&p.people, row.person), &object, "person", row.source);
    }
}

fn has<I: Id, T>(table: &Keyed<I, T>, id: I) -> bool {
    table.get(id).is_some()
}

fn has_entity(production: &Production, entity: Entity) -> bool {
    match entity {
        Entity::Shot(id) => has(&production.shots, id),
        Entity::Asset(id) => has(&production.assets, id),
        Entity::Sequence(id) => has(&production.sequences, id),
        Entity::Show(id) => has(&production.shows, id),
    }
}

/// V03: two things of one kind with the same id. Shots, assets and sequences may have the same id
/// in different shows.
pub(super) fn duplicates(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut check = |kind: &str, rows: &mut dyn Iterator<Item = (usize, &str, Source)>| {
        let mut first: HashMap<(usize, &str), Source> = HashMap::new();
        for (within, code, source) in rows {
            let Some(before) = first.insert((within, code), source) else { continue };
            let place = match before.line {
                0 => String::new(),
                line => format!(" (first on line {line})"),
            };
            let message = format!("there is another {kind} with the id `{code}`{place}");
            let issue = Issue::error("V03", format!("{kind} {code}"), message)
                .field("id")
                .value(code)
                .help("give one of them another id, or delete the row that is there twice");
            issues.push(facts.at(issue, source));
        }
    };
    check("calendar", &mut p.calendars.iter().map(|row| (0, &*row.code, row.source)));
    check("site", &mut p.sites.iter().map(|row| (0, &*row.code, row.source)));
    check("department", &mut p.departments.iter().map(|row| (0, &*row.code, row.source)));
    check("account", &mut p.accounts.iter().map(|row| (0, &*row.code, row.source)));
    check("person", &mut p.people.iter().map(|row| (0, &*row.code, row.source)));
    check("vendor", &mut p.vendors.iter().map(|row| (0, &*row.code, row.source)));
    check("pool", &mut p.pools.iter().map(|row| (0, &*row.code, row.source)));
    check("terms of hire", &mut p.hiring.iter().map(|row| (0, &*row.code, row.source)));
    check("terms of a move", &mut p.moves.iter().map(|row| (0, &*row.code, row.source)));
    check("show", &mut p.shows.iter().map(|row| (0, &*row.code, row.source)));
    let show_of = |entity| p.show_of(entity).index();
    check(
        "sequence",
        &mut p.sequences.iter().map(|row| (row.show.index(), &*row.code, row.source)),
    );
    check(
        "shot",
        &mut p
            .shots
            .enumerate()
            .map(|(id, row)| (show_of(Entity::Shot(id)), &*row.code, row.source)),
    );
    check("asset", &mut p.assets.iter().map(|row| (row.show.index(), &*row.code, row.source)));
    check("task", &mut p.tasks.iter().map(|row| (show_of(row.entity), &*row.code, row.source)));
    check(
        "milestone",
        &mut p.milestones.iter().map(|row| (row.show.index(), &*row.code, row.source)),
    );
    check(
        "change order",
        &mut p.change_orders.iter().map(|row| (row.show.index(), &*row.code, row.source)),
    );
}
