//! What holds for every production: its plan passes the check, no bound is above it, the order of
//! the input changes nothing that matters.

use crate::support::planning::{planned, planned_in};
use jiff::civil::{Date, date};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use shotplan::model::*;
use shotplan::solve::bounds::{self, TimePrice};

fn day(number: i64) -> Date {
    date(2027, 1, 4).saturating_add(jiff::Span::new().days(number))
}

/// A small production that uses every rule there is: several sites and time zones, part time, leave,
/// contracts, bookings on two shows, crew curves, all links, lags, overlaps, parts, locks, date
/// rules, vendors, milestones and statuses.
pub fn anything(seed: u64) -> Production {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let chance = |random: &mut Pcg64Mcg, percent: u32| random.random_range(0..100) < percent;
    let mut production = Production::new("anything", day(0), day(400));
    let currency = production.settings.currency;
    for (code, offset, minutes) in [("blr", 330, 480), ("lax", -480, 600)] {
        if chance(&mut random, 50) {
            let mut site = production.sites[SiteId::new(0)].clone();
            site.code = code.to_owned();
            site.utc_offset_minutes = offset;
            site.day_minutes = minutes;
            site.holidays = vec![day(random.random_range(0..30))];
            production.sites.push(site);
        }
    }
    let departments = ["ROTO", "ANI", "CMP"].map(|code| production.add_department(code));
    if chance(&mut random, 30) {
        production.departments[departments[2]].curve.cap = Some(random.random_range(1..=2));
    }
    let mut shows = Vec::new();
    let mut sequences = Vec::new();
    for number in 0..random.random_range(1..=2) {
        let show = production.shows.push(Show::new(&format!("show{number}"), CalendarId::new(0)));
        shows.push(show);
        for part in 0..2 {
            let mut sequence = Sequence::new(&format!("s{number}{part}"), show);
            sequence.turnover = Some(day(random.random_range(0..20)));
            if chance(&mut random, 15) {
                sequence.rules = vec![DateRule::StartNoEarlierThan(day(5))];
            }
            sequences.push(production.sequences.push(sequence));
        }
    }
    for number in 0..random.random_range(2..=6) {
        let site = SiteId::new(random.random_range(0..production.sites.len()));
        let mut person = Person::new(&format!("p{number}"), site, departments[number % 3]);
        person.skills[0].level = random.random_range(6..=14) * 100;
        if chance(&mut random, 50) {
            let department = departments[random.random_range(0..3)];
            person.skills.push(Skill { department, tag: None, level: 800, max_class: Class::C });
        }
        person.capacity = if chance(&mut random, 25) { 6_000 } else { 10_000 };
        person.lead_share = if chance(&mut random, 20) { 4_000 } else { 0 };
        person.max_concurrent = random.random_range(1..=2);
        person.overtime_allowed = chance(&mut random, 50);
        if chance(&mut random, 50) {
            let from = day(random.random_range(0..30));
            let to = from.saturating_add(jiff::Span::new().days(random.random_range(0..8)));
            let share = if chance(&mut random, 30) { 5_000 } else { 10_000 };
            person.leave.push(Leave { from, to, share, approved: true, source: Source::default() });
        }
        if chance(&mut random, 50) {
            let start = day(random.random_range(-20..10));
            person.contracts.push(Contract {
                kind: if chance(&mut random, 60) {
                    ContractKind::Freelance
                } else {
                    ContractKind::Staff
                },
                start,
                end: chance(&mut random, 60).then(|| day(random.random_range(20..90))),
                min_end: None,
                notice_days: random.random_range(0..10),
                rates: vec![(start, Cents(31_111)), (day(14), Cents(35_557))],
                basis: RateBasis::Day,
                burden: 1_500,
                currency,
                overtime: None,
                guarantee: Guarantee::default(),
                cancellation: Cancellation::default(),
                option: None,
                rate_assumed: false,
                source: Source::default(),
            });
        }
        if chance(&mut random, 30) {
            for &show in &shows {
                person.bookings.push(Booking {
                    show,
                    department: None,
                    from: day(random.random_range(0..15)),
                    to: day(random.random_range(40..200)),
                    share: 10_000 / shows.len() as i64,
                    state: BookingState::Confirmed,
                    probability: 10_000,
                    cancelled: None,
                    source: Source::default(),
                });
            }
        }
        production.people.push(person);
    }
    let vendor = production.vendors.push(Vendor {
        code: "v".into(),
        name: "Vendor".into(),
        place: "".into(),
        departments: departments.to_vec(),
        whole_sequences: false,
        cleared_from: Some(day(random.random_range(0..10))),
        capacity_days_per_week: None,
        lead_days: [2, 3, 5, 8],
        day_price: Cents(20_000),
        minimum_order: Cents(0),
        supervision: 1_000,
        late_probability: 0,
        payments: Vec::new(),
        terms_days: None,
        currency,
        source: Source::default(),
    });
    for number in 0..random.random_range(2..=8) {
        let sequence = sequences[random.random_range(0..sequences.len())];
        let mut shot = Shot::new(&format!("shot{number}"), sequence);
        shot.class = Some([Class::A, Class::B, Class::C, Class::D][random.random_range(0..4)]);
        shot.due = chance(&mut random, 70).then(|| day(random.random_range(-5..60)));
        shot.priority = [Priority::Normal, Priority::High][random.random_range(0..2)];
        if chance(&mut random, 10) {
            shot.rules = vec![DateRule::FinishNoLaterThan(day(random.random_range(5..40)))];
        }
        let shot = production.shots.push(shot);
        let mut before = None;
        for &department in &departments {
            if chance(&mut random, 20) {
                continue;
            }
            let code = format!("t{}", production.tasks.len());
            let bid = random.random_range(1..=40) * 120;
            let mut task = Task::new(&code, Entity::Shot(shot), department, bid);
            task.max_parallel = random.random_range(1..=3);
            task.splittable = chance(&mut random, 70);
            task.status = match random.random_range(0..12) {
                0 => Status::Wip,
                1 => Status::Final,
                2 => Status::ClientReview,
                3 => Status::Hold,
                _ => Status::Ready,
            };
            if task.status == Status::ClientReview {
                task.logged = task.estimate;
            }
            if chance(&mut random, 40) {
                task.assigned.push(PersonId::new(random.random_range(0..production.people.len())));
            }
            task.vendor = chance(&mut random, 8).then_some(vendor);
            task.due = chance(&mut random, 15).then(|| day(random.random_range(0..50)));
            let when = day(random.random_range(0..40));
            task.rules = match random.random_range(0..24) {
                0 => vec![DateRule::MustStartOn(when)],
                1 => vec![DateRule::MustFinishOn(when)],
                2 => vec![DateRule::StartNoLaterThan(when)],
                3 => vec![DateRule::FinishNoEarlierThan(when)],
                4 | 5 => vec![DateRule::AsLateAsPossible],
                _ => Vec::new(),
            };
            let id = production.tasks.push(task);
            let able = |person: &PersonId| production.level_for(*person, id).is_some();
            let locked = chance(&mut random, 50) && production.tasks[id].assigned.iter().any(able);
            if locked {
                production.tasks[id].lock = Lock::Person;
            }
            if chance(&mut random, 8) {
                let row = &mut production.tasks[id];
                row.lock = if locked { Lock::Both } else { Lock::Dates };
                row.start = Some(when);
                row.end = Some(when.saturating_add(jiff::Span::new().days(6)));
            }
            if let Some(before) = before {
                let mut edge = Dependency::new(before, id);
                edge.link = [
                    Link::FinishToStart,
                    Link::FinishToStart,
                    Link::StartToStart,
                    Link::FinishToFinish,
                    Link::StartToFinish,
                ][random.random_range(0..5)];
                edge.lag = random.random_range(-2..6);
                if edge.link == Link::FinishToStart && chance(&mut random, 40) {
                    edge.overlap = random.random_range(1..=10) * 1_000;
                }
                production.dependencies.push(edge);
            }
            before = Some(id);
        }
    }
    for (number, &show) in shows.iter().enumerate() {
        production.milestones.push(Milestone {
            code: format!("m{number}"),
            name: "Delivery".into(),
            show,
            kind: MilestoneKind::Final,
            date: day(random.random_range(10..60)),
            hard: chance(&mut random, 30),
            penalty_per_day: chance(&mut random, 30).then_some(Cents(12_345)),
            contents: vec![Entity::Show(show)],
            source: Source::default(),
        });
    }
    production
}

