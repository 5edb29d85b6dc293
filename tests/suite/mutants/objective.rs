//! Every component of the objective, with its value worked by hand. R is 340.00.

use super::studio::*;
use shotplan::model::*;
use shotplan::verify::{BrokenRule, Finish, Rule};

const SHOW: usize = 0;

/// Bob's comp on Friday 8 January.
fn on_friday() -> (Studio, TaskId) {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.replan(comp, BOB, &[(16, 20)]);
    (studio, comp)
}

/// The comp of a shot on the Monday after.
fn on_monday() -> (Studio, TaskId) {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.replan(comp, BOB, &[(28, 32)]);
    (studio, comp)
}

#[test]
fn a_plan_without_faults_costs_nothing() {
    let (studio, anim, comp) = Studio::with_a_shot();
    assert_eq!(studio.objective(), Objective::default());
    let finish = studio.verdict().finish;
    assert_eq!(finish.plan, Some(january(7)));
    assert_eq!(finish.tasks[anim], Finish::On(january(5)));
    assert_eq!(finish.tasks[comp], Finish::On(january(7)));
    assert_eq!(finish.shots[studio.shots[0]].date(), Some(january(7)));
    assert_eq!(finish.shots[studio.shots[1]], Finish::NothingOpen);
}

/// The order of the rows does not matter.
#[test]
fn rows_in_any_order() {
    let (mut studio, ..) = Studio::with_a_shot();
    studio.shot(0).due = Some(january(5));
    let verdict = studio.verdict();
    studio.plan.assignments.reverse();
    assert_eq!(studio.verdict(), verdict);
}

// 0. Broken rules.

#[track_caller]
fn broken(studio: &Studio, expected: &[(&str, i64)]) {
    studio.assert_valid();
    let verdict = studio.verdict();
    let found: Vec<(&str, i64)> =
        verdict.broken.iter().map(|broken| (broken.rule.as_str(), broken.days)).collect();
    assert_eq!(found, expected);
    let days: i64 = expected.iter().map(|(_, days)| days).sum();
    assert_eq!(verdict.objective.broken_rules, Cents(1_000 * R * days));
    assert!(verdict.broken.iter().all(|broken| broken.price == Cents(1_000 * R * broken.days)));
}

/// Comp runs from Wednesday 6 to Thursday 7 January.
#[test]
fn date_rules_break_at_a_price() {
    let cases: [(DateRule, &[(&str, i64)]); 10] = [
        (DateRule::MustStartOn(january(5)), &[("must start on 2027-01-05", 1)]),
        (DateRule::MustStartOn(january(6)), &[]),
        (DateRule::MustFinishOn(january(5)), &[("must finish on 2027-01-05", 2)]),
        (DateRule::MustFinishOn(january(7)), &[]),
        (DateRule::StartNoLaterThan(january(5)), &[("start no later than 2027-01-05", 1)]),
        (DateRule::StartNoLaterThan(january(6)), &[]),
        (DateRule::FinishNoEarlierThan(january(7)), &[]),
        (DateRule::FinishNoLaterThan(january(4)), &[("finish no later than 2027-01-04", 3)]),
        (DateRule::FinishNoLaterThan(january(7)), &[]),
        (DateRule::AsLateAsPossible, &[]),
    ];
    for (rule, expected) in cases {
        let (mut studio, _, comp) = Studio::with_a_shot();
        studio.task(comp).rules.push(rule);
        broken(&studio, expected);
    }
}

/// What is too early is no matter of price.
#[test]
fn nothing_ends_before_it_may() {
    for rule in [DateRule::MustFinishOn(january(11)), DateRule::FinishNoEarlierThan(january(8))] {
        let (mut studio, _, comp) = Studio::with_a_shot();
        studio.task(comp).rules.push(rule);
        let message = studio.breaks(Rule::Earliest);
        assert!(message.contains("ends on 2027-01-07, but may not before"), "{message}");
        assert_eq!(studio.verdict().broken, []);
    }
}

#[test]
fn a_weekend_between_counts_as_one_day() {
    let (mut studio, comp) = on_monday();
    studio.task(comp).rules.push(DateRule::MustFinishOn(january(10)));
    broken(&studio, &[("must finish on 2027-01-10", 1)]);
}

