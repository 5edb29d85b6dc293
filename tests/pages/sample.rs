//! Results to look at: made-up productions, planned by the simplest rule there is (each task to the
//! artist of its department who is free first), so that dates, people and money agree with each other.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use shotplan::result::*;
use std::collections::BTreeMap;

const SLOTS: u32 = 4;
const DAY_MINUTES: i64 = 480;

/// Departments of a shot in pipeline order: id, name, quarter-days for a class B shot, per cent of
/// shots that need it, day rate in pounds, share of the crew in per cent.
const SHOT: [(&str, &str, u32, u32, i64, u32); 9] = [
    ("mm", "Matchmove", 3, 85, 260, 6),
    ("roto", "Roto", 5, 60, 215, 8),
    ("prep", "Paint and prep", 4, 50, 225, 6),
    ("lay", "Layout", 3, 75, 300, 5),
    ("ani", "Animation", 12, 60, 390, 16),
    ("cfx", "Creature effects", 8, 25, 400, 6),
    ("fx", "Effects", 14, 50, 430, 16),
    ("lgt", "Lighting", 9, 90, 380, 15),
    ("cmp", "Compositing", 12, 100, 370, 22),
];
const NAMES: [&str; 24] = [
    "Amara Okafor",
    "Ben Whitfield",
    "Chloé Marchand",
    "Dmitri Volkov",
    "Elena García",
    "Farid Rahimi",
    "Grace Lindqvist",
    "Hiro Tanaka",
    "Isla MacLeod",
    "Jonas Weber",
    "Keiko Mori",
    "Liam O’Connor",
    "Mei Chen",
    "Noah Fischer",
    "Olivia Hart",
    "Pavel Novák",
    "Quinn Abbott",
    "Rosa Delgado",
    "Sanjay Patel",
    "Tove Hansen",
    "Uma Krishnan",
    "Víctor Ruiz",
    "Wanda Kowalska",
    "Yusuf Demir",
];

/// Numbers that look drawn at random and are the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit.max(1))) as u32
    }
}

/// How large a production to make up.
pub struct Size {
    pub name: &'static str,
    pub shots: u32,
    pub people: u32,
    /// Days between the turnovers of the first and the last shot.
    pub turnover_days: u32,
}

/// About 2,000 tasks and 80 artists.
pub fn episodic() -> Document {
    document(&Size { name: "Harbour Lights, season 2", shots: 345, people: 80, turnover_days: 95 })
}

/// More than 12,000 assignments and 350 artists.
pub fn feature() -> Document {
    document(&Size { name: "The Long Tide", shots: 2_060, people: 350, turnover_days: 235 })
}

struct Calendar {
    first: Date,
    off: Vec<bool>,
}

impl Calendar {
    fn new(first: Date, last: Date) -> Calendar {
        let holidays = [date(2027, 5, 3), date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27)];
        let off = first
            .series(1.day())
            .take_while(|day| *day <= last)
            .map(|day| {
                matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
                    || holidays.contains(&day)
            })
            .collect();
        Calendar { first, off }
    }

    fn is_off(&self, slot: u32) -> bool {
        self.off.get((slot / SLOTS) as usize).copied().unwrap_or(false)
    }

    /// First worked slot from `slot` on, and the boundary after `length` worked slots.
    fn place(&self, slot: u32, length: u32) -> (u32, u32) {
        let mut start = slot;
        while self.is_off(start) {
            start += 1;
        }
        let (mut end, mut left) = (start, length);
        while left > 0 {
            left -= u32::from(!self.is_off(end));
            end += 1;
        }
        (start, end)
    }

    fn day(&self, slot: u32) -> Date {
        self.first.saturating_add(i64::from(slot / SLOTS).days())
    }

    fn slot(&self, day: Date) -> u32 {
        (day - self.first).get_days() as u32 * SLOTS
    }

    /// Working days after `from`, up to and including `to`; negative the other way round.
    fn working_days(&self, from: Date, to: Date) -> i64 {
        if to < from {
            return -self.working_days(to, from);
        }
        let (from, to) = (self.slot(from) / SLOTS + 1, self.slot(to) / SLOTS);
        (from..=to).filter(|day| !self.is_off(day * SLOTS)).count() as i64
    }
}

