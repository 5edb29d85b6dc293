//! Schedule generation with named people: a task starts at the first time at which free people can fill
//! all its places, each giving one skill.
//!
//! Who fills which place is a matching (Kuhn, 1955, by augmenting paths): places are filled by the
//! people who are missed least elsewhere, and people change places where that lets one more in.

use super::draws::Draws;
use super::generation::{BROKEN, Scheme};
use super::network::Side;
use super::shape::Shape;
use crate::formulate::{Need, Project};

/// Kinds of places of a task up to which all sets of them are tested.
const KINDS: usize = 5;

/// A set of people, 64 in a word.
pub type Crew<const P: usize> = [u64; P];

/// What a project says of people, as sets.
#[derive(Clone, Debug)]
pub struct Staff<const P: usize> {
    people: usize,
    /// First place of each mode, and the number of places.
    first: Vec<u32>,
    /// Who can fill each place.
    able: Vec<Crew<P>>,
    /// The skill given in each place.
    skill: Vec<u32>,
    /// First test of each mode, and tests: of all who could fill some of its places, so many must be free.
    first_test: Vec<u32>,
    tests: Vec<(Crew<P>, u32)>,
    /// How much each person is missed when away.
    value: Vec<f32>,
    /// Pay of each person for one unit of time, and what that time is worth beside it.
    salary: Vec<u64>,
    price: Vec<u64>,
}

/// What a schedule with people is worth.
#[derive(Clone, Copy, Debug)]
pub struct Goal {
    /// Pay counts, else the end of the last task.
    pub is_cost: bool,
    /// No task may end later.
    pub deadline: Option<u32>,
}

impl<const P: usize> Staff<P> {
    /// The sets of a project with at most `64 × P` people, for each of its modes. Where modes differ in
    /// who may be asked (see [`by_pay`]), `limit` is the highest pay in each.
    pub fn of(project: &Project, limit: Option<&[u64]>) -> Staff<P> {
        let people = project.people.len();
        let salary = project.people.iter().map(|person| person.salary.max(0).unsigned_abs());
        let mut staff = Staff {
            people,
            first: vec![0],
            able: Vec::new(),
            skill: Vec::new(),
            first_test: vec![0],
            tests: Vec::new(),
            value: vec![0.0; people],
            salary: salary.collect(),
            price: vec![0; people],
        };
        for (task, needs) in project.needs.iter().enumerate() {
            for mode in project.modes(task) {
                let most = limit.map_or(u64::MAX, |limit| limit[mode]);
                for need in needs {
                    staff.add(project, need, most, project.duration[mode]);
                }
                staff.test(*staff.first.last().unwrap_or(&0) as usize);
                staff.first.push(staff.able.len() as u32);
                staff.first_test.push(staff.tests.len() as u32);
            }
        }
        staff
    }

    /// The same, where time of people is worth so much beside their pay.
    pub fn priced(mut self, price: &[u64]) -> Self {
        self.price[..price.len()].copy_from_slice(price);
        self
    }

    /// The tests of the mode whose places begin at `from`. Where its kinds of places are few, a team can be found
    /// if and only if all of them are passed (Hall, 1935).
    fn test(&mut self, from: usize) {
        let mut kinds: Vec<(Crew<P>, u32)> = Vec::new();
        for able in &self.able[from..] {
            match kinds.iter_mut().find(|kind| kind.0 == *able) {
                Some(kind) => kind.1 += 1,
                None => kinds.push((*able, 1)),
            }
        }
        let meets = |a: &Crew<P>, b: &Crew<P>| a.iter().zip(b).any(|(a, b)| a & b != 0);
        let most = if kinds.len() <= KINDS { 1 << kinds.len() } else { 1 };
        let mut sets: Vec<u32> = (0..kinds.len().min(32)).map(|kind| 1 << kind).collect();
        sets.extend((1..most).filter(|set: &u32| set.count_ones() > 1));
        for set in sets {
            let own: Vec<&(Crew<P>, u32)> = (0..kinds.len().min(32))
                .filter(|kind| set >> kind & 1 == 1)
                .map(|k| &kinds[k])
                .collect();
            // Kinds that share nobody are tested by themselves.
            let (mut all, mut left) = (own[0].0, own[1..].to_vec());
            while let Some(at) = left.iter().position(|kind| meets(&kind.0, &all)) {
                let kind = left.swap_remove(at);
                all.iter_mut().zip(&kind.0).for_each(|(all, own)| *all |= own);
            }
            if left.is_empty() {
                self.tests.push((all, own.iter().map(|kind| kind.1).sum()));
            }
        }
    }

    /// Whether of those free there are enough for the places of a mode, as far as the tests tell.
    #[inline]
    fn is_likely(&self, mode: usize, free: &Crew<P>) -> bool {
        let tests = self.first_test[mode] as usize..self.first_test[mode + 1] as usize;
        self.tests[tests].iter().all(|(all, count)| {
            let free: u32 = all.iter().zip(free).map(|(all, free)| (all & free).count_ones()).sum();
            free >= *count
        })
    }

