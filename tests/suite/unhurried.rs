//! Overtime that nothing waits for is given up, and nothing becomes later for it.

use crate::support::{self, planning::planned};
use shotplan::formulate::{NONE, Problem};
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::solve::engine::board::{Board, Wish};
use shotplan::solve::engine::place::Taste;
use shotplan::solve::engine::priorities;
use shotplan::solve::engine::schedule::{Schedule, Window};
use shotplan::solve::engine::trial::{Order, Trial};
use shotplan::solve::engine::unhurried::{unhurried, unhurry};
use shotplan::solve::{Short, plan_again};

/// A show in which hours are slots, from its other tables.
fn in_hours(tables: &str) -> Production {
    support::show(&format!(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        productive = 1
        review = 0
        slots_per_day = 8
        mode = \"balanced\"
        {tables}"
    ))
}

/// Ann tracks, Bo composites what she tracked after three days of something else.
fn ann_and_bo(hours: &str) -> Production {
    in_hours(&format!(
        "--- people.csv
        name,department
        Ann,MM
        Bo,CMP
        --- shots.csv
        id,due
        010_0010,2027-01-04
        010_0020,2027-01-06
        --- tasks.csv
        id,shot,department,days,after
        mm,010_0010,MM,{hours},
        other,010_0020,CMP,3,
        cmp,010_0010,CMP,1,mm"
    ))
}

/// Everybody at once and as early as they can, with two hours of overtime on each whole day of Ann.
fn hurried(show: &Production, problem: &Problem) -> Schedule {
    let mut board = Board::new(problem);
    for (code, artist, minutes) in [("mm", "Ann", 120), ("other", "Bo", 0), ("cmp", "Bo", 0)] {
        put_first(show, problem, &mut board, (code, artist), minutes);
    }
    board.schedule
}

fn of_ann(show: &Production, schedule: &Schedule) -> (u32, u32, u32) {
    let task = show.tasks.iter().position(|task| task.code == "mm").expect("mm") as u32;
    let part = schedule.parts_of(task)[0];
    (part.start, part.end, part.long_days.count_ones())
}

/// 18 hours end on Tuesday evening with two hours of overtime, two hours into Wednesday without; Bo comes to it on
/// Thursday in either case.
#[test]
fn overtime_goes_where_who_goes_on_is_busy() {
    let show = ann_and_bo("2.25");
    let problem = planned(&show, 0).problem;
    let before = hurried(&show, &problem);
    assert_eq!(of_ann(&show, &before), (0, 16, 1));
    let after = unhurried(&problem, &before, true, &mut || false).0;
    assert_eq!(of_ann(&show, &after), (0, 18, 0));
    for task in 1..3 {
        assert_eq!((before.start[task], before.end[task]), (after.start[task], after.end[task]));
    }
}

/// 26 hours with two hours of overtime on two days end after six hours of Wednesday; one day of it is enough for
/// Thursday morning, none is not.
#[test]
fn as_much_overtime_stays_as_is_needed() {
    let show = ann_and_bo("3.25");
    let problem = planned(&show, 0).problem;
    let before = hurried(&show, &problem);
    assert_eq!(of_ann(&show, &before), (0, 22, 2));
    let after = unhurried(&problem, &before, true, &mut || false).0;
    assert_eq!(of_ann(&show, &after), (0, 24, 1));
    let (stopped, is_whole) = unhurried(&problem, &before, true, &mut || true);
    assert!(!is_whole);
    assert_eq!((stopped.start, stopped.end), (before.start.clone(), before.end.clone()));
}

