//! Buying time: hand-worked cases, every whole answer of tiny ones, and dates that purchases make.

mod between_shows;
mod bounds;
mod budgets;
mod caps;
mod curve;
mod incentives;
mod moves;
mod outsourcing;
mod pools;
mod stopped;
mod whole_command;

use crate::answers::shown;
use crate::support::desk::{Desk, shows};
use crate::support::planning::Show;
use jiff::civil::date;
use shotplan::compare::{Options, Round, Tried, budget, crew_for};
use shotplan::formulate::levers::{
    Cap, Crew, Desks, Ending, Lever, Levers, Offer, Opening, Package, Question, Work, levers,
};
use shotplan::formulate::program::{Column, Program, RowKind};
use shotplan::model::*;
use shotplan::solve::Limit;
use shotplan::solve::levers::{Mix, cheapest, is_possible, worth_of_caps};
use shotplan::solve::linear::{Settings, solve};

fn near(found: f64, expected: f64) {
    let margin = 1e-4 * (1.0 + expected.abs());
    assert!((found - expected).abs() <= margin, "{found} is not {expected}");
}

fn department(at: usize) -> DepartmentId {
    DepartmentId::new(at)
}

fn work(at: usize, from: u32, to: u32, days: f64) -> Work {
    Work { department: department(at), show: None, from, to, days, tasks: Vec::new() }
}

/// Artists of one department with so many paid days each week.
fn crew(at: usize, own: &[f64]) -> Crew {
    Crew {
        serves: vec![(department(at), 1.0)],
        shows: None,
        own: own.to_vec(),
        freelance: vec![(0.0, 0.0); own.len()],
        overtime: vec![Vec::new(); own.len()],
    }
}

fn weeks(count: u32) -> Vec<std::ops::Range<u32>> {
    (0..count).map(|week| week..week + 1).collect()
}

/// Without whole numbers handed to a back end: the way of large programs.
fn rounding() -> Settings {
    Settings { integer: Vec::new(), ..Settings::default() }
}

fn mix(question: &Question) -> Mix {
    let exact = cheapest(question, &Settings::default()).expect("solved");
    let rounded = cheapest(question, &rounding()).expect("solved");
    assert!(exact.bound <= exact.cost + 1e-3, "{} above {}", exact.bound, exact.cost);
    assert!(!rounded.exact && rounded.missing() >= exact.missing() - 1e-3);
    exact
}

fn is_near(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-3 * (1.0 + expected.abs())
}

/// The cheapest mix, which leaves over and costs what the best of all answers does; rounding finds none better.
fn as_enumerated(question: &Question, (left, cost): (f64, f64), seed: u64) -> Mix {
    let exact = cheapest(question, &Settings::default()).expect("solved");
    assert!(is_near(exact.missing(), left), "{seed}: {} left over, not {left}", exact.missing());
    assert!(is_near(exact.cost, cost), "{seed}: costs {}, not {cost}: {question:?}", exact.cost);
    assert!(exact.bound <= cost + 1e-2, "{seed}: the bound {} is above {cost}", exact.bound);
    let rounded = cheapest(question, &rounding()).expect("solved");
    assert!(rounded.missing() >= left - 1e-3, "{seed}");
    assert!(!is_near(rounded.missing(), left) || rounded.cost >= cost - 1e-2, "{seed}");
    exact
}

#[test]
fn overtime_is_bought_from_the_cheapest_tier_up() {
    // A part-time artist works 32 hours; to the 40th an hour is paid plainly, then at one and a half.
    // At 100 a day of eight hours, productive to the full: the first day costs 100, the next 150.
    let mut artist = crew(0, &[4.0]);
    artist.overtime = vec![vec![(1.0, 100.0), (1.0, 150.0)]];
    let mut question = Question {
        buckets: weeks(1),
        work: vec![work(0, 0, 0, 4.0)],
        crews: vec![artist],
        ..Question::default()
    };
    for (days, cost) in [(4.0, 0.0), (4.5, 50.0), (5.0, 100.0), (5.5, 175.0), (6.0, 250.0)] {
        question.work[0].days = days;
        let mix = mix(&question);
        near(mix.cost, cost);
        near(mix.missing(), 0.0);
    }
    question.work[0].days = 7.0;
    near(mix(&question).missing(), 1.0);
}

#[test]
fn a_smallest_order_decides_between_vendor_and_hire() {
    // Two days too many. The vendor asks 100 a day but takes no order below 500, with 10 % supervision
    // of the price; an artist for the least stay of a week costs 400 and 50 for the start.
    let mut question = Question {
        buckets: weeks(1),
        work: vec![work(0, 0, 0, 7.0)],
        crews: vec![crew(0, &[5.0])],
        openings: vec![Opening {
            department: department(0),
            earliest: 0,
            output: vec![5.0],
            pay: vec![400.0],
            terms: 0,
            ramp: Vec::new(),
            onboarding: 50.0,
            least_weeks: 1,
            most: 3,
        }],
        offers: vec![Offer {
            vendor: VendorId::new(0),
            price: 100.0,
            supervision: 0.1,
            minimum: 500.0,
            capacity: None,
            there: Vec::new(),
            cleared: 0,
            takes: vec![(0, 7.0)],
            packages: Vec::new(),
        }],
        ..Question::default()
    };
    let hired = mix(&question);
    near(hired.cost, 450.0);
    assert_eq!(hired.heads, [[1]]);
    // With a smaller smallest order the vendor is cheaper: 2 × 100 at least, and 2 × 10 supervision.
    question.offers[0].minimum = 150.0;
    let sent = mix(&question);
    near(sent.cost, 220.0);
    near(sent.sent[0][0], 2.0);
    // A vendor who delivers a day a week leaves the other one to be hired for.
    question.offers[0].capacity = Some(1.0);
    near(mix(&question).cost, 450.0);
    // Three days a week are enough, but not beside two that it has to do already.
    question.offers[0].capacity = Some(3.0);
    near(mix(&question).cost, 220.0);
    question.offers[0].there = vec![(0, 2.0)];
    near(mix(&question).cost, 450.0);
    question.offers[0].there = vec![(1, 2.0)]; // these are due a week later
    near(mix(&question).cost, 220.0);
}

