//! Headcount by department and week: from files to who is missing when, and who could go.

use super::{Answered, Made, Request, engagements, movable, opened};
use crate::forecast::CrewRow;
use crate::model::{ContractKind, Day, PersonId, Production, Timeline, Worker};
use crate::read::{self, words, words::word_of};
use crate::result::{Chance, CrewDepartment, CrewPlan, Extension, Hire, PoolLoad, Release};
use crate::solve::Watch;
use jiff::civil::Date;
use std::path::Path;

/// Shorter than this nobody is hired.
const LEAST_WEEKS: usize = 4;
/// Artists short of which nobody is looked for.
const LEAST_SHORT: f64 = 0.5;

/// Plans a show and says where people are missing and whose contract outlasts the work.
///
/// # Errors
/// When the files cannot be read at all.
pub fn crew(
    show: &Path,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Answered<CrewPlan>, read::Error> {
    let made = match super::make(show, request, watch)? {
        Ok(made) => made,
        Err(outcome) => return Ok(Answered::NoPlan(outcome)),
    };
    Ok(Answered::Answer(of(&made)))
}

fn of(made: &Made) -> CrewPlan {
    let production = &made.production;
    let timeline = production.timeline();
    let weeks = &made.forecast.crew.weeks;
    let artist: Vec<i64> =
        (0..weeks.len() as u32).map(|week| artist_minutes(production, &timeline, week)).collect();
    let first = timeline.week(timeline.day(production.settings.as_of)) as usize;
    let departments: Vec<CrewDepartment> = made
        .forecast
        .crew
        .rows
        .iter()
        .map(|row| department(production, row, &artist, first))
        .filter(|row| {
            let lists = [&row.demand, &row.capacity, &row.booked];
            lists.iter().any(|list| list.iter().any(|heads| *heads > 0.0))
        })
        .collect();
    let hires: Vec<Hire> = departments.iter().filter_map(|row| hire(row, weeks, first)).collect();
    let (releases, extensions) = contracts(made, &timeline, &departments);
    let opened = opened::crew(made, &departments, &artist);
    let options = engagements::options(production, &departments, |row, end| {
        let after = tomorrow(end);
        if timeline.contains(after) { tenth(short_after(row, &timeline, after)) } else { 0.0 }
    });
    CrewPlan {
        production: production.settings.name.clone(),
        as_of: production.settings.as_of,
        weeks: weeks.clone(),
        prospects: production
            .shows
            .iter()
            .filter(|show| show.probability < 10_000)
            .map(|show| Chance { show: show.code.clone(), probability: show.probability })
            .collect(),
        departments,
        pools: pools(made, weeks.len()),
        moves: movable::options(made, &hires),
        hires,
        releases,
        extensions,
        options,
        bookings: engagements::held(production),
        opened,
    }
}

/// Artists a department is short of on average in the four weeks from that of a day on.
fn short_after(row: &CrewDepartment, timeline: &Timeline, after: Date) -> f64 {
    let week = timeline.week(timeline.day(after)) as usize;
    let coming = row.backlog.iter().skip(week).take(LEAST_WEEKS);
    coming.fold(0.0, |most: f64, left| most.max(*left)) / LEAST_WEEKS as f64
}

/// The pools that the plan uses, week by week.
fn pools(made: &Made, weeks: usize) -> Vec<PoolLoad> {
    let mut loads: Vec<PoolLoad> = Vec::new();
    let of_pools = made.forecast.pools.chunk_by(|one, other| one.pool == other.pool);
    for rows in of_pools {
        let pool = &made.production.pools[rows[0].pool];
        let unit = pool.kind.unit() as f64;
        let mut load = PoolLoad {
            id: pool.code.clone(),
            name: pool.name.clone(),
            kind: word_of(words::POOLS, pool.kind).to_owned(),
            most: vec![0.0; weeks],
            there: vec![0.0; weeks],
            load: vec![0.0; weeks],
            beyond: vec![0.0; weeks],
        };
        for row in rows.iter().filter(|row| (row.week as usize) < weeks) {
            let week = row.week as usize;
            load.most[week] = tenth(row.most as f64 / unit);
            load.there[week] = tenth(row.there as f64 / unit / f64::from(row.days.max(1)));
            load.beyond[week] = tenth(row.beyond as f64 / unit);
            // Where there is none, all that is used is beyond.
            load.load[week] = tenth(100.0 * row.used as f64 / (row.there.max(1)) as f64);
        }
        loads.push(load);
    }
    loads
}

/// Minutes that a full-time artist works in a week that can still be planned, by the first site.
fn artist_minutes(production: &Production, timeline: &Timeline, week: u32) -> i64 {
    let Some(site) = production.sites.iter().next() else { return 0 };
    let calendar = &production.calendars[site.calendar];
    let monday = timeline.monday(week);
    let days = (0..7).map(|day| monday.saturating_add(jiff::Span::new().days(day)));
    let is_worked = |date: &Date| {
        *date >= production.settings.as_of
            && timeline.contains(*date)
            && calendar.is_worked(*date)
            && site.holidays.binary_search(date).is_err()
    };
    days.filter(is_worked).count() as i64 * site.day_minutes
}

fn department(
    production: &Production,
    row: &CrewRow,
    artist: &[i64],
    first: usize,
) -> CrewDepartment {
    let heads = |minutes: &[i64]| -> Vec<f64> {
        let of_week = |(minutes, artist): (&i64, &i64)| match artist {
            0 => 0.0,
            _ => tenth(*minutes as f64 / *artist as f64),
        };
        minutes.iter().zip(artist).map(of_week).collect()
    };
    let (demand, capacity) = (heads(&row.demand), heads(&row.capacity));
    let gap: Vec<f64> = demand.iter().zip(&capacity).map(|(d, c)| tenth(d - c)).collect();
    let mut left = 0.0_f64;
    let backlog = gap.iter().enumerate().map(|(week, gap)| {
        left = if week < first { 0.0 } else { (left + gap).max(0.0) };
        tenth(left)
    });
    let backlog = backlog.collect();
    CrewDepartment {
        firm: heads(&row.firm),
        weighed: heads(&row.weighed),
        id: production.departments[row.department].code.clone(),
        booked: heads(&row.booked),
        demand,
        capacity,
        gap,
        backlog,
    }
}

fn tenth(heads: f64) -> f64 {
    (heads * 10.0).round() / 10.0
}

/// As many artists as bring the largest backlog down by the week it stands in, from the week on in
/// which it began; at least for a month.
fn hire(row: &CrewDepartment, weeks: &[Date], now: usize) -> Option<Hire> {
    let (peak, most) = row
        .backlog
        .iter()
        .enumerate()
        .fold((0, 0.0), |best, (week, &left)| if left > best.1 { (week, left) } else { best });
    let first = (now..=peak).rev().take_while(|&week| row.backlog[week] > 0.0).last()?;
    let end = (peak + 1).max(first + LEAST_WEEKS).min(weeks.len());
    let artists = most / (end - first) as f64;
    if most <= 0.0 || artists < LEAST_SHORT {
        return None;
    }
    let last = *weeks.get(end - 1)?;
    Some(Hire {
        department: row.id.clone(),
        artists: artists.ceil() as u32,
        from: weeks[first],
        to: last.saturating_add(jiff::Span::new().days(4)),
    })
}

fn contracts(
    made: &Made,
    timeline: &Timeline,
    departments: &[CrewDepartment],
) -> (Vec<Release>, Vec<Extension>) {
    let production = &made.production;
    let as_of = production.settings.as_of;
    let mut last_work: Vec<Option<Date>> = vec![None; production.people.len()];
    for part in &made.solved.plan.assignments {
        if let Worker::Person(person) = part.worker {
            let last = &mut last_work[crate::model::Id::index(person)];
            *last = (*last).max(Some(timeline.finish_date(part.end())));
        }
    }
    let (mut releases, mut extensions) = (Vec::new(), Vec::new());
    for (id, person) in production.people.enumerate() {
        let home = production.home_department(id);
        let home = home.map(|department| production.departments[department].code.clone());
        let open = person.contracts.iter().filter(|row| row.end.is_none_or(|end| end >= as_of));
        // The last one decides when somebody is gone.
        let Some((contract, end)) =
            open.filter_map(|row| Some((row, row.end?))).max_by_key(|(_, end)| *end)
        else {
            continue;
        };
        let last = last_work[crate::model::Id::index(id)];
        let idle_from = last.map_or(as_of, tomorrow).max(contract.start).max(as_of);
        let free_from = idle_from.max(production.first_avoidable_day(id, contract));
        let days = worked_days(production, id, free_from, end);
        // A week is the least that is worth a letter. Who has nothing to do is not prolonged.
        let is_idle = days >= 5;
        if is_idle && contract.kind != ContractKind::Staff {
            releases.push(Release {
                person: person.code.clone(),
                department: home.clone(),
                last_work: last,
                free_from,
                notice_by: notice_by(production, id, free_from, contract.notice_days).max(as_of),
                contract_end: end,
                days,
            });
        }
        let Some(row) = home.and_then(|home| departments.iter().find(|row| row.id == home)) else {
            continue;
        };
        let after = tomorrow(end);
        if is_idle || !timeline.contains(after) || last.is_none_or(|last| last < as_of) {
            continue;
        }
        let short = short_after(row, timeline, after);
        if short >= LEAST_SHORT {
            extensions.push(Extension {
                person: person.code.clone(),
                department: row.id.clone(),
                contract_end: end,
                short: tenth(short),
            });
        }
    }
    releases.sort_by_key(|row| (row.notice_by, row.person.clone()));
    extensions.sort_by_key(|row| (row.contract_end, row.person.clone()));
    (releases, extensions)
}

fn tomorrow(date: Date) -> Date {
    date.saturating_add(jiff::Span::new().days(1))
}

/// Days from `from` to `to`, both in, that the person's site works.
fn worked_days(production: &Production, person: PersonId, from: Date, to: Date) -> u32 {
    let calendar = &production.calendars[production.sites[production.people[person].site].calendar];
    let days = crate::model::days_between(from, to).clamp(-1, 3_660);
    let dates = (0..=days).map(|day| from.saturating_add(jiff::Span::new().days(day)));
    dates.filter(|date| calendar.is_worked(*date)).count() as u32
}

/// The last day to give notice of so many working days, so that pay ends before `free_from`.
fn notice_by(production: &Production, person: PersonId, free_from: Date, notice: u32) -> Date {
    let calendar = &production.calendars[production.sites[production.people[person].site].calendar];
    let mut day: Day = Day(0);
    let mut left = notice.min(3_660);
    while left > 0 && day.0 < 20_000 {
        day.0 += 1;
        let date = free_from.saturating_sub(jiff::Span::new().days(i64::from(day.0)));
        left -= u32::from(calendar.is_worked(date));
    }
    free_from.saturating_sub(jiff::Span::new().days(i64::from(day.0)))
}
