//! Why a task cannot be earlier: the chain of tasks behind its date.

use super::{Edge, Network, Span, Times, Wait};
use crate::model::{Link, TaskId};

/// One task of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainLink {
    /// The task.
    pub task: TaskId,
    /// Its earliest times.
    pub span: Span,
    /// How it waits for the task before it in the chain, with lag, review and overlap; `None` for
    /// the first, which starts on its own earliest date.
    pub wait: Option<Edge>,
    /// Whether the wait holds its end (finish links) and not its start.
    pub holds_end: bool,
}

/// The tasks that decide the earliest end of `task`, the first one first and `task` last; empty when
/// it is done or never happens.
///
/// The chain follows, from the end backwards, what held each time: through a finish the whole task
/// counts, through a start link or an early publish only what held that task's start.
pub fn binding_chain(network: &Network, times: &Times, task: TaskId) -> Vec<ChainLink> {
    let mut chain = Vec::new();
    let (mut at, mut by_end) = (task, true);
    while let Some(span) = times.span(at) {
        let (wait, holds_end) = match times.end_by[at] {
            Wait::On(row) if by_end => (Wait::On(row), true),
            _ => (times.start_by[at], false),
        };
        let edge = match wait {
            Wait::On(row) => network.predecessors(at).iter().find(|edge| edge.row == row).copied(),
            Wait::Own => None,
        };
        chain.push(ChainLink { task: at, span, wait: edge, holds_end });
        let Some(edge) = edge else { break };
        at = edge.task;
        by_end = match edge.link {
            Link::FinishToStart => !edge.has_overlap() || holds_end,
            Link::FinishToFinish => true,
            Link::StartToStart | Link::StartToFinish => false,
        };
    }
    chain.reverse();
    chain
}
