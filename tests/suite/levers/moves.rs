//! Moving people: prices worked by hand, every way to move in tiny cases, and dates that moves make.

use super::{
    Dice, Work, as_enumerated, crew, department, is_near, mix, near, rounding, weeks, work,
};
use crate::support::desk::Desk;
use crate::support::show;
use jiff::civil::date;
use shotplan::compare::{Options, Tried};
use shotplan::formulate::levers::{Crew, Leave, Move, Opening, Question};
use shotplan::model::*;
use shotplan::scenario::{Applied, Change, Edit, Scenario, apply};
use shotplan::solve::Limit;
use shotplan::solve::levers::{Asking, cheapest};
use shotplan::solve::linear::Settings;

/// One of the crew `from` can work in the department `to` for a cost, at a share of the output.
pub(super) fn moved(from: u32, to: usize, cost: f64, share: f64, weeks: usize) -> Move {
    Move {
        to: Opening {
            department: department(to),
            terms: 0,
            earliest: 0,
            output: vec![5.0 * share; weeks],
            pay: vec![0.0; weeks],
            ramp: Vec::new(),
            onboarding: cost,
            least_weeks: 1,
            most: 1,
        },
        shows: None,
        leaves: vec![Leave { crew: from, of: 1, time: vec![5.0; weeks] }],
        people: vec![PersonId::new(from as usize)],
    }
}

#[test]
fn the_price_of_a_move_is_what_the_other_way_costs_less() {
    // Two departments, three weeks, one artist in each. The first has 5 days to do in all, the second 18
    // and time for 15: three are missing. An artist more there costs 1,000 a week and 100 for the start.
    let mut question = Question {
        buckets: weeks(3),
        work: vec![work(0, 0, 2, 5.0), work(1, 0, 2, 18.0)],
        crews: vec![crew(0, &[5.0; 3]), crew(1, &[5.0; 3])],
        openings: vec![Opening {
            department: department(1),
            terms: 0,
            earliest: 0,
            output: vec![5.0; 3],
            pay: vec![1_000.0; 3],
            ramp: Vec::new(),
            onboarding: 100.0,
            least_weeks: 1,
            most: 1,
        }],
        ..Question::default()
    };
    near(mix(&question).cost, 1_100.0);
    // The artist of the first is free for two weeks and gives four fifths of a day a day: one week makes 4.
    question.moves = vec![moved(0, 1, 250.0, 0.8, 3)];
    let helped = mix(&question);
    near(helped.cost, 250.0);
    assert_eq!(helped.heads, [[0, 0, 0]]);
    assert_eq!(helped.moved[0].iter().sum::<u32>(), 1);
    // Six days are missing: two weeks of the move make 8; both at once, or one after the other at 250 each.
    question.work[1].days = 21.0;
    near(mix(&question).cost, 250.0);
    // Nine: two weeks of the move and one of the hire, or three of the hire for 3,100.
    question.work[1].days = 24.0;
    near(mix(&question).cost, 1_350.0);
    // With work for three weeks of their own nobody can go.
    question.work[0].days = 15.0;
    near(mix(&question).cost, 2_100.0);
    // What is paid more elsewhere counts by the week.
    question.work = vec![work(0, 0, 2, 5.0), work(1, 0, 2, 21.0)];
    question.moves[0].to.pay = vec![50.0; 3];
    near(mix(&question).cost, 350.0);
}

#[test]
fn a_freelance_artist_who_moves_is_paid_and_does_no_overtime_before() {
    // Paid by the day at 200, with a day of overtime a week at 300. Two days are missing elsewhere.
    let mut question = Question {
        buckets: weeks(1),
        work: vec![work(0, 0, 0, 0.0), work(1, 0, 0, 7.0)],
        crews: vec![
            Crew {
                serves: vec![(department(0), 1.0)],
                shows: None,
                own: vec![0.0],
                freelance: vec![(5.0, 200.0)],
                overtime: vec![vec![(1.0, 300.0)]],
            },
            crew(1, &[5.0]),
        ],
        moves: vec![moved(0, 1, 0.0, 1.0, 1)],
        ..Question::default()
    };
    // All five days go along.
    near(mix(&question).cost, 1_000.0);
    // With a day of work where they were the day of overtime does not do it: they are away.
    question.work[0].days = 1.0;
    let short = mix(&question);
    near(short.missing(), 1.0);
}