/// The same with up to three pools of all kinds, hard and soft, for all sites or one.
pub fn anything_with_pools(seed: u64) -> Production {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x706f_6f6c);
    let mut production = anything(seed);
    for number in 0..random.random_range(1..=3) {
        let kind = [PoolKind::Farm, PoolKind::Licence, PoolKind::Desk][random.random_range(0..3)];
        let few = if kind == PoolKind::Farm { 40..400 } else { 0..5 };
        let mut pool = Pool::new(&format!("pool{number}"), kind);
        for start in [-30, random.random_range(3..40)] {
            pool.capacity.push((day(start), random.random_range(few.clone()) * kind.unit()));
        }
        pool.hard = random.random_range(0..2) == 0;
        pool.overflow_price = Some(FinePrice(random.random_range(0..=9_000_000) / kind.unit()));
        pool.unit_cost = FinePrice(random.random_range(0..=100_000));
        if random.random_range(0..3) == 0 {
            pool.site = Some(SiteId::new(random.random_range(0..production.sites.len())));
        }
        for department in production.departments.ids() {
            if random.random_range(0..2) == 0 {
                let units = if kind == PoolKind::Farm { 1..200 } else { 0..3 };
                pool.departments.push((department, random.random_range(units) * kind.unit()));
            }
        }
        let id = production.pools.push(pool);
        for task in production.tasks.iter_mut() {
            if random.random_range(0..8) == 0 {
                let units = if kind == PoolKind::Farm { 0..900 } else { 0..4 };
                task.pools.push((id, random.random_range(units) * kind.unit()));
            }
        }
    }
    production
}

