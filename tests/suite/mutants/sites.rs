//! Order between tasks: every kind of link, waiting in working time, overlap, and handing over
//! between time zones.

use super::studio::*;
use shotplan::model::*;
use shotplan::verify::Rule;

/// Two days of animation (0 to 8), then a day of comp, linked by `edge`.
fn linked(change: impl Fn(&mut Dependency)) -> (Studio, TaskId) {
    let (mut studio, _, comp) = Studio::with_a_shot();
    change(&mut studio.show.dependencies[0]);
    (studio, comp)
}

/// The comp may be at `fits` and not a slot earlier.
#[track_caller]
fn earliest(studio: &mut Studio, comp: TaskId, fits: (u32, u32), too_early: (u32, u32)) {
    studio.replan(comp, BOB, &[fits]);
    studio.assert_valid();
    studio.replan(comp, BOB, &[too_early]);
    studio.breaks(Rule::Order);
}

#[test]
fn review_and_lag_are_waited_for() {
    let (mut studio, comp) = linked(|_| {});
    earliest(&mut studio, comp, (10, 14), (9, 13));
    let (mut studio, comp) = linked(|edge| edge.lag = 4);
    earliest(&mut studio, comp, (14, 18), (13, 17));
    // Eleven slots from Tuesday evening, with the review thirteen: Monday after one slot.
    let (mut studio, comp) = linked(|edge| edge.lag = 11);
    earliest(&mut studio, comp, (29, 33), (28, 32));
    let (mut studio, comp) = linked(|edge| edge.lag = -3);
    earliest(&mut studio, comp, (7, 11), (6, 10));
}

#[test]
fn the_message_says_what_is_waited_for() {
    let (mut studio, comp) = linked(|_| {});
    studio.replan(comp, BOB, &[(8, 12)]);
    assert_eq!(
        studio.breaks(Rule::Order),
        "task comp (order): begins on 2027-01-06, but not before 2027-01-06 after 2/4 of the day: \
         it waits for anim (ends at the end of 2027-01-05, review 2/4 of a day)"
    );
}

#[test]
fn other_links() {
    let (mut studio, comp) = linked(|edge| (edge.link, edge.lag) = (Link::StartToStart, 3));
    earliest(&mut studio, comp, (3, 7), (2, 6));
    let (mut studio, comp) = linked(|edge| edge.link = Link::FinishToFinish);
    earliest(&mut studio, comp, (6, 10), (5, 9));
    let (mut studio, comp) = linked(|edge| (edge.link, edge.lag) = (Link::StartToFinish, 6));
    earliest(&mut studio, comp, (2, 6), (1, 5));
}

/// With 60 % overlap the comp may begin when 40 % of eight slots are done, after the fourth; and it
/// must not end before the reviewed end of the animation (8 + 2).
#[test]
fn overlap_begins_early_and_ends_late() {
    let (mut studio, comp) = linked(|edge| edge.overlap = 6_000);
    studio.task(comp).splittable = true;
    studio.replan(comp, BOB, &[(4, 6), (8, 10)]);
    studio.assert_valid();
    studio.replan(comp, BOB, &[(3, 5), (8, 10)]);
    studio.breaks(Rule::Order);
    studio.replan(comp, BOB, &[(4, 8)]);
    assert!(studio.breaks(Rule::Order).contains("ends at the end of 2027-01-05"));
    let (mut studio, comp) = linked(|edge| (edge.overlap, edge.lag) = (10_000, 2));
    earliest(&mut studio, comp, (6, 10), (5, 9));
    studio.replan(comp, BOB, &[(2, 4), (8, 10)]);
    studio.assert_valid(); // all of it may overlap: only the lag counts
}

#[test]
fn the_latest_part_counts() {
    let mut studio = Studio::new();
    let (first, second) = (studio.comp("first", 2 * DAY), studio.comp("second", DAY));
    studio.task(first).max_parallel = 2;
    studio.show.dependencies.push(Dependency::new(first, second));
    studio.work(first, BOB, &[(0, 4)]);
    studio.work(first, CLEO, &[(4, 8)]);
    earliest(&mut studio, second, (10, 14), (9, 13));
}

#[test]
fn what_waits_for_the_unplaced_is_unplaced() {
    let (mut studio, anim, comp) = Studio::with_a_shot();
    studio.plan.assignments.remove(0);
    studio.plan.unplaced.push((anim, Unplaced::NoTimeLeft));
    assert!(studio.breaks(Rule::Order).contains("waits for anim, which has none"));
    studio.plan.assignments.clear();
    studio.plan.unplaced.push((comp, Unplaced::WaitsFor(anim)));
    studio.assert_valid();
}

/// Ada and Bob work so many minutes east of Greenwich; no review.
fn apart(ada: i32, bob: i32) -> (Studio, TaskId) {
    let (mut studio, anim, comp) = Studio::with_a_shot();
    studio.task(anim).review = 0;
    let mut site = studio.show.sites[SiteId::new(0)].clone();
    site.utc_offset_minutes = bob;
    studio.show.sites[SiteId::new(0)].utc_offset_minutes = ada;
    studio.person(BOB).site = studio.show.sites.push(site);
    (studio, comp)
}

/// Vancouver ends on Tuesday evening, when Tuesday is long over in London: Wednesday morning.
/// London ends on Tuesday evening, when Vancouver opens on the same day.
#[test]
fn work_is_handed_over_on_the_other_clock() {
    let (mut west_to_east, comp) = apart(-480, 0);
    west_to_east.replan(comp, BOB, &[(8, 12)]);
    west_to_east.assert_valid();
    let (mut east_to_west, comp) = apart(0, -480);
    east_to_west.replan(comp, BOB, &[(4, 8)]);
    east_to_west.assert_valid();
    east_to_west.replan(comp, BOB, &[(3, 7)]);
    east_to_west.breaks(Rule::Order);
    // Three hours behind: 17:00 is 14:00, inside the third slot of Tuesday; the fourth is free.
    let (mut near, comp) = apart(0, -180);
    near.replan(comp, BOB, &[(7, 11)]);
    near.assert_valid();
    near.replan(comp, BOB, &[(6, 10)]);
    near.breaks(Rule::Order);
}

/// In the middle of Ada's Tuesday (13:00), eight hours to the east, it is 21:00: closed.
#[test]
fn handing_over_after_hours_waits_for_the_morning() {
    let (mut studio, comp) = apart(-480, 0);
    let anim = TaskId::new(0);
    studio.task(anim).remaining = Some(DAY + 240);
    studio.replan(anim, ADA, &[(0, 6)]);
    studio.replan(comp, BOB, &[(8, 12)]);
    studio.assert_valid();
    studio.replan(comp, BOB, &[(6, 10)]);
    let message = studio.breaks(Rule::TimeZones);
    assert!(message.contains("but not before 2027-01-06"), "{message}");
}

/// A ten-hour day and an eight-hour day that open together: the end of the third slot at the long
/// one is 7.5 hours in, which at the short one is inside its last slot.
#[test]
fn days_of_different_length() {
    let (mut studio, comp) = apart(0, 0);
    let anim = TaskId::new(0);
    studio.show.sites[SiteId::new(0)].day_minutes = 600;
    studio.show.sites[SiteId::new(0)].overtime.daily.clear();
    studio.task(anim).remaining = Some(450);
    studio.replan(anim, ADA, &[(0, 3)]);
    studio.replan(comp, BOB, &[(4, 8)]);
    studio.assert_valid();
    studio.replan(comp, BOB, &[(3, 7)]);
    studio.breaks(Rule::TimeZones);
}
