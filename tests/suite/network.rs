//! The network on small shows, with numbers worked out by hand.
//!
//! All shows start on Monday 4 January 2027; a day has four slots, a week 28 boundaries, and the
//! first weekend lies between boundaries 20 and 28.

use jiff::civil::date;
use shotplan::graph::{
    Network, Reach, Span, Times, WorkingDays, binding_chain, cycles, due_boundaries, earliest,
    latest, unlimited,
};
use shotplan::model::{availability::lanes, *};

/// A show with one task for each row: code, department, working slots.
struct Show {
    production: Production,
    slots: Keyed<TaskId, u32>,
}

impl Show {
    fn new(rows: &[(&str, &str, u32)]) -> Show {
        let mut production = Production::new("network", date(2027, 1, 4), date(2027, 3, 28));
        let show = production.shows.push(model_show());
        let mut departments: Vec<(String, DepartmentId)> = Vec::new();
        let mut slots = Keyed::new();
        for (code, department, length) in rows {
            let known = departments.iter().find(|(name, _)| name == department).map(|row| row.1);
            let id = known.unwrap_or_else(|| {
                let id = production.add_department(department);
                departments.push(((*department).to_owned(), id));
                id
            });
            let mut task = Task::new(code, Entity::Show(show), id, i64::from(*length) * 120);
            task.review = 0;
            production.tasks.push(task);
            slots.push(*length);
        }
        Show { production, slots }
    }
    fn task(&self, code: &str) -> TaskId {
        let tasks = &self.production.tasks;
        tasks.enumerate().find(|(_, task)| task.code == code).expect("the task is there").0
    }
    fn link(mut self, from: &str, link: Link, to: &str, lag: i32) -> Show {
        let (from, to) = (self.task(from), self.task(to));
        self.production.dependencies.push(Dependency { link, lag, ..Dependency::new(from, to) });
        self
    }
    fn review(mut self, code: &str, slots: u32) -> Show {
        let task = self.task(code);
        self.production.tasks[task].review = slots;
        self
    }
    fn staff(mut self, code: &str, department: &str) -> Show {
        let departments = &self.production.departments;
        let id = departments.enumerate().find(|(_, row)| row.code == department).expect("known").0;
        self.production.people.push(Person::new(code, SiteId::new(0), id));
        self.production.settings.productive = 1_000;
        self
    }
    fn times(&self) -> Times {
        let network = Network::new(&self.production);
        let release = Keyed::filled(Slot(0), self.slots.len());
        let mut pace = WorkingDays { network: &network, slots: &self.slots, release: &release };
        earliest(&network, &mut pace)
    }
    fn span(&self, code: &str) -> (u32, u32) {
        let span = self.times().span(self.task(code)).expect("the task can happen");
        (span.start.0, span.end.0)
    }
    fn unlimited(&self, overtime: bool) -> Times {
        let network = Network::new(&self.production);
        let timeline = self.production.timeline();
        let lanes = lanes(&self.production, &timeline);
        unlimited::earliest(&self.production, &network, &timeline, &lanes, overtime)
    }
}

fn model_show() -> shotplan::model::Show {
    shotplan::model::Show::new("ALPHA", CalendarId::new(0))
}

#[test]
fn a_chain_stretches_over_the_weekend() {
    // Four days of layout end on Thursday night (16); two of animation are Friday and Monday (28 to 32).
    let show = Show::new(&[("lay", "LAY", 16), ("ani", "ANI", 8)]);
    let show = show.link("lay", Link::FinishToStart, "ani", 0);
    assert_eq!(show.span("lay"), (0, 16));
    assert_eq!(show.span("ani"), (16, 32));
}

#[test]
fn reviews_and_lags_are_working_time() {
    // Layout ends on Friday night (20). Half a day of review is over on Monday noon (30), a day of
    // lag on top on Tuesday noon (34).
    let show = Show::new(&[("lay", "LAY", 20), ("ani", "ANI", 4)]);
    let show = show.review("lay", 2).link("lay", Link::FinishToStart, "ani", 4);
    assert_eq!(show.span("ani"), (34, 38));
    // Half a day earlier instead of later: review and lag are 2 - 4 = -2, Friday noon (18).
    let show = Show::new(&[("lay", "LAY", 20), ("ani", "ANI", 4)]);
    let show = show.review("lay", 2).link("lay", Link::FinishToStart, "ani", -4);
    assert_eq!(show.span("ani"), (18, 30));
}

