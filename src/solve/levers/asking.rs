//! From a production and a date to the question of the lever program.

use crate::formulate::levers::{
    Grant, Incentives, Question, Told, buckets, crews, desks, endings, has_seats, moves, offers,
    openings, pools, seats, works,
};
use crate::formulate::staffing::Kind;
use crate::formulate::{Job, JobKind, NONE, Problem, WaitKind};
use crate::model::*;
use crate::solve::bounds::{Heads, heads};
use crate::solve::engine::priorities::{ends_by, urgency, usual_lengths};
use jiff::civil::Date;

/// What does not change while dates are tried: the compiled production and what a plan does with it.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    production: &'a Production,
    timeline: Timeline,
    lanes: Vec<Lane>,
    mode: Mode,
    problem: Problem,
    heads: Heads,
    lengths: Vec<i32>,
    /// No task need end before its own dates, nor before it ends in the plan as it is.
    ends: Vec<u32>,
    /// Incentives, with what counts for them whatever is bought.
    grants: Vec<Grant>,
}

impl<'a> Asking<'a> {
    /// `plan` is the plan without anything bought: what is not asked for stays no later than there.
    pub fn new(production: &'a Production, mode: Mode, plan: &Plan) -> Asking<'a> {
        Asking::unplanned(production, mode).beside(plan)
    }

    /// What is known before there is a plan.
    ///
    /// Earliest starts are those with one more artist in each department, on its terms of hire or of a
    /// move: who can come may be faster than who is there.
    pub fn unplanned(production: &'a Production, mode: Mode) -> Asking<'a> {
        let timeline = production.timeline();
        let lanes = availability::lanes(production, &timeline);
        let mut helped = production.clone();
        let from = production.settings.as_of;
        for department in wanted_departments(production) {
            let terms = production.hire_terms(department);
            for terms in terms.iter().filter(|row| production.sites.get(row.site).is_some()) {
                let mut artist = terms.artist("", from, None);
                artist.leave.clear();
                helped.people.push(artist);
            }
        }
        for mover in fastest_movers(production) {
            helped.people.push(mover);
        }
        let problem = Problem::new(&helped, mode);
        let heads = heads(&problem);
        let lengths = usual_lengths(&problem);
        let ends = urgency(&problem, &lengths, false).latest_end;
        let grants = Vec::new();
        Asking { production, timeline, lanes, mode, problem, heads, lengths, ends, grants }
    }

    /// With the plan without anything bought: what is not asked for need not end before it ends there.
    pub fn beside(mut self, plan: &Plan) -> Asking<'a> {
        let last = last_ends(self.production, plan);
        for (latest, end) in self.ends.iter_mut().zip(last.iter()) {
            let end = end.map_or(self.problem.slots, |end| end.0);
            *latest = end.max(*latest);
        }
        self
    }

    /// The same, with what incentives give for purchases taken off their cost.
    pub fn with_incentives(self, grants: Vec<Grant>) -> Asking<'a> {
        Asking { grants, ..self }
    }

