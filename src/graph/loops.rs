//! Loops: tasks that wait for each other.

use crate::model::{Id, Production, TaskId};
use petgraph::Direction::Outgoing;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::VecDeque;

/// From how many tasks of a tangle a shortest loop is looked for. Every one would be quadratic, and
/// a loop near the shortest is as good to read.
const STARTS: usize = 256;

/// The loops among open tasks: one for each tangle of tasks that all wait for each other (a strongly
/// connected component), as short a loop as was found, in the order of the waiting ("each waits for
/// the one before it, and the first for the last"), beginning with its lowest id; and each task that
/// waits for itself.
///
/// ```
/// # use shotplan::graph::cycles;
/// # use shotplan::model::*;
/// # let mut show = Production::new("loop", jiff::civil::date(2027, 1, 4), jiff::civil::date(2027, 2, 1));
/// # let calendar = CalendarId::new(0);
/// # let entity = Entity::Show(show.shows.push(Show::new("ALPHA", calendar)));
/// # let department = show.add_department("CMP");
/// # let [a, b, c] = ["a", "b", "c"].map(|code| show.tasks.push(Task::new(code, entity, department, 480)));
/// // c waits for b, b for a, a for c; and b also for c: the short loop is b, c.
/// for (from, to) in [(a, b), (b, c), (c, a), (c, b)] {
///     show.dependencies.push(Dependency::new(from, to));
/// }
/// assert_eq!(cycles(&show), vec![vec![b, c]]);
/// ```
pub fn cycles(production: &Production) -> Vec<Vec<TaskId>> {
    let mut graph: DiGraph<(), ()> =
        DiGraph::with_capacity(production.tasks.len(), production.dependencies.len());
    for _ in production.tasks.ids() {
        graph.add_node(());
    }
    let mut loops = Vec::new();
    for row in &production.dependencies {
        if !production.is_open(row.from) || !production.is_open(row.to) {
            continue;
        }
        if row.from == row.to {
            loops.push(vec![row.from]);
            continue;
        }
        graph.add_edge(NodeIndex::new(row.from.index()), NodeIndex::new(row.to.index()), ());
    }
    // Not Tarjan's method: petgraph's recurses, and a chain of 60,000 tasks would end the stack.
    let components = petgraph::algo::kosaraju_scc(&graph);
    let mut component_of = vec![u32::MAX; graph.node_count()];
    let mut search = Search { reached_from: vec![None; graph.node_count()], ..Search::default() };
    for (number, mut component) in components.into_iter().enumerate() {
        if component.len() < 2 {
            continue;
        }
        component.sort_unstable();
        for node in &component {
            component_of[node.index()] = number as u32;
        }
        let mut shortest: Option<Vec<NodeIndex>> = None;
        for &start in component.iter().take(STARTS) {
            let limit = shortest.as_ref().map_or(usize::MAX, Vec::len);
            if let Some(found) = search.loop_through(&graph, start, &component_of, limit) {
                shortest = Some(found);
            }
            if shortest.as_ref().is_some_and(|found| found.len() == 2) {
                break;
            }
        }
        if let Some(mut found) = shortest {
            let lowest = found.iter().enumerate().min_by_key(|(_, node)| **node);
            let lowest = lowest.map_or(0, |(at, _)| at);
            found.rotate_left(lowest);
            loops.push(found.into_iter().map(|node| TaskId::new(node.index())).collect());
        }
    }
    loops.sort();
    loops.dedup();
    loops
}

#[derive(Default)]
struct Search {
    reached_from: Vec<Option<NodeIndex>>,
    touched: Vec<NodeIndex>,
    queue: VecDeque<(NodeIndex, usize)>,
}

impl Search {
    /// The shortest loop through `start` with fewer than `limit` tasks, breadth first.
    fn loop_through(
        &mut self,
        graph: &DiGraph<(), ()>,
        start: NodeIndex,
        component_of: &[u32],
        limit: usize,
    ) -> Option<Vec<NodeIndex>> {
        for node in self.touched.drain(..) {
            self.reached_from[node.index()] = None;
        }
        self.queue.clear();
        self.queue.push_back((start, 1));
        while let Some((node, length)) = self.queue.pop_front() {
            if length >= limit {
                return None;
            }
            for next in graph.neighbors_directed(node, Outgoing) {
                if next == start {
                    let mut found = vec![node];
                    let mut at = node;
                    while at != start {
                        // Every node in the queue but the start has the one it was reached from.
                        at = self.reached_from[at.index()]?;
                        found.push(at);
                    }
                    found.reverse();
                    return Some(found);
                }
                let inside = component_of[next.index()] == component_of[start.index()];
                if inside && self.reached_from[next.index()].is_none() {
                    self.reached_from[next.index()] = Some(node);
                    self.touched.push(next);
                    self.queue.push_back((next, length + 1));
                }
            }
        }
        None
    }
}
