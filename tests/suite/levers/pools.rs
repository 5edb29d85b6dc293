//! Pools in the lever program: rent against vendors, hard pools as limits, and commands that say what is rented.

use super::*;
use shotplan::formulate::levers::{Seats, Shared};

/// A week in which people have time for everything, and each bid day holds so many licences of so many days.
fn licensed(days: f64, units: f64, there: f64, price: Option<f64>, vendor: f64) -> Question {
    Question {
        buckets: weeks(1),
        work: vec![work(0, 0, 0, days)],
        crews: vec![crew(0, &[100.0])],
        offers: vec![Offer {
            vendor: VendorId::new(0),
            price: vendor,
            supervision: 0.0,
            minimum: 0.0,
            capacity: None,
            there: Vec::new(),
            cleared: 0,
            takes: vec![(0, days)],
            packages: Vec::new(),
        }],
        pools: vec![Shared {
            pool: PoolId::new(0),
            uses: vec![(0, units)],
            there: vec![there],
            price,
        }],
        ..Question::default()
    }
}

#[test]
fn licences_are_rented_where_that_is_cheaper_than_sending_work_out() {
    // Fifteen days on ten licence-days. Five more cost 200; sent out they cost 250, or 150.
    let rented = mix(&licensed(15.0, 1.0, 10.0, Some(40.0), 50.0));
    near(rented.cost, 200.0);
    near(rented.rented[0][0], 5.0);
    let sent = mix(&licensed(15.0, 1.0, 10.0, Some(40.0), 30.0));
    near(sent.cost, 150.0);
    near(sent.rented[0][0], 0.0);
    near(sent.sent[0][0], 5.0);
    // Of a hard pool there is no more: it goes out whatever that costs.
    near(mix(&licensed(15.0, 1.0, 10.0, None, 50.0)).cost, 250.0);
    let mut nowhere = licensed(15.0, 1.0, 10.0, None, 50.0);
    nowhere.offers.clear();
    near(mix(&nowhere).missing(), 5.0);
    nowhere.pools[0].price = Some(1e6);
    near(mix(&nowhere).missing(), 0.0);
}

#[test]
fn rent_and_vendors_on_hundreds_of_cases_by_hand() {
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let mut next = |most: u64| 1.0 + dice.below(most) as f64;
        let (days, units, there) = (next(20), next(3), next(20));
        let (price, vendor) = (next(60), next(120));
        let price = (next(4) > 1.0).then_some(price);
        let beyond = (days - there / units).max(0.0);
        let dearest = price.map_or(vendor, |price| vendor.min(price * units));
        let found = mix(&licensed(days, units, there, price, vendor));
        near(found.cost, beyond * dearest);
        near(found.missing(), 0.0);
    }
}

#[test]
fn with_pools_whole_answers_are_those_of_enumeration() {
    let mut whole = 0;
    for seed in 0..60 {
        let mut question = tiny(seed);
        let mut dice = Dice(seed + 2_000);
        question.pools = vec![Shared {
            pool: PoolId::new(0),
            uses: (0..question.work.len() as u32).map(|work| (work, 1.0)).collect(),
            there: (0..3).map(|_| 3.0 + dice.below(6) as f64).collect(),
            price: (dice.below(2) == 0).then_some(60.0),
        }];
        let (left, cost) = enumerated(&levers(&question));
        let found = cheapest(&question, &Settings::default()).expect("solved");
        let rounded = cheapest(&question, &rounding()).expect("solved");
        assert!(found.missing() >= left - 1e-2 && rounded.missing() >= left - 1e-2, "seed {seed}");
        if left < 1e-4 {
            whole += 1;
            assert!(found.bound <= cost + 1e-3 * (1.0 + cost), "seed {seed}");
            assert!(rounded.cost >= cost - 2.0 - 1e-3 * cost, "seed {seed}");
            if found.exact {
                near(found.cost, cost);
            }
        }
    }
    assert!(whole > 5, "{whole}");
}