    /// The production.
    pub fn production(&self) -> &'a Production {
        self.production
    }

    /// Days and slots.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// The latest end of each task if those of `wanted` have to be done by the end of `by`, and the end
    /// at the far end of the chain that asks for it.
    fn latest(&self, wanted: &Keyed<TaskId, bool>, by: Date) -> (Vec<u32>, Vec<u32>) {
        let mut ends = self.ends.clone();
        let by = self.timeline.end_of(by).0;
        for (task, _) in wanted.enumerate().filter(|(_, wanted)| **wanted) {
            ends[task.index()] = ends[task.index()].min(by);
        }
        let mut last = ends.clone();
        for &task in self.problem.order.iter().rev() {
            let at = task as usize;
            for wait in self.problem.followers(task) {
                let later = wait.to as usize;
                let end = ends_by(&self.problem, &self.lengths, wait, ends[later]);
                if end < ends[at] {
                    (ends[at], last[at]) = (end, last[later]);
                }
            }
        }
        (ends, last)
    }

    /// Where the chain begins that decides the earliest start of each task.
    fn origins(&self) -> Vec<u32> {
        let mut origins = self.heads.start.clone();
        for &task in &self.problem.order {
            let wait = self.heads.decided_by[task as usize];
            if let Some(wait) = self.problem.waits.get(wait as usize) {
                origins[task as usize] = origins[wait.from as usize].min(origins[task as usize]);
            }
        }
        origins
    }

    /// First start and latest end of each task that people have to do.
    ///
    /// A task may use all the room that the others of its chain leave. If all of them do, there is none:
    /// with `shared` above 0 each gives up that part of what lies outside its own share of the chain's
    /// time, in proportion to its length.
    ///
    /// *Two tasks of a day each in ten days: the first has days 0 to 9, the second days 1 to 10. Fully
    /// shared they have days 0 to 5 and 5 to 10.*
    pub fn windows(
        &self,
        wanted: &Keyed<TaskId, bool>,
        by: Date,
        shared: f64,
    ) -> Keyed<TaskId, Option<(Slot, Slot)>> {
        let (latest, last) = self.latest(wanted, by);
        let origins = self.origins();
        let window = |(task, job): (usize, &Job)| {
            let start = self.heads.start[task];
            let is_hopeless =
                self.heads.never.binary_search_by_key(&(task as u32), |row| row.0).is_ok();
            let is_work = job.kind == JobKind::People && start != NONE && !is_hopeless;
            if !is_work {
                return None;
            }
            let first_end = self.heads.end[task].min(self.problem.slots);
            // What cannot be done in time has at least its own time.
            let end = latest[task].max(first_end);
            let (before, length) =
                (start.saturating_sub(origins[task]), first_end.max(start) - start);
            let after = last[task].saturating_sub(latest[task]);
            let used = f64::from(before) + f64::from(length) + f64::from(after);
            let all = f64::from(last[task].saturating_sub(origins[task]));
            let stretch = (all / used.max(1.0)).max(1.0);
            let origin = f64::from(origins[task]);
            let share = |own: u32, part: f64| {
                let own = f64::from(own);
                own + shared.clamp(0.0, 1.0) * (part - own)
            };
            let from = share(start, origin + f64::from(before) * stretch);
            let to = share(end, origin + f64::from(before + length) * stretch);
            let from = (from.floor() as u32).clamp(start, end);
            let to = (to.ceil() as u32).clamp(from.saturating_add(length).min(end), end);
            Some((Slot(from), Slot(to)))
        };
        self.problem.jobs.iter().enumerate().map(window).collect()
    }

    /// The day before which nothing can finish all `wanted` tasks, whoever is hired on the terms there
    /// are; `None` when some of them cannot be placed at all.
    pub fn earliest(&self, wanted: &Keyed<TaskId, bool>) -> Option<Date> {
        let mut last = 0;
        for (task, _) in wanted.enumerate().filter(|(_, wanted)| **wanted) {
            let task = task.index();
            if self.heads.never.binary_search_by_key(&(task as u32), |row| row.0).is_ok() {
                return None;
            }
            let end = self.heads.end[task];
            last = last.max(if end == NONE { 0 } else { end });
        }
        Some(self.timeline.finish_date(Slot(last)))
    }

    /// What has to be done, by whom it can be, and what can be bought, if `wanted` has to be done by
    /// the end of `by`; for `shared` see [`Asking::windows`].
    pub fn question(&self, wanted: &Keyed<TaskId, bool>, by: Date, shared: f64) -> Question {
        let (mut ends, _) = self.latest(wanted, by);
        for (end, &first) in ends.iter_mut().zip(&self.heads.end) {
            *end = (*end).max(first.min(self.problem.slots));
        }
        self.asked(self.windows(wanted, by, shared), &ends, Kind::Estimate)
    }

    /// The same with nothing in it that a plan could break, and no price above what is paid: whatever is bought,
    /// no plan with all its work placed and `wanted` done by the end of `by` spends less than its value, before
    /// incentives. It leaves out room for people, pools and the lengths of tasks, and lets everybody work on every show. Moves to sites with longer days
    /// or fewer holidays are no part of it.
    pub fn bound(&self, wanted: &Keyed<TaskId, bool>, by: Date) -> Question {
        // What comes before something wanted is done by then too; a day more, for work that is handed over to
        // where the day ends later.
        let end = self.timeline.end_of(by).0;
        let mut ends = vec![self.problem.slots; self.problem.jobs.len()];
        for (task, _) in wanted.enumerate().filter(|(_, wanted)| **wanted) {
            ends[task.index()] = end;
        }
        let after = (end + self.problem.slots_per_day).min(self.problem.slots);
        for &task in self.problem.order.iter().rev() {
            let follows = self.problem.followers(task).any(|wait| {
                wait.lag >= 0
                    && matches!(wait.kind, WaitKind::StartAfterEnd | WaitKind::EndAfterEnd)
                    && ends[wait.to as usize] <= after
            });
            if follows {
                ends[task as usize] = ends[task as usize].min(after);
            }
        }
        let window = |(task, job): (usize, &Job)| {
            let start = self.heads.start[task];
            let is_work = job.kind == JobKind::People && start != NONE;
            is_work.then(|| (Slot(start), Slot(ends[task].max(start))))
        };
        let windows = self.problem.jobs.iter().enumerate().map(window).collect();
        self.asked(windows, &ends, Kind::Bound)
    }

    /// What vendors have to do anyway: who, the week in which it has to be done, and bid days.
    fn at_vendors(&self, ends: &[u32]) -> Vec<(VendorId, u32, f64)> {
        let bid_day = self.production.bid_day_minutes().max(1) as f64;
        let jobs = self.problem.jobs.iter().zip(ends);
        let row = |(job, &end): (&Job, &u32)| {
            let JobKind::Vendor(vendor, _) = job.kind else { return None };
            let week = self.timeline.week(self.timeline.day_of_end(Slot(end)));
            Some((vendor, week, job.work as f64 / bid_day))
        };
        jobs.filter_map(row).collect()
    }

    fn asked(
        &self,
        windows: Keyed<TaskId, Option<(Slot, Slot)>>,
        ends: &[u32],
        kind: Kind,
    ) -> Question {
        let last = windows.iter().flatten().map(|(_, end)| *end).max().unwrap_or_default();
        let wanted = wanted_departments(self.production);
        let terms = wanted.iter().flat_map(|id| self.production.hire_terms(*id));
        let moved = self.production.moves.iter().map(|row| row.min_weeks);
        let least = terms.map(|row| row.min_weeks).chain(moved).max();
        // Who begins in the last week stays for as long as the terms say.
        let weeks = self.timeline.week(self.timeline.day_of_end(last)) + 1 + least.unwrap_or(0);
        let runs = buckets(weeks);
        let window = |task: TaskId| windows[task];
        // A bound lets everybody work on every show: that leaves out rows, and no plan.
        let told = match kind {
            Kind::Estimate => Told::of(self.production, &self.lanes, |task| window(task).is_some()),
            Kind::Bound => Told::none(self.production),
        };
        let work = works(self.production, &self.timeline, &runs, &told, window);
        let mut departments: Vec<DepartmentId> = work.iter().map(|row| row.department).collect();
        departments.sort_unstable();
        departments.dedup();
        let there = self.at_vendors(ends);
        let offers = offers(self.production, &self.timeline, &work, &there, window);
        let is_bound = kind == Kind::Bound;
        let grants = if is_bound { Vec::new() } else { self.grants.clone() };
        let mut incentives = Incentives { grants, ..Incentives::default() };
        for grant in &mut incentives.grants {
            grant.valid = (0..weeks).map(|week| self.share_in_force(&grant.rule, week)).collect();
        }
        let has_places = incentives.has_places();
        let by_site = has_places || !is_bound && has_seats(self.production, &work);
        let (production, timeline, lanes) = (self.production, &self.timeline, &self.lanes);
        let crews = crews(
            production,
            timeline,
            lanes,
            &runs,
            (&departments, &told),
            self.mode,
            by_site,
            kind,
        );
        let endings = endings(production, timeline, weeks, &departments, &told, by_site, kind);
        let openings = openings(production, timeline, weeks, &departments);
        if has_places {
            let code = |site: Option<SiteId>| {
                site.map_or(String::new(), |site| production.sites[site].code.clone())
            };
            let site = |row: &crate::formulate::levers::Opening| {
                let terms = production.hire_terms(row.department);
                terms.get(row.terms as usize).map(|terms| terms.site)
            };
            incentives.crews = crews.iter().map(|(site, ..)| code(*site)).collect();
            incentives.endings = endings.iter().map(|(site, _)| code(*site)).collect();
            incentives.openings = openings.iter().map(|row| code(site(row))).collect();
            let place = |vendor: VendorId| production.vendors[vendor].place.clone();
            incentives.offers = offers.iter().map(|row| place(row.vendor)).collect();
        }
        let moves = match kind {
            Kind::Estimate => {
                let there = (&crews[..], &told);
                moves(production, timeline, lanes, weeks, &departments, there, &incentives)
            }
            Kind::Bound => Vec::new(), // crews work there anyway
        };
        let (there, new) = ((&crews[..], &endings[..]), (&openings[..], &moves[..]));
        // Each of these is a mean over a week.
        let estimated = !is_bound;
        Question {
            seats: match estimated {
                true => seats(production, timeline, &runs, &work, there, new),
                false => Vec::new(),
            },
            moves,
            pools: match estimated {
                true => pools(production, timeline, &runs, &work),
                false => Vec::new(),
            },
            crews: crews.into_iter().map(|(_, crew, _)| crew).collect(),
            openings,
            desks: match estimated {
                true => desks(production, timeline, lanes, weeks, &departments),
                false => Vec::new(),
            },
            endings: endings.into_iter().map(|(_, ending)| ending).collect(),
            offers,
            buckets: runs,
            work,
            caps: Vec::new(),
            incentives,
        }
    }

    /// Share of a week's days on which an incentive is in force.
    fn share_in_force(&self, rule: &IncentiveRule, week: u32) -> f64 {
        let monday = self.timeline.monday(week);
        let days = (0..7).map(|day| monday.saturating_add(jiff::Span::new().days(day)));
        let is_in_force = |day: &Date| {
            rule.valid_from.is_none_or(|from| from <= *day)
                && rule.valid_to.is_none_or(|to| *day <= to)
        };
        days.filter(is_in_force).count() as f64 / 7.0
    }
}

