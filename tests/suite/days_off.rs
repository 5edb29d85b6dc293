//! Work on days off: who may be asked, what it is paid, what the engine makes of it, and what no bound
//! may be above.

use crate::mutants::studio::{BOB, Studio, booking, leave};
use crate::properties::{anything, anything_with_pools};
use crate::support::planning::{Show, planned, planned_in};
use jiff::civil::date;
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use shotplan::forecast::{self, PostingKind, overtime::week_pay};
use shotplan::model::*;
use shotplan::solve::bounds::{self, TimePrice};
use shotplan::verify::{self, Rule};

const DAY: i64 = 480;
const SATURDAY: u32 = 5;
const SUNDAY: u32 = 6;

/// Bob works six days of comp from Monday to Saturday.
fn six_days() -> Studio {
    let mut studio = Studio::new();
    studio.show.sites[SiteId::new(0)].overtime.days_off = DaysOff::Weekends;
    let comp = studio.comp("comp", 6 * DAY);
    studio.work(comp, BOB, &[(0, 24)]);
    studio.overtime(BOB, SATURDAY, 480);
    studio.assert_valid();
    studio
}

#[test]
fn a_day_off_is_only_for_those_who_may_be_asked() {
    let mut studio = six_days();
    studio.show.sites[SiteId::new(0)].overtime.days_off = DaysOff::None;
    assert!(studio.breaks(Rule::Overtime).contains("does not work that day"));
    let mut studio = six_days();
    studio.person(BOB).overtime_allowed = false;
    assert!(studio.breaks(Rule::Overtime).contains("does not do any"));
    let mut studio = six_days();
    studio.person(BOB).leave.push(leave(9, 9, 10_000));
    assert!(studio.breaks(Rule::Overtime).contains("is away that day"));
    // A window that ends before the weekend leaves it to the site's rules; one with days off does not.
    let window = |days_off| OvertimeWindow {
        from: date(2027, 1, 4),
        to: date(2027, 1, 10),
        cap_day_minutes: None,
        cap_week_minutes: None,
        days_off,
        cap_day_off_minutes: None,
    };
    let mut studio = six_days();
    studio.person(BOB).overtime_windows.push(window(Some(DaysOff::None)));
    assert!(studio.breaks(Rule::Overtime).contains("does not work that day"));
    let mut studio = six_days();
    studio.show.sites[SiteId::new(0)].overtime.days_off = DaysOff::None;
    studio.person(BOB).overtime_windows.push(window(Some(DaysOff::Weekends)));
    studio.assert_valid();
}

#[test]
fn a_holiday_is_no_weekend() {
    let mut studio = six_days();
    studio.show.sites[SiteId::new(0)].holidays.push(date(2027, 1, 9));
    assert!(studio.breaks(Rule::Overtime).contains("does not work that day"));
    studio.show.sites[SiteId::new(0)].overtime.days_off = DaysOff::All;
    studio.assert_valid();
}

#[test]
fn days_off_stay_under_their_caps() {
    let mut studio = six_days();
    studio.show.sites[SiteId::new(0)].overtime.cap_day_off_minutes = 479;
    assert!(studio.breaks(Rule::Overtime).contains("at most 479 minutes"));
    let mut studio = six_days();
    studio.show.sites[SiteId::new(0)].overtime.days_a_week = 5;
    assert!(studio.breaks(Rule::Overtime).contains("works 6 days"));
    let mut studio = six_days();
    studio.overtime(BOB, 0, 60);
    assert!(studio.verdict().violations.iter().any(|v| v.message.contains("the cap of a week")));
    // Thirteen hours of a day leave eleven of rest, whatever the cap of a day is.
    let mut studio = six_days();
    let site = &mut studio.show.sites[SiteId::new(0)];
    (site.overtime.cap_day_minutes, site.overtime.cap_day_off_minutes) = (1_440, 1_440);
    studio.plan.overtime[0].minutes = 781;
    let said = studio.verdict().violations;
    assert!(said.iter().any(|v| v.message.contains("the cap of a day is 780")), "{said:#?}");
    // Seven days leave no day of rest; four hours each keep the week at 48.
    let mut studio = Studio::new();
    studio.show.sites[SiteId::new(0)].overtime.days_off = DaysOff::Weekends;
    studio.overtime(BOB, SATURDAY, 240);
    studio.overtime(BOB, SUNDAY, 240);
    assert!(studio.breaks(Rule::Overtime).contains("works 7 days"));
    studio.show.sites[SiteId::new(0)].overtime.days_a_week = 7;
    studio.assert_valid();
    // What has gone by of the week of the plan was worked.
    studio.show.sites[SiteId::new(0)].overtime.days_a_week = 6;
    studio.show.settings.as_of = date(2027, 1, 6);
    assert!(studio.breaks(Rule::Overtime).contains("works 7 days"));
}