#[test]
fn a_package_goes_out_whole_or_not_at_all() {
    // Three days too many. The vendor asks 100 a day and takes a package of five days, one of four, or
    // both; an artist costs 450 with the start.
    let package = |days: f64| Package { takes: vec![(0, days)], tasks: Vec::new() };
    let mut question = Question {
        buckets: weeks(1),
        work: vec![work(0, 0, 0, 9.0)],
        crews: vec![crew(0, &[6.0])],
        openings: vec![Opening {
            department: department(0),
            terms: 0,
            earliest: 0,
            output: vec![5.0],
            pay: vec![400.0],
            ramp: Vec::new(),
            onboarding: 50.0,
            least_weeks: 1,
            most: 1,
        }],
        offers: vec![Offer {
            vendor: VendorId::new(0),
            price: 100.0,
            supervision: 0.0,
            minimum: 0.0,
            capacity: None,
            there: Vec::new(),
            cleared: 0,
            takes: vec![(0, 9.0)],
            packages: vec![package(5.0), package(4.0)],
        }],
        ..Question::default()
    };
    let sent = mix(&question);
    near(sent.cost, 400.0);
    assert_eq!(sent.packages, [[false, true]]);
    near(sent.sent[0][0], 4.0);
    // Parts of packages would cost 300, which is the bound and no answer.
    assert!(sent.bound <= 300.0 + 1e-2 && sent.exact);
    question.offers[0].price = 120.0;
    let hired = mix(&question);
    near(hired.cost, 450.0);
    assert_eq!((hired.heads, hired.packages), (vec![vec![1]], vec![vec![false, false]]));
    // Four days too many and nobody to hire: the larger one, then both.
    question.openings[0].most = 0;
    question.work[0].days = 10.5;
    near(mix(&question).cost, 600.0);
    question.work[0].days = 11.5;
    near(mix(&question).cost, 1_080.0);
}

#[test]
fn a_vendor_of_whole_sequences_gets_all_of_one() {
    // Forty days of roto for one artist, ten in each of four sequences, all wanted in five weeks.
    let show = "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        --- tasks.csv
        sequence,shot,department,days
        010,010_0010,ROTO,5
        010,010_0020,ROTO,5
        020,020_0010,ROTO,5
        020,020_0020,ROTO,5
        030,030_0010,ROTO,5
        030,030_0020,ROTO,5
        040,040_0010,ROTO,5
        040,040_0020,ROTO,5
        --- people.csv
        name,department
        Ann,ROTO
        --- hiring.csv
        department,max_heads
        ROTO,0
        --- vendors.csv
        id,departments,day_price,supervision,lead_days,takes
        house,ROTO,100,0%,10,sequence
    ";
    let desk = Desk::with("out", show);
    let call = ["crew-for", "out", "--by", "2027-02-12", "--steps", "50", "--format", "json"];
    let found = desk.json(&[&call[..], &["--mode", "no-overtime"]].concat(), 0);
    let bought = found["purchases"].as_array().expect("a list");
    assert_eq!(bought.len(), 1, "{found}");
    let tasks = bought[0]["tasks"].as_array().expect("a list");
    let mut sequences: Vec<&str> =
        tasks.iter().map(|task| &task.as_str().expect("id")[..3]).collect();
    // Of each sequence that goes out, both tasks do.
    assert!(!tasks.is_empty() && tasks.len() < 8, "{found}");
    sequences.sort_unstable();
    for pair in sequences.chunks(2) {
        assert!(pair.len() == 2 && pair[0] == pair[1], "{found}");
    }
}

#[test]
fn a_cap_binds_to_the_unit() {
    // Four freelance days at 100 are needed. Under a cap of 400 all work is done; under one of 250 a day
    // and a half is left over, and a unit more of the cap does a hundredth of a day.
    let mut artist = crew(0, &[5.0]);
    artist.freelance = vec![(5.0, 100.0)];
    let mut question = Question {
        buckets: weeks(1),
        work: vec![work(0, 0, 0, 9.0)],
        crews: vec![artist],
        caps: vec![Cap {
            name: "freelance".to_owned(),
            show: None,
            department: None,
            lever: Some(Lever::Freelance),
            weeks: None,
            amount: 400.0,
        }],
        ..Question::default()
    };
    let enough = mix(&question);
    near(enough.cost, 400.0);
    near(enough.missing(), 0.0);
    question.caps[0].amount = 250.0;
    assert!(!is_possible(&question, &Settings::default(), &|| false));
    let worth = worth_of_caps(&question, 50.0, &Settings::default(), &|| false);
    near(worth[0].dual, 0.01);
    near(worth[0].more, 0.01);
    near(worth[0].less.expect("there is more than that"), 0.01);
    let short = mix(&question);
    near(short.missing(), 1.5);
    near(short.cost, 250.0);
    let spent: f64 = short.spent.iter().map(|(_, money)| money).sum();
    assert!(spent <= 250.0 * (1.0 + 1e-6));
}

#[test]
fn two_departments_and_three_weeks_have_the_dual_worked_by_hand() {
    // CMP has 5 days a week and 13 days of work in weeks 0 to 1: 3 freelance days at 120 in week 1. One
    // day more of its own time in week 0 or 1 saves 120. ROTO has time to spare: nothing.
    let mut comp = crew(0, &[5.0, 5.0, 5.0]);
    comp.freelance = vec![(0.0, 0.0), (4.0, 120.0), (4.0, 90.0)];
    let question = Question {
        buckets: weeks(3),
        work: vec![work(0, 0, 1, 13.0), work(0, 2, 2, 4.0), work(1, 0, 2, 6.0)],
        crews: vec![comp, crew(1, &[5.0, 5.0, 5.0])],
        ..Question::default()
    };
    let built = levers(&question);
    let answer = solve(&built.all_done(), &Settings::default());
    near(answer.value, 360.0);
    let mut seen = 0;
    for (kind, dual) in answer.prices(&built.program) {
        let RowKind::CrewFits { department, week } = kind else { continue };
        let worth = if department.index() == 0 && week < 2 { -120.0 } else { 0.0 };
        near(dual, worth);
        seen += 1;
    }
    assert_eq!(seen, 6);
}

