//! What the hours of long weeks are worth, and how long a week may be.

use super::{
    Day, Overtime, OvertimePolicy, PersonId, Production, Timeline, availability, round_half_even,
};

/// Most minutes of a week of those who have not opted out of an average of 48 hours: no week of theirs with
/// overtime is longer, so that no average over 17 weeks is.
pub const WEEK_ON_AVERAGE: i64 = 48 * 60;
/// Most minutes of anybody's week.
pub const LEGAL_WEEK: i64 = 60 * 60;

/// A ten-thousandth of a minute: base time is a share of a day, held exactly.
const FINE: i128 = 10_000;
/// A minute in the unit of worth.
const MINUTE: i128 = 1_000_000_000_000;

/// How much work long weeks are worth, as a rule of thumb with default numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductivityCurve {
    /// Up to so many minutes of a week, a minute is worth so many basis points; ascending. Minutes
    /// beyond the last step are worth nothing.
    pub steps: Vec<(i64, i64)>,
    /// A week with more minutes than this is heavy.
    pub heavy: i64,
    /// Heavy weeks in a row without loss.
    pub patience: usize,
    /// What the heavy weeks after those are worth, in basis points; the last value stays.
    pub fatigue: Vec<i64>,
}

impl Default for ProductivityCurve {
    /// 1.0 to 48 h, 0.6 to 55 h, 0.25 to 60 h, nothing beyond; after three weeks over 50 h in a row
    /// the fourth is worth 0.95 of that, the fifth and later 0.92.
    fn default() -> Self {
        ProductivityCurve {
            steps: vec![(48 * 60, 10_000), (55 * 60, 6_000), (60 * 60, 2_500)],
            heavy: 50 * 60,
            patience: 3,
            fatigue: vec![9_500, 9_200],
        }
    }
}

impl ProductivityCurve {
    /// Minutes of work that weeks in a row are worth, each rounded half to even once.
    ///
    /// ```
    /// use shotplan::model::ProductivityCurve;
    /// let curve = ProductivityCurve::default();
    /// assert_eq!(curve.effective(&[50 * 60]), [2_952]); // 49.2 h
    /// assert_eq!(curve.effective(&[55 * 60]), [3_132]); // 52.2 h
    /// assert_eq!(curve.effective(&[60 * 60, 70 * 60]), [3_207, 3_207]); // 53.45 h, however long
    /// // Three heavy weeks are borne, the fourth gives 0.95, the fifth 0.92; a short one is a rest.
    /// let weeks = curve.effective(&[3_300, 3_300, 3_300, 3_300, 3_300, 2_400, 3_300]);
    /// assert_eq!(weeks, [3_132, 3_132, 3_132, 2_975, 2_881, 2_400, 3_132]);
    /// ```
    pub fn effective(&self, weeks: &[i64]) -> Vec<i64> {
        let mut heavy_in_a_row = 0_usize;
        weeks
            .iter()
            .map(|&minutes| {
                heavy_in_a_row = if minutes > self.heavy { heavy_in_a_row + 1 } else { 0 };
                let time = i128::from(minutes) * FINE;
                round_half_even(self.worth_in_row(time, heavy_in_a_row), MINUTE)
            })
            .collect()
    }

    /// Minutes of a week that are all worth what they take.
    ///
    /// ```
    /// assert_eq!(shotplan::model::ProductivityCurve::default().plain(), 48 * 60);
    /// ```
    pub fn plain(&self) -> i64 {
        let full = self.steps.iter().take_while(|step| step.1 >= 10_000);
        full.last().map_or(0, |&(to, _)| to)
    }

    /// What so much time of a week is worth that is the `row`-th heavy one in a row (0 = it is not heavy), in
    /// 10⁻¹² minutes; `time` is in ten-thousandths of a minute.
    fn worth_in_row(&self, time: i128, row: usize) -> i128 {
        let tired = row.checked_sub(self.patience + 1);
        let factor = tired.and_then(|more| self.fatigue.get(more).or(self.fatigue.last()));
        self.worth(time).saturating_mul(i128::from(*factor.unwrap_or(&10_000)))
    }

