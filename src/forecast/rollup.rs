//! The same money, sorted five ways: by week, department, entity, show and person.

use super::ledger::{CostState, Posting, PostingKind, monday};
use crate::model::{AccountKind, Cents, Entity, Id, Production, Timeline};
use jiff::civil::Date;

/// A part of the cost, by what it is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Planned labour on tasks.
    pub labour: Cents,
    /// Planned overtime pay.
    pub overtime: Cents,
    /// Paid time beside tasks: booked, of leads for their teams, guaranteed, called off.
    pub idle: Cents,
    /// Open purchase orders, and vendors' work still to be ordered.
    pub commitments: Cents,
    /// Render farm, licences and desks, and what is used beyond them.
    pub technology: Cents,
    /// Posted and accrued cost.
    pub actual: Cents,
    /// Minutes of planned work, overtime included.
    pub minutes: i64,
}

impl Amounts {
    /// All of it.
    pub fn total(&self) -> Cents {
        self.labour + self.overtime + self.idle + self.commitments + self.technology + self.actual
    }
    /// What is planned for people on tasks: labour and overtime.
    pub fn planned_labour(&self) -> Cents {
        self.labour + self.overtime
    }

    fn add(&mut self, posting: &Posting) {
        let part = match posting.kind {
            // What an order accrues is cost to date, as in the cost report.
            _ if matches!(posting.state, CostState::Actual | CostState::Accrued) => {
                &mut self.actual
            }
            PostingKind::Labour => &mut self.labour,
            PostingKind::Overtime => &mut self.overtime,
            PostingKind::Idle
            | PostingKind::Team
            | PostingKind::Guaranteed
            | PostingKind::CalledOff => &mut self.idle,
            PostingKind::Commitment | PostingKind::Vendor => &mut self.commitments,
            PostingKind::Pool | PostingKind::Overflow => &mut self.technology,
            PostingKind::Actual => &mut self.actual,
        };
        *part += posting.amount;
        self.minutes += posting.minutes;
    }
}

/// The part of the cost that belongs to one department, entity, show or person; `None` is the part
/// that belongs to none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<K> {
    /// Whose.
    pub key: Option<K>,
    /// How much.
    pub amounts: Amounts,
}

/// Cost of one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CostWeek {
    /// Monday.
    pub week: Date,
    /// How much.
    pub amounts: Amounts,
    /// Sum of all weeks so far.
    pub cumulative: Cents,
}

/// Which postings are cost: all but those on revenue accounts.
pub(super) fn costs<'a>(
    production: &Production,
    ledger: &'a [Posting],
) -> impl Iterator<Item = &'a Posting> + use<'a> {
    let revenue: Vec<bool> =
        production.accounts.iter().map(|row| row.kind == AccountKind::Revenue).collect();
    ledger
        .iter()
        .filter(move |posting| !revenue.get(posting.account.index()).copied().unwrap_or(false))
}

/// Sums by an id; parts without any posting are left out, the part of nobody comes last.
pub(super) fn by_id<'a, I: Id>(
    ledger: impl Iterator<Item = &'a Posting>,
    rows: usize,
    key: impl Fn(&Posting) -> Option<I>,
) -> Vec<Part<I>> {
    let dense = sum_into(ledger, rows, |posting| key(posting).map(I::index));
    let part = |(row, amounts): (usize, Option<Amounts>)| {
        Some(Part { key: (row < rows).then(|| I::new(row)), amounts: amounts? })
    };
    dense.into_iter().enumerate().filter_map(part).collect()
}

/// Sums by entity: shots, then assets, sequences and shows.
pub(super) fn by_entity<'a>(
    production: &Production,
    ledger: impl Iterator<Item = &'a Posting>,
) -> Vec<Part<Entity>> {
    let places = EntityPlaces::of(production);
    let dense =
        sum_into(ledger, places.len(), |posting| posting.entity.map(|entity| places.place(entity)));
    let part = |(row, amounts): (usize, Option<Amounts>)| {
        Some(Part { key: places.entity(row), amounts: amounts? })
    };
    dense.into_iter().enumerate().filter_map(part).collect()
}

/// Entities in one row: shots, then assets, sequences and shows.
pub(super) struct EntityPlaces {
    assets: usize,
    sequences: usize,
    shows: usize,
    len: usize,
}

impl EntityPlaces {
    pub(super) fn of(production: &Production) -> EntityPlaces {
        let assets = production.shots.len();
        let sequences = assets + production.assets.len();
        let shows = sequences + production.sequences.len();
        EntityPlaces { assets, sequences, shows, len: shows + production.shows.len() }
    }
    pub(super) fn len(&self) -> usize {
        self.len
    }
    pub(super) fn place(&self, entity: Entity) -> usize {
        entity.index()
            + match entity {
                Entity::Shot(_) => 0,
                Entity::Asset(_) => self.assets,
                Entity::Sequence(_) => self.sequences,
                Entity::Show(_) => self.shows,
            }
    }
    pub(super) fn entity(&self, place: usize) -> Option<Entity> {
        match place {
            _ if place >= self.len => None,
            _ if place >= self.shows => Some(Entity::Show(Id::new(place - self.shows))),
            _ if place >= self.sequences => Some(Entity::Sequence(Id::new(place - self.sequences))),
            _ if place >= self.assets => Some(Entity::Asset(Id::new(place - self.assets))),
            _ => Some(Entity::Shot(Id::new(place))),
        }
    }
}

/// Sums into `rows` places and one more for postings without a place.
fn sum_into<'a>(
    ledger: impl Iterator<Item = &'a Posting>,
    rows: usize,
    place: impl Fn(&Posting) -> Option<usize>,
) -> Vec<Option<Amounts>> {
    let mut sums = vec![None; rows + 1];
    for posting in ledger {
        let row = place(posting).unwrap_or(rows).min(rows);
        sums[row].get_or_insert_with(Amounts::default).add(posting);
    }
    sums
}

/// Cost week by week: every week of the plan, and the weeks before and after it that have cost.
pub(super) fn by_week<'a>(
    timeline: &Timeline,
    ledger: impl Iterator<Item = &'a Posting> + Clone,
) -> Vec<CostWeek> {
    let planned = (0..timeline.weeks()).map(|week| timeline.monday(week));
    let (first, last) = (monday(timeline.first()), timeline.last());
    let outside =
        ledger.clone().map(|posting| posting.week).filter(|week| *week < first || *week > last);
    let mut mondays: Vec<Date> = planned.chain(outside).collect();
    mondays.sort_unstable();
    mondays.dedup();
    let sums = sum_into(ledger, mondays.len(), |posting| mondays.binary_search(&posting.week).ok());
    let mut cumulative = Cents::ZERO;
    mondays
        .into_iter()
        .zip(sums)
        .map(|(week, amounts)| {
            let amounts = amounts.unwrap_or_default();
            cumulative += amounts.total();
            CostWeek { week, amounts, cumulative }
        })
        .collect()
}
