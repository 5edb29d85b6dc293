//! Questions that take several plans and are stopped on the way: they tell what was found until then.

use super::{crew, department, rounding, weeks, work};
use crate::support::{desk::Desk, show};
use jiff::civil::date;
use shotplan::compare::{Options, Tried, Trouble, budget, crew_for, outsource, tradeoff};
use shotplan::formulate::levers::{Cap, Opening, Question};
use shotplan::model::*;
use shotplan::pipeline::{self, Answered, Request};
use shotplan::report::Answer;
use shotplan::solve::levers::{cheapest, cheapest_from, is_possible, worth_of_caps};
use shotplan::solve::linear::Status;
use shotplan::solve::{Limit, Phase, Price, Progress, Watch, prices_within};
use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};

const OPTIONS: Options =
    Options { mode: Mode::Balanced, seed: 1, threads: 1, limit: Limit::Steps(8) };

/// How often each question is stopped.
const MOMENTS: u64 = 24;

/// Stops the run at the so-manieth time it asks.
struct Patience {
    left: u64,
    asked: AtomicU64,
}

impl Watch for Patience {
    fn progress(&self, _: Progress) {}
    fn stop(&self) -> bool {
        self.asked.fetch_add(1, Ordering::Relaxed) >= self.left
    }
}

/// Stops a question at many moments: from the first plan on there is an answer, and more of it the later the stop.
/// `ask` gives the number of plans in the answer.
fn stopped(what: &str, ask: impl Fn(&dyn Watch) -> Result<usize, Trouble>) {
    let calm = Patience { left: u64::MAX, asked: AtomicU64::new(0) };
    let whole = ask(&calm).expect("planned");
    let asked = calm.asked.into_inner();
    let (mut before, mut partial) = (None, 0);
    for moment in 0..MOMENTS {
        let left = asked * moment / MOMENTS;
        match ask(&Patience { left, asked: AtomicU64::new(0) }) {
            Ok(plans) => {
                assert!(before.is_none_or(|before| before <= plans) && plans <= whole);
                partial += usize::from(plans < whole);
                before = Some(plans);
            }
            Err(Trouble::Stopped) => {
                assert!(
                    before.is_none(),
                    "{what}: {before:?} plans were lost at {left} of {asked}"
                );
            }
            Err(why) => panic!("{what}: {why:?}"),
        }
    }
    assert!(partial > 0, "{what}: {whole} plans whenever it is stopped");
}

/// Two compositors who come too late, a hire, a vendor.
const SHOW: &str = "\
--- show.toml
[settings]
as_of = 2027-01-04
horizon_end = 2027-06-30
productive = \"100%\"
currency = \"GBP\"
--- tasks.csv
id,shot,department,days
a,010_010,CMP,6
b,010_020,CMP,5
c,010_030,CMP,4
d,010_040,CMP,7
e,010_050,CMP,3
--- people.csv
name,department
Ann,CMP
Ben,CMP
--- contracts.csv
person,kind,start,rate,burden
Ann,staff,2020-01-01,300,0%
Ben,staff,2020-01-01,200,0%
--- hiring.csv
department,rate,burden,lead_days,min_weeks,ramp,max_heads,onboarding
CMP,350,0%,0,1,none,2,100
--- vendors.csv
id,departments,day_price,minimum_order,supervision,lead_days
house,CMP,250,0,10%,2;2;2;2
loft,CMP,300,0,10%,1;1;1;1
--- milestones.csv
id,kind,date,contents
final,final,2027-01-15,010
";

#[test]
fn who_stops_a_question_gets_what_was_found_until_then() {
    let production = show(SHOW);
    // No plan is made that is stopped before it begins.
    let at_once = Patience { left: 0, asked: AtomicU64::new(0) };
    let none = Tried::unproven(production.clone(), &OPTIONS, &at_once);
    assert!(matches!(none, Err(Trouble::Stopped)));
    let milestone = production.milestones.ids().next().expect("one");
    stopped("tradeoff", |watch| {
        let found = tradeoff(&production, milestone, 6, &OPTIONS, &|_, _| None, watch)?;
        assert!(!found.points.is_empty());
        Ok(found.points.len() + found.dominated)
    });
    let by = date(2027, 1, 13);
    stopped("crew-for", |watch| {
        let found = crew_for(&production, milestone, by, &OPTIONS, watch)?;
        assert!(found.best.or(found.nearest).is_some());
        Ok(found.rounds.len())
    });
    let cap = BudgetCap { name: "cap".to_owned(), on: CapOn::Total, amount: Cents(1) };
    stopped("budget", |watch| {
        let (_, found) = budget(&production, std::slice::from_ref(&cap), &OPTIONS, watch)?;
        assert!(found.caps[0].after <= found.caps[0].planned);
        Ok(found.tries)
    });
    let scope: Vec<TaskId> = production.tasks.ids().collect();
    stopped("outsource", |watch| Ok(outsource(&production, &scope, &OPTIONS, watch)?.1.len()));
}

