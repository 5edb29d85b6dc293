//! Work sent out, on tiny shows: money by hand, and the best plan of every order and every artist.

use crate::support::planning::{Show, planned_in};
use jiff::civil::{Date, date};
use rand::{RngExt, SeedableRng};
use shotplan::compare::{Options, outsource};
use shotplan::model::*;
use shotplan::scenario::{Change, apply};
use shotplan::solve::Limit;
use shotplan::solve::levers::Asking;
use shotplan::verify;

const MONDAY: Date = date(2027, 1, 4);

/// Up to four tasks for two artists, and two vendors who take work of compositing. Dates are so near that nothing
/// is done too early.
fn tiny(seed: u64) -> Show {
    let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(seed + 70_000);
    let mut show = Show::new(&["ANI", "CMP"]);
    for code in ["ada", "bo"] {
        let person = show.artist(code, 0);
        let person = &mut show.production.people[person];
        person.skills.push(Skill { department: DepartmentId::new(1), ..person.skills[0].clone() });
        person.overtime_allowed = false;
    }
    let mut last = None;
    for number in 0..random.random_range(2..=4) {
        let shot = show.shot(&format!("s{number}"), random.random_range(8..=16));
        let task = show.task(shot, number % 2, random.random_range(1..=12));
        if let Some(last) = last
            && random.random_range(0..3) == 0
        {
            show.after(last, task);
        }
        last = Some(task);
    }
    for code in ["near", "far"] {
        let mut vendor = Vendor::new(code, DepartmentId::new(1));
        vendor.currency = show.production.settings.currency;
        // A whole number of pennies for each minute of a bid day of 480.
        vendor.day_price = Cents(480 * 10 * random.random_range(1..=9));
        vendor.minimum_order = Cents(1_000 * random.random_range(0..=60));
        vendor.supervision = 100 * random.random_range(0..=20);
        vendor.lead_days = [random.random_range(1..=6); 4];
        if random.random_range(0..3) == 0 {
            vendor.cleared_from = Some(date(2027, 1, 11));
        }
        show.production.vendors.push(vendor);
    }
    show
}

/// The last day of so many working days, Monday to Friday, from a day on.
fn last_of(from: Date, days: u32) -> Date {
    let (mut day, mut left) = (from, days);
    loop {
        left -= u32::from(day.weekday().to_monday_zero_offset() < 5);
        if left == 0 {
            return day;
        }
        day = day.tomorrow().expect("not the end of time");
    }
}

fn worked(slot: u32) -> bool {
    slot / 4 % 7 < 5
}

/// A piece of work from the first worked slot on.
fn piece(from: u32, slots: u32) -> (u32, u32) {
    let start = (from..).find(|&slot| worked(slot)).expect("a working day");
    let (mut at, mut left) = (start, slots);
    while left > 0 {
        left -= u32::from(worked(at));
        at += 1;
    }
    (start, at)
}

/// Least objective over every order and every choice of artists; vendors begin as soon as they may.
fn exact(production: &Production) -> Cents {
    let tasks = production.tasks.len();
    let mut best = Cents(i64::MAX);
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..tasks {
        let longer = orders.iter().flat_map(|order| {
            let rest = (0..tasks).filter(|task| !order.contains(task));
            rest.map(|task| [&order[..], &[task]].concat())
        });
        orders = longer.collect();
    }
    for order in &orders {
        for choice in 0..1_usize << tasks {
            let is_idle = |task: usize| {
                choice >> task & 1 == 1 && production.tasks[TaskId::new(task)].vendor.is_some()
            };
            if (0..tasks).any(is_idle) {
                continue; // an artist of what a vendor does is no choice
            }
            let Some(plan) = place(production, order, choice) else { continue };
            let verdict = verify::plan(production, &plan);
            assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
            let multipliers = Weights::default().multipliers(Mode::NoOvertime);
            best = best.min(verdict.objective.total(&multipliers));
        }
    }
    best
}

fn place(production: &Production, order: &[usize], choice: usize) -> Option<Plan> {
    let mut end = vec![None; order.len()];
    let mut free = [0_u32; 2];
    let mut plan = Plan::default();
    for &task in order {
        let id = TaskId::new(task);
        let row = &production.tasks[id];
        let mut from = 0;
        for edge in production.dependencies.iter().filter(|edge| edge.to == id) {
            from = from.max(end[edge.from.index()]?);
        }
        let (worker, (start, finish)) = match row.vendor {
            Some(vendor) => {
                let of = &production.vendors[vendor];
                let cleared = of.cleared_from.map_or(0, |day| (day - MONDAY).get_days() as u32 * 4);
                let lead = of.lead_days[1] * 4;
                (Worker::Vendor(vendor), piece(from.max(cleared), lead))
            }
            None => {
                let artist = choice >> task & 1;
                // At level 1.0 and 85 % a slot of a quarter of a day does 102 minutes.
                let slots = (row.bid as u32).div_ceil(102);
                let piece = piece(from.max(free[artist]), slots);
                free[artist] = piece.1;
                (Worker::Person(PersonId::new(artist)), piece)
            }
        };
        end[task] = Some(finish);
        plan.assignments.push(Assignment {
            task: id,
            part: 0,
            worker,
            segments: vec![Interval { start: Slot(start), end: Slot(finish) }],
        });
    }
    plan.assignments.sort_by_key(|row| row.task);
    Some(plan)
}

