//! Who may work on what in the weekly program: shows that share people, specialities, sites.

use super::staffing::{MODES, Solve, relaxes};
use crate::properties::anything;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use shotplan::formulate::Problem;
use shotplan::formulate::staffing::{Kind, staffing};
use shotplan::generate::{Archetype, Recipe, Tightness, production};
use shotplan::model::*;
use shotplan::solve::bounds::heads;
use shotplan::solve::linear::{Settings, solve};
use shotplan::solve::{known, prices};

fn day(number: i64) -> jiff::civil::Date {
    jiff::civil::date(2027, 1, 4).saturating_add(jiff::Span::new().days(number))
}

fn booking(show: ShowId, from: i64, to: i64, share: i64) -> Booking {
    Booking {
        show,
        department: None,
        from: day(from),
        to: day(to),
        share,
        state: BookingState::Confirmed,
        probability: 10_000,
        cancelled: None,
        source: Source::default(),
    }
}

/// Value of the weekly program, in minor units.
fn value(production: &Production, kind: Kind) -> f64 {
    let mode = production.settings.mode;
    let problem = Problem::new(production, mode);
    let known = known(&problem, &heads(&problem));
    let timeline = production.timeline();
    let lanes = availability::lanes(production, &timeline);
    let built = staffing(production, &timeline, &lanes, &known, mode, kind);
    let answer = solve(&built.program, &Settings::default());
    assert!(answer.is_optimal(), "{:?}", answer.tried);
    answer.value
}

/// A studio of so many shows, all of whose artists are at full speed, without overtime.
fn studio(shows: usize, last: i64) -> Production {
    let mut production = Production::new("studio", day(0), day(last));
    production.settings.productive = 1_000;
    production.settings.mode = Mode::NoOvertime;
    production.sites[SiteId::new(0)].holidays.clear();
    for number in 0..shows {
        production.shows.push(Show::new(&format!("show{number}"), CalendarId::new(0)));
    }
    production
}

/// Work of so many days on a show, which any number of artists may share.
fn work(production: &mut Production, show: usize, department: DepartmentId, days: i64) -> TaskId {
    let code = format!("t{}", production.tasks.len());
    let mut task = Task::new(&code, Entity::Show(ShowId::new(show)), department, days * 480);
    (task.review, task.max_parallel, task.min_chunk) = (0, 20, 1);
    production.tasks.push(task)
}

#[test]
fn time_that_is_booked_on_one_show_does_no_work_of_another() {
    // A week, two artists: ten days of work fit their time, eight on one show and two on the other.
    let mut show = studio(2, 4);
    let comp = show.add_department("CMP");
    work(&mut show, 0, comp, 8);
    work(&mut show, 1, comp, 2);
    let people =
        ["ada", "bo"].map(|code| show.people.push(Person::new(code, SiteId::new(0), comp)));
    let lost = |show: &Production, days: f64| {
        // Five artist-days for each day without a place; rounding takes half a unit a task at most.
        let expected = 5.0 * days * show.mean_day_cost().0 as f64;
        for kind in [Kind::Bound, Kind::Estimate] {
            let found = value(show, kind);
            assert!((found - expected).abs() <= 2.0 + 1e-6 * expected, "{found}, not {expected}");
        }
    };
    lost(&show, 0.0);
    // Each is booked on a show: three of the eight days have nobody.
    for (number, &person) in people.iter().enumerate() {
        show.people[person].bookings = vec![booking(ShowId::new(number), 0, 4, 10_000)];
    }
    lost(&show, 3.0);
    // Half of the second one's time on the first show: half a day.
    show.people[people[1]].bookings =
        vec![booking(ShowId::new(0), 0, 4, 5_000), booking(ShowId::new(1), 0, 4, 5_000)];
    lost(&show, 0.5);
    // Free from Wednesday on, so that nothing is booked before: two of the eight days, none of the two.
    show.people[people[1]].bookings = vec![booking(ShowId::new(0), 2, 4, 10_000)];
    lost(&show, 2.0);
    // Named for the other show instead of booked.
    show.people[people[1]].bookings.clear();
    show.people[people[1]].shows = vec![ShowId::new(1)];
    lost(&show, 3.0);
}

