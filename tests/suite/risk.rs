//! Odds: a run without spread is the plan, draws cost what the forecast says, closed forms hold, and no
//! number of threads changes a byte.

use crate::averaging::anything_by_average;
use crate::days_off::anything_on_days_off;
use crate::properties::{anything, anything_at_vendors};
use crate::setup::settling;
use crate::support::{
    self, LONDON_AND_MONTREAL,
    planning::{Show, planned},
};
use jiff::civil::date;
use shotplan::forecast::{self, PostingKind, Tally};
use shotplan::generate::{Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::risk::{
    Chances, Course, Odds, Options, Policy, Replay, Samples, Setting, Stream, hold_as_planned, odds,
};
use shotplan::solve::Solved;
use shotplan::solve::engine::schedule::holds;
use shotplan::verify;

const DRAWS: u32 = 4_000;

fn options(production: &Production) -> Options {
    Options {
        draws: DRAWS,
        seed: 1,
        threads: 1,
        policy: Policy::FixedOrder,
        confidence: 0.8,
        precision: None,
        mode: production.settings.mode,
        target: MilestoneId::new(0),
    }
}

fn odds_of(production: &Production, uncertainty: &Uncertainty, options: &Options) -> Odds {
    let solved = planned(production, 20);
    odds_with(production, &solved, uncertainty, options)
}

fn odds_with(
    production: &Production,
    solved: &Solved,
    uncertainty: &Uncertainty,
    options: &Options,
) -> Odds {
    let forecast = forecast::of(production, &solved.plan);
    odds(production, &solved.plan, &forecast, uncertainty, options, &()).expect("draws")
}

/// A milestone with all work of the first show, due on a day.
fn promised(production: &mut Production, due: jiff::civil::Date) {
    production.milestones.push(Milestone {
        code: "end".into(),
        name: "end".into(),
        show: ShowId::new(0),
        kind: MilestoneKind::Final,
        date: due,
        hard: false,
        penalty_per_day: None,
        contents: vec![Entity::Show(ShowId::new(0))],
        source: Source::default(),
    });
}

/// A plan with all that its runs need.
struct Compiled {
    production: Production,
    solved: Solved,
    course: Course,
    chances: Chances,
    tally: Tally,
}

fn compiled(production: Production, uncertainty: &Uncertainty) -> Compiled {
    let solved = planned(&production, 20);
    let forecast = forecast::of(&production, &solved.plan);
    let mut course = Course::new(&production, &solved.plan, production.settings.mode);
    let chances = Chances::new(&production, &course, uncertainty, &[]);
    let drawn = chances.none(&course, Stream::new(1, 1));
    hold_as_planned(&mut course, &chances, &drawn);
    let timeline = course.problem.timeline.clone();
    let tally = Tally::new(&production, &solved.plan, &forecast, &timeline, &course.lanes);
    Compiled { production, solved, course, chances, tally }
}

impl Compiled {
    fn setting(&self, policy: Policy) -> Setting<'_> {
        Setting {
            production: &self.production,
            course: &self.course,
            tally: &self.tally,
            policy,
            target: 0,
            weeks: 10,
        }
    }
}

/// Every third person leads, every second is booked tentatively, so that leading goes along with work.
fn with_leads(mut production: Production) -> Production {
    for (row, person) in production.people.iter_mut().enumerate() {
        if row % 3 == 0 {
            person.lead_share = 2_500;
        }
        if row % 2 == 0 {
            for booking in person.bookings.iter_mut().filter(|row| row.is_usable()) {
                booking.state = BookingState::Tentative;
            }
        }
    }
    production
}

/// Every other contract guarantees something: days, weeks, the first days.
fn with_guarantees(mut production: Production, seed: u64) -> Production {
    let mut number = seed;
    for person in production.people.iter_mut() {
        for contract in person.contracts.iter_mut() {
            number += 1;
            contract.guarantee = match number % 6 {
                0 => Guarantee { day_minutes: 420, ..Guarantee::default() },
                1 => Guarantee { week_minutes: 2_400, ..Guarantee::default() },
                2 => Guarantee { day_minutes: 240, week_minutes: 1_800, days: 12 },
                _ => Guarantee::default(),
            };
        }
    }
    production
}

