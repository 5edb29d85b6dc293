//! What overtime is paid and worth: policies, long hours and heavy weeks.

use super::{At, Builder};
use crate::model::OvertimePolicy;
use crate::read::intake::Cell;
use crate::read::values::{self, Unit};
use crate::read::words;

/// The cells of a row that say how overtime is paid, in the order in which [`Builder::overtime`] takes them.
macro_rules! overtime_cells {
    ($row:ident) => {
        [
            cell!($row.overtime_daily),
            cell!($row.overtime_weekly),
            cell!($row.overtime_average_weeks),
            cell!($row.overtime_cap_day),
            cell!($row.overtime_cap_week),
            cell!($row.overtime_cap_opted_out),
            cell!($row.overtime_exempt),
            cell!($row.overtime_days_off),
            cell!($row.overtime_cap_day_off),
            cell!($row.overtime_days_a_week),
            cell!($row.overtime_sixth_day),
            cell!($row.overtime_seventh_day),
            cell!($row.overtime_holiday),
        ]
    };
}
pub(super) use overtime_cells;

impl Builder<'_> {
    /// An overtime policy that differs from `base` where cells are filled; `None` if none is.
    pub(super) fn overtime(
        &mut self,
        at: &At<'_>,
        base: &OvertimePolicy,
        cells: [Cell<'_>; 13],
    ) -> Option<OvertimePolicy> {
        if cells.iter().all(|cell| cell.1.is_none()) {
            return None;
        }
        let [
            daily,
            weekly,
            average,
            cap_day,
            cap_week,
            cap_opted_out,
            exempt,
            days_off,
            cap_day_off,
            days,
            rest @ ..,
        ] = cells;
        let mut policy = base.clone();
        if let Some(text) = daily.1 {
            policy.daily = values::items(text)
                .filter(|item| !item.eq_ignore_ascii_case("none"))
                .filter_map(|item| self.tier(at, (daily.0, Some(item))))
                .collect();
            policy.daily.sort_unstable();
        }
        if let Some(text) = weekly.1 {
            policy.weekly = if text.eq_ignore_ascii_case("none") {
                None
            } else {
                self.tier(at, weekly).or(policy.weekly)
            };
        }
        policy.average_weeks =
            self.intake.whole(at, average, (1, 52)).unwrap_or(policy.average_weeks);
        if let Some(minutes) = self.intake.minutes(at, cap_day, 480, Unit::Hours) {
            policy.cap_day_minutes = minutes.min(1_440);
        }
        if let Some(minutes) = self.intake.minutes(at, cap_week, 480, Unit::Hours) {
            policy.cap_week_minutes = minutes.min(10_080);
        }
        if let Some(minutes) = self.intake.minutes(at, cap_opted_out, 480, Unit::Hours) {
            policy.cap_opted_out_minutes = minutes.min(10_080);
        }
        policy.exempt = self.intake.word(at, exempt, words::YES_NO).unwrap_or(policy.exempt);
        policy.days_off =
            self.intake.word(at, days_off, words::DAYS_OFF).unwrap_or(policy.days_off);
        if let Some(minutes) = self.intake.minutes(at, cap_day_off, 480, Unit::Hours) {
            policy.cap_day_off_minutes = minutes.min(1_440);
        }
        policy.days_a_week = self.intake.whole(at, days, (1, 7)).unwrap_or(policy.days_a_week);
        let [sixth, seventh, holiday] = rest;
        for (cell, multiple) in [
            (sixth, &mut policy.sixth_day),
            (seventh, &mut policy.seventh_day),
            (holiday, &mut policy.holiday),
        ] {
            *multiple = self.intake.level(at, cell, 1_000).map_or(*multiple, |to| to * 10);
        }
        Some(policy)
    }

    /// `48h 100%; 55h 60%`: what the hours of a week are worth.
    pub(super) fn long_hours(&mut self, at: &At<'_>, cell: Cell<'_>) {
        let mut steps: Vec<(i64, i64)> = Vec::new();
        for item in values::items(cell.1.unwrap_or_default()) {
            let Some((to, worth)) = item.trim().rsplit_once([' ', ':']) else {
                let message = format!("`{item}` is not a number of hours and a share");
                self.intake.wrong("R09", at, cell, message, "write `48h 100%; 55h 60%`".to_owned());
                return;
            };
            let to = self.intake.minutes(at, (cell.0, Some(to)), 480, Unit::Hours);
            let worth = self.intake.share(at, (cell.0, Some(worth)), 10_000);
            let (Some(to), Some(worth)) = (to, worth) else { return };
            if steps.last().is_some_and(|last| last.0 >= to || last.1 < worth) || to > 10_080 {
                let message =
                    format!("`{item}` is not after the hours before it, or is worth more");
                let help = "write longer weeks later, each hour worth no more than those before it";
                self.intake.wrong("V04", at, cell, message, help.to_owned());
                return;
            }
            steps.push((to, worth));
        }
        if !steps.is_empty() {
            self.production.settings.productivity.steps = steps;
        }
    }

    /// `50h; 3; 95%; 92%`: from when on a week is heavy, how many in a row are borne, and what later ones are
    /// worth.
    pub(super) fn heavy_weeks(&mut self, at: &At<'_>, cell: Cell<'_>) {
        let mut items = values::items(cell.1.unwrap_or_default());
        let Some(hours) = items.next() else { return };
        let heavy = self.intake.minutes(at, (cell.0, Some(hours)), 480, Unit::Hours);
        let weeks = self.intake.whole(at, (cell.0, items.next()), (0, 1_000));
        let worth: Option<Vec<i64>> =
            items.map(|item| self.intake.share(at, (cell.0, Some(item)), 10_000)).collect();
        let (Some(heavy), Some(worth)) = (heavy, worth) else { return };
        let curve = &mut self.production.settings.productivity;
        curve.heavy = heavy.min(10_080);
        curve.patience = weeks.map_or(curve.patience, |weeks| weeks as usize);
        curve.fatigue = worth;
    }

    /// `8h 1.5`: beyond eight hours, pay one and a half times.
    fn tier(&mut self, at: &At<'_>, cell: Cell<'_>) -> Option<(i64, i64)> {
        let text = cell.1.unwrap_or_default().trim();
        let Some((beyond, times)) = text.rsplit_once([' ', ':']) else {
            let message = format!("`{text}` is not a length of time and a multiple");
            self.intake.wrong("R09", at, cell, message, "write `8h 1.5`".to_owned());
            return None;
        };
        let minutes = self.intake.minutes(at, (cell.0, Some(beyond)), 480, Unit::Hours)?;
        let times = self.intake.level(at, (cell.0, Some(times)), 0)?;
        Some((minutes, times * 10))
    }
}
