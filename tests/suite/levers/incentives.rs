//! Incentives in the lever program: a threshold worked out by hand, every whole answer of tiny cases priced by the
//! rules of the cost report, and commands that send work where it costs less.

use super::*;
use shotplan::forecast::credit;
use shotplan::formulate::levers::{Grant, Incentives};

/// A week of work too much by so many days for one of two ways to have it done: an artist here at 1,000 a week,
/// a vendor abroad at 220 a day.
fn two_places(days: f64, rules: Vec<IncentiveRule>) -> Question {
    let grant = |rule| Grant { rule, certain: 0.0, everywhere: 0.0, valid: Vec::new() };
    Question {
        buckets: weeks(1),
        work: vec![work(0, 0, 0, 5.0 + days)],
        crews: vec![crew(0, &[5.0])],
        openings: vec![Opening {
            department: department(0),
            earliest: 0,
            output: vec![5.0],
            pay: vec![1_000.0],
            terms: 0,
            ramp: Vec::new(),
            onboarding: 0.0,
            least_weeks: 1,
            most: 3,
        }],
        offers: vec![Offer {
            vendor: VendorId::new(0),
            price: 220.0,
            supervision: 0.0,
            minimum: 0.0,
            capacity: None,
            there: Vec::new(),
            cleared: 0,
            takes: vec![(0, 5.0 + days)],
            packages: Vec::new(),
        }],
        incentives: Incentives {
            grants: rules.into_iter().map(grant).collect(),
            openings: vec!["here".to_owned()],
            offers: vec!["abroad".to_owned()],
            ..Incentives::default()
        },
        ..Question::default()
    }
}

fn rebate(place: &str, rate: i64, minimum: i64) -> IncentiveRule {
    IncentiveRule { minimum: Cents(minimum), ..IncentiveRule::new("rebate", place, rate) }
}

#[test]
fn a_share_of_the_cost_moves_work_to_where_it_is_cheaper() {
    // Five days: 1,000 here, 1,100 abroad. With 20 % back abroad that is 880, of which a studio that gets half of
    // it counts 990; one that gets nothing stays here.
    for (share, certainty, cost) in
        [(10_000, 10_000, 880.0), (10_000, 5_000, 990.0), (0, 10_000, 1_000.0)]
    {
        let rule = IncentiveRule { studio_share: share, certainty, ..rebate("abroad", 2_000, 0) };
        let mix = mix(&two_places(5.0, vec![rule]));
        near(mix.cost, cost);
        near(mix.cost + mix.incentives, if cost < 1_000.0 { 1_100.0 } else { 1_000.0 });
        near(mix.missing(), 0.0);
    }
    // A rule for another place gives nothing.
    near(mix(&two_places(5.0, vec![rebate("elsewhere", 5_000, 0)])).cost, 1_000.0);
}

#[test]
fn an_incentive_threshold_is_reached_where_that_pays_and_only_there() {
    // 30 % of what is spent abroad, from 1,500 on. Five days are 1,100: nothing back, so they are done here for
    // 1,000. Seven days are 1,540 abroad, less 462: 1,078, against 2,000 here, or 1,000 here and 440 abroad.
    let question = two_places(5.0, vec![rebate("abroad", 3_000, 1_500)]);
    let below = mix(&question);
    near(below.cost, 1_000.0);
    near(below.incentives, 0.0);
    let question = two_places(7.0, vec![rebate("abroad", 3_000, 1_500)]);
    let above = mix(&question);
    near(above.cost, 1_078.0);
    near(above.incentives, 462.0);
    near(above.sent[0][0], 7.0);
    // Two days less, with 500 certain there: at 1,100 more the step is reached, 30 % of 1,600 come, of which
    // nothing came before: 620.
    let mut question = two_places(5.0, vec![rebate("abroad", 3_000, 1_500)]);
    question.incentives.grants[0].certain = 500.0;
    question.incentives.grants[0].everywhere = 500.0;
    near(mix(&question).cost, 1_100.0 - 480.0);
    // With 1,500 certain it comes anyway: only what is added counts.
    question.incentives.grants[0].certain = 1_500.0;
    question.incentives.grants[0].everywhere = 1_500.0;
    near(mix(&question).cost, 770.0);
    // Rounding one decision after the other finds the same.
    for days in [5.0, 7.0] {
        let question = two_places(days, vec![rebate("abroad", 3_000, 1_500)]);
        let whole = cheapest(&question, &Settings::default()).expect("solved");
        near(cheapest(&question, &rounding()).expect("solved").cost, whole.cost);
    }
}

