//! How evenly the time of each team is used: what uneven use costs, kept up to date.
//!
//! A part that is put or taken off changes one person and one team in each period that it touches.

use super::schedule::Part;
use crate::formulate::{NONE, Problem};
use crate::model::Id;

/// Time used by person, and what the use of each team is worth.
#[derive(Clone, Debug)]
pub struct Balance {
    /// Basis-point slots used, by person and period.
    used: Vec<i64>,
    /// By team and period.
    teams: Vec<TeamUse>,
    cost: i64,
}

/// The use of a team's time in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct TeamUse {
    used: i64,
    /// Sum of the terms of its people.
    terms: i64,
    cost: i64,
}

impl Balance {
    /// Nothing is used.
    pub fn new(problem: &Problem) -> Balance {
        Balance {
            used: vec![0; problem.teams.time.len()],
            teams: vec![TeamUse::default(); problem.teams.team_time.len()],
            cost: 0,
        }
    }

    /// Nothing is used any more.
    pub fn clear(&mut self) {
        self.used.fill(0);
        self.teams.fill(TeamUse::default());
        self.cost = 0;
    }

    /// What uneven use costs.
    pub fn cost(&self) -> i64 {
        self.cost
    }

    /// A part is put on the board.
    pub fn take(&mut self, problem: &Problem, part: &Part) {
        self.change(problem, part, 1);
    }

    /// A part is taken off.
    pub fn give_back(&mut self, problem: &Problem, part: &Part) {
        self.change(problem, part, -1);
    }

    fn change(&mut self, problem: &Problem, part: &Part, sign: i64) {
        let teams = &problem.teams;
        each_period(problem, part, |person, period, slots| {
            let team = teams.team_of[person as usize];
            let at = (person * teams.periods + period) as usize;
            let row = &mut self.teams[(team * teams.periods + period) as usize];
            let before = teams.term(self.used[at], teams.time[at]);
            self.used[at] += sign * slots;
            row.used += sign * slots;
            row.terms += teams.term(self.used[at], teams.time[at]) - before;
            let time = teams.team_time[(team * teams.periods + period) as usize];
            let cost = (row.terms - teams.term(row.used, time)).max(0);
            self.cost += cost - row.cost;
            row.cost = cost;
        });
    }

    /// What a part would add to the terms of its artist: of two in one team the less busy one adds less.
    pub fn weight_of(&self, problem: &Problem, part: &Part) -> i64 {
        let teams = &problem.teams;
        let mut sum = 0;
        each_period(problem, part, |person, period, slots| {
            let at = (person * teams.periods + period) as usize;
            let (used, time) = (self.used[at], teams.time[at]);
            let team = (teams.team_of[person as usize] * teams.periods + period) as usize;
            let (of_team, all) = (self.teams[team].used, teams.team_time[team]);
            sum += teams.term(used + slots, time) - teams.term(used, time);
            sum -= teams.term(of_team + slots, all) - teams.term(of_team, all);
        });
        sum
    }
}

/// Calls `visit` with the person of a part, each period in which it uses time, and how much of it, without
/// overtime.
#[inline]
fn each_period(problem: &Problem, part: &Part, mut visit: impl FnMut(u32, u32, i64)) {
    let teams = &problem.teams;
    if teams.periods == 0 {
        return;
    }
    let lane = &problem.lanes[part.lane as usize];
    let person = lane.person.index() as u32;
    if teams.team_of[person as usize] == NONE {
        return;
    }
    let time = &problem.times[lane.time as usize];
    let length = teams.period_days * problem.slots_per_day;
    let (mut from, last) = (part.from, (part.end.max(1) - 1) / length);
    for period in part.start / length..=last {
        let to = if period == last { part.to } else { time.index_at((period + 1) * length) };
        let off = time.done_on_days_off(from, to);
        let slots = time.done_before(to) - time.done_before(from) - off;
        if slots > 0 {
            visit(person, period, slots as i64);
        }
        from = to;
    }
}
