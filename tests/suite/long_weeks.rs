//! Weeks of more than 48 hours: who may work them, what their hours do, what the engine makes of them, and
//! what no bound may be above.

use crate::command_line::shotplan;
use crate::days_off::anything_on_days_off;
use crate::mutants::studio::{BOB, R, Studio};
use crate::support::planning::{Show, planned, planned_in};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use shotplan::compare::{Options, Tried};
use shotplan::forecast;
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::read::{self, plan_from_text};
use shotplan::scenario::Applied;
use shotplan::solve::Limit;
use shotplan::verify::Rule;

/// Work that Bob does in the hours of a week as long as that: three hours more on each of five days.
///
/// 40 hours and 15 more: eight of them do what they take, seven 0.6 of it: 52.2 hours. In order of the days 180, 180, 120 + 0.6 × 60 = 156, 108 and 108 minutes. In basis points of a
/// day 3,750, 3,750, 3,250, 2,250 and 2,250: 20 slots of 10,000 and four times 15,250.
const WORK: i64 = 3_132;
const WORTH: [u32; 5] = [180, 180, 156, 108, 108];

/// Bob works a week of 55 hours.
fn long_week() -> Studio {
    let mut studio = Studio::new();
    studio.show.sites[SiteId::new(0)].overtime.cap_opted_out_minutes = 55 * 60;
    studio.person(BOB).opted_out = true;
    let comp = studio.comp("comp", WORK);
    studio.work(comp, BOB, &[(0, 20)]);
    for (day, worth) in (0..).zip(WORTH) {
        studio.overtime(BOB, day, 180);
        studio.plan.overtime[day as usize].worth = worth;
    }
    studio.assert_valid();
    studio
}

#[test]
fn a_week_of_55_hours_does_the_work_of_52() {
    let studio = long_week();
    // Beyond 45, 50 and 55 hours: 10 × 0.25 + 5 × 0.5 hours of R ÷ 8.
    assert_eq!(studio.verdict().objective.overtime_aversion, Cents(R).times(5, 8));
    let forecast = forecast::of(&studio.show, &studio.plan);
    assert_eq!(forecast::reconcile(&forecast, &studio.show, &studio.plan), Ok(()));
    // All fifteen hours are paid, at one and a half.
    assert_eq!(forecast.overtime.iter().copied().sum::<Cents>(), Cents(R).times(45, 16));
    // Which of the hours are the ones that do less is the plan's to say.
    let mut studio = long_week();
    studio.plan.overtime[0].worth = 108;
    studio.plan.overtime[4].worth = 180;
    studio.assert_valid();
    // But together they do no more, and the task needs what they do.
    studio.plan.overtime[0].worth = 109;
    assert!(studio.verdict().violations.iter().any(|v| v.message.contains("they are worth 732")));
    studio.plan.overtime[0].worth = 70;
    assert!(studio.breaks(Rule::EnoughWork).contains("needs"));
    let mut studio = long_week();
    studio.plan.overtime[0].worth = 181;
    assert!(
        studio
            .verdict()
            .violations
            .iter()
            .any(|v| v.message.contains("181 minutes of work in 180"))
    );
}

#[test]
fn who_has_not_opted_out_is_held_at_48_hours() {
    let mut studio = long_week();
    studio.person(BOB).opted_out = false;
    assert!(studio.breaks(Rule::Overtime).contains("the cap of a week is 2880"));
    let mut studio = long_week();
    studio.show.sites[SiteId::new(0)].overtime.cap_opted_out_minutes = 48 * 60;
    assert!(studio.breaks(Rule::Overtime).contains("the cap of a week is 2880"));
    // The cap of the policy holds too, and the law whatever the policy says.
    let mut studio = long_week();
    studio.show.sites[SiteId::new(0)].overtime.cap_week_minutes = 54 * 60;
    assert!(studio.breaks(Rule::Overtime).contains("the cap of a week is 3240"));
    let mut studio = long_week();
    let site = &mut studio.show.sites[SiteId::new(0)].overtime;
    (site.cap_opted_out_minutes, site.cap_week_minutes) = (10_080, 10_080);
    for row in &mut studio.plan.overtime {
        row.minutes = 300;
    }
    assert!(studio.breaks(Rule::Overtime).contains("the cap of a week is 3600"));
}