/// Any production with more work at vendors who can do little in a week.
pub fn anything_at_vendors(seed: u64) -> Production {
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x7665_6e64);
    let mut production = anything(seed);
    let first = VendorId::new(0);
    let second = Vendor { code: "w".into(), ..production.vendors[first].clone() };
    let second = production.vendors.push(second);
    for vendor in [first, second] {
        let days = random.random_range(0..=12_i64);
        production.vendors[vendor].capacity_days_per_week = (days > 0).then_some(days);
    }
    for task in production.tasks.iter_mut() {
        match random.random_range(0..4) {
            0 => task.vendor = Some(first),
            1 => task.vendor = Some(second),
            _ => {}
        }
    }
    if random.random_range(0..4) == 0 {
        let saturday = day(7 * random.random_range(0..4_i64) + 5);
        for calendar in production.calendars.iter_mut() {
            calendar.exceptions.push((saturday, true));
        }
    }
    production
}

#[test]
fn any_plan_with_full_vendors_passes_the_check_and_no_bound_is_above_it() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 20_000 } else { 250 };
    let mut full = 0;
    for seed in 0..seeds {
        let mode =
            [Mode::Balanced, Mode::Deliver, Mode::Cheapest, Mode::NoOvertime][seed as usize % 4];
        println!("seed {seed}");
        let production = anything_at_vendors(seed);
        planned_in(&production, mode, 24);
        let mut unlimited = production.clone();
        unlimited.vendors.iter_mut().for_each(|row| row.capacity_days_per_week = None);
        let plan = planned_in(&unlimited, mode, 0).plan;
        full += u32::from(!shotplan::verify::plan(&production, &plan).violations.is_empty());
    }
    assert!(full as usize * 2 > seeds as usize, "only {full} of {seeds} ask for too much");
}

#[test]
fn any_plan_with_pools_passes_the_check_and_no_bound_is_above_it() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 20_000 } else { 250 };
    for seed in 0..seeds {
        let mode =
            [Mode::Balanced, Mode::Deliver, Mode::Cheapest, Mode::NoOvertime][seed as usize % 4];
        println!("seed {seed}");
        let production = anything_with_pools(seed);
        let solved = planned_in(&production, mode, 24);
        let forecast = shotplan::forecast::of(&production, &solved.plan);
        let ledger = shotplan::forecast::reconcile(&forecast, &production, &solved.plan);
        assert_eq!(ledger, Ok(()), "seed {seed}");
        let overflow = forecast.sum_of(shotplan::forecast::PostingKind::Overflow);
        assert_eq!(overflow, solved.objective.technology, "seed {seed}");
    }
}

#[test]
fn work_whose_only_artist_is_booked_on_another_show_has_no_time() {
    let mut production = Production::new("two shows", day(0), day(60));
    let comp = production.add_department("CMP");
    for code in ["north", "south"] {
        let show = production.shows.push(Show::new(code, CalendarId::new(0)));
        production.tasks.push(Task::new(code, Entity::Show(show), comp, 960));
    }
    let mut ada = Person::new("ada", SiteId::new(0), comp);
    ada.bookings.push(Booking {
        show: ShowId::new(0),
        department: None,
        from: day(0),
        to: day(60),
        share: 10_000,
        state: BookingState::Confirmed,
        probability: 10_000,
        cancelled: None,
        source: Source::default(),
    });
    production.people.push(ada);
    // She has the skill, so that it would not be true that nobody can.
    let solved = planned_in(&production, Mode::Balanced, 20);
    assert_eq!(solved.plan.unplaced, [(TaskId::new(1), Unplaced::NoTimeLeft)]);
}

#[test]
fn any_plan_passes_the_check_and_no_bound_is_above_it() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 20_000 } else { 400 };
    for seed in 0..seeds {
        let mode =
            [Mode::Balanced, Mode::Deliver, Mode::Cheapest, Mode::NoOvertime][seed as usize % 4];
        println!("seed {seed}");
        planned_in(&anything(seed), mode, 24);
    }
}

