//! Which mode each task takes, within the budgets.
//!
//! A mode is usable when it fits into the capacities by itself and no other mode of its task is at
//! least as good in everything. Whether the budgets allow any choice at all is decided exactly for one
//! or two of them, by a table over what is spent of the first (Bellman, 1957).

use super::draws::Draws;
use super::shape::fits;
use crate::formulate::Project;

/// Cells of the table over the first budget.
const MOST_CELLS: u64 = 20_000_000;

/// The usable modes and what they spend.
#[derive(Clone, Debug)]
pub struct Modes {
    first: Vec<u32>,
    usable: Vec<u32>,
    spends: Vec<u32>,
    budget: Vec<i64>,
    /// A choice within the budgets, as far as one is known.
    safe: Vec<u32>,
    /// No choice stays within the budgets.
    is_refuted: bool,
}

impl Modes {
    /// The usable modes of a project in which every task has a mode that fits.
    pub fn of(project: &Project) -> Modes {
        let beats = |a: usize, b: usize| {
            let no_more = |a: &[u32], b: &[u32]| a.iter().zip(b).all(|(a, b)| a <= b);
            project.duration[a] <= project.duration[b]
                && no_more(project.uses_of(a), project.uses_of(b))
                && no_more(project.spends_of(a), project.spends_of(b))
        };
        let mut first = vec![0];
        let mut usable = Vec::new();
        for task in 0..project.tasks() {
            let fitting: Vec<usize> =
                project.modes(task).filter(|&mode| fits(project, mode)).collect();
            let is_beaten = |mode: usize| {
                let mut others = fitting.iter().filter(|&&other| other != mode);
                // Of two equal modes the first stays.
                others.any(|&other| beats(other, mode) && (other < mode || !beats(mode, other)))
            };
            usable
                .extend(fitting.iter().filter(|&&mode| !is_beaten(mode)).map(|&mode| mode as u32));
            first.push(usable.len() as u32);
        }
        Modes::with(project, first, usable)
    }

    /// All modes of which a test says that they can be used; every task must have one.
    pub fn where_usable(project: &Project, is_usable: impl Fn(usize) -> bool) -> Modes {
        let mut first = vec![0];
        let mut usable = Vec::new();
        for task in 0..project.tasks() {
            usable.extend(
                project.modes(task).filter(|&mode| is_usable(mode)).map(|mode| mode as u32),
            );
            first.push(usable.len() as u32);
        }
        Modes::with(project, first, usable)
    }

    fn with(project: &Project, first: Vec<u32>, usable: Vec<u32>) -> Modes {
        let budget =
            project.budget.iter().map(|&budget| i64::try_from(budget).unwrap_or(i64::MAX / 4));
        let mut modes = Modes {
            first,
            usable,
            spends: project.spends.clone(),
            budget: budget.collect(),
            safe: Vec::new(),
            is_refuted: false,
        };
        modes.find_safe();
        modes
    }

    /// No choice of modes stays within the budgets.
    pub fn is_refuted(&self) -> bool {
        self.is_refuted
    }

    /// Whether there is anything to choose.
    pub fn is_single(&self) -> bool {
        self.usable.len() + 1 == self.first.len()
    }

    /// The usable modes of a task.
    pub fn list(&self, task: usize) -> &[u32] {
        &self.usable[self.first[task] as usize..self.first[task + 1] as usize]
    }

    /// A choice to begin with.
    pub fn safe(&self) -> &[u32] {
        &self.safe
    }

    fn spends_of(&self, mode: u32) -> &[u32] {
        let width = self.budget.len();
        &self.spends[mode as usize * width..][..width]
    }

    /// What is left of each budget; negative when overspent.
    pub fn slack(&self, modes: &[u32], slack: &mut Vec<i64>) {
        slack.clear();
        slack.extend_from_slice(&self.budget);
        for &mode in modes {
            for (slack, &spends) in slack.iter_mut().zip(self.spends_of(mode)) {
                *slack -= i64::from(spends);
            }
        }
    }

    /// Whether one mode can take the place of another.
    pub fn is_affordable(&self, slack: &[i64], now: u32, other: u32) -> bool {
        let pairs = self.spends_of(now).iter().zip(self.spends_of(other));
        pairs.zip(slack).all(|((&now, &other), &slack)| {
            other <= now || slack + i64::from(now) - i64::from(other) >= 0
        })
    }

