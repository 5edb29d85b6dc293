//! Rule 12: when work that ends at one site can be taken up at another.

use super::case::Case;
use crate::model::{Id, SiteId};

/// The first boundary at site `to` at which work that ended at the boundary `end` at site `from` is
/// there: the same moment on the other site's clock, or its next opening. Without one of the sites
/// (instants, vendors) it is `end` itself.
///
/// Eight hours apart with days of eight hours: what London ends in the evening is there when
/// Vancouver opens on the same day; what Vancouver ends in the evening waits for London's next day.
pub(super) fn handed(case: &Case<'_>, end: u32, from: Option<SiteId>, to: Option<SiteId>) -> u32 {
    let (Some(from), Some(to)) = (from, to) else { return end };
    if from == to {
        return end;
    }
    let slots = i128::from(case.clock.per_day);
    let minutes = |site: SiteId| i128::from(case.site_day(site));
    let offset = |site: SiteId| i128::from(case.production.sites[site].utc_offset_minutes);
    // The last slot, which may be the one before the timeline for work that ends at its start.
    let last = i128::from(end) - 1;
    let (day, slot) = (last.div_euclid(slots), last.rem_euclid(slots));
    // Minutes after opening time at the other site, times the slots of a day.
    let time = (slot + 1) * minutes(from) + (offset(to) - offset(from)) * slots;
    let whole_day = 1_440 * slots;
    let (later_days, rest) = (time.div_euclid(whole_day), time.rem_euclid(whole_day));
    let day_there = minutes(to);
    let slot_there = (rest + day_there - 1) / day_there;
    // At or after closing time it waits for the next opening.
    let boundary = (day + later_days) * slots + slot_there.min(slots);
    boundary.clamp(0, i128::from(case.clock.slots)) as u32
}

impl Case<'_> {
    /// Minutes of a working day at a site, at least 1.
    fn site_day(&self, site: SiteId) -> i64 {
        debug_assert!(site.index() < self.production.sites.len());
        self.production.sites[site].day_minutes.max(1)
    }
}