struct Shot {
    id: String,
    due: Date,
    earliest: Date,
    end: Date,
    last_task: String,
    chain: Vec<String>,
}

/// A made-up production of this size, planned.
pub fn document(size: &Size) -> Document {
    let first = date(2027, 3, 29);
    let as_of = date(2027, 4, 7);
    let last = first.saturating_add(i64::from(size.turnover_days + 300).days());
    let calendar = Calendar::new(first, last);
    let mut draw = Draw(2027);
    let people = crew(size);
    let mut free: Vec<u32> = vec![calendar.slot(as_of); people.len()];
    let mut busy_with: Vec<Option<String>> = vec![None; people.len()];
    let mut tasks = Vec::new();
    let mut assignments = Vec::new();
    let mut entities = Vec::new();
    let mut shots = Vec::new();
    let rate = |department: &str| {
        SHOT.iter().find(|row| row.0 == department).map_or(30_000, |row| row.4 * 100)
    };
    for number in 0..size.shots {
        let sequence = format!("{:03}", 10 * (1 + number / 14));
        let id = format!("{sequence}_{:04}", 10 * (1 + number % 14));
        let class = ["A", "B", "B", "C", "A", "B", "C", "D"][draw.below(8) as usize];
        let factor = match class {
            "A" => 5,
            "B" => 10,
            "C" => 17,
            _ => 26,
        };
        let turnover = calendar.slot(as_of) + number * size.turnover_days * SLOTS / size.shots;
        let (mut ready, mut alone) = (turnover, turnover);
        let mut before: Option<String> = None;
        let mut chain = Vec::new();
        for (department, _, days, needed, ..) in SHOT {
            if draw.below(100) >= needed {
                continue;
            }
            let length = (days * factor * (60 + draw.below(90)) / 1_000).max(1);
            let crew: Vec<usize> = (0..people.len())
                .filter(|at| people[*at].department.as_deref() == Some(department))
                .collect();
            let artist = crew.into_iter().min_by_key(|at| (free[*at].max(ready), *at)).unwrap_or(0);
            let (start, end) = calendar.place(ready.max(free[artist]), length);
            let waits = free[artist] > ready;
            let task = format!("{id}_{department}");
            let (code, text, cause) = match (&before, waits) {
                (_, true) if busy_with[artist].is_some() => (
                    "waits_for_artist",
                    format!(
                        "waits for {}, who is busy with {} until {}",
                        people[artist].name,
                        busy_with[artist].as_deref().unwrap_or_default(),
                        calendar.day(free[artist] - 1).strftime("%-d %b")
                    ),
                    busy_with[artist].clone(),
                ),
                (Some(upstream), _) => (
                    "waits_for_task",
                    format!("waits for {upstream} to finish"),
                    Some(upstream.clone()),
                ),
                (None, _) => (
                    "release",
                    format!(
                        "starts with the turnover of {}",
                        calendar.day(turnover).strftime("%-d %b")
                    ),
                    None,
                ),
            };
            let worked = (start..end).filter(|slot| !calendar.is_off(*slot)).count() as i64;
            let effort = worked * DAY_MINUTES / i64::from(SLOTS);
            assignments.push(AssignmentRow {
                task: task.clone(),
                part: 0,
                artist: Some(people[artist].id.clone()),
                vendor: None,
                start: calendar.day(start),
                end: calendar.day(end - 1),
                segments: vec![[start, end]],
                effort_minutes: effort,
                overtime_minutes: 0,
                cost: Some(rate(department) * worked / i64::from(SLOTS)),
            });
            tasks.push(TaskRow {
                id: task.clone(),
                entity: id.clone(),
                entity_kind: "shot".into(),
                department: department.into(),
                status: if start == calendar.slot(as_of) { "wip" } else { "not_ready" }.into(),
                work_minutes: effort,
                start: Some(calendar.day(start)),
                end: Some(calendar.day(end - 1)),
                due: None,
                instant_slot: None,
                reason: Reason { code: code.into(), text, task: cause },
            });
            busy_with[artist] = Some(task.clone());
            free[artist] = end;
            ready = end;
            alone = calendar.place(alone, length).1;
            chain.push(task.clone());
            before = Some(task);
        }
        let earliest = calendar.day(alone - 1);
        let mut due = earliest.saturating_add(i64::from(11 + draw.below(16)).days());
        while due.weekday() != Weekday::Friday {
            due = due.saturating_add(1.day());
        }
        for task in tasks.iter_mut().rev().take(chain.len()) {
            task.due = Some(due);
        }
        entities.push(EntityInfo {
            id: id.clone(),
            kind: "shot".into(),
            sequence: Some(sequence),
            show: "show".into(),
            class: Some(class.into()),
            due: Some(due),
        });
        let last_task = chain.last().cloned().unwrap_or_default();
        shots.push(Shot { id, due, earliest, end: calendar.day(ready - 1), last_task, chain });
    }
    let late = late_rows(&shots, &calendar);
    let milestones = milestone_rows(&shots, &calendar);
    let crew = crew_rows(&assignments, &people, &tasks, &calendar);
    let cost = costs(&assignments, &tasks, &crew.weeks, as_of);
    let budget = cost.total.current_budget;
    let milestones_late =
        milestones.iter().filter(|row| row.slack_days.is_some_and(|days| days < 0)).count() as u32;
    Document {
        format: FORMAT.into(),
        version: VERSION,
        headline: Headline {
            delivers: late.is_empty() && milestones_late == 0,
            finish: shots.iter().map(|shot| shot.end).max(),
            milestones: milestones.len() as u32,
            milestones_late,
            deliverables: shots.len() as u32,
            deliverables_late: late.len() as u32,
            worst_late_days: late.first().map_or(0, |row| row.days_late),
            unplaced: 0,
            efc: cost.total.efc,
            budget: Some(budget),
            variance: Some(cost.total.variance),
            planned_minutes: assignments.iter().map(|row| row.effort_minutes).sum(),
        },
        production: ProductionInfo {
            name: size.name.into(),
            as_of,
            currency: "GBP".into(),
            currency_decimals: 2,
            mode: "balanced".into(),
            first_day: first,
            last_day: last,
            slots_per_day: SLOTS,
            day_minutes: DAY_MINUTES,
            days_off: (0..calendar.off.len() as u32)
                .filter(|day| calendar.off[*day as usize])
                .map(|day| calendar.day(day * SLOTS))
                .collect(),
            shows: vec![ShowInfo { id: "show".into(), name: size.name.into() }],
            departments: SHOT
                .iter()
                .map(|row| DepartmentInfo { id: row.0.into(), name: row.1.into() })
                .collect(),
            people,
            entities,
        },
        desk: None,
        since: None,
        conflicts: conflict_rows(&late, &shots),
        milestones,
        late,
        tasks,
        assignments,
        overtime: Vec::new(),
        crew,
        cost,
        warnings: warning_rows(),
        assumed: BTreeMap::from([
            ("people.level".into(), 41),
            ("tasks.max_parallel".into(), 1_204),
            ("people.day_rate".into(), 6),
            ("shots.award".into(), 12),
        ]),
        with_rates: true,
        certificate: certificate(),
    }
}