#[test]
fn a_step_a_cap_and_what_others_take_off() {
    // 10 % from the first unit, 40 % on all of it from 1,500 on, of at most 1,500: seven days are 1,540 − 600.
    let step = IncentiveRule {
        tiers: vec![(Cents(1_500), 4_000)],
        cap: Some(Cents(1_500)),
        ..rebate("abroad", 1_000, 0)
    };
    let found = mix(&two_places(7.0, vec![step]));
    near(found.cost, 940.0);
    // 20 %, and 10 % of what that leaves: 1,100 − 220 − 88.
    let second = IncentiveRule {
        code: "second".to_owned(),
        net_of: vec!["rebate".to_owned()],
        ..rebate("abroad", 1_000, 0)
    };
    near(mix(&two_places(5.0, vec![rebate("abroad", 2_000, 0), second.clone()])).cost, 792.0);
    // The first goes to the client: it lowers the second all the same.
    let of_client = IncentiveRule { studio_share: 0, ..rebate("abroad", 2_000, 0) };
    let second = IncentiveRule { rate: 2_000, ..second };
    near(mix(&two_places(5.0, vec![of_client, second])).cost, 924.0);
    // Half of all such cost counts at most: with 300 elsewhere that is 700 of 1,100.
    let half = IncentiveRule { cap_share: 5_000, ..rebate("abroad", 3_000, 0) };
    let mut question = two_places(5.0, vec![half]);
    question.incentives.grants[0].everywhere = 300.0;
    near(mix(&question).cost, 890.0);
}