#[test]
fn nobody_works_on_days_off_alone() {
    let mut studio = Studio::new();
    studio.show.sites[SiteId::new(0)].overtime.days_off = DaysOff::Weekends;
    studio.person(BOB).leave.push(leave(4, 8, 10_000));
    studio.overtime(BOB, SATURDAY, 60);
    assert!(studio.breaks(Rule::Overtime).contains("on no other day of that week"));
}

#[test]
fn a_day_off_belongs_to_the_show_that_is_booked() {
    let mut studio = six_days();
    let beta = studio.show.shows.push(shotplan::model::Show::new("beta", CalendarId::new(0)));
    studio.person(BOB).bookings = vec![booking(ShowId::new(0), 4, 9, 10_000)];
    studio.assert_valid();
    studio.person(BOB).bookings =
        vec![booking(ShowId::new(0), 4, 8, 10_000), booking(beta, 9, 15, 10_000)];
    // Beta has the Saturday: the work on alpha does nothing on it.
    assert!(studio.verdict().violations.iter().any(|v| v.rule == Rule::EnoughWork));
    studio.person(BOB).bookings =
        vec![booking(ShowId::new(0), 4, 9, 5_000), booking(beta, 9, 15, 5_000)];
    assert!(studio.verdict().violations.iter().any(|v| v.message.contains("or more than one")));
}

