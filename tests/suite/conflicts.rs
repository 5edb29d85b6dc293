//! Rules that clash, on tiny shows whose every plan can be tried.

use crate::support::planning::{Show, planned};
use rand::{RngExt, SeedableRng};
use shotplan::explain::{self, Broken, Change, Conflict, Effort, Excerpts, Proof, Rule, conflicts};
use shotplan::model::*;
use shotplan::verify;

/// All ways to plan a show of a few tasks for a few artists: every order, every choice of artists, each
/// task as early as it may be. Where only deadlines and earliest dates count, one of them keeps all rules
/// if any plan does.
fn some_plan_keeps_all(production: &Production) -> bool {
    let mut order: Vec<usize> = (0..production.tasks.len()).collect();
    let artists = production.people.len();
    let choices = artists.pow(order.len() as u32);
    any_order(&mut order, 0, &mut |order| {
        (0..choices).any(|choice| {
            place(production, order, choice).is_some_and(|plan| {
                let verdict = verify::plan(production, &plan);
                verdict.violations.is_empty() && verdict.broken.is_empty()
            })
        })
    })
}

fn any_order(order: &mut Vec<usize>, from: usize, holds: &mut dyn FnMut(&[usize]) -> bool) -> bool {
    if from == order.len() {
        return holds(order);
    }
    for at in from..order.len() {
        order.swap(from, at);
        let found = any_order(order, from + 1, holds);
        order.swap(from, at);
        if found {
            return true;
        }
    }
    false
}

fn place(production: &Production, order: &[usize], mut choice: usize) -> Option<Plan> {
    let artists = production.people.len();
    let mut artist_of = vec![0; order.len()];
    for artist in &mut artist_of {
        *artist = choice % artists.max(1);
        choice /= artists.max(1);
    }
    let rules = production.date_rules();
    let timeline = production.timeline();
    let mut end = vec![None; order.len()];
    let mut free = vec![0_u32; artists];
    let mut plan = Plan::default();
    for &task in order {
        let id = TaskId::new(task);
        let row = &production.tasks[id];
        let artist = PersonId::new(artist_of[task]);
        if row.lock.holds_person() && !row.assigned.contains(&artist) {
            return None;
        }
        let mut start = timeline.start_of(production.earliest_start(id, &rules[id])).0;
        for edge in production.dependencies.iter().filter(|edge| edge.to == id) {
            start = start.max(end[edge.from.index()]?);
        }
        start = start.max(free[artist.index()]);
        let level = production.level_for(artist, id)?;
        let need = (row.bid * 10_000_000_000 * 4 + 480 * level * 850 - 1) / (480 * level * 850);
        let worked = |slot: u32| slot / 4 % 7 < 5;
        // As early as licences are free in every slot of it.
        let at = loop {
            while !worked(start) {
                start += 1;
            }
            let (mut at, mut left) = (start, (need + 9_999) / 10_000);
            while left > 0 {
                left -= i64::from(worked(at));
                at += 1;
            }
            if (start..at).all(|slot| has_licence(production, &plan, id, slot)) {
                break at;
            }
            start += 1;
            if start > 4 * 60 {
                return None;
            }
        };
        free[artist.index()] = at;
        end[task] = Some(at);
        plan.assignments.push(Assignment {
            task: id,
            part: 0,
            worker: Worker::Person(artist),
            segments: vec![Interval { start: Slot(start), end: Slot(at) }],
        });
    }
    plan.assignments.sort_by_key(|row| row.task);
    Some(plan)
}

/// Whether the first pool has licences for a task in a slot, beside those that tasks with a place hold.
fn has_licence(production: &Production, plan: &Plan, task: TaskId, slot: u32) -> bool {
    let Some((pool, row)) = production.pools.enumerate().next() else { return true };
    let there = row.capacity_on(production.timeline().date(Day(slot / 4)));
    let holds =
        |row: &&Assignment| row.segments.iter().any(|run| run.start.0 <= slot && slot < run.end.0);
    let held: i64 =
        plan.assignments.iter().filter(holds).map(|row| production.pool_need(row.task, pool)).sum();
    !row.hard || held + production.pool_need(task, pool) <= there
}

