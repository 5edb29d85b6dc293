//! Scenario files: what edits mean, what is wrong with them, and that every one can be undone.

mod caps;
mod futures;

use crate::command_line::shotplan;
use crate::support::planning::planned;
use proptest::prelude::*;
use shotplan::compare::{Beginning, Options};
use shotplan::generate::{self, Archetype, Recipe, Tightness};
use shotplan::model::*;
use shotplan::pipeline::scenario_row;
use shotplan::read;
use shotplan::result::ScenarioState;
use shotplan::scenario::{Applied, Scenario};
use shotplan::solve::{self, Before, Limit};
use std::path::Path;
use std::sync::OnceLock;

fn shipped(name: &str) -> Production {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/productions").join(name);
    read::load(&place).expect("the show is read").production.expect("a production")
}

fn handmade() -> &'static Production {
    static SHOW: OnceLock<Production> = OnceLock::new();
    SHOW.get_or_init(|| shipped("handmade"))
}

/// Has vendors, incentives, a foreign currency, several sites.
fn episodic() -> &'static Production {
    static SHOW: OnceLock<Production> = OnceLock::new();
    SHOW.get_or_init(|| shipped("episodic"))
}

fn read_with(text: &str, production: &Production) -> (Vec<Scenario>, Vec<Issue>) {
    read::scenarios("what-if.toml", text.as_bytes(), production)
}