/// Small numbers from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Two departments, three weeks: one can hire, one has a contract that ends, a vendor takes some.
fn tiny(seed: u64) -> Question {
    let mut dice = Dice(seed);
    let mut people = crew(0, &[0.0; 3]);
    people.serves.push((department(1), 0.5 + dice.below(3) as f64 * 0.25));
    people.own = (0..3).map(|_| dice.below(6) as f64).collect();
    let mut others = crew(1, &[0.0; 3]);
    others.own = (0..3).map(|_| dice.below(4) as f64).collect();
    let mut tier = |price: f64| (dice.below(3) as f64, price);
    others.overtime = (0..3).map(|_| vec![tier(150.0), tier(200.0)]).collect();
    others.freelance = (0..3).map(|_| (dice.below(3) as f64, 100.0)).collect();
    let works = (0..3 + dice.below(3)).map(|_| {
        let from = dice.below(3);
        let to = from + dice.below(3 - from);
        work(dice.below(2) as usize, from as u32, to as u32, 1.0 + dice.below(8) as f64)
    });
    let works: Vec<Work> = works.collect();
    // The vendor takes any part of the first work, or one or both of two packages.
    let first = works[0].days;
    let part = 1.0 + dice.below(first as u64) as f64;
    let package = |days: f64| Package { takes: vec![(0, days)], tasks: Vec::new() };
    let packages = match dice.below(2) {
        0 => Vec::new(),
        _ => [part, first - part].into_iter().filter(|days| *days > 0.0).map(package).collect(),
    };
    Question {
        buckets: weeks(3),
        crews: vec![people, others],
        openings: vec![Opening {
            department: department(dice.below(2) as usize),
            earliest: dice.below(2) as u32,
            output: vec![5.0; 3],
            pay: vec![300.0 + dice.below(300) as f64; 3],
            terms: 0,
            ramp: vec![0.4, 0.2],
            onboarding: dice.below(200) as f64,
            least_weeks: 1 + dice.below(2) as u32,
            most: 2,
        }],
        desks: (0..2).map(|at| desks(at, (0..3).map(|_| dice.below(3) as u32))).collect(),
        endings: vec![Ending {
            department: department(dice.below(2) as usize),
            shows: None,
            from: 1 + dice.below(2) as u32,
            people: (0..1 + dice.below(2)).map(|at| PersonId::new(at as usize)).collect(),
            output: vec![4.0; 3],
            pay: vec![250.0 + dice.below(200) as f64; 3],
        }],
        offers: vec![Offer {
            vendor: VendorId::new(0),
            price: 100.0,
            supervision: 0.1,
            minimum: dice.below(3) as f64 * 300.0,
            capacity: (dice.below(2) == 0).then_some(3.0),
            there: Vec::new(),
            cleared: 0,
            takes: vec![(0, first)],
            packages,
        }],
        work: works,
        ..Question::default()
    }
}

fn desks(at: usize, free: impl Iterator<Item = u32>) -> Desks {
    Desks { department: department(at), free: free.collect() }
}

/// Every whole choice of the columns, one after the other.
fn choices(program: &Program, columns: &[Column]) -> Vec<Vec<f64>> {
    columns.iter().fold(vec![Vec::new()], |all, column| {
        let most = program.bounds(*column).1.round() as u32;
        let longer = all.iter().flat_map(|known| {
            (0..=most).map(move |next| {
                let mut longer = known.clone();
                longer.push(f64::from(next));
                longer
            })
        });
        longer.collect()
    })
}

/// Least left over, then least cost, over all whole answers.
fn enumerated(built: &Levers) -> (f64, f64) {
    let lists = built.heads.iter().chain(&built.prolonged).chain(&built.packages);
    let lists = lists.flatten().copied();
    let reached = built.granted.iter().flat_map(|row| row.reached.iter().copied());
    let columns: Vec<Column> =
        lists.chain(built.ordered.iter().flatten().copied()).chain(reached).collect();
    let mut best = (f64::INFINITY, f64::INFINITY);
    for choice in choices(&built.program, &columns) {
        let mut fixed = built.program.relaxed();
        for (&column, &value) in columns.iter().zip(&choice) {
            fixed.set_bounds(column, value, value);
        }
        // Left over at a price that nothing else comes near; starts follow from the heads.
        for &column in &built.left_over {
            fixed.set_cost(column, 10_000.0);
        }
        let answer = solve(&fixed, &Settings::default());
        if !answer.is_optimal() {
            continue;
        }
        let left: f64 = built.left_over.iter().map(|at| answer.columns[at.index()]).sum();
        let cost = answer.value - 10_000.0 * left;
        let is_less = left < best.0 - 1e-4;
        if is_less || (left < best.0 + 1e-4 && cost < best.1) {
            best = (left.min(best.0), cost);
        }
    }
    best
}

#[test]
fn whole_answers_are_those_of_enumeration() {
    let (mut exact, mut distance, mut whole) = (0, 0.0, 0);
    for seed in 0..200 {
        let question = tiny(seed);
        let built = levers(&question);
        let (left, cost) = enumerated(&built);
        let found = cheapest(&question, &Settings::default()).expect("solved");
        let rounded = cheapest(&question, &rounding()).expect("solved");
        for mix in [&found, &rounded] {
            // What is stated as the distance to the best covers the distance to the best there is.
            let least = mix.cost - mix.gap() * (mix.cost + mix.incentives);
            let is_least = mix.missing() > left + 1e-3 || least <= cost + 1e-3 * (1.0 + cost.abs());
            assert!(is_least, "seed {seed}: {least} {cost}");
            assert!(mix.missing() >= left - 1e-2, "seed {seed}: {} {left}", mix.missing());
            if mix.missing() < left + 1e-3 {
                let margin = 1e-3 * (1.0 + cost.abs());
                assert!(
                    mix.cost >= cost - 20.0 * 1e-1 - margin,
                    "seed {seed}: {} {cost}",
                    mix.cost
                );
            }
        }
        // As far as parts of heads decide what is left over, whole ones need not reach it.
        if left < 1e-4 {
            assert!(
                found.bound <= cost + 1e-3 * (1.0 + cost),
                "seed {seed}: {} {cost}",
                found.bound
            );
            whole += 1;
            if found.exact {
                exact += 1;
                near(found.cost, cost);
            }
            near(rounded.missing(), 0.0);
            distance += (rounded.cost - cost) / (1.0 + cost);
        }
    }
    assert!(whole > 40 && exact * 10 > whole * 9, "{exact} of {whole} were proven");
    let mean = distance / f64::from(whole);
    assert!(mean < 0.08, "rounding is {mean} above the best");
}

/// One compositor, twenty days of comp in four tasks, due on any day.
fn comp_show() -> (Show, MilestoneId) {
    let mut show = Show::new(&["CMP"]);
    show.artist("ada", 0);
    for at in 0..4 {
        let shot = show.shot(&format!("0{at}0"), 60);
        show.task(shot, 0, 20);
    }
    let contents = vec![Entity::Show(show.show)];
    let milestone = show.production.milestones.push(Milestone {
        code: "final".to_owned(),
        name: "final".to_owned(),
        show: show.show,
        kind: MilestoneKind::Final,
        date: date(2027, 3, 1),
        hard: false,
        penalty_per_day: None,
        contents,
        source: Source::default(),
    });
    (show, milestone)
}

