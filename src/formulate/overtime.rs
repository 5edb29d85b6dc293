//! Overtime, compiled: what each person may work beyond their days, and what a week of it costs.
//!
//! The rules are those of `docs/rules.md` (15, "Overtime pay", components 4 and 5).

use crate::model::*;
use std::borrow::Cow;

/// A tenth-thousandth of a minute: base time is a share of a day, held exactly.
const FINE: i128 = 10_000;
/// Most minutes of work in a day with overtime, whatever a policy allows: eleven hours of rest are left.
const LONGEST_DAY: i64 = 780;
/// Beyond so many hours of a week, so many quarters of the hourly cost more.
const LONG_WEEKS: [(i128, i128); 3] = [(45, 1), (50, 2), (55, 4)];

/// A week that is paid by itself.
const NO_AVERAGE: u32 = u32::MAX;

/// One week (Monday to Sunday) of one person.
#[derive(Clone, Debug)]
pub struct OvertimeWeek {
    /// Index of the policy.
    policy: u32,
    /// Most minutes of work in it.
    most: i64,
    /// Base time of each day over all lanes, in ten-thousandths of a minute.
    base: [u32; 7],
    /// Cost of each day, in minor units.
    cost: [i64; 7],
    /// Whether overtime may be asked on each day.
    may: [bool; 7],
    /// Minutes of work on each day off that may be worked.
    off: [u16; 7],
    /// What each day is, for pay.
    kind: [Option<DayOff>; 7],
    /// Days that the week has by the calendar, and days that are worked without any overtime.
    days: (u32, u32),
}

impl OvertimeWeek {
    fn new() -> OvertimeWeek {
        OvertimeWeek {
            policy: 0,
            most: 0,
            base: [0; 7],
            cost: [0; 7],
            may: [false; 7],
            off: [0; 7],
            kind: [None; 7],
            days: (0, 0),
        }
    }

    /// Base of the week in ten-thousandths of a minute.
    fn total(&self) -> i128 {
        self.base.iter().map(|&base| i128::from(base)).sum()
    }

    /// Shares the room of the week out to its days off, the cheapest first; a day that would get less than
    /// `least` minutes is not worth coming for. They get what is worth what it takes, up to `plain` minutes.
    fn share_out(&mut self, most: &[u16; 7], policy: &OvertimePolicy, least: i64, plain: i64) {
        let mut days: Vec<usize> = (0..7).filter(|&day| most[day] > 0).collect();
        days.sort_by_key(|&day| (self.kind[day] == Some(DayOff::Holiday), day));
        let cap = i128::from(self.most.min(plain)) * FINE;
        let mut minutes = ((cap - self.total()).max(0) / FINE) as i64;
        let mut days_left = policy.days_a_week - i64::from(self.days.1);
        for day in days {
            let own = i64::from(most[day]).min(minutes);
            if days_left <= 0 || own < least {
                break;
            }
            self.off[day] = own as u16;
            minutes -= own;
            days_left -= 1;
        }
    }

    /// What each day is paid at least, in basis points, with overtime on the days of `minutes`.
    fn least(&self, policy: &OvertimePolicy, minutes: &[u16; 7]) -> [i64; 7] {
        let mut number = self.days.0;
        let mut least = [10_000; 7];
        for (day, least) in least.iter_mut().enumerate().filter(|(day, _)| minutes[*day] > 0) {
            match self.kind[day] {
                None => {}
                Some(DayOff::Holiday) => *least = policy.holiday,
                Some(DayOff::Weekend) => {
                    number += 1;
                    *least = policy.weekend_multiple(number);
                }
            }
        }
        least
    }
}

/// Weeks whose hours are added up for pay, as they are without overtime.
#[derive(Clone, Copy, Debug)]
struct Average {
    first: u32,
    weeks: u32,
    base: i128,
    /// Premium of the base by daily tiers.
    daily: i128,
}

/// Most weeks that are paid together.
pub const MOST_TOGETHER: usize = 52;

/// The overtime of all people.
#[derive(Clone, Debug, Default)]
pub struct OvertimeBook {
    policies: Vec<OvertimePolicy>,
    /// What the hours of long weeks are worth.
    curve: ProductivityCurve,
    /// By person: whether an hour of theirs can be worth less, or a week be a heavy one.
    long: Vec<bool>,
    /// By person: place of the first week in `weeks`; `None` where no overtime may be asked.
    first: Vec<Option<u32>>,
    weeks: Vec<Option<OvertimeWeek>>,
    /// By week as in `weeks`: place in `averages`; empty where nobody's overtime is averaged.
    average_of: Vec<u32>,
    averages: Vec<Average>,
    /// Length of a working day of each person, in minutes.
    day_minutes: Vec<i64>,
    /// Weeks of the timeline.
    pub week_count: u32,
}