fn sound(text: &str, production: &Production) -> Vec<Scenario> {
    let (scenarios, issues) = read_with(text, production);
    let errors: Vec<&Issue> = issues.iter().filter(|i| i.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{text}\n{errors:#?}");
    scenarios
}

/// One scenario of one edit.
fn one(edit: &str) -> String {
    format!("[[scenario]]\nname = \"one\"\n[[scenario.edit]]\n{edit}\n")
}

#[test]
fn the_guide_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/scenarios/README.md");
    let text = read::scenario_guide();
    if std::env::var("SHOTPLAN_UPDATE").is_ok_and(|value| value == "1") {
        std::fs::write(&path, &text).expect("the guide is written");
    }
    let published = std::fs::read_to_string(&path).expect("a published guide");
    assert!(published == text, "data/scenarios/README.md: run the tests with SHOTPLAN_UPDATE=1");
}

#[test]
fn the_examples_are_sound() {
    let scenarios = sound(include_str!("../../data/scenarios/handmade.toml"), handmade());
    assert_eq!(scenarios.len(), 7 + 3 * 2);
    let earlier = &scenarios[2];
    assert_eq!(earlier.edits.len(), 2, "{earlier:#?}");
    assert_eq!(scenarios[12].name, "animators: artists 2, percent 25%");
    for scenario in &scenarios {
        let applied = Applied::new(handmade(), None, scenario);
        assert_eq!(&applied.undone(), handmade(), "{}", scenario.name);
    }
    let scenarios = sound(include_str!("../../data/scenarios/episodic.toml"), episodic());
    assert!(scenarios.len() > 10);
}

/// An edit of every operation, for the episodic show.
const EDITS: &[&str] = &[
    "op = 'move_date'\nmilestone = 'approve_fx_setup'\ndays = -5",
    "op = 'move_date'\nmilestone = 'approve_character'\ndate = 2027-05-28\nhard = true",
    "op = 'move_date'\nsequence = 'sq120'\ndays = 10",
    "op = 'slip_turnover'\nsequence = 'sq190; sq200'\ndays = 5",
    "op = 'add_artists'\ndepartment = 'CMP'\nartists = 2\nfrom = 2027-04-05",
    "op = 'add_artists'\ndepartment = 'LGT'\nartists = 1\nrate = 410\nlevel = 1.2\nramp = false",
    "op = 'lose_artists'\ndepartment = 'ANI'\nartists = 2\nfrom = 2027-04-05",
    "op = 'lose_artists'\npeople = 'hugo.farouk'\nfrom = 2027-04-05\nto = 2027-04-16",
    "op = 'set_crew'\ndepartment = 'FX'\nartists = 14",
    "op = 'hire_freelance'\ndepartment = 'ROTO'\nartists = 2\nweeks = 6\nrate = 260",
    "op = 'hire_freelance'\ndepartment = 'PREP'\nartists = 2\noptional = true",
    "op = 'allow_overtime'\ndepartment = 'CMP'\nhours_week = 48",
    "op = 'allow_overtime'\ndepartment = 'FX'\nfrom = 2027-04-05\nto = 2027-04-30\nhours_day = 11",
    "op = 'forbid_overtime'\ndepartment = 'MOD'",
    "op = 'outsource'\nsequence = 'sq200'\ndepartment = 'ROTO'\nvendor = 'kestrel'\nprice = 120",
    "op = 'outsource'\ndepartment = 'MM'\nvendor = 'any'",
    "op = 'bid_overrun'\ndepartment = 'ENV'\npercent = '20%'",
    "op = 'bid_overrun'\nstatus = 'wip'\nfactor = 1.1",
    "op = 're_bid'\nsequence = 'sq190'\ndepartment = 'CMP'\npercent = 10\norder = 'CO-900'\namount = 9000",
    "op = 'add_sequence'\nsequence = 'sq800'\nlike = 'sq190'\nturnover = 2027-04-05\ndue = 2027-06-18\naward = 85000",
    "op = 'add_shots'\nsequence = 'sq190'\ncount = 3\nclasses = 'B; C'\ndue = 2027-06-18",
    "op = 'omit'\nshots = '170_*'",
    "op = 'upgrade_class'\nshots = '200_00?0'\nclass = 'D'",
    "op = 'change_rate'\ndepartment = 'RIG'\npercent = '4%'\nfrom = 2027-04-01",
    "op = 'change_rate'\nvendor = 'fieldline'\namount = 200",
    "op = 'set_fx'\ncurrency = 'CAD'\nrate = 0.6\nfrom = 2027-05-03",
    "op = 'budget_cut'\ndepartment = 'TEX'\npercent = 5",
    "op = 'set_budget'\naccount = '20-01'\namount = 60000",
    "op = 'budget_cut'\npercent = 3\nhard = true",
    "op = 'set_budget'\naccount = '20-*'\namount = 900000\nhard = true",
    "op = 'cap_cost'\nshow = 'main'",
    "op = 'cap_cost'\nmonth = '2027-05'\namount = 300000",
    "op = 'set_probability'\nshow = 'main'\nprobability = 60",
    "op = 'change_incentive'\nincentive = 'GB-VFX-EXAMPLE'\nstudio_share = '50%'",
    "op = 'set_capacity'\ndepartment = 'CRD'\namount = 3",
    "op = 'set_capacity'\nvendor = 'kestrel'\namount = 12",
    "op = 'leave'\npeople = 'nadia.ellery'\nfrom = 2027-04-12\nto = 2027-04-16",
    "op = 'move_artist'\nperson = 'hugo.farouk'\ndepartment = 'LGT'\nfrom = 2027-04-05\nto = 2027-04-30",
    "op = 'priority'\nshots = '110_*'\nlevel = 'high'",
    "op = 'split_task'\ndepartment = 'CFX'\nparts = 2",
    "op = 'relax_dependency'\nsequence = 'sq160'\nfrom = 'ANI'\nto = 'LGT'\noverlap = '40%'",
    "op = 'client_lag'\nsequence = 'sq150'\ndays = 2",
    "op = 'set_weights'\nmode = 'deliver'",
    "op = 'set_weights'\nweights = 'continuity 3; earliness 0'",
];

#[test]
fn every_edit_is_told_and_undone() {
    let show = episodic();
    let mut ops: Vec<&str> = Vec::new();
    for edit in EDITS {
        let (scenarios, issues) = read_with(&one(edit), show);
        let faults: Vec<&Issue> = issues.iter().filter(|issue| issue.code != "S15").collect();
        assert!(faults.is_empty(), "{edit}\n{faults:#?}");
        let applied = Applied::new(show, None, &scenarios[0]);
        assert!(!applied.differences()[0].is_empty(), "{edit} tells nothing");
        assert!(applied.undone() == *show, "{edit} is not undone");
        ops.push(scenarios[0].edits[0].op);
    }
    // Those that are tried below, and those that no show can carry.
    ops.extend([
        "extend",
        "release",
        "insource",
        "lock",
        "unlock",
        "move_work",
        "add_show",
        "drop_show",
        "freeze",
        "accept_risk",
    ]);
    for op in shotplan::read::wire::OPS {
        assert!(ops.contains(&op.name), "{} is not tried", op.name);
    }
}

#[test]
fn edits_stack_on_each_other() {
    let text = "
        [[scenario]]
        name = 'new work goes out'
        [[scenario.edit]]
        op = 'add_sequence'
        sequence = 'sq900'
        count = 4
        classes = 'B'
        due = 2027-06-25
        [[scenario.edit]]
        op = 'outsource'
        sequence = 'sq900'
        vendor = 'any'
        [[scenario.edit]]
        op = 'priority'
        sequence = 'sq900'
        level = 'high'
    ";
    let scenario = &sound(text, episodic())[0];
    let applied = Applied::new(episodic(), None, scenario);
    let added = applied.production.shots.len() - episodic().shots.len();
    assert_eq!(added, 4);
    let out = applied.production.tasks.iter().skip(episodic().tasks.len());
    let vendors = out.filter(|task| task.vendor.is_some()).count();
    assert!(vendors > 0, "none of the new work goes out");
    assert!(applied.undone() == *episodic());
}

#[test]
fn contracts_keep_their_notice() {
    let (_, issues) =
        read_with(&one("op = 'release'\nperson = 'gus'\nto = 2027-01-20"), handmade());
    assert_eq!(issues[0].code, "S14", "{issues:#?}");
    let scenario = &sound(&one("op = 'release'\nperson = 'gus'\nto = 2027-03-26"), handmade())[0];
    let gone = scenario.applied_to(handmade(), None);
    let gus = gone.people.iter().find(|person| person.code == "gus").expect("Gus");
    assert_eq!(gus.contracts[0].end, Some(jiff::civil::date(2027, 3, 26)));
    let scenario = &sound(&one("op = 'extend'\nperson = 'hal'\nto = 2027-04-30"), handmade())[0];
    let stays = scenario.applied_to(handmade(), None);
    let hal = stays.people.iter().find(|person| person.code == "hal").expect("Hal");
    assert_eq!(hal.contracts[0].end, Some(jiff::civil::date(2027, 4, 30)));
    assert!(Applied::new(handmade(), None, scenario).undone() == *handmade());
}

#[test]
fn a_lost_artist_may_work_out_their_notice() {
    let with = |notice: &str| {
        let edit =
            format!("op = 'lose_artists'\npeople = 'ben'\nfrom = 2027-02-01\nnotice = {notice}");
        let scenario = sound(&one(&edit), handmade()).remove(0);
        let gone = scenario.applied_to(handmade(), None);
        gone.people.iter().find(|person| person.code == "ben").expect("Ben").contracts[0].end
    };
    assert_eq!(with("false"), Some(jiff::civil::date(2027, 1, 31)));
    // Twenty working days of notice, given on Monday 1 February: the last one is Friday 26 February.
    assert_eq!(with("true"), Some(jiff::civil::date(2027, 2, 26)));
}

/// A case, the code it must give, and the line it must name.
const BROKEN: &[(&str, &str, u32)] = &[
    ("[[scenario]]\nname = ", "S01", 2),
    ("[[scenaro]]\nname = 'a'", "S02", 1),
    ("[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'move_dates'", "S02", 4),
    ("[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'omit'\nshot_ids = '010*'", "S02", 5),
    ("[[scenario]]\nname = 'a'\n[[scenario.edit]]\ndays = 5", "S03", 3),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'move_date'\nmilestone = 'final'",
        "S03",
        3,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'move_date'\nmilestone = 'final'\ndate = '2027-02-30'",
        "S04",
        6,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'bid_overrun'\npercent = 'a lot'",
        "S04",
        5,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'lose_artists'\ndepartment = 'CMP'\nartists = 9",
        "S04",
        6,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'move_date'\nmilestone = 'fnal'\ndays = 5",
        "S05",
        5,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'leave'\npeople = 'anne'\nfrom = 2027-02-01\nto = 2027-02-02",
        "S05",
        5,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'add_artists'\ndepartment = 'COMP2'\nartists = 1",
        "S05",
        5,
    ),
    ("[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'omit'\ntasks = 'nothing_*'", "S05", 5),
    ("[[scenario]]\nname = 'a'\nextends = 'b'", "S05", 3),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'move_date'\nmilestone = 'final'\ndate = 2026-01-05",
        "S06",
        6,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'move_date'\nmilestone = 'final'\ndate = 2031-01-06",
        "S06",
        6,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'leave'\npeople = 'ann'\nfrom = 2027-03-01\nto = 2027-02-01",
        "S06",
        7,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'move_date'\nmilestone = 'final'\ndays = 1\ndate = 2027-04-30",
        "S07",
        7,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'move_date'\nmilestone = 'final'\ndate = 2027-04-30\n[[scenario.edit]]\nop = 'move_date'\nmilestone = 'final'\ndate = 2027-05-07",
        "S07",
        7,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'allow_overtime'\n[[scenario.edit]]\nop = 'forbid_overtime'\ndepartment = 'CMP'",
        "S07",
        5,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'lock'\nshots = '020_0010'\n[[scenario.edit]]\nop = 'unlock'\nshots = '010_0010'\n[[scenario.edit]]\nop = 'upgrade_class'\nshots = '020_0010'\nclass = 'C'\n[[scenario.edit]]\nop = 'upgrade_class'\nshots = '020_*'\nclass = 'D'",
        "S07",
        13,
    ),
    (
        "[[scenario]]\nname = 'a'\nextends = 'b'\n[[scenario]]\nname = 'b'\nextends = ['c']\n[[scenario]]\nname = 'c'\nextends = 'a'",
        "S08",
        9,
    ),
    ("[[scenario]]\nname = 'a'\n[[scenario]]\nname = 'a'", "S09", 4),
    ("[[sweep]]\nname = 'a'", "S10", 2),
    (
        "[[sweep]]\nname = 'a'\n[[sweep.axis]]\nparam = 'days'\nvalues = []\nedit = { op = 'freeze' }",
        "S10",
        3,
    ),
    (
        "[[sweep]]\nname = 'a'\n[[sweep.axis]]\nparam = 'days'\nfrom = 1\nto = 9\nstep = -1\nedit = { op = 'freeze' }",
        "S10",
        7,
    ),
    ("", "S10", 1),
    (
        "[[sweep]]\nname = 'a'\n[[sweep.axis]]\nparam = 'days'\nfrom = 1\nto = 10000000\nedit = { op = 'freeze' }",
        "S11",
        2,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'set_capacity'\npool = 'farm'\namount = 3",
        "S12",
        5,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'set_probability'\nshow = 'handmade'\nprobability = 0",
        "S04",
        6,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'allow_overtime'\nfrom = 2027-03-01\nto = 2027-02-01",
        "S06",
        6,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'omit'\nshots = '*'\nfrom = 2026-03-01",
        "S06",
        6,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'accept_risk'\nrisk = 'late client'",
        "S12",
        5,
    ),
    ("[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'outsource'\nshots = '*'", "S12", 3),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'move_date'\nmilestone = 'final'\ndays = 0",
        "S13",
        3,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'extend'\nperson = 'ann'\nto = 2027-05-14",
        "S14",
        5,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'add_artists'\ndepartment = 'ANI'\nartists = 1",
        "S15",
        6,
    ),
    (
        "[[scenario]]\nname = 'a'\n[[scenario.edit]]\nop = 'allow_overtime'\nhours_week = 55",
        "S16",
        5,
    ),
];