#[test]
fn locked_dates_break_at_a_price() {
    let (mut studio, comp) = on_friday();
    studio.task(comp).lock = Lock::Dates;
    (studio.task(comp).start, studio.task(comp).end) = (Some(january(8)), Some(january(8)));
    broken(&studio, &[]);
    (studio.task(comp).start, studio.task(comp).end) = (Some(january(7)), Some(january(6)));
    broken(&studio, &[("locked to start on 2027-01-07", 1), ("locked to finish by 2027-01-06", 2)]);
    studio.task(comp).start = Some(january(11));
    studio.breaks(Rule::Earliest);
}

#[test]
fn hard_milestones_break_at_a_price() {
    let (mut studio, ..) = Studio::with_a_shot();
    let mut delivery = milestone(
        ShowId::new(SHOW),
        MilestoneKind::Internal,
        5,
        vec![Entity::Show(ShowId::new(SHOW))],
    );
    delivery.hard = true;
    let id = studio.show.milestones.push(delivery);
    broken(&studio, &[("due on 2027-01-05", 2)]);
    let expected = BrokenRule {
        task: None,
        milestone: Some(id),
        rule: "due on 2027-01-05".to_owned(),
        days: 2,
        price: Cents(2_000 * R),
    };
    assert_eq!(studio.verdict().broken, [expected]);
    assert_eq!(studio.verdict().finish.milestones[id], Finish::On(january(7)));
}

/// What needs no work cannot wait: it is never too early.
#[test]
fn an_instant_is_never_too_early() {
    let mut studio = Studio::new();
    let check = studio.comp("check", 0);
    studio.plan.instants.push((check, Slot(0)));
    studio.task(check).rules.push(DateRule::FinishNoEarlierThan(january(8)));
    broken(&studio, &[]);
    studio.task(check).rules.push(DateRule::FinishNoLaterThan(january(1)));
    broken(&studio, &[("finish no later than 2027-01-01", 1)]);
}

// 1. Milestones.

/// Two days late, three bid days of 340.00 at 0.5 % a day.
#[test]
fn late_value_of_a_milestone() {
    let show = ShowId::new(SHOW);
    let shot = Entity::Shot(ShotId::new(0));
    let sequence = Entity::Sequence(SequenceId::new(0));
    for contents in [vec![shot], vec![sequence], vec![Entity::Show(show)], vec![sequence, shot]] {
        let (mut studio, ..) = Studio::with_a_shot();
        let row = milestone(show, MilestoneKind::Batch, 5, contents);
        let id = studio.show.milestones.push(row);
        assert_eq!(studio.objective().milestone_lateness, Cents(1_020));
        // Cut work is worth nothing, finished work is.
        let cut = studio.comp("cut", 5 * DAY);
        studio.task(cut).status = Status::Omit;
        assert_eq!(studio.objective().milestone_lateness, Cents(1_020));
        studio.task(cut).status = Status::Final;
        assert_eq!(studio.objective().milestone_lateness, Cents(2_720));
        // 12,345.67 × 0.5 % × 2 = 123.4567
        studio.shot(0).award = Some(Cents(1_234_567));
        assert_eq!(studio.objective().milestone_lateness, Cents(12_346));
        studio.show.milestones[id].penalty_per_day = Some(Cents(5_000));
        assert_eq!(studio.objective().milestone_lateness, Cents(22_346));
        studio.show.milestones[id].date = january(7);
        assert_eq!(studio.objective().milestone_lateness, Cents::ZERO);
    }
}

#[test]
fn no_lateness_is_charged_twice() {
    let (mut studio, ..) = Studio::with_a_shot();
    let shot = Entity::Shot(studio.shots[0]);
    let row = milestone(ShowId::new(SHOW), MilestoneKind::Final, 5, vec![shot]);
    studio.show.milestones.push(row);
    studio.shot(0).due = Some(january(5));
    let objective = studio.objective();
    assert_eq!((objective.milestone_lateness, objective.shot_lateness), (Cents::ZERO, Cents(R)));
    studio.shot(0).due = Some(january(6)); // later than the milestone: both are missed
    let objective = studio.objective();
    assert_eq!(objective.milestone_lateness, Cents(2_040));
    assert_eq!(objective.shot_lateness, Cents(R / 2));
}