impl OvertimeBook {
    /// The book of a production planned in `mode`.
    ///
    /// A week in which the policy changes from one day with overtime to the next is left without it: which
    /// policy counts would depend on the first day of it.
    pub fn new(
        production: &Production,
        timeline: &Timeline,
        lanes: &[Lane],
        mode: Mode,
    ) -> OvertimeBook {
        let days = timeline.days() as usize;
        let mut book = OvertimeBook {
            week_count: timeline.days().div_ceil(7),
            curve: production.settings.productivity.clone(),
            day_minutes: production
                .people
                .iter()
                .map(|person| production.sites[person.site].day_minutes)
                .collect(),
            ..OvertimeBook::default()
        };
        let mut by_person: Vec<Vec<usize>> = vec![Vec::new(); production.people.len()];
        for (index, lane) in lanes.iter().enumerate() {
            by_person[lane.person.index()].push(index);
        }
        for (id, person) in production.people.enumerate() {
            let mine = &by_person[id.index()];
            if mode == Mode::NoOvertime || !production.may_work_overtime(id) || mine.is_empty() {
                book.first.push(None);
                continue;
            }
            book.first.push(Some(book.weeks.len() as u32));
            let from = book.weeks.len();
            let site = &production.sites[person.site];
            let calendar = &production.calendars[site.calendar];
            let has_days_off = mine.iter().any(|&lane| !lanes[lane].days_off.is_empty());
            for week in 0..book.week_count as usize {
                let mut row = OvertimeWeek::new();
                let mut most_off = [0_u16; 7];
                let mut policy: Option<Cow<'_, OvertimePolicy>> = None;
                let mut same = true;
                for (weekday, most) in most_off.iter_mut().enumerate().take(days - week * 7) {
                    let day = week * 7 + weekday;
                    let share: u32 = mine.iter().map(|&l| u32::from(lanes[l].share[day])).sum();
                    let date = timeline.date(Day(day as u32));
                    if has_days_off {
                        row.kind[weekday] = site.day_off(calendar, date);
                        let is_past = date < production.settings.as_of;
                        let is_worked = share > 0 || (is_past && row.kind[weekday].is_none());
                        row.days = (calendar.days_in_week(date), row.days.1 + u32::from(is_worked));
                        let off = mine.iter().map(|&lane| lanes[lane].minutes_off(day as u32));
                        *most = off.max().unwrap_or(0);
                    }
                    if share == 0 && *most == 0 {
                        continue;
                    }
                    row.base[weekday] = share * site.day_minutes.max(0) as u32;
                    row.cost[weekday] = production.day_cost(id, date).0;
                    let Some(own) = production.overtime_on(id, date) else { continue };
                    row.may[weekday] = share > 0;
                    // Which days off may be worked is a matter of each day.
                    let own = match has_days_off {
                        true => Cow::Owned(OvertimePolicy {
                            days_off: DaysOff::None,
                            cap_day_off_minutes: 0,
                            ..own.into_owned()
                        }),
                        false => own,
                    };
                    same &= policy.as_ref().is_none_or(|known| *known == own);
                    policy = Some(own);
                }
                row.most = policy.as_ref().map_or(0, |own| production.most_in_week(id, own));
                if let Some(policy) = policy.as_ref().filter(|_| has_days_off) {
                    row.share_out(&most_off, policy, site.day_minutes / 4, book.curve.plain());
                }
                let week = policy.filter(|_| same && site.day_minutes > 0).map(|policy| {
                    let known = book.policies.iter().position(|known| *known == *policy);
                    row.policy = known.unwrap_or(book.policies.len()) as u32;
                    if known.is_none() {
                        book.policies.push(policy.into_owned());
                    }
                    row
                });
                book.weeks.push(week);
            }
            book.take_averages(production, timeline, lanes, (id, mine, from));
        }
        if book.averages.is_empty() {
            book.average_of.clear();
        }
        let short = book.curve.plain().min(book.curve.heavy);
        book.long = (0..production.people.len() as u32)
            .map(|person| {
                let weeks = (0..book.week_count).filter_map(|week| book.week(person, week));
                weeks.map(|week| week.most).max().is_some_and(|most| most > short)
            })
            .collect();
        book
    }