#[test]
fn a_date_is_made_with_rented_licences_and_not_with_ones_that_are_not_to_be_had() {
    // Twelve tasks of two days and a licence each in eight days take three artists, and two licences are there. One
    // artist has to be hired, and gets a licence that is rented; where none is to be had hiring helps nobody.
    let show = |limit: &str, price: &str| {
        let tasks: String = (1..=12).map(|at| format!("            010_{at:03}0,FX,2\n")).collect();
        format!(
            "
            --- show.toml
            [settings]
            as_of = 2027-01-04
            horizon_end = 2027-06-30
            productive = \"100%\"
            --- tasks.csv
            shot,department,days
{tasks}            --- people.csv
            name,department
            Ann,FX
            Bo,FX
            --- hiring.csv
            department,rate,burden,lead_days,min_weeks,ramp,max_heads,onboarding
            FX,300,0%,0,2,none,3,0
            --- pools.csv
            id,kind,capacity,limit,overflow_price,departments
            sims,licence,2,{limit},{price},FX:1
            "
        )
    };
    let call = ["crew-for", "out", "--by", "2027-01-13", "--steps", "50", "--mode", "no-overtime"];
    let json = [&call[..], &["--format", "json"]].concat();
    let soft = Desk::with("out", &show("soft", "10"));
    let found = soft.json(&json, 0);
    assert!(found["makes_it"] == true, "{found}");
    let bought = found["purchases"].as_array().expect("a list");
    let of = |kind: &str| bought.iter().find(|row| row["kind"] == kind);
    assert_eq!(of("hire").expect("one more")["count"], 1, "{found}");
    let rent = of("rent").expect("a licence more");
    assert_eq!((&rent["who"], &rent["count"]), (&"sims".into(), &1.into()), "{found}");
    let words = String::from_utf8(soft.run(&call).code(0).get_output().stdout.clone());
    assert!(words.expect("text").contains("rent sims, up to 1"));
    let hard = Desk::with("out", &show("hard", ""));
    let found = hard.json(&json, 3);
    assert!(found["makes_it"] == false && found["short"][0]["department"] == "FX", "{found}");
}

/// One artist at each of two sites, both with a desk of their own; one more can be hired at either.
fn two_sites(desks: f64, price: Option<f64>) -> Question {
    let opening = |terms: u32, pay: f64| Opening {
        department: department(0),
        terms,
        earliest: 0,
        output: vec![5.0],
        pay: vec![pay],
        ramp: Vec::new(),
        onboarding: 0.0,
        least_weeks: 1,
        most: 1,
    };
    Question {
        buckets: weeks(1),
        work: vec![work(0, 0, 0, 14.0)],
        crews: vec![crew(0, &[5.0]), crew(0, &[5.0])],
        openings: vec![opening(0, 400.0), opening(1, 700.0)],
        seats: vec![Seats {
            pool: Some(PoolId::new(0)),
            needs: vec![(department(0), 1.0)],
            crews: vec![(0, 1.0)],
            stays: vec![(0, 1.0)],
            there: vec![desks],
            price,
            ..Seats::default()
        }],
        ..Question::default()
    }
}

#[test]
fn who_is_hired_needs_a_desk_at_their_site() {
    // Four days are missing. With ten desk-days at the first site the cheaper artist sits there.
    let cheap = mix(&two_sites(10.0, None));
    near(cheap.cost, 400.0);
    assert_eq!(cheap.heads, [[1], [0]]);
    // With desks for one the dearer one elsewhere has to do it; or four desk-days are rented at 50.
    let far = mix(&two_sites(5.0, None));
    near(far.cost, 700.0);
    assert_eq!(far.heads, [[0], [1]]);
    let rented = mix(&two_sites(5.0, Some(50.0)));
    near(rented.cost, 600.0);
    near(rented.rented[0][0], 4.0);
    near(mix(&two_sites(5.0, Some(80.0))).cost, 700.0);
    // Where nobody can be hired elsewhere the desks are what is missing, and that is told.
    let mut short = two_sites(5.0, None);
    short.openings.truncate(1);
    let short = mix(&short);
    near(short.missing(), 4.0);
    assert_eq!(short.full, [(0, 0, 0)]);
    assert_eq!(far.full, []);
}