#[test]
fn nobody_is_in_two_places() {
    // One artist without work, wanted for a day in each of two departments: there is time for one of them.
    let question = Question {
        buckets: weeks(1),
        work: vec![work(1, 0, 0, 1.0), work(2, 0, 0, 1.0)],
        crews: vec![crew(0, &[5.0])],
        moves: vec![moved(0, 1, 10.0, 1.0, 1), moved(0, 2, 10.0, 1.0, 1)],
        ..Question::default()
    };
    near(mix(&question).missing(), 1.0);
    let mut idle = question.clone();
    idle.moves.iter_mut().for_each(|row| row.leaves.clear());
    near(mix(&idle).missing(), 1.0);
}

#[test]
fn moves_that_cost_nothing_are_not_made_for_nothing() {
    let question = Question {
        buckets: weeks(4),
        work: vec![work(0, 0, 3, 10.0), work(1, 0, 3, 12.0)],
        crews: vec![crew(0, &[5.0; 4]), crew(1, &[5.0; 4])],
        moves: vec![moved(0, 1, 0.0, 1.0, 4), moved(1, 0, 0.0, 1.0, 4)],
        ..Question::default()
    };
    for settings in [Settings::default(), rounding()] {
        let mix = cheapest(&question, &settings).unwrap();
        assert_eq!(mix.moved, [[0; 4], [0; 4]]);
    }
}

/// Two or three weeks, two departments of one or two artists each, one hire and one or two moves.
fn drawn(seed: u64) -> Question {
    let mut draws = Dice(seed.wrapping_mul(77_777) + 5);
    let count = 2 + draws.below(2) as usize;
    let crews: Vec<Crew> = (0..2)
        .map(|at| {
            let people = 1 + draws.below(2);
            let mut crew = crew(at, &vec![5.0 * people as f64; count]);
            if draws.below(3) == 0 {
                crew.own = vec![5.0 * (people - 1) as f64; count];
                crew.freelance = vec![(5.0, 100.0 + 50.0 * draws.below(4) as f64); count];
            }
            if draws.below(3) == 0 {
                crew.overtime = vec![vec![(people as f64, 300.0)]; count];
            }
            crew
        })
        .collect();
    let mut work_of = |at: usize| -> Vec<_> {
        (0..1 + draws.below(2))
            .map(|_| {
                let from = draws.below(count as u64) as u32;
                let to = from + draws.below(count as u64 - u64::from(from)) as u32;
                work(at, from, to, 1.0 + draws.below(12) as f64)
            })
            .collect()
    };
    let mut works = work_of(0);
    works.extend(work_of(1));
    let mut moves = Vec::new();
    let leave = 1 + draws.below(2) as usize;
    for (from, crew) in crews.iter().enumerate().take(leave) {
        let share = [0.6, 0.8, 1.0][draws.below(3) as usize];
        let mut row = moved(from as u32, 1 - from, 50.0 * draws.below(5) as f64, share, count);
        row.leaves[0].of = 1 + u32::from(crew.own[0] + crew.freelance[0].0 > 5.0);
        row.to.pay = vec![20.0 * draws.below(3) as f64; count];
        row.to.ramp = if draws.below(2) == 0 { vec![0.5] } else { Vec::new() };
        row.to.least_weeks = 1 + draws.below(2) as u32;
        row.to.earliest = draws.below(2) as u32;
        moves.push(row);
    }
    let openings = vec![Opening {
        department: department(draws.below(2) as usize),
        terms: 0,
        earliest: 0,
        output: vec![5.0; count],
        pay: vec![500.0; count],
        ramp: vec![0.4],
        onboarding: 100.0,
        least_weeks: 1,
        most: 1,
    }];
    Question {
        buckets: weeks(count as u32),
        work: works,
        crews,
        moves,
        openings,
        ..Question::default()
    }
}

