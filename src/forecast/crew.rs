//! Crew by department and week: what the work asks for, what the people can give, what the plan uses.

use super::ledger::{Desk, Posting, PostingKind};
use super::window::windows;
use crate::model::{
    Cents, Day, DepartmentId, Id, PersonId, Plan, Production, Status, TaskId, round_half_even,
};
use jiff::civil::Date;

/// Artist minutes of each department, week by week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crew {
    /// Mondays of the weeks.
    pub weeks: Vec<Date>,
    /// A row for each department, in pipeline order.
    pub rows: Vec<CrewRow>,
}

/// One department; one value a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrewRow {
    /// The department.
    pub department: DepartmentId,
    /// Minutes its open tasks ask for at level 1.0 and the productive share, each spread evenly over the
    /// working days from its earliest start to the latest end that still meets every due date that
    /// depends on it, with unlimited crew. Work that is already late falls on its earliest days.
    /// Tasks on hold and those of vendors ask for nobody.
    pub demand: Vec<i64>,
    /// Of that demand, what shows ask for that are certain.
    pub firm: Vec<i64>,
    /// The demand with that of each show at the show's chance.
    pub weighed: Vec<i64>,
    /// Minutes its own people (by main skill) can work on tasks, without overtime.
    pub capacity: Vec<i64>,
    /// Minutes the plan uses on its tasks, overtime included, whoever works them.
    pub booked: Vec<i64>,
}

/// A part of the time that a department is asked for, or can give, in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CrewPart {
    /// The department.
    pub department: DepartmentId,
    /// The week, from 0.
    pub week: u32,
    /// Whose part it is.
    pub of: CrewPartOf,
    /// Minutes.
    pub minutes: i64,
}

/// Whose part of the crew's time it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrewPartOf {
    /// A task asks for it: a part of [`CrewRow::demand`].
    Task(TaskId),
    /// A person can give it: a part of [`CrewRow::capacity`].
    Person(PersonId),
}

/// What demand and capacity of the crew of a plan are made of; the parts of a department and week add to both.
/// `weight` gives the share of a show's work that counts, from its chance, both in basis points.
pub fn crew_parts(
    production: &Production,
    plan: &Plan,
    weight: &dyn Fn(i64) -> i64,
) -> Vec<CrewPart> {
    let desk = Desk::new(production, plan);
    let mut parts = Vec::new();
    demand(&desk, weight, &mut |task, week, minutes| {
        let department = production.tasks[task].department;
        parts.push(CrewPart { department, week: week as u32, of: CrewPartOf::Task(task), minutes });
    });
    capacity(&desk, &mut |person, department, week, minutes| {
        let of = CrewPartOf::Person(person);
        parts.push(CrewPart { department, week: week as u32, of, minutes });
    });
    parts.retain(|part| part.minutes != 0);
    parts
}

pub(super) fn crew(desk: &Desk, ledger: &[Posting]) -> Crew {
    let weeks = desk.timeline.weeks() as usize;
    let departments = desk.production.departments.len();
    let shows = &desk.production.shows;
    let demand = |weight: &dyn Fn(i64) -> i64| -> Vec<i64> {
        let mut sums = vec![0_i64; departments * weeks];
        demand(desk, weight, &mut |task, week, minutes| {
            let row = desk.production.tasks[task].department.index() * weeks;
            let sum = &mut sums[row + week];
            *sum = sum.saturating_add(minutes);
        });
        sums
    };
    let all = demand(&|_| 10_000);
    let is_certain = shows.iter().all(|show| show.probability >= 10_000);
    let (firm, weighed) = match is_certain {
        true => (all.clone(), all.clone()),
        false => (
            demand(&|chance| if chance >= 10_000 { 10_000 } else { 0 }),
            demand(&|chance| chance.clamp(0, 10_000)),
        ),
    };
    let mut there = vec![0_i64; departments * weeks];
    capacity(desk, &mut |_, department, week, minutes| {
        there[department.index() * weeks + week] += minutes;
    });
    let mut booked = vec![0_i64; departments * weeks];
    for posting in ledger {
        if let (PostingKind::Labour | PostingKind::Overtime, Some(department)) =
            (posting.kind, posting.department)
            && posting.task.is_some()
        {
            let week = desk.timeline.week(desk.timeline.day(posting.date)) as usize;
            booked[department.index() * weeks + week] += posting.minutes;
        }
    }
    let mut order: Vec<DepartmentId> = desk.production.departments.ids().collect();
    order.sort_by_key(|&id| (desk.production.departments[id].order, id));
    let of = |values: &[i64], id: DepartmentId| values[id.index() * weeks..][..weeks].to_vec();
    Crew {
        weeks: (0..desk.timeline.weeks()).map(|week| desk.timeline.monday(week)).collect(),
        rows: order
            .into_iter()
            .map(|department| CrewRow {
                department,
                demand: of(&all, department),
                firm: of(&firm, department),
                weighed: of(&weighed, department),
                capacity: of(&there, department),
                booked: of(&booked, department),
            })
            .collect(),
    }
}