#[test]
fn start_to_start_waits_for_a_start_and_no_review() {
    let show = Show::new(&[("roto", "ROTO", 12), ("prep", "PREP", 4)]).review("roto", 8);
    let show = show.link("roto", Link::StartToStart, "prep", 2);
    assert_eq!(show.span("prep"), (2, 6));
}

#[test]
fn finish_to_finish_holds_the_end_and_not_the_start() {
    // Prep could be done at 4; roto is finished at 12 and reviewed at 14.
    let show = Show::new(&[("roto", "ROTO", 12), ("prep", "PREP", 4)]).review("roto", 2);
    let show = show.link("roto", Link::FinishToFinish, "prep", 0);
    assert_eq!(show.span("prep"), (0, 14));
}

#[test]
fn start_to_finish_holds_the_end_by_a_start() {
    // The old rig is retired no earlier than two days after the new one is begun at 16.
    let show = Show::new(&[("model", "MOD", 16), ("rig", "RIG", 8), ("old", "RIG", 4)]);
    let show = show.link("model", Link::FinishToStart, "rig", 0).link(
        "rig",
        Link::StartToFinish,
        "old",
        4,
    );
    assert_eq!(show.span("old"), (0, 20));
}

#[test]
fn an_early_publish_starts_the_next_task_and_the_final_one_ends_it() {
    // With 60 % still ahead of 20 slots, 8 are done at 8: animation may start. Its 4 slots would end at
    // 12, but the rig is final at 20 and reviewed on Monday noon.
    let mut show = Show::new(&[("rig", "RIG", 20), ("ani", "ANI", 4)]).review("rig", 2);
    show = show.link("rig", Link::FinishToStart, "ani", 0);
    show.production.dependencies[0].overlap = 6_000;
    assert_eq!(show.span("ani"), (8, 30));
}

#[test]
fn work_that_is_done_holds_nothing() {
    let mut show = Show::new(&[("lay", "LAY", 16), ("ani", "ANI", 8)]);
    show = show.link("lay", Link::FinishToStart, "ani", 0);
    let lay = show.task("lay");
    show.production.tasks[lay].status = Status::Final;
    assert_eq!(show.times().reach[lay], Reach::Done);
    assert_eq!(show.span("ani"), (0, 8));
}

#[test]
fn tasks_come_after_what_they_wait_for_and_else_by_id() {
    let show = Show::new(&[("a", "CMP", 1), ("b", "CMP", 1), ("c", "CMP", 1), ("d", "CMP", 1)]);
    let show = show.link("d", Link::FinishToStart, "a", 0).link("a", Link::StartToStart, "b", 0);
    let network = Network::new(&show.production);
    let order: Vec<usize> = network.order().expect("no loop").iter().map(|t| t.index()).collect();
    assert_eq!(order, [2, 3, 0, 1]);
}

#[test]
fn a_loop_is_named_once_and_stops_only_what_is_behind_it() {
    let show = Show::new(&[("a", "CMP", 4), ("b", "CMP", 4), ("c", "CMP", 4), ("free", "CMP", 4)]);
    let show = show
        .link("a", Link::FinishToStart, "b", 0)
        .link("b", Link::FinishToStart, "a", 0)
        .link("b", Link::FinishToStart, "c", 0);
    let codes: Vec<Vec<&str>> = cycles(&show.production)
        .iter()
        .map(|tasks| tasks.iter().map(|task| &*show.production.tasks[*task].code).collect())
        .collect();
    assert_eq!(codes, [["a", "b"]]);
    let times = show.times();
    assert_eq!(Network::new(&show.production).order(), None);
    assert_eq!(times.never(show.task("c")), Some(Unplaced::WaitsFor(show.task("b"))));
    assert_eq!(show.span("free"), (0, 4));
}