#[test]
fn a_fourth_heavy_week_in_a_row_does_less_and_has_a_price() {
    let weeks = |starts: &[u32]| {
        let mut studio = Studio::new();
        studio.show.sites[SiteId::new(0)].overtime.cap_opted_out_minutes = 55 * 60;
        studio.person(BOB).opted_out = true;
        for &week in starts {
            for (day, worth) in (week * 7..).zip(WORTH) {
                studio.overtime(BOB, day, 180);
                studio.plan.overtime.last_mut().unwrap().worth = worth;
            }
        }
        studio
    };
    let price = |studio: &Studio, weeks: i64, too_many: i64| {
        let expected = Cents(R).times(5, 8).by(weeks) + Cents(R).by(too_many);
        assert_eq!(studio.verdict().objective.overtime_aversion, expected);
    };
    let studio = weeks(&[0, 1, 2, 4]);
    studio.assert_valid();
    price(&studio, 4, 0);
    // 0.95 of 52.2 hours are 9.59 more than forty: 575.4 minutes; in a fifth week 0.92: 481.44.
    let mut studio = weeks(&[0, 1, 2, 3, 4]);
    let said = studio.verdict().violations;
    let has = |words: &str| said.iter().any(|v| v.message.contains(words));
    assert!(said.len() == 2 && has("are worth 575") && has("are worth 481"), "{said:#?}");
    price(&studio, 5, 2);
    for (week, most) in [(3, 575), (4, 481)] {
        for (day, row) in studio.plan.overtime[week * 5..week * 5 + 5].iter_mut().enumerate() {
            row.worth = most / 5 - u32::from(day == 4) * 4;
        }
    }
    studio.assert_valid();
    // A house with a longer breath.
    let mut studio = weeks(&[0, 1, 2, 3, 4]);
    studio.show.settings.productivity.patience = 5;
    studio.assert_valid();
    price(&studio, 5, 0);
}

#[test]
fn a_table_without_work_has_it_in_the_order_of_the_days() {
    let studio = long_week();
    let days = |weeks: u32| (0..weeks).flat_map(|week| (0..5).map(move |day| week * 7 + day));
    let read = |text: String| {
        let (plan, issues) = plan_from_text("plan.csv", text.as_bytes(), &studio.show);
        assert!(issues.is_empty(), "{issues:#?}");
        plan.overtime.iter().map(|row| row.worth).collect::<Vec<_>>()
    };
    let mut text = "task,artist,start,end,overtime,overtime_work\n".to_owned();
    for day in days(4) {
        let date = studio.show.timeline().date(Day(day));
        text += &format!(",bob,{date},,3,\n");
    }
    let mut expected = WORTH.repeat(3);
    // 0.95 × (43, 46, 48.6, 50.4, 52.2) − 40 hours: 0.85, 3.7, 6.17, 7.88 and 9.59, of which each day has what is new.
    expected.extend([51, 171, 148, 102, 103]);
    assert_eq!(read(text), expected);
    let text = "task,artist,start,end,overtime,overtime_work\n,bob,2027-01-04,,3,2.5\n";
    assert_eq!(read(text.to_owned()), [150]);
}

/// One artist and fifty hours of work at her pace that are due on Friday.
fn fifty_hours() -> Show {
    let mut show = Show::new(&["CMP"]);
    let site = &mut show.production.sites[SiteId::new(0)];
    site.overtime.cap_opted_out_minutes = 60 * 60;
    let ada = show.artist("ada", 0);
    show.production.people[ada].opted_out = true;
    let shot = show.shot("s", 8);
    show.production.shots[shot].priority = Priority::Emergency;
    show.task(shot, 0, 25);
    show
}

#[test]
fn those_who_opted_out_make_the_date_and_the_others_do_not() {
    let mut show = fifty_hours();
    let friday = 5 * 4;
    let solved = planned(&show.production, 300);
    assert!(solved.schedule.end[0] <= friday, "{:?}", solved.plan);
    let minutes: u32 = solved.plan.overtime.iter().map(|row| row.minutes).sum();
    let worth: u32 = solved.plan.overtime.iter().map(|row| row.worth).sum();
    assert!(minutes > 600 && worth >= 600 - 120, "{minutes} minutes do {worth}");
    show.production.people[PersonId::new(0)].opted_out = false;
    let solved = planned(&show.production, 300);
    assert!(solved.schedule.end[0] > friday);
}