fn january(day: i64) -> jiff::civil::Date {
    jiff::civil::date(2027, 1, 1).saturating_add(jiff::Span::new().days(day - 1))
}

/// Up to five tasks for one or two artists, with hard dates that often clash.
fn tiny(seed: u64) -> Show {
    let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(seed);
    let mut show = Show::new(&["ANI"]);
    let artists = random.random_range(1..=2);
    for code in ["ada", "bo"].into_iter().take(artists) {
        let person = show.artist(code, 0);
        let person = &mut show.production.people[person];
        person.overtime_allowed = false;
        person.skills[0].level = random.random_range(8..=11) * 100;
    }
    let mut tasks: Vec<TaskId> = Vec::new();
    for number in 0..random.random_range(2..=5_usize) {
        let shot = show.shot(&format!("s{number}"), 30);
        show.production.shots[shot].due = None;
        let id = show.task(shot, 0, random.random_range(2..=10));
        let task = &mut show.production.tasks[id];
        task.splittable = false;
        match random.random_range(0..7) {
            0 | 1 => {
                let date = january(random.random_range(4..=12));
                task.rules = vec![DateRule::FinishNoLaterThan(date)];
            }
            2 => {
                let start = random.random_range(4..=9);
                task.lock = Lock::Dates;
                task.start = Some(january(start));
                task.end = Some(january(start + random.random_range(0..=3)));
            }
            3 => {
                task.rules = vec![DateRule::MustStartOn(january(random.random_range(4..=8)))];
            }
            _ => {}
        }
        if random.random_range(0..3) == 0 {
            let artist = PersonId::new(random.random_range(0..artists));
            task.assigned = vec![artist];
            task.lock = if task.lock.holds_dates() { Lock::Both } else { Lock::Person };
        }
        if random.random_range(0..4) == 0 {
            task.earliest = Some(january(random.random_range(4..=9)));
        }
        if let Some(&last) = tasks.last()
            && random.random_range(0..3) == 0
        {
            show.after(last, id);
        }
        tasks.push(id);
    }
    if random.random_range(0..2) == 0 {
        let contents = vec![Entity::Sequence(show.sequence)];
        let date = january(random.random_range(5..=15));
        let mut milestone = hard(&show, date);
        milestone.contents = contents;
        show.production.milestones.push(milestone);
    }
    show
}

fn hard(show: &Show, date: jiff::civil::Date) -> Milestone {
    Milestone {
        code: "final".to_owned(),
        name: "final".to_owned(),
        show: show.show,
        kind: MilestoneKind::Final,
        date,
        hard: true,
        penalty_per_day: None,
        contents: Vec::new(),
        source: Source::default(),
    }
}

fn conflicts_of(production: &Production, steps: u64) -> Vec<Conflict> {
    let solved = planned(production, steps);
    conflicts(production, &solved, Effort { most: 10, threads: 1, is_over: &|| false })
}

/// The rules without the member, and without those about work that need not be done then.
fn without(excerpts: &Excerpts, members: &[Vec<Rule>], at: usize) -> Vec<Rule> {
    let mut rest = members.to_vec();
    let gone = rest.remove(at);
    let mut rules = rest.concat();
    for rule in gone {
        if let Rule::Work(task) = rule {
            rules.retain(|rule| !excerpts.is_about(*rule, task));
        }
    }
    rules
}

