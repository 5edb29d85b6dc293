//! What time costs a plan that is late, and what the first plans make of it.

use crate::support::{self, planning::planned};
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::solve::engine::board::Board;
use shotplan::solve::engine::kept_dates::keep_dates;
use shotplan::solve::engine::ledger::Links;
use shotplan::solve::engine::mend::mend;
use shotplan::solve::engine::place::Taste;
use shotplan::solve::engine::standing::{Setting, Standing};
use shotplan::solve::engine::trial::{Incumbent, Order, Trial};
use shotplan::solve::engine::{pressure, priorities};
use shotplan::solve::{self, Limit, Options};

/// Departments with one artist each.
const NEXT: [&str; 12] =
    ["CMP", "LGT", "FX", "ANI", "LAY", "CFX", "ENV", "ROTO", "PREP", "MOD", "TEX", "RIG"];

/// Ann tracks every shot for so many days, then each shot has an artist of its own; all are due on the first day.
fn one_tracks_for_all(shots: usize, days: u32, mode: &str) -> Production {
    let mut people = String::from("Ann,MM\n");
    let mut dues = String::new();
    let mut tasks = String::new();
    for (shot, department) in (1..=shots).zip(NEXT) {
        people += &format!("Next{shot},{department}\n");
        dues += &format!("010_{shot:04},2027-01-04\n");
        tasks += &format!(
            "mm{shot},010_{shot:04},MM,{days},\nnext{shot},010_{shot:04},{department},1,mm{shot}\n"
        );
    }
    support::show(&format!(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        productive = 1
        review = 0
        mode = \"{mode}\"
        --- people.csv
        name,department
        {people}
        --- shots.csv
        id,due
        {dues}
        --- tasks.csv
        id,shot,department,days,after
        {tasks}"
    ))
}

/// A slot of what comes next costs what a slot of its shot costs. The first of Ann's three tasks keeps three shots waiting, the
/// second two, the third one: six prices over three tasks of the same length are two each.
#[test]
fn prices_add_up_where_ways_of_late_shots_meet() {
    let show = one_tracks_for_all(3, 1, "no-overtime");
    let solved = planned(&show, 0);
    let prices = pressure::prices(&solved.problem, &solved.schedule);
    let price = |code: &str| {
        prices[show.tasks.iter().position(|task| task.code == code).expect("a task of the show")]
    };
    let slot = price("next1");
    assert!(slot > 0, "every shot is late");
    for (task, times) in
        [("mm1", 2), ("mm2", 2), ("mm3", 2), ("next1", 1), ("next2", 1), ("next3", 1)]
    {
        assert_eq!(price(task), times * slot, "{task}");
    }
}

/// Where nothing is late, time is worth nothing.
#[test]
fn time_has_no_price_where_nothing_is_late() {
    let mut show = one_tracks_for_all(3, 1, "no-overtime");
    for shot in show.shots.iter_mut() {
        shot.due = "2027-02-26".parse().ok();
    }
    let solved = planned(&show, 0);
    assert!(pressure::prices(&solved.problem, &solved.schedule).iter().all(|&price| price == 0));
}

/// Ann is in the way of twelve shots: already the first plans have her work longer from the first week on, weeks
/// before the last shots are late.
#[test]
fn first_plans_relieve_the_bottleneck() {
    let show = one_tracks_for_all(12, 5, "balanced");
    let plan = planned(&show, 0).plan;
    let ann = show.people.iter().position(|person| person.code == "Ann").expect("Ann");
    let first_week =
        plan.overtime.iter().filter(|row| row.person.index() == ann && row.day.0 < 5).count();
    assert!(first_week > 0, "Ann has no overtime in the first week: {:?}", plan.overtime);
}

/// Tracking of 5 and 1 days, compositing of 2 and 6, one artist each. By their dates the first shot comes first and
/// compositing ends on day 13; with the second first it ends on day 9.
#[test]
fn what_feeds_the_busiest_crew_comes_first() {
    let show = support::show(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        productive = 1
        review = 0
        mode = \"no-overtime\"
        --- people.csv
        name,department
        Ann,MM
        Cai,CMP
        --- shots.csv
        id,due
        010_0001,2027-01-05
        010_0002,2027-01-06
        --- tasks.csv
        id,shot,department,days,after
        mm1,010_0001,MM,5,
        cmp1,010_0001,CMP,2,mm1
        mm2,010_0002,MM,1,
        cmp2,010_0002,CMP,6,mm2
        ",
    );
    let solved = planned(&show, 0);
    let problem = &solved.problem;
    let lengths = priorities::usual_lengths(problem);
    let urgency = priorities::urgency(problem, &lengths, false);
    let keys = priorities::by_shot(problem, &lengths, &urgency);
    let task = |code: &str| show.tasks.iter().position(|t| t.code == code).expect(code);
    let ends = |days: i64| {
        let keys = priorities::feeding_the_busiest(problem, &lengths, &keys, days);
        let order = Order { keys, taste: Taste::BALANCED };
        let mut trial = Trial::new(problem);
        trial.run(problem, &urgency, &order, &|| false).expect("not stopped");
        let end = |code: &str| trial.schedule().end[task(code)];
        let day = |slot: u32| show.timeline().finish_date(Slot(slot)).to_string();
        (day(end("cmp1")), day(end("cmp2")))
    };
    // 13 and 9 working days from Monday 4 January on.
    assert_eq!(ends(0), ("2027-01-12".into(), "2027-01-20".into()));
    assert_eq!(ends(10), ("2027-01-14".into(), "2027-01-12".into()));
}

