//! Work of several shows: who may work on which, and people who are moved from one to another.

use super::moves::{by_enumeration, moved};
use super::{Dice, as_enumerated, crew, department, mix, near, weeks, work};
use crate::support::desk::Desk;
use shotplan::formulate::levers::{Crew, Ending, Opening, Question, Shows, Work};
use shotplan::model::*;

fn of(show: usize, row: Work) -> Work {
    Work { show: Some(ShowId::new(show)), ..row }
}

fn on(shows: &[usize], row: Crew) -> Crew {
    Crew { shows: Some(shows.iter().map(|&show| ShowId::new(show)).collect()), ..row }
}

#[test]
fn time_for_one_show_is_no_time_for_another() {
    // Two weeks; one artist on each of two shows, five days a week. The first show has 4 days to do, the second 15.
    let mut question = Question {
        buckets: weeks(2),
        work: vec![of(0, work(0, 0, 1, 4.0)), of(1, work(0, 0, 1, 15.0))],
        crews: vec![on(&[0], crew(0, &[5.0; 2])), on(&[1], crew(0, &[5.0; 2]))],
        ..Question::default()
    };
    near(mix(&question).missing(), 5.0);
    // With both on both shows there is time for all but nothing.
    let mut free = question.clone();
    free.crews.iter_mut().for_each(|row| row.shows = None);
    near(mix(&free).missing(), 0.0);
    // The first artist goes to the second show for a week: 200.
    let mut row = moved(0, 0, 200.0, 1.0, 2);
    row.shows = Some(vec![ShowId::new(1)]);
    question.moves = vec![row];
    let helped = mix(&question);
    near(helped.missing(), 0.0);
    near(helped.cost, 200.0);
    // With six days of work of their own nobody can go for a whole week and leave none of it undone.
    question.work[0].days = 6.0;
    near(mix(&question).missing(), 1.0);
    // Whoever may work on both gives each day once: an artist more for 5 days, with 6 missing in all.
    question.moves.clear();
    question.work[0].days = 11.0;
    question.crews.push(crew(0, &[5.0, 0.0]));
    near(mix(&question).missing(), 1.0);
}

/// One department, two or three shows, people on some of them, a hire for any show, moves to one show.
fn drawn(seed: u64) -> Question {
    let mut draws = Dice(seed.wrapping_mul(91_193) + 3);
    let count = 2 + draws.below(2) as usize;
    let shows = 2 + draws.below(2);
    let mut some = |least: u64| -> Shows {
        let bits = least + draws.below((1 << shows) - least);
        let own = (0..shows).filter(|show| bits >> show & 1 == 1);
        let own: Vec<ShowId> = own.map(|show| ShowId::new(show as usize)).collect();
        (own.len() < shows as usize).then_some(own)
    };
    let sets: Vec<Shows> = (0..3).map(|_| some(1)).collect();
    let last = some(0);
    let crews: Vec<Crew> = sets
        .into_iter()
        .map(|shows| {
            let people = 1 + draws.below(2);
            let mut crew = Crew { shows, ..crew(0, &vec![5.0 * people as f64; count]) };
            if draws.below(3) == 0 {
                crew.own = vec![5.0 * (people - 1) as f64; count];
                crew.freelance = vec![(5.0, 100.0 + 50.0 * draws.below(4) as f64); count];
            }
            if draws.below(3) == 0 {
                crew.overtime = vec![vec![(people as f64, 300.0)]; count];
            }
            crew
        })
        .collect();
    let works = (0..2 + draws.below(4)).map(|_| {
        let from = draws.below(count as u64) as u32;
        let to = from + draws.below(count as u64 - u64::from(from)) as u32;
        let show = draws.below(shows) as usize;
        of(show, work(0, from, to, 1.0 + draws.below(14) as f64))
    });
    let work = works.collect();
    let mut moves = Vec::new();
    for (from, crew) in crews.iter().enumerate().take(2) {
        let share = [0.6, 0.8, 1.0][draws.below(3) as usize];
        let mut row = moved(from as u32, 0, 50.0 * draws.below(5) as f64, share, count);
        row.shows = Some(vec![ShowId::new(draws.below(shows) as usize)]);
        row.leaves[0].of = 1 + u32::from(crew.own[0] + crew.freelance[0].0 > 5.0);
        row.to.ramp = if draws.below(2) == 0 { vec![0.4] } else { Vec::new() };
        row.to.least_weeks = 1 + draws.below(2) as u32;
        moves.push(row);
    }
    let mut openings = vec![Opening {
        department: department(0),
        terms: 0,
        earliest: 0,
        output: vec![5.0; count],
        pay: vec![500.0; count],
        ramp: vec![0.4],
        onboarding: 100.0,
        least_weeks: 1,
        most: 1,
    }];
    if draws.below(2) == 0 {
        openings.clear();
    }
    let endings = vec![Ending {
        department: department(0),
        shows: last,
        from: 1,
        people: vec![PersonId::new(9)],
        output: vec![4.0; count],
        pay: vec![150.0 + 100.0 * draws.below(6) as f64; count],
    }];
    let weeks = weeks(count as u32);
    Question { buckets: weeks, work, crews, moves, openings, endings, ..Question::default() }
}

