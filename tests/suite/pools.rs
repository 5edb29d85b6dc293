//! Render farm, licences and desks: what plans may use, what is beyond it costs, and how files say it.

mod exact;

use crate::support::planning::{Show, planned};
use crate::support::{listed, read, show};
use shotplan::explain::{self, Reason};
use shotplan::forecast::{self, PostingKind};
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::scenario::{self, Cap, Change};
use shotplan::solve;
use shotplan::verify::{self, Rule};

/// A pool of so many from the first day on.
pub fn pool(code: &str, kind: PoolKind, units: i64) -> Pool {
    let long_ago = jiff::civil::date(2000, 1, 1);
    Pool { capacity: vec![(long_ago, units * kind.unit())], ..Pool::new(code, kind) }
}

/// Four artists, four tasks of a day due on the first day, and `licences` of the program that all of them use.
fn four_for(licences: i64) -> Show {
    let mut show = Show::new(&["FX"]);
    for code in ["ada", "bo", "cy", "di"] {
        show.artist(code, 0);
        let shot = show.shot(code, 4);
        show.task(shot, 0, 4);
    }
    let mut houdini = pool("houdini", PoolKind::Licence, licences);
    houdini.departments = vec![(DepartmentId::new(0), 1)];
    show.production.pools.push(houdini);
    show
}

fn last_end(plan: &Plan) -> u32 {
    plan.assignments.iter().map(|row| row.end().0).max().unwrap_or(0)
}

#[test]
fn two_licences_let_two_of_four_work() {
    assert_eq!(last_end(&planned(&four_for(4).production, 50).plan), 4);
    assert_eq!(last_end(&planned(&four_for(2).production, 50).plan), 8);
    assert_eq!(last_end(&planned(&four_for(1).production, 50).plan), 16);
}

#[test]
fn without_a_licence_nothing_has_a_place() {
    let solved = planned(&four_for(0).production, 20);
    assert_eq!(solved.plan.unplaced.len(), 4);
}

#[test]
fn a_plan_with_one_licence_too_many_is_refused() {
    let mut show = four_for(4);
    let plan = planned(&show.production, 20).plan;
    assert!(verify::plan(&show.production, &plan).is_valid());
    show.production.pools[PoolId::new(0)].capacity[0].1 = 3;
    let verdict = verify::plan(&show.production, &plan);
    assert_eq!(verdict.violations.len(), 1);
    assert_eq!(verdict.violations[0].rule, Rule::Pools);
    assert_eq!(
        verdict.violations[0].to_string(),
        "pool houdini (pools): 4 licences are in use on 2027-01-04; there are 3"
    );
}

#[test]
fn what_is_beyond_a_soft_pool_is_paid_or_waited_for() {
    let mut show = four_for(2);
    let houdini = &mut show.production.pools[PoolId::new(0)];
    houdini.hard = false;
    houdini.overflow_price = Some(FinePrice(2_000_000)); // 20.00 a day
    // A day of lateness costs half of 340.00, another artist a quarter: two are rented.
    let solved = planned(&show.production, 50);
    assert_eq!((last_end(&solved.plan), solved.objective.technology), (4, Cents(4_000)));
    // At 200.00 they are not.
    show.production.pools[PoolId::new(0)].overflow_price = Some(FinePrice(20_000_000));
    let solved = planned(&show.production, 50);
    assert_eq!((last_end(&solved.plan), solved.objective.technology), (8, Cents::ZERO));
}

#[test]
fn a_farm_renders_so_much_a_day() {
    // Two tasks of a day and 510 core-hours each; the farm has 900 a day: the second begins a quarter
    // of a day later and renders the last quarter of its frames on the next day.
    let mut show = Show::new(&["LGT", "CMP"]);
    for (department, code) in ["ada", "bo"].into_iter().enumerate() {
        show.artist(code, department);
        let shot = show.shot(code, 4);
        show.task(shot, department, 4);
    }
    let mut farm = pool("farm", PoolKind::Farm, 900);
    farm.departments = [0, 1].map(|id| (DepartmentId::new(id), 600 * 60)).to_vec();
    show.production.pools.push(farm);
    // A bid of 408 minutes is 0.85 of a bid day.
    assert_eq!(show.production.pool_need(TaskId::new(0), PoolId::new(0)), 510 * 60);
    let solved = planned(&show.production, 50);
    let starts: Vec<u32> = solved.plan.assignments.iter().map(|row| row.start().0).collect();
    assert!(starts == [0, 1] || starts == [1, 0], "{starts:?}");
}