/// Three shots with 5 days of tracking and 2 of compositing, due first, three with 1 and 6; three artists each. By all
/// rules the first three come first and compositing ends on day 13 or later. The first plans find the order in which it ends on
/// day 9, which makes less of it late.
#[test]
fn first_plans_feed_the_busiest_crew() {
    let mut shots = String::new();
    let mut tasks = String::new();
    for shot in 1..=6 {
        let (mm, cmp, due) = if shot <= 3 { (5, 2, "05") } else { (1, 6, "12") };
        shots += &format!("010_{shot:04},2027-01-{due}\n");
        tasks += &format!(
            "mm{shot},010_{shot:04},MM,{mm},\ncmp{shot},010_{shot:04},CMP,{cmp},mm{shot}\n"
        );
    }
    let show = support::show(&format!(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        productive = 1
        review = 0
        mode = \"no-overtime\"
        --- people.csv
        name,department
        Ann,MM
        Bob,MM
        Cai,MM
        Dee,CMP
        Eli,CMP
        Fay,CMP
        --- shots.csv
        id,due
        {shots}
        --- tasks.csv
        id,shot,department,days,after
        {tasks}"
    ));
    let solved = planned(&show, 0);
    let problem = &solved.problem;
    let day = |last: Slot| show.timeline().finish_date(last).to_string();
    let lengths = priorities::usual_lengths(problem);
    let urgency = priorities::urgency(problem, &lengths, false);
    let mut trial = Trial::new(problem);
    for keys in [
        priorities::by_shot(problem, &lengths, &urgency),
        priorities::latest_start(problem, &lengths, &urgency),
        priorities::first_come(problem, &solved.heads.start, &urgency),
    ] {
        let order = Order { keys, taste: Taste::BALANCED };
        trial.run(problem, &urgency, &order, &|| false).expect("not stopped");
        let last = trial.schedule().end.iter().max().expect("tasks");
        // Days as text are in order of time.
        assert!(day(Slot(*last)).as_str() >= "2027-01-20", "{}", day(Slot(*last)));
    }
    let last = solved.plan.assignments.iter().map(Assignment::end).max().expect("a plan");
    assert_eq!(day(last), "2027-01-14");
}

/// In these commercials all orders leave a hard date broken; what the first plans come to has it mended, and nothing
/// left out for it.
#[test]
fn first_plans_mend_what_no_order_keeps() {
    for seed in [27, 33] {
        let recipe = Recipe {
            archetype: Archetype::Commercial,
            seed,
            tightness: Tightness::Tight,
            as_of_percent: 0,
            dirt: false,
        };
        let (show, _) = generate::production_with_report(&recipe);
        let objective = planned(&show, 0).objective;
        assert_eq!(objective.broken_rules, Cents(0), "seed {seed}");
        assert_eq!(objective.unscheduled, Cents(0), "seed {seed}");
    }
}

/// Ann's two tasks of a day: the second has to be done on the first day. In the order of the table it is not; mending
/// puts it first, and nothing else gets worse.
#[test]
fn a_broken_date_is_put_right_by_moving_what_is_in_its_way() {
    let show = support::show(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-03-31
        productive = 1
        review = 0
        --- people.csv
        name,department
        Ann,CMP
        --- tasks.csv
        id,shot,department,days,rule
        first,010_0001,CMP,1,
        second,010_0002,CMP,1,FNLT 2027-01-04
        ",
    );
    let solved = planned(&show, 0);
    let problem = &solved.problem;
    let lengths = priorities::usual_lengths(problem);
    let urgency = priorities::urgency(problem, &lengths, false);
    let order = Order { keys: vec![0, 1], taste: Taste::BALANCED };
    let mut trial = Trial::new(problem);
    let before = trial.run(problem, &urgency, &order, &|| false).expect("not stopped");
    assert!(trial.incumbent().objective.broken_rules > Cents(0), "the order breaks the date");
    assert!(trial.incumbent().promise(problem) < before, "most of its price can be saved");
    let links = Links::new(problem);
    let latest = priorities::latest_start_slots(problem, &lengths, &urgency);
    let setting = Setting { problem, links: &links, urgency: &urgency, latest_start: &latest };
    let mended = mend(setting, trial.schedule(), 50, &|| false);
    assert_eq!(mended.objective.broken_rules, Cents(0));
    assert!(mended.value < before);
    let stopped = mend(setting, trial.schedule(), 50, &|| true);
    assert_eq!(stopped.value, before, "whoever stops gets what there was");
}