/// Kim, a freelancer, tracks for two days from Monday, when Ann is busy; she has time from Wednesday on. She does it where
/// that is soon enough for Bo, and Kim where it is not.
#[test]
fn cheaper_hands_do_what_is_in_time_with_them() {
    for (bo_is_busy, who) in [(4, "Ann"), (3, "Kim")] {
        let show = in_hours(&format!(
            "--- people.csv
            name,department
            Kim,MM
            Ann,MM
            Bo,CMP
            --- contracts.csv
            person,kind,start,end,rate,basis,burden,notice
            Kim,freelance,2027-01-04,2027-12-31,400,day,0%,0
            Ann,staff,2026-01-05,,60000,year,0%,
            Bo,staff,2026-01-05,,60000,year,0%,
            --- shots.csv
            id,due
            010_0010,2027-01-04
            010_0020,2027-01-06
            010_0030,2027-01-06
            --- tasks.csv
            id,shot,department,days,after
            mm,010_0010,MM,2,
            busy,010_0020,MM,2,
            other,010_0030,CMP,{bo_is_busy},
            cmp,010_0010,CMP,1,mm"
        ));
        let problem = planned(&show, 0).problem;
        let mut board = Board::new(&problem);
        for (code, artist) in [("mm", "Kim"), ("busy", "Ann"), ("other", "Bo"), ("cmp", "Bo")] {
            put_first(&show, &problem, &mut board, (code, artist), 0);
        }
        let after = unhurried(&problem, &board.schedule, true, &mut || false).0;
        let mm = show.tasks.iter().position(|task| task.code == "mm").expect("mm");
        let part = after.parts_of(mm as u32)[0];
        let person = problem.lanes[part.lane as usize].person;
        assert_eq!(show.people[person].name, who, "Bo is busy for {bo_is_busy} days");
        let cmp = show.tasks.iter().position(|task| task.code == "cmp").expect("cmp");
        assert_eq!(after.end[cmp], board.schedule.end[cmp]);
        // Who asks what a change does wants nothing else changed.
        let short = Short { steps: 1, is_over: &|| false };
        let again = plan_again(&problem, &board.schedule, Cents::ZERO, short, 1).expect("it fits");
        let is_mm = |part: &&Assignment| part.task.index() == mm;
        let by = again.plan.assignments.iter().find(is_mm).expect("mm").worker;
        let Worker::Person(kim) = by else { panic!("no vendor is there: {by:?}") };
        assert_eq!(show.people[kim].name, "Kim");
    }
}

/// Ann and Bo take turns at two sequences, a day each; they exchange the second days, and each stays on one.
#[test]
fn artists_exchange_what_makes_both_change_sequence() {
    let show = in_hours(
        "--- people.csv
        name,department
        Ann,LGT
        Bo,LGT
        --- sequences.csv
        id
        010
        020
        --- shots.csv
        id,sequence,due
        a1,010,2027-01-04
        a2,010,2027-01-05
        a3,010,2027-01-06
        b1,020,2027-01-04
        b2,020,2027-01-05
        b3,020,2027-01-06
        --- tasks.csv
        id,shot,department,days
        a1,a1,LGT,1
        a2,a2,LGT,1
        a3,a3,LGT,1
        b1,b1,LGT,1
        b2,b2,LGT,1
        b3,b3,LGT,1",
    );
    let problem = planned(&show, 0).problem;
    let mut board = Board::new(&problem);
    let turns =
        [("a1", "Ann"), ("b1", "Bo"), ("b2", "Ann"), ("a2", "Bo"), ("a3", "Ann"), ("b3", "Bo")];
    for (code, artist) in turns {
        put_first(&show, &problem, &mut board, (code, artist), 0);
    }
    let after = unhurried(&problem, &board.schedule, true, &mut || false).0;
    let who = |code: &str| {
        let task = show.tasks.iter().position(|task| task.code == code).expect("a task");
        problem.lanes[after.parts_of(task as u32)[0].lane as usize].person
    };
    assert_eq!([who("a1"), who("a2")], [who("a3"); 2]);
    assert_eq!([who("b1"), who("b2")], [who("b3"); 2]);
    assert_eq!(after.start, board.schedule.start);
}