    /// Notes which weeks of a person are paid together; theirs begin at `from`.
    fn take_averages(
        &mut self,
        production: &Production,
        timeline: &Timeline,
        lanes: &[Lane],
        (id, mine, from): (PersonId, &[usize], usize),
    ) {
        self.average_of.resize(self.weeks.len(), NO_AVERAGE);
        let day_minutes = i128::from(self.day_minutes[id.index()].max(0));
        for week in 0..self.week_count {
            let date = timeline.date(Day(week * 7));
            let (monday, weeks) = production.paid_together(id, date);
            if weeks <= 1 || monday != date {
                continue;
            }
            let weeks = weeks as u32;
            let span = from + week as usize..from + (week + weeks) as usize;
            let known = self.weeks[span.clone()].iter().flatten().next().map(|row| row.policy);
            let Some(policy) = known.map(|policy| &self.policies[policy as usize]) else {
                continue;
            };
            let mut average = Average { first: week, weeks, base: 0, daily: 0 };
            for day in (week * 7) as usize..((week + weeks) * 7).min(timeline.days()) as usize {
                let share: i128 = mine.iter().map(|&lane| i128::from(lanes[lane].share[day])).sum();
                average.base += share * day_minutes;
                average.daily += of_day(policy, share * day_minutes, 10_000);
            }
            self.average_of[span].fill(self.averages.len() as u32);
            self.averages.push(average);
        }
    }

    /// The weeks that are paid together with a week of a person: the first, and how many.
    #[inline]
    pub fn together(&self, person: u32, week: u32) -> (u32, u32) {
        self.average(person, week).map_or((week, 1), |row| (row.first, row.weeks))
    }

    #[inline]
    fn average(&self, person: u32, week: u32) -> Option<&Average> {
        if self.average_of.is_empty() {
            return None;
        }
        let first = self.first[person as usize]?;
        self.averages.get(self.average_of[(first + week) as usize] as usize)
    }

    fn week(&self, person: u32, week: u32) -> Option<&OvertimeWeek> {
        let first = self.first[person as usize]?;
        self.weeks[(first + week) as usize].as_ref()
    }

    /// Whether a person may be asked for overtime at all.
    pub fn may(&self, person: u32) -> bool {
        self.first[person as usize].is_some()
    }

    /// Whether anybody may.
    pub fn anybody_may(&self) -> bool {
        self.first.iter().any(Option::is_some)
    }

    /// Basis points of a day's share that so many minutes add.
    #[inline]
    pub fn share(&self, person: u32, minutes: u32) -> u32 {
        (i64::from(minutes) * 10_000 / self.day_minutes[person as usize].max(1)) as u32
    }

    /// The most minutes of overtime on a day on which the person works on one lane only, given the
    /// minutes asked for so far on the days of that week.
    pub fn room(&self, person: u32, day: u32, asked: &[u16; 7]) -> u32 {
        let Some(week) = self.week(person, day / 7) else { return 0 };
        if !week.may[(day % 7) as usize] {
            return self.room_off(week, (day % 7) as usize, asked);
        }
        let policy = &self.policies[week.policy as usize];
        let base = i128::from(week.base[(day % 7) as usize]);
        let in_day = i128::from(policy.cap_day_minutes.min(LONGEST_DAY)) * FINE - base;
        let used: i128 = week.base.iter().map(|&base| i128::from(base)).sum::<i128>()
            + asked.iter().map(|&minutes| i128::from(minutes)).sum::<i128>() * FINE;
        let in_week = i128::from(week.most) * FINE - used;
        (in_day.min(in_week).max(0) / FINE) as u32
    }

    /// Minutes of work on a day off: none, or as many as it has.
    fn room_off(&self, week: &OvertimeWeek, day: usize, asked: &[u16; 7]) -> u32 {
        let own = week.off[day];
        if own == 0 || asked[day] > 0 {
            return u32::from(asked[day].min(own));
        }
        let policy = &self.policies[week.policy as usize];
        let more: i128 = asked.iter().map(|&minutes| i128::from(minutes)).sum();
        let used = week.total() + (more + i128::from(own)) * FINE;
        let others = (0..7).filter(|&other| week.off[other] > 0 && asked[other] > 0).count() as i64;
        let fits = used <= i128::from(week.most.min(self.curve.plain())) * FINE
            && i64::from(week.days.1) + others < policy.days_a_week;
        if fits { u32::from(own) } else { 0 }
    }

    /// Whether an hour of a person's overtime can be worth less than it takes, or a week of theirs be heavy.
    #[inline]
    pub fn may_be_long(&self, person: u32) -> bool {
        self.long[person as usize]
    }

