//! What becomes of a show in scenarios whose edits need a plan, money or odds.

use super::*;
use crate::support::planning::planned_in;
use jiff::civil::{Date, date};
use shotplan::compare::Future;
use shotplan::{check, forecast, risk, verify};

fn beginning() -> &'static Beginning {
    static PLAN: OnceLock<Beginning> = OnceLock::new();
    PLAN.get_or_init(|| Beginning::new(handmade(), &options(60), &()).expect("a plan"))
}

fn future(edit: &str) -> Future {
    let scenario = sound(&one(edit), handmade()).remove(0);
    let applied = Applied::new(handmade(), Some(&beginning().plan), &scenario);
    assert!(!applied.differences()[0].is_empty(), "{edit} tells nothing");
    assert!(applied.undone() == *handmade(), "{edit} is not undone");
    beginning().future(&scenario, &options(60), &()).expect("a plan")
}

fn begins(production: &Production, plan: &Plan, task: TaskId) -> Option<Date> {
    let parts = plan.assignments.iter().filter(|part| part.task == task);
    parts.map(|part| production.timeline().start_date(part.start())).min()
}

#[test]
fn a_lock_holds_what_begins_by_its_day_and_nothing_later() {
    let until = date(2027, 2, 5);
    let future = future("op = 'lock'\nsequence = '*'\nuntil = 2027-02-05");
    let (production, plan) = (&future.tried.production, &beginning().plan);
    let (mut held, mut free) = (0, 0);
    for task in handmade().tasks.ids() {
        let Some(day) = begins(handmade(), plan, task) else { continue };
        let is_new = production.tasks[task].lock != handmade().tasks[task].lock;
        if day > until {
            assert!(!is_new, "{} begins on {day}", production.tasks[task].code);
            free += 1;
        } else {
            assert_eq!(begins(production, &future.tried.solved.plan, task), Some(day));
            held += usize::from(is_new);
        }
    }
    assert!(held > 3 && free > 3, "{held} held, {free} free");
}

#[test]
fn what_is_cut_from_a_day_on_is_worked_as_planned_until_then() {
    let from = date(2027, 2, 15);
    let future = future("op = 'omit'\nsequence = '010; 020'\nfrom = 2027-02-15");
    let production = &future.tried.production;
    let (before, after) = (&beginning().plan, &future.tried.solved.plan);
    let (mut done, mut cut, mut short) = (0, 0, 0);
    for (task, row) in handmade().tasks.enumerate() {
        let Entity::Shot(shot) = row.entity else { continue };
        let sequence = &handmade().sequences[handmade().shots[shot].sequence].code;
        if !["010", "020"].contains(&sequence.as_str()) || !handmade().is_open(task) {
            continue;
        }
        let timeline = production.timeline();
        let last = |plan: &Plan| {
            let parts = plan.assignments.iter().filter(|part| part.task == task);
            parts.map(|part| timeline.finish_date(part.end())).max()
        };
        let was = begins(handmade(), before, task);
        if was.is_none_or(|was| was >= from) {
            assert!(!production.is_open(task), "{} goes on", row.code);
            cut += 1;
            continue;
        }
        assert!(last(after).is_none_or(|last| last < from), "{} ends {:?}", row.code, last(after));
        if last(before).is_some_and(|last| last >= from) {
            assert!(production.work_left(task) < handmade().work_left(task), "{}", row.code);
            short += 1;
        } else {
            assert_eq!(production.work_left(task), handmade().work_left(task));
            assert_eq!(begins(production, after, task), was);
            done += 1;
        }
    }
    assert!(done > 0 && cut > 0 && short > 0, "{done} done, {cut} cut, {short} cut short");
    let is_left = |row: &Milestone| {
        row.contents.iter().any(|&entity| match entity {
            Entity::Shot(shot) => {
                handmade().sequences[production.shots[shot].sequence].code != "030"
            }
            _ => false,
        })
    };
    assert!(!production.milestones.iter().any(is_left), "a milestone waits for what is cut");
}