/// What passes of a plan save later counts in part where plans are compared before them; lateness counts in full.
#[test]
fn of_two_first_plans_the_one_that_is_less_late_may_promise_more() {
    let show = support::show(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        --- people.csv
        name,department
        Ann,CMP
        --- tasks.csv
        id,shot,department,days
        first,010_0001,CMP,1
        ",
    );
    let solved = planned(&show, 0);
    let problem = &solved.problem;
    let plan = |late: i64, pay: i64| {
        let objective =
            Objective { shot_lateness: Cents(late), labour: Cents(pay), ..Objective::default() };
        let value = objective.total(&problem.multipliers);
        Incumbent { schedule: solved.schedule.clone(), objective, value }
    };
    let (late, dear) = (plan(20_000, 12_000), plan(10_000, 25_000));
    let [pay, whole] = [plan(0, 12_000), plan(20_000, 0)].map(|plan| plan.value.0);
    assert_eq!(late.value_at(problem, 1_000), late.value);
    assert_eq!(late.value_at(problem, 500).0, whole + pay / 2);
    assert!(late.value < dear.value);
    assert!(dear.value_at(problem, 500) < late.value_at(problem, 500));
    assert_eq!(late.promise_at(problem, 250).0, whole + pay / 4);
    let changes = Objective { switches: Cents(8_000), ..Objective::default() };
    let changing = Incumbent { objective: changes, ..plan(0, 0) };
    assert_eq!(changing.value_at(problem, 500).0, changes.total(&problem.multipliers).0 / 2);
}

/// Two looks for first plans are told as one improvement: no value that is told is above one before it, and the
/// search ends at the last of them. The number of threads changes nothing. The second look ends sooner here.
#[test]
fn two_looks_are_told_as_one_improvement() {
    let (archetype, tightness) = (Archetype::Episodic, Tightness::Tight);
    let recipe = Recipe { archetype, seed: 12, tightness, as_of_percent: 0, dirt: false };
    let (show, _) = generate::production_with_report(&recipe);
    let steps = 12 * show.tasks.len() as u64;
    let [alone, both] = [1, 2].map(|threads| {
        let mode = show.settings.mode;
        let options = Options { mode, seed: 1, threads, limit: Limit::Steps(steps) };
        solve::plan(&show, &options, &())
    });
    assert_eq!(alone.plan, both.plan);
    let falls = |pair: &[(u64, Cents)]| pair[1].1 <= pair[0].1 && pair[1].0 >= pair[0].0;
    assert!(alone.improvement.windows(2).all(falls), "{:?}", alone.improvement);
    let value = alone.objective.total(&show.settings.multipliers());
    assert!(alone.improvement.last().is_some_and(|last| last.1 >= value));
    // A step less a task, and there is only the first look.
    let mode = show.settings.mode;
    let options = Options { mode, seed: 1, threads: 1, limit: Limit::Steps(steps - 1) };
    let once = solve::plan(&show, &options, &());
    assert!(alone.objective.milestone_lateness < once.objective.milestone_lateness);
}

/// Ann has to begin `second` on Tuesday and is busy with `first` until Tuesday evening, which has to begin on Monday and
/// waits for Zoe, who does something else first. Two things of Zoe's, and both of Ann's, have to move together.
#[test]
fn dates_that_cross_each_other_are_kept_together() {
    let show = support::show(
        "--- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-03-31
        productive = 1
        review = 0
        --- people.csv
        name,department
        Zoe,ING
        Ann,MM
        --- tasks.csv
        id,shot,department,days,after,rule
        other,010_0003,ING,0.5,,
        ready,010_0001,ING,0.5,,
        first,010_0001,MM,1,ready,MSO 2027-01-04
        second,010_0002,MM,1,,MSO 2027-01-05
        ",
    );
    let solved = planned(&show, 0);
    assert_eq!(solved.objective.broken_rules, Cents(0));
    let problem = &solved.problem;
    let lengths = priorities::usual_lengths(problem);
    let urgency = priorities::urgency(problem, &lengths, false);
    let order = Order { keys: vec![0, 1, 2, 3], taste: Taste::BALANCED };
    let mut trial = Trial::new(problem);
    let before = trial.run(problem, &urgency, &order, &|| false).expect("not stopped");
    assert!(trial.incumbent().objective.broken_rules > Cents(0), "the order breaks dates");
    let links = Links::new(problem);
    let latest = priorities::latest_start_slots(problem, &lengths, &urgency);
    let setting = Setting { problem, links: &links, urgency: &urgency, latest_start: &latest };
    let standing = || Standing::new(problem, &links, Board::of(problem, trial.schedule()));
    let mut kept = standing();
    keep_dates(setting, &mut kept, &mut || false);
    let incumbent = kept.incumbent(problem);
    assert_eq!(incumbent.objective.broken_rules, Cents(0));
    assert!(incumbent.value < before);
    assert!(incumbent.schedule.unplaced.is_empty());
    // Mending begins with it, and whoever stops gets what there was.
    let mended = mend(setting, trial.schedule(), 0, &|| false);
    assert_eq!(mended.objective.broken_rules, Cents(0));
    let mut stopped = standing();
    keep_dates(setting, &mut stopped, &mut || true);
    assert_eq!(stopped.value(), before);
}
