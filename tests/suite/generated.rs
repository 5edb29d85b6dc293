//! Generated shows: the same on every run, of the sizes the trade knows, and sound.

use shotplan::generate::{
    Archetype, Recipe, Report, Tightness, production, production_with_report,
};
use shotplan::model::*;
use std::collections::{BTreeMap, BTreeSet};

fn recipe(archetype: Archetype, seed: u64, tightness: Tightness) -> Recipe {
    Recipe { archetype, seed, tightness, as_of_percent: 35, dirt: false }
}

fn small() -> [Recipe; 8] {
    let (commercial, episodic) = (Archetype::Commercial, Archetype::Episodic);
    [
        recipe(commercial, 1, Tightness::Tight),
        recipe(commercial, 2, Tightness::Overloaded),
        Recipe { as_of_percent: 0, ..recipe(commercial, 3, Tightness::Relaxed) },
        Recipe { as_of_percent: 100, ..recipe(commercial, 4, Tightness::Tight) },
        recipe(episodic, 1, Tightness::Tight),
        recipe(episodic, 2, Tightness::Overloaded),
        Recipe { as_of_percent: 0, ..recipe(episodic, 3, Tightness::Relaxed) },
        Recipe { as_of_percent: 80, ..recipe(episodic, 4, Tightness::Tight) },
    ]
}

/// Whether the large archetypes are to be generated too; says so when they are not.
fn is_slow_run(test: &str) -> bool {
    let is_slow = std::env::var("SHOTPLAN_SLOW").is_ok_and(|value| value == "1");
    if !is_slow {
        eprintln!(
            "{test}: skipped, feature and studio take long without optimisation; set SHOTPLAN_SLOW=1"
        );
    }
    is_slow
}

#[test]
fn the_same_recipe_gives_the_same_production() {
    for recipe in small() {
        assert_eq!(production(&recipe), production(&recipe), "{recipe:?}");
    }
}

#[test]
fn another_seed_gives_another_production() {
    let one = production(&recipe(Archetype::Commercial, 1, Tightness::Tight));
    let two = production(&recipe(Archetype::Commercial, 2, Tightness::Tight));
    let bids = |p: &Production| p.tasks.iter().map(|task| task.bid).collect::<Vec<_>>();
    assert_ne!(bids(&one), bids(&two));
    let names = |p: &Production| p.people.iter().map(|who| who.name.clone()).collect::<Vec<_>>();
    assert_ne!(names(&one), names(&two));
}