#[test]
fn a_scenario_of_longer_weeks_makes_the_date_for_those_who_may() {
    let mut show = fifty_hours().production;
    show.sites[SiteId::new(0)].overtime.cap_opted_out_minutes = 48 * 60;
    let ada = &mut show.people[PersonId::new(0)];
    ada.overtime_allowed = false;
    let mut bo = ada.clone();
    (bo.code, bo.opted_out) = ("bo".to_owned(), false);
    bo.skills[0].department = show.add_department("ROTO");
    show.people.push(bo);
    for limits in ["hours_week = 60", "hours_week = 60\nfrom = 2027-01-04\nto = 2027-01-08"] {
        let text = format!(
            "[[scenario]]\nname = \"long\"\n[[scenario.edit]]\nop = \"allow_overtime\"\n{limits}\n"
        );
        let (scenarios, issues) = read::scenarios("what-if.toml", text.as_bytes(), &show);
        let [issue] = &issues[..] else { panic!("{issues:#?}") };
        assert_eq!(issue.code, "S16");
        assert_eq!(issue.message, "it stays at 48 hours a week for 1 of 2 people: bo");
        let applied = Applied::new(&show, None, &scenarios[0]);
        let end = |production: &Production| planned(production, 300).schedule.end[0];
        assert!(end(&show) > 20 && end(&applied.production) <= 20);
        assert!(applied.undone() == show);
    }
}

/// Any production, with weeks of up to 60 hours for those who opted out, on curves of all kinds.
fn anything_in_long_weeks(seed: u64) -> Production {
    let mut production = anything_on_days_off(seed);
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x10_6e57);
    let cap = |random: &mut Pcg64Mcg| [2_880, 3_000, 3_300, 3_600][random.random_range(0..4)];
    for site in production.sites.iter_mut() {
        site.overtime.cap_opted_out_minutes = cap(&mut random);
    }
    for person in production.people.iter_mut() {
        person.opted_out = random.random_range(0..4) > 0;
        for contract in person.contracts.iter_mut() {
            if let Some(policy) = &mut contract.overtime {
                policy.cap_opted_out_minutes = cap(&mut random);
            }
        }
        for window in person.overtime_windows.iter_mut() {
            window.cap_week_minutes = [None, Some(3_300)][random.random_range(0..2)];
        }
    }
    let curve = &mut production.settings.productivity;
    match random.random_range(0..4) {
        0 => curve.steps = vec![(2_700, 10_000), (3_300, 7_500)],
        1 => curve.steps = vec![(2_400, 10_000), (2_640, 9_000), (3_000, 5_000), (3_600, 1_000)],
        _ => {}
    }
    curve.patience = random.random_range(0..=3);
    curve.heavy = [2_640, 3_000, 3_000][random.random_range(0..3)];
    production
}

#[test]
fn any_plan_in_long_weeks_passes_the_check_and_no_bound_is_above_it() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 20_000 } else { 120 };
    let (mut heavy, mut less) = (0, 0);
    for seed in 0..seeds {
        let mode = [Mode::Balanced, Mode::Deliver, Mode::Deliver][seed as usize % 3];
        println!("seed {seed}");
        let production = anything_in_long_weeks(seed);
        let solved = planned_in(&production, mode, 60);
        less += u32::from(solved.plan.overtime.iter().any(|row| row.worth < row.minutes));
        let week = |row: &Overtime| (row.person, row.day.0 / 7);
        let weeks = solved.plan.overtime.chunk_by(|a, b| week(a) == week(b));
        heavy += u32::from(
            weeks.map(|week| week.iter().map(|row| row.minutes).sum::<u32>()).any(|sum| sum > 600),
        );
        let forecast = forecast::of(&production, &solved.plan);
        assert_eq!(
            forecast::reconcile(&forecast, &production, &solved.plan),
            Ok(()),
            "seed {seed}"
        );
    }
    println!("{less} of {seeds} plans with hours that do less, {heavy} with ten more in a week");
    assert!(less * 8 > seeds as u32, "{less} of {seeds}");
}

#[test]
fn generated_shows_in_long_weeks_are_valid_and_no_better_than_their_bounds() {
    let mut less = 0;
    for seed in [2, 3] {
        let recipe = Recipe {
            archetype: Archetype::Commercial,
            seed,
            tightness: Tightness::Overloaded,
            as_of_percent: 35,
            dirt: false,
        };
        let mut production = generate::production(&recipe);
        for site in production.sites.iter_mut() {
            site.overtime.cap_opted_out_minutes = 60 * 60;
        }
        for person in production.people.iter_mut() {
            (person.opted_out, person.overtime_allowed) = (true, true);
        }
        let solved = planned_in(&production, Mode::Deliver, 200);
        less += solved.plan.overtime.iter().filter(|row| row.worth < row.minutes).count();
    }
    assert!(less > 0, "no hour does less than it takes");
}