/// Weeks at 400.00 a day of eight hours (50.00 an hour), worked out by hand: base of Monday to Friday,
/// overtime of each day, and what is paid for it.
#[test]
fn tiers_of_days_off_by_hand() {
    let mut holiday_week = [480; 7];
    holiday_week[2] = 0;
    let cases: [(&str, [i64; 7], [u32; 7], i64); 9] = [
        // A sixth day of 8 h at 1.5 is 12 h. The week's rule says the same of the same hours: once.
        ("sixth day", [480; 7], [0, 0, 0, 0, 0, 480, 0], 60_000),
        // A seventh day alone is the first day off worked: the sixth of the week, 4 h at 1.5.
        ("sunday alone", [480; 7], [0, 0, 0, 0, 0, 0, 240], 30_000),
        // Saturday 4 h at 1.5 and Sunday 4 h at 2: 6 + 8 = 14 h.
        ("seventh day", [480; 7], [0, 0, 0, 0, 0, 240, 240], 70_000),
        // The holiday on Wednesday, 8 h at 2 = 16 h; the week has 40 h, so no weekly rule.
        ("holiday", holiday_week, [0, 0, 480, 0, 0, 0, 0], 80_000),
        // A sixth day of 13 h: 12 h at 1.5 and the last at 2 = 18 + 2 = 20 h.
        ("long sixth day", [480; 7], [0, 0, 0, 0, 0, 780, 0], 100_000),
        // Monday of 13 h: 4 h at 1.5, one at 2 = 8 h; Saturday 2 h at 1.5 = 3 h. Daily 11 h; weekly
        // 7 h at 1.5 = 10.5 h: the daily sum.
        ("day beyond twelve hours", [480; 7], [300, 0, 0, 0, 0, 120, 0], 55_000),
        // Three days of leave: 16 h of base. Saturday 8 h is still the sixth day: 12 h.
        ("sixth day of a short week", [480, 480, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 480, 0], 60_000),
        // Part time, 6 h a day: 30 h. Two hours more on each are no long day; Saturday makes 48 h.
        // Daily: 4 h of premium for Saturday. Weekly: 8 h beyond 40 at half = 4 h. Once: 18 + 4 = 22 h.
        ("part time", [360; 7], [120, 120, 120, 120, 120, 480, 0], 110_000),
        // 45 h of base: the week's rule pays 5 h of premium half already, which is not overtime.
        // Saturday 3 h: weekly 8 h × 0.5 = 4 h less 2.5 h; daily 5 × 0.5 + 1.5 = 4 less 2.5: 4.5 h.
        ("long base", [540; 7], [0, 0, 0, 0, 0, 180, 0], 22_500),
    ];
    let law =
        OvertimePolicy { days_a_week: 7, days_off: DaysOff::All, ..OvertimePolicy::default() };
    for (name, mut base, extra, expected) in cases {
        (base[5], base[6]) = (0, 0);
        let worked = |day: usize| extra[day] > 0;
        let sixth = usize::from(worked(5) || worked(6));
        let mut least = [10_000; 7];
        for day in 0..7 {
            least[day] = match (worked(day), base[day], day) {
                (true, _, 6) if worked(5) => 20_000,
                (true, _, 5 | 6) => [10_000, 15_000][sixth],
                (true, 0, _) => 20_000,
                _ => 10_000,
            };
        }
        let fine = base.map(|minutes| minutes * 10_000);
        let more = extra.map(i64::from);
        let pay = week_pay(&law, &fine, &more, &least, Cents(40_000), 480);
        assert_eq!(pay, Cents(expected), "{name}: minutes alone");
        // The same of a plan, by the judge and by the ledger, in a week whose base is made so.
        let mut studio = Studio::new();
        let site = &mut studio.show.sites[SiteId::new(0)];
        site.overtime = OvertimePolicy {
            cap_day_minutes: 1_440,
            cap_day_off_minutes: 1_440,
            cap_week_minutes: 10_080,
            ..law.clone()
        };
        if name == "holiday" {
            site.holidays.push(date(2027, 1, 6));
        }
        let full = base.iter().copied().max().unwrap_or(480);
        site.day_minutes = full.max(480);
        studio.person(BOB).capacity = (full.min(480) * 10_000) / 480;
        if name == "sixth day of a short week" {
            studio.person(BOB).leave.push(leave(6, 8, 10_000));
        }
        let mut own = crate::mutants::studio::contract(ContractKind::Staff);
        own.rates = vec![(date(2026, 1, 1), Cents(40_000 * full.max(480) / 480))];
        studio.person(BOB).contracts.push(own);
        for (day, &minutes) in (0..).zip(&extra).filter(|(_, minutes)| **minutes > 0) {
            studio.overtime(BOB, day, minutes);
        }
        let judged = studio.verdict();
        let caps = |v: &verify::Violation| v.message.contains("the cap of a week is 2880");
        assert!(judged.violations.iter().all(caps), "{name}: {:#?}", judged.violations);
        assert_eq!(judged.objective.labour, Cents(expected), "{name}: the judge");
        let forecast = forecast::of(&studio.show, &studio.plan);
        assert_eq!(forecast::reconcile(&forecast, &studio.show, &studio.plan), Ok(()));
        assert_eq!(forecast.sum_of(PostingKind::Overtime), Cents(expected), "{name}: the ledger");
    }
}

/// Saturday's pay stands on what is worked on it: an hour and a half of three, and the rest.
#[test]
fn a_day_off_is_posted_on_its_tasks() {
    let mut studio = Studio::new();
    studio.show.sites[SiteId::new(0)].overtime.days_off = DaysOff::Weekends;
    let first = studio.comp("first", 5 * DAY + 120);
    let second = studio.comp_on(1, "second", 360);
    studio.work(first, BOB, &[(0, 21)]);
    studio.work(second, BOB, &[(21, 24)]);
    studio.overtime(BOB, SATURDAY, 480);
    studio.assert_valid();
    let forecast = forecast::of(&studio.show, &studio.plan);
    assert_eq!(forecast::reconcile(&forecast, &studio.show, &studio.plan), Ok(()));
    let rows: Vec<_> = forecast
        .ledger
        .iter()
        .filter(|row| row.kind == PostingKind::Overtime)
        .map(|row| (row.task, row.minutes))
        .collect();
    assert_eq!(rows, [(Some(first), 120), (Some(second), 360)]);
}