#[test]
fn prices_that_are_stopped_are_those_found_until_then() {
    let production = show(SHOW);
    let ask = |left: u64| {
        let watch = Patience { left, asked: AtomicU64::new(0) };
        let found = prices_within(&production, Mode::Balanced, 4, None, &watch);
        (found, watch.asked.into_inner())
    };
    let (whole, asked) = ask(u64::MAX);
    let whole = whole.expect("solved");
    assert!(!whole.is_cut && !whole.rows.is_empty() && asked > MOMENTS);
    // Nothing is solved by who is stopped before.
    assert_eq!(ask(0).0.expect_err("nothing is known").status, Status::Undecided);
    let (mut is_known, mut some) = (false, 0);
    for moment in 1..MOMENTS {
        match ask(asked * moment / MOMENTS).0 {
            Ok(found) => {
                is_known = true;
                assert!(found.is_cut || found.steps == whole.steps);
                let is_whole = |row: &Price| whole.rows.iter().any(|other| other == row);
                assert!(found.rows.iter().all(is_whole), "{:?}", found.rows);
                some += usize::from(found.steps > 0 && found.is_cut);
            }
            Err(answer) => assert!(!is_known, "{:?}", answer.tried),
        }
    }
    assert!(some > 0, "stopped on the way, nothing is told");
}

/// Counts the plans that are begun.
#[derive(Default)]
struct Plans(AtomicU64);

impl Watch for Plans {
    fn progress(&self, progress: Progress) {
        if progress.phase == Phase::Bounds {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    fn stop(&self) -> bool {
        false
    }
}

#[test]
fn crew_for_makes_each_plan_once() {
    let production = show(SHOW);
    let milestone = production.milestones.ids().next().expect("one");
    // What was bought comes nearest to this date, and is looked at for work that could be shared.
    let plans = Plans::default();
    let by = date(2027, 1, 5);
    let found = crew_for(&production, milestone, by, &OPTIONS, &plans).expect("planned");
    let nearest = found.nearest.map(|at| &found.rounds[at].bought);
    assert!(nearest.is_some_and(|bought| !bought.is_empty()), "{found:?}");
    let raised = usize::from(found.raised.is_some());
    assert_eq!(plans.0.into_inner() as usize, 1 + found.rounds.len() + raised);
}

#[test]
fn an_answer_that_was_stopped_says_so() {
    let desk = Desk::with("show", SHOW);
    let request = Request { mode: None, seed: None, threads: 1, limit: Limit::Steps(8) };
    let ask = |watch: &Patience| {
        let show = desk.path().join("show");
        match pipeline::outsource(&show, "CMP", &request, watch) {
            Ok(Answered::Answer(answer)) => Some(answer),
            _ => None,
        }
    };
    let told = |left: u64| {
        let watch = Patience { left, asked: AtomicU64::new(0) };
        let answer = ask(&watch).expect("it has an answer");
        let json = serde_json::to_value(&answer).expect("JSON");
        let says = |text: &str| text.contains("Stopped on the way");
        let page = answer.page().html();
        ([says(&answer.text(100)), says(&page)], json, watch.asked.into_inner())
    };
    let (says, json, asked) = told(u64::MAX);
    assert_eq!((says, json.get("cut_short")), ([false; 2], None));
    let (says, json, _) = told(asked - 1);
    assert_eq!((says, &json["cut_short"]), ([true; 2], &serde_json::json!(true)));
    // Vendors that nobody came to ask are not told as unable.
    let early = (0..asked).find_map(|left| ask(&Patience { left, asked: AtomicU64::new(0) }));
    let early = early.expect("some moment has a plan");
    let texts = [early.text(100), early.page().html()];
    assert!(early.vendors.is_empty() && texts.iter().all(|text| text.contains("was tried")));
    assert!(texts.iter().all(|text| !text.contains("No vendor can take")), "{texts:?}");
}

#[test]
fn a_weekly_program_that_is_stopped_tells_nothing_that_it_has_not_worked_out() {
    // Fifteen days in two weeks take one and a half artists, or overtime: rounding solves several programs.
    let question = Question {
        buckets: weeks(6),
        work: vec![work(0, 2, 3, 15.0)],
        crews: vec![crew(0, &[0.0; 6])],
        openings: vec![Opening {
            department: department(0),
            earliest: 1,
            output: vec![5.0; 5],
            pay: vec![500.0; 5],
            terms: 0,
            ramp: Vec::new(),
            onboarding: 50.0,
            least_weeks: 2,
            most: 3,
        }],
        caps: vec![Cap {
            name: "all".to_owned(),
            show: None,
            department: None,
            lever: None,
            weeks: None,
            amount: 5_000.0,
        }],
        ..Question::default()
    };
    let settings = rounding();
    let asked = Cell::new(0);
    let whole = cheapest_from(&question, &mut None, &settings, &|| {
        asked.set(asked.get() + 1);
        false
    });
    assert_eq!(whole, cheapest(&question, &settings));
    let all = asked.get();
    assert!(all > 3, "asked {all} times only");
    let mut stopped = 0;
    for time in 0..all {
        asked.set(0);
        let stop = || {
            asked.set(asked.get() + 1);
            asked.get() > time
        };
        match cheapest_from(&question, &mut None, &settings, &stop) {
            Ok(mix) => assert!(mix.missing() <= 1e-3 && mix.bound <= mix.cost + 1e-6),
            Err(answer) => {
                assert_eq!(answer.status, Status::Undecided);
                stopped += 1;
            }
        }
    }
    assert!(stopped > 0);
    assert!(worth_of_caps(&question, 50.0, &settings, &|| true).is_empty());
    assert!(!is_possible(&question, &settings, &|| true));
}