#[test]
fn one_topic_does_not_disturb_another() {
    // A later day of the plan and other people leave the bids and the pipeline as they were.
    let early = production(&Recipe {
        as_of_percent: 0,
        ..recipe(Archetype::Episodic, 5, Tightness::Relaxed)
    });
    let dirty_free = production(&recipe(Archetype::Episodic, 5, Tightness::Overloaded));
    let bids = |p: &Production| p.tasks.iter().map(|task| task.bid).collect::<Vec<_>>();
    assert_eq!(bids(&early), bids(&dirty_free));
    assert_eq!(early.dependencies, dirty_free.dependencies);
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

/// Share of a department in all bid days, in per cent.
fn share(production: &Production, codes: &[&str]) -> f64 {
    let all: i64 = production.tasks.iter().map(|task| task.bid).sum();
    let of: i64 = production
        .tasks
        .iter()
        .filter(|task| codes.contains(&production.departments[task.department].code.as_str()))
        .map(|task| task.bid)
        .sum();
    of as f64 * 100.0 / all as f64
}

#[test]
fn a_commercial_has_the_size_of_a_commercial() {
    let made: Vec<(Production, Report)> = (1..=12)
        .map(|seed| production_with_report(&recipe(Archetype::Commercial, seed, Tightness::Tight)))
        .collect();
    for (show, report) in &made {
        assert_eq!(report.shots, 30);
        assert_eq!(report.tasks, show.tasks.len());
        // Measured range 124–163 tasks, with 8 % for other seeds.
        assert!((114..=176).contains(&report.tasks), "{report:?}");
        assert!(report.people >= 10 && report.people <= 60, "{report:?}");
        let skills = mean(show.people.iter().map(|who| who.skills.len() as f64));
        assert!((1.8..=2.6).contains(&skills), "{skills} skills a person");
    }
    let tasks = mean(made.iter().map(|(_, report)| report.tasks as f64));
    assert!((132.0..=155.0).contains(&tasks), "{tasks} tasks on average; 143 expected");
    let days = mean(made.iter().map(|(_, report)| report.bid_days as f64));
    // Ten weeks with leave and holidays hold a little less than the 359 days of a show without.
    assert!((300.0..=388.0).contains(&days), "{days} bid days on average");
    let links =
        mean(made.iter().map(|(_, report)| report.dependencies as f64 / report.tasks as f64));
    assert!((1.1..=1.4).contains(&links), "{links} dependencies a task; 1.26 expected");
}

#[test]
fn an_episodic_show_has_the_size_of_an_episodic_show() {
    let made: Vec<(Production, Report)> = (1..=6)
        .map(|seed| production_with_report(&recipe(Archetype::Episodic, seed, Tightness::Tight)))
        .collect();
    for (_, report) in &made {
        assert_eq!(report.shots, 285);
        // Measured range 2,028–2,189 tasks, with 8 % for other seeds.
        assert!((1_866..=2_364).contains(&report.tasks), "{report:?}");
    }
    let days = mean(made.iter().map(|(_, report)| report.bid_days as f64));
    assert!((4_956.0..=5_818.0).contains(&days), "{days} bid days on average; 5,387 expected");
    let links =
        mean(made.iter().map(|(_, report)| report.dependencies as f64 / report.tasks as f64));
    assert!((1.4..=1.65).contains(&links), "{links} dependencies a task; 1.53 expected");
    for (codes, low, high) in [
        (&["CMP"][..], 22.0, 28.0),
        (&["FX"], 8.0, 17.0),
        (&["ANI"], 8.0, 14.0),
        (&["LGT"], 8.0, 13.0),
        (&["MOD", "TEX", "LDV"], 6.0, 11.0),
        (&["ROTO"], 3.5, 6.5),
        (&["PREP"], 2.5, 5.5),
        (&["MM"], 3.0, 6.0),
        (&["ING", "QC"], 1.0, 3.5),
    ] {
        let share = mean(made.iter().map(|(show, _)| share(show, codes)));
        assert!((low..=high).contains(&share), "{codes:?}: {share} % of the bid days");
    }
}

#[test]
fn features_and_studios_have_their_sizes() {
    if !is_slow_run("features_and_studios_have_their_sizes") {
        return;
    }
    for (archetype, tasks, days, links) in [
        (Archetype::Feature, 13_091.0, 51_776.0, 1.93),
        (Archetype::Studio, 59_594.0, 216_647.0, 1.9),
    ] {
        let (show, report) = production_with_report(&recipe(archetype, 1, Tightness::Tight));
        let near = |value: f64, wanted: f64| (value / wanted - 1.0).abs() <= 0.08;
        assert!(near(report.tasks as f64, tasks), "{report:?}");
        assert!(near(report.bid_days as f64, days), "{report:?}");
        assert!(near(report.dependencies as f64 / report.tasks as f64, links), "{report:?}");
        assert!(report.in_band, "{report:?}");
        assert_sound(&show);
    }
}

#[test]
fn lateness_is_as_tight_as_asked_for() {
    for tightness in [Tightness::Relaxed, Tightness::Tight, Tightness::Overloaded] {
        let (low, high) = tightness.reference_band();
        for seed in 1..=4 {
            let (_, report) = production_with_report(&recipe(Archetype::Episodic, seed, tightness));
            assert!(report.in_band, "{tightness:?} {report:?}");
            assert!((low..=high).contains(&report.late_share), "{tightness:?} {report:?}");
        }
        // Chains, not people, make a commercial late, and one late shot of 30 is 3.3 %: the nearest
        // share is taken and said.
        let mut in_band = 0;
        for seed in 1..=6 {
            let (_, report) =
                production_with_report(&recipe(Archetype::Commercial, seed, tightness));
            assert_eq!(report.in_band, (low..=high).contains(&report.late_share));
            assert!(
                report.late_share >= low - 0.1 && report.late_share <= high + 0.25,
                "{report:?}"
            );
            in_band += u32::from(report.in_band);
        }
        let least = if tightness == Tightness::Relaxed { 2 } else { 4 };
        assert!(in_band >= least, "{tightness:?}: {in_band} of 6 commercials in the band");
    }
}

#[test]
fn fewer_people_are_later() {
    for seed in 1..=3 {
        let [relaxed, tight, overloaded] =
            [Tightness::Relaxed, Tightness::Tight, Tightness::Overloaded]
                .map(|tight| production_with_report(&recipe(Archetype::Episodic, seed, tight)).1);
        assert!(relaxed.people > tight.people && tight.people > overloaded.people);
        assert!(relaxed.late_share < tight.late_share && tight.late_share < overloaded.late_share);
    }
}

#[test]
fn productions_without_dirt_are_sound() {
    for recipe in small() {
        assert_sound(&production(&recipe));
    }
}

const ALL: [Tightness; 3] = [Tightness::Relaxed, Tightness::Tight, Tightness::Overloaded];

fn assert_no_errors(archetype: Archetype, seeds: std::ops::RangeInclusive<u64>, days: &[u32]) {
    for seed in seeds {
        for tightness in ALL {
            for &as_of_percent in days {
                let recipe = Recipe { as_of_percent, ..recipe(archetype, seed, tightness) };
                let issues = shotplan::check::production(&production(&recipe));
                let error = issues.iter().find(|issue| issue.severity == Severity::Error);
                assert_eq!(error, None, "{recipe:?}");
            }
        }
    }
}

#[test]
fn checks_find_no_error_where_no_dirt_was_asked_for() {
    assert_no_errors(Archetype::Commercial, 1..=20, &[0, 35, 80]);
    assert_no_errors(Archetype::Episodic, 1..=3, &[0, 35]);
}

#[test]
fn checks_find_no_error_in_large_shows() {
    if !is_slow_run("checks_find_no_error_in_large_shows") {
        return;
    }
    assert_no_errors(Archetype::Episodic, 4..=20, &[0, 35, 80]);
    assert_no_errors(Archetype::Feature, 1..=20, &[0, 35]);
    assert_no_errors(Archetype::Studio, 1..=20, &[35]);
}

/// Plans a production of the folder `data`, as a user would get it from the library.
fn planned(name: &str, steps: u64) -> shotplan::result::Document {
    use shotplan::pipeline::{Outcome, Request, plan};
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let request =
        Request { mode: None, seed: None, threads: 1, limit: shotplan::solve::Limit::Steps(steps) };
    let show = root.join("data/productions").join(name);
    let outcome = plan(&show, &request, &()).expect("a show that can be read");
    let Outcome::Planned(planned) = outcome else { panic!("{name}: {outcome:?}") };
    let document = planned.document;
    // The independent check accepted it, and each amount appears once whichever way it is summed.
    assert_eq!(document.certificate.violations, 0, "{name}");
    let rows = document.cost.report.iter().filter(|row| !row.account.starts_with("10-"));
    assert_eq!(rows.map(|row| row.efc).sum::<i64>(), document.headline.efc, "{name}");
    let last_week = document.cost.weeks.last().map(|week| week.cumulative);
    assert_eq!(last_week, Some(document.headline.efc), "{name}");
    document
}

#[test]
fn the_productions_that_come_with_the_program_can_be_planned() {
    for name in ["minimal", "handmade", "commercial"] {
        let document = planned(name, 100);
        assert_eq!(document.headline.unplaced, 0, "{name}");
    }
}

#[test]
fn the_demonstration_is_a_tight_show_within_reach_of_its_budget() {
    let document = planned("episodic", 0);
    let head = &document.headline;
    assert_eq!(head.unplaced, 0);
    // Some late deliveries, not most of them; the cost a few per cent over or under.
    let late = f64::from(head.deliverables_late) / f64::from(head.deliverables);
    assert!((0.03..=0.25).contains(&late), "{late} of the deliverables are late");
    let budget = head.budget.expect("it has a budget") as f64;
    assert!((0.93..=1.07).contains(&(head.efc as f64 / budget)), "{head:?}");
    // No account is left without a budget and none ends at a multiple of it.
    for row in
        document.cost.report.iter().filter(|row| !row.account.starts_with("10-") && row.efc > 0)
    {
        assert!(row.current_budget > 0, "{row:?}");
        // How much overtime it buys, a plan decides by itself.
        let most = match row.description.as_str() {
            "overtime" => budget as i64 / 20,
            _ => row.current_budget * 3 / 2,
        };
        assert!(row.efc < most, "{row:?}");
    }
}

/// Judges a production by its tables alone.
fn assert_sound(show: &Production) {
    assert_codes_differ(show);
    assert_no_loops(show);
    assert_everybody_can_work(show);
    assert_dates_fit(show);
    assert_money_adds_up(show);
    assert_state_is_consistent(show);
}

fn assert_codes_differ(show: &Production) {
    let differ = |codes: Vec<&String>| {
        let set: BTreeSet<&String> = codes.iter().copied().collect();
        assert_eq!(set.len(), codes.len(), "{:?}", codes.iter().take(5).collect::<Vec<_>>());
    };
    differ(show.shows.iter().map(|row| &row.code).collect());
    differ(show.sequences.iter().map(|row| &row.code).collect());
    differ(show.shots.iter().map(|row| &row.code).collect());
    differ(show.assets.iter().map(|row| &row.code).collect());
    differ(show.tasks.iter().map(|row| &row.code).collect());
    differ(show.people.iter().map(|row| &row.code).collect());
    differ(show.milestones.iter().map(|row| &row.code).collect());
    differ(show.vendors.iter().map(|row| &row.code).collect());
    differ(show.change_orders.iter().map(|row| &row.code).collect());
    differ(show.commitments.iter().map(|row| &row.code).collect());
}

fn assert_no_loops(show: &Production) {
    let mut waits = vec![0; show.tasks.len()];
    let mut after = vec![Vec::new(); show.tasks.len()];
    let mut pairs = BTreeSet::new();
    for edge in &show.dependencies {
        assert!(pairs.insert((edge.from, edge.to)), "{} is linked twice", show.tasks[edge.to].code);
        waits[edge.to.index()] += 1;
        after[edge.from.index()].push(edge.to.index());
    }
    let mut ready: Vec<usize> = (0..waits.len()).filter(|&task| waits[task] == 0).collect();
    let mut seen = 0;
    while let Some(task) = ready.pop() {
        seen += 1;
        for &next in &after[task] {
            waits[next] -= 1;
            if waits[next] == 0 {
                ready.push(next);
            }
        }
    }
    assert_eq!(seen, show.tasks.len(), "a loop");
    // Every task leads to the end of a shot.
    for (id, task) in show.tasks.enumerate() {
        let code = show.departments[task.department].code.as_str();
        let is_end = matches!(code, "QC" | "CMP");
        assert!(is_end || !after[id.index()].is_empty(), "{} leads nowhere", task.code);
    }
}

fn assert_everybody_can_work(show: &Production) {
    let timeline = show.timeline();
    let lanes = availability::lanes(show, &timeline);
    let mut slots = vec![0_u64; show.people.len()];
    for lane in &lanes {
        slots[lane.person.index()] += lane.share.iter().map(|&share| u64::from(share)).sum::<u64>();
    }
    for (id, task) in show.tasks.enumerate().filter(|(id, _)| show.is_open(*id)) {
        let can = |person: PersonId| {
            show.level_for(person, id).is_some_and(|level| {
                // A bid day of work at this level and 0.85 must fit in the time there is.
                let work = show.work_left(id) as u64 * 10_000 * 1_000_000;
                slots[person.index()] * 480 * level as u64 * 850 >= work
            })
        };
        let somebody = show.people.ids().any(can);
        assert!(somebody || task.vendor.is_some(), "nobody can do {}", task.code);
        if task.lock.holds_person() {
            assert!(!task.assigned.is_empty(), "{} is locked to nobody", task.code);
            assert!(task.assigned.iter().all(|&who| can(who)), "{} is locked in vain", task.code);
        }
        if task.lock.holds_dates() {
            assert!(task.start.is_some() && task.start <= task.end, "{}", task.code);
            assert!(task.start >= Some(show.settings.as_of), "{}", task.code);
        }
        if task.status == Status::Wip && task.vendor.is_none() {
            assert_eq!(task.assigned.len(), 1, "{}", task.code);
            assert!(task.logged > 0 && task.updated.is_some(), "{}", task.code);
        }
    }
    for person in show.people.iter() {
        assert!(!person.skills.is_empty() && !person.contracts.is_empty(), "{}", person.code);
        for pair in person.contracts.windows(2) {
            assert!(pair[0].end.is_some_and(|end| end < pair[1].start), "{}", person.code);
        }
        for contract in &person.contracts {
            assert!(contract.end.is_none_or(|end| contract.start <= end));
            let cost = contract.day_cost(contract.start, 480);
            assert!(cost > Cents::ZERO, "{} costs nothing", person.code);
            let days = contract.end.map(|end| days_between(contract.start, end) + 3);
            let weeks = match contract.kind {
                ContractKind::Staff => continue,
                ContractKind::Fixed => 12..=40,
                ContractKind::Freelance => 2..=12,
            };
            assert!(days.is_some_and(|days| weeks.contains(&(days / 7))), "{}", person.code);
        }
        for leave in &person.leave {
            assert!(leave.from <= leave.to && (1..=10_000).contains(&leave.share));
        }
        for day in 0..timeline.days() {
            let date = timeline.date(Day(day));
            let booked: i64 = person
                .bookings
                .iter()
                .filter(|b| b.from <= date && date <= b.to)
                .map(|b| b.share)
                .sum();
            assert!(booked <= 10_000, "{} is booked at {booked} on {date}", person.code);
        }
        assert!(person.bookings.iter().all(|b| b.from <= b.to), "{}", person.code);
    }
}

fn assert_dates_fit(show: &Production) {
    for (id, shot) in show.shots.enumerate() {
        let due = shot.due.expect("every shot has a due date");
        let of = &show.shows[show.show_of(Entity::Shot(id))];
        assert!(shot.turnover.is_some_and(|turnover| turnover < due), "{}", shot.code);
        assert!(show.sequences[shot.sequence].turnover <= shot.turnover, "{}", shot.code);
        assert!(of.start.is_some_and(|start| start < due), "{}", shot.code);
        assert!(of.end.is_some_and(|end| due <= end), "{} is due after its show", shot.code);
        assert_eq!(due.weekday(), jiff::civil::Weekday::Friday, "{}", shot.code);
    }
    for milestone in show.milestones.iter() {
        assert!(!milestone.contents.is_empty(), "{}", milestone.code);
        assert!(!milestone.contents.iter().any(|&entity| show.is_omitted(entity)));
    }
    let finals = show.milestones.iter().filter(|row| row.kind == MilestoneKind::Final).count();
    assert_eq!(finals, show.shows.len());
    for task in show.tasks.iter() {
        assert!(task.bid > 0 && task.bid <= 12 * 480, "{} is bid {}", task.code, task.bid);
        assert!(!task.bid_assumed);
    }
    let last_end = show.shows.iter().filter_map(|row| row.end).max().expect("shows end");
    let horizon = days_between(last_end, show.settings.horizon_end);
    assert_eq!(horizon, 26 * 7, "the horizon is 26 weeks after the end");
}

fn assert_money_adds_up(show: &Production) {
    for id in show.shows.ids() {
        let shares: i64 = show.payments.iter().filter(|p| p.show == id).map(|p| p.share).sum();
        assert_eq!(shares, 10_000);
        let of_shots: Cents = show
            .shots
            .enumerate()
            .filter(|(shot, _)| show.show_of(Entity::Shot(*shot)) == id)
            .filter_map(|(_, row)| row.award)
            .sum();
        assert_eq!(Some(of_shots), show.shows[id].award, "shots share the award to the cent");
        let original = |code: &str| -> Cents {
            let of = |line: &&BudgetLine| show.accounts[line.account].code == code;
            let lines = show.budget.iter().filter(|line| line.show == Some(id));
            lines.filter(of).map(|line| line.original).sum()
        };
        let all: Cents =
            show.budget.iter().filter(|line| line.show == Some(id)).map(|line| line.original).sum();
        let contingency = original("70-00");
        assert_eq!(contingency, (all - contingency).basis_points(500), "contingency of 5 %");
    }
    for order in &show.commitments {
        // A deposit is due with an order; who is engaged is paid for weeks that are over.
        let least = if order.vendor.is_some() { Cents(1) } else { Cents::ZERO };
        assert!(order.drawn >= least && order.drawn <= order.amount, "{}", order.code);
    }
    for vendor in show.vendors.iter() {
        assert_eq!(vendor.payments.iter().map(|(share, _)| share).sum::<i64>(), 10_000);
    }
    // What vendors were paid is what was drawn on their orders.
    let orders = show.commitments.iter();
    let drawn: Cents = orders.clone().filter(|o| o.vendor.is_some()).map(|o| o.drawn).sum();
    let paid: Cents = show.actuals.iter().filter(|a| a.vendor.is_some()).map(|a| a.amount).sum();
    assert_eq!(drawn, paid);
    // Supervision and production staff are engaged for what they are budgeted at, to the cent.
    for code in ["25-00", "26-00"] {
        let is = |account: AccountId| show.accounts[account].code == code;
        let engaged: Cents =
            orders.clone().filter(|order| is(order.account)).map(|order| order.amount).sum();
        // The lines of departments are for leads of their own.
        let lines = show.budget.iter().filter(|line| is(line.account) && line.department.is_none());
        assert_eq!(engaged, lines.map(|line| line.original).sum(), "{code}");
    }
    // Whatever costs something has a budget.
    for row in &show.actuals {
        let is_budgeted =
            show.budget.iter().any(|line| line.account == row.account && line.show == row.show);
        assert!(is_budgeted, "{} has no budget", show.accounts[row.account].code);
    }
}

fn assert_state_is_consistent(show: &Production) {
    let as_of = show.settings.as_of;
    let mut logged = Keyed::<TaskId, i64>::filled(0, show.tasks.len());
    let mut days: BTreeMap<(PersonId, jiff::civil::Date), i64> = BTreeMap::new();
    let mut cost: BTreeMap<(ShowId, AccountId), Cents> = BTreeMap::new();
    for log in &show.time_logs {
        assert!(log.date < as_of && log.minutes > 0);
        assert!(show.contract_on(log.person, log.date).is_some(), "logged without a contract");
        assert!(show.level_for(log.person, log.task).is_some(), "logged without the skill");
        logged[log.task] += log.minutes;
        *days.entry((log.person, log.date)).or_default() += log.minutes;
        // A full day is 8 hours × 0.85 = 408 minutes on tasks, and costs a day.
        let amount = show.day_cost(log.person, log.date).times(log.minutes, 408);
        let task = &show.tasks[log.task];
        let account = task.account.unwrap_or(show.departments[task.department].account);
        *cost.entry((show.show_of(task.entity), account)).or_default() += amount;
    }
    for (id, task) in show.tasks.enumerate() {
        assert_eq!(task.logged, logged[id], "{}", task.code);
        match task.status {
            Status::Ready | Status::NotReady => assert_eq!(task.logged, 0, "{}", task.code),
            Status::Retake => assert!(show.work_left(id) > 0, "{}", task.code),
            Status::InternalReview | Status::ClientReview => {
                assert_eq!(show.work_left(id), 0, "{}", task.code);
            }
            _ => {}
        }
        let is_over = task.logged * 10 > task.estimate * 12;
        let is_open = !task.status.is_done();
        assert!(!(is_over && is_open), "{} is used up and not estimated again", task.code);
    }
    assert!(days.values().all(|&minutes| minutes <= 408), "nobody logs more than a day");
    let mut actual: BTreeMap<(ShowId, AccountId), Cents> = BTreeMap::new();
    for row in &show.actuals {
        assert!(row.date < as_of, "cost of tomorrow");
        let is_late = days_between(row.date, as_of) <= 7;
        assert_eq!(row.state == ActualState::Accrued, is_late, "{}", row.date);
        if show.accounts[row.account].kind == AccountKind::Labour {
            let key = (row.show.expect("labour has a show"), row.account);
            *actual.entry(key).or_default() += row.amount;
        }
    }
    assert_eq!(actual, cost, "labour to date is the logs at the people's own cost, to the cent");
    // Work began only after what it waits for was done (or, with overlap, begun).
    for edge in &show.dependencies {
        let (from, to) = (&show.tasks[edge.from], &show.tasks[edge.to]);
        let has_begun = to.logged > 0;
        let allowed = from.status.is_done() || (edge.overlap > 0 && from.logged > 0);
        assert!(!has_begun || allowed, "{} began before {} was done", to.code, from.code);
    }
    for order in show.change_orders.iter() {
        assert!(!order.tasks.is_empty());
        let is_pending =
            matches!(order.state, ChangeState::Draft | ChangeState::Priced | ChangeState::Sent);
        let begun = order.tasks.iter().any(|&task| show.tasks[task].logged > 0);
        assert!(!(is_pending && begun), "{} is worked on unsigned", order.code);
    }
}

#[test]
fn before_the_start_nothing_has_happened() {
    let show = production(&Recipe {
        as_of_percent: 0,
        ..recipe(Archetype::Episodic, 1, Tightness::Tight)
    });
    assert!(show.time_logs.is_empty() && show.actuals.is_empty());
    // Supervisors and production staff are engaged; nothing is ordered and nothing drawn.
    assert!(show.commitments.iter().all(|row| row.vendor.is_none() && row.drawn == Cents::ZERO));
    assert!(show.tasks.iter().all(|t| matches!(t.status, Status::Ready | Status::NotReady)));
    assert_eq!(show.settings.as_of, jiff::civil::date(2027, 1, 4));
}

#[test]
fn a_third_into_the_show_every_status_is_there() {
    let show = production(&recipe(Archetype::Episodic, 1, Tightness::Tight));
    let count = |status| show.tasks.iter().filter(|task| task.status == status).count();
    for status in [
        Status::NotReady,
        Status::Ready,
        Status::Wip,
        Status::InternalReview,
        Status::Retake,
        Status::ClientReview,
        Status::Final,
        Status::Omit,
    ] {
        assert!(count(status) > 0, "no task is {}", status.word());
    }
    // 26 weeks × 5 days × 35 % = 45 working days after 4 January.
    assert_eq!(show.settings.as_of, jiff::civil::date(2027, 3, 8));
    let omitted = show.shots.iter().filter(|shot| shot.status == Some(Status::Omit)).count();
    assert_eq!(omitted, 8); // 8 % by the end × 35 % × 285 shots
    assert!(!show.change_orders.is_empty() && !show.actuals.is_empty());
    // Locks: 5 % of open tasks hold dates, 8 % a person; half as much again is chance.
    let waiting = (count(Status::NotReady) + count(Status::Ready)) as f64;
    let dates = show.tasks.iter().filter(|task| task.lock.holds_dates()).count() as f64;
    let person = show.tasks.iter().filter(|task| task.lock == Lock::Person).count() as f64;
    let hard = show.tasks.iter().filter(|task| !task.rules.is_empty()).count() as f64;
    assert!((0.03..=0.07).contains(&(dates / waiting)), "{}", dates / waiting);
    assert!((0.05..=0.11).contains(&(person / waiting)), "{}", person / waiting);
    assert!((0.015..=0.045).contains(&(hard / waiting)), "{}", hard / waiting);
}

#[test]
fn dirt_is_the_dirt_that_was_announced_and_no_other() {
    let clean = production(&recipe(Archetype::Episodic, 1, Tightness::Tight));
    let dirty =
        production(&Recipe { dirt: true, ..recipe(Archetype::Episodic, 1, Tightness::Tight) });
    let tasks = clean.tasks.len() as f64;
    let pairs = || clean.tasks.iter().zip(&dirty.tasks);
    let missing = dirty.tasks.iter().filter(|task| task.bid_assumed).count();
    assert_eq!(missing, (tasks * 0.02).round() as usize);
    assert_eq!(dirty.assumed.get("task.bid"), Some(&(missing as u32)));
    let stale = pairs().filter(|(a, b)| a.updated != b.updated).count();
    assert!(stale > 0 && stale <= (tasks * 0.01).round() as usize);
    let early = |row: &&Shot| row.due < row.turnover;
    assert_eq!(dirty.shots.iter().filter(early).count(), 1); // 0.5 % of 285
    let logs = clean.time_logs.iter().zip(&dirty.time_logs).filter(|(a, b)| a != b).count();
    assert!(logs > 0 && logs <= (clean.time_logs.len() as f64 * 0.01).round() as usize);
    // Everything else is as it was.
    assert_eq!(clean.people, dirty.people);
    assert_eq!(clean.dependencies, dirty.dependencies);
    assert_eq!(clean.milestones, dirty.milestones);
    assert_eq!(clean.actuals, dirty.actuals);
    assert_eq!(clean.budget, dirty.budget);
    for (a, b) in pairs().filter(|(_, b)| !b.bid_assumed) {
        assert_eq!((a.bid, a.estimate, a.logged, a.lock), (b.bid, b.estimate, b.logged, b.lock));
    }
}

#[test]
fn a_series_has_two_sites_with_their_own_holidays_and_money() {
    let show = production(&recipe(Archetype::Episodic, 1, Tightness::Tight));
    let codes: Vec<&str> = show.sites.iter().map(|site| site.code.as_str()).collect();
    assert_eq!(codes, ["london", "montreal"]);
    // 8 March 2027: London in winter time, Montreal too (summer time begins on 14 March).
    let offsets: Vec<i32> = show.sites.iter().map(|site| site.utc_offset_minutes).collect();
    assert_eq!(offsets, [0, -300]);
    let good_friday = jiff::civil::date(2027, 3, 26);
    assert!(show.sites.iter().all(|site| site.holidays.contains(&good_friday)));
    assert!(show.people.iter().any(|who| who.site == SiteId::new(1)));
    let cad = Currency::new("CAD").expect("three letters");
    assert!(show.fx.iter().any(|rate| rate.currency == cad));
}

#[test]
fn series_have_changed_orders_work_without_an_invoice_and_budgets_of_departments() {
    let mut seen = BTreeSet::new();
    for seed in 1..=8 {
        let production = production(&recipe(Archetype::Episodic, seed, Tightness::Tight));
        for change in production.change_orders.iter().filter(|row| row.order.is_some()) {
            let order = &production.commitments[change.order.expect("an order")];
            assert!(order.vendor.is_some() && change.amount > Cents::ZERO, "{}", change.code);
            assert!(change.amount < order.amount, "{}", change.code);
            let is_pending = matches!(change.state, ChangeState::Priced | ChangeState::Sent);
            assert_eq!(is_pending, change.days > 0, "{}", change.code);
            seen.insert(match change.state {
                ChangeState::Approved => "approved",
                ChangeState::Absorbed => "absorbed",
                _ if is_pending => "pending",
                _ => "rejected",
            });
        }
        for order in production.commitments.iter().filter(|row| row.vendor.is_some()) {
            seen.insert(if order.accrued > Cents::ZERO { "accrued" } else { "invoiced" });
        }
        // Overtime is one part in a hundred of what people cost, shared out by department.
        let is = |row: &&BudgetLine| production.accounts[row.account].code == "20-80";
        let overtime: Vec<&BudgetLine> = production.budget.iter().filter(is).collect();
        assert!(overtime.len() > 5 && overtime.iter().all(|row| row.department.is_some()));
    }
    let all = ["absorbed", "accrued", "approved", "invoiced", "pending"];
    assert!(all.iter().all(|word| seen.contains(word)), "{seen:?}");
}

#[test]
fn a_series_employs_staff_fixed_terms_and_freelancers() {
    let show = production(&recipe(Archetype::Episodic, 1, Tightness::Tight));
    let share = |kind| {
        let of = |who: &&Person| who.contracts.iter().any(|contract| contract.kind == kind);
        show.people.iter().filter(of).count() as f64 / show.people.len() as f64
    };
    assert!((0.42..=0.62).contains(&share(ContractKind::Staff)));
    assert!((0.22..=0.45).contains(&share(ContractKind::Fixed)));
    assert!((0.08..=0.22).contains(&share(ContractKind::Freelance)));
    let level = mean(show.people.iter().filter_map(|who| Some(who.skills.first()?.level as f64)));
    assert!((930.0..=1_070.0).contains(&level), "mean level {level}");
    let booked = show.people.iter().filter(|who| !who.bookings.is_empty()).count();
    assert!(booked * 4 > show.people.len() && booked * 4 < show.people.len() * 3);
}