/// A show in which only overtime makes the date, with nobody who does any.
fn pressed() -> Production {
    let mut show = commercial().clone();
    show.people.iter_mut().for_each(|person| person.overtime_allowed = false);
    for shot in show.shots.iter_mut() {
        shot.due = shot.due.map(|due| due.saturating_sub(jiff::Span::new().days(14)));
    }
    show
}

#[test]
fn overtime_stays_in_the_time_for_which_it_is_allowed() {
    let show = pressed();
    let from = show.settings.as_of.saturating_add(jiff::Span::new().days(7));
    let to = from.saturating_add(jiff::Span::new().days(17));
    let text = one(&format!("op = 'allow_overtime'\nfrom = {from}\nto = {to}\nhours_day = 10"));
    let scenario = sound(&text, &show).remove(0);
    let applied = Applied::new(&show, None, &scenario);
    assert!(applied.clone().undone() == show);
    let changed = &applied.production;
    let plan = planned_in(changed, Mode::Deliver, 1_500).plan;
    assert!(!plan.overtime.is_empty(), "no overtime is worked");
    let timeline = changed.timeline();
    for row in &plan.overtime {
        let day = timeline.date(row.day);
        assert!(from <= day && day <= to, "overtime on {day}");
    }
    // One entry on the first working day after it: the judge sees it.
    let mut wrong = plan.clone();
    let mut row = wrong.overtime[0];
    while timeline.date(row.day) <= to
        || timeline.date(row.day).weekday().to_monday_zero_offset() > 4
    {
        row.day = Day(row.day.0 + 1);
    }
    wrong.overtime.push(row);
    wrong.overtime.sort_unstable();
    let verdict = verify::plan(changed, &wrong);
    assert!(
        verdict.violations.iter().any(|found| found.to_string().contains("does not do any then")),
        "{:#?}",
        verdict.violations
    );
    // And more than the cap inside it, on a day of eight hours before that.
    let seen: Vec<_> = (0..plan.overtime.len().min(20))
        .flat_map(|row| {
            let mut wrong = plan.clone();
            wrong.overtime[row].minutes = 121;
            verify::plan(changed, &wrong).violations
        })
        .collect();
    let said = |text: &str| seen.iter().any(|found| found.to_string().contains(text));
    assert!(said("the cap of a day is 600"), "{seen:#?}");
}

#[test]
fn weekends_may_be_worked_in_the_time_for_which_it_is_allowed() {
    let mut show = pressed();
    for person in show.people.iter_mut() {
        (person.capacity, person.lead_share) = (10_000, 0);
        person.leave.retain(|leave| leave.share == 10_000);
        person.bookings.iter_mut().for_each(|booking| booking.share = 10_000);
    }
    let from = show.settings.as_of.saturating_add(jiff::Span::new().days(7));
    let to = from.saturating_add(jiff::Span::new().days(27));
    let edit = format!("op = 'allow_overtime'\nfrom = {from}\nto = {to}\nhours_day = 8\n");
    let planned_with = |more: &str| {
        let scenario = sound(&one(&format!("{edit}{more}")), &show).remove(0);
        let applied = Applied::new(&show, None, &scenario);
        assert!(applied.clone().undone() == show);
        let solved = planned_in(&applied.production, Mode::Deliver, 1_500);
        (applied.production, solved)
    };
    // Days of eight hours at most: without weekends there is no overtime at all.
    let (_, calm) = planned_with("");
    assert!(calm.plan.overtime.is_empty());
    let (changed, solved) = planned_with("weekends = true\nhours_day_off = 6");
    assert!(!solved.plan.overtime.is_empty(), "no day off is worked");
    let timeline = changed.timeline();
    for row in &solved.plan.overtime {
        let day = timeline.date(row.day);
        assert!(from <= day && day <= to, "overtime on {day}");
        assert!(day.weekday().to_monday_zero_offset() > 4, "{day} is no day off");
        assert_eq!(row.minutes, 360);
    }
    // A day off after it, and more than six hours in it: the judge sees both.
    for wrong in [
        Overtime { day: Day(solved.plan.overtime[0].day.0 + 35), ..solved.plan.overtime[0] },
        Overtime { minutes: 361, worth: 361, ..solved.plan.overtime[0] },
    ] {
        let mut plan = solved.plan.clone();
        plan.overtime.retain(|row| row.day != wrong.day);
        plan.overtime.push(wrong);
        plan.overtime.sort_unstable();
        assert!(!verify::plan(&changed, &plan).violations.is_empty(), "{wrong:?}");
    }
}