fn options() -> Options {
    Options { mode: Mode::NoOvertime, seed: 1, threads: 1, limit: Limit::Steps(50) }
}

#[test]
fn a_date_is_made_by_the_artists_it_takes() {
    // Twenty days of work for one artist end on Friday 29 January. By the 27th it takes one more, who can
    // be there on 18 January at the earliest; with 60 % in the first week and 80 % in the second the
    // five days of a task take until the 27th.
    let (show, milestone) = comp_show();
    let production = &show.production;
    let by = date(2027, 1, 27);
    let found = crew_for(production, milestone, by, &options(), &()).expect("planned");
    assert_eq!(found.base, Some(date(2027, 1, 29)));
    let best = &found.rounds[found.best.expect("one artist makes it")];
    assert_eq!(best.bought.hires.iter().map(|row| row.heads).sum::<u32>(), 1);
    assert_eq!(best.bought.hires[0].from, date(2027, 1, 18));
    assert!(best.planned.is_some_and(|finish| finish <= by));
    // All pay of the weeks is charged, worked or not: the terms say four weeks at least.
    let terms = &production.hire_terms(DepartmentId::new(0))[0];
    assert_eq!(best.bill.starts, terms.onboarding);
    assert!(best.bill.total() >= terms.onboarding);
    // In time already: nothing is bought.
    let early =
        crew_for(production, milestone, date(2027, 2, 1), &options(), &()).expect("planned");
    assert!(early.rounds.is_empty() && early.best.is_none());
}

#[test]
fn work_without_a_place_shows_whose_time_is_not_to_be_counted_on() {
    // Eleven tasks of eight days for four artists in 22: by weeks 88 days fit into 88, but each artist has time for
    // two tasks only, or for five halves of tasks that two of them share. Who is hired has nine days' worth.
    let (mut show, milestone) = comp_show();
    show.production.tasks = Keyed::default();
    show.production.shots = Keyed::default();
    for at in 0..11 {
        let shot = show.shot(&format!("{at:02}0"), 60);
        show.task(shot, 0, 32);
    }
    for name in ["bob", "cem", "dee"] {
        show.artist(name, 0);
    }
    let by = date(2027, 2, 2);
    show.production.settings.horizon_end = by;
    show.production.milestones[milestone].date = by;
    let found = crew_for(&show.production, milestone, by, &options(), &()).expect("planned");
    assert_eq!(found.base, None);
    let is_hiring = |round: &Round| !round.pace.is_empty() && !round.bought.hires.is_empty();
    assert!(found.rounds.iter().any(is_hiring), "{:?}", found.rounds);
}

#[test]
fn a_contract_goes_on_as_long_as_its_option_says() {
    // Ada stays, Bob's contract ends on Friday 8 January: six tasks of five days each are done on the 22nd if
    // he stays two weeks more. Who is hired comes on the 18th, with 60 % in the first week.
    let (mut show, milestone) = comp_show();
    for at in 4..6 {
        let shot = show.shot(&format!("0{at}0"), 60);
        show.task(shot, 0, 20);
    }
    show.artist("bob", 0);
    let bob = PersonId::new(1);
    let currency = show.production.settings.currency;
    let mut contract = Contract::paid_by_day(date(2026, 1, 1), Cents(34_000), currency);
    contract.end = Some(date(2027, 1, 8));
    show.production.people[bob].contracts = vec![contract];
    let by = date(2027, 1, 22);
    let mut found = |option| {
        show.production.people[bob].contracts[0].option = option;
        crew_for(&show.production, milestone, by, &options(), &()).expect("planned")
    };
    // Nothing is said: by agreement.
    let agreed = found(None);
    let best = &agreed.rounds[agreed.best.expect("he stays")];
    let stays = best.bought.extensions.iter().map(|row| (row.person, row.to));
    assert_eq!(stays.collect::<Vec<_>>(), [(bob, date(2027, 1, 24))]);
    // Two weeks, to the Friday.
    let two = found(Some(ExtensionOption { weeks: 2, decide_by: Some(date(2027, 1, 6)) }));
    let best = &two.rounds[two.best.expect("he stays")];
    assert_eq!(best.bought.extensions[0].to, by);
    // One week: the rest has to come from others.
    let one = found(Some(ExtensionOption { weeks: 1, decide_by: Some(date(2027, 1, 6)) }));
    let stays: Vec<_> = one.rounds.iter().flat_map(|round| &round.bought.extensions).collect();
    assert!(stays.iter().all(|row| row.to <= date(2027, 1, 15)), "{stays:?}");
    assert!(!stays.is_empty(), "a week of Bob helps");
    // The day to take it has passed.
    let late = found(Some(ExtensionOption { weeks: 2, decide_by: Some(date(2027, 1, 1)) }));
    assert!(late.rounds.iter().all(|round| round.bought.extensions.is_empty()));
}

#[test]
fn a_date_is_made_by_saturdays_where_they_may_be_worked() {
    // The same twenty days with no longer days, but Saturdays: two of them are enough, and nobody is hired.
    let (mut show, milestone) = comp_show();
    let site = &mut show.production.sites[SiteId::new(0)];
    (site.overtime.days_off, site.overtime.cap_day_minutes) = (DaysOff::Weekends, 480);
    let options = Options { mode: Mode::Deliver, limit: Limit::Steps(400), ..options() };
    let by = date(2027, 1, 27);
    let found = crew_for(&show.production, milestone, by, &options, &()).expect("planned");
    assert!(found.base.is_some_and(|finish| finish > by));
    let best = &found.rounds[found.best.expect("two Saturdays make it")];
    assert_eq!(best.bought.hires.iter().map(|row| row.heads).sum::<u32>(), 0);
    assert!(best.planned.is_some_and(|finish| finish <= by));
}

#[test]
fn a_date_before_the_longest_task_is_never_promised() {
    let (show, milestone) = comp_show();
    let by = date(2027, 1, 6);
    let found = crew_for(&show.production, milestone, by, &options(), &()).expect("planned");
    assert!(found.best.is_none());
    // Five days for the longest task, whoever does it.
    assert_eq!(found.earliest, Some(date(2027, 1, 8)));
    let nearest = &found.rounds[found.nearest.expect("some date can be made")];
    assert!(nearest.planned.is_some_and(|finish| finish > by));
}

