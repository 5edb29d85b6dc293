//! Work that passes from one site to another: its day may be over there before it arrives.

use crate::formulate::{JobKind, Problem};
use crate::model::{Id, Production, SiteId};

/// A wait whose two tasks can only be done at two sites with other clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// A row of [`Production::dependencies`].
    pub wait: usize,
    /// Where all who can do the first task work.
    pub from: SiteId,
    /// Where all who can do the second work.
    pub to: SiteId,
}

/// The hand-over of a wait; `None` where one of the tasks can be done at several sites, or where no end of work is seen
/// later at the second site than at the first.
pub(super) fn hand_over(
    problem: &Problem,
    production: &Production,
    wait: usize,
) -> Option<HandOver> {
    let edge = &production.dependencies[wait];
    let (from, to) = (only_site(problem, edge.from.index())?, only_site(problem, edge.to.index())?);
    let day = problem.slots_per_day;
    let is_later = (day + 1..=2 * day).any(|end| problem.handed(end, from, to) > end);
    is_later.then(|| HandOver {
        wait,
        from: SiteId::new(from as usize),
        to: SiteId::new(to as usize),
    })
}

/// The site of all who can do a task, if it is one.
fn only_site(problem: &Problem, task: usize) -> Option<u32> {
    let job = &problem.jobs[task];
    if job.kind != JobKind::People {
        return None;
    }
    let crew = problem.crews[job.crew as usize].iter();
    let mut sites = crew.map(|who| problem.lanes[who.lane as usize].site);
    let first = sites.next()?;
    sites.all(|site| site == first).then_some(first)
}