#[test]
fn everything_wrong_is_told_with_its_line() {
    let mut told = Vec::new();
    for (text, code, line) in BROKEN {
        let (_, issues) = read_with(text, handmade());
        let found = issues.iter().find(|issue| issue.code == *code && issue.line == Some(*line));
        let found =
            found.unwrap_or_else(|| panic!("no {code} on line {line} of\n{text}\n{issues:#?}"));
        assert!(!found.help.is_empty() && found.column.is_some(), "{found:#?}");
        told.push(*code);
    }
    for rule in read::SCENARIO_RULES {
        assert!(told.contains(&rule.code), "{} is not tried", rule.code);
    }
}

#[test]
fn several_faults_are_told_at_once_and_near_names_are_offered() {
    let text = "
        [[scenario]]
        name = 'a'
        [[scenario.edit]]
        op = 'leave'
        people = 'eva'
        from = 'soon'
        to = 2027-03-05
        [[scenario.edit]]
        op = 'omit'
        sequence = '040'
    ";
    let (scenarios, issues) = read_with(text, handmade());
    assert!(scenarios.is_empty());
    let codes: Vec<&str> = issues.iter().map(|issue| issue.code.as_str()).collect();
    assert_eq!(codes, ["S05", "S04", "S05"], "{issues:#?}");
    assert_eq!(issues[0].help, "did you mean `eve`?");
}