/// Without a place it is late until the last day: 58 working days after Tuesday 5 January.
#[test]
fn unplaced_work_is_late_to_the_end() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.plan.assignments.pop();
    studio.plan.unplaced.push((comp, Unplaced::NoTimeLeft));
    studio.shot(0).due = Some(january(5));
    let objective = studio.objective();
    assert_eq!(objective.shot_lateness, Cents(58 * R / 2));
    assert_eq!(objective.unscheduled, Cents(5 * R));
    assert_eq!(studio.verdict().finish.shots[studio.shots[0]], Finish::Unplaced);
}

// 2. Due dates.

#[test]
fn late_shots() {
    let (mut studio, ..) = Studio::with_a_shot();
    studio.shot(0).due = Some(january(6));
    assert_eq!(studio.objective().shot_lateness, Cents(17_000));
    studio.shot(0).priority = Priority::VeryHigh;
    assert_eq!(studio.objective().shot_lateness, Cents(68_000));
    studio.shot(0).due = Some(january(7));
    assert_eq!(studio.objective().shot_lateness, Cents::ZERO);
    // A mean of 340.01: half of it is 170.005, which is even at 170.00.
    studio.shot(0).due = Some(january(6));
    studio.shot(0).priority = Priority::Normal;
    studio.show.settings.default_day_rate[Seniority::Senior as usize] = Cents(34_003);
    studio.person(CLEO).seniority = Seniority::Senior;
    assert_eq!(studio.objective().shot_lateness, Cents(17_000));
}

#[test]
fn late_tasks_of_shots_without_a_date() {
    let (mut studio, anim, _) = Studio::with_a_shot();
    studio.task(anim).due = Some(january(4));
    assert_eq!(studio.objective().shot_lateness, Cents(17_000));
    studio.shot(0).priority = Priority::High;
    assert_eq!(studio.objective().shot_lateness, Cents(34_000));
    studio.shot(0).due = Some(january(8));
    assert_eq!(studio.objective().shot_lateness, Cents::ZERO);
}

// 3. Unscheduled.

#[test]
fn work_without_a_place() {
    let mut studio = Studio::new();
    let comp = studio.comp("comp", 720);
    studio.plan.unplaced.push((comp, Unplaced::NoTimeLeft));
    assert_eq!(studio.objective().unscheduled, Cents(255_000)); // 1.5 days at 5 R
}

// 4. Labour.

#[test]
fn freelance_days_that_could_be_saved() {
    let (mut studio, ..) = Studio::with_a_shot();
    studio.person(BOB).contracts.push(contract(ContractKind::Staff));
    assert_eq!(studio.objective().labour, Cents::ZERO);
    studio.person(BOB).contracts[0].kind = ContractKind::Freelance;
    assert_eq!(studio.objective().labour, Cents(R)); // half of Wednesday, half of Thursday
    studio.person(BOB).contracts[0].rates[0].1 = Cents(33_333);
    assert_eq!(studio.objective().labour, Cents(33_332)); // twice 166.665, each to even
    studio.person(BOB).contracts[0].rates.push((january(7), Cents(40_000)));
    assert_eq!(studio.objective().labour, Cents(16_666 + 20_000));
    studio.person(BOB).contracts[0].notice_days = 3; // paid until Wednesday in any case
    assert_eq!(studio.objective().labour, Cents(20_000));
    studio.person(BOB).contracts[0].min_end = Some(january(7));
    assert_eq!(studio.objective().labour, Cents::ZERO);
}

/// Overtime pay of Bob, for the days and minutes.
fn overtime_pay(change: impl Fn(&mut Studio), days: &[(u32, u32)]) -> Cents {
    let mut studio = Studio::new();
    studio.show.sites[SiteId::new(0)].overtime.cap_day_minutes = 800;
    change(&mut studio);
    for &(day, minutes) in days {
        studio.overtime(BOB, day, minutes);
    }
    studio.objective().labour
}