/// Any production, with days off that may be worked here and there, on rules of all kinds.
pub fn anything_on_days_off(seed: u64) -> Production {
    let mut production =
        if seed.is_multiple_of(3) { anything_with_pools(seed) } else { anything(seed) };
    let mut random = Pcg64Mcg::seed_from_u64(seed ^ 0x5a7);
    fn rules(random: &mut Pcg64Mcg) -> OvertimePolicy {
        let days_off = [DaysOff::None, DaysOff::Weekends, DaysOff::Weekends, DaysOff::All];
        let mut policy = OvertimePolicy {
            days_off: days_off[random.random_range(0..4)],
            cap_day_off_minutes: [120, 240, 480, 480, 720][random.random_range(0..5)],
            days_a_week: random.random_range(5..=7),
            sixth_day: [10_000, 15_000, 20_000][random.random_range(0..3)],
            seventh_day: [10_000, 20_000, 30_000][random.random_range(0..3)],
            holiday: [10_000, 20_000, 25_000][random.random_range(0..3)],
            exempt: random.random_range(0..8) == 0,
            ..OvertimePolicy::default()
        };
        match random.random_range(0..4) {
            0 => policy.daily.clear(),
            1 => policy.weekly = None,
            2 => policy.daily = vec![(480, 12_500), (600, 17_500)],
            _ => {}
        }
        policy
    }
    for site in production.sites.iter_mut() {
        site.overtime = rules(&mut random);
        if random.random_range(0..4) == 0 {
            site.day_minutes = [450, 540][random.random_range(0..2)];
        }
    }
    if random.random_range(0..4) == 0 {
        let calendar = &mut production.calendars[CalendarId::new(0)];
        calendar.workdays[5] = random.random_range(0..2) == 0;
        calendar.workdays[4] = random.random_range(0..2) == 0;
        let day = date(2027, 1, random.random_range(4..30));
        calendar.exceptions.push((day, random.random_range(0..2) == 0));
    }
    for person in production.people.iter_mut() {
        if random.random_range(0..3) == 0 {
            for contract in person.contracts.iter_mut() {
                contract.overtime = Some(rules(&mut random));
            }
        }
        if random.random_range(0..3) == 0 {
            let from = date(2027, 1, random.random_range(4..20));
            person.overtime_windows.push(OvertimeWindow {
                from,
                to: from.saturating_add(jiff::Span::new().days(random.random_range(0..40))),
                cap_day_minutes: None,
                cap_week_minutes: None,
                days_off: [None, Some(DaysOff::Weekends), Some(DaysOff::All)]
                    [random.random_range(0..3)],
                cap_day_off_minutes: [None, Some(300)][random.random_range(0..2)],
            });
        }
    }
    production
}

/// Whether an entry of overtime is on a day on which the site does not work.
fn is_off(production: &Production, row: &Overtime) -> bool {
    let site = &production.sites[production.people[row.person].site];
    let date = production.timeline().date(row.day);
    site.day_off(&production.calendars[site.calendar], date).is_some()
}