/// All ways for at most one head by week that keep the least stay.
fn paths(row: &Opening, weeks: u32) -> Vec<Vec<bool>> {
    let length = weeks.saturating_sub(row.earliest);
    let keeps = |path: &Vec<bool>| {
        let mut run = 0;
        for at in 0..=path.len() {
            match path.get(at) {
                Some(true) => run += 1,
                // A stay is its least number of weeks, and ends inside the time there is.
                _ if run > 0 && run < row.least_weeks => return false,
                _ => run = 0,
            }
        }
        true
    };
    (0..1_u32 << length)
        .map(|bits| (0..length).map(|week| bits >> week & 1 == 1).collect())
        .filter(keeps)
        .collect()
}

/// The least work left over and the least cost with it, over every way to hire and to move: with these
/// decided a department is by itself, and the cheapest time goes first into the work that it can do.
pub(super) fn by_enumeration(question: &Question) -> (f64, f64) {
    let count = question.weeks();
    let mut best = (f64::INFINITY, f64::INFINITY);
    let lists: Vec<Vec<Vec<bool>>> = question.stays().map(|row| paths(row, count)).collect();
    let mut at = vec![0; lists.len()];
    loop {
        let chosen: Vec<&Vec<bool>> = lists.iter().zip(&at).map(|(list, &at)| &list[at]).collect();
        if let Some(found) = with_stays(question, &chosen) {
            let is_less = found.0 < best.0 - 1e-6;
            if is_less || found.0 < best.0 + 1e-6 && found.1 < best.1 {
                best = found;
            }
        }
        let Some(next) = (0..at.len()).find(|&place| at[place] + 1 < lists[place].len()) else {
            return best;
        };
        at[next] += 1;
        at[..next].iter_mut().for_each(|place| *place = 0);
    }
}

/// Work left over and cost with stays that are decided; none where somebody leaves who is not there.
fn with_stays(question: &Question, chosen: &[&Vec<bool>]) -> Option<(f64, f64)> {
    let count = question.weeks() as usize;
    let mut cost = 0.0;
    let mut slices: Vec<Slice> = Vec::new();
    let mut gone = vec![vec![0.0; count]; question.crews.len()];
    let mut share = vec![vec![1.0; count]; question.crews.len()];
    for ((number, row), path) in question.stays().enumerate().zip(chosen) {
        let moved = number.checked_sub(question.openings.len()).map(|at| &question.moves[at]);
        for (after, _) in path.iter().enumerate().filter(|(_, here)| **here) {
            let week = row.earliest as usize + after;
            let begins = after == 0 || !path[after - 1];
            let begun = (0..=after).rev().take_while(|&at| path[at]).count() - 1;
            let lost = row.ramp.get(begun).copied().unwrap_or(0.0);
            slices.push(Slice {
                department: row.department,
                shows: moved.and_then(|moved| moved.shows.as_ref()),
                week,
                price: 0.0,
                days: row.output[week] * (1.0 - lost),
            });
            cost += row.pay[week] + if begins { row.onboarding } else { 0.0 };
            for leave in moved.iter().flat_map(|moved| &moved.leaves) {
                gone[leave.crew as usize][week] += leave.time[week];
                share[leave.crew as usize][week] -= 1.0 / f64::from(leave.of);
            }
        }
    }
    for (at, crew) in question.crews.iter().enumerate() {
        for week in 0..count {
            // What goes first is paid for by whoever is there.
            let mut tiers =
                vec![(0.0, crew.own[week]), (crew.freelance[week].1, crew.freelance[week].0)];
            let overtime = crew.overtime.get(week).into_iter().flatten();
            tiers.extend(overtime.map(|&(time, price)| (price, time * share[at][week])));
            tiers.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut away = gone[at][week];
            // Not out of overtime, which stands last: nothing is dearer.
            for (price, time) in tiers.iter_mut().take(2) {
                let taken = away.min(*time);
                (away, *time) = (away - taken, *time - taken);
                cost += taken * *price;
            }
            if away > 1e-9 {
                return None;
            }
            let (department, shows) = (crew.serves[0].0, crew.shows.as_ref());
            let slice = |(price, days)| Slice { department, shows, week, price, days };
            slices.extend(tiers.into_iter().map(slice));
        }
    }
    slices.sort_by(|a, b| a.price.total_cmp(&b.price));
    let all: f64 = question.work.iter().map(|row| row.days).sum();
    let (done, spent) = cheapest_time(question, &slices);
    Some((all - done, cost + spent))
}