/// Any production, every other one with days off that are worked where that pays, half of these with overtime
/// paid by the average.
fn any_days(seed: u64) -> Production {
    if seed.is_multiple_of(2) {
        return anything(seed / 2);
    }
    let mut production = match seed % 4 {
        1 => anything_on_days_off(seed / 2),
        _ => anything_by_average(seed / 2),
    };
    production.settings.mode = Mode::Deliver;
    // What is rented beyond a pool stays what the plan says.
    production.pools = Keyed::new();
    production.tasks.iter_mut().for_each(|task| task.pools.clear());
    production
}

#[test]
fn a_run_without_spread_is_the_plan() {
    for seed in 0..240 {
        let production = with_guarantees(with_leads(any_days(seed)), seed);
        let production = if seed % 3 == 0 { settling(production, seed) } else { production };
        let production = if seed % 5 == 0 { anything_at_vendors(seed) } else { production };
        let all = compiled(production, &Uncertainty::none());
        assert!(all.course.moved.is_empty(), "seed {seed}: {:?}", all.course.moved);
        let forecast = forecast::of(&all.production, &all.solved.plan);
        for policy in [Policy::FixedOrder, Policy::Replan] {
            let mut replay = Replay::new(&all.course);
            let mut drawn = all.chances.none(&all.course, Stream::new(1, 1));
            replay.run(&all.course, &all.chances, &mut drawn, policy);
            for (task, &planned) in all.course.planned_end.iter().enumerate() {
                assert_eq!(replay.schedule.end[task], planned, "seed {seed}, task {task}");
                let start = all.solved.schedule.start[task];
                assert_eq!(replay.schedule.start[task], start, "seed {seed}, task {task}");
                let ran = replay.schedule.parts_of(task as u32);
                for (part, planned) in ran.iter().zip(all.course.parts_of(task as u32)) {
                    let [ran, planned] = [(part.start, part.end), (planned.start, planned.end)];
                    assert_eq!(ran, planned, "seed {seed}, task {task}");
                }
            }
            let only = Samples::of_plan(all.setting(policy), &all.chances, Stream::new(1, 1));
            assert_eq!(only.cost, [forecast.total.efc().0], "seed {seed}");
            let cash = &forecast.cash;
            let lowest = cash.lowest.map_or(cash.opening, |week| cash.weeks[week].balance);
            assert_eq!(only.lowest, [lowest.0], "seed {seed}");
            // The same through a draw in which nothing happens to be uncertain.
            let drawn =
                Samples::make(all.setting(policy), &all.chances, Stream::new(1, 3), 0, 3, &|| {
                    false
                });
            assert_eq!(drawn.cost, [forecast.total.efc().0; 3], "seed {seed}");
        }
    }
}

/// Compositing of two artists whose end waits for tracking or for a day, and what one of them does after it.
fn ends_that_wait(sites: [&str; 3], tracking: &str) -> Production {
    let [ann, bob, cyd] = sites;
    let mut production = support::show(&format!(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        slots_per_day = 4
        productive = 1
        review = 0
        {LONDON_AND_MONTREAL}
        --- people.csv
        name,department,site
        Ann,MM,{ann}
        Bob,CMP,{bob}
        Cyd,CMP,{cyd}
        --- shots.csv
        id
        010_0010
        010_0020
        --- tasks.csv
        id,shot,department,days
        mm,010_0010,MM,{tracking}
        cmp,010_0010,CMP,3
        more,010_0020,CMP,1"
    ));
    production.tasks[TaskId::new(1)].max_parallel = 2;
    production
}