/// Whole decisions only: artists here and packages of a vendor abroad. All of them are tried one after the other
/// and priced with the rules of the cost report.
#[test]
fn every_whole_answer_priced_by_the_report_costs_no_less() {
    let (mut given, mut exact) = (0, 0);
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let mut rule = |place: &str, code: &str| IncentiveRule {
            code: code.to_owned(),
            minimum: Cents(dice.below(4) as i64 * 500),
            tiers: match dice.below(2) {
                0 => Vec::new(),
                _ => {
                    vec![(Cents(1_000 + dice.below(4) as i64 * 500), dice.below(6) as i64 * 1_000)]
                }
            },
            cap: (dice.below(3) == 0).then_some(Cents(1_200)),
            eligible: 10_000 - dice.below(2) as i64 * 3_500,
            kind: [IncentiveKind::Spend, IncentiveKind::Labour, IncentiveKind::Vendors]
                [dice.below(3) as usize],
            ..rebate(place, dice.below(5) as i64 * 1_000, 0)
        };
        let rules = vec![rule("here", "one"), rule("abroad", "two")];
        let certain = dice.below(3) as f64 * 600.0;
        let mut question = two_places(3.0 + dice.below(10) as f64, rules.clone());
        question.incentives.grants[1].certain = certain;
        question.incentives.grants[1].everywhere = certain;
        let sizes: Vec<f64> = (0..3).map(|_| 1.0 + dice.below(4) as f64).collect();
        let package = |days: &f64| Package { takes: vec![(0, *days)], tasks: Vec::new() };
        question.offers[0].packages = sizes.iter().map(package).collect();
        question.offers[0].takes = vec![(0, sizes.iter().sum())];
        let price = |heads: i64, sent: f64| {
            let amount = |rule: &IncentiveRule| {
                let labour = if rule.place == "here" { heads * 1_000 } else { 0 };
                let vendors = if rule.place == "here" { 0.0 } else { sent * 220.0 };
                let sure = if rule.place == "here" { 0.0 } else { certain };
                let (labour, vendors) = match rule.kind {
                    IncentiveKind::Spend => (labour as f64, vendors),
                    IncentiveKind::Labour => (labour as f64, 0.0),
                    IncentiveKind::Vendors => (0.0, vendors),
                };
                Cents((labour + vendors + sure) as i64)
            };
            let none =
                |rule: &IncentiveRule| Cents(if rule.place == "here" { 0 } else { certain as i64 });
            let back = |of: &dyn Fn(&IncentiveRule) -> Cents| -> i64 {
                let rows = rules.iter().map(|rule| credit(rule, of(rule), of(rule), Cents::ZERO));
                rows.map(|row| row.expected.0).sum()
            };
            heads as f64 * 1_000.0 + sent * 220.0 - (back(&amount) - back(&none)) as f64
        };
        let mut best = f64::INFINITY;
        for heads in 0..=3_i64 {
            for chosen in 0..8_u32 {
                let sent: f64 = (0..3).filter(|at| chosen >> at & 1 == 1).map(|at| sizes[at]).sum();
                let needed = question.work[0].days;
                // No more goes out than there is.
                if sent <= needed + 1e-9 && 5.0 + 5.0 * heads as f64 + sent >= needed - 1e-9 {
                    best = best.min(price(heads, sent));
                }
            }
        }
        let found = cheapest(&question, &Settings::default()).expect("solved");
        let rounded = cheapest(&question, &rounding()).expect("solved");
        if best.is_finite() {
            assert!(found.bound <= best + 2.0, "seed {seed}: bound {} above {best}", found.bound);
            for mix in [&found, &rounded] {
                assert!(mix.missing() < 1e-2, "seed {seed}: {} missing", mix.missing());
                assert!(mix.cost >= best - 3.0, "seed {seed}: {} below {best}", mix.cost);
                // What the program says is given is what the report would say.
                let sent: f64 = mix.sent[0].iter().sum();
                let told = price(i64::from(mix.heads[0][0]), sent.round());
                assert!((mix.cost - told).abs() < 4.0, "seed {seed}: {} told {told}", mix.cost);
            }
            if found.exact {
                exact += 1;
                assert!((found.cost - best).abs() < 3.0, "seed {seed}: {} {best}", found.cost);
            }
            given += i32::from(found.incentives > 1.0);
        }
    }
    assert!(given > 100 && exact > 200, "{given} with money back, {exact} exact");
}

fn second(rate: i64, minimum: i64) -> IncentiveRule {
    IncentiveRule {
        code: "second".to_owned(),
        net_of: vec!["rebate".to_owned()],
        ..rebate("abroad", rate, minimum)
    }
}