#[test]
fn time_of_a_show_that_may_not_come_is_partly_free() {
    // A week, an artist booked on each of two shows: eight days of work on the first, four on the second, which
    // comes with one half.
    let mut show = studio(2, 4);
    let comp = show.add_department("CMP");
    for (number, days) in [8, 4].into_iter().enumerate() {
        work(&mut show, number, comp, days);
        let person = Person::new(&format!("p{number}"), SiteId::new(0), comp);
        let person = show.people.push(person);
        show.people[person].bookings = vec![booking(ShowId::new(number), 0, 4, 10_000)];
    }
    let near = |show: &Production, kind: Kind, days: f64| {
        let (found, expected) = (value(show, kind), 5.0 * days * show.mean_day_cost().0 as f64);
        assert!((found - expected).abs() <= 2.0 + 1e-5 * expected, "{found}, not {expected}");
    };
    near(&show, Kind::Estimate, 3.0);
    show.shows[ShowId::new(1)].probability = 5_000;
    // A plan has both shows in it: three days. Of all futures, half of the second artist's five days are the first
    // show's: half a day is left, and two of the second show's expected days fit two and a half.
    near(&show, Kind::Bound, 3.0);
    near(&show, Kind::Estimate, 0.5);
    // Sure to come but for a tenth: half a day of help.
    show.shows[ShowId::new(1)].probability = 9_000;
    near(&show, Kind::Estimate, 2.5);
}

#[test]
fn time_at_one_site_does_no_work_that_is_held_at_another() {
    // Nine days of comp, six of them held by an artist in London: there are five a week.
    let mut show = studio(1, 4);
    let comp = show.add_department("CMP");
    let mut other = show.sites[SiteId::new(0)].clone();
    other.code = "montreal".to_owned();
    let other = show.sites.push(other);
    let ada = show.people.push(Person::new("ada", SiteId::new(0), comp));
    show.people.push(Person::new("bo", other, comp));
    let held = work(&mut show, 0, comp, 6);
    work(&mut show, 0, comp, 3);
    let price = 5.0 * show.mean_day_cost().0 as f64;
    assert!(value(&show, Kind::Bound).abs() <= 2.0);
    (show.tasks[held].lock, show.tasks[held].assigned) = (Lock::Person, vec![ada]);
    assert!((value(&show, Kind::Bound) - price).abs() <= 2.0);
    // So does work of a speciality that nobody else has.
    (show.tasks[held].lock, show.tasks[held].assigned) = (Lock::None, Vec::new());
    show.tasks[held].tag = Some("stereo".to_owned());
    show.people[ada].skills[0].tag = Some("stereo".to_owned());
    assert!((value(&show, Kind::Bound) - price).abs() <= 2.0);
}

/// A week of some shows, departments, people and tasks, tied in all the ways there are.
fn week(seed: u64) -> Production {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let shows = random.random_range(1..=3);
    let mut show = studio(shows, 4);
    let departments = ["ANI", "CMP"].map(|code| show.add_department(code));
    let mut other = show.sites[SiteId::new(0)].clone();
    other.code = "montreal".to_owned();
    show.sites.push(other);
    let tag =
        |random: &mut Pcg64Mcg| (random.random_range(0..3) == 0).then(|| "creature".to_owned());
    for number in 0..random.random_range(2..=5) {
        let department = departments[number % 2];
        let site = SiteId::new(random.random_range(0..2));
        let mut person = Person::new(&format!("p{number}"), site, department);
        person.skills[0].tag = tag(&mut random);
        if random.random_range(0..3) == 0 {
            let department = departments[(number + 1) % 2];
            let tag = tag(&mut random);
            person.skills.push(Skill { department, tag, level: 1_000, max_class: Class::D });
        }
        match random.random_range(0..4) {
            0 => person.shows = vec![ShowId::new(random.random_range(0..shows))],
            1 => {
                for id in 0..shows {
                    let (from, to) = (random.random_range(0..3), random.random_range(2..=4));
                    let share = 10_000 / shows as i64;
                    person.bookings.push(booking(ShowId::new(id), from, to, share));
                }
            }
            2 => {
                let id = ShowId::new(random.random_range(0..shows));
                person.bookings = vec![booking(id, 0, 4, 10_000)];
            }
            _ => {}
        }
        show.people.push(person);
    }
    for _ in 0..random.random_range(2..=4) {
        let department = departments[random.random_range(0..2)];
        let (on, days) = (random.random_range(0..shows), random.random_range(2..=6));
        let task = work(&mut show, on, department, days);
        show.tasks[task].tag = tag(&mut random);
        if random.random_range(0..4) == 0 {
            let site = SiteId::new(random.random_range(0..2));
            let there = show
                .people
                .enumerate()
                .filter(|(id, person)| person.site == site && show.level_for(*id, task).is_some());
            let there: Vec<PersonId> = there.map(|(id, _)| id).collect();
            if !there.is_empty() {
                (show.tasks[task].lock, show.tasks[task].assigned) = (Lock::Person, there);
            }
        }
    }
    show
}