#[test]
fn somebody_who_shares_a_day_between_two_shows_sits_at_one_desk() {
    let mut show = Show::new(&["CMP"]);
    let ada = show.artist("ada", 0);
    let other = show.production.shows.push(shotplan::model::Show::new("other", CalendarId::new(0)));
    let (from, to) = (jiff::civil::date(2027, 1, 4), jiff::civil::date(2027, 3, 26));
    for booked in [show.show, other] {
        show.production.people[ada].bookings.push(Booking {
            show: booked,
            department: None,
            from,
            to,
            share: 5_000,
            state: BookingState::Confirmed,
            probability: 10_000,
            cancelled: None,
            source: Source::default(),
        });
    }
    let shot = show.shot("a", 20);
    show.task(shot, 0, 4);
    let mut task = Task::new("b", Entity::Show(other), DepartmentId::new(0), 408);
    task.due = Some(to);
    show.production.tasks.push(task);
    show.production.pools.push(pool("desks", PoolKind::Desk, 1));
    let solved = planned(&show.production, 50);
    assert!(solved.plan.unplaced.is_empty());
    assert!(last_end(&solved.plan) <= 9, "half days side by side: {:?}", solved.plan);
    // Two licences would be needed.
    show.production.pools[PoolId::new(0)].kind = PoolKind::Licence;
    show.production.pools[PoolId::new(0)].departments = vec![(DepartmentId::new(0), 1)];
    let solved = planned(&show.production, 50);
    assert!(last_end(&solved.plan) > 12);
}

const FILES: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    currency = 'GBP'
    --- people.csv
    id,department
    ann,FX
    bob,LGT
    --- pools.csv
    id,kind,capacity,unit_cost,overflow_price,departments
    houdini,licence,1; 2027-02-01 2,18,30,FX
    farm,farm,2400,0.02,0.045,LGT:150; FX:60.5
    --- tasks.csv
    id,shot,department,bid,pools
    a,010_0010,FX,4d,
    b,010_0010,LGT,2d,farm:1000; houdini
    c,010_0020,FX,1d,houdini:0
";

#[test]
fn files_say_what_there_is_and_what_is_needed() {
    let production = show(FILES);
    let [houdini, farm] = [PoolId::new(0), PoolId::new(1)];
    let rows = &production.pools;
    assert!(!rows[houdini].hard);
    assert_eq!(rows[houdini].capacity_on(jiff::civil::date(2027, 2, 1)), 2);
    assert_eq!(rows[houdini].overflow_cost(2), Cents(6_000));
    assert_eq!(rows[farm].capacity_on(production.settings.as_of), 2_400 * 60);
    assert_eq!(production.accounts[rows[farm].account].code, "40-01");
    assert_eq!(production.accounts[rows[farm].overflow_account].code, "40-02");
    assert_eq!(production.accounts[rows[houdini].overflow_account].code, "40-03");
    let need = |task: usize, pool| production.pool_need(TaskId::new(task), pool);
    assert_eq!([need(0, houdini), need(1, houdini), need(2, houdini)], [1, 1, 0]);
    assert_eq!([need(0, farm), need(1, farm), need(2, farm)], [4 * 3_630, 60_000, 3_630]);
    planned(&production, 30);
}