/// It is enough that one of the artists ends late enough; the other goes on to what comes next, in the plan and in a run
/// in which tracking takes longer.
#[test]
fn only_the_part_that_ends_last_waits_for_an_end() {
    let [mm, cmp, more] = [0, 1, 2].map(TaskId::new);
    let link = |link, lag| Dependency { link, lag, ..Dependency::new(mm, cmp) };
    let mut tracked = ends_that_wait(["london"; 3], "2");
    tracked.dependencies.push(link(Link::FinishToFinish, 0));
    let mut dated = ends_that_wait(["london"; 3], "2");
    dated.tasks[cmp].rules.push(DateRule::FinishNoEarlierThan(date(2027, 1, 6)));
    // What Ann ends on Tuesday at noon is seen in London on Wednesday: Bob ends after it, Cyd seven slots after its start.
    let mut apart = ends_that_wait(["montreal", "montreal", "london"], "1.5");
    apart.dependencies.push(link(Link::FinishToFinish, 0));
    apart.dependencies.push(link(Link::StartToFinish, 7));
    for (case, production, tracking, last) in
        [("tracked", tracked, 8, 8), ("dated", dated, 8, 9), ("apart", apart, 6, 7)]
    {
        let rows = [(mm, 0, 0, 0, tracking), (cmp, 0, 1, 0, 6), (cmp, 1, 2, last - 6, last)];
        let rows = rows.into_iter().chain([(more, 0, 1, 6, 10)]);
        let assignments = rows.map(|(task, part, person, start, end)| Assignment {
            task,
            part,
            worker: Worker::Person(PersonId::new(person)),
            segments: vec![Interval { start: Slot(start), end: Slot(end) }],
        });
        let plan = Plan { assignments: assignments.collect(), ..Plan::default() };
        let violations = verify::plan(&production, &plan).violations;
        assert!(violations.is_empty(), "{case}: {violations:#?}");
        let mut course = Course::new(&production, &plan, Mode::Balanced);
        let chances = Chances::new(&production, &course, &Uncertainty::none(), &[]);
        let mut drawn = chances.none(&course, Stream::new(1, 1));
        hold_as_planned(&mut course, &chances, &drawn);
        assert!(course.moved.is_empty(), "{case}: {:?}", course.moved);
        let mut replay = Replay::new(&course);
        let mut ends = |work: u64| {
            drawn.work[0] *= work;
            replay.run(&course, &chances, &mut drawn, Policy::FixedOrder);
            let problem = &course.problem;
            assert!(
                problem.waits.iter().all(|wait| holds(problem, &replay.schedule, wait)),
                "{case}"
            );
            replay.schedule.parts[1..4].iter().map(|part| part.end).collect::<Vec<_>>()
        };
        assert_eq!(ends(1), [6, last, 10], "{case}");
        // Tracking takes twice as long: Bob waits for it only where he is the last.
        let [bob, cyd] = match case {
            "tracked" => [6, 16],
            "dated" => [6, 9],
            _ => [12, 7],
        };
        assert_eq!(ends(2), [bob, cyd, bob + 4], "{case}");
    }
}

/// What a run did, as a plan.
fn plan_of(all: &Compiled, replay: &Replay) -> Plan {
    let mut plan = Plan::default();
    let problem = &all.course.problem;
    for (task, job) in problem.jobs.iter().enumerate() {
        let id = TaskId::new(task);
        if !replay.schedule.is_placed(task as u32) {
            continue;
        }
        let parts = replay.schedule.parts_of(task as u32);
        if parts.is_empty() {
            plan.instants.push((id, Slot(replay.schedule.start[task])));
        }
        for (number, part) in parts.iter().enumerate() {
            let worker = match job.kind {
                shotplan::formulate::JobKind::Vendor(vendor, _) => Worker::Vendor(vendor),
                _ => Worker::Person(problem.lanes[part.lane as usize].person),
            };
            let run = Interval { start: Slot(part.start), end: Slot(part.end) };
            plan.assignments.push(Assignment {
                task: id,
                part: number as u32,
                worker,
                segments: vec![run],
            });
        }
    }
    // Overtime of days on which nobody works is not worked.
    let works = |row: &Overtime| {
        replay.runs.iter().any(|&(lane, start, end)| {
            let lane = &all.course.lanes[lane as usize];
            let (from, to) = (row.day.0 * 4, row.day.0 * 4 + 4);
            lane.person == row.person
                && start < to
                && from < end
                && (lane.share[row.day.0 as usize] > 0 || lane.minutes_off(row.day.0) > 0)
        })
    };
    plan.overtime = all.solved.plan.overtime.iter().filter(|row| works(row)).copied().collect();
    plan.unplaced = all.solved.plan.unplaced.clone();
    plan
}