/// Departments with open work.
fn wanted_departments(production: &Production) -> Vec<DepartmentId> {
    let mut list: Vec<DepartmentId> = production
        .tasks
        .enumerate()
        .filter(|(id, _)| production.work_left(*id) > 0)
        .map(|(_, task)| task.department)
        .collect();
    list.sort_unstable();
    list.dedup();
    list
}

/// For each of the terms of moves somebody who is always there, as fast as the fastest who may go.
fn fastest_movers(production: &Production) -> Vec<Person> {
    let mover = |terms: &MoveTerms| {
        let may = production.people.ids().filter(|&id| production.may_move(id, terms));
        let skills = may.flat_map(|id| production.skills_after(id, terms));
        let mut best: Vec<Skill> = Vec::new();
        for skill in skills {
            let same =
                |row: &&mut Skill| (row.department, &row.tag) == (skill.department, &skill.tag);
            match best.iter_mut().find(same) {
                Some(row) => row.level = row.level.max(skill.level),
                None => best.push(Skill { max_class: Class::D, ..skill }),
            }
        }
        let site = terms.site.unwrap_or(SiteId::new(0));
        let home = best.first()?.department;
        Some(Person { skills: best, ..Person::new("", site, home) })
    };
    production.moves.iter().filter_map(mover).collect()
}

/// Where each task ends in a plan; `None` without a place.
fn last_ends(production: &Production, plan: &Plan) -> Keyed<TaskId, Option<Slot>> {
    let mut ends = Keyed::filled(None, production.tasks.len());
    for part in &plan.assignments {
        ends[part.task] = ends[part.task].max(Some(part.end()));
    }
    for &(task, at) in &plan.instants {
        ends[task] = Some(at);
    }
    ends
}