/// Hours that are paid for a day of 340.00 ÷ 8 an hour.
fn hours(quarters: i64) -> Cents {
    Cents(R).times(quarters, 32)
}

#[test]
fn overtime_tiers() {
    // 11.5 hours: 13.25 paid, 5.25 more than the day; 13 hours: 16 paid.
    assert_eq!(overtime_pay(|_| {}, &[(0, 210)]), hours(21));
    assert_eq!(overtime_pay(|_| {}, &[(0, 210)]), Cents(22_312)); // 223.125 to even
    assert_eq!(overtime_pay(|_| {}, &[(0, 300)]), hours(32));
    // Five days of nine hours: 47.5 paid, by the day or by the week, but once.
    let five: [(u32, u32); 5] = std::array::from_fn(|day| (day as u32, 60));
    assert_eq!(overtime_pay(|_| {}, &five), hours(30));
    let only_weekly =
        |studio: &mut Studio| studio.show.sites[SiteId::new(0)].overtime.daily.clear();
    assert_eq!(overtime_pay(only_weekly, &five), hours(30));
    let only_daily = |studio: &mut Studio| studio.show.sites[SiteId::new(0)].overtime.weekly = None;
    assert_eq!(overtime_pay(only_daily, &five), hours(30));
    // A short week stays below the weekly threshold; the day counts.
    let away = |studio: &mut Studio| studio.person(BOB).leave.push(leave(8, 8, 10_000));
    assert_eq!(overtime_pay(away, &[(0, 60)]), hours(6));
    let away_and_weekly = |studio: &mut Studio| {
        away(studio);
        only_weekly(studio);
    };
    assert_eq!(overtime_pay(away_and_weekly, &[(0, 60)]), hours(4));
}

#[test]
fn part_time_overtime_is_plain_up_to_a_full_day() {
    let half = |studio: &mut Studio| studio.person(BOB).capacity = 5_000;
    assert_eq!(overtime_pay(half, &[(0, 240)]), hours(16));
    assert_eq!(overtime_pay(half, &[(0, 300)]), hours(22)); // five hours, one of them at 1.5
}

#[test]
fn overtime_by_contract() {
    let exempt = |studio: &mut Studio| {
        let policy = OvertimePolicy { exempt: true, ..OvertimePolicy::default() };
        let own = Contract { overtime: Some(policy), ..contract(ContractKind::Staff) };
        studio.person(BOB).contracts.push(own);
    };
    assert_eq!(overtime_pay(exempt, &[(0, 120)]), Cents::ZERO);
    let double = |studio: &mut Studio| {
        let policy = OvertimePolicy { daily: vec![(480, 20_000)], ..OvertimePolicy::default() };
        let own = Contract { overtime: Some(policy), ..contract(ContractKind::Staff) };
        studio.person(BOB).contracts.push(own);
    };
    assert_eq!(overtime_pay(double, &[(0, 120)]), hours(16));
}

/// Days of ten hours, four a week: their last two hours are the base's affair, one hour more costs
/// an hour and a half.
#[test]
fn long_days_pay_tiers_for_overtime_only() {
    let long_days = |studio: &mut Studio| {
        studio.show.sites[SiteId::new(0)].day_minutes = 600;
        studio.show.calendars[CalendarId::new(0)].workdays[4] = false;
    };
    assert_eq!(overtime_pay(long_days, &[(0, 60)]), Cents(R).times(90, 600));
}

// 5. Long weeks.

/// 48 hours: three beyond 45 at a quarter of 42.50.
#[test]
fn long_weeks() {
    let mut studio = Studio::new();
    for day in 0..5 {
        studio.overtime(BOB, day, 96);
    }
    let objective = studio.objective();
    assert_eq!(objective.overtime_aversion, Cents(3_188)); // 31.875 to even
    assert_eq!(objective.labour, Cents(51_000)); // eight hours at 1.5
    studio.plan.overtime.truncate(3); // 44.8 hours
    assert_eq!(studio.objective().overtime_aversion, Cents::ZERO);
}

// 6. Continuity.

