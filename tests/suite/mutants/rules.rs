//! One broken plan or more for each rule of validity.

use super::studio::*;
use shotplan::model::*;
use shotplan::verify::Rule;

// 1. Complete.

#[test]
fn a_dropped_task_is_missed() {
    for last in [true, false] {
        let (mut studio, anim, comp) = Studio::with_a_shot();
        let dropped = if last { comp } else { anim };
        studio.plan.assignments.retain(|row| row.task != dropped);
        let message = studio.breaks(Rule::Complete);
        assert!(message.contains("nowhere in the plan"), "{message}");
    }
}

#[test]
fn a_task_stands_in_the_plan_once() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.plan.unplaced.push((comp, Unplaced::NoTimeLeft));
    assert!(studio.breaks(Rule::Complete).contains("2 times"));
}

#[test]
fn done_work_is_not_planned() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.task(comp).status = Status::Final;
    assert!(studio.breaks(Rule::Complete).contains("status final"));
    let (mut studio, anim, _) = Studio::with_a_shot();
    studio.task(anim).status = Status::Cbb;
    studio.plan.assignments.remove(0);
    studio.assert_valid(); // and what waited for it waits no longer
    studio.shot(0).status = Some(Status::Omit);
    studio.breaks(Rule::Complete);
    studio.plan.assignments.clear();
    studio.assert_valid();
}

#[test]
fn work_is_no_instant_and_an_instant_no_work() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.plan.assignments.pop();
    studio.plan.instants.push((comp, Slot(10)));
    assert!(studio.breaks(Rule::Complete).contains("480 minutes"));
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.task(comp).remaining = Some(0);
    assert!(studio.breaks(Rule::Complete).contains("no work left"));
}

#[test]
fn causes_are_true() {
    let unplaced = |cause: fn(TaskId) -> Unplaced| {
        let (mut studio, anim, comp) = Studio::with_a_shot();
        studio.plan.assignments.retain(|row| row.task != comp);
        studio.plan.unplaced.push((comp, cause(anim)));
        studio
    };
    assert!(unplaced(|_| Unplaced::OnHold).breaks(Rule::Complete).contains("on hold"));
    assert!(unplaced(|_| Unplaced::NobodyCan).breaks(Rule::Complete).contains("bob can do it"));
    assert!(
        unplaced(Unplaced::WaitsFor).breaks(Rule::Complete).contains("anim, which has a place")
    );
    unplaced(|_| Unplaced::NoTimeLeft).assert_valid();

    let mut studio = unplaced(Unplaced::WaitsFor);
    let anim = studio.plan.assignments.remove(0).task;
    studio.plan.unplaced.push((anim, Unplaced::OnHold));
    assert!(studio.breaks(Rule::Complete).contains("its status is another"));
    studio.task(anim).status = Status::Hold;
    studio.assert_valid();

    let mut studio = unplaced(|_| Unplaced::NobodyCan);
    for person in [BOB, CLEO] {
        studio.person(person).skills[0].max_class = Class::A;
    }
    studio.shot(0).class = Some(Class::C);
    studio.assert_valid();
}

#[test]
fn work_on_hold_is_not_planned() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.task(comp).status = Status::Hold;
    assert!(studio.breaks(Rule::Complete).contains("on hold"));
    studio.plan.assignments.pop();
    studio.plan.unplaced.push((comp, Unplaced::NoTimeLeft));
    assert!(studio.breaks(Rule::Complete).contains("another cause"));
}

// 2. Parts.

/// Two days of comp in two parts of a day, side by side.
fn two_parts() -> (Studio, TaskId) {
    let mut studio = Studio::new();
    let comp = studio.comp("comp", 2 * DAY);
    studio.task(comp).max_parallel = 2;
    studio.work(comp, BOB, &[(0, 4)]);
    studio.work(comp, CLEO, &[(4, 8)]);
    studio.assert_valid();
    (studio, comp)
}

