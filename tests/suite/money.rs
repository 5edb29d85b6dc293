//! Money adds up, to the cent, whatever the production looks like.

use jiff::Span;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use shotplan::forecast::{self, Amounts, CostState, Forecast, Part, PostingKind, reconcile};
use shotplan::model::*;

const AS_OF: Date = date(2027, 1, 6); // a Wednesday
const DAYS: i64 = 40;

/// A contract as drawn: from and to (days from `AS_OF`), rate, basis, burden, currency, notice.
type Paper = (i64, i64, i64, u8, i64, u8, u32);
/// A person as drawn: capacity, lead share, contracts, a rise, leave, bookings.
type Artist = (i64, i64, Vec<Paper>, (i64, i64), (i64, i64, i64), Vec<(i64, i64, i64, bool)>);
/// An assignment as drawn: person, show, first slot, length, gap, rest.
type Work = (usize, bool, u32, u32, u32, u32);

fn artist() -> impl Strategy<Value = Artist> {
    let share = prop_oneof![Just(10_000_i64), Just(5_000), Just(8_000), 1_i64..10_001];
    let paper = (-60_i64..30, 0_i64..80, 1_i64..90_000, 0_u8..5, 0_i64..4_000, 0_u8..3, 0_u32..25);
    let booking = (-10_i64..30, 0_i64..40, share.clone(), any::<bool>());
    (
        share,
        prop_oneof![Just(0_i64), 0_i64..6_000],
        prop::collection::vec(paper, 0..3),
        (-5_i64..30, 1_i64..90_000),
        (0_i64..30, 0_i64..6, 1_i64..10_001),
        prop::collection::vec(booking, 0..3),
    )
}

fn work() -> impl Strategy<Value = Work> {
    (0_usize..4, any::<bool>(), 0_u32..120, 1_u32..40, 1_u32..12, 0_u32..8)
}

fn at(days: i64) -> Date {
    AS_OF.saturating_add(Span::new().days(days))
}

fn currency(code: &str) -> Currency {
    Currency::new(code).unwrap()
}

fn contracts(papers: &[Paper], rise: (i64, i64)) -> Vec<Contract> {
    let basis =
        [RateBasis::Hour, RateBasis::Day, RateBasis::Week, RateBasis::Month, RateBasis::Year];
    let mut start = i64::MIN;
    let mut contracts = Vec::new();
    for &(from, length, rate, unit, burden, money, notice) in papers {
        let from = from.max(start);
        start = from + length + 1;
        contracts.push(Contract {
            kind: ContractKind::Freelance,
            start: at(from),
            end: (length < 70).then(|| at(from + length)),
            min_end: (length % 3 == 0).then(|| at(from + length / 2)),
            notice_days: notice,
            rates: vec![(at(from), Cents(rate)), (at(from.max(rise.0) + 1), Cents(rise.1))],
            basis: basis[unit as usize],
            burden,
            currency: currency(["USD", "GBP", "JPY"][money as usize]),
            overtime: None,
            guarantee: match rate % 5 {
                0 => Guarantee { day_minutes: 240, ..Guarantee::default() },
                1 => Guarantee { week_minutes: 1_800, ..Guarantee::default() },
                2 => Guarantee { day_minutes: 480, week_minutes: 2_400, days: 7 },
                _ => Guarantee::default(),
            },
            cancellation: Cancellation(match burden % 3 {
                0 => vec![(None, 5_000), (Some(24), 10_000)],
                1 => vec![(Some(72), 3_333)],
                _ => Vec::new(),
            }),
            option: None,
            rate_assumed: false,
            source: Source::default(),
        });
    }
    contracts
}