/// The same with one or two licences of a program, of which each task needs none, one or two.
fn tiny_with_licences(seed: u64) -> Show {
    let mut show = tiny(seed);
    let mut random = rand_pcg::Pcg64Mcg::seed_from_u64(seed + 77_777);
    let mut licences = Pool::new("houdini", PoolKind::Licence);
    licences.capacity = vec![(january(1), random.random_range(1..=2))];
    show.production.pools.push(licences);
    for task in show.production.tasks.iter_mut() {
        task.pools = vec![(PoolId::new(0), random.random_range(0..=2))];
    }
    show
}

#[test]
fn proven_sets_clash_and_nothing_can_be_left_out() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 5_000 } else { 400 };
    proven_sets(tiny, seeds, 7);
}

#[test]
fn proven_sets_with_licences_clash_and_nothing_can_be_left_out() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 3_000 } else { 120 };
    let pools = proven_sets(tiny_with_licences, seeds, 5);
    assert!(pools * 20 > seeds as u32, "{pools} sets with a pool");
}

/// Of random shows, each proven set against every way to plan; at least so many tenths of those that clash have
/// to be proven. How many sets name a pool.
fn proven_sets(tiny: fn(u64) -> Show, seeds: u64, least: u32) -> u32 {
    let (mut clashing, mut proven, mut irreducible, mut sets, mut ways) = (0, 0, 0, 0, 0);
    let mut pools = 0;
    for seed in 0..seeds {
        let show = tiny(seed);
        let found = conflicts_of(&show.production, 200);
        let is_possible = some_plan_keeps_all(&show.production);
        clashing += u32::from(!is_possible);
        assert!(is_possible || !found.is_empty(), "seed {seed}: nothing told");
        let excerpts = Excerpts::of(&show.production);
        let mut is_proven = false;
        for conflict in &found {
            if conflict.proof == Proof::NotProven {
                continue;
            }
            assert!(!is_possible, "seed {seed}: {conflict:?} although a plan keeps all");
            is_proven = true;
            sets += 1;
            let members = &conflict.rules;
            if members.is_empty() {
                continue;
            }
            let whole = excerpts.with(&members.concat());
            assert!(!some_plan_keeps_all(&whole), "seed {seed}: {members:?} can hold");
            for at in 0..members.len() {
                let rest = excerpts.with(&without(&excerpts, members, at));
                assert!(
                    !conflict.irreducible || some_plan_keeps_all(&rest),
                    "seed {seed}: {:?} is not needed in {members:?}",
                    members[at]
                );
            }
            irreducible += u32::from(conflict.irreducible);
            pools += u32::from(members.concat().iter().any(|row| matches!(row, Rule::Pool(_))));
        }
        proven += u32::from(is_proven);
        if let [only] = &found[..]
            && only.also.is_empty()
        {
            for way in &only.ways_out {
                // Parts, overlaps and new artists are judged by `verify` when they are tried.
                let is_plain = matches!(
                    way.change,
                    Change::AgreeOn(..)
                        | Change::UnlockDates(_)
                        | Change::UnlockPeople(_)
                        | Change::AddToPool(..)
                        | Change::ReleaseEarlier(_)
                );
                let changed = way.change.apply(&show.production).expect("it was tried");
                // Work that gets a place may still miss a date that it missed without one.
                let is_place = matches!(only.broken, Broken::NobodyCan(_) | Broken::NoTimeLeft(_));
                if is_plain && !is_place {
                    assert!(some_plan_keeps_all(&changed), "seed {seed}: {way:?} does not work");
                    ways += 1;
                }
            }
        }
    }
    println!(
        "{clashing} of {seeds} clash, {proven} of them proven; {irreducible} of {sets} sets are \
         irreducible, {ways} ways out are right"
    );
    assert!(clashing > seeds as u32 / 5 && ways > 10);
    assert!(proven * 10 >= clashing * least, "{proven} of {clashing}");
    assert!(irreducible * 10 >= sets * 9, "{irreducible} of {sets}");
    pools
}