#[test]
fn what_ends_no_earlier_than_the_plan_as_it_is_is_no_way() {
    // One task of five days, done on Friday 8 January: whoever is hired comes ten days later.
    let (mut show, milestone) = comp_show();
    show.production.tasks = Keyed::default();
    show.production.shots = Keyed::default();
    let shot = show.shot("010", 60);
    show.task(shot, 0, 20);
    let by = date(2027, 1, 6);
    let found = crew_for(&show.production, milestone, by, &options(), &()).expect("planned");
    assert_eq!((found.base, found.earliest), (Some(date(2027, 1, 8)), Some(date(2027, 1, 8))));
    assert!(found.rounds.iter().any(|round| round.planned == found.base), "{:?}", found.rounds);
    assert_eq!((found.best, found.nearest), (None, None));
}

#[test]
fn the_commands_say_the_same_in_words_and_in_json() {
    let desk = Desk::with("tight", shows::TIGHT);
    let call = ["crew-for", "tight", "--by", "2027-01-20", "--milestone", "010", "--steps", "20"];
    let told = desk.run(&call).get_output().clone();
    let words = String::from_utf8(told.stdout).expect("text");
    let code = told.status.code().expect("a code");
    assert!(words.contains("010 by Wed 20 Jan 2027"), "{words}");
    let found = desk.json(&[&call[..], &["--format", "json"]].concat(), code);
    assert_eq!(found["milestone"], "010");
    assert_eq!(found["makes_it"], code == 0);
    // Tasks on late chains are shared, and nobody is hired; the last try is the one that makes it.
    assert_eq!(found["purchases"][0]["kind"], "split", "{found}");
    let last = found["tries"].as_array().and_then(|tries| tries.last()).expect("tries");
    assert_eq!((&found["cost"]["total"], &last["late"]), (&last["cost"], &0.into()), "{found}");
    // The same call gives the same bytes, with any number of threads.
    let again = desk.json(&[&call[..], &["--format", "json", "--threads", "2"]].concat(), code);
    assert_eq!(found, again);

    let crew = ["date-for", "tight", "--crew", "ANI+1, CMP+1@2027-01-05", "--steps", "20"];
    let more = desk.json(&[&crew[..], &["--format", "json"]].concat(), 0);
    assert!(more["date"].as_str() <= more["as_it_is"].as_str(), "{more}");
    assert!(more["earliest_possible"].as_str() <= more["date"].as_str(), "{more}");
    desk.write("crew.txt", "# two more\nANI+1\nCMP+1@2027-01-05\n");
    let filed = ["date-for", "tight", "--crew", "crew.txt", "--steps", "20", "--format", "json"];
    assert_eq!(desk.json(&filed, 0), more);

    let curve = ["tradeoff", "tight", "--steps", "20", "--plans", "6", "--format", "json"];
    let curve = desk.json(&curve, 0);
    let points = curve["points"].as_array().expect("a list");
    for pair in points.windows(2) {
        assert!(pair[0]["date"].as_str() < pair[1]["date"].as_str(), "{curve}");
        assert!(pair[0]["cost"]["total"].as_i64() > pair[1]["cost"]["total"].as_i64(), "{curve}");
        assert!(!pair[0]["changes"].as_array().expect("a list").is_empty(), "{curve}");
    }
    assert!(!points.is_empty());
}

#[test]
fn prices_stop_at_the_limit_and_say_so() {
    let desk = Desk::with("tight", shows::TIGHT);
    let all = desk.json(&["prices", "tight", "--format", "json"], 0);
    assert!(all["is_cut"] == false && all["steps"] == 2, "{all}");
    assert_eq!(all["prices"].as_array().map(Vec::len), Some(1), "{all}");
    // Each price takes two programs, and a fifth of the steps is for artists.
    let enough = desk.json(&["prices", "tight", "--steps", "10", "--format", "json"], 0);
    assert_eq!(enough, all);
    let call = ["prices", "tight", "--steps", "9", "--format", "json"];
    let some = desk.json(&call, 0);
    assert_eq!((&some["is_cut"], &some["steps"]), (&true.into(), &0.into()), "{some}");
    assert_eq!(some, desk.json(&call, 0));
    let told = desk.run(&call[..4]).code(0).get_output().stdout.clone();
    let told = String::from_utf8(told).expect("text");
    assert!(told.contains("Stopped at the limit after"));
    // What was not looked at is not worth nothing.
    assert!(some["priced"] == 1 && !told.contains("nobody is missing"), "{told}");
    assert!(told.contains("up to 1 price"), "{told}");
    desk.run(&["prices", "tight", "--time-limit", "0s"]).code(2);
    assert_eq!(desk.json(&["prices", "tight", "--time-limit", "10m", "--format", "json"], 0), all);
}

#[test]
fn calls_that_mean_nothing_are_refused_in_words() {
    let desk = Desk::with("tight", shows::TIGHT);
    for (call, words) in [
        (vec!["crew-for", "tight", "--by", "soon"], "write a date like 2027-05-14"),
        (vec!["crew-for", "tight", "--by", "2027-02-01", "--milestone", "xx"], "no milestone"),
        (vec!["crew-for", "tight", "--by", "2026-02-01"], "no day that can be planned"),
        (vec!["date-for", "tight", "--crew", "XX+1"], "there is no department `XX`"),
        (vec!["date-for", "tight", "--crew", "CMP"], "has no + or -"),
        (vec!["date-for", "tight", "--crew", "XX+1"], "; its departments are ANI, LGT, CMP"),
        (vec!["date-for", "tight", "--crew", "CPM+1"], "did you mean `CMP`?"),
        (vec!["outsource", "tight", "--scope", "nothing"], "is no department, sequence, shot"),
        (vec!["outsource", "tight", "--scope", "nothing"], "; its departments are ANI, LGT, CMP"),
        (vec!["outsource", "tight", "--scope", "CPM"], "did you mean `CMP`?"),
        (vec!["outsource", "tight", "--scope", "010:CPM"], "did you mean `CMP`?"),
    ] {
        let told = desk.run(&call).code(2).get_output().clone();
        let text = String::from_utf8(told.stderr).expect("text");
        assert!(text.contains(words), "{call:?}: {text}");
    }
}

