//! Handing work from site to site: how much earlier or later a boundary is over there, at best.

use super::Groups;
use crate::model::{Production, SiteId, Slot};
use std::collections::HashMap;

/// The shift of a boundary between sites, rule 12 of `docs/rules.md`.
///
/// It depends on the slot of the day and the two sites, not on the day, so it is worked out once for
/// each pair of sets of sites.
#[derive(Debug)]
pub(super) struct Handover {
    slots_per_day: u32,
    /// Minutes east of UTC and minutes of a day, by site.
    sites: Vec<(i64, i64)>,
    plain: bool,
    /// Smallest shift by slot of the day, for each pair of sets.
    shifts: HashMap<(usize, usize), Vec<i64>>,
}

impl Handover {
    pub(super) fn new(production: &Production, slots_per_day: u32) -> Handover {
        let sites: Vec<(i64, i64)> = production
            .sites
            .iter()
            .map(|site| (i64::from(site.utc_offset_minutes), site.day_minutes.max(1)))
            .collect();
        let plain = sites.windows(2).all(|pair| pair[0] == pair[1]);
        Handover { slots_per_day, sites, plain, shifts: HashMap::new() }
    }

    /// Whether all sites keep the same hours, so that nothing shifts.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }

    /// `t` at one of the sites of `from`, seen from one of those of `to`: the earliest it can be.
    pub(super) fn earliest(&mut self, from: usize, to: usize, t: Slot, groups: &Groups) -> Slot {
        let Some(last) = t.0.checked_sub(1) else { return t };
        let (sites, per_day) = (&self.sites, self.slots_per_day);
        let shifts = self.shifts.entry((from, to)).or_insert_with(|| {
            (0..per_day)
                .map(|part| {
                    let pairs = groups.site_set(from).iter().flat_map(|&from| {
                        groups
                            .site_set(to)
                            .iter()
                            .map(move |&to| shift(sites, per_day, from, to, part))
                    });
                    pairs.min().unwrap_or(0)
                })
                .collect()
        });
        let moved = i64::from(t.0) + shifts[(last % per_day) as usize];
        Slot(u32::try_from(moved.max(0)).unwrap_or(u32::MAX))
    }
}

/// How many slots later the end of slot `part` of a day at `from` is at `to`; negative = earlier.
fn shift(sites: &[(i64, i64)], slots_per_day: u32, from: SiteId, to: SiteId, part: u32) -> i64 {
    use crate::model::Id;
    let ((east_from, day_from), (east_to, day_to)) = (sites[from.index()], sites[to.index()]);
    let (slots, part) = (i64::from(slots_per_day), i64::from(part));
    let minutes = ((part + 1) * day_from).div_euclid(slots) + east_to - east_from;
    let (days, rest) = (minutes.div_euclid(1_440), minutes.rem_euclid(1_440));
    let slot = (rest * slots + day_to - 1) / day_to;
    let at = if slot < slots { days * slots + slot } else { (days + 1) * slots };
    at - (part + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;

    #[test]
    fn work_handed_west_is_there_the_same_morning_and_handed_east_the_next_day() {
        // London and Vancouver, eight hours apart, days of eight hours in four slots.
        let sites = [(0, 480), (-480, 480)];
        let [london, vancouver] = [SiteId::new(0), SiteId::new(1)];
        // The end of the London day is 480 minutes after opening there: Vancouver's opening time.
        assert_eq!(shift(&sites, 4, london, vancouver, 3), -4);
        // The end of the Vancouver day is 960 minutes after London opened: next day's opening.
        assert_eq!(shift(&sites, 4, vancouver, london, 3), 0);
        // Vancouver's first quarter ends 600 minutes after London opened: it waits for tomorrow.
        assert_eq!(shift(&sites, 4, vancouver, london, 0), 3);
        assert_eq!(shift(&sites, 4, london, london, 2), 0);
    }
}