/// Time that somebody has in a week, and what a day of it costs.
struct Slice<'a> {
    department: DepartmentId,
    shows: Option<&'a Vec<ShowId>>,
    week: usize,
    price: f64,
    days: f64,
}

impl Slice<'_> {
    fn is_for(&self, work: &Work) -> bool {
        let show = work.show.zip(self.shows);
        self.department == work.department
            && (work.from..=work.to).contains(&(self.week as u32))
            && show.is_none_or(|(show, own)| own.contains(&show))
    }
}

/// The most work that slices of time can do, the cheapest way: slices in order of price, each as far as it
/// adds to what can be done with those before (a flow in a matroid).
fn cheapest_time(question: &Question, slices: &[Slice]) -> (f64, f64) {
    let works = &question.work;
    // The least cut: for a set of works, the time that they can use, or the works themselves.
    let sets = 0..1_usize << works.len();
    let is_in = |set: usize, place: usize| set >> place & 1 == 1;
    let outside = |set: usize| -> f64 {
        (0..works.len()).filter(|&at| !is_in(set, at)).map(|at| works[at].days).sum()
    };
    let mut cuts: Vec<f64> = sets.map(outside).collect();
    let (mut done, mut cost) = (0.0, 0.0);
    for slice in slices {
        for (set, cut) in cuts.iter_mut().enumerate() {
            let is_used = (0..works.len()).any(|at| is_in(set, at) && slice.is_for(&works[at]));
            *cut += if is_used { slice.days } else { 0.0 };
        }
        let more = cuts.iter().copied().fold(f64::INFINITY, f64::min);
        cost += slice.price * (more - done);
        done = more;
    }
    (done, cost)
}

#[test]
fn every_way_to_move_and_hire_agrees_with_the_program() {
    let (mut moved, mut free) = (0, 0);
    for seed in 0..300 {
        let question = drawn(seed);
        let (left, cost) = by_enumeration(&question);
        let exact = as_enumerated(&question, (left, cost), seed);
        // Whoever may move need not.
        let without = Question { moves: Vec::new(), ..question.clone() };
        let kept = by_enumeration(&without);
        assert!(left <= kept.0 + 1e-6 && (left < kept.0 - 1e-6 || cost <= kept.1 + 1e-6), "{seed}");
        let before = cheapest(&without, &Settings::default()).expect("solved");
        assert!(exact.missing() <= before.missing() + 1e-3, "{seed}");
        let is_same_left = is_near(exact.missing(), before.missing());
        assert!(!is_same_left || exact.cost <= before.cost + 1e-2, "{seed}");
        moved += u32::from(exact.moved.iter().flatten().any(|heads| *heads > 0));
        free += u32::from(is_same_left && exact.cost < before.cost - 1.0);
    }
    assert!(moved > 60 && free > 10, "{moved} move, {free} only for money");
}

/// Rotoscoping is over; two compositors have too much to do. Ira can help at four fifths of her speed.
const SHOW: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-06-30
    productive = \"100%\"
    currency = \"GBP\"
    --- tasks.csv
    id,shot,department,days
    a,010_0010,CMP,5
    b,010_0020,CMP,5
    c,010_0030,CMP,4
    d,010_0040,ROTO,1
    --- people.csv
    name,department
    Ann,CMP
    Ira,ROTO
    --- contracts.csv
    person,kind,start,rate,burden
    Ann,staff,2020-01-01,400,0%
    Ira,staff,2020-01-01,200,0%
    --- hiring.csv
    department,rate,burden,lead_days,min_weeks,ramp,max_heads,onboarding
    CMP,500,0%,0,2,none,2,300
    --- moves.csv
    id,from,to,level,lead_days,ramp,cost
    help,ROTO,CMP,80%,5,none,150
";