#[test]
fn no_more_parts_than_allowed() {
    let (mut studio, comp) = two_parts();
    studio.task(comp).max_parallel = 1;
    assert!(studio.breaks(Rule::Parts).contains("2 parts, but 1 may"));
}

#[test]
fn parts_are_not_too_small() {
    let (mut studio, comp) = two_parts();
    studio.task(comp).min_chunk = DAY + 1;
    assert!(
        studio.breaks(Rule::Parts).contains("parts of 480 minutes; the smallest allowed is 481")
    );
}

#[test]
fn parts_are_numbered_and_on_different_people() {
    let (mut studio, _) = two_parts();
    studio.plan.assignments[1].part = 2;
    assert!(studio.breaks(Rule::Parts).contains("0, 2"));
    let (mut studio, _) = two_parts();
    studio.plan.assignments[1].worker = studio.plan.assignments[0].worker;
    assert!(studio.breaks(Rule::Parts).contains("two parts on bob"));
}

// 3. Enough work.

#[test]
fn a_slot_less_or_more_is_seen() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.replan(comp, BOB, &[(10, 13)]);
    assert!(studio.breaks(Rule::EnoughWork).contains("has 0.75 days for it and needs 1.00"));
    studio.replan(comp, BOB, &[(10, 15)]);
    assert!(studio.breaks(Rule::EnoughWork).contains("has 1.25 days for it and needs only 1.00"));
}

#[test]
fn nobody_works_on_leave_or_at_the_weekend() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.replan(comp, BOB, &[(20, 32)]);
    assert!(studio.breaks(Rule::EnoughWork).contains("begins on 2027-01-09"));
    studio.replan(comp, BOB, &[(16, 24)]);
    assert!(studio.breaks(Rule::EnoughWork).contains("ends on 2027-01-09"));
    studio.replan(comp, BOB, &[(18, 30)]);
    studio.assert_valid();
    studio.person(BOB).leave.push(leave(8, 8, 10_000));
    assert!(studio.breaks(Rule::EnoughWork).contains("begins on 2027-01-08"));
}

#[test]
fn nobody_works_after_their_contract() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    let mut fixed = contract(ContractKind::Fixed);
    fixed.end = Some(january(6));
    studio.person(BOB).contracts.push(fixed);
    // Half a day on Wednesday 6 is left of the day that it takes.
    let violations = studio.verdict().violations;
    let messages: Vec<&str> = violations.iter().map(|v| v.message.as_str()).collect();
    studio.breaks(Rule::EnoughWork);
    assert_eq!(violations[0].task, Some(comp));
    assert!(messages.iter().any(|m| m.contains("bob has 0.50 days for it and needs 1.00")));
}

#[test]
fn nobody_works_before_the_day_of_the_plan() {
    let (mut studio, ..) = Studio::with_a_shot();
    studio.show.settings.as_of = january(5); // the timeline still begins on Monday
    assert_eq!(studio.rules(), [Rule::EnoughWork, Rule::Earliest]);
}

#[test]
fn a_booking_is_for_its_show_only() {
    let (mut studio, ..) = Studio::with_a_shot();
    let other = studio.show.shows.push(Show::new("beta", CalendarId::new(0)));
    studio.person(BOB).bookings.push(booking(other, 1, 31, 10_000));
    assert!(studio.breaks(Rule::EnoughWork).contains("bob is not booked on alpha"));
    studio.person(BOB).bookings[0].show = ShowId::new(0);
    studio.assert_valid();
    studio.person(BOB).bookings[0].state = BookingState::Hold1;
    studio.breaks(Rule::EnoughWork);
}