    /// Minutes of work that `minutes` more overtime do in a week in which so many are asked for already.
    pub fn worth(&self, person: u32, week: u32, asked: &[u16; 7], minutes: u32) -> u32 {
        let Some(row) = self.week(person, week) else { return 0 };
        let before =
            row.total() + asked.iter().map(|&asked| i128::from(asked)).sum::<i128>() * FINE;
        let more = self.curve.worth(before + i128::from(minutes) * FINE) - self.curve.worth(before);
        (more / (FINE * 10_000)) as u32
    }

    /// Whether a week with so much overtime is a heavy one; without any it is not.
    pub fn is_heavy(&self, person: u32, week: u32, asked: &[u16; 7]) -> bool {
        asked.iter().any(|&minutes| minutes > 0) && self.before_heavy(person, week, asked) < 0
    }

    /// Minutes of overtime that a week has room for before it is a heavy one; below 0 where it would be with any.
    pub fn before_heavy(&self, person: u32, week: u32, asked: &[u16; 7]) -> i64 {
        let Some(row) = self.week(person, week) else { return 0 };
        let asked: i128 = asked.iter().map(|&asked| i128::from(asked)).sum();
        let left = i128::from(self.curve.heavy) * FINE - row.total() - asked * FINE;
        left.div_euclid(FINE) as i64
    }

    /// Heavy weeks in a row that may be asked for.
    pub fn patience(&self) -> usize {
        self.curve.patience
    }

    /// Minutes that a person works on a day off, where they do.
    pub fn minutes_off(&self, person: u32, day: u32) -> u16 {
        self.week(person, day / 7).map_or(0, |week| week.off[(day % 7) as usize])
    }

    /// What a minute of overtime in a week is paid at least, in minor units, however it is spread: once
    /// its time, or the first tier where every day of the week is as long as that tier begins. Less the
    /// half unit that rounding takes from a minute at most.
    pub fn least_price(&self, person: u32, week: u32) -> f64 {
        let Some(row) = self.week(person, week) else { return 0.0 };
        let policy = &self.policies[row.policy as usize];
        let days = || row.base.iter().zip(&row.cost).filter(|(base, _)| **base > 0);
        let of_off =
            row.cost.iter().zip(&row.kind).filter(|(cost, kind)| **cost > 0 && kind.is_some());
        let Some(cost) = days().map(|(_, &cost)| cost).min() else { return 0.0 };
        let cost = of_off.map(|(&cost, _)| cost).fold(cost, i64::min);
        if policy.exempt {
            return 0.0;
        }
        let minute = cost.max(0) as f64 / self.day_minutes[person as usize].max(1) as f64;
        if policy.average_weeks > 1 {
            // Its premium is shared with the overtime of other weeks, which may have none.
            return (minute - 0.5).max(0.0);
        }
        let tier = policy.daily.first().filter(|&&(from, points)| {
            let is_full = days().all(|(&base, _)| i128::from(base) == i128::from(from) * FINE);
            is_full && policy.daily.iter().all(|&(_, later)| later >= points)
        });
        let base = row.base.map(i128::from);
        let plain = premium(policy, &base, &[10_000; 7]) == 0;
        let points = tier.filter(|_| plain).map_or(10_000, |tier| tier.1);
        // A day off that may be worked can be cheaper than a long one.
        let has_off =
            row.kind.iter().zip(&row.cost).any(|(kind, &cost)| kind.is_some() && cost > 0);
        let first = policy.weekend_multiple(row.days.0 + 1).min(policy.holiday);
        let points = if has_off { points.min(first.min(policy.seventh_day)) } else { points };
        (minute * (points.max(10_000) as f64 / 1e4) - 0.5).max(0.0)
    }

    /// Pay (component 4) and price of long weeks (component 5) of the overtime of a person in the weeks
    /// from `first` on that are paid together.
    pub fn cost(&self, person: u32, first: u32, minutes: &[[u16; 7]]) -> (Cents, Cents) {
        let (mut pay, mut long) = (Cents::ZERO, Cents::ZERO);
        let premium = match minutes {
            [_] => None,
            _ => Some(self.premium_together(person, first, minutes)),
        };
        for (week, minutes) in (first..).zip(minutes) {
            let of_week = self.cost_of_week(person, week, minutes, premium);
            pay += of_week.0;
            long += of_week.1;
        }
        (pay, long)
    }