/// Minutes that people can work, by their home department and week. Rounded by what others of the department have given
/// so far, so that parts add to the whole.
fn capacity(desk: &Desk, add: &mut dyn FnMut(PersonId, DepartmentId, usize, i64)) {
    let weeks = desk.timeline.weeks() as usize;
    let mut fine = vec![0_i64; desk.production.departments.len() * weeks];
    let whole = |fine: i64| Cents(fine).times(1, 10_000).0;
    for lane in &desk.lanes {
        let Some(home) = desk.production.home_department(lane.person) else { continue };
        let row = &mut fine[home.index() * weeks..][..weeks];
        let day_minutes = desk.day_minutes(lane.person);
        let mut days = lane.share.iter().enumerate().peekable();
        while let Some(&(day, _)) = days.peek() {
            let week = desk.timeline.week(Day(day as u32)) as usize;
            let before = row[week];
            while let Some((_, &share)) =
                days.next_if(|(day, _)| desk.timeline.week(Day(*day as u32)) as usize == week)
            {
                row[week] += i64::from(share) * day_minutes;
            }
            if row[week] != before {
                add(lane.person, home, week, whole(row[week]) - whole(before));
            }
        }
    }
}

/// Minutes that tasks ask for by week; `weight` gives the share of a show's work that counts, from its chance, both in
/// basis points.
fn demand(desk: &Desk, weight: &dyn Fn(i64) -> i64, add: &mut dyn FnMut(TaskId, usize, i64)) {
    let production = desk.production;
    let slots = i64::from(desk.timeline.slots_per_day());
    let last_day = i64::from(desk.timeline.days()) - 1;
    let productive = i128::from(production.settings.productive.max(1));
    let windows = windows(production, &desk.timeline);
    for (id, task) in production.tasks.enumerate() {
        let work = production.work_left(id);
        if work <= 0 || task.status == Status::Hold || task.vendor.is_some() {
            continue;
        }
        let show = production.show_of(task.entity);
        let weight = i128::from(weight(production.shows[show].probability));
        let need = round_half_even(i128::from(work) * weight, 10 * productive);
        let (start, end) = windows.of[id];
        let axis = &windows.axes[production.shows[show].calendar.index()];
        let from = (start / slots).clamp(0, last_day);
        let to = ((end + slots - 1) / slots).clamp(from + 1, last_day + 1);
        let (first_week, last_week) = (week_of(desk, from), week_of(desk, to - 1));
        let all = axis.days_in(from, to);
        if all == 0 {
            add(id, first_week, need);
            continue;
        }
        // Rounded by what is spread so far, so that the weeks of a task add to its need.
        let mut spread = 0_i64;
        for week in first_week..=last_week {
            let until = (first_day_of(desk, week + 1)).min(to);
            let so_far = i128::from(need) * i128::from(axis.days_in(from, until));
            let so_far = round_half_even(so_far, i128::from(all));
            add(id, week, so_far - spread);
            spread = so_far;
        }
    }
}

fn week_of(desk: &Desk, day: i64) -> usize {
    desk.timeline.week(Day(day as u32)) as usize
}

/// First day of a week, which for the week after the last lies after the timeline.
fn first_day_of(desk: &Desk, week: usize) -> i64 {
    let back = i64::from(desk.timeline.first().weekday().to_monday_zero_offset());
    week as i64 * 7 - back
}