/// Comp asks for a slot on another sequence and for two on another show.
#[test]
fn artists_settle_in() {
    let mut studio = Studio::new();
    let department = &mut studio.show.departments[studio.comp];
    (department.setup_sequence, department.setup_show) = (DAY / 4, DAY / 2);
    let one = studio.comp("one", DAY);
    let two = studio.comp("two", DAY);
    let other = studio.comp_on(1, "other", DAY);
    // New to the show: six slots; on the same sequence four; on another one five.
    studio.work(one, BOB, &[(0, 6)]);
    studio.work(two, BOB, &[(6, 10)]);
    studio.work(other, BOB, &[(10, 15)]);
    studio.assert_valid();
    // What somebody was on before counts like work of the plan.
    let source = Source::default();
    let log =
        TimeLog { task: one, person: PersonId::new(BOB), date: january(1), minutes: 60, source };
    studio.show.time_logs.push(log);
    studio.assert_valid(); // longer than it has to be, but one of the times there are
    studio.replan(one, BOB, &[(0, 4)]);
    studio.assert_valid();
    studio.show.time_logs[0].task = other;
    assert!(studio.breaks(Rule::EnoughWork).contains("needs 1.25"));
    studio.replan(one, BOB, &[(0, 5)]);
    studio.assert_valid();
    studio.show.time_logs.clear();
    // Neither none nor any other time will do, and what comes in between changes what comes after.
    assert!(studio.breaks(Rule::EnoughWork).contains("needs 1.5"));
    studio.replan(one, BOB, &[(0, 6)]);
    studio.replan(two, BOB, &[(6, 13)]);
    studio.replan(other, BOB, &[(13, 18)]);
    assert!(studio.breaks(Rule::EnoughWork).contains("needs only 1"));
    studio.replan(other, BOB, &[(6, 11)]);
    studio.replan(two, BOB, &[(11, 15)]);
    assert!(studio.breaks(Rule::EnoughWork).contains("needs 1.25"));
    studio.replan(two, BOB, &[(11, 16)]);
    studio.assert_valid();
    // Who is on a task already knows it; others settle in for themselves.
    studio.task(two).status = Status::Wip;
    studio.task(two).assigned = vec![PersonId::new(BOB)];
    studio.replan(two, BOB, &[(11, 15)]);
    studio.assert_valid();
    studio.replan(two, CLEO, &[(11, 17)]);
    studio.assert_valid();
}

// 4. One thing at a time.

#[test]
fn nobody_is_double_booked() {
    let (mut studio, ..) = Studio::with_a_shot();
    let second = studio.comp("second", DAY);
    studio.work(second, BOB, &[(13, 17)]);
    assert!(studio.breaks(Rule::OneAtATime).contains("bob also works on comp on 2027-01-07"));
    studio.replan(second, BOB, &[(14, 18)]);
    studio.assert_valid();
}

#[test]
fn runs_between_runs_of_another_task_are_free() {
    let mut studio = Studio::new();
    let (long, short) = (studio.comp("long", 2 * DAY), studio.comp("short", DAY));
    studio.work(long, BOB, &[(0, 4), (8, 12)]);
    studio.work(short, BOB, &[(4, 8)]);
    studio.assert_valid();
    studio.replan(short, BOB, &[(5, 9)]);
    studio.breaks(Rule::OneAtATime);
}

// 5. Open tasks.

#[test]
fn nobody_has_too_many_tasks_open() {
    let mut studio = Studio::new();
    let (long, short) = (studio.comp("long", 2 * DAY), studio.comp("short", DAY));
    studio.work(long, BOB, &[(0, 4), (8, 12)]);
    studio.work(short, BOB, &[(4, 8)]);
    studio.assert_valid();
    studio.person(BOB).max_concurrent = 1;
    assert!(studio.breaks(Rule::OpenTasks).contains("bob has 2 tasks open on 2027-01-05"));
}

// 6. Splits.