fn crew(size: &Size) -> Vec<PersonInfo> {
    let mut people = Vec::new();
    for (department, _, _, _, _, share) in SHOT {
        for _ in 0..(size.people * share / 100).max(1) {
            let at = people.len();
            let name = NAMES[at % NAMES.len()];
            people.push(PersonInfo {
                id: format!("p{at:03}"),
                name: if at < NAMES.len() {
                    name.into()
                } else {
                    format!("{name} {}", at / NAMES.len() + 1)
                },
                department: Some(department.into()),
                site: "london".into(),
                band: Some([30_000, 40_000]),
                placeholder: at % 29 == 28,
            });
        }
    }
    people
}

fn late_rows(shots: &[Shot], calendar: &Calendar) -> Vec<LateRow> {
    let mut late: Vec<LateRow> = shots
        .iter()
        .filter(|shot| shot.end > shot.due)
        .map(|shot| LateRow {
            id: shot.id.clone(),
            kind: "shot".into(),
            due: shot.due,
            planned: Some(shot.end),
            days_late: calendar.working_days(shot.due, shot.end) as u32,
            earliest_possible: Some(shot.earliest),
            last_task: Some(shot.last_task.clone()),
        })
        .collect();
    late.sort_by(|a, b| b.days_late.cmp(&a.days_late).then_with(|| a.id.cmp(&b.id)));
    late
}