#[test]
fn edits_of_scenarios_in_a_loop_are_looked_at_as_well() {
    // The shot may be one that the scenario extended would add: nothing is said of it.
    let text = "
        [[scenario]]
        name = 'a'
        extends = 'b'
        [[scenario.edit]]
        op = 'allow_overtime'
        weekends = 'maybe'
        [[scenario]]
        name = 'b'
        extends = 'a'
        [[scenario.edit]]
        op = 'set_weights'
        weights = 'comfort 2'
        [[scenario.edit]]
        op = 'priority'
        shots = '990_0010'
        level = 'high'
    ";
    let (scenarios, issues) = read_with(text, handmade());
    assert!(scenarios.is_empty());
    let mut codes: Vec<&str> = issues.iter().map(|issue| issue.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["S04", "S04", "S08", "S08"], "{issues:#?}");
}

#[test]
fn the_same_file_in_json() {
    let text = r#"{ "scenario": [ { "name": "later", "edit": [
        { "op": "move_date", "milestone": "final", "days": 5 } ] } ],
        "sweep": [ { "name": "crew", "axis": [ { "param": "artists", "values": [1, 2],
        "edit": { "op": "add_artists", "department": "CMP" } } ] } ] }"#;
    let scenarios = sound(text, handmade());
    let names: Vec<&str> = scenarios.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["later", "crew: artists 1", "crew: artists 2"]);
}