    /// What so much time of a week is worth, without fatigue, in 10⁻⁸ minutes; `time` is in ten-thousandths of
    /// a minute.
    pub fn worth(&self, time: i128) -> i128 {
        let mut from = 0;
        let mut worth = 0_i128;
        for &(to, points) in &self.steps {
            let to = i128::from(to) * FINE;
            let inside = (time.min(to) - from).max(0);
            worth = worth.saturating_add(inside.saturating_mul(i128::from(points)));
            from = from.max(to);
        }
        worth
    }
}

impl Production {
    /// Most minutes of a week with overtime of a person under a policy: the cap of the policy, and the 48 hours of
    /// those who have not opted out, else what the policy lets those do who have.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use shotplan::model::*;
    /// let mut show = Production::new("spot", date(2027, 1, 4), date(2027, 2, 26));
    /// let comp = show.add_department("CMP");
    /// let ann = show.people.push(Person::new("ann", SiteId::new(0), comp));
    /// let policy = OvertimePolicy { cap_opted_out_minutes: 55 * 60, ..OvertimePolicy::default() };
    /// assert_eq!(show.most_in_week(ann, &policy), 48 * 60);
    /// show.people[ann].opted_out = true;
    /// assert_eq!(show.most_in_week(ann, &policy), 55 * 60);
    /// ```
    pub fn most_in_week(&self, person: PersonId, policy: &OvertimePolicy) -> i64 {
        let own = match self.people[person].opted_out {
            true => policy.cap_opted_out_minutes.clamp(WEEK_ON_AVERAGE, LEGAL_WEEK),
            false => WEEK_ON_AVERAGE,
        };
        policy.cap_week_minutes.min(own)
    }

    /// Says of each entry of overtime what it is worth where nothing else was said: in order of the days, on
    /// top of all other time of the week. `entries` are sorted by person and day.
    pub fn take_worth_in_order(&self, timeline: &Timeline, entries: &mut [Overtime]) {
        let curve = &self.settings.productivity;
        if entries.is_empty() {
            return;
        }
        let lanes = availability::lanes(self, timeline);
        for own in entries.chunk_by_mut(|a, b| a.person == b.person) {
            let person = own[0].person;
            let Some(row) = self.people.get(person) else { continue };
            let day_minutes = self.sites[row.site].day_minutes.max(0);
            let from = lanes.partition_point(|lane| lane.person < person);
            let mine = || lanes[from..].iter().take_while(|lane| lane.person == person);
            let share =
                |day: u32| mine().filter_map(move |lane| lane.share.get(day as usize).copied());
            let (mut in_a_row, mut before) = (0, None);
            for week in own.chunk_by_mut(|a, b| timeline.week(a.day) == timeline.week(b.day)) {
                let number = timeline.week(week[0].day);
                let days = (0..timeline.days()).filter(|&day| timeline.week(Day(day)) == number);
                let base: i64 = days.flat_map(share).map(i64::from).sum();
                let base = i128::from(base) * i128::from(day_minutes);
                let extra: i128 = week.iter().map(|row| i128::from(row.minutes)).sum();
                let is_heavy = base + extra * FINE > i128::from(curve.heavy) * FINE;
                in_a_row = match before {
                    _ if !is_heavy => 0,
                    Some(last) if last + 1 == number => in_a_row + 1,
                    _ => 1,
                };
                before = Some(number);
                let (mut asked, mut said) = (0, 0);
                for row in week {
                    asked += i128::from(row.minutes) * FINE;
                    let all =
                        curve.worth_in_row(base + asked, in_a_row) - curve.worth_in_row(base, 0);
                    let all = (all / MINUTE).max(0) as i64;
                    row.worth = (all - said).clamp(0, i64::from(row.minutes)) as u32;
                    said += i64::from(row.worth);
                }
            }
        }
    }
}