#[test]
fn a_milestone_missed_for_want_of_licences_names_the_pool_and_what_more_costs() {
    // Four artists, eight tasks of two and a half days, and two licences at 18.00 a day: ten days instead of five.
    let mut show = Show::new(&["FX"]);
    for code in ["ada", "bo", "cy", "di"] {
        let person = show.artist(code, 0);
        show.production.people[person].overtime_allowed = false;
    }
    for number in 0..8 {
        let shot = show.shot(&format!("s{number}"), 40);
        show.production.shots[shot].due = None;
        show.task(shot, 0, 10);
    }
    let mut licences = Pool::new("houdini", PoolKind::Licence);
    licences.capacity = vec![(january(1), 2)];
    licences.departments = vec![(DepartmentId::new(0), 1)];
    licences.unit_cost = FinePrice(1_800_000);
    show.production.pools.push(licences);
    let milestone =
        Milestone { contents: vec![Entity::Sequence(show.sequence)], ..hard(&show, january(8)) };
    show.production.milestones.push(milestone);
    let found = conflicts_of(&show.production, 100);
    let [only] = &found[..] else { panic!("{found:?}") };
    assert_eq!((only.broken, only.proof), (Broken::Milestone(MilestoneId::new(0)), Proof::Load));
    let rules = only.rules.concat();
    assert!(rules.contains(&Rule::Pool(PoolId::new(0))) && only.irreducible, "{only:?}");
    // With two more everybody has one, until the Friday.
    let added = only.ways_out.iter().find_map(|way| match way.change {
        Change::AddToPool(_, units) => Some((units, way.cost)),
        _ => None,
    });
    assert_eq!(added, Some((2, Cents(2 * 5 * 1_800))), "{:?}", only.ways_out);
}

/// So many tasks of five bid days each at a vendor who does so many a week, and a hard milestone on a day.
fn at_a_vendor(tasks: usize, capacity: i64, day: i64) -> Show {
    let mut show = Show::new(&["ROTO"]);
    show.artist("ada", 0);
    for code in ["kite", "fox"] {
        let mut vendor = Vendor::new(code, DepartmentId::new(0));
        (vendor.lead_days, vendor.day_price) = ([3; 4], Cents(10_000));
        vendor.currency = show.production.settings.currency;
        show.production.vendors.push(vendor);
    }
    show.production.vendors[VendorId::new(0)].capacity_days_per_week = Some(capacity);
    for number in 0..tasks {
        let shot = show.shot(&format!("s{number}"), 60);
        show.production.shots[shot].due = None;
        let task = show.task(shot, 0, 4);
        let row = &mut show.production.tasks[task];
        (row.bid, row.estimate) = (5 * 480, 5 * 480);
        row.vendor = Some(VendorId::new(0));
    }
    let contents = vec![Entity::Sequence(show.sequence)];
    let milestone = Milestone { contents, ..hard(&show, january(day)) };
    show.production.milestones.push(milestone);
    show
}

/// Who stops is told what clashes, and waits for no rules and no ways out.
#[test]
fn conflicts_that_are_stopped_are_named_and_not_looked_into() {
    let show = at_a_vendor(2, 5, 8);
    let solved = planned(&show.production, 100);
    let look = |is_over| {
        let effort = Effort { most: 10, threads: 1, is_over: &|| is_over };
        conflicts(&show.production, &solved, effort)
    };
    let (whole, stopped) = (look(false), look(true));
    assert!(whole.iter().any(|card| card.tried && !card.ways_out.is_empty()), "{whole:?}");
    assert!(!stopped.is_empty());
    assert!(stopped.iter().all(|card| !card.tried && card.ways_out.is_empty()), "{stopped:?}");
    assert_eq!(stopped[0].broken, whole[0].broken);
}