#[test]
fn desks_on_hundreds_of_cases_by_enumeration() {
    let mut rented = 0;
    for seed in 0..300 {
        let mut dice = Dice(seed + 9_000);
        let mut next = |most: u64| dice.below(most) as f64;
        let desks = next(14);
        let price = (next(3) > 0.0).then_some(10.0 * (1.0 + next(14)));
        let mut question = two_sites(desks, price);
        question.work[0].days = 1.0 + next(22);
        question.openings[0].pay = vec![50.0 * next(12)];
        question.openings[1].pay = vec![50.0 * next(16)];
        question.openings[0].output = vec![3.0 + next(3)];
        // Each choice of heads: work goes first where no desk is needed, then to the desks, then beyond.
        let mut best = (f64::INFINITY, f64::INFINITY);
        for heads in 0..4_u32 {
            let (near_by, far) = (f64::from(heads & 1), f64::from(heads >> 1));
            let elsewhere = 5.0 + 5.0 * far;
            let here = 5.0 + question.openings[0].output[0] * near_by;
            let rest = (question.work[0].days - elsewhere).max(0.0);
            let most = if price.is_some() { here } else { here.min(desks) };
            let done = rest.min(most);
            let beyond = (done - desks).max(0.0);
            let pay = near_by * question.openings[0].pay[0] + far * question.openings[1].pay[0];
            let found = (rest - done, pay + beyond * price.unwrap_or(0.0));
            let is_less = found.0 < best.0 - 1e-9;
            if is_less || found.0 < best.0 + 1e-9 && found.1 < best.1 {
                best = found;
            }
        }
        let found = mix(&question);
        assert!((found.missing() - best.0).abs() < 1e-3, "{seed}: {} {best:?}", found.missing());
        assert!(
            (found.cost - best.1).abs() < 1e-2 * (1.0 + best.1),
            "{seed}: {} {best:?}",
            found.cost
        );
        rented += u32::from(found.rented[0][0] > 0.5);
    }
    assert!(rented > 20, "{rented}");
}

#[test]
fn a_full_studio_hires_where_there_are_desks() {
    // Four tasks of four days in nine, for one artist in a studio with one desk: one more is needed. Mumbai is
    // dearer and has room.
    let show = |mumbai: &str, limit: &str| {
        format!(
            "
            --- show.toml
            [settings]
            as_of = 2027-01-04
            horizon_end = 2027-06-30
            productive = \"100%\"
            --- sites.csv
            id
            london
            mumbai
            --- tasks.csv
            shot,department,days
            010_0010,FX,4
            010_0020,FX,4
            010_0030,FX,4
            010_0040,FX,4
            --- people.csv
            name,department,site
            Ann,FX,london
            --- hiring.csv
            id,department,site,rate,burden,lead_days,min_weeks,ramp,max_heads,onboarding
            near,FX,london,300,0%,0,2,none,3,0
            {mumbai}
            --- pools.csv
            id,kind,site,capacity,limit,overflow_price
            seats,desk,london,1,{limit}
            "
        )
    };
    let far = "far,FX,mumbai,400,0%,0,2,none,3,0";
    let call = ["crew-for", "out", "--by", "2027-01-14", "--steps", "50", "--mode", "no-overtime"];
    let json = [&call[..], &["--format", "json"]].concat();
    let found = Desk::with("out", &show(far, "hard,")).json(&json, 0);
    let bought = found["purchases"].as_array().expect("a list").clone();
    assert!(bought.iter().all(|row| row["who"] == "far"), "{found:#}");
    assert!(found["makes_it"] == true && bought.len() == 1, "{found:#}");
    // Desks that can be rented are cheaper than the dearer artist.
    let found = Desk::with("out", &show(far, "soft,20")).json(&json, 0);
    let bought = found["purchases"].as_array().expect("a list").clone();
    let of =
        |kind: &str| bought.iter().find(|row| row["kind"] == kind).cloned().unwrap_or_default();
    assert_eq!(
        (&of("hire")["who"], &of("rent")["who"]),
        (&"near".into(), &"seats".into()),
        "{found:#}"
    );
    // Nobody elsewhere, and no more desks: that is what is told.
    let desk = Desk::with("out", &show("", "hard,"));
    let found = desk.json(&json, 3);
    assert_eq!(found["full"][0]["pool"], "seats", "{found:#}");
    let words =
        String::from_utf8(desk.run(&call).code(3).get_output().stdout.clone()).expect("text");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("All there is is used of seats (Mon 4 Jan 2027"), "{words}");
}