/// Ann does two days of one sequence, two of another and two of the first again, Bo the other way round: no two days
/// exchanged save anything, as a change goes and another comes; the two runs in the middle save four changes.
#[test]
fn artists_exchange_runs_where_no_task_alone_saves_anything() {
    let days = ["04", "05", "06", "07", "08", "11"];
    let rows = |row: &dyn Fn(&str, usize, &str) -> String| {
        let each = ["a", "b"].into_iter().flat_map(|sequence| {
            days.iter().enumerate().map(move |(number, day)| (sequence, number, *day))
        });
        each.map(|(sequence, number, day)| row(sequence, number, day)).collect::<String>()
    };
    let shots = rows(&|sequence, number, day| {
        format!("\n        {sequence}{number},{sequence},2027-01-{day}")
    });
    let tasks = rows(&|sequence, number, _| {
        format!("\n        {sequence}{number},{sequence}{number},LGT,1")
    });
    let show = in_hours(&format!(
        "--- people.csv
        name,department
        Ann,LGT
        Bo,LGT
        --- sequences.csv
        id
        a
        b
        --- shots.csv
        id,sequence,due{shots}
        --- tasks.csv
        id,shot,department,days{tasks}"
    ));
    let problem = planned(&show, 0).problem;
    let mut board = Board::new(&problem);
    for number in 0..days.len() {
        let is_middle = number == 2 || number == 3;
        let (of_ann, of_bo) = if is_middle { ("b", "a") } else { ("a", "b") };
        for (sequence, artist) in [(of_ann, "Ann"), (of_bo, "Bo")] {
            let code = format!("{sequence}{number}");
            put_first(&show, &problem, &mut board, (&code, artist), 0);
        }
    }
    let after = unhurried(&problem, &board.schedule, true, &mut || false).0;
    let who = |code: String| {
        let task = show.tasks.iter().position(|task| task.code == code).expect("a task");
        problem.lanes[after.parts_of(task as u32)[0].lane as usize].person
    };
    for sequence in ["a", "b"] {
        let first = who(format!("{sequence}0"));
        assert!((1..6).all(|number| who(format!("{sequence}{number}")) == first), "{sequence}");
    }
    assert_eq!(after.start, board.schedule.start);
}

/// Kim takes four days where Ann takes two, and has to begin on Monday at the latest; nobody waits for the work before a
/// week has gone. Ann does it, and begins on Monday too, though she would end no later than Kim if she did what Lee,
/// another freelancer, does until Tuesday evening before it.
#[test]
fn quicker_hands_begin_no_later_than_they_have_to() {
    let show = in_hours(
        "--- people.csv
        name,department
        Kim,MM
        Lee,MM
        Ann,MM
        Bo,CMP
        --- skills.csv
        person,department,level
        Kim,MM,0.5
        --- contracts.csv
        person,kind,start,end,rate,basis,burden,notice
        Kim,freelance,2027-01-04,2027-12-31,400,day,0%,0
        Lee,freelance,2027-01-04,2027-12-31,400,day,0%,0
        Ann,staff,2026-01-05,,60000,year,0%,
        Bo,staff,2026-01-05,,60000,year,0%,
        --- shots.csv
        id,due
        010_0010,2027-01-04
        010_0020,2027-01-08
        010_0030,2027-01-05
        --- tasks.csv
        id,shot,department,days,after,rule
        mm,010_0010,MM,2,,SNLT 2027-01-04
        other,010_0020,CMP,5,,
        cmp,010_0010,CMP,1,mm,
        also,010_0030,MM,2,,",
    );
    let problem = planned(&show, 0).problem;
    let mut board = Board::new(&problem);
    for (code, artist) in [("mm", "Kim"), ("also", "Lee"), ("other", "Bo"), ("cmp", "Bo")] {
        put_first(&show, &problem, &mut board, (code, artist), 0);
    }
    let after = unhurried(&problem, &board.schedule, true, &mut || false).0;
    let (start, end, _) = of_ann(&show, &after);
    assert_eq!(end - start, 16, "Ann does it");
    assert!(start < 8, "it begins at hour {start}");
}