/// Two shows, four artists, and work on them whether or not there is time for it: the forecast must add
/// up for any plan, not only for good ones.
fn production(artists: &[Artist], works: &[Work], booked: bool) -> (Production, Plan) {
    let mut production = Production::new("random", AS_OF, at(DAYS));
    if !booked {
        production.settings.charge_basis = ChargeBasis::Worked;
    }
    if works.len() % 2 == 1 {
        production.settings.idle_to = IdleTo::Bench;
    }
    let calendar = CalendarId::new(0);
    let departments = [production.add_department("CMP"), production.add_department("LGT")];
    let shows = ["ONE", "TWO"].map(|code| production.shows.push(Show::new(code, calendar)));
    if works.len().is_multiple_of(3) {
        production.shows[shows[1]].charge_basis = Some(ChargeBasis::Worked);
    }
    let sequence = production.sequences.push(Sequence::new("010", shows[0]));
    production.sites[SiteId::new(0)].holidays = vec![date(2027, 1, 18)];
    let rate = |code, millionths, from| FxRate { currency: currency(code), millionths, from };
    production.fx = vec![
        rate("GBP", 1_273_411, None),
        rate("GBP", 1_301_007, Some(at(9))),
        rate("JPY", 6_437, None),
    ];
    for (index, (capacity, lead, papers, rise, (from, length, share), bookings)) in
        artists.iter().enumerate()
    {
        let mut person = Person::new(&format!("p{index}"), SiteId::new(0), departments[index % 2]);
        person.capacity = *capacity;
        person.lead_share = *lead;
        person.contracts = contracts(papers, *rise);
        person.leave = vec![Leave {
            from: at(*from),
            to: at(from + length),
            share: *share,
            approved: index % 3 != 2,
            source: Source::default(),
        }];
        for &(from, length, share, second) in bookings {
            let state = match (share + from).rem_euclid(7) {
                0 => BookingState::Hold1,
                1 => BookingState::Cancelled,
                2 | 3 => BookingState::Tentative,
                _ => BookingState::Confirmed,
            };
            let called_off = at(from.rem_euclid(9) - 4);
            person.bookings.push(Booking {
                show: shows[usize::from(second)],
                department: second.then_some(departments[0]),
                from: at(from),
                to: at(from + length),
                share,
                state,
                probability: state.usual_probability(),
                cancelled: (state == BookingState::Cancelled).then_some(called_off),
                source: Source::default(),
            });
        }
        production.people.push(person);
    }
    let mut plan = Plan::default();
    for (index, &(person, second, start, first, gap, rest)) in works.iter().enumerate() {
        let code = format!("s{index}");
        let entity = match second {
            true => Entity::Show(shows[1]),
            false => Entity::Shot(production.shots.push(Shot::new(&code, sequence))),
        };
        let task = Task::new(&code, entity, departments[index % 2], 480);
        let task = production.tasks.push(task);
        let middle = start + first;
        let mut segments = vec![Interval { start: Slot(start), end: Slot(middle) }];
        if rest > 0 {
            segments.push(Interval { start: Slot(middle + gap), end: Slot(middle + gap + rest) });
        }
        let worker = Worker::Person(PersonId::new(person % artists.len()));
        plan.assignments.push(Assignment { task, part: 0, worker, segments });
        if index % 2 == 0 && start >= 8 {
            // From the Wednesday on: nothing is planned before the day of the plan.
            let minutes = 1 + start % 97;
            let day = Day(start / 4);
            let person = PersonId::new(person % artists.len());
            if !plan.overtime.iter().any(|entry| (entry.person, entry.day) == (person, day)) {
                plan.overtime.push(Overtime { person, day, minutes, worth: minutes });
            }
        }
    }
    plan.overtime.sort();
    let chart: Vec<AccountId> = production.accounts.ids().collect();
    for (index, &(_, second, start, amount, ..)) in works.iter().enumerate() {
        production.actuals.push(Actual {
            date: at(-i64::from(start)),
            account: chart[(start as usize * 7) % chart.len()],
            show: second.then_some(shows[1]),
            amount: Cents(i64::from(amount) * 1_237 - 9_000),
            currency: currency(["USD", "GBP", "JPY"][index % 3]),
            state: [ActualState::Posted, ActualState::Accrued][usize::from(second)],
            person: None,
            vendor: None,
            task: (index % 4 == 1).then(|| TaskId::new(index)),
            source: Source::default(),
        });
        production.commitments.push(Commitment {
            code: format!("PO{index}"),
            account: chart[(start as usize * 11) % chart.len()],
            show: second.then_some(shows[1]),
            vendor: None,
            contents: Vec::new(),
            amount: Cents(i64::from(amount) * 997),
            drawn: Cents(i64::from(start) * 101),
            accrued: Cents(i64::from(start % 7) * 53),
            currency: currency(["JPY", "USD", "GBP"][index % 3]),
            expected: (index % 3 > 0).then(|| at(i64::from(start))),
            cancellable_from: None,
            cancel_cost: Cents::ZERO,
            source: Source::default(),
        });
    }
    (production, plan)
}