/// Days of work that people cannot do in the week: of all sets of tasks, the most by which one is more than the
/// time of all who can do any of it (Hall).
fn without_anybody(show: &Production) -> f64 {
    let lanes = availability::lanes(show, &show.timeline());
    let may = |lane: &Lane, task: TaskId| {
        let row = &show.tasks[task];
        let on = show.show_of(row.entity);
        lane.show.is_none_or(|booked| booked == on)
            && show.level_for(lane.person, task).is_some()
            && (row.lock == Lock::None || row.assigned.contains(&lane.person))
    };
    let tasks: Vec<TaskId> = show.tasks.ids().collect();
    let short = |set: u32| {
        let set: Vec<TaskId> = tasks
            .iter()
            .enumerate()
            .filter(|(at, _)| set >> at & 1 == 1)
            .map(|row| *row.1)
            .collect();
        let work: i64 = set.iter().map(|&task| show.tasks[task].work_left()).sum();
        let able = lanes.iter().filter(|lane| set.iter().any(|&task| may(lane, task)));
        let time: u64 = able.flat_map(|lane| &lane.share).map(|&share| u64::from(share)).sum();
        work as f64 / 480.0 - time as f64 / 1e4
    };
    (0..1_u32 << tasks.len()).map(short).fold(0.0, f64::max)
}

#[test]
fn what_nobody_can_do_is_what_every_set_of_tasks_says() {
    let (mut short, mut told) = (0, 0);
    for seed in 0..400 {
        let show = week(seed);
        let expected = 5.0 * without_anybody(&show) * show.mean_day_cost().0 as f64;
        let found = value(&show, Kind::Bound);
        assert!(
            (found - expected).abs() <= 5.0 + 1e-5 * expected,
            "seed {seed}: {found}, not {expected}"
        );
        // With everybody for everything of their department.
        let mut free = show.clone();
        for person in free.people.iter_mut() {
            person.shows.clear();
            person.bookings.clear();
            person.skills.iter_mut().for_each(|skill| skill.tag = None);
        }
        for task in free.tasks.iter_mut() {
            (task.tag, task.lock) = (None, Lock::None);
        }
        short += u32::from(expected > 0.0);
        told += u32::from(
            expected > 5.0 + 5.0 * without_anybody(&free) * free.mean_day_cost().0 as f64,
        );
    }
    assert!(short > 150 && told > 80, "{short} are short, {told} for who may do what");
}