#[test]
fn a_draw_costs_what_the_forecast_says_of_it() {
    let (mut checked, mut topped_up) = (0, 0);
    for seed in 0..90 {
        let mut production = with_guarantees(with_leads(any_days(seed)), seed);
        // With time enough, and with people who stay, work never runs past what the forecast knows.
        production.settings.horizon_end = date(2029, 12, 31);
        for person in production.people.iter_mut() {
            person.contracts.iter_mut().for_each(|contract| contract.end = None);
            person.bookings.iter_mut().for_each(|booking| booking.to = date(2029, 12, 31));
        }
        let mut uncertainty = Uncertainty::usual(&production);
        uncertainty.reviews.clear();
        let all = compiled(production, &uncertainty);
        let stream = Stream::new(seed, 4);
        for policy in [Policy::FixedOrder, Policy::Replan] {
            let sampled = Samples::make(all.setting(policy), &all.chances, stream, 0, 4, &|| false);
            let mut replay = Replay::new(&all.course);
            let mut drawn = all.chances.none(&all.course, stream);
            for draw in 0..4 {
                all.chances.draw(&all.course, draw, &mut drawn);
                replay.run(&all.course, &all.chances, &mut drawn, policy);
                if replay.beyond > 0 {
                    continue;
                }
                // Vendors are paid for what is left, which in the draw may be less or more.
                let mut changed = all.production.clone();
                for (id, task) in all.production.tasks.enumerate() {
                    if task.vendor.is_some() && all.course.is_placed(id.index() as u32) {
                        changed.tasks[id].remaining = Some(drawn.paid[id.index()] as i64);
                    }
                }
                let exact = forecast::of(&changed, &plan_of(&all, &replay));
                let place = draw as usize;
                assert_eq!(sampled.cost[place], exact.total.efc().0, "seed {seed}, draw {draw}");
                checked += 1;
                let missing = exact.sum_of(PostingKind::Guaranteed);
                let planned = forecast::of(&all.production, &all.solved.plan);
                topped_up += u32::from(missing != planned.sum_of(PostingKind::Guaranteed));
            }
        }
    }
    assert!(checked > 300, "{checked} draws");
    assert!(topped_up * 4 > checked, "{topped_up} draws pay other guaranteed time than the plan");
}

#[test]
fn a_draw_keeps_order_desks_and_crews() {
    let mut late = 0;
    for seed in 0..160 {
        let mut production = any_days(seed);
        // Contracts that end soon: work goes on after them.
        for person in production.people.iter_mut() {
            person.contracts.iter_mut().for_each(|contract| contract.end = Some(date(2027, 1, 29)));
        }
        let mut uncertainty = Uncertainty::usual(&production);
        let event = RiskEvent {
            name: "outage".into(),
            probability: 0.7,
            days: Distribution::Fixed(4.0),
            work: 0.2,
            money: Distribution::Fixed(1.0),
            from: None,
            to: None,
            departments: vec![DepartmentId::new(2)],
            entities: Vec::new(),
        };
        uncertainty.events.push(event);
        let all = compiled(production, &uncertainty);
        let problem = &all.course.problem;
        let mut replay = Replay::new(&all.course);
        let mut drawn = all.chances.none(&all.course, Stream::new(seed, 3));
        for (draw, policy) in
            [(0, Policy::FixedOrder), (1, Policy::Replan), (2, Policy::FixedOrder)]
        {
            all.chances.draw(&all.course, draw, &mut drawn);
            replay.run(&all.course, &all.chances, &mut drawn, policy);
            if replay.beyond > 0 {
                continue;
            }
            let placed = |task: u32| replay.schedule.is_placed(task);
            for wait in problem.waits.iter().filter(|wait| placed(wait.from) && placed(wait.to)) {
                assert!(holds(problem, &replay.schedule, wait), "seed {seed}: {wait:?}");
            }
            let mut desks: Vec<(u32, u32, u32)> = replay
                .runs
                .iter()
                .map(|&(lane, start, end)| (problem.lanes[lane as usize].desk, start, end))
                .collect();
            desks.sort_unstable();
            for pair in desks.windows(2) {
                assert!(pair[0].0 != pair[1].0 || pair[0].2 <= pair[1].1, "seed {seed}: {pair:?}");
            }
            if let Some(cap) = problem.caps[2].first() {
                for day in 0..problem.timeline.days() {
                    let mut people: Vec<PersonId> = problem
                        .jobs
                        .iter()
                        .enumerate()
                        .filter(|(_, job)| job.department == 2)
                        .flat_map(|(task, _)| replay.schedule.parts_of(task as u32))
                        .filter(|part| part.lane != u32::MAX)
                        .filter(|part| {
                            let time = all.course.time(part.lane);
                            time.days_of(part.from, part.to).any(|(own, _)| own == day)
                        })
                        .map(|part| problem.lanes[part.lane as usize].person)
                        .collect();
                    people.sort_unstable();
                    people.dedup();
                    assert!(people.len() <= usize::from(*cap), "seed {seed}, day {day}");
                }
            }
            late += usize::from(replay.runs.iter().any(|run| run.2 > 26 * 4));
        }
    }
    assert!(late > 100, "{late} draws run past the contracts");
}

