//! What a day of each person costs, and until when it must be paid whatever happens.

use crate::model::{Cents, Currency, Day, Id, PersonId, Production, Timeline};
use jiff::civil::Date;

/// A run of days on which a person's day cost and contract stay the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PayRange {
    /// First day of the run; it lasts until the next one.
    from: u32,
    /// Cost of a full working day with burden, in the production's currency.
    day_cost: Cents,
    /// First day whose pay could still be saved; days before it are committed.
    avoidable_from: u32,
}

/// Day costs of all people, as dated ranges.
///
/// A show of 60,000 assignments asks for half a million day costs, but the answer changes only
/// where a contract, a rate or an exchange rate begins or ends. So `Production::day_cost` is asked
/// once for each such range, and a look-up is a binary search among a handful of them.
pub(super) struct PayTable {
    ranges: Vec<PayRange>,
    /// Where the ranges of each person begin; one more entry than people.
    offsets: Vec<usize>,
}

impl PayTable {
    pub(super) fn new(production: &Production, timeline: &Timeline) -> PayTable {
        let mut table = PayTable { ranges: Vec::new(), offsets: vec![0] };
        let mut turns: Vec<u32> = Vec::new();
        for person in production.people.ids() {
            turns.clear();
            turns.push(0);
            days_of_change(production, person, |date| {
                if timeline.contains(date) {
                    turns.push(timeline.day(date).0);
                }
            });
            turns.sort_unstable();
            turns.dedup();
            for &from in &turns {
                let date = timeline.date(Day(from));
                let avoidable_from = production.contract_on(person, date).map_or(0, |contract| {
                    let first = production.first_avoidable_day(person, contract);
                    timeline.start_of(first).0 / timeline.slots_per_day()
                });
                let day_cost = production.day_cost(person, date);
                table.ranges.push(PayRange { from, day_cost, avoidable_from });
            }
            table.offsets.push(table.ranges.len());
        }
        table
    }

    /// Cost of a full working day of `person` on `day`.
    pub(super) fn day_cost(&self, person: PersonId, day: Day) -> Cents {
        self.range(person, day).map_or(Cents::ZERO, |range| range.day_cost)
    }

    /// Whether the pay of `person` on `day` is owed even if notice were given today.
    pub(super) fn is_committed(&self, person: PersonId, day: Day) -> bool {
        self.range(person, day).is_some_and(|range| day.0 < range.avoidable_from)
    }

    fn range(&self, person: PersonId, day: Day) -> Option<&PayRange> {
        let own = self.offsets.get(person.index()..person.index() + 2)?;
        let ranges = self.ranges.get(own[0]..own[1])?;
        ranges.get(ranges.partition_point(|range| range.from <= day.0).saturating_sub(1))
    }
}

/// Calls `turn` with each day on which the day cost or the contract of a person may change.
fn days_of_change(production: &Production, person: PersonId, mut turn: impl FnMut(Date)) {
    let contracts = production.people[person].contracts.iter();
    let by_card = production.card_pay(person).filter(|_| contracts.len() == 0);
    let mut foreign: Vec<Currency> = Vec::new();
    for contract in contracts.chain(by_card) {
        turn(contract.start);
        if let Some(end) = contract.end {
            turn(end.saturating_add(jiff::Span::new().days(1)));
        }
        contract.rates.iter().for_each(|(from, _)| turn(*from));
        if contract.currency != production.settings.currency
            && !foreign.contains(&contract.currency)
        {
            foreign.push(contract.currency);
        }
    }
    if !foreign.is_empty() {
        let rates = production.fx.iter().filter(|rate| foreign.contains(&rate.currency));
        rates.filter_map(|rate| rate.from).for_each(turn);
    }
}