#[test]
fn more_artists_than_the_work_needs() {
    let mut studio = Studio::new();
    let comp = studio.comp("comp", 2 * DAY);
    studio.task(comp).max_parallel = 2;
    studio.work(comp, BOB, &[(0, 4)]);
    studio.work(comp, CLEO, &[(0, 4)]);
    assert_eq!(studio.objective().continuity, Cents(R / 4));
    // With 21 days of work in the sequence two artists are as many as it needs.
    let long = studio.comp("long", 19 * DAY);
    studio.work(long, BOB, &[(4, 104)]);
    assert_eq!(studio.objective().continuity, Cents::ZERO);
}

// 7. Switches.

#[test]
fn work_taken_over_by_others() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.task(comp).assigned = vec![PersonId::new(CLEO)];
    assert_eq!(studio.objective().switches, Cents::ZERO); // not begun
    for status in [Status::Wip, Status::Retake, Status::InternalReview, Status::ClientReview] {
        studio.task(comp).status = status;
        assert_eq!(studio.objective().switches, Cents(R), "{status:?}");
    }
    studio.task(comp).assigned.push(PersonId::new(BOB));
    assert_eq!(studio.objective().switches, Cents::ZERO);
}

#[test]
fn artists_changing_sequence() {
    let mut studio = Studio::new();
    let tasks = [0, 1, 0].map(|shot| studio.comp_on(shot, "comp", DAY));
    for (at, task) in tasks.into_iter().enumerate() {
        let start = 4 * at as u32;
        studio.work(task, BOB, &[(start, start + 4)]);
    }
    assert_eq!(studio.objective().switches, Cents(2 * R / 10));
    studio.task(tasks[1]).entity = Entity::Show(ShowId::new(SHOW)); // in no sequence
    assert_eq!(studio.objective().switches, Cents::ZERO);
}

// 8. Fit.

/// Level 1.25 does a day in four slots of 0.8 days: one day of 340.00 ÷ 20.
#[test]
fn seniors_on_simple_shots() {
    let (mut studio, ..) = Studio::with_a_shot();
    studio.person(BOB).skills[0].level = 1_250;
    studio.shot(0).class = Some(Class::A);
    assert_eq!(studio.objective().fit, Cents(R / 20));
    studio.shot(0).class = Some(Class::B);
    assert_eq!(studio.objective().fit, Cents::ZERO);
    studio.shot(0).class = Some(Class::A);
    studio.person(BOB).skills[0].level = 1_249;
    assert_eq!(studio.objective().fit, Cents::ZERO);
}

/// A day of 340.00, a fiftieth of it, unless one of the preferences is met.
#[test]
fn work_that_somebody_would_rather_not_do() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    let home = studio.comp;
    let Entity::Shot(shot) = studio.show.tasks[comp].entity else { panic!("it is on a shot") };
    let sequence = studio.show.shots[shot].sequence;
    studio.shot(0).class = Some(Class::B);
    let disliked = [
        Preference::Class(Class::D),
        Preference::Department(studio.animation),
        Preference::Sequence(SequenceId::new(1 - sequence.index())),
    ];
    for preference in disliked {
        studio.person(BOB).prefers = vec![preference];
        assert_eq!(studio.objective().fit, Cents(R / 50), "{preference:?}");
    }
    let liked = [
        Preference::Class(Class::B),
        Preference::Department(home),
        Preference::Sequence(sequence),
        Preference::Show(ShowId::new(SHOW)),
    ];
    for preference in liked {
        studio.person(BOB).prefers = vec![disliked[0], preference];
        assert_eq!(studio.objective().fit, Cents::ZERO, "{preference:?}");
    }
}

// 9. Earliness.

/// Finished on Thursday 7, due on Friday 29: 16 working days, six more than ten.
#[test]
fn finished_long_before_it_is_due() {
    let (mut studio, ..) = Studio::with_a_shot();
    studio.shot(0).due = Some(january(29));
    assert_eq!(studio.objective().earliness, Cents(6 * R / 100));
    studio.shot(0).due = Some(january(21));
    assert_eq!(studio.objective().earliness, Cents::ZERO);
}

// 10. Stability.