/// A batch every month of due dates, and the final delivery of everything.
fn milestone_rows(shots: &[Shot], calendar: &Calendar) -> Vec<MilestoneRow> {
    let row = |id: String, name: String, kind: &str, due: Date, of: Vec<&Shot>| {
        let worst = of.iter().max_by_key(|shot| shot.end);
        let planned = worst.map(|shot| shot.end);
        MilestoneRow {
            id,
            name,
            show: "show".into(),
            kind: kind.into(),
            hard: kind == "final",
            due,
            planned,
            done: of.is_empty(),
            slack_days: planned.map(|planned| calendar.working_days(planned, due)),
            earliest_possible: of.iter().map(|shot| shot.earliest).max(),
            open_items: of.len() as u32,
            late_items: of
                .iter()
                .filter(|shot| shot.end > due)
                .map(|shot| shot.id.clone())
                .collect(),
            unplaced: 0,
            chain: worst.map_or_else(Vec::new, |shot| shot.chain.clone()),
        }
    };
    let mut months: BTreeMap<(i16, i8), Vec<&Shot>> = BTreeMap::new();
    for shot in shots {
        months.entry((shot.due.year(), shot.due.month())).or_default().push(shot);
    }
    let mut rows = vec![row(
        "turnover".into(),
        "Last turnover".into(),
        "internal",
        calendar.first.saturating_add(9.days()),
        Vec::new(),
    )];
    for (number, of) in months.into_values().enumerate() {
        let due = of.iter().map(|shot| shot.due).max().unwrap_or(calendar.first);
        rows.push(row(
            format!("batch_{}", number + 1),
            format!("Delivery batch {}", number + 1),
            "batch",
            due,
            of,
        ));
    }
    let due =
        shots.iter().map(|shot| shot.due).max().unwrap_or(calendar.first).saturating_add(7.days());
    rows.push(row("final".into(), "Final delivery".into(), "final", due, shots.iter().collect()));
    rows
}

fn crew_rows(
    assignments: &[AssignmentRow],
    people: &[PersonInfo],
    tasks: &[TaskRow],
    calendar: &Calendar,
) -> Crew {
    let weeks: Vec<Date> =
        (0..calendar.off.len() as u32 / 7).map(|week| calendar.day(week * 7 * SLOTS)).collect();
    let department_of: BTreeMap<&str, &str> =
        tasks.iter().map(|task| (task.id.as_str(), task.department.as_str())).collect();
    let mut departments = Vec::new();
    for (id, ..) in SHOT {
        let mut booked = vec![0; weeks.len()];
        for row in
            assignments.iter().filter(|row| department_of.get(row.task.as_str()) == Some(&id))
        {
            for [start, end] in &row.segments {
                for slot in (*start..*end).filter(|slot| !calendar.is_off(*slot)) {
                    booked[(slot / SLOTS / 7) as usize] += DAY_MINUTES / i64::from(SLOTS);
                }
            }
        }
        let heads =
            people.iter().filter(|person| person.department.as_deref() == Some(id)).count() as i64;
        let capacity: Vec<i64> = (0..weeks.len() as u32)
            .map(|week| {
                let worked =
                    (0..7).filter(|day| !calendar.is_off((week * 7 + day) * SLOTS)).count();
                // Effects' contracts end after half a year, as they do.
                if id == "roto" && week > 17 { 0 } else { heads * worked as i64 * DAY_MINUTES }
            })
            .collect();
        let demand = (0..weeks.len())
            .map(|week| {
                booked.iter().skip(week.saturating_sub(1)).take(3).sum::<i64>() / 3
                    + booked[week] / 6
            })
            .collect();
        departments.push(CrewRow { department: id.into(), demand, capacity, booked });
    }
    Crew { weeks, departments }
}