#[test]
fn a_hard_budget_holds_or_says_what_is_missing() {
    let labour = "20-*";
    let planned: Cents = costs(beginning().base(&()).expect("a plan"), labour);
    // Everything it costs is enough; a little less takes savings; a tenth cannot be.
    for (share, must_hold) in [(10_000, Some(true)), (9_800, None), (1_000, Some(false))] {
        let amount = planned.basis_points(share);
        let edit = format!(
            "op = 'set_budget'\naccount = '{labour}'\namount = {}.{:02}\nhard = true",
            amount.0 / 100,
            amount.0 % 100
        );
        let found = future(&edit);
        let budgeted = found.budgeted.as_ref().expect("a hard budget");
        let [cap] = &budgeted.caps[..] else { panic!("{:#?}", budgeted.caps) };
        assert_eq!(cap.cap.amount, amount);
        assert_eq!(cap.with_all_work, costs(&found.tried, labour), "told as it is");
        assert!(must_hold.is_none_or(|must| cap.holds() == must), "{share}: {cap:#?}");
        let scenario = sound(&one(&edit), handmade()).remove(0);
        let row = scenario_row(beginning(), &scenario, &options(60), &());
        let measures = row.measures.expect("measured");
        let told = &measures.hard_budgets[0];
        assert_eq!(told.holds, cap.holds());
        assert_eq!(told.missing, (cap.with_all_work - amount).0.max(0));
        assert!(cap.holds() || told.cost <= told.planned, "{told:#?}");
    }
}

/// Final cost of accounts whose code begins like the pattern.
fn costs(tried: &shotplan::compare::Tried, pattern: &str) -> Cents {
    let begin = pattern.trim_end_matches('*');
    let accounts = &tried.production.accounts;
    let rows = tried.forecast.ledger.iter();
    rows.filter(|row| accounts[row.account].code.starts_with(begin)).map(|row| row.amount).sum()
}

#[test]
fn a_show_that_may_not_happen_stands_beside_what_is_without_it() {
    let text = "
        [[scenario]]
        name = 'a second season, perhaps'
        [[scenario.edit]]
        op = 'add_show'
        show = 'again'
        like = 'handmade'
        start = 2027-05-03
        [[scenario.edit]]
        op = 'set_probability'
        show = 'again'
        probability = '60%'
    ";
    let scenario = sound(text, handmade()).remove(0);
    let row = scenario_row(beginning(), &scenario, &options(20), &());
    let measures = row.measures.expect("measured");
    let [prospect] = &measures.prospects[..] else { panic!("{:#?}", measures.prospects) };
    let (with, without) = (measures.final_cost, prospect.final_cost_without);
    assert!(without < with);
    assert_eq!(
        prospect.expected_cost,
        without + round_half_even(i128::from(with - without) * 6, 10)
    );
    assert!(prospect.finish_without < measures.finish);
    // A certain show has no such row.
    let base = &Scenario { name: "as it is".to_owned(), ..Scenario::default() };
    let row = scenario_row(beginning(), base, &options(20), &());
    assert!(row.measures.expect("measured").prospects.is_empty());
}