#[test]
fn a_written_folder_has_the_same_pools() {
    let production = show(FILES);
    let folder = tempfile::tempdir().expect("a folder");
    shotplan::write::show_folder::write(&production, folder.path()).expect("written");
    let again =
        shotplan::read::load(folder.path()).expect("read").production.expect("a production");
    assert_eq!(again.pools.len(), 2);
    for (old, new) in production.pools.iter().zip(&again.pools) {
        assert_eq!(&Pool { source: old.source, ..new.clone() }, old);
    }
    for (old, new) in production.tasks.iter().zip(&again.tasks) {
        assert_eq!(old.pools, new.pools);
    }
}

#[test]
fn everything_wrong_with_pools_is_said_at_once() {
    let reading = read(
        "
        --- people.csv
        id,department
        ann,FX
        --- pools.csv
        id,kind,site,capacity,limit,unit_cost,overflow_price,departments
        houdini,licence,paris,four,,,,FX
        houdini,licence,,4,,,,
        nuke,program,,3,,,,FX:1; FX:2
        farm,farm,,100; 200,,EUR 3,,LGT
        desks,desk,,-3,,,,
        --- tasks.csv
        id,shot,department,bid,pools
        a,010_0010,FX,4d,houdni:1
        b,010_0010,FX,2d,farm
        ",
    );
    insta::assert_snapshot!(listed(&reading));
}

/// Sum of the ledger's postings of a kind.
fn posted(forecast: &shotplan::forecast::Forecast, kind: PostingKind) -> Cents {
    forecast.sum_of(kind)
}

#[test]
fn what_there_is_and_what_is_beyond_it_is_posted_once() {
    let mut show = four_for(2);
    let houdini = &mut show.production.pools[PoolId::new(0)];
    houdini.hard = false;
    houdini.overflow_price = Some(FinePrice(2_000_000));
    houdini.unit_cost = FinePrice(1_500_500); // 15.005 a day
    let solved = planned(&show.production, 50);
    let forecast = forecast::of(&show.production, &solved.plan);
    assert_eq!(forecast::reconcile(&forecast, &show.production, &solved.plan), Ok(()));
    // All four work on the first day and never again: two licences are there, two are rented.
    assert_eq!(posted(&forecast, PostingKind::Pool), Cents(3_001));
    assert_eq!(posted(&forecast, PostingKind::Overflow), Cents(4_000));
    let [week] = forecast.pools.as_slice() else { panic!("{:?}", forecast.pools) };
    assert_eq!((week.used, week.there, week.most, week.beyond), (4, 2, 4, 2));
}

#[test]
fn the_ledger_has_the_overflow_of_the_objective() {
    for seed in 0..20 {
        let mut production = show(FILES);
        production.settings.seed = seed;
        for (id, task) in production.tasks.iter_mut().enumerate() {
            task.bid = 480 + 240 * ((seed as i64 + id as i64) % 5);
            (task.estimate, task.due) = (task.bid, Some(jiff::civil::date(2027, 1, 6)));
        }
        for row in production.pools.iter_mut() {
            row.capacity = vec![(row.capacity[0].0, row.kind.unit() * (seed as i64 % 3) * 40)];
        }
        let solved = planned(&production, 40);
        let forecast = forecast::of(&production, &solved.plan);
        assert_eq!(forecast::reconcile(&forecast, &production, &solved.plan), Ok(()));
        assert_eq!(posted(&forecast, PostingKind::Overflow), solved.objective.technology);
    }
}

#[test]
fn a_scenario_sets_what_there_is_from_day_to_day_and_is_undone() {
    let before = show(FILES);
    let date = |day| jiff::civil::date(2027, 1, day);
    let cap = Cap::Pool(PoolId::new(0), 5, date(11), Some(date(15)));
    let mut after = scenario::apply(&before, &[Change::SetCap(cap)]);
    let delta = scenario::Delta::between(&before, &after);
    let houdini = &after.pools[PoolId::new(0)];
    let capacity = [8, 11, 15, 16].map(|day| houdini.capacity_on(date(day)));
    assert_eq!(capacity, [1, 5, 5, 1]);
    let told = delta.differences(&after);
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].object.as_str(), told[0].field), ("pool houdini", "capacity"));
    delta.undo(&mut after);
    assert_eq!(after, before);
}