fn costs(assignments: &[AssignmentRow], tasks: &[TaskRow], weeks: &[Date], as_of: Date) -> Cost {
    let department_of: BTreeMap<&str, &str> =
        tasks.iter().map(|task| (task.id.as_str(), task.department.as_str())).collect();
    let planned: i64 = assignments.iter().filter_map(|row| row.cost).sum();
    let mut report = vec![CostRow {
        account: "10-01".into(),
        description: "Award".into(),
        original_budget: planned * 6 / 5,
        current_budget: planned * 6 / 5,
        etc: planned * 6 / 5,
        efc: planned * 6 / 5,
        ..CostRow::default()
    }];
    let mut by_department = Vec::new();
    for (at, (id, name, ..)) in SHOT.iter().enumerate() {
        let of =
            || assignments.iter().filter(|row| department_of.get(row.task.as_str()) == Some(id));
        let labour: i64 = of().filter_map(|row| row.cost).sum();
        let actual = labour / 12;
        let swing = [3, -5, 4, 2, -2, 6, -7, 1, 3][at];
        report.push(filled(CostRow {
            account: format!("20-{:02}", at + 1),
            description: format!("{name} labour"),
            original_budget: (labour + actual) * (100 + swing) / 100,
            approved_changes: if at == 6 { labour / 50 } else { 0 },
            actual,
            accrued: actual / 5,
            committed: labour / 3,
            etc: labour - labour / 3,
            ..CostRow::default()
        }));
        by_department.push(Slice {
            id: (*id).into(),
            kind: "department".into(),
            amount: labour,
            minutes: Some(of().map(|row| row.effort_minutes).sum()),
        });
    }
    for (account, description, budget, committed, etc) in [
        ("20-80", "Overtime premium", 1_500_000, 0, 0),
        ("30-01", "Vendors: roto and prep", 4_800_000, 4_200_000, 0),
        ("40-01", "Render farm", planned / 40, 0, planned / 45),
        ("40-03", "Licences", 0, 0, 0),
        ("50-01", "Travel", 0, 0, 0),
        ("70-01", "Contingency", planned / 20, 0, planned / 40),
    ] {
        report.push(filled(CostRow {
            account: account.into(),
            description: description.into(),
            original_budget: budget,
            committed,
            etc,
            ..CostRow::default()
        }));
    }
    let mut total = CostRow { description: "Total".into(), ..CostRow::default() };
    for row in report.iter().skip(1) {
        total.original_budget += row.original_budget;
        total.approved_changes += row.approved_changes;
        total.current_budget += row.current_budget;
        total.actual += row.actual;
        total.accrued += row.accrued;
        total.committed += row.committed;
        total.etc += row.etc;
        total.efc += row.efc;
        total.variance += row.variance;
    }
    let spent = total.actual + total.accrued;
    let mut curve: Vec<CostWeek> = weeks
        .iter()
        .map(|week| CostWeek {
            week: *week,
            labour: 0,
            overtime: 0,
            idle: 0,
            commitments: 0,
            technology: 0,
            actual: if *week <= as_of { spent / 2 } else { 0 },
            cumulative: 0,
        })
        .collect();
    for row in assignments {
        // A task's cost in the week of its end: near enough for a curve to look at.
        if let Some(week) = curve.iter_mut().rev().find(|week| week.week <= row.end) {
            week.labour += row.cost.unwrap_or_default();
            week.idle += row.cost.unwrap_or_default() / 25;
        }
    }
    let busy = curve.iter().rposition(|week| week.labour > 0).map_or(0, |at| at + 1);
    curve.truncate(busy);
    let mut sum = 0;
    for (at, week) in curve.iter_mut().enumerate() {
        week.commitments = if at % 4 == 3 { 600_000 } else { 0 };
        sum += week.labour + week.idle + week.commitments + week.actual;
        week.cumulative = sum;
    }
    Cost { report, total, weeks: curve, by_department, by_entity: Vec::new() }
}

fn filled(mut row: CostRow) -> CostRow {
    row.current_budget = row.original_budget + row.approved_changes;
    row.efc = row.actual + row.accrued + row.committed + row.etc;
    row.variance = row.current_budget - row.efc;
    row
}