#[test]
fn what_may_not_be_split_is_whole() {
    let mut studio = Studio::new();
    let comp = studio.comp("comp", 2 * DAY);
    studio.task(comp).splittable = false;
    studio.work(comp, BOB, &[(16, 32)]); // over a weekend
    studio.assert_valid();
    studio.replan(comp, BOB, &[(0, 4), (8, 12)]);
    assert!(studio.breaks(Rule::Splits).contains("2 runs"));
    studio.replan(comp, BOB, &[(0, 12)]);
    studio.person(BOB).leave.push(leave(5, 5, 10_000));
    assert!(studio.breaks(Rule::Splits).contains("bob does not work on 2027-01-05"));
    studio.task(comp).splittable = true;
    studio.assert_valid(); // a task that may be split stretches over leave
    studio.task(comp).splittable = false;
    studio.person(BOB).leave.clear();
    studio.show.sites[SiteId::new(0)].holidays.push(january(5));
    studio.assert_valid(); // and any task over a public holiday
}

#[test]
fn runs_are_not_crumbs() {
    let mut studio = Studio::new();
    let comp = studio.comp("comp", DAY);
    studio.work(comp, BOB, &[(0, 2), (4, 6)]);
    studio.assert_valid();
    studio.replan(comp, BOB, &[(0, 3), (4, 5)]); // the last run may be small
    studio.assert_valid();
    studio.replan(comp, BOB, &[(0, 1), (4, 7)]);
    assert!(studio.breaks(Rule::Splits).contains("less than 240 minutes"));
}

// 7. Skill.

#[test]
fn people_do_what_they_can() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.replan(comp, ADA, &[(10, 14)]);
    assert!(studio.breaks(Rule::Skill).contains("ada does not do CMP"));

    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.task(comp).tag = Some("smoke".to_owned());
    assert!(studio.breaks(Rule::Skill).contains("CMP (smoke)"));
    studio.task(comp).tag = None;
    studio.task(comp).min_level = 1_001;
    assert!(studio.breaks(Rule::Skill).contains("level 1000"));
    studio.task(comp).min_level = 1_000;
    studio.assert_valid();
    studio.person(BOB).skills[0].max_class = Class::B;
    studio.shot(0).class = Some(Class::C);
    assert!(studio.breaks(Rule::Skill).contains("as hard as this"));
    studio.shot(0).class = Some(Class::B);
    studio.assert_valid();
    let beta = studio.show.shows.push(Show::new("beta", CalendarId::new(0)));
    studio.person(BOB).shows.push(beta);
    assert!(studio.breaks(Rule::Skill).contains("may not work on alpha"));
}

// 8. Vendors.

/// A class B shot at a vendor who takes three working days: Thursday, Friday, Monday.
fn at_a_vendor() -> (Studio, TaskId) {
    let mut studio = Studio::new();
    let paint = studio.show.vendors.push(vendor("paintbox", [1, 3, 5, 9]));
    let comp = studio.comp("comp", 2 * DAY);
    studio.task(comp).vendor = Some(paint);
    let worker = Worker::Vendor(paint);
    let segments = segments(&[(12, 32)]);
    studio.plan.assignments.push(Assignment { task: comp, part: 0, worker, segments });
    studio.assert_valid();
    (studio, comp)
}

#[test]
fn vendors_take_their_time() {
    let (mut studio, _) = at_a_vendor();
    studio.plan.assignments[0].segments = segments(&[(12, 31)]);
    assert!(studio.breaks(Rule::Vendors).contains("2.75 working days; paintbox takes 3"));
    studio.plan.assignments[0].segments = segments(&[(20, 40)]);
    assert!(studio.breaks(Rule::Vendors).contains("begins on 2027-01-09"));
    studio.plan.assignments[0].segments = segments(&[(8, 22)]);
    assert!(studio.breaks(Rule::Vendors).contains("ends on 2027-01-09"));
    studio.plan.assignments[0].segments = segments(&[(12, 20), (28, 32)]);
    assert!(studio.breaks(Rule::Vendors).contains("2 runs"));
}

#[test]
fn vendors_wait_for_the_client() {
    let (mut studio, _) = at_a_vendor();
    studio.show.vendors[VendorId::new(0)].cleared_from = Some(january(8));
    assert!(studio.breaks(Rule::Vendors).contains("cleared from 2027-01-08"));
}

