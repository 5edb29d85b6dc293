//! The budget program against enumeration: what money under a cap does at most, and what more of it is worth.

use super::*;

const WEEKS: u32 = 3;

/// One department for three weeks: some time is paid anyway, some by the day, some as overtime in two tiers.
/// All amounts are whole days.
fn limited(seed: u64) -> Question {
    let mut dice = Dice(seed + 9_000);
    let mut days = |end: u64| dice.below(end) as f64;
    let mut artists = crew(0, &[0.0; WEEKS as usize]);
    artists.own = (0..WEEKS).map(|_| days(4)).collect();
    let freelance = 80.0 + days(60);
    artists.freelance = (0..WEEKS).map(|_| (days(3), freelance)).collect();
    artists.overtime =
        (0..WEEKS).map(|_| vec![(days(2), 90.0 + days(40)), (days(2), 150.0 + days(50))]).collect();
    let works = (0..3).map(|_| {
        let from = days(3) as u32;
        let to = from + days(u64::from(WEEKS - from)) as u32;
        work(0, from, to, 1.0 + days(5))
    });
    Question {
        work: works.collect(),
        buckets: weeks(WEEKS),
        crews: vec![artists],
        ..Question::default()
    }
}

/// Days of work done at most with so many days in each week: each week does first what is due first.
fn done(question: &Question, room: &[u32]) -> u32 {
    let mut left: Vec<u32> = question.work.iter().map(|work| work.days as u32).collect();
    let mut done = 0;
    for (week, &room) in room.iter().enumerate() {
        let mut room = room;
        let mut ready: Vec<usize> = (0..left.len())
            .filter(|&at| (question.work[at].from..=question.work[at].to).contains(&(week as u32)))
            .collect();
        ready.sort_by_key(|&at| question.work[at].to);
        for at in ready {
            let now = left[at].min(room);
            left[at] -= now;
            room -= now;
            done += now;
        }
    }
    done
}

/// The least money for each number of days done, over every purchase of whole days.
fn costs(question: &Question) -> Vec<f64> {
    let all: f64 = question.work.iter().map(|work| work.days).sum();
    let mut least = vec![f64::INFINITY; all as usize + 1];
    let crew = &question.crews[0];
    let tiers: Vec<(usize, u32, f64)> = (0..WEEKS as usize)
        .flat_map(|week| {
            let bought = std::iter::once(crew.freelance[week]).chain(crew.overtime[week].clone());
            bought.map(move |(most, price)| (week, most as u32, price))
        })
        .collect();
    let own: Vec<u32> = crew.own.iter().map(|days| *days as u32).collect();
    let mut stack = vec![(0, own, 0.0)];
    while let Some((at, room, money)) = stack.pop() {
        let Some(&(week, most, price)) = tiers.get(at) else {
            let days = done(question, &room) as usize;
            for known in &mut least[..=days] {
                *known = known.min(money);
            }
            continue;
        };
        for days in 0..=most {
            let mut room = room.clone();
            room[week] += days;
            stack.push((at + 1, room, money + f64::from(days) * price));
        }
    }
    least
}

/// Days done at most for so much money. Between whole days money does work in
/// proportion: the least costs are those of a flow, whose corners are whole.
fn most_for(costs: &[f64], money: f64) -> f64 {
    let whole =
        costs.iter().rposition(|cost| *cost <= money + 1e-9).expect("nothing costs nothing");
    match costs.get(whole + 1) {
        Some(next) if next.is_finite() => {
            whole as f64 + (money - costs[whole]) / (next - costs[whole])
        }
        _ => whole as f64,
    }
}

#[test]
fn what_a_cap_leaves_undone_and_is_worth_is_that_of_enumeration() {
    let (mut bound, mut binding) = (0, 0);
    for seed in 0..300 {
        let mut question = limited(seed);
        let costs = costs(&question);
        let all = costs.len() - 1;
        let possible =
            costs.iter().rposition(|cost| cost.is_finite()).expect("nothing is possible");
        // Costs rise ever faster: what is cheapest is bought first.
        for three in costs[..=possible].windows(3) {
            assert!(three[2] - three[1] >= three[1] - three[0] - 1e-9, "seed {seed}: {costs:?}");
        }
        let free = cheapest(&question, &Settings::default()).expect("solved");
        near(free.missing(), (all - possible) as f64);
        near(free.cost, costs[possible]);
        // Under a cap of a part of that.
        let mut dice = Dice(seed);
        let amount = (costs[possible] * dice.below(12) as f64 / 10.0).floor();
        question.caps = vec![Cap {
            name: "all".to_owned(),
            department: None,
            show: None,
            lever: None,
            weeks: None,
            amount,
        }];
        let most = most_for(&costs, amount);
        let capped = cheapest(&question, &Settings::default()).expect("solved");
        near(capped.missing(), all as f64 - most);
        assert!(capped.cost <= amount * (1.0 + 1e-6) + 1e-3, "seed {seed}: {}", capped.cost);
        let is_possible = is_possible(&question, &Settings::default(), &|| false);
        assert_eq!(is_possible, most >= all as f64 - 1e-9, "seed {seed}");
        bound += u32::from(amount < costs[possible]);
        // A unit more and less, and the price between.
        let worth = worth_of_caps(&question, 1.0, &Settings::default(), &|| false)[0];
        let close = |found: f64, expected: f64| (found - expected).abs() < 2e-5;
        let more = most_for(&costs, amount + 1.0) - most;
        assert!(close(worth.more, more), "seed {seed}: {worth:?} {more}");
        if amount >= 1.0 {
            let less = most - most_for(&costs, amount - 1.0);
            assert!(
                worth.less.is_some_and(|found| close(found, less)),
                "seed {seed}: {worth:?} {less}"
            );
            assert!(
                more <= worth.dual + 2e-5 && worth.dual <= less + 2e-5,
                "seed {seed}: {worth:?}"
            );
            binding += u32::from(less > 1e-6);
        }
    }
    assert!(bound > 150 && binding > 150, "{bound} caps are below what is needed, {binding} bind");
}