fn options(steps: u64) -> Options {
    Options { mode: Mode::Balanced, seed: 1, threads: 1, limit: Limit::Steps(steps) }
}

#[test]
fn a_scenario_without_edits_is_the_base() {
    let beginning = Beginning::new(handmade(), &options(40), &()).expect("a plan");
    let nothing = Scenario { name: "nothing".to_owned(), ..Scenario::default() };
    let again = beginning.future(&nothing, &options(40), &()).expect("a plan");
    assert_eq!(again.tried.solved.plan, beginning.base(&()).expect("a plan").solved.plan);
    let row = scenario_row(&beginning, &nothing, &options(40), &());
    let measures = row.measures.expect("measured");
    assert_eq!(measures.final_cost, beginning.base(&()).expect("a plan").efc().0);
    assert_eq!((measures.churn.moved, measures.churn.people_changed), (0, 0));
}

/// Parts with overtime, vendors, several parts and several sites included.
#[test]
fn a_plan_is_kept_whole_by_the_production_it_was_made_for() {
    for show in [handmade(), commercial(), episodic()] {
        let first = planned(show, 400);
        let value = first.objective.total(&show.settings.multipliers());
        let before = Before { plan: &first.plan, value, anew: Limit::Steps(0), staffing: None };
        let again = solve::plan_from(show, before, &options(0), &());
        assert_eq!(again.objective, first.objective, "{}", show.settings.name);
        let kept = again.plan.assignments.iter().filter(|part| {
            first
                .plan
                .assignments
                .binary_search_by_key(&(part.task, part.part), |p| (p.task, p.part))
                .is_ok_and(|at| first.plan.assignments[at] == **part)
        });
        assert_eq!(kept.count(), first.plan.assignments.len(), "{}", show.settings.name);
    }
}

#[test]
fn each_scenario_of_the_example_has_a_verified_plan() {
    let scenarios = sound(include_str!("../../data/scenarios/handmade.toml"), handmade());
    let beginning = Beginning::new(handmade(), &options(60), &()).expect("a plan");
    for scenario in &scenarios {
        let row = scenario_row(&beginning, scenario, &options(60), &());
        assert_eq!(row.state, ScenarioState::Planned, "{row:#?}");
        let measures = row.measures.expect("measured");
        assert!(measures.lower_bound <= measures.objective, "{}", row.name);
        let again = scenario_row(&beginning, scenario, &options(60), &());
        assert_eq!(Some(measures), again.measures, "{}", row.name);
    }
}

#[test]
fn what_is_frozen_stays() {
    let beginning = Beginning::new(handmade(), &options(60), &()).expect("a plan");
    // Work that takes longer would push what the same artist does next.
    let edits = "op = 'freeze'\ndays = 10\n[[scenario.edit]]\nop = 'priority'\n\
        sequence = '030'\nlevel = 'emergency'";
    let scenario = &sound(&one(edits), handmade())[0];
    let future = beginning.future(scenario, &options(60), &()).expect("a plan");
    // Ten working days from Monday 18 January: what begins before 1 February.
    let timeline = handmade().timeline();
    let limit = jiff::civil::date(2027, 2, 1);
    let early = |plan: &Plan| -> Vec<(TaskId, jiff::civil::Date, Worker)> {
        let row = |p: &Assignment| (p.task, timeline.start_date(p.start()), p.worker);
        plan.assignments.iter().map(row).filter(|row| row.1 < limit).collect()
    };
    let frozen = early(&beginning.plan);
    assert!(!frozen.is_empty());
    let now = early(&future.tried.solved.plan);
    for row in &frozen {
        assert!(now.contains(row), "{} moved", handmade().tasks[row.0].code);
    }
}

