//! Plans that nobody in their right mind would make: judged without a panic, and each time alike.

use super::studio::*;
use proptest::collection::vec;
use proptest::prelude::*;
use shotplan::model::*;
use shotplan::verify;

/// A production with something of everything: two sites far apart, bookings, a vendor, a crew cap,
/// every kind of link, instants, work on hold, done work, locks, date rules, milestones.
fn everything() -> Production {
    let mut studio = Studio::new();
    let alpha = ShowId::new(0);
    let mut far = studio.show.sites[SiteId::new(0)].clone();
    (far.utc_offset_minutes, far.day_minutes) = (-480, 450);
    studio.person(CLEO).site = studio.show.sites.push(far);
    let beta = studio.show.shows.push(Show::new("beta", CalendarId::new(0)));
    studio.person(BOB).bookings = vec![booking(alpha, 4, 20, 5_000), booking(beta, 6, 25, 7_000)];
    studio.person(CLEO).contracts.push(contract(ContractKind::Freelance));
    studio.show.vendors.push(vendor("paintbox", [1, 3, 5, 9]));
    let comp = studio.comp;
    studio.show.departments[comp].curve.cap = Some(1);
    let tasks: Vec<TaskId> = (0_u32..12)
        .map(|n| {
            let minutes = i64::from(n % 5) * 300;
            let task = if n % 3 == 0 {
                studio.anim("anim", minutes)
            } else {
                studio.comp_on(n as usize % 2, "comp", minutes)
            };
            studio.task(task).max_parallel = 1 + n % 3;
            studio.task(task).splittable = n % 2 == 0;
            task
        })
        .collect();
    studio.task(tasks[3]).status = Status::Hold;
    studio.task(tasks[4]).status = Status::Final;
    studio.task(tasks[5]).vendor = Some(VendorId::new(0));
    studio.task(tasks[6]).entity = Entity::Show(beta);
    let locked = studio.task(tasks[7]);
    (locked.lock, locked.assigned) = (Lock::Both, vec![PersonId::new(BOB)]);
    (locked.start, locked.end) = (Some(january(12)), Some(january(14)));
    studio.task(tasks[8]).rules =
        vec![DateRule::MustFinishOn(january(13)), DateRule::StartNoEarlierThan(january(5))];
    studio.task(tasks[9]).due = Some(january(9));
    let links =
        [Link::FinishToStart, Link::StartToStart, Link::FinishToFinish, Link::StartToFinish];
    for (n, pair) in tasks.windows(2).enumerate() {
        let edge = Dependency::new(pair[0], pair[1]);
        let (link, lag, overlap) = (links[n % 4], n as i32 * 3 - 9, n as i64 % 3 * 5_000);
        studio.show.dependencies.push(Dependency { link, lag, overlap, ..edge });
    }
    let contents = vec![Entity::Show(alpha), Entity::Shot(studio.shots[0])];
    let mut final_delivery = milestone(alpha, MilestoneKind::Final, 15, contents);
    (final_delivery.hard, final_delivery.penalty_per_day) = (true, Some(Cents(99)));
    studio.show.milestones.push(final_delivery);
    studio.shot(1).due = Some(january(20));
    studio.show
}

fn number(usual: u32) -> impl Strategy<Value = u32> {
    prop_oneof![20 => 0..usual, 1 => any::<u32>(), 1 => Just(u32::MAX)]
}

fn assignment() -> impl Strategy<Value = Assignment> {
    let worker = prop_oneof![
        6 => number(3).prop_map(|id| Worker::Person(PersonId::new(id as usize))),
        1 => number(2).prop_map(|id| Worker::Vendor(VendorId::new(id as usize))),
    ];
    let run = (number(330), 1_u32..40)
        .prop_map(|(start, length)| (start, start.saturating_add(length)))
        .boxed();
    let wild = (number(400), number(400)).boxed();
    let runs = vec(prop_oneof![9 => run, 1 => wild], 0..4);
    (number(12), number(3), worker, runs, any::<bool>()).prop_map(
        |(task, part, worker, mut runs, sorted)| {
            if sorted {
                runs.sort_unstable();
            }
            let task = TaskId::new(task as usize);
            Assignment { task, part, worker, segments: segments(&runs) }
        },
    )
}

fn plan() -> impl Strategy<Value = Plan> {
    let instant =
        (number(12), number(336)).prop_map(|(task, at)| (TaskId::new(task as usize), Slot(at)));
    let overtime = (number(3), number(90), number(300)).prop_map(|(person, day, minutes)| {
        Overtime { person: PersonId::new(person as usize), day: Day(day), minutes, worth: minutes }
    });
    let cause = prop_oneof![
        Just(Unplaced::NobodyCan),
        Just(Unplaced::NoTimeLeft),
        Just(Unplaced::OnHold),
        number(12).prop_map(|task| Unplaced::WaitsFor(TaskId::new(task as usize))),
    ];
    let unplaced = (number(12), cause).prop_map(|(task, why)| (TaskId::new(task as usize), why));
    (vec(assignment(), 0..16), vec(instant, 0..6), vec(overtime, 0..8), vec(unplaced, 0..6))
        .prop_map(|(assignments, instants, overtime, unplaced)| Plan {
            assignments,
            instants,
            overtime,
            unplaced,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_plan_is_judged(plan in plan()) {
        let production = everything();
        let verdict = verify::plan(&production, &plan);
        prop_assert!(verdict.violations.is_sorted());
        // The animation that needs no work is in the plan, or it is missed.
        let first = TaskId::new(0);
        let stands = plan.instants.iter().any(|row| row.0 == first)
            || plan.unplaced.iter().any(|row| row.0 == first)
            || plan.assignments.iter().any(|row| row.task == first);
        prop_assert!(stands || verdict.violations.iter().any(|v| v.task == Some(first)));
        prop_assert_eq!(verify::plan(&production, &plan), verdict);
    }
}
