//! Licences and desks of one site: who works there holds them, whoever is hired, moved or goes on there
//! as well as those who are there.
//!
//! What is held follows from the days that people of the site work, so that work that people elsewhere do
//! holds nothing here, and a head without a desk has no time for work. A longer day holds a desk no
//! longer: overtime is not counted.

use super::crews::output;
use super::moves::CrewList;
use super::pools::there;
use super::{Builder, Ending, Move, Opening, Question, Work};
use crate::formulate::program::{Column, LeverColumn, LeverRow, RowKind, Sense};
use crate::model::{DepartmentId, Id, Person, PoolId, PoolKind, Production, SiteId, Timeline};
use std::ops::Range;

/// What there is of a pool at a site, and who holds it there; counted for a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seats {
    /// The pool.
    pub pool: Option<PoolId>,
    /// What one artist holds while at work for a department.
    pub needs: Vec<(DepartmentId, f64)>,
    /// Crews at the site, and days at work for a bid day of their time.
    pub crews: Vec<(u32, f64)>,
    /// Those who can come to the site, as [`Question::stays`] lists them, and days for a bid day.
    pub stays: Vec<(u32, f64)>,
    /// Contracts at the site that can go on, and days for a bid day.
    pub endings: Vec<(u32, f64)>,
    /// What there is, by bucket.
    pub there: Vec<f64>,
    /// Price of one more for a day, in minor units; `None` = none is to be had.
    pub price: Option<f64>,
}

impl Seats {
    fn need(&self, department: DepartmentId) -> f64 {
        let row = self.needs.iter().find(|row| row.0 == department);
        row.map_or(0.0, |row| row.1)
    }
}

/// Whether a pool is counted by who works at its site, and by site people have to be told apart then.
pub(super) fn is_of_site(production: &Production, pool: PoolId) -> bool {
    let row = &production.pools[pool];
    row.kind != PoolKind::Farm && row.site.is_some_and(|site| production.sites.get(site).is_some())
}

/// Whether any work uses a pool of a site.
pub fn has_seats(production: &Production, works: &[Work]) -> bool {
    let used = |pool: PoolId| {
        works.iter().flat_map(|row| &row.tasks).any(|&task| production.pool_need(task, pool) > 0)
    };
    production.pools.ids().any(|pool| is_of_site(production, pool) && used(pool))
}

/// The pools of sites that the work uses, with who holds them.
pub fn seats(
    production: &Production,
    timeline: &Timeline,
    buckets: &[Range<u32>],
    works: &[Work],
    (crews, endings): (&CrewList, &[(Option<SiteId>, Ending)]),
    (openings, moves): (&[Opening], &[Move]),
) -> Vec<Seats> {
    let mut list = Vec::new();
    for (id, pool) in production.pools.enumerate().filter(|(id, _)| is_of_site(production, *id)) {
        let Some(site) = pool.site else { continue };
        let mut sums: Vec<(DepartmentId, f64, f64)> = Vec::new();
        for work in works {
            for &task in &work.tasks {
                let left = production.work_left(task).max(0) as f64;
                let need = left * production.pool_need(task, id).max(0) as f64;
                match sums.iter_mut().find(|row| row.0 == work.department) {
                    Some(row) => (row.1, row.2) = (row.1 + need, row.2 + left),
                    None => sums.push((work.department, need, left)),
                }
            }
        }
        let needs = sums.into_iter().filter(|row| row.1 > 0.0 && row.2 > 0.0);
        let needs: Vec<_> =
            needs.map(|(department, need, left)| (department, need / left)).collect();
        if needs.is_empty() {
            continue;
        }
        let days = |rate: f64| if rate > 0.0 { 1.0 / rate } else { 0.0 };
        // A bid day of somebody at this speed, in working days of the site.
        let at = |department: DepartmentId, level: i64| {
            days(output(production, &Person::new("", site, department), level))
        };
        let crew = |(number, (of, crew, people)): (usize, &(Option<SiteId>, _, Vec<_>))| {
            let crew: &super::Crew = crew;
            let (&(main, _), &person) = (crew.serves.first()?, people.first()?);
            let skills = production.people[person].skills.iter();
            let level =
                skills.filter(|skill| skill.department == main).map(|skill| skill.level).max();
            (*of == Some(site)).then(|| (number as u32, at(main, level.unwrap_or(0))))
        };
        let opening = |(number, row): (usize, &Opening)| {
            let terms = production.hire_terms(row.department);
            let terms = terms.get(row.terms as usize)?;
            (terms.site == site).then(|| (number as u32, at(row.department, terms.level)))
        };
        let moved = |(number, row): (usize, &Move)| {
            let terms = production.moves.get(row.to.terms as usize)?;
            let &person = row.people.first()?;
            let skills = production.skills_after(person, terms);
            let level = skills.iter().filter(|skill| skill.department == row.to.department);
            let level = level.map(|skill| skill.level).max().unwrap_or(0);
            let goes_to = terms.site.unwrap_or(production.people[person].site);
            let number = (openings.len() + number) as u32;
            (goes_to == site).then(|| (number, at(row.to.department, level)))
        };
        let ending = |(number, (of, row)): (usize, &(Option<SiteId>, Ending))| {
            let &person = row.people.first()?;
            let level = production.people[person].skills.first()?.level;
            (*of == Some(site)).then(|| (number as u32, at(row.department, level)))
        };
        let hired = openings.iter().enumerate().filter_map(opening);
        list.push(Seats {
            pool: Some(id),
            needs,
            crews: crews.iter().enumerate().filter_map(crew).collect(),
            stays: hired.chain(moves.iter().enumerate().filter_map(moved)).collect(),
            endings: endings.iter().enumerate().filter_map(ending).collect(),
            there: there(production, timeline, buckets, pool),
            price: (!pool.hard)
                .then(|| pool.overflow_price.unwrap_or_default().0.max(0) as f64 / 1_000.0),
        });
    }
    list
}