/// Bob works on Wednesday 6; an earlier plan had him on Monday 4, the day of the plan.
#[test]
fn work_that_an_earlier_plan_had_otherwise() {
    let mut studio = Studio::new();
    let task = studio.comp_on(0, "comp", DAY);
    studio.work(task, BOB, &[(8, 12)]);
    let mut cost = |people: &[usize], day: i8, freeze_days: u32| {
        let mut places = Keyed::filled(None, studio.show.tasks.len());
        let people = people.iter().map(|&person| PersonId::new(person)).collect();
        places[task] = Some(EarlierPlace { people, start: january(day) });
        studio.show.earlier = Some(EarlierPlan { freeze_days, places });
        studio.objective().stability
    };
    assert_eq!(cost(&[BOB], 6, 0), Cents::ZERO);
    assert_eq!(cost(&[BOB], 4, 0), Cents(2 * R / 20));
    assert_eq!(cost(&[], 4, 0), Cents(R / 2 + 2 * R / 20));
    // In the frozen days it counts twenty times.
    assert_eq!(cost(&[BOB], 4, 1), Cents(2 * R));
    // Friday 8 is four working days ahead: 340.00 × 2 ÷ 20 × 0.935507^4 = 26.04.
    assert_eq!(cost(&[BOB], 8, 0), Cents(2_604));
    // A day gone by counts as the day of the plan.
    assert_eq!(cost(&[BOB], 1, 0), Cents(2 * R / 20));
}

// 12. Balance.

/// Bob and Cleo have twenty days each until 29 January: 34,000 ÷ 20 for each whole day off the mean.
#[test]
fn teams_used_unevenly() {
    let mut studio = Studio::new();
    studio.show.settings.weights.set(BALANCE, 10_000);
    let (one, other) = (studio.comp("one", 5 * DAY), studio.comp("other", 5 * DAY));
    studio.work(one, BOB, &[(0, 20)]);
    studio.work(other, BOB, &[(28, 48)]);
    // 0.5 of 20 days, 0.25 on the mean: 20 × 0.25² × 2 = 2.5 days at 17.00.
    assert_eq!(studio.objective().balance, Cents(4_250));
    studio.replan(other, CLEO, &[(28, 48)]);
    assert_eq!(studio.objective().balance, Cents::ZERO);
    // With half the time Cleo should have half the work; the mean is a third: 21.25 + 42.50 − 56.67.
    studio.person(CLEO).capacity = 5_000;
    studio.replan(other, CLEO, &[(0, 48)]);
    assert_eq!(studio.objective().balance, Cents(708));
    // Periods and departments stand for themselves: two days of four are in the next period.
    let mut studio = Studio::new();
    studio.show.settings.weights.set(BALANCE, 10_000);
    let task = studio.comp("late", 4 * DAY);
    studio.work(task, CLEO, &[(96, 120)]);
    // 0.1 of 20 days, twice: 20 × 0.05² × 2 = 0.1 days in each.
    assert_eq!(studio.objective().balance, Cents(340));
    studio.show.settings.weights = Weights::default();
    assert_eq!(studio.objective().balance, Cents::ZERO);
}

// 13. Leads.

/// Twice 340.00 for comp of a hero shot by Bob, while Cleo leads; nobody leads animation.
#[test]
fn hero_shots_without_a_lead() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.show.settings.weights.set(LEADS, 10_000);
    studio.show.settings.default_day_rate = [Cents(R); 4];
    studio.shot(0).class = Some(Class::D);
    assert_eq!(studio.objective().leads, Cents::ZERO);
    studio.person(CLEO).seniority = Seniority::Lead;
    assert_eq!(studio.objective().leads, Cents(2 * R));
    studio.replan(comp, CLEO, &[(10, 14)]);
    assert_eq!(studio.objective().leads, Cents::ZERO);
    studio.replan(comp, BOB, &[(10, 14)]);
    studio.shot(0).class = Some(Class::C);
    assert_eq!(studio.objective().leads, Cents::ZERO);
    studio.shot(0).class = Some(Class::D);
    studio.show.settings.weights = Weights::default();
    assert_eq!(studio.objective().leads, Cents::ZERO);
}