    fn add(&mut self, project: &Project, need: &Need, most: u64, duration: u32) {
        let can = |&person: &usize| self.salary[person] <= most && project.is_able(person, need);
        let list: Vec<usize> = (0..self.people).filter(can).collect();
        let mut able = [0; P];
        let share = need.count as f32 * duration as f32 / list.len().max(1) as f32;
        for person in list {
            able[person / 64] |= 1 << (person % 64);
            self.value[person] += share;
        }
        // More places than people: one too many is enough to never fit.
        for _ in 0..need.count.min(self.people as u32 + 1) {
            self.able.push(able);
            self.skill.push(need.skill);
        }
    }

    fn places(&self, mode: usize) -> std::ops::Range<usize> {
        self.first[mode] as usize..self.first[mode + 1] as usize
    }

    /// Whether a mode has a team when everybody is free.
    pub fn is_enough(&self, mode: usize) -> bool {
        let mut matching = Matching::new(self);
        let all: Vec<u16> = (0..self.people as u16).collect();
        matching.fill(self, mode, &[u64::MAX; P], &all)
    }
}

/// The same project with modes that differ in the highest pay of those who may be asked, and that pay
/// for each mode: one mode for each pay of somebody able, cheapest first.
pub fn by_pay(project: &Project) -> (Project, Vec<u64>) {
    let mut expanded = Project::new(project.renewables(), project.budget.len());
    let mut limit = Vec::new();
    for (task, needs) in project.needs.iter().enumerate() {
        let mode = project.first_mode[task] as usize;
        let mut pays = vec![0];
        for need in needs {
            let able = (0..project.people.len()).filter(|&person| project.is_able(person, need));
            pays.extend(able.map(|person| project.people[person].salary.max(0).unsigned_abs()));
        }
        pays.sort_unstable();
        pays.dedup();
        let row = (project.duration[mode], project.uses_of(mode), project.spends_of(mode));
        expanded.add_task(&vec![row; pays.len()]);
        limit.extend(pays);
    }
    let Project { capacity, budget, reservoirs, links, release, people, skills, needs, .. } =
        project.clone();
    let of_tasks = expanded;
    let expanded =
        Project { capacity, budget, reservoirs, links, release, people, skills, needs, ..of_tasks };
    (expanded, limit)
}

/// Who sits where, while a task is being placed.
#[derive(Clone, Debug)]
struct Matching<const P: usize> {
    place_of: Vec<u16>,
    person_in: Vec<u16>,
    /// Who sits somewhere, and who was asked to move.
    seated: Crew<P>,
    asked: Crew<P>,
}

const NOBODY: u16 = u16::MAX;

impl<const P: usize> Matching<P> {
    fn new(staff: &Staff<P>) -> Self {
        Matching {
            place_of: vec![NOBODY; staff.people],
            person_in: Vec::new(),
            seated: [0; P],
            asked: [0; P],
        }
    }

    /// Fills all places of a mode from free people, those first in `order` first.
    fn fill(&mut self, staff: &Staff<P>, mode: usize, free: &Crew<P>, order: &[u16]) -> bool {
        let places = staff.places(mode);
        self.person_in.clear();
        self.person_in.resize(places.len(), NOBODY);
        self.seated = [0; P];
        (0..places.len()).all(|place| {
            self.asked = [0; P];
            self.seat(staff, places.start, place, free, order)
        })
    }

    fn seat(
        &mut self,
        staff: &Staff<P>,
        first: usize,
        place: usize,
        free: &Crew<P>,
        order: &[u16],
    ) -> bool {
        let able = &staff.able[first + place];
        let is_in =
            |set: &Crew<P>, person: u16| set[usize::from(person) / 64] >> (person % 64) & 1 == 1;
        let mut open = [0; P];
        for word in 0..P {
            open[word] = able[word] & free[word] & !self.seated[word];
        }
        if open != [0; P]
            && let Some(&person) = order.iter().find(|&&person| is_in(&open, person))
        {
            self.place_of[usize::from(person)] = place as u16;
            self.person_in[place] = person;
            self.seated[usize::from(person) / 64] |= 1 << (person % 64);
            return true;
        }
        for word in 0..P {
            open[word] = able[word] & free[word] & !self.asked[word];
        }
        if open == [0; P] {
            return false;
        }
        for &person in order.iter().filter(|&&person| is_in(&open, person)) {
            if is_in(&self.asked, person) {
                continue;
            }
            self.asked[usize::from(person) / 64] |= 1 << (person % 64);
            let other = usize::from(self.place_of[usize::from(person)]);
            if self.seat(staff, first, other, free, order) {
                self.place_of[usize::from(person)] = place as u16;
                self.person_in[place] = person;
                return true;
            }
        }
        false
    }
}

/// People as the only resource.
#[derive(Clone, Debug)]
pub struct Teams<'a, const P: usize> {
    shape: &'a Shape,
    staff: &'a Staff<P>,
    /// Who is busy in each slot.
    busy: Vec<Crew<P>>,
    touched: usize,
    time: Vec<i32>,
    matching: Matching<P>,
    order: Vec<u16>,
    key: Vec<f32>,
    team: Vec<(u32, u32, u32)>,
    goal: Goal,
    cost: u64,
}

