//! The production while it is made: what the model does not keep but later steps need.

use super::archetype::{Parameters, ShowParameters};
use super::days::{DAY_MINUTES, SLOTS, date_of};
use super::{Recipe, places};
use crate::model::*;

/// A production in the making.
pub(super) struct Draft {
    pub recipe: Recipe,
    pub parameters: Parameters,
    pub production: Production,
    /// Department of each trade, by its place in [`TRADES`]; `None` where nothing needs it.
    pub departments: [Option<DepartmentId>; TRADES.len()],
    /// First and last working day of each show (the last is not in).
    pub span: Vec<(u32, u32)>,
    /// Shots that came into the show after it was awarded.
    pub added: Vec<ShotId>,
    /// Comps that end an asset's chain: their shots are never omitted.
    pub anchors: Vec<ShotId>,
}

/// Place of a trade in [`TRADES`].
pub(super) fn trade_index(code: &str) -> usize {
    TRADES.iter().position(|trade| trade.code == code).unwrap_or(0)
}

impl Draft {
    /// Sites, departments and shows; no work yet.
    pub(super) fn new(recipe: Recipe, parameters: Parameters) -> Draft {
        let weeks = parameters.weeks();
        let as_of_day =
            (u64::from(weeks) * 5 * u64::from(recipe.as_of_percent.min(100)) / 100) as u32;
        let as_of = date_of(as_of_day);
        let horizon_end = date_of((weeks + 26) * 5 - 1);
        let title = match parameters.shows.as_slice() {
            [only] => only.name,
            _ => "Six shows",
        };
        let mut production = Production::new(title, as_of, horizon_end);
        production.settings.currency = places::HOME;
        let calendar = CalendarId::new(0);
        production.sites = Keyed::new();
        for place in places::PLACES.iter().take(parameters.sites) {
            production.sites.push(place.site(calendar, as_of));
            if place.currency != places::HOME {
                let rate = place.rate;
                production.fx.push(FxRate {
                    currency: place.currency,
                    millionths: rate,
                    from: None,
                });
            }
        }
        let mut span = Vec::new();
        for show in &parameters.shows {
            let start = show.start_week * 5;
            let end = start + show.weeks * 5;
            span.push((start, end));
            let code = if show.code.is_empty() { "main" } else { show.code };
            production.shows.push(Show {
                name: show.name.to_owned(),
                kind: show.kind,
                start: Some(date_of(start)),
                end: Some(date_of(end - 1)),
                priority: if show.kind == ShowKind::Feature { 2 } else { 1 },
                ..Show::new(code, calendar)
            });
        }
        let departments = [None; TRADES.len()];
        Draft {
            recipe,
            parameters,
            production,
            departments,
            span,
            added: Vec::new(),
            anchors: Vec::new(),
        }
    }

    /// The shows with their ids.
    pub(super) fn shows(&self) -> Vec<(ShowId, ShowParameters)> {
        let shows = self.parameters.shows.iter().enumerate();
        shows.map(|(index, show)| (ShowId::new(index), show.clone())).collect()
    }

    /// Adds every trade that a production of this archetype can need, in pipeline order.
    pub(super) fn add_departments(&mut self) {
        for (index, trade) in TRADES.iter().enumerate() {
            if self.parameters.pools.iter().any(|pool| pool.contains(&trade.code)) {
                self.departments[index] = Some(self.production.add_department(trade.code));
            }
        }
    }

    /// The department of a trade.
    pub(super) fn department(&self, trade: usize) -> DepartmentId {
        self.departments[trade].unwrap_or(DepartmentId::new(0))
    }

    /// The trade of each department, and so its place in [`TRADES`].
    pub(super) fn trade_of(&self, department: DepartmentId) -> usize {
        self.departments.iter().position(|id| *id == Some(department)).unwrap_or(0)
    }

    /// The pool of each department.
    pub(super) fn pool_of(&self) -> Keyed<DepartmentId, u16> {
        let pool = |row: &Department| {
            self.parameters.pools.iter().position(|pool| pool.contains(&row.code.as_str()))
        };
        self.production.departments.iter().map(|row| pool(row).unwrap_or(0) as u16).collect()
    }

    /// Slots from the first day to the horizon.
    pub(super) fn horizon_slots(&self) -> u32 {
        (self.parameters.weeks() + 26) * 5 * SLOTS
    }

    /// Adds the work of a trade on an entity: `days` of bid, cut into parallel tasks of at most 12
    /// days (one artist alone would make the shot late whatever the crew). Returns the tasks.
    ///
    /// `suffix` tells apart several pieces of work of one department.
    pub(super) fn add_work(
        &mut self,
        entity: Entity,
        trade: usize,
        suffix: &str,
        days: f64,
    ) -> Vec<TaskId> {
        let parts = (days / 12.0).ceil().max(1.0);
        let bid = quarter_days(days / parts);
        let base = self.production.code_of(entity).to_owned();
        let department = self.department(trade);
        let short = TRADES[trade].code.to_ascii_lowercase();
        (1..=parts as u32)
            .map(|part| {
                let mut code = format!("{base}_{short}{suffix}");
                if parts > 1.0 {
                    // Parts are letters, elements are numbers: `fx2b`.
                    code.push(char::from(b'a' + ((part - 1) % 26) as u8));
                    if part > 26 {
                        code.push_str(&part.to_string());
                    }
                }
                self.production.tasks.push(Task::new(&code, entity, department, bid))
            })
            .collect()
    }

    /// Each task of `before` comes before each of `after`.
    pub(super) fn link(&mut self, before: &[TaskId], after: &[TaskId]) {
        for &from in before {
            for &to in after {
                self.production.dependencies.push(Dependency::new(from, to));
            }
        }
    }
}

/// Days rounded to quarters, at least one quarter, in minutes.
pub(super) fn quarter_days(days: f64) -> i64 {
    ((days * 4.0).round() as i64).max(1) * DAY_MINUTES / 4
}