#[test]
fn vendors_are_compared_with_the_work_in_house() {
    // Four days of comp at 340.00 in house, against a vendor at 100.00 a day, ten days lead, an order of
    // 600.00 at least and 10 % supervision: 400.00, 200.00 missing, 40.00 on top.
    let show = "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        currency = \"GBP\"
        --- tasks.csv
        shot,department,days
        010_0010,CMP,4
        010_0020,ANI,4
        --- people.csv
        name,department
        Ann,CMP
        Bo,ANI
        --- vendors.csv
        id,departments,day_price,minimum_order,supervision,lead_days
        house,CMP,100,600,10%,10;10;10;10
    ";
    let desk = Desk::with("out", show);
    let call = ["outsource", "out", "--scope", "CMP", "--steps", "10", "--format", "json"];
    let found = desk.json(&call, 0);
    let row = &found["vendors"][0];
    assert_eq!((&found["tasks"], &found["days"]), (&1.into(), &4.0.into()), "{found}");
    let amounts = [&row["price"], &row["top_up"], &row["supervision"]];
    assert_eq!(amounts, [&40_000.into(), &20_000.into(), &4_000.into()] as [&serde_json::Value; 3]);
    assert_eq!(row["lead_days"], 10);
    // Ten working days from Monday 4 January: Friday the 15th.
    assert_eq!(row["effect"]["finish"], "2027-01-15");
    // The page says of each plan when the work is done, as the text does.
    desk.run(&[&call[..6], &["--page", "out.html"]].concat()).code(0);
    let page = shown(&desk.read("out.html"));
    let plans = &page["sections"][1]["blocks"][0];
    let mut titles = plans["columns"].as_array().expect("columns").iter();
    let at = titles.position(|column| column["name"] == "It is done").expect("a column");
    let done: Vec<_> = (0..2).map(|plan| &plans["rows"][plan]["cells"][at]).collect();
    assert_eq!(done, [&found["in_house"]["finish"], &"2027-01-15".into()], "{plans:#}");
    assert!(found["in_house"]["finish"].is_string() && done[0] != done[1]);
    // Money in house is that of the plan less nothing; out it is the vendor's three amounts.
    let labour = found["labour"].as_i64().expect("an amount");
    let efc = |effect: &serde_json::Value| effect["efc"].as_i64().expect("an amount");
    assert_eq!(efc(&row["effect"]) - efc(&found["in_house"]), 64_000 - labour);
    assert!(labour > 4 * 34_000 && found["vendors"].as_array().expect("a list").len() == 1);
    let words = String::from_utf8(desk.run(&call[..6]).code(0).get_output().stdout.clone());
    assert!(words.expect("text").contains("house"));
    // Four bid days take four weeks at one a week; at two a week the lead time of ten days is longer.
    for (capacity, finish) in [("1", "2027-01-29"), ("2", "2027-01-15")] {
        let head = "day_price,minimum_order,supervision,lead_days";
        let limited = show
            .replace(head, &format!("{head},capacity_days_per_week"))
            .replace("10;10;10;10", &format!("10;10;10;10,{capacity}"));
        let desk = Desk::with("out", &limited);
        let found = desk.run(&call).code(0).get_output().stdout.clone();
        let found: serde_json::Value = serde_json::from_slice(&found).expect("JSON");
        assert_eq!(found["vendors"][0]["effect"]["finish"], finish);
    }
}

#[test]
fn the_first_vendor_is_the_best_by_cost_and_lateness_together() {
    // Both shots are to be there on the thirteenth working day, and Ann takes five days for each. Back on the second
    // day they both are; back on the sixth, 20.00 cheaper, each alone could be.
    let show = "
        --- show.toml
        [settings]
        as_of = 2027-01-04
        horizon_end = 2027-06-30
        productive = \"100%\"
        currency = \"GBP\"
        --- tasks.csv
        id,shot,department,days,after
        roto1,010_0010,ROTO,1,
        comp1,010_0010,CMP,5,roto1
        roto2,010_0020,ROTO,1,
        comp2,010_0020,CMP,5,roto2
        --- people.csv
        name,department
        Ann,CMP
        Bo,ROTO
        --- vendors.csv
        id,departments,day_price,minimum_order,supervision,lead_days
        cheap,ROTO,190,0,0%,6;6;6;6
        quick,ROTO,200,0,0%,2;2;2;2
        --- milestones.csv
        id,kind,date,contents,penalty_per_day
        final,final,2027-01-20,010,300
    ";
    let desk = Desk::with("out", show);
    let call = ["outsource", "out", "--scope", "ROTO", "--mode", "no-overtime", "--steps", "10"];
    let found = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    let rows = found["vendors"].as_array().expect("a list");
    let told: Vec<_> = rows.iter().map(|row| row["vendor"].as_str().expect("a name")).collect();
    assert_eq!(told, ["quick", "cheap"], "{found}");
    let (quick, cheap) = (&rows[0]["effect"], &rows[1]["effect"]);
    let figure = |row: &serde_json::Value, name: &str| row[name].as_i64().expect("a number");
    assert_eq!(figure(quick, "efc") - figure(cheap, "efc"), 2_000, "{found}");
    assert_eq!((figure(quick, "milestones_late"), figure(cheap, "milestones_late")), (0, 1));
    // Four working days.
    assert!(figure(cheap, "penalties") - figure(quick, "penalties") >= 4 * 30_000, "{found}");
    desk.run(&[&call[..], &["--page", "out.html"]].concat()).code(0);
    let page = desk.read("out.html");
    assert!(page.contains("days late: 0, in house 0") && !page.contains("late milestones: "));
}

#[test]
fn terms_of_hire_of_a_show_decide_who_comes_and_when() {
    // Twenty days of comp for one artist. Who is hired in London costs 500 a day and can be there on
    // Monday 11 January; in Mumbai 100, from 25 January on. By the 27th it takes somebody from London.
    let show = |mumbai_from: &str| {
        format!(
            "
            --- show.toml
            [settings]
            as_of = 2027-01-04
            horizon_end = 2027-06-30
            [[sites]]
            id = \"london\"
            [[sites]]
            id = \"mumbai\"
            time_zone = \"Asia/Kolkata\"
            --- tasks.csv
            shot,department,days
            010_0010,CMP,5
            010_0020,CMP,5
            010_0030,CMP,5
            010_0040,CMP,5
            --- people.csv
            name,department
            Ann,CMP
            --- hiring.csv
            id,department,site,rate,burden,lead_days,earliest,min_weeks,ramp,onboarding
            near,CMP,london,500,0%,5,,3,none,0
            far,CMP,mumbai,100,0%,5,{mumbai_from},3,none,0
            "
        )
    };
    let hires = |desk: &Desk, by: &str| -> Vec<(String, String)> {
        let call = ["crew-for", "out", "--by", by, "--steps", "50", "--mode", "no-overtime"];
        let found = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
        // How far whole heads are from the best is told in words too.
        let told = desk.run(&call).code(0).get_output().stdout.clone();
        let told = String::from_utf8(told).expect("text");
        assert!(told.contains("no mix of whole heads and orders is"), "{told}");
        assert!(found["gap"].as_i64().is_some_and(|gap| (0..=10_000).contains(&gap)), "{found}");
        let bought = found["purchases"].as_array().expect("a list").clone();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        bought.iter().map(|row| (text(&row["who"]), text(&row["from"]))).collect()
    };
    let late = Desk::with("out", &show("2027-01-25"));
    assert_eq!(hires(&late, "2027-01-27"), [("near".to_owned(), "2027-01-11".to_owned())]);
    let sooner = Desk::with("out", &show("2027-01-11"));
    let cheaper = hires(&sooner, "2027-01-27");
    assert!(!cheaper.is_empty() && cheaper.iter().all(|row| row.0 == "far"), "{cheaper:?}");
}