#[test]
fn a_milestone_missed_for_want_of_room_at_a_vendor_names_it_and_what_helps() {
    // Two tasks of five bid days are a week each at five a week, whatever the lead time of three days.
    let show = at_a_vendor(2, 5, 8);
    let found = conflicts_of(&show.production, 100);
    let [only] = &found[..] else { panic!("{found:?}") };
    assert_eq!((only.broken, only.proof), (Broken::Milestone(MilestoneId::new(0)), Proof::Load));
    let rules = only.rules.concat();
    assert!(rules.contains(&Rule::Capacity(VendorId::new(0))) && only.irreducible, "{only:?}");
    assert_eq!(rules.len(), 4, "two tasks, the vendor, the milestone: {rules:?}");
    let changes: Vec<Change> = only.ways_out.iter().map(|way| way.change).collect();
    // Ten a week, one task to the other vendor (at the same price), or a week later.
    assert!(changes.contains(&Change::AddToVendor(VendorId::new(0), 5)), "{changes:?}");
    let other = |way: &&explain::WayOut| matches!(way.change, Change::Outsource(_, vendor) if vendor == VendorId::new(1));
    assert_eq!(only.ways_out.iter().find(other).map(|way| way.cost), Some(Cents::ZERO));
    let later = |way: &&explain::WayOut| matches!(way.change, Change::AgreeOn(..));
    assert_eq!(only.ways_out.iter().find(later).map(|way| way.days), Some(5));
    // At the same price in a currency worth four fifths: five days at 80.00 instead of 100.00.
    let mut abroad = show.production.clone();
    let currency = Currency::new("SEK").expect("a currency");
    abroad.vendors[VendorId::new(1)].currency = currency;
    abroad.fx.push(FxRate { currency, millionths: 800_000, from: None });
    let found = conflicts_of(&abroad, 100);
    let cost = found[0].ways_out.iter().find(other).map(|way| way.cost);
    assert_eq!(cost, Some(Cents(-10_000)));
    // With ten a week nothing is wrong, nor with a week more.
    assert!(conflicts_of(&at_a_vendor(2, 10, 8).production, 100).is_empty());
    assert!(conflicts_of(&at_a_vendor(2, 5, 15).production, 100).is_empty());
}

#[test]
fn a_task_too_large_for_its_vendor_is_a_chain_with_the_vendor_in_it() {
    // Five bid days at two a week take thirteen days.
    let show = at_a_vendor(1, 2, 15);
    let found = conflicts_of(&show.production, 100);
    let [only] = &found[..] else { panic!("{found:?}") };
    assert_eq!((only.proof, only.days), (Proof::Chain, 3));
    let rules = only.rules.concat();
    assert!(rules.contains(&Rule::Capacity(VendorId::new(0))) && only.irreducible, "{only:?}");
    // Three a week are nine days.
    let more = |way: &&explain::WayOut| matches!(way.change, Change::AddToVendor(_, 1));
    assert!(only.ways_out.iter().any(|way| more(&way)), "{:?}", only.ways_out);
}

#[test]
fn work_that_a_full_vendor_hands_on_after_its_people_have_left_finds_a_place_with_more_capacity() {
    // Four tasks of a week each, one after the other; who goes on leaves in the fourth week.
    let mut show = at_a_vendor(4, 5, 60);
    show.production.milestones = Default::default();
    show.production.add_department("CMP");
    let bo = show.artist("bo", 1);
    show.production.people[bo].contracts = vec![Contract {
        kind: ContractKind::Staff,
        start: january(1),
        end: Some(january(27)),
        min_end: None,
        notice_days: 0,
        rates: vec![(january(1), Cents(10_000))],
        basis: RateBasis::Day,
        burden: 0,
        currency: show.production.settings.currency,
        overtime: None,
        guarantee: Guarantee::default(),
        cancellation: Cancellation::default(),
        option: None,
        rate_assumed: false,
        source: Source::default(),
    }];
    let before: Vec<TaskId> = show.production.tasks.ids().collect();
    for (number, from) in before.into_iter().enumerate() {
        let task = show.task(ShotId::new(number), 1, 4);
        show.after(from, task);
    }
    let found = conflicts_of(&show.production, 100);
    let [only] = &found[..] else { panic!("{found:?}") };
    assert!(matches!(only.broken, Broken::NoTimeLeft(_)), "{only:?}");
    let (task, day) = only.waits_for.expect("what comes before");
    assert_eq!(show.production.tasks[task].vendor, Some(VendorId::new(0)));
    assert_eq!(show.production.timeline().date(day), january(29));
    let more = |way: &&explain::WayOut| matches!(way.change, Change::AddToVendor(..));
    assert!(only.ways_out.iter().any(|way| more(&way)), "{:?}", only.ways_out);
}