/// Two tasks of five bid days on two shots at a vendor who does five a week: one after the other.
fn five_days_a_week() -> Studio {
    let mut studio = Studio::new();
    let paint = studio.show.vendors.push(vendor("paintbox", [3, 3, 3, 3]));
    studio.show.vendors[paint].capacity_days_per_week = Some(5);
    for (shot, slots) in [(0, (0, 20)), (1, (28, 48))] {
        let comp = studio.comp_on(shot, &format!("comp{shot}"), 5 * DAY);
        studio.task(comp).vendor = Some(paint);
        let worker = Worker::Vendor(paint);
        let segments = segments(&[slots]);
        studio.plan.assignments.push(Assignment { task: comp, part: 0, worker, segments });
    }
    studio.assert_valid();
    studio
}

#[test]
fn vendors_do_no_more_in_a_week_than_they_can() {
    let mut studio = five_days_a_week();
    studio.plan.assignments[1].segments = segments(&[(16, 44)]); // Friday to Thursday
    let message = studio.breaks(Rule::Vendors);
    assert!(message.contains("6.0 bid days in the week of 2027-01-04; it can do 5"), "{message}");
    studio.show.vendors[VendorId::new(0)].capacity_days_per_week = Some(6);
    studio.assert_valid(); // 25 sixths are five days as well
    studio.show.vendors[VendorId::new(0)].capacity_days_per_week = Some(10);
    // At ten a week the lead time of three days is longer.
    assert!(studio.breaks(Rule::Vendors).contains("takes 5.00 working days; paintbox takes 3"));
    let mut studio = five_days_a_week();
    studio.plan.assignments[0].segments = segments(&[(0, 16)]);
    let message = studio.breaks(Rule::Vendors);
    assert!(
        message.contains("takes 4.00 working days; paintbox takes 5, as its capacity"),
        "{message}"
    );
    // A minute of work more is a sixth day, and a minute too much for the week.
    let mut studio = five_days_a_week();
    let first = studio.plan.assignments[0].task;
    studio.task(first).estimate += 1;
    let message = studio.breaks(Rule::Vendors);
    assert!(
        message.contains("has 5.1 bid days in the week of 2027-01-04; it can do 5"),
        "{message}"
    );
    studio.plan.assignments[1].segments = segments(&[(56, 76)]); // a week later
    studio.plan.assignments[0].segments = segments(&[(0, 32)]);
    studio.assert_valid();
    studio.plan.assignments[0].segments = segments(&[(0, 20)]);
    studio.show.vendors[VendorId::new(0)].capacity_days_per_week = Some(6);
    studio.assert_valid();
}

#[test]
fn a_worked_saturday_asks_for_slower_work_at_vendors() {
    let mut studio = five_days_a_week();
    let calendar = &mut studio.show.calendars[CalendarId::new(0)];
    calendar.exceptions.push((january(16), true));
    assert!(studio.breaks(Rule::Vendors).contains("paintbox takes 6"));
    // Five sixths of a day each, and six of them in the second week.
    studio.plan.assignments[0].segments = segments(&[(0, 32)]);
    studio.plan.assignments[1].segments = segments(&[(28, 52)]);
    let message = studio.breaks(Rule::Vendors);
    assert!(message.contains("in the week of 2027-01-11"), "{message}");
}

#[test]
fn work_goes_to_its_vendor_and_to_no_other() {
    let (mut studio, comp) = at_a_vendor();
    studio.replan(comp, BOB, &[(0, 8)]);
    assert!(studio.breaks(Rule::Vendors).contains("somebody else"));
    let (mut studio, comp) = at_a_vendor();
    studio.task(comp).vendor = None;
    assert!(studio.breaks(Rule::Vendors).contains("no vendor was chosen"));
}

// 9. Locks.