#[test]
fn a_task_that_waits_for_itself_is_a_loop_of_one() {
    let show = Show::new(&[("a", "CMP", 4)]).link("a", Link::FinishToStart, "a", 0);
    assert_eq!(cycles(&show.production), vec![vec![show.task("a")]]);
    assert_eq!(show.span("a"), (0, 4)); // it does not bind
}

#[test]
fn a_chain_of_60_000_tasks_has_a_loop_without_ending_the_stack() {
    let rows = vec![("t", "CMP", 1); 60_000];
    let mut show = Show::new(&rows);
    for task in 0..60_000 {
        let (from, to) = (TaskId::new(task), TaskId::new((task + 1) % 60_000));
        show.production.dependencies.push(Dependency::new(from, to));
    }
    assert_eq!(cycles(&show.production).first().map(Vec::len), Some(60_000));
}

#[test]
fn the_backward_pass_counts_from_the_due_date() {
    // Comp (8 slots) is due on Wednesday of the second week (boundary 40): it starts on Tuesday (32).
    // Light (4) is reviewed for half a day before: it ends on Monday noon (30) and starts at 18, Friday
    // noon, the weekend between.
    let mut show = Show::new(&[("lgt", "LGT", 4), ("cmp", "CMP", 8)]).review("lgt", 2);
    show = show.link("lgt", Link::FinishToStart, "cmp", 0);
    let comp = show.task("cmp");
    show.production.tasks[comp].due = Some(date(2027, 1, 13));
    let network = Network::new(&show.production);
    let timeline = show.production.timeline();
    let due = due_boundaries(&show.production, &timeline, &show.production.date_rules());
    assert_eq!(due[comp], Some(Slot(40)));
    let release = Keyed::filled(Slot(0), 2);
    let mut pace = WorkingDays { network: &network, slots: &show.slots, release: &release };
    let times = latest(&network, &mut pace, &due);
    assert_eq!(times[comp], Some(Span { start: Slot(32), end: Slot(40) }));
    assert_eq!(times[show.task("lgt")], Some(Span { start: Slot(18), end: Slot(30) }));
}

#[test]
fn the_binding_chain_is_the_one_that_decides() {
    let show = Show::new(&[
        ("rig", "RIG", 12),
        ("cloth", "CFX", 4),
        ("lay", "LAY", 4),
        ("ani", "ANI", 8),
        ("cmp", "CMP", 4),
    ]);
    let show = show
        .link("rig", Link::FinishToStart, "ani", 0)
        .link("lay", Link::FinishToStart, "ani", 0)
        .link("ani", Link::StartToStart, "cloth", 0)
        .link("ani", Link::FinishToStart, "cmp", 0)
        .link("cloth", Link::FinishToStart, "cmp", 0);
    let network = Network::new(&show.production);
    let chain = binding_chain(&network, &show.times(), show.task("cmp"));
    let codes: Vec<&str> =
        chain.iter().map(|link| &*show.production.tasks[link.task].code).collect();
    assert_eq!(codes, ["rig", "ani", "cmp"]);
    assert_eq!(chain[0].wait, None);
    assert_eq!(chain[2].wait.map(|edge| edge.task), Some(show.task("ani")));
}

#[test]
fn two_artists_halve_a_task_that_allows_it() {
    let mut show = Show::new(&[("cmp", "CMP", 16)]).staff("mia", "CMP").staff("leo", "CMP");
    let comp = show.task("cmp");
    assert_eq!(show.unlimited(false).finish(comp), Some(Slot(16)));
    show.production.tasks[comp].max_parallel = 2;
    assert_eq!(show.unlimited(false).finish(comp), Some(Slot(8)));
    // Parts of a day and a half would be too small.
    show.production.tasks[comp].min_chunk = 16 * 120;
    assert_eq!(show.unlimited(false).finish(comp), Some(Slot(16)));
}

#[test]
fn the_faster_artist_decides_until_they_are_away() {
    let mut show = Show::new(&[("cmp", "CMP", 20)]).staff("mia", "CMP").staff("leo", "CMP");
    let (comp, leo) = (show.task("cmp"), PersonId::new(1));
    show.production.people[leo].skills[0].level = 1_250; // 20 ÷ 1.25 = 16 slots
    assert_eq!(show.unlimited(false).finish(comp), Some(Slot(16)));
    show.production.people[leo].leave.push(Leave {
        from: date(2027, 1, 5),
        to: date(2027, 1, 8),
        share: 10_000,
        approved: true,
        source: Source::default(),
    });
    assert_eq!(show.unlimited(false).finish(comp), Some(Slot(20))); // mia, by Friday night
}