#[test]
fn a_date_is_made_by_somebody_of_another_department() {
    // 14 days of comp for one artist by Friday 15 January, who has ten of them. Ira comes on the 11th and
    // does four in her five days there: cheaper than two weeks of a hire for 5,300.
    let desk = Desk::with("out", SHOW);
    let call = ["crew-for", "out", "--by", "2027-01-15", "--steps", "50", "--mode", "no-overtime"];
    let found = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    let bought = &found["purchases"];
    assert_eq!(bought.as_array().map(Vec::len), Some(1), "{found:#}");
    let row = &bought[0];
    assert_eq!(
        (&row["kind"], &row["who"], &row["place"]),
        (&"move".into(), &"Ira".into(), &"CMP".into())
    );
    assert_eq!((&row["from"], &row["to"]), (&"2027-01-11".into(), &"2027-01-17".into()), "{row:#}");
    assert_eq!(
        (&row["cost"], &row["decide_by"]),
        (&15_000.into(), &"2027-01-04".into()),
        "{row:#}"
    );
    assert_eq!(found["date"], "2027-01-15");
    // The plan has four days of Ira's at 200 instead of four of Ann's at 400 (five, at her speed), and the move.
    let cost = &found["cost"];
    assert_eq!(cost["total"], 100 * (5 * 200 - 4 * 400 + 150), "{cost:#}");
    assert_eq!((&cost["unused"], &cost["starts"]), (&0.into(), &0.into()), "{cost:#}");
    let told = desk.run(&call).code(0).get_output().stdout.clone();
    let words =
        String::from_utf8(told).expect("text").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("move Ira (ROTO) to CMP"), "{words}");
}

/// Compositing has ten tasks of six days to do by the end of January, for one artist; rotoscoping has one day.
const SHORT: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-06-30
    productive = \"100%\"
    currency = \"GBP\"
    --- tasks.csv
    id,shot,department,days,due
    a,010_0010,CMP,6,2027-01-29
    b,010_0020,CMP,6,2027-01-29
    c,010_0030,CMP,6,2027-01-29
    d,010_0040,CMP,6,2027-01-29
    e,010_0050,CMP,6,2027-01-29
    f,010_0060,CMP,6,2027-01-29
    g,010_0070,CMP,6,2027-01-29
    h,010_0080,CMP,6,2027-01-29
    i,010_0090,CMP,6,2027-01-29
    j,010_0100,CMP,6,2027-01-29
    r,010_0110,ROTO,1,
    --- people.csv
    name,department
    Ann,CMP
    Ira,ROTO
    --- moves.csv
    id,from,to,level,lead_days,ramp,cost
    help,ROTO,CMP,80%,5,none,150
";