/// An earlier plan of the same work, with some of it moved, given to others, or not there.
#[test]
fn changes_of_an_earlier_plan_cost_what_the_judge_says() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 10_000 } else { 200 };
    let mut priced = 0;
    for seed in 0..seeds {
        println!("seed {seed}");
        let mut production = anything(seed);
        let plan = planned(&production, 8).plan;
        let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0xeaf);
        let mut earlier = EarlierPlan::of(&production, &plan, random.random_range(0..8));
        for place in earlier.places.iter_mut() {
            match (random.random_range(0..6), place.as_mut()) {
                (0, _) => *place = None,
                (1, Some(place)) => {
                    let days = jiff::Span::new().days(random.random_range(-20..=20));
                    place.start = place.start.saturating_add(days);
                }
                (2, Some(place)) => place.people.clear(),
                _ => {}
            }
        }
        production.earlier = Some(earlier);
        let mode = [Mode::KeepPlan, Mode::Balanced][seed as usize % 2];
        let solved = planned_in(&production, mode, 24);
        priced += u32::from(solved.objective.stability > Cents::ZERO);
    }
    assert!(priced > 60, "{priced} plans have changes");
}

/// Evenness costs what the judge says, in every move of the search.
#[test]
fn uneven_teams_cost_what_the_judge_says() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 10_000 } else { 150 };
    let mut uneven = 0;
    for seed in 0..seeds {
        println!("seed {seed}");
        let mut production = anything(seed);
        production.settings.weights.set(BALANCE, [1, 10_000, 200_000][seed as usize % 3]);
        if seed % 4 == 0 {
            let home = production.people[PersonId::new(0)].skills[0].department;
            production.people.iter_mut().for_each(|person| person.skills[0].department = home);
        }
        let solved = planned(&production, 24);
        uneven += u32::from(solved.objective.balance > Cents::ZERO);
    }
    assert!(uneven > 60, "{uneven} plans are uneven");
}

/// Whatever a house counts: the engine sees what the judge sees, and no bound is above a plan.
#[test]
fn weights_change_what_is_best_and_nothing_else() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 3_000 } else { 120 };
    let mut tight = 0;
    for seed in 0..seeds {
        println!("seed {seed}");
        let with_pools = seed % 2 == 1;
        let mut production = if with_pools { anything_with_pools(seed) } else { anything(seed) };
        let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x3e1);
        for (component, _) in Weights::names() {
            if random.random_bool(0.5) {
                let points = [0, 2_500, 12_345, 30_000, 200_000][random.random_range(0..5)];
                production.settings.weights.set(component, points);
            }
        }
        let mode = Mode::ALL[seed as usize % Mode::ALL.len()];
        let solved = planned_in(&production, mode, 24);
        tight += u32::from(solved.lower_bound > Cents::ZERO);
    }
    assert!(tight > 20, "{tight} bounds say something");
}

/// Whatever a department's time is said to cost.
#[test]
fn time_at_any_price_is_below_any_plan() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 4_000 } else { 80 };
    let mut above = 0;
    for seed in 0..seeds {
        let mode =
            [Mode::Balanced, Mode::Deliver, Mode::Cheapest, Mode::NoOvertime][seed as usize % 4];
        let solved = planned_in(&anything(seed), mode, 24);
        let value = solved.objective.total(&Weights::default().multipliers(mode));
        let mut random = Pcg64Mcg::seed_from_u64(seed);
        for _ in 0..8 {
            let mut prices = Vec::new();
            // A price for all shows, or one for each of them.
            let shows = [vec![None], vec![Some(0), Some(1)]];
            let shows = &shows[random.random_range(0..2)];
            for (department, &show) in
                (0..3).flat_map(|at| shows.iter().map(move |show| (at, show)))
            {
                let mut first = 0;
                while first < 60 {
                    let end = first + random.random_range(1..=14);
                    let price = solved.problem.artist_day as f64
                        * random.random::<f64>().powi(4)
                        * random.random_range(0.0..0.1);
                    prices.push(TimePrice { department, show, first, end, price });
                    first = end;
                }
            }
            let bound = bounds::at_prices(&solved.problem, &solved.heads, &prices, &|| false);
            assert!(bound <= value, "seed {seed}: {bound:?} above {value:?} at {prices:?}");
            above += u32::from(bound > Cents::ZERO);
        }
    }
    assert!(above > 30, "{above} bounds say something");
}

#[test]
fn more_steps_never_make_a_plan_worse() {
    for seed in 0..20 {
        let production = anything(seed);
        let value = |steps| {
            planned(&production, steps)
                .objective
                .total(&Weights::default().multipliers(Mode::Balanced))
        };
        assert!(value(200) <= value(0), "seed {seed}");
    }
}