#[test]
fn a_draw_keeps_to_what_vendors_can_do_in_a_week() {
    let (mut late, mut full) = (0, 0);
    for seed in 0..120 {
        let mut production = anything_at_vendors(seed);
        production.vendors.iter_mut().for_each(|row| row.late_probability = 5_000);
        let all = compiled(production, &Uncertainty::usual(&anything_at_vendors(seed)));
        let problem = &all.course.problem;
        let mut replay = Replay::new(&all.course);
        let mut drawn = all.chances.none(&all.course, Stream::new(seed, 3));
        for draw in 0..4 {
            all.chances.draw(&all.course, draw, &mut drawn);
            replay.run(&all.course, &all.chances, &mut drawn, Policy::FixedOrder);
            if replay.beyond > 0 {
                continue;
            }
            let mut weeks = std::collections::BTreeMap::new();
            for (id, task) in all.production.tasks.enumerate() {
                let (Some(vendor), &[part]) =
                    (task.vendor, replay.schedule.parts_of(id.index() as u32))
                else {
                    continue;
                };
                let show = all.production.show_of(task.entity);
                let calendar = &all.production.calendars[all.production.shows[show].calendar];
                let is_worked =
                    |slot: &u32| calendar.is_worked(problem.timeline.date(Day(slot / 4)));
                // Notes come back after the work: the vendor is done with it as long before.
                let slots: Vec<u32> = (part.from..part.to).filter(is_worked).collect();
                let (work, count) = (all.production.work_left(id), slots.len() as i64);
                for (place, slot) in (0..).zip(&slots) {
                    let done = |slots: i64| work * slots / count;
                    *weeks.entry((vendor, slot / 28)).or_insert(0) += done(place + 1) - done(place);
                }
                late += u32::from(drawn.late[id.index()] > 0);
            }
            for ((vendor, week), minutes) in weeks {
                let row = &all.production.vendors[vendor];
                if let Some(most) = row.week_minutes(all.production.bid_day_minutes()) {
                    assert!(minutes <= most, "seed {seed}, draw {draw}, {} week {week}", row.code);
                    full += u32::from(minutes * 10 >= most * 9);
                }
            }
        }
    }
    assert!(late > 100 && full > 100, "{late} are late, {full} weeks are full");
}

/// One artist after the other: a chain of tasks of so many days each.
fn chain(tasks: usize, days: i64, artists: usize) -> Production {
    let mut show = Show::new(&["CMP"]);
    show.production.settings.productive = 1_000;
    show.production.settings.horizon_end = date(2029, 12, 31);
    for artist in 0..artists {
        show.artist(&format!("a{artist}"), 0);
    }
    let mut before = None;
    for _ in 0..tasks {
        let shot = show.shot("s", 300);
        let task = show.task(shot, 0, 1);
        let row = &mut show.production.tasks[task];
        (row.bid, row.estimate) = (days * 480, days * 480);
        if let Some(before) = before {
            show.after(before, task);
        }
        before = Some(task);
    }
    promised(&mut show.production, date(2027, 3, 1));
    show.production
}

fn factor(factor: Distribution) -> Uncertainty {
    let spread = Spread { department: None, class: None, seniority: None, factor };
    Uncertainty { spreads: vec![spread], ..Uncertainty::none() }
}

/// Ends of the only milestone, in working days from the start; the plan begins on a Monday.
fn ends(production: Production, uncertainty: &Uncertainty, draws: u32) -> Vec<f64> {
    let all = compiled(production, uncertainty);
    let stream = Stream::plain(1, draws);
    let setting = all.setting(Policy::FixedOrder);
    let samples = Samples::make(setting, &all.chances, stream, 0, draws, &|| false);
    samples
        .ends_of(0)
        .map(|end| {
            // Weekends are no time.
            let (day, part) = ((end - 1) / 4, (end - 1) % 4 + 1);
            f64::from(day / 7 * 5 + (day % 7).min(5)) + f64::from(part) / 4.0
        })
        .collect()
}

fn moments(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (values.len() as f64 - 1.0)).sqrt())
}