    /// Premium of weeks that are paid together, and all their overtime in minutes.
    fn premium_together(&self, person: u32, first: u32, minutes: &[[u16; 7]]) -> (i128, i128) {
        let Some(average) = self.average(person, first) else { return (0, 0) };
        let (mut daily, mut overtime) = (average.daily, 0);
        let mut policy = None;
        for (week, minutes) in (first..).zip(minutes) {
            let own: i128 = minutes.iter().map(|&minutes| i128::from(minutes)).sum();
            let Some(row) = self.week(person, week).filter(|_| own > 0) else { continue };
            let own_policy = &self.policies[row.policy as usize];
            policy.get_or_insert(own_policy);
            overtime += own;
            let least = row.least(own_policy, minutes);
            for day in (0..7).filter(|&day| minutes[day] > 0) {
                let base = i128::from(row.base[day]);
                let total = base + i128::from(minutes[day]) * FINE;
                daily += of_day(own_policy, total, least[day]) - of_day(own_policy, base, 10_000);
            }
        }
        let Some(policy) = policy else { return (0, 0) };
        let weeks = i128::from(average.weeks);
        let with = daily.max(of_weeks(policy, average.base + overtime * FINE, weeks));
        let base = average.daily.max(of_weeks(policy, average.base, weeks));
        ((with - base).max(0), overtime)
    }

    /// Pay and price of the overtime of a week, of which each minute bears its part of `together`: the premium
    /// of several weeks and their overtime.
    fn cost_of_week(
        &self,
        person: u32,
        week: u32,
        minutes: &[u16; 7],
        together: Option<(i128, i128)>,
    ) -> (Cents, Cents) {
        let Some(first) = minutes.iter().position(|&minutes| minutes > 0) else {
            return (Cents::ZERO, Cents::ZERO);
        };
        let Some(row) = self.week(person, week) else { return (Cents::ZERO, Cents::ZERO) };
        let policy = &self.policies[row.policy as usize];
        let mut total = [0_i128; 7];
        let mut base = [0_i128; 7];
        for day in 0..7 {
            base[day] = i128::from(row.base[day]);
            total[day] = base[day] + i128::from(minutes[day]) * FINE;
        }
        let cost = i128::from(row.cost[first]);
        let day_minutes = i128::from(self.day_minutes[person as usize].max(1));
        let overtime: i128 = minutes.iter().map(|&minutes| i128::from(minutes)).sum();
        let pay = match together {
            _ if policy.exempt => 0,
            Some((premium, all)) => {
                let paid = cost.saturating_mul(overtime);
                let paid = paid.saturating_mul((all * FINE * 10_000).saturating_add(premium));
                round_half_even(paid, day_minutes * FINE * 10_000 * all.max(1))
            }
            None => {
                let least = row.least(policy, minutes);
                let premium = premium(policy, &total, &least) - premium(policy, &base, &least);
                let paid = overtime * FINE * 10_000 + premium.max(0);
                round_half_even(cost.saturating_mul(paid), day_minutes * FINE * 10_000)
            }
        };
        let sum: i128 = total.iter().sum();
        let quarters: i128 = LONG_WEEKS
            .iter()
            .map(|&(hours, quarters)| (sum - hours * 60 * FINE).max(0) * quarters)
            .sum();
        let long = round_half_even(cost.saturating_mul(quarters), 4 * day_minutes * FINE);
        (Cents(pay), Cents(long))
    }
}

/// Premium of a week in hundred-millionths of a minute: the higher of all daily tiers and the week's.
fn premium(policy: &OvertimePolicy, days: &[i128; 7], least: &[i64; 7]) -> i128 {
    let daily = days.iter().zip(least).map(|(&total, &least)| of_day(policy, total, least)).sum();
    of_weeks(policy, days.iter().sum(), 1).max(daily)
}

/// Premium of a day by its tiers, or by what a day off is paid at least.
fn of_day(policy: &OvertimePolicy, total: i128, least: i64) -> i128 {
    let mut daily = 0;
    if least > 10_000 {
        let (mut from, mut times) = (0, least);
        for &(next, of_tier) in &policy.daily {
            let next = i128::from(next) * FINE;
            daily += (total.min(next) - from).max(0) * i128::from(times - 10_000);
            (from, times) = (next, least.max(of_tier));
        }
        return daily + (total - from).max(0) * i128::from(times - 10_000);
    }
    for (tier, &(from, multiplier)) in policy.daily.iter().enumerate() {
        let next = policy.daily.get(tier + 1);
        let upto = next.map_or(total, |&(next, _)| total.min(i128::from(next) * FINE));
        let inside = (upto - i128::from(from) * FINE).max(0);
        daily += inside * i128::from(multiplier - 10_000);
    }
    daily
}

/// Premium of so many weeks together by the weekly threshold.
fn of_weeks(policy: &OvertimePolicy, time: i128, weeks: i128) -> i128 {
    policy.weekly.map_or(0, |(from, multiplier)| {
        let beyond = (time - weeks * i128::from(from) * FINE).max(0);
        beyond * i128::from(multiplier - 10_000)
    })
}
