//! Pools of a made-up show: a render farm with cloud behind it, and licences of three programs.

use crate::model::*;
use jiff::civil::{Date, date};

/// Capacities hold from here on.
const FROM: Date = date(2000, 1, 1);

/// Core-hours that a bid day of work renders.
const RENDERED: [(&str, i64); 6] =
    [("LGT", 220), ("FX", 160), ("CFX", 90), ("CRD", 90), ("ENV", 60), ("CMP", 40)];

/// Licences of a program.
struct Program {
    code: &'static str,
    name: &'static str,
    users: &'static [&'static str],
    /// Licences for so many of a hundred users.
    percent: i64,
    /// What one costs a day, in hundredths of a currency unit.
    cost: i64,
    /// What one is rented for a day; 0 = none is rented.
    rent: i64,
}

const PROGRAMS: [Program; 3] = [
    Program {
        code: "houdini",
        name: "Houdini",
        users: &["FX", "CFX"],
        percent: 75,
        cost: 1_800,
        rent: 3_500,
    },
    Program {
        code: "nuke",
        name: "Nuke",
        users: &["CMP", "ROTO", "PREP"],
        percent: 90,
        cost: 1_500,
        rent: 2_800,
    },
    Program {
        code: "maya",
        name: "Maya",
        users: &["MOD", "RIG", "LAY", "ANI"],
        percent: 100,
        cost: 700,
        rent: 0,
    },
];

/// Adds a farm and licences that are sometimes scarce, in proportion to the people of each department.
/// Nothing is drawn: the same show has the same pools.
pub fn add_pools(production: &mut Production) {
    let heads = |production: &Production, department: DepartmentId| {
        let own = production
            .people
            .ids()
            .filter(|id| production.home_department(*id) == Some(department));
        own.count() as i64
    };
    let departments = |production: &Production, codes: &[&str]| -> Vec<DepartmentId> {
        let rows = production.departments.enumerate();
        rows.filter(|(_, row)| codes.contains(&row.code.as_str())).map(|(id, _)| id).collect()
    };
    let account = |production: &Production, code: &str| {
        let mut rows = production.accounts.enumerate();
        rows.find(|(_, row)| row.code == code).map_or(AccountId::new(0), |(id, _)| id)
    };
    let mut farm = Pool::new("farm", PoolKind::Farm);
    farm.name = "Render farm".to_owned();
    let mut a_day = 0;
    for (code, hours) in RENDERED {
        for id in departments(production, &[code]) {
            farm.departments.push((id, hours * 60));
            a_day += heads(production, id) * hours;
        }
    }
    // Seven tenths of what all of them together render on a day.
    farm.capacity = vec![(FROM, a_day * 60 * 7 / 10)];
    farm.hard = false;
    farm.unit_cost = FinePrice(1_200); // 1.2 hundredths a core-hour
    farm.overflow_price = Some(FinePrice(4_500));
    farm.account = account(production, PoolKind::Farm.usual_account());
    farm.overflow_account = account(production, PoolKind::Farm.usual_overflow_account());
    if !farm.departments.is_empty() {
        production.pools.push(farm);
    }
    for Program { code, name, users, percent, cost, rent } in PROGRAMS {
        let users = departments(production, users);
        let people: i64 = users.iter().map(|&id| heads(production, id)).sum();
        if people == 0 {
            continue;
        }
        let account = account(production, PoolKind::Licence.usual_account());
        production.pools.push(Pool {
            name: name.to_owned(),
            capacity: vec![(FROM, (people * percent / 100).max(1))],
            hard: rent == 0,
            unit_cost: FinePrice(cost * 1_000),
            overflow_price: (rent > 0).then_some(FinePrice(rent * 1_000)),
            account,
            overflow_account: account,
            departments: users.into_iter().map(|id| (id, 1)).collect(),
            ..Pool::new(code, PoolKind::Licence)
        });
    }
}