#[test]
fn vendors_are_compared_as_enumeration_and_arithmetic_compare_them() {
    let options = Options { mode: Mode::NoOvertime, seed: 1, threads: 1, limit: Limit::Steps(60) };
    let (mut hit, mut plans) = (0, 0);
    for seed in 0..160 {
        let show = tiny(seed);
        let production = &show.production;
        let comp = DepartmentId::new(1);
        let scope: Vec<TaskId> =
            production.tasks.ids().filter(|id| production.tasks[*id].department == comp).collect();
        let (home, rows) = outsource(production, &scope, &options, &()).expect("planned");
        assert_eq!(home.tasks, scope);
        let minutes =
            |tasks: &[TaskId]| -> i64 { tasks.iter().map(|id| production.tasks[*id].bid).sum() };
        assert_eq!(home.minutes, minutes(&scope));
        // In house a task costs 340.00 a day, whoever does it.
        let labour = |is_counted: &dyn Fn(TaskId) -> bool| {
            let tasks = production.tasks.enumerate().filter(|(id, _)| is_counted(*id));
            Cents(tasks.map(|(_, task)| (task.bid + 101) / 102 * 8_500).sum())
        };
        assert_eq!(home.labour, labour(&|id| scope.contains(&id)), "seed {seed}");
        assert_eq!(home.effect.efc, labour(&|_| true));
        for row in &rows {
            let vendor = &production.vendors[row.vendor];
            let price = minutes(&row.tasks) * vendor.day_price.0 / 480;
            assert_eq!((row.price, row.left), (Cents(price), scope.len() - row.tasks.len()));
            assert_eq!(row.top_up, Cents((vendor.minimum_order.0 - price).max(0)));
            assert_eq!(row.supervision, Cents(price).basis_points(vendor.supervision));
            let here = labour(&|id| !row.tasks.contains(&id));
            let efc = here + row.price + row.top_up + row.supervision;
            assert_eq!(row.effect.efc, efc, "seed {seed}");
            assert_eq!((row.lead_days, row.minutes), (vendor.lead_days[1], minutes(&row.tasks)));
            let from = vendor.cleared_from.unwrap_or(MONDAY);
            let finish = row.effect.finish.expect("all has a place");
            // Nothing comes back before its lead time; where nothing waits for work in house, on that day.
            let first = last_of(from, vendor.lead_days[1]);
            let waits = production.dependencies.iter().any(|edge| scope.contains(&edge.to));
            assert!(finish >= first, "seed {seed}: {finish} before {first}");
            assert!(
                waits || row.left > 0 || finish == first,
                "seed {seed}: {finish} after {first}"
            );
            // The plan with the work out is the best there is, nearly always.
            let tasks = row.tasks.clone();
            let change = Change::Outsource { vendor: row.vendor, tasks };
            let sent = apply(production, &[change]);
            let solved = planned_in(&sent, Mode::NoOvertime, 60);
            let multipliers = Weights::default().multipliers(Mode::NoOvertime);
            let (value, best) = (solved.objective.total(&multipliers), exact(&sent));
            assert!(best <= value, "seed {seed}: better than the best there is");
            assert!(solved.lower_bound <= best, "seed {seed}: {:?}", solved.bounds);
            hit += u32::from(best == value);
            plans += 1;
        }
        assert!(rows.is_sorted_by_key(|row| row.effect.worth()), "the better one comes first");
    }
    assert!(plans > 100, "only {plans} orders can be compared");
    assert!(hit * 20 >= plans * 19, "the best plan was found for {hit} of {plans}");
}

#[test]
fn what_a_plan_sends_out_is_no_more_than_the_programs_let_out() {
    let near = VendorId::new(0);
    let (mut plans, mut nearly_full) = (0, 0);
    for seed in 0..150 {
        let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(seed + 91_000);
        let mut show = tiny(seed);
        for number in 0..4 {
            let shot = show.shot(&format!("m{number}"), 20);
            show.task(shot, 1, random.random_range(4..=12));
        }
        let mut base = show.production;
        let most = random.random_range(1..=4);
        base.vendors[near].capacity_days_per_week = Some(most);
        // Some of it is there already, some is sent out, some stays here.
        let mut sent = Vec::new();
        for (number, task) in base.tasks.iter_mut().enumerate() {
            match (task.department.index(), random.random_range(0..3)) {
                (1, 0) => task.vendor = Some(near),
                (1, 1) => sent.push(TaskId::new(number)),
                _ => {}
            }
        }
        let change = Change::Outsource { vendor: near, tasks: sent.clone() };
        let plan = planned_in(&apply(&base, &[change]), Mode::NoOvertime, 40).plan;
        let last = plan.assignments.iter().map(Assignment::end).max().expect("something is done");
        if !plan.unplaced.is_empty() || sent.is_empty() {
            continue;
        }
        let before = planned_in(&base, Mode::NoOvertime, 0).plan;
        let asking = Asking::new(&base, Mode::NoOvertime, &before);
        let wanted = Keyed::filled(true, base.tasks.len());
        let question = asking.bound(&wanted, base.timeline().finish_date(last));
        for offer in question.offers.iter().filter(|offer| offer.vendor == near) {
            for (at, bucket) in question.buckets.iter().enumerate() {
                let due = question.work.iter().filter(|row| row.to as usize <= at);
                let tasks = due.flat_map(|row| &row.tasks).filter(|task| sent.contains(task));
                let out: f64 = tasks.map(|task| base.work_left(*task) as f64 / 480.0).sum();
                let own = offer.there.iter().filter(|row| row.0 < bucket.end).map(|row| row.1);
                let all = out + own.sum::<f64>();
                let room = most as f64 * f64::from(bucket.end.saturating_sub(offer.cleared));
                assert!(all <= room + 1e-9, "seed {seed}: {all} days, and {room} can be done");
                nearly_full += u32::from(out > 0.0 && all > 0.6 * room);
            }
            plans += 1;
        }
    }
    assert!(plans > 50 && nearly_full > 20, "{plans} plans, {nearly_full} weeks nearly full");
}
