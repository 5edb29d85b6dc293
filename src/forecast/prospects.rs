//! Shows that may not happen: cost and revenue without them, with all of them, and weighed by their chance.

use super::ledger::Posting;
use super::rollup::costs;
use crate::model::{Cents, ChangeState, Id, Production, ShowId};

/// A show with its chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// The show.
    pub show: ShowId,
    /// Its chance, in basis points.
    pub probability: i64,
    /// Its award and approved change orders.
    pub revenue: Cents,
    /// Its estimated final cost, before incentives.
    pub cost: Cents,
}

/// Money of a production some of whose shows may not happen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prospects {
    /// Shows whose chance is not certain; none where all are.
    pub shows: Vec<Prospect>,
    /// Revenue and cost of all else: certain shows, and what is nobody's.
    pub firm: (Cents, Cents),
}

impl Prospects {
    /// Revenue and cost with each show at its chance; each is rounded half to even.
    ///
    /// ```
    /// use shotplan::forecast::{Prospect, Prospects};
    /// use shotplan::model::{Cents, Id, ShowId};
    /// // 1,000 for 800 for certain, and with 60 % another 500 for 300.
    /// let show = ShowId::new(1);
    /// let prospect = Prospect { show, probability: 6_000, revenue: Cents(500), cost: Cents(300) };
    /// let all = Prospects { shows: vec![prospect], firm: (Cents(1_000), Cents(800)) };
    /// assert_eq!(all.weighed(), (Cents(1_300), Cents(980)));
    /// ```
    pub fn weighed(&self) -> (Cents, Cents) {
        let at_chance = |amount: Cents, row: &Prospect| amount.basis_points(row.probability);
        self.shows.iter().fold(self.firm, |(revenue, cost), row| {
            (revenue + at_chance(row.revenue, row), cost + at_chance(row.cost, row))
        })
    }
}

pub(super) fn prospects(production: &Production, ledger: &[Posting]) -> Prospects {
    if production.shows.iter().all(|show| show.probability >= 10_000) {
        return Prospects::default();
    }
    let shows = production.shows.len();
    let (mut revenue, mut cost) = (vec![Cents::ZERO; shows], vec![Cents::ZERO; shows]);
    let mut firm = (Cents::ZERO, Cents::ZERO);
    for (id, show) in production.shows.enumerate() {
        revenue[id.index()] += show.award.unwrap_or(Cents::ZERO);
    }
    let approved = production.change_orders.iter().filter(|row| row.state == ChangeState::Approved);
    for order in approved {
        revenue[order.show.index()] += order.amount;
    }
    for posting in costs(production, ledger) {
        match posting.show {
            Some(show) => cost[show.index()] += posting.amount,
            None => firm.1 += posting.amount,
        }
    }
    let mut uncertain = Vec::new();
    for (show, row) in production.shows.enumerate() {
        let (revenue, cost) = (revenue[show.index()], cost[show.index()]);
        if row.probability >= 10_000 {
            firm = (firm.0 + revenue, firm.1 + cost);
        } else {
            uncertain.push(Prospect { show, probability: row.probability, revenue, cost });
        }
    }
    Prospects { shows: uncertain, firm }
}
