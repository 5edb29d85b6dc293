//! `crew-for` as a whole against every mix of tiny shows: who is hired and for how long, what goes out, who moves.
//! Each mix is planned task by task, as the command plans its own; the cheapest that makes the date is the best
//! there is.

use super::Dice;
use crate::support::show;
use jiff::civil::{Date, date};
use shotplan::compare::{Bill, Goal, Options, Tried, crew_for, purchases};
use shotplan::model::*;
use shotplan::scenario::{Change, apply};
use shotplan::solve::Limit;
use shotplan::solve::levers::{Bought, Hire, Moved, Order};

const OPTIONS: Options =
    Options { mode: Mode::NoOvertime, seed: 1, threads: 1, limit: Limit::Steps(20) };

/// A compositor with too much to do, and two or three of these: somebody to hire, a vendor, somebody to move.
fn text(seed: u64) -> String {
    let mut dice = Dice(seed * 57 + 11);
    let mut show = String::from(
        "--- show.toml\n[settings]\nas_of = 2027-01-04\nhorizon_end = 2027-06-30\nproductive = \"100%\"\ncurrency = \"GBP\"\n",
    );
    show.push_str("--- tasks.csv\nid,shot,department,days\n");
    for number in 0..3 + dice.below(2) {
        show.push_str(&format!("c{number},010_{number:02}0,CMP,{}\n", 2 + dice.below(4)));
    }
    if dice.below(2) == 0 {
        show.push_str("r,010_900,ROTO,2\n");
    }
    show.push_str("--- people.csv\nname,department\nAnn,CMP\nIra,ROTO\n");
    show.push_str("--- contracts.csv\nperson,kind,start,rate,burden\n");
    show.push_str("Ann,staff,2020-01-01,300,0%\nIra,staff,2020-01-01,200,0%\n");
    let without = dice.below(4);
    let heads = if without == 0 { 0 } else { 2 };
    let (rate, weeks, start) = (250 + dice.below(6) * 50, 1 + dice.below(2), dice.below(4) * 100);
    show.push_str(&format!(
        "--- hiring.csv\ndepartment,rate,burden,lead_days,min_weeks,ramp,max_heads,onboarding\nCMP,{rate},0%,0,{weeks},none,{heads},{start}\n"
    ));
    if without != 1 {
        let (price, least) = (150 + dice.below(9) * 50, dice.below(3) * 600);
        show.push_str(&format!(
            "--- vendors.csv\nid,departments,day_price,minimum_order,supervision,lead_days\nhouse,CMP,{price},{least},10%,5;5;5;5\n"
        ));
    }
    if without != 2 {
        let cost = 50 + dice.below(5) * 100;
        show.push_str(&format!(
            "--- moves.csv\nfrom,to,level,lead_days,ramp,cost\nROTO,CMP,80%,0,none,{cost}\n"
        ));
    }
    show.push_str("--- milestones.csv\nid,kind,date,contents\nfinal,final,2027-03-26,010\n");
    show
}

/// Hires of one or two people from one of the first Mondays to a Sunday, if anybody may be hired.
fn hires(production: &Production, by: Date) -> Vec<Vec<Hire>> {
    let department = DepartmentId::new(0);
    let mut all = vec![Vec::new()];
    let Some(terms) = production.hire_terms(department).into_iter().next() else { return all };
    for heads in 1..=terms.most.min(2) {
        for from in [date(2027, 1, 4), date(2027, 1, 11)] {
            for weeks in i64::from(terms.min_weeks.max(1))..=3 {
                let to = from.saturating_add(jiff::Span::new().days(7 * weeks - 1));
                let is_longer = to > by.saturating_add(jiff::Span::new().days(7));
                if from <= by && (!is_longer || weeks == i64::from(terms.min_weeks)) {
                    all.push(vec![Hire { department, terms: 0, heads, from, to }]);
                }
            }
        }
    }
    all
}