#[test]
fn what_another_leaves_counts_from_a_least_spend_of_its_own() {
    // 20 % of all that is spent abroad, and 10 % of what that leaves from 1,200 on. Six days are 1,320 less 264
    // less 105.60. Five are 1,100 less 220; but for 100 more the second gives 10 % of 1,200 less 240. From
    // 1,300 on that does not pay any more.
    let rules = || vec![rebate("abroad", 2_000, 0), second(1_000, 1_200)];
    near(mix(&two_places(5.0, rules())).cost, 864.0);
    let dear = || vec![rebate("abroad", 2_000, 0), second(1_000, 1_300)];
    near(mix(&two_places(5.0, dear())).cost, 880.0);
    near(mix(&two_places(6.0, rules())).cost, 950.4);
    // The first is the client's, from 1,200 on: below it takes nothing off, above it does whether that pays or
    // not. 1,100 less half; 1,320 less half of 1,056.
    let of_client = || IncentiveRule { studio_share: 0, ..rebate("abroad", 2_000, 1_200) };
    for settings in [Settings::default(), rounding()] {
        for (days, cost) in [(5.0, 550.0), (6.0, 792.0)] {
            let question = two_places(days, vec![of_client(), second(5_000, 0)]);
            near(cheapest(&question, &settings).expect("solved").cost, cost);
        }
    }
    // A cap of the first is no less binding: 20 % of 1,000 at most, half of 1,120.
    let capped = IncentiveRule { cap: Some(Cents(1_000)), ..of_client() };
    near(mix(&two_places(6.0, vec![capped, second(5_000, 0)])).cost, 760.0);
    // Three fifths of 1,100 are more than the half that counts for the second: nothing is left, not less.
    let half = IncentiveRule { eligible: 5_000, ..second(5_000, 0) };
    near(mix(&two_places(5.0, vec![rebate("abroad", 6_000, 0), half])).cost, 440.0);
}

/// Three incentives of which each may lower those after it, with steps, caps and shares of their own.
fn netted(dice: &mut Dice) -> Vec<IncentiveRule> {
    let mut rule = |code: &str, net_of: &[&str]| {
        let tiers = match dice.below(3) {
            0 => {
                let from = Cents(1_000 + dice.below(5) as i64 * 400);
                vec![(from, dice.below(6) as i64 * 1_000)]
            }
            _ => Vec::new(),
        };
        IncentiveRule {
            code: code.to_owned(),
            net_of: net_of.iter().map(|code| (*code).to_owned()).collect(),
            minimum: Cents(dice.below(4) as i64 * 500),
            tiers,
            cap: (dice.below(4) == 0).then_some(Cents(900)),
            cap_share: [10_000, 10_000, 6_000][dice.below(3) as usize],
            eligible: 10_000 - dice.below(3) as i64 * 3_000,
            studio_share: [10_000, 5_000, 0][dice.below(3) as usize],
            kind: [IncentiveKind::Spend, IncentiveKind::Vendors][dice.below(2) as usize],
            ..rebate(["abroad", ""][dice.below(2) as usize], dice.below(6) as i64 * 1_000, 0)
        }
    };
    let first = rule("one", &[]);
    let second = rule("two", &["one"]);
    let of = [&["one", "two"][..], &["two"], &[]];
    let third = rule("three", of[(first.rate / 1_000 + second.rate / 1_000) as usize % 3]);
    vec![first, second, third]
}