fn sum<K>(parts: &[Part<K>], of: impl Fn(&Amounts) -> Cents) -> Cents {
    parts.iter().map(|part| of(&part.amounts)).sum()
}

/// The cost of an assignment by the words of the rules, slot by slot and with plain fractions.
fn cost_by_the_rules(production: &Production, assignment: &Assignment) -> i64 {
    let Worker::Person(person) = assignment.worker else { return 0 };
    let timeline = production.timeline();
    let row = &production.people[person];
    let show = production.show_of(production.tasks[assignment.task].entity);
    let mut cost = 0;
    for day in (0..timeline.days()).map(Day) {
        let date = timeline.date(day);
        let slots = (0..4).map(|k| day.0 * 4 + k);
        let covers =
            |slot: &u32| assignment.segments.iter().any(|s| s.start.0 <= *slot && *slot < s.end.0);
        let slots = slots.filter(covers).count() as i128;
        let off = date.weekday().to_monday_zero_offset() > 4 || date == date_of_holiday();
        let employed = row.contracts.is_empty() || row.contracts.iter().any(|c| c.covers(date));
        if off || !employed || date < AS_OF || slots == 0 {
            continue;
        }
        let on_leave = |leave: &&Leave| leave.approved && leave.from <= date && date <= leave.to;
        let away: i64 = row.leave.iter().filter(on_leave).map(|leave| leave.share).sum();
        let mut share = i128::from(row.capacity)
            * i128::from(10_000 - row.lead_share)
            * i128::from(10_000 - away.min(10_000));
        if row.bookings.is_empty() {
            share /= 100_000_000;
        } else {
            let usable =
                |b: &&Booking| b.is_usable() && b.show == show && b.from <= date && date <= b.to;
            let booked: i64 = row.bookings.iter().filter(usable).map(|b| b.share).sum();
            share = share * i128::from(booked.min(10_000)) / 1_000_000_000_000;
        }
        let day_cost = i128::from(production.day_cost(person, date).0);
        cost += round_half_even(day_cost * share * slots, 40_000);
    }
    cost
}