impl Question {
    /// Pools of which something can be rented, as [`Mix::rented`] has them: those that work holds, then
    /// those that people of a site hold; with the price of a unit, none where none is to be had.
    ///
    /// [`Mix::rented`]: crate::solve::levers::Mix
    pub fn shared_pools(&self) -> impl Iterator<Item = (Option<PoolId>, Option<f64>)> {
        let pools = self.pools.iter().map(|row| (Some(row.pool), row.price));
        pools.chain(self.seats.iter().map(|row| (row.pool, row.price)))
    }

    /// Whether anybody of a crew holds what a site has little of.
    pub(super) fn holds_seats(&self, crew: usize) -> bool {
        self.seats.iter().flat_map(|row| &row.crews).any(|row| row.0 as usize == crew)
    }
}

/// Who comes to a site for some weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comes {
    /// One of [`Question::stays`].
    Stay(usize),
    /// Contracts that go on.
    Ending(usize),
}

impl<'a> Builder<'a> {
    /// Time that people who come give a department in a bucket. Where they hold what a site has little of,
    /// only what is used of it counts: then that is a column of its own.
    pub(super) fn give(
        &mut self,
        who: Comes,
        department: DepartmentId,
        time: Vec<(usize, Column, f64)>,
    ) {
        let question: &'a Question = self.question;
        let shows = match who {
            Comes::Stay(at) => question.shows_of_stay(at),
            Comes::Ending(at) => question.endings.get(at).and_then(|row| row.shows.as_deref()),
        };
        let is_seated = question.seats.iter().any(|row| match who {
            Comes::Stay(at) => row.stays.iter().any(|row| row.0 as usize == at),
            Comes::Ending(at) => row.endings.iter().any(|row| row.0 as usize == at),
        });
        if !is_seated {
            for (bucket, column, days) in time {
                let room = self.room[department.index()][bucket].entry(shows).or_default();
                room.1.push((column, days));
            }
            return;
        }
        for (bucket, run) in question.buckets.iter().enumerate() {
            let of_bucket = time.iter().filter(|row| row.0 == bucket);
            let mut entries: Vec<_> = of_bucket.map(|&(_, column, days)| (column, -days)).collect();
            if entries.is_empty() {
                continue;
            }
            let (number, week) = (self.used.len() as u32, run.start);
            let column = self.column(LeverColumn::Used { number, week }, f64::INFINITY, 0.0);
            entries.push((column, 1.0));
            let kind = RowKind::Lever(LeverRow::Used { number, week });
            self.built.program.row_of(kind, Sense::AtMost, 0.0, entries);
            let room = self.room[department.index()][bucket].entry(shows).or_default();
            room.1.push((column, 1.0));
            self.used.push((who, department, bucket, column));
        }
    }

    /// What people at a site hold of a pool in a bucket is there, or rented.
    pub(super) fn seats(&mut self) {
        let question: &Question = self.question;
        for (number, row) in question.seats.iter().enumerate() {
            let pool = (question.pools.len() + number) as u32;
            let dearest = row.needs.iter().map(|need| need.1).fold(0.0, f64::max);
            let mut rented = vec![None; question.buckets.len()];
            for (bucket, run) in question.buckets.iter().enumerate() {
                let mut entries: Vec<(Column, f64)> = Vec::new();
                for &(crew, days) in &row.crews {
                    let of_crew = self.time_on.iter().filter(|of| (of.0, of.2) == (crew, bucket));
                    let held = |of: &(u32, DepartmentId, usize, Column, f64)| {
                        (of.3, row.need(of.1) * days)
                    };
                    entries.extend(of_crew.map(held));
                    let of_crew = self.overtime.iter().filter(|of| (of.0, of.1) == (crew, bucket));
                    entries.extend(of_crew.map(|of| (of.2, -dearest * days)));
                }
                for &(who, department, at, column) in &self.used {
                    let list = match who {
                        Comes::Stay(_) => &row.stays,
                        Comes::Ending(_) => &row.endings,
                    };
                    let (Comes::Stay(own) | Comes::Ending(own)) = who;
                    let days = list.iter().find(|row| row.0 as usize == own).map(|row| row.1);
                    if let Some(days) = days.filter(|_| at == bucket) {
                        entries.push((column, row.need(department) * days));
                    }
                }
                entries.retain(|(_, units)| *units != 0.0);
                if entries.is_empty() {
                    continue;
                }
                let week = run.start;
                if let Some(price) = row.price {
                    let column = self.rent(pool, week, f64::INFINITY, price);
                    entries.push((column, -1.0));
                    rented[bucket] = Some(column);
                }
                let there = row.there.get(bucket).copied().unwrap_or(0.0);
                let kind = RowKind::Lever(LeverRow::PoolFits { pool, week });
                let of_pool = self.built.program.row_of(kind, Sense::AtMost, there, entries);
                self.built.pools.push((pool, bucket as u32, of_pool));
            }
            self.built.rented.push(rented);
        }
    }
}