#[test]
fn overtime_is_eight_hours_a_week_and_four_a_day_at_most() {
    // 48 hours a week: 8 more than 40. Twelve-hour days give 1.5 days each; Monday and Tuesday take
    // all of the overtime, so 12 slots of work are done after 2 days (2 × 1.5 × 4).
    let mut show = Show::new(&[("cmp", "CMP", 12)]).staff("mia", "CMP");
    let comp = show.task("cmp");
    assert_eq!(show.unlimited(true).finish(comp), Some(Slot(8)));
    // 24 slots are a week of 40 hours and its overtime: Friday night, not Monday.
    show.production.tasks[comp].estimate = 24 * 120;
    assert_eq!(show.unlimited(true).finish(comp), Some(Slot(20)));
    assert_eq!(show.unlimited(false).finish(comp), Some(Slot(32)));
    show.production.people[PersonId::new(0)].overtime_allowed = false;
    assert_eq!(show.unlimited(true).finish(comp), Some(Slot(32)));
}

#[test]
fn work_that_nobody_can_do_takes_what_waits_for_it_along() {
    let show = Show::new(&[("ani", "ANI", 4), ("cmp", "CMP", 4), ("lay", "LAY", 4)]);
    let mut show = show.staff("mia", "CMP").link("ani", Link::FinishToStart, "cmp", 0);
    let lay = show.task("lay");
    show.production.tasks[lay].status = Status::Hold;
    let times = show.unlimited(false);
    assert_eq!(times.never(show.task("ani")), Some(Unplaced::NobodyCan));
    assert_eq!(times.never(show.task("cmp")), Some(Unplaced::WaitsFor(show.task("ani"))));
    assert_eq!(times.never(lay), Some(Unplaced::OnHold));
}

#[test]
fn a_vendor_takes_its_lead_time_and_a_review_happens_at_once() {
    let mut show = Show::new(&[("roto", "ROTO", 40), ("check", "QC", 0)]);
    show = show.link("roto", Link::FinishToStart, "check", 0);
    let vendor = show.production.vendors.push(Vendor {
        code: "rotohouse".to_owned(),
        name: "Roto House".to_owned(),
        place: String::new(),
        departments: Vec::new(),
        whole_sequences: false,
        cleared_from: None,
        capacity_days_per_week: None,
        lead_days: [3, 6, 9, 12],
        day_price: Cents(18_000),
        minimum_order: Cents::ZERO,
        supervision: 1_000,
        late_probability: 1_000,
        payments: Vec::new(),
        terms_days: None,
        currency: show.production.settings.currency,
        source: Source::default(),
    });
    let roto = show.task("roto");
    show.production.tasks[roto].vendor = Some(vendor);
    // Six working days without a class (B): Monday of the second week, boundary 32.
    let times = show.unlimited(false);
    assert_eq!(times.finish(roto), Some(Slot(32)));
    let check = times.span(show.task("check")).expect("nothing holds it");
    assert_eq!((check.start, check.end), (Slot(32), Slot(32)));
}

#[test]
fn work_may_go_west_within_the_day() {
    // Animation in London ends on Monday night; Vancouver opens at that hour of the same Monday.
    let mut show = Show::new(&[("ani", "ANI", 4), ("cmp", "CMP", 4)]);
    show = show.staff("ann", "ANI").staff("van", "CMP").link("ani", Link::FinishToStart, "cmp", 0);
    let mut west = show.production.sites[SiteId::new(0)].clone();
    west.code = "vancouver".to_owned();
    west.utc_offset_minutes = -480;
    let west = show.production.sites.push(west);
    assert_eq!(show.unlimited(false).finish(show.task("cmp")), Some(Slot(8)));
    show.production.people[PersonId::new(1)].site = west;
    assert_eq!(show.unlimited(false).finish(show.task("cmp")), Some(Slot(4)));
}