#[test]
fn who_could_come_is_told_with_who_is_missing() {
    let desk = Desk::with("out", SHORT);
    let call = ["crew", "out", "--steps", "20"];
    let found = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    assert_eq!(found["hires"][0]["department"], "CMP", "{found:#}");
    let moves = found["moves"].as_array().expect("a list");
    assert_eq!(moves.len(), 1, "{found:#}");
    let row = &moves[0];
    let texts = ["person", "department", "place", "wanted_by"].map(|key| row[key].as_str());
    assert_eq!(texts, [Some("Ira"), Some("ROTO"), Some("CMP"), Some("CMP")]);
    // Five working days from the decision, if it falls today.
    assert_eq!((&row["from"], &row["decide_by"]), (&"2027-01-11".into(), &"2027-01-04".into()));
    assert!(
        row["free_days"].as_u64().is_some_and(|days| days >= 5) && row["level"] == 80.0,
        "{row}"
    );
    let told = desk.run(&call).code(0).get_output().stdout.clone();
    let words =
        String::from_utf8(told).expect("text").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Move Ira (ROTO) to CMP from Mon 11 Jan 2027"), "{words}");
    // Nobody may move: nothing is told of it.
    let nobody = SHORT.split("--- moves.csv").next().expect("the rest");
    let found = Desk::with("out", nobody).json(&[&call[..], &["--format", "json"]].concat(), 0);
    assert_eq!(found["moves"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_date_for_a_crew_with_somebody_moved() {
    // Fourteen days of comp: Ann ends them on Thursday 21 January; with Ira there from the 11th on, a day is
    // done by her each five quarters of a day.
    let desk = Desk::with("out", SHOW);
    let ask = |crew: &str| {
        let call = ["date-for", "out", "--steps", "50", "--mode", "no-overtime", "--crew", crew];
        desk.json(&[&call[..], &["--format", "json"]].concat(), 0)
    };
    let moved = ask("Ira>CMP");
    assert_eq!(moved["crew"][0], "Ira moved to CMP from 2027-01-11");
    assert_eq!((&moved["as_it_is"], &moved["date"]), (&"2027-01-21".into(), &"2027-01-15".into()));
    // A day at 200 instead of one at 400, five for four, and the move for 150.
    assert_eq!(moved["cost"]["total"], 100 * (5 * 200 - 4 * 400 + 150), "{moved:#}");
    assert_eq!(ask("ROTO>help+1")["date"], moved["date"]);
    let told = desk.run(&["date-for", "out", "--crew", "Ann>CMP"]).code(2).get_output().clone();
    let text = String::from_utf8(told.stderr).expect("text");
    assert!(text.contains("has no row of `moves` that leads Ann to `CMP`"), "{text}");
}

#[test]
fn the_curve_of_cost_against_date_moves_people() {
    let desk = Desk::with("out", SHOW);
    let call = ["tradeoff", "out", "--steps", "20", "--plans", "8", "--mode", "no-overtime"];
    let curve = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    let points = curve["points"].as_array().expect("a list");
    let kinds = |point: &serde_json::Value| -> Vec<String> {
        let rows = point["purchases"].as_array().expect("a list").iter();
        rows.map(|row| row["kind"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let moved = points.iter().find(|point| kinds(point).contains(&"move".to_owned()));
    let moved = moved.unwrap_or_else(|| panic!("nobody is moved: {curve:#}"));
    let changes: Vec<&str> = moved["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|text| text.as_str())
        .collect();
    assert!(changes.iter().any(|text| text.contains("moved weeks")), "{changes:?}");
}

#[test]
fn what_a_move_costs_is_in_cost_report_and_cash() {
    let before = show(SHOW);
    let ira = before.people.enumerate().find(|(_, row)| row.code == "Ira").expect("Ira").0;
    let terms = before.moves[0].clone();
    assert_eq!(before.accounts[terms.account].code, "50-00");
    let (from, to) = (date(2027, 1, 11), Some(date(2027, 1, 17)));
    let change = Change::Move { person: ira, terms: Box::new(terms.clone()), from, to };
    let after = apply(&before, std::slice::from_ref(&change));
    let options = Options { mode: Mode::Balanced, seed: 1, threads: 1, limit: Limit::Steps(20) };
    let tried = Tried::new(after, &options, &()).expect("a plan that is checked");
    let row =
        tried.forecast.report.iter().find(|row| row.account == Some(terms.account)).expect("a row");
    assert_eq!(row.committed, Cents(15_000));
    let posted: Cents = tried
        .forecast
        .ledger
        .iter()
        .filter(|row| row.account == terms.account)
        .map(|row| row.amount)
        .sum();
    assert_eq!(posted, Cents(15_000));
    let paid = |tried: &Tried| tried.forecast.cash.to_pay;
    let without = Tried::new(before.clone(), &options, &()).expect("a plan that is checked");
    let posted = |tried: &Tried| tried.forecast.total.efc();
    assert_eq!(paid(&tried) - paid(&without), posted(&tried) - posted(&without));
    // The edit is undone, and told.
    let edit = Edit { op: "move_artist", text: "move Ira".to_owned(), changes: vec![change] };
    let scenario = Scenario { name: "help".to_owned(), edits: vec![edit], ..Scenario::default() };
    let applied = Applied::new(&before, None, &scenario);
    let told = format!("{:?}", applied.differences());
    assert!(told.contains("move of Ira to CMP") && told.contains("CMP 0.8"), "{told}");
    assert_eq!(applied.undone(), before);
}

#[test]
fn a_move_is_a_way_out_of_a_conflict() {
    let milestone = "
        --- milestones.csv
        id,date,hard,contents
        final,2027-01-15,yes,010_0010; 010_0020; 010_0030
    ";
    let desk = Desk::with("out", &format!("{SHOW}{milestone}"));
    let call = ["conflicts", "out", "--steps", "50", "--mode", "no-overtime", "--format", "json"];
    let found = desk.json(&call, 3);
    let ways = found["conflicts"][0]["ways_out"].as_array().expect("ways out").clone();
    let text = |row: &serde_json::Value| row["text"].as_str().unwrap_or_default().to_owned();
    let moved =
        ways.iter().find(|row| text(row).starts_with("move Ira to CMP from 11 Jan")).cloned();
    let moved = moved.unwrap_or_else(|| panic!("{ways:#?}"));
    // Nobody's pay could be saved: what it costs is the move.
    assert_eq!(moved["cost"], 15_000, "{moved:#}");
}

#[test]
fn no_plan_with_people_moved_costs_less_than_the_program_says() {
    // Everybody is paid for the days they work: all cost of a plan can be saved, and is in the program. There
    // who moves is paid for whole weeks, as who is hired is.
    let text = |seed: u64| {
        let mut dice = Dice(seed * 31 + 7);
        let mut tasks = String::new();
        for number in 0..5 + dice.below(4) {
            let department = if dice.below(4) == 0 { "ROTO" } else { "CMP" };
            tasks.push_str(&format!("010_{number:02}0,{department},{}\n", 1 + dice.below(4)));
        }
        let mut show = String::from(
            "--- show.toml\n[settings]\nas_of = 2027-01-04\nhorizon_end = 2027-06-30\nproductive = \"100%\"\n",
        );
        show.push_str(&format!("--- tasks.csv\nshot,department,days\n{tasks}"));
        show.push_str("--- people.csv\nname,department\nAnn,CMP\nBo,CMP\nIra,ROTO\nJo,ROTO\n");
        show.push_str("--- contracts.csv\nperson,kind,start,notice,rate,burden\n");
        for (name, rate) in [("Ann", 300), ("Bo", 300), ("Ira", 200), ("Jo", 200)] {
            show.push_str(&format!("{name},freelance,2026-12-01,0,{rate},0%\n"));
        }
        show.push_str("--- moves.csv\nfrom,to,level,lead_days,ramp,cost\nROTO,CMP,80%,5,none,40\n");
        show
    };
    let options = Options { mode: Mode::NoOvertime, seed: 1, threads: 1, limit: Limit::Steps(30) };
    let (mut in_time, mut saved) = (0, 0);
    for seed in 0..12 {
        let production = show(&text(seed));
        let base = Tried::unproven(production.clone(), &options, &()).expect("a plan");
        let all = Keyed::filled(true, production.tasks.len());
        let by = date(2027, 1, 22);
        let asking = Asking::new(&production, options.mode, &base.solved.plan);
        let question = asking.question(&all, by, 0.0);
        assert_eq!(question.moves.len(), 1, "both can go, from one crew");
        let program = cheapest(&question, &Settings::default()).expect("solved");
        let without = Question { moves: Vec::new(), ..question.clone() };
        let stay = cheapest(&without, &Settings::default()).expect("solved");
        assert!(program.missing() <= stay.missing() + 1e-3);
        for who in 0..4_u32 {
            let moved = production.people.enumerate().filter(|(_, row)| match row.code.as_str() {
                "Ira" => who & 1 == 1,
                "Jo" => who & 2 == 2,
                _ => false,
            });
            let terms = || Box::new(production.moves[0].clone());
            let (from, to) = (date(2027, 1, 11), Some(by));
            let changes: Vec<Change> = moved
                .map(|(person, _)| Change::Move { person, terms: terms(), from, to })
                .collect();
            let tried =
                Tried::unproven(apply(&production, &changes), &options, &()).expect("a plan");
            let plan = &tried.solved.plan;
            let timeline = tried.production.timeline();
            let is_late = |part: &Assignment| timeline.finish_date(part.end()) > by;
            if !plan.unplaced.is_empty() || plan.assignments.iter().any(is_late) {
                continue;
            }
            let is_moved = |id: PersonId| id.index() >= production.people.len();
            let ledger = tried.forecast.ledger.iter();
            let worked =
                ledger.filter(|row| row.kind.is_time() && row.person.is_some_and(is_moved));
            let worked: Cents = worked.map(|row| row.amount).sum();
            let weeks = Cents(20_000).by(10 * changes.len() as i64);
            let cost = (tried.efc() + weeks - worked).0 as f64;
            assert!(program.bound <= cost + 1.0, "{seed} {who}: {} above {cost}", program.bound);
            in_time += 1;
            saved += u32::from(stay.missing() > 0.5 || cost < stay.bound - 1.0);
        }
    }
    assert!(
        in_time > 15 && saved > 0,
        "{in_time} in time, {saved} that no plan without moves can be"
    );
}