#[test]
fn any_plan_with_days_off_passes_the_check_and_no_bound_is_above_it() {
    let seeds = if std::env::var_os("SHOTPLAN_SLOW").is_some() { 20_000 } else { 300 };
    let mut worked = 0;
    let mut random = Pcg64Mcg::seed_from_u64(4);
    for seed in 0..seeds {
        let mode =
            [Mode::Balanced, Mode::Deliver, Mode::Deliver, Mode::Cheapest][seed as usize % 4];
        println!("seed {seed}");
        let production = anything_on_days_off(seed);
        let solved = planned_in(&production, mode, 60);
        let value = solved.objective.total(&Weights::default().multipliers(mode));
        for _ in 0..4 {
            let mut prices = Vec::new();
            for department in 0..3 {
                for first in (0..56).step_by(7) {
                    let price = solved.problem.artist_day as f64
                        * random.random::<f64>().powi(4)
                        * random.random_range(0.0..0.1);
                    prices.push(TimePrice { department, show: None, first, end: first + 7, price });
                }
            }
            let bound = bounds::at_prices(&solved.problem, &solved.heads, &prices, &|| false);
            assert!(bound <= value, "seed {seed}: {bound:?} above {value:?} at {prices:?}");
        }
        worked += u32::from(solved.plan.overtime.iter().any(|row| is_off(&production, row)));
        let forecast = forecast::of(&production, &solved.plan);
        assert_eq!(
            forecast::reconcile(&forecast, &production, &solved.plan),
            Ok(()),
            "seed {seed}"
        );
    }
    assert!(worked * 6 > seeds as u32, "{worked} of {seeds} plans use days off");
}

/// A tiny show in which only Saturdays can be worked besides.
fn tiny(seed: u64) -> Production {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut show = Show::new(&["ANI", "CMP"]);
    let site = &mut show.production.sites[SiteId::new(0)];
    site.overtime.days_off = DaysOff::Weekends;
    // No longer days, so that every plan can be looked at.
    site.overtime.cap_day_minutes = 480;
    for code in ["ada", "bo"] {
        let person = show.artist(code, 0);
        let person = &mut show.production.people[person];
        person.skills[0].level = random.random_range(8..=12) * 100;
        person.skills.push(Skill { department: DepartmentId::new(1), ..person.skills[0].clone() });
        person.overtime_allowed = code == "ada" || random.random_range(0..2) == 0;
    }
    let mut last = None;
    for number in 0..random.random_range(2..=3) {
        let shot = show.shot(&format!("s{number}"), random.random_range(6..=14));
        let priority = [Priority::High, Priority::VeryHigh, Priority::Emergency];
        show.production.shots[shot].priority = priority[random.random_range(0..3)];
        let task = show.task(shot, number % 2, random.random_range(4..=26));
        if let Some(last) = last
            && random.random_range(0..2) == 0
        {
            show.after(last, task);
        }
        last = Some(task);
    }
    show.production
}

/// The least objective over every order of tasks, choice of artists, and set of the first two Saturdays of
/// each.
fn exact(production: &Production) -> Cents {
    let tasks = production.tasks.len();
    let mut best = Cents(i64::MAX);
    let orders: &[&[usize]] = match tasks {
        2 => &[&[0, 1], &[1, 0]],
        _ => &[&[0, 1, 2], &[0, 2, 1], &[1, 0, 2], &[1, 2, 0], &[2, 0, 1], &[2, 1, 0]],
    };
    let may = |artist: usize| production.people[PersonId::new(artist)].overtime_allowed;
    let sets: Vec<usize> = (0..16)
        .filter(|set| (0..2).all(|artist| may(artist) || set >> (2 * artist) & 3 == 0))
        .collect();
    for order in orders {
        for choice in 0..1_usize << tasks {
            for &set in &sets {
                let Some(plan) = place(production, order, choice, set) else { continue };
                let verdict = verify::plan(production, &plan);
                assert!(verdict.violations.is_empty(), "{:#?}", verdict.violations);
                best = best
                    .min(verdict.objective.total(&Weights::default().multipliers(Mode::Balanced)));
            }
        }
    }
    best
}