#[test]
fn how_long_a_week_is_and_what_it_does() {
    let studio = long_week();
    let weeks = forecast::hours::long_weeks(&studio.show, &studio.plan);
    let [week] = &weeks[..] else { panic!("{weeks:#?}") };
    assert_eq!((week.person, week.minutes, week.overtime), (PersonId::new(BOB), 3_300, 900));
    assert_eq!((week.worth, week.in_a_row, week.days), (732, 1, 5));
    assert_eq!(week.short_nights, 0);
    // Thirteen hours leave eleven of rest; one minute more does not.
    let mut studio = long_week();
    for (minutes, nights) in [(300, 0), (301, 1)] {
        studio.plan.overtime[2].minutes = minutes;
        let weeks = forecast::hours::long_weeks(&studio.show, &studio.plan);
        assert_eq!(weeks[0].short_nights, nights);
    }
}

/// A show of one artist whose two weeks of work are longer than 48 hours each.
#[test]
fn long_weeks_from_files_to_the_answer_and_back() {
    let place = tempfile::tempdir().expect("a folder");
    let path = |name: &str| place.path().join(name);
    let write = |name: &str, text: &str| std::fs::write(path(name), text).expect("a file");
    std::fs::create_dir(path("show")).expect("a folder");
    write(
        "show/show.toml",
        "[settings]\nas_of = 2027-01-04\nproductive = \"100%\"\nreview = \"0d\"\n\
         [[sites]]\nid = \"london\"\ntime_zone = \"Europe/London\"\novertime_cap_opted_out = \"60h\"\n",
    );
    write("show/people.csv", "name,department,opted_out\nAda,CMP,yes\n");
    write(
        "show/tasks.csv",
        "shot,department,days,due,priority\na_010,CMP,6.3,2027-01-08,emergency\na_020,CMP,6.3,2027-01-15,emergency\n",
    );
    let run = |arguments: &[&str]| {
        let call = shotplan().args(arguments).current_dir(place.path()).assert().success();
        String::from_utf8(call.get_output().stdout.clone()).expect("text")
    };
    run(&["plan", "show", "-o", "out", "--steps", "500", "--mode", "deliver"]);
    run(&["verify", "show", "out/result.json"]);
    let plan = std::fs::read_to_string(path("out/plan.csv")).expect("a plan");
    assert!(plan.lines().next().is_some_and(|header| header.ends_with(",overtime_work")));
    run(&["verify", "show", "out/plan.csv"]);
    let told = run(&["crunch", "show", "--steps", "500", "--mode", "deliver", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let beyond = told["beyond"].as_array().expect("rows");
    let weeks =
        |hours: u64| beyond.iter().find(|row| row["hours"] == hours).unwrap()["weeks"].clone();
    assert!(weeks(48).as_u64() > Some(0) && weeks(60).as_u64() == Some(0), "{told:#}");
    let ways: Vec<&str> =
        told["calmer"].as_array().unwrap().iter().filter_map(|row| row["way"].as_str()).collect();
    assert_eq!(ways, ["no_week_beyond_48_hours", "no_overtime"]);
    let late = |effect: &serde_json::Value| effect["days_late"].as_u64().unwrap();
    assert!(late(&told["plan"]) < late(&told["calmer"][0]["effect"]), "{told:#}");
    assert!(late(&told["calmer"][0]["effect"]) <= late(&told["calmer"][1]["effect"]));
}

/// Who may work overtime does not do worse than who may not: the search goes on from the plan without, where that is
/// the better one, and leaves things as they are where it is not.
#[test]
fn more_freedom_is_not_worse() {
    let recipe = Recipe {
        archetype: Archetype::Commercial,
        seed: 2,
        tightness: Tightness::Tight,
        as_of_percent: 0,
        dirt: false,
    };
    let show = generate::production_with_report(&recipe).0;
    let options = |mode, steps| Options { mode, seed: 1, threads: 1, limit: Limit::Steps(steps) };
    let usual = options(Mode::Balanced, 0);
    let tried = |options: &Options| Tried::unproven(show.clone(), options, &()).expect("a plan");
    let worth = |tried: &Tried| tried.solved.objective.total(&show.settings.multipliers());
    let tighter = tried(&options(Mode::NoOvertime, 10_000));
    let freer = tried(&usual);
    assert!(worth(&freer) > worth(&tighter), "no steps are worse than many");
    let freer = freer.no_worse_than(&tighter, &usual, &()).expect("a plan");
    assert!(worth(&freer) <= worth(&tighter));
    assert_eq!(freer.production.settings.mode, Mode::Balanced);
    let plan = freer.solved.plan.clone();
    let hurried = tried(&options(Mode::NoOvertime, 0));
    let freer = freer.no_worse_than(&hurried, &usual, &()).expect("a plan");
    assert_eq!(freer.solved.plan, plan);
}
