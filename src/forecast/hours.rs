//! How long people's weeks are: a plan's overtime on top of everybody's working time.

use crate::model::{Day, Overtime, PersonId, Plan, Production, Timeline, availability};
use jiff::civil::Date;

/// Most minutes of work in a day that leave eleven hours of rest before a day like it.
const LONGEST_DAY: i64 = 13 * 60;

/// The week of a person in which a plan has overtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LongWeek {
    /// Who.
    pub person: PersonId,
    /// Its Monday.
    pub monday: Date,
    /// Working time in all, in minutes, begun ones not counted.
    pub minutes: i64,
    /// Overtime in it, in minutes.
    pub overtime: i64,
    /// Minutes of work that the overtime does.
    pub worth: i64,
    /// Its place among heavy weeks in a row; 0 where it is not heavy.
    pub in_a_row: u32,
    /// Days on which work leaves less than eleven hours of rest.
    pub short_nights: u32,
    /// Days with work.
    pub days: u32,
}

/// The weeks with overtime of a plan, by person and time.
///
/// ```
/// use jiff::civil::date;
/// use shotplan::model::*;
/// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
/// let comp = show.add_department("CMP");
/// let ann = show.people.push(Person::new("ann", SiteId::new(0), comp));
/// let long = |day| Overtime { person: ann, day: Day(day), minutes: 150, worth: 150 };
/// let plan = Plan { overtime: (0..5).map(long).collect(), ..Plan::default() };
/// let weeks = shotplan::forecast::hours::long_weeks(&show, &plan);
/// // Five days of 10.5 hours are more than fifty: a heavy week.
/// assert_eq!((weeks[0].minutes, weeks[0].overtime, weeks[0].in_a_row), (3_150, 750, 1));
/// ```
pub fn long_weeks(production: &Production, plan: &Plan) -> Vec<LongWeek> {
    let timeline = production.timeline();
    let lanes = availability::lanes(production, &timeline);
    let heavy = production.settings.productivity.heavy;
    let week_of = |row: &Overtime| (row.person, timeline.week(row.day));
    let mut weeks: Vec<LongWeek> = Vec::new();
    for rows in plan.overtime.chunk_by(|a, b| week_of(a) == week_of(b)) {
        let (person, week) = week_of(&rows[0]);
        let Some(known) = production.people.get(person) else { continue };
        let day_minutes = production.sites[known.site].day_minutes.max(0);
        let from = lanes.partition_point(|lane| lane.person < person);
        let share = |day: u32| -> i64 {
            let own = lanes[from..].iter().take_while(|lane| lane.person == person);
            own.filter_map(|lane| lane.share.get(day as usize)).map(|&share| i64::from(share)).sum()
        };
        let (mut minutes, mut days, mut short_nights) = (0, 0, 0);
        for day in days_of(&timeline, week) {
            let extra = rows.iter().filter(|row| row.day.0 == day);
            let extra: i64 = extra.map(|row| i64::from(row.minutes)).sum();
            // In ten-thousandths of a minute, so that parts of one add up.
            let time = share(day) * day_minutes + extra * 10_000;
            minutes += time;
            days += u32::from(time > 0);
            short_nights += u32::from(time > LONGEST_DAY * 10_000);
        }
        let monday = timeline.date(Day(week * 7));
        let before = weeks.last().filter(|last| {
            last.person == person && week > 0 && last.monday == timeline.date(Day(week * 7 - 7))
        });
        let before = before.map_or(0, |last| last.in_a_row);
        weeks.push(LongWeek {
            person,
            monday,
            minutes: minutes / 10_000,
            overtime: rows.iter().map(|row| i64::from(row.minutes)).sum(),
            worth: rows.iter().map(|row| i64::from(row.worth)).sum(),
            in_a_row: if minutes > heavy * 10_000 { before + 1 } else { 0 },
            short_nights,
            days,
        });
    }
    weeks
}

fn days_of(timeline: &Timeline, week: u32) -> std::ops::Range<u32> {
    week * 7..(week * 7 + 7).min(timeline.days())
}