#[test]
fn locked_people_stay() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.task(comp).lock = Lock::Person;
    studio.assert_valid(); // a lock with nobody assigned holds nobody
    studio.task(comp).assigned = vec![PersonId::new(CLEO)];
    assert!(studio.breaks(Rule::Locks).contains("bob works on it, but it is locked to cleo"));
    studio.task(comp).assigned.push(PersonId::new(BOB));
    studio.assert_valid();
}

// 10. Earliest dates.

#[test]
fn nothing_begins_too_early() {
    let (mut studio, anim, _) = Studio::with_a_shot();
    let sequence = SequenceId::new(0);
    studio.show.sequences[sequence].turnover = Some(january(4));
    studio.assert_valid();
    studio.show.sequences[sequence].turnover = Some(january(5));
    let message = studio.breaks(Rule::Earliest);
    assert!(message.contains("begins on 2027-01-04, but may not before 2027-01-05"), "{message}");
    studio.show.sequences[sequence].turnover = None;
    studio.task(anim).rules.push(DateRule::StartNoEarlierThan(january(6)));
    studio.breaks(Rule::Earliest);
}

// 13. Instants.

#[test]
fn instants_happen_at_once() {
    let (mut studio, _, comp) = Studio::with_a_shot();
    let check = studio.comp("check", 0);
    let edge = Dependency { lag: 4, ..Dependency::new(comp, check) };
    studio.show.dependencies.push(edge);
    // Comp ends on Thursday noon (14); half a day of review and a day of lag: Friday evening.
    studio.plan.instants.push((check, Slot(20)));
    studio.assert_valid();
    studio.plan.instants[0].1 = Slot(19);
    studio.breaks(Rule::Instants);
    studio.plan.instants[0].1 = Slot(21);
    assert!(studio.breaks(Rule::Instants).contains("the first moment is 2027-01-09"));
    studio.task(check).earliest = Some(january(13));
    studio.breaks(Rule::Instants);
    studio.plan.instants[0].1 = Slot(36);
    studio.assert_valid();
}

/// Leaving an instant out would cost nothing, so it may not be left out.
#[test]
fn instants_always_have_a_place() {
    let mut studio = Studio::new();
    let check = studio.comp("check", 0);
    studio.plan.unplaced.push((check, Unplaced::NoTimeLeft));
    assert!(studio.breaks(Rule::Complete).contains("needs no work"));
}

// 14. Crew caps.

#[test]
fn crews_stay_within_their_curve() {
    let (mut studio, _) = two_parts();
    let comp = studio.comp;
    studio.show.departments[comp].curve.cap = Some(1);
    studio.assert_valid(); // one on Monday, one on Tuesday
    studio.plan.assignments[1].segments = segments(&[(2, 6)]);
    let message = studio.breaks(Rule::CrewCaps);
    assert!(message.contains("department CMP"), "{message}");
    assert!(message.contains("2 people work on 2027-01-04; at most 1"), "{message}");
    studio.show.departments[comp].curve.cap = Some(2);
    studio.assert_valid();
    studio.show.departments[comp].curve.peak_start = Some(january(5));
    studio.show.departments[comp].curve.ramp_in_start = Some(january(1));
    studio.breaks(Rule::CrewCaps); // still ramping up on Monday
}

// 15. Overtime.

/// A day and a quarter of comp in one day with two hours of overtime.
fn with_overtime() -> Studio {
    let mut studio = Studio::new();
    let comp = studio.comp("comp", DAY + 120);
    studio.work(comp, BOB, &[(0, 4)]);
    studio.overtime(BOB, 0, 120);
    studio.assert_valid();
    studio
}

#[test]
fn overtime_is_only_for_those_who_do_it() {
    let mut studio = with_overtime();
    studio.person(BOB).overtime_allowed = false;
    assert!(studio.breaks(Rule::Overtime).contains("does not do any"));
    let mut studio = with_overtime();
    studio.show.settings.mode = Mode::NoOvertime;
    assert!(studio.breaks(Rule::Overtime).contains("no-overtime"));
}