#[test]
fn a_limit_on_hiring_is_told_with_what_a_higher_one_gives() {
    // Four tasks of six days each in two weeks, one for each artist: three have to be hired, and two may.
    let show = |departments: &str, most: u32| {
        format!(
            "
            --- show.toml
            [settings]
            as_of = 2027-01-04
            horizon_end = 2027-06-30
            productive = \"100%\"
            {departments}
            --- tasks.csv
            shot,department,days
            010_0010,CMP,6
            010_0020,CMP,6
            010_0030,CMP,6
            010_0040,CMP,6
            --- people.csv
            name,department
            Ann,CMP
            --- hiring.csv
            department,rate,lead_days,min_weeks,ramp,max_heads
            CMP,300,0,2,none,{most}
            "
        )
    };
    let call = ["crew-for", "out", "--by", "2027-01-15", "--steps", "50", "--mode", "no-overtime"];
    let json = [&call[..], &["--format", "json"]].concat();
    let capped = "[[departments]]\n            id = \"CMP\"\n            cap = 3";
    for (departments, most, cap) in [("", 2, None), (capped, 9, Some(3))] {
        let desk = Desk::with("out", &show(departments, most));
        let found = desk.json(&json, 3);
        let raised = &found["raised"];
        let limit = &raised["limits"][0];
        assert_eq!((&limit["department"], &limit["heads"]), (&"CMP".into(), &2.into()), "{found}");
        assert_eq!(limit["crew_cap"].as_u64(), cap, "{found}");
        assert_eq!(
            (raised["date"].as_str(), raised["late"].as_i64()),
            (Some("2027-01-11"), Some(-4))
        );
        let told = desk.run(&call).code(3).get_output().stdout.clone();
        let words =
            String::from_utf8(told).expect("text").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("Hiring stops at a limit: CMP at 2 hired"), "{words}");
    }
    // Without the limit nothing is told of one.
    let free = Desk::with("out", &show("", 9)).json(&json, 0);
    assert!(free["raised"].is_null() && free["purchases"][0]["count"] == 3, "{free}");
}

#[test]
fn desks_are_shared_by_all_terms_of_a_department() {
    // Ten days too many in two weeks. Two could be hired on either terms, but there is one desk.
    let opening = |terms: u32, pay: f64| Opening {
        department: department(0),
        terms,
        earliest: 0,
        output: vec![5.0; 2],
        pay: vec![pay; 2],
        ramp: Vec::new(),
        onboarding: 0.0,
        least_weeks: 1,
        most: 2,
    };
    let mut question = Question {
        buckets: weeks(2),
        work: vec![work(0, 0, 0, 10.0), work(0, 1, 1, 5.0)],
        crews: vec![crew(0, &[5.0; 2])],
        openings: vec![opening(0, 400.0), opening(1, 300.0)],
        desks: vec![desks(0, [1, 1].into_iter())],
        ..Question::default()
    };
    let found = mix(&question);
    near(found.cost, 300.0);
    assert_eq!(found.heads, [[0, 0], [1, 0]]);
    question.work[0].days = 15.0;
    near(mix(&question).missing(), 5.0);
    question.desks[0].free = vec![2, 0];
    near(mix(&question).cost, 600.0);
    // The cheaper terms have one place only.
    question.openings[1].most = 1;
    near(mix(&question).cost, 700.0);
}

/// One compositor of ours, one freelance, twenty days of comp; what both cost.
fn with_freelance() -> Production {
    let (mut show, _) = comp_show();
    for shot in (0..4).map(ShotId::new) {
        // Dear enough that a freelance artist pays.
        show.production.shots[shot].due = Some(date(2027, 1, 15));
        show.production.shots[shot].priority = Priority::High;
    }
    let bo = show.artist("bo", 0);
    let person = &mut show.production.people[bo];
    let currency = show.production.settings.currency;
    person.contracts = vec![Contract {
        kind: ContractKind::Freelance,
        end: Some(date(2027, 2, 26)),
        ..Contract::paid_by_day(date(2027, 1, 4), Cents(50_000), currency)
    }];
    show.production
}

#[test]
fn a_cap_sends_freelance_artists_home() {
    let production = with_freelance();
    let cap = |amount: Cents| BudgetCap { name: "total".to_owned(), on: CapOn::Total, amount };
    let planned = Tried::new(production.clone(), &options(), &()).expect("planned").efc();
    // Twenty days of staff at 340.00 are the least there is: the work has to be done.
    let least = Cents(20 * 34_000);
    assert!(planned > least, "the freelance artist works for the date: {planned:?}");
    let (_, free) = budget(&production, &[cap(planned)], &options(), &()).expect("planned");
    assert_eq!((free.tries, free.caps[0].after), (1, planned));
    let (_, tight) = budget(&production, &[cap(least)], &options(), &()).expect("planned");
    assert!(tight.caps[0].holds(), "{:?}", tight.caps);
    assert_eq!(tight.caps[0].after, least);
    assert_eq!(tight.plan.releases.len(), 1);
    assert!(tight.after.all_done > free.after.all_done);
    // Below that it cannot be kept, and the answer says by how much.
    let (_, broken) =
        budget(&production, &[cap(least - Cents(1_000))], &options(), &()).expect("planned");
    assert!(!broken.caps[0].holds());
    assert_eq!(broken.caps[0].missing(), Cents(1_000));
}

