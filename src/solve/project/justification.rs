//! Double justification: a schedule shifted as far right and then as far left as it goes (Valls,
//! Ballestín and Quintanilla, *Justification and RCPSP: a technique that pays*, 2005).

use super::generation::Scheme;
use super::network::{Ordering, Side};

/// Buffers for sorting by time.
#[derive(Clone, Debug, Default)]
pub struct Sorter {
    count: Vec<u32>,
    by_time: Vec<u32>,
    ordering: Ordering,
}

impl Sorter {
    /// Puts the tasks of the scheme's last schedule in the order of their starts; of equal starts,
    /// those first that others wait for.
    pub fn by_start<S: Scheme>(&mut self, scheme: &S, list: &mut Vec<u32>) {
        let (times, network) = (scheme.times(), &scheme.shape().network);
        let order = network.order.iter().copied();
        sort_by(&mut self.count, order, list, |task| times[2 * task as usize]);
        self.in_order(network.keeps_order, &network.forward, list);
    }

    /// Where a task can start or end before what it waits for, puts it after that nevertheless.
    fn in_order(&mut self, keeps_order: bool, side: &Side, list: &mut Vec<u32>) {
        if !keeps_order {
            self.by_time.clone_from(list);
            self.ordering.put(side, &self.by_time, list);
        }
    }
}

/// Justifies the scheme's last schedule, which ends at `end`. Gives the new end, and leaves in `list`
/// the order that led to it. `None` when the way back is blocked, as it can be with reservoirs.
pub fn justify<S: Scheme>(
    scheme: &mut S,
    sorter: &mut Sorter,
    modes: &[u32],
    list: &mut Vec<u32>,
    end: u32,
) -> Option<u32> {
    let (times, network) = (scheme.times(), &scheme.shape().network);
    let reversed = network.order.iter().rev().copied();
    sort_by(&mut sorter.count, reversed, list, |task| end as i32 - times[2 * task as usize + 1]);
    sorter.in_order(network.keeps_order, &network.backward, list);
    let last = scheme.backward(modes, list)?;
    // In mirrored time what ends last starts first.
    let (times, network) = (scheme.times(), &scheme.shape().network);
    let order = network.order.iter().copied();
    sort_by(&mut sorter.count, order, list, |task| last as i32 - times[2 * task as usize + 1]);
    sorter.in_order(network.keeps_order, &network.forward, list);
    scheme.forward(modes, list)
}

/// Tasks by a key from 0, those of equal key in the order they come in.
fn sort_by(
    count: &mut Vec<u32>,
    tasks: impl ExactSizeIterator<Item = u32> + Clone,
    list: &mut Vec<u32>,
    key: impl Fn(u32) -> i32,
) {
    let most = tasks.clone().map(&key).max().unwrap_or(0).max(0) as usize;
    list.clear();
    if most > 64 + 16 * tasks.len() {
        list.extend(tasks);
        list.sort_by_key(|&task| key(task));
        return;
    }
    count.clear();
    count.resize(most + 2, 0);
    for task in tasks.clone() {
        count[key(task) as usize + 1] += 1;
    }
    for at in 0..=most {
        count[at + 1] += count[at];
    }
    list.resize(count[most + 1] as usize, 0);
    for task in tasks {
        let place = &mut count[key(task) as usize];
        list[*place as usize] = task;
        *place += 1;
    }
}