#[test]
fn a_chain_of_normal_tasks_ends_normally() {
    // Nine tasks of 20 days with a standard deviation of a tenth: 180 days, 3 × 2 days. Work fills whole
    // quarters of days, which takes each task an eighth of a day longer on average.
    let normal = factor(Distribution::Normal { mean: 1.0, sd: 0.1 });
    let (mean, sd) = moments(&ends(chain(9, 20, 1), &normal, DRAWS));
    let error = 3.0 * 6.0 / f64::from(DRAWS).sqrt();
    assert!((mean - 180.0 - 9.0 / 8.0).abs() < error + 0.02, "mean {mean}");
    assert!((sd - 6.0).abs() < 3.0 * 6.0 / (2.0 * f64::from(DRAWS)).sqrt() + 0.02, "sd {sd}");
}

#[test]
fn where_two_paths_meet_the_end_is_later_than_either() {
    // Two tasks of 40 days, sd 8, side by side: the later one ends at 40 + 8 ÷ √π on average.
    let mut production = chain(1, 40, 2);
    let task = production.tasks[TaskId::new(0)].clone();
    production.tasks.push(Task { code: "other".into(), ..task });
    let normal = factor(Distribution::Normal { mean: 1.0, sd: 0.2 });
    let (mean, _) = moments(&ends(production, &normal, DRAWS));
    let expected = 40.0 + 8.0 / std::f64::consts::PI.sqrt() + 0.125;
    assert!((mean - expected).abs() < 3.0 * 7.0 / f64::from(DRAWS).sqrt() + 0.02, "mean {mean}");
}

#[test]
fn retakes_come_back_as_often_as_they_should() {
    // A round follows with probability 0.4: 0.4 ÷ 0.6 rounds on average, each a fifth of 30 days.
    let uncertainty = Uncertainty {
        retakes: vec![Retakes {
            department: None,
            class: None,
            probability: 0.4,
            share: 0.2,
            most: 1_000,
        }],
        ..Uncertainty::none()
    };
    let (mean, sd) = moments(&ends(chain(1, 30, 1), &uncertainty, DRAWS));
    let expected = 30.0 + 6.0 * 0.4 / 0.6;
    assert!((mean - expected).abs() < 3.0 * sd / f64::from(DRAWS).sqrt(), "mean {mean}");
    assert!((sd - 6.0 * 0.4_f64.sqrt() / 0.6).abs() < 0.5, "sd {sd}");
}

#[test]
fn notes_make_what_waits_later_and_leave_the_artist_free() {
    let mut production = chain(2, 10, 1);
    production.dependencies.clear();
    let notes = Reviews { class: None, rounds: 1.5, days: 4.0, share: 0.0 };
    let notes = Uncertainty { reviews: vec![notes], ..Uncertainty::none() };
    let all = compiled(production, &notes);
    let mut drawn = all.chances.none(&all.course, Stream::new(1, 100));
    let mut replay = Replay::new(&all.course);
    let mut rounds = 0.0;
    for draw in 0..100 {
        all.chances.draw(&all.course, draw, &mut drawn);
        replay.run(&all.course, &all.chances, &mut drawn, Policy::FixedOrder);
        rounds += f64::from(drawn.lag.iter().sum::<u32>()) / 16.0 / 2.0;
        // Both are worked one after the other without a gap.
        assert_eq!(replay.runs[1].1 / 4, 14);
    }
    assert!((rounds / 100.0 - 1.5).abs() < 0.05, "{rounds}");
}

/// P10, P50, P80, P90 of all work against all bids: 36 sequences of 40 tasks, sigma 0.5.
fn total_work(show: f64, sequence: f64) -> [f64; 4] {
    let mut made = Show::new(&["CMP"]);
    made.artist("a", 0);
    made.production.settings.horizon_end = date(2027, 1, 5);
    for number in 0..36 {
        let own = made.production.sequences.push(Sequence::new(&format!("{number}"), made.show));
        for _ in 0..40 {
            let shot = made.production.shots.push(Shot::new("s", own));
            made.task(shot, 0, 40);
        }
    }
    let mut uncertainty = factor(Distribution::LogNormal { median: 1.0, sigma: 0.5 });
    uncertainty.correlation = Correlation { show, sequence, department: 0.0 };
    // Work is drawn for what has a place: each task on the first day, whoever works there.
    let segments = vec![Interval { start: Slot(0), end: Slot(1) }];
    let assignments = made.production.tasks.ids().map(|task| Assignment {
        task,
        part: 0,
        worker: Worker::Person(PersonId::new(0)),
        segments: segments.clone(),
    });
    let plan = Plan { assignments: assignments.collect(), ..Plan::default() };
    let course = Course::new(&made.production, &plan, Mode::Balanced);
    let chances = Chances::new(&made.production, &course, &uncertainty, &[]);
    let mut drawn = chances.none(&course, Stream::new(3, DRAWS));
    let bid: u64 = drawn.work.iter().sum();
    let mut totals: Vec<f64> = (0..DRAWS)
        .map(|draw| {
            chances.draw(&course, draw, &mut drawn);
            drawn.work.iter().sum::<u64>() as f64 / bid as f64
        })
        .collect();
    totals.sort_by(f64::total_cmp);
    [0.1, 0.5, 0.8, 0.9].map(|level| totals[(level * f64::from(DRAWS)) as usize])
}