#[test]
fn what_a_vendor_takes_nothing_of_has_no_place_for_want_of_it() {
    let show = at_a_vendor(1, 0, 60);
    let found = conflicts_of(&show.production, 50);
    let no_place = |row: &&Conflict| matches!(row.broken, Broken::NoTimeLeft(_));
    let card = found.iter().find(no_place).or(found.first()).expect("a conflict");
    assert!(card.rules.concat().contains(&Rule::Capacity(VendorId::new(0))), "{found:?}");
}

#[test]
fn a_task_that_needs_more_than_there_is_names_the_pool() {
    let mut show = Show::new(&["FX"]);
    show.artist("ada", 0);
    let shot = show.shot("s", 40);
    let task = show.task(shot, 0, 4);
    let mut licences = Pool::new("houdini", PoolKind::Licence);
    licences.capacity = vec![(january(1), 2)];
    show.production.pools.push(licences);
    show.production.tasks[task].pools = vec![(PoolId::new(0), 3)];
    let found = conflicts_of(&show.production, 50);
    let [only] = &found[..] else { panic!("{found:?}") };
    let rules = only.rules.concat();
    assert!(rules.contains(&Rule::Pool(PoolId::new(0))) && rules.contains(&Rule::Work(task)));
    let works = |way: &&explain::WayOut| matches!(way.change, Change::AddToPool(_, 1));
    assert!(only.ways_out.iter().any(|way| works(&way)), "{:?}", only.ways_out);
}

#[test]
fn a_farm_that_cannot_render_it_in_time_is_in_the_set() {
    // Ten days of light, each with a hundred core-hours, on a farm of a hundred a day, in a week.
    let mut show = Show::new(&["LGT"]);
    for code in ["ada", "bo", "cy"] {
        let person = show.artist(code, 0);
        show.production.people[person].overtime_allowed = false;
    }
    for number in 0..10 {
        let shot = show.shot(&format!("s{number}"), 60);
        show.production.shots[shot].due = None;
        let task = show.task(shot, 0, 4);
        show.production.tasks[task].pools = vec![(PoolId::new(0), 100 * 60)];
    }
    let mut farm = Pool::new("farm", PoolKind::Farm);
    farm.capacity = vec![(january(1), 100 * 60)];
    show.production.pools.push(farm);
    let milestone =
        Milestone { contents: vec![Entity::Sequence(show.sequence)], ..hard(&show, january(8)) };
    show.production.milestones.push(milestone);
    let found = conflicts_of(&show.production, 100);
    let [only] = &found[..] else { panic!("{found:?}") };
    assert!(only.rules.concat().contains(&Rule::Pool(PoolId::new(0))), "{only:?}");
    let more = only.ways_out.iter().find_map(|way| match way.change {
        Change::AddToPool(_, minutes) => Some(minutes),
        _ => None,
    });
    assert_eq!(more, Some(100 * 60), "{:?}", only.ways_out);
}