/// Seven days of compositing by two who are paid by the day.
const PAID_BY_THE_DAY: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-03-31
    currency = \"GBP\"
    productive = \"100%\"
    --- tasks.csv
    shot,department,days
    010_0010,CMP,3
    010_0020,CMP,4
    --- people.csv
    name,department
    Ann,CMP
    Bo,CMP
    --- contracts.csv
    person,kind,start,notice,rate,burden
    Ann,freelance,2026-12-01,0,250,0%
    Bo,freelance,2026-12-01,0,250,0%
";

#[test]
fn a_cap_does_not_hold_where_only_work_left_out_keeps_it() {
    let desk = Desk::with("day", PAID_BY_THE_DAY);
    let asked = |cap: &'static str| ["budget", "day", "--steps", "20", "--cap", cap];
    // 7 × 250.00 is the least there is.
    let json = |cap, code| desk.json(&[&asked(cap)[..], &["--format", "json"]].concat(), code);
    let kept = json("total=1750", 0);
    assert!(kept["holds"] == true && kept["with"]["unplaced"] == 0, "{kept}");
    let told = json("total=1500", 3);
    let (cap, with) = (&told["caps"][0], &told["with"]);
    assert!(told["holds"] == false && cap["holds"] == false, "{told}");
    assert!(cap["after"].as_i64() <= Some(150_000) && cap["with_all_work"] == 175_000, "{told}");
    assert_eq!(cap["missing"], 25_000, "{told}");
    assert!(with["unplaced"] == 1 && with["all_done"].is_null(), "{told}");
    let text = desk.run(&asked("total=1500")).code(3).get_output().stdout.clone();
    let text = String::from_utf8(text).expect("text").replace('\n', " ");
    assert!(text.contains("only with work left out: 1 task found no place"), "{text}");
    assert!(text.contains("total costs £1,750"), "{text}");
    assert!(text.contains("  work left out  ") && text.contains("not all"), "{text}");
    desk.run(&[&asked("total=1500")[..], &["--page", "caps.html"]].concat()).code(3);
    let page = desk.read("caps.html");
    assert!(page.contains("\"Left out\"") && page.contains("\"not all\""), "{page}");
    assert!(page.contains("total: £250 missing with all work done"), "{page}");
}

#[test]
fn a_hard_budget_of_a_scenario_is_not_kept_by_leaving_out_work() {
    let scenarios = |amount: u32| {
        format!(
            "[[scenario]]\nname = 'less'\n[[scenario.edit]]\nop = 'set_budget'\naccount = '*'\namount = {amount}\nhard = true\n"
        )
    };
    let desk = Desk::with("day", PAID_BY_THE_DAY);
    let told = |amount: u32| {
        desk.write("less.toml", &scenarios(amount));
        desk.run(&["compare", "day", "less.toml", "-o", "out", "--steps", "20"]).code(0);
        let told: serde_json::Value =
            serde_json::from_str(&desk.read("out/compare.json")).expect("JSON");
        told["scenarios"][0]["measures"].clone()
    };
    let kept = told(1_750);
    assert!(kept["hard_budgets"][0]["holds"] == true && kept["unplaced"] == 0, "{kept}");
    // 7 × 250.00 is the least there is, and it is told with all seven days done.
    let missed = told(1_500);
    let row = &missed["hard_budgets"][0];
    assert!(row["holds"] == false && row["missing"] == 25_000, "{missed}");
    assert!(row["cost"] == 175_000 && missed["unplaced"] == 0, "{missed}");
    assert_eq!(missed["final_cost"], 175_000, "{missed}");
}

#[test]
fn work_on_hold_is_not_left_out() {
    let held = PAID_BY_THE_DAY
        .replace("shot,department,days", "shot,department,days,status")
        .replace("010_0010,CMP,3", "010_0010,CMP,3,\n    010_0015,CMP,2,hold")
        .replace("010_0020,CMP,4", "010_0020,CMP,4,");
    let desk = Desk::with("day", &held);
    let call = ["budget", "day", "--steps", "20", "--cap", "total=1750", "--format", "json"];
    let told = desk.json(&call, 0);
    for plan in ["without", "with"] {
        let effect = &told[plan];
        assert!(effect["unplaced"] == 0 && effect["all_done"].is_string(), "{told}");
    }
}

/// Ten days of animation for one artist, with another who has nothing to do: nobody who comes makes one
/// artist faster, but two on the task are done in half of the time, for the same pay.
const ONE_LONG_TASK: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-03-31
    currency = \"GBP\"
    productive = \"100%\"
    [[milestones]]
    id = \"final\"
    date = 2027-03-26
    contents = [\"010_0010\"]
    --- tasks.csv
    shot,department,days
    010_0010,ANI,10
    --- people.csv
    name,department
    Ann,ANI
    Bob,ANI
";

#[test]
fn work_is_shared_where_nobody_who_comes_makes_it_shorter() {
    let desk = crate::support::desk::Desk::with("long", ONE_LONG_TASK);
    let ask = |by: &str| {
        desk.json(&["crew-for", "long", "--by", by, "--steps", "20", "--format", "json"], 0)
    };
    // Alone until Friday 15, shared until Friday 8.
    let told = ask("2027-01-08");
    assert_eq!((&told["makes_it"], &told["date"]), (&true.into(), &"2027-01-08".into()));
    let purchases = told["purchases"].as_array().expect("a list");
    assert_eq!(purchases.len(), 1, "{purchases:?}");
    assert_eq!((&purchases[0]["kind"], &purchases[0]["count"]), (&"split".into(), &1.into()));
    assert_eq!(told["cost"]["efc"], 0);
    // What is made anyway is not shared.
    let told = ask("2027-01-15");
    assert_eq!(told["makes_it"], true);
    assert_eq!(told["purchases"].as_array().map(Vec::len), Some(0));
}

#[test]
fn one_artist_more_is_not_told_to_end_later() {
    let desk = Desk::empty();
    for seed in ["5", "6", "7"] {
        let call =
            ["generate", "--archetype", "commercial", "--tightness", "tight", "--seed", seed];
        desk.run(&[&call[..], &["-o", seed]].concat()).code(0);
        for crew in ["CMP+1", "LGT+1"] {
            let call = ["date-for", seed, "--crew", crew, "--steps", "0", "--format", "json"];
            let told = desk.json(&call, 0);
            let [date, as_it_is] = ["date", "as_it_is"].map(|name| told[name].as_str());
            assert!(date.is_some() && date <= as_it_is, "{seed} {crew}: {told}");
        }
    }
}