#[test]
fn draws_have_a_show_as_often_as_it_may_happen() {
    let edit = "op = 'set_probability'\nshow = 'handmade'\nprobability = 30";
    let scenario = sound(&one(edit), handmade()).remove(0);
    let production = scenario.applied_to(handmade(), None);
    let solved = planned(&production, 40);
    let cost = forecast::of(&production, &solved.plan);
    let how = risk::Options {
        draws: 2_000,
        seed: 5,
        threads: 1,
        policy: risk::Policy::FixedOrder,
        confidence: 0.8,
        precision: None,
        mode: Mode::Balanced,
        target: production.milestones.ids().last().expect("a milestone"),
    };
    let none = Uncertainty::none();
    let odds = risk::odds(&production, &solved.plan, &cost, &none, &how, &()).expect("draws");
    // In seven of ten draws nothing more is worked: the cost is one of two amounts.
    let (least, most) = (odds.cost.spread.at(0.5), odds.cost.spread.at(0.8));
    assert_eq!(most, odds.cost.planned, "with the show it is the plan");
    assert!(least < most);
    let share = (odds.cost.spread.mean - least as f64) / (most - least) as f64;
    assert!((share - 0.3).abs() < 0.03, "{share}");
    let words: Vec<&str> = odds.causes.iter().map(|cause| cause.name.as_str()).collect();
    assert!(words.contains(&"whether handmade happens"), "{words:?}");
}

const RISKS: &str = "
    [[events]]
    name = 'late client'
    probability = 1
    days = { least = 10, likely = 12, most = 20 }
    money = 0
";

#[test]
fn an_accepted_risk_is_named_in_the_uncertainty_and_counted_no_more() {
    let (uncertainty, issues) = read::uncertainty("risks.toml", RISKS.as_bytes(), handmade());
    let uncertainty = uncertainty.unwrap_or_else(|| panic!("{issues:#?}"));
    let of = |name: &str, known: Option<&Uncertainty>| {
        let text = one(&format!("op = 'accept_risk'\nrisk = '{name}'"));
        read::scenarios_with("what-if.toml", text.as_bytes(), handmade(), known)
    };
    let (_, issues) = of("late client", None);
    assert_eq!((issues[0].code.as_str(), issues[0].line), ("S12", Some(5)), "{issues:#?}");
    let (_, issues) = of("late clients", Some(&uncertainty));
    assert_eq!(issues[0].code, "S05", "{issues:#?}");
    assert_eq!(issues[0].help, "did you mean `late client`?");
    let (scenarios, issues) = of("Late Client", Some(&uncertainty));
    assert!(issues.is_empty(), "{issues:#?}");
    let applied = Applied::new(handmade(), None, &scenarios[0]);
    assert_eq!(applied.production.settings.accepted_risks, ["late client"]);
    assert!(applied.undone() == *handmade());
    // In a comparison: the same plan, and another date that is 80 % sure.
    let place = tempfile::tempdir().expect("a temporary folder");
    let (file, risks) = (place.path().join("a.toml"), place.path().join("risks.toml"));
    std::fs::write(&file, one("op = 'accept_risk'\nrisk = 'late client'")).expect("written");
    std::fs::write(&risks, RISKS).expect("written");
    let risks = risks.display().to_string();
    let aim = "earliest final that meets final by 2027-05-28 with 80 %";
    let more = ["--aim", aim, "--draws", "50", "--uncertainty", &risks];
    let answer = compared(&file, &place.path().join("out"), &more);
    let sure = |row: &serde_json::Value| {
        let all = row["measures"]["odds"]["milestones"].as_array().expect("milestones").clone();
        let last = all.into_iter().find(|row| row["id"] == "final").expect("the final");
        last["date"].as_str().map(str::to_owned)
    };
    let (with, without) = (sure(&answer["base"]), sure(&answer["scenarios"][0]));
    assert!(without < with, "{without:?} {with:?}");
}