/// The least work left over and the least cost with it: also over how long the contract goes on, which then is
/// time that is there and its price.
fn best(question: &Question) -> (f64, f64) {
    let row = &question.endings[0];
    let (from, count) = (row.from as usize, question.weeks() as usize);
    let with = |weeks: usize| {
        let goes_on = |week: &usize| (from..from + weeks).contains(week);
        let own = (0..count).map(|week| if goes_on(&week) { row.output[week] } else { 0.0 });
        let mut crews = question.crews.clone();
        let own: Vec<f64> = own.collect();
        crews.push(Crew { shows: row.shows.clone(), ..crew(0, &own) });
        let (left, cost) = by_enumeration(&Question { crews, ..question.clone() });
        (left, cost + (0..count).filter(goes_on).map(|week| row.pay[week]).sum::<f64>())
    };
    let best = |a: (f64, f64), b: (f64, f64)| match (a.0 - b.0).abs() < 1e-6 {
        true if a.1 <= b.1 => a,
        false if a.0 < b.0 => a,
        _ => b,
    };
    (0..=count - from).map(with).reduce(best).expect("to stay as it is, at least")
}

#[test]
fn every_way_to_move_between_shows_agrees_with_the_program() {
    let (mut between, mut bound) = (0, 0);
    for seed in 0..240 {
        let question = drawn(seed);
        let (left, cost) = best(&question);
        let exact = as_enumerated(&question, (left, cost), seed);
        // With everybody on every show no less can be done, and nothing costs more.
        let mut free = question.clone();
        free.crews.iter_mut().for_each(|row| row.shows = None);
        free.moves.iter_mut().for_each(|row| row.shows = None);
        free.endings.iter_mut().for_each(|row| row.shows = None);
        let kept = best(&free);
        assert!(kept.0 <= left + 1e-6 && (kept.0 < left - 1e-6 || kept.1 <= cost + 1e-6), "{seed}");
        between += u32::from(exact.moved.iter().flatten().any(|heads| *heads > 0));
        bound += u32::from(kept.0 < left - 1e-6 || kept.1 < cost - 1e-6);
    }
    assert!(between > 40 && bound > 80, "{between} move, shows bind in {bound}");
}

/// Two shows with compositing: Ann has 14 days to do on the first, Bo two on the second. Each is booked on their own.
const STUDIO: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-06-30
    productive = \"100%\"
    currency = \"GBP\"
    --- shows.csv
    id
    north
    south
    --- tasks.csv
    id,show,shot,department,days
    a,north,010_0010,CMP,5
    b,north,010_0020,CMP,5
    c,north,010_0030,CMP,4
    d,south,020_0010,CMP,2
    --- people.csv
    name,department
    Ann,CMP
    Bo,CMP
    --- bookings.csv
    person,show,from,to
    Ann,north,2027-01-04,2027-06-30
    Bo,south,2027-01-04,2027-06-30
    --- contracts.csv
    person,kind,start,rate,burden
    Ann,staff,2020-01-01,400,0%
    Bo,staff,2020-01-01,300,0%
    --- hiring.csv
    department,rate,burden,lead_days,min_weeks,ramp,max_heads,onboarding
    CMP,500,0%,0,2,none,2,300
    --- moves.csv
    id,people,show,level,lead_days,ramp,cost
    lent,Bo,north,100%,5,none,150
    --- milestones.csv
    id,show,kind,date,contents
    final,north,final,2027-02-26,north
";

#[test]
fn a_date_is_made_by_somebody_of_another_show() {
    // Ann has ten days until Friday 15 January. Bo comes on the 11th and does four of them: a hire for two weeks
    // would cost 5,300.
    let desk = Desk::with("out", STUDIO);
    let call = ["crew-for", "out", "--milestone", "final", "--by", "2027-01-15", "--steps", "50"];
    let found = desk.json(&[&call[..], &["--format", "json"]].concat(), 0);
    let bought = &found["purchases"];
    assert_eq!(bought.as_array().map(Vec::len), Some(1), "{found:#}");
    let row = &bought[0];
    assert_eq!((&row["kind"], &row["who"]), (&"move".into(), &"Bo".into()), "{row:#}");
    assert_eq!((&row["from"], &row["to"]), (&"2027-01-11".into(), &"2027-01-17".into()), "{row:#}");
    assert_eq!(found["date"], "2027-01-15");
    // Both are booked, and paid whether they work or not.
    assert_eq!(found["cost"]["total"], 15_000, "{found:#}");
    // Without the row of `moves` somebody has to be hired, for more.
    let nobody = STUDIO.replace("lent,Bo,north,100%,5,none,150", "");
    let hired = Desk::with("out", &nobody).json(&[&call[..], &["--format", "json"]].concat(), 0);
    assert_eq!(hired["purchases"][0]["kind"], "hire", "{hired:#}");
    assert!(hired["cost"]["total"].as_i64() > found["cost"]["total"].as_i64(), "{hired:#}");
}