/// Every set of tasks for the vendor, if there is one.
fn orders(production: &Production) -> Vec<Vec<Order>> {
    let comp = production.tasks.enumerate().filter(|(_, task)| task.department.index() == 0);
    let comp: Vec<TaskId> = comp.map(|(id, _)| id).collect();
    let Some(vendor) = production.vendors.ids().next() else { return vec![Vec::new()] };
    let set = |bits: u32| -> Vec<TaskId> {
        comp.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, id)| *id).collect()
    };
    let order = |bits: u32| match set(bits) {
        tasks if tasks.is_empty() => Vec::new(),
        tasks => vec![Order { vendor, tasks }],
    };
    (0..1 << comp.len()).map(order).collect()
}

fn moves(production: &Production, by: Date) -> Vec<Vec<Moved>> {
    let mut all = vec![Vec::new()];
    let Some(_) = production.moves.first() else { return all };
    let ira = production.people.enumerate().find(|(_, row)| row.code == "Ira").expect("Ira").0;
    for weeks in 1..=3 {
        let (from, to) = (date(2027, 1, 4), date(2027, 1, 3 + 7 * weeks));
        if weeks == 1 || to <= by.saturating_add(jiff::Span::new().days(7)) {
            all.push(vec![Moved { person: ira, terms: 0, from, to }]);
        }
    }
    all
}

/// The cheapest mix that makes the date, planned in detail.
fn best(production: &Production, base: &Tried, goal: &Goal, by: Date) -> Option<(Cents, Bought)> {
    let mut best: Option<(Cents, Bought)> = None;
    for hires in hires(production, by) {
        for orders in orders(production) {
            for moves in moves(production, by) {
                let (hires, orders) = (hires.clone(), orders.clone());
                let bought = Bought { hires, orders, moves, ..Bought::default() };
                let mut changes = purchases(production, &bought);
                let milestone = goal.milestone;
                changes.push(Change::MoveDate { milestone, date: by, hard: true });
                let tried = Tried::unproven(apply(production, &changes), &OPTIONS, &());
                let tried = tried.expect("a plan");
                if tried.finish(goal).is_none_or(|finish| finish > by) {
                    continue;
                }
                let cost = Bill::of(base, &tried, &bought, Date::MAX).total();
                if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                    best = Some((cost, bought));
                }
            }
        }
    }
    best
}

#[test]
fn what_crew_for_buys_is_the_cheapest_mix_or_near_it() {
    let is_slow = std::env::var_os("SHOTPLAN_SLOW").is_some();
    let (mut made, mut found_all, mut same, mut more, mut least) = (0, 0, 0, 0.0, 0.0);
    for seed in 0..if is_slow { 400 } else { 40 } {
        let production = show(&text(seed));
        let milestone = production.milestones.ids().next().expect("one");
        let goal = Goal::of(&production, milestone);
        let base = Tried::unproven(production.clone(), &OPTIONS, &()).expect("a plan");
        let finish = base.finish(&goal).expect("all is placed");
        let by = goal.shifted(&production, finish, -2 - (seed % 5) as i64);
        let found = crew_for(&production, milestone, by, &OPTIONS, &()).expect("planned");
        let Some((cost, bought)) = best(&production, &base, &goal, by) else {
            // What no mix makes, only other stays than those tried here can.
            continue;
        };
        made += 1;
        let Some(told) = found.best else {
            println!("seed {seed} by {by}: nothing found, {cost:?} makes it: {bought:?}");
            continue;
        };
        found_all += 1;
        let told = &found.rounds[told];
        assert!(told.planned.is_some_and(|finish| finish <= by), "seed {seed}");
        let (told_cost, cost) = (told.bill.total().0 as f64, cost.0 as f64);
        if told_cost <= cost + 1.0 {
            same += 1;
        } else {
            println!(
                "seed {seed} by {by}: {told_cost} {:?}\n   best {cost} {bought:?}",
                told.bought
            );
            more += told_cost - cost;
        }
        least += cost.max(0.0);
    }
    println!(
        "{made} can be made, {found_all} are, {same} at the least cost; {more} more of {least}"
    );
    assert!(made > 20 && found_all * 100 >= made * 97, "{found_all} of {made}");
    assert!(same * 10 >= made * 8 && more <= 0.1 * least, "{same} of {made}: {more} of {least}");
}