    /// Books the change of one mode to another.
    pub fn switch(&self, slack: &mut [i64], now: u32, other: u32) {
        for (at, slack) in slack.iter_mut().enumerate() {
            *slack += i64::from(self.spends_of(now)[at]) - i64::from(self.spends_of(other)[at]);
        }
    }

    fn excess(slack: &[i64]) -> i64 {
        slack.iter().map(|&slack| (-slack).max(0)).sum()
    }

    /// Changes modes until the budgets hold: first those that help, then, in random order, to the safe
    /// choice. Gives what is still overspent (0 whenever a safe choice is known).
    pub fn repair(&self, modes: &mut [u32], draws: &mut Draws) -> i64 {
        if self.budget.is_empty() {
            return 0;
        }
        let tasks = modes.len();
        let mut slack = Vec::with_capacity(self.budget.len());
        self.slack(modes, &mut slack);
        let mut excess = Modes::excess(&slack);
        let mut other = slack.clone();
        for _ in 0..8 * tasks {
            if excess == 0 {
                return 0;
            }
            let task = draws.below(tasks);
            let list = self.list(task);
            let mode = list[draws.below(list.len())];
            other.copy_from_slice(&slack);
            self.switch(&mut other, modes[task], mode);
            let less = Modes::excess(&other);
            if less < excess {
                excess = less;
                modes[task] = mode;
                slack.copy_from_slice(&other);
            }
        }
        let from = draws.below(tasks.max(1));
        for at in 0..tasks {
            if excess == 0 {
                break;
            }
            let task = (from + at) % tasks;
            self.switch(&mut slack, modes[task], self.safe[task]);
            modes[task] = self.safe[task];
            excess = Modes::excess(&slack);
        }
        excess
    }

    /// Finds a choice within the budgets, or that there is none.
    fn find_safe(&mut self) {
        let tasks = self.first.len() - 1;
        self.safe = (0..tasks)
            .map(|task| {
                let spent =
                    |mode: &&u32| self.spends_of(**mode).iter().map(|&s| u64::from(s)).sum::<u64>();
                self.list(task).iter().min_by_key(spent).copied().unwrap_or(0)
            })
            .collect();
        let mut slack = Vec::new();
        self.slack(&self.safe, &mut slack);
        if Modes::excess(&slack) == 0 {
            return;
        }
        let budgets = self.budget.len();
        for a in 0..budgets {
            for b in a..budgets {
                match self.within_two(a, b) {
                    Some(None) => self.is_refuted = true,
                    Some(Some(choice)) => {
                        self.slack(&choice, &mut slack);
                        if Modes::excess(&slack) == 0 {
                            self.safe = choice;
                            return;
                        }
                    }
                    None => {}
                }
            }
        }
    }

    /// A choice within two budgets, `Some(None)` when there is none, `None` when the table would be
    /// too large: least spent of `b` for each amount spent of `a`.
    fn within_two(&self, a: usize, b: usize) -> Option<Option<Vec<u32>>> {
        let tasks = self.first.len() - 1;
        let most: u64 = (0..tasks)
            .map(|task| {
                self.list(task).iter().map(|&mode| u64::from(self.spends_of(mode)[a])).max()
            })
            .map(|most| most.unwrap_or(0))
            .sum();
        let width = most.min(self.budget[a].max(0).unsigned_abs()) + 1;
        if width.saturating_mul(tasks as u64) > MOST_CELLS {
            return None;
        }
        let width = width as usize;
        let mut least = vec![u64::MAX; width];
        least[0] = 0;
        let mut chosen = vec![u32::MAX; width * tasks];
        for task in 0..tasks {
            let mut next = vec![u64::MAX; width];
            for &mode in self.list(task) {
                let (own, other) =
                    (self.spends_of(mode)[a] as usize, u64::from(self.spends_of(mode)[b]));
                for spent in own..width {
                    let before = least[spent - own];
                    if before != u64::MAX && before + other < next[spent] {
                        next[spent] = before + other;
                        chosen[task * width + spent] = mode;
                    }
                }
            }
            least = next;
        }
        let limit = self.budget[b].max(0).unsigned_abs();
        let Some(mut spent) = (0..width).find(|&spent| least[spent] <= limit) else {
            return Some(None);
        };
        let mut choice = vec![0; tasks];
        for task in (0..tasks).rev() {
            choice[task] = chosen[task * width + spent];
            spent -= self.spends_of(choice[task])[a] as usize;
        }
        Some(Some(choice))
    }
}