#[test]
fn a_scenario_is_checked_as_a_show_is() {
    // The only rigger goes: nobody can do the rigging any more.
    let riggers = handmade().people.ids().filter(|&person| {
        let rig =
            handmade().departments.enumerate().find(|row| row.1.code == "RIG").map(|row| row.0);
        handmade().people[person].skills.iter().any(|skill| Some(skill.department) == rig)
    });
    let names: Vec<&str> = riggers.map(|id| handmade().people[id].code.as_str()).collect();
    assert!(!names.is_empty());
    let edit = format!("op = 'lose_artists'\npeople = '{}'\nfrom = 2027-01-18", names.join("; "));
    let scenario = sound(&one(&edit), handmade()).remove(0);
    let said = check::production(&scenario.applied_to(handmade(), None));
    assert!(said.iter().any(|issue| issue.code == "V06"), "{said:#?}");
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = place.path().join("gone.toml");
    std::fs::write(&file, one(&edit)).expect("written");
    let show = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/productions/handmade");
    let output = shotplan()
        .args(["compare", show.to_str().expect("text"), file.to_str().expect("text"), "-o"])
        .arg(place.path().join("out"))
        .args(["--steps", "0"])
        .output()
        .expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    assert!(errors.contains("V06") && errors.contains("gone.toml:2"), "{errors}");
}

#[test]
fn all_departments_are_listed_where_one_is_unknown() {
    let edit = "op = 'set_crew'\ndepartment = 'XXXXXX'\nartists = 3";
    let (_, issues) = read_with(&one(edit), episodic());
    for department in &episodic().departments {
        assert!(issues[0].help.contains(&department.code), "{}", issues[0].help);
    }
}

#[test]
fn prices_of_the_first_plan_prove_bounds_of_scenarios() {
    let show = generate::production(&Recipe {
        archetype: Archetype::Commercial,
        seed: 1,
        tightness: Tightness::Overloaded,
        as_of_percent: 0,
        dirt: false,
    });
    let beginning = Beginning::new(&show, &options(20), &()).expect("a plan");
    let first = beginning.staffing.as_ref().expect("a first program");
    let again = beginning.base(&()).expect("a plan").solved.staffing.as_ref().expect("a bound");
    assert!(again.inherited && again.bound.0 >= first.bound.0 / 1_000 * 999, "{again:?}");
    let mut inherited = 0;
    for edit in [
        "op = 'lose_artists'\ndepartment = 'CMP'\nartists = 1",
        "op = 'bid_overrun'\ndepartment = 'CMP'\npercent = 5",
        "op = 'bid_overrun'\npercent = -60",
        "op = 'add_artists'\ndepartment = 'CMP'\nartists = 2",
        "op = 'budget_cut'\npercent = 5",
        "op = 'set_weights'\nweights = 'shot_lateness 0.2; continuity 5'",
    ] {
        let scenario = sound(&one(edit), &show).remove(0);
        let future = beginning.future(&scenario, &options(20), &()).expect("a plan");
        let (production, solved) = (&future.tried.production, &future.tried.solved);
        let mode = production.settings.mode;
        assert!(
            solved.lower_bound <= solved.objective.total(&production.settings.multipliers()),
            "{edit}"
        );
        let found = solved.staffing.as_ref().expect("a bound");
        let (problem, heads) = (&solved.problem, &solved.heads);
        let (seconds, stop) = (1e9, &|| false);
        let question = solve::StaffingQuestion { production, problem, heads, mode, seconds, stop };
        let exact = solve::staffed(&question);
        // As finely as the first one, which proved something.
        let exact = solve::staffed_finer(&question, &exact).unwrap_or(exact);
        // Weak duality: no prices prove more than the program's own value.
        assert!(found.bound.0 as f64 <= exact.value * (1.0 + 1e-6) + 1.0, "{edit}");
        if found.inherited {
            assert!(found.bound.0 >= first.bound.0 / 100 * 98, "{edit}");
            inherited += 1;
        } else {
            assert_eq!(found.bound, exact.bound, "{edit}");
        }
    }
    // Money that shapes no work leaves the program as it was.
    assert!(inherited > 0, "every program was solved anew");
}