/// Every choice of artists here and packages abroad, priced by the rules of the cost report one after the other.
#[test]
fn every_whole_answer_with_incentives_on_what_others_leave_costs_no_less() {
    let (mut lowered, mut exact, mut distance, mut solved) = (0, 0, 0.0, 0);
    for seed in 0..300 {
        let mut dice = Dice(seed * 13 + 5);
        let rules = netted(&mut dice);
        let certain = dice.below(3) as i64 * 500;
        let mut question = two_places(3.0 + dice.below(10) as f64, rules.clone());
        for grant in &mut question.incentives.grants {
            (grant.certain, grant.everywhere) = (certain as f64, certain as f64);
        }
        let sizes: Vec<f64> = (0..3).map(|_| 1.0 + dice.below(4) as f64).collect();
        let package = |days: &f64| Package { takes: vec![(0, *days)], tasks: Vec::new() };
        question.offers[0].packages = sizes.iter().map(package).collect();
        question.offers[0].takes = vec![(0, sizes.iter().sum())];
        // What all of them give, and what they would if none lowered another.
        let given = |labour: i64, vendors: i64, is_netted: bool| -> i64 {
            let mut rows: Vec<(&str, Cents)> = Vec::new();
            let mut sum = Cents::ZERO;
            for rule in &rules {
                let of_kind = match rule.kind {
                    IncentiveKind::Spend => labour + vendors,
                    _ => vendors,
                } + certain;
                let here = if rule.place.is_empty() { of_kind } else { vendors + certain };
                let off = rows.iter().filter(|row| rule.net_of.iter().any(|code| code == row.0));
                let off: Cents = off.map(|row| row.1).sum();
                let off = if is_netted { off } else { Cents::ZERO };
                let row = credit(rule, Cents(here), Cents(of_kind), off);
                rows.push((&rule.code, row.credit));
                sum += row.expected;
            }
            sum.0
        };
        let price = |heads: i64, sent: f64| {
            let vendors = (sent * 220.0).round() as i64;
            let back = given(heads * 1_000, vendors, true) - given(0, 0, true);
            (heads * 1_000 + vendors - back) as f64
        };
        let mut best = (f64::INFINITY, 0, 0.0);
        for heads in 0..=3_i64 {
            for chosen in 0..8_u32 {
                let sent: f64 = (0..3).filter(|at| chosen >> at & 1 == 1).map(|at| sizes[at]).sum();
                let needed = question.work[0].days;
                if sent <= needed + 1e-9 && 5.0 + 5.0 * heads as f64 + sent >= needed - 1e-9 {
                    let cost = price(heads, sent);
                    if cost < best.0 {
                        best = (cost, heads, sent);
                    }
                }
            }
        }
        if !best.0.is_finite() {
            continue;
        }
        solved += 1;
        let found = cheapest(&question, &Settings::default()).expect("solved");
        let rounded = cheapest(&question, &rounding()).expect("solved");
        let case = format!("seed {seed}: {rules:?}");
        assert!(found.bound <= best.0 + 3.0, "{case}: bound {} above {}", found.bound, best.0);
        for mix in [&found, &rounded] {
            assert!(mix.missing() < 1e-2, "{case}: {} missing", mix.missing());
            let sent: f64 = mix.sent[0].iter().sum();
            let told = price(i64::from(mix.heads[0][0]), sent.round());
            assert!((mix.cost - told).abs() < 5.0, "{case}: {} told {told}", mix.cost);
            assert!(mix.cost >= best.0 - 5.0, "{case}: {} below {}", mix.cost, best.0);
        }
        distance += (rounded.cost - best.0) / (1.0 + best.0.abs());
        if found.exact {
            exact += 1;
            assert!((found.cost - best.0).abs() < 5.0, "{case}: {} best {}", found.cost, best.0);
        }
        let (labour, vendors) = (best.1 * 1_000, (best.2 * 220.0).round() as i64);
        lowered += i32::from(given(labour, vendors, false) - given(labour, vendors, true) > 1);
    }
    assert!(exact * 10 > solved * 9 && lowered > 60, "{exact} of {solved}, {lowered} lowered");
    // Steps that lower others are left to the money that is spent: rounding is further from the best than without.
    assert!(distance / f64::from(solved) < 0.16, "{}", distance / f64::from(solved));
}

#[test]
fn with_incentives_whole_answers_are_those_of_enumeration() {
    let (mut whole, mut distance) = (0, 0.0);
    for seed in 0..60 {
        let mut question = tiny(seed);
        let mut dice = Dice(seed + 1_000);
        let rule = rebate("here", 1_000 + dice.below(3) as i64 * 1_000, dice.below(3) as i64 * 400);
        question.incentives = Incentives {
            grants: vec![Grant { rule, certain: 100.0, everywhere: 100.0, valid: Vec::new() }],
            crews: vec!["here".to_owned(), "there".to_owned()],
            openings: vec!["HERE".to_owned()],
            endings: vec!["here".to_owned()],
            offers: vec!["there".to_owned()],
        };
        let (left, cost) = enumerated(&levers(&question));
        let found = cheapest(&question, &Settings::default()).expect("solved");
        let rounded = cheapest(&question, &rounding()).expect("solved");
        if left < 1e-4 {
            whole += 1;
            let margin = 2e-3 * (1.0 + cost.abs());
            assert!(found.bound <= cost + margin, "seed {seed}: {} {cost}", found.bound);
            assert!(rounded.cost >= cost - 2.0 - margin, "seed {seed}: {} {cost}", rounded.cost);
            if found.exact {
                near(found.cost, cost);
            }
            near(rounded.missing(), 0.0);
            distance += (rounded.cost - cost) / (1.0 + cost.abs());
        }
    }
    assert!(whole > 12, "{whole}");
    assert!(distance / f64::from(whole) < 0.12, "{}", distance / f64::from(whole));
}