#[test]
fn work_before_a_hard_milestone_is_one_rule_where_it_is_much() {
    // Thirty days of work for two artists, due after the five days of the first week.
    let mut show = Show::new(&["ANI"]);
    for code in ["ada", "bo"] {
        let person = show.artist(code, 0);
        show.production.people[person].overtime_allowed = false;
    }
    for number in 0..30 {
        let shot = show.shot(&format!("s{number}"), 30);
        show.production.shots[shot].due = None;
        show.task(shot, 0, 4);
    }
    let milestone = Milestone {
        contents: vec![Entity::Sequence(show.sequence)],
        penalty_per_day: Some(Cents(100_000)),
        ..hard(&show, january(8))
    };
    let id = show.production.milestones.push(milestone);
    let found = conflicts_of(&show.production, 0);
    let [only] = &found[..] else { panic!("{found:?}") };
    assert_eq!((only.broken, only.proof), (Broken::Milestone(id), Proof::Load));
    assert_eq!(only.days, 10);
    assert_eq!(only.rules.len(), 2, "{:?}", only.rules);
    // Ten days are there.
    assert!(only.rules[0].len() > 10);
    assert_eq!(only.rules[1], [Rule::Milestone(id)]);
    assert!(only.irreducible);
    // Fifteen days for two: not even three artists more bring it down to five.
    let kept: Vec<_> =
        only.ways_out.iter().filter(|way| !matches!(way.change, Change::Drop(_))).collect();
    assert_eq!(kept.len(), 1, "{:?}", only.ways_out);
    assert_eq!((kept[0].days, kept[0].cost), (10, Cents(1_000_000)));
    assert!(matches!(kept[0].change, Change::AgreeOn(..)));
    // With a third of the work, three artists do.
    for task in show.production.tasks.iter_mut().skip(14) {
        task.status = Status::Omit;
    }
    let found = conflicts_of(&show.production, 0);
    let [only] = &found[..] else { panic!("{found:?}") };
    let ani = DepartmentId::new(0);
    let hire = only.ways_out.iter().find(|way| way.change == Change::Hire(ani, 1));
    let hire = hire.unwrap_or_else(|| panic!("{:?}", only.ways_out));
    assert!(hire.artist_days > 0.0 && hire.cost > Cents::ZERO);
    assert!(!only.ways_out.iter().any(|way| way.change == Change::Hire(ani, 2)));
}

#[test]
fn one_cause_is_one_conflict() {
    // A chain of three tasks of four days each. The milestone, the rules of the last two tasks and the
    // locked dates of the last one all ask for its end after a week.
    let mut show = Show::new(&["ANI"]);
    for code in ["ada", "bo"] {
        let person = show.artist(code, 0);
        show.production.people[person].overtime_allowed = false;
    }
    let shot = show.shot("010", 30);
    show.production.shots[shot].due = None;
    let tasks: Vec<TaskId> = (0..3).map(|_| show.task(shot, 0, 16)).collect();
    show.after(tasks[0], tasks[1]);
    show.after(tasks[1], tasks[2]);
    for &task in &tasks[1..] {
        show.production.tasks[task].rules = vec![DateRule::FinishNoLaterThan(january(8))];
    }
    let last = &mut show.production.tasks[tasks[2]];
    last.rules = vec![DateRule::FinishNoLaterThan(january(7))];
    (last.lock, last.start, last.end) = (Lock::Dates, Some(january(6)), Some(january(8)));
    last.max_parallel = 1;
    let milestone = Milestone { contents: vec![Entity::Shot(shot)], ..hard(&show, january(8)) };
    let id = show.production.milestones.push(milestone);
    let found = conflicts_of(&show.production, 40);
    let [only] = &found[..] else { panic!("{found:?}") };
    assert_eq!((only.broken, only.proof), (Broken::Milestone(id), Proof::Chain));
    // The rules of two tasks and one lock, however many of its ends break.
    assert_eq!(only.also.len(), 3, "{:?}", only.also);
    assert!(only.also.contains(&Broken::LockedDates(tasks[2])));
    assert!(only.irreducible);
    // Eight days of work are too much already: the first task is not needed for it.
    assert_eq!(only.chain, tasks[1..]);
}