#[test]
fn hires_on_call_cost_what_they_work() {
    let beginning = Beginning::new(handmade(), &options(60), &()).expect("a plan");
    let bill = |edit: &str| {
        let scenario = sound(&one(edit), handmade()).remove(0);
        beginning.future(&scenario, &options(60), &()).expect("a plan").bill
    };
    let on_call = bill("op = 'hire_freelance'\ndepartment = 'RIG'\nartists = 1\noptional = true");
    assert_eq!(on_call.unused, Cents::ZERO);
    let booked = bill("op = 'hire_freelance'\ndepartment = 'RIG'\nartists = 1\nweeks = 8");
    assert!(booked.unused > Cents::ZERO, "{booked:?}");
}

#[test]
fn a_second_show_takes_the_crew_after_the_first() {
    let edit = "op = 'add_show'\nshow = 'again'\nlike = 'handmade'\nstart = 2027-05-03";
    let scenario = &sound(&one(edit), handmade())[0];
    let changed = scenario.applied_to(handmade(), None);
    assert_eq!(changed.shows.len(), 2);
    assert_eq!(changed.shots.len(), 2 * handmade().shots.len());
    assert!(changed.settings.horizon_end > handmade().settings.horizon_end);
    planned(&changed, 20);
    let gone = &sound(&one("op = 'drop_show'\nshow = 'handmade'"), handmade())[0];
    let gone = gone.applied_to(handmade(), None);
    assert!(gone.tasks.ids().all(|task| !gone.is_open(task)));
    planned(&gone, 0);
}

#[test]
fn work_moves_to_another_site() {
    let edit = "op = 'move_work'\ndepartment = 'ROTO'\nfrom = 'bangalore'\nto = 'london'";
    let scenario = &sound(&one(edit), handmade())[0];
    let changed = scenario.applied_to(handmade(), None);
    let solved = planned(&changed, 20);
    let roto = changed.departments.enumerate().find(|row| row.1.code == "ROTO").expect("roto").0;
    let bangalore =
        changed.sites.enumerate().find(|row| row.1.code == "bangalore").expect("a site").0;
    for part in &solved.plan.assignments {
        if let (true, Worker::Person(person)) =
            (changed.tasks[part.task].department == roto, part.worker)
        {
            assert_ne!(changed.people[person].site, bangalore);
        }
    }
}

fn commercial() -> &'static Production {
    static SHOW: OnceLock<Production> = OnceLock::new();
    SHOW.get_or_init(|| {
        generate::production(&Recipe {
            archetype: Archetype::Commercial,
            seed: 3,
            tightness: Tightness::Tight,
            as_of_percent: 35,
            dirt: false,
        })
    })
}

/// Edits that touch different things of any show with these departments.
const INDEPENDENT: &[&str] = &[
    "op = 'add_artists'\ndepartment = 'CMP'\nartists = 1",
    "op = 'add_artists'\ndepartment = 'LGT'\nartists = 2\nlevel = 0.9",
    "op = 'bid_overrun'\ndepartment = 'ROTO'\npercent = 20",
    "op = 'bid_overrun'\ndepartment = 'ANI'\nfactor = 1.3",
    "op = 'forbid_overtime'\ndepartment = 'FX'",
    "op = 'change_rate'\ndepartment = 'ANI'\npercent = 5",
    "op = 'client_lag'\ndepartment = 'CMP'\ndays = 1",
    "op = 'budget_cut'\npercent = 3",
    "op = 'split_task'\ndepartment = 'LGT'\nparts = 2",
    "op = 'omit'\ndepartment = 'PREP'\nfrom = 2027-03-15",
    "op = 'lock'\ndepartment = 'LGT'\nuntil = 2027-03-05",
    "op = 'set_weights'\nmode = 'deliver'",
];