#[test]
fn overtime_needs_a_working_day() {
    let mut studio = with_overtime();
    studio.overtime(BOB, 5, 60); // a Saturday
    assert!(studio.breaks(Rule::Overtime).contains("does not work that day"));
    let mut studio = with_overtime();
    studio.overtime(CLEO, 1, 0);
    assert!(studio.breaks(Rule::Overtime).contains("0 minutes"));
    let mut studio = with_overtime();
    studio.plan.overtime = vec![studio.plan.overtime[0]; 2];
    studio.plan.overtime.iter_mut().for_each(|row| (row.minutes, row.worth) = (60, 60));
    assert!(studio.breaks(Rule::Overtime).contains("more than once"));
}

#[test]
fn overtime_is_not_for_two_shows_a_day() {
    let mut studio = Studio::new();
    let beta = studio.show.shows.push(Show::new("beta", CalendarId::new(0)));
    studio.person(BOB).bookings =
        vec![booking(ShowId::new(0), 4, 8, 5_000), booking(beta, 5, 8, 5_000)];
    studio.overtime(BOB, 0, 60);
    studio.assert_valid();
    studio.overtime(BOB, 1, 60);
    assert!(studio.breaks(Rule::Overtime).contains("shares the day between shows"));
}

#[test]
fn overtime_stays_under_its_caps() {
    let mut studio = with_overtime();
    studio.show.sites[SiteId::new(0)].overtime.cap_day_minutes = 599;
    assert!(studio.breaks(Rule::Overtime).contains("600 minutes on 2027-01-04; the cap of a day"));
    let mut studio = with_overtime();
    studio.overtime(BOB, 1, 240); // 40 + 2 + 4 hours
    studio.overtime(BOB, 2, 120); // 48
    studio.assert_valid();
    studio.overtime(BOB, 3, 1);
    assert!(studio.breaks(Rule::Overtime).contains("the cap of a week is 2880"));
}

// 16. Form and horizon.

#[test]
fn a_plan_can_be_understood() {
    let shapes: [&[(u32, u32)]; 6] = [
        &[],
        &[(10, 10)],
        &[(14, 10)],
        &[(10, 12), (12, 14)],
        &[(12, 14), (10, 11)],
        &[(336, 340)],
    ];
    for shape in shapes {
        let (mut studio, _, comp) = Studio::with_a_shot();
        studio.replan(comp, BOB, shape);
        studio.breaks(Rule::Form);
    }
    // The last working day is Friday 26 March, day 81; the timeline ends with day 83.
    let (mut studio, _, comp) = Studio::with_a_shot();
    studio.replan(comp, BOB, &[(324, 328)]);
    studio.assert_valid();
    studio.work(TaskId::new(99), BOB, &[(40, 44)]);
    studio.plan.unplaced.push((TaskId::new(98), Unplaced::OnHold));
    studio.overtime(77, 0, 60);
    studio.overtime(BOB, 84, 60);
    studio.breaks(Rule::Form);
    assert_eq!(studio.verdict().violations.len(), 4);
}

/// All violations are told, in the order of the page, and the plan is refused.
#[test]
fn everything_is_told_at_once() {
    let (mut studio, anim, comp) = Studio::with_a_shot();
    studio.replan(anim, BOB, &[(0, 7)]);
    studio.replan(comp, BOB, &[(6, 11)]);
    let rules = [Rule::EnoughWork, Rule::OneAtATime, Rule::Skill, Rule::Order];
    assert_eq!(studio.rules(), rules);
    let refused = studio.verdict().or_refuse().expect_err("the plan is wrong in four ways");
    assert_eq!(refused.violations.len(), 4);
    assert!(refused.to_string().starts_with("the plan breaks 4 of its rules"));
    assert!(Studio::with_a_shot().0.verdict().or_refuse().is_ok());
}