#[test]
fn every_plan_with_people_for_some_work_only_is_a_point_of_the_program() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 5_000 } else { 200 };
    for seed in 0..seeds {
        println!("seed {seed}");
        let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x6361_6c6c);
        let mut production = anything(seed);
        let shows: Vec<ShowId> = production.shows.ids().collect();
        let some = |random: &mut Pcg64Mcg| shows[random.random_range(0..shows.len())];
        for person in production.people.iter_mut() {
            match random.random_range(0..5) {
                0 => person.shows = vec![some(&mut random)],
                1 => {
                    let from = random.random_range(0..30);
                    person.bookings = vec![booking(some(&mut random), from, from + 60, 10_000)];
                }
                _ => {}
            }
            for skill in &mut person.skills {
                skill.tag = (random.random_range(0..3) == 0).then(|| "creature".to_owned());
            }
        }
        for id in production.tasks.ids() {
            if random.random_range(0..4) == 0 && production.tasks[id].lock == Lock::None {
                production.tasks[id].tag = Some("creature".to_owned());
            }
            // Whoever is held has to be able.
            let able = |person: &PersonId| production.level_for(*person, id).is_some();
            if production.tasks[id].lock != Lock::None
                && !production.tasks[id].assigned.iter().all(able)
            {
                production.tasks[id].lock = Lock::None;
            }
        }
        let how = if seed % 10 == 0 { Solve::Yes } else { Solve::No };
        relaxes(&production, MODES[seed as usize % 4], 12, how);
    }
}

/// A generated show as two that share its people: every second sequence is the other one's, and so are some of
/// the bookings; a quarter of all others are booked on one of them for good.
fn in_two(mut production: Production) -> Production {
    let first = ShowId::new(0);
    let other = Show { code: "other".to_owned(), ..production.shows[first].clone() };
    let other = production.shows.push(other);
    for sequence in production.sequences.iter_mut().skip(1).step_by(2) {
        sequence.show = other;
    }
    let last = 7 * i64::from(production.timeline().weeks());
    for (number, person) in production.people.iter_mut().enumerate() {
        let show = if number % 2 == 0 { first } else { other };
        let monday = days_between(day(0), production.settings.as_of);
        match person.bookings.is_empty() {
            true if number % 4 < 2 => {
                person.bookings = vec![booking(show, monday, monday + last, 10_000)];
            }
            true => {}
            false => person.bookings.iter_mut().for_each(|row| row.show = show),
        }
    }
    for task in production.tasks.iter_mut() {
        (task.lock, task.start, task.end) = (Lock::None, None, None);
    }
    production
}

#[test]
fn plans_of_shows_that_share_people_are_points_of_the_program() {
    for (archetype, seed, tightness) in [
        (Archetype::Commercial, 1, Tightness::Tight),
        (Archetype::Commercial, 2, Tightness::Overloaded),
        (Archetype::Episodic, 3, Tightness::Tight),
    ] {
        let recipe = Recipe { archetype, seed, tightness, as_of_percent: 35, dirt: false };
        let one = production(&recipe);
        let two = in_two(one.clone());
        let proven = relaxes(&two, MODES[seed as usize], 20, Solve::IfPrecise);
        println!("{archetype:?} {seed} {tightness:?}: {:.1} % proven", 100.0 * proven);
    }
}

#[test]
fn an_artist_more_has_a_price_for_the_show_that_is_short() {
    // Three weeks, two artists, each booked on a show. The first has twenty days of work, the other three.
    let mut show = studio(2, 20);
    let comp = show.add_department("CMP");
    for (number, days) in [20, 3].into_iter().enumerate() {
        let person = Person::new(&format!("p{number}"), SiteId::new(0), comp);
        let person = show.people.push(person);
        show.people[person].bookings = vec![booking(ShowId::new(number), 0, 20, 10_000)];
        work(&mut show, number, comp, days);
    }
    let found = prices(&show, Mode::NoOvertime, 10).expect("solved");
    let rows: Vec<_> = found.rows.iter().map(|price| (price.call.show, price.one_less)).collect();
    // Any week of the first show; a week of five days at five artist-days for each.
    assert!(!rows.is_empty());
    for price in &found.rows {
        assert_eq!(price.call.show, Some(ShowId::new(0)), "{price:?}");
        let week = 25.0 * show.mean_day_cost().0 as f64;
        assert!((price.one_more - week).abs() <= 1e-3 * week, "{price:?}");
    }
    // If both may work on both shows there are seven days to spare.
    show.people.iter_mut().for_each(|person| person.bookings.clear());
    assert!(prices(&show, Mode::NoOvertime, 10).expect("solved").rows.is_empty());
}