fn date_of_holiday() -> Date {
    date(2027, 1, 18)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn every_partition_adds_to_the_same_cent(
        artists in prop::collection::vec(artist(), 1..4),
        works in prop::collection::vec(work(), 0..12),
        booked in any::<bool>(),
    ) {
        let (production, plan) = production(&artists, &works, booked);
        let forecast = forecast::of(&production, &plan);
        prop_assert_eq!(reconcile(&forecast, &production, &plan), Ok(()));

        // The same sums, taken here without the forecast's own proof.
        let revenue = |id: AccountId| production.accounts[id].kind == AccountKind::Revenue;
        let posted: Cents =
            forecast.ledger.iter().filter(|p| !revenue(p.account)).map(|p| p.amount).sum();
        prop_assert_eq!(forecast.total.efc(), posted);
        prop_assert_eq!(sum(&forecast.by_department, Amounts::total), posted);
        prop_assert_eq!(sum(&forecast.by_entity, Amounts::total), posted);
        prop_assert_eq!(sum(&forecast.by_show, Amounts::total), posted);
        prop_assert_eq!(sum(&forecast.by_person, Amounts::total), posted);
        let weeks: Cents = forecast.weeks.iter().map(|week| week.amounts.total()).sum();
        prop_assert_eq!(weeks, posted);
        prop_assert_eq!(forecast.weeks.last().unwrap().cumulative, posted);

        // plan.csv = ledger = rules, assignment by assignment.
        let mut labour = Cents::ZERO;
        for (index, assignment) in plan.assignments.iter().enumerate() {
            let expected = Cents(cost_by_the_rules(&production, assignment));
            prop_assert_eq!(forecast.assignment_cost(index), expected);
            labour += expected;
        }
        prop_assert_eq!(forecast.sum_of(PostingKind::Labour), labour);
        prop_assert_eq!(sum(&forecast.by_entity, |part| part.labour), labour);
        prop_assert_eq!(sum(&forecast.by_department, |part| part.labour), labour);
    }

    #[test]
    fn committed_pay_is_all_before_the_first_avoidable_day(
        artists in prop::collection::vec(artist(), 1..4),
        works in prop::collection::vec(work(), 0..12),
    ) {
        let (production, plan) = production(&artists, &works, true);
        let forecast = forecast::of(&production, &plan);
        for posting in forecast.ledger.iter().filter(|posting| posting.kind.is_time()) {
            let person = posting.person.unwrap();
            prop_assert!(posting.date >= AS_OF);
            if posting.kind == PostingKind::CalledOff {
                prop_assert_eq!(posting.state, CostState::Committed);
                continue;
            }
            let show = posting.booked.or(posting.show);
            if show.is_some_and(|show| {
                production.called_off_share(person, show, posting.date, AS_OF) > 0
            }) {
                continue; // in two parts, which the proof adds up
            }
            let owed = production
                .contract_on(person, posting.date)
                .is_some_and(|c| posting.date < production.first_avoidable_day(person, c));
            prop_assert_eq!(posting.state == CostState::Committed, owed, "{:?}", posting);
            prop_assert!(posting.state == CostState::Committed || posting.state == CostState::Etc);
        }
    }

    /// With all time worked or not, a booked day of a show costs the booked pay, to the rounding of its postings.
    #[test]
    fn labour_and_idle_pay_make_the_booked_day(
        artists in prop::collection::vec(artist(), 1..4),
    ) {
        let mut artists = artists;
        artists.iter_mut().for_each(|artist| artist.1 = 0); // nobody leads
        // One task a person through all its time on each show.
        let works: Vec<Work> = (0..artists.len())
            .flat_map(|person| [false, true].map(|second| (person, second, 0, 200, 1, 0)))
            .collect();
        let (mut production, mut plan) = production(&artists, &works, true);
        plan.overtime.clear();
        // Tentative time is paid when it is worked only.
        for person in production.people.iter_mut() {
            for booking in person.bookings.iter_mut().filter(|row| row.is_usable()) {
                booking.state = BookingState::Confirmed;
            }
        }
        production.shows.iter_mut().for_each(|show| show.charge_basis = None);
        let full = forecast::of(&production, &plan);
        prop_assert_eq!(full.sum_of(PostingKind::Idle), Cents::ZERO);
        let empty = forecast::of(&production, &Plan::default());
        let booked = |forecast: &Forecast| -> Cents {
            let of_booked = |p: &&forecast::Posting| {
                p.person.is_some_and(|id| !production.people[id].bookings.is_empty())
            };
            let time = [PostingKind::Labour, PostingKind::Idle];
            forecast.ledger.iter().filter(of_booked)
                .filter(|p| time.contains(&p.kind)).map(|p| p.amount).sum()
        };
        prop_assert_eq!(booked(&full), booked(&empty));
    }

    /// A whole week under contract up to the last work pays at least what is guaranteed for it.
    #[test]
    fn no_whole_week_pays_less_than_is_guaranteed(
        artists in prop::collection::vec(artist(), 1..4),
        works in prop::collection::vec(work(), 1..12),
        booked in any::<bool>(),
    ) {
        let (production, plan) = production(&artists, &works, booked);
        let forecast = forecast::of(&production, &plan);
        let last = plan.assignments.iter().map(Assignment::end).max().unwrap();
        let last = production.timeline().finish_date(last);
        for (id, person) in production.people.enumerate() {
            for contract in person.contracts.iter().filter(|row| row.guarantee.week_minutes > 0) {
                for week in 1..5 {
                    let monday = at(7 * week - 2);
                    let days: Vec<Date> = (0..5).map(|day| at(7 * week - 2 + day)).collect();
                    let is_whole = |day: &Date| {
                        contract.covers(*day) && *day != date_of_holiday() && *day <= last
                            && !person.leave.iter().any(|row| row.from <= *day && *day <= row.to)
                    };
                    if !days.iter().all(is_whole) {
                        continue;
                    }
                    let cost: i128 =
                        days.iter().map(|day| i128::from(production.day_cost(id, *day).0)).sum();
                    let least = i128::from(contract.guarantee.week_minutes);
                    let due = round_half_even(cost * least, 5 * 480);
                    let paid: Cents = forecast.ledger.iter()
                        .filter(|row| row.person == Some(id) && row.week == monday)
                        .filter(|row| row.kind.is_time() || row.kind == PostingKind::Overtime)
                        .map(|row| row.amount).sum();
                    prop_assert!(paid.0 >= due, "{} in the week of {monday}: {}, not {due}",
                        person.code, paid.0);
                }
            }
        }
    }

    #[test]
    fn absurd_amounts_never_panic(
        amounts in prop::collection::vec(any::<i64>(), 8),
        burden in any::<i64>(),
    ) {
        let artists = vec![(10_000, 0, vec![(-9, 75, 1, 0, 0, 1, 3)], (4, 1), (9, 1, 5_000),
            vec![(0, 30, 5_000, false)])];
        let works = vec![(0, false, 4, 30, 2, 5); 2];
        let (mut production, plan) = production(&artists, &works, true);
        let contract = &mut production.people[PersonId::new(0)].contracts[0];
        contract.rates[0].1 = Cents(amounts[0]);
        contract.rates[1].1 = Cents(amounts[1]);
        contract.burden = burden;
        production.fx[0].millionths = amounts[2];
        production.actuals[0].amount = Cents(amounts[3]);
        production.commitments[0].amount = Cents(amounts[4]);
        production.commitments[0].drawn = Cents(amounts[5]);
        production.tasks[TaskId::new(0)].estimate = amounts[6];
        production.budget.push(BudgetLine {
            account: AccountId::new(3),
            show: None,
            department: None,
            original: Cents(amounts[7]),
            approved_changes: Cents(amounts[0]),
            last_period: Some(Cents(amounts[1])),
            source: Source::default(),
        });
        let forecast = forecast::of(&production, &plan);
        prop_assert!(!forecast.ledger.is_empty());
        let _ = forecast.total.variance();
        // Saturated sums may not add up; whatever is said about them is said without a panic.
        let _ = reconcile(&forecast, &production, &plan);
    }
}