/// Two vendors, of which the dearer one works where half of the price comes back.
const TWO_VENDORS: &str = "
    --- show.toml
    [settings]
    as_of = 2027-01-04
    horizon_end = 2027-06-30
    currency = \"GBP\"
    --- tasks.csv
    shot,department,days
    010_0010,CMP,5
    010_0020,CMP,5
    010_0030,CMP,5
    010_0040,CMP,5
    --- people.csv
    name,department
    Ann,CMP
    --- hiring.csv
    department,max_heads
    CMP,0
    --- vendors.csv
    id,place,departments,day_price,supervision,lead_days
    near,london,CMP,300,0%,10
    far,montreal,CMP,400,0%,10
";

#[test]
fn the_net_price_decides_between_vendors() {
    let with = |rule: &str| {
        let rules = format!("{TWO_VENDORS}--- incentives.csv\n{rule}");
        let rules = rules.replace("    --- incentives", "--- incentives");
        Desk::with("out", &rules.lines().map(str::trim_start).collect::<Vec<_>>().join("\n"))
    };
    let none = Desk::with("out", TWO_VENDORS);
    let back = with("id,place,kind,rate\nrebate,Montreal,vendors,50%\n");
    let of_client = with("id,place,kind,rate,studio_share\nrebate,Montreal,vendors,50%,0%\n");
    let outsource = ["outsource", "out", "--scope", "CMP", "--steps", "10", "--format", "json"];
    for (desk, first, given) in
        [(&none, "near", 0), (&back, "far", 400_000), (&of_client, "near", 0)]
    {
        let found = desk.json(&outsource, 0);
        assert_eq!(found["vendors"][0]["vendor"], first, "{found}");
        let far = found["vendors"].as_array().expect("a list").iter();
        let far = far.into_iter().find(|row| row["vendor"] == "far").expect("it");
        assert_eq!(far["effect"]["incentives"], given, "{found}");
    }
    let words = back.run(&outsource[..6]).code(0).get_output().stdout.clone();
    let words = String::from_utf8(words).expect("text");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Final cost after incentives: in house"), "{words}");
    // What makes the date goes where it costs less in the end, and the bill says so.
    let call = ["crew-for", "out", "--by", "2027-01-22", "--steps", "50", "--mode", "no-overtime"];
    let call = [&call[..], &["--format", "json"]].concat();
    for (desk, vendor, share) in [(&none, "near", 0), (&back, "far", 2), (&of_client, "near", 0)] {
        let found = desk.json(&call, 0);
        let bought = found["purchases"].as_array().expect("a list");
        let who = bought.iter().find(|row| row["kind"] == "outsource").expect("work goes out");
        assert_eq!(who["who"], vendor, "{found}");
        let price = who["cost"].as_i64().expect("an amount");
        let cost = &found["cost"];
        let given = cost["incentives"].as_i64().expect("an amount");
        assert_eq!(given, if share == 0 { 0 } else { price / share }, "{found}");
        let parts = ["efc", "unused", "starts", "vendors"].map(|part| cost[part].as_i64());
        let sum: i64 = parts.into_iter().flatten().sum();
        assert_eq!(cost["total"], sum - given, "{found}");
    }
}