fn together(edits: &[&str]) -> Scenario {
    let mut text = "[[scenario]]\nname = 'together'\n".to_owned();
    for edit in edits {
        text.push_str(&format!("[[scenario.edit]]\n{edit}\n"));
    }
    sound(&text, commercial()).remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn edits_undo_and_independent_ones_go_in_any_order(
        chosen in proptest::sample::subsequence(INDEPENDENT.to_vec(), 1..=6),
        seed in any::<u64>(),
    ) {
        let scenario = together(&chosen);
        let applied = Applied::new(commercial(), None, &scenario);
        prop_assert!(applied.clone().undone() == *commercial());
        let mut other = chosen.clone();
        // Any order that a number can say.
        let mut left = seed;
        for place in (1..other.len()).rev() {
            other.swap(place, (left % (place as u64 + 1)) as usize);
            left /= place as u64 + 1;
        }
        // Hires that stand next to each other are sorted; others keep their order here.
        let hires = |edits: &[&str]| -> Vec<String> {
            edits.iter().filter(|edit| edit.contains("add_artists")).map(|e| (*e).to_owned()).collect()
        };
        prop_assume!(hires(&chosen) == hires(&other) || chosen.len() == 2);
        let again = together(&other).applied_to(commercial(), None);
        prop_assert!(again == applied.production, "{chosen:?} {other:?}");
    }
}

/// Runs `compare` on the handmade show, and gives the answer in JSON.
fn compared(file: &Path, out: &Path, more: &[&str]) -> serde_json::Value {
    let show = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/productions/handmade");
    let output = shotplan()
        .arg("compare")
        .arg(show)
        .arg(file)
        .arg("-o")
        .arg(out)
        .args(["--steps", "40", "--format", "json"])
        .args(more)
        .output()
        .expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn results_depend_on_neither_threads_nor_order() {
    let text = include_str!("../../data/scenarios/handmade.toml");
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = place.path().join("one.toml");
    std::fs::write(&file, text).expect("written");
    let one = compared(&file, &place.path().join("a"), &["--threads", "1"]);
    let four = compared(&file, &place.path().join("b"), &["--threads", "4"]);
    assert_eq!(one, four);
    for name in shotplan::write::COMPARISON_NAMES {
        let read =
            |folder: &str| std::fs::read(place.path().join(folder).join(name)).expect("a file");
        assert!(read("a") == read("b"), "{name} differs");
    }
    // The sweep first, and the scenarios from last to first.
    let cut = text.find("# One more animator").expect("the sweep");
    let mut parts: Vec<&str> = text[..cut].split("[[scenario]]").skip(1).collect();
    parts.reverse();
    let scenarios: String = parts.iter().map(|part| format!("[[scenario]]{part}\n")).collect();
    let turned = place.path().join("two.toml");
    std::fs::write(&turned, format!("{}\n{scenarios}", &text[cut..])).expect("written");
    let other = compared(&turned, &place.path().join("c"), &[]);
    let by_name = |answer: &serde_json::Value| {
        let mut rows = answer["scenarios"].as_array().expect("rows").clone();
        rows.sort_by_key(|row| row["name"].as_str().map(str::to_owned));
        rows
    };
    assert_eq!(by_name(&one), by_name(&other));
}

#[test]
fn scenarios_are_ranked_for_an_aim_and_told_apart() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/scenarios/handmade.toml");
    let place = tempfile::tempdir().expect("a temporary folder");
    let aim = ["--aim", "cheapest that meets final by 2027-05-28"];
    let diff = ["--diff", "as it is", "four more shots"];
    let answer = compared(
        &file,
        &place.path().join("out"),
        &[aim, [diff[0], diff[1]]].concat().into_iter().chain([diff[2]]).collect::<Vec<_>>(),
    );
    let mut rows = answer["scenarios"].as_array().expect("rows").clone();
    rows.push(answer["base"].clone());
    let cost = |row: &serde_json::Value| row["measures"]["final_cost"].as_i64().expect("a cost");
    let mut ranked: Vec<&serde_json::Value> =
        rows.iter().filter(|row| row["rank"].is_u64()).collect();
    assert!(ranked.len() > 1, "{answer:#}");
    ranked.sort_by_key(|row| row["rank"].as_u64());
    assert!(ranked.windows(2).all(|pair| cost(pair[0]) <= cost(pair[1])));
    for row in &rows {
        let Some(other) = row["dominated_by"].as_str() else { continue };
        let other = rows.iter().find(|row| row["name"] == other).expect("it is there");
        assert!(cost(other) <= cost(row), "{} by {}", row["name"], other["name"]);
    }
    let diff = &answer["diff"];
    assert!(
        diff["only_b"][0].as_str().is_some_and(|text| text.starts_with("add_shots")),
        "{diff:#}"
    );
    let new =
        diff["tasks"].as_array().expect("tasks").iter().filter(|row| row["start_a"].is_null());
    assert!(new.count() >= 4, "{diff:#}");
    let accounts = diff["accounts"].as_array().expect("accounts");
    let sum: i64 =
        accounts.iter().map(|row| row["b"].as_i64().unwrap() - row["a"].as_i64().unwrap()).sum();
    // Costs and the award of the new shots, each once.
    assert_ne!(sum, 0);
}