/// The proof finds what is wrong: each tampered number is named.
#[test]
fn a_forged_forecast_does_not_reconcile() {
    let artists = vec![(
        10_000,
        0,
        vec![(-9, 75, 40_003, 1, 2, 0, 3)],
        (4, 41_000),
        (9, 1, 5_000),
        vec![(0, 30, 5_002, false)],
    )];
    let (production, plan) = production(&artists, &[(0, false, 9, 30, 2, 5)], true);
    let honest = forecast::of(&production, &plan);
    assert_eq!(reconcile(&honest, &production, &plan), Ok(()));
    let refused = |forge: &dyn Fn(&mut Forecast)| -> String {
        let mut forged = honest.clone();
        forge(&mut forged);
        reconcile(&forged, &production, &plan).expect_err("a cent is missing").join("; ")
    };
    assert!(refused(&|f| f.ledger[0].amount += Cents(1)).contains("task s0 part 0"));
    assert!(refused(&|f| f.assignments[0].cost += Cents(1)).contains("cost given for task s0"));
    assert!(refused(&|f| f.weeks[2].amounts.idle -= Cents(1)).contains("pay beside tasks by week"));
    assert!(refused(&|f| f.by_person[0].amounts.labour += Cents(1)).contains("labour by person"));
    assert!(refused(&|f| f.total.etc += Cents(1)).contains("final cost in total"));
    assert!(refused(&|f| f.report[5].actual += Cents(1)).contains("final cost by account"));
    assert!(refused(&|f| f.overtime[0] += Cents(1)).contains("overtime pay"));
    // The idle half of a worked day, made avoidable where the worked half is committed.
    let same_day = |f: &mut Forecast| {
        let worked = f.ledger[0].date;
        let state = match f.ledger[0].state {
            CostState::Committed => CostState::Etc,
            _ => CostState::Committed,
        };
        let idle = f.ledger.iter_mut().find(|p| p.kind == PostingKind::Idle && p.date == worked);
        idle.expect("half a day is booked and a part of it worked").state = state;
    };
    assert!(refused(&same_day).contains("V26 person p0"));

    // Half of a confirmed day is owed if it is called off: that may not be called avoidable.
    let mut production = production;
    let terms = Cancellation(vec![(None, 5_000)]);
    let contract = &mut production.people[PersonId::new(0)].contracts[0];
    (contract.cancellation, contract.notice_days, contract.min_end) = (terms, 0, None);
    let mut forecast = forecast::of(&production, &plan);
    assert_eq!(reconcile(&forecast, &production, &plan), Ok(()));
    for posting in forecast.ledger.iter_mut().filter(|p| p.kind == PostingKind::Labour) {
        posting.state = CostState::Etc;
    }
    let faults = reconcile(&forecast, &production, &plan).expect_err("states were forged");
    assert!(faults.join("; ").contains("V26 person p0: not what calling days off costs"));
}