#[test]
fn who_waits_for_a_licence_is_told_so() {
    let mut show = Show::new(&["LGT", "CMP"]);
    for (department, code) in ["ada", "bo"].into_iter().enumerate() {
        show.artist(code, department);
        let shot = show.shot(code, 4);
        show.task(shot, department, 4);
    }
    let mut nuke = pool("nuke", PoolKind::Licence, 1);
    nuke.departments = [0, 1].map(|id| (DepartmentId::new(id), 1)).to_vec();
    show.production.pools.push(nuke);
    let solved = planned(&show.production, 50);
    let reasons = explain::reasons(&show.production, &solved);
    let waits = reasons.iter().filter(|reason| **reason == Reason::WaitsForPool(PoolId::new(0)));
    assert_eq!(waits.count(), 1, "{reasons:?}");
}

#[test]
fn one_more_licence_is_worth_the_lateness_it_saves() {
    // Four artists with five days of work each, due after a week of 4.25 bid days; two licences.
    let mut show = four_for(2);
    for task in show.production.tasks.iter_mut() {
        (task.bid, task.estimate) = (5 * 408, 5 * 408);
    }
    for shot in show.production.shots.iter_mut() {
        shot.due = Some(jiff::civil::date(2027, 1, 8));
    }
    let prices = solve::prices(&show.production, Mode::NoOvertime, 5).expect("solved");
    let first = prices.pools.first().expect("a price");
    assert_eq!(first.pool, PoolId::new(0));
    let (least, most) = (first.one_more, first.one_less.expect("two are there"));
    assert!(least > 0.0 && least <= first.dual * 1.001 && first.dual <= most * 1.001, "{first:?}");
}

#[test]
fn one_more_core_is_worth_the_lateness_it_saves() {
    // The same with a farm: a bid day renders what 24/0.85 hours of a core do, so that an artist keeps one core busy,
    // and there are two for four artists.
    let mut show = four_for(4);
    for task in show.production.tasks.iter_mut() {
        (task.bid, task.estimate) = (5 * 408, 5 * 408);
    }
    for shot in show.production.shots.iter_mut() {
        shot.due = Some(jiff::civil::date(2027, 1, 8));
    }
    let mut farm = pool("farm", PoolKind::Farm, 2 * 24);
    farm.departments = vec![(DepartmentId::new(0), 24 * 60 * 100 / 85)];
    show.production.pools[PoolId::new(0)] = farm;
    let prices = solve::prices(&show.production, Mode::NoOvertime, 5).expect("solved");
    let first = prices.pools.first().expect("a price");
    let (least, most) = (first.one_more, first.one_less.expect("two are there"));
    assert!(least > 0.0 && least <= first.dual * 1.001 && first.dual <= most * 1.001, "{first:?}");
    // With six there is more than enough, and no price.
    show.production.pools[PoolId::new(0)].capacity[0].1 = 6 * 24 * 60;
    let enough = solve::prices(&show.production, Mode::NoOvertime, 5).expect("solved");
    assert!(enough.pools.is_empty(), "{:?}", enough.pools);
}

#[test]
fn a_generated_show_with_pools_is_planned_judged_and_written() {
    let recipe = Recipe {
        archetype: Archetype::Commercial,
        seed: 2,
        tightness: Tightness::Tight,
        as_of_percent: 0,
        dirt: false,
    };
    let mut production = generate::production(&recipe);
    assert!(production.pools.is_empty());
    generate::add_pools(&mut production);
    assert!(production.pools.len() >= 3);
    assert!(shotplan::check::production(&production).iter().all(|issue| issue.code != "V06"));
    let solved = planned(&production, 60);
    let forecast = forecast::of(&production, &solved.plan);
    assert_eq!(forecast::reconcile(&forecast, &production, &solved.plan), Ok(()));
    assert!(posted(&forecast, PostingKind::Pool) > Cents::ZERO);
    assert_eq!(posted(&forecast, PostingKind::Overflow), solved.objective.technology);
    assert!(forecast.pools.iter().any(|week| week.used > 0));
}
