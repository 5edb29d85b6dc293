//! Pools in the lever program: rent against vendors, hard pools as limits, and commands that say what is rented.

use super::*;
use shotplan::formulate::levers::Shared;

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