/// Places the tasks in order; bit `t` of `choice` says who works task `t`, two bits of `set` for each artist
/// which Saturdays are worked. `None` where one of them would not be needed.
fn place(production: &Production, order: &[usize], choice: usize, set: usize) -> Option<Plan> {
    let mut end = vec![None; order.len()];
    let mut free = [0_u32; 2];
    let mut plan = Plan::default();
    let mut used = 0;
    for &task in order {
        let id = TaskId::new(task);
        let mut start = 0;
        for edge in production.dependencies.iter().filter(|edge| edge.to == id) {
            start = start.max(end[edge.from.index()]?);
        }
        let artist = choice >> task & 1;
        start = start.max(free[artist]);
        let level = production.people[PersonId::new(artist)].skills[0].level;
        let need = (production.tasks[id].bid * 10_000_000_000 * 4 + 480 * level * 850 - 1)
            / (480 * level * 850);
        let bit = |slot: u32| match slot / 28 {
            week @ 0..=1 => 1 << (2 * artist as u32 + week),
            _ => 0,
        };
        let worked = |slot: u32| match slot / 4 % 7 {
            0..=4 => true,
            5 => set & bit(slot) != 0,
            _ => false,
        };
        while !worked(start) {
            start += 1;
        }
        let (mut at, mut left) = (start, (need + 9_999) / 10_000);
        while left > 0 {
            if worked(at) {
                left -= 1;
                used |= if at / 4 % 7 == 5 { bit(at) } else { 0 };
            }
            at += 1;
        }
        free[artist] = at;
        end[task] = Some(at);
        plan.assignments.push(Assignment {
            task: id,
            part: 0,
            worker: Worker::Person(PersonId::new(artist)),
            segments: vec![Interval { start: Slot(start), end: Slot(at) }],
        });
    }
    for place in (0..4).filter(|place| set >> place & 1 == 1) {
        let day = Day(SATURDAY + 7 * (place as u32 % 2));
        plan.overtime.push(Overtime {
            person: PersonId::new(place / 2),
            day,
            minutes: 480,
            worth: 480,
        });
    }
    plan.assignments.sort_by_key(|row| row.task);
    (used == set).then_some(plan)
}

#[test]
fn saturdays_of_tiny_shows_are_those_of_the_best_plan() {
    let (mut hit, mut with, mut shows) = (0, 0, 0);
    for seed in 0..200 {
        let show = tiny(seed);
        let exact = exact(&show);
        let solved = planned(&show, 300);
        let value = solved.objective.total(&Weights::default().multipliers(Mode::Balanced));
        for (name, bound) in &solved.bounds {
            assert!(*bound <= exact, "seed {seed}: {name} {bound:?} above the optimum {exact:?}");
        }
        assert!(exact <= value, "seed {seed}: better than the best there is");
        hit += u32::from(value == exact);
        with += u32::from(!solved.plan.overtime.is_empty());
        shows += 1;
    }
    println!("{hit} of {shows} optimal, {with} with Saturdays");
    assert!(hit * 10 >= shows * 9, "the engine found the optimum of only {hit} of {shows}");
    assert!(with * 5 > shows, "{with} of {shows} plans use a Saturday");
}

#[test]
fn saturdays_of_a_plan_are_kept_when_it_is_planned_again() {
    let mut kept = 0;
    for seed in 0..40 {
        let show = tiny(seed);
        let first = planned(&show, 200);
        if first.plan.overtime.is_empty() {
            continue;
        }
        let value = first.objective.total(&Weights::default().multipliers(Mode::Balanced));
        let none = shotplan::solve::Limit::Steps(0);
        let before =
            shotplan::solve::Before { plan: &first.plan, value, anew: none, staffing: None };
        let options =
            shotplan::solve::Options { mode: Mode::Balanced, seed: 1, threads: 1, limit: none };
        let again = shotplan::solve::plan_from(&show, before, &options, &());
        assert_eq!(again.plan, first.plan, "seed {seed}");
        kept += 1;
    }
    assert!(kept > 5, "{kept} plans with Saturdays");
}

#[test]
fn a_plan_that_was_written_has_its_saturday() {
    let studio = six_days();
    let text = "task,artist,start,end,overtime\n\
                comp,bob,2027-01-04,2027-01-09,\n\
                ,bob,2027-01-09,2027-01-09,8\n";
    let (plan, issues) = shotplan::read::plan_from_text("plan.csv", text.as_bytes(), &studio.show);
    assert!(issues.is_empty(), "{issues:#?}");
    assert_eq!(plan, studio.plan);
}