#[test]
fn what_tasks_have_in_common_spreads_the_total() {
    // The published figures for a feature; the middle of each is exp(sigma² ÷ 2) lowered by what is shared.
    for (show, sequence, expected) in [
        (0.00, 0.00, [1.124, 1.133, 1.139, 1.141]),
        (0.05, 0.05, [0.957, 1.129, 1.234, 1.279]),
        (0.10, 0.10, [0.922, 1.107, 1.274, 1.369]),
        (0.20, 0.10, [0.823, 1.083, 1.330, 1.459]),
    ] {
        let found = total_work(show, sequence);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 0.03, "{show}, {sequence}: {found} for {expected}");
        }
    }
}

fn commercial() -> Production {
    let recipe = Recipe {
        archetype: Archetype::Commercial,
        seed: 2,
        tightness: Tightness::Tight,
        as_of_percent: 0,
        dirt: false,
    };
    shotplan::generate::production(&recipe)
}

#[test]
fn threads_and_splits_change_nothing() {
    let production = commercial();
    let uncertainty = Uncertainty::usual(&production);
    let solved = planned(&production, 50);
    let plain = Options { draws: 300, ..options(&production) };
    let first = odds_with(&production, &solved, &uncertainty, &plain);
    for threads in [2, 4] {
        let other = Options { threads, ..plain };
        assert_eq!(odds_with(&production, &solved, &uncertainty, &other), first);
    }
    let all = compiled(production, &uncertainty);
    let setting = all.setting(Policy::Replan);
    let make =
        |from, to| Samples::make(setting, &all.chances, Stream::new(5, 90), from, to, &|| false);
    let whole = make(0, 90);
    let mut parts = make(0, 31);
    parts.append(make(31, 32));
    parts.append(make(32, 90));
    assert_eq!(parts.cost, whole.cost);
    assert_eq!(parts.ends, whole.ends);
    assert_eq!(parts.lowest, whole.lowest);
}