#[test]
fn an_aim_with_odds_is_judged_by_draws_of_each_plan() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/scenarios/handmade.toml");
    let place = tempfile::tempdir().expect("a temporary folder");
    let asked = |out: &str, threads: &str, draws: &str| {
        let aim = "cheapest that meets final by 2027-05-28 with 80 %";
        let out = place.path().join(out);
        compared(&file, &out, &["--aim", aim, "--draws", draws, "--threads", threads])
    };
    let answer = asked("a", "1", "64");
    assert_eq!(answer, asked("b", "2", "64"), "threads change the odds");
    let rows = answer["scenarios"].as_array().expect("rows").iter().chain([&answer["base"]]);
    let (mut met, mut later) = (0, 0);
    for row in rows {
        let odds = &row["measures"]["odds"];
        assert_eq!((odds["confidence"].as_i64(), odds["draws"].as_i64()), (Some(8_000), Some(64)));
        let chances = odds["milestones"].as_array().expect("milestones");
        let all = odds["all_on_time"].as_i64().expect("a share");
        assert!(
            chances.iter().all(|chance| all <= chance["on_time"].as_i64().unwrap()),
            "{odds:#}"
        );
        let last = chances.iter().find(|chance| chance["id"] == "final").expect("the final");
        let date = last["date"].as_str().unwrap_or("9999");
        assert_eq!(row["meets_aim"], date <= "2027-05-28", "{}: {date}", row["name"]);
        met += usize::from(row["meets_aim"] == true);
        let planned = row["measures"]["milestones"].as_array().expect("milestones");
        let planned = planned.iter().find(|known| known["id"] == "final").expect("the final");
        later += usize::from(planned["planned"].as_str().is_some_and(|planned| date > planned));
    }
    // What is 80 % sure is later than what is planned, at least for some.
    assert!(later > 0, "{answer:#}");
    let page = std::fs::read_to_string(place.path().join("a/index.html")).expect("a page");
    assert!(page.contains("\"Odds\""), "{met} meet it, and the page says no odds");
}

#[test]
fn a_wrong_file_stops_everything_before_it_is_planned() {
    let show = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/productions/handmade");
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = place.path().join("wrong.toml");
    std::fs::write(&file, one("op = 'leave'\npeople = 'eva'\nfrom = 2027-03-01\nto = 2027-03-05"))
        .expect("written");
    let out = place.path().join("out");
    let output = shotplan()
        .arg("compare")
        .arg(show)
        .arg(&file)
        .arg("-o")
        .arg(&out)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("error[S05]") && errors.contains("wrong.toml:5"), "{errors}");
    assert!(errors.contains("did you mean `eve`?"), "{errors}");
    assert!(!out.exists());
}

#[test]
fn a_sweep_says_where_it_breaks() {
    let show = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/productions/handmade");
    let output = shotplan()
        .arg("sweep")
        .arg(show)
        .args(["--set", "bid overrun 0..120%/40", "--steps", "40", "--format", "json"])
        .output()
        .expect("it runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let rows = answer["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 4);
    // No overrun changes nothing: it costs what the production costs as it is.
    assert_eq!(rows[0]["measures"]["final_cost"], answer["base"]["measures"]["final_cost"]);
    assert!(!answer["breaks"].as_array().expect("breaks").is_empty(), "{answer:#}");
    for row in answer["breaks"].as_array().expect("breaks") {
        let at = rows.iter().position(|known| known["point"][0]["value"] == row["first"]);
        assert!(at.is_some_and(|at| at > 0), "{row:#}");
    }
}