/// The latest of the late shots, as if even unlimited crew could not make its date.
fn conflict_rows(late: &[LateRow], shots: &[Shot]) -> Vec<Conflict> {
    let worst = late.first().and_then(|row| shots.iter().find(|shot| shot.id == row.id));
    worst
        .map(|shot| Conflict {
            object: format!("shot {}", shot.id),
            rule: format!("must be final by {}", shot.due),
            text: format!(
                "Shot {} cannot meet {}: the crew of its departments is taken by earlier work. \
                 The plan finishes it on {}.",
                shot.id,
                shot.due.strftime("%-d %B"),
                shot.end.strftime("%-d %B")
            ),
            proven: true,
            proof: "load".into(),
            rules: vec![
                ConflictRule {
                    object: format!("shot {}", shot.id),
                    rule: format!("must be final by {}", shot.due.strftime("%-d %B %Y")),
                    file: Some("shots.csv".into()),
                    line: Some(12),
                },
                ConflictRule {
                    object: format!("task {}_cmp", shot.id),
                    rule: "has 6 d of CMP work".into(),
                    file: Some("tasks.csv".into()),
                    line: Some(81),
                },
            ],
            irreducible: true,
            also: vec![format!("task {}_cmp is locked to 3 May 2027", shot.id)],
            chain: shot.chain.clone(),
            earliest_possible: Some(shot.earliest),
            tried: true,
            ways_out: vec![
                WayOut {
                    text: format!("move the date to {}", shot.end.strftime("%-d %B")),
                    days: 3,
                    cost: 0,
                },
                WayOut {
                    text: "one more CMP artist, for 14 days of work".into(),
                    days: 0,
                    cost: 560_000,
                },
            ],
        })
        .into_iter()
        .collect()
}

fn warning_rows() -> Vec<Warning> {
    let warning = |code: &str, object: &str, message: &str, help: &str, line: u32| Warning {
        code: code.into(),
        object: object.into(),
        message: message.into(),
        help: help.into(),
        file: Some("tasks.csv".into()),
        line: Some(line),
    };
    vec![
        warning(
            "V14",
            "task 040_0060_fx",
            "the bid of 32 days is three times the usual for class B",
            "Check the bid, or split the task",
            418,
        ),
        warning(
            "V19",
            "task 100_0020_mm",
            "in progress for 41 days without a time log",
            "Update its status or log the time",
            1_022,
        ),
    ]
}

fn certificate() -> Certificate {
    let components = BTreeMap::from([
        ("broken_rules".to_owned(), 0),
        ("milestone_lateness".to_owned(), 1_834_200),
        ("shot_lateness".to_owned(), 912_650),
        ("unscheduled".to_owned(), 0),
        ("labour".to_owned(), 4_410_000),
        ("overtime_aversion".to_owned(), 0),
        ("continuity".to_owned(), 218_400),
        ("switches".to_owned(), 96_700),
        ("fit".to_owned(), 31_000),
        ("earliness".to_owned(), 12_480),
    ]);
    let objective: i64 = components.values().sum();
    Certificate {
        status: "feasible".into(),
        objective,
        multipliers: components.keys().map(|name| (name.clone(), 10_000)).collect(),
        components,
        lower_bound: 5_120_000,
        bound_from: "linear program".into(),
        gap: Some((objective - 5_120_000) * 10_000 / objective),
        bounds: BTreeMap::from([
            ("critical path".into(), 310_000),
            ("load".into(), 2_240_000),
            ("linear program".into(), 5_120_000),
        ]),
        improvement: vec![
            [0, 11_920_000],
            [14, 10_450_000],
            [60, 9_100_000],
            [180, 8_330_000],
            [420, 7_900_000],
            [1_150, 7_610_000],
            [2_800, objective],
        ],
        seed: 1,
        steps: 4_000,
        seconds: None,
        input_hash: "5f1d7a84e963019d8e0d0b7df0e53c5ea7e16b2f4a8c3d9a60b2c7e4f1a9d385".into(),
        program: "shotplan 0.1.0".into(),
        linear_program: Some(LinearProgramInfo {
            backend: "clarabel".into(),
            columns: 4_312,
            rows: 2_980,
            value: 5_120_000,
            primal_residual: 2.1e-9,
            duality_gap: 8.4e-9,
        }),
        violations: 0,
        interrupted: false,
    }
}