#[test]
fn figures_agree_with_each_other() {
    let mut production = commercial();
    let budget = forecast::of(&production, &planned(&production, 50).plan).total.efc();
    let line = BudgetLine {
        account: AccountId::new(0),
        show: None,
        department: None,
        original: budget,
        approved_changes: Cents::ZERO,
        last_period: None,
        source: Source::default(),
    };
    production.budget.push(line);
    let solved = planned(&production, 50);
    let uncertainty = Uncertainty::usual(&production);
    let few = Options { draws: 400, ..options(&production) };
    let found = odds_with(&production, &solved, &uncertainty, &few);
    assert!(!found.milestones.is_empty());
    for row in &found.milestones {
        assert!(found.all_on_time.value <= row.on_time.value);
        assert!(row.levels.windows(2).all(|pair| pair[0].1 <= pair[1].1 && pair[0].0 < pair[1].0));
        let due = production.milestones[row.milestone].date;
        let safe = row.levels.iter().find(|level| level.0 == 0.8).expect("a level").1;
        // What is on time with 80 % has no need of contingency, and the other way round.
        assert_eq!(row.on_time.value >= 0.8, safe <= due);
        assert!(if safe <= due { row.contingency <= 0 } else { row.contingency >= 0 });
        assert!(row.by_day.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
    }
    assert!(found.all.value <= found.all_on_time.value);
    if let Some((_, inside)) = found.cost.budget {
        assert!(found.all.value <= inside.value);
    }
    assert_eq!(found.cost.contingency, found.cost.spread.at(0.8) - found.cost.planned);
    let days: f64 = found.causes.iter().map(|cause| cause.days.share).sum();
    let money: f64 = found.causes.iter().map(|cause| cause.money.share).sum();
    assert!((0.2..=1.0 + 1e-9).contains(&days), "{days}");
    assert!((0.2..=1.0 + 1e-9).contains(&money), "{money}");
    let critical: f64 = found.departments.iter().map(|row| row.criticality).sum();
    assert!((critical - 1.0).abs() < 1e-9);
    assert!(found.tasks.iter().all(|row| (0.0..=1.0).contains(&row.criticality)));
    assert!(found.tasks.iter().all(|row| row.cruciality.abs() <= 1.0 + 1e-9));
    let last = found.fan.last().expect("weeks");
    assert!(last.finals[0] <= last.finals[1] && last.finals[1] <= last.finals[2]);
}

#[test]
fn four_times_the_draws_never_leave_more_open() {
    let production = commercial();
    let solved = planned(&production, 50);
    let uncertainty = Uncertainty::usual(&production);
    let errors = |draws: u32| {
        let few = Options { draws, ..options(&production) };
        let found = odds_with(&production, &solved, &uncertainty, &few);
        let mut errors: Vec<f64> = found.milestones.iter().map(|row| row.on_time.error).collect();
        errors.push(found.all.error);
        errors.push(found.cost.spread.mean_error);
        errors
    };
    let (few, more, many) = (errors(100), errors(400), errors(1_600));
    for ((few, more), many) in few.iter().zip(&more).zip(&many) {
        assert!(many <= more && more <= few, "{few} {more} {many}");
    }
}

#[test]
fn a_precision_ends_the_draws_early() {
    let production = commercial();
    let solved = planned(&production, 20);
    let uncertainty = Uncertainty::usual(&production);
    let coarse = Options { precision: Some(0.06), ..options(&production) };
    let found = odds_with(&production, &solved, &uncertainty, &coarse);
    assert!(found.draws < DRAWS as usize / 2, "{} draws", found.draws);
    assert!(found.milestones.iter().all(|row| row.on_time.error <= 0.06));
}

#[test]
fn a_named_risk_and_what_is_done_about_it() {
    // A chain of 20 days; with 40 % the farm stands still for 5 days and costs 1,000. For 300 it is half as
    // likely.
    let mut production = chain(4, 5, 1);
    // Whoever waits in the middle of such work is paid; here nobody costs anything.
    production.settings.default_day_rate = [Cents::ZERO; 4];
    production.milestones[MilestoneId::new(0)].date = date(2027, 1, 29);
    let mut uncertainty = Uncertainty::none();
    uncertainty.events.push(RiskEvent {
        name: "farm down".into(),
        probability: 0.4,
        days: Distribution::Fixed(5.0),
        work: 0.0,
        money: Distribution::Fixed(100_000.0),
        from: None,
        to: Some(date(2027, 1, 20)),
        departments: Vec::new(),
        entities: Vec::new(),
    });
    uncertainty.mitigations.push(Mitigation {
        name: "a second farm".into(),
        cost: Cents(30_000),
        change: Change::Event {
            event: 0,
            probability: Some(0.2),
            days: None,
            work: None,
            money: None,
        },
    });
    let few = Options { draws: 1_000, ..options(&production) };
    let found = odds_of(&production, &uncertainty, &few);
    let row = &found.milestones[0];
    assert_eq!(row.planned, Some(date(2027, 1, 29)));
    assert!((row.on_time.value - 0.6).abs() < 0.002, "{:?}", row.on_time);
    assert_eq!(row.levels.last().map(|level| level.1), Some(date(2027, 2, 5)));
    assert_eq!(row.contingency, 5);
    // Each draw of the strata counts once: the mean is exact.
    assert!((found.cost.spread.mean - found.cost.planned as f64 - 40_000.0).abs() < 200.0);
    let after = &found.mitigations[0];
    assert!((after.on_time.1.value - 0.8).abs() < 0.002);
    // Five working days are a week, and a fifth of the draws wins it.
    assert!((after.days.0 - 1.4).abs() < 0.02, "{:?}", after.days);
    assert!((after.mean_cost.0 - after.mean_cost.1 - 20_000.0 + 30_000.0).abs() < 300.0);
    assert_eq!(found.causes[0].name, "farm down");
    assert!(found.causes[0].days.share > 0.99);
}
