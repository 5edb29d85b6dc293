//! Published scheduling instances with known bounds, read from the folder that the variable
//! `SHOTPLAN_BENCHMARKS` names. Without it the test says so and passes.
//!
//! The family here has people with skills at levels, tasks that need one person with one skill, and
//! an order of tasks; what counts is when the last task ends. A slot is an hour of it.

use crate::support::planning::planned;
use shotplan::model::*;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// One of the file's tasks: hours, skill and level, the tasks it waits for.
struct Job {
    id: String,
    hours: u32,
    needs: (String, u32),
    after: Vec<String>,
}

/// An instance as published.
struct Instance {
    people: Vec<Vec<(String, u32)>>,
    jobs: Vec<Job>,
}

/// Words of a line; a skill may be written `Q1: 3` or `Q1:` and `3` in two columns.
fn skills(words: &[&str]) -> Vec<(String, u32)> {
    let is_skill = |word: &&str| word.starts_with('Q');
    let starts = (0..words.len()).filter(|&at| is_skill(&words[at]));
    starts
        .map(|at| {
            let level = words.get(at + 1).and_then(|word| word.parse().ok()).expect("a level");
            (words[at].trim_end_matches(':').to_owned(), level)
        })
        .collect()
}

fn instance(text: &str) -> Instance {
    let mut instance = Instance { people: Vec::new(), jobs: Vec::new() };
    let mut in_tasks = None;
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match (words.first(), in_tasks) {
            (Some(&"ResourceID"), _) => in_tasks = Some(false),
            (Some(&"TaskID"), _) => in_tasks = Some(true),
            (Some(word), _) if word.starts_with('=') => in_tasks = None,
            (Some(_), Some(false)) => instance.people.push(skills(&words)),
            (Some(id), Some(true)) => instance.jobs.push(Job {
                id: (*id).to_owned(),
                hours: words[1].parse().expect("hours"),
                needs: skills(&words[2..4]).remove(0),
                after: words[4..].iter().map(|word| (*word).to_owned()).collect(),
            }),
            _ => {}
        }
    }
    instance
}

/// The instance as a show: four hours are a working day, every day of the week is worked.
fn production(instance: &Instance) -> Production {
    let monday = jiff::civil::date(2027, 1, 4);
    let hours: u32 = instance.jobs.iter().map(|job| job.hours).sum();
    let last = monday.saturating_add(jiff::Span::new().days(i64::from(hours / 4 + 8)));
    let mut production = Production::new("published", monday, last);
    production.settings.mode = Mode::NoOvertime;
    for calendar in production.calendars.iter_mut() {
        calendar.workdays = [true; 7];
    }
    let show = production.shows.push(Show::new("show", CalendarId::new(0)));
    let mut departments: BTreeMap<String, DepartmentId> = BTreeMap::new();
    for (skill, _) in instance.people.iter().flatten() {
        if !departments.contains_key(skill) {
            departments.insert(skill.clone(), production.add_department(skill));
        }
    }
    for (number, own) in instance.people.iter().enumerate() {
        let department = departments[&own[0].0];
        let mut person = Person::new(&format!("person {number}"), SiteId::new(0), department);
        // All at the same speed: a level is a speciality here, and a higher one covers the lower.
        person.skills = own
            .iter()
            .flat_map(|(skill, level)| (0..=*level).map(move |level| (skill, level)))
            .map(|(skill, level)| Skill {
                department: departments[skill],
                tag: Some(format!("level {level}")),
                level: 1_000,
                max_class: Class::D,
            })
            .collect();
        production.people.push(person);
    }
    let mut ids: HashMap<&str, TaskId> = HashMap::new();
    for job in &instance.jobs {
        let (skill, level) = &job.needs;
        // 120 minutes of a slot at 85 % productive are 102 minutes of work.
        let bid = i64::from(job.hours) * 102;
        let mut task = Task::new(&job.id, Entity::Show(show), departments[skill], bid);
        task.tag = Some(format!("level {level}"));
        task.review = 0;
        task.splittable = false;
        ids.insert(&job.id, production.tasks.push(task));
    }
    for job in &instance.jobs {
        for before in &job.after {
            let link = Dependency::new(ids[before.as_str()], ids[job.id.as_str()]);
            production.dependencies.push(link);
        }
    }
    // Due at once: each day of the last task's end counts.
    production.milestones.push(Milestone {
        code: "final".into(),
        name: "Final delivery".into(),
        show,
        kind: MilestoneKind::Final,
        date: monday,
        hard: false,
        penalty_per_day: Some(Cents(1_000_000)),
        contents: vec![Entity::Show(show)],
        source: Source::default(),
    });
    production
}

#[test]
fn no_plan_beats_a_published_bound() {
    let Some(folder) = std::env::var_os("SHOTPLAN_BENCHMARKS") else {
        println!("skipped: SHOTPLAN_BENCHMARKS is not set");
        return;
    };
    let folder = Path::new(&folder).join("imopse");
    let all = std::env::var("SHOTPLAN_SLOW").is_ok_and(|value| value == "1");
    let bounds = std::fs::read_to_string(folder.join("bounds.csv")).expect("bounds.csv");
    let rows: Vec<&str> = bounds.lines().skip(1).collect();
    // Spread over the list, so that each kind of instance has a chance.
    let step = if all { 1 } else { rows.len().div_ceil(5).max(1) };
    println!(
        "{:<32} {:>8} {:>8} {:>6} {:>6} {:>7}",
        "instance", "makespan", "earliest", "lb", "ub", "gap"
    );
    let mut tried = 0;
    for row in rows.iter().step_by(step) {
        let cells: Vec<&str> = row.split(',').collect();
        let (name, lower, upper) = (cells[0], cells[1].parse::<u32>(), cells[2].parse::<u32>());
        let (Ok(lower), Ok(upper)) = (lower, upper) else { continue };
        let text = std::fs::read_to_string(folder.join(name)).expect("an instance");
        let instance = instance(&text);
        if instance.jobs.len() > 200 {
            continue;
        }
        let production = production(&instance);
        let solved = planned(&production, 300);
        assert!(solved.plan.unplaced.is_empty(), "{name}: {:?}", solved.plan.unplaced);
        assert_eq!(solved.plan.assignments.len(), instance.jobs.len(), "{name}");
        let makespan = solved.plan.assignments.iter().map(|work| work.end().0).max();
        let makespan = makespan.expect("an instance has tasks");
        let earliest = solved.earliest.milestones[0].expect("all work has a place").0;
        let gap = f64::from(makespan) / f64::from(lower) * 100.0 - 100.0;
        println!("{name:<32} {makespan:>8} {earliest:>8} {lower:>6} {upper:>6} {gap:>6.1}%");
        assert!(makespan >= lower, "{name}: {makespan} is below the published bound {lower}");
        assert!(earliest <= upper, "{name}: our bound {earliest} is above a plan of {upper}");
        tried += 1;
    }
    assert!(tried > 0, "no instance was found");
}