/// Puts a task into the first gap of an artist, with minutes of overtime on each whole day.
fn put_first(
    show: &Production,
    problem: &Problem,
    board: &mut Board,
    (code, artist): (&str, &str),
    minutes: u32,
) {
    let task = show.tasks.iter().position(|task| task.code == code).expect("a task") as u32;
    let job = &problem.jobs[task as usize];
    let is_theirs = |lane: u32| show.people[problem.lanes[lane as usize].person].name == artist;
    let mut crew = problem.crews[job.crew as usize].iter();
    let candidate = crew.find(|candidate| is_theirs(candidate.lane)).expect("the artist");
    let wish = Wish {
        need: problem.need(job.work, candidate.rate),
        parts: 1,
        minutes,
        within_pools: false,
        give_up: NONE,
    };
    let window = Window::of(problem, &board.schedule, task, NONE);
    let part = board.fit(problem, task, candidate.lane, window, wish).expect("a place");
    board.put(problem, task, part.start, part.end, &[part]);
}

/// Plans in which everything is hurried cost less afterwards, and nothing in them is later.
#[test]
fn nothing_is_later_for_it() {
    for (archetype, seed) in
        (1..=8).map(|seed| (Archetype::Commercial, seed)).chain([(Archetype::Episodic, 1)])
    {
        let tightness = if seed % 2 == 0 { Tightness::Overloaded } else { Tightness::Tight };
        let recipe = Recipe { archetype, seed, tightness, as_of_percent: 0, dirt: false };
        let (show, _) = generate::production_with_report(&recipe);
        let problem = Problem::new(&show, Mode::Balanced);
        let lengths = priorities::usual_lengths(&problem);
        let mut urgency = priorities::urgency(&problem, &lengths, false);
        let keys = priorities::latest_start(&problem, &lengths, &urgency);
        // Everything is late, and costs ten artist-days a day.
        urgency.latest_end.fill(0);
        urgency.price.fill(10 * problem.artist_day / i64::from(problem.slots_per_day));
        let order = Order { keys, taste: Taste { overtime: 96, ..Taste::BALANCED } };
        let mut trial = Trial::new(&problem);
        trial.run(&problem, &urgency, &order, &|| false).expect("it was not stopped");
        let before = trial.incumbent();
        let mut after = before.clone();
        assert!(
            unhurry(&problem, &mut after, true, &mut || false),
            "{archetype:?} {seed}: nothing was given up"
        );
        assert!(after.value < before.value);
        let (old, new) = (before.objective, after.objective);
        assert!(new.labour + new.overtime_aversion < old.labour + old.overtime_aversion);
        assert!(new.milestone_lateness <= old.milestone_lateness, "{archetype:?} {seed}");
        assert!(new.shot_lateness <= old.shot_lateness, "{archetype:?} {seed}");
        assert!(new.broken_rules <= old.broken_rules, "{archetype:?} {seed}");
        assert_eq!(new.unscheduled, old.unscheduled, "{archetype:?} {seed}");
    }
}

/// A short search makes so many steps, and none once it is over.
#[test]
fn a_short_search_that_is_over_makes_no_step() {
    let (archetype, tightness) = (Archetype::Commercial, Tightness::Tight);
    let recipe = Recipe { archetype, seed: 3, tightness, as_of_percent: 0, dirt: false };
    let (show, _) = generate::production_with_report(&recipe);
    let solved = planned(&show, 0);
    let value = |steps, is_over| {
        let (problem, short) = (&solved.problem, Short { steps, is_over: &|| is_over });
        let tried = plan_again(problem, &solved.schedule, Cents(i64::MAX), short, 1);
        tried.expect("it fits").objective.total(&problem.multipliers)
    };
    assert_eq!(value(512, true), value(0, false));
    assert!(value(512, false) < value(512, true));
}