#[test]
fn two_locks_of_one_artist_on_the_same_days_clash() {
    // Ada is locked to two tasks of five days, both locked to the first week; Bo could do either.
    let mut show = Show::new(&["ANI"]);
    for code in ["ada", "bo"] {
        let person = show.artist(code, 0);
        show.production.people[person].overtime_allowed = false;
    }
    let mut tasks = Vec::new();
    for code in ["010", "020"] {
        let shot = show.shot(code, 30);
        show.production.shots[shot].due = None;
        let id = show.task(shot, 0, 20);
        let task = &mut show.production.tasks[id];
        task.assigned = vec![PersonId::new(0)];
        (task.lock, task.start, task.end) = (Lock::Both, Some(january(4)), Some(january(8)));
        tasks.push(id);
    }
    let found = conflicts_of(&show.production, 40);
    let [only] = &found[..] else { panic!("{found:?}") };
    assert_eq!(only.proof, Proof::Load);
    assert!(only.irreducible);
    let mut rules = only.rules.concat();
    let place = |rule: &Rule| format!("{rule:?}");
    rules.sort_by_key(place);
    let mut expected: Vec<Rule> = tasks
        .iter()
        .flat_map(|&task| [Rule::Work(task), Rule::LockedDates(task), Rule::LockedPeople(task)])
        .collect();
    expected.sort_by_key(place);
    assert_eq!(rules, expected);
    // Somebody else on one of them, or other dates for one of them.
    let works = |change: Change| only.ways_out.iter().any(|way| way.change == change);
    assert!(tasks.iter().any(|&task| works(Change::UnlockPeople(task))), "{:?}", only.ways_out);
    assert!(tasks.iter().any(|&task| works(Change::UnlockDates(task))), "{:?}", only.ways_out);
}

/// Ann in Vancouver ends at noon, when London has gone home: Bob, in London, cannot begin on that day, and could at her
/// site, or if somebody in London did her part.
#[test]
fn a_date_that_the_clocks_of_two_sites_forbid_is_proven() {
    let with = |helps: bool, offset: i32| {
        let mut show = Show::new(&["ANI", "CMP"]);
        let ann = show.artist("ann", 0);
        show.artist("bob", 1);
        if helps {
            show.artist("cyd", 0);
        }
        let mut west = show.production.sites[SiteId::new(0)].clone();
        west.code = "vancouver".to_owned();
        west.utc_offset_minutes = offset;
        show.production.people[ann].site = show.production.sites.push(west);
        let shot = show.shot("010", 30);
        let (first, second) = (show.task(shot, 0, 2), show.task(shot, 1, 2));
        show.after(first, second);
        show.production.tasks[second].rules = vec![DateRule::MustStartOn(january(4))];
        (conflicts_of(&show.production, 40), second, show.production)
    };
    let (found, second, production) = with(false, -480);
    let [only] = &found[..] else { panic!("{found:?}") };
    assert_eq!(only.broken, Broken::Rule(second, DateRule::MustStartOn(january(4))));
    assert_eq!((only.days, only.proof), (1, Proof::Chain));
    assert!(only.rules.concat().contains(&Rule::Date(second, DateRule::MustStartOn(january(4)))));
    // Whoever reads it learns why half a day is missing.
    let told = &shotplan::pipeline::conflicts_in_words(&production, &found)[0];
    let site = &production.sites[SiteId::new(0)].code;
    let wait = told.rules.iter().find(|row| row.rule.starts_with("starts after"));
    assert!(
        wait.is_some_and(|row| row.rule.ends_with(&format!(
            "is finished, and goes from vancouver to {site}, whose clock is 8 h ahead"
        ))),
        "{:?}",
        told.rules
    );
    assert_eq!(with(false, 0).0, []);
    assert_eq!(with(true, -480).0, []);
}
