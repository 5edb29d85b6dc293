//! How much of a day goes to a task: parts, levels, part time, leads, leave, bookings, overtime.

use super::studio::*;
use shotplan::model::*;
use shotplan::verify::Rule;

/// The comp of `minutes` takes Bob exactly the slots of `run`: one slot less or more is refused.
#[track_caller]
fn takes(studio: &mut Studio, minutes: i64, run: (u32, u32)) {
    let comp = studio.comp("timed", minutes);
    studio.work(comp, BOB, &[run]);
    studio.assert_valid();
    studio.replan(comp, BOB, &[(run.0, run.1 - 1)]);
    studio.breaks(Rule::EnoughWork);
    studio.replan(comp, BOB, &[(run.0, run.1 + 1)]);
    studio.breaks(Rule::EnoughWork);
}

/// 6 days in two parts at level 0.7 and 85 % productive time: 3 ÷ 0.595 = 5.042 days each, which
/// are 21 quarter days: Monday to Friday (20 slots) and one on the next Monday.
#[test]
fn six_days_in_two_parts() {
    let mut studio = Studio::new();
    studio.show.settings.productive = 850;
    for person in [BOB, CLEO] {
        studio.person(person).skills[0].level = 700;
    }
    let comp = studio.comp("comp", 6 * DAY);
    studio.task(comp).max_parallel = 2;
    studio.work(comp, BOB, &[(0, 29)]);
    studio.work(comp, CLEO, &[(0, 29)]);
    studio.assert_valid();
    studio.plan.assignments[1].segments = segments(&[(0, 20)]);
    let message = studio.breaks(Rule::EnoughWork);
    assert!(message.contains("cleo has 5.00 days for it and needs 5.04"), "{message}");
    studio.plan.assignments[1].segments = segments(&[(0, 30)]);
    assert!(studio.breaks(Rule::EnoughWork).contains("has 5.50 days"));
}

/// 60 % of full time: a day of work takes 1.67 days, seven slots.
#[test]
fn part_time() {
    let mut studio = Studio::new();
    studio.person(BOB).capacity = 6_000;
    takes(&mut studio, DAY, (0, 7));
}

/// 40 % on the team: the same 60 % are left; with 80 % of full time 48 %: 2.083 days, nine slots.
#[test]
fn a_lead_has_less_time() {
    let mut studio = Studio::new();
    studio.person(BOB).lead_share = 4_000;
    takes(&mut studio, DAY, (0, 7));
    let mut studio = Studio::new();
    studio.person(BOB).lead_share = 4_000;
    studio.person(BOB).capacity = 8_000;
    takes(&mut studio, DAY, (0, 9));
}

/// Half of Monday away: Monday gives two slots' worth in four, Tuesday the other two.
#[test]
fn half_a_day_of_leave() {
    let mut studio = Studio::new();
    studio.person(BOB).leave.push(leave(4, 4, 5_000));
    takes(&mut studio, DAY, (0, 6));
    let mut studio = Studio::new();
    let mut asked = leave(4, 4, 5_000);
    asked.approved = false;
    studio.person(BOB).leave.push(asked);
    takes(&mut studio, DAY, (0, 4));
    let mut studio = Studio::new();
    studio.person(BOB).leave.extend([leave(4, 4, 5_000), leave(4, 5, 7_000)]);
    // Monday is gone, 30 % of Tuesday are left (1.2 slots in four), then 2.8 of Wednesday.
    takes(&mut studio, DAY, (4, 11));
}

/// Half of the time is booked on each of two shows; both lanes run side by side.
#[test]
fn two_shows_side_by_side() {
    let mut studio = Studio::new();
    let beta = studio.show.shows.push(Show::new("beta", CalendarId::new(0)));
    studio.person(BOB).bookings =
        vec![booking(ShowId::new(0), 4, 29, 5_000), booking(beta, 4, 29, 5_000)];
    let here = studio.comp("here", DAY);
    let there = studio.comp("there", DAY);
    studio.task(there).entity = Entity::Show(beta);
    studio.work(here, BOB, &[(0, 8)]);
    studio.work(there, BOB, &[(0, 8)]);
    studio.assert_valid();
    studio.task(there).entity = Entity::Show(ShowId::new(0));
    studio.breaks(Rule::OneAtATime);
}

/// Two hours more make Monday 1.25 days: ten hours of work in its four slots.
#[test]
fn overtime_makes_slots_longer() {
    let mut studio = Studio::new();
    studio.overtime(BOB, 0, 120);
    takes(&mut studio, DAY + 120, (0, 4));
    // 50 minutes are 1,041 basis points, rounded down: 529.9 minutes fit, 530 do not.
    let mut studio = Studio::new();
    studio.overtime(BOB, 0, 50);
    takes(&mut studio, DAY + 49, (0, 4));
    let mut studio = Studio::new();
    studio.overtime(BOB, 0, 50);
    takes(&mut studio, DAY + 50, (0, 5));
}

/// A Saturday that is worked, a Monday that is not.
#[test]
fn exceptions_of_the_calendar() {
    let mut studio = Studio::new();
    studio.show.calendars[CalendarId::new(0)].exceptions =
        vec![(january(9), true), (january(11), false)];
    takes(&mut studio, 3 * DAY, (16, 36));
}