impl<'a, const P: usize> Teams<'a, P> {
    /// Buffers for a project.
    pub fn new(shape: &'a Shape, staff: &'a Staff<P>, goal: Goal) -> Teams<'a, P> {
        let mut teams = Teams {
            shape,
            staff,
            busy: Vec::new(),
            touched: 0,
            time: vec![0; 2 * shape.tasks],
            matching: Matching::new(staff),
            order: (0..staff.people as u16).collect(),
            key: staff.value.clone(),
            team: Vec::new(),
            goal,
            cost: 0,
        };
        teams.sort();
        teams
    }

    fn sort(&mut self) {
        let key = &self.key;
        self.order
            .sort_unstable_by(|&a, &b| key[a as usize].total_cmp(&key[b as usize]).then(a.cmp(&b)));
    }

    fn run(&mut self, side: &Side, release: Option<&[u32]>, modes: &[u32], list: &[u32]) -> u32 {
        self.busy[..self.touched].fill([0; P]);
        self.touched = 0;
        self.team.clear();
        self.cost = 0;
        let mut last = 0;
        for &task in list {
            let task = task as usize;
            let mode = modes[task] as usize;
            let duration = self.shape.duration[mode] as usize;
            let mut earliest = release.map_or(0, |release| release[task] as i32);
            for arc in side.arcs_into(task) {
                earliest = earliest.max(self.time[arc.from as usize] + arc.lag);
            }
            let start = self.place(task, mode, earliest as usize, duration);
            let end = (start + duration) as i32;
            self.time[2 * task] = start as i32;
            self.time[2 * task + 1] = end;
            last = last.max(end);
        }
        last as u32
    }

    /// Finds the first start with a team, books it, and gives the start.
    fn place(&mut self, task: usize, mode: usize, earliest: usize, duration: usize) -> usize {
        let places = self.staff.places(mode);
        let mut start = earliest;
        if !places.is_empty() {
            loop {
                let end = start + duration;
                if end > self.busy.len() {
                    self.busy.resize(end, [0; P]);
                }
                // From the end of the window: what fails there fails for every start up to there.
                let mut free = [u64::MAX; P];
                let mut full =
                    (duration == 0 && !self.staff.is_likely(mode, &free)).then_some(start);
                for slot in (start..end).rev() {
                    let before = free;
                    for (free, busy) in free.iter_mut().zip(&self.busy[slot]) {
                        *free &= !busy;
                    }
                    if (free != before || slot + 1 == end) && !self.staff.is_likely(mode, &free) {
                        full = Some(slot);
                        break;
                    }
                }
                start = match full {
                    Some(slot) => slot + 1,
                    None if self.matching.fill(self.staff, mode, &free, &self.order) => break,
                    None => start + 1,
                };
            }
            for (place, &person) in self.matching.person_in.iter().enumerate() {
                let skill = self.staff.skill[places.start + place];
                self.team.push((task as u32, u32::from(person), skill));
                let pay = self.staff.salary[person as usize].saturating_mul(duration as u64);
                self.cost = self.cost.saturating_add(pay);
                if duration > 0 {
                    for slot in &mut self.busy[start..start + duration] {
                        slot[person as usize / 64] |= 1 << (person % 64);
                    }
                }
            }
        }
        self.touched = self.touched.max(start + duration);
        if self.touched > self.busy.len() {
            self.busy.resize(self.touched, [0; P]);
        }
        start
    }
}

impl<const P: usize> Scheme for Teams<'_, P> {
    fn shape(&self) -> &Shape {
        self.shape
    }

    fn forward(&mut self, modes: &[u32], list: &[u32]) -> Option<u32> {
        let shape = self.shape;
        Some(self.run(&shape.network.forward, Some(&shape.release), modes, list))
    }

    fn backward(&mut self, modes: &[u32], list: &[u32]) -> Option<u32> {
        let shape = self.shape;
        Some(self.run(&shape.network.backward, None, modes, list))
    }

    fn times(&self) -> &[i32] {
        &self.time
    }

    fn vary(&mut self, draws: &mut Draws) {
        // Who is missed least goes first; where pay counts, now and then who costs least.
        let by_pay = self.goal.is_cost && draws.chance(500);
        for (person, key) in self.key.iter_mut().enumerate() {
            let value = match by_pay {
                true => (self.staff.salary[person] + self.staff.price[person]) as f32,
                false => self.staff.value[person],
            };
            *key = value * (0.6 + 0.8 * draws.below(1000) as f32 / 1000.0);
        }
        self.sort();
    }

    fn value(&self, end: u32) -> u64 {
        let late = self.goal.deadline.map_or(0, |deadline| end.saturating_sub(deadline));
        let worth = if self.goal.is_cost { self.cost.min(BROKEN - 1) } else { u64::from(end) };
        match late {
            0 => worth,
            late => BROKEN + u64::from(late) * (BROKEN >> 32) + worth.min(BROKEN >> 33),
        }
    }

    fn team(&self) -> &[(u32, u32, u32)] {
        &self.team
    }
}
